//! Rules for the day of a visit: not in the future, within its campaign, on a working day, once in a campaign.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::centre::Centre;
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::statement::Statement;
use crate::model::text::t;
use crate::model::visit::{Visit, VisitKind};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "date-in-future",
            severity: Error,
            title: t("Ngày chưa đến", "A date in the future"),
            why: t(
                "Sổ chỉ ghi việc đã xảy ra; ngày sau hôm nay thường do gõ nhầm năm.",
                "The register holds what has happened; a date after today is usually a slip in the year.",
            ),
            wrong: "date = 2061-10-27",
            right: "date = 2016-10-27",
        },
        tests: &[
            Test::Statement(date_in_future_of_statement),
            Test::Centre(date_in_future_of_centre),
            Test::Visit(date_in_future),
        ],
    },
    Rule {
        code: Code {
            name: "visit-outside-campaign",
            severity: Error,
            title: t("Ngày kiểm tra ngoài thời gian của đợt", "A visit outside its campaign"),
            why: t(
                "Kế hoạch quy định từ ngày nào đến ngày nào; kiểm tra vào ngày khác thì phải có lý do.",
                "The plan sets the first and the last day; a visit on another day needs a reason.",
            ),
            wrong: "date = 2016-12-27   # đợt 25/10 đến 15/11/2016 / window 2016-10-25 to 2016-11-15",
            right: "date = 2016-12-27\noutside_window_reason = \"Hoãn do mưa lũ\"",
        },
        tests: &[Test::Visit(visit_outside_campaign)],
    },
    Rule {
        code: Code {
            name: "weekend-visit",
            severity: Warning,
            title: t("Kiểm tra vào thứ Bảy, Chủ nhật", "A visit on a weekend"),
            why: t(
                "Đoàn làm việc với UBND vào ngày làm việc; ngày nghỉ thường do ghi nhầm.",
                "Teams meet the People's Committee on working days; a weekend is usually a slip.",
            ),
            wrong: "date = 2016-10-29   # thứ Bảy / Saturday",
            right: "date = 2016-10-27   # thứ Năm / Thursday",
        },
        tests: &[Test::Visit(weekend_visit)],
    },
    Rule {
        code: Code {
            name: "second-visit-in-campaign",
            severity: Error,
            title: t("Kiểm tra hai lần trong một đợt", "A second visit in one campaign"),
            why: t(
                "Mỗi trung tâm được kiểm tra (hay tự kiểm tra) một lần trong đợt; lần thứ hai là kiểm tra lại, phải ghi rõ lại \
                 lần kiểm tra nào.",
                "A campaign visits a centre once, and the centre checks itself once; a second visit is a follow-up, and says of which visit.",
            ),
            wrong: "campaign = \"2016-2017\"   # đã có 2016-10-27-yen-thanh / there is 2016-10-27-yen-thanh",
            right: "campaign = \"2016-2017\"\nfollow_up_of = \"2016-10-27-yen-thanh\"",
        },
        tests: &[Test::Visit(second_visit_in_campaign)],
    },
    Rule {
        code: Code {
            name: "follow-up-of-unknown",
            severity: Error,
            title: t(
                "Kiểm tra lại của một lần kiểm tra không có trong sổ",
                "A follow-up of an unknown visit",
            ),
            why: t(
                "Lần kiểm tra lại phải ứng với một lần kiểm tra trước của cùng trung tâm, trong cùng đợt.",
                "A follow-up looks again at an earlier visit to the same centre in the same campaign.",
            ),
            wrong: "follow_up_of = \"2016-10-28-yen-thanh\"",
            right: "follow_up_of = \"2016-10-27-yen-thanh\"",
        },
        tests: &[Test::Visit(follow_up_of_unknown)],
    },
];

fn date_in_future_of_centre(cx: &Cx, centre: &Record<Centre>, report: &mut Report) {
    future(cx, centre.body.founded().map(Date::first), "founded.date", report);
}

/// A statement may be about a year that has begun: a plan, or figures so far.
fn date_in_future_of_statement(cx: &Cx, statement: &Record<Statement>, report: &mut Report) {
    let first = statement.body.period.map(|period| *period.days(cx.register.year_start()).start());
    future(cx, first, "period", report);
    future(cx, statement.body.context.as_of, "context.as_of", report);
}

/// If the date of the visit itself is in the future, the days that depend on it are not checked.
fn date_in_future(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let body = &visit.body;
    if future(cx, body.date, "date", report) {
        return;
    }
    future(cx, body.context.as_of, "context.as_of", report);
    for (scheme, rating) in &body.rating {
        let decided = rating.decision.as_ref().and_then(|decision| decision.date).map(Date::first);
        future(cx, decided, &format!("rating.{scheme}.decision.date"), report);
    }
    future(cx, body.minutes.as_ref().and_then(|minutes| minutes.date), "minutes.date", report);
    for (at, photo) in body.photo.iter().enumerate().filter(|(_, photo)| photo.taken > Some(cx.today)) {
        future(cx, photo.taken, &format!("photo[{at}].taken"), report);
    }
}

fn future(cx: &Cx, day: Option<Day>, key: &str, report: &mut Report) -> bool {
    let Some(day) = day.filter(|day| *day > cx.today) else { return false };
    report.at(
        key,
        say!(
            "ngày {day} chưa đến (hôm nay là {today})",
            "{day} is in the future (today is {today})",
            [day, today = cx.today]
        ),
        say!("xem lại ngày, nhất là năm", "check the date, especially the year"),
    );
    true
}

fn visit_outside_campaign(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date.filter(|date| *date <= cx.today) else { return };
    if let Some(window) = doubt::missed_window(cx, &visit.body) {
        report.at(
            "date",
            say!(
                "ngày {date} nằm ngoài thời gian của đợt, {starts} đến {ends}",
                "{date} lies outside the campaign, {starts} to {ends}",
                [date, starts = window.start(), ends = window.end()]
            ),
            say!(
                "sửa ngày, hoặc ghi “Lý do kiểm tra ngoài kế hoạch” (outside_window_reason)",
                "correct the date, or give the reason (outside_window_reason)"
            ),
        );
    }
}

fn weekend_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date.filter(|date| date.is_weekend()) else { return };
    if visit.body.is_inspection() && !doubt::date(cx, history, visit) {
        report.at(
            "date",
            say!("ngày {date} là thứ Bảy hoặc Chủ nhật", "{date} is a Saturday or Sunday", [date]),
            say!("xem lại ngày trên biên bản", "check the date on the minutes"),
        );
    }
}

fn second_visit_in_campaign(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(campaign) = visit.body.campaign.as_ref().filter(|_| visit.sound) else { return };
    let kind = visit.body.kind();
    let same = |other: &&Record<Visit>| {
        other.body.campaign.as_ref() == Some(campaign)
            && other.body.kind() == kind
            && kind != VisitKind::Report
    };
    let first = history.before(visit).filter(same).last();
    if let Some(first) = first
        && visit.body.follow_up_of.is_none()
    {
        let first = &first.id;
        report.at(
            "campaign",
            say!(
                "trung tâm đã được kiểm tra trong đợt “{campaign}”: {first}",
                "the centre was already visited in the campaign “{campaign}”: {first}",
                [campaign, first]
            ),
            say!(
                "nếu là kiểm tra lại thì ghi “Kiểm tra lại lần trước”: {first} (follow_up_of = \"{first}\")",
                "if this is a follow-up, say of which visit: {first} (follow_up_of = \"{first}\")",
                [first]
            ),
        );
    }
}

fn follow_up_of_unknown(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(of) = visit.body.follow_up_of.as_ref().filter(|of| !history.may_hold(of)) else { return };
    let earlier = history.before(visit).find(|other| other.goes_by(of));
    let same =
        |other: &Record<Visit>| !other.sound || !visit.sound || other.body.campaign == visit.body.campaign;
    let message = match earlier {
        Some(other) if same(other) => return,
        Some(_) => {
            say!("lần kiểm tra “{of}” thuộc đợt khác", "the visit “{of}” belongs to another campaign", [of])
        }
        None => say!(
            "trung tâm này không có lần kiểm tra trước nào là “{of}”",
            "this centre has no earlier visit “{of}”",
            [of]
        ),
    };
    let near = history.before(visit).find(|other| same(other));
    let help = match near.map(|near| &near.id) {
        Some(near) => say!(
            "ghi {near} ở “Kiểm tra lại lần trước” (follow_up_of)",
            "give {near} under “Follow-up of” (follow_up_of)",
            [near]
        ),
        None => say!(
            "nếu đây là lần đầu thì bỏ “Kiểm tra lại lần trước” (follow_up_of)",
            "if this is the first visit, leave “Follow-up of” empty (follow_up_of)"
        ),
    };
    report.at("follow_up_of", message, help);
}
