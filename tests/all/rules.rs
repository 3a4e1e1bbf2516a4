//! The pages of `tests/rules`: for each rule the smallest register that has its fault, and that fault alone.

use crate::transcript::{TTHT, follow_in, pages, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::check;

/// The day on which the specimens are looked at.
const TODAY: &str = "2018-01-15";

/// A small register without any fault, which the pages change; all in it is made up.
const BASE: &str = "tests/rules/base";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// The codes of all faults of a register.
fn codes(register: &Path) -> Vec<String> {
    let arguments = ["check", "--format", "json", "--today", TODAY, "-C"];
    let output = Command::new(TTHT).args(arguments).arg(register).output().unwrap();
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    found["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| fault["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn the_base_of_the_specimens_has_no_fault() {
    assert_eq!(codes(&root().join(BASE)), [""; 0]);
}

#[test]
fn every_rule_has_a_specimen_with_that_one_fault() {
    let mut wrong = Vec::new();
    let mut known: BTreeSet<&str> = check::rules().map(|rule| rule.code.name).collect();
    for page in pages("rules") {
        let code = page.file_stem().unwrap().to_str().unwrap();
        assert!(known.remove(code), "tests/rules/{code}.md: there is no such rule");
        let text = fs::read_to_string(&page).unwrap();
        assert!(
            text.starts_with(&format!("# {code}\n")),
            "tests/rules/{code}.md does not begin with its code"
        );
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join(BASE), folder.path());
        follow_in(&page, folder.path());
        let found = codes(folder.path());
        if found != [code] {
            wrong.push(format!("tests/rules/{code}.md: {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!(known, BTreeSet::new(), "rules without a specimen");
}

#[test]
fn every_rule_can_be_explained() {
    for rule in check::rules() {
        let code = rule.code.name;
        assert_eq!(check::code(code).map(|code| code.title), Some(rule.code.title));
        let output = Command::new(TTHT).args(["explain", code, "--lang", "vi"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(rule.code.why.vi), "{code}");
    }
}
