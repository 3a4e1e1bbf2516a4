//! In words: what is there, and how to write what is missing.

use crate::model::field::Field;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Value;
use crate::say;

/// How to write the missing value of a row.
pub fn example(field: &Field) -> Said {
    let (key, value) = (field.key, field.kind.example());
    say!("thêm dòng: {key} = {value}", "add a line: {key} = {value}", [key, value])
}

/// What is there.
pub fn found(value: &Value) -> Text {
    match value {
        Value::Text(_) => t("chữ", "text"),
        Value::Int(_) => t("số nguyên", "a whole number"),
        Value::Float(_) => t("số thập phân", "a decimal number"),
        Value::Bool(_) => t("true hoặc false", "true or false"),
        Value::Day(_) => t("ngày", "a date"),
        Value::Time(_) => t("giờ", "a time of day"),
        Value::OtherTime(moment) if moment.contains('-') => t("ngày", "a date"),
        Value::OtherTime(_) => t("giờ có phần lẻ của giây", "a part of a second"),
        Value::List(_) => t("danh sách", "a list"),
        Value::Table(_) => t("nhóm giá trị", "a group of values"),
    }
}
