//! The rows below the headings: which of them are rows of the table, and which are passed over, and why.

use super::called::{BELOW, TOTALS, TOTALS_BEGIN, plain};
use super::columns::{Columns, Found};
use super::laid::Laid;
use crate::model::meaning::contradicts;
use crate::model::sheet::{Held, Merged, Sheet, SheetRow, letters};
use crate::model::text::{Said, Text, t};
use crate::say;
use std::borrow::Cow;
use std::sync::LazyLock;

/// The rows below the headings.
#[derive(Default)]
pub struct Body<'a> {
    /// Those of the table.
    pub rows: Vec<Cow<'a, SheetRow>>,
    /// Those that give sums of others.
    pub totals: Vec<&'a SheetRow>,
    /// The numbers of those that are passed over, with why.
    pub passed: Vec<(usize, Text)>,
    /// Those whose names were taken from the row above.
    pub named_above: Vec<usize>,
    /// What cannot be taken, and why.
    pub refused: Vec<Said>,
}

/// A line that gives the sum of others.
pub const TOTAL: Text = t("dòng cộng", "totals");
const NUMBERING: Text = t("dòng đánh số cột", "a row that numbers the columns");
const REPEATED: Text = t("nhắc lại tên cột", "headings again");
const UNDER: Text = t("dưới bảng", "below the table");
const NO_FIGURES: Text = t("không có số liệu", "no figures");

/// Sorts the rows below the headings. Every one of them is in one of the lists.
pub fn body<'a>(columns: &Columns, laid: &Laid, rows: &'a [SheetRow], leaves_out: bool) -> Body<'a> {
    let mut body = Body::default();
    let merged = Merges::of(laid.sheet, columns);
    let all = &laid.sheet.rows;
    let place = |number: usize| all.partition_point(|row| row.number < number);
    let headings = &all[place(laid.at.0)..place(laid.at.1 + 1)];
    let own = columns.own_keys();
    let names = (0..columns.found.len()).filter(|at| columns.only_names(*at) && !own.contains(at)).collect();
    let naming = Naming { own, names };
    let (mut is_after, mut last) = (false, laid.at.1);
    for row in rows {
        is_after |= row.number > last + 1 || last_is_total(&body, last);
        last = row.number;
        let why = if body.rows.is_empty() && is_numbering(row) {
            Some(NUMBERING)
        } else if is_heading(row, headings) {
            Some(REPEATED)
        } else if is_total(row) {
            body.totals.push(row);
            Some(TOTAL)
        } else if is_after && is_below(row, columns) {
            Some(UNDER)
        } else if row.filled().all(|(at, _)| columns.is_silent(at)) {
            Some(NO_FIGURES)
        } else {
            None
        };
        match why {
            Some(why) => body.passed.push((row.number, why)),
            None => {
                is_after = false;
                body.take(row, columns, laid, (&merged, &naming), leaves_out);
            }
        }
    }
    body.refused.extend(shared_numbers(columns, laid));
    body
}

fn last_is_total(body: &Body, number: usize) -> bool {
    body.passed.last().is_some_and(|(last, why)| *last == number && [TOTAL, UNDER].contains(why))
}

impl<'a> Body<'a> {
    /// Takes a row of the table: with the names that are merged over it, or that only the first of several rows has.
    fn take(
        &mut self,
        row: &'a SheetRow,
        columns: &Columns,
        laid: &Laid,
        (merged, naming): (&Merges, &Naming),
        leaves_out: bool,
    ) {
        let mut row = Cow::Borrowed(row);
        for (at, held) in merged.above(row.number, laid.sheet) {
            if row.cell(at).is_empty() {
                put(&mut row, at, held);
            }
        }
        self.name_as_above(&mut row, naming);
        let nameless = row
            .filled()
            .filter(|(at, _)| !leaves_out && matches!(columns.found.get(*at), None | Some(Found::Nothing)));
        for (at, _) in nameless {
            let place = laid.sheet.place(row.number, at);
            self.refused.push(say!(
                "{place}: ô này không có tên cột; ghi tên cột, hoặc bỏ: --ignore-columns",
                "{place}: no heading stands above this cell; give it one, or leave it out: --ignore-columns",
                [place]
            ));
        }
        self.rows.push(row);
    }

    /// Where several rows of one record follow each other, its name may stand in the first of them only.
    fn name_as_above(&mut self, row: &mut Cow<'a, SheetRow>, Naming { own, names }: &Naming) {
        let Some(above) = self.rows.last() else { return };
        let is_next = row.number == above.number + 1;
        let says_which = !own.is_empty()
            && own.iter().all(|at| !row.cell(*at).is_empty() && row.cell(*at) != above.cell(*at));
        if !is_next || !says_which || names.is_empty() || !names.iter().all(|at| row.cell(*at).is_empty()) {
            return;
        }
        for at in names {
            let held = above.cell(*at).clone();
            if !held.is_empty() {
                put(row, *at, held);
            }
        }
        self.named_above.push(row.number);
    }
}

/// The columns that say which row of its record a row is, and those that name the record.
struct Naming {
    own: Vec<usize>,
    names: Vec<usize>,
}

/// Puts something into a cell of a row.
fn put(row: &mut Cow<SheetRow>, at: usize, held: Held) {
    let cells = &mut row.to_mut().cells;
    if cells.len() <= at {
        cells.resize(at + 1, Held::Nothing);
    }
    cells[at] = held;
}

/// True for a column whose cells hold numbers, each of its own row: one that is merged over several is nobody's.
fn has_numbers(columns: &Columns, at: usize) -> bool {
    columns.ours(at).is_some_and(|ours| ours.column.kind.is_number()) && !columns.only_names(at)
}

/// Numbers that are merged over several cells of the table, and so are not those of one row and one column.
fn shared_numbers(columns: &Columns, laid: &Laid) -> Vec<Said> {
    let rows = &laid.sheet.rows[laid.sheet.rows.partition_point(|row| row.number <= laid.at.1)..];
    let up_to = |number: usize| rows.partition_point(|row| row.number < number);
    let is_shared = |m: &&Merged| {
        let wide = (m.columns.0..=m.columns.1).filter(|at| has_numbers(columns, *at)).count();
        let here = &rows[up_to(m.rows.0)..up_to(m.rows.1 + 1)];
        let is_filled = here.first().is_some_and(|row| !row.cell(m.columns.0).is_empty());
        // Rows with nothing of their own are no rows: a record may be merged over two lines in all of its columns.
        let high = here.iter().filter(|row| row.filled().next().is_some()).count();
        is_filled && has_numbers(columns, m.columns.0) && wide * high > 1
    };
    let told = |m: &Merged| {
        let place = laid.sheet.place(m.rows.0, m.columns.0);
        let range = format!("{}{}:{}{}", letters(m.columns.0), m.rows.0, letters(m.columns.1), m.rows.1);
        say!(
            "{place}: một số trong ô gộp {range}; tách ô gộp, ghi số của từng ô",
            "{place}: one number is merged over {range}; unmerge the cells and give each its own",
            [place, range]
        )
    };
    laid.sheet.merged.iter().filter(is_shared).map(told).collect()
}

/// The cells below others that they are merged with, in the columns that name records or hold no numbers.
struct Merges {
    /// By column: the first row, the last, sorted.
    by_column: Vec<(usize, Vec<(usize, usize)>)>,
}

impl Merges {
    fn of(sheet: &Sheet, columns: &Columns) -> Merges {
        let names =
            (0..columns.found.len()).filter(|at| columns.ours(*at).is_some() && !has_numbers(columns, *at));
        let column = |at: usize| {
            let here = sheet.merged.iter().filter(|m| m.columns.0 == at && m.rows.0 < m.rows.1);
            let mut rows: Vec<(usize, usize)> = here.map(|m| m.rows).collect();
            rows.sort_unstable();
            (at, rows)
        };
        Merges { by_column: names.map(column).filter(|(_, rows)| !rows.is_empty()).collect() }
    }

    /// What is merged over the cells of a row, with its columns.
    fn above(&self, number: usize, sheet: &Sheet) -> Vec<(usize, Held)> {
        let held = |(at, rows): &(usize, Vec<(usize, usize)>)| {
            let (first, _) = rows[..rows.partition_point(|(first, _)| *first < number)]
                .last()
                .filter(|(_, last)| number <= *last)?;
            let first = sheet.rows.binary_search_by_key(first, |row| row.number).ok()?;
            Some((*at, sheet.rows[first].cell(*at).clone()))
        };
        self.by_column.iter().filter_map(held).collect()
    }
}

/// True for a row that numbers the columns: 1, 2, 3 … or A, B, 1, 2 … or (1), (2) …
fn is_numbering(row: &SheetRow) -> bool {
    let words: Vec<String> = row
        .filled()
        .map(|(_, held)| held.typed().trim().trim_matches(['(', ')', '[', ']']).to_owned())
        .collect();
    let numbers: Vec<usize> =
        words.iter().filter_map(|word| word.split('=').next()?.trim().parse().ok()).collect();
    let letters = words
        .iter()
        .take_while(|word| word.len() == 1 && word.chars().all(|c| c.is_ascii_alphabetic()))
        .count();
    numbers.len() > 1
        && letters + numbers.len() == words.len()
        && numbers.first() == Some(&1)
        && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

/// True for a row that has the headings again.
fn is_heading(row: &SheetRow, headings: &[SheetRow]) -> bool {
    let same = |line: &SheetRow| {
        row.filled().count() > 1
            && row.filled().all(|(at, held)| plain(&held.typed()) == plain(&line.cell(at).typed()))
    };
    headings.iter().any(same)
}

/// Names as they are compared, made once: every row is asked.
fn plain_all(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| plain(name)).collect()
}

static PLAIN_TOTALS: LazyLock<Vec<String>> = LazyLock::new(|| plain_all(TOTALS));
static PLAIN_BEGIN: LazyLock<Vec<String>> = LazyLock::new(|| plain_all(TOTALS_BEGIN));
static PLAIN_BELOW: LazyLock<Vec<String>> = LazyLock::new(|| plain_all(BELOW));

/// True for a row that gives the sum of others, as its first words say.
pub fn is_total(row: &SheetRow) -> bool {
    let texts = row.filled().filter_map(|(_, held)| match held {
        Held::Text(text) => Some(text.trim()),
        _ => None,
    });
    let is_words = |text: &&str| text.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let Some(said) = texts.into_iter().find(is_words) else { return false };
    let plain = plain(said);
    let is = |(name, other): (&String, &&str)| *name == plain && !contradicts(said, other);
    let begins = |(name, other): (&String, &&str)| {
        plain.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')) && !contradicts(said, other)
    };
    PLAIN_TOTALS.iter().zip(TOTALS).any(is) || PLAIN_BEGIN.iter().zip(TOTALS_BEGIN).any(begins)
}

/// True for what stands below a table: a place and a day, who signs, notes.
fn is_below(row: &SheetRow, columns: &Columns) -> bool {
    let said = |held: &Held| match held {
        Held::Text(text) => Some(plain(text)),
        _ => None,
    };
    let Some(texts) = row.filled().map(|(_, held)| said(held)).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let is_day = |text: &str| text.contains("ngay") && text.contains("thang") && text.contains("nam");
    let signs = |text: &String| is_day(text) || PLAIN_BELOW.iter().any(|name| text.starts_with(name));
    let fits = |at: usize| columns.ours(at).is_some_and(|ours| !ours.column.kind.is_words());
    // Nothing stands under a column of numbers or days that could be one, and names of records have no values beside them.
    let no_value = row.filled().zip(&texts).all(|((at, _), text)| {
        columns.is_silent(at) || (fits(at) && !text.chars().any(|c| c.is_ascii_digit()))
    });
    texts.len() <= 3 && (no_value || texts.iter().any(signs))
}
