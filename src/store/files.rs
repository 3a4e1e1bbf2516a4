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
            Some(text) => toml::text(text.as_bytes(), file),
            None => read(&self.root.join(file), file),
        }
    }

    /// True if there is such a file.
    pub fn has(&self, file: &str) -> bool {
        self.laid.contains_key(file) || self.root.join(file).is_file()
    }

    /// The names in a folder that exist only because of a text that is not written yet, each with whether it is a
    /// folder.
    pub fn laid_in(&self, folder: &str) -> impl Iterator<Item = (&str, bool)> {
        self.laid.keys().filter_map(move |file| {
            let rest = file.strip_prefix(folder)?.strip_prefix('/')?;
            let (name, is_folder) = rest.split_once('/').map_or((rest, false), |(name, _)| (name, true));
            (!self.root.join(folder).join(name).exists()).then_some((name, is_folder))
        })
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
