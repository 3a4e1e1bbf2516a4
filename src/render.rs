//! Tables, faults and records into text and bytes. Nothing here touches a file or a terminal: who asks, prints.

use crate::model::table::Table;
use crate::model::text::{Lang, Text, t};
use csv::Profile;

pub mod chart;
pub mod csv;
pub mod datapackage;
pub mod diff;
pub mod fault;
pub mod html;
pub mod json;
pub mod markdown;
pub mod record;
mod sarif;
mod svg;
pub mod text;
mod value;
mod width;

/// How things are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// The language of labels and messages.
    pub lang: Lang,
    /// How many columns the terminal has.
    pub width: usize,
    /// True where escape sequences for bold and colour are understood.
    pub colour: bool,
    /// True where nothing but ASCII may frame the text.
    pub ascii: bool,
    /// How cells are written by `csv`.
    pub profile: &'static Profile,
}

impl Default for Style {
    fn default() -> Style {
        Style { lang: Lang::Vi, width: 100, colour: false, ascii: false, profile: &csv::PLAIN }
    }
}

/// A way to draw any table.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The stable word.
    pub name: &'static str,
    /// What it is for.
    pub about: Text,
    /// The endings of its files, without the dot; the first is the usual one.
    pub extensions: &'static [&'static str],
    /// The table as the bytes of a file.
    pub draw: fn(&Table, &Style) -> Vec<u8>,
}

/// Every format of tables.
pub const FORMATS: &[Format] = &[
    Format {
        name: "table",
        about: t("bảng để đọc trên màn hình", "a table to read in a terminal"),
        extensions: &["txt"],
        draw: |table, style| text::draw(table, style).into_bytes(),
    },
    Format {
        name: "csv",
        about: t("CSV (RFC 4180), hoặc theo --profile", "CSV (RFC 4180), or as --profile says"),
        extensions: &["csv"],
        draw: csv::draw,
    },
    Format {
        name: "tsv",
        about: t("các cột cách nhau bằng tab", "columns set apart by tabs"),
        extensions: &["tsv", "tab"],
        draw: csv::draw_tsv,
    },
    Format {
        name: "json",
        about: t("JSON cho phần mềm khác", "JSON for other programs"),
        extensions: &["json"],
        draw: |table, style| json::draw(table, style).into_bytes(),
    },
    Format {
        name: "markdown",
        about: t("bảng Markdown", "a Markdown table"),
        extensions: &["md", "markdown"],
        draw: |table, style| markdown::draw(table, style).into_bytes(),
    },
    Format {
        name: "html",
        about: t("trang để in, kèm biểu đồ nếu có", "a page to print, with a chart where there is one"),
        extensions: &["html", "htm"],
        draw: |table, style| html::draw(table, style).into_bytes(),
    },
];

impl Format {
    /// The format of files with this ending.
    pub fn of_extension(extension: &str) -> Option<&'static Format> {
        let extension = extension.to_ascii_lowercase();
        FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
    }
}

impl Style {
    /// The text in bold, where the terminal knows it.
    fn bold(&self, text: &str) -> String {
        if self.colour { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests;
