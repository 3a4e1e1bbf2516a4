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
            title: t("Không có đại diện đơn vị được kiểm tra", "No representative of the inspected body"),
            why: t(
                "Biên bản cần đại diện đơn vị được kiểm tra làm việc và ký.",
                "The minutes need a representative of the inspected body, who takes part and signs.",
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
                "Biên bản chỉ có giá trị khi có chữ ký của trưởng đoàn và đại diện đơn vị được kiểm tra.",
                "Minutes are valid only with the signatures of the team leader and of the inspected body.",
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
                "Biên bản ghi giờ bắt đầu và giờ kết thúc; 2 giờ chiều ghi 14:00, không ghi 02:00.",
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
            say!(
                "ghi ở phần “Đoàn kiểm tra”: họ và tên, nhiệm vụ trong đoàn, cơ quan công tác ([[team]])",
                "record its members under “Team”: name, role, body ([[team]])"
            ),
        );
    } else if lacks(TeamRole::Lead, &visit.body) && visit.sound {
        report.at(
            "team",
            say!("đoàn kiểm tra không có trưởng đoàn", "the team has no leader"),
            say!(
                "ghi ai là trưởng đoàn ở “Nhiệm vụ trong đoàn” (role = \"lead\")",
                "say who leads it under “Role” (role = \"lead\")"
            ),
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
                "ghi người lập biên bản là thư ký ở “Nhiệm vụ trong đoàn” (role = \"secretary\")",
                "make the person who wrote the minutes the secretary under “Role” (role = \"secretary\")"
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
                "no representative of the inspected body is recorded"
            ),
            say!(
                "ghi ở phần “Đại diện đơn vị được kiểm tra”: họ và tên, chức vụ ([[host]])",
                "record them under “Hosts”: name and posts ([[host]])"
            ),
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
                "trưởng đoàn và đại diện đơn vị được kiểm tra chưa ký biên bản",
                "neither the team leader nor the inspected body has signed the minutes"
            ),
        ),
        (Some(false), _) => (
            "minutes.signed_by_lead",
            say!("trưởng đoàn chưa ký biên bản", "the leader has not signed the minutes"),
        ),
        (_, Some(false)) => (
            "minutes.signed_by_host",
            say!(
                "đại diện đơn vị được kiểm tra chưa ký biên bản",
                "the inspected body has not signed the minutes"
            ),
        ),
        _ => return,
    };
    report.at(key, message, say!("khi đã ký thì ghi “có” (true)", "say yes once they are signed (true)"));
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
            say!("nhập giờ theo 24 giờ, ví dụ 14:45", "use the 24-hour clock, for example 14:45"),
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
            say!("nhập ngày ghi trên biên bản", "write the date on the minutes"),
        );
    }
}
