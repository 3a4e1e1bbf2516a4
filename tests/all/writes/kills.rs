//! Every command that writes is killed at any moment, and at each of its steps: with the next command all that it writes is
//! there or nothing of it, and nothing is left behind.

#![expect(clippy::print_stderr, reason = "what was tried, and what could not be")]

use super::{ID, Mount, VISIT, code, files, run, times, ttht};
use crate::fresh::{copy, example, fresh};
use crate::transcript::root;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A command that writes.
struct Writer {
    name: &'static str,
    /// What lies in the folder `so` before it; the folder above is for what it reads.
    before: fn(&Path),
    /// Its arguments; `so` is the register.
    words: &'static [&'static str],
    /// The next command, and the exit codes that it may have.
    next: (&'static [&'static str], &'static [i32]),
}

/// A command that only reads.
const READ: (&[&str], &[i32]) = (&["-C", "so", "check"], &[0]);

const WRITERS: &[Writer] = &[
    Writer { name: "set", before: register, words: &["-C", "so", "set", ID, "place=UBND"], next: READ },
    Writer {
        name: "add",
        before: register,
        words: &["-C", "so", "add-visit", "yen-thanh", "--date", "2020-01-05", "--allow-faults"],
        next: (&["-C", "so", "list", "visits"], &[0]),
    },
    Writer {
        name: "import",
        before: with_table,
        words: &["-C", "so", "import", "sent.csv", "--as", "visits", "--yes", "--allow-faults"],
        next: READ,
    },
    Writer { name: "fmt", before: untidy, words: &["-C", "so", "fmt"], next: READ },
    Writer {
        name: "fix",
        before: misplaced,
        words: &["-C", "so", "check", "--fix"],
        next: (READ.0, &[0, 1]),
    },
    Writer {
        name: "init",
        before: |_| {},
        words: &["init", "so", "--from-example"],
        next: (&["init", "so", "--from-example"], &[0, 2]),
    },
    Writer {
        name: "export",
        before: register,
        words: &["-C", "so", "export", "out"],
        next: (&["-C", "so", "export", "out"], &[0]),
    },
    Writer { name: "edit", before: register, words: &["-C", "so", "edit", ID], next: READ },
    Writer {
        name: "merge",
        before: register,
        words: &[
            "-C",
            "so",
            "merge-centres",
            "dien-cong",
            "bac-son",
            "--into",
            "yen-thanh",
            "--date",
            "2019-12-01",
            "--allow-faults",
        ],
        next: (READ.0, &[0, 1]),
    },
    Writer {
        name: "photo",
        before: with_photo,
        words: &["-C", "so", "add-photo", ID, "phone.jpg", "so/photos/2016-10-27-yen-thanh-1.jpg"],
        next: READ,
    },
];

fn register(so: &Path) {
    example(so);
}

/// A table of forty new visits and of one that is there.
fn with_table(so: &Path) {
    example(so);
    let day = |n: usize| format!("2017-{:02}-{:02}", n / 20 + 1, n % 20 + 1);
    let new = (0..40).map(|n| format!("{0}-yen-thanh,yen-thanh,{0},nhà số {n}\n", day(n)));
    let old = format!("{ID},yen-thanh,2016-10-27,nhà văn hoá\n");
    let table = format!("id,centre,date,place\n{}{old}", new.collect::<String>());
    fs::write(so.with_file_name("sent.csv"), table).unwrap();
}

/// A photograph that is to come, and one that is there and is to be made anew.
fn with_photo(so: &Path) {
    example(so);
    let phone = root().join("tests/pictures/phone.jpg");
    fs::copy(&phone, so.with_file_name("phone.jpg")).unwrap();
    fs::copy(root().join("tests/pictures/still.webp"), so.join("photos/2016-10-27-yen-thanh-1.jpg")).unwrap();
}

fn untidy(so: &Path) {
    example(so);
    for entry in fs::read_dir(so.join("centres")).unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap();
        fs::write(entry.path(), format!("\n\n{text}")).unwrap();
    }
}

/// Visits in the folder of another year, with something else to be repaired, and one that is in both.
fn misplaced(so: &Path) {
    example(so);
    let wrong = so.join("visits/2018-2019");
    fs::create_dir(&wrong).unwrap();
    for entry in fs::read_dir(so.join("visits/2016-2017")).unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap();
        let to = wrong.join(entry.file_name());
        if entry.path().ends_with(format!("{ID}.toml")) {
            fs::write(to, text).unwrap();
        } else {
            fs::write(to, text.replace("place = \"", "place = \" ")).unwrap();
            fs::remove_file(entry.path()).unwrap();
        }
    }
}

/// A folder for one run, with `so` and what else a command reads.
struct Place(tempfile::TempDir);

impl Place {
    fn new(writer: &Writer, within: tempfile::TempDir) -> Place {
        (writer.before)(&within.path().join("so"));
        fs::create_dir(within.path().join("tmp")).unwrap();
        Place(within)
    }

    /// The command, with a folder of its own for what is temporary, and an editor that changes a line.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = ttht(self.0.path(), words);
        for name in ["TMPDIR", "TMP"] {
            command.env(name, self.0.path().join("tmp"));
        }
        command.env("VISUAL", r"sed -i s/^place.*/place=\x22UBND\x22/");
        command
    }

    fn output(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// What is there: the names and bytes of all files.
    fn state(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let inner =
            |(path, bytes): (PathBuf, _)| (path.strip_prefix(self.0.path()).unwrap().to_owned(), bytes);
        files(self.0.path()).into_iter().map(inner).collect()
    }

    /// What lies in the private folder and is neither the lock nor a draft that a person made.
    fn left(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path().join("so/.ttht")).into_iter().flatten().flatten();
        let names = names.map(|entry| entry.file_name().into_string().unwrap());
        names
            .filter(|name| !["lock", ".gitignore"].contains(&name.as_str()) && !name.ends_with(".toml"))
            .collect()
    }
}

/// What a command finds and what it makes.
struct States {
    old: Vec<(PathBuf, Vec<u8>)>,
    new: Vec<(PathBuf, Vec<u8>)>,
    takes: Duration,
}

impl States {
    fn of(writer: &Writer) -> States {
        let place = Place::new(writer, tempfile::tempdir().unwrap());
        let (old, since) = (place.state(), Instant::now());
        let done = place.output(writer.words);
        let takes = since.elapsed();
        assert!([0, 1].contains(&code(&done)), "{}: {}", writer.name, String::from_utf8_lossy(&done.stderr));
        assert_eq!(place.left(), [""; 0], "{}", writer.name);
        let new = place.state();
        assert!(old != new, "{}: {}", writer.name, String::from_utf8_lossy(&done.stderr));
        States { old, new, takes }
    }

    /// Runs the next command, and looks that the whole is old or new and that nothing is left. Returns what was found
    /// before and after.
    fn must_be_whole(&self, writer: &Writer, place: &Place, when: &str) -> (&str, &str) {
        let of = |state: &[_]| match state {
            state if state == self.old => "old",
            state if state == self.new => "new",
            _ => "half",
        };
        let found = of(&place.state());
        let next = place.output(writer.next.0);
        let said = String::from_utf8_lossy(&next.stderr);
        assert!(writer.next.1.contains(&code(&next)), "{} {when}: {said}", writer.name);
        let state = place.state();
        let names = || state.iter().map(|(path, _)| path).collect::<Vec<_>>();
        let whole = of(&state);
        assert_ne!(whole, "half", "{} {when}: {said} {:?}", writer.name, names());
        assert_eq!(place.left(), [""; 0], "{} {when}: {said}", writer.name);
        (found, whole)
    }
}

/// Kills a command so many times, half of them while it writes.
fn kill(writer: &Writer, times: usize) {
    let states = States::of(writer);
    let (mut seed, mut counts) = (times as u64 + writer.name.len() as u64, std::collections::BTreeMap::new());
    for n in 0..times {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let part = (seed >> 33) as u32 % 1000;
        let place = Place::new(writer, tempfile::tempdir().unwrap());
        let (mut child, since) = (place.command(writer.words).spawn().unwrap(), Instant::now());
        let pause = match n % 2 {
            0 => states.takes * 5 / 4 * part / 1000,
            _ => {
                while place.left().is_empty() && since.elapsed() < states.takes {
                    std::hint::spin_loop();
                }
                states.takes / 4 * part / 1000
            }
        };
        sleep(pause);
        // Every third one is asked to end, and ends in order.
        let asked = cfg!(unix) && n % 3 == 2;
        if asked {
            Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
        } else {
            child.kill().unwrap();
        }
        child.wait().unwrap();
        // Its editor may outlive it for a moment.
        if writer.name == "edit" {
            sleep(Duration::from_millis(20));
        }
        let (left, when) = (place.left(), format!("ended after {pause:?}, asked: {asked}"));
        let (found, whole) = states.must_be_whole(writer, &place, &when);
        if asked {
            assert!(found != "half" && left.is_empty(), "{} {when}: {found} {left:?}", writer.name);
        }
        *counts.entry((found, whole)).or_insert(0) += 1;
    }
    eprintln!("{}: {times} kills, found and then: {counts:?}", writer.name);
}

#[test]
fn a_killed_command_has_done_all_or_nothing_with_the_next_one() {
    // Its editor is a program of Unix.
    let runs = |writer: &&Writer| cfg!(unix) || writer.name != "edit";
    WRITERS.iter().filter(runs).for_each(|writer| kill(writer, times(3)));
}

/// The system calls that change a disk.
const CALLS: &[&str] =
    &["mkdir", "write", "fsync", "rename", "renameat2", "unlink", "unlinkat", "linkat", "fchmod", "fchown"];

/// Those that are tried without `TTHT_STRESS`.
const FEW_CALLS: &[&str] = &["renameat2", "unlink"];

/// Has something happen to a command at one of its system calls. False if it makes fewer of them.
fn happens(place: &Place, writer: &Writer, what: &str, call: &str, number: usize) -> (bool, Output) {
    let log = place.0.path().join("tmp/log");
    let command = place.command(writer.words);
    let mut traced = Command::new("strace");
    traced.arg("-f").arg("-o").arg(&log).args(["-e", &format!("trace={call}")]);
    traced.args(["-e", &format!("inject={call}:{what}:when={number}")]);
    traced.arg(command.get_program()).args(command.get_args()).current_dir(place.0.path());
    traced.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?)))).stdin(Stdio::null());
    let output = traced.output().unwrap();
    let said = fs::read_to_string(&log).unwrap_or_default();
    fs::remove_file(log).unwrap();
    (said.contains("INJECTED") || said.contains("killed by SIGKILL"), output)
}

/// Goes through all system calls of the commands that change a register.
fn at_every_call(what: &str, look: impl Fn(&Writer, &States, &Place, &Output, &str)) {
    if !Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success())
    {
        eprintln!("skipped: strace is missing or may not trace");
        return;
    }
    let full = std::env::var_os("TTHT_STRESS").is_some();
    let inside = |writer: &&Writer| !["export", "edit"].contains(&writer.name);
    for writer in WRITERS.iter().filter(inside) {
        let states = States::of(writer);
        for call in if full { CALLS } else { FEW_CALLS } {
            for number in 1.. {
                let place = Place::new(writer, fresh());
                let (happened, output) = happens(&place, writer, what, call, number);
                if !happened || (!full && number > 3) {
                    break;
                }
                look(writer, &states, &place, &output, &format!("at {call} {number}"));
            }
        }
    }
}

#[test]
fn killed_at_any_step_a_command_has_done_all_or_nothing() {
    at_every_call("signal=SIGKILL", |writer, states, place, _, when| {
        states.must_be_whole(writer, place, when);
    });
}

#[test]
fn where_the_disk_is_full_at_any_step_nothing_is_done() {
    at_every_call("error=ENOSPC", |writer, states, place, output, when| {
        let said = String::from_utf8_lossy(&output.stderr);
        let (found, whole) = states.must_be_whole(writer, place, when);
        // What cannot be printed is told, and what was written is named.
        let printed = said.contains("stdout");
        match code(output) {
            4 if !printed && writer.name != "init" => {
                assert_eq!(whole, "old", "{} {when}: {said}", writer.name);
                assert!(!place.0.path().join("so/visits/2019-2020").exists(), "{} {when}", writer.name);
            }
            4 => {}
            _ => assert_eq!((found, whole), ("new", "new"), "{} {when}: {said}", writer.name),
        }
    });
}

#[test]
fn on_a_full_disk_every_command_leaves_all_as_it_was() {
    for writer in WRITERS.iter().filter(|writer| !["export", "edit"].contains(&writer.name)) {
        let Some(disk) = Mount::new(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"]) else {
            eprintln!("skipped: no disk may be mounted here");
            return;
        };
        let place = Place::new(writer, fresh());
        copy(place.0.path(), &disk.0);
        let mut filler = fs::File::create(disk.0.join("filler")).unwrap();
        while std::io::Write::write_all(&mut filler, &[b'x'; 512]).is_ok() {}
        let before = files(&disk.0);
        let output = run(&disk.0, writer.words);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(code(&output), 4, "{}: {said}", writer.name);
        assert!(said.contains("disk is full"), "{}: {said}", writer.name);
        assert!(files(&disk.0) == before, "{}: {said}", writer.name);
        let private = disk.0.join("so/.ttht");
        let ignored = fs::read(private.join(".gitignore")).unwrap_or_default();
        assert!(!private.exists() || ignored == b"*\n", "{}: a lame private folder", writer.name);
    }
}

#[cfg(unix)]
#[test]
fn a_visit_keeps_its_mode_where_it_is_moved() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(&WRITERS[4], fresh());
    let so = place.0.path().join("so");
    let wrong = so.join("visits/2018-2019/2016-10-28-phuong-nam.toml");
    fs::rename(so.join("visits/2018-2019").join(Path::new(VISIT).file_name().unwrap()), so.join("x"))
        .unwrap();
    fs::set_permissions(&wrong, fs::Permissions::from_mode(0o600)).unwrap();
    place.output(&["-C", "so", "check", "--fix"]);
    let moved = so.join("visits/2016-2017/2016-10-28-phuong-nam.toml");
    assert_eq!(fs::metadata(moved).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!wrong.exists());
}
