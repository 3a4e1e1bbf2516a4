//! The ids of the files in a folder. There may be thousands, so it is listed only when all of them are needed.

use super::files::Files;
use crate::model::RecordKind;
use crate::toml::known::{Ids, Kept};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// The records that have a file in a folder.
#[derive(Debug)]
pub struct Folder {
    kind: RecordKind,
    files: Arc<Files>,
    listed: OnceLock<BTreeSet<String>>,
}

impl Folder {
    /// The folder of a kind of record in a register; nothing is read yet.
    pub fn new(files: &Arc<Files>, kind: RecordKind) -> Folder {
        Folder { kind, files: Arc::clone(files), listed: OnceLock::new() }
    }

    /// Its ids, for references. If the folder may not be read, no id is known to be wrong.
    pub fn ids(self: &Arc<Folder>) -> Ids {
        match self.files.folder(self.kind.folder()) {
            Ok(_) => Ids::Kept(Arc::clone(self) as Arc<dyn Kept>),
            Err(_) => Ids::Unknown,
        }
    }

    /// Takes over what a listing of the folder found.
    pub fn listed(&self, ids: impl Iterator<Item = String>) {
        self.listed.get_or_init(|| ids.collect());
    }
}

impl Kept for Folder {
    fn has(&self, id: &str) -> bool {
        let name = || format!("{}/{id}.toml", self.kind.folder());
        match self.listed.get() {
            Some(ids) => ids.contains(id),
            None => self.kind.allows(id) && self.files.has(&name()),
        }
    }

    fn all(&self) -> &BTreeSet<String> {
        let folder = self.kind.folder();
        let stem = |name: &str| {
            let stem = name.strip_suffix(".toml").filter(|stem| self.kind.allows(stem))?;
            Some(stem.to_owned())
        };
        self.listed.get_or_init(|| {
            let names = self.files.folder(folder).ok().flatten().and_then(|_| self.files.names(folder).ok());
            let names = names.into_iter().flatten().flatten();
            names.filter_map(|(name, _)| stem(name.to_str()?)).collect()
        })
    }
}
