//! Tables with their cells between separators: whatever those are, the line ends and the encoding.

use crate::model::sheet::{Held, Sheet, SheetRow};
use crate::model::text::Said;
use crate::say;
use std::borrow::Cow;

/// The sheet of a file: the rows that have something in them; else why there are none.
pub fn sheet(file: &str, bytes: &[u8]) -> Result<Sheet, Said> {
    let mut sheet = Sheet { file: file.to_owned(), ..Sheet::default() };
    let text = decoded(bytes).ok_or_else(|| {
        say!(
            "{file}: tệp không ở bảng mã UTF-8; trong Excel: Lưu thành “CSV UTF-8”",
            "{file}: the file is not in UTF-8; in Excel: Save as “CSV UTF-8”",
            [file]
        )
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let (said, text) = said_separator(text);
    let separator = said.unwrap_or_else(|| usual_separator(text));
    if let Some((row, column)) = open_quote(text, separator) {
        let place = sheet.place(row, column);
        return Err(say!(
            "{place}: dấu ngoặc kép mở ở đây không đóng ở cuối ô; đóng lại, và trong ô viết \"\" thay cho mỗi dấu \"",
            "{place}: the quotation mark opened here is not closed at the end of its cell; close it, and write \"\" for a \" inside",
            [place]
        ));
    }
    sheet.rows = rows(text, separator).map_err(|error| {
        let error = error.to_string();
        say!("{file}: không phải là CSV: {error}", "{file}: not CSV: {error}", [file, error])
    })?;
    Ok(sheet)
}

/// The rows that have something in them.
fn rows(text: &str, separator: u8) -> Result<Vec<SheetRow>, csv::Error> {
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut inside, mut line, mut counted) = (0, 1, 0);
    let mut record = ::csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        // A record begins where the one before ended: the line ends between them have not been skipped yet.
        let start = record.position().map_or(counted, |at| at.byte() as usize);
        let start = text[start..].find(|c| c != '\r' && c != '\n').map_or(start, |n| start + n);
        line += line_ends(&text[counted..start]);
        counted = start;
        // Line ends inside cells make lines of the file, but not rows of the table.
        let row = line - inside;
        inside += record.iter().map(line_ends).sum::<usize>();
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let held = |cell: &str| if cell.is_empty() { Held::Nothing } else { Held::Text(cell.to_owned()) };
            rows.push(SheetRow { number: row, cells: record.iter().map(held).collect() });
        }
    }
    Ok(rows)
}

/// How many lines end in a text, in whatever way.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(|at| ends(*at)).count()
}

/// The separator that a first line `sep=;` says, and the text below it: Excel writes and obeys such a line, and does not
/// show it.
fn said_separator(text: &str) -> (Option<u8>, &str) {
    let (line, below) = text.split_at(text.find(['\r', '\n']).unwrap_or(text.len()));
    let line = line.trim_matches('"');
    let said = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).map(|_| &line.as_bytes()[4..]);
    let Some([separator]) = said else { return (None, text) };
    let below = below.strip_prefix('\r').unwrap_or(below);
    (Some(*separator), below.strip_prefix('\n').unwrap_or(below))
}

/// What separates the cells: the most frequent of the three in the first line that has any, outside quotes. A comma or a
/// semicolon before a space is one of a sentence, as in a title above the table, and one between digits that of a number:
/// they count only if there are no others.
fn usual_separator(text: &str) -> u8 {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_of_text = |at: usize| {
        bytes[at] != b'\t'
            && (bytes.get(at + 1) == Some(&b' ') || (at > 0 && is_digit(at - 1) && is_digit(at + 1)))
    };
    most_frequent(bytes, |at| !is_of_text(at)).or_else(|| most_frequent(bytes, |_| true)).unwrap_or(b',')
}

/// The most frequent of the separators that count, in the first line that has any, outside quotes.
fn most_frequent(bytes: &[u8], counts_at: impl Fn(usize) -> bool) -> Option<u8> {
    let (mut counts, mut quoted) = ([0; 3], false);
    let kinds = [b',', b';', b'\t'];
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && counts != [0; 3] => break,
            byte if !quoted && kinds.contains(byte) && counts_at(at) => {
                kinds.iter().zip(&mut counts).for_each(|(kind, n)| *n += usize::from(kind == byte));
            }
            _ => {}
        }
    }
    let most = counts.iter().max().copied().filter(|most| *most > 0)?;
    counts.iter().position(|n| *n == most).map(|at| kinds[at])
}

/// The first cell, by its row from 1 and its column from 0, whose quotation mark is closed before the end of the cell, or
/// never: the reader would forgive it, and a cell could swallow the rows below it.
fn open_quote(text: &str, separator: u8) -> Option<(usize, usize)> {
    let (mut row, mut column, mut rest) = (1, 0, text.as_bytes());
    let ends = |byte: &u8| *byte == separator || matches!(byte, b'\r' | b'\n');
    while !rest.is_empty() {
        if let [b'"', inner @ ..] = rest {
            let Some(after) = after_quotes(inner) else { return Some((row, column)) };
            rest = &after[after.iter().take_while(|byte| **byte == b' ').count()..];
            if !rest.first().is_none_or(ends) {
                return Some((row, column));
            }
        }
        let end = rest.iter().position(ends).unwrap_or(rest.len());
        let length = if rest[end..].starts_with(b"\r\n") { 2 } else { 1 };
        match rest.get(end) {
            Some(byte) if *byte == separator => column += 1,
            _ => (row, column) = (row + 1, 0),
        }
        rest = rest.get(end + length..).unwrap_or_default();
    }
    None
}

/// What follows the quotation mark that closes a cell; none if nothing closes it.
fn after_quotes(mut inner: &[u8]) -> Option<&[u8]> {
    loop {
        let after = &inner[inner.iter().position(|byte| *byte == b'"')? + 1..];
        match after.strip_prefix(b"\"") {
            Some(more) => inner = more,
            None => return Some(after),
        }
    }
}

/// The text of a file saved by a spreadsheet: UTF-8, or what Excel calls Unicode text.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, odd) = rest.as_chunks::<2>();
        let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>();
        text.ok().filter(|_| odd.is_empty()).map(Cow::from)
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(Cow::from),
    };
    text.filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(row: &SheetRow) -> Vec<&str> {
        row.cells
            .iter()
            .filter_map(|held| if let Held::Text(text) = held { Some(text.as_str()) } else { None })
            .collect()
    }

    fn rows(bytes: &[u8]) -> Vec<SheetRow> {
        sheet("t.csv", bytes).unwrap().rows
    }

    #[test]
    fn whatever_a_spreadsheet_saves_is_read() {
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}Mã\tTên\r\na\t\"x\ny\"\r\n".encode_utf16().flat_map(unit).collect()
        };
        for bytes in [
            &wide(u16::to_le_bytes)[..],
            &wide(u16::to_be_bytes),
            "\u{feff}Mã;Tên\r\na;\"x\ny\"\r\n".as_bytes(),
            "\"Mã\",Tên\na,\"x\ny\"".as_bytes(),
            "Mã,Tên\ra,\"x\ny\"\r".as_bytes(),
            "sep=|\r\nMã|Tên\r\na|\"x\ny\"\r\n".as_bytes(),
        ] {
            let rows = rows(bytes);
            assert_eq!(rows.iter().map(texts).collect::<Vec<_>>(), [["Mã", "Tên"], ["a", "x\ny"]]);
            assert_eq!(rows[1].number, 2);
        }
        for bytes in [&b"M\xe3"[..], b"\xff\xfea\0b", b"a\0,\0b"] {
            assert!(sheet("t.csv", bytes).is_err());
        }
    }

    #[test]
    fn commas_in_a_title_or_a_number_separate_nothing() {
        for (text, cells) in [
            ("Tổng hợp dân số, hộ, thôn\nXã, phường;Dân số\nNam Khê;9,5\n", &["Xã, phường", "Dân số"][..]),
            ("Đạt 90,5 phần trăm\nXã, phường\tDân số\n", &["Xã, phường", "Dân số"]),
            ("Tổng hợp: a; b\nMã,Tên\n", &["Mã", "Tên"]),
            ("1,2\n3,4\n", &["3", "4"]),
            ("Mã, Tên\na, b\n", &["a", " b"]),
        ] {
            let rows = rows(text.as_bytes());
            assert!(rows.iter().any(|row| texts(row) == cells), "{text:?}: {rows:?}");
        }
    }

    #[test]
    fn rows_are_counted_as_the_sender_sees_them() {
        for text in
            ["a,b\n1,\"x\ny\"\n\n2,z\n", "a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z", "sep=,\na,b\r1,\"x\r\"\r\r2"]
        {
            assert_eq!(rows(text.as_bytes()).iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 4]);
        }
    }

    #[test]
    fn a_quotation_mark_left_open_is_told_where_it_was_opened() {
        let told = |text: &str| sheet("t.csv", text.as_bytes()).err().map(|why| why.en);
        let place = |text: &str| told(text).and_then(|why| Some(why.split_once(": ")?.0.to_owned()));
        assert_eq!(place("a,b\n\n1,\"Mở sổ\n2,3\n").as_deref(), Some("t.csv:3 (B)"));
        assert_eq!(place("a,b\n1,\"Mở sổ\n2,\"thôn\"\n").as_deref(), Some("t.csv:2 (B)"));
        assert_eq!(place("a;b\n\"x\r\ny\";1\r\n1;2\r\n\"").as_deref(), Some("t.csv:4 (A)"));
        for sound in ["a,b\n\"\"\"x\"\"\" ,\"\"\n", "a,5\" ống\n\"x\",\"y\"", "\"a\"\r\n\"b\"\r"] {
            assert_eq!(told(sound), None, "{sound:?}");
        }
    }
}
