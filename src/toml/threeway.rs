//! Three versions of a record, merged by value: what each side has changed comes together in the text of ours, however it is
//! written. What both have changed in different ways stands between marks, value by value.
//!
//! The values are merged first; then the text of ours is brought to them, with what theirs has written and noted. The text is
//! read again: what does not say exactly the merged values is not handed out.

mod bring;
mod fence;
mod items;
mod remarks;
mod values;
mod version;

use crate::model::field::{Field, Kind};
use crate::model::identity::Named;
use crate::model::tree::Node;
use crate::model::vietnamese::compose;
use crate::toml::change::{same, sound};
use crate::toml::splice::{edited, ending};
use bring::{bring, says};
use fence::Fenced;
pub use fence::Marks;
use values::Values;
pub use values::{Conflict, Side};
use version::Version;

/// The three versions of a text.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'t> {
    /// That from which both have come; empty if both are new.
    pub base: &'t str,
    /// Ours, whose order, comments and line ends stay.
    pub ours: &'t str,
    /// Theirs.
    pub theirs: &'t str,
}

/// A merged text.
#[derive(Debug)]
pub struct Merged {
    /// The text, with marks around what is open.
    pub text: String,
    /// What is open.
    pub conflicts: Vec<Conflict<'static>>,
}

/// Why texts are not merged by value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmerged {
    /// A version has a fault of syntax.
    Unsound(Side),
    /// The merged text would not say exactly the merged values.
    Unproved,
}

/// Merges three versions of a record with these rows.
pub fn merge(fields: &'static [Field], texts: Texts, marks: &Marks) -> Result<Merged, Unmerged> {
    let windows = ending(texts.ours) == "\r\n";
    // Letters are composed, and lines end alike, so that these are no differences.
    let all = [texts.base, texts.ours, texts.theirs];
    let composed = all.map(|text| compose(text).replace("\r\n", "\n"));
    let [base, ours, theirs] = composed.each_ref().map(String::as_str);
    let root = Kind::Section(fields);
    let read = |text, side, base| Version::read(text, &root, base).ok_or(Unmerged::Unsound(side));
    let base = read(base, Side::Base, None)?;
    let ours = read(ours, Side::Ours, Some(&base.tree))?;
    let theirs = read(theirs, Side::Theirs, Some(&base.tree))?;
    let values = Values::merge(&root, [&base.tree, &ours.tree, &theirs.tree]);
    let canvas = Canvas { fields, versions: [&base, &ours, &theirs], values: &values };
    let text = canvas.text(marks).ok_or(Unmerged::Unproved)?;
    let owned = |Conflict { path, sides }: Conflict| Conflict {
        path,
        sides: sides.map(|side| side.map(Node::into_owned)),
    };
    Ok(Merged {
        text: if windows { text.replace('\n', "\r\n") } else { text },
        conflicts: values.conflicts.into_iter().map(owned).collect(),
    })
}

/// The most bytes that are gone through for what is open: in a visit, thousands of places.
const MOST_OPEN: usize = 50_000_000;

/// The text of ours while it is brought to what was merged.
struct Canvas<'v, 't> {
    fields: &'static [Field],
    versions: [&'v Version<'t>; 3],
    values: &'v Values<'t>,
}

impl Canvas<'_, '_> {
    fn text(&self, marks: &Marks) -> Option<String> {
        let ours = self.side(self.versions[1].text, Side::Ours, |_| Side::Ours)?;
        let taking = |some: &[usize], side| {
            self.side(&ours, side, |at| if some.contains(&at) { side } else { Side::Ours })
        };
        if self.values.conflicts.len() * ours.len() > MOST_OPEN {
            return None;
        }
        let fenced = Fenced::of(&ours, self.values.conflicts.len(), &taking)?;
        let (text, theirs) = fenced.written(&ours, marks);
        let says = |text: &str, side| says(text, self.fields, &self.values.with(|_| side));
        (says(&ours, Side::Ours) && says(&theirs, Side::Theirs)).then_some(text)
    }

    /// A text that takes a side in each conflict, with what that side has written and noted.
    fn side(&self, text: &str, side: Side, sides: impl Fn(usize) -> Side) -> Option<String> {
        let root = Kind::Section(self.fields);
        let [base, ours, theirs] = self.versions;
        let brought = bring(text, self.fields, &self.values.with(&sides))?;
        let from = if side == Side::Base { base } else { theirs };
        let brought = self.as_written(&brought, from)?;
        // What is taken as a whole keeps the comments of who has it.
        let open = self
            .values
            .conflicts
            .iter()
            .enumerate()
            .filter(|(at, one)| sides(*at) == side && one.sides.iter().any(Option::is_none));
        let open: Vec<Vec<Named>> = open.map(|(_, one)| one.path.clone()).collect();
        if side != Side::Ours {
            return remarks::below(&brought, from, &open, &root, &base.tree);
        }
        remarks::with(&brought, &remarks::wanted([base, ours, theirs], &open), &root, &base.tree)
    }

    /// A text in which the values that a version brought in are written as there.
    fn as_written(&self, text: &str, from: &Version) -> Option<String> {
        let root = Kind::Section(self.fields);
        let [base, ours, _] = self.versions;
        let now = Version::read(text, &root, Some(&base.tree))?;
        let mut edits = Vec::new();
        for (item, path) in now.items.iter().zip(&now.paths) {
            let raw =
                |version: &Version| Some(version.text.get(version.item(path)?.value.clone()?)?.to_owned());
            let Some(here) = item.value.clone() else { continue };
            let (Some(there), written) = (raw(from), &text[here.clone()]) else { continue };
            let node = now.tree.follow(&item.path)?;
            let kind = root.at(&item.path);
            let says = |version: &Version| {
                version
                    .item(path)
                    .and_then(|item| version.tree.follow(&item.path))
                    .is_some_and(|other| same(&kind, other, node))
            };
            if there != *written && says(from) && !says(ours) {
                edits.push((here, there));
            }
        }
        let written = edited(text, edits);
        sound(&written)?.says_same(&now.tree).then_some(written)
    }
}
