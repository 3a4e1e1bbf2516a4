//! Three versions of a list whose values nothing identifies: what is new comes in after the value that it followed, what
//! either side took away goes.

use crate::model::field::Kind;
use crate::model::tree::Node;
use crate::toml::change::same;
use crate::toml::difference::common;
use crate::toml::print;

/// A place of the merged list.
pub enum Slot<'n, 't> {
    /// A value.
    One(&'n Node<'t>),
    /// What it was, and what the two sides made of it.
    Open([Option<&'n Node<'t>>; 3]),
}

/// What became of a value.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    Gone,
    /// It is this one now.
    Changed(usize),
}

/// What one side made of a list.
struct Side<'n, 't> {
    items: &'n [Node<'t>],
    fates: Vec<Fate>,
    /// Those that are new before each value, and at the end.
    new: Vec<Vec<&'n Node<'t>>>,
}

impl<'n, 't> Side<'n, 't> {
    /// `as_set`: the values are words, of which none takes the place of another.
    fn of(item: &Kind, base: &[Node], items: &'n [Node<'t>], as_set: bool) -> Side<'n, 't> {
        let mut side =
            Side { items, fates: vec![Fate::Kept; base.len()], new: vec![Vec::new(); base.len() + 1] };
        let (mut at, mut from) = (0, 0);
        for (old, new) in common(item, base, items).into_iter().chain([(base.len(), items.len())]) {
            let replaced = !as_set && old - at == new - from;
            for n in at..old {
                side.fates[n] = if replaced { Fate::Changed(from + n - at) } else { Fate::Gone };
            }
            if !replaced {
                side.new[at].extend(&items[from..new]);
            }
            (at, from) = (old + 1, new + 1);
        }
        side
    }

    fn has(&self, item: &Kind, one: &Node) -> bool {
        self.items.iter().any(|other| same(item, other, one))
    }

    /// True if a value took the place of another.
    fn replaced_by(&self, item: &Kind, one: &Node) -> bool {
        let is_one = |fate: &Fate| matches!(fate, Fate::Changed(at) if same(item, &self.items[*at], one));
        self.fates.iter().any(is_one)
    }
}

/// The merged list; the same whichever side comes first.
pub fn merged<'n, 't>(
    item: &Kind,
    [base, ours, theirs]: [&'n [Node<'t>]; 3],
    as_set: bool,
) -> Vec<Slot<'n, 't>> {
    let sides = [ours, theirs].map(|items| Side::of(item, base, items, as_set));
    let was = |one: &Node| base.iter().any(|other| same(item, other, one));
    let (mut slots, mut added): (Vec<Slot>, [Vec<&Node>; 2]) = (Vec::new(), Default::default());
    for at in 0..=base.len() {
        let written = |side: &Side| -> Vec<String> {
            side.new[at].iter().map(|one| print::inline(item, one)).collect()
        };
        let order = if written(&sides[0]) <= written(&sides[1]) { [0, 1] } else { [1, 0] };
        for by in order {
            let other = &sides[1 - by];
            for one in &sides[by].new[at] {
                // What both added comes once; what one moved and the other took away is gone.
                if let Some(twin) = added[1 - by].iter().position(|twin| same(item, twin, one)) {
                    added[1 - by].swap_remove(twin);
                } else if (!was(one) || other.has(item, one)) && !other.replaced_by(item, one) {
                    slots.push(Slot::One(one));
                    added[by].push(one);
                }
            }
        }
        let Some(old) = base.get(at) else { break };
        let now = sides.each_ref().map(|side| match side.fates[at] {
            Fate::Kept => Some(old),
            Fate::Gone => None,
            Fate::Changed(to) => Some(&side.items[to]),
        });
        match (sides[0].fates[at], sides[1].fates[at], now) {
            (Fate::Kept, _, [_, now]) | (_, Fate::Kept, [now, _]) => slots.extend(now.map(Slot::One)),
            (Fate::Gone, Fate::Gone, _) => {}
            (_, _, [Some(ours), Some(theirs)]) if same(item, ours, theirs) => slots.push(Slot::One(ours)),
            (_, _, [ours, theirs]) => slots.push(Slot::Open([Some(old), ours, theirs])),
        }
    }
    slots
}
