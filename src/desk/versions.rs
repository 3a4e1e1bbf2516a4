//! What is not the same in two versions of a register: record by record, and in each value by value.

pub mod flat;
pub mod telling;
pub mod worded;

use super::error::Error;
use super::git::{self, Held, Touched, Version, standing};
use crate::model::fault::Fault;
use crate::model::field::Kind;
use crate::model::id::VisitId;
use crate::model::identity::{Named, named};
use crate::model::text::{Said, t};
use crate::model::tree::Node;
use crate::model::{RecordKind, shell};
use crate::say;
use crate::store::{self, Store, loose};
use crate::toml::comments::{Comment, comments};
use crate::toml::difference::{Difference, differences};
use crate::toml::{self, codes};
use std::path::Path;

/// A file that is not the same in two versions: nearly always that of a record.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The kind of the record; none for what is no record, such as a picture.
    pub kind: Option<RecordKind>,
    /// The id of the record, as it is now if it is still there; the path of what is no record.
    pub id: String,
    /// What people call it: `Kiểm tra phường Yên Thanh 27/10/2016`.
    pub called: Said,
    /// What it was; none if it is new.
    pub was: Option<Edition>,
    /// What it is now; none if it is gone.
    pub now: Option<Edition>,
    /// What differs in its values, if both can be read.
    pub differences: Vec<Difference>,
    /// The comments that only one of them has, if both can be read.
    pub remarks: Vec<Remark>,
}

/// A comment that is in one of two versions only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it belongs to; empty for all of the file.
    pub path: Vec<Named>,
    /// Its words.
    pub text: String,
    /// True if it is in the newer version.
    pub is_new: bool,
}

/// A file in a version.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Its path, relative to the register, with `/`.
    pub file: String,
    /// Its text; empty for what is no record, or no text.
    pub text: String,
    /// Its values, none of what is no record; or why it cannot be read.
    pub tree: Result<Node<'static>, Box<Fault>>,
}

impl Edition {
    /// A file as it was read; what is no record has no text.
    pub fn of(kind: Option<RecordKind>, file: &str, text: Result<String, Box<Fault>>) -> Edition {
        let (text, tree) = match text {
            Ok(text) if kind.is_some() => {
                let tree = toml::sound_tree(&text, file).map(Node::into_owned);
                (text, tree)
            }
            Ok(_) => (String::new(), Ok(Node::table())),
            Err(fault) => (String::new(), Err(fault)),
        };
        Edition { file: file.to_owned(), text, tree }
    }

    /// Its comments, each with what it belongs to.
    fn remarks(&self, root: &Kind, is_new: bool) -> Vec<Remark> {
        let Ok(tree) = &self.tree else { return Vec::new() };
        let remark = |Comment { path, text }| Remark { path: named(root, tree, &path), text, is_new };
        comments(&self.text).into_iter().map(remark).collect()
    }
}

impl Changed {
    /// Both versions of a file, held against each other.
    fn of(store: &Store, was: Option<Edition>, now: Option<Edition>) -> Changed {
        let newest = now.as_ref().or(was.as_ref());
        let file = newest.map_or("", |edition| edition.file.as_str());
        let (kind, id) = RecordKind::of(file).map_or((None, file), |(kind, id)| (Some(kind), id));
        let tree = now.iter().chain(&was).find_map(|edition| edition.tree.as_ref().ok());
        let called = called(store, kind, id, tree);
        Changed::named(kind, id.to_owned(), called, was, now)
    }

    /// The same of what is known otherwise: its kind, its id and what people call it.
    pub fn named(
        kind: Option<RecordKind>,
        id: String,
        called: Said,
        was: Option<Edition>,
        now: Option<Edition>,
    ) -> Changed {
        let (mut found, mut remarks) = (Vec::new(), Vec::new());
        if let (Some(kind), Some(old), Some(new)) = (kind, &was, &now)
            && let (Ok(old_tree), Ok(new_tree)) = (&old.tree, &new.tree)
        {
            let root = kind.root();
            found = differences(&root, old_tree, new_tree);
            remarks = of_one(old.remarks(&root, false), new.remarks(&root, true));
        }
        Changed { kind, id, called, was, now, differences: found, remarks }
    }

    /// Where it is, or was if it is gone.
    pub fn file(&self) -> &str {
        self.now.as_ref().or(self.was.as_ref()).map_or("", |edition| &edition.file)
    }

    /// Where it was, if that was another place.
    pub fn moved_from(&self) -> Option<&str> {
        let (was, now) = (&self.was.as_ref()?.file, &self.now.as_ref()?.file);
        (was != now).then_some(was)
    }

    /// Why one of its versions cannot be read.
    pub fn unreadable(&self) -> Option<&Fault> {
        self.now.iter().chain(&self.was).find_map(|edition| edition.tree.as_ref().err()).map(|fault| &**fault)
    }
}

/// The comments of two versions whose words are in one of them only, those that are gone first.
fn of_one(was: Vec<Remark>, mut now: Vec<Remark>) -> Vec<Remark> {
    let mut gone = was;
    gone.retain(|old| match now.iter().position(|new| new.text == old.text) {
        Some(at) => {
            now.remove(at);
            false
        }
        None => true,
    });
    gone.into_iter().chain(now).collect()
}

/// Two files, which may lie anywhere, held against each other; none if they are the same.
pub fn of_files(was: &Path, now: &Path) -> Result<Option<Changed>, Error> {
    let (old, new) = (read(was)?, read(now)?);
    if old == new {
        return Ok(None);
    }
    let (was_file, file) = (shell::path(was).into_owned(), shell::path(now).into_owned());
    let (old, new) = (toml::text(&old, &was_file), toml::text(&new, &file));
    let kind =
        [(now, &new), (was, &old)].into_iter().find_map(|(path, text)| kind_of(path, text.as_ref().ok()?));
    let (called, was, now) =
        (Said::same(&*file), Edition::of(kind, &file, old), Edition::of(kind, &file, new));
    Ok(Some(Changed::named(kind, file, called, Some(was), Some(now))))
}

/// The bytes of a file that may lie anywhere, or of standard input for `-`; if it lies in a register, it must do so
/// truly.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    if let Some(Fault { message, help, .. }) = store::misled(path) {
        return Err(Error::faults(say!("{path}: {message}", "{path}: {message}", [path, message]), help));
    }
    let most = toml::limit(RecordKind::Units.path()) as u64;
    loose::read(path, most).map_err(|error| Error::io(path, &error))
}

/// The last version of a register that was saved: its commit.
pub fn last(root: &Path) -> Result<String, Error> {
    let never = || {
        Error::nothing(
            say!("sổ này chưa được lưu lần nào", "this register was never saved"),
            say!("lưu lần đầu: ttht save", "save it for the first time: ttht save"),
        )
    };
    let head = standing::is_kept(root)?.then(|| git::commit(root, "HEAD").ok());
    head.flatten().ok_or_else(never)
}

/// What is not the same in two versions of a register, the first of them a commit; in the order of kinds and ids. Names
/// are looked up in the register as it is on disk.
pub fn between(root: &Path, store: &Store, from: &str, to: &Version) -> Result<Vec<Changed>, Error> {
    let touched = paired(git::touched(root, from, to)?);
    let held = touched.iter().flat_map(|one| [&one.was, &one.now]).flatten();
    let bytes = git::bytes_of(root, held.filter(|held| RecordKind::of(&held.file).is_some()))?;
    let edition = |held: &Held| {
        let kind = RecordKind::of(&held.file).map(|(kind, _)| kind);
        let text = match &held.blob {
            _ if kind.is_none() => Ok(String::new()),
            _ if held.is_link() => Err(Box::new(link(&held.file))),
            Some(blob) => match bytes.get(blob) {
                Some(bytes) => toml::text(bytes, &held.file),
                None => Err(Box::new(toml::too_large(&held.file))),
            },
            None => store.readable(&held.file),
        };
        Edition::of(kind, &held.file, text)
    };
    let mut changed: Vec<Changed> = Vec::with_capacity(touched.len());
    for one in &touched {
        let (was, now) = (one.was.as_ref().map(edition), one.now.as_ref().map(edition));
        changed.extend(changes(store, was, now));
    }
    changed.sort_by(|a, b| (a.kind.is_none(), a.kind, &a.id).cmp(&(b.kind.is_none(), b.kind, &b.id)));
    Ok(changed)
}

/// One change, or two where git takes a record that is gone and one that is new for the same.
fn changes(store: &Store, was: Option<Edition>, now: Option<Edition>) -> Vec<Changed> {
    match (was, now) {
        (Some(was), Some(now)) if !is_same_record(&was, &now) => {
            vec![Changed::of(store, Some(was), None), Changed::of(store, None, Some(now))]
        }
        (was, now) => vec![Changed::of(store, was, now)],
    }
}

/// The files with each record that is gone in one place and there in another as one.
fn paired(touched: Vec<Touched>) -> Vec<Touched> {
    let mut paired: Vec<Touched> = Vec::with_capacity(touched.len());
    let (mut fresh, others): (Vec<_>, Vec<_>) = touched.into_iter().partition(|one| one.was.is_none());
    for mut one in others {
        if let (Some(was), None) = (&one.was, &one.now) {
            let record = RecordKind::of(&was.file);
            let is_it = |other: &Touched| {
                let now = other.now.as_ref().and_then(|held| RecordKind::of(&held.file));
                record.is_some() && now == record
            };
            one.now = fresh.iter().position(is_it).and_then(|at| fresh.remove(at).now);
        }
        paired.push(one);
    }
    paired.into_iter().chain(fresh).collect()
}

/// True for two files of one record: with the same id, or with another one and what a record of its kind does not share
/// with others.
fn is_same_record(was: &Edition, now: &Edition) -> bool {
    let (Some(old), Some(new)) = (RecordKind::of(&was.file), RecordKind::of(&now.file)) else { return true };
    let own: &[&str] = match old.0 {
        RecordKind::Visit => &["centre", "date"],
        RecordKind::Centre => &["name", "unit"],
        RecordKind::Campaign | RecordKind::Scheme => &["title"],
        RecordKind::Statement => &["source"],
        RecordKind::Register | RecordKind::Units => &[],
    };
    let is_kept = |key: &&str| match (&was.tree, &now.tree) {
        (Ok(was), Ok(now)) => was.get(key).zip(now.get(key)).is_some_and(|(was, now)| was.says_same(now)),
        _ => false,
    };
    old == new || old.0 == new.0 && own.iter().any(is_kept)
}

/// The fault of a link in place of a record.
fn link(file: &str) -> Fault {
    Fault::new(
        &codes::ODD_FILE,
        file,
        say!("đây là liên kết nên không được đọc", "this is a link and is not read"),
        say!(
            "chép nội dung vào sổ thay cho liên kết",
            "copy what it leads to into the register in its place"
        ),
    )
}

/// The kind of a file that may lie anywhere: by where it lies, else by what it says.
pub fn kind_of(path: &Path, text: &str) -> Option<RecordKind> {
    let path = path.to_string_lossy().replace('\\', "/");
    let starts = path.match_indices('/').map(|(at, _)| at + 1);
    let by_place = [0].into_iter().chain(starts).find_map(|at| RecordKind::of(&path[at..]));
    by_place.map(|(kind, _)| kind).or_else(|| kind_of_text(text))
}

/// The kind of record that has most of the keys of a text, and every key that it needs.
fn kind_of_text(text: &str) -> Option<RecordKind> {
    let tree = toml::raw_tree(text);
    let has_all = |kind: &RecordKind| {
        kind.fields().iter().filter(|field| field.required).all(|field| tree.get(field.key).is_some())
    };
    let known = |kind: &RecordKind| {
        tree.entries().iter().filter(|entry| kind.root().row(&entry.key).is_some()).count()
    };
    let fit = |kind: &RecordKind| has_all(kind) && 2 * known(kind) > tree.entries().len();
    RecordKind::ALL.iter().copied().filter(fit).max_by_key(known)
}

/// What people call a record or a file.
pub fn called(store: &Store, kind: Option<RecordKind>, id: &str, tree: Option<&Node>) -> Said {
    let own = |key: &str| Some(tree?.get(key)?.text()?.trim().to_owned()).filter(|text| !text.is_empty());
    let named = |name: Option<String>| Said::same(name.unwrap_or_else(|| id.to_owned()));
    let register = &store.register;
    match kind {
        Some(RecordKind::Visit) => visit(store, id),
        Some(RecordKind::Centre) => named(own("name")),
        Some(RecordKind::Campaign) => {
            let title = named(own("title"));
            say!("Đợt kiểm tra: {title}", "Campaign: {title}", [title])
        }
        Some(RecordKind::Statement) => match register.statements.get(id) {
            Some(statement) => {
                let place = register.place_name(&statement.body);
                let period = statement.body.period.map(|period| period.said()).unwrap_or_default();
                say!("Số liệu công bố {period}: {place}", "Statement {period}: {place}", [period, place])
            }
            None => say!("Số liệu công bố {id}", "Statement {id}", [id]),
        },
        Some(RecordKind::Scheme) => {
            let title = tree.and_then(|tree| tree.get("title"));
            let words = |lang| title.and_then(|title| title.get(lang)?.text()).unwrap_or(id);
            let title = Said { vi: words("vi").to_owned(), en: words("en").to_owned() };
            say!("Thang đánh giá: {title}", "Scheme: {title}", [title])
        }
        Some(RecordKind::Units) => t("Danh mục đơn vị hành chính cấp xã", "Administrative units").into(),
        Some(RecordKind::Register) => t("Thông tin chung của sổ", "Settings of the register").into(),
        None => say!("Tệp {id}", "File {id}", [id]),
    }
}

/// What people call a visit: `Kiểm tra phường Yên Thanh 27/10/2016`.
fn visit(store: &Store, id: &str) -> Said {
    let Some(VisitId { date, centre, number }) = VisitId::parse(id) else { return Said::same(id) };
    let place = centre_place(store, centre);
    let more = if number > 1 { format!(" ({number})") } else { String::new() };
    say!("Kiểm tra {place} {date}{more}", "Visit to {place} on {date}{more}", [place, date, more])
}

/// The unit of a centre with its kind, `phường Yên Thanh`; else the name of the centre, else its id.
pub fn centre_place(store: &Store, centre: &str) -> Said {
    let text = store.text(&store.register.file(RecordKind::Centre, centre)).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let own = |key| tree.get(key).and_then(Node::text);
    let unit = store.register.unit(own("unit").unwrap_or(centre));
    match unit.map(|unit| (&unit.name, unit.kind.map(|kind| kind.label()))) {
        Some((name, Some(kind))) => say!("{kind} {name}", "{name} {kind}", [kind, name]),
        Some((name, None)) => Said::same(name),
        None => Said::same(own("name").unwrap_or(centre)),
    }
}
