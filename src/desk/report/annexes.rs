//! The annexes of reports of many centres: the list of the centres, every table of the office, what has changed, what each
//! paper says in its own words, and the pictures.

use super::pictures::{caption, some};
use super::reading::{Reading, Told};
use super::results::{FINDINGS, in_state};
use super::themes::{Figures, compared, picked, reported};
use crate::model::document::Block;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::model::visit::Photo;
use crate::say;
use crate::store::Store;
use crate::summary::{By, SUMMARIES};

/// Tables that say what the list of the centres says, or nothing of the window.
const ELSEWHERE: &[&str] = &["progress", "register"];

/// What a list of visits tells.
const SEEN: &[&str] =
    &["unit", "centre", "director", "visit_date", "self_check", "leader", "minutes", "rating_rank"];

/// The annexes of a report, which may have nothing in them.
pub fn annexes(store: &Store, figures: Figures) -> [(Text, Vec<Block>); 5] {
    let Figures { reading, now, before, .. } = figures;
    let (title, list) = centres(figures);
    let all = SUMMARIES.iter().filter(|summary| !ELSEWHERE.contains(&summary.name));
    let table = |name| reading.tables(name, None, figures.window(name), None);
    let all: Vec<Table> = all.flat_map(|summary| table(summary.name)).collect();
    let beside = |before| -> Vec<Table> {
        compared().flat_map(|name| reading.tables(name, None, now, Some(before))).collect()
    };
    let beside = before.map(beside).unwrap_or_default();
    [
        (title, told(list)),
        (t("CÁC BẢNG TỔNG HỢP", "TABLES"), told(all)),
        (t("SO SÁNH VỚI KỲ TRƯỚC", "COMPARISON WITH THE PERIOD BEFORE"), told(beside)),
        (t("NỘI DUNG ĐÁNH GIÁ TRONG CÁC BIÊN BẢN", "WHAT THE MINUTES SAY"), told(findings(reading))),
        (t("HÌNH ẢNH", "PICTURES"), pictures(store, reading)),
    ]
}

/// The list of the centres: how far a campaign has come, or else, where no plan asks for visits, those that were visited.
fn centres(figures: Figures) -> (Text, Vec<Table>) {
    let mut list = figures.reading.tables("progress", Some(By::Centre), figures.visits, None);
    if figures.now == figures.visits {
        return (t("DANH SÁCH TRUNG TÂM VÀ TIẾN ĐỘ KIỂM TRA", "THE CENTRES AND THEIR VISITS"), list);
    }
    for table in &mut list {
        let rows = in_state(table, &["visited", "self_checked", "unplanned"]).into_iter().cloned().collect();
        table.rows = rows;
        *table = Table { total: None, ..picked(table, SEEN) };
        table.rows.iter_mut().zip(1..).for_each(|(row, n)| row[0] = Cell::Count(n));
    }
    (t("DANH SÁCH TRUNG TÂM ĐÃ KIỂM TRA", "THE CENTRES VISITED"), list)
}

/// The tables that have rows, and in which someone reported.
fn told(tables: Vec<Table>) -> Vec<Block> {
    tables.into_iter().filter(says_something).map(|table| without_ids(table).into()).collect()
}

/// A table as it is printed: the ids of recommendations are for the register.
fn without_ids(mut table: Table) -> Table {
    if let Some(at) = table.columns.iter().position(|column| column.key == "id") {
        table.columns.remove(at);
        table.rows.iter_mut().chain(&mut table.total).for_each(|row| drop(row.remove(at)));
    }
    table
}

/// True if somebody reported; where a table does not count that, if a row says more than what it is about.
fn says_something(table: &Table) -> bool {
    let about = |key: &str| ["row_no", "unit", "centre", "field"].contains(&key);
    let says = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row).filter(|(column, _)| !about(&column.key));
        cells.into_iter().any(|(_, cell)| !matches!(cell, Cell::Missing | Cell::Count(0) | Cell::Of(_, 0)))
    };
    reported(table).map_or_else(|| table.rows.iter().any(says), |(n, _)| n > 0)
}

/// The pictures that are there, each with what it shows, where and when.
fn pictures(store: &Store, reading: &Reading) -> Vec<Block> {
    let there = |visit: &Told| {
        let photos = visit.photos.iter().filter(|photo| store.stands(&photo.file));
        photos.cloned().collect::<Vec<_>>()
    };
    let there: Vec<Vec<Photo>> = reading.told.iter().map(there).collect();
    let (shown, left) = some(there.iter().map(Vec::as_slice).collect());
    let photos = reading
        .told
        .iter()
        .zip(shown)
        .flat_map(|(visit, photos)| photos.iter().map(move |photo| (visit, photo)));
    let picture = |(visit, photo): (&Told, &Photo)| {
        let caption = caption(photo);
        let day = photo.taken.or(visit.date).map(|day| say!("{day}", "{day}", [day]));
        let place = std::iter::once(Said::same(visit.unit.as_str())).chain(day);
        let words = std::iter::once(caption).filter(|caption| !caption.is_empty()).chain(place);
        store.picture(&photo.file, Said::join(words, ", "))
    };
    photos.filter_map(picture).map(Block::Picture).chain(left).collect()
}

/// Every finding in its own words, with where and when it was found.
fn findings(reading: &Reading) -> Vec<Table> {
    let text = |key: &str, label| Column::new(key, label, ColumnKind::Text);
    let tables = FINDINGS.iter().map(|(title, of)| {
        let said =
            reading.told.iter().flat_map(|visit| of(&visit.findings).iter().map(move |text| (visit, text)));
        let rows = said.enumerate().map(|(at, (visit, text))| {
            vec![
                Cell::Count(at as i64 + 1),
                Cell::text(visit.unit.as_str()),
                visit.date.into(),
                Cell::text(text.as_str()),
            ]
        });
        Table {
            name: "findings".into(),
            title: (*title).into(),
            columns: vec![
                Column::new("row_no", t("STT", "No."), ColumnKind::Count),
                text("unit", t("Xã, phường", "Unit")),
                Column::new("visit_date", t("Ngày kiểm tra", "Visit"), ColumnKind::Day),
                text("text", t("Nội dung", "Finding")),
            ],
            rows: rows.collect(),
            ..Table::default()
        }
    });
    tables.collect()
}
