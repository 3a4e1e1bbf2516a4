//! Rules for recommendations and what became of them.

use super::{Cx, Report, Rule, Test, calendar};
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record, VisitId};
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
            title: t("Kiến nghị quá hạn chưa được xem lại", "An overdue recommendation nobody looked at"),
            why: t(
                "Đã quá thời hạn mà chưa lần kiểm tra nào sau đó ghi kết quả thực hiện kiến nghị.",
                "The day has passed, and no later visit says what became of the recommendation.",
            ),
            wrong: "due = 2017-03-31   # không có [[followup]] ở lần sau / no [[followup]] later",
            right: "[[followup]]\nof = \"2016-10-27-yen-thanh#r1\"\nstate = \"done\"",
        },
        tests: &[Test::Visit(recommendation_overdue)],
    },
    Rule {
        code: Code {
            name: "followup-of-unknown",
            severity: Error,
            title: t("Theo dõi một kiến nghị không có", "A follow-up of an unknown recommendation"),
            why: t(
                "Kết quả thực hiện phải gắn với một kiến nghị của lần kiểm tra trước, của cùng trung tâm.",
                "What became of a recommendation has to name one that an earlier visit to the same centre made.",
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
            title: t("Theo dõi một kiến nghị đã xong", "A follow-up of a closed recommendation"),
            why: t(
                "Kiến nghị đã thực hiện xong hoặc không còn áp dụng thì không theo dõi nữa; ghi lại là đếm hai lần.",
                "What is done or dropped is followed up no more; to write it again would count it twice.",
            ),
            wrong: "of = \"2015-11-03-yen-thanh#r2\"   # đã xong từ 2016 / done in 2016",
            right: "of = \"2015-11-03-yen-thanh#r1\"",
        },
        tests: &[Test::Visit(followup_of_closed)],
    },
    Rule {
        code: Code {
            name: "duplicate-followup",
            severity: Error,
            title: t("Theo dõi một kiến nghị hai lần", "A recommendation followed up twice"),
            why: t(
                "Trong một lần kiểm tra, mỗi kiến nghị chỉ có một kết quả.",
                "At one visit a recommendation has one outcome.",
            ),
            wrong: "of = \"2015-11-03-yen-thanh#r2\"   # lần thứ hai / for the second time",
            right: "of = \"2015-11-03-yen-thanh#r1\"",
        },
        tests: &[Test::Visit(duplicate_followup)],
    },
];

fn due_before_visit(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let Some(date) = visit.body.date.filter(|_| !calendar::date_in_doubt(cx, history, visit)) else { return };
    for (id, recommendation) in &visit.body.recommendation {
        if let Some(due) = recommendation.due.filter(|due| *due < date) {
            let (due_vi, date_vi) = (due.vietnamese(), date.vietnamese());
            report.at(
                format!("recommendation.{id}.due"),
                say!(
                    "thời hạn {due_vi} trước ngày kiểm tra {date_vi}",
                    "due on {due}, before the visit on {date}"
                ),
                say!("sửa thời hạn, nhất là năm", "correct the day, above all the year"),
            );
        }
    }
}

/// A later visit that could not be read whole may hold the follow-up. What a closed centre leaves undone is past.
fn recommendation_overdue(cx: &Cx, history: &History, visit: &Record<Visit>, report: &mut Report) {
    let closed = history.centre.as_ref().is_some_and(|centre| !centre.body.active_on(cx.today));
    let at = history.visits.iter().position(|other| other.id == visit.id).unwrap_or(0);
    let later = &history.visits[(at + 1).min(history.visits.len())..];
    let Some(date) = visit.body.date.filter(|_| !closed && later.iter().all(|other| other.sound)) else {
        return;
    };
    for (id, recommendation) in &visit.body.recommendation {
        let Some(due) = recommendation.due.filter(|due| date <= *due && *due < cx.today) else { continue };
        let name = format!("{}#{id}", visit.id);
        if later.iter().flat_map(|other| &other.body.followup).any(|followup| followup.of == name) {
            continue;
        }
        let due_vi = due.vietnamese();
        report.at(
            format!("recommendation.{id}.due"),
            say!(
                "quá hạn từ ngày {due_vi}, chưa lần kiểm tra nào xem lại",
                "overdue since {due}, and no later visit looked at it"
            ),
            say!(
                "lần kiểm tra sau ghi [[followup]] với of = \"{name}\"",
                "at the next visit, write a [[followup]] with of = \"{name}\""
            ),
        );
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
        let earlier = history.before(visit).find(|other| other.id == visit_id);
        let message = match earlier {
            Some(other) if other.body.recommendation.contains_key(id) || !other.sound => continue,
            Some(_) => say!(
                "lần kiểm tra \"{visit_id}\" không có kiến nghị \"{id}\"",
                "the visit \"{visit_id}\" made no recommendation \"{id}\""
            ),
            None if VisitId::parse(visit_id).is_some_and(|other| other.centre != history.id) => {
                say!(
                    "\"{visit_id}\" là lần kiểm tra của trung tâm khác",
                    "\"{visit_id}\" is a visit to another centre"
                )
            }
            None => say!(
                "trung tâm này không có lần kiểm tra trước nào là \"{visit_id}\"",
                "this centre has no earlier visit \"{visit_id}\""
            ),
        };
        let names: Vec<String> = history
            .before(visit)
            .flat_map(|other| other.body.recommendation.keys().map(move |id| format!("{}#{id}", other.id)))
            .collect();
        let help = match nearest(of, names.iter().map(String::as_str)) {
            Some(near) => say!("ghi of = \"{near}\"", "write of = \"{near}\""),
            None => say!(
                "xem các kiến nghị của những lần kiểm tra trước",
                "look at the recommendations of earlier visits"
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
            let id = &closing.id;
            report.at(
                format!("followup[{at}].of"),
                say!(
                    "kiến nghị \"{of}\" đã xong từ lần kiểm tra \"{id}\"",
                    "\"{of}\" was closed by the visit \"{id}\""
                ),
                say!(
                    "bỏ dòng này; nếu việc cũ tái diễn, ghi kiến nghị mới",
                    "remove it; if the matter is back, make a new recommendation"
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
                    "kiến nghị \"{of}\" đã được ghi kết quả ở trên",
                    "\"{of}\" is already followed up above"
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
            of: format!("{of}"),
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
        let history = History { id: "a".into(), centre: None, visits };
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
    fn an_overdue_recommendation_wants_a_follow_up() {
        let overdue = faults(vec![visit("2016-11-03", &["r1"], &[])]);
        assert_eq!(overdue, [("recommendation-overdue", "recommendation.r1.due".to_owned())]);
        assert_eq!(faults(vec![visit("2017-12-01", &["r1"], &[])]), [], "not yet due");
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
        let mut broken = made();
        broken.sound = false;
        assert_eq!(faults(vec![broken, visit("2017-11-03", &[], &[("2016-11-03-a#r1", Open)])]), []);
    }
}
