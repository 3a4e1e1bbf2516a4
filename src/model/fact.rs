//! What a report says, one by one and by name, for the templates of an office.

use super::table::{Cell, ColumnKind, Table};
use super::text::Text;

/// Something that a report says.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The stable name, which a template gives.
    pub name: &'static str,
    /// What people call it.
    pub label: Text,
    /// What it is.
    pub value: Told,
}

/// What a fact is.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// One value, and what its cell holds.
    One(Cell, ColumnKind),
    /// Several, a row each; the keys of the columns are the names in a row.
    Many(Box<Table>),
}
