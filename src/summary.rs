//! Summaries: what centres reported in a window, as tables. Each summary is a row of [`SUMMARIES`] and a file here.
//!
//! Histories are read off one by one into small [`Snapshot`]s; [`tables`] makes tables of them. To add a summary, add a
//! file, a row, and a transcript in `tests/summaries/`.

use crate::model::day::Day;
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::table::Table;
use crate::model::text::{Said, Text, t};
use crate::say;
use place::{Place, Scope};
use sheet::Sheet;
use snapshot::Block;
use std::borrow::Cow;

pub use snapshot::{Snapshot, snapshot};

mod activity;
mod activity_fields;
mod measure;
mod place;
mod progress;
mod promotion;
mod rollup;
mod sheet;
pub mod snapshot;
mod span;
#[cfg(test)]
mod specimen;
mod titles;

/// A summary: what is known about it, and the function that makes it.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// The stable name.
    pub name: &'static str,
    /// The heading of its tables.
    pub title: Text,
    /// What it shows, in a sentence.
    pub about: Text,
    /// The block that its figures come from.
    block: Option<Block>,
    /// The centres that it is about.
    scope: Scope,
    /// What its rows may be about, the usual first.
    pub by: &'static [By],
    /// The table, from the units in their order.
    sheet: fn(&Cx, &[Place]) -> Sheet,
}

/// Every summary.
pub const SUMMARIES: &[Summary] =
    &[progress::SUMMARY, activity::SUMMARY, activity_fields::SUMMARY, promotion::SUMMARY, titles::SUMMARY];

/// The summary with this name.
pub fn find(name: &str) -> Option<&'static Summary> {
    SUMMARIES.iter().find(|summary| summary.name == name)
}

/// What every summary may ask.
#[derive(Clone, Copy, Debug)]
pub struct Cx<'a> {
    /// What all histories share.
    pub register: &'a Register,
    /// The window that the snapshots were taken in.
    pub window: &'a Window,
    /// The day that counts as today.
    pub today: Day,
    /// How the table is wanted.
    pub options: &'a Options,
}

/// How a table is wanted; the default is the plain table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The order of the units.
    pub order: Order,
    /// What a row is about; none: the usual.
    pub by: Option<By>,
    /// Units as they were on this day; none: as recorded.
    pub units: Option<Day>,
    /// With a column of the files behind each row.
    pub trace: bool,
    /// Sorted by this column: the largest number first, words by the alphabet; a hyphen in front turns it round.
    pub sort: Option<String>,
    /// Only so many rows. The total is of all.
    pub top: Option<usize>,
}

/// The order of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By name, as the Vietnamese alphabet has it.
    #[default]
    Name,
    /// By official code.
    Code,
}

crate::choices! {
    /// What the rows of a table are about.
    pub enum By {
        Unit = "unit", "đơn vị", "unit";
        Centre = "centre", "trung tâm", "centre";
        Field = "field", "lĩnh vực", "field";
        Month = "month", "tháng", "month";
    }
}

impl Cx<'_> {
    /// What the rows are to be about.
    fn by(&self, summary: &Summary) -> Option<By> {
        self.options.by.or(summary.by.first().copied())
    }
}

/// The tables of a summary: one, or one for each kind of period that the figures are about, since figures of a school
/// year and of a calendar year are never added up. An error is a table that cannot be made, and says why.
pub fn tables(summary: &Summary, cx: &Cx, snapshots: &[Snapshot]) -> Result<Vec<Table>, Said> {
    refuse(summary, cx)?;
    let kinds = span::kinds(summary.block, snapshots);
    let mut tables = Vec::new();
    for kind in &kinds {
        let snapshots = match summary.block {
            Some(block) if kinds.len() > 1 => Cow::Owned(span::only(block, *kind, snapshots)),
            _ => Cow::Borrowed(snapshots),
        };
        let places = place::places(cx, place::groups(cx, summary.scope, &snapshots)?);
        let periods = span::periods(summary.block, &places);
        let name = if kinds.len() > 1 { span::name(summary.name, *kind) } else { summary.name.into() };
        let mut notes = vec![window_note(cx)];
        notes.extend(span::note(&periods));
        if kinds.len() > 1 {
            notes.push(span::OTHER_KINDS.into());
        }
        let title = title(summary, cx, &periods.into_iter().map(|(period, _)| period).collect::<Vec<_>>());
        tables.push((summary.sheet)(cx, &places).finish(cx, name, title, notes)?);
    }
    Ok(tables)
}

/// Refuses what a summary cannot do.
fn refuse(summary: &Summary, cx: &Cx) -> Result<(), Said> {
    let name = summary.name;
    match cx.options.by {
        Some(by) if !summary.by.contains(&by) => {
            let word = by.word();
            let words = summary.by.iter().map(|by| by.word()).collect::<Vec<_>>().join(", ");
            Err(say!(
                "bảng {name} không lập theo {word}; có thể theo: {words}",
                "{name} cannot be made by {word}; it can be by: {words}"
            ))
        }
        _ => Ok(()),
    }
}

/// The heading: what it is, and what the figures are about, else the window.
fn title(summary: &Summary, cx: &Cx, periods: &[Period]) -> Said {
    let about = if periods.is_empty() { cx.window.said() } else { span::said(periods) };
    let Said { vi, en } = Said::from(summary.title);
    if about.is_empty() {
        return Said { vi, en };
    }
    Said { vi: format!("{vi}, {}", about.vi), en: format!("{en}, {}", about.en) }
}

/// Which visits the figures are from.
fn window_note(cx: &Cx) -> Said {
    let Said { vi, en } = cx.window.said();
    if vi.is_empty() {
        return t("Phạm vi: mọi lần kiểm tra trong sổ.", "Window: every visit of the register.").into();
    }
    say!("Phạm vi: {vi}.", "Window: {en}.")
}
