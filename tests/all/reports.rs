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

/// A row of the table of recommendations as it is printed: their ids are for the register.
fn without_id(row: &str) -> String {
    let cells = row.split(" | ").enumerate().filter(|(at, _)| *at != 3);
    cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(" | ")
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
            let printed = rows(&table)
                .into_iter()
                .map(|row| if summary.name == "followup" { without_id(row) } else { row.into() });
            let missing: Vec<String> = printed.filter(|row| !known.contains(&row.as_str())).collect();
            assert_eq!(missing, [""; 0], "{} of {campaign}", summary.name);
        }
    }
}

#[test]
fn a_report_of_half_a_year_tells_what_was_seen_in_it_and_calls_nobody_late() {
    let folder = fresh();
    let root = folder.path().join("so");
    example(&root);
    let page = printed(&root, &["report", "half-year", "2016-H2"]);
    let books = |campaign| {
        let table = printed(&root, &["summary", "organisation", "--campaign", campaign]);
        rows(&table).into_iter().find(|row| row.contains("Điền Công")).unwrap().to_owned()
    };
    assert!(page.contains(&books("2016-2017")), "as the visits of the half found it");
    assert!(!page.contains("quá hạn, chưa kiểm tra"), "no plan asked for these visits");
    assert!(page.contains("Kết quả xếp loại: Tốt 3 (27,3%)") && !page.contains("chưa xếp loại"));
    assert!(!page.contains("| 0/0 |"), "tables without a figure");
    let none = printed(&root, &["report", "half-year", "2017-H1"]);
    assert!(!none.contains("quá hạn, chưa kiểm tra") && !none.contains("chưa xếp loại"));
}

#[test]
fn a_unit_with_one_centre_has_or_has_not_in_a_paper() {
    let folder = fresh();
    let root = folder.path().join("so");
    example(&root);
    let page = printed(&root, &["report", "campaign", "2016-2017"]);
    assert!(page.contains("| Bắc Sơn | 1 | – | 7 | không | không | – | không |"), "{page}");
    assert!(!page.contains("2016-10-27-yen-thanh#r1"), "an id is not for a paper");
    assert!(page.contains("**10/11**") && page.contains("(Kèm theo Báo cáo số …"));
}
