//! The tree of a plain text: all of it, or only what leads to one place.

use super::{Below, Declined, Line, Plain, Start};
use crate::model::day::{Day, Time};
use crate::model::path::{Step, steps};
use crate::model::tree::{Entry, Node, Span, Value};
use std::borrow::Cow;

/// More keys than any table that a person writes.
const TOO_MANY: usize = 128;
/// Most tables have no more keys than this.
const USUAL: usize = 8;

/// What is wanted of a table: nothing but what lies on these steps; `None` is all of it.
type Wanted<'s> = Option<&'s [Step]>;

impl<'t> Plain<'t> {
    /// The tree of a whole text.
    pub fn tree(text: &'t str) -> Result<Node<'t>, Declined> {
        Plain::new(text).root(None)
    }

    /// What [`Node::span_of`] says of the tree of a text, without making more of the tree than leads there.
    pub fn span_of(text: &'t str, path: &str) -> Result<Span, Declined> {
        let steps = steps(path).ok_or(Declined)?;
        Plain::new(text).root(Some(&steps)).map(|tree| tree.span_of(path))
    }

    fn root(mut self, wanted: Wanted) -> Result<Node<'t>, Declined> {
        Ok(Node { value: self.section("", wanted)?, span: 0..0 })
    }

    fn section(&mut self, path: &'t str, wanted: Wanted) -> Result<Value<'t>, Declined> {
        let mut entries = Vec::with_capacity(if wanted.is_none() { USUAL } else { 0 });
        loop {
            self.blank()?;
            let line = self.at;
            let (key, below) = match self.line(Some(path), false)? {
                Line::Pair => (self.any_key()?, Below::Value),
                Line::Header(name, below) => (name, below),
                Line::End => return Ok(Value::Table(entries)),
            };
            let wanted = match wanted {
                None => None,
                Some([Step::Key(step), rest @ ..]) if step == key => Some(rest),
                Some(_) if below == Below::Value && self.passes_line() => continue,
                Some(_) => {
                    self.below(below, line, Some(&[]))?;
                    continue;
                }
            };
            let key_start = self.place_of(key);
            // A table with headers only below it is at its own name.
            let start = if self.at == line { key_start } else { line };
            let node = self.below(below, start, wanted)?;
            push(&mut entries, key, key_start, node)?;
        }
    }

    /// Skips a line whose value ends with it, whatever it is.
    fn passes_line(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let one = !rest.starts_with(['[', '{']) && !rest.starts_with("\"\"\"") && !rest.starts_with("'''");
        self.at += if one { rest.find('\n').map_or(rest.len(), |end| end + 1) } else { 0 };
        one
    }

    fn place_of(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }

    /// The tree of what a key has, an office's own.
    pub fn own(&mut self, below: Below<'t>) -> Result<Node<'t>, Declined> {
        self.below(below, self.at, None)
    }

    /// The tree of what a key has. A table's place is its header, or whatever else it is known to start with.
    fn below(&mut self, below: Below<'t>, line: usize, wanted: Wanted) -> Result<Node<'t>, Declined> {
        let header = |plain: &Self, start: usize| {
            let rest = &plain.text[start..];
            let name = rest.find(']').unwrap_or(rest.len());
            start..start + name + rest[name..].bytes().take_while(|byte| *byte == b']').count()
        };
        let value = match below {
            Below::Value => {
                let node = self.value()?;
                self.done()?;
                return Ok(node);
            }
            Below::Section(path) => self.section(path, wanted)?,
            Below::Rows(path) => {
                let (mut items, mut start) = (Vec::new(), line);
                loop {
                    let wanted = match wanted {
                        Some([Step::Index(index), rest @ ..]) if *index == items.len() => Some(rest),
                        wanted => wanted.map(|_| &[][..]),
                    };
                    items.push(Node { value: self.section(path, wanted)?, span: header(self, start) });
                    start = self.at;
                    if !self.next_row(path)? {
                        break Value::List(items);
                    }
                }
            }
        };
        Ok(Node { value, span: header(self, line) })
    }

    fn value(&mut self) -> Result<Node<'t>, Declined> {
        let start = self.at;
        let value = match self.start()? {
            Start::Text(text, _) => Value::Text(text),
            Start::Int(number) => Value::Int(number),
            Start::Float(number) => Value::Float(number),
            Start::Bool(answer) => Value::Bool(answer),
            Start::Day(raw) => Value::Day(Day::parse(raw).ok_or(Declined)?),
            Start::Time(raw) => Value::Time(Time::parse_typed(raw).ok_or(Declined)?),
            Start::List => {
                let mut items = Vec::new();
                while self.item(items.is_empty())? {
                    items.push(self.value()?);
                }
                Value::List(items)
            }
            Start::Table => {
                let mut entries = Vec::with_capacity(USUAL);
                while self.pair(entries.is_empty())? {
                    let key = self.any_key()?;
                    let key_start = self.place_of(key);
                    let node = self.value()?;
                    push(&mut entries, key, key_start, node)?;
                }
                Value::Table(entries)
            }
        };
        Ok(Node { value, span: start..self.at })
    }
}

fn push<'t>(
    entries: &mut Vec<Entry<'t>>,
    key: &'t str,
    start: usize,
    node: Node<'t>,
) -> Result<(), Declined> {
    if entries.len() == TOO_MANY || entries.iter().any(|entry| entry.key == key) {
        return Err(Declined);
    }
    entries.push(Entry { key: Cow::Borrowed(key), key_span: start..start + key.len(), node });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml::parse::{self, tests};
    use std::path::Path;

    /// The path of everything in a tree, and of something that is missing in each table.
    fn paths(node: &Node, path: &str, found: &mut Vec<String>) {
        found.push(format!("{path}.missing").trim_start_matches('.').to_owned());
        for (at, item) in node.items().iter().enumerate() {
            found.push(format!("{path}[{at}]"));
            paths(item, &format!("{path}[{at}]"), found);
        }
        for entry in node.entries() {
            let path = if path.is_empty() { entry.key.to_string() } else { format!("{path}.{}", entry.key) };
            found.push(path.clone());
            paths(&entry.node, &path, found);
        }
    }

    #[test]
    fn a_place_that_is_found_without_the_tree_is_that_of_the_tree() {
        let mut texts = Vec::new();
        tests::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"), &mut texts);
        let mut slips = 0;
        for text in texts {
            let mut found = Vec::new();
            paths(&parse::parse(&text).0, "", &mut found);
            for path in &found {
                assert_eq!(Plain::span_of(&text, path), Ok(parse::parse(&text).0.span_of(path)), "{path}");
            }
            for (slip, path) in tests::slips(&text).zip(found.iter().cycle()) {
                if let Ok(span) = Plain::span_of(&slip, path) {
                    assert_eq!(span, parse::parse(&slip).0.span_of(path), "{path}\n{slip}");
                    slips += 1;
                }
            }
        }
        assert!(slips > 3000, "{slips}");
    }
}
