//! What can be read of a text that is not sound.
//!
//! Each piece is read alone, so that no fault spreads over what follows. What has a fault is told and set aside, a
//! header with all that stands below it, and of what stands there twice both, unless they are alike to the letter. What
//! is left is sound: nothing in the tree was guessed.

use super::careful;
use super::complaint::{SyntaxFault, conflict, doubled, explain, more};
use super::layout::line_end;
use super::marks::marks;
use super::piece::{Piece, assigned, header_name, pieces};
use super::plain::Plain;
use crate::model::tree::{Node, Span};
use std::collections::HashMap;

/// More faults than a person mends one by one: it is another kind of file.
const MOST: usize = 100;
/// How often what stands twice is looked for: what was set aside may have hidden another.
const ROUNDS: usize = 8;

/// The tree of what is sound in a text, and every fault of syntax, each once.
pub fn read(text: &str) -> (Node<'static>, Vec<SyntaxFault>) {
    let mut broken = Broken { text, rest: text.as_bytes().to_vec(), faults: Vec::new() };
    let mut hunks = broken.conflicts();
    hunks.extend(broken.returns());
    hunks.sort_by_key(|hunk| hunk.span.start);
    broken.each(&hunks);
    let tree = broken.whole();
    let mut faults = broken.faults;
    if faults.is_empty() {
        return (Node::table(), careful::read(text).1);
    }
    faults.sort_by_key(|fault| fault.span.start);
    if faults.len() > MOST {
        let rest = more(faults[MOST].span.clone(), faults.len() - MOST);
        faults.truncate(MOST);
        faults.push(rest);
        return (Node::table(), faults);
    }
    (tree, faults)
}

/// Where the sections begin in which some faults stand, at their headers; the root begins with the text. `None` if a
/// header may be among what is broken.
pub fn sections(text: &str, faults: &[SyntaxFault]) -> Option<Vec<usize>> {
    let headers: Vec<usize> =
        pieces(text).into_iter().filter(|one| one.header).map(|one| one.span.start).collect();
    let section = |fault: &SyntaxFault| {
        let start = text[..fault.span.start].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..line_end(text, start)];
        let above = headers[..headers.partition_point(|at| *at <= start)].last();
        assigned(line).map(|_| above.copied().unwrap_or(0))
    };
    faults.iter().map(section).collect()
}

/// Bytes that no piece may run across: a conflict that git has left, with or without headers in it.
struct Hunk {
    span: Span,
    headed: bool,
}

struct Broken<'t> {
    text: &'t str,
    /// The text, with blanks in place of what was set aside.
    rest: Vec<u8>,
    faults: Vec<SyntaxFault>,
}

impl Broken<'_> {
    fn set_aside(&mut self, span: Span) {
        self.rest[span].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }

    fn rest(&self) -> String {
        String::from_utf8_lossy(&self.rest).into_owned()
    }

    /// Sets the conflicts of git aside, both sides of them; also a marker that was forgotten.
    fn conflicts(&mut self) -> Vec<Hunk> {
        let markers: Vec<_> = marks(self.text).collect();
        let (mut hunks, mut left) = (Vec::new(), &markers[..]);
        if markers.iter().all(|(_, sign)| *sign == '=') {
            return hunks;
        }
        while let [(first, _), after @ ..] = left {
            let next = after.iter().position(|(_, sign)| *sign == '<').unwrap_or(after.len());
            let own = &left[..=next];
            let end = own.iter().position(|(_, sign)| *sign == '>').unwrap_or(next);
            let span = first.start..own[end].0.end;
            let headed = self.text[span.clone()].lines().any(|line| line.trim_start().starts_with('['));
            self.faults.push(conflict(self.text, first.start));
            self.set_aside(span.clone());
            hunks.push(Hunk { span, headed });
            left = &left[end + 1..];
        }
        hunks
    }

    /// Reads the line ends of old Macs, and those that were converted twice, as one line end each.
    fn returns(&mut self) -> Vec<Hunk> {
        let next = |at: usize| self.text.as_bytes().get(at + 1);
        let all: Vec<usize> = self.text.match_indices('\r').map(|(at, _)| at).collect();
        let stray: Vec<usize> = all.iter().copied().filter(|at| next(*at) != Some(&b'\n')).collect();
        let (Some(first), Some(last)) = (stray.first(), stray.last()) else { return Vec::new() };
        let (alone, doubled) = (!self.text.contains('\n'), stray.iter().all(|at| next(*at) == Some(&b'\r')));
        if !alone && !doubled {
            return Vec::new();
        }
        let span = *first..last + 1;
        let mut meant = self.text[span.clone()].to_owned();
        if alone {
            meant = meant.replace('\r', "\n");
        }
        while doubled && meant.contains("\r\r") {
            meant = meant.replace("\r\r", "\r");
        }
        let meant = if doubled { meant.strip_suffix('\r').unwrap_or(&meant).to_owned() } else { meant };
        stray.iter().for_each(|at| self.rest[*at] = if alone { b'\n' } else { b' ' });
        let fault = explain(self.text, span, "carriage return");
        self.faults.push(SyntaxFault { fix: Some(meant), ..fault });
        stray.into_iter().filter(|_| doubled).map(|at| Hunk { span: at..at + 1, headed: false }).collect()
    }

    /// Reads each piece alone, and sets aside what has a fault.
    fn each(&mut self, hunks: &[Hunk]) {
        let rest = self.rest();
        // The name of the section above, as far as it can be read, if its header cannot be trusted.
        let mut lost: Option<&str> = None;
        let (mut end, mut after_gap) = (0, false);
        let mut hunks = hunks.iter().peekable();
        for piece in pieces(&rest) {
            let (line, start) = (&rest[piece.span.clone()], piece.span.start);
            let mut torn = false;
            while let Some(hunk) = hunks.next_if(|hunk| hunk.span.start < piece.span.end) {
                torn |= hunk.span.start >= line_end(&rest, start);
                lost = if hunk.headed { Some("") } else { lost };
            }
            let name = header_name(line);
            if piece.header {
                lost = lost.filter(|lost| is_below(lost, name.unwrap_or_default()));
            }
            let faults = self.faults_of(&piece, line);
            after_gap |= start > end;
            if !faults.is_empty() && assigned(line).is_none() && (name.is_some() || after_gap) {
                lost = Some(name.unwrap_or_default());
            }
            (end, after_gap) = (piece.span.end, after_gap && line.starts_with('#'));
            if !faults.is_empty() || torn || lost.is_some() {
                self.set_aside(piece.span);
            }
            self.faults.extend(faults);
        }
    }

    /// What is wrong with a piece.
    fn faults_of(&self, piece: &Piece, line: &str) -> Vec<SyntaxFault> {
        if let Some(open) = &piece.open {
            let words = match self.text.as_bytes()[open.start] {
                b'[' => "unclosed array",
                b'{' => "unclosed inline table",
                _ => "invalid multi-line",
            };
            return vec![explain(self.text, open.clone(), words)];
        }
        if Plain::tree(line).is_ok() {
            return Vec::new();
        }
        let lines = line.trim_end_matches('\n').matches('\n').count() + 1;
        let faults = careful::read(line).1.into_iter().take(lines);
        faults.map(|fault| fault.moved_by(piece.span.start)).collect()
    }

    /// The tree of what is left, without what stands there twice.
    fn whole(&mut self) -> Node<'static> {
        for _ in 0..ROUNDS {
            let rest = self.rest();
            if let Ok(tree) = Plain::tree(&rest) {
                return tree.into_owned();
            }
            let (tree, faults) = careful::read(&rest);
            if faults.is_empty() {
                return tree.into_owned();
            }
            if self.faults.len() > MOST {
                break;
            }
            self.doubles(&rest, faults);
        }
        Node::table()
    }

    /// Tells what stands there twice, and sets it aside.
    fn doubles(&mut self, rest: &str, faults: Vec<SyntaxFault>) {
        let all = pieces(rest);
        let places = Places::of(rest, &all);
        let mut told = 0;
        for fault in faults {
            let at = all.partition_point(|one| one.span.end <= fault.span.start);
            if at >= all.len() || fault.span.start < told {
                continue;
            }
            let area = places.area(at);
            told = area.end;
            self.set_aside(area.clone());
            match places.first(at) {
                Some(first) if self.faults.len() <= MOST => self.double(places.area(first), area),
                _ => self.faults.push(fault),
            }
        }
    }

    /// Tells of some lines that others above say as well, or say otherwise; then neither are believed.
    fn double(&mut self, first: Span, second: Span) {
        let alike = self.text[first.clone()].trim_end() == self.text[second.clone()].trim_end();
        let line = self.text[..first.start].matches('\n').count() + 1;
        let fault = doubled(self.text, second, line, alike);
        self.faults.push(fault);
        if !alike {
            self.set_aside(first);
        }
    }
}

/// Which pieces are about the same: headers of one name, and keys below one header.
struct Places<'t> {
    all: &'t [Piece],
    names: Vec<Option<&'t str>>,
    /// The first piece with a key, or with none the first header with a name, by the header above and the name.
    first: HashMap<(usize, &'t str), usize>,
    above: Vec<usize>,
}

impl<'t> Places<'t> {
    fn of(text: &'t str, all: &'t [Piece]) -> Places<'t> {
        let (mut names, mut first, mut above, mut section) = (Vec::new(), HashMap::new(), Vec::new(), 0);
        for (at, piece) in all.iter().enumerate() {
            let line = &text[piece.span.clone()];
            section = if piece.header { at + 1 } else { section };
            let name = if piece.header { header_name(line) } else { assigned(line).map(|(key, _)| key) };
            let of = if piece.header { usize::MAX } else { section };
            name.into_iter().for_each(|name| _ = first.entry((of, name)).or_insert(at));
            names.push(name);
            above.push(of);
        }
        Places { all, names, first, above }
    }

    /// The first piece about the same, if it is another.
    fn first(&self, at: usize) -> Option<usize> {
        self.first.get(&(self.above[at], self.names[at]?)).copied().filter(|first| *first < at)
    }

    /// The lines of a piece; of a header with all that stands below it.
    fn area(&self, at: usize) -> Span {
        let start = self.all[at].span.start;
        let Some(name) = self.names[at].filter(|_| self.all[at].header) else {
            return self.all[at].span.clone();
        };
        let mut below = at + 1..self.all.len();
        let is_next =
            |one: &usize| self.all[*one].header && !is_below(name, self.names[*one].unwrap_or_default());
        start
            ..below
                .find(is_next)
                .map_or(self.all.last().map_or(start, |one| one.span.end), |next| self.all[next].span.start)
    }
}

/// True for the name of a section that belongs to another one.
fn is_below(name: &str, section: &str) -> bool {
    !name.is_empty() && section.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'))
}
