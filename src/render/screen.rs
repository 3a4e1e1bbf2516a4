//! Documents for a terminal: columns aligned, long words wrapped, the total set apart, notes below.
//!
//! The only file that knows the crate that lays out cells. The crate is given every width, so that header, rows and
//! total line up, and so that a row costs the same among ten and among a hundred thousand.

use super::bands::Cells;
use super::official::{self, RECIPIENTS, closed, recipients, signature};
use super::value::{self, EMPTY};
use super::width::{width, wrap};
use super::{Format, Style, apart, chart};
use crate::model::document::{Block, Document};
use crate::model::table::{Column, Table};
use crate::model::text::t;
use comfy_table::{CellAlignment, ColumnConstraint, ContentLineStyle, TableStyle, Width};

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "table",
    about: t("bảng để đọc trên màn hình", "a table to read in a terminal"),
    extensions: &["txt"],
    binary: false,
    draw: |document, style| Ok(draw(document, style).into_bytes()),
};

/// The lines between the columns and rows.
struct Frame {
    column: char,
    row: &'static str,
    cross: &'static str,
}

const LINES: Frame = Frame { column: '│', row: "─", cross: "─┼─" };
const ASCII: Frame = Frame { column: '|', row: "-", cross: "-+-" };

/// A document as text.
pub fn draw(document: &Document, style: &Style) -> String {
    let lang = style.lang;
    let head = document.head.iter().map(|head| all(official::head(head, lang), style));
    let subject = document.head.as_ref().map_or("", |head| head.subject.get(lang));
    let title = [document.title.get(lang), subject].into_iter().flat_map(str::lines);
    let title = title.map(|line| bold(line, style)).collect::<String>();
    let blocks = document.blocks.iter().map(|block| drawn(block, style));
    apart(head.chain([title]).chain(blocks))
}

fn drawn(block: &Block, style: &Style) -> String {
    let lang = style.lang;
    match block {
        Block::Heading(_, heading) => bold(heading.get(lang), style),
        Block::Annex(heading, of) => bold(heading.get(lang), style) + &wrapped(of.get(lang), style),
        Block::Paragraph(text) => all(text.get(lang).lines(), style),
        Block::Dots(lines) => {
            format!("{}\n", if style.ascii { "." } else { "…" }.repeat(style.width)).repeat(*lines)
        }
        Block::Picture(picture) => {
            wrapped(&format!("[{}] {}", picture.file, picture.caption.get(lang)), style)
        }
        Block::Bases(bases) => all(closed(bases, lang), style),
        Block::List(items) => all(items.iter().map(|item| format!("- {}", item.get(lang))), style),
        Block::Table(table) => drawn_table(table, style),
        Block::Foot(foot) => {
            let signed = foot.signatures.iter().map(|one| signature(one, lang));
            let copies = if foot.recipients.is_empty() { "" } else { RECIPIENTS.get(lang) };
            let copies = [copies.to_owned()].into_iter().filter(|line| !line.is_empty());
            apart(
                [all(signed, style), all(copies.chain(recipients(&foot.recipients, lang)), style)]
                    .into_iter(),
            )
        }
    }
}

/// Lines of text, each in as many as it takes.
fn all(lines: impl IntoIterator<Item = impl AsRef<str>>, style: &Style) -> String {
    lines.into_iter().map(|line| wrapped(line.as_ref(), style)).collect()
}

/// Text in lines that fit, each with its end.
fn wrapped(text: &str, style: &Style) -> String {
    wrap(&value::one_line(text), style.width).iter().map(|line| format!("{line}\n")).collect()
}

/// The same in bold.
fn bold(text: &str, style: &Style) -> String {
    wrap(&value::one_line(text), style.width).iter().map(|line| style.bold(line) + "\n").collect()
}

/// A table under its title. What is too wide for the line is drawn in bands, each with the columns that name the row.
fn drawn_table(table: &Table, style: &Style) -> String {
    let table = &*table.for_people();
    let mut out = String::new();
    let title = table.title.get(style.lang);
    if !title.is_empty() {
        out.extend([bold(title, style).as_str(), "\n"]);
    }
    let mut cells = Cells::of(table, style);
    let mut bands = with_texts_below(&cells, style.width);
    if squeezes_names(&cells, &bands, style.width) {
        cells = cells.in_two_lines();
        bands = with_texts_below(&cells, style.width);
    }
    out.push_str(&bands.iter().map(|band| drawn_band(&cells, band, style)).collect::<Vec<_>>().join("\n"));
    if table.rows.is_empty() {
        out.extend([EMPTY.get(style.lang), "\n"]);
    }
    if !table.notes.is_empty() {
        out.push('\n');
    }
    table.notes.iter().for_each(|note| out.push_str(&wrapped(note.get(style.lang), style)));
    let bars = if style.charts { chart::draw(table, style) } else { String::new() };
    if !bars.is_empty() {
        out.extend(["\n", &bars]);
    }
    out
}

/// True if in numbered rows a name or the like takes more than two lines, but for a short word.
fn squeezes_names(cells: &Cells, bands: &[Vec<usize>], line: usize) -> bool {
    let is_name = |at: usize| cells.columns[at].kind.is_words() && !cells.is_text(at);
    let mut columns = bands.iter().flat_map(|band| band.iter().copied().zip(share(cells, band, line)));
    is_numbered(cells) && columns.any(|(at, width)| is_name(at) && cells.widest[at] > 2 * width + 2)
}

/// A text in a column that is narrower than this cannot be read.
const NARROW: usize = 14;

fn is_numbered(cells: &Cells) -> bool {
    cells.columns.first().is_some_and(|column| column.key == "row_no")
}

/// The bands of a table. Texts that would take more than two lines of numbered rows, or stand in a narrow column, stand in a
/// band below the figures, the longest first.
fn with_texts_below(cells: &Cells, line: usize) -> Vec<Vec<usize>> {
    let names = cells.names();
    let is_long = |at: usize, width: usize| {
        cells.is_text(at) && cells.widest[at] > 2 * width && (is_numbered(cells) || width < NARROW)
    };
    let longest = |bands: &[Vec<usize>]| {
        let columns = bands.iter().flat_map(|band| band.iter().copied().zip(share(cells, band, line)));
        let long = columns.filter(|(at, width)| !names.contains(at) && is_long(*at, *width));
        long.map(|(at, _)| at).max_by_key(|at| cells.widest[*at])
    };
    let mut figures: Vec<usize> = (0..cells.columns.len()).collect();
    let mut below = Vec::new();
    let mut bands = cells.bands(line);
    while let Some(at) = longest(&bands).filter(|_| figures.len() > names.len() + 1) {
        figures.retain(|figure| *figure != at);
        below.push([names.as_slice(), &[at]].concat());
        bands = cells.bands_of(&figures, line);
    }
    bands.into_iter().chain(below).collect()
}

/// One band: header, rows, total.
fn drawn_band(cells: &Cells, band: &[usize], style: &Style) -> String {
    let frame = if style.ascii { &ASCII } else { &LINES };
    let widths = share(cells, band, style.width);
    let rule = widths.iter().map(|width| frame.row.repeat(*width)).collect::<Vec<_>>().join(frame.cross);
    let columns: Vec<&Column> = band.iter().map(|at| &cells.columns[*at]).collect();
    let pick = |row: &Vec<String>| -> Vec<String> {
        band.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect()
    };
    let bold = |row: &Vec<String>, out: &mut String| {
        let lines = grid(std::iter::once(pick(row)), &widths, &columns, frame);
        lines.iter().for_each(|line| out.extend([&style.bold(line), "\n"]));
    };
    let mut out = String::new();
    bold(&cells.header, &mut out);
    out.extend([rule.as_str(), "\n"]);
    let lines = grid(cells.rows.iter().map(pick), &widths, &columns, frame);
    lines.iter().for_each(|line| out.extend([line, "\n"]));
    let says = |total: &&Vec<String>| {
        let names = cells.names();
        band.iter().any(|at| !names.contains(at) && !total[*at].is_empty())
    };
    if let Some(total) = cells.total.as_ref().filter(says) {
        out.extend([rule.as_str(), "\n"]);
        bold(total, &mut out);
    }
    out
}

/// The widths of the columns of a band. If not all fit, words are wrapped: numbers, days and ids always stay whole, and
/// the rest of the line is shared evenly, so that short names keep their line and long texts wrap. Headers come last.
fn share(cells: &Cells, band: &[usize], line: usize) -> Vec<usize> {
    let of = |all: &[usize]| band.iter().map(|at| all[*at]).collect::<Vec<usize>>();
    let (widest, least) = (of(&cells.widest), of(&cells.least));
    let natural: Vec<usize> =
        band.iter().zip(&widest).map(|(at, cell)| width(&cells.header[*at]).max(*cell)).collect();
    let line = line.saturating_sub(3 * band.len().saturating_sub(1));
    if natural.iter().sum::<usize>() <= line {
        return natural;
    }
    let mut widths = least.clone();
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

/// Some rows as lines: cells wrapped to their widths and aligned, columns separated by a line.
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
