//! The quick look at a text: are there only letters and spaces that plain Vietnamese has, where it has them?

/// What is to be asked of a byte.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Usual,
    Space,
    Accent,
    Horn,
    Closer,
}

/// Looked up, since every byte of every text is asked.
const LOOKS: [Look; 256] = {
    let mut looks = [Look::Usual; 256];
    let mut byte = 0;
    while byte < 256 {
        looks[byte] = match byte as u8 {
            b' ' => Look::Space,
            0xc3 => Look::Accent,
            0xc6 => Look::Horn,
            // Control characters, signs of Latin-1, single marks, and spaces of other kinds.
            0..=0x1f | 0x7f | 0xc2 | 0xcc | 0xcd | 0xe2 | 0xe3 => Look::Closer,
            _ => Look::Usual,
        };
        byte += 1;
    }
    looks
};

/// False where some rule for letters and spaces may have something to say. Nearly every text is usual, and one look at its
/// bytes is enough to know; what is not usual is mostly fine as well, as `–` or `²` is, and the rules take their time.
pub fn are_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let mut before = b' ';
    for (at, byte) in bytes.iter().enumerate() {
        let usual = match LOOKS[usize::from(*byte)] {
            Look::Usual => true,
            Look::Space => before != b' ',
            Look::Accent => is_usual_after(before, next(at)),
            // Ɖ, which looks like Đ.
            Look::Horn => next(at) != 0x89,
            Look::Closer => false,
        };
        if !usual {
            return false;
        }
        before = *byte;
    }
    before != b' '
}

/// True for a letter of Latin-1, told by its second byte, that Vietnamese has after such a byte. The others are what is
/// left of an older code page, in which two letters stand for one: a capital after a small letter, a vowel with an accent
/// after one that it never follows; or they only look like a letter, as Ð and ð do.
fn is_usual_after(before: u8, letter: u8) -> bool {
    let vowel = || matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o' | b'u' | b'y' | 0x80..);
    match letter {
        0x90 | 0xb0 => false,
        0x97 | 0xa4 | 0xa5 | 0xaf | 0xb7 | 0xb8 | 0xbb => false,
        0x80..=0x9f => !vowel() && !before.is_ascii_lowercase(),
        0xa2 => !matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o'),
        0xa0 | 0xa1 | 0xa3 | 0xaa => !matches!(before.to_ascii_lowercase(), b'a' | b'e'),
        0xb5 | 0xb9 => !vowel(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{legacy::code_page, name::is_look_alike};

    #[test]
    fn what_is_usual_has_nothing_that_a_rule_would_tell() {
        let marks = ('\u{80}'..='\u{ff}').chain("ươăđĐƯếỆ“…– \u{2009}\u{3000}\u{301}Ɖ\t".chars());
        let letters = || ('A'..='Z').chain('a'..='z').chain(" 1.".chars()).chain(marks.clone());
        let mut usual = 0;
        for (before, mark) in letters().flat_map(|before| marks.clone().map(move |mark| (before, mark))) {
            for (earlier, after) in [("a", "a"), ("B", "C"), ("ư", "ế"), ("", "")] {
                let text = vec![format!("{earlier}{before}{mark}{after}"); 3].join(" ");
                if are_usual(&text) {
                    usual += 1;
                    assert_eq!(code_page(&text), None, "{text}");
                    assert!(!text.contains(is_look_alike), "{text}");
                    assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), text);
                }
            }
        }
        assert!(usual > 5_000, "{usual}");
    }

    #[test]
    fn nearly_all_vietnamese_is_usual() {
        for text in [
            "Trung tâm học tập cộng đồng phường Yên Thanh, Đà Nẵng, Đắk Lắk",
            "Toà án nhân dân, hoá học, khoẻ mạnh, quý mến, loã xoã; tòa, hóa, khỏe; tuần lễ, quê hương, khuỷu tay",
            "Sổ theo dõi mở lớp ghi chưa đủ số buổi và số giờ (2/3 số lớp)",
        ] {
            assert!(are_usual(text), "{text}");
        }
    }
}
