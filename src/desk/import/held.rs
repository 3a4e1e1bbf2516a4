//! From what a cell holds to a value with its place in the record.

use crate::desk::pick::agrees;
use crate::desk::vocabulary;
use crate::model::RecordKind;
use crate::model::field::Kind;
use crate::model::input::{Speaker, read, resolve};
use crate::model::json;
use crate::model::path::{Step, written};
use crate::model::sheet::Held;
use crate::model::text::{Said, t, with_plain_ends};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{compose, slug};
use crate::say;
use crate::store::Store;
use crate::summary::export;
use crate::toml;

/// A value with its place in the record, from the place of its cell and what stands in it. What an export wrote is taken
/// letter for letter, what people send is read as they mean it. A number counts `scale` times, as its heading says.
pub fn read_cell(
    store: &Store,
    speaker: Speaker,
    kind: RecordKind,
    path: Vec<Step>,
    held: &Held,
    exact: bool,
    scale: i64,
) -> Result<(Vec<Step>, Node<'static>), Said> {
    let typed = &*held.typed();
    let exported = || export::value(&kind.root().at(&path), typed);
    if let Some(value) = exact.then(exported).flatten() {
        return Ok((path, value));
    }
    let (path, _) = resolve(kind.fields(), &written(&path), Some(&store.register), speaker.lang)?;
    if let Some(row) = vocabulary::row(&kind.root(), &path) {
        let scheme = vocabulary::scheme(&store.register, &kind.root(), &path);
        let word = vocabulary::word(scheme, row, typed.trim(), speaker.lang)?;
        return Ok((path, Node::of_text(word)));
    }
    let kind = kind.root().at(&path);
    let value =
        if scale == 1 { value(store, &kind, typed, speaker) } else { scaled(&kind, typed, speaker, scale) };
    Ok((path, value?))
}

/// A number that stands for so many times as much: `1,5` under “triệu đồng”.
fn scaled(kind: &Kind, typed: &str, speaker: Speaker, scale: i64) -> Result<Node<'static>, Said> {
    let many = match read(&Kind::Measure(t("", "")), typed, speaker)?.value {
        Value::Int(n) => n as f64 * scale as f64,
        Value::Float(n) => n * scale as f64,
        _ => return read(kind, typed, speaker),
    };
    match kind {
        Kind::Measure(_) => Ok(Node::new(Value::Float(many))),
        _ => read(kind, &many.round().to_string(), speaker),
    }
}

/// The value of a cell that a person filled.
fn value(store: &Store, kind: &Kind, typed: &str, speaker: Speaker) -> Result<Node<'static>, Said> {
    match kind {
        // JSON is what an earlier version exported.
        Kind::Free => toml::value(typed).or_else(|| json::to_tree(typed)).ok_or_else(|| {
            say!("không phải là TOML; viết {{ khoa = \"…\" }}", "not TOML; write {{ key = \"…\" }}")
        }),
        Kind::Text => Ok(Node::of_text(compose(&typed.split_whitespace().collect::<Vec<_>>().join(" ")))),
        Kind::Id(refers) => {
            let id = slug(typed);
            let is_named =
                !store.has(*refers, typed) && store.has(*refers, &id) && agrees(store, *refers, &id, typed);
            Ok(Node::of_text(if is_named { id } else { compose(typed.trim()).into_owned() }))
        }
        Kind::List(_) if typed.trim() == export::EMPTY => Ok(Node::new(Value::List(Vec::new()))),
        Kind::List(Kind::Text | Kind::Prose) if typed.trim().contains('\n') => {
            let texts = export::split_texts(&with_plain_ends(typed));
            Ok(Node::new(Value::List(texts.into_iter().map(Node::of_text).collect())))
        }
        kind => read(kind, typed, speaker),
    }
}
