//! A sheet as somebody sent it: what its cells hold, and where they stand in the sender's own file.

use super::day::{Day, Time};
use std::borrow::Cow;

/// A sheet: a whole CSV file, or one of a workbook.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The file as people see it: `host.xlsx`.
    pub file: String,
    /// What the sheet is called in its workbook; none for CSV.
    pub name: Option<String>,
    /// True for one that the sender does not see.
    pub is_hidden: bool,
    /// The rows in which something stands, from the top.
    pub rows: Vec<SheetRow>,
    /// The cells that are shown as one; what they hold stands in the first.
    pub merged: Vec<Merged>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The number that a spreadsheet shows for it, from 1.
    pub number: usize,
    /// Its cells from column A on; those at the end may be missing.
    pub cells: Vec<Held>,
}

/// What a cell holds. A cell of CSV holds a text or nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Held {
    /// An empty cell.
    #[default]
    Nothing,
    /// A text, as it was typed.
    Text(String),
    /// A number. Percentages come as parts of one.
    Number(f64),
    /// A day.
    Day(Day),
    /// A time of the day.
    Time(Time),
    /// A tick, or the value of a formula that is true or false.
    Bool(bool),
    /// What a spreadsheet shows for a formula that has no value: `#REF!`.
    Error(String),
}

/// Cells that are shown as one: the numbers of the first and the last row, and the first and the last column from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The rows.
    pub rows: (usize, usize),
    /// The columns.
    pub columns: (usize, usize),
}

impl Sheet {
    /// A cell as people find it: `host.csv:5 (C)`, `host.xlsx: Hoạt động!C5`. The column counts from 0.
    pub fn place(&self, row: usize, column: usize) -> String {
        let (file, letters) = (&self.file, letters(column));
        match &self.name {
            None => format!("{file}:{row} ({letters})"),
            Some(name) => format!("{file}: {name}!{letters}{row}"),
        }
    }

    /// A row as people find it: `host.csv:5`, `host.xlsx: Hoạt động!5`.
    pub fn row_place(&self, row: usize) -> String {
        let file = &self.file;
        self.name.as_ref().map_or_else(|| format!("{file}:{row}"), |name| format!("{file}: {name}!{row}"))
    }
}

impl SheetRow {
    /// What a cell holds; the column counts from 0.
    pub fn cell(&self, column: usize) -> &Held {
        self.cells.get(column).unwrap_or(&Held::Nothing)
    }

    /// The cells that hold something, with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Held)> {
        self.cells.iter().enumerate().filter(|(_, held)| !held.is_empty())
    }
}

impl Held {
    /// True for a cell that holds nothing, or blanks only.
    pub fn is_empty(&self) -> bool {
        match self {
            Held::Nothing => true,
            Held::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// What it holds as a person would type it.
    pub fn typed(&self) -> Cow<'_, str> {
        match self {
            Held::Nothing => Cow::Borrowed(""),
            Held::Text(text) | Held::Error(text) => Cow::Borrowed(text),
            Held::Number(n) => Cow::Owned(n.to_string()),
            Held::Day(day) => Cow::Owned(day.to_string()),
            Held::Time(time) => Cow::Owned(time.to_string()),
            Held::Bool(yes) => Cow::Owned(yes.to_string()),
        }
    }
}

/// The name of a column as a spreadsheet shows it: A, B … Z, AA. The column counts from 0.
pub fn letters(mut column: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + (column % 26) as u8));
        match column / 26 {
            0 => return letters,
            rest => column = rest - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_its_sender_sees_it() {
        assert_eq!(["A", "Z", "AA", "BA"].map(str::to_owned), [0, 25, 26, 52].map(letters));
        let mut sheet = Sheet { file: "host.csv".into(), ..Sheet::default() };
        assert_eq!((sheet.place(5, 2), sheet.row_place(5)), ("host.csv:5 (C)".into(), "host.csv:5".into()));
        sheet.name = Some("Hoạt động".into());
        assert_eq!(sheet.place(5, 7), "host.csv: Hoạt động!H5");
    }
}
