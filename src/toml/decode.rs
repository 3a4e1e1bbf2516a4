//! Tree to struct, through serde. What does not fit was taken out of the tree before (see `shape`).

use crate::model::tree::{Entry, Node, Value};
use serde::Deserialize;
use serde::de::value::{BorrowedStrDeserializer, Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};

/// The struct of a tree.
pub fn decode<'de, T: Deserialize<'de>>(tree: &'de Node<'de>) -> Result<T, Error> {
    T::deserialize(Tree(tree))
}

#[derive(Clone, Copy)]
struct Tree<'de>(&'de Node<'de>);

impl<'de> IntoDeserializer<'de> for Tree<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Tree<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.value {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Int(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Bool(answer) => visitor.visit_bool(*answer),
            Value::Day(day) => visitor.visit_string(day.to_string()),
            Value::Time(time) => visitor.visit_string(time.to_string()),
            Value::OtherTime(_) => Err(Error::custom("a date or time of another form")),
            Value::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Tree))),
            Value::Table(entries) => {
                let pair =
                    |entry: &'de Entry<'de>| (BorrowedStrDeserializer::new(&entry.key), Tree(&entry.node));
                visitor.visit_map(MapDeserializer::new(entries.iter().map(pair)))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0.value {
            Value::Int(number) => visitor.visit_f64(number as f64),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word = self.0.text().ok_or_else(|| Error::custom("not a word"))?;
        StrDeserializer::new(word).deserialize_enum(name, variants, visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
