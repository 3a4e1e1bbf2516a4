//! What a line means that is typed at a page: answers to some of its lines, one that is to be asked for alone, or another
//! page.

use super::asker::Asker;
use super::page::{Line, Page, Slot, is_text};
use super::question::Empty;
use crate::model::field::Kind;
use crate::model::input::yes_or_no;
use crate::model::meaning::{is_same, mentions};
use crate::model::number::{grouped_by, is_digits};
use crate::model::text::Said;
use crate::say;

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Lines are answered, and then some asked for alone, by their ids.
    Fill(Vec<Filling>, Vec<String>),
    /// A line is asked for alone.
    Ask(String),
    /// The part of this number or name is shown.
    Go(String),
}

/// Answers to a line, or to open ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// Which questions they answer.
    pub to: To,
    /// The answers, as they were typed.
    pub values: Vec<String>,
}

/// The questions that are answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// Those of the line of an id, from its first.
    Line(String),
    /// The open ones in turn, from that of a key.
    Open(String),
}

impl Filling {
    fn of(line: &Line, values: Vec<String>) -> Filling {
        let values = if line.is_text() { vec![values.join("; ")] } else { values };
        Filling { to: To::Line(line.id.clone()), values }
    }
}

/// Words before all that there is, or behind it.
const ALL: &[&str] = &["hết", "het", "tất cả", "tat ca", "cả", "all"];
/// Words before what is different.
const BUT: &[&str] = &[" trừ ", " tru ", " except ", " but "];

impl Asker<'_> {
    /// What a line means that was typed at a page, which is one of several; else why it means nothing.
    pub fn deed(&self, page: &Page, pages: &[Page], typed: &str) -> Result<Deed, Said> {
        if let Some(name) = part_named(typed).filter(|name| !is_told(page) || is_part(pages, name)) {
            return Ok(Deed::Go(name.to_owned()));
        }
        if is_digits(typed) {
            return Ok(Deed::Ask(page.numbered(typed)?.id.clone()));
        }
        let mut fillings = behind_numbers(page, typed)?;
        if fillings.is_none() {
            if let Some(deed) = self.all_but(page, typed)? {
                return Ok(deed);
            }
            fillings = self.behind_number(page, typed)?.or_else(|| by_label(page, typed));
        }
        if let Some(fillings) = fillings {
            return Ok(Deed::Fill(fillings, Vec::new()));
        }
        let is_named = |page: &Page| is_same(typed, page.part.label.vi) || is_same(typed, page.part.label.en);
        let is_answer =
            || page.open().is_some_and(|(_, slot)| is_chosen(slot) && self.read(&slot.q, typed).is_ok());
        if pages.iter().any(is_named) && !is_answer() {
            return Ok(Deed::Go(typed.to_owned()));
        }
        self.in_turn(page, typed).map(|filling| Deed::Fill(vec![filling], Vec::new()))
    }

    /// `đủ hết, trừ 3, 7 thiếu`: one answer for all open lines that take it, but for some.
    fn all_but(&self, page: &Page, typed: &str) -> Result<Option<Deed>, Said> {
        let but = BUT.iter().find_map(|but| typed.split_once(but));
        let (head, but) = but.map_or((typed, None), |(head, rest)| (head, Some(rest)));
        let head = head.trim_end_matches([',', ';', ' ']);
        let bare = ALL.iter().find_map(|all| {
            let behind = head.strip_suffix(all).filter(|word| word.ends_with(' '));
            behind.or_else(|| head.strip_prefix(all).filter(|word| word.starts_with(' ')))
        });
        let Some(word) = bare.or(but.map(|_| head)).map(str::trim).filter(|word| !word.is_empty()) else {
            return Ok(None);
        };
        // Else it is a text that only has such words in it.
        if !page.slots().any(|slot| is_chosen(slot) && self.read(&slot.q, word).is_ok()) {
            return Ok(None);
        }
        let but = but.map_or(Ok(Vec::new()), |but| excepted(page, but))?;
        let takes = |line: &&Line| match &line.slots[..] {
            [slot] => slot.is_open() && is_chosen(slot) && self.read(&slot.q, word).is_ok(),
            _ => false,
        };
        let is_but = |line: &&Line| but.iter().any(|(other, _)| other.id == line.id);
        let mut fillings: Vec<Filling> = page
            .lines
            .iter()
            .filter(takes)
            .filter(|line| !is_but(line))
            .map(|line| Filling::of(line, vec![word.to_owned()]))
            .collect();
        if fillings.is_empty() {
            return Err(say!(
                "không còn dòng trống nào nhận “{word}”",
                "no open line takes “{word}”",
                [word]
            ));
        }
        let mut asked = Vec::new();
        let opposite = yes_or_no(word).map(|yes| if yes { "no" } else { "yes" });
        for (line, other) in &but {
            let is_bool = line.slots.iter().all(|slot| matches!(slot.q.kind, Kind::Bool));
            match other.clone().or(opposite.filter(|_| is_bool).map(str::to_owned)) {
                Some(other) => fillings.push(Filling::of(line, vec![other])),
                None => asked.push(line.id.clone()),
            }
        }
        Ok(Some(Deed::Fill(fillings, asked)))
    }

    /// `3 12`: an answer behind the number of its line, unless the whole, such as `2 triệu` or `12 người`, is the answer to
    /// the open one. What may be either is for the person to settle.
    fn behind_number(&self, page: &Page, typed: &str) -> Result<Option<Vec<Filling>>, Said> {
        let Some((number, value)) = typed.split_once(' ').filter(|(number, _)| is_digits(number)) else {
            return Ok(None);
        };
        let Ok(line) = page.numbered(number) else { return Ok(None) };
        if page.open().is_some_and(|(_, slot)| is_number(&slot.q.kind)) {
            one_way(page, typed)?;
        }
        let takes = |slot: &Slot, typed: &str| {
            cells(typed).first().is_some_and(|cell| self.typed(&slot.q, cell).is_ok())
        };
        let open = page.open().filter(|(_, slot)| takes(slot, typed));
        let is_here = line.slots.first().is_some_and(|slot| takes(slot, value));
        let is_written_over = || line.is_text() && !line.slots.iter().all(Slot::is_open);
        match open {
            Some((at, _)) if is_here => {
                Err(two_ways(typed, &format!("{number}={value}"), &format!("{at}={typed}")))
            }
            Some(_) => Ok(None),
            None if is_written_over() => Err(say!(
                "dòng {number} đã có chữ; muốn thay thì gõ {number}={value}",
                "line {number} has a text already; to replace it, type {number}={value}",
                [number, value]
            )),
            None => {
                let values = cells(value).into_iter().map(str::to_owned).collect();
                Ok(Some(vec![Filling::of(line, values)]))
            }
        }
    }

    /// `12; 15; 39`: the open lines in turn, from the first; a word that makes a row begins there.
    fn in_turn(&self, page: &Page, typed: &str) -> Result<Filling, Said> {
        let Some((_, first)) = page.open() else {
            return Err(say!(
                "phần này không còn dòng trống; gõ số của dòng cần sửa, ví dụ 3=12",
                "no line is open here; type the number of the one to correct, such as 3=12"
            ));
        };
        if matches!(first.q.kind, Kind::Prose) {
            return Ok(Filling { to: To::Open(first.q.key.clone()), values: vec![typed.to_owned()] });
        }
        let values = cells(typed);
        if let [_, _, ..] = values[..] {
            values.iter().try_for_each(|value| one_way(page, value))?;
        } else if is_number(&first.q.kind) {
            one_way(page, typed)?;
        }
        if let Some(line) = values.first().and_then(|value| self.row_of(page, value)) {
            return Ok(Filling::of(line, values.into_iter().map(str::to_owned).collect()));
        }
        let first = match values[..] {
            // A number among others is not what a text begins with.
            [value, _, ..]
                if value.starts_with(|c: char| c.is_ascii_digit())
                    && is_text(&first.q.kind)
                    && first.q.words.is_empty() =>
            {
                page.slots().find(|slot| slot.is_open() && is_number(&slot.q.kind)).unwrap_or(first)
            }
            _ => first,
        };
        let makes_row = |slot: &&Slot| {
            let word = values.first().filter(|word| !is_digits(word));
            slot.is_open()
                && slot.q.empty == Empty::Ends
                && !slot.q.words.is_empty()
                && word.is_some_and(|word| self.read(&slot.q, word).is_ok())
        };
        let start = page.slots().find(makes_row).unwrap_or(first);
        Ok(Filling {
            to: To::Open(start.q.key.clone()),
            values: values.into_iter().map(str::to_owned).collect(),
        })
    }
}

impl Asker<'_> {
    /// The row that is there already for a word.
    fn row_of<'p>(&self, page: &'p Page, word: &str) -> Option<&'p Line> {
        page.lines.iter().find(|line| {
            let Some(slot) = line.slots.first().filter(|slot| line.is_row && !slot.q.words.is_empty()) else {
                return false;
            };
            let read = self.read(&slot.q, word).ok().map(|answer| answer.typed());
            !is_digits(word) && !slot.is_open() && read == slot.known
        })
    }
}

impl Page {
    /// The line of a number.
    fn numbered(&self, number: &str) -> Result<&Line, Said> {
        let at = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        at.and_then(|at| self.lines.get(at)).ok_or_else(|| {
            let (n, open) = (self.lines.len(), self.open().map_or(1, |(at, _)| at));
            say!(
                "phần này có {n} dòng; muốn trả lời thì gõ số dòng trước: {open}={number}",
                "this part has {n} lines; to answer, type the number of the line first: {open}={number}",
                [n, open, number]
            )
        })
    }
}

/// The part that is named after the word for it.
pub fn part_named(typed: &str) -> Option<&str> {
    let (word, name) = typed.split_once(' ')?;
    ["phần", "phan", "part"].iter().any(|part| word.to_lowercase() == *part).then_some(name.trim())
}

/// True if there is a part of this number or name.
fn is_part(pages: &[Page], name: &str) -> bool {
    is_digits(name)
        || pages.iter().any(|page| mentions(page.part.label.vi, name) || mentions(page.part.label.en, name))
}

/// True if the open question of a page is answered in free words.
fn is_told(page: &Page) -> bool {
    page.open().is_some_and(|(_, slot)| is_text(&slot.q.kind) && slot.q.words.is_empty())
}

/// True for a question that is answered by a word from a list, or by yes or no.
fn is_chosen(slot: &Slot) -> bool {
    matches!(slot.q.kind, Kind::Choice(_) | Kind::Bool) || !slot.q.words.is_empty()
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Count(_) | Kind::Money | Kind::Measure(_))
}

/// What was typed in one go, one answer after another: with semicolons, or as it comes from a spreadsheet.
fn cells(typed: &str) -> Vec<&str> {
    let mark = if typed.contains('\t') { '\t' } else { ';' };
    typed.split(mark).map(str::trim).collect()
}

/// `3=12; 15`: answers behind the numbers of their lines. None if there is no number.
fn behind_numbers(page: &Page, typed: &str) -> Result<Option<Vec<Filling>>, Said> {
    let behind = |cell: &'_ str| -> Option<(String, String)> {
        let (number, value) = cell.split_once('=')?;
        is_digits(number.trim()).then(|| (number.trim().to_owned(), value.trim().to_owned()))
    };
    let cells = cells(typed);
    let mut fillings: Vec<(String, Vec<String>)> = Vec::new();
    for cell in &cells {
        match (behind(cell), fillings.last_mut()) {
            (Some((number, value)), _) => fillings.push((number, vec![value])),
            (None, Some((_, values))) => values.push((*cell).to_owned()),
            (None, None) => break,
        }
    }
    let found = fillings.into_iter().map(|(number, values)| Ok(Filling::of(page.numbered(&number)?, values)));
    let found: Vec<Filling> = found.collect::<Result<_, Said>>()?;
    Ok(Some(found).filter(|found| !found.is_empty()))
}

/// `dân số = 8.721`: an answer behind the label of its line; `nguyên nhân: thiếu người`, behind that of a row that is open.
fn by_label(page: &Page, typed: &str) -> Option<Vec<Filling>> {
    let (label, value) = typed.split_once(['=', ':'])?;
    let is_same = |other: &str| is_same(label.trim(), other);
    let bare = |label: &str| is_same(label.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end());
    let is_it = |line: &&Line| is_same(&line.label.vi) || is_same(&line.label.en);
    let is_row =
        |line: &&Line| line.slots.iter().all(Slot::is_open) && (bare(&line.label.vi) || bare(&line.label.en));
    let line = page.lines.iter().find(is_it).or_else(|| page.lines.iter().find(is_row))?;
    Some(vec![Filling::of(line, cells(value).into_iter().map(str::to_owned).collect())])
}

/// Refuses `3 120`, which may be an answer to line 3 or a number with a blank between its digits.
fn one_way(page: &Page, value: &str) -> Result<(), Said> {
    let Some((number, rest)) = value.split_once(' ') else { return Ok(()) };
    if !grouped_by(value, ' ') || page.numbered(number).is_err() {
        return Ok(());
    }
    Err(two_ways(value, &format!("{number}={rest}"), &value.replace(' ', "")))
}

fn two_ways(typed: &str, one: &str, other: &str) -> Said {
    say!(
        "“{typed}” hiểu được hai cách; gõ {one} hoặc {other}",
        "“{typed}” can be read in two ways; type {one} or {other}",
        [typed, one, other]
    )
}

/// The lines after `trừ`, each with what is answered there, if that is said: `3, 7 thiếu; 9-11 không có`.
fn excepted<'p>(page: &'p Page, but: &str) -> Result<Vec<(&'p Line, Option<String>)>, Said> {
    let mut lines: Vec<(&Line, Option<String>)> = Vec::new();
    for one in but.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()) {
        let (numbers, word) = one.split_once(['=', ' ']).unwrap_or((one, ""));
        let (from, to) = numbers.split_once(['-', '–']).unwrap_or((numbers, numbers));
        let ends = [from, to].map(|number| number.parse::<usize>().ok());
        let [Some(from), Some(to)] = ends else {
            return Err(say!(
                "sau “trừ” gõ số dòng, ví dụ: trừ 3, 7 thiếu",
                "after “except” type the numbers of lines, such as: except 3, 7 incomplete"
            ));
        };
        for number in from..=to.min(page.lines.len().max(from)) {
            lines.push((page.numbered(&number.to_string())?, None));
        }
        if let Some(word) = Some(word.trim()).filter(|word| !word.is_empty()) {
            lines
                .iter_mut()
                .filter(|(_, other)| other.is_none())
                .for_each(|(_, other)| *other = Some(word.to_owned()));
        }
    }
    Ok(lines)
}
