//! From a sheet to values with their places in records, row by row.

use super::guess::{Columns, Understood};
use super::held::read_cell;
use super::whose::{
    Common, Finder, Implied, Note, Whose, Why, blocks, kinds_in_names, period_of_sheet, periods, whose,
};
use super::wishes::Wishes;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::path::Step;
use crate::model::sheet::{Held, SheetRow};
use crate::model::table::ColumnKind;
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::say;

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
    /// What was found out that no cell says.
    pub notes: Vec<Said>,
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
    /// The empty cells of what each record needs, with their places.
    pub empty: Vec<(Vec<Step>, String)>,
}

impl FilledRow {
    /// Adds what another row says of the same record.
    pub fn extend(&mut self, other: FilledRow) {
        self.values.extend(other.values);
        self.empty.extend(other.empty);
    }
}

/// The values of a sheet.
pub fn filled(finder: &mut Finder, wishes: &Wishes, sheet: &Understood) -> Filled {
    let (blocks, kinds_in_names) = (blocks(&sheet.columns), kinds_in_names(sheet));
    let common = Common { sheet, period: period_of_sheet(wishes, sheet), blocks, kinds_in_names };
    let kind = sheet.columns.kind;
    let mut filled = Filled { kind, rows: Vec::new(), refused: Vec::new(), notes: Vec::new() };
    if let Some(key) = nameless(&sheet.columns) {
        filled.refused.push(without_names(sheet, key));
        return filled;
    }
    let mut notes = Vec::new();
    for row in &sheet.laid.rows {
        let told = filled.refused.len();
        match one(finder, &common, row, &mut filled.refused) {
            Ok((row, found)) => {
                notes.extend(found);
                if !row.values.is_empty() || told == filled.refused.len() {
                    filled.rows.push(row);
                }
            }
            Err(why) => filled.refused.push(refusal(sheet, row, why)),
        }
    }
    filled.notes = gathered(notes);
    filled
}

/// The least amount that a table may have without saying its unit, in đồng: nobody keeps books of less.
const LEAST: i64 = 1000;

/// True for an amount that must be of thousands or millions.
fn is_too_little(sheet: &Understood, at: usize, value: &Node) -> bool {
    let is_money = sheet.columns.ours(at).is_some_and(|ours| ours.column.kind == ColumnKind::Money);
    is_money && matches!(value.value, Value::Int(1..LEAST))
}

fn too_little(held: &Held) -> Said {
    let typed = held.typed();
    say!(
        "“{typed}” chỉ là {typed} đồng; nếu tính bằng nghìn hay triệu đồng thì ghi đơn vị tính vào tên cột hoặc vào ô: {typed} \
         triệu đồng",
        "“{typed}” is {typed} đồng only; if thousands or millions are meant, say so in the heading or in the cell: {typed} triệu đồng",
        [typed = typed.trim()]
    )
}

/// The values of a row, and what was found out about it. What cannot be read is refused cell by cell.
fn one(
    finder: &mut Finder,
    common: &Common,
    row: &SheetRow,
    refused: &mut Vec<Said>,
) -> Result<(FilledRow, Vec<Note>), Why> {
    let Understood { sent, columns, .. } = common.sheet;
    let whose = whose(finder, common, row)?;
    let keys: Vec<&str> = whose.keys.iter().map(String::as_str).collect();
    let misnamed = columns.misnamed(finder.store, finder.speaker.lang, row, &keys);
    if let Some((at, why)) = misnamed.filter(|_| !sent.exact) {
        return Err((Some(at), why));
    }
    let mut values = Vec::new();
    for (at, held) in row.filled() {
        let Some(path) = columns.path(at, &keys) else { continue };
        match cell(finder, common, whose.day, at, path, held) {
            Ok(Some((_, value))) if !sent.exact && is_too_little(common.sheet, at, &value) => {
                refused.push(refusal(common.sheet, row, (Some(at), too_little(held))));
            }
            Ok(Some((path, value))) => {
                values.push(Given { path, value, from: sent.sheet.place(row.number, at) });
            }
            Ok(None) => {}
            Err(why) => refused.push(refusal(common.sheet, row, (Some(at), why))),
        }
    }
    let is_empty =
        |at: &usize| columns.ours(*at).is_some_and(|ours| ours.column.required) && row.cell(*at).is_empty();
    let empty = (0..columns.found.len()).filter(is_empty);
    let empty =
        empty.filter_map(|at| Some((columns.path(at, &keys)?, sent.sheet.place(row.number, at)))).collect();
    let Whose { id, mut implied, mut notes, .. } = whose;
    if !sent.exact {
        let is_given = |path: &[Step]| values.iter().any(|given| given.path.starts_with(path));
        let (more, found) = periods(finder, common, row, &id, is_given)?;
        implied.extend(more);
        notes.extend(found);
    }
    let mut first = Vec::new();
    for Implied { path, value, column } in implied {
        match values.iter_mut().find(|given| given.path == path) {
            Some(given) => given.value = value,
            None => first.push(Given { path, value, from: place(common.sheet, row, column) }),
        }
    }
    values.splice(0..0, first);
    Ok((FilledRow { id, from: sent.sheet.row_place(row.number), values, empty }, notes))
}

/// The value of a cell with its place in the record. What refers to a record may be the name of one.
fn cell(
    finder: &Finder,
    common: &Common,
    day: Day,
    at: usize,
    path: Vec<Step>,
    held: &Held,
) -> Result<Option<(Vec<Step>, Node<'static>)>, Said> {
    let Understood { sent, columns, .. } = common.sheet;
    if let Held::Text(typed) = held
        && !sent.exact
        && let Some(ids) = finder.references(&columns.kind.root().at(&path), typed, day)?
    {
        return Ok(Some((path, ids)));
    }
    read_cell(finder.store, finder.speaker, columns.kind, path, held, sent.exact, columns.scale(at))
}

/// The place of a column in a row, or of the row.
fn place(sheet: &Understood, row: &SheetRow, column: Option<usize>) -> String {
    let sheet = &sheet.sent.sheet;
    column.map_or_else(|| sheet.row_place(row.number), |at| sheet.place(row.number, at))
}

/// What is said about a row, or a cell of it, that cannot be taken.
fn refusal(sheet: &Understood, row: &SheetRow, (column, why): Why) -> Said {
    let from = place(sheet, row, column);
    match column.and_then(|at| sheet.laid.headings.get(at)) {
        Some(heading) => {
            say!("{from}, “{heading}”: {why}", "{from}, “{heading}”: {why}", [from, heading, why])
        }
        None => say!("{from}: {why}", "{from}: {why}", [from, why]),
    }
}

/// The key of visits, if no column says which of them its rows are about.
fn nameless<'a>(columns: &Columns<'a>) -> Option<&'a str> {
    let key = columns.keys.first().filter(|_| columns.kind == RecordKind::Visit)?;
    [*key, "centre", "unit"].iter().all(|key| columns.at(key).is_none()).then_some(*key)
}

fn without_names(sheet: &Understood, key: &str) -> Said {
    let place = sheet.sent.sheet.row_place(sheet.laid.at.1);
    say!(
        "{place}: thiếu cột “{key}” (mã lần kiểm tra), hoặc hai cột Trung tâm và Ngày kiểm tra",
        "{place}: there is no column “{key}” (the id of the visit), nor the columns Centre and Date",
        [place, key]
    )
}

/// What was found out, each once, with the first few rows for which it is so.
fn gathered(notes: Vec<Note>) -> Vec<Said> {
    let mut all: Vec<(Said, Vec<String>)> = Vec::new();
    for (what, which) in notes {
        match all.iter_mut().find(|(other, _)| *other == what) {
            Some((_, all)) if all.contains(&which) => {}
            Some((_, all)) => all.push(which),
            None => all.push((what, vec![which])),
        }
    }
    let said = |(what, which): (Said, Vec<String>)| {
        let more = which.len().saturating_sub(SHOWN);
        let list = which[..which.len() - more].join(", ");
        match more {
            0 => say!("{what}: {list}", "{what}: {list}", [what, list]),
            _ => say!(
                "{what}: {list} và {more} mục khác",
                "{what}: {list} and {more} more",
                [what, list, more]
            ),
        }
    };
    all.into_iter().map(said).collect()
}

/// How many rows are named for what is so for many.
const SHOWN: usize = 3;
