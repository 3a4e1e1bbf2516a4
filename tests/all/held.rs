//! Files that another program has open, as Windows has it.

use crate::transcript::TTHT;
use std::fs::{self, File, OpenOptions};
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

fn ttht(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(TTHT);
    command.args(["--lang", "en", "--today", "2017-01-15", "--no-input"]).args(words).current_dir(folder);
    command.output().unwrap()
}

/// Opens a file as Excel does: others may read it.
fn hold(path: &Path) -> File {
    const READ: u32 = 1;
    OpenOptions::new().read(true).share_mode(READ).open(path).unwrap()
}

fn register() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(ttht(folder.path(), &["init", "--from-example"]).status.success());
    folder
}

const SUMMARY: [&str; 5] = ["summary", "activity", "--year", "2016-2017", "-o"];

#[test]
fn what_is_to_be_closed_is_named_and_stays_as_it_is() {
    let folder = register();
    let (table, centre) = (folder.path().join("bang.csv"), folder.path().join("centres/yen-thanh.toml"));
    for (file, words) in [
        (&table, [&SUMMARY[..], &["bang.csv"]].concat()),
        (&centre, vec!["set", "yen-thanh", "address=Khu 1"]),
    ] {
        if !file.exists() {
            fs::write(file, "old").unwrap();
        }
        let (held, old) = (hold(file), fs::read(file).unwrap());
        let output = ttht(folder.path(), &words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{said}");
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(said.contains(name) && said.contains("close it"), "{said}");
        assert_eq!(fs::read(file).unwrap(), old);
        drop(held);
        assert!(ttht(folder.path(), &words).status.success());
        assert_ne!(fs::read(file).unwrap(), old);
    }
    let left = fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().starts_with(".ttht_")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_file_that_is_held_for_a_moment_is_waited_for() {
    let folder = register();
    let table = folder.path().join("bang.csv");
    fs::write(&table, "old").unwrap();
    let held = hold(&table);
    let scanner = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        drop(held);
    });
    let output = ttht(folder.path(), &[&SUMMARY[..], &["bang.csv"]].concat());
    scanner.join().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_new_file_is_no_temporary_one() {
    const TEMPORARY: u32 = 0x100;
    let folder = register();
    assert!(ttht(folder.path(), &[&SUMMARY[..], &["bang.csv"]].concat()).status.success());
    let attributes = folder.path().join("bang.csv").metadata().unwrap().file_attributes();
    assert_eq!(attributes & TEMPORARY, 0);
}

#[test]
fn a_register_may_lie_deeper_than_other_programs_can_reach() {
    let folder = tempfile::tempdir().unwrap();
    let deep = (0..9).fold(folder.path().to_owned(), |path, n| path.join(format!("{n}-{}", "a".repeat(30))));
    assert!(deep.as_os_str().len() > 260);
    fs::create_dir_all(&deep).unwrap();
    if deep.canonicalize().is_err() {
        println!("not tried: wine 8 does not tell the whole path of what lies so deep");
        return;
    }
    let deep = deep.to_str().unwrap();
    let ttht = |words: &[&str]| {
        let output = ttht(folder.path(), &[&["-C", deep], words].concat());
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    ttht(&["init", "--from-example"]);
    assert_eq!(ttht(&["set", "yen-thanh", "address=Khu 1"]), "centres/yen-thanh.toml\n");
    assert_eq!(ttht(&["add-unit", "Xã Mới", "--kind", "xã"]), "units.toml\n");
    ttht(&["add-centre", "xa-moi"]);
    ttht(&[&SUMMARY[..], &[&format!("{deep}\\bang.csv")]].concat());
    assert!(!ttht(&["check"]).contains("error"));
}

#[test]
fn arguments_are_taken_as_the_shells_of_windows_hand_them_over() {
    let folder = register();
    let inside = |words: &[&str]| {
        let output = ttht(folder.path(), words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), said)
    };
    let file = r"visits\2016-2017\2016-10-27-yen-thanh.toml";
    let (code, _, said) = inside(&["check", file]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Checked 1 file:"), "{said}");
    let (code, _, said) = inside(&["check", r"VISITS\2016-2017\*.toml"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("Checked 1 file:"), "{said}");
    let mut named = folder.path().to_str().unwrap().to_owned();
    named.push('"');
    assert_eq!(inside(&["-C", &named, "list", "centres", "-O", "csv"]).0, Some(0));
    assert_eq!(inside(&["-C", &format!("{named} list centres")]).0, Some(2));
    let outside = tempfile::tempdir().unwrap();
    let output = ttht(outside.path(), &["init", r"a\b\"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "a/b/ttht.toml\n");
    let next = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(next.contains("Next: cd a/b, then ttht add-unit"), "{next}");
}
