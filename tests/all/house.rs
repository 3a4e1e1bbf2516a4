//! The walls of the house: the code is checked against what `src/lib.rs` draws.

use crate::transcript::root;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, the ground and the roof, and what each may name.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &["model"]),
    ("toml", &["model", "toml"]),
    ("store", &["model", "toml", "store"]),
    ("check", &["model", "toml", "check"]),
    ("summary", &["model", "toml", "summary"]),
    ("render", &["model", "toml", "render"]),
    ("desk", &["model", "toml", "store", "check", "summary", "render", "desk"]),
    ("cli", &["model", "toml", "store", "check", "summary", "render", "desk", "cli"]),
];

/// The one home of each outside crate; `serde` may be used everywhere, the crates of colours belong to the terminal.
const HOMES: &[(&str, &[&str])] = &[
    ("chrono", &["model/day.rs"]),
    ("unicode_normalization", &["model/vietnamese.rs"]),
    ("strsim", &["model/text.rs"]),
    ("toml", &["toml/careful.rs"]),
    ("simdutf8", &["toml/source.rs"]),
    ("toml_writer", &["toml/print.rs"]),
    ("tempfile", &["store/loose.rs", "store/scrap.rs", "store/disk.rs", "store/stage.rs"]),
    ("glob", &["cli/argument.rs"]),
    ("csv", &["render/csv.rs", "render.rs", "store/sent/separated.rs"]),
    ("calamine", &["store/sent/workbook.rs"]),
    ("quick_xml", &["store/sent/opendocument.rs", "render/docx", "render/template"]),
    ("zip", &["store/sent/guard.rs", "render/archive.rs"]),
    ("image", &["store/picture.rs"]),
    ("exif", &["store/picture.rs"]),
    ("sha2", &["store/picture.rs"]),
    ("base64", &["render/html"]),
    ("rust_xlsxwriter", &["render/workbook"]),
    ("comfy_table", &["render/screen.rs"]),
    ("plotters", &["render/svg.rs"]),
    ("unicode_width", &["render/width.rs"]),
    ("annotate_snippets", &["render/fault.rs"]),
    ("similar", &["render/diff.rs"]),
    ("serde_json", &["model/json.rs"]),
    ("clap", &["cli"]),
    ("mimalloc", &["main.rs"]),
    ("anstream", &["cli/printing.rs"]),
    ("anstyle_query", &["cli/printing.rs"]),
    ("sys_locale", &["cli.rs"]),
    ("terminal_size", &["cli/printing.rs"]),
    ("ctrlc", &["cli/ending.rs"]),
    ("signal_hook", &["cli/ending.rs"]),
    ("rustix", &["cli/ask/terminal/line.rs", "cli/pdf.rs"]),
    ("rustyline", &["cli/ask/terminal/line.rs"]),
];

pub fn sources() -> BTreeMap<String, String> {
    fn list(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                list(&path, files);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut files = Vec::new();
    list(&src, &mut files);
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The code of a file: without comments and without its tests. Some files are nothing else.
pub fn code(text: &str) -> String {
    if text.contains("\n#![cfg(test)]\n") {
        return String::new();
    }
    let body = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let body = body.split("#[cfg(test)]\npub mod tests {").next().unwrap();
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn room_of(file: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    let first = file.split('/').next().unwrap().trim_end_matches(".rs");
    ROOMS.iter().find(|(room, _)| *room == first)
}

/// What a file names that it may not.
fn trespasses(file: &str, text: &str) -> Vec<String> {
    let Some((_, allowed)) = room_of(file) else { return Vec::new() };
    let code = code(text);
    let rooms = ROOMS
        .iter()
        .map(|(room, _)| *room)
        .filter(|room| !allowed.contains(room) && code.contains(&format!("crate::{room}")));
    let at_home = |homes: &[&str]| {
        homes.iter().any(|home| {
            file == *home || file.starts_with(&format!("{home}/")) || file == format!("{home}.rs")
        })
    };
    let homeless = HOMES
        .iter()
        .filter(|(name, homes)| !at_home(homes) && names_crate(&code, name))
        .map(|(name, _)| *name);
    rooms.chain(homeless).map(str::to_owned).collect()
}

/// Whether a path begins with the name of a crate. Two of our modules share a name with a crate (`csv`, `toml`): outside
/// their rooms those crates can only be named by a `use` of their own.
fn names_crate(code: &str, name: &str) -> bool {
    let used = code.lines().any(|line| line.trim_start().starts_with(&format!("use {name}::")));
    let named = code
        .match_indices(&format!("{name}::"))
        .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
    used || (named && !["csv", "toml"].contains(&name))
}

#[test]
fn rooms_do_not_name_each_other_and_crates_stay_at_home() {
    for (file, text) in sources() {
        assert_eq!(trespasses(&file, &text), [""; 0], "{file}");
    }
}

#[test]
fn a_planted_violation_is_seen() {
    assert_eq!(trespasses("model/unit.rs", "use crate::store::Store;\n"), ["store"]);
    assert_eq!(trespasses("check/visit.rs", "fn f() { crate::render::text::draw(); }\n"), ["render"]);
    assert_eq!(trespasses("summary/titles.rs", "use chrono::NaiveDate;\n"), ["chrono"]);
    assert_eq!(trespasses("toml/careful.rs", "use toml::de::DeTable;\n"), [""; 0]);
    assert_eq!(trespasses("toml/parse.rs", "use crate::store::Store;\n"), ["store"]);
    assert_eq!(trespasses("toml/corpus.rs", "//! x\n#![cfg(test)]\nuse chrono::NaiveDate;\n"), [""; 0]);
    assert_eq!(trespasses("check/visit.rs", "// crate::store::\nuse crate::model::visit::Visit;\n"), [""; 0]);
}

#[test]
fn every_file_says_what_it_is_and_is_not_too_long() {
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "{file} does not open with a sentence");
        let lines = text.lines().count();
        assert!(lines <= 600, "{file} has {lines} lines");
    }
}

#[test]
fn nothing_outside_the_command_line_prints_or_asks_the_clock() {
    for (file, text) in sources() {
        let code = code(&text);
        let printing = ["println!", "eprintln!", "print!(", "std::env::", "std::process::"];
        if !file.starts_with("cli") && file != "main.rs" {
            // Another program is run where its home is, and nowhere else.
            let runs = |word: &&&str| **word != "std::process::" || file != "desk/git.rs";
            for word in printing.iter().filter(runs) {
                assert!(!code.contains(word), "{file} has {word}");
            }
            assert!(!code.contains("Day::today()"), "{file} asks the clock");
        }
        if file.starts_with("cli") && file != "cli/printing.rs" {
            for word in ["io::stdout", "io::stderr"] {
                assert!(!code.contains(word), "{file} has {word}: it prints past cli/printing.rs");
            }
        }
        let is_ground = file.starts_with("model") || file.starts_with("toml");
        assert!(!is_ground || !code.contains("std::fs"), "{file} touches files");
    }
}
