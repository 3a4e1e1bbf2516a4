//! Rules for rows of any file: no row and no id twice, no end before its start.

use super::{Cx, Report, Rule, Test};
use crate::model::campaign::Campaign;
use crate::model::centre::Centre;
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error, Severity::Warning};
use crate::model::field::Vocabulary;
use crate::model::history::{History, Record};
use crate::model::scheme::Scheme;
use crate::model::text::t;
use crate::model::visit::Visit;
use crate::say;
use std::collections::BTreeMap;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "duplicate-id",
            severity: Error,
            title: t("Hai dòng cùng một mã", "Two rows with one id"),
            why: t(
                "Nơi khác gọi tên một dòng bằng mã; hai dòng cùng mã thì không biết là dòng nào.",
                "Other places refer to a row by its id; where two rows have the same id, it is unclear which is meant.",
            ),
            wrong: "id = \"yen-thanh\"   # lần thứ hai / for the second time",
            right: "id = \"yen-thanh-2\"",
        },
        tests: &[
            Test::Settings(duplicate_id_of_activity_field),
            Test::Units(duplicate_id_of_unit),
            Test::Scheme(duplicate_id_in_scheme),
        ],
    },
    Rule {
        code: Code {
            name: "row-twice",
            severity: Warning,
            title: t("Một dòng có hai lần", "A row that is there twice"),
            why: t(
                "Khi hai người cùng thêm một dòng, git có thể gộp thành hai dòng giống hệt nhau; người hay việc ấy bị đếm hai \
                 lần.",
                "Where two people added the same entry, git may keep both; the person or the event is then counted twice.",
            ),
            wrong: "[[team]]\nname = \"Lê Thị C\"\n\n[[team]]\nname = \"Lê Thị C\"",
            right: "[[team]]\nname = \"Lê Thị C\"",
        },
        tests: &[
            Test::Units(row_twice_of_units),
            Test::Campaign(row_twice_of_campaign),
            Test::Centre(row_twice_of_centre),
            Test::Visit(row_twice_of_visit),
        ],
    },
    Rule {
        code: Code {
            name: "dates-reversed",
            severity: Error,
            title: t("Ngày cuối trước ngày đầu", "The last day is before the first"),
            why: t(
                "Một khoảng thời gian kết thúc trước khi bắt đầu thì không có ngày nào.",
                "A span of time that ends before it begins holds no day at all.",
            ),
            wrong: "from = 2015-06-01\nto = 2005-05-31",
            right: "from = 2015-06-01\nto = 2020-05-31",
        },
        tests: &[
            Test::Units(dates_reversed_of_unit),
            Test::Centre(dates_reversed_of_person),
            Test::Scheme(dates_reversed_of_scheme),
            Test::Visit(dates_reversed_of_rating),
        ],
    },
];

fn duplicate_id_of_activity_field(cx: &Cx, report: &mut Report) {
    let own = &cx.register.settings.body.activity_field;
    let all = cx.register.words(Vocabulary::ActivityFields).unwrap_or_default();
    for (at, field) in own.iter().enumerate().filter(|(_, field)| !field.id.is_empty()) {
        let shipped = all.iter().filter(|other| other.id == field.id).count()
            > own.iter().filter(|other| other.id == field.id).count();
        if shipped || own[..at].iter().any(|other| other.id == field.id) {
            twice(&field.id, format!("activity_field[{at}].id"), report);
        }
    }
}

fn duplicate_id_of_unit(cx: &Cx, report: &mut Report) {
    let ids = cx.register.units.body.unit.iter().map(|unit| unit.id.as_str());
    duplicate_id(ids, "unit", report);
}

fn duplicate_id_in_scheme(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    duplicate_id(scheme.body.criterion.iter().map(|row| row.id.as_str()), "criterion", report);
    duplicate_id(scheme.body.rank.iter().map(|row| row.id.as_str()), "rank", report);
    duplicate_id(scheme.body.target.iter().map(|row| row.id.as_str()), "target", report);
}

fn duplicate_id<'a>(ids: impl Iterator<Item = &'a str>, list: &str, report: &mut Report) {
    let mut seen = std::collections::BTreeSet::new();
    for (at, id) in ids.enumerate() {
        if !id.is_empty() && !seen.insert(id) {
            twice(id, format!("{list}[{at}].id"), report);
        }
    }
}

fn twice(id: &str, key: String, report: &mut Report) {
    report.at(
        key,
        say!("mã “{id}” đã dùng cho một dòng khác", "the id “{id}” is already used by another row", [id]),
        say!("đặt mã khác, hoặc bỏ dòng bị lặp", "choose another id, or remove the repeated row"),
    );
}

fn row_twice_of_units(cx: &Cx, report: &mut Report) {
    // A country has thousands of them.
    let (rows, mut seen) = (&cx.register.units.body.succession, BTreeMap::new());
    for (at, row) in rows.iter().enumerate() {
        if let Some(first) = seen.insert((row.date, &row.from, &row.to), at).filter(|at| rows[*at] == *row) {
            twice_over(at, first, "succession", report);
        }
    }
}

fn row_twice_of_campaign(_: &Cx, campaign: &Record<Campaign>, report: &mut Report) {
    row_twice(&campaign.body.not_visited, "not_visited", report);
}

fn row_twice_of_centre(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    row_twice(&centre.body.person, "person", report);
}

fn row_twice_of_visit(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let Visit { team, host, site, photo, .. } = &visit.body;
    row_twice(team, "team", report);
    row_twice(host, "host", report);
    row_twice(site, "site", report);
    row_twice(photo, "photo", report);
}

fn row_twice<T: PartialEq>(rows: &[T], list: &str, report: &mut Report) {
    for (at, row) in rows.iter().enumerate() {
        if let Some(first) = rows[..at].iter().position(|other| other == row) {
            twice_over(at, first, list, report);
        }
    }
}

fn twice_over(at: usize, first: usize, list: &str, report: &mut Report) {
    let message = say!(
        "dòng này giống hệt dòng thứ {first} ([[{list}]])",
        "this row says the same as row {first} ([[{list}]])",
        [first = first + 1, list]
    );
    report.at(format!("{list}[{at}]"), message, say!("xoá một trong hai", "delete one of the two"));
}

fn dates_reversed_of_unit(cx: &Cx, report: &mut Report) {
    for (at, unit) in cx.register.units.body.unit.iter().enumerate() {
        dates_reversed((unit.valid_from, unit.valid_to), || format!("unit[{at}].valid_to"), report);
    }
}

fn dates_reversed_of_person(_: &Cx, centre: &Record<Centre>, report: &mut Report) {
    for (at, person) in centre.body.person.iter().enumerate() {
        dates_reversed((person.from, person.to), || format!("person[{at}].to"), report);
    }
}

fn dates_reversed_of_scheme(_: &Cx, scheme: &Record<Scheme>, report: &mut Report) {
    dates_reversed((scheme.body.valid_from, scheme.body.valid_to), || "valid_to".to_owned(), report);
}

fn dates_reversed_of_rating(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    for (scheme, rating) in &visit.body.rating {
        let decided = rating.decision.as_ref().and_then(|decision| decision.date).map(Date::first);
        dates_reversed((decided, rating.valid_to), || format!("rating.{scheme}.valid_to"), report);
    }
}

fn dates_reversed(span: (Option<Day>, Option<Day>), key: impl Fn() -> String, report: &mut Report) {
    if let (Some(first), Some(last)) = span
        && last < first
    {
        report.at(
            key(),
            say!(
                "ngày cuối {last} trước ngày đầu {first}",
                "the last day, {last}, is before the first, {first}",
                [last, first]
            ),
            say!("sửa một trong hai ngày", "correct one of the two days"),
        );
    }
}
