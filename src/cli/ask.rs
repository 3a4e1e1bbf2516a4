//! Asking at a terminal for what a command line did not give: one question a line, in the order of a paper form.
//!
//! What one may type is the same everywhere ([`KEYS`]). Enter takes what stands after `Enter =` and nothing else: the
//! figures of last time stand beside a question to compare with, and are taken only by `=`. To step back, the last
//! answer is taken off the tape and the form is gone through again from its beginning; so no question knows another.

mod known;
mod past;
mod question;
mod tape;
mod terminal;
mod walk;

use super::Cx;
use super::error::{Error, Exit};
use super::help::tr;
use crate::model::fault::{Fault, Severity};
use crate::model::field::Field;
use crate::model::history::History;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::model::vietnamese::fold;
use crate::render::Style;
use crate::render::record::{self, Shown};
use crate::say;
use crate::store::Store;
use crate::toml;
use clap::{Arg, ArgAction, ArgMatches};
use past::Past;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tape::{Draft, Tape};

/// A kind of record that is asked for.
pub struct Form {
    /// Its command.
    pub command: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
    /// Keys on which the others hang: asked first.
    pub first: &'static [&'static str],
    /// Keys that are not asked for.
    pub never: &'static [&'static str],
    /// What would be wrong with the record, by the keys of the record.
    pub judge: fn(&Cx, &Store, &History, &Node) -> Vec<Fault>,
}

/// What may be typed at every question.
const KEYS: Text = t(
    "- để trống; = như lần trước; < lùi; > bỏ phần còn lại; . kết thúc; ? giải thích",
    "- empty; = as last time; < back; > leave out the rest; . end here; ? explain",
);

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Back to the question before.
    Back,
    /// On to the next part.
    Next,
    /// To the end, with what is there.
    End,
    /// Nobody is there any more.
    Lost,
}

/// A form that is being filled in.
struct Asking<'a> {
    cx: &'a Cx,
    store: &'a Store,
    form: &'a Form,
    tape: Tape,
    tree: Node<'static>,
    past: Past,
    heading: Option<String>,
    last_heading: String,
    /// The question at which one ended early: after something was mended, the form ends there again.
    ended_at: Option<String>,
    section: String,
    asked: Vec<(String, String)>,
    seen: BTreeSet<String>,
    /// True while the lines of a table come in: what their total looks like is told when all are there.
    partial: bool,
    allows_faults: bool,
}

/// What comes after the last question.
enum Review {
    Write,
    Back,
    Again,
    Later,
}

/// The flag that takes up a draft.
pub fn resume_arg(lang: crate::model::text::Lang) -> Arg {
    Arg::new("resume").long("resume").action(ArgAction::SetTrue).help(tr(
        lang,
        "Làm tiếp bản nháp đã dừng giữa chừng",
        "Go on with a draft that was interrupted",
    ))
}

/// The record whole: as it was given where nobody can be asked, else with the answers, looked at and agreed to. The
/// draft is to be taken away once the record is written.
pub fn complete(
    cx: &Cx,
    matches: &ArgMatches,
    store: &Store,
    form: &Form,
    given: Node<'static>,
) -> Result<(Node<'static>, Option<Asked>), Error> {
    let piped = matches.get_one::<String>("from").is_some_and(|from| from == "-");
    let resume = matches.get_flag("resume");
    if matches.get_flag("no-input") || piped || !terminal::is_there() {
        return if resume {
            Err(Error::wrong_use(
                say!(
                    "--resume chỉ dùng ở cửa sổ lệnh, khi trả lời được",
                    "--resume needs a terminal to ask at"
                ),
                Said::default(),
            ))
        } else {
            Ok((given, None))
        };
    }
    let call = if cx.named { format!("-C {} ", cx.start.display()) } else { String::new() };
    let draft = Draft::new(&store.root, form.command, call);
    terminal::prepare();
    let tape = if resume { take_up(cx, draft)? } else { Tape::new(given, draft) };
    let draft = Arc::clone(tape.draft());
    terminal::on_interrupt(&draft, cx.lang);
    let mut asking = Asking {
        cx,
        store,
        form,
        tape,
        tree: Node::table(),
        past: Past::default(),
        heading: None,
        last_heading: String::new(),
        ended_at: None,
        section: String::new(),
        asked: Vec::new(),
        seen: BTreeSet::new(),
        partial: false,
        allows_faults: matches.get_flag("allow-faults"),
    };
    asking.greet(resume);
    let stopped = |draft: &Mutex<Draft>| Error {
        exit: Exit::Interrupted,
        message: draft.lock().map(|draft| draft.farewell()).unwrap_or_default(),
        help: Said::default(),
    };
    loop {
        asking.restart();
        match asking.record() {
            Err(Stop::Back) => drop(asking.tape.back()),
            Err(Stop::Lost) => return Err(stopped(&draft)),
            Ok(()) | Err(Stop::Next | Stop::End) => match asking.review() {
                Ok(Review::Write) => return Ok((asking.tree, Some(Asked { draft }))),
                // One who ended early goes back to the question at which that was.
                Ok(Review::Back) if asking.ended_at.take().is_some() => {}
                Ok(Review::Back) => drop(asking.tape.back()),
                Ok(Review::Again) => {}
                Ok(Review::Later) | Err(_) => return Err(stopped(&draft)),
            },
        }
    }
}

/// The answers of somebody, looked at and agreed to.
pub struct Asked {
    draft: Arc<Mutex<Draft>>,
}

impl Asked {
    /// Takes the draft away: the record is written.
    pub fn done(&self) {
        if let Ok(mut draft) = self.draft.lock() {
            draft.done();
        }
    }
}

/// The one draft there is, or the one that is chosen.
fn take_up(cx: &Cx, draft: Draft) -> Result<Tape, Error> {
    let files = draft.all();
    let nothing = || Error::nothing(say!("không có bản nháp nào", "there is no draft"), Said::default());
    let file = match &files[..] {
        [] => return Err(nothing()),
        [file] => file,
        files => {
            for (index, file) in files.iter().enumerate() {
                terminal::print(&format!("  {}. {}\n", index + 1, about(file)));
            }
            let text = say!("Làm tiếp bản nháp số mấy? ", "Which draft? ");
            let typed = terminal::line(text.get(cx.lang)).ok().flatten().unwrap_or_default();
            let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            number.and_then(|number| files.get(number)).ok_or_else(nothing)?
        }
    };
    let shown = file.display();
    Tape::resume(draft, file).ok_or_else(|| {
        Error::wrong_use(
            say!("không đọc được bản nháp {shown}", "the draft {shown} cannot be read"),
            say!("xem và xoá tệp ấy nếu không cần", "look at it, and delete it if it is of no use"),
        )
    })
}

/// The first answers of a draft.
fn about(file: &PathBuf) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let answers = tree.get("answer").map_or(&[][..], Node::items);
    let typed: Vec<&str> = answers.iter().filter_map(|row| row.get("typed")?.text()).take(3).collect();
    format!("{} ({} …)", file.file_name().unwrap_or_default().to_string_lossy(), typed.join(", "))
}

impl Asking<'_> {
    fn greet(&self, resumed: bool) {
        let enter = t(
            "Mỗi câu một dòng. Enter lấy giá trị ghi sau “Enter =”, không có thì để trống. \
             Số của lần trước trong [ ] chỉ để so sánh. Ctrl-C: nghỉ, bản nháp được giữ.",
            "One line a question. Enter takes what stands after “Enter =”, else leaves it empty. \
             Figures of last time in [ ] are only to compare. Ctrl-C: stop, the draft is kept.",
        );
        let lang = self.cx.lang;
        terminal::print_wrapped(&format!("{}\n{}", enter.get(lang), KEYS.get(lang)), 0);
        if resumed {
            let n = self.tape.remembered();
            let said = say!(
                "Làm tiếp sau {n} câu đã trả lời; gõ < để xem lại.",
                "{n} answers are there already; type < to look back."
            );
            terminal::print_wrapped(said.get(lang), 0);
        }
    }

    fn restart(&mut self) {
        self.tape.rewind();
        self.tree = self.tape.given().clone();
        self.asked.clear();
        self.heading = None;
        self.section.clear();
        self.partial = false;
    }

    /// What would be wrong with the record.
    fn judged(&self, tree: &Node) -> Vec<Fault> {
        (self.form.judge)(self.cx, self.store, &self.past.history, tree)
    }

    /// Shows the record and what is wrong with it, and asks how to go on.
    fn review(&mut self) -> Result<Review, Stop> {
        self.prune();
        let lang = self.cx.lang;
        let (tree, fields, register) = (&self.tree, self.form.fields, &self.store.register);
        let style = Style { width: terminal::columns(), ..self.cx.style() };
        let shown = record::text(&Shown { tree, fields, source: "", register }, &style);
        terminal::print(t("\nXem lại:\n\n", "\nTo review:\n\n").get(lang));
        terminal::print_drawn(&shown);
        let faults = self.judged(&self.tree);
        terminal::print("\n");
        for fault in &faults {
            let key = fault.key.as_deref().unwrap_or_default();
            self.tell_fault(fault);
            if !key.is_empty() {
                terminal::print_wrapped(&format!("    ({key})"), 0);
            }
        }
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let blocked = errors > 0 && !self.allows_faults;
        loop {
            let prompt = if blocked {
                t(
                    "Còn lỗi nên chưa ghi được. Gõ tên mục để sửa (ví dụ kinh phí), < lùi, - để sau: ",
                    "There are errors, so it is not written. Type an item to mend it, < back, - later: ",
                )
            } else {
                t(
                    "Ghi vào sổ? [Enter = ghi; tên mục = sửa mục ấy; < lùi; - để sau]: ",
                    "Write it? [Enter = write; an item = mend it; < back; - later]: ",
                )
            };
            match terminal::line(prompt.get(lang))?.as_deref() {
                Some("" | "." | ">") if !blocked => return Ok(Review::Write),
                Some("<") => return Ok(Review::Back),
                Some("-") => return Ok(Review::Later),
                Some("?") => self.tell(&say!(
                    "gõ tên một phần hay một câu hỏi, ví dụ “kinh phí”, “lượt người”, context.population",
                    "type a part or a question, such as “finance”, “attendances”, context.population"
                )),
                None | Some("" | "." | ">") => {}
                Some(name) => {
                    if let Some(key) = self.named(name) {
                        self.tape.ask_again(&key);
                        return Ok(Review::Again);
                    }
                }
            }
        }
    }

    /// The question or the part that is meant by a name.
    fn named(&self, name: &str) -> Option<String> {
        let wanted = fold(name);
        let parts = self.form.fields.iter();
        let part = parts
            .filter(|row| row.key == wanted || fold(row.label.vi) == wanted || fold(row.label.en) == wanted);
        let below = |key: &str| self.asked.iter().any(|(asked, _)| asked.starts_with(key));
        if let Some(row) = part.into_iter().find(|row| below(row.key)) {
            return Some(row.key.to_owned());
        }
        let near: Vec<&str> = self
            .asked
            .iter()
            .filter(|(key, label)| *key == name || fold(label).contains(&wanted))
            .map(|(key, _)| key.as_str())
            .collect();
        match near[..] {
            [key] => Some(key.to_owned()),
            [] => {
                self.tell(&say!("không có mục “{name}”", "there is no item “{name}”"));
                None
            }
            _ => {
                let list = near.iter().take(8).copied().collect::<Vec<_>>().join(", ");
                let n = near.len();
                self.tell(&say!(
                    "“{name}” có {n} mục; gõ rõ: {list} …",
                    "“{name}” may be {n} items: {list} …"
                ));
                None
            }
        }
    }
}
