//! A look at a register without opening it: which ids there are, by the names of files alone, and what a few of them are
//! called. Nothing is judged, waited for or written; what cannot be read is not there.

use super::files::Files;
use super::scan::{Listing, stems_by_day};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::kind::visit_folder;
use crate::model::period::Period;
use crate::model::settings::{Settings, Vocabularies};
use crate::model::tree::Node;
use crate::toml::known::Known;
use crate::toml::{self, shipped};
use std::cell::OnceCell;
use std::path::Path;

/// A register that is looked at.
#[derive(Debug)]
pub struct Glance {
    files: Files,
    /// The units: there may be thousands, and more than one place asks for them.
    units: OnceCell<Vec<(String, String)>>,
}

impl Glance {
    /// The register in a folder, if there is one.
    pub fn of(root: &Path) -> Option<Glance> {
        let files = super::is_register(root).then(|| Files::new(root).ok())??;
        Some(Glance { files, units: OnceCell::new() })
    }

    /// The ids of the records that have a file in the folder of their kind; not of visits, which lie in folders by year.
    pub fn ids(&self, kind: RecordKind) -> Vec<String> {
        self.stems(kind.folder(), |stem| kind.allows(stem))
    }

    /// The school years that have a folder of visits, the latest first.
    pub fn years(&self) -> Vec<String> {
        let names = Listing::new(&self.files).names(RecordKind::Visit.folder()).unwrap_or_default();
        let is_year = |name: &String| Period::parse(name).is_some_and(|year| year.school_year().is_some());
        let mut years: Vec<String> = names.into_iter().map(|(name, _)| name).filter(is_year).collect();
        years.sort_unstable_by(|a, b| b.cmp(a));
        years
    }

    /// The ids of the visits in the folder of a school year.
    pub fn visits(&self, year: &str) -> Vec<String> {
        self.stems(&visit_folder(year), |stem| RecordKind::Visit.allows(stem))
    }

    /// The ids of the visits to a centre on a day.
    pub fn visits_to(&self, centre: &str, day: Day) -> Vec<String> {
        stems_by_day(&self.files, &self.school_year(day), centre, day..=day)
    }

    fn stems(&self, folder: &str, allows: impl Fn(&str) -> bool) -> Vec<String> {
        let names = Listing::new(&self.files).names(folder).unwrap_or_default();
        let stem = |name: String| name.strip_suffix(".toml").filter(|stem| allows(stem)).map(str::to_owned);
        names.into_iter().filter_map(|(name, _)| stem(name)).collect()
    }

    /// What a record calls itself; empty if it does not say it.
    pub fn called(&self, kind: RecordKind, id: &str) -> String {
        let text = match shipped::text(id).filter(|_| kind == RecordKind::Scheme) {
            Some(text) => text.to_owned(),
            None => self.files.text(&format!("{}/{id}.toml", kind.folder())).unwrap_or_default(),
        };
        let tree = toml::raw_tree(&text);
        let named = tree.get("name").or_else(|| tree.get("title"));
        let said = |node: &Node| node.text().or_else(|| node.get("vi")?.text()).map(str::to_owned);
        named.and_then(said).unwrap_or_default()
    }

    /// The ids and names of the units.
    pub fn units(&self) -> &[(String, String)] {
        self.units.get_or_init(|| self.rows("unit"))
    }

    /// The ids and names of the areas.
    pub fn areas(&self) -> Vec<(String, String)> {
        self.rows("area")
    }

    fn rows(&self, list: &str) -> Vec<(String, String)> {
        let text = self.files.text(RecordKind::Units.path()).unwrap_or_default();
        let tree = toml::raw_tree(&text);
        let at = |row: &Node, key| row.get(key).and_then(Node::text).unwrap_or_default().to_owned();
        let rows = tree.get(list).map_or(&[][..], Node::items);
        rows.iter().map(|row| (at(row, "id"), at(row, "name"))).filter(|(id, _)| !id.is_empty()).collect()
    }

    /// The words of each vocabulary, with the office's own.
    pub fn vocabularies(&self) -> Vocabularies {
        shipped::vocabularies(&self.settings())
    }

    /// The school year in which a day lies.
    pub fn school_year(&self, day: Day) -> String {
        self.settings().school_year_starts.school_year(day).to_string()
    }

    fn settings(&self) -> Settings {
        let kind = RecordKind::Register;
        let text = self.files.text(kind.path()).unwrap_or_default();
        let loaded = toml::load::<Settings>(kind.path(), kind.word(), kind, &Known::default(), text);
        loaded.record.map(|record| record.body).unwrap_or_default()
    }

    /// True if there is such a record.
    pub fn has(&self, kind: RecordKind, id: &str) -> bool {
        kind.allows(id) && self.files.has(&format!("{}/{id}.toml", kind.folder()))
    }
}
