//! What reports of many centres tell by name, for the templates of an office.

use super::gathered::Gathered;
use super::reading::Reading;
use super::results::{FINDINGS, advised, days, done, found, in_state, names, of_units, place};
use super::themes::{cell, figure};
use crate::model::campaign::Campaign;
use crate::model::fact::{FactRow, many, one};
use crate::model::register::Register;
use crate::model::table::{Cell, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, t};
use crate::summary::By;

/// What a report is made of.
pub struct Tells<'a> {
    /// What all histories share.
    pub register: &'a Register,
    /// What was read.
    pub reading: &'a Reading<'a>,
    /// The campaign, if it is about one.
    pub campaign: Option<&'a Campaign>,
    /// What it is about.
    pub subject: &'a Said,
    /// The window of the visits.
    pub visits: usize,
    /// The window of the figures.
    pub now: usize,
    /// The window of the earlier recommendations.
    pub earlier: usize,
}

const TEXT: &[ColumnRow] = &[("text", t("Nội dung", "Text"), ColumnKind::Text)];
const FOUND: &[ColumnRow] = &[
    ("text", t("Nội dung", "Text"), ColumnKind::Text),
    ("minutes", t("Số biên bản", "Minutes"), ColumnKind::Count),
    ("places", t("Nơi ghi nhận", "Places"), ColumnKind::Text),
];
const MISSING: &[ColumnRow] = &[
    ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
    ("reason", t("Lý do", "Reason"), ColumnKind::Text),
];
const RANKS: &[ColumnRow] = &[
    ("rank", t("Xếp loại", "Rank"), ColumnKind::Text),
    ("centres", t("Số trung tâm", "Centres"), ColumnKind::Count),
    ("share", t("Tỷ lệ (%)", "Share (%)"), ColumnKind::Percent),
];
const ADVISED: &[ColumnRow] = &[
    ("to", t("Nơi thực hiện", "For"), ColumnKind::Text),
    ("text", t("Kiến nghị", "Recommendation"), ColumnKind::Text),
    ("places", t("Xã, phường", "Units"), ColumnKind::Text),
    ("due", t("Thời hạn", "Due"), ColumnKind::Day),
];
const FOLLOWED: &[ColumnRow] = &[
    ("unit", t("Xã, phường", "Unit"), ColumnKind::Text),
    ("to", t("Nơi thực hiện", "For"), ColumnKind::Text),
    ("text", t("Kiến nghị", "Recommendation"), ColumnKind::Text),
    ("due", t("Thời hạn", "Due"), ColumnKind::Day),
    ("state", t("Kết quả thực hiện", "Outcome"), ColumnKind::Text),
    ("note", t("Ghi chú", "Note"), ColumnKind::Text),
];
const CENTRES: &[ColumnRow] = &[
    ("unit", t("Xã, phường", "Unit"), ColumnKind::Text),
    ("centre", t("Trung tâm", "Centre"), ColumnKind::Text),
    ("date", t("Ngày kiểm tra", "Visit"), ColumnKind::Day),
    ("leader", t("Trưởng đoàn", "Team leader"), ColumnKind::Text),
    ("minutes", t("Số biên bản", "Minutes"), ColumnKind::Text),
    ("rank", t("Xếp loại", "Rank"), ColumnKind::Text),
    ("state", t("Tình trạng", "State"), ColumnKind::Text),
];
const ACTIVITY: &[ColumnRow] = &[
    ("unit", t("Xã, phường", "Unit"), ColumnKind::Text),
    ("classes", t("Số lớp, chuyên đề", "Classes"), ColumnKind::Count),
    ("sessions", t("Số buổi", "Sessions"), ColumnKind::Count),
    ("attendances", t("Lượt người học", "Attendances"), ColumnKind::Count),
    ("women_percent", t("Tỷ lệ nữ (%)", "Women (%)"), ColumnKind::Percent),
];
const MONEY: &[ColumnRow] = &[
    ("unit", t("Xã, phường", "Unit"), ColumnKind::Text),
    ("opening", t("Tồn đầu kỳ (triệu đồng)", "Opening balance (million VND)"), ColumnKind::Millions),
    ("income", t("Tổng thu (triệu đồng)", "Income (million VND)"), ColumnKind::Millions),
    ("spent", t("Tổng chi (triệu đồng)", "Spent (million VND)"), ColumnKind::Millions),
    ("closing", t("Tồn cuối kỳ (triệu đồng)", "Closing balance (million VND)"), ColumnKind::Millions),
];

/// What these reports tell.
pub fn rows<'a>() -> Vec<FactRow<Tells<'a>>> {
    vec![
        one("office", "Cơ quan ban hành", "Issuing body", ColumnKind::Text, |it| {
            Cell::text(it.register.settings.body.office.as_str())
        }),
        one("parent", "Cơ quan cấp trên", "Body above", ColumnKind::Text, |it| {
            it.register.settings.body.parent.as_ref().into()
        }),
        one("place", "Địa danh", "Place of issue", ColumnKind::Text, |it| {
            it.register.settings.body.place.as_ref().into()
        }),
        one("today", "Ngày báo cáo", "Day of the report", ColumnKind::Day, |it| {
            Cell::Day(it.reading.today())
        }),
        one("subject", "Về việc", "Subject", ColumnKind::Text, |it| word(it.subject.clone())),
        one("plan", "Số kế hoạch", "Plan", ColumnKind::Text, |it| {
            let plan = it.campaign.and_then(|campaign| campaign.plan.as_ref());
            plan.and_then(|plan| plan.number.as_ref()).into()
        }),
        one("starts", "Từ ngày", "Starts", ColumnKind::Day, |it| {
            it.campaign.and_then(|it| it.starts).into()
        }),
        one("ends", "Đến ngày", "Ends", ColumnKind::Day, |it| it.campaign.and_then(|it| it.ends).into()),
        one("lead", "Cơ quan chủ trì", "Leading body", ColumnKind::Text, |it| {
            it.campaign.and_then(|campaign| campaign.lead.as_ref()).into()
        }),
        one("visited", "Số trung tâm đã kiểm tra", "Centres visited", ColumnKind::Count, |it| {
            progress(it).and_then(|table| done(&table)).map(|(n, _)| n as i64).into()
        }),
        one("expected", "Số trung tâm phải kiểm tra", "Centres to visit", ColumnKind::Count, |it| {
            progress(it).and_then(|table| done(&table)).map(|(_, of)| of as i64).into()
        }),
        one("signer", "Người ký", "Signer", ColumnKind::Text, |it| {
            it.register.settings.body.signer.name.as_ref().into()
        }),
        one("signer_title", "Chức vụ người ký", "Title of the signer", ColumnKind::Text, |it| {
            it.register.settings.body.signer.title.as_ref().into()
        }),
        many("purposes", "Mục đích", "Purposes", TEXT, |it| {
            let purposes = it.campaign.into_iter().flat_map(|campaign| &campaign.purposes);
            purposes.map(|text| vec![Cell::text(text.as_str())]).collect()
        }),
        many("partners", "Cơ quan phối hợp", "Partners", TEXT, |it| {
            let partners = it.campaign.into_iter().flat_map(|campaign| &campaign.partners);
            partners.map(|text| vec![Cell::text(text.as_str())]).collect()
        }),
        many("not_visited", "Trung tâm chưa kiểm tra", "Centres not visited", MISSING, |it| {
            let Some(table) = progress(it) else { return Vec::new() };
            let missing = in_state(&table, &["waiting", "late", "excused", "unread"]);
            let why = |row| figure(&table, row, "reason").or_else(|| figure(&table, row, "state"));
            missing
                .into_iter()
                .map(|row| vec![word(place(&table, row)), why(row).map_or(Cell::Missing, word)])
                .collect()
        }),
        many("centres", "Danh sách trung tâm", "List of centres", CENTRES, |it| {
            progress(it).map(|table| rows_of(&table, CENTRES)).unwrap_or_default()
        }),
        many("activity", "Bảng hoạt động", "Activity of the units", ACTIVITY, |it| {
            of_summary(it, "activity", None, it.now, ACTIVITY)
        }),
        many("finance", "Bảng kinh phí", "Money of the units", MONEY, |it| {
            of_summary(it, "finance", None, it.now, MONEY)
        }),
        many("strengths", "Ưu điểm", "Strengths", FOUND, |it| gathered(it, 0)),
        many("shortcomings", "Tồn tại, hạn chế", "Shortcomings", FOUND, |it| gathered(it, 1)),
        many("causes", "Nguyên nhân", "Causes", FOUND, |it| gathered(it, 2)),
        many("ranks", "Kết quả xếp loại", "Ranks", RANKS, |it| {
            of_summary(it, "rating", Some(By::Rank), it.visits, RANKS)
        }),
        many("recommendations", "Kiến nghị", "Recommendations", ADVISED, |it| {
            advised(it.reading, it.visits)
                .iter()
                .flat_map(|(to, all)| all.iter().map(|one| advice(to, one)))
                .collect()
        }),
        many(
            "earlier",
            "Kết quả thực hiện kiến nghị lần trước",
            "Earlier recommendations",
            FOLLOWED,
            |it| of_summary(it, "followup", None, it.earlier, FOLLOWED),
        ),
    ]
}

/// A text in both languages as a cell.
fn word(said: Said) -> Cell {
    if said.is_empty() { Cell::Missing } else { Cell::word(said.en.clone(), said) }
}

fn progress(it: &Tells) -> Option<Table> {
    it.reading.tables("progress", Some(By::Centre), it.visits, None).into_iter().next()
}

/// The rows of the tables of a summary, with some of its columns.
fn of_summary(
    it: &Tells,
    name: &str,
    by: Option<By>,
    window: usize,
    columns: &[ColumnRow],
) -> Vec<Vec<Cell>> {
    it.reading.tables(name, by, window, None).iter().flat_map(|table| rows_of(table, columns)).collect()
}

fn rows_of(table: &Table, columns: &[ColumnRow]) -> Vec<Vec<Cell>> {
    let picked = |row: &Vec<Cell>| {
        columns.iter().map(|(key, ..)| cell(table, row, key).cloned().unwrap_or(Cell::Missing)).collect()
    };
    table.rows.iter().map(picked).collect()
}

/// The findings of a kind, gathered.
fn gathered(it: &Tells, kind: usize) -> Vec<Vec<Cell>> {
    let told = &it.reading.told;
    let rows = found(told, FINDINGS[kind].1);
    rows.iter()
        .map(|one| {
            vec![Cell::text(one.text.as_str()), Cell::Count(one.by.len() as i64), word(names(told, one))]
        })
        .collect()
}

/// A recommendation; of several days the first.
fn advice(to: &Option<Said>, one: &Gathered<(&str, Option<crate::model::day::Day>)>) -> Vec<Cell> {
    vec![
        to.clone().map_or(Cell::Missing, word),
        Cell::text(one.text.as_str()),
        word(of_units(one)),
        days(one).first().copied().into(),
    ]
}
