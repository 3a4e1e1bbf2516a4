//! A leaf of a form that is being written: its columns, and the lines of a list.

use super::ground::{Ground, help};
use crate::model::asking::When;
use crate::model::field::{Field, Form, Kind};
use crate::model::leaf::{Entry, Holds, Leaf, Line, Wants};
use crate::model::path::{key_below, steps};
use crate::model::table::Cell;
use crate::model::text::{Said, Text, t};
use crate::model::visit;
use crate::say;

/// A leaf and the parts of a visit that stand on it, by their keys.
pub struct Contents {
    /// What it is called.
    pub name: Text,
    /// True if its long side is at the top.
    pub is_turned: bool,
    /// Their keys.
    pub parts: &'static [&'static str],
    /// The table by whose columns the leaf is divided; none: by those of a list.
    pub table: Option<&'static str>,
}

/// How wide the columns of a list are: what is asked, what was said last time, what is to be filled, how.
const LIST: [usize; 4] = [40, 17, 21, 26];

/// A row of the last leaf.
pub struct Later {
    /// The part that it belongs to.
    pub part: Text,
    /// The row.
    pub row: &'static Field,
    /// Its key.
    pub key: String,
}

/// The columns of the lines of a list: the first of each, and how many it takes.
#[derive(Clone, Copy)]
struct Grid {
    label: (usize, usize),
    last: Option<(usize, usize)>,
    entry: (usize, usize),
    note: (usize, usize),
}

impl Grid {
    /// The columns of these widths as those of a list.
    fn of(widths: &[usize], recalls: bool) -> Grid {
        let mut at = 2;
        let mut take = |least: usize| {
            let (first, mut wide) = (at, 0);
            while wide < least && at <= widths.len() {
                wide += widths[at - 1];
                at += 1;
            }
            (first, at - first)
        };
        let (last, entry) = (take(14), take(18));
        let note = (at, widths.len() + 1 - at);
        match recalls {
            true => Grid { label: (1, 1), last: Some(last), entry, note },
            false => Grid { label: (1, 1 + last.1), last: None, entry, note },
        }
    }

    /// The cell of what needs room.
    fn wide(self) -> (usize, usize) {
        let (first, _) = self.last.unwrap_or(self.entry);
        (first, self.note.0 + self.note.1 - first)
    }
}

/// A leaf that is being written.
pub struct Sketch<'d> {
    /// What it is made from.
    pub ground: Ground<'d>,
    /// What stands on it.
    pub leaf: Leaf,
    grid: Grid,
    /// The columns of its table.
    pub columns: Vec<TableColumn>,
    /// What each column adds to the keys that come next.
    adds: Vec<(usize, String)>,
    /// False inside of what belongs to one visit alone.
    pub recalls: bool,
    /// What is to stand on the last leaf.
    pub later: Vec<Later>,
}

/// A column of a table: the row of its cells, the column of what was said last time, and that of what is to be filled.
pub struct TableColumn {
    /// The row of its cells.
    pub row: &'static Field,
    /// The column of what was said last time.
    pub last: Option<usize>,
    /// The column of what is to be filled.
    pub entry: usize,
}

impl<'d> Sketch<'d> {
    /// A leaf with its title and the headings of its columns.
    pub fn new(ground: Ground<'d>, contents: &Contents, title: &Said) -> Sketch<'d> {
        let recalls = !contents.parts.is_empty() && ground.offers.asker.past.is_known();
        let mut widths = LIST.to_vec();
        let columns = contents.table.map(|table| columns(ground, table)).unwrap_or_default();
        if !columns.is_empty() {
            widths = table_widths(&columns, contents.is_turned);
        }
        let leaf =
            Leaf { name: contents.name.into(), is_turned: contents.is_turned, widths, ..Leaf::default() };
        let grid = Grid::of(&leaf.widths, recalls);
        let mut sketch =
            Sketch { ground, leaf, grid, columns, adds: Vec::new(), recalls: true, later: Vec::new() };
        sketch.across(Holds::Title(say!(
            "{title}\n{name}",
            "{title}\n{name}",
            [title, name = contents.name]
        )));
        let (at, over) = sketch.grid.label;
        let mut heads = vec![Holds::Head(t("Nội dung", "What").into()).at(at, over)];
        heads.extend(sketch.grid.last.map(|(at, over)| Holds::Head(LAST.into()).at(at, over)));
        let (entry, note) = (sketch.grid.entry, sketch.grid.note);
        heads.push(Holds::Head(NOW.into()).at(entry.0, entry.1));
        heads.push(Holds::Head(t("Cách điền", "How").into()).at(note.0, note.1));
        sketch.line(Line::of(heads));
        sketch.leaf.head = sketch.leaf.lines.len();
        sketch
    }

    /// Adds a line.
    pub fn line(&mut self, line: Line) {
        self.leaf.lines.push(line);
    }

    /// A line of one cell.
    pub fn across(&mut self, holds: Holds) {
        let slot = holds.at(1, self.leaf.widths.len());
        self.line(Line::of([slot]));
    }

    /// Says what each column adds to the keys that come next, unless that was said already.
    pub fn adds(&mut self, adds: Vec<(usize, String)>) {
        if self.adds != adds {
            self.line(Line::adds(self.leaf.widths.len(), &adds));
            self.adds = adds;
        }
    }

    /// A label with nothing to fill.
    pub fn label(&mut self, label: Said) {
        self.across(Holds::Group(label));
    }

    /// A line with one value.
    pub fn value(&mut self, row: &Field, key: &str, label: Said, is_inner: bool) {
        let help = help(row);
        self.explained(row, key, label, is_inner, help);
    }

    /// The same, with another explanation.
    pub fn explained(&mut self, row: &Field, key: &str, label: Said, is_inner: bool, help: Said) {
        let ground = self.ground;
        let wants = ground.wants(row, key);
        let mut now = ground.cell(row, key, ground.now(key));
        if now == Cell::Missing && matches!(row.kind, Kind::Form(Form::Period)) {
            now = ground.period(row, key);
        }
        let is_wide = wants == Wants::Prose;
        let label = match row.kind {
            Kind::List(Kind::Text) => say!("{label} (mỗi dòng một ý)", "{label} (one a line)", [label]),
            _ => label,
        };
        let label = if is_inner { Holds::Inner(label) } else { Holds::Label(label) };
        let (at, over) = if is_wide { self.grid.wide() } else { self.grid.entry };
        self.adds(vec![(at, String::new())]);
        let mut slots = vec![label.at(self.grid.label.0, self.grid.label.1)];
        if let Some((at, over)) = self.grid.last.filter(|_| !is_wide) {
            let last = if self.recalls { ground.last(key) } else { None };
            slots.push(Holds::Last(ground.cell(row, key, last)).at(at, over));
        }
        slots.push(Holds::Entry(Entry { wants, now }).at(at, over));
        if !is_wide {
            slots.push(Holds::Note(help).at(self.grid.note.0, self.grid.note.1));
        }
        self.line(Line::keyed(key, slots));
    }
}

/// How wide the columns of a leaf with a table are; together they fill the page.
fn table_widths(columns: &[TableColumn], is_turned: bool) -> Vec<usize> {
    let [all, label, last, entry] = if is_turned { [140, 26, 8, 9] } else { [104, 30, 10, 12] };
    let used = label + columns.iter().map(|column| column.last.map_or(0, |_| last) + entry).sum::<usize>();
    let entry = entry + all.saturating_sub(used) / columns.len().max(1);
    let of = |column: &TableColumn| column.last.map(|_| last).into_iter().chain([entry]);
    std::iter::once(label).chain(columns.iter().flat_map(of)).collect()
}

const LAST: Text = t("Lần trước", "Last time");
const NOW: Text = t("Lần này", "This time");

/// The columns of a table that stands on a leaf: its figures, with a column for what was said last time wherever
/// something was.
pub fn columns(ground: Ground, table: &str) -> Vec<TableColumn> {
    let kind = Kind::Section(visit::FIELDS).at(&steps(table).unwrap_or_default());
    let words = |by| ground.offers.asker.store.register.words(by).unwrap_or_default();
    let (keys, fields): (Vec<String>, &'static [Field]) = match kind {
        Kind::Keyed { by, entry, .. } => {
            (words(by).iter().map(|word| word.id.clone()).collect(), entry.fields())
        }
        _ => {
            let rows = kind.fields();
            let widest = rows.iter().map(|row| row.kind.fields()).max_by_key(|fields| fields.len());
            (rows.iter().map(|row| row.key.to_owned()).collect(), widest.unwrap_or_default())
        }
    };
    let key = |word: &String, row: &Field| key_below(key_below(table, word), row.key);
    let mut at = 1;
    let mut next = || {
        at += 1;
        at
    };
    let mut columns = Vec::new();
    for row in fields {
        let was = keys.iter().any(|word| ground.last(&key(word, row)).is_some());
        let is = keys.iter().any(|word| ground.now(&key(word, row)).is_some());
        if was || is || row.asking.when != When::Rare {
            columns.push(TableColumn { row, last: was.then(&mut next), entry: next() });
        }
    }
    columns
}
