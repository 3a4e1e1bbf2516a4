//! A value is put in or taken out, and a file formatted: what was asked for is there, and nothing else has changed.

use super::{choice, is_syntax, kind, plain_ends, split, wide_choice};
use std::ops::Range;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;
use ttht::model::RecordKind;
use ttht::model::day::Day;
use ttht::model::field::{Field, Kind};
use ttht::model::path::{Step, written};
use ttht::model::tree::{Node, Value};
use ttht::model::vietnamese::compose;
use ttht::toml::canonical::tidy;
use ttht::toml::{change, raw_tree, read_tree};

/// The first line chooses a kind of record (1 byte), what is taken out or changed (2), where something is put (2) and what
/// (1); the rest is the text of the record.
pub fn hold(data: &[u8]) {
    let (line, bytes) = split(data);
    let Ok(text) = ttht::toml::text(bytes, "x") else { return };
    let kind = kind(line);
    let sound = !read_tree(&text, kind.fields(), "x").1.iter().any(is_syntax);
    formatted(kind, &text, sound);
    let value = choice(&values(), line, 5).clone();
    if !sound {
        let path = [Step::from("date")];
        assert_eq!(change::put(&text, kind.fields(), &path, &value), None);
        assert_eq!(change::remove(&text, &path), None);
        return;
    }
    let tree = raw_tree(&text);
    let (mut here, mut places) = (Vec::new(), Vec::new());
    paths(&tree, &[], &mut here, &mut places);
    rows(&kind.root(), &[], &mut places);
    if let Some(path) = wide_choice(&here, line, 1) {
        removed(&text, &tree, path);
        put(kind, &text, &tree, path, &value);
    }
    if let Some(path) = wide_choice(&places, line, 3) {
        put(kind, &text, &tree, path, &value);
    }
}

/// What may be put.
fn values() -> Vec<Node<'static>> {
    let list = vec![Node::of_text("a"), Node::of_text("hai\ndòng")];
    let mut table = Node::table();
    table.put(&["khoá".into()], Node::new(Value::Float(0.5)));
    let values = [
        Value::Int(1_234_567),
        Value::Text("x".into()),
        Value::Text("một\nhai\n".into()),
        Value::Text("\\ \" ''' \"\"\" \u{7f} \t".into()),
        Value::Day(Day::nearest(2016, 10, 27)),
        Value::Float(-0.1),
        Value::Bool(true),
        Value::List(list),
        table.value,
    ];
    values.into_iter().map(Node::new).collect()
}

/// The paths of all that is in a tree, and paths at which something new may be put.
fn paths(node: &Node, path: &[Step], here: &mut Vec<Vec<Step>>, places: &mut Vec<Vec<Step>>) {
    let below = |step: Step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
    if !path.is_empty() {
        here.push(path.to_vec());
    }
    match &node.value {
        Value::Table(entries) => {
            entries.iter().for_each(|e| paths(&e.node, &below(Step::Key(e.key.to_string())), here, places));
            places.push(below("new".into()));
        }
        Value::List(items) => {
            items.iter().enumerate().for_each(|(n, item)| paths(item, &below(Step::Index(n)), here, places));
            let mut next = below(Step::Index(items.len()));
            next.extend(items.iter().all(|item| !item.entries().is_empty()).then(|| "name".into()));
            places.push(next);
        }
        _ => {}
    }
}

/// The paths that the rows know; of lists the first item.
fn rows(kind: &Kind, path: &[Step], places: &mut Vec<Vec<Step>>) {
    let below = |step: Step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
    let mut each = |fields: &'static [Field]| {
        fields.iter().for_each(|field| rows(&field.kind, &below(field.key.into()), places));
    };
    match kind {
        Kind::Section(fields) | Kind::Inline(fields) => each(fields),
        Kind::Rows(fields) => rows(&Kind::Section(fields), &below(Step::Index(0)), places),
        Kind::Keyed { entry, fixed, .. } => {
            each(fixed);
            rows(entry, &below("w1".into()), places);
        }
        Kind::Free => places.push(below("own".into())),
        _ => places.push(path.to_vec()),
    }
}

/// The comments of a text with their places, by the lexer of the crate.
fn comments(text: &str) -> Vec<(Range<usize>, &str)> {
    let spans =
        Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment).map(|token| token.span());
    spans.map(|span| (span.start()..span.end(), text[span.start()..span.end()].trim_end())).collect()
}

fn said(comments: &[(Range<usize>, &str)]) -> Vec<String> {
    comments.iter().map(|(_, words)| (*words).to_owned()).collect()
}

/// The scalars of a tree as they are written, in the order of the text; without those at a path.
fn written_values(text: &str, tree: &Node, without: &[Step]) -> Vec<String> {
    fn all(node: &Node, path: &mut Vec<Step>, without: &[Step], found: &mut Vec<Range<usize>>) {
        if !without.is_empty() && path.starts_with(without) {
            return;
        }
        match &node.value {
            Value::Table(entries) => entries.iter().for_each(|entry| {
                path.push(Step::Key(entry.key.to_string()));
                all(&entry.node, path, without, found);
                path.pop();
            }),
            Value::List(items) => items.iter().enumerate().for_each(|(n, item)| {
                path.push(Step::Index(n));
                all(item, path, without, found);
                path.pop();
            }),
            _ => found.push(node.span.clone()),
        }
    }
    let mut found = Vec::new();
    all(tree, &mut Vec::new(), without, &mut found);
    found.sort_by_key(|span| span.start);
    found.into_iter().map(|span| plain_ends(&text[span])).collect()
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

/// Takes words out of others, each once. Returns those that were not there.
fn missing(words: &[String], of: &[String]) -> Vec<String> {
    let mut of = of.to_vec();
    let is_missing =
        |word: &&String| of.iter().position(|other| other == *word).map(|at| of.remove(at)).is_none();
    words.iter().filter(is_missing).cloned().collect()
}

/// True if most lines end as on Windows.
fn is_windows(text: &str) -> bool {
    text.matches("\r\n").count() * 2 > text.matches('\n').count()
}

/// How many lines end in the other way.
fn odd_ends(text: &str, windows: bool) -> usize {
    let (all, crlf) = (text.matches('\n').count(), text.matches("\r\n").count());
    if windows { all - crlf } else { crlf }
}

/// Formatting keeps what is said and every comment, ends all lines alike, and comes to rest at once.
fn formatted(kind: RecordKind, text: &str, sound: bool) {
    let tidied = tidy(text, kind.fields());
    assert_eq!(tidied.is_some(), sound, "{text}");
    let Some(once) = tidied else { return };
    let (text, once_plain) = (plain_ends(&compose(text)), plain_ends(&once));
    let (old, new) = (raw_tree(&text), raw_tree(&once_plain));
    assert!(old.says_same(&new) || text.contains("nan"), "{text}\n----\n{once}");
    assert_eq!(
        sorted(written_values(&text, &old, &[])),
        sorted(written_values(&once_plain, &new, &[])),
        "{text}\n----\n{once}"
    );
    assert_eq!(sorted(said(&comments(&text))), sorted(said(&comments(&once_plain))), "{text}\n----\n{once}");
    assert_eq!(tidy(&once, kind.fields()).as_ref(), Some(&once), "{text}");
    assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"), "{once:?}");
    assert_eq!(odd_ends(&once, once.contains('\r')), 0, "{once:?}");
}

/// What was put is there, and every other byte is as it was.
fn put(kind: RecordKind, text: &str, tree: &Node, path: &[Step], value: &Node) {
    let at = || format!("{} = {value:?}\n{text}", written(path));
    let old = tree.follow(path);
    let mut wanted = tree.clone();
    let can = wanted.put(path, value.clone());
    let Some(new) = change::put(text, kind.fields(), path, value) else {
        let is_new = old.is_none_or(|old| !matches!(old.value, Value::Table(_) | Value::List(_)));
        assert!(!(can && is_new) || text.contains("nan"), "refused: {}", at());
        return;
    };
    let changed = raw_tree(&new);
    assert!(changed.says_same(&wanted), "{}\n----\n{new}", at());
    let (had, has) = (written_values(text, tree, path), written_values(&new, &changed, path));
    assert_eq!(had, has, "{}\n----\n{new}", at());
    // What differs is the old value; or nothing, and then it stands in what is new.
    let same = |(a, b): &(u8, u8)| a == b;
    let before = text.bytes().zip(new.bytes()).take_while(same).count();
    let most = text.len().min(new.len()) - before;
    let after = text.bytes().rev().zip(new.bytes().rev()).take(most).take_while(same).count();
    let differs = before..text.len() - after;
    match old {
        Some(old) => assert!(
            differs.is_empty() || old.span.start <= differs.start && differs.end <= old.span.end,
            "{}\n----\n{new}",
            at()
        ),
        None => {
            let stays = &text.as_bytes()[differs];
            let new_bytes = &new.as_bytes()[before..new.len() - after];
            let stands = stays.is_empty() || new_bytes.windows(stays.len()).any(|window| window == stays);
            assert!(stands, "{}\n----\n{new}", at());
        }
    }
    let comments_left = comments(text).into_iter();
    let inside =
        |span: &Range<usize>| old.is_some_and(|old| old.span.start <= span.start && span.end <= old.span.end);
    let comments_left: Vec<_> = comments_left.filter(|(span, _)| !inside(span)).collect();
    assert_eq!(said(&comments_left), said(&comments(&new)), "{}\n----\n{new}", at());
    let windows = is_windows(text);
    assert!(odd_ends(&new, windows) <= odd_ends(text, windows), "{}\n----\n{new:?}", at());
    assert!(text.is_empty() || new.ends_with('\n') == text.ends_with('\n'), "{}\n----\n{new:?}", at());
    let parent = tree.follow(&path[..path.len() - 1]);
    let has_others = parent.is_some_and(|parent| !parent.entries().is_empty() || !parent.items().is_empty());
    let headers = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('[')).count();
    if old.is_none() && has_others && headers(text) == headers(&new) {
        assert_eq!(change::remove(&new, path).as_deref(), Some(text), "and out again: {}\n----\n{new}", at());
    }
}

/// What is taken out is gone, and with it only what belongs to it.
fn removed(text: &str, tree: &Node, path: &[Step]) {
    let at = || format!("{}-\n{text}", written(path));
    let mut wanted = tree.clone();
    wanted.take(path);
    let new = change::remove(text, path).unwrap_or_else(|| panic!("refused: {}", at()));
    let changed = raw_tree(&new);
    assert!(changed.says_same(&wanted) || text.contains("nan"), "{}\n----\n{new}", at());
    assert_eq!(
        written_values(text, tree, path),
        written_values(&new, &changed, &[]),
        "{}\n----\n{new}",
        at()
    );
    assert_eq!(missing(&said(&comments(&new)), &said(&comments(text))), [""; 0], "{}\n----\n{new}", at());
    let kept = said(&of_others(text, tree, path));
    assert_eq!(missing(&kept, &said(&comments(&new))), [""; 0], "comments of others: {}\n----\n{new}", at());
    let windows = is_windows(text);
    assert!(odd_ends(&new, windows) <= odd_ends(text, windows), "{}\n----\n{new:?}", at());
    assert!(text.ends_with('\n') || !new.ends_with('\n'), "{}\n----\n{new:?}", at());
}

/// The comments that belong to what stays: on its line, or directly above it.
fn of_others<'t>(text: &'t str, tree: &Node, path: &[Step]) -> Vec<(Range<usize>, &'t str)> {
    // What would be left empty goes as well.
    let mut gone = path;
    while let Some((_, parent)) = gone.split_last() {
        let left = tree.follow(parent).map_or(0, |node| node.entries().len() + node.items().len());
        if left > 1 || parent.is_empty() {
            break;
        }
        gone = parent;
    }
    let (mut stays, mut goes) = (Vec::new(), Vec::new());
    lines_of(text, tree, &mut Vec::new(), gone, &mut stays, &mut goes);
    let line = |at: usize| text[..at].matches('\n').count();
    let belongs = |line: usize| stays.contains(&line) && !goes.contains(&line);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut found = comments(text);
    found.retain(|(span, words)| {
        let at = line(span.start);
        let is_own = lines[at].trim() == *words;
        let below = (at + 1..lines.len()).find(|n| !lines[*n].trim_start().starts_with('#'));
        belongs(at) || is_own && below.is_some_and(belongs)
    });
    found
}

/// The lines on which values begin and end that stay, and those of values that go.
fn lines_of(
    text: &str,
    node: &Node,
    path: &mut Vec<Step>,
    gone: &[Step],
    stays: &mut Vec<usize>,
    goes: &mut Vec<usize>,
) {
    let line = |at: usize| text[..at].matches('\n').count();
    let goes_too = path.starts_with(gone);
    let is_scalar = !matches!(node.value, Value::Table(_) | Value::List(_));
    if is_scalar || goes_too && !path.is_empty() {
        let lines = [line(node.span.start), line(node.span.end.max(node.span.start + 1) - 1)];
        if goes_too { goes.extend(lines) } else { stays.extend(lines) }
    }
    match &node.value {
        Value::Table(entries) => entries.iter().for_each(|entry| {
            path.push(Step::Key(entry.key.to_string()));
            lines_of(text, &entry.node, path, gone, stays, goes);
            path.pop();
        }),
        Value::List(items) => items.iter().enumerate().for_each(|(n, item)| {
            path.push(Step::Index(n));
            lines_of(text, item, path, gone, stays, goes);
            path.pop();
        }),
        _ => {}
    }
}
