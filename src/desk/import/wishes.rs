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
}

impl Wishes {
    /// Someone who says nothing.
    pub fn none(lang: Lang) -> Wishes {
        Wishes { lang, map: BTreeMap::new() }
    }
}
