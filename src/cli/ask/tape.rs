//! The answers to a form, in their order. To step back is to take the last one off and to go through the form again.
//!
//! The tape is also the draft: a file of it is kept up to date in `.ttht/drafts/`, so that nothing typed is lost.

use crate::model::field::{Field, Kind, field};
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::say;
use crate::store::write;
use crate::toml::{self, print};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Where drafts stand in a register; nothing in it is ever read as a record.
const FOLDER: &str = ".ttht";
const DRAFTS: &str = ".ttht/drafts";

/// What stands in a draft.
const FIELDS: &[Field] = &[
    field("answer", "Trả lời", "Answer", Kind::Rows(ANSWER)),
    field("given", "Đã cho trên dòng lệnh", "Given on the command line", Kind::Free),
];
const ANSWER: &[Field] = &[
    field("key", "Câu hỏi", "Question", Kind::Text),
    field("typed", "Trả lời", "Answer", Kind::Text),
    field("again", "Hỏi lại", "Ask again", Kind::Bool),
];

/// The answers given so far.
#[derive(Debug)]
pub struct Tape {
    answers: Vec<(String, String)>,
    at: usize,
    /// Answers of before, by question: taken as they are, or offered where the question is to be asked again.
    earlier: BTreeMap<String, String>,
    again: BTreeSet<String>,
    given: Node<'static>,
    draft: Arc<Mutex<Draft>>,
}

/// The file of a tape.
#[derive(Debug, Default)]
pub struct Draft {
    root: PathBuf,
    command: &'static str,
    /// How the register is named on a command line, where it is.
    call: String,
    file: Option<PathBuf>,
    refused: Option<io::Error>,
}

impl Tape {
    /// A tape with nothing on it.
    pub fn new(given: Node<'static>, draft: Draft) -> Tape {
        let (answers, earlier, again) = (Vec::new(), BTreeMap::new(), BTreeSet::new());
        Tape { answers, at: 0, earlier, again, given, draft: Arc::new(Mutex::new(draft)) }
    }

    /// The tape of a draft; none where the file is not one.
    pub fn resume(draft: Draft, file: &Path) -> Option<Tape> {
        let text = fs::read_to_string(file).ok()?;
        let tree = toml::raw_tree(&text);
        let given = tree.get("given").map_or_else(Node::table, |given| given.clone().into_owned());
        let mut tape = Tape::new(given, Draft { file: Some(file.to_owned()), ..draft });
        for row in tree.get("answer")?.items() {
            let (key, typed) = (row.get("key")?.text()?, row.get("typed")?.text()?);
            tape.earlier.insert(key.to_owned(), typed.to_owned());
            if row.get("again").is_some() {
                tape.again.insert(key.to_owned());
            }
        }
        Some(tape)
    }

    /// What the command line said.
    pub fn given(&self) -> &Node<'static> {
        &self.given
    }

    /// The file of the tape.
    pub fn draft(&self) -> &Arc<Mutex<Draft>> {
        &self.draft
    }

    /// Goes back to the first question.
    pub fn rewind(&mut self) {
        self.at = 0;
    }

    /// How many answers of before are not taken yet.
    pub fn remembered(&self) -> usize {
        self.earlier.len()
    }

    /// True before the first answer.
    pub fn is_start(&self) -> bool {
        self.answers.is_empty()
    }

    /// The answer that was given to the next question; none where it must be asked.
    pub fn next(&mut self, key: &str) -> Option<String> {
        if self.answers.get(self.at).is_some_and(|(asked, _)| asked != key) {
            // Another answer has changed the form: what follows is taken where its question comes up.
            self.earlier.extend(self.answers.drain(self.at..));
        }
        if self.at == self.answers.len() {
            let typed = if self.again.contains(key) { None } else { self.earlier.remove(key) }?;
            self.answers.push((key.to_owned(), typed));
        }
        self.at += 1;
        self.answers.get(self.at - 1).map(|(_, typed)| typed.clone())
    }

    /// What was answered before to a question that is asked again.
    pub fn offered(&self, key: &str) -> Option<&str> {
        self.earlier.get(key).map(String::as_str)
    }

    /// Takes the last answer back, to be asked again. False where there is none.
    pub fn back(&mut self) -> bool {
        let last = self.answers.pop();
        self.at = self.at.min(self.answers.len());
        let found = last.is_some();
        self.again.extend(last.iter().map(|(key, _)| key.clone()));
        self.earlier.extend(last);
        found
    }

    /// Has every question at a key, or below it, asked again. All other answers stay.
    pub fn ask_again(&mut self, prefix: &str) {
        let answers = std::mem::take(&mut self.answers);
        let below =
            |key: &str| key.strip_prefix(prefix).is_some_and(|r| r.is_empty() || r.starts_with(['.', '[']));
        self.again.extend(answers.iter().filter(|(key, _)| below(key)).map(|(key, _)| key.clone()));
        self.earlier.extend(answers);
    }

    /// Notes an answer, also in the draft.
    pub fn push(&mut self, key: &str, typed: &str) {
        self.earlier.remove(key);
        self.again.remove(key);
        self.answers.push((key.to_owned(), typed.to_owned()));
        self.at = self.answers.len();
        let text = self.document();
        if let Ok(mut draft) = self.draft.lock() {
            draft.save(&text);
        }
    }

    fn document(&self) -> String {
        let text = |words: &str| Node::new(Value::Text(words.to_owned().into()));
        let mut tree = Node::table();
        let mut put = |path: &str, node| tree.put_at(path, node);
        let earlier = self.earlier.iter().map(|(key, typed)| (key, typed, self.again.contains(key)));
        let answers = self.answers.iter().map(|(key, typed)| (key, typed, false));
        for (index, (key, typed, again)) in answers.chain(earlier).enumerate() {
            put(&format!("answer[{index}].key"), text(key));
            put(&format!("answer[{index}].typed"), text(typed));
            if again {
                put(&format!("answer[{index}].again"), Node::new(Value::Bool(true)));
            }
        }
        tree.put_at("given", self.given.clone());
        print::document(FIELDS, &tree)
    }
}

impl Draft {
    /// The place of drafts of a command; `call` is what follows `ttht` to name the register.
    pub fn new(root: &Path, command: &'static str, call: String) -> Draft {
        Draft { root: root.to_owned(), command, call, ..Draft::default() }
    }

    /// The drafts of this command, the oldest first.
    pub fn all(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.root.join(DRAFTS)).into_iter().flatten().flatten();
        let mine = |name: &str| {
            name.strip_prefix(self.command)
                .is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".toml"))
        };
        let mut files: Vec<PathBuf> = entries
            .filter(|entry| entry.file_name().to_str().is_some_and(mine))
            .map(|entry| entry.path())
            .collect();
        files.sort_by_key(|file| (file.as_os_str().len(), file.clone()));
        files
    }

    fn save(&mut self, text: &str) {
        let written = match &self.file {
            Some(file) => write::replace(file, text.as_bytes()),
            None => self.create(text),
        };
        self.refused = written.err();
    }

    /// The first free name; the folder keeps itself out of git.
    fn create(&mut self, text: &str) -> io::Result<()> {
        match write::create(&self.root.join(FOLDER).join(".gitignore"), b"*\n") {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        for number in 1..1_000 {
            let file = self.root.join(DRAFTS).join(format!("{}.{number}.toml", self.command));
            match write::create(&file, text.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                written => {
                    self.file = Some(file);
                    return written;
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Takes the file away: the record is written.
    pub fn done(&mut self) {
        if let Some(file) = self.file.take() {
            // A draft that stays is offered again, and can be deleted by hand.
            let _ = fs::remove_file(file);
        }
    }

    /// What stays behind when the form is left without a record.
    pub fn farewell(&self) -> Said {
        let (call, command) = (&self.call, self.command);
        match (&self.file, &self.refused) {
            (Some(_), None) => say!(
                "Chưa ghi vào sổ; bản nháp được giữ. Làm tiếp: ttht {call}{command} --resume",
                "Nothing is written; the draft is kept. Go on with: ttht {call}{command} --resume"
            ),
            (_, Some(error)) => say!(
                "Chưa ghi vào sổ; không giữ được bản nháp: {error}",
                "Nothing is written; no draft could be kept: {error}"
            ),
            (None, None) => say!("Chưa ghi gì.", "Nothing is written."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape(answers: &[(&str, &str)]) -> Tape {
        let root = tempfile::tempdir().unwrap();
        let mut tape = Tape::new(Node::table(), Draft::new(root.path(), "add-visit", String::new()));
        for (key, typed) in answers {
            assert_eq!(tape.next(key), None);
            tape.push(key, typed);
        }
        tape.rewind();
        tape
    }

    #[test]
    fn an_answer_taken_back_is_offered_and_the_others_stay() {
        let mut tape = tape(&[("a", "1"), ("b", "2"), ("c", "3")]);
        assert!(tape.back() && tape.back());
        assert_eq!(tape.next("a").as_deref(), Some("1"));
        assert_eq!((tape.next("b"), tape.offered("b")), (None, Some("2")));
        tape.push("b", "x");
        assert_eq!(tape.next("c"), None, "it was stepped over as well");
    }

    #[test]
    fn what_is_asked_again_leaves_what_follows_alone() {
        let mut tape = tape(&[("a", "1"), ("b.x", "2"), ("b.y", "3"), ("bc", "4")]);
        tape.ask_again("b");
        assert_eq!(tape.next("a").as_deref(), Some("1"));
        assert_eq!(tape.next("b.x"), None);
        tape.push("b.x", "-");
        assert_eq!(tape.next("bc").as_deref(), Some("4"), "the form has changed, the answer is still good");
    }

    #[test]
    fn a_draft_gives_its_tape_back() {
        let root = tempfile::tempdir().unwrap();
        let draft = || Draft::new(root.path(), "add-visit", String::new());
        let mut given = Node::table();
        given.put_at("context.population", Node::new(Value::Int(8_521)));
        let mut tape = Tape::new(given.clone(), draft());
        tape.push("place", "UBND “phường”\nYên Thanh");
        tape.push("starts", "-");
        tape.back();
        tape.push("ends", "10:45:00");
        let files = draft().all();
        let mut again = Tape::resume(draft(), &files[0]).unwrap();
        assert_eq!(again.given().at("context.population").unwrap().value, Value::Int(8_521));
        assert_eq!(again.next("place").as_deref(), Some("UBND “phường”\nYên Thanh"));
        assert_eq!((again.next("starts"), again.offered("starts")), (None, Some("-")));
        assert_eq!(again.next("ends").as_deref(), Some("10:45:00"));
        again.draft().lock().unwrap().done();
        assert!(draft().all().is_empty());
    }
}
