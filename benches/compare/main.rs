//! `cargo bench --bench compare`: `ttht` compared with the limit of the machine and with what people would use instead.
//!
//! `--rounds N` is the number of turns; any other word chooses a table (`check`, `start` …) or a size (`10k`, `100k` …), as
//! they are called in [`TABLES`] and in `register.rs`. Sizes above 100,000 visits are made only if they are asked for. See
//! `benches/README.md`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints its table")]

mod corpus;
mod dice;
mod floor;
mod peers;
mod reading;
mod register;
mod small;
mod tabular;
mod timing;
mod variants;
mod writing;

use corpus::Size;
use register::{FOLDERS, NAMES, REGISTERS};
use std::io;
use timing::{Entry, table};

const TTHT: &str = env!("CARGO_BIN_EXE_ttht");
/// The date to treat as today, so that the rules always say the same.
const TODAY: &str = "2026-11-22";

/// A table: the word that chooses it, what stands above it, the sizes for which it is made, how many times as many turns as
/// others it takes, and its rows.
type Table = (&'static str, &'static str, &'static [Size], usize, fn(Size) -> io::Result<Vec<Entry>>);

const TABLES: &[Table] = &[
    ("check", "check, {} visits", REGISTERS, 1, reading::check),
    ("dialects", "the same records written otherwise, {} visits", UP_TO_100K, 1, reading::dialects),
    ("faults", "faults, {} visits", UP_TO_100K, 1, reading::faults),
    ("summary", "summary of one year, {} visits", REGISTERS, 1, reading::summary),
    ("export", "everything read and written elsewhere, {} visits", REGISTERS, 1, reading::export),
    ("list", "a table of {} rows", UP_TO_100K, 1, reading::list),
    ("book", "workbooks, {} visits", FROM_10K, 1, reading::book),
    ("one", "one file changed, {} visits", UP_TO_100K, 1, small::one),
    ("start", "start-up, {} visits", REGISTERS, 4, small::start),
    ("start", "start-up, a folder of a million {}", NAMES, 4, small::start),
    ("write", "every file changed, {} files of one folder", FOLDERS, 1, writing::write),
    ("import", "10,000 rows to be imported, {} visits", REGISTERS, 1, writing::import),
    ("forms", "forms, {} visits", FROM_10K, 1, writing::forms),
];
const UP_TO_100K: &[Size] = REGISTERS.split_at(3).0;
const FROM_10K: &[Size] = UP_TO_100K.split_at(1).1;

fn main() -> io::Result<()> {
    let mut words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let mut rounds = 5;
    if let Some(at) = words.iter().position(|word| word == "--rounds") {
        rounds = words
            .drain(at..words.len().min(at + 2))
            .nth(1)
            .and_then(|number| number.parse().ok())
            .unwrap_or(rounds);
    }
    let named = |name: &str| words.iter().any(|word| word == name);
    let any_size = TABLES.iter().all(|(.., sizes, _, _)| !sizes.iter().any(|size| named(size.name)));
    let any_table = !TABLES.iter().any(|(word, ..)| named(word));
    for (word, title, sizes, turns, entries) in TABLES {
        let wanted = |size: &&Size| if any_size { size.visits <= 100_000 } else { named(size.name) };
        for size in sizes.iter().filter(wanted).filter(|_| any_table || named(word)) {
            table(&title.replace("{}", size.name), rounds * turns, &entries(*size)?)?;
        }
    }
    Ok(())
}
