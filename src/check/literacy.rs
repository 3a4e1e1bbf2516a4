//! Rules for literacy: parts lie within what they are part of, and a level has the figures that it needs.

use super::doubt::{self, Excess};
use super::{Cx, Report, Rule, Test};
use crate::model::RecordKind;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::literacy::{AgeGroup, Literacy, Phase};
use crate::model::text::{Said, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "literacy-part-above-whole",
            severity: Error,
            title: t("Số liệu xoá mù chữ lớn hơn tổng số", "A figure of literacy above its whole"),
            why: t(
                "Người biết chữ mức độ 2 nằm trong số biết chữ mức độ 1, và cả hai nằm trong tổng số người của độ tuổi; \
                 độ tuổi hẹp nằm trong độ tuổi rộng (Nghị định 20/2014/NĐ-CP).",
                "Those literate at level 2 are among those literate at level 1, and both among all of that age; a narrower age \
                 group lies within a wider one (20/2014/NĐ-CP).",
            ),
            wrong: "age_15_60 = { population = 21_600, literate_1 = 21_121, literate_2 = 25_081 }",
            right: "age_15_60 = { population = 21_600, literate_1 = 21_121, literate_2 = 20_581 }",
        },
        tests: &[Test::Figures(literacy_part_above_whole)],
    },
    Rule {
        code: Code {
            name: "literacy-level-not-reached",
            severity: Warning,
            title: t("Chưa đủ tỷ lệ cho mức độ xoá mù chữ", "Too few literate people for the level"),
            why: t(
                "Xã đạt chuẩn xoá mù chữ mức độ 2 khi ít nhất 90% người từ 15 đến 60 tuổi biết chữ mức độ 2; xã đặc biệt khó khăn \
                 thì từ 15 đến 35 tuổi (Nghị định 20/2014/NĐ-CP, Điều 21).",
                "A commune has reached literacy level 2 when 90% of those aged 15 to 60 are literate at level 2; a very difficult \
                 one, of those aged 15 to 35 (20/2014/NĐ-CP, article 21).",
            ),
            wrong: "level = 2\nage_15_60 = { population = 21_600, literate_2 = 17_581 }",
            right: "level = 1\nage_15_60 = { population = 21_600, literate_2 = 17_581 }",
        },
        tests: &[Test::Visit(literacy_level_not_reached)],
    },
];

/// A part that is more than its whole: their key paths, and both figures.
struct Bound {
    part: String,
    whole: String,
    excess: Excess,
}

/// Where one figure breaks several bounds, it is that figure that is wrong, and it is told once.
fn literacy_part_above_whole(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(literacy) = &visit.body.literacy else { return };
    let mut broken = bounds(literacy, &visit.body);
    while let Some(worst) =
        broken.iter().flat_map(|bound| [&bound.part, &bound.whole]).rev().max_by_key(|key| {
            broken.iter().filter(|bound| bound.part == **key || bound.whole == **key).count()
        })
    {
        let worst = worst.clone();
        let touches = |bound: &Bound| bound.part == worst || bound.whole == worst;
        if let Some(Bound { part, whole, excess }) = broken.iter().find(|bound| touches(bound)) {
            let (of, in_all, Excess { part, whole }) = (label(part), label(whole), excess);
            report.at(
                worst.clone(),
                say!(
                    "“{of}” là {part}, lớn hơn “{in_all}” là {whole}",
                    "“{of}” is {part}, more than “{in_all}”, which is {whole}",
                    [of, part, in_all, whole]
                ),
                say!("sửa một trong hai số", "correct one of the two"),
            );
        }
        broken.retain(|bound| !touches(bound));
    }
}

/// A figure of an age group, by its key.
type Figure = (&'static str, fn(&AgeGroup) -> Option<i64>);

/// The figures of an age group: each lies within those before it.
const FIGURES: [Figure; 3] = [
    ("population", |age| age.population),
    ("literate_1", |age| age.literate_1),
    ("literate_2", |age| age.literate_2),
];

/// The bounds that the figures break.
fn bounds(literacy: &Literacy, visit: &Visit) -> Vec<Bound> {
    let ages = [
        ("age_15_25", &literacy.age_15_25),
        ("age_15_35", &literacy.age_15_35),
        ("age_15_60", &literacy.age_15_60),
    ];
    let mut bounds = Vec::new();
    let mut bound = |part: String, whole: String, figures: (Option<i64>, Option<i64>)| {
        bounds.extend(Excess::of(figures.0, figures.1).map(|excess| Bound { part, whole, excess }));
    };
    let key = |block: &str, figure: &str| format!("literacy.{block}.{figure}");
    for (age, group) in ages {
        for ((whole, of), (part, figure)) in
            [(0, 1), (0, 2), (1, 2)].map(|(of, at)| (FIGURES[of], FIGURES[at]))
        {
            bound(key(age, part), key(age, whole), (figure(group), of(group)));
        }
    }
    for (narrow, wide) in [(0, 1), (1, 2), (0, 2)].map(|(narrow, wide)| (ages[narrow], ages[wide])) {
        for (name, figure) in FIGURES {
            bound(key(narrow.0, name), key(wide.0, name), (figure(narrow.1), figure(wide.1)));
        }
    }
    for (name, Phase { learners, finished, .. }) in
        [("phase_1", &literacy.phase_1), ("phase_2", &literacy.phase_2)]
    {
        bound(key(name, "finished"), key(name, "learners"), (*finished, *learners));
    }
    if !doubt::members_broken(visit) {
        let all = (literacy.age_15_60.population, visit.context.population);
        bound(key("age_15_60", "population"), "context.population".to_owned(), all);
    }
    bounds
}

/// What people see for a key path: `Từ 15 đến 60 tuổi, Biết chữ mức độ 1`.
fn label(path: &str) -> Said {
    let labels = RecordKind::Visit.root().labels(path).unwrap_or_default();
    Said::join(labels.into_iter().skip(1).map(Said::from), ", ")
}

fn literacy_level_not_reached(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(literacy) = visit.body.literacy.as_ref().filter(|literacy| literacy.level == Some(2)) else {
        return;
    };
    if !bounds(literacy, &visit.body).is_empty() {
        return;
    }
    let share =
        |age: &AgeGroup| Some(age.literate_2? as f64 * 100.0 / age.population.filter(|all| *all > 0)? as f64);
    let young = share(&literacy.age_15_35).is_some_and(|share| share >= LEVEL_2);
    if let Some(share) = share(&literacy.age_15_60).filter(|share| *share < LEVEL_2 && !young) {
        report.at(
            "literacy.level",
            say!(
                "đạt chuẩn mức độ 2, nhưng chỉ {share}% người từ 15 đến 60 tuổi biết chữ mức độ 2",
                "level 2, but only {share}% of those aged 15 to 60 are literate at level 2",
                [share = (share * 100.0).floor() / 100.0]
            ),
            say!(
                "sửa mức độ hoặc số người; xã đặc biệt khó khăn thì nhập thêm “Từ 15 đến 35 tuổi” (age_15_35)",
                "correct the level or the people; a very difficult commune also gives those aged 15 to 35 (age_15_35)"
            ),
        );
    }
}

/// The percentage that a level asks for.
const LEVEL_2: f64 = 90.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Fault;
    use crate::model::visit::Context;

    fn told(literacy: Literacy) -> Vec<(&'static str, String)> {
        let context = Context { population: Some(32_000), ..Context::default() };
        let body = Visit { literacy: Some(literacy), context, ..Visit::default() };
        let visit = Record { body, sound: true, ..Record::default() };
        let (register, history) = Default::default();
        let cx = Cx { register: &register, today: crate::model::day::Day::new(2026, 1, 15).unwrap() };
        let mut faults: Vec<Fault> = Vec::new();
        for rule in RULES {
            if let [Test::Visit(test) | Test::Figures(test)] = rule.tests {
                test(&cx, &history, &visit, &mut Report::of(&rule.code, &mut faults));
            }
        }
        faults.into_iter().map(|fault| (fault.code, fault.key.unwrap_or_default())).collect()
    }

    fn age(population: i64, literate_1: i64, literate_2: i64) -> AgeGroup {
        let [population, literate_1, literate_2] = [population, literate_1, literate_2].map(Some);
        AgeGroup { population, literate_1, literate_2 }
    }

    fn all(population: i64, literate_1: i64, literate_2: i64) -> Literacy {
        Literacy { age_15_60: age(population, literate_1, literate_2), ..Literacy::default() }
    }

    #[test]
    fn one_wrong_figure_is_one_message() {
        const CODE: &str = "literacy-part-above-whole";
        let key = |key: &str| vec![(CODE, format!("literacy.age_15_60.{key}"))];
        assert_eq!(told(all(21_600, 21_121, 20_581)), []);
        assert_eq!(told(all(21_600, 20_121, 20_581)), key("literate_2"));
        assert_eq!(told(all(21_600, 21_121, 25_081)), key("literate_2"));
        assert_eq!(told(all(21_600, 22_121, 20_581)), key("literate_1"));
        assert_eq!(told(all(2_160, 21_121, 20_581)), key("population"));
        assert_eq!(told(all(216_000, 21_121, 20_581)), key("population"));
        let mut two = all(21_600, 21_121, 20_581);
        two.age_15_35 = age(31_000, 30_900, 30_800);
        assert_eq!(told(two.clone()).len(), 3, "each figure of the narrower group is above the wider");
        two.age_15_35 = age(11_000, 10_900, 10_800);
        two.phase_1 = Phase { classes: Some(2), learners: Some(30), finished: Some(40) };
        assert_eq!(told(two), [(CODE, "literacy.phase_1.finished".into())]);
    }

    #[test]
    fn level_2_needs_nine_of_ten() {
        let at = |literate_2, young: Option<i64>| {
            let age_15_35 = young.map_or_else(AgeGroup::default, |young| age(10_000, 9_900, young));
            told(Literacy { level: Some(2), age_15_35, ..all(21_600, 21_500, literate_2) })
        };
        assert_eq!(at(19_440, None), []);
        assert_eq!(at(19_439, None), [("literacy-level-not-reached", "literacy.level".into())]);
        assert_eq!(at(19_439, Some(9_000)), []);
        assert_eq!(at(19_439, Some(8_999)).len(), 1);
    }
}
