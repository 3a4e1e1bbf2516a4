//! Every text of a record with its key path, so that a rule for texts need not know the records.
//!
//! The records can already be written out by serde; this writer keeps the path and drops all that is not text.

use crate::model::field::{Field, Kind};
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::{Display, Error, Write as _};

/// A text of a record.
#[derive(Debug)]
pub struct Passage<'a> {
    /// What stands there.
    pub text: &'a str,
    /// What may stand there.
    pub kind: &'a Kind,
    path: &'a [Step],
}

/// A step of a key path.
#[derive(Debug)]
enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

impl Passage<'_> {
    /// A text that stands nowhere.
    #[cfg(test)]
    pub fn alone<'a>(text: &'a str, kind: &'a Kind) -> Passage<'a> {
        Passage { text, kind, path: &[] }
    }

    /// Where it stands: `team[0].name`. Written only where there is something to tell.
    pub fn key(&self) -> String {
        let mut key = String::new();
        for step in self.path {
            let _ = match step {
                Step::Key(word) if key.is_empty() => write!(key, "{word}"),
                Step::Key(word) => write!(key, ".{word}"),
                Step::Index(at) => write!(key, "[{at}]"),
            };
        }
        key
    }
}

/// Shows every text of a record to a function.
pub fn each<T: Serialize>(fields: &'static [Field], record: &T, mut look: impl FnMut(&Passage)) {
    let mut walk = Walk { path: Vec::with_capacity(8), kind: &Kind::Section(fields), look: &mut look };
    let done = record.serialize(&mut walk);
    debug_assert!(done.is_ok(), "a record is made of tables, lists and scalars");
}

struct Walk<'f> {
    path: Vec<Step>,
    kind: &'f Kind,
    look: &'f mut dyn FnMut(&Passage),
}

/// A table or a list that is being walked through.
struct Inside<'w, 'f> {
    walk: &'w mut Walk<'f>,
    /// What may stand in it.
    kind: &'f Kind,
    /// How many steps lead to it.
    depth: usize,
    /// How many of its values were seen.
    seen: usize,
}

impl<'f> Walk<'f> {
    fn enter(&mut self) -> Inside<'_, 'f> {
        Inside { kind: self.kind, depth: self.path.len(), seen: 0, walk: self }
    }
}

impl Inside<'_, '_> {
    /// Steps to a key. False where no text can stand: then there is no path either.
    fn key(&mut self, key: Cow<'static, str>, row: Option<&'static Field>) -> bool {
        let row = row.or_else(|| self.kind.fields().iter().find(|field| field.key == key));
        let (kind, wanted) = match (row, self.kind) {
            (Some(field), _) => (&field.kind, field.has_text),
            (None, Kind::Keyed { entry, .. }) => (*entry, entry.has_text()),
            (None, _) => (&Kind::Free, true),
        };
        self.walk.kind = kind;
        self.seen += 1;
        if wanted {
            self.walk.path.truncate(self.depth);
            self.walk.path.push(Step::Key(key));
        }
        wanted
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(&mut *self.walk)?;
        self.walk.path.truncate(self.depth);
        Ok(())
    }
}

macro_rules! no_text {
    ($($name:ident($($arg:ty),*);)+) => {
        $(fn $name(self, $(_: $arg),*) -> Result<(), Error> { Ok(()) })+
    };
}

impl<'w, 'f> Serializer for &'w mut Walk<'f> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'w, 'f>;
    type SerializeMap = Inside<'w, 'f>;
    type SerializeStruct = Inside<'w, 'f>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    no_text! {
        serialize_bool(bool); serialize_char(char); serialize_bytes(&[u8]); serialize_unit(); serialize_none();
        serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
        serialize_u8(u8); serialize_u16(u16); serialize_u32(u32); serialize_u64(u64);
        serialize_f32(f32); serialize_f64(f64); serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        (self.look)(&Passage { text, kind: self.kind, path: &self.path });
        Ok(())
    }

    /// Days, times and periods: of one form, so that there is nothing to look at.
    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'w, 'f>, Error> {
        Ok(self.enter())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'w, 'f>, Error> {
        Ok(self.enter())
    }

    fn serialize_struct(self, _: &str, _: usize) -> Result<Inside<'w, 'f>, Error> {
        Ok(self.enter())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Error> {
        Err(Error)
    }

    fn serialize_tuple_struct(self, _: &str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error)
    }

    fn serialize_tuple_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error)
    }

    fn serialize_struct_variant(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error)
    }
}

impl ser::SerializeStruct for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        // The rows stand in the order of the struct.
        let row = self.kind.fields().get(self.seen);
        debug_assert!(row.is_none_or(|row| row.key == key), "{key}");
        if self.key(key.into(), row) { self.value(value) } else { Ok(()) }
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl ser::SerializeMap for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        let mut word = String::new();
        let mut take = |passage: &Passage| word.push_str(passage.text);
        key.serialize(&mut Walk { path: Vec::new(), kind: &Kind::Free, look: &mut take })?;
        self.key(word.into(), None);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

impl ser::SerializeSeq for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.walk.kind = match self.kind {
            Kind::List(kind) => kind,
            kind => kind,
        };
        self.walk.path.truncate(self.depth);
        self.walk.path.push(Step::Index(self.seen));
        self.seen += 1;
        self.value(value)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::campaign::{Campaign, FIELDS, Paper};
    use crate::model::day::Day;
    use crate::model::field::Form;
    use crate::model::visit::{self, Documents, Recommendation, TeamMember, Visit};

    #[test]
    fn every_text_comes_with_its_path_and_its_row() {
        let campaign = Campaign {
            title: "a".into(),
            plan: Some(Paper { number: Some("b".into()), date: Day::new(2016, 10, 6) }),
            purposes: vec!["c".into(), "d".into()],
            ..Campaign::default()
        };
        let mut seen = Vec::new();
        each(FIELDS, &campaign, |passage| {
            let number = matches!(passage.kind, Kind::Form(Form::DocumentNumber));
            seen.push((passage.key(), passage.text.to_owned(), number));
        });
        let want = [
            ("title", "a", false),
            ("plan.number", "b", true),
            ("purposes[0]", "c", false),
            ("purposes[1]", "d", false),
        ];
        assert_eq!(seen, want.map(|(key, text, number)| (key.to_owned(), text.to_owned(), number)));
    }

    #[test]
    fn words_as_keys_are_part_of_the_path() {
        let mut visit = Visit {
            team: vec![TeamMember { name: "x".into(), ..TeamMember::default() }],
            documents: Documents { note: Some("n".into()), ..Documents::default() },
            ..Visit::default()
        };
        let recommendation = Recommendation { text: "y".into(), ..Recommendation::default() };
        visit.recommendation.push("r1".into(), recommendation);
        let mut keys = Vec::new();
        each(visit::FIELDS, &visit, |passage| keys.push((passage.key(), passage.text.to_owned())));
        keys.retain(|(_, text)| !text.is_empty());
        let want = [("team[0].name", "x"), ("documents.note", "n"), ("recommendation.r1.text", "y")];
        assert_eq!(keys, want.map(|(key, text)| (key.to_owned(), text.to_owned())));
    }
}
