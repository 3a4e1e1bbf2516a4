//! `datapackage.json`: what the CSV files of an export hold, as a Frictionless Data Package (v1, tabular).

use crate::model::json::{self, Json, json};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said};

/// The descriptor of exported tables: `<table>.csv` each, as the profiles `plain` and `exact` write them.
pub fn descriptor(name: &str, title: &Said, tables: &[Table], lang: Lang) -> String {
    json::text(&json!({
        "profile": "tabular-data-package",
        "name": name,
        "title": title.get(lang),
        "resources": tables.iter().map(|table| resource(table, lang)).collect::<Vec<_>>(),
    }))
}

/// The name of a table's file beside the descriptor.
pub fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

fn resource(table: &Table, lang: Lang) -> Json {
    let mut schema = json!({
        "fields": table.columns.iter().map(|column| field(column, lang)).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if !table.primary_key.is_empty() {
        schema["primaryKey"] = json!(table.primary_key);
    }
    let keys = table.foreign_keys.iter().map(|key| {
        // a table that refers to itself does so by the empty name
        let resource = if key.table == table.name { "" } else { &key.table };
        json!({"fields": key.column, "reference": {"resource": resource, "fields": key.reference}})
    });
    if !table.foreign_keys.is_empty() {
        schema["foreignKeys"] = keys.collect();
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title.get(lang),
        "path": file_name(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    })
}

fn field(column: &Column, lang: Lang) -> Json {
    let mut field =
        json!({"name": column.name, "type": type_of(column.kind), "title": column.label.get(lang)});
    if column.required {
        field["constraints"] = json!({"required": true});
    }
    field
}

fn type_of(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Name | ColumnKind::Date => "string",
        ColumnKind::Count | ColumnKind::Millions | ColumnKind::Money => "integer",
        ColumnKind::Number | ColumnKind::Ratio | ColumnKind::Percent => "number",
        ColumnKind::Day => "date",
        ColumnKind::Time => "time",
        ColumnKind::Bool => "boolean",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::{Day, Time};
    use crate::model::table::{Cell, ForeignKey};
    use crate::model::text::t;
    use crate::render::{Style, csv};

    /// Centres, and visits that refer to them.
    fn tables() -> Vec<Table> {
        let column =
            |key: &str, kind, required| Column { required, ..Column::new(key, Said::same(key), kind) };
        let centres = Table {
            name: "centres".into(),
            title: t("Trung tâm", "Centres").into(),
            columns: vec![column("centre", ColumnKind::Text, true), column("phone", ColumnKind::Text, false)],
            rows: vec![
                vec![Cell::text("yen-thanh"), Cell::text("+84 33 1")],
                vec![Cell::text("nam-khe"), Cell::text("")],
            ],
            primary_key: vec!["centre".into()],
            ..Table::default()
        };
        let visits = Table {
            name: "visits".into(),
            title: t("Lần kiểm tra", "Visits").into(),
            columns: vec![
                column("visit", ColumnKind::Text, true),
                column("centre", ColumnKind::Text, true),
                column("follow_up_of", ColumnKind::Text, false),
                column("date", ColumnKind::Day, true),
                column("starts", ColumnKind::Time, false),
                column("spent", ColumnKind::Money, false),
                column("area_m2", ColumnKind::Number, false),
                column("signed", ColumnKind::Bool, false),
            ],
            rows: vec![
                vec![
                    Cell::text("2016-10-27-yen-thanh"),
                    Cell::text("yen-thanh"),
                    Cell::Missing,
                    Cell::Day(Day::new(2016, 10, 27).unwrap()),
                    Cell::Time(Time::new(8, 0, 0).unwrap()),
                    Cell::Count(42_350_000),
                    Cell::Number(120.5),
                    Cell::Bool(true),
                ],
                vec![
                    Cell::text("2016-11-03-yen-thanh"),
                    Cell::text("yen-thanh"),
                    Cell::text("2016-10-27-yen-thanh"),
                    Cell::Day(Day::new(2016, 11, 3).unwrap()),
                    Cell::Missing,
                    Cell::Missing,
                    Cell::Missing,
                    Cell::Missing,
                ],
            ],
            primary_key: vec!["visit".into()],
            foreign_keys: vec![
                ForeignKey { column: "centre".into(), table: "centres".into(), reference: "centre".into() },
                ForeignKey {
                    column: "follow_up_of".into(),
                    table: "visits".into(),
                    reference: "visit".into(),
                },
            ],
            ..Table::default()
        };
        vec![centres, visits]
    }

    #[test]
    fn the_descriptor_names_types_and_keys() {
        let tables = tables();
        let value: Json = descriptor("uong-bi", &Said::same("Uông Bí"), &tables, Lang::Vi).parse().unwrap();
        let visits = &value["resources"][1];
        assert_eq!(visits["path"], "visits.csv");
        assert_eq!(
            visits["schema"]["fields"][3].to_string(),
            r#"{"name":"date","type":"date","title":"date","constraints":{"required":true}}"#
        );
        assert_eq!(
            visits["schema"]["foreignKeys"].to_string(),
            r#"[{"fields":"centre","reference":{"resource":"centres","fields":"centre"}},{"fields":"follow_up_of","reference":{"resource":"","fields":"visit"}}]"#
        );
        let style = Style { profile: &csv::EXACT, ..Style::default() };
        assert_eq!(
            String::from_utf8(csv::draw(&tables[0], &style)).unwrap(),
            "centre,phone\nyen-thanh,+84 33 1\nnam-khe,\n"
        );
    }
}
