//! A tree as JSON on one line: how the free table `[extra]` is exported.

use crate::model::tree::{Node, Value};
use std::fmt::Write;

/// The JSON of a value. Days and times become strings; what JSON has no word for becomes `null`.
pub fn json(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Int(n) => n.to_string(),
        Value::Float(n) if n.is_finite() => format!("{n:?}"),
        Value::Bool(yes) => yes.to_string(),
        Value::Day(day) => quoted(&day.to_string()),
        Value::Time(time) => quoted(&time.to_string()),
        Value::Float(_) | Value::OtherTime => "null".into(),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Value::Table(entries) => {
            let pairs = entries.iter().map(|entry| format!("{}:{}", quoted(&entry.key), json(&entry.node)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(","))
        }
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(letter)),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json() {
        let mut tree = Node::table();
        let path = |text| crate::model::tree::steps(text).unwrap();
        tree.put(&path("a.b"), Node::new(Value::Text("Điền \"Công\"\n\u{1b}\\".into())));
        tree.put(&path("n[0]"), Node::new(Value::Int(3)));
        tree.put(&path("n[1]"), Node::new(Value::Float(1.0)));
        let text = json(&tree);
        assert_eq!(text, r#"{"a":{"b":"Điền \"Công\"\n\u001b\\"},"n":[3,1.0]}"#);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["a"]["b"], "Điền \"Công\"\n\u{1b}\\");
    }
}
