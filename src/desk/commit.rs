//! The one deed for changes: lock, read, judge, refuse, then show or write. Every change of a register goes in this
//! order.

use super::error::{Error, Exit};
use super::faults;
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::say;
use crate::store::journal::{self, Ended, Sum};
use crate::store::{Lock, Original, Stage, Store, Unread, actual};
use crate::toml;
use std::collections::BTreeSet;
use std::path::Path;

/// A register that is to be changed. Only one writer holds it at a time.
#[derive(Debug)]
pub struct Pen {
    /// The register as it stands.
    pub store: Store,
    /// The day that counts as today.
    pub today: Day,
    lock: Option<Lock>,
}

/// A file that is to change.
#[derive(Debug)]
pub struct Change {
    /// The file, relative to the register, with `/`.
    pub file: String,
    /// What it held when it was read; `None` if it is new.
    pub old: Option<Original>,
    /// What it shall hold.
    pub text: String,
    /// The file that it shall become, if that is another.
    pub to: Option<String>,
}

/// A picture that comes into a register with changes.
#[derive(Debug)]
pub struct NewPicture {
    /// Its file, relative to the register, with `/`.
    pub file: String,
    /// What the file held when it was read; `None` if it is new.
    pub old: Option<Sum>,
    /// What it shall hold.
    pub bytes: Vec<u8>,
    /// How wide and how high it is, in pixels.
    pub size: (u32, u32),
}

impl NewPicture {
    /// True if the file does not hold it yet.
    pub fn changes(&self) -> bool {
        self.old != Some(Sum::of(&self.bytes))
    }
}

/// What is done about faults that changes introduce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judging {
    /// If an error is among them, nothing is written.
    Strict,
    /// They are reported, and the changes are written.
    Lenient,
    /// They were looked for on the way, or there can be none.
    Done,
}

/// What became of changes.
#[derive(Debug)]
pub struct Outcome {
    /// The files that change, or would.
    pub changes: Vec<Change>,
    /// What is wrong now and was not before.
    pub faults: Vec<Fault>,
    /// How it ended.
    pub end: End,
}

/// How changes ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// There was nothing to change.
    Same,
    /// There are errors: nothing was written.
    Refused,
    /// Only to be shown: nothing was written.
    Shown,
    /// All of it was written.
    Written,
}

impl Pen {
    /// Opens a register to change it: after the current writer has finished, unless the changes are only to be `shown`.
    pub fn take(root: &Path, today: Day, shown: bool) -> Result<Pen, Error> {
        let lock = if shown { None } else { Some(lock(root)?) };
        Ok(Pen { store: Store::open(root)?, today, lock })
    }

    /// A file as it stands now; `None` if there is none.
    pub fn original(&self, file: &str) -> Result<Option<Original>, Error> {
        original(&self.store, file)
    }

    /// The same, only to show what would change.
    pub fn shown(self) -> Pen {
        Pen { lock: None, ..self }
    }

    /// Refuses a place in which no file of the register can lie.
    pub fn may_lie(&self, file: &str) -> Result<(), Error> {
        self.store.wrong(file).map_or(Ok(()), |fault| Err(faulty(fault)))
    }

    /// Judges changes together, then writes all of them or none.
    pub fn commit(&self, changes: Vec<Change>, judging: Judging) -> Result<Outcome, Error> {
        self.commit_with(changes, &[], judging)
    }

    /// The same with pictures, which are written before the changes.
    pub fn commit_with(
        &self,
        mut changes: Vec<Change>,
        pictures: &[NewPicture],
        judging: Judging,
    ) -> Result<Outcome, Error> {
        changes.retain(|change| !change.is_none());
        changes.iter().try_for_each(fits)?;
        let faults = if judging == Judging::Done { Vec::new() } else { self.judge(&changes, pictures)? };
        let refused = judging == Judging::Strict && faults.iter().any(|f| f.severity == Severity::Error);
        let end = match &self.lock {
            _ if changes.is_empty() && pictures.is_empty() => End::Same,
            _ if refused => End::Refused,
            None => End::Shown,
            Some(lock) => {
                self.write(lock, &changes, pictures)?;
                End::Written
            }
        };
        Ok(Outcome { changes, faults, end })
    }

    /// What would be wrong with the files and is not now.
    fn judge(&self, changes: &[Change], pictures: &[NewPicture]) -> Result<Vec<Fault>, Error> {
        let texts = changes.iter().map(|change| (change.file.as_str(), change.text.as_bytes()));
        let pictures = pictures.iter().map(|picture| (picture.file.as_str(), &*picture.bytes));
        let would = self.store.with(texts.chain(pictures))?;
        let after = faults::of_files(&would, self.today, changes.iter().map(|change| change.file.as_str()))?;
        // As they stand, only those files are read that would have faults, and a new one has none.
        let new: BTreeSet<&str> =
            changes.iter().filter(|change| change.old.is_none()).map(|change| change.file.as_str()).collect();
        let faulty = after.iter().map(|fault| fault.file.as_str()).filter(|file| !new.contains(file));
        let before = faults::of_files(&self.store, self.today, faulty)?;
        Ok(faults::new(&before, after))
    }

    /// Writes files that say what they said, in another layout: all of them, or none. Each is in memory only until it is
    /// staged. Returns the files.
    pub fn rewrite(&self, changes: impl IntoIterator<Item = Change>) -> Result<Vec<String>, Error> {
        let Some(lock) = &self.lock else { return Ok(Vec::new()) };
        let (mut stage, mut files) = (Stage::begin(self.store.root(), lock)?, Vec::new());
        for change in changes {
            self.stage(&mut stage, &change)?;
            files.push(change.file);
        }
        made(stage).map(|()| files)
    }

    /// Takes a file away, if it is still as it was read.
    pub fn remove(&self, file: &str, old: Option<&Original>) -> Result<(), Error> {
        let (Some(lock), Some(old)) = (&self.lock, old) else { return Ok(()) };
        let mut stage = Stage::begin(self.store.root(), lock)?;
        stage.remove(file, Sum::of(old.bytes()));
        made(stage)
    }

    fn write(&self, lock: &Lock, changes: &[Change], pictures: &[NewPicture]) -> Result<(), Error> {
        let mut stage = Stage::begin(self.store.root(), lock)?;
        pictures.iter().try_for_each(|new| stage.put(&new.file, new.old, &new.bytes))?;
        changes.iter().try_for_each(|change| self.stage(&mut stage, change))?;
        made(stage)
    }

    /// Takes a change into those that are made together. A file that goes where the same one lies just goes.
    fn stage(&self, stage: &mut Stage, change: &Change) -> Result<(), Error> {
        let (Change { file, old, to, .. }, bytes) = (change, change.bytes());
        let (old, new) = (old.as_ref().map(|old| Sum::of(old.bytes())), Sum::of(&bytes));
        if old != Some(new) {
            stage.put(file, old, &bytes)?;
        }
        let path = |file: &str| self.store.root().join(file);
        match to {
            Some(to) if journal::are_twins(&path(file), &path(to)).is_ok_and(|twins| twins) => {
                stage.remove(file, new);
            }
            Some(to) => stage.move_to(file, to, new),
            None => {}
        }
        Ok(())
    }
}

impl Change {
    /// Another text for a file, existing or new.
    pub fn new(file: impl Into<String>, old: Option<Original>, text: String) -> Change {
        Change { file: file.into(), old, text, to: None }
    }

    /// True if nothing changes.
    pub fn is_none(&self) -> bool {
        self.to.is_none() && self.old.as_ref().is_some_and(|old| old.bytes() == self.bytes())
    }

    /// The bytes that the file shall hold.
    fn bytes(&self) -> Vec<u8> {
        self.old.as_ref().map_or_else(|| self.text.clone().into_bytes(), |old| old.with(&self.text))
    }
}

/// Refuses a text that is larger than a record may be: nothing would read it again.
fn fits(change: &Change) -> Result<(), Error> {
    let (file, most) = (&change.file, toml::limit(&change.file));
    if change.bytes().len() <= most << 20 {
        return Ok(());
    }
    Err(Error::faults(
        say!(
            "{file} sẽ lớn hơn {most} MB và không đọc lại được; chưa ghi gì",
            "{file} would be larger than {most} MB and could not be read again; nothing was written",
            [file, most]
        ),
        say!(
            "rút gọn, hoặc để văn bản dài trong một tệp riêng ngoài các thư mục của sổ",
            "shorten it, or keep long texts in a file of their own, outside the folders of records"
        ),
    ))
}

/// A file of a register as it stands now; `None` if there is none.
pub fn original(store: &Store, file: &str) -> Result<Option<Original>, Error> {
    store.original(file).map_err(|unread| match unread {
        Unread::Faulty(fault) => faulty(*fault),
        Unread::Io(error) => Error::io(&store.root().join(file), &error),
    })
}

/// What is said of a file that may be neither read nor written.
pub fn faulty(Fault { file, message, help, .. }: Fault) -> Error {
    Error::faults(say!("{file}: {message}", "{file}: {message}", [file, message]), help)
}

/// The right to write in a register. What another writer left half done is finished first.
pub fn lock(root: &Path) -> Result<Lock, Error> {
    let root = actual(root).map_err(|error| Error::io(root, &error))?;
    let taken = Lock::take(&root)?.ok_or_else(|| Error {
        exit: Exit::Changed,
        message: say!(
            "người khác đang ghi vào sổ này; chưa ghi gì",
            "someone else is writing to this register; nothing was written"
        ),
        help: say!("đợi một lát rồi chạy lại", "wait a moment and run it again"),
    })?;
    journal::finish(&root, &taken)?;
    Ok(taken)
}

/// Makes a change of files: all of it, or nothing.
pub fn made(stage: Stage) -> Result<(), Error> {
    match stage.commit()? {
        Ended::Made => Ok(()),
        Ended::Newer(path) => Err(newer(&path)),
    }
}

/// A file was changed by someone else meanwhile.
fn newer(path: &Path) -> Error {
    Error {
        exit: Exit::Changed,
        message: say!(
            "người khác vừa thay đổi {path}; không ghi đè",
            "{path} has just been changed by someone else; it is not overwritten",
            [path]
        ),
        help: say!("chạy lại lệnh", "run the command again"),
    }
}
