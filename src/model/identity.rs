//! Who a row of a list is: what stays the same wherever the row stands, so that versions of a record can be held against
//! each other value by value.

use super::field::{Field, Kind};
use super::path::{Step, key_below};
use super::tree::{Node, Value};
use std::collections::HashMap;
use std::fmt::Write;

/// A step to a value that holds in every version of a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// `.key`
    Key(String),
    /// `[Lê Văn C]`: the row that is called so.
    Row(String),
    /// One of the values of a list, always the last step: a text is its own name.
    Item,
}

/// The rows of two versions of a list: where each stands in the one and in the other.
pub type Pairs = Vec<(Option<usize>, Option<usize>)>;

/// What each row of a list is called, in its order. Those that are called the same are told apart by their number. None
/// if nothing says who its rows are.
pub fn names(list: &Kind, rows: &[Node]) -> Option<Vec<String>> {
    let keys: Vec<&Field> = match list {
        Kind::Rows(fields) => fields.iter().filter(|field| field.identifies).collect(),
        _ => Vec::new(),
    };
    let is_row = |row: &Node| matches!(row.value, Value::Table(_));
    if keys.is_empty() || !rows.iter().all(is_row) {
        return None;
    }
    let (mut names, mut seen): (Vec<String>, HashMap<String, usize>) = Default::default();
    for row in rows {
        let values: Vec<String> = keys.iter().filter_map(|field| Some(said(row.get(field.key)?))).collect();
        let called = values.join(", ");
        let mut name = called.clone();
        while let Some(times) = seen.get_mut(&name) {
            *times += 1;
            name = format!("{called} #{times}");
        }
        seen.insert(name.clone(), 1);
        names.push(name);
    }
    Some(names)
}

/// So many rows that are gone are held against so many that are new; of more, none is taken for another.
const PAIRS: usize = 1 << 20;

/// The rows of two versions, those of the newer one first. One row that is gone and one that is new are the same if they
/// are alike in all but what they are called. None if nothing says who the rows are.
pub fn pairs(list: &Kind, was: &[Node], now: &[Node]) -> Option<Pairs> {
    let (old, new) = (names(list, was)?, names(list, now)?);
    let mut places: HashMap<String, usize> = old.into_iter().zip(0..).collect();
    let mut pairs: Pairs = new.iter().enumerate().map(|(at, name)| (places.remove(name), Some(at))).collect();
    let mut gone: Vec<usize> = places.into_values().collect();
    gone.sort_unstable();
    let fresh = (0..pairs.len()).filter(|at| pairs[*at].0.is_none());
    let nameless = |row: &Node<'_>| without_name(list, row).into_owned();
    let fresh: Vec<(usize, Node)> = fresh.map(|at| (at, nameless(&now[at]))).collect();
    let gone: Vec<(usize, Node)> = gone.into_iter().map(|at| (at, nameless(&was[at]))).collect();
    let are_few = gone.len().saturating_mul(fresh.len()) <= PAIRS;
    for (from, row) in &gone {
        let like: Vec<&(usize, Node)> =
            fresh.iter().filter(|(_, new)| are_few && row.says_same(new)).collect();
        match like[..] {
            [(to, new)] if gone.iter().filter(|(_, old)| old.says_same(new)).count() == 1 => {
                pairs[*to].0 = Some(*from);
            }
            _ => pairs.push((Some(*from), None)),
        }
    }
    Some(pairs)
}

/// A row without what it is called by; empty if that is all there is.
fn without_name<'a>(list: &Kind, row: &Node<'a>) -> Node<'a> {
    let mut rest = row.clone();
    list.fields().iter().filter(|field| field.identifies).for_each(|field| rest.take(&[field.key.into()]));
    rest
}

/// Where a path leads in one version of a record; none if it leads to nothing there, or to one of many values.
pub fn place(root: &Kind, tree: &Node, path: &[Named]) -> Option<Vec<Step>> {
    let (mut kind, mut node, mut steps) = (*root, tree, Vec::new());
    for name in path {
        let step = match name {
            Named::Key(key) => key.as_str().into(),
            Named::Row(row) => Step::Index(names(&kind, node.items())?.iter().position(|name| name == row)?),
            Named::Item => return None,
        };
        node = node.follow(std::slice::from_ref(&step))?;
        kind = kind.below(&step);
        steps.push(step);
    }
    Some(steps)
}

/// The path to what some steps lead to in one version of a record: as far as it has names.
pub fn named(root: &Kind, tree: &Node, steps: &[Step]) -> Vec<Named> {
    let (mut kind, mut node, mut path) = (*root, Some(tree), Vec::with_capacity(steps.len()));
    for step in steps {
        let row = |at: usize| names(&kind, node?.items())?.get(at).cloned();
        match step {
            Step::Key(key) => path.push(Named::Key(key.clone())),
            Step::Index(at) => match row(*at) {
                Some(name) => path.push(Named::Row(name)),
                None => break,
            },
        }
        node = node.and_then(|node| node.follow(std::slice::from_ref(step)));
        kind = kind.below(step);
    }
    path
}

/// The kind of what a path leads to.
pub fn kind_at(root: &Kind, path: &[Named]) -> Kind {
    path.iter().fold(*root, |kind, name| match name {
        Named::Key(key) => kind.key(key),
        Named::Row(_) | Named::Item => kind.item(),
    })
}

/// The text of a path: `team[Lê Văn C].role`.
pub fn written(path: &[Named]) -> String {
    path.iter().fold(String::new(), |mut text, name| match name {
        Named::Key(key) => key_below(text, key),
        Named::Row(row) => {
            let _ = write!(text, "[{row}]");
            text
        }
        Named::Item => text,
    })
}

/// The value of a key by which a row is called.
fn said(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.trim().to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::List(items) => items.iter().map(said).collect::<Vec<_>>().join("+"),
        other => format!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordKind;
    use crate::toml::raw_tree;

    const TEAM: &str = "[[team]]\nname = \"A\"\nrole = \"head\"\n\n[[team]]\nname = \"B\"\nrole = \"member\"\n\n[[team]]\nname = \"A\"\nrole = \"member\"\n";

    fn rows(text: &str) -> (Kind, Vec<Node<'_>>) {
        let list = RecordKind::Visit.root().key("team");
        (list, raw_tree(text).get("team").map(|rows| rows.items().to_vec()).unwrap_or_default())
    }

    #[test]
    fn rows_are_told_apart_by_what_they_are_called() {
        let (list, team) = rows(TEAM);
        assert_eq!(names(&list, &team).unwrap(), ["A", "B", "A #2"]);
        let root = RecordKind::Visit.root();
        let path = [Named::Key("team".into()), Named::Row("A #2".into()), Named::Key("role".into())];
        let tree = raw_tree(TEAM);
        let steps = place(&root, &tree, &path).unwrap();
        assert_eq!(tree.follow(&steps).and_then(Node::text), Some("member"));
        assert_eq!(written(&path), "team[A #2].role");
        let other = TEAM.replace("\"B\"", "\"A #2\"");
        let (list, team) = rows(&other);
        assert_eq!(names(&list, &team).unwrap(), ["A", "A #2", "A #3"], "no two are called the same");
    }

    #[test]
    fn a_row_that_is_called_otherwise_and_else_the_same_is_the_same_row() {
        let other = TEAM.replace("name = \"B\"", "name = \"C\"");
        let ((list, was), (_, now)) = (rows(TEAM), rows(&other));
        assert_eq!(
            pairs(&list, &was, &now).unwrap(),
            [(Some(0), Some(0)), (Some(1), Some(1)), (Some(2), Some(2))]
        );
        let more = format!("{TEAM}\n[[team]]\nname = \"D\"\nrole = \"member\"\n")
            .replace("name = \"B\"", "name = \"C\"");
        let pairs = pairs(&list, &was, &rows(&more).1).unwrap();
        assert_eq!(pairs[1], (None, Some(1)), "either of two could be meant");
    }
}
