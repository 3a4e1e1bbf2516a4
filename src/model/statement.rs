//! `statements/<period>-<place>.toml`: a paper about an area and a period that is about no single centre: a district's year
//! before the register began, what a province published. Its figures stand beside those of the records, and are never
//! added to them.

use super::centre::{STAFF, Staff};
use super::field::{Field, Form, Kind, Refers, field};
use super::figures::{ACTIVITY, Activity, FINANCE, Finance, PROMOTION, Promotion, TITLES, Titles};
use super::id::StatementId;
use super::literacy::{LITERACY, Literacy};
use super::period::Period;
use super::visit::{CONTEXT, Context, Visit};
use serde::{Deserialize, Serialize};

/// What a paper says about an area and a period.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Statement {
    /// What the paper is about; each block of figures says its own, which is usually the same.
    pub period: Option<Period>,
    /// The area that it is about; neither an area nor a unit: the whole register.
    pub area: Option<String>,
    /// The unit that it is about.
    pub unit: Option<String>,
    /// The papers or pages that the figures were taken from.
    pub source: Vec<String>,
    /// Who made the record.
    pub reporter: Option<String>,
    /// Bases of the percentages.
    pub context: Context,
    /// Managers, lecturers and teachers.
    pub staff: Staff,
    /// Classes and learners.
    pub activity: Option<Activity>,
    /// Money of the centres.
    pub finance: Option<Finance>,
    /// Learning promotion.
    pub promotion: Option<Promotion>,
    /// Learning titles.
    pub title: Option<Titles>,
    /// Literacy and universal education.
    pub literacy: Option<Literacy>,
}

impl Statement {
    /// The id of the place; empty for the whole register.
    pub fn place(&self) -> &str {
        self.area.as_deref().or(self.unit.as_deref()).unwrap_or("")
    }

    /// The key of the place, if one is given.
    pub fn place_key(&self) -> Option<&'static str> {
        self.area.as_ref().map(|_| "area").or(self.unit.as_ref().map(|_| "unit"))
    }

    /// The name that its file must have, once its period is known.
    pub fn id(&self, number: u32) -> Option<String> {
        Some(StatementId { period: self.period?, place: self.place(), number }.to_string())
    }

    /// True if nothing but their figures tells this statement from another one.
    pub fn repeats(&self, other: &Statement) -> bool {
        (self.period, self.place()) == (other.period, other.place())
    }

    /// Its figures as those of a visit, for what is asked of the figures of both.
    pub fn as_visit(&self) -> Visit {
        let Statement { context, staff, activity, finance, promotion, title, literacy, .. } = self.clone();
        Visit { context, staff, activity, finance, promotion, title, literacy, ..Visit::default() }
    }
}

/// The keys of a statement.
pub const FIELDS: &[Field] = &[
    field("period", "Kỳ", "Period", Kind::Form(Form::Period)).required().help(
        "Năm học, năm hay khoảng ngày mà văn bản nói tới; mỗi phần số liệu còn ghi kỳ riêng.",
        "The school year, year or stretch of days that the paper is about; each block of figures also says its own.",
    ),
    field("area", "Huyện cũ, cụm", "Area", Kind::Id(Refers::Area)).help(
        "Huyện cũ, cụm thi đua mà văn bản nói tới; bỏ trống: toàn bộ địa bàn của sổ.",
        "The former district or cluster that it is about; left out: the whole register.",
    ),
    field("unit", "Xã, phường", "Unit", Kind::Id(Refers::Unit))
        .help("Chỉ ghi khi văn bản nói về một xã, phường.", "Only if it is about one ward or commune.")
        .rare(),
    field("source", "Nguồn thông tin", "Source", Kind::List(&Kind::Text)).required().help(
        "Tên, số, ngày của văn bản, hoặc địa chỉ trang tin.",
        "Title, number and date of the paper, or the address of the page.",
    ),
    field("reporter", "Người cung cấp thông tin", "Reported by", Kind::Text),
    field("context", "Số liệu chung", "Context", Kind::Section(CONTEXT)),
    field("staff", "Đội ngũ", "Staff", Kind::Section(STAFF)).rare(),
    field("activity", "Hoạt động", "Activity", Kind::Section(ACTIVITY)),
    field("finance", "Kinh phí", "Finance", Kind::Section(FINANCE)),
    field("promotion", "Khuyến học, khuyến tài", "Learning promotion", Kind::Section(PROMOTION)),
    field("title", "Mô hình học tập", "Learning titles", Kind::Section(TITLES)),
    field("literacy", "Xoá mù chữ, phổ cập giáo dục", "Literacy", Kind::Section(LITERACY)).rare(),
    super::EXTRA,
];
