//! Changes inside brackets: a member comes into an array or an inline table, is changed there, or goes.
//!
//! What stands on the line of a member after it, and the comments directly above it, belong to it: they go with it, and
//! nothing comes between.

use super::layout::{Member, comments_above, line_end, line_start, members};
use super::print;
use super::splice::Edit;
use crate::model::field::Kind;
use crate::model::path::Step;
use crate::model::tree::{Node, Span};

/// The edits that put a value below the one in these bytes.
pub fn put(text: &str, kind: &Kind, at: Span, rest: &[Step], value: &Node) -> Option<Vec<Edit>> {
    let Some(step) = rest.first() else {
        return Some(vec![(at, print::inline(kind, value))]);
    };
    let (members, close) = members(text, at.start);
    let item = kind.item();
    match (step, text.as_bytes().get(at.start)?) {
        (Step::Key(_), b'{') => {
            if let Some(member) = members.iter().find(|member| rest.starts_with(&member.keys)) {
                let n = member.keys.len();
                return put(text, &kind.at(&rest[..n]), member.value.clone(), &rest[n..], value);
            }
            let wanted = kind.rank(step);
            let before = members.iter().rposition(|member| kind.rank(&member.keys[0]) <= wanted);
            // A table that exists through dotted keys gets another one.
            let shared = |member: &Member| rest.iter().zip(&member.keys).take_while(|(a, b)| a == b).count();
            let (key, rest) = rest.split_at_checked(members.iter().map(shared).max().unwrap_or(0) + 1)?;
            let new = format!("{} = {}", print::path(key), fresh(&kind.at(key), rest, value)?);
            Some(match (before, members.first()) {
                (Some(before), _) => after(text, &members[before], &new),
                (None, Some(first)) => vec![before_first(text, at.start, first, &new)],
                (None, None) => vec![alone(text, at.start..close, &format!(" {new} "))],
            })
        }
        (Step::Index(index), b'[') => match (members.get(*index), members.last()) {
            (Some(member), _) => put(text, &item, member.value.clone(), &rest[1..], value),
            (None, _) if *index > members.len() => None,
            (None, Some(last)) => Some(after(text, last, &fresh(&item, &rest[1..], value)?)),
            (None, None) => Some(vec![alone(text, at.start..close, &fresh(&item, &rest[1..], value)?)]),
        },
        _ => None,
    }
}

/// The edits that put a value into a list below the one in these bytes, before the one that is there.
pub fn put_before(text: &str, kind: &Kind, at: Span, path: &[Step], value: &Node) -> Option<Vec<Edit>> {
    let (members, _) = members(text, at.start);
    let (step, rest) = path.split_first()?;
    let found = match step {
        Step::Index(index) => *index,
        Step::Key(_) => members.iter().position(|member| path.starts_with(&member.keys))?,
    };
    let member = members.get(found)?;
    if !rest.is_empty() {
        let n = member.keys.len().max(1);
        return put_before(text, &kind.at(&path[..n]), member.value.clone(), &path[n..], value);
    }
    let new = print::inline(&kind.item(), value);
    Some(match found.checked_sub(1) {
        Some(before) => after(text, &members[before], &new),
        None => vec![before_first(text, at.start, member, &new)],
    })
}

/// A new value as it is written, with the tables and lists that lead to it.
fn fresh(kind: &Kind, rest: &[Step], value: &Node) -> Option<String> {
    let mut node = Node::table();
    let path: Vec<Step> = [Step::Key(String::new())].into_iter().chain(rest.iter().cloned()).collect();
    node.put(&path, value.clone()).then(|| node.get("").map(|node| print::inline(kind, node)))?
}

/// Puts a member between brackets that have none; comments stay.
fn alone(text: &str, brackets: Span, new: &str) -> Edit {
    let inside = brackets.start + 1..brackets.end;
    let blank = text[inside.clone()].trim().is_empty();
    (if blank { inside } else { inside.start..inside.start }, new.to_owned())
}

/// Puts a member after another: on a line of its own if that one has one, or has a comment after it.
fn after(text: &str, member: &Member, new: &str) -> Vec<Edit> {
    let Tail { end, comma, ends_line } = Tail::of(text, member);
    let start = line_start(text, member.span.start);
    let indent = text[start..member.span.start].trim_matches([' ', '\t']).is_empty() && start > 0;
    let has_comment = ends_line && text[member.span.end..end].contains('#');
    let (at, gap) = match ends_line && (indent || has_comment) {
        true => (end, format!("\n{}", indent_of(text, start))),
        false => (comma.map_or(member.span.end, |comma| comma + 1), " ".to_owned()),
    };
    match comma {
        Some(_) => vec![(at..at, format!("{gap}{new},"))],
        None if at == member.span.end => vec![(at..at, format!(",{gap}{new}"))],
        None => {
            let own = member.span.end..member.span.end;
            // A comma on a later line separates the new member from the next.
            vec![(own, ",".to_owned()), (at..at, format!("{gap}{new}"))]
        }
    }
}

/// Puts a member before the first, above its comments.
fn before_first(text: &str, open: usize, first: &Member, new: &str) -> Edit {
    let start = line_start(text, first.span.start);
    let indent = &text[start..first.span.start];
    if start <= open || !indent.trim().is_empty() {
        return (first.span.start..first.span.start, format!("{new}, "));
    }
    let at = comments_above(text, line_end(text, open), start);
    (at..at, format!("{indent}{new},\n"))
}

/// The blanks with which a line begins.
fn indent_of(text: &str, line: usize) -> &str {
    let rest = &text[line..];
    &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]
}

/// What follows a member on its line.
struct Tail {
    /// Where it ends: before the line end if `ends_line`, else after the comma.
    end: usize,
    /// The comma, if it is on this line.
    comma: Option<usize>,
    /// True if nothing but a comment follows on the line.
    ends_line: bool,
}

impl Tail {
    fn of(text: &str, member: &Member) -> Tail {
        let is_blank = |span: Span| text[span].trim_matches([' ', '\t']).is_empty();
        let comma = member.comma.filter(|comma| is_blank(member.span.end..*comma));
        let after = comma.map_or(member.span.end, |comma| comma + 1);
        let rest = &text[after..line_end(text, after)];
        let ends_line = rest.ends_with('\n') && matches!(rest.trim_start().chars().next(), None | Some('#'));
        let end = if ends_line { after + rest.trim_end_matches(['\r', '\n']).len() } else { after };
        Tail { end, comma, ends_line }
    }
}

/// The bytes that go with what is at a path below brackets; none if nothing would be left in them.
pub fn remove(text: &str, at: Span, rest: &[Step]) -> Option<Vec<Span>> {
    let (members, _) = members(text, at.start);
    let found = match rest.first()? {
        Step::Index(index) => *index,
        // Of a table that exists through dotted keys, one at a time.
        Step::Key(_) => members
            .iter()
            .position(|member| rest.starts_with(&member.keys) || member.keys.starts_with(rest))?,
    };
    let member = members.get(found)?;
    let below = rest.get(member.keys.len().max(1)..).unwrap_or_default();
    if !below.is_empty() {
        let inner = remove(text, member.value.clone(), below);
        if inner.is_some() || member.keys.is_empty() {
            // An empty item of a list keeps its place.
            let inside = member.value.start + 1..member.value.end - 1;
            return inner.or(Some(vec![inside]));
        }
    }
    (members.len() > 1).then(|| cut(text, at.start, &members, found))
}

/// The bytes that go with a member that is not the only one.
fn cut(text: &str, open: usize, members: &[Member], at: usize) -> Vec<Span> {
    let member = &members[at];
    let before = at.checked_sub(1).map(|at| &members[at]);
    let above = before.map_or(open + 1, |before| before.comma.map_or(before.span.end, |comma| comma + 1));
    let Tail { end, comma, ends_line } = Tail::of(text, member);
    let mut cuts = Vec::new();
    // Its comma, or as the last one that has none, the comma before it.
    match (member.comma, before.and_then(|before| before.comma)) {
        (Some(far), _) if comma.is_none() => cuts.push(far..far + 1),
        (None, Some(last)) => cuts.push(last..last + 1),
        _ => {}
    }
    let start = line_start(text, member.span.start);
    let first_on_line = start >= above;
    let indented = first_on_line && text[start..member.span.start].trim().is_empty();
    let blank = |from: usize| from + text[from..member.span.start].trim_end_matches([' ', '\t']).len();
    cuts.push(if indented && ends_line {
        comments_above(text, line_end(text, above.saturating_sub(1)).min(start), start)..line_end(text, end)
    } else if ends_line {
        let own =
            if first_on_line || before.is_none() { end } else { comma.map_or(member.span.end, |c| c + 1) };
        blank(above)..own
    } else if comma.is_none() && text[above..member.span.start].trim().is_empty() && before.is_some() {
        above..member.span.end
    } else if comma.is_none() || at + 1 == members.len() {
        blank(above)..end
    } else {
        let rest = &text[end..];
        member.span.start..end + rest.len() - rest.trim_start_matches([' ', '\t']).len()
    });
    cuts
}
