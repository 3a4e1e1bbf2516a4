//! The ids of the files in a folder, which may have thousands: it is listed only when all of them are wanted.

use crate::model::RecordKind;
use crate::toml::known::Kept;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The records that have a file in a folder.
#[derive(Debug)]
pub struct Folder {
    kind: RecordKind,
    path: PathBuf,
    listed: OnceLock<BTreeSet<String>>,
}

impl Folder {
    /// The folder of a kind of record in a register; nothing is read yet.
    pub fn new(root: &Path, kind: RecordKind) -> Folder {
        Folder { kind, path: root.join(kind.folder()), listed: OnceLock::new() }
    }

    /// Takes over what a listing of the folder has found.
    pub fn listed(&self, ids: impl Iterator<Item = String>) {
        self.listed.get_or_init(|| ids.collect());
    }
}

impl Kept for Folder {
    fn has(&self, id: &str) -> bool {
        match self.listed.get() {
            Some(ids) => ids.contains(id),
            None => self.kind.allows(id) && self.path.join(format!("{id}.toml")).symlink_metadata().is_ok(),
        }
    }

    fn all(&self) -> &BTreeSet<String> {
        let stem = |name: OsString| {
            Some(name.to_str()?.strip_suffix(".toml").filter(|stem| self.kind.allows(stem))?.to_owned())
        };
        self.listed.get_or_init(|| {
            let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
            entries.filter_map(|entry| stem(entry.file_name())).collect()
        })
    }
}
