//! The options of every command that writes, and what it reports.

use super::Call;
use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN};
use crate::desk::commit::{Change, End, Judging, NewPicture, Outcome, Pen};
use crate::model::fault::{Fault, Severity};
use crate::model::number::many;
use crate::render::diff::unified;
use crate::say;
use clap::ArgMatches;

impl Call {
    /// A register to change, as the call says.
    pub fn pen(&self, matches: &ArgMatches) -> Result<Pen, Error> {
        Pen::take(&self.root()?, self.today, DRY_RUN.given(matches))
    }

    /// Makes changes, and reports the outcome: their faults, then what would change, or which files have changed.
    pub fn commit(&self, pen: &Pen, changes: Vec<Change>, judging: Judging) -> Result<Exit, Error> {
        self.commit_with(pen, changes, &[], judging)
    }

    /// The same with pictures.
    pub fn commit_with(
        &self,
        pen: &Pen,
        changes: Vec<Change>,
        pictures: &[NewPicture],
        judging: Judging,
    ) -> Result<Exit, Error> {
        let Outcome { changes, faults, end } = pen.commit_with(changes, pictures, judging)?;
        self.draw(&faults);
        match end {
            End::Same => self.tell(&say!("không có gì thay đổi", "nothing changes")),
            End::Refused => return Err(refusal(&faults)),
            End::Shown => {
                pictures.iter().try_for_each(|new| self.show_picture(new))?;
                changes.iter().try_for_each(|change| self.show(change))?;
            }
            End::Written => {
                let files = pictures.iter().map(|new| &new.file);
                self.written(files.chain(changes.iter().map(|change| &change.file)).cloned().collect())?;
            }
        }
        Ok(Exit::Well)
    }

    /// Tells which files have changed.
    pub fn written(&self, files: Vec<String>) -> Result<(), Error> {
        self.has_changed(files.iter().cloned());
        files.into_iter().try_for_each(|file| self.print(file + "\n"))
    }

    /// Shows a picture that would come.
    fn show_picture(&self, NewPicture { file, size: (width, height), .. }: &NewPicture) -> Result<(), Error> {
        self.print(format!("{file}: {width} × {height}\n"))
    }

    /// Shows what would change in a file; for a new one, all of it.
    pub fn show(&self, change: &Change) -> Result<(), Error> {
        let Change { file, old, text, to } = change;
        let mut shown = match old {
            Some(old) => unified(file, &old.text, text),
            None => text.clone(),
        };
        if let Some(to) = to {
            shown.push_str(&format!("{file} → {to}\n"));
        }
        self.print(shown)
    }
}

/// What is done about faults, as the call says.
pub fn judging(matches: &ArgMatches) -> Judging {
    if ALLOW_FAULTS.given(matches) { Judging::Lenient } else { Judging::Strict }
}

fn refusal(faults: &[Fault]) -> Error {
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    Error::faults(
        say!(
            "có {found}; chưa ghi gì",
            "{found} found; nothing was written",
            [found = many(errors, "lỗi", "error")]
        ),
        say!(
            "sửa rồi chạy lại, hoặc thêm --allow-faults",
            "correct it and run it again, or add --allow-faults"
        ),
    )
}
