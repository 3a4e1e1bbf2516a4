//! The list of centres: a row for each; or how many there are of each kind.

use super::builder::{KeyedRow, TableBuilder, UNIT, blank, total_word};
use super::group::{self, Group, Scope};
use super::snapshot::{Facts, Snapshot};
use super::{By, Request, Summary};
use crate::model::centre::{CentreKind, StatusValue, short_name};
use crate::model::field::Choice;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow};
use crate::model::text::{Said, t};

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "register",
    title: t("Danh sách trung tâm học tập cộng đồng", "Register of community learning centres"),
    about: t(
        "Tất cả trung tâm: xã, phường, loại, ngày thành lập, tình trạng, giám đốc. Theo loại: số trung tâm mỗi loại.",
        "Every centre: unit, kind, founding, status, director. By kind: how many there are of each.",
    ),
    topic: None,
    needs: &["status", "person"],
    scope: Scope::All,
    all_visits: false,
    main: &[],
    picture: None,
    by: &[By::Centre, By::Kind, By::Area],
    build,
};

/// The columns.
const COLUMNS: &[ColumnRow] = &[
    ("unit", UNIT, ColumnKind::Name),
    ("code", t("Mã đơn vị hành chính", "Official code"), ColumnKind::Text),
    ("id", t("Mã trung tâm", "Id"), ColumnKind::Text),
    ("name", t("Tên trung tâm", "Name"), ColumnKind::Text),
    ("kind", t("Loại", "Kind"), ColumnKind::Text),
    ("founded", t("Thành lập", "Founded"), ColumnKind::Date),
    ("status", t("Tình trạng", "Status"), ColumnKind::Text),
    ("director", t("Giám đốc", "Director"), ColumnKind::Text),
    ("model_centre", t("Điển hình", "Model centre"), ColumnKind::Bool),
];

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let by_kind = asked.by(&SUMMARY) == Some(By::Kind);
    if by_kind { kinds(&group::centres(groups)) } else { centres(groups) }
}

/// A row for each kind: how many centres are of it, in percent of all, how many of them active and model centres.
fn kinds(all: &[&Snapshot]) -> TableBuilder {
    let columns = vec![
        Column::new("kind", t("Loại", "Kind"), ColumnKind::Name),
        Column::new("centres", t("Số trung tâm", "Centres"), ColumnKind::Count),
        Column::new("share", t("% số trung tâm", "% of centres"), ColumnKind::Percent),
        Column::new("active", t("Đang hoạt động", "Active"), ColumnKind::Count),
        Column::new("model_centres", t("Điển hình", "Model centres"), ColumnKind::Count),
    ];
    let figures = |name: Cell, of: &[&Facts]| {
        let count = |is: fn(&Facts) -> bool| of.iter().filter(|facts| is(facts)).count() as i64;
        let n = of.len() as i64;
        let active = count(|facts| facts.status == StatusValue::Active);
        let models = count(|facts| facts.model_centre == Some(true));
        let share = Cell::percent(Some(n), Some(all.len() as i64));
        vec![name, Cell::Count(n), share, Cell::Count(active), Cell::Count(models)]
    };
    let known: Vec<&Facts> = all.iter().filter_map(|centre| centre.facts.as_ref()).collect();
    let kinds = CentreKind::ALL.iter().copied().map(Some).chain([None]);
    let rows = kinds.filter_map(|kind| {
        let of: Vec<&Facts> = known.iter().copied().filter(|facts| facts.kind == kind).collect();
        let name = kind.map_or_else(not_said, |kind| kind.choice().into());
        let files = of.iter().map(|facts| facts.file.clone()).collect();
        let key = kind.map_or_else(String::new, |kind| kind.word().to_owned());
        (!of.is_empty()).then(|| KeyedRow { key, cells: figures(name, &of), files })
    });
    let rows = rows.collect();
    TableBuilder { columns, rows, total: Some(figures(total_word(), &known)), notes: Vec::new() }
}

/// The cell of a kind where there is little room.
fn short(kind: CentreKind) -> Cell {
    let Choice { word, label } = kind.choice();
    Cell::word(*word, Said { vi: short_name(label.vi), en: label.en.into() })
}

/// The cell for centres that do not say what kind they are.
fn not_said() -> Cell {
    Cell::word(String::new(), t("(không ghi loại)", "(kind not recorded)"))
}

/// A row for each centre.
fn centres(groups: &[Group]) -> TableBuilder {
    let mut columns = Column::list(COLUMNS);
    columns.iter_mut().filter(|column| column.key == "name").for_each(|column| column.beside = Some("unit"));
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
            facts.kind.map_or(Cell::Missing, short),
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
    use crate::model::centre::{CentreKind, Status, StatusValue};
    use crate::model::table::Cell;
    use crate::summary::By;
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
        assert_eq!(cell(&table, 1, "status"), Cell::word("dissolved", StatusValue::Dissolved.label()));
        assert_eq!(cell(&table, 2, "status"), Cell::Of(1, 2));
        assert_eq!(specimen.table("progress").rows.len(), 1);
    }

    #[test]
    fn kinds_are_counted_of_all_centres() {
        let mut specimen = Specimen::new(&["bac-son", "nam-khe", "yen-thanh"]);
        specimen.centre("dien-cong", "dien-cong").kind = Some(CentreKind::CultureSportClc);
        specimen.options.by = Some(By::Kind);
        let table = specimen.table("register");
        assert_eq!(table.rows.len(), 2, "a kind that no centre is of has no row");
        assert_eq!(cell(&table, 0, "share"), Cell::Number(25.0));
        assert_eq!(cell(&table, 1, "centres"), Cell::Count(3), "those that do not say");
        assert_eq!(cell(&table, 2, "active"), Cell::Count(4));
    }
}
