//! `load.sql`: the tables of an export as tables of DuckDB, each column of the type that it has in the register. One script serves
//! one export and any number of them.

use super::datapackage::file_name;
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Text, t};

/// What stands at the head: how it is called, since whoever opens the file may not know.
const HEAD: Text = t(
    "-- Nạp các bảng đã xuất vào DuckDB / một thư mục:  duckdb so.db -c \".read load.sql\"\n\
     -- Nhiều thư mục, mỗi sổ một thư mục:  duckdb nuoc.db -c \"set variable exports = '*'\" -c \".read 01/load.sql\"\n\
     -- Chia theo năm, ra Parquet:  copy (select *, year(visit_date) as year from visits) to 'visits' (format parquet, partition_by (year));\n",
    "-- Loads the exported tables into DuckDB / one folder:  duckdb register.db -c \".read load.sql\"\n\
     -- Many folders, one for each register:  duckdb country.db -c \"set variable exports = '*'\" -c \".read 01/load.sql\"\n\
     -- As Parquet, by years:  copy (select *, year(visit_date) as year from visits) to 'visits' (format parquet, partition_by (year));\n",
);

/// The script for some tables, the first of which has a row for each register.
pub fn script(tables: &[Table], lang: Lang) -> String {
    let mut script = HEAD.get(lang).to_owned() + "begin;\n";
    for table in tables {
        script += &create(table);
    }
    if let Some(first) = tables.first() {
        let (name, keys) = (&first.name, first.primary_key.join(", "));
        // A folder that was copied, or an id that two offices have, would count everything twice.
        script += &format!("create unique index {name}_once on {name} ({keys});\n");
    }
    script + "commit;\n"
}

/// The line of a table. Columns are found by their names, so that exports of two versions are never mixed up.
fn create(table: &Table) -> String {
    let columns: Vec<String> = table.columns.iter().map(typed).collect();
    let (name, file, columns) = (&table.name, file_name(table), columns.join(", "));
    format!(
        "create or replace table {name} as from read_csv(coalesce(getvariable('exports'), '.') || '/{file}', header = true, \
         delim = ',', quote = '\"', escape = '\"', union_by_name = true, types = {{{columns}}});\n"
    )
}

fn typed(column: &Column) -> String {
    let kind = match column.kind {
        ColumnKind::Text | ColumnKind::Name | ColumnKind::Date => "VARCHAR",
        ColumnKind::Count | ColumnKind::Millions | ColumnKind::Money => "BIGINT",
        ColumnKind::Number | ColumnKind::Ratio | ColumnKind::Percent => "DOUBLE",
        ColumnKind::Day => "DATE",
        ColumnKind::Time => "TIME",
        ColumnKind::Bool => "BOOLEAN",
    };
    format!("'{}': '{kind}'", column.name)
}
