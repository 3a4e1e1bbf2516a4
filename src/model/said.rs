//! What stands in a record, in words: a value as people say it, and a path by the labels of its keys.

use super::field::{Field, Kind};
use super::form::Form;
use super::identity::Named;
use super::period::Period;
use super::text::{Said, small, t};
use super::tree::{Node, Value};
use crate::say;

/// The longest text that is quoted whole, in characters.
const LONGEST: usize = 80;

/// A value in words; a table by its keys and what they hold.
pub fn value(kind: &Kind, node: &Node) -> Said {
    match (kind, &node.value) {
        (Kind::Money, Value::Int(n)) => say!("{n} đồng", "{n} đồng", [n]),
        (Kind::Measure(unit), Value::Int(n)) => say!("{n} {unit}", "{n} {unit}", [n, unit]),
        (Kind::Measure(unit), Value::Float(n)) => say!("{n} {unit}", "{n} {unit}", [n, unit]),
        (_, Value::Int(n)) => say!("{n}", "{n}", [n]),
        (_, Value::Float(n)) => say!("{n}", "{n}", [n]),
        (_, Value::Bool(true)) => t("có", "yes").into(),
        (_, Value::Bool(false)) => t("không", "no").into(),
        (_, Value::Day(day)) => say!("{day}", "{day}", [day]),
        (_, Value::Time(time)) => say!("{time}", "{time}", [time]),
        (_, Value::OtherTime(moment)) => Said::same(moment),
        (kind, Value::Text(text)) => word(kind, text).unwrap_or_else(|| Said::same(quoted(text))),
        (kind, Value::List(items)) => {
            let item = kind.item();
            Said::join(items.iter().map(|node| value(&item, node)), ", ")
        }
        (kind, Value::Table(entries)) => {
            let one = |entry: &super::tree::Entry| {
                let (label, said) = (label(kind, &entry.key), value(&kind.key(&entry.key), &entry.node));
                say!("{label}: {said}", "{label}: {said}", [label, said])
            };
            Said::join(entries.iter().map(one), "; ")
        }
    }
}

/// What a path leads to: the labels of its keys and the names of its rows.
pub fn place(root: &Kind, path: &[Named]) -> Said {
    let (mut kind, mut place) = (*root, None);
    for name in path {
        let (words, between) = match name {
            Named::Key(key) if kind.row(key).is_none() => (Said::same(key), " "),
            Named::Key(key) if place.is_none() => (label(&kind, key), ""),
            Named::Key(key) => {
                let Said { vi, en } = label(&kind, key);
                (Said { vi: small(&vi), en: small(&en) }, ", ")
            }
            Named::Row(row) => (Said::same(row), ", "),
            Named::Item => continue,
        };
        place = Some(Said::join(place.into_iter().chain([words]), between));
        kind = match name {
            Named::Key(key) => kind.key(key),
            Named::Row(_) | Named::Item => kind.item(),
        };
    }
    place.unwrap_or_default()
}

/// What people see for a key.
fn label(kind: &Kind, key: &str) -> Said {
    let label = |row: &Field| row.label.into();
    kind.row(key).map_or_else(|| Said::same(key), label)
}

/// What people see for a code word or a period.
fn word(kind: &Kind, text: &str) -> Option<Said> {
    match kind {
        Kind::Choice(choices) => Some(choices.iter().find(|choice| choice.word == text)?.label.into()),
        Kind::Form(Form::Period) => Some(Period::parse(text)?.said()),
        _ => None,
    }
}

/// A text in quotes and in one line; a long one is cut.
fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("“{}…”", line[..at].trim_end()),
        None => format!("“{line}”"),
    }
}
