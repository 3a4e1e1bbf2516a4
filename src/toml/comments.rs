//! The comments of a sound text, each with the value, row or section to which it belongs.

use super::layout::{Item, comments_above, layout, line_end};
use super::quotes::string_end;
use crate::model::path::Step;

/// A line of comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// What it belongs to: the value or the header on its line, or directly below; else the section in which it stands.
    /// No steps for what the file begins with.
    pub path: Vec<Step>,
    /// Its words, without `#`.
    pub text: String,
}

/// The comments of a text, in its order; empty ones are none.
pub fn comments(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    if !text.contains('#') {
        return found;
    }
    let (mut end, mut section): (usize, Vec<Step>) = (0, Vec::new());
    for Item { path, head, span, value } in layout(text) {
        let own = comments_above(text, end, span.start);
        add(&mut found, &section, text[end..own].lines());
        add(&mut found, &path, text[own..span.start].lines());
        add(&mut found, &path, inside(&text[span.clone()]).into_iter());
        (end, section) = (span.end, if value.is_some() { path[..head].to_vec() } else { path });
    }
    add(&mut found, &section, text[end..].lines());
    found
}

fn add<'t>(found: &mut Vec<Comment>, path: &[Step], lines: impl Iterator<Item = &'t str>) {
    let words = lines.map(|line| line.trim_start().trim_start_matches('#').trim());
    let words = words.filter(|words| !words.is_empty());
    found.extend(words.map(|words| Comment { path: path.to_vec(), text: words.to_owned() }));
}

/// The comments on the lines of a header or a value: what follows a `#` outside quotes.
fn inside(lines: &str) -> Vec<&str> {
    let (bytes, mut at, mut found) = (lines.as_bytes(), 0, Vec::new());
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'"' | b'\'' => string_end(bytes, at),
            b'#' => {
                let end = line_end(lines, at);
                found.push(&lines[at..end]);
                end
            }
            _ => at + 1,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::written;

    #[test]
    fn a_comment_belongs_to_what_stands_on_its_line_or_below() {
        let text = "# of all\n#\n\n# of a\na = \"#\" # beside a\n\n# of the top\n\n# of x\n[x] # beside x\nb = [ # in b\n  1,\n]\n# of x, last\n\n# of r\n[[r]]\n";
        let found: Vec<(String, String)> =
            comments(text).into_iter().map(|one| (written(&one.path), one.text)).collect();
        let want = [
            ("", "of all"),
            ("a", "of a"),
            ("a", "beside a"),
            ("", "of the top"),
            ("x", "of x"),
            ("x", "beside x"),
            ("x.b", "in b"),
            ("x", "of x, last"),
            ("r[0]", "of r"),
        ];
        assert_eq!(found, want.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }
}
