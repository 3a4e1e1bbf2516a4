//! Packages of parts (`.docx`): archives that are the same for the same parts.

use crate::model::text::Said;
use crate::say;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

/// The archive of some parts, each with its name, in their order. No part has a time.
pub fn packed<'a>(parts: impl IntoIterator<Item = (String, &'a [u8])>) -> Result<Vec<u8>, Said> {
    zipped(parts).map_err(|why| {
        let why = why.to_string();
        say!("không lập được tệp: {why}", "the file cannot be made: {why}", [why])
    })
}

fn zipped<'a>(parts: impl IntoIterator<Item = (String, &'a [u8])>) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in parts {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The texts of an archive, one after the other, for tests.
#[cfg(test)]
pub fn texts(archive: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut all = String::new();
    for at in 0..archive.len() {
        let part = archive.by_index(at).unwrap();
        if !part.name().unwrap().contains("media/") {
            all.push_str(&std::io::read_to_string(part).unwrap());
        }
    }
    all
}
