//! Rules of meaning: records in, faults out. Faults of form are the business of `store`.
//!
//! Each file holds its `RULES` on top and one function a rule below, named as its code. To add a rule, add a row, a
//! function, and a specimen in `tests/rules/`.

use crate::model::campaign::Campaign;
use crate::model::centre::Centre;
use crate::model::day::Day;
use crate::model::fault::{Code, Fault, Severity};
use crate::model::history::{History, Record};
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::text::Said;
use crate::model::visit::Visit;

mod across;
mod campaign;
mod centre;
mod settings;
mod unit;
mod visit;

/// A rule: what is known about its fault, and the question that finds it.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its fault.
    pub code: Code,
    /// What it looks at.
    pub test: Test,
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
    /// One centre.
    Centre(fn(&Cx, &Record<Centre>, &mut Report)),
    /// One visit, with its centre and the visits before.
    Visit(fn(&Cx, &History, &Record<Visit>, &mut Report)),
    /// A centre and all its visits; the function names the file of each fault with [`Report::at_file`].
    History(fn(&Cx, &History, &mut Report)),
}

/// What every rule may ask.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// What all histories share.
    pub register: &'a Register,
    /// The day that counts as today.
    pub today: Day,
}

/// Takes down the faults that a rule finds in a file.
#[derive(Debug)]
pub struct Report<'a> {
    code: &'static str,
    severity: Severity,
    file: &'a str,
    faults: &'a mut Vec<Fault>,
}

impl Report<'_> {
    /// Notes a fault at a key path of the file that is looked at; the empty path is the file as a whole.
    pub fn at(&mut self, key: impl Into<String>, message: Said, help: Said) {
        let file = self.file.to_owned();
        self.at_file(file, key, message, help);
    }

    /// Notes a fault in another file than the one that is looked at.
    pub fn at_file(&mut self, file: impl Into<String>, key: impl Into<String>, message: Said, help: Said) {
        let key = Some(key.into()).filter(|key| !key.is_empty());
        let (code, severity) = (self.code, self.severity);
        self.faults.push(Fault { code, severity, file: file.into(), key, message, help, place: None });
    }
}

/// Every rule, by file.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [settings::RULES, unit::RULES, campaign::RULES, centre::RULES, visit::RULES, across::RULES]
        .into_iter()
        .flatten()
}

/// Applies the rules for what all histories share.
pub fn shared(cx: &Cx, faults: &mut Vec<Fault>) {
    let register = cx.register;
    for Rule { code, test } in rules() {
        let mut run = |file: &str, question: &mut dyn FnMut(&mut Report)| {
            question(&mut Report { code: code.name, severity: code.severity, file, faults: &mut *faults });
        };
        match test {
            Test::Settings(rule) => run(&register.settings.file, &mut |report| rule(cx, report)),
            Test::Units(rule) => run(&register.units.file, &mut |report| rule(cx, report)),
            Test::Campaign(rule) => {
                register.campaigns.values().for_each(|c| run(&c.file, &mut |report| rule(cx, c, report)));
            }
            Test::Scheme(rule) => {
                let own = register.schemes.values().filter(|scheme| !scheme.file.is_empty());
                own.for_each(|scheme| run(&scheme.file, &mut |report| rule(cx, scheme, report)));
            }
            Test::Centre(_) | Test::Visit(_) | Test::History(_) => {}
        }
    }
}

/// Applies the rules for a centre and its visits.
pub fn history(cx: &Cx, history: &History, faults: &mut Vec<Fault>) {
    for Rule { code, test } in rules() {
        let mut report = Report { code: code.name, severity: code.severity, file: "", faults: &mut *faults };
        match test {
            Test::Centre(rule) => {
                if let Some(centre) = &history.centre {
                    report.file = &centre.file;
                    rule(cx, centre, &mut report);
                }
            }
            Test::Visit(rule) => {
                for visit in &history.visits {
                    report.file = &visit.file;
                    rule(cx, history, visit, &mut report);
                }
            }
            Test::History(rule) => rule(cx, history, &mut report),
            Test::Settings(_) | Test::Units(_) | Test::Campaign(_) | Test::Scheme(_) => {}
        }
    }
}
