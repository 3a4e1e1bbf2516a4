//! Targets: a figure of the records, and what it is to reach. `data/targets/` has those of decisions, `schemes/` the office's
//! own.
//!
//! Figures are named by their key paths in a visit. `percent` of what stands in `of` is a share: of all families, of those
//! that registered, of the teachers. `percent` without `of` is a share of the centres: of those that have it, or of those
//! whose figure is at least `at_least`. `at_least` with `of` is a quotient, such as đồng per inhabitant. `growth` is the
//! percentage by which a figure is to exceed that of a year before.

use super::field::{Field, Form, Kind, field};
use super::settings::LABEL;
use super::text::{Said, t};
use serde::{Deserialize, Serialize};

/// One target of a set.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Target {
    /// A short word, the key of its columns.
    pub id: String,
    /// What people see.
    pub label: Said,
    /// What is counted: key paths. Several are added up, or in a share of the centres all are needed.
    pub figure: Vec<String>,
    /// Of what: key paths, one for each figure, or some that are added up.
    pub of: Vec<String>,
    /// What does not belong to `of`: key paths.
    pub less: Vec<String>,
    /// What the figure is to be at least.
    pub at_least: Option<f64>,
    /// The percentage to be reached.
    pub percent: Option<f64>,
    /// By how many percent the figure is to exceed that of a year before.
    pub growth: Option<f64>,
}

/// What a target asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asks {
    /// A percentage of a whole.
    Share(f64),
    /// A percentage of the centres: those whose figures are all there, or at least so much.
    Centres(f64, f64),
    /// So much for each one of a whole.
    Each(f64),
    /// So many percent more than a year before.
    Growth(f64),
}

impl Target {
    /// What it asks for; `None` if its keys do not go together.
    pub fn asks(&self) -> Option<Asks> {
        if self.figure.is_empty() || (self.of.is_empty() && !self.less.is_empty()) {
            return None;
        }
        match (self.percent, self.growth, self.at_least, self.of.is_empty()) {
            (Some(percent), None, None, false) => Some(Asks::Share(percent)),
            (Some(percent), None, least, true) => Some(Asks::Centres(percent, least.unwrap_or(1.0))),
            (None, None, Some(least), false) => Some(Asks::Each(least)),
            (None, Some(growth), None, true) => Some(Asks::Growth(growth)),
            _ => None,
        }
    }

    /// The key paths of all that it is measured by, each with its key and its place in the list.
    pub fn paths(&self) -> impl Iterator<Item = (&'static str, usize, &String)> {
        let lists = [("figure", &self.figure), ("of", &self.of), ("less", &self.less)];
        lists
            .into_iter()
            .flat_map(|(key, paths)| paths.iter().enumerate().map(move |(at, path)| (key, at, path)))
    }

    /// The block of a visit that its figure is in.
    pub fn block(&self) -> &str {
        let path = self.figure.first().map_or("", String::as_str);
        path.split_once('.').map_or(path, |(block, _)| block)
    }

    /// The percentage, if the target is for a share of one figure in another.
    pub fn share(&self, figure: &str, of: &str) -> Option<f64> {
        let only = |paths: &[String], path: &str| matches!(paths, [one] if one == path);
        match self.asks()? {
            Asks::Share(percent)
                if only(&self.figure, figure) && only(&self.of, of) && self.less.is_empty() =>
            {
                Some(percent)
            }
            _ => None,
        }
    }
}

/// The keys of a target.
pub const TARGET: &[Field] = &[
    field("id", "Mã", "Id", Kind::Form(Form::Word)).identifies().required(),
    field("label", "Tên gọi", "Label", Kind::Inline(LABEL)).required(),
    field("figure", "Số liệu", "Figure", PATHS).required().help(
        "Tên mục trong tệp lần kiểm tra (đường dẫn khoá); nhiều số thì cộng lại.",
        "Key paths in the record of a visit; several are added up.",
    ),
    field("of", "Trong tổng số", "Of", PATHS).help(
        "Tính tỷ lệ trên số này; bỏ trống thì tính tỷ lệ trung tâm đạt.",
        "What the percentage is of; left out, it is of the centres.",
    ),
    field("less", "Trừ đi", "Less", PATHS).help("Trừ khỏi tổng số.", "Not counted in what it is of."),
    field("at_least", "Ít nhất", "At least", Kind::Measure(t("trở lên", "or more"))).help(
        "Mức của số liệu; có \"of\" thì là mức tính trên mỗi người, mỗi hộ.",
        "What the figure is to reach; with `of`, for each one of it.",
    ),
    field("percent", "Tỷ lệ", "Percent", PERCENT),
    field("growth", "Tăng so với năm trước", "Growth", PERCENT),
];

const PATHS: Kind = Kind::List(&Kind::Form(Form::KeyPath));
const PERCENT: Kind = Kind::Measure(t("%", "%"));
