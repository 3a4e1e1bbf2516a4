//! Edits of a text by its bytes. What comes in takes the line end of the text.

use crate::model::tree::Span;

/// Bytes of a text, and what comes in their place, with `\n` as line end.
pub type Edit = (Span, String);

/// The line end of a text: that of most of its lines.
pub fn ending(text: &str) -> &'static str {
    let (all, windows) = (text.matches('\n').count(), text.matches("\r\n").count());
    if windows * 2 > all { "\r\n" } else { "\n" }
}

/// A text after some edits that do not overlap, all with its line end.
pub fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    let end = ending(text);
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let (mut new, mut from) = (String::with_capacity(text.len()), 0);
    for (at, words) in edits {
        new.push_str(&text[from..at.start.max(from)]);
        new.push_str(&words.replace('\n', end));
        from = at.end.max(from);
    }
    new.push_str(&text[from..]);
    new
}
