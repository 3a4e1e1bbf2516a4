//! The roof: arguments, the clock, printing, the exit code. It asks the desk for what is done.

mod add;
mod add_photo;
mod add_scheme;
mod alias;
mod argument;
mod ask;
mod at;
mod blank;
mod check;
mod completions;
mod diff;
mod drafts;
mod edit;
mod ending;
pub mod environment;
mod explain;
mod export;
mod fields;
mod fmt;
mod help;
mod import;
mod init;
mod list;
mod log;
mod man;
mod merge_centres;
mod merge_file;
mod options;
mod outcome;
mod output;
mod overview;
mod paths;
mod pdf;
mod printing;
mod reconcile;
mod report;
mod resolve;
mod save;
mod schema;
mod set;
mod share;
mod show;
mod summary;
mod sync;
mod undo;
mod values;
mod waiting;
mod window;

use crate::desk::error::{Error, Exit};
use crate::desk::{error, pick};
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::model::input::Speaker;
use crate::model::number::many;
use crate::model::register::Register;
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use crate::store::journal::{self, Found};
use crate::store::{self, Store};
use crate::toml::shipped;
use clap::ArgMatches;
pub use help::command;
use options::{DAY, FOLDER, NOTHING, Opt, bare, either, opt};
use printing::Ink;
use std::cell::RefCell;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A command: its row in the list.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The word on the command line.
    pub name: &'static str,
    /// What it does.
    pub about: Text,
    /// Its arguments and options, in the order of its help.
    pub options: fn() -> Vec<options::OptRow>,
    /// What stands below its help.
    pub after: fn() -> help::Below,
    /// Carries it out.
    pub run: fn(&Call, &ArgMatches) -> Result<Exit, Error>,
}

impl Command {
    /// A command with nothing below its help.
    pub const fn new(
        name: &'static str,
        about: Text,
        options: fn() -> Vec<options::OptRow>,
        run: fn(&Call, &ArgMatches) -> Result<Exit, Error>,
    ) -> Command {
        Command { name, about, options, after: || help::Below::Nothing, run }
    }
}

/// Every command, in the order of `--help`.
pub const COMMANDS: &[Command] = &[
    init::INIT,
    add::ADD_UNIT,
    add::ADD_CENTRE,
    add::ADD_CAMPAIGN,
    add::ADD_VISIT,
    add::ADD_STATEMENT,
    add_scheme::ADD_SCHEME,
    merge_centres::MERGE_CENTRES,
    add_photo::ADD_PHOTO,
    drafts::DRAFTS,
    set::SET,
    edit::EDIT,
    list::LIST,
    show::SHOW,
    log::LOG,
    save::SAVE,
    undo::UNDO,
    sync::SYNC,
    share::SHARE,
    resolve::RESOLVE,
    check::CHECK,
    diff::DIFF,
    fmt::FMT,
    explain::EXPLAIN,
    summary::SUMMARY,
    report::REPORT,
    reconcile::RECONCILE,
    export::EXPORT,
    blank::FORM,
    import::IMPORT,
    fields::FIELDS,
    schema::SCHEMA,
    merge_file::MERGE_FILE,
    values::VALUES,
    completions::COMPLETIONS,
    man::MAN,
    help::SHOWN,
];

/// What every command may use.
#[derive(Debug)]
pub struct Call {
    /// The language of all that is printed.
    pub lang: Lang,
    /// The day that counts as today.
    pub today: Day,
    /// True if notes are not wanted.
    pub quiet: bool,
    /// True if standard output takes colours.
    pub colour: bool,
    /// True if standard error takes colours.
    pub colour_notes: bool,
    /// The folder to look for the register in.
    pub start: PathBuf,
    /// True if the folder was named, so that no other one is looked for.
    pub named: bool,
    /// The files that this call has changed.
    changed: RefCell<Vec<String>>,
}

/// Runs the program on the arguments of this process. Returns its exit code.
pub fn run() -> u8 {
    let arguments: Vec<_> = env::args_os().collect();
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    if completions::answered(&words) {
        return Exit::Well as u8;
    }
    let lang = language(&words);
    ending::prepare(lang);
    let exit = dispatch(&arguments, lang).unwrap_or_else(|error| {
        complain(lang, &error);
        error.exit
    });
    printing::nothing_passes_any_more();
    window::keep(&words, lang);
    printing::wait_for_the_end();
    ending::last_words();
    exit as u8
}

fn dispatch(arguments: &[std::ffi::OsString], lang: Lang) -> Result<Exit, Error> {
    let mut command = help::command(lang);
    let help = command.render_help();
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            return help::show(&error.render()).map(|()| Exit::Well);
        }
        Err(error) => return Err(help::complaint(&error)),
    };
    let Some((name, below)) = matches.subcommand() else {
        let call = Call::new(&matches, lang)?;
        if call.named || store::find(&call.start).is_some() {
            return overview::show(&call);
        }
        printing::err(Ink::Drawn(&help.to_string()));
        return Ok(Exit::Use);
    };
    // The parser has refused one that is not in the list.
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else { return Ok(Exit::Use) };
    let call = Call::new(below, lang)?;
    waiting::watch(&call);
    (command.run)(&call, below)
}

/// How many columns a reader has: those of the terminal, also behind a pager, which people see at the same terminal; in a file
/// and in a script always as many.
fn columns() -> usize {
    let said = || env::var("COLUMNS").ok()?.parse().ok();
    let behind_a_pipe = || printing::err_columns().filter(|_| !printing::out_is_file());
    printing::out_columns().or_else(said).or_else(behind_a_pipe).unwrap_or(120)
}

/// Prints what stopped a command. Silent if there is nothing to say: a pipe that was closed.
fn complain(lang: Lang, error: &Error) {
    if error.message.is_empty() {
        return;
    }
    // Who stops has done nothing wrong.
    let word = if error.exit == Exit::Interrupted { t("chú ý", "note") } else { t("lỗi", "error") };
    let mut text = format!("{}: {}\n", word.get(lang), error.message.get(lang));
    if !error.help.is_empty() {
        text.push_str(&format!("{}: {}\n", t("gợi ý", "help").get(lang), error.help.get(lang)));
    }
    printing::err(Ink::Plain(text.as_bytes()));
}

/// The folder of the register.
const REGISTER_FOLDER: Opt<PathBuf> = opt(
    "register",
    FOLDER,
    "Thư mục của sổ (hoặc biến TTHT_REGISTER; không thì tìm ttht.toml từ đây trở lên)",
    "The folder of the register (or TTHT_REGISTER; default: the nearest folder upwards with ttht.toml)",
)
.short('C');
const LANG: Opt<String> = opt(
    "lang",
    either(t("vi|en", "vi|en"), || ["vi", "en"].map(bare).into()),
    "Ngôn ngữ (hoặc biến TTHT_LANG)",
    "Language (or TTHT_LANG)",
);
const TODAY: Opt<Day> = opt("today", DAY, "Lấy ngày này làm ngày hôm nay", "Use this date as today");
const COLOR: Opt<String> = opt(
    "color",
    either(t("auto|always|never", "auto|always|never"), || ["auto", "always", "never"].map(bare).into()),
    "Màu trên màn hình (theo biến NO_COLOR)",
    "Colours (obeys NO_COLOR)",
);
const QUIET: Opt<bool> =
    opt("quiet", NOTHING, "Không hiện ghi chú, lời nhắn", "Do not print notes").short('q');
const NO_INPUT: Opt<bool> = opt("no-input", NOTHING, "Không bao giờ hỏi", "Never ask questions");

/// The options that every command has.
const GLOBAL: &[options::OptRow] =
    &[REGISTER_FOLDER.row, LANG.row, TODAY.row, COLOR.row, QUIET.row, NO_INPUT.row];

/// The folder of the register that is meant: the one that is named, that of the environment, or the nearest upwards.
fn meant_root(named: Option<&str>) -> Option<PathBuf> {
    let named = named.map(PathBuf::from).or_else(|| env::var_os("TTHT_REGISTER").map(PathBuf::from));
    named.or_else(|| store::find(&env::current_dir().ok()?))
}

/// The language: the flag, the environment, the register, the system; Vietnamese by default.
fn language(words: &[String]) -> Lang {
    let flag = |long: &str, short: Option<&str>| {
        words
            .iter()
            .enumerate()
            .find_map(|(at, word)| match word.strip_prefix(long)?.strip_prefix('=') {
                Some(value) => Some(value.to_owned()),
                None if word == long => words.get(at + 1).cloned(),
                None => None,
            })
            .or_else(|| words.get(words.iter().position(|word| Some(word.as_str()) == short)? + 1).cloned())
    };
    let known = |word: String| Lang::of(&word);
    let register = || store::language(&meant_root(flag("--register", Some("-C")).as_deref())?);
    flag("--lang", None)
        .and_then(known)
        .or_else(|| env::var("TTHT_LANG").ok().and_then(known))
        .or_else(register)
        .or_else(|| sys_locale::get_locale().and_then(known))
        .unwrap_or_default()
}

impl Call {
    fn new(matches: &ArgMatches, lang: Lang) -> Result<Call, Error> {
        let today = TODAY.get(matches).copied().unwrap_or_else(Day::today);
        let colours = |taken: fn() -> bool| match COLOR.text(matches) {
            Some("always") => {
                printing::understands_colours();
                true
            }
            Some("never") => false,
            _ => taken(),
        };
        let colour = colours(printing::out_takes_colours);
        let colour_notes = colours(printing::err_takes_colours);
        let folder = REGISTER_FOLDER.get(matches).cloned();
        let folder = folder.or_else(|| env::var_os("TTHT_REGISTER").map(PathBuf::from));
        let named = folder.is_some();
        let start = match folder {
            Some(folder) => folder,
            None => env::current_dir().map_err(|error| Error::io(Path::new("."), &error))?,
        };
        let (quiet, changed) = (QUIET.given(matches), RefCell::default());
        Ok(Call { lang, today, quiet, colour, colour_notes, start, named, changed })
    }

    /// Who types for a register.
    pub fn speaker<'s>(&self, store: &'s Store) -> Speaker<'s> {
        Speaker::new(self.lang, self.today, &store.register)
    }

    /// The folder of the register. If a change of it was cut off, it is finished first.
    pub fn root(&self) -> Result<PathBuf, Error> {
        let root = self.folder()?;
        self.finish_what_was_cut_off(&root);
        Ok(root)
    }

    /// Finishes a change of a register that was cut off, and says so.
    pub fn finish_what_was_cut_off(&self, root: &Path) {
        match journal::look(root).map_err(Error::from) {
            Ok(Found::Nothing) => {}
            Ok(Found::Made(n)) => self.warn(&say!(
                "chú ý: lần ghi trước bị ngắt giữa chừng; nay đã ghi nốt ({files})",
                "note: an earlier change had been cut off; it is finished now ({files})",
                [files = many(n, "tệp", "file")]
            )),
            Ok(Found::TakenBack) => self.warn(&say!(
                "chú ý: lần ghi trước bị ngắt giữa chừng, sau đó tệp lại bị sửa; đã trả lại như cũ; chạy lại lệnh ấy",
                "note: an earlier change had been cut off and a file has been changed since; it was taken back, run that command again"
            )),
            Err(Error { message, help, .. }) => self.warn(&say!(
                "chú ý: lần ghi trước bị ngắt giữa chừng và chưa ghi nốt được: {message}; {help}",
                "note: an earlier change was cut off and cannot be finished: {message}; {help}",
                [message, help]
            )),
        }
    }

    fn folder(&self) -> Result<PathBuf, Error> {
        let found = if self.named {
            Some(self.start.clone()).filter(|folder| store::is_register(folder))
        } else {
            store::find(&self.start)
        };
        found.ok_or_else(|| {
            let folder = self.start.as_path();
            Error::nothing(
                say!(
                    "không có sổ nào ở {folder} (không thấy ttht.toml)",
                    "there is no register in {folder} (no ttht.toml)",
                    [folder]
                ),
                say!(
                    "vào thư mục của sổ, dùng -C THƯ_MỤC, hoặc lập sổ mới: ttht init",
                    "go to its folder, use -C DIR, or make one: ttht init",
                ),
            )
        })
    }

    /// The open register.
    pub fn store(&self) -> Result<Store, Error> {
        Ok(Store::open(&self.root()?)?)
    }

    /// Where names are looked up for what may lie anywhere: the register that is around, else what comes with the program.
    pub fn names(&self) -> Arc<Register> {
        let root = if self.named { Some(self.start.clone()) } else { store::find(&self.start) };
        let store = root.and_then(|root| Store::open(&root).ok());
        store.map_or_else(|| Arc::new(shipped::register()), |store| store.register)
    }

    /// Prints to standard output what was asked for, and nothing else.
    pub fn print(&self, what: impl AsRef<[u8]>) -> Result<(), Error> {
        printing::out(Ink::Plain(what.as_ref())).map_err(|error| self.after_changes(error))
    }

    /// The same for what was drawn here, with colours.
    pub fn print_drawn(&self, what: &str) -> Result<(), Error> {
        printing::out(Ink::Drawn(what)).map_err(|error| self.after_changes(error))
    }

    /// Notes files that were written, so that they are told also where they can no longer be printed.
    pub fn has_changed(&self, files: impl IntoIterator<Item = String>) {
        self.changed.borrow_mut().extend(files);
    }

    /// True once this call has changed a file.
    pub fn has_written(&self) -> bool {
        !self.changed.borrow().is_empty()
    }

    /// A refusal of standard output, with what was written before.
    fn after_changes(&self, error: Error) -> Error {
        let files = self.changed.borrow();
        if files.is_empty() {
            return error;
        }
        let (n, first) = (many(files.len(), "tệp", "file"), files[..files.len().min(3)].join(", "));
        let more = if files.len() > 3 { ", …" } else { "" };
        let said = say!("đã ghi {n}: {first}{more}", "{n} written: {first}{more}", [n, first, more]);
        if error.message.is_empty() {
            self.warn(&said);
        }
        Error { help: said, ..error }
    }

    /// Prints a note to standard error, unless notes are not wanted.
    pub fn tell(&self, note: &Said) {
        if !self.quiet {
            self.warn(note);
        }
    }

    /// Prints to standard error what must not be missed.
    pub fn warn(&self, note: &Said) {
        printing::err(Ink::Plain(format!("{}\n", note.get(self.lang)).as_bytes()));
    }

    /// How wide the lines may be.
    pub fn width(&self) -> usize {
        columns().clamp(40, 400)
    }

    /// Says how many files a table could use only in part. Returns the exit code for that.
    pub fn not_whole(&self, faults: &[Fault]) -> Exit {
        let mut files: Vec<&str> =
            faults.iter().filter(|f| f.severity == Severity::Error).map(|f| f.file.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        let Some(first) = files.first() else { return Exit::Well };
        let n = files.len();
        self.warn(&say!(
            "chú ý: {n} tệp có lỗi ({first}…); số liệu sai không được tính; xem: ttht check",
            "note: {n} files have errors ({first}…); the wrong values are not counted; see: ttht check",
            [n, first]
        ));
        Exit::Faults
    }
}
