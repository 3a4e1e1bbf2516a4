//! What reports of many centres say beside the figures: which centres were visited, what the minutes say, the ranks, the
//! recommendations and what became of earlier ones. Only from the records; what they do not say is left to be filled in.

use super::gathered::{Gathered, gather};
use super::letterhead::DOTS;
use super::outline::Outline;
use super::reading::{Reading, Told};
use super::themes::{ROWS, cell, figure, picked};
use super::wording::{large, plain};
use crate::model::day::Day;
use crate::model::document::Block;
use crate::model::number::many;
use crate::model::table::{Cell, Table};
use crate::model::text::{Said, Text, t};
use crate::model::visit::{Addressee, Findings, FollowupState, VisitKind};
use crate::say;
use crate::summary::{By, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// A longer list is cut; all of it stands in an annex.
const LISTED: usize = 20;
/// So many places are named; more are counted.
const NAMED: usize = 5;
/// So many lines are left where nothing is known.
const LINES: usize = 2;

/// Which centres were visited, and which were not and why.
pub fn coverage(page: &mut Outline, reading: &Reading, window: usize) {
    let tables = reading.tables("progress", Some(By::Centre), window, None);
    let Some((table, (n, of))) = tables.first().and_then(|table| Some((table, done(table)?))) else { return };
    page.paragraph(say!(
        "Đã kiểm tra {n}/{of} trung tâm theo kế hoạch.",
        "{n} of {of} centres that were to be visited have been visited.",
        [n, of]
    ));
    let unplanned = in_state(table, &["unplanned"]);
    if !unplanned.is_empty() {
        let names = places(unplanned.iter().map(|row| place(table, row)));
        page.paragraph(say!(
            "Kiểm tra thêm {n} trung tâm ngoài kế hoạch: {names}.",
            "{n} more were visited that were not planned: {names}.",
            [n = unplanned.len(), names]
        ));
    }
    let missing = in_state(table, &["waiting", "late", "excused", "unread"]);
    if !missing.is_empty() {
        let n = missing.len();
        page.paragraph(say!("Chưa kiểm tra {n} trung tâm:", "{n} have not been visited:", [n]));
        let missing = missing.into_iter().map(|row| {
            let why = figure(table, row, "reason").or_else(|| figure(table, row, "state"));
            let (place, why) = (place(table, row), why.unwrap_or_default());
            say!("{place}: {why}", "{place}: {why}", [place, why])
        });
        page.add(Block::List(cut(missing.collect())));
    }
}

/// How many centres have reported figures, and how many visits were made.
pub fn overview(page: &mut Outline, reading: &Reading, figures: usize, visits: usize) {
    let reports = |centre: &&Snapshot| !centre.visits.is_empty();
    let asked = reading.centres(figures).iter().filter(|centre| centre.expected || reports(centre));
    let (told, silent): (Vec<&Snapshot>, Vec<&Snapshot>) = asked.partition(reports);
    let (n, of) = (told.len(), told.len() + silent.len());
    page.paragraph(say!(
        "{n}/{of} trung tâm có số liệu báo cáo của kỳ này.",
        "{n} of {of} centres have reported figures of this period.",
        [n, of]
    ));
    if !silent.is_empty() {
        let names = places(silent.iter().map(|centre| Said::same(centre.name())));
        page.paragraph(say!("Chưa có số liệu: {names}.", "No figures yet: {names}.", [names]));
    }
    let seen = || reading.centres(visits).iter().flat_map(|centre| &centre.visits);
    let kinds = [VisitKind::Inspection, VisitKind::SelfCheck];
    let [visits, own] = kinds.map(|kind| seen().filter(|visit| visit.kind == kind).count());
    page.paragraph(match visits + own {
        0 => t("Sổ không ghi lần kiểm tra nào trong kỳ.", "The register has no visits of this time.").into(),
        _ => say!(
            "Trong kỳ có {visits} lần kiểm tra và {own} lần tự kiểm tra.",
            "In this time there were {visits} inspections and {own} self-checks.",
            [visits, own]
        ),
    });
}

/// How many centres were visited of how many, as the total of the table of progress tells.
pub fn done(table: &Table) -> Option<(usize, usize)> {
    match cell(table, table.total.as_ref()?, "state")? {
        Cell::Of(n, of) => Some((*n, *of)),
        _ => None,
    }
}

/// The rows of the table of progress with some states.
pub fn in_state<'t>(table: &'t Table, states: &[&str]) -> Vec<&'t Vec<Cell>> {
    let is = |row: &&Vec<Cell>| matches!(cell(table, row, "state"), Some(Cell::Word(word, _)) if states.contains(&word.as_str()));
    table.rows.iter().filter(is).collect()
}

/// What a row is about: the name of its centre.
pub fn place(table: &Table, row: &[Cell]) -> Said {
    figure(table, row, "centre").unwrap_or_default()
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

/// The items of a list, cut where it is too long to read.
fn cut(mut items: Vec<Said>) -> Vec<Said> {
    let more = items.len().saturating_sub(LISTED);
    if more > 0 {
        items.truncate(LISTED);
        items.push(say!("và {more} mục khác, xem phụ lục", "and {more} more, see the annexes", [more]));
    }
    items
}

/// A kind of findings, and where it is.
type Kind = (Text, fn(&Findings) -> &[String]);

/// The kinds of findings, as minutes have them.
pub const FINDINGS: [Kind; 3] = [
    (t("Ưu điểm", "Strengths"), |findings| &findings.strengths),
    (t("Tồn tại, hạn chế", "Shortcomings"), |findings| &findings.shortcomings),
    (t("Nguyên nhân", "Causes"), |findings| &findings.causes),
];

/// What the minutes say: what several of them say in nearly the same words comes first, with how many.
pub fn findings(page: &mut Outline, told: &[Told]) {
    for (heading, of) in FINDINGS {
        page.section(heading);
        let items = found(told, of).iter().map(|one| in_words(told, one)).collect();
        page.list_or_dots(cut(items), LINES);
    }
}

/// The findings of one kind, gathered; each is said by the visits at some places of the list.
pub fn found(told: &[Told], of: fn(&Findings) -> &[String]) -> Vec<Gathered<usize>> {
    let texts = told.iter().enumerate();
    let texts = texts.flat_map(|(at, visit)| of(&visit.findings).iter().map(move |text| (text.clone(), at)));
    gather(&texts.filter(|(text, _)| !plain(text).is_empty()).collect::<Vec<_>>())
}

fn in_words(told: &[Told], one: &Gathered<usize>) -> Said {
    let (text, names) = (plain(&one.text), names(told, one));
    match one.by.len() {
        1 => say!("{text} ({names})", "{text} ({names})", [text, names]),
        n => say!("{text} ({n} biên bản: {names})", "{text} ({n} minutes: {names})", [text, n, names]),
    }
}

/// The units whose visits say something.
pub fn names(told: &[Told], one: &Gathered<usize>) -> Said {
    places(units(one.by.iter().map(|at| told[*at].unit.as_str())))
}

/// Each unit once, in the order in which it is named.
fn units<'a>(names: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Said> {
    let mut seen = BTreeSet::new();
    names.filter(move |name| seen.insert(*name)).map(Said::same)
}

/// The places that were seen.
pub fn sites(page: &mut Outline, told: &[Told]) {
    let sites = told.iter().flat_map(|visit| visit.sites.iter().map(move |site| (visit, site)));
    let items = sites.map(|(visit, site)| {
        let count = site.count.map(|n| say!("{n}", "{n}", [n]));
        let what = [count, site.kind.map(|kind| kind.label().into()), site.name.as_deref().map(Said::same)];
        let what = Said::join(what.into_iter().flatten(), " ");
        let what = Said { vi: large(&what.vi), en: large(&what.en) };
        let place = site.address.as_deref().into_iter().chain([visit.unit.as_str()]);
        let place = Said::join(place.map(Said::same), ", ");
        let note = site.note.as_deref().map(plain).filter(|note| !note.is_empty());
        let note = note.map(|note| Said::same(format!(": {note}"))).unwrap_or_default();
        say!("{what} ({place}){note}", "{what} ({place}){note}", [what, place, note])
    });
    let items: Vec<Said> = items.collect();
    if !items.is_empty() {
        page.paragraph(t("Các mô hình, cơ sở đoàn đã đến kiểm tra thực tế:", "Field visits:"));
        page.add(Block::List(cut(items)));
    }
}

/// The ranks: how many centres have each, and the list of the centres. False where none was rated.
pub fn ranks(page: &mut Outline, reading: &Reading, window: usize) -> bool {
    let mut rated = false;
    for table in reading.tables("rating", Some(By::Rank), window, None) {
        let ranks: Vec<Said> = table.rows.iter().filter_map(|row| rank(&table, row)).collect();
        if !ranks.is_empty() {
            rated = true;
            let (ranks, of) = (Said::join(ranks, "; "), scheme(&table));
            page.paragraph(say!("Kết quả xếp loại{of}: {ranks}.", "Ranks{of}: {ranks}.", [of, ranks]));
            let title = say!("Số trung tâm theo mức xếp loại{of}", "Centres by rank{of}", [of]);
            page.add(Table { title, chart: None, notes: Vec::new(), ..table });
        }
    }
    let lists = reading.tables("rating", Some(By::Centre), window, None).into_iter();
    for list in lists.filter(|list| rated && list.rows.len() <= ROWS) {
        let of = scheme(&list);
        let title = say!("Xếp loại từng trung tâm{of}", "The rank of each centre{of}", [of]);
        let keys = ["centre", "points", "self_rank", "rating_rank"];
        page.add(Table { title, total: None, ..picked(&list, &keys) });
    }
    rated
}

/// The scheme that a table is of, where there are several: the end of its title.
fn scheme(table: &Table) -> Said {
    let name = |title: &str| title.split_once(": ").map(|(_, name)| format!(", {name}")).unwrap_or_default();
    Said { vi: name(&table.title.vi), en: name(&table.title.en) }
}

/// A row of the table of ranks: `Tốt 4 (44,4%)`.
fn rank(table: &Table, row: &[Cell]) -> Option<Said> {
    let [rank, n, share] = ["rating_rank", "centres", "share"].map(|key| figure(table, row, key));
    let (rank, n, share) = (rank?, n?, share?);
    let period = figure(table, row, "period").map(|period| say!(", {period}", ", {period}", [period]));
    let period = period.unwrap_or_default();
    Some(say!("{rank} {n} ({share}{period})", "{rank} {n} ({share}{period})", [rank, n, share, period]))
}

/// Of which unit something is, and by when it is due.
type Of<'a> = (&'a str, Option<Day>);

/// Whom recommendations are for, and each with where it was made.
type For<'a> = (Option<Said>, Vec<(String, Of<'a>)>);

/// The recommendations of the visits by addressee, those without one last; those that several visits make in nearly the
/// same words are one.
pub fn advised<'a>(reading: &'a Reading, window: usize) -> Vec<(Option<Said>, Vec<Gathered<Of<'a>>>)> {
    let mut by_addressee: BTreeMap<(bool, Option<(Addressee, String)>), For> = BTreeMap::new();
    for centre in reading.centres(window) {
        for advice in &centre.advice {
            let to = advice.to.as_ref().map(|(to, name)| (*to, name.vi.clone()));
            let name = advice.to.as_ref().map(|(_, name)| name.clone());
            let (_, said) = by_addressee.entry((to.is_none(), to)).or_insert_with(|| (name, Vec::new()));
            said.push((advice.text.clone(), (reading.unit(centre), advice.due)));
        }
    }
    by_addressee.into_values().map(|(to, said)| (to, gather(&said))).collect()
}

/// The recommendations of the visits, a section for each addressee.
pub fn recommendations(page: &mut Outline, reading: &Reading, window: usize) {
    let advised = advised(reading, window);
    for (to, all) in &advised {
        let to = to.clone().unwrap_or_else(|| Said::same(DOTS));
        page.section(say!("Đối với {to}", "To {to}", [to]));
        page.add(Block::List(cut(all.iter().map(recommendation).collect())));
    }
    if advised.is_empty() {
        page.add(Block::Dots(LINES));
    }
}

/// A recommendation, for whom, and by when.
fn recommendation(one: &Gathered<Of>) -> Said {
    let (text, places, days) = (plain(&one.text), of_units(one), days(one));
    let due = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first == last => say!("; thời hạn {first}", "; due {first}", [first]),
        (Some(first), Some(last)) => {
            say!("; thời hạn từ {first} đến {last}", "; due from {first} to {last}", [first, last])
        }
        _ => Said::default(),
    };
    say!("{text} ({places}{due})", "{text} ({places}{due})", [text, places, due])
}

/// The units that a recommendation was made for.
pub fn of_units(one: &Gathered<Of>) -> Said {
    places(units(one.by.iter().map(|(unit, _)| *unit)))
}

/// The days by which a recommendation is due.
pub fn days(one: &Gathered<Of>) -> BTreeSet<Day> {
    one.by.iter().filter_map(|(_, due)| *due).collect()
}

/// What became of the recommendations of an earlier window: how many of each state, and each of them.
pub fn followup(page: &mut Outline, reading: &Reading, window: usize, of: Text) {
    let tables = reading.tables("followup", None, window, None);
    let Some(table) = tables.first().filter(|table| !table.rows.is_empty()) else {
        return page.paragraph(say!(
            "Sổ không có kiến nghị nào của {of}.",
            "The register has no recommendations of {of}.",
            [of]
        ));
    };
    let states =
        FollowupState::ALL.iter().map(|state| (state.label(), in_state(table, &[state.word()]).len()));
    let states = states.filter(|(_, n)| *n > 0);
    let states = Said::join(states.map(|(label, n)| say!("{label} {n}", "{label} {n}", [label, n])), "; ");
    let overdue =
        table.rows.iter().filter(|row| cell(table, row, "overdue") == Some(&Cell::Bool(true))).count();
    let late = match overdue {
        0 => Said::default(),
        n => say!(" Quá hạn, chưa thực hiện xong: {n}.", " Overdue: {n}.", [n]),
    };
    let (all, today) = (many(table.rows.len(), "kiến nghị", "recommendation"), reading.today());
    page.paragraph(say!(
        "Trong {all} của {of}, đến ngày {today}: {states}.{late}",
        "Of {all} of {of}, by {today}: {states}.{late}",
        [all, of, today, states, late]
    ));
    if table.rows.len() <= ROWS {
        let keys = ["unit", "recommendation_to", "text", "due", "state", "note"];
        page.add(Table { total: None, ..picked(table, &keys) });
    }
}
