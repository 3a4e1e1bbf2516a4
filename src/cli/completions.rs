//! `ttht completions SHELL`: a script that lets a shell complete commands, options, their words, and what is in the register.
//!
//! At each Tab the script calls the same command again, with what is typed so far in `TTHT_TYPED`: the line up to the cursor
//! for bash, for the other shells its words, a line each. The answer is a line that says what follows, then a word a line,
//! with what it is behind a tab. Nothing is ever written or said at that, whatever is wrong.

use super::alias;
use super::error::{Error, Exit};
use super::options::{ID, KIND, Opt, OptRow, arg, one_of};
use super::printing::{self, Ink};
use super::{COMMANDS, Call, Command, REGISTER_FOLDER, language, meant_root};
use crate::desk::offered::{self, Around, Completion, Offer, Offers, nearest};
use crate::desk::report::{REPORTS, Report};
use crate::model::RecordKind;
use crate::model::field::Field;
use crate::model::text::{Lang, Said, Text, printable, t};
use crate::model::unit;
use crate::model::vietnamese::slug;
use crate::store::Glance;
use clap::ArgMatches;
use cursor::{Place, Typed, is_quoted, words_of_line};
use std::time::Duration;
use std::{env, thread};

mod cursor;

/// The row of the command.
pub const COMPLETIONS: Command = Command::new(
    "completions",
    t(
        "In tệp lệnh bật gợi ý bằng phím Tab (bash, zsh, fish, PowerShell)",
        "Print a script that turns on completion with Tab (bash, zsh, fish, PowerShell)",
    ),
    || vec![SHELL.row],
    run,
);

const SHELL: Opt<String> = arg(
    "shell",
    one_of(t("SHELL", "SHELL"), || {
        SHELLS.iter().map(|shell| (shell.name.into(), shell.turn_on.into())).collect()
    }),
    "",
    "",
)
.required();

/// A shell.
struct Shell {
    /// Its name.
    name: &'static str,
    /// Where its script belongs.
    turn_on: Text,
    /// Its script.
    script: &'static str,
}

const SHELLS: &[Shell] = &[
    Shell {
        name: "bash",
        turn_on: t(
            "thêm vào ~/.bashrc: source <(ttht completions bash)",
            "add to ~/.bashrc: source <(ttht completions bash)",
        ),
        script: include_str!("completions/ttht.bash"),
    },
    Shell {
        name: "zsh",
        turn_on: t(
            "thêm vào ~/.zshrc: source <(ttht completions zsh)",
            "add to ~/.zshrc: source <(ttht completions zsh)",
        ),
        script: include_str!("completions/ttht.zsh"),
    },
    Shell {
        name: "fish",
        turn_on: t(
            "ttht completions fish > ~/.config/fish/completions/ttht.fish",
            "ttht completions fish > ~/.config/fish/completions/ttht.fish",
        ),
        script: include_str!("completions/ttht.fish"),
    },
    Shell {
        name: "powershell",
        turn_on: t("ttht completions powershell >> $PROFILE", "ttht completions powershell >> $PROFILE"),
        script: include_str!("completions/ttht.ps1"),
    },
];

/// Where the scripts put what is typed so far.
const TYPED: &str = "TTHT_TYPED";

/// A shell does not wait longer for what a slow disk or network holds.
const PATIENCE: Duration = Duration::from_secs(1);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let shell = SHELL.among(matches, SHELLS, |shell| shell.name);
    call.print(shell.map_or("", |shell| shell.script)).map(|()| Exit::Well)
}

/// Answers a shell, if it is one that calls. Returns whether it was.
pub fn answered(words: &[String]) -> bool {
    let [_, command, shell] = words else { return false };
    let Some(typed) = env::var_os(TYPED).filter(|_| command == COMPLETIONS.name) else { return false };
    thread::spawn(|| {
        thread::sleep(PATIENCE);
        std::process::exit(0);
    });
    let _ = printing::out(Ink::Plain(answer(shell, &typed.to_string_lossy()).as_bytes()));
    true
}

/// The answer to a shell.
fn answer(shell: &str, typed: &str) -> String {
    let words = match shell {
        "bash" => words_of_line(typed),
        _ => typed.lines().map(str::to_owned).collect(),
    };
    let lang = language(&words);
    let line = Typed::of(&words);
    // They are there for who begins to type one.
    let with_names = lang == Lang::Vi && !line.last.is_empty();
    let offers = match &line.place {
        Place::Nothing => Offers::default(),
        Place::Command => nearest(commands(with_names), &line.last),
        Place::Options(rows) => flags(rows, &line.last),
        Place::Value(row) => match row.completion() {
            Completion::File(endings) => return format!("files\n{}\n", endings().join("\n")),
            Completion::Folder => return "folders\n".to_owned(),
            Completion::Nothing => nearest(row.words(with_names), &line.last),
            completion => offered::offers(completion, &around(&line), &line.last, lang),
        },
    };
    let is_quoted = shell == "bash" && is_quoted(typed);
    told(&line, &offers, shell == "fish", is_quoted, lang)
}

/// An answer: what follows a word, then the words.
fn told(line: &Typed, offers: &Offers, is_fish: bool, is_quoted: bool, lang: Lang) -> String {
    let begins = |offer: &Offer| offer.word.starts_with(&line.last);
    // It looks for what is typed itself, and shows only what has it.
    let has = |offer: &Offer| offer.word.contains(&line.last);
    let flags = [
        (true, if offers.is_open { "open" } else { "words" }),
        (!offers.words.iter().all(begins), "elsewhere"),
        (is_fish && !offers.words.iter().all(has), "retype"),
        (is_quoted, "quoted"),
    ];
    let flags = flags.iter().filter(|(is, _)| *is).map(|(_, flag)| *flag);
    let mut told = flags.collect::<Vec<_>>().join(" ") + "\n";
    for offer in &offers.words {
        let about: String = printable(offer.about.get(lang)).replace(['\n', '\t'], " ");
        told.push_str(&format!("{}{}\t{}\n", line.before, offer.word, about.trim()));
    }
    told
}

/// The commands; with their Vietnamese names, if these are wanted.
fn commands(with_names: bool) -> Vec<Offer> {
    let row = |command: &Command| {
        let names = alias::of(alias::COMMANDS, command.name).map(slug).filter(move |_| with_names);
        let about: Said = command.about.into();
        [command.name.to_owned()].into_iter().chain(names).map(move |name| Offer::new(name, about.clone()))
    };
    COMMANDS.iter().flat_map(row).collect()
}

fn flags(rows: &[OptRow], typed: &str) -> Offers {
    let flags = rows.iter().map(|row| Offer::new(row.flag().0, row.about().into()));
    Offers { words: flags.filter(|flag| flag.word.starts_with(typed)).collect(), is_open: false }
}

/// What else the line says, and the register that it is about.
fn around(line: &Typed) -> Around {
    let root = meant_root(line.value(REGISTER_FOLDER.row.name));
    let glance = root.as_deref().and_then(Glance::of);
    let (kind, fields) = record(line, glance.as_ref());
    Around { glance, kind, fields, report: report(line) }
}

/// The kind of record that the line is about, if it says so, and the keys of that record; else those of a visit.
fn record(line: &Typed, glance: Option<&Glance>) -> (Option<RecordKind>, &'static [Field]) {
    let options = line.command.map(|command| (command.options)()).unwrap_or_default();
    let takes_any = options.iter().any(|row| row.argument && matches!(row.completion(), Completion::Record));
    let name = line.command.map_or("", |command| command.name);
    let word = name.strip_prefix("add-").or_else(|| line.value(KIND.row.name).filter(|_| takes_any));
    let id = line.value(ID.row.name).filter(|_| takes_any);
    let named = word
        .and_then(|word| if word == UNIT { Some(RecordKind::Units) } else { RecordKind::from_word(word) });
    let found = id.zip(glance).map(|(id, glance)| offered::kind(glance, id));
    let fields = match named.or(found) {
        Some(RecordKind::Units) if id != Some(RecordKind::Units.word()) => unit::UNIT,
        kind => kind.unwrap_or(RecordKind::Visit).fields(),
    };
    (named, fields)
}

/// A row of the units, as a kind of record.
const UNIT: &str = "unit";

/// The report that the line is about.
fn report(line: &Typed) -> Option<&'static Report> {
    let named = |word: &str| {
        let name = alias::meant(alias::REPORTS, word).unwrap_or(word);
        REPORTS.iter().find(|report| report.name == name)
    };
    ["name", "of"].iter().find_map(|row| named(line.value(row)?))
}
