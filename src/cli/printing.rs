//! Where the program prints, and the one place that knows what is at the other end: nothing that came from a file may
//! steer a terminal; in a pipe and in a file the bytes are what they are.

use super::error::Error;
use crate::model::text::printable;
use anstream::{AutoStream, ColorChoice};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::thread::{self, ThreadId};

/// What is printed, and who has looked at it.
#[derive(Clone, Copy, Debug)]
pub enum Ink<'a> {
    /// Whatever came from a file or from the call.
    Plain(&'a [u8]),
    /// What was drawn here, and has no escapes but our colours.
    Drawn(&'a str),
}

/// The thread that ends the program, once one does.
static LAST: OnceLock<ThreadId> = OnceLock::new();

/// From here on only this thread prints: the program ends.
pub fn alone() {
    let _ = LAST.set(thread::current().id());
    wait_for_the_end();
}

/// Waits if another thread ends the program: what this one would still say or return may be about what is gone already.
pub fn wait_for_the_end() {
    while LAST.get().is_some_and(|last| *last != thread::current().id()) {
        thread::park();
    }
}

/// Whether a line stands at the terminal that gives way to whatever comes next. Nobody waits for another one here: a
/// thread that cannot go on with its output may hold it.
static PASSING: Mutex<bool> = Mutex::new(false);

/// Takes the line away, if one stands there.
fn clear(stands: &mut bool) {
    if std::mem::take(stands) {
        let _ = io::stderr().write_all(b"\r\x1b[K");
    }
}

/// The right to print, where no line stands any more.
fn free_line() -> Option<MutexGuard<'static, bool>> {
    let mut stands = PASSING.try_lock().ok()?;
    clear(&mut stands);
    Some(stands)
}

/// Shows a line at standard error in place of the one that stands there, or none.
pub fn err_passing(line: Option<&str>) {
    wait_for_the_end();
    let Ok(mut stands) = PASSING.try_lock() else { return };
    match line {
        Some(line) => *stands = io::stderr().write_all(format!("\r{line}\x1b[K").as_bytes()).is_ok(),
        None => clear(&mut stands),
    }
}

/// Takes such a line away for good: the program ends.
pub fn nothing_passes_any_more() {
    if let Ok(mut stands) = PASSING.lock() {
        clear(&mut stands);
        std::mem::forget(stands);
    }
}

/// Prints to standard output.
pub fn out(ink: Ink) -> Result<(), Error> {
    wait_for_the_end();
    let _free = free_line();
    let mut out = io::stdout().lock();
    let bytes = if out.is_terminal() { for_terminal(ink) } else { raw(ink).into() };
    out.write_all(&bytes).and_then(|()| out.flush()).map_err(|error| Error::io(Path::new("stdout"), &error))
}

/// Prints to standard error, where people read.
pub fn err(ink: Ink) {
    wait_for_the_end();
    let _free = free_line();
    // If this fails, there is nowhere left to report it.
    let _ = io::stderr().write_all(&for_terminal(ink));
}

/// Has the terminal no longer mark what is pasted.
#[cfg(unix)]
pub fn err_marks_no_pastes() {
    let _ = io::stderr().write_all(b"\x1b[?2004l");
}

/// True if standard output takes colours.
pub fn out_takes_colours() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never && understands_colours()
}

/// True if standard error takes colours.
pub fn err_takes_colours() -> bool {
    AutoStream::choice(&io::stderr()) != ColorChoice::Never && understands_colours()
}

/// True if what draws colours is understood at the other end. A console of Windows has to be asked to, and an old one cannot;
/// a terminal of another system there has a `TERM`.
pub fn understands_colours() -> bool {
    #[cfg(windows)]
    return anstyle_query::windows::enable_ansi_colors() == Some(true)
        || anstyle_query::term_supports_ansi_color();
    #[cfg(not(windows))]
    true
}

/// How many columns the terminal has at standard output.
pub fn out_columns() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into())
}

/// How many columns the terminal has at standard error.
pub fn err_columns() -> Option<usize> {
    terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| width.0.into())
}

/// True if standard output goes into a file, and not to a terminal or a program.
pub fn out_is_file() -> bool {
    #[cfg(unix)]
    let out = std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let out = std::os::windows::io::AsHandle::as_handle(&io::stdout()).try_clone_to_owned();
    out.and_then(|out| std::fs::File::from(out).metadata()).is_ok_and(|out| out.is_file())
}

/// True if a person reads standard output.
pub fn out_is_read() -> bool {
    io::stdout().is_terminal()
}

/// True if a person reads standard error.
pub fn err_is_read() -> bool {
    io::stderr().is_terminal()
}

fn raw(ink: Ink<'_>) -> &[u8] {
    match ink {
        Ink::Plain(bytes) => bytes,
        Ink::Drawn(text) => text.as_bytes(),
    }
}

fn for_terminal(ink: Ink<'_>) -> Cow<'_, [u8]> {
    let text = String::from_utf8_lossy(raw(ink)).replace("\r\n", "\n");
    let shown = match ink {
        Ink::Plain(_) => printable(&text).into_owned(),
        Ink::Drawn(_) => printable_but_colours(&text),
    };
    shown.into_bytes().into()
}

/// The text with what could steer a terminal made visible, but for colours.
fn printable_but_colours(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let (before, from) = rest.split_at(at);
        let is_number = |c: char| c.is_ascii_digit() || c == ';';
        let len = from[2..]
            .find(|c| !is_number(c))
            .map_or(1, |n| if from[2 + n..].starts_with('m') { n + 3 } else { 1 });
        let (style, after) = from.split_at(len);
        shown.push_str(&printable(before));
        shown.push_str(if len > 1 { style } else { "␛" });
        rest = after;
    }
    shown + &printable(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_all_escapes_only_our_colours_reach_a_terminal() {
        let text = "\u{1b}[1m\u{1b}[38;5;12mlỗi\u{1b}[0m\u{1b}[2J\u{1b}]0;x\u{7}\u{1b}[\u{1b}[31m\r\n";
        let drawn = for_terminal(Ink::Drawn(text));
        assert_eq!(
            String::from_utf8_lossy(&drawn),
            "\u{1b}[1m\u{1b}[38;5;12mlỗi\u{1b}[0m␛[2J␛]0;x␇␛[\u{1b}[31m\n"
        );
        let plain = for_terminal(Ink::Plain(b"a\x1b[31mb\xff\r\n"));
        assert_eq!(String::from_utf8_lossy(&plain), "a␛[31mb\u{fffd}\n");
    }
}
