//! The values of three versions of a record as one: what one side alone has changed is as it made it, what both have
//! changed in different ways stays open.

use super::items::{self, Slot};
use crate::model::field::{Kind, Vocabulary};
use crate::model::identity::{Named, names, pairs};
use crate::model::tree::{Entry, Node, Value};
use crate::toml::change::same;
pub use crate::toml::marks::Side;

/// The three versions of a value, in this order; none where it is not there.
pub type Three<'n, 't> = [Option<&'n Node<'t>>; 3];

/// What both sides have changed in different ways.
#[derive(Clone, Debug)]
pub struct Conflict<'t> {
    /// Where it is. A row is called as it was, if it was there.
    pub path: Vec<Named>,
    /// What it was, what it is here, and what it is there; none where it is not there.
    pub sides: [Option<Node<'t>>; 3],
}

/// A value that was merged.
#[derive(Debug)]
enum Merged<'t> {
    Whole(Node<'t>),
    Table(Vec<(String, Merged<'t>)>),
    List(Vec<Merged<'t>>),
    /// One of the conflicts.
    Open(usize),
}

/// Three versions of a record as one.
#[derive(Debug)]
pub struct Values<'t> {
    merged: Option<Merged<'t>>,
    /// What is open, in the order of ours.
    pub conflicts: Vec<Conflict<'t>>,
}

/// The most comparisons of two values that a list may need.
const COMPARISONS: usize = 4_000_000;

impl<'t> Values<'t> {
    /// Merges three trees of a kind.
    pub fn merge(root: &Kind, [base, ours, theirs]: [&Node<'t>; 3]) -> Values<'t> {
        let mut merger = Merger { path: Vec::new(), conflicts: Vec::new() };
        let merged = merger.table(root, [Some(base), Some(ours), Some(theirs)]);
        Values { merged: Some(merged), conflicts: merger.conflicts }
    }

    /// The whole record, with one version of each conflict.
    pub fn with(&self, side: impl Fn(usize) -> Side) -> Node<'t> {
        self.merged.as_ref().and_then(|all| self.node(all, &side)).unwrap_or_else(Node::table)
    }

    fn node(&self, merged: &Merged<'t>, side: &dyn Fn(usize) -> Side) -> Option<Node<'t>> {
        Some(match merged {
            Merged::Whole(node) => node.clone(),
            Merged::Open(at) => return self.conflicts[*at].sides[side(*at) as usize].clone(),
            Merged::List(items) => {
                Node::new(Value::List(items.iter().filter_map(|item| self.node(item, side)).collect()))
            }
            Merged::Table(entries) => {
                let entry = |(key, merged): &(String, Merged<'t>)| {
                    let node = self.node(merged, side)?;
                    Some(Entry { key: key.clone().into(), key_span: 0..0, node })
                };
                Node::new(Value::Table(entries.iter().filter_map(entry).collect()))
            }
        })
    }
}

/// True if two versions say the same; what is empty says nothing.
fn alike(kind: &Kind, left: Option<&Node>, right: Option<&Node>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => same(kind, left, right),
        (None, None) => true,
        (Some(one), None) | (None, Some(one)) => says_nothing(one),
    }
}

/// True for an empty list or table.
pub fn says_nothing(node: &Node) -> bool {
    match &node.value {
        Value::List(items) => items.is_empty(),
        _ => node.says_same(&Node::table()),
    }
}

struct Merger<'t> {
    path: Vec<Named>,
    conflicts: Vec<Conflict<'t>>,
}

impl<'t> Merger<'t> {
    fn value(&mut self, kind: &Kind, three @ [base, ours, theirs]: Three<'_, 't>) -> Option<Merged<'t>> {
        if alike(kind, ours, theirs) || alike(kind, base, theirs) {
            return ours.cloned().map(Merged::Whole);
        }
        if alike(kind, base, ours) {
            return theirs.cloned().map(Merged::Whole);
        }
        Some(match (ours.map(|node| &node.value), theirs.map(|node| &node.value)) {
            (Some(Value::Table(_)), Some(Value::Table(_))) => self.table(kind, three),
            (Some(Value::List(_)), Some(Value::List(_))) => self.list(kind, three),
            _ => self.open(three),
        })
    }

    fn open(&mut self, three: Three<'_, 't>) -> Merged<'t> {
        self.conflicts.push(Conflict { path: self.path.clone(), sides: three.map(|node| node.cloned()) });
        Merged::Open(self.conflicts.len() - 1)
    }

    fn below(&mut self, name: Named, kind: &Kind, three: Three<'_, 't>) -> Option<Merged<'t>> {
        self.path.push(name);
        let merged = self.value(kind, three);
        self.path.pop();
        merged
    }

    fn table(&mut self, kind: &Kind, three: Three<'_, 't>) -> Merged<'t> {
        let [_, ours, theirs] = three.map(|node| node.map_or(&[][..], Node::entries));
        let more = theirs.iter().filter(|entry| !ours.iter().any(|other| other.key == entry.key));
        let mut entries = Vec::new();
        for Entry { key, .. } in ours.iter().chain(more) {
            let name = Named::Key(key.to_string());
            let below = three.map(|node| node?.get(key));
            let before = self.conflicts.len();
            let mut merged = self.below(name.clone(), &kind.key(key), below);
            // Two that happen to have one word are no versions of each other.
            let made_up = matches!(kind, Kind::Keyed { by: Vocabulary::Words, .. }) && below[0].is_none();
            if made_up && self.conflicts.len() > before {
                self.conflicts.truncate(before);
                self.path.push(name);
                merged = Some(self.open(below));
                self.path.pop();
            }
            entries.extend(merged.map(|merged| (key.to_string(), merged)));
        }
        Merged::Table(entries)
    }

    fn list(&mut self, kind: &Kind, three: Three<'_, 't>) -> Merged<'t> {
        let lists @ [base, ours, theirs] = three.map(|node| node.map_or(&[][..], Node::items));
        if let Some(rows) = Rows::of(kind, lists) {
            return self.rows(&kind.item(), rows);
        }
        if base.len().max(1) * ours.len().max(theirs.len()) > COMPARISONS {
            return self.open(three);
        }
        let item = kind.item();
        let as_set = !matches!(item, Kind::Text | Kind::Prose | Kind::Free | Kind::Section(_));
        self.path.push(Named::Item);
        let slots = items::merged(&item, lists, as_set).into_iter().map(|slot| match slot {
            Slot::One(node) => Merged::Whole(node.clone()),
            Slot::Open(three) => self.open(three),
        });
        let merged = Merged::List(slots.collect());
        self.path.pop();
        merged
    }

    /// Rows by who they are, in the order of ours; what only theirs has follows the row that it follows there.
    fn rows(&mut self, item: &Kind, rows: Rows<'_, 't>) -> Merged<'t> {
        // The place in theirs of each row of the result; whether only ours has it.
        let mut merged: Vec<(Option<usize>, bool, Merged<'t>)> = Vec::new();
        for row in &rows.first {
            let one = self.below(Named::Row(row.name.clone()), item, row.three);
            merged.extend(one.map(|one| (row.place, row.three[0].is_none() && row.place.is_none(), one)));
        }
        for row in &rows.more {
            let Some(one) = self.below(Named::Row(row.name.clone()), item, row.three) else { continue };
            let before = |place: usize| merged.iter().position(|(other, ..)| *other == Some(place));
            let mut at = (0..row.place.unwrap_or(0)).rev().find_map(before).map_or(0, |at| at + 1);
            while merged.get(at).is_some_and(|(_, is_new, _)| *is_new) {
                at += 1;
            }
            merged.insert(at, (row.place, false, one));
        }
        Merged::List(merged.into_iter().map(|(.., one)| one).collect())
    }
}

/// One row in its three versions.
struct Row<'n, 't> {
    name: String,
    three: Three<'n, 't>,
    /// Where it stands in the list that is gone through last.
    place: Option<usize>,
}

/// The rows of three lists, matched by who they are.
struct Rows<'n, 't> {
    /// Those of the one side.
    first: Vec<Row<'n, 't>>,
    /// Those that only the other has.
    more: Vec<Row<'n, 't>>,
}

impl<'n, 't> Rows<'n, 't> {
    /// None if nothing says who the rows are, or two are called the same.
    fn of(kind: &Kind, lists: [&'n [Node<'t>]; 3]) -> Option<Rows<'n, 't>> {
        let [base, ours, theirs] = lists;
        let called = |rows: &[Node]| names(kind, rows).filter(|names| are_distinct(names));
        let (was, here, there) = (called(base)?, called(ours)?, called(theirs)?);
        let (from_here, from_there) =
            (origins(kind, base, ours, &there)?, origins(kind, base, theirs, &here)?);
        // Who alone has changed the order has the order.
        let in_order = |origins: &[Option<usize>]| origins.iter().flatten().is_sorted();
        let turned = in_order(&from_here) && !in_order(&from_there);
        let (one, other, one_from, other_from, one_names, other_names) = match turned {
            false => (ours, theirs, &from_here, &from_there, &here, &there),
            true => (theirs, ours, &from_there, &from_here, &there, &here),
        };
        let three = |base, one, other| if turned { [base, other, one] } else { [base, one, other] };
        let first = (0..one.len()).map(|at| {
            let place = match one_from[at] {
                Some(old) => other_from.iter().position(|from| *from == Some(old)),
                None => {
                    (0..other.len()).find(|n| other_from[*n].is_none() && other_names[*n] == one_names[at])
                }
            };
            let name = one_from[at].map_or(&one_names[at], |old| &was[old]).clone();
            let sides = three(one_from[at].map(|old| &base[old]), Some(&one[at]), place.map(|n| &other[n]));
            Row { name, three: sides, place }
        });
        let first: Vec<Row> = first.collect();
        let more = (0..other.len()).filter(|at| !first.iter().any(|row| row.place == Some(*at))).map(|at| {
            let name = other_from[at].map_or(&other_names[at], |old| &was[old]).clone();
            let sides = three(other_from[at].map(|old| &base[old]), None, Some(&other[at]));
            Row { name, three: sides, place: Some(at) }
        });
        let more = more.collect();
        Some(Rows { first, more })
    }
}

fn are_distinct(names: &[String]) -> bool {
    // Who is called as another one is told apart by a number.
    !names
        .iter()
        .any(|name| name.rsplit_once(" #").is_some_and(|(_, number)| number.parse::<usize>().is_ok()))
}

/// Which row of the base each row of a side was. One that is called otherwise is only the same where something else says so
/// too, and where the other side has nobody of that name.
fn origins(kind: &Kind, base: &[Node], side: &[Node], others: &[String]) -> Option<Vec<Option<usize>>> {
    let (was, now) = (names(kind, base)?, names(kind, side)?);
    let mut origins = vec![None; side.len()];
    for pair in pairs(kind, base, side)? {
        if let (Some(from), Some(to)) = pair {
            let says_more = || {
                let entries = side[to].entries().iter();
                entries.into_iter().any(|entry| !kind.row(&entry.key).is_some_and(|field| field.identifies))
            };
            if was[from] == now[to] || (says_more() && !others.contains(&now[to])) {
                origins[to] = Some(from);
            }
        }
    }
    Some(origins)
}
