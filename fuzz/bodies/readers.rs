//! All of TOML is read, and nothing else, as the `toml` crate reads it; the swift way to a record gives what the long
//! way gives.

use super::{is_syntax, kind, plain_ends, split};
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use ttht::model::RecordKind;
use ttht::model::campaign::Campaign;
use ttht::model::centre::Centre;
use ttht::model::day::{Day, Time};
use ttht::model::scheme::Scheme;
use ttht::model::settings::Settings;
use ttht::model::statement::Statement;
use ttht::model::tree::{Node, Value};
use ttht::model::unit::Units;
use ttht::model::visit::Visit;
use ttht::toml::known::Known;
use ttht::toml::{load, load_slowly, raw_tree, read_tree};

/// The first line chooses a kind of record, the rest is its text.
pub fn hold(data: &[u8]) {
    let (line, bytes) = split(data);
    let Ok(text) = ttht::toml::text(bytes, "x") else { return };
    as_the_crate(&text, kind(line));
    match kind(line) {
        RecordKind::Register => both_ways::<Settings>(kind(line), text),
        RecordKind::Units => both_ways::<Units>(kind(line), text),
        RecordKind::Centre => both_ways::<Centre>(kind(line), text),
        RecordKind::Campaign => both_ways::<Campaign>(kind(line), text),
        RecordKind::Visit => both_ways::<Visit>(kind(line), text),
        RecordKind::Statement => both_ways::<Statement>(kind(line), text),
        RecordKind::Scheme => both_ways::<Scheme>(kind(line), text),
    }
}

/// The tree and the verdict of the program are those of the crate.
fn as_the_crate(text: &str, kind: RecordKind) {
    let (_, faults) = read_tree(text, kind.fields(), "x");
    let syntax: Vec<_> = faults.into_iter().filter(is_syntax).collect();
    match DeTable::parse(text) {
        // In a text of several lines it may be a conflict all the same.
        Ok(_) if text.contains("<<<<<<< ") => {}
        Ok(table) if table.get_ref().values().all(|value| has_numbers(text, value)) => {
            assert!(syntax.is_empty(), "sound TOML is refused: {syntax:?}\n{text}");
            same_table(text, &raw_tree(text), table.get_ref());
        }
        _ => assert!(!syntax.is_empty(), "no TOML, and not told\n{text}"),
    }
}

/// True if what looks like a number is one that fits; the crate does not say.
fn has_numbers(text: &str, value: &Spanned<DeValue>) -> bool {
    let number = text[value.span()].replace('_', "");
    match value.get_ref() {
        DeValue::Integer(_) => whole(&number).is_ok_and(|number| i64::try_from(number).is_ok()),
        DeValue::Float(_) => number.parse::<f64>().is_ok(),
        DeValue::Array(items) => items.iter().all(|item| has_numbers(text, item)),
        DeValue::Table(table) => table.values().all(|value| has_numbers(text, value)),
        _ => true,
    }
}

fn same_table(text: &str, node: &Node, table: &DeTable) {
    assert_eq!(node.entries().len(), table.len(), "{node:?}\n{text}");
    for (key, value) in table {
        let own = node.get(key.get_ref()).unwrap_or_else(|| panic!("{key:?} is missing\n{text}"));
        same(text, own, value);
    }
}

/// A value says the same, and has the same place.
fn same(text: &str, node: &Node, value: &Spanned<DeValue>) {
    let raw = &text[value.span()];
    let number = raw.replace('_', "");
    let fits = match (&node.value, value.get_ref()) {
        (Value::Table(_), DeValue::Table(table)) => return same_table(text, node, table),
        (Value::List(items), DeValue::Array(array)) => {
            assert_eq!(items.len(), array.len(), "{raw}\n{text}");
            return items.iter().zip(array.iter()).for_each(|(item, value)| same(text, item, value));
        }
        // How lines end is no part of what a text says.
        (Value::Text(own), DeValue::String(words)) => plain_ends(own) == plain_ends(words),
        (Value::Bool(own), DeValue::Boolean(answer)) => own == answer,
        (Value::Int(own), DeValue::Integer(_)) => whole(&number) == Ok(i128::from(*own)),
        (Value::Float(own), DeValue::Float(_)) => {
            let float: f64 = number.parse().unwrap_or_else(|_| panic!("{raw} is no number\n{text}"));
            own.to_bits() == float.to_bits() || own.is_nan() && float.is_nan()
        }
        (Value::Day(own), DeValue::Datetime(_)) => Day::parse(raw) == Some(*own),
        (Value::Time(own), DeValue::Datetime(_)) => Time::parse_typed(raw) == Some(*own),
        (Value::OtherTime(_), DeValue::Datetime(_)) => true,
        _ => false,
    };
    assert!(fits, "{raw} is read as {node:?}\n{text}");
    assert_eq!(node.span, value.span(), "the place of {raw}\n{text}");
}

/// A whole number in any of the bases, without low lines.
fn whole(number: &str) -> Result<i128, ()> {
    let based = [("0x", 16), ("0o", 8), ("0b", 2)].into_iter();
    let based = based.filter_map(|(prefix, base)| Some((number.strip_prefix(prefix)?, base))).next();
    let (digits, base) = based.unwrap_or((number, 10));
    i128::from_str_radix(digits, base).map_err(|_| ())
}

/// The swift way and the long way give the same record with the same faults.
fn both_ways<T: DeserializeOwned + PartialEq + Debug>(kind: RecordKind, text: String) {
    let known = Known::default();
    let long = load_slowly::<T>("x", "x", kind, &known, text.clone());
    let swift = load::<T>("x", "x", kind, &known, text.clone());
    assert_eq!(swift.faults, long.faults, "{text}");
    match (swift.record, long.record) {
        (Some(swift), Some(long)) => {
            assert!(swift.body == long.body || has_nan(&text), "{:?}\n{:?}\n{text}", swift.body, long.body);
            assert_eq!(swift.sound, long.sound, "{text}");
            assert_eq!(swift.text, text);
        }
        (swift, long) => assert_eq!(swift.is_some(), long.is_some(), "{text}"),
    }
}

/// Not a number is not even equal to itself.
fn has_nan(text: &str) -> bool {
    text.contains("nan")
}
