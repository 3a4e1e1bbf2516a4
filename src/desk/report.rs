//! Reports: official documents, made of what the records say and of nothing else. Each is a row of [`REPORTS`] and a
//! file here.

use super::error::Error;
use crate::model::day::Day;
use crate::model::document::Document;
use crate::model::fact::Fact;
use crate::model::fault::Fault;
use crate::model::period::Period;
use crate::model::text::{Text, use_one_of};
use crate::say;
use crate::store::Store;

mod advice;
mod annexes;
mod assessment;
mod campaign;
mod centre;
mod gathered;
mod half_year;
mod letterhead;
mod minutes;
mod news;
pub mod ours;
mod outline;
mod people;
mod pictures;
mod reading;
mod results;
mod tells;
mod themes;
mod versus;
mod visited;
pub mod wording;

/// A report: what is known about it, and the function that makes it.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// The stable name.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: Text,
    /// What it is about.
    pub of: Of,
    /// What it tells by name, with nothing in it ([`fact::named`](crate::model::fact::named) of its rows).
    pub facts: fn() -> Vec<Fact>,
    /// Makes it.
    pub make: fn(&Asked) -> Result<Made, Error>,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A visit, by its id.
    Visit,
    /// A campaign, by its id.
    Campaign,
    /// Half a year.
    Half,
    /// A centre, by its id, and a year.
    Centre,
}

/// Every report.
pub const REPORTS: &[Report] =
    &[minutes::REPORT, campaign::REPORT, half_year::REPORT, centre::REPORT, news::REPORT];

/// The report with this name.
pub fn named(name: &str) -> Result<&'static Report, Error> {
    REPORTS.iter().find(|report| report.name == name).ok_or_else(|| {
        Error::wrong_use(
            say!("không có văn bản “{name}”", "there is no report “{name}”", [name]),
            use_one_of(REPORTS.iter().map(|report| report.name)),
        )
    })
}

/// What every report may ask.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The register.
    pub store: &'a Store,
    /// The day that counts as today: that of the document.
    pub today: Day,
    /// What it is about, as it was typed.
    pub of: &'a str,
    /// The school year or year that it is about, where that is not told by what it is about.
    pub year: Option<Period>,
}

/// A report that was made.
#[derive(Debug)]
pub struct Made {
    /// The report.
    pub document: Document,
    /// What it says, by name, for the templates of an office.
    pub facts: Vec<Fact>,
    /// What is wrong with the files that were read for it.
    pub faults: Vec<Fault>,
}
