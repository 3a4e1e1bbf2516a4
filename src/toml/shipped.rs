//! The files of `data/`, compiled in: what changes when the authorities decide, not when the program does.

use super::{decode, parse};
use crate::model::abbreviation::{Abbreviation, Unclear};
use crate::model::history::Record;
use crate::model::meaning::Abbreviations;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::settings::{Labelled, Settings, Vocabularies};
use serde::Deserialize;
use std::sync::Arc;

/// The shipped rating schemes and target sets, by id.
pub const SCHEMES: &[(&str, &str)] = &[
    ("cv2553-2013", include_str!("../../data/schemes/cv2553-2013.toml")),
    ("qd448-2015-gdht", include_str!("../../data/schemes/qd448-2015-gdht.toml")),
    ("tt22-2020-dvht", include_str!("../../data/schemes/tt22-2020-dvht.toml")),
    ("tt25-2023-cdht", include_str!("../../data/schemes/tt25-2023-cdht.toml")),
    ("tt44-2014-cdht", include_str!("../../data/schemes/tt44-2014-cdht.toml")),
    ("nd20-2014", include_str!("../../data/targets/nd20-2014.toml")),
    ("nd20-2014-kho-khan", include_str!("../../data/targets/nd20-2014-kho-khan.toml")),
    ("qd281-2020", include_str!("../../data/targets/qd281-2020.toml")),
    ("qd281-2020-mien-nui", include_str!("../../data/targets/qd281-2020-mien-nui.toml")),
    ("qd1716-2030", include_str!("../../data/targets/qd1716-2030.toml")),
    ("qd387-2025", include_str!("../../data/targets/qd387-2025.toml")),
    ("qd387-2030", include_str!("../../data/targets/qd387-2030.toml")),
    ("qd677-2025", include_str!("../../data/targets/qd677-2025.toml")),
    ("qd677-2030", include_str!("../../data/targets/qd677-2030.toml")),
];

/// The words of `data/`, read from text.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Data {
    field: Vec<Labelled>,
    document: Vec<Labelled>,
    abbreviation: Vec<Abbreviation>,
    unclear: Vec<Unclear>,
}

/// The words of each vocabulary: the shipped ones, then the fields of activity of an office. What it writes in short comes
/// first.
pub fn vocabularies(own: &Settings) -> Vocabularies {
    let fields = words(include_str!("../../data/activity_fields.toml")).field;
    let documents = words(include_str!("../../data/documents.toml")).document;
    Vocabularies {
        activity_fields: Some(fields.into_iter().chain(own.activity_field.iter().cloned()).collect()),
        documents: Some(documents),
        schemes: None,
        short: Abbreviations::new(&own.abbreviation, abbreviations),
    }
}

/// What is written in short for one thing, and for one of several.
pub fn abbreviations() -> (Vec<Abbreviation>, Vec<Unclear>) {
    let Data { abbreviation, unclear, .. } = words(include_str!("../../data/abbreviations.toml"));
    (abbreviation, unclear)
}

fn words(text: &str) -> Data {
    decode::decode(&parse::parse(text).0).unwrap_or_default()
}

/// What comes with the program, for a file that is in no register.
pub fn register() -> Register {
    let schemes = SCHEMES.iter().filter_map(|(id, _)| scheme(id));
    let mut register = Register::default();
    register.schemes = schemes.map(|one| (one.id.clone(), one)).collect();
    let titles =
        register.schemes.values().map(|one| Labelled { id: one.id.clone(), label: one.body.title.clone() });
    register.vocabularies =
        Arc::new(Vocabularies { schemes: Some(titles.collect()), ..vocabularies(&Settings::default()) });
    register
}

/// The text of a shipped scheme.
pub fn text(id: &str) -> Option<&'static str> {
    SCHEMES.iter().find(|(shipped, _)| *shipped == id).map(|(_, text)| *text)
}

/// One shipped scheme. It is in no file of the register.
pub fn scheme(id: &str) -> Option<Record<Scheme>> {
    let (id, text) = (id.to_owned(), text(id)?.to_owned());
    let body = decode::decode(&parse::parse(&text).0).ok()?;
    Some(Record { id, text, body, sound: true, ..Record::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scheme::FIELDS;
    use crate::toml::known::Known;
    use crate::toml::shape::shape;

    #[test]
    fn every_shipped_file_is_sound() {
        for (id, text) in SCHEMES {
            let (mut tree, faults) = parse::parse(text);
            assert_eq!(faults, [], "{id}");
            assert_eq!(shape(&mut tree, FIELDS, &Known::default(), id, text), [], "{id}");
            assert!(scheme(id).is_some(), "{id}");
        }
        let Vocabularies { activity_fields, documents, .. } = vocabularies(&Settings::default());
        assert_eq!((activity_fields.unwrap().len(), documents.unwrap().len()), (13, 16));
    }
}
