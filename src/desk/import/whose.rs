//! Whose values a row holds: the record that it is about, and the row or the word in that record.

use super::guess::Understood;
use super::held::read_cell;
use crate::desk::naming::kind_and_name;
use crate::desk::new_record::only_campaign;
use crate::model::RecordKind;
use crate::model::asking::Suggest;
use crate::model::day::Day;
use crate::model::field::Refers;
use crate::model::id::StatementId;
use crate::model::path::Step;
use crate::model::sheet::SheetRow;
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::model::unit::UnitKind;
use crate::model::vietnamese::{is_slug, slug};
use crate::say;
use crate::summary::export;
pub use common::{Common, Implied, Note, Why, label};
pub use finder::Finder;
use finder::Head;
use lists::{NAMING, at, named, numbered, row_of};
use periods::period_of_row;
pub use periods::{blocks, period_of_sheet, periods};
use which::{Clues, visit};

mod common;
mod finder;
mod lists;
mod periods;
mod which;

/// Whose values a row holds.
pub struct Whose {
    /// The id of the record.
    pub id: String,
    /// The keys of the row in it.
    pub keys: Vec<String>,
    /// The day on which names are meant.
    pub day: Day,
    /// What else the row says, whatever stands in its cells.
    pub implied: Vec<Implied>,
    /// What was found out, for people.
    pub notes: Vec<Note>,
}

/// A row that is being looked at.
struct Looked<'a, 's> {
    finder: &'a mut Finder<'s>,
    common: &'a Common<'a>,
    row: &'a SheetRow,
    whose: Whose,
}

/// The record of a row, and the keys of the row in it.
pub fn whose(finder: &mut Finder, common: &Common, row: &SheetRow) -> Result<Whose, Why> {
    let (kind, day) = (common.sheet.columns.kind, finder.speaker.today);
    let whose = Whose { id: String::new(), keys: Vec::new(), day, implied: Vec::new(), notes: Vec::new() };
    let mut looked = Looked { finder, common, row, whose };
    let mut keys = common.sheet.columns.keys.iter();
    looked.whose.id = match keys.next().filter(|_| kind.is_many()) {
        Some(key) => looked.record(key)?,
        None => {
            keys = common.sheet.columns.keys.iter();
            kind.word().to_owned()
        }
    };
    // The id becomes the name of a file: only what a record of this kind can be called passes.
    let id = &looked.whose.id;
    if !kind.allows(id) {
        return Err((None, say!("“{id}” không dùng được làm mã", "“{id}” cannot be an id", [id])));
    }
    looked.remember_centre();
    for key in keys {
        let key = looked.key(key)?;
        looked.whose.keys.push(key);
    }
    Ok(looked.whose)
}

impl Looked<'_, '_> {
    fn cell(&self, key: &str) -> Option<String> {
        self.common.sheet.columns.cell(self.row, key).map(std::borrow::Cow::into_owned)
    }

    fn column(&self, key: &str) -> Option<usize> {
        self.common.sheet.columns.at(key)
    }

    fn note(&mut self, what: Said, which: String) {
        self.whose.notes.push((what, which));
    }

    fn imply(&mut self, path: &[Step], value: impl Into<Value<'static>>, column: Option<usize>) {
        self.whose.implied.push(Implied { path: path.to_vec(), value: Node::new(value.into()), column });
    }

    /// The id of the record of a row, by the column of ids or by what else the row says.
    fn record(&mut self, key: &str) -> Result<String, Why> {
        let kind = self.common.sheet.columns.kind;
        let id = self.cell(key);
        let is_id = id.as_ref().is_some_and(|id| match kind {
            RecordKind::Centre => key == "id" && kind.allows(id),
            _ => key == "id" || kind.allows(id),
        });
        if let Some(id) = id.as_ref().filter(|_| self.common.sheet.sent.exact || is_id) {
            return Ok(id.clone());
        }
        match kind {
            RecordKind::Visit if id.is_none() => self.visit(key),
            RecordKind::Statement if id.is_none() => self.statement(key),
            RecordKind::Centre if key != "id" || id.is_some() => self.named(Refers::Centre, key),
            RecordKind::Centre => self.centre_of_unit(),
            RecordKind::Campaign if key != "id" => self.named(Refers::Campaign, key),
            RecordKind::Campaign => {
                let year = self.cell("school_year").map(|year| slug(&year)).filter(|id| is_slug(id));
                year.ok_or_else(|| missing(key))
            }
            RecordKind::Scheme if key != "id" => self.named(Refers::Scheme, key),
            _ => id.ok_or_else(|| missing(key)),
        }
    }

    /// The id of a record whose name stands in a column.
    fn named(&self, refers: Refers, key: &str) -> Result<String, Why> {
        let typed = self.cell(key).ok_or_else(|| missing(key))?;
        let at = |why| (self.column(key), why);
        match self.finder.names.id(refers, &typed, Some(self.whose.day)).map_err(at)? {
            Some(id) => Ok(id),
            None if is_slug(&typed) => Ok(typed),
            None => Err(at(self.finder.names.unknown(refers, &typed))),
        }
    }

    /// A centre without an id of its own has that of its unit.
    fn centre_of_unit(&self) -> Result<String, Why> {
        let typed = self.cell("unit").ok_or_else(|| missing("id"))?;
        let at = |why| (self.column("unit"), why);
        let unit = self.finder.names.id(Refers::Unit, &typed, Some(self.whose.day)).map_err(at)?;
        Ok(unit.unwrap_or_else(|| slug(&typed)))
    }

    /// What follows may name a centre that is new.
    fn remember_centre(&mut self) {
        let (columns, id) = (&self.common.sheet.columns, &self.whose.id);
        let is_new = columns.kind == RecordKind::Centre
            && columns.table.name == export::main(columns.kind)
            && !self.finder.store.has(Refers::Centre, id);
        if is_new {
            let unit = self.cell("unit").unwrap_or_default();
            let unit = self.finder.names.id(Refers::Unit, &unit, Some(self.whose.day)).ok().flatten();
            let name = self.cell("name").unwrap_or_default();
            self.finder.names.add_centre(id, &name, unit.as_deref());
        }
    }

    /// The visit of a centre on a day, or in a campaign, or about a period.
    fn visit(&mut self, key: &str) -> Result<String, Why> {
        let centre_key = ["centre", "unit"].into_iter().find(|key| self.cell(key).is_some());
        let centre_key = centre_key.ok_or_else(|| self.nobody(key))?;
        let [date_key, campaign_key] = ["date", "campaign"];
        let period = period_of_row(self.common, self.row)?;
        let date = self.date(date_key)?;
        let starts = self.finder.store.register.year_start();
        let end = period.map(|(period, _)| *period.days(starts).end());
        self.whose.day = date.or(end).unwrap_or(self.whose.day);
        let centre = self.named(Refers::Centre, centre_key)?;
        let campaign =
            self.cell(campaign_key).map(|_| self.named(Refers::Campaign, campaign_key)).transpose()?;
        let (campaign_of, blocks) = (campaign.as_deref(), &self.common.blocks);
        let clues =
            Clues { centre: &centre, date, campaign: campaign_of, period: period.map(|(of, _)| of), blocks };
        let id = visit(self.finder, &clues).map_err(|why| (self.column(centre_key), why))?;
        if let Some(date) =
            date.filter(|_| !self.finder.store.stands(&self.finder.file(RecordKind::Visit, &id)))
        {
            self.imply(&["centre".into()], Value::Text(centre.into()), self.column(centre_key));
            self.imply(&["date".into()], Value::Day(date), self.column(date_key));
            let only = only_campaign(self.finder.store, date).filter(|_| campaign.is_none());
            if let Some(only) = only {
                self.imply(&["campaign".into()], Value::Text(only.into()), self.column(date_key));
            }
        }
        if let Some(campaign) = campaign {
            self.imply(&["campaign".into()], Value::Text(campaign.into()), self.column(campaign_key));
        }
        Ok(id)
    }

    /// The day in a column.
    fn date(&self, key: &str) -> Result<Option<Day>, Why> {
        let Some(at) = self.column(key).filter(|at| !self.row.cell(*at).is_empty()) else { return Ok(None) };
        let (store, speaker) = (self.finder.store, self.finder.speaker);
        let read =
            read_cell(store, speaker, RecordKind::Visit, vec!["date".into()], self.row.cell(at), false, 1);
        read.map(|read| read.and_then(|(_, value)| value.day())).map_err(|why| (Some(at), why))
    }

    /// The statement about a period and a place.
    fn statement(&mut self, key: &str) -> Result<String, Why> {
        let told = period_of_row(self.common, self.row)?;
        let period = told.map(|(period, _)| period).ok_or_else(|| missing(key))?;
        let column = told.and_then(|(_, column)| column);
        self.whose.day = *period.days(self.finder.store.register.year_start()).end();
        let mut place = String::new();
        for (at, refers) in [("unit", Refers::Unit), ("area", Refers::Area)] {
            if self.cell(at).is_some() && place.is_empty() {
                place = self.named(refers, at)?;
                self.imply(&[at.into()], Value::Text(place.clone().into()), self.column(at));
            }
        }
        self.imply(&["period".into()], Value::Text(period.to_string().into()), column);
        Ok(StatementId { period, place: &place, number: 1 }.to_string())
    }

    /// What stands in a column that names the row in its record, or follows from the rest of the row.
    fn key(&mut self, key: &str) -> Result<String, Why> {
        let cell = self.cell(key);
        match key {
            "row_no" => self.row_number(cell),
            "id" if !self.common.sheet.sent.exact => {
                Ok(self.recommendation(cell).ok_or_else(|| missing(key))?)
            }
            "scheme" if cell.is_none() => self.scheme().ok_or_else(|| missing(key)),
            _ => cell.ok_or_else(|| missing(key)),
        }
    }

    /// The number of the row of a list.
    fn row_number(&mut self, cell: Option<String>) -> Result<String, Why> {
        let given = cell.as_ref().map(|word| word.parse::<usize>().ok().filter(|row| *row > 0));
        if let (Some(None), Some(word)) = (given, &cell) {
            let wrong =
                say!("“{word}” không phải là số thứ tự", "“{word}” is not the number of a row", [word]);
            return Err((self.column("row_no"), wrong));
        }
        if let Some(word) = cell.as_ref().filter(|_| self.common.sheet.sent.exact) {
            return Ok(word.clone());
        }
        let table = self.common.sheet.columns.table;
        let path = table.columns.iter().find_map(|column| export::place(&table.name, &column.key, &["1"]));
        let list = path.and_then(|path| path.into_iter().next()).ok_or_else(|| missing("row_no"))?;
        let mut head = self.head(&list)?;
        let unit = if list == "unit".into() { self.without_kind(&mut head) } else { None };
        let row = match given.flatten() {
            Some(row) => row - 1,
            None => self.row_of(&list, head)?,
        };
        if list == "unit".into() {
            self.remember_unit(row);
        }
        if let Some((kind, name, was)) = unit {
            let column = self.column("name");
            let path = |key: &str| [list.clone(), Step::Index(row), Step::from(key)];
            self.note(
                say!("tên xã, phường, bỏ chữ chỉ loại", "names of units, without their kind"),
                format!("{was} → {name}"),
            );
            self.imply(&path("name"), Value::Text(name.into()), column);
            self.imply(&path("kind"), Value::Text(kind.word().into()), column);
        }
        Ok((row + 1).to_string())
    }

    /// Takes the word of its own kind from the name of a unit; what was said, if it began with one. A name that has it where
    /// the others of the sheet have none is whole: Phường Đúc.
    fn without_kind(&mut self, head: &mut Head) -> Option<(UnitKind, String, String)> {
        let was = at(head, "name")?.to_owned();
        let (kind, name) = kind_and_name(&was)?;
        if at(head, "kind").is_some_and(|other| other != kind.word()) {
            return None;
        }
        let rows = self.finder.rows((RecordKind::Units, RecordKind::Units.word()), &"unit".into());
        let stands = |name: &str| {
            let is = |row: &Head| at(row, "name") == Some(name) && at(row, "kind") == Some(kind.word());
            rows.iter().any(is)
        };
        let is_twice = kind_and_name(name).is_some_and(|(again, _)| again == kind);
        if stands(&was) {
            return None;
        }
        if !(self.common.kinds_in_names || is_twice || stands(name)) {
            let what = say!(
                "tên xã, phường, giữ chữ chỉ loại vì các tên khác trong bảng không có",
                "names of units, with the word of their kind, as the other names of the table have none"
            );
            self.note(what, was);
            return None;
        }
        head.retain(|(key, _)| !matches!(*key, "name" | "kind"));
        head.extend([("name", name.to_owned()), ("kind", kind.word().to_owned())]);
        Some((kind, name.to_owned(), was.clone()))
    }

    /// What follows may name a unit that is new.
    fn remember_unit(&mut self, row: usize) {
        let rows = self.finder.rows((RecordKind::Units, RecordKind::Units.word()), &"unit".into());
        let Some(head) = rows.get(row) else { return };
        let kind = UnitKind::ALL.iter().copied().find(|kind| at(head, "kind") == Some(kind.word()));
        if let Some((id, name)) = at(head, "id").zip(at(head, "name")) {
            let (id, name) = (id.to_owned(), name.to_owned());
            self.finder.names.add_unit(&id, &name, kind);
        }
    }

    /// The row of a list, from 0, by what tells it apart.
    fn row_of(&mut self, list: &Step, head: Head) -> Result<usize, Why> {
        let kind = self.common.sheet.columns.kind;
        let has_ids = kind.root().at(std::slice::from_ref(list)).row("id");
        let makes_ids = has_ids.is_some_and(|row| row.asking.suggest == Some(Suggest::IdFromName));
        if !makes_ids || at(&head, "id").is_some() || at(&head, "name").is_none() {
            let id = self.whose.id.clone();
            let row = row_of(self.finder.rows((kind, &id), list), head)?;
            return row.ok_or_else(|| self.without_name());
        }
        let (column, name) = (self.column("name"), slug(at(&head, "name").unwrap_or_default()));
        let rows = self.finder.rows((kind, kind.word()), list);
        let (row, new) = named(rows, head).map_err(|why| (column, why))?;
        if let Some(id) = new {
            if id != name {
                self.note(
                    say!("mã dài hơn tên, vì tên đã có", "ids longer than names that are taken"),
                    id.clone(),
                );
            }
            self.imply(&[list.clone(), Step::Index(row), "id".into()], Value::Text(id.into()), column);
        }
        Ok(row)
    }

    /// What is said of a row whose centre or commune is not told.
    fn nobody(&self, key: &str) -> Why {
        let Some(at) = ["centre", "unit"].into_iter().find_map(|key| self.column(key)) else {
            return missing(key);
        };
        let why = say!(
            "ô này trống; ghi tên, hoặc ghi “Cộng” nếu đây là dòng cộng",
            "this cell is empty; write the name, or “Total” if the row gives sums"
        );
        (Some(at), why)
    }

    /// What is said of the row of a list that nothing tells apart.
    fn without_name(&self) -> Why {
        let columns = &self.common.sheet.columns.table.columns;
        let has = |key: &&&str| columns.iter().any(|column| column.key == **key);
        let key = NAMING.iter().rev().find(has).copied().unwrap_or("row_no");
        (self.column(key), missing(key).1)
    }

    /// What tells the row of a list apart, as it would stand in the record.
    fn head(&mut self, list: &Step) -> Result<Head, Why> {
        let (store, speaker) = (self.finder.store, self.finder.speaker);
        let kind = self.common.sheet.columns.kind;
        let mut head = Head::new();
        for key in finder::HEAD {
            let Some(column) = self.column(key).filter(|at| !self.row.cell(*at).is_empty()) else { continue };
            let path = vec![list.clone(), Step::Index(0), Step::from(*key)];
            let typed = self.cell(key).unwrap_or_default();
            let named = self.finder.references(&kind.root().at(&path), &typed, self.whose.day);
            let value = match named.map_err(|why| (Some(column), why))? {
                Some(id) => id,
                None => match read_cell(store, speaker, kind, path, self.row.cell(column), false, 1) {
                    Ok(Some((_, value))) => value,
                    // What is wrong is told when the cell itself is read.
                    Ok(None) | Err(_) => continue,
                },
            };
            head.extend(value.text().map(|word| (*key, word.to_owned())));
        }
        Ok(head)
    }

    /// The key of a recommendation.
    fn recommendation(&mut self, cell: Option<String>) -> Option<String> {
        let text = self.cell("text").unwrap_or_default();
        let id = self.whose.id.clone();
        let rows = self.finder.rows((RecordKind::Visit, &id), &"recommendation".into());
        match cell {
            Some(cell) => {
                if rows.iter().all(|row| at(row, "id") != Some(cell.as_str())) {
                    rows.push(vec![("id", cell.clone()), ("text", text)]);
                }
                Some(cell)
            }
            None if text.is_empty() => None,
            None => Some(numbered(rows, &text)),
        }
    }

    /// The scheme by which a visit is rated, if the row does not say it.
    fn scheme(&mut self) -> Option<String> {
        let implied = self.whose.implied.iter().find(|implied| implied.path == [Step::from("campaign")]);
        let implied = implied.and_then(|implied| implied.value.text()).map(str::to_owned);
        let id = self.whose.id.clone();
        let own = || self.finder.record(RecordKind::Visit, &id).get("campaign")?.text().map(str::to_owned);
        let campaign = implied.or_else(own);
        let scheme = self.finder.store.register.usual_scheme(campaign.as_deref())?.to_owned();
        self.note(say!("thang đánh giá, theo sổ", "rating scheme, as the register has it"), scheme.clone());
        Some(scheme)
    }
}

/// True if the names of units in a sheet begin with the words of their kinds: all of them, or too many for a chance.
pub fn kinds_in_names(sheet: &Understood) -> bool {
    let names = sheet.laid.rows.iter().filter_map(|row| sheet.columns.cell(row, "name"));
    let (with, without): (Vec<_>, Vec<_>) = names.partition(|name| kind_and_name(name).is_some());
    without.is_empty() || with.len() > 1 && with.len() * 10 > without.len()
}

fn missing(key: &str) -> Why {
    (None, say!("thiếu “{key}”", "“{key}” is missing", [key]))
}
