//! What comes after the last question: the whole record is shown with what is wrong with it, and corrected by the names of
//! its parts and questions.

use super::terminal::Lost;
use super::{Review, Talk, terminal};
use crate::desk::find;
use crate::desk::questions::{Answered, Page, Reached, part_named};
use crate::model::fault::{Fault, Severity};
use crate::model::meaning::{is_same, mentions};
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::render::Style;
use crate::render::record::{self, Shown};
use crate::say;
use crate::toml::codes;

impl Talk<'_> {
    /// Shows the record and what is wrong with it, and asks how to go on.
    pub fn review(&mut self) -> Result<Review, Lost> {
        let record = self.asker.as_answered(&self.answers).record();
        let faults = self.show(&record);
        let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
        let blocked = errors && !self.allows_faults;
        let prompt = if blocked {
            t(
                "Còn lỗi, chưa ghi được. Gõ tên mục cần sửa (ví dụ: kinh phí); < quay lại; - lưu nháp, làm sau: ",
                "There are errors, so it cannot be written yet. Type an item to correct it; < back; - keep as draft: ",
            )
        } else {
            t(
                "Ghi vào sổ? [Enter = ghi; gõ tên mục = sửa, ghi thêm; ? các mục; < quay lại; - lưu nháp, làm sau]: ",
                "Save? [Enter = save; an item’s name = correct or add it; ? items; < back; - keep as draft]: ",
            )
        };
        loop {
            match terminal::line(prompt.get(self.call.lang))?.as_deref() {
                Some("" | "." | ">") if !blocked => return Ok(Review::Write(record)),
                Some("<") => return Ok(Review::Back),
                Some("-") => return Ok(Review::Later),
                Some("?") => {
                    let reached = self.asker.pages(&self.answers);
                    self.tell(&items(&reached));
                }
                None | Some("" | "." | ">") => {}
                Some(name) => match self.named(name) {
                    Ok(to) => return Ok(to),
                    Err(said) => self.tell(&said),
                },
            }
        }
    }

    /// Shows a record and what is wrong with it.
    fn show(&mut self, tree: &Node) -> Vec<Fault> {
        let (fields, register) = (self.asker.form.fields, &self.asker.store.register);
        let style = Style { width: terminal::columns(), ..self.call.style() };
        let centres = find::centre_names(self.asker.store, tree).unwrap_or_default();
        let shown = record::text_naming(&Shown { tree, fields, register }, &centres, &style);
        terminal::print(t("\nXem lại:\n\n", "\nTo review:\n\n").get(self.call.lang));
        terminal::print_drawn(&shown);
        terminal::print("\n");
        self.drawn = Default::default();
        let faults = self.asker.faults(tree);
        let labels = self.asker.pages(&self.answers).answered;
        for fault in &faults {
            let one = labels.iter().find(|one| fault.key.as_ref() == Some(&one.key));
            match one.filter(|_| fault.code == codes::MISSING_KEY.name) {
                Some(one) => self.tell(&say!(
                    "lỗi: còn thiếu {label}",
                    "error: {label} is missing",
                    [label = one.whole.clone()]
                )),
                None => self.tell_fault(fault),
            }
        }
        faults
    }

    /// What a name means: a part, a line of one, or a question before all of them. What is rarely told is asked for from
    /// then on.
    pub fn named(&mut self, name: &str) -> Result<Review, Said> {
        let reached = self.asker.pages(&self.answers);
        let name = part_named(name).unwrap_or(name);
        if let Some(part) = part_of(&reached, name) {
            return Ok(Review::Part(part.part.key.to_owned()));
        }
        let found = self.answered(name, &reached)?;
        if reached.left_out.iter().any(|one| one.key == found) {
            self.answers.want(&found);
        }
        let reached = self.asker.pages(&self.answers);
        if let Some(page) = reached.pages.iter().find(|page| page.part.key == found) {
            return Ok(Review::Part(page.part.key.to_owned()));
        }
        let below = |key: &str| {
            key.strip_prefix(&*found).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let is_there = |page: &&Page| page.slots().any(|slot| below(&slot.q.key));
        Ok(match reached.pages.iter().find(is_there) {
            Some(page) => Review::Question(page.part.key.to_owned(), found),
            None => Review::First(found),
        })
    }

    /// The key of the question that a name means.
    fn answered(&self, name: &str, reached: &Reached) -> Result<String, Said> {
        let lang = self.call.lang;
        let label =
            |one: &Answered| is_same(name, one.label.vi.as_str()) || is_same(name, one.label.get(lang));
        let fits: [&dyn Fn(&Answered) -> bool; 3] =
            [&|one| one.key == name, &label, &|one| mentions(one.whole.get(lang), name)];
        let all = || reached.answered.iter().chain(&reached.left_out);
        let near = fits.into_iter().map(|fits| all().filter(|one| fits(one)).collect::<Vec<_>>());
        let near = near.into_iter().find(|near| !near.is_empty()).unwrap_or_default();
        let known: Vec<&Answered> = near.iter().copied().filter(|one| one.is_known).collect();
        // What was answered is meant sooner than what could be.
        match (if known.len() == 1 { known } else { near })[..] {
            [one] => Ok(one.key.clone()),
            [] => Err(say!(
                "không có mục “{name}”; gõ ? để xem các mục",
                "there is no item “{name}”; type ? for the items",
                [name]
            )),
            ref near => {
                let list = Said::join(near.iter().take(8).map(|one| one.whole.clone()), "; ");
                Err(say!(
                    "“{name}” có thể là: {list}; gõ rõ hơn",
                    "“{name}” may be: {list}; type more of it",
                    [name, list]
                ))
            }
        }
    }
}

/// The page of a part by its number, its key, or its name.
fn part_of<'r>(reached: &'r Reached, name: &str) -> Option<&'r Page> {
    let is_it = |label: Text| is_same(name, label.vi) || is_same(name, label.en);
    let mut pages = reached.pages.iter();
    let number = name.parse::<usize>().ok();
    if let Some(page) = pages.clone().find(|page| {
        number.is_some_and(|n| n == page.part.number) || page.part.key == name || is_it(page.part.label)
    }) {
        return Some(page);
    }
    let begins = |page: &&Page| mentions(page.part.label.vi, name) || mentions(page.part.label.en, name);
    let found = pages.find(begins)?;
    pages.all(|page| !begins(&page)).then_some(found)
}

/// What may be typed at the review: the parts, and what is rarely told.
fn items(reached: &Reached) -> Said {
    let parts = Said::join(reached.pages.iter().map(|page| page.part.label.into()), ", ");
    let list = Said::join(reached.left_out.iter().map(|one| one.label.clone()), ", ");
    let said = say!(
        "gõ tên một phần ({parts}) hay tên một câu hỏi, ví dụ “lượt người”",
        "type a part ({parts}) or a question, such as “attendances”",
        [parts]
    );
    if list.is_empty() {
        return said;
    }
    say!(
        "{said}; mục ít gặp, có thể ghi thêm: {list}",
        "{said}; rarely needed, and can be added: {list}",
        [said, list]
    )
}
