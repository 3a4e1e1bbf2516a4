//! What was typed, put into a record: `KEY=VALUE`, the value of a key, the cells of a row.

use super::error::Error;
use super::find::Target;
use super::pick::meant;
use super::vocabulary;
use crate::model::field::{Field, Kind};
use crate::model::input::{Speaker, read, resolve};
use crate::model::path::Step;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;
use crate::store::Store;
use crate::toml::codes::{CONFLICT_MARKERS, SYNTAX};
use crate::toml::{self, change};

/// Why what was typed at a place cannot be used.
fn wrong_value(place: &str, reason: Said) -> Error {
    Error::wrong_use(say!("{place}: {reason}", "{place}: {reason}", [place, reason]), Said::default())
}

/// What the meaning of a typed value depends on.
struct Known<'a> {
    store: &'a Store,
    speaker: Speaker<'a>,
    fields: &'static [Field],
}

impl Known<'_> {
    /// The value that was typed for a key.
    fn value(&self, place: &str, path: &[Step], kind: &Kind, typed: &str) -> Result<Node<'static>, Error> {
        let Known { store, speaker, fields } = *self;
        let root = Kind::Section(fields);
        let typed = match vocabulary::row(&root, path) {
            Some(row) => {
                vocabulary::word(vocabulary::scheme(&store.register, &root, path), row, typed, speaker)
            }
            None => Ok(meant(store, kind, typed)?),
        };
        typed.and_then(|typed| read(kind, &typed, speaker)).map_err(|reason| wrong_value(place, reason))
    }
}

/// The text of a record after `KEY=VALUE`, or after `KEY-`, which takes a value out.
pub fn changed(
    store: &Store,
    speaker: Speaker,
    target: &Target,
    text: &str,
    typed: &str,
) -> Result<String, Error> {
    let (key, value) = match (typed.split_once('='), typed.strip_suffix('-')) {
        (Some((key, value)), _) => (key.trim(), Some(value)),
        (None, Some(key)) => (key.trim(), None),
        (None, None) => {
            return Err(Error::wrong_use(
                say!("“{typed}”: thiếu dấu =", "“{typed}”: there is no =", [typed]),
                say!("gõ tên_mục=giá_trị, hoặc tên_mục- để bỏ", "type key=value, or key- to take it out"),
            ));
        }
    };
    let wrong = |reason| wrong_value(key, reason);
    let (steps, kind) = resolve(target.fields(), key, Some(&store.register), speaker.lang).map_err(wrong)?;
    let path: Vec<Step> = target.row.iter().chain(&steps).cloned().collect();
    let file = &target.file;
    let Some(value) = value else {
        return change::remove(text, &path).ok_or_else(|| {
            let missing = say!("không có giá trị này trong {file}", "{file} has no such value", [file]);
            unreadable(target, text).unwrap_or_else(|| wrong(missing))
        });
    };
    let known = Known { store, speaker, fields: target.fields() };
    let value = known.value(key, &steps, &kind, value)?;
    change::put(text, target.kind.fields(), &path, &value).ok_or_else(|| {
        let refused = say!("không đặt được {key} trong {file}", "{key} cannot be set in {file}", [key, file]);
        let help = say!(
            "số thứ tự trong danh sách phải liền nhau; hoặc mở tệp: ttht edit",
            "list indexes must be consecutive; or open the file: ttht edit",
        );
        unreadable(target, text).unwrap_or_else(|| Error::wrong_use(refused, help))
    })
}

/// The value that was typed for one of a record, of whose path the numbers of rows do not matter.
pub fn value(
    store: &Store,
    speaker: Speaker,
    target: &Target,
    (place, path): (&str, &[Step]),
    kind: &Kind,
    typed: &str,
) -> Result<Node<'static>, Error> {
    Known { store, speaker, fields: target.kind.fields() }.value(place, path, kind, typed)
}

/// Why nothing can be changed in a file with a fault of syntax.
fn unreadable(target: &Target, text: &str) -> Option<Error> {
    let faults = toml::read_tree(text, target.kind.fields(), &target.file).1;
    let fault =
        faults.into_iter().find(|fault| [SYNTAX.name, CONFLICT_MARKERS.name].contains(&fault.code))?;
    let (file, line, message) = (&target.file, fault.place.map_or(1, |place| place.line), fault.message);
    let place = format!("{file}:{line}");
    Some(Error::wrong_use(
        say!("{place}: {message}; chưa đổi gì", "{place}: {message}; nothing was changed", [place, message]),
        say!(
            "sửa trước: ttht check --fix, hoặc ttht edit",
            "correct it first: ttht check --fix, or ttht edit"
        ),
    ))
}

/// Puts `KEY=VALUE` into a new record.
pub fn put_pair(
    store: &Store,
    speaker: Speaker,
    tree: &mut Node<'static>,
    fields: &'static [Field],
    typed: &str,
) -> Result<(), Error> {
    let (key, value) = typed.split_once('=').ok_or_else(|| {
        Error::wrong_use(
            say!("--set “{typed}”: thiếu dấu =", "--set “{typed}”: there is no =", [typed]),
            say!("gõ tên_mục=giá_trị", "type key=value"),
        )
    })?;
    let place = format!("--set {key}");
    let wrong = |reason| wrong_value(&place, reason);
    let (steps, kind) = resolve(fields, key.trim(), Some(&store.register), speaker.lang).map_err(wrong)?;
    let value = Known { store, speaker, fields }.value(&place, &steps, &kind, value)?;
    match tree.put(&steps, value) {
        true => Ok(()),
        false => Err(wrong(say!(
            "số thứ tự trong danh sách phải liền nhau, từ [0]",
            "list indexes must be consecutive, starting at [0]"
        ))),
    }
}

/// Puts what was typed for a key into a new record: the value, or the one with this index of a list.
pub fn put(
    store: &Store,
    speaker: Speaker,
    tree: &mut Node<'static>,
    row: &'static Field,
    (index, typed): (usize, &str),
) -> Result<(), Error> {
    let wrong = |reason: Said| wrong_value(&format!("--{}", row.key.replace('_', "-")), reason);
    let mut path = vec![Step::Key(row.key.to_owned())];
    path.extend(matches!(row.kind, Kind::Rows(_) | Kind::List(_)).then_some(Step::Index(index)));
    let value = match row.kind {
        Kind::Rows(below) | Kind::Inline(below) => {
            return cells(tree, &path, below, typed, speaker).map_err(wrong);
        }
        // Several ids may be typed at once.
        Kind::List(Kind::Id(_)) => {
            let ids = read(&row.kind, &meant(store, &row.kind, typed)?, speaker).map_err(wrong)?;
            for id in ids.items() {
                let before = tree.get(row.key).map_or(&[][..], Node::items);
                let at = before.len();
                if before.iter().all(|other| other.text() != id.text()) {
                    tree.put(&[Step::from(row.key), Step::Index(at)], id.clone());
                }
            }
            return Ok(());
        }
        Kind::List(inner) => read(inner, &meant(store, inner, typed)?, speaker),
        kind => read(&kind, &meant(store, &kind, typed)?, speaker),
    };
    tree.put(&path, value.map_err(wrong)?);
    Ok(())
}

/// The cells of a row: `NAME;ROLE;BODY`, several values of one cell with commas.
fn cells(
    tree: &mut Node<'static>,
    path: &[Step],
    fields: &[Field],
    typed: &str,
    speaker: Speaker,
) -> Result<(), Said> {
    let n = fields.len();
    let given = typed.split(';').count();
    if given > n {
        return Err(say!(
            "có {given} ô, nhiều nhất là {n} ô cách nhau bằng ;",
            "there are {given} cells; at most {n} are allowed, separated by ;",
            [given, n]
        ));
    }
    for (field, cell) in fields.iter().zip(typed.split(';')).filter(|(_, cell)| !cell.trim().is_empty()) {
        let cell = if matches!(field.kind, Kind::List(_)) { cell.replace(',', ";") } else { cell.to_owned() };
        let mut path = path.to_vec();
        path.push(Step::Key(field.key.to_owned()));
        tree.put(&path, read(&field.kind, &cell, speaker)?);
    }
    Ok(())
}
