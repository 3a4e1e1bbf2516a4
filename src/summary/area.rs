//! A table by area: the rows of each area, and below them its subtotal.

use super::Request;
use super::builder::{KeyedRow, SUBTOTAL, TableBuilder, blank};
use super::group::Group;
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Said, t};
use crate::say;

/// The rows of a table under their areas, in the order of `units.toml`; what is in none comes last. Each area is a table
/// of its own, whose total is the subtotal.
pub fn apart(
    asked: &Request,
    mut whole: TableBuilder,
    groups: [&[Group]; 2],
    make: impl Fn(&[Group], &[Group]) -> TableBuilder,
) -> Result<TableBuilder, Said> {
    let areas = &asked.register.units.body.area;
    let area_of = |group: &Group| {
        let area = asked.register.unit(&group.id)?.area.as_ref()?;
        areas.iter().position(|known| known.id == *area)
    };
    whole.rows.clear();
    for at in (0..areas.len()).map(Some).chain([None]) {
        let part = groups.map(|groups| groups.iter().filter(|group| area_of(group) == at).cloned().collect());
        let [now, before]: [Vec<Group>; 2] = part;
        if now.is_empty() && before.is_empty() {
            continue;
        }
        let mut part = make(&now, &before);
        if let Some(by) = &asked.options.sort {
            part.sort(by)?;
        }
        let name = at.map_or(Cell::Missing, |at| {
            Cell::word(areas[at].id.clone(), Said::same(areas[at].name.as_str()))
        });
        whole.rows.extend(under(&whole.columns, name, part));
    }
    whole.columns.insert(1, Column::new("area", t("Huyện cũ, cụm", "Area"), ColumnKind::Name));
    whole.total.iter_mut().for_each(|total| total.insert(1, blank()));
    Ok(whole)
}

/// The rows of an area under the columns of the whole table, then its subtotal.
fn under(columns: &[Column], area: Cell, part: TableBuilder) -> Vec<KeyedRow> {
    let at = |column: &Column| part.columns.iter().position(|own| own.key == column.key);
    let places: Vec<Option<usize>> = columns.iter().map(at).collect();
    let cells = |own: &[Cell]| -> Vec<Cell> {
        let cell = |at: &Option<usize>| at.map_or(Cell::Missing, |at| own[at].clone());
        let mut cells: Vec<Cell> = places.iter().map(cell).collect();
        cells.insert(1, area.clone());
        cells
    };
    let files = part.rows.iter().flat_map(|row| row.files.iter().cloned()).collect();
    let rows = part.rows.iter().map(|row| KeyedRow { cells: cells(&row.cells), ..row.clone() });
    let mut rows: Vec<KeyedRow> = rows.collect();
    if let Some(total) = &part.total {
        let mut cells = cells(total);
        let name = match &area {
            Cell::Word(_, name) => (**name).clone(),
            _ => t("ngoài các huyện cũ, cụm", "in no area").into(),
        };
        cells[0] = Cell::word(SUBTOTAL, say!("Cộng {name}", "Subtotal {name}", [name]));
        rows.push(KeyedRow { key: SUBTOTAL.into(), cells, files });
    }
    rows
}

#[cfg(test)]
mod tests {
    use crate::model::table::Cell;
    use crate::model::unit::Area;
    use crate::summary::By;
    use crate::summary::specimen::{Specimen, cell, line};

    #[test]
    fn each_area_has_its_rows_and_its_subtotal() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe", "yen-thanh"]);
        assert!({
            specimen.options.by = Some(By::Area);
            specimen.error("activity").en.contains("no [[area]]")
        });
        let area = |id: &str| Area { id: id.into(), name: id.into() };
        specimen.register.units.body.area = vec![area("west"), area("east"), area("empty")];
        for (at, area) in [(0, "east"), (1, "west"), (2, "east"), (3, "unknown")] {
            specimen.register.units.body.unit[at].area = Some(area.into());
        }
        for (visit, n) in [
            ("2016-10-27-bac-son", 100),
            ("2016-10-28-dien-cong", 200),
            ("2016-10-29-nam-khe", 400),
            ("2016-10-30-yen-thanh", 800),
        ] {
            specimen.visit(visit).activity = line("2015-2016", Some(1), Some(n), None);
        }
        specimen.options.sort = Some("attendances".into());
        let table = specimen.table("activity");
        let column = |key: &str| -> Vec<Cell> { (0..=7).map(|row| cell(&table, row, key)).collect() };
        let counts = [200, 200, 400, 100, 500, 800, 800, 1500].map(Cell::Count);
        assert_eq!(
            column("attendances"),
            counts,
            "the largest first in each area; what is in none comes last"
        );
        let number = |n| if n == 0 { Cell::Text(String::new()) } else { Cell::Count(n) };
        assert_eq!(column("row_no"), [1, 0, 2, 3, 0, 4, 0, 0].map(number));
        assert_eq!(cell(&table, 4, "reported"), Cell::Of(2, 2));
        assert_eq!(cell(&table, 5, "area"), Cell::Missing);
        specimen.options.top = Some(1);
        assert!(specimen.error("activity").en.contains("--top"));
    }
}
