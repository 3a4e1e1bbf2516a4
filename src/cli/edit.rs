//! `ttht edit ID`: a record in the editor of the officer's choice, checked before it counts.

use super::error::{Error, Exit};
use super::help::Below;
use super::options::{DRY_RUN, ID, KIND};
use super::printing::{self, Ink};
use super::set::target;
use super::{Call, Command, ending};
use crate::desk::commit::{self, Change, Judging};
use crate::desk::faults;
use crate::model::fault::{Fault, Severity};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use crate::store::scrap;
use clap::ArgMatches;
use std::path::Path;
use std::{env, fs, io};
use worksheet::Worksheet;

mod worksheet;

/// The row of the command.
pub const EDIT: Command = Command {
    after: || Below::Note(EDITOR),
    ..Command::new(
        "edit",
        t(
            "Mở một tệp của sổ để sửa; soát lỗi khi lưu",
            "Open a record in an editor; it is checked when saved",
        ),
        || vec![ID.row, KIND.row, DRY_RUN.row],
        run,
    )
};

const EDITOR: Text = t(
    "Trình soạn thảo: biến VISUAL hoặc EDITOR; không có thì notepad trên Windows, nano hoặc vi ở nơi khác.",
    "The editor is VISUAL or EDITOR; by default notepad on Windows, nano or vi elsewhere.",
);

/// How a line begins that shows a fault inside a draft. Such lines never get into a record.
const TOLD: &str = "#! ttht: ";

/// Editors that open at a line that is given as `+LINE`.
const WITH_LINE: &[&str] =
    &["vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "joe", "micro", "kak"];

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let done = edit(call, matches);
    ending::nothing_to_say();
    done
}

fn edit(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let target = target(&store, matches)?;
    let Some(old) = commit::original(&store, &target.file)? else { return Ok(Exit::Nothing) };
    let judge = |text: &str| faults::of_text(&store, call.today, &target.file, text);
    let before = judge(&old.text);
    let sheet = Worksheet::new(store.root(), &target.file, &old.text, DRY_RUN.given(matches))?;
    let draft = sheet.path.as_path();
    let refused = |error: &io::Error| Error::io(draft, error);
    let write = |text: &str| fs::write(draft, text).map_err(|error| refused(&error));
    name_at_the_end(draft, &old.text, call.lang);
    if !sheet.left.is_empty() {
        write(&(left(call, &sheet) + &old.text))?;
    }
    let (mut opened, mut line) = (old.text.clone(), 1);
    loop {
        let ended = ending::lend_terminal(|| open_editor(draft, line));
        let text = without_told(&fs::read_to_string(draft).map_err(|error| refused(&error))?);
        if text == old.text {
            sheet.discard();
            ended?;
            call.tell(&say!("không có gì thay đổi", "nothing changes"));
            return Ok(Exit::Well);
        }
        ended.map_err(|error| given_up(Exit::Io, &error.message, draft))?;
        let faults = faults::new(&before, judge(&text));
        let Some(error) = faults.iter().find(|fault| fault.severity == Severity::Error) else {
            return finish(call, matches, Change::new(target.file, Some(old), text), sheet);
        };
        if text == opened {
            call.draw(&faults);
            let why = say!("còn lỗi, đã dừng sửa", "there are errors left; editing has stopped");
            return Err(given_up(Exit::Faults, &why, draft));
        }
        let (told, at) = with_told(&text, error, call.lang);
        write(&told)?;
        (opened, line) = (text, at);
    }
}

/// Has the draft named if a signal ends the program; without changes it goes.
fn name_at_the_end(draft: &Path, old: &str, lang: Lang) {
    let (draft, old) = (draft.to_owned(), old.to_owned());
    ending::before_the_end(move || {
        if fs::read_to_string(&draft).is_ok_and(|text| without_told(&text) == old) {
            // If it stays, the next edit names it.
            let _ = fs::remove_file(&draft);
            return;
        }
        scrap::keep_closet(&draft);
        printing::err(Ink::Plain(format!("\n{}\n", kept(&draft).get(lang)).as_bytes()));
    });
}

/// Names what earlier edits have left, also at the head of the draft, where the editor shows it.
fn left(call: &Call, sheet: &Worksheet) -> String {
    let told = sheet.left.iter().map(|draft| {
        let said = say!(
            "còn bản nháp của lần sửa trước: {draft}; xem lại, rồi xoá nếu không cần",
            "an earlier edit left a draft: {draft}; look at it, and delete it if it is not needed",
            [draft = worksheet::name(draft)]
        );
        call.warn(&said);
        format!("{TOLD}{}\n", said.get(call.lang))
    });
    told.collect()
}

fn finish(call: &Call, matches: &ArgMatches, change: Change, sheet: Worksheet) -> Result<Exit, Error> {
    let done = call.pen(matches).and_then(|pen| call.commit(&pen, vec![change], Judging::Strict));
    match done {
        Err(error) if !call.has_written() => Err(Error { help: kept(&sheet.path), ..error }),
        done => {
            sheet.discard();
            done
        }
    }
}

fn given_up(exit: Exit, why: &Said, draft: &Path) -> Error {
    Error {
        exit,
        message: say!("{why}; chưa ghi gì", "{why}; nothing was written", [why]),
        help: kept(draft),
    }
}

/// Where the draft stays.
fn kept(draft: &Path) -> Said {
    say!("bản nháp còn ở {draft}", "the draft is in {draft}", [draft = worksheet::name(draft)])
}

fn open_editor(draft: &Path, line: usize) -> Result<(), Error> {
    let mut named = ["VISUAL", "EDITOR"].iter().filter_map(|name| env::var(name).ok());
    let named = named.find(|editor| !editor.trim().is_empty());
    let usual: &[&str] = if cfg!(windows) { &["notepad"] } else { &["nano", "vi"] };
    let editors = named.as_deref().map_or(usual.to_vec(), |editor| vec![editor]);
    for editor in &editors {
        // A path with spaces, else a program with arguments: `code --wait`.
        let words: Vec<&str> =
            if Path::new(editor).is_file() { vec![editor] } else { editor.split_whitespace().collect() };
        let mut command = std::process::Command::new(words[0]);
        command.args(&words[1..]);
        let name = Path::new(words[0]).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if line > 1 && WITH_LINE.contains(&name.as_str()) {
            command.arg(format!("+{line}"));
        }
        match command.arg(draft).status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(_) => {
                return Err(failed(say!(
                    "trình soạn thảo “{editor}” thoát ra và báo lỗi",
                    "the editor “{editor}” ended with an error",
                    [editor]
                )));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(Path::new(words[0]), &error)),
        }
    }
    let list = editors.join(", ");
    Err(failed(say!("không mở được trình soạn thảo ({list})", "no editor could be opened ({list})", [list])))
}

fn failed(message: Said) -> Error {
    Error {
        exit: Exit::Io,
        message,
        help: say!("đặt biến EDITOR, ví dụ EDITOR=nano", "set EDITOR, such as EDITOR=nano"),
    }
}

/// The text with a fault shown above its line, and the number of that line.
fn with_told(text: &str, fault: &Fault, lang: Lang) -> (String, usize) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = fault.place.as_ref().map_or(1, |place| place.line);
    let line = if line <= lines.len() { line } else { 1 };
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let said = [&fault.message, &fault.help].into_iter().filter(|said| !said.is_empty());
    let told = said.map(|said| format!("{TOLD}{}{end}", said.get(lang).replace('\n', " ")));
    let (before, after) = lines.split_at(line.saturating_sub(1));
    (before.concat() + &told.collect::<String>() + &after.concat(), line)
}

fn without_told(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    text.split_inclusive('\n').filter(|line| !line.starts_with(TOLD)).collect()
}
