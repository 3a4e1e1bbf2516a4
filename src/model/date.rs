//! A day, or only the month or the year in which it lies: old papers often tell no more, and no day is invented.

use super::day::Day;
use super::text::{Said, from_text};
use crate::say;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What is known of a day; `Display` writes it as `2008-01-15`, `2008-01` or `2008`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Date {
    /// The day itself.
    Day(Day),
    /// A year, and a month from 1 to 12.
    Month(i32, u32),
    /// A year.
    Year(i32),
}

impl Date {
    /// Reads the stored form, exactly as `Display` writes it.
    pub fn parse(text: &str) -> Option<Date> {
        let day = |rest: &str| Day::parse(&format!("{text}{rest}"));
        match text.len() {
            4 => day("-01-01").map(|day| Date::Year(day.year())),
            7 => day("-01").map(|day| Date::Month(day.year(), day.month())),
            _ => Day::parse(text).map(Date::Day),
        }
    }

    /// The first day that it may be.
    pub fn first(self) -> Day {
        match self {
            Date::Day(day) => day,
            Date::Month(year, month) => Day::nearest(year, month, 1),
            Date::Year(year) => Day::nearest(year, 1, 1),
        }
    }

    /// The last day that it may be.
    pub fn last(self) -> Day {
        match self {
            Date::Day(day) => day,
            Date::Month(..) => self.first().plus_months(1).before(),
            Date::Year(_) => self.first().plus_months(12).before(),
        }
    }

    /// True if both may be the same day.
    pub fn may_be(self, other: Date) -> bool {
        self.first() <= other.last() && other.first() <= self.last()
    }

    /// In a sentence: `ngày 15/01/2008`, `tháng 01/2008`.
    pub fn said(self) -> Said {
        match self {
            Date::Day(day) => say!("ngày {day}", "on {day}", [day]),
            Date::Month(..) => say!("tháng {month}", "in {month}", [month = self]),
            Date::Year(_) => say!("năm {year}", "in {year}", [year = self]),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Date::Day(day) => write!(f, "{day}"),
            Date::Month(year, month) => write!(f, "{year}-{month:02}"),
            Date::Year(year) => write!(f, "{year}"),
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        from_text(deserializer, "a day, a month or a year", Date::parse)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_what_is_known() {
        for (text, first, last) in [
            ("2008-02-15", "2008-02-15", "2008-02-15"),
            ("2008-02", "2008-02-01", "2008-02-29"),
            ("2008", "2008-01-01", "2008-12-31"),
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!((date.first(), date.last()), (Day::parse(first).unwrap(), Day::parse(last).unwrap()));
        }
        for bad in ["2008-13", "2008-1", "08-2008", "208", "1008", "2008-é", "ééé1", "2008-02-30", ""] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        let may_be = |a, b| Date::parse(a).unwrap().may_be(Date::parse(b).unwrap());
        assert!(
            may_be("2008", "2008-02") && may_be("2008-02-15", "2008-02") && !may_be("2008-03", "2008-02-15")
        );
    }
}
