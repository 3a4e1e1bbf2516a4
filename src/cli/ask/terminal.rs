//! The terminal as a sheet of lines: a prompt on standard error, a line from standard input, nothing drawn twice.
//!
//! The operating system does the line editing. So every input method, screen reader and console that works anywhere
//! works here, and what was asked can be read again from the top.

use super::draft::Draft;
use crate::model::text::{Lang, printable};
use crate::model::vietnamese::compose;
use crate::render::wrap;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Mutex};

/// The terminal is gone.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

/// True if a person can be asked.
pub fn is_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// How many columns the lines may have.
pub fn columns() -> usize {
    terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0)).clamp(40, 120)
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
    // If this fails, there is nowhere left to report it.
    let _ = io::stderr().write_all(printable(text).as_bytes());
}

/// Asks for one line: without blanks around it, composed (NFC). `None` if it cannot be used as it is.
pub fn line(prompt: &str) -> Result<Option<String>, Lost> {
    print(prompt);
    let _ = io::stderr().flush();
    let mut line = String::new();
    match io::stdin().read_line(&mut line) {
        Ok(0) => Err(Lost),
        Ok(_) if line.trim().contains(char::is_control) => Ok(None),
        Ok(_) => Ok(Some(compose(line.trim()).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(None),
        Err(_) => Err(Lost),
    }
}

/// Makes the key that erases take whole letters, also those of several bytes.
#[cfg(unix)]
pub fn prepare() {
    use rustix::termios::{InputModes, OptionalActions, tcgetattr, tcsetattr};
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Ok(mut modes) = tcgetattr(io::stdin())
        && !modes.input_modes.contains(InputModes::IUTF8)
    {
        modes.input_modes |= InputModes::IUTF8;
        // A terminal that refuses is used as it is.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
    }
}

/// The console of Windows does so by itself.
#[cfg(not(unix))]
pub fn prepare() {}

/// Ends the program on Ctrl-C, and when the terminal goes away, with a word about the draft that stays.
pub fn on_interrupt(draft: &Arc<Mutex<Draft>>, lang: Lang) {
    let draft = Arc::clone(draft);
    // Without a handler the draft is kept too, only without a word about it.
    let _ = ctrlc::set_handler(move || {
        if let Ok(draft) = draft.lock() {
            print(&format!("\n{}\n", draft.farewell().get(lang)));
        }
        std::process::exit(130);
    });
}

/// Prints what was drawn already, colours and all.
pub fn print_drawn(text: &str) {
    // If this fails, there is nowhere left to report it.
    let _ = io::stderr().write_all(text.as_bytes());
}
