//! Records to text: keys in the order of their rows, one value per line, each section under its header.

use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::number;
use crate::model::path::Step;
use crate::model::tree::{Entry, Node, Value};
use toml_writer::{ToTomlKey, ToTomlValue, TomlKeyBuilder, TomlStringBuilder};

/// The most letters of a list of texts that stands on a line.
const LONG: usize = 100;

/// The text of a new record: keys in the order of the rows, one value per line, each section under its header.
pub fn document(fields: &'static [Field], tree: &Node) -> String {
    section(&Kind::Section(fields), tree, "")
}

/// The lines of the table with this path: values first, then what has its own header.
pub(super) fn section(kind: &Kind, node: &Node, path: &str) -> String {
    let mut text = String::new();
    table(&mut text, kind, node, path);
    text
}

/// A value as it is written on a line.
pub fn inline(kind: &Kind, node: &Node) -> String {
    let mut text = String::new();
    value(&mut text, kind, node);
    text
}

/// A text in quotes.
pub fn quoted(words: &str) -> String {
    let mut text = String::new();
    string(&mut text, words);
    text
}

/// How a text is written, `raw`, with other letters in it: in the same quotes and on the same lines if possible.
pub fn rewritten(raw: &str, words: &str, change: impl Fn(&str) -> String) -> String {
    let changed = change(raw);
    if changed == raw { quoted(&change(words)) } else { changed }
}

/// A path as it is written in headers: without the numbers of rows.
pub(super) fn path(steps: &[Step]) -> String {
    let keys = steps.iter().filter_map(|step| match step {
        Step::Key(word) => Some(key(word)),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

/// Writes a table: first what is on lines, then what has a header of its own.
fn table(text: &mut String, kind: &Kind, node: &Node, path: &str) {
    let (below, lines): (Vec<_>, Vec<_>) = children(kind, node)
        .into_iter()
        .partition(|(entry, kind)| has_header(kind, &entry.node, path.is_empty()));
    for (entry, kind) in lines {
        text.push_str(&format!("{} = {}\n", key(&entry.key), on_lines(&kind, &entry.node)));
    }
    for (entry, kind) in below {
        let name = key(&entry.key);
        let path = if path.is_empty() { name } else { format!("{path}.{name}") };
        match &entry.node.value {
            Value::List(rows) => rows.iter().for_each(|row| {
                header(text, &format!("[[{path}]]"));
                table(text, &kind.item(), row, &path);
            }),
            _ => {
                let inner = children(&kind, &entry.node);
                if inner.is_empty() || inner.iter().any(|(entry, kind)| !has_header(kind, &entry.node, false))
                {
                    header(text, &format!("[{path}]"));
                }
                table(text, &kind, &entry.node, &path);
            }
        }
    }
}

/// A value behind its key: a list of texts that would make a long line has each on a line of its own, so that git shows and
/// merges them one by one.
fn on_lines(kind: &Kind, node: &Node) -> String {
    let line = inline(kind, node);
    if !matches!(kind, Kind::List(Kind::Text | Kind::Prose)) || line.chars().count() <= LONG {
        return line;
    }
    let items = node.items().iter().map(|item| format!("    {},\n", inline(&kind.item(), item)));
    format!("[\n{}]", items.collect::<String>())
}

fn header(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
    text.push('\n');
}

/// The entries of a table in the order of its rows, those of schemes by their ids, with their kinds.
fn children<'n, 'a>(kind: &Kind, node: &'n Node<'a>) -> Vec<(&'n Entry<'a>, Kind)> {
    let mut entries: Vec<&Entry> = node.entries().iter().collect();
    entries.sort_by_key(|entry| kind.rank_of(&entry.key));
    if matches!(kind, Kind::Keyed { by: Vocabulary::Schemes, .. }) {
        entries.sort_by(|a, b| a.key.cmp(&b.key));
    }
    entries.into_iter().map(|entry| (entry, kind.key(&entry.key))).collect()
}

/// True for what is under a `[header]`, at the top of a file or below another one.
fn has_header(kind: &Kind, node: &Node, top: bool) -> bool {
    let is_table = matches!(node.value, Value::Table(_));
    match kind {
        Kind::Section(_) => is_table,
        Kind::Rows(_) => {
            matches!(&node.value, Value::List(rows) if rows.iter().all(|r| matches!(r.value, Value::Table(_))))
        }
        Kind::Keyed { entry, .. } => is_table && (top || !entry.is_scalar()),
        Kind::Free => is_table && top,
        _ => false,
    }
}

fn value(text: &mut String, kind: &Kind, node: &Node) {
    match &node.value {
        Value::Text(words) => string(text, words),
        Value::Int(number) => text.push_str(&number::toml(*number)),
        Value::Float(number) => text.push_str(&number.to_toml_value()),
        Value::Bool(answer) => text.push_str(&answer.to_string()),
        Value::Day(day) => text.push_str(&day.to_string()),
        Value::Time(time) => text.push_str(&time.to_string()),
        Value::OtherTime(moment) => text.push_str(moment),
        Value::List(items) => {
            let inner = kind.item();
            list(text, "[", "]", items, |text, item| value(text, &inner, item));
        }
        Value::Table(_) => {
            let (open, close) = if node.entries().is_empty() { ("{", "}") } else { ("{ ", " }") };
            list(text, open, close, &children(kind, node), |text, (entry, kind)| {
                text.push_str(&format!("{} = ", key(&entry.key)));
                value(text, kind, &entry.node);
            });
        }
    }
}

fn list<T>(text: &mut String, open: &str, close: &str, items: &[T], mut each: impl FnMut(&mut String, &T)) {
    text.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        each(text, item);
    }
    text.push_str(close);
}

fn string(text: &mut String, words: &str) {
    let writer = TomlStringBuilder::new(words);
    let written = if words.contains('\n') { writer.as_ml_basic() } else { writer.as_basic() };
    text.push_str(&written.to_toml_value());
}

fn key(key: &str) -> String {
    TomlKeyBuilder::new(key).as_default().to_toml_key()
}
