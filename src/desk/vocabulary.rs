//! The words that may stand at a key of a rating where its row does not say it: those of the scheme.

use super::naming::rest;
use crate::model::asking::SchemeWords;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::input::{Speaker, read_word};
use crate::model::path::Step;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::settings::Labelled;
use crate::model::text::Said;

/// The scheme by which the table at a path below a kind of value rates: the word on the way that is one.
pub fn scheme<'r>(register: &'r Register, root: &Kind, path: &[Step]) -> Option<&'r Scheme> {
    let is_scheme = |at: usize| matches!(root.at(&path[..at]), Kind::Keyed { by: Vocabulary::Schemes, .. });
    let Step::Key(id) = &path[(0..path.len()).find(|at| is_scheme(*at))?] else { return None };
    register.schemes.get(id).map(|scheme| &scheme.body)
}

/// The words of a scheme for a row; none if its kind says everything.
pub fn words(scheme: Option<&Scheme>, row: &Field) -> Vec<Labelled> {
    let Some((words, scheme)) = row.asking.words.zip(scheme) else { return Vec::new() };
    let labelled = |id: &String, label: &Said| Labelled { id: id.clone(), label: label.clone() };
    match words {
        SchemeWords::Ranks => scheme.rank.iter().map(|row| labelled(&row.id, &row.label)).collect(),
        SchemeWords::Criteria => scheme.criterion.iter().map(|row| labelled(&row.id, &row.label)).collect(),
    }
}

/// The row at a path below a kind of value, if a word of the scheme belongs there.
pub fn row(root: &Kind, path: &[Step]) -> Option<&'static Field> {
    let (Step::Key(key), above) = path.split_last()? else { return None };
    root.at(above).row(key).filter(|row| row.kind.is_scalar() && row.asking.words.is_some())
}

/// The word of the scheme for what was typed at a row; what was typed, if the scheme has none.
pub fn word(scheme: Option<&Scheme>, row: &Field, typed: &str, speaker: Speaker) -> Result<String, Said> {
    let words = words(scheme, row);
    if words.is_empty() {
        return Ok(typed.to_owned());
    }
    let read = |typed| read_word(&words, typed, speaker).map(str::to_owned);
    // “Loại tốt” is “tốt”.
    let bare = ["xếp loại", "loại"].iter().find_map(|before| rest(typed, before));
    read(typed).or_else(|why| bare.and_then(|bare| read(bare).ok()).ok_or(why))
}
