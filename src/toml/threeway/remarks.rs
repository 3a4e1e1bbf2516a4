//! The comments of three versions of a text as those of one: what either side has added stays, what either side has taken
//! away goes, and none is lost with what it stood beside.

use super::version::Version;
use crate::model::field::Kind;
use crate::model::identity::{Named, written};
use crate::model::tree::{Node, Span};
use crate::toml::layout::{Item, line_end, line_start};
use crate::toml::quotes::string_end;
use crate::toml::splice::edited;

/// Where a comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// On lines of its own, before a header or a value.
    Above,
    /// On the last line of it.
    Beside,
    /// Between the brackets of a value.
    Inside,
    /// On lines of its own, directly below a value.
    Below,
    /// At the beginning of the file.
    First,
    /// At its end.
    Last,
}

/// A comment.
#[derive(Clone, Debug)]
pub struct Remark {
    /// What it stands beside.
    at: Vec<Named>,
    stands: Stands,
    /// From the `#` on.
    words: String,
    /// Its bytes; the whole line if it has one of its own.
    span: Span,
}

impl Remark {
    fn is(&self, other: &Remark) -> bool {
        self.at == other.at && self.stands == other.stands && self.words == other.words
    }
}

/// The comments of a text, in order.
pub fn remarks(version: &Version) -> Vec<Remark> {
    let Version { text, items, paths, .. } = version;
    let (mut found, mut from) = (Vec::new(), 0);
    for at in 0..=items.len() {
        let item = items.get(at);
        let until = item.map_or(text.len(), |item| item.span.start);
        let starts = lines_with_comments(text, from..until);
        // Comments that follow a value without a blank line are about it, if they do not lead over to what comes next.
        let mut below = from;
        for line in &starts {
            below = if line.start == below { line.end } else { below };
        }
        let follows = at > 0 && (below < until || item.is_none());
        for line in starts {
            let (stands, path) = match item {
                _ if follows && line.end <= below => (Stands::Below, paths[at - 1].clone()),
                None => (Stands::Last, Vec::new()),
                Some(_) if at == 0 => (Stands::First, Vec::new()),
                Some(_) => (Stands::Above, paths[at].clone()),
            };
            let words = text[line.clone()].trim().to_owned();
            found.push(Remark { at: path, stands, words, span: line });
        }
        let Some(item) = item else { break };
        within(text, item, &paths[at], &mut found);
        from = item.span.end;
    }
    found
}

/// The lines of these that are comments.
fn lines_with_comments(text: &str, span: Span) -> Vec<Span> {
    let (mut lines, mut at) = (Vec::new(), span.start);
    while at < span.end {
        let end = line_end(text, at).min(span.end);
        if text[at..end].trim_start().starts_with('#') {
            lines.push(at..end);
        }
        at = end;
    }
    lines
}

/// The comments on the lines of a header or a value.
fn within(text: &str, item: &Item, path: &[Named], found: &mut Vec<Remark>) {
    let last = item.value.as_ref().map_or(item.span.start, |value| value.end);
    let (bytes, mut at) = (text.as_bytes(), item.span.start);
    while at < item.span.end {
        match bytes[at] {
            b'"' | b'\'' => at = string_end(bytes, at).max(at + 1),
            b'#' => {
                let end = at + text[at..line_end(text, at)].trim_end().len();
                let stands = if at >= last { Stands::Beside } else { Stands::Inside };
                found.push(Remark {
                    at: path.to_vec(),
                    stands,
                    words: text[at..end].to_owned(),
                    span: at..end,
                });
                at = end.max(at + 1);
            }
            _ => at += 1,
        }
    }
}

/// What becomes of the comments.
pub struct Wanted {
    /// Those that have to be there, in order.
    keep: Vec<Remark>,
    /// Those of ours that have to go.
    drop: Vec<Remark>,
    /// All of theirs: where a new one stands among others.
    theirs: Vec<Remark>,
}

/// The comments of three versions as those of one. What stands below one of these paths is left to `ours`.
pub fn wanted([base, ours, theirs]: [&Version; 3], open: &[Vec<Named>]) -> Wanted {
    let (base, ours, theirs) = (remarks(base), remarks(ours), remarks(theirs));
    let has = |list: &[Remark], one: &Remark| list.iter().any(|other| other.is(one));
    let is_open = |one: &Remark| open.iter().any(|path| one.at.starts_with(path));
    let mut drop: Vec<Remark> = base.iter().filter(|one| !has(&theirs, one)).cloned().collect();
    let mut keep: Vec<Remark> = Vec::new();
    let mut moved: Vec<Remark> = Vec::new();
    for new in theirs.iter().filter(|one| !has(&base, one) && !is_open(one)) {
        let same = |one: &Remark| one.words == new.words;
        match drop.iter().position(same) {
            // What theirs has moved is moved, unless ours has done something with it.
            Some(at) => {
                let old = drop.swap_remove(at);
                if has(&ours, &old) {
                    keep.push(new.clone());
                    moved.push(old);
                }
            }
            None if ours.iter().any(|one| same(one) && one.at == new.at) => {}
            None => keep.push(new.clone()),
        }
    }
    drop.extend(moved);
    drop.retain(|one| !is_open(one));
    let stay = ours.into_iter().filter(|one| !has(&drop, one));
    Wanted { keep: stay.chain(keep).collect(), drop, theirs }
}

/// A text with the comments that it has to have. None if it is not sound.
pub fn with(text: &str, wanted: &Wanted, root: &Kind, base: &Node) -> Option<String> {
    let there = remarks(&Version::read(text, root, Some(base))?);
    let gone = there.iter().filter(|one| wanted.drop.iter().any(|other| other.is(one)));
    let mut text = edited(text, gone.map(|one| (cut(text, one), String::new())).collect());
    let mut left = remarks(&Version::read(&text, root, Some(base))?);
    // What is there in its place is not missing, nor is what is there in another.
    let mut missing: Vec<&Remark> = wanted.keep.iter().collect();
    for exactly in [true, false] {
        let is =
            |one: &Remark, other: &Remark| if exactly { one.is(other) } else { one.words == other.words };
        missing.retain(|one| match left.iter().position(|other| is(one, other)) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        });
    }
    for one in missing {
        text = inserted(&Version::read(&text, root, Some(base))?, one, &wanted.theirs);
    }
    Some(text)
}

/// A text whose comments below some paths are those of another version, as far as what they stand beside is there.
pub fn below(text: &str, from: &Version, paths: &[Vec<Named>], root: &Kind, base: &Node) -> Option<String> {
    let theirs = remarks(from);
    let is_below = |one: &&Remark| paths.iter().any(|path| one.at.starts_with(path));
    let there = remarks(&Version::read(text, root, Some(base))?);
    let gone = there.iter().filter(is_below).filter(|one| !theirs.iter().any(|other| other.is(one)));
    let mut text = edited(text, gone.map(|one| (cut(text, one), String::new())).collect());
    for one in theirs.iter().filter(is_below) {
        let now = Version::read(&text, root, Some(base))?;
        if now.place(&one.at).is_some() && !remarks(&now).iter().any(|other| other.is(one)) {
            text = inserted(&now, one, &theirs);
        }
    }
    Some(text)
}

/// The bytes that go with a comment.
fn cut(text: &str, one: &Remark) -> Span {
    let start = line_start(text, one.span.start);
    match text[start..one.span.start].trim().is_empty() {
        true => start..line_end(text, one.span.start),
        false => start + text[start..one.span.start].trim_end().len()..one.span.end,
    }
}

/// A text with one more comment, where theirs has it.
fn inserted(version: &Version, one: &Remark, theirs: &[Remark]) -> String {
    let Version { text, items, paths, .. } = version;
    let there = remarks(version);
    let near = |other: &&Remark| other.at == one.at && other.stands == one.stands;
    let line = format!("{}\n", one.words);
    // Beside the comments among which it stands.
    if one.stands != Stands::Beside && one.stands != Stands::Inside {
        let here = |other: &Remark| there.iter().find(|here| here.is(other));
        let own: Vec<&Remark> = theirs.iter().filter(near).collect();
        if let Some(at) = own.iter().position(|other| other.words == one.words) {
            if let Some(above) = own[..at].iter().rev().find_map(|other| here(other)) {
                return put(text, above.span.end, &line);
            }
            if let Some(below) = own[at + 1..].iter().find_map(|other| here(other)) {
                return put(text, below.span.start, &line);
            }
        }
    }
    let holder = version.place(&one.at).or_else(|| {
        (0..items.len()).rev().find(|at| items[*at].value.is_some() && one.at.starts_with(&paths[*at]))
    });
    let Some(at) = holder else { return orphan(version, one) };
    let item = &items[at];
    let end = item.value.as_ref().map_or(item.span.start, |value| value.end);
    let rest = text[end..item.span.end].trim_end();
    match one.stands {
        Stands::Beside if !rest.contains('#') && paths[at] == one.at => {
            edited(text, vec![(end + rest.len()..end + rest.len(), format!("  {}", one.words))])
        }
        Stands::Below => put(text, item.span.end, &line),
        _ => put(text, item.span.start, &line),
    }
}

/// A text with a comment whose value is gone: at the end of what it stood in, and saying what it was about.
fn orphan(Version { text, items, paths, .. }: &Version, one: &Remark) -> String {
    let words = one.words.trim_start_matches('#').trim_start();
    let (mut home, mut line) = (one.at.as_slice(), format!("{}\n", one.words));
    while let Some((_, above)) = home.split_last() {
        let about = written(&one.at[above.len()..]);
        line = format!("# {about}: {words}\n");
        home = above;
        if !above.is_empty()
            && let Some(at) = paths.iter().rposition(|path| path.starts_with(above))
        {
            let end = items[at].span.end;
            let until = items.get(at + 1).map_or(text.len(), |item| item.span.start);
            let own = lines_with_comments(text, end..until);
            return put(
                text,
                own.iter().fold(end, |end, line| if line.start == end { line.end } else { end }),
                &line,
            );
        }
    }
    let head = items.iter().take_while(|item| item.value.is_some()).last();
    let (first, last) = (items.first(), text.len());
    match (one.stands, first, head) {
        (Stands::First, Some(first), _) => {
            let own = lines_with_comments(text, 0..first.span.start);
            put(text, own.last().map_or(0, |line| line.end), &line)
        }
        (Stands::Last, ..) | (_, None, _) | (_, _, None) => put(text, last, &line),
        (_, _, Some(head)) => put(text, head.span.end, &line),
    }
}

/// A text with a whole line more.
fn put(text: &str, at: usize, line: &str) -> String {
    let line = if at > 0 && !text[..at].ends_with('\n') {
        format!("\n{}", line.trim_end())
    } else {
        line.to_owned()
    };
    edited(text, vec![(at..at, line)])
}
