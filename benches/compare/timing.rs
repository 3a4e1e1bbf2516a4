//! Runs the entries in turns, so that a busy machine slows all alike, and prints medians and ratios.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// One thing that is compared with others.
pub struct Entry {
    /// Its name in the table.
    pub name: String,
    /// Runs it once.
    pub run: Box<dyn Fn() -> io::Result<()>>,
    /// Its command line, to measure memory.
    pub command: Option<Vec<String>>,
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

/// A command as an entry. Its output is discarded, never sent to a pipe that must be read.
pub fn command(name: &str, words: &[&str]) -> Entry {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let run = words.clone();
    Entry {
        name: name.to_owned(),
        run: Box::new(move || {
            let status = quiet(&run).status()?;
            // 1 is how checkers and `ttht` report faults.
            match status.code() {
                Some(0 | 1) => Ok(()),
                _ => Err(io::Error::other(format!("{run:?} ended with {status}"))),
            }
        }),
        command: Some(words),
    }
}

fn quiet(words: &[String]) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The peak memory of a command, in MB; `None` without GNU time.
pub fn memory(words: &[String]) -> Option<f64> {
    let mut timed: Vec<String> = ["/usr/bin/time", "-f", "%M"].map(str::to_owned).into();
    timed.extend(words.iter().cloned());
    let output = quiet(&timed).stderr(Stdio::piped()).output().ok()?;
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
            let start = Instant::now();
            (entry.run)()?;
            let time = start.elapsed();
            if round > 0 || time > SLOW {
                times.push(time);
            }
        }
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\n### {title}\n\n| | median ms | least ms | ratio | peak MB |\n|---|---:|---:|---:|---:|"
    )?;
    let mut first = None;
    for (entry, mut times) in entries.iter().zip(times) {
        times.sort_unstable();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (median, least) = (ms(times[times.len() / 2]), ms(times[0]));
        let ratio = median / *first.get_or_insert(median);
        let memory = entry.command.as_deref().and_then(memory).map_or(String::new(), |mb| format!("{mb:.0}"));
        writeln!(out, "| {} | {median:.1} | {least:.1} | {ratio:.2} | {memory} |", entry.name)?;
    }
    out.flush()
}
