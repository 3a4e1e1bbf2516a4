//! Values are put into every example record and taken out again, key by key: nothing else may move.

use crate::transcript::root;
use std::fs;
use std::path::PathBuf;
use ttht::model::RecordKind;
use ttht::model::field::{Field, Kind};
use ttht::model::path::{Step, steps};
use ttht::model::tree::{Node, Value};
use ttht::model::visit::FIELDS;
use ttht::toml::{canonical::tidy, change, raw_tree};

/// The example records of a kind.
fn examples(kind: RecordKind, folder: &str) -> Vec<(RecordKind, String)> {
    let at = |example: &str| root().join("examples").join(example).join(folder);
    let mut paths: Vec<PathBuf> = ["uong-bi", "phuong-2025"].map(at).to_vec();
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

/// A text, what is done at a path (a text that is put there, or nothing: it is removed), and the text after it.
type Specimen = (&'static str, &'static str, Option<&'static str>, &'static str);

const ODD: &[Specimen] = &[
    // No line end at the end of the file, and more than one line goes.
    ("a = 1\n\n[[team]]\nname = \"B\"\nbody = \"C\"", "team[0]", None, "a = 1"),
    ("[context]\npopulation = 1", "context.population", None, ""),
    ("a = 1\n[context]", "context.population", Some("x"), "a = 1\n[context]\npopulation = \"x\""),
    // A comment above a value and one on its line go with it, and no other does.
    ("a = 1\n# b\nb = 2 # b\n# c\nc = 3\n", "b", None, "a = 1\n# c\nc = 3\n"),
    ("# of the file\na = 1\nb = 2\n", "a", None, "# of the file\nb = 2\n"),
    ("a = \'\'\'\n# no comment\'\'\'\nb = 2\n", "b", None, "a = \'\'\'\n# no comment\'\'\'\n"),
    (
        "x = 1\n\n# a\n[a]\n# in a\nb = 1\n\n# in a\nc = 1\n# c\n\n# free\n\n# d\n[d]\n",
        "a",
        None,
        "x = 1\n\n# free\n\n# d\n[d]\n",
    ),
    ("[a]\nb = 1\n# c\n[c]\n", "a", None, "# c\n[c]\n"),
    ("x = 1\n\n# why\n[a]\nb = 1\n", "a.b", None, "x = 1\n\n# why\n[a]\n"),
    (
        "[[team]]\nname = \"A\"\n# A\n\n# B\n[[team]]\nname = \"B\"\n",
        "team[0]",
        None,
        "# B\n[[team]]\nname = \"B\"\n",
    ),
    (
        "# of the file\n\n# date\ndate = 1\n",
        "centre",
        Some("x"),
        "# of the file\n\ncentre = \"x\"\n# date\ndate = 1\n",
    ),
    // The same between brackets.
    ("a = [\n  1,\n  # two\n  2,\n]\n", "a[0]", None, "a = [\n  # two\n  2,\n]\n"),
    ("a = [\n  1, # one\n  # two\n  2, # two\n]\n", "a[1]", None, "a = [\n  1, # one\n]\n"),
    ("a = [\n  1, # one\n  2 # two\n]\n", "a[1]", None, "a = [\n  1 # one\n]\n"),
    ("a = [ # all\n  1,\n  2,\n]\n", "a[0]", None, "a = [ # all\n  2,\n]\n"),
    ("a = [1, # one\n 2]\n", "a[0]", None, "a = [\n 2]\n"),
    ("a = [1, 2, # both\n 3]\n", "a[1]", None, "a = [1, # both\n 3]\n"),
    ("a = [\n  1\n  , 2\n]\n", "a[0]", None, "a = [\n   2\n]\n"),
    ("a = [\t1,\t2,\t3,\t]\n", "a[2]", None, "a = [\t1,\t2,\t]\n"),
    ("a = [[1]]\n", "a[0][0]", None, "a = [[]]\n"),
    ("team = [{ name = \"A\" }]\n", "team[0].name", None, "team = [{}]\n"),
    ("a = { b.c = 1, b.d = 2, e = 3 }\n", "a.b", None, "a = { e = 3 }\n"),
    ("a.b.c = 1\na.b.d = 2\ne = 3\n", "a.b", None, "e = 3\n"),
    ("agenda = [\n  1, # one\n]\n", "agenda[1]", Some("x"), "agenda = [\n  1, # one\n  \"x\",\n]\n"),
    ("agenda = [\n\t1 # one\n]\n", "agenda[1]", Some("x"), "agenda = [\n\t1, # one\n\t\"x\"\n]\n"),
    ("agenda = [1,]\n", "agenda[1]", Some("x"), "agenda = [1, \"x\",]\n"),
    ("agenda = [ # none\n]\n", "agenda[0]", Some("x"), "agenda = [\"x\" # none\n]\n"),
    ("extra = { b.c = 1 }\n", "extra.b.d", Some("x"), "extra = { b.c = 1, b.d = \"x\" }\n"),
    ("\"ex\\u0074ra\" = { y = 1 }\n", "extra.z", Some("x"), "\"ex\\u0074ra\" = { y = 1, z = \"x\" }\n"),
    (
        "context = {\n  # men and women\n  population = 1,\n}\n",
        "context.centre_population",
        Some("x"),
        "context = {\n  # men and women\n  population = 1,\n  centre_population = \"x\",\n}\n",
    ),
];

#[test]
fn an_edit_takes_what_it_says_and_nothing_more() {
    for (text, path, new, want) in ODD {
        for (text, want) in
            [(text.to_string(), want.to_string()), (text.replace('\n', "\r\n"), want.replace('\n', "\r\n"))]
        {
            let path = steps(path).unwrap();
            let changed = match new {
                Some(new) => change::put(&text, FIELDS, &path, &Node::of_text(*new)),
                None => change::remove(&text, &path),
            };
            assert_eq!(changed.as_deref(), Some(want.as_str()), "{text}");
        }
    }
}

#[test]
fn what_comes_into_a_file_ends_its_lines_as_the_file_does() {
    let lines = Node::of_text("một\nhai");
    for (text, want) in [
        ("date = 1\r\n", "date = 1\r\nreporter = \"\"\"\r\nmột\r\nhai\"\"\"\r\n"),
        ("date = 1\n", "date = 1\nreporter = \"\"\"\nmột\nhai\"\"\"\n"),
        ("reporter = 1\r\ndate = 1", "reporter = \"\"\"\r\nmột\r\nhai\"\"\"\r\ndate = 1"),
        // Lines that end in both ways: as most of them do.
        (
            "date = 1\r\nplace = 1\r\nend = 1\n",
            "date = 1\r\nplace = 1\r\nreporter = \"\"\"\r\nmột\r\nhai\"\"\"\r\nend = 1\n",
        ),
    ] {
        let changed = change::put(text, FIELDS, &steps("reporter").unwrap(), &lines).unwrap();
        assert_eq!(changed, want);
        assert!(raw_tree(&changed).at("reporter").unwrap().says_same(&lines), "{changed:?}");
    }
}

#[test]
fn formatting_keeps_the_line_ends_and_what_a_text_says() {
    for (kind, text) in all() {
        let windows = text.replace('\n', "\r\n");
        assert_eq!(tidy(&windows, kind.fields()), Some(windows));
    }
    let text = "place = \'\'\'\r\na\r\n\r\nb\'\'\'\r\n";
    assert_eq!(tidy(text, FIELDS).as_deref(), Some(text));
    assert_eq!(raw_tree(text).at("place").unwrap().text(), Some("a\n\nb"));
    assert_eq!(
        tidy("date = 1\r\nplace = 1\r\nend = 1\n", FIELDS).as_deref(),
        Some("date = 1\r\nplace = 1\r\nend = 1\r\n")
    );
}
