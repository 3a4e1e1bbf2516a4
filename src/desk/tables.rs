//! Summaries of a register: the histories of a window are read, and what they say is put into tables.

use super::error::Error;
use crate::model::day::Day;
use crate::model::document::{Block, Document};
use crate::model::fault::Fault;
use crate::model::register::Window;
use crate::model::text::{Said, t};
use crate::say;
use crate::store::Store;
use crate::summary::{self, Options, Request, SUMMARIES, Snapshot, Summary, snapshot};

/// What a table is compared with.
#[derive(Debug)]
pub struct Before {
    /// The window.
    pub window: Window,
    /// The register as it was, if that is what is compared.
    pub store: Option<Store>,
}

/// A summary of a window, compared with another one if there is one, and what is wrong with the files that were read.
pub fn document(
    store: &Store,
    today: Day,
    summary: &Summary,
    window: &Window,
    before: Option<&Before>,
    options: &Options,
) -> Result<(Document, Vec<Fault>), Error> {
    let read = read(store, today, Some(summary), window, before)?;
    let before = before.map(|before| (&before.window, read.before.as_slice()));
    let asked = Request { register: &store.register, window, before, today, options };
    Ok((summary::document(summary, &asked, &read.now).map_err(not_so)?, read.faults))
}

/// The table over the school years up to that of the window, and the faults of what was read for it. Each year is read
/// on its own, so that memory stays flat.
pub fn over_the_years(
    store: &Store,
    today: Day,
    summary: &Summary,
    window: &Window,
    options: &Options,
) -> Result<(Document, Vec<Fault>), Error> {
    let asked = Request { register: &store.register, window, before: None, today, options };
    let years = store.years()?;
    let last = window.year.filter(|year| year.school_year().is_some());
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for year in years.into_iter().filter(|year| last.is_none_or(|last| *year <= last)) {
        let window = Window { year: Some(year), ..Window::default() };
        let read = read(store, today, Some(summary), &window, None)?;
        faults.extend(read.faults);
        found.push((year, read.now));
    }
    Ok((summary::trend(summary, &asked, &found).map_err(not_so)?.into(), faults))
}

/// The tables of all summaries of a window, a document each, and what is wrong with the files that were read. The histories
/// are read once. What can be compared is compared.
pub fn of_all(
    store: &Store,
    today: Day,
    window: &Window,
    before: Option<&Before>,
    options: &Options,
) -> Result<(Vec<Document>, Vec<Fault>), Error> {
    let read = read(store, today, None, window, before)?;
    let before = before.map(|before| (&before.window, read.before.as_slice()));
    let one = |summary: &Summary| {
        let before = before.filter(|_| summary.can_be_compared());
        let asked = Request { register: &store.register, window, before, today, options };
        summary::document(summary, &asked, &read.now).map_err(not_so)
    };
    Ok((SUMMARIES.iter().map(one).collect::<Result<_, _>>()?, read.faults))
}

/// The tables of all summaries as one document: which office, which visits, which day, then the tables.
pub fn bound(store: &Store, today: Day, window: &Window, documents: Vec<Document>) -> Document {
    let office = &store.register.settings.body.office;
    let visits = summary::visits(window);
    let first = vec![
        say!("Cơ quan: {office}", "Office: {office}", [office]),
        say!("Phạm vi: {visits}", "Window: {visits}", [visits]),
        say!("Ngày lập: {today}", "Made on {today}", [today]),
    ];
    let title = match window.said() {
        when if when.is_empty() => t("Các bảng tổng hợp", "Summary tables").into(),
        when => say!("Các bảng tổng hợp, {when}", "Summary tables, {when}", [when]),
    };
    let tables = documents.into_iter().flat_map(|document| document.blocks);
    let blocks = std::iter::once(Block::List(first)).chain(tables).collect();
    Document { name: "all".into(), title, blocks, ..Document::default() }
}

/// Why a table cannot be made as asked.
fn not_so(why: Said) -> Error {
    Error::wrong_use(why, say!("xem: ttht summary --help", "see: ttht summary --help"))
}

/// What the histories say in a window, and in the one to compare with.
struct Read {
    now: Vec<Snapshot>,
    before: Vec<Snapshot>,
    faults: Vec<Fault>,
}

/// For a summary, or for all.
fn read(
    store: &Store,
    today: Day,
    summary: Option<&Summary>,
    window: &Window,
    before: Option<&Before>,
) -> Result<Read, Error> {
    if let Some(Before { window: past, store: Some(then) }) = before {
        let (now, then) =
            (read(store, today, summary, window, None)?, read(then, today, summary, past, None)?);
        return Ok(Read { now: now.now, before: then.now, faults: [now.faults, then.faults].concat() });
    }
    let before = before.map(|before| &before.window);
    let windows: Vec<Window> = match summary.is_none_or(|summary| summary.all_visits) {
        true => vec![Window::default()],
        false => [window].into_iter().chain(before).cloned().collect(),
    };
    let scan = store.scan(&windows)?;
    // Snapshots are large: they are handed over in boxes, into lists that never grow. That is a sixth of the time.
    let room = |needed| if needed { Vec::with_capacity(scan.centres.len()) } else { Vec::new() };
    let mut read = Read { now: room(true), before: room(before.is_some()), faults: Vec::new() };
    let register = &store.register;
    read.faults = store.histories(
        &scan,
        |history| {
            let shot = |window| {
                let mut shot = Box::new(snapshot(register, window, today, history));
                summary.inspect(|summary| shot.keep(summary.needs));
                shot
            };
            (shot(window), before.map(shot))
        },
        |(now, before)| {
            read.now.push(*now);
            read.before.extend(before.map(|before| *before));
        },
    );
    Ok(read)
}
