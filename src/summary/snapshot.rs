//! What one centre's history says in a window: small, so that histories can be dropped as soon as they are read.

use crate::model::centre::{Centre, CentreKind, Facilities, Post, Staff, StatusValue};
use crate::model::day::Day;
use crate::model::figures::{Activity, Finance, Promotion, Titles};
use crate::model::history::{History, Record, VisitId};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::visit::{
    Addressee, Context, Documents, FollowupState, Management, Rating, TeamRole, Visit,
};
use std::sync::Arc;

/// One centre in a window. Each block is that of the latest visit in the window that has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The id of the centre.
    pub centre: String,
    /// The id of its unit; empty where there are only visits, and no readable centre.
    pub unit: String,
    /// True for a centre that the window asks for: of the campaign, or active at some time in the window.
    pub expected: bool,
    /// The day of its latest visit in the window, else the last day of the window, but not after today.
    pub day: Day,
    /// What its own file says; none where that cannot be read.
    pub facts: Option<Facts>,
    /// The visits in the window, by date.
    pub visits: Vec<Seen>,
    /// Bases of the percentages.
    pub context: Option<Found<Context>>,
    /// How the commune directs the centre.
    pub management: Option<Found<Management>>,
    /// The books and files.
    pub documents: Option<Found<Documents>>,
    /// Premises and equipment; what no visit says is taken from the centre's own file.
    pub facilities: Option<Found<Facilities>>,
    /// Classes and learners.
    pub activity: Option<Found<Activity>>,
    /// Money.
    pub finance: Option<Found<Finance>>,
    /// Learning promotion.
    pub promotion: Option<Found<Promotion>>,
    /// Learning titles, with the bases filled in.
    pub title: Option<Found<Titles>>,
    /// Points, rank and shortcomings.
    pub rating: Option<Found<Rated>>,
    /// The recommendations of the visits in the window, with what became of them.
    pub advice: Vec<Advice>,
}

/// A block and the file that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// The file, relative to the register.
    pub file: Arc<str>,
    /// The block.
    pub body: T,
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
    pub founded: Option<Day>,
    /// What it is today.
    pub status: StatusValue,
    /// The director on the day of the snapshot.
    pub director: Option<String>,
    /// Directors, deputies and seconded teachers on that day; none where no person is named at all.
    pub posts: Option<[i64; 3]>,
    /// Helpers.
    pub staff: Staff,
}

/// A visit in the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The id of the visit.
    pub id: String,
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
    /// The scheme: that of the visit, else of the campaign, else of the register.
    pub scheme: Option<String>,
    /// Points and ranks.
    pub rating: Rating,
    /// What was not good.
    pub shortcomings: Vec<String>,
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
    /// Whom it is for.
    pub to: Option<Addressee>,
    /// What must change.
    pub text: String,
    /// Until when.
    pub due: Option<Day>,
    /// The latest that a later visit says of it.
    pub state: Option<FollowupState>,
    /// The remark made then.
    pub note: Option<String>,
    /// The day of that later visit.
    pub followed: Option<Day>,
    /// The file of that later visit.
    pub followed_in: Option<Arc<str>>,
}

/// A block of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// How the centre is directed and equipped: any of `[management]`, `[documents]`, `[facilities]`.
    Organisation,
    /// `[activity]`
    Activity,
    /// `[finance]`
    Finance,
    /// `[promotion]`
    Promotion,
    /// `[title]`
    Title,
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

    /// The inhabitants of the commune.
    pub fn population(&self) -> Option<i64> {
        self.context.as_ref()?.body.population
    }

    /// The name of the centre, or its id where it has none.
    pub fn name(&self) -> &str {
        self.facts.as_ref().map_or(&self.centre, |facts| &facts.name)
    }

    /// The files that a block was taken from; none where it was not reported.
    pub fn files(&self, block: Block) -> Vec<&Arc<str>> {
        fn file<T>(found: &Option<Found<T>>) -> Option<&Arc<str>> {
            found.as_ref().map(|found| &found.file)
        }
        let files = match block {
            Block::Organisation => {
                vec![file(&self.management), file(&self.documents), file(&self.facilities)]
            }
            Block::Activity => vec![file(&self.activity)],
            Block::Finance => vec![file(&self.finance)],
            Block::Promotion => vec![file(&self.promotion)],
            Block::Title => vec![file(&self.title)],
        };
        files.into_iter().flatten().collect()
    }

    /// What the figures of a block are about.
    pub fn period(&self, block: Block) -> Option<Period> {
        match block {
            Block::Organisation => None,
            Block::Activity => self.activity.as_ref()?.body.period,
            Block::Finance => self.finance.as_ref()?.body.period,
            Block::Promotion => self.promotion.as_ref()?.body.period,
            Block::Title => self.title.as_ref()?.body.period,
        }
    }

    /// The same centre as if it had not reported a block.
    pub fn without(&self, block: Block) -> Snapshot {
        let mut rest = self.clone();
        match block {
            Block::Organisation => {
                (rest.management, rest.documents, rest.facilities) = (None, None, None);
            }
            Block::Activity => rest.activity = None,
            Block::Finance => rest.finance = None,
            Block::Promotion => rest.promotion = None,
            Block::Title => rest.title = None,
        }
        rest
    }
}

/// Reads off one history what a window asks for. The history should hold all visits: those after the window tell what
/// became of recommendations.
pub fn snapshot(register: &Register, window: &Window, today: Day, history: &History) -> Snapshot {
    let visits: Vec<&Record<Visit>> =
        history.visits.iter().filter(|visit| in_window(register, window, visit)).collect();
    let centre = history.centre.as_ref();
    let last_day = span(register, window).map_or(today, |(_, last)| last.min(today));
    let day = visits.last().and_then(|visit| date(visit)).unwrap_or(last_day);
    let about = |period: Option<Period>| window.period.is_none_or(|asked| period == Some(asked));
    let context = latest(&visits, |visit| reported(&visit.context));
    let mut snapshot = Snapshot {
        centre: history.id.clone(),
        unit: centre.map_or_else(String::new, |centre| centre.body.unit.clone()),
        expected: centre.is_some_and(|centre| expected(register, window, today, centre)),
        day,
        facts: centre.map(|centre| facts(centre, day, today)),
        visits: visits.iter().map(|visit| seen(visit)).collect(),
        management: latest(&visits, |visit| reported(&visit.management)),
        documents: latest(&visits, |visit| reported(&visit.documents)),
        facilities: latest(&visits, |visit| reported(&visit.facilities)),
        activity: latest(&visits, |visit| visit.activity.clone().filter(|block| about(block.period))),
        finance: latest(&visits, |visit| visit.finance.clone().filter(|block| about(block.period))),
        promotion: latest(&visits, |visit| visit.promotion.clone().filter(|block| about(block.period))),
        title: latest(&visits, |visit| {
            let mut titles = visit.title.clone().filter(|block| about(block.period))?;
            fill_bases(&mut titles, &visit.context);
            Some(titles)
        }),
        rating: latest(&visits, |visit| rated(register, visit)),
        advice: visits.iter().flat_map(|visit| advice(today, history, visit)).collect(),
        context,
    };
    if let (Some(title), Some(context)) = (&mut snapshot.title, &snapshot.context) {
        fill_bases(&mut title.body, &context.body);
    }
    if let Some(centre) = centre {
        snapshot.facilities = with_own(snapshot.facilities.take(), centre);
    }
    snapshot
}

/// The day of a visit; its file's name knows it where the record does not.
fn date(visit: &Record<Visit>) -> Option<Day> {
    visit.body.date.or_else(|| VisitId::parse(&visit.id).map(|id| id.date))
}

/// True for a visit that a window asks for.
fn in_window(register: &Register, window: &Window, visit: &Record<Visit>) -> bool {
    let on = date(visit);
    let in_time = |(from, to): (Day, Day)| on.is_some_and(|day| from <= day && day <= to);
    let body = &visit.body;
    let periods = [
        body.activity.as_ref().and_then(|block| block.period),
        body.finance.as_ref().and_then(|block| block.period),
        body.promotion.as_ref().and_then(|block| block.period),
        body.title.as_ref().and_then(|block| block.period),
    ];
    window.days(register).is_none_or(in_time)
        && window.campaign.as_ref().is_none_or(|campaign| body.campaign.as_ref() == Some(campaign))
        && window.period.is_none_or(|period| periods.contains(&Some(period)))
}

/// The first and last day that a window is about; none: ever.
fn span(register: &Register, window: &Window) -> Option<(Day, Day)> {
    let campaign = window.campaign.as_deref().and_then(|id| register.campaigns.get(id));
    let days = campaign.and_then(|campaign| campaign.body.starts.zip(campaign.body.ends));
    let period = || window.period.map(|period| period.days(register.year_start()));
    days.or_else(|| window.days(register)).or_else(period)
}

/// True for a centre that a window asks for.
fn expected(register: &Register, window: &Window, today: Day, centre: &Record<Centre>) -> bool {
    let campaign = window.campaign.as_deref().and_then(|id| register.campaigns.get(id));
    if let Some(campaign) = campaign.filter(|campaign| !campaign.body.centres.is_empty()) {
        return campaign.body.centres.contains(&centre.id);
    }
    let (first, last) = span(register, window).unwrap_or((today, today));
    let founded = centre.body.founded.as_ref().and_then(|founded| founded.date);
    let resumed = centre.body.status.iter().any(|status| {
        status.value == Some(StatusValue::Active)
            && status.from.is_some_and(|from| first <= from && from <= last)
    });
    founded.is_none_or(|date| date <= last)
        && (resumed || centre.body.status_on(first) == StatusValue::Active)
}

/// What the latest of some visits that has it says.
fn latest<T>(visits: &[&Record<Visit>], block: impl Fn(&Visit) -> Option<T>) -> Option<Found<T>> {
    visits
        .iter()
        .rev()
        .find_map(|visit| block(&visit.body).map(|body| Found { file: visit.file.as_str().into(), body }))
}

/// A block, unless nothing stands in it.
fn reported<T: Clone + Default + PartialEq>(block: &T) -> Option<T> {
    (*block != T::default()).then(|| block.clone())
}

fn facts(centre: &Record<Centre>, day: Day, today: Day) -> Facts {
    let body = &centre.body;
    let holding = |post| body.person.iter().filter(|person| person.held(post, day)).count() as i64;
    let posts = [Post::Director, Post::DeputyDirector, Post::SecondedTeacher].map(holding);
    Facts {
        file: centre.file.as_str().into(),
        name: body.name.clone(),
        kind: body.kind,
        model_centre: body.model_centre,
        founded: body.founded.as_ref().and_then(|founded| founded.date),
        status: body.status_on(today),
        director: body.director_on(day).map(|person| person.name.clone()),
        posts: (!body.person.is_empty()).then_some(posts),
        staff: body.staff.clone(),
    }
}

fn seen(visit: &Record<Visit>) -> Seen {
    let leader = visit.body.team.iter().find(|member| member.role == Some(TeamRole::Lead));
    Seen {
        id: visit.id.clone(),
        file: visit.file.as_str().into(),
        date: date(visit),
        leader: leader.map(|member| member.name.clone()),
        minutes: visit.body.minutes.as_ref().and_then(|minutes| minutes.number.clone()),
    }
}

fn rated(register: &Register, visit: &Visit) -> Option<Rated> {
    let rating = visit.rating.clone()?;
    let own = rating.scheme.clone();
    let scheme = own.or_else(|| register.scheme_of(visit).map(|scheme| scheme.id.clone()));
    Some(Rated { scheme, rating, shortcomings: visit.findings.shortcomings.clone() })
}

/// Puts the numbers of households, lineages … where a title does not say of how many it is.
fn fill_bases(titles: &mut Titles, context: &Context) {
    for standard in [&mut titles.learning, &mut titles.studious] {
        let kinds = [
            ("family", &mut standard.family),
            ("lineage", &mut standard.lineage),
            ("community", &mut standard.community),
            ("workplace", &mut standard.workplace),
            ("citizen", &mut standard.citizen),
        ];
        for (kind, title) in kinds {
            if let Some(title) = title {
                title.base = title.base.or_else(|| context.base(kind));
            }
        }
    }
}

/// The premises that visits found; what they do not say, as the centre's own file has it.
fn with_own(found: Option<Found<Facilities>>, centre: &Record<Centre>) -> Option<Found<Facilities>> {
    let own = &centre.body.facilities;
    let Some(Found { file, body }) = found else {
        return reported(own).map(|body| Found { file: centre.file.as_str().into(), body });
    };
    let body = Facilities {
        own_office: body.own_office.or(own.own_office),
        seal: body.seal.or(own.seal),
        bank_account: body.bank_account.or(own.bank_account),
        internet: body.internet.or(own.internet),
        library: body.library.or(own.library),
        audio_visual: body.audio_visual.or(own.audio_visual),
        linked_culture_house: body.linked_culture_house.or(own.linked_culture_house),
        computers: body.computers.or(own.computers),
        books: body.books.or(own.books),
        rooms: body.rooms.or(own.rooms),
        area_m2: body.area_m2.or(own.area_m2),
    };
    Some(Found { file, body })
}

/// The recommendations of a visit, each with the last that a later visit, up to today, says of it.
fn advice(today: Day, history: &History, visit: &Record<Visit>) -> Vec<Advice> {
    let rows = visit.body.recommendation.iter().map(|(id, recommendation)| {
        let id = format!("{}#{id}", visit.id);
        let until_today = history.visits.iter().filter(|later| date(later).is_some_and(|day| day <= today));
        let follow = until_today.rev().find_map(|later| {
            later.body.followup.iter().rev().find(|row| row.of == id).map(|row| (later, row))
        });
        Advice {
            id,
            file: visit.file.as_str().into(),
            date: date(visit),
            to: recommendation.to,
            text: recommendation.text.clone(),
            due: recommendation.due,
            state: follow.and_then(|(_, row)| row.state),
            note: follow.and_then(|(_, row)| row.note.clone()),
            followed: follow.and_then(|(later, _)| date(later)),
            followed_in: follow.map(|(later, _)| later.file.as_str().into()),
        }
    });
    rows.collect()
}
