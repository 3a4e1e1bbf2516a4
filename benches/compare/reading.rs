//! What reads a register: how long, beside the limit of the machine, beside peers, and from another form of the same records.

use super::corpus::Size;
use super::register::{register, remove, scratch, years};
use super::timing::{Entry, ttht};
use super::variants::{
    ALL_FAULTY, ANY_ORDER, COMMENTS, CRLF, EXTRA, FEW_FAULTY, PLAIN, Variant, WARNED, WARNED_OFF,
};
use super::{floor, peers};
use std::io;
use std::path::PathBuf;

/// The floor for some folders, and the floor with TOML.
pub fn floors(name: &str, folders: Vec<PathBuf>) -> Vec<Entry> {
    let entry = |name: String, parse: bool| {
        let folders = folders.clone();
        Entry::new(&name, move || floor::read(&folders, parse).map(drop))
    };
    vec![
        entry(format!("**the floor: {name}**"), false),
        entry("the floor, and each file parsed by `toml-spanner` alone".to_owned(), true),
    ]
}

/// Everything is read and judged.
pub fn check(size: Size) -> io::Result<Vec<Entry>> {
    let root = register(size, &PLAIN)?;
    let folders = years(&root).into_iter().chain([root.join("centres")]).collect();
    let mut entries = floors("all files read, two threads", folders);
    entries.push(ttht("**ttht check**", &root, &["check"]));
    entries.extend(peers::checkers(&root, size.visits));
    Ok(entries)
}

/// One year is read and added up.
pub fn summary(size: Size) -> io::Result<Vec<Entry>> {
    let root = register(size, &PLAIN)?;
    let year = years(&root).pop().unwrap_or_default();
    let name = year.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let call = ["summary", "activity", "--year", &name, "-O", "csv"];
    let mut entries = floors("the files of that year and the centres", vec![year, root.join("centres")]);
    entries.push(ttht("**ttht summary activity --year**", &root, &call));
    if root.join("activities.csv").exists() {
        entries.extend(peers::summers(&root, &name, size.visits)?);
    }
    Ok(entries)
}

/// The same records, sound, as others write them.
pub fn dialects(size: Size) -> io::Result<Vec<Entry>> {
    let check =
        |name: &str, variant: &Variant| io::Result::Ok(ttht(name, &register(size, variant)?, &["check"]));
    Ok(vec![
        check("check, as `fmt` writes it", &PLAIN)?,
        check("keys and sections in any order", &ANY_ORDER)?,
        check("lines that end in CRLF", &CRLF)?,
        check("remarks on many lines", &COMMENTS)?,
        check("an `[extra]` section", &EXTRA)?,
    ])
}

/// The same records, and something wrong with them.
pub fn faults(size: Size) -> io::Result<Vec<Entry>> {
    let check = |name: &str, variant: &Variant, words: &[&str]| {
        io::Result::Ok(ttht(name, &register(size, variant)?, &[&["check"], words].concat()))
    };
    Ok(vec![
        check("check, every file sound", &PLAIN, &[])?,
        check("a warning in every file", &WARNED, &[])?,
        check("the same, its code off", &WARNED_OFF, &[])?,
        check("5 of 1000 files faulty", &FEW_FAULTY, &[])?,
        check("every file faulty", &ALL_FAULTY, &[])?,
        check("the same, concise", &ALL_FAULTY, &["--format", "concise"])?,
    ])
}

/// Everything is read and written elsewhere, in another form.
pub fn export(size: Size) -> io::Result<Vec<Entry>> {
    let (root, to) = (register(size, &PLAIN)?, scratch("export"));
    let export = ttht("ttht export", &root, &["export", &to.display().to_string()]);
    Ok(vec![
        ttht("ttht check", &root, &["check"]),
        ttht("ttht fmt --check", &root, &["fmt", "--check"]),
        export.after(move || remove(&to)),
    ])
}

/// Tables of all visits.
pub fn list(size: Size) -> io::Result<Vec<Entry>> {
    let root = register(size, &PLAIN)?;
    let list = |(name, format): (&str, &str)| {
        ttht(&format!("ttht list visits, {name}"), &root, &["list", "visits", "-O", format])
    };
    Ok([("as text", "table"), ("as CSV", "csv"), ("as JSON", "json")].map(list).into())
}

/// Workbooks of everything.
pub fn book(size: Size) -> io::Result<Vec<Entry>> {
    let (root, to) = (register(size, &PLAIN)?, scratch("all.xlsx").display().to_string());
    Ok(vec![
        ttht("ttht summary all, xlsx", &root, &["summary", "all", "-o", &to]),
        ttht("ttht list visits, xlsx", &root, &["list", "visits", "-o", &to]),
    ])
}
