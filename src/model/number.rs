//! Numbers, amounts and days as people of a language write them: `3.400.000` or `3,400,000`, `79,5` or `79.5`,
//! `27/10/2016` or `2016-10-27`. And numbers as programs and records do.

use super::date::Date;
use super::day::{Day, Time};
use super::text::{InLang, Lang, Said};
use std::borrow::Cow;

/// A whole number with its digits in groups: `1.234.567` or `1,234,567`.
pub fn group(n: i64, lang: Lang) -> String {
    in_words(&n.to_string(), lang)
}

/// A whole number as records hold it: `1_234_567`.
pub fn toml(n: i64) -> String {
    grouped(&n.to_string(), "_")
}

/// Digits in groups of three, behind their sign.
fn grouped(number: &str, separator: &str) -> String {
    let digits = number.trim_start_matches('-');
    let mut text = number[..number.len() - digits.len()].to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// A whole number that was written with points between its groups of three, as records hold it: `1.234.567` gives
/// `1_234_567`. None for any other text.
pub fn grouped_by_points(text: &str) -> Option<String> {
    (text.contains('.') && grouped_by(text, '.')).then(|| text.replace('.', "_"))
}

/// True for digits in groups of three with a mark between them.
pub fn grouped_by(typed: &str, mark: char) -> bool {
    let mut groups = typed.split(mark);
    let first = groups.next().unwrap_or_default();
    first.len() <= 3
        && !first.starts_with('0')
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

/// True for one or more of the digits 0 to 9, and nothing else.
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// So many of something, the English word in its plural: `3 lỗi`, `3 faults`, `1 fault`.
pub fn many(n: usize, vi: &str, en: &str) -> Said {
    let s = if n == 1 { "" } else { "s" };
    Said { vi: format!("{} {vi}", n.in_lang(Lang::Vi)), en: format!("{} {en}{s}", n.in_lang(Lang::En)) }
}

/// A number with exactly so many decimals, halves rounded away from zero, its digits in groups.
pub fn fixed(n: f64, places: usize, lang: Lang) -> String {
    in_words(&rounded(n, places), lang)
}

/// A number with the decimals that it has, at most six: what was written, without the noise of binary fractions.
pub fn decimal(n: f64, lang: Lang) -> String {
    let written = n.to_string();
    let noisy = written.split_once('.').is_some_and(|(_, part)| part.len() > 6);
    in_words(&if noisy { plain(n, 6) } else { written }, lang)
}

/// A measure or a quotient: with the one or two decimals that were written, else with one.
pub fn measure(n: f64, lang: Lang) -> String {
    fixed(n, measure_places(n), lang)
}

/// How many decimals a measure or a quotient is shown with.
pub fn measure_places(n: f64) -> usize {
    let hundredths = (n * 100.0).round();
    if hundredths / 100.0 == n && hundredths % 10.0 != 0.0 { 2 } else { 1 }
}

/// Đồng as millions with one decimal.
pub fn millions(n: f64, lang: Lang) -> String {
    fixed(n / 1_000_000.0, 1, lang)
}

/// A part of a whole in percent, with one decimal: `62,5%`.
pub fn percent(part: usize, whole: usize) -> Said {
    percentage(part as f64 * 100.0 / whole as f64)
}

/// A percentage with one decimal: `62,5%`.
pub fn percentage(n: f64) -> Said {
    Said { vi: fixed(n, 1, Lang::Vi) + "%", en: fixed(n, 1, Lang::En) + "%" }
}

/// A number as programs read it, with at most so many decimals and no noise behind them.
pub fn plain(n: f64, places: usize) -> String {
    let text = rounded(n, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A number in plain digits, with the groups and the decimal sign of a language.
fn in_words(text: &str, lang: Lang) -> String {
    if text.contains(char::is_alphabetic) {
        return text.to_owned(); // infinity and the like
    }
    let (separator, point) = match lang {
        Lang::Vi => (".", ","),
        Lang::En => (",", "."),
    };
    match text.split_once('.') {
        Some((whole, part)) => grouped(whole, separator) + point + part,
        None => grouped(text, separator),
    }
}

/// Digits with so many decimals, halves away from zero. The nudge makes up for what binary fractions lose: 84.85 is
/// a little less than it says. Never a negative zero.
fn rounded(n: f64, places: usize) -> String {
    let scale = 10_u64.pow(places as u32);
    let scaled = (n * scale as f64 * (1.0 + 4.0 * f64::EPSILON)).round();
    // Whole numbers are exact up to here, and written much faster than others.
    if scaled.abs() >= 2_f64.powi(53) || scaled.is_nan() {
        return format!("{:.places$}", scaled / scale as f64);
    }
    let (sign, scaled) = (if scaled < 0.0 { "-" } else { "" }, scaled.abs() as u64);
    match places {
        0 => format!("{sign}{scaled}"),
        _ => format!("{sign}{}.{:0places$}", scaled / scale, scaled % scale),
    }
}

impl InLang for i64 {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        group(*self, lang).into()
    }
}

impl InLang for usize {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        group(i64::try_from(*self).unwrap_or(i64::MAX), lang).into()
    }
}

impl InLang for f64 {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        decimal(*self, lang).into()
    }
}

impl InLang for Day {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        match lang {
            Lang::Vi => self.vietnamese().into(),
            Lang::En => self.to_string().into(),
        }
    }
}

impl InLang for Date {
    fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        match (self, lang) {
            (Date::Day(day), _) => day.in_lang(lang),
            (Date::Month(year, month), Lang::Vi) => format!("{month:02}/{year}").into(),
            _ => self.to_string().into(),
        }
    }
}

/// Seconds only if there are any.
impl InLang for Time {
    fn in_lang(&self, _: Lang) -> Cow<'_, str> {
        let text = self.to_string();
        text.strip_suffix(":00").map(str::to_owned).unwrap_or(text).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_as_the_language_does() {
        assert_eq!(group(1_234_567, Lang::Vi), "1.234.567");
        assert_eq!(group(-1_234_567, Lang::En), "-1,234,567");
        assert_eq!((group(0, Lang::Vi), group(-999, Lang::Vi)), ("0".into(), "-999".into()));
        assert_eq!(group(i64::MIN, Lang::En), "-9,223,372,036,854,775,808");
        assert_eq!((toml(70_000), toml(999)), ("70_000".into(), "999".into()));
    }

    #[test]
    fn halves_go_up_as_officers_round() {
        for (n, vi) in [(84.85, "84,9"), (12.25, "12,3"), (1.005, "1,0"), (-0.04, "0,0"), (-2.25, "-2,3")] {
            assert_eq!(fixed(n, 1, Lang::Vi), vi, "{n}");
        }
        assert_eq!(fixed(1_234_567.05, 1, Lang::En), "1,234,567.1");
        let million = |n| millions(n, Lang::Vi);
        assert_eq!((million(42_350_000.0), million(1_250_000_000.0)), ("42,4".into(), "1.250,0".into()));
    }

    #[test]
    fn programs_get_numbers_without_noise() {
        assert_eq!(plain(0.1 + 0.2, 4), "0.3");
        assert_eq!(plain(100.0, 2), "100");
        assert_eq!(plain(84.774, 2), "84.77");
    }

    #[test]
    fn people_get_the_decimals_that_were_written() {
        let measures: Vec<_> = [8.0, 8.25, 120.5, 69.1234].map(|n| measure(n, Lang::Vi)).into();
        assert_eq!(measures, ["8,0", "8,25", "120,5", "69,1"]);
        let decimals: Vec<_> = [8.0, 0.1 + 0.2, 79.5, -1_234.25].map(|n| decimal(n, Lang::Vi)).into();
        assert_eq!(decimals, ["8", "0,3", "79,5", "-1.234,25"]);
        assert_eq!(decimal(f64::INFINITY, Lang::En), "inf");
        assert_eq!(decimal(1e20, Lang::En), "100,000,000,000,000,000,000");
    }

    #[test]
    fn a_message_says_each_value_as_its_language_does() {
        let (spent, hour) = (3_400_000_i64, Time::new(14, 45, 0).unwrap());
        let said = crate::say!(
            "chi {spent} đồng ngày {day}, lúc {hour}, đạt {share}%",
            "spent {spent} đồng on {day} at {hour}, {share}%",
            [spent, hour, day = Day::new(2016, 10, 27).unwrap(), share = 79.5]
        );
        assert_eq!(said.vi, "chi 3.400.000 đồng ngày 27/10/2016, lúc 14:45, đạt 79,5%");
        assert_eq!(said.en, "spent 3,400,000 đồng on 2016-10-27 at 14:45, 79.5%");
    }
}
