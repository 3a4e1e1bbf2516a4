//! Ids and paths: what is accepted leads out of no folder, and is written as it is read.

use std::path::{Component, Path};
use ttht::desk::pick::new_id;
use ttht::model::RecordKind;
use ttht::model::field::Form;
use ttht::model::id::{StatementId, VisitId};
use ttht::model::input::resolve;
use ttht::model::path::{steps, written};
use ttht::model::period::YearStart;
use ttht::model::text::Lang;
use ttht::model::tree::{Node, Value};
use ttht::model::vietnamese::is_slug;
use ttht::toml::{change, raw_tree};

/// The bytes are an id, a path of a file, or a path of keys.
pub fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for kind in RecordKind::ALL {
        if kind.allows(text) {
            file_of(*kind, text);
        }
        keys(*kind, text);
    }
    if let Some(id) = VisitId::parse(text) {
        assert_eq!(id.to_string(), text);
        assert!(is_slug(id.centre) && id.number > 0, "{text}");
    }
    if let Some(id) = StatementId::parse(text) {
        assert_eq!(id.to_string(), text);
        assert!((id.place.is_empty() || is_slug(id.place)) && id.number > 0, "{text}");
    }
    assert_eq!(new_id(text).is_ok(), Form::Slug.fits(text), "{text}");
    if Form::Slug.fits(text) {
        stays_inside(text);
        assert_eq!(Path::new(text).components().count(), 1, "{text}");
    }
    if Form::Path.fits(text) {
        stays_inside(text);
    }
}

/// A path leads out of no folder, on any system.
fn stays_inside(path: &str) {
    let normal = |part| matches!(part, Component::Normal(_));
    assert!(!path.is_empty() && Path::new(path).components().all(normal), "{path}");
    assert!(!path.contains(['\\', ':']), "{path:?}");
    assert!(
        !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | "..")),
        "{path:?}"
    );
}

/// The file of a record lies in the folder of its kind, and tells the kind and the id.
fn file_of(kind: RecordKind, id: &str) {
    for starts in ["09-01", "08-15", "01-01", "12-31"].map(YearStart::parse) {
        let file = kind.file(id, starts.unwrap_or_default());
        stays_inside(&file);
        assert_eq!(RecordKind::of(&file), Some((kind, id)), "{file}");
        let depth = file.matches('/').count();
        let expected = if kind == RecordKind::Visit { 2 } else { usize::from(kind.is_many()) };
        assert!(depth == expected && file.starts_with(kind.folder()), "{file}");
    }
}

/// A path of keys is written as it is read, and what is put at it is found there.
fn keys(kind: RecordKind, text: &str) {
    let Some(path) = steps(text) else { return };
    assert_eq!(written(&path), text);
    let Ok((path, _)) = resolve(kind.fields(), text, None, Lang::En) else { return };
    let value = Node::new(Value::Int(7));
    let mut tree = Node::table();
    let can = tree.put(&path, value.clone());
    let new = change::put("", kind.fields(), &path, &value);
    assert_eq!(new.is_some(), can, "{text}");
    assert!(
        new.is_none_or(|new| raw_tree(&new).follow(&path) == Some(&value) || raw_tree(&new).says_same(&tree)),
        "{text}"
    );
}
