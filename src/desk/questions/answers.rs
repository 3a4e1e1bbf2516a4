//! The answers to a form. To step back is to have the last one asked again: what was answered stays, and is offered.
//!
//! They are also the draft: its text holds all of them, so that nothing typed is lost.

use crate::model::field::{Field, Kind, field};
use crate::model::tree::{Node, Value};
use crate::toml::{self, print};

/// The content of a draft.
const FIELDS: &[Field] = &[
    field("answer", "Trả lời", "Answer", Kind::Rows(ANSWER)),
    field("wanted", "Ghi thêm", "Wanted", Kind::List(&Kind::Text)),
    field("at", "Đang ở phần", "At the part", Kind::Text),
    field("given", "Đã cho trên dòng lệnh", "Given on the command line", Kind::Free),
];
const ANSWER: &[Field] = &[
    field("key", "Câu hỏi", "Question", Kind::Text),
    field("typed", "Trả lời", "Answer", Kind::Text),
    field("again", "Hỏi lại", "Ask again", Kind::Bool),
];

/// The answers so far, in the order in which they were first given. Those to questions that no longer come up stay.
#[derive(Clone, Debug)]
pub struct Answers {
    given: Node<'static>,
    noted: Vec<Noted>,
    /// The keys of what is rarely told, but wanted here.
    wanted: Vec<String>,
    /// The part whose page was shown last.
    at: Option<String>,
}

#[derive(Clone, Debug)]
struct Noted {
    key: String,
    typed: String,
    /// True if the question is to be asked again.
    again: bool,
}

impl Answers {
    /// No answers yet, beside what was given without being asked for.
    pub fn new(given: Node<'static>) -> Answers {
        Answers { given, noted: Vec::new(), wanted: Vec::new(), at: None }
    }

    /// The answers of a draft; `None` if the text is not one.
    pub fn of_draft(text: &str) -> Option<Answers> {
        let tree = toml::raw_tree(text);
        let given = tree.get("given").map_or_else(Node::table, |given| given.clone().into_owned());
        let noted = |row: &Node| {
            let (key, typed) = (row.get("key")?.text()?, row.get("typed")?.text()?);
            Some(Noted { key: key.to_owned(), typed: typed.to_owned(), again: row.get("again").is_some() })
        };
        let noted = tree.get("answer")?.items().iter().map(noted).collect::<Option<_>>()?;
        let wanted = tree.get("wanted").map_or(&[][..], Node::items).iter().filter_map(Node::text);
        let at = tree.get("at").and_then(Node::text).map(str::to_owned);
        Some(Answers { given, noted, wanted: wanted.map(str::to_owned).collect(), at })
    }

    /// The text of a draft with these answers.
    pub fn draft(&self) -> String {
        let mut tree = Node::table();
        for (index, noted) in self.noted.iter().enumerate() {
            tree.put_at(&format!("answer[{index}].key"), Node::of_text(&noted.key));
            tree.put_at(&format!("answer[{index}].typed"), Node::of_text(&noted.typed));
            if noted.again {
                tree.put_at(&format!("answer[{index}].again"), Node::new(Value::Bool(true)));
            }
        }
        for (index, key) in self.wanted.iter().enumerate() {
            tree.put_at(&format!("wanted[{index}]"), Node::of_text(key));
        }
        if let Some(at) = &self.at {
            tree.put_at("at", Node::of_text(at.as_str()));
        }
        tree.put_at("given", self.given.clone());
        print::document(FIELDS, &tree)
    }

    /// The part whose page was shown last.
    pub fn stands_at(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// Notes that the page of a part is shown.
    pub fn stand_at(&mut self, part: &str) {
        self.at = Some(part.to_owned());
    }

    /// The keys whose answers are not those of others.
    pub fn changed_from<'a>(&'a self, others: &'a Answers) -> impl Iterator<Item = &'a str> {
        self.noted.iter().map(|noted| noted.key.as_str()).filter(|key| self.to(key) != others.to(key))
    }

    /// What was given without being asked for.
    pub fn given(&self) -> &Node<'static> {
        &self.given
    }

    /// What was typed, in order.
    pub fn typed(&self) -> impl ExactSizeIterator<Item = &str> {
        self.noted.iter().map(|noted| noted.typed.as_str())
    }

    /// The answer to a question; `None` if it has to be asked.
    pub fn to(&self, key: &str) -> Option<&str> {
        self.find(key).filter(|noted| !noted.again).map(|noted| noted.typed.as_str())
    }

    /// What was answered before to a question that is asked again.
    pub fn before(&self, key: &str) -> Option<&str> {
        self.find(key).map(|noted| noted.typed.as_str())
    }

    fn find(&self, key: &str) -> Option<&Noted> {
        self.noted.iter().find(|noted| noted.key == key)
    }

    /// Notes the answer to a question.
    pub fn note(&mut self, key: &str, typed: String) {
        match self.noted.iter_mut().find(|noted| noted.key == key) {
            Some(noted) => (noted.typed, noted.again) = (typed, false),
            None => self.noted.push(Noted { key: key.to_owned(), typed, again: false }),
        }
    }

    /// Has something asked for that is rarely told.
    pub fn want(&mut self, key: &str) {
        if !self.wants(key) {
            self.wanted.push(key.to_owned());
        }
    }

    /// True for something rarely told that is wanted.
    pub fn wants(&self, key: &str) -> bool {
        self.wanted.iter().any(|wanted| wanted == key)
    }

    /// Has a question asked again.
    pub fn take_back(&mut self, key: &str) {
        self.ask_again(|other| other == key);
    }

    /// Has every question at a key, or below it, asked again. All other answers stay.
    pub fn take_back_below(&mut self, key: &str) {
        let below = |rest: &str| rest.is_empty() || rest.starts_with(['.', '[']);
        self.ask_again(|other| other.strip_prefix(key).is_some_and(below));
    }

    fn ask_again(&mut self, which: impl Fn(&str) -> bool) {
        self.noted.iter_mut().filter(|noted| which(&noted.key)).for_each(|noted| noted.again = true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(noted: &[(&str, &str)]) -> Answers {
        let mut answers = Answers::new(Node::table());
        noted.iter().for_each(|(key, typed)| answers.note(key, (*typed).to_owned()));
        answers
    }

    #[test]
    fn an_answer_taken_back_is_offered_and_the_others_stay() {
        let mut answers = answers(&[("a", "1"), ("b", "2"), ("c", "3")]);
        answers.take_back("b");
        assert_eq!((answers.to("a"), answers.to("b"), answers.before("b")), (Some("1"), None, Some("2")));
        answers.note("b", "x".to_owned());
        assert_eq!((answers.to("b"), answers.to("c")), (Some("x"), Some("3")));
    }

    #[test]
    fn what_is_asked_again_leaves_what_follows_alone() {
        let mut answers = answers(&[("a", "1"), ("b.x", "2"), ("b[0].y", "3"), ("bc", "4")]);
        answers.take_back_below("b");
        let asked = |key| answers.to(key).is_none();
        assert_eq!(["a", "b.x", "b[0].y", "bc"].map(asked), [false, true, true, false]);
    }

    #[test]
    fn a_draft_gives_its_answers_back() {
        let mut given = Node::table();
        given.put_at("context.population", Node::new(Value::Int(8_521)));
        let mut answers = Answers::new(given);
        answers.note("place", "UBND “phường”\nYên Thanh".to_owned());
        answers.note("starts", "-".to_owned());
        answers.take_back("starts");
        answers.note("ends", "10:45:00".to_owned());
        answers.want("literacy");
        let again = Answers::of_draft(&answers.draft()).unwrap();
        assert_eq!(again.given().at("context.population").unwrap().value, Value::Int(8_521));
        assert_eq!(again.to("place"), Some("UBND “phường”\nYên Thanh"));
        assert_eq!((again.to("starts"), again.before("starts")), (None, Some("-")));
        assert_eq!(again.typed().collect::<Vec<_>>()[2..], ["10:45:00"]);
        assert!(again.wants("literacy") && !again.wants("staff"));
        assert!(Answers::of_draft("x = 1").is_none());
    }
}
