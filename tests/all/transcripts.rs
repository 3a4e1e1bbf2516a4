//! The pages of `tests/commands`, and the tours of both READMEs.

use crate::transcript::{follow, pages, root};

#[test]
fn commands_do_what_their_pages_show() {
    pages("commands").iter().for_each(|page| follow(page));
}

#[test]
fn the_tour_of_the_readme_is_true() {
    follow(&root().join("README.md"));
    follow(&root().join("README.vi.md"));
}

#[test]
fn every_fault_of_form_is_shown_by_a_page() {
    let pages: String = pages("commands").iter().map(|page| std::fs::read_to_string(page).unwrap()).collect();
    for code in ttht::toml::codes::CODES {
        assert!(pages.contains(&format!("[{}]", code.name)), "no page of tests/commands shows {}", code.name);
    }
}
