//! `units.toml`: the communes and wards of the register, and what became of them.

use super::asking::Suggest;
use super::day::Day;
use super::field::{Field, Form, Kind, Refers, field};
use crate::choices;
use serde::{Deserialize, Serialize};

choices! {
    /// What kind of commune-level unit it is.
    pub enum UnitKind {
        Ward = "ward", "phường", "ward";
        Commune = "commune", "xã", "commune";
        Township = "township", "thị trấn", "township";
        SpecialZone = "special_zone", "đặc khu", "special zone";
    }
}

choices! {
    /// The region in which the norms for mountain areas apply (96/2008/TT-BTC).
    pub enum Region {
        One = "I", "khu vực I", "region I";
        Two = "II", "khu vực II", "region II";
        Three = "III", "khu vực III", "region III";
    }
}

choices! {
    /// What happened to units on a day.
    pub enum SuccessionKind {
        Merger = "merger", "sáp nhập", "merger";
        Split = "split", "chia tách", "split";
        Rename = "rename", "đổi tên", "rename";
        Reclassification = "reclassification", "đổi loại đơn vị", "reclassification";
        Abolition = "abolition", "giải thể", "abolition";
    }
}

/// All of `units.toml`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Units {
    /// Groups of units: the districts of before July 2025, clusters (cụm).
    pub area: Vec<Area>,
    /// The units, in the order of the file.
    pub unit: Vec<Unit>,
    /// What became of them.
    pub succession: Vec<Succession>,
}

/// A group of units: a district of before July 2025, a cluster (cụm).
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Area {
    /// A slug of our own.
    pub id: String,
    /// The name.
    pub name: String,
}

/// A commune, ward, township or special zone, for the time in which it had this name and kind.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// A slug of our own, since codes and names are reused for other units.
    pub id: String,
    /// The name without the kind: `Yên Thanh`.
    pub name: String,
    /// Ward, commune, township or special zone.
    pub kind: Option<UnitKind>,
    /// The code of the General Statistics Office, five digits.
    pub code: Option<String>,
    /// The first day on which it existed.
    pub valid_from: Option<Day>,
    /// The last day on which it existed.
    pub valid_to: Option<Day>,
    /// The region for the norms of mountain areas.
    pub region: Option<Region>,
    /// The area to which it belongs.
    pub area: Option<String>,
}

impl Unit {
    /// True if the unit existed on that day.
    pub fn existed(&self, day: Day) -> bool {
        day.is_within(self.valid_from, self.valid_to)
    }
}

/// Units that turned into others on a day.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Succession {
    /// The first day of the new units.
    pub date: Option<Day>,
    /// What happened.
    pub kind: Option<SuccessionKind>,
    /// The units before.
    pub from: Vec<String>,
    /// The units after.
    pub to: Vec<String>,
    /// The one of them to which this register assigns the old figures, if they cannot be split.
    pub heir: Option<String>,
    /// The resolution.
    pub legal_ref: Option<String>,
}

impl Succession {
    /// The ids of all units that it names.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.from.iter().chain(&self.to).chain(&self.heir).map(String::as_str)
    }
}

/// The keys of `units.toml`.
pub const FIELDS: &[Field] = &[
    field("area", "Huyện cũ, cụm thi đua", "Areas", Kind::Rows(AREA)),
    field("unit", "Đơn vị hành chính cấp xã", "Administrative units", Kind::Rows(UNIT)),
    field("succession", "Sắp xếp đơn vị hành chính", "Successions", Kind::Rows(SUCCESSION)),
    super::EXTRA,
];

const AREA: &[Field] = &[
    field("id", "Mã trong sổ", "Id", Kind::Form(Form::Slug))
        .identifies()
        .required()
        .suggest(Suggest::IdFromName),
    field("name", "Tên", "Name", Kind::Text)
        .required()
        .help("Huyện cũ hoặc cụm thi đua.", "A former district, or a cluster."),
];

/// The keys of `[[unit]]`.
pub const UNIT: &[Field] = &[
    field("id", "Mã trong sổ", "Id", Kind::Form(Form::Slug))
        .identifies()
        .required()
        .help(
            "Chữ thường không dấu, gạch nối: yen-thanh.",
            "Lower case without accents, with hyphens: yen-thanh.",
        )
        .suggest(Suggest::IdFromName),
    field("name", "Tên", "Name", Kind::Text)
        .required()
        .help("Chỉ tên riêng, không ghi xã, phường.", "The name alone, without ward or commune."),
    field("kind", "Loại", "Kind", UnitKind::KIND).required(),
    field("code", "Mã đơn vị hành chính", "Official code", Kind::Form(Form::UnitCode)).help(
        "Năm chữ số theo danh mục đơn vị hành chính, ví dụ 06826; trong tệp viết trong ngoặc kép.",
        "Five digits of the official list, such as 06826; in quotes in a file.",
    ),
    field("valid_from", "Hiệu lực từ ngày", "Valid from", Kind::Day),
    field("valid_to", "Hiệu lực đến hết ngày", "Valid to", Kind::Day),
    field("region", "Khu vực", "Region", Region::KIND).help(
        "Khu vực I, II, III, nơi áp dụng định mức miền núi (Thông tư 96/2008/TT-BTC).",
        "Region I, II or III where the norms of mountain areas apply (circular 96/2008/TT-BTC).",
    ),
    field("area", "Huyện cũ, cụm", "Area", Kind::Id(Refers::Area))
        .help("Bảng tổng hợp lập được theo huyện cũ, cụm.", "Tables can be made by area.")
        .rare(),
];

/// The keys of `[[succession]]`.
const SUCCESSION: &[Field] = &[
    field("date", "Ngày hiệu lực", "Date", Kind::Day).identifies().required(),
    field("kind", "Hình thức sắp xếp", "Kind", SuccessionKind::KIND).required(),
    field("from", "Đơn vị cũ", "From", Kind::List(&Kind::Id(Refers::Unit))).identifies().required(),
    field("to", "Đơn vị mới", "To", Kind::List(&Kind::Id(Refers::Unit))),
    field("heir", "Đơn vị nhận số liệu cũ", "Heir", Kind::Id(Refers::Unit)).help(
        "Khi một đơn vị tách làm nhiều: đơn vị mới được tính số liệu cũ.",
        "Where one unit became several: the one to which the office assigns the old figures.",
    ),
    field("legal_ref", "Văn bản căn cứ", "Legal reference", Kind::Form(Form::DocumentNumber)),
];
