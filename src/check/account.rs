//! An account of a visit: what was there, what came, what went and what was left. Rules for money ask here.

use super::doubt;
use crate::model::figures::{Finance, Fund, Promotion};
use crate::model::period::Period;
use crate::model::visit::Visit;

/// Income, spending and what was left.
pub struct Account {
    /// The key path of the table.
    pub key: &'static str,
    /// What it is about.
    pub period: Option<Period>,
    /// Left over from before.
    pub opening: Option<i64>,
    income: Vec<Option<i64>>,
    /// Taken over or granted once: some papers have it in the opening balance or in an income, others beside them.
    pub once: Option<i64>,
    /// Spent.
    pub spent: Option<i64>,
    /// Left over.
    pub closing: Option<i64>,
    /// True if a figure is a round one, so that they need not add up.
    round: bool,
}

impl Account {
    pub fn finance(finance: &Finance) -> Account {
        let Finance { period, opening, state_budget, contributions, fees, other, spent, closing, .. } =
            *finance;
        Account {
            key: "finance",
            period,
            opening,
            income: vec![state_budget, contributions, fees, other],
            once: finance.startup_grant,
            spent,
            closing,
            round: !finance.approximate.is_empty(),
        }
    }

    fn fund(promotion: &Promotion) -> Account {
        let Fund { opening, raised, spent, closing, received_on_merger, .. } = promotion.fund;
        Account {
            key: "promotion.fund",
            period: promotion.period,
            opening,
            income: vec![raised],
            once: received_on_merger,
            spent,
            closing,
            round: promotion.approximate.iter().any(|key| key.starts_with("fund.")),
        }
    }

    pub fn each(visit: &Visit) -> impl Iterator<Item = Account> {
        let finance = visit.finance.as_ref().map(Account::finance);
        finance.into_iter().chain(visit.promotion.as_ref().map(Account::fund))
    }

    /// All income that is reported, and whether every kind of it is.
    pub fn income(&self) -> (i64, bool) {
        (self.income.iter().flatten().sum(), self.income.iter().all(Option::is_some))
    }

    /// What must be left over, if that cannot be the closing balance. Income that is not reported can only add to it.
    pub fn mismatch(&self) -> Option<i64> {
        let (income, whole) = self.income();
        let (left, closing) = (self.opening? + income - self.spent?, self.closing?);
        let once = self.once.unwrap_or(0);
        let reported = self.income.iter().any(Option::is_some) && !self.round;
        let fits = if whole { closing == left || closing == left + once } else { closing >= left };
        (reported && !fits).then_some(left)
    }

    /// True if its opening and its closing balance may be compared with those of others.
    pub fn is_trusted(&self) -> bool {
        !self.round && !self.in_thousands() && self.mismatch().is_none()
    }

    /// True if what was left before is what it opens with.
    pub fn carries_over(&self, closing: i64) -> bool {
        self.opening.is_none_or(|opening| opening == closing || opening == closing + self.once.unwrap_or(0))
    }

    /// An amount so small that it cannot be in đồng; then nothing is computed from this table.
    pub fn in_thousands(&self) -> bool {
        let all = [self.opening, self.spent, self.closing];
        all.iter().chain(&self.income).flatten().any(|amount| doubt::tiny(*amount))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fund(opening: Option<i64>, raised: Option<i64>, spent: Option<i64>, closing: Option<i64>) -> Account {
        let fund = Fund { opening, raised, spent, closing, ..Fund::default() };
        Account::fund(&Promotion { fund, ..Promotion::default() })
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

    #[test]
    fn what_came_on_a_merger_stands_in_the_opening_or_beside_it() {
        let account = |opening, closing| {
            let fund = Fund {
                opening: Some(opening),
                raised: Some(96),
                spent: Some(88),
                closing: Some(closing),
                received_on_merger: Some(30),
                ..Fund::default()
            };
            Account::fund(&Promotion { fund, ..Promotion::default() })
        };
        for (opening, closing) in [(42, 50), (12, 50), (12, 20)] {
            let account = account(opening, closing);
            assert_eq!(account.mismatch(), None, "{opening} {closing}");
            assert!(account.carries_over(12), "{opening}");
        }
        assert_eq!(account(12, 60).mismatch(), Some(20));
        assert!(!account(13, 21).carries_over(12));
    }
}
