//! What holds for every format, and the table that the formats are tried on.

use super::csv::EXCEL_VI;
use super::{FORMATS, Format, Style};
use crate::model::day::Day;
use crate::model::document::{Block, Document, Foot, Level, Signature};
use crate::model::json::Json;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, is_bidi, t};

/// A table with a cell of every kind.
pub(super) fn sample() -> Table {
    let column = |key: &str, vi, en, kind| Column::new(key, t(vi, en), kind);
    Table {
        name: "activity".into(),
        title: t("Hoạt động, năm học 2015-2016", "Activity, school year 2015-2016").into(),
        columns: vec![
            column("stt", "STT", "No.", ColumnKind::Count),
            column("unit", "Đơn vị", "Unit", ColumnKind::Text),
            column("classes", "Số lớp", "Classes", ColumnKind::Count),
            column("income", "Tổng thu (triệu đồng)", "Income (million VND)", ColumnKind::Millions),
            column("women_percent", "% nữ", "% women", ColumnKind::Percent),
            column("visited", "Ngày kiểm tra", "Visited", ColumnKind::Day),
            column("seal", "Con dấu", "Seal", ColumnKind::Bool),
            column("rank", "Xếp loại", "Rank", ColumnKind::Text),
            column("complete", "Hồ sơ đủ", "Complete files", ColumnKind::Text),
        ],
        rows: vec![
            vec![
                Cell::Count(1),
                Cell::Text("Yên Thanh".into()),
                Cell::Count(1234),
                Cell::Count(42_350_000),
                Cell::Number(84.774),
                Cell::Day(Day::new(2016, 10, 27).unwrap()),
                Cell::Bool(true),
                Cell::word("good", t("Tốt", "Good")),
                Cell::Of(9, 11),
            ],
            vec![
                Cell::Count(2),
                Cell::Text("=1+1 \"x\", Điền Công".into()),
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
                Cell::Missing,
                Cell::Bool(false),
                Cell::Missing,
                Cell::Missing,
            ],
        ],
        total: Some(vec![
            Cell::Missing,
            Cell::Text("Tổng cộng".into()),
            Cell::Count(1234),
            Cell::Count(42_350_000),
            Cell::Number(84.774),
            Cell::Missing,
            Cell::Missing,
            Cell::Missing,
            Cell::Of(9, 11),
        ]),
        notes: vec![t("1 trên 2 đơn vị có báo cáo.", "1 of 2 units reported.").into()],
        ..Table::default()
    }
}

fn text(format: &Format, table: &Table, style: &Style) -> String {
    as_text(format, (format.draw)(&table.clone().into(), style).unwrap())
}

fn drawn(format: &str, document: &Document, style: &Style) -> String {
    let format = FORMATS.iter().find(|row| row.name == format).unwrap();
    as_text(format, (format.draw)(document, style).unwrap())
}

fn as_text(format: &Format, drawn: Vec<u8>) -> String {
    if format.binary { super::archive::texts(&drawn) } else { String::from_utf8(drawn).unwrap() }
}

/// A document with a block of every kind, and with two tables of different columns.
fn whole() -> Document {
    let (mut one, mut other) = (sample(), sample());
    (one.name, other.name) = ("activity-school-year".into(), "activity-calendar-year".into());
    other.title = t("Hoạt động, năm 2016", "Activity, calendar year 2016").into();
    other.columns[2] = Column::new("sessions", t("Số lớp", "Classes"), ColumnKind::Count);
    other.columns.remove(4);
    other.rows.iter_mut().chain(&mut other.total).for_each(|row| _ = row.remove(4));
    Document {
        name: "activity".into(),
        title: t("BIÊN BẢN\nkiểm tra", "MINUTES\nof a visit").into(),
        blocks: vec![
            Block::Heading(Level::Part, t("I. Kết quả", "I. Results").into()),
            Block::Paragraph(t("# Tốt.\nRất tốt.", "# Good.\nVery good.").into()),
            Block::List(vec![Said::same("một"), Said::same("hai")]),
            Block::Table(Box::new(one)),
            Block::Table(Box::new(other)),
            Block::Foot(Foot {
                signatures: vec![Signature {
                    role: t("Trưởng đoàn", "Leader").into(), name: "Lê A".into()
                }],
                recipients: Vec::new(),
            }),
        ],
        ..Document::default()
    }
}

#[test]
fn a_document_of_several_tables_is_one_json_text() {
    let style = Style { lang: Lang::En, ..Style::default() };
    let json: Json = drawn("json", &whole(), &style).parse().unwrap();
    let keys = |value: &Json| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&json), "format name title tables blocks");
    assert_eq!(json["name"], "activity");
    let tables = json["tables"].as_array().unwrap();
    assert_eq!(tables[1]["name"], "activity-calendar-year");
    assert_eq!(keys(&tables[0]), "name title columns rows total notes");
    let mut alone: Json = text(&FORMATS[3], &sample(), &style).parse().unwrap();
    assert_eq!(keys(&alone), format!("format {}", keys(&tables[0])), "one table has no list round it");
    alone["name"] = tables[0]["name"].clone();
    alone.as_object_mut().unwrap().shift_remove("format");
    assert_eq!(alone, tables[0]);
}

#[test]
fn a_document_of_several_tables_is_one_stream_of_rows_that_say_their_table() {
    for (format, separator) in [("csv", ','), ("tsv", '\t')] {
        let text = drawn(format, &whole(), &Style::default());
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(separator as u8)
            .flexible(false)
            .from_reader(text.as_bytes());
        let header = reader.headers().unwrap().clone();
        assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["table", "stt", "unit", "classes"]);
        assert_eq!(header.iter().next_back(), Some("sessions"));
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        let tables: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
        assert_eq!(tables[..3], ["activity-school-year"; 3]);
        assert_eq!(tables[3..], ["activity-calendar-year"; 3]);
        assert_eq!((&rows[0][3], &rows[0][10], &rows[3][3], &rows[3][10]), ("1234", "", "", "1234"));
        assert_eq!((&rows[0][5], &rows[3][5], &rows[3][6]), ("84.77", "", "2016-10-27"));
    }
    let excel = drawn("csv", &whole(), &Style { profile: &EXCEL_VI, ..Style::default() });
    assert!(excel.contains("\u{feff}Bảng;STT;"), "{excel}");
    assert!(excel.contains("\r\nHoạt động, năm 2016;1;Yên Thanh;;"), "{excel}");
}

#[test]
fn a_document_of_several_tables_is_one_page() {
    let page = drawn("html", &whole(), &Style::default());
    for once in
        ["<!DOCTYPE", "<html", "<title>BIÊN BẢN kiểm tra</title>", "<h1>BIÊN BẢN<br>kiểm tra</h1>", "</html>"]
    {
        assert_eq!(page.matches(once).count(), 1, "{once}\n{page}");
    }
    for part in [
        "<h2>I. Kết quả</h2>\n<p># Tốt.<br>Rất tốt.</p>\n<ul>\n<li>một</li>",
        "<section>\n<h2>Hoạt động, năm 2016</h2>\n<div",
        "<h3>Ghi chú</h3>",
        "<div class=\"signatures\">\n<p><b>Trưởng đoàn</b><span>Lê A</span></p>\n</div>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn every_block_has_its_place_on_a_screen_and_in_markdown() {
    let parts = |format| {
        let text = drawn(format, &whole(), &Style::default());
        let mut parts: Vec<String> = text.split("\n\n").map(str::to_owned).collect();
        let tables = parts.drain(4..parts.len() - 1).filter(|part| part.contains("Hoạt động, năm"));
        assert_eq!(tables.count(), 2, "{text}");
        parts
    };
    assert_eq!(
        parts("table"),
        ["BIÊN BẢN\nkiểm tra", "I. Kết quả", "# Tốt.\nRất tốt.", "- một\n- hai", "Trưởng đoàn: Lê A\n"]
    );
    assert_eq!(
        parts("markdown"),
        [
            "# BIÊN BẢN kiểm tra",
            "## I. Kết quả",
            "\\# Tốt.  \nRất tốt.",
            "- một\n- hai",
            "- Trưởng đoàn: Lê A\n"
        ]
    );
}

#[test]
fn no_format_lets_words_of_a_file_steer_a_terminal() {
    let bad = "\u{1b}[31m\u{9b}\u{7}\u{202e}\r";
    let mut table = sample();
    table.title = Said::same(bad);
    table.notes = vec![Said::same(bad)];
    table.rows[0][1] = Cell::Text(bad.into());
    table.rows[0][7] = Cell::word(bad, Said::same(bad));
    for format in FORMATS {
        let text = text(format, &table, &Style::default());
        assert!(!text.contains(|c: char| (c.is_control() && !"\n\t".contains(c)) || is_bidi(c)), "{text:?}");
    }
}

#[test]
fn every_format_draws_an_empty_table_and_is_found_by_its_ending() {
    for format in FORMATS {
        text(format, &Table::default(), &Style::default());
        for extension in format.extensions {
            assert_eq!(Format::of_extension(&extension.to_uppercase()).unwrap().name, format.name);
        }
    }
    assert!(Format::of_extension("doc").is_none());
}

#[test]
fn a_terminal_table_in_vietnamese() {
    assert_eq!(
        text(&FORMATS[0], &sample(), &Style { width: 120, ..Style::default() }),
        "\
Hoạt động, năm học 2015-2016

STT │ Đơn vị              │ Số lớp │ Tổng thu (triệu đồng) │ % nữ │ Ngày kiểm tra │ Con dấu │ Xếp loại │ Hồ sơ đủ
────┼─────────────────────┼────────┼───────────────────────┼──────┼───────────────┼─────────┼──────────┼─────────
  1 │ Yên Thanh           │  1.234 │                  42,4 │ 84,8 │ 27/10/2016    │ có      │ Tốt      │ 9/11
  2 │ =1+1 \"x\", Điền Công │      – │                     – │    – │ –             │ không   │ –        │ –
────┼─────────────────────┼────────┼───────────────────────┼──────┼───────────────┼─────────┼──────────┼─────────
    │ Tổng cộng           │  1.234 │                  42,4 │ 84,8 │               │         │          │ 9/11

1 trên 2 đơn vị có báo cáo.
"
    );
}

#[test]
fn a_narrow_terminal_wraps_words_and_keeps_numbers_and_ids_whole() {
    let mut table = sample();
    table.rows[1][1] = Cell::Text("2016-10-27-thuong-yen-cong".into());
    for lang in [Lang::Vi, Lang::En] {
        let drawn = text(&FORMATS[0], &table, &Style { lang, width: 100, ..Style::default() });
        for whole in ["2016-10-27-thuong-yen-cong", "42", "84", "1 "] {
            assert!(drawn.contains(whole), "{whole}\n{drawn}");
        }
        let widest = drawn.lines().map(super::width::width).max();
        assert!(widest <= Some(100), "{widest:?}\n{drawn}");
    }
    let style = Style { lang: Lang::En, width: 86, ascii: true, colour: true, ..Style::default() };
    assert_eq!(
        text(&FORMATS[0], &sample(), &style),
        "\
\u{1b}[1mActivity, school year 2015-2016\u{1b}[0m

\u{1b}[1mNo. | Unit          | Classes |   Income |     % | Visited    | Seal | Rank | Complete\u{1b}[0m
\u{1b}[1m    |               |         | (million | women |            |      |      | files\u{1b}[0m
\u{1b}[1m    |               |         |     VND) |       |            |      |      |\u{1b}[0m
----+---------------+---------+----------+-------+------------+------+------+---------
  1 | Yên Thanh     |   1,234 |     42.4 |  84.8 | 2016-10-27 | yes  | Good | 9/11
  2 | =1+1 \"x\",     |       - |        - |     - | -          | no   | -    | -
    | Điền Công     |         |          |       |            |      |      |
----+---------------+---------+----------+-------+------------+------+------+---------
\u{1b}[1m    | Tổng cộng     |   1,234 |     42.4 |  84.8 |            |      |      | 9/11\u{1b}[0m

1 of 2 units reported.
"
    );
}

#[test]
fn letters_in_parts_take_the_same_room() {
    let mut table = sample();
    let whole = text(&FORMATS[0], &table, &Style::default());
    table.rows[0][1] = Cell::Text("Ye\u{302}n Thanh".into());
    assert_eq!(text(&FORMATS[0], &table, &Style::default()).replace("e\u{302}", "ê"), whole);
}

#[test]
fn people_see_a_rare_column_only_where_something_is_in_it() {
    let mut table = sample();
    table.columns[2] = Column { rare: true, ..Column::new("rare", Said::same("Lớp"), ColumnKind::Count) };
    let with_it = |table: &Table| -> Vec<&str> {
        let has = |format: &&Format| text(format, table, &Style::default()).contains(['ớ']);
        FORMATS.iter().filter(has).map(|format| format.name).collect()
    };
    assert_eq!(
        with_it(&table),
        ["table", "json", "markdown", "html", "docx", "xlsx"],
        "csv and tsv show keys"
    );
    for row in table.rows.iter_mut().chain(&mut table.total) {
        row[2] = Cell::Missing;
    }
    assert_eq!(with_it(&table), ["json"], "a program always finds the column");
}

#[test]
fn an_approximate_number_is_marked_for_people_and_a_number_for_programs() {
    let mut table = sample();
    table.rows[0][2] = Cell::Count(1234).about();
    let drawn = |name: &str, style: &Style| {
        let format = FORMATS.iter().find(|format| format.name == name).unwrap();
        text(format, &table, style)
    };
    let style = Style::default();
    for name in ["table", "markdown", "html", "docx"] {
        assert!(drawn(name, &style).contains("≈ 1.234"), "{name}");
    }
    assert!(drawn("table", &Style { ascii: true, ..style }).contains("~ 1.234"));
    let lines: Vec<String> = drawn("csv", &style).lines().map(str::to_owned).collect();
    assert!(lines[0].ends_with(",complete,approximate") && lines[1].starts_with("1,Yên Thanh,1234,"));
    assert!(lines[1].ends_with(",9/11,classes") && lines[2].ends_with(','), "{lines:?}");
    let excel = drawn("csv", &Style { profile: &EXCEL_VI, ..style });
    assert!(excel.contains(";Số gần đúng\r\n") && excel.contains(";1234;") && excel.contains(";Số lớp\r\n"));
    assert!(drawn("json", &style).contains("\"approximate\": \"classes\""));
}

#[test]
fn nothing_is_too_narrow_or_too_ragged_to_be_drawn() {
    let mut table = sample();
    table.rows[0].truncate(3);
    table.rows.push(vec![Cell::Missing; 40]);
    table.rows.push(vec![Cell::Number(f64::NAN); 9]);
    for width in [0, 1, 2, 7, 30] {
        for ascii in [false, true] {
            let style = Style { width, ascii, charts: true, ..Style::default() };
            FORMATS.iter().for_each(|format| assert!(!text(format, &table, &style).is_empty()));
        }
    }
}
