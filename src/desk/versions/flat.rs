//! A file one value a line, by its labels, so that what compares lines compares values: for git.

use super::kind_of;
use super::worded::{label, values};
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::identity::{Named, named};
use crate::model::register::Register;
use crate::model::text::{Lang, Said};
use crate::model::tree::Node;
use crate::say;
use crate::toml;
use crate::toml::comments::{Comment, comments};
use std::path::Path;

/// The bytes of a file as lines of `label: value`, the same for the same values in any order and notation, with the
/// comments where they belong. What cannot be read has its fault first, and is left as it is; so is what is no record.
pub fn lines(register: &Register, path: &Path, bytes: &[u8], lang: Lang) -> String {
    let (file, as_it_is) = (path.to_string_lossy(), || String::from_utf8_lossy(bytes).into_owned());
    let text = match toml::text(bytes, &file) {
        Ok(text) => text,
        Err(fault) => return told(&fault, lang) + &as_it_is(),
    };
    let Some(kind) = kind_of(path, &text) else { return as_it_is() };
    match toml::sound_tree(&text, &file) {
        Ok(tree) => of_record(register, kind, &text, &tree, lang),
        Err(fault) => told(&fault, lang) + &as_it_is(),
    }
}

/// The lines of a record.
fn of_record(register: &Register, kind: RecordKind, text: &str, tree: &Node, lang: Lang) -> String {
    let root = kind.root();
    let remark = |one: Comment| (named(&root, tree, &one.path), one.text);
    let mut remarks: Vec<(Vec<Named>, String)> = comments(text).into_iter().map(remark).collect();
    let said = |(path, words): (Vec<Named>, String)| {
        let place = label(register, &root, &path).0;
        let blank = if place.is_empty() { "" } else { " " };
        format!("{}{blank}# {words}\n", place.get(lang))
    };
    let mut out = String::new();
    for (path, label, value) in values(register, kind, tree) {
        out.extend(remarks.extract_if(.., |(of, _)| path.starts_with(of)).map(said));
        let value = value.get(lang).trim_end().replace('\n', "\n    ");
        out.push_str(&format!("{}: {value}\n", label.get(lang)));
    }
    out.extend(remarks.into_iter().map(said));
    out
}

/// Why a file cannot be read, above its text.
fn told(Fault { message, place, .. }: &Fault, lang: Lang) -> String {
    let line = place.as_ref().map(|place| place.line);
    let line = line.map_or(Said::default(), |line| say!("dòng {line}: ", "line {line}: ", [line]));
    let said = say!(
        "!! không đọc được: {line}{message}\n",
        "!! it cannot be read: {line}{message}\n",
        [line, message]
    );
    said.get(lang).to_owned()
}
