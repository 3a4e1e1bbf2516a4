//! Through the field rows, as through the parts of a paper form, as far as the answers lead.

mod earlier;
mod paging;

use super::answers::Answers;
use super::asker::Asker;
use super::offers::Offers;
use super::page::{Line, Page};
use super::question::{Answer, Empty, FormPart, Question, labelled};
use crate::model::asking::{Recall, SchemeWords, Suggest, When};
use crate::model::field::{Field, Kind, Vocabulary, field};
use crate::model::figures::PERIOD;
use crate::model::path::{item_below, key_below};
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Entry, Node, Value};
use crate::say;

/// How far the answers lead.
#[derive(Clone, Debug)]
pub struct Reached {
    /// The record so far.
    pub tree: Node<'static>,
    /// The questions that have been answered, in their order.
    pub answered: Vec<Answered>,
    /// What is rarely told and was not asked for, as it would be among the answered.
    pub left_out: Vec<Answered>,
    /// The question that comes next; none at the end, and on pages none but what has to be known before there are any.
    pub next: Option<Question>,
    /// The parts as pages, if one goes by pages.
    pub pages: Vec<Page>,
}

/// A question that has been answered, or could be.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Its key among the answers.
    pub key: String,
    /// Its label.
    pub label: Said,
    /// Its label after that of its part.
    pub whole: Said,
    /// True if it has been answered.
    pub is_known: bool,
}

impl Asker<'_> {
    /// Goes through the answers as far as they lead: one question after another.
    pub fn reached(&mut self, answers: &Answers) -> Reached {
        self.go(answers, Going::ByQuestion)
    }

    /// Goes through all parts, whatever is answered in them, as through the pages of a form.
    pub fn pages(&mut self, answers: &Answers) -> Reached {
        self.go(answers, Going::ByPage)
    }

    /// The record that the answers make: what was not answered is left empty.
    pub fn as_answered(&mut self, answers: &Answers) -> Reached {
        self.go(answers, Going::AsAnswered)
    }

    fn go(&mut self, answers: &Answers, going: Going) -> Reached {
        let reached = walk(self, answers, going);
        if self.past.look_back(self.store, &reached.tree) { walk(self, answers, going) } else { reached }
    }
}

/// What is done at a question without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// It has to be asked.
    ByQuestion,
    /// It is put on the page of its part; parts are open.
    ByPage,
    /// It is left empty; parts are left out.
    AsAnswered,
}

impl Reached {
    /// The record as it would be written: without what was left empty, and without parts that say no more than their
    /// period.
    pub fn record(&self) -> Node<'static> {
        let mut record = self.tree.clone();
        prune(&mut record);
        record
    }
}

/// Takes out empty tables. True for a table without a value.
fn prune(node: &mut Node) -> bool {
    let Value::Table(entries) = &mut node.value else { return false };
    entries.retain_mut(|entry| !prune(&mut entry.node));
    entries.iter().all(|Entry { key, .. }| key == PERIOD.key)
}

/// Why a question gives no answer.
#[derive(Clone, Copy, Debug)]
enum Stop {
    /// It has to be asked.
    Unanswered,
    /// It is left out, with the rest of its group.
    Next,
}

/// The way through the rows.
struct Way<'w> {
    asker: &'w Asker<'w>,
    answers: &'w Answers,
    going: Going,
    reached: Reached,
    /// The part that the questions belong to.
    part: Option<FormPart>,
    /// What has to be read before the questions.
    about: Said,
    /// The table whose lines are coming in.
    table: Option<String>,
    /// The line of a page to which several questions belong, as yet without them.
    line: Option<Line>,
    /// What the lines of a page stand under, inside its part.
    under: Said,
    /// False inside of what belongs to one visit alone.
    recalls: bool,
}

/// Goes through the answers from the beginning.
fn walk(asker: &Asker, answers: &Answers, going: Going) -> Reached {
    let tree = answers.given().clone();
    let reached = Reached { tree, answered: Vec::new(), left_out: Vec::new(), next: None, pages: Vec::new() };
    let (part, about, table, line, under) = (None, Said::default(), None, None, Said::default());
    let mut walk = Way { asker, answers, going, reached, part, about, table, line, under, recalls: true };
    // If it stops, there is a next question.
    let _ = walk.record();
    walk.reached
}

impl Way<'_> {
    /// The record so far.
    fn tree(&self) -> &Node<'static> {
        &self.reached.tree
    }

    /// What is known for the rows, as things are.
    fn offers(&self) -> Offers<'_> {
        Offers { asker: self.asker, tree: &self.reached.tree }
    }

    /// Puts a value at a key of the rows.
    fn put(&mut self, key: &str, value: Node<'static>) {
        debug_assert!(self.asker.form.has(key), "{key} is no key of these rows");
        self.reached.tree.put_at(key, value);
    }

    /// The answer to a question; `None` if it was left empty.
    fn ask(&mut self, q: Question) -> Result<Option<Node<'static>>, Stop> {
        let noted = self.answers.to(&q.key);
        // If the register has changed since, what was noted may no longer be an answer.
        let answer = noted.and_then(|noted| self.asker.read(&q, noted).ok());
        if self.is_on_page() {
            return Ok(self.place(q, answer));
        }
        let Some(answer) = answer else { return self.unanswered(q) };
        let answered = self.answered(q.key.clone(), q.label.clone());
        self.reached.answered.push(answered);
        match answer {
            Answer::Nothing => Ok(None),
            Answer::Next => Err(Stop::Next),
            Answer::Value(node) => Ok(Some(self.value_of(&q, node))),
        }
    }

    /// The value of an answer, which is put into the record if it belongs there.
    fn value_of(&mut self, q: &Question, node: Node<'static>) -> Node<'static> {
        if q.puts {
            self.put(&q.key, node.clone());
        }
        node
    }

    /// What a question without an answer means.
    fn unanswered(&mut self, q: Question) -> Result<Option<Node<'static>>, Stop> {
        if self.part.is_some() && self.going == Going::AsAnswered {
            return Ok(None);
        }
        self.reached.next = Some(self.offered(q));
        Err(Stop::Unanswered)
    }

    /// A question as it is asked: with what was answered before, and with what belongs above it.
    fn offered(&self, q: Question) -> Question {
        let before = self.answers.before(&q.key).map(|typed| if typed == ">" { "-" } else { typed });
        Question {
            part: self.part.clone(),
            about: self.about.clone(),
            suggested: before.map(str::to_owned).or(q.suggested),
            table: self.table.clone(),
            ..q
        }
    }

    /// A question at a key, as it is known among the answered.
    fn answered(&self, key: String, label: Said) -> Answered {
        let part = self.part.as_ref().map_or(t("", ""), |part| part.label);
        let whole = say!("{part} {label}", "{part} {label}", [part, label]);
        Answered { key, label, whole, is_known: true }
    }

    /// The answer to a question that is the whole of its group.
    fn ask_one(&mut self, q: Question) -> Result<Option<Node<'static>>, Stop> {
        match self.ask(q) {
            Err(Stop::Next) => Ok(None),
            other => other,
        }
    }

    /// The whole record: first what everything else depends on, then the rows in their order.
    fn record(&mut self) -> Result<(), Stop> {
        let form = self.asker.form;
        let first = form.first.iter().filter_map(|key| form.fields.iter().find(|row| row.key == *key));
        for row in first {
            self.field(row, row.key.to_owned(), row.label.into())?;
        }
        let rest = |row: &&Field| !form.first.contains(&row.key) && row.asking.when != When::Never;
        let (parts, lines): (Vec<&Field>, Vec<&Field>) =
            form.fields.iter().filter(rest).partition(|row| is_part(&row.kind));
        let mut wanted =
            |row: &&Field| !self.is_given(row.key) && self.is_asked(row, row.key, row.label.into());
        let parts: Vec<&Field> = parts.into_iter().filter(&mut wanted).collect();
        if parts.is_empty() && (lines.is_empty() || self.going == Going::ByQuestion) {
            return self.rows(lines, "", &Said::default());
        }
        let before = usize::from(!lines.is_empty());
        let n = before + parts.len();
        if before > 0 {
            self.open("", form.heading, 1, n);
            self.rows(lines, "", &Said::default())?;
        }
        for (index, row) in parts.iter().enumerate() {
            self.open(row.key, row.label, before + index + 1, n);
            self.field(row, row.key.to_owned(), row.label.into())?;
        }
        Ok(())
    }

    /// Begins a part.
    fn open(&mut self, key: &'static str, label: Text, number: usize, of: usize) {
        let heading = say!("Phần {number}/{of}: {label}", "Part {number}/{of}: {label}", [number, of, label]);
        self.begin(FormPart { key, number, label, heading });
    }

    /// Rows one after another; `>` leaves out the rest of them.
    fn rows(
        &mut self,
        rows: impl IntoIterator<Item = &'static Field>,
        at: &str,
        label: &Said,
    ) -> Result<(), Stop> {
        for row in rows {
            let label = if label.is_empty() { row.label.into() } else { below(label, row) };
            match self.field(row, key_below(at, row.key), label) {
                Err(Stop::Next) => break,
                other => other?,
            }
        }
        Ok(())
    }

    /// One row, unless it was given or is left out.
    fn field(&mut self, row: &'static Field, key: String, label: Said) -> Result<(), Stop> {
        if !self.is_asked(row, &key, label.clone()) {
            return Ok(());
        }
        match row.asking.suggest {
            Some(Suggest::LatestTeam | Suggest::OpenRecommendations) if self.is_given(&key) => return Ok(()),
            Some(Suggest::OpenRecommendations) => return self.follow_up(row),
            Some(Suggest::LatestTeam) => self.offer_team(row)?,
            _ => {}
        }
        let recalls = self.recalls;
        self.recalls &= row.asking.recall != Recall::Nothing;
        let asked = self.values(row, key, label);
        self.recalls = recalls;
        asked
    }

    /// True for a row that is asked for. What is rarely told is noted, so that it can be wanted.
    fn is_asked(&mut self, row: &Field, key: &str, label: Said) -> bool {
        let is_asked = self.offers().is_asked(row, key) || self.answers.wants(key);
        if !is_asked && row.asking.when == When::Rare && !self.is_given(key) {
            let answered = self.answered(key.to_owned(), label);
            self.reached.left_out.push(Answered { is_known: false, ..answered });
        }
        is_asked
    }

    /// All values of a row, whatever its kind.
    fn values(&mut self, row: &'static Field, key: String, label: Said) -> Result<(), Stop> {
        match row.kind {
            Kind::Free => Ok(()),
            Kind::Section(fields) if self.enters(row, &key, &label)? => {
                self.rows(fields, &key, &Said::default())
            }
            Kind::Section(_) => Ok(()),
            Kind::Inline(fields) => {
                let before = self.in_line(Line::new(key.clone(), label.clone()));
                for row in fields {
                    self.field(row, key_below(key.as_str(), row.key), below(&label, row))?;
                }
                self.line = before;
                Ok(())
            }
            Kind::Rows(fields) => self.list_of(fields, &key, &label, |n| item_below(key.as_str(), n)),
            Kind::Keyed { by: Vocabulary::Words, entry: Kind::Section(fields), .. } => {
                self.list_of(fields, &key, &label, |n| format!("{key}.r{}", n + 1))
            }
            Kind::Keyed { by: Vocabulary::Schemes, entry, .. } => self.ratings(row, entry.fields(), &key),
            Kind::Keyed { by, entry, fixed } => self.keyed(row, by, entry, fixed, &key),
            Kind::List(Kind::Choice(_)) => self.value(row, key, label),
            Kind::List(inner) => self.items(row, inner, &key, &label),
            _ => self.value(row, key, label),
        }
    }

    /// A value that takes one line.
    fn value(&mut self, row: &Field, key: String, label: Said) -> Result<(), Stop> {
        if self.is_given(&key) {
            return Ok(());
        }
        let q = self.question(row, key, label);
        self.ask(q).map(drop)
    }

    /// The question for a row, with what is known for it.
    fn question(&self, row: &Field, key: String, label: Said) -> Question {
        let recalls = self.recalls && row.asking.recall == Recall::Beside;
        let last = if recalls { self.asker.past.last(self.asker.form.fields, &key) } else { None };
        let (words, suggested) = (self.offers().words(row, &key), self.offers().suggested(row, &key));
        let whole = row.asking.part_of.and_then(|beside| self.offers().whole(&key, beside));
        Question { words, suggested, last, recalls, whole, ..Question::of(row, key, label) }
    }

    /// Whether a part is to be filled in: not if it is left out, or taken whole from last time.
    fn enters(&mut self, row: &Field, key: &str, label: &Said) -> Result<bool, Stop> {
        let is_part = self.part.as_ref().is_some_and(|part| Said::from(part.label) == *label);
        if !is_part {
            self.under = label.clone();
        }
        let label = match is_part {
            true => say!("Có nhập phần này không?", "Fill in this part?"),
            false => say!("Có nhập phần “{label}” không?", "Fill in “{label}”?", [label]),
        };
        let last = self.asker.past.whole(row, key);
        let mut words = vec![labelled("yes", t("có", "yes"))];
        words.extend(last.is_some().then(|| labelled("same", t("như lần trước", "as last time"))));
        let answer = self.ask_one(Question {
            help: row.help,
            words,
            suggested: Some("yes".to_owned()),
            last,
            empty: Empty::Skips,
            ..Question::new(key.to_owned(), label, Kind::Bool)
        })?;
        if answer.as_ref().and_then(Node::text) != Some("same") {
            return Ok(answer.is_some());
        }
        if let Some(table) = self.asker.past.take(row, key) {
            self.put(key, table);
        }
        Ok(false)
    }

    /// Rows added one after another, until the first question of one is left empty. Those of last time are not offered.
    fn list_of(
        &mut self,
        fields: &'static [Field],
        key: &str,
        label: &Said,
        at: impl Fn(usize) -> String,
    ) -> Result<(), Stop> {
        let Some((first, rest)) = fields.split_first() else { return Ok(()) };
        if self.is_given(key) {
            return Ok(());
        }
        let recalls = std::mem::take(&mut self.recalls);
        for n in 0.. {
            let place = at(n);
            if self.tree().at(&place).is_some() {
                continue;
            }
            let before = self.in_line(Line::row(place.clone(), nth(label, n), self.columns(fields, &place)));
            let q = self.question(first, key_below(place.as_str(), first.key), below(&nth(label, n), first));
            let is_there = self.ask_one(Question { empty: Empty::Ends, ..q })?.is_some();
            if is_there {
                self.rows(rest, &place, &Said::default())?;
            }
            self.line = before;
            if !is_there {
                break;
            }
        }
        self.recalls = recalls;
        Ok(())
    }

    /// What is asked for a row, as far as that is known before the row is there.
    fn columns(&self, fields: &[Field], place: &str) -> Vec<Text> {
        let when = |row: &&Field| match row.asking.when {
            When::Always => true,
            When::With(..) => self.offers().is_asked(row, &key_below(place, row.key)),
            _ => false,
        };
        fields.iter().filter(when).map(|row| row.label).collect()
    }

    /// The items of a list, one a line.
    fn items(&mut self, row: &Field, inner: &Kind, key: &str, label: &Said) -> Result<(), Stop> {
        if self.is_given(key) {
            return Ok(());
        }
        for n in 0.. {
            let (key, label) = (item_below(key, n), nth(label, n));
            let words =
                if let Kind::Id(refers) = inner { self.offers().schemes(*refers) } else { Vec::new() };
            let before = self.in_line(Line::row(key.clone(), label.clone(), Vec::new()));
            let q = Question::new(key, label, *inner);
            let is_there = self.ask_one(Question { help: row.help, words, puts: true, ..q })?.is_some();
            self.line = before;
            if !is_there {
                break;
            }
        }
        Ok(())
    }

    /// A table by the words of a vocabulary: a checklist that is gone through, or lines for the words that are named.
    fn keyed(
        &mut self,
        row: &Field,
        by: Vocabulary,
        entry: &'static Kind,
        fixed: &'static [Field],
        key: &str,
    ) -> Result<(), Stop> {
        let words = match self.asker.store.register.words(by) {
            Some(words) => words.to_vec(),
            None => self.offers().words(row, key),
        };
        if !entry.is_scalar() {
            return self.lines(row, &words, entry, key);
        }
        if words.is_empty()
            || (is_part(&row.kind) && !key.contains('.') && !self.enters(row, key, &row.label.into())?)
        {
            return Ok(());
        }
        let scores = row.asking.words == Some(SchemeWords::Criteria) && matches!(entry, Kind::Measure(_));
        for word in &words {
            if scores && self.going == Going::ByQuestion {
                self.about = self.offers().score(key);
            }
            let most = if scores { self.offers().most(key, &word.id) } else { None };
            let label = match most {
                Some(most) => {
                    say!("{label} (tối đa {most})", "{label} (at most {most})", [label = word.label, most])
                }
                None => word.label.clone(),
            };
            let line = field("", "", "", *entry);
            match self.value(&line, key_below(key, &word.id), label) {
                Err(Stop::Next) => break,
                other => other?,
            }
        }
        if scores {
            self.about = Said::default();
            self.note_sum(key);
        }
        self.rows(fixed, key, &Said::default())
    }

    /// The ratings by the usual scheme and by those of last time that judge something else; if there are none, by one
    /// that is named.
    fn ratings(&mut self, row: &Field, fields: &'static [Field], key: &str) -> Result<(), Stop> {
        if !self.enters(row, key, &row.label.into())? {
            return Ok(());
        }
        let mut schemes = self.offers().usual_schemes(key);
        let (other, label) = (item_below(key, 0), t("Thang đánh giá khác", "Another rating scheme").into());
        if schemes.is_empty() || self.answers.wants(&other) {
            let words = self.asker.store.register.words(Vocabulary::Schemes).unwrap_or_default().to_vec();
            let answer = self.ask_one(Question { words, ..Question::new(other, label, Kind::Text) })?;
            schemes.extend(answer.as_ref().and_then(Node::text).map(str::to_owned));
        } else {
            let other = self.answered(other, label);
            self.reached.left_out.push(Answered { is_known: false, ..other });
        }
        for (at, scheme) in schemes.iter().enumerate() {
            let (place, title) = (key_below(key, scheme), self.offers().title(scheme));
            if self.is_given(&place) || (at > 0 && !self.enters(row, &place, &title)?) {
                continue;
            }
            self.rows(fields, &place, &Said::default())?;
        }
        Ok(())
    }

    /// A line for each word that is named; those of last time are offered in turn.
    fn lines(
        &mut self,
        row: &Field,
        words: &[Labelled],
        entry: &'static Kind,
        key: &str,
    ) -> Result<(), Stop> {
        let mut last_words = self.asker.past.words(key);
        self.table = Some(key.to_owned());
        for n in 0.. {
            let there = self.tree().at(key).map_or(&[][..], Node::entries);
            let is_new = |word: &str| !there.iter().any(|entry| entry.key == word);
            last_words.retain(|word| is_new(word));
            let (at, label) = (item_below(key, n), nth(&row.label.into(), n));
            let (left, taken) = words.iter().cloned().partition(|word| is_new(&word.id));
            let before =
                self.in_line(Line::row(at.clone(), label.clone(), self.columns(entry.fields(), &at)).of(row));
            let answer = self.ask_one(Question {
                help: t("Chỉ nhập lĩnh vực có mở lớp, chuyên đề.", "Only fields with activities."),
                words: left,
                taken,
                lists: n == 0,
                suggested: last_words.first().cloned(),
                short: row.label.into(),
                ..Question::new(at, label, Kind::Text)
            })?;
            let Some(word) = answer.as_ref().and_then(Node::text) else {
                self.line = before;
                break;
            };
            if let Some(at) = last_words.iter().position(|last| last == word) {
                last_words.drain(..=at);
            }
            let place = key_below(key, word);
            self.put(&place, Node::table());
            let name = words.iter().find(|row| row.id == word).map(|row| row.label.clone());
            self.rows(entry.fields(), &place, &name.unwrap_or_default())?;
            self.line = before;
        }
        self.table = None;
        Ok(())
    }

    /// True for what was given without being asked for.
    fn is_given(&self, key: &str) -> bool {
        self.answers.given().at(key).is_some()
    }
}

/// True for what has its own heading.
fn is_part(kind: &Kind) -> bool {
    matches!(kind, Kind::Section(_) | Kind::Rows(_) | Kind::Keyed { .. })
}

/// The label of a row of a group.
fn below(group: &Said, row: &Field) -> Said {
    say!("{group} – {label}", "{group} – {label}", [group, label = row.label])
}

/// The label of one of several, counted from 1.
fn nth(label: &Said, n: usize) -> Said {
    say!("{label} {n}", "{label} {n}", [label, n = n + 1])
}
