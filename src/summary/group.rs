//! The rows of most tables: the communes and wards, each with its centres, in their order.

use super::rollup::{NOT_ALLOTTED, Rollup};
use super::snapshot::Snapshot;
use super::{Order, Request};
use crate::model::table::Cell;
use crate::model::text::{Said, t};
use crate::model::unit::Unit;
use crate::model::vietnamese::alphabetical;
use std::collections::{BTreeMap, HashSet};

/// A unit with its centres.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// The id of the unit; empty for centres whose unit is not known, [`NOT_ALLOTTED`] for those of several.
    pub id: String,
    /// Its name, with the id if another unit of the table has the same.
    pub name: Said,
    /// Its code.
    pub code: Option<String>,
    /// Its centres that the window asks for or that were visited in it, by name.
    pub centres: Vec<&'a Snapshot>,
}

impl Group<'_> {
    /// The cell that names it.
    pub fn cell(&self) -> Cell {
        Cell::word(self.id.clone(), self.name.clone())
    }
}

/// The centres of all groups, in the order of the rows.
pub fn centres<'a>(groups: &[Group<'a>]) -> Vec<&'a Snapshot> {
    groups.iter().flat_map(|group| group.centres.iter().copied()).collect()
}

/// Which centres a table is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those that the window asks for, and those that were visited in it.
    Window,
    /// Every centre of the register.
    All,
}

/// The centres of each unit.
pub type Members<'a> = BTreeMap<String, Vec<&'a Snapshot>>;

/// The centres of each unit; those that cannot be allotted to a unit of the day that is asked for stand together.
pub fn members<'a>(scope: Scope, rollup: Option<&Rollup<'a>>, snapshots: &'a [Snapshot]) -> Members<'a> {
    let mut members = Members::new();
    for snapshot in snapshots {
        if scope == Scope::All || snapshot.expected || !snapshot.visits.is_empty() {
            let unit = match rollup {
                Some(rollup) => rollup.unit(&snapshot.unit, snapshot.day).unwrap_or(NOT_ALLOTTED),
                None => &snapshot.unit,
            };
            members.entry(unit.to_owned()).or_default().push(snapshot);
        }
    }
    members
}

/// Gives each the units of the other, so that their tables have the same rows.
pub fn align(one: &mut Members, other: &mut Members) {
    for unit in one.keys().chain(other.keys()).cloned().collect::<Vec<_>>() {
        one.entry(unit.clone()).or_default();
        other.entry(unit).or_default();
    }
}

/// The units of a table in their order.
pub fn groups<'a>(asked: &Request, members: Members<'a>) -> Vec<Group<'a>> {
    let group = |(id, centres): (String, _)| group(asked.register.unit(&id), id, centres);
    let mut groups: Vec<Group> = members.into_iter().map(group).collect();
    settle(asked, &mut groups);
    groups
}

fn group<'a>(unit: Option<&Unit>, id: String, mut centres: Vec<&'a Snapshot>) -> Group<'a> {
    centres.sort_by_cached_key(|snapshot| (alphabetical(snapshot.name()), snapshot.centre.clone()));
    let name = match unit {
        Some(unit) => Said::same(unit.name.as_str()),
        None if id.is_empty() => t("(không rõ xã, phường)", "(unit unknown)").into(),
        None if id == NOT_ALLOTTED => t("(chưa phân được)", "(not allotted)").into(),
        None => Said::same(id.as_str()),
    };
    let code = unit.and_then(|unit| unit.code.clone());
    Group { id, name, code, centres }
}

/// Puts the units in order, and adds the id to names that occur twice.
fn settle(asked: &Request, groups: &mut [Group]) {
    groups.sort_by_cached_key(|group| {
        let code = match asked.options.order {
            Order::Name => None,
            Order::Code => Some((group.code.is_none(), group.code.clone())),
        };
        (group.id == NOT_ALLOTTED, group.id.is_empty(), code, alphabetical(&group.name.vi), group.id.clone())
    });
    let mut names = HashSet::new();
    let twice =
        groups.iter().filter(|group| !names.insert(&group.name.vi)).map(|group| group.name.vi.clone());
    let twice: HashSet<String> = twice.collect();
    for group in groups.iter_mut().filter(|group| twice.contains(&group.name.vi)) {
        group.name = Said::same(format!("{} ({})", group.name.vi, group.id));
    }
}
