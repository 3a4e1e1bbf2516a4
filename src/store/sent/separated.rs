//! Tables with their cells between separators: whatever those are, the line ends and the encoding.

use crate::model::sheet::{Held, SheetRow};
use crate::model::text::Said;
use crate::say;
use std::borrow::Cow;

/// The rows that have something in them; else why there are none.
pub fn rows(bytes: &[u8]) -> Result<Vec<SheetRow>, Said> {
    let text = decoded(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut inside, mut line, mut counted) = (0, 1, 0);
    for record in reader.records() {
        let not_csv = |error: csv::Error| {
            say!("không phải là CSV: {error}", "not CSV: {error}", [error = error.to_string()])
        };
        let record = record.map_err(not_csv)?;
        // A record begins where the one before ended: the line ends between them have not been skipped yet.
        let start = record.position().map_or(counted, |at| at.byte() as usize);
        let start = text[start..].find(|c| c != '\r' && c != '\n').map_or(start, |n| start + n);
        line += text[counted..start].matches('\n').count();
        counted = start;
        // Line ends inside cells make lines of the file, but not rows of the table.
        let row = line - inside;
        inside += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let held = |cell: &str| if cell.is_empty() { Held::Nothing } else { Held::Text(cell.to_owned()) };
            rows.push(SheetRow { number: row, cells: record.iter().map(held).collect() });
        }
    }
    if rows.is_empty() {
        return Err(say!("tệp không có dòng nào", "the file has no rows"));
    }
    Ok(rows)
}

/// What separates the cells: the most frequent of the three in the first line, outside quotes.
fn separator(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0; 3], false);
    let kinds = [b',', b';', b'\t'];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => kinds.iter().zip(&mut counts).for_each(|(k, n)| *n += usize::from(*k == byte)),
            _ => {}
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    kinds[counts.iter().position(|n| *n == most).unwrap_or(0)]
}

/// The text of a file saved by a spreadsheet: UTF-8, or what Excel calls Unicode text.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, Said> {
    let refuse = || {
        say!(
            "tệp không ở bảng mã UTF-8; trong Excel: Lưu thành “CSV UTF-8”",
            "the file is not in UTF-8; in Excel: Save as “CSV UTF-8”"
        )
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        let units = rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        return char::decode_utf16(units).collect::<Result<String, _>>().map(Cow::from).map_err(|_| refuse());
    }
    std::str::from_utf8(bytes).map(Cow::from).map_err(|_| refuse())
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

    #[test]
    fn whatever_a_spreadsheet_saves_is_read() {
        let utf16: Vec<u8> =
            "\u{feff}Mã\tTên\r\na\t\"x\ny\"\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in
            [&utf16[..], "\u{feff}Mã;Tên\r\na;\"x\ny\"\r\n".as_bytes(), "\"Mã\",Tên\na,\"x\ny\"".as_bytes()]
        {
            let rows = super::rows(bytes).unwrap();
            assert_eq!(rows.iter().map(texts).collect::<Vec<_>>(), [["Mã", "Tên"], ["a", "x\ny"]]);
            assert_eq!(rows[1].number, 2);
        }
        assert!(rows(b"M\xe3").is_err() && rows(b"\n").is_err());
    }

    #[test]
    fn rows_are_counted_as_the_sender_sees_them() {
        let rows = super::rows(b"a,b\n1,\"x\ny\"\n\n2,z\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2, 4]);
    }
}
