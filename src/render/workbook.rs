//! Workbooks (`.xlsx`): what forms and tables share of their letters, their days and their pages.
//!
//! LibreOffice does not make a line higher because its text is wrapped, so the height of every line is reckoned here.

use super::width::{cut, wrap};
use crate::model::day::{Day, Time};
use crate::model::text::{Lang, Said, t};
use crate::say;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet, XlsxError,
};

pub mod blank;
mod contents;
mod graph;
pub mod sheets;

/// A font that every Windows has, and that offices print in.
const FONT: &str = "Times New Roman";
/// The paper of printers.
const A4: u8 = 9;
/// How high a line of text is, in points, for each point of its letters.
const LEADING: f64 = 1.28;
/// How many letters a column has room for, for each digit of its width, at a size of one point.
const ROOM: f64 = 11.0;
/// How many of the letters of a line bold ones have room for.
const BOLD: f64 = 0.9;
/// As high as a row can be, in points.
const HIGHEST: f64 = 409.0;

/// The size of a title, in points.
const TITLE: f64 = 14.0;

/// Letters of a size.
fn plain(size: f64) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

/// Letters in a frame, in as many lines as they need.
fn framed(size: f64) -> Format {
    plain(size).set_border(FormatBorder::Thin).set_border_color("A6A6A6").set_text_wrap()
}

/// The heading of a column.
fn head(size: f64) -> Format {
    framed(size).set_bold().set_align(FormatAlign::Center).set_background_color("E8EEF7")
}

/// What stands above a table.
fn title() -> Format {
    plain(TITLE).set_bold().set_text_wrap()
}

/// Why a workbook cannot be made.
fn failed(why: XlsxError) -> Said {
    let why = why.to_string();
    say!("không lập được tệp Excel: {why}", "the workbook cannot be made: {why}", [why])
}

/// What a workbook says of itself: nothing that the clock or the machine knows.
fn properties(title: &str, made: Option<Day>) -> Result<DocProperties, XlsxError> {
    let made =
        made.filter(|day| is_dated(*day)).map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), moment)?;
    Ok(DocProperties::new().set_title(cut(title, 200)).set_creation_datetime(&made))
}

/// A4 with its title and number at the foot of each page.
fn paged(sheet: &mut Worksheet, title: &str, lang: Lang) {
    let page = t("Trang", "Page").get(lang);
    let font = format!("&\"{FONT},Regular\"&10");
    let foot: String = cut(title, 100).replace('&', "&&");
    sheet
        .set_paper_size(A4)
        .set_print_center_horizontally(true)
        .set_margins(0.6, 0.5, 0.6, 0.7, 0.3, 0.3)
        .set_footer(format!("&L{font}{foot}&R{font}{page} &P/&N"))
        .set_screen_gridlines(false);
}

/// How high a row must be for some words in a column, in points: so wide, with letters of a size, at least so many lines.
fn height(words: &str, wide: f64, size: f64, bold: bool, least: usize) -> f64 {
    let room = wide * ROOM / size * if bold { BOLD } else { 1.0 };
    let lines: usize = words.lines().map(|line| wrap(line, room as usize).len()).sum();
    lines.max(least) as f64 * size * LEADING + 3.0
}

/// True for a day that every spreadsheet counts alike: Excel thinks that 1900 was a leap year.
fn is_dated(day: Day) -> bool {
    day >= Day::nearest(1900, 3, 1) && day.year() <= 9999
}

fn moment(day: Day) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)
}

fn clock(time: Time) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_hms(time.hour.into(), time.minute, time.second)
}

/// How a spreadsheet shows a day.
fn day_code(lang: Lang) -> &'static str {
    t("dd/mm/yyyy", "yyyy-mm-dd").get(lang)
}
