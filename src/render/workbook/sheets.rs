//! The tables of a document as a workbook, a sheet each, that can be reckoned with and printed.
//!
//! Numbers stay numbers: amounts in whole đồng, what was computed as people see it on a screen, what is only approximate
//! with its mark in front. A total is a formula where it says what the total says. Text never becomes a formula.

use super::{
    BOLD, FONT, HIGHEST, ROOM, TITLE, clock, contents, day_code, failed, framed, graph, head, height,
};
use super::{is_dated, moment, paged, plain, properties};
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::document::{Block, Document};
use crate::model::sheet::letters;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{InLang, Lang, Said, Text, printable, t};
use crate::render::value::{EMPTY, heading, in_dong, one_line, settled, shown};
use crate::render::width::width;
use crate::render::{Format, Style};
use crate::say;
use rust_xlsxwriter::{Format as Look, FormatAlign, Formula, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::collections::HashMap;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "xlsx",
    about: t("Excel, mỗi bảng một trang tính", "Excel, a sheet for each table"),
    extensions: &["xlsx"],
    binary: true,
    draw,
};

/// The size of letters, in points.
const SIZE: f64 = 11.0;
/// Where the headings stand, from 0: below the title and an empty row.
const HEAD: u32 = 2;
/// How wide and how high a page is, in points, with some room for printers that reckon otherwise.
const PAGE: (f64, f64) = (720.0, 490.0);
/// How much smaller a table is printed at most; one that is still too wide goes over several pages.
const SMALLEST: f64 = 0.6;
/// How wide a title and the notes may be, in points.
const NOTES: f64 = 600.0;
/// How many breaks of pages a sheet may have.
const BREAKS: usize = 1000;
/// How wide a column of words may be, if its words are not too many.
const WORDS: usize = 42;
/// How many lines of words a row has room for.
const LINES: usize = 26;
/// As wide as a column may be.
const WIDEST: f64 = 200.0;
/// How many lines a heading may have.
const HEADING_LINES: usize = 4;
/// How many letters a cell may have.
const LETTERS: usize = 32_000;
/// What makes a cell a formula when somebody edits it.
const FORMULA: &[char] = &['=', '+', '-', '@'];

/// What an empty cell says.
const NOT_REPORTED: Text = t(
    "Ô trống: chưa báo cáo hoặc không tính được; 0 là không có.",
    "An empty cell: not reported, or not computable; 0 is none.",
);

fn draw(document: &Document, style: &Style) -> Result<Vec<u8>, Said> {
    let tables: Vec<Cow<Table>> = document.tables().map(Table::for_people).collect();
    if tables.is_empty() {
        return Err(say!("văn bản này không có bảng nào", "there is no table in it"));
    }
    drawn(document, &tables, style).map_err(failed)
}

fn drawn(document: &Document, tables: &[Cow<Table>], style: &Style) -> Result<Vec<u8>, XlsxError> {
    let (mut workbook, mut looks) = (Workbook::new(), Looks::default());
    // Columns are as wide as so many digits of this font, which is the same on every computer.
    workbook.set_default_format(&Look::new().set_font_name(FONT).set_font_size(SIZE), 20, 64)?;
    let lang = style.lang;
    let title = document.called().map(|title| one_line(title.get(lang))).unwrap_or_default();
    workbook.set_properties(&properties(&title, style.made)?);
    let names = contents::names(tables, lang);
    if !matches!(document.blocks.as_slice(), [Block::Table(_)]) {
        contents::write(workbook.add_worksheet(), document, &title, tables, &names, lang)?;
    }
    for (table, name) in tables.iter().zip(&names) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        Pen::new(sheet, table, &mut looks, lang).sheet(name)?;
    }
    workbook.save_to_buffer()
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Face {
    /// The code by which a spreadsheet shows a number or a day.
    code: &'static str,
    align: FormatAlign,
    bold: bool,
    /// True for text that would be a formula.
    quoted: bool,
}

/// The looks that were made; a spreadsheet keeps each once.
#[derive(Default)]
struct Looks(HashMap<Face, Look>);

impl Looks {
    fn of(&mut self, face: Face) -> &Look {
        self.0.entry(face).or_insert_with(|| {
            let mut look = framed(SIZE).set_num_format(face.code).set_align(face.align);
            if face.bold {
                look = look.set_bold().set_background_color("F2F2F2");
            }
            if face.quoted { look.set_quote_prefix() } else { look }
        })
    }
}

/// What draws the sheet of a table.
struct Pen<'p> {
    sheet: &'p mut Worksheet,
    table: &'p Table,
    looks: &'p mut Looks,
    lang: Lang,
    widths: Vec<f64>,
    /// How much smaller it is printed.
    scale: f64,
    /// The columns that begin a page beside the first.
    across: Vec<u32>,
    /// How many columns name a row, and stand on each of these pages.
    names: usize,
    /// How high each row is.
    heights: Vec<f64>,
}

impl<'p> Pen<'p> {
    fn new(sheet: &'p mut Worksheet, table: &'p Table, looks: &'p mut Looks, lang: Lang) -> Pen<'p> {
        let widths = widths(table, lang);
        let first = table.columns.iter().position(|column| column.kind.is_number() && column.key != "row_no");
        let names = first.unwrap_or(1).min(2).min(widths.len());
        let all: f64 = widths.iter().copied().map(points).sum();
        let scale = (PAGE.0 / all).clamp(SMALLEST, 1.0);
        let across = across(&widths, names);
        Pen { sheet, table, looks, lang, widths, scale, across, names, heights: Vec::new() }
    }

    fn sheet(&mut self, name: &str) -> Result<(), XlsxError> {
        for (at, wide) in self.widths.iter().enumerate() {
            self.sheet.set_column_width(at as u16, *wide)?;
        }
        let title = in_dong(&one_line(self.table.title.get(self.lang)));
        self.line(0, &title, &super::title().set_align(FormatAlign::Center), TITLE)?;
        self.high(1, SIZE)?;
        self.heads()?;
        let mut row = HEAD + 1;
        for cells in &self.table.rows {
            self.row(row, cells, false)?;
            row += 1;
        }
        if self.table.rows.is_empty() {
            self.line(row, EMPTY.get(self.lang), &plain(SIZE).set_italic(), SIZE)?;
            row += 1;
        }
        if let Some(total) = &self.table.total {
            self.row(row, total, true)?;
            row += 1;
        }
        row = self.notes(row)?;
        let mut breaks = self.breaks(row);
        if let Some((mut graph, high)) = graph::of(self.table, name, HEAD + 1, self.lang) {
            let from = breaks.last().map_or(0, |row| *row as usize);
            let used: f64 = self.heights[from..].iter().sum();
            if used + high + 2.0 * SIZE > PAGE.1 / self.scale {
                breaks.push(row + 1);
            }
            if let Some(end) = self.across.first() {
                let room: f64 = self.widths[self.names..*end as usize].iter().copied().map(points).sum();
                graph.set_width(graph::WIDE.min((room / 0.75) as u32));
            }
            self.sheet.insert_chart_with_offset(row + 1, self.start() as u16, &graph, 0, 8)?;
        }
        self.page(&title, &breaks)
    }

    fn heads(&mut self) -> Result<(), XlsxError> {
        let (look, mut high) = (head(SIZE), 0.0_f64);
        for (at, column) in self.table.columns.iter().enumerate() {
            let words = one_line(&heading(column, self.lang));
            self.sheet.write_string_with_format(HEAD, at as u16, &words, &look)?;
            high = high.max(height(&words, self.widths[at] - 1.0, SIZE, true, 1));
        }
        self.high(HEAD, high)
    }

    fn row(&mut self, row: u32, cells: &[Cell], is_total: bool) -> Result<(), XlsxError> {
        let mut high = 0.0_f64;
        for (at, (cell, column)) in cells.iter().zip(&self.table.columns).enumerate() {
            let face = face(cell, column, is_total, self.lang);
            let look = self.looks.of(face);
            let sum = if is_total { sum(self.table, at, cell) } else { None };
            put(self.sheet, row, at as u16, (cell, column.kind), sum, look, self.lang)?;
            if !column.kind.is_number() {
                let words = words(cell, column.kind, self.lang);
                high = high.max(height(&words, self.widths[at] - 1.0, SIZE, is_total, 1));
            }
        }
        self.high(row, high.max(SIZE * 1.5))
    }

    /// The notes, below an empty row. Returns the row after them.
    fn notes(&mut self, row: u32) -> Result<u32, XlsxError> {
        let is_number = |at: usize| self.table.columns[at].kind.is_number();
        let gap = |row: &Vec<Cell>| {
            row.iter().enumerate().any(|(at, cell)| *cell == Cell::Missing && is_number(at))
        };
        let empty = self.table.rows.iter().any(gap).then(|| NOT_REPORTED.get(self.lang));
        let notes = self.table.notes.iter().map(|note| note.get(self.lang)).chain(empty);
        let notes: Vec<String> = notes.map(|note| in_dong(&one_line(note))).collect();
        self.high(row, SIZE)?;
        let mut row = row + 1;
        for note in &notes {
            self.line(row, note, &plain(SIZE).set_italic().set_text_wrap(), SIZE)?;
            row += 1;
        }
        Ok(row)
    }

    /// Words over the columns of the first page; notes over fewer, or else they are hard to read.
    fn line(&mut self, row: u32, words: &str, look: &Look, size: f64) -> Result<(), XlsxError> {
        let first = self.start();
        let end = self.across.first().map_or(self.widths.len(), |end| *end as usize);
        let (mut over, mut wide, mut page) = (0, 0.0, 0.0);
        for width in &self.widths[first..end] {
            page += points(*width);
            if over > 0 && size <= SIZE && page > NOTES {
                break;
            }
            (over, wide) = (over + 1, wide + width);
        }
        if over > 1 {
            self.sheet.merge_range(row, first as u16, row, (first + over) as u16 - 1, "", look)?;
        }
        self.sheet.write_string_with_format(row, first as u16, letters_of(words), look)?;
        self.high(row, height(words, wide, size, size > SIZE, 1))
    }

    /// The column in which a title and the notes begin: not among those that each page has.
    fn start(&self) -> usize {
        if self.across.is_empty() { 0 } else { self.names }
    }

    fn high(&mut self, row: u32, high: f64) -> Result<(), XlsxError> {
        let high = high.min(HIGHEST);
        self.heights.push(high);
        self.sheet.set_row_height(row, high).map(drop)
    }

    /// The rows that begin a page. The total never stands there alone.
    fn breaks(&self, end: u32) -> Vec<u32> {
        let (page, heads) = (PAGE.1 / self.scale, self.heights[HEAD as usize]);
        let total = self.table.total.as_ref().map(|_| HEAD as usize + 1 + self.table.rows.len());
        let (mut breaks, mut used) = (Vec::new(), 0.0);
        for (row, high) in self.heights.iter().enumerate().take(end as usize) {
            used += high;
            if used > page && row > HEAD as usize + 1 {
                let first = if Some(row) == total && self.table.rows.len() > 1 { row - 1 } else { row };
                breaks.push(first as u32);
                used = heads + self.heights[first..=row].iter().sum::<f64>();
            }
        }
        breaks
    }

    /// How it is seen and printed: what names a row stays in sight, and stands on each page.
    fn page(&mut self, title: &str, breaks: &[u32]) -> Result<(), XlsxError> {
        paged(self.sheet, title, self.lang);
        self.sheet.set_landscape();
        self.sheet.set_freeze_panes(HEAD + 1, self.names as u16)?.set_repeat_rows(HEAD, HEAD)?;
        if breaks.len() <= BREAKS {
            self.sheet.set_page_breaks(breaks)?;
        }
        if self.across.is_empty() {
            self.sheet.set_print_fit_to_pages(1, 0);
            return Ok(());
        }
        self.sheet.set_print_scale((SMALLEST * 100.0) as u16);
        if self.across.len() <= BREAKS {
            self.sheet.set_vertical_page_breaks(&self.across)?;
        }
        self.sheet.set_repeat_columns(0, self.names.max(1) as u16 - 1).map(drop)
    }
}

/// How wide a line is in print: capitals take half as much again as other letters, which `TTVHTT&HTCĐ` shows.
fn printed(line: &str) -> usize {
    width(line) + line.chars().filter(|c| c.is_uppercase()).count() / 2
}

/// How wide each column must be.
fn widths(table: &Table, lang: Lang) -> Vec<f64> {
    let rows = || table.rows.iter().chain(&table.total);
    let wide = |(at, column): (usize, &Column)| {
        let head = one_line(&heading(column, lang));
        let least = head.split(' ').map(width).max().unwrap_or(0).max(width(&head).div_ceil(HEADING_LINES))
            as f64
            / BOLD;
        let cells = rows().filter_map(|row| row.get(at)).map(|cell| words(cell, column.kind, lang));
        let (mut line, mut most) = (0, 0);
        for words in cells {
            line = line.max(words.lines().map(printed).max().unwrap_or(0));
            most = most.max(width(&words));
        }
        let line = if column.kind.is_number() { line } else { line.min(WORDS.max(most / LINES)) };
        (line as f64 / BOLD).max(least).clamp(4.0, WIDEST) * SIZE / ROOM + 2.0
    };
    table.columns.iter().enumerate().map(wide).collect()
}

/// The columns that begin a page beside the first, where all do not fit on one; what names a row stands on each.
fn across(widths: &[f64], names: usize) -> Vec<u32> {
    let all = |widths: &[f64]| widths.iter().copied().map(points).sum::<f64>();
    let (mut pages, mut first) = (Vec::new(), names);
    for end in names + 1..=widths.len() {
        if end - first > 1 && all(&widths[..names]) + all(&widths[first..end]) > PAGE.0 / SMALLEST {
            first = end - 1;
            pages.push(first as u32);
        }
    }
    pages
}

/// The width of a column in points.
fn points(width: f64) -> f64 {
    (width * 7.0 + 5.0) * 0.75
}

/// What a cell shows.
fn words<'c>(cell: &'c Cell, kind: ColumnKind, lang: Lang) -> Cow<'c, str> {
    match cell {
        Cell::Missing => "".into(),
        Cell::Text(text) => printable(text),
        Cell::Word(_, label) => printable(label.get(lang)),
        Cell::Count(n) => n.in_lang(lang).into_owned().into(),
        other => shown(other, kind, lang).into(),
    }
}

/// What a cell has room for.
fn letters_of(words: &str) -> String {
    words.chars().take(LETTERS).collect()
}

/// The day in a cell, if a spreadsheet can hold it.
fn day(cell: &Cell) -> Option<Day> {
    let day = match cell {
        Cell::Day(day) | Cell::Date(Date::Day(day)) => *day,
        _ => return None,
    };
    is_dated(day).then_some(day)
}

fn face(cell: &Cell, column: &Column, bold: bool, lang: Lang) -> Face {
    let (code, align) = match cell {
        _ if day(cell).is_some() => (day_code(lang), FormatAlign::Center),
        Cell::Count(_) if column.key == "row_no" => ("0", FormatAlign::Center),
        Cell::Count(_) => ("#,##0", FormatAlign::Right),
        Cell::Number(_) => (code(column.kind), FormatAlign::Right),
        Cell::About(number) => (about_code(number, column.kind), FormatAlign::Right),
        Cell::Time(_) => ("hh:mm", FormatAlign::Center),
        // As text, or else `7/11` would become a day when somebody edits it.
        Cell::Of(..) | Cell::Date(_) | Cell::Day(_) => ("@", FormatAlign::Center),
        Cell::Bool(_) => ("General", FormatAlign::Center),
        Cell::Missing | Cell::Text(_) | Cell::Word(..) => ("General", FormatAlign::Left),
    };
    let is_formula = |text: &str| text.starts_with(FORMULA);
    let quoted = match cell {
        Cell::Text(text) => is_formula(text),
        Cell::Word(_, label) => is_formula(label.get(lang)),
        _ => false,
    };
    Face { code, align, bold, quoted }
}

/// How a spreadsheet shows a number with decimals; the signs are those of the reader's computer.
fn code(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Millions | ColumnKind::Money | ColumnKind::Count => "#,##0",
        ColumnKind::Percent => "#,##0.0",
        ColumnKind::Ratio => "#,##0.0#",
        _ => "#,##0.0#####",
    }
}

/// The same with the mark of what is only approximate.
fn about_code(number: &Cell, kind: ColumnKind) -> &'static str {
    match (number, code(kind)) {
        (Cell::Count(_), _) | (_, "#,##0") => "\"≈ \"#,##0",
        (_, "#,##0.0") => "\"≈ \"#,##0.0",
        (_, "#,##0.0#") => "\"≈ \"#,##0.0#",
        _ => "\"≈ \"#,##0.0#####",
    }
}

/// The number in a cell, as a spreadsheet is to hold it.
fn number(cell: &Cell, kind: ColumnKind) -> Option<f64> {
    match cell {
        Cell::Number(n) => settled(*n, kind).parse().ok().filter(|n: &f64| n.is_finite()),
        Cell::About(number) => self::number(number, kind),
        other => other.number(),
    }
}

/// The formula of a cell of the total row, if the column adds up to it: a share does not, nor what was cut off.
fn sum(table: &Table, at: usize, total: &Cell) -> Option<Formula> {
    let kind = table.columns[at].kind;
    let adds = matches!(kind, ColumnKind::Count | ColumnKind::Millions | ColumnKind::Number)
        || kind == ColumnKind::Money && matches!(total, Cell::Count(_));
    let total = number(total, kind).filter(|_| adds)?;
    let all: f64 = table.rows.iter().filter_map(|row| number(row.get(at)?, kind)).sum();
    let (column, first) = (letters(at), HEAD + 2);
    let last = HEAD + 1 + table.rows.len() as u32;
    let same = (all - total).abs() < 1e-6 && total.abs() < 2_f64.powi(53);
    same.then(|| Formula::new(format!("=SUM({column}{first}:{column}{last})")).set_result(total.to_string()))
}

fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    (cell, kind): (&Cell, ColumnKind),
    sum: Option<Formula>,
    look: &Look,
    lang: Lang,
) -> Result<(), XlsxError> {
    if let Some(sum) = sum {
        return sheet.write_formula_with_format(row, column, sum, look).map(drop);
    }
    if let Some(day) = day(cell) {
        return sheet.write_datetime_with_format(row, column, &moment(day)?, look).map(drop);
    }
    match (cell, number(cell, kind)) {
        (_, Some(number)) => sheet.write_number_with_format(row, column, number, look),
        (Cell::Missing, _) => sheet.write_blank(row, column, look),
        (Cell::Time(time), _) => sheet.write_datetime_with_format(row, column, &clock(*time)?, look),
        (other, _) => {
            sheet.write_string_with_format(row, column, letters_of(&words(other, kind, lang)), look)
        }
    }
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_a_formula_only_where_the_rows_add_up_to_it() {
        let [a, b, all] = [100, 300, 400].map(Cell::Count);
        let column = |kind| Column::new("x", Said::same("X"), kind);
        let table = |kind, rows: &[&Cell]| Table {
            columns: vec![column(kind)],
            rows: rows.iter().map(|cell| vec![(*cell).clone()]).collect(),
            ..Table::default()
        };
        let is_sum = |kind, rows: &[&Cell], total: &Cell| sum(&table(kind, rows), 0, total).is_some();
        assert!(is_sum(ColumnKind::Count, &[&a, &Cell::Missing, &b], &all));
        assert!(is_sum(ColumnKind::Millions, &[&a, &b.clone().about()], &all));
        assert!(!is_sum(ColumnKind::Count, &[&b], &all), "the rest was cut off");
        assert!(!is_sum(ColumnKind::Percent, &[&a], &a), "shares are never added");
        assert!(!is_sum(ColumnKind::Count, &[&a], &Cell::Missing));
    }

    #[test]
    fn a_wide_table_goes_over_pages_that_each_name_the_rows() {
        assert_eq!(across(&[6.0, 30.0, 100.0], 2), [0_u32; 0]);
        assert_eq!(across(&[6.0, 30.0, 100.0, 80.0, 90.0, 90.0], 2), [4]);
        assert_eq!(across(&[6.0, 30.0, 300.0, 300.0], 2), [3], "a column is never cut off");
    }

    #[test]
    fn numbers_are_exact_or_as_on_a_screen() {
        let held = |n, kind| number(&Cell::Number(n), kind);
        assert_eq!(held(84.85, ColumnKind::Percent), Some(84.9));
        assert_eq!(held(50.3636, ColumnKind::Ratio), Some(50.4));
        assert_eq!(held(12.345, ColumnKind::Number), Some(12.345));
        assert_eq!(number(&Cell::Count(42_350_000).about(), ColumnKind::Millions), Some(42_350_000.0));
        assert_eq!(held(f64::INFINITY, ColumnKind::Number), None);
    }
}
