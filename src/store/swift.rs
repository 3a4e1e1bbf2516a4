//! Text straight to struct, for files without any fault of form: one pass, no tree, no places.
//!
//! Nearly every file is sound, and reading is what a check of a whole country mostly does. So plain text goes through
//! serde into its struct, each key held against its field row on the way. At the first thing that is not as it should be
//! this reader declines, and the file is read as a tree, with places, for telling what is wrong with it. What is fine is
//! asked of `shape`, which both ways share; a test holds that they agree.

use super::known::Known;
use super::plain::{Below, Declined, Key, Plain, Start};
use super::shape::{count_fits, form_fits, is_word, measure_fits, row, text_fits};
use crate::model::field::{Field, Kind};
use crate::model::tree::Value as Tree;
use crate::model::usual::is_usual;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt::Display;

/// The record in a text, if there is nothing wrong with its form, and whether every text in it is
/// [usual](crate::model::usual::is_usual).
pub fn read<T: DeserializeOwned>(text: &str, fields: &'static [Field], known: &Known) -> Option<(T, bool)> {
    let (mut plain, asked) = (Plain::new(text), &Asked { known, usual: Cell::new(true) });
    let root = Value { plain: &mut plain, asked, kind: &Kind::Section(fields), below: Below::Section("") };
    let record = T::deserialize(root).ok()?;
    Some((record, asked.usual.get()))
}

/// What is asked of each value, and what was seen on the way.
struct Asked<'r> {
    known: &'r Known,
    usual: Cell<bool>,
}

impl Asked<'_> {
    fn text_fits(&self, kind: &Kind, text: &str) -> bool {
        if is_usual(kind, text) {
            return form_fits(kind, text, self.known);
        }
        self.usual.set(false);
        text_fits(kind, text, self.known)
    }
}

impl de::Error for Declined {
    fn custom<T: Display>(_: T) -> Declined {
        Declined
    }
}

impl Display for Declined {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("declined")
    }
}

impl std::error::Error for Declined {}

/// A value that is about to be read.
struct Value<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    kind: &'r Kind,
    below: Below<'t>,
}

impl<'t> Value<'_, 't> {
    /// What a value on a line begins with; tables under headers are none.
    fn start(&mut self) -> Result<Start<'t>, Declined> {
        if self.below == Below::Value { self.plain.start() } else { Err(Declined) }
    }
}

impl<'t> Deserializer<'t> for Value<'_, 't> {
    type Error = Declined;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        let Value { plain, asked, kind, below } = self;
        match (below, kind) {
            (Below::Section(path), Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. }) => {
                visitor.visit_map(Table::new(plain, asked, kind, Some(path)))
            }
            (Below::Rows(path), Kind::Rows(_)) => {
                visitor.visit_seq(Items { plain, asked, kind, rows: Some(path), first: true })
            }
            (Below::Value, _) => value(plain, asked, kind, visitor),
            _ => Err(Declined),
        }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        visitor.visit_some(self)
    }

    fn deserialize_f64<V: Visitor<'t>>(mut self, visitor: V) -> Result<V::Value, Declined> {
        match self.start()? {
            Start::Int(number) if count_fits(self.kind, number) => visitor.visit_f64(number as f64),
            Start::Float(number) if measure_fits(self.kind, number) => visitor.visit_f64(number),
            _ => Err(Declined),
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        mut self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Declined> {
        match self.start()? {
            Start::Text(word) => StrDeserializer::new(&word).deserialize_enum(name, variants, visitor),
            _ => Err(Declined),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// A value on a line of its own, or inside brackets.
fn value<'t, V: Visitor<'t>>(
    plain: &mut Plain<'t>,
    asked: &Asked,
    kind: &Kind,
    visitor: V,
) -> Result<V::Value, Declined> {
    match (plain.start()?, kind) {
        (Start::Text(text), _) if asked.text_fits(kind, &text) => match text {
            std::borrow::Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            std::borrow::Cow::Owned(text) => visitor.visit_string(text),
        },
        (Start::Int(number), Kind::Count(_) | Kind::Money) if count_fits(kind, number) => {
            visitor.visit_i64(number)
        }
        (Start::Bool(answer), Kind::Bool) => visitor.visit_bool(answer),
        (Start::Day(raw), Kind::Day) | (Start::Time(raw), Kind::Time) => visitor.visit_borrowed_str(raw),
        (Start::Table, Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. }) => {
            visitor.visit_map(Table::new(plain, asked, kind, None))
        }
        (Start::List, Kind::List(_) | Kind::Rows(_)) => {
            visitor.visit_seq(Items { plain, asked, kind, rows: None, first: true })
        }
        _ => Err(Declined),
    }
}

/// The keys of a table.
struct Table<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    kind: &'r Kind,
    /// The path of its header; none for a table in braces.
    path: Option<&'t str>,
    /// Its rows, or the fixed ones among words.
    fields: &'static [Field],
    /// The rows that were there, a bit each; after them the words of the vocabulary.
    seen: u64,
    /// Where the next row, and the next word, are looked for first.
    next: [usize; 2],
    /// The keys of the writer's own.
    words: Vec<&'t str>,
    /// What stands at the key that was read.
    value: (&'static Kind, Below<'t>),
}

impl<'r, 't> Table<'r, 't> {
    fn new(plain: &'r mut Plain<'t>, asked: &'r Asked<'r>, kind: &'r Kind, path: Option<&'t str>) -> Self {
        let value = (&Kind::Free, Below::Value);
        Table {
            plain,
            asked,
            kind,
            path,
            fields: kind.fields(),
            seen: 0,
            next: [0; 2],
            words: Vec::new(),
            value,
        }
    }

    fn entry(&mut self) -> Result<Option<(Key<'t>, Below<'t>)>, Declined> {
        let expected = match self.kind {
            Kind::Keyed { by, .. } => {
                self.asked.known.words(*by).and_then(|words| words.get(self.next[1])).map(|word| &*word.id)
            }
            _ => self.fields.get(self.next[0]).map(|field| field.key),
        };
        let expected = expected.unwrap_or("");
        match self.path {
            Some(path) => self.plain.entry(path, expected),
            None => {
                let first = self.seen == 0 && self.words.is_empty();
                Ok(self.plain.pair(first, expected)?.map(|key| (key, Below::Value)))
            }
        }
    }

    /// The kind of value that belongs to a key, and its row where the table is that of a struct.
    fn kind_of(
        &mut self,
        Key { word: key, expected }: Key<'t>,
    ) -> Result<(&'static Kind, Option<usize>), Declined> {
        let Kind::Keyed { by, entry, .. } = self.kind else {
            let at = if expected {
                self.next[0] += 1;
                self.next[0] - 1
            } else {
                row(self.fields, &mut self.next[0], |field| field.key == key).ok_or(Declined)?
            };
            self.note(at)?;
            return Ok((&self.fields[at].kind, Some(at)));
        };
        let at = row(self.fields, &mut self.next[0], |field| field.key == key);
        if let Some(at) = at {
            self.note(at)?;
            return Ok((&self.fields[at].kind, None));
        }
        match self.asked.known.words(*by) {
            Some(words) => {
                let at = row(words, &mut self.next[1], |word| word.id == key).ok_or(Declined)?;
                self.note(self.fields.len() + at)?;
            }
            None if self.words.len() < TOO_MANY && is_word(key) && !self.words.contains(&key) => {
                self.words.push(key);
            }
            None => return Err(Declined),
        }
        Ok((entry, None))
    }

    /// Notes that a row was there; twice is once too often.
    fn note(&mut self, at: usize) -> Result<(), Declined> {
        if at >= TOO_MANY || self.seen & (1 << at) != 0 {
            return Err(Declined);
        }
        self.seen |= 1 << at;
        Ok(())
    }

    fn whole(&self) -> bool {
        let missing = |(at, field): (usize, &Field)| field.required && self.seen & (1 << at) == 0;
        !self.fields.iter().enumerate().any(missing)
    }
}

/// More keys than any table has that a person writes: a bit is kept for each.
const TOO_MANY: usize = 64;

impl<'t> MapAccess<'t> for Table<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        loop {
            let Some((key, below)) = self.entry()? else {
                return if self.whole() { Ok(None) } else { Err(Declined) };
            };
            let (kind, row) = self.kind_of(key)?;
            if matches!(kind, Kind::Free) {
                // What an office keeps for itself is passed over.
                let own = self.plain.below(below, self.plain.at())?;
                if matches!(own.value, Tree::Table(_)) {
                    continue;
                }
                return Err(Declined);
            }
            self.value = (kind, below);
            return seed.deserialize(Name { key: key.word, row }).map(Some);
        }
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Declined> {
        let (kind, below) = self.value;
        let value = seed.deserialize(Value { plain: &mut *self.plain, asked: self.asked, kind, below })?;
        if self.path.is_some() && below == Below::Value {
            self.plain.done()?;
        }
        Ok(value)
    }
}

/// A key. A struct is told its row, since the rows stand in the order of the struct; that saves it a search.
struct Name<'t> {
    key: &'t str,
    row: Option<usize>,
}

impl<'t> Deserializer<'t> for Name<'t> {
    type Error = Declined;

    fn deserialize_identifier<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self.row {
            Some(row) => visitor.visit_u64(row as u64),
            None => visitor.visit_borrowed_str(self.key),
        }
    }

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        visitor.visit_borrowed_str(self.key)
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum option ignored_any
    }
}

/// The items of a list, or the tables under `[[headers]]`.
struct Items<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    kind: &'r Kind,
    /// The path of the headers; none for a list in brackets.
    rows: Option<&'t str>,
    first: bool,
}

impl<'t> SeqAccess<'t> for Items<'_, 't> {
    type Error = Declined;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Declined> {
        let first = std::mem::replace(&mut self.first, false);
        let there = match self.rows {
            Some(path) => first || self.plain.next_row(path)?,
            None => self.plain.item(first)?,
        };
        if !there {
            return Ok(None);
        }
        let row;
        let kind = match self.kind {
            Kind::List(inner) => inner,
            kind => {
                row = Kind::Section(kind.fields());
                &row
            }
        };
        let below = self.rows.map_or(Below::Value, Below::Section);
        seed.deserialize(Value { plain: &mut *self.plain, asked: self.asked, kind, below }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::campaign::Campaign;
    use crate::model::centre::Centre;
    use crate::model::visit::Visit;
    use crate::model::{CAMPAIGN, CENTRE, RecordKind, VISIT};
    use crate::store::{Store, decode, parse, tree};
    use std::fs;
    use std::path::Path;

    /// What the long way makes of a text: the record, where it has no fault.
    fn slowly<T: DeserializeOwned>(text: &str, kind: RecordKind, known: &Known) -> Option<T> {
        let (mut tree, faults) = tree(text, kind.fields, known, "x");
        if let Tree::Table(entries) = &mut tree.value {
            entries.retain(|entry| entry.key != crate::model::EXTRA.key);
        }
        faults.is_empty().then(|| decode::decode(&tree).unwrap())
    }

    /// Reads every file of a folder in both ways, and again with a slip in it, many times. Returns how many were read
    /// swiftly, and how many of those that could have been were not.
    fn compare<T: DeserializeOwned + PartialEq>(
        folder: &str,
        kind: RecordKind,
        known: &Known,
    ) -> (usize, usize) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/uong-bi").join(folder);
        let files = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
        let (mut swift, mut slow) = (0, 0);
        for path in files.filter(|path| path.is_file()) {
            let text = fs::read_to_string(path).unwrap();
            let text = if text.contains("\n[extra]") {
                text
            } else {
                format!("{text}\n[extra]\nown = [{{ a = 1 }}]\n")
            };
            assert!(read::<T>(&text, kind.fields, known).is_some(), "{text}");
            for slip in parse::tests::slips(&text) {
                let slowly = slowly::<T>(&slip, kind, known);
                match read::<T>(&slip, kind.fields, known) {
                    Some((record, _)) => {
                        assert!(slowly == Some(record), "{slip}");
                        swift += 1;
                    }
                    None => slow += usize::from(slowly.is_some()),
                }
            }
        }
        (swift, slow)
    }

    #[test]
    fn what_is_read_swiftly_is_what_the_long_way_reads() {
        let store = Store::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/uong-bi")).unwrap();
        let known = &store.known;
        let all = [
            compare::<Visit>("visits/2016-2017", VISIT, known),
            compare::<Centre>("centres", CENTRE, known),
            compare::<Campaign>("campaigns", CAMPAIGN, known),
        ];
        let (swift, slow) = all.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        // What is sound and declined all the same is unusual: an escape, a number with an exponent, a dotted key.
        assert!(swift > 800 && slow < swift / 10, "{swift} swiftly, {slow} slowly");
    }
}
