//! What the register knows about the records that rows are about, asked while they are read.

use crate::desk::commit::Pen;
use crate::desk::find;
use crate::desk::naming::Names;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::field::Kind;
use crate::model::input::Speaker;
use crate::model::path::{Step, written};
use crate::model::register::Window;
use crate::model::text::Said;
use crate::model::tree::{Entry, Node, Value};
use crate::model::vietnamese::slug;
use crate::store::Store;
use crate::toml;
use std::cell::OnceCell;
use std::collections::HashMap;

/// What tells a row of a list apart: keys with their words.
pub type Head = Vec<(&'static str, String)>;

/// The keys that tell rows of lists apart.
pub const HEAD: &[&str] = &["id", "name", "of", "file", "kind", "code", "area", "text"];

/// The slug of the name of a row, by which it is found among thousands.
pub const SLUG: &str = "name as a slug";

/// Finds records, and rows of their lists. What rows add counts for those that follow.
pub struct Finder<'s> {
    /// The register as it stands.
    pub store: &'s Store,
    /// Who speaks.
    pub speaker: Speaker<'s>,
    /// What things are called.
    pub names: Names<'s>,
    /// The visits of each centre: their days and ids.
    visits: OnceCell<HashMap<String, Vec<(Day, String)>>>,
    /// The rows of lists, by the record and the list.
    lists: HashMap<(RecordKind, String, String), Vec<Head>>,
    /// The record that was read last: rows of one stand together.
    last: Option<(RecordKind, String, Node<'static>)>,
}

/// What is named twice, by two of its names, is one.
fn once_each(ids: Vec<String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for id in ids {
        if !once.contains(&id) {
            once.push(id);
        }
    }
    once
}

impl<'s> Finder<'s> {
    /// Someone who looks into a register.
    pub fn new(pen: &'s Pen, speaker: Speaker<'s>) -> Finder<'s> {
        let (store, names) = (&pen.store, Names::new(&pen.store));
        Finder { store, speaker, names, visits: OnceCell::new(), lists: HashMap::new(), last: None }
    }

    /// The visits of a centre by date.
    pub fn visits(&self, centre: &str) -> &[(Day, String)] {
        let visits = self.visits.get_or_init(|| {
            let scan = self.store.scan(&[Window::default()]).unwrap_or_default();
            let of = |file: crate::store::VisitFile| (file.date, file.stem);
            let centres = scan.centres.into_iter();
            centres.map(|files| (files.id, files.visits.into_iter().map(of).collect())).collect()
        });
        visits.get(centre).map_or(&[], Vec::as_slice)
    }

    /// The file of a record, existing or new.
    pub fn file(&self, kind: RecordKind, id: &str) -> String {
        find::file(self.store, kind, id)
    }

    /// A record as it stands; an empty one, if it is new.
    pub fn record(&mut self, kind: RecordKind, id: &str) -> &Node<'static> {
        if self.last.as_ref().is_none_or(|(last, of, _)| (*last, of.as_str()) != (kind, id)) {
            let text = self.store.text(&self.file(kind, id)).unwrap_or_default();
            self.last = Some((kind, id.to_owned(), toml::raw_tree(&text).into_owned()));
        }
        static EMPTY: Node<'static> = Node { value: Value::Table(Vec::new()), span: 0..0 };
        self.last.as_ref().map_or(&EMPTY, |(_, _, tree)| tree)
    }

    /// The ids that a cell of references names; none where it is to be read as it stands.
    pub fn references(&self, kind: &Kind, typed: &str, day: Day) -> Result<Option<Node<'static>>, Said> {
        match kind {
            Kind::Id(refers) => Ok(self.names.id(*refers, typed, Some(day))?.map(Node::of_text)),
            Kind::List(Kind::Id(refers)) => {
                let words = typed.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
                let ids = words
                    .map(|word| self.names.id(*refers, word, Some(day)))
                    .collect::<Result<Option<Vec<_>>, _>>()?;
                let ids = ids.map(once_each);
                let list =
                    |ids: Vec<String>| Node::new(Value::List(ids.into_iter().map(Node::of_text).collect()));
                Ok(ids.filter(|ids| !ids.is_empty()).map(list))
            }
            _ => Ok(None),
        }
    }

    /// The rows of a list or a table by what tells them apart, with those that were added since.
    pub fn rows(&mut self, (kind, id): (RecordKind, &str), list: &Step) -> &mut Vec<Head> {
        let place = (kind, id.to_owned(), written(std::slice::from_ref(list)));
        if !self.lists.contains_key(&place) {
            let word = |row: &Node, key: &'static str| Some((key, row.get(key)?.text()?.to_owned()));
            let head = |row: &Node| -> Head {
                let plain = word(row, "name").map(|(_, name)| (SLUG, slug(&name)));
                HEAD.iter().filter_map(|key| word(row, key)).chain(plain).collect()
            };
            let of_key = |entry: &Entry| [vec![("id", entry.key.to_string())], head(&entry.node)].concat();
            let rows = self.record(kind, id).follow(std::slice::from_ref(list));
            let (items, entries) = rows.map_or((&[][..], &[][..]), |rows| (rows.items(), rows.entries()));
            let heads = items.iter().map(head).chain(entries.iter().map(of_key)).collect();
            self.lists.insert(place.clone(), heads);
        }
        self.lists.entry(place).or_default()
    }
}
