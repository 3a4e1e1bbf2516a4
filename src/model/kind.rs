//! The kinds of record: what each is called, where its files are, and what such a file may be named.

use super::field::{Field, Kind};
use super::id::{StatementId, VisitId};
use super::period::YearStart;
use super::vietnamese::is_slug;
use super::{campaign, centre, scheme, settings, statement, unit, visit};
use crate::choices;
use std::fmt::Display;

choices! {
    /// One kind of record file.
    pub enum RecordKind {
        Register = "register", "sổ", "register";
        Units = "units", "xã, phường", "units";
        Centre = "centre", "trung tâm", "centre";
        Campaign = "campaign", "đợt kiểm tra", "campaign";
        Visit = "visit", "lần kiểm tra", "visit";
        Statement = "statement", "số liệu công bố", "statement";
        Scheme = "scheme", "thang đánh giá", "scheme";
    }
}

impl RecordKind {
    /// Where such a file lies in a register, and its keys.
    const fn row(self) -> (&'static str, &'static [Field]) {
        match self {
            RecordKind::Register => ("ttht.toml", settings::FIELDS),
            RecordKind::Units => ("units.toml", unit::FIELDS),
            RecordKind::Centre => ("centres/<id>.toml", centre::FIELDS),
            RecordKind::Campaign => ("campaigns/<id>.toml", campaign::FIELDS),
            RecordKind::Visit => ("visits/<school-year>/<date>-<centre>.toml", visit::FIELDS),
            RecordKind::Statement => ("statements/<period>-<place>.toml", statement::FIELDS),
            RecordKind::Scheme => ("schemes/<id>.toml", scheme::FIELDS),
        }
    }

    /// Where such a file lies in a register, with `/`; what differs from file to file is in angle brackets.
    pub const fn path(self) -> &'static str {
        self.row().0
    }

    /// Its keys.
    pub const fn fields(self) -> &'static [Field] {
        self.row().1
    }

    /// The whole of such a record, as a kind of value.
    pub const fn root(self) -> Kind {
        Kind::Section(self.fields())
    }

    /// The folder of such files; empty for the folder of the register itself.
    pub fn folder(self) -> &'static str {
        self.path().split_once('/').map_or("", |(folder, _)| folder)
    }

    /// True if there are many such files, each named by its id.
    pub fn is_many(self) -> bool {
        !self.folder().is_empty()
    }

    /// True for an id that a record of this kind may have: it becomes the name of a file.
    pub fn allows(self, id: &str) -> bool {
        match self {
            RecordKind::Register | RecordKind::Units => id == self.word(),
            RecordKind::Visit => VisitId::parse(id).is_some(),
            RecordKind::Statement => StatementId::parse(id).is_some(),
            RecordKind::Centre | RecordKind::Campaign | RecordKind::Scheme => is_slug(id),
        }
    }

    /// The kind and the id of the record that belongs in a file; none if no record does.
    pub fn of(file: &str) -> Option<(RecordKind, &str)> {
        let (folder, name) = file.split_once('/').unwrap_or(("", file));
        let stem = name.rsplit('/').next()?.strip_suffix(".toml")?;
        let is = |kind: &&RecordKind| kind.folder() == folder && (kind.is_many() || kind.path() == file);
        let kind = *RecordKind::ALL.iter().find(is)?;
        Some((kind, if kind.is_many() { stem } else { kind.word() }))
    }

    /// True for what all histories share: neither a centre nor a visit.
    pub fn is_shared(self) -> bool {
        !matches!(self, RecordKind::Centre | RecordKind::Visit)
    }

    /// Where the file of a record belongs, relative to the register. A visit lies in the folder of its school year.
    pub fn file(self, id: &str, starts: YearStart) -> String {
        match VisitId::parse(id).filter(|_| self == RecordKind::Visit) {
            Some(visit) => visit_file(starts.school_year(visit.date), id),
            None if self.is_many() => format!("{}/{id}.toml", self.folder()),
            None => self.path().to_owned(),
        }
    }
}

/// The folder of the visits of a school year.
pub fn visit_folder(school_year: impl Display) -> String {
    format!("{}/{school_year}", RecordKind::Visit.folder())
}

/// The file of a visit in the folder of a school year, right or wrong.
pub fn visit_file(school_year: impl Display, id: impl Display) -> String {
    format!("{}/{id}.toml", visit_folder(school_year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_and_found_by_its_name() {
        for (n, kind) in RecordKind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, n);
            assert_eq!(RecordKind::from_word(kind.word()), Some(*kind));
            assert!(!kind.fields().is_empty());
        }
    }

    #[test]
    fn an_id_tells_where_its_file_belongs() {
        let file = |kind: RecordKind, id| kind.file(id, YearStart::default());
        assert_eq!(file(RecordKind::Units, "units"), "units.toml");
        assert_eq!(file(RecordKind::Centre, "yen-thanh"), "centres/yen-thanh.toml");
        let visit = "2016-10-27-yen-thanh_2";
        assert_eq!(file(RecordKind::Visit, visit), format!("visits/2016-2017/{visit}.toml"));
        for (kind, id) in [
            (RecordKind::Register, "register"),
            (RecordKind::Units, "units"),
            (RecordKind::Scheme, "vi-du"),
            (RecordKind::Visit, visit),
            (RecordKind::Statement, "2016-2017-chau-thanh"),
        ] {
            assert_eq!(RecordKind::of(&file(kind, id)), Some((kind, id)));
        }
        assert_eq!(RecordKind::of("notes/a.toml"), None);
        for (kind, bad) in [
            (RecordKind::Centre, "../yen-thanh"),
            (RecordKind::Visit, "yen-thanh"),
            (RecordKind::Statement, "chau-thanh"),
            (RecordKind::Units, "yen-thanh"),
        ] {
            assert!(!kind.allows(bad), "{bad}");
        }
    }
}
