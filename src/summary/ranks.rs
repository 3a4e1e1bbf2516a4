//! How many centres have each rank of a scheme: as rows, and as a sentence below the centres.

use super::Request;
use super::builder::{KeyedRow, TableBuilder, total_word};
use super::snapshot::{Found, Rated, Snapshot};
use crate::model::number::percent;
use crate::model::period::Period;
use crate::model::scheme::Scheme;
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Said, t};
use crate::say;
use std::collections::BTreeSet;

/// The ratings of some centres.
pub fn ratings<'a>(centres: impl IntoIterator<Item = &'a Snapshot>) -> impl Iterator<Item = &'a Rated> {
    centres.into_iter().flat_map(|centre| &centre.ratings).map(|found| &found.body)
}

/// The schemes that were used.
pub fn schemes<'a>(asked: &Request<'a>, centres: &[&Snapshot]) -> impl Iterator<Item = &'a Scheme> {
    let used: BTreeSet<String> = ratings(centres.iter().copied()).map(|rated| rated.scheme.clone()).collect();
    let schemes = asked.register.schemes.values().filter(move |scheme| used.contains(&scheme.id));
    schemes.map(|scheme| &scheme.body)
}

/// The cell of what is rated.
pub fn period_cell(period: Option<Period>) -> Cell {
    period.map_or(Cell::Missing, |period| Cell::word(period.to_string(), period.said()))
}

/// The ratings with a rank about one period; those that do not say what they are about are together.
struct Rank<'a> {
    period: Option<Period>,
    cell: Cell,
    rated: Vec<&'a Found<Rated>>,
}

/// Each rank of the scheme for each period that was rated, from best to worst, and ranks that the scheme does not have.
fn counted<'a>(asked: &Request, centres: &[&'a Snapshot]) -> Vec<Rank<'a>> {
    let all =
        || centres.iter().flat_map(|centre| &centre.ratings).filter(|found| found.body.rating.rank.is_some());
    let mut periods: Vec<Option<Period>> = all().map(|found| found.body.rating.period).collect();
    periods.sort();
    periods.dedup();
    let mut ranks = Vec::new();
    for period in periods {
        let of_period = || all().filter(move |found| found.body.rating.period == period);
        let known = schemes(asked, centres).flat_map(|scheme| &scheme.rank);
        let known = known.map(|rank| Cell::word(rank.id.clone(), rank.label.clone()));
        let cell =
            |found: &Found<Rated>| found.body.rank_cell(asked.register, found.body.rating.rank.as_ref());
        let mut cells: Vec<Cell> = known.collect();
        for given in of_period().map(cell) {
            if !cells.contains(&given) {
                cells.push(given);
            }
        }
        ranks.extend(cells.into_iter().map(|rank| {
            let rated = of_period().filter(|found| cell(found) == rank).collect();
            Rank { period, cell: rank, rated }
        }));
    }
    ranks
}

/// How many were rated for a period.
fn of_period(ranks: &[Rank], period: Option<Period>) -> usize {
    ranks.iter().filter(|rank| rank.period == period).map(|rank| rank.rated.len()).sum()
}

/// A row for each rank: how many centres have it, in percent of those that have one.
pub fn by_rank(asked: &Request, centres: &[&Snapshot]) -> TableBuilder {
    let ranks = counted(asked, centres);
    let with_period = ranks.iter().any(|rank| rank.period.is_some());
    let mut columns = vec![
        Column::new("rating_rank", t("Xếp loại", "Rank"), ColumnKind::Name),
        Column::new("centres", t("Số trung tâm", "Centres"), ColumnKind::Count),
        Column::new("share", t("% số được xếp loại", "% of those rated"), ColumnKind::Percent),
    ];
    if with_period {
        columns.insert(1, Column::new("rating_period", t("Kỳ đánh giá", "Rated period"), ColumnKind::Text));
    }
    let line = |name: Cell, period: Option<Period>, n: usize, all: usize| {
        let mut cells = vec![name, Cell::Count(n as i64), Cell::percent(Some(n as i64), Some(all as i64))];
        if with_period {
            cells.insert(1, period_cell(period));
        }
        cells
    };
    let rows = ranks.iter().map(|rank| {
        let (n, all) = (rank.rated.len(), of_period(&ranks, rank.period));
        let key = format!("{:?} {:?}", rank.cell, rank.period);
        let files = rank.rated.iter().map(|found| found.file.clone()).collect();
        KeyedRow { key, cells: line(rank.cell.clone(), rank.period, n, all), files }
    });
    let rows = rows.collect();
    let mut periods = ranks.iter().map(|rank| rank.period).collect::<Vec<_>>();
    periods.dedup();
    let total = match periods[..] {
        [period] => Some(line(total_word(), period, of_period(&ranks, period), of_period(&ranks, period))),
        _ => None,
    };
    let unrated = unrated(centres);
    let note = say!("Chưa xếp loại: {unrated}.", "Not rated: {unrated}.", [unrated]);
    let notes = (unrated > 0).then(|| note.into()).into_iter().collect();
    TableBuilder { columns, rows, total, notes }
}

/// How many centres have no rank at all.
fn unrated(centres: &[&Snapshot]) -> usize {
    let is_rated = |centre: &&&Snapshot| centre.ratings.iter().any(|found| found.body.rating.rank.is_some());
    centres.len() - centres.iter().filter(is_rated).count()
}

/// How many centres have each rank, in a sentence for each period.
pub fn ranks(asked: &Request, centres: &[&Snapshot]) -> impl Iterator<Item = Said> {
    let (ranks, unrated) = (counted(asked, centres), unrated(centres));
    let mut periods: Vec<Option<Period>> = ranks.iter().map(|rank| rank.period).collect();
    periods.dedup();
    let mut said = Vec::new();
    for period in periods {
        let parts = ranks.iter().filter(|rank| rank.period == period).filter_map(|rank| {
            let Cell::Word(_, name) = &rank.cell else { return None };
            let n = rank.rated.len();
            let share = percent(n, of_period(&ranks, period));
            Some(say!("{name} {n} ({share})", "{name} {n} ({share})", [name = **name, n, share]))
        });
        said.push((period, Said::join(parts, "; ")));
    }
    if unrated > 0 {
        let rest = say!("chưa xếp loại {unrated}", "not rated {unrated}", [unrated]);
        match said.last_mut() {
            Some((_, last)) => *last = Said::join([std::mem::take(last), rest], "; "),
            None => said.push((None, rest)),
        }
    }
    said.into_iter().map(|(period, ranks)| match period {
        Some(period) => say!(
            "Xếp loại {period}: {ranks}.",
            "Ranks for {period}: {ranks}.",
            [period = period.said(), ranks]
        ),
        None => say!("Xếp loại: {ranks}.", "Ranks: {ranks}.", [ranks]),
    })
}
