//! How wide text is on a terminal, and how it is cut into lines. The only file that knows the widths of characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Appends blanks, if there is any need.
pub(super) fn blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

/// The text in at most so many columns, with `…` if something is cut off.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.width().unwrap_or(0);
        used <= columns
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

/// The text in lines of at most so many columns, broken at blanks; only a word that is wider still is cut, never
/// between a letter and its marks. At least one line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    if width(text) <= columns {
        return vec![text.to_owned()];
    }
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = width(word);
        if used > 0 && used + 1 + wide > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= columns {
            line.push_str(word);
            used += wide;
            continue;
        }
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if used + wide > columns && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vietnamese::compose;

    #[test]
    fn lines_break_at_blanks_whatever_the_form_of_the_letters() {
        let composed = "Hồ sơ sổ sách đầy đủ, cần thêm máy vi tính";
        let parts = "Hô\u{300} sơ sô\u{309} sách đâ\u{300}y đu\u{309}, câ\u{300}n thêm máy vi tính";
        assert_eq!(compose(parts), composed);
        assert_eq!(wrap(composed, 16), ["Hồ sơ sổ sách", "đầy đủ, cần thêm", "máy vi tính"]);
        let again: Vec<String> = wrap(parts, 16).iter().map(|line| compose(line).into_owned()).collect();
        assert_eq!(again, wrap(composed, 16));
        assert_eq!(width(parts), width(composed));
    }

    #[test]
    fn only_what_is_too_wide_is_cut_and_letters_keep_their_marks() {
        assert_eq!(wrap("ab abcdefgh", 3), ["ab", "abc", "def", "gh"]);
        assert_eq!(wrap("e\u{302}\u{301}e\u{302}\u{301}", 1), ["e\u{302}\u{301}"; 2]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!((cut("Điền Công", 9), cut("Điền Công", 6)), ("Điền Công".into(), "Điền …".into()));
    }
}
