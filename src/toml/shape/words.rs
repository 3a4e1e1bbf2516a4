//! In words: what a row wants, what stands there, and how a missing one is written.

use crate::model::field::{Field, Form, Kind};
use crate::model::text::Said;
use crate::model::tree::Value;
use crate::say;

/// How to write a value of a row that is missing.
pub fn example(field: &Field) -> Said {
    let key = field.key;
    let value = match field.kind {
        Kind::Choice(choices) => {
            let words: Vec<String> = choices.iter().map(|choice| format!("\"{}\"", choice.word)).collect();
            words.join(" | ")
        }
        Kind::Day => "2016-10-27".to_owned(),
        Kind::Time => "08:00:00".to_owned(),
        Kind::Bool => "true".to_owned(),
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => "0".to_owned(),
        Kind::Form(Form::Period) => "\"2015-2016\"".to_owned(),
        Kind::Form(Form::SchoolYear) => "\"2016-2017\"".to_owned(),
        Kind::List(_) => "[\"…\"]".to_owned(),
        Kind::Inline(fields) => {
            let keys: Vec<String> = fields.iter().map(|field| format!("{} = …", field.key)).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        _ => "\"…\"".to_owned(),
    };
    say!("thêm dòng: {key} = {value}", "add a line: {key} = {value}")
}

/// What a kind wants, in words.
pub fn wanted(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Count(_) | Kind::Money => ("số nguyên", "a whole number"),
        Kind::Measure(_) => ("số", "a number"),
        Kind::Day => ("ngày", "a date"),
        Kind::Time => ("giờ", "a time of day"),
        Kind::Bool => ("có hoặc không (true, false)", "true or false"),
        Kind::List(_) => ("danh sách", "a list"),
        Kind::Rows(_) => ("các mục [[…]]", "[[…]] entries"),
        Kind::Inline(_) => ("nhóm giá trị { … }", "a group of values { … }"),
        Kind::Section(_) | Kind::Keyed { .. } | Kind::Free => ("một mục [ … ]", "a [section]"),
        _ => ("chữ", "text"),
    }
}

/// What stands there, in words.
pub fn found(value: &Value) -> (&'static str, &'static str) {
    match value {
        Value::Text(_) => ("chữ", "text"),
        Value::Int(_) => ("số nguyên", "a whole number"),
        Value::Float(_) => ("số thập phân", "a decimal number"),
        Value::Bool(_) => ("true hoặc false", "true or false"),
        Value::Day(_) | Value::OtherTime => ("ngày", "a date"),
        Value::Time(_) => ("giờ", "a time of day"),
        Value::List(_) => ("danh sách", "a list"),
        Value::Table(_) => ("một nhóm giá trị", "a group of values"),
    }
}
