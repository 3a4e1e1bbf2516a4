//! What a disk does in one step: a file takes a place in a register.

use super::files::{Stands, stands};
use super::patience::{open, patiently, reason, remove};
use super::{OpenError, actual, rights};
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Where the bytes of a file are or shall be: in the register, where nothing else stands, under a plain name. A link
/// inside the register stays a link. Of what is hidden only that may be written which a new register brings.
pub fn place(root: &Path, file: &str) -> Result<PathBuf, OpenError> {
    let brought = [".gitattributes", ".gitignore"].contains(&file);
    let plain = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    let path = root.join(file);
    let stands = match path.symlink_metadata() {
        _ if !brought && file.split('/').all(plain) => stands(root, file),
        Ok(data) if brought && data.is_file() => Stands::File,
        Err(_) if brought => Stands::Nothing,
        _ => Stands::Outside,
    };
    match stands {
        Stands::Nothing => Ok(path),
        Stands::File => actual(&path).map_err(|error| OpenError::Io(path, error)),
        _ => Err(OpenError::Io(path, ErrorKind::InvalidFilename.into())),
    }
}

/// Takes a place: that of a file, or an empty one, whose folder is made. False if the place is not empty after all.
pub fn take(from: &Path, to: &Path, replaces: bool) -> io::Result<bool> {
    let new_folder = to.parent().filter(|folder| !replaces && !folder.is_dir());
    new_folder.map_or(Ok(()), make_folder)?;
    let swap = |from: &Path| if replaces { rename(from, to) } else { rename_new(from, to) };
    let swapped = swap(from).or_else(|error| match error.kind() {
        ErrorKind::CrossesDevices => across(from, &to.with_file_name(".ttht-new"), swap),
        _ => Err(error),
    });
    match swapped {
        Err(error) if !replaces && error.kind() == ErrorKind::AlreadyExists => Ok(false),
        swapped => swapped.map(|()| true).inspect_err(|_| {
            // A folder that nothing came into goes again.
            new_folder.map(fs::remove_dir);
        }),
    }
}

/// Takes a place on another disk, which is mounted there: through a copy beside the place.
fn across(from: &Path, beside: &Path, swap: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    let copied = || {
        let mut source = open(from)?;
        let mut copy = File::options().write(true).create_new(true).open(beside)?;
        io::copy(&mut source, &mut copy)?;
        rights::keep(&copy, &source.metadata()?)?;
        copy.sync_all()?;
        swap(beside)
    };
    // What an earlier try left; if it cannot go, the copy is refused.
    let _ = fs::remove_file(beside);
    copied().inspect_err(|_| drop(fs::remove_file(beside)))?;
    remove(from)
}

/// Makes a folder of records. In a folder that is shared by a group, it is shared likewise.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().unwrap_or(Path::new("."));
    make_folder(above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        made => made?,
    }
    rights::hand_on(folder, &above.metadata()?);
    Ok(())
}

/// Renames over what is there.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to)).map_err(|refused| reason(to, refused))
}

/// Renames to a place where nothing is.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let (from, to) = (of_any_length(from)?, of_any_length(to)?);
    patiently(|| {
        let mut file = TempPath::try_from_path(&*from)?;
        file.disable_cleanup(true);
        file.persist_noclobber(&to).map_err(|refused| refused.error)
    })
}

/// A path as Windows takes it from others than the standard library, be it as long as it may.
fn of_any_length(path: &Path) -> io::Result<Cow<'_, Path>> {
    Ok(match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) if cfg!(windows) && path.as_os_str().len() > 200 => {
            folder.canonicalize()?.join(name).into()
        }
        _ => path.into(),
    })
}

/// Makes the names in a folder durable. Windows needs and offers nothing of the kind.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
