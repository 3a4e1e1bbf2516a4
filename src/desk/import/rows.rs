//! From a sheet to values with their places in records, row by row.

use super::guess::Understood;
use super::held::read_cell;
use super::whose::whose;
use super::wishes::Wishes;
use crate::desk::commit::Pen;
use crate::model::RecordKind;
use crate::model::input::Speaker;
use crate::model::path::Step;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;
use std::collections::BTreeMap;

/// A value on its way into a record.
#[derive(Debug)]
pub struct Given {
    /// Where in the record.
    pub path: Vec<Step>,
    /// What.
    pub value: Node<'static>,
    /// Where the sender has it: `host.csv:5 (C)`.
    pub from: String,
}

/// What a sheet gives.
#[derive(Debug)]
pub struct Filled {
    /// The kind of its records.
    pub kind: RecordKind,
    /// The values of each row.
    pub rows: Vec<FilledRow>,
    /// What could not be read, and why.
    pub refused: Vec<Said>,
}

/// What a row gives.
#[derive(Debug)]
pub struct FilledRow {
    /// The id of its record.
    pub id: String,
    /// The place of the row: `host.csv:5`.
    pub from: String,
    /// Its values.
    pub values: Vec<Given>,
}

/// The values of a sheet.
pub fn filled(pen: &Pen, wishes: &Wishes, sheet: &Understood) -> Filled {
    let Understood { sent, laid, columns, .. } = sheet;
    let (lang, kind, exact) = (wishes.lang, columns.kind, sent.exact);
    let speaker = Speaker { lang, today: pen.today };
    let mut filled = Filled { kind, rows: Vec::new(), refused: Vec::new() };
    let mut fresh = BTreeMap::new();
    for row in &laid.rows {
        let from = sent.sheet.row_place(row.number);
        let (id, keys) = match whose(pen, speaker, columns, row, &mut fresh) {
            Ok(names) => names,
            Err(why) => {
                filled.refused.push(say!("{from}: {why}", "{from}: {why}", [from, why]));
                continue;
            }
        };
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let refusal = |at: usize, why: Said| {
            let from = sent.sheet.place(row.number, at);
            let heading = laid.headings.get(at).map_or("", String::as_str);
            say!("{from}, “{heading}”: {why}", "{from}, “{heading}”: {why}", [from, heading, why])
        };
        if let Some((at, why)) = columns.misnamed(&pen.store, lang, row, &keys).filter(|_| !exact) {
            filled.refused.push(refusal(at, why));
            continue;
        }
        let (mut values, told) = (Vec::new(), filled.refused.len());
        for (at, held) in row.filled() {
            let Some(path) = columns.path(at, &keys) else { continue };
            match read_cell(&pen.store, speaker, kind, path, held, exact, columns.scale(at)) {
                Ok(Some((path, value))) => {
                    values.push(Given { path, value, from: sent.sheet.place(row.number, at) });
                }
                Ok(None) => {}
                Err(why) => filled.refused.push(refusal(at, why)),
            }
        }
        if !values.is_empty() || told == filled.refused.len() {
            filled.rows.push(FilledRow { id, from, values });
        }
    }
    filled
}
