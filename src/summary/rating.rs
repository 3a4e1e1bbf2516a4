//! Points, ranks and shortcomings: a row for each centre, the ranks counted below; a table for each scheme.

use super::builder::{KeyedRow, Note, TableBuilder, UNIT, blank, total_word};
use super::group::{self, Group, Scope};
use super::progress::centre_cell;
use super::ranks::{by_rank, period_cell, ranks, ratings, schemes};
use super::snapshot::{Found, Rated, Snapshot};
use super::{By, Request, Summary, followup};
use crate::model::scheme::{Method, SchemeStatus};
use crate::model::table::{Cell, ChartKind, Column, ColumnKind};
use crate::model::text::{Said, t};
use crate::model::visit::FollowupState;
use crate::say;
use std::collections::BTreeSet;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "rating",
    title: t("Xếp loại và kiến nghị", "Ratings and recommendations"),
    about: t(
        "Điểm, tự xếp loại, xếp loại, tồn tại, hạn chế chính và kiến nghị của từng trung tâm; theo mức xếp loại: số và % trung tâm.",
        "Points, self-rating, rank, main shortcomings and recommendations of each centre; by rank: n and % of centres.",
    ),
    topic: None,
    needs: &["status", "rating", "findings", "recommendation", "followup"],
    scope: Scope::Window,
    all_visits: true,
    main: &[],
    picture: Some((ChartKind::Bars, &["points"])),
    by: &[By::Centre, By::Rank, By::Area],
    build,
};

/// The centres as they were rated by each scheme, that of the register first: points and ranks of several are never in one
/// table. One for all centres, if there is at most one scheme.
pub fn split(asked: &Request, snapshots: &[Snapshot]) -> Vec<(String, Said, Vec<Snapshot>)> {
    let used: BTreeSet<&String> = ratings(snapshots).map(|rated| &rated.scheme).collect();
    let mut used: Vec<&String> = used.into_iter().collect();
    used.sort_by_key(|id| asked.register.settings.body.scheme.as_ref() != Some(id));
    if used.len() < 2 {
        return Vec::new();
    }
    let only = |scheme: &String, snapshot: &Snapshot| {
        let mut only = snapshot.clone();
        only.ratings.retain(|found| found.body.scheme == *scheme);
        only
    };
    let split = used.into_iter().map(|scheme| {
        let title = asked.register.schemes.get(scheme).map(|scheme| scheme.body.title.clone());
        let centres = snapshots.iter().map(|snapshot| only(scheme, snapshot)).collect();
        (scheme.clone(), title.unwrap_or_else(|| Said::same(scheme.as_str())), centres)
    });
    split.collect()
}

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let centres = group::centres(groups);
    let mut table = match asked.by(&SUMMARY) {
        Some(By::Rank) => by_rank(asked, &centres),
        _ => by_centre(asked, groups, &centres),
    };
    table.notes.extend(unverified(asked, &centres).map(Note::from));
    table
}

/// A column that depends on the scheme, or on whether anyone says what is rated.
struct Extra {
    column: Column,
    cell: Box<dyn Fn(&Rated) -> Cell>,
}

fn by_centre(asked: &Request, groups: &[Group], centres: &[&Snapshot]) -> TableBuilder {
    let extra = extra(asked, centres);
    let text = |key: &str, label| Column::new(key, label, ColumnKind::Text);
    let count = |key: &str, label| Column::new(key, label, ColumnKind::Count);
    let name = |key: &str, label| Column::new(key, label, ColumnKind::Name);
    let mut columns = vec![name("unit", UNIT), name("centre", t("Trung tâm", "Centre")).beside("unit")];
    columns.extend(extra.iter().map(|extra| extra.column.clone()));
    columns.extend([
        text("self_rank", t("Tự xếp loại", "Self-rating")),
        text("rating_rank", t("Xếp loại", "Rank")),
        text("shortcomings", t("Tồn tại, hạn chế chính", "Shortcomings")),
        count("recommendations", t("Kiến nghị", "Recommendations")),
        count("done", t("Đã thực hiện", "Done")),
        count("overdue", t("Quá hạn", "Overdue")),
    ]);
    let mut rows = Vec::new();
    for group in groups {
        rows.extend(group.centres.iter().flat_map(|centre| rows_of(asked, group, centre, &extra)));
    }
    let is_rated = |centre: &&&Snapshot| ratings([**centre]).any(|rated| rated.rating.rank.is_some());
    let rated = centres.iter().filter(is_rated).count();
    let mut total = vec![total_word()];
    total.resize(columns.len() - 5, blank());
    total.extend([Cell::Of(rated, centres.len()), blank()]);
    total.extend(advice(asked, centres));
    let notes = ranks(asked, centres).map(Note::from).collect();
    TableBuilder { columns, rows, total: Some(total), notes }
}

/// The rows of a centre: one for each period that was rated; what does not depend on it stands in the first.
fn rows_of(asked: &Request, group: &Group, centre: &Snapshot, extra: &[Extra]) -> Vec<KeyedRow> {
    let first = std::iter::once(centre.ratings.first());
    let more = centre.ratings.iter().skip(1).map(Some);
    first
        .chain(more)
        .enumerate()
        .map(|(n, rated)| row(asked, group, (centre, n == 0), rated, extra))
        .collect()
}

fn row(
    asked: &Request,
    group: &Group,
    (centre, is_first): (&Snapshot, bool),
    rated: Option<&Found<Rated>>,
    extra: &[Extra],
) -> KeyedRow {
    let mut cells = vec![group.cell(), centre_cell(centre)];
    cells.extend(extra.iter().map(|extra| rated.map_or(Cell::Missing, |found| (extra.cell)(&found.body))));
    let rank = |of: fn(&Rated) -> Option<&String>| {
        rated.map_or(Cell::Missing, |found| found.body.rank_cell(asked.register, of(&found.body)))
    };
    cells.extend([rank(|rated| rated.rating.self_rank.as_ref()), rank(|rated| rated.rating.rank.as_ref())]);
    let mut files: BTreeSet<_> = rated.map(|found| found.file.clone()).into_iter().collect();
    if is_first {
        let shortcomings = centre.shortcomings.as_ref();
        cells.push(Cell::text(shortcomings.map_or_else(String::new, |found| found.body.join("; "))));
        cells.extend(advice(asked, &[centre]));
        let advised =
            centre.advice.iter().flat_map(|advice| [Some(&advice.file), advice.followed_in.as_ref()]);
        files.extend(shortcomings.map(|found| &found.file).into_iter().chain(advised.flatten()).cloned());
    } else {
        cells.extend([const { Cell::Missing }; 4]);
    }
    KeyedRow { key: centre.centre.clone(), cells, files }
}

/// How many recommendations, how many of them done, how many overdue; missing if there was no visit.
fn advice(asked: &Request, centres: &[&Snapshot]) -> [Cell; 3] {
    if centres.iter().all(|centre| centre.visits.is_empty()) {
        return [Cell::Missing, Cell::Missing, Cell::Missing];
    }
    let all = || centres.iter().flat_map(|centre| &centre.advice);
    let done = all().filter(|advice| followup::state(advice) == FollowupState::Done);
    let overdue = all().filter(|advice| followup::is_overdue(advice, asked.today));
    [all().count(), done.count(), overdue.count()].map(|n| Cell::Count(n as i64))
}

/// The columns between the centre and its rank: what is rated, points or indicators by criterion, all points.
fn extra(asked: &Request, centres: &[&Snapshot]) -> Vec<Extra> {
    let mut extra = Vec::new();
    let mut add = |column: Column, cell: Box<dyn Fn(&Rated) -> Cell>| extra.push(Extra { column, cell });
    let all = || ratings(centres.iter().copied());
    if all().any(|rated| rated.rating.period.is_some()) {
        let column = Column::new("rating_period", t("Kỳ đánh giá", "Rated period"), ColumnKind::Text);
        add(column, Box::new(|rated| period_cell(rated.rating.period)));
    }
    let scheme = schemes(asked, centres).next();
    let ids = |of: fn(&Rated) -> Vec<&String>| {
        let given: Vec<&String> = all().flat_map(of).collect();
        let known = scheme.iter().flat_map(|scheme| &scheme.criterion).filter(|_| !given.is_empty());
        let mut ids: Vec<(String, Said)> = known.map(|row| (row.id.clone(), row.label.clone())).collect();
        for id in given {
            if ids.iter().all(|(known, _)| known != id) {
                ids.push((id.clone(), Said::same(id.as_str())));
            }
        }
        ids
    };
    for (id, label) in ids(|rated| rated.rating.scores.keys().collect()) {
        let column = Column::new(format!("scores.{id}"), label, ColumnKind::Number);
        add(column, Box::new(move |rated| rated.rating.scores.get(&id).copied().into()));
    }
    for (id, label) in ids(|rated| rated.rating.met.keys().collect()) {
        let column = Column::new(format!("met.{id}"), label, ColumnKind::Bool);
        add(column, Box::new(move |rated| rated.rating.met.get(&id).copied().into()));
    }
    if scheme.is_none_or(|scheme| scheme.method != Some(Method::Levels)) {
        let column = Column::new("points", t("Tổng điểm", "Points"), ColumnKind::Number);
        add(column, Box::new(|rated| rated.rating.points().into()));
    }
    extra
}

/// Which of the schemes cannot be relied on.
fn unverified(asked: &Request, centres: &[&Snapshot]) -> Option<Said> {
    let schemes = schemes(asked, centres).filter(|scheme| scheme.status == Some(SchemeStatus::Unverified));
    let schemes = Said::join(schemes.map(|scheme| scheme.title.clone()), "; ");
    (!schemes.is_empty()).then(|| {
        say!(
            "Thang đánh giá chưa được xác nhận, chỉ để tham khảo: {schemes}.",
            "Unverified scheme, for guidance only: {schemes}.",
            [schemes]
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::model::history::Record;
    use crate::model::rating::Rating;
    use crate::model::scheme::{Criterion, Rank, Scheme};
    use crate::model::table::Cell;
    use crate::model::text::Said;
    use crate::model::visit::Recommendation;
    use crate::summary::specimen::{Specimen, cell, day};

    #[test]
    fn ranks_are_counted_among_the_rated() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        let label = |vi: &str, en: &str| Said { vi: vi.into(), en: en.into() };
        let rank =
            |id: &str, vi: &str, en: &str| Rank { id: id.into(), label: label(vi, en), ..Rank::default() };
        let criterion = vec![Criterion { id: "effect".into(), max: Some(30.0), ..Criterion::default() }];
        let body = Scheme {
            criterion,
            rank: vec![rank("good", "Tốt", "Good"), rank("fair", "Khá", "Fair")],
            ..Scheme::default()
        };
        specimen
            .register
            .schemes
            .insert("own".into(), Record { id: "own".into(), body, ..Record::default() });
        specimen.register.settings.body.scheme = Some("own".into());
        let visit = specimen.visit("2016-10-27-bac-son");
        let scores = [("effect".to_owned(), 27.5)].into_iter().collect();
        visit.rating.push("own".into(), Rating { rank: Some("good".into()), scores, ..Rating::default() });
        let due = Some(day("2017-03-31"));
        let advice = Recommendation { text: "Mở sổ".into(), due, ..Recommendation::default() };
        visit.recommendation.push("r1".into(), advice);
        specimen.visit("2016-10-28-dien-cong");
        let table = specimen.table("rating");
        assert_eq!(cell(&table, 0, "scores.effect"), Cell::Number(27.5));
        assert_eq!(cell(&table, 0, "overdue"), Cell::Count(1));
        assert_eq!(cell(&table, 1, "recommendations"), Cell::Count(0));
        assert_eq!(cell(&table, 2, "recommendations"), Cell::Missing, "there was no visit");
        assert_eq!(cell(&table, 3, "rating_rank"), Cell::Of(1, 3));
        let note = "Xếp loại: Tốt 1 (100,0%); Khá 0 (0,0%); chưa xếp loại 2.";
        assert!(table.notes.iter().any(|said| said.vi == note), "{:?}", table.notes);
    }
}
