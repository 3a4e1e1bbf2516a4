//! Lines at a real terminal: mended, pasted, written by input methods, cut off; and plain ones.

use crate::ask::{PATIENCE, Talk};
use crate::fresh::{each, example, fresh};
use crate::transcript::TTHT;
use expectrl::process::unix::Signal;
use rustix::termios::tcgetattr;
use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

const LEFT: &str = "\u{1b}[D";
const HOME: &str = "\u{1b}[H";
const END: &str = "\u{1b}[F";
const DELETE: &str = "\u{1b}[3~";
const UP: &str = "\u{1b}[A";

/// A new register with something to save in it, and an office that git knows.
fn unsaved() -> TempDir {
    let folder = fresh();
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    run(TTHT, &["--lang", "vi", "init"]);
    run("git", &["init", "-q"]);
    run("git", &["config", "user.name", "An (minh hoạ)"]);
    run("git", &["config", "user.email", "an@example.org"]);
    folder
}

/// A conversation that asks for the note of a save.
fn asks_for_a_note(folder: &Path, columns: u16, variables: &[(&str, &str)]) -> Talk {
    let mut talk = Talk::at(columns, folder, &["save"], variables);
    talk.sees("Ghi chú [Enter = ").sees("]: ");
    talk
}

/// The note that was saved.
fn note(folder: &Path) -> String {
    let log = Command::new("git").args(["log", "-1", "--format=%B"]).current_dir(folder).output().unwrap();
    String::from_utf8(log.stdout).unwrap().trim().to_owned()
}

/// What is saved when these keys are typed at a terminal, then Enter.
fn typed(keys: &str, columns: u16, variables: &[(&str, &str)]) -> String {
    let folder = unsaved();
    let mut talk = asks_for_a_note(folder.path(), columns, variables);
    talk.types(keys);
    assert_eq!(talk.ends(), 0, "{keys:?}: {}", talk.shown);
    note(folder.path())
}

/// What an input method or a person types, and the line that is meant.
fn meant() -> Vec<(String, String)> {
    let long = "Nhà văn hoá khu 5 đã cũ. ".repeat(260);
    let row = |keys: &str, line: &str| (keys.to_owned(), line.to_owned());
    vec![
        // Telex and VNI take back what they wrote and write it again, in one burst, with either key that erases.
        row("Tie\u{7f}\u{ea}\u{7f}\u{1ebf}ng Vie\u{7f}ê\u{7f}\u{1ec7}t", "Tiếng Việt"),
        row("Tie\u{8}\u{ea}\u{8}\u{1ebf}ng Vie\u{8}ê\u{8}\u{1ec7}t", "Tiếng Việt"),
        row("d9\u{7f}\u{7f}đo6\u{7f}\u{7f}ô\u{8}ồng", "đồng"),
        // Decomposed letters are erased whole.
        row("va\u{306}n ho\u{301}a\u{302}\u{301}\u{7f}a", "văn hóa"),
        row(&format!("thie\u{302}\u{301}u{LEFT}{LEFT}{DELETE}ê"), "thiêu"),
        // What is inside the line is mended.
        row(&format!("phó giám đố{LEFT}{LEFT}{DELETE}Đ{END}c"), "phó giám Đốc"),
        row(&format!("Bố trí phòng{HOME}1. {END} đọc"), "1. Bố trí phòng đọc"),
        row("Sách cũ\u{17}\u{17}Báo\u{1}Tủ \u{5} mới", "Tủ Báo mới"),
        // Pastes, marked and not.
        row(&format!("\u{1b}[200~{long}\u{1b}[201~HẾT"), &format!("{long}HẾT")),
        row(&format!("{long}HẾT"), &format!("{long}HẾT")),
        row("\u{1b}[200~Tủ sách:\r- cũ\r\n- ít\tsách\r\u{1b}[201~", "Tủ sách:\n- cũ\n- ít sách"),
    ]
}

#[test]
fn a_line_is_what_is_meant_whatever_the_width() {
    let rows = meant();
    let cases: Vec<_> =
        [60, 80, 120].into_iter().flat_map(|w| rows.iter().map(move |row| (w, row))).collect();
    each(&cases, |(columns, (keys, line))| assert_eq!(typed(keys, *columns, &[]), *line, "{keys:?}"));
}

/// Waits until the screen shows a text, however its rows are broken, with the cursor behind so many columns of it.
fn shows(talk: &mut Talk, columns: u16, text: &str, before: usize) {
    let size = |n| NonZero::new(n).unwrap();
    let (row, column) = (before as u16 / columns, before as u16 % columns);
    let start = Instant::now();
    loop {
        talk.reads();
        let mut terminal = vt100::Parser::new(size(24), size(columns), 0);
        terminal.process(&talk.drawn);
        let screen = terminal.screen();
        let begins = (0..24).find(|row| screen.rows(0, columns).nth(*row).unwrap().starts_with("Ghi chú"));
        let seen: String = screen.rows(0, columns).skip(begins.unwrap_or(0)).collect();
        let at = screen.cursor_position();
        if seen == text && begins.is_some_and(|first| at == (first as u16 + row, column)) {
            return;
        }
        assert!(start.elapsed() < PATIENCE, "{text:?} does not appear, but {seen:?}, cursor {at:?}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_cursor_stands_among_the_letters_also_where_a_line_is_broken_or_a_window_changes() {
    let folder = unsaved();
    let mut talk = asks_for_a_note(folder.path(), 60, &[]);
    let prompt = talk.shown.lines().last().unwrap().to_owned();
    let line =
        "Phòng đọc của nhà văn hóa khu 5 đã cũ, mái dột, thiếu bàn ghế và sách cho trẻ em 日本".repeat(2);
    let decomposed = line.replace('ó', "o\u{301}").replace('ấ', "a\u{302}\u{301}");
    let all = format!("{prompt}{decomposed}");
    talk.keys(&decomposed);
    shows(&mut talk, 60, &all, all.width());
    talk.keys(&LEFT.repeat(4));
    shows(&mut talk, 60, &all, all.width() - 6);
    talk.keys(HOME);
    shows(&mut talk, 60, &all, prompt.width());
    talk.keys("“").keys(END).keys("”").keys(&"\u{7f}".repeat(3)).keys("…");
    let all = format!("{prompt}“{}…", &decomposed[..decomposed.len() - "日本".len()]);
    shows(&mut talk, 60, &all, all.width());
    // What was drawn before is the affair of the terminal.
    for columns in [100, 45] {
        talk.session.get_process_mut().set_window_size(columns, 24).unwrap();
        talk.keys(HOME).keys(END);
    }
    talk.types("");
    assert_eq!(talk.ends(), 0);
    assert_eq!(note(folder.path()), format!("“{}…", &line[..line.len() - "日本".len()]));
}

#[test]
fn lines_that_are_pasted_for_several_questions_answer_them_all() {
    let folder = unsaved();
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    let home = folder.path().display().to_string();
    let mut talk = Talk::at(80, folder.path(), &["save"], &[("HOME", &home), ("XDG_CONFIG_HOME", &home)]);
    talk.sees("Bắt đầu lưu").keys("có\rAn (minh hoạ)\ran@example.org\rLần đầu\r");
    assert_eq!(talk.ends(), 0, "{}", talk.shown);
    assert_eq!(note(folder.path()), "Lần đầu");
}

#[test]
fn lines_typed_before_come_back_to_be_mended() {
    let folder = fresh();
    example(folder.path());
    let mut talk = Talk::at(80, folder.path(), &["add-visit"], &[]);
    talk.talks(&[("Trung tâm:", "bac soon"), ("Trung tâm:", &format!("{UP}\u{7f}\u{7f}n"))]);
    talk.sees("Ngày kiểm tra").keys(UP).sees("bac son").keys(UP).sees("bac soon").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
}

/// The modes of a terminal.
fn modes(talk: &Talk) -> String {
    format!("{:?}", tcgetattr(talk.session.get_process().get_raw_handle().unwrap()).unwrap())
}

#[test]
fn however_a_line_is_cut_off_the_terminal_is_as_it_was() {
    let ends: [(&str, Option<Signal>, i32); 6] = [
        ("\u{3}", None, 130),
        ("\u{1c}", None, 130),
        ("\u{4}", None, 130),
        ("", Some(Signal::SIGTERM), 143),
        ("", Some(Signal::SIGHUP), 129),
        ("Ghi chú\r", None, 0),
    ];
    each(&ends, |(keys, signal, code)| {
        let folder = unsaved();
        let mut talk = Talk::at(80, folder.path(), &["save"], &[]);
        let before = modes(&talk);
        talk.sees("Ghi chú [Enter = ").sees("]: ");
        assert_ne!(modes(&talk), before, "the line is ours while it is typed");
        talk.keys(keys);
        if let Some(signal) = signal {
            talk.keys("nửa chừng").sees("nửa chừng");
            talk.session.get_process_mut().signal(*signal).unwrap();
        }
        assert_eq!(talk.ends(), *code, "{keys:?} {signal:?}: {}", talk.shown);
        assert_eq!(modes(&talk), before, "{keys:?} {signal:?}");
        let drawn = String::from_utf8_lossy(&talk.drawn).into_owned();
        assert!(drawn.rfind("\u{1b}[?2004l") > drawn.rfind("\u{1b}[?2004h"), "{drawn:?}");
    });
}

#[test]
fn a_program_that_was_stopped_goes_on_with_what_was_typed() {
    let folder = unsaved();
    let mut shell = Command::new("sh");
    shell.args(["-i", "-m"]).env("PS1", "$ ").env("TERM", "xterm").current_dir(folder.path());
    let mut talk = Talk::with(shell, 80);
    talk.sees("$ ").types(&format!("stty -iutf8; '{TTHT}' save")).sees("Ghi chú").sees("]: ");
    talk.keys("Kiểm ").sees("Kiểm ").keys("\u{1a}").sees("$ ");
    talk.types("stty -a").sees("-iutf8").sees("isig icanon").sees("$ ").types("fg").sees("Kiểm ");
    talk.keys("tra").sees("tra").types("").sees("Đã lưu").sees("$ ");
    assert_eq!(note(folder.path()), "Kiểm tra");
    talk.types("exit");
    talk.ends();
}

#[test]
fn a_plain_line_is_never_drawn_again_nor_cut_in_silence() {
    let dumb = [("TERM", "dumb")];
    let plain = [("TTHT_PLAIN", "1")];
    for variables in [&dumb, &plain] {
        let folder = unsaved();
        let mut talk = asks_for_a_note(folder.path(), 80, variables);
        talk.keys("Sửa nhà\u{7f}\u{7f}\u{7f}").types(LEFT).sees("Ghi chú [");
        talk.types(&"de nghi ".repeat(600)).sees("Ghi chú [").types("Sổ\u{7f}ổ mới");
        assert_eq!(talk.ends(), 0);
        assert_eq!(note(folder.path()), "Sổ mới");
        assert!(!talk.drawn.contains(&b'\x1b'), "{}", talk.shown);
    }
    assert_eq!(typed(&format!("b{HOME}a"), 80, &[("TTHT_PLAIN", "0")]), "ab");
}

#[test]
fn a_plain_line_that_cannot_be_used_is_refused_with_the_reason() {
    let folder = fresh();
    example(folder.path());
    let mut talk = Talk::at(80, folder.path(), &["add-visit"], &[("TTHT_PLAIN", "1")]);
    talk.talks(&[("Trung tâm:", UP), ("! phím vừa gõ không dùng được", &"đề nghị ".repeat(500))]);
    talk.sees("! dòng này dài quá").sees("4.095").talks(&[("Trung tâm:", "yên thanh")]);
    talk.sees("Ngày kiểm tra").keys("\u{3}");
    assert_eq!(talk.ends(), 130);
}

#[test]
fn a_question_is_not_written_where_the_output_goes() {
    let folder = unsaved();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "\"$1\" save > out; cat out", "sh", TTHT])
        .env("TERM", "xterm")
        .current_dir(folder.path());
    let mut talk = Talk::with(shell, 80);
    talk.sees("Ghi chú").sees("]: ").types("Lần đầu").ends();
    assert_eq!(note(folder.path()), "Lần đầu");
    assert!(!fs::read_to_string(folder.path().join("out")).unwrap().contains("Ghi chú"));
}
