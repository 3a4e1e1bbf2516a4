//! The register of public papers (`tests/papers`): `check` says nothing about them that an officer would call wrong, and what
//! they print as a percentage comes out as printed.

use crate::fresh::{copy, faults, fresh};
use crate::transcript::{TTHT, root};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TODAY: &str = "2026-02-01";

/// What `check` says, code and file: press accounts of inspections name no secretary, and two schemes are unverified.
const SAID: &[(&str, &str)] = &[
    ("no-secretary", "visits/2017-2018/2017-10-16-co-phuc.toml"),
    ("no-secretary", "visits/2018-2019/2018-11-30-vinh-thanh.toml"),
    ("no-secretary", "visits/2022-2023/2023-04-04-vinh-hung.toml"),
    ("no-secretary", "visits/2023-2024/2023-11-08-binh-thanh.toml"),
    ("no-secretary", "visits/2023-2024/2023-12-18-my-xuyen.toml"),
    ("no-secretary", "visits/2024-2025/2024-11-08-thanh-vinh-dong.toml"),
    ("unverified-scheme", "visits/2017-2018/2017-10-16-co-phuc.toml"),
    ("unverified-scheme", "visits/2023-2024/2023-12-18-my-xuyen.toml"),
];

fn papers() -> PathBuf {
    root().join("tests/papers")
}

#[test]
fn check_says_nothing_of_the_papers_that_is_wrong() {
    let folder = fresh();
    copy(&papers(), folder.path());
    let told = faults(folder.path(), TODAY);
    let mut said: Vec<(&str, &str)> = told.iter().map(|fault| (fault.code, fault.file.as_str())).collect();
    said.sort();
    assert_eq!(said, SAID);
}

/// What a paper prints: the table, the unit or the statement, the column, what its figures are divided by, and the figure.
type Printed = (&'static str, &'static str, &'static str, f64, &'static str);

const OF_CENTRES: &[Printed] = &[
    ("literacy --year 2025-2026", "chon-thanh", "age_15_60_literate_1_percent", 1.0, "97.78"),
    ("literacy --year 2025-2026", "chon-thanh", "age_15_60_literate_2_percent", 1.0, "95.28"),
    ("titles --year 2024-2025", "thanh-vinh-dong", "learning_family_recognised_of_registered", 1.0, "98.3"),
    ("titles --year 2024-2025", "thanh-vinh-dong", "learning_workplace_recognised_of_registered", 1.0, "100"),
    ("rating --year 2023-2024", "binh-thanh", "points", 1.0, "87.5"),
    ("rating --year 2022-2023", "vinh-hung", "points", 1.0, "92"),
    ("rating --year 2017-2018", "co-phuc", "points", 1.0, "94.5"),
];

const OF_STATEMENTS: &[Printed] = &[
    ("promotion", "2017-H1-can-tho", "members_percent", 1.0, "17.72"),
    ("titles", "2017-H1-can-tho", "learning_family_registered_of_base", 1.0, "44.45"),
    ("promotion", "2018-hai-duong", "members_percent", 1.0, "27.8"),
    ("promotion", "2023-gia-lai", "members_percent", 1.0, "17.21"),
    ("promotion", "2023-ba-ria-vung-tau", "members_percent", 1.0, "27"),
    ("promotion", "2023-ba-ria-vung-tau", "fund_raised_per_inhabitant", 1e3, "59"),
    ("promotion", "2025-gia-lai-2025", "members_percent", 1.0, "21.41"),
    ("promotion", "2025-H1-ha-tinh", "members_percent", 1.0, "29.2"),
    ("promotion", "2025-thanh-hoa", "fund_closing_per_inhabitant", 1.0, "110641"),
];

/// The rows of a table, or of all tables of a summary, as objects.
fn rows(register: &Path, summary: &str) -> Vec<Value> {
    let words = summary.split(' ').chain(["-O", "json", "--today", TODAY]);
    let output = Command::new(TTHT).arg("-C").arg(register).arg("summary").args(words).output().unwrap();
    assert!(output.status.success(), "{summary}: {}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let alone = std::slice::from_ref(&document);
    let tables = document["tables"].as_array().map_or(alone, Vec::as_slice);
    tables.iter().flat_map(|table| table["rows"].as_array().unwrap()).cloned().collect()
}

fn as_printed(row: &Value, (_, id, column, per, printed): &Printed) {
    let decimals = printed.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let figure = row[column].as_f64().map(|figure| format!("{:.decimals$}", figure / per));
    assert_eq!(figure.as_deref(), Some(*printed), "{id}: {column} of {row}");
}

#[test]
fn the_figures_of_centres_come_out_as_printed() {
    let folder = fresh();
    copy(&papers(), folder.path());
    for printed in OF_CENTRES {
        let rows = rows(folder.path(), printed.0);
        let says = |row: &&Value| row["unit"] == printed.1 && !row[printed.2].is_null();
        as_printed(rows.iter().find(says).unwrap(), printed);
    }
}

/// Each statement in a register of its own, whose whole area it is about, as the office that published it would keep it.
#[test]
fn the_figures_of_statements_come_out_as_printed() {
    for printed in OF_STATEMENTS {
        let (folder, id) = (fresh(), printed.1);
        let text = fs::read_to_string(papers().join(format!("statements/{id}.toml"))).unwrap();
        let area = text.lines().find_map(|line| line.strip_prefix("area = ")).unwrap().trim_matches('"');
        let period = id.strip_suffix(&format!("-{area}")).unwrap();
        fs::create_dir(folder.path().join("statements")).unwrap();
        fs::copy(papers().join("ttht.toml"), folder.path().join("ttht.toml")).unwrap();
        let alone = text.replace(&format!("area = \"{area}\"\n"), "");
        fs::write(folder.path().join(format!("statements/{period}.toml")), alone).unwrap();
        assert!(faults(folder.path(), TODAY).is_empty(), "{id}");
        as_printed(&rows(folder.path(), &format!("{} --trend", printed.0))[0], printed);
    }
}
