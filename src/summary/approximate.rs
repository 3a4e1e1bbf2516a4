//! Figures that are only approximate. A figure of a table is, if without the approximate ones of the records it would
//! be another: so no table has to know what its figures are made of.

use super::builder::TableBuilder;
use super::group::Group;
use super::snapshot::Snapshot;
use super::{Request, Summary};
use crate::model::table::Cell;
use std::collections::{HashMap, VecDeque};
use std::mem::replace;

/// The table of a summary, in which approximate figures are marked.
pub fn build(summary: &Summary, asked: &Request, groups: &[Group]) -> TableBuilder {
    let mut table = (summary.build)(asked, groups);
    let exact = |group: &Group| group.centres.iter().map(|centre| centre.exact()).collect();
    let exact: Vec<Vec<Option<Snapshot>>> = groups.iter().map(exact).collect();
    if exact.iter().flatten().any(Option::is_some) {
        let groups: Vec<Group> = groups.iter().zip(&exact).map(|(group, exact)| only(group, exact)).collect();
        mark(&mut table, &(summary.build)(asked, &groups));
    }
    table
}

/// A unit with the exact figures of its centres only.
fn only<'a>(group: &Group<'a>, exact: &'a [Option<Snapshot>]) -> Group<'a> {
    let centres = group.centres.iter().zip(exact).map(|(all, exact)| exact.as_ref().unwrap_or(all));
    Group { centres: centres.collect(), ..group.clone() }
}

/// Marks the figures that are others in the table without the approximate ones.
fn mark(table: &mut TableBuilder, exact: &TableBuilder) {
    let at = |key: &str| exact.columns.iter().position(|column| column.key == key);
    let places: Vec<Option<usize>> = table.columns.iter().map(|column| at(&column.key)).collect();
    let mark = |cells: &mut Vec<Cell>, exact: Option<&Vec<Cell>>| {
        for (cell, at) in cells.iter_mut().zip(&places) {
            let same = at.zip(exact).is_some_and(|(at, exact)| exact[at] == *cell);
            if !same && cell.number().is_some() {
                *cell = replace(cell, Cell::Missing).about();
            }
        }
    };
    // A unit may have several rows, which come in the same order.
    let mut rows: HashMap<&str, VecDeque<&Vec<Cell>>> = HashMap::new();
    exact.rows.iter().for_each(|row| rows.entry(&row.key).or_default().push_back(&row.cells));
    for row in &mut table.rows {
        mark(&mut row.cells, rows.get_mut(row.key.as_str()).and_then(VecDeque::pop_front));
    }
    if let Some(total) = &mut table.total {
        mark(total, exact.total.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, line};

    #[test]
    fn what_contains_an_approximate_figure_is_marked() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.activity = line("2015-2016", Some(10), Some(400), Some(100));
        visit.activity.as_mut().unwrap().approximate = vec!["field.law.women".into()];
        specimen.visit("2016-10-28-dien-cong").activity = line("2015-2016", Some(5), Some(100), Some(50));
        let about = |cell: Cell| Cell::About(Box::new(cell));
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 0, "women"), about(Cell::Count(100)));
        assert_eq!(cell(&table, 1, "women"), Cell::Count(50));
        assert_eq!(cell(&table, 2, "women"), about(Cell::Count(150)), "the total contains it");
        assert_eq!(cell(&table, 2, "women_percent"), about(Cell::Number(30.0)));
        assert_eq!(cell(&table, 2, "attendances"), Cell::Count(500));
        assert!(table.notes.iter().any(|note| note.vi.starts_with('≈')), "{:?}", table.notes);
        let table = specimen.table("activity-fields");
        assert_eq!(cell(&table, table.rows.len(), "women"), about(Cell::Count(150)));
        specimen.visit("2016-10-27-bac-son").activity.as_mut().unwrap().approximate.clear();
        assert_eq!(cell(&specimen.table("activity"), 2, "women"), Cell::Count(150));
    }
}
