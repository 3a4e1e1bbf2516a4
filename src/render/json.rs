//! JSON: documents for other programs, and what every JSON text of ours has in common. The only file that knows serde_json
//! by name; its neighbours take `Json`, `object` and `text` from here.

use super::csv::places;
use super::{Format, Style};
use crate::model::document::{Block, Document};
use crate::model::number;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{is_bidi, t};
use std::fmt::Write;
use std::iter;

pub(super) use serde_json::{Value as Json, json};

/// The version of the shape of every JSON text.
pub(super) const VERSION: u32 = 1;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "json",
    about: t("JSON cho phần mềm khác", "JSON for other programs"),
    extensions: &["json"],
    draw: |document, style| draw(document, style).into_bytes(),
};

/// A document as one object: its only table, or its name and title above its `tables`, each as it would be alone.
fn draw(document: &Document, style: &Style) -> String {
    let format = entry("format", json!(VERSION));
    text(&object(iter::once(format).chain(match document.blocks.as_slice() {
        [Block::Table(only)] => table(only, style),
        _ => vec![
            entry("name", json!(document.name)),
            entry("title", json!(document.called().map(|title| title.get(style.lang)))),
            entry("tables", document.tables().map(|one| object(table(one, style))).collect()),
        ],
    })))
}

/// A table. Missing is `null`, words are code words, money is whole đồng, `9/11` is `{"n": 9, "of": 11}`.
fn table(table: &Table, style: &Style) -> Vec<(String, Json)> {
    let row = |cells: &Vec<Cell>| {
        let cells = cells.iter().zip(&table.columns);
        object(cells.map(|(cell, column)| (column.key.clone(), value(cell, column.kind))))
    };
    let column = |column: &Column| json!({"key": column.key, "label": column.label.get(style.lang), "kind": word(column.kind)});
    vec![
        entry("name", json!(table.name)),
        entry("title", json!(table.title.get(style.lang))),
        entry("columns", table.columns.iter().map(column).collect()),
        entry("rows", table.rows.iter().map(row).collect()),
        entry("total", table.total.as_ref().map_or(Json::Null, row)),
        entry("notes", table.notes.iter().map(|note| json!(note.get(style.lang))).collect()),
    ]
}

fn entry(key: &str, value: Json) -> (String, Json) {
    (key.to_owned(), value)
}

fn word(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Count => "count",
        ColumnKind::Millions | ColumnKind::Money => "vnd",
        ColumnKind::Number => "number",
        ColumnKind::Percent => "percent",
        ColumnKind::Day => "day",
        ColumnKind::Time => "time",
        ColumnKind::Bool => "bool",
    }
}

fn value(cell: &Cell, kind: ColumnKind) -> Json {
    match cell {
        Cell::Missing => Json::Null,
        Cell::Text(text) | Cell::Word(text, _) => json!(text),
        Cell::Count(n) => json!(n),
        Cell::Number(n) => number::plain(*n, places(kind)).parse().map_or(Json::Null, float),
        Cell::Of(n, of) => json!({"n": n, "of": of}),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Time(time) => json!(time.to_string()),
        Cell::Bool(yes) => json!(yes),
    }
}

/// A number, without a point where it is whole.
pub(super) fn float(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 9e15 { json!(n as i64) } else { json!(n) }
}

/// An object with these keys, in this order.
pub(super) fn object(entries: impl IntoIterator<Item = (String, Json)>) -> Json {
    Json::Object(entries.into_iter().collect())
}

/// The text of a value, with a line end. What could steer a terminal is escaped: the same value, harmless to look at.
pub(super) fn text(value: &Json) -> String {
    let plain = format!("{value:#}\n");
    let steers = |c: char| (c.is_control() && c != '\n') || is_bidi(c);
    if !plain.contains(steers) {
        return plain;
    }
    plain.chars().fold(String::with_capacity(plain.len()), |mut out, c| {
        if steers(c) {
            let _ = write!(out, "\\u{:04x}", c as u32);
        } else {
            out.push(c);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::sample;

    #[test]
    fn a_table_is_one_object_with_its_columns_in_order() {
        let text = draw(&sample().into(), &Style::default());
        let value: Json = serde_json::from_str(&text).unwrap();
        let keys: Vec<_> = value.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["format", "name", "title", "columns", "rows", "total", "notes"]);
        assert_eq!(
            value["rows"][0].to_string(),
            r#"{"stt":1,"unit":"Yên Thanh","classes":1234,"income":42350000,"women_percent":84.77,"visited":"2016-10-27","seal":true,"rank":"good","complete":{"n":9,"of":11}}"#
        );
        assert_eq!(value["rows"][1]["classes"], Json::Null);
        assert_eq!(
            value["columns"][3].to_string(),
            r#"{"key":"income","label":"Tổng thu (triệu đồng)","kind":"vnd"}"#
        );
        assert_eq!(value["total"]["unit"], "Tổng cộng");
    }

    #[test]
    fn escapes_are_harmless_and_lossless() {
        let value = json!({"a": "\u{1b}[31m\u{9b}\u{202e}x"});
        let text = text(&value);
        assert_eq!(text, "{\n  \"a\": \"\\u001b[31m\\u009b\\u202ex\"\n}\n");
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), value);
    }
}
