//! A part of a form as a page: its questions in numbered lines, with what was reported last and what is known so far.

use super::answers::Answers;
use super::question::{Empty, FormPart, Last, Question};
use crate::model::field::{Field, Kind};
use crate::model::text::{Said, Text};

/// A part of a form.
#[derive(Clone, Debug)]
pub struct Page {
    /// The part.
    pub part: FormPart,
    /// What has to be read before it.
    pub about: Said,
    /// What stands below its lines: what the answers so far come to.
    pub sum: Said,
    /// The lines, which are numbered from 1.
    pub lines: Vec<Line>,
    /// The questions whether it is filled in at all, and parts inside of it.
    pub gates: Vec<Gate>,
}

/// The question whether a part is filled in.
#[derive(Clone, Debug)]
pub struct Gate {
    /// Its key among the answers.
    pub key: String,
    /// True if it is answered by yes.
    pub is_open: bool,
    /// The visit from which all of the part may be taken again.
    pub last: Option<Last>,
}

/// A line of a page: a question, or several that are answered together.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its key among the lines.
    pub id: String,
    /// What it is about.
    pub label: Said,
    /// What it stands under, inside of its part; usually nothing.
    pub under: Said,
    /// What has to be read before it; usually nothing.
    pub about: Said,
    /// What is answered in it, if it is a row of which there may be more; the first of them makes the row.
    pub columns: Vec<Text>,
    /// True for a row of which there may be more.
    pub is_row: bool,
    /// The questions.
    pub slots: Vec<Slot>,
}

/// A question on a page.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The question.
    pub q: Question,
    /// What was answered, as it is typed; none if it is open.
    pub known: Option<String>,
}

impl Page {
    /// A page without lines.
    pub fn new(part: FormPart) -> Page {
        Page { part, about: Said::default(), sum: Said::default(), lines: Vec::new(), gates: Vec::new() }
    }

    /// Puts a question on the last line if that is the one, else on a new one.
    pub fn put(&mut self, line: Line, slot: Slot) {
        match self.lines.last_mut() {
            Some(last) if last.id == line.id => last.slots.push(slot),
            _ => self.lines.push(Line { slots: vec![slot], ..line }),
        }
    }

    /// Its questions, in order.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.lines.iter().flat_map(|line| &line.slots)
    }

    /// The question that is answered next, with the number of its line: the first that is open and for which nothing is
    /// known beforehand.
    pub fn open(&self) -> Option<(usize, &Slot)> {
        let numbered = self.lines.iter().enumerate();
        let slots = numbered.flat_map(|(at, line)| line.slots.iter().map(move |slot| (at + 1, slot)));
        let mut open = slots.filter(|(_, slot)| slot.is_open());
        open.clone().find(|(_, slot)| !slot.is_offered()).or_else(|| open.next())
    }

    /// True if every question is answered, or something is known for it beforehand.
    pub fn is_full(&self) -> bool {
        self.slots().all(|slot| !slot.is_open() || slot.is_offered())
    }

    /// True if something on it is answered.
    pub fn is_touched(&self) -> bool {
        self.slots().any(|slot| !slot.is_open())
    }

    /// Answers that it is filled in, and what parts are inside of it.
    pub fn opened(&self, answers: &mut Answers) {
        for gate in self.gates.iter().filter(|gate| !gate.is_open) {
            answers.note(&gate.key, "yes".to_owned());
        }
    }

    /// The line of an id.
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }
}

impl Line {
    /// A line that is alone of its kind.
    pub fn new(id: String, label: Said) -> Line {
        let (under, about) = (Said::default(), Said::default());
        Line { id, label, under, about, columns: Vec::new(), is_row: false, slots: Vec::new() }
    }

    /// A line for one of several rows, with what is asked for each.
    pub fn row(id: String, label: Said, asked: Vec<Text>) -> Line {
        Line { columns: asked, is_row: true, ..Line::new(id, label) }
    }

    /// The line with the word that makes the row before what is asked for it.
    pub fn of(mut self, row: &Field) -> Line {
        self.columns.insert(0, row.label);
        self
    }

    /// True if only one text, which may have any signs, belongs there.
    pub fn is_text(&self) -> bool {
        self.slots.len() == 1
            && self.columns.len() < 2
            && self.slots.iter().all(|slot| slot.q.words.is_empty() && is_text(&slot.q.kind))
    }
}

/// True for what is told in free words.
pub fn is_text(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Prose | Kind::List(Kind::Text))
}

impl Slot {
    /// True if the page as it stands takes what is known beforehand for it.
    pub fn is_offered(&self) -> bool {
        self.known.is_none() && self.q.empty != Empty::Ends && self.q.entered() != "-"
    }

    /// True if it is not answered, or waits for one row more.
    pub fn is_open(&self) -> bool {
        self.known.as_deref().is_none_or(|known| known == "-" && self.q.empty == Empty::Ends)
    }
}
