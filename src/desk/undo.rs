//! Taking back the last save by a new one: no version is ever lost.

use super::error::Error;
use super::git::standing::{self, Standing};
use super::git::{Version, joined};
use super::save::belongs;
use super::turn::{Turned, turn};
use super::versions::{self, Changed};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use crate::store::Store;
use std::path::Path;

/// The last save, which can be taken back.
#[derive(Debug)]
pub struct Last {
    /// Its note.
    pub note: String,
    /// What changes when it is taken back.
    pub changed: Vec<Changed>,
    version: String,
    before: String,
}

/// How the note of what takes back a save begins, and of what takes that back.
const BACK: (Text, Text) = (t("Bỏ lần lưu: ", "Undo: "), t("Lấy lại: ", "Redo: "));

/// The last save of a register. Refused where it is not one that can be taken back.
pub fn last(root: &Path, store: &Store) -> Result<Last, Error> {
    let standing = standing::of(root)?;
    standing.on_branch()?;
    let Standing { head, merging, .. } = standing;
    let Some(version) = head else {
        return Err(nothing(say!("sổ này chưa được lưu lần nào", "this register was never saved")));
    };
    if merging.is_some() {
        return Err(nothing(say!("bản của người khác chưa gộp xong", "a merge is not finished")));
    }
    let save = standing::save(root, &version)?;
    let before = match &save.after[..] {
        [before] => before.clone(),
        [] => {
            return Err(nothing(say!(
                "đây là lần lưu đầu tiên, không có gì trước đó",
                "this is the first save, and there is nothing before it"
            )));
        }
        _ => {
            return Err(nothing(say!(
                "lần lưu cuối là gộp với bản của người khác, không bỏ được",
                "the last save is a merge with what others have saved, and cannot be taken back"
            )));
        }
    };
    if !save.is_own {
        let day = save.day.map(|day| say!("{day}", "{day}", [day])).unwrap_or_default();
        return Err(nothing(say!(
            "lần lưu cuối là của {who}, {day}: {note}",
            "the last save is one of {who}, {day}: {note}",
            [who = save.who, day, note = save.note]
        )));
    }
    if let Some(file) = save.files.iter().find(|file| file.as_ref().is_none_or(|file| !belongs(file))) {
        let file = file.as_deref().unwrap_or("../…");
        return Err(nothing(say!(
            "lần lưu cuối có tệp ngoài sổ ({file})",
            "the last save has files that are no part of the register ({file})",
            [file]
        )));
    }
    let changed = versions::between(root, store, &version, &Version::Commit(before.clone()))?;
    Ok(Last { note: save.note, changed, version, before })
}

fn nothing(message: Said) -> Error {
    Error::nothing(message, say!("chưa bỏ lần lưu nào", "nothing was taken back"))
}

impl Last {
    /// The note of the save that takes it back.
    pub fn back(&self, lang: Lang) -> String {
        let note = &self.note;
        let is_back = [Lang::Vi, Lang::En].iter().find_map(|lang| note.strip_prefix(BACK.0.get(*lang)));
        match is_back {
            Some(note) => format!("{}{note}", BACK.1.get(lang)),
            None => format!("{}{note}", BACK.0.get(lang)),
        }
    }

    /// Takes it back.
    pub fn take_back(&self, root: &Path, message: &str) -> Result<Turned, Error> {
        let tree = joined::tree_of(root, &self.before)?;
        let version = joined::version(root, &tree, &[&self.version], message)?;
        turn(root, &self.version, &version)
    }
}
