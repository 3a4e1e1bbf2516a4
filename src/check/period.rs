//! Rules for the periods that figures are about.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::text::{Said, t};
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
            title: t(
                "Kỳ số liệu chưa kết thúc khi kiểm tra",
                "Figures for a period that is not over at the visit",
            ),
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
            title: t("Số liệu quá cũ", "Out-of-date figures"),
            why: t(
                "Kỳ số liệu đã kết thúc trên 18 tháng trước ngày kiểm tra; thường là chép từ lần trước hoặc ghi nhầm năm.",
                "The period ended more than 18 months before the visit; usually it was copied from last time, or the year is wrong.",
            ),
            wrong: "period = \"2013-2014\"   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "period = \"2015-2016\"",
        },
        tests: &[Test::Visit(period_long_past)],
    },
];

fn year_written_as_days(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let starts = cx.register.year_start();
    for (key, period) in visit.body.periods() {
        let Period::Days(first, last) = period else { continue };
        let year = [Period::Year(first.year()), starts.school_year(first)];
        if let Some(year) = year.into_iter().find(|year| year.days(starts) == (first..=last)) {
            report.at(
                key,
                say!(
                    "{first} đến {last} chính là {year}",
                    "{first} to {last} is the {year}",
                    [first, last, year = year.said()]
                ),
                say!("ghi period = \"{year}\"", "write period = \"{year}\"", [year = year.to_string()]),
            );
        }
    }
}

fn period_after_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    for (key, period, last) in ends(cx, visit) {
        if last > date && !doubt::date(cx, history, visit) {
            let first = *period.days(cx.register.year_start()).start();
            report.at(
                key,
                say!(
                    "số liệu {period} đến ngày {last} mới hết kỳ, sau ngày kiểm tra {date}",
                    "figures for {period}, which ends on {last}, after the visit on {date}",
                    [period = period.said(), last, date]
                ),
                period_that_is_over(period, first, date),
            );
        }
    }
}

/// What to write for figures of a period that is not over on a day.
fn period_that_is_over(period: Period, first: Day, date: Day) -> Said {
    let Some(previous) = period.previous().map(|previous| previous.to_string()) else {
        return say!("ghi ngày cuối không sau ngày kiểm tra", "write a last day that is not after the visit");
    };
    match first < date {
        true => say!(
            "ghi kỳ đã hết, ví dụ \"{previous}\"; số liệu đến ngày kiểm tra thì ghi \"{until}\"",
            "write a period that is over, such as \"{previous}\"; for figures up to the visit, \"{until}\"",
            [previous, until = Period::Days(first, date).to_string()]
        ),
        false => say!(
            "ghi kỳ đã hết, ví dụ \"{previous}\"",
            "write a period that is over, such as \"{previous}\"",
            [previous]
        ),
    }
}

fn period_long_past(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    let long_past = date.plus_months(-18);
    for (key, period, last) in ends(cx, visit) {
        if last < long_past && !doubt::date(cx, history, visit) {
            report.at(
                key,
                say!(
                    "số liệu {period} đã hết kỳ ngày {last}, trên 18 tháng trước ngày kiểm tra {date}",
                    "figures for {period}, which ended on {last}, more than 18 months before the visit on {date}", [period = period.said(), last, date]),
                say!("lấy số liệu mới hơn, hoặc sửa năm", "use more recent figures, or correct the year"),
            );
        }
    }
}

/// Each period with its last day.
fn ends(cx: &Cx, visit: &Record<Visit>) -> impl Iterator<Item = (&'static str, Period, Day)> {
    let starts = cx.register.year_start();
    visit.body.periods().map(move |(key, period)| (key, period, *period.days(starts).end()))
}
