//! What units, centres, areas, campaigns and schemes are called by those who do not know their ids: `Yên Thanh`,
//! `P. Yên Thanh`, `TTHTCĐ phường Yên Thanh`.

use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::field::Refers;
use crate::model::meaning::{contradicts, is_same, mentions};
use crate::model::spoken;
use crate::model::text::{Said, did_you_mean, nearest, t};
use crate::model::tree::Node;
use crate::model::unit::{Unit, UnitKind};
use crate::model::vietnamese::slug;
use crate::say;
use crate::store::Store;
use crate::toml;
use std::cell::OnceCell;
use std::collections::HashMap;

/// How people write the kind of a unit before its name.
const KINDS: &[(&str, UnitKind)] = &[
    ("phường", UnitKind::Ward),
    ("p", UnitKind::Ward),
    ("xã", UnitKind::Commune),
    ("x", UnitKind::Commune),
    ("thị trấn", UnitKind::Township),
    ("tt", UnitKind::Township),
    ("đặc khu", UnitKind::SpecialZone),
    ("ward", UnitKind::Ward),
    ("commune", UnitKind::Commune),
    ("township", UnitKind::Township),
    ("special zone", UnitKind::SpecialZone),
];

/// How people write that a centre is one, before the name of its unit.
const CENTRES: &[&str] = &[
    "trung tâm học tập cộng đồng",
    "trung tâm văn hoá - thể thao và học tập cộng đồng",
    "trung tâm htcđ",
    "tt htcđ",
    "tthtcđ",
    "trung tâm",
    "tt",
    "trung tâm vhtt&htcđ",
    "trung tâm vhtt-htcđ",
    "ttvhtt&htcđ",
    "ttvhtt-htcđ",
    "ubnd",
    "community learning centre",
    "clc",
];

/// How people write what an area is, before its name.
const AREAS: &[&str] =
    &["huyện", "h", "thị xã", "tx", "thành phố", "tp", "quận", "cụm", "district", "cluster"];

/// The names of a register, and of what is to be taken into it.
#[derive(Debug)]
pub struct Names<'s> {
    store: &'s Store,
    units: OnceCell<Index>,
    centres: OnceCell<Index>,
    /// The units that are to be taken in, by id.
    new_units: HashMap<String, Called>,
}

/// Who has a name, by its slug.
type Index = HashMap<String, Vec<Called>>;

/// What has a name.
#[derive(Clone, Debug)]
struct Called {
    id: String,
    name: String,
    kind: Option<UnitKind>,
    /// The first and the last day on which it existed.
    days: (Option<Day>, Option<Day>),
}

impl<'s> Names<'s> {
    /// The names of a register.
    pub fn new(store: &'s Store) -> Names<'s> {
        Names { store, units: OnceCell::new(), centres: OnceCell::new(), new_units: HashMap::new() }
    }

    /// Takes in a unit that is not in the register yet, so that what follows may name it.
    pub fn add_unit(&mut self, id: &str, name: &str, kind: Option<UnitKind>) {
        if self.store.has(Refers::Unit, id) || self.new_units.contains_key(id) {
            return;
        }
        let called = Called { id: id.to_owned(), name: name.to_owned(), kind, days: (None, None) };
        self.new_units.insert(id.to_owned(), called.clone());
        self.units();
        if let Some(index) = self.units.get_mut() {
            index.entry(slug(name)).or_default().push(called);
        }
    }

    /// Takes in a centre that is not in the register yet, with the id of its unit.
    pub fn add_centre(&mut self, id: &str, name: &str, unit: Option<&str>) {
        let known = |unit: &str| self.store.register.unit(unit).map(called);
        let unit = unit.and_then(|unit| known(unit).or_else(|| self.new_units.get(unit).cloned()));
        self.centres();
        if let Some(index) = self.centres.get_mut() {
            enter_centre(index, id, name, unit.as_ref());
        }
    }

    /// The id of what is meant; none if nothing is called so. Of several of one name the one that existed on the day is
    /// meant. What may still be several, or has another kind than was written, is refused.
    pub fn id(&self, refers: Refers, typed: &str, day: Option<Day>) -> Result<Option<String>, Said> {
        let typed = typed.trim();
        if self.store.has(refers, typed) {
            return Ok(Some(typed.to_owned()));
        }
        match refers {
            Refers::Unit | Refers::Centre => self.local(refers, typed, day),
            Refers::Area => only(typed, self.areas(typed)),
            Refers::Campaign => only(typed, self.campaigns(typed)),
            Refers::Scheme | Refers::RatingScheme | Refers::TargetSet => {
                only(typed, self.schemes(refers, typed))
            }
            Refers::Visit | Refers::Statement => Ok(None),
        }
    }

    /// Why nothing is meant, with what may have been.
    pub fn unknown(&self, refers: Refers, typed: &str) -> Said {
        let label = refers.label();
        let help = match nearest(&slug(bare(typed)), self.store.ids(refers)) {
            Some(near) => did_you_mean(near),
            None => say!("ghi tên như trong sổ, hoặc mã", "write the name as in the register, or the id"),
        };
        say!(
            "trong sổ không có {label} “{typed}”; {help}",
            "the register has no {label} “{typed}”; {help}",
            [label, typed, help]
        )
    }

    fn local(&self, refers: Refers, typed: &str, day: Option<Day>) -> Result<Option<String>, Said> {
        let index = if refers == Refers::Unit { self.units() } else { self.centres() };
        let mut other_kind = None;
        for (kind, name) in readings(refers, typed) {
            let found = index.get(&slug(name)).map_or(&[][..], Vec::as_slice);
            let found: Vec<&Called> = found.iter().filter(|one| !contradicts(name, &one.name)).collect();
            let fits = |one: &&Called| kind.is_none() || one.kind.is_none() || one.kind == kind;
            let fitting: Vec<&Called> = found.iter().copied().filter(fits).collect();
            let living = fitting
                .iter()
                .copied()
                .filter(|one| day.is_none_or(|day| day.is_within(one.days.0, one.days.1)));
            let living: Vec<&Called> = living.collect();
            match if living.is_empty() { &fitting[..] } else { &living[..] } {
                [] => other_kind = other_kind.or(found.first().copied()),
                found => return only(typed, found.iter().map(|one| one.id.clone()).collect()),
            }
        }
        other_kind.map_or(Ok(None), |one| Err(of_other_kind(typed, one)))
    }

    fn areas(&self, typed: &str) -> Vec<String> {
        let areas = self.store.register.units.body.area.iter();
        let is_called = |name: &str| {
            is_same(typed, name)
                || AREAS.iter().any(|word| rest(typed, word).is_some_and(|it| is_same(it, name)))
        };
        areas.filter(|area| is_called(&area.name)).map(|area| area.id.clone()).collect()
    }

    fn campaigns(&self, typed: &str) -> Vec<String> {
        let year = spoken::period(typed);
        let id = year.map(|year| year.to_string()).filter(|id| self.store.has(Refers::Campaign, id));
        let of_year = || {
            let all = self.store.register.campaigns.iter();
            let fits = all.filter(|(_, campaign)| {
                is_same(typed, &campaign.body.title) || year.is_some() && campaign.body.school_year == year
            });
            fits.map(|(id, _)| id.clone()).collect()
        };
        id.map_or_else(of_year, |id| vec![id])
    }

    /// By their titles, or by two words or more of these.
    fn schemes(&self, refers: Refers, typed: &str) -> Vec<String> {
        let called = |is: &dyn Fn(&str) -> bool| -> Vec<String> {
            let all = self.store.register.schemes.iter();
            let named = all.filter(|(_, scheme)| is(&scheme.body.title.vi) || is(&scheme.body.title.en));
            named.map(|(id, _)| id.clone()).filter(|id| self.store.has(refers, id)).collect()
        };
        let is_part = |title: &str| typed.contains(' ') && mentions(title, typed);
        Some(called(&|title| is_same(typed, title)))
            .filter(|all| !all.is_empty())
            .unwrap_or_else(|| called(&is_part))
    }

    fn units(&self) -> &Index {
        self.units.get_or_init(|| {
            let mut index = Index::new();
            for unit in &self.store.register.units.body.unit {
                index.entry(slug(&unit.name)).or_default().push(called(unit));
            }
            index
        })
    }

    /// Centres are called as they are, and as their units are.
    fn centres(&self) -> &Index {
        self.centres.get_or_init(|| {
            let mut index = Index::new();
            for id in self.store.ids(Refers::Centre) {
                let text =
                    self.store.text(&self.store.register.file(RecordKind::Centre, id)).unwrap_or_default();
                let tree = toml::raw_tree(&text);
                let at = |key| tree.get(key).and_then(Node::text).unwrap_or_default();
                let unit = self.store.register.unit(at("unit")).map(called);
                enter_centre(&mut index, id, at("name"), unit.as_ref());
            }
            index
        })
    }
}

fn called(unit: &Unit) -> Called {
    let days = (unit.valid_from, unit.valid_to);
    Called { id: unit.id.clone(), name: unit.name.clone(), kind: unit.kind, days }
}

fn enter_centre(index: &mut Index, id: &str, name: &str, unit: Option<&Called>) {
    let kind = unit.and_then(|unit| unit.kind);
    let days = unit.map_or((None, None), |unit| unit.days);
    for name in [Some(name), unit.map(|unit| unit.name.as_str())].into_iter().flatten() {
        let called = Called { id: id.to_owned(), name: name.to_owned(), kind, days };
        index.entry(slug(name)).or_default().push(called);
    }
}

/// The ways to read what was typed: the kind that it says, and the name; the whole of it first.
fn readings(refers: Refers, typed: &str) -> Vec<(Option<UnitKind>, &str)> {
    let of_centre = CENTRES.iter().filter(|_| refers == Refers::Centre).filter_map(|word| rest(typed, word));
    let names = [typed].into_iter().chain(of_centre);
    let read =
        |name| [(None, name)].into_iter().chain(kind_and_name(name).map(|(kind, name)| (Some(kind), name)));
    names.flat_map(read).collect()
}

/// The kind of unit that a name begins with, and the rest of the name: `P. Yên Thanh`, `xã Điền Công`.
pub fn kind_and_name(name: &str) -> Option<(UnitKind, &str)> {
    let before = || KINDS.iter().find_map(|(word, kind)| Some((*kind, rest(name, word)?)));
    let (first, last) = name.rsplit_once(' ').unwrap_or_default();
    let after = UnitKind::ALL.iter().find(|kind| is_same(last, kind.label().en));
    before().or_else(|| after.map(|kind| (*kind, first.trim_end())))
}

/// The name alone, without what it is the name of.
fn bare(typed: &str) -> &str {
    let all = readings(Refers::Centre, typed);
    all.into_iter().map(|(_, name)| name).min_by_key(|name| name.len()).unwrap_or(typed)
}

/// What follows some words with which a text begins.
pub fn rest<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let is_between = |c: char| c.is_whitespace() || c == '.';
    let last = words.split_whitespace().count().checked_sub(1)?;
    let mut ends = text.char_indices().filter(|(at, c)| {
        is_between(*c) && text[..*at].chars().next_back().is_some_and(|before| !is_between(before))
    });
    let (end, _) = ends.nth(last)?;
    let name = text[end..].trim_start_matches(|c: char| is_between(c) || c == ':' || c == '-');
    (!name.is_empty() && is_same(&text[..end], words)).then_some(name)
}

/// The only one, if there is one.
fn only(typed: &str, ids: Vec<String>) -> Result<Option<String>, Said> {
    match &ids[..] {
        [] => Ok(None),
        [id] => Ok(Some(id.clone())),
        [first, rest @ ..] if rest.iter().all(|id| id == first) => Ok(Some(first.clone())),
        _ => {
            let list = ids.join(", ");
            Err(say!(
                "“{typed}” có thể là: {list}; ghi mã",
                "“{typed}” may be: {list}; write the id",
                [typed, list]
            ))
        }
    }
}

/// Why a unit of another kind is not taken.
fn of_other_kind(typed: &str, one: &Called) -> Said {
    let (kind, name, id) = (one.kind.map_or(t("", ""), |kind| kind.label()), &one.name, &one.id);
    say!(
        "“{typed}”: trong sổ là {kind} {name} ({id}); ghi đúng loại, hoặc ghi mã",
        "“{typed}”: in the register it is {kind} {name} ({id}); write that kind, or the id",
        [typed, kind, name, id]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_with_and_without_the_words_of_its_kind() {
        for typed in ["Phường Yên Thanh", "P. Yên Thanh", "P.Yên Thanh", "phuong Yên Thanh", "Yên Thanh ward"]
        {
            assert_eq!(kind_and_name(typed), Some((UnitKind::Ward, "Yên Thanh")), "{typed}");
        }
        assert_eq!(kind_and_name("TT Trới"), Some((UnitKind::Township, "Trới")));
        assert_eq!(kind_and_name("Phường Phường Đúc"), Some((UnitKind::Ward, "Phường Đúc")));
        for name in ["Phương Đông", "Xã", "Yên Thanh", "Phường", "Ph ường"] {
            assert_eq!(kind_and_name(name), None, "{name}");
        }
        assert_eq!(bare("TTHTCĐ phường Yên Thanh"), "Yên Thanh");
        assert_eq!(bare("Trung tâm học tập cộng đồng xã Điền Công"), "Điền Công");
    }
}
