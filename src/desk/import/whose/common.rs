//! What the rows of a sheet have in common, and what is said of one besides its cells.

use super::super::guess::Understood;
use crate::model::RecordKind;
use crate::model::path::{Step, written};
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
    /// True if its names of units begin with the words of their kinds.
    pub kinds_in_names: bool,
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

/// What a key of a record is called.
pub fn label(kind: RecordKind, path: &[Step]) -> Said {
    let row = path.split_last().and_then(|(last, above)| match last {
        Step::Key(last) => kind.root().at(above).row(last),
        Step::Index(_) => None,
    });
    row.map_or_else(|| Said::same(written(path)), |row| row.label.into())
}
