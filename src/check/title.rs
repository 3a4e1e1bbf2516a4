//! Rules for learning titles: recognised within registered, registered within all there are, one standard.

use super::doubt::{self, Excess};
use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::figures::TitleKind;
use crate::model::history::{History, Record};
use crate::model::text::{Said, t};
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "recognised-above-registered",
            severity: Warning,
            title: t("Công nhận nhiều hơn đăng ký", "More recognised than registered"),
            why: t(
                "Danh hiệu được bình xét trong số đã đăng ký từ đầu năm (Quyết định 448/QĐ-KHVN), nhưng có nơi công nhận cả nơi \
                 không đăng ký: đúng như văn bản thì giữ nguyên.",
                "Titles are given among those that registered at the start of the year (448/QĐ-KHVN), but some places recognise \
                 others as well: what the paper says stays.",
            ),
            wrong: "family = { registered = 1_500, recognised = 1_610, base = 2_430 }",
            right: "family = { registered = 1_900, recognised = 1_610, base = 2_430 }",
        },
        tests: &[Test::Figures(recognised_above_registered)],
    },
    Rule {
        code: Code {
            name: "recognised-above-base",
            severity: Error,
            title: t("Công nhận nhiều hơn tổng số", "More recognised than there are"),
            why: t(
                "Không thể công nhận nhiều hơn số gia đình, dòng họ, thôn, tổ dân phố, đơn vị hiện có của xã, phường.",
                "No more families, lineages, villages or workplaces can be recognised than the commune has.",
            ),
            wrong: "lineage = { recognised = 16, base = 12 }",
            right: "lineage = { recognised = 6, base = 12 }",
        },
        tests: &[Test::Figures(recognised_above_base)],
    },
    Rule {
        code: Code {
            name: "registered-above-base",
            severity: Error,
            title: t("Đăng ký nhiều hơn tổng số", "More registered than there are"),
            why: t(
                "Không thể đăng ký nhiều hơn số gia đình, dòng họ, thôn, tổ dân phố, đơn vị hiện có của xã, phường.",
                "No more families, lineages, villages or workplaces can register than the commune has.",
            ),
            wrong: "lineage = { registered = 19, recognised = 6, base = 12 }",
            right: "lineage = { registered = 9, recognised = 6, base = 12 }",
        },
        tests: &[Test::Figures(registered_above_base)],
    },
    Rule {
        code: Code {
            name: "digital-skills-above-recognised",
            severity: Error,
            title: t(
                "Người có kỹ năng số nhiều hơn người được công nhận",
                "More with digital skills than recognised",
            ),
            why: t(
                "Người có kỹ năng số được đếm trong số công dân học tập đã công nhận (Quyết định 677/QĐ-TTg).",
                "Those with digital skills are counted among the learning citizens that were recognised (677/QĐ-TTg).",
            ),
            wrong: "citizen = { recognised = 1_127, digital_skills = 8_451 }",
            right: "citizen = { recognised = 1_127, digital_skills = 845 }",
        },
        tests: &[Test::Figures(digital_skills_above_recognised)],
    },
    Rule {
        code: Code {
            name: "all-recognised",
            severity: Warning,
            title: t("Công nhận 100%", "All are recognised"),
            why: t(
                "Nơi tốt nhất trong các báo cáo cũng chỉ công nhận 85 đến 90% số gia đình đăng ký; công nhận tất cả thường là chép \
                 số. Dòng họ, thôn, tổ dân phố, đơn vị thì ít, tất cả được công nhận là chuyện thường.",
                "Even the best places recognise 85 to 90% of the families registered; where all are recognised, a figure was usually \
                 copied. Lineages, villages and workplaces are few, and often all of them are recognised.",
            ),
            wrong: "family = { registered = 2_430, recognised = 2_430, base = 2_430 }",
            right: "family = { registered = 1_900, recognised = 1_610, base = 2_430 }",
        },
        tests: &[Test::Visit(all_recognised)],
    },
    Rule {
        code: Code {
            name: "title-by-two-standards",
            severity: Warning,
            title: t("Một danh hiệu theo cả hai bộ tiêu chí", "One title by both standards"),
            why: t(
                "Từ năm 2016, danh hiệu “học tập” (Quyết định 448/QĐ-KHVN) thay cho “hiếu học”; hai số liệu không cộng với \
                 nhau, \
                 ghi cả hai cho một loại thường là ghi lặp.",
                "From 2016 the learning titles (448/QĐ-KHVN) replace the studious ones; the two are never added up, and both for one \
                 kind are usually the same figures twice.",
            ),
            wrong: "[title.learning]\nfamily = { recognised = 1_610 }\n[title.studious]\nfamily = { recognised = 1_610 }",
            right: "[title.learning]\nfamily = { recognised = 1_610 }",
        },
        tests: &[Test::Figures(title_by_two_standards)],
    },
];

/// What is also above the base is reported there; if registered and recognised are both above it, the base is wrong,
/// and whether one is above the other still counts.
fn recognised_above_registered(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for row in doubt::titles(&visit.body) {
        let elsewhere = row.recognised_above_base().is_some() && row.registered_above_base().is_none();
        let excess = row.recognised_above_registered().filter(|_| !elsewhere);
        let Some(Excess { part, whole }) = excess else { continue };
        report.at(
            row.key("recognised"),
            say!(
                "số được công nhận {part} lớn hơn số đăng ký {whole}",
                "{part} recognised are more than the {whole} registered",
                [part, whole]
            ),
            say!("xem có ghi nhầm hai số cho nhau không", "check whether the two were swapped"),
        );
    }
}

fn recognised_above_base(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for row in doubt::titles(&visit.body).filter(|row| row.registered_above_base().is_none()) {
        let Some(Excess { part, whole }) = row.recognised_above_base() else { continue };
        report.at(
            row.key("recognised"),
            say!(
                "số được công nhận {part} lớn hơn tổng số hiện có {whole}",
                "{part} recognised are more than the {whole} there are",
                [part, whole]
            ),
            say!("sửa số được công nhận, hoặc tổng số hiện có", "correct the recognised, or the base"),
        );
    }
}

/// If both are above the base, it is the base that is too small.
fn registered_above_base(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let mut said = Vec::new();
    for row in doubt::titles(&visit.body) {
        let Some(Excess { part, whole }) = row.registered_above_base() else { continue };
        let key = if row.recognised_above_base().is_some() { row.base_key() } else { row.key("registered") };
        if said.contains(&key) {
            continue;
        }
        report.at(
            key.clone(),
            say!(
                "số đăng ký {part} lớn hơn tổng số hiện có {whole}",
                "{part} registered are more than the {whole} there are",
                [part, whole]
            ),
            say!("sửa số đăng ký, hoặc tổng số hiện có", "correct the registered, or the base"),
        );
        said.push(key);
    }
}

const MANY: i64 = 100;

fn digital_skills_above_recognised(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for row in doubt::titles(&visit.body) {
        let excess = Excess::of(row.title.digital_skills, row.title.recognised);
        let Some(Excess { part, whole }) = excess else { continue };
        report.at(
            row.key("digital_skills"),
            say!(
                "{part} người có kỹ năng số, nhiều hơn {whole} người được công nhận",
                "{part} with digital skills are more than the {whole} recognised",
                [part, whole]
            ),
            say!("sửa một trong hai số", "correct one of the two"),
        );
    }
}

/// All of a few may well be recognised, and more than 99% is reported only of a hundred and more.
fn all_recognised(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for row in doubt::titles(&visit.body) {
        let (Some(recognised), Some(base)) = (row.title.recognised, row.base) else { continue };
        let all = recognised == base
            && base >= if row.kind == TitleKind::Family { 10 } else { MANY }
            && row.title.registered.is_none_or(|registered| registered == base);
        let nearly =
            base >= MANY && recognised <= base && recognised.saturating_mul(100) > base.saturating_mul(99);
        if (all || nearly)
            && row.recognised_above_registered().is_none()
            && row.registered_above_base().is_none()
        {
            report.at(
                row.key("recognised"),
                say!(
                    "công nhận cả {recognised}/{base}",
                    "all are recognised: {recognised} of {base}",
                    [recognised, base]
                ),
                say!("xem lại số đã được công nhận", "check the number recognised"),
            );
        }
    }
}

fn title_by_two_standards(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(titles) = &visit.body.title else { return };
    let both =
        titles.learning.each().map(|(kind, _)| kind).filter(|kind| titles.studious.get(*kind).is_some());
    let both: Vec<TitleKind> = both.collect();
    let key = match both.as_slice() {
        [] => return,
        [only] => format!("title.studious.{}", only.word()),
        _ => "title.studious".to_owned(),
    };
    report.at(
        key,
        say!(
            "{kinds}: có cả danh hiệu học tập và hiếu học",
            "{kinds}: both learning and studious titles are given",
            [kinds = Said::join(both.iter().map(|kind| kind.label().into()), ", ")]
        ),
        say!(
            "giữ số liệu theo bộ tiêu chí đang dùng, bỏ bộ kia",
            "keep those of the standard in use, and remove the others"
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Fault;
    use crate::model::figures::{Title, Titles};
    use crate::model::visit::Context;

    fn faults(registered: i64, recognised: i64, households: i64) -> Vec<(&'static str, String)> {
        let mut titles = Titles::default();
        titles.learning.family =
            Some(Title { registered: Some(registered), recognised: Some(recognised), ..Title::default() });
        let context = Context { households: Some(households), ..Context::default() };
        let body = Visit { title: Some(titles), context, ..Visit::default() };
        let visit = Record { body, sound: true, ..Record::default() };
        let (register, history) = Default::default();
        let cx = Cx { register: &register, today: crate::model::day::Day::new(2018, 1, 15).unwrap() };
        let mut faults: Vec<Fault> = Vec::new();
        for rule in RULES {
            if let [Test::Visit(test) | Test::Figures(test)] = rule.tests {
                test(&cx, &history, &visit, &mut Report::of(&rule.code, &mut faults));
            }
        }
        faults.into_iter().map(|fault| (fault.code, fault.key.unwrap_or_default())).collect()
    }

    #[test]
    fn one_wrong_figure_is_one_message() {
        let key = |figure: &str| format!("title.learning.family.{figure}");
        assert_eq!(faults(1_900, 1_610, 2_430), []);
        assert_eq!(faults(1_500, 1_610, 2_430), [("recognised-above-registered", key("recognised"))]);
        assert_eq!(faults(1_900, 16_100, 2_430), [("recognised-above-base", key("recognised"))]);
        assert_eq!(faults(19_000, 1_610, 2_430), [("registered-above-base", key("registered"))]);
        assert_eq!(faults(1_900, 1_610, 243), [("registered-above-base", "context.households".into())]);
        assert_eq!(faults(2_430, 2_430, 2_430), [("all-recognised", key("recognised"))]);
        assert_eq!(faults(7, 7, 7), []);
    }
}
