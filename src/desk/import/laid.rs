//! How a sheet is laid out: where its headings stand, in one line or several, and what stands above them.

use super::called::{NUMBERS, Unit, is_called};
use super::headings::{Dictionary, Heading, unit_above};
use super::map::Map;
use crate::model::sheet::{Held, Sheet, SheetRow};
use std::borrow::Cow;

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

/// How many columns mean something, and how many give a unit.
fn score(dictionary: &Dictionary, map: &Map, headings: &[Heading]) -> (usize, usize) {
    let says = |heading: &&Heading| {
        let is_number = || NUMBERS.iter().any(|name| heading.parts.iter().any(|part| is_called(part, name)));
        map.leaves_out(&heading.shown)
            || map.key(&heading.shown).is_some()
            || !dictionary.meanings(0, heading, map).is_empty()
            || is_number()
    };
    let filled = || headings.iter().filter(|heading| !heading.shown.is_empty());
    (filled().filter(says).count(), filled().filter(|heading| heading.unit.is_some()).count())
}

/// True for a row of words, as headings are.
fn is_words(row: &SheetRow) -> bool {
    row.filled().all(|(_, held)| match held {
        Held::Text(text) => text.chars().any(char::is_alphabetic) || text.trim() == "#" || text.trim() == "%",
        _ => false,
    })
}

/// The headings in some rows. An upper line stands above all columns that it is merged over; where nothing is merged,
/// above those to its right that have a lower line only.
fn headings(sheet: &Sheet, first: usize, last: usize) -> Vec<Heading> {
    let rows = &sheet.rows[first.min(sheet.rows.len())..(last + 1).min(sheet.rows.len())];
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let typed = |row: &SheetRow, at: usize| row.cell(at).typed().trim().to_owned();
    let is_merged = |row: &SheetRow| {
        sheet.merged.iter().any(|m| m.columns.0 < m.columns.1 && (m.rows.0..=m.rows.1).contains(&row.number))
    };
    let above = |n: usize, at: usize| {
        let row = &rows[n];
        let merged = sheet.merged.iter().find(|m| {
            (m.rows.0..=m.rows.1).contains(&row.number) && (m.columns.0..=m.columns.1).contains(&at)
        });
        match (merged, typed(row, at)) {
            (_, text) if !text.is_empty() => text,
            (Some(m), _) if m.rows.0 == row.number => typed(row, m.columns.0),
            (Some(_), _) => String::new(),
            (None, _) if is_merged(row) || n + 1 == rows.len() => String::new(),
            (None, _) => {
                let below = |at: usize| rows[n + 1..].iter().any(|row| !typed(row, at).is_empty());
                let from = (0..at)
                    .rev()
                    .take_while(|left| below(*left + 1))
                    .find(|left| !typed(row, *left).is_empty());
                from.filter(|from| below(*from) && below(at))
                    .map_or_else(String::new, |from| typed(row, from))
            }
        }
    };
    let lines =
        |at: usize| (0..rows.len()).map(|n| above(n, at)).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    (0..width).map(|at| Heading::of(&lines(at))).collect()
}
