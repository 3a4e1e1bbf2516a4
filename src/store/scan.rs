//! Names before contents: which files lie in a register, and which of them are asked for.

use super::files::{Files, Laid, Listed, Stands};
use super::{OpenError, Store, copies, parallel};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::foreign::{Foreign, foreign};
use crate::model::id::VisitId;
use crate::model::kind::{visit_file, visit_folder};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::vietnamese::is_slug;
use crate::say;
use crate::toml::codes;
use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
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

impl Scan {
    /// The files of the centres that have one, with those of their visits.
    pub fn files_of_centres(&self, register: &Register) -> impl Iterator<Item = String> {
        self.centres.iter().filter(|centre| centre.file.is_some()).flat_map(|centre| {
            let own = register.file(RecordKind::Centre, &centre.id);
            std::iter::once(own).chain(centre.visits.iter().map(VisitFile::file))
        })
    }
}

/// The files of one centre.
#[derive(Debug)]
pub struct CentreFiles {
    /// The id of the centre.
    pub id: String,
    /// How its own file was listed, if it has one.
    pub file: Option<Listed>,
    /// Its visits, by date and number.
    pub visits: Vec<VisitFile>,
    /// The folders that may hold more of its visits but may not be read.
    pub unread: Arc<[String]>,
}

/// The file of a visit.
#[derive(Debug)]
pub struct VisitFile {
    /// How it was listed.
    pub listed: Listed,
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
    /// The folders that may not be read.
    pub refused: Vec<String>,
}

impl<'a> Listing<'a> {
    /// A listing of the register in a folder.
    pub fn new(files: &'a Files) -> Listing<'a> {
        Listing { files, faults: Vec::new(), refused: Vec::new() }
    }

    /// The names in a folder; empty if there is no such folder, or one that may not be read. What begins with a point
    /// is skipped.
    pub fn names(&mut self, folder: &str) -> Result<Vec<(String, Listed)>, OpenError> {
        let there = self.files.folder(folder).unwrap_or_else(|fault| {
            self.faults.push(*fault);
            self.refused.push(folder.to_owned());
            None
        });
        let refused = |error| OpenError::Io(self.files.root.join(folder), error);
        let mut names = Vec::new();
        for entry in
            there.map(|_| self.files.names(folder)).transpose().map_err(refused)?.into_iter().flatten()
        {
            let (name, listed) = entry.map_err(refused)?;
            if name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let name = name.into_string().unwrap_or_else(|name| name.to_string_lossy().into_owned());
            names.push((name, listed));
        }
        Ok(names)
    }

    /// The ids of the records in a folder, the stems of its files, and how those were listed.
    pub fn stems(&mut self, kind: RecordKind) -> Result<BTreeMap<String, Listed>, OpenError> {
        let folder = kind.folder();
        let pattern =
            if kind == RecordKind::Statement { "2016-2017-yen-thanh.toml" } else { "yen-thanh.toml" };
        // Sorted all at once and not name by name: there may be thousands.
        let mut stems = Vec::new();
        for (name, listed) in self.names(folder)? {
            match name.strip_suffix(".toml").filter(|stem| kind.allows(stem)) {
                Some(stem) => stems.push((stem.to_owned(), listed)),
                None => self.stray((folder, &name, listed), pattern, |stem| kind.allows(stem)),
            }
        }
        Ok(stems.into_iter().collect())
    }

    /// Reports what was listed in a folder and is no record, if it is not nobody's; `allows` says what may be there.
    fn stray(
        &mut self,
        (folder, name, listed): (&str, &str, Listed),
        pattern: &str,
        allows: impl Fn(&str) -> bool,
    ) {
        let file = format!("{folder}/{name}");
        let stands = if listed == Listed::Plain { Stands::File } else { self.files.stands(&file) };
        let is_folder = matches!(stands, Stands::Folder);
        let ending = if is_folder { "" } else { ".toml" };
        let has = |stem: &str| allows(stem) && self.files.has(&format!("{folder}/{stem}{ending}"));
        match foreign(name, is_folder, &allows, has) {
            Some(Foreign::Nothing) => return,
            Some(Foreign::Copy { of, by }) => {
                let is_there = self.files.has(&format!("{folder}/{of}"));
                return self.faults.push(copies::named(folder, name, &of, by, is_there));
            }
            None if matches!(stands, Stands::Outside) => return self.faults.extend(self.files.wrong(&file)),
            None => {}
        }
        self.faults.push(Fault::new(
            &codes::STRAY_FILE,
            file,
            say!(
                "“{name}” không phải là tên tệp của sổ nên không được đọc",
                "“{name}” is not the name of a record and is not read",
                [name]
            ),
            match name.to_lowercase() {
                small if small != name && small.strip_suffix(ending).is_some_and(&allows) => {
                    say!("đổi tên thành {small}", "rename it to {small}", [small])
                }
                _ => say!(
                    "đổi tên theo mẫu {pattern}, hoặc chuyển ra khỏi {folder}",
                    "rename it like {pattern}, or move it out of {folder}",
                    [pattern, folder]
                ),
            },
        ));
    }
}

impl Store {
    /// Lists the files of the centres, and of the visits that may be in any of the windows, without opening them.
    pub fn scan(&self, windows: &[Window]) -> Result<Scan, OpenError> {
        let mut listing = Listing::new(&self.files);
        let mut folders = Vec::new();
        for (folder, kind) in listing.names(RecordKind::Visit.folder())? {
            match school_year(&folder) {
                Some(year) if windows.iter().any(|window| window.wants_folder(year, &self.register)) => {
                    folders.push(folder);
                }
                Some(_) => {}
                None => {
                    let is_year = |name: &str| school_year(name).is_some();
                    listing.stray((RecordKind::Visit.folder(), &folder, kind), "2016-2017", is_year);
                }
            }
        }
        let mut listed = Vec::with_capacity(folders.len());
        parallel::each(&folders, 2, |folder| visits_in(self, windows, folder), |found| listed.push(found));
        let mut centres = listing.stems(RecordKind::Centre)?;
        self.centres.listed(centres.keys().cloned());
        listing.faults.extend(copies::of_centres(self, &mut centres));
        let mut visits: HashMap<String, Vec<VisitFile>> =
            centres.keys().map(|id| (id.clone(), Vec::new())).collect();
        let mut scan = Scan { faults: self.faults.clone(), files: self.read, centres: Vec::new() };
        for found in listed {
            let (files, mut found) = found?;
            listing.faults.append(&mut found.faults);
            listing.refused.append(&mut found.refused);
            for file in files {
                match visits.get_mut(file.centre()) {
                    Some(files) => files.push(file),
                    None => drop(visits.insert(file.centre().to_owned(), vec![file])),
                }
            }
        }
        scan.faults.extend(listing.faults);
        let unread: Arc<[String]> = listing.refused.into();
        if visits.len() > centres.len() {
            scan.faults.extend(without_copies(self, &centres, &mut visits));
        }
        let mut visits: Vec<_> = visits.into_iter().collect();
        visits.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        for (id, mut files) in visits {
            files.sort_by_key(|file| (file.date, file.number));
            let file = centres.get(&id).copied();
            scan.files += files.len() + usize::from(file.is_some());
            scan.centres.push(CentreFiles { id, file, visits: files, unread: Arc::clone(&unread) });
        }
        self.register.settings.body.hear(&mut scan.faults);
        Ok(scan)
    }

    /// The school years that have a folder of visits, in order.
    pub fn years(&self) -> Result<Vec<Period>, OpenError> {
        Ok(self.folders_of_visits()?.0)
    }

    /// The same, and the folders that may not be read.
    fn folders_of_visits(&self) -> Result<(Vec<Period>, Vec<String>), OpenError> {
        let mut listing = Listing::new(&self.files);
        let names = listing.names(RecordKind::Visit.folder())?;
        let (mut years, mut refused) = (Vec::new(), listing.refused);
        for year in names.iter().filter_map(|(name, _)| school_year(name)) {
            match self.files.folder(&visit_folder(year)) {
                Ok(_) => years.push(year),
                Err(_) => refused.push(visit_folder(year)),
            }
        }
        years.sort_unstable();
        Ok((years, refused))
    }
}

/// Takes the copies out of the visits to centres that are not there, and tells of each.
fn without_copies(
    store: &Store,
    centres: &BTreeMap<String, Listed>,
    visits: &mut HashMap<String, Vec<VisitFile>>,
) -> Vec<Fault> {
    let unknown: Vec<String> = visits.keys().filter(|id| !centres.contains_key(*id)).cloned().collect();
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

/// The school year whose visits lie in a folder; none for a folder of another name.
fn school_year(name: &str) -> Option<Period> {
    Period::parse(name).filter(|period| period.school_year().is_some())
}

/// The visits in the folder of a school year that are in any of the windows, and what was found there otherwise.
fn visits_in<'a>(
    store: &'a Store,
    windows: &[Window],
    folder: &str,
) -> Result<(Vec<VisitFile>, Listing<'a>), OpenError> {
    let mut listing = Listing::new(&store.files);
    let (mut files, path, folder) = (Vec::new(), visit_folder(folder), Arc::from(folder));
    for (mut name, listed) in listing.names(&path)? {
        let stem = name.strip_suffix(".toml").unwrap_or("");
        let Some(id) = VisitId::parse(stem) else {
            let is_visit = |stem: &str| RecordKind::Visit.allows(stem);
            listing.stray((&path, &name, listed), "2016-10-27-yen-thanh.toml", is_visit);
            continue;
        };
        if windows.iter().any(|window| window.wants_visit(&id, &store.register)) {
            let (date, number) = (id.date, id.number);
            name.truncate(stem.len());
            files.push(VisitFile { listed, folder: Arc::clone(&folder), stem: name, date, number });
        }
    }
    Ok((files, listing))
}

/// The files of one centre.
pub fn of_centre(store: &Store, id: &str) -> CentreFiles {
    let file = store.register.file(RecordKind::Centre, id);
    let has_file = is_slug(id) && store.files.has(&file);
    let file = has_file.then_some(Listed::Unclear);
    let (years, unread) = store.folders_of_visits().unwrap_or_default();
    let mut files = CentreFiles { id: id.to_owned(), file, visits: Vec::new(), unread: unread.into() };
    for year in years {
        let folder: Arc<str> = year.to_string().into();
        let own = |stem: &String| VisitId::parse(stem).is_some_and(|visit| visit.centre == id);
        let stems: Vec<String> = match few_stems(&store.files, &visit_folder(&folder)) {
            Some(stems) => stems.into_iter().filter(own).collect(),
            None => stems_by_day(&store.files, &folder, id, year.days(store.register.year_start())),
        };
        let file = |stem: String| {
            let VisitId { date, number, .. } = VisitId::parse(&stem)?;
            Some(VisitFile { listed: Listed::Unclear, folder: folder.clone(), stem, date, number })
        };
        files.visits.extend(stems.into_iter().filter_map(file));
    }
    let there: Vec<String> = files.visits.iter().map(VisitFile::file).collect();
    let laid =
        store.files.laid.iter().filter(|(_, laid)| !matches!(laid, Laid::Nothing)).map(|(file, _)| file);
    files.visits.extend(laid.filter(|file| !there.contains(file)).filter_map(|file| {
        let (RecordKind::Visit, stem) = RecordKind::of(file)? else { return None };
        let VisitId { date, number, .. } = VisitId::parse(stem).filter(|visit| visit.centre == id)?;
        let folder = file.split('/').nth(1)?.into();
        Some(VisitFile { listed: Listed::Unclear, folder, stem: stem.to_owned(), date, number })
    }));
    files.visits.sort_by_key(|file| (file.date, file.number));
    files
}

/// With more names than this, a folder is not listed just for one centre.
const FEW: usize = 500;

/// The stems of a folder, if it does not have too many.
fn few_stems(files: &Files, folder: &str) -> Option<Vec<String>> {
    let names = files.names(folder).ok()?.take(FEW + 1).flatten();
    let stems: Vec<String> =
        names.filter_map(|(name, _)| Some(name.to_str()?.strip_suffix(".toml")?.to_owned())).collect();
    (stems.len() <= FEW).then_some(stems)
}

/// The visits to a centre in a very large folder: a file name is the day and the centre, so each day is tried. This
/// takes the same few milliseconds whether the folder has ten thousand names or a million.
pub fn stems_by_day(files: &Files, folder: &str, centre: &str, days: RangeInclusive<Day>) -> Vec<String> {
    let next = |day: &Day| Some(day.next()).filter(|day| day <= days.end());
    let each = std::iter::successors(Some(*days.start()), next);
    let there = |stem: &String| files.has_in_folder(&visit_file(folder, stem));
    let of_day = |day: Day| {
        let further = move |n| format!("{day}-{centre}_{n}");
        let first = Some(format!("{day}-{centre}")).filter(there);
        let others = first.is_some().then(|| (2..).map(further).take_while(there)).into_iter().flatten();
        first.into_iter().chain(others).collect::<Vec<_>>()
    };
    each.flat_map(of_day).collect()
}
