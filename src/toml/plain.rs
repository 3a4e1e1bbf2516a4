//! TOML in the plain notation that records have, read in one pass; anything unusual is declined.
//!
//! Plain are bare keys, `[headers]` in the order of their nesting, texts on one line or between `"""`, whole numbers,
//! decimals, dates, times, lists and tables on a line. What is read is TOML and means what TOML says. What is declined
//! may be TOML as well: the careful reader decides (see `parse`). So this one never has to be clever, or to explain.

mod nodes;

use crate::model::number::is_digits;
use crate::model::usual::letters;
use std::borrow::Cow;

/// The text is not plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declined;

/// A position in a text that is read from front to back.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Key<'t> {
    /// One of the expected ones: which.
    Expected(usize),
    /// Another one.
    Other(&'t str),
}

/// What a key has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Below<'t> {
    /// A value on this line.
    Value,
    /// A table under a header, or under the headers of its tables: its path.
    Section(&'t str),
    /// A list of tables under `[[headers]]`: their path.
    Rows(&'t str),
}

/// What comes next in a table that has lines of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line<'t> {
    /// A key and its value: the key comes next.
    Pair,
    /// The header of a table or list below: its name, already read.
    Header(&'t str, Below<'t>),
    /// Nothing: the table ends with the text, or before a header that is not below it.
    End,
}

/// The beginning of a value: all of it, or its opening bracket.
#[derive(Clone, Debug, PartialEq)]
pub enum Start<'t> {
    /// A text, and whether its letters are usual (see `usual`).
    Text(Cow<'t, str>, bool),
    /// A whole number.
    Int(i64),
    /// A decimal number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// Something that looks like a date.
    Day(&'t str),
    /// Something that looks like a time.
    Time(&'t str),
    /// `[`
    List,
    /// `{`
    Table,
}

/// A header: its path, whether it is one of `[[rows]]`, and its end.
struct Header<'t> {
    path: &'t str,
    rows: bool,
    end: usize,
}

/// What a byte may be part of, one bit for each.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let c = byte as u8;
        let control = c < 0x20 && c != b'\t' || c == 0x7f;
        kinds[byte] |= if c.is_ascii_alphanumeric() || matches!(c, b'_' | b'-') { WORD } else { 0 };
        kinds[byte] |= if control { 0 } else { REMARK };
        kinds[byte] |= if c.is_ascii_digit() || matches!(c, b'_' | b'-' | b'.' | b':') { NUMBER } else { 0 };
        byte += 1;
    }
    kinds
};
const WORD: u8 = 1;
const REMARK: u8 = 2;
const NUMBER: u8 = 4;

/// Deeper than any record.
const TOO_DEEP: usize = 16;

impl<'t> Plain<'t> {
    /// The start of a text.
    pub fn new(text: &'t str) -> Plain<'t> {
        Plain { text, at: 0, depth: 0 }
    }

    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn ahead(&self, by: usize) -> u8 {
        self.text.as_bytes().get(self.at + by).copied().unwrap_or(0)
    }

    /// Skips all bytes of a kind. Returns where they began.
    fn pass(&mut self, kind: u8) -> usize {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let is_other = |byte: &u8| KINDS[usize::from(*byte)] & kind == 0;
        self.at = start + rest.iter().position(is_other).unwrap_or(rest.len());
        start
    }

    fn take(&mut self, byte: u8) -> Result<(), Declined> {
        if self.peek() != byte {
            return Err(Declined);
        }
        self.at += 1;
        Ok(())
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), b' ' | b'\t') {
            self.at += 1;
        }
    }

    /// The rest of a line after a value or a header: only a comment.
    #[inline]
    fn line_end(&mut self) -> Result<(), Declined> {
        if self.peek() == b'\n' {
            self.at += 1;
            return Ok(());
        }
        self.rest_of_line()
    }

    fn rest_of_line(&mut self) -> Result<(), Declined> {
        self.spaces();
        if self.peek() == b'#' {
            self.pass(REMARK);
        }
        match self.peek() {
            b'\n' => self.at += 1,
            b'\r' if self.ahead(1) == b'\n' => self.at += 2,
            _ if self.at == self.text.len() => {}
            _ => return Err(Declined),
        }
        Ok(())
    }

    /// Empty lines and comments.
    #[inline]
    fn blank(&mut self) -> Result<(), Declined> {
        if self.peek() > b'#' {
            return Ok(());
        }
        loop {
            self.spaces();
            match self.peek() {
                b'\n' => self.at += 1,
                b'\r' | b'#' => self.line_end()?,
                _ => return Ok(()),
            }
        }
    }

    fn word(&mut self) -> Result<&'t str, Declined> {
        let start = self.pass(WORD);
        if start == self.at { Err(Declined) } else { Ok(&self.text[start..self.at]) }
    }

    /// Skips this key, if it comes next, plainly written.
    #[inline(always)]
    pub fn passes(&mut self, key: &str) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        // The first letter is compared alone, since that is faster and usually enough.
        let here = rest.first() == key.as_bytes().first()
            && rest.strip_prefix(key.as_bytes()).is_some_and(|value| value.starts_with(b" = "));
        if here {
            self.at += key.len() + 3;
            self.spaces();
        }
        here
    }

    /// Skips this word between quotation marks, if it comes next.
    #[inline]
    pub fn passes_text(&mut self, word: &str) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        let inside = rest.strip_prefix(b"\"").and_then(|rest| rest.strip_prefix(word.as_bytes()));
        let here = inside.is_some_and(|rest| rest.starts_with(b"\""));
        self.at += if here { word.len() + 2 } else { 0 };
        here
    }

    /// The key before a value. Usually it is one of those that are expected, most often the first.
    #[inline(always)]
    pub fn key<'n>(&mut self, mut expected: impl Iterator<Item = &'n str>) -> Result<Key<'t>, Declined> {
        match expected.position(|name| self.passes(name)) {
            Some(at) => Ok(Key::Expected(at)),
            None => self.any_key().map(Key::Other),
        }
    }

    fn any_key(&mut self) -> Result<&'t str, Declined> {
        let word = self.word()?;
        self.spaces();
        self.take(b'=')?;
        self.spaces();
        Ok(word)
    }

    /// The header that comes next; it is not skipped.
    fn header(&self) -> Result<Header<'t>, Declined> {
        let mut ahead = *self;
        ahead.take(b'[')?;
        let rows = ahead.take(b'[').is_ok();
        let start = ahead.at;
        ahead.word()?;
        while ahead.take(b'.').is_ok() {
            ahead.word()?;
            ahead.depth += 1;
            if ahead.depth > TOO_DEEP {
                return Err(Declined);
            }
        }
        let path = &self.text[start..ahead.at];
        ahead.take(b']')?;
        if rows {
            ahead.take(b']')?;
        }
        ahead.line_end()?;
        Ok(Header { path, rows, end: ahead.at })
    }

    /// What comes next in the table with this path; the root has the empty path, and a table in braces none.
    #[inline]
    pub fn line(&mut self, path: Option<&str>, first: bool) -> Result<Line<'t>, Declined> {
        match path {
            Some(_) if self.peek().is_ascii_lowercase() => Ok(Line::Pair),
            Some(path) => self.any_line(path),
            None => Ok(if self.pair(first)? { Line::Pair } else { Line::End }),
        }
    }

    fn any_line(&mut self, path: &str) -> Result<Line<'t>, Declined> {
        self.blank()?;
        if self.at == self.text.len() {
            return Ok(Line::End);
        }
        if self.peek() != b'[' {
            return Ok(Line::Pair);
        }
        let below = if path.is_empty() { 0 } else { path.len() + 1 };
        let rows = usize::from(self.ahead(1) == b'[');
        let named = &self.text.as_bytes()[self.at + 1 + rows..];
        if below > 0 && !named.strip_prefix(path.as_bytes()).is_some_and(|rest| rest.starts_with(b".")) {
            return Ok(Line::End);
        }
        let header = self.header()?;
        let rest = header.path.get(below..).ok_or(Declined)?;
        let name = &rest[..rest.bytes().position(|byte| byte == b'.').unwrap_or(rest.len())];
        let path = &header.path[..header.path.len() - rest.len() + name.len()];
        if path.len() < header.path.len() {
            return Ok(Line::Header(name, Below::Section(path)));
        }
        self.at = header.end;
        Ok(Line::Header(name, if header.rows { Below::Rows(path) } else { Below::Section(path) }))
    }

    /// Skips the next `[[header]]` with this path, if it comes next.
    pub fn next_row(&mut self, path: &str) -> Result<bool, Declined> {
        if self.peek() != b'[' {
            return Ok(false);
        }
        let header = self.header()?;
        let same = header.rows && header.path == path;
        if same {
            self.at = header.end;
        }
        Ok(same)
    }

    /// The line of a value is done.
    pub fn done(&mut self) -> Result<(), Declined> {
        self.line_end()
    }

    /// A bracket was opened: the next item of the list, if there is one. Then a value is read, and this is asked again.
    pub fn item(&mut self, first: bool) -> Result<bool, Declined> {
        self.blank()?;
        if !first && self.peek() != b']' {
            self.take(b',')?;
            self.blank()?;
        }
        Ok(!self.closes(b']'))
    }

    /// A brace was opened: true if a key comes next. Then it and its value are read, and this is asked again.
    #[inline]
    fn pair(&mut self, first: bool) -> Result<bool, Declined> {
        self.spaces();
        if self.closes(b'}') {
            return Ok(false);
        }
        if !first {
            self.take(b',')?;
            self.spaces();
        }
        Ok(true)
    }

    fn closes(&mut self, bracket: u8) -> bool {
        let closes = self.take(bracket).is_ok();
        self.depth -= usize::from(closes);
        closes
    }

    /// Reads a value, or its opening bracket.
    pub fn start(&mut self) -> Result<Start<'t>, Declined> {
        let first = self.peek();
        match first {
            b'"' => self.basic(),
            b'\'' => self.literal(),
            b'0'..=b'9' | b'-' => self.number(),
            b't' => self.word_of("true", true),
            b'f' => self.word_of("false", false),
            b'[' | b'{' if self.depth < TOO_DEEP => {
                self.at += 1;
                self.depth += 1;
                Ok(if first == b'[' { Start::List } else { Start::Table })
            }
            _ => Err(Declined),
        }
    }

    fn word_of(&mut self, word: &str, answer: bool) -> Result<Start<'t>, Declined> {
        if self.word()? == word { Ok(Start::Bool(answer)) } else { Err(Declined) }
    }

    fn basic(&mut self) -> Result<Start<'t>, Declined> {
        if self.ahead(1) == b'"' && self.ahead(2) == b'"' {
            return self.lines();
        }
        let start = self.at + 1;
        let (length, usual) = letters(&self.text.as_bytes()[start..]);
        self.at = start + length;
        let text = &self.text[start..self.at];
        match self.peek() {
            b'"' => self.at += 1,
            b'\\' => return self.escaped(text),
            _ => return Err(Declined),
        }
        Ok(Start::Text(Cow::Borrowed(text), usual))
    }

    /// The rest of a string on one line, from its first escape.
    fn escaped(&mut self, before: &str) -> Result<Start<'t>, Declined> {
        let mut text = before.to_owned();
        loop {
            match (self.peek(), self.ahead(1)) {
                (b'"', _) => break,
                (b'\\', b'"') => text.push('"'),
                (b'\\', b'\\') => text.push('\\'),
                (b'\\', b'n') => text.push('\n'),
                (b'\\', b't') => text.push('\t'),
                _ => return Err(Declined),
            }
            self.at += 2;
            let (length, _) = letters(&self.text.as_bytes()[self.at..]);
            text.push_str(&self.text[self.at..self.at + length]);
            self.at += length;
        }
        self.at += 1;
        Ok(Start::Text(Cow::Owned(text), false))
    }

    fn literal(&mut self) -> Result<Start<'t>, Declined> {
        self.at += 1;
        let start = self.pass(REMARK);
        let text = self.text[start..self.at].split('\'').next().unwrap_or_default();
        self.at = start + text.len();
        self.take(b'\'')?;
        // Three quotes open a multi-line string.
        if text.is_empty() && self.peek() == b'\'' {
            Err(Declined)
        } else {
            Ok(Start::Text(text.into(), false))
        }
    }

    /// A multi-line string.
    fn lines(&mut self) -> Result<Start<'t>, Declined> {
        let mut start = self.at + 3;
        start += usize::from(self.text.as_bytes().get(start) == Some(&b'\n'));
        let length = self.text[start..].find("\"\"\"").ok_or(Declined)?;
        let text = &self.text[start..start + length];
        self.at = start + length + 3;
        let strange = |byte| matches!(byte, 0..=8 | 11..=31 | 127 | b'\\');
        // A conflict that git has left is for the careful reader to tell.
        if text.bytes().any(strange) || self.peek() == b'"' || text.contains("<<<<<<< ") {
            return Err(Declined);
        }
        Ok(Start::Text(text.into(), false))
    }

    /// A number, a date or a time: whatever begins with a digit.
    fn number(&mut self) -> Result<Start<'t>, Declined> {
        if let Some(number) = self.digits() {
            return Ok(Start::Int(number));
        }
        let start = self.pass(NUMBER);
        let raw = &self.text[start..self.at];
        // A date and a time separated by a space are one value.
        if !matches!(self.peek(), b' ' | b'\t' | b'\r' | b'\n' | b',' | b']' | b'}' | b'#' | 0)
            || (self.peek() == b' ' && self.ahead(1).is_ascii_digit())
        {
            return Err(Declined);
        }
        match raw.as_bytes() {
            [_, _, _, _, b'-', _, _, b'-', _, _] => return Ok(Start::Day(raw)),
            [_, _, b':', _, _, b':', _, _] => return Ok(Start::Time(raw)),
            _ => {}
        }
        let unsigned = raw.strip_prefix('-').unwrap_or(raw);
        if unsigned.starts_with('0') && !(unsigned == "0" || unsigned.starts_with("0.")) {
            return Err(Declined);
        }
        if let Some((whole, rest)) = unsigned.split_once('.') {
            let number = if is_digits(whole) && is_digits(rest) { raw.parse().ok() } else { None };
            return number.map(Start::Float).ok_or(Declined);
        }
        whole(unsigned)
            .map(|number| Start::Int(if unsigned == raw { number } else { -number }))
            .ok_or(Declined)
    }

    /// A number made of digits only, as nearly all are.
    #[inline]
    pub fn digits(&mut self) -> Option<i64> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let (mut number, mut length) = (0_i64, 0);
        let end = loop {
            let byte = *rest.get(length)?;
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break byte;
            }
            number = number.wrapping_mul(10).wrapping_add(digit.into());
            length += 1;
        };
        let ends = matches!(end, b' ' | b'\n' | b',' | b'}' | b']');
        // Up to eighteen digits always fit into the number.
        if !ends || length == 0 || length > 18 || (rest[0] == b'0' && length > 1) {
            return None;
        }
        self.at += length;
        Some(number)
    }
}

/// Digits, with single underscores between them.
fn whole(digits: &str) -> Option<i64> {
    let (mut number, mut low_line) = (0_i64, true);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?,
            b'_' if !low_line => {}
            _ => return None,
        }
        low_line = byte == b'_';
    }
    (!low_line).then_some(number)
}
