//! Rules for figures that are parts of others: none is more than its whole, and together they are not more either.

use super::account::Account;
use super::doubt::{self, Excess, Subgroup};
use super::{Cx, Report, Rule, Test};
use crate::model::centre::{Centre, Staff};
use crate::model::fault::{Code, Severity::Error};
use crate::model::figures::{Awards, Learning, Promotion, TitleKind};
use crate::model::history::{History, Record};
use crate::model::text::{Text, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "part-above-total",
        severity: Error,
        title: t("Số “trong đó” lớn hơn tổng số", "A part above its total"),
        why: t(
            "Nữ, dân tộc thiểu số, người khuyết tật, người từ 60 tuổi trở lên đều nằm trong tổng lượt người; hộ nghèo trong số \
             hộ, người \
             đã bồi dưỡng trong số người, hiện vật trong số thu; các phần cộng lại cũng không quá tổng.",
            "Women, ethnic minorities, people with disabilities and people aged 60 and over are all among the attendances; poor \
             households among the households, the trained among the staff, gifts in kind in what was raised; and all parts \
             together are not more than the total.",
        ),
        wrong: "law = { classes = 12, attendances = 340, women = 350 }",
        right: "law = { classes = 12, attendances = 640, women = 350 }",
    },
    tests: &[
        Test::Figures(subgroup_above_attendances),
        Test::Figures(fields_above_total),
        Test::Figures(part_above_whole),
        Test::Figures(trained_above_all),
        Test::Centre(trained_above_all_of_centre),
    ],
}];

fn subgroup_above_attendances(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for line in doubt::lines(&visit.body) {
        let total_wrong = doubt::attendances_too_small(line.figures);
        let told = if total_wrong { 1 } else { usize::MAX };
        for (Subgroup { key, label, .. }, Excess { part, whole }) in
            doubt::subgroups_above(line.figures).take(told)
        {
            let (key, help) = if total_wrong {
                ("attendances", say!("sửa tổng lượt người", "correct the attendances"))
            } else {
                let help = say!(
                    "{label} không quá {whole}, hoặc sửa tổng lượt người",
                    "{label} are at most {whole}, or correct the attendances",
                    [label, whole]
                );
                (*key, help)
            };
            report.at(
                line.key(key),
                say!(
                    "{label} {part} lớn hơn tổng lượt người {whole}",
                    "{part} {label} are more than the {whole} attendances",
                    [label, part, whole]
                ),
                help,
            );
        }
    }
}

type OfLine = fn(&Learning) -> Option<i64>;

/// What adds up over the fields of activity. Not people: one may have come for several.
static ADDITIVE: [(&str, Text, OfLine); 7] = [
    ("classes", t("số lớp, chuyên đề", "classes"), |line| line.classes),
    ("sessions", t("số buổi", "sessions"), |line| line.sessions),
    ("attendances", t("lượt người", "attendances"), |line| line.attendances),
    ("women", t("nữ", "women"), |line| line.women),
    ("ethnic_minority", t("dân tộc thiểu số", "ethnic minorities"), |line| line.ethnic_minority),
    ("disabled", t("người khuyết tật", "people with disabilities"), |line| line.disabled),
    ("aged_60", t("người từ 60 tuổi trở lên", "people aged 60 and over"), |line| line.aged_60),
];

/// One message: what is wrong with a total is often wrong with all of its figures.
fn fields_above_total(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(activity) = visit.body.activity.as_ref().filter(|activity| activity.approximate.is_empty())
    else {
        return;
    };
    let above = ADDITIVE.iter().find_map(|(key, name, figure)| {
        Some((key, name, Excess::of(activity.sum(figure), figure(&activity.total))?))
    });
    let Some((key, name, Excess { part, whole })) = above else { return };
    report.at(
        format!("activity.total.{key}"),
        say!(
            "{name}: các lĩnh vực cộng lại là {part}, lớn hơn tổng số {whole}",
            "{name}: {part} in all fields together, more than the total of {whole}",
            [name, part, whole]
        ),
        say!("sửa tổng số, hoặc lĩnh vực ghi sai", "correct the total, or the field that is wrong"),
    );
}

type Figure = fn(&Visit) -> Option<i64>;

/// A figure within another, or several within one.
struct Part {
    /// The key path of the part; of several parts, that of their whole.
    key: &'static str,
    name: Text,
    figure: Figure,
    whole: Text,
    of: Figure,
}

static PARTS: [Part; 5] = [
    part(
        "context.poor_households",
        (t("số hộ nghèo", "poor households"), |visit| visit.context.poor_households),
        (t("số hộ", "all households"), |visit| visit.context.households),
    ),
    part(
        "promotion.fund.in_kind",
        (t("hiện vật", "gifts in kind"), |visit| visit.promotion.as_ref()?.fund.in_kind),
        (t("số thu của quỹ", "all that was raised"), |visit| visit.promotion.as_ref()?.fund.raised),
    ),
    part(
        "promotion.branches.total",
        (t("số chi hội cộng theo loại", "branches of all kinds together"), |visit| {
            branches(visit.promotion.as_ref()?)
        }),
        (t("tổng số chi hội", "all branches"), |visit| visit.promotion.as_ref()?.branches.total),
    ),
    part(
        "promotion.awards.count",
        (t("lượt khen thưởng học sinh và giáo viên", "awards to pupils and teachers"), |visit| {
            awards(visit.promotion.as_ref()?, |awards| awards.count)
        }),
        (t("tổng số lượt khen thưởng", "all awards"), |visit| {
            visit.promotion.as_ref()?.awards.count
        }),
    ),
    part(
        "promotion.awards.amount",
        (t("tiền khen thưởng học sinh và giáo viên", "đồng for pupils and teachers"), |visit| {
            awards(visit.promotion.as_ref()?, |awards| awards.amount)
        }),
        (t("tổng tiền khen thưởng", "đồng for all awards"), |visit| {
            visit.promotion.as_ref()?.awards.amount
        }),
    ),
];

const fn part(key: &'static str, (name, figure): (Text, Figure), (whole, of): (Text, Figure)) -> Part {
    Part { key, name, figure, whole, of }
}

fn branches(promotion: &Promotion) -> Option<i64> {
    let kinds = &promotion.branches;
    let each = [kinds.residential, kinds.school, kinds.workplace, kinds.lineage, kinds.other];
    each.into_iter().flatten().reduce(i64::saturating_add)
}

fn awards(promotion: &Promotion, figure: fn(&Awards) -> Option<i64>) -> Option<i64> {
    let each = [figure(&promotion.pupil_awards), figure(&promotion.teacher_awards)];
    each.into_iter().flatten().reduce(i64::saturating_add)
}

/// Round figures need not add up. A whole that another rule finds wrong is reported there.
fn part_above_whole(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for Part { key, name, figure, whole: of_what, of } in &PARTS {
        let Some(Excess { part, whole }) = Excess::of(figure(&visit.body), of(&visit.body)) else { continue };
        if is_round(&visit.body, key) || is_told(&visit.body, key) {
            continue;
        }
        report.at(
            *key,
            say!(
                "{name} {part} lớn hơn {of_what} {whole}",
                "{name}: {part}, more than {of_what}, {whole}",
                [name, part, of_what, whole]
            ),
            say!("sửa một trong hai số", "correct one of the two"),
        );
    }
}

/// True if the block of a figure has round ones.
fn is_round(visit: &Visit, key: &str) -> bool {
    visit.approximate().any(|(block, _)| key.starts_with(block))
}

/// True if another rule says that the whole is wrong.
fn is_told(visit: &Visit, key: &str) -> bool {
    match key {
        "context.poor_households" => doubt::base_broken(visit, TitleKind::Family),
        "promotion.fund.in_kind" => {
            Account::each(visit).any(|account| key.starts_with(account.key) && account.mismatch().is_some())
        }
        _ => false,
    }
}

fn trained_above_all(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    trained(&visit.body.staff, report);
}

fn trained_above_all_of_centre(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    trained(&centre.body.staff, report);
}

fn trained(staff: &Staff, report: &mut Report) {
    let rows = [
        ("managers_trained", t("cán bộ quản lý", "managers"), staff.managers_trained, staff.managers),
        ("lecturers_trained", t("báo cáo viên", "lecturers"), staff.lecturers_trained, staff.lecturers),
        ("teachers_trained", t("giáo viên", "teachers"), staff.teachers_trained, staff.teachers),
    ];
    for (key, name, trained, all) in rows {
        let Some(Excess { part, whole }) = Excess::of(trained, all) else { continue };
        report.at(
            format!("staff.{key}"),
            say!(
                "{part} {name} đã bồi dưỡng, lớn hơn tổng số {whole}",
                "{part} {name} trained, more than all {whole}",
                [part, name, whole]
            ),
            say!("sửa một trong hai số", "correct one of the two"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Fault;
    use crate::model::figures::{Activity, Branches, Fund};
    use crate::model::visit::Context;

    fn keys(body: Visit) -> Vec<String> {
        let (register, history) = Default::default();
        let cx = Cx { register: &register, today: crate::model::day::Day::new(2018, 1, 15).unwrap() };
        let visit = Record { body, sound: true, ..Record::default() };
        let mut faults: Vec<Fault> = Vec::new();
        for test in RULES[0].tests {
            if let Test::Figures(test) = test {
                test(&cx, &history, &visit, &mut Report::of(&RULES[0].code, &mut faults));
            }
        }
        faults.into_iter().filter_map(|fault| fault.key).collect()
    }

    #[test]
    fn the_fields_together_are_within_the_total() {
        let line = |classes| Learning { classes: Some(classes), ..Learning::default() };
        let field = [("law".to_owned(), line(12)), ("health".to_owned(), line(14))].into_iter().collect();
        let activity = |total| Activity { total: line(total), field, ..Activity::default() };
        let body = |activity| Visit { activity: Some(activity), ..Visit::default() };
        let short = activity(25);
        assert_eq!(keys(body(short.clone())), ["activity.total.classes"]);
        assert_eq!(keys(body(Activity { total: line(26), ..short.clone() })), [""; 0]);
        assert_eq!(keys(body(Activity { total: Learning::default(), ..short.clone() })), [""; 0]);
        let round = vec!["field.law.classes".to_owned()];
        assert_eq!(keys(body(Activity { approximate: round, ..short })), [""; 0], "round figures");
    }

    #[test]
    fn parts_are_within_their_whole() {
        let branches =
            Branches { total: Some(9), residential: Some(7), school: Some(3), ..Branches::default() };
        let fund = Fund { raised: Some(96_000_000), in_kind: Some(99_000_000), ..Fund::default() };
        let promotion = Some(Promotion { branches, fund, ..Promotion::default() });
        let staff = Staff { teachers: Some(12), teachers_trained: Some(15), ..Staff::default() };
        let context = Context { households: Some(2_430), poor_households: Some(2_431), ..Context::default() };
        let found = keys(Visit { promotion, staff, context, ..Visit::default() });
        let poor = "context.poor_households";
        let expected = [poor, "promotion.fund.in_kind", "promotion.branches.total", "staff.teachers_trained"];
        assert_eq!(found, expected);
    }
}
