//! The communes in figures, the bases of the percentages: a row for each unit.

use super::builder::{TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, count};
use super::snapshot::{CONTEXT, Snapshot};
use super::{By, Request, Summary};
use crate::model::table::ChartKind;
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "context",
    title: t("Số liệu chung của xã, phường", "The communes in figures"),
    about: t(
        "Dân số, số hộ, thôn, dòng họ, cơ quan của từng đơn vị.",
        "Inhabitants, households, villages, lineages and workplaces by unit.",
    ),
    topic: Some(CONTEXT),
    scope: Scope::Window,
    all_visits: false,
    main: &["population", "households"],
    picture: Some((ChartKind::Bars, &["population"])),
    by: &[By::Unit],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    count("population", "Dân số", "Population", Snapshot::population),
    count("households", "Số hộ", "Households", |s| s.context()?.households),
    count("residential_groups", "Số thôn, khu", "Residential groups", |s| s.context()?.residential_groups),
    count("lineages", "Số dòng họ", "Lineages", |s| s.context()?.lineages),
    count("workplaces", "Số cơ quan, đơn vị", "Workplaces", |s| s.context()?.workplaces),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    by_unit(groups, CONTEXT, MEASURES)
}
