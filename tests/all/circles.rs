//! Inside the rooms: no circle of files, and no file name that means two things.
//!
//! A file that names another one needs it. If the other one needs the first one too, neither can be read, tested or moved
//! alone. Listing what lies in the folder of its own name (`const RULES`) or handing it on (`pub use`) is no need, and the
//! file of a room itself (`check.rs`) may need all that is in the room: it is the door.

use crate::house::{code, sources};
use std::collections::{BTreeMap, BTreeSet};

/// Names that several files share because they are about the same thing, which has one word everywhere.
const SHARED: &[(&str, &[&str])] = &[
    (
        "a noun, its rules, its summary and its report",
        &["campaign", "centre", "fault", "period", "register", "scheme", "statement", "target", "unit"],
    ),
    (
        "a part of a visit, its rules and its summary",
        &["activity", "context", "followup", "literacy", "promotion", "rating"],
    ),
    ("a key of every block of figures, its rule and its mark in tables", &["approximate"]),
    (
        "a command and what it does",
        &[
            "check",
            "export",
            "import",
            "list",
            "overview",
            "reconcile",
            "report",
            "resolve",
            "save",
            "share",
            "summary",
            "sync",
            "undo",
        ],
    ),
    ("two versions: as lines, and by their values", &["diff"]),
    ("the values of a record one by one: merged, and printed", &["values"]),
    ("a notation, of values and of tables", &["json"]),
    ("a form that is sent out: how it is known again, how it is made, its command", &["blank"]),
    ("minutes of a visit: their rules, and the paper", &["minutes"]),
    ("workbooks, read and drawn", &["workbook"]),
    ("a photograph of a visit: its rules, and how it is added", &["photo"]),
    ("photographs: what is known of one, and how its file is read", &["picture"]),
];

type Files = BTreeMap<String, String>;

/// The path of a file as a module: `check/visit.rs` is `["check", "visit"]`.
fn module(file: &str) -> Vec<&str> {
    file.trim_end_matches(".rs").split('/').collect()
}

/// The paths of a tree of `use`, each written out: `super::{a, b::{c, d}}` is `super::a`, `super::b::c`, `super::b::d`.
fn written_out(before: &str, tree: &str, paths: &mut Vec<String>) {
    let (mut depth, mut start) = (0, 0);
    for (at, c) in tree.char_indices().chain([(tree.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = tree[start..at].trim();
                start = at + 1;
                match part.split_once('{') {
                    Some((head, inner)) => {
                        written_out(&format!("{before}{head}"), inner.rsplit_once('}').unwrap().0, paths);
                    }
                    None if part.is_empty() => {}
                    None => paths.push(format!("{before}{}", part.split(" as ").next().unwrap())),
                }
            }
            _ => {}
        }
    }
}

/// What code brings in with `use`.
fn used(code: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices("use ").filter(|(at, _)| *at == 0 || code[..*at].ends_with([' ', '\n']))
    {
        written_out("", code[at + 4..].split(';').next().unwrap(), &mut paths);
    }
    paths
}

/// Every path that code names, in a `use` or in passing.
fn named(code: &str) -> Vec<String> {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let passing = code.split(|c| !word(c)).filter(|path| path.contains("::") && !path.ends_with("::"));
    passing.map(str::to_owned).chain(used(code)).collect()
}

/// The file that a path leads to, seen from a file. What another file only hands on (`pub use`) is followed.
fn target(files: &Files, uses: &BTreeMap<String, Vec<String>>, from: &str, path: &str) -> Option<String> {
    let here = module(from);
    let words: Vec<&str> = path.split("::").collect();
    let file = |module: &[&str]| module.join("/") + ".rs";
    let (mut at, mut rest) = match words[0] {
        "crate" => (Vec::new(), &words[1..]),
        "self" => (here, &words[1..]),
        "super" => (here[..here.len() - 1].to_vec(), &words[1..]),
        child if files.contains_key(&file(&[here.as_slice(), &[child]].concat())) => (here, &words[..]),
        _ => return None,
    };
    while let Some((first, after)) = rest.split_first() {
        match *first {
            "super" => drop(at.pop()),
            word if files.contains_key(&file(&[at.as_slice(), &[word]].concat())) => at.push(word),
            _ => break,
        }
        rest = after;
    }
    let found = file(&at);
    let text = uses.get(&found)?;
    let handed =
        rest.first().and_then(|word| text.iter().find(|path| path.rsplit("::").next() == Some(word)));
    let further = handed.filter(|_| found != from).and_then(|path| target(files, uses, &found, path));
    Some(further.unwrap_or(found))
}

/// Code without the lists and the `pub use` by which a file gathers what lies below it.
fn without_lists(code: &str) -> String {
    let mut inside = false;
    let other = |line: &&str| {
        let list = line.trim_start_matches("pub ").starts_with("const ") && line.contains("&[");
        inside |= list || line.starts_with("pub use ");
        let other = !inside;
        inside &= line.starts_with(' ') || !line.ends_with(';');
        other
    };
    code.lines().filter(other).collect::<Vec<_>>().join("\n")
}

/// Which files of its room each file needs.
fn graph(files: &Files) -> BTreeMap<&str, BTreeSet<String>> {
    let codes: BTreeMap<&str, String> =
        files.iter().map(|(file, text)| (file.as_str(), code(text))).collect();
    let uses = codes.iter().map(|(file, code)| ((*file).to_owned(), used(code))).collect();
    let needed = |file: &&str| {
        let below = file.trim_end_matches("rs").replace('.', "/");
        let leads =
            |code: &str| named(code).iter().filter_map(|path| target(files, &uses, file, path)).collect();
        let (all, unlisted): (BTreeSet<_>, BTreeSet<_>) =
            (leads(&codes[file]), leads(&without_lists(&codes[file])));
        let near = |to: &String| to != file && module(to)[0] == module(file)[0] && module(file).len() > 1;
        all.into_iter().filter(|to| near(to) && (!to.starts_with(&below) || unlisted.contains(to))).collect()
    };
    codes.keys().filter(|file| !file.ends_with("tests.rs")).map(|file| (*file, needed(file))).collect()
}

/// The circles: files that all lead to each other.
fn circles(files: &Files) -> BTreeSet<Vec<String>> {
    let graph = graph(files);
    let reach = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = open.pop() {
            let next = graph.get(file.as_str()).into_iter().flatten();
            open.extend(next.filter(|to| seen.insert((*to).clone())).cloned());
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<String>> = graph.keys().map(|file| (*file, reach(file))).collect();
    let mutual = |from: &str| {
        let back = |to: &&String| reached.get(to.as_str()).is_some_and(|files| files.contains(from));
        reached[from].iter().filter(back).cloned().collect::<Vec<_>>()
    };
    graph.keys().map(|file| mutual(file)).filter(|circle| !circle.is_empty()).collect()
}

/// The names that several files share.
fn twice<'a>(files: impl Iterator<Item = &'a String>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let names = files.map(|file| module(file).pop().unwrap()).filter(|name| *name != "tests");
    names.filter(|name| !seen.insert(*name)).collect()
}

#[test]
fn no_files_of_a_room_go_in_a_circle() {
    assert_eq!(circles(&sources()), BTreeSet::new());
}

#[test]
fn a_planted_circle_is_seen() {
    let plant = |files: &[(&str, &str)]| {
        let owned = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
        circles(&owned.collect()).into_iter().map(|circle| circle.join(" ")).collect::<Vec<_>>()
    };
    let check =
        "mod centre;\nmod visit;\npub use visit::tiny;\nconst ALL: &[Rule] = &[centre::ROW, visit::ROW];\n";
    let centre = ("check/centre.rs", "use super::{Cx, visit};\nfn f() { visit::tiny() }\n");
    let circle = ["check/centre.rs check/visit.rs"];
    // A room that lists what is in it makes no circle, nor does naming in one direction only.
    let visit = ("check/visit.rs", "use super::Cx;\n// super::centre\nconst ROW: u8 = 1;\n");
    assert_eq!(plant(&[("check.rs", check), centre, visit]), [""; 0]);
    for back in
        ["use super::{Cx, centre::{ROW, f}};", "fn g() { crate::check::centre::f() }", "use super::centre;"]
    {
        assert_eq!(plant(&[("check.rs", check), centre, ("check/visit.rs", back)]), circle, "{back}");
    }
    // A circle stays one if the room hands the name on, if a child names its parent, or if a third file is in between.
    let handed = ("check/centre.rs", "use super::tiny;\n");
    let back = ("check/visit.rs", "use crate::check::centre::f;\n");
    assert_eq!(plant(&[("check.rs", check), handed, back]), circle);
    let below = ("check/centre/site.rs", "use super::Seen;\n");
    let lists =
        "mod site;\npub use site::sound;\npub const ALL: &[Rule] = &[\n    site::ROW,\n];\nstruct Seen;\n";
    assert_eq!(plant(&[("check/centre.rs", lists), below]), [""; 0]);
    let needs = "mod site;\nstruct Seen;\nfn f() {\n    site::sound();\n}\n";
    assert_eq!(plant(&[("check/centre.rs", needs), below]), ["check/centre.rs check/centre/site.rs"]);
    let three = [("cli/a.rs", "use super::b;"), ("cli/b.rs", "use super::c;"), ("cli/c.rs", "use super::a;")];
    assert_eq!(plant(&three), ["cli/a.rs cli/b.rs cli/c.rs"]);
}

#[test]
fn a_file_name_stands_for_one_thing() {
    let shared: BTreeSet<&str> = SHARED.iter().flat_map(|(_, names)| *names).copied().collect();
    assert_eq!(twice(sources().keys()), shared, "change a name, or write down what the files have in common");
}

#[test]
fn a_name_for_two_things_is_seen() {
    let files = ["store/sheet.rs", "summary/sheet.rs", "summary.rs", "render/tests.rs", "check/tests.rs"];
    assert_eq!(twice(files.map(str::to_owned).iter()), ["sheet"].into());
}
