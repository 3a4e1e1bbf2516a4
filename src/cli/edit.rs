//! `ttht edit ID`: a record in the editor of the officer's choice, checked before it counts.

use super::ask::terminal;
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
use std::process::{Command as Program, ExitStatus};
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

/// Editors that hand the file to a window, which may have been open before, and are back at once.
const OF_WINDOWS: &[&str] = &["notepad", "notepad++", "code", "codium", "subl", "zed"];

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
        let read = || fs::read_to_string(draft).map_err(|error| refused(&error));
        let mut text = without_told(&read()?);
        if text == opened && matches!(ended, Ok(true)) && terminal::is_there() {
            wait_for_the_editor(call.lang);
            text = without_told(&read()?);
        }
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

/// Waits until a person has done with an editor that is open still.
fn wait_for_the_editor(lang: Lang) {
    let said = say!(
        "Sửa, lưu và đóng tệp trong trình soạn thảo, rồi nhấn Enter ở đây: ",
        "Edit, save and close the file in the editor, then press Enter here: "
    );
    // Whatever is typed, or nothing more to be read, ends it.
    let _ = terminal::line(said.get(lang));
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

/// Opens the editor. True if it may be open still: some hand the file to a window of theirs, and are back at once.
fn open_editor(draft: &Path, line: usize) -> Result<bool, Error> {
    let mut named = ["VISUAL", "EDITOR"].iter().filter_map(|name| env::var(name).ok());
    let named = named.find(|editor| !editor.trim().is_empty());
    let usual: &[&str] = if cfg!(windows) { &["notepad"] } else { &["nano", "vi"] };
    let editors = named.as_deref().map_or(usual.to_vec(), |editor| vec![editor]);
    for editor in &editors {
        let words = words(editor);
        match started(&words, draft, line) {
            Ok(status) if status.success() => return Ok(may_be_open(&words)),
            Ok(_) => {
                return Err(failed(say!(
                    "trình soạn thảo “{editor}” thoát ra và báo lỗi",
                    "the editor “{editor}” ended with an error",
                    [editor]
                )));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(Path::new(&words[0]), &error)),
        }
    }
    let list = editors.join(", ");
    Err(failed(say!("không mở được trình soạn thảo ({list})", "no editor could be opened ({list})", [list])))
}

/// The words of a call: a path with blanks, else a program with arguments: `code --wait`, `"C:\Program Files\N\n.exe" -x`.
fn words(editor: &str) -> Vec<String> {
    if Path::new(editor).is_file() {
        return vec![editor.to_owned()];
    }
    let (mut words, mut word, mut is_quoted) = (Vec::new(), None::<String>, false);
    for c in editor.chars() {
        match c {
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// Runs the editor until it ends. On Windows it may be a script, as `code` is, which is found with its ending only.
fn started(words: &[String], draft: &Path, line: usize) -> io::Result<ExitStatus> {
    let (Some(program), arguments) = (words.first(), words.get(1..).unwrap_or_default()) else {
        return Err(io::ErrorKind::NotFound.into());
    };
    let at_line = (line > 1 && WITH_LINE.contains(&&*name(program))).then(|| format!("+{line}"));
    let endings: &[&str] = if cfg!(windows) { &["", ".cmd", ".bat"] } else { &[""] };
    let mut ended = Err(io::ErrorKind::NotFound.into());
    for ending in endings {
        let called = format!("{program}{ending}");
        // What is run by the command prompt is not missed by it.
        if !ending.is_empty() && Path::new(&called).is_absolute() && !Path::new(&called).is_file() {
            continue;
        }
        let mut command = Program::new(called);
        ended = command.args(arguments).args(&at_line).arg(draft).status();
        if !ended.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            break;
        }
    }
    ended
}

/// The name of a program, without its ending.
fn name(program: &str) -> String {
    Path::new(program).file_stem().unwrap_or_default().to_string_lossy().to_lowercase()
}

/// True for an editor that is back at once, unless it is told to wait.
fn may_be_open(words: &[String]) -> bool {
    let Some((program, arguments)) = words.split_first() else { return false };
    OF_WINDOWS.contains(&&*name(program)) && !arguments.iter().any(|word| ["-w", "--wait"].contains(&&**word))
}

fn failed(message: Said) -> Error {
    Error {
        exit: Exit::Io,
        message,
        help: say!(
            "đặt biến EDITOR là tên một trình soạn thảo, ví dụ notepad, nano",
            "set EDITOR to the name of an editor, such as notepad or nano"
        ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_editor_may_be_in_quotes() {
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        let path = r"C:\Program Files\Notepad++\notepad++.exe";
        assert_eq!(words(&format!("\"{path}\" -multiInst")), [path, "-multiInst"]);
        assert_eq!(words(r#"gvim --cmd="set nobackup" -f"#), ["gvim", "--cmd=set nobackup", "-f"]);
        assert!(may_be_open(&words("notepad")) && may_be_open(&words("/usr/bin/code")));
        assert!(!may_be_open(&words("code --wait")) && !may_be_open(&words("vim")));
    }
}
