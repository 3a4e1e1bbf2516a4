//! The pages of `tests/commands`, and the tours of both READMEs.

use crate::fresh::each;
use crate::transcript::{follow, pages, root};

#[test]
fn commands_do_what_their_pages_show() {
    each(&pages("commands"), |page| follow(page));
}

#[test]
fn the_tour_of_the_readme_is_true() {
    each(&["README.md", "README.vi.md"], |page| follow(&root().join(page)));
}

#[test]
fn every_fault_of_form_is_shown_by_a_page() {
    let pages: String = pages("commands").iter().map(|page| std::fs::read_to_string(page).unwrap()).collect();
    for code in ttht::toml::codes::CODES {
        assert!(pages.contains(&format!("[{}]", code.name)), "no page of tests/commands shows {}", code.name);
    }
}
