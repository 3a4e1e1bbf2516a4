//! A question with all that is known for it, and what an answer to it may be.

use crate::model::field::{Field, Kind};
use crate::model::numeral::clear;
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Node, Value};
use crate::say;

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key among the answers; also the key path of the value, if the answer is one.
    pub key: String,
    /// The part of the record that it belongs to; none before the first part.
    pub part: Option<FormPart>,
    /// What has to be read before it can be answered; usually nothing.
    pub about: Said,
    /// What is asked for.
    pub label: Said,
    /// Its label beside others of its line.
    pub short: Said,
    /// A sentence of help.
    pub help: Text,
    /// What may be answered.
    pub kind: Kind,
    /// The words that may be answered; empty if the kind says everything.
    pub words: Vec<Labelled>,
    /// Words that could be answered if they were not answered already.
    pub taken: Vec<Labelled>,
    /// What Enter takes, as it is typed; `-` for nothing.
    pub suggested: Option<String>,
    /// What was reported last.
    pub last: Option<Last>,
    /// True if what was reported last may be taken again.
    pub recalls: bool,
    /// The key of the figure of which it is a part, and what that is called.
    pub whole: Option<(String, Text)>,
    /// What no answer means.
    pub empty: Empty,
    /// True if the answer is a value of the record.
    pub puts: bool,
    /// True if a long list of words is shown before the question, and not only on request.
    pub lists: bool,
    /// The table whose lines are coming in, by its key: faults of its total are reported when all lines are there.
    pub table: Option<String>,
}

/// A part of a record, under a heading of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPart {
    /// Its key in the record; empty for the lines before the first table.
    pub key: &'static str,
    /// Its number among the parts, counted from 1; 0 for what comes before them.
    pub number: usize,
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

impl Question {
    /// A question whose answer only says how to go on.
    pub fn new(key: String, label: Said, kind: Kind) -> Question {
        Question {
            key,
            part: None,
            about: Said::default(),
            short: label.clone(),
            label,
            help: t("", ""),
            kind,
            words: Vec::new(),
            taken: Vec::new(),
            suggested: None,
            last: None,
            recalls: false,
            whole: None,
            empty: Empty::Ends,
            puts: false,
            lists: true,
            table: None,
        }
    }

    /// The question for a value of the record.
    pub fn of(row: &Field, key: String, label: Said) -> Question {
        let empty = if row.required { Empty::Needed } else { Empty::Leaves };
        let short = if row.label.vi.is_empty() { label.clone() } else { row.label.into() };
        Question { short, help: row.help, empty, puts: true, ..Question::new(key, label, row.kind) }
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
    /// The value, if it is one.
    pub fn value(self) -> Option<Node<'static>> {
        match self {
            Answer::Value(node) => Some(node),
            Answer::Nothing | Answer::Next => None,
        }
    }

    /// The answer as it is typed.
    pub fn typed(&self) -> String {
        match self {
            Answer::Value(node) => typed(node),
            Answer::Nothing => "-".to_owned(),
            Answer::Next => ">".to_owned(),
        }
    }
}

/// A word with its label.
pub fn labelled(word: &str, label: Text) -> Labelled {
    Labelled { id: word.to_owned(), label: label.into() }
}

/// A value as it is typed, in a form that means the same tomorrow and in every language.
pub fn typed(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => clear(&number.to_string()),
        Value::Bool(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Time(time) => time.to_string(),
        Value::List(items) => items.iter().map(typed).collect::<Vec<_>>().join("; "),
        Value::OtherTime(_) | Value::Table(_) => String::new(),
    }
}

/// How a kind of value is typed, with an example.
fn how(kind: &Kind) -> Said {
    let text = match kind {
        Kind::Choice(_) => t(
            "Gõ một trong các mục dưới đây, hay vài chữ đầu của nó, có dấu hay không.",
            "Type one of these, or how it begins, with or without accents.",
        ),
        Kind::List(Kind::Choice(_)) => t(
            "Gõ một hay nhiều mục dưới đây, cách nhau bằng dấu phẩy, có dấu hay không.",
            "Type one or several of these, separated by commas.",
        ),
        Kind::List(_) => {
            t("Mỗi dòng một ý; dòng trống là hết.", "One item per line; an empty line ends the list.")
        }
        Kind::Prose => t(
            "Gõ một hay nhiều dòng; dòng trống là hết.",
            "Type one or several lines; an empty line ends the text.",
        ),
        Kind::Count(_) => t(
            "Gõ một số nguyên: 1.234 hoặc 1234. Không có thì gõ 0; chưa biết thì để trống.",
            "Type a whole number: 1234 or 1.234. Type 0 if there are none; leave it empty if it is not known.",
        ),
        Kind::Money => t(
            "Gõ số tiền tính bằng đồng, ví dụ 70.000.000.",
            "Type the amount in đồng: 70.000.000 or 70000000.",
        ),
        Kind::Measure(_) => t("Gõ một số: 85,5 hoặc 1250.", "Type a number: 85.5 or 1250."),
        Kind::Day => t("Gõ ngày: 27/10/2016, hoặc hôm nay.", "Type a date: 27/10/2016, 2016-10-27 or today."),
        Kind::Date => t(
            "Gõ ngày: 27/10/2016; chỉ biết tháng hay năm thì gõ 10/2016 hay 2016.",
            "Type a date: 2016-10-27; if only the month or the year is known, 10/2016 or 2016.",
        ),
        Kind::Time => t("Gõ giờ: 8:30 hoặc 8h30.", "Type a time: 8:30."),
        Kind::Bool => t("Gõ có hoặc không (c, k).", "Type yes or no (y, n)."),
        Kind::Id(_) => t(
            "Gõ mã, hoặc một phần của tên, có dấu hay không.",
            "Type the id, or a part of the name, with or without accents.",
        ),
        Kind::Form(form) => return say!("Gõ {how}.", "Type {how}.", [how = form.how()]),
        _ => t("Gõ nội dung, có dấu tiếng Việt.", "Type text."),
    };
    text.into()
}
