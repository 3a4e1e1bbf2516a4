//! Rules for the Learning Promotion Association's members: never more than the people, and a likely share of them.

use super::{Cx, Report, Rule, Test, change, decimal};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::{Said, t};
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
        tests: &[Test::Visit(members_above_population)],
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
        tests: &[Test::Visit(women_members_above_members)],
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
        tests: &[Test::Visit(new_members_above_members)],
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
            title: t("Tỷ lệ hội viên khó tin", "An unlikely share of members"),
            why: t(
                "Các nơi báo cáo hội viên từ 8 đến 45 % dân số (Quảng Ninh 32,9 %); dưới 3 % hoặc trên 60 % thường là ghi nhầm.",
                "Places report members of 8 to 45 % of the population (Quảng Ninh 32.9 %); below 3 % or above 60 % is mostly a slip.",
            ),
            wrong: "members = 231   # dân số 8.521 / population 8,521",
            right: "members = 2_310",
        },
        tests: &[Test::Visit(implausible_member_share)],
    },
];

/// Members with what they are compared with.
fn members(visit: &Visit) -> Option<(i64, Option<i64>)> {
    Some((visit.promotion.as_ref()?.members?, visit.context.population))
}

fn women_above(visit: &Visit) -> Option<(i64, i64)> {
    let promotion = visit.promotion.as_ref()?;
    Some((promotion.women?, promotion.members?)).filter(|(part, members)| part > members)
}

fn new_above(visit: &Visit) -> Option<(i64, i64)> {
    let promotion = visit.promotion.as_ref()?;
    Some((promotion.new_members?, promotion.members?)).filter(|(part, members)| part > members)
}

/// True where an error is found in the number of members, or of inhabitants beside it.
pub fn members_broken(visit: &Visit) -> bool {
    let above = members(visit).is_some_and(|(members, population)| population.is_some_and(|n| members > n));
    above || women_above(visit).is_some() || new_above(visit).is_some()
}

/// True where the share of members is unlikely.
pub fn share_unlikely(visit: &Visit) -> bool {
    share(visit).is_some_and(|share| !(3.0..=60.0).contains(&share))
}

fn share(visit: &Visit) -> Option<f64> {
    let (members, population) = members(visit)?;
    let population = population.filter(|population| *population > 0)?;
    Some(members as f64 * 100.0 / population as f64)
}

fn members_above_population(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some((members, Some(population))) = members(&visit.body) else { return };
    if members > population {
        let small = change::population_off(history, visit);
        report.at(
            if small { "context.population" } else { "promotion.members" },
            say!(
                "hội viên {members} lớn hơn dân số {population}",
                "{members} members are more than the population of {population}"
            ),
            say!("sửa số hội viên, hoặc dân số", "correct the members, or the population"),
        );
    }
}

fn women_members_above_members(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some((women, members)) = women_above(&visit.body) else { return };
    let total = new_above(&visit.body).is_some() || change::members_off(history, visit);
    report.at(
        if total { "promotion.members" } else { "promotion.women" },
        say!(
            "hội viên nữ {women} lớn hơn tổng số hội viên {members}",
            "{women} women are more than all {members} members"
        ),
        say!("sửa số hội viên nữ, hoặc tổng số hội viên", "correct the women, or the members"),
    );
}

/// Where the women are above too, it is the members that are wrong, and said once.
fn new_members_above_members(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some((new, members)) = new_above(&visit.body).filter(|_| women_above(&visit.body).is_none()) else {
        return;
    };
    let total = change::members_off(history, visit);
    report.at(
        if total { "promotion.members" } else { "promotion.new_members" },
        say!(
            "hội viên mới {new} lớn hơn tổng số hội viên {members}",
            "{new} new members are more than all {members} members"
        ),
        say!("sửa số hội viên mới, hoặc tổng số hội viên", "correct the new members, or the members"),
    );
}

fn population_missing(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    if let Some((members, None)) = members(&visit.body)
        && visit.sound
    {
        let context = visit.body.context != Context::default();
        report.at(
            if context { "context" } else { "promotion.members" },
            say!(
                "có {members} hội viên mà thiếu dân số",
                "{members} members are reported, but no population"
            ),
            say!("ghi population vào [context]", "write population into [context]"),
        );
    }
}

/// A population that is doubtful, beside last year's, is named by that rule.
fn implausible_member_share(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let doubt = members_broken(&visit.body) || change::population_leapt(cx, history, visit);
    if let Some((members, Some(population))) = members(&visit.body)
        && let Some(share) = share(&visit.body).filter(|_| !doubt && share_unlikely(&visit.body))
    {
        let Said { vi, en } = decimal((share * 10.0).round() / 10.0);
        let population_off = change::population_off(history, visit);
        report.at(
            if population_off { "context.population" } else { "promotion.members" },
            say!(
                "{members} hội viên trên {population} dân là {vi} %, ngoài khoảng 3 đến 60 %",
                "{members} members of {population} inhabitants are {en} %, outside 3 to 60 %"
            ),
            say!("xem lại số hội viên và dân số", "look at the members and the population again"),
        );
    }
}
