//! The layout of a sound text: its headers and values with their bytes, so that the rest can be left alone.
//!
//! It is made only for texts in which the reader found no fault of syntax, and does not look for any.

use super::careful;
use super::quotes::string_end;
use crate::model::path::Step;
use crate::model::tree::Span;
use std::collections::HashMap;

/// A header or a `key = value` of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it names, from the root: `team[1]` for the second `[[team]]`.
    pub path: Vec<Step>,
    /// How many steps of the path come from the header above it; all of them for a header.
    pub head: usize,
    /// Its whole lines, with the line end.
    pub span: Span,
    /// The value; none for a header.
    pub value: Option<Span>,
}

/// One of the values in brackets: of an array, or of an inline table.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key, possibly dotted; empty in an array.
    pub keys: Vec<Step>,
    /// From its first byte to just after the last.
    pub span: Span,
    /// Its value.
    pub value: Span,
    /// The comma after it, if there is one.
    pub comma: Option<usize>,
}

/// The headers and values of a text, in order.
pub fn layout(text: &str) -> Vec<Item> {
    let bytes = text.as_bytes();
    let mut items: Vec<Item> = Vec::new();
    let (mut head, mut rows): (Vec<Step>, Rows) = (Vec::new(), Rows::new());
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at = skip_blank(bytes, at);
        match bytes.get(at) {
            None => break,
            Some(b'[') => {
                let many = bytes.get(at + 1) == Some(&b'[');
                let (keys, end) = keys(text, at + 1 + usize::from(many));
                at = line_end(text, end);
                head = absolute(&rows, keys, many);
                for (at, step) in head.iter().enumerate() {
                    if let Step::Index(row) = step {
                        let rows = rows.entry(head[..at].to_vec()).or_default();
                        *rows = (*rows).max(row + 1);
                    }
                }
                items.push(Item { path: head.clone(), head: head.len(), span: start..at, value: None });
            }
            Some(b'#' | b'\n' | b'\r') => at = line_end(text, at),
            Some(_) => {
                let (keys, end) = keys(text, at);
                let from = skip_blank(bytes, end + 1);
                let value = from..value_end(text, from);
                at = line_end(text, value.end.max(start + 1));
                let path = head.iter().cloned().chain(keys).collect();
                items.push(Item { path, head: head.len(), span: start..at, value: Some(value) });
            }
        }
    }
    items
}

/// How many rows each list has so far.
type Rows = HashMap<Vec<Step>, usize>;

/// The steps of a header: the name of a `[[list]]` is followed by the number of its row, the last one so far.
fn absolute(rows: &Rows, keys: Vec<Step>, many: bool) -> Vec<Step> {
    let mut path = Vec::new();
    let last = keys.len().saturating_sub(1);
    for (n, key) in keys.into_iter().enumerate() {
        path.push(key);
        match rows.get(&path).copied() {
            Some(rows) if n == last && many => path.push(Step::Index(rows)),
            Some(rows) => path.push(Step::Index(rows - 1)),
            None if n == last && many => path.push(Step::Index(0)),
            None => {}
        }
    }
    path
}

/// The values between brackets, and the place of the closing one.
pub fn members(text: &str, open: usize) -> (Vec<Member>, usize) {
    let bytes = text.as_bytes();
    let table = bytes.get(open) == Some(&b'{');
    let (mut members, mut at): (Vec<Member>, usize) = (Vec::new(), open + 1);
    loop {
        match bytes.get(at) {
            None | Some(b']' | b'}') => return (members, at),
            Some(b',') => {
                members.iter_mut().last().into_iter().for_each(|last| last.comma = Some(at));
                at += 1;
            }
            Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
            Some(b'#') => at = line_end(text, at),
            Some(_) => {
                let start = at;
                let (keys, end) = if table { keys(text, at) } else { (Vec::new(), at) };
                // Since TOML 1.1 lines may end on both sides of the sign.
                let from = if table { skip_lines(text, skip_lines(text, end) + 1) } else { at };
                at = value_end(text, from).max(start + 1);
                members.push(Member { keys, span: start..at, value: from..at, comma: None });
            }
        }
    }
}

/// The steps of a key, and where it ends.
fn keys(text: &str, mut at: usize) -> (Vec<Step>, usize) {
    let bytes = text.as_bytes();
    let mut keys = Vec::new();
    loop {
        at = skip_blank(bytes, at);
        let end = match bytes.get(at) {
            Some(b'"' | b'\'') => string_end(bytes, at),
            _ => bytes[at..]
                .iter()
                .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')))
                .map_or(bytes.len(), |n| at + n),
        };
        let raw = text.get(at..end).unwrap_or_default();
        keys.push(Step::Key(careful::unquoted(raw).unwrap_or_else(|| raw.to_owned())));
        at = skip_blank(bytes, end);
        if bytes.get(at) != Some(&b'.') {
            return (keys, at);
        }
        at += 1;
    }
}

/// Where the value ends that begins here.
fn value_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start, 0usize);
    loop {
        match bytes.get(at) {
            None => break,
            Some(b'"' | b'\'') => at = string_end(bytes, at),
            Some(b'[' | b'{') => (at, depth) = (at + 1, depth + 1),
            Some(b']' | b'}') if depth > 0 => (at, depth) = (at + 1, depth - 1),
            Some(b'#') if depth > 0 => at = line_end(text, at),
            Some(b',' | b']' | b'}' | b'#' | b'\n' | b'\r') if depth == 0 => break,
            Some(_) => at += 1,
        }
        if depth == 0 && matches!(bytes[start], b'"' | b'\'' | b'[' | b'{') {
            return at;
        }
    }
    start + text[start..at].trim_end().len()
}

/// Where the comments begin that stand directly above a line, below the line that begins at `floor`: they belong to it.
/// What a file begins with is about all of it.
pub fn comments_above(text: &str, floor: usize, line: usize) -> usize {
    let above = text.get(floor..line).unwrap_or_default().split_inclusive('\n').rev();
    let comments = above.take_while(|line| line.trim_start().starts_with('#'));
    let start = line - comments.map(str::len).sum::<usize>();
    if start == 0 { line } else { start }
}

/// Where the line begins on which this is.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// Where the next line begins.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// Skips blanks, line ends and comments.
fn skip_lines(text: &str, mut at: usize) -> usize {
    loop {
        match text.as_bytes().get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
            Some(b'#') => at = line_end(text, at),
            _ => return at,
        }
    }
}

fn skip_blank(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::steps;

    #[test]
    fn every_header_and_value_is_found_with_its_path() {
        let text = "# a\r\na.b = 1 # c\r\nt = '''\n[x]\n'''\n\n[[r]]\nn = [1, # ]\n 2]\n[r.s]\nd = \"\\\"#\"\n[[r]]\n[z.'q']\ne = 2016-10-27";
        let found: Vec<(Vec<Step>, &str)> = layout(text)
            .into_iter()
            .map(|item| (item.path, item.value.map_or("", |value| &text[value])))
            .collect();
        let want = [
            ("a.b", "1"),
            ("t", "'''\n[x]\n'''"),
            ("r[0]", ""),
            ("r[0].n", "[1, # ]\n 2]"),
            ("r[0].s", ""),
            ("r[0].s.d", "\"\\\"#\""),
            ("r[1]", ""),
            ("z.q", ""),
            ("z.q.e", "2016-10-27"),
        ];
        assert_eq!(found, want.map(|(path, value)| (steps(path).unwrap(), value)));
    }

    #[test]
    fn what_stands_in_brackets_is_told_apart() {
        let text = "{ a = 1, b = { c = [2, 3] } , d.e = \"},\" }";
        let (members, close) = members(text, 0);
        let words: Vec<&str> = members.iter().map(|member| &text[member.span.clone()]).collect();
        assert_eq!(words, ["a = 1", "b = { c = [2, 3] }", "d.e = \"},\""]);
        assert_eq!(close, text.len() - 1);
    }
}
