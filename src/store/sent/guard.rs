//! What a workbook unfolds to, looked at before it is opened: an archive of a few kilobytes can fill the memory.
//!
//! What an archive says about its sizes may be untrue, so each part is unpacked once and forgotten, and nothing goes on
//! that is more than a workbook has. Some bounds are for what the reader makes of a few bytes: it copies a style for each
//! `xf`, keeps a text for each `si`, and makes room for as many texts as `sst` says.

use crate::model::text::{Said, Text, t};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use zip::ZipArchive;

/// The most parts of an archive.
const PARTS: usize = 1000;

/// The most bytes of all parts together: a table of 200,000 rows and 20 columns has 180 million.
const ALL: u64 = 256 << 20;

/// The most bytes of a part that is neither a sheet nor the texts of the sheets.
const PLAIN: u64 = 16 << 20;

/// The most bytes of a document with all its parts, which are kept.
const DOCUMENT: u64 = 64 << 20;

/// The most bytes between two tags.
const PIECE: u64 = 1 << 20;

/// The most bytes between two tags of the styles, which are copied.
const STYLE: u64 = 1 << 10;

/// Tags of which there may be so many only; Excel itself allows 65,490 formats of cells.
const MOST: &[(&[u8], usize)] =
    &[(b"xf", 1 << 16), (b"si", 8 << 20), (b"mergeCell", 1 << 16), (b"sheet", 1000)];

/// What an archive has.
#[derive(Debug, Default)]
pub struct Parts {
    /// The names of its parts.
    pub names: Vec<String>,
    /// What it says that it is, as archives of OpenDocument do.
    pub kind: Option<String>,
    /// The bytes of its largest part.
    pub largest: u64,
    /// True if cells of its sheets are shown as one.
    pub has_merged: bool,
}

const TOO_MUCH: Text = t(
    "tệp này mở ra quá lớn, không như một bảng tính; chép bảng sang một tệp mới rồi lưu lại",
    "unpacked, this file is more than a workbook can be; copy the table into a new workbook and save it",
);

const DAMAGED: Text = t(
    "tệp bị hỏng hoặc chưa tải xong; mở bằng Excel rồi lưu lại, hoặc xin gửi lại",
    "the file is damaged or did not arrive whole; open it in Excel and save it, or ask for it again",
);

const LARGE_DOCUMENT: Text = t(
    "mẫu này mở ra quá lớn, không như một văn bản; chép sang một tệp Word mới rồi lưu lại",
    "unpacked, this template is more than a document can be; copy it into a new Word document and save it",
);

const DAMAGED_DOCUMENT: Text = t(
    "tệp bị hỏng hoặc chưa tải xong; mở bằng Word rồi lưu lại, hoặc xin gửi lại",
    "the file is damaged or did not arrive whole; open it in Word and save it, or ask for it again",
);

const NO_DOCUMENT: Text = t(
    "đây không phải là văn bản Word (.docx); mở ra rồi Lưu thành .docx, không đặt mật khẩu",
    "this is no Word document (.docx); open it and Save as .docx, without a password",
);

/// Looks at all parts of an archive; else why it is not to be opened.
pub fn parts(bytes: &[u8]) -> Result<Parts, Said> {
    look(bytes).map_err(|why| why.into())
}

/// Reads a part of an archive that was looked at; none if there is no such part.
pub fn with_part<T>(bytes: &[u8], name: &str, read: impl FnOnce(&mut dyn BufRead) -> T) -> Option<T> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let part = archive.by_name(name).ok()?;
    Some(read(&mut BufReader::new(part)))
}

/// All parts of the archive that a document in Word is, unpacked, each with its name; else why it is not to be opened.
pub fn document(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Said> {
    if !bytes.starts_with(b"PK") {
        return Err(NO_DOCUMENT.into());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED_DOCUMENT)?;
    if archive.len() > PARTS {
        return Err(LARGE_DOCUMENT.into());
    }
    let (mut parts, mut left) = (Vec::new(), DOCUMENT);
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| DAMAGED_DOCUMENT)?;
        let name = part.name().map_err(|_| DAMAGED_DOCUMENT)?.into_owned();
        let mut bytes = Vec::new();
        part.take(left + 1).read_to_end(&mut bytes).map_err(|_| DAMAGED_DOCUMENT)?;
        left = left.checked_sub(bytes.len() as u64).ok_or(LARGE_DOCUMENT)?;
        if !name.ends_with('/') {
            parts.push((name, bytes));
        }
    }
    Ok(parts)
}

fn look(bytes: &[u8]) -> Result<Parts, Text> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > PARTS {
        return Err(TOO_MUCH);
    }
    let (mut parts, mut left) = (Parts::default(), ALL);
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).map_err(damaged)?;
        if part.size() > left {
            return Err(TOO_MUCH);
        }
        let name = part.name().map_err(damaged)?.into_owned();
        let size = if name == "mimetype" {
            let mut kind = String::new();
            part.take(PLAIN).read_to_string(&mut kind).map_err(|_| DAMAGED)?;
            let size = kind.len() as u64;
            parts.kind = Some(kind.trim().to_owned());
            size
        } else {
            let called = name.to_ascii_lowercase();
            let is_copied = parts.kind.is_none() && called.ends_with("styles.xml");
            let longest = if is_copied { STYLE } else { PIECE };
            let part = BufReader::new(part.by_ref().take(left + 1));
            unpacked(part, called.ends_with(".xml"), longest, &mut parts.has_merged)?
        };
        left = left.checked_sub(size).ok_or(TOO_MUCH)?;
        parts.largest = parts.largest.max(size);
        parts.names.push(name);
    }
    Ok(parts)
}

fn damaged<E>(_: E) -> Text {
    DAMAGED
}

/// The size of a part.
fn unpacked(mut part: impl BufRead, is_xml: bool, longest: u64, has_merged: &mut bool) -> Result<u64, Text> {
    let start = part.fill_buf().map_err(damaged)?;
    if !is_xml && !start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start().starts_with(b"<") {
        return io::copy(&mut part, &mut io::sink()).map_err(damaged);
    }
    let (mut size, mut counts, mut piece, mut root) = (0, [0; MOST.len()], Vec::new(), Vec::new());
    loop {
        piece.clear();
        match part.by_ref().take(PIECE + 1).read_until(b'<', &mut piece).map_err(damaged)? as u64 {
            0 => return Ok(size),
            length if length > PIECE || (length > longest && !root.is_empty()) => return Err(TOO_MUCH),
            length => size += length,
        }
        let name = tag(&piece);
        if root.is_empty() && name.first().is_some_and(u8::is_ascii_alphabetic) {
            root = name.to_vec();
        }
        for ((counted, most), count) in MOST.iter().zip(&mut counts) {
            *count += usize::from(name == *counted);
            if *count > *most {
                return Err(TOO_MUCH);
            }
        }
        *has_merged |= name == b"mergeCell";
        let is_large = !matches!(&root[..], b"worksheet" | b"sst" | b"document-content") && size > PLAIN;
        if is_large || (name == b"sst" && has_long_number(&piece)) {
            return Err(TOO_MUCH);
        }
        // A part in another encoding, which has letters that XML has not, or a `<` between quotes: tags could hide there.
        let is_open = name.first().is_some_and(u8::is_ascii_alphabetic) && !is_closed(&piece);
        if is_open || piece.contains(&0) {
            return Err(DAMAGED);
        }
    }
}

/// The name of the tag with which a piece begins, without its prefix.
fn tag(piece: &[u8]) -> &[u8] {
    let end = piece.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' | b'<'));
    let name = &piece[..end.unwrap_or(piece.len())];
    name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

/// True if a tag has its end.
fn is_closed(piece: &[u8]) -> bool {
    let mut quote = None;
    piece.iter().any(|byte| {
        match quote {
            None if matches!(byte, b'"' | b'\'') => quote = Some(*byte),
            Some(open) if open == *byte => quote = None,
            _ => {}
        }
        quote.is_none() && *byte == b'>'
    })
}

/// True if a number of tens of millions stands in it.
fn has_long_number(piece: &[u8]) -> bool {
    piece.split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() > 7)
}
