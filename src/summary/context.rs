//! The communes in figures, the bases of the percentages: a row for each unit.

use super::builder::{TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, apart, count, percent, rare, real};
use super::snapshot::{CONTEXT, Snapshot};
use super::{By, Request, Summary};
use crate::model::table::ChartKind;
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "context",
    title: t("Số liệu chung của xã, phường", "The communes in figures"),
    about: t(
        "Dân số, số hộ, thôn, tổ dân phố, dòng họ, cơ quan của từng xã, phường.",
        "Inhabitants, households, villages, lineages and workplaces by unit.",
    ),
    topic: Some(CONTEXT),
    needs: &["status", "context"],
    scope: Scope::Window,
    all_visits: false,
    main: &["population", "households"],
    picture: Some((ChartKind::Bars, &["population"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    count("population", "Dân số", "Population", Snapshot::population),
    count("households", "Số hộ", "Households", |s| s.context()?.households),
    rare(count("poor_households", "Số hộ nghèo", "Poor households", |s| s.context()?.poor_households)),
    rare(percent("poor_percent", "% hộ nghèo", "% poor", |s| {
        s.context()?.poor_households.zip(s.context()?.households)
    })),
    count("residential_groups", "Số thôn, tổ dân phố", "Residential groups", |s| {
        s.context()?.residential_groups
    }),
    count("lineages", "Số dòng họ", "Lineages", |s| s.context()?.lineages),
    count("workplaces", "Số cơ quan, đơn vị", "Workplaces", |s| s.context()?.workplaces),
    rare(apart("ethnic_groups", "Số dân tộc", "Ethnic groups", |s| s.context()?.ethnic_groups)),
    rare(real("area_ha", "Diện tích (ha)", "Area (ha)", |s| s.context()?.area_ha)),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    by_unit(groups, CONTEXT, MEASURES)
}

#[cfg(test)]
mod tests {
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell};

    #[test]
    fn peoples_of_two_communes_are_not_added_up() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        for (visit, peoples) in [("2016-10-27-bac-son", 3), ("2016-10-28-dien-cong", 4)] {
            let context = &mut specimen.visit(visit).context;
            (context.ethnic_groups, context.poor_households) = (Some(peoples), Some(peoples * 10));
            context.households = Some(1_000);
        }
        let table = specimen.table("context");
        assert_eq!(cell(&table, 0, "ethnic_groups"), Cell::Count(3));
        assert_eq!(cell(&table, 2, "ethnic_groups"), Cell::Missing);
        assert_eq!(cell(&table, 2, "poor_percent"), Cell::Number(3.5));
    }
}
