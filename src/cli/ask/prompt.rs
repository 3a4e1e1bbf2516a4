//! How a question is shown: its heading, its line, and what `?` says about it.

use super::{KEYS, Talk, terminal};
use crate::desk::questions::{Answer, Empty, Last, Question};
use crate::desk::report::wording::lowered;
use crate::model::field::Kind;
use crate::model::input::unit_of;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::model::vietnamese::fold;
use crate::render::{record, width, wrap};
use crate::say;

/// Longer values are cut: reminders sooner than what Enter takes.
const REMINDER: usize = 40;
const TAKEN: usize = 160;

const YES_NO: Text = t("có/không", "yes/no");

impl Talk<'_> {
    /// Prints what belongs above a question, unless it is there already.
    pub fn print_heading(&mut self, q: &Question) {
        let lang = self.call.lang;
        let now = [q.part.as_ref().map(|part| part.heading.get(lang)).unwrap_or_default(), q.about.get(lang)];
        let is_new = |n: usize| !now[n].is_empty() && self.printed[n] != now[n];
        let from = if is_new(0) { 0 } else { 1 };
        if is_new(from) {
            let text = now[from..].join("\n");
            terminal::print_wrapped(&format!("\n{}", text.trim_end()), 0);
            self.printed = now.map(str::to_owned);
        }
    }

    /// What comes before the cursor: the label, the words if they are few, the last value, what Enter takes.
    pub fn prompt(&self, q: &Question, tree: &Node, first: bool) -> String {
        let mut prompt = self.label(q, first);
        if let Some((whole, label)) = q.whole.as_ref().and_then(|(key, label)| Some((tree.at(key)?, label))) {
            let lang = self.call.lang;
            let whole = record::value(whole, &q.kind, &self.asker.store.register, None, lang);
            let of =
                say!(" (trong {whole} {label})", " (of {whole} {label})", [whole, label = lowered(*label)]);
            prompt.push_str(of.get(lang));
        }
        let beside = self.beside(q);
        if !beside.is_empty() {
            prompt.push_str(&format!(" [{}]", beside.join("; ")));
        }
        format!("{prompt}: ")
    }

    /// The label with its unit, or with the words that may be answered.
    fn label(&self, q: &Question, first: bool) -> String {
        let (lang, label) = (self.call.lang, q.label.get(self.call.lang));
        if let Some(unit) = unit_of(&q.kind).map(|unit| unit.get(lang)) {
            let is_said = fold(label).contains(&fold(unit));
            return if is_said { label.to_owned() } else { format!("{label} ({unit})") };
        }
        let words: Vec<String> = match q.kind {
            Kind::Bool => vec![YES_NO.get(lang).to_owned()],
            _ => {
                q.labels().iter().zip(1..).map(|(word, n)| format!("{n} {}", word.label.get(lang))).collect()
            }
        };
        let (words, columns) = (words.join("; "), terminal::columns() - 1);
        if words.is_empty() || q.empty == Empty::Skips {
            label.to_owned()
        } else if width(&words) + width(label) <= columns - 30 {
            format!("{label} ({words})")
        } else if first && q.lists {
            format!("{}\n{label}", wrap(&format!("({words})"), columns).join("\n "))
        } else {
            label.to_owned()
        }
    }

    /// What is in brackets: the last value, what Enter takes, how to take nothing.
    fn beside(&self, q: &Question) -> Vec<String> {
        let lang = self.call.lang;
        let said = |text: Text| text.get(lang).to_owned();
        let mut beside = Vec::new();
        if let Some(last) = q.last.as_ref().filter(|_| q.empty != Empty::Skips) {
            beside.push(format!("{}: {}", last.when.get(lang), self.shown(q, &last.typed, REMINDER)));
        }
        match (q.entered(), q.empty) {
            ("-", Empty::Ends) => beside.push(said(t("Enter = hết", "Enter = no more"))),
            ("-", Empty::Leaves) if q.suggested.is_some() || q.last.is_some() => {
                beside.push(said(t("Enter = để trống", "Enter = empty")));
            }
            ("-", Empty::Skips) => beside.push(said(t("Enter = bỏ qua", "Enter = skip"))),
            ("-", _) => {}
            (typed, _) => beside.push(format!("Enter = {}", self.shown(q, typed, TAKEN))),
        }
        if q.empty == Empty::Ends && q.entered() != "-" {
            beside.push(said(t("- hết", "- no more")));
        }
        if q.empty == Empty::Skips {
            if let Some(Last { when, .. }) = &q.last {
                let same = say!("gõ = để lấy như lần {when}", "type = for the same as on {when}", [when]);
                beside.push(same.get(lang).to_owned());
            }
            beside.push(said(t("- bỏ qua", "- to skip")));
        }
        beside
    }

    /// A typed answer as people read it, in one short line.
    pub fn shown(&self, q: &Question, typed: &str, max: usize) -> String {
        let (lang, register) = (self.call.lang, &self.asker.store.register);
        let text = match self.asker.read(q, typed) {
            Ok(Answer::Value(node)) if !matches!(q.kind, Kind::Id(_)) => {
                match q.words.iter().find(|word| Some(word.id.as_str()) == node.text()) {
                    Some(word) => word.label.get(lang).to_owned(),
                    None => record::value(&node, &q.kind, register, None, lang),
                }
            }
            _ => typed.to_owned(),
        };
        let line = text.replace('\n', " ");
        if line.chars().count() <= max {
            return line;
        }
        line.chars().take(max - 1).chain(['…']).collect()
    }

    /// What `?` shows.
    pub fn explain(&self, q: &Question) {
        let lang = self.call.lang;
        let mut lines = vec![q.label.get(lang).to_owned()];
        lines.extend(Some(q.help.get(lang).to_owned()).filter(|help| !help.is_empty()));
        lines.push(q.how().get(lang).to_owned());
        let ids = match q.kind {
            Kind::Id(refers) | Kind::List(&Kind::Id(refers)) if q.words.is_empty() => {
                self.asker.store.ids(refers).collect()
            }
            _ => Vec::new(),
        };
        lines.extend(Some(ids.join(", ")).filter(|ids| !ids.is_empty() && ids.len() < 1_000));
        lines.extend(self.words(q));
        if let Some(Last { when, typed }) = &q.last {
            let last = say!(
                "Lần trước ({when}): {value}. Gõ = để dùng lại.",
                "Last time ({when}): {value}. Type = to take it again.",
                [when, value = self.shown(q, typed, REMINDER)]
            );
            lines.push(last.get(lang).to_owned());
        }
        lines.push(self.explain_enter(q).get(lang).to_owned());
        lines.push(KEYS.get(lang).to_owned());
        lines.iter().for_each(|line| terminal::print_wrapped(&format!("  {line}"), 0));
    }

    /// The words that may be answered, one a line.
    pub fn words(&self, q: &Question) -> Vec<String> {
        let labels = q.labels().into_iter().zip(1..);
        labels.map(|(word, n)| format!("  {n}. {}", word.label.get(self.call.lang))).collect()
    }

    fn explain_enter(&self, q: &Question) -> Said {
        match (q.entered(), q.empty) {
            ("-", Empty::Needed) => {
                say!(
                    "Enter: chưa bỏ qua được, mục này bắt buộc.",
                    "Enter: not possible, an answer is required."
                )
            }
            ("-", Empty::Ends) => say!("Enter: hết, sang mục sau.", "Enter: no more, go on."),
            ("-", Empty::Leaves) => say!(
                "Enter: để trống, là chưa báo cáo, khác với 0.",
                "Enter: leave it empty: not reported, which is not 0."
            ),
            ("-", Empty::Skips) => say!("Enter: bỏ qua.", "Enter: skip it."),
            (typed, _) => {
                let value = self.shown(q, typed, TAKEN);
                say!("Enter: lấy {value}.", "Enter: take {value}.", [value])
            }
        }
    }
}
