//! Workbooks as people and their programs save them, and such as are made to do harm.

use crate::fresh::fresh;
use crate::transcript::{TTHT, root};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::fs;
use std::io::{Cursor, Write};
use std::process::Command;
use ttht::model::day::{Day, Time};
use ttht::model::sheet::{Held, Merged, Sheet};
use ttht::store::sent::sheets;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// An archive of some parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // Squeezing much takes long in a debug build.
        let way = if text.len() > 4 << 20 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        archive.start_file(*name, SimpleFileOptions::default().compression_method(way)).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

/// A workbook of one sheet, with other parts; what stands in the element `sheetData` and after it is given.
fn xlsx(data: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let link = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"x/relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let (root, book) =
        (link("officeDocument", "xl/workbook.xml"), link("worksheet", "worksheets/sheet1.xml"));
    let sheet = format!("<worksheet><sheetData>{data}</worksheet>");
    let listed = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Trang 1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let mut parts = vec![
        TYPES,
        ("_rels/.rels", &*root),
        ("xl/_rels/workbook.xml.rels", &*book),
        ("xl/worksheets/sheet1.xml", &*sheet),
    ];
    if !others.iter().any(|(name, _)| *name == "xl/workbook.xml") {
        parts.push(("xl/workbook.xml", listed));
    }
    parts.extend(others);
    archive(&parts)
}

/// A workbook of LibreOffice with this in its element `spreadsheet`.
fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn told(name: &str, bytes: &[u8]) -> String {
    sheets(name, bytes).err().map_or_else(|| "nothing".to_owned(), |why| why.en)
}

/// The cells of a sheet with their places.
fn cells(sheet: &Sheet) -> Vec<(String, Held)> {
    let cell = |number: usize, (at, held): (usize, &Held)| {
        (sheet.place(number, at).split('!').next_back().unwrap().to_owned(), held.clone())
    };
    sheet
        .rows
        .iter()
        .flat_map(|row| row.filled().map(|filled| cell(row.number, filled)).collect::<Vec<_>>())
        .collect()
}

fn day(year: i32, month: u32, day: u32) -> Held {
    Held::Day(Day::new(year, month, day).unwrap())
}

fn text(text: &str) -> Held {
    Held::Text(text.to_owned())
}

#[test]
fn what_the_cells_of_a_workbook_hold_is_known() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Hoạt động").unwrap();
    let form = |code: &str| Format::new().set_num_format(code);
    let day_of = |y, m, d| ExcelDateTime::from_ymd(y, m, d).unwrap();
    sheet.write(1, 0, "Yên Thanh\nhai dòng").unwrap();
    sheet.write(1, 1, 361.5).unwrap();
    sheet.write(1, 2, true).unwrap();
    sheet.write_with_format(1, 3, day_of(2016, 10, 27), &form("dd/mm/yyyy")).unwrap();
    sheet.write_with_format(1, 4, ExcelDateTime::from_hms(8, 30, 0).unwrap(), &form("hh:mm")).unwrap();
    sheet.write_with_format(1, 5, day_of(2007, 9, 1), &form("mm/yyyy")).unwrap();
    sheet.write_with_format(1, 6, 1.520_833_333_333_33, &form("[h]:mm")).unwrap();
    sheet.write_with_format(1, 7, 0.205, &form("0.0%")).unwrap();
    sheet.write_with_format(1, 8, 12.0, &form("dd/mm/yyyy")).unwrap();
    sheet.write(1, 9, Formula::new("=B2+1").set_result("362.5")).unwrap();
    sheet.write(1, 10, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(1, 11, "   ").unwrap();
    sheet.merge_range(4, 0, 9, 1, "gộp", &Format::new()).unwrap();
    sheet.write(6, 2, 1).unwrap();
    let hidden = book.add_worksheet().set_name("Ẩn").unwrap().set_hidden(true);
    hidden.write(0, 27, "x").unwrap();
    book.add_worksheet().set_name("Trống").unwrap();
    let read = sheets("t.xlsx", &book.save_to_buffer().unwrap()).unwrap();
    let [one, two] = &read[..] else { panic!("{read:?}") };
    assert_eq!((one.name.as_deref(), one.is_hidden, two.is_hidden), (Some("Hoạt động"), false, true));
    assert_eq!(one.merged, [Merged { rows: (5, 7), columns: (0, 1) }]);
    let of = |list: &[(&str, Held)]| {
        list.iter().map(|(at, held)| ((*at).to_owned(), held.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        cells(one),
        of(&[
            ("A2", text("Yên Thanh\nhai dòng")),
            ("B2", Held::Number(361.5)),
            ("C2", Held::Bool(true)),
            ("D2", day(2016, 10, 27)),
            ("E2", Held::Time(Time::new(8, 30, 0).unwrap())),
            ("F2", day(2007, 9, 1)),
            ("G2", text("36:30")),
            ("H2", Held::Number(0.205)),
            ("I2", Held::Number(12.0)),
            ("J2", Held::Number(362.5)),
            ("K2", Held::Error("#DIV/0!".to_owned())),
            ("A5", text("gộp")),
            ("C7", Held::Number(1.0)),
        ])
    );
    assert_eq!(cells(two), of(&[("AB1", text("x"))]));
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let styles = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let book = |from: &str| {
        let book = format!(
            "<workbook xmlns:r=\"r\"><workbookPr {from}/><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"
        );
        let data = "<row><c s=\"1\"><v>42670</v></c></row></sheetData>";
        let read =
            sheets("t.xlsx", &xlsx(data, &[("xl/styles.xml", styles), ("xl/workbook.xml", &book)])).unwrap();
        cells(&read[0]).remove(0).1
    };
    assert_eq!(book(""), day(2016, 10, 27));
    assert_eq!(book("date1904=\"1\""), day(2020, 10, 28));
}

#[test]
fn a_formula_that_nobody_has_reckoned_holds_no_empty_cell() {
    let data =
        "<row><c r=\"A1\"><f>1+1</f></c><c r=\"B1\" t=\"str\"><f>T(1)</f><v></v></c></row></sheetData>";
    let read = sheets("t.xlsx", &xlsx(data, &[])).unwrap();
    assert_eq!(cells(&read[0]), [("A1".to_owned(), Held::Error("=".to_owned()))]);
    let cell = |text: &str| format!("<c t=\"str\"><v>{text}</v></c>");
    let headings = [cell("id"), cell("place")].concat();
    let row = format!("{}<c><f>1+1</f></c>", cell("2016-10-27-yen-thanh"));
    let folder = fresh();
    let file = folder.path().join("t.xlsx");
    fs::write(&file, xlsx(&format!("<row>{headings}</row><row>{row}</row></sheetData>"), &[])).unwrap();
    let words =
        ["-C", "examples/uong-bi", "import", file.to_str().unwrap(), "--as", "visits", "--lang", "en"];
    let done = Command::new(TTHT).current_dir(root()).args(words).output().unwrap();
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(told.contains("t.xlsx: Trang 1!B2") && told.contains("formula without a result"), "{told}");
}

#[test]
fn workbooks_of_libreoffice_hold_the_same() {
    let table = "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>\
        <table:table table:name=\"Hoạt động\"><table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row><table:table-row>\
        <table:table-cell office:value-type=\"string\"><office:annotation><text:p>ghi chú</text:p></office:annotation>\
        <text:p>Yên <text:span>&amp;</text:span><text:s text:c=\"2\"/>Thanh</text:p><text:p>hai</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"361.5\" table:number-columns-repeated=\"2\"><text:p>361,5</text:p></table:table-cell>\
        <table:table-cell/><table:table-cell office:date-value=\"2016-10-27\"/><table:table-cell office:time-value=\"PT08H30M00S\"/>\
        <table:table-cell office:time-value=\"PT36H30M00S\"/><table:table-cell office:boolean-value=\"true\"/>\
        <table:table-cell office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>\
        </table:table-row><table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"9\"><text:p>gộp</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
        <table:table table:name=\"Ẩn\" table:style-name=\"ta2\"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let read = sheets("t.ods", &ods(table)).unwrap();
    let [one, two] = &read[..] else { panic!("{read:?}") };
    assert!(!one.is_hidden && two.is_hidden && two.place(1, 0) == "t.ods: Ẩn!A1");
    assert_eq!(one.merged, [Merged { rows: (4, 5), columns: (0, 0) }]);
    let held = cells(one);
    let of = |at: &str| held.iter().find(|(place, _)| place == at).map(|(_, held)| held.clone());
    assert_eq!(of("A3"), Some(text("Yên &  Thanh\nhai")));
    assert_eq!((of("B3"), of("C3"), of("D3")), (Some(Held::Number(361.5)), Some(Held::Number(361.5)), None));
    assert_eq!(
        (of("E3"), of("F3")),
        (Some(day(2016, 10, 27)), Some(Held::Time(Time::new(8, 30, 0).unwrap())))
    );
    assert_eq!((of("G3"), of("H3")), (Some(text("36:30")), Some(Held::Bool(true))));
    assert_eq!(
        (of("I3"), of("A4"), of("A5")),
        (Some(Held::Error("#DIV/0!".into())), Some(text("gộp")), Some(text("gộp")))
    );
    assert_eq!(held.len(), 10);
}

#[test]
fn what_is_no_table_is_told_with_what_to_do() {
    let ole = |word: &str| {
        let word: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0", &word[..]].concat()
    };
    let locked = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    let damaged = xlsx("<row/></sheetData>", &[]);
    for (bytes, word) in [
        (&ole("Workbook")[..], "Save as .xlsx"),
        (&ole("EncryptedPackage"), "password"),
        (&ole("WordDocument"), "Word"),
        (&locked, "password"),
        (&archive(&[TYPES, ("word/document.xml", "<w:document/>")]), "Word"),
        (&archive(&[TYPES, ("xl/workbook.bin", "")]), ".xlsb"),
        (&archive(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "no workbook"),
        (&archive(&[("a.csv", "a,b\n")]), "unpack"),
        (&damaged[..damaged.len() - 9], "damaged"),
        (b"PK\x05\x06", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.4\n", "PDF"),
        (b"{\\rtf1 a}", "Word"),
        (b"<HTML><table></table></html>", "web page"),
        (b"\xef\xbb\xbf\r\n<html><table></table></html>", "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web page"),
        (b"\x1f\x8b\x08\0", "unpack"),
        (b"", "no rows"),
        (&xlsx("</sheetData>", &[]), "no rows"),
    ] {
        let told = told("t.x", bytes);
        assert!(told.starts_with("t.x: ") && told.contains(word), "{told}");
    }
}

#[test]
fn what_is_made_to_fill_the_memory_is_refused() {
    let row = |cells: &str| format!("<row>{cells}</row></sheetData>");
    let far = row("<c r=\"A1\"><v>1</v></c><c r=\"XFD1048576\"><v>1</v></c>");
    let blanks = " ".repeat(1 << 20);
    let strings = |sst: &str| xlsx(&row("<c t=\"s\"><v>0</v></c>"), &[("xl/sharedStrings.xml", sst)]);
    let styles = |xfs: &str| {
        xlsx(&row("<c><v>1</v></c>"), &[("xl/styles.xml", &format!("<styleSheet>{xfs}</styleSheet>"))])
    };
    let many: Vec<(String, &str)> = (0..1000).map(|n| (format!("xl/{n}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (&**name, *text)).collect();
    let table = |rows: &str| ods(&format!("<table:table table:name=\"a\">{rows}</table:table>"));
    let long_row = "<table:table-row table:number-rows-repeated=\"9999999\"><table:table-cell office:value=\"1\" table:number-columns-repeated=\"1000\"/></table:table-row>";
    let far_cell = "<table:table-row table:number-rows-repeated=\"4000000000\"/><table:table-row><table:table-cell office:value=\"1\"/></table:table-row>";
    let wide = "<table:table-row><table:table-cell office:value=\"1\" table:number-columns-repeated=\"99999999999999999999\"/><table:table-cell table:number-columns-repeated=\"18446744073709551615\"/><table:table-cell office:value=\"1\" table:number-columns-repeated=\"9999\"/></table:table-row>";
    let letters = "<table:table-row><table:table-cell><text:p><text:s text:c=\"99999999999\"/>x</text:p></table:table-cell></table:table-row>";
    let listed: String = (0..999).map(|n| format!("<sheet name=\"{n}\" r:id=\"r1\"/>")).collect();
    let listed = format!("<workbook xmlns:r=\"r\"><sheets>{listed}</sheets></workbook>");
    let padded =
        format!("<row><c><v>1</v></c></row></sheetData>{}", format!("<x/>{}", &blanks[..900_000]).repeat(2));
    for (bytes, word) in [
        (xlsx(&far, &[]), "t.x: Trang 1!XFD1048576: this cell is too far"),
        (
            xlsx(&row(&format!("<c t=\"str\"><v>{}</v></c>", "x".repeat(40_000))), &[]),
            "t.x: Trang 1!A1: this cell has more",
        ),
        (xlsx(&blanks.repeat(2), &[]), "unpacked"),
        (xlsx("", &many), "unpacked"),
        (strings("<sst uniqueCount=\"4294967296\"><si><t>x</t></si></sst>"), "unpacked"),
        (strings("<sst a=\"<\" uniqueCount=\"4294967296\"><si><t>x</t></si></sst>"), "damaged"),
        (strings("x<sst uniqueCount=\"4294967296\"><si><t>x</t></si></sst>"), "damaged"),
        (styles(&format!("<fonts><font><name val='{}'/></font></fonts>", "<a\">".repeat(9000))), "damaged"),
        (styles(&format!("<cellXfs>{}</cellXfs>", "<xf/>".repeat(70_000))), "unpacked"),
        (
            styles(&format!(
                "<numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts>",
                "0".repeat(2000)
            )),
            "unpacked",
        ),
        (
            xlsx(
                "",
                &[("xl/theme/a.xml", &format!("<a>{}", format!("{}<b/>", &blanks[..1 << 19]).repeat(33)))],
            ),
            "unpacked",
        ),
        (xlsx(&padded, &[("xl/workbook.xml", &listed)]), "too many large sheets"),
        (table(long_row), "t.x: a!"),
        (table(far_cell), "too far"),
        (table(wide), "t.x: a!"),
        (table(letters), "more than 32,767"),
    ] {
        let told = told("t.x", &bytes);
        assert!(told.contains(word), "{word}: {told}");
    }
}

#[test]
fn an_archive_that_lies_about_its_sizes_is_counted_as_it_unfolds() {
    let (real, much) = (1 << 20, 300 << 20);
    let part = format!("<a>{}", format!("{}<b/>", "x".repeat(1 << 19)).repeat(real >> 19));
    let bytes = xlsx(
        "<row><c><v>1</v></c></row></sheetData>",
        &[("xl/theme/a.xml", &part), ("xl/b.bin", "123456789")],
    );
    let lying = |from: usize, to: usize| {
        let mut bytes = bytes.clone();
        let (from, to) = ((from as u32).to_le_bytes(), (to as u32).to_le_bytes());
        let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == from).collect();
        assert!(!places.is_empty());
        places.iter().for_each(|at| bytes[*at..at + 4].copy_from_slice(&to));
        told("t.x", &bytes)
    };
    assert!(lying(part.len(), 9).contains("damaged") && lying(9, much).contains("unpacked"));
}

#[test]
fn a_large_table_is_read_whole() {
    let rows: String =
        (1..=4_000).map(|n| format!("<row>{}</row>", format!("<c><v>{n}</v></c>").repeat(12))).collect();
    let read = sheets("t.xlsx", &xlsx(&format!("{rows}</sheetData>"), &[])).unwrap();
    assert_eq!((read[0].rows.len(), read[0].rows[3_999].cell(11)), (4_000, &Held::Number(4_000.0)));
}

#[test]
fn many_files_and_folders_are_taken_at_once_and_what_is_no_table_is_told() {
    let folder = fresh();
    let root = folder.path();
    let run = |words: &[&str]| {
        Command::new(TTHT).current_dir(root).args(words).args(["--lang", "en"]).output().unwrap()
    };
    assert!(run(&["init", "so", "--from-example"]).status.success());
    let book = |name: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in [["id", "name", "unit"], [name, name, "yen-thanh"]].iter().enumerate() {
            for (at, cell) in cells.iter().enumerate() {
                sheet.write(row as u32, at as u16, *cell).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    fs::create_dir_all(root.join("gui/sau")).unwrap();
    for (file, bytes) in [
        ("a.xlsx", book("minh-hoa-a")),
        ("gui/a.xlsx", book("minh-hoa-b")),
        ("gui/b.csv", b"id,name,unit\nminh-hoa-c,C,yen-thanh\n".to_vec()),
        ("gui/~$a.xlsx", b"x".to_vec()),
        ("gui/thu.docx", b"x".to_vec()),
    ] {
        fs::write(root.join(file), bytes).unwrap();
    }
    let done = run(&[
        "-C",
        "so",
        "import",
        "a.xlsx",
        "gui",
        "gui/b.csv",
        "--as",
        "centres",
        "--yes",
        "--allow-faults",
    ]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success() && told.contains("passed over, no tables: sau, thu.docx\n"), "{told}");
    for id in ["a", "b", "c"] {
        assert!(root.join(format!("so/centres/minh-hoa-{id}.toml")).is_file(), "{told}");
    }
    fs::write(root.join("gui/a.xlsx"), "\u{1}").unwrap();
    fs::write(root.join("gui/a.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    fs::write(root.join("gui/b.csv"), "id,name\nx,\"y\n").unwrap();
    let done = run(&["-C", "so", "import", "a.xlsx", "gui", "--as", "centres", "--yes", "--allow-faults"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(1));
    assert!(told.contains("a.xls: ") && told.contains("b.csv:2 (B): "), "{told}");
}

#[test]
fn a_number_merged_over_cells_is_refused_and_a_part_of_another_column_is_not_taken_for_ours() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| {
        let mut ttht = Command::new(TTHT);
        ttht.current_dir(folder.path()).args(words).args(["--lang", "en", "--no-input"]).output().unwrap()
    };
    assert!(run(&["init", "so", "--from-example", "-q"]).status.success());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, text) in ["Xã, phường", "Ngày", "Dân số", "", "Ghi chú", "Hộ", ""].iter().enumerate()
    {
        sheet.write(0, at as u16, *text).unwrap();
    }
    sheet.write(1, 2, "Tổng số").unwrap();
    sheet.write(1, 3, "Nữ").unwrap();
    sheet.write(1, 5, "Tổng số").unwrap();
    sheet.write(1, 6, "Nghèo").unwrap();
    for (row, (name, day)) in [("Yên Thanh", "2017-10-26"), ("Nam Khê", "2017-11-08")].iter().enumerate() {
        sheet.write(row as u32 + 2, 0, *name).unwrap();
        sheet.write(row as u32 + 2, 1, *day).unwrap();
        sheet.write(row as u32 + 2, 3, 4_300).unwrap();
        sheet.write(row as u32 + 2, 4, "minh hoạ").unwrap();
    }
    sheet.merge_range(2, 2, 3, 2, "9000", &Format::new()).unwrap();
    sheet.write(2, 2, 9_000).unwrap();
    book.save(folder.path().join("a.xlsx")).unwrap();
    let done = run(&["-C", "so", "import", "a.xlsx", "--ignore-columns"]);
    let told = String::from_utf8_lossy(&done.stderr).into_owned() + &String::from_utf8_lossy(&done.stdout);
    assert!(told.contains("Sheet1!C3: one number is merged over C3:C4"), "{told}");
    assert!(told.contains("D “Dân số: Nữ”, E “Ghi chú”") && !told.contains("women"), "{told}");
}
