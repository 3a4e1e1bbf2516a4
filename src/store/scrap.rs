//! What is there for the time of a run only: it goes when it is dropped, when a signal or a defect ends the program, and
//! after a kill at the next run.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, TryLockError as Busy};
use std::time::{Duration, Instant};
use tempfile::{Builder, TempDir};

/// Where everything was made that is to go. What has found its place is no longer there under that name.
static MADE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// How long the end of the program waits for what must not be cut short.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes something that is to go with the program.
pub fn made<T: AsRef<Path>>(make: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    let mut list = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = make()?;
    list.push(made.as_ref().to_owned());
    Ok(made)
}

/// Does something that a signal must not cut short: the program ends after it.
pub fn undisturbed<T>(work: impl FnOnce() -> T) -> T {
    let _held = MADE.lock();
    work()
}

/// The same with something that was made: from here on it goes or stays as the work has it.
pub fn undisturbed_with<T>(made: &Path, work: impl FnOnce() -> T) -> T {
    let mut list = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    list.retain(|path| path != made);
    work()
}

/// Takes away everything that was made. The program ends after this: nothing can be made any more.
pub fn clear() {
    let since = Instant::now();
    let made = loop {
        match MADE.try_lock() {
            Ok(made) => break made,
            Err(Busy::Poisoned(held)) => break held.into_inner(),
            Err(Busy::WouldBlock) if since.elapsed() > PATIENCE => return,
            Err(Busy::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    for path in made.iter() {
        // Another thread may still be writing in a folder. What stays is taken away by the next run.
        while fs::remove_file(path).or_else(|_| fs::remove_dir_all(path)).is_err()
            && path.symlink_metadata().is_ok()
            && since.elapsed() < PATIENCE
        {}
    }
    std::mem::forget(made);
}

/// Has something stay that was made.
pub fn keep(path: &Path) {
    // At the end nothing is made any more.
    if let Ok(mut made) = MADE.try_lock() {
        made.retain(|one| !path.starts_with(one));
    }
}

/// How the names of files end that are held as long as something beside them is in use.
pub const HELD: &str = ".held";

/// Holds a file as long as the process lives. False if another process holds it, or did so a moment ago: then it is gone.
pub fn hold(file: &File, path: &Path) -> bool {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => false,
        // A file system without locks: what a kill leaves there is left for the user.
        Ok(()) | Err(TryLockError::Error(_)) => path.exists(),
    }
}

/// True for what no living process [holds](hold).
pub fn is_left(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|data| data.is_file());
    is_file && File::options().write(true).open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// A folder beside those of all users that only its owner may look into.
#[derive(Debug)]
pub struct Closet {
    // Closed first: Windows removes no folder with an open file in it.
    _held: File,
    folder: TempDir,
}

/// How the name of a [`Closet`] begins.
const CLOSET: &str = "ttht-closet-";

impl Closet {
    /// A new one. Takes away those that a kill has left.
    pub fn new() -> io::Result<Closet> {
        let mut builder = Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let (folder, file) = loop {
            let folder = made(|| builder.prefix(CLOSET).tempdir())?;
            let held = folder.path().join(HELD);
            match File::create_new(&held) {
                Ok(file) if hold(&file, &held) => break (folder, file),
                // Another run took it for one that is left.
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        };
        let (beside, own) = (folder.path().parent().map(fs::read_dir), folder.path().metadata()?);
        for entry in beside.into_iter().flatten().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let is_own = entry.metadata().is_ok_and(|data| data.is_dir() && same_owner(&data, &own));
            if name.as_encoded_bytes().starts_with(CLOSET.as_bytes()) && is_own {
                // What is not held and not empty is to stay. If anything else stays, it does no harm.
                let _ =
                    if is_left(&path.join(HELD)) { fs::remove_dir_all(path) } else { fs::remove_dir(path) };
            }
        }
        Ok(Closet { _held: file, folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Has it stay, with what is in it.
    pub fn keep(self) {
        keep_closet(self.path());
        let _ = self.folder.keep();
    }
}

/// Has a [`Closet`] stay in which a path lies.
pub fn keep_closet(path: &Path) {
    keep(path);
    // Without it, it is not taken for one that a kill has left.
    let _ =
        path.ancestors().take(2).map(|folder| fs::remove_file(folder.join(HELD))).any(|done| done.is_ok());
}

#[cfg(unix)]
fn same_owner(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    one.uid() == other.uid()
}

/// The folder for temporary files belongs to one user there.
#[cfg(not(unix))]
fn same_owner(_: &Metadata, _: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closet_is_its_owners_only_and_goes_and_so_does_what_a_kill_left_of_another() {
        let left = std::env::temp_dir().join(format!("{CLOSET}left-by-a-test"));
        fs::create_dir_all(&left).unwrap();
        fs::write(left.join(HELD), "").unwrap();
        let closet = Closet::new().unwrap();
        assert!(!left.exists());
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&closet.path().metadata().unwrap().permissions()) & 0o777,
            0o700
        );
        let path = closet.path().to_owned();
        drop(closet);
        assert!(!path.exists());
    }
}
