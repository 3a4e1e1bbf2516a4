//! Texts in HTML, with nothing left in them to interpret.

use crate::render::value;

/// A paragraph of a class; nothing if nothing is to be said.
pub fn paragraph(class: &str, text: &str) -> String {
    match (text.is_empty(), class.is_empty()) {
        (true, _) => String::new(),
        (false, true) => format!("<p>{}</p>\n", lines(text)),
        (false, false) => format!("<p class=\"{class}\">{}</p>\n", lines(text)),
    }
}

/// Lines of text, each in a line of its own.
pub fn lines(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("<br>")
}

/// Text in one line with nothing left to interpret, in an element or an attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in value::one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
