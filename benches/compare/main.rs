//! `cargo bench --bench compare`: `ttht` compared with the limit of the machine and with what people would use instead.
//!
//! `-- 1k 10k 100k 1m` chooses sizes (1k, 10k and 100k by default), `--rounds N` the number of turns, and a word such as
//! `check`, `summary`, `start`, `list`, `import` or `faulty` the tables. See `benches/README.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its table")]

mod corpus;
mod floor;
mod peers;
mod tabular;
mod timing;

use corpus::Size;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use timing::{Entry, command, table};

const TTHT: &str = env!("CARGO_BIN_EXE_ttht");
/// The date to treat as today, so that the rules always say the same.
const TODAY: &str = "2026-11-22";
const SIZES: &[(&str, usize)] = &[("1k", 1_000), ("10k", 10_000), ("100k", 100_000), ("1m", 1_000_000)];

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let rounds =
        words.iter().position(|word| word == "--rounds").and_then(|at| words.get(at + 1)?.parse().ok());
    let rounds: usize = rounds.unwrap_or(5);
    let named: Vec<_> = SIZES.iter().filter(|(name, _)| words.iter().any(|word| word == name)).collect();
    let sizes = if named.is_empty() { SIZES[..3].iter().collect() } else { named };
    let tables = ["check", "summary", "start", "list", "import", "faulty"];
    let chosen: Vec<_> = tables.into_iter().filter(|name| words.iter().any(|word| word == name)).collect();
    for (name, visits) in sizes {
        let size = Size { visits: *visits, faulty: 0 };
        let root = register(name, size)?;
        let wants = |table: &str| chosen.is_empty() || chosen.contains(&table);
        if wants("check") {
            table(&format!("check, {name} visits"), rounds, &check(&root, *visits))?;
        }
        if wants("summary") {
            table(&format!("summary of one year, {name} visits"), rounds, &summary(&root, *visits)?)?;
        }
        if wants("start") {
            table(&format!("start-up, {name} visits"), rounds * 4, &start(&root))?;
        }
        if wants("list") && *visits <= 100_000 {
            table(&format!("a table of {name} rows"), rounds, &list(&root))?;
        }
        if wants("import") {
            table(&format!("10,000 rows to be imported, {name} visits"), rounds, &import(&root, size)?)?;
        }
        if wants("faulty") && *visits <= 100_000 {
            let root_of =
                |faulty: usize| register(&format!("{name}-faulty-{faulty}"), Size { faulty, ..size });
            let (few, all) = (root_of(5)?, root_of(1000)?);
            let entries = [
                ttht("check, every file sound", &root, &["check"]),
                ttht("check, 5 of 1000 files faulty", &few, &["check"]),
                ttht("check, every file faulty", &all, &["check"]),
                ttht("the same, concise", &all, &["check", "--format", "concise"]),
            ];
            table(&format!("faults, {name} visits"), rounds, &entries)?;
        }
    }
    Ok(())
}

/// The folder of a register, with the files that the peers read; made if it does not exist yet.
fn register(name: &str, size: Size) -> io::Result<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let made = root.join(".made");
    if !made.exists() {
        println!("making {}", root.display());
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        corpus::write(&root, size)?;
        if size.visits <= 100_000 && size.faulty == 0 {
            tabular::write(&root, size)?;
        }
        fs::write(made, "")?;
    }
    Ok(root)
}

fn ttht(name: &str, root: &Path, words: &[&str]) -> Entry {
    let root = root.display().to_string();
    let all: Vec<&str> = [&[TTHT][..], words, &["-C", &root, "--today", TODAY]].concat();
    command(name, &all)
}

/// The floor for some folders, and the floor with TOML.
fn floors(name: &str, folders: Vec<PathBuf>) -> Vec<Entry> {
    let entry = |name: String, parse: bool| {
        let folders = folders.clone();
        Entry { name, run: Box::new(move || floor::read(&folders, parse).map(drop)), command: None }
    };
    vec![
        entry(format!("**the floor: {name}**"), false),
        entry("the floor, and each file parsed by `toml-spanner` alone".to_owned(), true),
    ]
}

fn years(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("visits")).into_iter().flatten().flatten();
    let mut years: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    years.sort();
    years
}

fn check(root: &Path, visits: usize) -> Vec<Entry> {
    let folders = years(root).into_iter().chain([root.join("centres")]).collect();
    let mut entries = floors("all files read, two threads", folders);
    entries.push(ttht("**ttht check**", root, &["check"]));
    entries.extend(peers::checkers(root, visits));
    entries
}

fn summary(root: &Path, visits: usize) -> io::Result<Vec<Entry>> {
    let year = years(root).pop().unwrap_or_default();
    let name = year.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let call = ["summary", "activity", "--year", &name, "-O", "csv"];
    let mut entries = floors("the files of that year and the centres", vec![year, root.join("centres")]);
    entries.push(ttht("**ttht summary activity --year**", root, &call));
    if root.join("activities.csv").exists() {
        entries.extend(peers::summers(root, &name, visits)?);
    }
    Ok(entries)
}

fn start(root: &Path) -> Vec<Entry> {
    let centre = corpus::id(7);
    let visit = years(root).pop().and_then(|year| {
        let mut names: Vec<_> = fs::read_dir(year).ok()?.flatten().map(|entry| entry.path()).collect();
        names.sort();
        names.first()?.file_stem().map(|stem| stem.to_string_lossy().into_owned())
    });
    let add = ["add-visit", &centre, "--date", "2026-11-20", "--place", "UBND xã", "--dry-run", "--no-input"];
    vec![
        command("/bin/true", &["/bin/true"]),
        ttht("ttht --version", root, &["--version"]),
        ttht("ttht --help", root, &["--help"]),
        ttht("ttht list centres", root, &["list", "centres"]),
        ttht("ttht show CENTRE", root, &["show", &centre]),
        ttht("ttht show VISIT", root, &["show", &visit.unwrap_or_default()]),
        ttht("ttht add-visit, with flags", root, &add),
    ]
}

/// What an import of a table would change, at most 10,000 rows; nothing is written.
fn import(root: &Path, size: Size) -> io::Result<Vec<Entry>> {
    if !root.join("sent.xlsx").exists() {
        tabular::sent(root, size)?;
    }
    let year = years(root).pop().unwrap_or_default();
    let mut entries = floors("the files of that year", vec![year]);
    for (name, file) in [("CSV", "sent.csv"), ("xlsx", "sent.xlsx")] {
        let path = root.join(file).display().to_string();
        let words = ["import", &path, "--as", "activity", "--quiet"];
        entries.push(ttht(&format!("**ttht import, {name}**"), root, &words));
    }
    Ok(entries)
}

fn list(root: &Path) -> Vec<Entry> {
    [("as text", "table"), ("as CSV", "csv"), ("as JSON", "json")]
        .map(|(name, format)| {
            ttht(&format!("ttht list visits, {name}"), root, &["list", "visits", "-O", format])
        })
        .into()
}
