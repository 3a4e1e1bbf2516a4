//! Workbooks of Excel and of what saves like it (.xlsx, .xlsm).

use super::grid::{Grid, Room};
use super::guard::Parts;
use crate::model::day::{Day, Time};
use crate::model::sheet::{Held, Sheet};
use crate::model::text::Said;
use crate::say;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;

/// The most bytes that are read for all sheets of a workbook: each may be one and the same part.
const READ: u64 = 1 << 30;

/// The sheets of a workbook that was looked at.
pub fn sheets(file: &str, bytes: &[u8], parts: &Parts) -> Result<Vec<Sheet>, Said> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    let listed = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let listed: Vec<(String, bool)> =
        listed.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
    if listed.len() as u64 * parts.largest > READ {
        return Err(say!(
            "tệp có quá nhiều trang tính lớn; chia ra nhiều tệp",
            "the file has too many large sheets; divide it into several"
        ));
    }
    let mut room = Room::default();
    let sheet = |(name, is_hidden): (String, bool)| {
        let mut grid = grid(&mut book, &name, &mut room)?;
        if parts.has_merged {
            for range in book.merge_cells_by_sheet_name(&name).map_err(|error| unreadable(&error))? {
                let (first, last) = (range.start, range.end);
                grid.merge((first.0 as usize + 1, last.0 as usize + 1), (first.1 as usize, last.1 as usize));
            }
        }
        Ok(grid.sheet(file, is_hidden))
    };
    listed.into_iter().map(sheet).collect()
}

/// The cells of a sheet.
fn grid(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut Room) -> Result<Grid, Said> {
    let mut grid = Grid::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| unreadable(&error))? {
        let (row, column) = cell.pos;
        let held = match held(cell.value) {
            // What a program wrote that does not reckon: nobody has seen a value yet.
            Held::Nothing if cell.formula.is_some() => Held::Error("=".to_owned()),
            held => held,
        };
        grid.put(room, row as usize + 1, column as usize, held)?;
    }
    Ok(grid)
}

/// What a cell holds.
fn held(value: DataRef) -> Held {
    match value {
        DataRef::Empty => Held::Nothing,
        DataRef::Int(n) => Held::Number(n as f64),
        DataRef::Float(n) => Held::Number(n),
        DataRef::String(text) | DataRef::DurationIso(text) => Held::Text(text),
        DataRef::SharedString(text) => Held::Text(text.to_owned()),
        DataRef::Bool(yes) => Held::Bool(yes),
        DataRef::DateTime(moment) => of_moment(moment),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(Day::parse) {
            Some(day) => Held::Day(day),
            None => Held::Text(text),
        },
        DataRef::Error(error) => Held::Error(error.to_string()),
    }
}

/// A number that is shown as a day or a time. The time of a day with both is left out.
fn of_moment(moment: ExcelDateTime) -> Held {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let number = moment.as_f64();
    let found = match number {
        0.0..1.0 => Time::new(hour, minute, second).map(Held::Time),
        // A length, as in `[h]:mm`; as a number of days it would be taken for one of hours.
        _ if moment.is_duration() => Some(Held::Text(format!("{}:{minute:02}", (number * 24.0).floor()))),
        _ => Day::new(year.into(), month.into(), day.into()).map(Held::Day),
    };
    found.unwrap_or(Held::Number(number))
}

fn unreadable(error: &XlsxError) -> Said {
    say!(
        "không đọc được tệp này ({error}); mở bằng Excel rồi lưu lại",
        "the file cannot be read ({error}); open it in Excel and save it again",
        [error = error.to_string()]
    )
}
