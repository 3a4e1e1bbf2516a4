//! From what a person types to the one thing that it means: an id, how it begins, whole words of it, or a name.

use super::error::{Error, Exit};
use super::naming::Names;
use crate::model::RecordKind;
use crate::model::field::{Form, Kind, Refers};
use crate::model::meaning::contradicts;
use crate::model::text::{Said, Text, did_you_mean, nearest, use_one_of};
use crate::model::tree::Node;
use crate::model::vietnamese::slug;
use crate::say;
use crate::store::Store;
use crate::toml;

/// The one of some ids that is meant and [agrees]; what is ambiguous is refused with the candidates. `list` is the command
/// that lists them, if there are many.
pub fn pick<'a>(
    what: Text,
    list: &str,
    typed: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
    agrees: impl Fn(&str) -> bool,
) -> Result<&'a str, Error> {
    let near = near(typed, ids.clone(), agrees);
    match near[..] {
        [id] => Ok(id),
        [] => {
            let message = say!("không có {what} “{typed}”", "there is no {what} “{typed}”", [what, typed]);
            let all = || match ids.clone().nth(20) {
                Some(_) => say!("xem: {list}", "see: {list}", [list]),
                None => use_one_of(ids.clone()),
            };
            Err(Error::nothing(message, nearest(&slug(typed), ids.clone()).map_or_else(all, did_you_mean)))
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

/// The ids that may be meant and agree: the one that was typed, else those that begin with it, else those that have it as
/// whole words.
pub fn near<'a>(
    typed: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
    agrees: impl Fn(&str) -> bool,
) -> Vec<&'a str> {
    let wanted = slug(typed);
    let parts = words(&wanted);
    let looks: [&dyn Fn(&str) -> bool; 4] =
        [&|id| id == typed, &|id| id == wanted, &|id| !wanted.is_empty() && id.starts_with(&wanted), &|id| {
            !wanted.is_empty() && words(id).windows(parts.len()).any(|run| run == parts)
        }];
    let found =
        looks.into_iter().map(|fits| ids.clone().filter(|id| fits(id) && agrees(id)).collect::<Vec<_>>());
    found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// The words of an id; a number is one of its own: `cv2553-2013` has `cv`, `2553` and `2013`.
fn words(id: &str) -> Vec<&str> {
    let is_digit = |byte: u8| byte.is_ascii_digit();
    let runs = id.split('-').flat_map(|word| word.as_bytes().chunk_by(|a, b| is_digit(*a) == is_digit(*b)));
    runs.filter_map(|run| std::str::from_utf8(run).ok()).collect()
}

/// An id may be typed as a name or a part of it, several of them with commas.
pub fn meant(store: &Store, kind: &Kind, typed: &str) -> Result<String, Error> {
    match kind {
        Kind::Id(refers) => id(store, *refers, typed),
        Kind::List(Kind::Id(refers)) => {
            let typed = typed.split([',', ';']).map(str::trim).filter(|one| !one.is_empty());
            Ok(typed.map(|one| id(store, *refers, one)).collect::<Result<Vec<_>, _>>()?.join(";"))
        }
        _ => Ok(typed.to_owned()),
    }
}

/// The id of a record that is typed as its id, its name or a part of that. Visits are named by their whole id.
pub fn id(store: &Store, refers: Refers, typed: &str) -> Result<String, Error> {
    let list = match refers {
        Refers::Unit => "ttht list units",
        Refers::Centre => "ttht list centres",
        Refers::Campaign => "ttht list campaigns",
        Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => "ttht list schemes",
        Refers::Area => "ttht show units",
        Refers::Statement => "ttht list statements",
        Refers::Visit => return Ok(typed.to_owned()),
    };
    // An exact id needs no list of thousands.
    let agrees = |id: &str| agrees(store, refers, id, typed);
    let exact = [typed.to_owned(), slug(typed)].into_iter().find(|id| store.has(refers, id) && agrees(id));
    if let Some(id) = exact {
        return Ok(id);
    }
    let named = Names::new(store).id(refers, typed, None);
    let picked = || match other_sort(store, refers, typed) {
        Some(error) => Err(error),
        None => pick(refers.label(), list, typed, store.ids(refers), agrees).map(str::to_owned),
    };
    match named {
        Ok(Some(id)) => Ok(id),
        Ok(None) => picked(),
        // Why a name is not taken says more than that there is no such id.
        Err(why) => picked().map_err(|error| match error.exit {
            Exit::Nothing => Error::nothing(why, say!("xem: {list}", "see: {list}", [list])),
            _ => error,
        }),
    }
}

/// What is said of a target set where a rating scheme is wanted, and the other way round.
fn other_sort(store: &Store, refers: Refers, typed: &str) -> Option<Error> {
    let other = match refers {
        Refers::RatingScheme => Refers::TargetSet,
        Refers::TargetSet => Refers::RatingScheme,
        _ => return None,
    };
    let id = Names::new(store).id(other, typed, None).ok()??;
    let message = say!(
        "“{id}” là {other}, không phải {wanted}",
        "“{id}” is a {other}, not a {wanted}",
        [id, other = other.label(), wanted = refers.label()]
    );
    let titled = |id: &str| {
        let title =
            store.register.schemes.get(id).map(|scheme| scheme.body.title.clone()).unwrap_or_default();
        say!("{id} ({title})", "{id} ({title})", [id, title])
    };
    let list = Said::join(store.ids(refers).map(titled), ", ");
    Some(Error::wrong_use(message, say!("dùng một trong: {list}", "use one of: {list}", [list])))
}

/// False for an id without accents that stands for another name than the one that was typed with accents: `tan-an` is
/// Tân An, and not Tấn An.
pub fn agrees(store: &Store, refers: Refers, id: &str, typed: &str) -> bool {
    typed.is_ascii() || !contradicts(typed, &called(store, refers, id))
}

/// What people call a unit or a centre; nothing for what does not take its id from a name.
fn called(store: &Store, refers: Refers, id: &str) -> String {
    let unit = |id: &str| store.register.unit(id).map_or("", |unit| unit.name.as_str()).to_owned();
    match refers {
        Refers::Unit => unit(id),
        Refers::Area => store.register.area_name(id).to_owned(),
        Refers::Centre => {
            let text = store.text(&store.register.file(RecordKind::Centre, id)).unwrap_or_default();
            let tree = toml::raw_tree(&text);
            let at = |key| tree.get(key).and_then(Node::text).unwrap_or_default();
            format!("{} {}", at("name"), unit(at("unit")))
        }
        Refers::Campaign | Refers::Visit | Refers::Statement => String::new(),
        Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => String::new(),
    }
}

/// Refuses what cannot be an id before it becomes part of a path: `..`, a slash, a drive letter, a device of Windows.
pub fn new_id(id: &str) -> Result<(), Error> {
    if Form::Slug.fits(id) {
        return Ok(());
    }
    let message = say!("“{id}” không dùng được làm mã", "“{id}” cannot be an id", [id]);
    Err(Error::wrong_use(message, Form::Slug.help(id)))
}
