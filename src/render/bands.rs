//! A table in words, and which of its columns fit beside each other on a line or a page.

use super::Style;
use super::value::{self, ABOUT, MISSING};
use super::width::width;
use crate::model::table::{Column, Table};

/// How wide things are.
#[derive(Clone, Copy)]
pub(super) struct Ruler {
    pub of: fn(&str) -> usize,
    /// What stands between two columns.
    pub gap: usize,
    /// A word that is wider than this may be cut.
    pub word: usize,
}

/// In columns of a terminal.
const COLUMNS: Ruler = Ruler { of: width, gap: 3, word: 40 };

/// A table in words.
pub(super) struct Cells<'a> {
    pub columns: &'a [Column],
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub total: Option<Vec<String>>,
    /// The width of the widest cell of each column, without its header.
    pub widest: Vec<usize>,
    /// The least width of each column that keeps words and numbers whole.
    pub least: Vec<usize>,
    ruler: Ruler,
}

impl<'a> Cells<'a> {
    /// A table in the words of a style, for a terminal.
    pub fn of(table: &'a Table, style: &Style) -> Cells<'a> {
        Cells::measured(table, style, COLUMNS)
    }

    /// True for a column of texts, not of names and the like.
    pub fn is_text(&self, at: usize) -> bool {
        self.columns[at].kind.is_words() && self.widest[at] > self.ruler.word
    }

    /// The same with room for names and the like in two lines.
    pub fn in_two_lines(mut self) -> Cells<'a> {
        for at in 0..self.columns.len() {
            if self.columns[at].kind.is_words() && !self.is_text(at) {
                // Words do not break in the middle.
                let half = (self.widest[at].div_ceil(2) + 2).min(self.widest[at]);
                self.least[at] = self.least[at].max(half);
            }
        }
        self
    }

    /// A table in the words of a style.
    pub fn measured(table: &'a Table, style: &Style, ruler: Ruler) -> Cells<'a> {
        let longest_word = |text: &str| text.split(' ').map(ruler.of).max().unwrap_or(0).min(ruler.word);
        let columns = &table.columns;
        let header: Vec<String> = columns.iter().map(|c| value::one_line(c.label.get(style.lang))).collect();
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| plain(value::row(row, columns, style.lang), style)).collect();
        let total = table.total.as_ref().map(|total| plain(value::total(total, columns, style.lang), style));
        let mut widest = vec![0; header.len()];
        let mut least: Vec<usize> = header.iter().map(|label| longest_word(label)).collect();
        for row in rows.iter().chain(&total) {
            for (at, cell) in row.iter().enumerate() {
                let wide = (ruler.of)(cell);
                widest[at] = widest[at].max(wide);
                let whole = !columns[at].kind.is_words();
                let need = if whole || wide <= least[at] { wide } else { longest_word(cell) };
                least[at] = least[at].max(need);
            }
        }
        Cells { columns, header, rows, total, widest, least, ruler }
    }

    /// The columns of each band that fits on a line. Columns of one group (`family.base`, `family.registered`) stay
    /// together if possible.
    pub fn bands(&self, line: usize) -> Vec<Vec<usize>> {
        self.bands_of(&(0..self.columns.len()).collect::<Vec<_>>(), line)
    }

    /// The columns that name the rows, and stand in each band.
    pub fn names(&self) -> Vec<usize> {
        let is_row = |c: &Column| c.key == "row_no";
        let numbered = usize::from(self.columns.first().is_some_and(is_row));
        let first = self.columns.iter().position(|c| c.kind.is_number() && !is_row(c));
        (0..first.unwrap_or(1 + numbered).min(2)).collect()
    }

    /// The bands of some columns, the first of which name the rows.
    pub fn bands_of(&self, all: &[usize], line: usize) -> Vec<Vec<usize>> {
        let columns = self.columns;
        let room = |band: &[usize]| band.iter().map(|at| self.least[*at]).sum::<usize>() + self.gaps(band);
        if all.is_empty() || room(all) <= line {
            return if all.is_empty() { Vec::new() } else { vec![all.to_vec()] };
        }
        let names = self.names();
        let group =
            |at: usize| columns[at].key.rsplit_once('.').map_or(columns[at].key.as_str(), |(group, _)| group);
        let mut bands = vec![names.clone()];
        let rest: Vec<usize> = all.iter().copied().filter(|at| !names.contains(at)).collect();
        for columns in rest.chunk_by(|a, b| group(*a) == group(*b)) {
            let fits = |band: &Vec<usize>, more: &[usize]| room(&[band.as_slice(), more].concat()) <= line;
            let alone = fits(&names, columns);
            for part in columns.chunks(if alone { columns.len() } else { 1 }) {
                if bands.last().is_some_and(|band| band.len() > names.len() && !fits(band, part)) {
                    bands.push(names.clone());
                }
                bands.last_mut().into_iter().for_each(|band| band.extend(part));
            }
        }
        bands
    }

    /// What stands between the columns of a band.
    fn gaps(&self, band: &[usize]) -> usize {
        self.ruler.gap * band.len().saturating_sub(1)
    }
}

/// The cells with ASCII signs for what is missing and what is approximate, if nothing else is understood.
fn plain(mut cells: Vec<String>, style: &Style) -> Vec<String> {
    for cell in cells.iter_mut().filter(|_| style.ascii) {
        match cell.strip_prefix(ABOUT) {
            Some(number) => *cell = format!("~ {number}"),
            None if cell == MISSING => *cell = "-".to_owned(),
            None => {}
        }
    }
    cells
}
