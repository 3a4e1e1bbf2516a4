//! Numbers, dates, periods and texts: what is written is read as the same, in both languages, and nothing is read as
//! something else.

use std::sync::LazyLock;
use ttht::model::RecordKind;
use ttht::model::abbreviation::Abbreviation;
use ttht::model::day::{Day, Time, YEARS};
use ttht::model::field::{Choice, Field, Form, Kind, MONEY_MAX};
use ttht::model::input::{Speaker, read};
use ttht::model::meaning::{Abbreviations, PLACES};
use ttht::model::number;
use ttht::model::numeral::Numeral;
use ttht::model::period::{Period, YearStart};
use ttht::model::spoken;
use ttht::model::text::{InLang, Lang, printable, t};
use ttht::model::tree::{Node, Value};
use ttht::model::vietnamese::{alphabetical, compose, fold, is_composed, is_slug, slug};
use ttht::toml::shipped::abbreviations;
use ttht::toml::{print, raw_tree};

const LANGS: [Lang; 2] = [Lang::Vi, Lang::En];
const MEASURE: Kind = Kind::Measure(t("giờ", "hours"));

/// The bytes are a text that someone types, and the first eight of them a number.
pub fn hold(data: &[u8]) {
    let mut eight = [0; 8];
    eight.iter_mut().zip(data).for_each(|(to, from)| *to = *from);
    let number = i64::from_le_bytes(eight);
    whole(number);
    whole(number % 100_000);
    fraction(f64::from_bits(number as u64));
    fraction((number % 1_000_000_000) as f64 / 1_000.0);
    let day = |n: i64| {
        let part = |by: i64, most: i64| (n / by).rem_euclid(most);
        let (year, month, day) = (part(1, 156) as i32, part(156, 12) as u32, part(1872, 31) as u32);
        Day::new(YEARS.start() + year, month + 1, day + 1)
    };
    let days = [day(number), day(number.rotate_left(32))];
    days.into_iter().flatten().for_each(calendar);
    if let [Some(first), Some(last)] = days {
        periods(first.min(last), first.max(last));
    }
    if let Ok(text) = std::str::from_utf8(data) {
        typed(text);
        forms(text);
        letters(text);
    }
}

fn today() -> Day {
    Day::nearest(2018, 6, 1)
}

/// Someone who types in a language.
fn by(lang: Lang) -> Speaker<'static> {
    static SHORT: LazyLock<Abbreviations> = LazyLock::new(|| Abbreviations::new(&[], abbreviations));
    Speaker { lang, today: today(), short: &SHORT }
}

static CLEAR: LazyLock<Vec<Abbreviation>> = LazyLock::new(|| abbreviations().0);

/// The value of a line of TOML.
fn said(written: &str) -> Node<'static> {
    let text = format!("a = {written}\n");
    let node = raw_tree(&text).get("a").cloned().unwrap_or_else(|| panic!("{written}"));
    node.into_owned()
}

fn whole(n: i64) {
    assert_eq!(said(&number::toml(n)).value, Value::Int(n));
    for lang in LANGS {
        let written = number::group(n, lang);
        if n >= 0 {
            assert_eq!(Numeral::of(&written).whole, Some(n.to_string()), "{written}");
        }
        if (0..=MONEY_MAX).contains(&n) {
            assert_eq!(read(&Kind::Money, &written, by(lang)).map(|node| node.value), Ok(Value::Int(n)));
        }
    }
}

/// What a number says that was written in a language.
fn plain(written: &str, lang: Lang) -> f64 {
    let (group, point) = if lang == Lang::Vi { ('.', ',') } else { (',', '.') };
    written.replace(group, "").replace(point, ".").parse().unwrap_or_else(|_| panic!("{written}"))
}

fn fraction(n: f64) {
    let node = Node::new(Value::Float(n));
    let again = said(&print::inline(&Kind::Free, &node));
    assert!(again.says_same(&node) || n.is_nan(), "{n}: {again:?}");
    for lang in LANGS {
        let all = [
            number::decimal(n, lang),
            number::measure(n, lang),
            number::millions(n, lang),
            number::fixed(n, 3, lang),
        ];
        if !n.is_finite() || n.abs() > 1e15 {
            continue;
        }
        let near = |written: &str, n: f64, by: f64| {
            let off = (plain(written, lang) - n).abs();
            assert!(off <= by + n.abs() * 1e-14, "{n} is written {written}");
        };
        [5.1e-7, 0.051, 0.051, 0.00051].into_iter().zip(&all).enumerate().for_each(|(at, (by, written))| {
            near(written, if at == 2 { n / 1e6 } else { n }, by);
        });
        if n >= 0.0
            && let Ok(node) = read(&MEASURE, &all[0], by(lang))
        {
            assert_eq!(value_of(&node), Some(plain(&all[0], lang)), "{}", all[0]);
        }
    }
}

/// The number that a value is.
fn value_of(node: &Node) -> Option<f64> {
    match node.value {
        Value::Int(n) => Some(n as f64),
        Value::Float(n) => Some(n),
        _ => None,
    }
}

fn calendar(day: Day) {
    assert_eq!(Day::parse(&day.to_string()), Some(day));
    assert_eq!(said(&day.to_string()).value, Value::Day(day));
    for lang in LANGS {
        let written = day.in_lang(lang);
        assert_eq!(Day::parse_typed(&written), Some(day), "{written}");
        assert_eq!(read(&Kind::Day, &written, by(lang)).map(|node| node.value), Ok(Value::Day(day)));
    }
    assert_eq!(day.next().before(), day);
    assert!(day.before() < day && day.plus_months(1) > day && day.plus_months(-1) < day);
    let start = format!("{:02}-{:02}", day.month(), day.day());
    let Some(start) = YearStart::parse(&start) else { return assert_eq!((day.month(), day.day()), (2, 29)) };
    // School years at the edges of what records may mention are cut off.
    let is_inside = |day: &Day| *YEARS.start() < day.year() && day.year() < *YEARS.end();
    for day in [day.before(), day, day.next(), day.plus_months(6)].into_iter().filter(is_inside) {
        assert!(start.school_year(day).days(start).contains(&day), "{day:?} {start:?}");
    }
}

fn periods(first: Day, last: Day) {
    let year = first.year().min(YEARS.end() - 1);
    let part = |most| (first.day() % most + 1) as u8;
    let parts = [Period::Half(year, part(2)), Period::Quarter(year, part(4))];
    for period in
        [Period::Days(first, last), Period::Year(year), Period::SchoolYear(year)].into_iter().chain(parts)
    {
        let written = period.to_string();
        assert_eq!(Period::parse(&written), Some(period), "{written}");
        for loose in [written.replace('-', "–"), written.replace('-', " - "), format!(" {written} ")] {
            assert_eq!(spoken::period(&loose), Some(period), "{loose}");
        }
        for lang in LANGS {
            let said = period.said();
            assert_eq!(spoken::period(said.get(lang)), Some(period), "{}", said.get(lang));
        }
        let days = period.days(YearStart::default());
        if let Some(before) = period.previous().filter(|_| year > *YEARS.start()) {
            assert_eq!(before.days(YearStart::default()).end().next(), *days.start(), "{written}");
        }
    }
}

/// Every list of code words.
static CHOICES: LazyLock<Vec<&'static [Choice]>> = LazyLock::new(|| {
    fn gather(kind: &Kind, found: &mut Vec<&'static [Choice]>) {
        let mut each = |fields: &'static [Field]| fields.iter().for_each(|field| gather(&field.kind, found));
        match kind {
            Kind::Choice(choices) => found.push(choices),
            Kind::List(inner) => gather(inner, found),
            Kind::Keyed { entry, fixed, .. } => {
                each(fixed);
                gather(entry, found);
            }
            kind => each(kind.fields()),
        }
    }
    let mut found = Vec::new();
    RecordKind::ALL.iter().for_each(|kind| gather(&kind.root(), &mut found));
    found
});

/// What is taken as a value is written in both languages, and in records, so that it is read as the same.
fn typed(text: &str) {
    let forms = Form::ALL.iter().map(|form| Kind::Form(*form));
    let others = [
        Kind::Count(1_000_000),
        Kind::Money,
        MEASURE,
        Kind::Day,
        Kind::Date,
        Kind::Time,
        Kind::Bool,
        Kind::Text,
    ];
    for kind in others.into_iter().chain(forms) {
        let Ok(node) = read(&kind, text, by(Lang::Vi)) else { continue };
        assert!(said(&print::inline(&kind, &node)).says_same(&node), "{text:?}: {node:?}");
        for lang in LANGS {
            let written = match &node.value {
                Value::Int(n) => number::group(*n, lang),
                Value::Float(n) => number::decimal(*n, lang),
                Value::Day(day) => day.in_lang(lang).into_owned(),
                Value::Time(time) => time.to_string(),
                Value::Text(words) => words.to_string(),
                _ => continue,
            };
            match read(&kind, &written, by(lang)) {
                Ok(again) => {
                    assert!(is_near(&again, &node), "{text:?} is read {node:?}, and {written} {again:?}")
                }
                // A number that can be read in two ways is refused.
                Err(_) => {
                    assert!(matches!(kind, Kind::Measure(_)), "{text:?} is read {node:?}, but not {written}")
                }
            }
        }
        not_another(text, &kind, &node);
    }
    for choices in CHOICES.iter() {
        let kind = Kind::Choice(choices);
        let Ok(node) = read(&kind, text, by(Lang::Vi)) else { continue };
        let choice = choices.iter().find(|choice| node.text() == Some(choice.word));
        let choice = choice.unwrap_or_else(|| panic!("{text:?}: {node:?}"));
        let words = |text: &str| {
            let folded = fold(text);
            let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.fold(String::new(), |all, word| all + " " + word)
        };
        let named = [choice.word, choice.label.vi, choice.label.en].into_iter();
        let place = PLACES.iter().map(|place| words(place)).find(|place| words(text).ends_with(&**place));
        let bare =
            place.map_or_else(|| words(text), |place| words(text).trim_end_matches(&*place).to_owned());
        let is = |name: &str| [words(text), bare.clone()].contains(&words(name));
        let mut short = CLEAR.iter().filter(|one| one.means == choice.word).flat_map(|one| &one.typed);
        let is_short = short.any(|typed| is(typed));
        let named = named
            .filter(|label| words(label).contains(&words(text)) || words(label).contains(&*bare) || is_short)
            .count()
            > 0;
        assert!(named && !words(text).is_empty(), "{text:?} is taken for {}", choice.word);
    }
}

/// The same; of numbers with decimals as many as are written.
fn is_near(a: &Node, b: &Node) -> bool {
    let near = |(a, b): (f64, f64)| (a - b).abs() <= 5.1e-7 + b.abs() * 1e-14;
    a.says_same(b) || value_of(a).zip(value_of(b)).is_some_and(near)
}

/// A value has the digits that were typed, and what can be read in two ways is not read.
fn not_another(text: &str, kind: &Kind, node: &Node) {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let bare = |digits: &str| digits.trim_start_matches('0').to_owned();
    match (&node.value, kind) {
        (Value::Int(n), _) => {
            // Words like `triệu` add noughts.
            let ends = |digits: String| match text.chars().any(char::is_alphabetic) {
                true => bare(&digits).trim_end_matches('0').to_owned(),
                false => bare(&digits),
            };
            assert_eq!(ends(digits(text)), ends(digits(&n.to_string())), "{text:?} is read as {n}")
        }
        (Value::Float(n), _) if *n < 1e15 => {
            let ends = |text: &str| bare(&digits(text)).trim_end_matches('0').to_owned();
            let (typed, read) = (ends(text), ends(&n.to_string()));
            assert!(typed == read || typed.len() > 15, "{text:?} is read as {n}");
        }
        (Value::Day(day), _) => {
            let parts: Vec<u32> =
                text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
            let (y, m, d) = (day.year() as u32, day.month(), day.day());
            let fits = [vec![d, m, y], vec![y, m, d], vec![d, m, y % 100]].contains(&parts)
                || text.chars().any(char::is_whitespace)
                || text.parse().is_ok_and(|number| Day::of_serial(number) == Some(*day));
            assert!(fits || *day == today(), "{text:?} is read as {day}");
        }
        _ => {}
    }
    let numeral = Numeral::of(text);
    if matches!(kind, Kind::Measure(_)) && numeral.whole.is_some() && numeral.decimal.is_some() {
        panic!("{text:?} can be read in two ways, and is read as {node:?}");
    }
}

/// What is meant by a text has the form, and means itself.
fn forms(text: &str) {
    for form in Form::ALL {
        let _ = form.help(text);
        if let Some(meant) = form.meant(text) {
            assert!(form.fits(&meant), "{form:?}: {text:?} means {meant:?}");
            assert_eq!(form.meant(&meant), None, "{form:?}: {text:?} means {meant:?}");
        }
    }
    if let Some(period) = Period::parse(text) {
        assert_eq!(period.to_string(), text);
    }
    if let Some(day) = Day::parse(text) {
        assert_eq!(day.to_string(), text);
    }
    if let Some(time) = Time::parse_typed(text) {
        assert_eq!(Time::parse_typed(&time.to_string()), Some(time), "{text:?}");
        assert_eq!(said(&time.to_string()).value, Value::Time(time));
    }
}

fn letters(text: &str) {
    // What looks like a conflict of git is told as one.
    if !text.contains("<<<<<<< ") {
        assert_eq!(said(&print::quoted(text)).text(), Some(text));
    }
    let composed = compose(text);
    assert!(is_composed(&composed), "{text:?}");
    let folded = fold(text);
    assert_eq!(fold(&composed), folded, "{text:?}");
    let id = slug(text);
    assert_eq!(slug(&id), id, "{text:?}");
    assert!(id.is_empty() || is_slug(&id) || is_slug(&format!("{id}-x")), "{text:?}: {id}");
    let shown = printable(text);
    assert!(!shown.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{text:?}: {shown:?}");
    assert_eq!(printable(&shown), shown, "{text:?}");
    assert_eq!(alphabetical(text), alphabetical(&composed), "{text:?}");
}
