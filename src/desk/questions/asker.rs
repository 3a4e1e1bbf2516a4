//! What questions depend on: the register, the form, the day and the past. Here an answer is read, and judged.

use super::answers::Answers;
use super::past::Past;
use super::question::{Answer, Empty, Question};
use crate::desk::new_record::Questionnaire;
use crate::desk::pick::{agrees, meant, near};
use crate::model::centre::{POST_NAME, Post};
use crate::model::fault::{Fault, Severity};
use crate::model::field::Kind;
use crate::model::input::{Speaker, parts, read, read_word, yes_or_no};
use crate::model::meaning::{Named, meaning};
use crate::model::path::key_below;
use crate::model::text::{Said, Text, is_slip};
use crate::model::tree::Node;
use crate::model::vietnamese::fold;
use crate::say;
use crate::store::Store;
use crate::toml::codes;

/// What all questions of a form depend on. [`Asker::reached`] gives the next one.
#[derive(Debug)]
pub struct Asker<'a> {
    /// The register that the record is for.
    pub store: &'a Store,
    /// What is asked.
    pub form: &'a Questionnaire,
    /// Who answers.
    pub speaker: Speaker<'a>,
    /// What the centre reported before.
    pub past: Past,
}

impl<'a> Asker<'a> {
    /// Someone to ask the questions for a new record of a register.
    pub fn new(store: &'a Store, form: &'a Questionnaire, speaker: Speaker<'a>) -> Asker<'a> {
        Asker { store, form, speaker, past: Past::default() }
    }

    /// The answer of a typed line: Enter alone takes what is suggested, `=` takes the value of last time.
    pub fn typed(&self, q: &Question, line: &str) -> Result<Answer, Said> {
        let answer = match (line, &q.last) {
            ("", _) => self.read(q, q.entered()),
            ("=", Some(last)) => self.read(q, &last.typed),
            ("=", None) if !q.recalls => Err(say!(
                "câu này mỗi lần một khác, không dùng lại được",
                "this is asked anew each time, and is not taken again"
            )),
            ("=", None) => Err(say!("lần trước không có giá trị này", "there was no value last time")),
            _ => self.read(q, &numbered(q, line)),
        };
        answer.map_err(|why| why.without_keys())
    }

    /// The answer that was noted; else why it is not valid.
    pub fn read(&self, q: &Question, noted: &str) -> Result<Answer, Said> {
        match noted {
            "-" | ">" if q.empty == Empty::Needed => {
                Err(say!("mục này bắt buộc; gõ ? để xem cách nhập", "an answer is required; type ? for help"))
            }
            "-" => Ok(Answer::Nothing),
            ">" => Ok(Answer::Next),
            _ => match (yes_or_no(noted).filter(|_| matches!(q.kind, Kind::Bool)), q.words.first()) {
                (Some(false), Some(_)) => Ok(Answer::Nothing),
                (Some(true), Some(yes)) => Ok(Answer::Value(Node::of_text(&yes.id))),
                _ => self.value(q, noted).map(Answer::Value),
            },
        }
    }

    /// What was probably meant by a line that is no answer: each with the line that says it clearly. All that may be
    /// answered, if that is a list and nothing in it comes near; nothing if any text may be an answer.
    pub fn candidates(&self, q: &Question, line: &str) -> Vec<(Said, String)> {
        if read_word(&q.taken, line, self.speaker).is_ok() {
            return Vec::new();
        }
        let labels = q.labels();
        if let Kind::Id(refers) = q.kind
            && labels.is_empty()
        {
            let ids = near(line, self.store.ids(refers), |id| agrees(self.store, refers, id, line));
            return ids.into_iter().map(|id| (Said::same(id), id.to_owned())).collect();
        }
        let is_list = q.words.is_empty() && matches!(q.kind, Kind::List(_));
        let parts: Vec<&str> = if is_list { line.split([',', ';']).collect() } else { vec![line] };
        let unclear = parts.iter().enumerate().find_map(|(at, part)| {
            let among = labels.iter().map(Named::from);
            let several = meaning(part.trim(), among.clone(), self.speaker.lang, self.speaker.short).err()?;
            Some((at, if several.is_empty() { among.collect() } else { several }))
        });
        let Some((at, several)) = unclear else { return Vec::new() };
        let clearly = |word: &str| {
            let mut parts = parts.clone();
            parts[at] = word;
            parts.join(";")
        };
        let said = |named: Named| Said { vi: named.vi.to_owned(), en: named.en.to_owned() };
        several.into_iter().map(|named| (said(named), clearly(named.word))).collect()
    }

    fn value(&self, q: &Question, typed: &str) -> Result<Node<'static>, Said> {
        if !q.words.is_empty() {
            // A record may also be named by a part of its id.
            let by_id =
                meant(self.store, &q.kind, typed).ok().filter(|id| q.words.iter().any(|w| w.id == *id));
            let word = read_word(&q.words, typed, self.speaker).map(str::to_owned);
            let taken = || read_word(&q.taken, typed, self.speaker).ok();
            let word = word.or_else(|why| by_id.ok_or(why)).map_err(|why| match taken() {
                Some(_) => say!("“{typed}” đã ghi rồi", "“{typed}” is there already", [typed]),
                None => why,
            });
            return word.map(Node::of_text);
        }
        let typed = match q.kind {
            Kind::Id(_) => meant(self.store, &q.kind, typed).map_err(|error| {
                say!("{message}; {help}", "{message}; {help}", [message = error.message, help = error.help])
            })?,
            _ => typed.to_owned(),
        };
        read(&q.kind, &typed, self.speaker)
    }

    /// What was typed for posts of which some are in no list: the line with the word for other posts in their place, and the key
    /// beside it that keeps what they are called, with that. Nothing where a post in the list may be meant.
    pub fn in_own_words(&self, q: &Question, line: &str) -> Option<(String, String, String)> {
        let Kind::List(inner @ Kind::Choice(choices)) = q.kind else { return None };
        let names = key_below(q.key.rsplit_once('.')?.0, POST_NAME.key);
        if !self.form.has(&names) || self.read(q, &numbered(q, line)).is_ok() {
            return None;
        }
        let (mut listed, mut own) = (Vec::new(), Vec::new());
        for part in parts(inner, line) {
            if read(inner, part, self.speaker).is_ok() {
                listed.push(part);
                continue;
            }
            let plain = fold(part);
            let n = plain.split(' ').count();
            let begins = |label: &str| fold(label).split(' ').take(n).collect::<Vec<_>>().join(" ");
            let is_meant = choices.iter().any(|choice| is_slip(&plain, &begins(choice.label.vi)));
            let several =
                meaning(part, choices.iter().map(Named::from), self.speaker.lang, self.speaker.short);
            if is_meant
                || plain.chars().filter(|c| c.is_alphabetic()).count() < 3
                || several.is_err_and(|several| !several.is_empty())
            {
                return None;
            }
            own.push(part);
        }
        listed.push(Post::Other.word());
        Some((listed.join(";"), names, own.join(", ")))
    }

    /// What would be wrong with the record.
    pub fn faults(&self, tree: &Node) -> Vec<Fault> {
        self.form.faults(self.store, self.speaker.today, tree)
    }

    /// The faults that an answer would cause at its own key and at those beside it. An incomplete table is judged only
    /// by what cannot become right any more.
    pub fn faults_of(&self, q: &Question, node: &Node<'static>, tree: &Node<'static>) -> Vec<Fault> {
        let mut tree = tree.clone();
        tree.put_at(&q.key, node.clone());
        let mut faults = self.faults_at(&[&q.key], &tree);
        faults.retain(|fault| q.table.is_none() || fault.severity == Severity::Error);
        faults
    }

    /// The faults of a record at the keys whose answers are not what they were, and at those beside them.
    pub fn faults_of_change(&self, before: &Answers, after: &Answers, tree: &Node) -> Vec<Fault> {
        self.faults_at(&after.changed_from(before).collect::<Vec<_>>(), tree)
    }

    /// The faults of a record at some keys and at those beside them.
    fn faults_at(&self, keys: &[&str], tree: &Node) -> Vec<Fault> {
        let is_beside = |at: &str, key: &str| {
            let table = key.rfind('.').map(|end| &key[..=end]);
            table.and_then(|table| at.strip_prefix(table)).is_some_and(|at| !at.contains(['.', '[']))
        };
        let is_here = |at: &str| keys.iter().any(|key| at == *key || is_beside(at, key));
        let mut faults = self.faults(tree);
        faults.retain(|fault| is_answered(fault) && fault.key.as_deref().is_some_and(is_here));
        faults
    }

    /// What is wrong below a key, once all of it is there.
    pub fn faults_below(&self, key: &str, tree: &Node) -> Vec<Fault> {
        let mut faults = self.faults(tree);
        faults
            .retain(|fault| is_answered(fault) && fault.key.as_deref().is_some_and(|at| at.starts_with(key)));
        faults
    }

    /// The label of what must be answered before one can end early; `None` if one can.
    pub fn missing(&self, tree: &Node) -> Option<Text> {
        let first = self.form.first.iter();
        let rows =
            first.filter_map(|key| self.form.fields.iter().find(|row| row.key == *key && row.required));
        rows.into_iter().find(|row| tree.get(row.key).is_none()).map(|row| row.label)
    }
}

/// What was typed, with words in place of their numbers in the list of what may be answered.
fn numbered(q: &Question, line: &str) -> String {
    let labels = q.labels();
    let word = |part: &str| {
        let at = part.trim().parse::<usize>().ok()?.checked_sub(1)?;
        let is_word = labels.iter().any(|word| word.id == part.trim() || word.label.vi == part.trim());
        labels.get(at).filter(|_| !is_word).map(|word| word.id.clone())
    };
    let words: Option<Vec<String>> = line.split([',', ';']).map(word).collect();
    words.filter(|_| !labels.is_empty()).map_or_else(|| line.to_owned(), |words| words.join(";"))
}

/// False for faults that say that something has not been answered yet.
fn is_answered(fault: &Fault) -> bool {
    fault.code != codes::MISSING_KEY.name
}
