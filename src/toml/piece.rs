//! A text cut into pieces, sound or not: headers, keys with their values, and lines that are neither.
//!
//! A value may run over several lines. Where its end is missing, it ends before the line on which something new begins,
//! so that it swallows nothing that was meant otherwise.

use super::careful;
use super::layout::line_end;
use super::quotes::string_end;
use crate::model::tree::Span;
use crate::model::vietnamese::is_word;

/// One piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Its whole lines, with the line end.
    pub span: Span,
    /// True for a line that begins with a bracket.
    pub header: bool,
    /// The bracket or the quotes that are never closed.
    pub open: Option<Span>,
}

/// How often a text is asked whether a value that seems to be open is sound as it stands: a record has a few of them.
const DOUBTS: usize = 64;

/// The pieces of a text, in order, without blank lines.
pub fn pieces(text: &str) -> Vec<Piece> {
    let (mut found, mut at, mut doubts) = (Vec::new(), 0, DOUBTS);
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim_matches([' ', '\t']);
        let header = line.starts_with('[');
        let value = assigned(&text[at..end]).filter(|_| !header);
        let (end, open) = match value {
            Some((_, from)) => extent(text, at, at + from, &mut doubts),
            None => (end, None),
        };
        if !matches!(line, "" | "\n" | "\r\n") {
            found.push(Piece { span: at..end, header, open });
        }
        at = end;
    }
    found
}

const BLANK: [char; 4] = [' ', '\t', '\r', '\n'];

/// The name in a line that is a header, or was meant to be one: its brackets may be missing.
pub fn header_name(line: &str) -> Option<&str> {
    let line = line.split('#').next().unwrap_or_default().trim_matches(BLANK);
    let name = line.trim_matches(['[', ']', ' ']);
    let named = line.starts_with('[') || (line.ends_with(']') && is_path(name));
    (named && assigned(line).is_none()).then_some(name)
}

/// The key of a line, and where its value begins.
pub fn assigned(line: &str) -> Option<(&str, usize)> {
    let (bytes, mut at) = (line.as_bytes(), 0);
    loop {
        match bytes.get(at)? {
            b'=' => return Some((line[..at].trim_matches(BLANK), at + 1)),
            b'"' | b'\'' => at = quoted(bytes, at),
            b'#' => return None,
            _ => at += 1,
        }
    }
}

/// Where the text on a line ends whose first quote is here: after the last, or with the line.
fn quoted(bytes: &[u8], start: usize) -> usize {
    let line = bytes[start..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |n| start + n);
    string_end(&bytes[..line], start).min(line)
}

/// True for a key as records have them: words with points between them.
fn is_path(key: &str) -> bool {
    key.split('.').all(is_word)
}

/// Where the piece ends whose value begins at `from`, and what stays open in it.
fn extent(text: &str, start: usize, from: usize, doubts: &mut usize) -> (usize, Option<Span>) {
    let mut reach = Reach { text, at: from, open: Vec::new(), last: b'=' };
    let mut doubt = None;
    loop {
        match reach.line() {
            Line::End => break,
            Line::Open(quotes) => return (next(text, quotes.end), Some(quotes)),
            Line::Within(bracket) if doubt.is_none() && reach.begins() => {
                let found = (reach.at, Some(bracket..bracket + 1));
                if *doubts == 0 {
                    return found;
                }
                *doubts -= 1;
                doubt = Some(found);
            }
            Line::Within(_) => {}
        }
    }
    let is_sound = || reach.open.is_empty() && careful::read(&text[start..reach.at]).1.is_empty();
    let bracket = reach.open.first().map(|at| *at..at + 1);
    doubt.filter(|_| !is_sound()).unwrap_or((reach.at, bracket))
}

/// Where the next piece certainly begins: at a header, or a key with its value.
fn next(text: &str, from: usize) -> usize {
    let mut at = line_end(text, from);
    while at < text.len() && !begins(&text[at..]) {
        at = line_end(text, at);
    }
    at
}

/// True if a piece certainly begins with this text: a header, or a key with its value.
fn begins(rest: &str) -> bool {
    is_header(rest) || is_pair(rest)
}

fn is_header(rest: &str) -> bool {
    let line = rest[..line_end(rest, 0)].trim_start_matches(BLANK);
    let name = header_name(line).unwrap_or_default();
    line.starts_with('[') && name.starts_with(|c: char| c.is_ascii_lowercase()) && is_path(name)
}

fn is_pair(rest: &str) -> bool {
    assigned(&rest[..line_end(rest, 0)]).is_some_and(|(key, _)| is_path(key))
}

/// A value while its end is looked for.
struct Reach<'t> {
    text: &'t str,
    at: usize,
    /// The brackets that are open.
    open: Vec<usize>,
    /// The last byte that is neither blank nor in a comment.
    last: u8,
}

/// How a line of a value ends.
enum Line {
    /// The value ends with it.
    End,
    /// It is within this bracket.
    Within(usize),
    /// These quotes are never closed.
    Open(Span),
}

impl Reach<'_> {
    /// Goes to the next line.
    fn line(&mut self) -> Line {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b'\n' => {
                    self.at += 1;
                    match self.open.first() {
                        Some(bracket) => return Line::Within(*bracket),
                        None => return Line::End,
                    }
                }
                b'#' => self.at += self.text[self.at..].find('\n').unwrap_or(self.text.len() - self.at),
                b'"' | b'\'' if bytes[self.at..].starts_with(&[*byte; 3]) => {
                    let (start, quotes) = (self.at, self.at..self.at + 3);
                    self.at = string_end(bytes, start);
                    if self.stays_open(quotes.clone()) {
                        return Line::Open(quotes);
                    }
                    self.last = b'"';
                }
                b'"' | b'\'' => (self.at, self.last) = (quoted(bytes, self.at), b'"'),
                _ => {
                    match byte {
                        b'[' | b'{' => self.open.push(self.at),
                        b']' | b'}' => _ = self.open.pop(),
                        _ => {}
                    }
                    self.last = if matches!(byte, b' ' | b'\t' | b'\r') { self.last } else { *byte };
                    self.at += 1;
                }
            }
        }
        Line::End
    }

    /// True if these quotes are closed nowhere, or only by the quotes that open another text.
    fn stays_open(&self, quotes: Span) -> bool {
        let closed = self.at >= quotes.end + 3 && self.text[..self.at].ends_with(&self.text[quotes.clone()]);
        let line = self.text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let opens = |line: &str| {
            is_pair(line)
                && assigned(line).is_some_and(|(_, from)| {
                    line[from..].trim_start_matches(BLANK).starts_with(&self.text[quotes.clone()])
                })
        };
        !closed || (line > quotes.start && opens(&self.text[line..]))
    }

    /// True if something new begins on this line. In a table in braces, a key does so only where no comma leads to it.
    fn begins(&self) -> bool {
        let rest = &self.text[self.at..];
        let in_table = self.open.last().is_some_and(|at| self.text.as_bytes()[*at] == b'{');
        is_header(rest) || (is_pair(rest) && !(in_table && matches!(self.last, b',' | b'{')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text, each with what is open in it.
    fn cut(text: &str) -> Vec<(&str, Option<&str>)> {
        let shown = |one: Piece| (&text[one.span], one.open.map(|open| &text[open]));
        pieces(text).into_iter().map(shown).collect()
    }

    #[test]
    fn a_value_ends_where_its_brackets_and_quotes_do() {
        let sound = [
            "a = [1, # ]\n 2]\n",
            "b = \"]\" # [\n",
            "[c]\n",
            "d = '''\nx = [\n[y]\n'''\n",
            "e = [{\n  f = 1,\n  g = [2],\n}]\n",
            "\"h = 1\" = 2",
        ];
        assert_eq!(cut(&sound.join("\n")), sound.map(|text| (text, None)));
    }

    #[test]
    fn a_value_without_its_end_ends_before_what_is_new() {
        for (open, rest, what) in [
            ("a = [\n  \"x\",\n", "b = 1\n", "["),
            ("a = [\"x]\",\n\"y\"\n", "[c]\nd = [2]\n", "["),
            ("a = { x = 1\n", "b = 2\n", "{"),
            ("a = \"\"\"x\ny\n", "[c]\nd = 1\n", "\"\"\""),
            ("a = \"\"\"x\ny\n", "b = \"\"\"z\"\"\"\n", "\"\"\""),
        ] {
            let text = format!("{open}{rest}");
            assert_eq!(cut(&text)[0], (open, Some(what)), "{text}");
            assert!(cut(&text)[1..].iter().all(|(_, open)| open.is_none()), "{text}");
        }
    }
}
