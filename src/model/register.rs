//! What all histories share: settings, units, campaigns, schemes, vocabularies. Small, and loaded once.

use super::campaign::Campaign;
use super::day::Day;
use super::field::Vocabulary;
use super::history::Record;
use super::id::VisitId;
use super::kind::RecordKind;
use super::period::{Period, YearStart};
use super::rating::Rating;
use super::scheme::Scheme;
use super::settings::{Labelled, Settings, Vocabularies};
use super::statement::Statement;
use super::text::{Said, t};
use super::unit::{Unit, Units};
use super::visit::Visit;
use crate::say;
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// What is shared by all centres of a register.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// `ttht.toml`.
    pub settings: Record<Settings>,
    /// `units.toml`.
    pub units: Record<Units>,
    unit_rows: HashMap<String, usize>,
    /// Every campaign.
    pub campaigns: BTreeMap<String, Record<Campaign>>,
    /// Every rating scheme and target set: the shipped ones and the office's own.
    pub schemes: BTreeMap<String, Record<Scheme>>,
    /// Every statement.
    pub statements: BTreeMap<String, Record<Statement>>,
    /// The words that may be keys.
    pub vocabularies: Arc<Vocabularies>,
    /// The codes of rules that nobody wants to hear of now.
    pub unasked: Vec<&'static str>,
}

/// A record as it is in its file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'r> {
    /// The kind of record.
    pub kind: RecordKind,
    /// Its id.
    pub id: &'r str,
    /// Its file; empty if it is shipped with the program.
    pub file: &'r str,
    /// Its text.
    pub text: &'r str,
    /// True if the file has no fault of form.
    pub sound: bool,
}

impl<'r> Source<'r> {
    /// That of a record.
    pub fn of<T>(kind: RecordKind, record: &'r Record<T>) -> Source<'r> {
        Source { kind, id: &record.id, file: &record.file, text: &record.text, sound: record.sound }
    }
}

impl Register {
    /// The day on which school years begin.
    pub fn year_start(&self) -> YearStart {
        self.settings.body.school_year_starts
    }

    /// Where the file of a record belongs, relative to the register.
    pub fn file(&self, kind: RecordKind, id: &str) -> String {
        kind.file(id, self.year_start())
    }

    /// The words of a vocabulary; `None` if any word will do.
    pub fn words(&self, vocabulary: Vocabulary) -> Option<&[Labelled]> {
        self.vocabularies.words(vocabulary)
    }

    /// The records that all histories share, as they are in their files.
    pub fn shared(&self) -> impl Iterator<Item = Source<'_>> {
        let ours =
            [Source::of(RecordKind::Register, &self.settings), Source::of(RecordKind::Units, &self.units)];
        let campaigns = self.campaigns.values().map(|one| Source::of(RecordKind::Campaign, one));
        let schemes = self.schemes.values().map(|one| Source::of(RecordKind::Scheme, one));
        let statements = self.statements.values().map(|one| Source::of(RecordKind::Statement, one));
        ours.into_iter().chain(campaigns).chain(schemes).chain(statements)
    }

    /// The text of one of the files that all histories share.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.shared().find(|shared| shared.file == file).map(|shared| shared.text)
    }

    /// What people see for a word of a vocabulary.
    pub fn label(&self, vocabulary: Vocabulary, word: &str) -> Said {
        let row = self.words(vocabulary).and_then(|words| words.iter().find(|row| row.id == word));
        row.map_or_else(|| Said::same(word), |row| row.label.clone())
    }

    /// The unit with this id.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        let units = &self.units.body.unit;
        match self.unit_rows.get(id) {
            Some(row) => units.get(*row),
            None if self.unit_rows.is_empty() => units.iter().find(|unit| unit.id == id),
            None => None,
        }
    }

    /// Takes over the units, and notes the place of each: a rule asks at every visit, and a country has thousands.
    pub fn set_units(&mut self, units: Record<Units>) {
        let rows = units.body.unit.iter().enumerate().rev();
        self.unit_rows = rows.map(|(row, unit)| (unit.id.clone(), row)).collect();
        self.units = units;
    }

    /// The name of a unit, or its id if it has none.
    pub fn unit_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.unit(id).map_or(id, |unit| unit.name.as_str())
    }

    /// What people call the place that a statement is about.
    pub fn place_name(&self, statement: &Statement) -> Said {
        match (&statement.area, &statement.unit) {
            (Some(area), _) => Said::same(self.area_name(area)),
            (None, Some(unit)) => Said::same(self.unit_name(unit)),
            (None, None) => t("toàn bộ sổ", "the whole register").into(),
        }
    }

    /// The scheme by which the visits of a campaign are rated, if they say nothing else: that of the campaign, else of
    /// the register.
    pub fn usual_scheme(&self, campaign: Option<&str>) -> Option<&str> {
        let of_campaign = || self.campaigns.get(campaign?)?.body.scheme.as_deref();
        of_campaign().or(self.settings.body.scheme.as_deref())
    }

    /// The rating that stands for a visit where there is room for one only: that by the usual scheme; the first, if there
    /// is no such scheme.
    pub fn rating_of<'v>(&self, visit: &'v Visit) -> Option<&'v (String, Rating)> {
        match self.usual_scheme(visit.campaign.as_deref()) {
            Some(usual) => visit.rating.iter().find(|(scheme, _)| scheme == usual),
            None => visit.rating.first(),
        }
    }

    /// What people see for a rank of a scheme.
    pub fn rank(&self, scheme: &str, rank: &str) -> Said {
        let row = self.schemes.get(scheme).and_then(|scheme| scheme.body.rank(rank));
        row.map_or_else(|| Said::same(rank), |row| row.label.clone())
    }

    /// The name of an area, or its id if it has none.
    pub fn area_name<'a>(&'a self, id: &'a str) -> &'a str {
        let areas = &self.units.body.area;
        areas.iter().find(|area| area.id == id).map_or(id, |area| area.name.as_str())
    }

    /// The target sets that the register has chosen, the most important first.
    pub fn target_sets(&self) -> impl Iterator<Item = &Record<Scheme>> {
        self.settings.body.targets.iter().filter_map(|id| self.schemes.get(id))
    }

    /// True if a target is how much a figure is to grow.
    pub fn asks_for_growth(&self) -> bool {
        self.target_sets().any(|set| set.body.target.iter().any(|target| target.growth.is_some()))
    }

    /// The target sets of the register that are in force in a period, the most important first.
    pub fn targets(&self, period: Period) -> impl Iterator<Item = &Record<Scheme>> {
        self.target_sets().filter(move |set| set.body.applies(period, self.year_start()))
    }
}

/// Which visits are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    /// Made in this school year, calendar year or stretch of days; none: ever.
    pub year: Option<Period>,
    /// With figures about this period, whenever they were reported.
    pub period: Option<Period>,
    /// Of this campaign.
    pub campaign: Option<String>,
    /// In the register as it was: what that is called, `sổ ngày 31/12/2016`. None: as it is.
    pub past: Option<Said>,
}

impl Window {
    /// The first and last day on which a visit of this window can have been made; `None`: any day.
    pub fn days(&self, register: &Register) -> Option<RangeInclusive<Day>> {
        self.year.map(|year| year.days(register.year_start()))
    }

    /// The campaign of this window.
    pub fn campaign<'r>(&self, register: &'r Register) -> Option<&'r Campaign> {
        Some(&register.campaigns.get(self.campaign.as_deref()?)?.body)
    }

    /// True if visits in a school year's folder can lie in the window: the others are not even opened.
    pub fn wants_folder(&self, school_year: Period, register: &Register) -> bool {
        let year = school_year.days(register.year_start());
        let campaign = self.campaign(register);
        self.days(register).is_none_or(|days| year.start() <= days.end() && days.start() <= year.end())
            && campaign.and_then(|campaign| campaign.school_year).is_none_or(|of| of == school_year)
            && self.period.is_none_or(|period| period.days(register.year_start()).start() <= year.end())
    }

    /// True if the name of a visit's file does not rule it out.
    pub fn wants_visit(&self, id: &VisitId, register: &Register) -> bool {
        self.days(register).is_none_or(|days| days.contains(&id.date))
    }

    /// What the window is, for a heading.
    pub fn said(&self) -> Said {
        let mut parts = Vec::new();
        parts.extend(self.year.map(Period::said));
        let figures = self.period.map(Period::said);
        parts.extend(figures.map(|period| say!("số liệu {period}", "figures for {period}", [period])));
        parts.extend(self.campaign.as_ref().map(|c| say!("đợt {c}", "campaign {c}", [c])));
        Said::join(parts, ", ")
    }

    /// What is about a window, and in which register if not that of today.
    pub fn in_past(&self, about: Said) -> Said {
        let past = self.past.as_ref().map(|past| say!("theo {past}", "from {past}", [past]));
        Said::join([about].into_iter().chain(past).filter(|part| !part.is_empty()), ", ")
    }
}
