//! What is sent, opened: files, and folders that an export wrote, as sheets; and what a person says about their headings.

use crate::desk::error::Error;
use crate::model::fault::Fault;
use crate::model::sheet::Sheet;
use crate::model::text::Said;
use crate::model::tree::Entry;
use crate::render::datapackage;
use crate::say;
use crate::store::loose;
use crate::store::sent::sheets;
use crate::summary::export;
use crate::toml;
use std::collections::BTreeMap;
use std::path::Path;

/// A sheet as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// What stands in it.
    pub sheet: Sheet,
    /// The name of its table in [`export::tables`], if it is known before the sheet is looked at.
    pub table: Option<String>,
    /// True if its cells are to be taken letter for letter, as an export writes them.
    pub exact: bool,
}

/// The most megabytes that a table may have: those of a whole country have fewer.
const TABLE: u64 = 128;

/// The tables in a folder that an export wrote, or what is in a file.
pub fn sent(path: &Path, table: Option<&str>) -> Result<Vec<Sent>, Error> {
    let read = |table: Option<&str>, path: &Path, exact| {
        let bytes = loose::read(path, TABLE).map_err(|error| Error::io(path, &error))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let sheets = sheets(&file, &bytes).map_err(|why| {
            Error::faults(say!("{file}: {why}", "{file}: {why}", [file = &*file, why]), Said::default())
        })?;
        let sent = |sheet| Sent { sheet, table: table.map(str::to_owned), exact };
        Ok(sheets.into_iter().map(sent).collect::<Vec<_>>())
    };
    if !path.is_dir() {
        return read(table, path, false);
    }
    let tables = export::tables().into_iter().map(|t| (path.join(datapackage::file_name(&t)), t.name));
    let sent: Vec<Vec<Sent>> = tables
        .filter(|(file, _)| file.is_file())
        .map(|(file, table)| read(Some(&table), &file, true))
        .collect::<Result<_, Error>>()?;
    if sent.is_empty() {
        return Err(Error::nothing(
            say!("không có bảng nào trong {path}", "there is no table in {path}", [path]),
            say!("xem tên các bảng: ttht import --help", "for the names of tables: ttht import --help"),
        ));
    }
    Ok(sent.into_iter().flatten().collect())
}

/// Which heading stands for which key, as a file says: `"Heading" = "key"`.
pub fn map(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let bytes = loose::read(path, 1).map_err(|error| Error::io(path, &error))?;
    let text = toml::text(&bytes, &path.to_string_lossy()).map_err(|fault| {
        let Fault { message, help, .. } = *fault;
        Error::faults(say!("{path}: {message}", "{path}: {message}", [path, message]), help)
    })?;
    let tree = toml::raw_tree(&text);
    if tree.entries().is_empty() {
        return Err(Error::wrong_use(
            say!(
                "{path} không có dòng “Tên cột” = “khoá” nào",
                "{path} has no line “Heading” = “key”",
                [path]
            ),
            Said::default(),
        ));
    }
    let pair = |entry: &Entry| Some((entry.key.to_string(), entry.node.text()?.to_owned()));
    Ok(tree.entries().iter().filter_map(pair).collect())
}
