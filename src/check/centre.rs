//! Rules for centres: one director at a time, and dates that fit its visits.

use super::doubt::{self, Gone};
use super::{Cx, Report, Rule, Test, unit};
use crate::model::centre::{Centre, Person, Post, StatusValue};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::history::{History, Record};
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "two-directors",
            severity: Error,
            title: t("Hai giám đốc cùng một lúc", "Two directors at the same time"),
            why: t(
                "Trung tâm có một giám đốc (Điều 12 Quy chế kèm theo Quyết định 09/2008/QĐ-BGDĐT). Thường là quên ghi ngày \
                 thôi giữ chức của người trước.",
                "A centre has one director (09/2008/QĐ-BGDĐT, article 12). Usually the last day of the previous one was forgotten.",
            ),
            wrong: "posts = [\"director\"]\nfrom = 2010-01-01                      # người sau từ 2015 / the next from 2015",
            right: "posts = [\"director\"]\nfrom = 2010-01-01\nto = 2015-05-31",
        },
        tests: &[Test::Centre(two_directors)],
    },
    Rule {
        code: Code {
            name: "no-director",
            severity: Warning,
            title: t("Không có giám đốc vào ngày kiểm tra", "No director on the day of the visit"),
            why: t(
                "Phần cán bộ của trung tâm có ghi người, nhưng không ai là giám đốc vào ngày kiểm tra gần nhất \
                 (Quyết định 09/2008/QĐ-BGDĐT: mỗi trung tâm có giám đốc).",
                "The centre's people are listed, but none of them was director on the day of its latest visit \
                 (09/2008/QĐ-BGDĐT: every centre has a director).",
            ),
            wrong: "posts = [\"deputy_director\"]",
            right: "posts = [\"director\"]",
        },
        tests: &[Test::History(no_director)],
    },
    Rule {
        code: Code {
            name: "status-out-of-order",
            severity: Error,
            title: t("Tình trạng không theo thứ tự thời gian", "Statuses out of order"),
            why: t(
                "Mỗi tình trạng kéo dài đến ngày của tình trạng sau; ngày bắt đầu không được trước ngày thành lập.",
                "Each status lasts until the day of the next, and none begins before the centre was founded.",
            ),
            wrong: "from = 2009-03-01   # dòng trước từ 2015 / the row above from 2015",
            right: "from = 2019-03-01",
        },
        tests: &[Test::Centre(status_out_of_order)],
    },
    Rule {
        code: Code {
            name: "centre-not-active",
            severity: Error,
            title: t(
                "Kiểm tra khi trung tâm chưa có hoặc không còn",
                "A visit to a centre that did not exist",
            ),
            why: t(
                "Không thể kiểm tra một trung tâm chưa thành lập, đã sáp nhập hoặc đã giải thể. Trung tâm bị đình chỉ thì vẫn \
                 kiểm tra được, để xét cho hoạt động trở lại.",
                "A centre that is not yet founded, or already merged or dissolved, cannot be visited. A suspended one can, to \
                 decide whether it may work again.",
            ),
            wrong: "date = 2006-10-27   # thành lập ngày 2007-05-14 / founded on 2007-05-14",
            right: "date = 2016-10-27",
        },
        tests: &[Test::History(centre_not_active)],
    },
    Rule {
        code: Code {
            name: "unit-ended",
            severity: Warning,
            title: t("Xã, phường không còn mà trung tâm vẫn còn", "A centre of a unit that has ended"),
            why: t(
                "Khi xã, phường được sắp xếp, trung tâm của đơn vị cũ được sáp nhập hoặc giải thể bằng quyết định; chưa ghi \
                 thì sổ vẫn coi trung tâm là đang hoạt động và chờ kiểm tra.",
                "When communes are merged, the centres of the old ones are merged or dissolved by decision; until that is \
                 recorded, the register takes them for active and expects visits to them.",
            ),
            wrong: "unit = \"quang-trung\"   # valid_to = 2025-06-30",
            right: "[[status]]\nvalue = \"merged\"\nfrom = 2025-07-01\ninto = [\"uong-bi\"]",
        },
        tests: &[Test::Centre(unit_ended)],
    },
];

/// A unit whose dates do not fit a succession is not asked: that is reported first.
fn unit_ended(cx: &Cx, centre: &Record<Centre>, report: &mut Report) {
    let unit = cx.register.unit(&centre.body.unit);
    let Some((unit, ended)) = unit.and_then(|unit| Some((unit, unit.valid_to?))) else { return };
    let settled = matches!(centre.body.status_on(cx.today), StatusValue::Merged | StatusValue::Dissolved);
    if cx.today <= ended || settled || !centre.sound || unit::is_odd(cx, &unit.id) {
        return;
    }
    report.at(
        "unit",
        say!(
            "{name} chỉ còn đến hết ngày {ended}, nhưng trung tâm chưa ghi sáp nhập hay giải thể",
            "{name} existed until {ended}, but the centre is recorded neither as merged nor as dissolved",
            [name = unit.name, ended]
        ),
        say!(
            "ttht merge-centres {id} --into …; hoặc ghi “Tình trạng” theo quyết định ([[status]])",
            "ttht merge-centres {id} --into …; or record the status as decided ([[status]])",
            [id = centre.id]
        ),
    );
}

fn two_directors(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    let sound = |person: &Person| !matches!((person.from, person.to), (Some(from), Some(to)) if to < from);
    let people = centre.body.person.iter().enumerate();
    let mut directors: Vec<_> =
        people.filter(|(_, person)| person.posts.contains(&Post::Director) && sound(person)).collect();
    directors.sort_by_key(|(_, person)| person.from);
    for pair in directors.windows(2) {
        let [(at, earlier), (next_at, next)] = *pair else { continue };
        let overlap = next.from.is_none_or(|from| earlier.to.is_none_or(|to| from <= to));
        if !overlap || earlier.name == next.name {
            continue;
        }
        let key = match (earlier.to, earlier.from == next.from) {
            (_, true) => format!("person[{next_at}].posts"),
            (None, _) => format!("person[{at}]"),
            (Some(_), _) => format!("person[{at}].to"),
        };
        let (one, two) = (&earlier.name, &next.name);
        let help = match next.from {
            Some(from) => say!(
                "ghi ngày cuối giữ chức của {one} ở “Đến hết ngày” (to = {eve})",
                "give the last day of {one} (to = {eve})",
                [one, eve = from.before().to_string()]
            ),
            None => say!(
                "ghi “Từ ngày”, “Đến hết ngày” của từng người (from, to)",
                "give the first and the last day of each (from, to)"
            ),
        };
        report.at(
            key,
            say!("{one} và {two} cùng là giám đốc", "{one} and {two} are both director", [one, two]),
            help,
        );
    }
}

/// Asked once, for the latest visit, and only if any people of the centre are reported.
fn no_director(cx: &Cx, history: &History, report: &mut Report) {
    let Some(centre) = history.centre.as_ref().filter(|centre| centre.sound) else { return };
    let Some(latest) = history.visits.last() else { return };
    let Some(date) = latest.body.date.filter(|_| !doubt::date(cx, history, latest)) else {
        return;
    };
    let people = &centre.body.person;
    if !people.is_empty() && centre.body.director_on(date).is_none() {
        let former = people.iter().rposition(|person| person.posts.contains(&Post::Director));
        report.at_file(
            centre.file.to_string(),
            former.map_or("person".to_owned(), |at| format!("person[{at}]")),
            say!(
                "không ai là giám đốc vào ngày kiểm tra {date}",
                "there was no director on the day of the visit, {date}",
                [date]
            ),
            say!(
                "thêm người giữ chức Giám đốc trung tâm (posts = [\"director\"]), hoặc sửa “Từ ngày”, “Đến hết ngày” (from, \
                 to)",
                "add the director (posts = [\"director\"]), or correct the days (from, to)"
            ),
        );
    }
}

fn status_out_of_order(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    let mut before: Option<Day> = None;
    for (at, status) in centre.body.status.iter().enumerate() {
        let Some(from) = status.from else { continue };
        let message = match (before, centre.body.founded()) {
            (Some(before), _) if from <= before => say!(
                "tình trạng từ ngày {from}, không sau tình trạng đứng trên, từ ngày {before}",
                "a status from {from}, not after the one above it, from {before}",
                [from, before]
            ),
            (None, Some(founded)) if from < founded.first() => say!(
                "tình trạng từ ngày {from}, trước khi thành lập {founded}",
                "a status from {from}, before the founding {founded}",
                [from, founded = founded.said()]
            ),
            _ => {
                before = Some(from);
                continue;
            }
        };
        report.at(
            format!("status[{at}].from"),
            message,
            say!(
                "sửa ngày, hoặc ghi các tình trạng từ cũ đến mới",
                "correct the day, or list the statuses from old to new"
            ),
        );
        return;
    }
}

/// A date that is wrong for another reason is not checked. If there are several visits, all before the founding, it is
/// the founding that is wrong.
fn centre_not_active(cx: &Cx, history: &History, report: &mut Report) {
    let Some(centre) = &history.centre else { return };
    let asked = history.visits.iter().filter(|visit| !doubt::misdated(cx, visit));
    let gone: Vec<(&Record<Visit>, Gone)> =
        asked.filter_map(|visit| Some((visit, doubt::gone(cx, &centre.body, &visit.body)?))).collect();
    let before = gone.iter().filter(|(_, gone)| matches!(gone, Gone::Before(_))).count();
    if before > 1 && before == history.visits.len() {
        founded_too_late(centre, history, report);
    } else {
        gone.into_iter().for_each(|(visit, gone)| visited_in_vain(visit, gone, report));
    }
}

fn founded_too_late(centre: &Record<Centre>, history: &History, report: &mut Report) {
    let Some(first) = history.visits.iter().find_map(|visit| visit.body.date) else { return };
    report.at_file(
        centre.file.to_string(),
        "founded.date",
        say!(
            "thành lập sau cả {visits} lần kiểm tra, lần đầu ngày {first}",
            "founded after all {visits} visits, the first on {first}",
            [visits = history.visits.len(), first]
        ),
        say!("nhập ngày ghi trên quyết định thành lập", "give the date of the founding decision"),
    );
}

fn visited_in_vain(visit: &Record<Visit>, gone: Gone, report: &mut Report) {
    let Some(date) = visit.body.date else { return };
    let message = match gone {
        Gone::Before(founded) => say!(
            "kiểm tra ngày {date}, trước khi trung tâm thành lập {founded}",
            "visited on {date}, before the centre was founded {founded}",
            [date, founded = founded.said()]
        ),
        Gone::Since(status) => say!(
            "kiểm tra ngày {date}, khi trung tâm đã {status}",
            "visited on {date}, when the centre was {status}",
            [date, status = status.label()]
        ),
    };
    report.at_file(
        visit.file.to_string(),
        "date",
        message,
        say!(
            "sửa ngày kiểm tra, hoặc sửa “Thành lập”, “Tình trạng” của trung tâm (founded, status)",
            "correct the date, or the founding and the status of the centre (founded, status)"
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::model::fault::Fault;

    fn director(name: &str, from: Option<&str>, to: Option<&str>) -> Person {
        let day = |text: Option<&str>| text.and_then(Day::parse);
        Person {
            name: name.into(),
            posts: vec![Post::Director],
            from: day(from),
            to: day(to),
            ..Person::default()
        }
    }

    fn faults(person: Vec<Person>) -> Vec<Fault> {
        let register = Default::default();
        let cx = Cx { register: &register, today: Day::new(2018, 1, 15).unwrap() };
        let centre =
            Record { body: Centre { person, ..Centre::default() }, sound: true, ..Record::default() };
        let mut faults = Vec::new();
        two_directors(&cx, &centre, &mut Report::of(&RULES[0].code, &mut faults));
        faults
    }

    #[test]
    fn one_director_follows_another() {
        let after = || director("B", Some("2015-06-01"), None);
        assert_eq!(faults(vec![after(), director("A", Some("2010-01-01"), Some("2015-05-31"))]), []);
        let open = faults(vec![after(), director("A", Some("2010-01-01"), None)]);
        assert_eq!(open[0].key.as_deref(), Some("person[1]"), "the one who has no last day");
        let late = faults(vec![director("A", Some("2010-01-01"), Some("2015-06-01")), after()]);
        assert_eq!(late[0].key.as_deref(), Some("person[0].to"));
        assert_eq!(faults(vec![after(), director("A", Some("2015-06-01"), Some("2005-06-01"))]), []);
    }
}
