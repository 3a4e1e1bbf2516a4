//! The one door for faults: of a register, of some of its files, of a text that is to be written. They come placed, one
//! message per defect, in order, with the office's severities: what it has switched off is reported nowhere, and not
//! even looked for.

use super::error::Error;
use super::git::{Held, Touched};
use crate::check::{self, Cx};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::{self, Fault};
use crate::model::id::VisitId;
use crate::model::period::Period;
use crate::model::picture::Pictures;
use crate::model::register::Window;
use crate::store::{Scan, Store};
use crate::toml::{self, codes};
use std::collections::BTreeSet;

/// What a check of a register found.
#[derive(Debug)]
pub struct Findings {
    /// Its faults.
    pub faults: Vec<Fault>,
    /// How many files were read.
    pub files: usize,
}

/// Every fault of a register.
pub fn of_register(store: &Store, today: Day) -> Result<Findings, Error> {
    let scan = store.scan(&[Window::default()])?;
    let mut faults = of_scan(store, today, &scan, Asked { shared: true, whole: true }, |_| true);
    let mut told = BTreeSet::new();
    faults.retain(|fault| !check::ONCE.contains(&fault.code) || told.insert(fault.message.vi.clone()));
    Ok(Findings { faults, files: scan.files })
}

/// The faults of a register, and at least those of the files and folders that are named, if any are. If all of these are
/// files of histories, only their histories are read, and what is told once for the whole register is not told of them.
pub fn of_named(store: &Store, today: Day, named: &[String]) -> Result<Findings, Error> {
    let centres: Option<BTreeSet<&str>> = named.iter().map(|file| centre_of(file)).collect();
    let Some(centres) = centres.filter(|centres| !centres.is_empty()) else {
        return of_register(store, today);
    };
    let scan = store.scan_centres(&centres)?;
    // What is wrong with other files, be it a copy or one under a wrong name, is seen beside all the rest.
    let listed: BTreeSet<String> = scan.files_of_centres(&store.register).collect();
    if !named.iter().all(|file| listed.contains(file)) {
        return of_register(store, today);
    }
    let asked = Asked { shared: false, whole: false };
    let mut faults = of_scan(store, today, &scan, asked, |file| listed.contains(file));
    faults.retain(|fault| !check::ONCE.contains(&fault.code));
    Ok(Findings { faults, files: listed.len() })
}

/// The faults of some files of a register. Of the rest only the histories to which these belong are read.
pub fn of_files<'f>(
    store: &Store,
    today: Day,
    files: impl IntoIterator<Item = &'f str>,
) -> Result<Vec<Fault>, Error> {
    let files: BTreeSet<&str> = files.into_iter().collect();
    let centres: BTreeSet<&str> = files.iter().filter_map(|file| centre_of(file)).collect();
    let shared = files.iter().any(|file| RecordKind::of(file).is_none_or(|(kind, _)| kind.is_shared()));
    let scan = store.scan_centres(&centres)?;
    let asked = Asked { shared, whole: false };
    let mut faults = of_scan(store, today, &scan, asked, |file| files.contains(file));
    // What is told once for the whole register is not told of each of its histories.
    let is_shared = |file: &str| RecordKind::of(file).is_none_or(|(kind, _)| kind.is_shared());
    faults.retain(|fault| !check::ONCE.contains(&fault.code) || is_shared(&fault.file));
    Ok(faults)
}

/// What the files that differ between two versions have, and what they cause in others: as the register is now, held against
/// what it was before. Only the histories to which the files belong are read, and those of `before` only if other
/// files have faults at all. What all histories share, or what is not read as a record, concerns them all.
pub fn of_changes(
    now: &Store,
    today: Day,
    touched: &[Touched],
    before: impl FnOnce() -> Result<Store, Error>,
) -> Result<Findings, Error> {
    let concerned = concerned(touched);
    let faults = |store: &Store| match &concerned {
        None => Ok(of_register(store, today)?.faults),
        Some(centres) => of_histories(store, today, centres),
    };
    let held = |held: &Option<Held>| held.as_ref().map(|held| held.file.clone());
    let files: BTreeSet<String> =
        touched.iter().flat_map(|one| [held(&one.was), held(&one.now)]).flatten().collect();
    let after = faults(now)?;
    let (own, mut others): (Vec<_>, Vec<_>) =
        after.into_iter().partition(|fault| files.contains(&fault.file));
    if !others.is_empty() {
        let before = faults(&before()?)?;
        others = new(&before, others);
        // What is told once stands with the first file that has it, whichever that is.
        others.retain(|fault| {
            !check::ONCE.contains(&fault.code) || !before.iter().any(|old| old.message == fault.message)
        });
    }
    let mut faults = [own, others].concat();
    fault::sort(&mut faults);
    let is_record =
        |one: &&Touched| one.now.as_ref().is_some_and(|held| RecordKind::of(&held.file).is_some());
    Ok(Findings { faults, files: touched.iter().filter(is_record).count() })
}

/// The centres whose histories files belong to; `None` if they concern all. That a centre comes or goes concerns all who
/// refer to it.
fn concerned(touched: &[Touched]) -> Option<BTreeSet<&str>> {
    let comes_or_goes = |one: &Touched| one.was.is_none() || one.now.is_none();
    let mut centres = BTreeSet::new();
    for one in touched {
        for file in [&one.was, &one.now].into_iter().flatten().map(|held| held.file.as_str()) {
            match RecordKind::of(file).filter(|(kind, id)| is_read(file, *kind, id)) {
                Some((RecordKind::Visit, id)) => centres.extend(VisitId::parse(id).map(|visit| visit.centre)),
                Some((RecordKind::Centre, id)) if !comes_or_goes(one) => drop(centres.insert(id)),
                None if file.starts_with('.') => {}
                _ => return None,
            }
        }
    }
    Some(centres)
}

/// True for a file that is read where it lies, under the name that it has.
fn is_read(file: &str, kind: RecordKind, id: &str) -> bool {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let below = folder.strip_prefix(kind.folder());
    let year = below.and_then(|below| Period::parse(below.strip_prefix('/')?)?.school_year());
    kind.allows(id) && if kind == RecordKind::Visit { year.is_some() } else { below == Some("") }
}

/// The faults of the histories of some centres.
fn of_histories(store: &Store, today: Day, centres: &BTreeSet<&str>) -> Result<Vec<Fault>, Error> {
    let scan = store.scan_centres(centres)?;
    let asked = Asked { shared: false, whole: false };
    let mut faults =
        of_scan(store, today, &scan, asked, |file| centre_of(file).is_some_and(|id| centres.contains(id)));
    faults.retain(|fault| !check::ONCE.contains(&fault.code));
    Ok(faults)
}

/// The centre to whose history a file belongs.
fn centre_of(file: &str) -> Option<&str> {
    match RecordKind::of(file)? {
        (RecordKind::Centre, id) => Some(id),
        (RecordKind::Visit, id) => VisitId::parse(id).map(|visit| visit.centre),
        _ => None,
    }
}

/// The faults that a file would have with a text.
pub fn of_text(store: &Store, today: Day, file: &str, text: &str) -> Vec<Fault> {
    let faults = store
        .with([(file, text.as_bytes())])
        .map_err(Error::from)
        .and_then(|would| of_files(&would, today, [file]));
    faults.unwrap_or_else(|Error { message, help, .. }| {
        vec![Fault::new(&codes::UNREADABLE, file, message, help)]
    })
}

/// What is asked of a scan beside its histories.
struct Asked {
    /// What all histories share.
    shared: bool,
    /// What all histories say together: they are those of the whole register.
    whole: bool,
}

/// The faults of the wanted files, among those of a scan and what else is asked of it.
fn of_scan(
    store: &Store,
    today: Day,
    scan: &Scan,
    Asked { shared, whole }: Asked,
    wanted: impl Fn(&str) -> bool + Sync,
) -> Vec<Fault> {
    let cx = Cx { register: &store.register, today };
    let mut faults = scan.faults.clone();
    if shared {
        check::shared(&cx, &mut faults);
        if let Some(all) = &store.with_partial {
            let mut found = Vec::new();
            check::shared(&Cx { register: all, today }, &mut found);
            faults.extend(found.into_iter().filter(|fault| store.register.text(&fault.file).is_none()));
        }
    }
    faults.retain(|fault| wanted(&fault.file));
    let mut sums = if whole { check::stated(cx.register) } else { Vec::new() };
    let mut shares = Vec::new();
    let sees = check::asks_for_photos(&cx);
    let there = if whole && sees { pictures_there(store, scan) } else { Vec::new() };
    let mut named = check::Named::default();
    store.histories_with_faults(
        scan,
        |history, mut faults| {
            check::history(&cx, history, &mut faults);
            let pictures = if sees { store.pictures(history) } else { Pictures::new() };
            check::photos(&cx, history, &pictures, &mut faults);
            let names = (!there.is_empty()).then(|| check::Named::by(history, &pictures));
            faults.retain(|fault| wanted(&fault.file));
            toml::place(&mut faults, |file| history.text(file));
            (faults, check::shares(&cx, &sums, history), names)
        },
        |(found, more, names)| {
            faults.extend(found);
            names.into_iter().for_each(|names| named.add(names));
            shares.extend(more);
        },
    );
    shares.into_iter().for_each(|share| check::Sum::add(&mut sums, share));
    check::sums(&cx, &sums, &mut faults);
    let left = there.iter().map(String::as_str).filter(|file| named.leaves_out(file));
    check::unlisted(&cx, left, &mut faults);
    toml::place(&mut faults, |file| store.with_partial.as_ref().unwrap_or(&store.register).text(file));
    toml::settle(&mut faults);
    faults
}

/// The pictures in a register, if all of its visits are among those of a scan: any picture may belong to one that is not.
fn pictures_there(store: &Store, scan: &Scan) -> Vec<String> {
    let is_whole = !scan.faults.iter().any(|fault| fault.file.starts_with(RecordKind::Visit.folder()));
    if is_whole { store.picture_files() } else { Vec::new() }
}

/// What is wrong now and was not before.
pub fn new(before: &[Fault], after: Vec<Fault>) -> Vec<Fault> {
    fn says(fault: &Fault) -> (&str, &str, Option<&str>, &str) {
        (fault.code, &fault.file, fault.key.as_deref(), &fault.message.vi)
    }
    let before: BTreeSet<_> = before.iter().map(says).collect();
    after.into_iter().filter(|fault| !before.contains(&says(fault))).collect()
}
