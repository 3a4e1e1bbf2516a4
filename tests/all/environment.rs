//! The environment variables that are told are those that are read.

use crate::house::{code, sources};
use std::collections::BTreeSet;
use ttht::cli::environment::VARIABLES;

/// The variables of our own that code names: `"TTHT_LANG"`.
fn named(code: &str) -> BTreeSet<&str> {
    let is_own =
        |word: &&str| word.starts_with("TTHT_") && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    code.split('"').filter(is_own).collect()
}

#[test]
fn every_variable_that_is_read_is_told() {
    let sources = sources();
    let codes: Vec<String> = sources
        .iter()
        .filter(|(file, _)| *file != "cli/environment.rs")
        .map(|(_, text)| code(text))
        .collect();
    let read: BTreeSet<&str> = codes.iter().flat_map(|code| named(code)).collect();
    let told = VARIABLES.iter().map(|(name, _)| *name).filter(|name| name.starts_with("TTHT_")).collect();
    assert_eq!(read, told);
}
