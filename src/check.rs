//! Rules of meaning: records in, faults out. Faults of form are the business of `toml`.
//!
//! To add a rule:
//!
//! 1. choose the file of its topic in `check/` (or begin one, and name it in [`rules`]);
//! 2. add a row to its `RULES`: the [`Code`] with its texts, and what it looks at;
//! 3. write the function below, named as the code with underscores. It reports the key path of the value that is most
//!    likely wrong; for something missing, that of the nearest table, or the empty path for the file as a whole. The
//!    message gives the values, the help says what to write;
//! 4. add `tests/rules/<code>.md`, the smallest register that has just this fault.
//!
//! One defect is one message: a warning is silent if an error has already named its cause, a comparison if one of the
//! two values is in [doubt]. A faulty value was left out of its record, so a rule is silent if it finds nothing; and a
//! rule about something *missing* asks only [sound](Record::sound) records, in which nothing was left out. A rule about
//! *texts* is asked only if [`is_usual`] says that a text may need a look; what it looks for belongs there as well, and
//! a test here fails if it was forgotten.

use crate::model::RecordKind;
use crate::model::campaign::Campaign;
use crate::model::centre::Centre;
use crate::model::day::Day;
use crate::model::fault::{Code, Fault, Fix, Severity};
use crate::model::field::Kind;
use crate::model::history::{History, Record};
use crate::model::path::Trail;
use crate::model::picture::Pictures;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::statement::Statement;
use crate::model::text::Said;
use crate::model::tree::{Node, Span, Value};
use crate::model::usual::is_usual;
use crate::model::visit::Visit;
use crate::toml::{self, codes};
use photo::Shown;
use std::sync::LazyLock;

pub use photo::Named;
pub use statement::{Sum, shares, stated};

mod account;
mod activity;
mod approximate;
mod award;
mod calendar;
mod campaign;
mod centre;
mod context;
mod document_number;
mod doubt;
mod followup;
mod legacy;
mod letter;
mod level;
mod literacy;
mod minutes;
mod money;
mod name;
mod part;
mod period;
mod photo;
mod previous;
mod promotion;
mod rating;
mod row;
mod scheme;
mod severity;
mod shortened;
mod statement;
mod target;
mod tier;
mod title;
mod unit;
mod unnamed;

/// A rule: what is known about its fault, and the checks that find it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its fault.
    pub code: Code,
    /// What it looks at; usually one thing.
    pub tests: &'static [Test],
}

/// What a rule looks at, and the function that does.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// `ttht.toml`.
    Settings(fn(&Cx, &mut Report)),
    /// `units.toml`.
    Units(fn(&Cx, &mut Report)),
    /// One campaign.
    Campaign(fn(&Cx, &Record<Campaign>, &mut Report)),
    /// One scheme of the office.
    Scheme(fn(&Cx, &Record<Scheme>, &mut Report)),
    /// One statement.
    Statement(fn(&Cx, &Record<Statement>, &mut Report)),
    /// The figures of one statement beside those of the records, once all of them have been read.
    Sums(fn(&Cx, &Sum, &mut Report)),
    /// One centre.
    Centre(fn(&Cx, &Record<Centre>, &mut Report)),
    /// One visit, with its centre and the visits before.
    Visit(fn(&Cx, &History, &Record<Visit>, &mut Report)),
    /// The figures of one visit, which may be compared with the visits before; and those of a statement, shown as a visit
    /// with nothing before it.
    Figures(fn(&Cx, &History, &Record<Visit>, &mut Report)),
    /// A centre and all its visits; the function names the file of each fault with [`Report::at_file`].
    History(fn(&Cx, &History, &mut Report)),
    /// One photograph of a visit, and what is seen of its file.
    Photo(fn(&Shown, &mut Report)),
    /// A picture that lies in the register and that no visit names, once all of them have been read.
    Unlisted(fn(&str, &mut Report)),
    /// One text of any record; not asked if [`is_usual`] says that it needs no look.
    Text(fn(&Passage, &mut Report)),
}

/// A text of a record.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The text.
    pub text: &'a str,
    /// The kind of its value.
    pub kind: Kind,
    /// Its key path: `team[0].name`.
    pub path: Trail<'a>,
    /// Its bytes in the file.
    pub span: Span,
    /// How it is written there, with its quotes.
    pub raw: &'a str,
}

/// What every rule may ask.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// What all histories share.
    pub register: &'a Register,
    /// The day that counts as today.
    pub today: Day,
}

/// Collects the faults that a rule finds in a file.
#[derive(Debug)]
pub struct Report<'a> {
    code: &'a Code,
    severity: Severity,
    file: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Report<'a> {
    #[cfg(test)]
    fn of(code: &'a Code, faults: &'a mut Vec<Fault>) -> Report<'a> {
        Report { code, severity: code.severity, file: "", faults }
    }

    /// The same, but without errors, if so asked.
    fn mild(&mut self, mild: bool) -> Report<'_> {
        let severity = if mild { Severity::Warning } else { self.severity };
        Report { code: self.code, severity, file: self.file, faults: self.faults }
    }

    fn on(&mut self, file: &'a str) -> &mut Report<'a> {
        self.file = file;
        self
    }

    /// Notes a fault at a key path of the file being checked; the empty path is the file as a whole.
    pub fn at(&mut self, key: impl Into<String>, message: Said, help: Said) {
        self.at_file(self.file, key, message, help);
    }

    /// Notes a fault of a text, with what is certainly meant, as it is written in the file.
    pub fn on_text(&mut self, passage: &Passage, message: Said, help: Said, meant: Option<String>) {
        self.at(passage.path.written(), message, help);
        if let Some(fault) = self.faults.last_mut() {
            fault.span = Some(passage.span.clone());
            fault.fix = meant.map(Fix::Write);
        }
    }

    /// Notes a fault in a file other than the one being checked.
    pub fn at_file(&mut self, file: impl Into<String>, key: impl Into<String>, message: Said, help: Said) {
        let fault = Fault::new(self.code, file, message, help).at(key);
        self.faults.push(Fault { severity: self.severity, ..fault });
    }
}

/// What is true of the register as a whole and is told once, however many records it shows in.
pub const ONCE: &[&str] = &["unverified-scheme", "level-without-criteria"];

/// Every rule, by topic.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let topics = [
        severity::RULES,
        shortened::RULES,
        row::RULES,
        name::RULES,
        letter::RULES,
        document_number::RULES,
        unit::RULES,
        scheme::RULES,
        target::RULES,
        tier::RULES,
        campaign::RULES,
        centre::RULES,
        calendar::RULES,
        period::RULES,
        context::RULES,
        part::RULES,
        activity::RULES,
        money::RULES,
        promotion::RULES,
        award::RULES,
        title::RULES,
        literacy::RULES,
        previous::RULES,
        rating::RULES,
        level::RULES,
        statement::RULES,
        approximate::RULES,
        unnamed::RULES,
        followup::RULES,
        minutes::RULES,
        photo::RULES,
    ];
    topics.into_iter().flatten()
}

/// The code with this name.
pub fn code(name: &str) -> Option<&'static Code> {
    rules().map(|rule| &rule.code).find(|code| code.name == name)
}

/// Every code that a check can find: those of form, then those of the rules.
pub fn codes() -> Vec<Code> {
    codes::CODES.iter().copied().chain(rules().map(|rule| rule.code)).collect()
}

/// The tests whose faults somebody wants to see, each with its code and the severity that the office gives it. All
/// tests are listed once, since they are asked about every history.
fn tests(cx: &Cx) -> impl Iterator<Item = (&'static Code, Severity, Test)> {
    static TESTS: LazyLock<Vec<(&Code, Test)>> = LazyLock::new(|| {
        rules().flat_map(|rule| rule.tests.iter().map(|test| (&rule.code, *test))).collect()
    });
    let Register { settings, unasked, .. } = cx.register;
    TESTS.iter().filter(|(code, _)| !unasked.contains(&code.name)).filter_map(|(code, test)| {
        let severity = settings.body.severity(code.name, code.severity)?;
        Some((*code, severity, *test))
    })
}

/// Applies the rules for what all histories share.
pub fn shared(cx: &Cx, faults: &mut Vec<Fault>) {
    let register = cx.register;
    let campaigns = || register.campaigns.values();
    let schemes = || register.schemes.values().filter(|scheme| !scheme.file.is_empty());
    let statements = || register.statements.values();
    let figures: Vec<Record<Visit>> = statements().map(|one| one.with(one.body.as_visit())).collect();
    let nothing_before = History::default();
    for (code, severity, test) in tests(cx) {
        let mut report = Report { code, severity, file: "", faults };
        match test {
            Test::Settings(rule) => rule(cx, report.on(&register.settings.file)),
            Test::Units(rule) => rule(cx, report.on(&register.units.file)),
            Test::Campaign(rule) => campaigns().for_each(|one| rule(cx, one, report.on(&one.file))),
            Test::Scheme(rule) => schemes().for_each(|one| rule(cx, one, report.on(&one.file))),
            Test::Statement(rule) => statements().for_each(|one| rule(cx, one, report.on(&one.file))),
            Test::Figures(rule) => {
                figures.iter().for_each(|one| rule(cx, &nothing_before, one, report.on(&one.file)));
            }
            Test::Sums(_)
            | Test::Centre(_)
            | Test::Visit(_)
            | Test::History(_)
            | Test::Photo(_)
            | Test::Unlisted(_)
            | Test::Text(_) => {}
        }
    }
    texts(cx, RecordKind::Register, &register.settings, faults);
    texts(cx, RecordKind::Units, &register.units, faults);
    campaigns().for_each(|one| texts(cx, RecordKind::Campaign, one, faults));
    schemes().for_each(|one| texts(cx, RecordKind::Scheme, one, faults));
    statements().for_each(|one| texts(cx, RecordKind::Statement, one, faults));
}

/// Applies the rules for the figures of statements beside those of the records.
pub fn sums(cx: &Cx, sums: &[Sum], faults: &mut Vec<Fault>) {
    for (code, severity, test) in tests(cx) {
        if let Test::Sums(rule) = test {
            sums.iter()
                .for_each(|sum| rule(cx, sum, Report { code, severity, file: "", faults }.on(sum.file)));
        }
    }
}

/// True if the office wants to hear of photographs: only then their files need be looked at.
pub fn asks_for_photos(cx: &Cx) -> bool {
    tests(cx).any(|(_, _, test)| matches!(test, Test::Photo(_) | Test::Unlisted(_)))
}

/// Applies the rules for the photographs of a centre's visits, of whose files something was seen.
pub fn photos(cx: &Cx, history: &History, pictures: &Pictures, faults: &mut Vec<Fault>) {
    if pictures.is_empty() {
        return;
    }
    let shown: Vec<Shown> = photo::shown(history, pictures).collect();
    for (code, severity, test) in tests(cx) {
        if let Test::Photo(rule) = test {
            shown
                .iter()
                .for_each(|one| rule(one, Report { code, severity, file: "", faults }.on(one.file())));
        }
    }
}

/// Applies the rules for pictures that no visit names.
pub fn unlisted<'f>(cx: &Cx, files: impl Iterator<Item = &'f str> + Clone, faults: &mut Vec<Fault>) {
    for (code, severity, test) in tests(cx) {
        if let Test::Unlisted(rule) = test {
            files.clone().for_each(|file| rule(file, &mut Report { code, severity, file, faults }));
        }
    }
}

/// Applies the rules for a centre and its visits, also to what could be read of those that have a fault of syntax.
pub fn history(cx: &Cx, history: &History, faults: &mut Vec<Fault>) {
    of_history(cx, history, faults);
    if let Some(all) = &history.with_partial {
        let mut found = Vec::new();
        of_history(cx, all, &mut found);
        faults.extend(found.into_iter().filter(|fault| !history.has(&fault.file)));
    }
}

fn of_history(cx: &Cx, history: &History, faults: &mut Vec<Fault>) {
    for (code, severity, test) in tests(cx) {
        let mut report = Report { code, severity, file: "", faults };
        match test {
            Test::Centre(rule) => {
                history.centre.iter().for_each(|centre| rule(cx, centre, report.on(&centre.file)));
            }
            Test::Visit(rule) | Test::Figures(rule) => {
                history.visits.iter().for_each(|visit| rule(cx, history, visit, report.on(&visit.file)));
            }
            Test::History(rule) => rule(cx, history, &mut report),
            Test::Settings(_)
            | Test::Units(_)
            | Test::Campaign(_)
            | Test::Scheme(_)
            | Test::Statement(_)
            | Test::Sums(_)
            | Test::Photo(_)
            | Test::Unlisted(_)
            | Test::Text(_) => {}
        }
    }
    history.centre.iter().for_each(|one| texts(cx, RecordKind::Centre, one, faults));
    history.visits.iter().for_each(|one| texts(cx, RecordKind::Visit, one, faults));
}

/// Applies the rules for texts to all texts of a record that are not usual. They are read from its file again, which
/// gives their places: few files have any.
fn texts<T>(cx: &Cx, kind: RecordKind, record: &Record<T>, faults: &mut Vec<Fault>) {
    if record.usual {
        return;
    }
    let tree = toml::raw_tree(&record.text);
    passages(&tree, &record.text, kind.root(), Trail::Root, &mut |passage| {
        if !is_usual(&passage.kind, passage.text) {
            text(cx, passage, &record.file, faults);
        }
    });
}

/// Shows every text of a value to a function. What has no row has a fault of form, and is skipped.
fn passages(node: &Node, file: &str, kind: Kind, path: Trail, look: &mut impl FnMut(&Passage)) {
    if !kind.has_text() || matches!(kind, Kind::Free) {
        return;
    }
    match &node.value {
        Value::Text(text) => {
            let span = node.span.clone();
            look(&Passage { text, kind, path, raw: file.get(span.clone()).unwrap_or_default(), span });
        }
        Value::List(items) => {
            for (at, item) in items.iter().enumerate() {
                passages(item, file, kind.item(), Trail::Index(&path, at), look);
            }
        }
        Value::Table(entries) => {
            for entry in entries {
                passages(&entry.node, file, kind.key(&entry.key), Trail::Key(&path, &entry.key), look);
            }
        }
        _ => {}
    }
}

fn text(cx: &Cx, passage: &Passage, file: &str, faults: &mut Vec<Fault>) {
    for (code, severity, test) in tests(cx) {
        if let Test::Text(rule) = test {
            rule(passage, &mut Report { code, severity, file, faults });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::Form;

    #[test]
    fn what_is_usual_has_nothing_that_a_rule_would_tell() {
        let marks = ('\u{80}'..='\u{ff}').chain("ươăđĐƯếỆ“…– \u{2009}\u{3000}\u{301}Ɖ\t/-&".chars());
        let letters = || ('A'..='Z').chain('a'..='z').chain(" 1.".chars()).chain(marks.clone());
        let kinds = [Kind::Text, Kind::Prose, Kind::Form(Form::DocumentNumber)];
        let around = [("a", "a"), ("B", "C"), ("ư", "ế"), ("", ""), ("12/Q", "-T")];
        let mut usual = 0;
        let cx = Cx { register: &Register::default(), today: Day::today() };
        for (before, mark) in letters().flat_map(|before| marks.clone().map(move |mark| (before, mark))) {
            for (earlier, after) in around {
                let once = format!("{earlier}{before}{mark}{after}");
                let thrice = [once.as_str(); 3].join(" ");
                let texts = kinds.iter().flat_map(|kind| [(*kind, &once), (*kind, &thrice)]);
                for (kind, text) in texts.filter(|(kind, text)| is_usual(kind, text)) {
                    let mut faults = Vec::new();
                    super::text(
                        &cx,
                        &Passage { text, kind, path: Trail::Root, span: 0..0, raw: "" },
                        "x",
                        &mut faults,
                    );
                    assert!(faults.is_empty(), "{text}: {faults:?}");
                    usual += 1;
                }
            }
        }
        assert!(usual > 10_000, "{usual}");
    }

    #[test]
    fn every_text_comes_with_its_path_its_row_and_its_place() {
        let text = "title = \"a\"\nplan = { number = \"b\", date = 2016-10-06 }\npurposes = [\"c\", \"d\"]\n\
                    centres = [\"id\"]\nunknown = \"x\"\n[extra]\nfree = \"x\"\n";
        let campaign = seen(text, RecordKind::Campaign);
        assert_eq!(campaign, ["title a", "plan.number b", "purposes[0] c", "purposes[1] d"]);
        let text = "[[team]]\nname = \"x\"\nrole = \"lead\"\n[documents]\nnote = \"n\"\n\
                    [recommendation.r1]\ntext = \"y\"\n";
        let visit = seen(text, RecordKind::Visit);
        assert_eq!(visit, ["team[0].name x", "documents.note n", "recommendation.r1.text y"]);
    }

    fn seen(text: &str, record: RecordKind) -> Vec<String> {
        let mut seen = Vec::new();
        passages(&toml::raw_tree(text), text, record.root(), Trail::Root, &mut |passage| {
            assert_eq!(text[passage.span.clone()], format!("\"{}\"", passage.text));
            let path = passage.path.written();
            let number = matches!(passage.kind, Kind::Form(Form::DocumentNumber));
            assert_eq!(number, path == "plan.number");
            seen.push(format!("{path} {}", passage.text));
        });
        seen
    }

    #[test]
    fn every_rule_is_documented_and_asks_something() {
        let mut seen = std::collections::BTreeSet::new();
        for Rule { code, tests } in rules() {
            let name = code.name;
            assert!(seen.insert(name), "{name} is listed twice");
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
            assert!(!tests.is_empty(), "{name} asks nothing");
            for text in [code.title.vi, code.title.en, code.why.vi, code.why.en, code.wrong, code.right] {
                assert!(!text.is_empty() && text.trim() == text, "{name}: {text}");
            }
            assert!(!format!("{}{}", code.why.vi, code.why.en).contains("  "), "{name}: a double space");
            assert_ne!(code.wrong, code.right, "{name}");
        }
        assert_eq!(code("balance-mismatch").map(|code| code.severity), Some(Severity::Error));
    }
}
