//! Letters that are not what they look like: such as stand for a Latin or Vietnamese letter, and such as cannot be seen.

use super::text::is_bidi;

/// Letters, and what looks like them in other alphabets, from Unicode's table of confusables (`confusables.txt` 17.0):
/// what a keyboard or a program may put into Vietnamese. ƣ is there because converters of TCVN3 write it for ư.
const LOOKALIKES: &[(char, &str)] = &[
    ('A', "АΑ"),
    ('B', "ВΒ"),
    ('C', "СϹ"),
    ('E', "ЕΕ"),
    ('G', "Ԍ"),
    ('H', "НΗ"),
    ('I', "ІΙӀ"),
    ('J', "ЈͿ"),
    ('K', "КΚ"),
    ('M', "МΜ"),
    ('N', "Ν"),
    ('O', "ОΟ"),
    ('P', "РΡ"),
    ('S', "Ѕ"),
    ('T', "ТΤ"),
    ('V', "Ѵ"),
    ('W', "Ԝ"),
    ('X', "ХΧ"),
    ('Y', "УΥҮ"),
    ('Z', "Ζ"),
    ('a', "аαɑ"),
    ('c', "сϲ"),
    ('d', "ԁ"),
    ('e', "е"),
    ('g', "ɡ"),
    ('h', "һ"),
    ('i', "іιɩ"),
    ('j', "јϳ"),
    ('k', "кκ"),
    ('l', "ӏ"),
    ('o', "оοσօ"),
    ('p', "рρ"),
    ('q', "ԛ"),
    ('s', "ѕ"),
    ('u', "υʋս"),
    ('v', "νѵ"),
    ('w', "ԝ"),
    ('x', "х"),
    ('y', "уγү"),
    ('Đ', "ÐƉ"),
    ('đ', "ðɖ"),
    ('Ư', "Ƣ"),
    ('ư', "ƣ"),
];

/// The letter that a letter without accents looks like.
pub fn base(c: char) -> Option<char> {
    LOOKALIKES.iter().find(|(_, others)| others.contains(c)).map(|(letter, _)| *letter)
}

/// True for what no language writes: letters and signs of full width, and the letters of mathematics.
pub fn is_styled(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
}

/// True for a character that cannot be seen and says nothing in Vietnamese: joiners, fillers, marks of direction,
/// selectors of a shape, tags, and the soft hyphen.
pub fn is_invisible(c: char) -> bool {
    is_bidi(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_without_a_shape_is_invisible() {
        for c in
            "\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{202e}\u{2060}\u{2066}\u{feff}\u{fe0f}\u{e0041}\u{e0100}"
                .chars()
        {
            assert!(is_invisible(c), "{:x}", u32::from(c));
        }
        assert!(!" \u{a0}ếđ–…".chars().any(is_invisible));
    }
}
