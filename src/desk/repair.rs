//! Writes what is certainly meant in place of what has a fault: exactly what the faults themselves say.

use super::commit::{Change, Judging, Outcome, Pen};
use super::error::Error;
use super::faults::of_text;
use crate::model::day::Day;
use crate::model::fault::{Fault, Fix};
use crate::store::Store;

/// A repaired value may show a fault that was hidden before: how often a text is checked again.
const ROUNDS: usize = 8;

/// Repairs the files of a register that have these faults: all of them, or none.
pub fn repair(pen: &Pen, faults: &[Fault]) -> Result<Outcome, Error> {
    let mut changes: Vec<Change> = Vec::new();
    let of_file = faults.chunk_by(|a, b| a.file == b.file);
    for faults in of_file.filter(|faults| faults.iter().any(|fault| fault.fix.is_some())) {
        let file = &faults[0].file;
        let Ok(Some(old)) = pen.original(file) else { continue };
        let to = faults.iter().find_map(place);
        if let Some(to) = to.filter(|to| pen.store.stands(to)) {
            // The same record lies where it belongs: this one goes, as it is.
            let text = old.text.clone();
            changes.push(Change { to: Some(to.clone()), ..Change::new(file, Some(old), text) });
            continue;
        }
        let text = repaired(&pen.store, pen.today, file, &old.text);
        // Of two files that belong in the same place, one stays where it is.
        let is_free = |to: &&String| changes.iter().all(|change| change.to.as_ref() != Some(to));
        let to = to.filter(is_free).cloned();
        changes.push(Change { to, ..Change::new(file, Some(old), text) });
    }
    pen.commit(changes, Judging::Done)
}

/// The text of a file with everything that is certainly meant written into it.
pub fn repaired(store: &Store, today: Day, file: &str, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let again = applied(&text, &of_text(store, today, file, &text));
        if again == text {
            break;
        }
        text = again;
    }
    text
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
