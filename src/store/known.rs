//! What may be referred to: the ids of records, and the words of vocabularies.

use crate::model::field::{Refers, Vocabulary};
use crate::model::settings::Labelled;
use crate::model::vietnamese::is_slug;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

/// What may stand as a reference or as a key of a vocabulary. None where it could not be read, so that nobody is
/// accused for it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The ids of `units.toml`.
    pub units: Ids,
    /// The ids of the centres that have a file.
    pub centres: Ids,
    /// The ids of the campaigns that have a file.
    pub campaigns: Ids,
    /// The ids of the shipped schemes and of those that have a file.
    pub schemes: Ids,
    /// The fields of activity.
    pub activity_fields: Option<Vec<Labelled>>,
    /// The books and files that are checked.
    pub documents: Option<Vec<Labelled>>,
}

impl Known {
    /// The ids that may stand where a record is referred to; of visits nobody knows all.
    pub fn ids(&self, refers: Refers) -> &Ids {
        match refers {
            Refers::Unit => &self.units,
            Refers::Centre => &self.centres,
            Refers::Campaign => &self.campaigns,
            Refers::Scheme => &self.schemes,
            Refers::Visit => &Ids::Unknown,
        }
    }

    /// The words of a vocabulary; none where any word will do.
    pub fn words(&self, vocabulary: Vocabulary) -> Option<&[Labelled]> {
        match vocabulary {
            Vocabulary::ActivityFields => self.activity_fields.as_deref(),
            Vocabulary::Documents => self.documents.as_deref(),
            Vocabulary::Words => None,
        }
    }
}

/// The ids of the records of a kind.
#[derive(Clone, Debug, Default)]
pub enum Ids {
    /// They could not be read, so that nobody is accused for one.
    #[default]
    Unknown,
    /// All of them.
    These(BTreeSet<String>),
    /// The stems of the files in a folder. It may have thousands, so it is listed only when somebody wants all of them.
    In(PathBuf, OnceLock<BTreeSet<String>>),
}

impl Ids {
    /// Those that have a file in a folder.
    pub fn of_folder(folder: PathBuf) -> Ids {
        Ids::In(folder, OnceLock::new())
    }

    /// True where the id may be referred to: there is such a record, or nobody knows.
    pub fn allow(&self, id: &str) -> bool {
        matches!(self, Ids::Unknown) || self.has(id)
    }

    /// True where there is such a record.
    pub fn has(&self, id: &str) -> bool {
        match self {
            Ids::Unknown => false,
            Ids::These(ids) => ids.contains(id),
            Ids::In(folder, listed) => match listed.get() {
                Some(ids) => ids.contains(id),
                None => is_slug(id) && folder.join(format!("{id}.toml")).symlink_metadata().is_ok(),
            },
        }
    }

    /// All of them; none where nobody knows.
    pub fn all(&self) -> impl Iterator<Item = &str> + Clone {
        let ids = match self {
            Ids::Unknown => None,
            Ids::These(ids) => Some(ids),
            Ids::In(folder, listed) => Some(listed.get_or_init(|| {
                let names =
                    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
                let stem = |name: &std::ffi::OsString| {
                    Some(name.to_str()?.strip_suffix(".toml").filter(|stem| is_slug(stem))?.to_owned())
                };
                names.filter_map(|name| stem(&name)).collect::<Vec<_>>().into_iter().collect()
            })),
        };
        ids.into_iter().flatten().map(String::as_str)
    }

    /// Takes over what a listing of the folder has found.
    pub fn listed(&self, ids: impl Iterator<Item = String>) {
        if let Ids::In(_, listed) = self {
            listed.get_or_init(|| ids.collect());
        }
    }

    /// Adds one that is about to be written.
    pub fn add(&mut self, id: &str) {
        if !self.allow(id) {
            *self = Ids::These(self.all().chain([id]).map(str::to_owned).collect());
        }
    }
}

impl FromIterator<String> for Ids {
    fn from_iter<I: IntoIterator<Item = String>>(ids: I) -> Ids {
        Ids::These(ids.into_iter().collect())
    }
}
