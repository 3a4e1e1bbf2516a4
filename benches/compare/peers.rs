//! What people would use instead of `ttht`. What is not installed is named and left out.

use super::timing::{Entry, command, there};
use std::fs;
use std::io;
use std::path::Path;

/// An officer's script: the sums of one school year by unit, straight from the files.
const SCRIPT: &str = "\
import sys, tomllib, pathlib, collections
root, year = pathlib.Path(sys.argv[1]), sys.argv[2]
unit = {p.stem: tomllib.loads(p.read_text())['unit'] for p in (root / 'centres').iterdir()}
sums = collections.defaultdict(lambda: [0, 0, 0])
for path in sorted((root / 'visits' / year).iterdir()):
    visit = tomllib.loads(path.read_text())
    for field in visit['activity']['field'].values():
        row = sums[unit[visit['centre']]]
        for at, key in enumerate(('classes', 'attendances', 'women')): row[at] += field.get(key, 0)
for name, row in sorted(sums.items()): print(name, *row, sep=',')
";

/// The same officer makes the CSV that other tools want.
const TO_CSV: &str = "\
import sys, csv, tomllib, pathlib
root, out = pathlib.Path(sys.argv[1]), csv.writer(open(sys.argv[2], 'w'))
keys = ('classes', 'sessions', 'hours', 'attendances', 'women', 'aged_60')
out.writerow(('visit', 'date', 'year', 'centre', 'field') + keys)
for path in sorted((root / 'visits').glob('*/*.toml')):
    visit = tomllib.loads(path.read_text())
    for name, field in visit['activity']['field'].items():
        row = [path.stem, visit['date'], path.parent.name, visit['centre'], name]
        out.writerow(row + [field.get(key, '') for key in keys])
";

/// Fast enough for any size.
const ALL: usize = usize::MAX;

/// A peer: the program that it needs, its name in the table, its command line, and the largest number of visits for which
/// it is fast enough.
type Peer<'a> = (&'a str, &'a str, Vec<String>, usize);

fn entries(peers: Vec<Peer>, visits: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (program, name, words, most) in peers {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (there(program), visits <= most) {
            (true, true) => entries.push(command(name, &words)),
            (true, false) => println!("{name}: too slow for this size, measured at the smaller ones"),
            (false, _) => println!("{name}: {program} is not installed, left out"),
        }
    }
    entries
}

fn words(text: &str, more: &[&str]) -> Vec<String> {
    text.split_whitespace().chain(more.iter().copied()).map(str::to_owned).collect()
}

/// Programs that look for faults.
pub fn checkers(root: &Path, visits: usize) -> Vec<Entry> {
    let (path, file) = (root.display().to_string(), |name: &str| root.join(name).display().to_string());
    let lint = format!("{path}/**/*.toml");
    entries(
        vec![
            ("rg", "ripgrep counts one word", words("rg -uuu -j2 -c population", &[&file("visits")]), ALL),
            ("taplo", "taplo lint (syntax only)", words("taplo lint", &[&lint]), 10_000),
            ("recfix", "recfix, one .rec file (types, keys)", words("recfix", &[&file("visits.rec")]), 1_000),
            (
                "frictionless",
                "frictionless, one CSV (types)",
                words("frictionless validate --trusted", &[&file("activities.csv")]),
                10_000,
            ),
        ],
        visits,
    )
}

/// Programs that sum up.
pub fn summers(root: &Path, year: &str, visits: usize) -> io::Result<Vec<Entry>> {
    let file = |name: &str| root.join(name).display().to_string();
    fs::write(root.join("summary.py"), SCRIPT)?;
    fs::write(root.join("to_csv.py"), TO_CSV)?;
    let (csv, rec) = (file("activities.csv"), file("visits.rec"));
    let sql = format!(
        "select unit, sum(classes), sum(attendances), sum(women) from '{csv}' where year = '{year}' \
         group by unit order by unit"
    );
    let filter = format!("$year == \"{year}\"");
    let wanted = format!("Year = '{year}'");
    let fields = "Centre,Sum(Classes),Sum(Attendances),Sum(Women)";
    Ok(entries(
        vec![
            ("duckdb", "DuckDB over an existing CSV", words("duckdb -csv -c", &[&sql]), ALL),
            (
                "mlr",
                "Miller over an existing CSV",
                words(
                    "mlr --icsv --ocsv filter",
                    &[
                        &filter,
                        "then",
                        "stats1",
                        "-a",
                        "sum",
                        "-f",
                        "classes,attendances,women",
                        "-g",
                        "unit",
                        &csv,
                    ],
                ),
                ALL,
            ),
            (
                "recsel",
                "recsel over one .rec file",
                words("recsel -t Visit -e", &[&wanted, "-G", "Centre", "-p", fields, &rec]),
                10_000,
            ),
            (
                "hledger",
                "hledger over one journal",
                words(
                    "hledger balance -O csv activity -p",
                    &[&format!("{}-09-01..{}-08-31", &year[..4], &year[5..]), "-f", &file("visits.journal")],
                ),
                10_000,
            ),
            (
                "python3",
                "a Python script (tomllib)",
                words("python3", &[&file("summary.py"), &root.display().to_string(), year]),
                ALL,
            ),
            (
                "python3",
                "making that CSV from TOML (Python)",
                words("python3", &[&file("to_csv.py"), &root.display().to_string(), &file("made.csv")]),
                10_000,
            ),
        ],
        visits,
    ))
}
