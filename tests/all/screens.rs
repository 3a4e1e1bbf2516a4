//! What people see at a terminal: tables that fit it, also behind a pager, and rows of a line or two.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use expectrl::Expect;
use expectrl::session::OsSession;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a script shows at a terminal of so many columns, line by line.
fn shown(register: &Path, columns: u16, script: &str) -> Vec<String> {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("sleep 0.2; {script}")])
        .current_dir(register)
        .env("TTHT", TTHT)
        .env("NO_COLOR", "1");
    for name in ["TTHT_LANG", "TTHT_REGISTER", "COLUMNS"] {
        command.env_remove(name);
    }
    let mut session = OsSession::spawn(command).unwrap();
    session.get_process_mut().set_window_size(columns, 24).unwrap();
    let found = session.expect(expectrl::Eof).unwrap();
    String::from_utf8_lossy(found.as_bytes()).lines().map(str::to_owned).collect()
}

fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| line.trim_end().chars().count()).max().unwrap()
}

#[test]
fn a_table_fits_the_terminal_also_behind_a_pager_and_a_file_has_always_the_same() {
    let register = fresh();
    example(register.path());
    let call = "\"$TTHT\" summary activity --year 2016-2017 --today 2018-01-15";
    for columns in [60, 80, 120] {
        for script in [call.to_owned(), format!("{call} | cat")] {
            let lines = shown(register.path(), columns, &script);
            let widest = widest(&lines);
            assert!(lines.len() > 10, "{lines:?}");
            let fits = usize::from(columns) - 20..=usize::from(columns);
            assert!(fits.contains(&widest), "{widest} of {columns}: {script}\n{}", lines.join("\n"));
        }
        shown(register.path(), columns, &format!("{call} > {columns}.txt"));
    }
    let file = |columns: u16| fs::read_to_string(register.path().join(format!("{columns}.txt"))).unwrap();
    assert_eq!(file(60), file(120));
    assert_eq!(file(80), file(120));
}

#[test]
fn a_row_takes_one_or_two_lines_at_a_hundred_columns() {
    let register = fresh();
    example(register.path());
    for table in ["progress", "rating", "register"] {
        let script = format!("\"$TTHT\" summary {table} --year 2016-2017 --today 2018-01-15");
        let lines = shown(register.path(), 100, &script);
        let first = |line: &str| line.split(['│', '|']).next().map(|cell| cell.trim().to_owned());
        let is_row = |line: &String| line.contains('│') && first(line).is_some_and(|cell| !cell.is_empty());
        let more = |line: &String| line.contains('│') && first(line).is_some_and(|cell| cell.is_empty());
        let body: Vec<&String> = lines.iter().skip_while(|line| !line.contains('┼')).collect();
        assert!(body.iter().filter(|line| is_row(line)).count() >= 11, "{table}");
        let third = body.windows(3).find(|three| is_row(three[0]) && more(three[1]) && more(three[2]));
        // The total has no number, and follows a rule.
        assert!(third.is_none(), "{table}: {}", lines.join("\n"));
    }
}
