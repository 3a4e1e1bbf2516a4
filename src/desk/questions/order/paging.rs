//! On the way through the rows: each part a page, each question a place on it.

use super::{Answered, Going, Way};
use crate::desk::questions::page::{Gate, Line, Page, Slot};
use crate::desk::questions::question::{Answer, Empty, FormPart, Question};
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;

impl Way<'_> {
    /// True where questions are put on a page.
    pub(super) fn is_on_page(&self) -> bool {
        self.part.is_some() && self.going == Going::ByPage
    }

    /// Puts a question on its page. A part is open there, unless it is taken as it was.
    pub(super) fn place(&mut self, q: Question, answer: Option<Answer>) -> Option<Node<'static>> {
        let answered = self.answered(q.key.clone(), q.label.clone());
        let is_known = answer.as_ref().is_some_and(|answer| matches!(answer, Answer::Value(_)));
        self.reached.answered.push(Answered { is_known, ..answered });
        let (known, answer) = match answer {
            Some(answer) => (Some(answer.typed()), answer),
            None => (None, Answer::Nothing),
        };
        let q = self.offered(q);
        let page = self.reached.pages.last_mut()?;
        if q.empty == Empty::Skips {
            let open = self.asker.read(&q, "yes").ok();
            let (key, last) = (q.key, q.last);
            page.about = q.about;
            page.gates.push(Gate { key, is_open: matches!(answer, Answer::Value(_)), last });
            return match answer {
                Answer::Value(node) => Some(node),
                _ => open.and_then(Answer::value),
            };
        }
        let line = self.line.clone().unwrap_or_else(|| Line::new(q.key.clone(), q.label.clone()));
        let line = Line { about: self.about.clone(), under: self.under.clone(), ..line };
        let value = answer.value().map(|node| self.value_of(&q, node));
        let page = self.reached.pages.last_mut()?;
        page.put(line, Slot { q, known });
        value
    }

    /// Notes below its page what the points in a table come to.
    pub(super) fn note_sum(&mut self, scores: &str) {
        let sum = self.offers().score(scores);
        if let Some(page) = self.reached.pages.last_mut() {
            page.sum = if page.sum.is_empty() {
                sum
            } else {
                say!("{sum}\n{next}", "{sum}\n{next}", [sum = page.sum, next = sum])
            };
        }
    }

    /// Begins a part, and its page.
    pub(super) fn begin(&mut self, part: FormPart) {
        self.under = Said::default();
        if self.going == Going::ByPage {
            self.reached.pages.push(Page::new(part.clone()));
        }
        self.part = Some(part);
    }

    /// Has the questions that follow stand in one line of their page, unless they are in one already. Returns what ends
    /// that.
    pub(super) fn in_line(&mut self, line: Line) -> Option<Line> {
        let before = self.line.clone();
        if before.is_none() {
            self.line = Some(line);
        }
        before
    }
}
