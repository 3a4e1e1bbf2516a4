//! Files to text.

use crate::model::fault::Fault;
use crate::toml;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The text of a file: without byte order mark, whatever its line ends. The outer error is the operating system's.
pub fn text(path: &Path, file: &str) -> io::Result<Result<String, Box<Fault>>> {
    // One buffer for all files of a thread: what is kept of a file is a copy of its own length.
    thread_local!(static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });
    BUFFER.with_borrow_mut(|bytes| {
        bytes.clear();
        bytes.reserve(8192);
        File::open(path)?.take((toml::limit(file) as u64) << 20 | 1).read_to_end(bytes)?;
        Ok(toml::text(bytes, file))
    })
}
