//! Several files in a folder: all of them appear, or none.

use super::error::{Error, Exit};
use crate::say;
use crate::store::loose::Loose;
use crate::store::scrap;
use std::io;
use std::path::Path;

/// Writes some files, each with its name, into a folder, which is made if there is none. What else lies there is left alone.
pub fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    let mut begun = Vec::new();
    for (name, bytes) in files {
        let mut file = begin(folder, name)?;
        file.append(bytes).map_err(|error| Error::io(file.path(), &error))?;
        begun.push(file);
    }
    finish(begun)
}

/// Begins a file of a folder.
pub fn begin(folder: &Path, name: &str) -> Result<Loose, Error> {
    if folder.symlink_metadata().is_ok() && !folder.is_dir() {
        return Err(Error::io(folder, &io::ErrorKind::NotADirectory.into()));
    }
    Loose::begin_in(folder, name).map_err(|error| refused(&folder.join(name), &error))
}

/// Has files take their places.
pub fn finish(files: impl IntoIterator<Item = Loose>) -> Result<(), Error> {
    let place = |file: Loose| {
        let path = file.path().to_owned();
        file.finish().map_err(|error| Error::io(&path, &error))
    };
    scrap::undisturbed(|| files.into_iter().try_for_each(place))
}

/// Why a file cannot be written.
fn refused(path: &Path, error: &io::Error) -> Error {
    if error.kind() != io::ErrorKind::AlreadyExists {
        return Error::io(path, error);
    }
    Error {
        exit: Exit::Io,
        message: say!(
            "{path} là liên kết, thư mục hay thiết bị, không phải tệp",
            "{path} is a link, a folder or a device, and not a file",
            [path]
        ),
        help: say!(
            "xuất vào thư mục khác, hoặc bỏ nó đi; chưa ghi gì",
            "export to another folder, or remove it; nothing was written"
        ),
    }
}
