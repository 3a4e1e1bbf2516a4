//! Bytes to files: whole or not at all. What is there already is never overwritten by accident.

use super::scrap;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How the names of files begin that are not yet in their place.
const PREFIX: &str = ".ttht-";

/// Creates a file and its folders. It is written completely or not at all, even after a power cut. An existing file is
/// never overwritten: that is [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    sweep(folder_of(path));
    let mut file = Growing::create(path)?;
    file.append(bytes)?;
    file.close(|file, path| file.persist_noclobber(path).map_err(|error| error.error))
}

/// A file that is to change. None stands for a file that does not exist, before or after.
#[derive(Debug)]
pub struct Put {
    /// The file.
    pub path: PathBuf,
    /// Its present content.
    pub old: Option<Vec<u8>>,
    /// Its new content.
    pub new: Option<Vec<u8>>,
}

/// What became of files that were to change.
#[derive(Debug)]
#[must_use]
pub enum Written {
    /// All of them have changed.
    All,
    /// This one was changed by another program. Nothing was done.
    Newer(PathBuf),
}

/// Changes files: all of them, or none if the disk refuses one or another program has changed one.
pub fn all(puts: &[Put]) -> io::Result<Written> {
    let folders: BTreeSet<&Path> = puts.iter().map(|put| folder_of(&put.path)).collect();
    folders.iter().for_each(|folder| sweep(folder));
    let ready = puts.iter().map(Put::prepare).collect::<io::Result<Vec<_>>>()?;
    for put in puts {
        if put.stands()? != put.old {
            return Ok(Written::Newer(put.path.clone()));
        }
    }
    for (done, (file, put)) in ready.into_iter().zip(puts).enumerate() {
        if let Err(error) = put.take(file) {
            undo(&puts[..done]);
            let newer = put.old.is_none() && error.kind() == io::ErrorKind::AlreadyExists;
            return if newer { Ok(Written::Newer(put.path.clone())) } else { Err(error) };
        }
    }
    folders.into_iter().try_for_each(sync_folder)?;
    Ok(Written::All)
}

impl Put {
    /// Where the bytes are: a link inside the register stays a link.
    fn place(&self) -> PathBuf {
        self.path.canonicalize().unwrap_or_else(|_| self.path.clone())
    }

    /// The present content of the file.
    fn stands(&self) -> io::Result<Option<Vec<u8>>> {
        match fs::read(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }

    /// The new bytes, written and synced next to their place.
    fn prepare(&self) -> io::Result<Option<TempPath>> {
        let Some(new) = &self.new else { return Ok(None) };
        let place = self.place();
        let mut file = Growing::create(&place)?;
        file.append(new)?;
        if let Ok(metadata) = fs::metadata(&place) {
            file.file.as_file().set_permissions(metadata.permissions())?;
        }
        file.file.as_file().sync_all()?;
        Ok(Some(file.file.into_temp_path()))
    }

    fn take(&self, file: Option<TempPath>) -> io::Result<()> {
        match file {
            None => fs::remove_file(&self.path),
            Some(file) if self.old.is_none() => {
                file.persist_noclobber(&self.path).map_err(|error| error.error)
            }
            Some(file) => persist(file, &self.place()),
        }
    }
}

fn undo(puts: &[Put]) {
    for put in puts {
        // The disk refuses: what can be restored is restored.
        let _ = match &put.old {
            Some(old) => replace(&put.path, old),
            None => fs::remove_file(&put.path),
        };
    }
}

/// What a crash left behind in a folder: files that were to take a place and never did. They are never read, and after
/// an hour they cannot still be being written.
fn sweep(folder: &Path) {
    let old = |entry: &fs::DirEntry| {
        let age = entry.metadata().and_then(|m| m.modified()).ok().and_then(|time| time.elapsed().ok());
        entry.file_name().as_encoded_bytes().starts_with(PREFIX.as_bytes())
            && age.is_some_and(|age| age.as_secs() > 3600)
    };
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(old) {
        // If it stays, it does no harm.
        let _ = fs::remove_file(entry.path());
    }
}

/// Replaces the content of a file in one step: there is always the old file or the new one, never half of it.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Growing::create(path)?;
    file.append(bytes)?;
    file.finish()
}

/// A file that is written next to its place and takes it in one step at the end; if dropped before, it leaves nothing.
#[derive(Debug)]
pub struct Growing {
    file: NamedTempFile,
    path: PathBuf,
}

impl Growing {
    /// Begins a file, and creates its folders.
    pub fn create(path: &Path) -> io::Result<Growing> {
        let folder = folder_of(path);
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        // Temporary files are created private; records are for all who may read the folder.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = scrap::made(|| builder.prefix(PREFIX).tempfile_in(folder))?;
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

    /// Takes the place, replacing what was there.
    pub fn finish(self) -> io::Result<()> {
        self.close(persist)
    }

    fn close(self, take: impl FnOnce(TempPath, &Path) -> io::Result<()>) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        take(self.file.into_temp_path(), &self.path)?;
        sync_folder(folder_of(&self.path))
    }
}

/// Takes a place over what is there. Windows refuses while a virus scanner or Excel looks at the file, usually not for
/// long.
pub(super) fn persist(mut file: TempPath, path: &Path) -> io::Result<()> {
    let mut tries = if cfg!(windows) { 5 } else { 1 };
    loop {
        tries -= 1;
        match file.persist(path) {
            Err(refused) if tries > 0 && refused.error.kind() == io::ErrorKind::PermissionDenied => {
                file = refused.path;
                std::thread::sleep(std::time::Duration::from_millis(200));
            }
            done => return done.map_err(|refused| refused.error),
        }
    }
}

pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a new name in a folder durable. Windows needs and offers nothing of the kind.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
