//! One defect, one message, at its own place: planted on every line of a sound register.

use crate::transcript::{TTHT, root};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The files in which defects are planted; the register has all others of these centres as well.
const FILES: &[&str] = &[
    "visits/2016-2017/2016-10-27-yen-thanh.toml",
    "visits/2016-2017/2016-11-10-nam-khe.toml",
    "centres/yen-thanh.toml",
    "campaigns/2016-2017.toml",
];

/// A defect: its name, what makes it of a line with a key and a value, and the code that it must have.
struct Defect(&'static str, fn(&str, &str) -> Option<String>, &'static str);

const DEFECTS: &[Defect] = &[
    Defect(
        "a misspelt key",
        |key, value| (key.len() > 4).then(|| format!("{}x{} = {value}", &key[..3], &key[3..])),
        "unknown-key",
    ),
    Defect(
        "a figure in quotes",
        |key, value| digits(value).then(|| format!("{key} = \"{value}\"")),
        "wrong-type",
    ),
    Defect(
        "a point among the digits",
        |key, value| digits(value).then(|| format!("{key} = {}.5", value.replace('_', ""))),
        "float-for-count",
    ),
    Defect(
        "a figure below nothing",
        |key, value| (digits(value) && value != "0").then(|| format!("{key} = -{value}")),
        "out-of-range",
    ),
    Defect(
        "a quote that is not closed",
        |key, value| value.ends_with('"').then(|| format!("{key} = {}", value.trim_end_matches('"'))),
        "syntax",
    ),
    Defect(
        "a yes in words",
        |key, value| matches!(value, "true" | "false").then(|| format!("{key} = \"có\"")),
        "wrong-type",
    ),
    Defect("a key twice", |key, value| Some(format!("{key} = {value}\n{key} = {value}")), "syntax"),
    Defect(
        "a date in quotes",
        |key, value| is_date(value).then(|| format!("{key} = \"{value}\"")),
        "bad-date",
    ),
    Defect(
        "a day that is not in the calendar",
        |key, value| is_date(value).then(|| format!("{key} = {}-13-45", &value[..4])),
        "syntax",
    ),
    Defect(
        "accents apart",
        |key, value| value.contains('ế').then(|| format!("{key} = {}", value.replace('ế', "ê\u{301}"))),
        "not-composed",
    ),
];

fn digits(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_digit() || b == b'_')
}

fn is_date(value: &str) -> bool {
    value.len() == 10 && value.as_bytes()[4] == b'-' && value.as_bytes()[7] == b'-'
}

/// A register with the two centres of [`FILES`] and nothing else.
fn register(folder: &Path) {
    let example = root().join("examples/uong-bi");
    let keep = |file: &str| FILES.contains(&file) || file.contains("yen-thanh") || file.contains("nam-khe");
    for part in ["", "centres", "visits/2016-2017", "visits/2017-2018"] {
        for entry in fs::read_dir(example.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let file = path.strip_prefix(&example).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_file() && (keep(&file) || matches!(file.as_str(), "ttht.toml" | "units.toml")) {
                fs::create_dir_all(folder.join(&file).parent().unwrap()).unwrap();
                fs::copy(&path, folder.join(&file)).unwrap();
            }
        }
    }
    fs::create_dir_all(folder.join("campaigns")).unwrap();
    for year in ["2016-2017", "2017-2018"] {
        let file = format!("campaigns/{year}.toml");
        let text = fs::read_to_string(example.join(&file)).unwrap();
        // only the two centres are asked for
        let text = match text.split_once("\ncentres = [") {
            Some((before, after)) => format!("{before}{}", after.split_once(']').unwrap().1),
            None => text,
        };
        fs::write(folder.join(file), text).unwrap();
    }
}

fn faults(folder: &Path) -> Vec<Value> {
    let arguments = ["check", "--format", "json", "--today", "2018-01-15", "-C"];
    let output = Command::new(TTHT).args(arguments).arg(folder).output().unwrap();
    let mut found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let Value::Array(faults) = found["faults"].take() else { panic!("{found}") };
    faults.into_iter().filter(|fault| fault["code"] != "unverified-scheme").collect()
}

#[test]
fn one_defect_is_one_message_at_its_own_line() {
    let folder = tempfile::tempdir().unwrap();
    register(folder.path());
    assert_eq!(
        faults(folder.path()),
        Vec::<Value>::new(),
        "the register is sound before anything is planted"
    );
    let mut planted = 0;
    let mut wrong = Vec::new();
    for file in FILES {
        let path = folder.path().join(file);
        let sound = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = sound.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let Some((key, value)) =
                line.split_once(" = ").filter(|(key, value)| !key.contains(' ') && !value.ends_with('['))
            else {
                continue;
            };
            for Defect(name, plant, code) in DEFECTS {
                let Some(bad) = plant(key, value) else { continue };
                let text = [&lines[..at], &[bad.as_str()], &lines[at + 1..]].concat().join("\n") + "\n";
                fs::write(&path, text).unwrap();
                planted += 1;
                let found = faults(folder.path());
                let line = at + 1 + usize::from(bad.contains('\n'));
                let fine = found.len() == 1
                    && found[0]["code"] == *code
                    && found[0]["line"] == line
                    && found[0]["file"] == *file;
                if !fine {
                    let shown: Vec<String> = found
                        .iter()
                        .map(|f| format!("{}:{} {} {}", f["file"], f["line"], f["code"], f["message"]))
                        .collect();
                    wrong.push(format!("{file}:{line}: {name}: {bad}\n    {}", shown.join("\n    ")));
                }
            }
        }
        fs::write(&path, sound).unwrap();
    }
    assert!(planted > 500, "only {planted} defects were planted");
    assert!(wrong.is_empty(), "{} of {planted}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_visit_under_another_date_is_one_message() {
    let folder = tempfile::tempdir().unwrap();
    register(folder.path());
    for (file, date) in [(FILES[0], "2016-10-27"), (FILES[1], "2016-11-10")] {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        for other in ["2016-10-26", "2016-11-11", "2017-01-02"] {
            let misnamed = folder.path().join(file.replace(date, other));
            fs::rename(&path, &misnamed).unwrap();
            let named = faults(folder.path());
            fs::rename(&misnamed, &path).unwrap();
            fs::write(&path, text.replace(&format!("\ndate = {date}\n"), &format!("\ndate = {other}\n")))
                .unwrap();
            let told = faults(folder.path());
            fs::write(&path, &text).unwrap();
            for found in [named, told] {
                let codes: Vec<_> = found.iter().map(|fault| &fault["code"]).collect();
                assert_eq!(codes, ["name-differs"], "{file} {other}: {found:?}");
            }
        }
    }
}
