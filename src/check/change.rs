//! Rules that compare a visit with the one before: figures that leapt, and figures that were copied.

use super::{Cx, Report, Rule, Test, activity, promotion, title};
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
                "Dân số, số hộ, hội viên thay đổi chậm; tăng giảm quá 50 % sau một lần kiểm tra, hay hoạt động gấp năm lần hoặc \
                 chỉ còn một phần năm, thường là thừa hoặc thiếu một chữ số.",
                "Population, households and members change slowly; more than 50 % between two visits, or five times the activity \
                 or a fifth of it, mostly is a digit too many or too few.",
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
                "A whole block of figures equal to that of the visit before was almost certainly copied, not reported anew.",
            ),
            wrong: "[activity]\nperiod = \"2016-2017\"   # mọi số như 2015-2016 / all figures as in 2015-2016",
            right: "[activity]\nperiod = \"2016-2017\"   # số liệu mới / new figures",
        },
        tests: &[Test::Visit(figures_copied)],
    },
];

/// A slow figure leaps by more than half: the largest merger or new quarter in the sources moves a ward by a quarter.
fn leapt(before: i64, now: i64) -> bool {
    before >= 20 && (now - before).abs().saturating_mul(2) > before
}

/// Activity is another matter: centres hold 9 classes one year and 30 the next. A factor of five lies above what two
/// good years differ by, and below the ten of a slipped digit.
const ACTIVITY_FACTOR: i64 = 5;

fn activity_leapt(before: i64, now: i64) -> bool {
    let (low, high) = (before.min(now), before.max(now));
    low > 0 && high >= 20 && high > low.saturating_mul(ACTIVITY_FACTOR)
}

/// A figure that changes slowly.
struct Slow {
    key: &'static str,
    name: Text,
    figure: fn(&Visit) -> Option<i64>,
    /// True where a rule for one visit has named the figure already, or one that it is measured by.
    doubtful: fn(&Visit) -> bool,
    /// True where another rule names it now.
    named: fn(&Cx, &History, &Record<Visit>) -> bool,
}

const POPULATION: Slow = Slow {
    key: "context.population",
    name: t("dân số", "population"),
    figure: |visit| visit.context.population,
    doubtful: |visit| promotion::members_broken(visit) || promotion::share_unlikely(visit),
    named: |_, _, visit| promotion::members_broken(&visit.body),
};

const HOUSEHOLDS: Slow = Slow {
    key: "context.households",
    name: t("số hộ", "households"),
    figure: |visit| visit.context.households,
    doubtful: |visit| title::base_broken(visit, "family"),
    named: |_, _, visit| title::base_broken(&visit.body, "family"),
};

const MEMBERS: Slow = Slow {
    key: "promotion.members",
    name: t("hội viên", "members"),
    figure: |visit| visit.promotion.as_ref()?.members,
    doubtful: POPULATION.doubtful,
    named: |cx, history, visit| {
        let share = promotion::share_unlikely(&visit.body) && !population_leapt(cx, history, visit);
        share || promotion::members_broken(&visit.body)
    },
};

/// The figure at the last visit that has it without doubt, and now, where it leapt. A unit that took in others may leap.
fn leap(cx: &Cx, history: &History, visit: &Record<Visit>, slow: &Slow) -> Option<(i64, i64)> {
    let now = (slow.figure)(&visit.body)?;
    // What is in doubt takes longer to tell, and mostly nothing leapt at all.
    let mut earlier = history.before(visit).filter_map(|other| (slow.figure)(&other.body));
    if !earlier.any(|before| leapt(before, now)) {
        return None;
    }
    let sound = history.before(visit).filter(|other| !(slow.doubtful)(&other.body));
    let before = sound.filter_map(|other| (slow.figure)(&other.body)).next()?;
    (leapt(before, now) && !unit_changed(cx, history, visit)).then_some((before, now))
}

/// True where the population is far from that of the visit before, and so is what is most likely wrong.
pub fn population_leapt(cx: &Cx, history: &History, visit: &Record<Visit>) -> bool {
    leap(cx, history, visit, &POPULATION).is_some()
}

/// True where the population is far from that of the visits on both sides, as far as there are any.
pub fn population_off(history: &History, visit: &Record<Visit>) -> bool {
    off(history, visit, &POPULATION)
}

/// True where the members are far from those of the visits on both sides, as far as there are any.
pub fn members_off(history: &History, visit: &Record<Visit>) -> bool {
    off(history, visit, &MEMBERS)
}

fn off(history: &History, visit: &Record<Visit>, slow: &Slow) -> bool {
    let Some(now) = (slow.figure)(&visit.body) else { return false };
    let before = history.before(visit).find_map(|other| (slow.figure)(&other.body));
    let after = history.visits.iter().skip_while(|other| other.id != visit.id).skip(1);
    let after = after.filter_map(|other| (slow.figure)(&other.body)).next();
    let mut sides = [before, after].into_iter().flatten().peekable();
    sides.peek().is_some() && sides.all(|other| leapt(other, now))
}

/// Said of the members only where their share of the people is not: that rule goes first, unless the population leapt.
fn figure_leapt(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    for slow in [POPULATION, HOUSEHOLDS, MEMBERS] {
        let named = || (slow.named)(cx, history, visit);
        if let Some((before, now)) = leap(cx, history, visit, &slow).filter(|_| !named()) {
            let Text { vi, en } = slow.name;
            let percent = (now - before) * 100 / before;
            report.at(
                slow.key,
                say!(
                    "{vi} {now}, lần trước {before}: thay đổi {percent} %",
                    "{en} {now}, {before} at the visit before: a change of {percent} %"
                ),
                say!("xem lại số này và số lần trước", "look at this figure and the one before again"),
            );
        }
    }
    if !unit_changed(cx, history, visit) {
        activity_of_two_visits(history, visit, report);
    }
}

/// True where the unit of the centre took in or gave away others since the visit before.
fn unit_changed(cx: &Cx, history: &History, visit: &Record<Visit>) -> bool {
    let since = history.before(visit).find_map(|other| other.body.date);
    let (Some(centre), Some(since), Some(now)) = (&history.centre, since, visit.body.date) else {
        return false;
    };
    let unit = &centre.body.unit;
    cx.register.units.body.succession.iter().any(|succession| {
        succession.date.is_some_and(|date| since < date && date <= now)
            && (succession.from.contains(unit) || succession.to.contains(unit))
    })
}

/// Attendances first; the classes only where those did not leap. Only years of one kind are compared.
fn activity_of_two_visits(history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(now) = &visit.body.activity else { return };
    let Some(before) = history.before(visit).find_map(|other| other.body.activity.as_ref()) else { return };
    let years = match (before.period, now.period) {
        (Some(Period::Days(..)), _) | (_, Some(Period::Days(..))) => false,
        (Some(before), Some(now)) => before.same_kind(now) && before != now,
        _ => false,
    };
    let doubt = |activity: &Activity| {
        activity.field.values().any(|f| activity::broken(f) || activity::is_unlikely(f))
    };
    if !years || doubt(now) || doubt(before) {
        return;
    }
    type Figure = (&'static str, Text, fn(&Learning) -> Option<i64>);
    let figures: [Figure; 2] = [
        ("attendances", t("lượt người", "attendances"), |field| field.attendances),
        ("classes", t("lớp", "classes"), |field| field.classes),
    ];
    for (key, Text { vi, en }, figure) in figures {
        let (Some(was), Some(is)) = (activity::sum(before, figure), activity::sum(now, figure)) else {
            continue;
        };
        if activity_leapt(was, is) {
            let change = |(word, field): &&(String, Learning)| {
                let then = before.field.get(word).and_then(figure).unwrap_or(0);
                (figure(field).unwrap_or(0) - then).abs()
            };
            let Some((word, _)) = now.field.iter().max_by_key(change) else { return };
            report.at(
                format!("activity.field.{word}.{key}"),
                say!("tổng cộng {is} {vi}, kỳ trước {was}", "{is} {en} in all, {was} in the period before"),
                say!(
                    "xem lại, nhất là lĩnh vực này: thừa hay thiếu chữ số",
                    "look again, at this field above all: a digit too many or too few"
                ),
            );
            return;
        }
    }
}

/// One message for a block, however many figures it has. A second visit in the same school year may well repeat the
/// figures of the first.
fn figures_copied(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let year = |visit: &Record<Visit>| visit.body.date.map(|date| cx.register.year_start().school_year(date));
    let now = &visit.body;
    for Block { key, name: Text { vi, en }, figures, same } in BLOCKS {
        let has = |other: &&Record<Visit>| figures(&other.body) >= ENOUGH;
        let Some(before) = history.before(visit).find(has) else { continue };
        if year(before) != year(visit) && same(&before.body, now) {
            let id = &before.id;
            report.at(
                *key,
                say!(
                    "số liệu {vi} giống hệt lần kiểm tra “{id}”",
                    "the figures for {en} are those of the visit “{id}”"
                ),
                say!(
                    "ghi số liệu của kỳ này; chưa có thì bỏ trống",
                    "write the figures of this period, or leave them out"
                ),
            );
        }
    }
}

/// A block of figures.
struct Block {
    key: &'static str,
    name: Text,
    /// How many figures a visit has there.
    figures: fn(&Visit) -> usize,
    /// True where two visits have the same ones, whatever their period.
    same: fn(&Visit, &Visit) -> bool,
}

/// A few figures may well be equal by chance, or stay the same.
const ENOUGH: usize = 4;

const BLOCKS: &[Block] = &[
    Block {
        key: "activity",
        name: t("hoạt động", "activity"),
        figures: |visit| visit.activity.as_ref().map_or(0, learning),
        same: |a, b| {
            a.activity.as_ref().map(|block| &block.field) == b.activity.as_ref().map(|block| &block.field)
        },
    },
    Block {
        key: "finance",
        name: t("kinh phí", "finance"),
        figures: |visit| visit.finance.as_ref().map_or(0, money),
        same: |a, b| {
            let figures = |visit: &Visit| Some(Finance { period: None, ..visit.finance.clone()? });
            figures(a) == figures(b)
        },
    },
    Block {
        key: "promotion",
        name: t("khuyến học", "learning promotion"),
        figures: |visit| visit.promotion.as_ref().map_or(0, association),
        same: |a, b| {
            let figures = |visit: &Visit| Some(Promotion { period: None, ..visit.promotion.clone()? });
            figures(a) == figures(b)
        },
    },
    Block {
        key: "title",
        name: t("mô hình học tập", "learning titles"),
        figures: |visit| visit.title.as_ref().map_or(0, titles),
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
    activity.field.values().map(|f| told([f.classes, f.sessions, f.attendances, f.people, f.women])).sum()
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
    let kinds = titles.learning.each().into_iter().chain(titles.studious.each());
    kinds.filter_map(|(_, title)| title).map(|t| told([t.registered, t.recognised, t.base])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slow_figures_leap_beyond_a_half() {
        assert!(!leapt(8_033, 9_886), "a merger of Trưng Vương and Điền Công");
        assert!(leapt(8_521, 85_210) && leapt(8_521, 852) && leapt(2_310, 1_100));
        assert!(!leapt(2_310, 3_465), "half is not more than half");
        assert!(!leapt(7, 12), "small numbers say nothing");
    }

    #[test]
    fn activity_leaps_beyond_a_factor_of_five() {
        assert!(!activity_leapt(9, 30) && !activity_leapt(300, 1_500) && !activity_leapt(0, 640));
        assert!(activity_leapt(640, 6_400) && activity_leapt(640, 64));
    }
}
