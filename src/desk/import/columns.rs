//! Which column of a sheet is which of a table.

use super::laid::Laid;
use crate::desk::error::Error;
use crate::model::RecordKind;
use crate::model::input::resolve;
use crate::model::meaning::is_same;
use crate::model::path::{Step, written};
use crate::model::sheet::SheetRow;
use crate::model::table::Table;
use crate::model::text::{Lang, Said, did_you_mean, nearest};
use crate::model::vietnamese::fold;
use crate::say;
use crate::store::Store;
use crate::summary::export;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A table with what is known about its columns.
pub struct Columns<'a> {
    /// The kind of its records.
    pub kind: RecordKind,
    /// The table.
    pub table: &'a Table,
    /// The key of each column of the sheet, from A on; none for one that is left out.
    pub found: Vec<Option<&'a str>>,
    /// The columns that name the record and the row in it.
    pub keys: Vec<&'a str>,
    scales: Vec<i64>,
}

/// Headings of columns that only number the rows.
const NUMBERS: &[&str] = &["stt", "tt", "no", "no."];

impl Columns<'_> {
    /// What stands at a key in a row; none for an empty cell.
    pub fn cell<'c>(&self, row: &'c SheetRow, key: &str) -> Option<Cow<'c, str>> {
        let at = self.found.iter().position(|found| *found == Some(key))?;
        Some(row.cell(at)).filter(|held| !held.is_empty()).map(|held| match held.typed() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        })
    }

    /// By how much a number in a column is to be multiplied: 1 000 000 under “triệu đồng”, else 1.
    pub fn scale(&self, at: usize) -> i64 {
        self.scales.get(at).copied().unwrap_or(1)
    }

    /// The column whose word names no place in the record, and why; all cells of the row would meet the same.
    pub fn misnamed(
        &self,
        store: &Store,
        lang: Lang,
        row: &SheetRow,
        keys: &[&str],
    ) -> Option<(usize, Said)> {
        let path = (0..self.found.len()).find_map(|at| self.path(at, keys))?;
        let why =
            |n: usize| resolve(self.kind.fields(), &written(&path[..n]), Some(&store.register), lang).err();
        let (n, why) = (1..=path.len()).find_map(|n| Some((n, why(n)?)))?;
        let Step::Key(word) = &path[n - 1] else { return None };
        let names = |key: &str| self.keys.contains(&key) && self.cell(row, key).as_deref() == Some(word);
        Some((self.found.iter().position(|key| key.is_some_and(names))?, why))
    }

    /// The place of a column in a record; none for one that is left out, or that only names the record or the row.
    pub fn path(&self, at: usize, keys: &[&str]) -> Option<Vec<Step>> {
        export::place(&self.table.name, (*self.found.get(at)?)?, keys)
    }
}

/// Which column is which: by key or by either label, with or without accents.
pub fn columns<'a>(
    kind: RecordKind,
    table: &'a Table,
    laid: &Laid,
    map: &BTreeMap<String, String>,
) -> Result<Columns<'a>, Error> {
    let is_key = |key: &str| export::place(&table.name, key, &["1", "1", "1"]).is_none();
    let keys: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).filter(|key| is_key(key)).collect();
    let mut found = Vec::new();
    for (at, heading) in laid.headings.iter().map(String::as_str).enumerate() {
        let mut named = map.iter().filter(|(name, _)| is_same(heading, name) || is_same(name, heading));
        let named = map.get(heading).or_else(|| named.next().map(|(_, key)| key));
        let wanted = named.map_or(heading, String::as_str);
        let fits = |label: &str| is_same(wanted, label);
        let labelled = || {
            let mut columns = table.columns.iter().filter(|c| fits(&c.label.vi) || fits(&c.label.en));
            columns.next().filter(|_| columns.next().is_none())
        };
        let column = table.columns.iter().find(|column| fits(&column.key)).or_else(labelled);
        let is_left_out = wanted.is_empty() || wanted == "-" || NUMBERS.contains(&fold(wanted).as_str());
        if column.is_none() && !is_left_out {
            return Err(unknown(table, heading, &laid.sheet.place(laid.row, at)));
        }
        let key = column.map(|column| column.key.as_str());
        if key.is_some() && found.contains(&key) {
            return Err(Error::wrong_use(
                say!(
                    "{file}: có hai cột “{heading}”",
                    "{file}: there are two columns “{heading}”",
                    [file = laid.sheet.file.as_str(), heading]
                ),
                Said::default(),
            ));
        }
        found.push(key);
    }
    Ok(Columns { kind, table, found, keys, scales: Vec::new() })
}

/// A heading that stands for no column of the table.
fn unknown(table: &Table, heading: &str, place: &str) -> Error {
    let labels = table.columns.iter().flat_map(|c| [c.key.as_str(), &c.label.vi, &c.label.en]);
    let map = || {
        let keys: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).collect();
        say!(
            "ghép bằng --map, \"-\" là bỏ cột; bảng có: {keys}",
            "map it with --map, \"-\" leaves it out; the table has: {keys}",
            [keys = keys.join(", ")]
        )
    };
    Error::wrong_use(
        say!("{place}: không rõ cột “{heading}”", "{place}: unknown column “{heading}”", [place, heading]),
        nearest(heading, labels).map_or_else(map, did_you_mean),
    )
}
