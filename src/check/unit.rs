//! Rules for administrative units: whose code is whose on which day, and what became of whom.

use super::{Cx, Report, Rule, Test};
use crate::model::day::Day;
use crate::model::fault::{Code, Severity::Error};
use crate::model::register::Register;
use crate::model::text::{Said, t};
use crate::model::unit::{Succession, SuccessionKind, Unit};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code {
            name: "unit-code-taken",
            severity: Error,
            title: t("Một mã đơn vị cho hai đơn vị cùng lúc", "One unit code for two units at once"),
            why: t(
                "Mã đơn vị hành chính được dùng lại sau khi sắp xếp, nhưng mỗi ngày chỉ chỉ một đơn vị.",
                "Codes of administrative units are used again after mergers, but name one unit only on any day.",
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
                "Ngày sắp xếp không khớp thời hạn của đơn vị",
                "A succession at odds with the units' days",
            ),
            why: t(
                "Đơn vị cũ phải còn đến hết ngày hôm trước, đơn vị mới phải có từ ngày hiệu lực; nếu không, bảng tổng hợp \
                 theo đơn vị sẽ thiếu hoặc tính hai lần.",
                "The old units last until the day before and the new ones are there on the day itself; otherwise tables by unit \
                 lose some figures or count them twice.",
            ),
            wrong: "date = 2020-10-01\nfrom = [\"dien-cong\"]   # valid_to = 2019-12-31",
            right: "date = 2020-01-01\nfrom = [\"dien-cong\"]   # valid_to = 2019-12-31",
        },
        tests: &[Test::Units(succession_date_mismatch)],
    },
];

fn unit_code_taken(cx: &Cx, report: &mut Report) {
    let units = &cx.register.units.body.unit;
    for (at, unit) in units.iter().enumerate() {
        let Some(code) = &unit.code else { continue };
        let taken =
            |other: &&Unit| other.code.as_ref() == Some(code) && other.id != unit.id && meet(unit, other);
        let Some(other) = units[..at].iter().find(taken) else { continue };
        let (name, other) = (&unit.name, &other.name);
        report.at(
            format!("unit[{at}].code"),
            say!(
                "mã {code} của {name} trùng với mã của {other} trong cùng thời gian",
                "the code {code} of {name} is that of {other} at the same time"
            ),
            say!(
                "ghi đúng mã theo danh mục, hoặc ghi valid_from, valid_to để hai đơn vị không cùng thời gian",
                "write the code of the official list, or valid_from and valid_to so that the two do not overlap"
            ),
        );
    }
}

/// True where there is a day on which both units existed.
fn meet(a: &Unit, b: &Unit) -> bool {
    let first = a.valid_from.max(b.valid_from);
    let last = [a.valid_to, b.valid_to].into_iter().flatten().min();
    first.is_none_or(|first| last.is_none_or(|last| first <= last))
}

fn succession_date_mismatch(cx: &Cx, report: &mut Report) {
    for (at, succession) in cx.register.units.body.succession.iter().enumerate() {
        let Some(date) = succession.date else { continue };
        if let Some((message, help)) = mismatch(cx.register, succession, date) {
            report.at(format!("succession[{at}].date"), message, help);
        }
    }
}

/// The first unit of a succession that does not fit its day. A split may leave the old unit in being.
fn mismatch(register: &Register, succession: &Succession, date: Day) -> Option<(Said, Said)> {
    let sound = |id: &&String| {
        register
            .unit(id)
            .filter(|unit| !matches!((unit.valid_from, unit.valid_to), (Some(a), Some(b)) if b < a))
    };
    let (eve, date_vi) = (date.before(), date.vietnamese());
    for unit in succession.from.iter().filter_map(|id| sound(&id)) {
        let name = &unit.name;
        if !unit.existed(eve) {
            return Some((
                say!(
                    "{name} không còn hoặc chưa có trước ngày {date_vi}",
                    "{name} did not exist on the eve of {date}"
                ),
                say!(
                    "sửa ngày hiệu lực, hoặc thời hạn của {name} (valid_to = {eve})",
                    "correct the date, or the days of {name} (valid_to = {eve})"
                ),
            ));
        }
        let stays = succession.to.contains(&unit.id) || succession.kind == Some(SuccessionKind::Split);
        if unit.existed(date) && !stays {
            return Some((
                say!("{name} vẫn còn sau ngày {date_vi}", "{name} still exists on {date}"),
                say!(
                    "ghi valid_to = {eve} cho {name}, hoặc sửa ngày hiệu lực",
                    "write valid_to = {eve} for {name}, or correct the date"
                ),
            ));
        }
    }
    let new = succession.to.iter().filter_map(|id| sound(&id)).find(|unit| !unit.existed(date))?;
    let name = &new.name;
    Some((
        say!("{name} chưa có hoặc không còn vào ngày {date_vi}", "{name} does not exist on {date}"),
        say!(
            "sửa ngày hiệu lực, hoặc thời hạn của {name} (valid_from = {date})",
            "correct the date, or the days of {name} (valid_from = {date})"
        ),
    ))
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
        let mut register = Register::default();
        register.units.body.unit =
            vec![unit("dien-cong", None, Some("2019-12-31")), unit("trung-vuong", None, Some("2025-06-30"))];
        let merger = Succession {
            kind: Some(SuccessionKind::Merger),
            from: vec!["dien-cong".into(), "trung-vuong".into()],
            to: vec!["trung-vuong".into()],
            ..Succession::default()
        };
        let fits = |day| mismatch(&register, &merger, Day::parse(day).unwrap()).is_none();
        assert!(fits("2020-01-01"));
        assert!(!fits("2020-10-01") && !fits("2019-01-01"));
    }
}
