//! Tables of a form: a line for each field of activity or kind of title, and the rows of lists.

use super::sketch::{Sketch, TableColumn};
use crate::model::blank::followup;
use crate::model::field::{Field, Kind};
use crate::model::leaf::{Entry, Holds, Line, Slot, Wants};
use crate::model::path::{item_below, key_below, steps};
use crate::model::table::Cell;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::model::visit::{self, FollowupState};
use crate::say;

/// How the rows of a list stand on a line: the key of its cells with the columns that each takes, and how many are
/// offered.
struct Listed {
    part: &'static str,
    cells: &'static [(&'static str, usize)],
    rows: usize,
}

const LISTED: &[Listed] = &[
    Listed { part: "team", cells: &[("name", 1), ("role", 1), ("body", 1), ("post", 1)], rows: 5 },
    Listed { part: "host", cells: &[("name", 1), ("posts", 2), ("post_name", 1)], rows: 3 },
    Listed { part: "site", cells: &[("name", 1), ("kind", 1), ("address", 1), ("note", 1)], rows: 3 },
    Listed { part: "recommendation", cells: &[("text", 1), ("to", 1), ("due", 1), ("to_name", 1)], rows: 4 },
];

/// The headings of the two columns of a figure, which are narrow.
const BEFORE: Text = t("Trước", "Last");
const NOW: Text = t("Nay", "Now");

impl Sketch<'_> {
    /// A table: a line for each key, a column for each figure.
    pub fn table(&mut self, label: Said, rows: &[(String, Said)]) {
        let head = |said: Said, at, over| Holds::Head(said).at(at, over);
        let (mut above, mut below) = (vec![head(label, 1, 1)], vec![head(Said::default(), 1, 1)]);
        for TableColumn { row, last, entry } in &self.columns {
            match last {
                Some(last) => {
                    above.push(head(row.label.into(), *last, 2));
                    below.extend([head(BEFORE.into(), *last, 1), head(NOW.into(), *entry, 1)]);
                }
                None => {
                    above.push(head(row.label.into(), *entry, 1));
                    below.push(head(NOW.into(), *entry, 1));
                }
            }
        }
        let adds = self.columns.iter().map(|column| (column.entry, column.row.key.to_owned())).collect();
        self.adds(adds);
        self.line(Line::of(above));
        if self.columns.iter().any(|column| column.last.is_some()) {
            self.line(Line::of(below));
        }
        let from = self.leaf.lines.len();
        for (key, label) in rows {
            let mut slots = vec![Holds::Label(label.clone()).at(1, 1)];
            slots.extend(self.columns.iter().flat_map(|column| self.figure(key, column)));
            self.line(Line::keyed(key, slots));
        }
        if self.leaf.is_turned {
            self.sums(from);
        }
    }

    /// What was said last time of a figure of a table, and the cell for it.
    fn figure(&self, key: &str, TableColumn { row, last, entry }: &TableColumn) -> Vec<Slot> {
        let kind = Kind::Section(visit::FIELDS).at(&steps(key).unwrap_or_default());
        let key = key_below(key, row.key);
        let Some(row) = kind.row(row.key) else {
            return vec![Holds::Label(Said::default()).at(last.unwrap_or(*entry), last.map_or(1, |_| 2))];
        };
        let was = last.map(|at| Holds::Last(self.ground.cell(row, &key, self.ground.last(&key))).at(at, 1));
        let now = self.ground.cell(row, &key, self.ground.now(&key));
        let entry = Holds::Entry(Entry { wants: self.ground.wants(row, &key), now }).at(*entry, 1);
        was.into_iter().chain([entry]).collect()
    }

    /// The sums of the lines of a table, which are not read.
    fn sums(&mut self, from: usize) {
        let to = self.leaf.lines.len() - 1;
        let sum = |at: usize| {
            let cells =
                self.leaf.lines[from..].iter().flat_map(|line| &line.slots).filter(|slot| slot.at == at);
            let number = |slot: &Slot| match &slot.holds {
                Holds::Last(cell) | Holds::Entry(Entry { now: cell, .. }) => cell.number(),
                _ => None,
            };
            Holds::Sum { from, to, now: cells.filter_map(number).sum() }.at(at, 1)
        };
        let mut slots = vec![Holds::Head(t("Cộng", "Sum").into()).at(1, 1)];
        slots.extend((2..=self.leaf.widths.len()).map(sum));
        self.line(Line::of(slots));
    }

    /// Rows of a list, those of the record and free ones.
    pub fn listed(&mut self, row: &'static Field, fields: &'static [Field]) {
        let Some(Listed { cells, rows, .. }) = LISTED.iter().find(|listed| listed.part == row.key) else {
            return;
        };
        self.across(Holds::Heading(row.label.into()));
        let mut at = 1;
        let mut places = Vec::new();
        for (key, over) in *cells {
            places.extend(fields.iter().find(|row| row.key == *key).map(|row| (row, at, *over)));
            at += over;
        }
        let label =
            |(row, at, over): &(&'static Field, usize, usize)| Holds::Head(row.label.into()).at(*at, *over);
        self.line(Line::of(places.iter().map(label).collect::<Vec<_>>()));
        self.adds(places.iter().map(|(row, at, _)| (*at, row.key.to_owned())).collect());
        for key in self.keys_of(row, *rows) {
            let entry = |(row, at, over): &(&'static Field, usize, usize)| {
                let key = key_below(key.as_str(), row.key);
                let now = self.ground.cell(row, &key, self.ground.now(&key));
                let wants = match self.ground.wants(row, &key) {
                    Wants::Prose if row.key != "text" => Wants::Words,
                    other => other,
                };
                Holds::Entry(Entry { wants, now }).at(*at, *over)
            };
            let slots: Vec<Slot> = places.iter().map(entry).collect();
            self.line(Line::keyed(key, slots));
        }
    }

    /// The keys of the rows of a list: those of the record, and free ones after them, so many in all or two more than
    /// there are.
    fn keys_of(&self, row: &Field, least: usize) -> Vec<String> {
        let there = self.ground.now(row.key);
        if let Kind::Keyed { .. } = row.kind {
            let there = there.map_or(&[][..], Node::entries);
            let mut words: Vec<String> = there.iter().map(|entry| entry.key.to_string()).collect();
            let all = least.max(words.len() + 2);
            let mut free = (1..).map(|n| format!("r{n}"));
            while words.len() < all {
                let is_free = |word: &String| !words.contains(word);
                words.extend(free.by_ref().find(is_free));
            }
            return words.into_iter().map(|word| key_below(row.key, &word)).collect();
        }
        let there = there.map_or(0, |rows| rows.items().len());
        (0..least.max(there + 2)).map(|n| item_below(row.key, n)).collect()
    }

    /// The recommendations of before that are still open, each with what became of it.
    pub fn followups(&mut self, row: &'static Field) {
        let past = &self.ground.offers.asker.past;
        let open = past.open();
        if open.is_empty() {
            return;
        }
        self.across(Holds::Heading(row.label.into()));
        let heads = [
            t("Kiến nghị", "Recommendation"),
            t("Thời hạn", "Due"),
            t("Kết quả thực hiện", "Outcome"),
            t("Ghi chú", "Note"),
        ];
        let heads = heads.iter().enumerate().map(|(at, head)| Holds::Head((*head).into()).at(at + 1, 1));
        self.line(Line::of(heads.collect::<Vec<_>>()));
        self.adds(vec![(3, "state".to_owned()), (4, "note".to_owned())]);
        for open in open {
            let told = self.ground.now(row.key).map_or(&[][..], Node::items);
            let told = told.iter().find(|row| row.get("of").and_then(Node::text) == Some(&*open.id));
            let cell = |key: &str| {
                let row = row.kind.row(key)?;
                Some(self.ground.cell(row, "", told?.get(key)))
            };
            let to = open.body.addressee().unwrap_or_default();
            let text = &open.body.text;
            let before = match open.state {
                FollowupState::Open => Said::default(),
                state => say!(" (lần trước: {s})", " (last time: {s})", [s = state.label()]),
            };
            let states = FollowupState::CHOICES.iter().map(|choice| choice.label.into()).collect();
            let entry = |wants, key| Holds::Entry(Entry { wants, now: cell(key).unwrap_or(Cell::Missing) });
            let slots = [
                Holds::Label(say!("{to}: {text}{before}", "{to}: {text}{before}", [to, text, before]))
                    .at(1, 1),
                Holds::Last(open.body.due.into()).at(2, 1),
                entry(Wants::One(states), "state").at(3, 1),
                entry(Wants::Words, "note").at(4, 1),
            ];
            self.line(Line::keyed(followup(&open.id), slots));
        }
    }
}
