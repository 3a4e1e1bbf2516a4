//! One defect, one message, at its own place: planted on every line of a sound register.
//!
//! The library is asked for every line and the program for every twentieth; with `TTHT_STRESS` both for every line.

use crate::fresh::{self, copy, each, fresh};
use crate::transcript::{TTHT, root};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use ttht::model::fault::Fault;
use ttht::model::text::Lang;

/// The files in which defects are planted; the register has all other files of these centres as well.
const FILES: &[&str] = &[
    "visits/2016-2017/2016-10-27-yen-thanh.toml",
    "visits/2016-2017/2016-11-10-nam-khe.toml",
    "centres/yen-thanh.toml",
    "campaigns/2016-2017.toml",
];

/// A defect: its name, how it is made from the key and the value of a line, and the code that it must have.
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
        "a figure below zero",
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

/// What is reported of a defect: file, line, code and message.
type Told = (String, Option<usize>, String, String);

/// The day on which the register is checked.
const TODAY: &str = "2018-01-15";

/// The known warning about the example's scheme, which is no defect.
const KNOWN: &str = "unverified-scheme";

fn faults(folder: &Path) -> Vec<Told> {
    let told = |fault: Fault| {
        let line = fault.place.map(|place| place.line);
        (fault.file, line, fault.code.to_owned(), fault.message.get(Lang::Vi).to_owned())
    };
    fresh::faults(folder, TODAY).into_iter().filter(|fault| fault.code != KNOWN).map(told).collect()
}

/// The same, as the program prints it.
fn printed(folder: &Path) -> Vec<Told> {
    let arguments = ["check", "--format", "json", "--today", TODAY, "--lang", "vi", "-C"];
    let output = Command::new(TTHT).args(arguments).arg(folder).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let word = |fault: &Value, key: &str| fault[key].as_str().unwrap().to_owned();
    let told = |fault: &Value| {
        let line = fault["line"].as_u64().map(|line| line as usize);
        (word(fault, "file"), line, word(fault, "code"), word(fault, "message"))
    };
    found["faults"].as_array().unwrap().iter().filter(|fault| fault["code"] != KNOWN).map(told).collect()
}

/// A planted defect: its name, the file, its line, the code that it must have, the new line and the new file.
struct Planted {
    name: &'static str,
    file: &'static str,
    line: usize,
    code: &'static str,
    bad: String,
    text: String,
}

/// Every defect that a file can have.
fn plantings(file: &'static str, sound: &str) -> Vec<Planted> {
    let lines: Vec<&str> = sound.lines().collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((key, value)) =
            line.split_once(" = ").filter(|(key, value)| !key.contains(' ') && !value.ends_with('['))
        else {
            continue;
        };
        for Defect(name, plant, code) in DEFECTS {
            let Some(bad) = plant(key, value) else { continue };
            let text = [&lines[..at], &[bad.as_str()], &lines[at + 1..]].concat().join("\n") + "\n";
            all.push(Planted { name, file, line: at + 1 + usize::from(bad.contains('\n')), code, bad, text });
        }
    }
    all
}

#[test]
fn one_defect_is_one_message_at_its_own_line() {
    let folder = fresh();
    register(folder.path());
    assert_eq!(faults(folder.path()), [], "the register is sound before anything is planted");
    let read = |file: &&'static str| plantings(file, &fs::read_to_string(folder.path().join(file)).unwrap());
    let all: Vec<Planted> = FILES.iter().flat_map(read).collect();
    assert!(all.len() > 500, "only {} defects were planted", all.len());
    let asks_all = std::env::var_os("TTHT_STRESS").is_some();
    let wrong = each(&all, |Planted { name, file, line, code, bad, text }| {
        let planted = fresh();
        copy(folder.path(), planted.path());
        fs::write(planted.path().join(file), text).unwrap();
        let found = faults(planted.path());
        if asks_all || line % 20 == 0 {
            assert_eq!(printed(planted.path()), found, "the program says what the library finds");
        }
        let told = |told: &Told| (told.0.as_str(), told.1, told.2.as_str()) == (file, Some(*line), code);
        let fine = found.len() == 1 && told(&found[0]);
        (!fine).then(|| format!("{file}:{line}: {name}: {bad}\n    {found:?}"))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn a_visit_under_another_date_is_one_message() {
    let folder = fresh();
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
                let codes: Vec<&str> = found.iter().map(|told| told.2.as_str()).collect();
                assert_eq!(codes, ["name-differs"], "{file} {other}: {found:?}");
            }
        }
    }
}
