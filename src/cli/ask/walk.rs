//! Through the field rows, as through the parts of a paper form.

use super::question::{Empty, Question, labelled};
use super::{Asking, Stop};
use crate::model::field::{Field, Kind, Vocabulary, field};
use crate::model::path::key_below;
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Entry, Node, Value};
use crate::say;

impl Asking<'_> {
    /// The whole record: first what everything else hangs on, then the rows in their order.
    pub fn record(&mut self) -> Result<(), Stop> {
        let form = self.form;
        let rows = |keys: &[&str]| -> Vec<&'static Field> {
            keys.iter().filter_map(|key| form.fields.iter().find(|row| row.key == *key)).collect()
        };
        for row in rows(form.first) {
            self.field(row, row.key.to_owned(), row.label.get(self.cx.lang).to_owned())?;
        }
        let asked = |row: &&&Field| !form.first.contains(&row.key) && !form.never.contains(&row.key);
        let (parts, lines): (Vec<&Field>, Vec<&Field>) =
            form.fields.iter().filter(|row| asked(&row)).partition(|row| is_part(&row.kind));
        let parts: Vec<&Field> = parts.into_iter().filter(|row| self.given(row.key).is_none()).collect();
        let n = parts.len() + usize::from(!lines.is_empty());
        if parts.is_empty() {
            return self.rows(&lines, "", "");
        }
        if !lines.is_empty() {
            self.open(1, n, t("Thông tin đầu", "Heading"));
            self.rows(&lines, "", "")?;
        }
        for (index, row) in parts.iter().enumerate() {
            self.open(n - parts.len() + index + 1, n, row.label);
            self.field(row, row.key.to_owned(), row.label.get(self.cx.lang).to_owned())?;
        }
        Ok(())
    }

    /// Begins a part; its heading is shown before its first question.
    fn open(&mut self, number: usize, of: usize, label: Text) {
        let said = say!("Phần {number}/{of}", "Part {number}/{of}");
        self.section = label.get(self.cx.lang).to_owned();
        self.heading = Some(format!("{}: {}", said.get(self.cx.lang), self.section));
    }

    /// Rows one after another; `>` leaves out the rest of them.
    fn rows(&mut self, rows: &[&'static Field], at: &str, label: &str) -> Result<(), Stop> {
        for row in rows {
            let name = row.label.get(self.cx.lang);
            let label = if label.is_empty() { name.to_owned() } else { format!("{label} – {name}") };
            match self.field(row, key_below(at, row.key), label) {
                Err(Stop::Next) => break,
                other => other?,
            }
        }
        Ok(())
    }

    /// One row, whatever may stand there.
    fn field(&mut self, row: &'static Field, key: String, label: String) -> Result<(), Stop> {
        if self.left_out(&key) || self.own_way(&key)? {
            return Ok(());
        }
        match row.kind {
            Kind::Free => Ok(()),
            Kind::Section(fields) => self.gated(row, fields, &key, &label),
            Kind::Inline(fields) => {
                for row in fields {
                    let name = row.label.get(self.cx.lang);
                    self.field(row, key_below(&key, row.key), format!("{label} – {name}"))?;
                }
                Ok(())
            }
            Kind::Rows(fields) => self.list_of(fields, &key, &label, |n| format!("{key}[{n}]")),
            Kind::Keyed { by: Vocabulary::Words, entry: Kind::Section(fields), .. } => {
                self.list_of(fields, &key, &label, |n| format!("{key}.r{}", n + 1))
            }
            Kind::Keyed { by, entry, fixed } => self.keyed(row, by, entry, fixed, &key),
            Kind::List(Kind::Choice(_)) => self.value(row, key, label),
            Kind::List(inner) => self.items(row, inner, &key, &label),
            _ => self.value(row, key, label),
        }
    }

    /// A value that takes one line.
    fn value(&mut self, row: &Field, key: String, label: String) -> Result<(), Stop> {
        if self.given(&key).is_some() {
            return Ok(());
        }
        let q = self.question(row, key, label);
        self.ask(&q).map(drop)
    }

    /// The question for a row, with what is known for it.
    fn question(&self, row: &Field, key: String, label: String) -> Question {
        let mut q = Question::of(row, key, label);
        q.words = self.words(&q.key);
        q.suggested = self.suggested(&q.key);
        q.last = self.last(&q.key);
        q
    }

    /// A part that may be left out as a whole, or be as it was last time.
    fn gated(&mut self, row: &Field, fields: &'static [Field], key: &str, label: &str) -> Result<(), Stop> {
        if self.enter(row, key, label)? {
            self.rows(&fields.iter().collect::<Vec<_>>(), key, "")?;
        }
        Ok(())
    }

    /// Asks whether a part is to be filled in. False where it is not, or where it is taken whole from last time.
    fn enter(&mut self, row: &Field, key: &str, label: &str) -> Result<bool, Stop> {
        let label = if label == self.section {
            say!("Ghi phần này?", "Fill in this part?")
        } else {
            say!("Ghi phần “{label}”?", "Fill in “{label}”?")
        };
        let label = label.get(self.cx.lang).to_owned();
        let mut q = Question::new(key.to_owned(), label, Kind::Bool);
        (q.empty, q.help) = (Empty::Skips, row.help);
        q.words =
            vec![labelled("yes", t("ghi", "fill in")), labelled("same", t("như lần trước", "as last time"))];
        q.suggested = Some("yes".to_owned());
        q.last = self.last_part(key);
        if q.last.is_none() {
            q.words.pop();
        }
        let answer = match self.ask(&q) {
            Err(Stop::Next) => None,
            other => other?,
        };
        match answer.as_ref().and_then(Node::text) {
            Some("same") => {
                self.take_part(key);
                Ok(false)
            }
            answer => Ok(answer.is_some()),
        }
    }

    /// Rows added one after another, until the first question of one is left empty.
    fn list_of(
        &mut self,
        fields: &'static [Field],
        key: &str,
        label: &str,
        at: impl Fn(usize) -> String,
    ) -> Result<(), Stop> {
        let Some((first, rest)) = fields.split_first() else { return Ok(()) };
        if self.given(key).is_some() {
            return Ok(());
        }
        for n in 0.. {
            let place = at(n);
            if self.tree.at(&place).is_some() {
                continue;
            }
            let name = first.label.get(self.cx.lang);
            let mut q =
                self.question(first, key_below(&place, first.key), format!("{label} {} – {name}", n + 1));
            q.empty = Empty::Ends;
            match self.ask(&q) {
                Ok(None) | Err(Stop::Next) => break,
                other => other?,
            };
            self.rows(&rest.iter().collect::<Vec<_>>(), &place, "")?;
        }
        Ok(())
    }

    /// The items of a list, one a line.
    fn items(&mut self, row: &Field, inner: &Kind, key: &str, label: &str) -> Result<(), Stop> {
        if self.given(key).is_some() {
            return Ok(());
        }
        for n in 0.. {
            let mut q = Question::new(format!("{key}[{n}]"), format!("{label} {}", n + 1), *inner);
            (q.help, q.puts) = (row.help, true);
            match self.ask(&q) {
                Ok(None) | Err(Stop::Next) => break,
                other => other?,
            };
        }
        Ok(())
    }

    /// A table by the words of a vocabulary: a checklist that is gone through, or lines for the words one names.
    fn keyed(
        &mut self,
        row: &Field,
        by: Vocabulary,
        entry: &'static Kind,
        fixed: &'static [Field],
        key: &str,
    ) -> Result<(), Stop> {
        let words = match self.store.register.words(by) {
            Some(words) => words.to_vec(),
            None => self.words(key),
        };
        if !entry.is_scalar() {
            return self.lines(row, &words, entry, key);
        }
        if words.is_empty()
            || (is_part(&row.kind)
                && !key.contains('.')
                && !self.enter(row, key, row.label.get(self.cx.lang))?)
        {
            return Ok(());
        }
        for word in &words {
            let label = Said::from(&word.label).get(self.cx.lang).to_owned();
            let line = field("", "", "", *entry);
            match self.value(&line, key_below(key, &word.id), label) {
                Err(Stop::Next) => return Ok(()),
                other => other?,
            }
        }
        self.rows(&fixed.iter().collect::<Vec<_>>(), key, "")
    }

    /// A line for each word that one names; those of last time are offered in turn.
    fn lines(
        &mut self,
        row: &Field,
        words: &[Labelled],
        entry: &'static Kind,
        key: &str,
    ) -> Result<(), Stop> {
        let mut last_words = self.last_words(key);
        self.partial = true;
        for n in 0.. {
            let there = self.tree.at(key).map(|node| node.entries().to_vec()).unwrap_or_default();
            let is_new = |word: &str| !there.iter().any(|entry| entry.key == word);
            let label = format!("{} {}", row.label.get(self.cx.lang), n + 1);
            let mut q = Question::new(format!("{key}[{n}]"), label, Kind::Text);
            q.help = t("Chỉ ghi lĩnh vực có hoạt động.", "Only fields with activities.");
            q.words = words.iter().filter(|word| is_new(&word.id)).cloned().collect();
            q.lists = n == 0;
            last_words.retain(|word| is_new(word));
            q.suggested = last_words.first().cloned();
            let answer = match self.ask(&q) {
                Ok(None) | Err(Stop::Next) => break,
                other => other?,
            };
            let Some(word) = answer.as_ref().and_then(Node::text).map(str::to_owned) else { break };
            if let Some(at) = last_words.iter().position(|last| *last == word) {
                last_words.drain(..=at);
            }
            let place = key_below(key, &word);
            self.tree.put_at(&place, Node::table());
            let name = words.iter().find(|row| row.id == word).map(|row| Said::from(&row.label));
            let name = name.unwrap_or_default();
            self.rows(&entry.fields().iter().collect::<Vec<_>>(), &place, name.get(self.cx.lang))?;
        }
        self.partial = false;
        self.tell_below(key);
        Ok(())
    }

    /// Takes out what nobody filled in: empty tables, and parts that say no more than their period.
    pub fn prune(&mut self) {
        is_empty(&mut self.tree);
    }

    /// What the command line gave for a key.
    pub fn given(&self, key: &str) -> Option<&Node<'static>> {
        self.tape.given().at(key)
    }
}

/// True for what stands under a heading of its own.
fn is_part(kind: &Kind) -> bool {
    matches!(kind, Kind::Section(_) | Kind::Rows(_) | Kind::Keyed { .. })
}

/// True for a table without a value, once its empty tables are taken out.
fn is_empty(node: &mut Node) -> bool {
    let Value::Table(entries) = &mut node.value else { return false };
    entries.retain_mut(|entry| !is_empty(&mut entry.node));
    entries.iter().all(|Entry { key, .. }| key == "period")
}
