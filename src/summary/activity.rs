//! Classes and learners: a row for each unit.

use super::builder::{Note, TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, add, count, percent, ratio, real};
use super::snapshot::{ACTIVITY, Snapshot};
use super::{By, Request, Summary};
use crate::model::figures::Learning;
use crate::model::number::many;
use crate::model::table::ChartKind;
use crate::model::text::{Said, t};
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "activity",
    title: t("Hoạt động", "Activity"),
    about: t(
        "Số lớp, buổi, giờ và lượt người học của từng đơn vị.",
        "Classes, sessions, hours and attendances by unit.",
    ),
    topic: Some(ACTIVITY),
    scope: Scope::Window,
    all_visits: false,
    main: &["classes", "attendances", "women_percent"],
    picture: Some((ChartKind::Bars, &["attendances"])),
    by: &[By::Unit],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    count("classes", "Số lớp", "Classes", |s| of(s, |l| l.classes)),
    count("sessions", "Số buổi", "Sessions", |s| of(s, |l| l.sessions)),
    real("hours", "Số giờ", "Hours", hours),
    count("attendances", "Lượt người", "Attendances", |s| of(s, |l| l.attendances)),
    count("women", "Nữ", "Women", |s| of(s, |l| l.women)),
    percent("women_percent", "% nữ", "% women", |s| both(s, |l| l.women.zip(l.attendances))),
    count("ethnic_minority", "Dân tộc thiểu số", "Ethnic minorities", |s| {
        of(s, |l| l.ethnic_minority)
    }),
    count("disabled", "Người khuyết tật", "With disabilities", |s| of(s, |l| l.disabled)),
    count("aged_60", "Từ 60 tuổi", "Aged 60+", |s| of(s, |l| l.aged_60)),
    ratio("attendances_per_class", "Lượt/lớp", "Per class", |s| {
        both(s, |l| l.attendances.zip(l.classes)).map(|(part, whole)| (part as f64, whole))
    }),
    ratio("attendances_per_100", "Lượt/100 dân", "Per 100 inhabitants", |s| {
        Some((of(s, |l| l.attendances)? as f64 * 100.0, s.population()?))
    }),
];

/// Whether a line has a figure.
type Has = fn(&Learning) -> bool;

/// The figures of a line of activity, by the column that they are added up in.
const FIGURES: &[(&str, Has)] = &[
    ("classes", |l| l.classes.is_some()),
    ("sessions", |l| l.sessions.is_some()),
    ("hours", |l| l.hours.is_some()),
    ("attendances", |l| l.attendances.is_some()),
    ("women", |l| l.women.is_some()),
    ("ethnic_minority", |l| l.ethnic_minority.is_some()),
    ("disabled", |l| l.disabled.is_some()),
    ("aged_60", |l| l.aged_60.is_some()),
];

/// So many units are named that have a figure for some of their fields only; if there are more, they are counted.
const NAMED: usize = 3;

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    let mut table = by_unit(groups, ACTIVITY, MEASURES);
    table.notes.push(partial(groups));
    table
}

/// Which figures some units have for a part of their fields only: these are less than what the unit did.
fn partial(groups: &[Group]) -> Note {
    let part = |(key, has): &(&str, Has)| {
        let units = groups.iter().filter(|group| group.centres.iter().any(|centre| is_partial(centre, *has)));
        let units: Vec<Said> = units.map(|group| group.name.clone()).collect();
        let label = MEASURES.iter().find(|measure| measure.key == *key)?.label;
        let units = match units.len() {
            0 => return None,
            1..=NAMED => Said::join(units, ", "),
            n => many(n, "đơn vị", "unit"),
        };
        Some(((*key).to_owned(), say!("{label} ({units})", "{label} ({units})", [label, units])))
    };
    let head =
        t("Chỉ có ở một số lĩnh vực, chưa đủ cả đơn vị: ", "Known for some fields only, so less than all: ");
    let tail = t(
        ". Tỉ lệ chỉ tính ở lĩnh vực có đủ hai số.",
        ". Percentages and ratios are of the fields that report both figures.",
    );
    Note::Columns { head: head.into(), parts: FIGURES.iter().filter_map(part).collect(), tail: tail.into() }
}

/// True if a figure is known for some of the fields that were held, but not for all.
fn is_partial(centre: &Snapshot, has: Has) -> bool {
    let held = || lines(centre).filter(|line| line.was_held());
    held().any(has) && !held().all(has)
}

/// The lines of activity of a centre.
pub fn lines(centre: &Snapshot) -> impl Iterator<Item = &Learning> {
    centre.activity().into_iter().flat_map(|activity| activity.field.values())
}

/// A count over all fields of activity.
pub fn of(centre: &Snapshot, value: fn(&Learning) -> Option<i64>) -> Option<i64> {
    centre.activity()?.sum(value)
}

fn hours(centre: &Snapshot) -> Option<f64> {
    lines(centre).filter_map(|line| line.hours).reduce(|a, b| a + b)
}

/// Two counts over the fields of activity that have both.
fn both(centre: &Snapshot, pair: fn(&Learning) -> Option<(i64, i64)>) -> Option<(i64, i64)> {
    lines(centre).filter_map(pair).reduce(add)
}

#[cfg(test)]
mod tests {
    use crate::model::figures::Learning;
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, line};

    #[test]
    fn what_is_not_reported_is_missing_and_the_total_skips_it() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), Some(100));
        specimen.visit("2016-10-28-dien-cong").activity = line("2015-2016", Some(5), Some(100), None);
        specimen.visit("2016-10-29-nam-khe");
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 2, "attendances"), Cell::Missing);
        assert_eq!(cell(&table, 2, "reported"), Cell::Of(0, 1));
        assert_eq!(cell(&table, 1, "women"), Cell::Missing, "not reported is not zero");
        assert_eq!(cell(&table, 3, "reported"), Cell::Of(2, 3));
        assert_eq!(cell(&table, 3, "attendances"), Cell::Count(500));
        assert_eq!(cell(&table, 3, "women"), Cell::Count(100));
        assert_eq!(
            cell(&table, 3, "women_percent"),
            Cell::Number(25.0),
            "100 of the 400 of those who report both"
        );
        assert_eq!(cell(&table, 3, "sessions"), Cell::Missing, "it is not reported");
        assert!(table.notes.iter().any(|note| note.vi.contains("Nữ 1/3.")), "{:?}", table.notes);
    }

    #[test]
    fn what_is_known_for_some_fields_only_is_told() {
        let mut specimen = Specimen::new(&["bac-son"]);
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.activity = line("2015-2016", Some(2), Some(100), Some(50));
        let health = Learning { classes: Some(2), attendances: Some(900), ..Learning::default() };
        let fields = &mut visit.activity.as_mut().unwrap().field;
        fields.push("health".into(), health);
        fields.push("culture".into(), Learning { classes: Some(0), ..Learning::default() });
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 0, "women_percent"), Cell::Number(50.0));
        let note = "Chỉ có ở một số lĩnh vực, chưa đủ cả đơn vị: Nữ (Bắc Sơn). Tỉ lệ";
        assert!(table.notes.iter().any(|said| said.vi.starts_with(note)), "{:?}", table.notes);
    }

    #[test]
    fn a_unit_with_two_centres_is_one_row() {
        let mut specimen = Specimen::new(&["bac-son"]);
        specimen.centre("bac-son-2", "bac-son");
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        specimen.visit("2016-10-27-bac-son-2").activity = line("2015-2016", Some(2), Some(100), None);
        let table = specimen.table("activity");
        assert_eq!(table.rows.len(), 1);
        assert_eq!(cell(&table, 0, "reported"), Cell::Of(2, 2));
        assert_eq!(cell(&table, 0, "attendances"), Cell::Count(500));
    }

    #[test]
    fn the_latest_visit_that_has_a_block_speaks() {
        let mut specimen = Specimen::new(&["bac-son"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        specimen.visit("2016-11-10-bac-son").activity = line("2015-2016", Some(12), Some(450), None);
        specimen.visit("2016-12-10-bac-son");
        assert_eq!(cell(&specimen.table("activity"), 0, "classes"), Cell::Count(12));
    }

    #[test]
    fn kinds_of_period_are_never_added() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        specimen.visit("2016-10-28-dien-cong").activity = line("2016", Some(5), Some(100), None);
        let tables = specimen.tables("activity");
        assert_eq!(tables.len(), 2);
        assert_eq!(tables[0].title.vi, "Hoạt động, năm học 2015-2016");
        assert_eq!(tables[0].name, "activity-school-year");
        assert_eq!(cell(&tables[0], 2, "attendances"), Cell::Count(400));
        assert_eq!(cell(&tables[1], 2, "attendances"), Cell::Count(100));
        assert_eq!(cell(&tables[1], 0, "attendances"), Cell::Missing);
        let document = specimen.document("activity").unwrap();
        assert_eq!((document.name.as_str(), document.tables().count()), ("activity", 2));
        assert_eq!(document.title.en, "Activity, visits made in school year 2016-2017");
    }

    #[test]
    fn a_period_is_found_whenever_it_was_reported() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        specimen.visit("2017-10-27-bac-son").activity = line("2016-2017", Some(20), Some(900), None);
        specimen.visit("2018-03-01-dien-cong").activity = line("2015-2016", Some(5), Some(100), None);
        specimen.window.year = None;
        specimen.window.period = crate::model::period::Period::parse("2015-2016");
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 2, "attendances"), Cell::Count(500));
    }
}
