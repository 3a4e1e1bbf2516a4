//! Registers that a stranger made: what leads out of them, what is no file, what is too much. Every command goes over
//! each: it ends by itself with an exit code of its own, shows nothing of what lies outside, and changes nothing there.

use crate::fresh::{each, example, fresh};
use crate::transcript::{TTHT, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Seek};
#[cfg(unix)]
use std::os::unix::{fs::symlink, net::UnixListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use ttht::cli::COMMANDS;
use ttht::toml::shipped;

/// How each command is called: at least once.
const CALLS: &[&str] = &[
    "init .",
    "init sub/new --from-example",
    "init . --editor",
    "add-unit Mới --kind ward",
    "add-centre yen-thanh --id moi",
    "add-centre yen-thanh --id yen-thanh",
    "add-campaign 2018-2019 --title A --starts 2018-10-01 --ends 2018-10-30",
    "add-visit yen-thanh --date 2017-03-01",
    "add-visit bac-son --date 2016-10-27 --follow-up-of 2016-10-27-yen-thanh --allow-faults",
    "add-statement 2013-2014 --source A",
    "add-statement 2014-2015 --source A --set activity.period=2014-2015",
    "add-scheme A --id moi --criterion B;20 --rank C;10",
    "add-scheme --from [OUTSIDE]/a.toml",
    "merge-centres bac-son yen-thanh --into moi --date 2018-01-05 --unit yen-thanh --resolution 1/NQ-HĐND --allow-faults",
    "add-photo 2016-10-27-yen-thanh [OUTSIDE]/phone.jpg --caption A",
    "add-photo 2016-10-27-yen-thanh photos/2016-10-27-yen-thanh-1.jpg --credit A",
    "set yen-thanh --kind centre phone=0203123456",
    "set 2016-10-27-yen-thanh context.population=9001",
    "set 2016-2017 title=A --kind campaign",
    "set own title=A --kind scheme",
    "set 2014-2015 source=A --kind statement",
    "set yen-thanh --kind unit name=A",
    "set register office=A",
    "edit yen-thanh --kind centre",
    "edit 2016-10-27-yen-thanh",
    "edit units",
    "merge-file [OUTSIDE]/a.toml [OUTSIDE]/b.toml [OUTSIDE]/c.toml",
    "schema visit",
    "drafts",
    "drafts --delete all",
    "diff",
    "diff HEAD",
    "diff ttht.toml units.toml",
    "values visits/2016-2017/2016-10-27-yen-thanh.toml",
    "values [OUTSIDE]/phone.jpg",
    "list centres",
    "list recommendations --open",
    "help check",
    "",
    "list visits",
    "list units",
    "list schemes",
    "list statements",
    "show yen-thanh --kind centre -O toml",
    "show 2016-10-27-yen-thanh -O toml",
    "show 2016-2017 --kind campaign -O toml",
    "show own --kind scheme -O toml",
    "show 2014-2015 --kind statement -O toml",
    "show units -O toml",
    "show register -O toml",
    "check",
    "check --fix",
    "save -m A --allow-faults",
    "undo",
    "sync",
    "share photos/shared",
    "check --staged",
    "check --since HEAD",
    "show 2016-10-27-yen-thanh --at HEAD",
    "list visits --at HEAD",
    "log",
    "log 2016-10-27-yen-thanh",
    "log --field context.population",
    "summary context --at 2016-12-31 --compare-at HEAD",
    "fmt --check",
    "fmt --dry-run",
    "fmt",
    "explain outside-register",
    "summary activity --year 2016-2017",
    "report minutes 2016-10-27-yen-thanh",
    "report news 2016-2017",
    "report minutes 2016-10-27-yen-thanh --template [OUTSIDE]/visits.csv -o new.docx",
    "report fields minutes",
    "report campaign 2016-2017",
    "report half-year 2016-H2",
    "report centre yen-thanh --year 2016-2017",
    "export all",
    "form yen-thanh -o new.xlsx --campaign 2016-2017",
    "form --all -o forms",
    "import [OUTSIDE]/centres.csv --as centres --yes",
    "import [OUTSIDE]/visits.csv --as visits --yes --allow-faults",
    "reconcile .",
    "resolve",
    "resolve 2016-10-27-yen-thanh --ours",
    "fields visit",
    "completions bash",
    "man new",
];

/// What stands in lines outside that must never be shown. It is no TOML, so that a check of it would show the line.
const SECRET: &str = "x7391-secret = [[\n";

const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";

/// The place of each kind of record.
const RECORDS: &[&str] = &[
    "ttht.toml",
    "units.toml",
    "centres/yen-thanh.toml",
    "campaigns/2016-2017.toml",
    "schemes/own.toml",
    "statements/2014-2015.toml",
    VISIT,
];

/// The folders of a register.
const FOLDERS: &[&str] = &["centres", "campaigns", "schemes", "statements", "visits", "visits/2016-2017"];

/// A folder with what is nobody's business.
fn outside() -> tempfile::TempDir {
    let outside = fresh();
    put(&outside.path().join("draft"), "name = \"A\"\n");
    for file in RECORDS.iter().chain(&["secret.toml", "moi.toml", "2016-10-27-yen-thanh.toml", ".gitignore"])
    {
        put(&outside.path().join(file), SECRET);
    }
    fs::copy(root().join("tests/pictures/phone.jpg"), outside.path().join("phone.jpg")).unwrap();
    put(&outside.path().join("centres.csv"), "id,name,unit\nyen-thanh,B,yen-thanh\nmoi-2,C,bac-son\n");
    put(&outside.path().join("visits.csv"), "id,centre,date\n2016-10-27-yen-thanh,yen-thanh,2016-10-28\n");
    outside
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The example register with a place in it taken.
fn taken(place: &str, take: impl FnOnce(&Path)) -> tempfile::TempDir {
    let register = fresh();
    example(register.path());
    let scheme = shipped::text("cv2553-2013").unwrap();
    put(&register.path().join("schemes/own.toml"), scheme);
    git(register.path(), &["init", "-q"]);
    let path = register.path().join(place);
    if path.is_dir() {
        fs::remove_dir_all(&path).unwrap();
    } else if path.exists() {
        fs::remove_file(&path).unwrap();
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    take(&path);
    register
}

/// The place of a path in the example register that a test made.
#[cfg(unix)]
fn in_register(path: &Path) -> PathBuf {
    let of = |place: &&&str| path.ends_with(place);
    RECORDS.iter().chain(FOLDERS).filter(of).max_by_key(|place| place.len()).unwrap().into()
}

fn git(register: &Path, words: &[&str]) {
    Command::new("git").args(words).current_dir(register).output().unwrap();
}

/// Runs a call to its end: its exit code and all that it prints. It panics if it does not end.
fn run(register: &Path, outside: &Path, call: &str) -> (i32, String) {
    let mut printed = tempfile::tempfile().unwrap();
    let words: Vec<String> =
        call.split(' ').map(|word| word.replace("[OUTSIDE]", outside.to_str().unwrap())).collect();
    let mut child = Command::new(TTHT)
        .args(["-C", register.to_str().unwrap()])
        .args(&words)
        .args(["--lang", "en", "--no-input", "--today", "2018-01-15"])
        .current_dir(register)
        .env("VISUAL", format!("cp {}", outside.join("draft").display()))
        .stdin(Stdio::null())
        .stdout(printed.try_clone().unwrap())
        .stderr(printed.try_clone().unwrap())
        .spawn()
        .unwrap();
    let since = Instant::now();
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        if since.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("`ttht {call}` does not end");
        }
        sleep(Duration::from_millis(2));
    };
    let mut text = String::new();
    printed.rewind().unwrap();
    printed.read_to_string(&mut text).unwrap();
    (ended.code().unwrap_or(-1), text)
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.symlink_metadata().unwrap().file_type();
        match () {
            () if kind.is_dir() => found.extend(bytes(&path)),
            () if kind.is_file() => drop(found.insert(path.clone(), fs::read(&path).unwrap())),
            () => drop(found.insert(path, Vec::new())),
        }
    }
    found
}

/// Lets every command go over a register.
fn go_over(name: &str, register: &Path, outside: &Path) {
    git(register, &["add", "-A"]);
    let before = bytes(outside);
    for call in CALLS {
        let (exit, text) = run(register, outside, call);
        assert!((0..=5).contains(&exit), "{name}: `ttht {call}` ends with {exit}: {text}");
        assert!(!text.contains("x7391"), "{name}: `ttht {call}` shows a line of a file outside: {text}");
        assert!(before == bytes(outside), "{name}: `ttht {call}` changes something outside");
    }
}

/// What `check` finds in a register, as `file: code`, without what it finds in the sound one.
fn told(register: &Path) -> Vec<String> {
    let (_, text) = run(register, register, "check --quiet --format json --ignore unverified-scheme");
    let checked: Value = serde_json::from_str(&text).unwrap();
    let told =
        |fault: &Value| format!("{}: {}", fault["file"].as_str().unwrap(), fault["code"].as_str().unwrap());
    checked["faults"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn every_command_is_called() {
    let called = |name: &str| CALLS.iter().any(|call| call.split(' ').next() == Some(name));
    let forgotten: Vec<&str> =
        COMMANDS.iter().map(|command| command.name).filter(|name| !called(name)).collect();
    assert_eq!(forgotten, [""; 0]);
}

/// Registers with something in each of the places: it is told once, as this code, and every command goes over them.
fn each_taken(places: &[&str], code: &str, take: impl Fn(&Path, &Path) + Sync) {
    let outside = outside();
    each(places, |place| {
        let register = taken(place, |path| take(path, outside.path()));
        assert_eq!(told(register.path()), [format!("{place}: {code}")]);
        go_over(place, register.path(), outside.path());
    });
}

#[test]
fn the_register_without_anything_in_it_is_sound() {
    assert_eq!(told(taken("none", |_| {}).path()), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_register_is_told_once_and_never_followed() {
    let places: Vec<&str> = RECORDS.iter().chain(FOLDERS).copied().collect();
    each_taken(&places, "outside-register", |path, outside| {
        symlink(outside.join(in_register(path)), path).unwrap();
    });
}

#[cfg(unix)]
#[test]
fn a_link_to_a_device_or_to_what_git_hides_is_one_out_of_the_register() {
    each_taken(&["ttht.toml", VISIT], "outside-register", |path, _| symlink("/dev/zero", path).unwrap());
    each_taken(&["units.toml"], "outside-register", |path, _| symlink(".git/config", path).unwrap());
}

#[cfg(unix)]
#[test]
fn a_pipe_a_socket_or_a_folder_is_no_record() {
    each_taken(&["ttht.toml", "units.toml", VISIT], "odd-file", |path, _| {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    });
    each_taken(&["centres/yen-thanh.toml"], "odd-file", |path, _| drop(UnixListener::bind(path).unwrap()));
    each_taken(&["campaigns/2016-2017.toml"], "odd-file", |path, _| fs::create_dir(path).unwrap());
}

#[test]
fn a_file_is_no_folder() {
    each_taken(&["centres", "visits/2016-2017"], "odd-file", |path, _| fs::write(path, "").unwrap());
}

#[cfg(unix)]
#[test]
fn a_link_that_stays_in_the_register_is_followed_by_all_and_stays_one() {
    let register = taken("centres/yen-thanh.toml", |path| symlink("../photos/centre.toml", path).unwrap());
    let root = register.path();
    put(&root.join("photos/centre.toml"), "name = \"A\"\nunit = \"yen-thanh\"\n");
    assert_eq!(told(root), [""; 0]);
    let outside = outside();
    let (exit, text) = run(root, outside.path(), "set yen-thanh --kind centre name=B");
    assert_eq!((exit, &*text), (0, "centres/yen-thanh.toml\n"));
    assert!(fs::read_to_string(root.join("photos/centre.toml")).unwrap().contains("name = \"B\""));
    go_over("a link inside", root, outside.path());
    assert!(root.join("centres/yen-thanh.toml").is_symlink());
}

#[test]
fn what_is_nested_too_deeply_is_told_and_costs_no_time() {
    let outside = outside();
    each(&[30, 79, 10_000], |depth| {
        let register = taken("none", |_| {});
        let file = "centres/yen-thanh.toml";
        let path = vec!["a"; *depth].join(".");
        put(
            &register.path().join(file),
            &format!("name = \"A\"\nunit = \"yen-thanh\"\n[extra.{path}]\nb = 1\n"),
        );
        let found = if *depth > 79 { vec![format!("{file}: syntax")] } else { Vec::new() };
        assert_eq!(told(register.path()), found);
        for call in
            ["fmt --dry-run", "set yen-thanh --kind centre phone=0203123456", "show yen-thanh --kind centre"]
        {
            let (exit, text) = run(register.path(), outside.path(), call);
            assert!((0..=5).contains(&exit), "`ttht {call}` ends with {exit}: {text}");
        }
    });
}

#[test]
fn what_has_no_end_or_is_too_large_is_refused_unread() {
    let (register, outside) = (taken("none", |_| {}), outside());
    let huge = outside.path().join("huge");
    fs::File::create(&huge).unwrap().set_len(2 << 30).unwrap();
    let calls =
        ["import [OUTSIDE]/huge --as visits", "import /dev/zero --as visits", "add-unit A --from /dev/zero"];
    for call in calls.iter().filter(|call| cfg!(unix) || !call.contains("/dev/zero")) {
        let (exit, text) = run(register.path(), outside.path(), call);
        assert_eq!(exit, 4, "{text}");
        assert!(text.contains("it is too large"), "{text}");
    }
    fs::File::create(register.path().join(VISIT)).unwrap().set_len(2 << 30).unwrap();
    assert_eq!(told(register.path()), [format!("{VISIT}: too-large")]);
    let (exit, text) =
        run(register.path(), outside.path(), "set 2016-10-27-yen-thanh context.population=9001");
    assert_eq!((exit, text.contains("larger than 1 MB")), (1, true), "{text}");
}

#[test]
fn of_very_many_faults_the_first_are_told_and_the_rest_are_counted() {
    let (register, outside) = (taken("none", |_| {}), outside());
    let file = "centres/yen-thanh.toml";
    let sound = "name = \"A\"\nunit = \"yen-thanh\"\n";
    let keys: String = (0..20_000).map(|number| format!("z{number} = 1\n")).collect();
    put(&register.path().join(file), &(sound.to_owned() + &keys));
    assert_eq!(told(register.path()), vec![format!("{file}: unknown-key"); 1001]);
    let (_, text) = run(register.path(), outside.path(), "check --format concise");
    let last = "centres/yen-thanh.toml:1003:1: error[unknown-key]: there are 19,000 more errors in this file";
    assert!(text.contains(last), "{text}");
    // A line that nobody reads is not shown with each of its faults.
    let register = taken("none", |_| {});
    put(
        &register.path().join("campaigns/2016-2017.toml"),
        &format!("partners = [{}]\n", "1, ".repeat(100_000)),
    );
    let call = "check --select wrong-type";
    let (exit, text) = run(register.path(), outside.path(), call);
    assert_eq!((exit, text.len() < 1_000_000), (1, true), "{} bytes", text.len());
    assert!(text.contains("campaigns/2016-2017.toml:1:3010\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_out_is_what_is_wrong_and_not_the_records_in_it() {
    let outside = outside();
    let register = taken("centres", |path| symlink(outside.path().join("centres"), path).unwrap());
    for call in ["fmt", "add-centre yen-thanh --id yen-thanh", "add-centre bac-son --id moi"] {
        let (exit, text) = run(register.path(), outside.path(), call);
        assert_eq!((exit, text.contains("leads out of the register")), (1, true), "`ttht {call}`: {text}");
    }
}

#[cfg(unix)]
#[test]
fn no_picture_comes_from_or_goes_to_a_folder_outside() {
    let outside = outside();
    let register = taken("photos", |path| symlink(outside.path(), path).unwrap());
    assert_eq!(told(register.path()), [format!("{VISIT}: photo-unreadable")]);
    let before = bytes(outside.path());
    let call = "add-photo 2016-10-27-yen-thanh [OUTSIDE]/phone.jpg";
    let (exit, text) = run(register.path(), outside.path(), call);
    assert_eq!((exit, text.contains("leads out of the register")), (1, true), "{text}");
    assert_eq!(bytes(outside.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_out_of_the_register_if_it_leads_there() {
    let outside = outside();
    for (target, code) in [
        ("../../nothing", "outside-register"),
        ("/nothing", "outside-register"),
        ("../nothing", "unreadable"),
    ] {
        let register = taken("centres/yen-thanh.toml", |path| symlink(target, path).unwrap());
        assert_eq!(told(register.path()), [format!("centres/yen-thanh.toml: {code}")]);
        git(register.path(), &["add", "-A"]);
        let (_, text) = run(register.path(), outside.path(), "check --staged --format concise");
        assert!(text.contains(&format!("error[{code}]")), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_committed_as_a_link_is_told_once() {
    let outside = outside();
    let register = taken("centres", |path| symlink("../centres", path).unwrap());
    git(register.path(), &["add", "-A"]);
    let (exit, text) = run(register.path(), outside.path(), "check --staged --format concise");
    assert_eq!((exit, text.matches("error[").count()), (1, 1), "{text}");
}

#[cfg(unix)]
#[test]
fn the_draft_of_an_edit_follows_no_link() {
    let (register, outside) = (taken("none", |_| {}), outside());
    let private = register.path().join(".ttht");
    fs::create_dir(&private).unwrap();
    symlink(outside.path().join("new"), private.join("centres-yen-thanh.held")).unwrap();
    symlink(outside.path().join("secret.toml"), private.join("centres-yen-thanh_2.toml")).unwrap();
    let before = bytes(outside.path());
    let (exit, text) = run(register.path(), outside.path(), "edit yen-thanh --kind centre");
    assert!(exit <= 5 && !text.contains("centres-yen-thanh_2"), "{text}");
    assert_eq!(bytes(outside.path()), before);
}
