//! The rows of most tables: the communes and wards, each with its centres, in their order.

use super::rollup;
use super::snapshot::Snapshot;
use super::{Cx, Order};
use crate::model::table::Cell;
use crate::model::text::{Said, t};
use crate::model::unit::Unit;
use crate::model::vietnamese::alphabetical;
use std::collections::{BTreeMap, HashSet};

/// A unit with its centres.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// The id of the unit; empty for centres whose unit is not known.
    pub id: String,
    /// Its name, with the id where another unit of the table has the same.
    pub name: Said,
    /// Its code.
    pub code: Option<String>,
    /// Its centres that the window asks for or that were visited in it, by name.
    pub centres: Vec<&'a Snapshot>,
}

impl Place<'_> {
    /// The cell that names it.
    pub fn cell(&self) -> Cell {
        Cell::Word(self.id.clone(), self.name.clone())
    }
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
pub type Groups<'a> = BTreeMap<String, Vec<&'a Snapshot>>;

/// The centres of each unit. An error where the figures of a unit cannot be told apart on the day that the units are
/// asked for.
pub fn groups<'a>(cx: &Cx, scope: Scope, snapshots: &'a [Snapshot]) -> Result<Groups<'a>, Said> {
    let mut groups = Groups::new();
    for snapshot in snapshots {
        if scope == Scope::All || snapshot.expected || !snapshot.visits.is_empty() {
            let unit = match cx.options.units {
                Some(day) => rollup::unit_on(cx.register, &snapshot.unit, snapshot.day, day)?,
                None => snapshot.unit.clone(),
            };
            groups.entry(unit).or_default().push(snapshot);
        }
    }
    Ok(groups)
}

/// Gives both the units of either, so that their tables have the same rows.
pub fn align(one: &mut Groups, other: &mut Groups) {
    for unit in one.keys().chain(other.keys()).cloned().collect::<Vec<_>>() {
        one.entry(unit.clone()).or_default();
        other.entry(unit).or_default();
    }
}

/// The units of a table in their order.
pub fn places<'a>(cx: &Cx, groups: Groups<'a>) -> Vec<Place<'a>> {
    let place = |(id, centres): (String, _)| place(cx.register.unit(&id), id, centres);
    let mut places: Vec<Place> = groups.into_iter().map(place).collect();
    settle(cx, &mut places);
    places
}

fn place<'a>(unit: Option<&Unit>, id: String, mut centres: Vec<&'a Snapshot>) -> Place<'a> {
    centres.sort_by_cached_key(|snapshot| (alphabetical(snapshot.name()), snapshot.centre.clone()));
    let name = match unit {
        Some(unit) => Said::same(unit.name.as_str()),
        None if id.is_empty() => t("(không rõ đơn vị)", "(unit unknown)").into(),
        None => Said::same(id.as_str()),
    };
    let code = unit.and_then(|unit| unit.code.clone());
    Place { id, name, code, centres }
}

/// Puts units in order and tells those of one name apart.
fn settle(cx: &Cx, places: &mut [Place]) {
    places.sort_by_cached_key(|place| {
        let code = match cx.options.order {
            Order::Name => None,
            Order::Code => Some((place.code.is_none(), place.code.clone())),
        };
        (place.id.is_empty(), code, alphabetical(&place.name.vi), place.id.clone())
    });
    let mut names = HashSet::new();
    let twice =
        places.iter().filter(|place| !names.insert(&place.name.vi)).map(|place| place.name.vi.clone());
    let twice: HashSet<String> = twice.collect();
    for place in places.iter_mut().filter(|place| twice.contains(&place.name.vi)) {
        place.name = Said::same(format!("{} ({})", place.name.vi, place.id));
    }
}
