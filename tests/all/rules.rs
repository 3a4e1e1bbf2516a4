//! The pages of `tests/rules`: for each rule the smallest register that has its fault, and that fault alone.

use crate::fresh::{copy, each, example, faults, fresh};
use crate::transcript::{TTHT, follow_in, pages, root};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::check;

/// The day on which the specimens are checked.
const TODAY: &str = "2018-01-15";

/// A small register without any fault, which the pages change; everything in it is made up.
const BASE: &str = "tests/rules/base";

/// The codes of all faults of a register.
fn codes(register: &Path) -> Vec<&'static str> {
    codes_on(register, TODAY)
}

fn codes_on(register: &Path, today: &str) -> Vec<&'static str> {
    faults(register, today).iter().map(|fault| fault.code).collect()
}

#[test]
fn the_base_of_the_specimens_has_no_fault() {
    assert_eq!(codes(&root().join(BASE)), [""; 0]);
}

#[test]
fn every_rule_has_a_specimen_with_that_one_fault() {
    let pages = pages("rules");
    let code = |page: &Path| page.file_stem().unwrap().to_str().unwrap().to_owned();
    let shown: BTreeSet<String> = pages.iter().map(|page| code(page)).collect();
    let known: BTreeSet<String> = check::rules().map(|rule| rule.code.name.to_owned()).collect();
    assert_eq!(known.difference(&shown).collect::<Vec<_>>(), [""; 0], "rules without a specimen");
    assert_eq!(shown.difference(&known).collect::<Vec<_>>(), [""; 0], "specimens of no rule");
    let wrong = each(&pages, |page| {
        let code = code(page);
        let text = fs::read_to_string(page).unwrap();
        assert!(
            text.starts_with(&format!("# {code}\n")),
            "tests/rules/{code}.md does not begin with its code"
        );
        let folder = fresh();
        copy(&root().join(BASE), folder.path());
        follow_in(page, folder.path());
        let today = text.split_once("--today ").and_then(|(_, rest)| rest.get(..10)).unwrap();
        let found = codes_on(folder.path(), today);
        (found != [code.as_str()]).then(|| format!("tests/rules/{code}.md: {found:?}"))
    });
    assert_eq!(wrong.into_iter().flatten().collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_rule_can_be_explained() {
    each(&check::rules().collect::<Vec<_>>(), |rule| {
        let code = rule.code.name;
        assert_eq!(check::code(code).map(|code| code.title), Some(rule.code.title));
        let output = Command::new(TTHT).args(["explain", code, "--lang", "vi"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && text.contains(rule.code.why.vi), "{code}");
    });
}

/// What typing slips make of a number or a day: a digit too many, a digit too few, a wrong year.
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

/// The places of all numbers and days of a file outside quotes, comments and keys.
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
    let folder = fresh();
    example(folder.path());
    for part in ["centres", "visits/2016-2017", "visits/2017-2018"] {
        let files = fs::read_dir(folder.path().join(part)).unwrap().map(|entry| entry.unwrap().path());
        let others = files.filter(|file| !file.to_str().unwrap().contains("yen-thanh"));
        others.for_each(|file| fs::remove_file(file).unwrap());
    }
    let sound = codes(folder.path()).len();
    let mut tries = Vec::new();
    for file in ["visits/2017-2018/2017-10-26-yen-thanh.toml", "centres/yen-thanh.toml", "units.toml"] {
        let text = fs::read_to_string(folder.path().join(file)).unwrap();
        for place in figures(&text) {
            let line = text[..place.start].matches('\n').count() + 1;
            for slip in slips(&text[place.clone()]) {
                let what = format!("{file}:{line}: {} as {slip}", &text[place.clone()]);
                let bad = format!("{}{slip}{}", &text[..place.start], &text[place.end..]);
                tries.push((what, file, bad));
            }
        }
    }
    let seen = each(&tries, |(what, file, bad)| {
        let slipped = fresh();
        copy(folder.path(), slipped.path());
        fs::write(slipped.path().join(file), bad).unwrap();
        let found = codes(slipped.path());
        assert!(found.len() <= sound + 1, "{what}: {found:?}");
        found.len() - sound
    });
    let seen: usize = seen.iter().sum();
    assert!(seen > 100, "only {seen} slips were seen");
}
