//! The cells of a workbook as they are read, put into rows; and where it is too much.
//!
//! A cell far to the right makes a row as long as that, and one text may stand in a million cells: a small file can say
//! more than fits into the memory.

use crate::model::sheet::{Held, Merged, Sheet, SheetRow, letters};
use crate::model::text::Said;
use crate::say;
use std::collections::BTreeMap;

/// The most columns: more than all that a visit can say.
const COLUMNS: usize = 1024;

/// The most rows: those of a spreadsheet.
const ROWS: usize = 1 << 20;

/// The most letters in a cell: as many as Excel allows.
pub const LETTERS: usize = 32_767;

/// The most ranges of cells that are shown as one.
const MERGED: usize = 1 << 16;

/// What a workbook may still hold.
#[derive(Debug)]
pub struct Room {
    /// Cells, with the empty ones before the last of a row: 200,000 rows of 40.
    cells: usize,
    /// Bytes of text.
    text: usize,
}

impl Default for Room {
    fn default() -> Room {
        Room { cells: 8 << 20, text: 256 << 20 }
    }
}

/// A sheet that fills.
#[derive(Debug, Default)]
pub struct Grid {
    name: String,
    rows: BTreeMap<usize, Vec<Held>>,
    merged: Vec<Merged>,
}

impl Grid {
    /// An empty sheet with this name.
    pub fn new(name: &str) -> Grid {
        Grid { name: name.to_owned(), ..Grid::default() }
    }

    /// Puts what a cell holds into its place; rows count from 1, columns from 0.
    pub fn put(&mut self, room: &mut Room, row: usize, column: usize, held: Held) -> Result<(), Said> {
        let held = match held {
            held if held.is_empty() => return Ok(()),
            Held::Number(n) if !n.is_finite() => Held::Error("#NUM!".to_owned()),
            held => held,
        };
        if row > ROWS || column >= COLUMNS {
            return Err(self.refusal(
                row,
                column,
                say!(
                    "ô này nằm quá xa bảng; xoá nó, hoặc chép riêng bảng sang một tệp mới",
                    "this cell is too far from the table; delete it, or copy the table alone into a new workbook"
                ),
            ));
        }
        let text = if let Held::Text(text) | Held::Error(text) = &held { text.len() } else { 0 };
        if text > LETTERS && held.typed().chars().count() > LETTERS {
            return Err(self.refusal(
                row,
                column,
                say!(
                    "ô này có hơn 32.767 chữ; ghi ngắn lại",
                    "this cell has more than 32,767 letters; write less"
                ),
            ));
        }
        let cells = self.rows.entry(row).or_default();
        let more = (column + 1).saturating_sub(cells.len());
        let left = room.cells.checked_sub(more).zip(room.text.checked_sub(text));
        let Some((cells_left, text_left)) = left else {
            return Err(self.refusal(
                row,
                column,
                say!(
                    "từ ô này, tệp lớn quá mức một bảng tính; chia ra nhiều tệp",
                    "from this cell on, the file is more than a workbook can be; divide it into several"
                ),
            ));
        };
        *room = Room { cells: cells_left, text: text_left };
        cells.resize(cells.len() + more, Held::Nothing);
        cells[column] = held;
        Ok(())
    }

    /// Why a cell cannot be taken, with its place in the file.
    fn refusal(&self, row: usize, column: usize, why: Said) -> Said {
        let (name, letters) = (&self.name, letters(column));
        say!(
            "{name}!{letters}{row}: {why}",
            "{name}!{letters}{row}: {why}",
            [name, letters, row = row.to_string(), why]
        )
    }

    /// Shows cells as one, rows from 1 and columns from 0; what is no such range is left out.
    pub fn merge(&mut self, rows: (usize, usize), columns: (usize, usize)) {
        let is_range = rows.0 <= rows.1 && columns.0 <= columns.1 && columns.0 < COLUMNS;
        if is_range && self.merged.len() < MERGED {
            self.merged.push(Merged { rows, columns: (columns.0, columns.1.min(COLUMNS - 1)) });
        }
    }

    /// The sheet, with what is shown as one as far as it has rows.
    pub fn sheet(self, file: &str, is_hidden: bool) -> Sheet {
        let last = self.rows.last_key_value().map_or(0, |(row, _)| *row);
        let mut merged = self.merged;
        merged.retain(|range| range.rows.0 <= last);
        merged.iter_mut().for_each(|range| range.rows.1 = range.rows.1.min(last));
        let rows = self.rows.into_iter().map(|(number, cells)| SheetRow { number, cells }).collect();
        Sheet { file: file.to_owned(), name: Some(self.name), is_hidden, rows, merged }
    }
}
