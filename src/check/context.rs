//! Rules for the figures of a commune that stand beside each other: inhabitants, households and what is made of them.

use super::doubt::{self, Misfit};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "implausible-households",
        severity: Warning,
        title: t("Số hộ bất thường", "An unlikely number of households"),
        why: t(
            "Một hộ có chừng ba đến năm người; số dân ít hơn số hộ hoặc quá 20 người một hộ, hay dòng họ, thôn, tổ dân phố, cơ \
             quan nhiều hơn số hộ, thường là thừa hoặc thiếu chữ số.",
            "Three to five people live in a household; fewer inhabitants than households or more than 20 in each, or more lineages, \
             villages or workplaces than households, usually means a digit too many or too few.",
        ),
        wrong: "households = 2_430\nlineages = 85_210",
        right: "households = 2_430\nlineages = 12",
    },
    tests: &[Test::Figures(implausible_households)],
}];

/// If the figure has leapt since the visit before, or another rule names it, it is reported there.
fn implausible_households(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let body = &visit.body;
    let told = || doubt::slow_is_named(cx, history, visit, doubt::HOUSEHOLDS.key);
    if let Some(crowd) = doubt::crowd(&body.context) {
        let named = doubt::slow_is_named(cx, history, visit, &crowd.key);
        if !named && !told() && doubt::unlikely_share(body).is_none() {
            too_many_or_too_few(&crowd, history, visit, report);
        }
        return;
    }
    let unnamed = |misfit: &Misfit| !doubt::slow_is_named(cx, history, visit, &misfit.key);
    let mut misfits = doubt::more_than_households(body).filter(unnamed);
    let Some(Misfit { key, name, count, households }) = misfits.next() else { return };
    if told() {
        return;
    }
    report.at(
        if misfits.next().is_some() { doubt::HOUSEHOLDS.key.to_owned() } else { key },
        say!(
            "{name} {count}, nhiều hơn cả {households} hộ",
            "{name} {count}, more than all {households} households",
            [name, count, households]
        ),
        say!("xem lại số này và số hộ", "check this figure and the households"),
    );
}

fn too_many_or_too_few(crowd: &Misfit, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Misfit { count, households, .. } = *crowd;
    let off = doubt::is_off(history, visit, &doubt::HOUSEHOLDS);
    let each = (count as f64 * 10.0 / households as f64).round() / 10.0;
    report.at(
        if off { doubt::HOUSEHOLDS.key } else { &crowd.key },
        say!(
            "dân số {population} trong {households} hộ, tức {each} người mỗi hộ",
            "a population of {population} in {households} households, which is {each} in each",
            [population = count, households, each]
        ),
        say!("xem lại dân số và số hộ", "check the population and the households"),
    );
}
