//! Values of records as cells, and lists as one cell.

use crate::model::field::Kind;
use crate::model::json;
use crate::model::table::Cell;
use crate::model::text::Said;
use crate::model::tree::{Node, Value};

/// A value as a cell: in the type of its field, else as it was written.
pub fn cell(node: &Node, kind: &Kind) -> Cell {
    match (&node.value, kind) {
        (_, Kind::Free) => Cell::Text(free(node)),
        (Value::Text(word), Kind::Choice(choices)) => {
            let choice = choices.iter().find(|choice| choice.word == word.as_ref());
            choice.map_or_else(|| Cell::Text(word.clone().into_owned()), Cell::from)
        }
        (Value::Text(text), _) => Cell::Text(text.clone().into_owned()),
        (Value::Int(n), Kind::Measure(_)) => Cell::Number(*n as f64),
        (Value::Int(n), _) => Cell::Count(*n),
        (Value::Float(n), _) => Cell::Number(*n),
        (Value::Bool(yes), _) => Cell::Bool(*yes),
        (Value::Day(day), _) => Cell::Day(*day),
        (Value::Time(time), _) => Cell::Time(*time),
        (Value::OtherTime(moment), _) => Cell::Text(moment.clone()),
        (Value::List(items), Kind::List(of)) => list(items, of),
        (Value::List(_) | Value::Table(_), _) => Cell::Text(free(node)),
    }
}

/// What no row knows, as JSON on one line.
fn free(node: &Node) -> String {
    json::of_tree(node).to_string()
}

/// A list as one cell: texts a line each, ids and code words with semicolons.
fn list(items: &[Node], of: &Kind) -> Cell {
    let word = |node: &Node| node.text().map_or_else(|| free(node), str::to_owned);
    let words: Vec<String> = items.iter().map(word).collect();
    match of {
        Kind::Text | Kind::Prose => Cell::Text(join_texts(words.iter().map(String::as_str))),
        Kind::Choice(choices) => {
            let label = |word: &String| {
                let choice = choices.iter().find(|choice| choice.word == *word);
                choice.map_or_else(|| Said::same(word.as_str()), |choice| choice.label.into())
            };
            Cell::Word(words.join(";"), Said::join(words.iter().map(label), "; "))
        }
        _ => Cell::Text(words.join(";")),
    }
}

/// Several texts as one cell, a line each; a line end inside a text is written `\n`, a backslash `\\`.
pub fn join_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let lines = texts.into_iter().map(|text| text.replace('\\', r"\\").replace('\n', r"\n"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The texts of a cell that [`join_texts`] made.
pub fn split_texts(cell: &str) -> Vec<String> {
    let text = |line: &str| -> String {
        let (mut text, mut turned) = (String::new(), false);
        for letter in line.chars() {
            match letter {
                '\\' if !turned => {
                    turned = true;
                    continue;
                }
                'n' if turned => text.push('\n'),
                letter => text.push(letter),
            }
            turned = false;
        }
        text
    };
    cell.split('\n').map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_texts_are_one_cell_and_come_back() {
        for texts in [vec!["một", "hai"], vec!["dòng\nhai", r"a\nb", r"\\", "\\"], vec![""]] {
            assert_eq!(split_texts(&join_texts(texts.iter().copied())), texts);
        }
    }
}
