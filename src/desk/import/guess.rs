//! Which table a sheet is, and which sheet of a workbook is meant.

use super::columns::{Columns, columns};
use super::headings::Dictionary;
use super::laid::{Laid, laid};
use super::opened::Sent;
use super::wishes::Wishes;
use crate::desk::error::Error;
use crate::model::text::Said;
use crate::say;
use crate::summary::export;

/// A sheet with what was understood of it.
pub struct Understood<'a> {
    /// What was sent.
    pub sent: &'a Sent,
    /// Its headings and rows.
    pub laid: Laid<'a>,
    /// Which of its columns is which.
    pub columns: Columns<'a>,
}

/// Which tables the sheets are.
pub fn understood<'a>(
    dictionary: &'a Dictionary,
    wishes: &Wishes,
    tables: &[&'a Sent],
) -> Result<Vec<Understood<'a>>, Error> {
    tables.iter().map(|sent| one(dictionary, wishes, sent)).collect()
}

fn one<'a>(dictionary: &'a Dictionary, wishes: &Wishes, sent: &'a Sent) -> Result<Understood<'a>, Error> {
    let name = sent.table.as_ref().ok_or_else(|| {
        Error::wrong_use(
            say!("chưa rõ đây là bảng nào", "which table is this?"),
            say!("thêm --as BẢNG, ví dụ --as activity", "add --as TABLE, such as --as activity"),
        )
    })?;
    let table = dictionary.tables.iter().find(|table| table.name == *name);
    let (Some(table), Some(kind)) = (table, export::record(name)) else {
        let message = say!("không có bảng “{name}”", "there is no table “{name}”", [name]);
        return Err(Error::nothing(message, Said::default()));
    };
    let laid = laid(&sent.sheet);
    let columns = columns(kind, table, &laid, &wishes.map)?;
    Ok(Understood { sent, laid, columns })
}
