//! The files of a register as texts: those on disk, overlaid with what is not written yet, or with another version. What
//! lies in a register is decided here, and nowhere else.

use super::actual;
use super::patience::open;
use crate::model::fault::Fault;
use crate::model::text::Said;
use crate::say;
use crate::toml::{self, codes};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The files of a register. They are named relative to it, with `/`.
#[derive(Clone, Debug)]
pub struct Files {
    /// The folder of the register, without links.
    pub root: PathBuf,
    /// What is laid over them, by the place.
    pub laid: BTreeMap<String, Laid>,
}

/// What counts in a place, whatever lies there on disk.
#[derive(Clone, Debug)]
pub enum Laid {
    /// A file with these bytes.
    File(Arc<[u8]>),
    /// A file that is larger than any that is read.
    Large,
    /// A link, or another repository: git keeps no more of it than where it leads.
    Link,
    /// Nothing, nor anything below it but what is laid there.
    Nothing,
}

/// What stands in a place of a register. A link counts as what it leads to.
#[derive(Debug)]
pub enum Stands {
    /// Nothing.
    Nothing,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// What is neither: a pipe, a device, a socket.
    Odd,
    /// A link in another version, which nobody follows.
    Link,
    /// What is not in the register.
    Outside,
    /// The operating system does not say.
    Refused(io::Error),
}

/// How a file was listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// As a file, and no link: it may be read.
    Plain,
    /// As a link or something else, or not at all: what stands in its place must be looked at first.
    Unclear,
}

impl Files {
    /// The files of the register in a folder, as they are. The folder itself may be reached through a link.
    pub fn new(root: &Path) -> io::Result<Files> {
        Ok(Files { root: actual(root)?, laid: BTreeMap::new() })
    }

    /// What stands in a place.
    pub fn stands(&self, file: &str) -> Stands {
        if let Some(over) = self.over(file) {
            return over;
        }
        match stands(&self.root, file) {
            Stands::Nothing if self.holds(file) => Stands::Folder,
            Stands::Folder if self.is_emptied(file) => Stands::Nothing,
            there => there,
        }
    }

    /// What stands in a place because of what is laid over it, or over a folder that it would lie in.
    fn over(&self, file: &str) -> Option<Stands> {
        if self.laid.is_empty() {
            return None;
        }
        let mut places =
            std::iter::successors(Some(file), |place| place.rsplit_once('/').map(|(above, _)| above));
        let (place, laid) = places.find_map(|place| Some((place, self.laid.get(place)?)))?;
        Some(match laid {
            Laid::Nothing if self.holds(file) => Stands::Folder,
            Laid::Nothing => Stands::Nothing,
            _ if place != file => Stands::Odd,
            Laid::File(_) | Laid::Large => Stands::File,
            Laid::Link => Stands::Link,
        })
    }

    /// What is laid below a folder, by the rest of its place.
    fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &Laid)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = self.laid.range(start.clone()..);
        below.map_while(move |(file, laid)| Some((file.strip_prefix(&start)?, laid)))
    }

    /// True if anything is laid below a folder.
    fn holds(&self, folder: &str) -> bool {
        self.below(folder).any(|(_, laid)| !matches!(laid, Laid::Nothing))
    }

    /// True for a folder on disk of which nothing is left: git knows no empty folders.
    fn is_emptied(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
            && self.names(folder).is_ok_and(|mut names| names.next().is_none())
    }

    /// Where a file is, if it is in the register; else what stands in its place.
    pub fn file(&self, file: &str) -> Result<Option<PathBuf>, Box<Fault>> {
        match self.stands(file) {
            Stands::Nothing => Ok(None),
            Stands::File => Ok(Some(self.root.join(file))),
            other => Err(Box::new(wrong(other, file, not_a_file()))),
        }
    }

    /// Where a folder is, if it is in the register; else what stands in its place.
    pub fn folder(&self, folder: &str) -> Result<Option<PathBuf>, Box<Fault>> {
        match self.stands(folder) {
            Stands::Nothing => Ok(None),
            Stands::Folder => Ok(Some(self.root.join(folder))),
            other => Err(Box::new(wrong(other, folder, not_a_folder()))),
        }
    }

    /// What is wrong with a file, if anything else stands in its place.
    pub fn wrong(&self, file: &str) -> Option<Fault> {
        self.file(file).err().map(|fault| *fault)
    }

    /// True if there is such a file or folder, or anything else in its place.
    pub fn has(&self, file: &str) -> bool {
        !matches!(self.stands(file), Stands::Nothing)
    }

    /// The same in what is known to be a folder of the register.
    pub fn has_in_folder(&self, file: &str) -> bool {
        let error = || self.root.join(file).symlink_metadata().err().map(|error| error.kind());
        match self.over(file) {
            Some(over) => !matches!(over, Stands::Nothing),
            None => error() != Some(io::ErrorKind::NotFound),
        }
    }

    /// The text of a file, without byte order mark, whatever its line ends; or the reason why it cannot be read.
    pub fn text(&self, file: &str) -> Result<String, Box<Fault>> {
        match self.file(file)? {
            None => Err(Box::new(unreadable(file, &io::ErrorKind::NotFound.into()))),
            Some(_) => self.text_of_file(file),
        }
    }

    /// The same of a file that was listed: one that is plain needs no second look.
    pub fn text_of(&self, file: &str, listed: Listed) -> Result<String, Box<Fault>> {
        match listed {
            Listed::Plain => self.text_of_file(file),
            Listed::Unclear => self.text(file),
        }
    }

    fn text_of_file(&self, file: &str) -> Result<String, Box<Fault>> {
        match self.laid.get(file) {
            Some(Laid::File(bytes)) => toml::text(bytes, file),
            Some(Laid::Large) => Err(Box::new(toml::too_large(file))),
            Some(Laid::Link | Laid::Nothing) | None => read(&self.root.join(file), file),
        }
    }

    /// The names in a folder of the register, each once, also hidden ones; none if there is no such folder.
    pub fn names(&self, folder: &str) -> io::Result<impl Iterator<Item = io::Result<(OsString, Listed)>>> {
        let path = self.root.join(folder);
        let is_on_disk = self.over(folder).is_none();
        let entries = match is_on_disk.then(|| fs::read_dir(&path)).transpose() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            entries => entries?,
        };
        let place =
            move |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let listed =
            move |entry: io::Result<DirEntry>| entry.and_then(|entry| self.listed(&entry, place)).transpose();
        // They are sorted, so that those of a folder follow each other.
        let there = self.below(folder).filter(|(_, laid)| !matches!(laid, Laid::Nothing));
        let mut laid: Vec<&str> = there.filter_map(|(rest, _)| rest.split('/').next()).collect();
        laid.dedup();
        laid.retain(|name| !is_on_disk || path.join(name).symlink_metadata().is_err());
        let laid = laid.into_iter().map(|name| Ok((name.into(), Listed::Unclear)));
        Ok(entries.into_iter().flatten().filter_map(listed).chain(laid))
    }

    /// The name of what lies on disk, if it counts.
    fn listed(
        &self,
        entry: &DirEntry,
        place: impl Fn(&str) -> String,
    ) -> io::Result<Option<(OsString, Listed)>> {
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let listed = if kind.is_file() { Listed::Plain } else { Listed::Unclear };
        if self.laid.is_empty() {
            return Ok(Some((name, listed)));
        }
        let file = place(&name.to_string_lossy());
        Ok(match self.over(&file) {
            Some(Stands::Nothing) => None,
            Some(_) => Some((name, Listed::Unclear)),
            None if kind.is_dir() && self.is_emptied(&file) => None,
            None => Some((name, listed)),
        })
    }
}

/// What stands in a place of a register, whose folder is given without links. Only what is in the register counts: links
/// are followed as long as they do not lead out of it or to what is hidden there, such as the folder of git.
pub fn stands(root: &Path, file: &str) -> Stands {
    if !is_open(Path::new(file)) {
        return Stands::Outside;
    }
    let path = root.join(file);
    if let Err(error) = path.symlink_metadata() {
        let is_nothing = matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
        return if is_nothing { may_come(root, file) } else { Stands::Refused(error) };
    }
    let place = actual(&path).and_then(|place| Ok((place.metadata()?.file_type(), place)));
    match place {
        Ok((_, place)) if !place.strip_prefix(root).is_ok_and(is_open) => Stands::Outside,
        Ok((kind, _)) if kind.is_file() => Stands::File,
        Ok((kind, _)) if kind.is_dir() => Stands::Folder,
        Ok(_) => Stands::Odd,
        Err(_) if leads_out(file, &path) => Stands::Outside,
        Err(error) => Stands::Refused(error),
    }
}

/// True for a link that leads to nothing, and would lead out of the register if there were anything.
fn leads_out(file: &str, path: &Path) -> bool {
    let Ok(target) = path.read_link() else { return false };
    let mut depth = file.matches('/').count();
    !target.components().all(|part| match part {
        Component::ParentDir => depth.checked_sub(1).is_some_and(|less| {
            depth = less;
            true
        }),
        Component::Normal(_) => {
            depth += 1;
            true
        }
        Component::CurDir => true,
        _ => false,
    })
}

/// Nothing, if it may be written in this place.
fn may_come(root: &Path, file: &str) -> Stands {
    match file.rsplit_once('/').map(|(folder, _)| stands(root, folder)) {
        None | Some(Stands::Nothing | Stands::Folder) => Stands::Nothing,
        Some(Stands::File) => Stands::Odd,
        Some(other) => other,
    }
}

/// True for a path that goes down only, and into nothing hidden.
fn is_open(path: &Path) -> bool {
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    path.components().all(|part| matches!(part, Component::Normal(name) if !hidden(name)))
}

/// The fault of a place in which something else stands.
fn wrong(stands: Stands, file: &str, otherwise: Said) -> Fault {
    match stands {
        Stands::Outside => Fault::new(
            &codes::OUTSIDE_REGISTER,
            file,
            say!(
                "liên kết này dẫn ra ngoài sổ nên không được đọc",
                "this link leads out of the register and is not followed"
            ),
            say!(
                "chép nội dung vào sổ thay cho liên kết",
                "copy what it leads to into the register in its place"
            ),
        ),
        Stands::Refused(error) => unreadable(file, &error),
        Stands::Link => Fault::new(
            &codes::ODD_FILE,
            file,
            say!(
                "trong bản này đây là một liên kết nên không được đọc",
                "in this version it is a link, and is not read"
            ),
            say!("ghi tệp thật thay cho liên kết", "put the file itself in its place"),
        ),
        _ => Fault::new(
            &codes::ODD_FILE,
            file,
            otherwise,
            say!("chuyển ra khỏi sổ", "move it out of the register"),
        ),
    }
}

fn not_a_file() -> Said {
    say!(
        "đây không phải là tệp thường (mà là thư mục, ống dẫn hay thiết bị) nên không được đọc",
        "this is not an ordinary file (but a folder, a pipe or a device) and is not read"
    )
}

fn not_a_folder() -> Said {
    say!("đây không phải là thư mục nên không được đọc", "this is not a folder and is not read")
}

/// The text of a file on disk.
fn read(path: &Path, file: &str) -> Result<String, Box<Fault>> {
    // One buffer for all files of a thread; the text that is kept is a copy of just its length.
    thread_local!(static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
    BUFFER.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.reserve(8192);
        bytes_into(bytes, path, file).map_err(|error| Box::new(unreadable(file, &error)))?;
        toml::text(bytes, file)
    })
}

/// Adds the bytes of a file on disk: of one that is too large just enough to see it.
pub fn bytes_into(bytes: &mut Vec<u8>, path: &Path, file: &str) -> io::Result<usize> {
    let limit = (toml::limit(file) as u64) << 20 | 1;
    open(path)?.take(limit).read_to_end(bytes)
}

/// The fault of a file that the operating system refuses to read.
pub fn unreadable(file: &str, error: &io::Error) -> Fault {
    Fault::new(
        &codes::UNREADABLE,
        file,
        say!("không đọc được tệp: {error}", "the file cannot be read: {error}", [error]),
        say!(
            "xem lại quyền đọc, hoặc đóng chương trình đang mở tệp",
            "check the permissions, or close the program that holds it open"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A register on disk with some files, and what is laid over it.
    fn files<'f>(
        disk: &[&str],
        laid: impl IntoIterator<Item = (&'f str, Laid)>,
    ) -> (tempfile::TempDir, Files) {
        let folder = tempfile::tempdir().unwrap();
        for file in disk {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "old").unwrap();
        }
        let mut files = Files::new(folder.path()).unwrap();
        files.laid = laid.into_iter().map(|(file, laid)| (file.to_owned(), laid)).collect();
        (folder, files)
    }

    fn names(files: &Files, folder: &str) -> Vec<String> {
        let names = files.names(folder).unwrap().map(|name| name.unwrap().0.into_string().unwrap());
        let mut names: Vec<_> = names.collect();
        names.sort();
        names
    }

    fn file() -> Laid {
        Laid::File(Arc::from(*b"new"))
    }

    #[test]
    fn what_is_laid_is_listed_once() {
        let new =
            ["visits/2016-2017/a.toml", "visits/2016-2017/b.toml", "visits/2017-2018/a.toml", "units.toml"];
        let (_folder, files) = files(&["visits/2016-2017/b.toml"], new.map(|place| (place, file())));
        assert_eq!(names(&files, ""), ["units.toml", "visits"]);
        assert_eq!(names(&files, "visits"), ["2016-2017", "2017-2018"]);
        assert_eq!(names(&files, "visits/2016-2017"), ["a.toml", "b.toml"]);
        assert_eq!(names(&files, "centres"), [""; 0]);
        assert_eq!(files.text("visits/2016-2017/b.toml").unwrap(), "new");
    }

    #[test]
    fn what_another_version_does_not_have_is_not_there() {
        let disk =
            ["centres/a.toml", "centres/b.toml", "visits/2016-2017/a.toml", "photos/x/y.jpg", "units.toml"];
        let gone =
            ["centres/a.toml", "visits/2016-2017/a.toml", "photos"].map(|place| (place, Laid::Nothing));
        let (_folder, files) = files(&disk, gone.into_iter().chain([("photos/new/z.jpg", file())]));
        assert_eq!(names(&files, "centres"), ["b.toml"]);
        assert_eq!(names(&files, ""), ["centres", "photos", "units.toml"], "git knows no empty folders");
        assert_eq!((names(&files, "photos"), names(&files, "photos/x")), (vec!["new".to_owned()], vec![]));
        for place in ["centres/a.toml", "visits", "visits/2016-2017", "photos/x/y.jpg", "photos/x"] {
            assert!(!files.has(place), "{place}");
        }
        assert!(matches!(files.stands("photos"), Stands::Folder));
    }

    #[test]
    fn what_git_keeps_and_nobody_reads_is_told() {
        let laid = [("centres", Laid::Link), ("units.toml", Laid::Large), ("visits", file())];
        let (_folder, files) = files(&["centres/a.toml", "units.toml", "visits/2016-2017/a.toml"], laid);
        let code = |fault: Box<Fault>| fault.code;
        assert_eq!(files.folder("centres").map_err(code), Err("odd-file"));
        assert_eq!(files.text("centres/a.toml").map_err(code), Err("odd-file"));
        assert_eq!(files.text("units.toml").map_err(code), Err("too-large"));
        assert_eq!(files.folder("visits").map_err(code), Err("odd-file"));
    }
}
