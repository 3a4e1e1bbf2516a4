//! The argument parser in two languages: its headings, its own options, its complaints.

use super::error::Error;
use crate::model::text::{Lang, Said, nearest};
use crate::say;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// A text in the language of this call.
pub fn tr(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Puts a command and all below it into one language, with no word of the parser's own left.
pub fn localise(command: Command, lang: Lang) -> Command {
    let template = match lang {
        Lang::Vi => "{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}\n",
        Lang::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}\n",
    };
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let mut command = command
        .styles(STYLES)
        .help_template(template)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(tr(lang, "Lệnh", "Commands"))
        .subcommand_value_name(tr(lang, "LỆNH", "COMMAND"))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help(tr(
            lang,
            "Xem hướng dẫn",
            "Show this help",
        )))
        .mut_args(|arg| {
            let heading = match (arg.is_positional(), lang) {
                (true, Lang::Vi) => "Đối số",
                (true, Lang::En) => "Arguments",
                (false, Lang::Vi) => "Tuỳ chọn",
                (false, Lang::En) => "Options",
            };
            let heading = arg.get_help_heading().map_or(heading.to_owned(), str::to_owned);
            let values = arg.get_action().takes_values();
            let arg = arg.help_heading(heading);
            if values { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        });
    for name in names {
        command = command.mut_subcommand(name, |sub| localise(sub, lang));
    }
    command
}

/// The usage lines, in one language: they are known only once the whole command is built.
pub fn localise_usage(command: &mut Command, lang: Lang) {
    command.build();
    fn walk(command: &mut Command, lang: Lang) {
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ").to_owned();
        let usage = if lang == Lang::Vi { usage.replace("[OPTIONS]", "[TUỲ CHỌN]") } else { usage };
        *command = std::mem::take(command).override_usage(usage);
        command.get_subcommands_mut().for_each(|sub| walk(sub, lang));
    }
    walk(command, lang);
}

/// What the parser complains about, in both languages.
pub fn complaint(error: &clap::Error, command: &Command) -> Error {
    let word = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join(", "),
        Some(ContextValue::StyledStr(words)) => words.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let (arg, value) = (word(ContextKind::InvalidArg), word(ContextKind::InvalidValue));
    let valid = word(ContextKind::ValidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let name = word(ContextKind::InvalidSubcommand);
            let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            let help = match nearest(&name, names.iter().copied()) {
                Some(meant) => say!("có phải “{meant}”?", "did you mean “{meant}”?"),
                None => say!("xem các lệnh: ttht --help", "for the commands: ttht --help"),
            };
            return Error::wrong_use(say!("không có lệnh “{name}”", "there is no command “{name}”"), help);
        }
        ErrorKind::UnknownArgument => {
            let help = match word(ContextKind::SuggestedArg) {
                meant if meant.is_empty() => see_help(command),
                meant => say!("có phải “{meant}”?", "did you mean “{meant}”?"),
            };
            return Error::wrong_use(say!("không hiểu “{arg}”", "“{arg}” is not understood"), help);
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say!("“{arg}” cần một giá trị", "“{arg}” needs a value")
        }
        ErrorKind::InvalidValue => {
            let help = match word(ContextKind::SuggestedValue) {
                meant if meant.is_empty() => say!("dùng một trong: {valid}", "use one of: {valid}"),
                meant => say!("có phải “{meant}”?", "did you mean “{meant}”?"),
            };
            return Error::wrong_use(
                say!("“{value}” không dùng được cho “{arg}”", "“{value}” cannot stand for “{arg}”"),
                help,
            );
        }
        ErrorKind::ValueValidation => {
            let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            say!(
                "“{value}” không dùng được cho “{arg}” {source}",
                "“{value}” cannot stand for “{arg}” {source}"
            )
        }
        ErrorKind::MissingRequiredArgument => say!("thiếu {arg}", "{arg} is missing"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            say!("thiếu tên lệnh", "the command is missing")
        }
        ErrorKind::ArgumentConflict => {
            let other = word(ContextKind::PriorArg);
            say!("“{arg}” và “{other}” không đi cùng nhau", "“{arg}” and “{other}” exclude each other")
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("số giá trị của “{arg}” không đúng", "“{arg}” has the wrong number of values")
        }
        ErrorKind::InvalidUtf8 => say!("đối số không phải là UTF-8", "an argument is not UTF-8"),
        _ => {
            let words = error.kind().to_string();
            say!("lệnh gõ chưa đúng ({words})", "the call is not right ({words})")
        }
    };
    Error::wrong_use(message, see_help(command))
}

fn see_help(command: &Command) -> Said {
    let sub = std::env::args().skip(1).find(|word| command.find_subcommand(word).is_some());
    let call = sub.map_or_else(|| "ttht --help".to_owned(), |sub| format!("ttht {sub} --help"));
    say!("xem hướng dẫn: {call}", "for help: {call}")
}
