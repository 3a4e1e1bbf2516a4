//! Rules for campaigns: the plan, its window, and whether every centre was visited.

use super::doubt::{self, Stray};
use super::{Cx, Report, Rule, Test};
use crate::model::campaign::{Campaign, Mode};
use crate::model::centre::Centre;
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::{Visit, VisitKind};
use crate::say;
use std::ops::RangeInclusive;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "campaign-window-reversed",
            severity: Error,
            title: t("Đợt kiểm tra kết thúc trước khi bắt đầu", "A campaign that ends before it starts"),
            why: t(
                "Thời gian như vậy không có ngày nào để kiểm tra.",
                "No visit can fall inside such a window.",
            ),
            wrong: "starts = 2016-10-25\nends = 2016-10-15",
            right: "starts = 2016-10-25\nends = 2016-11-15",
        },
        tests: &[Test::Campaign(campaign_window_reversed)],
    },
    Rule {
        code: Code {
            name: "campaign-outside-school-year",
            severity: Error,
            title: t("Thời gian kiểm tra ngoài năm học đã ghi", "A campaign outside its school year"),
            why: t(
                "Năm học của đợt phải là năm học mà đoàn đi kiểm tra; bảng tổng hợp theo năm học dựa vào đó.",
                "The school year of a campaign is the one in which its visits are made; tables by year rely on it.",
            ),
            wrong: "school_year = \"2016-2017\"\nstarts = 2015-10-25",
            right: "school_year = \"2016-2017\"\nstarts = 2016-10-25",
        },
        tests: &[Test::Campaign(campaign_outside_school_year)],
    },
    Rule {
        code: Code {
            name: "plan-after-start",
            severity: Error,
            title: t(
                "Kế hoạch ban hành sau ngày bắt đầu kiểm tra",
                "A plan dated after the campaign's start",
            ),
            why: t(
                "Kế hoạch được ban hành trước khi đoàn đi kiểm tra; ngày muộn hơn thường là ghi nhầm.",
                "A plan is issued before the team sets out; a later date is a slip.",
            ),
            wrong: "plan = { number = \"1009/KH-PGDĐT\", date = 2017-10-06 }   # starts = 2016-10-25",
            right: "plan = { number = \"1009/KH-PGDĐT\", date = 2016-10-06 }   # starts = 2016-10-25",
        },
        tests: &[Test::Campaign(plan_after_start)],
    },
    Rule {
        code: Code {
            name: "campaign-centre-not-visited",
            severity: Warning,
            title: t("Trung tâm trong kế hoạch chưa được kiểm tra", "A planned centre that was not visited"),
            why: t(
                "Đợt kiểm tra đã kết thúc mà trung tâm chưa có lần kiểm tra nào; báo cáo của đợt sẽ thiếu trung tâm này.",
                "The campaign is over and there is no visit to the centre; it will be missing from the report of the campaign.",
            ),
            wrong: "centres = [\"yen-thanh\", \"nam-khe\"]   # không có tệp của nam-khe / no file for nam-khe",
            right: "[[not_visited]]\ncentre = \"nam-khe\"\nreason = \"Hoãn do mưa lũ\"",
        },
        tests: &[Test::History(campaign_centre_not_visited)],
    },
    Rule {
        code: Code {
            name: "visited-after-all",
            severity: Warning,
            title: t("Ghi là không kiểm tra mà lại có kiểm tra", "Said not to be visited, and visited"),
            why: t(
                "Trung tâm có lý do không kiểm tra mà vẫn có lần kiểm tra trong đợt thì một trong hai là nhầm.",
                "Where a reason is given for not visiting a centre and the campaign has a visit to it, one of the two is wrong.",
            ),
            wrong: "[[not_visited]]\ncentre = \"yen-thanh\"   # có 2016-10-27-yen-thanh / there is 2016-10-27-yen-thanh",
            right: "[[not_visited]]\ncentre = \"nam-khe\"",
        },
        tests: &[Test::History(visited_after_all)],
    },
    Rule {
        code: Code {
            name: "kind-outside-mode",
            severity: Warning,
            title: t("Loại văn bản khác hình thức của đợt", "A paper of another kind than its campaign"),
            why: t(
                "Đợt do đoàn kiểm tra, do xã tự kiểm tra, hay cả hai (joint); bảng tiến độ đếm theo đó.",
                "In a campaign a team inspects, communes check themselves, or both (joint); the table of progress counts by that.",
            ),
            wrong: "kind = \"self_check\"   # đợt không ghi mode / the campaign has no mode",
            right: "mode = \"joint\"   # trong tệp của đợt / in the file of the campaign",
        },
        tests: &[Test::Visit(kind_outside_mode)],
    },
];

fn campaign_window_reversed(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    let Campaign { starts: Some(starts), ends: Some(ends), .. } = campaign.body else { return };
    if ends < starts {
        let wrong = if doubt::stray(cx, &campaign.body) == Some(Stray::Start) { "starts" } else { "ends" };
        report.at(
            wrong,
            say!(
                "đợt kiểm tra kết thúc ngày {ends}, trước ngày bắt đầu {starts}",
                "the campaign ends on {ends}, before it starts on {starts}",
                [ends, starts]
            ),
            say!(
                "nhập “Từ ngày”, “Đến ngày” đúng như kế hoạch (starts, ends)",
                "give the first and the last day as in the plan (starts, ends)"
            ),
        );
    }
}

fn campaign_outside_school_year(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    let body = &campaign.body;
    let (Some(stray), Some(year), Some(starts), Some(ends)) =
        (doubt::stray(cx, body), body.school_year, body.starts, body.ends)
    else {
        return;
    };
    if starts <= ends {
        let key = match stray {
            Stray::Both => "school_year",
            Stray::Start => "starts",
            Stray::End => "ends",
        };
        report.at(
            key,
            say!(
                "thời gian kiểm tra {starts} đến {ends} nằm ngoài {year}",
                "the window, {starts} to {ends}, lies outside the {year}",
                [starts, ends, year = year.said()]
            ),
            say!(
                "sửa năm học, hoặc “Từ ngày”, “Đến ngày” (starts, ends)",
                "correct the school year, or the first and the last day (starts, ends)"
            ),
        );
    }
}

fn plan_after_start(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    if let Some(window) = doubt::window(cx, &campaign.body)
        && let Some(plan) = campaign.body.plan.as_ref().and_then(|plan| plan.date)
        && plan.first() > *window.start()
    {
        report.at(
            "plan.date",
            say!(
                "kế hoạch ban hành {plan}, sau ngày bắt đầu kiểm tra {starts}",
                "the plan was issued {plan}, after the start of the campaign on {starts}",
                [plan = plan.said(), starts = window.start()]
            ),
            say!("nhập ngày ban hành ghi trên kế hoạch", "give the date on the plan"),
        );
    }
}

/// Asked for each centre, since its visits are at hand there.
fn campaign_centre_not_visited(cx: &Cx, history: &History, report: &mut Report) {
    for campaign in cx.register.campaigns.values() {
        let window = doubt::window(cx, &campaign.body).filter(|window| *window.end() < cx.today);
        let Some(window) = window else { continue };
        let excused = campaign.body.not_visited.iter().any(|row| row.centre == history.id);
        if excused || !is_planned(campaign, &window, history) || may_have_visited(campaign, history) {
            continue;
        }
        let listed = campaign.body.centres.iter().position(|id| *id == history.id);
        let key = listed.filter(|_| campaign.sound).map_or("ends".to_owned(), |at| format!("centres[{at}]"));
        report.at_file(
            campaign.file.to_string(),
            key,
            say!(
                "đợt đã kết thúc ngày {ends} mà trung tâm “{centre}” chưa được kiểm tra",
                "the campaign ended on {ends} and the centre “{centre}” was not visited",
                [ends = window.end(), centre = history.id]
            ),
            say!(
                "ghi lần kiểm tra ấy vào đợt (campaign = \"{campaign}\"), hoặc ghi lý do ở “Trung tâm không kiểm tra” \
                 ([[not_visited]] centre = \"{centre}\")",
                "record the visit in the campaign (campaign = \"{campaign}\"), or the reason under “Centres not visited” \
                 ([[not_visited]] centre = \"{centre}\")",
                [campaign = campaign.id, centre = history.id]
            ),
        );
    }
}

fn visited_after_all(cx: &Cx, history: &History, report: &mut Report) {
    for campaign in cx.register.campaigns.values() {
        let rows = campaign.body.not_visited.iter().enumerate();
        let excused = rows.filter(|(_, row)| row.centre == history.id).map(|(at, _)| at).next();
        let made = |visit: &&Record<Visit>| is_in(campaign, &visit.body);
        let (Some(at), Some(visit)) = (excused, history.visits.iter().find(made)) else { continue };
        report.at_file(
            campaign.file.to_string(),
            format!("not_visited[{at}]"),
            say!(
                "ghi là không kiểm tra, nhưng có “{visit}”",
                "said not to be visited, but there is “{visit}”",
                [visit = visit.id]
            ),
            say!("xoá dòng này, hoặc sửa lần kiểm tra ấy", "delete this entry, or correct the visit"),
        );
    }
}

/// True for a visit of a campaign that is not only a report.
fn is_in(campaign: &Record<Campaign>, visit: &Visit) -> bool {
    visit.campaign.as_ref() == Some(&campaign.id) && visit.kind() != VisitKind::Report
}

fn kind_outside_mode(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let kind = visit.body.kind();
    let campaign = visit.body.campaign.as_ref().and_then(|id| cx.register.campaigns.get(id));
    let Some(campaign) = campaign.filter(|campaign| campaign.sound && visit.sound) else { return };
    let mode = campaign.body.mode.unwrap_or(Mode::Inspection);
    if !matches!(
        (mode, kind),
        (Mode::Inspection, VisitKind::SelfCheck) | (Mode::SelfCheck, VisitKind::Inspection)
    ) {
        return;
    }
    report.at(
        if visit.body.kind.is_some() { "kind" } else { "campaign" },
        say!(
            "loại là {kind}, mà hình thức của đợt “{campaign}” là {mode}",
            "{kind}, but the mode of the campaign “{campaign}” is {mode}",
            [kind = kind.label(), campaign = campaign.id, mode = mode.label()]
        ),
        say!(
            "sửa “Loại” (kind), hoặc ghi “Hình thức” của đợt là đoàn kiểm tra và tự kiểm tra (mode = \"joint\")",
            "correct the kind, or make the mode of the campaign “inspection and self-check” (mode = \"joint\")"
        ),
    );
}

/// True if a campaign was to visit a centre: it names it, or names none, and the centre was active.
fn is_planned(campaign: &Record<Campaign>, window: &RangeInclusive<Day>, history: &History) -> bool {
    let centres = &campaign.body.centres;
    let named = centres.contains(&history.id) || (centres.is_empty() && campaign.sound);
    let active = |centre: &Record<Centre>| {
        centre.body.active_on(*window.start()) || centre.body.active_on(*window.end())
    };
    named && history.centre.as_ref().is_some_and(active)
}

/// True if a visit was made in a campaign, or one whose campaign could not be read may have been.
fn may_have_visited(campaign: &Record<Campaign>, history: &History) -> bool {
    let visited = history.visits.iter().any(|visit| match &visit.body.campaign {
        Some(_) => is_in(campaign, &visit.body),
        None => !visit.sound,
    });
    visited || !history.unread.is_empty()
}
