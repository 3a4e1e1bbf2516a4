//! A file that is about to change: its content when it was read, so that nothing newer is ever overwritten.

use super::files::{Files, bytes_into};
use crate::model::fault::Fault;
use crate::toml;
use std::io;

/// The mark that older versions of Notepad put before a text.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// A file as it was read.
#[derive(Debug)]
pub struct Original {
    /// Its text, without byte order mark.
    pub text: String,
    bytes: Vec<u8>,
    keeps_mark: bool,
}

/// Why a file could not be read.
#[derive(Debug)]
pub enum Unread {
    /// The operating system refuses.
    Io(io::Error),
    /// It is not the text of a record, or does not lie in the register.
    Faulty(Box<Fault>),
}

impl Original {
    /// Reads a file of a register; `None` if there is none.
    pub fn read(files: &Files, file: &str) -> Result<Option<Original>, Unread> {
        let Some(path) = files.file(file).map_err(Unread::Faulty)? else { return Ok(None) };
        let mut bytes = Vec::new();
        bytes_into(&mut bytes, &path, file).map_err(Unread::Io)?;
        let keeps_mark = bytes.starts_with(BOM);
        let text = toml::text(&bytes, file).map_err(Unread::Faulty)?;
        Ok(Some(Original { text, bytes, keeps_mark }))
    }

    /// The same, to be written without a byte order mark.
    pub fn without_mark(self) -> Original {
        Original { keeps_mark: false, ..self }
    }

    /// Its bytes as they were read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of another text in this file: a byte order mark stays.
    pub fn with(&self, text: &str) -> Vec<u8> {
        let mark = if self.keeps_mark { BOM } else { b"" };
        [mark, text.as_bytes()].concat()
    }
}
