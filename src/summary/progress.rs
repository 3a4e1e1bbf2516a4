//! How far a campaign, or a year of visits, has come: a row a centre.

use super::place::{Place, Scope};
use super::sheet::{Row, Sheet, UNIT, blank, total_word};
use super::snapshot::{Rated, Seen, Snapshot};
use super::{By, Cx, Summary};
use crate::model::day::Day;
use crate::model::field::Choice;
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Said, Text, t};
use std::collections::BTreeMap;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "progress",
    title: t("Tiến độ kiểm tra", "Progress"),
    about: t(
        "Trung tâm nào đã kiểm tra, ngày nào, xếp loại gì; trung tâm nào chưa.",
        "Which centres were visited, when, and how they were rated; which were not.",
    ),
    block: None,
    scope: Scope::Window,
    all_visits: false,
    main: &[],
    picture: None,
    by: &[By::Centre, By::Month],
    sheet,
};

/// How far a centre has come.
const VISITED: Choice = Choice { word: "visited", label: t("đã kiểm tra", "visited") };
const UNPLANNED: Choice =
    Choice { word: "unplanned", label: t("đã kiểm tra, ngoài kế hoạch", "visited, not planned") };
const WAITING: Choice = Choice { word: "waiting", label: t("chưa kiểm tra", "not yet visited") };
const UNREAD: Choice =
    Choice { word: "unread", label: t("không đọc được tệp kiểm tra", "visit could not be read") };
const LATE: Choice = Choice { word: "late", label: t("quá hạn, chưa kiểm tra", "late, not visited") };

/// The columns.
const COLUMNS: &[(&str, Text, ColumnKind)] = &[
    ("unit", UNIT, ColumnKind::Text),
    ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
    ("director", t("Giám đốc", "Director"), ColumnKind::Text),
    ("date", t("Ngày kiểm tra", "Date"), ColumnKind::Day),
    ("leader", t("Trưởng đoàn", "Team leader"), ColumnKind::Text),
    ("minutes", t("Số biên bản", "Minutes"), ColumnKind::Text),
    ("rank", t("Xếp loại", "Rank"), ColumnKind::Text),
    ("state", t("Trạng thái", "State"), ColumnKind::Text),
];

fn sheet(cx: &Cx, places: &[Place]) -> Sheet {
    if cx.by(&SUMMARY) == Some(By::Month) { by_month(places) } else { by_centre(cx, places) }
}

fn by_centre(cx: &Cx, places: &[Place]) -> Sheet {
    let columns =
        COLUMNS.iter().map(|(key, label, kind)| Column::new(*key, *label, *kind)).collect::<Vec<_>>();
    let ends = deadline(cx);
    let mut rows = Vec::new();
    for place in places {
        rows.extend(place.centres.iter().map(|centre| row(cx, place, centre, ends)));
    }
    let expected = places.iter().flat_map(|place| &place.centres).filter(|centre| centre.expected);
    let visited = expected.clone().filter(|centre| !centre.visits.is_empty()).count();
    let mut total = vec![total_word()];
    total.resize(COLUMNS.len() - 1, blank());
    total.push(Cell::Of(visited, expected.count()));
    Sheet { columns, rows, total: Some(total), notes: Vec::new() }
}

/// A row a month: its visits, and how many of the centres had been visited by its end.
fn by_month(places: &[Place]) -> Sheet {
    let columns = vec![
        Column::new("month", t("Tháng", "Month"), ColumnKind::Text),
        Column::new("visits", t("Số lần kiểm tra", "Visits"), ColumnKind::Count),
        Column::new("centres", t("Trung tâm kiểm tra lần đầu", "Centres visited first"), ColumnKind::Count),
        Column::new("visited", t("Đã kiểm tra, cộng dồn", "Visited so far"), ColumnKind::Text),
    ];
    let centres: Vec<&Snapshot> = places.iter().flat_map(|place| place.centres.iter().copied()).collect();
    let mut months: BTreeMap<(i32, u32), (Vec<&Seen>, usize)> = BTreeMap::new();
    for centre in &centres {
        let dated = centre.visits.iter().filter_map(|visit| Some((visit, visit.date?)));
        for (n, (visit, date)) in dated.enumerate() {
            let (visits, first) = months.entry((date.year(), date.month())).or_default();
            visits.push(visit);
            *first += usize::from(n == 0);
        }
    }
    let (mut visits, mut visited) = (0, 0);
    let rows = months.into_iter().map(|((year, month), (seen, first))| {
        visits += seen.len();
        visited += first;
        let name = Said { vi: format!("{month:02}/{year}"), en: format!("{year}-{month:02}") };
        let cells = vec![
            Cell::Word(name.en.clone(), name.clone()),
            Cell::Count(seen.len() as i64),
            Cell::Count(first as i64),
            Cell::Of(visited, centres.len()),
        ];
        Row { key: name.en, cells, files: seen.iter().map(|visit| visit.file.clone()).collect() }
    });
    let rows = rows.collect();
    let total = vec![
        total_word(),
        Cell::Count(visits as i64),
        Cell::Count(visited as i64),
        Cell::Of(visited, centres.len()),
    ];
    Sheet { columns, rows, total: Some(total), notes: Vec::new() }
}

/// The last day on which a visit is in time.
fn deadline(cx: &Cx) -> Option<Day> {
    let campaign = cx.window.campaign.as_deref().and_then(|id| cx.register.campaigns.get(id));
    let window = || cx.window.days(cx.register).map(|(_, last)| last);
    campaign.and_then(|campaign| campaign.body.ends).or_else(window)
}

fn row(cx: &Cx, place: &Place, centre: &Snapshot, ends: Option<Day>) -> Row {
    let visit = centre.visits.last();
    let state = match (visit, centre.expected) {
        (Some(_), true) => VISITED,
        (Some(_), false) => UNPLANNED,
        (None, _) if centre.unread => UNREAD,
        (None, _) if ends.is_some_and(|ends| ends < cx.today) => LATE,
        (None, _) => WAITING,
    };
    let words = |words: Option<&String>| words.map_or(Cell::Missing, Cell::text);
    let rated = centre.rating.as_ref().map(|found| &found.body);
    let cells = vec![
        place.cell(),
        centre_cell(centre),
        words(centre.facts.as_ref().and_then(|facts| facts.director.as_ref())),
        visit.and_then(|visit| visit.date).into(),
        words(visit.and_then(|visit| visit.leader.as_ref())),
        words(visit.and_then(|visit| visit.minutes.as_ref())),
        rated.map_or(Cell::Missing, |rated| rank_cell(cx, rated, rated.rating.rank.as_deref())),
        choice_cell(&state),
    ];
    let files = centre.visits.iter().map(|visit| visit.file.clone()).collect();
    Row { key: centre.centre.clone(), cells, files }
}

/// The cell of a code word.
pub fn choice_cell(choice: &Choice) -> Cell {
    Cell::Word(choice.word.into(), choice.label.into())
}

/// The cell that names a centre.
pub fn centre_cell(centre: &Snapshot) -> Cell {
    Cell::Word(centre.centre.clone(), Said::same(centre.name()))
}

/// The cell of a rank, as its scheme calls it.
pub fn rank_cell(cx: &Cx, rated: &Rated, rank: Option<&str>) -> Cell {
    let Some(rank) = rank else { return Cell::Missing };
    let scheme = rated.scheme.as_deref().and_then(|id| cx.register.schemes.get(id));
    let row = scheme.and_then(|scheme| scheme.body.rank(rank));
    Cell::Word(rank.into(), row.map_or_else(|| Said::same(rank), |row| row.label.clone()))
}

#[cfg(test)]
mod tests {
    use crate::model::table::{Cell, Table};
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
        assert_eq!(cell(&table, 1, "date"), Cell::Day(day("2016-10-27")));
        assert_eq!(cell(&table, 2, "state"), Cell::Of(1, 2));
        specimen.today = day("2017-11-01");
        assert_eq!(state(&specimen.table("progress"), 0), "late");
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
