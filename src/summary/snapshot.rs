//! What one centre's history says in a window: small, so that histories can be dropped as soon as they have been read.

use crate::model::centre::{CentreKind, Facilities, Staff, StatusValue};
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::figures::{Activity, Finance, Promotion, Titles};
use crate::model::json;
use crate::model::literacy::Literacy;
use crate::model::period::Period;
use crate::model::rating::Rating;
use crate::model::register::Register;
use crate::model::table::Cell;
use crate::model::text::Said;
use crate::model::visit::{Addressee, Context, Documents, FollowupState, Management, VisitKind};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

pub use take::{snapshot, stated};
pub use whole::fill_totals;

mod block;
mod take;
mod whole;

/// One centre in a window. Each block is that of the latest visit in the window that has it; it lies apart, since most
/// centres lack most blocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The id of the centre.
    pub centre: String,
    /// The id of its unit; empty if there are only visits, and no readable centre.
    pub unit: String,
    /// True for a centre that the window asks for: of the campaign, or active at some time in the window.
    pub expected: bool,
    /// The day of its latest visit in the window, else the last day of the window, but not after today.
    pub day: Day,
    /// What its own file says; `None` if it cannot be read.
    pub facts: Option<Facts>,
    /// The visits in the window, by date.
    pub visits: Vec<Seen>,
    /// True if the file of a visit that may lie in the window could not be read.
    pub unread: bool,
    /// Bases of the percentages.
    pub context: Option<Box<Found<Context>>>,
    /// How the commune directs the centre.
    pub management: Option<Box<Found<Management>>>,
    /// The books and files.
    pub documents: Option<Box<Found<Documents>>>,
    /// Those who work for it, in numbers; what no visit says is taken from the centre's own file.
    pub staff: Option<Box<Found<Staff>>>,
    /// Premises and equipment; what no visit says is taken from the centre's own file.
    pub facilities: Option<Box<Found<Facilities>>>,
    /// Classes and learners.
    pub activity: Option<Box<Found<Activity>>>,
    /// Money.
    pub finance: Option<Box<Found<Finance>>>,
    /// Learning promotion.
    pub promotion: Option<Box<Found<Promotion>>>,
    /// Learning titles, with the bases filled in.
    pub title: Option<Box<Found<Titles>>>,
    /// Literacy and universal education.
    pub literacy: Option<Box<Found<Literacy>>>,
    /// What was reported for a year before, if a target asks how much a figure has grown.
    pub earlier: Box<Earlier>,
    /// The ratings, the latest for each scheme and period.
    pub ratings: Vec<Found<Rated>>,
    /// The shortcomings that were found last.
    pub shortcomings: Option<Box<Found<Vec<String>>>>,
    /// The recommendations of the visits in the window, with what became of them.
    pub advice: Vec<Advice>,
}

/// A block and the file that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The file, relative to the register.
    pub file: Arc<str>,
    /// The files of the earlier parts of a year or a half that no paper tells as a whole.
    pub parts: Vec<Arc<str>>,
    /// The block.
    pub body: T,
}

/// The blocks of figures of a year before those of a snapshot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earlier {
    /// Classes and learners.
    pub activity: Option<Activity>,
    /// Money.
    pub finance: Option<Finance>,
    /// Learning promotion.
    pub promotion: Option<Promotion>,
    /// Learning titles.
    pub title: Option<Titles>,
    /// Literacy.
    pub literacy: Option<Literacy>,
}

impl<T> Found<T> {
    /// What one file says.
    fn new(file: Arc<str>, body: T) -> Box<Found<T>> {
        Box::new(Found { file, parts: Vec::new(), body })
    }
}

/// What the file of a centre says.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The file.
    pub file: Arc<str>,
    /// The full name.
    pub name: String,
    /// On its own, or joined with a culture and sport centre.
    pub kind: Option<CentreKind>,
    /// True for a model centre.
    pub model_centre: Option<bool>,
    /// When it was founded.
    pub founded: Option<Date>,
    /// What it is today.
    pub status: StatusValue,
    /// The director on the day of the snapshot.
    pub director: Option<String>,
    /// The director today.
    pub director_now: Option<String>,
    /// Who holds which post on that day; `None` if no person is named at all.
    pub posts: Option<Posts>,
}

/// How many persons hold each post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posts {
    /// Directors.
    pub directors: i64,
    /// Deputies of the director.
    pub deputies: i64,
    /// Teachers seconded to the centre.
    pub seconded_teachers: i64,
}

/// A visit in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The id of the visit.
    pub id: String,
    /// What kind of paper it is.
    pub kind: VisitKind,
    /// Its file.
    pub file: Arc<str>,
    /// Its day.
    pub date: Option<Day>,
    /// The leader of the team.
    pub leader: Option<String>,
    /// The number of the minutes.
    pub minutes: Option<String>,
}

/// How the centre was rated.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    /// The scheme.
    pub scheme: String,
    /// Points and ranks.
    pub rating: Rating,
    /// True if it stands for its visit where there is room for one rating only.
    pub stands: bool,
}

impl Rated {
    /// The cell of a rank, as the scheme calls it.
    pub fn rank_cell(&self, register: &Register, rank: Option<&String>) -> Cell {
        rank.map_or(Cell::Missing, |rank| Cell::word(rank.clone(), register.rank(&self.scheme, rank)))
    }
}

/// A recommendation and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// As later visits name it: `2015-11-03-yen-thanh#r2`.
    pub id: String,
    /// The file that holds it.
    pub file: Arc<str>,
    /// The day of the visit.
    pub date: Option<Day>,
    /// Whom it is for, and as people say it.
    pub to: Option<(Addressee, Said)>,
    /// What must change.
    pub text: String,
    /// Until when.
    pub due: Option<Day>,
    /// What the latest of the later visits says about it.
    pub state: Option<FollowupState>,
    /// The remark made then.
    pub note: Option<String>,
    /// The day of that later visit.
    pub followed: Option<Day>,
    /// The file of that later visit.
    pub followed_in: Option<Arc<str>>,
}

/// What a summary may be about: the blocks of a visit on one subject.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    origins: fn(&Snapshot) -> Vec<Origin>,
    forget: fn(&mut Snapshot),
}

/// Where a block was taken from, and what its figures are about.
struct Origin<'a> {
    file: &'a Arc<str>,
    period: Option<Period>,
}

/// How the centre is directed and equipped: any of `[staff]`, `[management]`, `[documents]`, `[facilities]`.
pub const ORGANISATION: Topic = Topic {
    origins: |s| {
        let files = [file(&s.staff), file(&s.management), file(&s.documents), file(&s.facilities)];
        files.into_iter().flatten().map(|file| Origin { file, period: None }).collect()
    },
    forget: |s| (s.staff, s.management, s.documents, s.facilities) = (None, None, None, None),
};

/// `[context]`
pub const CONTEXT: Topic = Topic { origins: |s| origins(&s.context, |_| None), forget: |s| s.context = None };

/// `[activity]`
pub const ACTIVITY: Topic =
    Topic { origins: |s| origins(&s.activity, |activity| activity.period), forget: |s| s.activity = None };

/// `[finance]`
pub const FINANCE: Topic =
    Topic { origins: |s| origins(&s.finance, |finance| finance.period), forget: |s| s.finance = None };

/// `[promotion]`
pub const PROMOTION: Topic = Topic {
    origins: |s| origins(&s.promotion, |promotion| promotion.period),
    forget: |s| s.promotion = None,
};

/// `[title]`
pub const TITLE: Topic =
    Topic { origins: |s| origins(&s.title, |titles| titles.period), forget: |s| s.title = None };

/// `[literacy]`
pub const LITERACY: Topic =
    Topic { origins: |s| origins(&s.literacy, |literacy| literacy.period), forget: |s| s.literacy = None };

fn file<T>(found: &Option<Box<Found<T>>>) -> Option<&Arc<str>> {
    found.as_ref().map(|found| &found.file)
}

fn origins<T>(found: &Option<Box<Found<T>>>, period: fn(&T) -> Option<Period>) -> Vec<Origin<'_>> {
    let files =
        found.iter().flat_map(|found| found.parts.iter().chain([&found.file]).map(move |file| (file, found)));
    files.map(|(file, found)| Origin { file, period: period(&found.body) }).collect()
}

/// A block without the figures that it says are approximate.
fn exact<T: Clone + Serialize + DeserializeOwned>(
    found: &Option<Box<Found<T>>>,
    approximate: fn(&T) -> &[String],
) -> Option<Box<Found<T>>> {
    let found = found.as_ref()?;
    let body = json::without(&found.body, approximate(&found.body));
    Some(Box::new(Found { body, file: found.file.clone(), parts: found.parts.clone() }))
}

impl Snapshot {
    /// The figures of activity.
    pub fn activity(&self) -> Option<&Activity> {
        self.activity.as_ref().map(|found| &found.body)
    }

    /// The figures of money.
    pub fn finance(&self) -> Option<&Finance> {
        self.finance.as_ref().map(|found| &found.body)
    }

    /// The figures of learning promotion.
    pub fn promotion(&self) -> Option<&Promotion> {
        self.promotion.as_ref().map(|found| &found.body)
    }

    /// The figures of literacy.
    pub fn literacy(&self) -> Option<&Literacy> {
        self.literacy.as_ref().map(|found| &found.body)
    }

    /// How it was rated last, where there is room for one rating only.
    pub fn rated(&self) -> Option<&Rated> {
        self.ratings.iter().map(|found| &found.body).find(|rated| rated.stands)
    }

    /// The commune, in figures.
    pub fn context(&self) -> Option<&Context> {
        self.context.as_ref().map(|found| &found.body)
    }

    /// The inhabitants of the commune.
    pub fn population(&self) -> Option<i64> {
        self.context()?.population
    }

    /// The name of the centre, or its id if it has none.
    pub fn name(&self) -> &str {
        self.facts.as_ref().map_or(&self.centre, |facts| &facts.name)
    }

    /// The files that a topic was taken from; none if it was not reported.
    pub fn files(&self, topic: Topic) -> impl Iterator<Item = &Arc<str>> {
        (topic.origins)(self).into_iter().map(|origin| origin.file)
    }

    /// What the figures of a topic are about.
    pub fn period(&self, topic: Topic) -> Option<Period> {
        (topic.origins)(self).first()?.period
    }

    /// What the figures of a block are about, by its key.
    pub fn period_of(&self, block: &str) -> Option<Period> {
        match block {
            "activity" => self.period(ACTIVITY),
            "finance" => self.period(FINANCE),
            "promotion" => self.period(PROMOTION),
            "title" => self.period(TITLE),
            "literacy" => self.period(LITERACY),
            _ => None,
        }
    }

    /// True for figures about a period that are put together from those of its parts.
    pub fn of_parts(&self, topic: Topic) -> bool {
        self.period(topic).is_some() && self.files(topic).count() > 1
    }

    /// True if a topic was reported.
    pub fn reports(&self, topic: Topic) -> bool {
        self.files(topic).next().is_some()
    }

    /// The same centre without the figures that are only approximate; none if it has no such figures.
    pub fn exact(&self) -> Option<Snapshot> {
        let lists = [
            self.activity().map(|block| &block.approximate),
            self.finance().map(|block| &block.approximate),
            self.promotion().map(|block| &block.approximate),
            self.title.as_ref().map(|found| &found.body.approximate),
            self.literacy().map(|block| &block.approximate),
        ];
        let any = lists.into_iter().flatten().any(|list| !list.is_empty());
        any.then(|| Snapshot {
            activity: exact(&self.activity, |block| &block.approximate),
            finance: exact(&self.finance, |block| &block.approximate),
            promotion: exact(&self.promotion, |block| &block.approximate),
            title: exact(&self.title, |block| &block.approximate),
            literacy: exact(&self.literacy, |block| &block.approximate),
            ..self.clone()
        })
    }

    /// Forgets the blocks of all sections but these, so that it is small.
    pub fn keep(&mut self, sections: &[&str]) {
        fn only<T>(block: &mut Option<Box<Found<T>>>, needed: bool) {
            *block = block.take().filter(|_| needed);
        }
        let needed = |section| sections.contains(&section);
        only(&mut self.context, needed("context"));
        only(&mut self.management, needed("management"));
        only(&mut self.documents, needed("documents"));
        only(&mut self.staff, needed("staff"));
        only(&mut self.facilities, needed("facilities"));
        only(&mut self.activity, needed("activity"));
        only(&mut self.finance, needed("finance"));
        only(&mut self.promotion, needed("promotion"));
        only(&mut self.title, needed("title"));
        only(&mut self.literacy, needed("literacy"));
        only(&mut self.shortcomings, needed("findings"));
        self.ratings.retain(|_| needed("rating"));
        self.advice.retain(|_| needed("recommendation"));
    }

    /// The same centre as if it had not reported a topic.
    pub fn without(&self, topic: Topic) -> Snapshot {
        let mut rest = self.clone();
        (topic.forget)(&mut rest);
        rest
    }
}
