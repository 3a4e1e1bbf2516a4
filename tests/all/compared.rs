//! Versions compared with real git: what people have set up, and what a history may hold, does no harm.

use crate::fresh::example;
use crate::git::{git, run, said, ttht, well};
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::Path;

const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";

/// The example register, saved, in a folder of a repository.
fn saved(folder: &str) -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    git(top.path(), &["init", "-q", "-b", "main"]);
    example(&top.path().join(folder));
    git(top.path(), &["add", "."]);
    git(top.path(), &["commit", "-q", "-m", "a"]);
    top
}

fn told(root: &Path, words: &[&str]) -> String {
    said(&ttht(root, words))
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replace(from, to)).unwrap();
}

#[test]
fn what_a_person_has_set_up_in_git_does_not_change_what_is_told() {
    let top = saved(".");
    let root = top.path();
    edit(&root.join(VISIT), "population = 8_614", "population = 8_700");
    let plain = told(root, &["diff"]);
    assert!(plain.contains("Context, population: 8,614 → 8,700 (+86; +1%)"), "{plain}");
    for (key, value) in [
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("diff.external", "false"),
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("core.quotePath", "false"),
        ("status.showUntrackedFiles", "no"),
        ("diff.ttht.textconv", "false"),
        ("diff.ttht.command", "false"),
    ] {
        git(root, &["config", key, value]);
    }
    git(root, &["config", "alias.diff", "!false"]);
    assert_eq!(told(root, &["diff"]), plain);
}

#[test]
fn git_shows_and_merges_values_in_a_folder_of_a_repository() {
    let top = saved("sổ của phòng's [1]");
    let root = top.path().join("sổ của phòng's [1]");
    well(&root, &["init", "--git"]);
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "b"]);
    git(&root, &["checkout", "-q", "-b", "theirs"]);
    edit(&root.join(VISIT), "households = 2_461", "households = 2_470");
    let shown = said(&run(&root, "git", &["diff"]));
    assert!(shown.contains("\n-Context, households: 2,461\n+Context, households: 2,470\n"), "{shown}");
    git(&root, &["commit", "-q", "-a", "-m", "c"]);
    git(&root, &["checkout", "-q", "main"]);
    edit(&root.join(VISIT), "population = 8_614", "population = 8_700");
    git(&root, &["commit", "-q", "-a", "-m", "d"]);
    git(&root, &["merge", "-q", "theirs"]);
    let text = fs::read_to_string(root.join(VISIT)).unwrap();
    assert!(text.contains("population = 8_700\nhouseholds = 2_470\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn neither_values_nor_a_merge_need_this_program_once_git_was_told_of_it() {
    let top = saved(".");
    let root = top.path();
    well(root, &["init", "--git"]);
    git(root, &["commit", "-q", "-a", "-m", "b"]);
    git(root, &["checkout", "-q", "-b", "theirs"]);
    edit(&root.join(VISIT), "population = 8_614", "population = 8_600");
    git(root, &["commit", "-q", "-a", "-m", "c"]);
    git(root, &["checkout", "-q", "main"]);
    edit(&root.join(VISIT), "population = 8_614", "population = 8_700");
    git(root, &["commit", "-q", "-a", "-m", "d"]);
    let tools = tempfile::tempdir().unwrap();
    for tool in ["git", "sh", "cat"] {
        let found = said(&run(root, "sh", &["-c", &format!("command -v {tool}")]));
        symlink(found.trim_end(), tools.path().join(tool)).unwrap();
    }
    let bare = |words: &str| {
        let path = format!("PATH={}", tools.path().display());
        said(&run(root, "env", &[&path, "sh", "-c", words]))
    };
    let shown = bare("git diff theirs");
    assert!(shown.contains("\n-population = 8_600\n+population = 8_700\n"), "{shown}");
    bare("git merge -q theirs");
    let text = fs::read_to_string(root.join(VISIT)).unwrap();
    assert!(text.contains("<<<<<<< ours\npopulation = 8_700\n"), "{text}");
    assert!(text.contains("population = 8_600\n>>>>>>> theirs\n"), "{text}");
}

#[cfg(unix)]
#[test]
fn what_a_history_holds_in_place_of_a_record_is_told() {
    let top = saved(".");
    let root = top.path();
    let place = |file: &str| root.join(file);
    fs::write(place("secret"), "x7391").unwrap();
    fs::remove_file(place("centres/bac-son.toml")).unwrap();
    symlink("../secret", place("centres/bac-son.toml")).unwrap();
    fs::write(place(VISIT), vec![b'#'; 3 << 20]).unwrap();
    fs::write(place("centres/nam-khe.toml"), b"name = \"Y\xaan\"\n").unwrap();
    fs::write(place("visits/2016-2017/2016-11-01-dien-cong.toml"), "a = [\n").unwrap();
    fs::write(place("campaigns/x\u{1b}[31m.toml"), "title = \"\u{1b}[31m\"\n").unwrap();
    git(root, &["add", "."]);
    git(root, &["commit", "-q", "-m", "b"]);
    for words in [&["diff", "HEAD~1"][..], &["diff", "HEAD~1..HEAD"], &["diff", "HEAD..HEAD~1"]] {
        let told = told(root, words);
        for part in [
            "this is a link and is not read",
            "larger than 1 MB",
            "not in UTF-8",
            "a list without its closing ]",
        ] {
            assert!(told.contains(part), "{words:?}: {part}: {told}");
        }
        assert!(!told.contains('\u{1b}') && !told.contains("x7391"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn attributes_that_are_no_file_are_left_alone() {
    let top = saved(".");
    let root = top.path();
    fs::rename(root.join(".gitattributes"), root.join("attributes")).unwrap();
    symlink("attributes", root.join(".gitattributes")).unwrap();
    let before = fs::read(root.join("attributes")).unwrap();
    let output = ttht(root, &["init", "--git"]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert_eq!(fs::read(root.join("attributes")).unwrap(), before);
}
