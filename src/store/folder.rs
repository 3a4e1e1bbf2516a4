//! The ids of the files in a folder, which may have thousands: it is listed only when all of them are wanted.

use crate::model::vietnamese::is_slug;
use crate::toml::known::Kept;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The records that have a file in a folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    listed: OnceLock<BTreeSet<String>>,
}

impl Folder {
    /// The folder at a path; nothing is read yet.
    pub fn new(path: PathBuf) -> Folder {
        Folder { path, listed: OnceLock::new() }
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
            None => is_slug(id) && self.path.join(format!("{id}.toml")).symlink_metadata().is_ok(),
        }
    }

    fn all(&self) -> &BTreeSet<String> {
        let stem = |name: OsString| {
            Some(name.to_str()?.strip_suffix(".toml").filter(|stem| is_slug(stem))?.to_owned())
        };
        self.listed.get_or_init(|| {
            let entries = fs::read_dir(&self.path).into_iter().flatten().flatten();
            entries.filter_map(|entry| stem(entry.file_name())).collect()
        })
    }
}
