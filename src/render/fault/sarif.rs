//! Faults as SARIF 2.1.0, the format that code hosts and editors read.

use super::{Checked, message_and_help};
use crate::model::fault::{Code, Fault};
use crate::model::json::{Json, json};
use crate::render::Style;

/// The log of one check. Columns count characters, places are relative to the register.
pub fn log(checked: &Checked, style: &Style) -> Json {
    let rule = |code: &Code| {
        json!({
            "id": code.name,
            "shortDescription": {"text": code.title.get(style.lang)},
            "fullDescription": {"text": code.why.get(style.lang)},
            "defaultConfiguration": {"level": code.severity.word()},
        })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": checked.codes.iter().map(rule).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": checked.faults.iter().map(|fault| result(fault, checked, style)).collect::<Vec<_>>(),
        }],
    })
}

fn result(fault: &Fault, checked: &Checked, style: &Style) -> Json {
    let artifact = json!({"uri": uri(&fault.file), "uriBaseId": "%SRCROOT%"});
    let mut physical = json!({"artifactLocation": artifact});
    let region = fault.place.as_ref().map(|place| {
        json!({
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        })
    });
    if let Some(region) = &region {
        physical["region"] = region.clone();
    }
    let mut location = json!({"physicalLocation": physical});
    if let Some(key) = &fault.key {
        location["logicalLocations"] = json!([{"fullyQualifiedName": key}]);
    }
    let mut result = json!({
        "ruleId": fault.code,
        "level": fault.severity.word(),
        "message": {"text": message_and_help(fault, style.lang)},
        "locations": [location],
    });
    if let Some(index) = checked.codes.iter().position(|code| code.name == fault.code) {
        result["ruleIndex"] = json!(index);
    }
    if let (Some(region), Some((_, meant))) = (region, fault.replacement()) {
        result["fixes"] = json!([{
            "description": {"text": fault.help.get(style.lang)},
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": meant}}],
            }],
        }]);
    }
    result
}

/// A path as a relative URI: every byte that is not plain is percent-encoded.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                out.push(byte.into())
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded() {
        assert_eq!(
            uri("visits/2016-2017/điền công.toml"),
            "visits/2016-2017/%C4%91i%E1%BB%81n%20c%C3%B4ng.toml"
        );
    }
}
