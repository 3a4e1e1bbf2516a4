//! Transcripts: a Markdown page is followed as a reader would follow it, and must show what really happens.
//!
//! A line with a path in backquotes and a fenced block below it is a file to write. A `console` block holds commands
//! after `$ ` (`$PICTURES` is `tests/pictures`) and what they print (standard output and standard error together), with `? 1` for an exit code.
//! `shell.rs` runs them; a `console unix` block is passed over on Windows.
//! `TTHT_BLESS=1 cargo test` writes what happens into the pages; read the difference before you commit it.

use crate::fresh::fresh;
use crate::shell::Shell;
use std::fs;
use std::path::{Path, PathBuf};

/// The program under test.
pub const TTHT: &str = env!("CARGO_BIN_EXE_ttht");

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The pages of a folder of `tests/`.
pub fn pages(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests").join(folder)).unwrap();
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    assert!(!pages.is_empty(), "no page in tests/{folder}");
    pages
}

/// A command that a page shows, what it prints, and its exit code.
pub struct Run<'a> {
    pub line: &'a str,
    pub prints: Vec<&'a str>,
    pub exit: i32,
}

/// The commands of a page.
pub fn runs(page: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut console = false;
    for line in page.lines() {
        if let Some(fence) = line.strip_prefix("```") {
            console = fence.starts_with("console");
        } else if let Some(line) = line.strip_prefix("$ ").filter(|_| console) {
            runs.push(Run { line, prints: Vec::new(), exit: 0 });
        } else if let Some(run) = runs.last_mut().filter(|_| console) {
            match line.strip_prefix("? ") {
                Some(code) => run.exit = code.parse().unwrap_or(-1),
                None => run.prints.push(line),
            }
        }
    }
    runs
}

/// Follows a page in a fresh folder. Panics if it shows anything but what happens.
pub fn follow(page: &Path) {
    follow_in(page, fresh().path());
}

/// Follows a page in a folder.
pub fn follow_in(page: &Path, folder: &Path) {
    let old = fs::read_to_string(page).unwrap();
    let folder = folder.canonicalize().unwrap();
    let folder = folder.to_str().unwrap().trim_start_matches(r"\\?\");
    let new = named(&replay(&old, &mut Shell::new(Path::new(folder))), folder, "[HERE]");
    let new = named(&new, root().to_str().unwrap(), "[REPOSITORY]");
    // What is to be typed on Windows is in other quotes.
    let said = |text: String| if cfg!(windows) { text.replace('\'', "\"") } else { text };
    hold(page, &said(old), &said(new));
}

/// A text with a name in place of a folder. A path goes on behind it as on any system.
fn named(text: &str, folder: &str, name: &str) -> String {
    if cfg!(unix) {
        return text.replace(folder, name);
    }
    let text = text.replace(&folder.replace('\\', "/"), name).replace(&folder.replace('/', "\\"), name);
    let mut parts = text.split(name);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_whitespace() || "'\";:,”".contains(c)).unwrap_or(part.len());
        out.extend([name, &part[..end].replace('\\', "/"), &part[end..]]);
    }
    out
}

/// Panics if a page does not say what it should, or, when blessing, writes it there.
pub fn hold(page: &Path, old: &str, new: &str) {
    if old == new {
        return;
    }
    if std::env::var_os("TTHT_BLESS").is_some() {
        fs::write(page, new).unwrap();
        return;
    }
    let (at, (shown, seen)) = old
        .split('\n')
        .chain(std::iter::repeat("(end)"))
        .zip(new.split('\n').chain(std::iter::repeat("(end)")))
        .enumerate()
        .find(|(_, (a, b))| a != b)
        .unwrap();
    panic!(
        "{}:{}\n  the page shows: {shown}\n  this happens:   {seen}\nall of it:\n{new}",
        page.display(),
        at + 1
    );
}

/// The page with its `console` blocks as they should be, followed from a folder on.
pub fn replay(page: &str, shell: &mut Shell) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    let mut file = None;
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let Some(fence) = line.strip_prefix("```") else {
            let named = line.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
            file = named.map(str::to_owned).or(file.filter(|_| line.is_empty()));
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        if fence == "console" || fence == "console unix" && cfg!(unix) {
            for command in block.iter().filter_map(|line| line.strip_prefix("$ ")) {
                out.push_str(&format!("$ {command}\n{}", run(command, shell)));
            }
        } else {
            block.iter().for_each(|line| out.push_str(&format!("{line}\n")));
            if let Some(file) = file.take() {
                let path = shell.here.join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, block.join("\n") + "\n").unwrap();
            }
        }
        out.push_str("```\n");
    }
    out
}

/// What a line prints, and its exit code unless it is 0. A line that changes the folder and does nothing else changes it for
/// those below.
fn run(line: &str, shell: &mut Shell) -> String {
    if let Some(folder) = line.strip_prefix("cd ") {
        shell.here.push(folder);
        return String::new();
    }
    let (printed, exit) = shell.line(line);
    let mut text = String::from_utf8(printed).expect("output is UTF-8");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    if exit != 0 {
        text.push_str(&format!("? {exit}\n"));
    }
    text
}
