//! From what a person types to the one thing that is meant: an id, a part of it, or a name without accents.

use super::error::Error;
use crate::model::field::{Kind, Refers};
use crate::model::text::{Said, nearest};
use crate::model::vietnamese::{is_slug, slug};
use crate::say;
use crate::store::Store;

/// The one of some ids that is meant; what is ambiguous is refused with the candidates.
pub fn pick<'a>(
    what: &Said,
    typed: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> Result<&'a str, Error> {
    if let Some(id) = ids.clone().find(|id| *id == typed) {
        return Ok(id);
    }
    let wanted = slug(typed);
    if let Some(id) = ids.clone().find(|id| *id == wanted) {
        return Ok(id);
    }
    let near: Vec<&str> = ids.clone().filter(|id| !wanted.is_empty() && id.contains(&wanted)).collect();
    let Said { vi, en } = what;
    match near[..] {
        [id] => Ok(id),
        [] => {
            let message = say!("không có {vi} “{typed}”", "there is no {en} “{typed}”");
            let help = match nearest(&wanted, ids.clone()) {
                Some(meant) => say!("có phải “{meant}”?", "did you mean “{meant}”?"),
                None => {
                    let list = ids.take(20).collect::<Vec<_>>().join(", ");
                    say!("trong sổ có: {list}", "the register has: {list}")
                }
            };
            Err(Error::nothing(message, help))
        }
        _ => {
            let list = near.iter().take(20).copied().collect::<Vec<_>>().join(", ");
            Err(Error::wrong_use(
                say!("“{typed}” có thể là nhiều {vi}", "“{typed}” may be several {en}s"),
                say!("gõ rõ một trong: {list}", "type one of: {list}"),
            ))
        }
    }
}

/// An id may be typed as a name or a part of it.
pub fn meant(store: &Store, kind: &Kind, typed: &str) -> Result<String, Error> {
    let refers = match kind {
        Kind::Id(refers) if *refers != Refers::Visit => *refers,
        _ => return Ok(typed.to_owned()),
    };
    // What stands there letter for letter needs no list of thousands.
    let exact = [typed.to_owned(), slug(typed)].into_iter().find(|id| store.has(refers, id));
    exact.map_or_else(|| pick(&refers.label().into(), typed, store.ids(refers)).map(str::to_owned), Ok)
}

/// Refuses what cannot be an id before it becomes a part of a path: `..`, a slash, a drive letter, a device of Windows.
pub fn new_id(id: &str) -> Result<(), Error> {
    if is_slug(id) {
        return Ok(());
    }
    let better = slug(id);
    let help = if is_slug(&better) {
        say!(
            "dùng chữ thường không dấu, số, gạch nối: {better}",
            "use lower case letters, digits and hyphens: {better}"
        )
    } else {
        say!(
            "dùng chữ thường không dấu, số, gạch nối: yen-thanh",
            "use lower case letters, digits and hyphens: yen-thanh"
        )
    };
    Err(Error::wrong_use(say!("“{id}” không dùng làm mã được", "“{id}” cannot be an id"), help))
}
