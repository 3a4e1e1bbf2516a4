//! Bytes to files: whole or not at all. What is there already is never overwritten by accident.

use super::scrap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// How the names of files begin that are not yet in their place.
const PREFIX: &str = ".ttht-";

/// Creates a file and its folders. It is written completely or not at all, even after a power cut. An existing file is
/// never overwritten: that is [`io::ErrorKind::AlreadyExists`].
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = Growing::create(path)?;
    file.append(bytes)?;
    file.close(|file, path| file.persist_noclobber(path).map_err(|error| error.error))
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
