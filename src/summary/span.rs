//! What the figures of a table are about: figures of different kinds of period are kept apart.

use super::place::Place;
use super::snapshot::{Block, Snapshot};
use crate::model::number::many;
use crate::model::period::Period;
use crate::model::text::{Said, Text, t};
use crate::say;
use std::collections::BTreeMap;

/// Said of each table where there is one for each kind of period.
pub const OTHER_KINDS: Text = t(
    "Có số liệu theo loại kỳ khác (năm học, năm, khoảng ngày); không cộng chung, xem bảng riêng.",
    "Other figures are about another kind of period; they are never added up, and stand in a table of their own.",
);

/// A kind of period, told by one of its periods; none for figures that do not say what they are about.
pub type Kind = Option<Period>;

/// The kinds of period that a block's figures are about; where nothing was reported, that of the figures before.
pub fn kinds(block: Option<Block>, snapshots: &[Snapshot], before: &[Snapshot]) -> Vec<Kind> {
    let Some(block) = block else { return vec![None] };
    let mut kinds: Vec<Kind> = Vec::new();
    for snapshot in snapshots.iter().filter(|snapshot| !snapshot.files(block).is_empty()) {
        let period = snapshot.period(block);
        if !kinds.iter().any(|kind| same(*kind, period)) {
            kinds.push(period);
        }
    }
    kinds.sort();
    match before.iter().find_map(|snapshot| snapshot.period(block)) {
        period if kinds.is_empty() => vec![period],
        _ => kinds,
    }
}

/// The centres as if they had reported a block only where its figures are about a kind of period.
pub fn only(block: Block, kind: Kind, snapshots: &[Snapshot]) -> Vec<Snapshot> {
    let of_kind = |snapshot: &Snapshot| same(snapshot.period(block), kind);
    snapshots.iter().map(|s| if of_kind(s) { s.clone() } else { s.without(block) }).collect()
}

/// What the figures of a block are about, each period with the number of centres.
pub fn periods(block: Option<Block>, places: &[Place]) -> Vec<(Period, usize)> {
    let mut periods: BTreeMap<Period, usize> = BTreeMap::new();
    if let Some(block) = block {
        let centres = places.iter().flat_map(|place| &place.centres);
        centres
            .filter_map(|centre| centre.period(block))
            .for_each(|period| *periods.entry(period).or_default() += 1);
    }
    periods.into_iter().collect()
}

/// Periods of one kind in words: `năm học 2014-2015, 2015-2016`.
pub fn said(periods: &[(Period, usize)]) -> Said {
    let Some(((first, _), rest)) = periods.split_first() else { return Said::default() };
    let next = |period: &Period| match period {
        Period::Days(..) => period.said(),
        _ => Said::same(period.to_string()),
    };
    let rest = rest.iter().map(|(period, _)| next(period));
    Said::join(&[first.said()].into_iter().chain(rest).collect::<Vec<_>>(), ", ")
}

/// The note on figures that are about more than one period.
pub fn note(periods: &[(Period, usize)]) -> Option<Said> {
    if periods.len() < 2 {
        return None;
    }
    let parts = periods.iter().map(|(period, n)| {
        let centres = many(*n, "trung tâm", "centre");
        say!("{period} ({centres})", "{period} ({centres})", [period = period.said(), centres])
    });
    let parts = Said::join(&parts.collect::<Vec<_>>(), ", ");
    Some(say!("Số liệu của nhiều kỳ: {parts}.", "Figures are about several periods: {parts}.", [parts]))
}

/// The name of a table where there is one for each kind of period.
pub fn name(summary: &str, kind: Kind) -> String {
    let word = match kind {
        Some(Period::SchoolYear(_)) => "school-year",
        Some(Period::Year(_)) => "calendar-year",
        Some(Period::Days(..)) => "days",
        None => "no-period",
    };
    format!("{summary}-{word}")
}

fn same(one: Kind, other: Kind) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.same_kind(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
