//! Tables that colleagues send, and what an export wrote, back into records: all of it, or nothing.

use super::commit::{Change, End, Judging, Outcome, Pen};
use super::error::Error;
use super::find;
use crate::model::RecordKind;
use crate::model::fault::{Fault, Severity};
use crate::model::input::Speaker;
use crate::model::text::Said;
use crate::say;
use crate::store::Store;
use crate::toml;
use anchored::is_form;
use answered::{Answered, answered};
pub use guess::{Known, Understanding};
use guess::{Understood, understood};
use headings::Dictionary;
pub use map::Map;
pub use merge::{Changed, Intake};
use merge::{changed_text, new_text, once, unknown};
pub use opened::{Opened, Sent, opened};
use rows::{Filled, FilledRow, Given, filled};
use std::collections::BTreeMap;
pub use wishes::Wishes;

mod anchored;
mod answered;
mod body;
mod called;
mod columns;
mod guess;
mod headings;
mod held;
mod laid;
mod map;
mod merge;
mod opened;
mod rows;
mod totals;
mod whose;
mod wishes;

/// What an import does.
#[derive(Debug)]
pub struct Imported {
    /// What was understood of the sheets that people made.
    pub understood: Vec<Understanding>,
    /// What looks wrong in them, and does not keep from writing.
    pub doubts: Vec<Said>,
    /// The records that change, by file.
    pub records: BTreeMap<String, Intake>,
    /// What a person should know about forms, and need not mend.
    pub noted: Vec<Said>,
    /// What could not be read, by the places of the sender.
    pub refused: Vec<Said>,
    /// What would be wrong with the records and is not now, likewise.
    pub faults: Vec<Said>,
    /// How it ended.
    pub end: End,
}

/// Takes sheets into a register.
pub fn import(pen: Pen, wishes: &Wishes, tables: &[Sent], judging: Judging) -> Result<Imported, Error> {
    let (tables, Answered { filled: of_forms, noted }) = answered(&pen, wishes, tables);
    let mut refused: Vec<Said> = Vec::new();
    let mut given: BTreeMap<(RecordKind, String), (String, Vec<Given>)> = BTreeMap::new();
    let dictionary = Dictionary::of(&pen.store.register);
    let (mut known, mut doubts) = (Vec::new(), Vec::new());
    let speaker = Speaker { lang: wishes.lang, today: pen.today };
    let mut sheets = understood(&dictionary, wishes, &tables)?;
    for sheet in &mut sheets {
        refused.append(&mut sheet.body.refused);
        if !sheet.sent.exact {
            doubts.extend(totals::differences(speaker, sheet));
            known.push(sheet.told());
        }
    }
    let of_tables = sheets.iter().map(|sheet| filled(&pen, wishes, sheet));
    for Filled { kind, rows, refused: found } in [of_forms].into_iter().chain(of_tables) {
        refused.extend(found);
        for FilledRow { id, from, values } in rows {
            given.entry((kind, id)).or_insert((from, Vec::new())).1.extend(values);
        }
    }
    let (mut records, mut changes) = (BTreeMap::new(), Vec::new());
    let mut with_settings = None;
    for ((kind, id), (row, values)) in given {
        let file = find::file(with_settings.as_ref().unwrap_or(&pen.store), kind, &id);
        if values.is_empty() && pen.original(&file)?.is_none() {
            refused.push(unknown(&row, kind, &id));
            continue;
        }
        let values = once(kind, values, &mut refused);
        if let Some((change, intake)) = intake(&pen, kind, &id, file, values, &mut refused)? {
            // The settings come first: they say when a school year begins, and so where the file of a new visit belongs.
            if kind == RecordKind::Register {
                with_settings = Some(pen.store.with([(change.file.as_str(), change.text.as_str())])?);
            }
            records.insert(change.file.clone(), intake);
            changes.push(change);
        }
    }
    // What cannot be read cannot be written either; a fault of the data may be allowed.
    let pen = if refused.is_empty() { pen } else { pen.shown() };
    let Outcome { mut faults, end, .. } = pen.commit(changes, judging)?;
    faults.retain(|fault| fault.severity == Severity::Error);
    let faults = faults.iter().map(|fault| placed(fault, &records)).collect();
    Ok(Imported { understood: known, doubts, records, noted, refused, faults, end })
}

/// The places and headings of the columns that are not ours.
pub fn strangers(store: &Store, wishes: &Wishes, tables: &[Sent]) -> Result<Vec<(String, String)>, Error> {
    let dictionary = Dictionary::of(&store.register);
    let forms: Vec<&str> =
        tables.iter().filter(|sent| is_form(&sent.sheet)).map(|sent| sent.sheet.file.as_str()).collect();
    let tables: Vec<&Sent> =
        tables.iter().filter(|sent| !forms.contains(&sent.sheet.file.as_str())).collect();
    let all = understood(&dictionary, &Wishes { leaves_out: true, ..wishes.clone() }, &tables)?;
    let named = |sheet: &Understood| {
        let named = |at: usize| (sheet.laid.place(at), sheet.laid.headings[at].clone());
        sheet.columns.strangers().map(named).collect::<Vec<_>>()
    };
    Ok(all.iter().flat_map(named).collect())
}

/// A record as it would be, with what changes in it. `None` if nothing does.
fn intake(
    pen: &Pen,
    kind: RecordKind,
    id: &str,
    file: String,
    values: Vec<Given>,
    refused: &mut Vec<Said>,
) -> Result<Option<(Change, Intake)>, Error> {
    let old = pen.original(&file)?;
    let shipped = toml::shipped::text(id).filter(|_| kind == RecordKind::Scheme);
    let before = old.as_ref().map(|old| old.text.as_str()).or(shipped).unwrap_or_default();
    let mut intake = Intake { changes: Vec::new(), from: BTreeMap::new(), is_new: before.is_empty() };
    let after = if intake.is_new {
        new_text(kind, id, values, &mut intake, refused)
    } else {
        changed_text(kind, before, values, &mut intake, refused)
    };
    let differs = after != before;
    Ok(differs.then(|| (Change::new(file, old, after), intake)))
}

/// A fault at the place where the sender has the value.
fn placed(fault: &Fault, records: &BTreeMap<String, Intake>) -> Said {
    let from = records.get(&fault.file).and_then(|intake| {
        let key = fault.key.as_deref()?;
        let near = |(path, _): &(&String, &String)| path.starts_with(key) || key.starts_with(path.as_str());
        intake.from.get(key).or_else(|| intake.from.iter().find(near).map(|(_, from)| from))
    });
    let any = || records.get(&fault.file)?.from.values().next();
    let place = from.or_else(any).unwrap_or(&fault.file);
    let (message, help) = (&fault.message, &fault.help);
    say!("{place}: {message}; {help}", "{place}: {message}; {help}", [place, message, help])
}
