//! Rules for campaigns: the plan, its window, and whether every centre was visited.

use super::{Cx, Report, Rule, Test};
use crate::model::campaign::Campaign;
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "campaign-window-reversed",
            severity: Error,
            title: t("Đợt kiểm tra kết thúc trước khi bắt đầu", "A campaign that ends before it starts"),
            why: t(
                "Không ngày kiểm tra nào nằm trong một thời gian như vậy.",
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
                "Năm học của đợt là năm học có các ngày kiểm tra; bảng tổng hợp theo năm học dựa vào đó.",
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
                "Kế hoạch được ban hành trước khi đoàn đi kiểm tra; ngày muộn hơn là ghi nhầm.",
                "A plan is issued before the team sets out; a later date is a slip of the pen.",
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
            title: t(
                "Trung tâm trong kế hoạch chưa được kiểm tra",
                "A centre of the plan that was not visited",
            ),
            why: t(
                "Đợt kiểm tra đã kết thúc mà trung tâm chưa có lần kiểm tra nào; báo cáo của đợt sẽ thiếu trung tâm này.",
                "The campaign is over and there is no visit to the centre; the report of the campaign will lack it.",
            ),
            wrong: "centres = [\"yen-thanh\", \"nam-khe\"]   # không có tệp của nam-khe / no file for nam-khe",
            right: "centres = [\"yen-thanh\"]",
        },
        tests: &[Test::History(campaign_centre_not_visited)],
    },
];

/// The first and the last day of a campaign, where they can be trusted: a wrong window accuses no visit.
pub fn window(cx: &Cx, campaign: &Campaign) -> Option<(Day, Day)> {
    let (starts, ends) = (campaign.starts?, campaign.ends?);
    (starts <= ends && strays(cx, campaign).is_none()).then_some((starts, ends))
}

/// Which end of the window lies far from the school year: false for the start, true for the end. Two months are
/// left on both sides for a campaign that runs over the edge; a wrong year is always further off.
fn strays(cx: &Cx, campaign: &Campaign) -> Option<[bool; 2]> {
    let (first, last) = campaign.school_year?.days(cx.register.year_start());
    let (first, last) = (first.plus_months(-2), last.plus_months(2));
    let far = |day: Option<Day>| day.is_some_and(|day| day < first || last < day);
    Some([far(campaign.starts), far(campaign.ends)]).filter(|far| far.contains(&true))
}

fn campaign_window_reversed(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    let Campaign { starts: Some(starts), ends: Some(ends), .. } = campaign.body else { return };
    if ends < starts {
        let (starts_vi, ends_vi) = (starts.vietnamese(), ends.vietnamese());
        let wrong = if strays(cx, &campaign.body) == Some([true, false]) { "starts" } else { "ends" };
        report.at(
            wrong,
            say!(
                "đợt kiểm tra kết thúc ngày {ends_vi}, trước ngày bắt đầu {starts_vi}",
                "the campaign ends on {ends}, before it starts on {starts}"
            ),
            say!("ghi starts, ends đúng như trong kế hoạch", "write starts and ends as in the plan"),
        );
    }
}

fn campaign_outside_school_year(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    let body = &campaign.body;
    let (Some(far), Some(year), Some(starts), Some(ends)) =
        (strays(cx, body), body.school_year, body.starts, body.ends)
    else {
        return;
    };
    if starts <= ends {
        let key = match far {
            [true, true] => "school_year",
            [true, false] => "starts",
            _ => "ends",
        };
        let (starts_vi, ends_vi) = (starts.vietnamese(), ends.vietnamese());
        report.at(
            key,
            say!(
                "thời gian kiểm tra {starts_vi} đến {ends_vi} nằm ngoài năm học {year}",
                "the window, {starts} to {ends}, lies outside the school year {year}"
            ),
            say!("sửa năm học, hoặc starts, ends", "correct the school year, or starts and ends"),
        );
    }
}

fn plan_after_start(cx: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    if let Some((starts, _)) = window(cx, &campaign.body)
        && let Some(plan) = campaign.body.plan.as_ref().and_then(|plan| plan.date)
        && plan > starts
    {
        let (plan_vi, starts_vi) = (plan.vietnamese(), starts.vietnamese());
        report.at(
            "plan.date",
            say!(
                "kế hoạch ghi ngày {plan_vi}, sau ngày bắt đầu kiểm tra {starts_vi}",
                "the plan is dated {plan}, after the start of the campaign on {starts}"
            ),
            say!("ghi ngày ban hành trên kế hoạch", "write the date that stands on the plan"),
        );
    }
}

/// Asked of each centre, since its visits are at hand there. A visit whose campaign could not be read may be the one.
fn campaign_centre_not_visited(cx: &Cx, history: &History, report: &mut Report) {
    for campaign in cx.register.campaigns.values() {
        let Some((starts, ends)) = window(cx, &campaign.body).filter(|(_, ends)| *ends < cx.today) else {
            continue;
        };
        let centre = history.centre.as_ref().map(|centre| &centre.body);
        let active = centre.is_some_and(|centre| centre.active_on(starts) || centre.active_on(ends));
        let listed = campaign.body.centres.iter().position(|id| *id == history.id);
        let all = campaign.body.centres.is_empty() && campaign.sound;
        let unknown = !history.unread.is_empty();
        let visited = history.visits.iter().any(|visit| match &visit.body.campaign {
            Some(id) => *id == campaign.id,
            None => !visit.sound,
        });
        if !active || visited || unknown || !(all || listed.is_some()) {
            continue;
        }
        let key = listed.filter(|_| campaign.sound).map_or("ends".to_owned(), |at| format!("centres[{at}]"));
        let (id, campaign_id, ends_vi) = (&history.id, &campaign.id, ends.vietnamese());
        report.at_file(
            campaign.file.to_string(),
            key,
            say!(
                "đợt đã kết thúc ngày {ends_vi} mà trung tâm “{id}” chưa được kiểm tra",
                "the campaign ended on {ends} and the centre “{id}” was not visited"
            ),
            say!(
                "ghi lần kiểm tra ấy với campaign = \"{campaign_id}\", hoặc bỏ trung tâm khỏi kế hoạch",
                "record the visit with campaign = \"{campaign_id}\", or take the centre out of the plan"
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::period::Period;
    use crate::model::register::Register;

    fn campaign(starts: &str, ends: &str) -> Campaign {
        Campaign {
            school_year: Some(Period::SchoolYear(2016)),
            starts: Day::parse(starts),
            ends: Day::parse(ends),
            ..Campaign::default()
        }
    }

    #[test]
    fn only_a_window_that_can_be_trusted_accuses_visits() {
        let register = Register::default();
        let cx = Cx { register: &register, today: Day::new(2018, 1, 15).unwrap() };
        let trusted = |starts, ends| window(&cx, &campaign(starts, ends)).is_some();
        assert!(trusted("2016-10-25", "2016-11-15"));
        assert!(trusted("2016-08-20", "2016-09-10"), "over the edge of the school year");
        assert!(!trusted("2016-10-25", "2016-10-15"), "reversed");
        assert!(!trusted("2015-10-25", "2016-11-15"), "the year of the start is wrong");
        assert!(!trusted("2015-10-25", "2015-11-15"), "the year is wrong");
    }
}
