//! Forms that came back, as values of visits.
//!
//! A form says what it is about, and its cells are known by their keys. What is left empty says nothing: it takes nothing
//! out of the register. Where the register has been changed since the form was made, the form does not prevail unless a
//! person says so.

use super::held::read_cell;
use super::opened::Sent;
use super::rows::{Filled, FilledRow, Given};
use super::wishes::Wishes;
use crate::desk::commit::Pen;
use crate::desk::vocabulary;
use crate::model::RecordKind;
use crate::model::blank::{self, About, Base};
use crate::model::day::Day;
use crate::model::field::{Kind, Refers};
use crate::model::id::VisitId;
use crate::model::input::{Speaker, resolve};
use crate::model::path::{Step, steps, written};
use crate::model::sheet::{Held, Sheet};
use crate::model::text::{Said, with_plain_ends};
use crate::model::tree::{Node, Value};
use crate::model::visit::VisitKind;
use crate::say;
use crate::summary::export;
use crate::toml::{self, change, print};
pub use anchored::is_form;
use anchored::{Answer, Part, parts};
use std::collections::{BTreeMap, BTreeSet};

mod anchored;

/// A value with its place in a visit; none for a cell that says nothing. Else why it cannot be read.
type Read = Result<Option<(Vec<Step>, Node<'static>)>, Said>;

/// What forms say.
#[derive(Debug)]
pub struct Answered {
    /// The values.
    pub filled: Filled,
    /// What a person should know, and need not mend.
    pub noted: Vec<Said>,
}

/// The sheets that are no part of a form, and what the forms among them say.
pub fn answered<'s>(pen: &Pen, wishes: &Wishes, sent: &'s [Sent]) -> (Vec<&'s Sent>, Answered) {
    let (sheets, others): (Vec<&Sent>, Vec<&Sent>) =
        sent.iter().partition(|sent| !sent.exact && is_form(&sent.sheet));
    let files: BTreeSet<&str> = sheets.iter().map(|sent| sent.sheet.file.as_str()).collect();
    let (beside, tables) = others.into_iter().partition(|sent| files.contains(sent.sheet.file.as_str()));
    let mut reader = Reader::new(pen, wishes);
    let forms = reader.forms(&sheets);
    let days = reader.days(&forms);
    for form in forms.values() {
        reader.form(form, &days);
    }
    let beside: Vec<&Sent> = beside;
    let seen = beside.iter().map(|sent| &sent.sheet).filter(|sheet| !sheet.is_hidden);
    reader.answered.noted.extend(seen.map(not_read));
    (tables, reader.answered)
}

/// A form, of however many sheets.
struct Form<'s> {
    file: &'s str,
    about: About,
    /// The place of its first anchor.
    anchor: String,
    parts: Vec<Part<'s>>,
}

/// The days that forms say by what they are about: a sheet that was copied into a file of its own has none.
type Days = BTreeMap<String, BTreeSet<Day>>;

/// The visit that a form is about.
struct Target {
    id: String,
    /// Its text as it stands; none for a new one.
    before: Option<String>,
    /// True if it has been changed since the form was made.
    is_newer: bool,
}

/// Which row of a list of a record is which of a form: by its number there, or by the recommendation that it is about.
#[derive(Default)]
struct List {
    at: BTreeMap<String, usize>,
    /// How many rows the record has, with those that forms add.
    len: usize,
}

/// What has been read so far.
struct Reader<'p> {
    pen: &'p Pen,
    wishes: &'p Wishes,
    /// The lists of visits, by the visit and their keys: several forms may be about one visit.
    lists: BTreeMap<(String, String), List>,
    answered: Answered,
}

const VISIT: RecordKind = RecordKind::Visit;

impl<'p> Reader<'p> {
    fn new(pen: &'p Pen, wishes: &'p Wishes) -> Reader<'p> {
        let filled = Filled { kind: VISIT, rows: Vec::new(), refused: Vec::new(), notes: Vec::new() };
        let answered = Answered { filled, noted: Vec::new() };
        Reader { pen, wishes, lists: BTreeMap::new(), answered }
    }

    fn speaker(&self) -> Speaker<'_> {
        Speaker::new(self.wishes.lang, self.pen.today, &self.pen.store.register)
    }

    fn refuse(&mut self, from: &str, why: &Said) {
        self.answered.filled.refused.push(say!("{from}: {why}", "{from}: {why}", [from, why]));
    }

    /// The forms in sheets, by file and by what they are about.
    fn forms<'s>(&mut self, sheets: &[&'s Sent]) -> BTreeMap<(&'s str, String), Form<'s>> {
        let mut forms: BTreeMap<(&str, String), Form> = BTreeMap::new();
        for (file, part) in sheets
            .iter()
            .flat_map(|sent| parts(&sent.sheet).into_iter().map(|part| (sent.sheet.file.as_str(), part)))
        {
            match part {
                Ok(part) => {
                    let form = forms.entry((file, part.about.to_string()));
                    form.or_insert_with(|| Form::new(file, &part)).parts.push(part);
                }
                Err(why) => self.answered.filled.refused.push(why),
            }
        }
        forms
    }

    /// The days of forms about new visits.
    fn days(&self, forms: &BTreeMap<(&str, String), Form>) -> Days {
        let mut days = Days::new();
        for ((_, about), form) in forms {
            days.entry(about.clone()).or_default().extend(self.day(form));
        }
        days
    }

    /// The day of the visit that a form says.
    fn day(&self, form: &Form) -> Option<Day> {
        let read = |answer: &Answer| {
            let path = vec![Step::Key("date".into())];
            read_cell(&self.pen.store, self.speaker(), VISIT, path, answer.held, false, 1).ok()??.1.day()
        };
        form.filled().filter(|answer| answer.key == "date").find_map(read)
    }

    /// Reads a form.
    fn form(&mut self, form: &Form, days: &Days) {
        self.answered.filled.refused.extend(form.parts.iter().flat_map(|part| part.refused.iter().cloned()));
        self.answered.noted.extend(form.parts.iter().flat_map(|part| part.noted.iter().cloned()));
        if form.filled().next().is_none() {
            let file = form.file;
            self.answered.noted.push(say!("{file}: phiếu chưa điền gì", "{file}: the form is empty", [file]));
            return;
        }
        let target = match self.target(form, days) {
            Ok(target) => target,
            Err((from, why)) => return self.refuse(&from, &why),
        };
        let id = target.as_ref().map_or("", |target| &target.id);
        let before = target.as_ref().and_then(|target| target.before.as_deref());
        let tree = toml::raw_tree(before.unwrap_or_default());
        let mut values = self.values(form, id, &tree);
        let Some(Target { id, is_newer, .. }) = &target else { return };
        match (is_newer, &form.about.record) {
            (true, _) => self.leave_newer(&tree, &mut values),
            (false, Some(_)) => self.tell_emptied(form, id, &tree),
            (false, None) => {}
        }
        if !values.is_empty() {
            values.extend(frame(form, before.is_none(), &tree, &values));
            let (id, from) = (id.clone(), form.anchor.clone());
            let empty = form.answers().filter(|answer| answer.held.is_empty());
            let empty = empty
                .filter_map(|answer| Some((self.known(&id, &answer.key)?, answer.from.clone())))
                .collect();
            self.answered.filled.rows.push(FilledRow { id, from, values, empty });
        }
    }

    /// The visit that a form is about; none if its day cannot be read, which is told at its cell. Else where the form says
    /// what is wrong, and what.
    fn target(&self, form: &Form, days: &Days) -> Result<Option<Target>, (String, Said)> {
        let Form { about, anchor, .. } = form;
        let store = &self.pen.store;
        let refused = |why: Said| (anchor.clone(), why);
        if !store.has(Refers::Centre, &about.centre) {
            return Err(refused(unknown_centre(&about.centre)));
        }
        if let Some(Base { id, sum }) = &about.record {
            let file = store.visit_file(id).ok_or_else(|| refused(gone(id)))?;
            let before = store.text(&file).unwrap_or_default();
            let is_newer = !self.wishes.replace_newer && blank::sum(&toml::raw_tree(&before)) != *sum;
            return Ok(Some(Target { id: id.clone(), before: Some(before), is_newer }));
        }
        let dates = || form.answers().filter(|answer| answer.key == "date");
        let elsewhere = || days.get(&about.to_string()).filter(|days| days.len() == 1)?.first().copied();
        let date = match self.day(form).or_else(elsewhere) {
            Some(date) => date,
            None if dates().any(|answer| !answer.held.is_empty()) => return Ok(None),
            None => {
                let place = dates().next().map_or(anchor, |answer| &answer.from);
                return Err((place.clone(), without_day()));
            }
        };
        let id = VisitId { date, centre: &about.centre, number: 1 }.to_string();
        let before = store.visit_file(&id).and_then(|file| store.text(&file));
        if before.as_ref().is_some_and(|before| !about.fits(&toml::raw_tree(before))) {
            let place = dates().find(|answer| !answer.held.is_empty()).map_or(anchor, |answer| &answer.from);
            return Err((place.clone(), another(&id)));
        }
        let is_newer = !self.wishes.replace_newer && before.is_some();
        Ok(Some(Target { id, before, is_newer }))
    }

    /// The values of a form. Where a cell cannot be read, what stands beside it in its row is not used either: one defect,
    /// one message.
    fn values(&mut self, form: &Form, id: &str, tree: &Node) -> Vec<Given> {
        let (mut values, mut broken) = (Vec::new(), Vec::new());
        for answer in form.filled() {
            let Some(path) = self.path(form, id, tree, &answer.key) else {
                self.refuse(&answer.from, &unknown_key(answer, &Said::default()));
                continue;
            };
            let from = || answer.from.clone();
            match self.value(answer, path.clone()) {
                Ok(None) => {}
                Ok(Some((path, value))) => {
                    values.extend(followed_up(&answer.key, &path).map(|(path, value)| Given {
                        path,
                        value,
                        from: from(),
                    }));
                    values.push(Given { path, value, from: from() });
                }
                Err(why) => {
                    self.answered.filled.refused.push(why);
                    broken.extend(row_of(&path));
                }
            }
        }
        self.take_out(id, tree, &broken, &mut values);
        values
    }

    /// Takes rows out. New ones of a list that come after them move up, as if they had not been filled in.
    fn take_out(&mut self, id: &str, tree: &Node, broken: &[Vec<Step>], values: &mut Vec<Given>) {
        values.retain(|given| !broken.iter().any(|row| given.path.starts_with(row)));
        let at = |row: &Vec<Step>| match &row[..] {
            [Step::Key(list), Step::Index(at)] if *at >= rows(tree, list).len() => Some((list.clone(), *at)),
            _ => None,
        };
        let gone: BTreeSet<(String, usize)> = broken.iter().filter_map(at).collect();
        for (list, gone) in gone.into_iter().rev() {
            let up = |at: &mut usize| *at -= usize::from(*at > gone);
            for given in values.iter_mut().filter(|given| given.path[0] == list.as_str().into()) {
                if let Some(Step::Index(at)) = given.path.get_mut(1) {
                    up(at);
                }
            }
            if let Some(known) = self.lists.get_mut(&(id.to_owned(), list)) {
                known.at.retain(|_, at| *at != gone);
                known.at.values_mut().for_each(up);
                known.len -= 1;
            }
        }
    }

    /// The value of a cell; none if it says that nothing is told.
    fn value(&self, answer: &Answer, path: Vec<Step>) -> Read {
        let (store, from) = (&self.pen.store, &answer.from);
        let (path, _) = resolve(VISIT.fields(), &written(&path), Some(&store.register), self.wishes.lang)
            .map_err(|why| {
                let why = unknown_key(answer, &why);
                say!("{from}: {why}", "{from}: {why}", [from, why])
            })?;
        let label = self.label(&path);
        let one = |path, held: &Held| read_cell(store, self.speaker(), VISIT, path, held, false, 1);
        let value = match (VISIT.root().at(&path), answer.held) {
            (Kind::List(Kind::Text | Kind::Prose), Held::Text(typed)) => texts(path, typed, one),
            _ => one(path, answer.held),
        };
        value.map_err(|why| say!("{from}, “{label}”: {why}", "{from}, “{label}”: {why}", [from, label, why]))
    }

    /// The place in the record of a key in a form. None for what is no key.
    fn path(&mut self, form: &Form, id: &str, tree: &Node, key: &str) -> Option<Vec<Step>> {
        let Some((list, word, rest)) = in_list(key) else { return steps(key) };
        let name = (id.to_owned(), list.to_owned());
        let known = self.lists.entry(name.clone()).or_insert_with(|| List::of(form, tree, list));
        let at = known.at.get(word).copied().or_else(|| self.same_row(form, tree, (list, word)));
        let known = self.lists.entry(name).or_default();
        let at = at.unwrap_or(known.len);
        known.len = known.len.max(at + 1);
        known.at.insert(word.to_owned(), at);
        steps(&format!("{list}[{at}]{rest}"))
    }

    /// The place in the record of a key, if it is in no row that is left empty.
    fn known(&self, id: &str, key: &str) -> Option<Vec<Step>> {
        let Some((list, word, rest)) = in_list(key) else { return steps(key) };
        let at = self.lists.get(&(id.to_owned(), list.to_owned()))?.at.get(word)?;
        steps(&format!("{list}[{at}]{rest}"))
    }

    /// The row of a record that says already what is filled in for a new row.
    fn same_row(&self, form: &Form, tree: &Node, (list, word): (&str, &str)) -> Option<usize> {
        let cells = || {
            form.filled().filter_map(|answer| {
                let (of, number, rest) = in_list(&answer.key)?;
                ((of, number) == (list, word)).then_some((answer, rest))
            })
        };
        let says = |at: usize, (answer, rest): (&Answer, &str)| {
            let path = steps(&format!("{list}[{at}]{rest}")).unwrap_or_default();
            let value = self.value(answer, path).ok().flatten();
            value.is_some_and(|(path, value)| tree.follow(&path).is_some_and(|now| same(&path, now, &value)))
        };
        let has_rows = form.about.record.is_some() && list != "followup";
        (0..rows(tree, list).len()).filter(|_| has_rows).find(|at| cells().all(|cell| says(*at, cell)))
    }

    /// What people see for a place in a visit: the label of its last key.
    fn label(&self, path: &[Step]) -> Said {
        let (register, root) = (&self.pen.store.register, VISIT.root());
        let (key, above) = match path.split_last() {
            Some((Step::Key(key), above)) => (key, above),
            Some((Step::Index(_), above)) => return self.label(above),
            None => return Said::default(),
        };
        let scheme = vocabulary::scheme(register, &root, path);
        match (root.at(above).row(key), root.at(above), scheme.and_then(|scheme| scheme.criterion(key))) {
            (Some(row), ..) => row.label.into(),
            (None, _, Some(criterion)) => criterion.label.clone(),
            (None, Kind::Keyed { by, .. }, None) => register.label(by, key),
            _ => Said::same(key),
        }
    }

    /// Takes out what would replace what the register says since the form was made, and tells it.
    fn leave_newer(&mut self, tree: &Node, values: &mut Vec<Given>) {
        values.retain(|Given { path, value, from }| {
            let kind = VISIT.root().at(path);
            let Some(now) = tree.follow(path).filter(|now| !same(path, now, value)) else { return true };
            let (label, now, value) = (self.label(path), print::inline(&kind, now), print::inline(&kind, value));
            self.answered.filled.refused.push(say!(
                "{from}, “{label}”: phiếu ghi {value}, nhưng từ khi lập phiếu sổ đã ghi {now}; lấy theo phiếu: --replace-newer",
                "{from}, “{label}”: the form says {value}, but since it was made the register says {now}; to take the form's: --replace-newer",
                [from, label, value, now]
            ));
            false
        });
    }

    /// Tells which values of the register a sender has emptied: they stay.
    fn tell_emptied(&mut self, form: &Form, id: &str, tree: &Node) {
        for Answer { key, from, .. } in form.answers().filter(|answer| answer.held.is_empty()) {
            let Some((path, now)) = in_record(tree, key) else { continue };
            let (label, key) = (self.label(&path), written(&path));
            let now = print::inline(&VISIT.root().at(&path), now);
            self.answered.noted.push(say!(
                "{from}, “{label}”: ô bị xoá trống, sổ vẫn giữ {now}; muốn bỏ: ttht set {id} {key}=",
                "{from}, “{label}”: the cell was emptied, the register keeps {now}; to take it out: ttht set {id} {key}=",
                [from, label, now, id, key]
            ));
        }
    }
}

impl<'s> Form<'s> {
    fn new(file: &'s str, Part { about, anchor, .. }: &Part) -> Form<'s> {
        Form { file, about: about.clone(), anchor: anchor.clone(), parts: Vec::new() }
    }

    /// The cells that may be filled in.
    fn answers(&self) -> impl Iterator<Item = &Answer<'s>> {
        self.parts.iter().flat_map(|part| &part.answers)
    }

    /// The cells in which something stands. The period of figures is written in a form before it goes out: without figures it
    /// says nothing.
    fn filled(&self) -> impl Iterator<Item = &Answer<'s>> {
        let filled = || self.answers().filter(|answer| !answer.held.is_empty());
        let is_of = |answer: &Answer, block: &str| {
            answer.key.strip_prefix(block).is_some_and(|rest| rest.starts_with('.') && rest != ".period")
        };
        let says = move |block: &str| filled().any(|answer| is_of(answer, block));
        filled().filter(move |answer| answer.key.strip_suffix(".period").is_none_or(&says))
    }
}

impl List {
    /// The rows of a record. A form about a new visit has none of its own: they come in the order in which they are filled in.
    fn of(form: &Form, tree: &Node, list: &str) -> List {
        let words = match (list, &form.about.record) {
            ("followup", _) => followed(tree),
            (_, Some(_)) => (0..rows(tree, list).len()).map(|at| at.to_string()).collect(),
            (_, None) => Vec::new(),
        };
        List { len: words.len(), at: words.into_iter().zip(0..).collect() }
    }
}

/// The texts of a cell, a line each: where a table has several on a line, a form has one.
fn texts(path: Vec<Step>, typed: &str, one: impl Fn(Vec<Step>, &Held) -> Read) -> Read {
    let item: Vec<Step> = path.iter().cloned().chain([Step::Index(0)]).collect();
    let lines = export::split_texts(&with_plain_ends(typed)).into_iter().map(Held::Text);
    let items = lines.filter(|line| !line.is_empty()).filter_map(|line| one(item.clone(), &line).transpose());
    let items = items.map(|read| Ok(read?.1)).collect::<Result<Vec<Node>, Said>>()?;
    Ok((!items.is_empty()).then(|| (path, Node::new(Value::List(items)))))
}

/// The rows of a list of a record.
fn rows<'t>(tree: &'t Node, list: &str) -> &'t [Node<'t>] {
    tree.at(list).map_or(&[], Node::items)
}

/// The recommendations that a record follows up, row by row.
fn followed(tree: &Node) -> Vec<String> {
    let of = |row: &Node| row.get("of").and_then(Node::text).unwrap_or_default().to_owned();
    rows(tree, "followup").iter().map(of).collect()
}

/// What a record has at a key of a form that was made of it.
fn in_record<'t>(tree: &'t Node, key: &str) -> Option<(Vec<Step>, &'t Node<'t>)> {
    let path = match blank::followed_up(key) {
        None => steps(key)?,
        Some((of, rest)) => {
            let at = followed(tree).iter().position(|own| own == of)?;
            steps(&format!("followup[{at}]{rest}"))?
        }
    };
    let now = tree.follow(&path)?;
    Some((path, now))
}

/// The list that a key leads into, the word that the form has for its row, and the rest of the key.
fn in_list(key: &str) -> Option<(&str, &str, &str)> {
    if let Some((of, rest)) = blank::followed_up(key) {
        return Some(("followup", of, rest));
    }
    let (list, rest) = key.split_once('[')?;
    let (number, rest) = rest.split_once(']')?;
    Some((list, number, rest))
}

/// True if two values of a place in a visit say the same.
fn same(path: &[Step], one: &Node, other: &Node) -> bool {
    change::same(&VISIT.root().at(path), one, other)
}

/// That a row of `followup` is about the recommendation in its key.
fn followed_up(key: &str, path: &[Step]) -> Option<(Vec<Step>, Node<'static>)> {
    let (of, _) = blank::followed_up(key)?;
    Some((path.iter().take(2).cloned().chain(["of".into()]).collect(), Node::of_text(of)))
}

/// The row of a list, or the part of a record, in which a value must not be missing.
fn row_of(path: &[Step]) -> Option<Vec<Step>> {
    let needs = |n: &usize| VISIT.root().at(&path[..*n]).fields().iter().any(|field| field.required);
    (1..path.len()).rev().find(needs).map(|n| path[..n].to_vec())
}

/// What a new visit has besides what was filled in, and the period of figures for which no cell says one.
fn frame(form: &Form, is_new: bool, tree: &Node, values: &[Given]) -> Vec<Given> {
    let About { centre, kind, campaign, period, .. } = &form.about;
    let given = |key: &str, word: String| Given {
        path: steps(key).unwrap_or_default(),
        value: Node::of_text(word),
        from: form.anchor.clone(),
    };
    let kind = (*kind != VisitKind::Inspection).then(|| kind.word().to_owned());
    let head = [("centre", Some(centre.clone())), ("kind", kind), ("campaign", campaign.clone())];
    let head = head.into_iter().filter(|_| is_new).filter_map(|(key, word)| Some(given(key, word?)));
    let says = |key: &str| tree.at(key).is_some() || values.iter().any(|given| written(&given.path) == key);
    let blocks = VISIT.fields().iter().filter(|block| block.kind.row("period").is_some());
    let blocks = blocks.filter(|block| values.iter().any(|given| given.path[0] == block.key.into()));
    let keys = blocks.map(|block| format!("{}.period", block.key)).filter(|key| !says(key));
    let periods = keys.filter_map(|key| Some(given(&key, period.as_ref()?.to_string())));
    head.chain(periods).collect()
}

fn not_read(sheet: &Sheet) -> Said {
    let (file, name) = (&sheet.file, sheet.name.as_deref().unwrap_or_default());
    say!(
        "{file}: trang “{name}” không thuộc phiếu, không đọc",
        "{file}: the sheet “{name}” is no part of the form, and is not read",
        [file, name]
    )
}

fn unknown_key(answer: &Answer, why: &Said) -> Said {
    let Answer { key, row, .. } = answer;
    say!(
        "mục “{key}” ở {row} không dùng được: {why}",
        "the key “{key}” in {row} cannot be used: {why}",
        [key, row, why]
    )
}

fn unknown_centre(id: &str) -> Said {
    say!(
        "phiếu của trung tâm “{id}”, trong sổ không có; thêm trung tâm trước: ttht add-centre",
        "this is a form of the centre “{id}”, which the register does not have; add it first: ttht add-centre",
        [id]
    )
}

fn gone(id: &str) -> Said {
    say!(
        "trong sổ không còn lần kiểm tra “{id}”; lập lại phiếu: ttht form",
        "the register no longer has the visit “{id}”; make the form again: ttht form",
        [id]
    )
}

fn without_day() -> Said {
    say!("chưa có ngày; nhập như 27/10/2016", "the day is missing; type it like 27/10/2016")
}

fn another(id: &str) -> Said {
    say!(
        "“{id}” trong sổ thuộc loại hay đợt khác với phiếu này; sửa ngày",
        "“{id}” in the register is of another kind or campaign than this form; correct the day",
        [id]
    )
}
