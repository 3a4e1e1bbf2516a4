//! Files that colleagues send, as sheets.

use crate::model::sheet::Sheet;
use crate::model::text::{Said, Text, t};
use crate::say;

pub use guard::document;

mod grid;
mod guard;
mod opendocument;
mod separated;
mod workbook;

/// The sheets of a file in which something stands, by its name and its bytes; else why there are none, and what to do.
pub fn sheets(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Said> {
    let of_file = |why: Said| say!("{file}: {why}", "{file}: {why}", [file, why]);
    let mut sheets = match strange(bytes) {
        Some(what) => return Err(of_file(what.into())),
        None if bytes.starts_with(b"PK") => unpacked(file, bytes).map_err(of_file)?,
        None => vec![separated::sheet(file, bytes)?],
    };
    sheets.retain(|sheet| !sheet.rows.is_empty());
    if sheets.is_empty() {
        return Err(of_file(say!("tệp không có dòng nào", "the file has no rows")));
    }
    Ok(sheets)
}

/// The sheets of an archive, which is what a workbook is.
fn unpacked(file: &str, bytes: &[u8]) -> Result<Vec<Sheet>, Said> {
    let parts = guard::parts(bytes)?;
    let has = |start: &str| parts.names.iter().any(|name| name.starts_with(start));
    match (OTHERS.iter().find(|(part, _)| has(part)), parts.kind.as_deref()) {
        (Some((_, what)), _) => Err((*what).into()),
        (None, Some(OPEN_DOCUMENT)) => opendocument::sheets(file, bytes),
        (None, Some(_)) => Err(NO_TABLE.into()),
        (None, None) if has("[Content_Types].xml") => workbook::sheets(file, bytes, &parts),
        (None, None) => Err(PACKED.into()),
    }
}

/// What an .ods file says that it is.
const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// What a file is that is no table by its first bytes, and for the old files of Office by a word inside.
fn strange(bytes: &[u8]) -> Option<Text> {
    let wide = |word: &str| word.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let holds = |word: &str| word.is_empty() || contains(bytes, &wide(word));
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins =
        |start: &[u8]| text.get(..start.len()).is_some_and(|first| first.eq_ignore_ascii_case(start));
    STRANGE.iter().find(|(start, word, _)| begins(start) && holds(word)).map(|(.., what)| *what)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A web page, under whatever name: many programs call it `.xls`.
const PAGE: Text = t(
    "đây là trang web, không phải bảng tính, dù tên tệp là gì; mở bằng Excel rồi Lưu thành .xlsx",
    "this is a web page and no workbook, whatever its name; open it in Excel and Save as .xlsx",
);
const PICTURE: Text = t(
    "đây là ảnh; xin bảng gốc (.xlsx), hoặc gõ số liệu vào một bảng tính",
    "this is a picture; ask for the table itself (.xlsx), or type the figures into a workbook",
);
const WORD: Text = t(
    "đây là văn bản Word; chép bảng trong đó sang Excel rồi Lưu thành .xlsx",
    "this is a Word document; copy its table into Excel and Save as .xlsx",
);
const PACKED: Text = t(
    "đây là tệp nén; giải nén rồi nhập từng tệp bên trong, hoặc cả thư mục",
    "this is an archive; unpack it and import the files in it, or their folder",
);
const NO_TABLE: Text = t(
    "đây không phải là bảng tính; mở ra, chép bảng sang Excel rồi Lưu thành .xlsx",
    "this is no workbook; open it, copy the table into Excel and Save as .xlsx",
);

/// What is no table: how its bytes begin, a word inside, and what to do with it. The first that fits.
const STRANGE: &[(&[u8], &str, Text)] = &[
    (
        OLE,
        "EncryptedPackage",
        t(
            "bảng tính có mật khẩu; mở bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi lưu lại",
            "the workbook has a password; open it in Excel, take the password away (File > Info > Protect Workbook) and save it",
        ),
    ),
    (OLE, "WordDocument", WORD),
    (
        OLE,
        "",
        t(
            "đây là tệp Excel đời cũ (.xls); mở bằng Excel hay LibreOffice rồi Lưu thành .xlsx",
            "this is a file of an old Excel (.xls); open it in Excel or LibreOffice and Save as .xlsx",
        ),
    ),
    (b"{\\rtf", "", WORD),
    (
        b"%PDF",
        "",
        t(
            "đây là tệp PDF; xin bảng gốc (.xlsx), hoặc chép bảng sang một bảng tính",
            "this is a PDF; ask for the table itself (.xlsx), or copy the table into a workbook",
        ),
    ),
    (b"\x89PNG", "", PICTURE),
    (b"\xff\xd8\xff", "", PICTURE),
    (b"GIF8", "", PICTURE),
    (b"Rar!", "", PACKED),
    (b"7z\xbc\xaf", "", PACKED),
    (b"\x1f\x8b", "", PACKED),
    (b"<html", "", PAGE),
    (b"<!doctype", "", PAGE),
    (b"<table", "", PAGE),
    (b"<?xml", "", PAGE),
    (b"MIME-Version:", "", PAGE),
];

/// What an archive is that is no workbook: how a part of it is called.
const OTHERS: &[(&str, Text)] = &[
    ("word/", WORD),
    ("ppt/", NO_TABLE),
    (
        "xl/workbook.bin",
        t(
            "đây là tệp .xlsb; mở bằng Excel rồi Lưu thành .xlsx",
            "this is an .xlsb file; open it in Excel and Save as .xlsx",
        ),
    ),
];
