//! Documents as JSON for other programs.

use super::{Format, Style, value};
use crate::model::document::{Block, Document, Head, Signature};
use crate::model::json::{Json, VERSION, json, object, text};
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, t};
use std::ops::RangeFrom;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "json",
    about: t("JSON cho phần mềm khác", "JSON for other programs"),
    extensions: &["json"],
    binary: false,
    draw: |document, style| Ok(draw(document, style).into_bytes()),
};

/// A document as one object: its only table, or its name and title above its `tables`, each as it would be alone. What
/// is more than tables also has its `head` and its `blocks` in their order, in which a table is its place in `tables`.
fn draw(document: &Document, style: &Style) -> String {
    let lang = style.lang;
    let mut body = match document.blocks.as_slice() {
        [Block::Table(only)] if document.head.is_none() => table(only, lang),
        _ => json!({
            "name": document.name,
            "title": document.called().map(|title| title.get(lang)),
            "tables": document.tables().map(|one| table(one, lang)).collect::<Vec<_>>(),
        }),
    };
    if let Some(of) = &document.head {
        body["head"] = head(of, lang);
    }
    if document.blocks.iter().any(|block| !matches!(block, Block::Table(_))) {
        let mut tables = 0..;
        body["blocks"] = document.blocks.iter().map(|one| block(one, &mut tables, lang)).collect();
    }
    if let Json::Object(entries) = &mut body {
        entries.shift_insert(0, "format".to_owned(), json!(VERSION));
    }
    text(&body)
}

fn head(head: &Head, lang: Lang) -> Json {
    json!({
        "parent": head.parent,
        "office": head.office,
        "number": head.number.get(lang),
        "dateline": head.dateline.get(lang),
        "subject": head.subject.get(lang),
    })
}

/// A block; `tables` counts the tables.
fn block(block: &Block, tables: &mut RangeFrom<usize>, lang: Lang) -> Json {
    let all = |items: &[Said]| items.iter().map(|item| json!(item.get(lang))).collect::<Json>();
    match block {
        Block::Heading(level, text) => {
            json!({"kind": "heading", "level": *level as usize + 1, "text": text.get(lang)})
        }
        Block::Bases(items) => json!({"kind": "bases", "items": all(items)}),
        Block::Paragraph(text) => json!({"kind": "paragraph", "text": text.get(lang)}),
        Block::List(items) => json!({"kind": "list", "items": all(items)}),
        Block::Table(_) => json!({"kind": "table", "table": tables.next()}),
        Block::Picture(picture) => {
            json!({"kind": "picture", "file": picture.file, "caption": picture.caption.get(lang)})
        }
        Block::Dots(lines) => json!({"kind": "dots", "lines": lines}),
        Block::Annex(title, of) => json!({"kind": "annex", "title": title.get(lang), "of": of.get(lang)}),
        Block::Foot(foot) => {
            let signed = |one: &Signature| json!({"role": one.role.get(lang), "name": one.name});
            json!({
                "kind": "foot",
                "signatures": foot.signatures.iter().map(signed).collect::<Vec<_>>(),
                "recipients": all(&foot.recipients),
            })
        }
    }
}

/// A table. Missing is `null`, words are code words, things are their id and beside it their name, money is whole
/// đồng, `9/11` is `{"n": 9, "of": 11}`.
fn table(table: &Table, lang: Lang) -> Json {
    let table = &table.for_programs(lang);
    let row = |cells: &Vec<Cell>| {
        let cells = cells.iter().zip(&table.columns);
        object(cells.map(|(cell, column)| (column.name.clone(), of_cell(cell, column.kind))))
    };
    let column = |column: &Column| json!({"key": column.name, "label": column.label.get(lang), "kind": word(column.kind)});
    json!({
        "name": table.name,
        "title": table.title.get(lang),
        "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
        "total": table.total.as_ref().map(row),
        "notes": table.notes.iter().map(|note| note.get(lang)).collect::<Vec<_>>(),
    })
}

fn word(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Name => "text",
        ColumnKind::Count => "count",
        ColumnKind::Millions | ColumnKind::Money => "vnd",
        ColumnKind::Number | ColumnKind::Ratio => "number",
        ColumnKind::Percent => "percent",
        ColumnKind::Day => "day",
        ColumnKind::Date => "date",
        ColumnKind::Time => "time",
        ColumnKind::Bool => "bool",
    }
}

fn of_cell(cell: &Cell, kind: ColumnKind) -> Json {
    match cell {
        Cell::Missing => Json::Null,
        Cell::Text(text) | Cell::Word(text, _) => json!(text),
        Cell::Count(n) => json!(n),
        Cell::Number(n) => value::plain(*n, kind).parse().map_or(Json::Null, float),
        Cell::Of(n, of) => json!({"n": n, "of": of}),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Time(time) => json!(time.to_string()),
        Cell::Bool(yes) => json!(yes),
        Cell::About(number) => of_cell(number, kind),
    }
}

/// A number, without a point if it is whole.
fn float(n: f64) -> Json {
    if n.fract() == 0.0 && n.abs() < 9e15 { json!(n as i64) } else { json!(n) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::sample;

    #[test]
    fn a_table_is_one_object_with_its_columns_in_order() {
        let text = draw(&sample().into(), &Style::default());
        let value: Json = text.parse().unwrap();
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
}
