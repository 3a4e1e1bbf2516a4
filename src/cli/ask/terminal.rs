//! The terminal as a sheet of lines: what is asked, then a line that is typed, and nothing above it drawn twice, so that what
//! was asked can be read again from the top.
//!
//! On Unix the line itself can be mended while it is typed. Where nothing may be drawn again (`TTHT_PLAIN`, a terminal that
//! can only write on), and on Windows, the operating system does the editing.

mod line;

use super::super::printing::{self, Ink};
use crate::model::number::many;
use crate::model::text::{Said, printable};
use crate::model::vietnamese::compose;
use crate::render::wrap;
use crate::say;
pub use line::Lost;
use line::Unfit;
use std::env;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicBool, Ordering};

/// True if a person can be asked.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && printing::err_is_read()
}

/// True if whoever reads wants plain lines and nothing drawn again, as a screen reader does: `TTHT_PLAIN` has a value
/// other than `0`.
pub fn is_plain() -> bool {
    env::var_os("TTHT_PLAIN").is_some_and(|value| !value.is_empty() && value != "0")
}

/// How many columns the lines may have.
pub fn columns() -> usize {
    printing::err_columns().unwrap_or(80).clamp(40, 120)
}

/// Prints lines that are too long for the terminal in several, with so many blanks before each but the first.
pub fn print_wrapped(text: &str, indent: usize) {
    for line in text.lines() {
        let lead = line.len() - line.trim_start().len();
        let lines = wrap(&printable(line.trim_start()), columns().saturating_sub(indent + lead));
        let gap = format!("\n{:1$}", "", indent + lead);
        print(&format!("{}{}\n", &line[..lead], lines.join(&gap)));
    }
}

/// Prints lines, without what could steer the terminal.
pub fn print(text: &str) {
    printing::err(Ink::Plain(text.as_bytes()));
}

/// Prints what was drawn here, with colours.
pub fn print_drawn(text: &str) {
    printing::err(Ink::Drawn(text));
}

/// Asks for one line: without blanks around it, composed (NFC). Where several were pasted at once, they are told apart by
/// `\n`. `None` if it cannot be used as it is, for the reason that [`refused`] tells.
pub fn line(prompt: &str) -> Result<Option<String>, Lost> {
    Ok(cells(prompt)?.map(|line| line.replace('\t', " ").trim().to_owned()))
}

/// Asks for a line that may be a row of a spreadsheet: with the tabs between its cells.
pub fn cells(prompt: &str) -> Result<Option<String>, Lost> {
    // What stands above the cursor is written once, and only its own line is drawn again.
    let (above, prompt) = prompt.split_at(prompt.rfind('\n').map_or(0, |at| at + 1));
    print(above);
    let typed = match read(&printable(prompt))? {
        Ok(typed) => typed,
        Err(unfit) => return Ok(refuse(unfit)),
    };
    let blank = |c: char| c.is_whitespace() && c != '\t';
    let lines: Vec<&str> = typed.trim_matches(blank).lines().map(|line| line.trim_matches(blank)).collect();
    let text = lines.join("\n");
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
        return Ok(refuse(Unfit::NotText));
    }
    Ok(Some(compose(&text).into_owned()))
}

fn read(prompt: &str) -> Result<Result<String, Unfit>, Lost> {
    #[cfg(unix)]
    if draws_again() {
        return line::edited(prompt);
    }
    line::plain(|| print(prompt))
}

/// True if what stands at the terminal may be drawn again, and the terminal can do so.
pub fn draws_again() -> bool {
    cfg!(unix) && !is_plain() && !is_dumb()
}

/// True if the terminal can only write on.
fn is_dumb() -> bool {
    let dumb = ["", "dumb", "cons25", "emacs"];
    env::var("TERM").map_or(true, |term| dumb.contains(&&*term))
}

/// Whether the line that was refused last was too long; else a key was pressed that is no text.
static WAS_TOO_LONG: AtomicBool = AtomicBool::new(false);

fn refuse(unfit: Unfit) -> Option<String> {
    WAS_TOO_LONG.store(matches!(unfit, Unfit::TooLong), Ordering::Relaxed);
    None
}

/// Why the last line could not be used.
pub fn refused() -> Said {
    if WAS_TOO_LONG.load(Ordering::Relaxed) {
        return say!(
            "dòng này dài quá, cửa sổ lệnh cắt mất phần sau (mỗi dòng chỉ nhận {room}); gõ lại, chia thành nhiều dòng",
            "this line is too long, and the terminal has cut off its end (a line has room for {room}); type it again as several lines",
            [room = many(line::ROOM - 1, "byte", "byte")]
        );
    }
    say!(
        "phím vừa gõ không dùng được (phím mũi tên, chữ không phải Unicode); xin gõ lại cả dòng",
        "a key was pressed that cannot be used here (an arrow, a letter that is not Unicode); type the line again"
    )
}
