//! `ttht fields`: the keys of a record, as the field rows have them.

use super::error::{Error, Exit};
use super::options::{Opt, arg, bare, one_of};
use super::output::{OUTPUT, Output};
use super::{Command, Cx};
use crate::model::RecordKind;
use crate::model::field::{Field, Form, Kind, Refers};
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use clap::ArgMatches;

/// The row of the command.
pub const FIELDS: Command = Command::new(
    "fields",
    t("Liệt kê các khoá của một loại tệp", "List the keys of a kind of file"),
    || [&[RECORD.row][..], OUTPUT].concat(),
    run,
);

const RECORD: Opt<String> = arg(
    "record",
    one_of(t("LOẠI", "RECORD"), || RecordKind::ALL.iter().map(|record| bare(record.word())).collect()),
    "Loại tệp (mặc định: visit)",
    "The kind of file (default: visit)",
);

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let record = RECORD.text(matches).and_then(RecordKind::from_word).unwrap_or(RecordKind::Visit);
    Output::of(cx, matches)?.put(cx, &table(record).into()).map(|()| Exit::Well)
}

fn table(record: RecordKind) -> Table {
    let column = |key, label: Text| Column::new(key, label, ColumnKind::Text);
    let mut rows = Vec::new();
    walk(record.fields(), "", &mut rows);
    Table {
        name: format!("fields-{}", record.word()),
        title: Said {
            vi: format!("Khoá của {} ({})", record.label().vi, record.path()),
            en: format!("Keys of a {} ({})", record.label().en, record.path()),
        },
        columns: vec![
            column("key", t("Khoá", "Key")),
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
        let key = if path.is_empty() { field.key.to_owned() } else { format!("{path}.{}", field.key) };
        let (vi, en) = (value(&field.kind, Lang::Vi), value(&field.kind, Lang::En));
        let required = if field.required { say!("có", "yes") } else { Said::default() };
        rows.push(vec![
            Cell::Text(key.clone()),
            said(field.label.into()),
            said(Said { vi, en }),
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

/// What may stand at a key, in words.
fn value(kind: &Kind, lang: Lang) -> String {
    let text = match kind {
        Kind::Text | Kind::Prose => t("chữ", "text"),
        Kind::Id(Refers::Unit) => t("mã đơn vị", "id of a unit"),
        Kind::Id(Refers::Centre) => t("mã trung tâm", "id of a centre"),
        Kind::Id(Refers::Campaign) => t("mã đợt kiểm tra", "id of a campaign"),
        Kind::Id(Refers::Visit) => t("mã lần kiểm tra", "id of a visit"),
        Kind::Id(Refers::Scheme) => t("mã thang đánh giá", "id of a scheme"),
        Kind::Day => t("ngày: 2016-10-27", "date: 2016-10-27"),
        Kind::Time => t("giờ: 08:00:00", "time: 08:00:00"),
        Kind::Bool => t("true (có) | false (không)", "true | false"),
        Kind::Count(_) => t("số đếm", "count"),
        Kind::Money => t("số tiền, đồng", "amount in VND"),
        Kind::Measure(unit) => return format!("{}, {}", t("số", "number").get(lang), unit.get(lang)),
        Kind::Choice(choices) => {
            let words = choices.iter().map(|choice| match lang {
                Lang::Vi => format!("{} ({})", choice.word, choice.label.vi),
                Lang::En => choice.word.to_owned(),
            });
            return words.collect::<Vec<_>>().join(" | ");
        }
        Kind::List(inner) => return format!("{}: {}", t("danh sách", "list").get(lang), value(inner, lang)),
        Kind::Section(_) => t("mục [ ]", "[section]"),
        Kind::Inline(_) => t("nhóm { }", "group { }"),
        Kind::Rows(_) => t("các mục [[ ]]", "[[rows]]"),
        Kind::Keyed { .. } => t("mục, mỗi khoá một dòng", "section, a line a key"),
        Kind::Free => t("tuỳ ý", "anything"),
        Kind::Form(form) => match form {
            Form::DocumentNumber => t("số văn bản: 1009/KH-PGDĐT", "number: 1009/KH-PGDĐT"),
            Form::UnitCode => t("mã năm chữ số: \"06826\"", "five digits: \"06826\""),
            Form::Period => t("kỳ: 2015-2016 | 2016 | ngày/ngày", "period: 2015-2016 | 2016 | day/day"),
            Form::SchoolYear => t("năm học: 2016-2017", "school year: 2016-2017"),
            Form::DayOfYear => t("tháng-ngày: 09-01", "month-day: 09-01"),
            Form::Path => t("đường dẫn trong sổ", "path inside the register"),
            Form::Sha256 => t("64 chữ số thập lục phân", "64 hexadecimal digits"),
            Form::Recommendation => t("lần kiểm tra#mã", "visit#id"),
            Form::Slug => t("mã, có gạch nối", "id, with hyphens"),
            Form::Word => t("mã, có gạch dưới", "id, with underscores"),
        },
    };
    text.get(lang).to_owned()
}
