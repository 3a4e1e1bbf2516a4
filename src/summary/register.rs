//! The list of centres: a row each.

use super::place::{Place, Scope};
use super::progress::choice_cell;
use super::sheet::{Row, Sheet, UNIT, blank, total_word};
use super::snapshot::Snapshot;
use super::{By, Cx, Summary};
use crate::model::centre::StatusValue;
use crate::model::table::{Cell, Column, ColumnKind};
use crate::model::text::{Text, t};

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "register",
    title: t("Danh sách trung tâm học tập cộng đồng", "Register of community learning centres"),
    about: t(
        "Mọi trung tâm: đơn vị, loại, ngày thành lập, tình trạng, giám đốc.",
        "Every centre: unit, kind, founding, status, director.",
    ),
    block: None,
    scope: Scope::All,
    all_visits: false,
    main: &[],
    picture: None,
    by: &[By::Centre],
    sheet,
};

/// The columns.
const COLUMNS: &[(&str, Text, ColumnKind)] = &[
    ("unit", UNIT, ColumnKind::Text),
    ("code", t("Mã đơn vị", "Code"), ColumnKind::Text),
    ("id", t("Mã trung tâm", "Id"), ColumnKind::Text),
    ("name", t("Tên trung tâm", "Name"), ColumnKind::Text),
    ("kind", t("Loại", "Kind"), ColumnKind::Text),
    ("founded", t("Thành lập", "Founded"), ColumnKind::Day),
    ("status", t("Tình trạng", "Status"), ColumnKind::Text),
    ("director", t("Giám đốc", "Director"), ColumnKind::Text),
    ("model_centre", t("Điển hình", "Model centre"), ColumnKind::Bool),
];

fn sheet(_: &Cx, places: &[Place]) -> Sheet {
    let columns = COLUMNS.iter().map(|(key, label, kind)| Column::new(*key, *label, *kind)).collect();
    let mut rows = Vec::new();
    for place in places {
        rows.extend(place.centres.iter().map(|centre| row(place, centre)));
    }
    let centres =
        || places.iter().flat_map(|place| &place.centres).filter_map(|centre| centre.facts.as_ref());
    let active = centres().filter(|facts| facts.status == StatusValue::Active).count();
    let models = centres().filter(|facts| facts.model_centre == Some(true)).count();
    let total = COLUMNS.iter().map(|(key, ..)| match *key {
        "unit" => total_word(),
        "status" => Cell::Of(active, rows.len()),
        "model_centre" => Cell::Of(models, rows.len()),
        _ => blank(),
    });
    let total = total.collect();
    let note = t(
        "Dòng tổng cộng: số trung tâm đang hoạt động, số trung tâm điển hình, trên tổng số.",
        "The total tells how many centres are active, and how many are model centres, of all.",
    );
    Sheet { columns, rows, total: Some(total), notes: vec![note.into()] }
}

fn row(place: &Place, centre: &Snapshot) -> Row {
    let mut cells = vec![
        place.cell(),
        place.code.as_ref().map_or(Cell::Missing, Cell::text),
        Cell::text(centre.centre.as_str()),
        Cell::text(centre.name()),
    ];
    match &centre.facts {
        Some(facts) => cells.extend([
            facts.kind.map_or(Cell::Missing, |kind| choice_cell(kind.choice())),
            facts.founded.into(),
            choice_cell(facts.status.choice()),
            facts.director_now.as_ref().map_or(Cell::Missing, Cell::text),
            facts.model_centre.map_or(Cell::Missing, Cell::Bool),
        ]),
        None => cells.resize(COLUMNS.len(), Cell::Missing),
    }
    let files = centre.facts.iter().map(|facts| facts.file.clone()).collect();
    Row { key: centre.centre.clone(), cells, files }
}

#[cfg(test)]
mod tests {
    use crate::model::centre::{Status, StatusValue};
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, day};

    #[test]
    fn every_centre_is_listed_as_it_is_today() {
        let mut specimen = Specimen::new(&["bac-son"]);
        let closed = Status {
            value: Some(StatusValue::Dissolved),
            from: Some(day("2012-01-01")),
            ..Status::default()
        };
        specimen.centre("dien-cong", "dien-cong").status = vec![closed];
        let table = specimen.table("register");
        assert_eq!(table.rows.len(), 2, "also the one that had closed before the window");
        assert_eq!(
            cell(&table, 1, "status"),
            Cell::Word("dissolved".into(), StatusValue::Dissolved.label().into())
        );
        assert_eq!(cell(&table, 2, "status"), Cell::Of(1, 2));
        assert_eq!(specimen.table("progress").rows.len(), 1);
    }
}
