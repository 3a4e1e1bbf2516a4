//! What a block of a record says, in words: its values in a line, each group in another. It follows the field rows, so that
//! a new key is told without another line here.

use crate::model::date::Date;
use crate::model::day::{Day, Time};
use crate::model::document::DOTS;
use crate::model::field::{Field, Kind};
use crate::model::form::Form;
use crate::model::json::Json;
use crate::model::path::key_below;
use crate::model::period::Period;
use crate::model::table::Cell;
use crate::model::text::{Said, Text, small, t};
use crate::say;

/// The lines of a block: its own values, then its groups.
pub fn lines(rows: &[Field], block: &Json) -> Vec<Said> {
    let own = rows.iter().filter_map(|row| value(row, block, row.key).map(|value| (row.label, value)));
    let own = own.map(|(label, value)| say!("{label}: {value}", "{label}: {value}", [label, value]));
    let (awards, groups): (Vec<&Field>, Vec<&Field>) = rows.iter().partition(|row| is_award(row));
    let groups = groups.into_iter().filter_map(|row| group(row, block));
    let awards = sentence(awards.into_iter().filter_map(|row| award(row, block)));
    sentence(own).into_iter().chain(groups).chain(awards).collect()
}

/// The values of a block one by one, each with what it is.
pub fn told(rows: &[Field], block: &Json) -> Vec<Vec<Cell>> {
    let word = |said: Said| Cell::word(said.en.clone(), said);
    let one = |label: Said, value: Said| vec![word(label), word(value)];
    let row = |row: &Field| -> Vec<Vec<Cell>> {
        let below = row.kind.fields().iter().filter_map(|field| {
            let (above, label) = (row.label, lowered(field.label));
            let value = value(field, block, &key_below(row.key, field.key))?;
            Some(one(say!("{above}: {label}", "{above}: {label}", [above, label]), value))
        });
        let own = value(row, block, row.key).map(|value| one(row.label.into(), value));
        own.into_iter().chain(below).collect()
    };
    rows.iter().flat_map(row).collect()
}

/// True for a group of how many there were, and how much they cost.
fn is_award(row: &Field) -> bool {
    row.kind.row("count").is_some() && row.kind.row("amount").is_some()
}

/// How many awards, and how much in all: `Học bổng: 22 suất (lượt), 22.150.000 đồng`.
fn award(row: &Field, block: &Json) -> Option<Said> {
    let told = |key: &str| value(row.kind.row(key)?, block, &key_below(row.key, key));
    let count = told("count").map(|n| say!("{n} suất (lượt)", "{n}", [n]));
    let parts = Said::join(count.into_iter().chain(told("amount")), ", ");
    let label = row.label;
    (!parts.is_empty()).then(|| say!("{label}: {parts}", "{label}: {parts}", [label, parts]))
}

/// The line of a group: `Quỹ khuyến học: dư đầu kỳ 12.350.000 đồng; thu trong kỳ …`.
fn group(row: &Field, block: &Json) -> Option<Said> {
    let Kind::Inline(fields) = row.kind else { return None };
    let parts = fields.iter().filter_map(|field| {
        let value = value(field, block, &key_below(row.key, field.key))?;
        let label = lowered(field.label);
        let colon = if label.vi.ends_with(|c: char| c.is_ascii_digit()) { ":" } else { "" };
        Some(say!("{label}{colon} {value}", "{label}{colon} {value}", [label, colon, value]))
    });
    let parts = Said::join(parts, "; ");
    let label = row.label;
    (!parts.is_empty()).then(|| say!("{label}: {parts}.", "{label}: {parts}.", [label, parts]))
}

/// What is there and what is not, of the rows that ask only that.
pub fn there(rows: &[Field], block: &Json) -> Vec<Said> {
    let told = |wanted: bool| {
        let rows = rows.iter().filter(|row| block[row.key].as_bool() == Some(wanted));
        Said::join(rows.map(|row| lowered(row.label)), ", ")
    };
    let (yes, no) = (told(true), told(false));
    let yes = (!yes.is_empty()).then(|| say!("Có: {yes}.", "Yes: {yes}.", [yes]));
    let no = (!no.is_empty()).then(|| say!("Không có: {no}.", "No: {no}.", [no]));
    yes.into_iter().chain(no).collect()
}

/// Some parts as one sentence, the first letter of each but the first a small one.
pub fn sentence(parts: impl Iterator<Item = Said>) -> Option<Said> {
    let small = |(at, part): (usize, Said)| match at {
        0 => part,
        _ => Said { vi: small(&part.vi), en: small(&part.en) },
    };
    let said = Said::join(parts.enumerate().map(small), "; ");
    (!said.is_empty()).then(|| say!("{said}.", "{said}.", [said]))
}

/// Texts as sentences.
pub fn listed(texts: &[String]) -> Vec<Said> {
    texts.iter().map(|text| Said::same(format!("{}.", plain(text)))).collect()
}

/// A text without the full stop at its end, to go on after it.
pub fn plain(text: &str) -> &str {
    text.trim_end().trim_end_matches(['.', ';'])
}

/// A figure in a sentence, or dots.
pub fn amount(cell: &Cell) -> Said {
    match cell {
        Cell::Count(n) => say!("{n}", "{n}", [n]),
        Cell::Number(n) => say!("{n}", "{n}", [n]),
        Cell::About(number) => say!("khoảng {n}", "about {n}", [n = amount(number)]),
        _ => Said::same(DOTS),
    }
}

/// The value at a path of a block, as people say it; what the block calls approximate is said to be so.
pub fn value(row: &Field, block: &Json, path: &str) -> Option<Said> {
    let at = path.split('.').fold(block, |at, key| &at[key]);
    let said = said(&row.kind, at)?;
    let about = block["approximate"].as_array().is_some_and(|keys| keys.iter().any(|key| key == path));
    Some(if about { say!("khoảng {said}", "about {said}", [said]) } else { said })
}

/// A number of a block as a cell.
pub fn figure(block: &Json, path: &str) -> Cell {
    let at = path.split('.').fold(block, |at, key| &at[key]);
    let about = block["approximate"].as_array().is_some_and(|keys| keys.iter().any(|key| key == path));
    let cell = at.as_i64().map_or_else(|| Cell::from(at.as_f64()), Cell::Count);
    if about { cell.about() } else { cell }
}

/// A single value as people say it; `None` for what is missing, and for what holds others.
fn said(kind: &Kind, value: &Json) -> Option<Said> {
    Some(match kind {
        Kind::Count(_) => {
            let n = value.as_i64()?;
            say!("{n}", "{n}", [n])
        }
        Kind::Money => {
            let n = value.as_i64()?;
            say!("{n} đồng", "{n} đồng", [n])
        }
        Kind::Measure(unit) => {
            let n = value.as_f64()?;
            say!("{n} {unit}", "{n} {unit}", [n, unit])
        }
        Kind::Bool => yes(value.as_bool()?).into(),
        Kind::Choice(choices) => {
            choices.iter().find(|choice| Some(choice.word) == value.as_str())?.label.into()
        }
        Kind::Day => {
            let day = Day::parse(value.as_str()?)?;
            say!("{day}", "{day}", [day])
        }
        Kind::Date => {
            let date = Date::parse(value.as_str()?)?;
            say!("{date}", "{date}", [date])
        }
        Kind::Time => clock(Time::parse_typed(value.as_str()?)?),
        Kind::Form(Form::Period) => Period::parse(value.as_str()?)?.said(),
        Kind::Text | Kind::Prose | Kind::Form(_) | Kind::Id(_) => Said::same(value.as_str()?),
        Kind::List(_)
        | Kind::Section(_)
        | Kind::Inline(_)
        | Kind::Rows(_)
        | Kind::Keyed { .. }
        | Kind::Free => {
            return None;
        }
    })
}

/// A time as papers write it: `08 giờ 30 phút`.
pub fn clock(time: Time) -> Said {
    let (hour, minute) = (format!("{:02}", time.hour), format!("{:02}", time.minute));
    say!("{hour} giờ {minute} phút", "{hour}:{minute}", [hour, minute])
}

fn yes(yes: bool) -> Text {
    if yes { t("có", "yes") } else { t("không", "no") }
}

/// A label inside a sentence: without the word that says that something is there.
pub fn lowered(label: impl Into<Said>) -> Said {
    let label = label.into();
    let vi = small(&label.vi);
    Said { vi: vi.strip_prefix("có ").map_or(vi.clone(), str::to_owned), en: small(&label.en) }
}

/// The text with a large first letter.
pub fn large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
