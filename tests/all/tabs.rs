//! Completion in real shells: at a terminal, with Tab. A shell that is not installed is passed over, with a line that says so.

use crate::ask::Talk;
use crate::fresh::{each, example, fresh};
use crate::transcript::TTHT;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// A shell without the settings of whoever runs the tests.
struct Shell {
    name: &'static str,
    arguments: &'static [&'static str],
    /// Gives it a prompt that can be waited for, and turns completion on.
    begin: &'static str,
}

const SHELLS: &[Shell] = &[
    Shell {
        name: "bash",
        arguments: &["--norc", "--noprofile", "-i"],
        begin: "PS1='rea''dy: '; source <(ttht completions bash)",
    },
    Shell {
        name: "zsh",
        arguments: &["-f", "-i"],
        begin: "bindkey -e; source <(ttht completions zsh); PS1='rea''dy: '",
    },
    Shell {
        name: "fish",
        arguments: &["--no-config", "-i"],
        begin: "ttht completions fish | source; function fish_prompt; echo -n 'rea''dy: '; end",
    },
];

/// What is typed before Tab, and the line that it makes.
const LINES: &[(&str, &str)] = &[
    ("ttht show yen-th", "ttht show yen-thanh"),
    ("ttht show 'yen th", "ttht show yen-thanh"),
    ("ttht show 'Thượng Y", "ttht show thuong-yen-cong"),
    ("ttht tong", "ttht tong-hop"),
    ("ttht summary activity --year=2016", "ttht summary activity --year=2016-2017"),
    ("ttht set 2016-10-27-yen-thanh context.popu", "ttht set 2016-10-27-yen-thanh context.population="),
    ("ttht set 2016-10-27-yen-thanh kind=self", "ttht set 2016-10-27-yen-thanh kind=self_check"),
    ("ttht import so-li", "ttht import so-lieu.xlsx"),
    ("ttht export ra", "ttht export ra-ngoai"),
];

/// A shell at a terminal, in a folder, in which Tab completes.
fn begun(shell: &Shell, folder: &Path) -> Talk {
    let programs = Path::new(TTHT).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap();
    let path = std::env::join_paths([programs].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new(shell.name);
    command.args(shell.arguments).current_dir(folder).env("PATH", path).env("HOME", folder.join(".home"));
    command.env("TERM", "xterm").env("LC_ALL", "C.UTF-8").env("TTHT_LANG", "vi").env("INPUTRC", "/dev/null");
    command.env_remove("TTHT_REGISTER").env_remove("ZDOTDIR").env_remove("ENV");
    let mut talk = Talk::with(command, 100);
    talk.types(shell.begin).sees("ready: ");
    talk
}

/// The shells that are here, each in a register of its own.
fn in_each(test: impl Fn(&Shell, &Path) + Sync) {
    each(SHELLS, |shell| {
        if Command::new(shell.name).arg("--version").output().is_err() {
            let _ = writeln!(std::io::stderr(), "NOT CHECKED: {} is not installed", shell.name);
            return;
        }
        let folder = fresh();
        let register = folder.path();
        example(register);
        fs::create_dir_all(register.join(".home")).unwrap();
        fs::create_dir(register.join("ra-ngoai")).unwrap();
        for file in ["so-lieu.xlsx", "so-lieu.txt"] {
            fs::write(register.join(file), "").unwrap();
        }
        test(shell, register);
    });
}

#[test]
fn one_tab_ends_a_word_that_can_mean_one_thing() {
    in_each(|shell, register| {
        let mut talk = begun(shell, register);
        for (n, (typed, line)) in LINES.iter().enumerate() {
            // The line is not run, but written down.
            talk.keys(typed).keys("\t").keys("\u{1}").types(&format!("echo >line-{n} ")).sees("ready: ");
            let found = fs::read_to_string(register.join(format!("line-{n}"))).unwrap_or_default();
            assert_eq!(
                found.trim_end().trim_end_matches('/'),
                *line,
                "{}: {typed:?}\n{}",
                shell.name,
                talk.shown
            );
        }
        talk.types("exit").ends();
    });
}

#[test]
fn of_several_a_list_tells_the_names() {
    in_each(|shell, register| {
        let mut talk = begun(shell, register);
        talk.keys("ttht show phuong-\t\t").sees("phường Phương Đông");
    });
}
