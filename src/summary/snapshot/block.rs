//! The blocks of figures of visits, found by the period that they are about.

use super::Found;
use super::whole::whole;
use crate::model::field::Field;
use crate::model::figures::{self, Activity, Finance, Promotion, TitleKind, Titles};
use crate::model::history::Record;
use crate::model::literacy::{self, Literacy};
use crate::model::period::Period;
use crate::model::visit::{Context, Visit};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A block of figures of a visit.
pub struct Block<T> {
    /// The rows of its keys.
    rows: &'static [Field],
    /// What it is about.
    period: fn(&Visit) -> Option<Period>,
    /// The block itself.
    take: fn(&Visit) -> Option<T>,
}

/// `[activity]`
pub const ACTIVITY: Block<Activity> = Block {
    rows: figures::ACTIVITY,
    period: |visit| visit.activity.as_ref()?.period,
    take: |visit| visit.activity.clone(),
};

/// `[finance]`
pub const FINANCE: Block<Finance> = Block {
    rows: figures::FINANCE,
    period: |visit| visit.finance.as_ref()?.period,
    take: |visit| visit.finance.clone(),
};

/// `[promotion]`
pub const PROMOTION: Block<Promotion> = Block {
    rows: figures::PROMOTION,
    period: |visit| visit.promotion.as_ref()?.period,
    take: |visit| visit.promotion.clone(),
};

/// `[title]`, with the bases that the visit tells elsewhere.
pub const TITLE: Block<Titles> = Block {
    rows: figures::TITLES,
    period: |visit| visit.title.as_ref()?.period,
    take: |visit| {
        let mut titles = visit.title.clone()?;
        fill_bases(&mut titles, &visit.context);
        Some(titles)
    },
};

/// `[literacy]`
pub const LITERACY: Block<Literacy> = Block {
    rows: literacy::LITERACY,
    period: |visit| visit.literacy.as_ref()?.period,
    take: |visit| visit.literacy.clone(),
};

impl<T: Serialize + DeserializeOwned> Block<T> {
    /// The figures about the period that is asked for; if none is, the latest, and where these are about a part of a year,
    /// those about the longest time up to the year of which everything is told.
    pub fn figures(&self, visits: &[&Record<Visit>], asked: Option<Period>) -> Option<Box<Found<T>>> {
        if let Some(asked) = asked {
            return self.about(visits, asked);
        }
        let newest = visits.iter().rev().find_map(|visit| (self.period)(&visit.body));
        let wider = newest.and_then(Period::whole);
        let widest = wider.and_then(Period::whole);
        let wholes = widest.into_iter().chain(wider);
        wholes.into_iter().find_map(|asked| self.about(visits, asked)).or_else(|| latest(visits, self.take))
    }

    /// The figures about a period: those of the latest paper about it, else those of its parts put together.
    pub fn about(&self, visits: &[&Record<Visit>], asked: Period) -> Option<Box<Found<T>>> {
        let told =
            latest(visits, |visit| ((self.period)(visit) == Some(asked)).then(|| (self.take)(visit))?);
        told.or_else(|| {
            let [earlier, later] = asked.parts()?.map(|part| self.about(visits, part));
            let (earlier, later) = earlier.zip(later)?;
            let body = whole(self.rows, asked, &earlier.body, &later.body)?;
            let parts = earlier.parts.into_iter().chain([earlier.file]).chain(later.parts).collect();
            Some(Box::new(Found { file: later.file, parts, body }))
        })
    }
}

/// What the latest of the visits that have it says.
pub fn latest<T>(visits: &[&Record<Visit>], block: impl Fn(&Visit) -> Option<T>) -> Option<Box<Found<T>>> {
    visits.iter().rev().find_map(|visit| Some(Found::new(visit.file.clone(), block(&visit.body)?)))
}

/// Fills in the numbers of households, lineages … as bases of the titles that give none.
pub fn fill_bases(titles: &mut Titles, context: &Context) {
    for standard in [&mut titles.learning, &mut titles.studious] {
        for kind in TitleKind::ALL {
            if let Some(title) = standard.get_mut(*kind) {
                title.base = title.base.or_else(|| context.base(*kind));
            }
        }
    }
}
