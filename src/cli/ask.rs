//! Asking at a terminal for what a command line did not give, in the order of a paper form.
//!
//! A form is shown part by part, each as a numbered page; to a screen reader, one question after another. What may be typed
//! at a question is the same everywhere ([`KEYS`]). Enter takes what is shown after `Enter =` and nothing else: the figures
//! of last time are shown beside a question for comparison, and are taken only by `=`.

pub mod draft;
mod drawn;
mod pages;
mod prompt;
mod resume;
mod review;
pub mod terminal;

use super::options::{ALLOW_FAULTS, FROM, RESUME, SECTION};
use super::{Call, NO_INPUT, ending};
use crate::desk::error::{Error, Exit};
use crate::desk::new_record::Questionnaire;
use crate::desk::questions::{Answer, Answers, Asker, Empty, Question, Reached};
use crate::model::fault::{Fault, Severity};
use crate::model::field::Kind;
use crate::model::shell;
use crate::model::text::{Lang, Said, Text, t};
use crate::model::tree::Node;
use crate::say;
use crate::store::Store;
use clap::ArgMatches;
use draft::Draft;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use terminal::Lost;

/// What may be typed at every question.
const KEYS: Text = t(
    "- để trống; = lấy như lần trước; < quay lại; > bỏ qua phần còn lại của mục; . kết thúc sớm; ? giải thích",
    "- leave empty; = as last time; < back; > skip the rest; . end here; ? explain",
);

/// A conversation at the terminal.
struct Talk<'a> {
    call: &'a Call,
    asker: Asker<'a>,
    answers: Answers,
    draft: Arc<Mutex<Draft>>,
    /// The answers before each of the lines that were typed at pages.
    before: Vec<Answers>,
    /// The only parts to be shown, if it is not all of them.
    only: Option<Vec<String>>,
    /// The question at which the form was ended early: after a correction it ends there again.
    ended_at: Option<String>,
    /// The heading, and what had to be read before a question, that were printed last.
    printed: [String; 2],
    /// The table to which the answer just given belongs.
    table: Option<String>,
    /// The messages that were already shown.
    told: BTreeSet<String>,
    /// The lines of the page as they were drawn last, and the key of its part.
    drawn: (String, Vec<String>),
    /// The answers that were numbered after the last line, which was none.
    numbered: Vec<String>,
    /// The line that was refused last for what is wrong with it.
    refused: Option<String>,
    allows_faults: bool,
    /// True once it is known whether a draft of the same record is gone on with.
    has_looked: bool,
}

/// How to go on after the last question.
enum Review {
    Write(Node<'static>),
    Later,
    /// To what was asked last.
    Back,
    /// To a part.
    Part(String),
    /// To a question of a part, or to those below its key.
    Question(String, String),
    /// To a question before all parts.
    First(String),
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reply {
    Answered,
    /// The one before is to be asked again.
    Back,
    /// No more is to be asked.
    End,
}

/// The whole record: as it was given if there is no terminal to ask at, else with the answers, reviewed and agreed
/// to. The draft is to be removed once the record is written.
pub fn complete(
    call: &Call,
    matches: &ArgMatches,
    store: &Store,
    form: &Questionnaire,
    given: Node<'static>,
) -> Result<(Node<'static>, Option<Agreed>), Error> {
    let piped = FROM.get(matches).is_some_and(|from| from == Path::new("-"));
    let resumes = RESUME.given(matches);
    if NO_INPUT.given(matches) || piped || !terminal::is_there() {
        let asks = resumes || SECTION.get(matches).is_some();
        return if asks { Err(no_terminal()) } else { Ok((given, None)) };
    }
    let named =
        if call.named { format!("-C {} ", shell::typed(&shell::path(&call.start))) } else { String::new() };
    let mut draft = Draft::new(store.root(), form.command.to_owned(), named);
    if let Some(fault) = (form.there)(store, &given).filter(|_| !resumes) {
        return Err(Error::wrong_use(fault.message, fault.help));
    }
    let answers = if resumes { resumed(call, store, &mut draft)? } else { Answers::new(given) };
    let draft = Arc::new(Mutex::new(draft));
    at_the_end(&draft, Draft::farewell, call.lang);
    let mut talk = Talk {
        call,
        asker: Asker::new(store, form, call.speaker(store)),
        answers,
        draft: Arc::clone(&draft),
        before: Vec::new(),
        only: None,
        ended_at: None,
        printed: Default::default(),
        table: None,
        told: BTreeSet::new(),
        drawn: Default::default(),
        numbered: Vec::new(),
        refused: None,
        allows_faults: ALLOW_FAULTS.given(matches),
        has_looked: resumes,
    };
    let ended = talk.record(resumes, SECTION.get(matches).map(String::as_str));
    ending::nothing_to_say();
    match ended {
        Ok(Some(record)) => {
            at_the_end(&draft, Draft::cut_off, call.lang);
            Ok((record, Some(Agreed { draft })))
        }
        Ok(None) | Err(Lost) => Err(left(&draft.lock().unwrap_or_else(PoisonError::into_inner))),
    }
}

/// The answers of the draft that is gone on with.
fn resumed(call: &Call, store: &Store, draft: &mut Draft) -> Result<Answers, Error> {
    match draft::choose(call, store, draft.others()) {
        Ok(Some(kept)) => draft.take_up(kept),
        Ok(None) => Err(Error::nothing(say!("không có bản nháp nào", "there is no draft"), Said::default())),
        Err(Lost) => Err(left(draft)),
    }
}

/// The form is left without a record.
fn left(draft: &Draft) -> Error {
    Error { exit: Exit::Interrupted, message: draft.farewell(), help: Said::default() }
}

/// What is said of the draft when a signal ends the program.
fn at_the_end(draft: &Arc<Mutex<Draft>>, said: fn(&Draft) -> Said, lang: Lang) {
    let draft = Arc::clone(draft);
    ending::before_the_end(move || {
        if let Ok(draft) = draft.try_lock() {
            terminal::print(&format!("\n{}\n", said(&draft).get(lang)));
        }
    });
}

fn no_terminal() -> Error {
    Error::wrong_use(
        say!(
            "--resume, --section chỉ dùng được khi gõ lệnh trực tiếp trong cửa sổ lệnh",
            "--resume and --section need a terminal"
        ),
        Said::default(),
    )
}

/// A record that was reviewed at the terminal and agreed to.
pub struct Agreed {
    draft: Arc<Mutex<Draft>>,
}

impl Agreed {
    /// Removes the draft: the record is written.
    pub fn done(&self) {
        ending::nothing_to_say();
        if let Ok(mut draft) = self.draft.lock() {
            draft.done();
        }
    }
}

impl Talk<'_> {
    fn greet(&mut self, resumed: bool) {
        let pages = t(
            "Mỗi phần là một trang có đánh số dòng. Gõ 3=12 để trả lời dòng 3; gõ 12; 15; 39 để trả lời lần lượt các dòng \
             còn trống; Enter khi xong phần này. Gõ ? để xem mọi cách gõ. Ctrl-C: tạm dừng, bản nháp được giữ lại.",
            "Each part is a page with numbered lines. Type 3=12 to answer line 3; type 12; 15; 39 to answer the open lines \
             in turn; Enter when the part is done. Type ? for all that can be typed. Ctrl-C: stop, the draft is kept.",
        );
        let questions = t(
            "Mỗi câu trả lời trên một dòng. Enter: lấy giá trị ghi sau “Enter =”; không có thì để trống. \
             Số lần trước trong [ ] chỉ để đối chiếu. Ctrl-C: tạm dừng, bản nháp được giữ lại.",
            "One line per question. Enter takes the value shown after “Enter =”, or leaves it empty. \
             Values of last time in [ ] are only for comparison. Ctrl-C: stop, the draft is kept.",
        );
        let lang = self.call.lang;
        if terminal::is_plain() {
            terminal::print_wrapped(&format!("{}\n{}", questions.get(lang), KEYS.get(lang)), 0);
        } else {
            terminal::print_wrapped(pages.get(lang), 0);
        }
        if resumed {
            self.greet_again();
        }
    }

    /// Asks until there is a record to write; `None` if that is left for later.
    fn record(&mut self, resumed: bool, sections: Option<&str>) -> Result<Option<Node<'static>>, Lost> {
        self.greet(resumed);
        if terminal::is_plain() { self.one_by_one() } else { self.page_by_page(sections) }
    }

    /// Asks one question after another.
    fn one_by_one(&mut self) -> Result<Option<Node<'static>>, Lost> {
        loop {
            let reached = self.asker.reached(&self.answers);
            if self.goes_on_with_another(&reached) {
                continue;
            }
            self.tell_table(&reached);
            let next = reached.next.as_ref().filter(|q| self.ended_at.as_ref() != Some(&q.key));
            let Some(q) = next else {
                match self.review()? {
                    Review::Write(record) => return Ok(Some(record)),
                    Review::Later => return Ok(None),
                    // After an early end, `<` leads back to the question at which it ended.
                    Review::Back if self.ended_at.take().is_some() => {}
                    Review::Back => drop(self.step_back(&reached)),
                    Review::Part(part) => self.through(&part, |_, _| true, true)?,
                    Review::Question(part, key) => self.ask_for(&part, &key)?,
                    Review::First(key) => self.answers.take_back(&key),
                }
                continue;
            };
            match self.ask(q, &reached.tree)? {
                Reply::Answered => {}
                Reply::Back if self.step_back(&reached) => {}
                Reply::Back => self.tell_first(),
                Reply::End => self.ended_at = Some(q.key.clone()),
            }
        }
    }

    fn tell_first(&self) {
        self.tell(&say!("đây là câu đầu tiên", "this is the first question"));
    }

    /// Reports what is wrong with a table, once all its lines are there.
    fn tell_table(&mut self, reached: &Reached) {
        let now = reached.next.as_ref().and_then(|q| q.table.as_deref());
        if let Some(table) = self.table.take().filter(|table| now != Some(table)) {
            let faults = self.asker.faults_below(&table, &reached.tree);
            self.tell_new(&faults);
        }
    }

    /// Asks a question until there is an answer, or something else to do first.
    fn ask(&mut self, q: &Question, tree: &Node<'static>) -> Result<Reply, Lost> {
        self.print_heading(q);
        let mut first = true;
        self.refused = None;
        self.numbered.clear();
        loop {
            let prompt = self.prompt(q, tree, std::mem::take(&mut first));
            match terminal::line(&prompt)? {
                Some(line) => {
                    if let Some(reply) = self.take(q, tree, &line)? {
                        return Ok(reply);
                    }
                }
                None => self.tell(&terminal::refused()),
            }
        }
    }

    /// Takes a line that was typed at a question. None if the question stays.
    fn take(&mut self, q: &Question, tree: &Node<'static>, line: &str) -> Result<Option<Reply>, Lost> {
        match line {
            "?" => self.explain(q),
            "<" => return Ok(Some(Reply::Back)),
            "." => match self.asker.missing(tree) {
                None => return Ok(Some(Reply::End)),
                // What Enter takes here is not missing.
                Some(_) if q.empty == Empty::Needed && q.entered() != "-" => return self.take(q, tree, ""),
                Some(label) => self.tell(&say!(
                    "chưa kết thúc được: còn thiếu {label}",
                    "cannot end yet: {label} is missing",
                    [label]
                )),
            },
            _ if line.contains('\n') && !matches!(q.kind, Kind::Prose | Kind::List(Kind::Text)) => {
                self.tell(&say!("câu này chỉ lấy được một dòng", "only one line can be the answer here"));
            }
            _ => {
                let Some(line) =
                    self.by_number(line).map_or_else(|| self.whole(q, line), |line| Ok(Some(line)))?
                else {
                    return Ok(None);
                };
                let own = self.asker.in_own_words(q, &line);
                match self.asker.typed(q, own.as_ref().map_or(&line, |(line, ..)| line)) {
                    Err(said) => self.tell_candidates(q, &line, &said),
                    Ok(answer) if self.passes(q, &answer, tree, self.refused.as_ref() == Some(&line)) => {
                        self.tell_change(q, &answer);
                        if let Some((_, key, words)) = own {
                            self.tell(&say!(
                                "ghi là chức vụ khác: {words}",
                                "another post: {words}",
                                [words = &*words]
                            ));
                            self.answers.note(&key, words);
                        }
                        self.note(q, &answer);
                        return Ok(Some(Reply::Answered));
                    }
                    Ok(_) => self.refused = Some(line),
                }
            }
        }
        Ok(None)
    }

    /// Says how a figure has changed since last time.
    fn tell_change(&self, q: &Question, answer: &Answer) {
        if let Some(said) = self.change(q, Some(&answer.typed())) {
            terminal::print_wrapped(&format!("  ({})", said.get(self.call.lang)), 2);
        }
    }

    /// The answer that has this number in the list that was shown last.
    fn by_number(&self, line: &str) -> Option<String> {
        let at = line.parse::<usize>().ok()?.checked_sub(1)?;
        self.numbered.get(at).cloned()
    }

    /// Says why a line is no answer, and numbers what it may mean.
    fn tell_candidates(&mut self, q: &Question, line: &str, said: &Said) {
        let candidates = self.asker.candidates(q, line);
        if candidates.is_empty() {
            self.numbered.clear();
            return self.tell(said);
        }
        self.tell(&match line {
            "" | "-" => say!(
                "không để trống được; gõ số hoặc gõ chữ:",
                "an answer is needed; type a number or a word:"
            ),
            _ => say!(
                "“{line}” chưa rõ là gì; gõ số hoặc gõ rõ hơn:",
                "“{line}” is not clear; type a number or more of it:",
                [line]
            ),
        });
        for (at, (said, _)) in candidates.iter().enumerate() {
            terminal::print_wrapped(&format!("    {}. {}", at + 1, said.get(self.call.lang)), 0);
        }
        self.numbered = candidates.into_iter().map(|(_, line)| line).collect();
    }

    /// Has the last question asked again. False if there is none.
    fn step_back(&mut self, reached: &Reached) -> bool {
        let Some(last) = reached.answered.last() else { return false };
        self.answers.take_back(&last.key);
        true
    }

    /// All lines of a text that may have several, until an empty one. None if that is taken back.
    fn whole(&self, q: &Question, first: &str) -> Result<Option<String>, Lost> {
        let mut text = first.to_owned();
        if !matches!(q.kind, Kind::Prose) || matches!(text.as_str(), "" | "-" | "=" | ">") {
            return Ok(Some(text));
        }
        let more = t(
            "  (dòng tiếp theo; Enter = xong; < gõ lại) ",
            "  (another line; Enter = no more; < type it again) ",
        );
        loop {
            match terminal::line(more.get(self.call.lang))?.as_deref() {
                None => self.tell(&terminal::refused()),
                Some("") => return Ok(Some(text)),
                Some("<") => return Ok(None),
                Some("?") => self.explain(q),
                Some(line) => text.extend(["\n", line]),
            }
        }
    }

    /// Checks the record as it would be. False if the answer is an error, unless it was insisted on.
    fn passes(&mut self, q: &Question, answer: &Answer, tree: &Node<'static>, insisted: bool) -> bool {
        let Answer::Value(node) = answer else { return true };
        if !q.puts {
            return true;
        }
        let faults = self.asker.faults_of(q, node, tree);
        let is_taken = self.tells(faults, insisted).is_some();
        if !is_taken {
            self.tell(&say!(
                "gõ giá trị khác; nếu đúng như vậy thì gõ lại lần nữa; nếu câu trước sai thì gõ <",
                "type another value, or the same one again to keep it; < if an earlier answer was wrong"
            ));
        }
        is_taken
    }

    /// Tells what would be wrong and was not told yet, unless that was insisted on. None if an error is among it; else whether
    /// anything was told.
    fn tells(&mut self, mut faults: Vec<Fault>, insisted: bool) -> Option<bool> {
        faults.retain(|fault| !self.told.contains(&fault.message.vi));
        if !insisted {
            faults.iter().for_each(|fault| self.tell_fault(fault));
            if faults.iter().any(|fault| fault.severity == Severity::Error) {
                return None;
            }
        }
        let is_odd = !faults.is_empty() && !insisted;
        self.told.extend(faults.into_iter().map(|fault| fault.message.vi));
        Some(is_odd)
    }

    /// Notes an answer, also in the draft.
    fn note(&mut self, q: &Question, answer: &Answer) {
        self.table.clone_from(&q.table);
        self.answers.note(&q.key, answer.typed());
        self.save();
    }

    /// Brings the draft up to date.
    fn save(&self) {
        if let Ok(mut draft) = self.draft.lock() {
            draft.save(&self.answers);
        }
    }

    /// Shows faults that were not shown before.
    fn tell_new(&mut self, faults: &[Fault]) {
        for fault in faults {
            if self.told.insert(fault.message.vi.clone()) {
                self.tell_fault(fault);
            }
        }
    }

    /// Says something about the answer just typed.
    fn tell(&self, said: &Said) {
        terminal::print_wrapped(&format!("  ! {}", said.get(self.call.lang)), 2);
    }

    /// Shows a fault in the words of `check`.
    fn tell_fault(&self, fault: &Fault) {
        let lang = self.call.lang;
        let word = match fault.severity {
            Severity::Error => t("lỗi", "error"),
            Severity::Warning => t("cảnh báo", "warning"),
        };
        terminal::print_wrapped(
            &format!("  ! {}: {}", word.get(lang), fault.message.without_keys().get(lang)),
            2,
        );
        let help = fault.help.without_keys();
        if !help.is_empty() && !is_for_files(help.get(lang)) {
            terminal::print_wrapped(&format!("    {}", help.get(lang)), 0);
        }
    }
}

/// True for help that says how a line of a file is written.
fn is_for_files(help: &str) -> bool {
    help.contains(" = ") || help.contains(['[', '"'])
}
