//! `[rating.<scheme>]`: how a visit or a paper rates, by one scheme; several may stand side by side.

use super::asking::{SchemeWords, Suggest, When};
use super::field::{Field, Form, Kind, Vocabulary, field};
use super::keyed::Keyed;
use super::text::t;
use serde::{Deserialize, Serialize};

/// Points and rank by one scheme.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rating {
    /// Points by criterion.
    pub scores: Keyed<f64>,
    /// The rank that the centre gave itself.
    pub self_rank: Option<String>,
    /// The rank that the team decided on.
    pub rank: Option<String>,
    /// Why the rank is not the one that the points give.
    pub reason: Option<String>,
}

impl Rating {
    /// All points together; `None` if no point is given.
    pub fn points(&self) -> Option<f64> {
        (!self.scores.is_empty()).then(|| sum_of_points(self.scores.values().copied()))
    }
}

/// All points together, rounded to a millionth, so that 7.6 + 56.8 + 15.6 is 80 and reaches a cut-off of 80.
pub fn sum_of_points(points: impl Iterator<Item = f64>) -> f64 {
    (points.sum::<f64>() * 1e6).round() / 1e6
}

/// The ratings of a visit.
pub const RATINGS: Kind = Kind::Keyed { by: Vocabulary::Schemes, entry: &Kind::Section(RATING), fixed: &[] };

const RATING: &[Field] = &[
    field(
        "scores",
        "Điểm",
        "Scores",
        Kind::Keyed { by: Vocabulary::Words, entry: &Kind::Measure(t("điểm", "points")), fixed: &[] },
    )
    .words(SchemeWords::Criteria),
    field("self_rank", "Tự xếp loại", "Self-rating", Kind::Form(Form::Word)).words(SchemeWords::Ranks),
    field("rank", "Xếp loại", "Rank", Kind::Form(Form::Word))
        .words(SchemeWords::Ranks)
        .suggest(Suggest::RankByPoints),
    field("reason", "Lý do khác điểm", "Reason", Kind::Prose)
        .help(
            "Chỉ ghi khi xếp loại khác với mức tính theo điểm.",
            "Only when the rank is not the one that the points give.",
        )
        .when(When::RankDiffers),
];
