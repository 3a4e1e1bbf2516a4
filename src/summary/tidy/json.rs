//! A tree as JSON on one line: how the free table `[extra]` is exported.

use crate::model::tree::{Entry, Node, Value};
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

/// The tree of a JSON text that [`json`] made; none where it is not one.
pub fn read(text: &str) -> Option<Node<'static>> {
    let (node, rest) = value(text.trim_start(), 0)?;
    rest.trim().is_empty().then_some(node)
}

/// Values nested deeper than any record.
const TOO_DEEP: usize = 32;

fn value(text: &str, depth: usize) -> Option<(Node<'static>, &str)> {
    let (found, rest) = match text.chars().next().filter(|_| depth < TOO_DEEP)? {
        '"' => string(text).map(|(text, rest)| (Value::Text(text.into()), rest))?,
        open @ ('[' | '{') => {
            let (mut items, mut entries) = (Vec::new(), Vec::new());
            let mut rest = text[1..].trim_start();
            while !rest.starts_with([']', '}']) {
                if open == '{' {
                    let (key, after) = string(rest)?;
                    let (node, after) = value(after.trim_start().strip_prefix(':')?.trim_start(), depth + 1)?;
                    entries.push(Entry { key: key.into(), key_span: 0..0, node });
                    rest = after;
                } else {
                    let (node, after) = value(rest, depth + 1)?;
                    items.push(node);
                    rest = after;
                }
                rest = rest.trim_start();
                rest = rest.strip_prefix(',').map_or(rest, str::trim_start);
            }
            (if open == '{' { Value::Table(entries) } else { Value::List(items) }, &rest[1..])
        }
        _ => {
            let end = text.find([',', ']', '}']).unwrap_or(text.len());
            let word = text[..end].trim();
            let found = match word {
                "true" | "false" => Value::Bool(word == "true"),
                _ => word.parse().map(Value::Int).or_else(|_| word.parse().map(Value::Float)).ok()?,
            };
            (found, &text[end..])
        }
    };
    Some((Node::new(found), rest))
}

fn string(text: &str) -> Option<(String, &str)> {
    let mut letters = text.strip_prefix('"')?.char_indices();
    let mut found = String::new();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((found, &text[at + 2..])),
            '\\' => match letters.next()?.1 {
                'n' => found.push('\n'),
                'u' => {
                    let code: String = letters.by_ref().take(4).map(|(_, digit)| digit).collect();
                    found.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                }
                letter => found.push(letter),
            },
            letter => found.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_json() {
        let mut tree = Node::table();
        tree.put_at("a.b", Node::new(Value::Text("Điền \"Công\"\n\u{1b}\\".into())));
        tree.put_at("n[0]", Node::new(Value::Int(3)));
        tree.put_at("n[1]", Node::new(Value::Float(1.0)));
        let text = json(&tree);
        assert_eq!(text, r#"{"a":{"b":"Điền \"Công\"\n\u001b\\"},"n":[3,1.0]}"#);
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["a"]["b"], "Điền \"Công\"\n\u{1b}\\");
    }

    #[test]
    fn what_was_made_json_comes_back() {
        for text in [r#"{"a":[1,2.5,true],"b":{"c":"x\"\\y\nz"},"d":{},"e":[]}"#, "7", r#""ế""#] {
            assert_eq!(read(text).map(|node| json(&node)).as_deref(), Some(text));
        }
        for bad in ["", "{", "[1", "{\"a\"}", "nul", "[1]]", &"[".repeat(100)] {
            assert!(read(bad).is_none(), "{bad}");
        }
    }
}
