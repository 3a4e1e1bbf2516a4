//! The files of a register as texts: those on disk, overlaid with texts that are not written yet. What lies in a
//! register is decided here, and nowhere else.

use crate::model::fault::Fault;
use crate::model::text::Said;
use crate::say;
use crate::toml::{self, codes};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The files of a register. They are named relative to it, with `/`.
#[derive(Clone, Debug)]
pub struct Files {
    /// The folder of the register, without links.
    pub root: PathBuf,
    /// What files would hold.
    pub laid: BTreeMap<String, Arc<[u8]>>,
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
        Ok(Files { root: root.canonicalize()?, laid: BTreeMap::new() })
    }

    /// What stands in a place.
    pub fn stands(&self, file: &str) -> Stands {
        if self.laid.contains_key(file) { Stands::File } else { stands(&self.root, file) }
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
        self.laid.contains_key(file) || error() != Some(io::ErrorKind::NotFound)
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
            Some(bytes) => toml::laid(bytes, file),
            None => read(&self.root.join(file), file),
        }
    }

    /// The names in a folder that exist only because of texts that are not written yet, each once.
    pub fn laid_in(&self, folder: &str) -> impl Iterator<Item = &str> {
        let start = format!("{folder}/");
        let below = self.laid.range(start.clone()..).map_while(|(file, _)| file.strip_prefix(&start));
        // They are sorted, so that the files of a folder follow each other.
        let mut names: Vec<_> = below.filter_map(|rest| rest.split('/').next()).collect();
        names.dedup();
        let path = self.root.join(folder);
        names.into_iter().filter(move |name| path.join(name).symlink_metadata().is_err())
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
    let place = path.canonicalize().and_then(|place| Ok((place.metadata()?.file_type(), place)));
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
    File::open(path)?.take(limit).read_to_end(bytes)
}

/// The fault of a file that the operating system refuses to read.
pub fn unreadable(file: &str, error: &io::Error) -> Fault {
    Fault::new(
        &codes::UNREADABLE,
        file,
        say!("không đọc được tệp: {error}", "the file cannot be read: {error}", [error]),
        say!(
            "kiểm tra quyền đọc, hoặc đóng chương trình đang mở tệp",
            "check the permissions, or close the program that holds it open"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_yet_is_listed_once() {
        let mut files = Files { root: PathBuf::from("nowhere"), laid: BTreeMap::new() };
        for file in
            ["visits/2016-2017/a.toml", "visits/2016-2017/b.toml", "visits/2017-2018/a.toml", "units.toml"]
        {
            files.laid.insert(file.to_owned(), Arc::from([]));
        }
        let names = |folder| files.laid_in(folder).collect::<Vec<_>>();
        assert_eq!(names("visits"), ["2016-2017", "2017-2018"]);
        assert_eq!(names("visits/2016-2017"), ["a.toml", "b.toml"]);
        assert_eq!(names("centres"), [""; 0]);
    }
}
