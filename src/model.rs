//! Plain data: records, the rows that describe them, and what is made of them. Touches no file, clock, terminal,
//! argument parser or printer (but for [`day::Day::today`], which asks the machine when told to).

pub mod campaign;
pub mod centre;
pub mod day;
pub mod fault;
pub mod field;
pub mod figures;
pub mod history;
pub mod input;
pub mod keyed;
pub mod number;
pub mod path;
pub mod period;
pub mod register;
pub mod scheme;
pub mod settings;
pub mod table;
pub mod text;
pub mod tree;
pub mod unit;
pub mod usual;
pub mod vietnamese;
pub mod visit;

use field::{Field, Kind, field};
use text::{Text, t};

/// The one free table in every file: kept as it is and never read.
pub const EXTRA: Field = field("extra", "Ghi thêm", "Extra", Kind::Free);

/// One kind of record file.
#[derive(Clone, Copy, Debug)]
pub struct RecordKind {
    /// The stable word.
    pub name: &'static str,
    /// What people see.
    pub label: Text,
    /// Where such a file stands in a register.
    pub path: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
}

/// `ttht.toml`.
pub const REGISTER: RecordKind =
    RecordKind {
        name: "register", label: t("sổ", "register"), path: "ttht.toml", fields: settings::FIELDS
    };
/// `units.toml`.
pub const UNITS: RecordKind =
    RecordKind { name: "units", label: t("đơn vị", "units"), path: "units.toml", fields: unit::FIELDS };
/// A centre.
pub const CENTRE: RecordKind = RecordKind {
    name: "centre",
    label: t("trung tâm", "centre"),
    path: "centres/<id>.toml",
    fields: centre::FIELDS,
};
/// A campaign.
pub const CAMPAIGN: RecordKind = RecordKind {
    name: "campaign",
    label: t("đợt kiểm tra", "campaign"),
    path: "campaigns/<id>.toml",
    fields: campaign::FIELDS,
};
/// A visit.
pub const VISIT: RecordKind = RecordKind {
    name: "visit",
    label: t("lần kiểm tra", "visit"),
    path: "visits/<school-year>/<date>-<centre>.toml",
    fields: visit::FIELDS,
};
/// A scheme or target set.
pub const SCHEME: RecordKind = RecordKind {
    name: "scheme",
    label: t("thang đánh giá", "scheme"),
    path: "schemes/<id>.toml",
    fields: scheme::FIELDS,
};

/// Every kind of record file.
pub const RECORDS: &[RecordKind] = &[REGISTER, UNITS, CENTRE, CAMPAIGN, VISIT, SCHEME];
