//! Two registers that nothing connects, held against each other: each figure about which their papers differ.
//!
//! Both are read a centre at a time. Of the papers of a register that tell the same figure, the latest counts.

use super::error::Error;
use super::versions::worded;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::Kind;
use crate::model::history::{History, Record};
use crate::model::identity::Named;
use crate::model::number::many;
use crate::model::path::{key_below, steps};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::statement::Statement;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, t};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::fold;
use crate::model::visit::Visit;
use crate::say;
use crate::store::{CentreFiles, Scan, Store};
use crate::toml::raw_tree;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What came of it.
#[derive(Debug)]
pub struct Reconciled {
    /// The figures that differ, and in its notes what only one of both has.
    pub table: Table,
    /// What is wrong with the files of this register, and of the other one.
    pub faults: [Vec<Fault>; 2],
}

/// The blocks of a record whose figures are compared.
const BLOCKS: &[&str] = &[
    "context",
    "management",
    "facilities",
    "staff",
    "activity",
    "finance",
    "promotion",
    "title",
    "literacy",
];

/// Holds two registers against each other, by the papers of a window.
pub fn reconcile(ours: &Store, theirs: &Store, window: &Window) -> Result<Reconciled, Error> {
    let scans = [ours.scan(std::slice::from_ref(window))?, theirs.scan(std::slice::from_ref(window))?];
    let listed = [listed(ours, &scans[0]), listed(theirs, &scans[1])];
    let Matched { pairs, mut notes } = matched(&listed);
    let files: HashMap<&str, &CentreFiles> =
        scans[1].centres.iter().map(|files| (files.id.as_str(), files)).collect();
    let mut all = Compared::default();
    let mut others = scans[1].faults.clone();
    let compare = |history: &History| {
        let files = files.get(pairs.get(&history.id)?.as_str())?;
        let (other, faults) = theirs.history_of(files);
        Some((compared(ours, [history, &other]), faults))
    };
    let faults = ours.histories(&scans[0], compare, |found| {
        let Some((found, faults)) = found else { return };
        all.add(found);
        others.extend(faults);
    });
    let taken: HashSet<&str> = pairs.values().map(String::as_str).collect();
    for (side, scan) in scans.iter().enumerate() {
        let is_paired = |id: &str| if side == 0 { pairs.contains_key(id) } else { taken.contains(id) };
        let alone = scan.centres.iter().filter(|files| !is_paired(&files.id));
        for files in alone {
            all.alone[side].centres += 1;
            all.alone[side].papers += files.visits.len();
        }
    }
    statements(ours, theirs, window, &mut all);
    all.rows.sort_by(|a, b| a.order.cmp(&b.order));
    notes.splice(0..0, all.notes([ours, theirs].map(|store| &*store.register.settings.body.office)));
    let table = Table {
        name: "reconcile".into(),
        title: t("Số liệu khác nhau giữa hai sổ", "Figures that differ between two registers").into(),
        columns: Column::list(COLUMNS),
        rows: all.rows.into_iter().map(|row| row.cells).collect(),
        notes,
        ..Table::default()
    };
    Ok(Reconciled { table, faults: [faults, others] })
}

const COLUMNS: &[ColumnRow] = &[
    ("place", t("Trung tâm, địa bàn", "Centre or area"), ColumnKind::Name),
    ("figure", t("Số liệu", "Figure"), ColumnKind::Name),
    ("period", t("Kỳ, ngày", "Period or day"), ColumnKind::Text),
    ("ours", t("Sổ này", "This register"), ColumnKind::Number),
    ("theirs", t("Sổ kia", "The other one"), ColumnKind::Number),
    ("difference", t("Chênh lệch", "Difference"), ColumnKind::Number),
    ("our_paper", t("Văn bản của sổ này", "Paper of this one"), ColumnKind::Text),
    ("their_paper", t("Văn bản của sổ kia", "Paper of the other one"), ColumnKind::Text),
];

/// A centre, and what it can be known by in another register.
struct Listed {
    id: String,
    code: Option<String>,
    /// The name of its unit, and its own.
    name: Option<String>,
}

fn listed(store: &Store, scan: &Scan) -> Vec<Listed> {
    let mut known: BTreeMap<String, Listed> = scan
        .centres
        .iter()
        .map(|files| (files.id.clone(), Listed { id: files.id.clone(), code: None, name: None }))
        .collect();
    let work = |_: &CentreFiles, centre: Record<_>| {
        let centre: Record<crate::model::centre::Centre> = centre;
        let unit = store.register.unit(&centre.body.unit);
        let name = unit.map_or(&centre.body.name, |unit| &unit.name);
        Listed {
            code: unit.and_then(|unit| unit.code.clone()),
            name: Some(fold(name)).filter(|name| !name.is_empty()),
            id: centre.id,
        }
    };
    store.centres(scan, work, |one| drop(known.insert(one.id.clone(), one)));
    known.into_values().collect()
}

/// The centres of one register by their ids, each with that of the other one, and what could not be told.
struct Matched {
    pairs: BTreeMap<String, String>,
    notes: Vec<Said>,
}

/// Finds the same centres: by the id, else by the code of the unit, else by its name. Where several could be meant, it is told.
fn matched([ours, theirs]: &[Vec<Listed>; 2]) -> Matched {
    let (mut pairs, mut notes) = (BTreeMap::new(), Vec::new());
    let is_other = |one: &Listed, other: &Listed| matches!((&one.code, &other.code), (Some(code), Some(other)) if code != other);
    let mut left: [Vec<&Listed>; 2] = [ours.iter().collect(), theirs.iter().collect()];
    type By = fn(&Listed) -> Option<&String>;
    let ways: [By; 3] = [|one| Some(&one.id), |one| one.code.as_ref(), |one| one.name.as_ref()];
    for (way, by) in ways.into_iter().enumerate() {
        let mut found: BTreeMap<&String, [Vec<&Listed>; 2]> = BTreeMap::new();
        for (side, left) in left.iter().enumerate() {
            left.iter().filter_map(|one| Some((by(one)?, *one))).for_each(|(key, one)| {
                found.entry(key).or_default()[side].push(one);
            });
        }
        for (key, [mine, others]) in found {
            match (&mine[..], &others[..]) {
                ([one], [other]) if is_other(one, other) => notes.push(say!(
                    "“{key}” ở hai sổ có mã đơn vị hành chính khác nhau: không so",
                    "“{key}” has another official code in each register: not compared",
                    [key]
                )),
                ([one], [other]) => drop(pairs.insert(one.id.clone(), other.id.clone())),
                ([], _) | (_, []) => {}
                _ => {
                    let what = [
                        t("mã", "id"),
                        t("mã đơn vị hành chính", "official code"),
                        t("tên xã, phường", "unit"),
                    ][way];
                    notes.push(say!(
                        "{what} “{key}”: có thể là nhiều trung tâm; không so",
                        "{what} “{key}”: several centres could be meant; not compared",
                        [what, key]
                    ));
                }
            }
        }
        left[0].retain(|one| !pairs.contains_key(&one.id));
        let taken: HashSet<&String> = pairs.values().collect();
        left[1].retain(|one| !taken.contains(&one.id));
    }
    Matched { pairs, notes }
}

/// How much only one register has.
#[derive(Clone, Copy, Debug, Default)]
struct Alone {
    centres: usize,
    papers: usize,
    figures: usize,
}

/// A figure that differs, and its place among the others, which is the same from both sides.
#[derive(Debug)]
struct Row {
    order: ([String; 2], Vec<usize>, String, Stamp),
    cells: Vec<Cell>,
}

#[derive(Debug, Default)]
struct Compared {
    rows: Vec<Row>,
    alone: [Alone; 2],
    both: usize,
}

impl Compared {
    fn add(&mut self, other: Compared) {
        self.rows.extend(other.rows);
        self.both += other.both;
        for (sum, one) in self.alone.iter_mut().zip(other.alone) {
            sum.centres += one.centres;
            sum.papers += one.papers;
            sum.figures += one.figures;
        }
    }

    fn notes(&self, [ours, theirs]: [&str; 2]) -> Vec<Said> {
        let (both, differ) = (many(self.both, "số liệu", "figure"), self.rows.len());
        let who = say!(
            "Sổ này: {ours}. Sổ kia: {theirs}.",
            "This register: {ours}. The other one: {theirs}.",
            [ours, theirs]
        );
        let first = say!(
            "{both} có ở cả hai sổ, trong đó khác nhau: {differ}. Mỗi sổ lấy theo văn bản mới nhất.",
            "{both} in both registers; {differ} differ. Of each register the latest paper counts.",
            [both, differ]
        );
        let own = [t("sổ này", "this register"), t("sổ kia", "the other register")];
        let alone = own.iter().zip(&self.alone).map(|(own, one)| {
            let (centres, papers) =
                (many(one.centres, "trung tâm", "centre"), many(one.papers, "văn bản", "paper"));
            let figures = many(one.figures, "số liệu", "figure");
            say!(
                "Chỉ {own} có: {centres}, {papers}; {figures} ở các trung tâm chung.",
                "Only in {own}: {centres}, {papers}; {figures} of the centres that both have.",
                [own, centres, papers, figures]
            )
        });
        [who, first].into_iter().chain(alone).collect()
    }
}

/// What a figure is about: a period, or a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stamp {
    Period(String),
    Day(Day),
}

impl Stamp {
    fn cell(&self) -> Cell {
        match self {
            Stamp::Period(text) => {
                let said = Period::parse(text).map_or_else(|| Said::same(text), |period| period.said());
                Cell::word(text.clone(), said)
            }
            Stamp::Day(day) => Cell::Day(*day),
        }
    }
}

/// The figures of one side: what each is about, its value, and which paper tells it.
type Figures = HashMap<(String, Stamp), (Cell, usize)>;

/// The figures of a record, told by a paper.
fn add_figures(kind: RecordKind, text: &str, (usual, paper): (&Stamp, usize), figures: &mut Figures) {
    let (root, tree) = (kind.root(), raw_tree(text));
    for (block, node) in BLOCKS.iter().filter_map(|block| Some((*block, tree.get(block)?))) {
        let period = node.get("period").and_then(Node::text).map(|text| Stamp::Period(text.to_owned()));
        let stamp = period.or_else(|| node.get("as_of")?.day().map(Stamp::Day));
        let about = |key: &str| {
            let keys = node.get("approximate").map_or(&[][..], Node::items);
            keys.iter().any(|one| one.text() == Some(key))
        };
        let at = (stamp.as_ref().unwrap_or(usual), paper);
        walk(&root.key(block), node, block, &about, at, figures);
    }
}

fn walk(
    kind: &Kind,
    node: &Node,
    path: &str,
    about: &dyn Fn(&str) -> bool,
    at: (&Stamp, usize),
    figures: &mut Figures,
) {
    for entry in node.entries() {
        let (kind, path) = (kind.key(&entry.key), key_below(path, &entry.key));
        let cell = match (&kind, &entry.node.value) {
            (Kind::Count(_) | Kind::Money | Kind::Measure(_), Value::Int(n)) => Cell::Count(*n),
            (Kind::Measure(_), Value::Float(n)) => Cell::Number(*n),
            (_, Value::Table(_)) => {
                walk(&kind, &entry.node, &path, about, at, figures);
                continue;
            }
            _ => continue,
        };
        let is_about = path.split_once('.').is_some_and(|(_, key)| about(key));
        let cell = if is_about { cell.about() } else { cell };
        figures.insert((path, at.0.clone()), (cell, at.1));
    }
}

fn compared(store: &Store, [ours, theirs]: [&History; 2]) -> Compared {
    let figures = [ours, theirs].map(|history| {
        let mut figures = Figures::new();
        for (paper, visit) in history.visits.iter().enumerate() {
            let Some(usual) = visit.body.date.map(Stamp::Day) else { continue };
            add_figures(RecordKind::Visit, &visit.text, (&usual, paper), &mut figures);
        }
        figures
    });
    let name = ours.centre.as_ref().map_or(&ours.id, |centre| &centre.body.name);
    let mut ids = [ours.id.clone(), theirs.id.clone()];
    ids.sort();
    let papers = [ours, theirs].map(|history| history.visits.iter().map(paper).collect::<Vec<_>>());
    let place = Cell::word(ours.id.clone(), Said::same(name));
    let mut found = differing(&store.register, RecordKind::Visit, (ids, place), figures, &papers);
    let days =
        [ours, theirs].map(|history| history.visits.iter().map(|visit| visit.body.date).collect::<Vec<_>>());
    for side in [0, 1] {
        let only = days[side].iter().filter(|day| !days[1 - side].contains(day));
        found.alone[side].papers += only.count();
    }
    found
}

/// What a visit is called as a paper: its id, and the number of its minutes or its source.
fn paper(visit: &Record<Visit>) -> String {
    let number = visit.body.minutes.as_ref().and_then(|minutes| minutes.number.clone());
    let sources = if number.is_some() { &[][..] } else { &visit.body.source };
    told_by(&visit.id, number.into_iter().chain(sources.iter().cloned()))
}

fn told_by(id: &str, sources: impl Iterator<Item = String>) -> String {
    let sources: Vec<String> = sources.collect();
    if sources.is_empty() { id.to_owned() } else { format!("{id} ({})", sources.join("; ")) }
}

fn differing(
    register: &Register,
    kind: RecordKind,
    (ids, place): ([String; 2], Cell),
    [ours, theirs]: [Figures; 2],
    papers: &[Vec<String>; 2],
) -> Compared {
    let mut found = Compared::default();
    found.alone[1].figures = theirs.keys().filter(|key| !ours.contains_key(*key)).count();
    for ((path, stamp), (mine, paper)) in ours {
        let Some((other, their_paper)) = theirs.get(&(path.clone(), stamp.clone())) else {
            found.alone[0].figures += 1;
            continue;
        };
        found.both += 1;
        let (Some(a), Some(b)) = (mine.number(), other.number()) else { continue };
        if a == b {
            continue;
        }
        let root = kind.root();
        let named: Vec<Named> = path.split('.').map(|key| Named::Key(key.to_owned())).collect();
        let ranks = steps(&path).map(|steps| root.ranks(&steps)).unwrap_or_default();
        let cells = vec![
            place.clone(),
            Cell::word(path.clone(), worded::label(register, &root, &named).0),
            stamp.cell(),
            mine,
            other.clone(),
            Cell::figure(b - a),
            Cell::text(&papers[0][paper]),
            Cell::text(&papers[1][*their_paper]),
        ];
        found.rows.push(Row { order: (ids.clone(), ranks, path, stamp), cells });
    }
    found
}

/// Compares the statements about the same period and place.
fn statements(ours: &Store, theirs: &Store, window: &Window, all: &mut Compared) {
    if *window != Window::default() {
        return;
    }
    let group = |store: &Store| {
        let mut groups: BTreeMap<(String, String), Vec<Record<Statement>>> = BTreeMap::new();
        for one in store.register.statements.values() {
            let period = one.body.period.map(|period| period.to_string()).unwrap_or_default();
            groups.entry((period, place_of(&store.register, &one.body))).or_default().push(one.clone());
        }
        groups
    };
    let (mine, others) = (group(ours), group(theirs));
    for (key, records) in &others {
        all.alone[1].papers += if mine.contains_key(key) { 0 } else { records.len() };
    }
    for (key, records) in mine {
        let Some(other) = others.get(&key) else {
            all.alone[0].papers += records.len();
            continue;
        };
        let usual = Stamp::Period(key.0.clone());
        let figures = [&records, other].map(|records| {
            let mut figures = Figures::new();
            for (paper, one) in records.iter().enumerate() {
                add_figures(RecordKind::Statement, &one.text, (&usual, paper), &mut figures);
            }
            figures
        });
        let papers = [&records, other].map(|records| {
            records.iter().map(|one| told_by(&one.id, one.body.source.iter().cloned())).collect()
        });
        let first = &records[0].body;
        let place = Cell::word(first.place(), ours.register.place_name(first));
        let order = [String::new(), key.1.clone()];
        let found = differing(&ours.register, RecordKind::Statement, (order, place), figures, &papers);
        all.add(found);
    }
}

/// What the place of a statement is known by in another register: the code of its unit, or its name.
fn place_of(register: &Register, statement: &Statement) -> String {
    let unit = statement.unit.as_deref().and_then(|unit| register.unit(unit));
    match (unit, &statement.area) {
        (Some(unit), _) => unit.code.clone().unwrap_or_else(|| fold(&unit.name)),
        (None, Some(area)) => fold(register.area_name(area)),
        (None, None) => fold(statement.unit.as_deref().unwrap_or_default()),
    }
}
