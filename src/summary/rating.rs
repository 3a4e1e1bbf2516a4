//! Points, ranks and shortcomings: a row for each centre, and the ranks counted below.

use super::builder::{KeyedRow, Note, TableBuilder, UNIT, blank, total_word};
use super::group::{self, Group, Scope};
use super::progress::{centre_cell, rank_cell};
use super::snapshot::{Rated, Snapshot};
use super::{By, Request, Summary, followup};
use crate::model::number::percent;
use crate::model::scheme::{Scheme, SchemeStatus};
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
        "Điểm, tự xếp loại, xếp loại, tồn tại chính và kiến nghị của từng trung tâm.",
        "Points, self-rating, rank, main shortcomings and recommendations of each centre.",
    ),
    topic: None,
    scope: Scope::Window,
    all_visits: true,
    main: &[],
    picture: Some((ChartKind::Bars, &["points"])),
    by: &[By::Centre, By::Area],
    build,
};

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let centres = group::centres(groups);
    let criteria = criteria(asked, &centres);
    let text = |key: &str, label| Column::new(key, label, ColumnKind::Text);
    let count = |key: &str, label| Column::new(key, label, ColumnKind::Count);
    let name = |key: &str, label| Column::new(key, label, ColumnKind::Name);
    let mut columns = vec![name("unit", UNIT), name("centre", t("Trung tâm", "Centre"))];
    for (id, label) in &criteria {
        columns.push(Column::new(format!("scores.{id}"), label.clone(), ColumnKind::Number));
    }
    columns.extend([
        Column::new("points", t("Tổng điểm", "Points"), ColumnKind::Number),
        text("self_rank", t("Tự xếp loại", "Own rank")),
        text("rank", t("Xếp loại", "Rank")),
        text("shortcomings", t("Tồn tại chính", "Shortcomings")),
        count("recommendations", t("Kiến nghị", "Recommendations")),
        count("done", t("Đã xong", "Done")),
        count("overdue", t("Quá hạn", "Overdue")),
    ]);
    let mut rows = Vec::new();
    for group in groups {
        rows.extend(group.centres.iter().map(|centre| row(asked, group, centre, &criteria)));
    }
    let rated = centres.iter().filter(|centre| rank(centre).is_some()).count();
    let mut total = vec![total_word()];
    total.resize(columns.len() - 5, blank());
    total.extend([Cell::Of(rated, centres.len()), blank()]);
    total.extend(advice(asked, &centres));
    let notes =
        ranks(asked, &centres).into_iter().chain(unverified(asked, &centres)).map(Note::from).collect();
    TableBuilder { columns, rows, total: Some(total), notes }
}

fn row(asked: &Request, group: &Group, centre: &Snapshot, criteria: &[(String, Said)]) -> KeyedRow {
    let mut cells = vec![group.cell(), centre_cell(centre)];
    let rated = centre.rated();
    let score = |id: &str| rated.and_then(|rated| rated.rating.scores.get(id).copied());
    cells.extend(criteria.iter().map(|(id, _)| Cell::from(score(id))));
    cells.push(rated.and_then(|rated| rated.rating.points()).into());
    let rank = |of: fn(&Rated) -> Option<&String>| {
        rated.map_or(Cell::Missing, |rated| rank_cell(asked, rated, of(rated).map(String::as_str)))
    };
    cells.extend([rank(|rated| rated.rating.self_rank.as_ref()), rank(|rated| rated.rating.rank.as_ref())]);
    cells.push(Cell::text(rated.map_or_else(String::new, |rated| rated.shortcomings.join("; "))));
    cells.extend(advice(asked, &[centre]));
    let advised = centre.advice.iter().flat_map(|advice| [Some(&advice.file), advice.followed_in.as_ref()]);
    let files = centre.rating.iter().map(|found| &found.file).chain(advised.flatten());
    KeyedRow { key: centre.centre.clone(), cells, files: files.cloned().collect() }
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

/// The criteria of the schemes that were used, then others with points, in order.
fn criteria(asked: &Request, centres: &[&Snapshot]) -> Vec<(String, Said)> {
    let mut criteria: Vec<(String, Said)> = Vec::new();
    let mut add = |id: &str, label: Said| {
        if !criteria.iter().any(|(known, _)| known == id) {
            criteria.push((id.to_owned(), label));
        }
    };
    let scored = |scheme: &&Scheme| scheme.criterion.iter().any(|criterion| criterion.max.is_some());
    for scheme in schemes(asked, centres).filter(scored) {
        scheme.criterion.iter().for_each(|criterion| add(&criterion.id, criterion.label.clone()));
    }
    for rated in centres.iter().filter_map(|centre| centre.rated()) {
        rated.rating.scores.keys().for_each(|id| add(id, Said::same(id.as_str())));
    }
    criteria
}

/// The schemes that were used.
fn schemes<'a>(asked: &Request<'a>, centres: &[&Snapshot]) -> impl Iterator<Item = &'a Scheme> {
    let used = centres.iter().filter_map(|centre| Some(centre.rated()?.scheme.clone()));
    let used: BTreeSet<String> = used.collect();
    let schemes = asked.register.schemes.values().filter(move |scheme| used.contains(&scheme.id));
    schemes.map(|scheme| &scheme.body)
}

/// The rank of a centre.
fn rank(centre: &Snapshot) -> Option<(&Rated, &str)> {
    let rated = centre.rated()?;
    Some((rated, rated.rating.rank.as_deref()?))
}

/// How many centres have each rank, in percent of those that have one.
fn ranks(asked: &Request, centres: &[&Snapshot]) -> Option<Said> {
    let known = schemes(asked, centres).flat_map(|scheme| &scheme.rank);
    let known = known.map(|rank| (Cell::Word(rank.id.clone(), rank.label.clone()), 0));
    let given = centres.iter().filter_map(|centre| rank(centre));
    let given = given.map(|(rated, rank)| (rank_cell(asked, rated, Some(rank)), 1));
    let mut found: Vec<(Cell, usize)> = Vec::new();
    for (cell, more) in known.chain(given) {
        match found.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, n)) => *n += more,
            None => found.push((cell, more)),
        }
    }
    let all: usize = found.iter().map(|(_, n)| n).sum();
    let unrated = centres.len() - all;
    let mut parts = Vec::new();
    for (cell, n) in found.iter().filter(|_| all > 0) {
        if let Cell::Word(_, rank) = cell {
            let share = percent(*n, all);
            parts.push(say!("{rank} {n} ({share})", "{rank} {n} ({share})", [rank, n, share]));
        }
    }
    if unrated > 0 {
        parts.push(say!("chưa xếp loại {unrated}", "not rated {unrated}", [unrated]));
    }
    let ranks = Said::join(parts, "; ");
    (!ranks.is_empty()).then(|| say!("Xếp loại: {ranks}.", "Ranks: {ranks}.", [ranks]))
}

/// Which of the schemes cannot be relied on.
fn unverified(asked: &Request, centres: &[&Snapshot]) -> Option<Said> {
    let schemes = schemes(asked, centres).filter(|scheme| scheme.status == Some(SchemeStatus::Unverified));
    let schemes = Said::join(schemes.map(|scheme| scheme.title.clone()), "; ");
    (!schemes.is_empty()).then(|| {
        say!(
            "Thang đánh giá chưa xác nhận, không dùng làm căn cứ: {schemes}.",
            "Unverified scheme, not to be relied on: {schemes}.",
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
        assert_eq!(cell(&table, 3, "rank"), Cell::Of(1, 3));
        let note = "Xếp loại: Tốt 1 (100,0 %); Khá 0 (0,0 %); chưa xếp loại 2.";
        assert!(table.notes.iter().any(|said| said.vi == note), "{:?}", table.notes);
    }
}
