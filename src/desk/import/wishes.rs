//! What a person says about what is sent.

use crate::model::text::Lang;
use std::collections::BTreeMap;

/// What a person says about what is sent, beyond what stands in it.
#[derive(Debug)]
pub struct Wishes {
    /// The language of its words.
    pub lang: Lang,
    /// Which heading stands for which key; `-` leaves a column out.
    pub map: BTreeMap<String, String>,
    /// The name of the sheet of a workbook; else the one that fits.
    pub sheet: Option<String>,
    /// True if columns that are not ours are left out.
    pub leaves_out: bool,
    /// True if a form prevails over what was changed in the register since it was made.
    pub replace_newer: bool,
}

impl Wishes {
    /// Someone who says nothing.
    pub fn none(lang: Lang) -> Wishes {
        Wishes { lang, map: BTreeMap::new(), sheet: None, leaves_out: false, replace_newer: false }
    }
}
