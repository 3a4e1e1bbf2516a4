//! Tables for a terminal: columns set flush, long words wrapped, the total set off, notes below.
//!
//! Two passes over the cells, so ten rows and a hundred thousand cost the same a row.

use super::Style;
use super::value::{self, MISSING};
use super::width::{blanks, longest_word, width, wrap};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Text, t};

const EMPTY: Text = t("Không có dòng nào.", "There are no rows.");
/// A word that is wider than this may be cut.
const WORD_MAX: usize = 40;

/// The lines between the columns and rows.
struct Frame {
    column: &'static str,
    row: &'static str,
    cross: &'static str,
}

const LINES: Frame = Frame { column: " │ ", row: "─", cross: "─┼─" };
const ASCII: Frame = Frame { column: " | ", row: "-", cross: "-+-" };

/// A table as text.
pub fn draw(table: &Table, style: &Style) -> String {
    let frame = if style.ascii { &ASCII } else { &LINES };
    let header: Vec<String> =
        table.columns.iter().map(|column| value::one_line(column.label.get(style.lang))).collect();
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| plain(value::row(row, &table.columns, style.lang), style)).collect();
    let total =
        table.total.as_ref().map(|total| plain(value::total(total, &table.columns, style.lang), style));
    let widths = share(&table.columns, &header, rows.iter().chain(&total), style.width);
    let rule: Vec<String> = widths.iter().map(|width| frame.row.repeat(*width)).collect();
    let rule = rule.join(frame.cross);
    let right: Vec<bool> = table.columns.iter().map(|column| column.kind.is_number()).collect();

    let mut out = String::new();
    let title = value::one_line(table.title.get(style.lang));
    if !title.is_empty() {
        for line in wrap(&title, style.width) {
            out.push_str(&style.bold(&line));
            out.push('\n');
        }
        out.push('\n');
    }
    if !table.columns.is_empty() {
        let mut head = String::new();
        lay(&mut head, &header, &widths, &right, frame);
        head.lines().for_each(|line| out.extend([&style.bold(line), "\n"]));
        out.extend([rule.as_str(), "\n"]);
        rows.iter().for_each(|row| lay(&mut out, row, &widths, &right, frame));
    }
    if let Some(total) = &total {
        out.extend([rule.as_str(), "\n"]);
        let mut foot = String::new();
        lay(&mut foot, total, &widths, &right, frame);
        foot.lines().for_each(|line| out.extend([&style.bold(line), "\n"]));
    }
    if rows.is_empty() {
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

/// The cells with an ASCII sign for what is missing, where nothing else is understood.
fn plain(mut cells: Vec<String>, style: &Style) -> Vec<String> {
    if style.ascii {
        cells.iter_mut().filter(|cell| *cell == MISSING).for_each(|cell| *cell = "-".to_owned());
    }
    cells
}

/// The widths of the columns. Where not all fit, words are wrapped: what is left beside the numbers, days and ids, which
/// stay whole in any case, is shared out evenly: short names keep their line and long texts wrap. Headers come last.
fn share<'a>(
    columns: &[Column],
    header: &[String],
    rows: impl Iterator<Item = &'a Vec<String>>,
    line: usize,
) -> Vec<usize> {
    let mut widest = vec![0; header.len()];
    let mut least: Vec<usize> = header.iter().map(|label| longest_word(label).min(WORD_MAX)).collect();
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            let wide = width(cell);
            widest[at] = widest[at].max(wide);
            let whole = columns[at].kind != ColumnKind::Text;
            let need = if whole || wide <= least[at] { wide } else { longest_word(cell).min(WORD_MAX) };
            least[at] = least[at].max(need);
        }
    }
    let natural: Vec<usize> =
        header.iter().zip(&widest).map(|(label, cell)| width(label).max(*cell)).collect();
    let line = line.saturating_sub(3 * columns.len().saturating_sub(1));
    if natural.iter().sum::<usize>() <= line {
        return natural;
    }
    let mut spare = line.saturating_sub(least.iter().sum());
    let mut widths = least.clone();
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

/// One row, over as many lines as its longest cell needs.
fn lay(out: &mut String, row: &[String], widths: &[usize], right: &[bool], frame: &Frame) {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| wrap(cell, *width)).collect();
    for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
        let start = out.len();
        for (at, cell) in cells.iter().enumerate() {
            let part = cell.get(line).map_or("", String::as_str);
            let room = widths[at].saturating_sub(width(part));
            if at > 0 {
                out.push_str(frame.column);
            }
            if right[at] {
                blanks(out, room);
            }
            out.push_str(part);
            if !right[at] {
                blanks(out, room);
            }
        }
        out.truncate(start + out[start..].trim_end_matches(' ').len());
        out.push('\n');
    }
}
