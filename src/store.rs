//! Files and records: where things lie in a register, reading them, writing them.
//!
//! Reading never fails for the sake of data: it gives records and faults. An error is only what the operating system
//! refuses, or a folder that is not a register this program knows.

mod actual;
mod copies;
mod disk;
mod files;
mod folder;
mod glance;
pub mod journal;
mod lock;
pub mod loose;
mod misnamed;
mod original;
pub mod parallel;
mod patience;
pub mod picture;
mod rights;
mod scan;
pub mod scrap;
pub mod sent;
mod stage;

pub use actual::actual;
pub use files::{Laid, Listed};
pub use glance::Glance;
pub use lock::{Lock, PRIVATE, private_below, private_files, private_folder};
pub use original::{Original, Unread};
pub use patience::is_held;
pub use scan::{CentreFiles, Scan, VisitFile};
pub use stage::Stage;

use crate::model::RecordKind;
use crate::model::campaign::Campaign;
use crate::model::centre::Centre;
use crate::model::fault::Fault;
use crate::model::field::Refers;
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::kind::visit_file;
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::scheme::{Method, Scheme};
use crate::model::settings::{FORMAT, Labelled, Settings, Vocabularies};
use crate::model::statement::Statement;
use crate::model::text::{Lang, Said};
use crate::model::unit::{Succession, Units};
use crate::model::visit::Visit;
use crate::toml::known::{Ids, Known};
use crate::toml::{self, Loaded, codes, shipped};
use files::Files;
use folder::Folder;
use scan::Listing;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// An open register. Only what all histories share is loaded.
#[derive(Debug)]
pub struct Store {
    /// What all histories share.
    pub register: Arc<Register>,
    /// The same with what could be read of files that have a fault of syntax, if there are any, for the rules that look
    /// at these files.
    pub with_partial: Option<Arc<Register>>,
    /// Faults of the files that all histories share, with the office's severities, like all faults that are handed out.
    pub faults: Vec<Fault>,
    /// How many files were read to open it.
    read: usize,
    files: Arc<Files>,
    known: Known,
    centres: Arc<Folder>,
    /// The school years that have a folder of visits, once a visit was looked for in all of them.
    years: OnceLock<Vec<Period>>,
}

/// Puts into a register what could be read of a file.
type Put = Box<dyn FnOnce(&mut Register)>;

/// Why a register could not be opened, or not be written to.
#[derive(Debug)]
pub enum OpenError {
    /// There is no `ttht.toml`.
    Missing,
    /// It was made by a newer program: its format.
    Newer(i64),
    /// The operating system refuses.
    Io(PathBuf, io::Error),
    /// The lock of the register is no file.
    Odd(PathBuf),
    /// This journal is none that this program writes.
    Journal(PathBuf),
    /// The operating system refuses to go on with a change, and to take it back.
    Begun(PathBuf, io::Error),
}

/// With fewer centres than this, one thread reads all of them.
const FEW: usize = 16;

/// The folder of the register in which a path lies: the nearest one upwards with a `ttht.toml`.
pub fn find(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| is_register(folder)).map(Path::to_owned)
}

/// True for the folder of a register: something stands in the place of its `ttht.toml`, be it right or not.
pub fn is_register(folder: &Path) -> bool {
    folder.join(RecordKind::Register.path()).symlink_metadata().is_ok()
}

/// What is wrong with a file that a person names, if it seems to lie in a register and is not a file of it.
pub fn misled(path: &Path) -> Option<Fault> {
    let path = std::path::absolute(path).ok()?;
    let root = find(path.parent()?)?;
    let file = path.strip_prefix(&root).ok()?.to_string_lossy().replace('\\', "/");
    Files::new(&root).ok()?.wrong(&file)
}

fn load<T: DeserializeOwned>(
    text: Result<String, Box<Fault>>,
    file: &str,
    id: &str,
    kind: RecordKind,
    known: &Known,
) -> Loaded<T> {
    match text {
        Ok(text) => toml::load(file, id, kind, known, text),
        Err(fault) => Loaded { record: None, partial: None, faults: vec![*fault] },
    }
}

impl Store {
    /// Opens the register in a folder.
    pub fn open(root: &Path) -> Result<Store, OpenError> {
        let refused = |error| OpenError::Io(root.to_owned(), error);
        let files = Files::new(root).map_err(refused)?;
        if !is_register(&files.root) {
            return Err(OpenError::Missing);
        }
        Store::of_files(files)
    }

    /// Another version of the register in a folder: what differs is laid over the files.
    pub fn open_laid(root: &Path, laid: BTreeMap<String, Laid>) -> Result<Store, OpenError> {
        let files = Files::new(root).map_err(|error| OpenError::Io(root.to_owned(), error))?;
        let files = Files { laid, ..files };
        if !files.has(RecordKind::Register.path()) {
            return Err(OpenError::Missing);
        }
        Store::of_files(files)
    }

    /// The register as it would be if some files held other bytes. What all histories share is read again only if it is
    /// among them.
    pub fn with<'t>(&self, held: impl IntoIterator<Item = (&'t str, &'t [u8])>) -> Result<Store, OpenError> {
        let mut files = (*self.files).clone();
        files
            .laid
            .extend(held.into_iter().map(|(file, bytes)| (file.to_owned(), Laid::File(Arc::from(bytes)))));
        if files.laid.keys().any(|file| RecordKind::of(file).is_none_or(|(kind, _)| kind.is_shared())) {
            return Store::of_files(files);
        }
        let (register, faults) = (Arc::clone(&self.register), self.faults.clone());
        let with_partial = self.with_partial.clone();
        let files = Arc::new(files);
        let centres = Arc::new(Folder::new(&files, RecordKind::Centre));
        let known = Known { centres: centres.ids(), ..self.known.clone() };
        Ok(Store {
            register,
            with_partial,
            faults,
            read: self.read,
            files,
            known,
            centres,
            years: OnceLock::new(),
        })
    }

    /// Has the rules with these codes not be asked. What is wrong with the form of a file is found all the same: it may
    /// explain the rest.
    pub fn leave_out(&mut self, codes: Vec<&'static str>) {
        if let Some(all) = &mut self.with_partial {
            Arc::make_mut(all).unasked.clone_from(&codes);
        }
        Arc::make_mut(&mut self.register).unasked = codes;
    }

    /// The folder of the register, without links.
    pub fn root(&self) -> &Path {
        &self.files.root
    }

    fn of_files(files: Files) -> Result<Store, OpenError> {
        let files = Arc::new(files);
        let mut listing = Listing::new(&files);
        let campaigns: BTreeSet<String> = listing.stems(RecordKind::Campaign)?.into_keys().collect();
        let own_schemes: BTreeSet<String> = listing.stems(RecordKind::Scheme)?.into_keys().collect();
        let statements: BTreeSet<String> = listing.stems(RecordKind::Statement)?.into_keys().collect();
        let shipped = shipped::SCHEMES.iter().map(|(id, _)| (*id).to_owned());
        let ids = |kind: RecordKind, ids: BTreeSet<String>| match files.folder(kind.folder()) {
            Ok(_) => Ids::These(ids),
            Err(_) => Ids::Unknown,
        };
        let centres = Arc::new(Folder::new(&files, RecordKind::Centre));
        let known = Known {
            centres: centres.ids(),
            campaigns: ids(RecordKind::Campaign, campaigns.clone()),
            schemes: ids(RecordKind::Scheme, own_schemes.iter().cloned().chain(shipped).collect()),
            statements: ids(RecordKind::Statement, statements.clone()),
            ..Known::default()
        };

        let mut faults = listing.faults;
        faults.extend(copies::at_root(&files));
        let (register, with_partial) = (Arc::default(), None);
        let mut store =
            Store { register, with_partial, faults, read: 0, files, known, centres, years: OnceLock::new() };
        store.load_shared(campaigns, own_schemes, statements)?;
        Ok(store)
    }

    /// Reads what all histories share: the settings first, since they say which words the other files may use.
    fn load_shared(
        &mut self,
        campaigns: BTreeSet<String>,
        own_schemes: BTreeSet<String>,
        statements: BTreeSet<String>,
    ) -> Result<(), OpenError> {
        let mut parts: Vec<Put> = Vec::new();
        let name = RecordKind::Register.word();
        let settings =
            self.shared::<Settings>(RecordKind::Register, name, &mut parts, |all, part| all.settings = part);
        if let Some(record) = settings.as_ref().filter(|record| record.body.format > FORMAT) {
            return Err(OpenError::Newer(record.body.format));
        }
        let own = settings.as_ref().filter(|record| record.sound).map(|record| &record.body);
        let vocabularies = Arc::new(shipped::vocabularies(own.unwrap_or(&Settings::default())));
        self.known.vocabularies = match own {
            Some(_) => Arc::clone(&vocabularies),
            None => Arc::new(Vocabularies { activity_fields: None, ..(*vocabularies).clone() }),
        };
        let mut register = Register::default();
        register.vocabularies = vocabularies;
        register.set_units(self.units(&mut parts).unwrap_or_default());
        register.settings = settings.unwrap_or_default();
        for id in campaigns {
            let campaign =
                self.shared(RecordKind::Campaign, &id, &mut parts, |all, part: Record<Campaign>| {
                    all.campaigns.insert(part.id.clone(), part);
                });
            register.campaigns.extend(campaign.map(|campaign| (id, campaign)));
        }
        let copied = copies::taken_out(RecordKind::Campaign, &mut register.campaigns, Campaign::repeats);
        self.instead(copied);
        let mut own = BTreeMap::new();
        for id in own_schemes {
            let scheme = self.shared(RecordKind::Scheme, &id, &mut parts, |all, part: Record<Scheme>| {
                all.schemes.insert(part.id.clone(), part);
            });
            own.extend(scheme.map(|scheme| (id, scheme)));
        }
        let copied = copies::taken_out(RecordKind::Scheme, &mut own, Scheme::repeats);
        self.instead(copied);
        let shipped = shipped::SCHEMES.iter().filter_map(|(id, _)| shipped::scheme(id));
        register.schemes = shipped.map(|scheme| (scheme.id.clone(), scheme)).collect();
        register.schemes.extend(own);
        for words in [&mut self.known.vocabularies, &mut register.vocabularies] {
            Arc::make_mut(words).schemes = titles(&self.known.schemes, &register.schemes);
        }
        for id in statements {
            let statement =
                self.shared(RecordKind::Statement, &id, &mut parts, |all, part: Record<Statement>| {
                    all.statements.insert(part.id.clone(), part);
                });
            register.statements.extend(statement.map(|statement| (id, statement)));
        }
        let misnamed: Vec<Fault> =
            register.statements.values().filter_map(|statement| self.misnamed(statement)).collect();
        self.faults.extend(misnamed);
        let copied = copies::taken_out(RecordKind::Statement, &mut register.statements, Statement::repeats);
        self.instead(copied);
        register.settings.body.hear(&mut self.faults);
        if !parts.is_empty() {
            let mut all = register.clone();
            parts.into_iter().for_each(|put| put(&mut all));
            self.with_partial = Some(Arc::new(all));
        }
        self.register = Arc::new(register);
        Ok(())
    }

    /// Notes the faults of whole files in place of what else is wrong with them.
    fn instead(&mut self, faults: Vec<Fault>) {
        self.faults.retain(|old| faults.iter().all(|fault| fault.file != old.file));
        self.faults.extend(faults);
    }

    fn shared<T: DeserializeOwned + 'static>(
        &mut self,
        kind: RecordKind,
        id: &str,
        parts: &mut Vec<Put>,
        put: fn(&mut Register, Record<T>),
    ) -> Option<Record<T>> {
        self.read += 1;
        let file = self.register.file(kind, id);
        let loaded = load(self.files.text(&file), &file, id, kind, &self.known);
        self.faults.extend(loaded.faults);
        parts.extend(loaded.partial.map(|part| -> Put { Box::new(move |all| put(all, part)) }));
        loaded.record
    }

    /// The units. They refer to each other: a sound file is read once, and its references checked; else the ids are
    /// read first, so that a reference to a unit that is itself faulty is not reported.
    fn units(&mut self, parts: &mut Vec<Put>) -> Option<Record<Units>> {
        self.read += 1;
        let file = RecordKind::Units.path();
        if !self.files.has(file) {
            (self.known.units, self.known.areas) = (Ids::from_iter([]), Ids::from_iter([]));
            return None;
        }
        let read =
            |known: &Known| load::<Units>(self.files.text(file), file, "units", RecordKind::Units, known);
        let mut loaded = read(&self.known);
        if let Some(units) = loaded.record.as_ref().filter(|units| units.sound) {
            let units = &units.body;
            self.known.units = units.unit.iter().map(|unit| unit.id.clone()).collect();
            self.known.areas = units.area.iter().map(|area| area.id.clone()).collect();
            if refers_to_its_own(units, &self.known) {
                return loaded.record;
            }
        } else {
            let ids = |rows| self.files.text(file).map_or(Ids::Unknown, |text| toml::ids_of(rows, &text));
            (self.known.units, self.known.areas) = (ids("unit"), ids("area"));
        }
        loaded = read(&self.known);
        self.faults.extend(loaded.faults);
        parts.extend(loaded.partial.map(|part| -> Put { Box::new(move |all| all.set_units(part)) }));
        loaded.record
    }

    /// The ids that references to a record may have.
    pub fn ids(&self, refers: Refers) -> impl Iterator<Item = &str> + Clone {
        self.known.ids(refers).all().filter(move |id| self.is_sort(refers, id))
    }

    /// True if there is a record with this id, without listing any others.
    pub fn has(&self, refers: Refers, id: &str) -> bool {
        self.known.ids(refers).has(id) && self.is_sort(refers, id)
    }

    /// False for a target set where a rating scheme is wanted, and the other way round.
    fn is_sort(&self, refers: Refers, id: &str) -> bool {
        let method = || self.register.schemes.get(id).and_then(|scheme| scheme.body.method);
        match refers {
            Refers::RatingScheme => method() != Some(Method::Targets),
            Refers::TargetSet => method().is_none_or(|method| method == Method::Targets),
            _ => true,
        }
    }

    /// Reads the histories of a scan one by one, on all cores; each is dropped when its work is done. The results
    /// arrive in the order of the centres' ids. Returns what is wrong with the files.
    pub fn histories<R: Send>(
        &self,
        scan: &Scan,
        work: impl Fn(&History) -> R + Sync,
        mut sink: impl FnMut(R),
    ) -> Vec<Fault> {
        let mut faults = scan.faults.clone();
        self.histories_with_faults(
            scan,
            |history, found| (work(history), found),
            |(result, found)| {
                sink(result);
                faults.extend(found);
            },
        );
        faults
    }

    /// As [`Store::histories`], with the faults of each history's files at hand.
    pub fn histories_with_faults<R: Send>(
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

    /// Reads the centres of a scan, and of their visits no more than the names. Returns what is wrong with the files.
    pub fn centres<R: Send>(
        &self,
        scan: &Scan,
        work: impl Fn(&CentreFiles, Record<Centre>) -> R + Sync,
        mut sink: impl FnMut(R),
    ) -> Vec<Fault> {
        let mut faults = scan.faults.clone();
        let with_file: Vec<_> = scan.centres.iter().filter(|files| files.file.is_some()).collect();
        let read = |files: &&CentreFiles| {
            let Loaded { record, faults, .. } = self.centre(files);
            (record.map(|centre| work(files, centre)), faults)
        };
        parallel::each(&with_file, FEW, read, |(result, found)| {
            result.into_iter().for_each(&mut sink);
            faults.extend(found);
        });
        faults
    }

    fn centre(&self, CentreFiles { id, file: listed, .. }: &CentreFiles) -> Loaded<Centre> {
        let file = self.register.file(RecordKind::Centre, id);
        let text = self.files.text_of(&file, listed.unwrap_or(Listed::Unclear));
        let mut loaded = load(text, &file, id, RecordKind::Centre, &self.known);
        self.register.settings.body.hear(&mut loaded.faults);
        loaded
    }

    /// A centre and its visits by their files, and what is wrong with them.
    pub fn history_of(&self, files: &CentreFiles) -> (History, Vec<Fault>) {
        self.history(files)
    }

    /// A centre and all its visits; what is wrong with them is left out.
    pub fn centre_history(&self, id: &str) -> History {
        self.history(&scan::of_centre(self, id)).0
    }

    /// The files of some centres, whatever their visits. If there are many, all folders are listed once, and not the
    /// folders of the years for each centre.
    pub fn scan_centres(&self, ids: &BTreeSet<&str>) -> Result<Scan, OpenError> {
        if ids.len() <= FEW {
            let mut centres: Vec<_> = ids.iter().map(|id| scan::of_centre(self, id)).collect();
            let mut faults = self.faults.clone();
            for centre in &mut centres {
                let has = |of: &str| self.has(Refers::Centre, of);
                let copy = copies::of_centre(self, &centre.id, has).filter(|_| centre.file.is_some());
                centre.file = centre.file.filter(|_| copy.is_none());
                faults.extend(copy);
            }
            self.register.settings.body.hear(&mut faults);
            return Ok(Scan { centres, faults, files: self.read });
        }
        let mut scan = self.scan(&[Window::default()])?;
        scan.centres.retain(|centre| ids.contains(centre.id.as_str()));
        Ok(scan)
    }

    fn history(&self, files: &scan::CentreFiles) -> (History, Vec<Fault>) {
        let mut faults = Vec::new();
        let visits = Vec::with_capacity(files.visits.len());
        let unread = files.unread.to_vec();
        let mut history = History { id: files.id.clone(), visits, unread, ..History::default() };
        let (mut centre, mut parts) = (None, Vec::new());
        if files.file.is_some() {
            let loaded = self.centre(files);
            (history.centre, centre) = (loaded.record, loaded.partial);
            faults.extend(loaded.faults);
        }
        for visit in &files.visits {
            let file = visit.file();
            let text = self.files.text_of(&file, visit.listed);
            let loaded = load::<Visit>(text, &file, &visit.stem, RecordKind::Visit, &self.known);
            faults.extend(loaded.faults);
            match loaded.record {
                Some(record) => {
                    faults.extend(self.misplaced(&record, &visit.id(), &visit.folder));
                    history.visits.push(record);
                }
                None => {
                    history.unread.push(visit.stem.clone());
                    parts.extend(loaded.partial.map(|part| (history.visits.len(), part)));
                }
            }
        }
        if centre.is_some() || !parts.is_empty() {
            let mut all = Box::new(history.clone());
            all.centre = centre.or(all.centre);
            parts.into_iter().rev().for_each(|(at, part)| all.visits.insert(at, part));
            history.with_partial = Some(all);
        }
        self.register.settings.body.hear(&mut faults);
        (history, faults)
    }

    /// Every record file in the register.
    pub fn record_files(&self) -> Result<RecordFiles, OpenError> {
        let of = |kind: RecordKind, id: &str| (kind, self.register.file(kind, id));
        let mut files: Vec<_> = self.register.shared().map(|shared| of(shared.kind, shared.id)).collect();
        files.retain(|(_, file)| self.files.has(file));
        let scan = self.scan(&[Window::default()])?;
        for centre in scan.centres {
            files.extend(centre.file.map(|_| of(RecordKind::Centre, &centre.id)));
            files.extend(centre.visits.iter().map(|visit| (RecordKind::Visit, visit.file())));
        }
        let unread = [codes::OUTSIDE_REGISTER, codes::ODD_FILE, codes::UNREADABLE].map(|code| code.name);
        let is_of_folder =
            |fault: &Fault| unread.contains(&fault.code) && RecordKind::of(&fault.file).is_none();
        Ok(RecordFiles { files, left_out: scan.faults.into_iter().filter(is_of_folder).collect() })
    }

    /// The file of a visit: in the folder of its school year, else in whichever it was put.
    pub fn visit_file(&self, id: &str) -> Option<String> {
        VisitId::parse(id)?;
        let usual = self.register.file(RecordKind::Visit, id);
        if self.files.has(&usual) {
            return Some(usual);
        }
        let years = self.years.get_or_init(|| self.years().unwrap_or_default());
        years.iter().map(|year| visit_file(year, id)).find(|file| self.files.has_in_folder(file))
    }

    /// A file that is to change, as it stands now; `None` if there is none.
    pub fn original(&self, file: &str) -> Result<Option<Original>, Unread> {
        Original::read(&self.files, file)
    }

    /// True if there is such a file, or anything else in its place.
    pub fn stands(&self, file: &str) -> bool {
        self.files.has(file)
    }

    /// Where a file lies, if it is there and in the register; else what stands in its place.
    pub fn place(&self, file: &str) -> Result<Option<PathBuf>, Box<Fault>> {
        self.files.file(file)
    }

    /// What is wrong with the place of a file, if anything else stands there.
    pub fn wrong(&self, file: &str) -> Option<Fault> {
        self.files.wrong(file)
    }

    /// Why a file cannot be read as text; `None` if it can.
    pub fn read_fault(&self, file: &str) -> Option<Fault> {
        self.files.text(file).err().map(|fault| *fault)
    }

    /// The text of a file of the register, or why it cannot be read.
    pub fn readable(&self, file: &str) -> Result<String, Box<Fault>> {
        self.files.text(file)
    }

    /// The text of a file of the register, if it can be read.
    pub fn text(&self, file: &str) -> Option<String> {
        self.files.text(file).ok()
    }
}

/// The files of the records of a register.
#[derive(Debug)]
pub struct RecordFiles {
    /// Each with its kind.
    pub files: Vec<(RecordKind, String)>,
    /// Why whole folders are not among them.
    pub left_out: Vec<Fault>,
}

/// The language that a register asks for, without opening the rest of it.
pub fn language(root: &Path) -> Option<Lang> {
    let file = RecordKind::Register.path();
    let text = Files::new(root).ok()?.text(file).ok()?;
    Lang::of(toml::raw_tree(&text).get("lang")?.text()?)
}

/// The rating schemes as words, those that cannot be read without their titles; `None` if their folder cannot be listed.
fn titles(ids: &Ids, schemes: &BTreeMap<String, Record<Scheme>>) -> Option<Vec<Labelled>> {
    let word = |id: &str| match schemes.get(id).map(|scheme| &scheme.body) {
        Some(scheme) if scheme.method == Some(Method::Targets) => None,
        Some(scheme) => Some(Labelled { id: id.to_owned(), label: scheme.title.clone() }),
        None => Some(Labelled { id: id.to_owned(), label: Said::same(id) }),
    };
    (!matches!(ids, Ids::Unknown)).then(|| ids.all().filter_map(word).collect())
}

/// True if all units and areas that the units refer to are known.
fn refers_to_its_own(units: &Units, known: &Known) -> bool {
    let mut turned = units.succession.iter().flat_map(Succession::units);
    let mut areas = units.unit.iter().filter_map(|unit| unit.area.as_deref());
    turned.all(|id| known.units.has(id)) && areas.all(|id| known.areas.has(id))
}
