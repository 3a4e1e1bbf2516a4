//! Rules for the periods that figures are about.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::period::{Period, YearStart};
use crate::model::statement::Statement;
use crate::model::text::{Said, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "period-written-as-days",
            severity: Error,
            title: t(
                "Kỳ cả năm, 6 tháng hay quý lại ghi bằng khoảng ngày",
                "A year, half-year or quarter written as days",
            ),
            why: t(
                "Bảng tổng hợp không cộng các kỳ khác loại: số liệu của cả năm, 6 tháng hay quý ghi bằng khoảng ngày sẽ thành \
                 một bảng riêng.",
                "Tables never add periods of different kinds: figures of a year, a half-year or a quarter written as days would \
                 stand alone.",
            ),
            wrong: "period = \"2015-01-01/2015-12-31\"",
            right: "period = \"2015\"",
        },
        tests: &[Test::Statement(period_of_statement_written_as_days), Test::Figures(period_written_as_days)],
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
                "Chưa thể có số liệu của cả một kỳ còn lâu mới hết; so sánh với kỳ khác sẽ sai. Báo cáo thường lập từ 15/5 cho năm \
                 học, từ 1/10 cho năm, từ đầu tháng cuối cho 6 tháng và quý; khoảng ngày thì phải hết.",
                "Figures for a whole period cannot be known long before it is over; comparing them with others misleads. Papers are \
                 made from 15 May for a school year, from 1 October for a calendar year, from the first day of the last month \
                 for a half-year or a quarter; a stretch of days must be over.",
            ),
            wrong: "period = \"2016-2017\"   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "period = \"2015-2016\"",
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

fn period_of_statement_written_as_days(cx: &Cx, statement: &Record<Statement>, report: &mut Report) {
    statement.body.period.iter().for_each(|period| written_as_days(cx, "period", *period, report));
}

fn period_written_as_days(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    visit.body.periods().for_each(|(key, period)| written_as_days(cx, key, period, report));
}

fn written_as_days(cx: &Cx, key: &str, period: Period, report: &mut Report) {
    let starts = cx.register.year_start();
    let Period::Days(first, last) = period else { return };
    let year = first.year();
    let halves = (1..=2).map(|half| Period::Half(year, half));
    let quarters = (1..=4).map(|quarter| Period::Quarter(year, quarter));
    let mut named = [Period::Year(year), starts.school_year(first)].into_iter().chain(halves).chain(quarters);
    if let Some(named) = named.find(|named| named.days(starts) == (first..=last)) {
        report.at(
            key,
            say!(
                "{first} đến {last} chính là {named}",
                "{first} to {last} is {named}",
                [first, last, named = named.said()]
            ),
            say!(
                "nhập {named} ở “Kỳ số liệu” (period)",
                "give the period as {named} (period)",
                [named = named.to_string()]
            ),
        );
    }
}

fn period_after_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    let starts = cx.register.year_start();
    for (key, period, last) in ends(cx, visit) {
        if date < period.reported_from(starts) && !doubt::date(cx, history, visit) {
            report.at(
                key,
                say!(
                    "số liệu {period} đến ngày {last} mới hết kỳ, sau ngày kiểm tra {date}",
                    "figures for {period}, which ends on {last}, after the visit on {date}",
                    [period = period.said(), last, date]
                ),
                period_that_is_over(period, date, starts),
            );
        }
    }
}

/// What to write for figures of a period that is not over on a day.
fn period_that_is_over(period: Period, date: Day, starts: YearStart) -> Said {
    let Some(over) = period.reported_by(date, starts).map(|over| over.to_string()) else {
        return say!(
            "nhập ngày cuối không sau ngày kiểm tra",
            "write a last day that is not after the visit"
        );
    };
    let first = *period.days(starts).start();
    match first < date {
        true => say!(
            "nhập kỳ đã hết, ví dụ {over}; số liệu đến ngày kiểm tra thì nhập {until}",
            "give a period that is over, such as {over}; for figures up to the visit, {until}",
            [over, until = Period::Days(first, date).to_string()]
        ),
        false => {
            say!("nhập kỳ đã hết, ví dụ {over}", "give a period that is over, such as {over}", [over])
        }
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
