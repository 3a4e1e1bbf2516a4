//! Journals that stand when a command begins: of a change that was cut off, of one that somebody has worked on since, and
//! of strangers.

use super::{Mount, VISIT, code, files, read, register, run};
use std::fs;
use std::path::Path;
use std::process::Output;
use ttht::store::journal::{Journal, Step, Sum};

const CENTRE: &str = "centres/yen-thanh.toml";
const NEW: &str = "visits/2019-2020/2019-10-01-yen-thanh.toml";

/// A text in place of another one, staged under a number.
fn put(root: &Path, number: usize, file: &str, old: Option<&str>, new: &str) -> Step {
    let staged = format!("n{number}");
    fs::create_dir_all(root.join(".ttht/stage-abc")).unwrap();
    fs::write(root.join(".ttht/stage-abc").join(&staged), new).unwrap();
    let sum = |text: &str| Sum::of(text.as_bytes());
    Step::Put { staged, file: file.to_owned(), old: old.map(sum), new: sum(new) }
}

/// Leaves a journal as a writer does that is killed when it has decided.
fn cut_off(root: &Path, steps: Vec<Step>) {
    Journal { stage: "stage-abc".to_owned(), steps, back: false }.decide(root).unwrap();
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn nothing_is_left(root: &Path) {
    assert!(!root.join(".ttht/journal").exists() && !root.join(".ttht/stage-abc").exists());
}

/// A change of three files: the visit, its centre, and a new visit.
fn three(root: &Path) -> Vec<Step> {
    let (visit, centre) = (read(root, VISIT), read(root, CENTRE));
    vec![
        put(root, 0, VISIT, Some(&visit), &format!("{visit}# one\n")),
        put(root, 1, CENTRE, Some(&centre), &format!("{centre}# two\n")),
        put(root, 2, NEW, None, "centre = \"yen-thanh\"\ndate = 2019-10-01\n"),
    ]
}

#[test]
fn a_reader_finishes_what_was_decided_and_says_so() {
    let register = register();
    let root = register.path();
    cut_off(root, three(root));
    let shown = run(root, &["list", "centres"]);
    assert_eq!(code(&shown), 0);
    assert!(
        said(&shown).contains("an earlier change had been cut off; it is finished now (3 files)"),
        "{}",
        said(&shown)
    );
    assert!(read(root, VISIT).ends_with("# one\n") && read(root, CENTRE).ends_with("# two\n"));
    assert!(root.join(NEW).exists());
    nothing_is_left(root);
    assert_eq!(said(&run(root, &["list", "centres"])), "");
}

#[test]
fn what_somebody_wrote_since_stays_and_the_rest_is_taken_back() {
    for newer in [VISIT, CENTRE, NEW] {
        let register = register();
        let root = register.path();
        let steps = three(root);
        cut_off(root, steps);
        fs::create_dir_all(root.join("visits/2019-2020")).unwrap();
        fs::write(root.join(newer), "# mine\n").unwrap();
        let before = files(root);
        let shown = run(root, &["list", "centres"]);
        assert!(
            said(&shown).contains("it was taken back, run that command again"),
            "{newer}: {}",
            said(&shown)
        );
        assert!(files(root) == before, "{newer}");
        nothing_is_left(root);
    }
}

#[test]
fn a_text_that_was_lost_from_the_stage_is_not_taken_for_written() {
    let register = register();
    let root = register.path();
    let before = files(root);
    cut_off(root, three(root));
    fs::write(root.join(".ttht/stage-abc/n1"), "half of a reco").unwrap();
    fs::remove_file(root.join(".ttht/stage-abc/n2")).unwrap();
    assert!(said(&run(root, &["list", "centres"])).contains("taken back"));
    assert!(files(root) == before);
}

#[test]
fn a_journal_of_a_stranger_moves_nothing_outside_and_nothing_hidden() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret"), "secret").unwrap();
    let away = outside.path().join("made.toml");
    let away = away.to_str().unwrap();
    let hidden =
        [".git/hooks/pre-commit", ".ttht/lock", "git~1/config", "visits/.hidden.toml", ".gitattributes/x"];
    let out =
        ["../made.toml", away, "visits/../../made.toml", "visits/up/made.toml", "", "visits//made.toml"];
    let leads_out = |place: &&str| cfg!(unix) || *place != "visits/up/made.toml";
    for place in hidden.into_iter().chain(out).filter(leads_out) {
        let register = register();
        let root = register.path();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path(), root.join("visits/up")).unwrap();
        let mut steps = three(root);
        steps.push(put(root, 3, place, None, "made"));
        cut_off(root, steps);
        let before = files(root);
        let shown = run(root, &["list", "centres"]);
        assert!(
            said(&shown).contains("this is no journal that this program writes"),
            "{place}: {}",
            said(&shown)
        );
        let refused = run(root, &["set", super::ID, "place=x"]);
        assert_eq!(code(&refused), 4, "{place}: {}", said(&refused));
        assert!(files(root) == before, "{place}");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1, "{place}");
    }
}

#[cfg(unix)]
#[test]
fn what_a_stranger_staged_comes_from_nowhere_else() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("n2"), "secret").unwrap();
    // A link in the stage.
    let register = register();
    let root = register.path();
    let before = files(root);
    let mut steps = three(root);
    if let Some(Step::Put { new, .. }) = steps.last_mut() {
        *new = Sum::of(b"secret");
    }
    cut_off(root, steps);
    let staged = root.join(".ttht/stage-abc/n2");
    fs::remove_file(&staged).unwrap();
    symlink(outside.path().join("n2"), &staged).unwrap();
    run(root, &["list", "centres"]);
    assert!(files(root) == before);
    // A stage that is a link, and a journal that is one.
    for link in ["stage-abc", "journal"] {
        cut_off(root, three(root));
        let away = outside.path().join(link);
        fs::rename(root.join(".ttht").join(link), &away).unwrap();
        symlink(&away, root.join(".ttht").join(link)).unwrap();
        assert!(said(&run(root, &["list", "centres"])).contains("this is no journal"), "{link}");
        assert!(files(root) == before, "{link}");
        fs::remove_file(root.join(".ttht").join(link)).unwrap();
        let _ = fs::remove_file(root.join(".ttht/journal"));
        let _ = fs::remove_dir_all(root.join(".ttht/stage-abc"));
    }
    assert_eq!(fs::read_to_string(outside.path().join("n2")).unwrap(), "secret");
}

#[test]
fn a_journal_that_is_none_is_told_and_left_alone() {
    let register = register();
    let root = register.path();
    for text in ["", "ttht journal 2\nforth\tstage-abc\nend\n", "ttht journal 1\nforth\tstage-../..\nend\n"] {
        fs::create_dir_all(root.join(".ttht")).unwrap();
        fs::write(root.join(".ttht/journal"), text).unwrap();
        let shown = run(root, &["check", "-q"]);
        assert_eq!(code(&shown), 0);
        assert!(said(&shown).contains("this is no journal that this program writes"), "{}", said(&shown));
        assert_eq!(code(&run(root, &["set", super::ID, "place=x"])), 4);
        assert_eq!(read(root, ".ttht/journal"), text);
    }
}

#[test]
fn on_a_disk_that_is_read_only_a_change_that_was_cut_off_is_told() {
    let register = register();
    let root = register.path();
    cut_off(root, three(root));
    let Some(disk) = Mount::new(&["--bind", root.to_str().unwrap()]) else { return };
    let again =
        std::process::Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&disk.0).status().unwrap();
    assert!(again.success());
    let shown = run(&disk.0, &["list", "centres"]);
    assert_eq!(code(&shown), 0);
    assert!(said(&shown).contains("cannot be finished"), "{}", said(&shown));
    drop(disk);
    assert!(said(&run(root, &["list", "centres"])).contains("it is finished now"));
}

#[test]
fn a_disk_mounted_inside_a_register_is_written_to() {
    let register = register();
    let root = register.path();
    let year = root.join("visits/2019-2020");
    fs::create_dir(&year).unwrap();
    let mounted = std::process::Command::new("mount").args(["-t", "tmpfs", "tmpfs"]).arg(&year).status();
    if !mounted.is_ok_and(|status| status.success()) {
        return;
    }
    let add = run(root, &["add-visit", "yen-thanh", "--date", "2019-10-01", "--allow-faults"]);
    let set = run(root, &["set", "2019-10-01-yen-thanh", "place=UBND", "--allow-faults"]);
    let names: Vec<_> = fs::read_dir(&year).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let text = read(root, NEW);
    std::process::Command::new("umount").arg(&year).status().unwrap();
    assert_eq!((code(&add), code(&set)), (0, 0), "{}{}", said(&add), said(&set));
    assert_eq!(names, ["2019-10-01-yen-thanh.toml"]);
    assert!(text.contains("place = \"UBND\""), "{text}");
}

#[test]
fn of_a_visit_in_two_folders_the_misplaced_one_goes_unless_it_is_the_only_one() {
    let register = register();
    let root = register.path();
    let wrong = root.join("visits/2018-2019");
    fs::create_dir(&wrong).unwrap();
    let before = files(root);
    fs::copy(root.join(VISIT), wrong.join("2016-10-27-yen-thanh.toml")).unwrap();
    let fixed = run(root, &["check", "--fix"]);
    assert_eq!(code(&fixed), 0, "{}", said(&fixed));
    assert!(files(root) == before);
    #[cfg(unix)]
    {
        fs::remove_dir(&wrong).unwrap();
        std::os::unix::fs::symlink("2016-2017", &wrong).unwrap();
        run(root, &["check", "--fix"]);
        assert!(files(root).iter().any(|(path, _)| path.ends_with(VISIT)), "the only one is gone");
    }
}
