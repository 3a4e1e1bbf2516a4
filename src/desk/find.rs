//! Which record an id or a name means, and where it is.

use super::error::Error;
use super::pick::{agrees, pick};
use crate::model::RecordKind;
use crate::model::centre::Centre;
use crate::model::field::{Field, Refers};
use crate::model::history::Record;
use crate::model::id::VisitId;
use crate::model::path::Step;
use crate::model::text::t;
use crate::model::tree::{Node, Value};
use crate::model::unit;
use crate::model::vietnamese::slug;
use crate::say;
use crate::store::{CentreFiles, Store};
use crate::toml::shipped;
use std::collections::{BTreeMap, BTreeSet};

/// One record, and where it is: a unit is a row of its file.
#[derive(Debug)]
pub struct Target {
    /// The kind of the file.
    pub kind: RecordKind,
    /// The id of the record.
    pub id: String,
    /// The file, relative to the register.
    pub file: String,
    /// The row in the file; nothing for the whole of it.
    pub row: Vec<Step>,
}

impl Target {
    /// The keys of the record.
    pub fn fields(&self) -> &'static [Field] {
        if self.row.is_empty() { self.kind.fields() } else { unit::UNIT }
    }

    /// The text of a scheme that comes with the program and is in no file of the register.
    pub fn shipped(&self, store: &Store) -> Option<&'static str> {
        let own = self.kind != RecordKind::Scheme || store.stands(&self.file);
        if own { None } else { shipped::text(&self.id) }
    }
}

/// The one record that is meant, of any kind or of a given one. If a unit and its centre have the same id, the centre
/// is meant.
pub fn record(store: &Store, typed: &str, named: Option<&str>) -> Result<Target, Error> {
    let (kind, id) = kind_and_id(store, typed, named)?;
    if kind == RecordKind::Units && id != kind.word() {
        let row = store.register.units.body.unit.iter().position(|unit| unit.id == id).unwrap_or(0);
        let row = vec![Step::Key("unit".into()), Step::Index(row)];
        return Ok(Target { kind, id, file: kind.path().into(), row });
    }
    let file = match kind {
        RecordKind::Visit => store.visit_file(&id).ok_or_else(|| no_visit(&id))?,
        _ => store.register.file(kind, &id),
    };
    Ok(Target { kind, id, file, row: Vec::new() })
}

/// The same, to change it: not one that is shipped with the program.
pub fn own_record(store: &Store, typed: &str, named: Option<&str>) -> Result<Target, Error> {
    let target = record(store, typed, named)?;
    if target.shipped(store).is_none() {
        return Ok(target);
    }
    let id = target.id;
    Err(Error::wrong_use(
        say!(
            "“{id}” có sẵn trong chương trình, không sửa được",
            "“{id}” comes with the program and cannot be changed",
            [id]
        ),
        say!(
            "chép ra một thang riêng: ttht show {id} -O toml > schemes/{id}-rieng.toml",
            "make one of your own: ttht show {id} -O toml > schemes/{id}-own.toml",
            [id]
        ),
    ))
}

fn kind_and_id(store: &Store, typed: &str, named: Option<&str>) -> Result<(RecordKind, String), Error> {
    if matches!(typed, "register" | "ttht" | "units") && named.is_none() {
        let kind = if typed == "units" { RecordKind::Units } else { RecordKind::Register };
        return Ok((kind, kind.word().to_owned()));
    }
    let wants = |kind: RecordKind| {
        named.is_none_or(|name| name == kind.word() || (name == "unit" && kind == RecordKind::Units))
    };
    if wants(RecordKind::Visit) && VisitId::parse(typed).is_some() {
        return Ok((RecordKind::Visit, typed.to_owned()));
    }
    let kinds = [
        (RecordKind::Centre, Refers::Centre),
        (RecordKind::Campaign, Refers::Campaign),
        (RecordKind::Scheme, Refers::Scheme),
        (RecordKind::Units, Refers::Unit),
        (RecordKind::Statement, Refers::Statement),
    ];
    let kinds = || kinds.into_iter().filter(|(kind, _)| wants(*kind));
    let is = |refers, id: &str| store.has(refers, id) && agrees(store, refers, id, typed);
    let of_kind = |id: &str| kinds().find(|(_, refers)| is(*refers, id)).map(|(kind, _)| kind);
    for id in [typed.to_owned(), slug(typed)] {
        if let Some(kind) = of_kind(&id) {
            return Ok((kind, id));
        }
    }
    let all: BTreeSet<&str> = kinds().flat_map(|(_, refers)| store.ids(refers)).collect();
    let agrees = |id: &str| of_kind(id).is_some();
    let id = pick(t("bản ghi", "record"), "ttht list --help", typed, all.iter().copied(), agrees)?;
    Ok((of_kind(id).unwrap_or(RecordKind::Centre), id.to_owned()))
}

fn no_visit(id: &str) -> Error {
    Error::nothing(
        say!("không có lần kiểm tra “{id}”", "there is no visit “{id}”", [id]),
        say!("xem: ttht list visits", "see: ttht list visits"),
    )
}

/// The file of a record, existing or new.
pub fn file(store: &Store, kind: RecordKind, id: &str) -> String {
    let there = if kind == RecordKind::Visit { store.visit_file(id) } else { None };
    there.unwrap_or_else(|| store.register.file(kind, id))
}

/// The names of the centres that a record names, by their ids.
pub fn centre_names(store: &Store, record: &Node) -> Result<BTreeMap<String, String>, Error> {
    let mut ids = BTreeSet::new();
    let mut left = vec![record];
    while let Some(node) = left.pop() {
        match &node.value {
            Value::Text(text) if store.has(Refers::Centre, text) => drop(ids.insert(&**text)),
            Value::List(items) => left.extend(items),
            Value::Table(_) => left.extend(node.entries().iter().map(|entry| &entry.node)),
            _ => {}
        }
    }
    let mut names = BTreeMap::new();
    let name = |_: &CentreFiles, centre: Record<Centre>| (centre.id, centre.body.name);
    store.centres(&store.scan_centres(&ids)?, name, |(id, name)| drop(names.insert(id, name)));
    Ok(names)
}
