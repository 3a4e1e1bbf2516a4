//! Registers in git: branches that merge, conflicts that are reported once, and a check before each commit.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

pub fn run(root: &Path, program: &str, words: &[&str]) -> Output {
    let bin = Path::new(TTHT).parent().unwrap();
    let system = std::env::var_os("PATH").unwrap();
    let path =
        std::env::join_paths([bin.to_owned()].into_iter().chain(std::env::split_paths(&system))).unwrap();
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

pub fn git(root: &Path, words: &[&str]) {
    let output = run(root, "git", words);
    assert!(output.status.success(), "git {words:?}: {}", said(&output));
}

pub fn ttht(root: &Path, words: &[&str]) -> Output {
    run(root, TTHT, words)
}

pub fn well(root: &Path, words: &[&str]) {
    let output = ttht(root, words);
    assert!(output.status.success(), "ttht {words:?}: {}", said(&output));
}

pub fn said(output: &Output) -> String {
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

/// What is told of a visit into which two people put something at different places, so that git kept both.
fn doubled(base: &str, theirs: &str, ours: &str) -> (tempfile::TempDir, Vec<String>) {
    let top = repository(".");
    let root = top.path();
    let commit = |text: &str, message| {
        fs::write(root.join(VISIT), text).unwrap();
        git(root, &["commit", "-q", "-a", "-m", message]);
    };
    commit(base, "base");
    git(root, &["checkout", "-q", "-b", "theirs"]);
    commit(theirs, "theirs");
    git(root, &["checkout", "-q", "main"]);
    commit(ours, "ours");
    run(root, "git", &["merge", "-q", "theirs"]);
    let told = told_of_visit(root);
    (top, told)
}

fn told_of_visit(root: &Path) -> Vec<String> {
    let told = said(&ttht(root, &["check", "--format", "concise", "--today", "2018-01-15"]));
    told.lines().filter(|line| line.starts_with(VISIT)).map(str::to_owned).collect()
}

#[test]
fn what_a_merge_has_doubled_is_one_message() {
    let sound = fs::read_to_string(crate::transcript::root().join("examples/uong-bi").join(VISIT)).unwrap();
    let section = |start: &str| {
        let at = sound.find(&format!("\n{start}")).unwrap() + 1;
        at..at + sound[at..].find("\n\n").unwrap() + 2
    };
    let line = |start: &str| {
        let at = sound.find(&format!("\n{start}")).unwrap() + 1;
        at..at + sound[at..].find('\n').unwrap() + 1
    };
    let without = |part: &std::ops::Range<usize>| format!("{}{}", &sound[..part.start], &sound[part.end..]);
    let before = |text: &str, start: &str, part: &str| {
        text.replacen(&format!("\n{start}"), &format!("\n{part}{start}"), 1)
    };
    let (finance, people, host, made) =
        (section("[finance]"), line("population"), section("[[host]]"), section("[recommendation.r1]"));
    for (part, place, code, mends) in [
        (finance, "[context]", "syntax", true),
        (people, "workplaces", "syntax", true),
        (made, "[documents]", "syntax", true),
        (host, "[documents]", "row-twice", false),
    ] {
        let (base, same) = (without(&part), &sound[part.clone()]);
        let (top, told) = doubled(&base, &before(&base, place, same), &sound);
        assert!(told.len() == 1 && told[0].contains(code), "{same}: {told:?}");
        let fixed = ttht(top.path(), &["check", "--fix", "--today", "2018-01-15"]);
        assert_eq!(told_of_visit(top.path()).is_empty(), mends, "{}", said(&fixed));
        if mends {
            // Nobody but the people themselves can know which of two values is right.
            let other =
                same.replace("= 3_150_000", "= 3_150_001").replace("8_614", "8_615").replace("ít nhất", "");
            let (top, told) = doubled(&base, &before(&base, place, &other), &sound);
            assert!(told.len() == 1 && told[0].contains(code), "{other}: {told:?}");
            ttht(top.path(), &["check", "--fix", "--today", "2018-01-15"]);
            assert_eq!(told_of_visit(top.path()), told);
        }
    }
}

#[test]
fn each_conflict_is_told_and_the_rest_of_the_file_is_checked() {
    let sound = fs::read_to_string(crate::transcript::root().join("examples/uong-bi").join(VISIT)).unwrap();
    let change =
        |words: [&str; 2]| sound.replace("8_614", words[0]).replace("Báo cáo của trung tâm", words[1]);
    let base = sound.replace("classes = 12", "clases = 12");
    let changed = |words| change(words).replace("classes = 12", "clases = 12");
    let (_, told) = doubled(&base, &changed(["8_615", "A"]), &changed(["8_616", "B"]));
    let codes: Vec<&str> =
        told.iter().map(|line| line.split('[').nth(1).unwrap().split(']').next().unwrap()).collect();
    assert_eq!(codes, ["conflict-markers", "conflict-markers", "unknown-key"], "{told:?}");
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

#[cfg(unix)]
#[test]
fn a_hook_is_installed_where_git_runs_it_and_for_this_repository_only() {
    let (top, elsewhere) = (repository("so"), tempfile::tempdir().unwrap());
    let root = top.path().join("so");
    well(&root, &["init", "--hook"]);
    use std::os::unix::fs::PermissionsExt;
    let hook = top.path().join(".git/hooks/pre-commit");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o644)).unwrap();
    well(&root, &["init", "--hook"]);
    assert_eq!(hook.metadata().unwrap().permissions().mode() & 0o777, 0o755, "git passes over it otherwise");

    // Where there is no register, the hook lets everything pass.
    git(top.path(), &["checkout", "-q", "--orphan", "other"]);
    git(top.path(), &["rm", "-rq", "--cached", "."]);
    fs::rename(&root, top.path().join("away")).unwrap();
    fs::write(top.path().join("a"), "").unwrap();
    git(top.path(), &["add", "a"]);
    git(top.path(), &["commit", "-q", "-m", "no register"]);

    // A folder of hooks that other repositories use too is left alone, before anything is done.
    let shared = elsewhere.path().to_str().unwrap();
    git(top.path(), &["config", "core.hooksPath", shared]);
    let refused = ttht(top.path(), &["init", "new", "--hook"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("core.hooksPath") && said(&refused).contains("nothing was installed"));
    assert!(!top.path().join("new").exists() && fs::read_dir(shared).unwrap().next().is_none());
    git(top.path(), &["config", "core.hooksPath", "hooks"]);
    well(top.path(), &["init", "new", "--hook"]);
    assert!(top.path().join("hooks/pre-commit").exists(), "a folder of hooks in the repository is its own");
}

#[test]
fn worktrees_submodules_and_bare_repositories_take_the_hook_or_say_why_not() {
    let (top, beside) = (repository("."), tempfile::tempdir().unwrap());
    let spoil = |root: &Path| {
        let text = fs::read_to_string(root.join(VISIT)).unwrap();
        fs::write(root.join(VISIT), text.replace("population = 8_614", "population = -1")).unwrap();
        git(root, &["add", "."]);
        run(root, "git", &["commit", "-q", "-m", "x"])
    };
    let worktree = beside.path().join("worktree");
    git(top.path(), &["worktree", "add", "-q", worktree.to_str().unwrap(), "-b", "w"]);
    well(&worktree, &["init", "--hook"]);
    assert!(said(&spoil(&worktree)).contains("[out-of-range]"));

    let outer = beside.path().join("outer");
    fs::create_dir(&outer).unwrap();
    git(&outer, &["init", "-q"]);
    let from = top.path().to_str().unwrap();
    git(&outer, &["-c", "protocol.file.allow=always", "submodule", "add", "-q", from, "so"]);
    well(&outer.join("so"), &["init", "--hook"]);
    assert!(said(&spoil(&outer.join("so"))).contains("[out-of-range]"));

    git(beside.path(), &["init", "-q", "--bare", "bare.git"]);
    let refused = ttht(beside.path(), &["init", "bare.git", "--hook"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(said(&refused).contains("not in the working tree"), "{}", said(&refused));
    assert!(!beside.path().join("bare.git/ttht.toml").exists());
}

#[test]
fn what_a_change_causes_in_other_files_is_told_and_what_was_there_before_is_not() {
    let top = repository("so");
    let root = top.path().join("so");
    let put = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(root.join(file)).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(root.join(file), text.replacen(from, to, 1)).unwrap();
    };
    let follows = "visits/2017-2018/2017-11-17-thuong-yen-cong.toml";
    let followed = "visits/2016-2017/2016-11-09-thuong-yen-cong.toml";
    put(follows, "[[followup]]", "nonsense = 1\n[[followup]]");
    git(&root, &["commit", "-q", "-a", "-m", "x"]);
    // The recommendation goes that a later visit follows up.
    put(followed, "[recommendation.r2]", "[recommendation.r7]");
    git(&root, &["add", "."]);
    for words in [&["--staged"][..], &["--since", "HEAD"]] {
        let told = said(&ttht(&root, &[&["check", "--format", "concise"], words].concat()));
        let of = |file: &str| told.lines().filter(|line| line.starts_with(file)).collect::<Vec<_>>();
        assert!(of(follows).len() == 1 && of(follows)[0].contains("“r2”"), "{told}");
        assert!(!told.contains("nonsense"), "{told}");
    }
    // A unit concerns all: what refers to it is told, wherever it is.
    git(&root, &["commit", "-q", "-m", "x"]);
    put("units.toml", "id = \"bac-son\"", "id = \"bac-son-2\"");
    git(&root, &["add", "."]);
    let told = said(&ttht(&root, &["check", "--staged", "--format", "concise"]));
    assert!(told.contains("centres/bac-son.toml:") && !told.contains("nonsense"), "{told}");
}

/// What is told of what is about to be committed.
fn told_of_staged(root: &Path) -> String {
    said(&ttht(root, &["check", "--staged", "--format", "concise", "--ignore", "unverified-scheme"]))
}

#[test]
fn what_is_about_to_be_committed_is_whatever_lies_on_disk() {
    let top = repository("so");
    let root = top.path().join("so");
    let well = "Checked 35 files: no errors.\n";
    git(&root, &["update-ref", "-d", "HEAD"]);
    assert_eq!(told_of_staged(&root), well);
    // Not there any more, there only on disk, a folder in place of a file, a link in place of a folder.
    fs::remove_file(root.join("units.toml")).unwrap();
    fs::remove_dir_all(root.join("photos")).unwrap();
    fs::create_dir(root.join("visits/2019-2020")).unwrap();
    fs::write(root.join("visits/2019-2020/x.toml"), "nonsense = 1").unwrap();
    fs::write(root.join("centres/moi.toml"), "nonsense = 1").unwrap();
    fs::remove_file(root.join("ttht.toml")).unwrap();
    fs::create_dir_all(root.join("ttht.toml")).unwrap();
    fs::rename(root.join("centres"), top.path().join("away")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../away", root.join("centres")).unwrap();
    assert_eq!(told_of_staged(&root), well);
}

#[cfg(unix)]
#[test]
fn what_is_committed_and_never_read_is_told() {
    let top = repository("so");
    let root = top.path().join("so");
    let aside = |file: &str| {
        fs::rename(root.join(file), top.path().join("aside")).unwrap();
        git(&root, &["rm", "-rq", "--cached", file]);
    };
    let back = |file: &str| {
        git(&root, &["add", file]);
        let _ = fs::remove_dir_all(root.join(file)).or_else(|_| fs::remove_file(root.join(file)));
        fs::rename(top.path().join("aside"), root.join(file)).unwrap();
    };
    git(&root, &["update-ref", "-d", "HEAD"]);
    aside("centres/nam-khe.toml");
    std::os::unix::fs::symlink("bac-son.toml", root.join("centres/nam-khe.toml")).unwrap();
    back("centres/nam-khe.toml");
    aside("units.toml");
    fs::File::create(root.join("units.toml")).unwrap().set_len(40 << 20).unwrap();
    back("units.toml");
    let told = told_of_staged(&root);
    let faults = told.lines().filter(|line| line.contains("error[")).collect::<Vec<_>>();
    assert_eq!(faults.len(), 2, "{told}");
    assert!(
        faults[0].contains("centres/nam-khe.toml: error[odd-file]: in this version it is a link"),
        "{told}"
    );
    assert!(faults[1].contains("units.toml: error[too-large]"), "{told}");
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
    assert_eq!(told(&["--staged"]), [false; 3]);
    git(&root, &["add", "centres/moi.toml"]);
    assert_eq!(told(&["--staged"]), [false, false, true]);
    assert_eq!(told(&["--staged", "--since", "HEAD~1"]), [true, false, true]);
    git(&root, &["rm", "-q", "--cached", "centres/moi.toml"]);
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

#[test]
fn what_a_merge_brings_is_told_once_and_what_is_its_own_too() {
    let top = repository("so");
    let root = top.path().join("so");
    let change = |branch: &[&str], pairs: &[&str], by: &str| {
        git(&root, branch);
        well(&root, &[&["set", ID][..], pairs].concat());
        git(&root, &["commit", "-q", "-a", "-m", "x", "--author", &format!("{by} <x@example.org>")]);
    };
    change(&["checkout", "-q", "-b", "theirs"], &["context.population=8700", "place=Ở nhà"], "B");
    change(&["checkout", "-q", "main"], &["context.population=8600", "minutes.copies=4"], "C");
    run(&root, "git", &["merge", "-q", "theirs"]);
    git(&root, &["checkout", "-q", "--theirs", VISIT]);
    well(&root, &["set", ID, "context.population=8650", "minutes.copies=4"]);
    git(&root, &["commit", "-q", "-a", "-m", "merge", "--author", "D <x@example.org>"]);
    let told = |words: &[&str]| -> Vec<String> {
        let text = said(&ttht(&root, &[&["log", ID, "-O", "csv"], words].concat()));
        text.lines().skip(1).map(|line| line.split_once(',').unwrap().1.to_owned()).collect()
    };
    let mut all = told(&[]);
    all.sort();
    assert_eq!(
        all,
        [
            "A,,the whole record,,added,",
            "B,context.population,\"Context, population\",8614,8700,86",
            "B,place,Place,UBND phường Yên Thanh,Ở nhà,",
            "C,context.population,\"Context, population\",8614,8600,-14",
            "C,minutes.copies,\"Minutes, copies\",2,4,2",
            "D,context.population,\"Context, population\",8600,8650,50",
        ]
    );
    assert_eq!(told(&["population"]).len(), 4, "with the first value");
    // A version that cannot be read is told, and what comes after it is held against the last one that can.
    let text = fs::read_to_string(root.join(VISIT)).unwrap();
    for broken in [format!("{text}\n<<<\n"), text.replace("8_650", "8_660")] {
        fs::write(root.join(VISIT), broken).unwrap();
        git(&root, &["commit", "-q", "-a", "-m", "x"]);
    }
    assert_eq!(
        told(&[])[..2].join(" | "),
        "A,context.population,\"Context, population\",8650,8660,10 | A,,the whole record,,this version cannot be read,"
    );
}

#[cfg(unix)]
#[test]
fn a_hostile_history_is_told() {
    let top = repository("so");
    let root = top.path().join("so");
    let sound = |file: &str| fs::read(root.join(file)).unwrap();
    let saved =
        ["centres/nam-khe.toml", "centres/bac-son.toml", "units.toml"].map(|file| (file, sound(file)));
    let utf_16: Vec<u8> = "name = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(root.join("centres/bac-son.toml"), [b"\xff\xfe", &utf_16[..]].concat()).unwrap();
    fs::remove_file(root.join("centres/nam-khe.toml")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", root.join("centres/nam-khe.toml")).unwrap();
    fs::File::create(root.join("units.toml")).unwrap().set_len(40 << 20).unwrap();
    fs::write(root.join(".gitattributes"), "*.toml -text diff=x merge=x filter=x ident\n").unwrap();
    fs::write(root.join("centres/\u{1b}[31m\n.toml"), "").unwrap();
    git(&root, &["add", "-A"]);
    git(&root, &["commit", "-q", "-m", "\u{1b}[31m", "--author", "\u{1b}[31m <x>"]);
    for (file, bytes) in saved {
        fs::remove_file(root.join(file)).unwrap();
        fs::write(root.join(file), bytes).unwrap();
    }
    fs::remove_file(root.join("centres/\u{1b}[31m\n.toml")).unwrap();
    git(&root, &["commit", "-q", "-a", "-m", "x"]);
    well(&root, &["check"]);
    let told = ttht(&root, &["list", "centres", "--at", "HEAD~1"]);
    assert_eq!(told.status.code(), Some(1), "{}", said(&told));
    let centre = ttht(&root, &["show", "bac-son", "--kind", "centre", "--at", "HEAD~1"]);
    assert!(said(&centre).contains("[utf-16]"), "{}", said(&centre));
    let centre = ttht(&root, &["show", "nam-khe", "--kind", "centre", "--at", "HEAD~1"]);
    assert!(said(&centre).contains("[odd-file]") && !said(&centre).contains("root"), "{}", said(&centre));
    for (id, kind) in [("nam-khe", "centre"), ("bac-son", "centre"), ("yen-thanh", "unit")] {
        let log = ttht(&root, &["log", id, "--kind", kind, "-O", "csv"]);
        let text = said(&log);
        assert!(log.status.success() && text.contains("this version cannot be read"), "{text}");
    }
    let saves = said(&ttht(&root, &["log"]));
    assert!(saves.contains("[31m") && !saves.contains('\u{1b}'), "{saves}");
    let option = ttht(&root, &["show", "nam-khe", "--kind", "centre", "--at", "--output=x"]);
    assert_eq!(option.status.code(), Some(2), "{}", said(&option));
}

#[test]
fn a_repository_that_lacks_what_a_file_was_says_so() {
    let top = repository("so");
    let root = top.path().join("so");
    well(&root, &["set", ID, "context.population=8700"]);
    let blob = run(&root, "git", &["rev-parse", &format!("HEAD:./{VISIT}")]);
    let blob = said(&blob);
    let objects = top.path().join(".git/objects");
    fs::rename(objects.join(&blob[..2]).join(blob[2..].trim()), top.path().join("aside")).unwrap();
    // Git itself may be the first that looks for it.
    for (words, starts) in [
        (&["diff"][..], "error: "),
        (&["show", ID, "--at", "HEAD"], "error: "),
        (&["log", ID], "error: the git repository here lacks"),
    ] {
        let output = ttht(&root, words);
        assert_eq!(output.status.code(), Some(4), "{words:?}: {}", said(&output));
        assert!(said(&output).starts_with(starts), "{}", said(&output));
    }
}

#[test]
fn a_staged_file_that_no_record_is_read_from_is_told() {
    let top = repository(".");
    for name in [
        "2016-2017/2016-10-28",
        "2016-2017/2016-11-04-bac-son (1)",
        "2016-11-04-bac-son",
        "x/2016-11-04-bac-son",
    ] {
        let file = format!("visits/{name}.toml");
        fs::create_dir_all(top.path().join(&file).parent().unwrap()).unwrap();
        fs::copy(top.path().join(VISIT), top.path().join(&file)).unwrap();
        git(top.path(), &["add", &file]);
        let output = ttht(top.path(), &["check", "--staged"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        git(top.path(), &["rm", "-q", "--force", &file]);
    }
}
