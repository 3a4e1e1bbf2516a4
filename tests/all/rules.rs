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

/// What slips of the hand make of a number or a day: a digit more, a digit less, a wrong year.
fn slips(value: &str) -> Vec<String> {
    let plain = value.replace('_', "");
    match (plain.parse::<i64>(), value.split_once('-')) {
        (Ok(number), _) => [number * 10, number / 10].map(|slip| slip.to_string()).into(),
        (_, Some((year, rest))) => {
            let year: i32 = year.parse().unwrap();
            [year - 1, year + 1].map(|slip| format!("{slip}-{rest}")).into()
        }
        _ => vec![format!("{}0", plain.replace('.', ""))],
    }
}

/// The places of all numbers and days of a file that do not stand in quotes, comments or keys.
fn figures(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or("");
        for (at, _) in code.match_indices("= ") {
            let value = &code[at + 2..];
            let length =
                value.find(|c: char| !matches!(c, '0'..='9' | '_' | '-' | '.')).unwrap_or(value.len());
            let time = value[length..].starts_with(':');
            if length > 0 && !time {
                found.push(start + at + 2..start + at + 2 + length);
            }
        }
        start += line.len();
    }
    found
}

#[test]
fn a_slip_in_one_figure_is_at_most_one_message() {
    let example = tempfile::tempdir().unwrap();
    copy(&root().join("examples/uong-bi"), example.path());
    for folder in ["centres", "visits/2016-2017", "visits/2017-2018"] {
        let files = fs::read_dir(example.path().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let others = files.filter(|file| !file.to_str().unwrap().contains("yen-thanh"));
        others.for_each(|file| fs::remove_file(file).unwrap());
    }
    let sound = codes(example.path());
    let mut seen = 0;
    for file in ["visits/2017-2018/2017-10-26-yen-thanh.toml", "centres/yen-thanh.toml", "units.toml"] {
        let path = example.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        for place in figures(&text) {
            for slip in slips(&text[place.clone()]) {
                fs::write(&path, format!("{}{slip}{}", &text[..place.start], &text[place.end..])).unwrap();
                let found = codes(example.path());
                let line = text[..place.start].matches('\n').count() + 1;
                let was = &text[place.clone()];
                assert!(found.len() <= sound.len() + 1, "{file}:{line}: {was} as {slip}: {found:?}");
                seen += found.len() - sound.len();
            }
        }
        fs::write(&path, text).unwrap();
    }
    assert!(seen > 100, "only {seen} slips were seen");
}
