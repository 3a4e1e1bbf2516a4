//! Going on with a draft of the record that has just been begun again.

use super::draft::Kept;
use super::{Talk, terminal};
use crate::desk::questions::Reached;
use crate::model::number::many;
use crate::model::tree::Node;
use crate::say;
use std::sync::PoisonError;

impl Talk<'_> {
    /// Says how much there is already, and if the record has come in meanwhile.
    pub fn greet_again(&mut self) {
        let said = say!(
            "Làm tiếp sau {n}; gõ < để xem lại.",
            "{n} answered already; type < to go back through them.",
            [n = many(self.answers.typed().len(), "câu đã trả lời", "question")]
        );
        terminal::print_wrapped(said.get(self.call.lang), 0);
        let tree = self.asker.reached(&self.answers).tree;
        if let Some(fault) = (self.asker.form.there)(self.asker.store, &tree) {
            self.tell_fault(&fault);
        }
    }

    /// Offers the last draft of the same record, once it is known which record this is. True if that is gone on with.
    pub fn goes_on_with_another(&mut self, reached: &Reached) -> bool {
        let needed = || self.asker.form.needed();
        if self.has_looked || needed().any(|row| reached.tree.get(row.key).is_none()) {
            return false;
        }
        self.has_looked = true;
        let given = self.answers.given().entries();
        if given.iter().any(|entry| needed().all(|row| row.key != entry.key)) {
            // What else was given with the call would be lost.
            return false;
        }
        let Some(other) = self.same(reached) else { return false };
        let told = other.told(self.asker.store, self.call.speaker(self.asker.store));
        let question = say!(
            "Đang có bản nháp: {told}.\nLàm tiếp bản nháp này? [Enter = có; không]: ",
            "There is a draft: {told}.\nContinue it? [Enter = yes; no]: ",
            [told]
        );
        if !self.call.agrees(&question) {
            return false;
        }
        let mut draft = self.draft.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(answers) = draft.take_up(other) else { return false };
        drop(draft);
        self.answers = answers;
        self.greet_again();
        true
    }

    /// The last draft of the same record.
    fn same(&self, reached: &Reached) -> Option<Kept> {
        let drafts = self.draft.lock().unwrap_or_else(PoisonError::into_inner).others();
        let is_same = |draft: &Kept| {
            let tree = draft.tree(self.asker.store, self.call.speaker(self.asker.store));
            // Where a value stood is no part of it.
            let value = |tree: &Node<'static>, key| tree.get(key).map(|node| node.value.clone());
            self.asker.form.needed().all(|row| value(&tree, row.key) == value(&reached.tree, row.key))
        };
        drafts.into_iter().filter(is_same).max_by_key(|draft| draft.saved)
    }
}
