//! How wide letters are in bold in Times New Roman: it tells how long the rules below lines are, and how wide columns.

use crate::model::vietnamese::bare;
use crate::render::width::width;

/// The widths of `' '..='~'` in bold, in thousandths of the size.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
    500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
    930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
    611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
    333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
    556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];

/// The letters that are wider with their mark than without; other marks take no room.
const HORNED: &str = "ơờởỡớợưừửữứựƯỪỬỮỨỰ";

/// The width of a text in bold, in thousandths of the size of its letters.
pub fn bold(text: &str) -> usize {
    text.chars().map(letter).sum()
}

fn letter(c: char) -> usize {
    if matches!(c, '…' | '—') {
        return 1000;
    }
    let horn = if HORNED.contains(c) { 50 } else { 0 };
    let known = (bare(c) as usize).checked_sub(0x20).and_then(|at| BOLD.get(at));
    known.map_or_else(|| 600 * width(c.encode_utf8(&mut [0; 4])), |known| usize::from(*known) + horn)
}
