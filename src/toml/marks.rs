//! The marks that stay in a text where two versions of it could not be merged: what git writes, and what `ttht` writes.

use crate::model::tree::Span;

/// One version of a text with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What both began with.
    Base,
    /// What this copy has.
    Ours,
    /// What the other copy has.
    Theirs,
}

/// One place at which a text is open, from its first mark to its last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// All of its lines.
    pub span: Span,
    /// The lines of this copy.
    pub ours: Span,
    /// What both began with, if that is there.
    pub base: Option<Span>,
    /// The lines of the other copy.
    pub theirs: Span,
}

impl Hunk {
    /// The lines of a side.
    pub fn lines(&self, side: Side) -> Option<Span> {
        match side {
            Side::Ours => Some(self.ours.clone()),
            Side::Base => self.base.clone(),
            Side::Theirs => Some(self.theirs.clone()),
        }
    }

    /// What the mark of this copy or of the other one says of it: who and when.
    pub fn label<'t>(&self, text: &'t str, side: Side) -> &'t str {
        let mark = match side {
            Side::Theirs => &text[self.theirs.end..self.span.end],
            _ => &text[self.span.start..self.ours.start],
        };
        mark.trim_start_matches(['<', '>']).trim()
    }
}

/// True if a conflict was left in a text: all its marks, in their order.
pub fn holds_conflict(text: &str) -> bool {
    if !text.contains("<<<<<<< ") {
        return false;
    }
    let signs: String = marks(text).map(|(_, sign)| sign).collect();
    signs.replace('|', "").contains("<=>")
}

/// The lines around the two sides of a conflict, each with its sign.
pub fn marks(text: &str) -> impl Iterator<Item = (Span, char)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let span = at..at + line.len();
        at = span.end;
        let sign = line.chars().next().filter(|sign| "<|=>".contains(*sign))?;
        let rest = line.trim_end_matches(['\r', '\n']).trim_start_matches(sign);
        let is_long = line.trim_end_matches(['\r', '\n']).len() - rest.len() == 7;
        let is_mark = match sign {
            '=' => rest.trim_end().is_empty(),
            '|' => rest.is_empty() || rest.starts_with(' '),
            _ => rest.starts_with(' '),
        };
        (is_long && is_mark).then_some((span, sign))
    })
}

/// The places at which a text is open. None if it has no marks, or one that is not where it belongs.
pub fn hunks(text: &str) -> Option<Vec<Hunk>> {
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for (span, sign) in marks(text) {
        match (sign, open.len()) {
            // A line of a text may look like one.
            ('=' | '|', 0) => continue,
            ('<', 0) | ('|', 1) | ('=', 1 | 2) => open.push((span, sign)),
            ('>', 2 | 3) => {
                let [(first, _), between @ .., (last, '=')] = &open[..] else { return None };
                let base = between.first().map(|(mark, _)| mark.end..last.start);
                let ours = first.end..between.first().map_or(last.start, |(mark, _)| mark.start);
                found.push(Hunk { span: first.start..span.end, ours, base, theirs: last.end..span.start });
                open.clear();
            }
            _ => return None,
        }
    }
    (open.is_empty() && !found.is_empty()).then_some(found)
}

/// A text with one of the sides of each open place. None if one of them does not have it.
pub fn side(text: &str, hunks: &[Hunk], side: Side) -> Option<String> {
    let (mut chosen, mut at) = (String::with_capacity(text.len()), 0);
    for hunk in hunks {
        chosen.push_str(&text[at..hunk.span.start]);
        chosen.push_str(&text[hunk.lines(side)?]);
        at = hunk.span.end;
    }
    Some(chosen + &text[at..])
}

/// A text in which all but one side is blank, so that each of its bytes keeps its place.
pub fn masked(text: &str, hunks: &[Hunk], side: Side) -> String {
    let (mut masked, mut at) = (String::with_capacity(text.len()), 0);
    for hunk in hunks {
        let lines = hunk.lines(side).unwrap_or(hunk.span.end..hunk.span.end);
        masked.push_str(&text[at..hunk.span.start]);
        masked.push_str(&blank(&text[hunk.span.start..lines.start]));
        masked.push_str(&text[lines.clone()]);
        masked.push_str(&blank(&text[lines.end..hunk.span.end]));
        at = hunk.span.end;
    }
    masked + &text[at..]
}

/// As many bytes, of which only the line ends are left.
fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: &str =
        "a = 1\n<<<<<<< An, 12/11/2016\nb = 2\n||||||| \nb = 1\n=======\nb = 3\n>>>>>>> Bình\nc = 4\n";

    #[test]
    fn each_side_is_read_and_keeps_its_place() {
        let hunks = hunks(OPEN).unwrap();
        let text = |of| side(OPEN, &hunks, of).unwrap();
        assert_eq!(text(Side::Ours), "a = 1\nb = 2\nc = 4\n");
        assert_eq!(text(Side::Base), "a = 1\nb = 1\nc = 4\n");
        assert_eq!(text(Side::Theirs), "a = 1\nb = 3\nc = 4\n");
        assert_eq!([Side::Ours, Side::Theirs].map(|of| hunks[0].label(OPEN, of)), ["An, 12/11/2016", "Bình"]);
        let masked = masked(OPEN, &hunks, Side::Theirs);
        assert_eq!((masked.len(), masked.find("b = 3")), (OPEN.len(), OPEN.find("b = 3")));
        assert_eq!(masked.trim_matches('\n').split_whitespace().count(), 9);
    }

    #[test]
    fn marks_that_are_not_where_they_belong_are_no_open_place() {
        for text in [
            OPEN.replace("=======\n", ""),
            OPEN.replace(">>>>>>> Bình\n", ""),
            OPEN.replace("<<<<<<< An", "<<<<<< An"),
            OPEN.replace("c = 4", "<<<<<<< C"),
            OPEN.replace("b = 3", "======="),
            "a = 1\n=======\n".to_owned(),
        ] {
            assert_eq!(hunks(&text), None, "{text}");
        }
    }
}
