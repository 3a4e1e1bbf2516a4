//! How a sheet is laid out: where its headings stand, in one line or several, and what stands above them.

use super::called::{NUMBERS, Unit, is_called};
use super::headings::{Dictionary, Heading, unit_above};
use super::map::Map;
use crate::model::sheet::{Held, Merged, Sheet, SheetRow};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A sheet with its headings.
pub struct Laid<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What stands above the headings, a line each.
    pub titles: Vec<String>,
    /// The numbers of the first and the last row of the headings.
    pub at: (usize, usize),
    /// The headings, from column A on; empty where there is none.
    pub headings: Vec<String>,
    /// What they say.
    pub parsed: Vec<Heading>,
    /// The rows of the table.
    pub rows: Vec<Cow<'a, SheetRow>>,
}

/// How many rows headings are looked for in.
const ABOVE: usize = 40;
/// How many lines headings have at most.
const LINES: usize = 3;

impl Laid<'_> {
    /// The unit that a line above the headings gives for all of them.
    pub fn unit(&self) -> Option<&'static Unit> {
        self.titles.iter().find_map(|line| unit_above(line))
    }

    /// The place of the heading of a column.
    pub fn place(&self, column: usize) -> String {
        self.sheet.place(self.at.1, column)
    }
}

/// Finds the headings of a sheet: those lines of which most columns mean something.
pub fn laid<'a>(dictionary: &Dictionary, map: &Map, sheet: &'a Sheet, exact: bool) -> Laid<'a> {
    let rows = &sheet.rows;
    let numbered = |number: usize| rows.iter().position(|row| row.number == number);
    let said = map.headings.and_then(|(first, last)| Some((numbered(first)?, numbered(last)?)));
    let (first, last) = match said.filter(|(first, last)| first <= last && last - first < LINES) {
        _ if exact => (0, 0),
        Some(said) => said,
        None => found(dictionary, map, sheet),
    };
    let parsed = headings(sheet, first, last);
    let above =
        rows.iter().take(first).flat_map(|row| row.filled()).map(|(_, held)| held.typed().trim().to_owned());
    let titles: Vec<String> = above.collect();
    Laid {
        sheet,
        at: (rows.get(first).map_or(1, |row| row.number), rows.get(last).map_or(1, |row| row.number)),
        headings: parsed.iter().map(|heading| heading.shown.clone()).collect(),
        titles,
        parsed,
        rows: rows.iter().skip(last + 1).map(Cow::Borrowed).collect(),
    }
}

/// The first and the last row of the headings, by their places in the sheet.
fn found(dictionary: &Dictionary, map: &Map, sheet: &Sheet) -> (usize, usize) {
    let rows = &sheet.rows;
    let mut best = ((0, 0), (0, 0));
    for first in (0..rows.len().min(ABOVE)).filter(|at| is_words(&rows[*at])) {
        for last in first..rows.len().min(first + LINES) {
            if !is_words(&rows[last]) || (last > first && rows[last].number != rows[last - 1].number + 1) {
                break;
            }
            // A line with one cell is a title, and no upper line of headings.
            if last > first && rows[first].filled().count() < 2 {
                break;
            }
            let score = score(dictionary, map, &headings(sheet, first, last));
            if score > best.0 {
                best = (score, (first, last));
            }
        }
    }
    if best.0.0 > 0 {
        return best.1;
    }
    let several = rows.iter().position(|row| row.filled().count() > 1).unwrap_or(0);
    (several, several)
}

/// How many different columns mean something, and how many give a unit.
fn score(dictionary: &Dictionary, map: &Map, headings: &[Heading]) -> (usize, usize) {
    let says = |heading: &&Heading| {
        let is_number = || NUMBERS.iter().any(|name| heading.parts.iter().any(|part| is_called(part, name)));
        map.names(&heading.shown) || !dictionary.meanings(0, heading, map).is_empty() || is_number()
    };
    let filled = || headings.iter().filter(|heading| !heading.shown.is_empty());
    let different: BTreeSet<&str> = filled().filter(says).map(|heading| heading.shown.as_str()).collect();
    (different.len(), filled().filter(|heading| heading.unit.is_some()).count())
}

/// True for a row of words, as headings are.
fn is_words(row: &SheetRow) -> bool {
    row.filled().all(|(_, held)| match held {
        Held::Text(text) => text.chars().any(char::is_alphabetic) || text.trim() == "#" || text.trim() == "%",
        _ => false,
    })
}

/// The headings in some rows.
fn headings(sheet: &Sheet, first: usize, last: usize) -> Vec<Heading> {
    let rows = &sheet.rows[first.min(sheet.rows.len())..(last + 1).min(sheet.rows.len())];
    let numbers = rows.first().map_or(0, |row| row.number)..=rows.last().map_or(0, |row| row.number);
    let touches = |m: &&Merged| m.rows.0 <= *numbers.end() && *numbers.start() <= m.rows.1;
    let lines = Lines { rows, merged: sheet.merged.iter().filter(touches).collect() };
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let of = |at: usize| -> Vec<String> {
        (0..rows.len()).map(|n| lines.said(n, at)).filter(|line| !line.is_empty()).collect()
    };
    (0..width).map(|at| Heading::of(&of(at))).collect()
}

/// Rows of headings, with what is merged in them.
struct Lines<'a> {
    rows: &'a [SheetRow],
    merged: Vec<&'a Merged>,
}

impl Lines<'_> {
    /// What a line says of a column. An upper line stands above all columns that it is merged over; where nothing is
    /// merged, above those to its right that have a lower line only.
    fn said(&self, n: usize, at: usize) -> String {
        let number = self.rows[n].number;
        let here = |m: &&&Merged| (m.rows.0..=m.rows.1).contains(&number);
        let typed = self.typed(n, at);
        if !typed.is_empty() || !self.goes_on_below(n, at) {
            return typed;
        }
        let mut merged = self.merged.iter().filter(here);
        if let Some(m) = merged.clone().find(|m| (m.columns.0..=m.columns.1).contains(&at)) {
            return if m.rows.0 == number { self.typed(n, m.columns.0) } else { String::new() };
        }
        if merged.any(|m| m.columns.0 < m.columns.1) {
            return String::new();
        }
        let left = (0..at).rev().take_while(|left| self.goes_on_below(n, left + 1));
        let above = left.into_iter().find(|left| !self.typed(n, *left).is_empty());
        above
            .filter(|above| self.goes_on_below(n, *above))
            .map_or_else(String::new, |above| self.typed(n, above))
    }

    fn typed(&self, n: usize, at: usize) -> String {
        self.rows[n].cell(at).typed().trim().to_owned()
    }

    /// True if a lower line says something of the column.
    fn goes_on_below(&self, n: usize, at: usize) -> bool {
        (n + 1..self.rows.len()).any(|below| !self.typed(below, at).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headings of a sheet of such rows, the first with the number 1.
    fn shown(rows: &[&[&str]], merged: &[Merged]) -> Vec<String> {
        let held = |text: &&str| if text.is_empty() { Held::Nothing } else { Held::Text((*text).to_owned()) };
        let row = |(at, cells): (usize, &&[&str])| SheetRow {
            number: at + 1,
            cells: cells.iter().map(held).collect(),
        };
        let rows: Vec<SheetRow> = rows.iter().enumerate().map(row).collect();
        let last = rows.len() - 1;
        let sheet = Sheet { rows, merged: merged.to_vec(), ..Sheet::default() };
        headings(&sheet, 0, last).into_iter().map(|heading| heading.shown).collect()
    }

    #[test]
    fn an_upper_line_stands_above_what_it_is_merged_over_or_what_has_a_lower_line_only() {
        let rows: &[&[&str]] = &[&["Xã", "Học bổng", "", "", "Ghi chú"], &["", "suất", "tiền", "nữ", ""]];
        let said = ["Xã", "Học bổng: suất", "Học bổng: tiền", "Học bổng: nữ", "Ghi chú"];
        assert_eq!(shown(rows, &[]), said);
        let merged = Merged { rows: (1, 1), columns: (1, 2) };
        assert_eq!(shown(rows, &[merged]), ["Xã", "Học bổng: suất", "Học bổng: tiền", "nữ", "Ghi chú"]);
        let above = Merged { rows: (1, 2), columns: (0, 0) };
        assert_eq!(shown(rows, &[merged, above])[0], "Xã");
    }
}
