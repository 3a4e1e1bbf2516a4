//! Classes and learners: a row for each field of activity, or a row for each unit and a column for each field.

use super::builder::{KeyedRow, Note, TableBuilder, by_unit_with, total_word};
use super::group::{self, Group, Scope};
use super::measure::{Measure, count, percent, sum};
use super::snapshot::{ACTIVITY, Snapshot};
use super::{By, Request, Summary, activity};
use crate::model::field::Vocabulary;
use crate::model::figures::Learning;
use crate::model::table::{Cell, ChartKind, Column, ColumnKind};
use crate::model::text::{Said, Text, t};

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "activity-fields",
    title: t("Hoạt động theo lĩnh vực", "Activity by field"),
    about: t(
        "Từng lĩnh vực: số trung tâm có mở lớp, số lớp, chuyên đề, lượt người. Theo xã, phường: lượt người ở từng lĩnh vực.",
        "Each field: how many centres held it, classes, attendances. By unit: attendances in each field.",
    ),
    topic: Some(ACTIVITY),
    needs: &["status", "activity"],
    scope: Scope::Window,
    all_visits: false,
    main: &["classes", "attendances"],
    picture: Some((ChartKind::Shares, &["share"])),
    by: &[By::Field, By::Unit, By::Area],
    build,
};

/// The columns after the field and the centres that held it.
const MEASURES: &[Measure<Learning>] = &[
    count("classes", "Số lớp, chuyên đề", "Classes", |l| l.classes),
    count("attendances", "Lượt người", "Attendances", |l| l.attendances),
    count("women", "Nữ", "Women", |l| l.women),
    percent("women_percent", "% nữ", "% women", |l| l.women.zip(l.attendances)),
];

/// The same columns in the total row, which counts also what is not split by field.
const TOTALS: &[Measure<Snapshot>] = &[
    count("classes", "", "", |s| activity::of(s, |l| l.classes)),
    count("attendances", "", "", |s| activity::of(s, |l| l.attendances)),
    count("women", "", "", |s| activity::of(s, |l| l.women)),
    percent("women_percent", "", "", activity::women_of_attendances),
];

/// What a reader of the fields must know.
const NOTES: [(&str, Text); 2] = [
    (
        "centres",
        t(
            "Cột “Số trung tâm có mở lớp”: trên tổng số trung tâm có báo cáo hoạt động; dòng tổng cộng: số trung tâm có báo cáo.",
            "Centres that held a field are of those that reported activity; the total tells how many reported.",
        ),
    ),
    (
        "women_percent",
        t(
            "% nữ chỉ tính ở nơi báo cáo đủ cả lượt người và số nữ.",
            "% women is of those that report both attendances and women.",
        ),
    ),
];

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let centres = group::centres(groups);
    let fields = fields(asked, &centres);
    if matches!(asked.by(&SUMMARY), Some(By::Unit | By::Area)) {
        crosstab(asked, groups, &centres, &fields)
    } else {
        rows(asked, &centres, &fields)
    }
}

/// The fields of the vocabulary, then others that were reported.
fn fields(asked: &Request, centres: &[&Snapshot]) -> Vec<String> {
    let words = asked.register.words(Vocabulary::ActivityFields).unwrap_or_default();
    let mut fields: Vec<String> = words.iter().map(|field| field.id.clone()).collect();
    for field in centres.iter().filter_map(|centre| centre.activity()).flat_map(|a| a.field.keys()) {
        if !fields.contains(field) {
            fields.push(field.clone());
        }
    }
    fields
}

/// The key of what a total has beyond the fields.
pub const NOT_SPLIT: &str = "not_split";
/// What it is called.
pub const NOT_SPLIT_LABEL: Text = t("Chưa tách theo lĩnh vực", "Not split by field");

/// The line of a centre for a field.
fn line<'a>(centre: &&'a Snapshot, field: &str) -> Option<&'a Learning> {
    centre.activity()?.field.get(field)
}

/// A row for each field.
fn rows(asked: &Request, centres: &[&Snapshot], fields: &[String]) -> TableBuilder {
    let mut columns = vec![
        Column::new("field", t("Lĩnh vực", "Field"), ColumnKind::Name),
        Column::new("centres", t("Số trung tâm có mở lớp", "Centres that held it"), ColumnKind::Text),
    ];
    columns.extend(MEASURES.iter().map(Measure::column));
    columns.push(Column::new("share", t("% lượt người", "% of attendances"), ColumnKind::Percent));
    let reporting: Vec<&&Snapshot> = centres.iter().filter(|centre| centre.activity.is_some()).collect();
    let all: Option<i64> = sum(centres.iter().map(|centre| activity::of(centre, |l| l.attendances)));
    let rows = fields.iter().map(|field| {
        let with_it = reporting.iter().filter(|centre| line(centre, field).is_some());
        let lines: Vec<&Learning> = with_it.clone().filter_map(|centre| line(centre, field)).collect();
        let holding = lines.iter().filter(|line| line.was_held()).count();
        let mut cells = vec![
            Cell::word(field.clone(), asked.register.label(Vocabulary::ActivityFields, field)),
            Cell::Of(holding, reporting.len()),
        ];
        cells.extend(MEASURES.iter().map(|measure| measure.cell(lines.iter().copied())));
        cells.push(Cell::percent(sum(lines.iter().map(|line| line.attendances)), all));
        let files = with_it.flat_map(|centre| centre.files(ACTIVITY)).cloned();
        KeyedRow { key: field.clone(), cells, files: files.collect() }
    });
    let rows = rows.chain(not_split_row(&reporting, all)).collect();
    let mut total = vec![total_word(), Cell::Of(reporting.len(), centres.len())];
    total.extend(TOTALS.iter().map(|measure| measure.cell(centres.iter().copied())));
    total.push(Cell::percent(all, all));
    TableBuilder {
        columns,
        rows,
        total: Some(total),
        notes: NOTES.map(|(key, note)| Note::column(key, note)).to_vec(),
    }
}

/// The row of what centres tell only in all, if any does. The share of women in it is not known: those of the total may
/// have been in the fields.
fn not_split_row(reporting: &[&&Snapshot], all: Option<i64>) -> Option<KeyedRow> {
    let with_it: Vec<_> =
        reporting.iter().filter_map(|centre| Some((centre, activity::not_split(centre)?))).collect();
    let lines = || with_it.iter().map(|(_, rest)| rest);
    let name = Cell::word(NOT_SPLIT, NOT_SPLIT_LABEL);
    let mut cells = vec![name, Cell::Of(with_it.len(), reporting.len())];
    cells.extend(MEASURES.iter().map(|measure| match measure.is_derived() {
        true => Cell::Missing,
        false => measure.cell(lines()),
    }));
    cells.push(Cell::percent(sum(lines().map(|rest| rest.attendances)), all));
    let files = with_it.iter().flat_map(|(centre, _)| centre.files(ACTIVITY)).cloned().collect();
    (!with_it.is_empty()).then(|| KeyedRow { key: NOT_SPLIT.into(), cells, files })
}

/// A row for each unit, with its attendances in each field that was held anywhere.
fn crosstab(asked: &Request, groups: &[Group], all: &[&Snapshot], fields: &[String]) -> TableBuilder {
    let met: Vec<&String> =
        fields.iter().filter(|field| all.iter().any(|centre| line(centre, field).is_some())).collect();
    let column = |field: &&String| {
        let label: Said = asked.register.label(Vocabulary::ActivityFields, field);
        Column::new(format!("field_{field}"), label, ColumnKind::Count)
    };
    let rests =
        |centres: &[&Snapshot]| sum(centres.iter().map(|centre| activity::not_split(centre)?.attendances));
    let rest = rests(all).map(|_| Column::new(NOT_SPLIT, NOT_SPLIT_LABEL, ColumnKind::Count));
    let has_rest = rest.is_some();
    let all_fields = Column::new("attendances", t("Tất cả lĩnh vực", "All fields"), ColumnKind::Count);
    let columns = met.iter().map(column).chain(rest).chain([all_fields]).collect();
    let mut table = by_unit_with(groups, ACTIVITY, columns, |centres| {
        let in_field = |field: &&String| {
            sum(centres.iter().map(|centre| line(centre, field).and_then(|line| line.attendances)))
        };
        let in_all = sum(centres.iter().map(|centre| activity::of(centre, |line| line.attendances)));
        let in_rest = has_rest.then(|| rests(centres));
        met.iter().map(in_field).chain(in_rest).chain([in_all]).map(Cell::from).collect()
    });
    table.notes.push(t("Số trong bảng là lượt người.", "The figures are attendances.").into());
    table
}

#[cfg(test)]
mod tests {
    use crate::model::figures::{Activity, Learning};
    use crate::model::period::Period;
    use crate::model::table::Cell;
    use crate::summary::By;
    use crate::summary::specimen::{Specimen, cell, line};

    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(300), Some(100));
        let visit = specimen.visit("2016-10-28-dien-cong");
        visit.activity = line("2015-2016", Some(0), None, None);
        let health = Learning { attendances: Some(100), ..Learning::default() };
        visit.activity.as_mut().unwrap().field.push("health".into(), health);
        specimen
    }

    #[test]
    fn a_field_with_no_class_was_not_held() {
        let table = specimen().table("activity-fields");
        let law =
            table.rows.iter().position(|row| row[1] == Cell::word("law", crate::say!("Pháp luật", "Law")));
        let law = law.unwrap();
        assert_eq!(cell(&table, law, "centres"), Cell::Of(1, 2));
        assert_eq!(cell(&table, law, "classes"), Cell::Count(10));
        assert_eq!(cell(&table, law, "share"), Cell::Number(75.0));
        assert_eq!(cell(&table, table.rows.len(), "centres"), Cell::Of(2, 3));
        assert_eq!(cell(&table, table.rows.len(), "attendances"), Cell::Count(400));
    }

    #[test]
    fn what_is_not_split_by_field_is_counted_once() {
        let mut specimen = specimen();
        let total = Learning { attendances: Some(150), classes: Some(7), ..Learning::default() };
        specimen.visit("2016-10-28-dien-cong").activity.as_mut().unwrap().total = total.clone();
        specimen.visit("2016-10-29-nam-khe").activity =
            Some(Activity { period: Period::parse("2015-2016"), total, ..Activity::default() });
        let table = specimen.table("activity-fields");
        let rest = table.rows.len() - 1;
        assert_eq!(cell(&table, rest, "field"), Cell::word("not_split", super::NOT_SPLIT_LABEL));
        assert_eq!(cell(&table, rest, "centres"), Cell::Of(2, 3));
        assert_eq!(cell(&table, rest, "attendances"), Cell::Count(200), "50 beside the fields, and 150");
        assert_eq!(cell(&table, rest + 1, "attendances"), Cell::Count(600));
        assert_eq!(cell(&table, rest + 1, "classes"), Cell::Count(24));
        specimen.options.by = Some(By::Unit);
        let table = specimen.table("activity-fields");
        assert_eq!(cell(&table, 1, "not_split"), Cell::Count(50));
        assert_eq!(cell(&table, 3, "attendances"), Cell::Count(600));
        assert_eq!(cell(&specimen.table("activity"), 3, "attendances"), Cell::Count(600));
    }

    #[test]
    fn by_unit_there_is_a_column_a_field() {
        let mut specimen = specimen();
        specimen.options.by = Some(By::Unit);
        let table = specimen.table("activity-fields");
        assert_eq!(cell(&table, 0, "field_health"), Cell::Missing);
        assert_eq!(cell(&table, 1, "field_health"), Cell::Count(100));
        assert_eq!(cell(&table, 3, "attendances"), Cell::Count(400));
        specimen.options.by = Some(By::Month);
        assert!(specimen.error("activity-fields").vi.contains("month"));
    }
}
