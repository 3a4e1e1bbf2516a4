//! One writer at a time: a lock that is released when the process that holds it ends, however it ends.
//!
//! It lies in `.ttht/`, a folder that the reader skips and git ignores.

use super::{OpenError, rights};
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The folder in a register for what is no record.
pub const PRIVATE: &str = ".ttht";

/// How long to wait for another writer. The lock is never held while a person types.
const PATIENCE: Duration = Duration::from_secs(60);

/// What keeps the private folder out of git.
const IGNORED: &[u8] = b"*\n";

/// The right to write in a register, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
    /// False where the file system has no locks, as on some shared folders. A file that changed meanwhile is noticed all
    /// the same.
    pub alone: bool,
}

/// The folder in a register for what is no record, made if it is missing. Whoever may write in the register may write
/// there. It is made whole or not at all.
pub fn private_folder(root: &Path) -> io::Result<PathBuf> {
    let (folder, like) = (root.join(PRIVATE), fs::metadata(root)?);
    made(&folder, &like)?;
    hidden(&folder, &like).inspect_err(|_| {
        // It goes again, unless anything else is in it.
        let _ = fs::remove_dir(&folder);
    })?;
    Ok(folder)
}

/// A folder in the private folder, likewise.
pub fn private_below(root: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = private_folder(root)?.join(name);
    made(&folder, &fs::metadata(root)?)?;
    Ok(folder)
}

/// The plain files of a folder in the private folder. Links are not followed: they may lead out of the register.
pub fn private_files(root: &Path, name: &str) -> Vec<PathBuf> {
    let private = root.join(PRIVATE);
    let folder = Some(private.join(name)).filter(|folder| is_folder(&private) && is_folder(folder));
    let entries = folder.and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let plain = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    plain.map(|entry| entry.path()).collect()
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_dir())
}

/// Makes a folder, if it is missing. A link is none.
fn made(folder: &Path, like: &fs::Metadata) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ if !is_folder(folder) => return Err(ErrorKind::NotADirectory.into()),
        _ => rights::share(folder, like),
    }
    Ok(())
}

/// Keeps the private folder out of git. What a full disk left of such a file is mended, and what is no file goes.
fn hidden(folder: &Path, like: &fs::Metadata) -> io::Result<()> {
    let path = folder.join(".gitignore");
    match path.symlink_metadata() {
        Ok(data) if data.is_file() && data.len() >= IGNORED.len() as u64 => return Ok(()),
        Ok(data) if !data.is_file() => fs::remove_file(&path)?,
        _ => {}
    }
    let mut file = File::options().create(true).truncate(false).write(true).open(&path)?;
    rights::share(&path, like);
    file.write_all(IGNORED).inspect_err(|_| {
        // An empty one would be of no use.
        let _ = fs::remove_file(&path);
    })
}

impl Lock {
    /// Waits for the lock of a register. `None` if another process holds it all the time.
    pub fn take(root: &Path) -> Result<Option<Lock>, OpenError> {
        private_folder(root).map_err(|error| OpenError::Io(root.join(PRIVATE), error))?;
        Lock::within(root, PATIENCE)
    }

    /// The lock of a register, if it is free and the register may be written to.
    pub fn if_free(root: &Path) -> Result<Option<Lock>, OpenError> {
        Lock::within(root, Duration::ZERO)
    }

    fn within(root: &Path, patience: Duration) -> Result<Option<Lock>, OpenError> {
        let path = root.join(PRIVATE).join("lock");
        let file = open(root, &path)?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Lock { _file: file, alone: true })),
                Err(TryLockError::WouldBlock) if since.elapsed() >= patience => return Ok(None),
                Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Some(Lock { _file: file, alone: false }));
                }
                Err(TryLockError::Error(error)) => return Err(OpenError::Io(path, error)),
            }
        }
    }
}

/// Opens the file of the lock. A lock needs no right to write: the file may be another user's.
fn open(root: &Path, path: &Path) -> Result<File, OpenError> {
    let refused = |error| OpenError::Io(path.to_owned(), error);
    match path.symlink_metadata() {
        Ok(data) if data.is_file() => {}
        Ok(_) => return Err(OpenError::Odd(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            match File::options().create_new(true).write(true).open(path) {
                Ok(_) => rights::share(path, &fs::metadata(root).map_err(refused)?),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(refused(error)),
            }
        }
        Err(error) => return Err(refused(error)),
    }
    let opened = File::options().write(true).open(path);
    opened.or_else(|_| File::open(path)).map_err(refused)
}
