//! Which column of a sheet is which of a table.

use super::called::{MONEY, NUMBERS, Unit, is_called};
use super::headings::{Dictionary, Heading, Meaning, NAMING};
use super::laid::Laid;
use super::map::Map;
use crate::desk::error::Error;
use crate::model::RecordKind;
use crate::model::input::resolve;
use crate::model::path::{Step, written};
use crate::model::sheet::SheetRow;
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, did_you_mean, nearest};
use crate::say;
use crate::store::Store;
use crate::summary::export;
use std::borrow::Cow;

/// A table with what is known about its columns.
pub struct Columns<'a> {
    /// The kind of its records.
    pub kind: RecordKind,
    /// The table, which says what a row is about.
    pub table: &'a Table,
    /// What each column of the sheet is, from A on.
    pub found: Vec<Found<'a>>,
    /// The columns that name the record and the row in it.
    pub keys: Vec<&'a str>,
}

/// What a column of a sheet is.
#[derive(Clone, Debug)]
pub enum Found<'a> {
    /// Nothing: it has no heading.
    Nothing,
    /// One that only numbers the rows.
    Numbers,
    /// One that is left out, as a person says.
    LeftOut,
    /// One that is not ours, or may be several; with the labels of those.
    Stranger(Vec<Said>),
    /// One of ours.
    Ours(Ours<'a>),
}

/// A column of ours.
#[derive(Clone, Debug)]
pub struct Ours<'a> {
    /// Its table: that of the rows, or another one whose values a row can give as well.
    pub table: &'a Table,
    /// The column of that table.
    pub column: &'a Column,
    /// The words that its heading says: the field of activity.
    pub words: Vec<String>,
    /// What it is called, with those words.
    pub label: Said,
    /// By how much its numbers are multiplied.
    pub scale: i64,
    /// The unit that says so.
    pub unit: Option<Text>,
}

impl Ours<'_> {
    /// How a map names it: the key in the table of the rows, else the key path.
    pub fn key(&self, table: &Table) -> String {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let path = || export::place(&self.table.name, &self.column.key, &words).map(|path| written(&path));
        let own = self.table.name == table.name && words.is_empty();
        Some(self.column.key.clone()).filter(|_| own).or_else(path).unwrap_or_else(|| self.column.key.clone())
    }
}

/// Keys of a record that name it, in whichever table of it they stand.
const OF_RECORD: &[&str] = &["centre", "unit", "area", "date", "campaign", "school_year", "period"];

impl<'a> Columns<'a> {
    /// What stands at a key in a row; none for an empty cell.
    pub fn cell<'c>(&self, row: &'c SheetRow, key: &str) -> Option<Cow<'c, str>> {
        Some(row.cell(self.at(key)?)).filter(|held| !held.is_empty()).map(|held| match held.typed() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        })
    }

    /// The column with a key: of the table of the rows, or, for what names a record, of the record itself.
    pub fn at(&self, key: &str) -> Option<usize> {
        let main = export::main(self.kind);
        let is = |ours: &Ours, table: &str| {
            ours.words.is_empty() && ours.table.name == table && ours.column.key == key
        };
        let of = |table: &str| {
            self.found.iter().position(|found| matches!(found, Found::Ours(ours) if is(ours, table)))
        };
        let of_record = || OF_RECORD.contains(&key).then(|| of(main).or_else(|| of(NAMING))).flatten();
        let own = || of(&self.table.name);
        let of_section = || {
            let is = |found: &Found| matches!(found, Found::Ours(ours) if ours.column.key == key);
            self.found.iter().position(is).filter(|_| key == "period")
        };
        let found = if key == "date" { of_record().or_else(own) } else { own().or_else(of_record) };
        found.or_else(of_section)
    }

    /// The column of ours that stands there.
    pub fn ours(&self, at: usize) -> Option<&Ours<'a>> {
        match self.found.get(at)? {
            Found::Ours(ours) => Some(ours),
            _ => None,
        }
    }

    /// By how much a number in a column is to be multiplied: 1 000 000 under “triệu đồng”, else 1.
    pub fn scale(&self, at: usize) -> i64 {
        self.ours(at).map_or(1, |ours| ours.scale)
    }

    /// True for a column that only says whose values a row holds.
    pub fn only_names(&self, at: usize) -> bool {
        self.ours(at).is_some_and(|ours| {
            let of_record =
                OF_RECORD.contains(&ours.column.key.as_str()) && ours.table.name == export::main(self.kind);
            ours.table.name == NAMING
                || self.is_key(ours)
                || (of_record && self.table.name != ours.table.name)
        })
    }

    /// True for a column that gives no value: it names the record or the row, or is none of ours.
    pub fn is_silent(&self, at: usize) -> bool {
        self.ours(at).is_none() || self.only_names(at)
    }

    /// The columns that say which row of its record a row is: the field of activity, a name.
    pub fn own_keys(&self) -> Vec<usize> {
        let keys: Vec<usize> = self.keys.iter().skip(1).filter_map(|key| self.at(key)).collect();
        let name = || self.at("name").filter(|_| self.keys.contains(&"row_no"));
        if keys.is_empty() { name().into_iter().collect() } else { keys }
    }

    fn is_key(&self, ours: &Ours) -> bool {
        ours.words.is_empty()
            && ours.table.name == self.table.name
            && self.keys.contains(&ours.column.key.as_str())
    }

    /// The column whose word names no place in the record, and why; all cells of the row would meet the same.
    pub fn misnamed(
        &self,
        store: &Store,
        lang: Lang,
        row: &SheetRow,
        keys: &[&str],
    ) -> Option<(usize, Said)> {
        let own = |at: usize| {
            self.ours(at).is_some_and(|ours| ours.table.name == self.table.name && ours.words.is_empty())
        };
        let path = (0..self.found.len()).filter(|at| own(*at)).find_map(|at| self.path(at, keys))?;
        let why =
            |n: usize| resolve(self.kind.fields(), &written(&path[..n]), Some(&store.register), lang).err();
        let (n, why) = (1..=path.len()).find_map(|n| Some((n, why(n)?)))?;
        let Step::Key(word) = &path[n - 1] else { return None };
        let names = |at: &usize| {
            self.ours(*at).is_some_and(|ours| self.is_key(ours)) && row.cell(*at).typed().trim() == word
        };
        Some(((0..self.found.len()).find(names)?, why))
    }

    /// The place of a column in a record; none for one that is left out, or that only names the record or the row.
    pub fn path(&self, at: usize, keys: &[&str]) -> Option<Vec<Step>> {
        let ours = self.ours(at)?;
        let words: Vec<&str> = ours.words.iter().map(String::as_str).collect();
        let of_row = ours.table.name == self.table.name && words.is_empty();
        export::place(&ours.table.name, &ours.column.key, if of_row { keys } else { &words })
    }

    /// The columns that are not ours.
    pub fn strangers(&self) -> impl Iterator<Item = usize> {
        (0..self.found.len()).filter(|at| matches!(self.found[*at], Found::Stranger(_)))
    }
}

/// The columns that a table could have in a sheet.
struct Choosing<'a> {
    dictionary: &'a Dictionary,
    at: usize,
    table: &'a Table,
    kind: RecordKind,
}

/// Which column is which: by key or by either label, with or without accents, or as a map says.
pub fn columns<'a>(dictionary: &'a Dictionary, at: usize, laid: &Laid, map: &Map) -> Option<Columns<'a>> {
    let table = &dictionary.tables[at];
    let kind = export::record(&table.name)?;
    let choosing = Choosing { dictionary, at, table, kind };
    let is_key = |key: &str| export::place(&table.name, key, &["1", "1", "1"]).is_none();
    let keys: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).filter(|key| is_key(key)).collect();
    let meant: Vec<Vec<Meaning>> =
        laid.parsed.iter().map(|heading| dictionary.meanings(at, heading, map)).collect();
    let mut used: Vec<usize> = meant.iter().filter_map(|all| Some(choosing.one(all, &[])?.table)).collect();
    used.extend((0..dictionary.tables.len()).filter(|other| choosing.is_above(*other)));
    let found = laid.parsed.iter().zip(&meant).map(|(heading, all)| {
        if heading.shown.is_empty() {
            Found::Nothing
        } else if map.leaves_out(&heading.shown) {
            Found::LeftOut
        } else if let Some(meaning) = choosing.one(all, &used) {
            choosing.ours(meaning, heading, laid)
        } else if NUMBERS.iter().any(|name| heading.parts.iter().all(|part| is_called(part, name))) {
            Found::Numbers
        } else {
            choosing.stranger(all)
        }
    });
    let found = found.collect();
    Some(Columns { kind, table, found, keys })
}

impl<'a> Choosing<'a> {
    /// The one meaning that a column can have in the table: its own, else that of what a row can give as well.
    fn one(&self, all: &[Meaning], used: &[usize]) -> Option<Meaning> {
        let classes: [&dyn Fn(&Meaning) -> bool; 3] =
            [&|m| m.table == self.at && m.words.is_empty(), &|m| self.is_beside(m), &|m| {
                self.name(m) == NAMING
                    && (self.kind == RecordKind::Visit || self.column(m).key == export::REGISTER.0)
            }];
        for class in classes {
            let mut fit: Vec<Meaning> = all.iter().filter(|m| class(m)).map(|m| self.of_key(m)).collect();
            fit.dedup();
            if fit.len() > 1 {
                let is_period = |m: &Meaning| self.column(m).key == "period";
                let periods = fit.iter().all(is_period);
                fit.retain(|m| used.contains(&m.table));
                if fit.len() != 1 && periods {
                    continue;
                }
            }
            match fit.as_slice() {
                [] => {}
                [one] => return Some(one.clone()),
                _ => return None,
            }
        }
        None
    }

    /// True for what a row of the table can give beside its own columns: values that a record has once.
    fn is_beside(&self, m: &Meaning) -> bool {
        let same = |table: &str| export::record(table) == Some(self.kind) && self.kind.is_many();
        let has_one = |at: usize| self.dictionary.tables[at].primary_key.len() == 1;
        // Those who write a telephone beside a person do not mean that of the centre.
        let is_list = self.table.primary_key.iter().any(|key| key == "row_no");
        let names = OF_RECORD.contains(&self.column(m).key.as_str());
        same(self.name(m))
            && (names || !is_list)
            && (if m.words.is_empty() { m.table != self.at && has_one(m.table) } else { has_one(self.at) })
    }

    /// The same meaning; the key of the record is that of the table of the rows.
    fn of_key(&self, m: &Meaning) -> Meaning {
        let other = &self.dictionary.tables[m.table];
        let is_id = m.words.is_empty()
            && other.primary_key.first().is_some_and(|id| *id == other.columns[m.column].key);
        let own = || {
            self.table.primary_key.first().and_then(|id| self.table.columns.iter().position(|c| c.key == *id))
        };
        match own().filter(|_| is_id && m.table != self.at && other.name != NAMING) {
            Some(column) => Meaning { table: self.at, column, words: Vec::new() },
            None => m.clone(),
        }
    }

    /// True for the table of the section that the rows stand in: `visit_activity` for `activity`.
    fn is_above(&self, other: usize) -> bool {
        let name = &self.dictionary.tables[other].name;
        let first = |table: &str, key: &str| export::place(table, key, &["1", "1", "1"])?.into_iter().next();
        let own = || first(&self.table.name, &self.table.columns.last()?.key);
        let above = || first(name, &self.dictionary.tables[other].columns.last()?.key);
        other != self.at
            && self.dictionary.tables[other].primary_key.len() == 1
            && export::record(name) == Some(self.kind)
            && own().is_some_and(|own| Some(own) == above())
    }

    fn name(&self, m: &Meaning) -> &str {
        &self.dictionary.tables[m.table].name
    }

    fn column(&self, m: &Meaning) -> &'a Column {
        &self.dictionary.tables[m.table].columns[m.column]
    }

    fn ours(&self, meaning: Meaning, heading: &Heading, laid: &Laid) -> Found<'a> {
        let table = &self.dictionary.tables[meaning.table];
        let column = &table.columns[meaning.column];
        let fits = |unit: &&Unit| match column.kind {
            ColumnKind::Money => unit.of == MONEY,
            ColumnKind::Number => unit.of == "ha" && column.key == "area_ha",
            _ => false,
        };
        let unit = heading.unit.or(laid.unit()).filter(fits).filter(|unit| unit.scale != 1);
        let (scale, unit) = unit.map_or((1, None), |unit| (unit.scale, Some(unit.said)));
        Found::Ours(Ours {
            table,
            column,
            label: self.dictionary.label(&meaning),
            words: meaning.words,
            scale,
            unit,
        })
    }

    /// A column that is not ours, with all that it may be here.
    fn stranger(&self, all: &[Meaning]) -> Found<'a> {
        let here = all.iter().filter(|m| m.table == self.at || self.is_beside(m));
        let labels = here.map(|m| {
            let table = &self.dictionary.tables[m.table];
            Said::join([table.title.clone(), table.columns[m.column].label.clone()], ": ")
        });
        Found::Stranger(labels.collect())
    }
}

/// The headings that stand for one thing twice.
pub fn twice(columns: &Columns, laid: &Laid) -> Result<(), Error> {
    let key = |at: usize| columns.ours(at).map(|ours| (&ours.table.name, &ours.column.key, &ours.words));
    for at in 0..columns.found.len() {
        if let Some(first) = (0..at).find(|other| key(at).is_some() && key(*other) == key(at)) {
            let (place, first) = (laid.place(at), laid.place(first));
            let heading = &laid.parsed[at].shown;
            return Err(Error::wrong_use(
                say!(
                    "{place}: cột “{heading}” trùng với {first}",
                    "{place}: the column “{heading}” is the same as {first}",
                    [place, heading, first]
                ),
                say!("bỏ một trong hai cột: --map, \"-\"", "leave one of the two out: --map, \"-\""),
            ));
        }
    }
    Ok(())
}

/// Headings that stand for no column of the table.
pub fn unknown(columns: &Columns, laid: &Laid) -> Result<(), Error> {
    let Some(first) = columns.strangers().next() else { return Ok(()) };
    let (table, heading) = (columns.table, &laid.parsed[first].shown);
    let told = columns.strangers().map(|at| {
        let (place, heading) = (laid.place(at), &laid.parsed[at].shown);
        match &columns.found[at] {
            Found::Stranger(several) if several.len() > 1 => {
                let several = Said::join(several.iter().cloned(), "; ");
                say!(
                    "{place}: cột “{heading}” có thể là: {several}",
                    "{place}: the column “{heading}” may be: {several}",
                    [place, heading, several]
                )
            }
            _ => say!(
                "{place}: chưa rõ “{heading}” là cột nào",
                "{place}: unknown column “{heading}”",
                [place, heading]
            ),
        }
    });
    let message = Said::join(told, "\n");
    let labels = table.columns.iter().flat_map(|c| [c.key.as_str(), &c.label.vi, &c.label.en]);
    let near = nearest(heading, labels).filter(|_| columns.strangers().count() == 1).map(did_you_mean);
    let how = say!(
        "bỏ các cột không thuộc sổ: --ignore-columns; ghép cột: --map (mẫu: --save-map)",
        "leave out columns that are not of the register: --ignore-columns; map columns: --map (for one to start from: \
         --save-map)"
    );
    Err(Error::wrong_use(
        message,
        near.map_or_else(|| how.clone(), |near| Said::join([near, how.clone()], "; ")),
    ))
}
