//! What the cells of a workbook hold besides texts, and what becomes of it where another kind of value is wanted.

use crate::fresh::{example, fresh};
use crate::transcript::TTHT;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::process::Command;

/// What is said of a table whose first column names a record and whose second column holds one cell.
fn said(table: &str, (id, key): (&str, &str), fill: impl Fn(&mut Worksheet)) -> String {
    let folder = fresh();
    example(folder.path());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, column, text) in
        [(0, 0, if id.starts_with("20") { "visit" } else { "id" }), (0, 1, key), (1, 0, id)]
    {
        sheet.write_string(row, column, text).unwrap();
    }
    fill(sheet);
    book.save(folder.path().join("a.xlsx")).unwrap();
    let words = ["import", "a.xlsx", "--as", table, "--lang", "vi"];
    let done = Command::new(TTHT).current_dir(folder.path()).args(words).output().unwrap();
    [done.stdout, done.stderr].iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect()
}

fn number(n: f64) -> impl Fn(&mut Worksheet) {
    move |sheet| {
        sheet.write_number(1, 1, n).unwrap();
    }
}

/// A day or a time, in a format that shows it as one.
fn when(text: &str, format: &str) -> impl Fn(&mut Worksheet) {
    let (when, format) = (ExcelDateTime::parse_from_str(text).unwrap(), Format::new().set_num_format(format));
    move |sheet| {
        sheet.write_datetime_with_format(1, 1, &when, &format).unwrap();
    }
}

fn day(text: &str) -> impl Fn(&mut Worksheet) {
    when(text, "dd/mm/yyyy")
}

fn tick(yes: bool) -> impl Fn(&mut Worksheet) {
    move |sheet| {
        sheet.write_boolean(1, 1, yes).unwrap();
    }
}

const VISIT: &str = "2016-11-04-bac-son";

#[test]
fn a_number_is_read_by_what_its_column_wants() {
    for (table, key, n, expected) in [
        ("promotion", "members", 1150.0, "promotion.members: 1_145 → 1_150 (a.xlsx: Sheet1!B2)\n"),
        (
            "promotion",
            "members",
            1_149.999_999_999_999_9,
            "promotion.members: 1_145 → 1_150 (a.xlsx: Sheet1!B2)\n",
        ),
        ("promotion", "members", 361.5, "ô chứa 361,5; ở đây cần số nguyên\n"),
        ("promotion", "members", -3.0, "“-3” nhỏ hơn 0\n"),
        ("promotion", "as_of", 42_614.0, "promotion.as_of: (chưa có) → 2016-09-01 (a.xlsx: Sheet1!B2)\n"),
        ("promotion", "association", 1.0, "promotion.association: (chưa có) → true (a.xlsx: Sheet1!B2)\n"),
        ("promotion", "association", 2.0, "không hiểu “2”; xin gõ có hoặc không\n"),
        ("visit_facilities", "area_m2", 1.234, "facilities.area_m2: (chưa có) → 1.234 (a.xlsx: Sheet1!B2)\n"),
        (
            "visit_facilities",
            "area_m2",
            0.1 + 0.2,
            "facilities.area_m2: (chưa có) → 0.3 (a.xlsx: Sheet1!B2)\n",
        ),
        (
            "visit_activity",
            "period",
            2015.0,
            "activity.period: \"2015-2016\" → \"2015\" (a.xlsx: Sheet1!B2)\n",
        ),
        ("visit_activity", "period", 42_370.0, "42370 là số mà Excel giữ cho ngày 01/01/2016; viết năm học"),
    ] {
        let said = said(table, (VISIT, key), number(n));
        assert!(said.contains(expected), "{key}: {said}");
    }
    for (key, n, expected) in [
        ("phone", 203_385_412.0, "định dạng cột là Văn bản (Text) rồi gõ 0203385412\n"),
        ("founded.date", 2007.0, "founded.date: (chưa có) → \"2007\" (a.xlsx: Sheet1!B2)\n"),
        ("founded.date", 39_326.0, "founded.date: (chưa có) → 2007-09-01 (a.xlsx: Sheet1!B2)\n"),
        ("founded.decision", 1009.0, "founded.decision: (chưa có) → \"1009\" (a.xlsx: Sheet1!B2)\n"),
    ] {
        let said = said("centres", ("bac-son", key), number(n));
        assert!(said.contains(expected), "{key}: {said}");
    }
}

#[test]
fn a_day_a_time_and_a_tick_are_named_as_what_they_are_where_something_else_is_wanted() {
    let decision = said("centres", ("bac-son", "founded.decision"), day("2007-09-01"));
    assert!(decision.contains("ô chứa ngày 01/09/2007; nếu đã gõ “09/2007” thì Excel đã đổi"), "{decision}");
    let spent = said("promotion", (VISIT, "fund.spent"), day("2016-05-12"));
    assert!(spent.contains("ô chứa ngày 12/05/2016; nếu đã gõ “12.5” thì Excel đã đổi"), "{spent}");
    let founded = said("centres", ("bac-son", "founded.date"), day("2007-09-01"));
    assert!(founded.contains("founded.date: (chưa có) → 2007-09-01 (a.xlsx: Sheet1!B2)\n"), "{founded}");
    let computers = said("visit_facilities", (VISIT, "computers"), when("01:30", "hh:mm"));
    assert!(computers.contains("ô chứa 01:30:00; ở đây cần số nguyên\n"), "{computers}");
    let seal = said("visit_facilities", (VISIT, "seal"), tick(false));
    assert!(seal.contains("facilities.seal: (chưa có) → false (a.xlsx: Sheet1!B2)\n"), "{seal}");
    let books = said("visit_facilities", (VISIT, "books"), tick(true));
    assert!(books.contains("ô chứa TRUE; ở đây cần số nguyên\n"), "{books}");
}

#[test]
fn a_formula_gives_its_result_or_its_error() {
    let formula = |result: &'static str| {
        move |sheet: &mut Worksheet| {
            sheet.write_formula(1, 1, Formula::new("=A9/0").set_result(result)).unwrap();
        }
    };
    let error = said("promotion", (VISIT, "members"), formula("#DIV/0!"));
    assert!(error.contains("!B2, “members”: ô chứa lỗi #DIV/0! của bảng tính"), "{error}");
    let fine = said("promotion", (VISIT, "members"), formula("1150"));
    assert!(fine.contains("promotion.members: 1_145 → 1_150 (a.xlsx: Sheet1!B2)\n"), "{fine}");
}
