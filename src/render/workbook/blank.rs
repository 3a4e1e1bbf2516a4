//! Forms as workbooks that can be filled, protected and printed.

use super::{
    HIGHEST, TITLE, clock, day_code, failed, framed, head, height, is_dated, moment, paged, plain,
    properties, title,
};
use crate::model::blank::KEYS;
use crate::model::leaf::{Blank, Entry, Holds, Leaf, Line, Slot, Wants};
use crate::model::sheet::letters;
use crate::model::table::Cell;
use crate::model::text::{InLang, Lang, Said, Text, t};
use crate::render::value::yes_no;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign,
    Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

/// The sheet with the words of the lists, which is hidden.
const LISTS: &str = "_ttht";

/// The bytes of the workbook of a form, in one language.
pub fn draw(blank: &Blank, lang: Lang) -> Result<Vec<u8>, Said> {
    drawn(blank, lang).map_err(failed)
}

fn drawn(blank: &Blank, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let title = blank.title.get(lang);
    workbook.set_properties(&properties(title, Some(blank.made))?.set_author(&*blank.office));
    let looks = Looks::new();
    let mut lists = Lists::default();
    for leaf in &blank.leaves {
        let sheet = workbook.add_worksheet();
        sheet.set_name(leaf.name.get(lang))?;
        let mut pen = Pen { sheet, leaf, looks: &looks, lists: &mut lists, lang };
        pen.leaf(&blank.anchor)?;
        pen.page(title)?;
    }
    lists.write(workbook.add_worksheet(), &blank.anchor)?;
    workbook.save_to_buffer()
}

/// How cells look.
struct Looks {
    title: Format,
    heading: Format,
    head: Format,
    group: Format,
    label: Format,
    inner: Format,
    note: Format,
    last: Format,
    entry: Format,
    sum: Format,
    key: Format,
}

impl Looks {
    fn new() -> Looks {
        let wrapped = plain(12.0).set_text_wrap();
        let framed = framed(12.0);
        let grey = framed.clone().set_font_color("6B6B6B").set_italic();
        Looks {
            title: title().set_align(FormatAlign::Center),
            heading: wrapped.set_bold().set_background_color("CFDDF0"),
            head: head(12.0),
            group: framed.clone().set_bold(),
            label: framed.clone(),
            inner: framed.clone().set_indent(1),
            note: grey.clone().set_font_size(10),
            last: grey,
            entry: framed.clone().set_unlocked().set_background_color("FFF9DB"),
            sum: framed.set_bold(),
            key: Format::new().set_font_size(8).set_font_color("999999"),
        }
    }
}

/// The size of the letters of what a cell holds, in points.
fn size(holds: &Holds) -> f64 {
    match holds {
        Holds::Title(_) => TITLE,
        Holds::Note(_) => 10.0,
        _ => 12.0,
    }
}

/// The words that cells may hold, a column of the hidden sheet for each list.
#[derive(Default)]
struct Lists(Vec<Vec<String>>);

impl Lists {
    /// Where the words of a list stand.
    fn place(&mut self, words: Vec<String>) -> Formula {
        let rows = words.len();
        let at = self.0.iter().position(|list| *list == words).unwrap_or_else(|| {
            self.0.push(words);
            self.0.len() - 1
        });
        let column = letters(at + 1);
        Formula::new(format!("={LISTS}!${column}$1:${column}${rows}"))
    }

    fn write(&self, sheet: &mut Worksheet, anchor: &str) -> Result<(), XlsxError> {
        sheet.set_name(LISTS)?.set_hidden(true).protect();
        sheet.write(0, 0, anchor)?;
        for (column, words) in self.0.iter().enumerate() {
            sheet.write_column(0, column as u16 + 1, words)?;
        }
        Ok(())
    }
}

/// What draws a leaf.
struct Pen<'p> {
    sheet: &'p mut Worksheet,
    leaf: &'p Leaf,
    looks: &'p Looks,
    lists: &'p mut Lists,
    lang: Lang,
}

impl Pen<'_> {
    fn leaf(&mut self, anchor: &str) -> Result<(), XlsxError> {
        self.sheet.set_column_width(0, 4)?.set_column_hidden(0)?;
        for (at, width) in self.leaf.widths.iter().enumerate() {
            self.sheet.set_column_width(at as u16 + 1, *width as f64)?;
        }
        for (at, line) in self.leaf.lines.iter().enumerate() {
            self.line(at as u32, line)?;
        }
        self.sheet.write_with_format(0, 0, anchor, &self.looks.key)?;
        Ok(())
    }

    /// How it is seen, protected and printed.
    fn page(&mut self, title: &str) -> Result<(), XlsxError> {
        if self.leaf.is_turned {
            self.sheet.set_landscape();
        }
        if self.leaf.head > 0 {
            self.sheet.set_repeat_rows(0, self.leaf.head as u32 - 1)?;
            self.sheet.set_freeze_panes(self.leaf.head as u32, 0)?;
        }
        let loose =
            ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
        paged(self.sheet, title, self.lang);
        self.sheet.set_print_fit_to_pages(1, 0).protect_with_options(&loose);
        Ok(())
    }

    fn line(&mut self, row: u32, line: &Line) -> Result<(), XlsxError> {
        self.sheet.write_with_format(row, 0, &*line.key, &self.looks.key)?;
        for slot in &line.slots {
            self.slot(row, slot)?;
        }
        if line.key == KEYS {
            self.sheet.set_row_hidden(row)?;
        } else {
            let height = line.slots.iter().map(|slot| self.height(slot)).fold(16.0, f64::max);
            self.sheet.set_row_height(row, height.min(HIGHEST))?;
        }
        Ok(())
    }

    fn slot(&mut self, row: u32, Slot { at, over, holds }: &Slot) -> Result<(), XlsxError> {
        let (column, looks) = (*at as u16, self.looks);
        let look = match holds {
            Holds::Title(_) => &looks.title,
            Holds::Heading(_) => &looks.heading,
            Holds::Head(_) => &looks.head,
            Holds::Group(_) => &looks.group,
            Holds::Label(_) => &looks.label,
            Holds::Inner(_) => &looks.inner,
            Holds::Note(_) => &looks.note,
            Holds::Adds(_) => &looks.key,
            Holds::Last(cell) => {
                &looks.last.clone().set_num_format(number_format(cell, self.lang)).set_align(side(cell))
            }
            Holds::Entry(entry) => {
                &looks.entry.clone().set_num_format(format_of(&entry.wants, self.lang)).set_align(
                    if entry.wants == Wants::Prose { FormatAlign::Top } else { FormatAlign::VerticalCenter },
                )
            }
            Holds::Sum { .. } => &looks.sum.clone().set_num_format("#,##0.##;-#,##0.##;"),
        };
        if *over > 1 {
            self.sheet.merge_range(row, column, row, column + *over as u16 - 1, "", look)?;
        }
        match holds {
            Holds::Last(cell) => self.cell(row, column, cell, look),
            Holds::Entry(Entry { wants, now }) => {
                self.cell(row, column, now, look)?;
                self.checked(row, column, wants)
            }
            Holds::Sum { from, to, now } => {
                let column = letters(*at);
                let sum = Formula::new(format!("=SUM({column}{}:{column}{})", from + 1, to + 1));
                self.sheet.write_with_format(row, *at as u16, sum.set_result(now.to_string()), look).map(drop)
            }
            words => self.sheet.write_with_format(row, column, self.words(words), look).map(drop),
        }
    }

    /// The words of what holds nothing else.
    fn words<'h>(&self, holds: &'h Holds) -> &'h str {
        match holds {
            Holds::Title(said)
            | Holds::Heading(said)
            | Holds::Head(said)
            | Holds::Group(said)
            | Holds::Label(said)
            | Holds::Inner(said)
            | Holds::Note(said) => said.get(self.lang),
            Holds::Adds(words) => words,
            Holds::Last(_) | Holds::Entry(_) | Holds::Sum { .. } => "",
        }
    }

    fn cell(&mut self, row: u32, column: u16, cell: &Cell, look: &Format) -> Result<(), XlsxError> {
        let sheet = &mut *self.sheet;
        match cell {
            Cell::Missing => sheet.write_blank(row, column, look),
            Cell::Count(n) => sheet.write_with_format(row, column, *n as f64, look),
            Cell::Number(n) => sheet.write_with_format(row, column, *n, look),
            Cell::Day(day) if is_dated(*day) => sheet.write_with_format(row, column, &moment(*day)?, look),
            Cell::Time(time) => sheet.write_with_format(row, column, &clock(*time)?, look),
            other => sheet.write_with_format(row, column, shown(other, self.lang), look),
        }?;
        Ok(())
    }

    /// Lets a cell take only what belongs there.
    fn checked(&mut self, row: u32, column: u16, wants: &Wants) -> Result<(), XlsxError> {
        let check = DataValidation::new();
        let (check, wrong) = match wants {
            Wants::Words | Wants::Prose => return Ok(()),
            Wants::Whole(most) => {
                let rule = match i32::try_from(*most) {
                    Ok(most) => DataValidationRule::Between(0, most),
                    Err(_) => DataValidationRule::GreaterThanOrEqualTo(0),
                };
                (check.allow_whole_number(rule), WHOLE)
            }
            Wants::Number => {
                (check.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)), NUMBER)
            }
            Wants::Day => {
                let (first, last) =
                    (ExcelDateTime::from_ymd(1950, 1, 1)?, ExcelDateTime::from_ymd(2100, 12, 31)?);
                (check.allow_date(DataValidationRule::Between(first, last)), DAY)
            }
            Wants::Time => {
                let (first, last) = (ExcelDateTime::from_hms(0, 0, 0)?, ExcelDateTime::from_hms(23, 59, 59)?);
                (check.allow_time(DataValidationRule::Between(first, last)), TIME)
            }
            Wants::One(words) => (check.allow_list_formula(self.list(words)), ONE),
            Wants::Several(words) => {
                let check = check.allow_list_formula(self.list(words));
                (check.show_error_message(false).set_input_message(SEVERAL.get(self.lang))?, ONE)
            }
        };
        let check = check
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title(t("Chưa đúng", "Not so").get(self.lang))?
            .set_error_message(wrong.get(self.lang))?;
        self.sheet.add_data_validation(row, column, row, column, &check)?;
        Ok(())
    }

    fn list(&mut self, words: &[Said]) -> Formula {
        self.lists.place(words.iter().map(|word| word.get(self.lang).to_owned()).collect())
    }

    /// How high the line must be for what a cell holds, in points.
    fn height(&self, Slot { at, over, holds }: &Slot) -> f64 {
        let (size, wide) = (size(holds), self.leaf.widths[at - 1..at - 1 + over].iter().sum::<usize>());
        let bold = matches!(holds, Holds::Title(_) | Holds::Heading(_) | Holds::Head(_) | Holds::Group(_));
        let words = match holds {
            Holds::Last(cell) | Holds::Entry(Entry { now: cell, .. }) => shown(cell, self.lang),
            words => self.words(words).to_owned(),
        };
        let least = if matches!(holds, Holds::Entry(Entry { wants: Wants::Prose, .. })) { 3 } else { 1 };
        height(&words, wide as f64, size, bold, least)
    }
}

const WHOLE: Text = t(
    "Chỉ nhập số nguyên, không âm: 0 là không có, để trống là chưa báo cáo.",
    "A whole number only, not below 0: 0 is none, empty is not reported.",
);
const NUMBER: Text = t("Chỉ nhập số, không âm.", "A number only, not below 0.");
const DAY: Text = t("Nhập ngày như 27/10/2016.", "Write a date such as 2016-10-27.");
const TIME: Text = t("Nhập giờ như 8:30.", "Write a time such as 8:30.");
const ONE: Text = t("Chọn một mục trong danh sách của ô.", "Choose from the list of the cell.");
const SEVERAL: Text = t(
    "Chọn trong danh sách; nếu nhiều mục thì gõ, cách nhau bằng dấu chấm phẩy.",
    "Choose from the list; type several of them with semicolons between.",
);

/// The cell as people read it.
fn shown(cell: &Cell, lang: Lang) -> String {
    match cell {
        Cell::Missing => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Word(_, said) => said.get(lang).to_owned(),
        Cell::Count(n) => n.to_string(),
        Cell::Number(n) => n.to_string(),
        Cell::Of(n, of) => format!("{n}/{of}"),
        Cell::Day(day) => day.in_lang(lang).into_owned(),
        Cell::Date(date) => date.in_lang(lang).into_owned(),
        Cell::Time(time) => time.in_lang(lang).into_owned(),
        Cell::Bool(yes) => yes_no(*yes, lang).to_owned(),
        Cell::About(number) => shown(number, lang),
    }
}

/// How a spreadsheet shows what is in a cell.
fn number_format(cell: &Cell, lang: Lang) -> &'static str {
    match cell {
        Cell::Count(_) => format_of(&Wants::Whole(0), lang),
        Cell::Number(_) => format_of(&Wants::Number, lang),
        Cell::Day(_) => format_of(&Wants::Day, lang),
        Cell::Time(_) => format_of(&Wants::Time, lang),
        _ => format_of(&Wants::Words, lang),
    }
}

/// How a spreadsheet shows what belongs in a cell. Text stays as it is typed: `1/2016` becomes no day.
fn format_of(wants: &Wants, lang: Lang) -> &'static str {
    match wants {
        Wants::Whole(_) => "#,##0",
        Wants::Number => "#,##0.##",
        Wants::Day => day_code(lang),
        Wants::Time => "hh:mm",
        Wants::Words | Wants::Prose | Wants::One(_) | Wants::Several(_) => "@",
    }
}

/// The side at which a cell is aligned.
fn side(cell: &Cell) -> FormatAlign {
    if cell.number().is_some() { FormatAlign::Right } else { FormatAlign::Left }
}
