//! Names before contents: which files lie in a register, and which of them are asked for.

use super::files::{Files, unreadable};
use super::{OpenError, Store, copies, parallel};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::foreign::{Foreign, foreign};
use crate::model::id::VisitId;
use crate::model::kind::{visit_file, visit_folder};
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::vietnamese::is_slug;
use crate::say;
use crate::toml::codes;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

/// The files of all centres that are needed.
#[derive(Debug, Default)]
pub struct Scan {
    /// By the id of the centre.
    pub centres: Vec<CentreFiles>,
    /// What is wrong with the files that all histories share, and files that are not records.
    pub faults: Vec<Fault>,
    /// How many files are read for it, with those that all histories share.
    pub files: usize,
}

/// The files of one centre.
#[derive(Debug)]
pub struct CentreFiles {
    /// The id of the centre.
    pub id: String,
    /// True if the centre has a file of its own.
    pub has_file: bool,
    /// Its visits, by date and number.
    pub visits: Vec<VisitFile>,
}

/// The file of a visit.
#[derive(Debug)]
pub struct VisitFile {
    /// The folder: a school year.
    pub folder: Arc<str>,
    /// The name without its ending: the id.
    pub stem: String,
    /// The day of the visit.
    pub date: Day,
    /// 1, or more for further visits of that day.
    pub number: u32,
}

impl VisitFile {
    /// The id of the centre, after the date and before the number.
    fn centre(&self) -> &str {
        let centre = self.stem.get(11..).unwrap_or_default();
        centre.split_once('_').map_or(centre, |(centre, _)| centre)
    }

    /// The file, relative to the register.
    pub fn file(&self) -> String {
        visit_file(&self.folder, &self.stem)
    }

    /// What its name says.
    pub fn id(&self) -> VisitId<'_> {
        VisitId { date: self.date, centre: self.centre(), number: self.number }
    }
}

/// Lists folders of a register and notes what does not belong there.
pub struct Listing<'a> {
    files: &'a Files,
    /// What does not belong there.
    pub faults: Vec<Fault>,
    /// What is there but may not be followed: references to it are not reported as unknown.
    pub refused: Vec<String>,
}

impl<'a> Listing<'a> {
    /// A listing of the register in a folder.
    pub fn new(files: &'a Files) -> Listing<'a> {
        Listing { files, faults: Vec::new(), refused: Vec::new() }
    }

    /// The names in a folder, each with whether it is a folder; empty if there is no such folder. What begins with
    /// a point is skipped, and a link must stay inside the register.
    pub fn names(&mut self, folder: &str) -> Result<Vec<(String, bool)>, OpenError> {
        let path = self.files.root.join(folder);
        let refused = |error| OpenError::Io(path.clone(), error);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => Some(entries),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(refused(error)),
        };
        let mut names = Vec::new();
        for entry in entries.into_iter().flatten() {
            let entry = entry.map_err(refused)?;
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let name = name.into_string().unwrap_or_else(|name| name.to_string_lossy().into_owned());
            let kind = entry.file_type().map_err(refused)?;
            if !kind.is_symlink() {
                names.push((name, kind.is_dir()));
                continue;
            }
            let file = format!("{folder}/{name}");
            match entry.path().canonicalize() {
                Ok(target) if target.starts_with(&self.files.root) => names.push((name, target.is_dir())),
                Ok(_) => {
                    self.refused.push(file.clone());
                    self.faults.push(Fault::new(
                        &codes::OUTSIDE_REGISTER,
                        &file,
                        say!(
                            "liên kết này dẫn ra ngoài sổ nên không được đọc",
                            "this link leads out of the register and is not followed"
                        ),
                        say!(
                            "chép tệp vào sổ thay cho liên kết",
                            "copy the file into the register in its place"
                        ),
                    ));
                }
                Err(error) => self.faults.push(unreadable(&file, &error)),
            }
        }
        names.extend(self.files.laid_in(folder).map(|(name, is_folder)| (name.to_owned(), is_folder)));
        Ok(names)
    }

    /// The ids of the records in a folder: the stems of its files.
    pub fn stems(&mut self, kind: RecordKind) -> Result<BTreeSet<String>, OpenError> {
        let folder = kind.folder();
        // Sorted all at once and not name by name: there may be thousands.
        let mut stems = Vec::new();
        for (name, is_folder) in self.names(folder)? {
            match name.strip_suffix(".toml").filter(|stem| kind.allows(stem) && !is_folder) {
                Some(stem) => stems.push(stem.to_owned()),
                None => self.stray(folder, &name, is_folder, "yen-thanh.toml", |stem| kind.allows(stem)),
            }
        }
        Ok(stems.into_iter().collect())
    }

    /// Reports a file or folder that is no record, if it is not nobody's; `allows` says what may be there.
    fn stray(
        &mut self,
        folder: &str,
        name: &str,
        is_folder: bool,
        pattern: &str,
        allows: impl Fn(&str) -> bool,
    ) {
        let ending = if is_folder { "" } else { ".toml" };
        let has = |stem: &str| allows(stem) && self.files.stands(&format!("{folder}/{stem}{ending}"));
        match foreign(name, is_folder, &allows, has) {
            Some(Foreign::Nothing) => return,
            Some(Foreign::Copy { of, by }) => {
                let is_there = self.files.stands(&format!("{folder}/{of}"));
                return self.faults.push(copies::named(folder, name, &of, by, is_there));
            }
            None => {}
        }
        self.faults.push(Fault::new(
            &codes::STRAY_FILE,
            format!("{folder}/{name}"),
            say!(
                "“{name}” không phải là tên của một bản ghi nên không được đọc",
                "“{name}” is not the name of a record and is not read",
                [name]
            ),
            say!(
                "đổi tên theo mẫu {pattern}, hoặc chuyển ra khỏi {folder}",
                "rename it like {pattern}, or move it out of {folder}",
                [pattern, folder]
            ),
        ));
    }
}

impl Store {
    /// Lists the files of the centres, and of the visits that may be in any of the windows, without opening them.
    pub fn scan(&self, windows: &[Window]) -> Result<Scan, OpenError> {
        let mut listing = Listing::new(&self.files);
        let mut folders = Vec::new();
        for (folder, is_folder) in listing.names(RecordKind::Visit.folder())? {
            match school_year(&folder, is_folder) {
                Some(year) if windows.iter().any(|window| window.wants_folder(year, &self.register)) => {
                    folders.push(folder);
                }
                Some(_) => {}
                None => {
                    let is_year = |name: &str| school_year(name, true).is_some();
                    listing.stray(RecordKind::Visit.folder(), &folder, is_folder, "2016-2017", is_year);
                }
            }
        }
        let mut listed = Vec::with_capacity(folders.len());
        parallel::each(&folders, 2, |folder| visits_in(self, windows, folder), |found| listed.push(found));
        let mut centres = listing.stems(RecordKind::Centre)?;
        let refused = refused(&listing, RecordKind::Centre);
        self.centres.listed(centres.iter().cloned().chain(refused));
        listing.faults.extend(copies::of_centres(self, &mut centres));
        let mut visits: HashMap<String, Vec<VisitFile>> =
            centres.iter().map(|id| (id.clone(), Vec::new())).collect();
        let mut scan = Scan { faults: self.faults.clone(), files: self.read, centres: Vec::new() };
        scan.faults.extend(listing.faults);
        for found in listed {
            let (files, faults) = found?;
            scan.faults.extend(faults);
            for file in files {
                match visits.get_mut(file.centre()) {
                    Some(files) => files.push(file),
                    None => drop(visits.insert(file.centre().to_owned(), vec![file])),
                }
            }
        }
        if visits.len() > centres.len() {
            scan.faults.extend(without_copies(self, &centres, &mut visits));
        }
        let mut visits: Vec<_> = visits.into_iter().collect();
        visits.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (id, mut files) in visits {
            files.sort_by_key(|file| (file.date, file.number));
            let has_file = centres.contains(&id);
            scan.files += files.len() + usize::from(has_file);
            scan.centres.push(CentreFiles { id, has_file, visits: files });
        }
        self.register.settings.body.hear(&mut scan.faults);
        Ok(scan)
    }

    /// The school years that have a folder of visits, in order.
    pub fn years(&self) -> Result<Vec<Period>, OpenError> {
        let names = Listing::new(&self.files).names(RecordKind::Visit.folder())?;
        let mut years: Vec<Period> =
            names.iter().filter_map(|(name, is_folder)| school_year(name, *is_folder)).collect();
        years.sort_unstable();
        Ok(years)
    }
}

/// Takes the copies out of the visits to centres that are not there, and tells of each.
fn without_copies(
    store: &Store,
    centres: &BTreeSet<String>,
    visits: &mut HashMap<String, Vec<VisitFile>>,
) -> Vec<Fault> {
    let unknown: Vec<String> = visits.keys().filter(|id| !centres.contains(*id)).cloned().collect();
    let mut faults = Vec::new();
    for id in unknown {
        let mut files = visits.remove(&id).unwrap_or_default();
        files.retain(|visit| {
            let same = |other: &&VisitFile| (other.date, other.number) == (visit.date, visit.number);
            let beside = |of: &str| visits.get(of)?.iter().find(same).map(VisitFile::file);
            let copy = copies::of_visit_beside(store, &visit.file(), &id, beside);
            let stays = copy.is_none();
            faults.extend(copy);
            stays
        });
        if !files.is_empty() {
            visits.insert(id, files);
        }
    }
    faults
}

/// The school year whose visits lie in a folder; none for a file, or for a folder of another name.
fn school_year(name: &str, is_folder: bool) -> Option<Period> {
    Period::parse(name).filter(|period| period.school_year().is_some() && is_folder)
}

/// The visits in the folder of a school year that are in any of the windows, and faults for whatever else is there.
fn visits_in(
    store: &Store,
    windows: &[Window],
    folder: &str,
) -> Result<(Vec<VisitFile>, Vec<Fault>), OpenError> {
    let mut listing = Listing::new(&store.files);
    let (mut files, path, folder) = (Vec::new(), visit_folder(folder), Arc::from(folder));
    for (mut name, is_folder) in listing.names(&path)? {
        let stem = name.strip_suffix(".toml").unwrap_or("");
        let Some(id) = VisitId::parse(stem).filter(|_| !is_folder) else {
            let is_visit = |stem: &str| RecordKind::Visit.allows(stem);
            listing.stray(&path, &name, is_folder, "2016-10-27-yen-thanh.toml", is_visit);
            continue;
        };
        if windows.iter().any(|window| window.wants_visit(&id, &store.register)) {
            let (date, number) = (id.date, id.number);
            name.truncate(stem.len());
            files.push(VisitFile { folder: Arc::clone(&folder), stem: name, date, number });
        }
    }
    Ok((files, listing.faults))
}

/// True if a file lies in the register, and not outside it, where a link may lead.
fn stands(root: &Path, file: &str) -> bool {
    let path = root.join(file);
    let inside = || path.canonicalize().is_ok_and(|target| target.starts_with(root));
    match path.symlink_metadata() {
        Ok(data) => data.is_file() || (data.is_symlink() && inside()),
        Err(_) => false,
    }
}

/// The ids of links that must not be followed.
pub fn refused(listing: &Listing, kind: RecordKind) -> Vec<String> {
    let stem = |file: &String| {
        file.strip_prefix(kind.folder())?.strip_prefix('/')?.strip_suffix(".toml").map(str::to_owned)
    };
    listing.refused.iter().filter_map(stem).collect()
}

/// The files of one centre.
pub fn of_centre(store: &Store, id: &str) -> CentreFiles {
    let file = store.register.file(RecordKind::Centre, id);
    let has_file = is_slug(id) && (store.files.laid.contains_key(&file) || stands(&store.root, &file));
    let mut files = CentreFiles { id: id.to_owned(), has_file, visits: Vec::new() };
    for year in store.years().unwrap_or_default() {
        let folder: Arc<str> = year.to_string().into();
        let path = store.root.join(visit_folder(&folder));
        let own = |stem: &String| VisitId::parse(stem).is_some_and(|visit| visit.centre == id);
        let stems: Vec<String> = match few_stems(&path) {
            Some(stems) => stems.into_iter().filter(own).collect(),
            None => stems_by_day(&path, id, year.days(store.register.year_start())),
        };
        let file = |stem: String| {
            let VisitId { date, number, .. } = VisitId::parse(&stem)?;
            Some(VisitFile { folder: folder.clone(), stem, date, number })
        };
        files.visits.extend(stems.into_iter().filter_map(file));
    }
    let there: Vec<String> = files.visits.iter().map(VisitFile::file).collect();
    files.visits.extend(store.files.laid.keys().filter(|file| !there.contains(file)).filter_map(|file| {
        let (RecordKind::Visit, stem) = RecordKind::of(file)? else { return None };
        let VisitId { date, number, .. } = VisitId::parse(stem).filter(|visit| visit.centre == id)?;
        let folder = file.split('/').nth(1)?.into();
        Some(VisitFile { folder, stem: stem.to_owned(), date, number })
    }));
    files.visits.sort_by_key(|file| (file.date, file.number));
    files
}

/// With more names than this, a folder is not listed just for one centre.
const FEW: usize = 500;

/// The stems of a folder, if it does not have too many.
fn few_stems(folder: &Path) -> Option<Vec<String>> {
    let names = fs::read_dir(folder).ok()?.take(FEW + 1).flatten().map(|entry| entry.file_name());
    let stems: Vec<String> =
        names.filter_map(|name| Some(name.to_str()?.strip_suffix(".toml")?.to_owned())).collect();
    (stems.len() <= FEW).then_some(stems)
}

/// The visits to a centre in a very large folder: a file name is the day and the centre, so each day is tried. This
/// takes the same few milliseconds whether the folder has ten thousand names or a million.
fn stems_by_day(folder: &Path, centre: &str, days: RangeInclusive<Day>) -> Vec<String> {
    let next = |day: &Day| Some(day.next()).filter(|day| day <= days.end());
    let each = std::iter::successors(Some(*days.start()), next);
    let there = |stem: &String| folder.join(format!("{stem}.toml")).is_file();
    let of_day = |day: Day| {
        let further = move |n| format!("{day}-{centre}_{n}");
        let first = Some(format!("{day}-{centre}")).filter(there);
        let others = first.is_some().then(|| (2..).map(further).take_while(there)).into_iter().flatten();
        first.into_iter().chain(others).collect::<Vec<_>>()
    };
    each.flat_map(of_day).collect()
}
