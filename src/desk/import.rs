//! Tables that colleagues send, and what an export wrote, back into records: all of it, or nothing.

use super::commit::{Change, End, Judging, Outcome, Pen};
use super::error::Error;
use super::find;
use crate::model::RecordKind;
use crate::model::fault::{Fault, Severity};
use crate::model::path::written;
use crate::model::text::Said;
use crate::model::tree::{Entry, Node};
use crate::model::vietnamese::fold;
use crate::render::datapackage;
use crate::say;
use crate::summary::export;
use crate::toml::{self, change, print};
pub use columns::Sent;
use columns::{Filled, Given, filled};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

mod columns;

/// What an import does.
#[derive(Debug)]
pub struct Imported {
    /// The records that change, by file.
    pub records: BTreeMap<String, Intake>,
    /// What could not be read, by the places of the sender.
    pub refused: Vec<Said>,
    /// What would be wrong with the records and is not now, likewise.
    pub faults: Vec<Said>,
    /// How it ended.
    pub end: End,
}

/// A record that values are given for.
#[derive(Debug)]
pub struct Intake {
    /// The values that are new or different: where, what was there, what it becomes. Empty for a new record.
    pub changes: Vec<Changed>,
    /// Where the sender has each value, by its key path.
    pub from: BTreeMap<String, String>,
    /// True for a new record.
    pub is_new: bool,
}

/// A value that changes.
#[derive(Debug)]
pub struct Changed {
    /// Its key path.
    pub key: String,
    /// What was there.
    pub was: Said,
    /// What it becomes.
    pub becomes: String,
}

/// The tables in a folder that an export wrote, or the one table in a file.
pub fn sent(path: &Path, table: Option<&str>) -> Result<Vec<Sent>, Error> {
    let read = |table: &str, path: &Path, exact| {
        let bytes = fs::read(path).map_err(|error| Error::io(path, &error))?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Sent { table: table.to_owned(), file, bytes, exact })
    };
    if !path.is_dir() {
        let table = table.ok_or_else(|| {
            Error::wrong_use(
                say!("chưa rõ đây là bảng nào", "which table is this?"),
                say!("thêm --as BẢNG, ví dụ --as activity", "add --as TABLE, such as --as activity"),
            )
        })?;
        return Ok(vec![read(table, path, false)?]);
    }
    let tables = export::tables().into_iter().map(|t| (path.join(datapackage::file_name(&t)), t.name));
    let sent: Vec<Sent> = tables
        .filter(|(file, _)| file.is_file())
        .map(|(file, table)| read(&table, &file, true))
        .collect::<Result<_, Error>>()?;
    if sent.is_empty() {
        return Err(Error::nothing(
            say!("không có bảng nào trong {path}", "there is no table in {path}", [path]),
            say!("xem tên các bảng: ttht import --help", "for the names of tables: ttht import --help"),
        ));
    }
    Ok(sent)
}

/// Which heading stands for which key, as a file says: `"Heading" = "key"`.
pub fn map(path: &Path) -> Result<BTreeMap<String, String>, Error> {
    let bytes = fs::read(path).map_err(|error| Error::io(path, &error))?;
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
    let pair = |entry: &Entry| Some((fold(&entry.key), entry.node.text()?.to_owned()));
    Ok(tree.entries().iter().filter_map(pair).collect())
}

/// Takes tables into a register.
pub fn import(
    pen: Pen,
    tables: &[Sent],
    map: &BTreeMap<String, String>,
    judging: Judging,
) -> Result<Imported, Error> {
    let mut refused: Vec<Said> = Vec::new();
    let mut given: BTreeMap<(RecordKind, String), Vec<Given>> = BTreeMap::new();
    for sent in tables {
        let Filled { kind, rows, refused: found } = filled(&pen, map, sent)?;
        refused.extend(found);
        for (id, values) in rows {
            given.entry((kind, id)).or_default().extend(values);
        }
    }
    let (mut records, mut changes) = (BTreeMap::new(), Vec::new());
    for ((kind, id), values) in given {
        if let Some((change, intake)) = intake(&pen, kind, &id, values, &mut refused)? {
            records.insert(change.file.clone(), intake);
            changes.push(change);
        }
    }
    // What cannot be read cannot be written either; a fault of the data may be allowed.
    let pen = if refused.is_empty() { pen } else { pen.shown() };
    let Outcome { mut faults, end, .. } = pen.commit(changes, judging)?;
    faults.retain(|fault| fault.severity == Severity::Error);
    let faults = faults.iter().map(|fault| placed(fault, &records)).collect();
    Ok(Imported { records, refused, faults, end })
}

/// A record as it would be, with what changes in it. `None` if nothing does.
fn intake(
    pen: &Pen,
    kind: RecordKind,
    id: &str,
    values: Vec<Given>,
    refused: &mut Vec<Said>,
) -> Result<Option<(Change, Intake)>, Error> {
    let file = find::file(&pen.store, kind, id);
    let old = pen.original(&file)?;
    let shipped = toml::shipped::text(id).filter(|_| kind == RecordKind::Scheme);
    let before = old.as_ref().map(|old| old.text.as_str()).or(shipped).unwrap_or_default();
    let mut intake = Intake { changes: Vec::new(), from: BTreeMap::new(), is_new: before.is_empty() };
    let after = if intake.is_new {
        new_text(kind, id, values, &mut intake, refused)
    } else {
        changed_text(kind, before, values, &mut intake, refused)
    };
    let differs = after != before;
    Ok(differs.then(|| (Change::new(file, old, after), intake)))
}

/// The text of a new record.
fn new_text(
    kind: RecordKind,
    id: &str,
    values: Vec<Given>,
    intake: &mut Intake,
    refused: &mut Vec<Said>,
) -> String {
    let mut tree = Node::table();
    for given in values {
        if !tree.put(&given.path, given.value) {
            refused.push(gap(&given.from));
        }
        intake.from.insert(written(&given.path), given.from);
    }
    let mut required = kind.fields().iter().filter(|field| field.required).peekable();
    if required.peek().is_some() && required.all(|field| tree.get(field.key).is_none()) {
        let (from, label) = (intake.from.values().next().map_or("", String::as_str), kind.label());
        refused.push(say!(
            "{from}: trong sổ không có {label} “{id}”",
            "{from}: the register has no {label} “{id}”",
            [from, label, id]
        ));
        return String::new();
    }
    print::document(kind.fields(), &tree)
}

/// The text of a record with other values.
fn changed_text(
    kind: RecordKind,
    before: &str,
    values: Vec<Given>,
    intake: &mut Intake,
    refused: &mut Vec<Said>,
) -> String {
    let mut text = before.to_owned();
    for given in values {
        let key = written(&given.path);
        let tree = toml::raw_tree(&text);
        let now = tree.at(&key);
        if now.is_some_and(|now| now.says_same(&given.value)) {
            continue;
        }
        let field = kind.root().at(&given.path);
        let shown = |node: &Node| print::inline(&field, node);
        let was = now.map_or_else(|| say!("(chưa có)", "(missing)"), |now| Said::same(shown(now)));
        match change::put(&text, kind.fields(), &given.path, &given.value) {
            Some(changed) => {
                let becomes = shown(&given.value);
                intake.changes.push(Changed { key: key.clone(), was, becomes });
                text = changed;
            }
            None => refused.push(gap(&given.from)),
        }
        intake.from.insert(key, given.from);
    }
    text
}

fn gap(from: &str) -> Said {
    say!(
        "{from}: không đặt được giá trị này; số thứ tự các dòng phải liền nhau từ 1",
        "{from}: this value cannot be set; row numbers must be consecutive, starting at 1",
        [from]
    )
}

/// A fault at the place where the sender has the value.
fn placed(fault: &Fault, records: &BTreeMap<String, Intake>) -> Said {
    let from = records.get(&fault.file).and_then(|intake| {
        let key = fault.key.as_deref()?;
        let near = |(path, _): &(&String, &String)| path.starts_with(key) || key.starts_with(path.as_str());
        intake.from.get(key).or_else(|| intake.from.iter().find(near).map(|(_, from)| from))
    });
    let any = || records.get(&fault.file)?.from.values().next();
    let place = from.or_else(any).unwrap_or(&fault.file);
    let (message, help) = (&fault.message, &fault.help);
    say!("{place}: {message}; {help}", "{place}: {message}; {help}", [place, message, help])
}
