//! Which parts of a record become tables of the export, and what they are called.

use crate::model::RecordKind::{self, Campaign, Centre, Register, Scheme, Statement, Units, Visit};
use crate::model::text::{Text, t};

/// A part of a record that becomes a table.
pub struct TablePart {
    /// The kind of record.
    pub record: RecordKind,
    /// Where in the record: `[]` stands for each of a list, `*` for each key; empty for the record itself.
    pub place: &'static str,
    /// The name of the table.
    pub table: &'static str,
    /// A column for each `[]` and `*`, and for the value if that is not a table.
    pub keys: &'static [KeyColumn],
}

/// A column that names a row: its key and its label.
pub type KeyColumn = (&'static str, Text);

/// Every table, in the order in which they are exported.
pub const PARTS: &[TablePart] = &[
    part(Register, "", "register"),
    part(Register, "activity_field[]", "own_activity_fields"),
    part(Register, "abbreviation[]", "own_abbreviations"),
    part(Register, "check.*", "severities")
        .by(&[("code", t("Mã lỗi", "Code")), ("severity", t("Loại", "Severity"))]),
    part(Units, "", "units_file"),
    part(Units, "area[]", "areas"),
    part(Units, "unit[]", "units"),
    part(Units, "succession[]", "successions"),
    part(Centre, "", "centres"),
    part(Centre, "status[]", "centre_status"),
    part(Centre, "person[]", "people"),
    part(Centre, "staff", "centre_staff"),
    part(Centre, "facilities", "centre_facilities"),
    part(Campaign, "", "campaigns"),
    part(Campaign, "not_visited[]", "centres_not_visited"),
    part(Visit, "", "visits"),
    part(Visit, "team[]", "team"),
    part(Visit, "host[]", "hosts"),
    part(Visit, "context", "context"),
    part(Visit, "management", "management"),
    part(Visit, "documents", "visit_documents"),
    part(Visit, "documents.*", "documents")
        .by(&[("document", t("Hồ sơ", "Document")), ("state", t("Tình trạng", "State"))]),
    part(Visit, "facilities", "visit_facilities"),
    part(Visit, "staff", "visit_staff"),
    part(Visit, "activity", "visit_activity"),
    part(Visit, "activity.field.*", "activity").by(&[("field", t("Lĩnh vực", "Field"))]),
    part(Visit, "finance", "finance"),
    part(Visit, "promotion", "promotion"),
    part(Visit, "title", "visit_title"),
    part(Visit, "title.*.*", "titles")
        .by(&[("standard", t("Bộ tiêu chí", "Standard")), ("kind", t("Loại", "Kind"))]),
    part(Visit, "literacy", "literacy"),
    part(Visit, "site[]", "sites"),
    part(Visit, "findings", "findings"),
    part(Visit, "recommendation.*", "recommendations").by(&[("id", t("Mã", "Id"))]),
    part(Visit, "followup[]", "followups"),
    part(Visit, "rating.*", "ratings").by(&[SCHEME]),
    part(Visit, "rating.*.scores.*", "scores").by(&[SCHEME, CRITERION, ("points", t("Điểm", "Points"))]),
    part(Visit, "rating.*.met.*", "indicators").by(&[SCHEME, CRITERION, ("met", t("Đạt", "Met"))]),
    part(Visit, "rating.*.evidence.*", "evidence").by(&[
        SCHEME,
        CRITERION,
        ("text", t("Minh chứng", "Evidence")),
    ]),
    part(Visit, "minutes", "minutes"),
    part(Visit, "photo[]", "photos"),
    part(Statement, "", "statements"),
    part(Statement, "context", "statement_context"),
    part(Statement, "staff", "statement_staff"),
    part(Statement, "activity", "statement_activity_section"),
    part(Statement, "activity.field.*", "statement_activity").by(&[("field", t("Lĩnh vực", "Field"))]),
    part(Statement, "finance", "statement_finance"),
    part(Statement, "promotion", "statement_promotion"),
    part(Statement, "title", "statement_title"),
    part(Statement, "title.*.*", "statement_titles")
        .by(&[("standard", t("Bộ tiêu chí", "Standard")), ("kind", t("Loại", "Kind"))]),
    part(Statement, "literacy", "statement_literacy"),
    part(Scheme, "", "schemes"),
    part(Scheme, "criterion[]", "criteria"),
    part(Scheme, "rank[]", "ranks"),
    part(Scheme, "target[]", "targets"),
];

/// The scheme of a rating.
pub const SCHEME: KeyColumn = ("scheme", t("Thang đánh giá", "Rating scheme"));

const CRITERION: KeyColumn = ("criterion", t("Tiêu chí", "Criterion"));

/// The register of a row.
pub const REGISTER: KeyColumn = ("register", t("Mã sổ", "Register id"));

/// The words that SQL has for itself, of those that records have for their keys.
const RESERVED: &[&str] = &[
    "count", "date", "from", "groups", "into", "lead", "max", "method", "min", "of", "percent", "period",
    "rank", "to", "value",
];

/// What programs call the column of a key, if not as the key: where SQL has the word for itself, what the value is of
/// stands in front: `recommendation_to`.
pub fn unreserved(part: &TablePart, key: &str) -> Option<String> {
    let of =
        part.place.trim_end_matches("[]").rsplit('.').find(|key| *key != "*").filter(|key| !key.is_empty());
    RESERVED.contains(&key).then(|| format!("{}_{key}", of.unwrap_or(part.record.word())))
}

/// The number of a row of a list, from 1.
pub const ROW: KeyColumn = ("row_no", t("Số thứ tự", "Row"));

/// A part; that of a list has a column for the number of each row.
const fn part(record: RecordKind, place: &'static str, table: &'static str) -> TablePart {
    let is_list = matches!(place.as_bytes(), [.., b'[', b']']);
    TablePart { record, place, table, keys: if is_list { &[ROW] } else { &[] } }
}

impl TablePart {
    /// The same with these columns for its keys.
    const fn by(self, keys: &'static [KeyColumn]) -> TablePart {
        TablePart { keys, ..self }
    }
}
