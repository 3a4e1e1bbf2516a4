//! A table that is sent: its cells are those of the file, each of them comes into a record or is told with its row and
//! column, and nothing is lost in silence.

use super::{choice, split};
use std::path::Path;
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::import::{Imported, Sent, Wishes, import};
use ttht::model::RecordKind;
use ttht::model::day::Day;
use ttht::model::sheet::{Sheet, SheetRow, letters};
use ttht::model::table::Table;
use ttht::model::text::Lang;
use ttht::store::sent::sheets;
use ttht::summary::export;

/// The first line names a table, or chooses one by its first byte, and says with an `x` at its end that an export wrote it;
/// the rest is the file.
pub fn hold(data: &[u8]) {
    let (line, bytes) = split(data);
    let sheet = || sheets("t.csv", bytes).map(|mut sheets| sheets.remove(0));
    if let (Some(rows), Ok(text)) = (strict(bytes), sheet()) {
        as_written(&rows, &text);
    }
    let tables = export::tables();
    let named = std::str::from_utf8(line).ok().and_then(|line| line.split(' ').next());
    let table = tables.iter().find(|table| Some(&*table.name) == named);
    let table = table.unwrap_or_else(|| choice(&tables, line, 0));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/register");
    let root = if root.is_dir() { root } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("register") };
    let pen = Pen::take(&root, Day::nearest(2018, 6, 1), true)
        .unwrap_or_else(|error| panic!("{}", error.message.en));
    let exact = line.ends_with(b" x");
    let Ok(sent) = sheet().map(|sheet| Sent { table: Some(table.name.clone()), sheet, exact }) else {
        return;
    };
    let wishes = Wishes::none(Lang::Vi);
    match (import(pen, &wishes, &[sent], Judging::Strict), sheet()) {
        (Err(error), _) => assert!(!error.message.vi.is_empty() && !error.message.en.is_empty()),
        (Ok(_), Err(why)) => panic!("no table, and imported: {}", why.en),
        (Ok(imported), Ok(sheet)) => {
            assert_ne!(imported.end, End::Written);
            told(&imported, &sheet);
            if export::record(&table.name)
                .is_some_and(|kind| kind != RecordKind::Register && kind != RecordKind::Scheme)
            {
                nothing_lost(&imported, &sheet, table);
            }
        }
    }
}

/// The rows of a table in the plainest notation: commas, quotes only round whole cells, `\n` or `\r\n` after each row. None
/// for any other.
fn strict(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let text = std::str::from_utf8(bytes).ok()?.replace("\r\n", "\n");
    let strange = |c: char| matches!(c, '\r' | ';' | '\t' | '\u{feff}' | '\0');
    if text.contains(strange)
        || !text.lines().next()?.contains(',')
        || text.to_lowercase().starts_with("sep=")
    {
        return None;
    }
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), text.as_str());
    while !rest.is_empty() {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut end = 0;
                while let Some(at) = quoted[end..].find('"') {
                    end += at;
                    if !quoted[end..].starts_with("\"\"") {
                        break;
                    }
                    end += 2;
                }
                (quoted.get(..end)?.replace("\"\"", "\""), quoted[end..].strip_prefix('"')?)
            }
            None => {
                let end = rest.find([',', '\n']).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if !rest.starts_with('"') && cell.contains('"') {
            return None;
        }
        row.push(cell);
        match after.chars().next() {
            Some(',') if after.len() == 1 => {
                row.push(String::new());
                rows.push(std::mem::take(&mut row));
                rest = "";
            }
            Some(',') => rest = &after[1..],
            Some('\n') | None => {
                rows.push(std::mem::take(&mut row));
                rest = after.get(1..).unwrap_or_default();
            }
            Some(_) => return None,
        }
    }
    Some(rows)
}

/// The sheet has the cells of the file.
fn as_written(rows: &[Vec<String>], sheet: &Sheet) {
    let is_blank = |row: &&Vec<String>| row.iter().all(|cell| cell.trim().is_empty());
    let written = rows.iter().filter(|row| !is_blank(row));
    fn plain(cells: impl Iterator<Item = String>) -> Vec<String> {
        cells.map(|cell| cell.replace("\r\n", "\n")).collect()
    }
    let cells = |row: &Vec<String>| plain(row.iter().cloned());
    let read = sheet.rows.iter().map(|row| plain(row.cells.iter().map(|held| held.typed().into_owned())));
    assert_eq!(written.map(cells).collect::<Vec<_>>(), read.collect::<Vec<_>>());
}

/// What is told names a row of the sheet, and a column if it is about a cell.
fn told(imported: &Imported, sheet: &Sheet) {
    for said in &imported.refused {
        let place = said.en.strip_prefix("t.csv:").unwrap_or_else(|| panic!("no place: {}", said.en));
        let digits = place.len() - place.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let row: usize = place[..digits].parse().unwrap_or_else(|_| panic!("no row: {}", said.en));
        assert!(sheet.rows.iter().any(|other| other.number == row), "no such row: {}", said.en);
        let column = place[digits..].strip_prefix(" (").and_then(|rest| rest.split_once(')'));
        assert!(place[digits..].starts_with(':') || column.is_some(), "no cell: {}", said.en);
        assert!(!said.vi.is_empty());
    }
}

/// The letters and digits of a cell: what stands between them may differ in two ways to write one value.
fn signs(cell: &str) -> impl Iterator<Item = char> {
    cell.chars().filter(|c| c.is_alphanumeric())
}

/// Each cell with a value, under the key of a column, came into a record or is told.
fn nothing_lost(imported: &Imported, sheet: &Sheet, table: &Table) {
    let taken: Vec<&str> =
        imported.records.values().flat_map(|record| record.from.values()).map(String::as_str).collect();
    let is_told = |place: &str| imported.refused.iter().any(|said| said.en.contains(place));
    let keys = ["1", "1", "1"];
    // Headings are looked for, and what is passed over is shown.
    let known = imported.understood.first();
    let first = known.map_or(1, |known| known.headings.1);
    let at = sheet.rows.iter().position(|row| row.number == first).unwrap_or(0);
    let (headings, rows) = sheet.rows[at..].split_first().unwrap_or_else(|| panic!("no rows"));
    let is_passed =
        |number: usize| known.is_some_and(|known| known.passed.iter().any(|(row, _)| *row == number));
    for row in rows.iter().filter(|row| !is_passed(row.number)) {
        for (at, held) in row.filled() {
            let (cell, heading) = (&held.typed(), headings.cell(at).typed());
            let heading = heading.trim();
            let column = table.columns.iter().find(|column| column.key == heading);
            let has_place = |key: &str| export::place(&table.name, key, &keys).is_some();
            if !column.is_some_and(|column| has_place(&column.key)) {
                continue;
            }
            let number = row.number;
            let place = format!("t.csv:{number} ({})", letters(at));
            let is_same = |other: &SheetRow| signs(&other.cell(at).typed()).eq(signs(cell));
            let twice = rows.iter().any(|other| other.number != number && is_same(other));
            let known = taken.contains(&place.as_str()) || is_told(&place);
            // A row that names no record, or no row of it, is refused at the cell that should.
            let is_of_row = |place: &&str| place.starts_with(&format!("t.csv:{number} ("));
            let no_row = !taken.iter().any(is_of_row) && is_told(&format!("t.csv:{number}"));
            let whole = no_row || is_told("the register has no") || is_told("there is no column");
            assert!(known || twice || whole, "{place} is lost: {cell:?}\n{:?}\n{taken:?}", imported.refused);
        }
    }
}
