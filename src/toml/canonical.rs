//! A sound text in canonical layout: composed letters, keys in the order of their rows, a blank line before each
//! header, one line end throughout. What it says, its comments, and whether lines end as on Windows, stay.

use super::layout::{Item, layout};
use super::parse;
use super::plain::Plain;
use super::splice::ending;
use crate::model::field::{Field, Kind};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{compose, is_composed};

/// The text in canonical layout. `None` if it is not sound.
pub fn tidy(text: &str, fields: &'static [Field]) -> Option<String> {
    if is_tidy(text, fields) { Some(text.to_owned()) } else { tidied(text, fields) }
}

/// True for a text of which it can be seen that tidying would change nothing: most are in the plain notation, without texts
/// of several lines.
fn is_tidy(text: &str, fields: &'static [Field]) -> bool {
    let is_in_order = |tree| is_in_order(&tree, Kind::Section(fields));
    !text.contains("\"\"\"")
        && has_tidy_lines(text)
        && is_composed(text)
        && Plain::tree(text).is_ok_and(is_in_order)
}

/// True if all headers have a blank line above them and their comments, and no blank line and no space is too many.
fn has_tidy_lines(text: &str) -> bool {
    let Some(lines) = text.strip_suffix('\n') else { return false };
    // Of the line above: if it is blank, and if that is so above comments. A file begins as if it were below a blank line.
    let (mut blank, mut parts) = (true, true);
    let is_tidy = |line: &str| {
        let first = line.trim_start().chars().next();
        let is_right =
            line.trim_end() == line && !(blank && first.is_none()) && (parts || first != Some('['));
        blank = first.is_none();
        parts = blank || parts && first == Some('#');
        is_right
    };
    lines.split('\n').all(is_tidy) && !blank
}

/// True if the values below each header are in the order of their rows.
fn is_in_order(node: &Node, kind: Kind) -> bool {
    match &node.value {
        Value::Table(entries) => {
            // Headers come after the values, and are at their own place or before it.
            let (values, headed) =
                entries.split_at(entries.partition_point(|one| one.node.span.start > one.key_span.start));
            values.is_sorted_by_key(|one| kind.rank_of(&one.key))
                && headed.iter().all(|one| is_in_order(&one.node, kind.key(&one.key)))
        }
        Value::List(rows) => rows.iter().all(|row| is_in_order(row, kind.item())),
        _ => true,
    }
}

fn tidied(text: &str, fields: &'static [Field]) -> Option<String> {
    let (end, composed) = (ending(text), compose(text));
    let (tree, faults) = parse::parse(&composed);
    if !faults.is_empty() {
        return None;
    }
    let text = composed.replace("\r\n", "\n");
    let (root, items) = (Kind::Section(fields), layout(&text));
    let mut blocks: Vec<Headed> = vec![Headed::default()];
    let mut at = 0;
    for item in &items {
        let above = lines(&text[at..item.span.start]);
        at = item.span.end;
        let piece = Piece { ranks: root.ranks(&item.path), above, text: tidy_item(&text, item) };
        match (&item.value, blocks.last_mut()) {
            (Some(_), Some(block)) => block.values.push(piece),
            _ => blocks.push(Headed { header: Some(piece), values: Vec::new() }),
        }
    }
    let mut tidy: Vec<String> = Vec::new();
    blocks.into_iter().for_each(|block| block.write(&mut tidy));
    tidy.extend(lines(&text[at..]));
    let tidy = join(&tidy);
    let (again, faults) = parse::parse(&tidy);
    (faults.is_empty() && tree.says_same(&again)).then(|| tidy.replace('\n', end))
}

/// A header or a value with what is above it.
struct Piece {
    ranks: Vec<usize>,
    above: Vec<String>,
    text: String,
}

/// A header and its values; the first block has none.
#[derive(Default)]
struct Headed {
    header: Option<Piece>,
    values: Vec<Piece>,
}

impl Headed {
    fn write(mut self, tidy: &mut Vec<String>) {
        let is_root = self.header.is_none();
        if let Some(header) = self.header {
            // Comments that lead over to the header come below the blank line.
            let comments = header.above.iter().rev().take_while(|line| !line.is_empty()).count();
            let split = header.above.len() - comments;
            tidy.extend_from_slice(&header.above[..split]);
            tidy.push(String::new());
            tidy.extend_from_slice(&header.above[split..]);
            tidy.push(header.text);
        }
        if let Some(first) = self.values.first_mut() {
            // What is directly above a value belongs to it; what begins a file or section is about all of it, and stays.
            let blank = first.above.iter().rposition(|line| line.is_empty()).map(|at| at + 1);
            let split = blank.unwrap_or(if is_root { first.above.len() } else { 0 });
            tidy.extend(first.above.drain(..split));
        }
        self.values.sort_by(|a, b| a.ranks.cmp(&b.ranks));
        for value in self.values {
            tidy.extend(value.above);
            tidy.push(value.text);
        }
    }
}

/// Lines without trailing spaces.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// The lines of an item without trailing spaces, except inside a multi-line string, where they are content.
fn tidy_item(text: &str, item: &Item) -> String {
    let all = &text[item.span.clone()];
    match &item.value {
        Some(value) if ["\"\"\"", "'''"].iter().any(|quotes| text[value.clone()].contains(quotes)) => {
            all.trim_end_matches('\n').to_owned()
        }
        _ => lines(all).join("\n"),
    }
}

/// Lines joined into a text: several blank lines become one, and there are none at the beginning and end.
fn join(lines: &[String]) -> String {
    let mut text = String::new();
    for line in lines {
        let blank = line.is_empty() && (text.is_empty() || text.ends_with("\n\n"));
        if !blank {
            text.push_str(line);
            text.push('\n');
        }
    }
    let end = text.trim_end_matches('\n').len();
    text.truncate(end);
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::visit::FIELDS;

    #[test]
    fn a_text_is_put_into_the_one_way_of_writing() {
        let text = "# tệp\r\ndate = 2016-10-27  # ngày \r\n# trung tâm\r\ncentre = \"Ye\u{302}n\"\r\n\r\n\r\nplace = \"\"\"\na  \nb\"\"\"\n[finance]\n\n# chi\nspent = 1\n# mở\nopening = 2\n# về khen\n[minutes]   \n";
        let want = "# tệp\n# trung tâm\ncentre = \"Yên\"\ndate = 2016-10-27  # ngày\n\nplace = \"\"\"\na  \nb\"\"\"\n\n[finance]\n\n# mở\nopening = 2\n# chi\nspent = 1\n\n# về khen\n[minutes]\n";
        assert_eq!(tidy(text, FIELDS).as_deref(), Some(want));
        assert_eq!(tidy(want, FIELDS).as_deref(), Some(want));
        assert_eq!(tidy("a = ", FIELDS), None);
    }

    #[test]
    fn tidying_twice_is_tidying_once_however_a_text_was_shuffled() {
        let visit = include_str!("../../examples/uong-bi/visits/2016-2017/2016-10-27-yen-thanh.toml");
        let once = tidy(visit, FIELDS).unwrap();
        assert_eq!(once, visit, "the example is tidy");
        assert!(is_tidy(visit, FIELDS), "this can be seen");
        let mut seed = 1u64;
        for _ in 0..200 {
            // Swaps two lines, doubles one or adds a blank; if the text is still sound, formatting it again must change
            // nothing.
            let mut lines: Vec<&str> = visit.lines().collect();
            for _ in 0..8 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let (a, b) = ((seed >> 33) as usize % lines.len(), (seed >> 17) as usize % lines.len());
                match seed >> 60 {
                    0..8 => lines.swap(a, b),
                    8..12 => lines.insert(a, ""),
                    _ => lines.insert(a, "# ghi chú  "),
                }
            }
            let text = lines.join("\n");
            let tidied = tidied(&text, FIELDS);
            if let Some(once) = &tidied {
                assert_eq!(super::tidied(once, FIELDS).as_ref(), Some(once), "{text}");
            }
            for text in [&text, tidied.as_ref().unwrap_or(&text)] {
                let is_at_rest = super::tidied(text, FIELDS).as_ref() == Some(text);
                assert!(is_at_rest || !is_tidy(text, FIELDS), "{text}");
            }
        }
    }
}
