//! One record as people read it: its keys by their labels, in the order of the rows; and as JSON, as in its file.
//!
//! What the rows do not know (`[extra]`, a misspelt key) is shown below as it is: nothing in a file is left out.

use super::Style;
use super::value::{self, one_line};
use super::width::{blanks, width, wrap};
use crate::model::RecordKind;
use crate::model::date::Date;
use crate::model::field::{Field, Kind, Refers, Vocabulary};
use crate::model::form::Form;
use crate::model::json;
use crate::model::number::{decimal, group};
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::text::{InLang, Lang, Said, Text, printable, t};
use crate::model::tree::{Entry, Node, Value};
use std::collections::BTreeMap;

const DONG: Text = t("đồng", "VND");
const NONE: Text = t("không có", "none");
/// Labels that are wider do not push the others to the right.
const LABEL_MAX: usize = 34;

/// A record that is to be shown.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The tree of the file.
    pub tree: &'a Node<'a>,
    /// The rows of its keys.
    pub fields: &'static [Field],
    /// Where labels and names are looked up.
    pub register: &'a Register,
}

/// The names of centres, by their ids.
pub type Names = BTreeMap<String, String>;

/// The record as labelled lines under headings.
pub fn text(record: &Shown, style: &Style) -> String {
    text_naming(record, &Names::new(), style)
}

/// The same with the names of centres beside their ids.
pub fn text_naming(record: &Shown, centres: &Names, style: &Style) -> String {
    let mut page = Page { record, centres, style, scheme: None, out: String::new() };
    page.table(record.tree, record.fields, None, 0);
    page.out
}

/// One value in words, as shown next to its label; a rank in those of the scheme by which it is.
pub fn value(node: &Node, kind: &Kind, register: &Register, scheme: Option<&Scheme>, lang: Lang) -> String {
    let (tree, style) = (&Node::table(), &Style { lang, ..Style::default() });
    let record = &Shown { tree, fields: &[], register };
    Page { record, centres: &Names::new(), style, scheme, out: String::new() }.values(node, kind).join(", ")
}

/// The record as one object, with the keys and in the order of the file.
pub fn json(record: &Shown) -> String {
    json::text(&json::of_tree(record.tree))
}

/// One entry of a table with what is known about it.
struct Described<'a> {
    label: String,
    kind: &'a Kind,
    node: &'a Node<'a>,
    /// The scheme that it rates by.
    scheme: Option<&'a Scheme>,
}

/// The page while it is written.
struct Page<'a> {
    record: &'a Shown<'a>,
    centres: &'a Names,
    style: &'a Style,
    /// The scheme of the rating that is being written: its words are ranks and criteria.
    scheme: Option<&'a Scheme>,
    out: String,
}

impl<'a> Page<'a> {
    /// A table: first its lines with their values side by side, then what has a heading of its own.
    fn table(
        &mut self,
        node: &'a Node<'a>,
        fields: &'a [Field],
        by: Option<(Vocabulary, &'a Kind)>,
        indent: usize,
    ) {
        let known = self.known(node, fields, by);
        let (lines, blocks): (Vec<Described>, Vec<Described>) =
            known.into_iter().partition(|k| is_line(k.node, k.kind));
        let room = lines.iter().map(|k| width(&k.label)).filter(|w| *w <= LABEL_MAX).max().unwrap_or(0);
        for known in &lines {
            let values = self.values(known.node, known.kind);
            self.line(&known.label, room, &values, indent);
        }
        for known in &blocks {
            if indent == 0 && !self.out.is_empty() {
                self.out.push('\n');
            }
            self.line(&self.style.bold(&known.label), 0, &[], indent);
            let around = self.scheme;
            self.scheme = known.scheme.or(around);
            self.block(known, indent + 2);
            self.scheme = around;
        }
    }

    /// What comes below a heading.
    fn block(&mut self, known: &Described<'a>, indent: usize) {
        let (fields, by) = match known.kind {
            Kind::Keyed { by, entry, fixed } => (*fixed, Some((*by, *entry))),
            kind => (kind.fields(), None),
        };
        match &known.node.value {
            Value::List(items) => {
                let digits = items.len().to_string().len();
                for (at, item) in items.iter().enumerate() {
                    let start = self.out.len();
                    match item.value {
                        Value::Table(_) => self.table(item, fields, by, indent + digits + 2),
                        _ => self.line("", 0, &self.values(item, &Kind::Free), indent + digits + 2),
                    }
                    // the number goes into the blanks of the first line
                    let number = format!("{:>1$}. ", at + 1, indent + digits);
                    let blank = start + number.len();
                    match self.out.get(start..blank).is_some_and(|lead| lead.trim().is_empty()) {
                        true => self.out.replace_range(start..blank, &number),
                        false => self.out.insert_str(start, &format!("{}\n", number.trim_end())),
                    }
                }
            }
            _ => self.table(known.node, fields, by, indent),
        }
    }

    /// The entries of a table in the order of the rows, then in the order of the vocabulary, then the unknown ones.
    fn known<'n>(
        &self,
        node: &'n Node<'n>,
        fields: &'n [Field],
        by: Option<(Vocabulary, &'n Kind)>,
    ) -> Vec<Described<'n>>
    where
        'a: 'n,
    {
        let lang = self.style.lang;
        let rows = fields.iter().filter_map(|field| {
            let label = field.label.get(lang).to_owned();
            Some(Described { label, kind: &field.kind, node: node.get(field.key)?, scheme: None })
        });
        let mut rest: Vec<&Entry> =
            node.entries().iter().filter(|entry| fields.iter().all(|field| field.key != entry.key)).collect();
        if let Some((vocabulary, _)) = by {
            let words = self.record.register.words(vocabulary).unwrap_or_default();
            rest.sort_by_key(|entry| words.iter().position(|w| w.id == entry.key).unwrap_or(usize::MAX));
        }
        let rest = rest.into_iter().map(|entry| match by {
            Some((vocabulary, kind)) => {
                let scheme = self.rates_by(vocabulary, &entry.key);
                Described { label: self.keyed(vocabulary, &entry.key), kind, node: &entry.node, scheme }
            }
            None => {
                let label = one_line(&entry.key);
                Described { label, kind: &Kind::Free, node: &entry.node, scheme: None }
            }
        });
        rows.chain(rest).collect()
    }

    /// What people see for a key that is a word: in a rating, the label of a criterion.
    fn keyed(&self, vocabulary: Vocabulary, word: &str) -> String {
        let lang = self.style.lang;
        match self.scheme.and_then(|scheme| scheme.criterion(word)) {
            Some(criterion) => one_line(criterion.label.get(lang)),
            None => one_line(self.record.register.label(vocabulary, word).get(lang)),
        }
    }

    /// The scheme that a word names.
    fn rates_by(&self, vocabulary: Vocabulary, word: &str) -> Option<&'a Scheme> {
        let schemes = &self.record.register.schemes;
        schemes.get(word).filter(|_| matches!(vocabulary, Vocabulary::Schemes)).map(|scheme| &scheme.body)
    }

    /// A label and its values, each on lines of its own.
    fn line(&mut self, label: &str, room: usize, values: &[String], indent: usize) {
        let at = if room > 0 { indent + room + 2 } else { indent };
        let mark = match (values.len(), self.style.ascii) {
            (0 | 1, _) => "",
            (_, true) => "- ",
            (_, false) => "– ",
        };
        let columns = self.style.width.saturating_sub(at + width(mark)).max(20);
        let mut lead = format!("{:indent$}{label}", "");
        if values.is_empty() || !label.is_empty() && width(&lead) + 2 > at {
            self.out.extend([lead.as_str(), "\n"]);
            lead.clear();
        }
        for value in values {
            let parts = value.lines().flat_map(|line| wrap(line, columns));
            for (n, part) in parts.enumerate() {
                self.out.push_str(&lead);
                blanks(&mut self.out, at - width(&lead));
                self.out.push_str(if n == 0 { mark } else { &"  "[..width(mark)] });
                self.out.extend([part.as_str(), "\n"]);
                lead.clear();
            }
        }
        if !lead.trim().is_empty() {
            self.out.extend([lead.as_str(), "\n"]);
        }
    }

    /// The values of an entry that is written next to its label: one, or one to a line.
    fn values(&self, node: &Node, kind: &Kind) -> Vec<String> {
        let item = if let Kind::List(item) = kind { item } else { kind };
        match &node.value {
            Value::List(items) if items.is_empty() => vec![NONE.get(self.style.lang).to_owned()],
            Value::List(items) => {
                let values: Vec<String> = items.iter().map(|node| self.value(node, item)).collect();
                if matches!(item, Kind::Choice(_) | Kind::Id(_)) { vec![values.join(", ")] } else { values }
            }
            _ => vec![self.value(node, kind)],
        }
    }

    /// A value in words.
    fn value(&self, node: &Node, kind: &Kind) -> String {
        let lang = self.style.lang;
        match (&node.value, kind) {
            (Value::Text(text), Kind::Date) if let Some(date) = Date::parse(text) => {
                date.in_lang(lang).into_owned()
            }
            (Value::Text(text), _) => self.words(text, kind),
            (Value::Int(n), Kind::Money) => format!("{} {}", group(*n, lang), DONG.get(lang)),
            (Value::Int(n), Kind::Measure(unit)) => format!("{} {}", group(*n, lang), unit.get(lang)),
            (Value::Int(n), Kind::Count(_)) => group(*n, lang),
            (Value::Int(n), _) => n.to_string(),
            (Value::Float(n), Kind::Measure(unit)) => format!("{} {}", decimal(*n, lang), unit.get(lang)),
            (Value::Float(n), _) => decimal(*n, lang),
            (Value::Bool(yes), _) => value::yes_no(*yes, lang).to_owned(),
            (Value::Day(day), _) => day.in_lang(lang).into_owned(),
            (Value::Time(time), _) => time.in_lang(lang).into_owned(),
            (Value::OtherTime(moment), _) => one_line(moment),
            (Value::List(items), _) => {
                items.iter().map(|item| self.value(item, &Kind::Free)).collect::<Vec<_>>().join(", ")
            }
            (Value::Table(_), _) => self.inline(node, kind.fields()),
        }
    }

    /// A table on one line: `Số lớp, chuyên đề: 12; Lượt người: 412`.
    fn inline(&self, node: &Node, fields: &[Field]) -> String {
        let parts =
            self.known(node, fields, None).into_iter().map(|Described { label, kind, node, .. }| {
                format!("{label}: {}", self.values(node, kind).join(", "))
            });
        parts.collect::<Vec<_>>().join("; ")
    }

    /// A text: a code word by its label, an id with the name of what it names.
    fn words(&self, text: &str, kind: &Kind) -> String {
        let (lang, register) = (self.style.lang, self.record.register);
        let named = |name: Option<&str>| match name.filter(|name| !name.is_empty()) {
            Some(name) => format!("{} ({})", one_line(name), one_line(text)),
            None => one_line(text),
        };
        match kind {
            Kind::Choice(choices) => match choices.iter().find(|choice| choice.word == text) {
                Some(choice) => choice.label.get(lang).to_owned(),
                None => one_line(text),
            },
            Kind::Form(Form::Word) => {
                let rank = self.scheme.and_then(|scheme| scheme.rank(text));
                rank.map_or_else(|| one_line(text), |rank| one_line(rank.label.get(lang)))
            }
            Kind::Id(Refers::Centre) => named(self.centres.get(text).map(String::as_str)),
            Kind::Id(Refers::Unit) => named(register.unit(text).map(|unit| unit.name.as_str())),
            Kind::Id(Refers::Area) => named(Some(register.area_name(text)).filter(|name| *name != text)),
            Kind::Id(Refers::Campaign) => {
                named(register.campaigns.get(text).map(|campaign| campaign.body.title.as_str()))
            }
            Kind::Id(Refers::RatingScheme | Refers::TargetSet) => {
                named(register.schemes.get(text).map(|scheme| scheme.body.title.get(lang)))
            }
            Kind::Form(Form::KeyPath) => named(figure(text).map(|said| said.get(lang).to_owned()).as_deref()),
            _ => printable(text).replace('\t', " ").trim_end().to_owned(),
        }
    }
}

/// What people see for the key path of a figure of a visit, or for one below a block of its figures.
fn figure(path: &str) -> Option<Said> {
    let visit = RecordKind::Visit.root();
    let below_a_block = || visit.fields().iter().find_map(|block| block.kind.labels(path));
    let labels = visit.labels(path).or_else(below_a_block)?;
    Some(Said::join(labels.into_iter().map(Said::from), ", "))
}

/// True for what is written next to its label, and not below it.
fn is_line(node: &Node, kind: &Kind) -> bool {
    let of_tables = |items: &[Node]| items.iter().any(|item| matches!(item.value, Value::Table(_)));
    match (&node.value, kind) {
        (Value::Table(_), Kind::Inline(_)) => true,
        (Value::Table(_), _) => false,
        (Value::List(items), _) => !of_tables(items),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
