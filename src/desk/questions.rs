//! Questions as data: what is to be asked next, given the rows of a record, the answers so far and the past of a centre.
//!
//! Nothing here knows a terminal or a page. Whoever asks shows the [`Question`], has what was typed read by
//! [`Asker::typed`], notes it in the [`Answers`], and asks for what comes next. Each time the rows are gone through from
//! their beginning; so no question knows another, any answer can be taken back, and a page may take a later one first.

pub mod answers;
mod offers;
mod order;
mod past;

pub use answers::Answers;

use super::new_record::Questionnaire;
use super::pick::meant;
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::model::field::{Field, Kind};
use crate::model::input::{read, read_word};
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Node, Value};
use crate::say;
use crate::store::Store;
use crate::toml::codes;
use past::Past;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key among the answers; also the key path of the value, where the answer is one.
    pub key: String,
    /// The part of the record that it belongs to; none before the first part.
    pub part: Option<Part>,
    /// What has to be read before it can be answered; usually nothing.
    pub about: Said,
    /// What is asked for.
    pub label: Said,
    /// A sentence of help.
    pub help: Text,
    /// What may be answered.
    pub kind: Kind,
    /// The words that may be answered; empty where the kind says it all.
    pub words: Vec<Labelled>,
    /// What Enter takes, as it is typed; `-` for nothing.
    pub suggested: Option<String>,
    /// What was reported last.
    pub last: Option<Last>,
    /// What no answer means.
    pub empty: Empty,
    /// True where the answer is a value of the record.
    pub puts: bool,
    /// True where a long list of words is shown before the question, and not only on request.
    pub lists: bool,
    /// The table whose lines are coming in, by its key: what its total looks like is told when all of them are there.
    pub table: Option<String>,
}

/// A part of a record, under a heading of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its key in the record; empty for the lines before the first table.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    /// The heading: its number and its label.
    pub heading: Said,
}

/// A value of an earlier visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Last {
    /// What it is about: a period or a day.
    pub when: Said,
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

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A value.
    Value(Node<'static>),
    /// Nothing.
    Nothing,
    /// Nothing, here and in the rest of the group.
    Next,
}

/// How far the answers lead.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The record so far.
    pub tree: Node<'static>,
    /// The questions that have been answered, in their order.
    pub answered: Vec<Answered>,
    /// The question that comes next; none at the end.
    pub next: Option<Question>,
}

/// A question that has been answered.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its key among the answers.
    pub key: String,
    /// Its label, after that of its part.
    pub label: Said,
}

/// Who knows what comes next.
#[derive(Debug)]
pub struct Asker<'a> {
    /// The register that the record is for.
    pub store: &'a Store,
    /// What is asked.
    pub form: &'a Questionnaire,
    today: Day,
    past: Past,
}

impl Question {
    /// A question whose answer only says how to go on.
    fn new(key: String, label: Said, kind: Kind) -> Question {
        Question {
            key,
            part: None,
            about: Said::default(),
            label,
            help: t("", ""),
            kind,
            words: Vec::new(),
            suggested: None,
            last: None,
            empty: Empty::Ends,
            puts: false,
            lists: true,
            table: None,
        }
    }

    /// The question for a value of the record.
    fn of(row: &Field, key: String, label: Said) -> Question {
        let empty = if row.required { Empty::Needed } else { Empty::Leaves };
        Question { help: row.help, empty, puts: true, ..Question::new(key, label, row.kind) }
    }

    /// What Enter takes, as it is typed; `-` for nothing.
    pub fn entered(&self) -> &str {
        self.suggested.as_deref().unwrap_or("-")
    }

    /// The words that may be answered, with their labels.
    pub fn labels(&self) -> Vec<Labelled> {
        match self.kind {
            Kind::Choice(choices) | Kind::List(&Kind::Choice(choices)) if self.words.is_empty() => {
                choices.iter().map(|choice| labelled(choice.word, choice.label)).collect()
            }
            _ => self.words.clone(),
        }
    }

    /// How the answer is typed, with an example.
    pub fn how(&self) -> Said {
        match self.kind {
            _ if !self.words.is_empty() => how(&Kind::Choice(&[])),
            kind => how(&kind),
        }
    }
}

impl Answer {
    /// The answer as it is typed.
    pub fn typed(&self) -> String {
        match self {
            Answer::Value(node) => typed(node),
            Answer::Nothing => "-".to_owned(),
            Answer::Next => ">".to_owned(),
        }
    }
}

impl<'a> Asker<'a> {
    /// Someone to ask the questions for a new record of a register.
    pub fn new(store: &'a Store, form: &'a Questionnaire, today: Day) -> Asker<'a> {
        Asker { store, form, today, past: Past::default() }
    }

    /// Goes through the answers as far as they lead.
    pub fn reached(&mut self, answers: &Answers) -> Reached {
        let reached = order::reached(self, answers);
        if self.past.look_back(self.store, &reached.tree) { order::reached(self, answers) } else { reached }
    }

    /// The answer of a typed line: Enter alone takes what is suggested, `=` takes the value of last time.
    pub fn typed(&self, q: &Question, line: &str) -> Result<Answer, Said> {
        match (line, &q.last) {
            ("", _) => self.read(q, q.entered()),
            ("=", Some(last)) => self.read(q, &last.typed),
            ("=", None) => Err(say!("lần trước không có giá trị này", "there was no value last time")),
            _ => self.read(q, line),
        }
    }

    /// The answer of what was noted; else why it is none.
    pub fn read(&self, q: &Question, noted: &str) -> Result<Answer, Said> {
        match noted {
            "-" | ">" if q.empty == Empty::Needed => {
                Err(say!("mục này cần có; gõ ? để xem cách ghi", "this is needed; type ? to see how"))
            }
            "-" => Ok(Answer::Nothing),
            ">" => Ok(Answer::Next),
            _ => self.value(q, noted).map(Answer::Value),
        }
    }

    fn value(&self, q: &Question, typed: &str) -> Result<Node<'static>, Said> {
        if !q.words.is_empty() {
            let word = read_word(&q.words, typed)?;
            return Ok(text(word));
        }
        let typed = match q.kind {
            Kind::Id(_) => meant(self.store, &q.kind, typed).map_err(|error| {
                say!("{message}; {help}", "{message}; {help}", message = error.message, help = error.help)
            })?,
            Kind::List(Kind::Choice(_)) => typed.replace(',', ";"),
            _ => typed.to_owned(),
        };
        read(&q.kind, &typed, self.today)
    }

    /// What would be wrong with the record.
    pub fn faults(&self, tree: &Node) -> Vec<Fault> {
        (self.form.judge)(self.store, self.today, &self.past.history, tree)
    }

    /// What an answer would bring about at its own key and at those beside it. A table of which not all is there is only
    /// judged by what cannot become right any more.
    pub fn faults_of(&self, q: &Question, node: &Node<'static>, tree: &Node<'static>) -> Vec<Fault> {
        let mut tree = tree.clone();
        tree.put_at(&q.key, node.clone());
        let table = q.key.rfind('.').map(|at| &q.key[..=at]);
        let beside = |key: &str| {
            table.and_then(|table| key.strip_prefix(table)).is_some_and(|key| !key.contains(['.', '[']))
        };
        let mut faults = self.faults(&tree);
        faults.retain(|fault| {
            let here = fault.key.as_deref().is_some_and(|key| key == q.key || beside(key));
            here && is_answered(fault) && (q.table.is_none() || fault.severity == Severity::Error)
        });
        faults
    }

    /// What is wrong below a key, once all of it is there.
    pub fn faults_below(&self, key: &str, tree: &Node) -> Vec<Fault> {
        let mut faults = self.faults(tree);
        faults
            .retain(|fault| is_answered(fault) && fault.key.as_deref().is_some_and(|at| at.starts_with(key)));
        faults
    }

    /// The label of what must be answered before one can end early; none where one can.
    pub fn missing(&self, tree: &Node) -> Option<Text> {
        let first = self.form.first.iter();
        let rows =
            first.filter_map(|key| self.form.fields.iter().find(|row| row.key == *key && row.required));
        rows.into_iter().find(|row| tree.get(row.key).is_none()).map(|row| row.label)
    }
}

/// False for what says that something has not been answered yet.
fn is_answered(fault: &Fault) -> bool {
    fault.code != codes::MISSING_KEY.name
}

/// A word with its label.
fn labelled(word: &str, label: Text) -> Labelled {
    Labelled { id: word.to_owned(), label: label.into() }
}

/// A text as a value.
fn text(words: impl Into<String>) -> Node<'static> {
    Node::new(Value::Text(words.into().into()))
}

/// A value as it is typed, in a form that means the same tomorrow and in every language.
fn typed(node: &Node) -> String {
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

/// How a kind of value is typed, with an example.
fn how(kind: &Kind) -> Said {
    let text = match kind {
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
        Kind::Form(form) => return say!("Gõ {how}.", "Type {how}.", how = form.how()),
        _ => t("Gõ chữ, có dấu.", "Type text."),
    };
    text.into()
}
