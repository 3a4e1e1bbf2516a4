//! A path as it is on the disk.

use crate::model::shell;
use std::io;
use std::path::{Path, PathBuf};

/// The whole path of what is there, without links, its names with the letters that they have on the disk. It goes to other
/// programs as it is; the standard library itself sees to paths that are too long for Windows.
pub fn actual(path: &Path) -> io::Result<PathBuf> {
    let whole = path.canonicalize()?;
    match cfg!(windows).then(|| whole.to_str()).flatten() {
        Some(path) => Ok(PathBuf::from(&*shell::without_mark(path))),
        None => Ok(whole),
    }
}
