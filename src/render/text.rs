//! Tables for a terminal: columns set flush, long words wrapped, the total set off, notes below.
//!
//! The only file that knows the crate that lays cells out. It is told every width, so that header, rows and total line
//! up and ten rows and a hundred thousand cost the same a row.

use super::Style;
use super::value::{self, MISSING};
use super::width::{longest_word, width, wrap};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Text, t};
use comfy_table::{CellAlignment, ColumnConstraint, ContentLineStyle, TableStyle, Width};

const EMPTY: Text = t("Không có dòng nào.", "There are no rows.");
/// A word that is wider than this may be cut.
const WORD_MAX: usize = 40;

/// The lines between the columns and rows.
struct Frame {
    column: char,
    row: &'static str,
    cross: &'static str,
}

const LINES: Frame = Frame { column: '│', row: "─", cross: "─┼─" };
const ASCII: Frame = Frame { column: '|', row: "-", cross: "-+-" };

/// A table as text. What is too wide for the line is drawn in bands, each with the columns that name the row.
pub fn draw(table: &Table, style: &Style) -> String {
    let mut out = String::new();
    let title = value::one_line(table.title.get(style.lang));
    if !title.is_empty() {
        wrap(&title, style.width).iter().for_each(|line| out.extend([&style.bold(line), "\n"]));
        out.push('\n');
    }
    let cells = Cells::of(table, style);
    for (at, band) in cells.bands(&table.columns, style.width).iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        cells.draw(&mut out, &table.columns, band, style);
    }
    if table.rows.is_empty() {
        out.extend([EMPTY.get(style.lang), "\n"]);
    }
    if !table.notes.is_empty() {
        out.push('\n');
    }
    for note in &table.notes {
        wrap(&value::one_line(note.get(style.lang)), style.width).iter().for_each(|l| out.extend([l, "\n"]));
    }
    out
}

/// What stands in a table, as words.
pub(super) struct Cells {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    total: Option<Vec<String>>,
    /// The widest cell or header of each column, and the least that keeps its words and numbers whole.
    widest: Vec<usize>,
    least: Vec<usize>,
}

impl Cells {
    pub(super) fn of(table: &Table, style: &Style) -> Cells {
        let columns = &table.columns;
        let header: Vec<String> = columns.iter().map(|c| value::one_line(c.label.get(style.lang))).collect();
        let rows: Vec<Vec<String>> =
            table.rows.iter().map(|row| plain(value::row(row, columns, style.lang), style)).collect();
        let total = table.total.as_ref().map(|total| plain(value::total(total, columns, style.lang), style));
        let mut widest = vec![0; header.len()];
        let mut least: Vec<usize> = header.iter().map(|label| longest_word(label).min(WORD_MAX)).collect();
        for row in rows.iter().chain(&total) {
            for (at, cell) in row.iter().enumerate() {
                let wide = width(cell);
                widest[at] = widest[at].max(wide);
                let whole = columns[at].kind != ColumnKind::Text;
                let need = if whole || wide <= least[at] { wide } else { longest_word(cell).min(WORD_MAX) };
                least[at] = least[at].max(need);
            }
        }
        Cells { header, rows, total, widest, least }
    }

    /// The columns of each band. Columns of one group (`family.base`, `family.registered`) stay together where they can.
    pub(super) fn bands(&self, columns: &[Column], line: usize) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..columns.len()).collect();
        let room = |band: &[usize]| {
            band.iter().map(|at| self.least[*at]).sum::<usize>() + 3 * band.len().saturating_sub(1)
        };
        if all.is_empty() || room(&all) <= line {
            return if all.is_empty() { Vec::new() } else { vec![all] };
        }
        let first = columns.iter().position(|c| c.kind.is_number() && c.key != "row").unwrap_or(1);
        let names: Vec<usize> = (0..first.min(2)).collect();
        let group =
            |at: usize| columns[at].key.rsplit_once('.').map_or(columns[at].key.as_str(), |(group, _)| group);
        let mut bands = vec![names.clone()];
        let rest: Vec<usize> = (names.len()..columns.len()).collect();
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

    /// One band: header, rows, total.
    fn draw(&self, out: &mut String, columns: &[Column], band: &[usize], style: &Style) {
        let frame = if style.ascii { &ASCII } else { &LINES };
        let widths = self.share(band, style.width);
        let rule: Vec<String> = widths.iter().map(|width| frame.row.repeat(*width)).collect();
        let rule = rule.join(frame.cross);
        let columns: Vec<&Column> = band.iter().map(|at| &columns[*at]).collect();
        let pick = |row: &Vec<String>| -> Vec<String> {
            band.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect()
        };
        let bold = |row: &Vec<String>, out: &mut String| {
            let lines = grid(std::iter::once(pick(row)), &widths, &columns, frame);
            lines.iter().for_each(|line| out.extend([&style.bold(line), "\n"]));
        };
        bold(&self.header, out);
        out.extend([rule.as_str(), "\n"]);
        let lines = grid(self.rows.iter().map(pick), &widths, &columns, frame);
        lines.iter().for_each(|line| out.extend([line, "\n"]));
        if let Some(total) = &self.total {
            out.extend([rule.as_str(), "\n"]);
            bold(total, out);
        }
    }

    /// The widths of the columns of a band. Where not all fit, words are wrapped: what is left beside the numbers, days
    /// and ids, which stay whole in any case, is shared out evenly: short names keep their line and long texts wrap.
    /// Headers come last.
    fn share(&self, band: &[usize], line: usize) -> Vec<usize> {
        let of = |all: &[usize]| band.iter().map(|at| all[*at]).collect::<Vec<usize>>();
        let (widest, mut widths) = (of(&self.widest), of(&self.least));
        let natural: Vec<usize> =
            band.iter().zip(&widest).map(|(at, cell)| width(&self.header[*at]).max(*cell)).collect();
        let line = line.saturating_sub(3 * band.len().saturating_sub(1));
        if natural.iter().sum::<usize>() <= line {
            return natural;
        }
        let least = widths.clone();
        let mut spare = line.saturating_sub(least.iter().sum());
        for goal in [widest, natural] {
            while spare > 0 {
                let tight = (0..widths.len()).filter(|at| widths[*at] < goal[*at]);
                let Some(at) = tight.min_by_key(|at| widths[*at] - least[*at]) else { break };
                widths[at] += 1;
                spare -= 1;
            }
        }
        widths
    }
}

/// The cells with an ASCII sign for what is missing, where nothing else is understood.
fn plain(mut cells: Vec<String>, style: &Style) -> Vec<String> {
    if style.ascii {
        cells.iter_mut().filter(|cell| *cell == MISSING).for_each(|cell| *cell = "-".to_owned());
    }
    cells
}

/// Some rows as lines: cells wrapped to their widths and set flush, columns apart by a line.
fn grid(
    rows: impl Iterator<Item = Vec<String>>,
    widths: &[usize],
    columns: &[&Column],
    frame: &Frame,
) -> Vec<String> {
    let mut grid = comfy_table::Table::new();
    grid.load_style(TableStyle::new().content_lines(ContentLineStyle::none().junction(frame.column)));
    grid.add_rows(rows);
    for ((at, column), (width, shown)) in grid.column_iter_mut().enumerate().zip(widths.iter().zip(columns)) {
        let (left, right) = (u16::from(at > 0), u16::from(at + 1 < widths.len()));
        let width = u16::try_from(*width).unwrap_or(u16::MAX).saturating_add(left + right);
        column.set_padding((left, right)).set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        column.set_cell_alignment(if shown.kind.is_number() {
            CellAlignment::Right
        } else {
            CellAlignment::Left
        });
    }
    grid.lines().map(|line| line.trim_end().to_owned()).collect()
}
