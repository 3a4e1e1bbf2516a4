//! What stands first in a workbook of several tables: what it is about, and a list of its sheets that leads to each.

use super::{HIGHEST, TITLE, framed, head, height, paged, plain};
use crate::model::document::{Block, Document};
use crate::model::table::Table;
use crate::model::text::{Lang, Text, t};
use crate::render::value::{in_dong, one_line};
use rust_xlsxwriter::{FormatAlign, FormatUnderline, Url, Worksheet, XlsxError};
use std::borrow::Cow;

/// Its name.
const CONTENTS: Text = t("Mục lục", "Contents");
/// How many letters the name of a sheet may have.
const NAME: usize = 31;
/// What a name may not have.
const FORBIDDEN: &[char] = &['[', ']', ':', '*', '?', '/', '\\'];
/// The widths of number, sheet and title, in digits.
const WIDTHS: [f64; 3] = [6.0, 36.0, 78.0];
const SIZE: f64 = 12.0;

/// The names of the sheets of some tables: short, and each different from the others, whatever the size of its letters.
pub(super) fn names(tables: &[Cow<Table>], lang: Lang) -> Vec<String> {
    let mut taken = vec![CONTENTS.get(lang).to_lowercase()];
    let mut names = Vec::new();
    for table in tables {
        let words = if table.short.is_empty() { &table.title } else { &table.short };
        let words = one_line(words.get(lang)).replace(" (triệu đồng)", "").replace(" (million VND)", "");
        let words = words.replace(FORBIDDEN, "-");
        let words = words.trim_matches(['\'', ' ']);
        let words = if words.is_empty() { t("Bảng", "Table").get(lang) } else { words };
        let mut name = within(words, NAME);
        for n in 2.. {
            if !taken.contains(&name.to_lowercase()) {
                break;
            }
            let tail = format!(" ({n})");
            name = within(words, NAME - tail.len()) + &tail;
        }
        taken.push(name.to_lowercase());
        names.push(name);
    }
    names
}

/// Words in at most so many letters, as a spreadsheet counts them; cut between two words if possible.
fn within(words: &str, most: usize) -> String {
    if words.encode_utf16().count() <= most {
        return words.to_owned();
    }
    let mut used = 1;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    let start: String = words.chars().take_while(fits).collect();
    let end = start.rfind(' ').filter(|end| *end > start.len() / 2).unwrap_or(start.len());
    start[..end].trim_end_matches([',', ' ', '-']).to_owned() + "…"
}

/// The first sheet: the title, what is said before the first table, and the list.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    title: &str,
    tables: &[Cow<Table>],
    names: &[String],
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(CONTENTS.get(lang))?;
    for (column, wide) in WIDTHS.iter().enumerate() {
        sheet.set_column_width(column as u16, *wide)?;
    }
    let all: f64 = WIDTHS.iter().sum();
    let mut row = 0;
    let mut line = |sheet: &mut Worksheet, words: &str, is_title: bool| {
        let (look, size) =
            if is_title { (super::title(), TITLE) } else { (plain(SIZE).set_text_wrap(), SIZE) };
        sheet.merge_range(row, 0, row, 2, "", &look)?;
        sheet.write_string_with_format(row, 0, words, &look)?;
        sheet.set_row_height(row, height(words, all, size, is_title, 1).min(HIGHEST))?;
        row += 1;
        Ok::<u32, XlsxError>(row)
    };
    let mut next = line(sheet, title, true)?;
    for words in said_first(document, lang) {
        next = line(sheet, &words, false)?;
    }
    let heads = [t("STT", "No."), t("Trang tính", "Sheet"), t("Bảng", "Table")];
    let top = next + 1;
    for (column, words) in heads.iter().enumerate() {
        let look = head(SIZE);
        sheet.write_string_with_format(top, column as u16, words.get(lang), &look)?;
    }
    let cell = framed(SIZE);
    let link = cell.clone().set_font_color("1F4E9E").set_underline(FormatUnderline::Single);
    for (n, (table, name)) in tables.iter().zip(names).enumerate() {
        let row = top + 1 + n as u32;
        let words = in_dong(&one_line(table.title.get(lang)));
        sheet.write_number_with_format(
            row,
            0,
            n as f64 + 1.0,
            &cell.clone().set_align(FormatAlign::Center),
        )?;
        let to = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(name);
        sheet.write_url_with_format(row, 1, to, &link)?;
        sheet.write_string_with_format(row, 2, &words, &cell)?;
        let high = height(name, WIDTHS[1], SIZE, false, 1).max(height(&words, WIDTHS[2], SIZE, false, 1));
        sheet.set_row_height(row, high.min(HIGHEST))?;
    }
    paged(sheet, title, lang);
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What a document says before its first table.
fn said_first(document: &Document, lang: Lang) -> Vec<String> {
    let before = document.blocks.iter().take_while(|block| !matches!(block, Block::Table(_)));
    let said = before.flat_map(|block| match block {
        Block::List(rows) => rows.iter().collect(),
        Block::Paragraph(words) | Block::Heading(_, words) => vec![words],
        _ => Vec::new(),
    });
    said.map(|words| one_line(words.get(lang))).filter(|words| !words.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Said;

    #[test]
    fn sheets_have_short_names_and_each_its_own() {
        let called = [
            ("Kinh phí (triệu đồng)", "Kinh phí"),
            ("kinh phí", "kinh phí (2)"),
            ("Khuyến học, khuyến tài, năm học 2015-2016", "Khuyến học, khuyến tài, năm…"),
            ("'[a]:*?/\\b'", "-a------b"),
            ("Mục lục", "Mục lục (2)"),
            ("", "Bảng"),
        ];
        let table = |(title, _)| Cow::Owned(Table { title: Said::same(title), ..Table::default() });
        let tables: Vec<Cow<Table>> = called.map(table).into();
        let names = names(&tables, Lang::Vi);
        assert_eq!(names, called.map(|(_, name)| name));
        assert!(names.iter().all(|name| name.encode_utf16().count() <= NAME), "{names:?}");
    }
}
