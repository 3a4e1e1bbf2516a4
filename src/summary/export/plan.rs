//! How each table is filled: its place in the record, its columns and keys, from the field rows.

use super::names::{KeyColumn, PARTS, ROW, SCHEME, TablePart, unreserved};
use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Refers};
use crate::model::table::{Column, ColumnKind, ForeignKey, Table};
use crate::model::text::{Said, t};

/// How a table is filled.
pub struct Plan {
    /// The kind of record.
    pub record: RecordKind,
    /// Where in a record its rows are.
    pub steps: Vec<Toward>,
    /// The columns of the record's own keys, after those of the id, of the rows and of the keys.
    pub leaves: Vec<Leaf>,
    /// The table, empty.
    pub table: Table,
}

/// A step towards the rows; one step may lead to many places.
pub enum Toward {
    /// To the value of a key.
    Key(&'static str),
    /// To each of a list.
    Each,
    /// To each value of a table, but for these keys.
    Any(Vec<&'static str>),
}

/// A value that becomes a cell.
pub struct Leaf {
    /// The keys below the place of the row; empty for a row that is a single value.
    pub path: Vec<&'static str>,
    /// The heading.
    pub label: Said,
    /// The kind of its value.
    pub kind: Kind,
    /// True if every row has it.
    pub required: bool,
}

/// How the table of a part is filled; `None` if the place is not in the record.
pub fn plan(part: &TablePart) -> Option<Plan> {
    let TablePart { record, place, table, keys } = *part;
    let mut at = record.root();
    let mut steps = Vec::new();
    let mut titles: Vec<Said> = Vec::new();
    for part in place.split('.').filter(|part| !part.is_empty()) {
        let key = part.trim_end_matches("[]");
        if key == "*" {
            let but = at.fields().iter().filter(|field| is_cell(&field.kind) && !is_table(&field.kind));
            steps.push(Toward::Any(but.map(|field| field.key).collect()));
            at = match at {
                Kind::Keyed { entry, .. } => *entry,
                // Of several tables, the one with the most keys has those of all.
                _ => at.fields().iter().map(|field| field.kind).filter(is_table).max_by_key(keys_of)?,
            };
            continue;
        }
        let field = at.row(key)?;
        titles.push(field.label.into());
        steps.push(Toward::Key(field.key));
        at = field.kind;
        if key != part {
            steps.push(Toward::Each);
        }
    }
    let mut leaves = Vec::new();
    match keys.last() {
        Some((_, label)) if !is_table(&at) => {
            leaves.push(Leaf { path: Vec::new(), label: (*label).into(), kind: at, required: true });
        }
        _ => at.fields().iter().for_each(|field| leaf(field, &[], None, true, &mut leaves)),
    }
    let title = if titles.is_empty() { record.label().into() } else { Said::join(titles, ": ") };
    let mut table = Table { name: table.into(), title, ..Table::default() };
    lay_out(record, keys, &leaves, &mut table);
    for column in &mut table.columns {
        column.name = unreserved(part, &column.key).unwrap_or(std::mem::take(&mut column.name));
    }
    Some(Plan { record, steps, leaves, table })
}

fn keys_of(kind: &Kind) -> usize {
    kind.fields().len()
}

/// True for what becomes one cell, or a few with dotted names.
fn is_cell(kind: &Kind) -> bool {
    !matches!(kind, Kind::Section(_) | Kind::Rows(_) | Kind::Keyed { .. })
}

/// True for what consists of keys.
fn is_table(kind: &Kind) -> bool {
    matches!(kind, Kind::Section(_) | Kind::Inline(_) | Kind::Rows(_) | Kind::Keyed { .. })
}

/// The cells of a key: one, or those of the keys in a table on one line.
fn leaf(field: &Field, above: &[&'static str], name: Option<&Said>, required: bool, leaves: &mut Vec<Leaf>) {
    let path: Vec<&'static str> = above.iter().copied().chain([field.key]).collect();
    let required = required && field.required;
    let label = match name {
        None => field.label.into(),
        Some(above) => Said::join([above.clone(), field.label.into()], ": "),
    };
    match field.kind {
        Kind::Inline(fields) => {
            fields.iter().for_each(|field| leaf(field, &path, Some(&label), required, leaves));
        }
        kind if is_cell(&kind) => leaves.push(Leaf { path, label, kind, required }),
        _ => {}
    }
}

/// Gives a table its columns and keys.
fn lay_out(record: RecordKind, keys: &[KeyColumn], leaves: &[Leaf], table: &mut Table) {
    let main = PARTS.iter().find(|part| part.record == record && part.place.is_empty());
    let main = main.map_or("", |part| part.table);
    let mut foreign_keys = Vec::new();
    let mut foreign = |column: &str, name: &str| {
        let (column, table) = (column.to_owned(), name.to_owned());
        foreign_keys.push(ForeignKey { column, table, reference: "id".into() });
    };
    let must = |key: &str, label: Said, kind| Column { required: true, ..Column::new(key, label, kind) };
    let mut columns = Vec::new();
    if record.is_many() && table.name == main {
        columns.push(must("id", t("Mã", "Id").into(), ColumnKind::Text));
    } else if record.is_many() {
        columns.push(must(record.word(), record.label().into(), ColumnKind::Text));
        foreign(record.word(), main);
    }
    let value = leaves.first().is_some_and(|leaf| leaf.path.is_empty());
    for (key, label) in &keys[..keys.len() - usize::from(value)] {
        if *key == SCHEME.0 {
            foreign(key, table_of(Refers::Scheme));
        }
        let kind = if *key == ROW.0 { ColumnKind::Count } else { ColumnKind::Text };
        columns.push(must(key, (*label).into(), kind));
    }
    table.primary_key = columns.iter().map(|column| column.key.clone()).collect();
    if columns.last().is_some_and(|last| last.key == ROW.0) && leaves.iter().any(|leaf| leaf.path == ["id"]) {
        table.primary_key.pop();
        table.primary_key.push("id".into());
    }
    for leaf in leaves {
        let key = match keys.last() {
            Some((key, _)) if leaf.path.is_empty() => (*key).to_owned(),
            _ => leaf.path.join("."),
        };
        if let Kind::Id(refers) = leaf.kind {
            foreign(&key, table_of(refers));
        }
        let column = Column::new(key, leaf.label.clone(), column_kind(&leaf.kind));
        columns.push(Column { required: leaf.required, ..column });
    }
    (table.columns, table.foreign_keys) = (columns, foreign_keys);
}

fn table_of(refers: Refers) -> &'static str {
    match refers {
        Refers::Unit => "units",
        Refers::Centre => "centres",
        Refers::Campaign => "campaigns",
        Refers::Visit => "visits",
        Refers::Statement => "statements",
        Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => "schemes",
        Refers::Area => "areas",
    }
}

fn column_kind(kind: &Kind) -> ColumnKind {
    match kind {
        Kind::Day => ColumnKind::Day,
        Kind::Date => ColumnKind::Date,
        Kind::Time => ColumnKind::Time,
        Kind::Bool => ColumnKind::Bool,
        Kind::Count(_) => ColumnKind::Count,
        Kind::Money => ColumnKind::Money,
        Kind::Measure(_) => ColumnKind::Number,
        _ => ColumnKind::Text,
    }
}
