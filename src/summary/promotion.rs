//! Learning promotion (khuyến học, khuyến tài), a row for each unit.

use super::builder::{TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, Reported, count, dong_per, millions, percent, rare, sum, yes};
use super::snapshot::{PROMOTION, Snapshot};
use super::{By, Request, Summary};
use crate::model::figures::{Branches, Fund, Keepers};
use crate::model::table::ChartKind;
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "promotion",
    title: t("Khuyến học, khuyến tài", "Learning promotion"),
    about: t(
        "Hội viên, chi hội, quỹ khuyến học, học bổng và khen thưởng của từng xã, phường.",
        "Members, branches, fund, scholarships and awards by unit.",
    ),
    topic: Some(PROMOTION),
    needs: &["status", "context", "promotion"],
    scope: Scope::Window,
    all_visits: false,
    main: &["members", "members_percent", "fund.raised", "scholarships.count"],
    picture: Some((ChartKind::Bars, &["members_percent"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The columns after the unit, called as in the records. Money is in millions, but for each inhabitant in đồng.
const MEASURES: &[Measure<Snapshot>] = &[
    count("population", "Dân số", "Population", Snapshot::population),
    count("members", "Hội viên", "Members", |s| s.promotion()?.members),
    percent("members_percent", "% dân số", "% of population", |s| {
        s.promotion()?.members.zip(s.population())
    }),
    count("women", "Hội viên nữ", "Women members", |s| s.promotion()?.women),
    count("new_members", "Hội viên mới", "New members", |s| s.promotion()?.new_members),
    rare(yes("association", "Đã có Hội Khuyến học", "Has an association", |s| {
        s.promotion()?.association
    })),
    count("branches", "Tổng số chi hội", "Branches", |s| in_all(branches(s)?)),
    count("branches.residential", "Chi hội thôn, tổ dân phố", "Residential branches", |s| {
        branches(s)?.residential
    }),
    count("branches.school", "Chi hội trường học", "School branches", |s| branches(s)?.school),
    count("branches.workplace", "Chi hội cơ quan, đơn vị", "Workplace branches", |s| {
        branches(s)?.workplace
    }),
    count("branches.lineage", "Ban khuyến học dòng họ", "Lineage branches", |s| branches(s)?.lineage),
    count("branches.other", "Chi hội khác", "Other branches", |s| branches(s)?.other),
    rare(count("committees", "Ban khuyến học", "Committees", |s| s.promotion()?.committees)),
    rare(count("promotion_groups", "Tổ hội", "Groups", |s| s.promotion()?.groups)),
    millions(
        "fund.opening",
        "Quỹ khuyến học: dư đầu kỳ (triệu đồng)",
        "Fund: opening (million VND)",
        |s| fund(s)?.opening,
    ),
    millions(
        "fund.raised",
        "Quỹ khuyến học: thu (triệu đồng)",
        "Fund: raised (million VND)",
        |s| fund(s)?.raised,
    ),
    rare(millions(
        "fund.in_kind",
        "Quỹ khuyến học: thu bằng hiện vật (triệu đồng)",
        "Fund: in kind (million VND)",
        |s| fund(s)?.in_kind,
    )),
    rare(millions(
        "fund.received_on_merger",
        "Quỹ khuyến học: nhận khi sáp nhập (triệu đồng)",
        "Fund: received on merger (million VND)",
        |s| fund(s)?.received_on_merger,
    )),
    millions("fund.spent", "Quỹ khuyến học: chi (triệu đồng)", "Fund: spent (million VND)", |s| {
        fund(s)?.spent
    }),
    millions(
        "fund.closing",
        "Quỹ khuyến học: dư cuối kỳ (triệu đồng)",
        "Fund: balance (million VND)",
        |s| fund(s)?.closing,
    ),
    rare(percent(
        "fund.raised_of_target",
        "Quỹ khuyến học: % chỉ tiêu vận động",
        "Fund: raised, % of target",
        |s| fund(s)?.raised.zip(fund(s)?.target),
    )),
    dong_per(
        "fund.raised_per_inhabitant",
        "Quỹ khuyến học: thu, đồng/người dân",
        "Fund: raised, VND per inhabitant",
        |s| per_inhabitant(s, fund(s)?.raised),
    ),
    dong_per(
        "fund.closing_per_inhabitant",
        "Quỹ khuyến học: dư cuối kỳ, đồng/người dân",
        "Fund: balance, VND per inhabitant",
        |s| per_inhabitant(s, fund(s)?.closing),
    ),
    kept(
        "fund_kept_by.commune",
        "Quỹ ở hội cấp xã (triệu đồng)",
        "Kept by the commune (million VND)",
        |s| kept_by(s)?.commune,
    ),
    kept(
        "fund_kept_by.residential",
        "Quỹ ở thôn, tổ dân phố (triệu đồng)",
        "Kept by villages (million VND)",
        |s| kept_by(s)?.residential,
    ),
    kept(
        "fund_kept_by.lineage",
        "Quỹ ở dòng họ (triệu đồng)",
        "Kept by lineages (million VND)",
        |s| kept_by(s)?.lineage,
    ),
    kept(
        "fund_kept_by.school",
        "Quỹ ở trường học (triệu đồng)",
        "Kept by schools (million VND)",
        |s| kept_by(s)?.school,
    ),
    kept(
        "fund_kept_by.workplace",
        "Quỹ ở cơ quan, đơn vị (triệu đồng)",
        "Kept by workplaces (million VND)",
        |s| kept_by(s)?.workplace,
    ),
    count("scholarships.count", "Học bổng (suất)", "Scholarships", |s| {
        s.promotion()?.scholarships.count
    }),
    millions("scholarships.amount", "Học bổng (triệu đồng)", "Scholarships (million VND)", |s| {
        s.promotion()?.scholarships.amount
    }),
    count("pupil_awards.count", "Khen thưởng học sinh (lượt)", "Awards to pupils", |s| {
        s.promotion()?.pupil_awards.count
    }),
    millions(
        "pupil_awards.amount",
        "Khen thưởng học sinh (triệu đồng)",
        "Awards to pupils (million VND)",
        |s| s.promotion()?.pupil_awards.amount,
    ),
    count("teacher_awards.count", "Khen thưởng giáo viên (lượt)", "Awards to teachers", |s| {
        s.promotion()?.teacher_awards.count
    }),
    millions(
        "teacher_awards.amount",
        "Khen thưởng giáo viên (triệu đồng)",
        "Awards to teachers (million VND)",
        |s| s.promotion()?.teacher_awards.amount,
    ),
    count(
        "talent_awards.count",
        "Khen thưởng, hỗ trợ tài năng (lượt)",
        "Awards for talented learners",
        |s| s.promotion()?.talent_awards.count,
    ),
    millions(
        "talent_awards.amount",
        "Khen thưởng, hỗ trợ tài năng (triệu đồng)",
        "Awards for talented learners (million VND)",
        |s| s.promotion()?.talent_awards.amount,
    ),
    rare(count("awards.count", "Khen thưởng chung (lượt)", "Awards not told apart", |s| {
        s.promotion()?.awards.count
    })),
    rare(millions(
        "awards.amount",
        "Khen thưởng chung (triệu đồng)",
        "Awards not told apart (million VND)",
        |s| s.promotion()?.awards.amount,
    )),
    count("sponsored", "Ba đỡ đầu", "Sponsored pupils", |s| {
        let by_reason = &s.promotion()?.sponsored;
        sum([by_reason.poor, by_reason.disabled_or_orphaned, by_reason.gifted])
    }),
    rare(count("sponsored.poor", "Ba đỡ đầu: nghèo vượt khó", "Sponsored: poor", |s| {
        s.promotion()?.sponsored.poor
    })),
    rare(count(
        "sponsored.disabled_or_orphaned",
        "Ba đỡ đầu: khuyết tật, mồ côi",
        "Sponsored: disabled or orphaned",
        |s| s.promotion()?.sponsored.disabled_or_orphaned,
    )),
    rare(count("sponsored.gifted", "Ba đỡ đầu: học giỏi", "Sponsored: gifted", |s| {
        s.promotion()?.sponsored.gifted
    })),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    by_unit(groups, PROMOTION, MEASURES)
}

fn branches(centre: &Snapshot) -> Option<&Branches> {
    centre.promotion().map(|promotion| &promotion.branches)
}

/// All branches: as told, else those of all kinds.
fn in_all(branches: &Branches) -> Option<i64> {
    let Branches { total, residential, school, workplace, lineage, other } = *branches;
    total.or_else(|| sum([residential, school, workplace, lineage, other]))
}

/// A column of what somebody keeps of the fund.
const fn kept(
    key: &'static str,
    vi: &'static str,
    en: &'static str,
    value: Reported<Snapshot, i64>,
) -> Measure<Snapshot> {
    rare(millions(key, vi, en, value))
}

fn kept_by(centre: &Snapshot) -> Option<&Keepers> {
    centre.promotion().map(|promotion| &promotion.fund_kept_by)
}

fn fund(centre: &Snapshot) -> Option<&Fund> {
    centre.promotion().map(|promotion| &promotion.fund)
}

/// An amount, and the inhabitants that it is divided by.
fn per_inhabitant(centre: &Snapshot, amount: Option<i64>) -> Option<(f64, i64)> {
    Some((amount? as f64, centre.population()?))
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
        assert_eq!(cell(&table, 2, "fund.closing"), Cell::Count(40_000_000));
        let each = cell(&table, 2, "fund.closing_per_inhabitant");
        assert_eq!(each, Cell::Number(20_000.0), "of those that report both");
        assert_eq!(cell(&table, 2, "sponsored"), Cell::Missing);
    }
}
