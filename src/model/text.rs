//! Texts for people: every one exists in Vietnamese and in English, side by side.

use super::shell;
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A language that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese, the first language of the product.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The language of a word such as `vi`, `en-GB` or `vi_VN.UTF-8`.
    pub fn of(word: &str) -> Option<Lang> {
        match word.get(..2)? {
            "vi" => Some(Lang::Vi),
            "en" => Some(Lang::En),
            _ => None,
        }
    }
}

/// A fixed text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

/// A fixed text from its Vietnamese and its English form.
pub const fn t(vi: &'static str, en: &'static str) -> Text {
    Text { vi, en }
}

impl Text {
    /// The form in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// An owned text in both languages: made at run time, with [`say!`](crate::say), or read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Said {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Said {
    /// The form in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// For a person at a question: without the keys that stand in brackets for whoever reads a file, as in `(due)` or
    /// `(role = "lead")`.
    pub fn without_keys(&self) -> Said {
        Said { vi: without_keys(&self.vi), en: without_keys(&self.en) }
    }

    /// The same words in both languages, for names and quotations.
    pub fn same(words: impl Into<String>) -> Said {
        let vi = words.into();
        Said { en: vi.clone(), vi }
    }

    /// Some texts joined by another one, in both languages.
    pub fn join(texts: impl IntoIterator<Item = Said>, between: &str) -> Said {
        let (vi, en): (Vec<_>, Vec<_>) = texts.into_iter().map(|text| (text.vi, text.en)).unzip();
        Said { vi: vi.join(between), en: en.join(between) }
    }

    /// True if there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty()
    }
}

impl From<Text> for Said {
    fn from(text: Text) -> Said {
        Said { vi: text.vi.into(), en: text.en.into() }
    }
}

/// What a message can contain, as people of a language read it. Where a record is quoted, or where the message says
/// what to write in one, give it as text: texts are left as they are.
pub trait InLang {
    /// As people of the language write it.
    fn in_lang(&self, lang: Lang) -> Cow<'_, str>;
}

impl InLang for str {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        self.into()
    }
}

impl InLang for String {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        self.into()
    }
}

impl InLang for std::path::Path {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        shell::path(self)
    }
}

impl InLang for std::path::Display<'_> {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        shell::path(std::path::Path::new(&self.to_string())).into_owned().into()
    }
}

/// In the words of the operating system.
impl InLang for std::io::Error {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl InLang for Text {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        self.get(lang).into()
    }
}

impl InLang for Said {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        self.get(lang).into()
    }
}

impl<T: InLang + ?Sized> InLang for &T {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        (**self).in_lang(lang)
    }
}

/// A text in both languages, with the same values, each written [in its own way](InLang):
/// `say!("chi {spent} đồng", "{spent} đồng spent", [spent])`, `say!("có {n} lỗi", "{n} faults", [n = faults.len()])`.
///
/// A value that is not in the list cannot be used: through `concat!` the texts capture nothing.
#[macro_export]
macro_rules! say {
    (@value $name:ident) => { $name };
    (@value $name:ident = $value:expr) => { $value };
    (@in $lang:ident, $text:literal $(, $name:ident)*) => {
        format!(concat!($text) $(, $name = $crate::model::text::InLang::in_lang($name, $crate::model::text::Lang::$lang))*)
    };
    ($vi:literal, $en:literal $(, [$($name:ident $(= $value:expr)?),* $(,)?])? $(,)?) => {{
        $($(let $name = &$crate::say!(@value $name $(= $value)?);)*)?
        $crate::model::text::Said {
            vi: $crate::say!(@in Vi, $vi $($(, $name)*)?),
            en: $crate::say!(@in En, $en $($(, $name)*)?),
        }
    }};
}

fn without_keys(text: &str) -> String {
    let mut parts = text.split(" (");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((inside, after)) if is_key(inside) => kept.push_str(after),
            _ => kept.push_str(&format!(" ({part}")),
        }
    }
    kept
}

/// True for keys as they stand in a file, alone or with a value.
fn is_key(text: &str) -> bool {
    let (keys, between) = text.split_once(" = ").map_or((text, ", "), |(key, _)| (key, " "));
    let of_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_.[]".contains(c);
    keys.split(between)
        .all(|key| key.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') && key.chars().all(of_key))
}

/// Reads through serde what is written as a text, without a copy of the text.
pub fn from_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Parsed<T>(&'static str, fn(&str) -> Option<T>);
    impl<T> Visitor<'_> for Parsed<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
        }
    }
    deserializer.deserialize_str(Parsed(expected, parse))
}

/// The text with what could control a terminal made visible: nothing else may print words that came from a file.
pub fn printable(text: &str) -> Cow<'_, str> {
    let steers = |c: char| (c.is_control() && c != '\n' && c != '\t') || is_bidi(c);
    if is_plain(text) || !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| match c {
        _ if !steers(c) => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    });
    Cow::Owned(shown.collect())
}

/// True for a text of one line without a character that needs a closer look: one that controls a terminal, changes the
/// direction of writing, is separate from its letter, or is a special space. One look at all bytes, without branches,
/// answers for nearly every text; a text with `–` or `²` is a false alarm.
pub fn is_plain(text: &str) -> bool {
    let closer = |byte: u8| byte < 0x20 || matches!(byte, 0x7f | 0xc2 | 0xcc | 0xcd | 0xe2 | 0xe3);
    !text.bytes().fold(false, |found, byte| found | closer(byte))
}

/// Marks that change the direction of writing and could make a text look like another one.
pub fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// A typed text with plain line ends, also where a program has doubled the return of Windows.
pub fn with_plain_ends(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("\r\n") {
        text = text.replace("\r\n", "\n");
    }
    text
}

/// The text with a small first letter, unless it begins with an abbreviation.
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if second.is_none_or(|second| !second.is_uppercase()) => {
            first.to_lowercase().chain(second).chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// The nearest of some words to one that is not among them, if any is near enough to be what was meant. For very short
/// words there is no telling.
pub fn nearest<'a>(word: &str, among: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    among
        .into_iter()
        .filter(|other| word.len().min(other.len()) > 2)
        .map(|other| (strsim::jaro_winkler(word, other), other))
        .filter(|(score, _)| *score > 0.83)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, other)| other)
}

/// True for two texts that differ by a slip of one or two letters.
pub fn is_slip(typed: &str, text: &str) -> bool {
    text.chars().count() > 4 && strsim::osa_distance(typed, text) <= 2
}

/// The question `did you mean “…”?`.
pub fn did_you_mean(word: &str) -> Said {
    say!("có phải “{word}”?", "did you mean “{word}”?", [word])
}

/// Lists the words that are allowed, as many as people would read.
pub fn use_one_of<'a>(words: impl Iterator<Item = &'a str>) -> Said {
    let mut words: Vec<&str> = words.take(41).collect();
    if words.is_empty() {
        return say!("trong sổ chưa có mục nào như vậy", "the register has none yet");
    }
    if words.len() > 40 {
        words[40] = "…";
    }
    say!("dùng một trong: {list}", "use one of: {list}", [list = words.join(", ")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_made_visible() {
        assert_eq!(printable("Yên\u{1b}[31m Thanh\u{9b}"), "Yên␛[31m Thanh\u{fffd}");
        assert!(matches!(printable("Điền Công\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_plain_has_nothing_hidden() {
        assert!(is_plain("Trung tâm học tập cộng đồng phường Yên Thanh, 85,5%"));
        let all = (0..=u32::from(char::MAX)).filter_map(char::from_u32);
        let hidden = |c: &char| c.is_control() || is_bidi(*c) || ('\u{300}'..='\u{36f}').contains(c);
        assert!(all.filter(hidden).all(|c| !is_plain(c.encode_utf8(&mut [0; 4]))));
    }

    #[test]
    fn a_slip_of_the_hand_finds_its_word() {
        assert_eq!(nearest("populaton", ["population", "households"]), Some("population"));
        assert_eq!(nearest("xyz", ["population", "households"]), None);
        assert_eq!(nearest("IV", ["I", "II", "III"]), None);
    }

    #[test]
    fn keys_are_for_files_and_not_for_a_person_at_a_question() {
        for (text, said) in [
            (
                "nhập “Dân số” ở phần “Số liệu chung” (context.population)",
                "nhập “Dân số” ở phần “Số liệu chung”",
            ),
            ("sửa “Xếp loại” (rank = \"good\"), hoặc ghi lý do (reason)", "sửa “Xếp loại”, hoặc ghi lý do"),
            ("ghi ở “Đoàn kiểm tra” ([[team]]); hai ngày (from, to)", "ghi ở “Đoàn kiểm tra”; hai ngày"),
            (
                "trong sổ 2.250 (hơn 60), An (minh hoạ), 5 (12)",
                "trong sổ 2.250 (hơn 60), An (minh hoạ), 5 (12)",
            ),
        ] {
            assert_eq!(without_keys(text), said);
        }
    }
}
