//! Vietnamese as letters, not bytes: alphabetical order, search without accents, slugs, composed form.

use super::filename::is_device;
use super::lookalike::{base, is_invisible, is_styled};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark, is_nfc};

/// The letters of the alphabet in their order, lower case, without tone marks.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// The five tone marks in the order of the dictionaries: huyền, hỏi, ngã, sắc, nặng (no mark comes first).
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A key that sorts as the alphabet does (Unicode CLDR, `vi`: letters first, tones only among equal letters), with
/// numbers by their value: *Bắc Sơn* < *Điền Công* < *Phương Đông* < *Xã 2* < *Xã 10*.
pub fn alphabetical(text: &str) -> (Vec<u64>, Vec<u8>) {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    let mut number = None;
    for c in compose(text).chars().flat_map(char::to_lowercase) {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0u64).saturating_mul(10).saturating_add(digit.into()));
            continue;
        }
        letters.extend(number.take().map(|n: u64| n.saturating_add(1_000)));
        let (letter, tone) = split_tone(c);
        letters.push(match ALPHABET.chars().position(|l| l == letter) {
            Some(rank) => 1 << 40 | rank as u64,
            None if letter.is_alphabetic() => 2 << 40 | u64::from(u32::from(letter)),
            None => 0,
        });
        tones.push(tone);
    }
    letters.extend(number.map(|n| n.saturating_add(1_000)));
    (letters, tones)
}

/// A letter without its tone mark, and the rank of the mark (0 for none).
fn split_tone(c: char) -> (char, u8) {
    if c.is_ascii() {
        return (c, 0);
    }
    let mut tone = 0;
    let rest = std::iter::once(c).nfd().filter(|part| match TONES.iter().position(|t| t == part) {
        Some(rank) => {
            tone = rank as u8 + 1;
            false
        }
        None => true,
    });
    let letter = rest.nfc().next().unwrap_or(c);
    (letter, tone)
}

/// A letter without its marks, in its case: `Ệ` gives `E`, `đ` gives `d`.
pub fn bare(c: char) -> char {
    match c {
        'đ' => 'd',
        'Đ' => 'D',
        c => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

/// The text as typed in a hurry: lower case, no accents, đ as d, single spaces. Equal for `Yên Thanh`,
/// `yen  thanh` and `YÊN THANH`, for `hòa` and `hoà`.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.split_ascii_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    }
    let letters = text.nfd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
    let letters = letters.flat_map(|c| meant(c).unwrap_or(c).nfd()).filter(|c| !is_combining_mark(*c));
    let plain = letters.flat_map(char::to_lowercase).map(|c| match c {
        'đ' | 'ð' => 'd',
        '–' | '—' | '‑' => '-',
        c => c,
    });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same text with each mark as a letter of its own (NFD), as some keyboards and systems write it.
pub fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

/// The greatest length of a slug, in characters.
const SLUG_MAX: usize = 64;

/// The slug of a name: `Điền Công` gives `dien-cong`. Empty if no letter or digit is left.
pub fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in fold(name).chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(SLUG_MAX);
    slug.trim_end_matches('-').to_owned()
}

/// True for a valid id: `a-z`, `0-9`, single hyphens inside, at most 64 characters, and not a name that Windows
/// reserves for a device.
pub fn is_slug(id: &str) -> bool {
    let mut before = b'-';
    let fine = id.bytes().all(|b| {
        let fine = matches!(b, b'a'..=b'z' | b'0'..=b'9') || (b == b'-' && before != b'-');
        before = b;
        fine
    });
    fine && before != b'-' && id.len() <= SLUG_MAX && !is_device(id)
}

/// True for a valid word of an office's own: like an id, but underscores are allowed as well.
pub fn is_word(word: &str) -> bool {
    is_slug(word) || (word.contains('_') && is_slug(&word.replace('_', "-")))
}

/// True if the text is in composed form (NFC). The gate on two bytes makes the common answer nearly free: every
/// combining mark of Vietnamese (U+0300 to U+036F) begins with one of them.
pub fn is_composed(text: &str) -> bool {
    !text.bytes().fold(false, |found, b| found | (b == 0xCC || b == 0xCD)) || is_nfc(text)
}

/// The text in composed form (NFC).
pub fn compose(text: &str) -> Cow<'_, str> {
    if is_composed(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The Latin letter that a letter of another kind looks like, with the same accents: *ă* for the Cyrillic *ӑ*, *a* for
/// *ａ* and *𝐚*. Nothing for what is no such letter.
pub fn meant(c: char) -> Option<char> {
    let only = |mut chars: Box<dyn Iterator<Item = char>>| chars.next().filter(|_| chars.next().is_none());
    if c < 'Ð' {
        return None;
    }
    if is_styled(c) {
        return only(Box::new(std::iter::once(c).nfkc())).filter(char::is_ascii_graphic);
    }
    let mut parts = std::iter::once(c).nfd();
    let letter = base(parts.next()?)?;
    only(Box::new(std::iter::once(letter).chain(parts).nfc()))
}

/// The text without marks that stand on a letter that has the same mark already, as a letter typed twice leaves them.
pub fn without_doubled_marks(text: &str) -> String {
    let mut on: Vec<char> = Vec::new();
    let single = text.nfd().filter(|c| {
        if !is_combining_mark(*c) {
            on.clear();
            return true;
        }
        let is_new = !on.contains(c);
        on.push(*c);
        is_new
    });
    single.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of the eleven units of Uông Bí in Vietnamese.
    const ORDER: &[&str] = &[
        "Bắc Sơn",
        "Điền Công",
        "Nam Khê",
        "Phương Đông",
        "Phương Nam",
        "Quang Trung",
        "Thanh Sơn",
        "Thượng Yên Công",
        "Trưng Vương",
        "Vàng Danh",
        "Xã 2",
        "Xã 10",
        "Yên Thanh",
    ];

    #[test]
    fn names_sort_as_in_a_vietnamese_list() {
        let mut names = ORDER.to_vec();
        names.sort();
        assert_ne!(names, ORDER, "byte order would do");
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ORDER);
        let mut tones = vec!["mạ", "má", "mã", "mả", "mà", "ma"];
        tones.sort_by_key(|word| alphabetical(word));
        assert_eq!(tones, ["ma", "mà", "mả", "mã", "má", "mạ"]);
    }

    #[test]
    fn words_compare_without_accents() {
        assert_eq!(fold("  Điền   CÔNG "), "dien cong");
        assert_eq!(fold("hòa"), fold("hoà"));
        assert_eq!(fold("Y\u{00ea}\u{0323}n"), fold("Yện"));
        assert_eq!(fold("2016–2017"), "2016-2017");
        assert_eq!(fold("Hоà\u{200b} Вình\u{ad}, Ｙên ƣơng"), "hoa binh, yen uong");
    }

    #[test]
    fn slugs_are_safe_as_file_names_everywhere() {
        assert_eq!(slug("Yên Thanh"), "yen-thanh");
        assert_eq!(slug("  Đông Triều (cũ) "), "dong-trieu-cu");
        for bad in ["", "..", "a/b", "c:", "con", "com1", "Yen", "a--b", "-a", "a-", "yên", &"a".repeat(65)]
        {
            assert!(!is_slug(bad), "{bad}");
        }
        assert!(
            is_slug("com10")
                && is_slug("coma")
                && is_slug("lptz")
                && is_slug("thuong-yen-cong")
                && is_slug("2016-2017")
        );
    }

    #[test]
    fn a_hybrid_of_composed_and_combining_is_not_composed() {
        assert!(is_composed("Điền Công"));
        assert!(!is_composed("ê\u{301}"));
        assert_eq!(compose("ê\u{301}"), "ế");
    }
}
