//! What editors are told of records: it refuses nothing that is right.

#[cfg(unix)]
use crate::fresh::{example, fresh};
#[cfg(unix)]
use crate::transcript::TTHT;
use regex::Regex;
use serde_json::Value;
#[cfg(unix)]
use std::process::Command;
use ttht::model::RecordKind;
use ttht::model::form::Form;
use ttht::model::text::Lang;
use ttht::render::json_schema::json_schema;
use ttht::toml::shipped;

/// Texts that have a form, from its examples, with a letter more, less or other at each place.
fn like(form: Form) -> Vec<String> {
    let also = [
        "+84 203 000 0001",
        "a@b.vn, c@d.vn",
        "12-CT/TW",
        "a__b",
        "2016-10-27-a-b_2#r1",
        "x/y-z.jpg",
        "a-b_c",
    ];
    let mut texts: Vec<String> = form.examples().iter().chain(&also).map(|text| (*text).to_owned()).collect();
    for text in texts.clone() {
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let (before, after) = text.split_at(at);
            let rest: String = after.chars().skip(1).collect();
            texts.push(format!("{before}{rest}"));
            texts.extend(
                " -_./#@,;()+0az"
                    .chars()
                    .flat_map(|c| [format!("{before}{c}{after}"), format!("{before}{c}{rest}")]),
            );
        }
    }
    texts.into_iter().filter(|text| form.fits(text) && !text.trim().is_empty()).collect()
}

#[test]
fn a_pattern_takes_every_text_that_fits_its_form_and_not_any_text() {
    for form in Form::ALL {
        let pattern = Regex::new(form.pattern()).unwrap();
        for text in like(*form) {
            assert!(pattern.is_match(&text), "{} does not take {text}", form.pattern());
        }
        let takes_all = *form == Form::DocumentNumber;
        assert_eq!(pattern.is_match("không: phải!"), takes_all, "{}", form.pattern());
    }
}

/// Every part of a schema that says what a value is.
fn each(schema: &Value, tell: &mut impl FnMut(&Value)) {
    tell(schema);
    let below =
        ["properties"].iter().filter_map(|key| schema[key].as_object()).flat_map(|keys| keys.values());
    below.for_each(|one| each(one, tell));
    let more = ["items", "additionalProperties"].iter().map(|key| &schema[key]).filter(|one| one.is_object());
    more.for_each(|one| each(one, tell));
}

#[test]
fn schemas_say_everything_in_both_languages_and_refer_to_what_is_there() {
    let register = shipped::register();
    for kind in RecordKind::ALL {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| json_schema(*kind, &register, lang));
        let schema: Value = serde_json::from_str(&vi).unwrap();
        let mut texts = [Vec::new(), Vec::new()];
        each(&schema, &mut |one| {
            for key in ["title", "description"].iter().filter(|key| one[**key].is_string()) {
                let both = &one[format!("x-{key}")];
                assert_eq!(one[*key], both["vi"]);
                [0, 1].iter().for_each(|at| texts[*at].push(both[["vi", "en"][*at]].clone()));
            }
            let there = one["allOf"][0]["$ref"].as_str().map(|at| schema.pointer(&at[1..]));
            assert!(there.is_none_or(|there| there.is_some()), "{one}");
        });
        assert!(texts[0].len() > 10 && texts[0] != texts[1]);
        let mut english = Vec::new();
        each(&serde_json::from_str(&en).unwrap(), &mut |one| {
            english.extend(
                ["title", "description"]
                    .iter()
                    .filter(|key| one[**key].is_string())
                    .map(|key| one[*key].clone()),
            );
        });
        assert_eq!(english, texts[1]);
    }
}

#[cfg(unix)]
#[test]
fn what_editors_are_told_never_goes_out_of_the_register() {
    let folder = fresh();
    let (register, outside) = (folder.path().join("so"), folder.path().join("outside"));
    example(&register);
    std::fs::create_dir(&outside).unwrap();
    for place in ["editors", "tombi.toml"] {
        std::os::unix::fs::symlink(&outside, register.join(place)).unwrap();
        let call =
            Command::new(TTHT).args(["init", ".", "--editor"]).current_dir(&register).output().unwrap();
        assert_eq!(call.status.code(), Some(4), "{place}");
        assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
        std::fs::remove_file(register.join(place)).unwrap();
        assert!(!register.join("editors").exists(), "all of it or nothing");
    }
}
