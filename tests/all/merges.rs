//! What two people have changed in one record comes together: value by value, in git as well, and nothing of either is lost.
//!
//! `TTHT_STRESS=10000 cargo test --test all merges` makes that many trials; `tests/merges/` has those that are held against
//! other programs.

use crate::fresh::{each, example};
use crate::git::{git, run, said};
use crate::there_and_back::times;
use crate::transcript::root;
use std::fs;
use std::path::Path;
use tempfile::TempDir;
use ttht::desk::git::driver::CALL;
use ttht::model::RecordKind;
use ttht::model::path::Step;
use ttht::model::tree::{Entry, Node, Value};
use ttht::model::visit::FIELDS;
use ttht::toml::change::{put, remove};
use ttht::toml::difference::differences;
use ttht::toml::raw_tree;
use ttht::toml::threeway::{Marks, Merged, Texts, merge};

const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    let marks = Marks { size: 7, ours: "An".to_owned(), theirs: "Bình".to_owned() };
    merge(FIELDS, Texts { base, ours, theirs }, &marks).unwrap()
}

/// A text with all of ours, and with all of theirs.
fn sides(text: &str) -> [String; 2] {
    let (mut sides, mut open): ([String; 2], Option<usize>) = Default::default();
    for line in text.split_inclusive('\n') {
        match (line.trim_end(), open) {
            ("<<<<<<< An", None) => open = Some(0),
            ("|||||||", Some(_)) => open = Some(2),
            ("=======", Some(_)) => open = Some(1),
            (">>>>>>> Bình", Some(_)) => open = None,
            (_, Some(side)) => sides.get_mut(side).into_iter().for_each(|text| text.push_str(line)),
            (_, None) => sides.iter_mut().for_each(|text| text.push_str(line)),
        }
    }
    sides
}

/// What two trees say differently, whatever their order and notation.
fn differing(left: &Node, right: &Node) -> Vec<String> {
    let all = differences(&RecordKind::Visit.root(), left, right);
    all.into_iter().map(|one| format!("{one:?}")).collect()
}

pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// The single values of a tree below sections and rows; not those by which a row is known.
fn leaves(node: &Node, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let mut below = |step: Step, node: &Node| {
        path.push(step);
        leaves(node, path, found);
        path.pop();
    };
    match &node.value {
        Value::Table(entries) => {
            let plain = |entry: &&Entry| !["name", "kind", "of", "file", "centre"].contains(&&*entry.key);
            entries
                .iter()
                .filter(plain)
                .for_each(|entry| below(Step::Key(entry.key.to_string()), &entry.node));
        }
        Value::List(rows) if rows.iter().all(|row| matches!(row.value, Value::Table(_))) => {
            rows.iter().enumerate().for_each(|(at, row)| below(Step::Index(at), row));
        }
        Value::List(_) => {}
        _ => found.push(path.clone()),
    }
}

/// What one person does: values that are set or taken out, and a new member of the team.
type Script = Vec<(Vec<Step>, Option<Node<'static>>)>;

fn script(dice: &mut Dice, tree: &Node, leaves: &[Vec<Step>], who: &str) -> Script {
    let mut script = Script::new();
    for _ in 0..1 + dice.roll(6) {
        let path = leaves[dice.roll(leaves.len())].clone();
        let value = match &tree.follow(&path).unwrap().value {
            _ if dice.roll(8) == 0 => None,
            Value::Int(number) => Some(Node::new(Value::Int(number + 1 + dice.roll(2) as i64))),
            Value::Text(text) => Some(Node::of_text(format!("{text} {who}"))),
            Value::Bool(answer) => Some(Node::new(Value::Bool(!answer))),
            _ => continue,
        };
        if !script.iter().any(|(other, _)| *other == path) {
            script.push((path, value));
        }
    }
    script
}

/// A text after a script, with notes, and perhaps in another notation.
fn done(dice: &mut Dice, text: &str, script: &Script, who: &str) -> String {
    let mut done = text.to_owned();
    for (path, value) in script {
        done = match value {
            Some(value) => put(&done, FIELDS, path, value).unwrap(),
            None => remove(&done, path).unwrap(),
        };
    }
    let member = format!("\n[[team]]\nname = \"{who} (minh hoạ)\"\nrole = \"member\"\n");
    done = done.replacen("\n[context]", &format!("{member}\n[context]"), dice.roll(2));
    let mut lines: Vec<String> = done.lines().map(str::to_owned).collect();
    for _ in 0..dice.roll(3) {
        let at = dice.roll(lines.len());
        let note = format!("# {who} ghi {}", dice.roll(1000));
        match lines[at].chars().next() {
            Some('a'..='z') if dice.roll(2) == 0 && !lines[at].ends_with('[') => {
                lines[at] += &format!("  {note}")
            }
            Some('a'..='z' | '[') => lines.insert(at, note),
            _ => {}
        }
    }
    match dice.roll(6) {
        0 => lines.join("\r\n") + "\r\n",
        1 => lines.join("\n").replace("_0", "0").replace(" = ", "  =  ") + "\n",
        _ => lines.join("\n") + "\n",
    }
}

/// The tree after both scripts, with one side where they disagree, and at how many values they do.
fn both<'t>(tree: &Node<'t>, texts: [&'t str; 2], scripts: [&Script; 2], side: usize) -> (Node<'t>, usize) {
    let (mut both, mut open) = (tree.clone(), 0);
    let [first, last] = [scripts[1 - side], scripts[side]];
    for (path, value) in first.iter().chain(last) {
        match value {
            Some(value) => _ = both.put(path, value.clone()),
            None => both.take(path),
        }
    }
    for (path, value) in first {
        let other = last.iter().find(|(other, _)| other == path);
        let same = |other: &Option<Node>| match (value, other) {
            (Some(value), Some(other)) => value.says_same(other),
            (None, None) => true,
            _ => false,
        };
        open += usize::from(other.is_some_and(|(_, other)| !same(other)));
    }
    for (who, text) in ["Mai", "Nam"].into_iter().zip(texts) {
        let member = raw_tree(text).get("team").and_then(|team| {
            let is_new =
                |row: &&Node| row.get("name").and_then(Node::text).is_some_and(|name| name.starts_with(who));
            team.items().iter().find(is_new).cloned()
        });
        if let (Some(member), Some(team)) = (member, both.get("team").map(|team| team.items().len())) {
            both.put(&["team".into(), Step::Index(team)], member.into_owned());
        }
    }
    (both, open)
}

fn trial(seed: u64, base: &str) {
    let mut dice = Dice(seed);
    let tree = raw_tree(base);
    let mut found = Vec::new();
    leaves(&tree, &mut Vec::new(), &mut found);
    let scripts = ["Mai", "Nam"].map(|who| script(&mut dice, &tree, &found, who));
    let texts =
        [("Mai", &scripts[0]), ("Nam", &scripts[1])].map(|(who, script)| done(&mut dice, base, script, who));
    let [ours, theirs] = texts.each_ref().map(String::as_str);
    let (result, turned) = (merged(base, ours, theirs), merged(base, theirs, ours));
    let (got, [there, here]) = (sides(&result.text), sides(&turned.text));
    for (side, (got, turned)) in got.iter().zip([&here, &there]).enumerate() {
        let (wanted, open) = both(&tree, [ours, theirs], scripts.each_ref(), side);
        assert_eq!(differing(&wanted, &raw_tree(got)), [""; 0], "{seed}: {}", result.text);
        assert_eq!(result.conflicts.len(), open, "{seed}: {}", result.text);
        assert_eq!(differing(&raw_tree(got), &raw_tree(turned)), [""; 0], "{seed}: the other order");
    }
    for text in &texts {
        for note in text.lines().filter_map(|line| line.split_once("# M").or(line.split_once("# N"))) {
            assert!(result.text.contains(note.1), "{seed}: “{}” is lost in {}", note.1, result.text);
        }
    }
    assert_eq!(ours.contains('\r'), result.text.contains('\r'), "{seed}: line ends are those of ours");
}

#[test]
fn what_either_side_has_changed_is_there_and_what_both_have_is_told() {
    let folder = root().join("examples/uong-bi/visits");
    let years = fs::read_dir(folder).unwrap().map(|year| year.unwrap().path());
    let files = years.flat_map(|year| fs::read_dir(year).unwrap().map(|file| file.unwrap().path()));
    let mut visits: Vec<String> = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    visits.sort();
    let seeds: Vec<u64> = (1..=times(60)).collect();
    each(&seeds, |seed| trial(*seed, &visits[*seed as usize % visits.len()]));
}

const BASE: &str = "centre = \"a\"\ndate = 2016-10-27\n\n[[team]]\nname = \"A\"\nrole = \"lead\"\npost = \"x\"\n\n[[team]]\nname = \"B\"\nrole = \"member\"\npost = \"y\"\n\n[context]\npopulation = 6431\n\n[rating.cv]\nscores = { management = 18, effect = 26 }\n";

#[test]
fn a_row_that_one_has_taken_away_and_the_other_has_changed_is_open_as_a_whole() {
    let row = "[[team]]\nname = \"B\"\nrole = \"member\"\npost = \"y\"\n\n";
    let (without, noted) = (BASE.replace(row, ""), BASE.replace("\"y\"", "\"z\"  # về hưu"));
    let Merged { text, conflicts } = merged(BASE, &without, &noted);
    assert_eq!(conflicts.len(), 1);
    let want = "<<<<<<< An\n|||||||\n[[team]]\nname = \"B\"\nrole = \"member\"\npost = \"y\"\n\n=======\n[[team]]\nname = \"B\"\nrole = \"member\"\npost = \"z\"  # về hưu\n\n>>>>>>> Bình\n";
    assert_eq!(text, without.replace("[context]", &format!("{want}[context]")));
}

#[test]
fn a_person_who_is_called_otherwise_is_the_same_and_keeps_what_the_other_side_says() {
    let text = merged(BASE, &BASE.replace("\"B\"", "\"Bê\""), &BASE.replace("\"y\"", "\"z\"")).text;
    assert_eq!(text, BASE.replace("\"B\"", "\"Bê\"").replace("\"y\"", "\"z\""));
}

#[test]
fn two_recommendations_that_happen_to_have_one_number_are_open_as_a_whole() {
    let with = |text: &str| format!("{BASE}\n[recommendation.r1]\nto = \"centre\"\ntext = \"{text}\"\n");
    let Merged { text, conflicts } = merged(BASE, &with("một"), &with("hai"));
    assert_eq!(conflicts.len(), 1);
    assert_eq!(sides(&text), [with("một"), with("hai")]);
    assert_eq!(merged(BASE, &with("một"), &with("một")).text, with("một"));
}

#[test]
fn each_place_is_open_for_itself_and_keeps_the_comments_of_who_has_it() {
    let with = |population: &str, text: &str, who: &str| {
        let base = BASE.replace("6431", population);
        format!("{base}\n[recommendation.r1]\nto = \"centre\"\ntext = \"{text}\"  # của {who}\n")
    };
    let (ours, theirs) = (with("6500", "một", "An"), with("6600", "hai", "Bình"));
    let text = merged(BASE, &ours, &theirs).text;
    assert_eq!(text.matches("<<<<<<< An").count(), 2, "{text}");
    assert_eq!(sides(&text), [ours, theirs]);
}

#[test]
fn whole_numbers_and_decimals_are_one_measure() {
    let base = format!("{BASE}\n[facilities]\nrooms = 2\narea_m2 = 48\n");
    let theirs = base.replace("48", "48.0").replace("rooms = 2", "rooms = 3");
    assert_eq!(merged(&base, &base, &theirs).text, base.replace("rooms = 2", "rooms = 3"));
    assert!(merged(&base, &base.replace("48", "50"), &theirs).conflicts.is_empty());
}

#[test]
fn notations_are_no_differences_and_comments_outlive_their_values() {
    let sectioned = BASE.replace(
        "scores = { management = 18, effect = 26 }",
        "\n[rating.cv.scores]\nmanagement = 18\neffect = 26",
    );
    let scored = BASE.replace("effect = 26", "effect = 27");
    for (ours, theirs) in [(&sectioned, &scored), (&scored, &sectioned)] {
        let Merged { text, conflicts } = merged(BASE, ours, theirs);
        assert!(conflicts.is_empty());
        assert_eq!(differing(&raw_tree(&scored), &raw_tree(&text)), [""; 0]);
    }
    let (gone, noted) =
        (BASE.replace("post = \"y\"\n", ""), BASE.replace("post = \"y\"", "# hỏi lại\npost = \"y\""));
    for (ours, theirs) in [(&gone, &noted), (&noted, &gone)] {
        let text = merged(BASE, ours, theirs).text;
        assert_eq!(text, gone.replace("\n\n[context]", "\n# post: hỏi lại\n\n[context]"));
    }
}

/// A repository with a register that merges by value.
fn repository() -> TempDir {
    let top = tempfile::tempdir().unwrap();
    let folder = top.path();
    git(folder, &["init", "-q", "-b", "main"]);
    git(folder, &["config", "merge.ttht.driver", &format!("ttht --lang vi {CALL}")]);
    fs::write(folder.join(".gitattributes"), "*.toml merge=ttht\n").unwrap();
    example(&folder.join("sổ"));
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "sổ"]);
    top
}

/// Changes the visit as somebody on some day, and commits it.
fn changes(folder: &Path, who: &str, day: &str, pairs: &[(&str, &str)]) {
    let file = folder.join("sổ").join(VISIT);
    let text = pairs.iter().fold(fs::read_to_string(&file).unwrap(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    fs::write(file, text).unwrap();
    let author = format!("--author={who} <a@example.org>");
    git(folder, &["commit", "-q", "-a", "-m", "sửa", &author, &format!("--date={day}T08:00:00+0700")]);
}

fn visit(folder: &Path) -> String {
    fs::read_to_string(folder.join("sổ").join(VISIT)).unwrap()
}

/// Neighbouring lines, numbers of one line, and two members of the team.
const HERE: &[(&str, &str)] = &[
    ("population = 8_614", "population = 8_620"),
    ("raised = 82_020_000", "raised = 83_000_000"),
    ("[context]", "[[team]]\nname = \"Mai (minh hoạ)\"\nrole = \"member\"\n\n[context]"),
];
const THERE: &[(&str, &str)] = &[
    ("households = 2_461", "# theo công an phường\nhouseholds = 2_470"),
    ("target = 74_000_000", "target = 75_000_000"),
    ("[context]", "[[team]]\nname = \"Nam (minh hoạ)\"\nrole = \"member\"\n\n[context]"),
];

#[test]
fn git_merges_by_value_whatever_it_is_that_it_merges() {
    let top = repository();
    let folder = top.path();
    git(folder, &["checkout", "-q", "-b", "side"]);
    changes(folder, "Bình", "2016-11-13", THERE);
    git(folder, &["checkout", "-q", "main"]);
    changes(folder, "An", "2016-11-12", HERE);
    let mut seen = Vec::new();
    for words in
        [&["merge", "-q", "--no-edit", "side"][..], &["cherry-pick", "side"], &["rebase", "-q", "side"]]
    {
        git(folder, words);
        seen.push(visit(folder));
        git(folder, &["reset", "-q", "--hard", "ORIG_HEAD"]);
        if words[0] == "cherry-pick" {
            git(folder, &["reset", "-q", "--hard", "HEAD^"]);
        }
    }
    git(folder, &["reset", "-q", "--hard", "side^"]);
    let file = folder.join("sổ").join(VISIT);
    let edited = HERE.iter().fold(visit(folder), |text, (old, new)| text.replace(old, new));
    fs::write(file, edited).unwrap();
    git(folder, &["stash", "-q"]);
    git(folder, &["merge", "-q", "--ff-only", "side"]);
    git(folder, &["stash", "pop", "-q"]);
    seen.push(visit(folder));
    for text in seen {
        for (_, new) in HERE.iter().chain(THERE) {
            let new = new.strip_suffix("\n\n[context]").unwrap_or(new);
            assert!(text.contains(new), "{new}:\n{text}");
        }
        assert!(!text.contains("<<<<<<<"), "{text}");
    }
}

#[test]
fn the_marks_say_whose_a_value_is_and_of_when() {
    let top = repository();
    let folder = top.path();
    git(folder, &["checkout", "-q", "-b", "side"]);
    changes(folder, "Trần Thị Bình", "2016-11-13", &[("population = 8_614", "population = 8_631")]);
    git(folder, &["checkout", "-q", "main"]);
    changes(folder, "Nguyễn Văn An", "2016-11-12", &[("population = 8_614", "population = 8_620")]);
    let want = "<<<<<<< Nguyễn Văn An, 12/11/2016\npopulation = 8_620\n|||||||\npopulation = 8_614\n=======\npopulation = 8_631\n>>>>>>> Trần Thị Bình, 13/11/2016\n";
    for driver in [CALL, "merge-file %O %A %B --marker-size %L --path %P"] {
        git(folder, &["config", "merge.ttht.driver", &format!("ttht --lang vi {driver}")]);
        let output = run(folder, "git", &["merge", "side"]);
        assert!(visit(folder).contains(want), "{driver}: {}\n{}", said(&output), visit(folder));
        let told = format!(
            "sổ/{VISIT}: Số liệu chung, dân số: 8.620 (Nguyễn Văn An, 12/11/2016); 8.631 (Trần Thị Bình, 13/11/2016); trước đó: 8.614"
        );
        assert!(said(&output).contains(&told), "{}", said(&output));
        git(folder, &["merge", "--abort"]);
    }
}

#[test]
fn what_is_wrong_only_after_the_merge_is_told() {
    let top = repository();
    let folder = top.path();
    git(folder, &["checkout", "-q", "-b", "side"]);
    changes(folder, "Bình", "2016-11-13", &[("attendances = 623", "attendances = 400")]);
    git(folder, &["checkout", "-q", "main"]);
    changes(folder, "An", "2016-11-12", &[("women = 330", "women = 500")]);
    let output = run(folder, "git", &["merge", "--no-edit", "side"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(visit(folder).contains("attendances = 400, women = 500"), "{}", visit(folder));
    assert!(said(&output).contains("women = 500"), "its line is shown: {}", said(&output));
}
