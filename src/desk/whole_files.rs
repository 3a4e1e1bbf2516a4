//! Files that cannot be merged, such as photographs, which two people have changed: one of both is taken, or each under its
//! own name.

use super::error::Error;
use super::git::stages::{self, Stages};
use super::resolve::Question;
use crate::model::RecordKind;
use crate::model::text::{Said, t};
use crate::say;
use crate::store::Store;
use crate::toml::conflict::chosen::Choice;

/// A file that is no record, or none that git takes for a text, and of which two versions are open.
#[derive(Debug)]
pub struct WholeFile {
    /// Its path, relative to the register, with `/`.
    pub file: String,
    stages: Stages,
}

/// These files, as far as git waits for them.
pub fn whole_files(store: &Store) -> Result<Vec<WholeFile>, Error> {
    let waiting = stages::unmerged(store.root())?;
    let whole = stages::whole(store.root(), &waiting)?;
    let others =
        waiting.into_iter().filter(|(file, _)| RecordKind::of(file).is_none() || whole.contains(file));
    Ok(others.map(|(file, stages)| WholeFile { file, stages }).collect())
}

impl WholeFile {
    /// Which of both it is to be.
    pub fn question(&self) -> Question {
        let [_, ours, theirs] = &self.stages;
        let said = |blob: &Option<String>| match blob {
            Some(_) => t("giữ tệp ấy", "its file stays").into(),
            None => t("bỏ cả tệp", "the whole file is taken away").into(),
        };
        let sides = [
            (said(ours), t("bản này", "this version").into()),
            (said(theirs), t("bản kia", "the other version").into()),
        ];
        let file = &*self.file;
        let label = say!("Tệp {file}", "File {file}", [file]);
        let is_beside = RecordKind::of(file).is_none() && !file.starts_with("../");
        let both = ours.is_some() && theirs.is_some() && is_beside;
        Question { path: String::new(), key: String::new(), label, sides, before: None, both }
    }

    /// Takes one of both, or each. What is to be known of it.
    pub fn choose(&self, store: &Store, choice: &Choice) -> Result<Option<Said>, Error> {
        let (root, [_, ours, theirs]) = (store.root(), &self.stages);
        let (side, is_there) = match choice {
            Choice::Theirs => ("--theirs", theirs.is_some()),
            _ => ("--ours", ours.is_some()),
        };
        let beside =
            theirs.as_ref().filter(|_| *choice == Choice::Both).map(|theirs| (theirs, self.free(store)));
        if let Some((theirs, new)) = &beside {
            stages::put(root, theirs, new)?;
        }
        stages::take(root, &self.file, side, is_there)?;
        let file = &*self.file;
        Ok(beside.map(|(_, new)| {
            say!(
                "{file} của bản kia nay là {new}; ảnh thì ghi vào lần kiểm tra: ttht add-photo ID {new}",
                "{file} of the other version is now {new}; add a picture to its visit: ttht add-photo ID {new}",
                [file, new]
            )
        }))
    }

    /// A free name beside it.
    fn free(&self, store: &Store) -> String {
        let (stem, end) = self.file.rsplit_once('.').unwrap_or((&self.file, ""));
        let mut names = (2..).map(|n| format!("{stem}-{n}.{end}"));
        names.find(|name| !store.stands(name)).unwrap_or_default()
    }
}
