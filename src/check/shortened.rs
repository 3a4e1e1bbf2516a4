//! The rule for what an office writes in short: it stands for one thing.

use super::{Cx, Report, Rule, Test};
use crate::model::RecordKind;
use crate::model::abbreviation::Abbreviation;
use crate::model::fault::{Code, Severity::Error};
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::meaning::{Named, is_same};
use crate::model::register::Register;
use crate::model::text::{Said, did_you_mean, nearest, t};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "unclear-abbreviation",
        severity: Error,
        title: t("Cách viết tắt không rõ nghĩa", "An abbreviation without a clear meaning"),
        why: t(
            "Cách viết tắt riêng phải chỉ một mục có trong danh sách; nếu trùng tên mục khác thì khi gõ dễ thành mục khác.",
            "An abbreviation must stand for one thing that is in a list; what is also called so would be taken for it.",
        ),
        wrong: "means = \"Phó Chủ tịch\"",
        right: "means = \"Phó Chủ tịch UBND\"",
    },
    tests: &[Test::Settings(unclear_abbreviation)],
}];

fn unclear_abbreviation(cx: &Cx, report: &mut Report) {
    let own = &cx.register.settings.body.abbreviation;
    let lists = if own.is_empty() { Vec::new() } else { lists(cx.register) };
    for (at, row) in own.iter().enumerate() {
        let having = lists.iter().filter(|list| list.iter().any(|named| named.is(&row.means)));
        let having: Vec<_> = having.collect();
        if having.is_empty() {
            of_nothing(&lists, (at, row), report);
        }
        for (n, typed) in row.typed.iter().enumerate() {
            let before = own[..at].iter().filter(|row| row.typed.iter().any(|other| is_same(other, typed)));
            let before: Vec<&str> = before.map(|row| row.means.as_str()).collect();
            let is_other = |named: &Named| {
                !named.is(&row.means) && (named.is(typed) || before.iter().any(|means| named.is(means)))
            };
            if let Some(other) = having.iter().find_map(|list| list.iter().find(|named| is_other(named))) {
                of_another((at, n), typed, other, report);
            }
        }
    }
}

fn of_nothing(lists: &[Vec<Named>], (at, row): (usize, &Abbreviation), report: &mut Report) {
    let means = &row.means;
    let names = lists.iter().flatten().flat_map(|named| [named.vi, named.en, named.word]);
    let list = || {
        say!(
            "ghi đúng tên như khi được hỏi, ví dụ Phó Chủ tịch UBND",
            "write what a list calls it, such as “Law”"
        )
    };
    let help = nearest(means, names).map_or_else(list, did_you_mean);
    let message =
        say!("không danh sách nào có “{means}”", "nothing in any list is called “{means}”", [means]);
    report.at(format!("abbreviation[{at}].means"), message, help);
}

fn of_another((at, n): (usize, usize), typed: &str, other: &Named, report: &mut Report) {
    let other = Said { vi: other.vi.to_owned(), en: other.en.to_owned() };
    let message = say!("“{typed}” còn là “{other}”", "“{typed}” is “{other}”, too", [typed, other]);
    let help = say!("bỏ đi, hoặc chọn cách viết khác", "remove it, or choose another one");
    report.at(format!("abbreviation[{at}].typed[{n}]"), message, help);
}

/// Every list that something can be chosen from.
fn lists(register: &Register) -> Vec<Vec<Named<'_>>> {
    let mut lists = Vec::new();
    RecordKind::ALL.iter().for_each(|kind| choices(kind.fields(), &mut lists));
    let words = [Vocabulary::ActivityFields, Vocabulary::Documents].map(|by| register.words(by));
    lists.extend(words.into_iter().flatten().map(|words| words.iter().map(Named::from).collect()));
    lists.extend(register.schemes.values().map(|scheme| {
        let ranks = scheme.body.rank.iter();
        ranks.map(|rank| Named { word: &rank.id, vi: &rank.label.vi, en: &rank.label.en }).collect()
    }));
    lists
}

/// The lists of code words of some fields and of those below them.
fn choices<'a>(fields: &'static [Field], lists: &mut Vec<Vec<Named<'a>>>) {
    fields.iter().for_each(|field| of_kind(&field.kind, lists));
}

fn of_kind<'a>(kind: &'static Kind, lists: &mut Vec<Vec<Named<'a>>>) {
    match kind {
        Kind::Choice(choices) => lists.push(choices.iter().map(Named::from).collect()),
        Kind::List(inner) | Kind::Keyed { entry: inner, .. } => of_kind(inner, lists),
        _ => {}
    }
    choices(kind.fields(), lists);
}
