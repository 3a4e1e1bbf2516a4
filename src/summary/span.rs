//! What the figures of a table are about: figures of different kinds of period are kept apart.

use super::group::Group;
use super::snapshot::{Snapshot, Topic};
use crate::model::number::many;
use crate::model::period::Period;
use crate::model::text::{Said, Text, t};
use crate::say;
use std::collections::BTreeMap;

/// The note of each table if there is one for each kind of period.
pub const OTHER_KINDS: Text = t(
    "Có số liệu của loại kỳ khác (năm học, năm, 6 tháng, quý, khoảng ngày); không cộng chung, xem bảng riêng.",
    "Other figures are about another kind of period; they are never added up and have a table of their own.",
);

/// A kind of period, represented by one of its periods; none for figures that do not say what they are about.
pub type PeriodKind = Option<Period>;

/// The kinds of period that the figures of a topic are about; if nothing was reported, that of the earlier figures.
pub fn kinds(topic: Option<Topic>, snapshots: &[Snapshot], before: &[Snapshot]) -> Vec<PeriodKind> {
    let Some(topic) = topic else { return vec![None] };
    let mut kinds: Vec<PeriodKind> = Vec::new();
    for snapshot in snapshots.iter().filter(|snapshot| snapshot.reports(topic)) {
        let period = snapshot.period(topic);
        if !kinds.iter().any(|kind| same(*kind, period)) {
            kinds.push(period);
        }
    }
    kinds.sort();
    match before.iter().find_map(|snapshot| snapshot.period(topic)) {
        period if kinds.is_empty() => vec![period],
        _ => kinds,
    }
}

/// The centres as if they had reported a topic only with figures about one kind of period.
pub fn only(topic: Topic, kind: PeriodKind, snapshots: &[Snapshot]) -> Vec<Snapshot> {
    let of_kind = |snapshot: &Snapshot| same(snapshot.period(topic), kind);
    snapshots.iter().map(|s| if of_kind(s) { s.clone() } else { s.without(topic) }).collect()
}

/// What the figures of a topic are about, each period with the number of centres.
pub fn periods(topic: Option<Topic>, groups: &[Group]) -> Vec<(Period, usize)> {
    let mut periods: BTreeMap<Period, usize> = BTreeMap::new();
    if let Some(topic) = topic {
        let centres = groups.iter().flat_map(|group| &group.centres);
        centres
            .filter_map(|centre| centre.period(topic))
            .for_each(|period| *periods.entry(period).or_default() += 1);
    }
    periods.into_iter().collect()
}

/// Periods of one kind in words: `năm học 2014-2015, 2015-2016`.
pub fn said(periods: &[(Period, usize)]) -> Said {
    let Some(((first, _), rest)) = periods.split_first() else { return Said::default() };
    let rest = rest.iter().map(|(period, _)| match period {
        Period::SchoolYear(_) | Period::Year(_) => Said::same(period.to_string()),
        _ => period.said(),
    });
    Said::join(std::iter::once(first.said()).chain(rest), ", ")
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
    let periods = Said::join(parts, ", ");
    Some(say!("Số liệu của nhiều kỳ: {periods}.", "Figures are about several periods: {periods}.", [periods]))
}

/// The note on figures that are put together from those of half-years or quarters.
pub fn of_parts(topic: Option<Topic>, groups: &[Group]) -> Option<Said> {
    let centres = groups.iter().flat_map(|group| &group.centres);
    let n = centres.filter(|centre| topic.is_some_and(|topic| centre.of_parts(topic))).count();
    let centres = many(n, "trung tâm", "centre");
    (n > 0).then(|| {
        say!(
            "Số liệu của {centres} ghép từ 6 tháng hoặc quý: số phát sinh trong kỳ thì cộng, số tính đến một ngày thì lấy của kỳ \
             sau; kỳ nào thiếu thì để trống.",
            "The figures of {centres} are put together from half-years or quarters: what is of a period is added up, what is as \
             of a day is that of the later part; what a part does not tell is left out.",
            [centres]
        )
    })
}

/// The name of a table if there is one for each kind of period.
pub fn name(summary: &str, kind: PeriodKind) -> String {
    let word = match kind {
        Some(Period::SchoolYear(_)) => "school-year",
        Some(Period::Year(_)) => "calendar-year",
        Some(Period::Half(..)) => "half-year",
        Some(Period::Quarter(..)) => "quarter",
        Some(Period::Days(..)) => "days",
        None => "no-period",
    };
    format!("{summary}-{word}")
}

fn same(one: PeriodKind, other: PeriodKind) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.same_kind(other),
        (one, other) => one.is_none() && other.is_none(),
    }
}
