//! What leaves the program: files that are no records, what is printed, what is left behind, and how it ends.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// The example register, and the folder that holds it.
fn register() -> (tempfile::TempDir, PathBuf) {
    let folder = fresh();
    let register = folder.path().join("so");
    example(&register);
    (folder, register)
}

fn ttht(root: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(TTHT);
    command.current_dir(root).args(words).args(["--lang", "en", "--no-input", "--today", "2018-06-01"]);
    command.env_remove("TTHT_REGISTER").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(root: &Path, words: &[&str]) -> Output {
    ttht(root, words).output().unwrap()
}

/// A line for a shell, in which `$TTHT` is the program.
fn shell(root: &Path, line: &str) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", line]).current_dir(root).env("TTHT", TTHT).env("TTHT_LANG", "en");
    command.env_remove("TTHT_REGISTER").stdin(Stdio::null()).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or(-1)
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o7777
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const TABLE: &[&str] = &["summary", "activity", "--year", "2016-2017", "-O", "csv"];
const ID: &str = "2016-10-27-yen-thanh";

fn table(root: &Path, file: &str) -> Output {
    run(root, &[TABLE, &["-o", file]].concat())
}

#[test]
fn a_file_is_replaced_with_its_mode_and_a_link_stays_a_link() {
    let (folder, root) = register();
    let here = folder.path();
    fs::write(here.join("a.csv"), "old").unwrap();
    fs::set_permissions(here.join("a.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("a.csv", here.join("link.csv")).unwrap();
    symlink("new.csv", here.join("to-nothing.csv")).unwrap();
    for (named, written) in [("link.csv", "a.csv"), ("to-nothing.csv", "new.csv")] {
        let done = table(&root, &format!("../{named}"));
        assert_eq!(code(&done), 0, "{}", told(&done));
        assert!(here.join(named).is_symlink(), "{named}");
        assert!(fs::read_to_string(here.join(written)).unwrap().starts_with("row_no,unit,"), "{written}");
    }
    assert_eq!(mode(&here.join("a.csv")), 0o600);
    assert_eq!(names(here), ["a.csv", "link.csv", "new.csv", "so", "to-nothing.csv"]);
}

#[test]
fn what_is_no_file_is_written_through_or_refused_and_never_replaced() {
    let (folder, root) = register();
    let here = folder.path();
    fs::create_dir(here.join("dir.csv")).unwrap();
    let refused = table(&root, "../dir.csv");
    assert_eq!((code(&refused), here.join("dir.csv").is_dir()), (4, true));
    assert!(told(&refused).contains("it is a folder, not a file"), "{}", told(&refused));

    let made = shell(here, "mkfifo pipe.csv");
    assert_eq!(code(&made), 0);
    let reading = shell(
        &root,
        "cat ../pipe.csv & \"$TTHT\" summary activity --year 2016-2017 -O csv -o ../pipe.csv; wait",
    );
    assert!(reading.stdout.starts_with(b"row_no,unit,"), "{}", told(&reading));
    assert_eq!(code(&shell(here, "test -p pipe.csv")), 0);
    // Only root may make a device.
    if code(&shell(here, "mknod null c 1 3")) == 0 {
        assert_eq!(code(&table(&root, "../null")), 0);
        assert_eq!(code(&shell(here, "test -c null")), 0);
    }
}

#[test]
fn what_is_open_already_is_written_at_its_place() {
    let (folder, root) = register();
    let line = "(echo before; \"$TTHT\" summary activity --year 2016-2017 -O csv -o /dev/stdout; echo after) > ../all.csv";
    let done = shell(&root, line);
    let text = fs::read_to_string(folder.path().join("all.csv")).unwrap();
    assert!(text.starts_with("before\nrow_no,unit,") && text.ends_with("\nafter\n"), "{}{text}", told(&done));
}

#[test]
fn an_export_never_leads_out_of_its_folder() {
    let (folder, root) = register();
    let here = folder.path();
    fs::write(here.join("mine"), "mine").unwrap();
    fs::create_dir(here.join("real")).unwrap();
    symlink("real", here.join("dir")).unwrap();
    symlink("../mine", here.join("real/visits.csv")).unwrap();
    let refused = run(&root, &["export", "../dir"]);
    assert_eq!(code(&refused), 4);
    assert!(told(&refused).contains("visits.csv is a link"), "{}", told(&refused));
    assert_eq!(fs::read_to_string(here.join("mine")).unwrap(), "mine");
    assert_eq!(names(&here.join("real")), ["visits.csv"], "nothing was written");
    let refused = run(&root, &["export", "../mine"]);
    assert_eq!(code(&refused), 4);
    assert!(told(&refused).contains("mine: it is not a folder"), "{}", told(&refused));
    fs::remove_file(here.join("real/visits.csv")).unwrap();
    assert_eq!(code(&run(&root, &["export", "../dir"])), 0, "the folder that a user names may be a link");
    assert!(here.join("dir").is_symlink() && here.join("real/datapackage.json").is_file());
}

/// True if these tests, and so what they start, are to ignore that the terminal goes.
fn is_kept_by_nohup() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| mask.ends_with(['1', '3', '5', '7', '9', 'b', 'd', 'f']))
}

/// Sends a signal.
fn send(signal: &str, child: &Child) {
    let kill = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

/// Starts a program and sends it a signal as soon as something is true. Again, if it has ended before. Its exit code.
pub fn interrupted(start: impl Fn() -> Child, signal: &str, is_time: impl Fn() -> bool) -> i32 {
    for _ in 0..100 {
        let mut child = start();
        while child.try_wait().unwrap().is_none() {
            if is_time() {
                send(signal, &child);
                let status = child.wait().unwrap();
                if status.code() != Some(0) {
                    return status.code().unwrap_or(-1);
                }
                break;
            }
        }
    }
    panic!("{signal} always comes too late");
}

#[test]
fn a_signal_leaves_no_half_written_file_and_a_kill_only_until_the_next_run() {
    let (folder, root) = register();
    // Enough to write that a signal comes in time.
    for n in 0..400 {
        let visit = root.join("visits/2016-2017/2016-10-27-yen-thanh.toml");
        fs::copy(&visit, root.join(format!("visits/2016-2017/2016-10-27-yen-thanh_{}.toml", n + 2))).unwrap();
    }
    let out = folder.path().join("out");
    let half = || {
        fs::read_dir(&out).is_ok_and(|all| {
            all.flatten().any(|one| one.file_name().as_encoded_bytes().starts_with(b".ttht"))
        })
    };
    for (signal, exit) in [("TERM", 143), ("INT", 130), ("HUP", 129), ("KILL", -1)] {
        if signal == "HUP" && is_kept_by_nohup() {
            continue;
        }
        let export = || ttht(&root, &["export", "../out"]).spawn().unwrap();
        assert_eq!(interrupted(export, signal, half), exit);
        assert_eq!(half(), signal == "KILL", "{signal}: {:?}", names(&out));
    }
    assert_eq!(code(&run(&root, &["export", "../out"])), 0);
    assert!(!half(), "{:?}", names(&out));
}

#[test]
fn what_was_written_is_told_where_it_cannot_be_printed() {
    let (_folder, root) = register();
    let file = "visits/2016-2017/2016-10-27-yen-thanh.toml";
    let full = shell(&root, &format!("\"$TTHT\" set {ID} context.population=9001 > /dev/full"));
    let said = told(&full);
    assert_eq!(code(&full), 4);
    assert!(said.contains(&format!("1 file written: {file}")) && !said.contains("nothing"), "{said}");
    assert!(fs::read_to_string(root.join(file)).unwrap().contains("population = 9_001"));
    let closed = "exec 3> >(true); wait $!; \"$TTHT\" set 2016-10-27-yen-thanh context.population=9002 >&3";
    let closed = shell(&root, closed);
    assert_eq!(code(&closed), 0);
    assert!(told(&closed).contains(&format!("1 file written: {file}")), "{}", told(&closed));
    // A file that was moved is where it is now.
    fs::rename(root.join(file), root.join("visits/2017-2018/2016-10-27-yen-thanh.toml")).unwrap();
    let moved = shell(&root, "\"$TTHT\" check --fix > /dev/full");
    assert!(told(&moved).contains(&format!("1 file written: {file}")), "{}", told(&moved));
}

#[test]
fn escapes_in_a_record_reach_a_pipe_and_not_a_terminal() {
    let (_folder, root) = register();
    let file = root.join("centres/yen-thanh.toml");
    let text = fs::read_to_string(&file).unwrap();
    let spoilt = format!("# \u{1b}]0;PWN\u{7}\u{1b}[31m\n{text}");
    fs::write(&file, &spoilt).unwrap();
    let show = ["show", "yen-thanh", "--kind", "centre", "-O", "toml"];
    assert_eq!(run(&root, &show).stdout, spoilt.as_bytes());
    let seen = at_a_terminal(&ttht(&root, &show));
    assert!(seen.starts_with("# ␛]0;PWN␇␛[31m\r\n"), "{seen:?}");
    fs::write(&file, format!("nonsense = 1\n{spoilt}")).unwrap();
    let seen = at_a_terminal(&ttht(&root, &["check", "--color", "always"]));
    assert!(seen.contains("\u{1b}[") && !seen.contains("\u{1b}]") && !seen.contains('\u{7}'), "{seen:?}");
}

/// What a terminal gets to see.
fn at_a_terminal(command: &Command) -> String {
    let mut fresh = Command::new(command.get_program());
    fresh
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap())
        .env_remove("TTHT_REGISTER");
    let mut session = OsSession::spawn(fresh).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(20)));
    String::from_utf8_lossy(session.expect(Eof).unwrap().as_bytes()).into_owned()
}

/// An edit in whose editor a line is added, after which the editor goes on for a while.
fn editing(root: &Path, id: &str) -> Child {
    let mut command = ttht(root, &["edit", id, "--kind", "centre"]);
    let editor = root.parent().unwrap().join("editor.sh");
    fs::write(
        &editor,
        "exec > /dev/null 2>&1\necho '# mine' >> \"$1\"\nwhile kill -0 $PPID; do sleep 0.02; done",
    )
    .unwrap();
    command.env("EDITOR", format!("sh {}", editor.display())).env_remove("VISUAL").spawn().unwrap()
}

/// Whether the editor is open.
fn is_open(folder: &Path) -> bool {
    let drafts = fs::read_dir(folder).into_iter().flatten().flatten();
    drafts.filter_map(|one| fs::read_to_string(one.path()).ok()).any(|text| text.contains("# mine"))
}

#[test]
fn an_edit_that_is_ended_names_its_draft_which_is_for_its_owner_only() {
    let (_folder, root) = register();
    let private = root.join(".ttht");
    let child = editing(&root, "yen-thanh");
    while !is_open(&private) {}
    // Ctrl-C is for the editor.
    ["INT", "TERM"].iter().for_each(|signal| send(signal, &child));
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 143);
    assert!(told(&output).contains("the draft is in .ttht/centres-yen-thanh.toml"), "{}", told(&output));
    assert_eq!(mode(&private.join("centres-yen-thanh.toml")), 0o600);
    assert_eq!(names(&private), [".gitignore", "centres-yen-thanh.toml"]);

    let mut again = ttht(&root, &["edit", "yen-thanh", "--kind", "centre"]);
    let again = again.env("EDITOR", "head -n 1").env_remove("VISUAL").output().unwrap();
    let names_it = "an earlier edit left a draft: .ttht/centres-yen-thanh.toml";
    assert!(told(&again).contains(names_it), "{}", told(&again));
    assert!(String::from_utf8_lossy(&again.stdout).contains(names_it), "the editor shows it too");
    assert_eq!(names(&private), [".gitignore", "centres-yen-thanh.toml"]);
}

#[test]
fn two_who_edit_one_record_have_drafts_of_their_own() {
    let (_folder, root) = register();
    let private = root.join(".ttht");
    let mut first = editing(&root, "yen-thanh");
    while !is_open(&private) {}
    let mut second = ttht(&root, &["edit", "yen-thanh", "--kind", "centre"]);
    let second = second.env("EDITOR", "head -n 1").env_remove("VISUAL").output().unwrap();
    assert_eq!((code(&second), told(&second)), (0, "nothing changes\n".to_owned()));
    send("TERM", &first);
    assert_eq!(first.wait().unwrap().code(), Some(143));
}

#[test]
fn an_edit_that_only_shows_needs_no_right_to_write() {
    let (folder, root) = register();
    let readable = code(&shell(folder.path(), "mount --bind so so && mount -o remount,ro,bind so")) == 0;
    let mut edit = ttht(&root, &["edit", "yen-thanh", "--kind", "centre", "-n"]);
    let edit = edit.env("EDITOR", "sed -i $a#mine").env_remove("VISUAL").env("TMPDIR", folder.path());
    let edit = edit.output();
    shell(folder.path(), "umount so");
    if readable {
        let edit = edit.unwrap();
        assert_eq!(code(&edit), 0, "{}", told(&edit));
        assert!(String::from_utf8_lossy(&edit.stdout).contains("+#mine"));
        assert_eq!(names(folder.path()), ["so"]);
    }
}

#[test]
fn a_table_never_takes_the_place_of_a_record() {
    let (_folder, root) = register();
    for file in ["units.toml", "visits/2016-2017/2016-10-27-yen-thanh.toml", "centres/new.toml"] {
        let before = fs::read(root.join(file)).ok();
        let refused = table(&root, file);
        assert_eq!(code(&refused), 2, "{file}");
        assert!(told(&refused).contains("is the place of a record"), "{}", told(&refused));
        assert_eq!(fs::read(root.join(file)).ok(), before);
    }
    assert_eq!(code(&table(&root, "units.csv")), 0);
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_the_reason() {
    let (_folder, root) = register();
    fs::write(root.join("centres/yen-thanh.toml"), b"name = \"\xff\"\n").unwrap();
    for words in [&["fmt"][..], &["fmt", "--check"], &["check"], &["show", "yen-thanh", "--kind", "centre"]] {
        let done = run(&root, words);
        let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), told(&done));
        assert_eq!(code(&done), 1, "{words:?}: {said}");
        assert!(said.contains("centres/yen-thanh.toml") && said.contains("UTF-8"), "{words:?}: {said}");
    }
}

#[test]
fn a_file_that_cannot_be_written_stays_as_it_was() {
    let (folder, root) = register();
    let here = folder.path();
    fs::write(here.join("a.csv"), "old").unwrap();
    // No file may grow beyond 0 bytes: the error of a full disk, without filling one.
    let table = "\"$TTHT\" summary activity --year 2016-2017 -O csv";
    let full = shell(&root, &format!("trap '' XFSZ; ulimit -f 0; {table} -o ../a.csv"));
    assert_eq!(code(&full), 4, "{}", told(&full));
    assert_eq!((fs::read_to_string(here.join("a.csv")).unwrap(), names(here).len()), ("old".to_owned(), 2));
    let export = shell(&root, "trap '' XFSZ; ulimit -f 0; \"$TTHT\" export ../out");
    assert_eq!((code(&export), names(&here.join("out")).len()), (4, 0), "{}", told(&export));
    // A new file is for those for whom new files are.
    assert_eq!(code(&shell(&root, &format!("umask 027; {table} -o ../b.csv"))), 0);
    assert_eq!(mode(&here.join("b.csv")), 0o640);
}
