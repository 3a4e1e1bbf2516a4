//! Tables that colleagues send, and what an export wrote, back into records: all of it, or nothing.

use super::commit::{Change, End, Judging, Outcome, Pen};
use super::error::Error;
use super::find;
use crate::model::RecordKind;
use crate::model::fault::{Fault, Severity};
use crate::model::input::Speaker;
use crate::model::number::group;
use crate::model::path::{Step, steps, written};
use crate::model::text::{Lang, Said};
use crate::model::vietnamese::alphabetical;
use crate::say;
use crate::store::{Store, parallel};
use crate::summary::export;
use crate::toml::{self, codes::MISSING_KEY};
use answered::{Answered, answered, is_form};
pub use guess::map::Map;
use guess::{Dictionary, Understood, differences, understood};
pub use guess::{Known, Understanding};
pub use merge::{Changed, Intake};
use merge::{changed_text, new_text, once, unknown};
pub use opened::{Opened, Sent, opened};
use rows::{Filled, FilledRow, Given, filled};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry::{Occupied, Vacant};
use std::sync::{Mutex, PoisonError};
use whose::{Finder, label};
pub use wishes::Wishes;

mod answered;
mod criteria;
mod guess;
mod held;
mod merge;
mod opened;
mod rows;
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
    /// What a person should know, and need not mend: of forms, and what was found out that no cell says.
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
    let (tables, Answered { filled: of_forms, mut noted }) = answered(&pen, wishes, tables);
    let (tables, of_schemes) = criteria::told(&pen, wishes, tables);
    let mut refused: Vec<Said> = Vec::new();
    let mut given: BTreeMap<(RecordKind, String), FilledRow> = BTreeMap::new();
    let dictionary = Dictionary::of(&pen.store.register);
    let (mut known, mut doubts) = (Vec::new(), Vec::new());
    let speaker = Speaker::new(wishes.lang, pen.today, &pen.store.register);
    let (mut sheets, mut wrong) = understood(&dictionary, wishes, &tables);
    if sheets.is_empty() && of_forms.rows.is_empty() && of_schemes.rows.is_empty() && wrong.len() == 1 {
        wrong.pop().map_or(Ok(()), Err)?;
    }
    for Error { message, help, .. } in wrong {
        refused.push(say!("{message}; {help}", "{message}; {help}", [message, help]));
    }
    for sheet in &mut sheets {
        refused.append(&mut sheet.body.refused);
        if !sheet.sent.exact {
            doubts.extend(differences(speaker, sheet));
            known.push(sheet.told());
        }
    }
    let mut finder = Finder::new(&pen, speaker);
    // New records may be named by those that follow: units come first, then centres.
    sheets.sort_by_key(|sheet| {
        (sheet.columns.kind, sheet.columns.table.name != export::main(sheet.columns.kind))
    });
    let of_tables = sheets.iter().map(|sheet| filled(&mut finder, wishes, sheet));
    for Filled { kind, rows, refused: wrong, notes } in [of_forms, of_schemes].into_iter().chain(of_tables) {
        refused.extend(wrong);
        noted.extend(notes);
        for row in rows {
            match given.entry((kind, row.id.clone())) {
                Vacant(place) => drop(place.insert(row)),
                Occupied(mut place) => place.get_mut().extend(row),
            }
        }
    }
    let (records, changes) = intakes(&pen, given, &mut refused)?;
    // What cannot be read cannot be written either; a fault of the data may be allowed.
    let pen = if refused.is_empty() { pen } else { pen.shown() };
    let Outcome { mut faults, end, .. } = pen.commit(changes, judging)?;
    faults.retain(|fault| fault.severity == Severity::Error);
    let mut faults: Vec<Said> = faults.iter().map(|fault| placed(fault, &records)).collect();
    faults.sort_by_cached_key(|said| alphabetical(&said.vi));
    Ok(Imported { understood: known, doubts, records, noted, refused, faults, end })
}

/// The places and headings of the columns that are not ours.
pub fn strangers(store: &Store, wishes: &Wishes, tables: &[Sent]) -> Vec<(String, String)> {
    let dictionary = Dictionary::of(&store.register);
    let forms: Vec<&str> =
        tables.iter().filter(|sent| is_form(&sent.sheet)).map(|sent| sent.sheet.file.as_str()).collect();
    let is_table =
        |sent: &&Sent| !forms.contains(&sent.sheet.file.as_str()) && !criteria::is_scheme(wishes, sent);
    let tables: Vec<&Sent> = tables.iter().filter(is_table).collect();
    let (all, _) = understood(&dictionary, &Wishes { leaves_out: true, ..wishes.clone() }, &tables);
    let named = |sheet: &Understood| {
        let named = |at: usize| (sheet.laid.place(at), sheet.laid.headings[at].clone());
        sheet.columns.strangers().map(named).collect::<Vec<_>>()
    };
    all.iter().flat_map(named).collect()
}

/// The records as they would be, by file.
fn intakes(
    pen: &Pen,
    given: BTreeMap<(RecordKind, String), FilledRow>,
    refused: &mut Vec<Said>,
) -> Result<(BTreeMap<String, Intake>, Vec<Change>), Error> {
    let (mut records, mut changes) = (BTreeMap::new(), Vec::new());
    let mut keep = |Taken { change, refused: wrong }| {
        refused.extend(wrong);
        if let Some((change, intake)) = change {
            records.insert(change.file.clone(), intake);
            changes.push(change);
        }
    };
    let (settings, others): (Vec<_>, Vec<_>) =
        given.into_iter().partition(|((kind, _), _)| *kind == RecordKind::Register);
    // The settings come first: they say when a school year begins, and so where the file of a new visit belongs.
    let mut with_settings = None;
    for ((kind, id), row) in settings {
        let taken = taken(pen, &pen.store, (kind, &id), row)?;
        if let Some((change, _)) = &taken.change {
            with_settings = Some(pen.store.with([(change.file.as_str(), change.text.as_bytes())])?);
        }
        keep(taken);
    }
    let store = with_settings.as_ref().unwrap_or(&pen.store);
    let others: Vec<_> = others.into_iter().map(|(of, row)| (of, Mutex::new(Some(row)))).collect();
    let work = |((kind, id), row): &((RecordKind, String), Mutex<Option<FilledRow>>)| {
        let row = row.lock().unwrap_or_else(PoisonError::into_inner).take();
        row.map_or_else(|| Ok(Taken::default()), |row| taken(pen, store, (*kind, id), row))
    };
    let mut failed = Ok(());
    parallel::each(&others, FEW, work, |result| match result {
        Ok(taken) => keep(taken),
        Err(error) if failed.is_ok() => failed = Err(error),
        Err(_) => {}
    });
    failed.map(|()| (records, changes))
}

/// With fewer records, a second thread would cost more than it gains.
const FEW: usize = 16;

/// What becomes of the values for a record.
#[derive(Default)]
struct Taken {
    change: Option<(Change, Intake)>,
    refused: Vec<Said>,
}

/// Takes the values that rows give for a record.
fn taken(pen: &Pen, store: &Store, (kind, id): (RecordKind, &str), row: FilledRow) -> Result<Taken, Error> {
    let FilledRow { from, values, empty, .. } = row;
    let file = find::file(store, kind, id);
    if values.is_empty() && pen.original(&file)?.is_none() {
        return Ok(Taken { change: None, refused: vec![unknown(&from, kind, id)] });
    }
    let mut refused = Vec::new();
    let values = once(kind, values, &mut refused);
    let mut change = intake(pen, kind, id, file, values, &mut refused)?;
    if let Some((_, intake)) = &mut change {
        intake.empty = empty.into_iter().map(|(path, from)| (written(&path), from)).collect();
    }
    Ok(Taken { change, refused })
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
    let mut intake = Intake { is_new: before.is_empty(), ..Intake::default() };
    let after = if intake.is_new {
        new_text(kind, id, values, &mut intake, refused)
    } else {
        changed_text(kind, before, values, &mut intake, refused)
    };
    let differs = after != before;
    Ok(differs.then(|| (Change::new(file, old, after), intake)))
}

/// A fault at the place where the sender has the value, or an empty cell for it; else where the sender has what stands
/// closest to it in the record.
fn placed(fault: &Fault, records: &BTreeMap<String, Intake>) -> Said {
    let place = records.get(&fault.file).and_then(|intake| {
        let (from, key) = (&intake.from, fault.key.as_deref().unwrap_or_default());
        let above = (0..key.len()).rev().filter(|at| key[*at..].starts_with(['.', '['])).map(|at| &key[..at]);
        let below = |table: &str| {
            let (path, place) = from.range(table.to_owned()..).next()?;
            let rest = path.strip_prefix(table)?;
            (table.is_empty() || rest.is_empty() || rest.starts_with(['.', '['])).then_some(place)
        };
        let near = || [key].into_iter().chain(above).chain([""]).find_map(below);
        from.get(key).or_else(|| intake.empty.get(key)).or_else(near)
    });
    let (place, message) = (place.unwrap_or(&fault.file), &fault.message);
    let help = if fault.code == MISSING_KEY.name { to_fill(fault, records) } else { to_correct(fault) };
    say!("{place}: {message}; {help}", "{place}: {message}; {help}", [place, message, help])
}

/// What a sender does about a value: a line of a file (`closing = 4_469_500`) is said as a column and a number.
fn to_correct(fault: &Fault) -> Said {
    let key = fault.key.as_deref().unwrap_or_default();
    let said = |lang: Lang| {
        let (line, help) =
            (format!("{} = ", key.rsplit('.').next().unwrap_or_default()), fault.help.get(lang));
        let (before, after) = help.split_once(&line)?;
        let end = after.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(after.len());
        let number = group(after[..end].replace('_', "").parse().ok()?, lang);
        let label = label_of(fault)?;
        Some(format!("{before}“{}”: {number}{}", label.get(lang), &after[end..]))
    };
    match (said(Lang::Vi), said(Lang::En)) {
        (Some(vi), Some(en)) => Said { vi, en },
        _ => fault.help.clone(),
    }
}

/// What the key of a fault is called.
fn label_of(fault: &Fault) -> Option<Said> {
    let (kind, _) = RecordKind::of(&fault.file)?;
    Some(label(kind, &steps(fault.key.as_deref()?)?))
}

/// What a sender does about a value that is missing: the line of a file that is to be written says nothing to them.
fn to_fill(fault: &Fault, records: &BTreeMap<String, Intake>) -> Said {
    let key = fault.key.as_deref().unwrap_or_default();
    if records.get(&fault.file).is_some_and(|intake| intake.empty.contains_key(key)) {
        return say!("điền ô này", "fill this cell");
    }
    let path = steps(key).unwrap_or_default();
    let label = label_of(fault).unwrap_or_else(|| Said::same(key));
    match path.last() {
        Some(Step::Key(last)) if last == "period" => {
            say!(
                "thêm cột “{label}”, hoặc --period KỲ",
                "add a column “{label}”, or --period PERIOD",
                [label]
            )
        }
        _ => say!("thêm cột “{label}”", "add a column “{label}”", [label]),
    }
}
