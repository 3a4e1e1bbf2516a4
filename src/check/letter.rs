//! Rules for letters: such as only look like another one, and such as cannot be seen.

use super::{Passage, Report, Rule, Test, legacy};
use crate::model::fault::{Code, Severity::Warning};
use crate::model::field::{Form, Kind};
use crate::model::lookalike::{is_invisible, is_styled};
use crate::model::text::t;
use crate::model::vietnamese::{is_composed, meant, without_doubled_marks};
use crate::say;
use crate::toml::print;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "look-alike-letter",
            severity: Warning,
            title: t("Chữ gõ nhầm thành chữ trông giống", "A letter that only looks like another"),
            why: t(
                "Chữ Ð (eth) trông giống Đ, chữ а (Nga) trông giống a, nhưng là chữ khác: người khác tìm không ra, xếp thứ tự cũng sai.",
                "Ð (eth) looks like Đ and the Russian а like a, but they are other letters: others do not find them, and they sort \
                 wrongly.",
            ),
            wrong: "name = \"Ði\u{1ec1}n Công\"   # Ð (U+00D0)",
            right: "name = \"Điền Công\"   # Đ (U+0110)",
        },
        tests: &[Test::Text(look_alike_letter)],
    },
    Rule {
        code: Code {
            name: "hidden-character",
            severity: Warning,
            title: t("Ký tự không nhìn thấy", "A character that cannot be seen"),
            why: t(
                "Ký tự ẩn và dấu gõ hai lần, thường do dán từ trang mạng hay PDF, không thấy bằng mắt nhưng làm hai tên giống nhau thành khác nhau.",
                "Hidden characters and marks that are there twice, usually pasted from a web page or a PDF, cannot be seen but make two \
                 equal names differ.",
            ),
            wrong: "name = \"Yên\\u200B Thanh\"",
            right: "name = \"Yên Thanh\"",
        },
        tests: &[Test::Text(hidden_character)],
    },
];

/// True for a text with letters that only look like others.
pub fn has_look_alikes(text: &str) -> bool {
    with_latin(text) != text
}

fn look_alike_letter(passage: &Passage, report: &mut Report) {
    let text = passage.text;
    let Some((word, right)) = first_word(text, with_latin).filter(|_| legacy::code_page(text).is_none())
    else {
        return;
    };
    let pair = word.chars().zip(right.chars()).find(|(other, letter)| other != letter);
    let (other, letter) = pair.unwrap_or_default();
    let code = format!("U+{:04X}", u32::from(other));
    // A path may be that of a file whose name has the same letter.
    let is_path = matches!(passage.kind, Kind::Form(Form::Path));
    report.on_text(
        passage,
        say!(
            "“{word}” có chữ {other} ({code}) trông giống chữ {letter}",
            "“{word}” has {other} ({code}), which only looks like {letter}",
            [word, other = other.to_string(), code, letter = letter.to_string()]
        ),
        say!("gõ lại: {right}", "type it again: {right}", [right]),
        (!is_path).then(|| print::rewritten(passage.raw, text, with_latin)),
    );
}

fn hidden_character(passage: &Passage, report: &mut Report) {
    let text = passage.text;
    if visible(text) == text || !is_composed(text) || legacy::code_page(text).is_some() {
        return;
    }
    let word = text.split(' ').find(|word| visible(word) != **word).unwrap_or(text);
    let right = visible(word);
    let hidden = word.chars().find(|c| is_invisible(*c));
    let (shown, clean) = (right.trim(), visible(text));
    let message = match hidden.map(|c| format!("U+{:04X}", u32::from(c))) {
        Some(code) => {
            say!("“{shown}” có ký tự ẩn {code}", "“{shown}” has the hidden character {code}", [shown, code])
        }
        None => say!("“{shown}” có dấu gõ hai lần", "“{shown}” has a mark twice", [shown]),
    };
    let help = say!("xoá đi, hoặc gõ lại: {shown}", "delete it, or type it again: {shown}", [shown]);
    let is_left = !clean.trim().is_empty();
    report.on_text(passage, message, help, is_left.then(|| print::rewritten(passage.raw, text, visible)));
}

/// The first word of a text that a change changes, and what becomes of it.
fn first_word(text: &str, change: fn(&str) -> String) -> Option<(String, String)> {
    let changed = change(text);
    let pairs = text.split(' ').zip(changed.split(' '));
    pairs.map(|(word, right)| (word.to_owned(), right.to_owned())).find(|(word, right)| word != right)
}

/// A text without what cannot be seen; the shape of a picture belongs to it.
fn visible(text: &str) -> String {
    let mut before = ' ';
    let shown = text.chars().filter(|c| {
        let of_picture =
            matches!(c, '\u{200d}' | '\u{fe0f}') && !before.is_alphanumeric() && !before.is_whitespace();
        before = *c;
        of_picture || !is_invisible(*c)
    });
    let shown: String = shown.collect();
    if is_composed(&shown) && !shown.contains(is_loose_mark) { shown } else { without_doubled_marks(&shown) }
}

/// True for a mark that composition leaves by itself.
fn is_loose_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A text with the letters that are meant in each word that has others among its own; the same text if there are none.
///
/// A word that is wholly of another alphabet is a word of another language, and an ð inside one is Icelandic; a single
/// capital among Latin words is meant to be Latin.
fn with_latin(text: &str) -> String {
    let mut right = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let is_letter = |c: char| c.is_alphabetic() || meant(c).is_some();
        let from = rest.find(is_letter).unwrap_or(rest.len());
        let length = rest[from..].find(|c| !is_letter(c)).unwrap_or(rest.len() - from);
        right.push_str(&rest[..from]);
        let word = &rest[from..from + length];
        let is_mixed = || word.chars().any(is_latin) || is_initial(word, text);
        let all_latin = || word.chars().all(|c| is_latin(c) || meant(c).is_some());
        let changes = all_latin() && is_mixed();
        let letters: Vec<char> = word.chars().collect();
        right.extend(letters.iter().enumerate().map(|(at, c)| match meant(*c) {
            Some(letter) if is_styled(*c) || (changes && stands_for_d(*c, at, &letters)) => letter,
            _ => *c,
        }));
        rest = &rest[from + length..];
    }
    right
}

/// True for a letter of the Latin alphabet that is meant as one.
fn is_latin(c: char) -> bool {
    c.is_alphabetic()
        && (c < '\u{250}' || ('\u{1e00}'..='\u{1eff}').contains(&c))
        && meant(c).is_none_or(|d| matches!(d, 'Đ' | 'đ'))
}

/// True for a single capital of another alphabet in a text of Latin words.
fn is_initial(word: &str, text: &str) -> bool {
    let mut letters = word.chars();
    let single = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    single
        && text.chars().any(is_latin)
        && text.chars().all(|c| !c.is_alphabetic() || is_latin(c) || meant(c).is_some())
}

/// False for an ð where đ cannot stand: inside a word, but for abbreviations such as *HÐND* and *GDÐT*.
fn stands_for_d(c: char, at: usize, word: &[char]) -> bool {
    let is_vowel = |c: &char| !matches!(c, 'Ð' | 'Đ') && (!c.is_ascii() || "AEIOUY".contains(*c));
    match c {
        'Ð' => at == 0 || !word.iter().any(|c| is_vowel(c) || c.is_lowercase()),
        'ð' => at == 0,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_letter_is_the_letter() {
        for (wrong, right) in [
            ("Hоà Вình, Nguуễn, ӑn, Văn А", "Hoà Bình, Nguyễn, ăn, Văn A"),
            ("Ｙên Ｔｈａｎｈ, 𝐓𝐡𝐮, ２０１６", "Yên Thanh, Thu, 2016"),
            ("Bɑn, đƣợc, TRƢỜNG, Nօi, Κhê", "Ban, được, TRƯỜNG, Noi, Khê"),
            ("Ðiền Công, xã ðiểm, Ɖỗ, HÐND, QÐ, PGDÐT", "Điền Công, xã điểm, Đỗ, HĐND, QĐ, PGDĐT"),
        ] {
            assert_eq!(with_latin(wrong), right);
        }
    }

    #[test]
    fn names_of_other_languages_are_left_alone() {
        for text in [
            "Guðmundur Þórðarson, Davíð, GUÐMUNDUR SIGURÐSSON",
            "Москва, СССР, Жуков А. С., Αθήνα, ΝΑΤΟ, hệ số α, góc β, 5 µm, Ω",
            "Łukasz Żółć, Yıldız Çağlar, Dvořák, Nguyễn, Đắk Lắk, ½, m², №, ℃, ª, º, ①",
            "東京, 서울, ไทย, हिन्दी",
        ] {
            assert_eq!(with_latin(text), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_taken_away() {
        assert_eq!(visible("Yê\u{200b}n\u{ad} Tha\u{fe0f}nh\u{feff}"), "Yên Thanh");
        assert_eq!(visible("Nguyễ\u{303}n, ế\u{301}, e\u{302}\u{301}\u{301}"), "Nguyễn, ế, ế");
        for text in ["Ọ\u{300}ṣun", "Yên Thanh", "👍 85\u{a0}m²"] {
            assert_eq!(visible(text), text);
        }
    }
}
