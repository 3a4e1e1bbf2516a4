//! Loose files: what is written and is no record, such as a table, an export, a draft.
//!
//! A file is written beside its place and swapped in whole; it keeps the mode and the owner of the one it replaces, and a
//! link stays a link. What is no file but takes bytes, such as a device or a pipe, is written through.

use super::disk::{rename, rename_new, sync_folder};
use super::patience::{open, patiently};
use super::{actual, rights, scrap};
use crate::model::RecordKind;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// How the names of loose files begin that are not yet in their place. Other than those of records, they are held while
/// they are written.
const PREFIX: &str = ".ttht_loose-";

/// A loose file that is being written. If dropped before it is finished, it leaves nothing.
#[derive(Debug)]
pub struct Loose {
    path: PathBuf,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Beside its place, to replace what has this metadata there.
    Beside(NamedTempFile, PathBuf, Option<Box<Metadata>>),
    Through(File),
}

/// The bytes of what a user names, or of standard input for `-`. What has more than so many megabytes, or no end, is
/// refused.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let (mut bytes, limit) = (Vec::new(), most << 20);
    let mut take = |from: &mut dyn Read| from.take(limit + 1).read_to_end(&mut bytes);
    let len = if path == Path::new("-") {
        take(&mut io::stdin().lock())? as u64
    } else {
        let mut file = open(path)?;
        let len = file.metadata()?.len();
        if len > limit { len } else { take(&mut file)? as u64 }
    };
    if len > limit {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("> {most} MB")));
    }
    Ok(bytes)
}

/// Writes a loose file.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut loose = Loose::begin(path)?;
    loose.append(bytes)?;
    loose.finish()
}

/// True for the place of a record, in whatever register: that is no place for a loose file.
pub fn is_record(path: &Path) -> bool {
    let new = || actual(folder_of(path)).map(|folder| folder.join(path.file_name().unwrap_or_default()));
    let Ok(whole) = actual(path).or_else(|_| new()) else { return false };
    let root = super::find(&whole);
    let inner = root.as_ref().and_then(|root| whole.strip_prefix(root).ok());
    inner.is_some_and(|file| RecordKind::of(&file.to_string_lossy().replace('\\', "/")).is_some())
}

/// Creates a loose file. It is written completely or not at all; an existing file is never overwritten: that is
/// [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut loose = Loose { path: path.to_owned(), way: beside(path, None)? };
    loose.append(bytes)?;
    loose.take(rename_new)
}

/// Creates a loose file for its owner only.
pub fn create_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(path)?.write_all(bytes)
}

impl Loose {
    /// Begins a file at a path that a user names, wherever its links lead, and creates its folders.
    pub fn begin(path: &Path) -> io::Result<Loose> {
        let at = |way| Ok(Loose { path: path.to_owned(), way });
        match fs::metadata(path) {
            Ok(data) if data.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(data) => match already_open(&data) {
                Some(open) => at(Way::Through(open)),
                None if data.is_file() => at(beside(&actual(path)?, Some(data))?),
                None => at(Way::Through(File::options().write(true).open(path)?)),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => at(beside(&end_of_links(path), None)?),
            // A device that tells nothing about itself.
            Err(_) => at(Way::Through(File::options().write(true).open(path)?)),
        }
    }

    /// Begins a file of a folder: what is no file is left alone there, and so is a link, which may lead out of it.
    pub fn begin_in(folder: &Path, name: &str) -> io::Result<Loose> {
        let path = folder.join(name);
        let way = match path.symlink_metadata() {
            Ok(data) if data.is_file() => beside(&path, Some(data))?,
            Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => beside(&path, None)?,
        };
        Ok(Loose { path, way })
    }

    /// The path that was named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds bytes at the end.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.way {
            Way::Beside(file, ..) => file.write_all(bytes),
            Way::Through(file) => file.write_all(bytes),
        }
    }

    /// Takes the place, replacing what was there.
    pub fn finish(self) -> io::Result<()> {
        self.take(rename)
    }

    fn take(self, swap: fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
        let Way::Beside(file, place, old) = self.way else { return Ok(()) };
        if let Some(old) = old {
            rights::keep(file.as_file(), &old)?;
        }
        file.as_file().sync_all()?;
        // It is held until it is in its place.
        let _held = file.as_file().try_clone()?;
        swap(&file.into_temp_path(), &place)?;
        sync_folder(folder_of(&place))
    }
}

/// A new file beside a place, as private as the one that it replaces.
fn beside(place: &Path, old: Option<Metadata>) -> io::Result<Way> {
    if old.is_some() {
        // Who may not write in a file may not replace it either.
        patiently(|| File::options().write(true).open(place))?;
    }
    let folder = folder_of(place);
    fs::create_dir_all(folder)?;
    sweep(folder);
    let mut options = File::options();
    if old.is_some() {
        rights::close(&mut options);
    }
    // A file like any other, which Windows is not told to be a temporary one: that would stay with it.
    let create = |path: &Path| options.clone().read(true).write(true).create_new(true).open(path);
    loop {
        let file = scrap::made(|| Builder::new().prefix(PREFIX).make_in(folder, create))?;
        if scrap::hold(file.as_file(), file.path()) {
            return Ok(Way::Beside(file, place.to_owned(), old.map(Box::new)));
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Takes away what a kill has left in a folder.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_loose = entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes());
        if is_loose && scrap::is_left(&entry.path()) {
            // If it stays, it does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Where a link leads that leads to nothing yet.
fn end_of_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    while let Ok(next) = fs::read_link(&path) {
        path = folder_of(&path).join(next);
    }
    path
}

/// Standard output or standard error, if that is what a path leads to: `/dev/stdout`, or the file to which it goes.
#[cfg(unix)]
fn already_open(data: &Metadata) -> Option<File> {
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::fs::MetadataExt;
    let same = |open: BorrowedFd| {
        let file = File::from(open.try_clone_to_owned().ok()?);
        let open = file.metadata().ok()?;
        ((open.dev(), open.ino()) == (data.dev(), data.ino())).then_some(file)
    };
    same(io::stdout().as_fd()).or_else(|| same(io::stderr().as_fd()))
}

/// Nothing there leads to what is open.
#[cfg(not(unix))]
fn already_open(_: &Metadata) -> Option<File> {
    None
}
