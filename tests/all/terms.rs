//! The words of the program: one for each notion, in every text of both languages, and none of the others.

use std::fs;
use std::path::Path;
use ttht::model::text::Said;

/// A word, and what else must not be said for it. What is longer and right is taken out before the others are looked for.
struct Term {
    right: &'static [&'static str],
    wrong: &'static [&'static str],
}

const fn term(right: &'static [&'static str], wrong: &'static [&'static str]) -> Term {
    Term { right, wrong }
}

/// Vietnamese. *Kiểm tra* is what a team does, *soát* what the program does; *đơn vị* never stands alone.
const VIETNAMESE: &[Term] = &[
    term(&["lần kiểm tra", "đợt kiểm tra"], &["cuộc kiểm tra"]),
    term(&["soát lỗi", "soát"], &["kiểm lỗi", "kiểm tra quyền", "kiểm lại", "tìm mọi lỗi"]),
    term(&["đại diện đơn vị được kiểm tra"], &["đại diện đơn vị"]),
    term(&["ý kiến của đơn vị được kiểm tra"], &["ý kiến của đơn vị"]),
    term(&["xã, phường"], &["phường, xã", "từng đơn vị"]),
    term(&["mã đơn vị hành chính"], &["mã đơn vị"]),
    term(&["mã trong sổ"], &["mã riêng"]),
    term(&["thôn, tổ dân phố"], &["thôn, khu", "thôn khu"]),
    term(&["ban giám đốc"], &[]),
    term(&["nguồn xã hội hoá"], &["xã hội hoá"]),
    term(&["khen thưởng"], &["khen học sinh", "khen giáo viên", "lượt khen học"]),
    term(&["tổng chi"], &["đã chi", "nhiều hơn số có"]),
    term(&["số người học (không trùng)"], &["người khác nhau"]),
    term(&["từ 60 tuổi trở lên"], &["từ 60 tuổi"]),
    term(&["điểm tối thiểu"], &["ngưỡng", "từ điểm"]),
    term(&["tạm tính"], &["tạm đặt"]),
    term(&["chỉ tiêu đạt"], &["chỉ số đạt", "các chỉ số", "mọi chỉ số"]),
    term(&["tình trạng"], &["trạng thái", "mức tin cậy"]),
    term(&["đình chỉ hoạt động"], &["tạm dừng hoạt động", "trung tâm tạm dừng"]),
    term(&["cơ quan ban hành"], &["cơ quan ký"]),
    term(&["số, ký hiệu", "số văn bản chỉ đạo"], &["số hiệu", "số văn bản"]),
    term(&["theo dõi thực hiện kiến nghị"], &["theo dõi kiến nghị", "theo dõi một kiến nghị", "còn mở"]),
    term(&["kết quả thực hiện"], &["ngày xem lại", "đã xong"]),
    term(&["luỹ kế"], &["cộng dồn"]),
    term(&["tỷ lệ"], &["tỉ lệ", "tỉ đồng"]),
    term(&["bất thường"], &["khó tin"]),
    term(&["số liệu"], &["dữ liệu"]),
    term(&["dấu cách"], &["khoảng trắng"]),
    term(&["tham số", "tuỳ chọn"], &["đối số", "lựa chọn này"]),
    term(&["tập lệnh", "shell"], &["kịch bản", "vỏ lệnh"]),
    term(&["không có"], &["khoá lạ", "mức lạ", "cột lạ", "các cột lạ", "tệp lạ", "dấu cách lạ"]),
    term(&["có lỗi"], &["bị lỗi", "không hợp lệ"]),
    term(&["không dùng được làm mã"], &["không dùng làm mã được"]),
    term(&[], &["hãy", "vui lòng", "nếu như"]),
];

/// English.
const ENGLISH: &[Term] = &[
    term(&["error"], &["fault", "faults"]),
    term(&["correct"], &["mend"]),
    term(&["official code"], &["unit code"]),
    term(&["self-rating"], &["own rank"]),
    term(&["maximum"], &["most points"]),
    term(&["field visits"], &["places seen"]),
    term(&["talented learners"], &["talents"]),
];

/// Words that are right with capitals only, each with the ways in which it is not.
const CAPITALS: &[Term] = &[
    term(&["Hội Khuyến học"], &["hội khuyến học", "Hội khuyến học", "hội Khuyến học"]),
    term(&["ban giám đốc"], &["Ban Giám đốc", "Ban giám đốc"]),
];

/// Files that hold what people type, or what is wrong in a text, and not what the program says.
const NOT_SAID: &[&str] = &[
    "src/check/legacy.rs",
    "src/desk/import/guess/called.rs",
    "src/desk/import/held.rs",
    "src/desk/naming.rs",
    "src/desk/report/gathered.rs",
    "src/desk/vocabulary.rs",
    "src/model/abbreviation.rs",
    "src/model/numeral.rs",
    "src/model/spoken.rs",
    "src/model/syllable.rs",
];

/// Texts that say a wrong word for a reason: the word, a part of the text, the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("từ điểm", "Từ điểm", "it is what tables call a column"),
    ("òa", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "the head of official papers is as the decree prints it"),
    ("òa", "“Hòa” và “Hoà”", "it is the example of two spellings"),
    ("òa", "“Hòa” and “Hoà”", "it is the example of two spellings"),
    ("òa", "Nguyễn Thị Hòa", "it is the example of two spellings"),
];

/// Vowels with the mark on the first one, as older books print them.
const OLD_MARKS: &[&str] =
    &["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"];

/// A text of the program and where it stands.
struct Text {
    place: String,
    text: String,
}

fn is_vietnamese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'À'..='ỹ') && c.is_alphabetic() && !"×÷".contains(c))
}

/// The string literals of a source outside of its tests, with the lines where they begin and whether one follows directly
/// on the one before.
fn literals(source: &str) -> Vec<(usize, String, bool)> {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut found, mut close) = (0, 1, Vec::new(), false);
    while at < chars.len() {
        let rest = |n: usize| chars.get(at + n).copied().unwrap_or('\0');
        match chars[at] {
            '/' if rest(1) == '/' => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1
                }
            }
            '\'' if rest(2) == '\'' => at += 3,
            '\'' if rest(1) == '\\' => at += 4,
            '"' => {
                let (begin, mut text) = (line, String::new());
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    match (chars[at], chars.get(at + 1)) {
                        ('\\', Some('\n')) => {
                            line += 1;
                            at += 2;
                            while chars.get(at).is_some_and(|c| c.is_whitespace()) {
                                at += 1
                            }
                            continue;
                        }
                        ('\\', Some(c)) => {
                            text.push(if *c == 'n' { '\n' } else { *c });
                            at += 2;
                            continue;
                        }
                        ('\n', _) => line += 1,
                        _ => {}
                    }
                    text.push(chars[at]);
                    at += 1;
                }
                found.push((begin, text, close));
                close = true;
                at += 1;
            }
            c => {
                line += usize::from(c == '\n');
                close &= c == ',' || c.is_whitespace();
                at += 1;
            }
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match entry.is_dir() {
            true => sources(&entry, found),
            false if entry.extension().is_some_and(|e| e == "rs") && !entry.ends_with("tests.rs") => {
                found.push(entry)
            }
            false => {}
        }
    }
}

/// All that is said, in Vietnamese and in English: the literals with Vietnamese letters and those that follow them, the
/// labels of `data/` and the Vietnamese README.
fn said() -> [Vec<Text>; 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut paths, mut vi, mut en) = (Vec::new(), Vec::new(), Vec::new());
    sources(&root.join("src"), &mut paths);
    for path in paths {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if NOT_SAID.contains(&name.as_str()) {
            continue;
        }
        let found = literals(&fs::read_to_string(&path).unwrap());
        for (n, (line, text, follows)) in found.iter().enumerate() {
            let entry = || Text { place: format!("{name}:{line}"), text: text.clone() };
            match n.checked_sub(1).map(|before| &found[before].1) {
                _ if is_vietnamese(text) => vi.push(entry()),
                Some(before) if *follows && is_vietnamese(before) => en.push(entry()),
                _ => {}
            }
        }
    }
    for file in ["data/activity_fields.toml", "data/documents.toml", "README.vi.md"] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let lines =
            text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') || file.ends_with(".md"));
        vi.extend(lines.map(|(n, line)| Text { place: format!("{file}:{}", n + 1), text: line.to_owned() }));
    }
    [vi, en]
}

/// A text with one space before, between and after its words, without signs and without the names of values.
fn spaced(text: &str) -> String {
    let words = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after));
    let words: String = words.collect::<Vec<_>>().join(" 0 ");
    let words: String =
        words.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == ',' { c } else { ' ' }).collect();
    format!(" {} ", words.replace(',', " ,").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The wrong words in a text.
fn wrong(text: &str, terms: &[Term], fold: bool) -> Vec<&'static str> {
    let text = if fold { spaced(text).to_lowercase() } else { spaced(text) };
    let has = |text: &str, word: &str| text.contains(&spaced(word));
    let among = |term: &Term| {
        let rest =
            term.right.iter().fold(text.clone(), |text, right| text.replace(spaced(right).as_str(), "  "));
        term.wrong.iter().copied().filter(|word| has(&rest, word)).collect::<Vec<_>>()
    };
    terms.iter().flat_map(among).collect()
}

fn old_marks(text: &str) -> Vec<&'static str> {
    let text = text.to_lowercase();
    let in_word = |marks: &&str| {
        text.match_indices(*marks).any(|(at, found)| {
            let after = text[at + found.len()..].chars().next();
            !text[..at].ends_with('q') && !after.is_some_and(char::is_alphabetic)
        })
    };
    OLD_MARKS.iter().copied().filter(in_word).collect()
}

/// Every slip in the texts that has no reason.
fn slips(vi: &[Text], en: &[Text]) -> Vec<String> {
    let mut found = Vec::new();
    let mut hear = |text: &Text, words: Vec<&'static str>| {
        for word in words {
            if !EXCEPTIONS.iter().any(|(wrong, part, _)| *wrong == word && text.text.contains(part)) {
                found.push(format!("{} “{word}”: {}", text.place, text.text));
            }
        }
    };
    for text in vi {
        hear(text, wrong(&text.text, VIETNAMESE, true));
        hear(text, wrong(&text.text, CAPITALS, false));
        hear(text, old_marks(&text.text));
    }
    en.iter().for_each(|text| hear(text, wrong(&text.text, ENGLISH, true)));
    let spaced_percent = |text: &&Text| {
        text.text.match_indices(" %").any(|(at, _)| {
            text.text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '}')
                && !text.text[at + 2..]
                    .starts_with(|c: char| c == '}' || c == ' ' && text.text[at + 3..].starts_with('{'))
        })
    };
    vi.iter().chain(en).filter(spaced_percent).for_each(|text| hear(text, vec![" %"]));
    found
}

#[test]
fn every_text_says_the_words_of_its_readers() {
    let [vi, en] = said();
    assert!(vi.len() > 1_500 && en.len() > 1_000, "{} and {} texts were found", vi.len(), en.len());
    assert_eq!(slips(&vi, &en), Vec::<String>::new());
}

#[test]
fn a_wrong_word_is_heard() {
    let text = |text: &str| vec![Text { place: "here".into(), text: text.into() }];
    for planted in [
        "Mã đơn vị",
        "mã đơn vị hành chính và mã đơn vị",
        "Đại diện đơn vị đã ký",
        "Xã hội hoá",
        "Tỉ lệ nữ",
        "Xóa dòng này",
        "ủy viên",
        "đạt 32,9 % dân số",
        "Hội khuyến học xã",
        "Thôn, khu",
    ] {
        assert_eq!(slips(&text(planted), &[]).len(), 1, "{planted}");
    }
    assert_eq!(slips(&[], &text("Own rank")).len(), 1);
    for right in
        ["Mã đơn vị hành chính", "quý, huy chương, hoá", "32,9%", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    {
        assert_eq!(slips(&text(right), &[]), Vec::<String>::new());
    }
}

/// At a question a fault is told without keys; so the rules name keys in brackets only. Examples of what to write are for
/// files.
#[test]
fn the_rules_name_keys_in_brackets_only() {
    let [vi, en] = said();
    let is_example = |text: &str| {
        text.contains('\n')
            || text.starts_with(|c: char| c.is_ascii_lowercase()) && {
                text.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
            }
    };
    let shown = |text: &&Text| {
        text.place.starts_with("src/check/") && !is_example(&text.text) && !text.text.starts_with('#')
    };
    for Text { place, text } in vi.iter().chain(&en).filter(shown) {
        let said = Said::same(text.replace(['{', '}'], "")).without_keys().vi;
        let key = said
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .find(|word| word.contains('_') && word.is_ascii() && !text.contains(&format!("{{{word}}}")));
        assert!(key.is_none() && !said.contains(" = \"") && !said.contains("[["), "{place}: {text}");
    }
    assert!(
        !Said::same("ghi role = \"lead\"").without_keys().vi.ends_with("ghi"),
        "what stands outside stays"
    );
}
