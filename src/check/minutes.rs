//! Rules for what a biên bản of an inspection needs: a team with a lead and a secretary, a host, times, signatures.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::{TeamRole, Visit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "no-lead",
            severity: Warning,
            title: t("Đoàn kiểm tra không có trưởng đoàn", "A team without a leader"),
            why: t(
                "Trưởng đoàn chịu trách nhiệm và ký biên bản.",
                "The leader is responsible for the inspection and signs its minutes.",
            ),
            wrong: "role = \"member\"   # người duy nhất / the only one",
            right: "role = \"lead\"",
        },
        tests: &[Test::Visit(no_lead)],
    },
    Rule {
        code: Code {
            name: "no-secretary",
            severity: Warning,
            title: t("Đoàn kiểm tra không có thư ký", "A team without a secretary"),
            why: t("Thư ký lập biên bản và ký vào đó.", "The secretary writes and signs the minutes."),
            wrong: "role = \"member\"   # không ai là thư ký / there is no secretary",
            right: "role = \"secretary\"",
        },
        tests: &[Test::Visit(no_secretary)],
    },
    Rule {
        code: Code {
            name: "no-host",
            severity: Warning,
            title: t("Không có đại diện đơn vị", "No representative of the unit"),
            why: t(
                "Biên bản cần đại diện đơn vị được kiểm tra làm việc và ký.",
                "The minutes need a representative of the visited unit, who takes part and signs.",
            ),
            wrong: "# không có [[host]] / no [[host]]",
            right: "[[host]]\nname = \"Hoàng Trọng Hiếu\"\nposts = [\"director\"]",
        },
        tests: &[Test::Visit(no_host)],
    },
    Rule {
        code: Code {
            name: "minutes-unsigned",
            severity: Warning,
            title: t("Biên bản chưa ký đủ", "Minutes not signed"),
            why: t(
                "Biên bản chỉ có giá trị khi có chữ ký của trưởng đoàn và đại diện đơn vị.",
                "Minutes are valid only with the signatures of the leader and of the unit.",
            ),
            wrong: "signed_by_host = false",
            right: "signed_by_host = true",
        },
        tests: &[Test::Visit(minutes_unsigned)],
    },
    Rule {
        code: Code {
            name: "ends-before-starts",
            severity: Warning,
            title: t("Giờ kết thúc trước giờ bắt đầu", "The end before the start"),
            why: t(
                "Biên bản ghi giờ bắt đầu và giờ kết thúc; buổi chiều ghi 14:00, không ghi 02:00.",
                "The minutes say when the visit began and ended; two in the afternoon is 14:00, not 02:00.",
            ),
            wrong: "starts = 08:00:00\nends = 02:45:00",
            right: "starts = 08:00:00\nends = 14:45:00",
        },
        tests: &[Test::Visit(ends_before_starts)],
    },
    Rule {
        code: Code {
            name: "minutes-before-visit",
            severity: Error,
            title: t("Biên bản lập trước ngày kiểm tra", "Minutes dated before the visit"),
            why: t(
                "Biên bản được lập trong hoặc sau buổi kiểm tra.",
                "Minutes are written at the visit or after it.",
            ),
            wrong: "[minutes]\ndate = 2015-10-27   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "[minutes]\ndate = 2016-10-27",
        },
        tests: &[Test::Visit(minutes_before_visit)],
    },
];

fn lacks(role: TeamRole, visit: &Visit) -> bool {
    !visit.team.iter().any(|member| member.role == Some(role))
}

/// A visit without any team is reported here, and its missing secretary is not reported as well.
fn no_lead(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    if !visit.body.is_inspection() {
        return;
    }
    if visit.body.team.is_empty() && visit.sound {
        report.at(
            "",
            say!("chưa ghi đoàn kiểm tra", "the team is not recorded"),
            say!("thêm [[team]] với name, role, body", "add [[team]] with name, role and body"),
        );
    } else if lacks(TeamRole::Lead, &visit.body) && visit.sound {
        report.at(
            "team",
            say!("đoàn kiểm tra không có trưởng đoàn", "the team has no leader"),
            say!("ghi role = \"lead\" cho trưởng đoàn", "write role = \"lead\" for the leader"),
        );
    }
}

fn no_secretary(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let inspects = visit.body.is_inspection() && !visit.body.team.is_empty();
    if inspects && lacks(TeamRole::Secretary, &visit.body) && visit.sound {
        report.at(
            "team",
            say!("đoàn kiểm tra không có thư ký", "the team has no secretary"),
            say!(
                "ghi role = \"secretary\" cho người lập biên bản",
                "write role = \"secretary\" for the person who wrote the minutes"
            ),
        );
    }
}

fn no_host(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    if visit.body.host.is_empty() && visit.sound && visit.body.is_inspection() {
        report.at(
            "",
            say!(
                "chưa ghi đại diện đơn vị được kiểm tra",
                "no representative of the visited unit is recorded"
            ),
            say!("thêm [[host]] với name, posts", "add [[host]] with name and posts"),
        );
    }
}

/// What is not reported is not unsigned: only `false` is.
fn minutes_unsigned(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(minutes) = visit.body.minutes.as_ref().filter(|_| visit.body.is_inspection()) else { return };
    let (key, message) = match (minutes.signed_by_lead, minutes.signed_by_host) {
        (Some(false), Some(false)) => (
            "minutes.signed_by_lead",
            say!(
                "trưởng đoàn và đơn vị chưa ký biên bản",
                "neither the leader nor the unit has signed the minutes"
            ),
        ),
        (Some(false), _) => (
            "minutes.signed_by_lead",
            say!("trưởng đoàn chưa ký biên bản", "the leader has not signed the minutes"),
        ),
        (_, Some(false)) => {
            ("minutes.signed_by_host", say!("đơn vị chưa ký biên bản", "the unit has not signed the minutes"))
        }
        _ => return,
    };
    report.at(key, message, say!("khi đã ký, ghi true", "write true once they are signed"));
}

fn ends_before_starts(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    if let (Some(starts), Some(ends)) = (visit.body.starts, visit.body.ends)
        && ends < starts
    {
        report.at(
            "ends",
            say!(
                "kết thúc lúc {ends}, trước giờ bắt đầu {starts}",
                "ended at {ends}, before it began at {starts}",
                [ends, starts]
            ),
            say!("ghi giờ theo 24 giờ: 14:45:00", "use the 24-hour clock: 14:45:00"),
        );
    }
}

fn minutes_before_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    let minutes = visit.body.minutes.as_ref().and_then(|minutes| minutes.date);
    if let Some(minutes) = minutes.filter(|day| *day < date)
        && !doubt::date(cx, history, visit)
    {
        report.at(
            "minutes.date",
            say!(
                "biên bản ghi ngày {minutes}, trước ngày kiểm tra {date}",
                "the minutes are dated {minutes}, before the visit on {date}",
                [minutes, date]
            ),
            say!("ghi ngày trên biên bản", "write the date on the minutes"),
        );
    }
}
