//! Units as they were on a day: figures follow the successions of `units.toml`, with equal totals.

use super::snapshot::Snapshot;
use crate::model::day::Day;
use crate::model::register::Register;
use crate::model::text::Said;
use crate::model::unit::Succession;
use crate::say;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The id of the row of what cannot be allotted to a unit; no id of a unit has an underscore.
pub const NOT_ALLOTTED: &str = "not_allotted";

/// The successions of a register, and the day whose units are asked for.
#[derive(Debug)]
pub struct Rollup<'a> {
    register: &'a Register,
    day: Day,
    /// By the units before.
    onward: HashMap<&'a str, Vec<&'a Succession>>,
    /// By the units after.
    back: HashMap<&'a str, Vec<&'a Succession>>,
}

/// Where the figures of a unit belong.
#[derive(Debug, Default)]
struct Course<'a> {
    /// The units that it turned into by the day, or had come from.
    units: BTreeSet<&'a str>,
    /// The successions in which an office has decided which of them takes the figures.
    decided: Vec<&'a Succession>,
}

impl<'a> Rollup<'a> {
    /// The units of a register as they were on a day.
    pub fn new(register: &'a Register, day: Day) -> Rollup<'a> {
        let (mut onward, mut back): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for succession in &register.units.body.succession {
            succession.from.iter().for_each(|id| onward.entry(id.as_str()).or_default().push(succession));
            succession.to.iter().for_each(|id| back.entry(id.as_str()).or_default().push(succession));
        }
        Rollup { register, day, onward, back }
    }

    /// The unit of the day that the figures of a unit, as it was when they were recorded, belong to; `None` if it is not
    /// known which, or how much to which.
    pub fn unit(&self, unit: &'a str, recorded: Day) -> Option<&'a str> {
        self.only(&self.course(unit, recorded))
    }

    fn only(&self, course: &Course<'a>) -> Option<&'a str> {
        let mut units = course.units.iter();
        let only = units.next().filter(|_| units.next().is_none())?;
        self.register.unit(only).is_none_or(|unit| unit.existed(self.day)).then_some(*only)
    }

    /// Follows a unit from succession to succession.
    fn course(&self, unit: &'a str, recorded: Day) -> Course<'a> {
        let known = self.register.unit(unit);
        let from = known.and_then(|unit| unit.valid_from).map_or(recorded, |from| from.max(recorded));
        let at = known.and_then(|unit| unit.valid_to).map_or(from, |to| to.min(from));
        let (mut course, mut seen, mut ahead) =
            (Course::default(), HashSet::from([(unit, at)]), vec![(unit, at)]);
        while let Some((unit, at)) = ahead.pop() {
            let Some((date, steps)) = self.steps(unit, at) else {
                course.units.insert(unit);
                continue;
            };
            for step in steps {
                let next = match &step.heir {
                    Some(heir) if at < self.day => {
                        course.decided.push(step);
                        std::slice::from_ref(heir)
                    }
                    _ if at < self.day => &step.to,
                    _ => &step.from,
                };
                let then = if at < self.day { date } else { date.before() };
                ahead.extend(next.iter().map(|unit| (unit.as_str(), then)).filter(|next| seen.insert(*next)));
            }
        }
        course
    }

    /// The next successions of a unit on the way to the day, and their date.
    fn steps(&self, unit: &str, at: Day) -> Option<(Day, Vec<&'a Succession>)> {
        let all = if at < self.day { &self.onward } else { &self.back }.get(unit)?.iter();
        let between = |date: Day| at < date && date <= self.day || self.day < date && date <= at;
        let dated = || all.clone().filter_map(|step| Some((step.date.filter(|date| between(*date))?, *step)));
        let dates = dated().map(|(date, _)| date);
        let next = if at < self.day { dates.min() } else { dates.max() }?;
        Some((next, dated().filter(|(date, _)| *date == next).map(|(_, step)| step).collect()))
    }

    /// What a reader of a table must know: what an office has decided, and what could not be allotted, and why.
    pub fn notes(&self, centres: &[&'a Snapshot]) -> Vec<Said> {
        let (mut decided, mut open) = (BTreeMap::new(), BTreeMap::<_, BTreeSet<&str>>::new());
        for centre in centres {
            let course = self.course(&centre.unit, centre.day);
            decided.extend(course.decided.iter().map(|step| ((step.date, &step.from), *step)));
            if self.only(&course).is_none() {
                open.entry(course.units).or_default().insert(&centre.unit);
            }
        }
        let notes = decided.into_values().filter_map(|step| self.decision(step));
        notes.chain(self.open(open)).collect()
    }

    fn decision(&self, step: &Succession) -> Option<Said> {
        let (heir, from) = (self.register.unit_name(step.heir.as_deref()?), self.names(&step.from));
        Some(say!(
            "Số liệu cũ của {from} tính cho {heir}, như đã ghi trong units.toml.",
            "The old figures of {from} are assigned to {heir}, as units.toml says.",
            [from, heir]
        ))
    }

    /// The units whose figures could not be allotted, by those that they belong to.
    fn open(&self, open: BTreeMap<BTreeSet<&str>, BTreeSet<&str>>) -> Option<Said> {
        let reasons = open.iter().map(|(units, of)| {
            let (of, names) = (self.names(of), self.names(units));
            match units.len() {
                0 | 1 => say!(
                    "{of} (ngày ấy không còn hoặc chưa có; sổ chưa ghi việc sắp xếp: [[succession]])",
                    "{of} (not there on that day; no [[succession]] is recorded)",
                    [of]
                ),
                _ => say!("{of} (thuộc {names})", "{of} (part of {names})", [of, names]),
            }
        });
        let (day, reasons) = (self.day, Said::join(reasons, "; "));
        (!open.is_empty()).then(|| {
            say!(
                "Chưa phân được cho một đơn vị của ngày {day}, nên ở dòng riêng: {reasons}. Một đơn vị tách làm nhiều thì \
                 cơ quan quyết định bằng heir = \"…\" ở [[succession]] trong units.toml.",
                "Not allotted to one unit of {day}, so in a row of its own: {reasons}. Where one unit became several, the \
                 office decides with heir = \"…\" in its [[succession]] of units.toml.",
                [day, reasons]
            )
        })
    }

    fn names(&self, ids: impl IntoIterator<Item = impl AsRef<str>>) -> String {
        let name = |id: &str| self.register.unit_name(id).to_owned();
        ids.into_iter().map(|id| name(id.as_ref())).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::table::Cell;
    use crate::model::unit::Unit;
    use crate::summary::specimen::{Specimen, cell, day, line};

    fn turned(date: &str, from: &[&str], to: &[&str]) -> Succession {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
        Succession { date: Some(day(date)), from: ids(from), to: ids(to), ..Succession::default() }
    }

    /// Điền Công went into Trưng Vương in 2020, which was split in 2025.
    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "trung-vuong"]);
        for id in ["uong-bi", "vang-danh"] {
            specimen.unit(Unit { id: id.into(), ..Unit::default() });
        }
        specimen.register.units.body.succession = vec![
            turned("2020-01-01", &["dien-cong", "trung-vuong"], &["trung-vuong"]),
            turned("2025-07-01", &["bac-son"], &["vang-danh"]),
            turned("2025-07-01", &["trung-vuong"], &["vang-danh", "uong-bi"]),
        ];
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(1), Some(100), Some(50));
        specimen.visit("2016-10-28-dien-cong").activity = line("2015-2016", Some(2), Some(200), None);
        specimen.visit("2016-10-29-trung-vuong").activity = line("2015-2016", Some(4), Some(400), Some(100));
        specimen
    }

    #[test]
    fn a_merger_keeps_the_total() {
        let mut specimen = specimen();
        let recorded = specimen.table("activity");
        specimen.options.units = Some(day("2020-06-30"));
        let merged = specimen.table("activity");
        assert_eq!((recorded.rows.len(), merged.rows.len()), (3, 2));
        assert_eq!(cell(&merged, 1, "attendances"), Cell::Count(600));
        assert_eq!(cell(&merged, 1, "reported"), Cell::Of(2, 2));
        for column in ["classes", "attendances", "women", "women_percent"] {
            assert_eq!(cell(&merged, 2, column), cell(&recorded, 3, column), "{column}");
        }
    }

    #[test]
    fn a_chain_is_followed_to_its_end() {
        let mut specimen = specimen();
        specimen.register.units.body.succession[2].to = vec!["vang-danh".into()];
        specimen.options.units = Some(day("2025-07-01"));
        let table = specimen.table("activity");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(cell(&table, 0, "unit"), Cell::word("vang-danh", Said::same("Vàng Danh")));
        assert_eq!(cell(&table, 0, "attendances"), Cell::Count(700));
    }

    #[test]
    fn what_cannot_be_split_stands_apart_and_the_total_is_kept() {
        let mut specimen = specimen();
        let recorded = specimen.table("activity");
        specimen.options.units = Some(day("2025-07-01"));
        let table = specimen.table("activity");
        let unit = |row| cell(&table, row, "unit");
        assert_eq!(unit(0), Cell::word("vang-danh", Said::same("Vàng Danh")));
        assert_eq!(unit(1), Cell::word("not_allotted", say!("(chưa phân được)", "(not allotted)")));
        for column in ["classes", "attendances", "women", "women_percent"] {
            assert_eq!(cell(&table, 2, column), cell(&recorded, 3, column), "{column}");
        }
        let note = table.notes.iter().find(|note| note.en.starts_with("Not allotted"));
        assert!(note.unwrap().vi.contains("Điền Công, trung-vuong (thuộc uong-bi, Vàng Danh)"), "{note:?}");
    }

    #[test]
    fn what_became_of_a_unit_has_to_be_told() {
        let mut specimen = specimen();
        specimen.register.units.body.unit[0].valid_to = Some(day("2022-12-31"));
        let unit = |specimen: &Specimen, on| {
            Rollup::new(&specimen.register, day(on)).unit("bac-son", day("2016-10-27")).map(str::to_owned)
        };
        assert_eq!(unit(&specimen, "2022-12-31").as_deref(), Some("bac-son"));
        assert_eq!(unit(&specimen, "2023-01-01"), None, "nothing is recorded for that day");
        specimen.options.units = Some(day("2023-01-01"));
        let notes = specimen.table("activity").notes;
        assert!(notes.iter().any(|note| note.en.contains("Bắc Sơn (not there on that day")), "{notes:?}");
        assert!(notes.iter().all(|note| !note.en.contains("are assigned to")), "{notes:?}");
    }

    #[test]
    fn an_office_may_decide_who_carries_the_figures_on() {
        let mut specimen = specimen();
        let recorded = specimen.table("activity");
        specimen.register.units.body.succession[2].heir = Some("vang-danh".into());
        specimen.options.units = Some(day("2025-07-01"));
        let table = specimen.table("activity");
        assert_eq!(
            (table.rows.len(), cell(&table, 1, "attendances")),
            (1, cell(&recorded, 3, "attendances"))
        );
        assert!(table.notes.iter().any(|note| note.en.contains("are assigned to")), "{:?}", table.notes);
    }

    #[test]
    fn what_was_merged_is_not_taken_apart_for_an_earlier_day() {
        let specimen = specimen();
        let unit = |unit: &'static str, recorded: &str, on: &str| {
            Rollup::new(&specimen.register, day(on)).unit(unit, day(recorded)).map(str::to_owned)
        };
        assert_eq!(unit("trung-vuong", "2021-01-01", "2019-01-01"), None);
        assert_eq!(unit("trung-vuong", "2021-01-01", "2020-01-01").as_deref(), Some("trung-vuong"));
        assert_eq!(unit("dien-cong", "2016-10-28", "2019-12-31").as_deref(), Some("dien-cong"));
    }

    #[test]
    fn halves_that_became_one_again_are_told_together() {
        let mut specimen = specimen();
        let rejoined = turned("2030-01-01", &["vang-danh", "uong-bi"], &["uong-bi"]);
        specimen.register.units.body.succession.push(rejoined);
        let unit = |on| {
            Rollup::new(&specimen.register, day(on)).unit("dien-cong", day("2016-10-28")).map(str::to_owned)
        };
        assert_eq!(unit("2030-01-01").as_deref(), Some("uong-bi"));
        assert_eq!(unit("2029-12-31"), None);
    }
}
