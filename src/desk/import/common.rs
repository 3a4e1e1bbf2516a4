//! What the rows of a sheet have in common, and what is said of one besides its cells.

use super::guess::Understood;
use crate::model::path::Step;
use crate::model::period::Period;
use crate::model::text::Said;
use crate::model::tree::Node;

/// What is the same for all rows of a sheet.
pub struct Common<'a> {
    /// The sheet.
    pub sheet: &'a Understood<'a>,
    /// What its figures are about, if a person or a title says so, and where.
    pub period: Option<(Period, String)>,
    /// The blocks of figures in which it has columns, each about a period.
    pub blocks: Vec<Step>,
}

/// A value that no cell holds as it is, and the column that says it.
pub struct Implied {
    /// Where in the record.
    pub path: Vec<Step>,
    /// What.
    pub value: Node<'static>,
    /// The column.
    pub column: Option<usize>,
}

/// What was found out about a row: the same may be so for many, each with something of its own.
pub type Note = (Said, String);

/// Why a row cannot be taken, and the column, if there is one.
pub type Why = (Option<usize>, Said);
