//! The lines that pages show, run as a shell runs them, on every system alike. It knows what the pages use: words with quotes, variables
//! and stars, `;`, `&&`, `||`, pipes and redirections; the tools are in `tools.rs`. Programs run one after the other, and write to files.

use crate::tools::{Call, tool};
use crate::transcript::{TTHT, root};
use regex::Regex;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where lines are run, and what variables hold there.
#[derive(Clone)]
pub struct Shell {
    pub here: PathBuf,
    vars: BTreeMap<String, String>,
}

/// A part of a line: what stands between two words, or the pieces of a word.
enum Token {
    Joint(&'static str),
    Word(Vec<Piece>),
}

enum Piece {
    /// Letters, and whether they were quoted: stars are then stars.
    Text(String, bool),
    Var(String),
    /// A line in `$(…)`, which stands for what it prints.
    Line(String),
}

/// What can stand between words, the longer ones first.
const JOINTS: [&str; 9] = ["2>&1", "2>", ">>", "&&", "||", ";", "|", ">", "<"];

/// What a program reads and writes.
struct Streams {
    input: Option<File>,
    output: File,
    errors: File,
}

impl Shell {
    pub fn new(here: &Path) -> Shell {
        let programs = [Path::new(TTHT).parent().unwrap().to_owned(), root().join("examples")];
        let system = std::env::var_os("PATH").unwrap();
        let path = std::env::join_paths(programs.into_iter().chain(std::env::split_paths(&system))).unwrap();
        let pictures = root().join("tests/pictures");
        let vars = [
            ("PATH", path.to_str().unwrap()),
            ("PICTURES", pictures.to_str().unwrap()),
            ("COLUMNS", "100"),
            ("LC_ALL", "C.UTF-8"),
            ("TTHT_LANG", "vi"),
        ];
        let vars = vars.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Shell { here: here.to_owned(), vars }
    }

    /// What a line prints, on standard output and standard error together, and its exit code. What it changes of the
    /// folder and the variables is true in this line only.
    pub fn line(&self, line: &str) -> (Vec<u8>, i32) {
        let screen = tempfile::tempfile().unwrap();
        let exit = self.clone().list(&tokens(line), &screen);
        (whole(screen), exit)
    }

    fn list(&mut self, tokens: &[Token], screen: &File) -> i32 {
        let (mut exit, mut joint) = (0, ";");
        for part in tokens.split_inclusive(|token| matches!(token, Token::Joint(";" | "&&" | "||"))) {
            let (part, next) = match part {
                [part @ .., Token::Joint(next @ (";" | "&&" | "||"))] => (part, *next),
                part => (part, ";"),
            };
            if joint == ";" || (joint == "&&") == (exit == 0) {
                exit = self.pipeline(part, screen);
                self.vars.insert("?".to_owned(), exit.to_string());
            }
            joint = next;
        }
        exit
    }

    fn pipeline(&mut self, tokens: &[Token], screen: &File) -> i32 {
        let mut parts = tokens.split(|token| matches!(token, Token::Joint("|"))).peekable();
        let (mut input, mut exit) = (None, 0);
        while let Some(part) = parts.next() {
            let pipe = parts.peek().map(|_| tempfile::tempfile().unwrap());
            let output = same(pipe.as_ref().unwrap_or(screen));
            exit = self.command(part, Streams { input, output, errors: same(screen) });
            input = pipe.map(|mut pipe| {
                pipe.rewind().unwrap();
                pipe
            });
        }
        exit
    }

    fn command(&mut self, tokens: &[Token], mut streams: Streams) -> i32 {
        let (mut words, mut given) = (Vec::new(), Vec::new());
        let mut tokens = tokens.iter();
        while let Some(token) = tokens.next() {
            match token {
                Token::Joint("2>&1") => streams.errors = same(&streams.output),
                Token::Joint(joint) => match tokens.next() {
                    Some(Token::Word(pieces)) => self.redirect(joint, &self.word(pieces), &mut streams),
                    _ => panic!("no file after {joint}"),
                },
                Token::Word(pieces) if words.is_empty() && assigns(pieces) => given.push(self.word(pieces)),
                Token::Word(pieces) => words.extend(self.words(pieces)),
            }
        }
        let Some((name, rest)) = words.split_first() else {
            self.set(&given);
            return 0;
        };
        let mut inner = self.clone();
        inner.set(&given);
        match (name.as_str(), tool(name)) {
            ("cd", _) => self.here.push(&rest[0]),
            ("export", _) => self.set(rest),
            (_, Some(tool)) => {
                let Streams { input, output, mut errors } = streams;
                return tool(Call { words: rest, here: &self.here, input, output }).unwrap_or_else(|error| {
                    writeln!(errors, "{name}: {error}").unwrap();
                    2
                });
            }
            _ => return inner.program(name, rest, streams),
        }
        0
    }

    fn set(&mut self, given: &[String]) {
        let given = given.iter().map(|word| word.split_once('=').unwrap());
        self.vars.extend(given.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    fn redirect(&self, joint: &str, to: &str, streams: &mut Streams) {
        let path = self.here.join(to);
        let written = || match to {
            // Nothing can be cut off it.
            "/dev/null" if cfg!(windows) => File::options().write(true).open("NUL"),
            _ => File::create(&path),
        };
        match joint {
            "<" if to == "/dev/null" => streams.input = None,
            "<" => streams.input = Some(File::open(&path).unwrap()),
            ">>" => streams.output = File::options().append(true).create(true).open(&path).unwrap(),
            ">" => streams.output = written().unwrap(),
            _ => streams.errors = written().unwrap(),
        }
    }

    fn program(&self, name: &str, words: &[String], streams: Streams) -> i32 {
        let script = name.strip_suffix(".sh").filter(|_| cfg!(windows));
        let script = script.map(|name| root().join(format!("examples/{name}.cmd")));
        let program = script.unwrap_or_else(|| PathBuf::from(if name == "ttht" { TTHT } else { name }));
        let mut command = Command::new(program);
        command
            .args(words)
            .current_dir(&self.here)
            .env_remove("TTHT_REGISTER")
            .envs(&self.vars)
            .env_remove("?");
        command.stdin(streams.input.map_or_else(Stdio::null, Stdio::from)).stdout(streams.output);
        let status =
            command.stderr(streams.errors).status().unwrap_or_else(|error| panic!("{name}: {error}"));
        status.code().unwrap_or(-1)
    }

    /// A word as it is, with its variables.
    fn word(&self, pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Text(text, _) => text.clone(),
            Piece::Var(name) if name == "PWD" => self.here.to_str().unwrap().to_owned(),
            Piece::Var(name) => self.vars.get(name).cloned().unwrap_or_default(),
            Piece::Line(line) => {
                String::from_utf8(self.line(line).0).unwrap().trim_end_matches('\n').to_owned()
            }
        }
    }

    /// The words that a word is: the names that its stars fit, or itself.
    fn words(&self, pieces: &[Piece]) -> Vec<String> {
        let word = self.word(pieces);
        let is_open =
            |piece: &Piece| matches!(piece, Piece::Text(text, false) if text.contains(['*', '[', '?']));
        if !pieces.iter().any(is_open) {
            return vec![word];
        }
        let pattern = |piece: &Piece| match piece {
            Piece::Text(text, false) => {
                text.replace('.', "\\.").replace('*', ".*").replace('?', ".").replace("[!", "[^")
            }
            piece => regex::escape(&self.piece(piece)),
        };
        let pattern: String = pieces.iter().map(pattern).collect();
        let mut found = vec![String::new()];
        for (plain, part) in word.split('/').zip(pattern.split('/')) {
            let Ok(part) = Regex::new(&format!("^{part}$")) else { return vec![word] };
            let inside = |folder: &String| match plain.contains(['*', '[', '?']) {
                true => names(&self.here.join(folder), false)
                    .into_iter()
                    .filter(|name| part.is_match(name))
                    .collect(),
                false => vec![plain.to_owned()],
            };
            let join =
                |folder: &String, name| if folder.is_empty() { name } else { format!("{folder}/{name}") };
            found = found
                .iter()
                .flat_map(|folder| inside(folder).into_iter().map(move |name| join(folder, name)))
                .collect();
            found.retain(|path| self.here.join(path).exists());
        }
        if found.is_empty() { vec![word] } else { found }
    }
}

/// The names in a folder in their order, with those that begin with a point or without.
pub fn names(folder: &Path, all: bool) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| all || !name.starts_with('.'));
    names.sort();
    names
}

/// The calls of `ttht` in a line, as they stand there.
pub fn calls(line: &str) -> Vec<Vec<String>> {
    let shell = Shell { here: PathBuf::new(), vars: BTreeMap::new() };
    let tokens = tokens(line);
    let parts = tokens.split(|token| matches!(token, Token::Joint(";" | "|" | "&&" | "||")));
    let plain = |token: &Token| match token {
        Token::Word(pieces) => Some(shell.word(pieces)),
        Token::Joint(_) => None,
    };
    let call = |part: &[Token]| part.iter().map_while(plain).skip_while(|word| word != "ttht").collect();
    parts.map(call).collect()
}

/// Whether a word gives a variable its value.
fn assigns(pieces: &[Piece]) -> bool {
    let name = |text: &str| text.split_once('=').map(|(name, _)| name.to_owned());
    matches!(pieces.first(), Some(Piece::Text(text, false))
        if name(text).is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_uppercase() || c == '_')))
}

fn tokens(line: &str) -> Vec<Token> {
    let (mut tokens, mut rest) = (Vec::new(), line.trim_start());
    while !rest.is_empty() {
        match JOINTS.iter().find(|joint| rest.starts_with(**joint)) {
            Some(joint) => {
                tokens.push(Token::Joint(joint));
                rest = &rest[joint.len()..];
            }
            None => {
                let (pieces, after) = read_word(rest);
                tokens.push(Token::Word(pieces));
                rest = after;
            }
        }
        rest = rest.trim_start();
    }
    tokens
}

/// The pieces of the word that a text begins with, and what is behind it.
fn read_word(mut rest: &str) -> (Vec<Piece>, &str) {
    let (mut pieces, mut quoted) = (Vec::new(), false);
    while let Some(c) = rest.chars().next().filter(|c| quoted || !" ;|&<>".contains(*c)) {
        let after = &rest[c.len_utf8()..];
        let (piece, length) = match c {
            '"' => {
                quoted = !quoted;
                (Piece::Text(String::new(), true), 0)
            }
            '\'' if !quoted => {
                let end = after.find('\'').expect("a quote is closed");
                (Piece::Text(after[..end].to_owned(), true), end + 1)
            }
            '$' if after.starts_with('(') => {
                let end = after.find(')').expect("a bracket is closed");
                (Piece::Line(after[1..end].to_owned()), end + 1)
            }
            '$' if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '?') => {
                let end = after[1..]
                    .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .map_or(after.len(), |end| end + 1);
                (Piece::Var(after[..end].to_owned()), end)
            }
            '\\' if !quoted || after.starts_with(['"', '\\', '$']) => {
                let next = after.chars().next().unwrap();
                (Piece::Text(next.to_string(), true), next.len_utf8())
            }
            c => (Piece::Text(c.to_string(), quoted), 0),
        };
        match (pieces.last_mut(), piece) {
            (Some(Piece::Text(text, was)), Piece::Text(more, is)) if *was == is => text.push_str(&more),
            (_, piece) => pieces.push(piece),
        }
        rest = &after[length..];
    }
    (pieces, rest)
}

/// A second handle of the same file.
fn same(file: &File) -> File {
    file.try_clone().unwrap()
}

/// All that was written to a file.
fn whole(mut file: File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.read_to_end(&mut bytes).unwrap();
    bytes
}
