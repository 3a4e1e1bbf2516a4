//! Structs and rows know the same keys, both ways; and every key has both labels.

use serde_json::{Map, Value, json};
use ttht::model::field::{Field, Form, Kind, Refers, Vocabulary};
use ttht::model::{RECORDS, campaign, centre, scheme, settings, unit, visit};

/// A record with every key of its rows, each with a value that may stand there.
fn full(fields: &[Field]) -> Value {
    let keys = fields.iter().filter(|field| field.key != "extra");
    Value::Object(keys.map(|field| (field.key.to_owned(), value(&field.kind))).collect::<Map<_, _>>())
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text
        | Kind::Prose
        | Kind::Id(Refers::Unit | Refers::Centre | Refers::Campaign | Refers::Scheme | Refers::Visit) => {
            json!("yen-thanh")
        }
        Kind::Form(form) => match form {
            Form::Period | Form::SchoolYear => json!("2016-2017"),
            Form::DayOfYear => json!("09-01"),
            _ => json!("06826"),
        },
        Kind::Day => json!("2016-10-27"),
        Kind::Time => json!("08:00:00"),
        Kind::Bool => json!(true),
        Kind::Count(_) | Kind::Money => json!(7),
        Kind::Measure(_) => json!(1.5),
        Kind::Choice(choices) => json!(choices.last().unwrap().word),
        Kind::List(inner) => json!([value(inner)]),
        Kind::Section(fields) | Kind::Inline(fields) => full(fields),
        Kind::Rows(fields) => json!([full(fields)]),
        Kind::Keyed { by, entry, fixed } => {
            let Value::Object(mut map) = full(fixed) else { unreachable!() };
            let word = match by {
                Vocabulary::ActivityFields => "law",
                Vocabulary::Documents => "plans",
                Vocabulary::Words => "r1",
            };
            map.insert(word.to_owned(), value(entry));
            Value::Object(map)
        }
        Kind::Free => json!({}),
    }
}

/// The struct takes every key of the rows (`deny_unknown_fields`) and gives every one back with its value: a key that
/// only one side knows would fail here.
fn agree<T: serde::de::DeserializeOwned + serde::Serialize>(fields: &[Field]) {
    let record = full(fields);
    let typed: T = serde_json::from_value(record.clone()).unwrap();
    let back = serde_json::to_value(&typed).unwrap();
    assert_eq!(back, record);
}

#[test]
fn structs_and_rows_know_the_same_keys() {
    agree::<settings::Settings>(settings::FIELDS);
    agree::<unit::Units>(unit::FIELDS);
    agree::<centre::Centre>(centre::FIELDS);
    agree::<campaign::Campaign>(campaign::FIELDS);
    agree::<visit::Visit>(visit::FIELDS);
    agree::<scheme::Scheme>(scheme::FIELDS);
}

#[test]
fn every_row_has_both_labels_and_a_stable_key() {
    fn walk(fields: &[Field], path: &str) {
        let mut seen = Vec::new();
        for field in fields {
            let at = format!("{path}.{}", field.key);
            let word = field.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(word && !field.key.is_empty(), "{at}: the key is English snake_case");
            assert!(!seen.contains(&field.key), "{at} stands twice");
            assert!(!field.label.vi.is_empty() && !field.label.en.is_empty(), "{at} has no label");
            assert_eq!(field.help.vi.is_empty(), field.help.en.is_empty(), "{at} has help in one language");
            seen.push(field.key);
            if let Kind::Choice(choices) = field.kind {
                assert!(choices.iter().all(|c| !c.label.vi.is_empty() && !c.label.en.is_empty()), "{at}");
            }
            if let Kind::Keyed { entry, .. } = field.kind {
                walk(entry.fields(), &at);
            }
            walk(field.kind.fields(), &at);
        }
    }
    RECORDS.iter().for_each(|record| walk(record.fields, record.name));
}
