//! Summaries: what centres reported in a window, as tables. Each summary is a row of [`SUMMARIES`] and a file here.
//!
//! Histories are turned one by one into small [`Snapshot`]s; [`document`] makes tables of them. To add a summary, add a
//! file, a row, and a run to `tests/commands/summaries.md`.

use crate::model::day::Day;
use crate::model::document::{Block, Document};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::table::{Chart, ChartKind, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use builder::TableBuilder;
use group::{Group, Scope};
use snapshot::Topic;
use std::borrow::Cow;

pub use activity::not_split;
pub use activity_fields::{NOT_SPLIT, NOT_SPLIT_LABEL};
pub use compare::{change, window_before};
pub use rollup::Rollup;
pub use snapshot::{Snapshot, snapshot};
pub use trend::trend;

mod activity;
mod activity_fields;
mod approximate;
mod area;
mod attainment;
mod builder;
mod compare;
mod context;
pub mod export;
mod finance;
pub mod followup;
mod group;
mod literacy;
mod measure;
mod organisation;
pub mod progress;
mod promotion;
mod ranks;
mod rating;
mod register;
mod rollup;
pub mod snapshot;
mod span;
#[cfg(test)]
mod specimen;
mod targets;
mod titles;
mod trend;

/// A summary: what is known about it, and the function that makes it.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// The stable name.
    pub name: &'static str,
    /// The heading of its tables.
    pub title: Text,
    /// What it shows, in a sentence.
    pub about: Text,
    /// What its figures are about; `None` if they do not belong to a period.
    topic: Option<Topic>,
    /// The sections of visits and centres that its tables are made from.
    pub needs: &'static [&'static str],
    /// The centres that it is about.
    scope: Scope,
    /// True if histories must hold all visits, since those after the window tell what became of recommendations.
    pub all_visits: bool,
    /// Its main figures, which are compared: their keys, or with a point in front the ends of their keys. Empty if
    /// nothing can be compared.
    main: &'static [&'static str],
    /// What its picture shows: how it is drawn, and the keys of the columns.
    picture: Option<(ChartKind, &'static [&'static str])>,
    /// What its rows may be about, the usual first.
    pub by: &'static [By],
    /// The table, from the units in their order.
    build: fn(&Request, &[Group]) -> TableBuilder,
}

/// Every summary.
pub const SUMMARIES: &[Summary] = &[
    progress::SUMMARY,
    activity::SUMMARY,
    activity_fields::SUMMARY,
    context::SUMMARY,
    organisation::SUMMARY,
    finance::SUMMARY,
    promotion::SUMMARY,
    titles::SUMMARY,
    targets::SUMMARY,
    literacy::SUMMARY,
    rating::SUMMARY,
    followup::SUMMARY,
    register::SUMMARY,
];

/// The summary with this name.
pub fn find(name: &str) -> Option<&'static Summary> {
    SUMMARIES.iter().find(|summary| summary.name == name)
}

/// What every summary may ask.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What all histories share.
    pub register: &'a Register,
    /// The window that the snapshots were taken in.
    pub window: &'a Window,
    /// The snapshots to compare with, and the window that they were taken in.
    pub before: Option<(&'a Window, &'a [Snapshot])>,
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
    /// What a row is about; none for the usual.
    pub by: Option<By>,
    /// Units as they were on this day; none for units as recorded.
    pub units: Option<Day>,
    /// With a column of the files behind each row.
    pub trace: bool,
    /// Sorted by this column: the largest number first, words by the alphabet; a hyphen in front reverses the order.
    pub sort: Option<String>,
    /// Only so many rows; the total covers all.
    pub top: Option<usize>,
}

/// The order of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By name, in the order of the Vietnamese alphabet.
    #[default]
    Name,
    /// By official code.
    Code,
}

crate::choices! {
    /// What the rows of a table are about.
    pub enum By {
        Unit = "unit", "xã, phường", "unit";
        Centre = "centre", "trung tâm", "centre";
        Field = "field", "lĩnh vực", "field";
        Month = "month", "tháng", "month";
        Kind = "kind", "loại", "kind";
        Rank = "rank", "mức xếp loại", "rank";
        Target = "target", "chỉ tiêu", "target";
        Area = "area", "huyện cũ, cụm", "area";
    }
}

impl Summary {
    /// True if its figures can be compared with those of another window.
    pub fn can_be_compared(&self) -> bool {
        !self.main.is_empty()
    }
}

impl Request<'_> {
    /// What the rows are to be about.
    fn by(&self, summary: &Summary) -> Option<By> {
        self.options.by.or(summary.by.first().copied())
    }
}

/// The document of a summary: its table, or a table for each kind of period that the figures are about. An error is a
/// table that cannot be made, and says why.
pub fn document(summary: &Summary, asked: &Request, snapshots: &[Snapshot]) -> Result<Document, Said> {
    let mut tables = tables(summary, asked, snapshots)?;
    if tables.len() == 1 {
        return Ok(tables.remove(0).into());
    }
    let mut title = heading(summary.title, &visits(asked.window));
    if let Some((window, _)) = asked.before {
        title = compared(title, &against(window, made(window), &made(asked.window)));
    }
    let blocks = tables.into_iter().map(Block::from).collect();
    Ok(Document { name: summary.name.into(), title, blocks, ..Document::default() })
}

/// The tables of a summary: one, or one for each kind of period that the figures are about, since figures for school
/// years and calendar years are never added together.
fn tables(summary: &Summary, asked: &Request, snapshots: &[Snapshot]) -> Result<Vec<Table>, Said> {
    refuse(summary, asked)?;
    if summary.name == rating::SUMMARY.name {
        return rated_tables(summary, asked, snapshots);
    }
    let before = asked.before.map_or(&[][..], |(_, before)| before);
    let kinds = span::kinds(summary.topic, snapshots, before);
    kinds.iter().map(|kind| table(summary, asked, snapshots, *kind, kinds.len() > 1)).collect()
}

/// The table of the ratings, or one for each scheme.
fn rated_tables(summary: &Summary, asked: &Request, snapshots: &[Snapshot]) -> Result<Vec<Table>, Said> {
    let split = rating::split(asked, snapshots);
    if split.is_empty() {
        return Ok(vec![table(summary, asked, snapshots, None, false)?]);
    }
    let of_scheme = |(scheme, title, snapshots): (String, Said, Vec<Snapshot>)| {
        let table = table(summary, asked, &snapshots, None, false)?;
        let (name, title) = (format!("{}-{scheme}", table.name), Said::join([table.title, title], ": "));
        Ok(Table { name, title, ..table })
    };
    split.into_iter().map(of_scheme).collect()
}

/// The table of the figures about one kind of period.
fn table(
    summary: &Summary,
    asked: &Request,
    all: &[Snapshot],
    kind: span::PeriodKind,
    many: bool,
) -> Result<Table, Said> {
    let of_kind = |all| match summary.topic {
        Some(topic) if many || asked.before.is_some() => Cow::Owned(span::only(topic, kind, all)),
        _ => Cow::Borrowed(all),
    };
    let snapshots = of_kind(all);
    let rollup = asked.options.units.map(|day| Rollup::new(asked.register, day));
    let mut members = group::members(summary.scope, rollup.as_ref(), &snapshots);
    let snapshots_before = asked.before.map(|(_, before)| of_kind(before)).unwrap_or_default();
    let mut members_before = group::members(summary.scope, rollup.as_ref(), &snapshots_before);
    if asked.before.is_some() {
        group::align(&mut members, &mut members_before);
    }
    let groups = group::groups(asked, members);
    let groups_before = group::groups(asked, members_before);
    let periods = span::periods(summary.topic, &groups);
    let make = |now: &[Group], before: &[Group]| {
        let builder = approximate::build(summary, asked, now);
        let Some((window, _)) = asked.before else { return builder };
        let asked = Request { window, before: None, ..*asked };
        compare::join(
            builder,
            approximate::build(summary, &asked, before),
            summary.main,
            window.past.as_ref(),
        )
    };
    let mut builder = make(&groups, &groups_before);
    if asked.options.by == Some(By::Area) {
        builder = area::apart(asked, builder, [&groups, &groups_before], make)?;
    }
    let about_it = about(summary, asked.window, &periods);
    let mut title = heading(summary.title, &asked.window.in_past(about_it.clone()));
    let mut notes = vec![window_note(summary, asked)];
    notes.extend(span::note(&periods));
    notes.extend(span::of_parts(summary.topic, &groups));
    if let Some((window, _)) = asked.before {
        let periods = span::periods(summary.topic, &groups_before);
        title = compared(title, &against(window, about(summary, window, &periods), &about_it));
        notes.push(say!("So với: {visits}.", "Compared with: {visits}.", [visits = visits(window)]));
        notes.extend(span::note(&periods));
        notes.extend(span::of_parts(summary.topic, &groups));
    }
    notes.extend(many.then(|| span::OTHER_KINDS.into()));
    let centres = [groups, groups_before].concat();
    notes.extend(rollup.iter().flat_map(|rollup| rollup.notes(&group::centres(&centres))));
    let name = if many { span::name(summary.name, kind) } else { summary.name.into() };
    let mut table = builder.finish(asked, name, title, notes)?;
    table.chart = picture(summary, asked, &centres, &table);
    table.short = summary.title.into();
    Ok(table)
}

/// What the picture of a table shows; in a comparison, the first main figure then and now.
fn picture(summary: &Summary, asked: &Request, groups: &[Group], table: &Table) -> Option<Chart> {
    let (kind, keys) = summary.picture.filter(|_| asked.options.by != Some(By::Area))?;
    let has = |key: &String| table.columns.iter().any(|column| column.key == *key);
    let label_column = table.columns.get(1)?.key.clone();
    let chart = match asked.before {
        None => {
            let value_columns: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            let target = titles::target_of(asked, groups, keys);
            Chart { kind, label_column, value_columns, target }
        }
        Some(_) => {
            let first = summary
                .main
                .iter()
                .map(|key| (*key).to_owned())
                .find(|key| has(&format!("{key}_previous")))?;
            let value_columns = vec![format!("{first}_previous"), first];
            Chart { kind: ChartKind::Pairs, label_column, value_columns, target: None }
        }
    };
    chart.value_columns.iter().all(has).then_some(chart)
}

/// Refuses what a summary cannot do.
fn refuse(summary: &Summary, asked: &Request) -> Result<(), Said> {
    let name = summary.name;
    if asked.before.is_some() && summary.main.is_empty() {
        return Err(say!("bảng {name} không có số liệu để so sánh", "{name} cannot be compared", [name]));
    }
    match asked.options.by {
        Some(By::Area) if asked.register.units.body.area.is_empty() => Err(say!(
            "units.toml chưa có [[area]]: ghi các khu vực, rồi ghi area (huyện cũ, cụm) ở từng xã, phường",
            "units.toml has no [[area]]: write the areas, then the area of each unit"
        )),
        Some(By::Area) if asked.options.top.is_some() => {
            Err(say!("--by area không đi cùng --top", "--by area does not go with --top"))
        }
        Some(by) if !summary.by.contains(&by) => {
            let word = by.word();
            let words = summary.by.iter().map(|by| by.word()).collect::<Vec<_>>().join(", ");
            Err(say!(
                "bảng {name} không lập được theo {word}; có thể theo: {words}",
                "{name} cannot be made by {word}; possible: {words}",
                [name, word, words]
            ))
        }
        _ => Ok(()),
    }
}

/// What the figures are about, else the window.
fn about(summary: &Summary, window: &Window, periods: &[(Period, usize)]) -> Said {
    match summary.scope {
        Scope::All => Said::default(),
        Scope::Window if periods.is_empty() => window.said(),
        Scope::Window => span::said(periods),
    }
}

/// A heading and what it is about.
fn heading(head: Text, about: &Said) -> Said {
    match about.is_empty() {
        true => head.into(),
        false => say!("{head}, {about}", "{head}, {about}", [head, about]),
    }
}

/// A heading and what its figures are compared with.
fn compared(head: Said, with: &Said) -> Said {
    say!("{head}, so với {with}", "{head}, compared with {with}", [head, with])
}

/// What a window to compare with is called in a heading: by the register alone, if its figures are about the same.
fn against(window: &Window, about: Said, now: &Said) -> Said {
    match &window.past {
        Some(past) if about == *now => past.clone(),
        _ => window.in_past(about),
    }
}

/// Which visits the figures are from; for a list of all centres, the day that counts as today.
fn window_note(summary: &Summary, asked: &Request) -> Said {
    if summary.scope == Scope::All {
        return say!("Tính đến ngày {today}.", "As of {today}.", [today = asked.today]);
    }
    say!("Phạm vi: {visits}.", "Window: {visits}.", [visits = visits(asked.window)])
}

/// The visits of a window in words, and in which register if not that of today.
pub fn visits(window: &Window) -> Said {
    window.in_past(made(window))
}

fn made(window: &Window) -> Said {
    let window_said = window.said();
    match window.year {
        _ if window_said.is_empty() => {
            t("tất cả các lần kiểm tra trong sổ", "every visit of the register").into()
        }
        Some(_) => say!("các lần kiểm tra trong {when}", "visits made in {when}", [when = window_said]),
        None => window_said,
    }
}
