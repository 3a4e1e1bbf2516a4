//! A table compared with that of another window: value, previous value, change.

use super::builder::{KeyedRow, Note, TableBuilder};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::Said;
use crate::say;
use std::collections::BTreeMap;

/// The window to compare one with: about another period, or the one before. `None` if there is no window before.
pub fn window_before(register: &Register, window: &Window, with: Option<Period>) -> Option<Window> {
    let mut before = window.clone();
    if let Some(period) = with {
        before.campaign = None;
        match before.period {
            Some(_) => before.period = Some(period),
            None => before.year = Some(period),
        }
        return Some(before);
    }
    if let Some(year) = window.year {
        before.year = Some(year.previous()?);
    }
    if let Some(period) = window.period {
        before.period = Some(period.previous()?);
    }
    if let Some(campaign) = &window.campaign {
        let starts = register.campaigns.get(campaign)?.body.starts?;
        let earlier =
            register.campaigns.values().filter(|other| other.body.starts.is_some_and(|day| day < starts));
        before.campaign = Some(earlier.max_by_key(|other| other.body.starts)?.id.clone());
    }
    (before != *window).then_some(before)
}

/// The main figures of one table next to those of another. Rows are matched by what they are about. A change is missing if
/// either value is: no data is neither 0 nor −100%. `past` is what the register is called that the other table is from, if
/// it is not the same.
pub fn join(now: TableBuilder, before: TableBuilder, main: &[&str], past: Option<&Said>) -> TableBuilder {
    let is_main = |column: &Column| {
        let is = |main: &&str| column.key == **main || main.starts_with('.') && column.key.ends_with(*main);
        main.iter().any(is)
    };
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
    let cells = |row: Option<&[Cell]>, was: Option<&[Cell]>| -> Vec<Cell> {
        let cell = |row: Option<&[Cell]>, at: usize| row.map_or(Cell::Missing, |cells| cells[at].clone());
        let both = picks.iter().map(|(pick, at, other)| {
            let before = other.map_or(Cell::Missing, |at| cell(was, at));
            ((*pick, now.columns[*at].kind), cell(row, *at), before)
        });
        both.flat_map(|(pick, now, before)| beside(pick, now, before)).collect()
    };
    let columns = picks.iter().flat_map(|(pick, at, _)| headings(*pick, &now.columns[*at], past)).collect();
    let (ones, others) = (by_key(&now), by_key(&before));
    let mut rows = Vec::new();
    for row in &now.rows {
        let was = others.get(row.key.as_str());
        rows.push(KeyedRow {
            key: row.key.clone(),
            cells: cells(Some(&row.cells), was.map(|was| was.cells.as_slice())),
            files: row.files.iter().chain(was.iter().flat_map(|was| &was.files)).cloned().collect(),
        });
    }
    for row in before.rows.iter().filter(|row| !ones.contains_key(row.key.as_str())) {
        rows.push(KeyedRow { cells: cells(None, Some(&row.cells)), ..row.clone() });
    }
    let total = Some(cells(now.total.as_deref(), before.total.as_deref()));
    let notes = now.notes.iter().cloned().chain(one_sided(&now, &before, past).map(Note::from)).collect();
    TableBuilder { columns, rows, total, notes }
}

/// What becomes of a column.
#[derive(Clone, Copy)]
enum Pick {
    /// Names the row: kept once.
    Name,
    /// Says who reported: shown for both windows.
    Reported,
    /// A figure: shown for both windows, with the change.
    Figure,
}

/// The columns that a column turns into.
fn headings(pick: Pick, column: &Column, past: Option<&Said>) -> Vec<Column> {
    let (key, label) = (&column.key, &column.label);
    let before = || {
        let label = match past {
            Some(_) => say!("{label} (lúc đó)", "{label} (then)", [label]),
            None => say!("{label} (kỳ trước)", "{label} (previous)", [label]),
        };
        Column::new(format!("{key}_previous"), label, column.kind)
    };
    match (pick, column.kind) {
        (Pick::Name, _) => vec![column.clone()],
        (Pick::Reported, _) => vec![column.clone(), before()],
        (Pick::Figure, ColumnKind::Percent) => {
            let label = say!("{label}: tăng, giảm (điểm %)", "{label}: change (points)", [label]);
            vec![column.clone(), before(), Column::new(format!("{key}_change"), label, ColumnKind::Ratio)]
        }
        (Pick::Figure, kind) => {
            let change = say!("{label}: tăng, giảm", "{label}: change", [label]);
            let change = Column::new(format!("{key}_change"), change, kind);
            let percent = say!("{label}: tăng, giảm %", "{label}: change %", [label]);
            let percent = Column::new(format!("{key}_change_percent"), percent, ColumnKind::Percent);
            vec![column.clone(), before(), change, percent]
        }
    }
}

/// The cells that a cell and the one before turn into.
fn beside((pick, kind): (Pick, ColumnKind), now: Cell, before: Cell) -> Vec<Cell> {
    let (difference, percent) = change(&now, &before);
    match pick {
        Pick::Name if now == Cell::Missing => vec![before],
        Pick::Name => vec![now],
        Pick::Reported => vec![now, before],
        Pick::Figure if kind == ColumnKind::Percent => vec![now, before, difference],
        Pick::Figure => vec![now, before, difference, percent],
    }
}

/// How a figure changed, and in percent of what it was. Missing if either is, or, in percent, if it was nothing; only
/// approximate if either is.
pub fn change(now: &Cell, before: &Cell) -> (Cell, Cell) {
    let difference = match (now, before) {
        (Cell::Count(now), Cell::Count(before)) => Cell::Count(now.saturating_sub(*before)),
        _ => now.number().zip(before.number()).map(|(now, before)| now - before).into(),
    };
    let base = before.number().filter(|base| *base != 0.0);
    let percent = Cell::from(difference.number().zip(base).map(|(change, base)| change * 100.0 / base));
    let about = [now, before].into_iter().any(|cell| matches!(cell, Cell::About(_)));
    if about { (difference.about(), percent.about()) } else { (difference, percent) }
}

fn by_key(table: &TableBuilder) -> BTreeMap<&str, &KeyedRow> {
    table.rows.iter().map(|row| (row.key.as_str(), row)).collect()
}

/// Notes the rows that were reported in one of the two windows only: the change of the total is partly theirs.
fn one_sided(now: &TableBuilder, before: &TableBuilder, past: Option<&Said>) -> Option<Said> {
    let reported = |row: &&KeyedRow| matches!(row.cells.get(1), Some(Cell::Of(n, _)) if *n > 0);
    let (ones, others) = (by_key(now), by_key(before));
    let alone = |row: &&KeyedRow, others: &BTreeMap<&str, &KeyedRow>| {
        reported(row) && !others.get(row.key.as_str()).is_some_and(reported)
    };
    let now_only = now.rows.iter().filter(|row| alone(row, &others));
    let before_only = before.rows.iter().filter(|row| alone(row, &ones));
    let name = |row: &KeyedRow| match row.cells.first() {
        Some(Cell::Word(_, name)) => Some((**name).clone()),
        _ => None,
    };
    let names = Said::join(now_only.chain(before_only).filter_map(name), ", ");
    (!names.is_empty()).then(|| match past {
        Some(past) => say!(
            "Chỉ một trong hai bên có số liệu (sổ hiện nay, {past}): {names}; dòng tổng cộng tăng, giảm một phần vì lý do này.",
            "Reported in only one of the two (the register now, {past}): {names}; part of the change of the total is theirs.",
            [past, names]
        ),
        None => say!(
            "Chỉ có số liệu của một trong hai kỳ: {names}; dòng tổng cộng tăng, giảm một phần vì lý do này.",
            "Reported in only one of the two windows: {names}; part of the change of the total is theirs.",
            [names]
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::window_before;
    use crate::model::period::Period;
    use crate::model::register::Window;
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, line};

    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        specimen.visit("2015-10-27-bac-son").activity = line("2014-2015", Some(8), Some(300), Some(90));
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), Some(100));
        specimen.visit("2016-10-28-dien-cong").activity = line("2015-2016", Some(5), Some(100), None);
        specimen.visit("2015-10-29-nam-khe").activity = line("2014-2015", Some(0), None, None);
        specimen.visit("2016-10-29-nam-khe").activity = line("2015-2016", Some(3), None, None);
        specimen.before = Some(Window { year: Period::parse("2015-2016"), ..Window::default() });
        specimen
    }

    #[test]
    fn a_change_stands_beside_its_two_values() {
        let table = specimen().table("activity");
        let row = |row: usize| {
            ["attendances", "attendances_previous", "attendances_change", "attendances_change_percent"]
                .map(|column| cell(&table, row, column))
        };
        let [a, b, c] = [400, 300, 100].map(Cell::Count);
        assert_eq!(row(0), [a, b, c, Cell::Number(100.0 * 100.0 / 300.0)]);
        assert_eq!(
            row(1),
            [Cell::Count(100), Cell::Missing, Cell::Missing, Cell::Missing],
            "no data is not 0"
        );
        assert_eq!(cell(&table, 0, "women_percent_change"), Cell::Number(-5.0));
        assert_eq!(cell(&table, 3, "classes_change"), Cell::Count(10));
        assert_eq!(cell(&table, 3, "reported_previous"), Cell::Of(2, 3));
        assert_eq!(table.title.en, "Activity, school year 2015-2016, compared with school year 2014-2015");
        assert!(table.notes.iter().any(|note| note.vi.contains("một trong hai kỳ: Điền Công;")));
    }

    #[test]
    fn notes_are_about_columns_that_are_shown() {
        let told = |specimen: &Specimen| -> bool {
            specimen.table("activity").notes.iter().any(|note| note.vi.contains("Nữ 1/3"))
        };
        let mut specimen = specimen();
        assert!(!told(&specimen), "the comparison has no column of women");
        specimen.before = None;
        assert!(told(&specimen));
    }

    #[test]
    fn the_window_before_is_of_the_same_kind() {
        let specimen = specimen();
        let before = |window: &Window, with| window_before(&specimen.register, window, with);
        assert_eq!(before(&specimen.window, None), specimen.before);
        assert_eq!(
            before(&specimen.window, Period::parse("2014-2015")).unwrap().year,
            Period::parse("2014-2015")
        );
        assert_eq!(before(&Window::default(), None), None);
    }

    #[test]
    fn there_is_no_percentage_of_nothing() {
        let table = specimen().table("activity");
        assert_eq!(cell(&table, 2, "classes_change"), Cell::Count(3));
        assert_eq!(cell(&table, 2, "classes_change_percent"), Cell::Missing);
    }

    #[test]
    fn a_list_of_centres_has_nothing_to_compare() {
        assert!(specimen().error("progress").en.contains("cannot be compared"));
    }
}
