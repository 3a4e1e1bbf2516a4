//! Records to files: new ones, whole and once. What is there already is never overwritten.

use crate::model::field::{Field, Kind};
use crate::model::tree::{Entry, Node, Step, Value};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

/// How the names of files begin that are not in their place yet.
const PREFIX: &str = ".ttht-";

/// The text of a new record: keys in the order of the rows, one value a line, each section under its header.
pub fn document(fields: &'static [Field], tree: &Node) -> String {
    let mut text = String::new();
    table(&mut text, &Kind::Section(fields), tree, "");
    text
}

/// The lines of a table that has this path: values first, then what has a header of its own.
pub(super) fn section(kind: &Kind, node: &Node, path: &str) -> String {
    let mut text = String::new();
    table(&mut text, kind, node, path);
    text
}

/// A value as it stands on a line.
pub fn inline(kind: &Kind, node: &Node) -> String {
    let mut text = String::new();
    value(&mut text, kind, node);
    text
}

/// A path as headers write it: without the numbers of rows.
pub(super) fn path(steps: &[Step]) -> String {
    let keys = steps.iter().filter_map(|step| match step {
        Step::Key(word) => Some(key(word)),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// Writes a table: first what stands on lines, then what has a header of its own.
fn table(text: &mut String, kind: &Kind, node: &Node, path: &str) {
    let (below, lines): (Vec<_>, Vec<_>) = children(kind, node)
        .into_iter()
        .partition(|(entry, kind)| has_header(kind, &entry.node, path.is_empty()));
    for (entry, kind) in lines {
        text.push_str(&format!("{} = ", key(&entry.key)));
        value(text, &kind, &entry.node);
        text.push('\n');
    }
    for (entry, kind) in below {
        let name = key(&entry.key);
        let path = if path.is_empty() { name } else { format!("{path}.{name}") };
        match &entry.node.value {
            Value::List(rows) => rows.iter().for_each(|row| {
                header(text, &format!("[[{path}]]"));
                table(text, &Kind::Section(kind.fields()), row, &path);
            }),
            _ => {
                let inner = children(&kind, &entry.node);
                if inner.is_empty() || inner.iter().any(|(entry, kind)| !has_header(kind, &entry.node, false))
                {
                    header(text, &format!("[{path}]"));
                }
                table(text, &kind, &entry.node, &path);
            }
        }
    }
}

fn header(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
}

/// The entries of a table in the order of its rows, with their kinds; what has no row comes last, as it is.
fn children<'n, 'a>(kind: &Kind, node: &'n Node<'a>) -> Vec<(&'n Entry<'a>, Kind)> {
    let entries = node.entries();
    let row = |entry: &&Entry| kind.fields().iter().position(|field| field.key == entry.key);
    let (mut known, others): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| row(entry).is_some());
    known.sort_by_key(row);
    let known = known.into_iter().filter_map(|entry| {
        let field = kind.fields().iter().find(|field| field.key == entry.key)?;
        Some((entry, field.kind))
    });
    match kind {
        Kind::Keyed { entry, .. } => others.into_iter().map(|other| (other, **entry)).chain(known).collect(),
        _ => known.chain(others.into_iter().map(|other| (other, Kind::Free))).collect(),
    }
}

/// True for what stands under a `[header]`, at the top of a file or below another one.
fn has_header(kind: &Kind, node: &Node, top: bool) -> bool {
    let is_table = matches!(node.value, Value::Table(_));
    match kind {
        Kind::Section(_) => is_table,
        Kind::Rows(_) => {
            matches!(&node.value, Value::List(rows) if rows.iter().all(|r| matches!(r.value, Value::Table(_))))
        }
        Kind::Keyed { entry, .. } => is_table && (top || !entry.is_scalar()),
        Kind::Free => is_table && top,
        _ => false,
    }
}

fn value(text: &mut String, kind: &Kind, node: &Node) {
    match &node.value {
        Value::Text(words) => string(text, words),
        Value::Int(number) => text.push_str(&grouped(*number)),
        Value::Float(number) => text.push_str(&number.to_toml_value()),
        Value::Bool(answer) => text.push_str(&answer.to_string()),
        Value::Day(day) => text.push_str(&day.to_string()),
        Value::Time(time) => text.push_str(&time.to_string()),
        Value::OtherTime => text.push_str("\"\""),
        Value::List(items) => {
            let inner = if let Kind::List(inner) = kind { **inner } else { Kind::Free };
            list(text, "[", "]", items, |text, item| value(text, &inner, item));
        }
        Value::Table(_) => {
            let (open, close) = if node.entries().is_empty() { ("{", "}") } else { ("{ ", " }") };
            list(text, open, close, &children(kind, node), |text, (entry, kind)| {
                text.push_str(&format!("{} = ", key(&entry.key)));
                value(text, kind, &entry.node);
            });
        }
    }
}

fn list<T>(text: &mut String, open: &str, close: &str, items: &[T], mut each: impl FnMut(&mut String, &T)) {
    text.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        each(text, item);
    }
    text.push_str(close);
}

fn string(text: &mut String, words: &str) {
    let writer = TomlStringBuilder::new(words);
    let written = if words.contains('\n') { writer.as_ml_basic() } else { writer.as_basic() };
    text.push_str(&written.to_toml_value());
}

fn key(key: &str) -> String {
    TomlKeyBuilder::new(key).as_default().to_toml_key()
}

/// A whole number with its thousands apart: `70_000_000`.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|g| std::str::from_utf8(g).ok()).collect();
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join("_"))
}

/// Creates a file with its folders. It is there whole or not at all, also after a power cut, and a file that is there
/// already is never overwritten: that is [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    sweep(folder_of(path));
    let mut file = Growing::create(path)?;
    file.append(bytes)?;
    file.close(|file, path| file.persist_noclobber(path).map_err(|error| error.error))
}

/// Puts bytes into a file in one step, in the place of others. False, and nothing is done, where it holds others by now.
pub fn swap(path: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
    let path = path.canonicalize()?;
    sweep(folder_of(&path));
    let mut file = Growing::create(&path)?;
    file.append(new)?;
    file.file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.file.as_file().sync_all()?;
    if fs::read(&path)? != old {
        return Ok(false);
    }
    file.finish().map(|()| true)
}

/// A file that is to change: its path, what it holds now (none: it is not there), and what it shall hold.
pub type Change = (PathBuf, Option<Vec<u8>>, Vec<u8>);

/// Puts many files into their places: all, or none where the disk refuses one. False, and nothing is done, where one
/// of them holds something else by now.
pub fn all(changes: &[Change]) -> io::Result<bool> {
    let mut ready = Vec::new();
    for (path, _, new) in changes {
        let mut file = Growing::create(path)?;
        file.append(new)?;
        file.file.as_file().sync_all()?;
        if let Ok(metadata) = fs::metadata(path) {
            file.file.as_file().set_permissions(metadata.permissions())?;
        }
        ready.push(file.file.into_temp_path());
    }
    let stands = |path: &Path| match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    };
    for (path, old, _) in changes {
        if stands(path)? != *old {
            return Ok(false);
        }
    }
    for (done, (file, (path, ..))) in ready.into_iter().zip(changes).enumerate() {
        if let Err(refused) = file.persist(path) {
            undo(&changes[..done]);
            return Err(refused.error);
        }
    }
    let folders: std::collections::BTreeSet<&Path> =
        changes.iter().map(|(path, ..)| folder_of(path)).collect();
    folders.into_iter().try_for_each(sync_folder)?;
    Ok(true)
}

fn undo(changes: &[Change]) {
    for (path, old, _) in changes {
        // The disk refuses already: what can be put back is put back.
        let _ = match old {
            Some(old) => replace(path, old),
            None => fs::remove_file(path),
        };
    }
}

/// What a crash left behind in a folder: files that were to take a place and never did. Nobody reads them; after an
/// hour nobody can be writing them either.
fn sweep(folder: &Path) {
    let old = |entry: &fs::DirEntry| {
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|time| time.elapsed().ok());
        entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes())
            && age.is_some_and(|age| age.as_secs() > 3600)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(old) {
        // It does no harm where it stays.
        let _ = fs::remove_file(entry.path());
    }
}

/// Puts bytes into a file in one step, over what was there: the old file or the new one, never half of it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Growing::create(path)?;
    file.append(bytes)?;
    file.finish()
}

/// A file that grows beside its place and takes it in one step at the end; dropped before, it leaves nothing.
#[derive(Debug)]
pub struct Growing {
    file: NamedTempFile,
    path: PathBuf,
}

impl Growing {
    /// Begins a file, making its folders.
    pub fn create(path: &Path) -> io::Result<Growing> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(PREFIX).permissions_for_all().tempfile_in(folder)?;
        Ok(Growing { file, path: path.to_owned() })
    }

    /// The place that the file will take.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds bytes at the end.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Takes the place, over what was there.
    pub fn finish(self) -> io::Result<()> {
        self.close(persist)
    }

    fn close(self, take: impl FnOnce(NamedTempFile, &Path) -> io::Result<File>) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        take(self.file, &self.path)?;
        sync_folder(folder_of(&self.path))
    }
}

/// Takes a place over what is there. Windows refuses while a virus scanner or Excel looks at the file: it mostly stops soon.
fn persist(mut file: NamedTempFile, path: &Path) -> io::Result<File> {
    let mut tries = if cfg!(windows) { 5 } else { 1 };
    loop {
        tries -= 1;
        match file.persist(path) {
            Err(refused) if tries > 0 && refused.error.kind() == io::ErrorKind::PermissionDenied => {
                file = refused.file;
                std::thread::sleep(std::time::Duration::from_millis(200));
            }
            done => return done.map_err(|refused| refused.error),
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a new name in a folder last. Windows needs and offers nothing of the kind.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Temporary files are born private; records are for all who may read the folder.
trait PermissionsForAll {
    fn permissions_for_all(&mut self) -> &mut Self;
}

impl PermissionsForAll for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_for_all(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        self.permissions(fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_for_all(&mut self) -> &mut Self {
        self
    }
}
