//! Money of the centres: a row for each unit.

use super::builder::{Note, TableBuilder, by_unit};
use super::group::{Group, Scope};
use super::measure::{Measure, dong_per, millions, percent, rare, sum};
use super::snapshot::{FINANCE, Snapshot};
use super::{By, Request, Summary, activity};
use crate::model::table::ChartKind;
use crate::model::text::t;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "finance",
    title: t("Kinh phí (triệu đồng)", "Money (million VND)"),
    about: t(
        "Thu, chi, tồn của từng xã, phường; tỷ lệ nguồn xã hội hoá.",
        "Income, spending and balance by unit, and the share of contributions.",
    ),
    topic: Some(FINANCE),
    needs: &["status", "activity", "finance"],
    scope: Scope::Window,
    all_visits: false,
    main: &["income", "spent", "contributions_percent"],
    picture: Some((ChartKind::Pairs, &["income", "spent"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The columns after the unit.
const MEASURES: &[Measure<Snapshot>] = &[
    millions("opening", "Tồn đầu kỳ", "Opening balance", |s| s.finance()?.opening),
    millions("state_budget", "Ngân sách nhà nước", "State budget", |s| s.finance()?.state_budget),
    rare(millions("startup_grant", "Trong đó hỗ trợ ban đầu", "Of it, start-up grant", |s| {
        s.finance()?.startup_grant
    })),
    millions("contributions", "Nguồn xã hội hoá", "Contributions", |s| s.finance()?.contributions),
    millions("fees", "Học phí", "Fees", |s| s.finance()?.fees),
    millions("other", "Thu khác", "Other income", |s| s.finance()?.other),
    millions("income", "Tổng thu", "Income", income),
    millions("spent", "Tổng chi", "Spent", |s| s.finance()?.spent),
    millions("closing", "Tồn cuối kỳ", "Closing balance", |s| s.finance()?.closing),
    percent("contributions_percent", "% nguồn xã hội hoá", "% contributions", |s| {
        s.finance()?.contributions.zip(income(s))
    }),
    dong_per("spent_per_attendance", "Đồng/lượt người", "VND per attendance", spent_per_attendance),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    let mut table = by_unit(groups, FINANCE, MEASURES);
    let note = t(
        "Đồng/lượt người: chỉ tính ở nơi kinh phí và hoạt động cùng một kỳ.",
        "VND per attendance: only where money and activity are about the same period.",
    );
    table.notes.push(Note::column("spent_per_attendance", note));
    table
}

/// All income of the period, without what was left over from before.
fn income(centre: &Snapshot) -> Option<i64> {
    let finance = centre.finance()?;
    sum([finance.state_budget, finance.contributions, finance.fees, finance.other])
}

/// Spending and attendances, if both are about the same period.
fn spent_per_attendance(centre: &Snapshot) -> Option<(f64, i64)> {
    let (finance, activity) = (centre.finance()?, centre.activity()?);
    let spent = finance.spent.filter(|_| finance.period.is_some() && finance.period == activity.period)?;
    Some((spent as f64, activity::of(centre, |line| line.attendances)?))
}

#[cfg(test)]
mod tests {
    use crate::model::figures::Finance;
    use crate::model::period::Period;
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, line};

    #[test]
    fn income_is_what_came_in_and_a_cost_needs_one_period() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        let money = |period: &str, state, contributions| {
            let period = Period::parse(period);
            let (opening, spent) = (Some(9_000_000), Some(20_000_000));
            Some(Finance { period, opening, state_budget: state, contributions, spent, ..Finance::default() })
        };
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.finance = money("2016", Some(30_000_000), Some(10_000_000));
        visit.activity = line("2016", Some(10), Some(400), None);
        let visit = specimen.visit("2016-10-28-dien-cong");
        visit.finance = money("2016", Some(20_000_000), None);
        visit.activity = line("2015-2016", Some(10), Some(400), None);
        let table = specimen.table("finance");
        assert_eq!(cell(&table, 0, "income"), Cell::Count(40_000_000));
        assert_eq!(cell(&table, 2, "income"), Cell::Count(60_000_000));
        assert_eq!(cell(&table, 2, "contributions_percent"), Cell::Number(25.0));
        assert_eq!(cell(&table, 0, "spent_per_attendance"), Cell::Number(50_000.0));
        assert_eq!(cell(&table, 1, "spent_per_attendance"), Cell::Missing);
        assert_eq!(cell(&table, 1, "fees"), Cell::Missing);
    }
}
