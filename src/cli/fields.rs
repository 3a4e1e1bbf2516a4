//! `ttht fields`: the keys of a record, as the field rows have them.

use super::error::{Error, Exit};
use super::options::{Opt, arg, bare, one_of};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::path::key_below;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use clap::ArgMatches;

/// The row of the command.
pub const FIELDS: Command = Command::new(
    "fields",
    t("Liệt kê các mục (khoá) của một loại tệp", "List the keys of a kind of file"),
    || [&[RECORD.row][..], OUTPUT].concat(),
    run,
);

/// The kind of record that is meant.
pub const RECORD: Opt<String> = arg(
    "record",
    one_of(t("LOẠI", "RECORD"), || RecordKind::ALL.iter().map(|record| bare(record.word())).collect()),
    "Loại tệp (mặc định: visit)",
    "The kind of file (default: visit)",
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let record = meant(matches);
    let output = Output::of(call, matches)?;
    let for_programs = ["csv", "tsv", "json"].iter().any(|format| output.is(format));
    output.put(call, &table(record, for_programs).into()).map(|()| Exit::Well)
}

/// The kind of record that a call means.
pub fn meant(matches: &ArgMatches) -> RecordKind {
    RECORD.text(matches).and_then(RecordKind::from_word).unwrap_or(RecordKind::Visit)
}

/// A key: where it stands, what is said of it, and the kind of its value.
struct Row<'r> {
    key: String,
    label: Said,
    required: bool,
    help: Text,
    values: Said,
    kind: &'r Kind,
}

/// The keys of a record. Programs get the kinds of values as words, too, and the texts in both languages.
fn table(record: RecordKind, for_programs: bool) -> Table {
    let column = |key, label: Text| Column::new(key, label, ColumnKind::Text);
    let mut columns = vec![
        column("key", t("Mục (khoá)", "Key")),
        column("label", t("Tên gọi", "Label")),
        column("value", t("Giá trị", "Value")),
        column("required", t("Bắt buộc", "Required")),
        column("help", t("Giải thích", "Help")),
    ];
    if for_programs {
        columns.extend([
            column("kind", t("Kiểu giá trị", "Kind")),
            column("of", t("Kiểu của từng giá trị", "Kind of each value")),
            column("refers", t("Mã của", "Refers to")),
            Column::new("max", t("Lớn nhất", "Largest"), ColumnKind::Count),
            column("label_vi", t("Tên gọi tiếng Việt", "Vietnamese label")),
            column("help_vi", t("Giải thích tiếng Việt", "Vietnamese help")),
        ]);
    }
    let mut rows = Vec::new();
    walk(record.fields(), "", &mut |row| {
        rows.push(if for_programs { [for_people(&row), more(&row)].concat() } else { for_people(&row) });
    });
    Table {
        name: format!("fields-{}", record.word()),
        title: say!(
            "Các mục (khoá) của {label} ({path})",
            "Keys of a {label} ({path})",
            [label = record.label(), path = record.path()]
        ),
        columns,
        rows,
        ..Table::default()
    }
}

fn for_people(row: &Row) -> Vec<Cell> {
    let required = if row.required { say!("có", "yes") } else { Said::default() };
    let texts = [row.label.clone(), row.values.clone(), required, row.help.into()];
    [Cell::Text(row.key.clone())].into_iter().chain(texts.map(said)).collect()
}

fn more(row: &Row) -> Vec<Cell> {
    let item = row.kind.of();
    let value = if let Kind::List(item) = row.kind { item } else { row.kind };
    let refers = match value {
        Kind::Id(refers) => refers.word(),
        Kind::Keyed { by, .. } => by.word(),
        _ => "",
    };
    vec![
        Cell::text(row.kind.word()),
        Cell::text(item.map_or("", Kind::word)),
        Cell::text(refers),
        value.most().into(),
        Cell::text(row.label.vi.as_str()),
        Cell::text(row.help.vi),
    ]
}

/// Goes through all keys, those of tables below them, and what stands at each word that is a key.
fn walk(fields: &[Field], path: &str, tell: &mut impl FnMut(Row)) {
    for field in fields {
        let key = key_below(path, field.key);
        let Field { label, required, help, kind, .. } = field;
        let row = Row {
            key: key.clone(),
            label: (*label).into(),
            required: *required,
            help: *help,
            values: field.values(),
            kind,
        };
        tell(row);
        match kind {
            Kind::Keyed { by, entry, fixed } => {
                walk(fixed, &key, tell);
                let key = format!("{key}.…");
                tell(each(key.clone(), *by, entry));
                walk(entry.fields(), &key, tell);
            }
            Kind::Rows(below) => walk(below, &format!("{key}[…]"), tell),
            kind => walk(kind.fields(), &key, tell),
        }
    }
}

/// What stands at each word of a vocabulary.
fn each(key: String, by: Vocabulary, kind: &Kind) -> Row<'_> {
    let label = say!("mỗi {by}", "each {by}", [by = by.label()]);
    Row { key, label, required: false, help: t("", ""), values: kind.values(), kind }
}

fn said(text: Said) -> Cell {
    if text.is_empty() { Cell::Missing } else { Cell::word(text.en.clone(), text) }
}
