//! Units as they were on a day: figures follow the successions of `units.toml`, with equal totals.

use crate::model::day::Day;
use crate::model::register::Register;
use crate::model::text::Said;
use crate::model::unit::Succession;
use crate::say;
use std::collections::BTreeSet;

/// The unit that the figures of a unit, as it was on a day, belong to on another day. An error if they belong to
/// several, and how much to which is not known.
pub fn unit_on(register: &Register, unit: &str, recorded: Day, day: Day) -> Result<String, Said> {
    let ended = register.unit(unit).and_then(|unit| unit.valid_to);
    let recorded = ended.map_or(recorded, |ended| ended.min(recorded));
    let mut found = BTreeSet::new();
    follow(register, unit, recorded, day, &mut found);
    let names: Vec<&str> = found.iter().map(|unit| register.unit_name(unit)).collect();
    let (name, names) = (register.unit_name(unit).to_owned(), names.join(", "));
    match (found.len(), found.pop_first()) {
        (1, Some(only)) => Ok(only),
        _ => Err(say!(
            "không gộp được theo đơn vị ngày {day}: số liệu của {name} thuộc về nhiều đơn vị ({names}), \
                 không thể chia; cơ quan quyết định bằng heir = \"…\" ở [[succession]] trong units.toml",
            "cannot roll up to the units of {day}: the figures of {name} belong to several units ({names}) \
                 and cannot be split; the office decides with heir = \"…\" in a [[succession]] of units.toml",
            [day, name, names]
        )),
    }
}

/// What an office has decided about figures that cannot be split, as far as it concerns the units of a day.
pub fn decisions(register: &Register, day: Day) -> Vec<Said> {
    let decided = register.units.body.succession.iter().filter(|s| s.date.is_some_and(|date| date <= day));
    let told = decided.filter_map(|succession| {
        let heir = register.unit_name(succession.heir.as_deref()?);
        let from: Vec<&str> = succession.from.iter().map(|id| register.unit_name(id)).collect();
        let from = from.join(", ");
        Some(say!(
            "Số liệu cũ của {from} tính cho {heir}, theo units.toml.",
            "The old figures of {from} are assigned to {heir}, as units.toml says.",
            [from, heir]
        ))
    });
    told.collect()
}

/// Collects the units that a unit turned into by a later day, or had come from on an earlier one.
fn follow(register: &Register, unit: &str, at: Day, day: Day, found: &mut BTreeSet<String>) {
    let steps = |succession: &&Succession| {
        let dated =
            succession.date.is_some_and(|date| (at < date && date <= day) || (day < date && date <= at));
        let side = if at < day { &succession.from } else { &succession.to };
        dated && side.iter().any(|id| id == unit)
    };
    let dates = register.units.body.succession.iter().filter(steps).filter_map(|succession| succession.date);
    let Some(date) = (if at < day { dates.min() } else { dates.max() }) else {
        found.insert(unit.to_owned());
        return;
    };
    let then = register.units.body.succession.iter().filter(steps).filter(|step| step.date == Some(date));
    let side = |step: &'_ Succession| match &step.heir {
        Some(heir) if at < day => vec![heir.clone()],
        _ if at < day => step.to.clone(),
        _ => step.from.clone(),
    };
    let next: BTreeSet<String> = then.flat_map(side).collect();
    if next.is_empty() {
        found.insert(unit.to_owned());
    }
    for unit in &next {
        follow(register, unit, if at < day { date } else { date.before() }, day, found);
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
        assert_eq!(cell(&table, 0, "unit"), Cell::Word("vang-danh".into(), Said::same("Vàng Danh")));
        assert_eq!(cell(&table, 0, "attendances"), Cell::Count(700));
    }

    #[test]
    fn what_cannot_be_split_is_refused_and_named() {
        let mut specimen = specimen();
        specimen.options.units = Some(day("2025-07-01"));
        let error = specimen.error("activity");
        assert!(
            error.en.contains("the figures of dien-cong") || error.en.contains("the figures of Điền Công"),
            "{error:?}"
        );
        assert!(error.vi.contains("uong-bi, Vàng Danh"), "{error:?}");
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
        let unit =
            |unit: &str, recorded: &str, on: &str| unit_on(&specimen.register, unit, day(recorded), day(on));
        assert!(unit("trung-vuong", "2021-01-01", "2019-01-01").is_err());
        assert_eq!(unit("trung-vuong", "2021-01-01", "2020-01-01"), Ok("trung-vuong".into()));
        assert_eq!(unit("dien-cong", "2016-10-28", "2019-12-31"), Ok("dien-cong".into()));
    }

    #[test]
    fn halves_that_became_one_again_are_told_together() {
        let mut specimen = specimen();
        let rejoined = turned("2030-01-01", &["vang-danh", "uong-bi"], &["uong-bi"]);
        specimen.register.units.body.succession.push(rejoined);
        let unit = |on| unit_on(&specimen.register, "dien-cong", day("2016-10-28"), day(on));
        assert_eq!(unit("2030-01-01"), Ok("uong-bi".into()));
        assert!(unit("2029-12-31").is_err());
    }
}
