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
