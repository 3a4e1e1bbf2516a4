//! Clones that share a register: what each has saved comes to all, whoever is faster, whatever falls away on the way, and
//! wherever a command is killed.

#![expect(clippy::print_stderr, reason = "what could not be tried")]

use crate::fresh::{copy, example};
use crate::git::{git, run, said, ttht, well};
use crate::transcript::TTHT;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ID: &str = "2016-10-27-yen-thanh";
const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";
const OTHER: &str = "2016-10-28-phuong-nam";

/// A place where a register is shared, and two clones of it, in a folder.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Office {
        let office = Office(tempfile::tempdir().unwrap());
        let a = office.path("a");
        example(&a);
        git(&a, &["init", "-q", "-b", "main"]);
        well(&a, &["save", "-q"]);
        well(&a, &["share", "../shared"]);
        git(office.0.path(), &["clone", "-q", "shared", "b"]);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Changes something in a clone, and saves it.
    fn saved(&self, clone: &str, words: &[&str]) -> PathBuf {
        let root = self.path(clone);
        well(&root, &[&["set"], words, &["--allow-faults"]].concat());
        well(&root, &["save", "-q", "--allow-faults"]);
        root
    }
}

/// The files of a register, without what is git's and ours.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            match path.is_dir() {
                _ if [".git", ".ttht"].iter().any(|hidden| name == *hidden) => {}
                true => folders.push(path),
                false => {
                    drop(found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap()))
                }
            }
        }
    }
    found
}

fn head(root: &Path) -> String {
    said(&run(root, "git", &["rev-parse", "HEAD"]))
}

fn is_clean(root: &Path) {
    let status = said(&run(root, "git", &["status", "--porcelain"]));
    assert_eq!(status, "", "{}", root.display());
    let noted = said(&run(root, "git", &["for-each-ref", "refs/ttht"]));
    assert_eq!(noted, "");
}

/// Both clones have the same files, all of them saved, and so has the place.
fn are_together(office: &Office) {
    let [a, b] = ["a", "b"].map(|clone| office.path(clone));
    well(&a, &["sync"]);
    well(&b, &["sync"]);
    well(&a, &["sync"]);
    assert!(files(&a) == files(&b));
    assert_eq!(head(&a), head(&b));
    assert_eq!(head(&a), said(&run(&office.path("shared"), "git", &["rev-parse", "main"])));
    [a, b].iter().for_each(|clone| is_clean(clone));
}

#[test]
fn what_each_has_saved_comes_to_all() {
    let office = Office::new();
    let a = office.saved("a", &[ID, "place=A"]);
    let b = office.saved("b", &[OTHER, "place=B"]);
    well(&b, &["add-visit", "yen-thanh", "--date", "2018-01-05", "--no-input"]);
    fs::remove_file(b.join("photos/2016-10-27-yen-thanh-1.jpg")).unwrap();
    fs::write(b.join("photos/ảnh mới.jpg"), "x").unwrap();
    well(&b, &["save", "-q"]);
    well(&a, &["sync"]);
    let told = ttht(&b, &["sync"]);
    assert!(
        said(&told).contains("1 save received") && said(&told).contains("2 saves sent"),
        "{}",
        said(&told)
    );
    are_together(&office);
    let text = |file: &str| fs::read_to_string(a.join(file)).unwrap();
    assert!(
        text(VISIT).contains("place = \"A\"")
            && text("visits/2016-2017/2016-10-28-phuong-nam.toml").contains("place = \"B\"")
    );
    assert!(a.join("photos/ảnh mới.jpg").exists() && !a.join("photos/2016-10-27-yen-thanh-1.jpg").exists());
}

#[test]
fn a_place_that_falls_away_is_told_and_nothing_is_lost() {
    let office = Office::new();
    let a = office.saved("a", &[ID, "place=A"]);
    let before = (head(&a), files(&a));
    fs::rename(office.path("shared"), office.path("away")).unwrap();
    let gone = ttht(&a, &["sync"]);
    assert_eq!(gone.status.code(), Some(4), "{}", said(&gone));
    assert!(said(&gone).contains("all that was saved is still here"), "{}", said(&gone));
    assert!((head(&a), files(&a)) == before);
    fs::rename(office.path("away"), office.path("shared")).unwrap();
    // It also may take nothing.
    let hook = office.path("shared").join("hooks/pre-receive");
    fs::write(&hook, "#!/bin/sh\necho full >&2\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let refused = ttht(&a, &["sync"]);
    assert_eq!(refused.status.code(), Some(4), "{}", said(&refused));
    assert!((head(&a), files(&a)) == before);
    fs::remove_file(&hook).unwrap();
    are_together(&office);
}

#[test]
fn somebody_who_was_faster_is_received_first() {
    let office = Office::new();
    let b = office.saved("b", &[OTHER, "place=B"]);
    let a = office.saved("a", &[ID, "place=A"]);
    // While it sends, the other one does.
    let hook = a.join(".git/hooks/pre-push");
    let script =
        format!("#!/bin/sh\nunset GIT_DIR\ncd '{}' && git push -q origin main\nexit 0\n", b.display());
    fs::write(&hook, script).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let done = ttht(&a, &["sync"]);
    assert!(done.status.success() && said(&done).contains("1 save received"), "{}", said(&done));
    fs::remove_file(&hook).unwrap();
    are_together(&office);
}

#[test]
fn what_is_open_is_settled_before_anything_is_sent() {
    let office = Office::new();
    let a = office.saved("a", &[ID, "context.population=8801"]);
    let b = office.saved("b", &[ID, "context.population=8802"]);
    well(&a, &["sync"]);
    let open = ttht(&b, &["sync"]);
    assert_eq!(open.status.code(), Some(1), "{}", said(&open));
    let text = fs::read_to_string(b.join(VISIT)).unwrap();
    assert!(text.contains("8_801") && text.contains("8_802") && text.contains("<<<<<<<"), "{text}");
    let marked = files(&b);
    for words in [&["sync"][..], &["save"], &["undo"]] {
        let refused = ttht(&b, words);
        assert!([1, 3].contains(&refused.status.code().unwrap()), "{words:?}: {}", said(&refused));
        assert!(files(&b) == marked);
    }
    let theirs = fs::read_to_string(a.join(VISIT)).unwrap();
    fs::write(b.join(VISIT), theirs.replace("8_801", "8_803")).unwrap();
    well(&b, &["sync"]);
    are_together(&office);
    assert!(fs::read_to_string(a.join(VISIT)).unwrap().contains("population = 8_803"));
}

#[test]
fn what_is_not_saved_is_never_overwritten() {
    let office = Office::new();
    let a = office.path("a");
    fs::write(a.join("notes.txt"), "one").unwrap();
    git(&a, &["add", "."]);
    git(&a, &["commit", "-q", "-m", "notes"]);
    office.saved("a", &[ID, "place=A"]);
    well(&a, &["sync"]);
    let b = office.path("b");
    fs::write(b.join("notes.txt"), "mine").unwrap();
    let before = files(&b);
    let refused = ttht(&b, &["sync"]);
    assert_eq!((refused.status.code(), files(&b) == before), (Some(1), true), "{}", said(&refused));
    fs::remove_file(b.join("notes.txt")).unwrap();
    well(&b, &["set", ID, "place=B"]);
    let refused = ttht(&b, &["sync"]);
    assert!(refused.status.code() == Some(1) && said(&refused).contains("ttht save"), "{}", said(&refused));
    well(&b, &["set", ID, "place=A"]);
    well(&b, &["set", OTHER, "place=B"]);
    well(&b, &["save", "-q"]);
    are_together(&office);
}

#[test]
fn errors_that_others_do_not_have_are_not_sent_unless_told() {
    let office = Office::new();
    let a = office.saved("a", &[ID, "activity.field.law.women=90000"]);
    let held = ttht(&a, &["sync"]);
    assert!(held.status.code() == Some(1) && said(&held).contains("part-above-total"), "{}", said(&held));
    well(&a, &["sync", "--allow-faults"]);
    // What all have hinders nobody.
    office.saved("a", &[ID, "place=A"]);
    are_together(&office);
}

#[test]
fn the_last_save_is_taken_back_by_a_new_one() {
    let office = Office::new();
    let a = office.path("a");
    let first = files(&a);
    well(&a, &["set", ID, "place=A"]);
    well(&a, &["add-visit", "yen-thanh", "--date", "2018-01-05", "--no-input"]);
    well(&a, &["save", "-q", "-m", "two"]);
    let second = files(&a);
    well(&a, &["undo"]);
    assert!(files(&a) == first);
    is_clean(&a);
    well(&a, &["undo"]);
    assert!(files(&a) == second);
    let notes = said(&run(&a, "git", &["log", "-3", "--format=%s"]));
    assert_eq!(notes, "Lấy lại: two\nBỏ lần lưu: two\ntwo\n");
    // What is not saved would be lost; what another person has saved is not ours.
    well(&a, &["set", ID, "place=B"]);
    let before = files(&a);
    let refused = ttht(&a, &["undo"]);
    assert_eq!((refused.status.code(), files(&a) == before), (Some(1), true), "{}", said(&refused));
    well(&a, &["set", ID, "place=A"]);
    git(&a, &["commit", "-q", "--allow-empty", "--author", "C <c@example.org>", "-m", "c"]);
    assert_eq!(ttht(&a, &["undo"]).status.code(), Some(3));
}

/// Runs a command that is killed at one of its own system calls. False if it makes fewer of them.
fn killed(root: &Path, words: &[&str], call: &str, number: usize) -> bool {
    let log = root.with_file_name("log");
    let output = Command::new("strace")
        .arg("-o")
        .arg(&log)
        .args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:signal=SIGKILL:when={number}")])
        .arg(TTHT)
        .args(words)
        .current_dir(root)
        .envs([("TTHT_LANG", "en"), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "A")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "a@example.org")))
        .stdin(Stdio::null())
        .output();
    assert!(output.is_ok());
    let said = fs::read_to_string(&log).unwrap_or_default();
    said.contains("killed by SIGKILL")
}

/// Kills a command at each of its steps: with the next one all of it is done or nothing, and once it is run again, all is as
/// if it had not been killed.
fn at_every_step(office: &Office, clone: &str, words: &[&str]) {
    if !Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
    {
        eprintln!("skipped: strace is missing or may not trace");
        return;
    }
    let whole = tempfile::tempdir().unwrap();
    copy(office.0.path(), whole.path());
    let before = files(&whole.path().join(clone));
    let done = ttht(&whole.path().join(clone), words);
    let after = files(&whole.path().join(clone));
    let status = |root: &Path| said(&run(root, "git", &["status", "--porcelain"]));
    let ended = status(&whole.path().join(clone));
    // Each program that is called needs pipes; the store renames. Without `TTHT_STRESS` a few of the steps are tried.
    let full = std::env::var_os("TTHT_STRESS").is_some();
    let calls: &[&str] =
        if full { &["pipe2", "renameat2", "rename", "unlink"] } else { &["pipe2", "renameat2"] };
    for call in calls {
        for number in (1..).step_by(if full { 1 } else { 61 }) {
            let place = tempfile::tempdir().unwrap();
            copy(office.0.path(), place.path());
            let root = place.path().join(clone);
            if !killed(&root, words, call, number) {
                break;
            }
            let when = format!("{words:?} at {call} {number}");
            well(&root, &["list", "centres"]);
            let now = files(&root);
            assert!(now == before || now == after, "{when}");
            let again = ttht(&root, words);
            let codes = [done.status.code(), Some(0), Some(1), Some(3)];
            assert!(codes.contains(&again.status.code()), "{when}: {}", said(&again));
            if words != ["undo"] {
                assert!(files(&root) == after, "{when}: {}", said(&again));
                assert_eq!(status(&root), ended, "{when}: {}", said(&again));
            }
        }
    }
}

#[test]
fn killed_at_any_step_what_was_received_is_there_or_not() {
    let office = Office::new();
    office.saved("a", &[ID, "place=A", "context.population=8801"]);
    let a = office.saved("a", &[OTHER, "place=A"]);
    well(&a, &["sync"]);
    let full = std::env::var_os("TTHT_STRESS").is_some();
    if full {
        at_every_step(&office, "b", &["sync"]);
    }
    office.saved("b", &["yen-thanh", "--kind", "centre", "phone=02030000009"]);
    at_every_step(&office, "b", &["sync"]);
    office.saved("b", &[ID, "context.population=8802"]);
    if full {
        at_every_step(&office, "b", &["sync"]);
    }
}

#[test]
fn killed_at_any_step_a_save_and_an_undo_are_there_or_not() {
    let office = Office::new();
    let a = office.path("a");
    well(&a, &["set", ID, "place=A"]);
    well(&a, &["add-visit", "yen-thanh", "--date", "2018-01-05", "--no-input"]);
    at_every_step(&office, "a", &["save"]);
    well(&a, &["save", "-q"]);
    at_every_step(&office, "a", &["undo"]);
}
