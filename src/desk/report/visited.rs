//! The visit that a paper is about, with all that is known around it: the centre, its commune, its campaign, the visits
//! before.

use super::letterhead::DOTS;
use super::pictures::pictures;
use crate::desk::error::Error;
use crate::desk::find;
use crate::model::RecordKind;
use crate::model::campaign::Campaign;
use crate::model::day::Day;
use crate::model::document::Block;
use crate::model::fault::Fault;
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::text::Said;
use crate::model::visit::{Visit, VisitKind};
use crate::say;
use crate::store::Store;
use crate::summary::{Snapshot, snapshot};
use std::sync::Arc;

/// A visit, and what is known around it.
pub struct Visited {
    /// What all histories share.
    pub register: Arc<Register>,
    /// The centre and all its visits.
    pub history: History,
    /// The photographs of the visit.
    pub pictures: Vec<Block>,
    /// What is wrong with the files that were read.
    pub faults: Vec<Fault>,
    at: usize,
}

impl Visited {
    /// The visit that is meant.
    pub fn find(store: &Store, typed: &str) -> Result<Visited, Error> {
        let id = find::record(store, typed, Some(RecordKind::Visit.word()))?.id;
        let centre = VisitId::parse(&id).map(|id| id.centre).unwrap_or_default();
        let mut history = History::default();
        let scan = store.scan_centres(&[centre].into())?;
        let faults = store.histories(&scan, History::clone, |read| history = read);
        let at = history.visits.iter().position(|visit| visit.id == id).ok_or_else(|| {
            Error::faults(
                say!("không đọc được “{id}”", "“{id}” cannot be read", [id]),
                say!("xem lỗi: ttht check", "for the faults: ttht check"),
            )
        })?;
        let pictures = pictures(store, &history.visits[at].body);
        Ok(Visited { register: Arc::clone(&store.register), history, pictures, faults, at })
    }

    /// The record of the visit.
    pub fn record(&self) -> &Record<Visit> {
        &self.history.visits[self.at]
    }

    /// The visit.
    pub fn visit(&self) -> &Visit {
        &self.record().body
    }

    /// True where the centre has inspected itself.
    pub fn is_own(&self) -> bool {
        self.visit().kind() == VisitKind::SelfCheck
    }

    /// Its day.
    pub fn day(&self) -> Option<Day> {
        self.visit().date.or_else(|| VisitId::parse(&self.record().id).map(|id| id.date))
    }

    /// The campaign that it belongs to.
    pub fn campaign(&self) -> Option<&Campaign> {
        self.register.campaigns.get(self.visit().campaign.as_deref()?).map(|campaign| &campaign.body)
    }

    /// The name of the centre, or its id if it cannot be read.
    pub fn centre_name(&self) -> &str {
        let name = self.history.centre.as_ref().map(|centre| centre.body.name.as_str());
        name.filter(|name| !name.is_empty()).unwrap_or(&self.history.id)
    }

    /// The People's Committee of the commune that the centre serves: `UBND phường Yên Thanh`. It founds the centre and
    /// runs it (09/2008/QĐ-BGDĐT).
    pub fn committee(&self) -> Option<Said> {
        committee(&self.register, &self.history.centre.as_ref()?.body.unit)
    }

    /// The number of the minutes, with dots for what is not known.
    pub fn number(&self) -> String {
        let number = self.visit().minutes.as_ref().and_then(|minutes| minutes.number.clone());
        number.unwrap_or_else(|| format!("{DOTS}/BB-{DOTS}"))
    }

    /// What a block of the visit is about, its figures, and those of a year before as they were told up to its day.
    pub fn beside(&self, block: &str) -> (Option<Period>, [Option<Snapshot>; 2]) {
        let period = self.visit().period_of(block);
        let before = period.and_then(Period::year_before);
        (period, [Some(self.figures(None)), before.map(|before| self.figures(Some(before)))])
    }

    /// The figures of the visit itself, or those about a period as they were told up to its day.
    fn figures(&self, period: Option<Period>) -> Snapshot {
        let first = if period.is_some() { 0 } else { self.at };
        let visits = self.history.visits[first..=self.at].to_vec();
        let history = History { id: self.history.id.clone(), visits, ..History::default() };
        let day = self.day().unwrap_or(Day::nearest(1, 1, 1));
        snapshot(&self.register, &Window { period, ..Window::default() }, day, &history)
    }
}

/// The People's Committee of a commune; `None` if the commune is not known.
pub fn committee(register: &Register, unit: &str) -> Option<Said> {
    let unit = register.unit(unit)?;
    let (name, kind) = (&unit.name, unit.kind.map(|kind| kind.label()));
    Some(match kind {
        Some(kind) => say!("UBND {kind} {name}", "the People's Committee of {name} {kind}", [kind, name]),
        None => say!("UBND {name}", "the People's Committee of {name}", [name]),
    })
}
