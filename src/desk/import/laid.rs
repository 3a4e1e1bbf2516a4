//! How a sheet is laid out: where its headings stand, and which of its rows are those of a table.

use crate::model::sheet::{Sheet, SheetRow};

/// A sheet with its headings.
pub struct Laid<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The number of the row of the headings.
    pub row: usize,
    /// The headings, from column A on; empty where there is none.
    pub headings: Vec<String>,
    /// The rows of the table.
    pub rows: Vec<&'a SheetRow>,
}

/// Finds the headings of a sheet.
pub fn laid(sheet: &Sheet) -> Laid<'_> {
    let mut rows = sheet.rows.iter();
    let first = rows.next();
    let headings = first.into_iter().flat_map(|row| &row.cells).map(|held| held.typed().trim().to_owned());
    Laid { sheet, row: first.map_or(1, |row| row.number), headings: headings.collect(), rows: rows.collect() }
}
