//! Classes and learners: a row for each unit.

use super::builder::{Note, TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, add, count, percent, rare, ratio, real};
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
        "Số lớp, chuyên đề, số buổi, số giờ và lượt người học của từng xã, phường.",
        "Classes, sessions, hours and attendances by unit.",
    ),
    topic: Some(ACTIVITY),
    needs: &["status", "context", "activity"],
    scope: Scope::Window,
    all_visits: false,
    main: &["classes", "attendances", "women_percent"],
    picture: Some((ChartKind::Bars, &["attendances"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    count("classes", "Số lớp, chuyên đề", "Classes", |s| of(s, |l| l.classes)),
    count("sessions", "Số buổi", "Sessions", |s| of(s, |l| l.sessions)),
    real("hours", "Số giờ", "Hours", hours),
    count("attendances", "Lượt người", "Attendances", |s| of(s, |l| l.attendances)),
    count("women", "Nữ", "Women", |s| of(s, |l| l.women)),
    percent("women_percent", "% nữ", "% women", women_of_attendances),
    count("ethnic_minority", "Dân tộc thiểu số", "Ethnic minorities", |s| {
        of(s, |l| l.ethnic_minority)
    }),
    count("disabled", "Người khuyết tật", "With disabilities", |s| of(s, |l| l.disabled)),
    count("aged_60", "Từ 60 tuổi trở lên", "Aged 60+", |s| of(s, |l| l.aged_60)),
    ratio("attendances_per_class", "Lượt/lớp", "Per class", |s| {
        both(s, |l| l.attendances.zip(l.classes)).map(|(part, whole)| (part as f64, whole))
    }),
    ratio("attendances_per_100", "Lượt/100 dân", "Per 100 inhabitants", |s| {
        Some((of(s, |l| l.attendances)? as f64 * 100.0, s.population()?))
    }),
    rare(count("planned.classes", "Kế hoạch: số lớp, chuyên đề", "Planned classes", |s| {
        s.activity()?.planned.classes
    })),
    rare(percent(
        "classes_of_planned",
        "% kế hoạch số lớp, chuyên đề",
        "% of planned classes",
        |s| of(s, |l| l.classes).zip(s.activity()?.planned.classes),
    )),
    rare(count("planned.attendances", "Kế hoạch: lượt người", "Planned attendances", |s| {
        s.activity()?.planned.attendances
    })),
    rare(percent(
        "attendances_of_planned",
        "% kế hoạch lượt người",
        "% of planned attendances",
        |s| of(s, |l| l.attendances).zip(s.activity()?.planned.attendances),
    )),
    rare(count("people", "Số người học (không trùng)", "People", people)),
    rare(count("clubs", "Số câu lạc bộ", "Clubs", |s| s.activity()?.clubs)),
    rare(count("club_members", "Số thành viên câu lạc bộ", "Club members", |s| {
        s.activity()?.club_members
    })),
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
        Some(((*key).to_owned(), say!("{label} ở {units}", "{label} in {units}", [label, units])))
    };
    let head = t(
        "Chỉ có ở một số lĩnh vực, chưa đủ cho cả xã, phường: ",
        "Known for some fields only, so less than all: ",
    );
    let tail = t(
        ". Tỷ lệ chỉ tính ở lĩnh vực có đủ cả hai số liệu.",
        ". Percentages and ratios are of the fields that report both figures.",
    );
    Note::Columns { head: head.into(), parts: FIGURES.iter().filter_map(part).collect(), tail: tail.into() }
}

/// True if a figure is known for some of the fields only: neither for all that were held, nor as a total.
fn is_partial(centre: &Snapshot, has: Has) -> bool {
    let Some(activity) = centre.activity().filter(|activity| !has(&activity.total)) else { return false };
    let held = || activity.field.values().filter(|line| line.was_held());
    held().any(has) && (!held().all(has) || not_split(centre).is_some())
}

/// What the total of a centre has beyond the fields that it tells, if it has anything.
pub fn not_split(centre: &Snapshot) -> Option<Learning> {
    let activity = centre.activity()?;
    let rest = |figure: fn(&Learning) -> Option<i64>| {
        Some((figure(&activity.total)? - activity.sum(figure).unwrap_or(0)).max(0))
    };
    let (classes, attendances, women) = (rest(|l| l.classes), rest(|l| l.attendances), rest(|l| l.women));
    let some = [classes, attendances, women].into_iter().flatten().any(|n| n > 0);
    some.then(|| Learning { classes, attendances, women, ..Learning::default() })
}

/// The lines of activity of a centre.
fn lines(centre: &Snapshot) -> impl Iterator<Item = &Learning> {
    centre.activity().into_iter().flat_map(|activity| activity.field.values())
}

/// A count over all fields of activity; never less than that of its fields, even if a total says so.
pub fn of(centre: &Snapshot, value: fn(&Learning) -> Option<i64>) -> Option<i64> {
    let activity = centre.activity()?;
    activity.in_all(value).max(activity.sum(value))
}

fn hours(centre: &Snapshot) -> Option<f64> {
    let in_fields = || lines(centre).filter_map(|line| line.hours).reduce(|a, b| a + b);
    centre.activity()?.total.hours.or_else(in_fields)
}

/// Different people: of a total, or of the only field, since one person may learn in several.
fn people(centre: &Snapshot) -> Option<i64> {
    let mut fields = lines(centre);
    let only = || fields.next().filter(|_| fields.next().is_none())?.people;
    centre.activity()?.total.people.or_else(only)
}

/// Two counts of the total where it has both, else over the fields of activity that have both.
fn both(centre: &Snapshot, pair: fn(&Learning) -> Option<(i64, i64)>) -> Option<(i64, i64)> {
    pair(&centre.activity()?.total).or_else(|| lines(centre).filter_map(pair).reduce(add))
}

/// The attendances of women, and those that they are a part of.
pub fn women_of_attendances(centre: &Snapshot) -> Option<(i64, i64)> {
    both(centre, |line| line.women.zip(line.attendances))
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
        let note = "Chỉ có ở một số lĩnh vực, chưa đủ cho cả xã, phường: Nữ ở Bắc Sơn. Tỷ lệ";
        assert!(table.notes.iter().any(|said| said.vi.starts_with(note)), "{:?}", table.notes);
    }

    #[test]
    fn a_total_speaks_for_the_fields_and_is_compared_with_the_plan() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.activity = line("2015-2016", Some(2), Some(100), Some(50));
        let activity = visit.activity.as_mut().unwrap();
        activity.total = Learning { attendances: Some(1_000), women: Some(300), ..Learning::default() };
        activity.planned.attendances = Some(800);
        specimen.visit("2016-10-28-dien-cong").activity = line("2015-2016", Some(1), Some(40), None);
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 0, "women_percent"), Cell::Number(30.0));
        assert_eq!(cell(&table, 2, "attendances"), Cell::Count(1_040));
        let share = cell(&table, 2, "attendances_of_planned");
        assert_eq!(share, Cell::Number(125.0), "1,000 of 800: of those that planned");
        assert_eq!(cell(&table, 0, "classes"), Cell::Count(2), "those of the fields");
        let note = "Chỉ có ở một số lĩnh vực, chưa đủ cho cả xã, phường: Số lớp, chuyên đề ở Bắc Sơn. Tỷ lệ";
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
