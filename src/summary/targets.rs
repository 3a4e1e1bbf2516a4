//! The targets that an office has chosen: a row for each unit or centre and some columns for each target, or a row for each
//! target with those that miss it.

use super::attainment::{self, Figures, Goal, Reading};
use super::builder::{KeyedRow, Note, TableBuilder, UNIT, blank, total_word};
use super::group::{Group, Scope};
use super::progress::centre_cell;
use super::rollup::NOT_ALLOTTED;
use super::snapshot::Snapshot;
use super::titles::set_name;
use super::{By, Request, Summary};
use crate::model::number::fixed;
use crate::model::scheme::SchemeStatus;
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::target::Asks;
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "targets",
    title: t("So với chỉ tiêu", "Targets"),
    about: t(
        "Từng xã, phường, trung tâm so với từng chỉ tiêu: đạt bao nhiêu, còn thiếu bao nhiêu; hoặc từng chỉ tiêu: nơi nào chưa đạt.",
        "Each unit or centre and each target: what was reached and how much is missing; or each target: who misses it.",
    ),
    topic: None,
    needs: &[
        "status",
        "staff",
        "facilities",
        "management",
        "context",
        "activity",
        "finance",
        "promotion",
        "title",
        "literacy",
    ],
    scope: Scope::Window,
    all_visits: true,
    main: &["target_value"],
    picture: None,
    by: &[By::Unit, By::Centre, By::Target],
    build,
};

/// The centres of a row, with how far each is from every target.
struct Row<'a> {
    key: String,
    /// The cells that name it.
    head: Vec<Cell>,
    name: Said,
    centres: Vec<(&'a Snapshot, Vec<Option<Reading>>)>,
}

impl Row<'_> {
    /// How far its centres are from a target, together.
    fn reading(&self, goal: usize) -> Option<Reading> {
        self.centres.iter().filter_map(|(_, readings)| readings[goal]).reduce(Reading::and)
    }
}

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let by = asked.options.by.unwrap_or(By::Unit);
    let goals = attainment::goals(asked.register);
    let rows = rows(asked, by, &goals, groups);
    let centres = || rows.iter().flat_map(|row| &row.centres);
    let in_force =
        |goal: &&Goal| centres().any(|(centre, _)| goal.applies(asked.register, centre)) || rows.is_empty();
    let shown: Vec<(usize, &Goal)> = goals.iter().enumerate().filter(|(_, goal)| in_force(goal)).collect();
    let mut table = match by {
        By::Target => by_target(&shown, &rows),
        _ => by_place(by, &shown, &rows),
    };
    let notes = unknown(&shown, &rows).into_iter().chain(notes(&goals, &shown));
    table.notes.extend(notes.map(Note::Whole));
    table
}

fn rows<'a>(asked: &Request, by: By, goals: &[Goal], groups: &[Group<'a>]) -> Vec<Row<'a>> {
    let read = |centre: &&'a Snapshot| {
        let figures = Figures::of(centre);
        let reading = |goal: &Goal| goal.reading(asked.register, centre, &figures);
        (*centre, goals.iter().map(reading).collect())
    };
    let mut rows = Vec::new();
    for group in groups {
        let centres = group.centres.iter().map(read);
        match by {
            By::Centre => rows.extend(centres.map(|one| Row {
                key: one.0.centre.clone(),
                head: vec![group.cell(), centre_cell(one.0)],
                name: Said::same(one.0.name()),
                centres: vec![one],
            })),
            _ => rows.push(Row {
                key: group.id.clone(),
                head: vec![group.cell()],
                name: group.name.clone(),
                centres: centres.collect(),
            }),
        }
    }
    rows
}

/// What is asked for, for a heading: `≥ 70 %`.
fn asked_for(asks: Asks) -> Said {
    match asks {
        Asks::Share(percent) => say!("≥ {percent}%", "≥ {percent}%", [percent]),
        Asks::Centres(percent, _) => say!("≥ {percent}% trung tâm", "≥ {percent}% of centres", [percent]),
        Asks::Each(least) => say!("≥ {least}", "≥ {least}", [least]),
        Asks::Growth(percent) => say!("tăng ≥ {percent}%", "+{percent}% or more", [percent]),
    }
}

fn value(reading: Option<Reading>, asks: Asks) -> Cell {
    reading.map(|reading| reading.value(asks)).into()
}

fn short_by(reading: Option<Reading>) -> Cell {
    reading.map(Reading::short_by).into()
}

/// The files that the figures of some centres come from.
fn files(row: &Row) -> BTreeSet<Arc<str>> {
    let visits = row.centres.iter().flat_map(|(centre, _)| &centre.visits);
    visits.map(|visit| visit.file.clone()).collect()
}

/// True if the targets are of more than one set, which must then be told apart.
fn several(goals: &[(usize, &Goal)]) -> bool {
    goals.iter().any(|(_, goal)| goal.set.id != goals[0].1.set.id)
}

const AS_ONE: Text = t(
    "“Còn thiếu” ở dòng tổng tính cho cả địa bàn như một nơi: nơi vượt bù cho nơi thiếu, nên không phải là tổng các dòng.",
    "In the total, “short by” is of all places as one: what some have beyond the target makes up for others, so that it is not the sum of the rows.",
);

fn by_place(by: By, goals: &[(usize, &Goal)], rows: &[Row]) -> TableBuilder {
    let mut columns = vec![Column::new("unit", UNIT, ColumnKind::Name)];
    if by == By::Centre {
        columns.push(Column::new("centre", t("Trung tâm", "Centre"), ColumnKind::Name).beside("unit"));
    }
    let several = several(goals);
    for (_, Goal { set, target, asks, .. }) in goals {
        let (label, aim) = (&target.label, asked_for(*asks));
        let of = set.body.legal_ref.as_ref().filter(|_| several).map(|number| format!(", {number}"));
        let of = of.unwrap_or_default();
        let heading = say!("{label} ({aim}{of})", "{label} ({aim}{of})", [label, aim, of]);
        let missing = say!("{label}: còn thiếu", "{label}: short by", [label]);
        let kind = if matches!(asks, Asks::Each(_)) { ColumnKind::Ratio } else { ColumnKind::Percent };
        let key = |key: &str| format!("{}.{}.{key}", set.id, target.id);
        columns.push(Column::new(key("value"), heading, kind));
        columns.push(Column::new(key("short_by"), missing, ColumnKind::Count));
    }
    columns.push(Column::new("reached", t("Số chỉ tiêu đạt", "Targets reached"), ColumnKind::Text));
    let row = |row: &Row| {
        let readings = || goals.iter().map(|(at, goal)| (row.reading(*at), goal.asks));
        let known: Vec<Reading> = readings().filter_map(|(reading, _)| reading).collect();
        let mut cells = row.head.clone();
        cells.extend(readings().flat_map(|(reading, asks)| [value(reading, asks), short_by(reading)]));
        cells.push(reached(known.into_iter()));
        KeyedRow { key: row.key.clone(), cells, files: files(row) }
    };
    let mut total = vec![total_word()];
    total.extend((by == By::Centre).then(blank));
    let mut is_sum = true;
    for (at, goal) in goals {
        let readings = || rows.iter().filter_map(|row| row.reading(*at));
        let all = readings().reduce(Reading::and);
        is_sum &= readings().map(Reading::short_by).sum::<i64>() == all.map_or(0, Reading::short_by);
        total.extend([value(all, goal.asks), short_by(all)]);
    }
    let notes = (!is_sum).then_some(Note::Whole(AS_ONE.into())).into_iter().collect();
    let each = places(rows).flat_map(|row| goals.iter().filter_map(|(at, _)| row.reading(*at)));
    total.push(reached(each));
    TableBuilder { columns, rows: rows.iter().map(row).collect(), total: Some(total), notes }
}

/// The rows that are a place of their own; what belongs to several units counts in the totals only.
fn places<'a, 'b>(rows: &'a [Row<'b>]) -> impl Iterator<Item = &'a Row<'b>> {
    rows.iter().filter(|row| row.key != NOT_ALLOTTED)
}

/// How many are reached, of those that are known.
fn reached(readings: impl Iterator<Item = Reading>) -> Cell {
    let short: Vec<i64> = readings.map(Reading::short_by).collect();
    match short.len() {
        0 => Cell::Missing,
        known => Cell::Of(short.iter().filter(|short| **short == 0).count(), known),
    }
}

fn by_target(goals: &[(usize, &Goal)], rows: &[Row]) -> TableBuilder {
    let columns = Column::list(&[
        ("target", t("Chỉ tiêu", "Target"), ColumnKind::Name),
        ("target_set", t("Bộ chỉ tiêu", "Set"), ColumnKind::Name),
        ("asked", t("Phải đạt", "Required"), ColumnKind::Name),
        ("target_value", t("Chung", "Over all"), ColumnKind::Ratio),
        ("short_by", t("Còn thiếu", "Short by"), ColumnKind::Count),
        ("reached", t("Số nơi đạt", "Reached"), ColumnKind::Text),
        ("missed_by", t("Nơi chưa đạt", "Missed by"), ColumnKind::Name),
    ]);
    let row = |(at, goal): &(usize, &Goal)| {
        let readings = || places(rows).filter_map(|row| Some((row, row.reading(*at)?)));
        let all = rows.iter().filter_map(|row| row.reading(*at)).reduce(Reading::and);
        let missed = || readings().filter(|(_, reading)| reading.short_by() > 0);
        let ids = missed().map(|(row, _)| row.key.as_str()).collect::<Vec<_>>().join("; ");
        let names = Said::join(missed().map(|(row, reading)| missing(row, goal.asks, reading)), "; ");
        let cells = vec![
            Cell::word(goal.target.id.clone(), goal.target.label.clone()),
            Cell::word(goal.set.id.clone(), set_name(goal.set)),
            Cell::word(asked_for(goal.asks).en, asked_for(goal.asks)),
            value(all, goal.asks),
            short_by(all),
            reached(readings().map(|(_, reading)| reading)),
            if ids.is_empty() { Cell::Missing } else { Cell::word(ids, names) },
        ];
        let known = rows.iter().filter(|row| row.reading(*at).is_some());
        KeyedRow {
            key: format!("{}.{}", goal.set.id, goal.target.id),
            cells,
            files: known.flat_map(files).collect(),
        }
    };
    TableBuilder { columns, rows: goals.iter().map(row).collect(), total: None, notes: Vec::new() }
}

/// Who misses a target, and by how much.
fn missing(row: &Row, asks: Asks, reading: Reading) -> Said {
    let (name, short) = (&row.name, reading.short_by());
    let unit = if matches!(asks, Asks::Each(_)) { "" } else { "%" };
    let said = |lang| fixed(reading.value(asks), 1, lang) + unit;
    let value = Said { vi: said(Lang::Vi), en: said(Lang::En) };
    match asks {
        Asks::Centres(..) => name.clone(),
        _ => {
            say!("{name} {value} (thiếu {short})", "{name} {value} (short by {short})", [name, value, short])
        }
    }
}

/// How many rows say nothing about a target.
fn unknown(goals: &[(usize, &Goal)], rows: &[Row]) -> Option<Said> {
    let of = places(rows).count();
    let unknown = goals.iter().filter_map(|(at, goal)| {
        let n = places(rows).filter(|row| row.reading(*at).is_none()).count();
        let label = &goal.target.label;
        let set = goal.set.body.legal_ref.as_ref().filter(|_| several(goals));
        let set = set.map(|number| format!(" ({number})")).unwrap_or_default();
        (n > 0).then(|| say!("{label}{set} {n}/{of}", "{label}{set} {n}/{of}", [label, set, n, of]))
    });
    let unknown = Said::join(unknown, "; ");
    (!unknown.is_empty())
        .then(|| say!("Chưa đủ số liệu để so sánh: {unknown}.", "Not known: {unknown}.", [unknown]))
}

/// Which sets the figures are held against, which are not in force, and what cannot be relied on.
fn notes(goals: &[Goal], shown: &[(usize, &Goal)]) -> Vec<Said> {
    if goals.is_empty() {
        return vec![say!(
            "Sổ chưa chọn bộ chỉ tiêu: ghi targets = [\"qd387-2030\"] trong ttht.toml; xem các bộ: ttht list schemes.",
            "No target set is chosen: write targets = [\"qd387-2030\"] in ttht.toml; for the sets: ttht list schemes.",
        )];
    }
    let is_shown = |goal: &Goal| shown.iter().any(|(_, other)| other.set.id == goal.set.id);
    let mut notes = Vec::new();
    let mut seen = BTreeSet::new();
    for goal in goals.iter().filter(|goal| seen.insert(&goal.set.id)) {
        let set = set_name(goal.set);
        if !is_shown(goal) {
            notes.push(say!(
                "Không có hiệu lực trong kỳ số liệu này: {set}.",
                "Not in force in the period of these figures: {set}.",
                [set]
            ));
        } else if goal.set.body.status == Some(SchemeStatus::Unverified) {
            notes.push(say!(
                "Chưa được xác nhận, chỉ để tham khảo: {set}.",
                "Unverified, for guidance only: {set}.",
                [set]
            ));
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use crate::model::day::Day;
    use crate::model::figures::{Title, Titles};
    use crate::model::history::Record;
    use crate::model::period::Period;
    use crate::model::scheme::{Scheme, SchemeStatus};
    use crate::model::table::{Cell, Table};
    use crate::model::target::Target;
    use crate::summary::By;
    use crate::summary::specimen::{Specimen, cell, day};

    fn target(id: &str, figure: &str, of: &[&str], percent: f64) -> Target {
        let of = of.iter().map(|path| (*path).to_owned()).collect();
        let figure = vec![figure.to_owned()];
        Target { id: id.into(), figure, of, percent: Some(percent), ..Target::default() }
    }

    /// Two sets, the second of a later time; three centres, the last of which reports nothing.
    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        let family =
            || target("family", "title.learning.family.recognised", &["title.learning.family.base"], 70.0);
        let library = target("library", "facilities.library", &[], 90.0);
        let mut add = |id: &str, target: Vec<Target>, valid_from: Option<Day>| {
            let status = Some(SchemeStatus::Unverified);
            let body = Scheme { target, valid_from, status, ..Scheme::default() };
            let set = Record { id: id.into(), body, ..Record::default() };
            specimen.register.schemes.insert(id.into(), set);
            specimen.register.settings.body.targets.push(id.into());
        };
        add("now", vec![family(), library], None);
        add("later", vec![family()], Some(day("2022-03-25")));
        for (visit, recognised, library) in
            [("2016-10-27-bac-son", 700, true), ("2016-10-28-dien-cong", 590, false)]
        {
            let visit = specimen.visit(visit);
            visit.facilities.library = Some(library);
            let mut titles = Titles { period: Period::parse("2016"), ..Titles::default() };
            titles.learning.family =
                Some(Title { recognised: Some(recognised), base: Some(1_000), ..Title::default() });
            visit.title = Some(titles);
        }
        specimen
    }

    fn notes(table: &Table) -> String {
        table.notes.iter().map(|note| note.en.as_str()).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn each_unit_stands_beside_each_target_that_is_in_force() {
        let table = specimen().table("targets");
        let family = |row, key: &str| cell(&table, row, &format!("now.family.{key}"));
        assert_eq!((family(0, "value"), family(0, "short_by")), (Cell::Number(70.0), Cell::Count(0)));
        assert_eq!((family(1, "value"), family(1, "short_by")), (Cell::Number(59.0), Cell::Count(110)));
        assert_eq!((family(2, "value"), family(2, "short_by")), (Cell::Missing, Cell::Missing));
        assert_eq!((family(3, "value"), family(3, "short_by")), (Cell::Number(64.5), Cell::Count(110)));
        assert_eq!(cell(&table, 3, "now.library.value"), Cell::Number(50.0));
        assert_eq!(cell(&table, 3, "now.library.short_by"), Cell::Count(1), "nine of ten of two are two");
        let reached: Vec<Cell> = (0..4).map(|row| cell(&table, row, "reached")).collect();
        assert_eq!(reached, [Cell::Of(2, 2), Cell::Of(0, 2), Cell::Missing, Cell::Of(2, 4)]);
        assert!(table.columns.iter().all(|column| !column.key.starts_with("later")));
        assert!(notes(&table).contains("Not in force in the period of these figures: later."));
        assert!(notes(&table).contains("Unverified, for guidance only: now."));
        assert!(!notes(&table).contains("is not the sum of the rows"));
    }

    #[test]
    fn a_total_that_is_not_the_sum_of_its_rows_says_so() {
        let mut specimen = specimen();
        let titles = specimen.visit("2016-10-27-bac-son").title.as_mut().unwrap();
        titles.learning.family.as_mut().unwrap().recognised = Some(900);
        let table = specimen.table("targets");
        let family = |row| cell(&table, row, "now.family.short_by");
        assert_eq!((family(1), family(3)), (Cell::Count(110), Cell::Count(0)));
        assert!(notes(&table).contains("is not the sum of the rows"), "{}", notes(&table));
    }

    #[test]
    fn each_target_names_those_who_miss_it() {
        let mut specimen = specimen();
        specimen.options.by = Some(By::Target);
        let table = specimen.table("targets");
        let missed = |row| match cell(&table, row, "missed_by") {
            Cell::Word(ids, said) => format!("{ids}: {}", said.en),
            other => format!("{other:?}"),
        };
        assert_eq!(missed(0), "dien-cong: Điền Công 59.0% (short by 110)");
        assert_eq!(missed(1), "dien-cong: Điền Công", "a centre has a library or has none");
        assert_eq!(cell(&table, 0, "reached"), Cell::Of(1, 2));
        assert!(notes(&table).contains("1/3"), "{}", notes(&table));
    }

    #[test]
    fn without_a_set_it_is_said_how_to_choose_one() {
        let mut specimen = specimen();
        specimen.register.settings.body.targets.clear();
        let table = specimen.table("targets");
        assert_eq!(cell(&table, 0, "reached"), Cell::Missing);
        assert!(notes(&table).contains("write targets = "));
    }
}
