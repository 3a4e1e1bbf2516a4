//! The pages of `tests/commands`, and the tours of both READMEs: what they show is true, and nothing is left out.

use crate::fresh::each;
use crate::shell::calls;
use crate::transcript::{follow, pages, root, runs};
use std::collections::BTreeSet;
use std::fs;
use ttht::cli::COMMANDS;
use ttht::model::text::Lang;
use ttht::render::FORMATS;
use ttht::render::fault::FAULT_FORMATS;
use ttht::summary::SUMMARIES;

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
    let pages: String = texts().concat();
    for code in ttht::toml::codes::CODES {
        assert!(pages.contains(&format!("[{}]", code.name)), "no page of tests/commands shows {}", code.name);
    }
}

/// The texts of the pages.
fn texts() -> Vec<String> {
    pages("commands").iter().map(|page| fs::read_to_string(page).unwrap()).collect()
}

/// What some page must show: commands, summaries, formats.
fn promised() -> BTreeSet<String> {
    let commands = COMMANDS.iter().map(|command| format!("command {}", command.name));
    let summaries = SUMMARIES.iter().map(|summary| format!("summary {}", summary.name));
    let formats = FORMATS.iter().map(|format| format!("format {}", format.name));
    let of_faults = FAULT_FORMATS.iter().map(|format| format!("format of faults {}", format.name));
    commands.chain(summaries).chain(formats).chain(of_faults).collect()
}

/// What pages show: a command is run, prints something, and ends well or with faults.
fn shown(pages: &[String]) -> BTreeSet<String> {
    let mut command = ttht::cli::command(Lang::En).disable_version_flag(true);
    let mut shown = BTreeSet::new();
    let runs = pages.iter().flat_map(|page| runs(page));
    for run in runs.filter(|run| !run.prints.is_empty() && matches!(run.exit, 0 | 1)) {
        for call in calls(run.line) {
            let Ok(matches) = command.try_get_matches_from_mut(call) else { continue };
            let Some((name, words)) = matches.subcommand() else { continue };
            let word = |id: &str| words.try_get_one::<String>(id).ok().flatten();
            shown.insert(format!("command {name}"));
            if let Some(summary) = word("name").filter(|_| name == "summary") {
                shown.insert(format!("summary {summary}"));
            }
            if let Some(format) = word("format") {
                let of = if name == "check" { " of faults" } else { "" };
                shown.insert(format!("format{of} {format}"));
            }
        }
    }
    shown
}

fn missing(pages: &[String]) -> Vec<String> {
    promised().difference(&shown(pages)).cloned().collect()
}

#[test]
fn every_command_summary_and_format_is_shown_by_a_page() {
    assert_eq!(missing(&texts()), [""; 0], "no page of tests/commands shows them");
}

#[test]
fn what_no_page_shows_is_seen() {
    for (word, gap) in [
        ("export", "command export"),
        ("titles", "summary titles"),
        ("html", "format html"),
        ("sarif", "format of faults sarif"),
    ] {
        let other = |line: &&str| !line.contains(word);
        let without = |page: String| page.split_inclusive('\n').filter(other).collect::<String>();
        let pages: Vec<String> = texts().into_iter().map(without).collect();
        assert!(missing(&pages).iter().any(|missing| missing == gap), "{gap}");
    }
    let page = "```console\n$ ttht -C so list units -O csv | head -1\nid\n$ ttht fmt\n$ ttht summary x\nlỗi\n? 2\n```\n";
    assert_eq!(shown(&[page.to_owned()]), ["command list", "format csv"].map(str::to_owned).into());
}
