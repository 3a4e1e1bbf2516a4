//! Cells as words: as people of a language read them, and as programs do.

use crate::model::number::{self, fixed, group, measure, millions};
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{InLang, Lang, Text, printable, t};

/// Shown for a missing value.
pub(super) const MISSING: &str = "–";
/// Shown before a number that is only approximate.
pub(super) const ABOUT: &str = "≈ ";
/// Shown for a table without rows.
pub(super) const EMPTY: Text = t("Không có dòng nào.", "There are no rows.");
/// The unit of amounts.
const DONG: Text = t("đồng", "VND");
const YES: Text = t("có", "yes");
const NO: Text = t("không", "no");

/// A cell as people read it, in one line.
pub(super) fn shown(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    match cell {
        Cell::Missing => MISSING.to_owned(),
        Cell::Text(text) => one_line(text),
        Cell::Word(_, label) => one_line(label.get(lang)),
        Cell::Count(n) => match kind {
            ColumnKind::Millions => millions(*n as f64, lang),
            ColumnKind::Percent => fixed(*n as f64, 1, lang),
            _ => group(*n, lang),
        },
        Cell::Number(n) => match kind {
            ColumnKind::Millions => millions(*n, lang),
            ColumnKind::Money | ColumnKind::Count => fixed(*n, 0, lang),
            ColumnKind::Percent => fixed(*n, 1, lang),
            _ => measure(*n, lang),
        },
        Cell::Of(n, of) => format!("{}/{}", group(*n as i64, lang), group(*of as i64, lang)),
        Cell::Day(day) => day.in_lang(lang).into_owned(),
        Cell::Date(date) => date.in_lang(lang).into_owned(),
        Cell::Time(clock) => clock.in_lang(lang).into_owned(),
        Cell::Bool(yes) => yes_no(*yes, lang).to_owned(),
        Cell::About(number) => format!("{ABOUT}{}", shown(number, kind, lang)),
    }
}

/// A row as people read it.
pub(super) fn row(cells: &[Cell], columns: &[Column], lang: Lang) -> Vec<String> {
    cells.iter().zip(columns).map(|(cell, column)| shown(cell, column.kind, lang)).collect()
}

/// The total row as people read it: what cannot be added up is left empty.
pub(super) fn total(cells: &[Cell], columns: &[Column], lang: Lang) -> Vec<String> {
    let mut texts = row(cells, columns, lang);
    for (at, text) in texts.iter_mut().enumerate() {
        if cells[at] == Cell::Missing && (at == 0 || !columns[at].kind.is_number()) {
            text.clear();
        }
    }
    texts
}

/// A computed number as programs read it, with the decimals that are worth keeping.
pub(super) fn plain(n: f64, kind: ColumnKind) -> String {
    number::plain(n, if kind == ColumnKind::Percent { 2 } else { 4 })
}

/// A number as a spreadsheet is to hold it: an amount in whole đồng, what was reported or added up with all its decimals, and
/// what was computed as people see it on a screen.
pub(super) fn settled(n: f64, kind: ColumnKind) -> String {
    number::plain(
        n,
        match kind {
            ColumnKind::Millions | ColumnKind::Money | ColumnKind::Count => 0,
            ColumnKind::Percent => 1,
            ColumnKind::Ratio => number::measure_places(n),
            _ => 6,
        },
    )
}

/// The words of a table whose amounts stand in whole đồng, and not in millions as people read them.
pub(super) fn in_dong(words: &str) -> String {
    words.replace("(triệu đồng)", "(đồng)").replace("(million VND)", "(VND)")
}

/// The heading of a column of a spreadsheet, with the unit of its amounts, which only the heading can say there.
pub(super) fn heading(column: &Column, lang: Lang) -> String {
    let (label, unit) = (in_dong(column.label.get(lang)), DONG.get(lang));
    let tells = column.kind != ColumnKind::Millions || label.contains(unit);
    if tells { label } else { format!("{label} ({unit})") }
}

/// What came from a file, in one line and without what could control a terminal.
pub(super) fn one_line(text: &str) -> String {
    printable(text).split(['\n', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Yes or no.
pub(super) fn yes_no(yes: bool, lang: Lang) -> &'static str {
    if yes { YES.get(lang) } else { NO.get(lang) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_zero() {
        assert_eq!(shown(&Cell::Missing, ColumnKind::Count, Lang::Vi), "–");
        assert_eq!(shown(&Cell::Of(7, 11), ColumnKind::Text, Lang::Vi), "7/11");
        assert_eq!(shown(&Cell::Text("a\n b\tc\u{1b}[m".into()), ColumnKind::Text, Lang::Vi), "a b c␛[m");
    }
}
