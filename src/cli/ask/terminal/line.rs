//! How a line is read: one that can be mended while it is typed (arrows, Home, End, the lines before, pastes of any
//! length), or a plain one, which the operating system edits and which nothing draws again.

use std::io::{self, BufRead};

/// The terminal is gone.
#[derive(Clone, Copy, Debug)]
pub struct Lost;

/// Why a line cannot be used.
#[derive(Clone, Copy, Debug)]
pub enum Unfit {
    /// It has a letter that is not Unicode.
    NotText,
    /// The system may have cut it, which keeps no more than [`ROOM`] of a plain line.
    TooLong,
}

/// How many bytes of a plain line, with its end, the system keeps; the rest is lost in silence.
pub const ROOM: usize = match () {
    () if cfg!(target_os = "linux") => 4_096,
    () if cfg!(unix) => 1_024,
    () => usize::MAX,
};

/// Reads a line that the system edits, once it was asked for.
pub fn plain(ask: impl Fn()) -> Result<Result<String, Unfit>, Lost> {
    #[cfg(unix)]
    let _modes = modes::Kept::new().with_letters();
    ask();
    let mut bytes = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut bytes) {
        // The console of Windows tells it at once.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Err(Unfit::NotText)),
        Ok(0) | Err(_) => Err(Lost),
        Ok(length) if length >= ROOM => Ok(Err(Unfit::TooLong)),
        Ok(_) => Ok(String::from_utf8(bytes).map_err(|_| Unfit::NotText)),
    }
}

/// Reads a line that can be mended; several, if they were pasted at once.
#[cfg(unix)]
pub fn edited(prompt: &str) -> Result<Result<String, Unfit>, Lost> {
    use rustyline::error::ReadlineError;
    let _modes = modes::Kept::new();
    match editor::read(prompt) {
        Ok(line) => Ok(Ok(line)),
        Err(ReadlineError::Interrupted) => crate::cli::ending::interrupted(),
        Err(ReadlineError::Io(error)) if error.kind() == io::ErrorKind::InvalidData => {
            Ok(Err(Unfit::NotText))
        }
        Err(_) => Err(Lost),
    }
}

#[cfg(unix)]
mod editor {
    use rustyline::config::{Behavior, Configurer};
    use rustyline::history::MemHistory;
    use rustyline::{Config, Editor, Result};
    use std::sync::{Mutex, PoisonError};

    /// The lines of this run, and what was typed before it was asked for.
    static EDITOR: Mutex<Option<Editor<(), MemHistory>>> = Mutex::new(None);

    pub fn read(prompt: &str) -> Result<String> {
        let mut editor = EDITOR.lock().unwrap_or_else(PoisonError::into_inner);
        let editor = match &mut *editor {
            Some(editor) => editor,
            none => none.insert(begun()?),
        };
        let line = editor.readline(prompt)?;
        // A single key is sooner typed than looked for.
        if line.chars().nth(1).is_some() {
            editor.add_history_entry(&*line)?;
        }
        Ok(line)
    }

    /// The terminal itself is read and written, so that an output that is kept in a file has no question in it.
    fn begun() -> Result<Editor<(), MemHistory>> {
        let config = Config::builder().behavior(Behavior::PreferTerm).build();
        let mut editor = Editor::with_history(config, MemHistory::new())?;
        editor.enable_synchronized_output(false);
        Ok(editor)
    }
}

#[cfg(unix)]
mod modes {
    use crate::cli::{ending, printing};
    use rustix::termios::{InputModes, LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
    use std::io;
    use std::sync::{Mutex, PoisonError};

    /// The modes of the terminal before a line was asked for.
    static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

    /// While a line is read, the terminal is ours; afterwards, however that ends, it is as it was.
    pub struct Kept;

    impl Kept {
        pub fn new() -> Kept {
            *BEFORE.lock().unwrap_or_else(PoisonError::into_inner) = tcgetattr(io::stdin()).ok();
            ending::gives_back(give_back);
            Kept
        }

        /// Has the key that erases take whole letters, also those of several bytes.
        pub fn with_letters(self) -> Kept {
            #[cfg(any(target_os = "linux", target_os = "macos"))]
            if let Ok(mut modes) = tcgetattr(io::stdin()) {
                modes.input_modes |= InputModes::IUTF8;
                // A terminal that refuses is used as it is.
                let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
            }
            self
        }
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            give_back();
        }
    }

    fn give_back() {
        let Some(modes) = BEFORE.lock().unwrap_or_else(PoisonError::into_inner).take() else { return };
        let is_raw = |now: Termios| !now.local_modes.contains(LocalModes::ICANON);
        if tcgetattr(io::stdin()).is_ok_and(is_raw) {
            // The editor was cut off.
            printing::err_marks_no_pastes();
        }
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &modes);
    }
}
