//! The tables of a document as CSV and TSV, in named profiles. The only file that knows the CSV writer.
//!
//! **The guard.** A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it. So
//! text that begins with one of these, with their full-width forms, a tab or an end of line gets a `'` in front.
//! Numbers and days are never changed: `-3` stays a number. Files that are read back (`exact`) have no guard.

use super::{Format, Style, value};
use crate::model::document::Document;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{InLang, Lang, Text, printable, t};
use ::csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use std::borrow::Cow;
use std::iter;

/// How cells are written.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// The stable word.
    pub name: &'static str,
    /// What it is for.
    pub about: Text,
    /// What separates two cells.
    pub delimiter: u8,
    /// True for labels, days and numbers as the people of a spreadsheet read them, a byte order mark and CRLF.
    pub spreadsheet: bool,
    /// True if text that could be a formula is made harmless.
    pub guard: bool,
}

/// RFC 4180 with keys, code words, ISO dates and plain numbers.
pub const PLAIN: Profile = Profile {
    name: "plain",
    about: t(
        "dấu phẩy, tên cột tiếng Anh, ngày ISO, số không định dạng",
        "commas, keys, ISO dates, plain numbers",
    ),
    delimiter: b',',
    spreadsheet: false,
    guard: true,
};

/// The same, cell for cell as it is in the records.
pub const EXACT: Profile = Profile {
    name: "exact",
    about: t("như trên, không thêm dấu ' trước công thức", "the same without the ' before formulas"),
    guard: false,
    ..PLAIN
};

/// What Excel opens correctly on a Vietnamese computer.
pub const EXCEL_VI: Profile = Profile {
    name: "excel-vi",
    about: t("cho Excel: dấu chấm phẩy, dấu phẩy thập phân", "for Excel: semicolons and decimal commas"),
    delimiter: b';',
    spreadsheet: true,
    guard: true,
};

/// Every profile.
pub const PROFILES: &[&Profile] = &[&PLAIN, &EXACT, &EXCEL_VI];

/// What makes a cell a formula when it comes first.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n'];

/// The column that tells the tables of one document apart.
const TABLE: Text = t("Bảng", "Table");

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "csv",
    about: t("CSV (RFC 4180), hoặc theo --profile", "CSV (RFC 4180), or as --profile says"),
    extensions: &["csv"],
    binary: false,
    draw: |document, style| Ok(draw(&named(&one_table(document), style), style)),
};

/// The row of TSV.
pub const TSV: Format = Format {
    name: "tsv",
    about: t("các cột cách nhau bằng tab", "columns set apart by tabs"),
    extensions: &["tsv", "tab"],
    binary: false,
    draw: |document, style| Ok(draw_tsv(&one_table(document).for_programs(style.lang), style)),
};

/// The tables of a document as one, since a stream has one header. If there are several, the first column names the
/// table of each row; what a table has no column for is missing in its rows.
fn one_table(document: &Document) -> Cow<'_, Table> {
    let tables: Vec<&Table> = document.tables().collect();
    if let [only] = tables.as_slice() {
        return Cow::Borrowed(only);
    }
    let mut columns = vec![Column::new("table", TABLE, ColumnKind::Text)];
    for column in tables.iter().flat_map(|table| &table.columns) {
        if columns.iter().all(|known| known.key != column.key) {
            columns.push(column.clone());
        }
    }
    let mut rows = Vec::new();
    for table in tables {
        let places: Vec<Option<usize>> = columns[1..]
            .iter()
            .map(|column| table.columns.iter().position(|own| own.key == column.key))
            .collect();
        for row in table.rows.iter().chain(&table.total) {
            let cells =
                places.iter().map(|at| at.and_then(|at| row.get(at).cloned()).unwrap_or(Cell::Missing));
            rows.push(iter::once(Cell::word(table.name.clone(), table.title.clone())).chain(cells).collect());
        }
    }
    Cow::Owned(Table { columns, rows, ..Table::default() })
}

/// A table with what its profile shows of things: their ids and names, or in a spreadsheet only their names. Numbers
/// stay numbers.
fn named(table: &Table, style: &Style) -> Table {
    match style.profile.spreadsheet {
        true => table.with_plain_numbers(|column| column.label.get(style.lang).to_owned()).into_owned(),
        false => table.for_programs(style.lang),
    }
}

/// A table as CSV.
pub fn draw(table: &Table, style: &Style) -> Vec<u8> {
    let start: &[u8] = if style.profile.spreadsheet { b"\xEF\xBB\xBF" } else { b"" };
    let mut lines = Lines::begin(start.to_vec(), style.profile);
    lines.add(table.columns.iter().map(|column| header(column, style)));
    for row in table.rows.iter().chain(&table.total) {
        let cells = row.iter().zip(&table.columns);
        lines.add(cells.map(|(cell, column)| written(cell, column.kind, style)));
    }
    lines.bytes()
}

/// Lines of CSV that are added one by one.
#[derive(Debug)]
pub struct Lines(Writer<Vec<u8>>);

impl Lines {
    /// None yet, after some bytes.
    pub fn begin(start: Vec<u8>, profile: &Profile) -> Lines {
        let terminator = if profile.spreadsheet { Terminator::CRLF } else { Terminator::Any(b'\n') };
        Lines(writer(profile.delimiter).terminator(terminator).from_writer(start))
    }

    /// Adds one, of cells as they are written. Writing to memory does not fail.
    pub fn add<C: AsRef<str>>(&mut self, mut cells: impl Iterator<Item = C>) {
        let done = cells.try_for_each(|cell| self.0.write_field(cell.as_ref()));
        let ended = self.0.write_record(None::<&[u8]>);
        debug_assert!(done.is_ok() && ended.is_ok());
    }

    /// All of them.
    pub fn bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap_or_default()
    }
}

/// Many are at work at the same time, so none has a large buffer.
fn writer(delimiter: u8) -> WriterBuilder {
    let mut writer = WriterBuilder::new();
    writer.delimiter(delimiter).flexible(true).buffer_capacity(1 << 10);
    writer
}

/// A table as TSV: no quotes; a tab, an end of line or a backslash inside a cell is written `\t`, `\n`, `\\`.
fn draw_tsv(table: &Table, style: &Style) -> Vec<u8> {
    let style = Style { profile: if style.profile.guard { &PLAIN } else { &EXACT }, ..*style };
    let mut writer = writer(b'\t');
    writer.quote_style(QuoteStyle::Never).terminator(Terminator::Any(b'\n'));
    let mut lines = Lines(writer.from_writer(Vec::new()));
    let escape = |text: Cow<str>| {
        let text = text.replace('\\', "\\\\").replace('\t', "\\t");
        text.replace("\r\n", "\\n").replace('\n', "\\n").replace('\r', "\\r")
    };
    lines.add(table.columns.iter().map(|column| escape(header(column, &style))));
    for row in table.rows.iter().chain(&table.total) {
        let cells = row.iter().zip(&table.columns);
        lines.add(cells.map(|(cell, column)| escape(written(cell, column.kind, &style))));
    }
    lines.bytes()
}

fn header<'c>(column: &'c Column, style: &Style) -> Cow<'c, str> {
    match style.profile.spreadsheet {
        true => guarded(&value::heading(column, style.lang), style.profile).into_owned().into(),
        false => column.name.as_str().into(),
    }
}

fn written<'c>(cell: &'c Cell, kind: ColumnKind, style: &Style) -> Cow<'c, str> {
    match (cell, style.profile.spreadsheet) {
        (Cell::Text(text), _) => guarded(text, style.profile),
        (Cell::Word(_, label), true) => guarded(label.get(style.lang), style.profile),
        (_, true) => for_spreadsheet(cell, kind, style.lang).into(),
        _ => plain(cell, kind, style.profile),
    }
}

/// A cell as programs read it.
fn plain<'c>(cell: &'c Cell, kind: ColumnKind, profile: &Profile) -> Cow<'c, str> {
    let text = match cell {
        Cell::Missing => return "".into(),
        Cell::Text(text) | Cell::Word(text, _) => return guarded(text, profile),
        Cell::About(number) => return plain(number, kind, profile),
        Cell::Count(n) => n.to_string(),
        // With its point, also where nothing comes after it.
        Cell::Number(n) if !profile.guard => format!("{n:?}"),
        Cell::Number(n) => value::plain(*n, kind),
        Cell::Of(n, of) => format!("{n}/{of}"),
        Cell::Day(day) => day.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => time.to_string(),
        Cell::Bool(yes) => yes.to_string(),
    };
    text.into()
}

/// A cell as Excel on a Vietnamese computer reads it: amounts in whole đồng, which add up, and `7/11` in words, which
/// would be the 7th of November.
fn for_spreadsheet(cell: &Cell, kind: ColumnKind, lang: Lang) -> String {
    let text = match cell {
        Cell::Missing => String::new(),
        Cell::Number(n) => value::settled(*n, kind),
        Cell::Of(n, of) => match lang {
            Lang::Vi => format!("{n} trên {of}"),
            Lang::En => format!("{n} of {of}"),
        },
        Cell::Day(day) => return day.vietnamese(),
        Cell::Date(date) => return date.in_lang(Lang::Vi).into_owned(),
        Cell::Bool(yes) => value::yes_no(*yes, lang).to_owned(),
        Cell::About(number) => return for_spreadsheet(number, kind, lang),
        Cell::Text(_) | Cell::Word(..) | Cell::Count(_) | Cell::Time(_) => {
            return plain(cell, kind, &EXCEL_VI).into_owned();
        }
    };
    text.replace('.', ",")
}

/// Text without what could control a terminal or run in a spreadsheet; unchanged if the profile is exact.
fn guarded<'t>(text: &'t str, profile: &Profile) -> Cow<'t, str> {
    let formula = text.starts_with(FORMULA);
    match profile.guard {
        true if formula || text.contains('\r') => {
            let quote = if formula { "'" } else { "" };
            format!("{quote}{}", printable(&text.replace("\r\n", "\n"))).into()
        }
        true => printable(text),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::day::Day;
    use crate::model::text::Said;
    use crate::render::tests::sample;

    fn one(cells: Vec<Cell>, kind: ColumnKind) -> Table {
        let columns = (0..cells.len()).map(|n| Column::new(format!("c{n}"), Said::same("C"), kind)).collect();
        Table { columns, rows: vec![cells], ..Table::default() }
    }

    fn drawn(cells: Vec<Cell>, kind: ColumnKind, profile: &'static Profile) -> String {
        let bytes = draw(&one(cells, kind), &Style { profile, ..Style::default() });
        String::from_utf8(bytes).unwrap().split_once('\n').unwrap().1.to_owned()
    }

    #[test]
    fn a_program_gets_keys_codes_and_plain_numbers() {
        let text = String::from_utf8(draw(&sample(), &Style::default())).unwrap();
        assert_eq!(
            text,
            "stt,unit,classes,income,women_percent,visited,seal,rank,complete\n\
             1,Yên Thanh,1234,42350000,84.77,2016-10-27,true,good,9/11\n\
             2,\"'=1+1 \"\"x\"\", Điền Công\",,,,,false,,\n\
             ,Tổng cộng,1234,42350000,84.77,,,,9/11\n"
        );
    }

    #[test]
    fn a_program_gets_the_id_and_the_name_of_a_thing_and_a_person_the_name() {
        let unit = Cell::word("nam-khe", Said::same("Nam Khê"));
        let document: Document = one(vec![unit, Cell::Bool(true)], ColumnKind::Name).into();
        let drawn = |profile| (FORMAT.draw)(&document, &Style { profile, ..Style::default() }).unwrap();
        assert_eq!(drawn(&PLAIN), "c0,c0_name,c1,c1_name\nnam-khe,Nam Khê,true,true\n".as_bytes());
        assert_eq!(drawn(&EXCEL_VI), "\u{feff}C;C\r\nNam Khê;có\r\n".as_bytes());
    }

    #[test]
    fn excel_gets_what_it_opens_rightly() {
        let style = Style { profile: &EXCEL_VI, ..Style::default() };
        let text = String::from_utf8(draw(&sample(), &style)).unwrap();
        assert_eq!(
            text,
            "\u{feff}STT;Đơn vị;Số lớp;Tổng thu (đồng);% nữ;Ngày kiểm tra;Con dấu;Xếp loại;Hồ sơ đủ\r\n\
             1;Yên Thanh;1234;42350000;84,8;27/10/2016;có;Tốt;9 trên 11\r\n\
             2;\"'=1+1 \"\"x\"\", Điền Công\";;;;;không;;\r\n\
             ;Tổng cộng;1234;42350000;84,8;;;;9 trên 11\r\n"
        );
    }

    #[test]
    fn text_cannot_become_a_formula_and_numbers_stay_numbers() {
        let texts = ["=A1", "+84", "-3", "@x", "\tx", "＝1"].map(|text| Cell::Text(text.into())).to_vec();
        assert_eq!(drawn(texts.clone(), ColumnKind::Text, &PLAIN), "'=A1,'+84,'-3,'@x,'\tx,'＝1\n");
        assert_eq!(drawn(texts, ColumnKind::Text, &EXACT), "=A1,+84,-3,@x,\tx,＝1\n");
        let numbers = vec![Cell::Count(-3), Cell::Number(-2.5)];
        assert_eq!(drawn(numbers.clone(), ColumnKind::Number, &PLAIN), "-3,-2.5\n");
        assert_eq!(drawn(numbers, ColumnKind::Number, &EXCEL_VI), "-3;-2,5\r\n");
        assert_eq!(drawn(vec![Cell::Text("\r=1".into())], ColumnKind::Text, &PLAIN), "'␍=1\n");
    }

    #[test]
    fn what_is_exact_is_read_back_unchanged() {
        let texts = ["a\r\nb", "=1", " \"q\" ", "\u{1b}[m", "ê\u{301}"];
        let row = texts.map(|text| Cell::Text(text.into())).to_vec();
        let bytes = draw(&one(row, ColumnKind::Text), &Style { profile: &EXACT, ..Style::default() });
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.records().next().unwrap().unwrap().iter().collect::<Vec<_>>(), texts);
        assert_eq!(drawn(vec![Cell::Missing], ColumnKind::Text, &EXACT), "\"\"\n", "a row is not lost");
        assert_eq!(drawn(vec![Cell::Number(0.1 + 0.2)], ColumnKind::Number, &EXACT), "0.30000000000000004\n");
    }

    #[test]
    fn a_line_of_tsv_is_a_row() {
        let cells = vec![Cell::Text("a\tb\nc\\d".into()), Cell::Text("\"q\"".into())];
        let mut table = one(cells, ColumnKind::Text);
        table.rows[0].push(Cell::Missing);
        table.columns.push(Column::new("day", Said::same("D"), ColumnKind::Day));
        table.rows.push(vec![Cell::Missing, Cell::Missing, Cell::Day(Day::new(2016, 10, 27).unwrap())]);
        let text = String::from_utf8(draw_tsv(&table, &Style::default())).unwrap();
        assert_eq!(text, "c0\tc1\tday\na\\tb\\nc\\\\d\t\"q\"\t\n\t\t2016-10-27\n");
    }
}
