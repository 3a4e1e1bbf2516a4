//! Days as people say them from today: `hôm qua`, `thứ ba tuần trước`, `3 ngày trước`.

use super::day::Day;
use super::meaning::is_same;
use super::number::is_digits;
use super::text::Said;
use crate::say;

/// Days by their distance from today.
const NEAR: &[(&str, i64)] = &[
    ("hôm nay", 0),
    ("nay", 0),
    ("today", 0),
    ("hôm qua", -1),
    ("yesterday", -1),
    ("hôm kia", -2),
    ("the day before yesterday", -2),
    ("ngày mai", 1),
    ("mai", 1),
    ("tomorrow", 1),
    ("ngày kia", 2),
    ("the day after tomorrow", 2),
];

/// The days of the week, from Monday.
const WEEKDAYS: [&[&str]; 7] = [
    &["thứ hai", "thứ 2", "monday", "mon"],
    &["thứ ba", "thứ 3", "tuesday", "tue"],
    &["thứ tư", "thứ 4", "wednesday", "wed"],
    &["thứ năm", "thứ 5", "thursday", "thu"],
    &["thứ sáu", "thứ 6", "friday", "fri"],
    &["thứ bảy", "thứ 7", "saturday", "sat"],
    &["chủ nhật", "CN", "sunday", "sun"],
];

/// Weeks by their distance from this one; they begin on Monday.
const WEEKS: &[(&str, i64)] = &[
    ("tuần trước", -1),
    ("tuần qua", -1),
    ("last week", -1),
    ("tuần này", 0),
    ("this week", 0),
    ("tuần sau", 1),
    ("tuần tới", 1),
    ("next week", 1),
];

/// The day that is said from today; none for any other text. What may be several days is refused.
pub fn day(typed: &str, today: Day) -> Option<Result<Day, Said>> {
    let near = NEAR.iter().find(|(said, _)| is_same(typed, said));
    if let Some((_, days)) = near {
        return Some(Ok(today.plus_days(*days)));
    }
    days_ago(typed).map(|days| Ok(today.plus_days(-days))).or_else(|| of_a_week(typed, today))
}

/// `3 ngày trước`, `cách đây 3 ngày`, `3 days ago`.
fn days_ago(typed: &str) -> Option<i64> {
    let words: Vec<&str> = typed.split_whitespace().collect();
    let at = words.iter().position(|word| is_digits(word))?;
    let rest = [&words[..at], &words[at + 1..]].concat().join(" ");
    let said = ["ngày trước", "cách đây ngày", "days ago", "day ago"].iter().any(|said| is_same(&rest, said));
    words[at].parse().ok().filter(|days| said && *days <= 366)
}

/// A day of the week with the week, or what is missing.
fn of_a_week(typed: &str, today: Day) -> Option<Result<Day, Said>> {
    let week = |typed: &str| WEEKS.iter().find(|(said, _)| is_same(typed, said)).map(|(_, weeks)| *weeks);
    let weekday =
        |typed: &str| WEEKDAYS.iter().position(|names| names.iter().any(|name| is_same(typed, name)));
    let at =
        |weekday: usize, weeks: i64| today.plus_days(weeks * 7 + weekday as i64 - today.weekday() as i64);
    let cuts = typed.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| typed.split_at(at));
    let both = cuts.map(|(day, of)| (day.trim(), of.trim())).find_map(|(day, of)| weekday(day).zip(week(of)));
    if let Some((day, weeks)) = both {
        return Some(Ok(at(day, weeks)));
    }
    if week(typed).is_some() {
        return Some(Err(say!(
            "“{typed}” là bảy ngày; gõ rõ ngày nào, như thứ ba tuần trước",
            "“{typed}” is seven days; say which, such as tuesday last week",
            [typed]
        )));
    }
    let bare = typed.strip_prefix("last ").unwrap_or(typed);
    let [before, now] = weekday(bare).map(|day| [at(day, -1), at(day, 0)])?;
    Some(Err(say!(
        "“{typed}” có thể là {before} hoặc {now}; gõ ngày, hoặc thêm tuần trước, tuần này",
        "“{typed}” may be {before} or {now}; type the date, or add last week or this week",
        [typed, before, now]
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_from_today() {
        // A Thursday.
        let today = Day::new(2016, 10, 27).unwrap();
        for (typed, meant) in [
            ("hôm nay", "2016-10-27"),
            ("Hôm qua", "2016-10-26"),
            ("hom kia", "2016-10-25"),
            ("3 ngày trước", "2016-10-24"),
            ("cách đây 10 ngày", "2016-10-17"),
            ("thứ ba tuần trước", "2016-10-18"),
            ("thu 2 tuan nay", "2016-10-24"),
            ("chủ nhật tuần trước", "2016-10-23"),
            ("CN tuần này", "2016-10-30"),
            ("thứ năm tuần sau", "2016-11-03"),
            ("Tuesday last week", "2016-10-18"),
            ("yesterday", "2016-10-26"),
        ] {
            let day = day(typed, today).unwrap_or_else(|| panic!("{typed}")).unwrap();
            assert_eq!(day.to_string(), meant, "{typed}");
        }
        for typed in ["tuần trước", "thứ ba", "tuesday", "last tuesday"] {
            assert!(day(typed, today).unwrap().is_err(), "{typed}");
        }
        for typed in ["thứ tám", "hôm", "tháng trước", "hôm quá", "thứ", "27/10/2016", "900 ngày trước"]
        {
            assert_eq!(day(typed, today), None, "{typed}");
        }
    }
}
