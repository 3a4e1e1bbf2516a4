//! Faults for people and for programs. The only file that knows the crate that draws excerpts.

use super::Style;
use super::value::one_line;
use super::width::{blanks, width, wrap};
use crate::model::fault::{Code, Fault, Fix, Place, Severity};
use crate::model::json::{Json, VERSION, json, text};
use crate::model::number::many;
use crate::model::text::{Lang, Said, Text, printable, t};
use crate::say;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

mod sarif;

/// What a check found.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The faults, placed and sorted.
    pub faults: &'a [Fault],
    /// How many files were looked at.
    pub files: usize,
    /// Every fault that there could have been.
    pub codes: &'a [Code],
}

/// A way to draw faults.
#[derive(Clone, Copy, Debug)]
pub struct FaultFormat {
    /// The stable word.
    pub name: &'static str,
    /// What it is for.
    pub about: Text,
    /// The faults as text.
    pub draw: fn(&Checked, &Style) -> String,
}

/// Every format of faults.
pub const FAULT_FORMATS: &[FaultFormat] = &[
    FaultFormat { name: "full", about: t("kèm dòng có lỗi", "with the source line"), draw: full },
    FaultFormat { name: "concise", about: t("mỗi lỗi một dòng", "one line per error"), draw: concise },
    FaultFormat {
        name: "json",
        about: t("JSON cho phần mềm khác", "JSON for other programs"),
        draw: |checked, style| text(&machine(checked, style)),
    },
    FaultFormat {
        name: "github", about: t("chú thích của GitHub", "annotations of GitHub"), draw: github
    },
    FaultFormat {
        name: "sarif",
        about: t("SARIF 2.1.0 cho công cụ quét mã", "SARIF 2.1.0 for code scanning"),
        draw: |checked, style| text(&sarif::log(checked, style)),
    },
];

const HELP: Text = t("gợi ý", "help");
const KEY: Text = t("mục", "key");

impl Checked<'_> {
    /// How many faults of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.faults.iter().filter(|fault| fault.severity == severity).count()
    }
}

/// How many faults a check found.
pub fn found(errors: usize, warnings: usize) -> Said {
    let (of_errors, of_warnings) = (many(errors, "lỗi", "error"), many(warnings, "cảnh báo", "warning"));
    match (errors, warnings) {
        (0, 0) => say!("không có lỗi", "no errors"),
        (_, 0) => of_errors,
        (0, _) => of_warnings,
        _ => say!("{of_errors}, {of_warnings}", "{of_errors}, {of_warnings}", [of_errors, of_warnings]),
    }
}

/// One sentence on a check as a whole.
pub fn summary_line(files: usize, errors: usize, warnings: usize) -> Said {
    let found = found(errors, warnings);
    let files = many(files, "tệp", "file");
    say!("Đã soát {files}: {found}.", "Checked {files}: {found}.", [files, found])
}

/// So many faults of one kind are shown in full; more of them would hide the others.
const MOST: usize = 10;

/// The same with few faults of each kind, and how many more there are, if any.
pub fn grouped(checked: &Checked, style: &Style) -> String {
    let mut counts = BTreeMap::new();
    let mut is_shown = |fault: &&Fault| {
        let count = counts.entry((fault.severity, fault.code)).or_insert(0);
        *count += 1;
        *count <= MOST
    };
    let shown: Vec<Fault> = checked.faults.iter().filter(&mut is_shown).cloned().collect();
    let mut text = full(&Checked { faults: &shown, ..*checked }, style);
    for Kind { severity, code, count } in kinds(checked.faults).iter().filter(|kind| kind.count > MOST) {
        let more = count - MOST;
        let label = severity.label();
        let line = say!(
            "… và {more} {label} {code} nữa, xem hết: ttht check --select {code}",
            "… and {more} more of {code} ({label}), to see them all: ttht check --select {code}",
            [more, label, code]
        );
        text.extend(["\n", line.get(style.lang), "\n"]);
    }
    text
}

/// How many faults there are of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// How serious they are.
    pub severity: Severity,
    /// Their code.
    pub code: &'static str,
    /// How many there are.
    pub count: usize,
}

/// The kinds of faults, the worst first, and of equal ones the most frequent.
pub fn kinds(faults: &[Fault]) -> Vec<Kind> {
    let mut counts = BTreeMap::new();
    faults.iter().for_each(|fault| *counts.entry((fault.severity, fault.code)).or_insert(0) += 1);
    let mut kinds: Vec<Kind> =
        counts.into_iter().map(|((severity, code), count)| Kind { severity, code, count }).collect();
    kinds.sort_by_key(|kind| (kind.severity, Reverse(kind.count)));
    kinds
}

/// A line a kind of faults: how serious, how many, its code, what it is.
pub fn by_kind(checked: &Checked, style: &Style) -> String {
    let title = |name: &str| {
        checked.codes.iter().find(|code| code.name == name).map_or("", |code| code.title.get(style.lang))
    };
    let row = |kind: &Kind| {
        (kind.severity.label().get(style.lang), kind.count.to_string(), kind.code, title(kind.code))
    };
    let rows: Vec<_> = kinds(checked.faults).iter().map(row).collect();
    let widest = |of: fn(&(&str, String, &str, &str)) -> usize| rows.iter().map(of).max().unwrap_or(0);
    let (labels, counts, codes) =
        (widest(|row| width(row.0)), widest(|row| row.1.len()), widest(|row| row.2.len()));
    let room = labels + counts + codes + 6;
    let line = |(label, count, code, title): &(&str, String, &str, &str)| {
        let mut line = label.to_string();
        blanks(&mut line, labels - width(label));
        let lines = wrap(title, style.width.saturating_sub(room).max(20)).join(&format!("\n{:room$}", ""));
        format!("{line}  {count:>counts$}  {code:codes$}  {lines}\n")
    };
    rows.iter().map(line).collect()
}

/// Every fault with its line, and a blank line between two.
fn full(checked: &Checked, style: &Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let decor = if style.ascii { DecorStyle::Ascii } else { DecorStyle::Unicode };
    let renderer = renderer.decor_style(decor).term_width(style.width);
    checked
        .faults
        .iter()
        .map(|fault| drawn(fault, &renderer, style.lang) + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

fn drawn(fault: &Fault, renderer: &Renderer, lang: Lang) -> String {
    let level = match fault.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let level = level.with_name(fault.severity.label().get(lang));
    let title = level.primary_title(printable(fault.message.get(lang))).id(fault.code);
    let file = one_line(&fault.file);
    let key = fault.key.as_deref().map(one_line);
    let mut group: Group = match &fault.place {
        Some(place) if place.is_cut() => {
            title.element(Origin::path(file).line(place.line).char_column(place.column))
        }
        Some(place) => {
            let (excerpt, span) = printable_place(place);
            // the last key is in the line itself
            let label = key.filter(|key| key.contains(['.', '[']));
            let mark = AnnotationKind::Primary.span(span).label(label);
            title.element(Snippet::source(excerpt).line_start(place.line).path(file).annotation(mark))
        }
        None => {
            let group = title.element(Origin::path(file));
            key.into_iter()
                .fold(group, |group, key| group.element(Level::NOTE.with_name(KEY.get(lang)).message(key)))
        }
    };
    if !fault.help.is_empty() {
        group = group.element(Level::HELP.with_name(HELP.get(lang)).message(printable(fault.help.get(lang))));
    }
    renderer.render(&[group])
}

/// The line with what controls a terminal made visible, and the same characters of it marked.
fn printable_place(place: &Place) -> (String, Range<usize>) {
    let part = |range: Range<usize>| printable(&place.excerpt[range]);
    let mut line = part(0..place.span.start).into_owned();
    let start = line.len();
    line.push_str(&part(place.span.clone()));
    let end = line.len();
    line.push_str(&part(place.span.end..place.excerpt.len()));
    (line, start..end)
}

/// A line a fault: `file:line:column: error[code]: message`.
fn concise(checked: &Checked, style: &Style) -> String {
    let line = |fault: &Fault| {
        let place = fault.place.as_ref().map_or(String::new(), |p| format!(":{}:{}", p.line, p.column));
        let (file, message) = (one_line(&fault.file), one_line(fault.message.get(style.lang)));
        let level = fault.severity.label().get(style.lang);
        format!("{file}{place}: {level}[{}]: {message}\n", fault.code)
    };
    checked.faults.iter().map(line).collect()
}

/// What `check --fix` would do about a fault: a text in the place of some bytes of the file, which are counted in UTF-8 after a
/// byte order mark; lines and columns are counted from 1, columns in characters. Or another place for the file.
fn fixes(fault: &Fault) -> Vec<Json> {
    match (&fault.fix, &fault.place, fault.replacement()) {
        (_, Some(place), Some((span, text))) => vec![json!({
            "file": fault.file,
            "start": {"line": place.line, "column": place.column, "byte": span.start},
            "end": {"line": place.end_line, "column": place.end_column, "byte": span.end},
            "text": text,
        })],
        (Some(Fix::Move(to)), ..) => vec![json!({"file": fault.file, "move": to})],
        _ => Vec::new(),
    }
}

/// Everything as one object.
fn machine(checked: &Checked, style: &Style) -> Json {
    let fault = |fault: &Fault| {
        json!({
            "code": fault.code,
            "severity": fault.severity.word(),
            "file": fault.file,
            "line": fault.place.as_ref().map(|place| place.line),
            "column": fault.place.as_ref().map(|place| place.column),
            "key": fault.key,
            "message": fault.message.get(style.lang),
            "help": fault.help.get(style.lang),
            "fixes": fixes(fault),
        })
    };
    json!({
        "format": VERSION,
        "files": checked.files,
        "errors": checked.count(Severity::Error),
        "warnings": checked.count(Severity::Warning),
        "faults": checked.faults.iter().map(fault).collect::<Vec<_>>(),
    })
}

/// What is wrong and, on a line of its own, what to write instead.
fn message_and_help(fault: &Fault, lang: Lang) -> String {
    let (message, help) = (fault.message.get(lang), fault.help.get(lang));
    if help.is_empty() { message.to_owned() } else { format!("{message}\n{help}") }
}

/// Workflow commands: GitHub shows them beside the lines of a pull request.
fn github(checked: &Checked, style: &Style) -> String {
    let data = |text: &str| {
        printable(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace('\t', " ")
    };
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let line = |fault: &Fault| {
        let place =
            fault.place.as_ref().map_or(String::new(), |p| format!(",line={},col={}", p.line, p.column));
        let text = message_and_help(fault, style.lang);
        let (level, file, code) = (fault.severity.word(), property(&fault.file), property(fault.code));
        format!("::{level} file={file}{place},title={code}::{}\n", data(&text))
    };
    checked.faults.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
