//! Rules for texts: legacy code pages, spaces that cannot be seen, names that are spelt in two ways.

use super::{Cx, Passage, Report, Rule, Test, legacy};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::field::Kind;
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::vietnamese::alphabetical;
use crate::model::visit::Visit;
use crate::say;
use crate::toml::print;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "legacy-encoding",
            severity: Error,
            title: t("Chữ gõ bằng bảng mã cũ", "Text in a legacy code page"),
            why: t(
                "Văn bản điện tử dùng bảng mã Unicode theo TCVN 6909:2001 (Nghị định 30/2020/NĐ-CP); chữ TCVN3 (.VnTime) hay VNI \
                 dán vào sổ thì không đọc, không tìm, không xếp thứ tự được.",
                "Electronic documents use Unicode, TCVN 6909:2001 (30/2020/NĐ-CP); pasted TCVN3 (.VnTime) or VNI text cannot be \
                 read, found or sorted.",
            ),
            wrong: "name = \"TrÇn V¨n An\"",
            right: "name = \"Trần Văn An\"",
        },
        tests: &[Test::Text(legacy_encoding)],
    },
    Rule {
        code: Code {
            name: "stray-space",
            severity: Warning,
            title: t("Thừa dấu cách", "A stray space"),
            why: t(
                "Dấu cách đôi, ở đầu, ở cuối hay loại đặc biệt không thấy bằng mắt, nhưng làm hai tên giống nhau thành khác \
                 nhau.",
                "Double, leading, trailing or special spaces cannot be seen, but make two equal names differ.",
            ),
            wrong: "name = \"Hoàng  Trọng Hiếu\"",
            right: "name = \"Hoàng Trọng Hiếu\"",
        },
        tests: &[Test::Text(stray_space)],
    },
    Rule {
        code: Code {
            name: "name-without-letters",
            severity: Error,
            title: t("Họ tên không có chữ", "A name without letters"),
            why: t(
                "Con số ở chỗ họ tên thường là câu trả lời cho câu hỏi sau; biên bản không thể do “6.512” ký.",
                "A figure in place of a name is mostly the answer to the next question; minutes are not signed by “6,512”.",
            ),
            wrong: "name = \"6.512\"",
            right: "name = \"Lê Văn C\"",
        },
        tests: &[Test::Visit(name_without_letters)],
    },
    Rule {
        code: Code {
            name: "name-spelt-two-ways",
            severity: Warning,
            title: t("Một tên viết hai cách", "A name spelt two ways"),
            why: t(
                "“Hòa” và “Hoà” là một, nhưng máy coi là hai người; mỗi tên nên viết một cách trong cả sổ.",
                "“Hòa” and “Hoà” are one name, but two to a computer; a name should be spelt one way throughout the register.",
            ),
            wrong: "name = \"Nguyễn Thị Hòa\"   # trong tệp của trung tâm: Hoà / Hoà in the centre's file",
            right: "name = \"Nguyễn Thị Hoà\"",
        },
        tests: &[Test::Visit(name_spelt_two_ways)],
    },
];

fn legacy_encoding(passage: &Passage, report: &mut Report) {
    let Some(page) = legacy::code_page(passage.text) else { return };
    let text = passage.text.chars().take(40).collect::<String>();
    report.on_text(
        passage,
        say!("“{text}” có vẻ là chữ {page}", "“{text}” seems to be {page}", [text, page = page.name()]),
        page.remedy(),
        None,
    );
}

/// Asked of single lines; numbers of documents have a rule of their own.
fn stray_space(passage: &Passage, report: &mut Report) {
    let Passage { text, kind, .. } = *passage;
    if !matches!(kind, Kind::Text) || text.is_empty() {
        return;
    }
    let clean = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean != text && legacy::code_page(text).is_none() {
        let clean = print::quoted(&clean);
        report.on_text(
            passage,
            say!("thừa dấu cách, hoặc dấu cách đặc biệt", "a stray space, or one of a special kind"),
            say!("ghi {clean}", "write {clean}", [clean]),
            Some(clean),
        );
    }
}

fn name_without_letters(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let team = visit.body.team.iter().enumerate().map(|(at, member)| ("team", at, &member.name));
    let host = visit.body.host.iter().enumerate().map(|(at, host)| ("host", at, &host.name));
    for (part, at, name) in team.chain(host) {
        if !name.is_empty() && !name.chars().any(char::is_alphabetic) {
            report.at(
                format!("{part}[{at}].name"),
                say!("“{name}” không phải là họ tên", "“{name}” is not a name", [name]),
                say!("ghi họ và tên, hoặc bỏ người này", "write the name, or take this person out"),
            );
        }
    }
}

/// Hosts are usually those who run the centre; this finds one whose name differs from theirs only in the place of a
/// tone mark. The number of letters is compared first: taking syllables apart is slow, and nearly always in vain.
fn name_spelt_two_ways(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(centre) = &history.centre else { return };
    let names = || centre.body.person.iter().map(|person| &person.name);
    for (at, host) in visit.body.host.iter().enumerate() {
        let alike = |name: &&String| {
            name.chars().count() == host.name.chars().count() && tones_apart(name) == tones_apart(&host.name)
        };
        if names().any(|name| *name == host.name) {
            continue;
        }
        let Some(name) = names().find(alike) else { continue };
        report.at(
            format!("host[{at}].name"),
            say!(
                "“{host}”: trong phần cán bộ của trung tâm viết là “{name}”",
                "“{host}” is spelt “{name}” among the centre's people",
                [host = host.name, name]
            ),
            say!("viết thống nhất: {name}", "spell it one way: {name}", [name]),
        );
    }
}

/// The letters of each syllable and its tone mark, wherever that is: equal for *hòa* and *hoà*, not for *hoá*.
fn tones_apart(name: &str) -> Vec<(Vec<u64>, Vec<u8>)> {
    let apart = |syllable| {
        let (letters, mut tones) = alphabetical(syllable);
        tones.retain(|tone| *tone > 0);
        (letters, tones)
    };
    name.split_whitespace().map(apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_tone_mark_does_not_make_another_name() {
        assert_eq!(tones_apart("Nguyễn Thị Hòa"), tones_apart("Nguyễn Thị Hoà"));
        assert_eq!(tones_apart("Thủy"), tones_apart("Thuỷ"));
        assert_ne!(tones_apart("Hòa"), tones_apart("Hoá"));
        assert_ne!(tones_apart("Hoa"), tones_apart("Hoà"));
    }
}
