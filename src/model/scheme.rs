//! Rating schemes and target sets: shipped in `data/`, an office's own in `schemes/<id>.toml`.

use super::agree;
use super::day::Day;
use super::field::{COUNT, Field, Form, Kind, field};
use super::keyed::Keyed;
use super::period::{Period, YearStart};
use super::settings::LABEL;
use super::target::{TARGET, Target};
use super::text::{Said, t};
use crate::choices;
use serde::{Deserialize, Serialize};

choices! {
    /// How far a scheme can be relied on.
    pub enum SchemeStatus {
        Official = "official", "chính thức", "official";
        Office = "office", "do cơ quan ban hành", "the office's own";
        Unverified = "unverified", "chưa xác nhận", "unverified";
    }
}

choices! {
    /// What a scheme judges.
    pub enum AppliesTo {
        Centre = "centre", "trung tâm học tập cộng đồng", "community learning centre";
        Commune = "commune", "xã, phường", "commune";
        Workplace = "workplace", "cơ quan, đơn vị", "workplace";
        Family = "family", "gia đình", "family";
        District = "district", "huyện", "district";
        Province = "province", "tỉnh, thành phố", "province";
    }
}

choices! {
    /// How a scheme judges.
    pub enum Method {
        Points = "points", "theo điểm", "points";
        Levels = "levels", "theo mức độ", "levels";
        Targets = "targets", "theo tỷ lệ phải đạt", "targets";
    }
}

/// A rating scheme or a target set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scheme {
    /// What it is called.
    pub title: Said,
    /// The document it comes from.
    pub legal_ref: Option<String>,
    /// How far it can be relied on; that it is unverified is said wherever it matters.
    pub status: Option<SchemeStatus>,
    /// What it judges.
    pub applies_to: Option<AppliesTo>,
    /// Points, levels (a level needs all its indicators) or targets.
    pub method: Option<Method>,
    /// The first day on which it applies.
    pub valid_from: Option<Day>,
    /// The last day on which it applies.
    pub valid_to: Option<Day>,
    /// The most points.
    pub max: Option<f64>,
    /// What is judged.
    pub criterion: Vec<Criterion>,
    /// The ranks, best first.
    pub rank: Vec<Rank>,
    /// What is to be reached, for target sets.
    pub target: Vec<Target>,
}

/// One thing that is judged.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Criterion {
    /// The key in `rating.<scheme>.scores` and `met`.
    pub id: String,
    /// What people see.
    pub label: Said,
    /// What it is one indicator of.
    pub group: Option<Said>,
    /// The most points for it.
    pub max: Option<f64>,
    /// The level that requires it.
    pub level: Option<i64>,
}

/// One rank.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rank {
    /// The word in `rating.<scheme>.rank`.
    pub id: String,
    /// What people see.
    pub label: Said,
    /// The lowest number of points for it, inclusive.
    pub min: Option<f64>,
    /// The level that it is: all indicators of this level and of those below it are met.
    pub level: Option<i64>,
}

impl Scheme {
    /// True if nothing tells this scheme from another one: they have one title and source, are valid on the same days,
    /// and ask and award the same.
    pub fn repeats(&self, other: &Scheme) -> bool {
        let key = |scheme: &Scheme| {
            let criteria: Vec<_> = scheme.criterion.iter().map(|criterion| criterion.id.clone()).collect();
            let ranks: Vec<_> = scheme.rank.iter().map(|rank| rank.id.clone()).collect();
            let asked = (criteria, ranks, scheme.target.clone());
            (scheme.title.clone(), scheme.applies_to, scheme.valid_from, scheme.valid_to, asked)
        };
        key(self) == key(other) && agree(self.legal_ref.as_ref(), other.legal_ref.as_ref())
    }
}

impl Scheme {
    /// True if it is in force on any day of a period.
    pub fn applies(&self, period: Period, starts: YearStart) -> bool {
        let days = period.days(starts);
        self.valid_from.is_none_or(|from| from <= *days.end())
            && self.valid_to.is_none_or(|to| *days.start() <= to)
    }

    /// The rank that a number of points gives; the lower bounds are inclusive.
    pub fn rank_of(&self, points: f64) -> Option<&Rank> {
        self.rank.iter().find(|rank| rank.min.is_some_and(|min| points >= min))
    }

    /// The indicators that a level needs: its own and those of the levels below it.
    pub fn indicators(&self, level: i64) -> impl Iterator<Item = &Criterion> {
        self.criterion.iter().filter(move |criterion| criterion.level.is_some_and(|own| own <= level))
    }

    /// True if the scheme has indicators of the level itself; else nobody can tell what it needs.
    pub fn describes(&self, level: i64) -> bool {
        self.criterion.iter().any(|criterion| criterion.level == Some(level))
    }

    /// Whether a rank is reached by the indicators that are met; a rank without a level always is. `None` if that cannot be
    /// told.
    pub fn reaches(&self, rank: &Rank, met: &Keyed<bool>) -> Option<bool> {
        let Some(level) = rank.level else { return Some(true) };
        let is_met = |criterion: &Criterion| met.get(&criterion.id).copied();
        if self.indicators(level).any(|one| is_met(one) == Some(false)) {
            return Some(false);
        }
        let all = self.describes(level) && self.indicators(level).all(|one| is_met(one) == Some(true));
        all.then_some(true)
    }

    /// The rank that the indicators give, the best that is reached; `None` if that cannot be told.
    pub fn rank_of_indicators(&self, met: &Keyed<bool>) -> Option<&Rank> {
        let by_level = self.rank.iter().any(|rank| rank.level.is_some());
        for rank in self.rank.iter().filter(|_| by_level) {
            if self.reaches(rank, met)? {
                return Some(rank);
            }
        }
        None
    }

    /// The row of a rank.
    pub fn rank(&self, id: &str) -> Option<&Rank> {
        self.rank.iter().find(|rank| rank.id == id)
    }

    /// The row of a criterion.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criterion.iter().find(|criterion| criterion.id == id)
    }
}

/// The keys of a scheme.
pub const FIELDS: &[Field] = &[
    field("title", "Tên", "Title", Kind::Inline(LABEL)).required(),
    field("legal_ref", "Văn bản căn cứ", "Legal reference", Kind::Form(Form::DocumentNumber)),
    field("status", "Tình trạng xác nhận", "Status", SchemeStatus::KIND).required(),
    field("applies_to", "Áp dụng cho", "Applies to", AppliesTo::KIND),
    field("method", "Cách đánh giá", "Method", Method::KIND).required(),
    field("valid_from", "Áp dụng từ ngày", "Valid from", Kind::Day),
    field("valid_to", "Đến hết ngày", "Valid to", Kind::Day),
    field("max", "Điểm tối đa", "Maximum points", POINTS),
    field("criterion", "Tiêu chí", "Criteria", Kind::Rows(CRITERION)),
    field("rank", "Mức xếp loại", "Ranks", Kind::Rows(RANK)),
    field("target", "Chỉ tiêu", "Targets", Kind::Rows(TARGET)),
    super::EXTRA,
];

/// A number of points.
pub const POINTS: Kind = Kind::Measure(t("điểm", "points"));

const CRITERION: &[Field] = &[
    field("id", "Mã", "Id", Kind::Form(Form::Word)).identifies().required(),
    field("label", "Tên gọi", "Label", Kind::Inline(LABEL)).required(),
    field("group", "Thuộc tiêu chí", "Criterion", Kind::Inline(LABEL)),
    field("max", "Điểm tối đa", "Maximum points", POINTS),
    field("level", "Mức độ", "Level", COUNT),
];

const RANK: &[Field] = &[
    field("id", "Mã", "Id", Kind::Form(Form::Word)).identifies().required(),
    field("label", "Tên gọi", "Label", Kind::Inline(LABEL)).required(),
    field("min", "Điểm tối thiểu", "Minimum points", POINTS),
    field("level", "Mức độ", "Level", COUNT),
];
