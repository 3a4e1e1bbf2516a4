//! One defect, one message, at its own place: planted on every line of a sound register.
//!
//! The library is asked for every line and the program for every twentieth, and of the faults of syntax an eighth is
//! planted; with `TTHT_STRESS` all are, and both are asked.

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
    fresh::STATEMENT,
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

/// Defects of syntax on a line with a key. They must not hide or invent anything around them.
const SYNTAX: &[Defect] = &[
    Defect("no equals sign", |key, value| Some(format!("{key} {value}")), "syntax"),
    Defect("no value", |key, _| Some(format!("{key} =")), "syntax"),
    Defect("a list that is not closed", |key, value| Some(format!("{key} = [{value}")), "syntax"),
    Defect("braces that are not closed", |key, value| Some(format!("{key} = {{ a = {value}")), "syntax"),
    Defect("a long text that is not closed", |key, _| Some(format!("{key} = \"\"\"một\nhai")), "syntax"),
    Defect("a literal text that is not closed", |key, _| Some(format!("{key} = '''một")), "syntax"),
    Defect("something behind the value", |key, value| Some(format!("{key} = {value} x y")), "syntax"),
    Defect("curly quotes", |key, _| Some(format!("{key} = “một”")), "syntax"),
    Defect("a value without quotes", |key, _| Some(format!("{key} = Nguyễn Văn A")), "syntax"),
    Defect("a line of nothing", |key, value| Some(format!("{key} = {value}\nxin chào")), "syntax"),
    Defect("a key with two values", |key, value| Some(format!("{key} = {value}\n{key} = \"y\"")), "syntax"),
    Defect("a lone quote", |key, value| Some(format!("{key} = {value}\n\"")), "syntax"),
    Defect("a control character", |key, value| Some(format!("{key} = {value} # \u{1}")), "syntax"),
    Defect("a carriage return", |key, value| Some(format!("{key} =\r {value}")), "syntax"),
    Defect("a byte order mark", |key, value| Some(format!("\u{feff}{key} = {value}")), "syntax"),
];

/// Defects of a header, made from its name and its brackets.
const HEADERS: &[Defect] = &[
    Defect("a header that is not closed", |name, open| Some(format!("{open}{name}")), "syntax"),
    Defect(
        "a header that is not opened",
        |name, open| Some(format!("{name}{}", open.replace('[', "]"))),
        "syntax",
    ),
    Defect("a header in other brackets", |name, _| Some(format!("({name})")), "syntax"),
    Defect(
        "a header with an accent",
        |name, open| Some(format!("{open}{name}é{}", open.replace('[', "]"))),
        "syntax",
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
    for part in ["", "centres", "photos", "visits/2016-2017", "visits/2017-2018"] {
        for entry in fs::read_dir(example.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let file = path.strip_prefix(&example).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_file() && (keep(&file) || matches!(file.as_str(), "ttht.toml" | "units.toml")) {
                fs::create_dir_all(folder.join(&file).parent().unwrap()).unwrap();
                fs::copy(&path, folder.join(&file)).unwrap();
            }
        }
    }
    fresh::state(folder);
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

fn asks_all() -> bool {
    std::env::var_os("TTHT_STRESS").is_some()
}

/// A planted defect: its name, the file, the place of the old line among all, the line of the fault, the code that it
/// must have, the new line and the new file.
struct Planted {
    name: &'static str,
    file: &'static str,
    at: usize,
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
        let pair = line.split_once(" = ").filter(|(key, value)| !key.contains(' ') && !value.ends_with('['));
        let name = line.trim_matches(['[', ']']);
        let header = line.strip_prefix('[').map(|_| (name, &line[..line.find(name).unwrap_or(0)]));
        let of_pair =
            pair.into_iter().flat_map(|pair| DEFECTS.iter().chain(SYNTAX).map(move |one| (one, pair)));
        let of_header = header.into_iter().flat_map(|header| HEADERS.iter().map(move |one| (one, header)));
        for (n, (Defect(name, plant, code), (left, right))) in of_pair.chain(of_header).enumerate() {
            if n >= DEFECTS.len() && (at + n) % 8 > 0 && !asks_all() {
                continue;
            }
            let Some(bad) = plant(left, right) else { continue };
            let text = [&lines[..at], &[bad.as_str()], &lines[at + 1..]].concat().join("\n") + "\n";
            let second = bad.contains('\n') && !name.contains("not closed");
            all.push(Planted { name, file, at, line: at + 1 + usize::from(second), code, bad, text });
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
    let wrong = each(&all, |Planted { name, file, line, code, bad, text, .. }| {
        let planted = fresh();
        copy(folder.path(), planted.path());
        fs::write(planted.path().join(file), text).unwrap();
        let found = faults(planted.path());
        if asks_all() || line % 20 == 0 {
            assert_eq!(printed(planted.path()), found, "the program says what the library finds");
        }
        let told = |told: &Told| (told.0.as_str(), told.1, told.2.as_str()) == (file, Some(*line), code);
        let fine = found.len() == 1 && told(&found[0]);
        (!fine).then(|| format!("{file}:{line}: {name}: {bad}\n    {found:?}"))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// What is found in a register with other texts for one of its files.
fn with_text(folder: &Path, file: &str, text: &str) -> Vec<Told> {
    let planted = fresh();
    copy(folder, planted.path());
    fs::write(planted.path().join(file), text).unwrap();
    faults(planted.path())
}

/// Where a fault is, and which it is.
fn place(told: &Told) -> (usize, &str) {
    (told.1.unwrap_or(0), told.2.as_str())
}

#[test]
fn a_fault_of_syntax_hides_no_fault_of_form() {
    let folder = fresh();
    register(folder.path());
    let is_syntax = |one: &&Planted| SYNTAX.iter().any(|Defect(name, ..)| *name == one.name);
    for file in FILES {
        let mut pairs = Vec::new();
        let sound = fs::read_to_string(folder.path().join(file)).unwrap();
        let all = plantings(file, &sound);
        let forms: Vec<&Planted> = all.iter().filter(|one| one.code != "syntax").collect();
        for (n, one) in all.iter().filter(is_syntax).enumerate() {
            let other = forms[n * 7 % forms.len()];
            if one.line.abs_diff(other.line) > 2 {
                pairs.push((one, other, joined(&sound, one, other)));
            }
        }
        assert!(!pairs.is_empty());
        let wrong = each(&pairs, |(one, other, text)| {
            let found = with_text(folder.path(), file, text);
            let more = |earlier: &Planted, line| {
                line + usize::from(earlier.line < line) * earlier.bad.matches('\n').count()
            };
            let mut want = [(one.line, one.code), (more(one, other.line), other.code)];
            if other.line < one.line {
                want[0].0 = more(other, one.line);
            }
            want.sort_unstable();
            let fine = found.iter().map(place).eq(want);
            (!fine).then(|| format!("{file}: {} and {}: {want:?}\n    {found:?}", one.bad, other.bad))
        });
        let wrong: Vec<String> = wrong.into_iter().flatten().collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), pairs.len(), wrong.join("\n"));
    }
}

/// A text with two defects in it.
fn joined(sound: &str, one: &Planted, other: &Planted) -> String {
    let mut lines: Vec<&str> = sound.lines().collect();
    for planted in [one, other] {
        lines[planted.at] = &planted.bad;
    }
    lines.join("\n") + "\n"
}

#[test]
fn a_fault_of_syntax_hides_no_fault_of_meaning() {
    let folder = fresh();
    register(folder.path());
    let file = FILES[0];
    let sound = fs::read_to_string(folder.path().join(file)).unwrap();
    let off = sound.replace("\nclosing = 3_820_000\n", "\nclosing = 3_821_000\n");
    let known = with_text(folder.path(), file, &off);
    let [(_, Some(line), code, _)] = &known[..] else { panic!("{known:?}") };
    assert_eq!(code, "balance-mismatch");
    let finance = off.lines().position(|line| line == "[finance]").unwrap();
    let section = finance..finance + off.lines().skip(finance).position(str::is_empty).unwrap();
    // Only a part of the balance itself may be what is broken.
    let is_apart = |one: &Planted| one.code == "syntax" && !section.contains(&one.at);
    let all: Vec<Planted> = plantings(file, &off).into_iter().filter(is_apart).collect();
    assert!(all.len() > 150, "only {} defects were planted", all.len());
    let wrong = each(&all, |one| {
        let found = with_text(folder.path(), file, &one.text);
        let more = usize::from(one.at < *line) * one.bad.matches('\n').count();
        let mut want = [(one.line, "syntax"), (line + more, code.as_str())];
        want.sort_unstable();
        let fine = found.iter().map(place).eq(want);
        (!fine).then(|| format!("{}: {want:?}\n    {found:?}", one.bad))
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
