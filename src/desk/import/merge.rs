//! A record with the values that were sent for it.

use super::rows::Given;
use super::whose::label;
use crate::model::RecordKind;
use crate::model::field::Kind;
use crate::model::path::{Step, written};
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::compose;
use crate::say;
use crate::summary::export;
use crate::toml::{self, change, print};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};

/// A record that values are given for.
#[derive(Debug, Default)]
pub struct Intake {
    /// The values that are new or different: where, what was there, what it becomes. Empty for a new record.
    pub changes: Vec<Changed>,
    /// Where the sender has each value, by its key path.
    pub from: BTreeMap<String, String>,
    /// Where the sender has an empty cell for what a record needs, likewise.
    pub empty: BTreeMap<String, String>,
    /// True for a new record.
    pub is_new: bool,
}

/// A value that changes.
#[derive(Debug)]
pub struct Changed {
    /// Its key path.
    pub key: String,
    /// What was there.
    pub was: Said,
    /// What it becomes.
    pub becomes: Said,
}

/// The values that rows give, each once. Two rows that give one value differently are refused.
pub fn once(kind: RecordKind, values: Vec<Given>, refused: &mut Vec<Said>) -> Vec<Given> {
    let mut places = BTreeMap::new();
    let mut once: Vec<Given> = Vec::new();
    for given in values {
        match places.entry(written(&given.path)) {
            Vacant(place) => {
                place.insert(once.len());
                once.push(given);
            }
            Occupied(place) => {
                let (label, first) = (label(kind, &given.path), &once[*place.get()]);
                if !change::same(&kind.root().at(&given.path), &first.value, &given.value) {
                    let (from, first) = (&given.from, &first.from);
                    refused.push(say!(
                        "{from}: “{label}” khác với {first}; giữ một trong hai",
                        "{from}: “{label}” is not what {first} says; keep one of the two",
                        [from, label, first]
                    ));
                }
            }
        }
    }
    once
}

/// The text of a new record.
pub fn new_text(
    kind: RecordKind,
    id: &str,
    values: Vec<Given>,
    intake: &mut Intake,
    refused: &mut Vec<Said>,
) -> String {
    let mut tree = Node::table();
    for given in values {
        if !tree.put(&given.path, given.value) {
            refused.push(gap(&given.from));
        }
        intake.from.insert(written(&given.path), given.from);
    }
    let mut required = kind.fields().iter().filter(|field| field.required).peekable();
    if required.peek().is_some() && required.all(|field| tree.get(field.key).is_none()) {
        refused.push(unknown(intake.from.values().next().map_or("", String::as_str), kind, id));
        return String::new();
    }
    print::document(kind.fields(), &tree)
}

/// What is told about a row of a record that is not there and would not be one.
pub fn unknown(from: &str, kind: RecordKind, id: &str) -> Said {
    let label = kind.label();
    say!(
        "{from}: trong sổ không có {label} “{id}”",
        "{from}: the register has no {label} “{id}”",
        [from, label, id]
    )
}

/// The text of a record with other values.
pub fn changed_text(
    kind: RecordKind,
    before: &str,
    values: Vec<Given>,
    intake: &mut Intake,
    refused: &mut Vec<Said>,
) -> String {
    let composed = compose(before);
    let (sound, _) = export::sound(kind, &composed, "");
    let raw = toml::raw_tree(before);
    let mut edits = Vec::new();
    for Given { path, value, from } in values {
        let mut found = Vec::new();
        differences(&kind.root(), sound.follow(&path), path, value, &mut found);
        edits.extend(found.into_iter().map(|(path, value)| (path, value, from.clone())));
    }
    // All at once; if one cannot be made, one after the other, to tell which.
    let puts: Option<Vec<_>> =
        edits.iter().map(|(path, value, _)| Some((&path[..], value.as_ref()?))).collect();
    let all = puts.and_then(|puts| change::put_all(before, kind.fields(), puts));
    let mut text = before.to_owned();
    for (path, value, from) in &edits {
        let (key, field) = (written(path), kind.root().at(path));
        let shown = |node: &Node| Said::same(print::inline(&field, node));
        if raw.follow(path).zip(value.as_ref()).is_some_and(|(now, value)| change::same(&field, now, value)) {
            continue;
        }
        match all.is_none().then(|| edited(&text, kind, path, value.as_ref())) {
            Some(None) => refused.push(gap(from)),
            made => {
                let was = raw.follow(path).map_or_else(|| say!("(chưa có)", "(missing)"), shown);
                let becomes = value.as_ref().map_or_else(|| say!("(bỏ)", "(removed)"), shown);
                intake.changes.push(Changed { key: key.clone(), was, becomes });
                text = made.flatten().unwrap_or(text);
            }
        }
        intake.from.insert(key, from.clone());
    }
    all.unwrap_or(text)
}

/// A place and what belongs there; nothing for what is to be taken out.
type Edit = (Vec<Step>, Option<Node<'static>>);

/// What must be edited so that a value becomes another: in tables key by key, so that all else stays as it is written.
fn differences(
    root: &Kind,
    now: Option<&Node>,
    path: Vec<Step>,
    value: Node<'static>,
    edits: &mut Vec<Edit>,
) {
    if now.is_some_and(|now| change::same(&root.at(&path), now, &value)) {
        return;
    }
    let below = |key: &str| path.iter().cloned().chain([key.into()]).collect::<Vec<Step>>();
    match (now, value) {
        (Some(now), Node { value: Value::Table(entries), .. }) if matches!(now.value, Value::Table(_)) => {
            let kept = |key: &str| entries.iter().any(|entry| entry.key == key);
            let gone = now.entries().iter().filter(|entry| !kept(&entry.key));
            edits.extend(gone.map(|entry| (below(&entry.key), None)));
            for entry in entries {
                differences(root, now.get(&entry.key), below(&entry.key), entry.node, edits);
            }
        }
        (_, value) => edits.push((path, Some(value))),
    }
}

/// The text with another value at a place. What stands under headers gives way to what stands on a line.
fn edited(text: &str, kind: RecordKind, path: &[Step], value: Option<&Node>) -> Option<String> {
    let Some(value) = value else { return change::remove(text, path) };
    let put = |text: &str| change::put(text, kind.fields(), path, value);
    put(text).or_else(|| put(&change::remove(text, path)?))
}

fn gap(from: &str) -> Said {
    say!(
        "{from}: không đặt được giá trị này; số thứ tự các dòng phải liền nhau từ 1",
        "{from}: this value cannot be set; row numbers must be consecutive, starting at 1",
        [from]
    )
}
