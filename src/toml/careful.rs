//! What the `toml` crate makes of a text: its tree, and its faults.

use super::complaint::{MARK, SyntaxFault, explain, mark, no_number};
use crate::model::day::{Day, Time};
use crate::model::tree::{Entry, Node, Value};
use std::borrow::Cow;
use std::num::IntErrorKind;
use toml::de::{DeTable, DeValue};

/// The tree of a text, and its faults, at most one a line. With a fault, the tree may hold what nobody meant.
pub fn read(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let explained = |error: &toml::de::Error| explain(text, error.span().unwrap_or(0..0), error.message());
    let mut faults: Vec<SyntaxFault> = errors.iter().map(explained).collect();
    // The crate passes over the first byte order mark.
    let marks = text.len() - text.trim_start_matches(MARK).len();
    faults.extend((marks > 0).then(|| mark(0..marks)));
    let mut odd = Vec::new();
    let value = table_of(text, table.into_inner(), &mut odd);
    // What it passes on as it is, is looked at where it has nothing to say.
    if faults.is_empty() {
        faults = odd;
    }
    faults.sort_by_key(|fault| fault.span.start);
    let line = |at: usize| text[..at].bytes().rposition(|b| b == b'\n');
    faults.dedup_by_key(|fault| line(fault.span.start));
    (Node { value, span: 0..0 }, faults)
}

fn table_of<'a>(text: &str, table: DeTable<'a>, faults: &mut Vec<SyntaxFault>) -> Value<'a> {
    let mut entry = |(key, value): (toml::Spanned<Cow<'a, str>>, _)| Entry {
        key_span: key.span(),
        key: key.into_inner(),
        node: node_of(text, value, faults),
    };
    let mut entries: Vec<Entry> = table.into_iter().map(&mut entry).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn node_of<'a>(text: &str, value: toml::Spanned<DeValue<'a>>, faults: &mut Vec<SyntaxFault>) -> Node<'a> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(words) => Value::Text(with_plain_ends(text.get(span.clone())).unwrap_or(words)),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            let large = number.as_ref().is_err_and(|error| *error.kind() != IntErrorKind::InvalidDigit);
            faults.extend(number.is_err().then(|| no_number(span.clone(), large)));
            Value::Int(number.unwrap_or_default())
        }
        DeValue::Float(number) => {
            let (digits, number) = (number.as_str(), number.as_str().parse::<f64>());
            let large = number.as_ref().is_ok_and(|n| n.is_infinite()) && !digits.ends_with("inf");
            faults.extend((large || number.is_err()).then(|| no_number(span.clone(), large)));
            Value::Float(number.unwrap_or_default())
        }
        DeValue::Boolean(answer) => Value::Bool(answer),
        DeValue::Datetime(mut moment) => {
            // Seconds may be left out since TOML 1.1; written with them, every reader knows the moment.
            moment.time.iter_mut().for_each(|time| _ = time.second.get_or_insert(0));
            let value = match (moment.date, moment.time, moment.offset) {
                (Some(d), None, None) => {
                    Day::new(d.year.into(), d.month.into(), d.day.into()).map(Value::Day)
                }
                (None, Some(t), None) if t.nanosecond.is_none_or(|part| part == 0) => {
                    Time::new(t.hour, t.minute, t.second.unwrap_or(0)).map(Value::Time)
                }
                _ => None,
            };
            value.unwrap_or_else(|| Value::OtherTime(moment.to_string()))
        }
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node_of(text, item, faults)).collect())
        }
        DeValue::Table(table) => table_of(text, table, faults),
    };
    Node { value, span }
}

/// A text that was written over several lines which end as on Windows: how lines end belongs to the file, and is no part of
/// what the text says. None for any other.
fn with_plain_ends<'a>(raw: Option<&str>) -> Option<Cow<'a, str>> {
    let plain = raw.filter(|raw| raw.contains("\r\n"))?.replace("\r\n", "\n");
    unquoted(&plain).map(Cow::Owned)
}

/// What is meant by a text in quotes. None for anything else.
pub fn unquoted(raw: &str) -> Option<String> {
    let value = Some(raw).filter(|raw| raw.starts_with(['"', '\'']))?;
    match DeValue::parse(value).ok()?.into_inner() {
        DeValue::String(words) => Some(words.into_owned()),
        _ => None,
    }
}
