//! A text is brought to say what a tree says: only what differs is touched, so that all else, and its comments, stay.

use super::values::says_nothing;
use crate::model::field::{Field, Kind};
use crate::model::identity::pairs;
use crate::model::path::Step;
use crate::model::tree::{Entry, Node, Value};
use crate::toml::change::{put_all, put_before, remove, same, sound};
use crate::toml::difference::common;

/// A change of a text.
enum Deed<'w, 't> {
    /// A value comes in.
    Put(Vec<Step>, &'w Node<'t>),
    /// One comes into a list, before what is there.
    Before(Vec<Step>, &'w Node<'t>),
    /// One goes.
    Remove(Vec<Step>),
}

/// The text that says what a tree says. None if it cannot be brought to it.
pub fn bring(text: &str, fields: &'static [Field], wanted: &Node) -> Option<String> {
    let (tree, mut deeds) = (sound(text)?, Vec::new());
    compare(&Kind::Section(fields), &tree, wanted, &mut Vec::new(), &mut deeds);
    let puts = deeds.iter().filter_map(|deed| match deed {
        Deed::Put(path, node) => Some((path.as_slice(), *node)),
        _ => None,
    });
    let mut brought = put_all(text, fields, puts)?;
    // From the end, so that the numbers of rows above stay what they are.
    for deed in deeds.iter().rev() {
        brought = match deed {
            Deed::Put(..) => continue,
            Deed::Before(path, node) => put_before(&brought, fields, path, node)?,
            Deed::Remove(path) => remove(&brought, path)?,
        };
    }
    says(&brought, fields, wanted).then_some(brought)
}

/// True if a text says what a tree says.
pub fn says(text: &str, fields: &'static [Field], wanted: &Node) -> bool {
    let mut deeds = Vec::new();
    let tree = sound(text)
        .inspect(|tree| compare(&Kind::Section(fields), tree, wanted, &mut Vec::new(), &mut deeds));
    tree.is_some() && deeds.is_empty()
}

fn compare<'w, 't>(
    kind: &Kind,
    now: &Node,
    wanted: &'w Node<'t>,
    path: &mut Vec<Step>,
    deeds: &mut Vec<Deed<'w, 't>>,
) {
    match (&now.value, &wanted.value) {
        _ if same(kind, now, wanted) => {}
        (Value::Table(entries), Value::Table(more)) => {
            for Entry { key, node, .. } in more {
                path.push(Step::Key(key.to_string()));
                match now.get(key) {
                    Some(now) => compare(&kind.key(key), now, node, path, deeds),
                    None if says_nothing(node) => {}
                    None => deeds.push(Deed::Put(path.clone(), node)),
                }
                path.pop();
            }
            let gone = entries.iter().filter(|entry| wanted.get(&entry.key).is_none());
            for Entry { key, .. } in gone.filter(|entry| !says_nothing(&entry.node)) {
                path.push(Step::Key(key.to_string()));
                deeds.push(Deed::Remove(path.clone()));
                path.pop();
            }
        }
        _ if says_nothing(wanted) && !path.is_empty() => deeds.push(Deed::Remove(path.clone())),
        (Value::List(items), Value::List(more)) if !items.is_empty() => list(kind, items, more, path, deeds),
        _ => deeds.push(Deed::Put(path.clone(), wanted)),
    }
}

fn list<'w, 't>(
    kind: &Kind,
    now: &[Node],
    wanted: &'w [Node<'t>],
    path: &mut Vec<Step>,
    deeds: &mut Vec<Deed<'w, 't>>,
) {
    let (item, list) = (kind.item(), path.clone());
    let step = |at: usize| [&list[..], &[Step::Index(at)]].concat();
    let (mut at, mut from) = (0, 0);
    for (old, new) in matched(kind, now, wanted).into_iter().chain([(now.len(), wanted.len())]) {
        // What takes the place of another changes there.
        let (gone, fresh) = (old - at, new - from);
        let changed = if gone == fresh && !matches!(kind, Kind::Rows(_)) { gone } else { 0 };
        for n in 0..changed {
            path.push(Step::Index(at + n));
            compare(&item, &now[at + n], &wanted[from + n], path, deeds);
            path.pop();
        }
        deeds.extend((at + changed..old).map(|at| Deed::Remove(step(at))));
        deeds.extend(wanted[from + changed..new].iter().map(|node| Deed::Before(step(old), node)));
        if old < now.len() {
            path.push(Step::Index(old));
            compare(&item, &now[old], &wanted[new], path, deeds);
            path.pop();
        }
        (at, from) = (old + 1, new + 1);
    }
}

/// The rows of two lists that are the same ones, in the order of both.
fn matched(kind: &Kind, now: &[Node], wanted: &[Node]) -> Vec<(usize, usize)> {
    match pairs(kind, now, wanted) {
        Some(pairs) => rising(pairs.into_iter().filter_map(|(from, to)| Some((from?, to?))).collect()),
        None => common(&kind.item(), now, wanted),
    }
}

/// The longest run of pairs, in the order of the second, in which the first rise as well.
fn rising(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    if pairs.is_sorted() {
        return pairs;
    }
    // The pair with which the best run of each length ends, and what comes before each pair.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (n, (from, _)) in pairs.iter().enumerate() {
        let at = ends.partition_point(|end| pairs[*end].0 < *from);
        before.push(at.checked_sub(1).map(|at| ends[at]));
        match ends.get_mut(at) {
            Some(end) => *end = n,
            None => ends.push(n),
        }
    }
    let mut run: Vec<usize> = std::iter::successors(ends.last().copied(), |n| before[*n]).collect();
    run.reverse();
    run.into_iter().map(|n| pairs[n]).collect()
}
