//! A file that is about to change: what stood in it when it was read, so that nothing newer is ever overwritten.

use super::write;
use crate::model::fault::Fault;
use crate::toml;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The mark that Notepad used to put before a text.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A file as it was read.
#[derive(Debug)]
pub struct Original {
    /// Where it lies.
    pub path: PathBuf,
    /// Its text, without byte order mark.
    pub text: String,
    bytes: Vec<u8>,
}

impl Original {
    /// Reads a file of a register. The outer error is the operating system's; a file that is no text has a fault.
    pub fn read(root: &Path, file: &str) -> io::Result<Result<Original, Box<Fault>>> {
        let path = root.join(file);
        let bytes = fs::read(&path)?;
        Ok(toml::text(&bytes, file).map(|text| Original { path, text, bytes }))
    }

    /// Its bytes as they were read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of another text in this file: a byte order mark stays.
    pub fn with(&self, text: &str) -> Vec<u8> {
        let bom = if self.bytes.starts_with(BOM) { BOM } else { b"" };
        [bom, text.as_bytes()].concat()
    }

    /// True where the file has exactly this text, and no byte order mark.
    pub fn is(&self, text: &str) -> bool {
        self.bytes == text.as_bytes()
    }

    /// As [`swap`](Self::swap), but a byte order mark goes.
    pub fn replace(&self, text: &str) -> io::Result<bool> {
        write::swap(&self.path, &self.bytes, text.as_bytes())
    }

    /// Puts a new text into the file in one step; a byte order mark stays. False, and nothing is done, where somebody
    /// else changed the file since it was read.
    pub fn swap(&self, text: &str) -> io::Result<bool> {
        write::swap(&self.path, &self.bytes, &self.with(text))
    }
}
