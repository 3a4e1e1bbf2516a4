//! What headings may mean: every column of every table, by its key and by what people call it.

use crate::model::table::Table;
use crate::summary::export;

/// Every column that a heading may mean.
pub struct Dictionary {
    /// The tables.
    pub tables: Vec<Table>,
}

impl Dictionary {
    /// The columns of all tables.
    pub fn new() -> Dictionary {
        Dictionary { tables: export::tables() }
    }
}
