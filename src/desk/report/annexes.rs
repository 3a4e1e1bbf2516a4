//! The annexes of reports of many centres: the list of the centres, every table of the office, what has changed, what each
//! paper says in its own words, and the pictures.

use super::reading::Reading;
use super::results::FINDINGS;
use super::themes::{Figures, reported};
use crate::model::document::Block;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use crate::summary::{By, SUMMARIES};

/// Tables that say what the list of the centres says, or nothing of the window.
const ELSEWHERE: &[&str] = &["progress", "register"];

/// The annexes of a report: those that have something in them.
pub fn annexes(figures: Figures, visits: usize, of: &Said) -> Vec<Block> {
    let Figures { reading, now, before } = figures;
    let list = reading.tables("progress", Some(By::Centre), visits, None);
    let all = SUMMARIES.iter().filter(|summary| !ELSEWHERE.contains(&summary.name));
    let all: Vec<Table> = all.flat_map(|summary| reading.tables(summary.name, None, now, None)).collect();
    let compared = |before| {
        let tables =
            SUMMARIES.iter().flat_map(move |summary| reading.tables(summary.name, None, now, Some(before)));
        tables.collect::<Vec<_>>()
    };
    let annexes: [(Text, Vec<Table>); 4] = [
        (t("DANH SÁCH TRUNG TÂM VÀ TIẾN ĐỘ KIỂM TRA", "THE CENTRES AND THEIR VISITS"), list),
        (t("CÁC BẢNG TỔNG HỢP", "TABLES"), all),
        (
            t("SO SÁNH VỚI KỲ TRƯỚC", "COMPARISON WITH THE PERIOD BEFORE"),
            before.map(compared).unwrap_or_default(),
        ),
        (t("NỘI DUNG ĐÁNH GIÁ TRONG CÁC BIÊN BẢN", "WHAT THE MINUTES SAY"), findings(reading)),
    ];
    let mut blocks = Vec::new();
    let mut n = 0_usize;
    for (title, tables) in annexes {
        let tables: Vec<Block> = tables.into_iter().filter(is_told).map(Block::from).collect();
        if !tables.is_empty() {
            n += 1;
            blocks.push(Block::Annex(
                say!("PHỤ LỤC {n}\n{title}", "ANNEX {n}\n{title}", [n, title]),
                of.clone(),
            ));
            blocks.extend(tables);
        }
    }
    blocks
}

/// True for a table that has rows, and in which someone reported.
fn is_told(table: &Table) -> bool {
    !table.rows.is_empty() && reported(table).is_none_or(|(n, _)| n > 0)
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
