//! A difference in words: what it is, what was and what is, and by how much a figure has changed.

use crate::model::RecordKind;
use crate::model::field::{Kind, Vocabulary};
use crate::model::identity::{Named, kind_at, names, written};
use crate::model::number::decimal;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::table::Cell;
use crate::model::text::{Lang, Said, small};
use crate::model::tree::{Entry, Node, Value};
use crate::render::record;
use crate::say;
use crate::toml::difference::Difference;

/// A difference in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Worded {
    /// Where it is: `team[Lê Văn C].role`.
    pub path: String,
    /// What it is: `Đoàn kiểm tra, Lê Văn C, chức danh`.
    pub label: Said,
    /// What it was; none if it is new.
    pub was: Option<Said>,
    /// What it is now; none if it is gone.
    pub now: Option<Said>,
    /// What it was and what it is, for programs.
    pub cells: [Cell; 2],
    /// What kind of words these are.
    pub style: Style,
    /// By how much a figure has changed.
    pub change: Option<Change>,
}

/// How a value stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As it is: a figure, a day, a word of a list.
    Plain,
    /// In quotes: what somebody has written.
    Quoted,
    /// In brackets: several values with their labels.
    Bracketed,
}

/// By how much a figure has changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The newer figure less the older one, in their unit.
    pub by: f64,
    /// The same in percent of the older one; none if that was 0.
    pub percent: Option<f64>,
}

/// A difference of a record in words: more than one where a whole section has come or gone.
pub fn worded(register: &Register, kind: RecordKind, difference: &Difference) -> Vec<Worded> {
    let mut lines = Vec::new();
    let Difference { path, was, now } = difference;
    add(register, &kind.root(), &mut path.clone(), was.as_ref(), now.as_ref(), &mut lines);
    lines
}

fn add(
    register: &Register,
    root: &Kind,
    path: &mut Vec<Named>,
    was: Option<&Node>,
    now: Option<&Node>,
    lines: &mut Vec<Worded>,
) {
    let kind = kind_at(root, path);
    let whole = [was, now].into_iter().flatten().find(|_| was.is_none() || now.is_none());
    if let Some(table) = whole.filter(|node| is_section(&kind, node) && !is_entry(root, path)) {
        for entry in table.entries() {
            path.push(Named::Key(entry.key.to_string()));
            let node = Some(&entry.node);
            add(register, root, path, was.and(node), now.and(node), lines);
            path.pop();
        }
        return;
    }
    let (label, scheme) = label(register, root, path);
    let said = |node: &Node| {
        let node = without_name(root, path, node);
        let words = |lang| record::value(&node, &kind, register, scheme, lang).replace('\n', " ");
        Said { vi: words(Lang::Vi), en: words(Lang::En) }
    };
    let style = match now.or(was).map(|node| &node.value) {
        Some(Value::Table(_)) => Style::Bracketed,
        Some(Value::Text(_)) if kind.has_text() => Style::Quoted,
        _ => Style::Plain,
    };
    let change = was.zip(now).and_then(|(was, now)| change(&kind, was, now));
    let (path, cells) =
        (written(path), [was, now].map(|node| node.map_or(Cell::Missing, |node| cell(node, said))));
    let [was, now] = [was, now].map(|node| node.map(&said));
    lines.push(Worded { path, label, was, now, cells, style, change });
}

/// A value as programs get it; what is made of others in words.
fn cell(node: &Node, said: impl Fn(&Node) -> Said) -> Cell {
    match &node.value {
        Value::Text(text) => match said(node) {
            said if said.vi == **text => Cell::text(&**text),
            said => Cell::word(text.to_string(), said),
        },
        Value::Int(number) => Cell::Count(*number),
        Value::Float(number) => Cell::Number(*number),
        Value::Bool(yes) => Cell::Bool(*yes),
        Value::Day(day) => Cell::Day(*day),
        Value::Time(time) => Cell::Time(*time),
        _ => {
            let said = said(node);
            Cell::word(said.vi.clone(), said)
        }
    }
}

/// Every value of a record with what people call it, one by one: in the order of the rows of its keys, what has a name or
/// a word of its own in the order of these. So the same record gives the same lines, however it is written.
pub fn values(register: &Register, kind: RecordKind, tree: &Node) -> Vec<(Vec<Named>, Said, Said)> {
    let mut lines = Vec::new();
    each(&kind.root(), &mut Vec::new(), tree, &mut |path, node| {
        let (label, scheme) = label(register, &kind.root(), path);
        let kind = kind_at(&kind.root(), path);
        let words = |lang| record::value(node, &kind, register, scheme, lang);
        lines.push((path.to_vec(), label, Said { vi: words(Lang::Vi), en: words(Lang::En) }));
    });
    lines
}

fn each(kind: &Kind, path: &mut Vec<Named>, node: &Node, told: &mut impl FnMut(&[Named], &Node)) {
    let mut below: Vec<(Named, Kind, &Node)> = match &node.value {
        Value::Table(entries) => {
            let entry = |entry: &'_ &Entry| (kind.rank_of(&entry.key), entry.key.to_string());
            let mut entries: Vec<&Entry> = entries.iter().collect();
            entries.sort_by_key(entry);
            let named = |entry: &'_ Entry| Named::Key(entry.key.to_string());
            entries.into_iter().map(|entry| (named(entry), kind.key(&entry.key), &entry.node)).collect()
        }
        Value::List(items) => match names(kind, items) {
            Some(names) => {
                let mut rows: Vec<_> = names.into_iter().zip(items).collect();
                rows.sort_by(|a, b| a.0.cmp(&b.0));
                rows.into_iter().map(|(name, row)| (Named::Row(name), kind.item(), row)).collect()
            }
            None if matches!(kind.item(), Kind::Choice(_) | Kind::Id(_)) => Vec::new(),
            None => items.iter().map(|item| (Named::Item, kind.item(), item)).collect(),
        },
        _ => Vec::new(),
    };
    let is_table = matches!(node.value, Value::Table(_));
    if below.is_empty() && !is_table || matches!(path.last(), Some(Named::Item)) {
        return told(path, node);
    }
    for (name, kind, node) in below.drain(..) {
        path.push(name);
        each(&kind, path, node, told);
        path.pop();
    }
}

/// A row without what its label says already.
fn without_name<'a>(root: &Kind, path: &[Named], node: &Node<'a>) -> Node<'a> {
    let mut rest = node.clone();
    if let Some((Named::Row(_), _)) = path.split_last() {
        let names = kind_at(root, path).fields().iter().filter(|field| field.identifies);
        names.for_each(|field| rest.take(&[field.key.into()]));
    }
    rest
}

/// True for a table of values that are told one by one.
fn is_section(kind: &Kind, node: &Node) -> bool {
    matches!(kind, Kind::Section(_) | Kind::Keyed { .. }) && !node.entries().is_empty()
}

/// True for one of many things of a kind, which is told as a whole: a row, or what has a word of the writer's own.
fn is_entry(root: &Kind, path: &[Named]) -> bool {
    match path.split_last() {
        Some((Named::Row(_), _)) => true,
        Some((Named::Key(key), above)) => {
            let above = kind_at(root, above);
            matches!(above, Kind::Keyed { by: Vocabulary::Words, .. }) && above.row(key).is_none()
        }
        _ => false,
    }
}

/// What people call the place of a value, and the scheme that says what its words mean: `Kiến nghị r2, thời hạn`.
pub fn label<'r>(register: &'r Register, root: &Kind, path: &[Named]) -> (Said, Option<&'r Scheme>) {
    let (mut kind, mut label, mut scheme) = (*root, Said::default(), None::<&Scheme>);
    for name in path {
        let (words, between) = match name {
            Named::Key(key) => match (kind.row(key), kind) {
                (Some(row), _) if label.is_empty() => (row.label.into(), ""),
                (Some(row), _) => {
                    let Said { vi, en } = row.label.into();
                    (Said { vi: small(&vi), en: small(&en) }, ", ")
                }
                (None, Kind::Keyed { by: Vocabulary::Words, .. }) => {
                    match scheme.and_then(|scheme| scheme.criterion(key)) {
                        Some(criterion) => (criterion.label.clone(), ", "),
                        None => (Said::same(key), " "),
                    }
                }
                (None, Kind::Keyed { by, .. }) => {
                    let rates = matches!(by, Vocabulary::Schemes);
                    let by_it = || register.schemes.get(key).map(|scheme| &scheme.body);
                    scheme = if rates { by_it() } else { scheme };
                    (register.label(by, key), ", ")
                }
                (None, _) => (Said::same(key), ", "),
            },
            Named::Row(row) => (called(register, &kind, row), ", "),
            Named::Item => continue,
        };
        let between = if label.is_empty() { "" } else { between };
        label = Said::join([label, words].into_iter().filter(|part| !part.is_empty()), between);
        kind = match name {
            Named::Key(key) => kind.key(key),
            Named::Row(_) | Named::Item => kind.item(),
        };
    }
    (label, scheme)
}

/// What people call a row: a code word by its label, an id with the name of what it names.
fn called(register: &Register, list: &Kind, row: &str) -> Said {
    let keys: Vec<_> = list.fields().iter().filter(|field| field.identifies).collect();
    let parts = row.splitn(keys.len().max(1), ", ").zip(&keys).map(|(part, field)| {
        let node = Node::of_text(part);
        let words = |lang| record::value(&node, &field.kind, register, None, lang).replace('\n', " ");
        Said { vi: words(Lang::Vi), en: words(Lang::En) }
    });
    Said::join(parts, " ")
}

fn change(kind: &Kind, was: &Node, now: &Node) -> Option<Change> {
    let figure = |node: &Node| match node.value {
        Value::Int(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    };
    let (was, now) = figure(was).zip(figure(now))?;
    let counts = matches!(kind, Kind::Count(_) | Kind::Money | Kind::Measure(_));
    let by = now - was;
    counts.then(|| Change { by, percent: (was != 0.0).then(|| by * 100.0 / was) })
}

impl Change {
    /// `+93; +1,1 %`; a percentage that would read 0 is left out.
    pub fn said(&self) -> Said {
        let sign = |number: f64| if number > 0.0 { "+" } else { "" };
        let in_lang = |lang| {
            let by = format!("{}{}", sign(self.by), decimal(self.by, lang));
            match self.percent.map(|percent| (percent * 10.0).round() / 10.0) {
                Some(percent) if percent != 0.0 => {
                    format!("{by}; {}{}%", sign(percent), decimal(percent, lang))
                }
                _ => by,
            }
        };
        Said { vi: in_lang(Lang::Vi), en: in_lang(Lang::En) }
    }
}

impl Worded {
    /// All of it in a line: `Số liệu chung, dân số: 8.521 → 8.614 (+93; +1,1%)`.
    pub fn said(&self) -> Said {
        let label = &self.label;
        let is = self.is();
        if label.is_empty() { is } else { say!("{label}: {is}", "{label}: {is}", [label, is]) }
    }

    /// What has become of it: `8.521 → 8.614 (+93; +1,1%)`, `thêm “…”`.
    pub fn is(&self) -> Said {
        let marked = |said: &Said| match self.style {
            _ if said.is_empty() => Said::default(),
            Style::Plain => say!(" {said}", " {said}", [said]),
            Style::Quoted => say!(" “{said}”", " “{said}”", [said]),
            Style::Bracketed => say!(" ({said})", " ({said})", [said]),
        };
        match (self.was.as_ref().map(marked), self.now.as_ref().map(marked)) {
            (Some(was), Some(now)) => {
                let change = self.change.map(|change| change.said());
                let change =
                    change.map_or(Said::default(), |change| say!(" ({change})", " ({change})", [change]));
                let Said { vi, en } =
                    say!("{was} →{now}{change}", "{was} →{now}{change}", [was, now, change]);
                Said { vi: vi.trim_start().to_owned(), en: en.trim_start().to_owned() }
            }
            (None, Some(now)) => say!("thêm{now}", "added{now}", [now]),
            (Some(was), None) => say!("bỏ{was}", "removed{was}", [was]),
            (None, None) => Said::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toml::difference::differences;
    use crate::toml::{raw_tree, shipped};

    /// What differs between two visits, in words.
    fn told(was: &str, now: &str) -> Vec<String> {
        let register = shipped::register();
        let found = differences(&RecordKind::Visit.root(), &raw_tree(was), &raw_tree(now));
        let lines = found.iter().flat_map(|one| worded(&register, RecordKind::Visit, one));
        lines.map(|line| line.said().vi).collect()
    }

    #[test]
    fn a_difference_is_told_by_its_labels() {
        let was = "agenda = [\"a\"]\n[context]\npopulation = 8_521\nhouseholds = 2_461\n[[team]]\nname = \"Lê Văn C\"\nrole = \"member\"\n[finance]\nspent = 1_000_000\n[recommendation.r2]\ntext = \"x\"\n[rating.cv2553-2013]\nrank = \"good\"\nscores = { effect = 26 }\n";
        let now = "agenda = [\"b\", \"c\"]\n[context]\npopulation = 8_614\nhouseholds = 2_460\n[[team]]\nname = \"Lê Văn C\"\nrole = \"secretary\"\n[[team]]\nname = \"Trần D\"\nrole = \"member\"\n[recommendation.r2]\ntext = \"x\"\ndue = 2017-06-30\n[recommendation.r3]\ntext = \"y\"\nto = \"commune\"\n[rating.cv2553-2013]\nrank = \"fair\"\nscores = { effect = 25.5 }\n";
        assert_eq!(
            told(was, now),
            [
                "Nội dung làm việc: “a” → “b”",
                "Nội dung làm việc: thêm “c”",
                "Số liệu chung, dân số: 8.521 → 8.614 (+93; +1,1%)",
                "Số liệu chung, số hộ: 2.461 → 2.460 (-1)",
                "Đoàn kiểm tra, Lê Văn C, nhiệm vụ trong đoàn: thành viên → thư ký",
                "Đoàn kiểm tra, Trần D: thêm (Nhiệm vụ trong đoàn: thành viên)",
                "Kiến nghị r2, thời hạn: thêm 30/06/2017",
                "Kiến nghị r3: thêm (Nơi thực hiện: UBND cấp xã; Nội dung: y)",
                "Xếp loại, Đánh giá TTHTCĐ theo Công văn 2553, xếp loại: Tốt → Khá",
                "Xếp loại, Đánh giá TTHTCĐ theo Công văn 2553, điểm từng tiêu chí, Hiệu quả hoạt động: 26 điểm → 25,5 điểm (-0,5; -1,9%)",
                "Kinh phí, tổng chi: bỏ 1.000.000 đồng",
            ]
        );
    }
}
