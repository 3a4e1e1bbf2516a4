//! The span of time that a block of figures is about: a school year, a calendar year, or any other stretch of days.

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

    /// Reads what a person types: also with spaces and long dashes, `2016 – 2017`.
    pub fn parse_typed(text: &str) -> Option<Period> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        Period::parse(&text.replace(['–', '—', '‑'], "-"))
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
            Period::Year(year) => Day::nearest(year, 1, 1)..=Day::nearest(year, 12, 31),
            Period::Days(first, last) => first..=last,
        }
    }

    /// The period of the same kind just before; none for an arbitrary stretch of days.
    pub fn previous(self) -> Option<Period> {
        match self {
            Period::SchoolYear(year) => Some(Period::SchoolYear(year - 1)),
            Period::Year(year) => Some(Period::Year(year - 1)),
            Period::Days(..) => None,
        }
    }

    /// For a heading: `năm học 2016-2017`.
    pub fn said(self) -> Said {
        match self {
            Period::SchoolYear(_) => say!("năm học {year}", "school year {year}", [year = self.to_string()]),
            Period::Year(_) => say!("năm {year}", "calendar year {year}", [year = self.to_string()]),
            Period::Days(first, last) => say!("từ {first} đến {last}", "{first} to {last}", [first, last]),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::SchoolYear(year) => write!(f, "{year}-{}", year + 1),
            Period::Year(year) => write!(f, "{year}"),
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
        assert_eq!(Period::parse_typed(" 2016 – 2017 "), Some(Period::SchoolYear(2016)));
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
