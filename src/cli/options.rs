//! Options and arguments of commands: a row each, which gives the parser, the help, completion and the value in `run`.
//!
//! A row says what the option takes ([`Takes`]): what its value is called, how it is read and what a shell can complete
//! follow from that, and so does the type that [`Opt::get`] returns.

use super::alias::{self, Aliases};
use super::argument;
use super::error::Error;
use crate::desk::offered::{Completion, Offer};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::field::{Field, Form, Kind, Refers};
use crate::model::input::only_day;
use crate::model::period::Period;
use crate::model::spoken;
use crate::model::text::{Lang, Said, Text, t};
use crate::model::vietnamese::slug;
use crate::say;
use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser, ValueParser};
use clap::{Arg, ArgAction, ArgMatches};
use std::ffi::OsStr;
use std::marker::PhantomData;
use std::path::PathBuf;

/// An option or an argument of a command, whose value is a `T`.
#[derive(Debug)]
pub struct Opt<T> {
    /// Its row among those of the command.
    pub row: OptRow,
    value: PhantomData<fn() -> T>,
}

/// The row of an option, or of an argument, which is known by its place.
#[derive(Clone, Copy, Debug)]
pub struct OptRow {
    /// Its word: `--dry-run` has `dry-run`.
    pub name: &'static str,
    /// True for an argument.
    pub argument: bool,
    required: bool,
    many: bool,
    short: Option<char>,
    value: Taken,
    help: Text,
    also: fn(Arg) -> Arg,
}

/// The words that an option may have, each with what it is for, which may be empty.
type Offered = fn() -> Vec<(String, Said)>;

/// What an option takes, which is read as a `T`.
#[derive(Debug)]
pub struct Takes<T>(Taken, PhantomData<fn() -> T>);

#[derive(Clone, Copy, Debug)]
struct Taken {
    /// What it is called; empty if there is none.
    called: Text,
    /// How it is read, unless it is one of some words.
    parser: fn(Lang) -> ValueParser,
    words: Option<Offered>,
    /// True if the help lists the words.
    listed: bool,
    /// What the words are called in Vietnamese.
    aliases: Aliases,
    /// True if any other text may be given as well.
    open: bool,
    /// The cells of a row of a record, which the help lists.
    cells: &'static [Field],
    /// What a shell completes it with, other than words.
    completion: Completion,
}

const fn takes<T>(called: Text, parser: fn(Lang) -> ValueParser) -> Takes<T> {
    let value = Taken {
        called,
        parser,
        words: None,
        listed: true,
        aliases: &[],
        open: false,
        cells: &[],
        completion: Completion::Nothing,
    };
    Takes(value, PhantomData)
}

const fn path(called: Text, completion: Completion) -> Takes<PathBuf> {
    takes(called, |_| argument::parser()).completed(completion)
}

impl<T> Takes<T> {
    /// The same, which a shell completes with what is known.
    pub const fn completed(mut self, completion: Completion) -> Takes<T> {
        self.0.completion = completion;
        self
    }
}

/// A text with this name.
pub const fn text(called: Text) -> Takes<String> {
    takes(called, |_| ValueParser::string())
}

/// Nothing: the option is given or not.
pub const NOTHING: Takes<bool> = takes(t("", ""), |_| ValueParser::bool());
/// Any text.
pub const TEXT: Takes<String> = text(t("GIÁ_TRỊ", "VALUE"));
/// A key and its value: `context.population=8521`.
pub const PAIR: Takes<String> = text(t("MỤC=GIÁ_TRỊ", "KEY=VALUE")).completed(Completion::Pair);
/// The code of a fault.
pub const CODE: Takes<String> = text(t("MÃ", "CODE")).completed(Completion::Code);
/// The id of a record of any kind.
pub const ANY_ID: Takes<String> = text(t("MÃ", "ID")).completed(Completion::Record);
/// A whole number.
pub const NUMBER: Takes<usize> = takes(t("N", "N"), |_| ValueParser::new(number));
/// A day.
pub const DAY: Takes<Day> =
    takes(t("NGÀY", "DATE"), |lang| ValueParser::new(move |typed: &str| day(typed, lang)));
/// A day; none for `recorded`.
pub const DAY_OR_RECORDED: Takes<Option<Day>> = takes(t("recorded|NGÀY", "recorded|DATE"), |lang| {
    ValueParser::new(move |typed: &str| unless("recorded", typed, |typed| day(typed, lang)))
})
.completed(Completion::Word("recorded"));
/// A period.
pub const PERIOD: Takes<Period> =
    takes(t("KỲ", "PERIOD"), |_| ValueParser::new(period)).completed(Completion::Period(&[]));
/// A period; none for `previous`.
pub const PERIOD_OR_PREVIOUS: Takes<Option<Period>> = takes(t("previous|KỲ", "previous|PERIOD"), |_| {
    ValueParser::new(|typed: &str| unless("previous", typed, period))
})
.completed(Completion::Period(&["previous"]));
/// A file.
pub const FILE: Takes<PathBuf> = path(t("TỆP", "FILE"), Completion::File(Vec::new));
/// A folder.
pub const FOLDER: Takes<PathBuf> = path(t("THƯ_MỤC", "DIR"), Completion::Folder);
/// A file or a folder.
pub const PATH: Takes<PathBuf> = path(t("TỆP", "PATH"), Completion::File(Vec::new));

/// The same for what is going to be written.
pub const fn to_make(mut takes: Takes<PathBuf>) -> Takes<PathBuf> {
    takes.0.parser = |_| argument::parser_of_new();
    takes
}

/// The id of a record of one kind, or a part of it.
pub const fn id(refers: Refers) -> Takes<String> {
    text(match refers {
        Refers::Unit => t("XÃ_PHƯỜNG", "UNIT"),
        Refers::Centre => t("TRUNG_TÂM", "CENTRE"),
        Refers::Campaign => t("ĐỢT", "CAMPAIGN"),
        Refers::Visit => t("LẦN_KIỂM_TRA", "VISIT"),
        Refers::Scheme | Refers::RatingScheme => t("THANG", "SCHEME"),
        Refers::TargetSet => t("BỘ_CHỈ_TIÊU", "TARGETS"),
        Refers::Area => t("HUYỆN_CŨ", "AREA"),
        Refers::Statement => t("SỐ_LIỆU", "STATEMENT"),
    })
    .completed(Completion::Id(refers))
}

/// One of some words, which the help lists.
pub const fn one_of(called: Text, words: Offered) -> Takes<String> {
    let mut takes = text(called);
    takes.0.words = Some(words);
    takes
}

/// One of some words, which the help lists, or another text.
pub const fn suggested(called: Text, words: Offered) -> Takes<String> {
    let mut takes = one_of(called, words);
    takes.0.open = true;
    takes
}

/// One of a few words, which its name spells out, or which are listed elsewhere.
pub const fn either(called: Text, words: Offered) -> Takes<String> {
    let mut takes = one_of(called, words);
    takes.0.listed = false;
    takes
}

/// The same words by their Vietnamese names, too.
pub const fn called_too(mut takes: Takes<String>, aliases: Aliases) -> Takes<String> {
    takes.0.aliases = aliases;
    takes
}

/// The value of a key of a record, as people type it.
const fn typed(field: &Field) -> Takes<String> {
    match field.kind {
        Kind::Rows(cells) | Kind::Inline(cells) => {
            let mut takes = text(t("DÒNG", "ROW"));
            takes.0.cells = cells;
            takes
        }
        Kind::Day | Kind::Date => text(DAY.0.called),
        Kind::Time => text(t("GIỜ", "TIME")),
        Kind::Bool => text(t("CÓ|KHÔNG", "YES|NO")).completed(Completion::Value(field.kind)),
        Kind::Id(refers) => id(refers),
        _ => TEXT.completed(Completion::Value(field.kind)),
    }
}

/// An option: its name, what it takes, and what it is for, in both languages.
pub const fn opt<T>(name: &'static str, takes: Takes<T>, vi: &'static str, en: &'static str) -> Opt<T> {
    let row = OptRow {
        name,
        argument: false,
        required: false,
        many: false,
        short: None,
        value: takes.0,
        help: t(vi, en),
        also: |arg| arg,
    };
    Opt { row, value: PhantomData }
}

/// An argument, which may be left out.
pub const fn arg<T>(name: &'static str, takes: Takes<T>, vi: &'static str, en: &'static str) -> Opt<T> {
    let mut opt = opt(name, takes, vi, en);
    opt.row.argument = true;
    opt
}

/// The option that gives a top key of a record. None for a section: its keys are given one by one.
pub fn of_field(field: &'static Field) -> Option<Opt<String>> {
    let many = matches!(field.kind, Kind::Rows(_) | Kind::Inline(_) | Kind::List(_));
    let mut opt = opt(field.key, typed(field), field.label.vi, field.label.en);
    opt.row.many = many;
    (many || field.kind.is_scalar()).then_some(opt)
}

impl<T> Opt<T> {
    /// With a letter.
    pub const fn short(mut self, letter: char) -> Opt<T> {
        self.row.short = Some(letter);
        self
    }

    /// With another name for its value.
    pub const fn called(mut self, vi: &'static str, en: &'static str) -> Opt<T> {
        self.row.value.called = t(vi, en);
        self
    }

    /// Completed with something else.
    pub const fn completed(mut self, completion: Completion) -> Opt<T> {
        self.row.value.completion = completion;
        self
    }

    /// With another help.
    pub const fn help(mut self, vi: &'static str, en: &'static str) -> Opt<T> {
        self.row.help = t(vi, en);
        self
    }

    /// An argument that must be given.
    pub const fn required(mut self) -> Opt<T> {
        self.row.required = true;
        self
    }

    /// Any number of values.
    pub const fn many(mut self) -> Opt<T> {
        self.row.many = true;
        self
    }

    /// With what only this option needs from the parser.
    pub const fn also(mut self, also: fn(Arg) -> Arg) -> Opt<T> {
        self.row.also = also;
        self
    }
}

impl<T: Clone + Send + Sync + 'static> Opt<T> {
    /// The value; `None` if it is not given.
    pub fn get<'m>(&self, matches: &'m ArgMatches) -> Option<&'m T> {
        self.all(matches).next()
    }

    /// Every value.
    pub fn all<'m>(&self, matches: &'m ArgMatches) -> impl Iterator<Item = &'m T> + use<'m, T> {
        let found = matches.try_get_many(self.row.name);
        debug_assert!(found.is_ok(), "--{} is not among the options of this command", self.row.name);
        found.ok().flatten().into_iter().flatten()
    }
}

impl Opt<PathBuf> {
    /// The files that are meant. The shells of Windows leave `*.xlsx` as it is typed, and no file there has such a name.
    pub fn files(&self, matches: &ArgMatches) -> Result<Vec<PathBuf>, Error> {
        let files = self.all(matches).map(|path| match path.to_str() {
            Some(typed) if cfg!(windows) && typed.contains(['*', '?']) => argument::like(typed),
            _ => Ok(vec![path.clone()]),
        });
        Ok(files.collect::<Result<Vec<_>, _>>()?.concat())
    }
}

impl Opt<bool> {
    /// True if it is given.
    pub fn given(&self, matches: &ArgMatches) -> bool {
        self.get(matches) == Some(&true)
    }
}

impl Opt<String> {
    /// The text; `None` if it is not given.
    pub fn text<'m>(&self, matches: &'m ArgMatches) -> Option<&'m str> {
        self.get(matches).map(String::as_str)
    }

    /// The row of a list that has the given word as its name.
    pub fn among<R>(
        &self,
        matches: &ArgMatches,
        rows: &'static [R],
        name: fn(&R) -> &str,
    ) -> Option<&'static R> {
        let word = self.text(matches)?;
        rows.iter().find(|row| name(row) == word)
    }
}

impl OptRow {
    /// The argument for the parser, in the language of the call. `at` is its place in the help.
    pub fn parsed(&self, at: usize, heading: Text, lang: Lang) -> Arg {
        let mut arg = Arg::new(self.name)
            .help(self.help(lang))
            .help_heading(heading.get(lang))
            .display_order(at)
            .required(self.required);
        if !self.argument {
            arg = arg.long(self.name.replace('_', "-"));
        }
        if let Some(letter) = self.short {
            arg = arg.short(letter);
        }
        if self.many {
            arg = arg.action(ArgAction::Append).num_args(1..=if self.argument { usize::MAX } else { 1 });
        }
        (self.also)(match self.value.called.en {
            "" => arg.action(ArgAction::SetTrue),
            _ => arg
                .value_name(self.value.called.get(lang))
                .value_parser(self.value.parser(lang))
                .hide_possible_values(true),
        })
    }

    /// An argument as the usage of its command shows it: `<ID>`, `[PATH]...`.
    pub fn usage(&self, lang: Lang) -> String {
        let (called, more) = (self.value.called.get(lang), if self.many { "..." } else { "" });
        if self.required { format!("<{called}>{more}") } else { format!("[{called}]{more}") }
    }

    /// True if a value follows it.
    pub fn takes_value(&self) -> bool {
        !self.value.called.en.is_empty()
    }

    /// What completes its value, other than words.
    pub fn completion(&self) -> Completion {
        self.value.completion
    }

    /// The words that complete its value; with what they are called in Vietnamese, if these are wanted.
    pub fn words(&self, with_names: bool) -> Vec<Offer> {
        let words = self.value.words.map(|words| words()).unwrap_or_default();
        let names = |word: &str| alias::of(self.value.aliases, word).map(slug).filter(|_| with_names);
        let offer = |(word, about): (String, Said)| {
            let names: Vec<Offer> = names(&word).map(|name| Offer::new(name, about.clone())).collect();
            [Offer::new(word, about)].into_iter().chain(names)
        };
        words.into_iter().flat_map(offer).collect()
    }

    /// How it is written: `--dry-run`, and its letter.
    pub fn flag(&self) -> (String, Option<char>) {
        (format!("--{}", self.name.replace('_', "-")), self.short)
    }

    /// What it is for.
    pub fn about(&self) -> Text {
        self.help
    }

    /// True if any number of values follow it.
    pub fn is_many(&self) -> bool {
        self.many
    }

    fn help(&self, lang: Lang) -> String {
        let (help, listed) = (self.help.get(lang), self.value.listed(lang));
        let colon = if help.is_empty() || listed.is_empty() { "" } else { ": " };
        format!("{help}{colon}{listed}")
    }
}

impl Taken {
    fn parser(&self, lang: Lang) -> ValueParser {
        let possible = |(word, about): (String, Said)| match about.get(lang) {
            "" => PossibleValue::new(word),
            about => PossibleValue::new(word).help(about.to_owned()),
        };
        match self.words {
            Some(words) => {
                let words = words();
                let names = |word: &str| alias::of(self.aliases, word).map(slug).map(PossibleValue::new);
                let also: Vec<PossibleValue> = match lang {
                    Lang::Vi => words.iter().flat_map(|(word, _)| names(word)).collect(),
                    Lang::En => Vec::new(),
                };
                let known = PossibleValuesParser::new(words.into_iter().map(possible).chain(also));
                Words { known, aliases: self.aliases, open: self.open }.into()
            }
            None => (self.parser)(lang),
        }
    }

    /// The words: `csv (columns set apart by commas), …`, or the cells: `"Name;Role"`.
    fn listed(&self, lang: Lang) -> String {
        let word = |(word, about): (String, Said)| match about.get(lang) {
            "" => word,
            about => format!("{word} ({about})"),
        };
        let cells: Vec<&str> = self.cells.iter().map(|cell| cell.label.get(lang)).collect();
        match self.words.filter(|_| self.listed) {
            Some(words) => words().into_iter().map(word).collect::<Vec<_>>().join(", "),
            None if cells.is_empty() => String::new(),
            None => format!("\"{}\"", cells.join(";")),
        }
    }
}

/// Takes some words, by whichever of their names; any other text, too, if that is open.
#[derive(Clone)]
struct Words {
    known: PossibleValuesParser,
    aliases: Aliases,
    open: bool,
}

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&Arg>,
        typed: &OsStr,
    ) -> Result<String, clap::Error> {
        match typed.to_str().and_then(|typed| alias::meant(self.aliases, typed)) {
            Some(word) => Ok(word.to_owned()),
            None if self.open => StringValueParser::new().parse_ref(command, arg, typed),
            None => self.known.parse_ref(command, arg, typed),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.known.possible_values()
    }
}

/// A word that needs no explanation.
pub fn bare(word: impl Into<String>) -> (String, Said) {
    (word.into(), Said::default())
}

fn number(typed: &str) -> Result<usize, Error> {
    let message = say!("“{typed}” không phải là số nguyên", "“{typed}” is not a whole number", [typed]);
    typed.parse().map_err(|_| Error::wrong_use(message, say!("gõ như 10", "type a number such as 10")))
}

/// A day, as people type it; one that can be read in two ways is refused.
pub fn day(typed: &str, lang: Lang) -> Result<Day, Error> {
    let message = say!("“{typed}” không phải là ngày", "“{typed}” is not a date", [typed]);
    let help = say!("gõ như 27/10/2016 hoặc 2016-10-27", "type a date such as 2016-10-27");
    let day = Day::parse_typed(typed).ok_or_else(|| Error::wrong_use(message, help))?;
    only_day(typed, day, lang).map_err(|message| Error::wrong_use(message, Said::default()))
}

fn period(typed: &str) -> Result<Period, Error> {
    let message = say!("“{typed}” không phải là kỳ số liệu", "“{typed}” is not a period", [typed]);
    let help = say!("gõ {how}", "type {how}", [how = Form::Period.how()]);
    spoken::period(typed).ok_or_else(|| Error::wrong_use(message, help))
}

/// A value; none for a word in its place.
fn unless<T>(word: &str, typed: &str, read: impl Fn(&str) -> Result<T, Error>) -> Result<Option<T>, Error> {
    if typed == word { Ok(None) } else { read(typed).map(Some) }
}

// What several commands share.

/// The record that is meant.
pub const ID: Opt<String> = arg(
    "id",
    ANY_ID,
    "Mã trong sổ, ví dụ yen-thanh, 2016-2017, 2016-10-27-yen-thanh; hoặc “register”",
    "The id of a record, such as yen-thanh, 2016-2017, 2016-10-27-yen-thanh; or “register”",
)
.required();
/// Its kind.
pub const KIND: Opt<String> = opt(
    "kind",
    one_of(t("LOẠI", "KIND"), || {
        RecordKind::ALL.iter().map(|record| record.word()).chain(["unit"]).map(bare).collect()
    }),
    "Loại tệp, khi một mã có ở nhiều loại",
    "The kind of record, where several records share an id",
);
/// Files and folders of the register.
pub const PATHS: Opt<PathBuf> =
    arg("path", PATH, "Chỉ các tệp hay thư mục này", "These files or folders only").many();
/// The visits of a year.
pub const YEAR: Opt<Period> = opt(
    "year",
    PERIOD,
    "Các lần kiểm tra trong năm học (2016-2017) hay năm (2016) này",
    "Visits made in this school year (2016-2017) or year (2016)",
);
/// The visits of a campaign.
pub const CAMPAIGN: Opt<String> =
    opt("campaign", id(Refers::Campaign), "Các lần kiểm tra của đợt này", "Visits of this campaign");
/// Nothing is written.
pub const DRY_RUN: Opt<bool> = opt(
    "dry-run",
    NOTHING,
    "Chỉ xem trước thay đổi, không ghi tệp",
    "Only show what would change; write nothing",
)
.short('n');
/// Faults do not keep from writing.
pub const ALLOW_FAULTS: Opt<bool> =
    opt("allow-faults", NOTHING, "Vẫn ghi dù số liệu có lỗi", "Write even if the data have errors");
/// A file with a part of the record.
pub const FROM: Opt<PathBuf> = opt(
    "from",
    FILE,
    "Đọc từ một tệp TOML, hoặc từ đầu vào chuẩn (-)",
    "Read the record from a TOML file, or from standard input (-)",
)
.called("TỆP|-", "FILE|-")
.completed(Completion::File(|| vec!["toml"]));
/// The parts that are asked for.
pub const SECTION: Opt<String> = opt(
    "section",
    text(t("PHẦN", "SECTION")).completed(Completion::Section),
    "Chỉ hỏi những phần này, ví dụ “kinh phí” hoặc finance,promotion",
    "Ask for these sections only, such as finance,promotion",
);
/// Takes up a draft.
pub const RESUME: Opt<bool> =
    opt("resume", NOTHING, "Làm tiếp bản nháp đã dừng giữa chừng", "Continue an interrupted draft");
