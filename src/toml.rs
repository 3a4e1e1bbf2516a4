//! From text to tree to record, and back. Pure: touches no file.
//!
//! Bad data never makes reading fail: a text gives whatever can be used of it, and its faults.

mod brackets;
mod broken;
pub mod canonical;
mod careful;
pub mod change;
pub mod codes;
pub mod comments;
mod complaint;
pub mod conflict;
mod corpus;
mod decode;
pub mod difference;
pub mod known;
mod layout;
pub mod marks;
mod parse;
mod piece;
mod plain;
pub mod print;
mod quotes;
mod shape;
pub mod shipped;
mod source;
mod splice;
mod swift;
pub mod threeway;

pub use source::{laid, limit, text, too_large};

use crate::model::RecordKind;
use crate::model::fault::{Fault, Fix, Place};
use crate::model::field::Field;
use crate::model::history::Record;
use crate::model::tree::{Node, Span, Value};
use crate::model::usual::are_usual;
use crate::say;
use complaint::SyntaxFault;
use known::{Ids, Known};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// A file that was read.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The record; `None` if the file could not be read as one.
    pub record: Option<Record<T>>,
    /// What could be read of a file with a fault of syntax: rules may look at it, and nothing else.
    pub partial: Option<Record<T>>,
    /// What is wrong with the file.
    pub faults: Vec<Fault>,
}

/// Reads a text as the tree of a record, with its faults of form, placed. References are not looked at.
pub fn read_tree<'a>(text: &'a str, fields: &'static [Field], file: &str) -> (Node<'a>, Vec<Fault>) {
    let (tree, mut faults) = tree(text, fields, &Known::default(), file);
    place(&mut faults, |_| Some(text));
    (tree, faults)
}

/// Reads a text as it is, without checking it against any rows.
pub fn raw_tree(text: &str) -> Node<'_> {
    parse::parse(text).0
}

/// The tree of a text, or its first fault of syntax, placed.
pub fn sound_tree<'a>(text: &'a str, file: &str) -> Result<Node<'a>, Box<Fault>> {
    let (tree, syntax) = parse::parse(text);
    let Some(SyntaxFault { code, span, message, help, .. }) = syntax.into_iter().next() else {
        return Ok(tree);
    };
    let place = Some(Place::of(text, span.clone()));
    Err(Box::new(Fault { span: Some(span), place, ..Fault::new(code, file, message, help) }))
}

/// The value that a text writes: what stands on the right of a key. None if it is not one value.
pub fn value(text: &str) -> Option<Node<'static>> {
    let line = format!("value = {}", text.trim());
    match parse::parse(&line) {
        (Node { value: Value::Table(mut entries), .. }, faults)
            if faults.is_empty() && entries.len() == 1 =>
        {
            entries.pop().map(|entry| entry.node.into_owned())
        }
        _ => None,
    }
}

fn tree<'a>(text: &'a str, fields: &'static [Field], known: &Known, file: &str) -> (Node<'a>, Vec<Fault>) {
    let (tree, syntax) = parse::parse(text);
    let is_open = syntax.iter().any(|fault| fault.code == &codes::CONFLICT_MARKERS);
    let open = is_open.then(|| conflict::read(text, fields, None)).flatten();
    let (mut tree, syntax) = open.map_or((tree, syntax), |open| open.told(fields, file));
    let mut faults = shape::shape(&mut tree, fields, known, file, text);
    if !syntax.is_empty() {
        // What is missing may stand in what could not be read.
        let sections = broken::sections(text, &syntax);
        let is_whole = |span: &Span| sections.as_ref().is_some_and(|broken| !broken.contains(&span.start));
        faults.retain(|fault| {
            fault.code != codes::MISSING_KEY.name || fault.span.as_ref().is_some_and(is_whole)
        });
        let certain = certain(text, fields, known, &syntax);
        faults.extend(syntax.into_iter().zip(certain).map(|(fault, certain)| {
            let SyntaxFault { code, span, key, message, help, fix } = fault;
            let fix = fix.filter(|_| certain).map(Fix::Write);
            Fault { span: Some(span), key, fix, ..Fault::new(code, file, message, help) }
        }));
    }
    (tree, faults)
}

/// The line on which bytes begin, by the end of the one before.
fn line_of(text: &str, span: &Span) -> Option<usize> {
    text[..span.start].bytes().rposition(|byte| byte == b'\n')
}

/// Of each fault of syntax, whether the row of its key allows what is meant: with all of it written, nothing is wrong
/// on its line.
fn certain(text: &str, fields: &'static [Field], known: &Known, syntax: &[SyntaxFault]) -> Vec<bool> {
    let (mut meant, mut at, mut spans) = (String::with_capacity(text.len()), 0, Vec::new());
    for SyntaxFault { span, fix, .. } in syntax {
        let fix = fix.as_ref().filter(|_| span.start >= at);
        spans.push(fix.map(|fix| {
            meant.push_str(&text[at..span.start]);
            meant.push_str(fix);
            at = span.end;
            meant.len() - fix.len()..meant.len()
        }));
    }
    if at == 0 {
        return vec![false; syntax.len()];
    }
    meant.push_str(&text[at..]);
    let (mut tree, broken) = parse::parse(&meant);
    let found = shape::shape(&mut tree, fields, known, "", &meant).into_iter().filter_map(|fault| fault.span);
    let wrong: Vec<_> =
        found.chain(broken.into_iter().map(|fault| fault.span)).map(|span| line_of(&meant, &span)).collect();
    let is_fine = |span: Span| !wrong.contains(&line_of(&meant, &span));
    spans.into_iter().map(|span| span.is_some_and(is_fine)).collect()
}

/// Reads a text as a record.
pub fn load<T: DeserializeOwned>(
    file: &str,
    id: &str,
    kind: RecordKind,
    known: &Known,
    text: String,
) -> Loaded<T> {
    match swift::read(&text, kind.fields(), known) {
        Some((body, usual)) => {
            let record = Record { id: id.to_owned(), file: file.into(), body, sound: true, usual, text };
            Loaded { record: Some(record), partial: None, faults: Vec::new() }
        }
        None => load_slowly(file, id, kind, known, text),
    }
}

/// Reads a text as a record the long way, which finds every fault. [`load`] gives the same.
pub fn load_slowly<T: DeserializeOwned>(
    file: &str,
    id: &str,
    kind: RecordKind,
    known: &Known,
    text: String,
) -> Loaded<T> {
    let (mut tree, mut faults) = tree(&text, kind.fields(), known, file);
    let syntax = [codes::SYNTAX.name, codes::CONFLICT_MARKERS.name];
    let is_broken = faults.iter().any(|fault| syntax.contains(&fault.code));
    if is_broken {
        // The text may not be kept.
        place(&mut faults, |_| Some(&text));
    }
    if let Value::Table(entries) = &mut tree.value {
        entries.retain(|entry| entry.key != crate::model::EXTRA.key);
    }
    let body = decode::decode::<T>(&tree);
    // What is wrong with a text that was taken out is told already; what was composed is not as it stands in the file.
    let composed = faults.iter().any(|fault| fault.code == codes::NOT_COMPOSED.name);
    let usual = !composed && are_usual(&tree, &kind.root());
    drop(tree);
    match body {
        Ok(body) => {
            let sound = faults.is_empty();
            let record = Some(Record { id: id.to_owned(), file: file.into(), body, sound, usual, text });
            let (record, partial) = if is_broken { (None, record) } else { (record, None) };
            Loaded { record, partial, faults }
        }
        Err(_) if is_broken => Loaded { record: None, partial: None, faults },
        Err(error) => {
            let message = say!(
                "không đọc được nội dung tệp: {error}",
                "the record cannot be read: {error}",
                [error = error.to_string()]
            );
            let help = say!("báo cho người phát triển", "tell the developers");
            let fault = Fault::new(&codes::SYNTAX, file, message, help);
            Loaded { record: None, partial: None, faults: vec![fault] }
        }
    }
}

/// The ids of the units or the areas in a text, even if some of them are faulty.
pub fn ids_of(rows: &str, text: &str) -> Ids {
    let (tree, syntax) = parse::parse(text);
    let rows = tree.get(rows).map_or(&[][..], Node::items);
    let ids = rows.iter().filter_map(|row| row.get("id")?.text().map(str::to_owned));
    if syntax.is_empty() { ids.collect() } else { Ids::Unknown }
}

/// Gives faults their places in the texts of their files, if a text is at hand, and puts those of a file together.
pub fn place<'t>(faults: &mut [Fault], text: impl Fn(&str) -> Option<&'t str>) {
    faults.sort_by(|one, other| one.file.cmp(&other.file));
    for faults in faults.chunk_by_mut(|one, other| one.file == other.file) {
        let unplaced = || faults.iter().filter(|fault| fault.place.is_none());
        let Some(text) = unplaced().next().and_then(|fault| text(&fault.file)) else { continue };
        let keys = unplaced().filter(|fault| fault.span.is_none() && fault.key.is_some()).count();
        let tree = (keys > FEW).then(|| raw_tree(text));
        let of_key = |key: &str| tree.as_ref().map_or_else(|| span_of(text, key), |tree| tree.span_of(key));
        for fault in faults.iter_mut().filter(|fault| fault.place.is_none()) {
            let span = fault.span.clone().or_else(|| fault.key.as_deref().map(of_key)).unwrap_or(0..0);
            fault.place = Some(Place::of(text, span.clone()));
            fault.span = Some(span);
        }
    }
}

/// Up to so many keys are looked for one by one; for more, the whole tree of a text is made.
const FEW: usize = 4;

/// The place of a key path in a text; see [`Node::span_of`].
fn span_of(text: &str, key: &str) -> Span {
    plain::Plain::span_of(text, key).unwrap_or_else(|_| raw_tree(text).span_of(key))
}

/// Takes out what a rule says about a value that already has a fault of form: one defect, one message.
pub fn settle(faults: &mut Vec<Fault>) {
    let is_form = |fault: &Fault| codes::CODES.iter().any(|code| code.name == fault.code);
    let mut formal: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| is_form(fault) && fault.code != codes::NOT_COMPOSED.name) {
        formal.entry(fault.file.clone()).or_default().extend(fault.key.clone());
    }
    let touches = |a: &str, b: &str| {
        let within = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        within(a, b) || within(b, a)
    };
    faults.retain(|fault| {
        let keys = formal.get(&fault.file).map_or(&[][..], Vec::as_slice);
        is_form(fault)
            || !fault.key.as_deref().is_some_and(|key| keys.iter().any(|formal| touches(formal, key)))
    });
    crate::model::fault::sort(faults);
    faults.dedup();
}
