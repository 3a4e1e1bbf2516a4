//! Values are put into every example record and taken out again, key by key: nothing else may move.

use crate::transcript::root;
use std::fs;
use std::path::PathBuf;
use ttht::model::RecordKind;
use ttht::model::field::{Field, Kind};
use ttht::model::path::Step;
use ttht::model::tree::{Node, Value};
use ttht::toml::{canonical::tidy, change, raw_tree};

/// The example records of a kind.
fn examples(kind: RecordKind, folder: &str) -> Vec<(RecordKind, String)> {
    let mut paths: Vec<PathBuf> = vec![root().join("examples/uong-bi").join(folder)];
    let mut texts = Vec::new();
    while let Some(path) = paths.pop() {
        match path.is_dir() {
            true => paths.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path())),
            false => texts.push((kind, fs::read_to_string(&path).unwrap())),
        }
    }
    texts
}

fn all() -> Vec<(RecordKind, String)> {
    let folders = [
        (RecordKind::Visit, "visits"),
        (RecordKind::Centre, "centres"),
        (RecordKind::Campaign, "campaigns"),
        (RecordKind::Units, "units.toml"),
    ];
    folders.into_iter().flat_map(|(kind, folder)| examples(kind, folder)).collect()
}

/// The path of every value that a record may have; for lists and vocabularies, the first.
fn paths(kind: &Kind, path: &[Step], found: &mut Vec<Vec<Step>>) {
    let below = |step: Step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
    let mut each = |fields: &'static [Field]| {
        fields.iter().for_each(|field| paths(&field.kind, &below(Step::Key(field.key.into())), found));
    };
    match kind {
        Kind::Section(fields) | Kind::Inline(fields) => each(fields),
        Kind::Rows(fields) => paths(&Kind::Section(fields), &below(Step::Index(0)), found),
        Kind::Keyed { entry, fixed, .. } => {
            each(fixed);
            paths(entry, &below(Step::Key("w1".into())), found);
        }
        Kind::Free => found.push(below(Step::Key("own".into()))),
        _ => found.push(path.to_vec()),
    }
}

fn written(path: &[Step]) -> String {
    let words = path.iter().map(|step| match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(index) => format!("[{index}]"),
    });
    words.collect::<String>().trim_start_matches('.').to_owned()
}

#[test]
fn a_value_that_comes_and_goes_leaves_every_byte_as_it_was() {
    let new = Node::new(Value::Text("ế \"x\"".into()));
    let mut tried = 0;
    // A few of each kind are enough, and quick.
    for (kind, text) in all().into_iter().step_by(6) {
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let mut found = Vec::new();
            paths(&kind.root(), &[], &mut found);
            let tree = raw_tree(&text);
            for path in found {
                let key = written(&path);
                let put = |text: &str, value: &Node| change::put(text, kind.fields(), &path, value);
                let more = put(&text, &new).unwrap_or_else(|| panic!("{key} cannot be put"));
                let differing = text.lines().filter(|line| !more.contains(line)).count();
                match tree.at(&key) {
                    Some(old) => {
                        assert!(differing <= text.lines().count().min(12), "{key}: {differing} lines");
                        let back = put(&more, old).unwrap();
                        assert!(raw_tree(&back).says_same(&tree), "{key}");
                        let rest = |text: &str| text.matches('#').count() + text.matches("\n\n").count();
                        assert_eq!(rest(&back), rest(&text), "{key}");
                    }
                    None => {
                        assert_eq!(differing, usize::from(differing > 0), "{key}: one line at most grows");
                        // A row is taken out as a whole: an empty one would still be a row.
                        let row = path.iter().position(|step| matches!(step, Step::Index(_)));
                        let list = row.filter(|at| tree.at(&written(&path[..*at])).is_none());
                        let path = &path[..list.unwrap_or(path.len())];
                        assert_eq!(change::remove(&more, path).as_deref(), Some(text.as_str()), "{key}");
                    }
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 800, "{tried}");
}

#[test]
fn every_example_is_tidy_and_comes_to_rest_after_one_tidying() {
    for (kind, text) in all() {
        assert_eq!(tidy(&text, kind.fields()).as_ref(), Some(&text));
        // Blocks in another order, with other line ends and stray blanks.
        let mut blocks: Vec<&str> = text.split("\n\n").collect();
        blocks[1..].reverse();
        let shuffled = blocks.join(" \r\n\r\n\r\n").replace('\n', "\r\n");
        let once = tidy(&shuffled, kind.fields());
        assert!(once.is_none() || once.as_ref().and_then(|once| tidy(once, kind.fields())) == once);
    }
}
