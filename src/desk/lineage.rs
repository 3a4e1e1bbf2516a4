//! Who has changed what in a record, and when: from what git keeps, value by value.

use super::error::Error;
use super::find::{self, Target};
use super::git::commits::{self, Saved, Step};
use super::git::{self, Held};
use super::versions::called;
use super::versions::worded::{Worded, worded};
use crate::model::RecordKind;
use crate::model::id::VisitId;
use crate::model::identity::{Named, written};
use crate::model::meaning::mentions;
use crate::model::register::Window;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Node, Value};
use crate::say;
use crate::store::Store;
use crate::toml;
use crate::toml::difference::{Difference, differences};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

/// A change of one value.
#[derive(Clone, Debug)]
struct Line {
    /// Who made it, on which day.
    by: (Cell, Cell),
    /// The record: its id, and what people call it.
    record: (String, Said),
    /// What it is: its key, and what people call it.
    what: (String, Said),
    /// What it was, and what it is since.
    values: [Cell; 2],
    /// By how much a figure has changed.
    change: Cell,
}

const DAY: ColumnRow = ("day", t("Ngày", "Day"), ColumnKind::Day);
const BY: ColumnRow = ("by", t("Người lưu", "Saved by"), ColumnKind::Text);
const RECORD: ColumnRow = ("record", t("Bản ghi", "Record"), ColumnKind::Name);
const WHAT: ColumnRow = ("what", t("Nội dung", "What"), ColumnKind::Name);
const WAS: ColumnRow = ("was", t("Trước", "Before"), ColumnKind::Text);
const NOW: ColumnRow = ("now", t("Sau", "After"), ColumnKind::Text);
const CHANGE: ColumnRow = ("change", t("Tăng, giảm", "Change"), ColumnKind::Number);

/// The whole of a record, where a line is about no value of it.
const WHOLE: Text = t("toàn bộ nội dung", "the whole record");

/// The record that is meant: one that is there, else one that is gone and lay where it belonged.
pub fn meant(store: &Store, typed: &str, named: Option<&str>) -> Result<Target, Error> {
    find::record(store, typed, named).or_else(|error| {
        let kinds = RecordKind::ALL.iter().filter(|kind| kind.is_many() && kind.allows(typed));
        let gone = kinds.filter(|kind| named.is_none_or(|name| name == kind.word())).find_map(|&kind| {
            let file = store.register.file(kind, typed);
            let was_there = !commits::of_file(store.root(), &file).ok()?.is_empty();
            was_there.then(|| Target { kind, id: typed.to_owned(), file, row: Vec::new() })
        });
        gone.ok_or(error)
    })
}

/// What has changed in a record, the newest first: all of it, or what has a key or is called so.
pub fn of_record(store: &Store, target: &Target, key: Option<&str>) -> Result<Table, Error> {
    let root = store.root();
    let saved = commits::of_file(root, &target.file)?;
    if saved.is_empty() {
        return Err(Error::nothing(
            say!("{id} chưa được lưu lần nào", "{id} has never been saved", [id = target.id]),
            say!("lưu: ttht save", "save it: ttht save"),
        ));
    }
    // A unit is a row of its file.
    let unit = (!target.row.is_empty()).then(|| format!("unit[{}]", target.id));
    let key = key.or(unit.as_deref());
    let history = History { store, bytes: bytes(root, &target.file, &saved)?, key };
    let lines = history.lines(saved, |_| Some((target.kind, target.id.clone())));
    let called = history.called(target.kind, &target.id);
    if let (true, Some(key)) = (is_nothing(&lines), key) {
        return Err(Error::nothing(
            say!("“{key}” chưa từng có ở đây", "“{key}” has never been in this record", [key]),
            say!("xem mọi thay đổi: ttht log {id}", "see all changes: ttht log {id}", [id = target.id]),
        ));
    }
    let title = say!("Các thay đổi: {called}", "Changes: {called}", [called]);
    Ok(table(title, &[DAY, BY, WHAT, WAS, NOW, CHANGE], lines))
}

/// What has changed in one figure of all visits of a window, by its key or what it is called; the newest first.
pub fn of_field(store: &Store, key: &str, window: &Window) -> Result<Table, Error> {
    let (root, folder) = (store.root(), RecordKind::Visit.folder());
    let saved = commits::of_folder(root, folder)?;
    let history = History { store, bytes: bytes(root, "visits/any.toml", &saved)?, key: Some(key) };
    let lines = history.lines(saved, |file| {
        let (kind, id) = RecordKind::of(file)?;
        let is_wanted = VisitId::parse(id).is_some_and(|visit| window.wants_visit(&visit, &store.register));
        is_wanted.then(|| (kind, id.to_owned()))
    });
    if is_nothing(&lines) {
        return Err(Error::nothing(
            say!("không lần kiểm tra nào từng có “{key}”", "no visit has ever had “{key}”", [key]),
            say!("xem tên các mục: ttht fields visit", "see the keys: ttht fields visit"),
        ));
    }
    let title = say!("Các thay đổi: {key}", "Changes: {key}", [key]);
    Ok(table(
        Said::join([title].into_iter().chain(Some(window.said()).filter(|said| !said.is_empty())), ", "),
        &[DAY, BY, RECORD, WHAT, WAS, NOW, CHANGE],
        lines,
    ))
}

/// Every time that the register was saved, the newest first.
pub fn of_register(root: &Path) -> Result<Table, Error> {
    let columns = Column::list(&[DAY, BY, ("note", t("Ghi chú", "Note"), ColumnKind::Text)]);
    let row = |saved: Saved| vec![Cell::Day(saved.day), Cell::text(saved.who), Cell::text(saved.title)];
    let rows = commits::of_folder(root, ".")?.into_iter().map(row).collect();
    let title = t("Các lần lưu", "Saves").into();
    Ok(Table { name: "log".into(), title, columns, rows, ..Table::default() })
}

/// True if no line is about a value.
fn is_nothing(lines: &[Line]) -> bool {
    lines.iter().all(|line| line.what.0.is_empty())
}

fn table(title: Said, columns: &[ColumnRow], lines: Vec<Line>) -> Table {
    let has_record = columns.contains(&RECORD);
    let row = |line: Line| {
        let Line { by: (day, who), record, what, values: [was, now], change } = line;
        let record = has_record.then_some(Cell::word(record.0, record.1));
        [day, who].into_iter().chain(record).chain([Cell::word(what.0, what.1), was, now, change]).collect()
    };
    let rows = lines.into_iter().map(row).collect();
    Table { name: "log".into(), title, columns: Column::list(columns), rows, ..Table::default() }
}

/// The bytes of all versions of files, but of those that are larger than a record may be.
fn bytes(root: &Path, file: &str, saved: &[Saved]) -> Result<HashMap<String, Arc<[u8]>>, Error> {
    let steps = saved.iter().flat_map(|saved| &saved.steps);
    let blobs: BTreeSet<&String> =
        steps.flat_map(|step| step.was.iter().chain([&step.now])).flatten().collect();
    let held = blobs.into_iter().map(|blob| Held {
        file: file.to_owned(),
        blob: Some(blob.clone()),
        mode: "100644".to_owned(),
    });
    git::bytes_of(root, &held.collect::<Vec<_>>())
}

/// What git keeps of some files.
struct History<'a> {
    store: &'a Store,
    bytes: HashMap<String, Arc<[u8]>>,
    key: Option<&'a str>,
}

impl History<'_> {
    /// The changes of the records that are wanted, the newest first.
    fn lines(&self, saved: Vec<Saved>, wanted: impl Fn(&str) -> Option<(RecordKind, String)>) -> Vec<Line> {
        let (mut lines, mut good) = (Vec::new(), HashMap::new());
        for Saved { who, day, steps, .. } in saved.into_iter().rev() {
            let mut found = Vec::new();
            for step in steps {
                let Some((kind, id)) = wanted(&step.file) else { continue };
                let by = (Cell::Day(day), Cell::text(&*who));
                let record = (id.clone(), self.called(kind, &id));
                let line = |(what, values, change): Told| Line {
                    by: by.clone(),
                    record: record.clone(),
                    what,
                    values,
                    change,
                };
                let changes = self.changes(kind, &step, &mut good).into_iter();
                found.extend(changes.filter(|one| self.is_wanted(one)).map(line));
            }
            lines.push(found);
        }
        lines.into_iter().rev().flatten().collect()
    }

    /// True for a change that is asked for, by its key or by what it is called; what became of the whole always is.
    fn is_wanted(&self, ((path, label), ..): &Told) -> bool {
        let Some(key) = self.key else { return true };
        path.is_empty()
            || is_within(path, key)
            || is_key(key) && is_within(key, path)
            || mentions(&label.vi, key)
            || mentions(&label.en, key)
    }

    /// False for what no key that is asked for leads to; what is asked for by its name may be anywhere.
    fn may_be_wanted(&self, path: &str) -> bool {
        self.key.is_none_or(|key| !is_key(key) || is_within(path, key) || is_within(key, path))
    }

    /// What a step has changed. A version that cannot be read is told, and what comes after it is held against the last one
    /// that could.
    fn changes(
        &self,
        kind: RecordKind,
        Step { was, now, .. }: &Step,
        good: &mut HashMap<String, Node<'static>>,
    ) -> Vec<Told> {
        let before: Vec<Option<Node>> =
            was.iter().map(|blob| self.tree(blob.as_ref()?, good).or_else(|| Some(Node::table()))).collect();
        let Some(blob) = now else { return vec![whole(t("xoá", "removed"))] };
        let Some(after) = self.tree(blob, good) else {
            // What it was stands in for it.
            let was = before.into_iter().flatten().next().unwrap_or_else(Node::table);
            good.insert(blob.clone(), was);
            return vec![whole(t("không đọc được bản này", "this version cannot be read"))];
        };
        let root = kind.root();
        let is_new = before.iter().all(Option::is_none);
        if is_new && self.key.is_none() {
            return vec![whole(t("thêm", "added"))];
        }
        let none = without_values(&after);
        let mut each = before.iter().map(|was| differences(&root, was.as_ref().unwrap_or(&none), &after));
        let first: Vec<Difference> = each.next().unwrap_or_default();
        // In a merge, what is as on one of its sides has come from there.
        let others: Vec<BTreeSet<Vec<Named>>> =
            each.map(|found| found.into_iter().map(|one| one.path).collect()).collect();
        let own = first.iter().filter(|one| others.iter().all(|paths| paths.contains(&one.path)));
        let own = own.filter(|one| self.may_be_wanted(&written(&one.path)));
        own.flat_map(|one| worded(&self.store.register, kind, one)).map(told).collect()
    }

    /// The values of a version; none if it cannot be read and nothing stands in for it.
    fn tree(&self, blob: &String, good: &HashMap<String, Node<'static>>) -> Option<Node<'static>> {
        if let Some(tree) = good.get(blob) {
            return Some(tree.clone());
        }
        let text = toml::text(self.bytes.get(blob)?, "").ok()?;
        toml::sound_tree(&text, "").ok().map(Node::into_owned)
    }

    fn called(&self, kind: RecordKind, id: &str) -> Said {
        let text = self.store.text(&self.store.register.file(kind, id)).unwrap_or_default();
        called(self.store, Some(kind), id, Some(&toml::raw_tree(&text)))
    }
}

/// What a line says beside who made it and of which record: the key and the name, what it was and is, the change.
type Told = ((String, Said), [Cell; 2], Cell);

/// What has become of a whole record.
fn whole(became: Text) -> Told {
    let now = Cell::word(became.en, became);
    ((String::new(), WHOLE.into()), [Cell::Missing, now], Cell::Missing)
}

/// What has become of a value.
fn told(one: Worded) -> Told {
    let change = one.change.map_or(Cell::Missing, |change| Cell::figure(change.by));
    ((one.path, one.label), one.cells, change)
}

/// A record before it had anything: with its lists, so that each row of them is new and not the list as a whole.
fn without_values(tree: &Node) -> Node<'static> {
    let mut none = Node::table();
    for entry in tree.entries().iter().filter(|entry| matches!(entry.node.value, Value::List(_))) {
        none.put_at(&entry.key, Node::new(Value::List(Vec::new())));
    }
    none
}

/// True for what is typed as a key path, and not as a name.
fn is_key(typed: &str) -> bool {
    typed.contains(['.', '['])
}

/// True for a path that is another one, or begins with it.
fn is_within(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
