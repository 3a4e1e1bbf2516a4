//! The argument parser in the language of the call: the commands from their rows, its headings, its complaints.

use super::alias::{self, Aliases};
use super::error::{Error, Exit};
use super::options::{NOTHING, Opt, OptRow, arg, called_too, either, opt};
use super::printing::{self, Ink};
use super::{COMMANDS, GLOBAL, columns};
use crate::model::text::{Lang, Said, Text, did_you_mean, nearest, t, use_one_of};
use crate::model::vietnamese::{decomposed, slug};
use crate::render::{width, wrap};
use crate::say;
use clap::builder::StyledStr;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// What the program does.
pub const ABOUT: Text = t(
    "Sổ kiểm tra các trung tâm học tập cộng đồng (TTHTCĐ): ghi, soát lỗi, tổng hợp.",
    "Keep, check and summarise records of community learning centres and their inspections.",
);
/// How to begin.
pub const BEGIN: Text = t(
    "Bắt đầu: ttht init uong-bi --from-example, rồi cd uong-bi và ttht summary activity --year 2016-2017.",
    "To begin: ttht init uong-bi --from-example, then cd uong-bi and ttht summary activity --year 2016-2017.",
);

/// What follows the name of the program.
pub const CALL: Text = t("[TUỲ CHỌN] [LỆNH]", "[OPTIONS] [COMMAND]");

const HELP: Opt<bool> = opt("help", NOTHING, "Xem hướng dẫn", "Show this help")
    .short('h')
    .also(|arg| arg.action(ArgAction::Help));
const VERSION: Opt<bool> = opt("version", NOTHING, "Xem phiên bản", "Show the version")
    .short('V')
    .also(|arg| arg.action(ArgAction::Version));

/// The row of the command.
pub const SHOWN: super::Command = super::Command::new(
    "help",
    t("Xem hướng dẫn chung, hoặc của một lệnh", "Show help, in general or of a command"),
    || vec![OF.row],
    |call, matches| {
        let mut all = command(call.lang);
        all.build();
        let found = OF.text(matches).and_then(|name| all.find_subcommand(name)).cloned();
        show(&found.unwrap_or(all).render_help()).map(|()| Exit::Well)
    },
);
const OF: Opt<String> = arg(
    "command",
    called_too(
        either(t("LỆNH", "COMMAND"), || {
            COMMANDS.iter().map(|row| (row.name.into(), row.about.into())).collect()
        }),
        alias::COMMANDS,
    ),
    "Tên lệnh",
    "The name of the command",
);

/// Prints what the parser has drawn.
pub fn show(text: &StyledStr) -> Result<(), Error> {
    let text = if printing::out_takes_colours() { text.ansi().to_string() } else { text.to_string() };
    printing::out(Ink::Drawn(&text))
}

/// The whole command line, in a language, with no word of the parser's own left.
pub fn command(lang: Lang) -> Command {
    let global = GLOBAL
        .iter()
        .enumerate()
        .map(|(at, row)| row.parsed(at, t("Tuỳ chọn chung", "Global options"), lang).global(true));
    let below = COMMANDS.iter().map(|row| {
        let names = alias::of(alias::COMMANDS, row.name);
        let known_as = names.clone().next().map(slug).filter(|_| lang == Lang::Vi);
        let known_as = known_as.map_or_else(String::new, |name| format!(" [{name}]"));
        let about = row.about.get(lang).to_owned() + &known_as;
        one(row.name, &format!("ttht {}", row.name), about, (row.options)(), lang)
            .after_help((row.after)().drawn(lang))
            .aliases(names.flat_map(spellings))
    });
    one("ttht", "ttht", ABOUT.get(lang).to_owned(), vec![VERSION.row], lang)
        .version(env!("CARGO_PKG_VERSION"))
        .override_usage(format!("ttht {}", CALL.get(lang)))
        .after_help(BEGIN.get(lang))
        .subcommand_help_heading(t("Lệnh", "Commands").get(lang))
        .disable_help_subcommand(true)
        .subcommands(below)
        .args(global)
        .term_width(columns().min(WIDEST))
}

/// A line of help is no longer, however wide the terminal is.
const WIDEST: usize = 100;

/// How a name of several words is typed as one: without accents, and with them, composed or not.
fn spellings(name: &str) -> Vec<String> {
    let joined = name.replace(' ', "-");
    let mut spellings = vec![slug(name), decomposed(&joined), joined];
    spellings.sort_unstable();
    spellings.dedup();
    spellings
}

/// What stands below a help.
#[derive(Debug)]
pub enum Below {
    /// Nothing.
    Nothing,
    /// A sentence.
    Note(Text),
    /// A list with its heading: words, what each is, and what they are called in Vietnamese.
    List(Text, Vec<(&'static str, Text)>, Aliases),
}

impl Below {
    fn drawn(&self, lang: Lang) -> String {
        let (heading, rows, aliases) = match self {
            Below::Nothing => return String::new(),
            Below::Note(text) => return text.get(lang).to_owned(),
            Below::List(heading, rows, aliases) => (heading, rows, aliases),
        };
        let rows = rows.iter().map(|(word, about)| (names(word, aliases, lang), about.get(lang)));
        let rows: Vec<(String, &str)> = rows.collect();
        let room = rows.iter().map(|(words, _)| width(words)).max().unwrap_or(0) + 4;
        let mut text = format!("{}:", heading.get(lang));
        for (words, about) in rows {
            let lines = wrap(about, columns().min(WIDEST).saturating_sub(room).max(20));
            let lines = lines.join(&format!("\n{:room$}", ""));
            text.push_str(&format!("\n{:room$}{lines}", format!("  {words}")));
        }
        text
    }
}

/// A word with what it is called in the language of the call, set apart by commas.
pub fn names(word: &str, aliases: Aliases, lang: Lang) -> String {
    let names = alias::of(aliases, word).map(slug).filter(|_| lang == Lang::Vi);
    [word.to_owned()].into_iter().chain(names).collect::<Vec<_>>().join(", ")
}

/// A command from its rows.
fn one(name: &'static str, call: &str, about: String, mut rows: Vec<OptRow>, lang: Lang) -> Command {
    let template = t(
        "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n",
        "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    );
    let usage = format!("{call} {}", arguments(&rows, lang));
    rows.push(HELP.row);
    let heading = |row: &OptRow| match row.argument {
        true => t("Tham số", "Arguments"),
        false => t("Tuỳ chọn", "Options"),
    };
    Command::new(name)
        .about(about)
        .styles(STYLES)
        .help_template(template.get(lang))
        .override_usage(usage)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(rows.iter().enumerate().map(|(at, row)| row.parsed(at, heading(row), lang)))
}

/// What follows the name of a command: `[OPTIONS] <ID>`.
pub fn arguments(rows: &[OptRow], lang: Lang) -> String {
    let options = t("[TUỲ CHỌN]", "[OPTIONS]").get(lang).to_owned();
    let arguments = rows.iter().filter(|row| row.argument).map(|row| row.usage(lang));
    [options].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}

/// What the parser complains about, in both languages.
pub fn complaint(error: &clap::Error) -> Error {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        Some(ContextValue::StyledStr(words)) => words.to_string(),
        _ => String::new(),
    };
    let meant =
        |kind: ContextKind| Some(word(kind)).filter(|word| !word.is_empty()).map(|word| did_you_mean(&word));
    let (arg, value) = (word(ContextKind::InvalidArg), word(ContextKind::InvalidValue));
    let unfit = || {
        say!("“{value}” không dùng được cho {arg}", "“{value}” is not a valid value for {arg}", [value, arg])
    };
    let (message, help) = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = word(ContextKind::InvalidSubcommand);
            let names =
                alias::COMMANDS.iter().flat_map(|(word, _)| alias::of(alias::COMMANDS, word)).map(slug);
            let names: Vec<String> =
                COMMANDS.iter().map(|command| command.name.to_owned()).chain(names).collect();
            let near = nearest(&slug(&name), names.iter().map(String::as_str));
            (say!("không có lệnh “{name}”", "there is no command “{name}”", [name]), near.map(did_you_mean))
        }
        ErrorKind::UnknownArgument => (
            say!("không có tuỳ chọn hay tham số “{arg}”", "there is no option or argument “{arg}”", [arg]),
            meant(ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidValue if value.is_empty() => {
            (say!("{arg} cần một giá trị", "{arg} needs a value", [arg]), None)
        }
        ErrorKind::InvalidValue => {
            let list = || use_one_of(word(ContextKind::ValidValue).split(", "));
            (unfit(), Some(meant(ContextKind::SuggestedValue).unwrap_or_else(list)))
        }
        ErrorKind::ValueValidation => {
            match std::error::Error::source(error).and_then(|why| why.downcast_ref()) {
                Some(Error { message, help, .. }) => {
                    let option = arg.split(' ').next().unwrap_or_default();
                    (
                        say!("{option}: {message}", "{option}: {message}", [option, message]),
                        Some(help.clone()),
                    )
                }
                None => (unfit(), None),
            }
        }
        ErrorKind::MissingRequiredArgument => (say!("thiếu {arg}", "{arg} is missing", [arg]), None),
        ErrorKind::MissingSubcommand => (say!("thiếu tên lệnh", "the command is missing"), None),
        ErrorKind::ArgumentConflict => {
            let other = word(ContextKind::PriorArg);
            (
                say!(
                    "không dùng đồng thời {arg} và {other}",
                    "{arg} cannot be used with {other}",
                    [arg, other]
                ),
                None,
            )
        }
        ErrorKind::InvalidUtf8 => (say!("tham số không phải là UTF-8", "an argument is not UTF-8"), None),
        kind => {
            let words = kind.to_string();
            (say!("lệnh gõ chưa đúng ({words})", "the command line is not valid ({words})", [words]), None)
        }
    };
    Error::wrong_use(message, help.unwrap_or_else(see_help))
}

fn see_help() -> Said {
    let own = |word: &str| COMMANDS.iter().map(|command| command.name).find(|name| *name == word);
    let command = |word: String| own(&word).or_else(|| alias::meant(alias::COMMANDS, &word));
    let call = std::env::args().skip(1).find_map(command).map_or_else(String::new, |name| format!("{name} "));
    say!("xem hướng dẫn: ttht {call}--help", "for help: ttht {call}--help", [call])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_make_a_sound_parser_in_both_languages() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn a_value_that_cannot_be_read_is_told_with_its_option() {
        let told = |words: &[&str]| match command(Lang::En).try_get_matches_from(words) {
            Ok(_) => panic!("{words:?} is taken"),
            Err(error) => complaint(&error).message.en,
        };
        let year = ["ttht", "summary", "activity", "--year", "16-17"];
        assert_eq!(told(&year), "--year: “16-17” is not a period");
        let top = ["ttht", "summary", "activity", "--top", "ten"];
        assert_eq!(told(&top), "--top: “ten” is not a whole number");
        let by = ["ttht", "summary", "activity", "--by", "age"];
        assert_eq!(told(&by), "“age” is not a valid value for --by <BY>");
        let both = ["ttht", "summary", "activity", "--trend", "--by", "unit"];
        assert_eq!(told(&both), "--trend cannot be used with --by <BY>");
    }
}
