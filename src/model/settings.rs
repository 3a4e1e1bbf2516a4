//! `ttht.toml`: the office that keeps the register, and its settings.

use super::abbreviation::{ABBREVIATION, Abbreviation};
use super::fault::{Fault, Severity};
use super::field::{Field, Form, Kind, Refers, Vocabulary, field};
use super::meaning::{Abbreviations, Named};
use super::period::YearStart;
use super::text::Said;
use super::vietnamese::{is_slug, slug};
use crate::choices;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The newest format of registers that this program knows.
pub const FORMAT: i64 = 1;

choices! {
    /// The languages of a register.
    pub enum Language {
        Vi = "vi", "Tiếng Việt", "Vietnamese";
        En = "en", "Tiếng Anh", "English";
    }
}

choices! {
    /// How cells of CSV are written, if a call does not say it. None of them lets a text become a formula: that is for
    /// who runs a command to ask for, not for who wrote the register.
    pub enum CsvProfile {
        Plain = "plain", "cho chương trình khác", "for other programs";
        ExcelVi = "excel-vi", "cho Excel", "for Excel";
    }
}

choices! {
    /// The severity that an office gives to a fault.
    pub enum Strictness {
        Error = "error", "lỗi", "error";
        Warning = "warning", "cảnh báo", "warning";
        Off = "off", "không báo", "off";
    }
}

choices! {
    /// The level of the office that keeps a register.
    pub enum Level {
        Commune = "commune", "cấp xã", "commune";
        District = "district", "cấp huyện (trước 7/2025)", "district (before July 2025)";
        Province = "province", "cấp tỉnh", "province";
    }
}

/// All of `ttht.toml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The format of the register's files.
    pub format: i64,
    /// Its own id among all registers, if it is given: see [`Settings::id`].
    pub id: Option<String>,
    /// The office that keeps the register.
    pub office: String,
    /// Its level; none: a district's office, or one that does not say.
    pub level: Option<Level>,
    /// The body above it, for the head of its documents.
    pub parent: Option<String>,
    /// Who signs its documents.
    pub signer: Signer,
    /// The place named in the dateline of reports.
    pub place: Option<String>,
    /// The language of the register.
    pub lang: Option<Language>,
    /// How cells of CSV are written, if a call does not say it.
    pub profile: Option<CsvProfile>,
    /// The day on which school years begin.
    pub school_year_starts: YearStart,
    /// The target sets, the most important first: figures are held against those in force in their period.
    pub targets: Vec<String>,
    /// The rating scheme.
    pub scheme: Option<String>,
    /// Fields of activity of this office, in addition to the shipped ones.
    pub activity_field: Vec<Labelled>,
    /// What this office writes in short, in addition to what is shipped.
    pub abbreviation: Vec<Abbreviation>,
    /// The severities that this office gives to faults, by their codes.
    pub check: BTreeMap<String, Strictness>,
}

impl Settings {
    /// The id of the register among others: the one that is given, else one made of the name of the office.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| id_of(&self.office))
    }

    /// The severity that this office gives to the faults of a code, else the one it is shipped with. `None` if it is
    /// off.
    pub fn severity(&self, code: &str, shipped: Severity) -> Option<Severity> {
        match self.check.get(code) {
            None => Some(shipped),
            Some(Strictness::Error) => Some(Severity::Error),
            Some(Strictness::Warning) => Some(Severity::Warning),
            Some(Strictness::Off) => None,
        }
    }

    /// Keeps those of some faults that this office wants to see, each with the severity that it gives them.
    pub fn hear(&self, faults: &mut Vec<Fault>) {
        faults.retain_mut(|fault| {
            let severity = self.severity(fault.code, fault.severity);
            fault.severity = severity.unwrap_or(fault.severity);
            severity.is_some()
        });
    }
}

/// The id of a register that is named after an office or a place.
pub fn id_of(name: &str) -> String {
    Some(slug(name)).filter(|id| is_slug(id)).unwrap_or_else(|| "register".to_owned())
}

/// Who signs the documents of an office.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Signer {
    /// The title: `TRƯỞNG PHÒNG`.
    pub title: Option<String>,
    /// The full name.
    pub name: Option<String>,
}

/// A word of a vocabulary and its label.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Labelled {
    /// The stable word.
    pub id: String,
    /// What people see.
    pub label: Said,
}

impl<'a> From<&'a Labelled> for Named<'a> {
    fn from(labelled: &'a Labelled) -> Named<'a> {
        Named { word: &labelled.id, vi: &labelled.label.vi, en: &labelled.label.en }
    }
}

/// The words of each vocabulary. `None` if they could not be read: then any word will do.
#[derive(Clone, Debug, Default)]
pub struct Vocabularies {
    /// Fields of activity: the shipped ones, then the office's own.
    pub activity_fields: Option<Vec<Labelled>>,
    /// The books and files that are checked.
    pub documents: Option<Vec<Labelled>>,
    /// The rating schemes, by their titles.
    pub schemes: Option<Vec<Labelled>>,
    /// What is written in short: by the office, then by all.
    pub short: Abbreviations,
}

impl Vocabularies {
    /// The words of a vocabulary; `None` if any word will do.
    pub fn words(&self, vocabulary: Vocabulary) -> Option<&[Labelled]> {
        match vocabulary {
            Vocabulary::ActivityFields => self.activity_fields.as_deref(),
            Vocabulary::Documents => self.documents.as_deref(),
            Vocabulary::Schemes => self.schemes.as_deref(),
            Vocabulary::Words => None,
        }
    }
}

/// The keys of `ttht.toml`.
pub const FIELDS: &[Field] = &[
    field("format", "Phiên bản định dạng", "Format", Kind::Count(1_000_000)).required(),
    field("id", "Mã sổ", "Register id", Kind::Form(Form::RegisterId)).help(
        "Phân biệt sổ này với mọi sổ khác khi gộp các bảng đã xuất; không đổi khi cơ quan đổi tên.",
        "Tells this register from all others where exports are put together; stays when the office is \
         renamed.",
    ),
    field("office", "Cơ quan giữ sổ", "Office", Kind::Text).required(),
    field("level", "Cấp", "Level", Level::KIND),
    field("parent", "Cơ quan cấp trên", "Body above", Kind::Text).help(
        "Ghi ở dòng đầu văn bản, ví dụ UBND THÀNH PHỐ UÔNG BÍ.",
        "In the head of documents, above the office's own name.",
    ),
    field("signer", "Người ký", "Signer", Kind::Inline(SIGNER)),
    field("place", "Địa danh", "Place", Kind::Text)
        .help("Địa danh ghi trước ngày tháng trong văn bản.", "The place before the date of a document."),
    field("lang", "Ngôn ngữ", "Language", Language::KIND),
    field("profile", "Kiểu CSV", "CSV profile", CsvProfile::KIND).help(
        "Dùng khi lệnh không ghi --profile; lệnh export không theo.",
        "For calls without --profile; export does not obey it.",
    ),
    field("school_year_starts", "Ngày bắt đầu năm học", "School year starts", Kind::Form(Form::DayOfYear))
        .help("Tháng-ngày, thường là 09-01.", "Month-day, usually 09-01."),
    field("targets", "Bộ chỉ tiêu", "Targets", Kind::List(&Kind::Id(Refers::TargetSet))).help(
        "Số liệu được so với bộ chỉ tiêu có hiệu lực trong kỳ số liệu; bộ ghi trước được ưu tiên.",
        "Figures are held against the sets in force in their period; the first ones come first.",
    ),
    field("scheme", "Thang đánh giá", "Rating scheme", Kind::Id(Refers::RatingScheme)),
    field("activity_field", "Lĩnh vực hoạt động riêng", "Own fields of activity", Kind::Rows(LABELLED)),
    field("abbreviation", "Cách viết tắt riêng", "Own abbreviations", Kind::Rows(ABBREVIATION)).help(
        "Ngoài những cách viết tắt có sẵn trong chương trình.",
        "In addition to those that the program knows.",
    ),
    field("check", "Cách xử lý từng loại lỗi", "Severities", CHECK).help(
        "Mã lỗi = \"error\", \"warning\" hoặc \"off\"; xem các mã: ttht explain.",
        "Code = \"error\", \"warning\" or \"off\"; for the codes: ttht explain.",
    ),
    super::EXTRA,
];

const CHECK: Kind = Kind::Keyed { by: Vocabulary::Words, entry: &Strictness::KIND, fixed: &[] };

const SIGNER: &[Field] =
    &[field("title", "Chức vụ", "Title", Kind::Text), field("name", "Họ và tên", "Name", Kind::Text)];

/// The keys of a word with its label.
const LABELLED: &[Field] = &[
    field("id", "Mã", "Id", Kind::Form(Form::Word)).identifies().required(),
    field("label", "Tên gọi", "Label", Kind::Inline(LABEL)).required(),
];

/// The keys of a text in both languages.
pub const LABEL: &[Field] = &[
    field("vi", "Tiếng Việt", "Vietnamese", Kind::Text).required(),
    field("en", "Tiếng Anh", "English", Kind::Text).required(),
];
