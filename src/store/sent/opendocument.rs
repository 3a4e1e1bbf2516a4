//! Workbooks of LibreOffice (.ods), read cell by cell: a repeated row or cell is one line there, and could be millions.

use super::grid::{Grid, LETTERS, Room};
use super::guard;
use crate::model::day::{Day, Time};
use crate::model::sheet::{Held, Sheet};
use crate::model::text::Said;
use crate::say;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeSet;
use std::io::{BufRead, Read};

/// The sheets of a workbook that was looked at.
pub fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Said> {
    let is_locked = |manifest: &mut dyn BufRead| {
        let mut text = String::new();
        manifest.take(1 << 20).read_to_string(&mut text).is_ok() && text.contains(":encryption-data")
    };
    if guard::with_part(bytes, "META-INF/manifest.xml", is_locked) == Some(true) {
        return Err(say!(
            "bảng tính có mật khẩu; mở bằng LibreOffice rồi lưu lại, không đặt mật khẩu",
            "the workbook has a password; open it in LibreOffice and save it without one"
        ));
    }
    let read = |content: &mut dyn BufRead| {
        let mut reading = Reading { file, room: Room::default(), ..Reading::default() };
        reading.all(content).map_err(|why| match why {
            Stop::Said(said) => said,
            Stop::Xml(error) => say!(
                "không đọc được tệp này ({error}); mở bằng LibreOffice rồi lưu lại",
                "the file cannot be read ({error}); open it in LibreOffice and save it again",
                [error]
            ),
        })?;
        Ok(reading.sheets)
    };
    guard::with_part(bytes, "content.xml", read).unwrap_or_else(|| Ok(Vec::new()))
}

/// Why reading stops.
enum Stop {
    Said(Said),
    Xml(String),
}

impl From<quick_xml::Error> for Stop {
    fn from(error: quick_xml::Error) -> Stop {
        Stop::Xml(error.to_string())
    }
}

impl From<quick_xml::events::attributes::AttrError> for Stop {
    fn from(error: quick_xml::events::attributes::AttrError) -> Stop {
        Stop::Xml(error.to_string())
    }
}

impl From<Said> for Stop {
    fn from(said: Said) -> Stop {
        Stop::Said(said)
    }
}

/// What is read so far.
#[derive(Default)]
struct Reading<'f> {
    file: &'f str,
    room: Room,
    sheets: Vec<Sheet>,
    /// The style that is being told, and those of sheets that are not shown.
    style: String,
    hidden: BTreeSet<String>,
    /// The sheet, and whether it is hidden.
    grid: Option<(Grid, bool)>,
    /// The last row above this one, how often this one is repeated, and how many columns it has.
    row: usize,
    repeated: usize,
    column: usize,
    /// The cells of the row that hold something: the first column, how many there are, and what.
    cells: Vec<(usize, usize, Held)>,
    cell: Option<Cell>,
}

/// A cell that is being read.
#[derive(Default)]
struct Cell {
    repeated: usize,
    /// How many rows and columns are shown as one with it.
    spanned: (usize, usize),
    is_covered: bool,
    is_error: bool,
    value: Held,
    /// Its paragraphs.
    text: String,
    has_text: bool,
    is_open: bool,
}

impl Reading<'_> {
    fn all(&mut self, content: &mut dyn BufRead) -> Result<(), Stop> {
        let mut xml = Reader::from_reader(content);
        xml.config_mut().expand_empty_elements = true;
        let (mut buffer, mut passed) = (Vec::new(), Vec::new());
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer)? {
                Event::Start(tag) if self.is_passed(&tag) => {
                    passed.clear();
                    xml.read_to_end_into(tag.name(), &mut passed)?;
                }
                Event::Start(tag) => self.start(&tag)?,
                Event::End(tag) => self.end(tag.name().as_ref())?,
                Event::Text(text) => self.add(&text.xml10_content()),
                Event::CData(text) => self.add(&text.xml10_content()),
                Event::GeneralRef(entity) => match entity.resolve_char_ref()? {
                    Some(letter) => self.add(letter.encode_utf8(&mut [0; 4])),
                    None => self.add(quick_xml::escape::resolve_xml_entity(&entity).unwrap_or_default()),
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// True for what is no part of a cell although it stands in it: notes, pictures, tables within.
    fn is_passed(&self, tag: &BytesStart) -> bool {
        let name = tag.name();
        let name: &str = name.as_ref();
        name == "office:annotation"
            || name.starts_with("draw:")
            || (name == "table:table" && self.cell.is_some())
    }

    fn start(&mut self, tag: &BytesStart) -> Result<(), Stop> {
        match tag.name().as_ref() {
            "style:style" => self.style = attribute(tag, "style:name")?.unwrap_or_default(),
            "style:table-properties" if attribute(tag, "table:display")?.as_deref() == Some("false") => {
                self.hidden.insert(self.style.clone());
            }
            "table:table" => {
                let style = attribute(tag, "table:style-name")?;
                let name = attribute(tag, "table:name")?.unwrap_or_default();
                let is_hidden = style.is_some_and(|style| self.hidden.contains(&style));
                self.grid = Some((Grid::new(&name), is_hidden));
                self.row = 0;
            }
            "table:table-row" => {
                let repeated = attribute(tag, "table:number-rows-repeated")?;
                self.repeated = repeated.map_or(1, |n| number(&n));
                self.column = 0;
                self.cells.clear();
            }
            "table:table-cell" => self.cell = Some(cell(tag)?),
            "table:covered-table-cell" => self.cell = Some(Cell { is_covered: true, ..cell(tag)? }),
            "text:p" => {
                let Some(cell) = &mut self.cell else { return Ok(()) };
                cell.text.push_str(if cell.has_text { "\n" } else { "" });
                (cell.has_text, cell.is_open) = (true, true);
            }
            "text:s" => {
                let blanks = attribute(tag, "text:c")?.map_or(1, |n| number(&n));
                self.add(&" ".repeat(blanks.min(LETTERS)));
            }
            "text:tab" => self.add("\t"),
            "text:line-break" => self.add("\n"),
            _ => {}
        }
        Ok(())
    }

    /// Adds to the text of a cell. What is far too long is not read on, and refused where it stands.
    fn add(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|cell| cell.is_open && cell.text.len() <= 4 * LETTERS) {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Stop> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell(),
            "text:p" => self.cell.iter_mut().for_each(|cell| cell.is_open = false),
            "table:table-row" => self.end_row()?,
            "table:table" => {
                let sheet = self.grid.take().map(|(grid, is_hidden)| grid.sheet(self.file, is_hidden));
                self.sheets.extend(sheet);
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let column = self.column;
        self.column = column.saturating_add(cell.repeated);
        if cell.is_covered {
            return;
        }
        let (rows, columns) = cell.spanned;
        if rows > 1 || columns > 1 {
            let row = self.row.saturating_add(1);
            let last = (row.saturating_add(rows - 1), column.saturating_add(columns - 1));
            self.grid.iter_mut().for_each(|(grid, _)| grid.merge((row, last.0), (column, last.1)));
        }
        let held = match cell.value {
            _ if cell.is_error => Held::Error(cell.text),
            Held::Nothing => Held::Text(cell.text),
            value => value,
        };
        if !held.is_empty() {
            self.cells.push((column, cell.repeated, held));
        }
    }

    fn end_row(&mut self) -> Result<(), Stop> {
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.repeated);
        let Some((grid, _)) = &mut self.grid else { return Ok(()) };
        if self.cells.is_empty() {
            return Ok(());
        }
        for row in first..=self.row {
            for (column, repeated, held) in &self.cells {
                for n in 0..*repeated {
                    grid.put(&mut self.room, row, column.saturating_add(n), held.clone())?;
                }
            }
        }
        Ok(())
    }
}

/// What a cell says of itself.
fn cell(tag: &BytesStart) -> Result<Cell, Stop> {
    let mut cell = Cell { repeated: 1, spanned: (1, 1), ..Cell::default() };
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0)?;
        match attribute.key.as_ref() {
            "table:number-columns-repeated" => cell.repeated = number(&value),
            "table:number-columns-spanned" => cell.spanned.1 = number(&value),
            "table:number-rows-spanned" => cell.spanned.0 = number(&value),
            "calcext:value-type" => cell.is_error = value == "error",
            "office:value" => {
                cell.value = value.parse().map_or_else(|_| Held::Text(value.into_owned()), Held::Number)
            }
            "office:boolean-value" => cell.value = Held::Bool(value == "true"),
            "office:string-value" => cell.value = Held::Text(value.into_owned()),
            "office:time-value" => {
                cell.value = length(&value).unwrap_or_else(|| Held::Text(value.into_owned()))
            }
            "office:date-value" => {
                let day = value.get(..10).and_then(Day::parse);
                cell.value = day.map_or_else(|| Held::Text(value.into_owned()), Held::Day);
            }
            _ => {}
        }
    }
    Ok(cell)
}

/// `PT08H30M00S`: a time of the day, or a length as text.
fn length(text: &str) -> Option<Held> {
    let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.split(['.', ',', 'S']).next()?;
    let (hours, minutes): (u32, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
    let time = u8::try_from(hours).ok().and_then(|hours| Time::new(hours, minutes, seconds.parse().ok()?));
    Some(time.map_or_else(|| Held::Text(format!("{hours}:{minutes:02}")), Held::Time))
}

fn attribute(tag: &BytesStart, name: &str) -> Result<Option<String>, Stop> {
    let found = tag.try_get_attribute(name)?;
    Ok(found
        .map(|found| found.normalized_value(XmlVersion::Implicit1_0))
        .transpose()?
        .map(|value| value.into_owned()))
}

/// How many; far too many for a number that is too long, one for what is no number.
fn number(text: &str) -> usize {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().unwrap_or(if is_number { usize::MAX } else { 1 })
}
