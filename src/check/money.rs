//! Rules for money: accounts that balance, amounts in đồng, and the least that the state budget gives a centre.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::{Finance, Fund, Promotion};
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
            title: t("Chi nhiều hơn số có", "More spent than was available"),
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
                "Thông tư 96/2008/TT-BTC: hằng năm ngân sách hỗ trợ mỗi trung tâm ít nhất 20 triệu đồng ở xã khu vực I, 25 triệu \
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
            title: t("Kinh phí khó tin", "An unlikely budget"),
            why: t(
                "Một trung tâm có chừng 5 đến 200 triệu đồng một năm; trên 1 tỷ đồng thường là thừa ba số 0.",
                "A centre has about 5 to 200 million đồng a year; an amount above a billion usually has three zeros too many.",
            ),
            wrong: "state_budget = 20_000_000_000",
            right: "state_budget = 20_000_000",
        },
        tests: &[Test::Visit(implausible_budget)],
    },
];

/// Income, spending and what was left.
struct Account {
    /// The key path of the table.
    key: &'static str,
    period: Option<Period>,
    opening: Option<i64>,
    income: Vec<Option<i64>>,
    spent: Option<i64>,
    closing: Option<i64>,
}

impl Account {
    fn finance(finance: &Finance) -> Account {
        let Finance { period, opening, state_budget, contributions, fees, other, spent, closing, .. } =
            *finance;
        Account {
            key: "finance",
            period,
            opening,
            income: vec![state_budget, contributions, fees, other],
            spent,
            closing,
        }
    }

    fn fund(period: Option<Period>, fund: &Fund) -> Account {
        let Fund { opening, received_on_merger, raised, spent, closing, .. } = *fund;
        // Few receive anything on a merger, and those that do say so.
        let income = vec![Some(received_on_merger.unwrap_or(0)), raised];
        Account { key: "promotion.fund", period, opening, income, spent, closing }
    }

    fn each(visit: &Visit) -> impl Iterator<Item = Account> {
        let finance = visit.finance.as_ref().map(Account::finance);
        let fund = |block: &Promotion| Account::fund(block.period, &block.fund);
        finance.into_iter().chain(visit.promotion.as_ref().map(fund))
    }

    /// All income that is reported, and whether every kind of it is.
    fn income(&self) -> (i64, bool) {
        (self.income.iter().flatten().sum(), self.income.iter().all(Option::is_some))
    }

    /// What must be left over, if that cannot be the closing balance. Income that is not reported can only add to it.
    fn mismatch(&self) -> Option<i64> {
        let (income, whole) = self.income();
        let (left, closing) = (self.opening? + income - self.spent?, self.closing?);
        let reported = self.income.iter().any(Option::is_some);
        (reported && if whole { closing != left } else { closing < left }).then_some(left)
    }

    /// True if its opening and its closing balance may be compared with those of others.
    fn is_trusted(&self) -> bool {
        !self.in_thousands() && self.mismatch().is_none()
    }

    /// An amount so small that it cannot be in đồng; then nothing is computed from this table.
    fn in_thousands(&self) -> bool {
        let all = [self.opening, self.spent, self.closing];
        all.iter().chain(&self.income).flatten().any(|amount| doubt::tiny(*amount))
    }
}

fn balance_mismatch(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for account in Account::each(&visit.body).filter(|account| !account.in_thousands()) {
        let Some(left) = account.mismatch() else { continue };
        let [opening, spent, closing] =
            [account.opening, account.spent, account.closing].map(Option::unwrap_or_default);
        let help = if left < 0 {
            say!(
                "xem lại số chi {spent}: nhiều hơn số có",
                "check `spent`: {spent} is more than was available",
                [spent]
            )
        } else {
            say!(
                "ghi closing = {left}, hoặc sửa khoản thu, chi bị sai",
                "write closing = {left}, or correct the income or spending that is wrong",
                [left = toml(left)]
            )
        };
        report.at(
            format!("{}.closing", account.key),
            say!(
                "tồn cuối {closing}, nhưng tồn đầu {opening} + thu {income} - chi {spent} = {left}",
                "closing {closing}, but opening {opening} + income {income} - spent {spent} = {left}",
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
        let Some(closing) = closings.next().filter(|closing| *closing != opening) else { continue };
        if closings.any(|other| other == opening)
            || !now.is_trusted()
            || doubt::unit_changed(cx, history, visit)
        {
            continue;
        }
        report.at(
            format!("{}.opening", now.key),
            say!(
                "tồn đầu {opening}, nhưng cuối kỳ trước còn {closing}",
                "opening {opening}, but {closing} was left at the end of the period before",
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
        let available = opening + income;
        if spent > available {
            report.at(
                format!("{}.spent", account.key),
                say!(
                    "chi {spent}, nhiều hơn số có {available}",
                    "{spent} spent, more than the {available} available",
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
                "ghi bằng đồng: {thousands} nếu là nghìn đồng, {millions} nếu là triệu đồng",
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
        ("finance.contributions", t("xã hội hoá", "contributions"), finance.contributions),
        ("finance.fees", t("học phí", "fees"), finance.fees),
        ("finance.other", t("thu khác", "other income"), finance.other),
        ("finance.spent", t("đã chi", "spent"), finance.spent),
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
        ("promotion.talent_awards.amount", t("khuyến tài", "awards to talents"), talent_awards.amount),
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
                "ngân sách {budget} đồng, dưới mức {norm} đồng của xã {region}",
                "a state budget of {budget} đồng, less than the {norm} due in {region}",
                [budget, norm, region = region.label()]
            ),
            say!(
                "nếu số đúng, kiến nghị cấp đủ theo Thông tư 96/2008/TT-BTC",
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
            say!("xem lại đơn vị tính: sổ ghi bằng đồng", "check the unit: amounts are in đồng"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fund(opening: Option<i64>, raised: Option<i64>, spent: Option<i64>, closing: Option<i64>) -> Account {
        Account::fund(None, &Fund { opening, raised, spent, closing, ..Fund::default() })
    }

    #[test]
    fn an_account_balances() {
        assert_eq!(fund(Some(12), Some(96), Some(88), Some(20)).mismatch(), None);
        assert_eq!(fund(Some(12), Some(96), Some(88), Some(2)).mismatch(), Some(20));
        assert_eq!(fund(Some(12), Some(96), Some(120), Some(0)).mismatch(), Some(-12));
        assert_eq!(fund(None, Some(96), Some(88), Some(2)).mismatch(), None, "not all is reported");
        assert_eq!(fund(Some(12), None, Some(88), Some(2)).mismatch(), None, "no income is reported");
    }

    #[test]
    fn income_that_is_not_reported_can_only_add() {
        let account = |closing| {
            let finance = Finance {
                opening: Some(2_000_000),
                state_budget: Some(20_000_000),
                contributions: Some(15_000_000),
                spent: Some(33_500_000),
                closing: Some(closing),
                ..Finance::default()
            };
            Account::finance(&finance).mismatch()
        };
        assert_eq!(account(3_500_000), None);
        assert_eq!(account(4_000_000), None, "the rest may be fees");
        assert_eq!(account(3_000_000), Some(3_500_000));
    }
}
