//! The terminal as a sheet of lines: a prompt on standard error, a line from standard input, nothing drawn twice.
//!
//! The operating system does the line editing. So every input method, screen reader and console that works anywhere
//! works here, and what was asked can be read again from the top.

use super::super::printing::{self, Ink};
use crate::model::text::printable;
use crate::model::vietnamese::compose;
use crate::render::wrap;
use std::env;
use std::io::{self, IsTerminal};

/// The terminal is gone.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

/// True if a person can be asked.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && printing::err_is_read()
}

/// True if whoever reads wants plain lines and nothing drawn again, as a screen reader does: `TTHT_PLAIN` has a value
/// other than `0`.
#[allow(dead_code, reason = "asked by the pages of sections and by the editing of lines, which come next")]
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

/// Asks for one line: without blanks around it, composed (NFC). `None` if it cannot be used as it is.
pub fn line(prompt: &str) -> Result<Option<String>, Lost> {
    print(prompt);
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(Lost),
        Ok(_) if line.trim().contains(char::is_control) => Ok(None),
        Ok(_) => Ok(Some(compose(line.trim()).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(_) => Err(Lost),
    }
}

/// Makes the key that erases take whole letters, also those of several bytes. Returns what makes the terminal as it was.
#[cfg(unix)]
pub fn prepare() -> impl Fn() + Clone + Send {
    use rustix::termios::{InputModes, OptionalActions, tcgetattr, tcsetattr};
    let before = tcgetattr(io::stdin()).ok();
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(mut modes) = before.clone() {
        modes.input_modes |= InputModes::IUTF8;
        // A terminal that refuses is used as it is.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
    }
    move || {
        if let Some(modes) = &before {
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, modes);
        }
    }
}

/// The console of Windows does so by itself.
#[cfg(not(unix))]
pub fn prepare() -> impl Fn() + Clone + Send {
    || {}
}
