//! What holds for every format, and the table that the formats are tried on.

use super::{FORMATS, Format, Style};
use crate::model::day::Day;
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
                Cell::Word("good".into(), t("Tốt", "Good").into()),
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
    String::from_utf8((format.draw)(table, style)).unwrap()
}

#[test]
fn no_format_lets_words_of_a_file_steer_a_terminal() {
    let bad = "\u{1b}[31m\u{9b}\u{7}\u{202e}\r";
    let mut table = sample();
    table.title = Said::same(bad);
    table.notes = vec![Said::same(bad)];
    table.rows[0][1] = Cell::Text(bad.into());
    table.rows[0][7] = Cell::Word(bad.into(), Said::same(bad));
    for format in FORMATS {
        let text = text(format, &table, &Style::default());
        assert!(!text.contains(|c: char| (c.is_control() && !"\n\t".contains(c)) || is_bidi(c)), "{text:?}");
    }
}

#[test]
fn every_format_draws_an_empty_table_and_is_found_by_its_ending() {
    for format in FORMATS {
        (format.draw)(&Table::default(), &Style::default());
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
    let style = Style { lang: Lang::En, width: 80, ascii: true, colour: true, ..Style::default() };
    assert_eq!(
        text(&FORMATS[0], &sample(), &style),
        "\
\u{1b}[1mActivity, school year 2015-2016\u{1b}[0m

\u{1b}[1mNo. | Unit    | Classes |   Income |     % | Visited    | Seal | Rank | Complete\u{1b}[0m
\u{1b}[1m    |         |         | (million | women |            |      |      | files\u{1b}[0m
\u{1b}[1m    |         |         |     VND) |       |            |      |      |\u{1b}[0m
----+---------+---------+----------+-------+------------+------+------+---------
  1 | Yên     |   1,234 |     42.4 |  84.8 | 2016-10-27 | yes  | Good | 9/11
    | Thanh   |         |          |       |            |      |      |
  2 | =1+1    |       - |        - |     - | -          | no   | -    | -
    | \"x\",    |         |          |       |            |      |      |
    | Điền    |         |          |       |            |      |      |
    | Công    |         |          |       |            |      |      |
----+---------+---------+----------+-------+------------+------+------+---------
\u{1b}[1m    | Tổng    |   1,234 |     42.4 |  84.8 |            |      |      | 9/11\u{1b}[0m
\u{1b}[1m    | cộng    |         |          |       |            |      |      |\u{1b}[0m

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
fn nothing_is_too_narrow_or_too_ragged_to_be_drawn() {
    let mut table = sample();
    table.rows[0].truncate(3);
    table.rows.push(vec![Cell::Missing; 40]);
    table.rows.push(vec![Cell::Number(f64::NAN); 9]);
    for width in [0, 1, 2, 7, 30] {
        for ascii in [false, true] {
            let style = Style { width, ascii, ..Style::default() };
            FORMATS.iter().for_each(|format| assert!(!(format.draw)(&table, &style).is_empty()));
            super::chart::draw(&table, &style);
        }
    }
}
