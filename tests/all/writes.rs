//! Writing at the same moment, being killed, a full disk, a read-only folder: no record is lost or torn.
//!
//! `TTHT_STRESS=1000 cargo test --test all writes` kills each command that many times, and at every system call.

mod journals;
mod kills;

use crate::fresh::example;
use crate::transcript::TTHT;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// How often random tests are repeated.
fn times(few: usize) -> usize {
    std::env::var("TTHT_STRESS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// The example register in a fresh folder on a real disk.
fn register() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    example(folder.path());
    folder
}

fn ttht(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(TTHT);
    command.current_dir(root).args(words).args(["--lang", "en", "--no-input", "--today", "2018-06-01"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(root: &Path, words: &[&str]) -> Output {
    ttht(root, words).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

/// Starts all of them before it waits for the first. Their exit codes, in order.
fn at_once(commands: impl IntoIterator<Item = Command>) -> Vec<i32> {
    let children: Vec<Child> = commands.into_iter().map(|mut command| command.spawn().unwrap()).collect();
    children.into_iter().map(|child| code(&child.wait_with_output().unwrap())).collect()
}

/// Every file of a register with its bytes, except those of the private folder.
fn files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if path.ends_with(".ttht") => {}
                true => folders.push(path),
                false => files.push((path.clone(), fs::read(&path).unwrap())),
            }
        }
    }
    files.sort();
    files
}

fn read(root: &Path, file: &str) -> String {
    fs::read_to_string(root.join(file)).unwrap()
}

const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";
const ID: &str = "2016-10-27-yen-thanh";

#[test]
fn forty_visits_added_at_once_are_forty_visits() {
    let register = register();
    let root = register.path();
    let before = files(root).len();
    let add = |n: usize| {
        ttht(
            root,
            &[
                "add-visit",
                "yen-thanh",
                "--date",
                &format!("2018-01-{:02}", n % 28 + 1),
                "--place",
                &"x".repeat(n + 1),
            ],
        )
    };
    let days = (0..28).map(add);
    let others =
        (0..12).map(|n| ttht(root, &["add-visit", "nam-khe", "--date", &format!("2018-02-{:02}", n + 1)]));
    assert_eq!(at_once(days.chain(others)), [0; 40]);
    assert_eq!(files(root).len(), before + 40);
    assert_eq!(code(&run(root, &["check"])), 0);
}

#[test]
fn of_the_same_visit_added_many_times_one_is_kept_and_the_others_are_told() {
    let register = register();
    let root = register.path();
    let add = |n: usize| {
        ttht(root, &["add-visit", "yen-thanh", "--date", "2018-01-05", "--place", &format!("place {n}")])
    };
    let codes = at_once((0..20).map(add));
    let kept = codes.iter().position(|code| *code == 0).unwrap();
    assert!(codes.iter().enumerate().all(|(n, code)| n == kept || [2, 5].contains(code)), "{codes:?}");
    let text = read(root, "visits/2017-2018/2018-01-05-yen-thanh.toml");
    assert!(text.contains(&format!("place = \"place {kept}\"")), "{text}");
}

#[test]
fn follow_ups_added_at_once_take_numbers_of_their_own() {
    let register = register();
    let root = register.path();
    let follow = |n: usize| {
        let (first, place) = ("2016-10-27-yen-thanh", format!("place {n}"));
        let words =
            ["add-visit", "yen-thanh", "--date", "2016-10-27", "--follow-up-of", first, "--place", &place];
        ttht(root, &words)
    };
    assert_eq!(at_once((0..40).map(follow)), [0; 40]);
    let mut places: Vec<String> = (2..42)
        .map(|n| read(root, &format!("visits/2016-2017/2016-10-27-yen-thanh_{n}.toml")))
        .filter_map(|text| text.lines().find(|line| line.starts_with("place = ")).map(str::to_owned))
        .collect();
    places.sort();
    let mut all: Vec<String> = (0..40).map(|n| format!("place = \"place {n}\"")).collect();
    all.sort();
    assert_eq!(places, all);
}

#[test]
fn units_added_at_once_are_all_in_their_file() {
    let register = register();
    let root = register.path();
    let codes = at_once((0..20).map(|n| ttht(root, &["add-unit", &format!("Phường {n}"), "--kind", "ward"])));
    assert_eq!(codes, [0; 20]);
    let text = read(root, "units.toml");
    assert!((0..20).all(|n| text.contains(&format!("\"phuong-{n}\""))), "{text}");
}

#[test]
fn values_set_at_once_are_all_kept() {
    let register = register();
    let root = register.path();
    let before = read(root, VISIT);
    let set = |n: usize| ttht(root, &["set", ID, &format!("extra.k{n}={n}")]);
    assert_eq!(at_once((0..20).map(set)), [0; 20]);
    let text = read(root, VISIT);
    assert!((0..20).all(|n| text.contains(&format!("k{n} = \"{n}\"\n"))), "{text}");
    let added = |line: &str| *line == *"[extra]" || (0..20).any(|n| line == format!("k{n} = \"{n}\""));
    let rest: Vec<&str> = text.lines().filter(|line| !added(line)).collect();
    assert_eq!(rest.join("\n").trim_end(), before.trim_end());
}

#[test]
fn what_was_never_decided_goes_with_the_next_command() {
    let register = register();
    let root = register.path();
    fs::create_dir_all(root.join(".ttht/stage-abc")).unwrap();
    fs::write(root.join(".ttht/stage-abc/n0"), "half of a reco").unwrap();
    assert_eq!(code(&run(root, &["check"])), 0, "nobody reads it");
    assert!(!root.join(".ttht/stage-abc").exists());
}

#[test]
fn all_values_are_written_or_none() {
    let register = register();
    let root = register.path();
    let before = files(root);
    let refused = run(root, &["set", ID, "place=UBND", "context.population=many"]);
    assert_eq!((code(&refused), files(root) == before), (2, true));
    let faulty = run(root, &["set", ID, "place=UBND", "centre-"]);
    assert_eq!(
        (code(&faulty), files(root) == before),
        (1, true),
        "{}",
        String::from_utf8_lossy(&faulty.stderr)
    );
}

#[test]
fn bytes_that_were_not_meant_stay() {
    let register = register();
    let root = register.path();
    let windows = format!("\u{feff}{}", read(root, VISIT).replace('\n', "\r\n"));
    fs::write(root.join(VISIT), &windows).unwrap();
    assert_eq!(code(&run(root, &["set", ID, "context.population=8600"])), 0);
    let changed = read(root, VISIT);
    let differing: Vec<_> = windows.lines().zip(changed.lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(differing.len(), 1, "{differing:?}");
    assert!(
        changed.starts_with('\u{feff}') && changed.matches("\r\n").count() == windows.matches("\r\n").count()
    );
}

#[cfg(unix)]
#[test]
fn where_the_disk_takes_nothing_all_stays_as_it_was() {
    let register = register();
    let root = register.path();
    run(root, &["set", ID, "place=UBND"]);
    let before = files(root);
    let writing: [&[&str]; 4] = [
        &["set", ID, "place=Somewhere else"],
        &["add-visit", "yen-thanh", "--date", "2018-01-05"],
        &["add-unit", "Xã Mới", "--kind", "commune"],
        &["add-campaign", "2018-2019", "--title", "x", "--starts", "2018-10-01", "--ends", "2018-11-01"],
    ];
    for words in writing {
        // No file may grow beyond 0 bytes: the error of a full disk, without filling one.
        let script = "trap '' XFSZ; ulimit -f 0; exec \"$@\"";
        let output = Command::new("bash")
            .args(["-c", script, "bash", TTHT])
            .args(words)
            .args(["--no-input", "--allow-faults"])
            .current_dir(root)
            .output()
            .unwrap();
        assert_eq!(code(&output), 4, "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(files(root), before, "{words:?}");
    }
}

#[test]
fn a_full_disk_leaves_all_as_it_was() {
    let Some(disk) = Mount::new(&["-t", "tmpfs", "-o", "size=768k", "tmpfs"]) else { return };
    assert_eq!(code(&run(&disk.0, &["init", ".", "--from-example"])), 0);
    run(&disk.0, &["set", ID, "place=UBND"]);
    // Fills the rest of the disk, to the last page.
    let mut filler = fs::File::create(disk.0.join("photos/filler")).unwrap();
    while std::io::Write::write_all(&mut filler, &[b'x'; 512]).is_ok() {}
    let before = files(&disk.0);
    for words in [&["set", ID, "place=x"][..], &["add-visit", "yen-thanh", "--date", "2018-01-05"]] {
        let output = run(&disk.0, words);
        assert_eq!(code(&output), 4, "{}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stderr).contains("disk is full"));
        assert_eq!(files(&disk.0), before);
    }
}

#[test]
fn a_folder_that_is_read_only_is_told_and_left_alone() {
    let register = register();
    let Some(disk) = Mount::new(&["--bind", register.path().to_str().unwrap()]) else { return };
    let again = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&disk.0).status().unwrap();
    assert!(again.success());
    let before = files(&disk.0);
    for words in [&["set", ID, "place=x"][..], &["add-visit", "yen-thanh", "--date", "2018-01-05"]] {
        assert_eq!(code(&run(&disk.0, words)), 4);
        assert_eq!(files(&disk.0), before);
    }
    assert_eq!(code(&run(&disk.0, &["set", ID, "place=x", "-n"])), 0, "to look needs no right to write");
}

/// A place where another disk is mounted, until it is dropped. `None` if mounting is not allowed: only root may do it, so
/// for other users these tests prove nothing.
struct Mount(PathBuf, #[expect(dead_code, reason = "keeps the folder")] tempfile::TempDir);

impl Mount {
    fn new(words: &[&str]) -> Option<Mount> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let done = Command::new("mount").args(words).arg(&path).stderr(Stdio::null()).status();
        done.ok().filter(|status| status.success()).map(|_| Mount(path, folder))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}
