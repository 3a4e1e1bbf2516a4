//! The columns of exports, summaries and lists are plain names of SQL: nothing is to be quoted in DuckDB, PostgreSQL or Spark, or
//! by the standard.

use crate::transcript::root;
use std::collections::BTreeSet;
use ttht::desk::list::{self, LISTS, Wanted};
use ttht::desk::tables;
use ttht::model::day::Day;
use ttht::model::register::Window;
use ttht::model::table::{Column, ColumnKind, Table};
use ttht::model::text::{Lang, Said};
use ttht::store::Store;
use ttht::summary::{By, Options, SUMMARIES, export};

/// The words that may not be names.
fn reserved() -> BTreeSet<&'static str> {
    let lines = include_str!("../reserved-words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}

/// What is to be quoted of the columns of a table, as programs get them.
fn to_quote(table: &Table) -> Vec<String> {
    let reserved = reserved();
    let is_plain = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.bytes().all(|letter| matches!(letter, b'a'..=b'z' | b'0'..=b'9' | b'_'))
            && !reserved.contains(name)
    };
    let names = table.for_programs(Lang::En).columns.into_iter().map(|column| column.name);
    names.filter(|name| !is_plain(name)).map(|name| format!("{}: {name}", table.name)).collect()
}

#[test]
fn columns_are_plain_names_of_sql() {
    let mut all: Vec<Table> = export::tables().into_iter().map(export::published).collect();
    let (day, window) = (Day::nearest(2026, 1, 1), Window::default());
    for example in ["uong-bi", "phuong-2025"] {
        let store = Store::open(&root().join("examples").join(example)).unwrap();
        for list in LISTS {
            all.push(list::table(&store, day, list, &window, &Wanted::default()).unwrap().0);
        }
        for summary in SUMMARIES {
            for by in [None].into_iter().chain(By::ALL.iter().map(|by| Some(*by))) {
                // What cannot be made by this, or of more than one year, is refused.
                let options = Options { by, ..Options::default() };
                let once = tables::document(&store, day, summary, &window, None, &options);
                let yearly = tables::over_the_years(&store, day, summary, &window, &options);
                all.extend([once, yearly].iter().flatten().flat_map(|(made, _)| made.tables().cloned()));
            }
        }
    }
    assert_eq!(all.iter().flat_map(to_quote).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(all.len() > 100, "{} tables", all.len());
}

#[test]
fn words_of_an_office_that_differ_in_a_hyphen_are_two_columns() {
    let column = |key: &str| Column::new(key, Said::same(key), ColumnKind::Count);
    let table = Table { columns: ["field_own-2", "field_own_2"].map(column).into(), ..Table::default() };
    let names: Vec<String> = table.for_programs(Lang::En).columns.into_iter().map(|c| c.name).collect();
    assert_eq!(names, ["field_own_2", "field_own_2_2"]);
}
