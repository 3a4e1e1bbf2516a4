//! Structs and rows know the same keys, both ways; and every key has both labels.

use serde_json::{Map, Value, json};
use ttht::model::date::Date;
use ttht::model::day::{Day, Time};
use ttht::model::field::{Field, Form, Kind, Vocabulary};
use ttht::model::register::Register;
use ttht::model::text::Lang;
use ttht::model::tree::{Entry, Node, Value as Leaf};
use ttht::model::{RecordKind, campaign, centre, scheme, settings, statement, unit, visit};
use ttht::render::Style;
use ttht::render::record::{self, Shown};
use ttht::toml::{print, raw_tree, read_tree};

/// A record with every key of its rows, each with a valid value.
fn full(fields: &[Field]) -> Value {
    let keys = fields.iter().filter(|field| field.key != "extra");
    Value::Object(keys.map(|field| (field.key.to_owned(), value(&field.kind))).collect::<Map<_, _>>())
}

fn value(kind: &Kind) -> Value {
    match kind {
        Kind::Text | Kind::Prose | Kind::Id(_) => json!("yen-thanh"),
        Kind::Form(form) => match form {
            Form::Period | Form::SchoolYear => json!("2016-2017"),
            Form::DayOfYear => json!("09-01"),
            _ => json!("06826"),
        },
        Kind::Day => json!("2016-10-27"),
        Kind::Date => json!("2016-10"),
        Kind::Time => json!("08:00:00"),
        Kind::Bool => json!(true),
        Kind::Count(max) => json!(7.min(*max)),
        Kind::Money => json!(7),
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
                Vocabulary::Schemes => "cv2553-2013",
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
    assert_eq!(back.to_string(), record.to_string(), "rows stand in the order of the struct");
}

#[test]
fn structs_and_rows_know_the_same_keys() {
    agree::<settings::Settings>(settings::FIELDS);
    agree::<unit::Units>(unit::FIELDS);
    agree::<centre::Centre>(centre::FIELDS);
    agree::<campaign::Campaign>(campaign::FIELDS);
    agree::<visit::Visit>(visit::FIELDS);
    agree::<statement::Statement>(statement::FIELDS);
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
    RecordKind::ALL.iter().for_each(|record| walk(record.fields(), record.word()));
}

/// The same record as a tree, with dates and times as TOML has them.
fn tree(kind: &Kind, value: &Value) -> Node<'static> {
    let below =
        |fields: &[Field], key: &str| fields.iter().find(|field| field.key == key).map(|field| field.kind);
    let table = |kind_of: &dyn Fn(&str) -> Kind| {
        let entries = value.as_object().unwrap().iter();
        let entry = |(key, value): (&String, &Value)| Entry {
            key: key.clone().into(),
            key_span: 0..0,
            node: tree(&kind_of(key), value),
        };
        Leaf::Table(entries.map(entry).collect())
    };
    let leaf = match kind {
        Kind::Section(fields) | Kind::Inline(fields) => table(&|key| below(fields, key).unwrap()),
        Kind::Keyed { entry, fixed, .. } => table(&|key| below(fixed, key).unwrap_or(**entry)),
        Kind::Rows(fields) => Leaf::List(
            value.as_array().unwrap().iter().map(|row| tree(&Kind::Section(fields), row)).collect(),
        ),
        Kind::List(inner) => {
            Leaf::List(value.as_array().unwrap().iter().map(|item| tree(inner, item)).collect())
        }
        Kind::Day => Leaf::Day(Day::parse(value.as_str().unwrap()).unwrap()),
        Kind::Date => Date::parse(value.as_str().unwrap()).unwrap().into(),
        Kind::Time => Leaf::Time(Time::parse_typed(value.as_str().unwrap()).unwrap()),
        Kind::Free => Leaf::Table(Vec::new()),
        _ => match value {
            Value::String(text) => Leaf::Text(text.clone().into()),
            Value::Bool(answer) => Leaf::Bool(*answer),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| Leaf::Float(number.as_f64().unwrap()), Leaf::Int)
            }
            other => panic!("{other}"),
        },
    };
    Node::new(leaf)
}

/// What a file means, whatever the places and the order of its keys.
fn plain(node: &Node) -> Value {
    match &node.value {
        Leaf::Table(entries) => {
            entries.iter().map(|entry| (entry.key.to_string(), plain(&entry.node))).collect()
        }
        Leaf::List(items) => items.iter().map(plain).collect(),
        Leaf::Text(text) => json!(text),
        Leaf::Int(number) => json!(number),
        Leaf::Float(number) => json!(number),
        Leaf::Bool(answer) => json!(answer),
        Leaf::Day(day) => json!(day.to_string()),
        Leaf::Time(time) => json!(time.to_string()),
        Leaf::OtherTime(moment) => json!(moment),
    }
}

#[test]
fn every_key_of_every_record_is_written_read_back_and_shown() {
    for kind in RecordKind::ALL {
        let value = full(kind.fields());
        let text = print::document(kind.fields(), &tree(&kind.root(), &value));
        let (read, faults) = read_tree(&text, kind.fields(), kind.word());
        // the sample text is in no form
        let faults: Vec<_> = faults.iter().filter(|fault| fault.code != "bad-form").collect();
        assert!(faults.is_empty(), "{}: {faults:?}\n{text}", kind.word());
        let raw = raw_tree(&text);
        assert_eq!(plain(&raw), value, "{text}");
        drop(read);
        for lang in [Lang::Vi, Lang::En] {
            let register = Register::default();
            let shown = Shown { tree: &raw, fields: kind.fields(), register: &register };
            let page = record::text(&shown, &Style { lang, width: 200, ..Style::default() });
            labels(kind.fields(), lang)
                .iter()
                .for_each(|label| assert!(page.contains(label), "{label} is not shown:\n{page}"));
        }
    }
}

/// The labels of a record's keys, at every depth.
fn labels(fields: &[Field], lang: Lang) -> Vec<&'static str> {
    let below = |field: &Field| match field.kind {
        Kind::Keyed { entry, fixed, .. } => [labels(entry.fields(), lang), labels(fixed, lang)].concat(),
        kind => labels(kind.fields(), lang),
    };
    let rows = fields.iter().filter(|field| field.key != "extra");
    rows.flat_map(|field| [vec![field.label.get(lang)], below(field)].concat()).collect()
}
