//! The guides of `docs/` are followed as an officer would follow them, at a terminal where something is asked.
//!
//! Besides `console` blocks, a guide has `screen` blocks: what a terminal shows after a command that asks (the line after `$ `), or
//! after lines that are typed further on. What a reader does not see stands in comments: `<!-- today: 2018-10-15 -->` is the day on
//! which the commands below are run, and `<!-- typed` holds a line a question, of which an empty one is Enter; `<!-- typed, unseen`, what the reader is not shown.

mod reference;

use crate::ask::Talk;
use crate::fresh::fresh;
use crate::shell::{Shell, calls};
use crate::transcript::{hold, replay, root, runs};
use clap::error::ErrorKind;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use ttht::model::text::Lang;

/// How wide the terminal is.
const COLUMNS: u16 = 90;
/// More lines than a form ever draws.
const LINES: u16 = 1_000;

const GUIDES: [(&str, &str); 2] = [("docs/huong-dan.md", "vi"), ("docs/guide.md", "en")];

fn text(page: &str) -> String {
    fs::read_to_string(root().join(page)).unwrap()
}

#[test]
fn the_guides_show_what_happens() {
    for (page, lang) in GUIDES {
        let folder = fresh();
        let here = folder.path().canonicalize().unwrap();
        let sent = here.join(if lang == "vi" { "thu-den" } else { "mail" });
        fs::create_dir(&sent).unwrap();
        for form in fs::read_dir(root().join("tests/guide")).unwrap() {
            let form = form.unwrap();
            fs::copy(form.path(), sent.join(form.file_name())).unwrap();
        }
        let old = text(page);
        let mut reader = Reader::new(lang, &here);
        let new = reader.follows(&old).replace(here.to_str().unwrap(), "[HERE]");
        hold(&root().join(page), &old, &new);
    }
}

#[test]
fn both_guides_run_the_same_commands() {
    let words = |page: &str| -> Vec<String> {
        let page = text(page);
        let first = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
        page.lines().filter_map(|line| line.strip_prefix("$ ")).map(first).collect()
    };
    let [(vietnamese, _), (english, _)] = GUIDES;
    assert_eq!(words(vietnamese), words(english));
    assert!(runs(&text(vietnamese)).len() > 20, "a guide shows what is done");
}

/// Pages for readers, whose prose names commands.
const PAGES: [&str; 4] = ["README.md", "README.vi.md", "docs/huong-dan.md", "docs/guide.md"];

/// The commands that the prose of a page names in backquotes, word by word, without the signs for what may be there or not.
fn named(page: &str) -> Vec<Vec<String>> {
    let prose: String = page.split("```").step_by(2).collect();
    let spans = prose.split('`').skip(1).step_by(2).filter(|span| span.starts_with("ttht "));
    spans.flat_map(|span| calls(&span.replace(['[', ']', '…'], "").replace('\n', " "))).collect()
}

#[test]
fn every_command_that_prose_names_is_one() {
    let is_none = |call: &Vec<String>| {
        let parsed = ttht::cli::command(Lang::Vi).try_get_matches_from(call);
        parsed.is_err_and(|error| {
            matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument)
        })
    };
    for page in PAGES {
        let calls = named(&text(page));
        assert!(calls.len() > 10, "{page} names commands");
        assert_eq!(calls.into_iter().filter(is_none).collect::<Vec<_>>(), [[""; 0]; 0], "{page}");
    }
    assert!(is_none(&named("`ttht sumary activity`")[0]) && is_none(&named("`ttht check --fixed`")[0]));
}

/// Who follows a guide: where, on which day, and at which terminal.
struct Reader {
    lang: &'static str,
    shell: Shell,
    home: PathBuf,
    today: String,
    screen: Option<Screen>,
}

/// A terminal, and how much of it a reader has seen.
struct Screen {
    talk: Talk,
    seen: u16,
    is_over: bool,
}

impl Reader {
    fn new(lang: &'static str, folder: &Path) -> Reader {
        Reader {
            lang,
            shell: Shell::new(folder),
            home: folder.to_owned(),
            today: String::new(),
            screen: None,
        }
    }

    /// The page as it should be.
    fn follows(&mut self, page: &str) -> String {
        let (mut out, mut text) = (String::new(), String::new());
        let mut lines = page.lines();
        while let Some(line) = lines.next() {
            if line == "```screen" {
                let shown: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
                out.push_str(&self.reads(&std::mem::take(&mut text)));
                out.push_str(&format!("{line}\n{}\n```\n", self.looks(shown.first().unwrap_or(&""))));
                continue;
            }
            text.push_str(&format!("{line}\n"));
            if let Some(day) = comment(line, "today: ") {
                out.push_str(&self.reads(&std::mem::take(&mut text)));
                self.today = day.to_owned();
            } else if line == "<!-- typed" || line == "<!-- typed, unseen" {
                let screen = self.screen.as_mut().expect("something is asked");
                for answer in lines.by_ref().take_while(|line| *line != "-->") {
                    text.push_str(&format!("{answer}\n"));
                    screen.types(answer);
                }
                text.push_str("-->\n");
                if line.ends_with("unseen") {
                    screen.shows();
                }
            }
        }
        out + &self.reads(&text)
    }

    /// Text with commands that ask nothing.
    fn reads(&mut self, text: &str) -> String {
        let globals = format!("$ ttht --lang {} --today {}", self.lang, self.today);
        replay(&text.replace("\n$ ttht", &format!("\n{globals}")), &mut self.shell)
            .replace(&globals, "$ ttht")
    }

    /// What the terminal shows that was not seen yet. A command begins a new one.
    fn looks(&mut self, first: &str) -> String {
        let command = first.strip_prefix("$ ");
        if let Some(command) = command {
            assert!(self.screen.as_ref().is_none_or(|screen| screen.is_over), "not done before: {first}");
            self.screen = Some(self.starts(command));
        }
        let shown = self.screen.as_mut().expect("a command was run").shows();
        let line = command.map_or_else(String::new, |_| format!("{first}\n"));
        line + &shown
    }

    fn starts(&self, command: &str) -> Screen {
        let call = calls(command).remove(0);
        let words: Vec<&str> = call.iter().skip(1).map(String::as_str).collect();
        let home = self.home.to_str().unwrap();
        let variables = [("TTHT_LANG", self.lang), ("HOME", home), ("XDG_CONFIG_HOME", home)];
        let mut talk = Talk::on(&self.today, COLUMNS, &self.shell.here, &words, &variables);
        talk.asks();
        Screen { talk, seen: 0, is_over: false }
    }
}

impl Screen {
    fn types(&mut self, line: &str) {
        assert!(!self.is_over, "nothing is asked any more: {line}\n{}", self.talk.shown);
        self.is_over = self.talk.types(line).asks_or_ends();
        if self.is_over {
            assert_eq!(self.talk.ends(), 0, "{}", self.talk.shown);
        }
    }

    fn shows(&mut self) -> String {
        let size = |n| NonZero::new(n).unwrap();
        let mut terminal = vt100::Parser::new(size(LINES), size(COLUMNS), 0);
        terminal.process(&self.talk.drawn);
        let screen = terminal.screen();
        let (row, _) = screen.cursor_position();
        let rows = screen.rows(0, COLUMNS).zip(0..=row).skip(usize::from(self.seen));
        // What a terminal breaks anywhere is shown as the one line that it is.
        let ended = |row| if screen.row_wrapped(row) { "" } else { "\n" };
        let text: String = rows.map(|(text, row)| text + ended(row)).collect();
        let shown: Vec<&str> = text.lines().map(str::trim_end).collect();
        // A prompt that is longer than the terminal is seen from its beginning.
        self.seen = (0..row).rev().find(|row| !screen.row_wrapped(*row)).map_or(0, |row| row + 1);
        shown.join("\n").trim_end().to_owned()
    }
}

/// What a comment on a line of its own says after a word.
fn comment<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    line.strip_prefix("<!-- ")?.strip_prefix(word)?.strip_suffix(" -->")
}
