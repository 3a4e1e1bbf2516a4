//! The files of a register as texts: those on disk, overlaid with texts that are not written yet.

use crate::model::fault::Fault;
use crate::say;
use crate::toml::{self, codes};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The files of a register. They are named relative to it, with `/`.
#[derive(Clone, Debug)]
pub struct Files {
    /// The folder of the register.
    pub root: PathBuf,
    /// The texts of files as they would be.
    pub laid: BTreeMap<String, String>,
}

impl Files {
    /// The files of the register in a folder, as they are.
    pub fn new(root: PathBuf) -> Files {
        Files { root, laid: BTreeMap::new() }
    }

    /// The text of a file, without byte order mark, whatever its line ends; or the reason why it cannot be read.
    pub fn text(&self, file: &str) -> Result<String, Box<Fault>> {
        match self.laid.get(file) {
            Some(text) => toml::laid(text.as_bytes(), file),
            None => read(&self.root.join(file), file),
        }
    }

    /// True if there is such a file.
    pub fn has(&self, file: &str) -> bool {
        self.laid.contains_key(file) || self.root.join(file).is_file()
    }

    /// True if there is such a file or folder.
    pub fn stands(&self, path: &str) -> bool {
        self.laid.contains_key(path) || self.root.join(path).exists()
    }

    /// The names in a folder that exist only because of texts that are not written yet, each once and with whether it
    /// is a folder.
    pub fn laid_in(&self, folder: &str) -> impl Iterator<Item = (&str, bool)> {
        let start = format!("{folder}/");
        let below = self.laid.range(start.clone()..).map_while(|(file, _)| file.strip_prefix(&start));
        // They are sorted, so that the files of a folder follow each other.
        let mut names: Vec<_> =
            below.map(|rest| rest.split_once('/').map_or((rest, false), |(name, _)| (name, true))).collect();
        names.dedup();
        let path = self.root.join(folder);
        names.into_iter().filter(move |(name, _)| !path.join(name).exists())
    }
}

/// The text of a file on disk.
fn read(path: &Path, file: &str) -> Result<String, Box<Fault>> {
    // One buffer for all files of a thread; the text that is kept is a copy of just its length.
    thread_local!(static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
    BUFFER.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.reserve(8192);
        let limit = (toml::limit(file) as u64) << 20 | 1;
        let read = File::open(path).and_then(|disk| disk.take(limit).read_to_end(bytes));
        read.map_err(|error| Box::new(unreadable(file, &error)))?;
        toml::text(bytes, file)
    })
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
        let mut files = Files::new(PathBuf::from("nowhere"));
        for file in
            ["visits/2016-2017/a.toml", "visits/2016-2017/b.toml", "visits/2017-2018/a.toml", "units.toml"]
        {
            files.laid.insert(file.to_owned(), String::new());
        }
        let names = |folder| files.laid_in(folder).collect::<Vec<_>>();
        assert_eq!(names("visits"), [("2016-2017", true), ("2017-2018", true)]);
        assert_eq!(names("visits/2016-2017"), [("a.toml", false), ("b.toml", false)]);
        assert_eq!(names("centres"), []);
    }
}
