//! A table in the making: its rows know what they are about, and are not yet sorted, cut and numbered.

use super::group::{self, Group};
use super::measure::Measure;
use super::rollup::NOT_ALLOTTED;
use super::snapshot::{Snapshot, Topic};
use super::{By, Request};
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::model::vietnamese::alphabetical;
use crate::say;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A table in the making.
#[derive(Clone, Debug, Default)]
pub struct TableBuilder {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<KeyedRow>,
    /// The total row, if there is one.
    pub total: Option<Vec<Cell>>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

/// What a reader must know.
#[derive(Clone, Debug)]
pub enum Note {
    /// About the whole table.
    Whole(Said),
    /// About columns: what is said of each that the table has, between a head and a tail; nothing if it has none.
    Columns { head: Said, parts: Vec<(String, Said)>, tail: Said },
}

impl Note {
    /// A note about one column.
    pub fn column(key: &str, note: impl Into<Said>) -> Note {
        Note::Columns {
            head: Said::default(),
            parts: vec![(key.to_owned(), note.into())],
            tail: Said::default(),
        }
    }

    /// What it says under these columns.
    fn said(self, columns: &[Column]) -> Option<Said> {
        match self {
            Note::Whole(said) => Some(said),
            Note::Columns { head, parts, tail } => {
                let shown = |(key, _): &(String, Said)| columns.iter().any(|column| column.key == *key);
                let parts = Said::join(parts.into_iter().filter(shown).map(|(_, said)| said), "; ");
                (!parts.is_empty())
                    .then(|| say!("{head}{parts}{tail}", "{head}{parts}{tail}", [head, parts, tail]))
            }
        }
    }
}

impl<T: Into<Said>> From<T> for Note {
    fn from(note: T) -> Note {
        Note::Whole(note.into())
    }
}

/// A row that knows what it is about.
#[derive(Clone, Debug, Default)]
pub struct KeyedRow {
    /// What it is about: the id of a unit, a field, a recommendation.
    pub key: String,
    /// A cell for each column.
    pub cells: Vec<Cell>,
    /// The files behind it.
    pub files: BTreeSet<Arc<str>>,
}

/// The heading of the column of units.
pub const UNIT: Text = t("Xã, phường", "Unit");
/// The heading of the column of n of N.
const REPORTED: Text = t("Số đơn vị có báo cáo", "Reported");

/// What a subtotal is about; no id has an underscore.
pub const SUBTOTAL: &str = "sub_total";

/// A cell of the total row with nothing to add up.
pub fn blank() -> Cell {
    Cell::Text(String::new())
}

/// The words at the head of the total row.
pub fn total_word() -> Cell {
    Cell::word("total", t("Tổng cộng", "Total"))
}

/// What the mark of approximate figures means, if one is in some rows.
pub fn about_note<'a>(rows: impl IntoIterator<Item = &'a Vec<Cell>>) -> Option<Said> {
    let marked = rows.into_iter().flatten().any(|cell| matches!(cell, Cell::About(_)));
    let note = t("≈: số gần đúng, hoặc tính từ số gần đúng.", "≈: approximate, or computed from what is.");
    marked.then(|| note.into())
}

/// A table with a row for each unit: who reported a topic, then figures from it.
pub fn by_unit(groups: &[Group], topic: Topic, measures: &[Measure<Snapshot>]) -> TableBuilder {
    let columns = measures.iter().map(Measure::column).collect();
    by_unit_with(groups, topic, columns, |centres| {
        measures.iter().map(|measure| measure.cell(centres.iter().copied())).collect()
    })
    .with_fewer(|key| measures.iter().any(|measure| measure.key == key && measure.is_derived()))
}

/// A table with a row for each unit, with figures that a function computes over the centres of a row, and of all rows.
pub fn by_unit_with(
    groups: &[Group],
    topic: Topic,
    figure_columns: Vec<Column>,
    figures: impl Fn(&[&Snapshot]) -> Vec<Cell>,
) -> TableBuilder {
    let all = group::centres(groups);
    let reported = |centres: &[&Snapshot]| centres.iter().filter(|centre| centre.reports(topic)).count();
    let mut columns = vec![
        Column::new("unit", UNIT, ColumnKind::Name),
        Column::new("reported", REPORTED, ColumnKind::Text),
    ];
    columns.extend(figure_columns);
    let rows = groups.iter().map(|group| {
        let of = group.centres.len();
        let n_of = if of == 0 { Cell::Missing } else { Cell::Of(reported(&group.centres), of) };
        let mut cells = vec![group.cell(), n_of];
        cells.extend(figures(&group.centres));
        KeyedRow { key: group.id.clone(), cells, files: files(&group.centres, topic) }
    });
    let rows = rows.collect();
    let is_there = |group: &&Group| !group.centres.is_empty() && group.id != NOT_ALLOTTED;
    let there = || groups.iter().filter(is_there);
    let units = there().filter(|group| reported(&group.centres) > 0).count();
    let mut total = vec![total_word(), Cell::Of(units, there().count())];
    total.extend(figures(&all));
    TableBuilder { columns, rows, total: Some(total), notes: Vec::new() }
}

/// The files that a topic of some centres comes from.
pub fn files(centres: &[&Snapshot], topic: Topic) -> BTreeSet<Arc<str>> {
    centres.iter().flat_map(|centre| centre.files(topic)).cloned().collect()
}

impl TableBuilder {
    /// Notes which columns fewer units reported than the topic as a whole; derived figures are left out.
    pub fn with_fewer(mut self, derived: impl Fn(&str) -> bool) -> TableBuilder {
        let Some(Cell::Of(units, of)) = self.total.as_ref().and_then(|total| total.get(1)).cloned() else {
            return self;
        };
        let mut fewer = Vec::new();
        for (at, column) in self.columns.iter().enumerate().skip(2) {
            let says = |row: &&KeyedRow| row.cells[at] != Cell::Missing && row.key != NOT_ALLOTTED;
            let said = self.rows.iter().filter(says).count();
            if (1..units).contains(&said) && column.kind.is_number() && !derived(&column.key) {
                let label = &column.label;
                fewer.push((
                    column.key.clone(),
                    say!("{label} {said}/{of}", "{label} {said}/{of}", [label, said, of]),
                ));
            }
        }
        let has_shares = self.columns.iter().any(|column| derived(&column.key));
        let tail = match has_shares {
            true => t(
                ". Tỷ lệ chỉ tính ở đơn vị báo cáo đủ cả hai số liệu.",
                ". Percentages are of those that report both figures.",
            ),
            false => t(".", "."),
        };
        let head = t("Chưa đủ đơn vị báo cáo: ", "Fewer units reported: ");
        self.notes.push(Note::Columns { head: head.into(), parts: fewer, tail: tail.into() });
        self
    }

    /// The finished table: sorted and cut as asked for, with row numbers, and the files behind each row.
    pub fn finish(
        mut self,
        asked: &Request,
        name: String,
        title: Said,
        mut notes: Vec<Said>,
    ) -> Result<Table, Said> {
        if let Some(by) = asked.options.sort.as_ref().filter(|_| asked.options.by != Some(By::Area)) {
            self.sort(by)?;
        }
        notes.extend(self.notes.into_iter().filter_map(|note| note.said(&self.columns)));
        notes.extend(about_note(self.rows.iter().map(|row| &row.cells).chain(&self.total)));
        if let Some(top) = asked.options.top.filter(|top| *top < self.rows.len()) {
            let of = self.rows.len();
            self.rows.truncate(top);
            notes.push(say!(
                "Chỉ hiển thị {top}/{of} dòng; dòng tổng cộng vẫn tính tất cả.",
                "{top} of {of} rows are shown; the total still covers all.",
                [top, of]
            ));
        }
        let mut columns = vec![Column::new("row_no", t("STT", "No."), ColumnKind::Count)];
        columns.append(&mut self.columns);
        let mut rows = Vec::with_capacity(self.rows.len());
        let mut n = 0;
        for KeyedRow { key, cells, files } in self.rows {
            let is_subtotal = key == SUBTOTAL;
            n += i64::from(!is_subtotal);
            let mut numbered = vec![if is_subtotal { blank() } else { Cell::Count(n) }];
            numbered.extend(cells);
            numbered.extend(asked.options.trace.then(|| Cell::text(Vec::from_iter(files).join("; "))));
            rows.push(numbered);
        }
        let total = self.total.map(|total| {
            let trace = asked.options.trace.then(blank);
            std::iter::once(blank()).chain(total).chain(trace).collect()
        });
        if asked.options.trace {
            columns.push(Column::new("files", t("Tệp số liệu", "Files"), ColumnKind::Text));
        }
        Ok(Table { name, title, columns, rows, total, notes, ..Table::default() })
    }

    /// Sorts the rows by a column: the largest number first, words by the alphabet; a hyphen in front reverses the
    /// order.
    pub fn sort(&mut self, by: &str) -> Result<(), Said> {
        let (key, turned) = by.strip_prefix('-').map_or((by, false), |key| (key, true));
        let Some(at) = self.columns.iter().position(|column| column.key == key || column.name == key) else {
            let keys = self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(say!(
                "bảng không có cột {key}; có: {keys}",
                "no column {key}; there are: {keys}",
                [key, keys]
            ));
        };
        self.rows.sort_by(|a, b| {
            let (a, b) = (&a.cells[at], &b.cells[at]);
            match (a == &Cell::Missing, b == &Cell::Missing) {
                (false, false) if turned => order(b, a),
                (false, false) => order(a, b),
                (a, b) => a.cmp(&b),
            }
        });
        Ok(())
    }
}

/// The order of two cells of one column.
fn order(a: &Cell, b: &Cell) -> Ordering {
    match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => alphabetical(a).cmp(&alphabetical(b)),
        (Cell::Word(_, a), Cell::Word(_, b)) => alphabetical(&a.vi).cmp(&alphabetical(&b.vi)),
        (Cell::Day(a), Cell::Day(b)) => a.cmp(b),
        (Cell::Date(a), Cell::Date(b)) => a.first().cmp(&b.first()),
        (Cell::Bool(a), Cell::Bool(b)) => b.cmp(a),
        (Cell::Of(a, _), Cell::Of(b, _)) => b.cmp(a),
        (a, b) => b.number().unwrap_or(f64::MIN).total_cmp(&a.number().unwrap_or(f64::MIN)),
    }
}

#[cfg(test)]
mod tests {
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell, line};

    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong", "nam-khe"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(1), Some(100), None);
        specimen.visit("2016-10-29-nam-khe").activity = line("2015-2016", Some(3), Some(300), None);
        specimen
    }

    #[test]
    fn the_largest_come_first_and_the_total_stays_over_all() {
        let mut specimen = specimen();
        specimen.options.sort = Some("attendances".into());
        let attendances = |specimen: &Specimen| -> Vec<Cell> {
            let table = specimen.table("activity");
            (0..=table.rows.len()).map(|row| cell(&table, row, "attendances")).collect()
        };
        let [a, c, all] = [100, 300, 400].map(Cell::Count);
        assert_eq!(attendances(&specimen), [c.clone(), a.clone(), Cell::Missing, all.clone()]);
        specimen.options.top = Some(1);
        assert_eq!(attendances(&specimen), [c, all.clone()]);
        specimen.options.sort = Some("-attendances".into());
        assert_eq!(attendances(&specimen), [a, all], "what is missing stays at the end");
        specimen.options.sort = Some("pupils".into());
        assert!(specimen.error("activity").en.contains("no column pupils"));
    }

    #[test]
    fn each_row_names_the_files_behind_it() {
        let mut specimen = specimen();
        specimen.options.trace = true;
        let table = specimen.table("activity");
        assert_eq!(cell(&table, 0, "files"), Cell::Text("visits/2016-10-27-bac-son.toml".into()));
        assert_eq!(cell(&table, 1, "files"), Cell::Missing);
        assert_eq!(cell(&table, 0, "row_no"), Cell::Count(1));
    }
}
