//! PDF through LibreOffice: a stand-in of a few lines shows how it is called, and what happens if it fails or hangs.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A register, and beside it a folder with a program that is called as LibreOffice is.
fn office(script: &str) -> TempDir {
    let folder = fresh();
    example(&folder.path().join("so"));
    fs::create_dir(folder.path().join("bin")).unwrap();
    let program = folder.path().join("bin/soffice");
    fs::write(&program, format!("#!/bin/sh\ncd \"$(dirname \"$0\")\"\n{script}")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn ttht(folder: &Path, path: &str) -> Command {
    let mut command = Command::new(TTHT);
    command
        .current_dir(folder.join("so"))
        .env("PATH", path)
        .env("TMPDIR", folder)
        .env_remove("TTHT_REGISTER");
    command.args(["report", "minutes", "2016-10-27-yen-thanh", "-o", "../bien-ban.pdf"]);
    command.args(["--lang", "en", "--no-input", "--today", "2018-06-01"]);
    command
}

fn run(folder: &Path) -> Output {
    ttht(folder, &format!("{}/bin:/usr/bin:/bin", folder.display())).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What is left in the folder.
fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into()).collect();
    names.sort();
    names
}

#[test]
fn the_program_gets_a_folder_of_its_own_and_gives_the_file() {
    let folder = office(
        "for last; do :; done\necho \"$@\" >called\nhead -c 2 \"$last\" >word\n\
         cat \"$(dirname \"$last\")/profile/user/registrymodifications.xcu\" >profile\n\
         printf '%%PDF-1.7 made up' >\"$(dirname \"$last\")/document.pdf\"\n",
    );
    let done = run(folder.path());
    assert_eq!((told(&done).as_str(), done.status.code()), ("", Some(0)));
    assert_eq!(fs::read_to_string(folder.path().join("bien-ban.pdf")).unwrap(), "%PDF-1.7 made up");
    let note = |name: &str| fs::read_to_string(folder.path().join("bin").join(name)).unwrap();
    assert_eq!(note("word"), "PK");
    assert!(note("profile").contains("DisableMacrosExecution"));
    let called = note("called");
    let profile = format!("-env:UserInstallation=file://{}/ttht-closet-", folder.path().display());
    assert!(called.starts_with(&profile) && called.contains(" --headless "), "{called}");
    assert_eq!(
        names(folder.path()),
        ["bien-ban.pdf", "bin", "so"].map(PathBuf::from),
        "nothing else is left"
    );
}

#[test]
fn what_it_says_when_it_fails_is_told_and_nothing_is_overwritten() {
    let folder = office("echo 'Error: made up' >&2\n");
    fs::write(folder.path().join("bien-ban.pdf"), "mine").unwrap();
    let done = run(folder.path());
    assert_eq!(
        (told(&done).as_str(), done.status.code()),
        (
            "error: LibreOffice did not make the PDF: Error: made up\n\
             help: use -o with .docx, and print or save as PDF from Word; or with .html, and print from a browser\n",
            Some(4)
        )
    );
    assert_eq!(fs::read_to_string(folder.path().join("bien-ban.pdf")).unwrap(), "mine");
}

#[test]
fn what_lies_in_the_folder_of_a_register_is_not_run() {
    let folder = office("touch run\n");
    fs::rename(folder.path().join("bin/soffice"), folder.path().join("so/soffice")).unwrap();
    for path in ["", ".", "bin:../so"] {
        let done = ttht(folder.path(), path).output().unwrap();
        assert!(told(&done).starts_with("error: LibreOffice is not installed"), "{}", told(&done));
        assert_eq!(done.status.code(), Some(4));
    }
    assert!(!folder.path().join("so/run").exists());
    assert!(!folder.path().join("bien-ban.pdf").exists());
}

#[test]
fn it_ends_with_all_that_it_has_started_when_it_is_interrupted() {
    let folder = office("sleep 1000 &\necho $! >one\nsleep 0.2\nmv one child\nwait\n");
    let path = format!("{}/bin:/usr/bin:/bin", folder.path().display());
    let mut running = ttht(folder.path(), &path).spawn().unwrap();
    let note = folder.path().join("bin/child");
    let child = loop {
        match fs::read_to_string(&note) {
            Ok(child) => break child.trim().to_owned(),
            Err(_) => std::thread::yield_now(),
        }
    };
    assert!(Command::new("kill").args(["-INT", &running.id().to_string()]).status().unwrap().success());
    assert_eq!(running.wait().unwrap().code(), Some(130));
    // a process that has ended and that nobody has asked for is no longer running
    let is_running =
        || fs::read_to_string(format!("/proc/{child}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    while is_running() {
        std::thread::yield_now();
    }
    assert_eq!(names(folder.path()), ["bin", "so"].map(PathBuf::from));
}
