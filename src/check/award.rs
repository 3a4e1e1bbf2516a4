//! Rules for scholarships and awards: a sum has a number, and an average that one can believe.

use super::{Cx, Report, Rule, Test, money};
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
            title: t("Có tiền mà không có suất", "An amount without a count"),
            why: t(
                "Đã chi tiền thì có người nhận. Không biết số suất thì bỏ trống, đừng ghi 0.",
                "Where money was paid somebody received it. Where the number is not known, leave it out; do not write 0.",
            ),
            wrong: "scholarships = { count = 0, amount = 24_000_000 }",
            right: "scholarships = { count = 24, amount = 24_000_000 }",
        },
        tests: &[Test::Visit(amount_without_count)],
    },
    Rule {
        code: Code {
            name: "implausible-award",
            severity: Warning,
            title: t("Mức thưởng, học bổng bình quân khó tin", "An unlikely average award"),
            why: t(
                "Bình quân một lượt khen thưởng chừng 85.000 đến 100.000 đồng, một suất học bổng chừng 600.000 đến 1.230.000 đồng; \
                 lệch xa (thưởng dưới 10.000 hoặc trên 5 triệu, học bổng dưới 100.000 hoặc trên 30 triệu) thường là ghi nhầm.",
                "An award averages some 85,000 to 100,000 đồng, a scholarship 600,000 to 1,230,000; what is far off (awards below \
                 10,000 or above 5 million, scholarships below 100,000 or above 30 million) mostly is a slip.",
            ),
            wrong: "pupil_awards = { count = 410, amount = 410_000 }",
            right: "pupil_awards = { count = 410, amount = 41_000_000 }",
        },
        tests: &[Test::Visit(implausible_award)],
    },
];

/// A kind of award: its key, its name, the average that can be believed, and where it stands.
type Kind = (&'static str, Text, RangeInclusive<i64>, fn(&Promotion) -> &Awards);

const REWARD: RangeInclusive<i64> = 10_000..=5_000_000;
const SCHOLARSHIP: RangeInclusive<i64> = 100_000..=30_000_000;

const KINDS: [Kind; 4] = [
    ("scholarships", t("học bổng", "scholarships"), SCHOLARSHIP, |promotion| &promotion.scholarships),
    ("pupil_awards", t("khen thưởng học sinh", "awards to pupils"), REWARD, |promotion| {
        &promotion.pupil_awards
    }),
    ("teacher_awards", t("khen thưởng giáo viên", "awards to teachers"), REWARD, |promotion| {
        &promotion.teacher_awards
    }),
    ("talent_awards", t("khuyến tài", "awards to talents"), REWARD, |promotion| &promotion.talent_awards),
];

/// Awards with both figures, by kind.
fn awards(visit: &Visit) -> impl Iterator<Item = (Kind, i64, i64)> {
    visit.promotion.iter().flat_map(|promotion| {
        KINDS.into_iter().filter_map(|kind| {
            let awards = kind.3(promotion);
            Some((kind, awards.count?, awards.amount?))
        })
    })
}

fn amount_without_count(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for ((key, Text { vi, en }, ..), count, amount) in awards(&visit.body) {
        if count == 0 && amount > 0 {
            report.at(
                format!("promotion.{key}.count"),
                say!("{vi}: {amount} đồng mà số suất, lượt là 0", "{en}: {amount} đồng, but the count is 0"),
                say!(
                    "ghi số suất, lượt; không rõ thì bỏ count",
                    "write the count, or leave count out if it is not known"
                ),
            );
        }
    }
}

fn implausible_award(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for ((key, Text { vi, en }, likely, _), count, amount) in awards(&visit.body) {
        if count == 0 || amount == 0 || money::tiny(amount) {
            continue;
        }
        let (average, low, high) = (amount / count, likely.start(), likely.end());
        if !likely.contains(&average) {
            report.at(
                format!("promotion.{key}.amount"),
                say!(
                    "{vi}: {amount} đồng cho {count} suất, lượt, bình quân {average} đồng (thường từ {low} đến {high})",
                    "{en}: {amount} đồng for {count}, on average {average} (usually {low} to {high})"
                ),
                say!("xem lại số suất và số tiền (tính bằng đồng)", "look at the count and the amount (in đồng) again"),
            );
        }
    }
}
