//! What reports of many centres say beside the figures: which centres were visited, what the minutes say, the ranks, the
//! recommendations and what became of earlier ones. Only from the records; what they do not say is left to be filled in.

use super::gathered::{Gathered, gather};
use super::letterhead::DOTS;
use super::reading::{Reading, Told};
use super::themes::{ROWS, cell, figure, numbered, picked};
use crate::model::day::Day;
use crate::model::document::{Block, Level};
use crate::model::number::many;
use crate::model::table::{Cell, Table};
use crate::model::text::{Said, Text, t};
use crate::model::visit::{Findings, FollowupState};
use crate::say;
use crate::summary::By;
use std::collections::{BTreeMap, BTreeSet};

/// A longer list is cut; all of it stands in an annex.
const LISTED: usize = 15;
/// So many places are named; more are counted.
const NAMED: usize = 5;
/// So many lines are left where nothing is known.
const LINES: usize = 2;

/// Which centres were visited, and which were not and why.
pub fn coverage(reading: &Reading, window: usize) -> Vec<Block> {
    let tables = reading.tables("progress", Some(By::Centre), window, None);
    let Some(table) = tables.first() else { return Vec::new() };
    let state = |row: &[Cell]| match cell(table, row, "state") {
        Some(Cell::Word(word, said)) => Some((word.clone(), said.clone())),
        _ => None,
    };
    let done = match table.total.as_ref().and_then(|row| cell(table, row, "state")) {
        Some(Cell::Of(n, of)) => say!(
            "Đã kiểm tra {n}/{of} trung tâm theo kế hoạch.",
            "{n} of {of} centres that were to be visited have been visited.",
            [n, of]
        ),
        _ => return Vec::new(),
    };
    let with = |wanted: &[&str]| {
        let is = |row: &&Vec<Cell>| state(row).is_some_and(|(word, _)| wanted.contains(&word.as_str()));
        table.rows.iter().filter(is).collect::<Vec<_>>()
    };
    let mut blocks = vec![Block::Paragraph(done)];
    let unplanned = with(&["unplanned"]);
    if !unplanned.is_empty() {
        let names = places(unplanned.iter().map(|row| place(table, row)));
        let n = unplanned.len();
        blocks.push(Block::Paragraph(say!(
            "Kiểm tra thêm {n} trung tâm ngoài kế hoạch: {names}.",
            "{n} more were visited that were not planned: {names}.",
            [n, names]
        )));
    }
    let missing = with(&["waiting", "late", "excused", "unread"]);
    if !missing.is_empty() {
        let n = missing.len();
        blocks.push(Block::Paragraph(say!(
            "Chưa kiểm tra {n} trung tâm:",
            "{n} have not been visited:",
            [n]
        )));
        blocks.push(list(missing.into_iter().map(|row| {
            let why = match cell(table, row, "reason") {
                Some(Cell::Text(reason)) => Said::same(reason.as_str()),
                _ => state(row).map(|(_, said)| said).unwrap_or_default(),
            };
            let place = place(table, row);
            say!("{place}: {why}", "{place}: {why}", [place, why])
        })));
    }
    blocks
}

/// What a row is about: the name of its centre.
fn place(table: &Table, row: &[Cell]) -> Said {
    match cell(table, row, "centre") {
        Some(Cell::Word(_, name)) => name.clone(),
        _ => Said::default(),
    }
}

/// Some places by name, or how many more there are.
fn places(names: impl Iterator<Item = Said>) -> Said {
    let names: Vec<Said> = names.collect();
    let more = names.len().saturating_sub(NAMED);
    let said = Said::join(names.into_iter().take(NAMED), ", ");
    match more {
        0 => said,
        _ => say!("{said} và {more} nơi khác", "{said} and {more} more", [said, more]),
    }
}

/// A list, cut where it is too long to read.
fn list(items: impl Iterator<Item = Said>) -> Block {
    let mut items: Vec<Said> = items.collect();
    let more = items.len().saturating_sub(LISTED);
    if more > 0 {
        items.truncate(LISTED);
        items.push(say!("và {more} mục khác, xem phụ lục", "and {more} more, see the annexes", [more]));
    }
    Block::List(items)
}

/// A list, or lines to be filled by hand where there is nothing to list.
fn list_or_dots(items: Vec<Said>) -> Block {
    if items.is_empty() { Block::Dots(LINES) } else { list(items.into_iter()) }
}

type Said3 = (Text, fn(&Findings) -> &[String]);

/// The kinds of findings, as minutes have them.
pub const FINDINGS: [Said3; 3] = [
    (t("Ưu điểm", "Strengths"), |findings| &findings.strengths),
    (t("Tồn tại, hạn chế", "Shortcomings"), |findings| &findings.shortcomings),
    (t("Nguyên nhân", "Causes"), |findings| &findings.causes),
];

/// What the minutes say: what several of them say in nearly the same words comes first, with how many.
pub fn findings(told: &[Told]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (at, (heading, of)) in FINDINGS.into_iter().enumerate() {
        blocks.push(Block::Heading(Level::Section, numbered(at + 1, heading)));
        let items = found(told, of);
        blocks.push(list_or_dots(items.iter().map(|one| in_words(told, one)).collect()));
    }
    blocks
}

/// The findings of one kind, gathered; each is said by the visits at some places of the list.
pub fn found(told: &[Told], of: fn(&Findings) -> &[String]) -> Vec<Gathered<usize>> {
    let texts = told.iter().enumerate();
    let texts = texts.flat_map(|(at, visit)| of(&visit.findings).iter().map(move |text| (text.clone(), at)));
    gather(&texts.collect::<Vec<_>>())
}

fn in_words(told: &[Told], one: &Gathered<usize>) -> Said {
    let text = bare(&one.text);
    let names = places(units(one.by.iter().map(|at| told[*at].unit.as_str())));
    match one.by.len() {
        1 => say!("{text} ({names})", "{text} ({names})", [text, names]),
        n => say!("{text} ({n} biên bản: {names})", "{text} ({n} minutes: {names})", [text, n, names]),
    }
}

/// Each unit once, in the order in which it is named.
fn units<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Said> {
    let mut seen = BTreeSet::new();
    names.filter(move |name| seen.insert(name.to_string())).map(Said::same).collect::<Vec<_>>().into_iter()
}

/// A text without its full stop, since something is to follow.
fn bare(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ';'])
}

/// The places that were seen.
pub fn sites(told: &[Told]) -> Vec<Block> {
    let items = told.iter().flat_map(|visit| visit.sites.iter().map(move |site| (visit, site)));
    let items = items.map(|(visit, site)| {
        let kind = site.kind.map(|kind| kind.label().into()).unwrap_or_default();
        let kind = if site.count.is_none() { upper(&kind) } else { kind };
        let name = site.name.as_deref().map(Said::same).unwrap_or_default();
        let count = site.count.map(|n| say!("{n}", "{n}", [n])).unwrap_or_default();
        let what = Said::join([count, kind, name].into_iter().filter(|said: &Said| !said.is_empty()), " ");
        let unit = Said::same(visit.unit.as_str());
        let place = site.address.as_deref().map(Said::same).into_iter().chain([unit]);
        let place = Said::join(place, ", ");
        let note = site.note.as_deref().map(bare).filter(|note| !note.is_empty());
        let note = note.map(|note| Said::same(format!(": {note}"))).unwrap_or_default();
        say!("{what} ({place}){note}", "{what} ({place}){note}", [what, place, note])
    });
    let items: Vec<Said> = items.collect();
    match items.is_empty() {
        true => Vec::new(),
        false => vec![
            Block::Paragraph(t("Các mô hình, cơ sở đoàn đã đến thăm:", "Places that were seen:").into()),
            list(items.into_iter()),
        ],
    }
}

/// A text that begins a line: its first letter is large.
pub fn upper(text: &Said) -> Said {
    let upper = |text: &str| {
        let mut letters = text.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    Said { vi: upper(&text.vi), en: upper(&text.en) }
}

/// The ranks: how many centres have each, and the list of the centres. Nothing where none was rated.
pub fn ranks(reading: &Reading, window: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    for table in reading.tables("rating", Some(By::Rank), window, None) {
        let ranks: Vec<Said> = table.rows.iter().filter_map(|row| rank(&table, row)).collect();
        if !ranks.is_empty() {
            let ranks = Said::join(ranks, "; ");
            blocks.push(Block::Paragraph(say!("Kết quả xếp loại: {ranks}.", "Ranks: {ranks}.", [ranks])));
            let title = t("Số trung tâm theo mức xếp loại", "Centres by rank").into();
            blocks.push(Table { title, chart: None, notes: Vec::new(), ..table }.into());
        }
    }
    let lists = reading.tables("rating", Some(By::Centre), window, None);
    let lists = lists.iter().filter(|table| !blocks.is_empty() && table.rows.len() <= ROWS);
    let lists = lists.map(|table| {
        let title = t("Xếp loại từng trung tâm", "The rank of each centre").into();
        Table { title, ..picked(table, &["centre", "points", "self_rank", "rank"]) }.into()
    });
    let lists: Vec<Block> = lists.collect();
    blocks.extend(lists);
    blocks
}

/// A row of the table of ranks: `Tốt 4 (44,4%)`.
fn rank(table: &Table, row: &[Cell]) -> Option<Said> {
    let [rank, n, share] = ["rank", "centres", "share"].map(|key| figure(table, row, key));
    let (rank, n, share) = (rank?, n?, share?);
    let period = figure(table, row, "period").map(|period| say!(", {period}", ", {period}", [period]));
    let period = period.unwrap_or_default();
    Some(say!("{rank} {n} ({share}{period})", "{rank} {n} ({share}{period})", [rank, n, share, period]))
}

/// Of which unit something is, and by when it is due.
type Of<'a> = (&'a str, Option<Day>);

/// The recommendations of the visits, by addressee; those that several visits make in nearly the same words are one.
pub fn recommendations(reading: &Reading, window: usize) -> Vec<Block> {
    let mut by_addressee: BTreeMap<_, Vec<(String, Of)>> = BTreeMap::new();
    for centre in reading.centres(window) {
        for advice in &centre.advice {
            let to = advice.to.as_ref().map(|(to, name)| (*to, name.vi.clone(), name.en.clone()));
            let said = (advice.text.clone(), (reading.unit(centre), advice.due));
            by_addressee.entry((to.is_none(), to)).or_default().push(said);
        }
    }
    if by_addressee.is_empty() {
        return vec![Block::Dots(LINES)];
    }
    let mut blocks = Vec::new();
    for (at, ((_, to), said)) in by_addressee.into_iter().enumerate() {
        let to = to.map_or_else(|| Said::same(DOTS), |(_, vi, en)| Said { vi, en });
        let heading = say!("Đối với {to}", "To {to}", [to]);
        blocks.push(Block::Heading(Level::Section, numbered(at + 1, heading)));
        blocks.push(list(gather(&said).iter().map(recommendation)));
    }
    blocks
}

/// A recommendation, for whom, and by when.
fn recommendation(one: &Gathered<Of>) -> Said {
    let text = bare(&one.text);
    let names = places(units(one.by.iter().map(|(unit, _)| *unit)));
    let days: BTreeSet<Day> = one.by.iter().filter_map(|(_, due)| *due).collect();
    let due = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => say!("; thời hạn {first}", "; due {first}", [first]),
        (Some(first), Some(last)) => {
            say!("; thời hạn từ {first} đến {last}", "; due from {first} to {last}", [first, last])
        }
        _ => Said::default(),
    };
    say!("{text} ({names}{due})", "{text} ({names}{due})", [text, names, due])
}

/// What became of the recommendations of an earlier window: how many of each state, and those that are not done.
pub fn followup(reading: &Reading, window: usize, of: Text) -> Vec<Block> {
    let tables = reading.tables("followup", None, window, None);
    let Some(table) = tables.first().filter(|table| !table.rows.is_empty()) else {
        let none =
            say!("Sổ không có kiến nghị nào của {of}.", "The register has no recommendations of {of}.", [of]);
        return vec![Block::Paragraph(none)];
    };
    let in_state = |state: FollowupState| {
        let is = |row: &&Vec<Cell>| matches!(cell(table, row, "state"), Some(Cell::Word(word, _)) if word == state.word());
        table.rows.iter().filter(is).count()
    };
    let states = FollowupState::ALL.iter().map(|state| (state.label(), in_state(*state)));
    let states = states.filter(|(_, n)| *n > 0);
    let states = Said::join(states.map(|(label, n)| say!("{label} {n}", "{label} {n}", [label, n])), "; ");
    let overdue =
        table.rows.iter().filter(|row| cell(table, row, "overdue") == Some(&Cell::Bool(true))).count();
    let late = match overdue {
        0 => Said::default(),
        n => say!(" Quá hạn chưa thực hiện xong: {n}.", " Overdue: {n}.", [n]),
    };
    let (all, today) = (many(table.rows.len(), "kiến nghị", "recommendation"), reading.today());
    let mut blocks = vec![Block::Paragraph(say!(
        "Trong {all} của {of}, đến ngày {today}: {states}.{late}",
        "Of {all} of {of}, by {today}: {states}.{late}",
        [all, of, today, states, late]
    ))];
    if table.rows.len() <= ROWS {
        let keys = ["unit", "to", "text", "due", "state", "note"];
        blocks.push(Table { total: None, ..picked(table, &keys) }.into());
    }
    blocks
}
