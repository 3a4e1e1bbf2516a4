//! The words that may stand at a key of a visit where its row does not say it: those of its rating scheme.

use crate::model::asking::SchemeWords;
use crate::model::field::{Field, Kind};
use crate::model::input::read_word;
use crate::model::path::Step;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::settings::Labelled;
use crate::model::text::{Lang, Said};
use crate::model::tree::Node;
use crate::store::Store;

/// The scheme by which a visit is rated: its own, else the campaign's, else the register's.
pub fn scheme<'r>(register: &'r Register, visit: &Node) -> Option<&'r Scheme> {
    let text = |key: &str| visit.at(key).and_then(Node::text);
    let campaign = || register.campaigns.get(text("campaign")?)?.body.scheme.as_deref();
    let id = text("rating.scheme").or_else(campaign).or(register.settings.body.scheme.as_deref())?;
    register.schemes.get(id).map(|scheme| &scheme.body)
}

/// The words of the scheme for a row of a visit; none if its kind says everything.
pub fn words(register: &Register, visit: &Node, row: &Field) -> Vec<Labelled> {
    let Some((words, scheme)) = row.asking.words.zip(scheme(register, visit)) else { return Vec::new() };
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

/// The word of the scheme for what was typed at a row of a visit; what was typed, if there is no scheme.
pub fn word(store: &Store, visit: &Node, row: &Field, typed: &str, lang: Lang) -> Result<String, Said> {
    let words = words(&store.register, visit, row);
    if words.is_empty() { Ok(typed.to_owned()) } else { read_word(&words, typed, lang).map(str::to_owned) }
}
