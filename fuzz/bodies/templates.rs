//! A template: whatever its parts say, it is filled, or refused in both languages; what was well-formed stays so, and no
//! value becomes a tag.

use super::split;
use quick_xml::Reader;
use quick_xml::events::Event;
use ttht::model::fact::{FactRow, many, one, told};
use ttht::model::table::{Cell, ColumnKind, ColumnRow};
use ttht::model::text::{Lang, t};
use ttht::render::template::filled;
use ttht::store::sent;

const COLUMNS: &[ColumnRow] =
    &[("text", t("Nội dung", "What"), ColumnKind::Text), ("due", t("Hạn", "Due"), ColumnKind::Count)];

/// What stands in a value and must never be a tag.
const TAG: &str = "<w:tag>";

fn rows() -> Vec<FactRow<()>> {
    vec![
        one("name", "Họ tên", "Name", ColumnKind::Text, |()| {
            Cell::text(format!("{TAG}&]]>\u{1}\n{{{{ name }}}}"))
        }),
        one("count", "Số", "Count", ColumnKind::Count, |()| Cell::Count(1250)),
        one("none", "Không có", "None", ColumnKind::Number, |()| Cell::Missing),
        many("list", "Danh sách", "List", COLUMNS, |()| {
            vec![vec![Cell::text(TAG), Cell::Count(1)], vec![Cell::text("b"), Cell::Missing]]
        }),
        many("empty", "Trống", "Empty", COLUMNS, |()| Vec::new()),
    ]
}

/// The first line begins with `z` if the rest is an archive, with `r` if it is what leads from one part to others. Else it
/// is the text of a document.
pub fn hold(data: &[u8]) {
    let (line, rest) = split(data);
    let types = ("[Content_Types].xml".to_owned(), b"<Types/>".to_vec());
    let parts = match line.first() {
        Some(b'z') => match sent::document(rest) {
            Ok(parts) => parts,
            Err(why) => return assert!(!why.vi.is_empty() && !why.en.is_empty()),
        },
        Some(b'r') => vec![types, ("word/_rels/document.xml.rels".to_owned(), rest.to_vec())],
        _ => vec![types, ("word/document.xml".to_owned(), rest.to_vec())],
    };
    match filled(parts.clone(), &told(&rows(), &()), Lang::Vi) {
        Err(wrong) => {
            assert!(!wrong.is_empty() && wrong.iter().all(|why| !why.vi.is_empty() && !why.en.is_empty()))
        }
        Ok(done) => {
            assert_eq!(done.len(), parts.len());
            for ((name, before), (_, after)) in parts.iter().zip(&done) {
                let (before, after) = (String::from_utf8_lossy(before), String::from_utf8_lossy(after));
                assert!(!is_well_formed(&before) || is_well_formed(&after), "{name}: {after}");
                assert!(before.contains("w:tag") || !after.contains(TAG), "{name}: {after}");
            }
        }
    }
}

/// True if every tag has its end.
fn is_well_formed(xml: &str) -> bool {
    let (mut reader, mut depth) = (Reader::from_str(xml), 0);
    loop {
        match reader.read_event() {
            Err(_) => return false,
            Ok(Event::Eof) => return depth == 0,
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(_) => {}
        }
    }
}
