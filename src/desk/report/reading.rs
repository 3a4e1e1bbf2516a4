//! What reports of many centres are made of: each history is read once, for every window that the report asks for.

use super::Asked;
use crate::desk::error::Error;
use crate::model::day::Day;
use crate::model::document::Block;
use crate::model::fault::Fault;
use crate::model::history::{History, Record};
use crate::model::register::{Register, Window};
use crate::model::table::Table;
use crate::model::text::Said;
use crate::model::visit::{Findings, Photo, Site, TeamMember, Visit};
use crate::summary::{self, By, Options, Request, Snapshot, Summary, snapshot};

/// The snapshots of some windows, and what the visits of the first one say in words.
#[derive(Debug)]
pub struct Reading<'a> {
    register: &'a Register,
    today: Day,
    windows: Vec<(Window, Vec<Snapshot>)>,
    /// The visits of the first window, by centre and date.
    pub told: Vec<Told>,
    /// What is wrong with the files.
    pub faults: Vec<Fault>,
}

/// What a visit says in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// The unit, as people call it.
    pub unit: String,
    /// The day.
    pub date: Option<Day>,
    /// The inspectors.
    pub team: Vec<TeamMember>,
    /// What was found.
    pub findings: Findings,
    /// The places that were seen.
    pub sites: Vec<Site>,
    /// The pictures.
    pub photos: Vec<Photo>,
}

impl<'a> Reading<'a> {
    /// Reads all histories for some windows, of which the first is that of the visits.
    pub fn of(asked: &Asked<'a>, windows: Vec<Window>) -> Result<Reading<'a>, Error> {
        let (store, today) = (asked.store, asked.today);
        let register: &'a Register = &store.register;
        let scan = store.scan(&[Window::default()])?;
        let mut found: Vec<(Window, Vec<Snapshot>)> =
            windows.into_iter().map(|window| (window, Vec::with_capacity(scan.centres.len()))).collect();
        let mut told = Vec::new();
        let wanted: Vec<Window> = found.iter().map(|(window, _)| window.clone()).collect();
        let faults = store.histories(
            &scan,
            |history| {
                let shots: Vec<Box<Snapshot>> = wanted
                    .iter()
                    .map(|window| Box::new(snapshot(register, window, today, history)))
                    .collect();
                let told = shots.first().map(|shot| words(register, history, shot)).unwrap_or_default();
                (shots, told)
            },
            |(shots, words)| {
                found.iter_mut().zip(shots).for_each(|((_, all), shot)| all.push(*shot));
                told.extend(words);
            },
        );
        Ok(Reading { register, today, windows: found, told, faults })
    }

    /// The centres in a window.
    pub fn centres(&self, window: usize) -> &[Snapshot] {
        self.windows.get(window).map_or(&[], |(_, centres)| centres)
    }

    /// The day that counts as today.
    pub fn today(&self) -> Day {
        self.today
    }

    /// The unit of a centre, as people call it.
    pub fn unit<'s>(&'s self, centre: &'s Snapshot) -> &'s str {
        self.register.unit_name(&centre.unit)
    }

    /// What a window is, for a heading.
    pub fn said(&self, window: usize) -> Said {
        self.windows.get(window).map(|(window, _)| window.said()).unwrap_or_default()
    }

    /// The tables of a summary in a window, compared with another one if one is given. None where the summary cannot be
    /// made so.
    pub fn tables(&self, name: &str, by: Option<By>, window: usize, before: Option<usize>) -> Vec<Table> {
        let (Some(summary), Some((window, now))) = (summary::find(name), self.windows.get(window)) else {
            return Vec::new();
        };
        let before = before.and_then(|at| self.windows.get(at)).map(|(window, shots)| (window, &**shots));
        let options = Options { by, ..Options::default() };
        let asked = Request { register: self.register, window, before, today: self.today, options: &options };
        tables(summary, &asked, now)
    }
}

fn tables(summary: &Summary, asked: &Request, now: &[Snapshot]) -> Vec<Table> {
    let blocks = summary::document(summary, asked, now).map(|document| document.blocks).unwrap_or_default();
    let tables = blocks.into_iter().filter_map(|block| match block {
        Block::Table(table) => Some(*table),
        _ => None,
    });
    tables.collect()
}

/// What the visits of a snapshot say in words.
fn words(register: &Register, history: &History, shot: &Snapshot) -> Vec<Told> {
    let seen = |visit: &&Record<Visit>| shot.visits.iter().any(|seen| seen.id == visit.id);
    let told = history.visits.iter().filter(seen).map(|visit| Told {
        unit: register.unit_name(&shot.unit).to_owned(),
        date: visit.body.date,
        team: visit.body.team.clone(),
        findings: visit.body.findings.clone(),
        sites: visit.body.site.clone(),
        photos: visit.body.photo.clone(),
    });
    told.collect()
}

/// What is said of a summary in its window or period: the end of the title of its table.
pub fn about(summary: &str, table: &Table) -> Said {
    let head = summary::find(summary).map(|summary| summary.title);
    let rest = |title: &str, head: &str| {
        title.strip_prefix(head).unwrap_or(title).trim_start_matches([',', ' ']).to_owned()
    };
    match head {
        Some(head) => Said { vi: rest(&table.title.vi, head.vi), en: rest(&table.title.en, head.en) },
        None => table.title.clone(),
    }
}
