//! Photographs, as documents show them.

use super::text::Said;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A photograph that is small enough for a page, and tells nothing but what it shows.
#[derive(Clone, PartialEq)]
pub struct Picture {
    /// The file, relative to the register.
    pub file: String,
    /// How it is coded.
    pub coding: Coding,
    /// What a file of it would hold.
    pub bytes: Arc<[u8]>,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// What it shows; may be empty.
    pub caption: Said,
}

/// How a picture is coded; others are made one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Picture({}, {} × {})", self.file, self.width, self.height)
    }
}

/// What is seen of the files of photographs, by their names.
pub type Pictures = BTreeMap<String, Seen>;

/// What is seen of the file of a photograph.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// There is no such file.
    Missing,
    /// It cannot be used, and why.
    Unreadable(Said),
    /// A picture.
    Picture(Look),
}

/// What is to be known of a picture without drawing it.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The SHA-256 sum of its file.
    pub sha256: String,
    /// How long its file is, in bytes.
    pub len: usize,
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
    /// True if it is larger than any document needs.
    pub is_large: bool,
    /// True if it tells where it was taken.
    pub tells_where: bool,
}
