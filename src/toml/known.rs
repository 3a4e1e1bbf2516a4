//! What may be referred to: the ids of records, and the words of vocabularies.

use crate::model::field::Refers;
use crate::model::settings::Vocabularies;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

/// What may be used as a reference or as a key of a vocabulary. What could not be read is `None`, so that no reference
/// to it is reported as unknown.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The ids of `units.toml`.
    pub units: Ids,
    /// The ids of the areas of `units.toml`.
    pub areas: Ids,
    /// The ids of the centres that have a file.
    pub centres: Ids,
    /// The ids of the campaigns that have a file.
    pub campaigns: Ids,
    /// The ids of the shipped schemes and of those that have a file.
    pub schemes: Ids,
    /// The ids of the statements.
    pub statements: Ids,
    /// The words that may be keys.
    pub vocabularies: Arc<Vocabularies>,
}

impl Known {
    /// The ids that references to a record may have; those of the visits are not known.
    pub fn ids(&self, refers: Refers) -> &Ids {
        match refers {
            Refers::Unit => &self.units,
            Refers::Area => &self.areas,
            Refers::Centre => &self.centres,
            Refers::Campaign => &self.campaigns,
            Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => &self.schemes,
            Refers::Statement => &self.statements,
            Refers::Visit => &Ids::Unknown,
        }
    }
}

/// Where ids are kept; asked only when one of them is wanted.
pub trait Kept: Debug + Send + Sync {
    /// True if there is a record with this id.
    fn has(&self, id: &str) -> bool;
    /// All of them.
    fn all(&self) -> &BTreeSet<String>;
}

/// The ids of the records of a kind.
#[derive(Clone, Debug, Default)]
pub enum Ids {
    /// They could not be read, so references to them are not reported as unknown.
    #[default]
    Unknown,
    /// All of them.
    These(BTreeSet<String>),
    /// Those that are kept in another place.
    Kept(Arc<dyn Kept>),
}

impl Ids {
    /// True if the id may be referred to: there is such a record, or it cannot be known.
    pub fn allow(&self, id: &str) -> bool {
        matches!(self, Ids::Unknown) || self.has(id)
    }

    /// True if there is such a record.
    pub fn has(&self, id: &str) -> bool {
        match self {
            Ids::Unknown => false,
            Ids::These(ids) => ids.contains(id),
            Ids::Kept(kept) => kept.has(id),
        }
    }

    /// All of them; nothing if they are unknown.
    pub fn all(&self) -> impl Iterator<Item = &str> + Clone {
        let ids = match self {
            Ids::Unknown => None,
            Ids::These(ids) => Some(ids),
            Ids::Kept(kept) => Some(kept.all()),
        };
        ids.into_iter().flatten().map(String::as_str)
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
