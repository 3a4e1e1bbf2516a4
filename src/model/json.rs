//! JSON: what all our JSON texts have in common, and trees as JSON and back. The only file that knows serde_json by
//! name; others take [`Json`] and [`json`] from here.

use super::text::is_bidi;
use super::tree::{Entry, Node, Value};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Write;

pub use serde_json::{Value as Json, json};

/// The version of the shape of every JSON text.
pub const VERSION: u32 = 1;

/// An object with these keys, in this order.
pub fn object(entries: impl IntoIterator<Item = (String, Json)>) -> Json {
    Json::Object(entries.into_iter().collect())
}

/// The text of a value, with a line end. What could steer a terminal is escaped: the same value, harmless to look at.
pub fn text(value: &Json) -> String {
    let plain = format!("{value:#}\n");
    let steers = |c: char| (c.is_control() && c != '\n') || is_bidi(c);
    if !plain.contains(steers) {
        return plain;
    }
    plain.chars().fold(String::with_capacity(plain.len()), |mut out, c| {
        if steers(c) {
            let _ = write!(out, "\\u{:04x}", c as u32);
        } else {
            out.push(c);
        }
        out
    })
}

/// A value without what is at some paths of keys, such as `fund.raised`.
pub fn without<T: Serialize + DeserializeOwned + Clone>(value: &T, paths: &[String]) -> T {
    let Ok(mut json) = serde_json::to_value(value) else { return value.clone() };
    for path in paths {
        let (above, key) = path.rsplit_once('.').unwrap_or(("", path));
        let mut keys = above.split('.').filter(|key| !key.is_empty());
        if let Some(Json::Object(entries)) = keys.try_fold(&mut json, |at, key| at.get_mut(key)) {
            entries.shift_remove(key);
        }
    }
    serde_json::from_value(json).unwrap_or_else(|_| value.clone())
}

/// A tree with the keys in its order. Days and times become strings, and so does what JSON has no number for: `inf`, `nan`.
pub fn of_tree(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Int(n) => json!(n),
        Value::Float(n) if n.is_finite() => json!(n),
        Value::Float(n) => json!(n.to_string()),
        Value::Bool(yes) => json!(yes),
        Value::Day(day) => json!(day.to_string()),
        Value::Time(time) => json!(time.to_string()),
        Value::OtherTime(moment) => json!(moment),
        Value::List(items) => items.iter().map(of_tree).collect(),
        Value::Table(entries) => {
            object(entries.iter().map(|entry| (entry.key.to_string(), of_tree(&entry.node))))
        }
    }
}

/// The tree of a JSON text. None for text that is not JSON, and for `null`, which records do not have.
pub fn to_tree(text: &str) -> Option<Node<'static>> {
    node(text.parse().ok()?)
}

fn node(json: Json) -> Option<Node<'static>> {
    let entry =
        |(key, json): (String, Json)| Some(Entry { key: key.into(), key_span: 0..0, node: node(json)? });
    Some(Node::new(match json {
        Json::Null => return None,
        Json::Bool(yes) => Value::Bool(yes),
        Json::Number(n) => n.as_i64().map(Value::Int).or_else(|| n.as_f64().map(Value::Float))?,
        Json::String(text) => Value::Text(text.into()),
        Json::Array(items) => Value::List(items.into_iter().map(node).collect::<Option<_>>()?),
        Json::Object(entries) => Value::Table(entries.into_iter().map(entry).collect::<Option<_>>()?),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_harmless_and_lossless() {
        let value = json!({"a": "\u{1b}[31m\u{9b}\u{202e}x"});
        let text = text(&value);
        assert_eq!(text, "{\n  \"a\": \"\\u001b[31m\\u009b\\u202ex\"\n}\n");
        assert_eq!(text.parse::<Json>().unwrap(), value);
    }

    #[test]
    fn a_tree_is_json_and_comes_back() {
        let mut tree = Node::table();
        tree.put_at("a.b", Node::new(Value::Text("Điền \"Công\"\n\t\u{1b}\\".into())));
        tree.put_at("n[0]", Node::new(Value::Int(3)));
        tree.put_at("n[1]", Node::new(Value::Float(1.0)));
        tree.put_at("n[2]", Node::new(Value::Float(0.1 + 0.2)));
        let text = of_tree(&tree).to_string();
        assert_eq!(text, r#"{"a":{"b":"Điền \"Công\"\n\t\u001b\\"},"n":[3,1.0,0.30000000000000004]}"#);
        assert!(to_tree(&text).unwrap().says_same(&tree));
        for bad in ["", "{", "[1", "{\"a\"}", "nul", "[1]]", "null", "{\"a\":null}", &"[".repeat(1_000)] {
            assert!(to_tree(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn every_digit_of_a_number_comes_back() {
        for n in [2.225_073_858_507_201e-308, 9_007_199_254_740_993.0, 1.7976931348623157e308, 0.072_7, 1e-7]
        {
            let text = of_tree(&Node::new(Value::Float(n))).to_string();
            assert_eq!(to_tree(&text).unwrap().value, Value::Float(n), "{text}");
        }
    }
}
