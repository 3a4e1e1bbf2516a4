//! How the program ends when it does not end by itself, by a signal or by a defect of its own: what is half written goes,
//! what stays is named, and the exit code says which of them it was.

use super::printing::{self, Ink, err};
use crate::model::text::Lang;
use crate::say;
use crate::store::scrap;
use std::panic::PanicHookInfo;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The exit code of a defect in the program.
const DEFECT: i32 = 101;

/// What is to be done and said before the end.
type LastWords = Box<dyn Fn() + Send>;

static LAST_WORDS: Mutex<Option<LastWords>> = Mutex::new(None);

/// What makes the terminal as it was.
static GIVE_BACK: OnceLock<fn()> = OnceLock::new();

/// True while the keys that end a program are for another program at the terminal.
static IS_LENT: AtomicBool = AtomicBool::new(false);

/// Has something done and said before an end that is not the usual one, in place of what was to be said before.
pub fn before_the_end(words: impl Fn() + Send + 'static) {
    *LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(words));
}

/// Has the terminal made as it was before any end.
#[cfg(unix)]
pub fn gives_back(terminal: fn()) {
    let _ = GIVE_BACK.set(terminal);
}

/// Ends the program as the signal of Ctrl-C does, where that key sends none.
#[cfg(unix)]
pub fn interrupted() -> ! {
    leave(128 + signal_hook::consts::SIGINT)
}

/// From here on there is nothing to be said.
pub fn nothing_to_say() {
    *LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Does and says what is left to be done and said.
pub fn last_words() {
    // Whoever holds them is speaking.
    if let Ok(mut words) = LAST_WORDS.try_lock()
        && let Some(words) = words.take()
    {
        words();
    }
}

/// Leaves the terminal, and with it Ctrl-C and Ctrl-\, to another program.
pub fn lend_terminal<T>(work: impl FnOnce() -> T) -> T {
    IS_LENT.store(true, Ordering::SeqCst);
    let done = work();
    IS_LENT.store(false, Ordering::SeqCst);
    done
}

/// Listens for signals and defects from here on.
pub fn prepare(lang: Lang) {
    std::panic::set_hook(Box::new(move |panic| defect(lang, panic)));
    signals::listen();
}

fn leave(code: i32) -> ! {
    printing::alone();
    if let Some(give_back) = GIVE_BACK.get() {
        give_back();
    }
    last_words();
    scrap::clear();
    exit(code)
}

fn defect(lang: Lang, panic: &PanicHookInfo) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic.payload().downcast_ref::<&str>().copied();
    let why =
        text.or_else(|| panic.payload().downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let said = say!(
        "lỗi: chương trình ttht tự gặp lỗi, không phải do sổ hay người dùng; lệnh đã dừng, không tệp nào bị ghi dở\n\
         gợi ý: chạy “ttht check”; rồi gửi dòng dưới đây và lệnh vừa gõ cho người cung cấp ttht\n\
         ttht {version}, {place}: {why}\n",
        "error: this is a defect of ttht itself, not of your register; the command has stopped, and no file is half written\n\
         help: run “ttht check”; then send the line below and the command you typed to whoever provides ttht\n\
         ttht {version}, {place}: {why}\n",
        [version, place, why]
    );
    err(Ink::Plain(said.get(lang).as_bytes()));
    leave(DEFECT)
}

#[cfg(unix)]
mod signals {
    use super::{IS_LENT, leave};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    use signal_hook::iterator::Signals;
    use std::fs;
    use std::sync::atomic::Ordering;

    pub fn listen() {
        let wanted =
            [SIGINT, SIGQUIT, SIGTERM, SIGHUP].into_iter().filter(|signal| *signal != SIGHUP || !stays());
        // Without listening, a signal ends the program at once; what is left goes at the next run.
        let Ok(mut signals) = Signals::new(wanted) else { return };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                if ![SIGINT, SIGQUIT].contains(&signal) || !IS_LENT.load(Ordering::SeqCst) {
                    leave(128 + signal);
                }
            }
        });
    }

    /// True if the program is to stay when the terminal goes: `nohup` has it ignore that.
    fn stays() -> bool {
        let mask = |status: String| {
            let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
            u64::from_str_radix(mask.trim(), 16).ok()
        };
        let mask = fs::read_to_string("/proc/self/status").ok().and_then(mask).unwrap_or(0);
        mask & 1 == 1
    }
}

#[cfg(not(unix))]
mod signals {
    use super::{IS_LENT, leave};
    use std::sync::atomic::Ordering;

    pub fn listen() {
        // Without listening, Ctrl-C and a window that is closed end the program at once.
        let _ = ctrlc::set_handler(|| {
            if !IS_LENT.load(Ordering::SeqCst) {
                leave(130);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;
    use std::process::Command;

    /// Tells the child process of the test below where it is to fail.
    const FOLDER: &str = "TTHT_TEST_DEFECT";

    #[test]
    fn a_defect_is_told_and_leaves_nothing_half_written() {
        if let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) {
            prepare(Lang::En);
            let _half = scrap::made(|| fs::write(folder.join("half"), "").map(|()| folder.join("half")));
            before_the_end(move || fs::write(folder.join("draft"), "kept").unwrap_or_default());
            let thread = std::thread::spawn(|| panic!("no such \u{1b}[31mthing"));
            thread.join().unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let name = "cli::ending::tests::a_defect_is_told_and_leaves_nothing_half_written";
        let mut child = Command::new(std::env::current_exe().unwrap());
        let output =
            child.args(["--exact", name, "--nocapture"]).env(FOLDER, folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(DEFECT), "{said}");
        assert!(
            said.contains("error: this is a defect of ttht itself") && said.contains("src/cli/ending.rs:"),
            "{said}"
        );
        assert!(said.contains("no such ␛[31mthing"), "{said}");
        assert!(!folder.path().join("half").exists() && folder.path().join("draft").exists());
    }
}
