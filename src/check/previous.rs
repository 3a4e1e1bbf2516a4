//! Rules that compare a visit with the one before: figures that leapt, and figures that were copied.

use super::doubt::{self, Leap, Line, Slow};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Warning};
use crate::model::figures::{Activity, Finance, Learning, Promotion, Titles};
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::text::{Text, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "figure-leapt",
            severity: Warning,
            title: t("Số liệu tăng giảm đột ngột", "A figure that leapt"),
            why: t(
                "Dân số, số hộ, hội viên thay đổi chậm; tăng giảm quá 50% sau một lần kiểm tra, hay hoạt động, số thôn, tổ dân \
                 phố, dòng \
                 họ, cơ quan gấp năm lần hoặc chỉ còn một phần năm, thường là thừa hoặc thiếu một chữ số.",
                "Population, households and members change slowly; a change of more than 50% between two visits, or five times the \
                 activity, villages, lineages or workplaces or a fifth of them, usually means a digit too many or too few.",
            ),
            wrong: "population = 85_210   # lần trước 8.498 / 8,498 at the last visit",
            right: "population = 8_521",
        },
        tests: &[Test::Visit(figure_leapt)],
    },
    Rule {
        code: Code {
            name: "figures-copied",
            severity: Warning,
            title: t("Số liệu chép từ lần trước", "Figures copied from last time"),
            why: t(
                "Cả một phần số liệu giống hệt lần kiểm tra trước thì gần như chắc là chép lại, không phải số liệu mới.",
                "A whole block of figures equal to that of the visit before was almost certainly copied, not newly reported.",
            ),
            wrong: "[activity]\nperiod = \"2016-2017\"   # mọi số như 2015-2016 / all figures as in 2015-2016",
            right: "[activity]\nperiod = \"2016-2017\"   # số liệu mới / new figures",
        },
        tests: &[Test::Visit(figures_copied)],
    },
];

fn figure_leapt(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    for slow @ Slow { key, name, named, .. } in doubt::SLOW {
        let leap = doubt::leap(cx, history, visit, slow).filter(|_| !named(cx, history, visit));
        let Some(Leap { before, now }) = leap else { continue };
        report.at(
            *key,
            say!(
                "{name} {now}, lần trước {before}: {change} {percent}%",
                "{name} {now}, but {before} at the visit before: {change} of {percent}%",
                [
                    name,
                    now,
                    before,
                    change = if now < before { t("giảm", "a fall") } else { t("tăng", "a rise") },
                    percent = ((now - before) * 100 / before).abs()
                ]
            ),
            say!("xem lại số này và số lần trước", "check this figure and the one before"),
        );
    }
    if !doubt::unit_changed(cx, history, visit) {
        activity_of_two_visits(history, visit, report);
    }
}

/// A sum over the fields of activity that is compared with that of the visit before.
struct Sum {
    key: &'static str,
    name: Text,
    figure: fn(&Learning) -> Option<i64>,
}

static SUMS: [Sum; 2] = [
    Sum { key: "attendances", name: t("lượt người", "attendances"), figure: |field| field.attendances },
    Sum { key: "classes", name: t("lớp, chuyên đề", "classes"), figure: |field| field.classes },
];

/// Attendances first; classes only if attendances did not leap.
fn activity_of_two_visits(history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(now) = &visit.body.activity else { return };
    let mut before = history.before(visit).filter_map(|other| other.body.activity.as_ref());
    let Some(before) = before.find(|before| is_in_step(before.period, now.period)) else { return };
    if !are_comparable(before, now) {
        return;
    }
    let leap = SUMS.iter().find_map(|sum| {
        let leap = Leap { before: before.in_all(sum.figure)?, now: now.in_all(sum.figure)? };
        doubt::leapt_by_a_digit(leap.before, leap.now).then_some((sum, leap))
    });
    let Some((Sum { key, name, figure }, leap)) = leap else { return };
    let change = |(word, field): &&(String, Learning)| {
        let then = before.field.get(word).and_then(figure).unwrap_or(0);
        (figure(field).unwrap_or(0) - then).abs()
    };
    // A total that leapt without its fields is itself to be looked at.
    let is_total = figure(&now.total).is_some_and(|total| now.sum(figure) != Some(total));
    let fields = now.field.iter().filter(|_| !is_total);
    let word = fields.max_by_key(change).map(|(word, _)| word.as_str());
    report.at(
        Line { field: word, figures: &now.total }.key(key),
        say!(
            "tổng cộng {now} {name}, kỳ trước {before}",
            "{now} {name} in all, {before} in the period before",
            [name, now = leap.now, before = leap.before]
        ),
        say!(
            "xem lại, nhất là lĩnh vực này: thừa hay thiếu chữ số",
            "check the figures, this field first: a digit too many or too few"
        ),
    );
}

/// True unless one is about another half or quarter of a year than the other: some seasons are busier.
fn is_in_step(before: Option<Period>, now: Option<Period>) -> bool {
    match (before, now) {
        (Some(Period::Half(_, before)), Some(Period::Half(_, now)))
        | (Some(Period::Quarter(_, before)), Some(Period::Quarter(_, now))) => before == now,
        _ => true,
    }
}

/// True for two different periods of one kind, in which no figure is in doubt.
fn are_comparable(before: &Activity, now: &Activity) -> bool {
    let year = |period: &Period| !matches!(period, Period::Days(..));
    let years = before.period.filter(year).zip(now.period);
    let doubt = |activity: &Activity| {
        let wrong = |line: &Learning| doubt::field_broken(line) || doubt::unlikely(line).is_some();
        doubt::lines_of(activity).any(|line| wrong(line.figures))
    };
    years.is_some_and(|(before, now)| before.same_kind(now) && before != now) && !doubt(now) && !doubt(before)
}

/// One message for a block, however many figures it has. A second visit in the same school year may repeat the figures
/// of the first, and a report those of a visit about the same period.
fn figures_copied(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let year = |visit: &Record<Visit>| visit.body.date.map(|date| cx.register.year_start().school_year(date));
    let now = &visit.body;
    for Figures { key, name, count, same } in FIGURES {
        let has = |other: &&Record<Visit>| count(&other.body) >= ENOUGH;
        let Some(before) = history.before(visit).find(has) else { continue };
        let twice_told = !(before.body.is_inspection() && now.is_inspection())
            && now.period_of(key) == before.body.period_of(key);
        if year(before) != year(visit) && !twice_told && same(&before.body, now) {
            report.at(
                *key,
                say!(
                    "số liệu {name} giống hệt lần kiểm tra “{visit}”",
                    "the figures for {name} are those of the visit “{visit}”",
                    [name, visit = before.id]
                ),
                say!(
                    "nhập số liệu của kỳ này; chưa có thì bỏ trống",
                    "write the figures of this period, or leave them out"
                ),
            );
        }
    }
}

/// A block of figures.
struct Figures {
    key: &'static str,
    name: Text,
    /// How many figures a visit has there.
    count: fn(&Visit) -> usize,
    /// True if two visits have the same ones, whatever their period.
    same: fn(&Visit, &Visit) -> bool,
}

/// A few figures may be equal by chance, or stay the same.
const ENOUGH: usize = 4;

const FIGURES: &[Figures] = &[
    Figures {
        key: "activity",
        name: t("hoạt động", "activity"),
        count: |visit| visit.activity.as_ref().map_or(0, learning),
        same: |a, b| {
            let figures = |visit: &Visit| visit.activity.clone().map(|block| (block.field, block.total));
            figures(a) == figures(b)
        },
    },
    Figures {
        key: "finance",
        name: t("kinh phí", "finance"),
        count: |visit| visit.finance.as_ref().map_or(0, money),
        same: |a, b| {
            let figures = |visit: &Visit| Some(Finance { period: None, ..visit.finance.clone()? });
            figures(a) == figures(b)
        },
    },
    Figures {
        key: "promotion",
        name: t("khuyến học", "learning promotion"),
        count: |visit| visit.promotion.as_ref().map_or(0, association),
        same: |a, b| {
            let figures = |visit: &Visit| Some(Promotion { period: None, ..visit.promotion.clone()? });
            figures(a) == figures(b)
        },
    },
    Figures {
        key: "title",
        name: t("mô hình học tập", "learning titles"),
        count: |visit| visit.title.as_ref().map_or(0, titles),
        same: |a, b| {
            let figures = |visit: &Visit| visit.title.clone().map(|block| (block.learning, block.studious));
            figures(a) == figures(b)
        },
    },
];

fn told<const N: usize>(figures: [Option<i64>; N]) -> usize {
    figures.into_iter().flatten().filter(|figure| *figure > 0).count()
}

fn learning(activity: &Activity) -> usize {
    doubt::lines_of(activity)
        .map(|line| line.figures)
        .map(|f| told([f.classes, f.sessions, f.attendances, f.people, f.women]))
        .sum()
}

fn money(f: &Finance) -> usize {
    told([f.opening, f.state_budget, f.contributions, f.fees, f.other, f.spent, f.closing])
}

fn association(p: &Promotion) -> usize {
    let awards = [p.scholarships.count, p.scholarships.amount, p.pupil_awards.count, p.pupil_awards.amount];
    told([p.members, p.women, p.new_members, p.fund.opening, p.fund.raised, p.fund.spent, p.fund.closing])
        + told(awards)
}

fn titles(titles: &Titles) -> usize {
    let kinds = titles.learning.each().chain(titles.studious.each());
    kinds.map(|(_, t)| told([t.registered, t.recognised, t.base])).sum()
}
