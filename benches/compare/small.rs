//! What concerns one record, whatever the size of the register.

use super::corpus::{Size, id};
use super::register::{NAMES as MILLION, register, repository};
use super::timing::{Entry, command, ttht};
use super::variants::{NAMES, PLAIN};
use std::io;
use std::path::Path;

/// Commands that people wait for.
pub fn start(size: Size) -> io::Result<Vec<Entry>> {
    let variant = if size.name == MILLION[0].name { &NAMES } else { &PLAIN };
    let root = register(size, variant)?;
    let centre = id(7);
    let visit = size.visit_to(7).map(|visit| visit.id()).unwrap_or_default();
    let add = ["add-visit", &centre, "--date", "2026-11-20", "--place", "UBND xã", "--dry-run", "--no-input"];
    Ok(vec![
        command("/bin/true", &["/bin/true"]),
        ttht("ttht --version", &root, &["--version"]),
        ttht("ttht --help", &root, &["--help"]),
        ttht("ttht list centres", &root, &["list", "centres"]),
        ttht("ttht show CENTRE", &root, &["show", &centre]),
        ttht("ttht show VISIT", &root, &["show", &visit]),
        ttht("ttht add-visit, with flags", &root, &add),
        ttht("ttht set VISIT", &root, &["set", &visit, "context.population=8521", "--dry-run"]),
        tab("Tab after show, a centre", &root, &["show", &centre[..7]]),
        tab("Tab after show, a visit", &root, &["show", &visit[..visit.len().saturating_sub(1)]]),
    ])
}

/// What a shell is answered that asks for completion of the last word.
fn tab(name: &str, root: &Path, words: &[&str]) -> Entry {
    let typed = [&["ttht", "-C", &root.display().to_string()], words].concat().join("\n");
    command(name, &[&format!("TTHT_TYPED={typed}"), super::TTHT, "completions", "zsh"])
}

/// One file is changed and staged.
pub fn one(size: Size) -> io::Result<Vec<Entry>> {
    let (root, file) = repository(size)?;
    Ok(vec![
        command("**the floor: git status**", &["git", "-C", &root.display().to_string(), "status"]),
        ttht("ttht check FILE", &root, &["check", &file.display().to_string()]),
        ttht("ttht check --since HEAD", &root, &["check", "--since", "HEAD"]),
        ttht("ttht check --staged", &root, &["check", "--staged"]),
    ])
}
