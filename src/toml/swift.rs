//! Text straight to struct, for files without any fault of form: in one pass, without a tree and without places.
//!
//! Nearly every file is sound, and a check of a whole country consists mainly of reading. So plain text goes through
//! serde into its struct, each key held against its field row on the way, in whatever order they stand: rows and fields
//! have the same order, so that the number of a row is that of its field. At the first thing that is not as it should
//! be, this reader declines, and the file is read as a tree, with places, to say what is wrong with it. What is valid is
//! decided by `shape`, which both ways share; a test makes sure that they agree.

use super::known::Known;
use super::plain::{Below, Declined, Key, Line, Plain, Start};
use super::shape::{count_fits, form_fits, measure_fits, row, text_fits};
use crate::model::field::{Field, Kind};
use crate::model::settings::Labelled;
use crate::model::tree::Value;
use crate::model::usual::is_usual_number;
use crate::model::vietnamese::is_word;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use std::cell::Cell;
use std::fmt::Display;

/// The record in a text, if it has no fault of form, and whether every text in it is
/// [usual](crate::model::usual).
pub fn read<T: DeserializeOwned>(text: &str, fields: &'static [Field], known: &Known) -> Option<(T, bool)> {
    let (mut plain, asked) = (Plain::new(text), &Asked { known, usual: Cell::new(true) });
    let root = Next { plain: &mut plain, asked, kind: &Kind::Section(fields), below: Below::Section("") };
    let record = T::deserialize(root).ok()?;
    Some((record, asked.usual.get()))
}

/// What each value is checked against, and what was seen on the way.
struct Asked<'r> {
    known: &'r Known,
    usual: Cell<bool>,
}

impl Asked<'_> {
    /// True for a text that is valid there. Whether its letters are usual may already be known.
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
struct Next<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    kind: &'r Kind,
    below: Below<'t>,
}

impl<'t> Next<'_, 't> {
    /// What a value on a line begins with; a table under a header is not one.
    fn start(&mut self) -> Result<Start<'t>, Declined> {
        if self.below == Below::Value { self.plain.start() } else { Err(Declined) }
    }
}

impl<'t> Deserializer<'t> for Next<'_, 't> {
    type Error = Declined;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        let Next { plain, asked, kind, below } = self;
        match below {
            Below::Section(path) => visitor.visit_map(Keys::new(plain, asked, kind, Some(path))?),
            Below::Rows(path) if matches!(kind, Kind::Rows(_)) => {
                visitor.visit_seq(Items { plain, asked, kind, rows: Some(path), first: true })
            }
            Below::Rows(_) => Err(Declined),
            Below::Value => value(plain, asked, kind, visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        mut self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Declined> {
        let path = match self.below {
            Below::Section(path) => Some(path),
            _ => (self.start()? == Start::Table).then_some(None).ok_or(Declined)?,
        };
        let (Kind::Section(fields) | Kind::Inline(fields)) = *self.kind else { return Err(Declined) };
        let (plain, asked, value) = (self.plain, self.asked, (&Kind::Free, Below::Value));
        let mut own = Fields { plain, asked, path, fields, next: 0, seen: Seen::default(), value };
        let read = visitor.visit_map(&mut own)?;
        if own.is_whole() { Ok(read) } else { Err(Declined) }
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        visitor.visit_some(self)
    }

    fn deserialize_i64<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        // Nearly all numbers are just a few digits.
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
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Declined> {
        let there = |word: &&str| self.below == Below::Value && self.plain.passes_text(word);
        let at = variants.iter().position(there).ok_or(Declined)?;
        visitor.visit_enum((at as u32).into_deserializer())
    }

    serde::forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map identifier ignored_any
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
        (Start::Day(raw), Kind::Day | Kind::Date) | (Start::Time(raw), Kind::Time) => {
            visitor.visit_borrowed_str(raw)
        }
        (Start::Table, _) => visitor.visit_map(Keys::new(plain, asked, kind, None)?),
        (Start::List, Kind::List(_) | Kind::Rows(_)) => {
            visitor.visit_seq(Items { plain, asked, kind, rows: None, first: true })
        }
        _ => Err(Declined),
    }
}

/// The fields of a struct, in any order. Nearly always it is that of their rows, so the next one is looked for first.
struct Fields<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    /// The path of the header; none for a table in braces.
    path: Option<&'t str>,
    fields: &'static [Field],
    /// Where the next key is looked for first.
    next: usize,
    /// The keys seen so far.
    seen: Seen,
    /// What the key that was read has.
    value: (&'static Kind, Below<'t>),
}

impl<'t> Fields<'_, 't> {
    /// The row of the key before a value.
    #[inline(always)]
    fn key(&mut self) -> Result<usize, Declined> {
        let next = self.next;
        match self.plain.key(self.fields[next..].iter().map(|field| field.key))? {
            Key::Expected(by) => Ok(next + by),
            Key::Other(name) => self.named(name),
        }
    }

    #[inline(never)]
    fn named(&self, name: &str) -> Result<usize, Declined> {
        row(self.fields, &mut { self.next }, |field| field.key == name).ok_or(Declined)
    }

    /// True if nothing is missing that must be there.
    fn is_whole(&self) -> bool {
        self.fields.iter().enumerate().all(|(at, field)| !field.required || self.seen.has(at))
    }
}

impl<'t> MapAccess<'t> for &mut Fields<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        loop {
            let (at, below) = match self.plain.line(self.path, self.seen.is_empty())? {
                Line::Pair => (self.key()?, Below::Value),
                Line::Header(name, below) => (self.named(name)?, below),
                Line::End => return Ok(None),
            };
            self.seen.note(at)?;
            self.next = at + 1;
            let kind = &self.fields[at].kind;
            if !matches!(kind, Kind::Free) {
                self.value = (kind, below);
                return seed.deserialize((at as u64).into_deserializer()).map(Some);
            }
            // What an office keeps for itself has no field.
            if !matches!(self.plain.own(below)?.value, Value::Table(_)) {
                return Err(Declined);
            }
        }
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Declined> {
        let (kind, below) = self.value;
        let value = seed.deserialize(Next { plain: &mut *self.plain, asked: self.asked, kind, below })?;
        if self.path.is_some() && below == Below::Value {
            self.plain.done()?;
        }
        Ok(value)
    }
}

/// Which keys of a table were there, one bit for each.
#[derive(Default)]
struct Seen(u64);

impl Seen {
    fn is_empty(&self) -> bool {
        self.0 == 0
    }

    fn has(&self, at: usize) -> bool {
        self.0 & (1 << at) != 0
    }

    /// Notes that a key was there; a second time is an error, and so is a key more than there are bits.
    fn note(&mut self, at: usize) -> Result<(), Declined> {
        if at >= 64 || self.has(at) {
            return Err(Declined);
        }
        self.0 |= 1 << at;
        Ok(())
    }
}

/// The keys of a table in which words are keys.
struct Keys<'r, 't> {
    plain: &'r mut Plain<'t>,
    asked: &'r Asked<'r>,
    /// The path of its header; none for a table in braces.
    path: Option<&'t str>,
    /// The keys that are always possible.
    fixed: &'static [Field],
    /// What each word has.
    entry: &'static Kind,
    /// The words that may be keys; `None`: any word.
    words: Option<&'r [Labelled]>,
    /// Where the next word is looked for first.
    next: usize,
    /// The fixed keys and the words seen so far.
    seen: Seen,
    /// The writer's own words seen so far.
    own: Vec<&'t str>,
    /// What the key that was read has.
    value: (&'static Kind, Below<'t>),
}

impl<'r, 't> Keys<'r, 't> {
    fn new(
        plain: &'r mut Plain<'t>,
        asked: &'r Asked<'r>,
        kind: &'r Kind,
        path: Option<&'t str>,
    ) -> Result<Keys<'r, 't>, Declined> {
        let Kind::Keyed { by, entry, fixed } = *kind else { return Err(Declined) };
        let (words, value) = (asked.known.vocabularies.words(by), (entry, Below::Value));
        Ok(Keys {
            plain,
            asked,
            path,
            fixed,
            entry,
            words,
            next: 0,
            seen: Seen::default(),
            own: Vec::new(),
            value,
        })
    }

    fn key(&mut self) -> Result<Key<'t>, Declined> {
        let words = self.words.unwrap_or_default();
        self.plain.key(words[self.next..].iter().map(|word| &*word.id))
    }

    /// A key as it is passed to serde, and the kind of its value.
    fn named(&mut self, key: Key<'t>) -> Result<(Name<'r, 't>, &'static Kind), Declined> {
        let words = self.words.unwrap_or_default();
        let at = match key {
            Key::Expected(by) => self.next + by,
            Key::Other(key) => {
                if let Some(at) = self.fixed.iter().position(|field| field.key == key) {
                    self.seen.note(at)?;
                    return Ok((Name::Known(self.fixed[at].key), &self.fixed[at].kind));
                }
                if self.words.is_none() && is_word(key) && !self.own.contains(&key) {
                    self.own.push(key);
                    return Ok((Name::Own(key), self.entry));
                }
                words.iter().position(|word| word.id == key).ok_or(Declined)?
            }
        };
        self.seen.note(self.fixed.len() + at)?;
        self.next = at + 1;
        Ok((Name::Known(&words[at].id), self.entry))
    }
}

impl<'t> MapAccess<'t> for Keys<'_, 't> {
    type Error = Declined;

    fn next_key_seed<K: DeserializeSeed<'t>>(&mut self, seed: K) -> Result<Option<K::Value>, Declined> {
        let first = self.seen.is_empty() && self.own.is_empty();
        let (key, below) = match self.plain.line(self.path, first)? {
            Line::Pair => (self.key()?, Below::Value),
            Line::Header(name, below) => (Key::Other(name), below),
            Line::End => return Ok(None),
        };
        let (name, kind) = self.named(key)?;
        self.value = (kind, below);
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Declined> {
        let (kind, below) = self.value;
        let value = seed.deserialize(Next { plain: &mut *self.plain, asked: self.asked, kind, below })?;
        if self.path.is_some() && below == Below::Value {
            self.plain.done()?;
        }
        Ok(value)
    }
}

/// A word that is a key.
enum Name<'r, 't> {
    /// One that is known.
    Known(&'r str),
    /// One of the writer's own.
    Own(&'t str),
}

impl<'t> Deserializer<'t> for Name<'_, 't> {
    type Error = Declined;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Declined> {
        match self {
            Name::Known(word) => visitor.visit_str(word),
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
                row = kind.item();
                &row
            }
        };
        let below = self.rows.map_or(Below::Value, Below::Section);
        seed.deserialize(Next { plain: &mut *self.plain, asked: self.asked, kind, below }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordKind;
    use crate::model::campaign::Campaign;
    use crate::model::centre::Centre;
    use crate::model::settings::{Settings, Vocabularies};
    use crate::model::text::Said;
    use crate::model::visit::Visit;
    use crate::toml::known::Ids;
    use crate::toml::{decode, parse, shipped, tree};
    use std::fs;
    use std::path::{Path, PathBuf};

    /// What the long way makes of a text: the record, if it has no fault.
    fn slowly<T: DeserializeOwned>(text: &str, kind: RecordKind, known: &Known) -> Option<T> {
        let (mut tree, faults) = tree(text, kind.fields(), known, "x");
        if let Value::Table(entries) = &mut tree.value {
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
        let files = fs::read_dir(examples().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let (mut swift, mut slow) = (0, 0);
        for path in files.filter(|path| path.is_file()) {
            let text = fs::read_to_string(path).unwrap();
            let text = if text.contains("\n[extra]") {
                text
            } else {
                format!("{text}\n[extra]\nown = [{{ a = 1 }}]\n")
            };
            assert!(read::<T>(&text, kind.fields(), known).is_some(), "{text}");
            for slip in parse::tests::slips(&text) {
                let slowly = slowly::<T>(&slip, kind, known);
                match read::<T>(&slip, kind.fields(), known) {
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

    fn examples() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")
    }

    /// The ids that an example may refer to.
    fn known(example: &str) -> Known {
        let root = examples().join(example);
        let stems = |folder: &str| -> Vec<String> {
            let entries = fs::read_dir(root.join(folder)).into_iter().flatten();
            let names = entries.map(|entry| entry.unwrap().path());
            names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
        };
        let schemes =
            stems("schemes").into_iter().chain(shipped::SCHEMES.iter().map(|(id, _)| (*id).to_owned()));
        let words = schemes.clone().map(|id| Labelled { label: Said::same(id.as_str()), id });
        let vocabularies =
            Vocabularies { schemes: Some(words.collect()), ..shipped::vocabularies(&Settings::default()) };
        Known {
            units: crate::toml::ids_of("unit", &fs::read_to_string(root.join("units.toml")).unwrap()),
            areas: Ids::from_iter([]),
            centres: stems("centres").into_iter().collect(),
            campaigns: stems("campaigns").into_iter().collect(),
            schemes: schemes.collect(),
            vocabularies: vocabularies.into(),
            ..Known::default()
        }
    }

    #[test]
    fn what_is_read_swiftly_is_what_the_long_way_reads() {
        let all = [("uong-bi", "visits/2016-2017"), ("phuong-2025", "visits/2025-2026")].map(
            |(example, visits)| {
                let (known, folder) = (&known(example), |part: &str| format!("{example}/{part}"));
                [
                    compare::<Visit>(&folder(visits), RecordKind::Visit, known),
                    compare::<Centre>(&folder("centres"), RecordKind::Centre, known),
                    compare::<Campaign>(&folder("campaigns"), RecordKind::Campaign, known),
                ]
            },
        );
        let (swift, slow) = all.iter().flatten().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        // What is sound but declined is unusual: an escape, a number with an exponent, a dotted key.
        assert!(swift > 800 && slow < swift / 10, "{swift} swiftly, {slow} slowly");
    }
}
