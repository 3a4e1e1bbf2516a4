//! Files and records: where things stand in a register, reading them, writing them.
//!
//! Reading never fails for the sake of data: it gives records and faults. An error is only what the operating system
//! refuses, or a folder that is no register this program knows.

pub mod change;
mod decode;
pub mod form;
mod judge;
mod known;
mod layout;
mod lock;
mod original;
mod parallel;
mod parse;
mod plain;
mod scan;
mod shape;
pub mod sheet;
mod shipped;
mod source;
mod stage;
mod swift;
pub mod tidy;
pub mod write;

pub use lock::{Lock, private_folder};
pub use original::Original;
pub use scan::{CentreFiles, Scan, VisitFile};
pub use shape::is_word;
pub use shipped::text as shipped_text;
pub use source::text;
pub use stage::Stage;

use crate::model::centre::Centre;
use crate::model::fault::{Fault, Place};
use crate::model::field::{Field, Refers};
use crate::model::history::{History, Record, VisitId};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::settings::FORMAT;
use crate::model::text::Lang;
use crate::model::tree::{Node, Value};
use crate::model::unit::{Succession, Units};
use crate::model::visit::Visit;
use crate::model::{CAMPAIGN, CENTRE, REGISTER, RecordKind, SCHEME, UNITS, VISIT};
use crate::say;
use known::{Ids, Known};
use scan::Listing;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// An open register: what all histories share is loaded, nothing else is.
#[derive(Debug)]
pub struct Store {
    /// The folder with the `ttht.toml`.
    pub root: PathBuf,
    /// What all histories share.
    pub register: Register,
    /// Faults of the files that all histories share.
    pub faults: Vec<Fault>,
    /// How many files were read to open it.
    pub files: usize,
    known: Known,
}

/// Why a register could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// There is no `ttht.toml`.
    Missing,
    /// It was made by a newer program: its format.
    Newer(i64),
    /// The operating system refuses.
    Io(PathBuf, io::Error),
}

/// Fewer centres than this are read by one thread.
const FEW: usize = 16;

/// A file that was read.
#[derive(Debug)]
pub struct Loaded<T> {
    /// The record; none where the file could not be read as one.
    pub record: Option<Record<T>>,
    /// What is wrong with the file.
    pub faults: Vec<Fault>,
}

/// The folder of the register in which a path lies: the nearest one upwards with a `ttht.toml`.
pub fn find(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join(REGISTER.path).is_file()).map(Path::to_owned)
}

/// Reads a text as the tree of a record, with its faults of form. References are not looked at.
pub fn read_tree<'a>(text: &'a str, fields: &'static [Field], file: &str) -> (Node<'a>, Vec<Fault>) {
    tree(text, fields, &Known::default(), file)
}

/// Reads a text as it stands, with nothing held against it.
pub fn raw_tree(text: &str) -> Node<'_> {
    parse::parse(text).0
}

fn tree<'a>(text: &'a str, fields: &'static [Field], known: &Known, file: &str) -> (Node<'a>, Vec<Fault>) {
    let (mut tree, syntax) = parse::parse(text);
    let mut faults = shape::shape(&mut tree, fields, known, file, text);
    if !syntax.is_empty() {
        let broken: Vec<Fault> = syntax
            .into_iter()
            .map(|f| shape::fault(f.code, file, text, f.span, None, f.message, f.help))
            .collect();
        let line = |fault: &Fault| fault.place.as_ref().map(|place| place.line);
        let lines: Vec<_> = broken.iter().map(line).collect();
        let unread = broken.iter().any(|fault| fault.code == form::CONFLICT_MARKERS.name);
        faults
            .retain(|fault| !unread && fault.code != form::MISSING_KEY.name && !lines.contains(&line(fault)));
        faults.extend(broken);
    }
    (tree, faults)
}

fn load<T: DeserializeOwned>(
    root: &Path,
    file: &str,
    id: &str,
    kind: RecordKind,
    known: &Known,
) -> Loaded<T> {
    let text = match source::read(&root.join(file), file) {
        Ok(Ok(text)) => text,
        Ok(Err(fault)) => return Loaded { record: None, faults: vec![*fault] },
        Err(error) => return Loaded { record: None, faults: vec![scan::unreadable(file, &error)] },
    };
    load_text(file, id, kind, known, text)
}

fn load_text<T: DeserializeOwned>(
    file: &str,
    id: &str,
    kind: RecordKind,
    known: &Known,
    text: String,
) -> Loaded<T> {
    if let Some((body, usual)) = swift::read(&text, kind.fields, known) {
        let (id, file) = (id.to_owned(), file.into());
        return Loaded {
            record: Some(Record { id, file, body, sound: true, usual, text }),
            faults: Vec::new(),
        };
    }
    let (mut tree, faults) = tree(&text, kind.fields, known, file);
    let syntax = [form::SYNTAX.name, form::CONFLICT_MARKERS.name];
    if faults.iter().any(|fault| syntax.contains(&fault.code)) {
        return Loaded { record: None, faults };
    }
    if let Value::Table(entries) = &mut tree.value {
        entries.retain(|entry| entry.key != crate::model::EXTRA.key);
    }
    let body = decode::decode::<T>(&tree);
    drop(tree);
    match body {
        Ok(body) => {
            let (id, file, sound) = (id.to_owned(), file.into(), faults.is_empty());
            Loaded { record: Some(Record { id, file, body, sound, usual: false, text }), faults }
        }
        Err(error) => {
            let message = say!("không đọc được bản ghi: {error}", "the record cannot be read: {error}");
            let fault = shape::fault(
                &form::SYNTAX,
                file,
                &text,
                0..0,
                None,
                message,
                say!("báo cho người phát triển", "tell the developers"),
            );
            Loaded { record: None, faults: vec![fault] }
        }
    }
}

impl Store {
    /// Opens the register in a folder.
    pub fn open(root: &Path) -> Result<Store, OpenError> {
        let refused = |error| OpenError::Io(root.to_owned(), error);
        let root = root.canonicalize().map_err(refused)?;
        if !root.join(REGISTER.path).is_file() {
            return Err(OpenError::Missing);
        }
        let mut listing = Listing::new(&root);
        let campaigns = listing.stems("campaigns").map_err(|(path, error)| OpenError::Io(path, error))?;
        let own_schemes = listing.stems("schemes").map_err(|(path, error)| OpenError::Io(path, error))?;
        let shipped = shipped::SCHEMES.iter().map(|(id, _)| (*id).to_owned());
        let known = Known {
            centres: Ids::of_folder(root.join("centres")),
            campaigns: campaigns.iter().cloned().chain(scan::refused(&listing, "campaigns")).collect(),
            schemes: own_schemes.iter().cloned().chain(shipped).collect(),
            ..Known::default()
        };

        let faults = listing.faults;
        let mut store = Store { root, register: Register::default(), faults, files: 0, known };
        let settings = store.shared::<crate::model::settings::Settings>(REGISTER, REGISTER.path, "ttht");
        if let Some(newer) =
            settings.as_ref().map(|record| record.body.format).filter(|format| *format > FORMAT)
        {
            return Err(OpenError::Newer(newer));
        }
        let documents = shipped::documents();
        let mut activity_fields = shipped::activity_fields();
        store.known.documents = Some(documents.clone());
        if let Some(settings) = settings.as_ref().filter(|record| record.sound) {
            activity_fields.extend(settings.body.activity_field.iter().cloned());
            store.known.activity_fields = Some(activity_fields.clone());
        }
        let units = store.units().unwrap_or_default();
        store.register.set_units(units);
        store.register.settings = settings.unwrap_or_default();
        store.register.activity_fields = activity_fields;
        store.register.documents = documents;
        for id in campaigns {
            let campaign = store.shared(CAMPAIGN, &file_of(CAMPAIGN, &id), &id);
            store.register.campaigns.extend(campaign.map(|campaign| (id, campaign)));
        }
        let shipped = shipped::SCHEMES.iter().filter_map(|(id, _)| shipped::scheme(id));
        store.register.schemes =
            shipped.map(|scheme| (scheme.id.clone(), scheme)).collect::<BTreeMap<_, _>>();
        for id in own_schemes {
            let scheme = store.shared(SCHEME, &file_of(SCHEME, &id), &id);
            store.register.schemes.extend(scheme.map(|scheme| (id, scheme)));
        }
        Ok(store)
    }

    fn shared<T: DeserializeOwned>(&mut self, kind: RecordKind, file: &str, id: &str) -> Option<Record<T>> {
        self.files += 1;
        let loaded = load(&self.root, file, id, kind, &self.known);
        self.faults.extend(loaded.faults);
        loaded.record
    }

    /// The units. They refer to each other: a sound file is read once, and its references looked at; else the ids are
    /// read before, so that a reference to a unit that is itself faulty is nobody's fault.
    fn units(&mut self) -> Option<Record<Units>> {
        self.files += 1;
        if !self.root.join(UNITS.path).exists() {
            self.known.units = Ids::from_iter([]);
            return None;
        }
        let read = |known: &Known| load::<Units>(&self.root, UNITS.path, "units", UNITS, known);
        let mut loaded = read(&self.known);
        if let Some(units) = loaded.record.as_ref().filter(|units| units.sound) {
            self.known.units = units.body.unit.iter().map(|unit| unit.id.clone()).collect();
            let refers = units.body.succession.iter().flat_map(Succession::units);
            if refers.into_iter().all(|id| self.known.units.has(id)) {
                return loaded.record;
            }
        } else {
            let text = source::read(&self.root.join(UNITS.path), UNITS.path);
            self.known.units =
                text.ok().and_then(Result::ok).map_or(Ids::Unknown, |text| ids_of_units(&text));
        }
        loaded = read(&self.known);
        self.faults.extend(loaded.faults);
        loaded.record
    }

    /// The ids that may stand where a record is referred to.
    pub fn ids(&self, refers: Refers) -> impl Iterator<Item = &str> + Clone {
        self.known.ids(refers).all()
    }

    /// True where there is a record with this id, without listing any others.
    pub fn has(&self, refers: Refers, id: &str) -> bool {
        self.known.ids(refers).has(id)
    }

    /// Lists the files of the centres and of the visits that may lie in any of some windows, and opens none.
    pub fn scan(&self, windows: &[Window]) -> Result<Scan, OpenError> {
        scan::scan(self, windows).map_err(|(path, error)| OpenError::Io(path, error))
    }

    /// Reads the histories of a scan one by one, on all cores; each is dropped when its work is done. The results
    /// arrive in the order of the centres' ids.
    pub fn histories<R: Send>(
        &self,
        scan: &Scan,
        work: impl Fn(&History, Vec<Fault>) -> R + Sync,
        sink: impl FnMut(R),
    ) {
        let work = |files: &scan::CentreFiles| {
            let (history, faults) = self.history(files);
            work(&history, faults)
        };
        parallel::each(&scan.centres, FEW, work, sink);
    }

    /// Reads the centres of a scan, and of their visits no more than the names.
    pub fn centres<R: Send>(
        &self,
        scan: &Scan,
        work: impl Fn(&CentreFiles, Loaded<Centre>) -> R + Sync,
        sink: impl FnMut(R),
    ) {
        let with_file: Vec<_> = scan.centres.iter().filter(|files| files.has_file).collect();
        parallel::each(&with_file, FEW, |files| work(files, self.centre(&files.id)), sink);
    }

    fn centre(&self, id: &str) -> Loaded<Centre> {
        load(&self.root, &file_of(CENTRE, id), id, CENTRE, &self.known)
    }

    fn history(&self, files: &scan::CentreFiles) -> (History, Vec<Fault>) {
        let mut faults = Vec::new();
        let visits = Vec::with_capacity(files.visits.len());
        let mut history = History { id: files.id.clone(), visits, ..History::default() };
        if files.has_file {
            let loaded = self.centre(&files.id);
            history.centre = loaded.record;
            faults.extend(loaded.faults);
        }
        for visit in &files.visits {
            let file = format!("visits/{}/{}.toml", visit.folder, visit.stem);
            let loaded = load::<Visit>(&self.root, &file, &visit.stem, VISIT, &self.known);
            faults.extend(loaded.faults);
            match loaded.record {
                Some(record) => {
                    faults.extend(self.misplaced(&record, &visit.id(), &visit.folder));
                    history.visits.push(record);
                }
                None => history.unread.push(visit.stem.clone()),
            }
        }
        (history, faults)
    }

    /// A file name or folder that differs from what stands in the visit: one fault, whatever differs.
    fn misplaced(&self, visit: &Record<Visit>, named: &VisitId, folder: &str) -> Option<Fault> {
        let span = |key: &str| parse::parse(&visit.text).0.span_of(key);
        let note = |code, key: &str, message, help| {
            Some(shape::fault(code, &visit.file, &visit.text, span(key), Some(key.to_owned()), message, help))
        };
        let (centre, date) = (&visit.body.centre, visit.body.date);
        if !centre.is_empty() && centre != named.centre {
            let named = named.centre;
            return note(
                &form::NAME_DIFFERS,
                "centre",
                say!(
                    "trung tâm “{centre}” khác với tên tệp (“{named}”)",
                    "the centre “{centre}” differs from the file name (“{named}”)"
                ),
                say!("sửa dòng này hoặc đổi tên tệp", "change this line or rename the file"),
            );
        }
        let date = date?;
        if date != named.date {
            let named = named.date;
            return note(
                &form::NAME_DIFFERS,
                "date",
                say!(
                    "ngày {date} khác với tên tệp ({named})",
                    "the date {date} differs from the file name ({named})"
                ),
                say!("sửa dòng này hoặc đổi tên tệp", "change this line or rename the file"),
            );
        }
        let year = self.register.year_start().school_year(date);
        (Period::parse(folder) != Some(year)).then(|| {
            note(
                &form::WRONG_FOLDER,
                "date",
                say!(
                    "ngày {date} thuộc năm học {year}, tệp lại nằm trong visits/{folder}",
                    "{date} lies in school year {year}, but the file in visits/{folder}"
                ),
                say!("chuyển tệp sang visits/{year}", "move the file to visits/{year}"),
            )
        })?
    }

    /// The school years that have a folder of visits, in order.
    pub fn years(&self) -> Result<Vec<Period>, OpenError> {
        scan::years(self).map_err(|(path, error)| OpenError::Io(path, error))
    }

    /// The newest school year that has a folder of visits.
    pub fn latest_year(&self) -> Result<Option<Period>, OpenError> {
        scan::years(self)
            .map(|years| years.last().copied())
            .map_err(|(path, error)| OpenError::Io(path, error))
    }

    /// The file of a visit, in whichever folder it was put.
    pub fn visit_file(&self, id: &str) -> Option<String> {
        let years = scan::years(self).ok()?;
        let files = years.iter().map(|year| format!("visits/{year}/{id}.toml"));
        files.into_iter().find(|file| self.root.join(file).is_file())
    }

    /// Why a file cannot be read as text; none where it can.
    pub fn read_fault(&self, file: &str) -> Option<Fault> {
        match source::read(&self.root.join(file), file) {
            Ok(text) => text.err().map(|fault| *fault),
            Err(error) => Some(scan::unreadable(file, &error)),
        }
    }

    /// The text of a file of the register, if it can be read.
    pub fn text(&self, file: &str) -> Option<String> {
        source::read(&self.root.join(file), file).ok()?.ok()
    }
}

/// The file of a record that has an id; visits have their year as well, see [`Store::visit_file`].
pub fn file_of(kind: RecordKind, id: &str) -> String {
    kind.path.replace("<id>", id)
}

/// The ids of the units in a text, also where single units are faulty.
fn ids_of_units(text: &str) -> Ids {
    let (tree, syntax) = parse::parse(text);
    let units = tree.get("unit").map(|units| units.items().iter()).into_iter().flatten();
    let ids = units.filter_map(|unit| unit.get("id")?.text().map(str::to_owned));
    if syntax.is_empty() { ids.collect() } else { Ids::Unknown }
}

/// Gives faults their places in the texts of their files, where a text is at hand.
pub fn place<'t>(faults: &mut [Fault], text: impl Fn(&str) -> Option<&'t str>) {
    let mut last: Option<(String, &str, Node)> = None;
    for fault in faults.iter_mut().filter(|fault| fault.place.is_none()) {
        // Faults mostly come file by file, and a file is read again once only.
        if last.as_ref().is_none_or(|(file, ..)| *file != fault.file) {
            last = text(&fault.file).map(|text| (fault.file.clone(), text, parse::parse(text).0));
        }
        let Some((_, text, tree)) = &last else { continue };
        let span = fault.key.as_deref().map_or(0..0, |key| tree.span_of(key));
        fault.place = Some(Place::of(text, span));
    }
}

/// Takes out what a rule says of a value that has a fault of form already: one defect, one message.
pub fn settle(faults: &mut Vec<Fault>) {
    let is_form = |fault: &Fault| form::CODES.iter().any(|code| code.name == fault.code);
    let mut formal: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fault in faults.iter().filter(|fault| is_form(fault) && fault.code != form::NOT_COMPOSED.name) {
        formal.entry(fault.file.clone()).or_default().extend(fault.key.clone());
    }
    let touches = |a: &str, b: &str| {
        let within = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        within(a, b) || within(b, a)
    };
    faults.retain(|fault| {
        let keys = formal.get(&fault.file).map_or(&[][..], Vec::as_slice);
        is_form(fault)
            || !fault.key.as_deref().is_some_and(|key| keys.iter().any(|formal| touches(formal, key)))
    });
    crate::model::fault::sort(faults);
    faults.dedup();
}

/// The language that a register asks for, without opening the rest of it.
pub fn language(root: &Path) -> Option<Lang> {
    let text = source::read(&root.join(REGISTER.path), REGISTER.path).ok()?.ok()?;
    Lang::of(parse::parse(&text).0.get("lang")?.text()?)
}
