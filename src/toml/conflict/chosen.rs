//! The text of a record after a choice about each value that was open: the lines of the side that was chosen with their
//! comments, and every other byte as it is.

use super::{Conflict, Open};
use crate::model::field::{Field, Kind};
use crate::model::identity::{Named, kind_at, names};
use crate::model::path::Step;
use crate::model::tree::Node;
use crate::toml::change::{put, remove};
use crate::toml::difference::differences;
use crate::toml::marks::Side;
use crate::toml::parse::parse;
use std::borrow::Cow;

/// What is chosen for a value that is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// What this copy has.
    Ours,
    /// What the other copy has.
    Theirs,
    /// What both have: the texts of two lists, or two things under one word, of which the second gets another word.
    Both,
    /// Something else; none for nothing.
    Value(Option<Node<'static>>),
}

/// The text of a record and, of what has got another word, the word that it had and the new one.
#[derive(Debug, PartialEq)]
pub struct Chosen {
    /// The text, without marks.
    pub text: String,
    /// The words that were changed.
    pub renamed: Vec<(String, String)>,
}

impl Conflict {
    /// True if both values can be kept.
    pub fn allows_both(&self, root: &Kind) -> bool {
        let (Some(ours), Some(theirs)) = (&self.ours, &self.theirs) else { return false };
        match kind_at(root, &self.path) {
            Kind::List(_) => !ours.items().is_empty() && !theirs.items().is_empty(),
            _ => next_word(self, ours, theirs).is_some(),
        }
    }
}

/// The path without its last word, and that word with what a number follows: `r` of `r4`. None for what has no such word.
fn next_word<'c>(one: &'c Conflict, ours: &Node, theirs: &Node) -> Option<(&'c [Named], &'c str)> {
    let (last, above) = one.path.split_last()?;
    let Named::Key(word) = last else { return None };
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_table = !ours.entries().is_empty() && !theirs.entries().is_empty();
    (is_table && above.len() == 1 && letters.len() < word.len()).then_some((above, letters))
}

impl Open<'_> {
    /// The text with a choice for each conflict, in their order. None if it cannot be written so.
    pub fn chosen(&self, fields: &'static [Field], choices: &[Choice]) -> Option<Chosen> {
        let root = Kind::Section(fields);
        let (ours, theirs) = (parse(&self.ours).0, parse(&self.theirs).0);
        let (mut wanted, mut renamed) = (Vec::new(), Vec::new());
        for (one, choice) in self.conflicts.iter().zip(choices) {
            let value = match choice {
                Choice::Ours => one.ours.clone(),
                Choice::Theirs => one.theirs.clone(),
                Choice::Value(value) => value.clone(),
                Choice::Both => match (&one.ours, &one.theirs) {
                    (Some(mine), Some(other)) if !mine.items().is_empty() => Some(together(mine, other)),
                    (Some(mine), Some(other)) => {
                        let (above, letters) = next_word(one, mine, other)?;
                        let word = free_word(&root, above, letters, [&ours, &theirs], renamed.len())?;
                        let path = [above, &[Named::Key(word.clone())]].concat();
                        renamed.push((one.path.last().map(written).unwrap_or_default(), word));
                        wanted.push((path, Some(other.clone())));
                        Some(mine.clone())
                    }
                    _ => return None,
                },
            };
            wanted.push((one.path.clone(), value));
        }
        let sides: Vec<Option<Side>> = choices.iter().map(side_of).collect();
        let texts = [self.lines(&sides), self.ours.clone()];
        let text = texts.into_iter().find_map(|text| brought(fields, &ours, &text, &wanted))?;
        Some(Chosen { text, renamed })
    }

    /// The text with the lines of the side that was chosen for all that is open in a place; else those of this copy, below
    /// the comments that only the other one has.
    fn lines(&self, sides: &[Option<Side>]) -> String {
        let (mut text, mut at) = (String::with_capacity(self.text.len()), 0);
        for (n, hunk) in self.hunks.iter().enumerate() {
            let own = self.conflicts.iter().zip(sides).filter(|(one, _)| one.hunks.contains(&n));
            let mut sides = own.map(|(_, side)| *side);
            let first = sides.next().unwrap_or(None);
            let side = first.filter(|first| sides.all(|side| side == Some(*first)));
            let (ours, theirs) = (&self.text[hunk.ours.clone()], &self.text[hunk.theirs.clone()]);
            text.push_str(&self.text[at..hunk.span.start]);
            if side.is_none() {
                let has = |line: &str| ours.lines().any(|own| own.trim() == line.trim());
                let more = theirs.split_inclusive('\n');
                text.extend(more.filter(|line| line.trim_start().starts_with('#') && !has(line)));
            }
            text.push_str(if side == Some(Side::Theirs) { theirs } else { ours });
            at = hunk.span.end;
        }
        text + &self.text[at..]
    }
}

fn written(name: &Named) -> String {
    match name {
        Named::Key(word) | Named::Row(word) => word.clone(),
        Named::Item => String::new(),
    }
}

fn side_of(choice: &Choice) -> Option<Side> {
    match choice {
        Choice::Ours => Some(Side::Ours),
        Choice::Theirs => Some(Side::Theirs),
        Choice::Both | Choice::Value(_) => None,
    }
}

/// The texts of two lists, each once.
fn together(ours: &Node<'static>, theirs: &Node<'static>) -> Node<'static> {
    let new = theirs.items().iter().filter(|item| !ours.items().iter().any(|own| own.says_same(item)));
    let items = ours.items().iter().chain(new).cloned().collect();
    Node::new(crate::model::tree::Value::List(items))
}

/// The word after those that two tables have, and after some more.
fn free_word(root: &Kind, above: &[Named], letters: &str, trees: [&Node; 2], more: usize) -> Option<String> {
    let tables = trees.into_iter().filter_map(|tree| tree.follow(&steps(root, tree, above)));
    let words = tables.flat_map(Node::entries).filter_map(|entry| entry.key.strip_prefix(letters));
    let last = words.filter_map(|number| number.parse::<usize>().ok()).max()?;
    Some(format!("{letters}{}", last + 1 + more))
}

/// A text that says what one version says, but for the values that are wanted at some paths. None if it cannot be.
fn brought(
    fields: &'static [Field],
    ours: &Node,
    text: &str,
    wanted: &[(Vec<Named>, Option<Node<'static>>)],
) -> Option<String> {
    let (root, mut goal, mut text) = (Kind::Section(fields), ours.clone(), Cow::Borrowed(text));
    for (path, value) in wanted {
        let at = steps(&root, &goal, path);
        let tree = parse(&text).0.into_owned();
        let here = steps(&root, &tree, path);
        let (is, kind) = (tree.follow(&here), kind_at(&root, path));
        match value {
            Some(value) => {
                goal.put(&at, value.clone()).then_some(())?;
                text = with(text.into_owned(), fields, (&kind, here), is, value)?.into();
            }
            None => {
                goal.take(&at);
                if is.is_some() {
                    text = remove(&text, &here)?.into();
                }
            }
        }
    }
    let (tree, faults) = parse(&text);
    (faults.is_empty() && differences(&root, &goal, &tree).is_empty()).then(|| text.into_owned())
}

/// A text with a value at a path; of a table only what is another.
fn with(
    mut text: String,
    fields: &'static [Field],
    (kind, at): (&Kind, Vec<Step>),
    is: Option<&Node>,
    value: &Node,
) -> Option<String> {
    // Rows of a text may stand in another order.
    if is.is_some_and(|is| differences(kind, is, value).is_empty()) {
        return Some(text);
    }
    let Some(is) = is.filter(|is| !is.entries().is_empty() && !value.entries().is_empty()) else {
        return put(&text, fields, &at, value);
    };
    let below = |key: &str| [&at[..], &[key.into()]].concat();
    for entry in value.entries() {
        let (key, held) = (&entry.key, is.get(&entry.key));
        text = with(text, fields, (&kind.key(key), below(key)), held, &entry.node)?;
    }
    for entry in is.entries().iter().filter(|entry| value.get(&entry.key).is_none()) {
        text = remove(&text, &below(&entry.key))?;
    }
    Some(text)
}

/// Where a path leads in a tree, or would: a row that is not there is the next one.
fn steps(root: &Kind, tree: &Node, path: &[Named]) -> Vec<Step> {
    let (mut kind, mut node, mut steps) = (*root, Some(tree), Vec::with_capacity(path.len()));
    for name in path {
        let step = match name {
            Named::Key(key) => Step::Key(key.clone()),
            Named::Row(row) => {
                let rows = node.map_or(&[][..], Node::items);
                let named = names(&kind, rows).unwrap_or_default();
                Step::Index(named.iter().position(|name| name == row).unwrap_or(rows.len()))
            }
            Named::Item => continue,
        };
        node = node.and_then(|node| node.follow(std::slice::from_ref(&step)));
        kind = kind.below(&step);
        steps.push(step);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tree::Value;
    use crate::model::visit::FIELDS;
    use crate::toml::conflict::read;

    fn chosen(text: &str, choices: &[Choice]) -> Chosen {
        let open = read(text, FIELDS, None).unwrap();
        assert_eq!(open.conflicts.len(), choices.len(), "{:?}", open.conflicts);
        open.chosen(FIELDS, choices).unwrap()
    }

    #[test]
    fn the_lines_of_a_side_come_with_their_comments() {
        let text = "a = 1 # giữ\n[context]\n<<<<<<< An\n# đếm lại\npopulation = 6_500\n=======\npopulation=6600 # công an\n>>>>>>> Bình\n# cuối\n";
        let with = |lines: &str| format!("a = 1 # giữ\n[context]\n{lines}# cuối\n");
        assert_eq!(chosen(text, &[Choice::Ours]).text, with("# đếm lại\npopulation = 6_500\n"));
        assert_eq!(chosen(text, &[Choice::Theirs]).text, with("population=6600 # công an\n"));
        let other = Choice::Value(Some(Node::new(Value::Int(6_550))));
        assert_eq!(chosen(text, &[other]).text, with("# đếm lại\npopulation = 6_550\n"));
        assert_eq!(chosen(text, &[Choice::Value(None)]).text, with(""));
    }

    #[test]
    fn of_what_stands_in_one_place_each_value_may_come_from_another_side() {
        let text = "[context]\r\n<<<<<<< HEAD\r\npopulation = 1\r\nhouseholds = 2\r\n=======\r\n# thôn\r\npopulation = 3\r\nhouseholds = 4\r\nlineages = 5\r\n>>>>>>> x\r\n";
        let choices = [Choice::Ours, Choice::Theirs, Choice::Theirs];
        let want = "[context]\r\n# thôn\r\npopulation = 1\r\nhouseholds = 4\r\nlineages = 5\r\n";
        assert_eq!(chosen(text, &choices).text, want);
    }

    #[test]
    fn two_recommendations_under_one_word_can_both_stay() {
        let text = "[recommendation.r1]\nto = \"centre\"\ntext = \"A\"\n\n<<<<<<< HEAD\n[recommendation.r2]\nto = \"centre\"\ntext = \"Mở lớp\"\n=======\n[recommendation.r2]\nto = \"commune\"\ntext = \"Mua sách\"\n>>>>>>> x\n";
        let both = chosen(text, &[Choice::Both]);
        assert_eq!(both.renamed, [("r2".to_owned(), "r3".to_owned())]);
        let end = "[recommendation.r2]\nto = \"centre\"\ntext = \"Mở lớp\"\n\n[recommendation.r3]\nto = \"commune\"\ntext = \"Mua sách\"\n";
        assert!(both.text.ends_with(end), "{}", both.text);
        // Git leaves a header that both have above its marks.
        let header = "[recommendation.r2]\n";
        let inner = text
            .replace(&format!("HEAD\n{header}"), "HEAD\n")
            .replace(&format!("=======\n{header}"), "=======\n");
        let inner = inner.replace("<<<<<<<", &format!("{header}<<<<<<<"));
        assert!(chosen(&inner, &[Choice::Both]).text.ends_with(end));
        let theirs = chosen(&inner, &[Choice::Theirs]).text;
        assert!(theirs.contains("Mua sách") && !theirs.contains("Mở lớp"), "{theirs}");
    }

    #[test]
    fn texts_of_two_lists_can_both_stay_and_rows_come_and_go() {
        let text = "<<<<<<< HEAD\nagenda = [\"a\", \"b\"]\n=======\nagenda = [\"a\", \"c\"]\n>>>>>>> x\n";
        assert_eq!(chosen(text, &[Choice::Both]).text, "agenda = [\"a\", \"b\", \"c\"]\n");
        let team = "[[team]]\nname = \"A\"\nrole = \"lead\"\n<<<<<<< HEAD\n\n[[team]]\nname = \"B\"\nrole = \"member\"\n=======\n\n[[team]]\nname = \"C\"\nrole = \"member\"\n\n[[team]]\nname = \"D\"\nrole = \"deputy\"\n>>>>>>> x\n";
        // B and C are alike in all but the name, so that one may be the other.
        let open = read(team, FIELDS, None).unwrap();
        let paths: Vec<String> = open.conflicts.iter().map(|one| one.key.clone()).collect();
        assert_eq!(paths, ["team[1].name", "team[D]"]);
        let text = chosen(team, &[Choice::Ours, Choice::Theirs]).text;
        assert!(text.contains("\"B\"") && !text.contains("\"C\"") && text.contains("\"D\""), "{text}");
    }
}
