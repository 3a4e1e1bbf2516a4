//! A register goes over to another version: its files by the journal of the store, all or none, then git's index and branch.
//! The version is noted first, so that whoever comes next goes on with what was cut off.

use super::commit::{lock, made};
use super::error::{Error, Exit};
use super::git::{standing, turned};
use super::save::belongs;
use crate::say;
use crate::store::journal::Sum;
use crate::store::{self, Lock, Stage, actual};
use std::path::Path;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// There was nothing to do.
    Nothing,
    /// The register is there.
    There,
    /// The files are there, and some values are open.
    Open,
    /// Somebody has changed the files since: it stays as it is.
    Not,
}

/// True for a file that the store may write.
fn is_ours(file: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    let part = |part: &str| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain);
    belongs(file) && (file.split('/').all(part) || [".gitattributes", ".gitignore"].contains(&file))
}

/// Goes over to another version, if nothing that is not saved stands in the way.
pub fn turn(root: &Path, from: &str, to: &str) -> Result<Turned, Error> {
    let lock = lock(root)?;
    if standing::of(root)?.head.as_deref() != Some(from) {
        return Err(changed());
    }
    if !turned::may_turn(root, from, to)? {
        return Err(in_the_way());
    }
    turned::note(root, to)?;
    go_on(root, &lock)
}

/// Finishes what was cut off.
pub fn finish(root: &Path) -> Result<Turned, Error> {
    if turned::noted(root).is_none() { Ok(Turned::Nothing) } else { go_on(root, &lock(root)?) }
}

fn go_on(root: &Path, lock: &Lock) -> Result<Turned, Error> {
    let Some(to) = turned::noted(root) else { return Ok(Turned::Nothing) };
    let (standing, open) = (standing::of(root)?, turned::open(root, &to)?);
    let Some(from) = standing.head else { return turned::forget(root).map(|()| Turned::Not) };
    let is_open = |(_, theirs): &(Vec<String>, String)| standing.merging.as_ref() == Some(theirs);
    if from == to || open.as_ref().is_some_and(is_open) {
        turned::forget(root)?;
        return Ok(if open.is_some() { Turned::Open } else { Turned::There });
    }
    let wanted = turned::wanted(root, &from, &to, is_ours)?;
    let files: Vec<String> = wanted.iter().map(|one| one.file.clone()).collect();
    let (not_new, not_old) = (turned::differing(root, &to, &files)?, turned::differing(root, &from, &files)?);
    let is_new = |file: &&String| !not_new.contains(*file);
    let is_other = |file: &&String| not_new.contains(*file) && not_old.contains(*file);
    if files.iter().any(|file| is_other(&file)) && !files.iter().any(|file| is_new(&file)) {
        turned::forget(root)?;
        return Ok(Turned::Not);
    }
    let path = |file: &str| actual(root).unwrap_or_else(|_| root.to_owned()).join(file);
    let mut stage = Stage::begin(&path(""), lock)?;
    for one in wanted.iter().filter(|one| not_new.contains(&one.file) && !is_other(&&one.file)) {
        let path = path(&one.file);
        let old = Sum::of_file(&path).map_err(|error| Error::io(&path, &error))?;
        match (&one.bytes, old) {
            (Some(bytes), old) => stage.put(&one.file, old, bytes)?,
            (None, Some(old)) => stage.remove(&one.file, old),
            (None, None) => {}
        }
    }
    made(stage)?;
    turned::follow(root, &from, &to, &wanted)?;
    match open {
        Some((rows, theirs)) => {
            let message = say!("Gộp hai bản", "Merge of two versions");
            let lang = store::language(root).unwrap_or_default();
            turned::leave_open(root, &rows, &theirs, message.get(lang))?;
        }
        None => turned::arrive(root, &from, &to, "ttht")?,
    }
    go_on(root, lock)
}

/// Somebody else was at work on the register meanwhile.
pub fn changed() -> Error {
    Error {
        exit: Exit::Changed,
        message: say!(
            "sổ vừa được người khác lưu; chưa làm gì",
            "the register has just been saved by someone else; nothing was done"
        ),
        help: say!("chạy lại lệnh", "run the command again"),
    }
}

fn in_the_way() -> Error {
    Error::faults(
        say!(
            "có tệp đã sửa mà chưa lưu, và bản mới cũng sửa tệp ấy; chưa làm gì",
            "files that the new version changes have been changed here and are not saved; nothing was done"
        ),
        say!(
            "lưu trước: ttht save; tệp khác: xem git status",
            "save first: ttht save; for other files see: git status"
        ),
    )
}
