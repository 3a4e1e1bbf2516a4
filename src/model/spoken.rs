//! Periods, months and years as people say and type them: `6 tháng đầu năm 2025`, `quý III/2025`, `tháng 01/2008`.

use super::date::Date;
use super::day::Day;
use super::number::is_digits;
use super::period::Period;
use super::vietnamese::{compose, fold};

/// The words with accents that are known here: one with other accents is another word.
const WORDS: [&str; 11] = ["ngày", "năm", "học", "quý", "sáu", "tháng", "đầu", "cuối", "nửa", "từ", "đến"];

/// The period that is meant: as it is stored, with spaces and long dashes, or in words. None if there is not one alone.
pub fn period(text: &str) -> Option<Period> {
    let plain = text.replace(['–', '—', '‑'], "-").replace(':', " ").to_uppercase();
    if let Some(period) = Period::parse(&plain.split_whitespace().collect::<String>()) {
        return Some(period);
    }
    let plain = folded(&plain)?;
    let words: Vec<&str> = plain.split_whitespace().collect();
    match words[..] {
        ["nam", "hoc", ref years @ ..] | ["school", "year", ref years @ ..] | ["nh", ref years @ ..] => {
            let years = years.concat();
            school_year(&years).or_else(|| school_year(&format!("20{years}")).filter(|_| years.len() == 5))
        }
        ["tu", ref days @ ..] => days_between(days, "den", Day::parse_typed),
        [_, "to", ..] => days_between(&words, "to", Day::parse),
        _ => school_year(&words.concat()).or_else(|| part_of_year(&plain)),
    }
}

/// Two years in a row: `2016-2017`, `2016/2017`, `2016-17`. Of `2011-12` it is not known whether it is a month.
fn school_year(years: &str) -> Option<Period> {
    let (first, second) = years.split_once(['-', '/'])?;
    let is_month = second.len() == 2 && second <= "12";
    let century = if second.len() == 2 && !is_month { first.get(..2)? } else { "" };
    Period::parse(&format!("{first}-{century}{second}")).filter(|period| period.school_year().is_some())
}

/// A day with its numbers alone, the year in four digits: `1/9/15` and `ngày 1 tháng 9 năm 2015` give `1/9/2015`. The
/// last year that ends so is meant, up to ten years ahead of this one. As it was, if it is no such day; without a time at
/// midnight, which programs add.
pub fn day_in_digits(text: &str, this_year: i32) -> String {
    let text = text.strip_suffix("00:00:00").map_or(text, |day| day.trim_end_matches([' ', 'T']));
    let plain = folded(text).unwrap_or_default();
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "ngay").collect();
    let [day, month, year] = match words[..] {
        [day, "thang", month, "nam", year] => [day, month, year],
        _ => match *text.split(['/', '-', '.']).map(str::trim).collect::<Vec<_>>() {
            [day, month, year] => [day, month, year],
            _ => return text.to_owned(),
        },
    };
    let short = Some(year).filter(|year| year.len() == 2 && day.len() <= 2 && is_digits(year));
    let Some(of_century) = short.and_then(|year| year.parse::<i32>().ok()) else {
        return if plain.contains("thang") { format!("{day}/{month}/{year}") } else { text.to_owned() };
    };
    let latest = this_year + 10;
    format!("{day}/{month}/{}", latest - (latest - of_century).rem_euclid(100))
}

/// The one period that a title names among other words: `KẾT QUẢ HOẠT ĐỘNG NĂM HỌC 2015-2016`. None if it names several,
/// a day, or a part of a school year.
pub fn period_in(title: &str) -> Option<Period> {
    let words: Vec<&str> = title.split_whitespace().map(|word| word.trim_matches(is_mark)).collect();
    let plain: Vec<String> = words.iter().map(|word| fold(word)).collect();
    if plain.windows(2).any(|pair| pair == ["hoc", "ky"] || pair == ["hoc", "ki"]) {
        return None;
    }
    let is_dated = |at: usize| at >= 2 && plain[at - 2] == "thang" && plain[at] == "nam";
    let (mut at, mut found) = (0, None);
    while at < words.len() {
        let ends = (at + 1..=words.len().min(at + WORDS_OF_PERIOD)).rev();
        let read = ends.into_iter().find_map(|end| Some((period(&words[at..end].join(" "))?, end)));
        match read.filter(|_| !is_dated(at) && !is_year(&plain[at])) {
            Some((other, _)) if found.is_some_and(|period| period != other) => return None,
            Some((period, end)) => (found, at) = (Some(period), end),
            None => at += 1,
        }
    }
    found
}

/// The most words in which a period is said: `từ ngày 01/01/2016 đến ngày 15/10/2016`.
const WORDS_OF_PERIOD: usize = 8;

fn is_mark(c: char) -> bool {
    matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '"' | '“' | '”')
}

/// The month or the year that is meant: `tháng 01/2008`, `01/2008`, `2008-01`, `năm 2008`. None for a day.
pub fn part_of_date(text: &str) -> Option<Date> {
    let plain = folded(&text.replace(['–', '—', '‑'], "-"))?;
    let words: Vec<&str> = plain.split(is_between).filter(|word| !word.is_empty()).collect();
    let (year, month) = match words[..] {
        [year] | ["nam" | "year", year] => return Date::parse(year).filter(|_| year.len() == 4),
        ["thang", month, "nam", year] | ["thang" | "month", month, year] => (year, month),
        [year, month] if year.len() == 4 => (year, month),
        [month, year] => (year, month),
        _ => return None,
    };
    let padding = if month.len() == 1 { "0" } else { "" };
    Date::parse(&format!("{year}-{padding}{month}")).filter(|_| year.len() == 4)
}

/// Without case and accents. None if a word has accents that none of the known words has.
fn folded(text: &str) -> Option<String> {
    let composed = compose(text).to_lowercase();
    let known = composed.split(is_between).all(|word| word.is_ascii() || WORDS.contains(&word));
    known.then(|| fold(&composed))
}

/// The stretch between two days with a word between them.
fn days_between(words: &[&str], word: &str, day: fn(&str) -> Option<Day>) -> Option<Period> {
    let mut ends = words.split(|other| *other == word).map(|words| day(&words.concat()));
    let (first, last) = (ends.next()??, ends.next()??);
    (ends.next().is_none() && first <= last).then_some(Period::Days(first, last))
}

/// A calendar year or a part of it.
fn part_of_year(plain: &str) -> Option<Period> {
    let words = plain.split(is_between);
    let said = |word: &&str| !matches!(*word, "" | "nam" | "calendar" | "year" | "the" | "of");
    let words: Vec<&str> = words.filter(said).collect();
    let (year, part) = match words.split_last()? {
        (last, rest) if is_year(last) => (*last, rest),
        _ => words.split_first().map(|(first, rest)| (*first, rest)).filter(|(first, _)| is_year(first))?,
    };
    let stored = match *part {
        [] => year.to_owned(),
        ["q1" | "q2" | "q3" | "q4" | "h1" | "h2"] => format!("{year}-{}", part[0].to_uppercase()),
        ["quy" | "quarter", which] | [which, "quarter"] => format!("{year}-Q{}", quarter(which)?),
        ["6t"] => format!("{year}-H1"),
        ["6" | "sau", "thang", which] | ["nua", which] | [which, "half"] => {
            format!("{year}-H{}", half(which)?)
        }
        ["first", months, "months"] | [months, "thang", "dau"] => return first_months(year, months),
        _ => return None,
    };
    Period::parse(&stored)
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '/' | '-' | '.')
}

fn is_year(word: &str) -> bool {
    Period::parse(word).is_some()
}

fn half(word: &str) -> Option<u8> {
    match word {
        "dau" | "first" | "1st" => Some(1),
        "cuoi" | "second" | "2nd" => Some(2),
        _ => None,
    }
}

fn quarter(word: &str) -> Option<u8> {
    match word {
        "1" | "i" | "first" | "1st" => Some(1),
        "2" | "ii" | "second" | "2nd" => Some(2),
        "3" | "iii" | "third" | "3rd" => Some(3),
        "4" | "iv" | "fourth" | "4th" => Some(4),
        _ => None,
    }
}

/// The first months of a year: a quarter, a half, or days: `9 tháng đầu năm 2025`.
fn first_months(year: &str, months: &str) -> Option<Period> {
    let (year, months) = (year.parse().ok()?, months.parse().ok().filter(|n| (2..12).contains(n))?);
    let first = Day::new(year, 1, 1)?;
    Some(match months {
        3 => Period::Quarter(year, 1),
        6 => Period::Half(year, 1),
        _ => Period::Days(first, first.plus_months(months).before()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Lang;

    #[test]
    fn periods_are_read_as_people_say_them() {
        for (stored, said) in [
            (
                "2025-H1",
                &["6 tháng đầu năm 2025", "6 THÁNG ĐẦU NĂM 2025", "6 thang dau nam 2025", "H1/2025"][..],
            ),
            (
                "2025-H1",
                &["sáu tháng đầu năm 2025", "nửa đầu năm 2025", "2025 – h1", "the first half of 2025"],
            ),
            ("2025-H2", &["6 tháng cuối năm 2025", "second half of 2025", "h2 2025", "2nd half 2025"]),
            ("2025-Q3", &["quý III/2025", "Quý 3 năm 2025", "quý 3-2025", "Q3/2025", "Q3 2025", "2025-q3"]),
            (
                "2025-Q3",
                &["third quarter of 2025", "quarter 3 of 2025", "3rd quarter 2025", "quy iii nam 2025"],
            ),
            ("2025-Q1", &["3 tháng đầu năm 2025", "first 3 months of 2025"]),
            ("2025", &["năm 2025", " 2025 ", "calendar year 2025"]),
            (
                "2016-2017",
                &[" 2016 – 2017 ", "năm học 2016-2017", "Năm học 2016 - 2017", "school year 2016-2017"],
            ),
            (
                "2016-2017",
                &[
                    "NH 2016-2017",
                    "2016/2017",
                    "2016-17",
                    "năm học 2016 – 17",
                    "Năm học: 2016-2017",
                    "nh 2016/17",
                ],
            ),
            ("2025-01-01/2025-09-30", &["9 tháng đầu năm 2025", "từ 01/01/2025 đến 30/9/2025"]),
            ("2025-01-01/2025-09-30", &["2025-01-01 / 2025-09-30", "2025-01-01 to 2025-09-30"]),
        ] {
            for said in said {
                assert_eq!(period(said).map(|period| period.to_string()).as_deref(), Some(stored), "{said}");
            }
        }
    }

    #[test]
    fn what_is_no_one_period_is_not_read() {
        for said in [
            "6 tháng cuối năm",
            "quý III",
            "6 tháng 2025",
            "quỹ III/2025",
            "quý V/2025",
            "H3/2025",
            "3/2025",
            "III/2025",
            "học kỳ I năm học 2016-2017",
            "năm học 2016",
            "năm 2016-2017",
            "2016-2018",
            "2016-18",
            "2011-12",
            "nh 2016",
            "0016",
            "12 tháng đầu năm 2025",
            "từ 30/9/2025 đến 01/01/2025",
            "03/04/2025 to 05/06/2025",
            "quý III/2025 quý IV/2025",
            "từ",
            "",
        ] {
            assert_eq!(period(said), None, "{said}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (typed, digits) in [
            ("1/9/15", "1/9/2015"),
            ("01.09.15", "01/09/2015"),
            ("1-9-98", "1/9/1998"),
            ("1/9/28", "1/9/2028"),
            ("1/9/29", "1/9/1929"),
            ("ngày 1 tháng 9 năm 2015", "1/9/2015"),
            ("1 thang 9 nam 15", "1/9/2015"),
            ("2015-09-01 00:00:00", "2015-09-01"),
            ("2015-09-01T00:00:00", "2015-09-01"),
            ("1/9/2015", "1/9/2015"),
            ("2015-9-15", "2015-9-15"),
            ("1/9", "1/9"),
            ("1/9/1é", "1/9/1é"),
        ] {
            assert_eq!(day_in_digits(typed, 2018), digits, "{typed}");
        }
    }

    #[test]
    fn a_title_names_a_period_among_other_words() {
        for (title, stored) in [
            ("KẾT QUẢ HOẠT ĐỘNG NĂM HỌC 2015-2016", "2015-2016"),
            ("Biểu 2 (năm học 2015 – 2016)", "2015-2016"),
            ("Số liệu 6 tháng đầu năm 2025 của các phường", "2025-H1"),
            ("Tổng hợp quý III/2025", "2025-Q3"),
            ("Tổng hợp năm 2016:", "2016"),
            ("Số liệu từ 01/01/2016 đến 15/10/2016", "2016-01-01/2016-10-15"),
        ] {
            assert_eq!(period_in(title).map(|period| period.to_string()).as_deref(), Some(stored), "{title}");
        }
        for title in [
            "Uông Bí, ngày 15 tháng 3 năm 2017",
            "Kèm theo Công văn số 12/2016",
            "Học kỳ I năm học 2016-2017",
            "Năm học 2015-2016 so với năm học 2016-2017",
            "Danh sách đơn vị",
            "2016",
        ] {
            assert_eq!(period_in(title), None, "{title}");
        }
    }

    #[test]
    fn months_and_years_are_read_as_people_say_them() {
        for (stored, said) in [
            ("2008-01", &["tháng 01/2008", "Tháng 1/2008", "01/2008", "1-2008", "2008-01", "2008/1"][..]),
            ("2008-01", &["tháng 01 năm 2008", "thang 1 nam 2008", "month 1/2008", " 01 / 2008 "]),
            ("2008", &["năm 2008", "2008", "year 2008"]),
        ] {
            for said in said {
                assert_eq!(
                    part_of_date(said).map(|date| date.to_string()).as_deref(),
                    Some(stored),
                    "{said}"
                );
            }
        }
        for said in [
            "13/2008",
            "0/2008",
            "1/08",
            "01/20080",
            "15/01/2008",
            "2008-01-15",
            "tháng 1",
            "tháng tám/2008",
            "thằng 1/2008",
            "I/2008",
            "+1/2008",
            "2008 2009",
            "năm",
            "",
        ] {
            assert_eq!(part_of_date(said), None, "{said}");
        }
    }

    #[test]
    fn what_is_shown_of_a_period_is_read_as_the_same() {
        for stored in
            ["2016", "2016-2017", "2016-H1", "2016-H2", "2016-Q1", "2016-Q4", "2016-01-01/2016-10-15"]
        {
            let meant = Period::parse(stored);
            for lang in [Lang::Vi, Lang::En] {
                let said = meant.unwrap().said();
                assert_eq!(period(said.get(lang)), meant, "{}", said.get(lang));
            }
        }
    }
}
