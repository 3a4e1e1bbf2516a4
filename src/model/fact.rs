//! What a report says, one by one and by name, for the templates of an office.
//!
//! A report has a row for each ([`FactRow`]): its name, what people call it, and how it is had from what the report is made
//! of. So the names are known before there is anything to tell.

use super::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use super::text::{Text, t};

/// Something that a report says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The stable name, which a template gives.
    pub name: &'static str,
    /// What people call it, which a template may give as well: unlike any other of the report, also without accents and
    /// marks.
    pub label: Text,
    /// What it is.
    pub value: Told,
}

/// What a fact is.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// One value, and what its cell holds. What is missing is dots, to be filled by hand.
    One(Cell, ColumnKind),
    /// Several, a row each, which may be none; the keys and labels of the columns are the names in a row, and where a row
    /// is given without one its first column is meant.
    Many(Box<Table>),
}

/// A row in the list of what a report says, which is made of a `T`.
#[derive(Clone, Copy, Debug)]
pub struct FactRow<T> {
    name: &'static str,
    label: Text,
    tells: Tells<T>,
}

#[derive(Clone, Copy, Debug)]
enum Tells<T> {
    One(ColumnKind, fn(&T) -> Cell),
    Many(&'static [ColumnRow], fn(&T) -> Vec<Vec<Cell>>),
}

/// A row for one value: its name, what people call it, what it holds, and how it is had. A text in both languages is a
/// [`Cell::Word`].
pub const fn one<T>(
    name: &'static str,
    vi: &'static str,
    en: &'static str,
    kind: ColumnKind,
    cell: fn(&T) -> Cell,
) -> FactRow<T> {
    FactRow { name, label: t(vi, en), tells: Tells::One(kind, cell) }
}

/// A row for several: its name, what people call it, the columns, and how the rows are had. Each has a cell for each
/// column.
pub const fn many<T>(
    name: &'static str,
    vi: &'static str,
    en: &'static str,
    columns: &'static [ColumnRow],
    rows: fn(&T) -> Vec<Vec<Cell>>,
) -> FactRow<T> {
    FactRow { name, label: t(vi, en), tells: Tells::Many(columns, rows) }
}

/// What the rows tell of something.
pub fn told<T>(rows: &[FactRow<T>], of: &T) -> Vec<Fact> {
    facts(rows, Some(of))
}

/// The same with nothing in it: what there is to tell, before it is known of what.
pub fn named<T>(rows: &[FactRow<T>]) -> Vec<Fact> {
    facts(rows, None)
}

fn facts<T>(rows: &[FactRow<T>], of: Option<&T>) -> Vec<Fact> {
    let fact = |row: &FactRow<T>| {
        let value = match row.tells {
            Tells::One(kind, cell) => Told::One(of.map_or(Cell::Missing, cell), kind),
            Tells::Many(columns, cells) => Told::Many(Box::new(Table {
                name: row.name.into(),
                title: row.label.into(),
                columns: Column::list(columns),
                rows: of.map(cells).unwrap_or_default(),
                ..Table::default()
            })),
        };
        Fact { name: row.name, label: row.label, value }
    };
    rows.iter().map(fact).collect()
}
