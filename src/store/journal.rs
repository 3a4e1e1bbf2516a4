//! What is still to be done of a change of several files, written down so that whoever comes next can finish it: the
//! change is made as a whole or not at all, however its writer ended.
//!
//! A change is staged in a folder of `.ttht/`, and is decided when its journal stands in `.ttht/`. From then on each step
//! is one rename. A journal may also come from a stranger: it moves what lies in the register, and nothing else.

use super::disk::{place, rename, rename_new, sync_folder, take};
use super::lock::PRIVATE;
use super::patience::{open, patiently, remove};
use super::{Lock, OpenError, actual, scrap};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// How the names of folders begin in which a change waits.
pub const STAGE: &str = "stage-";

/// The first line of a journal, and the last.
const HEAD: &str = "ttht journal 1";
const END: &str = "end";

/// What no journal is larger than, in bytes.
const LIMIT: u64 = 1 << 30;

/// What a file holds, in a few bytes: enough to notice that it has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    len: u64,
    fnv: u64,
}

/// One step of a change. Files are named relative to the register, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A staged text takes the place of a file, or an empty place.
    Put {
        /// Its name in the stage.
        staged: String,
        /// The place.
        file: String,
        /// What it replaces.
        old: Option<Sum>,
        /// What it holds.
        new: Sum,
    },
    /// A file goes.
    Remove {
        /// The file.
        file: String,
        /// What it holds.
        old: Sum,
    },
    /// A file goes to an empty place.
    Move {
        /// The file.
        file: String,
        /// The place.
        to: String,
        /// What it holds.
        sum: Sum,
    },
}

/// A change that is decided.
#[derive(Debug, PartialEq, Eq)]
pub struct Journal {
    /// The name of its folder in `.ttht/`.
    pub stage: String,
    /// What is done, in this order.
    pub steps: Vec<Step>,
    /// True if this takes a change back.
    pub back: bool,
}

/// How a change ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is made.
    Made,
    /// Another program has changed this file, so that none of it is made.
    Newer(PathBuf),
}

/// What was found of a change that was cut off.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing that was decided.
    Nothing,
    /// A change of so many files, which is made now.
    Made(usize),
    /// A change that was taken back, because a file has been changed since.
    TakenBack,
}

impl Sum {
    /// The sum of some bytes.
    pub fn of(bytes: &[u8]) -> Sum {
        let mut sum = Sum { len: 0, fnv: 0xcbf2_9ce4_8422_2325 };
        sum.add(bytes);
        sum
    }

    /// The sum of a file; none if there is nothing in its place. What is no file holds nothing that is known.
    pub fn of_file(path: &Path) -> io::Result<Option<Sum>> {
        let mut sum = Sum::of(b"");
        match fs::metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
            Ok(data) if !data.is_file() => Ok(Some(Sum { len: u64::MAX, fnv: 0 })),
            Ok(_) => io::copy(&mut open(path)?, &mut sum).map(|_| Some(sum)),
        }
    }

    fn add(&mut self, bytes: &[u8]) {
        self.len += bytes.len() as u64;
        self.fnv = bytes.iter().fold(self.fnv, |fnv, b| (fnv ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    }

    fn text(self) -> String {
        format!("{:x}-{:x}", self.len, self.fnv)
    }

    fn parse(text: &str) -> Option<Sum> {
        let (len, fnv) = text.split_once('-')?;
        Some(Sum { len: u64::from_str_radix(len, 16).ok()?, fnv: u64::from_str_radix(fnv, 16).ok()? })
    }
}

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Step {
    /// The file that it is about.
    pub fn file(&self) -> &str {
        let (Step::Put { file, .. } | Step::Remove { file, .. } | Step::Move { file, .. }) = self;
        file
    }

    /// The places that it changes.
    fn files(&self) -> impl Iterator<Item = &str> {
        let to = if let Step::Move { to, .. } = self { Some(to.as_str()) } else { None };
        [self.file()].into_iter().chain(to)
    }

    fn line(&self) -> String {
        match self {
            Step::Put { staged, file, old, new } => {
                let old = old.map_or_else(|| "-".to_owned(), Sum::text);
                format!("put\t{staged}\t{old}\t{}\t{file}", new.text())
            }
            Step::Remove { file, old } => format!("remove\t{}\t{file}", old.text()),
            Step::Move { file, to, sum } => format!("move\t{}\t{file}\t{to}", sum.text()),
        }
    }

    fn parse(line: &str) -> Option<Step> {
        let words: Vec<&str> = line.split('\t').collect();
        let sum = |text: &str| Sum::parse(text);
        Some(match words[..] {
            ["put", staged, old, new, file] => {
                let number = staged.strip_prefix(['n', 'o'])?;
                number.parse::<usize>().ok()?;
                let old = if old == "-" { None } else { Some(sum(old)?) };
                Step::Put { staged: staged.to_owned(), file: file.to_owned(), old, new: sum(new)? }
            }
            ["remove", old, file] => Step::Remove { file: file.to_owned(), old: sum(old)? },
            ["move", held, file, to] => {
                Step::Move { file: file.to_owned(), to: to.to_owned(), sum: sum(held)? }
            }
            _ => return None,
        })
    }

    /// What takes it back, if it was the step of this number.
    fn reversed(&self, number: usize) -> Step {
        let staged = aside(number);
        match self.clone() {
            Step::Put { file, old: Some(old), new, .. } => {
                Step::Put { staged, file, old: Some(new), new: old }
            }
            Step::Put { file, old: None, new, .. } => Step::Remove { file, old: new },
            Step::Remove { file, old } => Step::Put { staged, file, old: None, new: old },
            Step::Move { file, to, sum } => Step::Move { file: to, to: file, sum },
        }
    }
}

/// The name in the stage of what the step of this number replaced.
fn aside(number: usize) -> String {
    format!("o{number}")
}

impl Journal {
    fn text(&self) -> String {
        let direction = if self.back { "back" } else { "forth" };
        let mut text = format!("{HEAD}\n{direction}\t{}\n", self.stage);
        self.steps.iter().for_each(|step| text.push_str(&(step.line() + "\n")));
        text + END + "\n"
    }

    /// Reads a journal; `None` if it is none that this program writes.
    fn parse(text: &str) -> Option<Journal> {
        let lines = text.strip_prefix(HEAD)?.strip_prefix('\n')?.strip_suffix('\n')?.strip_suffix(END)?;
        let (first, steps) = lines.split_once('\n')?;
        let (direction, stage) = first.split_once('\t')?;
        let name = stage.strip_prefix(STAGE)?;
        if !name.bytes().all(|b| b.is_ascii_alphanumeric()) || !["forth", "back"].contains(&direction) {
            return None;
        }
        let steps = steps.lines().map(Step::parse).collect::<Option<Vec<_>>>()?;
        Some(Journal { stage: stage.to_owned(), steps, back: direction == "back" })
    }

    /// The folder of the change.
    fn folder(&self, root: &Path) -> PathBuf {
        root.join(PRIVATE).join(&self.stage)
    }

    /// True for a change that needs to be written down: one rename is made or not, and a change is taken back in place of
    /// one that is written down.
    pub fn is_written(&self) -> bool {
        self.back || self.steps.len() > 1
    }

    /// Writes the journal down. From here on the change is made, whatever happens.
    pub fn decide(&self, root: &Path) -> Result<(), OpenError> {
        let (stage, place) = (self.folder(root), journal_of(root));
        let decided = || {
            let written = stage.join("journal");
            let mut file = File::create(&written)?;
            file.write_all(self.text().as_bytes())?;
            file.sync_all()?;
            sync_folder(&stage)?;
            sync_folder(&root.join(PRIVATE))?;
            // A change is taken back in place of the change; else no other one may be under way.
            if self.back { rename(&written, &place) } else { rename_new(&written, &place) }?;
            sync_folder(&root.join(PRIVATE)).inspect_err(|_| {
                // Nothing is done yet. If it cannot go, the change is made by the next command.
                let _ = fs::remove_file(&place);
            })
        };
        decided().map_err(|error| OpenError::Io(place.clone(), error))
    }

    /// Makes the change that has just been decided. If the system refuses a step, all of it is taken back.
    pub fn make(&self, root: &Path) -> Result<Ended, OpenError> {
        self.go_on(root).map_err(|(done, error)| match self.take_back(root, done) {
            Ok(()) => error,
            Err(OpenError::Io(path, error)) => OpenError::Begun(path, error),
            Err(other) => other,
        })
    }

    /// Makes the change step by step. If another program has changed one of its files, all of it is taken back. If the
    /// system refuses a step, the journal stands; so many steps are done.
    fn go_on(&self, root: &Path) -> Result<Ended, (usize, OpenError)> {
        for (number, step) in self.steps.iter().enumerate() {
            let made = self.step(root, number, step).map_err(|error| (number, error))?;
            // What is newer stays also while a change is taken back.
            if !made && !self.back {
                let taken = self.take_back(root, number).map_err(|error| (number, error));
                return taken.map(|()| Ended::Newer(root.join(step.file())));
            }
        }
        self.clear(root).map(|()| Ended::Made).map_err(|error| (self.steps.len(), error))
    }

    /// Takes the first steps back.
    fn take_back(&self, root: &Path, done: usize) -> Result<(), OpenError> {
        let steps = self.steps[..done].iter().enumerate().rev().map(|(n, step)| step.reversed(n)).collect();
        let back = Journal { stage: self.stage.clone(), steps, back: true };
        if done > 0 {
            back.decide(root)?;
        }
        back.go_on(root).map(drop).map_err(|(_, error)| error)
    }

    /// Makes one step, unless it is made. False if another program has changed the file.
    fn step(&self, root: &Path, number: usize, step: &Step) -> Result<bool, OpenError> {
        let path = root.join(step.file());
        let made = match step {
            Step::Put { staged, file, old, new } => {
                self.put(root, number, staged, &place(root, file)?, *old, *new)
            }
            Step::Remove { file, old } => {
                place(root, file).map(|_| self.remove(root, number, &path, *old))?
            }
            Step::Move { file, to, sum } => {
                place(root, file)?;
                moved(&path, &place(root, to)?, *sum)
            }
        };
        made.map_err(|error| OpenError::Io(path, error))
    }

    fn put(
        &self,
        root: &Path,
        number: usize,
        staged: &str,
        place: &Path,
        old: Option<Sum>,
        new: Sum,
    ) -> io::Result<bool> {
        let (staged, now) = (self.folder(root).join(staged), Sum::of_file(place)?);
        if !staged.symlink_metadata().is_ok_and(|data| data.is_file()) {
            // It has taken its place; if it is lost, the old text stands there still.
            return Ok(now != old);
        }
        if now == Some(new) {
            return remove(&staged).map(|()| true);
        }
        if now != old || Sum::of_file(&staged)? != Some(new) {
            return Ok(false);
        }
        if old.is_some() {
            self.put_aside(root, number, place)?;
        }
        take(&staged, place, old.is_some())
    }

    fn remove(&self, root: &Path, number: usize, path: &Path, old: Sum) -> io::Result<bool> {
        match Sum::of_file(path)? {
            None => return Ok(true),
            Some(now) if now != old => return Ok(false),
            Some(_) => {}
        }
        self.put_aside(root, number, path)?;
        remove(path)?;
        if let Some(folder) = path.parent().filter(|folder| self.back && *folder != root) {
            // A folder that was made for the file goes with it; if anything else is there, it stays.
            let _ = fs::remove_dir(folder);
        }
        Ok(true)
    }

    /// Keeps what a step replaces, so that it can be taken back.
    fn put_aside(&self, root: &Path, number: usize, path: &Path) -> io::Result<()> {
        let aside = self.folder(root).join(aside(number));
        if self.back || aside.symlink_metadata().is_ok() {
            return Ok(());
        }
        fs::hard_link(path, &aside).or_else(|_| patiently(|| fs::copy(path, &aside)).map(drop))
    }

    /// Makes what was done durable, and forgets the change.
    fn clear(&self, root: &Path) -> Result<(), OpenError> {
        let parents = |file| Path::new(file).ancestors().skip(1);
        let folders: BTreeSet<&Path> = self.steps.iter().flat_map(Step::files).flat_map(parents).collect();
        for folder in folders.into_iter().map(|folder| root.join(folder)) {
            match sync_folder(&folder) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(OpenError::Io(folder, error));
                }
                _ => {}
            }
        }
        let path = journal_of(root);
        let standing = read(&path)?.and_then(|text| Journal::parse(&text));
        // Where there are no locks, it may be another writer's.
        if standing.is_some_and(|journal| journal.stage == self.stage) {
            let removed = remove(&path).and_then(|()| sync_folder(&root.join(PRIVATE)));
            removed.map_err(|error| OpenError::Io(path, error))?;
        }
        // What stays is taken away by the next command.
        let _ = fs::remove_dir_all(self.folder(root));
        Ok(())
    }
}

/// Moves a file to an empty place, or away if the place holds the same.
fn moved(from: &Path, to: &Path, sum: Sum) -> io::Result<bool> {
    match (Sum::of_file(from)?, Sum::of_file(to)?) {
        (None, Some(there)) => Ok(there == sum),
        (Some(here), None) if here == sum => take(from, to, false),
        (Some(here), _) if here == sum && are_twins(from, to)? => remove(from).map(|()| true),
        _ => Ok(false),
    }
}

/// True for two files that hold the same, so that one of them may go, and that are not one file reached in two ways.
pub fn are_twins(one: &Path, other: &Path) -> io::Result<bool> {
    let sum = Sum::of_file(one)?;
    Ok(sum.is_some() && sum == Sum::of_file(other)? && actual(one)? != actual(other)?)
}

/// Finishes a change that was cut off, and throws away what was never decided.
pub fn finish(root: &Path, lock: &Lock) -> Result<Found, OpenError> {
    let path = journal_of(root);
    let Some(text) = read(&path)? else {
        sweep(root, lock);
        return Ok(Found::Nothing);
    };
    let unknown = || OpenError::Journal(path.clone());
    let journal = Journal::parse(&text).ok_or_else(unknown)?;
    let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|data| data.is_dir());
    let inside = |step: &Step| step.files().all(|file| place(root, file).is_ok());
    if !is_folder(&root.join(PRIVATE))
        || !is_folder(&journal.folder(root))
        || !journal.steps.iter().all(inside)
    {
        return Err(unknown());
    }
    let files: BTreeSet<&str> = journal.steps.iter().map(Step::file).collect();
    let found = match journal.go_on(root).map_err(|(_, error)| error)? {
        Ended::Made if !journal.back => Found::Made(files.len()),
        _ => Found::TakenBack,
    };
    sweep(root, lock);
    Ok(found)
}

/// The same for a reader: only if something was left, and nobody is writing.
pub fn look(root: &Path) -> Result<Found, OpenError> {
    let is_left = |name: &[u8]| name == b"journal" || name.starts_with(STAGE.as_bytes());
    let names: Vec<_> = names(root).collect();
    for name in names.iter().filter(|name| name.as_encoded_bytes().ends_with(scrap::HELD.as_bytes())) {
        let path = root.join(PRIVATE).join(name);
        if scrap::is_left(&path) {
            // If it stays, it does no harm.
            let _ = fs::remove_file(path);
        }
    }
    if !names.iter().any(|name| is_left(name.as_encoded_bytes())) {
        return Ok(Found::Nothing);
    }
    let decided = journal_of(root).symlink_metadata().is_ok();
    let root = &actual(root).map_err(|error| OpenError::Io(root.to_owned(), error))?;
    match Lock::if_free(root).and_then(|lock| lock.map_or(Ok(Found::Nothing), |lock| finish(root, &lock))) {
        // What was never decided does no harm where it cannot be taken away.
        Err(_) if !decided => Ok(Found::Nothing),
        found => found,
    }
}

/// The text of a journal, if there is one.
fn read(path: &Path) -> Result<Option<String>, OpenError> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Ok(data) if data.is_file() && data.len() < LIMIT => {}
        _ => return Err(OpenError::Journal(path.to_owned())),
    }
    let mut bytes = Vec::new();
    let read = open(path).and_then(|file| file.take(LIMIT).read_to_end(&mut bytes));
    read.map_err(|error| OpenError::Io(path.to_owned(), error))?;
    String::from_utf8(bytes).map(Some).map_err(|_| OpenError::Journal(path.to_owned()))
}

fn names(root: &Path) -> impl Iterator<Item = std::ffi::OsString> {
    fs::read_dir(root.join(PRIVATE)).into_iter().flatten().flatten().map(|entry| entry.file_name())
}

/// Takes away what was staged and never decided. Without a lock, another writer may still be at work on what is young.
fn sweep(root: &Path, lock: &Lock) {
    let is_old = |path: &Path| {
        let modified = path.symlink_metadata().and_then(|data| data.modified());
        modified.is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() > 3600))
    };
    for name in names(root).filter(|name| name.as_encoded_bytes().starts_with(STAGE.as_bytes())) {
        let path = root.join(PRIVATE).join(name);
        if lock.alone || is_old(&path) {
            // What stays does no harm.
            let _ = fs::remove_dir_all(&path);
        }
    }
}

fn journal_of(root: &Path) -> PathBuf {
    root.join(PRIVATE).join("journal")
}
