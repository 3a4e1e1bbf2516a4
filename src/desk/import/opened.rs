//! What is sent, opened: files and folders as sheets.

use crate::desk::error::Error;
use crate::desk::package::BESIDE;
use crate::model::sheet::Sheet;
use crate::model::text::Said;
use crate::render::datapackage;
use crate::say;
use crate::store::sent::sheets;
use crate::store::{actual, loose};
use crate::summary::export;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

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

/// What was opened.
#[derive(Debug)]
pub struct Opened {
    /// The sheets.
    pub sheets: Vec<Sent>,
    /// What stands in the folders and is no table: as people see it.
    pub passed_over: Vec<String>,
}

/// The most megabytes that a table may have: those of a whole country have fewer.
const TABLE: u64 = 128;

/// How the files of a folder end that are opened; what is none is told where it is read.
const ENDINGS: &[&str] = &["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];

/// A file that is to be opened.
struct File {
    path: PathBuf,
    table: Option<String>,
    exact: bool,
}

/// The sheets of files, and of the files in folders. In a folder, a file that is named as an export names its tables is taken
/// as one.
pub fn opened(paths: &[PathBuf], table: Option<&str>) -> Result<Opened, Error> {
    let (mut files, mut passed_over) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let folder = folder(path, table, &mut passed_over).map_err(|error| Error::io(path, &error))?;
            if folder.is_empty() {
                return Err(Error::nothing(
                    say!(
                        "không có bảng nào trong {path}",
                        "there is no table in {path}",
                        [path = path.as_path()]
                    ),
                    say!(
                        "xem tên các bảng: ttht import --help",
                        "for the names of tables: ttht import --help"
                    ),
                ));
            }
            files.extend(folder);
        } else {
            files.push(File { path: path.clone(), table: table.map(str::to_owned), exact: false });
        }
    }
    // What is named twice, or stands in a folder that is named too, is one file.
    let mut known = BTreeSet::new();
    files.retain(|file| known.insert(actual(&file.path).unwrap_or_else(|_| file.path.clone())));
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    files.iter().for_each(|file| *names.entry(name(&file.path)).or_default() += 1);
    let (mut opened, mut refused) = (Vec::new(), Vec::new());
    for File { path, table, exact } in files {
        let bytes = loose::read(&path, TABLE).map_err(|error| Error::io(&path, &error))?;
        // By its name, if that tells it from the others.
        let called = Some(name(&path)).filter(|name| names[name] == 1);
        let called = called.unwrap_or_else(|| path.to_string_lossy().into_owned());
        match sheets(&called, &bytes) {
            Ok(sheets) => {
                opened.extend(sheets.into_iter().map(|sheet| Sent { sheet, table: table.clone(), exact }));
            }
            Err(why) => refused.push(why),
        }
    }
    if !refused.is_empty() {
        return Err(Error::faults(Said::join(refused, "\n"), Said::default()));
    }
    Ok(Opened { sheets: opened, passed_over })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The tables of a folder: those of an export in its order, then others by their names.
fn folder(path: &Path, table: Option<&str>, passed_over: &mut Vec<String>) -> io::Result<Vec<File>> {
    let tables =
        export::tables().into_iter().map(|table| (path.join(datapackage::file_name(&table)), table.name));
    let exported = tables.filter(|(file, _)| file.is_file());
    let mut files: Vec<File> =
        exported.map(|(path, table)| File { path, table: Some(table), exact: true }).collect();
    let mut entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for entry in entries {
        let name = name(&entry);
        let ending = entry.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        // What is hidden, and what a spreadsheet keeps beside a file that it has open.
        let is_nobodys = name.starts_with(['.', '~']) || BESIDE.contains(&name.as_str());
        if is_nobodys || files.iter().any(|file| file.path == entry) {
            continue;
        }
        if ENDINGS.contains(&&*ending) && entry.is_file() {
            files.push(File { path: entry, table: table.map(str::to_owned), exact: false });
        } else {
            passed_over.push(name);
        }
    }
    Ok(files)
}
