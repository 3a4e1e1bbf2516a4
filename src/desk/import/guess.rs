//! Which table a sheet is, which sheet of a workbook is meant, and all that was understood of it.

use super::opened::Sent;
use super::wishes::Wishes;
use crate::desk::error::Error;
use crate::model::RecordKind;
use crate::model::sheet::letters;
use crate::model::text::{Said, Text, did_you_mean, nearest, use_one_of};
use crate::say;
use crate::summary::export;
pub use body::is_total;
use body::{Body, body};
use called::TABLES;
pub use called::is_called;
pub use columns::Columns;
use columns::{Found, columns, twice, unknown};
pub use headings::Dictionary;
use laid::{Laid, laid};
use map::Map;
pub use totals::differences;

mod body;
mod called;
mod columns;
mod headings;
mod laid;
pub mod map;
mod totals;

/// A sheet with what was understood of it.
pub struct Understood<'a> {
    /// What was sent.
    pub sent: &'a Sent,
    /// Its headings and rows.
    pub laid: Laid<'a>,
    /// Which of its columns is which.
    pub columns: Columns<'a>,
    /// The rows below the headings that are none of the table, and what cannot be taken.
    pub body: Body<'a>,
    /// The other sheets of its workbook, which are not taken.
    pub others: Vec<&'a str>,
}

/// What was understood of a sheet, to be shown.
#[derive(Debug)]
pub struct Understanding {
    /// The file and the sheet.
    pub place: String,
    /// What its table is called.
    pub table: Said,
    /// The name of the table.
    pub name: String,
    /// The first and the last row of the headings.
    pub headings: (usize, usize),
    /// The columns with headings.
    pub columns: Vec<Known>,
    /// The numbers of the rows of the table.
    pub rows: Vec<usize>,
    /// The rows that were passed over, and why.
    pub passed: Vec<(usize, Text)>,
    /// The rows that are named by the row above.
    pub named_above: Vec<usize>,
    /// The sheets that are not taken.
    pub others: Vec<String>,
    /// What a map would say of it.
    pub map: Map,
}

/// What is known of a column.
#[derive(Debug)]
pub struct Known {
    /// Its letters.
    pub letters: String,
    /// Its heading.
    pub heading: String,
    /// The key that it stands for, and what that is called; none for a column that is left out.
    pub key: Option<(String, Said)>,
    /// The unit of its numbers and by how much they are multiplied, if they are converted.
    pub unit: Option<(Text, i64)>,
    /// True for a column that is not ours.
    pub is_stranger: bool,
}

/// Which tables the sheets are, and what their columns and rows are.
pub fn understood<'a>(
    dictionary: &'a Dictionary,
    wishes: &Wishes,
    tables: &[&'a Sent],
) -> (Vec<Understood<'a>>, Vec<Error>) {
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for sheets in tables.chunk_by(|one, next| one.sheet.file == next.sheet.file && !one.exact && !next.exact)
    {
        let found = match sheets {
            [sent] if !sent.sheet.is_hidden => one(dictionary, wishes, sent).map(|sheet| vec![sheet]),
            sheets => of_workbook(dictionary, wishes, sheets),
        };
        let sound = |sheets: &Vec<Understood>| {
            sheets.iter().filter(|sheet| !sheet.sent.exact).try_for_each(|sheet| {
                twice(&sheet.columns, &sheet.laid)?;
                if wishes.leaves_out { Ok(()) } else { unknown(&sheet.columns, &sheet.laid) }
            })
        };
        match found.and_then(|sheets| sound(&sheets).map(|()| sheets)) {
            Ok(sheets) => all.extend(sheets),
            Err(why) => wrong.push(why),
        }
    }
    for sheet in all.iter_mut().filter(|sheet| !sheet.sent.exact) {
        let laid = &sheet.laid;
        let rows = laid.sheet.rows.as_slice();
        let below = &rows[rows.partition_point(|row| row.number <= laid.at.1)..];
        sheet.body = body(&sheet.columns, laid, below, wishes.leaves_out);
        sheet.laid.rows = std::mem::take(&mut sheet.body.rows);
    }
    (all, wrong)
}

/// The sheets of a workbook that are tables of ours: the one that is named, else those that fit, each another table.
fn of_workbook<'a>(
    dictionary: &'a Dictionary,
    wishes: &Wishes,
    sheets: &[&'a Sent],
) -> Result<Vec<Understood<'a>>, Error> {
    let name = |sent: &&'a Sent| sent.sheet.name.as_deref().unwrap_or_default();
    let file = &sheets[0].sheet.file;
    if let Some(wanted) = wishes.sheet.as_deref().or(wishes.map.sheet.as_deref()) {
        let found = sheets.iter().find(|sent| is_called(wanted, name(sent)));
        let sent = found.ok_or_else(|| {
            Error::nothing(
                say!(
                    "{file}: không có trang tính “{wanted}”",
                    "{file}: there is no sheet “{wanted}”",
                    [file, wanted]
                ),
                use_one_of(sheets.iter().map(name)),
            )
        })?;
        return Ok(vec![one(dictionary, wishes, sent)?]);
    }
    let seen = || sheets.iter().filter(|sent| !sent.sheet.is_hidden);
    let mut fit: Vec<Understood> = seen().filter_map(|sent| one(dictionary, wishes, sent).ok()).collect();
    fit.retain(|sheet| taken(&sheet.columns) > 1);
    let Some(first) = fit.first() else {
        return match seen().next().map(|sent| one(dictionary, wishes, sent)) {
            Some(Err(why)) => Err(why),
            _ => Err(Error::nothing(
                say!(
                    "{file}: không có trang tính nào là bảng của sổ",
                    "{file}: no sheet is a table of the register",
                    [file]
                ),
                say!(
                    "chọn trang tính: --sheet TÊN, và bảng: --as BẢNG",
                    "choose a sheet: --sheet NAME, and a table: --as TABLE"
                ),
            )),
        };
    };
    let same = |other: &&Understood| other.columns.table.name == first.columns.table.name;
    if let Some(second) = fit.iter().skip(1).find(same) {
        let (one, other) = (name(&first.sent), name(&second.sent));
        return Err(Error::wrong_use(
            say!(
                "{file}: trang tính “{one}” và “{other}” cùng là một bảng",
                "{file}: the sheets “{one}” and “{other}” are the same table",
                [file, one, other]
            ),
            say!("chọn một: --sheet \"{one}\"", "choose one: --sheet \"{one}\"", [one]),
        ));
    }
    let taken: Vec<&str> = fit.iter().map(|sheet| name(&sheet.sent)).collect();
    let others = sheets.iter().map(name).filter(|name| !taken.contains(name)).collect();
    fit[0].others = others;
    Ok(fit)
}

/// A sheet as the table that it is said to be, or that it fits best.
fn one<'a>(dictionary: &'a Dictionary, wishes: &Wishes, sent: &'a Sent) -> Result<Understood<'a>, Error> {
    let laid = laid(dictionary, &wishes.map, &sent.sheet, sent.exact);
    let asked = sent
        .table
        .as_deref()
        .or(wishes.map.table.as_deref())
        .map(|typed| named(dictionary, typed))
        .transpose()?;
    let tables = asked.clone().unwrap_or_else(|| (0..dictionary.tables.len()).collect());
    let mut fit: Vec<Columns> =
        tables.iter().filter_map(|at| columns(dictionary, *at, &laid, &wishes.map)).collect();
    if tables.len() > 1 {
        fit.retain(names_its_rows);
        let rank = |columns: &Columns| (taken(columns), own(columns));
        let best = fit.iter().map(rank).max().unwrap_or_default();
        fit.retain(|columns| rank(columns) == best && best.0 > 1);
        // Those that have one row for a record are as good as each other: a row gives the values of all of them.
        let is_one = |columns: &Columns| columns.kind.is_many() && columns.keys.len() == 1;
        if fit.iter().all(|columns| is_one(columns) && columns.kind == fit[0].kind) {
            fit.truncate(1);
        }
        // Of several that fit as well, the one that the sheet is named after; a list of people without a day or a
        // campaign is not one of a visit.
        let named = named(dictionary, sent.sheet.name.as_deref().unwrap_or_default()).unwrap_or_default();
        let is_named =
            |columns: &Columns| named.iter().any(|at| dictionary.tables[*at].name == columns.table.name);
        let is_list = |columns: &Columns| columns.keys.contains(&"row_no");
        let is_dated =
            |columns: &Columns| ["date", "campaign", "period"].iter().any(|key| columns.at(key).is_some());
        let is_right =
            |columns: &Columns| is_list(columns) && (columns.kind == RecordKind::Centre) != is_dated(columns);
        for is_better in [&is_named as &dyn Fn(&Columns) -> bool, &is_list, &is_right] {
            if fit.len() > 1 && fit.iter().any(is_better) {
                fit.retain(is_better);
            }
        }
    }
    let mut fit = fit.into_iter();
    match (fit.next(), fit.next()) {
        (Some(columns), None) => {
            Ok(Understood { sent, laid, columns, body: Body::default(), others: Vec::new() })
        }
        (None, _) => Err(unclear(&laid, asked.is_none(), &[])),
        (Some(one), Some(other)) => {
            let names: Vec<&str> =
                [one, other].into_iter().chain(fit).map(|columns| columns.table.name.as_str()).collect();
            Err(unclear(&laid, true, &names))
        }
    }
}

/// The tables that a word may mean: one by its name, several by what people call them.
fn named(dictionary: &Dictionary, typed: &str) -> Result<Vec<usize>, Error> {
    let tables =
        || dictionary.tables.iter().enumerate().filter(|(_, table)| export::record(&table.name).is_some());
    if let Some((at, _)) = tables().find(|(_, table)| table.name == typed) {
        return Ok(vec![at]);
    }
    let called = |name: &str| {
        TABLES.iter().any(|(table, names)| *table == name && names.iter().any(|n| is_called(typed, n)))
    };
    let is = |label: &Said| is_called(typed, &label.vi) || is_called(typed, &label.en);
    let fit: Vec<usize> =
        tables().filter(|(_, t)| called(&t.name) || is(&t.title)).map(|(at, _)| at).collect();
    if fit.is_empty() {
        let names = tables().flat_map(|(_, table)| [table.name.as_str(), &table.title.vi, &table.title.en]);
        let message = say!("không có bảng “{typed}”", "there is no table “{typed}”", [typed]);
        let list =
            || say!("xem tên các bảng: ttht import --help", "for the names of tables: ttht import --help");
        return Err(Error::wrong_use(message, nearest(typed, names).map_or_else(list, did_you_mean)));
    }
    Ok(fit)
}

/// Why it is not known which table a sheet is.
fn unclear(laid: &Laid, is_free: bool, tables: &[&str]) -> Error {
    let place = laid.sheet.row_place(laid.at.1);
    let message = if is_free {
        say!("{place}: chưa rõ đây là bảng nào", "{place}: which table is this?", [place])
    } else {
        say!(
            "{place}: các cột không thuộc bảng này",
            "{place}: the columns are not those of this table",
            [place]
        )
    };
    let help = match tables {
        [] => say!(
            "thêm --as BẢNG, ví dụ --as activity hoặc --as \"hoạt động\"",
            "add --as TABLE, such as --as activity"
        ),
        tables => {
            let tables = tables.join(", ");
            say!("thêm --as với một trong: {tables}", "add --as with one of: {tables}", [tables])
        }
    };
    Error::wrong_use(message, help)
}

/// How many columns are ours, but for notes.
fn taken(columns: &Columns) -> usize {
    (0..columns.found.len())
        .filter(|at| columns.ours(*at).is_some_and(|ours| ours.column.key != "note"))
        .count()
}

/// How many of them are of the table of the rows and hold values. Notes stand beside any table, and say nothing of it.
fn own(columns: &Columns) -> usize {
    let is = |at: &usize| {
        columns
            .ours(*at)
            .is_some_and(|ours| ours.table.name == columns.table.name && ours.column.key != "note")
            && !columns.only_names(*at)
    };
    (0..columns.found.len()).filter(is).count()
}

/// True if the columns can say which record a row is about, and which row in it.
fn names_its_rows(columns: &Columns) -> bool {
    let has = |key: &str| columns.at(key).is_some();
    let made = ["row_no", "id", "scheme"];
    let mut keys = columns.keys.iter();
    let record = match columns.kind {
        RecordKind::Register => return false,
        RecordKind::Units => true,
        kind => {
            let id = keys.next().is_some_and(|key| has(key));
            id || match kind {
                RecordKind::Visit => has("centre") || has("unit"),
                RecordKind::Centre => has("unit"),
                RecordKind::Campaign => has("school_year"),
                _ => false,
            }
        }
    };
    record && own(columns) > 0 && keys.all(|key| made.contains(key) || has(key))
}

impl Understood<'_> {
    /// What was understood, to be shown.
    pub fn told(&self) -> Understanding {
        let (sheet, columns) = (&self.sent.sheet, &self.columns);
        let known: Vec<Known> =
            columns.found.iter().enumerate().filter_map(|(at, found)| self.known(at, found)).collect();
        let map = Map {
            columns: known
                .iter()
                .map(|known| {
                    (known.heading.clone(), known.key.as_ref().map_or("-", |(key, _)| key).to_owned())
                })
                .collect(),
            table: Some(columns.table.name.clone()),
            sheet: sheet.name.clone(),
            headings: Some(self.laid.at),
        };
        Understanding {
            place: sheet
                .name
                .as_ref()
                .map_or_else(|| sheet.file.clone(), |name| format!("{}: {name}", sheet.file)),
            table: columns.table.title.clone(),
            name: columns.table.name.clone(),
            headings: self.laid.at,
            columns: known,
            rows: self.laid.rows.iter().map(|row| row.number).collect(),
            passed: self.body.passed.clone(),
            named_above: self.body.named_above.clone(),
            others: self.others.iter().map(|name| (*name).to_owned()).collect(),
            map,
        }
    }

    fn known(&self, at: usize, found: &Found) -> Option<Known> {
        let heading = self.laid.headings.get(at).filter(|heading| !heading.is_empty())?.clone();
        let (key, unit) = match found {
            Found::Nothing => return None,
            Found::Ours(ours) => (
                Some((ours.key(self.columns.table), ours.label.clone())),
                ours.unit.map(|unit| (unit, ours.scale)),
            ),
            _ => (None, None),
        };
        Some(Known {
            letters: letters(at),
            heading,
            key,
            unit,
            is_stranger: matches!(found, Found::Stranger(_)),
        })
    }
}
