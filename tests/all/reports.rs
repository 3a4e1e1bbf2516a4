//! Reports of many centres: their figures are those of the tables.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use std::path::Path;
use std::process::Command;
use ttht::summary::SUMMARIES;

/// What a command prints as Markdown.
fn printed(root: &Path, words: &[&str]) -> String {
    let mut command = Command::new(TTHT);
    command.current_dir(root).args(words).args(["-O", "markdown", "--today", "2017-12-01"]);
    let output = command.env_remove("TTHT_REGISTER").output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The rows of the tables of a page.
fn rows(page: &str) -> Vec<&str> {
    page.lines().filter(|line| line.starts_with('|')).collect()
}

#[test]
fn the_annexes_of_a_report_hold_every_table_as_the_summaries_give_it() {
    let folder = fresh();
    let root = folder.path().join("so");
    example(&root);
    for campaign in ["2016-2017", "2017-2018"] {
        let report = printed(&root, &["report", "campaign", campaign]);
        let known = rows(&report);
        let reported = SUMMARIES.iter().filter(|summary| !["register", "literacy"].contains(&summary.name));
        for summary in reported {
            let table = printed(&root, &["summary", summary.name, "--campaign", campaign]);
            let missing: Vec<&str> = rows(&table).into_iter().filter(|row| !known.contains(row)).collect();
            assert_eq!(missing, [""; 0], "{} of {campaign}", summary.name);
        }
    }
}
