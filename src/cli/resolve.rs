//! `ttht resolve`: which of two versions is right, value by value, where two people have changed the same.

use super::ask::terminal;
use super::error::{Error, Exit};
use super::options::{DRY_RUN, KIND, NOTHING, Opt, PAIR, TEXT, arg, opt};
use super::{Call, Command};
use crate::desk::commit::Judging;
use crate::desk::find::own_record;
use crate::desk::git::shared::is_shared;
use crate::desk::resolve::{OpenFile, Question, changes, open_files, settle, typed_choice};
use crate::desk::whole_files::{WholeFile, whole_files};
use crate::model::number::many;
use crate::model::text::t;
use crate::say;
use crate::store::Store;
use crate::toml::conflict::chosen::Choice;
use crate::toml::marks::Side;
use clap::ArgMatches;

/// The row of the command.
pub const RESOLVE: Command = Command::new(
    "resolve",
    t(
        "Chọn bản đúng ở những chỗ hai người cùng sửa",
        "Choose the right version of what two people have changed",
    ),
    || vec![ID.row, ANSWERS.row, OURS.row, THEIRS.row, BOTH.row, KIND.row, DRY_RUN.row],
    run,
);

const ID: Opt<String> = arg(
    "id",
    TEXT,
    "Mã trong sổ (mặc định: mọi tệp còn chỗ chưa chọn)",
    "The record (default: every record in which something is open)",
)
.called("MÃ", "ID");
const ANSWERS: Opt<String> = arg(
    "answer",
    PAIR,
    "Giá trị đúng, ví dụ context.population=6550; MỤC- nếu không có giá trị nào",
    "The right value, such as context.population=6550; KEY- if there is none",
)
.many();
const OURS: Opt<bool> =
    opt("ours", NOTHING, "Lấy bản này cho những chỗ còn lại", "Take this version for the rest")
        .also(|arg| arg.conflicts_with("theirs"));
const THEIRS: Opt<bool> =
    opt("theirs", NOTHING, "Lấy bản kia cho những chỗ còn lại", "Take the other version for the rest");
const BOTH: Opt<bool> = opt(
    "both",
    NOTHING,
    "Giữ cả hai ở những chỗ giữ được cả hai (danh sách, kiến nghị trùng mã)",
    "Keep both where both can stay (lists, recommendations under one word)",
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let mut files = open_files(&store)?;
    let mut others = whole_files(&store)?;
    if let Some(id) = ID.text(matches).filter(|id| others.iter().any(|other| other.file == **id)) {
        others.retain(|other| other.file == id);
        files.clear();
    } else if let Some(id) = ID.text(matches) {
        others.clear();
        let target = own_record(&store, id, KIND.text(matches))?;
        files.retain(|file| file.target.file == target.file);
    }
    if files.is_empty() && others.is_empty() {
        call.tell(&say!("không có chỗ nào phải chọn", "there is nothing to choose"));
        return Ok(Exit::Well);
    }
    let wishes = Wishes::of(matches);
    let is_asked = wishes.are_none() && call.can_ask(matches);
    if wishes.are_none() && !is_asked {
        return list(call, &store, &files, &others);
    }
    let all = files.len() + others.len();
    let done = files.into_iter().enumerate().try_for_each(|(at, file)| {
        if is_asked {
            let place = if all > 1 { format!(" ({}/{all})", at + 1) } else { String::new() };
            terminal::print(&format!("\n{}{place}\n", file.called.get(call.lang)));
        }
        one(call, matches, &store, file, &wishes, is_asked)
    });
    let done = done.and_then(|()| {
        others.iter().try_for_each(|other| whole(call, &store, other, &wishes, matches, is_asked))
    });
    done?;
    if DRY_RUN.given(matches) {
        return Ok(Exit::Well);
    }
    let store = call.store()?;
    let left = open_files(&store)?.len() + whole_files(&store)?.len();
    if left > 0 {
        let n = many(left, "tệp", "file");
        call.warn(&say!("còn {n} chưa chọn xong: ttht resolve", "{n} left to choose: ttht resolve", [n]));
        return Ok(Exit::Faults);
    }
    let next = if is_shared(store.root()) { "ttht sync" } else { "ttht save" };
    call.tell(&say!("Đã chọn xong. Bước tiếp theo: {next}", "All is chosen. Next: {next}", [next]));
    Ok(Exit::Well)
}

/// What is open, a line each.
fn list(call: &Call, store: &Store, files: &[OpenFile], others: &[WholeFile]) -> Result<Exit, Error> {
    for file in files {
        call.print(format!("{} — {}\n", file.target.id, file.called.get(call.lang)))?;
        let open = match file.read() {
            Ok(open) => open,
            Err(error) => {
                call.print(format!("  {}\n", error.message.get(call.lang)))?;
                continue;
            }
        };
        let questions = file.questions(store, open.as_ref());
        for (_, question) in &questions {
            call.print(format!("  {}\n", question.said().get(call.lang)))?;
        }
        if questions.is_empty() {
            let line = say!("  gộp được, không phải chọn", "  nothing to choose: it can be merged");
            call.print(format!("{}\n", line.get(call.lang)))?;
        }
    }
    for other in others {
        call.print(format!("{}\n", other.question().said().get(call.lang)))?;
    }
    call.tell(&say!(
        "Chọn: ttht resolve ID --ours | --theirs | MỤC=GIÁ_TRỊ",
        "Choose: ttht resolve ID --ours | --theirs | KEY=VALUE"
    ));
    Ok(Exit::Faults)
}

/// What was wished for on the command line.
struct Wishes {
    answers: Vec<String>,
    rest: Option<Choice>,
    both: bool,
}

impl Wishes {
    fn of(matches: &ArgMatches) -> Wishes {
        let rest = match (OURS.given(matches), THEIRS.given(matches)) {
            (true, _) => Some(Choice::Ours),
            (_, true) => Some(Choice::Theirs),
            _ => None,
        };
        Wishes { answers: ANSWERS.all(matches).cloned().collect(), rest, both: BOTH.given(matches) }
    }

    fn are_none(&self) -> bool {
        self.answers.is_empty() && self.rest.is_none() && !self.both
    }

    /// What was typed for a question; the value is empty for `KEY-`.
    fn typed(&self, question: &Question) -> Option<&str> {
        let is_it = |key: &str| [&*question.path, &*question.key].contains(&key.trim());
        self.answers.iter().find_map(|typed| match (typed.split_once('='), typed.strip_suffix('-')) {
            (Some((key, value)), _) if is_it(key) => Some(value),
            (None, Some(key)) if is_it(key) => Some(""),
            _ => None,
        })
    }

    /// Refuses an answer to what is not open.
    fn must_be_about(&self, questions: &[(usize, Question)]) -> Result<(), Error> {
        let is_for = |typed: &String| {
            let one = Wishes { answers: vec![typed.clone()], rest: None, both: false };
            questions.iter().any(|(_, question)| one.typed(question).is_some())
        };
        let Some(typed) = self.answers.iter().find(|typed| !is_for(typed)) else { return Ok(()) };
        Err(Error::wrong_use(
            say!("“{typed}”: chỗ này không phải chọn", "“{typed}”: nothing is open there", [typed]),
            say!("xem: ttht resolve --no-input", "see: ttht resolve --no-input"),
        ))
    }

    fn choice(&self, question: &Question) -> Option<Choice> {
        if self.both && question.both { Some(Choice::Both) } else { self.rest.clone() }
    }
}

/// Chooses in one file, and writes it; if something is left open, nothing is written.
fn one(
    call: &Call,
    matches: &ArgMatches,
    store: &Store,
    file: OpenFile,
    wishes: &Wishes,
    is_asked: bool,
) -> Result<(), Error> {
    let (mut choices, mut left) = (Vec::new(), Vec::new());
    let open = file.read()?;
    let questions = file.questions(store, open.as_ref());
    wishes.must_be_about(&questions)?;
    for (at, question) in questions {
        let path = open.as_ref().and_then(|open| open.conflicts.get(at)).map(|one| &*one.path);
        let value =
            |typed: &str| typed_choice(store, call.speaker(store), &file, path.unwrap_or_default(), typed);
        let choice = match wishes.typed(&question) {
            Some(typed) => Some(value(typed)?),
            None if is_asked => ask(call, &question, value)?,
            None => wishes.choice(&question),
        };
        match choice {
            Some(choice) => choices.push(choice),
            None if is_asked => return Ok(()),
            None => left.push(question),
        }
    }
    if left.is_empty() {
        return write(call, matches, store, file, &choices);
    }
    for question in left {
        let (id, open) = (&file.target.id, question.said());
        call.warn(&say!("{id}: còn phải chọn: {open}", "{id}: still to choose: {open}", [id, open]));
    }
    Ok(())
}

fn write(
    call: &Call,
    matches: &ArgMatches,
    store: &Store,
    file: OpenFile,
    choices: &[Choice],
) -> Result<(), Error> {
    let side = match choices.first() {
        Some(Choice::Theirs) => Side::Theirs,
        _ => Side::Ours,
    };
    let (name, unmerged, is_gone) = (file.target.file.clone(), file.unmerged, file.gone == Some(side));
    let pen = call.pen(matches)?;
    let mut files = vec![name.clone()];
    if is_gone {
        pen.remove(&name, file.old.as_ref())?;
        call.written(vec![name])?;
    } else {
        let (changes, notes) = changes(store, file, choices)?;
        files.extend(changes.iter().map(|change| change.file.clone()));
        call.commit(&pen, changes, Judging::Lenient)?;
        notes.iter().for_each(|note| call.warn(note));
    }
    if unmerged && !DRY_RUN.given(matches) { settle(store, &files) } else { Ok(()) }
}

/// Chooses one of two files that are no records.
fn whole(
    call: &Call,
    store: &Store,
    other: &WholeFile,
    wishes: &Wishes,
    matches: &ArgMatches,
    is_asked: bool,
) -> Result<(), Error> {
    let question = other.question();
    let choice = match is_asked {
        true => ask(call, &question, |_| Ok(Choice::Ours))?,
        false => wishes.choice(&question),
    };
    match choice {
        Some(choice) if !DRY_RUN.given(matches) => {
            let told = other.choose(store, &choice)?;
            told.iter().for_each(|told| call.warn(told));
        }
        _ => {}
    }
    Ok(())
}

/// Asks for one choice; none if it is left for later.
fn ask(
    call: &Call,
    question: &Question,
    value: impl Fn(&str) -> Result<Choice, Error>,
) -> Result<Option<Choice>, Error> {
    let lang = call.lang;
    let mut shown = format!("\n{}\n", question.label.get(lang));
    for (at, (said, who)) in question.sides.iter().enumerate() {
        shown.push_str(&format!("  {}. {} ({})\n", at + 1, said.get(lang), who.get(lang)));
    }
    if let Some(before) = &question.before {
        let line = say!("     trước đó: {before}", "     before: {before}", [before]);
        shown.push_str(&format!("{}\n", line.get(lang)));
    }
    if question.both {
        shown.push_str(t("  3. giữ cả hai\n", "  3. keep both\n").get(lang));
    }
    terminal::print_wrapped(&shown, 5);
    let whole = question.path.is_empty();
    let prompt = match whole {
        true => t("Chọn số [- để sau]: ", "A number [- later]: "),
        false => t("Chọn số, hoặc gõ giá trị đúng [- để sau]: ", "A number, or the right value [- later]: "),
    };
    loop {
        let Ok(line) = terminal::line(prompt.get(lang)) else { return Err(given_up()) };
        let typed = line.unwrap_or_default();
        match typed.as_str() {
            "" => {}
            "?" => terminal::print_wrapped(&shown, 5),
            "-" => return Ok(None),
            "1" => return Ok(Some(Choice::Ours)),
            "2" => return Ok(Some(Choice::Theirs)),
            "3" if question.both => return Ok(Some(Choice::Both)),
            _ if whole => terminal::print_wrapped(&shown, 5),
            // A number that is itself the value: `=1`.
            other => match value(other.strip_prefix('=').unwrap_or(other)) {
                Ok(choice) => return Ok(Some(choice)),
                Err(error) => terminal::print_wrapped(&format!("  ! {}", error.message.get(lang)), 4),
            },
        }
    }
}

/// The terminal has gone away at a question.
fn given_up() -> Error {
    Error {
        exit: Exit::Interrupted,
        message: say!("phần chưa chọn xong còn nguyên", "what was not chosen is as it was"),
        help: say!("chọn tiếp: ttht resolve", "go on: ttht resolve"),
    }
}
