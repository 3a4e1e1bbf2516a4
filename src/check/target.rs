//! Rules for targets: each can be measured, and a set is in force for the figures of the register.

use super::{Cx, Report, Rule, Test};
use crate::model::RecordKind;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::field::Kind;
use crate::model::history::{History, Record};
use crate::model::path;
use crate::model::period::Period;
use crate::model::scheme::{Scheme, SchemeStatus};
use crate::model::target::{Asks, Target};
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "target-not-measurable",
            severity: Error,
            title: t("Chỉ tiêu không đo được", "A target that cannot be measured"),
            why: t(
                "Chỉ tiêu nêu một số liệu của lần kiểm tra và mức phải đạt; thiếu một trong hai thì không so sánh được.",
                "A target names a figure of a visit and what it is to reach; without both nothing can be compared.",
            ),
            wrong: "figure = [\"title.family.recognised\"]",
            right: "figure = [\"title.learning.family.recognised\"]\nof = [\"title.learning.family.base\"]\npercent = 80",
        },
        tests: &[Test::Scheme(target_not_measurable)],
    },
    Rule {
        code: Code {
            name: "targets-not-in-force",
            severity: Warning,
            title: t(
                "Bộ chỉ tiêu không có hiệu lực trong kỳ số liệu",
                "No target set in force for the figures",
            ),
            why: t(
                "Chỉ tiêu của mỗi quyết định chỉ dùng cho một giai đoạn: số liệu năm 2021 không so với chỉ tiêu đến năm 2020.",
                "The targets of a decision are for some years: figures of 2021 are not held against targets to 2020.",
            ),
            wrong: "targets = [\"qd281-2020\"]   # số liệu năm 2023 / figures of 2023",
            right: "targets = [\"qd281-2020\", \"qd387-2025\"]",
        },
        tests: &[Test::Visit(targets_not_in_force)],
    },
];

fn target_not_measurable(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    for (at, target) in scheme.body.target.iter().enumerate() {
        let row = path::item_below("target", at);
        let unknown = target.paths().find(|(_, _, path)| !is_figure(path));
        if let Some((key, at, path)) = unknown {
            report.at(
                path::item_below(path::key_below(row, key), at),
                say!("lần kiểm tra không có số liệu “{path}”", "a visit has no figure “{path}”", [path]),
                say!(
                    "xem tên các số liệu: ttht fields visit",
                    "for the names of the figures: ttht fields visit"
                ),
            );
        } else if scheme.sound && target.asks().is_none() {
            report.at(
                row,
                say!("chưa rõ số liệu nào phải đạt mức nào", "it is not clear which figure is to reach what"),
                say!(
                    "ghi “Số liệu” với “Tỷ lệ”, với “Ít nhất” và “Trong tổng số”, hoặc với “Tăng so với năm trước” (figure, \
                     percent, at_least, of, growth)",
                    "give the figure with its percentage, with “At least” and “Of”, or with its growth (figure, percent, \
                     at_least, of, growth)"
                ),
            );
        } else if let Some(percent) = above_all(target) {
            report.at(
                path::key_below(row, "percent"),
                say!("tỷ lệ {percent}% lớn hơn 100%", "a share of {percent}% is more than 100%", [percent]),
                say!(
                    "sửa “Tỷ lệ” (percent); mức tăng thì ghi “Tăng so với năm trước” (growth)",
                    "correct the percentage (percent); for an increase give the growth (growth)"
                ),
            );
        }
    }
}

/// True for the key path of a number or of a yes or no in a visit.
fn is_figure(path: &str) -> bool {
    let kind = path::steps(path).map(|steps| RecordKind::Visit.root().at(&steps));
    matches!(kind, Some(Kind::Count(_) | Kind::Money | Kind::Measure(_) | Kind::Bool))
}

/// The percentage of a share that is more than all.
fn above_all(target: &Target) -> Option<f64> {
    match target.asks()? {
        Asks::Share(percent) | Asks::Centres(percent, _) => Some(percent).filter(|percent| *percent > 100.0),
        Asks::Each(_) | Asks::Growth(_) => None,
    }
}

/// Said at the place where the sets are chosen: once for each period, however many visits have figures of it. Figures of
/// before the first decision have nothing to be held against, and nothing is said.
fn targets_not_in_force(cx: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let (register, settings) = (cx.register, &cx.register.settings);
    if settings.body.targets.is_empty() {
        return;
    }
    for (key, period) in visit.body.periods() {
        let first = *period.days(register.year_start()).start();
        let ended = |set: &&Record<Scheme>| set.body.valid_to.is_some_and(|to| to < first);
        let block = key.split_once('.').map_or(key, |(block, _)| block);
        let about = |set: &&Record<Scheme>| set.body.target.iter().any(|target| target.block() == block);
        let is_past = visit.body.date.is_none_or(|date| first <= date);
        let has_ended = is_past && register.target_sets().filter(ended).any(|set| about(&set));
        if has_ended && !register.targets(period).any(|set| about(&set)) {
            let in_force = |set: &&Record<Scheme>| set.body.applies(period, register.year_start());
            let official = |set: &&Record<Scheme>| set.body.status == Some(SchemeStatus::Official);
            let others = register.schemes.values().filter(about).filter(in_force).filter(official);
            let others: Vec<String> = others.map(|set| format!("\"{}\"", set.id)).collect();
            not_in_force(&settings.file, period, &others.join(", "), report);
        }
    }
}

fn not_in_force(file: &str, period: Period, others: &str, report: &mut Report) {
    let help = match others {
        "" => say!(
            "ghi thêm bộ chỉ tiêu của giai đoạn ấy, hoặc bỏ bộ đã hết hạn",
            "add the targets of that time, or remove those that have ended"
        ),
        _ => say!("ghi thêm một bộ có hiệu lực: {others}", "add a set that is in force: {others}", [others]),
    };
    report.at_file(
        file,
        "targets",
        say!(
            "số liệu {period}, nhưng bộ chỉ tiêu được chọn đã hết hiệu lực trước đó",
            "figures of {period}, but the chosen targets had ended before",
            [period = period.said()]
        ),
        help,
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::Day;
    use crate::model::fault::Fault;
    use crate::model::register::Register;
    use crate::model::scheme::Method;
    use crate::toml::shipped;

    fn faults(set: &Record<Scheme>) -> Vec<(Option<String>, String)> {
        let register = Register::default();
        let cx = Cx { register: &register, today: Day::new(2018, 1, 15).unwrap() };
        let mut faults: Vec<Fault> = Vec::new();
        target_not_measurable(&cx, set, &mut Report::of(&RULES[0].code, &mut faults));
        faults.into_iter().map(|fault| (fault.key, fault.message.en)).collect()
    }

    #[test]
    fn every_shipped_target_can_be_measured() {
        let shipped = shipped::SCHEMES.iter().filter_map(|(id, _)| shipped::scheme(id));
        let sets: Vec<_> = shipped.filter(|set| set.body.method == Some(Method::Targets)).collect();
        assert!(sets.len() > 5);
        for set in sets {
            assert!(!set.body.target.is_empty(), "{}", set.id);
            assert_eq!(faults(&set), [], "{}", set.id);
        }
    }

    #[test]
    fn a_target_names_figures_and_one_mark() {
        let told = |target: Target| {
            let body = Scheme { target: vec![target], ..Scheme::default() };
            faults(&Record { body, sound: true, ..Record::default() })
                .into_iter()
                .map(|(key, _)| key.unwrap())
        };
        let members = || Target { figure: vec!["promotion.members".into()], ..Target::default() };
        let of = || vec!["context.population".into()];
        let none: [String; 0] = [];
        assert!(told(Target { percent: Some(25.0), of: of(), ..members() }).eq(none.clone()));
        assert!(told(Target { growth: Some(250.0), ..members() }).eq(none.clone()));
        assert!(told(Target { percent: Some(90.0), at_least: Some(500.0), ..members() }).eq(none));
        assert!(told(members()).eq(["target[0]"]));
        assert!(told(Target { percent: Some(90.0), ..Target::default() }).eq(["target[0]"]), "of no figure");
        assert!(told(Target { percent: Some(90.0), less: of(), ..members() }).eq(["target[0]"]));
        assert!(told(Target { at_least: Some(5.0), ..members() }).eq(["target[0]"]));
        assert!(told(Target { growth: Some(5.0), percent: Some(5.0), ..members() }).eq(["target[0]"]));
        assert!(told(Target { percent: Some(250.0), of: of(), ..members() }).eq(["target[0].percent"]));
        let text = || Target { figure: vec!["promotion.period".into()], ..members() };
        assert!(told(Target { growth: Some(5.0), ..text() }).eq(["target[0].figure[0]"]));
        let of = vec!["context.people".into()];
        assert!(told(Target { percent: Some(25.0), of, ..members() }).eq(["target[0].of[0]"]));
    }
}
