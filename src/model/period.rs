//! The span of time that a block of figures is about: a school year, a calendar year, its half or quarter, or any other
//! stretch of days.

use super::day::{Day, YEARS};
use super::text::{Said, from_text};
use crate::say;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::RangeInclusive;

/// A span of time of some kind. Figures of different kinds are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// `2016-2017`: the school year that begins in the first of the two years.
    SchoolYear(i32),
    /// `2016`: 1 January to 31 December.
    Year(i32),
    /// `2016-H1`: the first half of a calendar year, or the second.
    Half(i32, u8),
    /// `2016-Q3`: a quarter of a calendar year, from 1 to 4.
    Quarter(i32, u8),
    /// `2016-01-01/2016-10-15`: from the first day to the last, both included.
    Days(Day, Day),
}

impl Period {
    /// Reads the stored form, exactly as `Display` writes it.
    pub fn parse(text: &str) -> Option<Period> {
        let year = |part: &str| -> Option<i32> {
            let digits = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| part.parse().ok())?.filter(|year| YEARS.contains(year))
        };
        match text.len() {
            4 => year(text).map(Period::Year),
            7 => {
                let (of, part) = text.split_once('-')?;
                let of = year(of)?;
                match part.as_bytes() {
                    [b'H', half @ b'1'..=b'2'] => Some(Period::Half(of, half - b'0')),
                    [b'Q', quarter @ b'1'..=b'4'] => Some(Period::Quarter(of, quarter - b'0')),
                    _ => None,
                }
            }
            9 => {
                let (first, second) = text.split_once('-')?;
                let (first, second) = (year(first)?, year(second)?);
                (second == first + 1).then_some(Period::SchoolYear(first))
            }
            _ => {
                let (first, last) = text.split_once('/')?;
                let (first, last) = (Day::parse(first)?, Day::parse(last)?);
                (first <= last).then_some(Period::Days(first, last))
            }
        }
    }

    /// The school year, if it is one.
    pub fn school_year(self) -> Option<i32> {
        match self {
            Period::SchoolYear(year) => Some(year),
            _ => None,
        }
    }

    /// True if figures of the two may be added up.
    pub fn same_kind(self, other: Period) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }

    /// The first and the last day, for a school year that begins on a day of the year.
    pub fn days(self, starts: YearStart) -> RangeInclusive<Day> {
        match self {
            Period::SchoolYear(year) => starts.first_day(year)..=starts.first_day(year + 1).before(),
            Period::Year(year) => months(year, 1, 12),
            Period::Half(year, half) => months(year, u32::from(half) * 6 - 5, 6),
            Period::Quarter(year, quarter) => months(year, u32::from(quarter) * 3 - 2, 3),
            Period::Days(first, last) => first..=last,
        }
    }

    /// The first day on which papers about all of it are made: for a school year 15 May, when teaching ends; for a calendar
    /// year 1 October, when the year is being closed; for a half or a quarter the first day of its last month, since
    /// periodic reports count up to the 14th of that month (NĐ 09/2019/NĐ-CP, article 12), and those who add them up ask
    /// for them earlier. Other days must be over.
    pub fn reported_from(self, starts: YearStart) -> Day {
        let last = *self.days(starts).end();
        let day = match self {
            Period::SchoolYear(year) => Day::nearest(year + 1, 5, 15),
            Period::Year(year) => Day::nearest(year, 10, 1),
            Period::Half(..) | Period::Quarter(..) => Day::nearest(last.year(), last.month(), 1),
            Period::Days(..) => last,
        };
        day.min(last)
    }

    /// The latest period of the same kind about which papers are made by a day; none for an arbitrary stretch of days.
    pub fn reported_by(self, day: Day, starts: YearStart) -> Option<Period> {
        let part = |months: u32| ((day.month() - 1) / months + 1) as u8;
        let now = match self {
            Period::SchoolYear(_) => starts.school_year(day),
            Period::Year(_) => Period::Year(day.year()),
            Period::Half(..) => Period::Half(day.year(), part(6)),
            Period::Quarter(..) => Period::Quarter(day.year(), part(3)),
            Period::Days(..) => return None,
        };
        if now.reported_from(starts) <= day { Some(now) } else { now.previous() }
    }

    /// The two periods that this one is made of, if its figures may be told by parts: a year by its halves, a half by its
    /// quarters.
    pub fn parts(self) -> Option<[Period; 2]> {
        match self {
            Period::Year(year) => Some([Period::Half(year, 1), Period::Half(year, 2)]),
            Period::Half(year, half) => {
                Some([half * 2 - 1, half * 2].map(|quarter| Period::Quarter(year, quarter)))
            }
            _ => None,
        }
    }

    /// The period of which this one is a part.
    pub fn whole(self) -> Option<Period> {
        match self {
            Period::Half(year, _) => Some(Period::Year(year)),
            Period::Quarter(year, quarter) => Some(Period::Half(year, quarter.div_ceil(2))),
            _ => None,
        }
    }

    /// True for this period, and for its parts.
    pub fn holds(self, part: Period) -> bool {
        std::iter::successors(Some(part), |part| part.whole()).any(|period| period == self)
    }

    /// The period of the same kind just before; none for an arbitrary stretch of days.
    pub fn previous(self) -> Option<Period> {
        Some(match self {
            Period::SchoolYear(year) => Period::SchoolYear(year - 1),
            Period::Year(year) => Period::Year(year - 1),
            Period::Half(year, 1) => Period::Half(year - 1, 2),
            Period::Half(year, half) => Period::Half(year, half - 1),
            Period::Quarter(year, 1) => Period::Quarter(year - 1, 4),
            Period::Quarter(year, quarter) => Period::Quarter(year, quarter - 1),
            Period::Days(..) => return None,
        })
    }

    /// The same part of the year before; none for an arbitrary stretch of days.
    pub fn year_before(self) -> Option<Period> {
        match self {
            Period::Half(year, half) => Some(Period::Half(year - 1, half)),
            Period::Quarter(year, quarter) => Some(Period::Quarter(year - 1, quarter)),
            _ => self.previous(),
        }
    }

    /// For a heading: `năm học 2016-2017`.
    pub fn said(self) -> Said {
        match self {
            Period::SchoolYear(_) => say!("năm học {year}", "school year {year}", [year = self.to_string()]),
            Period::Year(_) => say!("năm {year}", "calendar year {year}", [year = self.to_string()]),
            Period::Half(year, half) => {
                let which = if half == 1 { "đầu" } else { "cuối" };
                Said { vi: format!("6 tháng {which} năm {year}"), en: format!("H{half} {year}") }
            }
            Period::Quarter(year, quarter) => {
                let roman = ["IV", "I", "II", "III"][usize::from(quarter) % 4];
                Said { vi: format!("quý {roman}/{year}"), en: format!("Q{quarter} {year}") }
            }
            Period::Days(first, last) => say!("từ {first} đến {last}", "{first} to {last}", [first, last]),
        }
    }
}

/// The days of some months of a year, from the first of them on.
fn months(year: i32, first: u32, many: i32) -> RangeInclusive<Day> {
    let first = Day::nearest(year, first, 1);
    first..=first.plus_months(many).before()
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::SchoolYear(year) => write!(f, "{year}-{}", year + 1),
            Period::Year(year) => write!(f, "{year}"),
            Period::Half(year, half) => write!(f, "{year}-H{half}"),
            Period::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Period::Days(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        from_text(deserializer, "a period", Period::parse)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The day of the year on which school years begin: `09-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearStart {
    month: u32,
    day: u32,
}

impl Default for YearStart {
    fn default() -> YearStart {
        YearStart { month: 9, day: 1 }
    }
}

impl YearStart {
    /// Reads `09-01`. 29 February is refused, since it does not exist every year.
    pub fn parse(text: &str) -> Option<YearStart> {
        let day = Day::parse(&format!("2001-{text}"))?;
        Some(YearStart { month: day.month(), day: day.day() })
    }

    /// The first day of the school year that begins in this year.
    fn first_day(self, year: i32) -> Day {
        Day::nearest(year, self.month, self.day)
    }

    /// The school year in which a day lies.
    pub fn school_year(self, day: Day) -> Period {
        let year = day.year();
        Period::SchoolYear(if day >= self.first_day(year) { year } else { year - 1 })
    }
}

impl<'de> Deserialize<'de> for YearStart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YearStart, D::Error> {
        from_text(deserializer, "a day of the year", YearStart::parse)
    }
}

impl Serialize for YearStart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}-{:02}", self.month, self.day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_says_its_kind() {
        assert_eq!(Period::parse("2016-2017"), Some(Period::SchoolYear(2016)));
        assert_eq!(Period::parse("2016"), Some(Period::Year(2016)));
        assert!(matches!(Period::parse("2016-01-01/2016-10-15"), Some(Period::Days(..))));
        for bad in ["2016-2018", "2016 - 2017", "2016–2017", "16-17", "2016-10-15/2016-01-01", "20162017", ""]
        {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
        assert_eq!(Period::parse("2016-H2"), Some(Period::Half(2016, 2)));
        assert_eq!(Period::parse("2016-Q4"), Some(Period::Quarter(2016, 4)));
        for bad in ["2016-H0", "2016-H3", "2016-Q5", "2016-h1", "1016-H1", "2016-H11", "2016/H1", "2016-é"] {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn halves_and_quarters_follow_each_other_without_a_gap() {
        let all = ["2016-H1", "2016-H2", "2017-H1", "2016-Q1", "2016-Q2", "2016-Q3", "2016-Q4", "2017-Q1"];
        for period in all.map(|text| Period::parse(text).unwrap()) {
            let (starts, before) = (YearStart::default(), period.previous().unwrap());
            assert_eq!(before.days(starts).end().next(), *period.days(starts).start(), "{period}");
            assert_eq!(period.days(starts).end().next().day(), 1, "{period}");
            assert!(period.same_kind(before) && !period.same_kind(Period::Year(2016)));
            let whole = period.whole().unwrap();
            assert!(whole.parts().unwrap().contains(&period) && whole.holds(period) && !period.holds(whole));
        }
        let first = Period::Quarter(2016, 1).days(YearStart::default());
        assert_eq!(*first.end(), Day::new(2016, 3, 31).unwrap());
    }

    #[test]
    fn papers_are_made_shortly_before_a_period_is_over() {
        for (period, starts, day) in [
            ("2016-2017", "09-01", "2017-05-15"),
            ("2016-2017", "05-01", "2017-04-30"),
            ("2016", "09-01", "2016-10-01"),
            ("2016-H1", "09-01", "2016-06-01"),
            ("2016-Q4", "09-01", "2016-12-01"),
            ("2016-01-01/2016-10-15", "09-01", "2016-10-15"),
        ] {
            let period = Period::parse(period).unwrap();
            let from = period.reported_from(YearStart::parse(starts).unwrap());
            assert_eq!(from.to_string(), day, "{period}");
        }
        for (kind, on, latest) in [
            ("2000-2001", "2017-05-14", "2015-2016"),
            ("2000-2001", "2017-05-15", "2016-2017"),
            ("2000", "2016-09-30", "2015"),
            ("2000-H1", "2016-07-03", "2016-H1"),
            ("2000-H1", "2016-12-01", "2016-H2"),
            ("2000-H1", "2016-01-10", "2015-H2"),
            ("2000-Q1", "2016-05-31", "2016-Q1"),
        ] {
            let latest = Period::parse(latest);
            let kind = Period::parse(kind).unwrap();
            assert_eq!(kind.reported_by(Day::parse(on).unwrap(), YearStart::default()), latest, "{on}");
        }
    }

    #[test]
    fn a_school_year_begins_where_the_office_says() {
        let day = |text| Day::parse(text).unwrap();
        let starts = YearStart::parse("09-01").unwrap();
        assert_eq!(starts.school_year(day("2016-10-27")), Period::SchoolYear(2016));
        assert_eq!(starts.school_year(day("2017-08-31")), Period::SchoolYear(2016));
        assert_eq!(Period::SchoolYear(2016).days(starts), day("2016-09-01")..=day("2017-08-31"));
        assert_eq!(YearStart::parse("02-29"), None);
    }
}
