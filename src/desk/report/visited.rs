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
use crate::model::text::{Said, use_one_of};
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
    /// The visit that is meant: by its id, or by its centre if that has one only.
    pub fn find(store: &Store, typed: &str) -> Result<Visited, Error> {
        let (kind, visit) = match VisitId::parse(typed) {
            Some(id) => (RecordKind::Visit, Some(id)),
            None => (RecordKind::Centre, None),
        };
        let found = find::record(store, typed, Some(kind.word()))?.id;
        let centre = visit.map_or(found.as_str(), |id| id.centre);
        let mut history = History::default();
        let scan = store.scan_centres(&[centre].into())?;
        let faults = store.histories(&scan, History::clone, |read| history = read);
        let id = if kind == RecordKind::Visit { found } else { only_visit(&history)? };
        let at = history.visits.iter().position(|visit| visit.id == id).ok_or_else(|| {
            Error::faults(
                say!("không đọc được “{id}”", "“{id}” cannot be read", [id]),
                say!("xem lỗi: ttht check", "see the errors: ttht check"),
            )
        })?;
        let pictures = pictures(store, &history.visits[at].body);
        Ok(Visited { register: Arc::clone(&store.register), history, pictures, faults, at })
    }

    /// What the papers of a centre say of a year, put together as one visit: those with figures about it, else those made
    /// in it. Of several that say the same, the later counts. Without a year, the latest in which there was a visit.
    pub fn year(
        store: &Store,
        centre: &str,
        year: Option<Period>,
        today: Day,
    ) -> Result<(Visited, Period), Error> {
        let mut history = History::default();
        let scan = store.scan_centres(&[centre].into())?;
        let faults = store.histories(&scan, History::clone, |read| history = read);
        let register = Arc::clone(&store.register);
        let starts = register.year_start();
        let latest = history.visits.last().and_then(|visit| visit.body.date).unwrap_or(today);
        let year = year.unwrap_or_else(|| starts.school_year(latest));
        let about = |visit: &Visit| visit.periods().any(|(_, period)| year.holds(period));
        let made = |visit: &Visit| visit.date.is_some_and(|day| year.days(starts).contains(&day));
        let visits = || history.visits.iter().map(|visit| &visit.body).enumerate();
        let mut papers: Vec<usize> = visits().filter(|(_, visit)| about(visit)).map(|(at, _)| at).collect();
        if papers.is_empty() {
            papers = visits().filter(|(_, visit)| made(visit)).map(|(at, _)| at).collect();
        }
        let Some((&at, earlier)) = papers.split_last() else {
            let year = year.said();
            return Err(Error::nothing(
                say!(
                    "không có lần kiểm tra hay báo cáo nào của “{centre}” về {year}",
                    "“{centre}” has no visit or report about {year}",
                    [centre, year]
                ),
                say!(
                    "chọn năm khác bằng --year; xem: ttht list visits",
                    "choose another --year; see: ttht list visits"
                ),
            ));
        };
        let mut whole = history.visits[at].body.clone();
        earlier.iter().rev().for_each(|at| add(&mut whole, &history.visits[*at].body));
        let window = Window { period: Some(year), ..Window::default() };
        let figures = snapshot(&register, &window, today, &history);
        whole.activity = figures.activity.map(|found| found.body).or(whole.activity);
        whole.finance = figures.finance.map(|found| found.body).or(whole.finance);
        whole.promotion = figures.promotion.map(|found| found.body).or(whole.promotion);
        whole.title = figures.title.map(|found| found.body).or(whole.title);
        whole.literacy = figures.literacy.map(|found| found.body).or(whole.literacy);
        history.visits[at].body = whole;
        let pictures = papers.iter().flat_map(|at| pictures(store, &history.visits[*at].body)).collect();
        Ok((Visited { register, history, pictures, faults, at }, year))
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

/// The one visit of a centre; where there are several, they are named.
fn only_visit(history: &History) -> Result<String, Error> {
    let visits = history.visits.iter().filter(|visit| visit.body.kind() != VisitKind::Report);
    let ids: Vec<&str> = visits.map(|visit| visit.id.as_str()).collect();
    let centre = &history.id;
    match ids[..] {
        [id] => Ok(id.to_owned()),
        [] => Err(Error::nothing(
            say!("“{centre}” chưa có lần kiểm tra nào", "“{centre}” has no visit", [centre]),
            say!("xem: ttht list visits", "see: ttht list visits"),
        )),
        _ => Err(Error::wrong_use(
            say!("“{centre}” có nhiều lần kiểm tra", "“{centre}” has several visits", [centre]),
            use_one_of(ids.into_iter()),
        )),
    }
}

/// Adds to a visit what an earlier one says, and it does not.
fn add(visit: &mut Visit, earlier: &Visit) {
    fn fill<T: Clone + Default + PartialEq>(part: &mut T, earlier: &T) {
        if *part == T::default() {
            part.clone_from(earlier);
        }
    }
    fill(&mut visit.context, &earlier.context);
    fill(&mut visit.management, &earlier.management);
    fill(&mut visit.documents, &earlier.documents);
    fill(&mut visit.facilities, &earlier.facilities);
    fill(&mut visit.staff, &earlier.staff);
    fill(&mut visit.activity, &earlier.activity);
    fill(&mut visit.finance, &earlier.finance);
    fill(&mut visit.promotion, &earlier.promotion);
    fill(&mut visit.title, &earlier.title);
    fill(&mut visit.literacy, &earlier.literacy);
    fill(&mut visit.rating, &earlier.rating);
    let (now, before) = (&mut visit.findings, &earlier.findings);
    fill(&mut now.opinion_of_centre, &before.opinion_of_centre);
    now.strengths.splice(..0, before.strengths.clone());
    now.shortcomings.splice(..0, before.shortcomings.clone());
    now.causes.splice(..0, before.causes.clone());
    visit.followup.splice(..0, earlier.followup.clone());
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
