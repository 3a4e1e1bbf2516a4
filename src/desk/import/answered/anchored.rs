//! The cells of forms by the keys in their hidden columns, wherever those stand by now.

use crate::model::blank::{ADDS, About, KEYS, NOTE};
use crate::model::path::key_below;
use crate::model::sheet::{Held, Sheet, SheetRow};
use crate::model::text::Said;
use crate::say;

/// What stands in a sheet below an anchor, until the next.
#[derive(Debug)]
pub struct Part<'s> {
    /// What the form is about.
    pub about: About,
    /// The place of the anchor.
    pub anchor: String,
    /// The cells that may be filled in, row by row.
    pub answers: Vec<Answer<'s>>,
    /// What stands beside them and would be lost.
    pub refused: Vec<Said>,
    /// What stands below the form.
    pub noted: Vec<Said>,
}

/// A cell that may be filled in.
#[derive(Debug)]
pub struct Answer<'s> {
    /// Its key, with what its column adds.
    pub key: String,
    /// What it holds.
    pub held: &'s Held,
    /// Its place.
    pub from: String,
    /// The place of the key of its row.
    pub row: String,
}

/// True for a sheet with an anchor.
pub fn is_form(sheet: &Sheet) -> bool {
    sheet.rows.iter().any(|row| anchor(row).is_some())
}

/// The anchor in a row, and its column.
fn anchor(row: &SheetRow) -> Option<(usize, Result<About, Said>)> {
    let about = |held: &Held| if let Held::Text(text) = held { About::of(text) } else { None };
    row.filled().find_map(|(at, held)| Some((at, about(held)?)))
}

/// What a column is in the rows of a form.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    /// What is filled in there has the key of its row with this.
    Adds(String),
    /// The form's own.
    Own,
    /// None of a form: somebody inserted it.
    Strange,
}

/// Where the reading of a sheet has come to.
struct Reading<'s> {
    sheet: &'s Sheet,
    /// The key column.
    key: usize,
    columns: Vec<Column>,
    /// The parts, with why an anchor cannot be used.
    parts: Vec<Result<Part<'s>, Said>>,
    /// Texts in rows without a key, of which it is not known yet whether the form goes on below.
    strays: Vec<String>,
}

/// The forms in a sheet, or why an anchor in it cannot be used.
pub fn parts(sheet: &Sheet) -> Vec<Result<Part<'_>, Said>> {
    let mut reading = Reading { sheet, key: 0, columns: Vec::new(), parts: Vec::new(), strays: Vec::new() };
    for row in &sheet.rows {
        match anchor(row) {
            Some((at, about)) => reading.begin(row.number, at, about),
            None => reading.row(row),
        }
    }
    reading.end();
    reading.parts
}

impl<'s> Reading<'s> {
    /// A form begins.
    fn begin(&mut self, row: usize, at: usize, about: Result<About, Said>) {
        self.end();
        (self.key, self.columns) = (at, Vec::new());
        let anchor = self.sheet.place(row, at);
        self.parts.push(match about {
            Ok(about) => {
                Ok(Part { about, anchor, answers: Vec::new(), refused: Vec::new(), noted: Vec::new() })
            }
            Err(why) => Err(say!("{anchor}: {why}", "{anchor}: {why}", [anchor, why])),
        });
    }

    fn row(&mut self, row: &'s SheetRow) {
        let Some(Ok(part)) = self.parts.last_mut() else { return };
        let place = |at: usize| self.sheet.place(row.number, at);
        let key = row.cell(self.key).typed();
        match key.trim() {
            KEYS => self.columns = row.cells.iter().map(column).collect(),
            // Somebody inserted the row. Texts below the form are those of signatures.
            "" => {
                let is_ours = |at: usize| matches!(self.columns.get(at), Some(Column::Adds(_)));
                let (ours, others): (Vec<_>, Vec<_>) = row.filled().partition(|(at, _)| is_ours(*at));
                if ours.is_empty() && !self.sheet.is_hidden {
                    part.noted.extend(others.first().map(|(at, _)| no_row(&place(*at))));
                }
                for (at, held) in ours {
                    match held {
                        Held::Text(_) => self.strays.push(place(at)),
                        _ => part.refused.push(without_key(&place(at))),
                    }
                }
            }
            key if key.starts_with(NOTE) => {}
            key => {
                let inserted = inserted(&self.columns, self.key, row).map(place);
                let lost = self.strays.drain(..).chain(inserted);
                part.refused.extend(lost.map(|from| without_key(&from)));
                part.answers.extend(adding(&self.columns).map(|(at, suffix)| Answer {
                    key: if suffix.is_empty() { key.to_owned() } else { key_below(key, suffix) },
                    held: row.cell(at),
                    from: place(at),
                    row: place(self.key),
                }));
            }
        }
    }

    /// A form ends.
    fn end(&mut self) {
        if let Some(Ok(part)) = self.parts.last_mut() {
            part.noted.extend(self.strays.drain(..).map(|from| below(&from)));
        }
    }
}

/// The columns that may be filled in, with what they add.
fn adding(columns: &[Column]) -> impl Iterator<Item = (usize, &str)> {
    columns.iter().enumerate().filter_map(|(at, column)| match column {
        Column::Adds(suffix) => Some((at, suffix.as_str())),
        Column::Own | Column::Strange => None,
    })
}

/// The filled cells of a row in columns that somebody inserted, as far as the form says which are its own.
fn inserted(columns: &[Column], key: usize, row: &SheetRow) -> impl Iterator<Item = usize> {
    let is_strange = move |at: usize| *columns.get(at).unwrap_or(&Column::Strange) == Column::Strange;
    let knows_its_own = columns.contains(&Column::Own);
    row.filled().map(|(at, _)| at).filter(move |at| *at != key && knows_its_own && is_strange(*at))
}

fn column(held: &Held) -> Column {
    let word = held.typed();
    match word.trim().strip_prefix(ADDS) {
        Some(suffix) => Column::Adds(suffix.trim().to_owned()),
        None if word.trim().starts_with(NOTE) => Column::Own,
        None => Column::Strange,
    }
}

fn without_key(from: &str) -> Said {
    say!(
        "{from}: phiếu không có dòng hay cột này; điền vào ô của phiếu, hoặc xoá",
        "{from}: the form has no such row or column; write it in a cell of the form, or delete it",
        [from]
    )
}

fn no_row(from: &str) -> Said {
    say!(
        "{from}: phiếu không có dòng này, không đọc",
        "{from}: the form has no such row, and it is not read",
        [from]
    )
}

fn below(from: &str) -> Said {
    say!("{from}: nằm dưới phiếu, không đọc", "{from}: it stands below the form, and is not read", [from])
}
