//! Rules for what a centre taught: parts within their total, learners only where there are classes, likely sizes.

use super::{Cx, Report, Rule, Test, change, decimal, promotion};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::{Activity, Learning};
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::text::{Said, Text, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "part-above-total",
            severity: Error,
            title: t("Phần lớn hơn tổng số", "A part above its total"),
            why: t(
                "Nữ, dân tộc thiểu số, người khuyết tật, người từ 60 tuổi đều nằm trong tổng lượt người.",
                "Women, ethnic minorities, people with disabilities and people over 60 are all among the attendances.",
            ),
            wrong: "law = { classes = 12, attendances = 340, women = 350 }",
            right: "law = { classes = 12, attendances = 640, women = 350 }",
        },
        tests: &[Test::Visit(part_above_total)],
    },
    Rule {
        code: Code {
            name: "people-above-attendances",
            severity: Error,
            title: t("Số người lớn hơn lượt người", "More people than attendances"),
            why: t(
                "Mỗi người đến học là ít nhất một lượt, nên số người không thể lớn hơn số lượt.",
                "Everybody who came is at least one attendance, so there are never more people than attendances.",
            ),
            wrong: "health = { classes = 5, attendances = 210, people = 260 }",
            right: "health = { classes = 5, attendances = 210, people = 160 }",
        },
        tests: &[Test::Visit(people_above_attendances)],
    },
    Rule {
        code: Code {
            name: "attendances-without-classes",
            severity: Error,
            title: t("Có lượt người mà không có lớp", "Attendances without classes"),
            why: t(
                "Không mở lớp, chuyên đề nào thì không có lượt người học. Không biết số lớp thì bỏ trống, đừng ghi 0.",
                "Where no class was held nobody attended one. Where the number is not known, leave it out; do not write 0.",
            ),
            wrong: "law = { classes = 0, attendances = 640 }",
            right: "law = { classes = 12, attendances = 640 }",
        },
        tests: &[Test::Visit(attendances_without_classes)],
    },
    Rule {
        code: Code {
            name: "classes-without-attendances",
            severity: Warning,
            title: t("Có lớp mà không có lượt người", "Classes without attendances"),
            why: t(
                "Lớp nào cũng có người học; không biết số lượt thì bỏ trống, đừng ghi 0.",
                "Every class has learners; where the number is not known, leave it out; do not write 0.",
            ),
            wrong: "law = { classes = 12, attendances = 0 }",
            right: "law = { classes = 12 }",
        },
        tests: &[Test::Visit(classes_without_attendances)],
    },
    Rule {
        code: Code {
            name: "implausible-activity",
            severity: Warning,
            title: t("Số liệu hoạt động khó tin", "Unlikely figures of activity"),
            why: t(
                "Báo cáo các tỉnh có 35 đến 101 lượt mỗi lớp, 9 đến 68 lớp mỗi năm; dưới 5 hoặc trên 300 lượt mỗi lớp, trên \
                 120 lớp, trên 200 giờ mỗi lớp, hay lượt người gấp đôi dân số thường là thừa hoặc thiếu chữ số.",
                "Provinces report 35 to 101 attendances a class and 9 to 68 classes a year; below 5 or above 300 a class, over 120 \
                 classes, over 200 hours a class or attendances of twice the population mostly have a digit too many or too few.",
            ),
            wrong: "law = { classes = 12, attendances = 6400 }",
            right: "law = { classes = 12, attendances = 640 }",
        },
        tests: &[Test::Visit(implausible_activity)],
    },
    Rule {
        code: Code {
            name: "no-activity",
            severity: Warning,
            title: t("Trung tâm không hoạt động trong 12 tháng", "No activity for twelve months"),
            why: t(
                "Trung tâm không hoạt động 12 tháng liên tục thì thuộc diện bị đình chỉ (Nghị định 46/2017/NĐ-CP, Điều 44).",
                "A centre without activity for 12 months on end is to be suspended (46/2017/NĐ-CP, article 44).",
            ),
            wrong: "law = { classes = 0 }   # lĩnh vực duy nhất / the only field",
            right: "law = { classes = 12, attendances = 640 }",
        },
        tests: &[Test::Visit(no_activity)],
    },
];

/// A figure of a field of activity that cannot be above its attendances.
type Part = (&'static str, Text, fn(&Learning) -> Option<i64>);

const PARTS: [Part; 4] = [
    ("women", t("nữ", "women"), |field| field.women),
    ("ethnic_minority", t("dân tộc thiểu số", "ethnic minorities"), |field| field.ethnic_minority),
    ("disabled", t("người khuyết tật", "people with disabilities"), |field| field.disabled),
    ("aged_60", t("người từ 60 tuổi", "people aged 60 and over"), |field| field.aged_60),
];

/// The parts of a field above its attendances, with their values and the attendances.
fn above(field: &Learning) -> impl Iterator<Item = (&'static str, Text, i64, i64)> {
    PARTS.iter().filter_map(|(key, label, part)| {
        let (part, total) = (part(field)?, field.attendances?);
        (part > total).then_some((*key, *label, part, total))
    })
}

fn people_above(field: &Learning) -> bool {
    matches!((field.people, field.attendances), (Some(people), Some(total)) if people > total)
}

/// True where several figures are above the attendances, so that the attendances are what is wrong.
fn attendances_too_small(field: &Learning) -> bool {
    let lost = field.attendances == Some(0) && field.classes.is_some_and(|classes| classes > 0);
    let above = above(field).count();
    above > 0 && (lost || above + usize::from(people_above(field)) > 1)
}

fn attends_nothing(field: &Learning) -> bool {
    field.classes == Some(0) && field.attendances.is_some_and(|attendances| attendances > 0)
}

/// True where an error is found in a field, so that nothing else is made of it.
pub fn broken(field: &Learning) -> bool {
    above(field).next().is_some() || people_above(field) || attends_nothing(field)
}

/// The sum of a figure over all fields that report it.
pub fn sum(activity: &Activity, figure: fn(&Learning) -> Option<i64>) -> Option<i64> {
    activity.field.values().filter_map(figure).reduce(i64::saturating_add)
}

fn fields(visit: &Record<Visit>) -> impl Iterator<Item = &(String, Learning)> {
    visit.body.activity.iter().flat_map(|activity| &activity.field)
}

fn part_above_total(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (word, field) in fields(visit) {
        let whole = attendances_too_small(field);
        for (key, Text { vi, en }, part, total) in above(field).take(if whole { 1 } else { PARTS.len() }) {
            let help = if whole {
                say!("sửa tổng lượt người (attendances)", "correct the attendances")
            } else {
                say!(
                    "{vi} không quá {total}, hoặc sửa tổng lượt người",
                    "{en} are at most {total}, or correct the attendances"
                )
            };
            report.at(
                format!("activity.field.{word}.{}", if whole { "attendances" } else { key }),
                say!(
                    "{vi} {part} lớn hơn tổng lượt người {total}",
                    "{part} {en} are more than the {total} attendances"
                ),
                help,
            );
        }
    }
}

fn people_above_attendances(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (word, field) in
        fields(visit).filter(|(_, field)| people_above(field) && !attendances_too_small(field))
    {
        let (Some(people), Some(total)) = (field.people, field.attendances) else { continue };
        report.at(
            format!("activity.field.{word}.people"),
            say!(
                "số người {people} lớn hơn lượt người {total}",
                "{people} people are more than the {total} attendances"
            ),
            say!(
                "mỗi người là ít nhất một lượt; xem có ghi nhầm hai số cho nhau không",
                "everybody is at least one attendance; see whether the two were swapped"
            ),
        );
    }
}

fn attendances_without_classes(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (word, field) in fields(visit).filter(|(_, field)| attends_nothing(field)) {
        let Some(attendances) = field.attendances else { continue };
        report.at(
            format!("activity.field.{word}.classes"),
            say!("{attendances} lượt người mà số lớp là 0", "{attendances} attendances, but 0 classes"),
            say!(
                "ghi số lớp, chuyên đề; không rõ thì bỏ classes",
                "write the number of classes, or leave classes out if it is not known"
            ),
        );
    }
}

fn classes_without_attendances(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (word, field) in fields(visit).filter(|(_, field)| field.attendances == Some(0) && !broken(field)) {
        let Some(classes) = field.classes.filter(|classes| *classes > 0) else { continue };
        report.at(
            format!("activity.field.{word}.attendances"),
            say!("{classes} lớp mà lượt người là 0", "{classes} classes, but 0 attendances"),
            say!(
                "ghi số lượt người; không rõ thì bỏ attendances",
                "write the attendances, or leave attendances out if they are not known"
            ),
        );
    }
}

/// One unlikely figure of a field: its key and what is said.
fn unlikely(field: &Learning) -> Option<(&'static str, Said)> {
    let classes = field.classes.filter(|classes| *classes > 0 && !broken(field))?;
    let attendances = field.attendances.filter(|attendances| *attendances > 0);
    if let Some(attendances) = attendances.filter(|n| *n > classes * 300 || *n < classes * 5) {
        let Said { vi, en } = decimal((attendances as f64 * 10.0 / classes as f64).round() / 10.0);
        let key = if attendances < classes && classes > 120 { "classes" } else { "attendances" };
        let said = say!(
            "{attendances} lượt người cho {classes} lớp, tức {vi} lượt mỗi lớp",
            "{attendances} attendances in {classes} classes, which is {en} a class"
        );
        return Some((key, said));
    }
    let hours = field.hours.filter(|hours| *hours > classes as f64 * 200.0)?;
    Some((
        "hours",
        say!(
            "{hours} giờ cho {classes} lớp, trên 200 giờ mỗi lớp",
            "{hours} hours in {classes} classes, more than 200 a class"
        ),
    ))
}

/// True where a field has an unlikely figure of its own.
pub fn is_unlikely(field: &Learning) -> bool {
    unlikely(field).is_some()
}

/// Totals are asked only where every field passes by itself.
fn implausible_activity(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(activity) = &visit.body.activity else { return };
    let help = || {
        say!(
            "xem lại số liệu: thường là thừa hoặc thiếu chữ số",
            "look at the figures again: mostly a digit too many or too few"
        )
    };
    let mut alone = true;
    for (word, field) in &activity.field {
        alone &= !broken(field);
        if let Some((key, said)) = unlikely(field) {
            report.at(format!("activity.field.{word}.{key}"), said, help());
            alone = false;
        }
    }
    let largest = |figure: fn(&Learning) -> Option<i64>, key: &str| {
        let word = activity.field.iter().max_by_key(|(_, field)| figure(field)).map(|(word, _)| word);
        word.map_or("activity.field".to_owned(), |word| format!("activity.field.{word}.{key}"))
    };
    if !alone {
        return;
    }
    if let Some(classes) = sum(activity, |field| field.classes).filter(|classes| *classes > 120) {
        let said =
            say!("tổng cộng {classes} lớp, trên 120 lớp một kỳ", "{classes} classes in all, more than 120");
        return report.at(largest(|field| field.classes, "classes"), said, help());
    }
    let population = visit.body.context.population.filter(|population| {
        let doubt = promotion::members_broken(&visit.body) || change::population_leapt(cx, history, visit);
        *population > 0 && !doubt
    });
    if let (Some(attendances), Some(population)) = (sum(activity, |field| field.attendances), population)
        && attendances > population.saturating_mul(2)
    {
        let said = say!(
            "tổng cộng {attendances} lượt người, trên hai lần dân số {population}",
            "{attendances} attendances in all, more than twice the population of {population}"
        );
        report.at(largest(|field| field.attendances, "attendances"), said, help());
    }
}

/// Asked of the latest visit, where a period of a year at least is reported with no class and no learner at all.
fn no_activity(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(activity) = visit.body.activity.as_ref().filter(|_| visit.sound) else { return };
    let latest = history.visits.last().is_some_and(|last| last.id == visit.id);
    let active = history
        .centre
        .as_ref()
        .zip(visit.body.date)
        .is_some_and(|(centre, date)| centre.body.active_on(date));
    let year = activity.period.is_some_and(|period| match period {
        Period::SchoolYear(_) | Period::Year(_) => true,
        Period::Days(first, last) => first.plus_months(12).before() <= last,
    });
    let none = |field: &Learning| field.classes == Some(0) && field.attendances.unwrap_or(0) == 0;
    let idle = !activity.field.is_empty() && activity.field.values().all(none);
    if latest && active && year && idle && cx.today >= visit.body.date.unwrap_or(cx.today) {
        let period = activity.period.map(Period::said).unwrap_or_default();
        let (vi, en) = (period.vi, period.en);
        report.at(
            "activity.field",
            say!("{vi}: không mở lớp nào", "{en}: no class at all"),
            say!(
                "nếu đúng vậy, kiến nghị đình chỉ hoặc củng cố; không có số liệu thì bỏ trống, đừng ghi 0",
                "if so, recommend to suspend or to strengthen it; where figures are missing, leave them out and do not write 0"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_too_large_is_the_part_and_several_are_the_total() {
        let field = Learning { attendances: Some(340), women: Some(350), ..Learning::default() };
        assert!(broken(&field) && !attendances_too_small(&field));
        let field = Learning { people: Some(345), ..field };
        assert!(attendances_too_small(&field));
        let field = Learning { attendances: Some(640), ..field };
        assert!(!broken(&field));
    }

    #[test]
    fn only_what_no_centre_reports_is_unlikely() {
        let field = |classes, attendances| Learning {
            classes: Some(classes),
            attendances: Some(attendances),
            ..Learning::default()
        };
        for (classes, attendances) in [(12, 640), (68, 6_850), (9, 300), (1, 300), (1, 5), (3, 0), (0, 0)] {
            assert!(!is_unlikely(&field(classes, attendances)), "{classes} {attendances}");
        }
        assert_eq!(unlikely(&field(12, 6_400)).unwrap().0, "attendances");
        assert_eq!(unlikely(&field(1_200, 640)).unwrap().0, "classes");
        assert!(!is_unlikely(&Learning { women: Some(9_000), ..field(12, 6_400) }), "an error goes first");
        let long = Learning { hours: Some(2_500.0), ..field(12, 640) };
        assert_eq!(unlikely(&long).unwrap().0, "hours");
    }
}
