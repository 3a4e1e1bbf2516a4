//! What always holds, whatever the bytes: the bodies of the fuzz targets, and of the tests in `tests/all/always.rs`.
//!
//! Each body takes any bytes, and panics if something does not hold.

#![allow(dead_code, reason = "each target uses one body")]

pub mod edits;
pub mod names;
pub mod pictures;
pub mod readers;
pub mod tables;
pub mod templates;
pub mod words;
pub mod workbooks;

use ttht::model::RecordKind;
use ttht::model::fault::Fault;

/// A body, and the folder of its seeds.
pub type Body = (&'static str, fn(&[u8]));

/// All of them.
pub const ALL: &[Body] = &[
    ("readers", readers::hold),
    ("edits", edits::hold),
    ("tables", tables::hold),
    ("words", words::hold),
    ("names", names::hold),
    ("workbooks", workbooks::hold),
    ("pictures", pictures::hold),
    ("templates", templates::hold),
];

/// The first line, which chooses what is done, and the rest, to which it is done.
fn split(data: &[u8]) -> (&[u8], &[u8]) {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    (&data[..end], data.get(end + 1..).unwrap_or_default())
}

/// One of some, as a byte of the first line says; the first if there is no such byte.
fn choice<'a, T>(all: &'a [T], line: &[u8], at: usize) -> &'a T {
    &all[usize::from(line.get(at).copied().unwrap_or(0)) % all.len()]
}

/// The same for more than a byte can tell apart: two bytes.
fn wide_choice<'a, T>(all: &'a [T], line: &[u8], at: usize) -> Option<&'a T> {
    let byte = |at: usize| usize::from(line.get(at).copied().unwrap_or(0));
    all.get((byte(at) * 256 + byte(at + 1)) % all.len().max(1))
}

/// The kind of record that the first byte chooses: `r`, `u`, `c`, `d`, `v`, `t` or `s` in seeds.
fn kind(line: &[u8]) -> RecordKind {
    match line.first() {
        Some(b'r') => RecordKind::Register,
        Some(b'u') => RecordKind::Units,
        Some(b'c') => RecordKind::Centre,
        Some(b'd') => RecordKind::Campaign,
        Some(b't') => RecordKind::Statement,
        Some(b's') => RecordKind::Scheme,
        _ => RecordKind::Visit,
    }
}

/// True for a fault of syntax.
fn is_syntax(fault: &Fault) -> bool {
    ["syntax", "conflict-markers"].contains(&fault.code)
}

/// A text with `\n` at the end of each line.
fn plain_ends(text: &str) -> String {
    text.replace("\r\n", "\n")
}
