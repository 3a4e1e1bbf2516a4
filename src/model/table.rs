//! Tables, before any format: typed cells under typed columns.

use super::centre;
use super::date::Date;
use super::day::{Day, Time};
use super::field::Choice;
use super::text::{Lang, Said, Text, t};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A table that any format can draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The stable name, used for files.
    pub name: String,
    /// What it shows, for a heading.
    pub title: Said,
    /// What it is called where there is little room; empty if the title is short enough.
    pub short: Said,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The total row.
    pub total: Option<Vec<Cell>>,
    /// What a reader must know to read it correctly.
    pub notes: Vec<Said>,
    /// What its picture shows, if one is worth drawing.
    pub chart: Option<Chart>,
    /// For tables of a data package: what makes a row unique.
    pub primary_key: Vec<String>,
    /// For tables of a data package: what refers to which other table.
    pub foreign_keys: Vec<ForeignKey>,
}

/// What a picture of a table shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// The key of the column that names the rows.
    pub label_column: String,
    /// The keys of the columns with the values: one or two; for a trend up to three.
    pub value_columns: Vec<String>,
    /// What is to be reached, in the unit of the values.
    pub target: Option<f64>,
}

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar a row.
    #[default]
    Bars,
    /// A bar a row, of 100%.
    Shares,
    /// Two bars a row, side by side.
    Pairs,
    /// A line over the rows, which are periods.
    Trend,
}

/// A column of one table that names a row of another.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignKey {
    /// The column here.
    pub column: String,
    /// The other table.
    pub table: String,
    /// The column there.
    pub reference: String,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The stable key: a path, whose first words say which columns belong together (`fund.raised`).
    pub key: String,
    /// What programs call it: a plain name of SQL (`fund_raised`).
    pub name: String,
    /// The header that people see.
    pub label: Said,
    /// What it holds.
    pub kind: ColumnKind,
    /// True if no cell is missing.
    pub required: bool,
    /// True for what is rarely reported: people see the column only where something is in it.
    pub rare: bool,
    /// The key of the column with the units, for one with their centres: where every centre is called as its unit is,
    /// people see the unit only.
    pub beside: Option<&'static str>,
}

/// A column as a row of a list: its key, its label, what it holds.
pub type ColumnRow = (&'static str, Text, ColumnKind);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// What has an id and a name: people see the name, programs get both.
    Name,
    /// Whole numbers.
    Count,
    /// VND; people see millions with one decimal.
    Millions,
    /// VND, seen in full.
    Money,
    /// Numbers with decimals, as they were reported or added up.
    Number,
    /// Quotients, which have more decimals than are worth reading.
    Ratio,
    /// Percent of something.
    Percent,
    /// Days.
    Day,
    /// Days, of which some are known as a month or a year only.
    Date,
    /// Times of day.
    Time,
    /// Yes or no.
    Bool,
}

impl ColumnKind {
    /// True for what is aligned right.
    pub fn is_number(self) -> bool {
        !self.is_words()
            && !matches!(self, ColumnKind::Day | ColumnKind::Date | ColumnKind::Time | ColumnKind::Bool)
    }

    /// True for words, which may be wrapped.
    pub fn is_words(self) -> bool {
        matches!(self, ColumnKind::Text | ColumnKind::Name)
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not reported, or not computable. Not the same as zero.
    Missing,
    /// Words as they were written.
    Text(String),
    /// A code word and what people see for it.
    Word(String, Box<Said>),
    /// A whole number, also VND.
    Count(i64),
    /// A number with decimals, also percent.
    Number(f64),
    /// n of N.
    Of(usize, usize),
    /// A day.
    Day(Day),
    /// What is known of a day.
    Date(Date),
    /// A time of day.
    Time(Time),
    /// Yes or no.
    Bool(bool),
    /// A number that is only approximate.
    About(Box<Cell>),
}

impl Table {
    /// As people see it: without the rare columns in which nothing is, and without the names of centres that say no more
    /// than those of their units.
    pub fn for_people(&self) -> Cow<'_, Table> {
        let rows = || self.rows.iter().chain(&self.total);
        let empty = |at: usize| rows().all(|row| row.get(at).is_none_or(|cell| *cell == Cell::Missing));
        let hidden = |at: usize| self.columns[at].rare && empty(at) || self.says_the_same(at);
        let kept: Vec<usize> = (0..self.columns.len()).filter(|at| !hidden(*at)).collect();
        if kept.len() == self.columns.len() {
            return Cow::Borrowed(self);
        }
        let pick = |row: &Vec<Cell>| kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
        Cow::Owned(Table {
            columns: kept.iter().map(|at| self.columns[*at].clone()).collect(),
            rows: self.rows.iter().map(pick).collect(),
            total: self.total.as_ref().map(pick),
            ..self.clone()
        })
    }

    /// True for a column of centres that are all called as their units are, one in each.
    fn says_the_same(&self, at: usize) -> bool {
        let Some(beside) = self.columns[at].beside else { return false };
        let Some(unit) = self.columns.iter().position(|column| column.key == beside) else { return false };
        let pairs =
            || self.rows.iter().filter_map(|row| Some((row.get(unit)?.words(), row.get(at)?.words())));
        let named = |(unit, centre): (&str, &str)| centre::is_named_after(centre, unit);
        let centres: BTreeSet<(&str, &str)> = pairs().collect();
        let units: BTreeSet<&str> = pairs().map(|(unit, _)| unit).collect();
        !centres.is_empty() && centres.len() == units.len() && pairs().all(named)
    }

    /// With plain numbers only: which of a row are approximate is told in a last column, if any of the table is.
    pub fn with_plain_numbers(&self, name: impl Fn(&Column) -> String) -> Cow<'_, Table> {
        let is_about = |cell: &Cell| matches!(cell, Cell::About(_));
        if !self.rows.iter().chain(&self.total).flatten().any(is_about) {
            return Cow::Borrowed(self);
        }
        let row = |row: &Vec<Cell>| -> Vec<Cell> {
            let about = row.iter().zip(&self.columns).filter(|(cell, _)| is_about(cell));
            let about: Vec<String> = about.map(|(_, column)| name(column)).collect();
            let plain = row.iter().map(|cell| match cell {
                Cell::About(number) => (**number).clone(),
                other => other.clone(),
            });
            plain.chain([Cell::text(about.join("; "))]).collect()
        };
        let last = Column::new("approximate", t("Số gần đúng", "Approximate"), ColumnKind::Text);
        Cow::Owned(Table {
            columns: self.columns.iter().cloned().chain([last]).collect(),
            rows: self.rows.iter().map(row).collect(),
            total: self.total.as_ref().map(row),
            ..self.clone()
        })
    }

    /// As programs get it: numbers stay numbers, beside the id of each thing stands its name, and no two columns have one name.
    pub fn for_programs(&self, lang: Lang) -> Table {
        let mut table = self.with_plain_numbers(|column| column.name.clone()).with_names(lang).into_owned();
        for at in 1..table.columns.len() {
            let (before, rest) = table.columns.split_at_mut(at);
            while before.iter().any(|other| other.name == rest[0].name) {
                rest[0].name += "_2";
            }
        }
        table
    }

    /// Beside the id of each thing its name.
    fn with_names(&self, lang: Lang) -> Cow<'_, Table> {
        let is_name = |column: &Column| column.kind == ColumnKind::Name;
        if !self.columns.iter().any(is_name) {
            return Cow::Borrowed(self);
        }
        let columns = self.columns.iter().flat_map(|column| {
            let name =
                || Column::new(format!("{}_name", column.name), column.label.clone(), ColumnKind::Text);
            [Some(column.clone()), is_name(column).then(name)]
        });
        let row = |row: &Vec<Cell>| -> Vec<Cell> {
            let cells = row.iter().zip(&self.columns).flat_map(|(cell, column)| {
                let name = || match cell {
                    Cell::Word(_, name) => Cell::text(name.get(lang)),
                    other => other.clone(),
                };
                [Some(cell.clone()), is_name(column).then(name)]
            });
            cells.flatten().collect()
        };
        Cow::Owned(Table {
            columns: columns.flatten().collect(),
            rows: self.rows.iter().map(row).collect(),
            total: self.total.as_ref().map(row),
            ..self.clone()
        })
    }
}

impl Column {
    /// A column.
    pub fn new(key: impl Into<String>, label: impl Into<Said>, kind: ColumnKind) -> Column {
        let (key, label) = (key.into(), label.into());
        let name = key.replace(['.', '-'], "_");
        Column { key, name, label, kind, required: false, rare: false, beside: None }
    }

    /// The same column, of centres beside their units.
    pub fn beside(self, unit: &'static str) -> Column {
        Column { beside: Some(unit), ..self }
    }

    /// Columns from their rows in a list.
    pub fn list(rows: &[ColumnRow]) -> Vec<Column> {
        rows.iter().map(|(key, label, kind)| Column::new(*key, *label, *kind)).collect()
    }
}

impl Cell {
    /// A cell of words; missing if there are none.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Missing } else { Cell::Text(text) }
    }

    /// A code word and what people see for it.
    pub fn word(word: impl Into<String>, said: impl Into<Said>) -> Cell {
        Cell::Word(word.into(), Box::new(said.into()))
    }

    /// The words that people see in it, as they are in Vietnamese; none in a number.
    fn words(&self) -> &str {
        match self {
            Cell::Text(text) => text,
            Cell::Word(_, label) => &label.vi,
            _ => "",
        }
    }

    /// The number in it.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Count(count) => Some(*count as f64),
            Cell::Number(number) => Some(*number),
            Cell::About(number) => number.number(),
            _ => None,
        }
    }

    /// The same cell; a number as one that is only approximate.
    pub fn about(self) -> Cell {
        if matches!(self, Cell::Count(_) | Cell::Number(_)) { Cell::About(Box::new(self)) } else { self }
    }

    /// A figure: a whole number if it is one.
    pub fn figure(number: f64) -> Cell {
        if number.fract() == 0.0 { Cell::Count(number as i64) } else { Cell::Number(number) }
    }

    /// A part in percent of a whole; missing if either is, or if the whole is 0.
    pub fn percent(part: Option<i64>, whole: Option<i64>) -> Cell {
        Cell::ratio(part.map(|n| n as f64 * 100.0), whole)
    }

    /// A quotient; missing if either is, or if the divisor is 0.
    pub fn ratio(part: Option<f64>, whole: Option<i64>) -> Cell {
        match (part, whole) {
            (Some(part), Some(whole)) if whole != 0 => Cell::Number(part / whole as f64),
            _ => Cell::Missing,
        }
    }
}

impl From<&Choice> for Cell {
    fn from(choice: &Choice) -> Cell {
        Cell::word(choice.word, choice.label)
    }
}

impl From<Option<&Choice>> for Cell {
    fn from(choice: Option<&Choice>) -> Cell {
        choice.map_or(Cell::Missing, Cell::from)
    }
}

impl From<Option<&String>> for Cell {
    fn from(text: Option<&String>) -> Cell {
        text.map_or(Cell::Missing, Cell::text)
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::Bool(yes)
    }
}

impl From<Option<bool>> for Cell {
    fn from(yes: Option<bool>) -> Cell {
        yes.map_or(Cell::Missing, Cell::from)
    }
}

impl From<Option<i64>> for Cell {
    fn from(count: Option<i64>) -> Cell {
        count.map_or(Cell::Missing, Cell::Count)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        number.map_or(Cell::Missing, Cell::Number)
    }
}

impl From<Option<Date>> for Cell {
    fn from(date: Option<Date>) -> Cell {
        date.map_or(Cell::Missing, Cell::Date)
    }
}

impl From<Option<Day>> for Cell {
    fn from(day: Option<Day>) -> Cell {
        day.map_or(Cell::Missing, Cell::Day)
    }
}
