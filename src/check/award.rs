//! Rules for scholarships and awards: an amount has a count, and a plausible average.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::{Awards, Promotion};
use crate::model::history::{History, Record};
use crate::model::text::{Text, t};
use crate::model::visit::Visit;
use crate::say;
use std::ops::RangeInclusive;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "amount-without-count",
            severity: Error,
            title: t("Có số tiền mà không có số suất, số lượt", "An amount without a count"),
            why: t(
                "Có chi tiền thì có người nhận. Không biết số suất thì bỏ trống, đừng ghi 0.",
                "Money that was paid was received. If the number of recipients is not known, leave it out; do not write 0.",
            ),
            wrong: "scholarships = { count = 0, amount = 24_000_000 }",
            right: "scholarships = { count = 24, amount = 24_000_000 }",
        },
        tests: &[Test::Figures(amount_without_count)],
    },
    Rule {
        code: Code {
            name: "implausible-award",
            severity: Warning,
            title: t("Mức thưởng, học bổng bình quân bất thường", "An unusual average award"),
            why: t(
                "Bình quân một lượt khen thưởng chừng 85.000 đến 100.000 đồng, một suất học bổng chừng 600.000 đến 1.230.000 đồng; \
                 lệch xa (thưởng dưới 10.000 hoặc trên 5 triệu, học bổng dưới 100.000 hoặc trên 30 triệu) thường là ghi nhầm.",
                "An award averages about 85,000 to 100,000 đồng, a scholarship 600,000 to 1,230,000; values far outside \
                 (awards below \
                 10,000 or above 5 million, scholarships below 100,000 or above 30 million) are usually typing errors.",
            ),
            wrong: "pupil_awards = { count = 410, amount = 410_000 }",
            right: "pupil_awards = { count = 410, amount = 41_000_000 }",
        },
        tests: &[Test::Figures(implausible_award)],
    },
];

/// A kind of award.
struct Award {
    /// The key of its table in `[promotion]`.
    key: &'static str,
    name: Text,
    figures: fn(&Promotion) -> &Awards,
    /// The plausible averages, in đồng.
    likely: RangeInclusive<i64>,
}

const REWARD: RangeInclusive<i64> = 10_000..=5_000_000;
const SCHOLARSHIP: RangeInclusive<i64> = 100_000..=30_000_000;

static AWARDS: [Award; 4] = [
    award("scholarships", t("học bổng", "scholarships"), |given| &given.scholarships, SCHOLARSHIP),
    award("pupil_awards", t("khen thưởng học sinh", "awards to pupils"), |given| &given.pupil_awards, REWARD),
    award(
        "teacher_awards",
        t("khen thưởng giáo viên", "awards to teachers"),
        |given| &given.teacher_awards,
        REWARD,
    ),
    award(
        "talent_awards",
        t("khen thưởng, hỗ trợ tài năng", "awards for talented learners"),
        |given| &given.talent_awards,
        REWARD,
    ),
];

const fn award(
    key: &'static str,
    name: Text,
    figures: fn(&Promotion) -> &Awards,
    likely: RangeInclusive<i64>,
) -> Award {
    Award { key, name, figures, likely }
}

/// Awards with both figures, by kind.
fn awards(visit: &Visit) -> impl Iterator<Item = (&'static Award, i64, i64)> {
    visit.promotion.iter().flat_map(|promotion| {
        AWARDS.iter().filter_map(|award| {
            let awards = (award.figures)(promotion);
            Some((award, awards.count?, awards.amount?))
        })
    })
}

fn amount_without_count(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (Award { key, name, .. }, count, amount) in awards(&visit.body) {
        if count == 0 && amount > 0 {
            report.at(
                format!("promotion.{key}.count"),
                say!(
                    "{name}: {amount} đồng mà số suất, lượt là 0",
                    "{name}: {amount} đồng, but the count is 0",
                    [name, amount]
                ),
                say!(
                    "nhập số suất, lượt; không rõ thì để trống (count)",
                    "give the count, or leave it out if it is not known (count)"
                ),
            );
        }
    }
}

fn implausible_award(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (Award { key, name, likely, .. }, count, amount) in awards(&visit.body) {
        if count == 0 || amount == 0 || doubt::tiny(amount) || likely.contains(&(amount / count)) {
            continue;
        }
        report.at(
            format!("promotion.{key}.amount"),
            say!(
                "{name}: {amount} đồng cho {count} suất, lượt, bình quân {average} đồng (thường từ {low} đến {high})",
                "{name}: {amount} đồng for {count}, on average {average} (usually {low} to {high})", [name, amount, count, average = amount / count, low = likely.start(), high = likely.end()]),
            say!("xem lại số suất và số tiền (tính bằng đồng)", "check the count and the amount (in đồng)"),
        );
    }
}
