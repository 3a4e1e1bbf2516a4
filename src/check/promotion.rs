//! Rules for the Learning Promotion Association's members: never more than the inhabitants, and a likely share of them.

use super::doubt::{self, Excess, Share};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::{Context, Visit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "members-above-population",
            severity: Error,
            title: t("Hội viên nhiều hơn dân số", "More members than inhabitants"),
            why: t(
                "Hội viên Hội Khuyến học xã, phường là người dân ở đó.",
                "Members of the commune's Learning Promotion Association live in the commune.",
            ),
            wrong: "members = 23_100   # dân số 8.521 / population 8,521",
            right: "members = 2_310",
        },
        tests: &[Test::Figures(members_above_population)],
    },
    Rule {
        code: Code {
            name: "women-members-above-members",
            severity: Error,
            title: t("Hội viên nữ nhiều hơn hội viên", "More women members than members"),
            why: t("Hội viên nữ nằm trong tổng số hội viên.", "The women are among the members."),
            wrong: "members = 2_310\nwomen = 3_100",
            right: "members = 2_310\nwomen = 1_100",
        },
        tests: &[Test::Figures(women_members_above_members)],
    },
    Rule {
        code: Code {
            name: "new-members-above-members",
            severity: Error,
            title: t("Hội viên mới nhiều hơn hội viên", "More new members than members"),
            why: t("Hội viên mới nằm trong tổng số hội viên.", "The new members are among the members."),
            wrong: "members = 2_310\nnew_members = 14_000",
            right: "members = 2_310\nnew_members = 140",
        },
        tests: &[Test::Figures(new_members_above_members)],
    },
    Rule {
        code: Code {
            name: "population-missing",
            severity: Warning,
            title: t("Thiếu dân số", "The population is missing"),
            why: t(
                "Tỷ lệ hội viên trên dân số là chỉ tiêu chính của Hội Khuyến học; thiếu dân số thì không tính được.",
                "The share of members in the population is the association's main figure; it needs the population.",
            ),
            wrong: "[context]\nhouseholds = 2_430",
            right: "[context]\npopulation = 8_521\nhouseholds = 2_430",
        },
        tests: &[Test::Visit(population_missing)],
    },
    Rule {
        code: Code {
            name: "implausible-member-share",
            severity: Warning,
            title: t("Tỷ lệ hội viên bất thường", "An unusual share of members"),
            why: t(
                "Các nơi báo cáo hội viên từ 8 đến 45% dân số (Quảng Ninh 32,9%); dưới 3% hoặc trên 60% thường là ghi nhầm.",
                "Reports give members of 8 to 45% of the population (Quảng Ninh 32.9%); below 3% or above 60% is usually a slip.",
            ),
            wrong: "members = 231   # dân số 8.521 / population 8,521",
            right: "members = 2_310",
        },
        tests: &[Test::Figures(implausible_member_share)],
    },
];

fn members_above_population(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(Excess { part, whole }) = doubt::members_above(&visit.body) else { return };
    report.at(
        population_or("promotion.members", history, visit),
        say!(
            "hội viên {part} lớn hơn dân số {whole}",
            "{part} members are more than the population of {whole}",
            [part, whole]
        ),
        say!("sửa số hội viên, hoặc dân số", "correct the members, or the population"),
    );
}

/// The key path of the population if that is most likely what is wrong, else another one.
fn population_or(key: &'static str, history: &History, visit: &Record<Visit>) -> &'static str {
    if doubt::is_off(history, visit, &doubt::POPULATION) { "context.population" } else { key }
}

fn women_members_above_members(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(Excess { part, whole }) = doubt::women_above(&visit.body) else { return };
    let total = doubt::new_above(&visit.body).is_some() || doubt::is_off(history, visit, &doubt::MEMBERS);
    report.at(
        if total { "promotion.members" } else { "promotion.women" },
        say!(
            "hội viên nữ {part} lớn hơn tổng số hội viên {whole}",
            "{part} women are more than all {whole} members",
            [part, whole]
        ),
        say!("sửa số hội viên nữ, hoặc tổng số hội viên", "correct the women, or the members"),
    );
}

/// If the women are above too, it is the members that are wrong, and that is reported once.
fn new_members_above_members(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(Excess { part, whole }) = doubt::new_above(&visit.body) else { return };
    if doubt::women_above(&visit.body).is_some() {
        return;
    }
    let total = doubt::is_off(history, visit, &doubt::MEMBERS);
    report.at(
        if total { "promotion.members" } else { "promotion.new_members" },
        say!(
            "hội viên mới {part} lớn hơn tổng số hội viên {whole}",
            "{part} new members are more than all {whole} members",
            [part, whole]
        ),
        say!("sửa số hội viên mới, hoặc tổng số hội viên", "correct the new members, or the members"),
    );
}

fn population_missing(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let context = &visit.body.context;
    let members = visit.body.promotion.as_ref().and_then(|promotion| promotion.members);
    if let (Some(members), None, true) = (members, context.population, visit.sound) {
        report.at(
            if *context == Context::default() { "promotion.members" } else { "context" },
            say!(
                "có {members} hội viên mà thiếu dân số",
                "{members} members are reported, but no population",
                [members]
            ),
            say!(
                "nhập “Dân số” ở phần “Số liệu chung” (context.population)",
                "give the population under “Context” (context.population)"
            ),
        );
    }
}

/// A population in doubt, compared with the visit before, is reported by the rule for that.
fn implausible_member_share(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(Share { members, population, percent }) = doubt::unlikely_share(&visit.body) else { return };
    if doubt::members_broken(&visit.body) || doubt::population_leapt(cx, history, visit) {
        return;
    }
    report.at(
        population_or("promotion.members", history, visit),
        say!(
            "{members} hội viên trên {population} dân là {percent}%, ngoài khoảng 3 đến 60%",
            "{members} members of {population} inhabitants are {percent}%, outside 3 to 60%",
            [members, population, percent = (percent * 10.0).round() / 10.0]
        ),
        say!("xem lại số hội viên và dân số", "check the members and the population"),
    );
}
