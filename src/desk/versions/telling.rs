//! What has changed, as a document for people and as a table for programs.

use super::worded::{Worded, label, worded};
use super::{Changed, Edition};
use crate::model::RecordKind;
use crate::model::document::{Block, Document, Level};
use crate::model::fault::Fault;
use crate::model::identity::written;
use crate::model::number::many;
use crate::model::register::Register;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Lang, Said, t};
use crate::render::diff::unified;
use crate::say;
use crate::toml::codes::CONFLICT_MARKERS;

/// The most lines that are shown of a file that cannot be read.
const LINES: usize = 20;

/// What has become of a file, beside its values: its word for programs, and what people read.
pub type Event = (&'static str, Said);

/// Everything that has changed in some files, under a title: a heading a file, and below it a line a change.
pub fn document(register: &Register, changed: &[Changed], title: Said) -> Document {
    let mut blocks = Vec::new();
    for one in changed {
        blocks.push(Block::Heading(Level::Section, heading(one)));
        let whole = deed(one).map(|(_, said)| said);
        blocks.push(Block::List(whole.into_iter().chain(details(register, one)).collect()));
        blocks.extend(raw(one));
    }
    if changed.is_empty() {
        blocks.push(Block::Paragraph(t("Không có gì thay đổi.", "Nothing has changed.").into()));
    }
    Document { name: "diff".to_owned(), title, blocks, ..Document::default() }
}

/// What a file is, with the id of its record where that says more.
fn heading(changed: &Changed) -> Said {
    let (called, id) = (&changed.called, &changed.id);
    match changed.kind {
        Some(kind) if kind.is_many() && called.vi != *id => {
            say!("{called} ({id})", "{called} ({id})", [called, id])
        }
        _ => called.clone(),
    }
}

/// The differences in the values of a file.
pub fn all(register: &Register, changed: &Changed) -> Vec<Worded> {
    let of_kind = |kind| changed.differences.iter().flat_map(move |one| worded(register, kind, one));
    changed.kind.map(of_kind).into_iter().flatten().collect()
}

/// What has changed inside a file, a line a change: also that it has moved, cannot be read, or only looks otherwise.
pub fn details(register: &Register, changed: &Changed) -> Vec<Said> {
    let events = events(changed).into_iter().map(|(_, said)| said);
    let values = all(register, changed);
    events.chain(values.iter().map(Worded::said)).chain(remarks(register, changed)).collect()
}

/// That a file is new or gone: `thêm; 3 kiến nghị`. None for one that is in both versions.
pub fn deed(changed: &Changed) -> Option<Event> {
    match (&changed.was, &changed.now) {
        (None, now) => {
            let tree = now.as_ref().and_then(|now| now.tree.as_ref().ok());
            let made = tree.and_then(|tree| tree.get("recommendation"));
            let made = made.map(|made| made.entries().len()).filter(|n| *n > 0);
            let made = made.map(|n| many(n, "kiến nghị", "recommendation"));
            Some(("added", Said::join([t("thêm", "added").into()].into_iter().chain(made), "; ")))
        }
        (_, None) => Some(("removed", t("xoá", "removed").into())),
        _ => None,
    }
}

/// What has become of a file that is in one place or both, beside its values.
fn events(changed: &Changed) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    if let Some(from) = changed.moved_from() {
        events.push(("moved", say!("chuyển từ {from}", "moved from {from}", [from])));
    }
    for (edition, is_now) in [(&changed.was, false), (&changed.now, true)] {
        let fault = edition.as_ref().and_then(|edition| edition.tree.as_ref().err());
        events.extend(fault.map(|fault| ("unreadable", unreadable(fault, is_now))));
    }
    let is_in_both = changed.was.is_some() && changed.now.is_some();
    if events.is_empty() && is_in_both && changed.kind.is_none() {
        events.push(("changed", t("sửa", "changed").into()));
    }
    if events.is_empty() && is_in_both && changed.differences.is_empty() && changed.remarks.is_empty() {
        let said = t("không đổi nội dung, chỉ trình bày lại", "the same content in another layout");
        events.push(("layout", said.into()));
    }
    events
}

/// True for a file in which two people have written different values, and none is chosen yet.
fn is_open(fault: &Fault) -> bool {
    fault.code == CONFLICT_MARKERS.name
}

fn unreadable(fault: &Fault, is_now: bool) -> Said {
    if is_open(fault) {
        return say!(
            "còn chỗ hai người ghi khác nhau, chưa chọn: ttht resolve",
            "two people wrote different values, and none is chosen yet: ttht resolve"
        );
    }
    let message = &fault.message;
    let when =
        if is_now { t("bản mới", "the newer version") } else { t("bản cũ", "the older version") };
    match fault.place.as_ref().map(|place| place.line) {
        Some(line) => say!(
            "{when} không đọc được, dòng {line}: {message}",
            "{when} cannot be read, line {line}: {message}",
            [when, line, message]
        ),
        None => say!("{when} không đọc được: {message}", "{when} cannot be read: {message}", [when, message]),
    }
}

/// What has changed in the comments.
fn remarks(register: &Register, changed: &Changed) -> Vec<Said> {
    let of_kind = |kind: RecordKind| {
        changed.remarks.iter().map(move |remark| {
            let place = label(register, &kind.root(), &remark.path).0;
            let text = &remark.text;
            let at =
                if place.is_empty() { Said::default() } else { say!(" ({place})", " ({place})", [place]) };
            match remark.is_new {
                true => say!("ghi chú #{at}: thêm “{text}”", "comment #{at}: added “{text}”", [at, text]),
                false => say!("ghi chú #{at}: bỏ “{text}”", "comment #{at}: removed “{text}”", [at, text]),
            }
        })
    };
    changed.kind.map(of_kind).into_iter().flatten().collect()
}

/// The lines that differ, of a file that cannot be read and yet is text in both versions.
fn raw(changed: &Changed) -> Option<Block> {
    changed.unreadable().filter(|fault| !is_open(fault))?;
    let text = |edition: &Option<Edition>| edition.as_ref().map(|edition| edition.text.clone());
    let (was, now) =
        text(&changed.was).zip(text(&changed.now)).filter(|(a, b)| !a.is_empty() && !b.is_empty())?;
    let lines = unified("", &was, &now);
    let mut lines: Vec<&str> = lines.lines().skip(2).filter(|line| line.starts_with(['+', '-'])).collect();
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    let lines = lines.join("\n");
    Some(Block::Paragraph(match more {
        0 => Said::same(lines),
        _ => say!("{lines}\n… còn {more} dòng", "{lines}\n… {more} more lines", [lines, more]),
    }))
}

const COLUMNS: &[ColumnRow] = &[
    ("kind", t("Loại", "Kind"), ColumnKind::Text),
    ("id", t("Mã", "Id"), ColumnKind::Text),
    ("called", t("Bản ghi", "Record"), ColumnKind::Text),
    ("file", t("Tệp", "File"), ColumnKind::Text),
    ("what", t("Việc", "What"), ColumnKind::Text),
    ("path", t("Mục", "Key"), ColumnKind::Text),
    ("label", t("Nội dung", "Value"), ColumnKind::Text),
    ("was", t("Trước", "Was"), ColumnKind::Text),
    ("now", t("Nay", "Now"), ColumnKind::Text),
    ("change", t("Tăng, giảm", "Change"), ColumnKind::Number),
    ("percent", t("Tăng, giảm (%)", "Change (%)"), ColumnKind::Percent),
];

/// The same as one table, a row a change, in one language.
pub fn table(register: &Register, changed: &[Changed], title: Said, lang: Lang) -> Table {
    let rows = changed.iter().flat_map(|one| rows(register, one, lang)).collect();
    Table { name: "diff".to_owned(), title, columns: Column::list(COLUMNS), rows, ..Table::default() }
}

fn rows(register: &Register, changed: &Changed, lang: Lang) -> Vec<Vec<Cell>> {
    const NONE: Cell = Cell::Missing;
    let said = |said: &Said| Cell::text(said.get(lang));
    let row = |what: &str, path: &str, rest: [Cell; 5]| {
        let kind = changed.kind.map_or(NONE, |kind| kind.choice().into());
        let (id, file) = (Cell::text(&*changed.id), Cell::text(changed.file()));
        let of = [kind, id, said(&changed.called), file, Cell::text(what), Cell::text(path)];
        of.into_iter().chain(rest).collect()
    };
    let events = deed(changed).into_iter().chain(events(changed));
    let events = events.map(|(what, told)| row(what, "", [said(&told), NONE, NONE, NONE, NONE]));
    let values = all(register, changed).into_iter().map(|one| {
        let what = match (&one.was, &one.now) {
            (None, _) => "value-added",
            (_, None) => "value-removed",
            _ => "value-changed",
        };
        let (by, percent) = (one.change.map(|of| of.by), one.change.and_then(|of| of.percent));
        let [was, now] = one.cells;
        row(what, &one.path, [said(&one.label), was, now, by.into(), percent.into()])
    });
    let remarks = changed.remarks.iter().map(|remark| {
        let text = Cell::text(&*remark.text);
        let [was, now] = if remark.is_new { [NONE, text] } else { [text, NONE] };
        row("comment", &written(&remark.path), [NONE, was, now, NONE, NONE])
    });
    events.chain(values).chain(remarks).collect()
}
