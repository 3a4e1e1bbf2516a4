//! Tables of a Word document: what fits on a page, and with which widths.

use super::metrics;
use super::paragraphs::{paragraph, run, with};
use crate::model::table::{ColumnKind, Table};
use crate::model::text::{Lang, Text, t};
use crate::render::Style;
use crate::render::bands::{Cells, Ruler};
use crate::render::value::EMPTY;

/// What stands left and right of the words of a cell together, in twentieths of a point, with some slack.
const PADDING: usize = 240;
/// The sizes of letters that are tried, in points.
const SIZES: [usize; 3] = [12, 11, 10];
/// A table with no more lines stays on one page.
const SHORT: usize = 10;
/// A cell with more lines than this is hard to read.
const LINES: usize = 4;
/// In thousandths of the size of letters.
const RULER: Ruler = Ruler { of: metrics::bold, gap: PADDING * 50 / SIZES[2], word: 12_000 };
/// By how much a column is widened at a time, in the same.
const STEP: usize = 50;
const NOTES: Text = t("Ghi chú: ", "Notes: ");

/// True if all columns of a table fit side by side, and none of its words stand in a narrow column.
pub fn is_easy(table: &Table, style: &Style, line: usize) -> bool {
    let table = &*table.for_people();
    let cells = Cells::measured(table, style, RULER);
    let all: Vec<usize> = (0..table.columns.len()).collect();
    size(&cells, line).is_some_and(|size| {
        let widths = shares(&cells, &all, room(line, size));
        widths.iter().zip(&cells.widest).all(|(width, widest)| *widest <= width * LINES)
    })
}

/// The greatest size with which all columns fit.
fn size(cells: &Cells, line: usize) -> Option<usize> {
    SIZES.into_iter().find(|size| cells.bands(room(line, *size)).len() < 2)
}

/// What is left for words, in thousandths of the size of letters.
fn room(line: usize, size: usize) -> usize {
    line.saturating_sub(PADDING) * 50 / size
}

/// A table and its notes, on lines of so many twentieths of a point. What is too wide becomes several tables, each
/// with the columns that name the row.
pub fn table(table: &Table, style: &Style, line: usize) -> String {
    let table = &*table.for_people();
    let cells = Cells::measured(table, style, RULER);
    let size = size(&cells, line).unwrap_or(SIZES[2]);
    let bands = cells.bands(room(line, size));
    let grids: Vec<String> = bands.iter().map(|band| grid(&cells, band, size, line, style.lang)).collect();
    let mut out = grids.join(&paragraph("Gap", ""));
    for (at, note) in table.notes.iter().enumerate() {
        let lead = if at == 0 { NOTES.get(style.lang) } else { "" };
        out.push_str(&paragraph("Note", &format!("{lead}{}", note.get(style.lang))));
    }
    out + &paragraph("Gap", "")
}

/// Some columns of a table.
fn grid(cells: &Cells, band: &[usize], points: usize, line: usize, lang: Lang) -> String {
    let widths = widths(cells, band, points, line);
    let size = if points == SIZES[0] { String::new() } else { format!("<w:sz w:val=\"{}\"/>", 2 * points) };
    let drawn = |texts: &[String], style: fn(ColumnKind) -> &'static str, letters: &str, keep: bool| {
        let keep = if keep { "<w:keepNext/>" } else { "" };
        let cell = |at: &usize| {
            let text = texts.get(*at).map_or("", String::as_str);
            with(style(cells.columns[*at].kind), keep, &run(letters, text))
        };
        band.iter().map(cell).collect::<Vec<_>>()
    };
    let short = height(cells, band, &shares(cells, band, room(line, points))) <= SHORT;
    let mut rows = vec![row(&widths, &drawn(&cells.header, |_| "CellHead", &size, true), Row::Head)];
    let count = cells.rows.len();
    for (at, texts) in cells.rows.iter().enumerate() {
        // neither a head nor a total stands alone on a page, and a short table is not broken
        let last = at + 1 == count;
        let keep = if last { cells.total.is_some() } else { short || at < 2 || at + 2 == count };
        rows.push(row(&widths, &drawn(texts, style, &size, keep), Row::Body));
    }
    if count == 0 {
        let span = format!("<w:gridSpan w:val=\"{}\"/>", widths.len());
        let empty = paragraph("CellCentre", EMPTY.get(lang));
        rows.push(format!("<w:tr>{}</w:tr>\n", cell(widths.iter().sum(), &span, &empty)));
    }
    if let Some(total) = &cells.total {
        rows.push(row(&widths, &drawn(total, style, &format!("<w:b/>{size}"), false), Row::Body));
    }
    framed(&widths, &rows)
}

/// The widths of columns on a line, in twentieths of a point: what is left goes to words, most to those that have most.
fn widths(cells: &Cells, band: &[usize], size: usize, line: usize) -> Vec<usize> {
    let shares = shares(cells, band, room(line, size));
    let mut widths: Vec<usize> = shares.iter().map(|share| share * size / 50 + PADDING).collect();
    let wordy = |at: &usize| if cells.columns[*at].kind.is_words() { cells.widest[*at] } else { 0 };
    let mut weights: Vec<usize> = band.iter().map(wordy).collect();
    if weights.iter().all(|weight| *weight == 0) {
        weights.fill(1);
    }
    let (spare, whole) = (line.saturating_sub(widths.iter().sum()), weights.iter().sum::<usize>());
    widths.iter_mut().zip(weights).for_each(|(width, weight)| *width += spare * weight / whole);
    widths
}

/// What each column gets for its words, in thousandths of the size of letters: first the cell with most lines shall have
/// as few as can be, then the heading.
fn shares(cells: &Cells, band: &[usize], room: usize) -> Vec<usize> {
    let mut shares: Vec<usize> = band.iter().map(|at| cells.least[*at].max(1)).collect();
    let taken = shares.iter().sum::<usize>() + RULER.gap * band.len().saturating_sub(1);
    let mut steps = room.saturating_sub(taken) / STEP;
    let (body, head) = (|at: &usize| cells.widest[*at], |at: &usize| metrics::bold(&cells.header[*at]));
    for goals in [band.iter().map(body).collect::<Vec<_>>(), band.iter().map(head).collect()] {
        while steps > 0 {
            let tight = (0..shares.len()).filter(|at| shares[*at] < goals[*at]);
            let Some(at) = tight.max_by_key(|at| goals[*at] * 1000 / shares[*at]) else { break };
            shares[at] += STEP;
            steps -= 1;
        }
    }
    shares
}

/// How many lines the rows of a table take.
fn height(cells: &Cells, band: &[usize], shares: &[usize]) -> usize {
    let lines = |row: &Vec<String>| {
        let cell = |(at, share): (&usize, &usize)| {
            row.get(*at).map_or(1, |text| metrics::bold(text).div_ceil(*share))
        };
        band.iter().zip(shares).map(cell).max().unwrap_or(1)
    };
    cells.rows.iter().chain(&cells.total).map(lines).sum()
}

/// The style of cells.
fn style(kind: ColumnKind) -> &'static str {
    match kind {
        kind if kind.is_words() => "Cell",
        kind if kind.is_number() => "CellRight",
        _ => "CellCentre",
    }
}

/// What a row is.
#[derive(Clone, Copy, PartialEq)]
pub enum Row {
    /// The head of a table, which is repeated on each page.
    Head,
    /// A row of a table.
    Body,
    /// What stands side by side, and is no table to a reader.
    Side,
}

/// What stands side by side in columns with these widths in twentieths of a point.
pub fn side_by_side(widths: &[usize], rows: &[Vec<String>]) -> String {
    let margins =
        "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>";
    let rows: String = rows.iter().map(|cells| row(widths, cells, Row::Side)).collect();
    in_columns(widths, &rows, "", margins)
}

/// A table with lines around its cells.
fn framed(widths: &[usize], rows: &[String]) -> String {
    let line = |side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    in_columns(widths, &rows.concat(), &format!("<w:tblBorders>{borders}</w:tblBorders>"), "")
}

fn in_columns(widths: &[usize], rows: &str, borders: &str, margins: &str) -> String {
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/>{borders}<w:tblLayout w:type=\"fixed\"/>{margins}\
         </w:tblPr><w:tblGrid>{columns}</w:tblGrid>\n{rows}</w:tbl>\n",
        widths.iter().sum::<usize>()
    )
}

/// A row of cells, each with its paragraphs, that does not break over pages. If there are fewer than columns, the last one
/// takes the rest.
fn row(widths: &[usize], cells: &[String], kind: Row) -> String {
    let head = if kind == Row::Head { "<w:tblHeader/>" } else { "" };
    let middle = if kind == Row::Side { "" } else { "<w:vAlign w:val=\"center\"/>" };
    let drawn = |(at, inner): (usize, &String)| {
        let over = if at + 1 == cells.len() { &widths[at..] } else { &widths[at..=at] };
        let span =
            if over.len() > 1 { format!("<w:gridSpan w:val=\"{}\"/>", over.len()) } else { String::new() };
        cell(over.iter().sum(), &(span + middle), inner)
    };
    let cells: String = cells.iter().enumerate().map(drawn).collect();
    format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>\n")
}

fn cell(width: usize, properties: &str, inner: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{properties}</w:tcPr>\n{inner}</w:tc>")
}
