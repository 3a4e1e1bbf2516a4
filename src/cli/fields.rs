//! `ttht fields`: the keys of a record, as the field rows have them.

use super::error::{Error, Exit};
use super::options::{Opt, arg, bare, one_of};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Over};
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

const RECORD: Opt<String> = arg(
    "record",
    one_of(t("LOẠI", "RECORD"), || RecordKind::ALL.iter().map(|record| bare(record.word())).collect()),
    "Loại tệp (mặc định: visit)",
    "The kind of file (default: visit)",
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let record = RECORD.text(matches).and_then(RecordKind::from_word).unwrap_or(RecordKind::Visit);
    Output::of(call, matches)?.put(call, &table(record).into()).map(|()| Exit::Well)
}

fn table(record: RecordKind) -> Table {
    let column = |key, label: Text| Column::new(key, label, ColumnKind::Text);
    let mut rows = Vec::new();
    walk(record.fields(), "", &mut rows);
    Table {
        name: format!("fields-{}", record.word()),
        title: say!(
            "Các mục (khoá) của {label} ({path})",
            "Keys of a {label} ({path})",
            [label = record.label(), path = record.path()]
        ),
        columns: vec![
            column("key", t("Mục (khoá)", "Key")),
            column("label", t("Tên gọi", "Label")),
            column("value", t("Giá trị", "Value")),
            column("required", t("Bắt buộc", "Required")),
            column("help", t("Giải thích", "Help")),
        ],
        rows,
        ..Table::default()
    }
}

fn walk(fields: &[Field], path: &str, rows: &mut Vec<Vec<Cell>>) {
    for field in fields {
        let key = key_below(path, field.key);
        let required = if field.required { say!("có", "yes") } else { Said::default() };
        rows.push(vec![
            Cell::Text(key.clone()),
            said(field.label.into()),
            said(of_when(field)),
            said(required),
            said(field.help.into()),
        ]);
        match field.kind {
            Kind::Keyed { entry, fixed, .. } => {
                walk(fixed, &key, rows);
                walk(entry.fields(), &format!("{key}.…"), rows);
            }
            Kind::Rows(below) => walk(below, &format!("{key}[…]"), rows),
            kind => walk(kind.fields(), &key, rows),
        }
    }
}

fn said(text: Said) -> Cell {
    if text.is_empty() { Cell::Missing } else { Cell::Word(text.en.clone(), text) }
}

/// The values of a key, and whether a figure is as of a day.
fn of_when(field: &Field) -> Said {
    let value = value(&field.kind);
    match field.over == Over::Last {
        true => say!("{value}, tính đến một ngày", "{value}, as of a day", [value]),
        false => value,
    }
}

/// The values of a key, in words.
fn value(kind: &Kind) -> Said {
    match kind {
        Kind::Choice(choices) => {
            let vi = choices.iter().map(|choice| format!("{} ({})", choice.word, choice.label.vi));
            let en = choices.iter().map(|choice| choice.word);
            Said { vi: vi.collect::<Vec<_>>().join(" | "), en: en.collect::<Vec<_>>().join(" | ") }
        }
        Kind::List(inner) => say!("danh sách: {item}", "a list: {item}", [item = value(inner)]),
        Kind::Form(form) => match form.examples() {
            [] => form.how(),
            examples => say!(
                "{called}: {like}",
                "{called}: {like}",
                [called = form.called(), like = examples.join(" | ")]
            ),
        },
        Kind::Day | Kind::Date | Kind::Time => {
            say!("{called}: {like}", "{called}: {like}", [called = kind.called(), like = kind.example()])
        }
        kind => kind.called(),
    }
}
