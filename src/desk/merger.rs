//! Centres that are merged: the end of the old ones, the new one, and where wanted what became of their units. All files
//! change, or none.

use super::commit::{Change, Pen};
use super::error::Error;
use super::new_record::{Questionnaire, name_of_centre, text_at};
use super::pick::new_id;
use crate::model::RecordKind;
use crate::model::centre::{Centre, StatusValue};
use crate::model::day::Day;
use crate::model::field::{Field, Form, Kind, Refers, field};
use crate::model::path::{item_below, key_below, steps};
use crate::model::text::{Said, t};
use crate::model::tree::{Node, Value};
use crate::model::unit::SuccessionKind;
use crate::say;
use crate::store::Original;
use crate::summary::Rollup;
use crate::toml::{self, change, print};
use std::collections::BTreeSet;

/// What is to be known of a merger.
pub const FIELDS: &[Field] = &[
    field("centres", "Trung tâm được sáp nhập", "Merged centres", Kind::List(&Kind::Id(Refers::Centre)))
        .required(),
    field("into", "Sáp nhập vào", "Into", Kind::Form(Form::Slug)).required().help(
        "Mã của trung tâm mới, thường là mã của xã, phường mới; hoặc của một trung tâm đã có.",
        "The id of the new centre, usually that of the new commune; or of a centre that exists.",
    ),
    field("date", "Từ ngày", "Date", Kind::Day)
        .required()
        .help("Ngày đầu tiên của trung tâm mới.", "The first day of the new centre."),
    field("decision", "Quyết định số", "Decision", Kind::Form(Form::DocumentNumber)),
    field("authority", "Cơ quan ban hành", "Authority", Kind::Text),
    field("unit", "Xã, phường của trung tâm mới", "Unit of the new centre", Kind::Id(Refers::Unit)).help(
        "Bỏ trống: xã, phường mới mà các xã, phường cũ đã nhập vào.",
        "If left out: what the units of the old centres turned into.",
    ),
    field("name", "Tên trung tâm mới", "Name of the new centre", Kind::Text),
    field(
        "resolution",
        "Nghị quyết sắp xếp đơn vị hành chính",
        "Resolution that merged the units",
        Kind::Form(Form::DocumentNumber),
    )
    .help(
        "Ghi thêm việc sáp nhập các xã, phường vào sổ.",
        "Also records the merger of the units themselves.",
    ),
];

/// How a merger is asked for.
pub const MERGER: Questionnaire = Questionnaire {
    command: "merge-centres",
    fields: FIELDS,
    first: &["centres", "into", "date"],
    heading: t("Thông tin về việc sáp nhập", "The merger"),
    judge: |_, _, given| toml::read_tree(&print::document(FIELDS, given), FIELDS, "").1,
    there: |_, _| None,
};

/// What changes with a merger.
pub fn changes(pen: &Pen, given: &Node) -> Result<Vec<Change>, Error> {
    let merger = Merger::of(pen, given)?;
    let old = merger.old.iter().map(|old| merger.ended(old));
    let mut changes = old.collect::<Result<Vec<_>, _>>()?;
    changes.extend(merger.begun()?);
    changes.extend(merger.units()?);
    Ok(changes)
}

/// A merger, with what the register says about it.
struct Merger<'a> {
    pen: &'a Pen,
    given: &'a Node<'a>,
    date: Day,
    /// The centres that end.
    old: Vec<Old>,
    /// The centre that they are merged into.
    into: &'a str,
    /// Its unit.
    unit: String,
    /// True if it exists.
    is_there: bool,
}

/// A centre that ends.
struct Old {
    file: String,
    body: Centre,
}

impl<'a> Merger<'a> {
    fn of(pen: &'a Pen, given: &'a Node<'a>) -> Result<Merger<'a>, Error> {
        let (store, into) = (&pen.store, text_at(given, "into"));
        new_id(into)?;
        let Some(date) = given.get("date").and_then(Node::day) else {
            let message = say!("ngày sáp nhập không đúng", "the date of the merger is not valid");
            return Err(Error::wrong_use(message, Said::default()));
        };
        let ids: BTreeSet<&str> =
            given.get("centres").into_iter().flat_map(Node::items).filter_map(Node::text).collect();
        let old = ids
            .into_iter()
            .filter(|id| *id != into)
            .map(|id| standing(pen, id, date))
            .collect::<Result<Vec<_>, _>>()?;
        if old.is_empty() {
            return Err(Error::wrong_use(
                say!(
                    "không có trung tâm nào để sáp nhập vào {into}",
                    "there is no centre to merge into {into}",
                    [into]
                ),
                Said::default(),
            ));
        }
        let file = store.register.file(RecordKind::Centre, into);
        let is_there = store.stands(&file);
        let unit = match is_there {
            true => standing(pen, into, date)?.body.unit,
            false => unit_of(pen, given, &old, date)?,
        };
        Ok(Merger { pen, given, date, old, into, unit, is_there })
    }

    /// The file of an old centre, with its end.
    fn ended(&self, old: &Old) -> Result<Change, Error> {
        let mut change = Changing::of(self.pen, RecordKind::Centre, &old.file)?;
        let row = change.next("status");
        change.put(&row, "value", Node::of_text(StatusValue::Merged.word()))?;
        change.put(&row, "from", Node::new(Value::Day(self.date)))?;
        if let Some(decision) = self.given("decision") {
            change.put(&row, "decision", decision)?;
        }
        change.put(&row, "into", list([self.into]))?;
        Ok(change.made())
    }

    /// The file of the new centre; none if there is one already.
    fn begun(&self) -> Result<Option<Change>, Error> {
        if self.is_there {
            return Ok(None);
        }
        let store = &self.pen.store;
        let file = store.register.file(RecordKind::Centre, self.into);
        self.pen.may_lie(&file)?;
        let mut centre = Node::table();
        let name = self.given("name").or_else(|| Some(Node::of_text(name_of_centre(store, &self.unit)?)));
        let kind = |old: &Old| old.body.kind;
        let kind = kind(&self.old[0]).filter(|one| self.old.iter().all(|old| kind(old) == Some(*one)));
        let values = [
            ("name", name),
            ("unit", Some(Node::of_text(&self.unit))),
            ("kind", kind.map(|kind| Node::of_text(kind.word()))),
            ("founded.date", Some(Node::new(Value::Day(self.date)))),
            ("founded.decision", self.given("decision")),
            ("founded.authority", self.given("authority")),
        ];
        for (key, value) in values {
            value.map(|value| centre.put_at(key, value));
        }
        let text = print::document(RecordKind::Centre.fields(), &centre);
        Ok(Some(Change::new(file, None, text)))
    }

    /// `units.toml` with the merger of the units, if a resolution is given: on the first day of the new unit, if the old
    /// ones were there until then, else on that of the centre.
    fn units(&self) -> Result<Option<Change>, Error> {
        let Some(resolution) = self.given("resolution") else { return Ok(None) };
        let register = &self.pen.store.register;
        let new = register.unit(&self.unit);
        let mut from: BTreeSet<&str> = self.old.iter().map(|old| old.body.unit.as_str()).collect();
        let there = |day: Day| from.iter().all(|id| register.unit(id).is_some_and(|unit| unit.existed(day)));
        let first = new.and_then(|unit| unit.valid_from).filter(|first| there(first.before()));
        let date = first.unwrap_or(self.date);
        let stays = self.is_there && new.is_some_and(|unit| unit.existed(date.before()));
        from.extend(stays.then_some(self.unit.as_str()));
        let mut change = Changing::of(self.pen, RecordKind::Units, RecordKind::Units.path())?;
        for id in from.iter().filter(|id| **id != self.unit) {
            if let Some(row) = change
                .row("unit", id)
                .filter(|_| register.unit(id).is_some_and(|unit| unit.valid_to.is_none()))
            {
                change.put(&row, "valid_to", Node::new(Value::Day(date.before())))?;
            }
        }
        let row = change.next("succession");
        change.put(&row, "date", Node::new(Value::Day(date)))?;
        change.put(&row, "kind", Node::of_text(SuccessionKind::Merger.word()))?;
        change.put(&row, "from", list(from))?;
        change.put(&row, "to", list([self.unit.as_str()]))?;
        change.put(&row, "legal_ref", resolution)?;
        Ok(Some(change.made()))
    }

    /// What was given for a key.
    fn given(&self, key: &str) -> Option<Node<'static>> {
        self.given.get(key).map(|value| value.clone().into_owned())
    }
}

/// A list of ids.
fn list<'i>(ids: impl IntoIterator<Item = &'i str>) -> Node<'static> {
    Node::new(Value::List(ids.into_iter().map(Node::of_text).collect()))
}

/// A file that is changed value by value.
struct Changing {
    kind: RecordKind,
    file: String,
    original: Option<Original>,
    text: String,
}

impl Changing {
    fn of(pen: &Pen, kind: RecordKind, file: &str) -> Result<Changing, Error> {
        let original = pen.original(file)?;
        let text = original.as_ref().map_or_else(String::new, |original| original.text.clone());
        Ok(Changing { kind, file: file.to_owned(), original, text })
    }

    /// The key path of the row after the last one of a list.
    fn next(&self, list: &str) -> String {
        item_below(list, toml::raw_tree(&self.text).get(list).map_or(0, |rows| rows.items().len()))
    }

    /// The key path of the row of a list that has an id.
    fn row(&self, list: &str, id: &str) -> Option<String> {
        let tree = toml::raw_tree(&self.text);
        let at = tree.get(list)?.items().iter().position(|row| text_at(row, "id") == id)?;
        Some(item_below(list, at))
    }

    fn put(&mut self, row: &str, key: &str, value: Node) -> Result<(), Error> {
        let path = steps(&key_below(row, key)).unwrap_or_default();
        self.text = change::put(&self.text, self.kind.fields(), &path, &value).ok_or_else(|| {
            let file = &self.file;
            Error::wrong_use(
                say!("không ghi thêm được vào {file}", "nothing can be added to {file}", [file]),
                say!(
                    "sửa trước: ttht check --fix, hoặc ttht edit",
                    "correct it first: ttht check --fix, or ttht edit"
                ),
            )
        })?;
        Ok(())
    }

    fn made(self) -> Change {
        Change::new(self.file, self.original, self.text)
    }
}

/// A centre as it is recorded; refused if it has ended already.
fn standing(pen: &Pen, id: &str, date: Day) -> Result<Old, Error> {
    let file = pen.store.register.file(RecordKind::Centre, id);
    let Some(centre) = pen.store.centre_history(id).centre else {
        return Err(Error::nothing(
            say!("không đọc được {file}", "{file} cannot be read", [file]),
            say!("xem: ttht check {file}", "see: ttht check {file}", [file]),
        ));
    };
    let status = centre.body.status_on(date);
    if matches!(status, StatusValue::Merged | StatusValue::Dissolved) {
        return Err(Error::wrong_use(
            say!(
                "vào ngày {date}, trung tâm {id} đã {status}",
                "on {date} the centre {id} is {status} already",
                [date, id, status = status.label()]
            ),
            say!("xem: ttht show {id}", "see: ttht show {id}", [id]),
        ));
    }
    Ok(Old { file, body: centre.body })
}

/// The unit of a new centre: the one that is given, else the one that has its id, else the only one that the units of the
/// old centres turned into.
fn unit_of(pen: &Pen, given: &Node, old: &[Old], date: Day) -> Result<String, Error> {
    let (register, into) = (&pen.store.register, text_at(given, "into"));
    if let Some(unit) = given.get("unit").and_then(Node::text) {
        return Ok(unit.to_owned());
    }
    if register.unit(into).is_some_and(|unit| unit.existed(date)) {
        return Ok(into.to_owned());
    }
    let rollup = Rollup::new(register, date);
    let turned = old.iter().filter_map(|old| rollup.unit(&old.body.unit, date.before()));
    let turned: BTreeSet<&str> = turned.collect();
    match (turned.len(), turned.first()) {
        (1, Some(unit)) => Ok((*unit).to_owned()),
        _ => Err(Error::wrong_use(
            say!("chưa rõ {into} thuộc xã, phường nào", "it is not known of which unit {into} is", [into]),
            say!(
                "thêm --unit; xã, phường mới thì thêm trước: ttht add-unit",
                "add --unit; a new unit comes first: ttht add-unit"
            ),
        )),
    }
}
