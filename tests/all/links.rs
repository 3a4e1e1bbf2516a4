//! Links in the Markdown files of the repository lead to what is there: a file, a folder, a heading.

use crate::transcript::root;
use std::fs;
use std::path::{Path, PathBuf};

/// The anchor that a heading has on a page: small letters, hyphens for spaces, no other signs.
pub fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The lines of a page outside of fenced blocks.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    page.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        fenced ^= is_fence;
        !fenced && !is_fence
    })
}

/// What may be led to on a page.
fn anchors(page: &str) -> Vec<String> {
    let mut anchors = Vec::new();
    for line in prose(page) {
        let heading = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'));
        if let Some(words) = heading {
            let first = anchor(words.trim());
            let times = anchors.iter().filter(|one| **one == first).count();
            anchors.push(if times == 0 { first } else { format!("{first}-{times}") });
        }
        anchors.extend(
            line.split("<a id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
        );
    }
    anchors
}

/// Where the links of a page lead: `[words](there)`, `[words]: there`, not in code.
fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    for line in prose(page) {
        let words: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        let places = words.match_indices("](").filter_map(|(at, sign)| {
            words[at + sign.len()..].split_once(')').map(|(place, _)| place.to_owned())
        });
        links.extend(places);
        let defined = words.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        links.extend(defined.map(|(_, place)| place.trim().to_owned()));
    }
    links
}

/// The links of a page that lead to nothing.
fn dead(file: &Path, page: &str) -> Vec<String> {
    let leads = |link: &String| {
        let outside = ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
        let (place, at) = link.split_once('#').map_or((link.as_str(), None), |(place, at)| (place, Some(at)));
        let there = if place.is_empty() { file.to_owned() } else { file.with_file_name("").join(place) };
        let has = |at: &str| {
            let text = if place.is_empty() { Some(page.to_owned()) } else { fs::read_to_string(&there).ok() };
            text.is_some_and(|text| anchors(&text).iter().any(|one| one == at))
        };
        outside || ((place.is_empty() || there.exists()) && at.is_none_or(has))
    };
    links(page).into_iter().filter(|link| !leads(link)).collect()
}

/// The Markdown files of a folder and of those below it. What is built, and what is no part of the repository, is left out.
fn markdown(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            markdown(&path, files);
        } else if name.ends_with(".md") {
            files.push(path);
        }
    }
}

#[test]
fn no_link_is_dead() {
    let mut files = Vec::new();
    markdown(&root(), &mut files);
    assert!(files.len() > 50);
    let mut found = 0;
    for file in files {
        let page = fs::read_to_string(&file).unwrap();
        found += links(&page).len();
        assert_eq!(dead(&file, &page), [""; 0], "{}", file.display());
    }
    assert!(found > 50);
}

#[test]
fn a_dead_link_is_seen() {
    let page = "# Đầu\n## Mã lỗi\n[a](#mã-lỗi) [b](#đầu) [c](#không) [d](../README.md) [e](no.md) [f](../README.md#no) [g](https://example.vn)\n`[h](no.md)`\n```text\n[i](no.md)\n```\n[k]: no/\n";
    assert_eq!(dead(&root().join("docs/page.md"), page), ["#không", "no.md", "../README.md#no", "no/"]);
}
