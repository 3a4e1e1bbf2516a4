//! What every command that writes does: take the lock, show what would change, and overwrite nothing newer.

use super::Cx;
use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN};
use crate::model::fault::{Fault, Severity};
use crate::model::number::many;
use crate::render::diff::unified;
use crate::say;
use crate::store::{Lock, Original, Store, write};
use clap::ArgMatches;
use std::io;
use std::path::Path;

/// A file as it stands now; none where there is none.
pub fn original(store: &Store, file: &str) -> Result<Option<Original>, Error> {
    let path = store.root.join(file);
    match Original::read(&store.root, file) {
        Ok(Ok(original)) => Ok(Some(original)),
        Ok(Err(fault)) => Err(Error { exit: Exit::Faults, message: fault.message, help: fault.help }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(&path, &error)),
    }
}

/// What somebody else did meanwhile.
pub fn changed(path: &Path) -> Error {
    let path = path.display();
    Error {
        exit: Exit::Changed,
        message: say!(
            "người khác vừa thay đổi {path}; không ghi đè",
            "somebody else has just changed {path}; it is not overwritten"
        ),
        help: say!("chạy lại lệnh", "run the command again"),
    }
}

impl Cx {
    /// The right to write in a register; none is needed to look what would change.
    pub fn lock(&self, root: &Path, matches: &ArgMatches) -> Result<Option<Lock>, Error> {
        if DRY_RUN.given(matches) {
            return Ok(None);
        }
        match Lock::take(root).map_err(|error| Error::io(root, &error))? {
            Some(lock) => Ok(Some(lock)),
            None => Err(Error {
                exit: Exit::Changed,
                message: say!(
                    "người khác đang ghi vào sổ này; chưa ghi gì",
                    "somebody else is writing in this register; nothing was written"
                ),
                help: say!("đợi một lát rồi chạy lại", "wait a moment and run it again"),
            }),
        }
    }

    /// Refuses to go on with faults that are errors, unless they are allowed. All are shown.
    pub fn refuse(&self, faults: &[Fault], matches: &ArgMatches) -> Result<(), Error> {
        self.draw(faults);
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        if errors == 0 || ALLOW_FAULTS.given(matches) {
            return Ok(());
        }
        Err(Error {
            exit: Exit::Faults,
            message: say!(
                "có {found}; chưa ghi gì",
                "{found} found; nothing was written",
                found = many(errors, "lỗi", "fault")
            ),
            help: say!(
                "sửa rồi chạy lại, hoặc thêm --allow-faults",
                "correct it and run it again, or add --allow-faults"
            ),
        })
    }

    /// Writes a text: into the file that was read, else into a new one.
    pub fn save(&self, path: &Path, old: Option<&Original>, text: &str) -> Result<(), Error> {
        let written = match old {
            Some(old) => old.swap(text),
            None => match write::create(path, text.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                created => created.map(|()| true),
            },
        };
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Err(changed(path)),
            Err(error) => Err(Error::io(path, &error)),
        }
    }

    /// Shows what would change in a file.
    pub fn show_change(&self, file: &str, old: &str, new: &str) -> Result<(), Error> {
        self.print(crate::model::text::printable(&unified(file, old, new)).as_bytes())
    }
}
