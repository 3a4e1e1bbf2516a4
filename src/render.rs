//! Documents, faults and records into text and bytes. Nothing here touches a file or a terminal: the caller prints.

use crate::model::day::Day;
use crate::model::document::Document;
use crate::model::text::{Lang, Said, Text};
use csv::Profile;

mod archive;
mod bands;
mod chart;
pub mod csv;
pub mod datapackage;
pub mod diff;
pub mod docx;
pub mod duckdb;
pub mod fault;
mod html;
mod json;
pub mod json_schema;
mod markdown;
mod official;
pub mod record;
mod screen;
mod svg;
pub mod template;
mod value;
mod width;
pub mod workbook;

pub use width::{cut, width, wrap};

/// How things are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language of labels and messages.
    pub lang: Lang,
    /// How many columns the terminal has.
    pub width: usize,
    /// True if escape sequences for bold and colour are understood.
    pub colour: bool,
    /// True if frames may only use ASCII.
    pub ascii: bool,
    /// True if a terminal shows bars below each table; a page has its pictures in any case.
    pub charts: bool,
    /// How cells are written by `csv`.
    pub profile: &'static Profile,
    /// The day on which it is drawn, for the properties of a file.
    pub made: Option<Day>,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            lang: Lang::Vi,
            width: 100,
            colour: false,
            ascii: false,
            charts: false,
            profile: &csv::PLAIN,
            made: None,
        }
    }
}

/// A way to draw any document.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The stable word.
    pub name: &'static str,
    /// What it is for.
    pub about: Text,
    /// The endings of its files, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// True for bytes that no terminal shows.
    pub binary: bool,
    /// The document as the bytes of a file; an error says why it cannot be drawn.
    pub draw: fn(&Document, &Style) -> Result<Vec<u8>, Said>,
}

/// Every format of documents.
pub const FORMATS: &[Format] = &[
    screen::FORMAT,
    csv::FORMAT,
    csv::TSV,
    json::FORMAT,
    markdown::FORMAT,
    html::FORMAT,
    docx::FORMAT,
    workbook::sheets::FORMAT,
];

impl Format {
    /// The format of files with this ending.
    pub fn of_extension(extension: &str) -> Option<&'static Format> {
        let extension = extension.to_ascii_lowercase();
        FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
    }
}

impl Style {
    /// The text in bold, if the terminal supports it.
    fn bold(&self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The parts of a document, each with its last line end, with a blank line between two.
fn apart(parts: impl Iterator<Item = String>) -> String {
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
