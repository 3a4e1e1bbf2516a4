//! The roof: arguments, the clock, printing, the exit code. It alone joins the rooms: load, check, summarise, draw.

mod add;
mod ask;
mod check;
mod completions;
mod edit;
mod explain;
mod export;
mod fields;
mod fix;
mod fmt;
mod git;
mod help;
mod import;
mod init;
mod list;
mod output;
mod save;
mod set;
mod show;
mod summary;

use crate::desk::error::{Error, Exit};
use crate::desk::{error, pick};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::{Fault, Severity};
use crate::model::text::{Lang, Said, Text, printable, t};
use crate::say;
use crate::store::{self, OpenError, Store, write};
use anstream::{AutoStream, ColorChoice};
use clap::{Arg, ArgAction, ArgMatches};
use help::tr;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// A command: its row in the list.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// The word on the command line.
    pub name: &'static str,
    /// What it does.
    pub about: Text,
    /// Its arguments.
    pub args: fn(clap::Command, Lang) -> clap::Command,
    /// Carries it out.
    pub run: fn(&Cx, &ArgMatches) -> Result<Exit, Error>,
}

/// Every command, in the order of `--help`.
pub const COMMANDS: &[Command] = &[
    init::INIT,
    add::ADD_UNIT,
    add::ADD_CENTRE,
    add::ADD_CAMPAIGN,
    add::ADD_VISIT,
    set::SET,
    edit::EDIT,
    list::LIST,
    show::SHOW,
    check::CHECK,
    fmt::FMT,
    explain::EXPLAIN,
    summary::SUMMARY,
    export::EXPORT,
    import::IMPORT,
    fields::FIELDS,
    completions::COMPLETIONS,
];

/// What every command may use.
#[derive(Debug)]
pub struct Cx {
    /// The language of all that is printed.
    pub lang: Lang,
    /// The day that counts as today.
    pub today: Day,
    /// True where notes are not wanted.
    pub quiet: bool,
    /// True where standard output takes colours.
    pub colour: bool,
    /// The folder to look for the register in.
    pub start: PathBuf,
    /// True where the folder was named, so that no other one is looked for.
    pub named: bool,
}

/// Runs the program on the arguments of this process. Returns its exit code.
pub fn run() -> u8 {
    let arguments: Vec<_> = env::args_os().collect();
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let lang = language(&words);
    match dispatch(&arguments, lang) {
        Ok(exit) => exit as u8,
        Err(error) => {
            complain(lang, &error);
            error.exit as u8
        }
    }
}

fn dispatch(arguments: &[std::ffi::OsString], lang: Lang) -> Result<Exit, Error> {
    let mut command = help::localise(command(lang), lang);
    help::localise_usage(&mut command, lang);
    if arguments.len() < 2 {
        // Nobody is left to tell where this fails.
        let _ = write!(io::stderr(), "{}", command.render_help());
        return Ok(Exit::Use);
    }
    let matches = match command.clone().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) if !error.use_stderr() => {
            let text = error.render();
            let choice = AutoStream::choice(&io::stdout());
            let mut out = AutoStream::new(io::stdout().lock(), choice);
            let written = write!(out, "{}", text.ansi()).and_then(|()| out.flush());
            return written.map(|()| Exit::Well).map_err(|error| Error::io(Path::new("stdout"), &error));
        }
        Err(error) => return Err(help::complaint(&error, &command)),
    };
    let Some((name, below)) = matches.subcommand() else {
        return Err(Error::wrong_use(
            say!("thiếu tên lệnh", "the command is missing"),
            say!("xem: ttht --help", "see: ttht --help"),
        ));
    };
    let cx = Cx::new(below, lang)?;
    let row = COMMANDS.iter().find(|command| command.name == name);
    row.map_or(Ok(Exit::Use), |command| (command.run)(&cx, below))
}

/// Prints what stopped a command. Silent where nothing is to be said: a pipe that was closed.
fn complain(lang: Lang, error: &Error) {
    if error.message.is_empty() {
        return;
    }
    let mut text = format!("{}: {}\n", tr(lang, "lỗi", "error"), error.message.get(lang));
    if !error.help.is_empty() {
        text.push_str(&format!("{}: {}\n", tr(lang, "gợi ý", "help"), error.help.get(lang)));
    }
    // Nobody is left to tell where this fails.
    let _ = io::stderr().write_all(printable(&text).as_bytes());
}

/// The whole command line, in a language.
pub fn command(lang: Lang) -> clap::Command {
    let about = t(
        "Sổ kiểm tra các trung tâm học tập cộng đồng (TTHTCĐ): ghi, kiểm, tổng hợp.",
        "Records of community learning centres and their inspection: keep, check, sum up.",
    );
    let mut command = clap::Command::new("ttht")
        .about(about.get(lang))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .after_help(tr(
            lang,
            "Bắt đầu: ttht init uong-bi --from-example, rồi cd uong-bi và ttht summary activity --year 2016-2017.",
            "To begin: ttht init uong-bi --from-example, then cd uong-bi and ttht summary activity --year 2016-2017.",
        ));
    command =
        command.arg(Arg::new("version").short('V').long("version").action(ArgAction::Version).help(tr(
            lang,
            "Xem phiên bản",
            "Show the version",
        )));
    for row in COMMANDS {
        let sub = clap::Command::new(row.name).about(row.about.get(lang));
        command = command.subcommand((row.args)(sub, lang));
    }
    command.args(global(lang).into_iter().map(|arg| arg.global(true)))
}

/// The options that every command has.
fn global(lang: Lang) -> Vec<Arg> {
    let heading = tr(lang, "Tuỳ chọn chung", "Global options");
    let value = |name: &'static str, key: &'static str, help: &'static str| {
        Arg::new(key).long(key).value_name(name).help(help).help_heading(heading)
    };
    vec![
        value(
            tr(lang, "THƯ_MỤC", "DIR"),
            "register",
            tr(
                lang,
                "Thư mục của sổ (hoặc biến TTHT_REGISTER; không thì tìm ttht.toml từ đây trở lên)",
                "The folder of the register (or TTHT_REGISTER; else the nearest ttht.toml upwards)",
            ),
        )
        .short('C')
        .value_parser(clap::value_parser!(PathBuf)),
        value("vi|en", "lang", tr(lang, "Ngôn ngữ (hoặc biến TTHT_LANG)", "Language (or TTHT_LANG)"))
            .value_parser(["vi", "en"]),
        value(
            tr(lang, "NGÀY", "DATE"),
            "today",
            tr(lang, "Ngày coi là hôm nay", "The day that counts as today"),
        ),
        value("auto|always|never", "color", tr(lang, "Tô màu (theo NO_COLOR)", "Colours (obeys NO_COLOR)"))
            .value_parser(["auto", "always", "never"]),
        Arg::new("quiet")
            .short('q')
            .long("quiet")
            .action(ArgAction::SetTrue)
            .help(tr(lang, "Không in lời nhắn", "Print no notes"))
            .help_heading(heading),
        Arg::new("no-input")
            .long("no-input")
            .action(ArgAction::SetTrue)
            .help(tr(lang, "Không bao giờ hỏi", "Never ask"))
            .help_heading(heading),
    ]
}

/// The language: the flag, the environment, the register, the system; Vietnamese where nobody says anything.
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
    let register = || {
        let start = flag("--register", Some("-C")).or_else(|| env::var("TTHT_REGISTER").ok());
        let root = match start {
            Some(folder) => PathBuf::from(folder),
            None => store::find(&env::current_dir().ok()?)?,
        };
        store::language(&root)
    };
    flag("--lang", None)
        .and_then(known)
        .or_else(|| env::var("TTHT_LANG").ok().and_then(known))
        .or_else(register)
        .or_else(|| sys_locale::get_locale().and_then(known))
        .unwrap_or_default()
}

impl Cx {
    fn new(matches: &ArgMatches, lang: Lang) -> Result<Cx, Error> {
        let today = match matches.get_one::<String>("today") {
            None => Day::today(),
            Some(typed) => Day::parse_typed(typed).ok_or_else(|| {
                Error::wrong_use(
                    say!("“{typed}” không phải là ngày", "“{typed}” is not a date"),
                    say!("gõ như 2016-10-27 hoặc 27/10/2016", "type like 2016-10-27"),
                )
            })?,
        };
        let colour = match matches.get_one::<String>("color").map(String::as_str) {
            Some("always") => true,
            Some("never") => false,
            _ => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        };
        let folder = matches
            .get_one::<PathBuf>("register")
            .cloned()
            .or_else(|| env::var_os("TTHT_REGISTER").map(PathBuf::from));
        let named = folder.is_some();
        let start = match folder {
            Some(folder) => folder,
            None => env::current_dir().map_err(|error| Error::io(Path::new("."), &error))?,
        };
        Ok(Cx { lang, today, quiet: matches.get_flag("quiet"), colour, start, named })
    }

    /// The folder of the register.
    pub fn root(&self) -> Result<PathBuf, Error> {
        let found = if self.named {
            Some(self.start.clone()).filter(|folder| folder.join(RecordKind::Register.path()).is_file())
        } else {
            store::find(&self.start)
        };
        found.ok_or_else(|| {
            let folder = self.start.display();
            Error::nothing(
                say!(
                    "không có sổ nào ở {folder} (không thấy ttht.toml)",
                    "there is no register in {folder} (no ttht.toml)"
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
        let root = self.root()?;
        Store::open(&root).map_err(refused)
    }

    /// Prints to standard output what was asked for, and nothing else.
    pub fn print(&self, bytes: &[u8]) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|error| Error::io(Path::new("stdout"), &error))
    }

    /// Writes what was asked for to a file in one step, or prints it.
    pub fn put(&self, bytes: &[u8], file: Option<&Path>) -> Result<(), Error> {
        match file {
            None => self.print(bytes),
            Some(file) => write::replace(file, bytes).map_err(|error| Error::io(file, &error)),
        }
    }

    /// Tells a note on standard error, unless notes are not wanted.
    pub fn tell(&self, note: &Said) {
        if !self.quiet {
            self.warn(note);
        }
    }

    /// Tells on standard error what must not be missed.
    pub fn warn(&self, note: &Said) {
        // Nobody is left to tell where this fails.
        let _ = writeln!(io::stderr(), "{}", printable(note.get(self.lang)));
    }

    /// How wide the lines may be.
    pub fn width(&self) -> usize {
        let columns = || env::var("COLUMNS").ok()?.parse().ok();
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let terminal = if io::stdout().is_terminal() { terminal() } else { None };
        terminal.or_else(columns).unwrap_or(120).clamp(40, 400)
    }

    /// Says how many files a table could not use whole. Returns the exit code that this means.
    pub fn not_whole(&self, faults: &[Fault]) -> Exit {
        let mut files: Vec<&str> =
            faults.iter().filter(|f| f.severity == Severity::Error).map(|f| f.file.as_str()).collect();
        files.sort_unstable();
        files.dedup();
        let Some(first) = files.first() else { return Exit::Well };
        let n = files.len();
        self.warn(&say!(
            "chú ý: số tệp có lỗi: {n} ({first}…); số liệu sai không được tính; xem: ttht check",
            "note: files with faults: {n} ({first}…); what is faulty is not counted; see: ttht check",
        ));
        Exit::Faults
    }
}

/// Why a register cannot be opened, as an end of the program.
fn refused(error: OpenError) -> Error {
    match error {
        OpenError::Missing => Error::nothing(
            say!("không có sổ nào ở đây (không thấy ttht.toml)", "there is no register here (no ttht.toml)"),
            say!("lập sổ mới: ttht init", "make one: ttht init"),
        ),
        OpenError::Newer(format) => Error {
            exit: Exit::Io,
            message: say!(
                "sổ này ở định dạng {format}, mới hơn chương trình này biết",
                "this register has format {format}, newer than this program knows",
            ),
            help: say!(
                "cài phiên bản ttht mới hơn; sổ không bị thay đổi",
                "install a newer ttht; the register was not touched"
            ),
        },
        OpenError::Io(path, error) => Error::io(&path, &error),
    }
}
