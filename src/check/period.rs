//! Rules for the periods that figures are about.

use super::{Cx, Report, Rule, Test, calendar};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "year-written-as-days",
            severity: Error,
            title: t("Cả năm mà ghi thành khoảng ngày", "A whole year written as days"),
            why: t(
                "Bảng tổng hợp không cộng các kỳ khác loại: số liệu của cả năm ghi thành khoảng ngày sẽ đứng riêng một mình.",
                "Tables never add periods of different kinds: figures of a whole year written as days would stand alone.",
            ),
            wrong: "period = \"2015-01-01/2015-12-31\"",
            right: "period = \"2015\"",
        },
        tests: &[Test::Visit(year_written_as_days)],
    },
    Rule {
        code: Code {
            name: "period-after-visit",
            severity: Warning,
            title: t("Kỳ số liệu chưa kết thúc khi kiểm tra", "Figures of a period not over at the visit"),
            why: t(
                "Vào ngày kiểm tra chưa thể có số liệu của cả một kỳ chưa hết; so sánh với năm khác sẽ sai.",
                "Figures for a whole period cannot be known before it is over; comparing them with other years misleads.",
            ),
            wrong: "period = \"2016\"   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "period = \"2016-01-01/2016-10-15\"",
        },
        tests: &[Test::Visit(period_after_visit)],
    },
    Rule {
        code: Code {
            name: "period-long-past",
            severity: Warning,
            title: t("Số liệu quá cũ", "Figures of long ago"),
            why: t(
                "Kỳ số liệu đã kết thúc trên 18 tháng trước ngày kiểm tra; thường là chép từ lần trước hoặc ghi nhầm năm.",
                "The period ended more than 18 months before the visit; mostly it was copied from last time, or the year is wrong.",
            ),
            wrong: "period = \"2013-2014\"   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "period = \"2015-2016\"",
        },
        tests: &[Test::Visit(period_long_past)],
    },
];

/// The periods of a visit with their key paths.
fn periods(visit: &Visit) -> impl Iterator<Item = (&'static str, Period)> {
    let periods = [
        ("activity.period", visit.activity.as_ref().and_then(|block| block.period)),
        ("finance.period", visit.finance.as_ref().and_then(|block| block.period)),
        ("promotion.period", visit.promotion.as_ref().and_then(|block| block.period)),
        ("title.period", visit.title.as_ref().and_then(|block| block.period)),
    ];
    periods.into_iter().filter_map(|(key, period)| Some((key, period?)))
}

fn year_written_as_days(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let starts = cx.register.year_start();
    for (key, period) in periods(&visit.body) {
        let Period::Days(first, last) = period else { continue };
        let year = [Period::Year(first.year()), starts.school_year(first)];
        if let Some(year) = year.into_iter().find(|year| year.days(starts) == (first, last)) {
            let said = year.said();
            let (vi, en) = (said.vi, said.en);
            report.at(
                key,
                say!("{first} đến {last} chính là {vi}", "{first} to {last} is the {en}"),
                say!("ghi period = \"{year}\"", "write period = \"{year}\""),
            );
        }
    }
}

fn period_after_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    for (key, period, last) in ends(cx, visit) {
        if last > date && !calendar::date_in_doubt(cx, history, visit) {
            let (said, last_vi, date_vi) = (period.said(), last.vietnamese(), date.vietnamese());
            let (vi, en, first) = (said.vi, said.en, period.days(cx.register.year_start()).0);
            let help = match period.previous() {
                Some(previous) if first < date => say!(
                    "ghi kỳ đã hết, ví dụ \"{previous}\"; số liệu đến ngày kiểm tra thì ghi \"{first}/{date}\"",
                    "write a period that is over, such as \"{previous}\"; for figures up to the visit, \"{first}/{date}\""
                ),
                Some(previous) => say!(
                    "ghi kỳ đã hết, ví dụ \"{previous}\"",
                    "write a period that is over, such as \"{previous}\""
                ),
                None => say!(
                    "ghi ngày cuối không sau ngày kiểm tra",
                    "write a last day that is not after the visit"
                ),
            };
            report.at(
                key,
                say!(
                    "số liệu {vi} đến ngày {last_vi} mới hết kỳ, sau ngày kiểm tra {date_vi}",
                    "figures for {en}, which ends on {last}, after the visit on {date}"
                ),
                help,
            );
        }
    }
}

fn period_long_past(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    let long_past = date.plus_months(-18);
    for (key, period, last) in ends(cx, visit) {
        if last < long_past && !calendar::date_in_doubt(cx, history, visit) {
            let (said, last_vi, date_vi) = (period.said(), last.vietnamese(), date.vietnamese());
            let (vi, en) = (said.vi, said.en);
            report.at(
                key,
                say!(
                    "số liệu {vi} đã hết kỳ ngày {last_vi}, trên 18 tháng trước ngày kiểm tra {date_vi}",
                    "figures for {en}, which ended on {last}, more than 18 months before the visit on {date}"
                ),
                say!("lấy số liệu mới hơn, hoặc sửa năm", "take newer figures, or correct the year"),
            );
        }
    }
}

/// Each period with its last day.
fn ends(cx: &Cx, visit: &Record<Visit>) -> impl Iterator<Item = (&'static str, Period, Day)> {
    let starts = cx.register.year_start();
    periods(&visit.body).map(move |(key, period)| (key, period, period.days(starts).1))
}
