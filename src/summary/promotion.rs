//! Learning promotion (khuyến học, khuyến tài), a row for each unit.

use super::builder::{TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, count, millions, percent, sum};
use super::snapshot::{PROMOTION, Snapshot};
use super::{By, Request, Summary};
use crate::model::figures::{Branches, Promotion};
use crate::model::table::ChartKind;
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "promotion",
    title: t("Khuyến học, khuyến tài", "Learning promotion"),
    about: t(
        "Hội viên, chi hội, quỹ khuyến học, học bổng và khen thưởng của từng đơn vị.",
        "Members, branches, fund, scholarships and awards by unit.",
    ),
    topic: Some(PROMOTION),
    scope: Scope::Window,
    all_visits: false,
    main: &["members", "members_percent", "fund_raised", "scholarships_count"],
    picture: Some((ChartKind::Bars, &["members_percent"])),
    by: &[By::Unit],
    build,
};

/// The columns after the unit. Money is in millions.
const MEASURES: &[Measure<Snapshot>] = &[
    count("population", "Dân số", "Population", Snapshot::population),
    count("members", "Hội viên", "Members", |s| s.promotion()?.members),
    percent("members_percent", "% dân số", "% of population", |s| {
        s.promotion()?.members.zip(s.population())
    }),
    count("branches_residential", "Chi hội thôn, khu", "Residential branches", |s| {
        branches(s)?.residential
    }),
    count("branches_school", "Chi hội trường học", "School branches", |s| branches(s)?.school),
    count("branches_workplace", "Chi hội cơ quan", "Workplace branches", |s| branches(s)?.workplace),
    count("branches_lineage", "Ban khuyến học dòng họ", "Lineage branches", |s| branches(s)?.lineage),
    count("branches_other", "Chi hội khác", "Other branches", |s| branches(s)?.other),
    millions("fund_raised", "Quỹ: thu (triệu đồng)", "Fund: raised (million VND)", |s| {
        s.promotion()?.fund.raised
    }),
    millions("fund_spent", "Quỹ: chi (triệu đồng)", "Fund: spent (million VND)", |s| {
        s.promotion()?.fund.spent
    }),
    millions("fund_closing", "Quỹ: dư (triệu đồng)", "Fund: balance (million VND)", |s| {
        s.promotion()?.fund.closing
    }),
    count("scholarships_count", "Học bổng: suất", "Scholarships", |s| {
        s.promotion()?.scholarships.count
    }),
    millions("scholarships_amount", "Học bổng (triệu đồng)", "Scholarships (million VND)", |s| {
        s.promotion()?.scholarships.amount
    }),
    count("pupil_awards_count", "Khen học sinh: lượt", "Awards to pupils", |s| {
        s.promotion()?.pupil_awards.count
    }),
    millions(
        "pupil_awards_amount",
        "Khen học sinh (triệu đồng)",
        "Awards to pupils (million VND)",
        |s| s.promotion()?.pupil_awards.amount,
    ),
    count("teacher_awards_count", "Khen giáo viên: lượt", "Awards to teachers", |s| {
        s.promotion()?.teacher_awards.count
    }),
    count("talent_awards_count", "Khuyến tài: lượt", "Awards to talents", |s| {
        s.promotion()?.talent_awards.count
    }),
    count("sponsored", "Ba đỡ đầu", "Sponsored pupils", |s| sponsored(s.promotion()?)),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    by_unit(groups, PROMOTION, MEASURES)
}

fn branches(centre: &Snapshot) -> Option<&Branches> {
    centre.promotion().map(|promotion| &promotion.branches)
}

fn sponsored(promotion: &Promotion) -> Option<i64> {
    let by_reason = &promotion.sponsored;
    sum([by_reason.poor, by_reason.disabled_or_orphaned, by_reason.gifted])
}

#[cfg(test)]
mod tests {
    use crate::model::figures::{Fund, Promotion};
    use crate::model::period::Period;
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell};

    #[test]
    fn members_are_a_part_of_the_people_of_those_units_that_report_both() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        for (visit, members, population) in
            [("2016-10-27-bac-son", 300, Some(1_000)), ("2016-10-28-dien-cong", 200, None)]
        {
            let visit = specimen.visit(visit);
            visit.context.population = population;
            let fund = Fund { closing: Some(20_000_000), ..Fund::default() };
            let period = Period::parse("2016");
            visit.promotion =
                Some(Promotion { period, members: Some(members), fund, ..Promotion::default() });
        }
        let table = specimen.table("promotion");
        assert_eq!(table.title.en, "Learning promotion, calendar year 2016");
        assert_eq!(cell(&table, 2, "members"), Cell::Count(500));
        assert_eq!(cell(&table, 2, "members_percent"), Cell::Number(30.0));
        assert_eq!(cell(&table, 2, "fund_closing"), Cell::Count(40_000_000));
        assert_eq!(cell(&table, 2, "sponsored"), Cell::Missing);
    }
}
