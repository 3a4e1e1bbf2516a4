//! Takes the snapshot of a history: what a window asks for.

use super::block::{ACTIVITY, Block, FINANCE, LITERACY, PROMOTION, TITLE, fill_bases, latest};
use super::{Advice, Earlier, Facts, Found, Posts, Rated, Seen, Snapshot};
use crate::model::centre::{Centre, Facilities, Post, Staff, StatusValue};
use crate::model::day::Day;
use crate::model::history::{History, Record};
use crate::model::id::VisitId;
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::statement::Statement;
use crate::model::visit::{TeamRole, Visit};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::ops::RangeInclusive;

/// Takes the snapshot of a history in a window. The history should hold all visits: those after the window tell what
/// became of recommendations.
pub fn snapshot(register: &Register, window: &Window, today: Day, history: &History) -> Snapshot {
    let visits: Vec<&Record<Visit>> =
        history.visits.iter().filter(|visit| in_window(register, window, visit)).collect();
    let centre = history.centre.as_ref();
    let last_day = span(register, window).map_or(today, |days| today.min(*days.end()));
    let day = visits.last().and_then(|visit| date(visit)).unwrap_or(last_day);
    let context = latest(&visits, |visit| reported(&visit.context));
    let mut snapshot = Snapshot {
        centre: history.id.clone(),
        // If the centre cannot be read, its own id is used: it is usually that of its unit.
        unit: centre.map_or_else(|| history.id.clone(), |centre| centre.body.unit.clone()),
        expected: expected(register, window, today, history),
        day,
        facts: centre.map(|centre| facts(centre, day, today)),
        visits: visits.iter().map(|visit| seen(visit)).collect(),
        unread: history.unread.iter().any(|id| may_lie_in(register, window, id)),
        management: latest(&visits, |visit| reported(&visit.management)),
        documents: latest(&visits, |visit| reported(&visit.documents)),
        staff: latest(&visits, |visit| reported(&visit.staff)),
        facilities: latest(&visits, |visit| reported(&visit.facilities)),
        activity: ACTIVITY.figures(&visits, window.period),
        finance: FINANCE.figures(&visits, window.period),
        promotion: PROMOTION.figures(&visits, window.period),
        title: TITLE.figures(&visits, window.period),
        literacy: LITERACY.figures(&visits, window.period),
        earlier: Box::default(),
        ratings: ratings(register, window, &visits),
        shortcomings: latest(&visits, |visit| {
            let found = &visit.findings.shortcomings;
            (!found.is_empty()).then(|| found.clone())
        }),
        advice: visits.iter().flat_map(|visit| advice(today, history, visit)).collect(),
        context,
    };
    if let (Some(title), Some(context)) = (&mut snapshot.title, &snapshot.context) {
        fill_bases(&mut title.body, &context.body);
    }
    if register.asks_for_growth() {
        *snapshot.earlier = earlier(history, &snapshot);
    }
    if let Some(centre) = centre {
        snapshot.facilities =
            with_own(snapshot.facilities.take(), centre, |centre| &centre.facilities, facilities);
        snapshot.staff = with_own(snapshot.staff.take(), centre, |centre| &centre.staff, staff);
    }
    snapshot
}

/// The snapshot of a statement: its figures as if one centre had reported them.
pub fn stated(statement: &Record<Statement>) -> Snapshot {
    let figures = statement.body.as_visit();
    let found = |visit: Visit| History { visits: vec![statement.with(visit)], ..History::default() };
    let day = Day::nearest(1, 1, 1);
    snapshot(&Register::default(), &Window::default(), day, &found(figures))
}

/// The blocks of a year before those of a snapshot.
fn earlier(history: &History, snapshot: &Snapshot) -> Earlier {
    fn before<T: Serialize + DeserializeOwned>(
        history: &History,
        now: Option<Period>,
        block: &Block<T>,
    ) -> Option<T> {
        let visits: Vec<&Record<Visit>> = history.visits.iter().collect();
        block.about(&visits, now?.year_before()?).map(|found| found.body)
    }
    let now = |block| snapshot.period_of(block);
    Earlier {
        activity: before(history, now("activity"), &ACTIVITY),
        finance: before(history, now("finance"), &FINANCE),
        promotion: before(history, now("promotion"), &PROMOTION),
        title: before(history, now("title"), &TITLE),
        literacy: before(history, now("literacy"), &LITERACY),
    }
}

/// The day of a visit: that of the record, else that of the file name.
fn date(visit: &Record<Visit>) -> Option<Day> {
    visit.body.date.or_else(|| VisitId::parse(&visit.id).map(|id| id.date))
}

/// True for a visit that a window asks for.
fn in_window(register: &Register, window: &Window, visit: &Record<Visit>) -> bool {
    let on = date(visit);
    let in_time = |days: RangeInclusive<Day>| on.is_some_and(|day| days.contains(&day));
    let body = &visit.body;
    window.days(register).is_none_or(in_time)
        && window.campaign.as_ref().is_none_or(|campaign| body.campaign.as_ref() == Some(campaign))
        && window.period.is_none_or(|asked| body.periods().any(|(_, period)| asked.holds(period)))
}

/// The first and last day that a window is about; none for all time.
fn span(register: &Register, window: &Window) -> Option<RangeInclusive<Day>> {
    let days = window.campaign(register).and_then(|campaign| Some(campaign.starts?..=campaign.ends?));
    let period = || window.period.map(|period| period.days(register.year_start()));
    days.or_else(|| window.days(register)).or_else(period)
}

/// True for a visit that could not be read, but whose day lies in the window.
fn may_lie_in(register: &Register, window: &Window, id: &str) -> bool {
    let Some(VisitId { date, .. }) = VisitId::parse(id) else { return true };
    let days = if window.campaign.is_some() { span(register, window) } else { window.days(register) };
    days.is_none_or(|days| days.contains(&date))
}

/// True for a centre that a window asks for.
fn expected(register: &Register, window: &Window, today: Day, history: &History) -> bool {
    if let Some(campaign) = window.campaign(register).filter(|campaign| !campaign.centres.is_empty()) {
        return campaign.centres.contains(&history.id);
    }
    let Some(centre) = &history.centre else { return false };
    let days = span(register, window).unwrap_or(today..=today);
    if window.campaign.is_none() && passed_over(register, &days, &history.id) {
        return false;
    }
    let resumed = centre.body.status.iter().any(|status| {
        status.value == Some(StatusValue::Active) && status.from.is_some_and(|from| days.contains(&from))
    });
    centre.body.founded().is_none_or(|date| date.first() <= *days.end())
        && (resumed || centre.body.status_on(*days.start()) == StatusValue::Active)
}

/// True if campaigns fall in the window, but none of them includes the centre.
fn passed_over(register: &Register, days: &RangeInclusive<Day>, id: &String) -> bool {
    let within = |day: Option<Day>| day.is_some_and(|day| days.contains(&day));
    let mut campaigns = register.campaigns.values().map(|c| &c.body).filter(|c| within(c.starts)).peekable();
    campaigns.peek().is_some() && campaigns.all(|c| !c.centres.is_empty() && !c.centres.contains(id))
}

/// A block, unless it is empty.
fn reported<T: Clone + Default + PartialEq>(block: &T) -> Option<T> {
    (*block != T::default()).then(|| block.clone())
}

fn facts(centre: &Record<Centre>, day: Day, today: Day) -> Facts {
    let body = &centre.body;
    let holding = |post| body.person.iter().filter(|person| person.held(post, day)).count() as i64;
    let director = |day| body.director_on(day).map(|person| person.name.clone());
    let posts = || Posts {
        directors: holding(Post::Director),
        deputies: holding(Post::DeputyDirector),
        seconded_teachers: holding(Post::SecondedTeacher),
    };
    Facts {
        file: centre.file.clone(),
        name: body.name.clone(),
        kind: body.kind,
        model_centre: body.model_centre,
        founded: body.founded(),
        status: body.status_on(today),
        director: director(day),
        director_now: director(today),
        posts: (!body.person.is_empty()).then(posts),
    }
}

fn seen(visit: &Record<Visit>) -> Seen {
    let leader = visit.body.team.iter().find(|member| member.role == Some(TeamRole::Lead));
    Seen {
        id: visit.id.clone(),
        file: visit.file.clone(),
        kind: visit.body.kind(),
        date: date(visit),
        leader: leader.map(|member| member.name.clone()),
        minutes: visit.body.minutes.as_ref().and_then(|minutes| minutes.number.clone()),
    }
}

/// The ratings of the visits, the latest for each scheme and period; one that does not say what it is about is always
/// wanted.
fn ratings(register: &Register, window: &Window, visits: &[&Record<Visit>]) -> Vec<Found<Rated>> {
    let mut found: Vec<Found<Rated>> = Vec::new();
    let wanted =
        |period: Option<Period>| window.period.is_none() || period.is_none() || period == window.period;
    for visit in visits.iter().rev() {
        let stands = register.rating_of(&visit.body).map(|(scheme, _)| scheme);
        for (scheme, rating) in &visit.body.rating {
            let is_same = |other: &Found<Rated>| {
                other.body.scheme == *scheme && other.body.rating.period == rating.period
            };
            if wanted(rating.period) && !found.iter().any(is_same) {
                let (scheme, stands) = (scheme.clone(), stands == Some(scheme));
                let body = Rated { scheme, rating: rating.clone(), stands };
                found.push(*Found::new(visit.file.clone(), body));
            }
        }
    }
    found
}

/// What visits found; what they do not say, as the centre's own file has it.
fn with_own<T: Clone + Default + PartialEq>(
    found: Option<Box<Found<T>>>,
    centre: &Record<Centre>,
    own: fn(&Centre) -> &T,
    fill: fn(T, &T) -> T,
) -> Option<Box<Found<T>>> {
    let own = own(&centre.body);
    match found {
        Some(found) => Some(Found::new(found.file, fill(found.body, own))),
        None => reported(own).map(|body| Found::new(centre.file.clone(), body)),
    }
}

fn facilities(body: Facilities, own: &Facilities) -> Facilities {
    Facilities {
        own_office: body.own_office.or(own.own_office),
        shared_premises: body.shared_premises.or(own.shared_premises),
        seal: body.seal.or(own.seal),
        bank_account: body.bank_account.or(own.bank_account),
        internet: body.internet.or(own.internet),
        wifi: body.wifi.or(own.wifi),
        library: body.library.or(own.library),
        audio_visual: body.audio_visual.or(own.audio_visual),
        linked_culture_house: body.linked_culture_house.or(own.linked_culture_house),
        computers: body.computers.or(own.computers),
        books: body.books.or(own.books),
        rooms: body.rooms.or(own.rooms),
        area_m2: body.area_m2.or(own.area_m2),
    }
}

fn staff(body: Staff, own: &Staff) -> Staff {
    Staff {
        managers: body.managers.or(own.managers),
        managers_trained: body.managers_trained.or(own.managers_trained),
        lecturers: body.lecturers.or(own.lecturers),
        lecturers_trained: body.lecturers_trained.or(own.lecturers_trained),
        teachers: body.teachers.or(own.teachers),
        teachers_trained: body.teachers_trained.or(own.teachers_trained),
        collaborators: body.collaborators.or(own.collaborators),
    }
}

/// The recommendations of a visit, each with what the latest visit after it, up to today, says about it.
fn advice(today: Day, history: &History, visit: &Record<Visit>) -> Vec<Advice> {
    let rows = visit.body.recommendation.iter().map(|(word, recommendation)| {
        let until_today = history.visits.iter().filter(|later| date(later).is_some_and(|day| day <= today));
        let follow = until_today.rev().find_map(|later| {
            later.body.followup.iter().rev().find(|row| visit.made(word, &row.of)).map(|row| (later, row))
        });
        Advice {
            id: format!("{}#{word}", visit.id),
            file: visit.file.clone(),
            date: date(visit),
            to: recommendation.to.zip(recommendation.addressee()),
            text: recommendation.text.clone(),
            due: recommendation.due,
            state: follow.and_then(|(_, row)| row.state),
            note: follow.and_then(|(_, row)| row.note.clone()),
            followed: follow.and_then(|(later, _)| date(later)),
            followed_in: follow.map(|(later, _)| later.file.clone()),
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::campaign::Campaign;
    use crate::model::centre::{Founded, Status};
    use crate::model::date::Date;
    use crate::summary::specimen::{Specimen, day, line};

    #[test]
    fn a_campaign_asks_for_its_centres_and_a_year_for_those_active_in_it() {
        let mut specimen = Specimen::new(&["bac-son"]);
        let status =
            |value, from: &str| Status { value: Some(value), from: Some(day(from)), ..Status::default() };
        let founded = |date: &str| Some(Founded { date: Date::parse(date), ..Founded::default() });
        specimen.centre("resumed", "bac-son").status =
            vec![status(StatusValue::Suspended, "2016-01-01"), status(StatusValue::Active, "2017-01-01")];
        specimen.centre("closed", "bac-son").status = vec![status(StatusValue::Merged, "2016-01-01")];
        specimen.centre("later", "bac-son").founded = founded("2018-01-01");
        specimen.centre("new", "bac-son").founded = founded("2017-01-01");
        let expected = |specimen: &Specimen| -> Vec<String> {
            let snapshots = specimen.snapshots(&specimen.window).into_iter();
            snapshots.filter(|snapshot| snapshot.expected).map(|snapshot| snapshot.centre).collect()
        };
        assert_eq!(expected(&specimen), ["bac-son", "resumed", "new"]);
        let body = Campaign { centres: vec!["later".into()], ..Campaign::default() };
        specimen
            .register
            .campaigns
            .insert("plan".into(), Record { id: "plan".into(), body, ..Record::default() });
        specimen.window.campaign = Some("plan".into());
        assert_eq!(expected(&specimen), ["later"]);
    }

    #[test]
    fn each_block_is_that_of_the_latest_visit_that_has_it() {
        let mut specimen = Specimen::new(&["bac-son"]);
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.context.population = Some(8_521);
        visit.activity = line("2015-2016", Some(10), Some(400), None);
        specimen.visit("2016-11-10-bac-son").activity = line("2015-2016", Some(12), None, None);
        specimen.visit("2017-10-10-bac-son").context.population = Some(9_000);
        let snapshot = specimen.snapshots(&specimen.window).remove(0);
        assert_eq!(snapshot.visits.len(), 2, "the third is outside the window");
        assert_eq!(snapshot.population(), Some(8_521));
        let activity = snapshot.activity.unwrap();
        assert_eq!(activity.body.field.get("law").unwrap().attendances, None, "blocks are never mixed");
        assert_eq!(&*activity.file, "visits/2016-11-10-bac-son.toml");
    }

    #[test]
    fn visits_to_a_centre_that_cannot_be_read_are_not_left_out() {
        let mut specimen = Specimen::new(&["bac-son"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        specimen.histories[0].centre = None;
        let table = specimen.table("activity");
        assert_eq!(
            crate::summary::specimen::cell(&table, 1, "attendances"),
            crate::model::table::Cell::Count(400)
        );
    }
}
