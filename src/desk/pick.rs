//! From what a person types to the one thing that it means: an id, a part of it, or a name without accents.

use super::error::Error;
use crate::model::field::{Form, Kind, Refers};
use crate::model::text::{Text, did_you_mean, nearest, use_one_of};
use crate::model::vietnamese::slug;
use crate::say;
use crate::store::Store;

/// The one of some ids that is meant; what is ambiguous is refused with the candidates. `list` is the command that
/// lists them, if there are many.
pub fn pick<'a>(
    what: Text,
    list: &str,
    typed: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
) -> Result<&'a str, Error> {
    let wanted = slug(typed);
    if let Some(id) = [typed, &wanted].into_iter().find_map(|exact| ids.clone().find(|id| *id == exact)) {
        return Ok(id);
    }
    let near: Vec<&str> = ids.clone().filter(|id| !wanted.is_empty() && id.contains(&wanted)).collect();
    match near[..] {
        [id] => Ok(id),
        [] => {
            let message = say!("không có {what} “{typed}”", "there is no {what} “{typed}”", [what, typed]);
            let all = || match ids.clone().nth(20) {
                Some(_) => say!("xem: {list}", "see: {list}", [list]),
                None => use_one_of(ids.clone()),
            };
            Err(Error::nothing(message, nearest(&wanted, ids.clone()).map_or_else(all, did_you_mean)))
        }
        _ => {
            let message = say!(
                "“{typed}” có thể là nhiều {what}",
                "“{typed}” matches more than one {what}",
                [what, typed]
            );
            Err(Error::wrong_use(message, use_one_of(near.iter().copied())))
        }
    }
}

/// An id may be typed as a name or a part of it.
pub fn meant(store: &Store, kind: &Kind, typed: &str) -> Result<String, Error> {
    match kind {
        Kind::Id(refers) => id(store, *refers, typed),
        _ => Ok(typed.to_owned()),
    }
}

/// The id of a record that is typed as its id, its name or a part of that. Visits are named by their whole id.
pub fn id(store: &Store, refers: Refers, typed: &str) -> Result<String, Error> {
    let list = match refers {
        Refers::Unit => "ttht list units",
        Refers::Centre => "ttht list centres",
        Refers::Campaign => "ttht list campaigns",
        Refers::Scheme => "ttht list schemes",
        Refers::Visit => return Ok(typed.to_owned()),
    };
    // An exact id needs no list of thousands.
    let exact = [typed.to_owned(), slug(typed)].into_iter().find(|id| store.has(refers, id));
    exact.map_or_else(|| pick(refers.label(), list, typed, store.ids(refers)).map(str::to_owned), Ok)
}

/// Refuses what cannot be an id before it becomes part of a path: `..`, a slash, a drive letter, a device of Windows.
pub fn new_id(id: &str) -> Result<(), Error> {
    if Form::Slug.fits(id) {
        return Ok(());
    }
    let message = say!("“{id}” không dùng làm mã được", "“{id}” cannot be an id", [id]);
    Err(Error::wrong_use(message, Form::Slug.help(id)))
}
