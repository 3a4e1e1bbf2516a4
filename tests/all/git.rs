//! Registers in git: branches that merge, conflicts that are reported once, and a check before each commit.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(root: &Path, program: &str, words: &[&str]) -> Output {
    let bin = Path::new(TTHT).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new(program);
    command
        .current_dir(root)
        .args(words)
        .env("PATH", path)
        .env("TTHT_LANG", "en")
        .env_remove("TTHT_REGISTER");
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")] {
        command.env(name, value);
    }
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.org");
    }
    command.output().unwrap()
}

fn git(root: &Path, words: &[&str]) {
    let output = run(root, "git", words);
    assert!(output.status.success(), "git {words:?}: {}", said(&output));
}

fn ttht(root: &Path, words: &[&str]) -> Output {
    run(root, TTHT, words)
}

fn well(root: &Path, words: &[&str]) {
    let output = ttht(root, words);
    assert!(output.status.success(), "ttht {words:?}: {}", said(&output));
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The example register, committed, in a folder of a fresh repository. On a disk: a file system in memory may forbid
/// running programs, and a hook is one.
fn repository(folder: &str) -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    git(top.path(), &["init", "-q", "-b", "main"]);
    example(&top.path().join(folder));
    git(top.path(), &["add", "."]);
    git(top.path(), &["commit", "-q", "-m", "sổ"]);
    top
}

const ID: &str = "2016-10-27-yen-thanh";
const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";

/// Does one thing on a branch, another on main, and merges.
fn merged(root: &Path, theirs: &[&[&str]], ours: &[&[&str]]) -> bool {
    for (branch, commands) in [("theirs", theirs), ("main", ours)] {
        git(
            root,
            if branch == "main" { &["checkout", "-q", "main"] } else { &["checkout", "-q", "-b", "theirs"] },
        );
        commands.iter().for_each(|words| well(root, words));
        git(root, &["add", "."]);
        git(root, &["commit", "-q", "-m", branch]);
    }
    run(root, "git", &["merge", "-q", "theirs"]).status.success()
}

#[test]
fn two_people_who_add_visits_merge_without_a_conflict() {
    let top = repository(".");
    let theirs: &[&[&str]] = &[
        &["add-visit", "yen-thanh", "--date", "2018-01-05", "--no-input"],
        &["add-visit", "nam-khe", "--date", "2018-01-06", "--no-input"],
    ];
    let ours: &[&[&str]] = &[
        &["add-visit", "yen-thanh", "--date", "2018-01-08", "--no-input"],
        &["add-centre", "yen-thanh", "--id", "yen-thanh-2", "--no-input"],
    ];
    assert!(merged(top.path(), theirs, ours));
    well(top.path(), &["check"]);
    let visits = fs::read_dir(top.path().join("visits/2017-2018")).unwrap().count();
    assert_eq!(visits, 9 + 3);
}

#[test]
fn two_people_who_change_different_lines_of_one_visit_merge_without_a_conflict() {
    let top = repository(".");
    let theirs: &[&[&str]] = &[&["set", ID, "activity.field.law.attendances=700", "minutes.copies=4"]];
    let ours: &[&[&str]] =
        &[&["set", ID, "activity.field.economy.attendances=150", "context.population=8600"]];
    assert!(merged(top.path(), theirs, ours));
    let text = fs::read_to_string(top.path().join(VISIT)).unwrap();
    for words in ["attendances = 700", "attendances = 150", "copies = 4", "population = 8_600"] {
        assert!(text.contains(words), "{words}");
    }
    well(top.path(), &["check"]);
}

#[test]
fn a_conflict_is_one_fault_and_nothing_is_written_over_it() {
    let top = repository(".");
    let root = top.path();
    let set: [&[&[&str]]; 2] =
        [&[&["set", ID, "context.population=8600"]], &[&["set", ID, "context.population=8700"]]];
    assert!(!merged(root, set[0], set[1]));
    let check = ttht(root, &["check", "--format", "json"]);
    assert_eq!(check.status.code(), Some(1));
    let text = said(&check);
    assert_eq!(
        (text.matches("\"error\"").count(), text.matches("conflict-markers").count()),
        (1, 1),
        "{text}"
    );
    let conflicted = fs::read_to_string(root.join(VISIT)).unwrap();
    assert!(!ttht(root, &["set", ID, "place=x"]).status.success());
    assert_eq!(ttht(root, &["fmt"]).status.code(), Some(1));
    assert_eq!(fs::read_to_string(root.join(VISIT)).unwrap(), conflicted);
    let staged = ttht(root, &["check", "--staged"]);
    assert!(!staged.status.success() && said(&staged).contains("merge"), "{}", said(&staged));
}

#[test]
fn the_hook_checks_what_is_about_to_be_committed_and_not_what_is_on_disk() {
    for folder in [".", "so cua phong's"] {
        let top = repository(folder);
        let root = top.path().join(folder);
        well(&root, &["init", "--hook"]);
        well(&root, &["init", "--hook"]);
        let visit = root.join(VISIT);
        let sound = fs::read_to_string(&visit).unwrap();
        let faulty = sound.replace("population = 8_614", "population = -1");
        let commit = || run(&root, "git", &["commit", "-q", "-m", "x"]);

        fs::write(&visit, &faulty).unwrap();
        git(&root, &["add", "."]);
        fs::write(&visit, &sound).unwrap();
        well(&root, &["check"]);
        let refused = commit();
        assert!(!refused.status.success() && said(&refused).contains(VISIT), "{}", said(&refused));

        fs::write(&visit, sound.replace("8_614", "8_600")).unwrap();
        git(&root, &["add", "."]);
        fs::write(&visit, &faulty).unwrap();
        let taken = commit();
        assert!(taken.status.success(), "{}", said(&taken));
        assert_eq!(ttht(&root, &["check"]).status.code(), Some(1));
    }
}

#[test]
fn only_files_that_changed_since_a_commit_are_told() {
    let top = repository("so");
    let root = top.path().join("so");
    let spoil = |file: &str| {
        let text = fs::read_to_string(root.join(file)).unwrap();
        fs::write(root.join(file), format!("nonsense = 1\n{text}")).unwrap();
    };
    spoil("centres/nam-khe.toml");
    git(&root, &["commit", "-q", "-a", "-m", "x"]);
    spoil("centres/bac-son.toml");
    fs::write(root.join("centres/moi.toml"), "nonsense = 1\n").unwrap();
    let told = |words: &[&str]| {
        let text = said(&ttht(&root, &[&["check", "--format", "concise"], words].concat()));
        ["nam-khe", "bac-son", "moi"].map(|id| text.contains(&format!("centres/{id}.toml:")))
    };
    assert_eq!(told(&[]), [true; 3]);
    assert_eq!(told(&["--since", "HEAD"]), [false, true, true]);
    assert_eq!(told(&["--since", "HEAD~1"]), [true; 3]);
    assert_eq!(told(&["--staged"]), [true, false, false]);
    assert_eq!(told(&["--staged", "--since", "HEAD"]), [false; 3]);
    assert_eq!(ttht(&root, &["check", "--since", "--output=x"]).status.code(), Some(2));
    assert_eq!(ttht(&root, &["check", "--since", "no-such"]).status.code(), Some(2));
}

#[test]
fn where_there_is_no_repository_that_is_told() {
    let folder = fresh();
    let refused = ttht(folder.path(), &["init", "so", "--hook"]);
    assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
    assert!(!folder.path().join("so").exists());
    well(folder.path(), &["init", "so"]);
    assert_eq!(ttht(folder.path(), &["-C", "so", "check", "--staged"]).status.code(), Some(4));
    well(folder.path(), &["-C", "so", "check"]);
}
