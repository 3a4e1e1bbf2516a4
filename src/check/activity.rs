//! Rules for what a centre taught: people within their attendances, learners only where there are classes, likely sizes.

use super::doubt::{self, Excess, Line, Unlikely};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::{Activity, Learning};
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::text::{Said, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "people-above-attendances",
            severity: Error,
            title: t("Số người lớn hơn lượt người", "More people than attendances"),
            why: t(
                "Mỗi người đến học là ít nhất một lượt, nên số người không thể lớn hơn số lượt.",
                "Each person who came is at least one attendance, so there are never more people than attendances.",
            ),
            wrong: "health = { classes = 5, attendances = 210, people = 260 }",
            right: "health = { classes = 5, attendances = 210, people = 160 }",
        },
        tests: &[Test::Figures(people_above_attendances)],
    },
    Rule {
        code: Code {
            name: "attendances-without-classes",
            severity: Error,
            title: t("Có lượt người mà không có lớp", "Attendances without classes"),
            why: t(
                "Không mở lớp, chuyên đề nào thì không có lượt người học. Không biết số lớp thì bỏ trống, đừng ghi 0.",
                "Without a class there are no attendances. If the number of classes is not known, leave it out; do not write 0.",
            ),
            wrong: "law = { classes = 0, attendances = 640 }",
            right: "law = { classes = 12, attendances = 640 }",
        },
        tests: &[Test::Figures(attendances_without_classes)],
    },
    Rule {
        code: Code {
            name: "classes-without-attendances",
            severity: Warning,
            title: t("Có lớp mà không có lượt người", "Classes without attendances"),
            why: t(
                "Lớp nào cũng có người học; không biết số lượt thì bỏ trống, đừng ghi 0.",
                "Every class has learners; if their number is not known, leave it out; do not write 0.",
            ),
            wrong: "law = { classes = 12, attendances = 0 }",
            right: "law = { classes = 12 }",
        },
        tests: &[Test::Figures(classes_without_attendances)],
    },
    Rule {
        code: Code {
            name: "implausible-activity",
            severity: Warning,
            title: t("Số liệu hoạt động bất thường", "Unlikely figures of activity"),
            why: t(
                "Báo cáo các tỉnh có 35 đến 101 lượt mỗi lớp, 9 đến 68 lớp mỗi năm; dưới 5 hoặc trên 300 lượt mỗi lớp, trên \
                 120 lớp, trên 200 giờ mỗi lớp, hay lượt người gấp đôi dân số thường là thừa hoặc thiếu chữ số.",
                "Provinces report 35 to 101 attendances a class and 9 to 68 classes a year; with fewer than 5 or more than 300 a class, \
                 over 120 classes, over 200 hours a class or attendances of twice the population, there is usually a digit too \
                 many or too few.",
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
                "A centre without activity for 12 consecutive months is to be suspended (46/2017/NĐ-CP, article 44).",
            ),
            wrong: "law = { classes = 0 }   # lĩnh vực duy nhất / the only field",
            right: "law = { classes = 12, attendances = 640 }",
        },
        tests: &[Test::Visit(no_activity)],
    },
];

fn people_above_attendances(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for line in doubt::lines(&visit.body).filter(|line| !doubt::attendances_too_small(line.figures)) {
        let Some(Excess { part, whole }) = doubt::people_above(line.figures) else { continue };
        report.at(
            line.key("people"),
            say!(
                "số người học {part} lớn hơn số lượt người {whole}",
                "{part} people are more than the {whole} attendances",
                [part, whole]
            ),
            say!(
                "mỗi người là ít nhất một lượt; xem có ghi nhầm hai số cho nhau không",
                "each person is at least one attendance; check whether the two were swapped"
            ),
        );
    }
}

fn attendances_without_classes(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for line in doubt::lines(&visit.body).filter(|line| doubt::attends_nothing(line.figures)) {
        let Some(attendances) = line.figures.attendances else { continue };
        report.at(
            line.key("classes"),
            say!(
                "có {attendances} lượt người mà số lớp, chuyên đề là 0",
                "{attendances} attendances, but 0 classes",
                [attendances]
            ),
            say!(
                "nhập số lớp, chuyên đề; không rõ thì để trống (classes)",
                "give the number of classes, or leave it out if it is not known (classes)"
            ),
        );
    }
}

fn classes_without_attendances(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let empty = |field: &Learning| field.attendances == Some(0) && !doubt::field_broken(field);
    for line in doubt::lines(&visit.body).filter(|line| empty(line.figures)) {
        let Some(classes) = line.figures.classes.filter(|classes| *classes > 0) else { continue };
        report.at(
            line.key("attendances"),
            say!(
                "có {classes} lớp, chuyên đề mà lượt người là 0",
                "{classes} classes, but 0 attendances",
                [classes]
            ),
            say!(
                "nhập số lượt người; không rõ thì để trống (attendances)",
                "give the attendances, or leave them out if they are not known (attendances)"
            ),
        );
    }
}

/// Totals are checked only if every field passes by itself.
fn implausible_activity(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(activity) = &visit.body.activity else { return };
    let mut alone = true;
    for line in doubt::lines_of(activity) {
        let unlikely = doubt::unlikely(line.figures).filter(|_| alone || line.field.is_some());
        alone &= !doubt::field_broken(line.figures) && unlikely.is_none();
        if let Some(unlikely) = unlikely {
            implausible_line(&line, unlikely, report);
        }
    }
    if alone && !too_many_classes(activity, report) {
        let population = visit.body.context.population.filter(|population| *population > 0);
        let doubtful = || doubt::members_broken(&visit.body) || doubt::population_leapt(cx, history, visit);
        if let Some(population) = population.filter(|_| !doubtful()) {
            too_many_attendances(activity, population, report);
        }
    }
}

fn digits() -> Said {
    say!(
        "xem lại số liệu: thường là thừa hoặc thiếu chữ số",
        "check the figures; usually there is a digit too many or too few"
    )
}

/// The most classes that a centre reports for a period.
const CLASSES: i64 = 120;

fn implausible_line(line: &Line, unlikely: Unlikely, report: &mut Report) {
    let (key, message) = match unlikely {
        Unlikely::Attendances(attendances, classes) => {
            let average = (attendances as f64 * 10.0 / classes as f64).round() / 10.0;
            let key = if attendances < classes && classes > CLASSES { "classes" } else { "attendances" };
            let message = say!(
                "{attendances} lượt người cho {classes} lớp, tức {average} lượt mỗi lớp",
                "{attendances} attendances in {classes} classes, which is {average} a class",
                [attendances, classes, average]
            );
            (key, message)
        }
        Unlikely::Hours(hours, classes) => {
            let message = say!(
                "{hours} giờ cho {classes} lớp, trên 200 giờ mỗi lớp",
                "{hours} hours in {classes} classes, more than 200 a class",
                [hours, classes]
            );
            ("hours", message)
        }
    };
    report.at(line.key(key), message, digits());
}

/// The key path of a figure in the line that has most of it: the total, if there is one.
fn largest(activity: &Activity, key: &str, figure: fn(&Learning) -> Option<i64>) -> String {
    let most = doubt::lines_of(activity).max_by_key(|line| figure(line.figures));
    most.map_or("activity".to_owned(), |line| line.key(key))
}

fn too_many_classes(activity: &Activity, report: &mut Report) -> bool {
    let Some(classes) = activity.in_all(|field| field.classes).filter(|classes| *classes > CLASSES) else {
        return false;
    };
    report.at(
        largest(activity, "classes", |field| field.classes),
        say!(
            "tổng cộng {classes} lớp, trên 120 lớp một kỳ",
            "{classes} classes in all, more than 120",
            [classes]
        ),
        digits(),
    );
    true
}

fn too_many_attendances(activity: &Activity, population: i64, report: &mut Report) {
    let Some(attendances) = activity.in_all(|field| field.attendances) else { return };
    if attendances > population.saturating_mul(2) {
        report.at(
            largest(activity, "attendances", |field| field.attendances),
            say!(
                "tổng cộng {attendances} lượt người, trên hai lần dân số {population}",
                "{attendances} attendances in all, more than twice the population of {population}",
                [attendances, population]
            ),
            digits(),
        );
    }
}

/// Asked of the latest visit, if it reports a period of at least a year with no class and no learner at all.
fn no_activity(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(activity) = visit.body.activity.as_ref().filter(|_| visit.sound) else { return };
    let (Some(period), Some(date)) = (activity.period, visit.body.date) else { return };
    let latest = history.visits.last().is_some_and(|last| last.id == visit.id);
    let active = history.centre.as_ref().is_some_and(|centre| centre.body.active_on(date));
    let year = match period {
        Period::SchoolYear(_) | Period::Year(_) => true,
        Period::Half(..) | Period::Quarter(..) => false,
        Period::Days(first, last) => first.plus_months(12).before() <= last,
    };
    let none = |field: &Learning| field.classes == Some(0) && field.attendances.unwrap_or(0) == 0;
    let mut told = doubt::lines_of(activity).filter(|line| *line.figures != Learning::default()).peekable();
    let idle = told.peek().is_some() && told.all(|line| none(line.figures));
    if latest && active && year && idle && date <= cx.today {
        report.at(
            if activity.field.is_empty() { "activity.total" } else { "activity.field" },
            say!("{period}: không mở lớp nào", "{period}: no class at all", [period = period.said()]),
            say!(
                "nếu đúng vậy, kiến nghị đình chỉ hoặc củng cố; không có số liệu thì bỏ trống, đừng ghi 0",
                "if so, recommend suspending or strengthening the centre; leave out figures that are missing, do not write 0"
            ),
        );
    }
}
