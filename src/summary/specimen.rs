//! A small register and histories for the tests of this room.

use super::{Options, Request, Snapshot, document, find, snapshot};
use crate::model::centre::Centre;
use crate::model::day::Day;
use crate::model::document::Document;
use crate::model::figures::{Activity, Learning};
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::settings::{Labelled, Vocabularies};
use crate::model::table::{Cell, Table};
use crate::model::text::Said;
use crate::model::unit::Unit;
use crate::model::visit::Visit;

/// The names of the units that tests use.
const NAMES: &[(&str, &str)] = &[
    ("bac-son", "Bắc Sơn"),
    ("dien-cong", "Điền Công"),
    ("duong-huy", "Dương Huy"),
    ("nam-khe", "Nam Khê"),
    ("vang-danh", "Vàng Danh"),
    ("yen-thanh", "Yên Thanh"),
];

/// A register, histories, and how a table of them is wanted.
pub struct Specimen {
    pub register: Register,
    pub histories: Vec<History>,
    pub window: Window,
    pub before: Option<Window>,
    pub today: Day,
    pub options: Options,
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl Specimen {
    /// Units with a centre each, of the same ids.
    pub fn new(units: &[&str]) -> Specimen {
        let mut register = Register::default();
        let label = |vi: &str, en: &str| Said { vi: vi.into(), en: en.into() };
        let word = |id: &str, vi: &str, en: &str| Labelled { id: id.into(), label: label(vi, en) };
        let fields = vec![word("law", "Pháp luật", "Law"), word("health", "Sức khoẻ", "Health")];
        register.vocabularies =
            Vocabularies { activity_fields: Some(fields), ..Vocabularies::default() }.into();
        let window = Window { year: Period::parse("2016-2017"), ..Window::default() };
        let today = day("2020-01-01");
        let options = Options::default();
        let mut specimen = Specimen { register, histories: Vec::new(), window, before: None, today, options };
        for (n, unit) in units.iter().enumerate() {
            let code = Some(format!("{:05}", 6808 + n));
            specimen.unit(Unit { id: (*unit).into(), code, ..Unit::default() });
            specimen.centre(unit, unit);
        }
        specimen
    }

    pub fn unit(&mut self, mut unit: Unit) {
        let name = NAMES.iter().find(|(id, _)| *id == unit.id).map_or(unit.id.as_str(), |(_, name)| name);
        unit.name = name.into();
        self.register.units.body.unit.push(unit);
    }

    pub fn centre(&mut self, id: &str, unit: &str) -> &mut Centre {
        let body = Centre { name: id.into(), unit: unit.into(), ..Centre::default() };
        let file = format!("centres/{id}.toml").into();
        let centre = Some(Record { id: id.into(), file, body, sound: true, ..Record::default() });
        self.histories.push(History { id: id.into(), centre, ..History::default() });
        &mut self.histories.last_mut().unwrap().centre.as_mut().unwrap().body
    }

    /// The visit with this id, made if it does not exist.
    pub fn visit(&mut self, id: &str) -> &mut Visit {
        let parsed = VisitId::parse(id).unwrap();
        let history = self.histories.iter_mut().find(|history| history.id == parsed.centre).unwrap();
        let at = history.visits.iter().position(|visit| visit.id == id).unwrap_or_else(|| {
            let body = Visit { centre: parsed.centre.into(), date: Some(parsed.date), ..Visit::default() };
            let file = format!("visits/{id}.toml").into();
            history.visits.push(Record { id: id.into(), file, body, sound: true, ..Record::default() });
            history.visits.len() - 1
        });
        &mut history.visits[at].body
    }

    pub fn snapshots(&self, window: &Window) -> Vec<Snapshot> {
        self.histories.iter().map(|history| snapshot(&self.register, window, self.today, history)).collect()
    }

    pub fn document(&self, summary: &str) -> Result<Document, Said> {
        let snapshots = self.snapshots(&self.window);
        let snapshots_before = self.before.as_ref().map(|window| self.snapshots(window)).unwrap_or_default();
        let Specimen { register, window, today, options, .. } = self;
        let before = self.before.as_ref().map(|window| (window, snapshots_before.as_slice()));
        let asked = Request { register, window, before, today: *today, options };
        document(find(summary).unwrap(), &asked, &snapshots)
    }

    pub fn tables(&self, summary: &str) -> Vec<Table> {
        let tables: Vec<Table> = self.document(summary).unwrap().tables().cloned().collect();
        for table in &tables {
            let width = table.columns.len();
            assert!(table.rows.iter().chain(&table.total).all(|row| row.len() == width), "{table:?}");
        }
        tables
    }

    pub fn table(&self, summary: &str) -> Table {
        let mut tables = self.tables(summary);
        assert_eq!(tables.len(), 1, "{tables:?}");
        tables.remove(0)
    }

    pub fn error(&self, summary: &str) -> Said {
        self.document(summary).unwrap_err()
    }
}

/// A cell of a table; the row after the last is the total.
pub fn cell(table: &Table, row: usize, column: &str) -> Cell {
    let at = table.columns.iter().position(|c| c.key == column).unwrap();
    table.rows.get(row).or(table.total.as_ref()).unwrap()[at].clone()
}

/// Activity in the field of law.
pub fn line(
    period: &str,
    classes: Option<i64>,
    attendances: Option<i64>,
    women: Option<i64>,
) -> Option<Activity> {
    let law = Learning { classes, attendances, women, ..Learning::default() };
    let field = [("law".to_owned(), law)].into_iter().collect();
    Some(Activity { period: Period::parse(period), field, ..Activity::default() })
}
