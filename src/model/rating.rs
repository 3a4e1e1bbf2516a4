//! `[rating.<scheme>]`: how a visit or a paper rates, by one scheme; several may stand side by side.

use super::asking::{SchemeWords, Suggest, When};
use super::date::Date;
use super::day::Day;
use super::field::{Field, Form, Kind, Vocabulary, field};
use super::keyed::Keyed;
use super::period::Period;
use super::text::t;
use serde::{Deserialize, Serialize};

/// Points and rank by one scheme.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rating {
    /// What is rated; none: it is not said. Communes are rated for the year before (44/2014/TT-BGDĐT,
    /// 25/2023/TT-BGDĐT).
    pub period: Option<Period>,
    /// Points by criterion.
    pub scores: Keyed<f64>,
    /// All points together, as they were published.
    pub total: Option<f64>,
    /// Whether each indicator is met, for schemes by levels.
    pub met: Keyed<bool>,
    /// What proves it, by criterion.
    pub evidence: Keyed<String>,
    /// The rank that the centre gave itself.
    pub self_rank: Option<String>,
    /// The rank that was decided on.
    pub rank: Option<String>,
    /// Why the rank is not the one that the points or indicators give.
    pub reason: Option<String>,
    /// The decision of recognition.
    pub decision: Option<Recognition>,
    /// The last day on which it is valid.
    pub valid_to: Option<Day>,
}

/// The decision that recognises a rank.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recognition {
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// Who decided.
    pub authority: Option<String>,
}

impl Rating {
    /// All points together: the total that was published, else the sum over the criteria; `None` if there is neither.
    pub fn points(&self) -> Option<f64> {
        self.total.or_else(|| self.sum())
    }

    /// The sum over the criteria; `None` if no point is given.
    pub fn sum(&self) -> Option<f64> {
        (!self.scores.is_empty()).then(|| sum_of_points(self.scores.values().copied()))
    }
}

/// All points together, rounded to a millionth, so that 7.6 + 56.8 + 15.6 is 80 and reaches a cut-off of 80.
pub fn sum_of_points(points: impl Iterator<Item = f64>) -> f64 {
    (points.sum::<f64>() * 1e6).round() / 1e6
}

/// The ratings of a visit.
pub const RATINGS: Kind = Kind::Keyed { by: Vocabulary::Schemes, entry: &Kind::Section(RATING), fixed: &[] };

const POINTS: Kind = Kind::Measure(t("điểm", "points"));

const RATING: &[Field] = &[
    field("period", "Kỳ đánh giá", "Rated period", Kind::Form(Form::Period))
        .help(
            "Năm được đánh giá: cấp xã thường là năm trước năm kiểm tra.",
            "What is rated: for communes usually the year before the visit.",
        )
        .suggest(Suggest::YearBefore)
        .when(When::RatesOthers),
    field("scores", "Điểm từng tiêu chí", "Scores", by_criterion(&POINTS))
        .words(SchemeWords::Criteria)
        .when(When::ByPoints),
    field("total", "Tổng điểm", "Total points", POINTS)
        .help(
            "Ghi khi chỉ biết tổng điểm, hoặc để đối chiếu với tổng các tiêu chí.",
            "Where only the total is known, or as a check on the sum of the criteria.",
        )
        .when(When::NoScores),
    field("met", "Chỉ tiêu đạt", "Indicators met", by_criterion(&Kind::Bool))
        .words(SchemeWords::Criteria)
        .when(When::ByLevels),
    field("evidence", "Minh chứng", "Evidence", by_criterion(&Kind::Prose))
        .words(SchemeWords::Criteria)
        .when(When::Rare),
    field("self_rank", "Tự xếp loại", "Self-rating", Kind::Form(Form::Word)).words(SchemeWords::Ranks),
    field("rank", "Xếp loại", "Rank", Kind::Form(Form::Word))
        .words(SchemeWords::Ranks)
        .suggest(Suggest::RankByScheme),
    field("reason", "Lý do xếp loại khác với thang", "Reason", Kind::Prose)
        .help(
            "Chỉ ghi khi xếp loại khác với mức tính theo điểm hoặc theo số chỉ tiêu đạt.",
            "Only when the rank is not the one that the points or indicators give.",
        )
        .when(When::RankDiffers),
    field("decision", "Quyết định công nhận", "Decision", Kind::Inline(RECOGNITION)).when(When::Rare),
    field("valid_to", "Có giá trị đến", "Valid to", Kind::Day).when(When::Rare),
];

/// A table by the criteria of the scheme.
const fn by_criterion(entry: &'static Kind) -> Kind {
    Kind::Keyed { by: Vocabulary::Words, entry, fixed: &[] }
}

const RECOGNITION: &[Field] = &[
    field("number", "Số, ký hiệu", "Number", Kind::Form(Form::DocumentNumber)),
    field("date", "Ngày ban hành", "Date", Kind::Date),
    field("authority", "Cơ quan ban hành", "Authority", Kind::Text),
];
