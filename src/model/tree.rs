//! A file's content as a tree with places: what is between the text of a file and a typed record.

use super::date::Date;
use super::day::{Day, Time};
use super::path::{Step, steps};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a text, from the first to just after the last.
pub type Span = Range<usize>;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// The value.
    pub value: Value<'a>,
    /// Its bytes in the text, quotes and brackets included; for a `[table]` its header.
    pub span: Span,
}

/// A value of TOML, with dates and times as records use them.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// An integer.
    Int(i64),
    /// A float, or an integer beyond 64 bits.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A local date.
    Day(Day),
    /// A local time.
    Time(Time),
    /// A date or time in a form that records do not use, as TOML writes it: both together, with a zone, with a part of a
    /// second, or outside [`super::day::YEARS`].
    OtherTime(String),
    /// An array, including one of `[[tables]]`.
    List(Vec<Node<'a>>),
    /// A table in any notation, in the order of the file.
    Table(Vec<Entry<'a>>),
}

/// One `key = value` of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// The bytes of the key.
    pub key_span: Span,
    /// The value.
    pub node: Node<'a>,
}

/// A day as TOML has it; a month or a year as a text.
impl From<Date> for Value<'static> {
    fn from(date: Date) -> Value<'static> {
        match date {
            Date::Day(day) => Value::Day(day),
            Date::Month(..) | Date::Year(_) => Value::Text(date.to_string().into()),
        }
    }
}

impl<'a> Node<'a> {
    /// A node that is in no text.
    pub fn new(value: Value<'a>) -> Node<'a> {
        Node { value, span: 0..0 }
    }

    /// An empty table that is in no text.
    pub fn table() -> Node<'a> {
        Node::new(Value::Table(Vec::new()))
    }

    /// A string that is in no text.
    pub fn of_text(words: impl Into<String>) -> Node<'a> {
        Node::new(Value::Text(Cow::Owned(words.into())))
    }

    /// The same tree, independent of the text that it was read from.
    pub fn into_owned(self) -> Node<'static> {
        let value = match self.value {
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::Int(number) => Value::Int(number),
            Value::Float(number) => Value::Float(number),
            Value::Bool(answer) => Value::Bool(answer),
            Value::Day(day) => Value::Day(day),
            Value::Time(time) => Value::Time(time),
            Value::OtherTime(moment) => Value::OtherTime(moment),
            Value::List(items) => Value::List(items.into_iter().map(Node::into_owned).collect()),
            Value::Table(entries) => Value::Table(
                entries
                    .into_iter()
                    .map(|Entry { key, key_span, node }| Entry {
                        key: Cow::Owned(key.into_owned()),
                        key_span,
                        node: node.into_owned(),
                    })
                    .collect(),
            ),
        };
        Node { value, span: self.span }
    }

    /// The entries of a table; none for anything else.
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.value {
            Value::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a key of this table.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The value at a key path.
    pub fn at(&self, path: &str) -> Option<&Node<'a>> {
        self.follow(&steps(path)?)
    }

    /// The value at the end of some steps.
    pub fn follow(&self, path: &[Step]) -> Option<&Node<'a>> {
        path.iter().try_fold(self, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.items().get(*index),
        })
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The day, if it is one.
    pub fn day(&self) -> Option<Day> {
        match self.value {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    /// Sets the value at a key path; see [`Node::put`].
    pub fn put_at(&mut self, path: &str, value: Node<'a>) -> bool {
        steps(path).is_some_and(|path| self.put(&path, value))
    }

    /// Puts a value at a path, making the tables and lists on the way. An index may be at most one past the end.
    /// False if the path runs into something that is not a table or a list.
    pub fn put(&mut self, path: &[Step], value: Node<'a>) -> bool {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return true;
        };
        let fresh = || match rest.first() {
            Some(Step::Index(_)) => Node::new(Value::List(Vec::new())),
            _ => Node::table(),
        };
        let place = match (&mut self.value, step) {
            (Value::Table(entries), Step::Key(key)) => {
                let found = entries.iter().position(|entry| entry.key == *key);
                let at = found.unwrap_or_else(|| {
                    entries.push(Entry { key: key.clone().into(), key_span: 0..0, node: fresh() });
                    entries.len() - 1
                });
                &mut entries[at].node
            }
            (Value::List(items), Step::Index(index)) if *index <= items.len() => {
                if *index == items.len() {
                    items.push(fresh());
                }
                &mut items[*index]
            }
            _ => return false,
        };
        place.put(rest, value)
    }

    /// Takes out what is at a path, if anything is.
    pub fn take(&mut self, path: &[Step]) {
        let Some((step, rest)) = path.split_first() else { return };
        match (&mut self.value, step) {
            (Value::Table(entries), Step::Key(key)) => match rest {
                [] => entries.retain(|entry| entry.key != *key),
                _ => entries.iter_mut().filter(|e| e.key == *key).for_each(|e| e.node.take(rest)),
            },
            (Value::List(items), Step::Index(index)) if *index < items.len() => match rest {
                [] => drop(items.remove(*index)),
                _ => items[*index].take(rest),
            },
            _ => {}
        }
    }

    /// True for trees that say the same, in any order and notation. An empty table says nothing.
    pub fn says_same(&self, other: &Node) -> bool {
        let same = |e: &Entry| self.get(&e.key).map_or(e.node.is_empty(), |node| node.says_same(&e.node));
        match (&self.value, &other.value) {
            (Value::Table(left), Value::Table(right)) => {
                let more = |e: &&Entry| other.get(&e.key).is_none();
                right.iter().all(same) && left.iter().filter(more).all(|e| e.node.is_empty())
            }
            (Value::List(left), Value::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.says_same(b))
            }
            (Value::Float(left), Value::Float(right)) => left == right || (left.is_nan() && right.is_nan()),
            (left, right) => left == right,
        }
    }

    /// True if nothing is said: by an empty list, or a table of nothing else.
    fn is_empty(&self) -> bool {
        match &self.value {
            Value::Table(entries) => entries.iter().all(|entry| entry.node.is_empty()),
            Value::List(items) => items.is_empty(),
            _ => false,
        }
    }

    /// The place of a key path: that of the value, else of the nearest table on the way that exists. Never fails: the
    /// last resort is the start of the text.
    pub fn span_of(&self, path: &str) -> Span {
        let (mut node, mut span) = (self, 0..0);
        for step in steps(path).unwrap_or_default() {
            let next = match &step {
                Step::Key(key) => {
                    node.entries().iter().find(|e| e.key == *key).map(|e| (&e.node, e.key_span.clone()))
                }
                Step::Index(index) => node.items().get(*index).map(|item| (item, item.span.clone())),
            };
            let Some((found, name)) = next else { break };
            span = if matches!(found.value, Value::Table(_)) { name } else { found.span.clone() };
            node = found;
        }
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_is_found_again() {
        let mut tree = Node::table();
        for (n, path) in ["team[0].name", "team[1].name", "context.population"].into_iter().enumerate() {
            assert!(tree.put_at(path, Node::new(Value::Int(n as i64))));
            assert_eq!(tree.at(path).unwrap().value, Value::Int(n as i64));
        }
        assert!(!tree.put_at("team[3].name", Node::table()), "a hole in a list");
        assert!(!tree.put_at("context.population.men", Node::table()), "below a number");
    }

    #[test]
    fn trees_say_the_same_if_their_values_do() {
        let moment = |text: &str| Value::OtherTime(text.into());
        let nan = || Value::List(vec![Node::new(Value::Float(f64::NAN))]);
        let same = |left, right| Node::new(left).says_same(&Node::new(right));
        assert!(same(nan(), nan()) && same(moment("08:30:00.5"), moment("08:30:00.5")));
        assert!(!same(moment("08:30:00.5"), moment("08:30:00.25")));
        assert!(!same(Value::Float(24.0), Value::Int(24)), "another kind of value");
    }
}
