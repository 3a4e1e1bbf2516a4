//! Adds, changes or removes one value in a text; every other byte stays as it is.
//!
//! The text is changed at the bytes that [`layout`] finds and then read again: unless it holds exactly what was asked
//! for, it is not handed out.

use super::layout::{Item, layout, line_end, members};
use super::{parse, print};
use crate::model::field::{Field, Kind};
use crate::model::path::Step;
use crate::model::tree::{Node, Span, Value};

/// The text with a value at a path, in the place that the rows give it. `None` if the text is not sound, or the path
/// leads through something that is no table and no list.
pub fn put(text: &str, fields: &'static [Field], path: &[Step], value: &Node) -> Option<String> {
    let tree = sound(text)?;
    if tree.follow(path).is_some_and(|node| node.says_same(value)) {
        return Some(text.to_owned());
    }
    let mut wanted = tree.clone();
    if !wanted.put(path, value.clone()) {
        return None;
    }
    let changed = put_text(text, &tree, &Kind::Section(fields), path, value)?;
    sound(&changed).filter(|tree| tree.says_same(&wanted))?;
    Some(changed)
}

/// The text without what is at a path: a value, a section, an entry of a list. `None` if nothing is there.
pub fn remove(text: &str, path: &[Step]) -> Option<String> {
    let tree = sound(text)?;
    tree.follow(path)?;
    let mut wanted = tree.clone();
    wanted.take(path);
    let changed = remove_text(text, path)?;
    sound(&changed).filter(|tree| tree.says_same(&wanted))?;
    Some(changed)
}

fn sound(text: &str) -> Option<Node<'_>> {
    let (tree, faults) = parse::parse(text);
    faults.is_empty().then_some(tree)
}

fn put_text(text: &str, tree: &Node, root: &Kind, path: &[Step], value: &Node) -> Option<String> {
    let items = layout(text);
    let holds = |item: &&Item| item.value.is_some() && path.starts_with(&item.path);
    if let Some(item) = items.iter().find(holds) {
        let (at, rest) = (item.value.clone()?, &path[item.path.len()..]);
        return inside(text, &root.at(&item.path), at, rest, value);
    }
    let is_table =
        |path: &&[Step]| tree.follow(path).is_some_and(|node| matches!(node.value, Value::Table(_)));
    let home = (0..path.len()).rev().map(|n| &path[..n]).find(is_table)?;
    let rest = &path[home.len()..];
    let block = written(root, home, rest, value)?;
    if block.starts_with('[') {
        return Some(insert_block(text, &items, root, path, &block));
    }
    let header = items.iter().position(|item| item.value.is_none() && item.path == home);
    if header.is_some() || home.is_empty() {
        let below = &items[header.map_or(0, |at| at + 1)..];
        let own: Vec<&Item> = below.iter().take_while(|item| item.value.is_some()).collect();
        let start =
            header.map_or_else(|| own.first().map_or(0, |item| item.span.start), |at| items[at].span.end);
        let kind = root.at(home);
        let wanted = kind.rank(&rest[0]);
        let before = own.iter().rev().find(|item| kind.rank(&item.path[item.head]) <= wanted);
        let alone = header.is_none() && own.is_empty() && !text.is_empty();
        let block = if alone { format!("{block}\n") } else { block };
        return Some(insert(text, before.map_or(start, |item| item.span.end), &block));
    }
    // The table exists without its own header: through dotted keys, or the headers of what is below it.
    if let Some(item) = items
        .iter()
        .rev()
        .find(|item| item.value.is_some() && item.path.starts_with(home) && item.head < home.len())
    {
        let line = format!("{}.{block}", print::path(&home[item.head..]));
        return Some(insert(text, item.span.end, &line));
    }
    let block = format!("[{}]\n{block}", print::path(home));
    Some(insert_block(text, &items, root, home, &block))
}

/// The lines that set a value below a table.
fn written(root: &Kind, home: &[Step], rest: &[Step], value: &Node) -> Option<String> {
    let mut node = Node::table();
    // A new row is always the next one, so its lines do not contain its number.
    let alone: Vec<Step> = rest
        .iter()
        .map(|step| if let Step::Index(_) = step { Step::Index(0) } else { step.clone() })
        .collect();
    node.put(&alone, value.clone()).then(|| print::section(&root.at(home), &node, &print::path(home)))
}

/// Inserts a block with its header after the last block that precedes it in the order of the rows.
fn insert_block(text: &str, items: &[Item], root: &Kind, path: &[Step], block: &str) -> String {
    let Some(first) = items.first() else {
        let gap = if text.is_empty() { "" } else { "\n" };
        return insert(text, text.len(), &format!("{gap}{block}"));
    };
    let wanted = root.ranks(path);
    let is_header = |item: &Item| item.value.is_none();
    let after = items.iter().rposition(|item| is_header(item) && root.ranks(&item.path) <= wanted);
    if after.is_none() && is_header(first) {
        return insert(text, first.span.start, &format!("{block}\n"));
    }
    let from = after.map_or(0, |at| at + 1);
    let until = items[from..].iter().position(is_header).map_or(items.len(), |n| from + n);
    let end = items[until - 1].span.end;
    let next = items.get(until).map_or(text.len(), |item| item.span.start);
    insert(text, end_of_comments(text, end, next), &format!("\n{block}"))
}

/// Comments just below a value belong to it, unless a header follows them directly.
fn end_of_comments(text: &str, end: usize, next: usize) -> usize {
    let mut at = end;
    while at < next && text[at..].trim_start_matches([' ', '\t']).starts_with('#') {
        at = line_end(text, at);
    }
    if at == next && next < text.len() { end } else { at }
}

/// Inserts whole lines into a text, with the line ends of that text.
fn insert(text: &str, at: usize, lines: &str) -> String {
    // Inside a multi-line string, line ends are part of the value.
    let lines = if text.contains("\r\n") && !lines.contains("\"\"\"") {
        lines.replace('\n', "\r\n")
    } else {
        lines.to_owned()
    };
    let end = if lines.ends_with("\r\n") { "\r\n" } else { "\n" };
    let (before, after) = text.split_at(at);
    if before.is_empty() || before.ends_with('\n') {
        return format!("{before}{lines}{after}");
    }
    // The last line of the file had no line end, and still has none.
    format!("{before}{end}{}{after}", lines.strip_suffix(end).unwrap_or(&lines))
}

/// Puts a value into one in brackets.
fn inside(text: &str, kind: &Kind, at: Span, rest: &[Step], value: &Node) -> Option<String> {
    let Some(step) = rest.first() else {
        return Some(splice(text, at, &print::inline(kind, value)));
    };
    let (members, close) = members(text, at.start);
    let fresh = |kind: &Kind| {
        let mut node = Node::table();
        let path: Vec<Step> =
            [Step::Key(String::new())].into_iter().chain(rest[1..].iter().cloned()).collect();
        node.put(&path, value.clone()).then(|| node.get("").map(|node| print::inline(kind, node)))?
    };
    let kind_below = kind.below(step);
    let (new, after) = match (step, text.as_bytes().get(at.start)?) {
        (Step::Key(_), b'{') => {
            let holds = |member: &&super::layout::Member| rest.starts_with(&member.keys);
            if let Some(member) = members.iter().find(holds) {
                let n = member.keys.len();
                return inside(text, &kind.at(&rest[..n]), member.value.clone(), &rest[n..], value);
            }
            let wanted = kind.rank(step);
            let before = members.iter().rposition(|member| kind.rank(&member.keys[0]) <= wanted);
            (format!("{} = {}", print::path(&rest[..1]), fresh(&kind_below)?), before)
        }
        (Step::Index(index), b'[') => match members.get(*index) {
            Some(member) => return inside(text, &kind_below, member.value.clone(), &rest[1..], value),
            None if *index == members.len() => (fresh(&kind_below)?, members.len().checked_sub(1)),
            None => return None,
        },
        _ => return None,
    };
    Some(match (after, members.first()) {
        (Some(after), _) => {
            let span = &members[after].span;
            splice(text, span.end..span.end, &format!(",{}{new}", gap_before(text, span.start)))
        }
        (None, Some(first)) => splice(text, first.span.start..first.span.start, &format!("{new}, ")),
        (None, None) if text.as_bytes()[at.start] == b'{' => {
            splice(text, at.start..close + 1, &format!("{{ {new} }}"))
        }
        (None, None) => splice(text, at.start + 1..at.start + 1, &new),
    })
}

/// What separates two members: a space, or the line end and indent of a list that has each on its own line.
fn gap_before(text: &str, start: usize) -> String {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..start];
    let end = if text[..line].ends_with("\r\n") { "\r\n" } else { "\n" };
    if line > 0 && indent.trim().is_empty() { format!("{end}{indent}") } else { " ".to_owned() }
}

fn remove_text(text: &str, path: &[Step]) -> Option<String> {
    let items = layout(text);
    let within =
        |item: &&Item| item.value.is_some() && item.path.len() < path.len() && path.starts_with(&item.path);
    if let Some(item) = items.iter().find(within) {
        let n = item.path.len();
        return match without_member(text, item.value.clone()?, &path[n..])? {
            Some(text) => Some(text),
            None => remove_text(text, &item.path),
        };
    }
    let gone: Vec<&Item> = items.iter().filter(|item| item.path.starts_with(path)).collect();
    let mut left = text.to_owned();
    gone.iter().rev().for_each(|item| left = without_lines(&left, item));
    (!gone.is_empty()).then(|| without_empty_header(left, &path[..path.len() - 1]))
}

/// A text without a header or a value. The blank line above a header is removed with it.
fn without_lines(text: &str, item: &Item) -> String {
    let above = &text[..item.span.start];
    let blank = ["\r\n", "\n"].into_iter().find(|end| above.ends_with(&end.repeat(2)));
    let start = item.span.start - if item.value.is_none() { blank.map_or(0, str::len) } else { 0 };
    let left = splice(text, start..item.span.end, "");
    // If the last line of the file had no line end, it still has none.
    let at_end = item.span.end == text.len() && !text.ends_with('\n');
    if at_end { left.trim_end_matches(['\r', '\n']).to_owned() } else { left }
}

/// A text without a `[header]` that no longer has anything below it.
fn without_empty_header(text: String, path: &[Step]) -> String {
    let items = layout(&text);
    let Some(at) = items.iter().position(|item| item.value.is_none() && item.path == path) else {
        return text;
    };
    let next = items.get(at + 1);
    let until = next.map_or(text.len(), |next| next.span.start);
    let is_row = matches!(path.last(), Some(Step::Index(_)));
    let used = next.is_some_and(|next| next.path.starts_with(path));
    let empty = text[items[at].span.end..until].trim().is_empty();
    let commented = text[items[at].span.clone()].contains('#');
    if is_row || used || !empty || commented { text } else { without_lines(&text, &items[at]) }
}

/// Takes a member out of brackets. Nothing if nothing would be left in them.
fn without_member(text: &str, at: Span, rest: &[Step]) -> Option<Option<String>> {
    let (members, _) = members(text, at.start);
    let found = match &rest[0] {
        Step::Index(index) => *index,
        Step::Key(_) => members.iter().position(|member| rest.starts_with(&member.keys))?,
    };
    let member = members.get(found)?;
    let n = member.keys.len().max(1);
    if rest.len() > n {
        let inner = without_member(text, member.value.clone(), &rest[n..])?;
        if inner.is_some() {
            return Some(inner);
        }
    }
    if members.len() == 1 {
        return Some(None);
    }
    let gone = match members.get(found + 1) {
        Some(next) => member.span.start..next.span.start,
        None => {
            // A comma after the last member is kept for the one before it.
            members[found - 1].span.end..member.span.end
        }
    };
    Some(Some(splice(text, gone, "")))
}

fn splice(text: &str, at: Span, new: &str) -> String {
    format!("{}{new}{}", &text[..at.start], &text[at.end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::steps;
    use crate::model::visit::FIELDS;

    fn with(text: &str, path: &str, value: Value<'static>) -> String {
        put(text, FIELDS, &steps(path).unwrap(), &Node::new(value)).unwrap_or_else(|| panic!("{path}"))
    }

    fn words(text: &'static str) -> Value<'static> {
        Value::Text(text.into())
    }

    #[test]
    fn a_value_is_changed_and_nothing_else() {
        let text = "# đầu\r\ncentre = \"a\"   # giữ\r\n\r\n[context]\r\npopulation=8_521\r\n# cuối";
        let changed = with(text, "context.population", Value::Int(9000));
        assert_eq!(changed, text.replace("8_521", "9_000"));
        assert_eq!(with(text, "context.population", Value::Int(8521)), text, "the same value is no change");
    }

    #[test]
    fn a_missing_key_takes_the_place_that_the_rows_give_it() {
        let text = "date = 2016-10-27 # x\nreporter = \"B\"\n\n[finance]\nspent = 1\n# về chi\n\n# về khen\n[minutes]\n";
        let place = with(text, "place", words("Yên Thanh"));
        assert!(place.starts_with("date = 2016-10-27 # x\nplace = \"Yên Thanh\"\nreporter"), "{place}");
        let centre = with(text, "centre", words("a"));
        assert!(centre.starts_with("centre = \"a\"\ndate"), "{centre}");
        let rating = with(text, "rating.rank", words("good"));
        assert!(rating.contains("# về chi\n\n[rating]\nrank = \"good\"\n\n# về khen\n[minutes]"), "{rating}");
        let women = with(text, "activity.field.law.women", Value::Int(3));
        assert!(women.contains("\n\n[activity.field]\nlaw = { women = 3 }\n\n[finance]"), "{women}");
        let all = with(&women, "activity.field.law.classes", Value::Int(1));
        assert!(all.contains("law = { classes = 1, women = 3 }"), "{all}");
        let period = with(&women, "activity.period", words("2016"));
        assert!(period.contains("[activity]\nperiod = \"2016\"\n\n[activity.field]"), "{period}");
    }

    #[test]
    fn rows_and_lists_grow_at_their_end() {
        let text = "agenda = [\n  \"a\",\n]\n\n[[team]]\nname = \"A\"\n\n[context]\n";
        let team = with(text, "team[1].name", words("B"));
        assert!(team.contains("\n[[team]]\nname = \"A\"\n\n[[team]]\nname = \"B\"\n\n[context]"), "{team}");
        assert!(with(text, "agenda[1]", words("b")).starts_with("agenda = [\n  \"a\",\n  \"b\",\n]\n"));
        assert_eq!(put(text, FIELDS, &steps("team[2].name").unwrap(), &Node::new(words("C"))), None);
    }

    #[test]
    fn what_was_put_in_can_be_taken_out_and_leaves_no_trace() {
        let all =
            "centre = \"a\"\ndate = 2016-10-27\n\n[[team]]\nname = \"A\"\n\n[context]\npopulation = 1\n";
        for end in ["\n", "\r\n", ""] {
            let text = match end {
                "" => all.trim_end().to_owned(),
                end => all.replace('\n', end),
            };
            for path in [
                "place",
                "context.households",
                "rating.rank",
                "rating.scores.management",
                "team[0].body",
                "team[1].name",
                "activity.field.law.women",
                "recommendation.r1.text",
                "documents.class_register",
                "extra.x.y",
                "promotion.fund.raised",
            ] {
                let path = steps(path).unwrap();
                let more = put(&text, FIELDS, &path, &Node::new(words("x"))).unwrap();
                assert_ne!(more, text);
                let whole = match path.get(1) {
                    Some(Step::Index(1)) => &path[..2],
                    _ => &path[..],
                };
                assert_eq!(remove(&more, whole).as_deref(), Some(text.as_str()), "{path:?}");
            }
        }
    }

    #[test]
    fn tables_in_any_notation_are_understood() {
        let text = "context.population = 1\nactivity = { period = \"2016\" }\nagenda = []\n[title.learning]\nfamily = {}\n";
        let mut text = text.to_owned();
        for path in [
            "context.households",
            "activity.field.law.women",
            "agenda[0]",
            "agenda[1]",
            "title.period",
            "title.learning.family.base",
        ] {
            text = with(&text, path, Value::Int(7));
        }
        let want = "context.population = 1\ncontext.households = 7\nactivity = { period = \"2016\", field = { law = { women = 7 } } }\nagenda = [7, 7]\n\n[title]\nperiod = 7\n[title.learning]\nfamily = { base = 7 }\n";
        assert_eq!(text, want);
        for path in ["agenda[0]", "agenda[0]", "context", "activity.field.law.women"] {
            text = remove(&text, &steps(path).unwrap()).unwrap();
        }
        assert!(text.starts_with("activity = { period = \"2016\" }\n\n[title]"), "{text}");
        assert_eq!(remove(&text, &steps("agenda").unwrap()), None);
    }
}
