//! A register and the place where it is shared: what others have sent is received and merged by value, then what was saved
//! here is sent. Whatever falls away on the way, nothing that was saved is lost.

use super::commit::Judging;
use super::error::Error;
use super::faults;
use super::git::shared::Shared;
use super::git::{self, Version, joined, shared, turned};
use super::save;
use super::turn::{self, Turned, turn};
use super::versions::{self, Changed};
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::say;
use crate::store::Store;
use std::path::Path;

/// How a register is to be brought together with the place where it is shared.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'w> {
    /// This program, which git calls to merge a record.
    pub program: &'w str,
    /// The day that counts as today.
    pub today: Day,
    /// True if git may ask for a password.
    pub can_ask: bool,
    /// What is done about faults that others do not have yet.
    pub judging: Judging,
}

/// What came of it.
#[derive(Debug)]
pub struct Synced {
    /// Where the register is shared.
    pub place: String,
    /// What others have changed, and is now here.
    pub received: Vec<Changed>,
    /// How many saves of others have come.
    pub came: usize,
    /// How many saves of ours were sent.
    pub sent: usize,
    /// What is wrong with what was merged and was wrong on neither side, or with what is to be sent.
    pub faults: Vec<Fault>,
    /// How it ended.
    pub end: End,
    /// The register as it is now.
    pub store: Store,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Both have the same.
    Same,
    /// Some values are open: nothing was sent.
    Open,
    /// There are errors that others do not have yet: nothing was sent.
    HeldBack,
}

/// So often it is tried to send while others are faster.
const TRIES: usize = 5;

/// Brings a register and the place where it is shared together.
pub fn sync(root: &Path, wish: &Wish) -> Result<Synced, Error> {
    turn::finish(root)?;
    let branch = all_is_saved(root, wish)?;
    let shared = shared::of(root, &branch)?.ok_or_else(not_shared)?;
    let mut synced = Synced {
        place: shared.place.clone(),
        received: Vec::new(),
        came: 0,
        sent: 0,
        faults: Vec::new(),
        end: End::Same,
        store: Store::open(root)?,
    };
    let (mut refused, mut seen) = (None, None);
    for _ in 0..TRIES {
        shared.fetch(root, wish.can_ask)?;
        let there = shared.version(root);
        if let Some(error) = refused.filter(|_| there == seen) {
            return Err(error);
        }
        seen = there;
        synced.end = match &seen {
            Some(there) => receive(root, wish, there, &mut synced)?,
            None => End::Same,
        };
        if synced.end != End::Same {
            return Ok(synced);
        }
        match send(root, wish, &shared, &branch, seen.as_deref(), &mut synced)? {
            Ok(()) => return Ok(synced),
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or_else(turn::changed))
}

/// Refuses while something is not saved; concludes a merge in which nothing is open any more. Returns the branch.
fn all_is_saved(root: &Path, wish: &Wish) -> Result<String, Error> {
    let unsaved = save::look(root, wish.today)?;
    if unsaved.standing.merging.is_some() {
        let errors = unsaved.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        if errors > 0 && wish.judging == Judging::Strict {
            return Err(Error::faults(
                say!("bản gộp còn lỗi; chưa gửi gì", "the merge has errors; nothing was sent"),
                say!("sửa (ttht check), rồi chạy lại", "correct them (ttht check), then run it again"),
            ));
        }
        let lang = crate::store::language(root).unwrap_or_default();
        unsaved.record(root, unsaved.message().get(lang), wish.judging)?;
    } else if !unsaved.is_none() {
        return Err(Error::faults(
            say!(
                "có thay đổi chưa lưu; chưa nhận và gửi gì",
                "there is something that is not saved; nothing was received or sent"
            ),
            say!("lưu trước: ttht save", "save first: ttht save"),
        ));
    }
    if unsaved.standing.head.is_none() {
        return Err(Error::nothing(
            say!("sổ này chưa được lưu lần nào", "this register was never saved"),
            say!("lưu trước: ttht save", "save first: ttht save"),
        ));
    }
    unsaved.standing.on_branch().map(str::to_owned)
}

fn not_shared() -> Error {
    Error::nothing(
        say!("sổ này chưa có nơi dùng chung", "this register is shared nowhere yet"),
        say!(
            "lập một nơi trên ổ mạng hay USB: ttht share THƯ_MỤC",
            "make a place on a network drive or a USB stick: ttht share FOLDER"
        ),
    )
}

/// The last version here.
fn here(root: &Path) -> Result<String, Error> {
    git::commit(root, "HEAD")
}

/// Takes what others have saved into the register.
fn receive(root: &Path, wish: &Wish, there: &str, synced: &mut Synced) -> Result<End, Error> {
    let here = here(root)?;
    let (own, others) = joined::distance(root, &here, there)?;
    if others == 0 {
        return Ok(End::Same);
    }
    let (to, end) = if own == 0 { (there.to_owned(), End::Same) } else { merged(root, wish, &here, there)? };
    match turn(root, &here, &to)? {
        Turned::Not => return Err(turn::changed()),
        Turned::Nothing | Turned::There | Turned::Open => {}
    }
    synced.store = Store::open(root)?;
    synced.received.extend(versions::between(root, &synced.store, &here, &Version::Commit(to.clone()))?);
    synced.came += joined::saves(root, there, Some(&here))?.max(1);
    if own > 0 && end == End::Same {
        synced.faults = news(root, wish.today, &[&here, there], &to)?;
    }
    Ok(end)
}

/// Both versions as one, and whether something is open in it.
fn merged(root: &Path, wish: &Wish, here: &str, there: &str) -> Result<(String, End), Error> {
    if !joined::are_related(root, here, there)? {
        return Err(Error::nothing(
            say!("nơi dùng chung ấy giữ một sổ khác", "that place keeps another register"),
            say!("xem lại địa chỉ: git remote -v", "see where it is: git remote -v"),
        ));
    }
    let joined = joined::joined(root, wish.program, here, there)?;
    if let Some(row) = joined.open.iter().find(|row| !row.starts_with("100")) {
        return Err(no_file(row.split_once('\t').map_or("", |(_, file)| file)));
    }
    let lang = crate::store::language(root).unwrap_or_default();
    let note = say!("Gộp hai bản", "Merge of two versions");
    let (message, end) = match joined.open.is_empty() {
        true => (note.get(lang).to_owned(), End::Same),
        false => (turned::message(&joined.open), End::Open),
    };
    Ok((joined::version(root, &joined.tree, &[here, there], &message)?, end))
}

/// A record that is a link on one side: nobody can choose between both.
fn no_file(file: &str) -> Error {
    Error::faults(
        say!(
            "{file}: ở một bên không phải là tệp mà là liên kết; chưa nhận và gửi gì",
            "{file} is no file but a link on one side; nothing was received or sent",
            [file]
        ),
        say!(
            "hỏi người đã lưu bản ấy; xem ai: git log --all -- '{file}'",
            "ask whoever has saved it; see who: git log --all -- '{file}'",
            [file]
        ),
    )
}

/// What is wrong with a version and was wrong with none of others.
fn news(root: &Path, today: Day, before: &[&str], version: &str) -> Result<Vec<Fault>, Error> {
    let version = Version::Commit(version.to_owned());
    let mut files = Vec::new();
    for before in before {
        let touched = git::touched(root, before, &version)?;
        files.extend(touched.into_iter().flat_map(|one| [one.was, one.now]).flatten().map(|held| held.file));
    }
    let of = |version: &Version| {
        faults::of_files(&git::at(root, version)?, today, files.iter().map(String::as_str))
    };
    let after = of(&version)?;
    if after.is_empty() {
        return Ok(after);
    }
    let known = before.iter().map(|before| of(&Version::Commit((*before).to_owned())));
    Ok(faults::new(&known.collect::<Result<Vec<_>, Error>>()?.concat(), after))
}

/// Sends what was saved here. What is said if it is not taken.
fn send(
    root: &Path,
    wish: &Wish,
    shared: &Shared,
    branch: &str,
    there: Option<&str>,
    synced: &mut Synced,
) -> Result<Result<(), Error>, Error> {
    let here = here(root)?;
    if there == Some(&*here) {
        return Ok(Ok(()));
    }
    if let Some(there) = there {
        let mut found = news(root, wish.today, &[there], &here)?;
        found.retain(|fault| fault.severity == Severity::Error);
        if !found.is_empty() && wish.judging == Judging::Strict {
            synced.faults = found;
            synced.end = End::HeldBack;
            return Ok(Ok(()));
        }
    }
    let sent = shared.send(root, branch, wish.can_ask)?;
    if sent.is_ok() {
        synced.sent = joined::saves(root, &here, there)?.max(1);
    }
    Ok(sent)
}
