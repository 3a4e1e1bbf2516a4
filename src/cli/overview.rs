//! `ttht` alone, in a register: how it stands, and what to do next.

use super::Call;
use super::ask::draft::kept;
use super::error::{Error, Exit};
use crate::desk::overview::{Overview, overview};
use crate::model::number::many;
use crate::model::register::Window;
use crate::model::text::{Said, Text, t};
use crate::render::fault::found;
use crate::render::{width, wrap};
use crate::say;

/// A line: what is counted, what was found, and the command that shows it.
type Line = (Text, Said, String);

/// What stands between the parts of a line.
const GAP: usize = 3;

/// Shows how the register stands.
pub fn show(call: &Call) -> Result<Exit, Error> {
    let store = call.store()?;
    let seen = overview(&store, call.today)?;
    let mut text = String::new();
    for line in [Said::same(seen.office.as_str()), about(call, &seen)] {
        wrap(line.get(call.lang), call.width()).iter().for_each(|line| text.extend([line, "\n"]));
    }
    text.push('\n');
    text.push_str(&drawn(call, &lines(&seen, kept(store.root()).len())));
    call.print(text).map(|()| Exit::Well)
}

/// What the figures are about.
fn about(call: &Call, seen: &Overview) -> Said {
    let (today, year) = (call.today, Window { year: seen.year, ..Window::default() }.said());
    match year.is_empty() {
        true => say!("Tính đến ngày {today}", "As of {today}", [today]),
        false => say!("Tính đến ngày {today}, {year}", "As of {today}, {year}", [today, year]),
    }
}

fn lines(seen: &Overview, drafts: usize) -> Vec<Line> {
    let mut lines = of_register(seen);
    if drafts > 0 {
        let begun = say!("{drafts} chưa ghi xong", "{drafts} not finished", [drafts]);
        lines.insert(0, (t("Bản nháp", "Drafts"), begun, "ttht drafts".into()));
    }
    lines
}

/// What its records say.
fn of_register(seen: &Overview) -> Vec<Line> {
    let Overview { visited, expected, open, overdue, errors, warnings, .. } = *seen;
    let next = |call: &str| format!("ttht {call}");
    if seen.year.is_none() {
        let none = t("chưa ghi lần nào", "none recorded yet");
        return vec![
            (t("Lần kiểm tra", "Visits"), none.into(), next("add-visit")),
            (t("Soát lỗi", "Check"), found(errors, warnings), next("check")),
            (t("Hướng dẫn", "Help"), Said::default(), next("help")),
        ];
    }
    let centres = many(expected, "trung tâm", "centre");
    let of_visited = say!("{visited}/{centres}", "{visited} of {centres}", [visited, centres]);
    let of_advice = match (open, overdue) {
        (_, 0) => say!("{open} chưa thực hiện xong", "{open} open", [open]),
        _ => say!(
            "{open} chưa thực hiện xong, trong đó {overdue} quá hạn",
            "{open} open, {overdue} of them overdue",
            [open, overdue]
        ),
    };
    let left = if overdue > 0 { "list recommendations --overdue" } else { "list recommendations --open" };
    vec![
        (t("Đã kiểm tra", "Visited"), of_visited, next("summary progress")),
        (t("Kiến nghị", "Recommendations"), of_advice, next(left)),
        (t("Soát lỗi", "Check"), found(errors, warnings), next("check")),
        (t("Hướng dẫn", "Help"), Said::default(), next("help")),
    ]
}

/// The lines with their parts below each other; on a narrow screen the commands stand below what was found.
fn drawn(call: &Call, lines: &[Line]) -> String {
    let parts = |(head, found, next): &Line| {
        (head.get(call.lang).to_owned(), found.get(call.lang).to_owned(), next.clone())
    };
    let parts: Vec<(String, String, String)> = lines.iter().map(parts).collect();
    let widest = |part: fn(&(String, String, String)) -> &str| {
        parts.iter().map(|line| width(part(line))).max().unwrap_or(0)
    };
    let (heads, founds) = (widest(|line| &line.0) + GAP, widest(|line| &line.1) + GAP);
    let fits = heads + founds + widest(|line| &line.2) <= call.width();
    let mut text = String::new();
    for (head, found, next) in &parts {
        let blanks = |room: usize, words: &str| " ".repeat(room.saturating_sub(width(words)));
        let line = match fits {
            true => [head.as_str(), &blanks(heads, head), found, &blanks(founds, found), next].concat(),
            false if found.is_empty() => [head.as_str(), &blanks(heads, head), next].concat(),
            false => [head.as_str(), &blanks(heads, head), found, "\n", &" ".repeat(heads), next].concat(),
        };
        text.extend([line.as_str(), "\n"]);
    }
    text
}
