//! Templates of the office's own: the one that was named, or the one that lies in the register for a report.

use crate::desk::commit::faulty;
use crate::desk::error::Error;
use crate::model::document::{Block, Document};
use crate::model::fact::{Fact, Told};
use crate::model::number;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, t};
use crate::render::template;
use crate::say;
use crate::store::{Store, loose, sent};
use std::path::{Path, PathBuf};

/// The most megabytes of a template.
const LARGE: u64 = 64;

/// The template of the register for a report: `templates/minutes.docx`, and where it is.
pub fn of_register(store: &Store, report: &str) -> Result<Option<(String, PathBuf)>, Error> {
    let file = format!("templates/{report}.docx");
    let place = store.place(&file).map_err(|fault| faulty(*fault))?;
    Ok(place.map(|place| (file, place)))
}

/// The names that a template may give for what a report says, and what they give: of a record, or in general.
pub fn names(report: &str, about: Text, facts: &[Fact], of_record: bool) -> Table {
    let column = |key, label: Text| Column::new(key, label, ColumnKind::Text);
    let mut rows = Vec::new();
    for fact in facts {
        match &fact.value {
            Told::One(cell, kind) => {
                let gives = if of_record { template::reads(cell, *kind) } else { held(*kind).into() };
                rows.push([Said::same(fact.name), fact.label.into(), gives]);
            }
            Told::Many(table) => {
                let many = number::many(table.rows.len(), "dòng", "rows");
                let gives = if of_record {
                    say!("danh sách, {many}", "a list, {many}", [many])
                } else {
                    LIST.into()
                };
                rows.push([Said::same(fact.name), fact.label.into(), gives]);
                rows.extend(table.columns.iter().enumerate().map(|(at, column)| {
                    let first = table.rows.first().and_then(|row| row.get(at));
                    let gives =
                        first.map_or(held(column.kind).into(), |cell| template::reads(cell, column.kind));
                    let name = Said::same(format!("{}.{}", fact.name, column.key));
                    [name, below(fact.label, &column.label), gives]
                }));
            }
        }
    }
    Table {
        name: format!("fields-{report}"),
        title: say!("Chỗ điền: {about}", "What is filled in: {about}", [about]),
        columns: vec![
            column("name", t("Tên", "Name")),
            column("label", t("Cách gọi", "Label")),
            column("gives", t("Cho", "Gives")),
        ],
        rows: rows.into_iter().map(|row| row.map(said).into()).collect(),
        notes: vec![NOTE.into()],
        ..Table::default()
    }
}

const LIST: Text = t("danh sách", "a list");

const NOTE: Text = t(
    "Trong mẫu Word, gõ tên hay cách gọi giữa hai dấu ngoặc: {{ Cách gọi }}; dòng bảng hay đoạn văn có tên một danh sách lặp lại theo từng dòng của nó.",
    "In a template, type a name or a label between braces: {{ Label }}; a row or paragraph that names a list is there once for each of its rows.",
);

/// What values are, in a word.
fn held(kind: ColumnKind) -> Text {
    match kind {
        ColumnKind::Text | ColumnKind::Name => t("chữ", "text"),
        ColumnKind::Count | ColumnKind::Number | ColumnKind::Ratio => t("số", "a number"),
        ColumnKind::Millions => t("triệu đồng", "millions of đồng"),
        ColumnKind::Money => t("đồng", "đồng"),
        ColumnKind::Percent => t("phần trăm", "percent"),
        ColumnKind::Day | ColumnKind::Date => t("ngày", "a day"),
        ColumnKind::Time => t("giờ", "a time of day"),
        ColumnKind::Bool => t("có hoặc không", "yes or no"),
    }
}

fn said(text: Said) -> Cell {
    if text.is_empty() { Cell::Missing } else { Cell::word(text.en.clone(), text) }
}

/// What a column of a list is called: `Kiến nghị.Nội dung`.
fn below(list: Text, column: &Said) -> Said {
    say!("{list}.{column}", "{list}.{column}", [list, column])
}

/// A document that is a template for a report, to start from: each value beside its label, each list as a table.
pub fn starter(report: &str, about: Text, facts: &[Fact]) -> Document {
    let slot = |name: Said| say!("{{{{ {name} }}}}", "{{{{ {name} }}}}", [name]);
    let one = |fact: &Fact| match &fact.value {
        Told::One(..) => Block::Paragraph(say!(
            "{label}: {slot}",
            "{label}: {slot}",
            [label = fact.label, slot = slot(fact.label.into())]
        )),
        Told::Many(table) => {
            let number = Column::new("number", t("TT", "No."), ColumnKind::Text);
            let columns: Vec<Column> = table
                .columns
                .iter()
                .map(|column| Column { kind: ColumnKind::Text, ..column.clone() })
                .collect();
            let position = say!("{label}.TT", "{label}.index", [label = fact.label]);
            let names = columns.iter().map(|column| below(fact.label, &column.label));
            let row = std::iter::once(position).chain(names).map(|name| said(slot(name))).collect();
            Block::from(Table {
                name: fact.name.into(),
                title: fact.label.into(),
                columns: std::iter::once(number).chain(columns).collect(),
                rows: vec![row],
                ..Table::default()
            })
        }
    };
    let note = say!(
        "{{# Mẫu để bắt đầu, sửa tuỳ ý: {note} Chú thích này không in ra. #}}",
        "{{# A template to start from. {note} This note is not printed. #}}",
        [note = NOTE]
    );
    Document {
        name: format!("template-{report}"),
        title: about.into(),
        blocks: std::iter::once(Block::Paragraph(note)).chain(facts.iter().map(one)).collect(),
        ..Document::default()
    }
}

/// The file of a template with its placeholders filled.
pub fn filled(path: &Path, report: &str, facts: &[Fact], lang: Lang) -> Result<Vec<u8>, Error> {
    let bytes = loose::read(path, LARGE).map_err(|error| Error::io(path, &error))?;
    let refused = |why: &Said| say!("{path}: {why}", "{path}: {why}", [path, why]);
    let parts = sent::document(&bytes).map_err(|why| Error::faults(refused(&why), Said::default()))?;
    template::document(parts, facts, lang).map_err(|wrong| {
        let help = say!(
            "các tên dùng được: ttht report fields {report}",
            "the names that there are: ttht report fields {report}",
            [report]
        );
        Error::faults(Said::join(wrong.iter().map(refused), "\n"), help)
    })
}
