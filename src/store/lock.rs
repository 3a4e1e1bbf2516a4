//! One writer at a time: a lock that is released when the process that holds it ends, however it ends.
//!
//! It lies in `.ttht/`, a folder that the reader skips and git ignores.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long to wait for another writer. The lock is never held while a person types.
const PATIENCE: Duration = Duration::from_secs(60);

/// The right to write in a register, until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// The folder in a register for what is no record, made if it is missing.
pub fn private_folder(root: &Path) -> io::Result<PathBuf> {
    let folder = root.join(".ttht");
    fs::create_dir_all(&folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(&ignore, "*\n")?;
    }
    Ok(folder)
}

impl Lock {
    /// Waits for the lock of a register. `None` if another process holds it all the time. A file system without locks,
    /// such as some shared folders, is written to without one: a file that changed meanwhile is noticed all the same.
    pub fn take(root: &Path) -> io::Result<Option<Lock>> {
        let path = private_folder(root)?.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Lock { _file: file })),
                Err(TryLockError::WouldBlock) if since.elapsed() > PATIENCE => return Ok(None),
                Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Some(Lock { _file: file }));
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }
}
