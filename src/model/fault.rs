//! What is wrong with the data: plain facts, drawn elsewhere.

use super::text::{Said, Text};
use super::tree::Span;
use crate::choices;
use std::ops::Range;

choices! {
    /// How serious a fault is.
    pub enum Severity {
        /// The figures cannot be used.
        Error = "error", "lỗi", "error";
        /// The figures are used, but should be looked at.
        Warning = "warning", "cảnh báo", "warning";
    }
}

/// What is known about one kind of fault: its row in a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Code {
    /// The stable name, in kebab-case; it names the fault, not the remedy.
    pub name: &'static str,
    /// Its severity, unless the register says otherwise.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: Text,
    /// Why it matters, with the regulation if there is one.
    pub why: Text,
    /// A line that has the fault.
    pub wrong: &'static str,
    /// The same line corrected.
    pub right: &'static str,
}

/// One fault, at one place.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The name of its [`Code`].
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The file, relative to the register, with `/`.
    pub file: String,
    /// The key path of the value, if there is one.
    pub key: Option<String>,
    /// What is wrong, with the values.
    pub message: Said,
    /// What to write instead.
    pub help: Said,
    /// The bytes of the file that are meant, if the key does not tell.
    pub span: Option<Span>,
    /// Its place. Looked up only when the fault is to be shown; `None` for files without text.
    pub place: Option<Place>,
    /// What was certainly meant: what the help says to write, and what `check --fix` writes.
    pub fix: Option<Fix>,
}

/// What was certainly meant by a value or file with a fault.
#[derive(Clone, Debug, PartialEq)]
pub enum Fix {
    /// This text in place of the bytes of the fault.
    Write(String),
    /// The same file, in this place.
    Move(String),
}

impl Fault {
    /// A fault of a whole file.
    pub fn new(code: &Code, file: impl Into<String>, message: Said, help: Said) -> Fault {
        let (code, severity) = (code.name, code.severity);
        Fault {
            code,
            severity,
            file: file.into(),
            key: None,
            message,
            help,
            span: None,
            place: None,
            fix: None,
        }
    }

    /// The same fault at a key path; an empty path means the file as a whole.
    pub fn at(self, key: impl Into<String>) -> Fault {
        Fault { key: Some(key.into()).filter(|key| !key.is_empty()), ..self }
    }

    /// The bytes that are replaced, and the text that belongs in their place.
    pub fn replacement(&self) -> Option<(Span, &str)> {
        match (&self.span, &self.fix) {
            (Some(span), Some(Fix::Write(text))) => Some((span.clone(), text)),
            _ => None,
        }
    }
}

/// The place of a fault in the text of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column of the first character, from 1, in characters.
    pub column: usize,
    /// The last line of the bytes that are meant.
    pub end_line: usize,
    /// The column after its last character.
    pub end_column: usize,
    /// The whole line, without its end; empty if it is so long that nobody reads it.
    pub excerpt: String,
    /// The bytes of the excerpt that are meant.
    pub span: Range<usize>,
}

/// The longest line of which an excerpt is kept, in bytes.
const LONGEST: usize = 1 << 16;

impl Place {
    /// The place of some bytes of a text. If they run over several lines, only the first one is shown.
    pub fn of(text: &str, span: Range<usize>) -> Place {
        let floor =
            |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        let (start, end) = (floor(span.start), floor(span.end));
        let lines = |text: &str| memchr::memchr_iter(b'\n', text.as_bytes()).count();
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = lines(&text[..line_start]) + 1;
        let meant = &text[start..end.max(start)];
        let end_start = meant.rfind('\n').map_or(line_start, |at| start + at + 1);
        let rest = &text[line_start..];
        let line_len = rest.find('\n').unwrap_or(rest.len());
        let whole = rest[..line_len].trim_end_matches('\r');
        let column = whole[..(start - line_start).min(whole.len())].chars().count() + 1;
        let excerpt = if whole.len() > LONGEST { "" } else { whole };
        let from = (start - line_start).min(excerpt.len());
        let to = end.saturating_sub(line_start).clamp(from, excerpt.len());
        Place {
            line,
            column,
            end_line: line + lines(meant),
            end_column: text[end_start..end.max(start)].chars().count() + 1,
            excerpt: excerpt.to_owned(),
            span: from..to,
        }
    }

    /// True if the line is so long that there is no excerpt of it.
    pub fn is_cut(&self) -> bool {
        self.excerpt.is_empty() && self.column > 1
    }
}

/// Sorts faults in the order in which they are shown: by file, then by place.
pub fn sort(faults: &mut [Fault]) {
    let place = |fault: &Fault| fault.place.as_ref().map(|p| (p.line, p.column));
    faults.sort_by(|a, b| (&a.file, place(a), a.code, &a.key).cmp(&(&b.file, place(b), b.code, &b.key)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_survive_windows() {
        let text = "a = 1\r\nname = \"Điền Công\" # ở\r\n";
        let at = text.find("Công").unwrap();
        let place = Place::of(text, at..at + 5);
        assert_eq!((place.line, place.column), (2, 14));
        assert_eq!(place.excerpt, "name = \"Điền Công\" # ở");
        assert_eq!((place.end_line, place.end_column), (2, 18));
        assert_eq!(&place.excerpt[place.span], "Công");
        let lines = Place::of(text, 0..text.len() - 2);
        assert_eq!((lines.line, lines.end_line, lines.end_column), (1, 2, 23));
        assert_eq!(Place::of("", 5..9).line, 1);
    }
}
