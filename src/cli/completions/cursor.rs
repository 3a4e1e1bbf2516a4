//! What stands on a command line up to the cursor, and what the place of the cursor takes.

use crate::cli::options::OptRow;
use crate::cli::{COMMANDS, Command, GLOBAL, alias};

/// A command line up to the cursor.
#[derive(Debug, Default)]
pub struct Typed {
    /// The command, once it is there.
    pub command: Option<&'static Command>,
    /// The values that are there already, with the names of their rows.
    pub given: Vec<(&'static str, String)>,
    /// The place of the cursor.
    pub place: Place,
    /// What is typed there so far.
    pub last: String,
    /// What stands before that in the same word: `--year=`.
    pub before: String,
}

/// What a place takes.
#[derive(Debug, Default)]
pub enum Place {
    /// Nothing that is known.
    #[default]
    Nothing,
    /// A command.
    Command,
    /// One of some options.
    Options(Vec<OptRow>),
    /// The value of an option or an argument.
    Value(OptRow),
}

impl Typed {
    /// Reads the words of a line, the name of the program first; the last one is being typed.
    pub fn of(words: &[String]) -> Typed {
        let mut typed = Typed::default();
        let (mut arguments, mut options) = (Vec::new(), GLOBAL.to_vec());
        let (mut pending, mut only_arguments) = (None::<OptRow>, false);
        let Some((last, words)) = words.get(1..).and_then(<[String]>::split_last) else { return typed };
        for word in words {
            let is_option = !only_arguments && word.len() > 1 && word.starts_with('-');
            if let Some(row) = pending.take() {
                typed.given.push((row.name, word.clone()));
            } else if word == "--" && !only_arguments {
                only_arguments = true;
            } else if is_option {
                pending = typed.option(word, &options);
            } else if typed.command.is_none() {
                let named = |command: &&Command| {
                    command.name == word || alias::meant(alias::COMMANDS, word) == Some(command.name)
                };
                let Some(command) = COMMANDS.iter().find(named) else { return typed };
                typed.command = Some(command);
                let (own, more) = (command.options)().into_iter().partition(|row: &OptRow| row.argument);
                arguments = own;
                options = [more, options].concat();
            } else if let Some(row) = next(&mut arguments) {
                typed.given.push((row.name, word.clone()));
            }
        }
        typed.at(last, pending, only_arguments, (arguments, options));
        typed
    }

    /// Takes an option that is typed wholly. Returns its row if its value is the next word.
    fn option(&mut self, word: &str, options: &[OptRow]) -> Option<OptRow> {
        let (row, value) = option_of(word, options)?;
        match value {
            Some(value) => self.given.push((row.name, value.to_owned())),
            None if row.takes_value() => return Some(row),
            None => {}
        }
        None
    }

    /// Finds what the word takes that is being typed.
    fn at(
        &mut self,
        last: &str,
        pending: Option<OptRow>,
        only_arguments: bool,
        rows: (Vec<OptRow>, Vec<OptRow>),
    ) {
        let (mut arguments, options) = rows;
        last.clone_into(&mut self.last);
        self.place = match pending {
            Some(row) => Place::Value(row),
            None if only_arguments || !last.starts_with('-') => match self.command {
                None => Place::Command,
                Some(_) => next(&mut arguments).map_or(Place::Nothing, Place::Value),
            },
            None => match option_of(last, &options) {
                Some((row, Some(value))) if last.starts_with("--") => {
                    self.before = last[..last.len() - value.len()].to_owned();
                    value.clone_into(&mut self.last);
                    Place::Value(row)
                }
                _ => Place::Options(options),
            },
        };
    }

    /// The value of an option or an argument that is there already.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.given.iter().find(|(given, _)| *given == name).map(|(_, value)| value.as_str())
    }
}

/// The next argument; one that may be repeated comes again.
fn next(arguments: &mut Vec<OptRow>) -> Option<OptRow> {
    let row = *arguments.first()?;
    if !row.is_many() {
        arguments.remove(0);
    }
    Some(row)
}

/// The row of a word that is an option, and the value that stands in the word: `--year=2016`, `-Cso`.
fn option_of<'w>(word: &'w str, options: &[OptRow]) -> Option<(OptRow, Option<&'w str>)> {
    if word.starts_with("--") {
        let (flag, value) = word.split_once('=').map_or((word, None), |(flag, value)| (flag, Some(value)));
        return options.iter().find(|row| row.flag().0 == flag).map(|row| (*row, value));
    }
    // Several letters: those before the last take nothing.
    for (at, letter) in word.char_indices().skip(1) {
        let row = options.iter().find(|row| row.flag().1 == Some(letter))?;
        let rest = &word[at + letter.len_utf8()..];
        if row.takes_value() || rest.is_empty() {
            let value = Some(rest.strip_prefix('=').unwrap_or(rest)).filter(|rest| !rest.is_empty());
            return Some((*row, value));
        }
    }
    None
}

/// The words of a line of bash up to the cursor, without their quotes.
pub fn words_of_line(line: &str) -> Vec<String> {
    let (mut words, mut quote) = (vec![String::new()], None);
    let mut letters = line.chars();
    let mut is_begun = false;
    while let Some(letter) = letters.next() {
        let word = words.last_mut();
        let literal = match (quote, letter) {
            (Some(open), _) if letter == open => {
                quote = None;
                None
            }
            (Some('"') | None, '\\') => letters.next(),
            (None, '"' | '\'') => {
                quote = Some(letter);
                None
            }
            (None, ' ' | '\t' | '\n') => {
                if is_begun {
                    words.push(String::new());
                }
                is_begun = false;
                continue;
            }
            _ => Some(letter),
        };
        is_begun = true;
        if let Some(word) = word {
            word.extend(literal);
        }
    }
    words
}

/// True if a line of bash ends inside quotes.
pub fn is_quoted(line: &str) -> bool {
    let mut quote = None;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), _) if letter == open => quote = None,
            (Some('"') | None, '\\') => drop(letters.next()),
            (None, '"' | '\'') => quote = Some(letter),
            _ => {}
        }
    }
    quote.is_some()
}
