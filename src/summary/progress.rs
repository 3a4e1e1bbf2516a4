//! How far a campaign, or a year of visits, has come: a row for each centre.

use super::builder::{KeyedRow, TableBuilder, UNIT, blank, total_word};
use super::group::{self, Group, Scope};
use super::snapshot::{Seen, Snapshot};
use super::{By, Request, Summary};
use crate::model::campaign::Mode;
use crate::model::day::Day;
use crate::model::field::Choice;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow};
use crate::model::text::{Said, t};
use crate::model::visit::VisitKind;
use std::collections::BTreeMap;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "progress",
    title: t("Tiến độ kiểm tra", "Progress"),
    about: t(
        "Trung tâm nào đã kiểm tra (ngày nào, xếp loại gì), trung tâm nào chưa.",
        "Which centres were visited, when and with what rating, and which were not.",
    ),
    topic: None,
    needs: &["status", "person", "team", "minutes", "rating"],
    scope: Scope::Window,
    all_visits: false,
    main: &[],
    picture: None,
    by: &[By::Centre, By::Month, By::Area],
    build,
};

/// How far a centre has come.
const VISITED: Choice = Choice { word: "visited", label: t("đã kiểm tra", "visited") };
const UNPLANNED: Choice =
    Choice { word: "unplanned", label: t("đã kiểm tra, ngoài kế hoạch", "visited, not planned") };
const WAITING: Choice = Choice { word: "waiting", label: t("chưa kiểm tra", "not yet visited") };
const UNREAD: Choice =
    Choice { word: "unread", label: t("không đọc được tệp kiểm tra", "visit could not be read") };
const SELF_CHECKED: Choice =
    Choice { word: "self_checked", label: t("đã tự kiểm tra", "self-checked") };
const EXCUSED: Choice =
    Choice { word: "excused", label: t("không kiểm tra, có lý do", "not visited, for a reason") };
const LATE: Choice = Choice { word: "late", label: t("quá hạn, chưa kiểm tra", "late, not visited") };

/// The columns.
const COLUMNS: &[ColumnRow] = &[
    ("unit", UNIT, ColumnKind::Name),
    ("centre", t("Trung tâm", "Centre"), ColumnKind::Name),
    ("director", t("Giám đốc", "Director"), ColumnKind::Text),
    ("visit_date", t("Ngày kiểm tra", "Date"), ColumnKind::Day),
    ("self_check", t("Ngày tự kiểm tra", "Self-check"), ColumnKind::Day),
    ("leader", t("Trưởng đoàn", "Team leader"), ColumnKind::Text),
    ("minutes", t("Số biên bản", "Minutes"), ColumnKind::Text),
    ("rating_rank", t("Xếp loại", "Rank"), ColumnKind::Text),
    ("state", t("Tình trạng", "State"), ColumnKind::Text),
    ("reason", t("Lý do", "Reason"), ColumnKind::Text),
];

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    if asked.by(&SUMMARY) == Some(By::Month) { by_month(groups) } else { by_centre(asked, groups) }
}

fn by_centre(asked: &Request, groups: &[Group]) -> TableBuilder {
    let mut columns = Column::list(COLUMNS);
    columns[CENTRE].beside = Some("unit");
    let ends = deadline(asked);
    let mut rows = Vec::new();
    for group in groups {
        rows.extend(group.centres.iter().map(|centre| row(asked, group, centre, ends)));
    }
    let all = group::centres(groups);
    let expected = || all.iter().filter(|centre| centre.expected);
    let visited = expected().filter(|centre| is_done(asked, centre)).count();
    let checked = all.iter().filter(|centre| latest(centre, VisitKind::SelfCheck).is_some()).count();
    let mut total = vec![total_word()];
    total.resize(COLUMNS.len(), blank());
    total[STATE] = Cell::Of(visited, expected().count());
    total[SELF_CHECK] = Cell::Of(checked, all.len());
    let mut table = TableBuilder { columns, rows, total: Some(total), notes: Vec::new() };
    for at in [REASON, SELF_CHECK] {
        drop_if_empty(&mut table, at);
    }
    table
}

/// Where the centre is, the columns that most tables do without, and the state.
const CENTRE: usize = 1;
const SELF_CHECK: usize = 4;
const STATE: usize = 8;
const REASON: usize = 9;

/// Takes out a column that no row has anything in.
fn drop_if_empty(table: &mut TableBuilder, at: usize) {
    if table.rows.iter().all(|row| row.cells[at] == Cell::Missing) {
        table.columns.remove(at);
        table.rows.iter_mut().for_each(|row| drop(row.cells.remove(at)));
        table.total.as_mut().map(|total| total.remove(at));
    }
}

/// The latest visit of a kind.
fn latest(centre: &Snapshot, kind: VisitKind) -> Option<&Seen> {
    centre.visits.iter().rfind(|visit| visit.kind == kind)
}

/// True if a centre was visited, or checked itself where that is asked of it.
fn is_done(asked: &Request, centre: &Snapshot) -> bool {
    latest(centre, VisitKind::Inspection).is_some() || is_seen(centre) && self_checks_count(asked)
}

/// True if a centre was visited, or checked itself. A report is neither.
pub fn is_seen(centre: &Snapshot) -> bool {
    centre.visits.iter().any(|visit| visit.kind != VisitKind::Report)
}

/// True unless a campaign of inspections is asked for.
fn self_checks_count(asked: &Request) -> bool {
    let campaign = asked.window.campaign(asked.register);
    campaign.is_none_or(|campaign| campaign.mode.is_some_and(|mode| mode != Mode::Inspection))
}

/// A row for each month: its visits, and how many of the centres had been visited by its end.
fn by_month(groups: &[Group]) -> TableBuilder {
    let columns = vec![
        Column::new("visit_month", t("Tháng", "Month"), ColumnKind::Text),
        Column::new("visits", t("Số lần kiểm tra", "Visits"), ColumnKind::Count),
        Column::new("self_checks", t("Số lần tự kiểm tra", "Self-checks"), ColumnKind::Count),
        Column::new(
            "centres",
            t("Số trung tâm được kiểm tra thêm", "Centres newly visited"),
            ColumnKind::Count,
        ),
        Column::new("visited", t("Luỹ kế số trung tâm đã kiểm tra", "Visited so far"), ColumnKind::Text),
    ];
    let centres = group::centres(groups);
    let mut months: BTreeMap<(i32, u32), (Vec<&Seen>, usize)> = BTreeMap::new();
    for centre in &centres {
        let made = centre.visits.iter().filter(|visit| visit.kind != VisitKind::Report);
        let dated = made.filter_map(|visit| Some((visit, visit.date?)));
        for (n, (visit, date)) in dated.enumerate() {
            let (visits, first) = months.entry((date.year(), date.month())).or_default();
            visits.push(visit);
            *first += usize::from(n == 0);
        }
    }
    let (mut visits, mut checks, mut visited) = (0, 0, 0);
    let rows = months.into_iter().map(|((year, month), (seen, first))| {
        let checked = seen.iter().filter(|visit| visit.kind == VisitKind::SelfCheck).count();
        visits += seen.len() - checked;
        checks += checked;
        visited += first;
        let name = Said { vi: format!("{month:02}/{year}"), en: format!("{year}-{month:02}") };
        let cells = vec![
            Cell::word(name.en.clone(), name.clone()),
            Cell::Count((seen.len() - checked) as i64),
            Cell::Count(checked as i64),
            Cell::Count(first as i64),
            Cell::Of(visited, centres.len()),
        ];
        KeyedRow { key: name.en, cells, files: seen.iter().map(|visit| visit.file.clone()).collect() }
    });
    let rows = rows.collect();
    let total = vec![
        total_word(),
        Cell::Count(visits as i64),
        Cell::Count(checks as i64),
        Cell::Count(visited as i64),
        Cell::Of(visited, centres.len()),
    ];
    let mut table = TableBuilder { columns, rows, total: Some(total), notes: Vec::new() };
    if checks == 0 {
        table.rows.iter_mut().for_each(|row| row.cells[SELF_CHECKS] = Cell::Missing);
        drop_if_empty(&mut table, SELF_CHECKS);
    }
    table
}

const SELF_CHECKS: usize = 2;

/// The last day on which a visit is in time.
fn deadline(asked: &Request) -> Option<Day> {
    let campaign = asked.window.campaign(asked.register);
    let window = || asked.window.days(asked.register).map(|days| *days.end());
    campaign.and_then(|campaign| campaign.ends).or_else(window)
}

fn row(asked: &Request, group: &Group, centre: &Snapshot, ends: Option<Day>) -> KeyedRow {
    let (visit, check) = (latest(centre, VisitKind::Inspection), latest(centre, VisitKind::SelfCheck));
    let reason = reason(asked, centre);
    let state = match (visit, centre.expected) {
        (Some(_), true) => VISITED,
        (Some(_), false) => UNPLANNED,
        (None, _) if is_done(asked, centre) => SELF_CHECKED,
        (None, _) if reason.is_some() => EXCUSED,
        (None, _) if centre.unread => UNREAD,
        (None, _) if ends.is_some_and(|ends| ends < asked.today) => LATE,
        (None, _) => WAITING,
    };
    let rated = centre.rated();
    let cells = vec![
        group.cell(),
        centre_cell(centre),
        centre.facts.as_ref().and_then(|facts| facts.director.as_ref()).into(),
        visit.and_then(|visit| visit.date).into(),
        check.and_then(|check| check.date).into(),
        visit.and_then(|visit| visit.leader.as_ref()).into(),
        visit.and_then(|visit| visit.minutes.as_ref()).into(),
        rated.map_or(Cell::Missing, |rated| rated.rank_cell(asked.register, rated.rating.rank.as_ref())),
        (&state).into(),
        reason.into(),
    ];
    let files = centre.visits.iter().map(|visit| visit.file.clone()).collect();
    KeyedRow { key: centre.centre.clone(), cells, files }
}

/// Why the campaign that is asked for did not visit a centre.
fn reason<'a>(asked: &'a Request, centre: &Snapshot) -> Option<&'a String> {
    let campaign = asked.window.campaign(asked.register)?;
    campaign.not_visited.iter().find(|row| row.centre == centre.centre).map(|row| &row.reason)
}

/// The cell that names a centre.
pub fn centre_cell(centre: &Snapshot) -> Cell {
    Cell::word(centre.centre.clone(), Said::same(centre.name()))
}

#[cfg(test)]
mod tests {
    use crate::model::table::{Cell, Table};
    use crate::model::visit::VisitKind;
    use crate::summary::specimen::{Specimen, cell, day};

    fn state(table: &Table, row: usize) -> String {
        match cell(table, row, "state") {
            Cell::Word(word, _) => word,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_not_visited_in_time_is_late() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        specimen.visit("2016-10-27-dien-cong").minutes = Some(Default::default());
        specimen.today = day("2016-11-01");
        let table = specimen.table("progress");
        assert_eq!((state(&table, 0).as_str(), state(&table, 1).as_str()), ("waiting", "visited"));
        assert_eq!(cell(&table, 1, "visit_date"), Cell::Day(day("2016-10-27")));
        assert_eq!(cell(&table, 2, "state"), Cell::Of(1, 2));
        specimen.today = day("2017-11-01");
        assert_eq!(state(&specimen.table("progress"), 0), "late");
    }

    #[test]
    fn self_checks_have_a_column_of_their_own_and_reports_none() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        specimen.visit("2016-10-27-bac-son").kind = Some(VisitKind::SelfCheck);
        specimen.visit("2016-10-28-dien-cong").kind = Some(VisitKind::Report);
        specimen.visit("2016-10-28-nam-khe");
        let table = specimen.table("progress");
        let states = [0, 1, 2].map(|row| state(&table, row));
        assert_eq!(states, ["self_checked", "late", "visited"]);
        assert_eq!(cell(&table, 0, "self_check"), Cell::Day(day("2016-10-27")));
        assert_eq!(cell(&table, 0, "visit_date"), Cell::Missing);
        assert_eq!(cell(&table, 3, "self_check"), Cell::Of(1, 3));
        assert_eq!(cell(&table, 3, "state"), Cell::Of(2, 3));
        assert!(table.columns.iter().all(|column| column.key != "reason"), "nobody gives one");
        specimen.options.by = Some(crate::summary::By::Month);
        let table = specimen.table("progress");
        assert_eq!(
            (cell(&table, 0, "visits"), cell(&table, 0, "self_checks")),
            (Cell::Count(1), Cell::Count(1))
        );
        assert_eq!(cell(&table, 0, "visited"), Cell::Of(2, 3));
    }

    #[test]
    fn a_visit_that_could_not_be_read_is_not_a_visit_that_was_not_made() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        specimen.histories[0].unread = vec!["2016-10-27-bac-son".into()];
        specimen.histories[1].unread = vec!["2014-10-27-dien-cong".into()];
        let table = specimen.table("progress");
        assert_eq!((state(&table, 0).as_str(), state(&table, 1).as_str()), ("unread", "late"));
    }

    #[test]
    fn months_add_up_to_the_centres_visited() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        for visit in ["2016-10-27-bac-son", "2016-11-02-bac-son", "2016-11-03-dien-cong"] {
            specimen.visit(visit);
        }
        specimen.options.by = Some(crate::summary::By::Month);
        let table = specimen.table("progress");
        assert_eq!(cell(&table, 1, "visits"), Cell::Count(2));
        assert_eq!(cell(&table, 1, "centres"), Cell::Count(1));
        assert_eq!(cell(&table, 1, "visited"), Cell::Of(2, 3));
        assert_eq!(cell(&table, 2, "visits"), Cell::Count(3));
    }

    #[test]
    fn rows_follow_the_vietnamese_alphabet_or_the_codes() {
        let mut specimen = Specimen::new(&["vang-danh", "dien-cong", "bac-son", "yen-thanh", "duong-huy"]);
        specimen.visit("2016-10-27-dien-cong");
        let names = |table: &Table| -> Vec<String> {
            let ids = table.rows.iter().map(|row| match &row[1] {
                Cell::Word(id, _) => id.clone(),
                other => panic!("{other:?}"),
            });
            ids.collect()
        };
        let table = specimen.table("progress");
        assert_eq!(names(&table), ["bac-son", "duong-huy", "dien-cong", "vang-danh", "yen-thanh"]);
        specimen.options.order = crate::summary::Order::Code;
        assert_eq!(names(&specimen.table("progress"))[0], "vang-danh");
    }
}
