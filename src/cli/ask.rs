//! Asking at a terminal for what a command line did not give: one question a line, in the order of a paper form.
//!
//! What may be typed is the same everywhere ([`KEYS`]). Enter takes what is shown after `Enter =` and nothing else: the
//! figures of last time are shown beside a question for comparison, and are taken only by `=`.

pub mod draft;
mod prompt;
mod resume;
pub mod terminal;

use super::options::{ALLOW_FAULTS, FROM, RESUME};
use super::{Call, NO_INPUT, ending};
use crate::desk::error::{Error, Exit};
use crate::desk::new_record::Questionnaire;
use crate::desk::questions::{Answer, Answered, Answers, Asker, Question, Reached};
use crate::model::fault::{Fault, Severity};
use crate::model::field::Kind;
use crate::model::meaning::{is_same, mentions};
use crate::model::shell;
use crate::model::text::{Lang, Said, Text, t};
use crate::model::tree::Node;
use crate::render::Style;
use crate::render::record::{self, Shown};
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
    "- để trống; = như lần trước; < lùi; > bỏ phần còn lại; . kết thúc; ? giải thích",
    "- leave empty; = as last time; < back; > skip the rest; . end here; ? explain",
);

/// A conversation at the terminal.
struct Talk<'a> {
    call: &'a Call,
    asker: Asker<'a>,
    answers: Answers,
    draft: Arc<Mutex<Draft>>,
    /// The question at which the form was ended early: after a correction it ends there again.
    ended_at: Option<String>,
    /// The heading, and what had to be read before a question, that were printed last.
    printed: [String; 2],
    /// The table to which the answer just given belongs.
    table: Option<String>,
    /// The messages that were already shown.
    told: BTreeSet<String>,
    /// The answers that were numbered after the last line, which was none.
    numbered: Vec<String>,
    allows_faults: bool,
    /// True once it is known whether a draft of the same record is gone on with.
    has_looked: bool,
}

/// What comes after the last question.
enum Review {
    Write,
    Mend,
    Later,
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
        return if resumes { Err(no_terminal()) } else { Ok((given, None)) };
    }
    let named = if call.named {
        format!("-C {} ", shell::typed(&call.start.to_string_lossy()))
    } else {
        String::new()
    };
    let mut draft = Draft::new(store.root(), form.command.to_owned(), named);
    if let Some(fault) = (form.there)(store, &given).filter(|_| !resumes) {
        return Err(Error::wrong_use(fault.message, fault.help));
    }
    let answers = if resumes { resumed(call, store, &mut draft)? } else { Answers::new(given) };
    let draft = Arc::new(Mutex::new(draft));
    at_the_end(&draft, Draft::farewell, call.lang);
    let mut talk = Talk {
        call,
        asker: Asker::new(store, form, call.speaker()),
        answers,
        draft: Arc::clone(&draft),
        ended_at: None,
        printed: Default::default(),
        table: None,
        told: BTreeSet::new(),
        numbered: Vec::new(),
        allows_faults: ALLOW_FAULTS.given(matches),
        has_looked: resumes,
    };
    talk.greet(resumes);
    let ended = talk.record();
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
        say!("--resume chỉ dùng ở cửa sổ lệnh, khi trả lời được", "--resume needs a terminal"),
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
        let enter = t(
            "Mỗi câu một dòng. Enter lấy giá trị ghi sau “Enter =”, không có thì để trống. \
             Số của lần trước trong [ ] chỉ để so sánh. Ctrl-C: nghỉ, bản nháp được giữ.",
            "One line per question. Enter takes the value shown after “Enter =”, or leaves it empty. \
             Values of last time in [ ] are only for comparison. Ctrl-C: stop, the draft is kept.",
        );
        let lang = self.call.lang;
        terminal::print_wrapped(&format!("{}\n{}", enter.get(lang), KEYS.get(lang)), 0);
        if resumed {
            self.greet_again();
        }
    }

    /// Asks until there is a record to write; `None` if that is left for later.
    fn record(&mut self) -> Result<Option<Node<'static>>, Lost> {
        loop {
            let reached = self.asker.reached(&self.answers);
            if self.goes_on_with_another(&reached) {
                continue;
            }
            self.tell_table(&reached);
            match &reached.next {
                Some(q) if self.ended_at.as_ref() != Some(&q.key) => self.ask(q, &reached)?,
                _ => match self.review(&reached)? {
                    Review::Write => return Ok(Some(reached.record())),
                    Review::Mend => {}
                    Review::Later => return Ok(None),
                },
            }
        }
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
    fn ask(&mut self, q: &Question, reached: &Reached) -> Result<(), Lost> {
        self.print_heading(q);
        let (mut refused, mut first) = (None, true);
        self.numbered.clear();
        loop {
            let prompt = self.prompt(q, std::mem::take(&mut first));
            match terminal::line(&prompt)? {
                Some(line) if self.take(q, reached, &line, &mut refused)? => return Ok(()),
                Some(_) => {}
                None => self.tell(&terminal::refused()),
            }
        }
    }

    /// Takes a line that was typed at a question. False if the question stays.
    fn take(
        &mut self,
        q: &Question,
        reached: &Reached,
        line: &str,
        refused: &mut Option<String>,
    ) -> Result<bool, Lost> {
        match line {
            "?" => self.explain(q),
            "<" => {
                if self.step_back(reached) {
                    return Ok(true);
                }
                self.tell(&say!("đây là câu đầu tiên", "this is the first question"));
            }
            "." => match self.asker.missing(&reached.tree) {
                None => {
                    self.ended_at = Some(q.key.clone());
                    return Ok(true);
                }
                Some(label) => {
                    self.tell(&say!(
                        "chưa kết thúc được: còn thiếu {label}",
                        "cannot end yet: {label} is missing",
                        [label]
                    ));
                }
            },
            _ => {
                let line = self.by_number(line).map_or_else(|| self.whole(q, line), Ok)?;
                match self.asker.typed(q, &line) {
                    Err(said) => self.tell_candidates(q, &line, &said),
                    Ok(answer) if self.passes(q, &answer, reached, refused.as_ref() == Some(&line)) => {
                        self.note(q, &answer);
                        return Ok(true);
                    }
                    Ok(_) => *refused = Some(line),
                }
            }
        }
        Ok(false)
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

    /// All lines of a text that may have several, until an empty one.
    fn whole(&self, q: &Question, first: &str) -> Result<String, Lost> {
        let mut text = first.to_owned();
        if !matches!(q.kind, Kind::Prose) || matches!(text.as_str(), "" | "-" | "=" | ">") {
            return Ok(text);
        }
        let more = t("  (thêm dòng, Enter = hết) ", "  (another line, Enter = no more) ");
        loop {
            match terminal::line(more.get(self.call.lang))?.as_deref() {
                None => {}
                Some("") => return Ok(text),
                Some(line) => text.extend(["\n", line]),
            }
        }
    }

    /// Checks the record as it would be. False if the answer is an error, unless it was insisted on.
    fn passes(&mut self, q: &Question, answer: &Answer, reached: &Reached, insisted: bool) -> bool {
        let Answer::Value(node) = answer else { return true };
        if !q.puts {
            return true;
        }
        let mut faults = self.asker.faults_of(q, node, &reached.tree);
        faults.retain(|fault| !self.told.contains(&fault.message.vi));
        if !insisted {
            faults.iter().for_each(|fault| self.tell_fault(fault));
            if faults.iter().any(|fault| fault.severity == Severity::Error) {
                self.tell(&say!(
                    "gõ giá trị khác; gõ lại y như vậy nếu vẫn giữ; gõ < nếu sai ở câu trước",
                    "type another value; type the same again to keep it; type < if an earlier answer is wrong"
                ));
                return false;
            }
        }
        self.told.extend(faults.into_iter().map(|fault| fault.message.vi));
        true
    }

    /// Notes an answer, also in the draft.
    fn note(&mut self, q: &Question, answer: &Answer) {
        self.table.clone_from(&q.table);
        self.answers.note(&q.key, answer.typed());
        if let Ok(mut draft) = self.draft.lock() {
            draft.save(&self.answers);
        }
    }

    /// Shows the record and what is wrong with it, and asks how to go on.
    fn review(&mut self, reached: &Reached) -> Result<Review, Lost> {
        let faults = self.show(&reached.record());
        let errors = faults.iter().any(|fault| fault.severity == Severity::Error);
        let blocked = errors && !self.allows_faults;
        let prompt = if blocked {
            t(
                "Còn lỗi nên chưa ghi được. Gõ tên mục để sửa (ví dụ kinh phí), < lùi, - để sau: ",
                "There are errors, so it cannot be written yet. Type an item to correct it, < back, - later: ",
            )
        } else {
            t(
                "Ghi vào sổ? [Enter = ghi; tên mục = sửa hoặc ghi thêm; ? xem mục; < lùi; - để sau]: ",
                "Write it? [Enter = write; an item = correct or add it; ? items; < back; - later]: ",
            )
        };
        loop {
            match terminal::line(prompt.get(self.call.lang))?.as_deref() {
                Some("" | "." | ">") if !blocked => return Ok(Review::Write),
                Some("<") => {
                    // After an early end, `<` leads back to the question at which it ended.
                    if self.ended_at.take().is_none() {
                        self.step_back(reached);
                    }
                    return Ok(Review::Mend);
                }
                Some("-") => return Ok(Review::Later),
                Some("?") => self.tell(&items(reached)),
                None | Some("" | "." | ">") => {}
                Some(name) => match self.named(name, reached) {
                    Ok(key) => {
                        if reached.left_out.iter().any(|one| one.key == key) {
                            self.answers.want(&key);
                        }
                        self.answers.take_back_below(&key);
                        return Ok(Review::Mend);
                    }
                    Err(said) => self.tell(&said),
                },
            }
        }
    }

    /// Shows a record and what is wrong with it.
    fn show(&self, tree: &Node) -> Vec<Fault> {
        let (fields, register) = (self.asker.form.fields, &self.asker.store.register);
        let style = Style { width: terminal::columns(), ..self.call.style() };
        let shown = record::text(&Shown { tree, fields, register }, &style);
        terminal::print(t("\nXem lại:\n\n", "\nTo review:\n\n").get(self.call.lang));
        terminal::print_drawn(&shown);
        terminal::print("\n");
        let faults = self.asker.faults(tree);
        for fault in &faults {
            self.tell_fault(fault);
            if let Some(key) = &fault.key {
                terminal::print_wrapped(&format!("    ({key})"), 0);
            }
        }
        faults
    }

    /// The key of the question or of the part that a name means.
    fn named(&self, name: &str, reached: &Reached) -> Result<String, Said> {
        let is_it = |label: Text| is_same(name, label.vi) || is_same(name, label.en);
        let mut parts = self.asker.form.fields.iter().filter(|row| row.key == name || is_it(row.label));
        let answered = &reached.answered;
        if let Some(row) = parts.find(|row| answered.iter().any(|one| one.key.starts_with(row.key))) {
            return Ok(row.key.to_owned());
        }
        let lang = self.call.lang;
        let fits: [&dyn Fn(&Answered) -> bool; 2] =
            [&|one| one.key == name || is_same(name, one.label.get(lang)), &|one| {
                mentions(one.whole.get(lang), name)
            }];
        let all = || answered.iter().chain(&reached.left_out);
        let near = fits.into_iter().map(|fits| all().filter(|one| fits(one)).collect::<Vec<_>>());
        match near.into_iter().find(|near| !near.is_empty()).unwrap_or_default()[..] {
            [one] => Ok(one.key.clone()),
            [] if self.ended_at.is_some() => Err(say!(
                "“{name}” không có trong những câu đã hỏi; gõ < để hỏi tiếp",
                "“{name}” is not among what has been asked; type < to go on asking",
                [name]
            )),
            [] => Err(say!("không có mục “{name}”", "there is no item “{name}”", [name])),
            ref near => Err(say!(
                "“{name}” có {n} mục; gõ rõ: {list} …",
                "“{name}” may mean {n} items; type one of: {list} …",
                [name, n = near.len(), list = Said::join(near.iter().take(8).map(|one| one.told()), ", ")]
            )),
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
        terminal::print_wrapped(&format!("  ! {}: {}", word.get(lang), fault.message.get(lang)), 2);
        if !fault.help.is_empty() {
            terminal::print_wrapped(&format!("    {}", fault.help.get(lang)), 0);
        }
    }
}

/// What may be typed at the review: what was answered, and what is rarely told.
fn items(reached: &Reached) -> Said {
    let list = Said::join(reached.left_out.iter().map(Answered::told), ", ");
    let said = say!(
        "gõ tên một phần hay một câu hỏi để sửa, ví dụ “kinh phí”, “lượt người”, context.population",
        "type a part or a question to correct it, such as “finance”, “attendances”, context.population"
    );
    if list.is_empty() {
        return said;
    }
    say!(
        "{said}; ít khi có, ghi thêm được: {list}",
        "{said}; rarely told, and can be added: {list}",
        [said, list]
    )
}
