//! Bytes to files: whole and once. What is there already is never overwritten unawares.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How the names of files begin that are not in their place yet.
const PREFIX: &str = ".ttht-";

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
