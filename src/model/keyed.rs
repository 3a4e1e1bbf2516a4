//! The values of words that are keys: a short list in the order of the file.
//!
//! A visit has about thirty such keys, a country millions. They are written in the order of their vocabulary and
//! usually read one after the other, so a list is smaller and faster than a map, and keeps the order of the file.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

/// Values by their keys, in the order in which they came. No key occurs twice.
#[derive(Clone, Debug)]
pub struct Keyed<T>(Vec<(String, T)>);

impl<T> Default for Keyed<T> {
    fn default() -> Keyed<T> {
        Keyed(Vec::new())
    }
}

/// In any order.
impl<T: PartialEq> PartialEq for Keyed<T> {
    fn eq(&self, other: &Keyed<T>) -> bool {
        self.len() == other.len() && self.iter().all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<T> Keyed<T> {
    /// The value at a key.
    pub fn get(&self, key: &str) -> Option<&T> {
        self.iter().find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// True if there is something at a key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Adds a value; its key must be new.
    pub fn push(&mut self, key: String, value: T) {
        self.0.push((key, value));
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &String> + Clone {
        self.iter().map(|(key, _)| key)
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &T> + Clone {
        self.iter().map(|(_, value)| value)
    }
}

impl<T> Deref for Keyed<T> {
    type Target = [(String, T)];

    fn deref(&self) -> &[(String, T)] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a Keyed<T> {
    type Item = &'a (String, T);
    type IntoIter = std::slice::Iter<'a, (String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Of keys that are all different.
impl<T> FromIterator<(String, T)> for Keyed<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Keyed<T> {
        Keyed(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Keyed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Keyed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keyed<T>, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Keyed<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Keyed<T>, A::Error> {
                let mut keyed = Keyed::default();
                // TOML refuses duplicate keys.
                while let Some((key, value)) = entries.next_entry()? {
                    keyed.push(key, value);
                }
                Ok(keyed)
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::Keyed;

    #[test]
    fn equal_is_what_says_the_same_in_whichever_order() {
        let keyed = |entries: &[(&str, i64)]| -> Keyed<i64> {
            entries.iter().map(|(key, value)| ((*key).to_owned(), *value)).collect()
        };
        let mut one = keyed(&[("law", 12), ("health", 9)]);
        assert_eq!(one, keyed(&[("health", 9), ("law", 12)]));
        assert_ne!(one, keyed(&[("law", 12)]));
        assert_ne!(one, keyed(&[("law", 13), ("health", 9)]));
        one.push("economy".to_owned(), 13);
        assert_eq!(one, keyed(&[("economy", 13), ("law", 12), ("health", 9)]));
        assert_eq!(one.keys().collect::<Vec<_>>(), ["law", "health", "economy"]);
    }
}
