//! Placeholders that are about whole rows or paragraphs go where these begin and end.

use super::bits::{Bit, Reach, Slot, SlotKind};
use crate::model::text::Said;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// From where to where an element stands: the places of its two tags.
type Span = (usize, usize);

/// What a row or a paragraph may hold beside a placeholder and still be nothing else: it goes with it.
const KEPT: &[&str] = &["w:drawing", "w:pict", "w:object", "w:sectPr", "w:fldSimple"];

/// The bits with `{%p … %}` and `{%tr … %}` outside of their paragraphs and rows. One that stands alone is what is left
/// of its row or paragraph; beside other things it bounds these.
pub fn placed(bits: Vec<Bit<'_>>) -> (Vec<Bit<'_>>, Vec<Said>) {
    let (mut moved, mut wrong) = (Moved::default(), Vec::new());
    let mut of_spans: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (at, around) in around(&bits) {
        let Bit::Slot(Slot { kind: SlotKind::Bounds(reach), typed, .. }) = &bits[at] else { continue };
        match (reach, around) {
            (Reach::Here, _) => {}
            (Reach::Paragraphs, Around { paragraph: Some(span), .. })
            | (Reach::Rows, Around { row: Some(span), .. }) => of_spans.entry(span).or_default().push(at),
            _ => wrong.push(say!(
                "“{typed}” không nằm trong dòng nào của bảng",
                "“{typed}” stands in no row of a table",
                [typed]
            )),
        }
    }
    for (span, slots) in of_spans {
        if is_nothing_else(&bits[span.0..=span.1], &slots, span.0) {
            moved.dropped.extend((span.0..=span.1).filter(|at| slots.binary_search(at).is_err()));
            continue;
        }
        for at in slots {
            let Bit::Slot(slot) = &bits[at] else { continue };
            match slot.inner.split(' ').next() {
                Some("for" | "if") => moved.before.entry(span.0).or_default().push(slot.clone()),
                Some("endfor" | "endif") => moved.after.entry(span.1).or_default().push(slot.clone()),
                _ => wrong.push(say!(
                    "“{typed}” phải đứng một mình trong dòng hay đoạn văn của nó",
                    "“{typed}” must stand alone in its row or paragraph",
                    [typed = &slot.typed]
                )),
            }
            moved.dropped.insert(at);
        }
    }
    (moved.done(bits), wrong)
}

/// The bits with a loop around each row, or else paragraph, in which a list is named: the place of the placeholder, and
/// the name of the list.
pub fn repeated<'x>(bits: Vec<Bit<'x>>, named: &[(usize, &str)]) -> (Vec<Bit<'x>>, Vec<Said>) {
    let (mut moved, mut wrong) = (Moved::default(), Vec::new());
    let around: BTreeMap<usize, Around> = around(&bits).into_iter().collect();
    let mut of_spans: BTreeMap<Span, &str> = BTreeMap::new();
    for (at, list) in named {
        let span = around.get(at).and_then(|around| around.row.or(around.paragraph));
        let (Some(span), Bit::Slot(slot)) = (span, &bits[*at]) else { continue };
        if of_spans.get(&span).is_some_and(|other| other != list) {
            wrong.push(say!(
                "“{typed}”: một dòng hay đoạn văn chỉ lặp lại được theo một danh sách",
                "“{typed}”: a row or paragraph can be repeated for one list only",
                [typed = &slot.typed]
            ));
        } else if of_spans.insert(span, list).is_none() {
            let bound = |inner: String| Slot { kind: SlotKind::Repeats, inner, typed: slot.typed.clone() };
            moved.before.entry(span.0).or_default().push(bound(format!("for _ in {list}")));
            moved.after.entry(span.1).or_default().push(bound("endfor".into()));
        }
    }
    (moved.done(bits), wrong)
}

/// What stands around a placeholder.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    row: Option<Span>,
    paragraph: Option<Span>,
}

/// The placeholders, by their places, and what stands around each.
fn around(bits: &[Bit]) -> Vec<(usize, Around)> {
    let (mut open, mut ends, mut found) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (at, bit) in bits.iter().enumerate() {
        match bit {
            Bit::Open(name, _) => open.push((*name, at)),
            Bit::Close(..) => {
                ends.extend(open.pop().map(|(_, start)| (start, at)));
            }
            Bit::Slot(_) => {
                let innermost = |name| open.iter().rev().find(|(other, _)| *other == name).map(|(_, at)| *at);
                found.push((at, innermost("w:tr"), innermost("w:p")));
            }
            _ => {}
        }
    }
    let span = |start: Option<usize>| start.and_then(|start| Some((start, *ends.get(&start)?)));
    found
        .into_iter()
        .map(|(at, row, paragraph)| (at, Around { row: span(row), paragraph: span(paragraph) }))
        .collect()
}

/// True if there is nothing in a row or paragraph but these placeholders.
fn is_nothing_else(bits: &[Bit], slots: &[usize], from: usize) -> bool {
    bits.iter().enumerate().all(|(at, bit)| match bit {
        Bit::Slot(_) => slots.binary_search(&(from + at)).is_ok(),
        Bit::Words(words) => words.trim().is_empty(),
        Bit::Open(name, _) => !KEPT.contains(name),
        _ => true,
    })
}

/// What goes where.
#[derive(Debug, Default)]
struct Moved {
    before: BTreeMap<usize, Vec<Slot>>,
    after: BTreeMap<usize, Vec<Slot>>,
    dropped: BTreeSet<usize>,
}

impl Moved {
    fn done(mut self, bits: Vec<Bit<'_>>) -> Vec<Bit<'_>> {
        let mut all = Vec::with_capacity(bits.len());
        for (at, bit) in bits.into_iter().enumerate() {
            all.extend(self.before.remove(&at).into_iter().flatten().map(Bit::Slot));
            if !self.dropped.contains(&at) {
                all.push(bit);
            }
            all.extend(self.after.remove(&at).into_iter().flatten().map(Bit::Slot));
        }
        all
    }
}
