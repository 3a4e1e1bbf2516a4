//! The list of centres: a row for each.

use super::builder::{KeyedRow, TableBuilder, UNIT, blank, total_word};
use super::group::{Group, Scope};
use super::snapshot::Snapshot;
use super::{By, Request, Summary};
use crate::model::centre::StatusValue;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow};
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "register",
    title: t("Danh sách trung tâm học tập cộng đồng", "Register of community learning centres"),
    about: t(
        "Mọi trung tâm: đơn vị, loại, ngày thành lập, tình trạng, giám đốc.",
        "Every centre: unit, kind, founding, status, director.",
    ),
    topic: None,
    scope: Scope::All,
    all_visits: false,
    main: &[],
    picture: None,
    by: &[By::Centre],
    build,
};

/// The columns.
const COLUMNS: &[ColumnRow] = &[
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

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    let columns = Column::list(COLUMNS);
    let mut rows = Vec::new();
    for group in groups {
        rows.extend(group.centres.iter().map(|centre| row(group, centre)));
    }
    let centres =
        || groups.iter().flat_map(|group| &group.centres).filter_map(|centre| centre.facts.as_ref());
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
    TableBuilder { columns, rows, total: Some(total), notes: vec![note.into()] }
}

fn row(group: &Group, centre: &Snapshot) -> KeyedRow {
    let mut cells = vec![
        group.cell(),
        group.code.as_ref().into(),
        Cell::text(centre.centre.as_str()),
        Cell::text(centre.name()),
    ];
    match &centre.facts {
        Some(facts) => cells.extend([
            facts.kind.map(|kind| kind.choice()).into(),
            facts.founded.into(),
            facts.status.choice().into(),
            facts.director_now.as_ref().into(),
            facts.model_centre.into(),
        ]),
        None => cells.resize(COLUMNS.len(), Cell::Missing),
    }
    let files = centre.facts.iter().map(|facts| facts.file.clone()).collect();
    KeyedRow { key: centre.centre.clone(), cells, files }
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
