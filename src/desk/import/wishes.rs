//! What a person says about what is sent.

use super::guess::map::Map;
use crate::model::period::Period;
use crate::model::text::Lang;

/// What a person says about what is sent, beyond what stands in it.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The language of its words.
    pub lang: Lang,
    /// What is known of the sheet: which heading stands for which key, and more.
    pub map: Map,
    /// What the figures are about, if no column says it.
    pub period: Option<Period>,
    /// The name of the sheet of a workbook; else the one that fits.
    pub sheet: Option<String>,
    /// The id of the scheme, where one is sent; else one made from what it says.
    pub id: Option<String>,
    /// True if columns that are not ours are left out.
    pub leaves_out: bool,
    /// True if a form prevails over what was changed in the register since it was made.
    pub replace_newer: bool,
}

impl Wishes {
    /// Someone who says nothing.
    pub fn none(lang: Lang) -> Wishes {
        Wishes {
            lang,
            map: Map::default(),
            period: None,
            sheet: None,
            id: None,
            leaves_out: false,
            replace_newer: false,
        }
    }
}
