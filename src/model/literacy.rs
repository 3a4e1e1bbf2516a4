//! Literacy and universal education of a commune: `[literacy]`.

use super::day::Day;
use super::field::{COUNT, Field, Kind, Over, field};
use super::figures::{APPROXIMATE, AS_OF, PERIOD};
use super::period::Period;
use serde::{Deserialize, Serialize};

/// Literacy (xoá mù chữ) and universal education (phổ cập giáo dục) by 20/2014/NĐ-CP.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Literacy {
    /// What the figures are about.
    pub period: Option<Period>,
    /// The day of the stocks, if it is not the last of the period.
    pub as_of: Option<Day>,
    /// Those aged 15 to 60.
    pub age_15_60: AgeGroup,
    /// Those of them aged 15 to 35.
    pub age_15_35: AgeGroup,
    /// Those of them aged 15 to 25.
    pub age_15_25: AgeGroup,
    /// Classes of phase 1 (grades 1 to 3).
    pub phase_1: Phase,
    /// Classes of phase 2 (grades 4 and 5).
    pub phase_2: Phase,
    /// The level that the commune has reached, 1 or 2; 0: none yet.
    pub level: Option<i64>,
    /// Universal education.
    pub universal: Universal,
    /// The figures that are only approximate, by their keys below the block.
    pub approximate: Vec<String>,
}

/// People of an age, and those of them who can read and write.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgeGroup {
    /// All of them.
    pub population: Option<i64>,
    /// Literate at level 1.
    pub literate_1: Option<i64>,
    /// Literate at level 2; they are also literate at level 1.
    pub literate_2: Option<i64>,
}

/// Literacy classes of one phase.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Phase {
    /// Classes.
    pub classes: Option<i64>,
    /// Learners in them.
    pub learners: Option<i64>,
    /// Learners who finished the phase.
    pub finished: Option<i64>,
}

/// Universal education: the levels that the commune has reached.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Universal {
    /// Of children aged five.
    pub preschool_5: Option<bool>,
    /// Of primary education, 1 to 3; 0: not reached.
    pub primary: Option<i64>,
    /// Of lower secondary education, 1 to 3; 0: not reached.
    pub lower_secondary: Option<i64>,
}

/// The keys of `[literacy]`.
pub const LITERACY: &[Field] = &[
    PERIOD,
    AS_OF,
    field("age_15_60", "Từ 15 đến 60 tuổi", "Aged 15 to 60", Kind::Inline(AGE_GROUP)),
    field("age_15_35", "Từ 15 đến 35 tuổi", "Aged 15 to 35", Kind::Inline(AGE_GROUP)),
    field("age_15_25", "Từ 15 đến 25 tuổi", "Aged 15 to 25", Kind::Inline(AGE_GROUP)),
    field("phase_1", "Xoá mù chữ giai đoạn 1", "Literacy phase 1", Kind::Inline(PHASE)),
    field("phase_2", "Xoá mù chữ giai đoạn 2", "Literacy phase 2", Kind::Inline(PHASE)),
    field("level", "Đạt chuẩn xoá mù chữ mức độ", "Literacy level", Kind::Count(2))
        .help("1 hoặc 2; 0 là chưa đạt (Nghị định 20/2014).", "1 or 2; 0: not reached (decree 20/2014).")
        .stock(),
    field("universal", "Phổ cập giáo dục", "Universal education", Kind::Inline(UNIVERSAL)),
    APPROXIMATE,
];

const AGE_GROUP: &[Field] = &[
    field("population", "Tổng số", "All", COUNT).stock(),
    field("literate_1", "Biết chữ mức độ 1", "Literate at level 1", COUNT).stock(),
    field("literate_2", "Biết chữ mức độ 2", "Literate at level 2", COUNT).stock(),
];

const PHASE: &[Field] = &[
    field("classes", "Số lớp", "Classes", COUNT),
    field("learners", "Số học viên", "Learners", COUNT).over(Over::Unknown),
    field("finished", "Số học viên hoàn thành", "Finished", COUNT),
];

const UNIVERSAL: &[Field] = &[
    field("preschool_5", "Mầm non cho trẻ 5 tuổi", "Preschool at age five", Kind::Bool),
    field("primary", "Tiểu học mức độ", "Primary, level", Kind::Count(3)).stock(),
    field("lower_secondary", "Trung học cơ sở mức độ", "Lower secondary, level", Kind::Count(3)).stock(),
];
