//! What differs between two versions of a record, value by value. Rows are matched by who they are, texts of a list by what
//! they say; order, notation and layout are no differences.

use super::change::same;
use crate::model::field::Kind;
use crate::model::identity::{Named, names, pairs};
use crate::model::tree::{Node, Value};

/// A value that is not the same in two versions of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where it is, as in the newer version if it is there.
    pub path: Vec<Named>,
    /// What it was; none if it is new. What is new or gone as a whole (a section, a row) is one difference.
    pub was: Option<Node<'static>>,
    /// What it is now; none if it is gone.
    pub now: Option<Node<'static>>,
}

/// The differences of two versions of a record, in the order of the newer one; what is gone comes last in its table.
pub fn differences(root: &Kind, was: &Node, now: &Node) -> Vec<Difference> {
    let mut found = Vec::new();
    below(root, was, now, &mut Vec::new(), &mut found);
    found
}

fn below(kind: &Kind, was: &Node, now: &Node, path: &mut Vec<Named>, found: &mut Vec<Difference>) {
    if same(kind, was, now) {
        return;
    }
    match (&was.value, &now.value) {
        (Value::Table(old), Value::Table(new)) => {
            for entry in new {
                path.push(Named::Key(entry.key.to_string()));
                match was.get(&entry.key) {
                    Some(was) => below(&kind.key(&entry.key), was, &entry.node, path, found),
                    None => found.push(one(path, None, Some(&entry.node))),
                }
                path.pop();
            }
            for entry in old.iter().filter(|entry| now.get(&entry.key).is_none()) {
                path.push(Named::Key(entry.key.to_string()));
                found.push(one(path, Some(&entry.node), None));
                path.pop();
            }
        }
        (Value::List(old), Value::List(new)) => rows(kind, old, new, path, found),
        _ => found.push(one(path, Some(was), Some(now))),
    }
}

/// The differences of two lists.
fn rows(kind: &Kind, was: &[Node], now: &[Node], path: &mut Vec<Named>, found: &mut Vec<Difference>) {
    let item = kind.item();
    let Some(pairs) = pairs(kind, was, now) else {
        path.push(Named::Item);
        found.extend(items(&item, was, now).into_iter().map(|(was, now)| one(path, was, now)));
        path.pop();
        return;
    };
    let (old, new) = (names(kind, was).unwrap_or_default(), names(kind, now).unwrap_or_default());
    for pair in pairs {
        path.push(Named::Row(match pair {
            (_, Some(at)) => new[at].clone(),
            (at, None) => old[at.unwrap_or_default()].clone(),
        }));
        match pair {
            (Some(from), Some(to)) => below(&item, &was[from], &now[to], path, found),
            (from, to) => found.push(one(path, from.map(|at| &was[at]), to.map(|at| &now[at]))),
        }
        path.pop();
    }
}

/// Values that are in one list only: side by side where one took the place of another.
fn items<'n, 't>(
    kind: &Kind,
    was: &'n [Node<'t>],
    now: &'n [Node<'t>],
) -> Vec<(Option<&'n Node<'t>>, Option<&'n Node<'t>>)> {
    let mut found = Vec::new();
    let (mut at, mut from) = (0, 0);
    for (old, new) in common(kind, was, now).into_iter().chain([(was.len(), now.len())]) {
        let (gone, fresh) = (&was[at..old], &now[from..new]);
        let longest = gone.len().max(fresh.len());
        found.extend((0..longest).map(|n| (gone.get(n), fresh.get(n))));
        (at, from) = (old + 1, new + 1);
    }
    found
}

/// So many pairs of values are held against each other; of longer lists only what both begin and end with is common.
const PAIRS: usize = 1 << 22;

/// The longest run of values that both lists have in the same order, as their places in each.
pub fn common(kind: &Kind, was: &[Node], now: &[Node]) -> Vec<(usize, usize)> {
    let alike = |(old, new): &(&Node, &Node)| same(kind, old, new);
    let first = was.iter().zip(now).take_while(alike).count();
    let (old, new) = (&was[first..], &now[first..]);
    let last = old.iter().rev().zip(new.iter().rev()).take_while(alike).count();
    let (old, new) = (&old[..old.len() - last], &new[..new.len() - last]);
    let between =
        if old.len().saturating_mul(new.len()) > PAIRS { Vec::new() } else { longest(kind, old, new) };
    let ends = (1..=last).rev().map(|n| (was.len() - n, now.len() - n));
    let begins = (0..first).map(|n| (n, n));
    begins.chain(between.into_iter().map(|(i, j)| (first + i, first + j))).chain(ends).collect()
}

fn longest(kind: &Kind, was: &[Node], now: &[Node]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0usize; now.len() + 1]; was.len() + 1];
    for (i, old) in was.iter().enumerate().rev() {
        for (j, new) in now.iter().enumerate().rev() {
            longest[i][j] = match same(kind, old, new) {
                true => longest[i + 1][j + 1] + 1,
                false => longest[i + 1][j].max(longest[i][j + 1]),
            };
        }
    }
    let (mut pairs, mut i, mut j) = (Vec::new(), 0, 0);
    while i < was.len() && j < now.len() {
        if same(kind, &was[i], &now[j]) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn one(path: &[Named], was: Option<&Node>, now: Option<&Node>) -> Difference {
    let owned = |node: &Node| node.clone().into_owned();
    Difference { path: path.to_vec(), was: was.map(owned), now: now.map(owned) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordKind;
    use crate::model::identity::written;
    use crate::toml::raw_tree;

    /// The differences of two visits, each as its path, what was and what is.
    fn found(was: &str, now: &str) -> Vec<String> {
        let short = |node: &Option<Node>| {
            node.as_ref().map_or("–".to_owned(), |node| match &node.value {
                Value::Text(text) => text.to_string(),
                Value::Int(number) => number.to_string(),
                Value::Table(_) => "{…}".to_owned(),
                other => format!("{other:?}"),
            })
        };
        let shown =
            |one: Difference| format!("{}: {} → {}", written(&one.path), short(&one.was), short(&one.now));
        differences(&RecordKind::Visit.root(), &raw_tree(was), &raw_tree(now))
            .into_iter()
            .map(shown)
            .collect()
    }

    #[test]
    fn values_differ_and_neither_order_nor_notation_do() {
        let was = "date = 2016-10-27\n[context]\npopulation = 8_521\n[[team]]\nname = \"A\"\nrole = \"head\"\n[[team]]\nname = \"B\"\nrole = \"member\"\n";
        let now = "context = { population = 8521 }\ndate = 2016-10-27\nteam = [{ name = \"B\", role = \"clerk\" }, { role = \"head\", name = \"A\" }]\n";
        assert_eq!(found(was, now), ["team[B].role: member → clerk"]);
        assert_eq!(found(now, was), ["team[B].role: clerk → member"]);
        assert_eq!(found(was, was), [""; 0]);
    }

    #[test]
    fn what_is_new_and_what_is_gone_is_one_difference_each() {
        let was = "agenda = [\"a\", \"b\", \"c\"]\n[context]\npopulation = 1\n";
        let now = "agenda = [\"a\", \"x\", \"c\", \"d\"]\n[finance]\nspent = 1\n";
        let told = ["agenda: b → x", "agenda: – → d", "finance: – → {…}", "context: {…} → –"];
        assert_eq!(found(was, now), told);
    }

    #[test]
    fn lists_that_are_too_long_to_hold_against_each_other_differ_from_where_they_begin_to() {
        let list = |word: &str| {
            let items: String = (0..3000).map(|n| format!("\"{word}{n}\", ")).collect();
            format!("agenda = [\"a\", {items}\"z\"]\n")
        };
        let told = found(&list("b"), &list("c"));
        assert_eq!((told.len(), told[0].as_str()), (3000, "agenda: b0 → c0"));
    }
}
