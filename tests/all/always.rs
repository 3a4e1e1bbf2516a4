//! The bodies of the fuzz targets, run on stable Rust over the seeds and thousands of mutants of them: always the same
//! ones. `fuzz/README.md` tells how to run them for hours.

#[path = "../../fuzz/bodies/mod.rs"]
mod bodies;

use crate::fresh::each;
use crate::transcript::root;
use std::fs;

/// A source of numbers that is the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// What is put into a mutant, beside pieces of other seeds.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "{{ ",
    " }}",
    "{% ",
    "{%p ",
    "{%tr ",
    " %}",
    "endfor",
    "endif",
    "<w:p>",
    "</w:p>",
    "<w:t>",
    "</w:t>",
    "\"\"\"",
    "'''",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ".",
    ",",
    ";",
    "#",
    "# a\n",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    " ",
    "\\",
    "\\u00e0",
    "_",
    "-",
    "+",
    ":",
    "/",
    "..",
    "0",
    "1",
    "007",
    "1.250",
    "1e9",
    "0x1F",
    "inf",
    "nan",
    "true",
    "2016-10-27",
    "29/02/2017",
    "08:00",
    "2016-2017",
    "a = 1\n",
    "\n[a]\n",
    "\n[[a]]\n",
    "a.b = 2\n",
    "é",
    "e\u{301}",
    "đ",
    "\u{feff}",
    "\u{200b}",
    "\u{a0}",
    "“",
    "\0",
    "\u{1b}",
    "<<<<<<< ",
    "con",
    "_2",
];

/// The seeds of a body.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(root().join("fuzz/seeds").join(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no seeds for {name}");
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A seed after some changes: bytes taken out or changed, pieces put in, pieces of seeds doubled.
fn mutant(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        let few = at..(at + dice.roll(12)).min(bytes.len());
        match dice.roll(6) {
            0 => drop(bytes.drain(few)),
            1 => {
                // One of the first bytes, which choose what is done.
                let first = dice.roll(8).min(bytes.len().saturating_sub(1));
                bytes.get_mut(first).into_iter().for_each(|byte| *byte = dice.roll(256) as u8);
            }
            2 => {
                let other = &seeds[dice.roll(seeds.len())];
                let from = dice.roll(other.len());
                let piece = other[from..(from + dice.roll(60)).min(other.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(few, PIECES[dice.roll(PIECES.len())].bytes())),
            _ => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
        }
    }
    bytes
}

/// Runs a body over its seeds and so many mutants of them.
fn holds(name: &str, mutants: usize) {
    let (_, body) = bodies::ALL.iter().find(|(body, _)| *body == name).unwrap();
    let seeds = seeds(name);
    seeds.iter().for_each(|seed| body(seed));
    let parts: Vec<u64> = (0..8).collect();
    each(&parts, |part| {
        let mut dice = Dice(*part);
        (0..mutants / parts.len()).for_each(|_| body(&mutant(&seeds, &mut dice)));
    });
}

#[test]
fn the_readers_agree() {
    holds("readers", 1200);
}

#[test]
fn an_edit_changes_what_it_says() {
    holds("edits", 1200);
}

#[test]
fn a_table_loses_nothing() {
    holds("tables", 240);
}

#[test]
fn a_workbook_is_read_or_refused() {
    holds("workbooks", 2000);
}

#[test]
fn a_picture_is_taken_up_or_refused() {
    holds("pictures", 2000);
}

#[test]
fn a_template_is_filled_or_refused() {
    holds("templates", 4000);
}

#[test]
fn words_are_read_as_they_are_written() {
    holds("words", 1600);
}

#[test]
fn names_stay_where_they_belong() {
    holds("names", 8000);
}
