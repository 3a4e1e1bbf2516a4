//! Text straight to struct, for files without any fault of form: one pass, no tree, no places.
//!
//! Nearly every file is sound, and reading is what a check of a whole country mostly does. So plain text goes through
//! serde into its struct, each key held against its field row on the way. At the first thing that is not as it should be
//! this reader declines, and the file is read as a tree, with places, for telling what is wrong with it. What is fine is
//! asked of `shape`, which both ways share; a test holds that they agree.

use super::known::Known;
use super::plain::{Below, Declined, Key, Line, Plain, Start};
use super::shape::{count_fits, form_fits, is_word, measure_fits, row, text_fits};
use crate::model::field::{Field, Kind};
use crate::model::settings::Labelled;
use crate::model::tree::Value as Tree;
use crate::model::usual::is_usual_number;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt::Display;

/// The record in a text, if there is nothing wrong with its form, and whether every text in it is
/// [usual](crate::model::usual).
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
    /// True for a text that may stand there, of which somebody may have seen that its letters are usual.
    fn text_fits(&self, kind: &Kind, text: &str, usual: bool) -> bool {
        if usual && is_usual_number(kind, text) {
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

    fn deserialize_i64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        // Nearly all numbers are a few digits and nothing else.
        match (self.below, self.kind) {
            (Below::Value, Kind::Count(_) | Kind::Money) => match self.plain.digits() {
                Some(number) if count_fits(self.kind, number) => visitor.visit_i64(number),
                Some(_) => Err(Declined),
                None => self.deserialize_any(visitor),
            },
            _ => Err(Declined),
        }
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
            Start::Text(word, _) => StrDeserializer::new(&word).deserialize_enum(name, variants, visitor),
            _ => Err(Declined),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
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
        (Start::Text(text, usual), _) if asked.text_fits(kind, &text, usual) => match text {
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
    /// The path of its header; none for a table in braces.
    path: Option<&'t str>,
    /// The keys of a struct, or the fixed ones among words.
    fields: &'static [Field],
    /// What stands at a word, where words are keys.
    entry: Option<&'static Kind>,
    /// The words that may be keys; with none, any word.
    words: Option<&'r [Labelled]>,
    /// Where the next key is looked for first.
    next: usize,
    /// The fields that were there, a bit each; after them the words.
    seen: u64,
    /// The words of the writer's own that were there.
    own: Vec<&'t str>,
    /// What stands at the key that was read.
    value: (&'static Kind, Below<'t>),
}

impl<'r, 't> Table<'r, 't> {
    fn new(
        plain: &'r mut Plain<'t>,
        asked: &'r Asked<'r>,
        kind: &'r Kind,
        path: Option<&'t str>,
    ) -> Table<'r, 't> {
        let (entry, words) = match kind {
            Kind::Keyed { by, entry, .. } => (Some(*entry), asked.known.words(*by)),
            _ => (None, None),
        };
        let (fields, value) = (kind.fields(), (&Kind::Free, Below::Value));
        Table { plain, asked, path, fields, entry, words, next: 0, seen: 0, own: Vec::new(), value }
    }

    /// The next key; what stands at it is noted.
    fn advance(&mut self) -> Result<Option<Name<'r, 't>>, Declined> {
        loop {
            let line = match self.path {
                Some(path) => self.plain.line(path)?,
                None if self.plain.pair(self.seen == 0 && self.own.is_empty())? => Line::Pair,
                None => Line::End,
            };
            let (key, below) = match line {
                Line::Pair => (self.key()?, Below::Value),
                Line::Header(name, below) => (Key::Other(name), below),
                Line::End => return if self.whole() { Ok(None) } else { Err(Declined) },
            };
            let (name, kind) = self.named(key)?;
            if !matches!(kind, Kind::Free) {
                self.value = (kind, below);
                return Ok(Some(name));
            }
            // What an office keeps for itself is passed over.
            let own = self.plain.below(below, self.plain.at())?;
            if !matches!(own.value, Tree::Table(_)) {
                return Err(Declined);
            }
        }
    }

    fn key(&mut self) -> Result<Key<'t>, Declined> {
        match self.words {
            Some(words) => self.plain.key(words[self.next..].iter().map(|word| &*word.id)),
            None => self.plain.key(self.fields[self.next..].iter().map(|field| field.key)),
        }
    }

    /// The name of a key, and the kind of value that belongs to it.
    #[inline]
    fn named(&mut self, key: Key<'t>) -> Result<(Name<'r, 't>, &'static Kind), Declined> {
        match (key, self.words) {
            (Key::Expected(by), None) => self.field(self.next + by),
            (Key::Expected(by), Some(words)) => self.word(words, self.next + by),
            (Key::Other(key), words) => {
                let mut from = if words.is_some() { 0 } else { self.next };
                if let Some(at) = row(self.fields, &mut from, |field| field.key == key) {
                    return self.field(at);
                }
                match (self.entry, words) {
                    (Some(_), Some(words)) => {
                        self.word(words, words.iter().position(|word| word.id == key).ok_or(Declined)?)
                    }
                    (Some(entry), None) if self.is_new(key) => {
                        self.own.push(key);
                        Ok((Name::Own(key), entry))
                    }
                    _ => Err(Declined),
                }
            }
        }
    }

    #[inline]
    fn field(&mut self, at: usize) -> Result<(Name<'r, 't>, &'static Kind), Declined> {
        self.note(at)?;
        let field = &self.fields[at];
        if self.entry.is_some() {
            return Ok((Name::Word(field.key), &field.kind));
        }
        self.next = at + 1;
        Ok((Name::Row(at), &field.kind))
    }

    fn word(&mut self, words: &'r [Labelled], at: usize) -> Result<(Name<'r, 't>, &'static Kind), Declined> {
        self.note(self.fields.len() + at)?;
        self.next = at + 1;
        Ok((Name::Word(&words[at].id), self.entry.ok_or(Declined)?))
    }

    fn is_new(&self, key: &str) -> bool {
        self.own.len() < TOO_MANY && is_word(key) && !self.own.contains(&key)
    }

    /// Notes that a key was there; twice is once too often.
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
        self.advance()?.map(|name| seed.deserialize(name)).transpose()
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

/// A key, as serde is told it.
enum Name<'r, 't> {
    /// The row of a struct's field: the rows stand in the order of the struct, and that saves it a search.
    Row(usize),
    /// A word that is known.
    Word(&'r str),
    /// A word of the writer's own.
    Own(&'t str),
}

impl<'t> Deserializer<'t> for Name<'_, 't> {
    type Error = Declined;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self {
            Name::Row(at) => visitor.visit_u64(at as u64),
            Name::Word(word) => visitor.visit_str(word),
            Name::Own(word) => visitor.visit_borrowed_str(word),
        }
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum option identifier ignored_any
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
