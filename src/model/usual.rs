//! A quick look at a text: does it have only what plain Vietnamese has? Asked while a file is read, so that the rules
//! for texts need not look at a file in which every text is usual, as in nearly every file.

use super::field::Kind;
use super::form::{Form, is_document_number};
use super::tree::{Node, Value};

/// False if a rule for texts may find a fault.
pub fn is_usual(kind: &Kind, text: &str) -> bool {
    let (length, usual) = letters(text.as_bytes());
    usual && length == text.len() && is_usual_number(kind, text)
}

/// The same of every text of a value. What has no row has a fault of form, and is skipped.
pub fn are_usual(node: &Node, kind: &Kind) -> bool {
    match &node.value {
        _ if !kind.has_text() || matches!(kind, Kind::Free) => true,
        Value::Text(text) => is_usual(kind, text),
        Value::List(items) => items.iter().all(|item| are_usual(item, &kind.item())),
        Value::Table(entries) => entries.iter().all(|entry| are_usual(&entry.node, &kind.key(&entry.key))),
        _ => true,
    }
}

/// False if the rule for document numbers may find a fault.
pub fn is_usual_number(kind: &Kind, text: &str) -> bool {
    !matches!(kind, Kind::Form(Form::DocumentNumber)) || is_document_number(text)
}

/// What has to be looked at for a byte.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Usual,
    Space,
    Accent,
    Horn,
    Toned,
    Closer,
    End,
}

/// A table, since every byte of every text is looked up.
const LOOKS: [Look; 256] = {
    let mut looks = [Look::Usual; 256];
    let mut byte = 0;
    while byte < 256 {
        looks[byte] = match byte as u8 {
            b' ' => Look::Space,
            0xc3 => Look::Accent,
            0xc6 => Look::Horn,
            0xe1 => Look::Toned,
            // Signs of Latin-1, single marks, and spaces of other kinds.
            // and letters of other alphabets.
            b'\t' | 0xc2 | 0xc7..=0xe0 | 0xe2.. => Look::Closer,
            0..=0x1f | 0x7f | b'"' | b'\\' => Look::End,
            _ => Look::Usual,
        };
        byte += 1;
    }
    looks
};

/// The length of a text between quotation marks: up to the closing one, an escape or a control character. And false if
/// a rule for letters and spaces may find a fault in it. Nearly every text is usual, and one look at its bytes is
/// enough to know; most texts that are not usual are right as well, with `–` or `²` for example, and the rules take
/// their time.
pub fn letters(bytes: &[u8]) -> (usize, bool) {
    let before = |at: usize| if at == 0 { b' ' } else { bytes[at - 1] };
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let (mut at, mut usual) = (0, true);
    loop {
        at += bytes[at..].iter().take_while(|byte| LOOKS[usize::from(**byte)] == Look::Usual).count();
        usual &= match bytes.get(at).map_or(Look::End, |byte| LOOKS[usize::from(*byte)]) {
            Look::Usual => true,
            Look::Space => before(at) != b' ',
            Look::Accent => {
                let fits = USUAL_AFTER[usize::from(before(at))] >> (next(at) & 63) & 1 == 1;
                fits && (next(at) | 0x20 != 0xbd || !stands_for_horn(next(at + 1)))
            }
            Look::Toned if next(at) == 0xba => true,
            Look::Toned => {
                next(at) == 0xbb
                    && (is_horned(before(at)) || !lost_horn(next(at + 1), next(at + 2), next(at + 3)))
            }
            // Ơ and Ư, but not Ɖ and ƣ.
            Look::Horn => matches!(next(at), 0xa0 | 0xa1 | 0xaf | 0xb0),
            Look::Closer => false,
            Look::End => return (at, usual && before(at) != b' '),
        };
        at += 1;
    }
}

/// True if an ý before a letter with this first byte is left over from an ư: *trýờng* for *trường*.
const fn stands_for_horn(next: u8) -> bool {
    matches!(next, 0xc3..=0xc6 | 0xe1)
}

/// True for the last byte of ư and Ư.
const fn is_horned(before: u8) -> bool {
    matches!(before, 0xaf | 0xb0)
}

/// True for the last byte of an ơ with a tone mark before *ng* or *c*, where an ư stands before it: *được*, not *đợc*.
const fn lost_horn(last: u8, next: u8, after: u8) -> bool {
    matches!(last, 0x9a..=0xa3) && (matches!((next | 0x20, after | 0x20), (b'c', _) | (b'n', b'g')))
}

/// What [`is_usual_after`] says, a bit for each letter.
const USUAL_AFTER: [u64; 256] = {
    let mut usual = [0; 256];
    let mut at = 0;
    while at < 256 * 64 {
        let (before, letter) = (at / 64, at % 64);
        usual[before] |= (is_usual_after(before as u8, 0x80 | letter as u8) as u64) << letter;
        at += 1;
    }
    usual
};

/// True for a letter of Latin-1, given by its second byte, that Vietnamese has after such a byte. The others are left
/// over from an older code page, in which two letters stand for one (a capital after a small letter, an accented vowel
/// after one that it never follows), or only look like a letter, as Ð and ð do.
const fn is_usual_after(before: u8, letter: u8) -> bool {
    let vowel = matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o' | b'u' | b'y' | 0x80..);
    match letter {
        0x90 | 0xb0 => false,
        // Letters of other languages.
        0x84..=0x87 | 0x8b | 0x8e | 0x8f | 0x91 | 0x96..=0x98 | 0x9b | 0x9c | 0x9e | 0x9f => false,
        0xa4..=0xa7 | 0xab | 0xae | 0xaf | 0xb1 | 0xb6..=0xb8 | 0xbb | 0xbc | 0xbe.. => false,
        0x80..=0x9f => !vowel && !before.is_ascii_lowercase(),
        0xa2 => !matches!(before.to_ascii_lowercase(), b'a' | b'e' | b'o'),
        0xa0 | 0xa1 | 0xa3 | 0xa8..=0xaa | 0xba => !matches!(before.to_ascii_lowercase(), b'a' | b'e'),
        0xb5 | 0xb9 => !vowel,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_vietnamese_is_usual() {
        for text in [
            "Trung tâm học tập cộng đồng phường Yên Thanh, Đà Nẵng, Đắk Lắk",
            "Toà án nhân dân, hoá học, khoẻ mạnh, quý mến, loã xoã; tòa, hóa, khỏe; tuần lễ, quê hương, khuỷu tay",
            "Sổ theo dõi mở lớp ghi chưa đủ số buổi và số giờ (2/3 số lớp)",
        ] {
            assert!(is_usual(&Kind::Text, text), "{text}");
        }
        for text in
            ["", " ", "hai  dấu cách", "TrÇn V¨n", "Traàn Vaên", "Ðiền Công", "Yên\u{301}", "85\u{a0}m²"]
        {
            assert!(!is_usual(&Kind::Text, text), "{text}");
        }
        let number = Kind::Form(Form::DocumentNumber);
        assert!(is_usual(&number, "1009/KH-PGDĐT") && !is_usual(&number, "1009 /KH-PGDĐT"));
    }
}
