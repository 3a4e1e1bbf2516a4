//! Days and times of day. The only file that knows the calendar crate.

use super::text::from_text;
use chrono::{Datelike, NaiveDate, Timelike, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::{self, Write as _};
use std::time::SystemTime;

/// A day of the civil calendar; `Display` writes it as `2016-10-27`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// The years that records may mention: anything else is a typing error such as `0016`.
pub const YEARS: std::ops::RangeInclusive<i32> = 1945..=2100;

const FIRST: Day = edge(*YEARS.start(), 1, 1);
const LAST: Day = edge(*YEARS.end(), 12, 31);

const fn edge(year: i32, month: u32, day: u32) -> Day {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => Day(day),
        None => panic!("an edge of YEARS is a day"),
    }
}

impl Day {
    /// The day with these numbers, if it exists and is within [`YEARS`].
    pub fn new(year: i32, month: u32, day: u32) -> Option<Day> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|_| YEARS.contains(&year)).map(Day)
    }

    /// The day with these numbers; if it is outside [`YEARS`], the nearest day inside.
    pub fn nearest(year: i32, month: u32, day: u32) -> Day {
        let edge = if year < *YEARS.start() { FIRST } else { LAST };
        Day::new(year, month, day).unwrap_or(edge)
    }

    /// Today, by the clock of this machine.
    pub fn today() -> Day {
        Day(chrono::Local::now().date_naive())
    }

    /// The day and the time of a moment, where this machine is.
    pub fn of(moment: SystemTime) -> (Day, Time) {
        let local = chrono::DateTime::<chrono::Local>::from(moment);
        let time =
            Time { hour: local.hour() as u8, minute: local.minute() as u8, second: local.second() as u8 };
        (Day(local.date_naive()), time)
    }

    /// Reads the one form in which days are stored: `2016-10-27`.
    pub fn parse(text: &str) -> Option<Day> {
        let digits = |range: std::ops::Range<usize>| -> Option<u32> {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let dashes = text.len() == 10 && &text.as_bytes()[4..5] == b"-" && &text.as_bytes()[7..8] == b"-";
        if !dashes {
            return None;
        }
        Day::new(digits(0..4)? as i32, digits(5..7)?, digits(8..10)?)
    }

    /// Reads what a person types: `27/10/2016`, `27-10-2016`, `27.10.2016`, `2016-10-27`.
    pub fn parse_typed(text: &str) -> Option<Day> {
        let [first, second, third] = numbers(text)?;
        let (year, day) = if first > 31 { (first, third) } else { (third, first) };
        Day::new(year as i32, second, day)
    }

    /// What is meant where the month comes first, as in America: `10/27/2016`. Never with points.
    pub fn month_first(text: &str) -> Option<Day> {
        let [month, day, year] = numbers(text).filter(|_| !text.contains('.'))?;
        Day::new(year as i32, month, day)
    }

    /// The day for which spreadsheets keep a number, the days since the end of 1899.
    pub fn of_serial(number: u32) -> Option<Day> {
        let day =
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(number.into()))?;
        Day::new(day.year(), day.month(), day.day())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day this many days later, or earlier if negative; at the edge of what can be said it stays.
    pub fn plus_days(self, days: i64) -> Day {
        self.0.checked_add_signed(chrono::Duration::days(days)).map_or(self, Day)
    }

    /// The day of the week, from 0 for Monday.
    pub fn weekday(self) -> usize {
        self.0.weekday().num_days_from_monday() as usize
    }

    /// True on Saturday and Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The day this many months later, or earlier if negative; at most the last day of the month.
    pub fn plus_months(self, months: i32) -> Day {
        let amount = chrono::Months::new(months.unsigned_abs());
        let moved =
            if months < 0 { self.0.checked_sub_months(amount) } else { self.0.checked_add_months(amount) };
        Day(moved.unwrap_or(self.0))
    }

    /// True if the day lies between a first and a last day, both included; none is no limit.
    pub fn is_within(self, first: Option<Day>, last: Option<Day>) -> bool {
        first.is_none_or(|first| first <= self) && last.is_none_or(|last| self <= last)
    }

    /// The day before.
    pub fn before(self) -> Day {
        Day(self.0.pred_opt().unwrap_or(self.0))
    }

    /// The day after.
    pub fn next(self) -> Day {
        Day(self.0.succ_opt().unwrap_or(self.0))
    }

    /// As Vietnamese documents write it: `27/10/2016`.
    pub fn vietnamese(self) -> String {
        self.0.format("%d/%m/%Y").to_string()
    }
}

/// The three numbers of a date, in digits alone.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split(['/', '-', '.']).map(str::trim);
    let mut number = || parts.next().filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok();
    let numbers = [number()?, number()?, number()?];
    parts.next().is_none().then_some(numbers)
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digit by digit, which is fast: a visit has six days, and each is written once while it is read.
        let (year, digit) = (self.year().unsigned_abs(), |n: u32| char::from(b'0' + (n % 10) as u8));
        for n in [year / 1000, year / 100, year / 10, year] {
            f.write_char(digit(n))?;
        }
        for n in [self.month(), self.day()] {
            f.write_char('-')?;
            f.write_char(digit(n / 10))?;
            f.write_char(digit(n))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        from_text(deserializer, "a day", Day::parse)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A time of day to the second; `Display` writes it as `08:00:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl Time {
    /// The time with these numbers, if it exists.
    pub fn new(hour: u8, minute: u8, second: u8) -> Option<Time> {
        (hour < 24 && minute < 60 && second < 60).then_some(Time { hour, minute, second })
    }

    /// The time, to the minute, for which spreadsheets keep a part of a day.
    pub fn of_day_part(part: f64) -> Option<Time> {
        let minutes = (part * 24.0 * 60.0).round();
        let time = |minutes: u16| Time::new((minutes / 60) as u8, (minutes % 60) as u8, 0);
        (0.0..1440.0).contains(&minutes).then(|| time(minutes as u16))?
    }

    /// Reads what a person types, and the stored form: `8:00`, `08h30`, `8h`, `08:00:00`.
    pub fn parse_typed(text: &str) -> Option<Time> {
        let mut parts = text.trim().split([':', 'h', 'H', 'g']);
        let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?;
        let hour = number(parts.next()?.trim())?;
        // `8:3` may be three minutes past eight, or half past with its nought missing.
        let mut rest = || match parts.next().map(str::trim) {
            None | Some("") => Some(0),
            Some(part) => number(part).filter(|_| part.len() == 2),
        };
        let (minute, second) = (rest()?, rest()?);
        let bare = !text.contains([':', 'h', 'H', 'g']);
        Time::new(hour, minute, second).filter(|_| !bare && parts.next().is_none())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        from_text(deserializer, "a time of day", Time::parse_typed)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_type_them() {
        let day = Day::new(2016, 10, 27).unwrap();
        for text in ["2016-10-27", "27/10/2016", "27/ 10/ 2016", "27.10.2016", "27-10-2016", "2016 - 10 - 27"]
        {
            assert_eq!(Day::parse_typed(text), Some(day), "{text}");
        }
        for text in
            ["31/02/2016", "27/10/16", "2016/10/27/1", "10-2016", "", "27/10", "2016-1é-27", "2 7/10/2016"]
        {
            assert_eq!(Day::parse_typed(text), None, "{text}");
        }
        assert_eq!(Day::month_first("10/27/2016"), Some(day));
        for text in ["27/10/2016", "2016-10-27", "10.27.2016"] {
            assert_eq!(Day::month_first(text), None, "{text}");
        }
        assert_eq!(day.vietnamese(), "27/10/2016");
        assert_eq!(Day::parse("27/10/2016"), None);
        assert_eq!(Day::of_serial(42670), Some(day));
        assert_eq!((Day::of_serial(0), Day::of_serial(99_999)), (None, None));
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let time = Time::new(8, 30, 0);
        for text in ["8:30", "08:30:00", "8h30", "08h30", "8g30"] {
            assert_eq!(Time::parse_typed(text), time, "{text}");
        }
        assert_eq!(Time::parse_typed("8h"), Time::new(8, 0, 0));
        assert_eq!(Time::parse_typed("25:00"), None);
        assert_eq!((Time::of_day_part(8.5 / 24.0), Time::of_day_part(1.0)), (time, None));
        for text in ["8", "8:3", "8h5", "+8:30", "8:030"] {
            assert_eq!(Time::parse_typed(text), None, "{text}");
        }
    }
}
