//! Saving: what belongs to the register is recorded, and nothing else; what is refused leaves all as it was.

use crate::fresh::{example, may_run};
use crate::git::{git, run, said, ttht, well};
use std::fs;
use std::path::Path;

const ID: &str = "2016-10-27-yen-thanh";

/// The example register in a folder of a repository, saved.
fn saved(folder: &str) -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    git(top.path(), &["init", "-q", "-b", "main"]);
    example(&top.path().join(folder));
    well(&top.path().join(folder), &["save", "-q"]);
    top
}

fn answer(root: &Path, words: &[&str]) -> String {
    said(&run(root, "git", words))
}

#[test]
fn only_files_of_the_register_are_saved_and_what_is_staged_stays() {
    for folder in [".", "sổ của phòng's [1]"] {
        let top = saved(folder);
        let root = top.path().join(folder);
        assert_eq!(answer(&root, &["status", "--short"]), "");
        for (file, text) in [("other.txt", "a"), ("staged.txt", "b"), ("notes.docx", "c")] {
            fs::write(root.join(file), text).unwrap();
        }
        git(&root, &["add", "staged.txt"]);
        // Windows has no name with a star.
        let photo = if cfg!(windows) { "photos/ảnh [1].jpg" } else { "photos/ảnh *[1].jpg" };
        fs::write(root.join(photo), "x").unwrap();
        fs::remove_file(root.join("photos/2016-10-27-yen-thanh-1.jpg")).unwrap();
        well(&root, &["set", ID, "place=UBND"]);
        well(&root, &["save"]);
        let told = answer(
            &root,
            &["-c", "core.quotePath=false", "show", "--format=%s", "--name-status", "--relative"],
        );
        let mut lines: Vec<&str> = told.lines().filter(|line| !line.is_empty()).collect();
        lines[1..].sort_unstable();
        assert_eq!(
            lines,
            [
                "Kiểm tra phường Yên Thanh 27/10/2016: sửa (Địa điểm); 2 tệp khác",
                &format!("A\t{photo}"),
                "D\tphotos/2016-10-27-yen-thanh-1.jpg",
                "M\tvisits/2016-2017/2016-10-27-yen-thanh.toml",
            ]
        );
        let left = answer(&root, &["status", "--short", "--", "."]);
        let mut left: Vec<&str> = left.lines().map(|line| &line[..2]).collect();
        left.sort_unstable();
        assert_eq!(left, ["??", "??", "A "]);
        let again = ttht(&root, &["save"]);
        assert_eq!((again.status.code(), said(&again).contains("nothing new")), (Some(0), true));
    }
}

#[test]
fn what_is_refused_changes_nothing() {
    let top = saved(".");
    let root = top.path();
    well(root, &["set", ID, "activity.field.law.women=900000", "--allow-faults"]);
    well(root, &["add-visit", "yen-thanh", "--date", "2018-01-05", "--no-input"]);
    let before = (answer(root, &["log", "--format=%H"]), answer(root, &["status", "--short"]));
    let now = || (answer(root, &["log", "--format=%H"]), answer(root, &["status", "--short"]));
    // By its faults, and then by a hook of the office.
    let refused = ttht(root, &["save"]);
    assert_eq!((refused.status.code(), now() == before), (Some(1), true), "{}", said(&refused));
    let hook = root.join(".git/hooks/pre-commit");
    fs::write(&hook, "#!/bin/sh\necho 'not on Sundays' >&2\nexit 1\n").unwrap();
    may_run(&hook);
    let refused = ttht(root, &["save", "--allow-faults"]);
    assert!(!refused.status.success() && said(&refused).contains("not on Sundays"), "{}", said(&refused));
    assert!(now() == before, "{:?}", now());
    // The hook of the register hears what is allowed.
    fs::remove_file(&hook).unwrap();
    well(root, &["init", "--hook"]);
    well(root, &["save", "--allow-faults"]);
    assert_eq!(answer(root, &["status", "--short"]), "");
}

#[test]
fn where_nobody_can_be_asked_a_missing_name_is_told() {
    let top = saved(".");
    let root = top.path();
    well(root, &["set", ID, "place=UBND"]);
    let mut call = std::process::Command::new(crate::transcript::TTHT);
    call.args(["save", "--lang", "en"])
        .current_dir(root)
        .env("HOME", root)
        .stdin(std::process::Stdio::null());
    for name in ["NAME", "EMAIL"]
        .iter()
        .flat_map(|what| ["AUTHOR", "COMMITTER"].map(|who| format!("GIT_{who}_{what}")))
    {
        call.env_remove(name);
    }
    let refused =
        call.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").output().unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("git config user.name"), "{}", said(&refused));
}
