//! What changes many files, and what goes to others and comes back.

use super::corpus::{self, Size, id};
use super::reading::floors;
use super::register::{copy, register, remove, scratch, years};
use super::timing::{Entry, ttht};
use super::variants::{ANY_ORDER, FIXABLE, PLAIN, Variant};
use std::io;

/// Every file of a folder is changed, each time in a fresh copy.
pub fn write(size: Size) -> io::Result<Vec<Entry>> {
    let to = scratch("copy");
    let entry = |name: &str, variant: &Variant, words: &[&str]| {
        let (root, fresh) = (register(size, variant)?, to.clone());
        io::Result::Ok(ttht(name, &to, words).after(move || copy(&root, &fresh)).over(size.visits))
    };
    let sent = register(size, &PLAIN)?.join("sent.csv").display().to_string();
    Ok(vec![
        entry("ttht fmt", &ANY_ORDER, &["fmt"])?,
        entry("ttht check --fix", &FIXABLE, &["check", "--fix"])?,
        entry("ttht import --yes", &PLAIN, &["import", &sent, "--as", "activity", "--yes"])?,
    ])
}

/// What an import of a table would change, at most 10,000 rows; nothing is written.
pub fn import(size: Size) -> io::Result<Vec<Entry>> {
    let root = register(size, &PLAIN)?;
    let year = years(&root).pop().unwrap_or_default();
    let mut entries = floors("the files of that year", vec![year]);
    for (name, file) in [("CSV", "sent.csv"), ("xlsx", "sent.xlsx")] {
        let path = root.join(file).display().to_string();
        let words = ["import", &path, "--as", "activity", "--quiet"];
        entries.push(ttht(&format!("**ttht import, {name}**"), &root, &words));
    }
    Ok(entries)
}

/// Workbooks that centres fill in, two hundred.
pub fn forms(size: Size) -> io::Result<Vec<Entry>> {
    let root = register(size, &PLAIN)?;
    let made = |name: &str, folder: &str, ids: Vec<String>| {
        let to = scratch(folder);
        let output = to.display().to_string();
        let words: Vec<&str> = ids.iter().map(String::as_str).chain(["-o", &output]).collect();
        ttht(name, &root, &[&["form"], &words[..]].concat()).after(move || remove(&to))
    };
    let read = |name: &str, folder: &str| {
        ttht(name, &root, &["import", &scratch(folder).display().to_string(), "--quiet"])
    };
    let visits = corpus::visits(size).filter(|visit| visit.latest).take(200);
    Ok(vec![
        made("200 forms made, of centres", "forms", (0..200).map(id).collect()),
        read("the same, read", "forms"),
        made(
            "200 forms made, of visits, filled in",
            "forms-filled",
            visits.map(|visit| visit.id()).collect(),
        ),
        read("the same, read", "forms-filled"),
    ])
}
