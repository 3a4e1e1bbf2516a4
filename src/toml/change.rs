//! Adds, changes or removes one value in a text; every other byte stays as it is.
//!
//! The text is changed at the bytes that [`layout`] finds and then read again: unless it holds exactly what was asked
//! for, it is not handed out. Comments directly above a line and at its end belong to it, and go only with it.

use super::layout::{Item, comments_above, layout, line_end};
use super::splice::edited;
use super::{brackets, parse, print};
use crate::model::field::{Field, Kind};
use crate::model::path::Step;
use crate::model::tree::{Node, Span, Value};
use std::borrow::Cow;

/// The text with a value at a path, in the place that the rows give it. `None` if the text is not sound, or the path
/// leads through something that is no table and no list.
pub fn put<'v>(
    text: &'v str,
    fields: &'static [Field],
    path: &'v [Step],
    value: &'v Node<'v>,
) -> Option<String> {
    put_all(text, fields, [(path, value)])
}

/// The text with several values, one after the other. It is read again only once.
pub fn put_all<'v>(
    text: &'v str,
    fields: &'static [Field],
    values: impl IntoIterator<Item = (&'v [Step], &'v Node<'v>)>,
) -> Option<String> {
    let (root, mut wanted, mut changed) = (Kind::Section(fields), sound(text)?, Cow::Borrowed(text));
    for (path, value) in values {
        if wanted.follow(path).is_some_and(|node| same(&root.at(path), node, value)) {
            continue;
        }
        changed = put_text(&changed, &wanted, &root, path, value)?.into();
        if !wanted.put(path, value.clone()) {
            return None;
        }
    }
    if changed != text {
        sound(&changed).filter(|tree| tree.says_same(&wanted))?;
    }
    Some(changed.into_owned())
}

/// The text without what is at a path: a value, a section, an entry of a list. `None` if nothing is there.
pub fn remove(text: &str, path: &[Step]) -> Option<String> {
    let tree = sound(text)?;
    tree.follow(path)?;
    let mut wanted = tree.clone();
    wanted.take(path);
    let mut changed = remove_text(text, path)?;
    // What exists through several keys goes key by key.
    while matches!(path.last(), Some(Step::Key(_))) && sound(&changed)?.follow(path).is_some() {
        changed = remove_text(&changed, path).filter(|less| less.len() < changed.len())?;
    }
    sound(&changed).filter(|tree| tree.says_same(&wanted))?;
    Some(changed)
}

/// The text with a value as a new item of a list, before the one that is there now. `None` as for [`put`].
pub fn put_before(text: &str, fields: &'static [Field], path: &[Step], value: &Node) -> Option<String> {
    let (root, tree) = (Kind::Section(fields), sound(text)?);
    let (Some(Step::Index(at)), Value::List(items)) =
        (path.last(), &tree.follow(&path[..path.len() - 1])?.value)
    else {
        return None;
    };
    if *at >= items.len() {
        return put(text, fields, path, value);
    }
    let (mut more, mut wanted) = (items.clone(), tree.clone());
    more.insert(*at, value.clone());
    wanted.put(&path[..path.len() - 1], Node::new(Value::List(more)));
    let items = layout(text);
    let holds = |item: &&Item| item.value.is_some() && path.starts_with(&item.path);
    let changed = match items.iter().find(holds) {
        Some(item) => {
            let (span, rest) = (item.value.clone()?, &path[item.path.len()..]);
            edited(text, brackets::put_before(text, &root.at(&item.path), span, rest, value)?)
        }
        None => {
            let next = items.iter().position(|item| item.value.is_none() && item.path == path)?;
            let floor = next.checked_sub(1).map_or(0, |above| items[above].span.end);
            let name = print::path(path);
            let block = format!("[[{name}]]\n{}\n", print::section(&root.at(path), value, &name));
            insert(text, comments_above(text, floor, items[next].span.start), &block)
        }
    };
    sound(&changed).filter(|tree| tree.says_same(&wanted))?;
    Some(changed)
}

/// True if two values of a kind say the same: 48 and 48.0 are one measure.
pub fn same(kind: &Kind, left: &Node, right: &Node) -> bool {
    match (kind, &left.value, &right.value) {
        (Kind::Measure(_), Value::Int(whole), Value::Float(number))
        | (Kind::Measure(_), Value::Float(number), Value::Int(whole)) => *whole as f64 == *number,
        _ => left.says_same(right),
    }
}

/// The tree of a text without a fault of syntax.
pub fn sound(text: &str) -> Option<Node<'_>> {
    let (tree, faults) = parse::parse(text);
    faults.is_empty().then_some(tree)
}

fn put_text(text: &str, tree: &Node, root: &Kind, path: &[Step], value: &Node) -> Option<String> {
    let items = layout(text);
    let holds = |item: &&Item| item.value.is_some() && path.starts_with(&item.path);
    if let Some(item) = items.iter().find(holds) {
        let (at, rest) = (item.value.clone()?, &path[item.path.len()..]);
        return brackets::put(text, &root.at(&item.path), at, rest, value).map(|edits| edited(text, edits));
    }
    if let Some((list, block)) = next_row(&items, root, path, value) {
        return Some(insert_block(text, &items, root, list, &block));
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
        let first = || items.first().map_or(text.len(), |item| comments_above(text, 0, item.span.start));
        let start = header.map_or_else(first, |at| items[at].span.end);
        let kind = root.at(home);
        let wanted = kind.rank(&rest[0]);
        let before = own.iter().rev().find(|item| kind.rank(&item.path[item.head]) <= wanted);
        let alone = header.is_none() && own.is_empty() && !items.is_empty();
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

/// The next of the rows under `[[headers]]`, if a path leads into it: where it is, and its lines.
fn next_row<'p>(items: &[Item], root: &Kind, path: &'p [Step], value: &Node) -> Option<(&'p [Step], String)> {
    let rows = |list: &[Step]| {
        let is_row = |item: &&Item| item.value.is_none() && item.path.len() == list.len() + 1;
        items.iter().filter(is_row).filter(|item| item.path.starts_with(list)).count()
    };
    let at =
        (1..path.len()).find(|at| path[*at] == Step::Index(rows(&path[..*at])) && rows(&path[..*at]) > 0)?;
    let (list, row, mut node) = (&path[..at], &path[..=at], Node::table());
    if !node.put(&path[at + 1..], value.clone()) || !matches!(node.value, Value::Table(_)) {
        return None;
    }
    let name = print::path(list);
    Some((row, format!("[[{name}]]\n{}", print::section(&root.at(row), &node, &name))))
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
        return insert(text, comments_above(text, 0, first.span.start), &format!("{block}\n"));
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

/// Inserts whole lines into a text.
fn insert(text: &str, at: usize, lines: &str) -> String {
    let below = matches!(text[..at].chars().next_back(), None | Some('\n'));
    let lines = if below {
        lines.to_owned()
    } else {
        // The last line of the file had no line end, and still has none.
        format!("\n{}", lines.strip_suffix('\n').unwrap_or(lines))
    };
    edited(text, vec![(at..at, lines)])
}

fn remove_text(text: &str, path: &[Step]) -> Option<String> {
    let items = layout(text);
    let within =
        |item: &&Item| item.value.is_some() && item.path.len() < path.len() && path.starts_with(&item.path);
    if let Some(item) = items.iter().find(within) {
        return match brackets::remove(text, item.value.clone()?, &path[item.path.len()..]) {
            Some(cuts) => Some(without(text, cuts)),
            None => remove_text(text, &item.path),
        };
    }
    let gone: Vec<usize> = (0..items.len()).filter(|at| items[*at].path.starts_with(path)).collect();
    let mut cuts: Vec<Span> = gone.iter().map(|at| lines_of(text, &items, *at, path)).collect();
    // Before the first section, the blank line below goes with all that was there.
    let first = gone.iter().enumerate().take_while(|(n, at)| n == *at).count();
    if let (Some(cut), Some(Item { value: None, .. })) = (cuts[..first].last_mut(), items.get(first)) {
        let below = &text[cut.end..];
        cut.end += ["\r\n", "\n"].into_iter().find(|end| below.starts_with(end)).map_or(0, str::len);
    }
    (!cuts.is_empty()).then(|| without_empty_header(without(text, cuts), &path[..path.len() - 1]))
}

/// A text without some bytes. If its last line had no line end, it still has none.
fn without(text: &str, cuts: Vec<Span>) -> String {
    let left = edited(text, cuts.into_iter().map(|cut| (cut, String::new())).collect());
    let had_none = !text.ends_with('\n');
    if had_none && left.ends_with('\n') { left.trim_end_matches(['\r', '\n']).to_owned() } else { left }
}

/// The lines that go with a header or a value below a path that goes: those of its comments, and for a header the blank
/// line above.
fn lines_of(text: &str, items: &[Item], at: usize, path: &[Step]) -> Span {
    let item = &items[at];
    let floor = at.checked_sub(1).map_or(0, |above| items[above].span.end);
    let next = items.get(at + 1);
    let ends_block = item.head >= path.len() && next.is_none_or(|next| next.value.is_none());
    let below = next.map_or(text.len(), |next| next.span.start);
    let end = if ends_block { end_of_comments(text, item.span.end, below) } else { item.span.end };
    if item.value.is_some() && item.head >= path.len() {
        return floor..end;
    }
    let start = comments_above(text, floor, item.span.start);
    let blank = match &text[..start] {
        above if item.value.is_none() && above.ends_with("\n\r\n") => 2,
        above if item.value.is_none() && above.ends_with("\n\n") => 1,
        _ => 0,
    };
    start - blank..end
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
    let lines = lines_of(&text, &items, at, path);
    let commented = text[lines.clone()].contains('#');
    if is_row || used || !empty || commented { text } else { without(&text, vec![lines]) }
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
    fn a_measure_that_is_the_same_stays_as_it_is_written() {
        let text = "[activity.field]\nlaw = { classes = 2, hours = 39.0 }\n[extra]\nhours = 39.0\n";
        assert_eq!(with(text, "activity.field.law.hours", Value::Int(39)), text);
        assert_ne!(with(text, "extra.hours", Value::Int(39)), text, "another kind of number");
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
