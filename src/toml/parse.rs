//! Text to tree. Two readers that agree: a fast one for sound files, a careful one that finds every fault of syntax.
//!
//! The fast reader (`plain`) knows the notation that records have and declines what is unusual or wrong; then the
//! careful one (`toml`) reads the text again. Nothing that reads trees knows that there are two.

use super::codes;
use super::plain::{Declined, Plain};
use super::quotes::string_end;
use crate::model::day::{Day, Time};
use crate::model::number;
use crate::model::text::{Said, Text, t};
use crate::model::tree::{Entry, Node, Span, Value};
use crate::model::vietnamese::is_word;
use crate::say;
use std::borrow::Cow;
use std::num::IntErrorKind;
use toml::de::{DeTable, DeValue};

/// A fault of syntax: where, what, and what to write instead.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxFault {
    /// Its code in [`codes`].
    pub code: &'static crate::model::fault::Code,
    /// The bytes.
    pub span: Span,
    /// What is wrong.
    pub message: Said,
    /// What to write instead.
    pub help: Said,
    /// What is meant by the bytes, if the row of their key allows it.
    pub fix: Option<String>,
}

/// Reads a text: the tree of all that could be read, and every fault of syntax, at most one a line.
pub fn parse(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    match Plain::tree(text) {
        Ok(tree) => (tree, Vec::new()),
        Err(Declined) => careful(text),
    }
}

/// The careful reader.
pub fn careful(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    if let Some(fault) = conflict(text) {
        return (Node::table(), vec![fault]);
    }
    let marks = text.len() - text.trim_start_matches(MARK).len();
    if marks > 0 {
        // The crate passes over the first.
        let rest = format!("{}{}", " ".repeat(marks), &text[marks..]);
        let (tree, mut faults) = careful(&rest);
        faults.insert(0, mark(0..marks));
        return (tree.into_owned(), faults);
    }
    let (tree, faults) = recovered(text);
    if faults.is_empty() {
        return (tree, faults);
    }
    let open = unclosed_lists(text);
    if open.is_empty() {
        return (tree, faults);
    }
    // A list that is never closed swallows the rest of the file: without it the rest is read as intended.
    let mut rest = text.to_owned().into_bytes();
    open.iter()
        .for_each(|span| rest[span.clone()].iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' '));
    let rest = String::from_utf8_lossy(&rest).into_owned();
    let (tree, mut faults) = recovered(&rest);
    let tree = tree.into_owned();
    faults.extend(open.into_iter().map(|span| {
        let first = span.start + text[span.clone()].find('[').unwrap_or(0);
        let (_, message, help) = SYNTAX.iter().find(|(words, ..)| *words == UNCLOSED).unwrap_or(&SYNTAX[0]);
        SyntaxFault {
            code: &codes::SYNTAX,
            span: first..first + 1,
            message: (*message).into(),
            help: (*help).into(),
            fix: None,
        }
    }));
    faults.sort_by_key(|fault| fault.span.start);
    (tree, faults)
}

/// What the crate makes of a text, with at most one fault per line.
fn recovered(text: &str) -> (Node<'_>, Vec<SyntaxFault>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut faults: Vec<SyntaxFault> = errors.iter().map(|error| explain(text, error)).collect();
    let mut odd = Vec::new();
    let value = careful_table(text, table.into_inner(), &mut odd);
    if faults.is_empty() {
        faults = odd;
    }
    faults.sort_by_key(|fault| fault.span.start);
    let line = |at: usize| text[..at].bytes().rposition(|b| b == b'\n');
    faults.dedup_by_key(|fault| line(fault.span.start));
    (Node { value, span: 0..0 }, faults)
}

/// The lines of each list that is still open where the next key or section begins.
fn unclosed_lists(text: &str) -> Vec<Span> {
    let (mut found, mut depth, mut start, mut at) = (Vec::new(), 0i32, 0, 0);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let assigned = trimmed.split_once('=').filter(|(key, _)| is_path(key.trim_end()));
        let header = || {
            let name = trimmed.trim_end().trim_matches(['[', ']']);
            trimmed.starts_with('[') && name.starts_with(|c: char| c.is_ascii_lowercase()) && is_path(name)
        };
        if depth > 0 && (assigned.is_some() || header()) {
            found.push(start..at);
            depth = 0;
        }
        if depth == 0 {
            start = at;
        }
        let value = if depth > 0 { line } else { assigned.map_or("", |(_, value)| value) };
        depth = (depth + brackets(value)).max(0);
        at += line.len();
    }
    if depth > 0 {
        found.push(start..at);
    }
    found
}

/// True for a key as records have them: words with points between them.
fn is_path(key: &str) -> bool {
    key.split('.').all(is_word)
}

/// How many lists a line opens more than it closes, outside quotes and comments.
fn brackets(line: &str) -> i32 {
    let (bytes, mut depth, mut at) = (line.as_bytes(), 0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at = string_end(bytes, at) - 1,
            b'[' => depth += 1,
            b']' => depth -= 1,
            b'#' => break,
            _ => {}
        }
        at += 1;
    }
    depth
}

fn careful_table<'a>(text: &str, table: DeTable<'a>, faults: &mut Vec<SyntaxFault>) -> Value<'a> {
    let mut entry = |(key, value): (toml::Spanned<Cow<'a, str>>, _)| Entry {
        key_span: key.span(),
        key: key.into_inner(),
        node: careful_node(text, value, faults),
    };
    let mut entries: Vec<Entry> = table.into_iter().map(&mut entry).collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    Value::Table(entries)
}

fn careful_node<'a>(
    text: &str,
    value: toml::Spanned<DeValue<'a>>,
    faults: &mut Vec<SyntaxFault>,
) -> Node<'a> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(words) => Value::Text(with_plain_ends(text.get(span.clone())).unwrap_or(words)),
        DeValue::Integer(number) => {
            let number = i64::from_str_radix(number.as_str(), number.radix());
            let large = number.as_ref().is_err_and(|error| *error.kind() != IntErrorKind::InvalidDigit);
            faults.extend(number.is_err().then(|| no_number(span.clone(), large)));
            Value::Int(number.unwrap_or_default())
        }
        DeValue::Float(number) => {
            let number = number.as_str().parse();
            faults.extend(number.is_err().then(|| no_number(span.clone(), false)));
            Value::Float(number.unwrap_or_default())
        }
        DeValue::Boolean(answer) => Value::Bool(answer),
        DeValue::Datetime(mut moment) => {
            // Seconds may be left out since TOML 1.1; written with them, every reader knows the moment.
            moment.time.iter_mut().for_each(|time| _ = time.second.get_or_insert(0));
            let value = match (moment.date, moment.time, moment.offset) {
                (Some(d), None, None) => {
                    Day::new(d.year.into(), d.month.into(), d.day.into()).map(Value::Day)
                }
                (None, Some(t), None) if t.nanosecond.is_none_or(|part| part == 0) => {
                    Time::new(t.hour, t.minute, t.second.unwrap_or(0)).map(Value::Time)
                }
                _ => None,
            };
            value.unwrap_or_else(|| Value::OtherTime(moment.to_string()))
        }
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| careful_node(text, item, faults)).collect())
        }
        DeValue::Table(table) => careful_table(text, table, faults),
    };
    Node { value, span }
}

/// A text that was written over several lines which end as on Windows: how lines end belongs to the file, and is no part of
/// what the text says. None for any other.
fn with_plain_ends<'a>(raw: Option<&str>) -> Option<Cow<'a, str>> {
    let plain = raw.filter(|raw| raw.contains("\r\n"))?.replace("\r\n", "\n");
    unquoted(&plain).map(Cow::Owned)
}

/// What is meant by a text in quotes. None for anything else.
pub fn unquoted(raw: &str) -> Option<String> {
    let value = Some(raw).filter(|raw| raw.starts_with(['"', '\'']))?;
    match DeValue::parse(value).ok()?.into_inner() {
        DeValue::String(words) => Some(words.into_owned()),
        _ => None,
    }
}

/// The fault of digits that the crate passes on as they are: of another script, or too many for 64 bits.
fn no_number(span: Span, large: bool) -> SyntaxFault {
    let message = if large {
        say!("số quá lớn", "the number is too large")
    } else {
        say!("số viết sai", "not a valid number")
    };
    let help = say!(
        "viết bằng chữ số 0–9, không quá 18 chữ số",
        "write it with the digits 0 to 9, and no more than 18 of them"
    );
    SyntaxFault { code: &codes::SYNTAX, span, message, help, fix: None }
}

/// The first of git's conflict markers, if there is one.
fn conflict(text: &str) -> Option<SyntaxFault> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") {
            return Some(SyntaxFault {
                code: &codes::CONFLICT_MARKERS,
                span: at..at + line.trim_end().len(),
                message: say!("tệp còn dấu xung đột của git", "the file still has git's conflict markers"),
                help: say!(
                    "chọn bản đúng giữa <<<<<<< và >>>>>>>, xoá bản kia cùng ba dòng dấu",
                    "choose the right version between <<<<<<< and >>>>>>>, delete the other one and the three marker lines",
                ),
                fix: None,
            });
        }
        at += line.len();
    }
    None
}

/// The byte order mark; one before a text was taken away when it was read.
const MARK: char = '\u{feff}';

/// The fault of byte order marks that are part of a text.
fn mark(span: Span) -> SyntaxFault {
    SyntaxFault {
        code: &codes::SYNTAX,
        span,
        message: say!("có dấu BOM (U+FEFF) trong tệp", "there is a byte order mark (U+FEFF) in the file"),
        help: say!("xoá ký tự ẩn ấy", "delete this invisible character"),
        fix: Some(String::new()),
    }
}

/// The words of the careful reader for a list without its end.
const UNCLOSED: &str = "unclosed array";

/// What the careful reader says (a part of its words), the message for an officer, and what to write instead.
const SYNTAX: &[(&str, Text, Text)] = &[
    (
        "duplicate key",
        t("khoá này đã có ở trên", "this key is already set above"),
        t("xoá một trong hai dòng", "delete one of the two lines"),
    ),
    (
        "invalid date",
        t("ngày không có trong lịch", "a date that does not exist"),
        t("viết năm-tháng-ngày, ví dụ 2016-10-27", "write year-month-day, such as 2016-10-27"),
    ),
    (
        "invalid time",
        t("giờ không đúng", "not a valid time"),
        t("viết giờ:phút:giây, ví dụ 08:00:00", "write hour:minute:second, such as 08:00:00"),
    ),
    (
        "invalid float",
        t("số viết sai", "not a valid number"),
        t("viết liền hoặc dùng gạch dưới: 1234567 hoặc 1_234_567", "write 1234567 or 1_234_567"),
    ),
    (
        "leading zero",
        t("số không được bắt đầu bằng 0", "a number cannot start with 0"),
        t(
            "mã có số 0 ở đầu viết trong ngoặc kép: \"06811\"",
            "put a code with a leading 0 in quotes: \"06811\"",
        ),
    ),
    (
        "string values must be quoted",
        t("giá trị chữ phải để trong ngoặc kép", "text must be in quotes"),
        t("viết \"…\" bằng dấu ngoặc kép thẳng", "write \"…\" with straight quotes"),
    ),
    (
        "invalid unquoted key",
        t(
            "khoá chỉ gồm chữ không dấu, số, gạch nối, gạch dưới",
            "a key has only letters without accents, digits, - and _",
        ),
        t("dùng khoá tiếng Anh như trong `ttht fields`", "use the keys that `ttht fields` lists"),
    ),
    (
        "invalid basic string",
        t("chuỗi chữ chưa đóng ngoặc kép", "a text without its closing quote"),
        t(
            "thêm \" ở cuối dòng; dấu \\ trong chữ viết là \\\\",
            "add \" at the end; write a \\ inside as \\\\",
        ),
    ),
    (
        UNCLOSED,
        t("danh sách chưa đóng ]", "a list without its closing ]"),
        t("thêm ] ở cuối danh sách", "add ] at the end of the list"),
    ),
    (
        "unclosed table",
        t("tên mục chưa đóng ]", "a section header without its closing ]"),
        t("viết [muc] hoặc [[muc]] trên một dòng", "write [section] or [[section]] on one line"),
    ),
    (
        "unclosed inline table",
        t("nhóm giá trị chưa đóng }", "a group of values without its closing }"),
        t("thêm } ở cuối dòng", "add } at the end of the line"),
    ),
    (
        "key with no value",
        t("khoá chưa có giá trị", "a key without a value"),
        t("viết khoá = giá trị", "write key = value"),
    ),
    (
        "recur",
        t("giá trị lồng nhau quá sâu", "values nested too deeply"),
        t(
            "bản ghi chỉ lồng nhau vài tầng; xem `ttht fields`",
            "records are nested only a few levels deep; see `ttht fields`",
        ),
    ),
];

fn explain(text: &str, error: &toml::de::Error) -> SyntaxFault {
    let span = error.span().unwrap_or(0..0);
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    let raw = text.get(start..end).unwrap_or("");
    if raw.starts_with(MARK) {
        return mark(start..start + raw.len() - raw.trim_start_matches(MARK).len());
    }
    let found = SYNTAX.iter().find(|(words, ..)| error.message().contains(words));
    let (mut message, mut help) = match found {
        Some((_, message, help)) => (Said::from(*message), Said::from(*help)),
        None => {
            let words = error.message();
            (
                say!(
                    "dòng này không đúng cú pháp TOML ({words})",
                    "this line is not TOML ({words})",
                    [words]
                ),
                say!("viết khoá = giá trị", "write key = value"),
            )
        }
    };
    if Day::parse_typed(raw).is_some() {
        message =
            say!("ngày {raw} viết không đúng cách", "the date {raw} is written in the wrong way", [raw]);
    } else if raw.contains(['“', '”', '‘', '’']) {
        message = say!("dấu ngoặc kép cong, thường do dán từ Word", "curly quotes, usually pasted from Word");
        help = say!("thay bằng dấu ngoặc kép thẳng \"", "use straight quotes \"");
    } else if raw.contains('\u{a0}') || text[end..].starts_with('\u{a0}') {
        message = say!(
            "có dấu cách lạ (không ngắt dòng), thường do dán từ Word",
            "a no-break space, usually pasted from Word"
        );
        help = say!("xoá và gõ lại dấu cách", "delete it and type a space");
    }
    let (span, fix) = meant(text, start..end).unzip();
    if let Some(fix) = &fix {
        help = say!("viết {fix}", "write {fix}", [fix]);
    }
    SyntaxFault { code: &codes::SYNTAX, span: span.unwrap_or(start..end), message, help, fix }
}

/// What is meant by bytes that are not TOML, and by how many of them: a day, a number with points between its groups, or a
/// text in curly quotes.
fn meant(text: &str, span: Span) -> Option<(Span, String)> {
    if let Some(day) = Day::parse_typed(text.get(span.clone())?) {
        return Some((span, day.to_string()));
    }
    let ends = |c: char| c.is_whitespace() || "=,#[]{}".contains(c);
    let from = text[..span.start].trim_end_matches(|c| !ends(c)).len();
    let word = text[from..].split(ends).next().unwrap_or_default();
    if let Some(number) = number::grouped_by_points(word) {
        return Some((from..from + word.len(), number));
    }
    let (quoted, _) = text[span.start..].split_once('”')?;
    let inner = quoted.strip_prefix('“').filter(|inner| !inner.contains(['\n', '"', '\\']))?;
    Some((span.start..span.start + quoted.len() + '”'.len_utf8(), format!("\"{inner}\"")))
}

#[cfg(test)]
pub mod tests {
    use super::*;
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
            let (careful, faults) = careful(text);
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
    fn files(folder: &Path, texts: &mut Vec<String>) {
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
            assert_eq!(careful(&text).1, []);
            assert!(comparable(Plain::tree(&text).unwrap()) == comparable(careful(&text).0), "{text}");
            let windows = text.replace('\n', "\r\n");
            assert!(
                comparable(Plain::tree(&windows).unwrap()) == comparable(careful(&windows).0),
                "{windows}"
            );
            for slip in slips(&text) {
                let Ok(quick) = Plain::tree(&slip) else { continue };
                let (tree, faults) = careful(&slip);
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
        for text in ["n = 9223372036854775808", "n = 0xFFFFFFFFFFFFFFFF", "n = 1_0٠", "n = 1.5٠"] {
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
