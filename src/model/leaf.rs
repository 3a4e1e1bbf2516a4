//! A form on its way to a workbook: leaves of lines, as a spreadsheet shows them and a printer prints them.
//!
//! The first column of every leaf is that of the keys, which is hidden ([`blank`](super::blank)); places count from it.

use super::blank::{ADDS, KEYS, NOTE};
use super::day::Day;
use super::table::Cell;
use super::text::Said;

/// A form for one centre.
#[derive(Clone, Debug)]
pub struct Blank {
    /// The words by which it is known again, in the first cell of each leaf.
    pub anchor: String,
    /// What it is called.
    pub title: Said,
    /// Who asks.
    pub office: String,
    /// The day on which it is made.
    pub made: Day,
    /// Its leaves, in the order in which they are filled.
    pub leaves: Vec<Leaf>,
}

/// A leaf: a sheet of the workbook.
#[derive(Clone, Debug, Default)]
pub struct Leaf {
    /// What it is called: at most 31 letters.
    pub name: Said,
    /// True if its long side is at the top.
    pub is_turned: bool,
    /// How wide the columns after that of the keys are, in digits.
    pub widths: Vec<usize>,
    /// How many of its first lines stay in sight and are repeated on each page.
    pub head: usize,
    /// What stands on it, from the top.
    pub lines: Vec<Line>,
}

/// A line of a leaf.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What stands in the column of the keys.
    pub key: String,
    /// What stands in it, from left to right.
    pub slots: Vec<Slot>,
}

/// What stands in a cell, or in several that are shown as one.
#[derive(Clone, Debug)]
pub struct Slot {
    /// The first of its columns.
    pub at: usize,
    /// How many columns it takes.
    pub over: usize,
    /// What it holds.
    pub holds: Holds,
}

/// What a cell of a form holds.
#[derive(Clone, Debug)]
pub enum Holds {
    /// The title of the leaf.
    Title(Said),
    /// The heading of a part.
    Heading(Said),
    /// The heading of a column.
    Head(Said),
    /// What several labels below have in common.
    Group(Said),
    /// What is asked for.
    Label(Said),
    /// The same, as one of a group.
    Inner(Said),
    /// How it is filled, or any other explanation.
    Note(Said),
    /// What the column adds to the keys below, as a form says it.
    Adds(String),
    /// What was said last time.
    Last(Cell),
    /// What is to be filled.
    Entry(Entry),
    /// The sum of the cells above it, from a line to another, as it is now.
    Sum {
        /// The first line, from 0.
        from: usize,
        /// The last line.
        to: usize,
        /// The sum.
        now: f64,
    },
}

/// A cell that is to be filled.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What belongs there.
    pub wants: Wants,
    /// What is there already.
    pub now: Cell,
}

/// What belongs in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Wants {
    /// A line of text.
    Words,
    /// Text for which there must be room.
    Prose,
    /// A whole number, from 0 to this.
    Whole(i64),
    /// A number that may have decimals.
    Number,
    /// A day.
    Day,
    /// A time of day.
    Time,
    /// One of some words.
    One(Vec<Said>),
    /// One of some words, or several of them.
    Several(Vec<Said>),
}

impl Line {
    /// A line with what stands in it, which is not read.
    pub fn of(slots: impl Into<Vec<Slot>>) -> Line {
        Line::keyed(NOTE, slots)
    }

    /// A line with a key.
    pub fn keyed(key: impl Into<String>, slots: impl Into<Vec<Slot>>) -> Line {
        Line { key: key.into(), slots: slots.into() }
    }

    /// The line that says what each of so many columns adds; the others are the form's own.
    pub fn adds(columns: usize, adding: &[(usize, String)]) -> Line {
        let word = |at| match adding.iter().find(|(column, _)| *column == at) {
            Some((_, word)) => format!("{ADDS}{word}"),
            None => NOTE.to_string(),
        };
        let slots: Vec<Slot> = (1..=columns).map(|at| Holds::Adds(word(at)).at(at, 1)).collect();
        Line::keyed(KEYS, slots)
    }
}

impl Holds {
    /// In a place, over so many columns.
    pub fn at(self, at: usize, over: usize) -> Slot {
        Slot { at, over, holds: self }
    }
}
