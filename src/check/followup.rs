//! Rules for recommendations and what became of them.

use super::{Cx, Report, Rule, Test, doubt};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::text::{nearest, t};
use crate::model::visit::{FollowupState, Visit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "due-before-visit",
            severity: Error,
            title: t("Thời hạn trước ngày kiểm tra", "Due before the visit"),
            why: t(
                "Kiến nghị được đưa ra trong lần kiểm tra, nên thời hạn thực hiện phải từ ngày ấy trở đi.",
                "A recommendation is made at the visit, so it cannot be due before that day.",
            ),
            wrong: "due = 2016-03-31   # kiểm tra ngày 27/10/2016 / visit on 2016-10-27",
            right: "due = 2017-03-31",
        },
        tests: &[Test::Visit(due_before_visit)],
    },
    Rule {
        code: Code {
            name: "recommendation-overdue",
            severity: Warning,
            title: t("Kiến nghị quá hạn chưa ghi kết quả", "An overdue recommendation without an outcome"),
            why: t(
                "Kiến nghị đã quá hạn mà lần kiểm tra này không ghi kết quả thực hiện, nên không biết đã thực hiện hay chưa. \
                 Kiến nghị còn chờ lần kiểm tra sau thì xem ở bảng theo dõi thực hiện kiến nghị.",
                "The recommendation was due, and this visit does not say what became of it, so it is not known whether it was done. \
                 Recommendations that still await their next visit are in the table of recommendations.",
            ),
            wrong: "# lần trước: due = 2017-03-31 / the visit before: due = 2017-03-31\ndate = 2017-10-26",
            right: "date = 2017-10-26\n[[followup]]\nof = \"2016-10-27-yen-thanh#r1\"\nstate = \"done\"",
        },
        tests: &[Test::Visit(recommendation_overdue)],
    },
    Rule {
        code: Code {
            name: "followup-of-unknown",
            severity: Error,
            title: t(
                "Ghi kết quả cho kiến nghị không có trong sổ",
                "An outcome for an unknown recommendation",
            ),
            why: t(
                "Kết quả thực hiện phải gắn với một kiến nghị của lần kiểm tra trước, của cùng trung tâm.",
                "An outcome belongs to a recommendation of an earlier visit to the same centre.",
            ),
            wrong: "of = \"2015-11-03-yen-thanh#r9\"",
            right: "of = \"2015-11-03-yen-thanh#r2\"",
        },
        tests: &[Test::Visit(followup_of_unknown)],
    },
    Rule {
        code: Code {
            name: "followup-of-closed",
            severity: Error,
            title: t("Ghi kết quả cho kiến nghị đã hoàn thành", "An outcome for a closed recommendation"),
            why: t(
                "Kiến nghị đã thực hiện hoặc không còn áp dụng thì không ghi kết quả nữa; ghi thêm là tính hai lần.",
                "What is done or dropped is not followed up any more; recording it again would count it twice.",
            ),
            wrong: "of = \"2015-11-03-yen-thanh#r2\"   # đã thực hiện từ 2016 / done in 2016",
            right: "of = \"2015-11-03-yen-thanh#r1\"",
        },
        tests: &[Test::Visit(followup_of_closed)],
    },
    Rule {
        code: Code {
            name: "duplicate-followup",
            severity: Error,
            title: t("Ghi kết quả hai lần cho một kiến nghị", "Two outcomes for one recommendation"),
            why: t(
                "Trong một lần kiểm tra, mỗi kiến nghị chỉ có một kết quả.",
                "At each visit a recommendation has one outcome.",
            ),
            wrong: "of = \"2015-11-03-yen-thanh#r2\"   # lần thứ hai / for the second time",
            right: "of = \"2015-11-03-yen-thanh#r1\"",
        },
        tests: &[Test::Visit(duplicate_followup)],
    },
];

fn due_before_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    for (id, recommendation) in &visit.body.recommendation {
        if let Some(due) = recommendation.due.filter(|due| *due < date)
            && !doubt::date(cx, history, visit)
        {
            report.at(
                format!("recommendation.{id}.due"),
                say!(
                    "thời hạn {due} trước ngày kiểm tra {date}",
                    "due on {due}, before the visit on {date}",
                    [due, date]
                ),
                say!("xem lại thời hạn, nhất là năm", "check the date, especially the year"),
            );
        }
    }
}

/// Asked of the first inspection after the due date, which should have followed it up. What no visit could follow up yet is
/// work to do and not a fault of the records, so it is left to the tables.
fn recommendation_overdue(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    if visit.body.date.is_none() || !visit.sound || !visit.body.is_inspection() {
        return;
    }
    for maker in history.before(visit) {
        for (id, recommendation) in &maker.body.recommendation {
            let follows =
                |other: &Record<Visit>| other.body.followup.iter().any(|row| maker.made(id, &row.of));
            let after =
                |other: &Record<Visit>| other.body.is_inspection() && other.body.date > recommendation.due;
            let Some(due) = recommendation.due.filter(|due| maker.body.date <= Some(*due)) else { continue };
            let mut between = history.before(visit).take_while(|other| other.id != maker.id);
            // Of most, an inspection between tells at once; a centre may have a hundred visits.
            if !after(visit)
                || !history.unread.is_empty()
                || between.any(|other| after(other) || !other.sound || follows(other))
                || follows(visit)
                || doubt::date(cx, history, visit)
            {
                continue;
            }
            let name = format!("{}#{id}", maker.id);
            report.at(
                if visit.body.followup.is_empty() { "" } else { "followup" },
                say!(
                    "kiến nghị “{name}” đã quá hạn ngày {due} mà lần kiểm tra này không ghi kết quả",
                    "“{name}” was due on {due}, and this visit does not say what became of it",
                    [name, due]
                ),
                say!(
                    "ghi ở phần “Kết quả thực hiện kiến nghị lần trước” ([[followup]] of = \"{name}\")",
                    "record it under “Outcome of earlier recommendations” ([[followup]] of = \"{name}\")",
                    [name]
                ),
            );
        }
    }
}

/// The follow-ups of a visit, each once, with their index.
fn followups(visit: &Visit) -> impl Iterator<Item = (usize, &str)> {
    let of = |at: usize| visit.followup[at].of.as_str();
    let first = move |at: &usize| !of(*at).is_empty() && !(0..*at).any(|before| of(before) == of(*at));
    (0..visit.followup.len()).filter(first).map(move |at| (at, of(at)))
}

fn followup_of_unknown(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    for (at, of) in followups(&visit.body) {
        let Some((visit_id, id)) = of.split_once('#') else { continue };
        let earlier = history.before(visit).find(|other| other.goes_by(visit_id));
        let message = match earlier {
            Some(other) if other.body.recommendation.contains_key(id) || !other.sound => continue,
            Some(_) => say!(
                "lần kiểm tra “{visit_id}” không có kiến nghị “{id}”",
                "the visit “{visit_id}” made no recommendation “{id}”",
                [visit_id, id]
            ),
            None if history.may_hold(visit_id) => continue,
            None if VisitId::parse(visit_id).is_some_and(|other| other.centre != history.id) => say!(
                "“{visit_id}” là lần kiểm tra của trung tâm khác",
                "“{visit_id}” is a visit to another centre",
                [visit_id]
            ),
            None => say!(
                "trung tâm này không có lần kiểm tra trước nào là “{visit_id}”",
                "this centre has no earlier visit “{visit_id}”",
                [visit_id]
            ),
        };
        let names: Vec<String> = history
            .before(visit)
            .flat_map(|other| other.body.recommendation.keys().map(move |id| format!("{}#{id}", other.id)))
            .collect();
        let help = match nearest(of, names.iter().map(String::as_str)) {
            Some(near) => {
                say!("ghi {near} ở “Kiến nghị” (of)", "give {near} under “Recommendation” (of)", [near])
            }
            None => say!(
                "xem các kiến nghị của những lần kiểm tra trước",
                "see the recommendations of earlier visits"
            ),
        };
        report.at(format!("followup[{at}].of"), message, help);
    }
}

fn followup_of_closed(_: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    for (at, of) in followups(&visit.body) {
        let closing = history.before(visit).find(|other| {
            let closed = |state| matches!(state, Some(FollowupState::Done | FollowupState::Dropped));
            other.body.followup.iter().any(|followup| followup.of == of && closed(followup.state))
        });
        if let Some(closing) = closing {
            report.at(
                format!("followup[{at}].of"),
                say!(
                    "kiến nghị “{of}” đã hoàn thành từ lần kiểm tra “{visit}”",
                    "“{of}” was closed by the visit “{visit}”",
                    [of, visit = closing.id]
                ),
                say!(
                    "bỏ dòng này; nếu việc cũ tái diễn thì ghi kiến nghị mới",
                    "remove it; if the problem has returned, add a new recommendation"
                ),
            );
        }
    }
}

fn duplicate_followup(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (at, followup) in visit.body.followup.iter().enumerate() {
        let of = &followup.of;
        if !of.is_empty() && visit.body.followup[..at].iter().any(|before| before.of == *of) {
            report.at(
                format!("followup[{at}].of"),
                say!(
                    "kiến nghị “{of}” đã được ghi kết quả ở trên",
                    "“{of}” already has an outcome above",
                    [of]
                ),
                say!("giữ một dòng", "keep one of the two"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::Day;
    use crate::model::fault::Fault;
    use crate::model::visit::{Followup, Recommendation};

    fn visit(date: &str, makes: &[&str], follows: &[(&str, FollowupState)]) -> Record<Visit> {
        let due = Day::parse(date).map(|day| day.plus_months(3));
        let made = Recommendation { due, ..Recommendation::default() };
        let followup = |(of, state): &(&str, FollowupState)| Followup {
            of: (*of).to_owned(),
            state: Some(*state),
            note: None,
        };
        let body = Visit {
            date: Day::parse(date),
            recommendation: makes.iter().map(|id| ((*id).to_owned(), made.clone())).collect(),
            followup: follows.iter().map(followup).collect(),
            ..Visit::default()
        };
        Record { id: format!("{date}-a"), body, sound: true, ..Record::default() }
    }

    fn faults(visits: Vec<Record<Visit>>) -> Vec<(&'static str, String)> {
        let register = Default::default();
        let cx = Cx { register: &register, today: Day::new(2018, 1, 15).unwrap() };
        let history = History { id: "a".into(), visits, ..History::default() };
        let mut faults: Vec<Fault> = Vec::new();
        for rule in RULES {
            for visit in &history.visits {
                if let [Test::Visit(test)] = rule.tests {
                    test(&cx, &history, visit, Report::of(&rule.code, &mut faults).on(&visit.id));
                }
            }
        }
        faults.into_iter().map(|fault| (fault.code, fault.key.unwrap_or_default())).collect()
    }

    #[test]
    fn a_recommendation_lives_until_it_is_done_or_dropped() {
        use FollowupState::{Done, Open, Partly};
        let made = || visit("2014-11-03", &["r1", "r2"], &[]);
        let (r1, r2) = ("2014-11-03-a#r1", "2014-11-03-a#r2");
        let partly = || visit("2015-11-03", &[], &[(r1, Partly), (r2, Done)]);
        assert_eq!(faults(vec![made(), partly(), visit("2016-11-03", &[], &[(r1, Done)])]), []);
        let closed = faults(vec![made(), partly(), visit("2016-11-03", &[], &[(r1, Open), (r2, Open)])]);
        assert_eq!(closed, [("followup-of-closed", "followup[1].of".to_owned())]);
    }

    #[test]
    fn an_overdue_recommendation_is_missed_once_and_only_by_a_later_visit() {
        use FollowupState::Open;
        let made = || visit("2015-11-03", &["r1"], &[]);
        assert_eq!(faults(vec![made()]), [], "there is no later visit");
        assert_eq!(faults(vec![made(), visit("2016-01-03", &[], &[])]), [], "not yet due");
        let passed = faults(vec![made(), visit("2016-11-03", &[], &[]), visit("2017-11-03", &[], &[])]);
        assert_eq!(passed, [("recommendation-overdue", String::new())]);
        assert_eq!(faults(vec![made(), visit("2016-11-03", &[], &[("2015-11-03-a#r1", Open)])]), []);
    }

    #[test]
    fn a_follow_up_names_an_earlier_recommendation_once() {
        use FollowupState::Open;
        let made = || visit("2016-11-03", &[], &[]);
        for of in ["2016-11-03-a#r1", "2016-11-04-a#r1", "2016-11-03-b#r1", "2017-11-03-a#r1"] {
            let unknown = faults(vec![made(), visit("2017-11-03", &["r1"], &[(of, Open), (of, Open)])]);
            let first = ("followup-of-unknown", "followup[0].of".to_owned());
            assert_eq!(unknown, [first, ("duplicate-followup", "followup[1].of".to_owned())], "{of}");
        }
        let mut misnamed = visit("2016-11-03", &["r1"], &[]);
        misnamed.id = "2016-11-02-a".to_owned();
        assert_eq!(faults(vec![misnamed, visit("2017-11-03", &[], &[("2016-11-03-a#r1", Open)])]), []);
        let mut broken = made();
        broken.sound = false;
        assert_eq!(faults(vec![broken, visit("2017-11-03", &[], &[("2016-11-03-a#r1", Open)])]), []);
    }
}
