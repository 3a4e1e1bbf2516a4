//! What is exported can be taken back whole.

use crate::fresh::fresh;
use crate::transcript::TTHT;
use std::fs;
use std::path::Path;
use std::process::Command;

fn ttht(root: &Path, words: &[&str]) -> bool {
    let done =
        Command::new(TTHT).current_dir(root).args(words).args(["-q", "--today", "2018-06-01"]).output();
    let done = done.unwrap();
    assert!(done.stderr.is_empty() || !done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    done.status.success()
}

fn tables(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    let mut tables: Vec<(String, String)> = entries
        .map(|e| (e.file_name().into_string().unwrap(), fs::read_to_string(e.path()).unwrap()))
        .collect();
    tables.sort();
    tables
}

#[test]
fn an_export_taken_into_an_empty_register_exports_the_same_bytes() {
    let folder = fresh();
    let (full, empty) = (folder.path().join("full"), folder.path().join("empty"));
    fs::create_dir_all(&full).unwrap();
    fs::create_dir_all(&empty).unwrap();
    assert!(ttht(&full, &["init", "--from-example"]) && ttht(&empty, &["init"]));
    // Awkward in a CSV table: line ends, backslashes, quotes, separators, a free table.
    for pair in [
        "findings.opinion_of_centre=một; \"hai\", \\ba=1",
        "extra.own={\"x\"}",
        "agenda=a,b;c\\n;d",
        "extra.n=7",
        "extra.tab=a\tb",
    ] {
        assert!(ttht(&full, &["set", "2016-10-27-yen-thanh", pair]), "{pair}");
    }
    let visit = full.join("visits/2016-2017/2016-10-27-yen-thanh.toml");
    let numbers = "whole = 2.0\nrate = 0.30000000000000004\n";
    fs::write(&visit, fs::read_to_string(&visit).unwrap() + numbers).unwrap();
    assert!(ttht(&full, &["export", "../one"]));
    assert!(ttht(&empty, &["import", "../one", "--yes"]));
    assert!(fs::read_to_string(empty.join(visit.strip_prefix(&full).unwrap())).unwrap().ends_with(numbers));
    assert!(ttht(&empty, &["export", "../two"]));
    let (one, two) = (tables(&folder.path().join("one")), tables(&folder.path().join("two")));
    assert!(one.len() > 20);
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(one, two);
    }
    let again =
        Command::new(TTHT).current_dir(&empty).args(["import", "../one", "--lang", "en"]).output().unwrap();
    assert!(again.status.success() && again.stdout.is_empty());
    assert_eq!(String::from_utf8_lossy(&again.stderr), "there is nothing new\n");
}
