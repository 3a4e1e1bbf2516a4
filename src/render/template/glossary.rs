//! What names in a template mean: the name of a fact or what people call it, in either language, with or without accents;
//! after a dot, a column of a list.

use crate::model::fact::{Fact, Told};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, did_you_mean, nearest};
use crate::model::vietnamese::slug;
use crate::say;
use std::collections::BTreeMap;

/// What a report says, by all its names.
#[derive(Debug)]
pub struct Glossary<'f> {
    /// What it says.
    pub facts: &'f [Fact],
    /// The language in which it is said.
    pub lang: Lang,
    names: BTreeMap<String, usize>,
    columns: BTreeMap<usize, BTreeMap<String, usize>>,
}

/// A loop around a placeholder.
#[derive(Clone, Debug, PartialEq)]
pub struct Loop {
    /// What a row is called in it.
    pub row: String,
    /// The fact whose rows they are.
    pub list: usize,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Path {
    /// The one value of a fact.
    One(usize),
    /// A column of all rows of a fact.
    All(usize, usize),
    /// A column of the row of a loop: how many loops are around that one, the fact, the column.
    Cell(usize, usize, usize),
    /// Which row of a loop it is, from 1.
    Position(usize),
}

/// A name as it can be compared.
pub fn key(name: &str) -> String {
    slug(&name.replace('_', " ").replace('%', " percent "))
}

/// The first of some words and signs that make a name, the longest first, and how many of them: what is opened in a name
/// is closed in it.
fn names(words: &[&str]) -> impl Iterator<Item = (String, usize)> {
    let depth = |words: &[&str]| {
        words.iter().try_fold(0_usize, |depth, word| match *word {
            "(" => Some(depth + 1),
            ")" => depth.checked_sub(1),
            _ => Some(depth),
        })
    };
    let is_end = |name: &[&str]| match name {
        [.., "(", ")"] | [] => false,
        [.., last] => matches!(*last, "%" | ")") || last.ends_with(|c: char| c.is_alphanumeric() || c == '_'),
    };
    let all = (1..=words.len().min(LONG)).rev().map(|count| &words[..count]);
    all.filter(move |name| depth(name) == Some(0) && is_end(name))
        .map(|name| (key(&name.join(" ")), name.len()))
        .filter(|(name, _)| !name.is_empty())
}

/// The most words and signs of a name.
const LONG: usize = 30;

/// What stands for the number of a row.
const POSITION: &[&str] = &["stt", "tt", "index"];

impl<'f> Glossary<'f> {
    /// All names of some facts: where one could be another's label, it is the name.
    pub fn new(facts: &'f [Fact], lang: Lang) -> Glossary<'f> {
        let names = keys(facts.iter().map(|fact| [fact.name, fact.label.vi, fact.label.en]));
        let columns = facts.iter().enumerate().filter_map(|(at, fact)| match &fact.value {
            Told::Many(table) => Some((at, keys(table.columns.iter().map(called)))),
            Told::One(..) => None,
        });
        Glossary { facts, lang, names, columns: columns.collect() }
    }

    /// The table of a fact that is a list.
    pub fn list(&self, fact: usize) -> Option<&'f Table> {
        match &self.facts.get(fact)?.value {
            Told::Many(table) => Some(table),
            Told::One(..) => None,
        }
    }

    /// What the values of a path are.
    pub fn kind(&self, path: Path) -> Option<ColumnKind> {
        match path {
            Path::One(fact) => match self.facts.get(fact)?.value {
                Told::One(_, kind) => Some(kind),
                Told::Many(_) => None,
            },
            Path::All(_, usize::MAX) | Path::Position(_) => Some(ColumnKind::Count),
            Path::All(list, column) | Path::Cell(_, list, column) => {
                Some(self.list(list)?.columns.get(column)?.kind)
            }
        }
    }

    /// The fact with a name.
    pub fn fact(&self, name: &str) -> Option<usize> {
        self.names.get(&key(name)).copied()
    }

    /// What the first of some words mean, and how many of them: as many as make a name.
    pub fn path(&self, words: &[&str], loops: &[Loop]) -> Option<(Path, usize)> {
        names(words).find_map(|(name, count)| {
            let depth = loops.iter().rposition(|around| around.row == name);
            let path = match (depth, self.names.get(&name).copied()) {
                (Some(depth), _) => Path::Cell(depth, loops[depth].list, 0),
                (None, Some(fact)) if self.list(fact).is_some() => Path::All(fact, 0),
                (None, fact) => Path::One(fact?),
            };
            Some((path, count))
        })
    }

    /// What a name after the dot means, if the words before it are a list or a row of one, and how many words it has.
    pub fn column(&self, before: Path, words: &[&str]) -> Option<(Path, usize)> {
        let (Path::All(list, _) | Path::Cell(_, list, _)) = before else { return None };
        let columns = self.columns.get(&list)?;
        names(words).find_map(|(name, count)| {
            let path = match (before, columns.get(&name)) {
                (Path::Cell(depth, list, _), Some(column)) => Path::Cell(depth, list, *column),
                (Path::Cell(depth, ..), None) if POSITION.contains(&&*name) => Path::Position(depth),
                (_, Some(column)) => Path::All(list, *column),
                // The number of a row, before it is known that the row is repeated.
                (_, None) if POSITION.contains(&&*name) => Path::All(list, usize::MAX),
                _ => return None,
            };
            Some((path, count))
        })
    }

    /// That there is no such name, and which is like it.
    pub fn unknown(&self, name: &str, of: Option<Path>) -> Said {
        let names: Vec<&str> = match of {
            Some(Path::All(list, _) | Path::Cell(_, list, _)) => {
                let columns = self.list(list).map(|table| &*table.columns).unwrap_or_default();
                columns.iter().flat_map(called).collect()
            }
            Some(_) => Vec::new(),
            None => self.facts.iter().flat_map(|fact| [fact.name, fact.label.vi, fact.label.en]).collect(),
        };
        let keys: Vec<String> = names.iter().map(|name| key(name)).collect();
        let like = nearest(&key(name), keys.iter().map(String::as_str));
        match like.and_then(|like| keys.iter().position(|key| key == like)).map(|at| names[at]) {
            Some(like) => say!(
                "không có tên “{name}”; {question}",
                "there is no name “{name}”; {question}",
                [name, question = did_you_mean(like)]
            ),
            None if of.is_some() && !names.is_empty() => {
                let labels =
                    |from| names.iter().skip(from).step_by(3).copied().collect::<Vec<_>>().join("; ");
                say!(
                    "không có tên “{name}”; danh sách có: {names}",
                    "there is no name “{name}”; the list has: {names}",
                    [name, names = Said { vi: labels(1), en: labels(2) }]
                )
            }
            None => say!("không có tên “{name}”", "there is no name “{name}”", [name]),
        }
    }
}

fn called(column: &Column) -> [&str; 3] {
    [&column.key, &column.label.vi, &column.label.en]
}

/// Where each of some things stands, by its names; the first of each is its own, the others give way to it.
fn keys<'n>(names: impl Iterator<Item = [&'n str; 3]> + Clone) -> BTreeMap<String, usize> {
    let own = names.clone().enumerate().map(|(at, [own, ..])| (key(own), at));
    let labels = names.enumerate().flat_map(|(at, [_, vi, en])| [(key(vi), at), (key(en), at)]);
    let mut keys = BTreeMap::new();
    for (key, at) in own.chain(labels) {
        keys.entry(key).or_insert(at);
    }
    keys
}
