//! Photographs, as documents show them.

use super::text::Said;
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
