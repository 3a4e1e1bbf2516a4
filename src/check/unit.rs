//! Rules for administrative units: which code names which unit on which day, and what became of each.

use super::{Cx, Report, Rule, Test};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error};
use crate::model::text::{Said, t};
use crate::model::unit::{Succession, SuccessionKind, Unit, Units};
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "unit-code-taken",
            severity: Error,
            title: t(
                "Hai xã, phường cùng lúc có một mã đơn vị hành chính",
                "One official code for two units at once",
            ),
            why: t(
                "Mã đơn vị hành chính được dùng lại sau khi sắp xếp, nhưng tại một thời điểm chỉ ứng với một đơn vị.",
                "Codes of administrative units are reused after mergers, but on any day each names only one unit.",
            ),
            wrong: "code = \"06826\"   # của Yên Thanh / that of Yên Thanh",
            right: "code = \"06829\"",
        },
        tests: &[Test::Units(unit_code_taken)],
    },
    Rule {
        code: Code {
            name: "succession-date-mismatch",
            severity: Error,
            title: t(
                "Ngày sắp xếp không khớp thời gian hiệu lực của xã, phường",
                "A succession that does not fit the dates of its units",
            ),
            why: t(
                "Đơn vị cũ phải còn đến hết ngày hôm trước, đơn vị mới phải có từ ngày hiệu lực; nếu không, bảng tổng hợp theo \
                 xã, phường sẽ thiếu hoặc tính hai lần.",
                "The old units must exist until the day before and the new ones from the day itself; otherwise tables by unit \
                 lose figures or count them twice.",
            ),
            wrong: "date = 2020-10-01\nfrom = [\"dien-cong\"]   # valid_to = 2019-12-31",
            right: "date = 2020-01-01\nfrom = [\"dien-cong\"]   # valid_to = 2019-12-31",
        },
        tests: &[Test::Units(succession_date_mismatch)],
    },
    Rule {
        code: Code {
            name: "heir-not-a-successor",
            severity: Error,
            title: t("Đơn vị nhận số liệu không phải đơn vị mới", "An heir that is not a successor"),
            why: t(
                "Số liệu cũ chỉ có thể tính cho một trong các “Đơn vị mới” (to).",
                "The old figures can only be assigned to one of the new units in `to`.",
            ),
            wrong: "to = [\"uong-bi\", \"vang-danh-2025\"]\nheir = \"yen-tu\"",
            right: "to = [\"uong-bi\", \"vang-danh-2025\"]\nheir = \"uong-bi\"",
        },
        tests: &[Test::Units(heir_not_a_successor)],
    },
];

fn heir_not_a_successor(cx: &Cx, report: &mut Report) {
    for (at, succession) in cx.register.units.body.succession.iter().enumerate() {
        let Some(heir) = succession.heir.as_ref().filter(|heir| !succession.to.contains(heir)) else {
            continue;
        };
        report.at(
            format!("succession[{at}].heir"),
            say!(
                "“{heir}” không phải là đơn vị mới của lần sắp xếp này",
                "“{heir}” is not a new unit of this succession",
                [heir]
            ),
            say!("ghi một trong: {to}", "write one of: {to}", [to = succession.to.join(", ")]),
        );
    }
}

/// The code of a unit whose dates do not fit a succession is not compared: that is reported first.
fn unit_code_taken(cx: &Cx, report: &mut Report) {
    let units = &cx.register.units.body.unit;
    let odd = odd(&cx.register.units.body);
    let in_doubt = |at: usize| odd.iter().any(|odd| odd.unit == at);
    let mut by_code: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let Some(code) = &unit.code else { continue };
        let others = by_code.entry(code).or_default();
        let taken = |other_at: &&usize| {
            let other = &units[**other_at];
            let same = other.id != unit.id && meet(unit, other);
            same && !in_doubt(at) && !in_doubt(**other_at)
        };
        let taken = others.iter().find(taken).map(|at| &units[*at]);
        others.push(at);
        let Some(other) = taken else { continue };
        report.at(
            format!("unit[{at}].code"),
            say!(
                "mã {code} của {name} trùng với mã của {other} trong cùng thời gian",
                "the code {code} of {name} is also that of {other} at the same time", [code, name = unit.name, other = other.name]),
            say!(
                "nhập đúng mã theo danh mục, hoặc ghi “Hiệu lực từ ngày”, “Hiệu lực đến hết ngày” để hai đơn vị không trùng \
                 thời gian (valid_from, valid_to)",
                "give the code of the official list, or the days of each so that the two do not overlap (valid_from, valid_to)"
            ),
        );
    }
}

/// True if there is a day on which both units existed.
fn meet(a: &Unit, b: &Unit) -> bool {
    let first = a.valid_from.max(b.valid_from);
    let last = [a.valid_to, b.valid_to].into_iter().flatten().min();
    first.is_none_or(|first| last.is_none_or(|last| first <= last))
}

fn succession_date_mismatch(cx: &Cx, report: &mut Report) {
    let mut said = Vec::new();
    for Odd { key, message, help, .. } in odd(&cx.register.units.body) {
        if !said.contains(&key) {
            said.push(key.clone());
            report.at(key, message, help);
        }
    }
}

/// A unit that does not fit a succession.
struct Odd {
    /// The key path of the wrong day.
    key: String,
    /// The index of the unit.
    unit: usize,
    message: Said,
    help: Said,
}

/// True for a unit that does not fit a succession.
pub fn is_odd(cx: &Cx, id: &str) -> bool {
    let units = &cx.register.units.body;
    odd(units).iter().any(|odd| units.unit[odd.unit].id == id)
}

/// Every unit that does not fit a succession. If several have another day, or none has the same, its date is wrong.
fn odd(units: &Units) -> Vec<Odd> {
    let mut all = Vec::new();
    for (at, succession) in units.succession.iter().enumerate() {
        let Some(date) = succession.date else { continue };
        let of = |ids: &[String]| -> Vec<usize> {
            let sound =
                |unit: &Unit| !matches!((unit.valid_from, unit.valid_to), (Some(a), Some(b)) if b < a);
            let index = |id: &String| units.unit.iter().position(|unit| unit.id == *id && sound(unit));
            ids.iter().filter_map(index).collect()
        };
        let (from, to) = (of(&succession.from), of(&succession.to));
        let last = from.iter().filter(|at| units.unit[**at].valid_to.is_some());
        let first = to.iter().filter(|at| units.unit[**at].valid_from.is_some());
        let dated: BTreeSet<usize> = last.chain(first).copied().collect();
        let old = from.into_iter().filter_map(|at| odd_before(&units.unit[at], at, succession, date));
        let new = to.into_iter().filter_map(|at| odd_after(&units.unit[at], at, date));
        let mut found: Vec<Odd> = old.chain(new).collect();
        let wrong = |odd: &Odd| !odd.key.ends_with(']');
        let units: BTreeSet<usize> = found.iter().filter(|odd| wrong(odd)).map(|odd| odd.unit).collect();
        if units.len() > 1 || units.len() >= dated.len() {
            let key = format!("succession[{at}].date");
            found.iter_mut().filter(|odd| wrong(odd)).for_each(|odd| odd.key.clone_from(&key));
        }
        all.extend(found);
    }
    all
}

/// Why an old unit does not fit: it has to exist on the day before, and not on the day unless it stays or was only
/// split.
fn odd_before(unit: &Unit, at: usize, succession: &Succession, date: Day) -> Option<Odd> {
    let (eve, name) = (date.before(), &unit.name);
    let stays = succession.to.contains(&unit.id) || succession.kind == Some(SuccessionKind::Split);
    let message = match (unit.existed(eve), unit.existed(date) && !stays) {
        (true, false) => return None,
        (true, true) => say!("{name} vẫn còn vào ngày {date}", "{name} still exists on {date}", [name, date]),
        (false, _) => say!(
            "{name} không còn hoặc chưa có trước ngày {date}",
            "{name} did not exist on the day before {date}",
            [name, date]
        ),
    };
    let help = say!(
        "ghi “Hiệu lực đến hết ngày” của {name} (valid_to = {eve}), hoặc sửa ngày sắp xếp",
        "give the last day of {name} (valid_to = {eve}), or correct the date of the succession",
        [eve = eve.to_string(), name]
    );
    let key = if unit.valid_to.is_some() { format!("unit[{at}].valid_to") } else { format!("unit[{at}]") };
    Some(Odd { key, unit: at, message, help })
}

/// Why a new unit does not fit: it has to exist on the day.
fn odd_after(unit: &Unit, at: usize, date: Day) -> Option<Odd> {
    let name = &unit.name;
    let late = unit.valid_from.is_some_and(|from| date < from);
    (!unit.existed(date)).then(|| Odd {
        key: format!("unit[{at}].{}", if late { "valid_from" } else { "valid_to" }),
        unit: at,
        message: say!(
            "{name} chưa có hoặc không còn vào ngày {date}",
            "{name} does not exist on {date}",
            [name, date]
        ),
        help: say!(
            "ghi “Hiệu lực từ ngày” của {name} (valid_from = {date}), hoặc sửa ngày sắp xếp",
            "give the first day of {name} (valid_from = {date}), or correct the date of the succession",
            [date = date.to_string(), name]
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(id: &str, from: Option<&str>, to: Option<&str>) -> Unit {
        let day = |text: Option<&str>| text.and_then(Day::parse);
        Unit { id: id.into(), name: id.into(), valid_from: day(from), valid_to: day(to), ..Unit::default() }
    }

    #[test]
    fn a_code_may_be_used_again_once_the_first_unit_is_gone() {
        let old = unit("thanh-son", None, Some("2025-06-30"));
        assert!(!meet(&old, &unit("uong-bi", Some("2025-07-01"), None)));
        assert!(meet(&old, &unit("uong-bi", Some("2025-06-30"), None)));
        assert!(meet(&old, &unit("uong-bi", None, None)));
    }

    #[test]
    fn a_merger_fits_the_days_of_its_units() {
        let merger = |date: &str| Succession {
            date: Day::parse(date),
            kind: Some(SuccessionKind::Merger),
            from: vec!["dien-cong".into(), "trung-vuong".into()],
            to: vec!["trung-vuong".into()],
            ..Succession::default()
        };
        let keys = |unit: Vec<Unit>, date| {
            let units = Units { unit, succession: vec![merger(date)], ..Units::default() };
            odd(&units).into_iter().map(|odd| odd.key).collect::<Vec<_>>()
        };
        let old = |to| unit("dien-cong", None, to);
        let new = || unit("trung-vuong", None, None);
        assert_eq!(keys(vec![old(Some("2019-12-31")), new()], "2020-01-01"), [""; 0]);
        assert_eq!(keys(vec![old(Some("2019-12-31")), new()], "2020-10-01"), ["succession[0].date"]);
        assert_eq!(keys(vec![old(None), new()], "2020-01-01"), ["unit[0]"], "its last day is missing");
        let ended = unit("trung-vuong", None, Some("2015-06-30"));
        let found = keys(vec![old(Some("2019-12-31")), ended], "2020-01-01");
        assert_eq!(found, ["unit[1].valid_to", "unit[1].valid_to"], "once as the old and once as the new");
    }
}
