//! What people type, turned into values: the same for `--set`, for questions and for imported tables.

use super::date::Date;
use super::day::{Day, Time};
use super::field::{Choice, Field, Kind, Vocabulary};
use super::meaning::{Abbreviations, Named, contradicts, is_same, meaning};
use super::number::is_digits;
use super::numeral;
use super::path::{Step, steps, written};
use super::register::Register;
use super::relative;
use super::settings::Labelled;
use super::spoken;
use super::text::{Lang, Said, Text, did_you_mean, nearest, with_plain_ends};
use super::tree::{Node, Value};
use super::vietnamese::{compose, fold};
use crate::say;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Who types: what a word or a day means depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Speaker<'r> {
    /// The language of the call.
    pub lang: Lang,
    /// The day that counts as today.
    pub today: Day,
    /// What is written in short.
    pub short: &'r Abbreviations,
}

impl<'r> Speaker<'r> {
    /// Someone who types in a language on a day, and writes in short what the office of a register does.
    pub fn new(lang: Lang, today: Day, register: &'r Register) -> Speaker<'r> {
        Speaker { lang, today, short: &register.vocabularies.short }
    }
}

/// The value that was typed, for a kind of field; or why it is not one, and what to type instead.
pub fn read(kind: &Kind, typed: &str, speaker: Speaker) -> Result<Node<'static>, Said> {
    let typed = compose(&with_plain_ends(typed.trim())).into_owned();
    let value = match kind {
        Kind::Text | Kind::Prose | Kind::Id(_) => Value::Text(typed.into()),
        Kind::Form(form) => Value::Text(form.certainly_meant(&typed).unwrap_or(typed).into()),
        Kind::Day => Value::Day(read_day(&typed, speaker)?),
        Kind::Date => match spoken::part_of_date(&typed) {
            Some(part) => part.into(),
            None => Value::Day(read_day(&typed, speaker)?),
        },
        Kind::Time => Value::Time(read_time(&typed)?),
        Kind::Bool => Value::Bool(read_bool(&typed)?),
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => numeral::read(kind, &typed, 0)?,
        Kind::Choice(choices) => Value::Text(read_choice(choices, &typed, speaker)?.into()),
        Kind::List(inner) => {
            let parts = parts(inner, &typed).map(|part| read(inner, part, speaker));
            Value::List(parts.collect::<Result<_, _>>()?)
        }
        Kind::Section(_) | Kind::Inline(_) | Kind::Rows(_) | Kind::Keyed { .. } | Kind::Free => {
            return Err(say!(
                "mục này gồm nhiều giá trị; xin nhập từng giá trị",
                "this is a group; give the values inside it"
            ));
        }
    };
    Ok(Node::new(value))
}

/// What was typed for each value of a list. One person holds several posts: `PCT UBND kiêm Giám đốc TTHTCĐ`.
pub fn parts<'t>(inner: &Kind, typed: &'t str) -> impl Iterator<Item = &'t str> {
    let chosen = matches!(inner, Kind::Choice(_));
    let ends: &[char] = if chosen { &[',', ';', '+', '\n'] } else { &[';'] };
    let parts = typed.split(ends).flat_map(move |part| part.split(if chosen { " kiêm " } else { ";" }));
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// A time: `8:30`, `8h30`, `8 giờ 30 phút`, `2h chiều`, `8 giờ rưỡi`.
fn read_time(typed: &str) -> Result<Time, Said> {
    let (clock, part) = part_of_day(typed);
    let short = clock.replace("giờ", "h").replace("rưỡi", "30");
    let short = short.trim_end_matches("phút").trim_end_matches('\'');
    let time = Time::parse_typed(short).and_then(|time| match part {
        Some((hours, later)) if hours.contains(&time.hour) => {
            Time::new(time.hour + if time.hour < 12 { later } else { 0 }, time.minute, time.second)
        }
        Some(_) => None,
        None => Some(time),
    });
    time.ok_or_else(|| {
        say!(
            "“{typed}” không phải là giờ; gõ như 8:30 hoặc 8h30",
            "“{typed}” is not a time; type it like 8:30",
            [typed]
        )
    })
}

/// The parts of the day: the hours that are said in each, and by how much those before noon come later.
const PARTS_OF_DAY: &[(&str, RangeInclusive<u8>, u8)] = &[
    ("sáng", 1..=11, 0),
    ("am", 1..=11, 0),
    ("trưa", 10..=13, 0),
    ("chiều", 1..=18, 12),
    ("tối", 5..=23, 12),
    ("pm", 1..=12, 12),
];

/// A time without the part of the day behind it.
fn part_of_day(typed: &str) -> (&str, Option<(&RangeInclusive<u8>, u8)>) {
    let at = typed.rfind(|c: char| c.is_whitespace() || c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (clock, word) = typed.split_at_checked(at).unwrap_or((typed, ""));
    let part = PARTS_OF_DAY.iter().find(|(name, ..)| !word.is_empty() && is_same(word, name));
    part.map_or((typed, None), |(_, hours, later)| (clock.trim_end(), Some((hours, *later))))
}

/// A day: `27/10/2016`, `27/10/16`, `ngày 27 tháng 10 năm 2016`, `2016-10-27`, `42670` as spreadsheets keep it, or
/// one that is said [from today](relative).
fn read_day(typed: &str, Speaker { lang, today, .. }: Speaker) -> Result<Day, Said> {
    if let Some(day) = relative::day(typed, today) {
        return day;
    }
    let plain = spoken::day_in_digits(typed, today.year());
    let serial = || is_digits(typed).then(|| typed.parse().ok().and_then(Day::of_serial))?;
    let day = Day::parse_typed(&plain).or_else(serial).ok_or_else(|| match spoken::part_of_date(typed) {
        Some(part) => say!(
            "“{typed}” chưa rõ ngày nào; gõ cả ngày, như 27/{month}",
            "“{typed}” does not say which day; type all of it, like 27/{month}",
            [typed, month = month_of(part)]
        ),
        None => say!(
            "“{typed}” không phải là ngày; gõ như 27/10/2016",
            "“{typed}” is not a date; type it like 27/10/2016",
            [typed]
        ),
    })?;
    only_day(&plain, day, lang)
}

/// The month of what is known of a day, as it is typed.
fn month_of(part: Date) -> String {
    let first = part.first();
    format!("{:02}/{}", if matches!(part, Date::Year(_)) { 10 } else { first.month() }, first.year())
}

/// The day that was read, if it is the only one that may be meant: in English the first number of `03/04/2017` may be
/// the month.
pub fn only_day(typed: &str, day: Day, lang: Lang) -> Result<Day, Said> {
    match Day::month_first(typed).filter(|other| lang == Lang::En && *other != day) {
        None => Ok(day),
        Some(other) => {
            let (day, other) = (day.to_string(), other.to_string());
            Err(say!(
                "“{typed}” hiểu được hai cách; gõ {day} hoặc {other}",
                "“{typed}” can be read in two ways; type {day} or {other}",
                [typed, day, other]
            ))
        }
    }
}

const YES: &[&str] =
    &["có", "c", "đã có", "đã ký", "rồi", "đúng", "yes", "y", "true", "1", "x", "v", "✓", "✔", "☑"];
const NO: &[&str] =
    &["không", "k", "ko", "không có", "ko có", "chưa", "chưa có", "chưa ký", "sai", "no", "n", "false", "0"];

/// Yes or no in either language; nothing for any other word.
pub fn yes_or_no(typed: &str) -> Option<bool> {
    static FOLDED: LazyLock<Vec<(String, &str, bool)>> = LazyLock::new(|| {
        let folded = |yes: bool| move |name: &&'static str| (fold(name), *name, yes);
        YES.iter().map(folded(true)).chain(NO.iter().map(folded(false))).collect()
    });
    let plain = fold(typed);
    let is = |(folded, name, _): &&(String, &str, bool)| *folded == plain && !contradicts(typed, name);
    FOLDED.iter().find(is).map(|(.., yes)| *yes)
}

fn read_bool(typed: &str) -> Result<bool, Said> {
    yes_or_no(typed).ok_or_else(|| {
        say!("không hiểu “{typed}”; xin gõ có hoặc không", "“{typed}”: type yes or no", [typed])
    })
}

/// A code word, from the word itself or from what it is called.
fn read_choice(choices: &'static [Choice], typed: &str, speaker: Speaker) -> Result<&'static str, Said> {
    one_of(typed, choices.iter().map(Named::from), speaker.lang, speaker.short)
}

/// A word of a vocabulary, as code words are read.
pub fn read_word<'a>(words: &'a [Labelled], typed: &str, speaker: Speaker) -> Result<&'a str, Said> {
    one_of(typed, words.iter().map(Named::from), speaker.lang, speaker.short)
}

fn one_of<'a>(
    typed: &str,
    words: impl Iterator<Item = Named<'a>> + Clone,
    lang: Lang,
    short: &Abbreviations,
) -> Result<&'a str, Said> {
    meaning(typed, words.clone(), lang, short).map_err(|several| match several[..] {
        [] => {
            let list = listed(words);
            say!(
                "“{typed}” không có ở đây; gõ một trong các mục: {list}",
                "“{typed}” is not here; type one of: {list}",
                [typed, list]
            )
        }
        _ => {
            let list = listed(several.into_iter());
            say!(
                "“{typed}” có thể là: {list}; gõ rõ hơn",
                "“{typed}” may be: {list}; type more of it",
                [typed, list]
            )
        }
    })
}

/// What words are called, with the words: `Pháp luật (law), …`.
fn listed<'a>(words: impl Iterator<Item = Named<'a>>) -> Said {
    let said = |Named { word, vi, en }| Said { vi: format!("{vi} ({word})"), en: format!("{en} ({word})") };
    Said::join(words.map(said), ", ")
}

/// The row of a key path, and the path as it is stored. Keys and words may be typed as what they are called, and a value by its
/// label alone if there is one such: `team[0].name`, `activity.field.pháp luật.women`, `Dân số`.
pub fn resolve(
    fields: &'static [Field],
    path: &str,
    register: Option<&Register>,
    lang: Lang,
) -> Result<(Vec<Step>, Kind), Said> {
    let steps =
        steps(path).ok_or_else(|| say!("“{path}” không phải là tên mục", "“{path}” is not a key", [path]))?;
    let mut kind = Kind::Section(fields);
    let mut stored = Vec::new();
    for step in steps {
        for step in stored_steps(&kind, step, register, lang)? {
            kind = kind.below(&step);
            stored.push(step);
        }
    }
    Ok((stored, if matches!(kind, Kind::Free) { Kind::Text } else { kind }))
}

/// A step below a kind of value, as it is stored, with the steps that need not be typed; or why there is no such step.
fn stored_steps(kind: &Kind, step: Step, register: Option<&Register>, lang: Lang) -> Result<Vec<Step>, Said> {
    Err(match (kind, step) {
        (Kind::Free, step) | (Kind::Rows(_) | Kind::List(_), step @ Step::Index(_)) => return Ok(vec![step]),
        (Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. }, Step::Key(key)) => {
            if kind.row(&key).is_some() {
                return Ok(vec![Step::Key(key)]);
            }
            let why = match kind {
                Kind::Keyed { by, entry, .. } => match vocabulary_word(*by, &key, register, lang) {
                    Ok(word) => return Ok(vec![Step::Key(word)]),
                    Err(_) if !labelled(entry, &key).is_empty() => needs_word(*by, &key, register),
                    Err(why) => why,
                },
                _ => unknown_key(kind, &key),
            };
            let mut found = labelled(kind, &key);
            match found.len() {
                0 => why,
                1 => return Ok(found.remove(0)),
                _ => several(kind, &key, &found),
            }
        }
        (Kind::Rows(_), Step::Key(key)) => say!(
            "ghi số thứ tự trước “.{key}”: [0], [1] …",
            "give the number before “.{key}”: [0], [1] …",
            [key]
        ),
        (Kind::Keyed { .. }, Step::Index(at)) => {
            let at = at.to_string();
            say!(
                "ở đây ghi mã sau dấu chấm, không ghi số thứ tự [{at}]",
                "here a code follows a point, not the number [{at}]",
                [at]
            )
        }
        (_, Step::Key(key)) => say!("mục “{key}” không có mục con", "there is nothing below “{key}”", [key]),
        (_, Step::Index(at)) => {
            let at = at.to_string();
            say!("ở đây không có danh sách [{at}]", "there is no list for [{at}]", [at])
        }
    })
}

/// The paths of what is called so below a kind of value, or has this key: those that are the fewest steps away. Rows of lists
/// and words of vocabularies are not passed over.
fn labelled(kind: &Kind, name: &str) -> Vec<Vec<Step>> {
    let mut level = vec![(Vec::new(), *kind)];
    while !level.is_empty() {
        let below = |(path, kind): &(Vec<Step>, Kind)| {
            let rows = kind.fields().iter().map(|row| ([&path[..], &[row.key.into()]].concat(), row));
            rows.collect::<Vec<_>>()
        };
        let rows: Vec<(Vec<Step>, &Field)> = level.iter().flat_map(below).collect();
        let is = |row: &Field| row.key == name || is_same(name, row.label.vi) || is_same(name, row.label.en);
        let found: Vec<_> = rows.iter().filter(|(_, row)| is(row)).map(|(path, _)| path.clone()).collect();
        if !found.is_empty() {
            return found;
        }
        let is_table = |kind: &Kind| matches!(kind, Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. });
        let tables = rows.into_iter().map(|(path, row)| (path, row.kind));
        level = tables.filter(|(_, kind)| is_table(kind)).collect();
    }
    Vec::new()
}

/// Why what several values are called says too little.
fn several(kind: &Kind, name: &str, found: &[Vec<Step>]) -> Said {
    let table =
        |path: &[Step]| kind.row(if let Step::Key(key) = &path[0] { key } else { "" }).map(|row| row.label);
    let one = |path: &Vec<Step>| {
        let table = table(path).unwrap_or(super::text::t("", ""));
        say!("{path} ({table})", "{path} ({table})", [path = written(path), table])
    };
    let list = Said::join(found.iter().map(one), ", ");
    say!("“{name}” có thể là: {list}", "“{name}” may be: {list}", [name, list])
}

fn unknown_key(kind: &Kind, key: &str) -> Said {
    let rows = || kind.fields().iter();
    let labels = rows().flat_map(|row| [row.label.vi, row.label.en]);
    let all = || {
        let said =
            |row: &Field| say!("{key} ({label})", "{key} ({label})", [key = row.key, label = row.label]);
        say!("dùng một trong: {list}", "use one of: {list}", [list = Said::join(rows().map(said), ", ")])
    };
    let help = nearest(key, rows().map(|row| row.key))
        .or_else(|| nearest(key, labels))
        .map_or_else(all, did_you_mean);
    say!("không có mục “{key}”; {help}", "there is no key “{key}”; {help}", [key, help])
}

fn vocabulary_word(
    by: Vocabulary,
    typed: &str,
    register: Option<&Register>,
    lang: Lang,
) -> Result<String, Said> {
    let known = register.and_then(|register| Some((register.words(by)?, &register.vocabularies.short)));
    known
        .map_or(Ok(typed), |(words, short)| one_of(typed, words.iter().map(Named::from), lang, short))
        .map(str::to_owned)
}

/// Why a key cannot stand where a word of a vocabulary belongs, below which it would.
fn needs_word(by: Vocabulary, key: &str, register: Option<&Register>) -> Said {
    let words = register.and_then(|register| register.words(by)).unwrap_or_default();
    let words = words.iter().map(|word| word.id.as_str()).collect::<Vec<_>>().join(", ");
    say!("trước “.{key}” ghi một trong các mã: {words}", "before “.{key}” give one of: {words}", [key, words])
}

/// The label of a kind of value for a prompt or a column: the unit, if it has one.
pub fn unit_of(kind: &Kind) -> Option<Text> {
    match kind {
        Kind::Measure(unit) => Some(*unit),
        Kind::Money => Some(super::text::t("đồng", "VND")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::COUNT;
    use crate::model::number;
    use crate::model::text::{Lang, t};
    use crate::model::visit::{FIELDS, TeamRole};

    const AREA: Kind = Kind::Measure(t("m²", "m²"));

    fn speaker(lang: Lang) -> Speaker<'static> {
        static SHORT: LazyLock<Abbreviations> = LazyLock::new(Abbreviations::default);
        Speaker { lang, today: Day::new(2016, 10, 27).unwrap(), short: &SHORT }
    }

    fn typed(kind: Kind, text: &str) -> Option<Value<'static>> {
        read(&kind, text, speaker(Lang::Vi)).ok().map(|node| node.value)
    }

    #[test]
    fn numbers_are_understood_as_vietnamese_write_them() {
        for text in ["1234", "1.234", "1,234", "1 234", "1_234"] {
            assert_eq!(typed(COUNT, text), Some(Value::Int(1234)), "{text}");
        }
        for text in ["1.23", "1,5", "-3", "", "12.34.567", "1234.567", "0.125", "12 34", "1.234,567", "một"]
        {
            assert_eq!(typed(COUNT, text), None, "{text}");
        }
        assert_eq!(typed(Kind::Money, "70.000.000"), Some(Value::Int(70_000_000)));
        for (text, number) in [
            ("85,5", 85.5),
            ("85.5", 85.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1 234,500", 1234.5),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("1,2500", 1.25),
            ("1234,567", 1234.567),
        ] {
            assert_eq!(typed(AREA, text), Some(Value::Float(number)), "{text}");
        }
        for (text, number) in [("85", 85), ("1.234.567", 1_234_567), ("1 250", 1250)] {
            assert_eq!(typed(AREA, text), Some(Value::Int(number)), "{text}");
        }
        for text in
            ["1.2.3,4", "1.234,567.8", "1,2,3", "85, 5", "8 5", "85,", ",5", "-85", "1e3", "8_5", "NaN"]
        {
            assert_eq!(typed(AREA, text), None, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_with_both_spellings() {
        for (text, whole, decimal) in [
            ("1.250", "1250", "1,25"),
            ("1,250", "1250", "1,25"),
            ("12.345", "12345", "12,3450"),
            ("1.000", "1000", "1,0"),
        ] {
            let said = read(&AREA, text, speaker(Lang::Vi)).unwrap_err();
            assert!(said.vi.ends_with(&format!("gõ {whole} hoặc {decimal}")), "{}", said.vi);
            for clear in [whole, decimal, &decimal.replace(',', ".")] {
                assert!(typed(AREA, clear).is_some(), "{clear}");
            }
        }
    }

    /// What people are shown is read back as the same number, or refused: never as another.
    #[test]
    fn what_is_printed_of_a_number_is_not_read_as_another() {
        let some = (0..6).flat_map(|e| (0..12_000).step_by(37).map(move |n| f64::from(n) / 10_f64.powi(e)));
        for n in some.chain([1_234.5, 1_250.0, 1.25, 999_999.999, 1_234_567.0, 1e15, 1.0, 1_000.0]) {
            for lang in [Lang::Vi, Lang::En] {
                let shown = number::decimal(n, lang);
                let read = |kind| {
                    typed(kind, &shown).map(|value| match value {
                        Value::Int(n) => n as f64,
                        Value::Float(n) => n,
                        other => panic!("{other:?}"),
                    })
                };
                assert!(read(AREA).is_none_or(|read| read == n), "{shown}");
                assert!(n.fract() != 0.0 || read(Kind::Money).is_none_or(|read| read == n), "{shown}");
                let rounded: f64 = number::plain(n, 1).parse().unwrap();
                let shown = number::fixed(n, 1, lang);
                assert_eq!(typed(AREA, &shown), Some(Value::Float(rounded)), "{shown}");
            }
        }
    }

    #[test]
    fn words_are_picked_by_label_without_accents() {
        assert_eq!(typed(TeamRole::KIND, "Trưởng đoàn"), Some(Value::Text("lead".into())));
        assert_eq!(typed(TeamRole::KIND, "truong"), Some(Value::Text("lead".into())));
        assert_eq!(typed(TeamRole::KIND, "th"), None, "thành viên or thư ký");
        assert_eq!(typed(Kind::Bool, "Có"), Some(Value::Bool(true)));
        assert_eq!(typed(Kind::Day, "42670"), Day::new(2016, 10, 27).map(Value::Day));
        assert_eq!(typed(Kind::Day, "2016"), None);
        assert_eq!(typed(Kind::Day, "10/2016"), None);
        for (text, hour, minute) in
            [("2h chiều", 14, 0), ("8 giờ rưỡi", 8, 30), ("8h sáng", 8, 0), ("2:30 PM", 14, 30)]
        {
            assert_eq!(typed(Kind::Time, text), Time::new(hour, minute, 0).map(Value::Time), "{text}");
        }
        assert_eq!(typed(Kind::Time, "15h sáng"), None);
        assert_eq!(typed(Kind::Day, "hôm nay"), Day::new(2016, 10, 27).map(Value::Day));
    }

    #[test]
    fn key_paths_lead_to_their_rows() {
        let (steps, kind) = resolve(FIELDS, "team[0].role", None, Lang::Vi).unwrap();
        assert_eq!(steps.len(), 3);
        assert!(matches!(kind, Kind::Choice(_)));
        assert!(matches!(
            resolve(FIELDS, "activity.field.law.women", None, Lang::Vi).unwrap().1,
            Kind::Count(_)
        ));
        for path in ["Dân số", "dan so", "Population", "Số liệu chung.Dân số", "population"] {
            let (steps, _) = resolve(FIELDS, path, None, Lang::Vi).unwrap();
            assert_eq!(written(&steps), "context.population", "{path}");
        }
        let error = resolve(FIELDS, "Ghi chú", None, Lang::Vi).unwrap_err();
        assert!(error.vi.contains("management.note") && error.vi.contains("documents.note"), "{}", error.vi);
        let error = resolve(FIELDS, "context.populaton", None, Lang::Vi).unwrap_err();
        assert!(error.en.contains("population"), "{}", error.en);
        for bad in ["team.name", "date.x", "nothing", "place[0]"] {
            assert!(resolve(FIELDS, bad, None, Lang::Vi).is_err(), "{bad}");
        }
    }
}
