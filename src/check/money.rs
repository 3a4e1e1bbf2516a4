//! Rules for money: accounts that balance, amounts in đồng, and the least that the state budget gives a centre.

use super::account::Account;
use super::{Cx, Report, Rule, Test, doubt};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::{Finance, Keepers, Promotion};
use crate::model::history::{History, Record};
use crate::model::number::toml;
use crate::model::period::Period;
use crate::model::text::{Text, t};
use crate::model::unit::Region;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "balance-mismatch",
            severity: Error,
            title: t("Tồn cuối kỳ không khớp thu chi", "A closing balance that does not add up"),
            why: t(
                "Tồn cuối kỳ = tồn đầu kỳ + tổng thu − tổng chi, với kinh phí của trung tâm cũng như quỹ khuyến học.",
                "The closing balance is the opening balance plus all income less all spending, for the centre and for the fund.",
            ),
            wrong: "fund = { opening = 12_000_000, raised = 96_000_000, spent = 88_000_000, closing = 2_000_000 }",
            right: "fund = { opening = 12_000_000, raised = 96_000_000, spent = 88_000_000, closing = 20_000_000 }",
        },
        tests: &[Test::Figures(balance_mismatch)],
    },
    Rule {
        code: Code {
            name: "opening-not-carried-over",
            severity: Warning,
            title: t(
                "Tồn đầu kỳ khác tồn cuối kỳ trước",
                "An opening balance that is not the closing before",
            ),
            why: t(
                "Số dư cuối kỳ này chuyển sang đầu kỳ liền sau; hai số khác nhau thì một trong hai bị ghi nhầm, hoặc có khoản chưa \
                 ghi.",
                "What is left at the end of a period is there at the start of the next; if the two differ, one is wrong, or something \
                 was not recorded.",
            ),
            wrong: "opening = 5_000_000   # cuối kỳ trước 14.720.000 / 14,720,000 at the end of the period before",
            right: "opening = 14_720_000",
        },
        tests: &[Test::Visit(opening_not_carried_over)],
    },
    Rule {
        code: Code {
            name: "spent-above-available",
            severity: Warning,
            title: t("Chi vượt số kinh phí hiện có", "Spending exceeds the money available"),
            why: t(
                "Không thể chi quá tồn đầu kỳ cộng với tổng thu; thường là thiếu một khoản thu hoặc ghi nhầm số chi.",
                "Spending cannot exceed the opening balance and all income; usually an income is missing or the spending is wrong.",
            ),
            wrong: "opening = 2_000_000\nstate_budget = 20_000_000\nspent = 33_500_000",
            right: "opening = 2_000_000\nstate_budget = 20_000_000\nspent = 21_500_000",
        },
        tests: &[Test::Figures(spent_above_available)],
    },
    Rule {
        code: Code {
            name: "amount-in-thousands",
            severity: Warning,
            title: t("Số tiền có vẻ tính bằng nghìn đồng", "An amount that looks like thousands"),
            why: t(
                "Mọi số tiền trong sổ tính bằng đồng; số tiền dưới 1.000 đồng thường là nghìn đồng hoặc triệu đồng.",
                "All money in the register is in đồng; an amount below 1,000 is usually in thousands or millions.",
            ),
            wrong: "state_budget = 20",
            right: "state_budget = 20_000_000",
        },
        tests: &[Test::Figures(amount_in_thousands)],
    },
    Rule {
        code: Code {
            name: "state-budget-below-norm",
            severity: Warning,
            title: t("Ngân sách nhà nước dưới định mức", "State budget below the norm"),
            why: t(
                "Thông tư 96/2008/TT-BTC: hằng năm ngân sách nhà nước hỗ trợ mỗi trung tâm ít nhất 20 triệu đồng ở xã khu vực \
                 I, 25 triệu \
                 đồng ở xã khu vực II và III.",
                "Circular 96/2008/TT-BTC: every year the state budget gives each centre at least 20 million đồng in region I, and \
                 25 million in regions II and III.",
            ),
            wrong: "state_budget = 15_000_000   # khu vực I / region I",
            right: "state_budget = 20_000_000",
        },
        tests: &[Test::Visit(state_budget_below_norm)],
    },
    Rule {
        code: Code {
            name: "implausible-budget",
            severity: Warning,
            title: t("Kinh phí bất thường", "An unusual budget"),
            why: t(
                "Một trung tâm có chừng 5 đến 200 triệu đồng một năm; trên 1 tỷ đồng thường là thừa ba số 0.",
                "A centre has about 5 to 200 million đồng a year; an amount above a billion usually has three zeros too many.",
            ),
            wrong: "state_budget = 20_000_000_000",
            right: "state_budget = 20_000_000",
        },
        tests: &[Test::Visit(implausible_budget)],
    },
    Rule {
        code: Code {
            name: "implausible-grant",
            severity: Warning,
            title: t("Kinh phí hỗ trợ ban đầu bất thường", "An unusual start-up grant"),
            why: t(
                "Thông tư 96/2008/TT-BTC: ngân sách nhà nước hỗ trợ kinh phí ban đầu một lần cho mỗi trung tâm, ít nhất 30 \
                 triệu đồng.",
                "Circular 96/2008/TT-BTC: the state budget gives each centre a start-up grant once, of at least 30 million đồng.",
            ),
            wrong: "startup_grant = 3_000_000",
            right: "startup_grant = 30_000_000",
        },
        tests: &[Test::Visit(implausible_grant)],
    },
    Rule {
        code: Code {
            name: "fund-kept-above-closing",
            severity: Warning,
            title: t("Các nơi giữ nhiều hơn quỹ còn lại", "More is kept than the fund has left"),
            why: t(
                "Số quỹ các nơi giữ (Hội cấp xã, thôn, tổ dân phố, dòng họ, trường học, cơ quan) cộng lại không quá số dư cuối \
                 kỳ.",
                "What the commune, villages, lineages, schools and workplaces keep is together not more than the closing balance.",
            ),
            wrong: "fund = { closing = 14_720_000 }\nfund_kept_by = { commune = 12_720_000, school = 12_000_000 }",
            right: "fund = { closing = 14_720_000 }\nfund_kept_by = { commune = 12_720_000, school = 2_000_000 }",
        },
        tests: &[Test::Figures(fund_kept_above_closing)],
    },
];

fn balance_mismatch(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for account in Account::each(&visit.body).filter(|account| !account.in_thousands()) {
        let Some(left) = account.mismatch() else { continue };
        let [opening, spent, closing] =
            [account.opening, account.spent, account.closing].map(Option::unwrap_or_default);
        let help = if left < 0 {
            say!(
                "xem lại tổng chi {spent} đồng: vượt số kinh phí hiện có",
                "check the spending: {spent} đồng is more than was available",
                [spent]
            )
        } else {
            say!(
                "nếu thu, chi đúng thì tồn cuối kỳ là {left} đồng (closing = {written}); nếu không thì sửa khoản thu, chi ghi sai",
                "if income and spending are right, the closing balance is {left} đồng (closing = {written}); if not, correct them",
                [written = toml(left), left]
            )
        };
        report.at(
            format!("{}.closing", account.key),
            say!(
                "tồn cuối kỳ {closing} đồng, nhưng tồn đầu kỳ {opening} + thu {income} − chi {spent} = {left} đồng",
                "closing balance {closing} đồng, but opening {opening} + income {income} − spent {spent} = {left} đồng",
                [closing, opening, income = account.income().0, spent, left]
            ),
            help,
        );
    }
}

/// Where several papers are about the period before, one that agrees is enough. A unit that took in others has their
/// money too.
fn opening_not_carried_over(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    for now in Account::each(&visit.body) {
        let (Some(opening), Some(period)) = (now.opening, now.period) else { continue };
        let starts = cx.register.year_start();
        let eve = period.days(starts).start().before();
        let just_before = |account: &Account| {
            let ended = account.period.is_some_and(|period| *period.days(starts).end() == eve);
            account.key == now.key && ended && account.is_trusted()
        };
        let papers = history.before(visit).flat_map(|other| Account::each(&other.body)).filter(just_before);
        let mut closings = papers.filter_map(|account| account.closing);
        let Some(closing) = closings.next().filter(|closing| !now.carries_over(*closing)) else { continue };
        if closings.any(|other| now.carries_over(other))
            || !now.is_trusted()
            || doubt::unit_changed(cx, history, visit)
        {
            continue;
        }
        report.at(
            format!("{}.opening", now.key),
            say!(
                "tồn đầu kỳ {opening} đồng, nhưng cuối kỳ trước còn {closing} đồng",
                "opening balance {opening} đồng, but {closing} đồng was left at the end of the period before",
                [opening, closing]
            ),
            say!(
                "xem lại hai số ấy, và các khoản phát sinh giữa hai kỳ",
                "check the two, and what came or went between the periods"
            ),
        );
    }
}

/// If the closing balance is reported, the mismatch is reported there.
fn spent_above_available(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for account in
        Account::each(&visit.body).filter(|account| !account.in_thousands() && account.closing.is_none())
    {
        let (income, whole) = account.income();
        let (Some(opening), Some(spent), true) = (account.opening, account.spent, whole && visit.sound)
        else {
            continue;
        };
        let available = opening + income + account.once.unwrap_or(0);
        if spent > available {
            report.at(
                format!("{}.spent", account.key),
                say!(
                    "chi {spent} đồng, vượt số hiện có {available} đồng",
                    "{spent} đồng spent, more than the {available} đồng available",
                    [spent, available]
                ),
                say!("xem lại số chi và các khoản thu", "check the spending and the income"),
            );
        }
    }
}

/// One message for `[finance]` and one for `[promotion]`: whoever writes thousands does so throughout.
fn amount_in_thousands(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let small = |amount: &Amount| doubt::tiny(amount.vnd);
    let finance = visit.body.finance.iter().flat_map(amounts_of_finance).filter(small).collect();
    let promotion = visit.body.promotion.iter().flat_map(amounts_of_promotion).filter(small).collect();
    let blocks: [Vec<Amount>; 2] = [finance, promotion];
    for amounts in blocks {
        let mut small = amounts.into_iter();
        let Some(Amount { key, label, vnd }) = small.next() else { continue };
        let message = match small.count() {
            0 => say!(
                "{label} {amount} đồng: có vẻ không tính bằng đồng",
                "{label} {amount} đồng: probably not in đồng",
                [label, amount = vnd]
            ),
            more => say!(
                "{label} {amount} đồng, và {more} số tiền nữa dưới 1.000 đồng: có vẻ không tính bằng đồng",
                "{label} {amount} đồng, and {more} more below 1,000 đồng: probably not in đồng",
                [label, amount = vnd, more]
            ),
        };
        report.at(
            key,
            message,
            say!(
                "nhập bằng đồng: {thousands} nếu là nghìn đồng, {millions} nếu là triệu đồng",
                "write đồng: {thousands} if these are thousands, {millions} if they are millions",
                [thousands = toml(vnd * 1_000), millions = toml(vnd * 1_000_000)]
            ),
        );
    }
}

/// An amount that is reported.
struct Amount {
    /// Its key path.
    key: &'static str,
    label: Text,
    vnd: i64,
}

fn reported<const N: usize>(rows: [(&'static str, Text, Option<i64>); N]) -> impl Iterator<Item = Amount> {
    rows.into_iter().filter_map(|(key, label, vnd)| Some(Amount { key, label, vnd: vnd? }))
}

fn amounts_of_finance(finance: &Finance) -> impl Iterator<Item = Amount> + use<> {
    reported([
        ("finance.opening", t("tồn đầu kỳ", "opening balance"), finance.opening),
        ("finance.state_budget", t("ngân sách nhà nước", "state budget"), finance.state_budget),
        ("finance.contributions", t("nguồn xã hội hoá", "contributions"), finance.contributions),
        ("finance.fees", t("học phí", "fees"), finance.fees),
        ("finance.other", t("thu khác", "other income"), finance.other),
        ("finance.startup_grant", t("hỗ trợ ban đầu", "start-up grant"), finance.startup_grant),
        ("finance.spent", t("tổng chi", "spent"), finance.spent),
        ("finance.closing", t("tồn cuối kỳ", "closing balance"), finance.closing),
    ])
}

fn amounts_of_promotion(promotion: &Promotion) -> impl Iterator<Item = Amount> + use<> {
    let Promotion { fund, scholarships, pupil_awards, teacher_awards, talent_awards, .. } = promotion;
    reported([
        ("promotion.fund.opening", t("quỹ dư đầu kỳ", "opening balance of the fund"), fund.opening),
        ("promotion.fund.raised", t("quỹ thu trong kỳ", "raised for the fund"), fund.raised),
        ("promotion.fund.spent", t("quỹ chi trong kỳ", "spent from the fund"), fund.spent),
        ("promotion.fund.closing", t("quỹ dư cuối kỳ", "closing balance of the fund"), fund.closing),
        ("promotion.fund.target", t("chỉ tiêu vận động quỹ", "target of the fund"), fund.target),
        ("promotion.scholarships.amount", t("học bổng", "scholarships"), scholarships.amount),
        ("promotion.pupil_awards.amount", t("khen thưởng học sinh", "awards to pupils"), pupil_awards.amount),
        (
            "promotion.teacher_awards.amount",
            t("khen thưởng giáo viên", "awards to teachers"),
            teacher_awards.amount,
        ),
        (
            "promotion.talent_awards.amount",
            t("khen thưởng, hỗ trợ tài năng", "awards for talented learners"),
            talent_awards.amount,
        ),
    ])
}

/// The norm is for a year: figures for other spans of days are not checked.
fn state_budget_below_norm(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(finance) = &visit.body.finance else { return };
    let unit = history.centre.as_ref().and_then(|centre| cx.register.unit(&centre.body.unit));
    let year = matches!(finance.period, Some(Period::Year(_) | Period::SchoolYear(_)));
    let (Some(region), Some(budget), true) = (unit.and_then(|unit| unit.region), finance.state_budget, year)
    else {
        return;
    };
    let norm = match region {
        Region::One => 20_000_000,
        Region::Two | Region::Three => 25_000_000,
    };
    if budget < norm && !Account::finance(finance).in_thousands() {
        report.at(
            "finance.state_budget",
            say!(
                "ngân sách nhà nước {budget} đồng, dưới định mức {norm} đồng của xã thuộc {region}",
                "a state budget of {budget} đồng, less than the {norm} due in {region}",
                [budget, norm, region = region.label()]
            ),
            say!(
                "nếu số đúng thì kiến nghị cấp đủ theo Thông tư 96/2008/TT-BTC",
                "if this is right, recommend granting what circular 96/2008/TT-BTC requires"
            ),
        );
    }
}

fn implausible_budget(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(finance) = &visit.body.finance else { return };
    let largest = amounts_of_finance(finance).max_by_key(|amount| amount.vnd);
    if let Some(Amount { key, label, vnd }) = largest
        && vnd > 1_000_000_000
        && Account::finance(finance).mismatch().is_none()
    {
        report.at(
            key,
            say!(
                "{label}: {amount} đồng, trên 1 tỷ đồng",
                "{label}: {amount} đồng, more than a billion",
                [label, amount = vnd]
            ),
            say!(
                "xem lại đơn vị tính: số tiền trong sổ tính bằng đồng",
                "check the unit: amounts are in đồng"
            ),
        );
    }
}

/// A grant is given once: another paper may tell it again, but not for another period.
fn implausible_grant(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(finance) = &visit.body.finance else { return };
    let Some(grant) = finance.startup_grant.filter(|grant| *grant > 0 && !doubt::tiny(*grant)) else {
        return;
    };
    let of_other = |other: &Record<Visit>| {
        let before = other.body.finance.as_ref()?;
        (before.startup_grant? > 0 && before.period != finance.period).then(|| other.id.clone())
    };
    let message = if grant < STARTUP {
        say!(
            "hỗ trợ ban đầu {grant} đồng, dưới mức {least} đồng",
            "a start-up grant of {grant} đồng, less than the {least} due",
            [grant, least = STARTUP]
        )
    } else if let Some(first) = history.before(visit).find_map(of_other) {
        say!(
            "hỗ trợ ban đầu chỉ cấp một lần, và đã ghi ở “{first}”",
            "a start-up grant is given once, and “{first}” has it already",
            [first]
        )
    } else {
        return;
    };
    report.at(
        "finance.startup_grant",
        message,
        say!(
            "xem lại số tiền, hoặc ghi vào khoản thu khác",
            "check the amount, or write it as another income"
        ),
    );
}

/// What 96/2008/TT-BTC gives at least.
const STARTUP: i64 = 30_000_000;

fn fund_kept_above_closing(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(promotion) = visit.body.promotion.as_ref().filter(|block| block.approximate.is_empty()) else {
        return;
    };
    let Keepers { commune, residential, lineage, school, workplace } = promotion.fund_kept_by;
    let each = [commune, residential, lineage, school, workplace];
    let kept: i64 = each.into_iter().flatten().fold(0, i64::saturating_add);
    let Some(closing) = promotion.fund.closing.filter(|closing| kept > *closing) else { return };
    let account = Account::each(&visit.body).find(|account| account.key == "promotion.fund");
    if account.is_some_and(|account| account.is_trusted()) {
        report.at(
            "promotion.fund_kept_by",
            say!(
                "các nơi giữ {kept} đồng, nhiều hơn số dư cuối kỳ {closing}",
                "{kept} đồng are kept, more than the {closing} left",
                [kept, closing]
            ),
            say!("sửa số các nơi giữ, hoặc số dư cuối kỳ", "correct what is kept, or the closing balance"),
        );
    }
}
