//! A workbook that is sent: whatever its parts say, it becomes sheets that are as sheets are, or is told in both languages,
//! and what is made of the sheets is told likewise.

use super::split;
use std::io::{Cursor, Write};
use std::path::Path;
use ttht::desk::commit::{End, Judging, Pen};
use ttht::desk::import::{Sent, Wishes, import};
use ttht::model::day::Day;
use ttht::model::sheet::Sheet;
use ttht::model::text::Lang;
use ttht::store::sent::sheets;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The first line begins with `z` if the rest is an archive. Else the rest has the parts of one, each below a line `--- ` with
/// its name; what is usual and missing
/// is put in, unless a part `mimetype` says that it is of LibreOffice.
pub fn hold(data: &[u8]) {
    let (line, rest) = split(data);
    let bytes = if line.first() == Some(&b'z') { rest.to_vec() } else { archive(rest) };
    match sheets("t.x", &bytes) {
        Err(why) => assert!(why.vi.starts_with("t.x:") && why.en.starts_with("t.x:"), "{why:?}"),
        Ok(sheets) => {
            assert!(!sheets.is_empty());
            sheets.iter().for_each(as_sheets_are);
            taken(sheets);
        }
    }
}

/// Parts of which a workbook of Excel has one each.
const USUAL: &[(&str, &str)] = &[
    ("[Content_Types].xml", "<Types/>"),
    (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Trang\" r:id=\"r1\"/></sheets></workbook>",
    ),
];

fn archive(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text);
    let parts = text.split("--- ").skip(1).map(|part| part.split_once('\n').unwrap_or((part, "")));
    let mut parts: Vec<(&str, &str)> = parts.collect();
    let is_missing = |(name, _): &&(&str, &str)| !parts.iter().any(|(other, _)| other == name);
    let missing: Vec<_> = USUAL.iter().filter(is_missing).copied().collect();
    if !parts.iter().any(|(name, _)| *name == "mimetype") {
        parts.extend(missing);
    }
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // A name that stands twice, or is none.
        if archive.start_file(name.trim(), SimpleFileOptions::default()).is_ok() {
            archive.write_all(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        }
    }
    archive.finish().map_or_else(|_| Vec::new(), Cursor::into_inner)
}

/// Rows stand in order and hold something, and nothing is larger than it may be.
fn as_sheets_are(sheet: &Sheet) {
    let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
    assert!(numbers.is_sorted_by(|one, other| one < other) && numbers[0] > 0);
    for row in &sheet.rows {
        assert!(row.cells.len() <= 1024 && row.filled().next().is_some());
    }
    let last = numbers[numbers.len() - 1];
    for range in &sheet.merged {
        assert!(range.rows.0 <= range.rows.1 && range.columns.0 <= range.columns.1 && range.rows.1 <= last);
    }
}

/// An import shows what would become of them, or says why not.
fn taken(sheets: Vec<Sheet>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/register");
    let root = if root.is_dir() { root } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("register") };
    let pen = Pen::take(&root, Day::nearest(2018, 6, 1), true)
        .unwrap_or_else(|error| panic!("{}", error.message.en));
    let sent: Vec<Sent> = sheets.into_iter().map(|sheet| Sent { table: None, sheet, exact: false }).collect();
    match import(pen, &Wishes::none(Lang::Vi), &sent, Judging::Strict) {
        Err(error) => assert!(!error.message.vi.is_empty() && !error.message.en.is_empty()),
        Ok(imported) => {
            assert_ne!(imported.end, End::Written);
            let told = imported.refused.iter().chain(&imported.faults);
            told.for_each(|said| assert!(!said.vi.is_empty() && !said.en.is_empty()));
        }
    }
}
