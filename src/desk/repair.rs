//! Writes what is certainly meant in place of what has a fault: exactly what the faults themselves say.

use super::commit::{Change, Judging, Outcome, Pen};
use super::error::Error;
use super::faults::of_files;
use crate::model::day::Day;
use crate::model::fault::{Fault, Fix};
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet};

/// A repaired value may show a fault that was hidden before: how often a text is checked again.
const ROUNDS: usize = 8;

/// Repairs the files of a register that have these faults: all of them, or none.
pub fn repair(pen: &Pen, faults: &[Fault]) -> Result<Outcome, Error> {
    let (mut changes, mut texts): (Vec<Change>, Texts) = (Vec::new(), Texts::new());
    let of_file = faults.chunk_by(|a, b| a.file == b.file);
    for faults in of_file.filter(|faults| faults.iter().any(|fault| fault.fix.is_some())) {
        let file = &faults[0].file;
        let Ok(Some(old)) = pen.original(file) else { continue };
        let (to, text) = (faults.iter().find_map(place).cloned(), old.text.clone());
        // Where the same record lies where it belongs, this one goes, as it is.
        if !to.as_ref().is_some_and(|to| pen.store.stands(to)) {
            texts.insert(file.clone(), text.clone());
        }
        changes.push(Change { to, ..Change::new(file, Some(old), text) });
    }
    texts = all_repaired(&pen.store, pen.today, texts);
    let mut taken = BTreeSet::new();
    for change in &mut changes {
        if let Some(text) = texts.remove(&change.file) {
            change.text = text;
            // Of two files that belong in the same place, one stays where it is.
            change.to = change.to.take().filter(|to| !taken.contains(to));
        }
        taken.extend(change.to.clone());
    }
    pen.commit(changes, Judging::Done)
}

/// The texts of files.
type Texts = BTreeMap<String, String>;

/// The text of a file with everything that is certainly meant written into it.
pub fn repaired(store: &Store, today: Day, file: &str, text: &str) -> String {
    let texts = Texts::from([(file.to_owned(), text.to_owned())]);
    all_repaired(store, today, texts).into_values().collect()
}

/// The same of many files. They are judged together, each time those that have changed.
fn all_repaired(store: &Store, today: Day, mut texts: Texts) -> Texts {
    let mut open: BTreeSet<String> = texts.keys().cloned().collect();
    for _ in 0..ROUNDS {
        let held = texts.iter().map(|(file, text)| (file.as_str(), text.as_bytes()));
        let would = store.with(held).map_err(Error::from);
        let found = would.and_then(|would| of_files(&would, today, open.iter().map(String::as_str)));
        open.clear();
        for faults in found.unwrap_or_default().chunk_by(|a, b| a.file == b.file) {
            let file = &faults[0].file;
            let again = texts.get(file).map(|text| applied(text, faults));
            if again.as_ref() != texts.get(file) {
                texts.extend(again.map(|again| (file.clone(), again)));
                open.insert(file.clone());
            }
        }
        if open.is_empty() {
            break;
        }
    }
    texts
}

/// A text with what its faults say to write. Of two that would write in the same place, the first wins.
pub fn applied(text: &str, faults: &[Fault]) -> String {
    let mut fixes: Vec<_> = faults.iter().filter_map(Fault::replacement).collect();
    fixes.sort_by_key(|(span, _)| span.start);
    let (mut applied, mut at) = (String::with_capacity(text.len()), 0);
    for (span, meant) in fixes {
        if let Some(before) = text.get(at..span.start).filter(|_| span.end <= text.len()) {
            applied.push_str(before);
            applied.push_str(meant);
            at = span.end;
        }
    }
    applied + &text[at..]
}

/// Where a file belongs, if it belongs elsewhere.
fn place(fault: &Fault) -> Option<&String> {
    match &fault.fix {
        Some(Fix::Move(to)) => Some(to),
        _ => None,
    }
}
