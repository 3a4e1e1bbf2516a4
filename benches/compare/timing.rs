//! Runs the entries in turns, so that a busy machine slows all alike, and prints medians and ratios.

use super::{TODAY, TTHT};
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Something that is done.
type Act = Box<dyn Fn() -> io::Result<()>>;

/// One thing that is compared with others.
pub struct Entry {
    /// Its name in the table.
    name: String,
    /// Runs it once.
    run: Act,
    /// What must be done before each run, and is not timed.
    before: Act,
    /// Its command line, to measure memory.
    command: Option<Vec<String>>,
    /// How many files it writes, where that is what matters.
    files: Option<usize>,
}

impl Entry {
    /// Something that is run in this process.
    pub fn new(name: &str, run: impl Fn() -> io::Result<()> + 'static) -> Entry {
        let name = name.to_owned();
        Entry { name, run: Box::new(run), before: Box::new(|| Ok(())), command: None, files: None }
    }

    /// The same, after what is not timed.
    pub fn after(self, before: impl Fn() -> io::Result<()> + 'static) -> Entry {
        Entry { before: Box::new(before), ..self }
    }

    /// The same, with its time for each of so many files.
    pub fn over(self, files: usize) -> Entry {
        Entry { files: Some(files), ..self }
    }
}

/// Whether a program is installed.
pub fn there(program: &str) -> bool {
    let quiet = |arg| {
        Command::new(program)
            .arg(arg)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    };
    quiet("--version").is_ok()
}

/// A command as an entry, as a shell takes it: variables may stand before the program. Its output is discarded, never sent to
/// a pipe that must be read.
pub fn command(name: &str, words: &[&str]) -> Entry {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let run = words.clone();
    let entry = Entry::new(name, move || {
        let status = quiet(&[], &run).status()?;
        // 1 is how checkers and `ttht` report faults.
        match status.code() {
            Some(0 | 1) => Ok(()),
            _ => Err(io::Error::other(format!("{run:?} ended with {status}"))),
        }
    });
    Entry { command: Some(words), ..entry }
}

/// A call of `ttht` in a register.
pub fn ttht(name: &str, root: &Path, words: &[&str]) -> Entry {
    let root = root.display().to_string();
    command(name, &[&[TTHT][..], words, &["-C", &root, "--today", TODAY]].concat())
}

/// A command behind the words of another that runs it.
fn quiet(runner: &[&str], words: &[String]) -> Command {
    let variables = words.iter().map_while(|word| word.split_once('='));
    let program =
        runner.iter().copied().chain(words.iter().skip(variables.clone().count()).map(String::as_str));
    let program: Vec<&str> = program.collect();
    let mut command = Command::new(program[0]);
    command.envs(variables).args(&program[1..]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The peak memory of a command, in MB; `None` without GNU time.
fn memory(words: &[String]) -> Option<f64> {
    let output = quiet(&["/usr/bin/time", "-f", "%M"], words).stderr(Stdio::piped()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().last()?.trim().parse().ok().map(|kilobytes: f64| kilobytes / 1024.0)
}

/// What takes longer than this is run only once.
const SLOW: Duration = Duration::from_secs(5);

/// Runs entries in turns and prints a table: medians, and ratios to the first entry.
pub fn table(title: &str, rounds: usize, entries: &[Entry]) -> io::Result<()> {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); entries.len()];
    // One extra turn: the first one warms the page cache and does not count.
    for round in 0..=rounds {
        for (entry, times) in entries.iter().zip(&mut times) {
            if times.first().is_some_and(|time| *time > SLOW) {
                continue;
            }
            (entry.before)()?;
            let start = Instant::now();
            (entry.run)()?;
            let time = start.elapsed();
            if round > 0 || time > SLOW {
                times.push(time);
            }
        }
    }
    let each =
        if entries.iter().any(|entry| entry.files.is_some()) { [" ms a file |", "---:|"] } else { [""; 2] };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\n### {title}\n\n| | median ms | least ms | ratio |{} peak MB |\n|---|---:|---:|---:|{}---:|",
        each[0], each[1]
    )?;
    let mut first = None;
    for (entry, mut times) in entries.iter().zip(times) {
        times.sort_unstable();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (median, least) = (ms(times[times.len() / 2]), ms(times[0]));
        let ratio = median / *first.get_or_insert(median);
        let each = entry.files.map_or(String::new(), |files| format!(" {:.2} |", median / files as f64));
        (entry.before)()?;
        let memory = entry.command.as_deref().and_then(memory).map_or(String::new(), |mb| format!("{mb:.0}"));
        writeln!(out, "| {} | {median:.1} | {least:.1} | {ratio:.2} |{each} {memory} |", entry.name)?;
    }
    out.flush()
}
