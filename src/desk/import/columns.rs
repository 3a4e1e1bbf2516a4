//! From the columns and cells of a table as it was sent to values with their places in records.

use crate::desk::commit::Pen;
use crate::desk::error::Error;
use crate::desk::find;
use crate::desk::pick::agrees;
use crate::desk::vocabulary;
use crate::model::RecordKind;
use crate::model::field::Kind;
use crate::model::id::VisitId;
use crate::model::input::{Speaker, read, resolve};
use crate::model::json;
use crate::model::meaning::is_same;
use crate::model::path::{Step, written};
use crate::model::table::Table;
use crate::model::text::{Lang, Said, did_you_mean, nearest, with_plain_ends};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{compose, fold, is_slug, slug};
use crate::say;
use crate::store::Store;
use crate::store::sheet::{self, Row, Sheet, letters};
use crate::summary::export;
use crate::toml;
use std::collections::BTreeMap;

/// A table as it was sent.
#[derive(Debug)]
pub struct Sent {
    /// Its name in [`export::tables`].
    pub table: String,
    /// The file as people see it.
    pub file: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
    /// True if its cells are to be taken letter for letter, as an export writes them.
    pub exact: bool,
}

/// A value on its way into a record.
pub struct Given {
    /// Where in the record.
    pub path: Vec<Step>,
    /// What.
    pub value: Node<'static>,
    /// Where the sender has it: `host.csv:5 (C)`.
    pub from: String,
}

/// What a table gives.
pub struct Filled {
    /// The kind of its records.
    pub kind: RecordKind,
    /// Values, by the id of their record, each row with its place: `host.csv:5`.
    pub rows: Vec<(String, String, Vec<Given>)>,
    /// What could not be read, and why.
    pub refused: Vec<Said>,
}

/// A table with what is known about its columns.
struct Columns<'a> {
    kind: RecordKind,
    table: &'a Table,
    /// The heading of each column of the table, in the order of the file; none for one that is left out.
    found: Vec<Option<&'a str>>,
    /// The columns that name the record and the row in it.
    keys: Vec<&'a str>,
}

/// Headings of columns that only number the rows.
const NUMBERS: &[&str] = &["stt", "tt", "no", "no."];

/// The values of a table as it was sent.
pub fn filled(pen: &Pen, lang: Lang, map: &BTreeMap<String, String>, sent: &Sent) -> Result<Filled, Error> {
    let speaker = Speaker { lang, today: pen.today };
    let shown = &sent.file;
    let sheet = sheet::read(&sent.bytes).map_err(|why| {
        Error::faults(say!("{shown}: {why}", "{shown}: {why}", [shown, why]), Said::default())
    })?;
    let tables = export::tables();
    let table = tables.iter().find(|table| table.name == sent.table);
    let (Some(table), Some(kind)) = (table, export::record(&sent.table)) else {
        let table = &sent.table;
        let message = say!("không có bảng “{table}”", "there is no table “{table}”", [table]);
        return Err(Error::nothing(message, Said::default()));
    };
    let columns = columns(kind, table, &sheet, map, shown)?;
    let mut filled = Filled { kind, rows: Vec::new(), refused: Vec::new() };
    let mut fresh = BTreeMap::new();
    for (row, cells) in &sheet.rows {
        let (id, keys) = match names(pen, speaker, &columns, cells, &mut fresh) {
            Ok(names) => names,
            Err(why) => {
                filled.refused.push(say!("{shown}:{row}: {why}", "{shown}:{row}: {why}", [shown, row, why]));
                continue;
            }
        };
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let refusal = |at: usize, why: Said| {
            let from = format!("{shown}:{row} ({})", letters(at));
            let heading = sheet.headings.get(at).unwrap_or_default().trim();
            say!("{from}, “{heading}”: {why}", "{from}, “{heading}”: {why}", [from, heading, why])
        };
        if let Some((at, why)) = columns.misnamed(&pen.store, lang, cells, &keys).filter(|_| !sent.exact) {
            filled.refused.push(refusal(at, why));
            continue;
        }
        let (mut values, told) = (Vec::new(), filled.refused.len());
        for (at, typed) in cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            let Some(path) = columns.path(at, &keys) else { continue };
            let from = format!("{shown}:{row} ({})", letters(at));
            match read_cell(&pen.store, speaker, kind, path, typed, sent.exact) {
                Ok((path, value)) => values.push(Given { path, value, from }),
                Err(why) => filled.refused.push(refusal(at, why)),
            }
        }
        if !values.is_empty() || told == filled.refused.len() {
            filled.rows.push((id, format!("{shown}:{row}"), values));
        }
    }
    Ok(filled)
}

/// A value with its place in the record, from the place of its cell and what stands in it. What an export wrote is taken
/// letter for letter, what people send is read as they mean it.
fn read_cell(
    store: &Store,
    speaker: Speaker,
    kind: RecordKind,
    path: Vec<Step>,
    typed: &str,
    exact: bool,
) -> Result<(Vec<Step>, Node<'static>), Said> {
    let exported = || export::value(&kind.root().at(&path), typed);
    if let Some(value) = exact.then(exported).flatten() {
        return Ok((path, value));
    }
    let (path, _) = resolve(kind.fields(), &written(&path), Some(&store.register), speaker.lang)?;
    if let Some(row) = vocabulary::row(&kind.root(), &path) {
        let scheme = vocabulary::scheme(&store.register, &kind.root(), &path);
        let word = vocabulary::word(scheme, row, typed.trim(), speaker.lang)?;
        return Ok((path, Node::of_text(word)));
    }
    let value = value(store, &kind.root().at(&path), typed, speaker)?;
    Ok((path, value))
}

impl Columns<'_> {
    /// What stands at a key in a row; none for an empty cell.
    fn cell<'c>(&self, cells: &'c Row, key: &str) -> Option<&'c str> {
        let at = self.found.iter().position(|found| *found == Some(key))?;
        cells.get(at).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// The column whose word names no place in the record, and why; all cells of the row would meet the same.
    fn misnamed(&self, store: &Store, lang: Lang, cells: &Row, keys: &[&str]) -> Option<(usize, Said)> {
        let path = (0..self.found.len()).find_map(|at| self.path(at, keys))?;
        let why =
            |n: usize| resolve(self.kind.fields(), &written(&path[..n]), Some(&store.register), lang).err();
        let (n, why) = (1..=path.len()).find_map(|n| Some((n, why(n)?)))?;
        let Step::Key(word) = &path[n - 1] else { return None };
        let names = |key: &str| self.keys.contains(&key) && self.cell(cells, key) == Some(word);
        Some((self.found.iter().position(|key| key.is_some_and(names))?, why))
    }

    /// The place of a column in a record; none for one that is left out, or that only names the record or the row.
    fn path(&self, at: usize, keys: &[&str]) -> Option<Vec<Step>> {
        export::place(&self.table.name, (*self.found.get(at)?)?, keys)
    }
}

/// Which column is which: by key or by either label, with or without accents.
fn columns<'a>(
    kind: RecordKind,
    table: &'a Table,
    sheet: &Sheet,
    map: &BTreeMap<String, String>,
    shown: &str,
) -> Result<Columns<'a>, Error> {
    let is_key = |key: &str| export::place(&table.name, key, &["1", "1", "1"]).is_none();
    let keys: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).filter(|key| is_key(key)).collect();
    let mut found = Vec::new();
    for (at, heading) in sheet.headings.iter().enumerate() {
        let heading = heading.trim();
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
            return Err(unknown(table, heading, &format!("{shown}:1 ({})", letters(at))));
        }
        let key = column.map(|column| column.key.as_str());
        if key.is_some() && found.contains(&key) {
            return Err(Error::wrong_use(
                say!(
                    "{shown}: có hai cột “{heading}”",
                    "{shown}: there are two columns “{heading}”",
                    [shown, heading]
                ),
                Said::default(),
            ));
        }
        found.push(key);
    }
    Ok(Columns { kind, table, found, keys })
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

/// The id of the record of a row, and the keys of the row in it.
fn names(
    pen: &Pen,
    speaker: Speaker,
    columns: &Columns,
    cells: &Row,
    fresh: &mut BTreeMap<String, Vec<String>>,
) -> Result<(String, Vec<String>), Said> {
    let kind = columns.kind;
    let cell = |key: &str| columns.cell(cells, key);
    let missing = |key: &str| say!("thiếu “{key}”", "“{key}” is missing", [key]);
    let mut keys = columns.keys.iter();
    let id = match keys.next().filter(|_| kind.is_many()) {
        None => {
            keys = columns.keys.iter();
            kind.word().to_owned()
        }
        Some(key) => match cell(key) {
            Some(id) => id.to_owned(),
            None => composed(speaker, cell).ok_or_else(|| missing(key))?,
        },
    };
    // The id becomes the name of a file: only what a record of this kind can be called passes.
    if !kind.allows(&id) {
        return Err(say!("“{id}” không dùng làm mã được", "“{id}” cannot be an id", [id]));
    }
    let mut named = Vec::new();
    for key in keys {
        match (cell(key), *key) {
            (Some(word), "row") if !word.parse::<usize>().is_ok_and(|row| row > 0) => {
                return Err(say!(
                    "“{word}” không phải là số thứ tự",
                    "“{word}” is not the number of a row",
                    [word]
                ));
            }
            (Some(word), _) => named.push(word.to_owned()),
            (None, "row") => {
                let word = NAMING.iter().find_map(|naming| {
                    let path = export::place(&columns.table.name, naming, &["1"])?;
                    Some((path.into_iter().next()?, *naming, cell(naming)?))
                });
                let (list, naming, word) = word.ok_or_else(|| missing("row"))?;
                let fresh = fresh.entry(id.clone()).or_default();
                let at = row_of(&pen.store, kind, &id, list, (naming, word), fresh)?;
                named.push((at + 1).to_string());
            }
            (None, key) => return Err(missing(key)),
        }
    }
    Ok((id, named))
}

/// What tells the rows of a list apart if the sender does not number them, the best first.
const NAMING: &[&str] = &["id", "name", "of", "file"];

/// The row of a list, from 0, that has this word at a naming key: an existing one, else a new one at the end. `fresh`
/// are the new ones of this record that came before it.
fn row_of(
    store: &Store,
    kind: RecordKind,
    id: &str,
    list: Step,
    (key, word): (&str, &str),
    fresh: &mut Vec<String>,
) -> Result<usize, Said> {
    let text = store.text(&find::file(store, kind, id)).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let items = tree.follow(&[list]).map_or(&[][..], Node::items);
    let own: Vec<&str> =
        items.iter().map(|item| item.get(key).and_then(Node::text).unwrap_or_default()).collect();
    let known = || own.iter().copied().chain(fresh.iter().map(String::as_str));
    let mut same = known().enumerate().filter(|(_, other)| is_same(word, other));
    match (known().position(|other| other == word), same.next(), same.next()) {
        (Some(at), ..) | (None, Some((at, _)), None) => Ok(at),
        (None, None, _) => {
            fresh.push(word.to_owned());
            Ok(own.len() + fresh.len() - 1)
        }
        (None, Some((_, one)), Some((_, other))) => Err(say!(
            "“{word}” có thể là {one} hay {other}; gõ đủ dấu",
            "“{word}” may be {one} or {other}; type the accents",
            [word, one, other]
        )),
    }
}

/// The id of a visit from its centre and its date, of a centre from its unit, of a campaign from its year.
fn composed<'c>(speaker: Speaker, cell: impl Fn(&str) -> Option<&'c str>) -> Option<String> {
    if let (Some(centre), Some(date)) = (cell("centre"), cell("date")) {
        let date = read(&Kind::Day, date, speaker).ok()?.day()?;
        return Some(VisitId { date, centre: &slug(centre), number: 1 }.to_string());
    }
    cell("unit").or_else(|| cell("school_year")).map(slug).filter(|id| is_slug(id))
}

/// The value of a cell that a person filled.
fn value(store: &Store, kind: &Kind, typed: &str, speaker: Speaker) -> Result<Node<'static>, Said> {
    match kind {
        // JSON is what an earlier version exported.
        Kind::Free => toml::value(typed).or_else(|| json::to_tree(typed)).ok_or_else(|| {
            say!("không phải là TOML; viết {{ khoa = \"…\" }}", "not TOML; write {{ key = \"…\" }}")
        }),
        Kind::Text => Ok(Node::of_text(compose(&typed.split_whitespace().collect::<Vec<_>>().join(" ")))),
        Kind::Id(refers) => {
            let id = slug(typed);
            let is_named =
                !store.has(*refers, typed) && store.has(*refers, &id) && agrees(store, *refers, &id, typed);
            Ok(Node::of_text(if is_named { id } else { compose(typed.trim()).into_owned() }))
        }
        Kind::List(_) if typed.trim() == export::EMPTY => Ok(Node::new(Value::List(Vec::new()))),
        Kind::List(Kind::Text | Kind::Prose) if typed.trim().contains('\n') => {
            let texts = export::split_texts(&with_plain_ends(typed));
            Ok(Node::new(Value::List(texts.into_iter().map(Node::of_text).collect())))
        }
        kind => read(kind, typed, speaker),
    }
}
