//! A version of a text, with its values and where they are, so that those of several versions are known to be the same.

use crate::model::field::Kind;
use crate::model::identity::{Named, names, pairs};
use crate::model::path::Step;
use crate::model::tree::Node;
use crate::toml::change::sound;
use crate::toml::layout::{Item, layout};
use std::collections::HashMap;

/// A text without a fault of syntax.
pub struct Version<'t> {
    /// The text itself.
    pub text: &'t str,
    /// What it says.
    pub tree: Node<'t>,
    /// Its headers and values.
    pub items: Vec<Item>,
    /// What each of them is called: a row as in the base, if it is there.
    pub paths: Vec<Vec<Named>>,
    places: HashMap<Vec<Named>, usize>,
}

impl<'t> Version<'t> {
    /// Reads a text; `base` is what it has come from. None if it is not sound.
    pub fn read(text: &'t str, root: &Kind, base: Option<&Node>) -> Option<Version<'t>> {
        let (tree, items) = (sound(text)?, layout(text));
        let mut known = Vec::new();
        let paths: Vec<_> =
            items.iter().map(|item| called(root, &tree, base, &item.path, &mut known)).collect();
        let places = paths.iter().cloned().enumerate().map(|(at, path)| (path, at)).collect();
        Some(Version { text, tree, items, paths, places })
    }

    /// Where the item with a path stands among all.
    pub fn place(&self, path: &[Named]) -> Option<usize> {
        self.places.get(path).copied()
    }

    /// The item with a path.
    pub fn item(&self, path: &[Named]) -> Option<&Item> {
        self.place(path).map(|at| &self.items[at])
    }
}

/// What the rows of a list are called, and where each stood in the base.
type List = (Vec<Step>, Vec<(String, Option<usize>)>);

/// The path of some steps. Lists that were seen are known.
fn called(
    root: &Kind,
    tree: &Node,
    base: Option<&Node>,
    steps: &[Step],
    known: &mut Vec<List>,
) -> Vec<Named> {
    let (mut kind, mut node, mut was, mut path) = (*root, Some(tree), base, Vec::new());
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Key(key) => {
                was = was.and_then(|node| node.get(key));
                path.push(Named::Key(key.clone()));
            }
            Step::Index(row) => {
                let list = &steps[..at];
                if !known.iter().any(|(seen, _)| seen == list) {
                    let rows = rows(&kind, node.map_or(&[], Node::items), was.map_or(&[], Node::items));
                    known.push((list.to_vec(), rows));
                }
                let rows = known.iter().find(|(seen, _)| seen == list);
                let (name, origin) = rows.and_then(|(_, rows)| rows.get(*row)).cloned().unwrap_or_default();
                path.push(Named::Row(name));
                was = was.zip(origin).and_then(|(was, origin)| was.items().get(origin));
            }
        }
        node = node.and_then(|node| node.follow(std::slice::from_ref(step)));
        kind = kind.below(step);
    }
    path
}

fn rows(kind: &Kind, rows: &[Node], base: &[Node]) -> Vec<(String, Option<usize>)> {
    let numbered = || (0..rows.len()).map(|n| format!("#{}", n + 1)).collect();
    let mut called: Vec<(String, Option<usize>)> =
        names(kind, rows).unwrap_or_else(numbered).into_iter().map(|name| (name, None)).collect();
    let was = names(kind, base).unwrap_or_default();
    for pair in pairs(kind, base, rows).unwrap_or_default() {
        if let (Some(from), Some(to)) = pair {
            called[to] = (was[from].clone(), Some(from));
        }
    }
    called
}
