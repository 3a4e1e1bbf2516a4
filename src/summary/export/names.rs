//! Which tables of a record file become tables of the export, and what they are called.

use crate::model::RecordKind;
use crate::model::text::{Text, t};

/// What becomes a table: the record, the place in it (`[]` stands for each of a list, `*` for each key), the name of
/// the table, and a column for each `[]` and `*`, and for the value where that is not a table.
pub struct Name(pub RecordKind, pub &'static str, pub &'static str, pub &'static [(&'static str, Text)]);

/// Every table, in the order in which they are exported.
pub const NAMES: &[Name] = &[
    Name(RecordKind::Register, "", "register", &[]),
    Name(RecordKind::Register, "activity_field[]", "own_activity_fields", &[ROW]),
    Name(
        RecordKind::Register,
        "check.*",
        "severities",
        &[("code", t("Mã lỗi", "Code")), ("severity", t("Mức", "Severity"))],
    ),
    Name(RecordKind::Units, "", "units_file", &[]),
    Name(RecordKind::Units, "unit[]", "units", &[ROW]),
    Name(RecordKind::Units, "succession[]", "successions", &[ROW]),
    Name(RecordKind::Centre, "", "centres", &[]),
    Name(RecordKind::Centre, "status[]", "centre_status", &[ROW]),
    Name(RecordKind::Centre, "person[]", "people", &[ROW]),
    Name(RecordKind::Centre, "staff", "centre_staff", &[]),
    Name(RecordKind::Centre, "facilities", "centre_facilities", &[]),
    Name(RecordKind::Campaign, "", "campaigns", &[]),
    Name(RecordKind::Visit, "", "visits", &[]),
    Name(RecordKind::Visit, "team[]", "team", &[ROW]),
    Name(RecordKind::Visit, "host[]", "hosts", &[ROW]),
    Name(RecordKind::Visit, "context", "context", &[]),
    Name(RecordKind::Visit, "management", "management", &[]),
    Name(RecordKind::Visit, "documents", "visit_documents", &[]),
    Name(
        RecordKind::Visit,
        "documents.*",
        "documents",
        &[("document", t("Hồ sơ", "Document")), ("state", t("Tình trạng", "State"))],
    ),
    Name(RecordKind::Visit, "facilities", "visit_facilities", &[]),
    Name(RecordKind::Visit, "activity", "visit_activity", &[]),
    Name(RecordKind::Visit, "activity.field.*", "activity", &[("field", t("Lĩnh vực", "Field"))]),
    Name(RecordKind::Visit, "finance", "finance", &[]),
    Name(RecordKind::Visit, "promotion", "promotion", &[]),
    Name(RecordKind::Visit, "title", "visit_title", &[]),
    Name(
        RecordKind::Visit,
        "title.*.*",
        "titles",
        &[("standard", t("Bộ tiêu chí", "Standard")), ("kind", t("Loại", "Kind"))],
    ),
    Name(RecordKind::Visit, "site[]", "sites", &[ROW]),
    Name(RecordKind::Visit, "findings", "findings", &[]),
    Name(RecordKind::Visit, "recommendation.*", "recommendations", &[("id", t("Mã", "Id"))]),
    Name(RecordKind::Visit, "followup[]", "followups", &[ROW]),
    Name(RecordKind::Visit, "rating", "ratings", &[]),
    Name(
        RecordKind::Visit,
        "rating.scores.*",
        "scores",
        &[("criterion", t("Tiêu chí", "Criterion")), ("points", t("Điểm", "Points"))],
    ),
    Name(RecordKind::Visit, "minutes", "minutes", &[]),
    Name(RecordKind::Visit, "photo[]", "photos", &[ROW]),
    Name(RecordKind::Scheme, "", "schemes", &[]),
    Name(RecordKind::Scheme, "criterion[]", "criteria", &[ROW]),
    Name(RecordKind::Scheme, "rank[]", "ranks", &[ROW]),
    Name(RecordKind::Scheme, "target", "scheme_targets", &[]),
];

/// The number of a row of a list, from 1.
pub const ROW: (&str, Text) = ("row", t("Số thứ tự", "Row"));
