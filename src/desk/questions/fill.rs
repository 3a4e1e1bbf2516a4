//! A page is filled in: all of what was typed in a line, or nothing of it.

use super::answers::Answers;
use super::asker::Asker;
use super::deed::{Filling, To};
use super::page::{Line, Page, Slot};
use super::question::{Answer, Empty};
use crate::model::text::Said;
use crate::say;

impl Asker<'_> {
    /// The answers with those of a line that was typed at the page of a part; else why one of them is none.
    pub fn filled(&mut self, answers: &Answers, part: &str, fillings: &[Filling]) -> Result<Answers, Said> {
        let mut answers = answers.clone();
        for filling in fillings {
            match &filling.to {
                To::Line(line) => self.fill_line(&mut answers, part, line, &filling.values)?,
                To::Open(first) => self.fill_in_turn(&mut answers, part, first, &filling.values)?,
            }
        }
        Ok(answers)
    }

    /// The page of a part, if there is one.
    pub fn page(&mut self, answers: &Answers, part: &str) -> Option<Page> {
        self.pages(answers).pages.into_iter().find(|page| page.part.key == part)
    }

    /// The questions of one line, from the first.
    fn fill_line(
        &mut self,
        answers: &mut Answers,
        part: &str,
        id: &str,
        values: &[String],
    ) -> Result<(), Said> {
        for (at, value) in values.iter().enumerate() {
            let Some(page) = self.page(answers, part) else { return Ok(()) };
            match page.line(id).and_then(|line| line.slots.get(at)) {
                Some(slot) => self.fill_slot(answers, &page, slot, value)?,
                // Rows of a spreadsheet end in empty cells.
                None if value.is_empty() => {}
                None => return Err(too_many(value)),
            }
        }
        self.end_row(answers, part, id)
    }

    /// Open questions, one after another; what is one row at most.
    fn fill_in_turn(
        &mut self,
        answers: &mut Answers,
        part: &str,
        first: &str,
        values: &[String],
    ) -> Result<(), Said> {
        let mut last: Option<(String, String)> = None;
        for value in values {
            let Some(page) = self.page(answers, part) else { return Ok(()) };
            let placed: Vec<_> =
                page.lines.iter().flat_map(|line| line.slots.iter().map(move |slot| (line, slot))).collect();
            let at = |key: &str| placed.iter().position(|(_, slot)| slot.q.key == key);
            let from = match &last {
                None => at(first).unwrap_or_default(),
                Some((_, key)) => at(key).map_or(placed.len(), |at| at + 1),
            };
            let in_row = |line: &Line| last.as_ref().is_some_and(|(id, _)| *id == line.id);
            let is_next = |(line, slot): &&(&Line, &Slot)| {
                slot.is_open() && (last.is_none() || in_row(line) || !slot.is_offered())
            };
            let leaves_row = |other: &Line| {
                let row = last.as_ref().filter(|(id, _)| *id != other.id).and_then(|(id, _)| page.line(id));
                row.is_some_and(|line| line.is_row && line.slots.len() > 1)
            };
            let next = placed[from..].iter().find(is_next).filter(|(line, _)| !leaves_row(line));
            let (line, slot) = match next {
                Some(next) => next,
                // Rows of a spreadsheet end in empty cells.
                None if value.is_empty() => continue,
                None => return Err(too_many(value)),
            };
            self.fill_slot(answers, &page, slot, value)?;
            last = Some((line.id.clone(), slot.q.key.clone()));
        }
        last.map_or(Ok(()), |(id, _)| self.end_row(answers, part, &id))
    }

    /// One question. What parts it lies in are filled in with it.
    fn fill_slot(&self, answers: &mut Answers, page: &Page, slot: &Slot, value: &str) -> Result<(), Said> {
        let said = |why| say!("{label}: {why}", "{label}: {why}", [label = slot.q.label.clone(), why]);
        // An empty cell does not take what was there.
        if value.is_empty() && slot.known.is_some() {
            return Ok(());
        }
        let own = self.in_own_words(&slot.q, value);
        let line = own.as_ref().map_or(value, |(line, ..)| line);
        let answer =
            self.typed(&slot.q, line).map_err(|why| said(self.by_labels(slot, value).unwrap_or(why)))?;
        page.opened(answers);
        if let Some((_, key, words)) = own {
            answers.note(&key, words);
        }
        answers.note(&slot.q.key, answer.typed());
        Ok(())
    }

    /// What may have been meant by a word that is in no list, as people read it.
    fn by_labels(&self, slot: &Slot, value: &str) -> Option<Said> {
        let candidates = self.candidates(&slot.q, value);
        if candidates.is_empty() || matches!(value, "" | "-" | "=" | ">") {
            return None;
        }
        let list = Said::join(candidates.into_iter().map(|(said, _)| said), "; ");
        Some(say!(
            "“{value}” chưa rõ là gì; gõ một trong: {list}",
            "“{value}” is not clear; type one of: {list}",
            [value, list]
        ))
    }

    /// Leaves empty what was not told of a row; what is needed must be there.
    fn end_row(&mut self, answers: &mut Answers, part: &str, id: &str) -> Result<(), Said> {
        while let Some(page) = self.page(answers, part) {
            let line = page.line(id).filter(|line| line.is_row && line.slots.len() > 1);
            let Some(slot) = line.and_then(|line| line.slots.iter().find(|slot| slot.known.is_none())) else {
                break;
            };
            if slot.q.empty == Empty::Needed && slot.q.entered() == "-" {
                let columns =
                    line.map(|line| Said::join(line.columns.iter().map(|label| (*label).into()), "; "));
                return Err(say!(
                    "còn thiếu: {label}; gõ cả dòng: {columns}",
                    "missing: {label}; type the whole line: {columns}",
                    [label = slot.q.short.clone(), columns = columns.unwrap_or_default()]
                ));
            }
            self.fill_slot(answers, &page, slot, "")?;
        }
        Ok(())
    }

    /// The answers with the page as it stands: what is known beforehand is taken; a part in which nothing was answered is
    /// left out. Else what is still needed.
    pub fn accepted(&mut self, answers: &Answers, part: &str) -> Result<Answers, Said> {
        let mut answers = answers.clone();
        let Some(page) = self.page(&answers, part) else { return Ok(answers) };
        let is_left_out = !page.is_touched() && page.gates.iter().any(|gate| gate.key == part);
        if is_left_out {
            answers.note(part, "-".to_owned());
            return Ok(answers);
        }
        page.opened(&mut answers);
        while let Some(page) = self.page(&answers, part) {
            let waits = |slot: &&Slot| slot.is_offered();
            let Some(slot) = page.slots().find(waits) else { break };
            self.fill_slot(&mut answers, &page, slot, "")?;
        }
        let page = self.page(&answers, part);
        let needed = |slot: &&Slot| slot.known.is_none() && slot.q.empty == Empty::Needed;
        match page.as_ref().and_then(|page| page.slots().find(needed)) {
            Some(slot) => Err(say!("còn thiếu: {label}", "missing: {label}", [label = slot.q.label.clone()])),
            None => Ok(answers),
        }
    }

    /// The answers with all of a part that may be taken again as it was last time; none if there is nothing.
    pub fn as_last_time(&mut self, answers: &Answers, part: &str) -> Option<Answers> {
        let mut answers = answers.clone();
        let mut taken = false;
        loop {
            let page = self.page(&answers, part)?;
            let whole = page.gates.iter().find_map(|gate| gate.last.as_ref());
            let next = page.slots().find_map(|slot| {
                let last =
                    slot.q.last.as_ref().filter(|last| whole.is_some_and(|whole| whole.when == last.when));
                let row = slot
                    .q
                    .suggested
                    .as_ref()
                    .filter(|_| slot.q.empty == Empty::Ends && !slot.q.words.is_empty());
                let value = last.map(|last| &last.typed).or(row).filter(|_| slot.known.is_none())?;
                Some((slot, value.clone()))
            });
            let Some((slot, value)) = next else { return taken.then_some(answers) };
            self.fill_slot(&mut answers, &page, slot, &value).ok()?;
            taken = true;
        }
    }

    /// The answers without a part.
    pub fn left_out(&self, answers: &Answers, page: &Page) -> Answers {
        let mut answers = answers.clone();
        page.gates.iter().for_each(|gate| answers.note(&gate.key, Answer::Nothing.typed()));
        answers
    }
}

fn too_many(value: &str) -> Said {
    say!(
        "thừa “{value}”: không còn ô nào để nhập",
        "“{value}” is one too many: there is no place for it",
        [value]
    )
}
