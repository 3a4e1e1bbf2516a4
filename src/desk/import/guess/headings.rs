//! What headings may mean: every column of every table, by its key and by what people call it; and the units in them.

use super::called::{COLUMNS, GROUPS, UNITS, Unit, is_called, plain};
use super::map::Map;
use crate::model::RecordKind;
use crate::model::field::Kind;
use crate::model::meaning::{Named, contradicts, meaning};
use crate::model::path::{Step, written};
use crate::model::register::Register;
use crate::model::settings::{Labelled, Vocabularies};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, t};
use crate::model::vietnamese::compose;
use crate::summary::export;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A heading as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heading {
    /// As people see it; empty for a column without one.
    pub shown: String,
    /// What it says from the upper line to the lower, without units and numbers.
    pub parts: Vec<String>,
    /// The unit that it gives.
    pub unit: Option<&'static Unit>,
    /// True for a share of something, in percent.
    pub is_share: bool,
}

/// A column of a table that a heading may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The table, by its place in the dictionary.
    pub table: usize,
    /// The column of the table.
    pub column: usize,
    /// The words that the heading itself says where a row would have columns for them: the field of activity.
    pub words: Vec<String>,
}

/// Every column that a heading may mean.
pub struct Dictionary {
    /// The tables, and behind them one of columns that name a record and are no values of it.
    pub tables: Vec<Table>,
    by_label: HashMap<String, Vec<(Meaning, String)>>,
    by_path: HashMap<String, Vec<Meaning>>,
    groups: BTreeSet<String>,
    wide: Vec<Wide>,
    vocabularies: Arc<Vocabularies>,
}

/// A table whose rows may stand as columns: the words of each level that a heading may say.
struct Wide {
    table: usize,
    /// The path above the words: `activity.field.`.
    above: String,
    levels: Vec<Vec<Labelled>>,
}

/// The name of the table of columns that only name a visit.
pub const NAMING: &str = "";

impl Heading {
    /// The heading of a column from its lines, the upper one first.
    pub fn of(lines: &[String]) -> Heading {
        let lines: Vec<String> = lines.iter().map(|line| compose(line.trim()).into_owned()).collect();
        let shown = lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut heading = Heading { shown: shown.collect::<Vec<_>>().join(": "), ..Heading::default() };
        for line in &lines {
            let (rest, unit, is_share) = without_unit(line);
            heading.unit = unit.or(heading.unit);
            heading.is_share |= is_share;
            let parts =
                rest.split(':').map(|part| without_number(part.trim())).filter(|part| !part.is_empty());
            heading.parts.extend(parts);
        }
        if heading.parts.len() > 1 {
            heading.parts.retain(|part| plain(part) != "trong do");
        }
        heading.is_share |=
            heading.parts.iter().any(|part| plain(part).starts_with("ty le") || part.contains('%'));
        heading
    }
}

impl Dictionary {
    /// The columns of all tables, with the words of a register.
    pub fn of(register: &Register) -> Dictionary {
        let mut tables = export::tables();
        let naming = |(key, label)| Column::new(key, label, ColumnKind::Text);
        tables.push(Table {
            name: NAMING.to_owned(),
            columns: [
                ("unit", t("Xã, phường", "Commune")),
                ("period", t("Kỳ số liệu", "Period")),
                export::REGISTER,
            ]
            .map(naming)
            .into(),
            ..Table::default()
        });
        let mut dictionary = Dictionary {
            vocabularies: Arc::clone(&register.vocabularies),
            wide: tables.iter().enumerate().filter_map(|(at, table)| wide(register, at, table)).collect(),
            tables,
            by_label: HashMap::new(),
            by_path: HashMap::new(),
            groups: BTreeSet::new(),
        };
        for table in 0..dictionary.tables.len() {
            for column in 0..dictionary.tables[table].columns.len() {
                dictionary.learn(table, column);
            }
        }
        dictionary
    }

    /// Notes every name of a column.
    fn learn(&mut self, at: usize, column: usize) {
        let (table, own) = (&self.tables[at], &self.tables[at].columns[column]);
        let mut names = vec![own.key.clone(), own.name.clone(), own.label.vi.clone(), own.label.en.clone()];
        let meaning = Meaning { table: at, column, words: Vec::new() };
        if let Some(path) = export::place(&table.name, &own.key, &[]) {
            self.by_path.entry(written(&path)).or_default().push(meaning.clone());
            names.push(written(&path));
        }
        let last = own.key.rsplit('.').next().unwrap_or_default();
        let full = format!("{}.{}", table.name, own.key);
        let of_total = own.key.starts_with("total.");
        for (key, called) in COLUMNS {
            let is_part = *key == last && own.key.contains('.');
            if *key == own.key || *key == full || (is_part && of_total) {
                names.extend(called.iter().map(|name| (*name).to_owned()));
            }
            let above = own.label.vi.rsplit_once(": ").filter(|_| is_part);
            names.extend(
                above.iter().flat_map(|(above, _)| called.iter().map(move |name| format!("{above}: {name}"))),
            );
        }
        if of_total {
            let labels =
                [&own.label.vi, &own.label.en].map(|label| label.rsplit(": ").next().map(str::to_owned));
            names.extend(labels.into_iter().flatten());
        }
        self.groups.extend(
            [&own.label.vi, &own.label.en].iter().filter_map(|l| Some(plain(l.rsplit_once(": ")?.0))),
        );
        for name in names {
            let all = self.by_label.entry(plain(&name)).or_default();
            if !all.iter().any(|(other, label)| *other == meaning && *label == name) {
                all.push((meaning.clone(), name));
            }
        }
    }

    /// All that some lines may mean: the whole of them, else its lower lines if the upper ones say nothing of their own.
    fn labelled(&self, parts: &[String]) -> Vec<Meaning> {
        for start in 0..parts.len() {
            let said = parts[start..].join(": ");
            let labelled = self.by_label.get(&plain(&said)).into_iter().flatten();
            let mut found: Vec<Meaning> = labelled
                .filter(|(_, label)| !contradicts(&said, label))
                .map(|(meaning, _)| meaning.clone())
                .collect();
            found.dedup();
            if let Some(of) = parts[..start].last().map(|part| plain(part)) {
                let titled = |m: &Meaning| {
                    [&self.tables[m.table].title.vi, &self.tables[m.table].title.en]
                        .iter()
                        .any(|t| plain(t) == of)
                };
                if found.iter().any(titled) {
                    found.retain(titled);
                } else if let (Some(above), false) = (self.by_label.get(&of), found.is_empty()) {
                    // Below a column of ours stands a part of it: “Nữ” below “Dân số” is none of the learners.
                    found.retain(|m| above.iter().any(|(above, _)| above.table == m.table));
                    return found;
                }
            }
            if !found.is_empty() {
                return found;
            }
            let wide = self.wide.iter().flat_map(|wide| self.across(wide, &parts[start..]));
            let wide: Vec<Meaning> = wide.collect();
            if !wide.is_empty() || self.groups.contains(&plain(&parts[start])) {
                return wide;
            }
        }
        Vec::new()
    }

    /// All that a heading may mean, or what a map says that it means in the table. A share of something is no figure of
    /// ours.
    pub fn meanings(&self, at: usize, heading: &Heading, map: &Map) -> Vec<Meaning> {
        match map.key(&heading.shown) {
            Some(key) => self.keyed(at, key),
            None if heading.is_share => Vec::new(),
            None => match (self.labelled(&heading.parts), heading.parts.split_last()) {
                (found, Some((last, above)))
                    if found.is_empty() && ["tong", "tong so"].contains(&&*plain(last)) =>
                {
                    self.labelled(above)
                }
                (found, _) => found,
            },
        }
    }

    /// What a key in a map means: a column of the table, else a key path, else a label.
    fn keyed(&self, at: usize, key: &str) -> Vec<Meaning> {
        let column = |at: usize| {
            self.tables[at].columns.iter().position(|column| column.key == key || column.name == key)
        };
        let own = [at, self.tables.len() - 1]
            .into_iter()
            .filter_map(|table| Some(Meaning { table, column: column(table)?, words: Vec::new() }));
        let path = self.by_path.get(key).into_iter().flatten().cloned();
        let all: Vec<Meaning> = own.chain(path).chain(self.spelled(key)).collect();
        if all.is_empty() { self.labelled(&[key.to_owned()]) } else { all }
    }

    /// A column whose first words say what the keys of a row say elsewhere.
    fn across(&self, wide: &Wide, parts: &[String]) -> Vec<Meaning> {
        let (words, rest) = match GROUPS
            .iter()
            .find(|(name, _)| parts.first().is_some_and(|part| is_called(part, name)))
        {
            Some((_, words)) if wide.levels.len() == 2 => (words.map(str::to_owned).to_vec(), &parts[1..]),
            _ if parts.len() > wide.levels.len() => {
                let word = |(level, part): (&Vec<Labelled>, &String)| {
                    meaning(part, level.iter().map(Named::from), Lang::Vi, &self.vocabularies.short)
                        .ok()
                        .map(str::to_owned)
                };
                let Some(words) = wide.levels.iter().zip(parts).map(word).collect() else {
                    return Vec::new();
                };
                (words, &parts[wide.levels.len()..])
            }
            _ => return Vec::new(),
        };
        let labelled = self.by_label.get(&plain(&rest.join(": "))).into_iter().flatten();
        let here = labelled.map(|(meaning, _)| meaning).filter(|meaning| meaning.table == wide.table);
        let mut found: Vec<Meaning> = here.map(|m| Meaning { words: words.clone(), ..m.clone() }).collect();
        found.dedup();
        found
    }

    /// What a column is called, with the words that its heading says.
    pub fn label(&self, meaning: &Meaning) -> Said {
        let levels =
            self.wide.iter().find(|wide| wide.table == meaning.table).map_or(&[][..], |wide| &wide.levels);
        let word = |(level, word): (&Vec<Labelled>, &String)| {
            level.iter().find(|known| known.id == *word).map(|known| known.label.clone())
        };
        let words = levels.iter().zip(&meaning.words).filter_map(word);
        let own = self.tables[meaning.table].columns[meaning.column].label.clone();
        Said::join(words.chain([own]), ": ")
    }

    /// A key path as a map gives it: `activity.field.law.women`.
    fn spelled(&self, path: &str) -> Vec<Meaning> {
        let found = self.wide.iter().filter_map(|wide| {
            let mut steps = path.strip_prefix(&wide.above)?.splitn(wide.levels.len() + 1, '.');
            let words: Vec<String> = steps.by_ref().take(wide.levels.len()).map(str::to_owned).collect();
            let key = steps.next()?;
            let column = self.tables[wide.table].columns.iter().position(|column| column.key == key)?;
            let is_known = words
                .iter()
                .zip(&wide.levels)
                .all(|(word, level)| level.iter().any(|known| known.id == *word));
            is_known.then_some(Meaning { table: wide.table, column, words })
        });
        found.collect()
    }
}

/// The words that may stand above the columns of a table, if its rows have words and not numbers.
fn wide(register: &Register, at: usize, table: &Table) -> Option<Wide> {
    let record = export::record(&table.name).filter(|record| *record == RecordKind::Visit)?;
    let last = table.columns.last()?;
    let keys = ["\0", "\0", "\0"];
    let path = export::place(&table.name, &last.key, &keys)?;
    let first = path.iter().position(|step| *step == Step::from("\0"))?;
    let levels = path[first..].iter().take_while(|step| **step == Step::from("\0")).count();
    let mut kind = record.root().at(&path[..first]);
    let mut words = Vec::new();
    for _ in 0..levels {
        let level = level(register, &kind);
        kind = kind.below(&Step::from(level.first()?.id.as_str()));
        words.push(level);
    }
    // A table with a value in each row is of one column, and its headings would be words alone.
    let above = written(&path[..first]) + ".";
    (table.columns.len() > levels + 2).then_some(Wide { table: at, above, levels: words })
}

/// The words below a kind of value.
fn level(register: &Register, kind: &Kind) -> Vec<Labelled> {
    let Kind::Keyed { by, .. } = kind else {
        let tables = kind.fields().iter().filter(|field| !field.kind.fields().is_empty());
        return tables
            .map(|field| Labelled { id: field.key.to_owned(), label: field.label.into() })
            .collect();
    };
    register.words(*by).unwrap_or_default().to_vec()
}

/// The unit of a text that is nothing else: `triệu đồng`, `ĐVT: triệu đồng`.
pub fn unit(text: &str) -> Option<&'static Unit> {
    let said = plain(text);
    let said = ["don vi tinh ", "dvt ", "don vi ", "unit "]
        .iter()
        .find_map(|lead| said.strip_prefix(lead))
        .unwrap_or(&said);
    let is = |name: &str| plain(name) == said;
    UNITS.iter().find(|unit| {
        (!unit.said.vi.is_empty() && (is(unit.said.vi) || is(unit.said.en)))
            || unit.names.iter().any(|name| is(name))
    })
}

/// The unit that a line above a table gives for all of it: `Đơn vị tính: triệu đồng`.
pub fn unit_above(line: &str) -> Option<&'static Unit> {
    let at = ["đơn vị tính", "đvt", "đơn vị", "unit"]
        .iter()
        .find_map(|lead| line.to_lowercase().find(lead).map(|at| (at, lead.len())));
    let (at, len) = at?;
    unit(line.get(at + len..)?.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// A heading without its unit, the unit, and whether it is a share.
fn without_unit(text: &str) -> (String, Option<&'static Unit>, bool) {
    let text = text.trim().trim_end_matches(['*', ':', ' ']);
    if let Some(unit) = unit(text).filter(|unit| !unit.of.is_empty()) {
        return (String::new(), Some(unit), false);
    }
    if let Some((before, inside)) =
        text.strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']))
    {
        if let Some(unit) = unit(inside) {
            return (before.trim().to_owned(), Some(unit), false);
        }
        if inside.trim() == "%" {
            return (before.trim().to_owned(), None, true);
        }
        if inside.chars().all(|c| c.is_ascii_digit() || " +-=*".contains(c)) {
            return without_unit(before);
        }
        if before.trim().is_empty() {
            return (inside.trim().to_owned(), None, false);
        }
    }
    let after = text.rsplit_once([',', '\n']).or_else(|| text.rsplit_once(" - "));
    match after.and_then(|(before, last)| Some((before, unit(last).filter(|unit| !unit.of.is_empty())?))) {
        Some((before, unit)) => (before.trim().to_owned(), Some(unit), false),
        None => (text.to_owned(), None, text.trim() == "%"),
    }
}

/// A text without the number of its place in an outline: `1. Số lớp`, `a) Nữ`, `II. Kinh phí`.
fn without_number(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((first, rest)) = text.split_once(' ') else { return text };
    let core = first.trim_matches(['(', ')', '.']);
    let is_number = core.len() < first.len()
        && (core.chars().all(|c| c.is_ascii_digit())
            || core.chars().all(|c| "IVXivx".contains(c))
            || core.chars().count() == 1);
    if is_number { rest.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> (Vec<String>, Option<i64>, bool) {
        let heading = Heading::of(&lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
        (heading.parts, heading.unit.map(|unit| unit.scale), heading.is_share)
    }

    #[test]
    fn a_heading_is_read_without_its_unit_and_its_number() {
        for (lines, parts, scale, is_share) in [
            (&["Đã chi (triệu đồng)"][..], &["Đã chi"][..], Some(1_000_000), false),
            (&["Đã chi, nghìn đồng"], &["Đã chi"], Some(1_000), false),
            (&["Đã chi (ĐVT: 1.000 đồng)"], &["Đã chi"], Some(1_000), false),
            (&["Số lớp (lớp) (3)"], &["Số lớp"], Some(1), false),
            (
                &["II. Học bổng", "a) Số tiền", "(triệu đồng)"],
                &["Học bổng", "Số tiền"],
                Some(1_000_000),
                false,
            ),
            (&["Trong đó", "Nữ"], &["Nữ"], None, false),
            (&["Tỷ lệ (%)"], &["Tỷ lệ"], None, true),
            (&["Hội viên: Nữ"], &["Hội viên", "Nữ"], None, false),
        ] {
            let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            assert_eq!(read(lines), (parts, scale, is_share), "{lines:?}");
        }
        assert_eq!(unit_above("(Đơn vị tính: triệu đồng)").map(|unit| unit.scale), Some(1_000_000));
        assert_eq!(unit_above("Đơn vị: nghìn đồng").map(|unit| unit.scale), Some(1_000));
        assert_eq!(unit_above("Đơn vị: xã Yên Thanh"), None);
    }
}
