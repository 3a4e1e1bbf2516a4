//! Whose values a row holds: the record that it is about, and the row or the word in that record.

use super::columns::Columns;
use crate::desk::commit::Pen;
use crate::desk::find;
use crate::model::RecordKind;
use crate::model::field::Kind;
use crate::model::id::VisitId;
use crate::model::input::{Speaker, read};
use crate::model::meaning::is_same;
use crate::model::path::Step;
use crate::model::sheet::SheetRow;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::model::vietnamese::{is_slug, slug};
use crate::say;
use crate::store::Store;
use crate::summary::export;
use crate::toml;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The id of the record of a row, and the keys of the row in it.
pub fn whose(
    pen: &Pen,
    speaker: Speaker,
    columns: &Columns,
    row: &SheetRow,
    fresh: &mut BTreeMap<String, Vec<String>>,
) -> Result<(String, Vec<String>), Said> {
    let kind = columns.kind;
    let cell = |key: &str| columns.cell(row, key);
    let missing = |key: &str| say!("thiếu “{key}”", "“{key}” is missing", [key]);
    let mut keys = columns.keys.iter();
    let id = match keys.next().filter(|_| kind.is_many()) {
        None => {
            keys = columns.keys.iter();
            kind.word().to_owned()
        }
        Some(key) => match cell(key) {
            Some(id) => id.into_owned(),
            None => composed(speaker, cell).ok_or_else(|| missing(key))?,
        },
    };
    // The id becomes the name of a file: only what a record of this kind can be called passes.
    if !kind.allows(&id) {
        return Err(say!("“{id}” không dùng làm mã được", "“{id}” cannot be an id", [id]));
    }
    let mut named = Vec::new();
    for key in keys {
        match (cell(key), *key) {
            (Some(word), "row") if !word.parse::<usize>().is_ok_and(|row| row > 0) => {
                let word = &*word;
                return Err(say!(
                    "“{word}” không phải là số thứ tự",
                    "“{word}” is not the number of a row",
                    [word]
                ));
            }
            (Some(word), _) => named.push(word.into_owned()),
            (None, "row") => {
                let word = NAMING.iter().find_map(|naming| {
                    let path = export::place(&columns.table.name, naming, &["1"])?;
                    Some((path.into_iter().next()?, *naming, cell(naming)?))
                });
                let (list, naming, word) = word.ok_or_else(|| missing("row"))?;
                let fresh = fresh.entry(id.clone()).or_default();
                let at = row_of(&pen.store, kind, &id, list, (naming, &word), fresh)?;
                named.push((at + 1).to_string());
            }
            (None, key) => return Err(missing(key)),
        }
    }
    Ok((id, named))
}

/// What tells the rows of a list apart if the sender does not number them, the best first.
const NAMING: &[&str] = &["id", "name", "of", "file"];

/// The row of a list, from 0, that has this word at a naming key: an existing one, else a new one at the end. `fresh`
/// are the new ones of this record that came before it.
fn row_of(
    store: &Store,
    kind: RecordKind,
    id: &str,
    list: Step,
    (key, word): (&str, &str),
    fresh: &mut Vec<String>,
) -> Result<usize, Said> {
    let text = store.text(&find::file(store, kind, id)).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let items = tree.follow(&[list]).map_or(&[][..], Node::items);
    let own: Vec<&str> =
        items.iter().map(|item| item.get(key).and_then(Node::text).unwrap_or_default()).collect();
    let known = || own.iter().copied().chain(fresh.iter().map(String::as_str));
    let mut same = known().enumerate().filter(|(_, other)| is_same(word, other));
    match (known().position(|other| other == word), same.next(), same.next()) {
        (Some(at), ..) | (None, Some((at, _)), None) => Ok(at),
        (None, None, _) => {
            fresh.push(word.to_owned());
            Ok(own.len() + fresh.len() - 1)
        }
        (None, Some((_, one)), Some((_, other))) => Err(say!(
            "“{word}” có thể là {one} hay {other}; gõ đủ dấu",
            "“{word}” may be {one} or {other}; type the accents",
            [word, one, other]
        )),
    }
}

/// The id of a visit from its centre and its date, of a centre from its unit, of a campaign from its year.
fn composed<'c>(speaker: Speaker, cell: impl Fn(&str) -> Option<Cow<'c, str>>) -> Option<String> {
    if let (Some(centre), Some(date)) = (cell("centre"), cell("date")) {
        let date = read(&Kind::Day, &date, speaker).ok()?.day()?;
        return Some(VisitId { date, centre: &slug(&centre), number: 1 }.to_string());
    }
    cell("unit").or_else(|| cell("school_year")).map(|word| slug(&word)).filter(|id| is_slug(id))
}
