//! What is written in short, or in other words, for what is chosen from a list: rows of `data/`, and those of an office.

use super::field::{Field, Kind, field};
use serde::{Deserialize, Serialize};

/// What stands for one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Abbreviation {
    /// The word for it, or what it is called.
    pub means: String,
    /// What is written in short.
    pub typed: Vec<String>,
}

/// What may stand for several things of a list: it is asked which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unclear {
    /// The words for them; where one is not in the list, this says nothing.
    pub may_be: Vec<String>,
    /// What is written in short.
    pub typed: Vec<String>,
}

/// The keys of a row.
pub const ABBREVIATION: &[Field] = &[
    field("means", "Nghĩa là", "Means", Kind::Text)
        .identifies()
        .help(
            "Tên trong danh sách, ví dụ Phó Chủ tịch UBND.",
            "What a list calls it, such as “Phó Chủ tịch UBND”.",
        )
        .required(),
    field("typed", "Cách viết tắt", "Typed", Kind::List(&Kind::Text)).required(),
];
