//! Values of records as cells, and cells as values: each the reverse of the other.

use crate::model::date::Date;
use crate::model::day::{Day, Time};
use crate::model::field::Kind;
use crate::model::table::Cell;
use crate::model::text::Said;
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::compose;
use crate::toml::{self, print};
use std::borrow::Cow;

/// A value as a cell: in the type of its field, else as TOML.
pub fn cell(node: &Node, kind: &Kind) -> Cell {
    match (&node.value, kind) {
        (_, Kind::Free) => Cell::Text(free(node)),
        (Value::Text(word), Kind::Choice(choices)) => {
            let choice = choices.iter().find(|choice| choice.word == word.as_ref());
            choice.map_or_else(|| Cell::Text(word.clone().into_owned()), Cell::from)
        }
        (Value::Text(text), Kind::Date) => {
            Date::parse(text).map_or_else(|| Cell::Text(text.clone().into_owned()), Cell::Date)
        }
        (Value::Text(text), _) => Cell::Text(text.clone().into_owned()),
        (Value::Int(n), _) => Cell::Count(*n),
        (Value::Float(n), _) => Cell::Number(*n),
        (Value::Bool(yes), _) => Cell::Bool(*yes),
        (Value::Day(day), Kind::Date) => Cell::Date(Date::Day(*day)),
        (Value::Day(day), _) => Cell::Day(*day),
        (Value::Time(time), _) => Cell::Time(*time),
        (Value::List(items), Kind::List(of)) => list(items, of),
        (Value::OtherTime(_) | Value::List(_) | Value::Table(_), _) => Cell::Text(free(node)),
    }
}

/// A value as an export writes it: in the form that it has in its file, else as TOML.
pub fn written<'n>(node: &'n Node, kind: &Kind) -> Cow<'n, str> {
    let text = match (&node.value, kind) {
        (_, Kind::Free) => free(node),
        (Value::Text(text), _) => return text.as_ref().into(),
        (Value::Int(n), _) => n.to_string(),
        // With its point, also where nothing comes after it.
        (Value::Float(n), _) => format!("{n:?}"),
        (Value::Bool(yes), _) => return if *yes { "true" } else { "false" }.into(),
        (Value::Day(day), _) => day.to_string(),
        (Value::Time(time), _) => time.to_string(),
        (Value::List(items), Kind::List(of)) => joined(items, of),
        (Value::OtherTime(_) | Value::List(_) | Value::Table(_), _) => free(node),
    };
    text.into()
}

/// What no row knows, as TOML: JSON has neither days nor times, and does not tell 24.0 from 24.
fn free(node: &Node) -> String {
    print::inline(&Kind::Free, node)
}

/// The cell of an empty list; an empty cell says nothing at all.
pub const EMPTY: &str = "[]";

/// A list as one cell, with labels for code words.
fn list(items: &[Node], of: &Kind) -> Cell {
    let text = joined(items, of);
    let Kind::Choice(choices) = of else { return Cell::Text(text) };
    if items.is_empty() {
        return Cell::Text(text);
    }
    let label = |word: &Node| {
        let choice = choices.iter().find(|choice| Some(choice.word) == word.text());
        choice.map_or_else(|| Said::same(word_of(word)), |choice| choice.label.into())
    };
    Cell::word(text, Said::join(items.iter().map(label), "; "))
}

/// A list in one text: texts a line each, ids and code words with semicolons.
fn joined(items: &[Node], of: &Kind) -> String {
    let words = items.iter().map(word_of);
    match of {
        _ if items.is_empty() => EMPTY.to_owned(),
        Kind::Text | Kind::Prose => join(words, '\n'),
        Kind::Choice(_) => words.collect::<Vec<_>>().join(";"),
        _ => join(words, ';'),
    }
}

fn word_of<'n>(node: &'n Node) -> Cow<'n, str> {
    node.text().map_or_else(|| free(node).into(), Cow::Borrowed)
}

/// The value whose cell an export writes like this, letter for letter. None for what no export writes: a person has been
/// there.
pub fn value(kind: &Kind, written: &str) -> Option<Node<'static>> {
    let text = compose(written);
    let as_written = |said: String| said == text;
    Some(Node::new(match kind {
        Kind::Free => return toml::value(written),
        Kind::Text | Kind::Prose | Kind::Form(_) | Kind::Id(_) => Value::Text(text.into_owned().into()),
        Kind::Choice(choices) => Value::Text(choices.iter().find(|choice| choice.word == text)?.word.into()),
        Kind::Day => Value::Day(Day::parse(&text)?),
        Kind::Date => Date::parse(&text)?.into(),
        Kind::Time => Value::Time(Time::parse_typed(&text).filter(|time| as_written(time.to_string()))?),
        Kind::Bool => Value::Bool(text.parse().ok()?),
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => {
            let whole = text.parse::<i64>().ok().filter(|n| as_written(n.to_string())).map(Value::Int);
            let number = || text.parse::<f64>().ok().filter(|n| as_written(format!("{n:?}")));
            whole.or_else(|| number().filter(|_| matches!(kind, Kind::Measure(_))).map(Value::Float))?
        }
        Kind::List(_) if text == EMPTY => Value::List(Vec::new()),
        Kind::List(of) => {
            let texts = match of {
                Kind::Text | Kind::Prose => split_texts(&text),
                _ => split(&text, ';'),
            };
            Value::List(texts.iter().map(|text| value(of, text)).collect::<Option<_>>()?)
        }
        Kind::Section(_) | Kind::Inline(_) | Kind::Rows(_) | Kind::Keyed { .. } => return None,
    }))
}

/// Several texts as one cell, with something between them. Where it stands in a text itself, a backslash stands before it;
/// a line end inside a text is written `\n`, a backslash `\\`. A backslash before anything else says nothing: it keeps a
/// text from being read as [`EMPTY`].
fn join<'a>(texts: impl IntoIterator<Item = Cow<'a, str>>, between: char) -> String {
    let written = |text: Cow<str>| {
        let text = text.replace('\\', r"\\").replace('\n', r"\n");
        text.replace(between, &format!("\\{between}"))
    };
    let cell = texts.into_iter().map(written).collect::<Vec<_>>().join(&between.to_string());
    if cell == EMPTY { format!("\\{cell}") } else { cell }
}

/// The texts of a cell that [`join`] made with line ends.
pub fn split_texts(cell: &str) -> Vec<String> {
    split(cell, '\n')
}

fn split(cell: &str, between: char) -> Vec<String> {
    let (mut texts, mut text, mut turned) = (Vec::new(), String::new(), false);
    for letter in cell.chars() {
        match letter {
            '\\' if !turned => {
                turned = true;
                continue;
            }
            'n' if turned => text.push('\n'),
            letter if letter == between && !turned => texts.push(std::mem::take(&mut text)),
            letter => text.push(letter),
        }
        turned = false;
    }
    texts.push(text);
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::centre::Post;
    use crate::model::field::Refers;
    use crate::model::text::t;

    #[test]
    fn a_cell_is_the_value_that_it_was_made_from() {
        let text = |text: &str| Node::of_text(text);
        let list = |items: &[&str]| Node::new(Value::List(items.iter().map(|item| text(item)).collect()));
        let hours = Kind::Measure(t("giờ", "hours"));
        for (kind, node, written) in [
            (hours, Node::new(Value::Float(24.0)), "24.0"),
            (hours, Node::new(Value::Int(24)), "24"),
            (hours, Node::new(Value::Float(1.234)), "1.234"),
            (hours, Node::new(Value::Float(1e-7)), "1e-7"),
            (Kind::Money, Node::new(Value::Int(1_000_000)), "1000000"),
            (Kind::Day, Node::new(Value::Day(Day::new(2016, 11, 3).unwrap())), "2016-11-03"),
            (Kind::Date, Node::new(Value::Day(Day::new(2016, 11, 3).unwrap())), "2016-11-03"),
            (Kind::Date, text("2008-01"), "2008-01"),
            (Kind::Date, text("2008"), "2008"),
            (Kind::Time, Node::new(Value::Time(Time::new(8, 30, 0).unwrap())), "08:30:00"),
            (Kind::Bool, Node::new(Value::Bool(false)), "false"),
            (Kind::Text, text("  '=1;\t"), "  '=1;\t"),
            (Kind::Prose, text("\nmột\r\n\n"), "\nmột\r\n\n"),
            (Kind::List(&Kind::Text), list(&[]), "[]"),
            (Kind::List(&Kind::Text), list(&["[]"]), "\\[]"),
            (Kind::List(&Kind::Text), list(&["một;", " hai\\n"]), "một;\n hai\\\\n"),
            (Kind::List(&Post::KIND), list(&["director", "head_teacher"]), "director;head_teacher"),
            (Kind::List(&Kind::Id(Refers::Centre)), list(&["a;b", "c"]), r"a\;b;c"),
        ] {
            assert_eq!(super::written(&node, &kind), written);
            assert_eq!(value(&kind, written), Some(node), "{written}");
        }
        for (kind, typed) in [
            (hours, "1.200"),
            (hours, "24,0"),
            (Kind::Money, "1.5"),
            (Kind::Day, "3/11/2016"),
            (Kind::Day, "2016-11"),
            (Kind::Date, "11/2016"),
            (Kind::Bool, "có"),
        ] {
            assert_eq!(value(&kind, typed), None, "{typed} is no export's");
        }
    }

    #[test]
    fn several_texts_are_one_cell_and_come_back() {
        for texts in [vec!["một", "hai"], vec!["dòng\nhai", r"a\nb", r"\\", "\\"], vec![""], vec!["[]"]] {
            assert_eq!(split_texts(&join(texts.iter().map(|text| (*text).into()), '\n')), texts);
        }
    }
}
