//! A figure of a table: how it is read from one item, and how it is added up over many.

use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Text, t};

/// A column of figures over items of one type: centres, lines of activity, titles.
#[derive(Clone, Copy, Debug)]
pub struct Measure<T: 'static> {
    /// The stable key.
    pub key: &'static str,
    /// The heading.
    pub label: Text,
    /// How it is shown.
    pub kind: ColumnKind,
    /// How it is computed.
    pub value: Formula<T>,
    /// True for what is rarely reported: people see the column only where something is in it.
    pub rare: bool,
}

/// How a figure is computed. What an item does not report is skipped; what no item reports is missing, never 0.
#[derive(Clone, Copy, Debug)]
pub enum Formula<T: 'static> {
    /// Added up.
    Sum(Reported<T, i64>),
    /// Told of a single item: those of two cannot be added up, since both may count the same.
    Apart(Reported<T, i64>),
    /// Added up, with decimals.
    Real(Reported<T, f64>),
    /// How many have it, of how many that say whether they do.
    Yes(Reported<T, bool>),
    /// A part in percent of a whole, from the sums over the items that report both.
    Percent(Reported<T, (i64, i64)>),
    /// A quotient, from the sums over the items that report both.
    Ratio(Reported<T, (f64, i64)>),
}

/// What an item reports, if it does.
pub type Reported<T, V> = fn(&T) -> Option<V>;

/// A column of counts.
pub const fn count<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, i64>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Count, value: Formula::Sum(value), rare: false }
}

/// A column of counts that cannot be added up.
pub const fn apart<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, i64>,
) -> Measure<T> {
    Measure { value: Formula::Apart(value), ..count(key, vi, en, value) }
}

/// A column of VND in millions.
pub const fn millions<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, i64>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Millions, value: Formula::Sum(value), rare: false }
}

/// A column of numbers with decimals.
pub const fn real<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, f64>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Number, value: Formula::Real(value), rare: false }
}

/// A column of how many have something.
pub const fn yes<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, bool>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Text, value: Formula::Yes(value), rare: false }
}

/// A column of percentages: a part and its whole.
pub const fn percent<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, (i64, i64)>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Percent, value: Formula::Percent(value), rare: false }
}

/// The same column, of what is rarely reported.
pub const fn rare<T>(measure: Measure<T>) -> Measure<T> {
    Measure { rare: true, ..measure }
}

/// A column of VND for each of something: the sum and the divisor.
pub const fn dong_per<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, (f64, i64)>,
) -> Measure<T> {
    Measure { kind: ColumnKind::Money, ..ratio(key, vi, en, value) }
}

/// A column of quotients: a part and the divisor.
pub const fn ratio<T>(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<T, (f64, i64)>,
) -> Measure<T> {
    Measure { key, label: t(vi, en), kind: ColumnKind::Ratio, value: Formula::Ratio(value), rare: false }
}

impl<T> Measure<T> {
    /// Its column.
    pub fn column(&self) -> Column {
        Column { rare: self.rare, ..Column::new(self.key, self.label, self.kind) }
    }

    /// True for a figure that is computed from others, not reported.
    pub fn is_derived(&self) -> bool {
        matches!(self.value, Formula::Percent(_) | Formula::Ratio(_))
    }

    /// The figure over some items.
    pub fn cell<'a>(&self, items: impl Iterator<Item = &'a T>) -> Cell {
        match self.value {
            Formula::Sum(value) => sum(items.map(value)).into(),
            Formula::Apart(value) => {
                let mut items = items;
                let only = items.next().filter(|_| items.next().is_none());
                only.and_then(value).into()
            }
            Formula::Real(value) => items.filter_map(value).reduce(|a, b| a + b).map(in_any_order).into(),
            Formula::Yes(value) => {
                let said: Vec<bool> = items.filter_map(value).collect();
                match said.len() {
                    0 => Cell::Missing,
                    n => Cell::Of(said.iter().filter(|yes| **yes).count(), n),
                }
            }
            Formula::Percent(value) => {
                let (part, whole) = items.filter_map(value).reduce(add).unzip();
                Cell::percent(part, whole)
            }
            Formula::Ratio(value) => {
                let sums = items.filter_map(value).reduce(|a, b| (a.0 + b.0, a.1.saturating_add(b.1)));
                let (part, whole) = sums.unzip();
                Cell::ratio(part, whole)
            }
        }
    }
}

/// A part and its whole added to another part and its whole.
pub fn add(a: (i64, i64), b: (i64, i64)) -> (i64, i64) {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}

/// A sum of decimals without what depends on the order in which they were added.
fn in_any_order(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}

/// The sum of what is there; missing if nothing is.
pub fn sum(values: impl IntoIterator<Item = Option<i64>>) -> Option<i64> {
    values.into_iter().flatten().reduce(i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: [(Option<i64>, Option<i64>); 3] =
        [(Some(10), Some(20)), (Some(30), Some(180)), (None, Some(1_000))];

    type Pair = (Option<i64>, Option<i64>);

    #[test]
    fn a_sum_of_nothing_is_missing_and_a_sum_of_zeros_is_zero() {
        let first = count("x", "", "", |pair: &Pair| pair.0);
        assert_eq!(first.cell([(None, None)].iter()), Cell::Missing);
        assert_eq!(first.cell([(None, None), (Some(0), None)].iter()), Cell::Count(0));
        assert_eq!(first.cell(PAIRS.iter()), Cell::Count(40));
    }

    #[test]
    fn a_percentage_comes_from_the_sums_of_those_who_report_both() {
        let share = percent("x", "", "", |pair: &Pair| pair.0.zip(pair.1));
        assert_eq!(
            share.cell(PAIRS.iter()),
            Cell::Number(20.0),
            "40 of 200, and not the mean of 50 and 16.7"
        );
        assert_eq!(share.cell(PAIRS[2..].iter()), Cell::Missing);
        assert_eq!(share.cell([(Some(0), Some(0))].iter()), Cell::Missing, "nothing of nothing");
    }

    #[test]
    fn a_yes_counts_among_those_who_say() {
        let have = yes("x", "", "", |pair: &Pair| pair.0.map(|n| n > 15));
        assert_eq!(have.cell(PAIRS.iter()), Cell::Of(1, 2));
        assert_eq!(have.cell(PAIRS[2..].iter()), Cell::Missing);
    }
}
