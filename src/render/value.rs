//! Cells as words: as people of a language read them, and as programs do.

use crate::model::day::{Day, Time};
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Lang, Text, printable, t};

/// What stands where nothing is known.
pub(super) const MISSING: &str = "–";
const YES: Text = t("có", "yes");
const NO: Text = t("không", "no");

/// A cell as people read it, in one line.
pub(super) fn shown(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    match cell {
        Cell::Missing => MISSING.to_owned(),
        Cell::Text(text) => one_line(text),
        Cell::Word(_, label) => one_line(label.get(lang)),
        Cell::Count(n) => match kind {
            ColumnKind::Millions => millions(*n as f64, lang),
            ColumnKind::Percent => number(*n as f64, 1, lang),
            _ => group(*n, lang),
        },
        Cell::Number(n) => match kind {
            ColumnKind::Millions => millions(*n, lang),
            ColumnKind::Money | ColumnKind::Count => number(*n, 0, lang),
            ColumnKind::Percent => number(*n, 1, lang),
            _ => measure(*n, lang),
        },
        Cell::Of(n, of) => format!("{}/{}", group(*n as i64, lang), group(*of as i64, lang)),
        Cell::Day(date) => day(*date, lang),
        Cell::Time(clock) => time(*clock),
        Cell::Bool(yes) => yes_no(*yes, lang).to_owned(),
    }
}

/// A row as people read it.
pub(super) fn row(cells: &[Cell], columns: &[Column], lang: Lang) -> Vec<String> {
    cells.iter().zip(columns).map(|(cell, column)| shown(cell, column.kind, lang)).collect()
}

/// The total row as people read it: where there is nothing to add up, nothing stands.
pub(super) fn total(cells: &[Cell], columns: &[Column], lang: Lang) -> Vec<String> {
    let mut texts = row(cells, columns, lang);
    for (at, text) in texts.iter_mut().enumerate() {
        if cells[at] == Cell::Missing && (at == 0 || !columns[at].kind.is_number()) {
            text.clear();
        }
    }
    texts
}

/// What came from a file, in one line and without what could steer a terminal.
pub(super) fn one_line(text: &str) -> String {
    printable(text).split(['\n', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// A day as people read it.
pub(super) fn day(day: Day, lang: Lang) -> String {
    match lang {
        Lang::Vi => day.vietnamese(),
        Lang::En => day.to_string(),
    }
}

/// A time of day as people read it; seconds only where there are any.
pub(super) fn time(time: Time) -> String {
    let text = time.to_string();
    text.strip_suffix(":00").unwrap_or(&text).to_owned()
}

/// Yes or no.
pub(super) fn yes_no(yes: bool, lang: Lang) -> &'static str {
    if yes { YES.get(lang) } else { NO.get(lang) }
}

/// A whole number with its digits in groups: `1.234.567` or `1,234,567`.
pub(super) fn group(n: i64, lang: Lang) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&n.unsigned_abs().to_string(), lang))
}

fn grouped(digits: &str, lang: Lang) -> String {
    let separator = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A number with so many decimals, halves rounded away from zero, its digits in groups.
pub(super) fn number(n: f64, places: usize, lang: Lang) -> String {
    let text = rounded(n, places);
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let point = match lang {
        Lang::Vi => ',',
        Lang::En => '.',
    };
    match text.split_once('.') {
        Some((whole, part)) => format!("{sign}{}{point}{part}", grouped(whole, lang)),
        None if n.is_finite() => format!("{sign}{}", grouped(text, lang)),
        None => format!("{sign}{text}"),
    }
}

/// A measure or a quotient: with the one or two decimals that were written, else with one.
pub(super) fn measure(n: f64, lang: Lang) -> String {
    let hundredths = (n * 100.0).round();
    let places = if hundredths / 100.0 == n && hundredths % 10.0 != 0.0 { 2 } else { 1 };
    number(n, places, lang)
}

/// Đồng as millions with one decimal.
fn millions(n: f64, lang: Lang) -> String {
    number(n / 1_000_000.0, 1, lang)
}

/// A number as programs read it, with at most so many decimals and no noise behind them.
pub(super) fn plain_number(n: f64, places: usize) -> String {
    let text = rounded(n, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Digits with so many decimals, halves away from zero. The nudge makes up for what binary fractions lose: 84.85 is
/// a little less than it says. Never a negative zero.
fn rounded(n: f64, places: usize) -> String {
    let scale = 10_u64.pow(places as u32);
    let scaled = (n * scale as f64 * (1.0 + 4.0 * f64::EPSILON)).round();
    // Whole numbers are exact up to here, and written much quicker than others.
    if scaled.abs() >= 2_f64.powi(53) || scaled.is_nan() {
        return format!("{:.places$}", scaled / scale as f64);
    }
    let (sign, scaled) = (if scaled < 0.0 { "-" } else { "" }, scaled.abs() as u64);
    match places {
        0 => format!("{sign}{scaled}"),
        _ => format!("{sign}{}.{:0places$}", scaled / scale, scaled % scale),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_as_the_language_does() {
        assert_eq!(group(1_234_567, Lang::Vi), "1.234.567");
        assert_eq!(group(-1_234_567, Lang::En), "-1,234,567");
        assert_eq!((group(0, Lang::Vi), group(999, Lang::Vi)), ("0".into(), "999".into()));
        assert_eq!(group(i64::MIN, Lang::En), "-9,223,372,036,854,775,808");
    }

    #[test]
    fn halves_go_up_as_officers_round() {
        for (n, vi) in [(84.85, "84,9"), (12.25, "12,3"), (1.005, "1,0"), (-0.04, "0,0"), (-2.25, "-2,3")] {
            assert_eq!(number(n, 1, Lang::Vi), vi, "{n}");
        }
        assert_eq!(number(1_234_567.05, 1, Lang::En), "1,234,567.1");
        let million = |n| shown(&Cell::Count(n), ColumnKind::Millions, Lang::Vi);
        assert_eq!((million(42_350_000), million(1_250_000_000)), ("42,4".into(), "1.250,0".into()));
    }

    #[test]
    fn programs_get_numbers_without_noise() {
        assert_eq!(plain_number(0.1 + 0.2, 4), "0.3");
        assert_eq!(plain_number(100.0, 2), "100");
        assert_eq!(plain_number(84.774, 2), "84.77");
        let shown: Vec<_> = [8.0, 8.25, 120.5, 69.1234].map(|n| measure(n, Lang::Vi)).into();
        assert_eq!(shown, ["8,0", "8,25", "120,5", "69,1"]);
    }

    #[test]
    fn what_is_not_known_is_not_zero() {
        assert_eq!(shown(&Cell::Missing, ColumnKind::Count, Lang::Vi), "–");
        assert_eq!(shown(&Cell::Of(7, 11), ColumnKind::Text, Lang::Vi), "7/11");
        assert_eq!(shown(&Cell::Text("a\n b\tc\u{1b}[m".into()), ColumnKind::Text, Lang::Vi), "a b c␛[m");
    }
}
