//! How a register stands today, in a few figures: what the first screen shows.

use super::error::Error;
use super::faults::{Findings, of_register};
use crate::model::day::Day;
use crate::model::fault::Severity;
use crate::model::period::Period;
use crate::model::register::Window;
use crate::store::Store;
use crate::summary::{followup, progress, snapshot};

/// How a register stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overview {
    /// The office that keeps it.
    pub office: String,
    /// The latest school year in which anything was visited or is planned.
    pub year: Option<Period>,
    /// How many of the centres that are to be visited in it have been.
    pub visited: usize,
    /// How many are to be.
    pub expected: usize,
    /// How many recommendations of any year are not done yet.
    pub open: usize,
    /// How many of these are overdue.
    pub overdue: usize,
    /// How many faults the figures cannot be used with.
    pub errors: usize,
    /// How many that are to be looked at.
    pub warnings: usize,
}

/// How a register stands on a day. It reads what a check reads.
pub fn overview(store: &Store, today: Day) -> Result<Overview, Error> {
    let office = store.register.settings.body.office.clone();
    let planned = store.register.campaigns.values().filter_map(|campaign| campaign.body.school_year);
    let year = planned.chain(store.years()?).max();
    let mut seen = Overview { office, year, ..Overview::default() };
    let (whole, of_year) = (Window::default(), Window { year: seen.year, ..Window::default() });
    store.histories(
        &store.scan(std::slice::from_ref(&whole))?,
        |history| {
            let shot = |window| snapshot(&store.register, window, today, history);
            let (advice, centre) = (shot(&whole).advice, shot(&of_year));
            let count = |is: &dyn Fn(&&_) -> bool| advice.iter().filter(is).count();
            Overview {
                visited: usize::from(centre.expected && progress::is_seen(&centre)),
                expected: usize::from(centre.expected),
                open: count(&|advice| followup::is_open(advice)),
                overdue: count(&|advice| followup::is_overdue(advice, today)),
                ..Overview::default()
            }
        },
        |one| {
            seen.visited += one.visited;
            seen.expected += one.expected;
            seen.open += one.open;
            seen.overdue += one.overdue;
        },
    );
    let Findings { faults, .. } = of_register(store, today)?;
    let count = |severity| faults.iter().filter(|fault| fault.severity == severity).count();
    (seen.errors, seen.warnings) = (count(Severity::Error), count(Severity::Warning));
    Ok(seen)
}
