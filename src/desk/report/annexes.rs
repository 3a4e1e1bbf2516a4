//! The annexes of reports of many centres: the list of the centres, every table of the office, what has changed, what each
//! paper says in its own words, and the pictures.

use super::pictures::caption;
use super::reading::{Reading, Told};
use super::results::FINDINGS;
use super::themes::{Figures, compared, reported};
use crate::model::document::Block;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::model::visit::Photo;
use crate::say;
use crate::store::Store;
use crate::summary::{By, SUMMARIES};

/// Tables that say what the list of the centres says, or nothing of the window.
const ELSEWHERE: &[&str] = &["progress", "register"];

/// So many pictures stand in a report.
const PICTURES: usize = 12;

/// The annexes of a report: those that have something in them.
pub fn annexes(store: &Store, figures: Figures, visits: usize, of: &Said) -> Vec<Block> {
    let Figures { reading, now, before } = figures;
    let list = reading.tables("progress", Some(By::Centre), visits, None);
    let all = SUMMARIES.iter().filter(|summary| !ELSEWHERE.contains(&summary.name));
    let all: Vec<Table> = all.flat_map(|summary| reading.tables(summary.name, None, now, None)).collect();
    let beside = |before| -> Vec<Table> {
        compared().flat_map(|name| reading.tables(name, None, now, Some(before))).collect()
    };
    let beside = before.map(beside).unwrap_or_default();
    let annexes: [(Text, Vec<Block>); 5] = [
        (t("DANH SÁCH TRUNG TÂM VÀ TIẾN ĐỘ KIỂM TRA", "THE CENTRES AND THEIR VISITS"), told(list)),
        (t("CÁC BẢNG TỔNG HỢP", "TABLES"), told(all)),
        (t("SO SÁNH VỚI KỲ TRƯỚC", "COMPARISON WITH THE PERIOD BEFORE"), told(beside)),
        (t("NỘI DUNG ĐÁNH GIÁ TRONG CÁC BIÊN BẢN", "WHAT THE MINUTES SAY"), told(findings(reading))),
        (t("HÌNH ẢNH", "PICTURES"), pictures(store, reading)),
    ];
    let mut blocks = Vec::new();
    for (at, (title, inner)) in annexes.into_iter().filter(|(_, inner)| !inner.is_empty()).enumerate() {
        let title = say!("PHỤ LỤC {n}\n{title}", "ANNEX {n}\n{title}", [n = at + 1, title]);
        blocks.push(Block::Annex(title, of.clone()));
        blocks.extend(inner);
    }
    blocks
}

/// The tables that have rows, and in which someone reported.
fn told(tables: Vec<Table>) -> Vec<Block> {
    let tables = tables
        .into_iter()
        .filter(|table| !table.rows.is_empty() && reported(table).is_none_or(|(n, _)| n > 0));
    tables.map(Block::from).collect()
}

/// The pictures that are there, each with what it shows, where and when; of many the first, since a paper is to be sent.
fn pictures(store: &Store, reading: &Reading) -> Vec<Block> {
    let photos = reading.told.iter().flat_map(|visit| visit.photos.iter().map(move |photo| (visit, photo)));
    let picture = |(visit, photo): (&Told, &Photo)| {
        let caption = caption(photo);
        let day = photo.taken.or(visit.date).map(|day| say!("{day}", "{day}", [day]));
        let place = std::iter::once(Said::same(visit.unit.as_str())).chain(day);
        let words = std::iter::once(caption).filter(|caption| !caption.is_empty()).chain(place);
        store.picture(&photo.file, Said::join(words, ", "))
    };
    photos.filter_map(picture).take(PICTURES).map(Block::Picture).collect()
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
                Column::new("row", t("STT", "No."), ColumnKind::Count),
                text("unit", t("Xã, phường", "Unit")),
                Column::new("date", t("Ngày kiểm tra", "Visit"), ColumnKind::Day),
                text("text", t("Nội dung", "Finding")),
            ],
            rows: rows.collect(),
            ..Table::default()
        }
    });
    tables.collect()
}
