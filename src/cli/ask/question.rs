//! One question: what stands on its line, what its answer may be, what is told about a wrong one.

use super::terminal;
use super::{Asking, Stop};
use crate::cli::add;
use crate::model::fault::{Fault, Severity};
use crate::model::field::{Field, Form, Kind};
use crate::model::input::{read, read_word, unit_of};
use crate::model::settings::{Label, Labelled};
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::fold;
use crate::render::{record, width, wrap};
use crate::say;
use crate::toml::codes;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its place on the tape; also the key path of the value, where the answer is one.
    pub key: String,
    /// What is asked for.
    pub label: String,
    /// A sentence of help.
    pub help: Text,
    /// What may be answered.
    pub kind: Kind,
    /// The words that may be answered; empty where the kind says it all.
    pub words: Vec<Labelled>,
    /// What Enter takes, as it is typed.
    pub suggested: Option<String>,
    /// What was reported last.
    pub last: Option<Last>,
    /// What no answer means.
    pub empty: Empty,
    /// True where the answer is a value of the record.
    pub puts: bool,
    /// True where a long list of words is shown before the question, and not only by `?`.
    pub lists: bool,
}

/// A value of an earlier visit.
#[derive(Clone, Debug)]
pub struct Last {
    /// What it is about: a period or a day.
    pub when: String,
    /// The value, as it is typed.
    pub typed: String,
}

/// What no answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Nothing is reported.
    Leaves,
    /// There must be an answer.
    Needed,
    /// There are no more rows.
    Ends,
    /// The part is left out.
    Skips,
}

/// What a line means.
enum Meant {
    Value(Node<'static>),
    Nothing,
    Next,
}

/// Longer values are cut: those that only remind sooner than those that Enter takes.
const REMINDER: usize = 40;
const TAKEN: usize = 160;

impl Question {
    /// The question for a value of the record.
    pub fn of(row: &Field, key: String, label: String) -> Question {
        let empty = if row.required { Empty::Needed } else { Empty::Leaves };
        Question { help: row.help, empty, puts: true, ..Question::new(key, label, row.kind) }
    }

    /// A question whose answer only says how to go on.
    pub fn new(key: String, label: String, kind: Kind) -> Question {
        let (words, help) = (Vec::new(), t("", ""));
        Question {
            key,
            label,
            help,
            kind,
            words,
            suggested: None,
            last: None,
            empty: Empty::Ends,
            puts: false,
            lists: true,
        }
    }

    /// The words that may be answered, with their labels.
    fn labels(&self) -> Vec<Labelled> {
        match self.kind {
            Kind::Choice(choices) | Kind::List(&Kind::Choice(choices)) if self.words.is_empty() => {
                choices.iter().map(|choice| labelled(choice.word, choice.label)).collect()
            }
            _ => self.words.clone(),
        }
    }
}

/// A word with its label.
pub fn labelled(word: &str, label: Text) -> Labelled {
    Labelled { id: word.to_owned(), label: Label { vi: label.vi.to_owned(), en: label.en.to_owned() } }
}

/// A value as it is typed, in a form that means the same tomorrow and in every language.
pub fn typed(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Time(time) => time.to_string(),
        Value::List(items) => items.iter().map(typed).collect::<Vec<_>>().join("; "),
        Value::OtherTime | Value::Table(_) => String::new(),
    }
}

impl Asking<'_> {
    /// Asks, or takes what was answered before. None: left empty.
    pub fn ask(&mut self, q: &Question) -> Result<Option<Node<'static>>, Stop> {
        self.asked.push((q.key.clone(), format!("{} {}", self.section, q.label)));
        if let Some(typed) = self.tape.next(&q.key) {
            match self.meaning(q, &typed) {
                Ok(meant) => return self.settle(q, meant),
                // The register has changed since, so that the answer is none any more.
                Err(_) => self.tape.back(),
            };
        }
        if self.ended_at.as_deref() == Some(&q.key) {
            return Err(Stop::End);
        }
        if let Some(heading) = self.heading.take().filter(|heading| *heading != self.last_heading) {
            terminal::print_wrapped(&format!("\n{heading}"), 0);
            self.last_heading = heading;
        }
        let (mut insisted, mut first) = (None, true);
        loop {
            let prompt = self.prompt(q, std::mem::take(&mut first));
            let Some(line) = terminal::line(&prompt)? else {
                self.tell(&say!(
                    "có phím không dùng được ở đây (mũi tên, chữ không phải Unicode); gõ lại cả dòng",
                    "there was a key that cannot be used here (an arrow, letters that are not Unicode); type again"
                ));
                continue;
            };
            let line = match line.as_str() {
                "?" => {
                    self.explain(q);
                    continue;
                }
                "<" if self.tape.is_start() => {
                    self.tell(&say!("đây là câu đầu tiên", "this is the first question"));
                    continue;
                }
                "<" => return Err(Stop::Back),
                "." => match self.missing() {
                    None => {
                        self.ended_at = Some(q.key.clone());
                        return Err(Stop::End);
                    }
                    Some(said) => {
                        self.tell(&said);
                        continue;
                    }
                },
                "=" => match &q.last {
                    Some(last) => last.typed.clone(),
                    None => {
                        self.tell(&say!("lần trước không có giá trị này", "there was no value last time"));
                        continue;
                    }
                },
                "" => self.entered(q),
                "-" | ">" => line,
                _ if matches!(q.kind, Kind::Prose) => more_lines(line, MORE.get(self.cx.lang))?,
                _ => line,
            };
            let meant = match self.meaning(q, &line) {
                Ok(meant) => meant,
                Err(said) => {
                    self.tell(&said);
                    continue;
                }
            };
            if let Meant::Value(node) = &meant
                && q.puts
                && !self.passes(q, node, &line, &mut insisted)
            {
                continue;
            }
            self.tape.push(
                &q.key,
                &match &meant {
                    Meant::Value(node) => typed(node),
                    Meant::Nothing => "-".to_owned(),
                    Meant::Next => ">".to_owned(),
                },
            );
            return self.settle(q, meant);
        }
    }

    /// What Enter alone stands for.
    fn entered(&self, q: &Question) -> String {
        let offered = self.tape.offered(&q.key).map(|typed| if typed == ">" { "-" } else { typed });
        offered.or(q.suggested.as_deref()).unwrap_or("-").to_owned()
    }

    fn meaning(&self, q: &Question, typed: &str) -> Result<Meant, Said> {
        match typed {
            "-" | ">" if q.empty == Empty::Needed => {
                Err(say!("mục này cần có; gõ ? để xem cách ghi", "this is needed; type ? to see how"))
            }
            "-" => Ok(Meant::Nothing),
            ">" => Ok(Meant::Next),
            _ => self.read(q, typed).map(Meant::Value),
        }
    }

    fn read(&self, q: &Question, typed: &str) -> Result<Node<'static>, Said> {
        if !q.words.is_empty() {
            let word = read_word(&q.words, typed)?;
            return Ok(Node::new(Value::Text(word.to_owned().into())));
        }
        let typed = match q.kind {
            Kind::Id(_) => add::meant(self.store, &q.kind, typed).map_err(|error| {
                let (message, help) = (error.message, error.help);
                Said {
                    vi: format!("{}; {}", message.vi, help.vi),
                    en: format!("{}; {}", message.en, help.en),
                }
            })?,
            Kind::List(Kind::Choice(_)) => typed.replace(',', ";"),
            _ => typed.to_owned(),
        };
        read(&q.kind, &typed, self.cx.today)
    }

    fn settle(&mut self, q: &Question, meant: Meant) -> Result<Option<Node<'static>>, Stop> {
        match meant {
            Meant::Nothing => Ok(None),
            Meant::Next => Err(Stop::Next),
            Meant::Value(node) => {
                if q.puts {
                    self.tree.put_at(&q.key, node.clone());
                }
                Ok(Some(node))
            }
        }
    }

    /// Asks the rules about the record as it would be. False where the answer is an error, unless it was insisted on.
    fn passes(
        &mut self,
        q: &Question,
        node: &Node<'static>,
        line: &str,
        insisted: &mut Option<String>,
    ) -> bool {
        let mut tree = self.tree.clone();
        tree.put_at(&q.key, node.clone());
        let parent = q.key.rfind('.').map(|at| &q.key[..=at]);
        let here = |fault: &Fault| {
            let near = |key: &str| {
                key == q.key
                    || parent.is_some_and(|p| key.strip_prefix(p).is_some_and(|k| !k.contains(['.', '['])))
            };
            fault.code != codes::MISSING_KEY.name && fault.key.as_deref().is_some_and(near)
        };
        let mut faults = self.judged(&tree);
        let refuses = |fault: &Fault| fault.severity == Severity::Error;
        let is_time = |fault: &Fault| refuses(fault) || !self.partial;
        faults.retain(|fault| here(fault) && is_time(fault) && !self.seen.contains(&fault.message.vi));
        if insisted.as_deref() != Some(line) {
            faults.iter().for_each(|fault| self.tell_fault(fault));
            if faults.iter().any(refuses) {
                self.tell(&say!(
                    "gõ giá trị khác; gõ lại y như vậy nếu vẫn giữ; gõ < nếu sai ở câu trước",
                    "type another; type the same again to keep it; < where an earlier answer is wrong"
                ));
                *insisted = Some(line.to_owned());
                return false;
            }
        }
        self.seen.extend(faults.into_iter().map(|fault| fault.message.vi));
        true
    }

    /// Tells what is new below a key, now that all of it is there.
    pub fn tell_below(&mut self, key: &str) {
        let mut faults = self.judged(&self.tree);
        faults.retain(|fault| {
            let below = fault.key.as_deref().is_some_and(|at| at.starts_with(key));
            below && fault.code != codes::MISSING_KEY.name && !self.seen.contains(&fault.message.vi)
        });
        faults.iter().for_each(|fault| self.tell_fault(fault));
        self.seen.extend(faults.into_iter().map(|fault| fault.message.vi));
    }

    /// What stands before the cursor: the label, the words where they are few, what was last, what Enter takes.
    fn prompt(&self, q: &Question, first: bool) -> String {
        let lang = self.cx.lang;
        let mut prompt = q.label.clone();
        let words: Vec<String> = match q.kind {
            Kind::Bool => vec![YES_NO.get(lang).to_owned()],
            _ => q.labels().into_iter().map(|word| Said::from(&word.label).get(lang).to_owned()).collect(),
        };
        let (words, columns) = (words.join("; "), terminal::columns() - 1);
        let fits = columns - 30;
        match unit_of(&q.kind) {
            Some(unit) if fold(&q.label).contains(&fold(unit.get(lang))) => {}
            Some(unit) => prompt.push_str(&format!(" ({})", unit.get(lang))),
            None if words.is_empty() || q.empty == Empty::Skips => {}
            None if width(&words) + width(&prompt) <= fits => prompt.push_str(&format!(" ({words})")),
            None if !(first && q.lists) => {}
            None => prompt = format!("{}\n{prompt}", wrap(&format!("({words})"), columns).join("\n ")),
        }
        let mut beside: Vec<String> = Vec::new();
        beside.extend(q.last.as_ref().filter(|_| q.empty != Empty::Skips).map(|last| {
            let value = self.shown(q, &last.typed, REMINDER);
            format!("{}: {value}", last.when)
        }));
        let enter = match self.entered(q).as_str() {
            "-" => match q.empty {
                Empty::Ends => Some(t("Enter = hết", "Enter = no more").get(lang).to_owned()),
                Empty::Leaves if q.suggested.is_some() || q.last.is_some() => {
                    Some(t("Enter = trống", "Enter = empty").get(lang).to_owned())
                }
                Empty::Skips => Some(t("Enter = bỏ qua", "Enter = skip").get(lang).to_owned()),
                _ => None,
            },
            typed => Some(format!("Enter = {}", self.shown(q, typed, TAKEN))),
        };
        beside.extend(enter);
        if q.empty == Empty::Ends && self.entered(q) != "-" {
            beside.push(t("- hết", "- no more").get(lang).to_owned());
        }
        if q.empty == Empty::Skips {
            beside.extend(q.last.as_ref().map(|Last { when, .. }| {
                say!("gõ = nếu như {when}", "type = if as on {when}").get(lang).to_owned()
            }));
            beside.push(t("- bỏ qua", "- to skip").get(lang).to_owned());
        }
        if !beside.is_empty() {
            prompt.push_str(&format!(" [{}]", beside.join("; ")));
        }
        format!("{prompt}: ")
    }

    /// A typed answer as people read it, in one short line.
    fn shown(&self, q: &Question, typed: &str, max: usize) -> String {
        let lang = self.cx.lang;
        let register = &self.store.register;
        let words = |node: &Node| match q.words.iter().find(|word| Some(word.id.as_str()) == node.text()) {
            Some(word) => Said::from(&word.label).get(lang).to_owned(),
            None => record::value(node, &q.kind, register, lang),
        };
        let text = match q.kind {
            Kind::Id(_) => typed.to_owned(),
            _ => self.read(q, typed).map_or_else(|_| typed.to_owned(), |node| words(&node)),
        };
        let line = text.replace('\n', " ");
        if line.chars().count() <= max {
            return line;
        }
        line.chars().take(max - 1).chain(['…']).collect()
    }

    /// What `?` shows.
    fn explain(&self, q: &Question) {
        let lang = self.cx.lang;
        let mut lines = vec![q.label.clone()];
        lines.extend(Some(q.help.get(lang).to_owned()).filter(|help| !help.is_empty()));
        lines.push(how(&q.kind, !q.words.is_empty()).get(lang).to_owned());
        let ids = match q.kind {
            Kind::Id(refers) | Kind::List(&Kind::Id(refers)) => self.store.ids(refers).collect(),
            _ => Vec::new(),
        };
        lines.extend(Some(ids.join(", ")).filter(|ids| !ids.is_empty() && ids.len() < 1_000));
        for word in q.labels() {
            lines.push(format!("  {} ({})", Said::from(&word.label).get(lang), word.id));
        }
        lines.extend(q.last.as_ref().map(|last| {
            let (when, value) = (&last.when, self.shown(q, &last.typed, REMINDER));
            say!(
                "Lần trước ({when}): {value}. Gõ = để lấy lại.",
                "Last time ({when}): {value}. Type = to take it again."
            )
            .get(lang)
            .to_owned()
        }));
        let enter = match (self.entered(q).as_str(), q.empty) {
            ("-", Empty::Needed) => {
                say!("Enter: chưa được, mục này cần có.", "Enter: not yet, this is needed.")
            }
            ("-", Empty::Ends) => say!("Enter: hết, sang mục sau.", "Enter: no more, go on."),
            ("-", Empty::Leaves) => {
                say!(
                    "Enter: để trống, là chưa báo cáo, khác với 0.",
                    "Enter: empty, which is not reported, not 0."
                )
            }
            ("-", Empty::Skips) => say!("Enter: bỏ qua.", "Enter: skip it."),
            (typed, _) => {
                let value = self.shown(q, typed, TAKEN);
                say!("Enter: lấy {value}.", "Enter: take {value}.")
            }
        };
        lines.push(enter.get(lang).to_owned());
        lines.push(super::KEYS.get(lang).to_owned());
        lines.iter().for_each(|line| terminal::print_wrapped(&format!("  {line}"), 0));
    }

    /// Tells something about the answer just typed.
    pub fn tell(&self, said: &Said) {
        terminal::print_wrapped(&format!("  ! {}", said.get(self.cx.lang)), 2);
    }

    /// Tells a fault in the words of `check`.
    pub fn tell_fault(&self, fault: &Fault) {
        let lang = self.cx.lang;
        let word = match fault.severity {
            Severity::Error => t("lỗi", "error"),
            Severity::Warning => t("cảnh báo", "warning"),
        };
        terminal::print_wrapped(&format!("  ! {}: {}", word.get(lang), fault.message.get(lang)), 2);
        if !fault.help.is_empty() {
            terminal::print_wrapped(&format!("    {}", fault.help.get(lang)), 0);
        }
    }
}

const YES_NO: Text = t("có/không", "yes/no");
const MORE: Text = t("  (thêm dòng, Enter = hết) ", "  (another line, Enter = no more) ");

/// The further lines of a long text, until an empty one.
fn more_lines(first: String, prompt: &str) -> Result<String, Stop> {
    let mut text = first;
    loop {
        match terminal::line(prompt)?.as_deref() {
            None => {}
            Some("") => return Ok(text),
            Some(line) => text.extend(["\n", line]),
        }
    }
}

/// How a kind of value is typed, with an example.
fn how(kind: &Kind, has_words: bool) -> Text {
    match kind {
        _ if has_words => t(
            "Gõ một trong các mục dưới đây, hay vài chữ đầu của nó, có dấu hay không.",
            "Type one of these, or how it begins.",
        ),
        Kind::Choice(_) => t(
            "Gõ một trong các mục dưới đây, hay vài chữ đầu của nó, có dấu hay không.",
            "Type one of these, or how it begins.",
        ),
        Kind::List(Kind::Choice(_)) => t(
            "Gõ một hay nhiều mục dưới đây, cách nhau bằng dấu phẩy, có dấu hay không.",
            "Type one or several of these, with commas.",
        ),
        Kind::List(_) => {
            t("Mỗi dòng một ý; dòng trống là hết.", "One item a line; an empty line ends the list.")
        }
        Kind::Prose => t(
            "Gõ một hay nhiều dòng; dòng trống là hết.",
            "Type one or several lines; an empty line ends it.",
        ),
        Kind::Count(_) => t(
            "Gõ một số nguyên: 1.234 hoặc 1234. Không có thì gõ 0; chưa biết thì để trống.",
            "Type a whole number: 1234 or 1.234. None is 0; what is not known is left empty.",
        ),
        Kind::Money => t("Gõ số đồng: 70.000.000.", "Type the amount in đồng: 70.000.000 or 70000000."),
        Kind::Measure(_) => t("Gõ một số: 85,5.", "Type a number: 85.5."),
        Kind::Day => t("Gõ ngày: 27/10/2016, hoặc hôm nay.", "Type a date: 27/10/2016, 2016-10-27 or today."),
        Kind::Time => t("Gõ giờ: 8:30 hoặc 8h30.", "Type a time: 8:30."),
        Kind::Bool => t("Gõ có hoặc không (c, k).", "Type yes or no (y, n)."),
        Kind::Id(_) => t(
            "Gõ mã, hoặc một phần của tên, có dấu hay không.",
            "Type the id, or a part of the name, with or without accents.",
        ),
        Kind::Form(Form::Period) => t(
            "Gõ 2015-2016 cho năm học, 2016 cho năm.",
            "Type 2015-2016 for a school year, 2016 for a calendar year.",
        ),
        Kind::Form(Form::SchoolYear) => t("Gõ 2016-2017.", "Type 2016-2017."),
        Kind::Form(Form::DocumentNumber) => {
            t("Gõ số hiệu: 1009/KH-PGDĐT.", "Type the number: 1009/KH-PGDĐT.")
        }
        Kind::Form(Form::UnitCode) => t("Gõ năm chữ số: 06826.", "Type five digits: 06826."),
        Kind::Form(Form::Slug) => {
            t("Gõ chữ thường không dấu: yen-thanh.", "Type lower case letters: yen-thanh.")
        }
        _ => t("Gõ chữ, có dấu.", "Type text."),
    }
}
