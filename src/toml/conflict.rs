//! What two versions of a record disagree about, value by value, where both were left in one text.

pub mod chosen;

use super::change::same;
use super::codes;
use super::complaint::{SyntaxFault, conflict};
use super::difference::differences;
use super::marks::{Hunk, Side, hunks, masked, side};
use super::parse::parse;
use crate::model::RecordKind;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::identity::{Named, kind_at, place, written};
use crate::model::path;
use crate::model::said;
use crate::model::text::{Said, t};
use crate::model::tree::{Node, Span};
use crate::say;

/// A value about which two versions disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Where it is, as in this copy if it is there. A list of texts, and a recommendation that each has added, are one value.
    pub path: Vec<Named>,
    /// What this copy has.
    pub ours: Option<Node<'static>>,
    /// What the other copy has.
    pub theirs: Option<Node<'static>>,
    /// What both began with, where that is known.
    pub base: Option<Option<Node<'static>>>,
    /// The key path in this copy; if it is not there, as [`written`] for both.
    pub key: String,
    /// Its bytes in the text with marks.
    pub span: Span,
    /// The open places in which it stands, or something in it.
    pub hunks: Vec<usize>,
}

impl Conflict {
    /// The side that is right, since the other one has left the value as it was.
    pub fn settled(&self, root: &Kind) -> Option<Side> {
        let (base, kind) = (self.base.as_ref()?, kind_at(root, &self.path));
        let unchanged = |value: &Option<Node>| match (base, value) {
            (Some(base), Some(value)) => same(&kind, base, value),
            (base, value) => base.is_none() && value.is_none(),
        };
        match (unchanged(&self.ours), unchanged(&self.theirs)) {
            (true, _) => Some(Side::Theirs),
            (_, true) => Some(Side::Ours),
            _ => None,
        }
    }
}

/// A text that is open at some places, and both of whose versions can be read.
#[derive(Debug)]
pub struct Open<'t> {
    /// The text with its marks.
    pub text: &'t str,
    /// The open places.
    pub hunks: Vec<Hunk>,
    /// The text of this copy.
    pub ours: String,
    /// The text of the other copy.
    pub theirs: String,
    /// What they disagree about, in the order of this copy.
    pub conflicts: Vec<Conflict>,
    /// What they do not disagree about, in its places.
    pub rest: Node<'static>,
    /// What else is wrong with the syntax: both have it.
    faults: Vec<SyntaxFault>,
}

/// Reads a text with marks as the two versions of a record; what both began with stands between the marks, or is known
/// from elsewhere. None if it has no marks, or if it cannot be read so.
pub fn read<'t>(text: &'t str, fields: &'static [Field], base: Option<&str>) -> Option<Open<'t>> {
    let (root, hunks) = (Kind::Section(fields), hunks(text)?);
    let placed = [Side::Ours, Side::Theirs].map(|of| masked(text, &hunks, of));
    let [(here, faults), (there, others)] = [&placed[0], &placed[1]].map(|text| parse(text));
    let outside = |fault: &SyntaxFault| {
        hunks.iter().all(|hunk| fault.span.end <= hunk.span.start || hunk.span.end <= fault.span.start)
    };
    if faults != others || !faults.iter().all(outside) {
        return None;
    }
    let (ours, theirs) = (side(text, &hunks, Side::Ours)?, side(text, &hunks, Side::Theirs)?);
    let began = side(text, &hunks, Side::Base).or(base.map(str::to_owned));
    let base = began.as_ref().map(|text| parse(text)).filter(|read| read.1.len() == faults.len());
    let sides =
        Sides { root, ours: &parse(&ours).0, theirs: &parse(&theirs).0, base: base.map(|read| read.0) };
    let mut rest = here.clone().into_owned();
    let mut conflicts = sides.conflicts();
    for one in conflicts.iter_mut().rev() {
        let at = [&here, &there].map(|tree| place(&root, tree, &one.path));
        let [mine, other] = at.each_ref().map(|at| at.as_deref().map(path::written));
        one.span = match (&mine, &other) {
            (Some(key), _) => here.span_of(key),
            (None, Some(key)) => there.span_of(key),
            (None, None) => 0..0,
        };
        one.key = mine.unwrap_or_else(|| written(&one.path));
        let mut places = vec![one.span.start];
        for (tree, steps) in [&here, &there].into_iter().zip(&at) {
            steps.iter().filter_map(|steps| tree.follow(steps)).for_each(|node| begins(node, &mut places));
        }
        let holds = |hunk: &Hunk| places.iter().any(|at| hunk.span.contains(at));
        one.hunks = (0..hunks.len()).filter(|n| holds(&hunks[*n])).collect();
        at[0].iter().for_each(|steps| rest.take(steps));
    }
    Some(Open { text, hunks, conflicts, rest, faults, ours, theirs })
}

/// Where a value begins, and each that is in it.
fn begins(node: &Node, places: &mut Vec<usize>) {
    places.push(node.span.start);
    node.items().iter().for_each(|item| begins(item, places));
    node.entries().iter().for_each(|entry| {
        places.push(entry.key_span.start);
        begins(&entry.node, places);
    });
}

impl Open<'_> {
    /// What is said of itself by the version of which a conflict is: who and when.
    pub fn who(&self, of: &Conflict, side: Side) -> Said {
        let hunk = &self.hunks[of.hunks.first().copied().unwrap_or(0)];
        let label = hunk.label(self.text, side);
        match (label, side) {
            ("" | "HEAD" | "ours" | "Updated upstream", Side::Ours) => t("bản này", "this version").into(),
            ("" | "theirs", _) => t("bản kia", "the other version").into(),
            _ => Said::same(label),
        }
    }

    /// What is not open, and each value that is, as a fault; where none is, each open place.
    pub fn told(self, fields: &'static [Field], file: &str) -> (Node<'static>, Vec<SyntaxFault>) {
        let root = Kind::Section(fields);
        let id = RecordKind::of(file).map_or(file, |(_, id)| id);
        let help = say!(
            "chọn: ttht resolve {id}; hoặc sửa tay: giữ một bản, xoá bản kia cùng các dòng dấu",
            "choose: ttht resolve {id}; or by hand: keep one, delete the other one and the lines with marks",
            [id]
        );
        let is_open = |one: &&Conflict| one.settled(&root).is_none();
        let mut faults: Vec<SyntaxFault> =
            self.conflicts.iter().filter(is_open).map(|one| self.fault(&root, one)).collect();
        if faults.is_empty() {
            faults = self.hunks.iter().map(|hunk| conflict(self.text, hunk.span.start)).collect();
        }
        faults.iter_mut().for_each(|fault| fault.help = help.clone());
        faults.extend(self.faults);
        faults.sort_by_key(|fault| fault.span.start);
        (self.rest, faults)
    }

    fn fault(&self, root: &Kind, one: &Conflict) -> SyntaxFault {
        let kind = kind_at(root, &one.path);
        let value = |node: &Option<Node>| {
            node.as_ref().map_or_else(|| t("không có", "nothing").into(), |node| said::value(&kind, node))
        };
        let (place, [ours, theirs]) = (said::place(root, &one.path), [&one.ours, &one.theirs].map(value));
        let [who, whose] = [Side::Ours, Side::Theirs].map(|side| self.who(one, side));
        let before = one.base.iter().flatten().map(|base| {
            let base = said::value(&kind, base);
            say!("; trước đó: {base}", "; before: {base}", [base])
        });
        let before = Said::join(before, "");
        let message = say!(
            "“{place}” có hai bản: {ours} ({who}); {theirs} ({whose}){before}",
            "“{place}” is there in two versions: {ours} ({who}); {theirs} ({whose}){before}",
            [place, ours, who, theirs, whose, before]
        );
        let key = Some(one.key.clone());
        SyntaxFault {
            code: &codes::CONFLICT_MARKERS,
            key,
            ..SyntaxFault::new(one.span.clone(), message, Said::default())
        }
    }
}

/// The two versions, and what they began with.
struct Sides<'t> {
    root: Kind,
    ours: &'t Node<'t>,
    theirs: &'t Node<'t>,
    base: Option<Node<'t>>,
}

impl Sides<'_> {
    /// What they disagree about; the places in the text are yet to be found.
    fn conflicts(&self) -> Vec<Conflict> {
        let mut paths: Vec<Vec<Named>> = Vec::new();
        for one in differences(&self.root, self.theirs, self.ours) {
            let path = self.whole(one.path);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths.into_iter().map(|path| self.conflict(path)).collect()
    }

    fn conflict(&self, path: Vec<Named>) -> Conflict {
        let [ours, theirs] = [self.ours, self.theirs].map(|tree| self.held(tree, &path));
        let base = self.base.as_ref().map(|tree| self.held(tree, &path));
        Conflict { path, ours, theirs, base, key: String::new(), span: 0..0, hunks: Vec::new() }
    }

    fn held(&self, tree: &Node, path: &[Named]) -> Option<Node<'static>> {
        let steps = place(&self.root, tree, path)?;
        tree.follow(&steps).cloned().map(Node::into_owned)
    }

    /// The value to which a difference belongs: the whole list of a text, the whole of what each side has added under one
    /// word.
    fn whole(&self, mut path: Vec<Named>) -> Vec<Named> {
        if path.last() == Some(&Named::Item) {
            path.pop();
        }
        let added = |n: &usize| {
            let (above, entry) = (kind_at(&self.root, &path[..n - 1]), &path[..*n]);
            let is_word = matches!(above, Kind::Keyed { by: Vocabulary::Words, entry: Kind::Section(_), .. });
            is_word && self.are_others(entry)
        };
        let n = (1..=path.len()).find(added);
        path.truncate(n.unwrap_or(path.len()));
        path
    }

    /// True if two versions mean different things by one word: neither had it before or, where that is not known, its
    /// words are others.
    fn are_others(&self, entry: &[Named]) -> bool {
        let [ours, theirs] = [self.ours, self.theirs].map(|tree| self.held(tree, entry));
        match (&self.base, ours, theirs) {
            (Some(base), ..) => self.held(base, entry).is_none(),
            (None, Some(ours), Some(theirs)) => {
                let kind = kind_at(&self.root, entry);
                let words = kind.fields().iter().filter(|field| matches!(field.kind, Kind::Prose));
                words.into_iter().any(|field| match (ours.get(field.key), theirs.get(field.key)) {
                    (Some(one), Some(other)) => !one.says_same(other),
                    (one, other) => one.is_some() || other.is_some(),
                })
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::fault::{Fault, sort};
    use crate::model::visit::FIELDS;
    use crate::toml::read_tree;

    /// The faults of a visit that says this beside what every visit says; each as its line, its key and its message.
    fn told(text: &str) -> Vec<String> {
        let text = format!("centre = \"a\"\ndate = 2016-10-27\nplace = \"UBND\"\n{text}");
        let line = |Fault { place, key, message, .. }: Fault| {
            format!("{} {}: {}", place.map_or(0, |at| at.line), key.unwrap_or_default(), message.en)
        };
        let mut faults = read_tree(&text, FIELDS, "x").1;
        sort(&mut faults);
        faults.into_iter().map(line).collect()
    }

    #[test]
    fn a_value_with_two_versions_is_one_fault() {
        let text = "[context]\n<<<<<<< Văn An, 12/11/2016\npopulation = 6_500\n||||||| \npopulation = 6_431\n=======\npopulation = 6_600\n>>>>>>> Thị Bình, 13/11/2016\nhouseholds = 2_000\n";
        let message = "“Context, population” is there in two versions: 6,500 (Văn An, 12/11/2016); 6,600 (Thị Bình, 13/11/2016); before: 6,431";
        assert_eq!(told(text), [format!("6 context.population: {message}")]);
        let plain = text.replace("||||||| \npopulation = 6_431\n", "").replace("Văn An, 12/11/2016", "HEAD");
        let message = "“Context, population” is there in two versions: 6,500 (this version); 6,600 (Thị Bình, 13/11/2016)";
        assert_eq!(told(&plain), [format!("6 context.population: {message}")]);
    }

    #[test]
    fn what_git_has_put_into_one_place_is_told_value_by_value() {
        let text = "[context]\n<<<<<<< HEAD\npopulation = 6_500\nhouseholds = 2_001\nworkplaces = 3\n=======\npopulation = 6_600\nhouseholds = 2_002\nworkplaces = 3\nlineages = 2\n>>>>>>> x\n";
        let keys: Vec<String> =
            told(text).iter().map(|told| told.split(':').next().unwrap().to_owned()).collect();
        assert_eq!(keys, ["6 context.population", "7 context.households", "13 context.lineages"]);
        // One of the two has left what both began with as it was.
        let began = text.replace(
            "=======",
            "||||||| x\npopulation = 6_500\nhouseholds = 2_001\nworkplaces = 4\nlineages = 2\n=======",
        );
        let marks = "the file still has git's conflict markers";
        assert_eq!(told(&began), [format!("5 : {marks}")]);
    }

    #[test]
    fn rows_are_matched_and_the_rest_is_checked() {
        let text = "<<<<<<< HEAD\n[[team]]\nname = \"B\"\nrole = \"member\"\n[[team]]\nname = \"A\"\nrole = \"lead\"\n=======\n[[team]]\nname = \"A\"\nrole = \"deputy\"\n>>>>>>> x\n[context]\nclases = 1\n";
        let told = told(text);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("5 team[0]: “Team, B” is there in two versions: Name: “B”"), "{told:?}");
        assert!(told[1].starts_with("10 team[1].role: “Team, A, role”"), "{told:?}");
        assert!(told[2].starts_with("17 context.clases"), "{told:?}");
    }

    #[test]
    fn what_each_has_added_under_one_word_is_one_fault() {
        let text = "<<<<<<< HEAD\n[recommendation.r1]\nto = \"centre\"\ntext = \"Mở lớp\"\n=======\n[recommendation.r1]\nto = \"commune\"\ntext = \"Mua sách\"\n>>>>>>> x\n";
        let told = told(text);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("5 recommendation.r1: "), "{told:?}");
    }

    #[test]
    fn a_list_of_texts_is_one_value() {
        let text =
            "<<<<<<< HEAD\nagenda = [\"a\", \"b\"]\n=======\nagenda = [\"a\", \"c\", \"d\"]\n>>>>>>> x\n";
        let message = "“Agenda” is there in two versions: “a”, “b” (this version); “a”, “c”, “d” (x)";
        assert_eq!(told(text), [format!("5 agenda: {message}")]);
    }

    #[test]
    fn where_a_side_cannot_be_read_the_place_is_told() {
        let marks = "the file still has git's conflict markers";
        let text = "<<<<<<< HEAD\nagenda = [\"a\"\n=======\nagenda = [\"b\"]\n>>>>>>> x\n[context]\npopulation = -1\n";
        let told = told(text);
        assert_eq!(told[0], format!("4 : {marks}"));
        assert_eq!(told.len(), 2, "{told:?}");
    }
}
