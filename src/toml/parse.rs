//! Text to tree. Two readers that agree: a fast one for sound files, a careful one that finds every fault of syntax.
//!
//! The fast reader (`plain`) knows the notation that records have and declines what is unusual or wrong; then the
//! `toml` crate (`careful`) reads the text again. Of what is not sound, as much is read as can be (`broken`). Nothing
//! that reads trees knows that there are three.

use super::complaint::SyntaxFault;
use super::marks::holds_conflict;
use super::plain::{Declined, Plain};
use super::{broken, careful};
use crate::model::tree::Node;

/// Reads a text: the tree of all that could be read, and every fault of syntax, each once.
pub fn parse(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    match Plain::tree(text) {
        Ok(tree) => (tree, Vec::new()),
        Err(Declined) => carefully(text),
    }
}

/// As [`parse`], without the fast reader.
fn carefully(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    let (tree, faults) = careful::read(text);
    if faults.is_empty() && !holds_conflict(text) { (tree, faults) } else { broken::read(text) }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::model::day::Time;
    use crate::model::tree::Value;
    use std::fs;
    use std::path::Path;

    /// The tree without the ends of tables: one reader counts a table's lines in, the other only its header.
    pub fn comparable(mut node: Node) -> Node {
        if let Value::Table(entries) = &mut node.value {
            node.span.end = 0;
            entries
                .iter_mut()
                .for_each(|e| e.node = comparable(std::mem::replace(&mut e.node, Node::table())));
        }
        if let Value::List(items) = &mut node.value {
            let tables = items.iter().any(|item| matches!(item.value, Value::Table(_)));
            node.span.end *= usize::from(!tables);
            items.iter_mut().for_each(|item| *item = comparable(std::mem::replace(item, Node::table())));
        }
        node
    }

    #[test]
    fn both_readers_agree_on_sound_texts() {
        for text in [
            "",
            "a = 1\r\nb = \"Điền\"\r\n",
            "[a]\nx = { y = 2016-10-27, z = [1, 2.5, true] }\n[[b]]\nt = 08:00:00\n[[b]]\n",
            "big = 9223372036854775807\nleast = -9223372036854775808\n",
            "d = 2016-10-27T08:00:00Z\ne = 0016-10-27\n",
            "\"q\\\"q\" = 'x'\na.b.c = '''\nx'''\n",
        ] {
            let (careful, faults) = carefully(text);
            assert_eq!(faults, [], "{text}");
            if let Ok(quick) = Plain::tree(text) {
                assert_eq!(comparable(quick), comparable(careful), "{text}");
            }
        }
    }

    #[test]
    fn a_moment_of_any_form_keeps_what_it_says() {
        for (written, read) in [
            ("2016-11-03T08:30:00", "2016-11-03T08:30:00"),
            ("2016-11-03 08:30:00.25+07:00", "2016-11-03T08:30:00.25+07:00"),
            ("2016-11-03T08:30Z", "2016-11-03T08:30:00Z"),
            ("0016-11-03", "0016-11-03"),
            ("08:30:00.5", "08:30:00.5"),
        ] {
            let text = format!("a = {written}\n");
            assert_eq!(parse(&text).0.get("a").unwrap().value, Value::OtherTime(read.into()));
        }
        assert_eq!(
            parse("a = 08:30:00.0\n").0.get("a").unwrap().value,
            Value::Time(Time::new(8, 30, 0).unwrap())
        );
    }

    /// Every TOML file of the repository.
    pub fn files(folder: &Path, texts: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, texts);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }

    /// Every text with one sign changed, at places a few bytes apart.
    pub fn slips(text: &str) -> impl Iterator<Item = String> {
        let signs = [
            "", "\"", "\n", "[", "]", "{", "}", "=", "#", ".", "-", "0", "\\", "x", "'", ",", "_", " ", ":",
            "\r", "\t", "\u{1}", "é", "\"\"\"", "\n[a]\n", "\n\n", "+", "e1", "T",
        ];
        let places = (0..text.len()).step_by(17).filter(|at| text.is_char_boundary(*at));
        places.enumerate().map(move |(n, at)| {
            // Half of the signs replace one, half are put in.
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8) * (n / signs.len() % 2);
            format!("{}{}{}", &text[..at], signs[n % signs.len()], &text[end..])
        })
    }

    #[test]
    fn what_the_quick_reader_reads_is_what_the_careful_one_reads() {
        let (root, mut texts) = (Path::new(env!("CARGO_MANIFEST_DIR")), Vec::new());
        files(&root.join("data"), &mut texts);
        files(&root.join("examples"), &mut texts);
        assert!(texts.len() > 40);
        let mut sound = 0;
        for text in texts {
            assert_eq!(carefully(&text).1, []);
            assert!(comparable(Plain::tree(&text).unwrap()) == comparable(carefully(&text).0), "{text}");
            let windows = text.replace('\n', "\r\n");
            assert!(
                comparable(Plain::tree(&windows).unwrap()) == comparable(carefully(&windows).0),
                "{windows}"
            );
            for slip in slips(&text) {
                let Ok(quick) = Plain::tree(&slip) else { continue };
                let (tree, faults) = carefully(&slip);
                assert_eq!(faults, [], "{slip}");
                assert!(comparable(quick) == comparable(tree), "{slip}");
                sound += 1;
            }
        }
        assert!(sound > 2000, "{sound} slips that are sound TOML");
    }

    #[test]
    fn every_fault_of_syntax_is_found_once() {
        let text =
            "a = \"x\nb = 2024-02-30\nc = 1.234.567\nd = 27/10/2016\ne = 06811\nf = “x”\ng =\ng2 = 1\n";
        let (tree, faults) = parse(text);
        let lines: Vec<usize> =
            faults.iter().map(|f| text[..f.span.start].matches('\n').count() + 1).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7]);
        assert!(faults[3].help.en.contains("2016-10-27"));
        assert_eq!(tree.get("g2").unwrap().value, Value::Int(1));
    }

    #[test]
    fn a_list_that_is_not_closed_is_one_fault_and_the_rest_is_read() {
        for (text, line) in [
            ("a = [\n  \"x\",\n  \"y\"\nb = 1\n[c]\nd = 2\n", 1),
            ("z = 1\na = [\"x]\",\n\"y\"\n[c]\nd = 2\n", 2),
            ("b = 1\n[c]\nd = 2\na = [\"x\", # ]\n", 4),
        ] {
            let (tree, faults) = parse(text);
            let lines: Vec<usize> =
                faults.iter().map(|f| text[..f.span.start].matches('\n').count() + 1).collect();
            assert_eq!(lines, [line], "{text}: {faults:?}");
            assert_eq!(tree.at("c.d").map(|node| &node.value), Some(&Value::Int(2)), "{text}");
        }
        let nested = "a = [[1, 2],\n [3]]\nb = [\n  { x = 1 },\n  { y = [2] },\n]\nc = oops\n";
        assert_eq!(parse(nested).1.len(), 1);
    }

    #[test]
    fn a_text_or_a_table_of_several_lines_is_no_open_list() {
        for text in [
            "x = ['''\nabc = 5\n''']\n",
            "a.b = \"\"\"\nds = [\nb = 1\n\"\"\"\n",
            "x = [{\n  a = 1,\n  b = [2],\n}]\n",
        ] {
            assert_eq!(parse(text).1, [], "{text}");
        }
    }

    #[test]
    fn a_number_is_read_in_every_notation_and_never_altered() {
        let (tree, faults) = parse("h = 0xFF\no = 0o17\nb = 0b11\nu = 1_000\ne = 1e3\ni = -inf\n");
        let values: Vec<_> = tree.entries().iter().map(|entry| entry.node.value.clone()).collect();
        let whole = [255, 15, 3, 1000].map(Value::Int);
        assert_eq!(values, [&whole[..], &[Value::Float(1000.0), Value::Float(f64::NEG_INFINITY)]].concat());
        assert_eq!(faults, []);
        for text in ["n = 9223372036854775808", "n = 0xFFFFFFFFFFFFFFFF", "n = 1_0٠", "n = 1.5٠", "n = 1e999"]
        {
            assert_eq!(parse(text).1.len(), 1, "{text}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_told_once_and_taken_away() {
        for text in ["\u{feff}a = 1\nb = 2\n", "\u{feff}\u{feff}a = 1\nb = 2\n", "a = 1\n\u{feff}b = 2\n"] {
            let (_, faults) = parse(text);
            assert_eq!(faults.len(), 1, "{text:?}");
            let fix = faults[0].fix.as_deref();
            let mended = format!("{}{}", &text[..faults[0].span.start], &text[faults[0].span.end..]);
            assert_eq!((fix, mended.as_str()), (Some(""), "a = 1\nb = 2\n"));
        }
    }

    #[test]
    fn the_line_ends_of_other_systems_are_one_fault_and_become_one_line_end() {
        for (text, mended) in [
            ("a = 1\rb = 2\r[c]\rd = 3\r", "a = 1\nb = 2\n[c]\nd = 3\n"),
            ("a = 1\r\r\nb = 2\r\r\n[c]\r\r\nd = 3\r\n", "a = 1\r\nb = 2\r\n[c]\r\nd = 3\r\n"),
        ] {
            let (tree, faults) = parse(text);
            let [fault] = &faults[..] else { panic!("{faults:?}") };
            let fix = fault.fix.as_deref().unwrap();
            assert_eq!(format!("{}{fix}{}", &text[..fault.span.start], &text[fault.span.end..]), mended);
            assert_eq!(tree.at("c.d").map(|node| &node.value), Some(&Value::Int(3)));
        }
        let (_, faults) = parse("a = 1\n# x\ry\nb = 2\n");
        assert_eq!(faults.iter().map(|fault| &fault.fix).collect::<Vec<_>>(), [&None]);
    }

    #[test]
    fn conflict_markers_in_a_long_text_are_told_too() {
        let long = "t = \"\"\"\nx\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> theirs\n\"\"\"\na = 1\n";
        let (tree, faults) = parse(long);
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code.name, "conflict-markers");
        assert_eq!((tree.get("t"), tree.get("a").is_some()), (None, true));
        assert_eq!(parse("t = \"\"\"\n<<<<<<< x\n\"\"\"\n").1, [], "an arrow");
    }

    #[test]
    fn a_file_of_another_kind_is_not_told_line_by_line() {
        let text = "nonsense\n".repeat(5_000);
        let (tree, faults) = parse(&text);
        assert_eq!((tree.entries().len(), faults.len()), (0, 101));
    }

    #[test]
    fn conflict_markers_are_one_fault() {
        let (_, faults) = parse("a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\n");
        assert_eq!(faults.len(), 1);
        assert_eq!(faults[0].code.name, "conflict-markers");
    }

    #[test]
    fn nesting_without_end_is_a_fault_and_nothing_worse() {
        for text in
            [format!("a = {}{}", "[".repeat(5000), "]".repeat(5000)), format!("{}a = 1", "a.".repeat(5000))]
        {
            assert!(!parse(&text).1.is_empty());
        }
    }
}
