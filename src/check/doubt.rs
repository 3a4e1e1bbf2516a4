//! What is in doubt about a visit: days and figures that some rule reports, so that the others conclude nothing from
//! them. Every rule may ask here; nothing here asks a rule.

use super::Cx;
use crate::model::campaign::Campaign;
use crate::model::centre::{Centre, StatusValue};
use crate::model::date::Date;
use crate::model::day::Day;
use crate::model::figures::{Activity, Learning, Title, TitleKind};
use crate::model::history::{History, Record};
use crate::model::text::{Text, t};
use crate::model::visit::{Context, Visit};
use std::ops::RangeInclusive;

/// A part that is more than its whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Excess {
    /// The two figures, if both are reported and the part is the greater.
    pub fn of(part: Option<i64>, whole: Option<i64>) -> Option<Excess> {
        let (part, whole) = part.zip(whole).filter(|(part, whole)| part > whole)?;
        Some(Excess { part, whole })
    }
}

// The date.

/// True if a rule finds fault with the date of a visit; then nothing is compared with it.
pub fn date(cx: &Cx, history: &History, visit: &Record<Visit>) -> bool {
    let gone = |centre: &Record<Centre>| gone(cx, &centre.body, &visit.body).is_some();
    misdated(cx, visit) || history.centre.as_ref().is_some_and(gone)
}

/// True if a visit is in the future, lies outside its campaign, or has another date in the name of its file.
pub fn misdated(cx: &Cx, visit: &Record<Visit>) -> bool {
    let named = visit.id.get(..10).and_then(Day::parse);
    let (Some(date), Some(named)) = (visit.body.date, named) else { return false };
    date > cx.today || date != named || missed_window(cx, &visit.body).is_some()
}

/// The window of the campaign of a visit, if the date lies outside it without a reason.
pub fn missed_window(cx: &Cx, visit: &Visit) -> Option<RangeInclusive<Day>> {
    let date = visit.date.filter(|_| visit.outside_window_reason.is_none())?;
    let campaign = &cx.register.campaigns.get(visit.campaign.as_deref()?)?.body;
    if campaign.is_missed_by(visit.kind(), date) { window(cx, campaign) } else { None }
}

/// The first and the last day of a campaign, if they can be trusted: no visit is blamed for a wrong window.
pub fn window(cx: &Cx, campaign: &Campaign) -> Option<RangeInclusive<Day>> {
    let (starts, ends) = (campaign.starts?, campaign.ends?);
    (starts <= ends && stray(cx, campaign).is_none()).then_some(starts..=ends)
}

/// The ends of a window that lie far from its school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// The first day.
    Start,
    /// The last day.
    End,
    /// Both.
    Both,
}

/// Which end of the window of a campaign lies far from the school year. Two months are left on both sides for a
/// campaign that runs over the edge; a wrong year is always further off.
pub fn stray(cx: &Cx, campaign: &Campaign) -> Option<Stray> {
    let year = campaign.school_year?.days(cx.register.year_start());
    let near = year.start().plus_months(-2)..=year.end().plus_months(2);
    let far = |day: Option<Day>| day.is_some_and(|day| !near.contains(&day));
    match (far(campaign.starts), far(campaign.ends)) {
        (true, true) => Some(Stray::Both),
        (true, false) => Some(Stray::Start),
        (false, true) => Some(Stray::End),
        (false, false) => None,
    }
}

/// Why a centre could not be visited on the day of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// It was founded later.
    Before(Date),
    /// It had been merged or dissolved.
    Since(StatusValue),
}

/// Why the centre was not there on the day of a visit, if it was not.
pub fn gone(cx: &Cx, centre: &Centre, visit: &Visit) -> Option<Gone> {
    let date = visit.date?;
    let later = |founded: &Date| date < founded.first() && founded.first() <= cx.today;
    if let Some(founded) = centre.founded().filter(later) {
        return Some(Gone::Before(founded));
    }
    let status = centre.status_on(date);
    matches!(status, StatusValue::Merged | StatusValue::Dissolved).then_some(Gone::Since(status))
}

// Activity.

/// What the centre did in a field of activity, or in all of them.
#[derive(Debug)]
pub struct Line<'a> {
    /// The field; none: the total.
    pub field: Option<&'a str>,
    /// Classes and learners.
    pub figures: &'a Learning,
}

impl Line<'_> {
    /// The key path of one of its figures.
    pub fn key(&self, figure: &str) -> String {
        match self.field {
            Some(word) => format!("activity.field.{word}.{figure}"),
            None => format!("activity.total.{figure}"),
        }
    }
}

/// The lines of the activity of a visit, the total last.
pub fn lines(visit: &Visit) -> impl Iterator<Item = Line<'_>> {
    visit.activity.iter().flat_map(lines_of)
}

/// The lines of an activity, the total last.
pub fn lines_of(activity: &Activity) -> impl Iterator<Item = Line<'_>> {
    let fields = activity.field.iter().map(|(word, figures)| Line { field: Some(word), figures });
    fields.chain([Line { field: None, figures: &activity.total }])
}

/// Some of those who attended, counted apart.
#[derive(Debug)]
pub struct Subgroup {
    /// Its key.
    pub key: &'static str,
    /// What people see.
    pub label: Text,
    figure: fn(&Learning) -> Option<i64>,
}

static SUBGROUPS: [Subgroup; 4] = [
    subgroup("women", t("nữ", "women"), |f| f.women),
    subgroup("ethnic_minority", t("dân tộc thiểu số", "ethnic minorities"), |f| f.ethnic_minority),
    subgroup("disabled", t("người khuyết tật", "people with disabilities"), |f| f.disabled),
    subgroup("aged_60", t("người từ 60 tuổi trở lên", "people aged 60 and over"), |f| f.aged_60),
];

const fn subgroup(key: &'static str, label: Text, figure: fn(&Learning) -> Option<i64>) -> Subgroup {
    Subgroup { key, label, figure }
}

/// The subgroups of a field that are more than its attendances.
pub fn subgroups_above(field: &Learning) -> impl Iterator<Item = (&'static Subgroup, Excess)> {
    SUBGROUPS.iter().filter_map(|group| Some((group, Excess::of((group.figure)(field), field.attendances)?)))
}

/// The people of a field, if they are more than its attendances.
pub fn people_above(field: &Learning) -> Option<Excess> {
    Excess::of(field.people, field.attendances)
}

/// True if several figures are above the attendances, so that the attendances are what is wrong.
pub fn attendances_too_small(field: &Learning) -> bool {
    let lost = field.attendances == Some(0) && field.classes.is_some_and(|classes| classes > 0);
    let above = subgroups_above(field).count();
    above > 0 && (lost || above + usize::from(people_above(field).is_some()) > 1)
}

/// True if people attended no class.
pub fn attends_nothing(field: &Learning) -> bool {
    field.classes == Some(0) && field.attendances.is_some_and(|attendances| attendances > 0)
}

/// True if a field of activity has an error, so that nothing else is concluded from it.
pub fn field_broken(field: &Learning) -> bool {
    subgroups_above(field).next().is_some() || people_above(field).is_some() || attends_nothing(field)
}

/// A figure of a field that can hardly be right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unlikely {
    /// So many attendances in so many classes.
    Attendances(i64, i64),
    /// So many hours in so many classes.
    Hours(f64, i64),
}

/// The unlikely figure of a field, if it has one and no error.
pub fn unlikely(field: &Learning) -> Option<Unlikely> {
    let classes = field.classes.filter(|classes| *classes > 0 && !field_broken(field))?;
    let attendances = field.attendances.filter(|n| *n > 0 && !(classes * 5..=classes * 300).contains(n));
    let hours = || field.hours.filter(|hours| *hours > classes as f64 * 200.0);
    let attendances = attendances.map(|attendances| Unlikely::Attendances(attendances, classes));
    attendances.or_else(|| hours().map(|hours| Unlikely::Hours(hours, classes)))
}

// Members and population.

/// The members, if they are more than the inhabitants.
pub fn members_above(visit: &Visit) -> Option<Excess> {
    Excess::of(visit.promotion.as_ref()?.members, visit.context.population)
}

/// The women among the members, if they are more than all of them.
pub fn women_above(visit: &Visit) -> Option<Excess> {
    let promotion = visit.promotion.as_ref()?;
    Excess::of(promotion.women, promotion.members)
}

/// The new members, if they are more than all of them.
pub fn new_above(visit: &Visit) -> Option<Excess> {
    let promotion = visit.promotion.as_ref()?;
    Excess::of(promotion.new_members, promotion.members)
}

/// True if there is an error in the number of members, or of inhabitants beside it.
pub fn members_broken(visit: &Visit) -> bool {
    [members_above, women_above, new_above].iter().any(|above| above(visit).is_some())
}

/// Members among the inhabitants.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Members of the association.
    pub members: i64,
    /// Inhabitants, at least one.
    pub population: i64,
    /// The share in percent.
    pub percent: f64,
}

/// The share of members, if it can hardly be right.
pub fn unlikely_share(visit: &Visit) -> Option<Share> {
    let members = visit.promotion.as_ref()?.members?;
    let population = visit.context.population.filter(|population| *population > 0)?;
    let percent = members as f64 * 100.0 / population as f64;
    (!(3.0..=60.0).contains(&percent)).then_some(Share { members, population, percent })
}

// Titles.

/// A title of a visit, with its place and what it is a part of.
#[derive(Clone, Copy, Debug)]
pub struct TitleRow<'a> {
    standard: &'static str,
    /// Who holds it.
    pub kind: TitleKind,
    /// What the visit reports.
    pub title: &'a Title,
    /// All of that kind in the commune.
    pub base: Option<i64>,
}

/// The titles of a visit.
pub fn titles(visit: &Visit) -> impl Iterator<Item = TitleRow<'_>> {
    let standards = visit
        .title
        .iter()
        .flat_map(|titles| [("learning", &titles.learning), ("studious", &titles.studious)]);
    standards.flat_map(move |(standard, kinds)| {
        kinds.each().map(move |(kind, title)| {
            let base = title.base.or_else(|| visit.context.base(kind));
            TitleRow { standard, kind, title, base }
        })
    })
}

impl TitleRow<'_> {
    /// The key path of one of its figures.
    pub fn key(&self, figure: &str) -> String {
        format!("title.{}.{}.{figure}", self.standard, self.kind.word())
    }

    /// Where the base is: in the row, or in `[context]`.
    pub fn base_key(&self) -> String {
        match (self.title.base, Context::base_key(self.kind)) {
            (None, Some(key)) => key.to_owned(),
            _ => self.key("base"),
        }
    }

    /// The recognised, if they are more than the registered.
    pub fn recognised_above_registered(&self) -> Option<Excess> {
        Excess::of(self.title.recognised, self.title.registered)
    }

    /// The recognised, if they are more than there are.
    pub fn recognised_above_base(&self) -> Option<Excess> {
        Excess::of(self.title.recognised, self.base)
    }

    /// The registered, if they are more than there are.
    pub fn registered_above_base(&self) -> Option<Excess> {
        Excess::of(self.title.registered, self.base)
    }
}

/// True if more hold or seek a title than `[context]` has of their kind.
pub fn base_broken(visit: &Visit, kind: TitleKind) -> bool {
    let of_context = |row: &TitleRow| row.kind == kind && row.title.base.is_none();
    let above = |row: &TitleRow| row.registered_above_base().or(row.recognised_above_base()).is_some();
    titles(visit).any(|row| of_context(&row) && above(&row))
}

// Households, and what is counted beside them.

/// True if the number of households has an error: more families with a title, or more poor ones.
fn households_broken(visit: &Visit) -> bool {
    let Context { poor_households, households, .. } = visit.context;
    base_broken(visit, TitleKind::Family) || Excess::of(poor_households, households).is_some()
}

/// What can hardly be right beside the number of households.
#[derive(Clone, Debug, PartialEq)]
pub struct Misfit {
    /// The key path of the other figure.
    pub key: String,
    /// What people see.
    pub name: Text,
    /// The other figure.
    pub count: i64,
    /// The households.
    pub households: i64,
}

/// The most inhabitants to a household: there are three to five, and a slipped digit makes thirty.
const CROWD: i64 = 20;

/// The population, if it does not fit the households: fewer than they are, or far too many for them.
pub fn crowd(context: &Context) -> Option<Misfit> {
    let (count, households) = context.population.zip(context.households)?;
    let likely = households..=households.saturating_mul(CROWD);
    let misfit = || Misfit { key: POPULATION.key.to_owned(), name: POPULATION.name, count, households };
    (households > 0 && count > 0 && !likely.contains(&count)).then(misfit)
}

/// True if a group of households is counted higher than the households.
fn outnumbers(visit: &Visit, groups: Option<i64>) -> bool {
    Excess::of(groups, visit.context.households).is_some()
}

/// Villages, lineages and workplaces, counted in `[context]` or as the base of a title, if they are more than the
/// households.
pub fn more_than_households(visit: &Visit) -> impl Iterator<Item = Misfit> + '_ {
    let households = visit.context.households.unwrap_or(0);
    let above = move |count: &i64| households > 0 && *count > households;
    let of_context = [&GROUPS, &LINEAGES, &WORKPLACES].into_iter().filter_map(move |slow| {
        let count = (slow.figure)(visit).filter(above)?;
        Some(Misfit { key: slow.key.to_owned(), name: slow.name, count, households })
    });
    let kinds = [TitleKind::Lineage, TitleKind::Community, TitleKind::Workplace];
    let of_titles = titles(visit).filter(move |row| kinds.contains(&row.kind)).filter_map(move |row| {
        let count = row.title.base.filter(above)?;
        Some(Misfit { key: row.key("base"), name: row.kind.label(), count, households })
    });
    of_context.chain(of_titles)
}

// Figures beside those of the visit before.

/// A figure that changes slowly.
#[derive(Debug)]
pub struct Slow {
    /// Its key path.
    pub key: &'static str,
    /// What people see.
    pub name: Text,
    figure: fn(&Visit) -> Option<i64>,
    /// True if a rule for one visit has named the figure already, or one that it is measured by.
    doubtful: fn(&Visit) -> bool,
    /// True if another rule names it now.
    pub named: fn(&Cx, &History, &Record<Visit>) -> bool,
    /// True if a change is too great to be believed.
    leapt: fn(i64, i64) -> bool,
}

/// Every such figure.
pub const SLOW: [&Slow; 6] = [&POPULATION, &HOUSEHOLDS, &GROUPS, &LINEAGES, &WORKPLACES, &MEMBERS];

/// The inhabitants.
pub const POPULATION: Slow = Slow {
    key: "context.population",
    name: t("dân số", "population"),
    figure: |visit| visit.context.population,
    doubtful: |visit| {
        members_broken(visit) || unlikely_share(visit).is_some() || crowd(&visit.context).is_some()
    },
    named: |_, _, visit| members_broken(&visit.body),
    leapt,
};

/// The households.
pub const HOUSEHOLDS: Slow = Slow {
    key: "context.households",
    name: t("số hộ", "households"),
    figure: |visit| visit.context.households,
    doubtful: |visit| households_broken(visit) || crowd(&visit.context).is_some(),
    named: |_, _, visit| households_broken(&visit.body),
    leapt,
};

const GROUPS: Slow = Slow {
    key: "context.residential_groups",
    name: t("số thôn, tổ dân phố", "residential groups"),
    figure: |visit| visit.context.residential_groups,
    doubtful: |visit| {
        base_broken(visit, TitleKind::Community) || outnumbers(visit, visit.context.residential_groups)
    },
    named: |_, _, visit| base_broken(&visit.body, TitleKind::Community),
    leapt: leapt_by_a_digit,
};

const LINEAGES: Slow = Slow {
    key: "context.lineages",
    name: t("số dòng họ", "lineages"),
    figure: |visit| visit.context.lineages,
    doubtful: |visit| base_broken(visit, TitleKind::Lineage) || outnumbers(visit, visit.context.lineages),
    named: |_, _, visit| base_broken(&visit.body, TitleKind::Lineage),
    leapt: leapt_by_a_digit,
};

const WORKPLACES: Slow = Slow {
    key: "context.workplaces",
    name: t("số cơ quan, đơn vị", "workplaces"),
    figure: |visit| visit.context.workplaces,
    doubtful: |visit| base_broken(visit, TitleKind::Workplace) || outnumbers(visit, visit.context.workplaces),
    named: |_, _, visit| base_broken(&visit.body, TitleKind::Workplace),
    leapt: leapt_by_a_digit,
};

/// The members of the association. Not reported if their share is: that rule goes first, unless the population leapt.
pub const MEMBERS: Slow = Slow {
    key: "promotion.members",
    name: t("hội viên", "members"),
    figure: |visit| visit.promotion.as_ref()?.members,
    doubtful: POPULATION.doubtful,
    named: |cx, history, visit| {
        let share = unlikely_share(&visit.body).is_some() && !population_leapt(cx, history, visit);
        share || members_broken(&visit.body)
    },
    leapt,
};

/// A figure at two visits, too different to be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leap {
    /// At the earlier visit.
    pub before: i64,
    /// At the later one.
    pub now: i64,
}

/// A slow figure leaps if it changes by more than half: the largest merger or new quarter in the sources changes a ward
/// by a quarter.
fn leapt(before: i64, now: i64) -> bool {
    before >= 20 && (now - before).abs().saturating_mul(2) > before
}

/// Activity differs from year to year, centres hold 9 classes one year and 30 the next; villages are merged by halves;
/// what counts as a lineage is seen differently. A factor of five is more than all that, and less than the ten of a
/// slipped digit.
pub fn leapt_by_a_digit(before: i64, now: i64) -> bool {
    let (low, high) = (before.min(now), before.max(now));
    low > 0 && high >= 20 && high > low.saturating_mul(5)
}

/// The leap of a figure since the last visit that has it without doubt. A unit that took in others may leap.
pub fn leap(cx: &Cx, history: &History, visit: &Record<Visit>, slow: &Slow) -> Option<Leap> {
    let now = (slow.figure)(&visit.body)?;
    // Doubt takes longer to find, and usually nothing leapt at all.
    let mut earlier = history.before(visit).filter_map(|other| (slow.figure)(&other.body));
    if !earlier.any(|before| (slow.leapt)(before, now)) {
        return None;
    }
    let sound = history.before(visit).filter(|other| !(slow.doubtful)(&other.body));
    let before = sound.filter_map(|other| (slow.figure)(&other.body)).next()?;
    ((slow.leapt)(before, now) && !unit_changed(cx, history, visit)).then_some(Leap { before, now })
}

/// True if the unit of the centre was merged or split since the visit before.
pub fn unit_changed(cx: &Cx, history: &History, visit: &Record<Visit>) -> bool {
    let since = history.before(visit).find_map(|other| other.body.date);
    let (Some(centre), Some(since), Some(now)) = (&history.centre, since, visit.body.date) else {
        return false;
    };
    let unit = &centre.body.unit;
    cx.register.units.body.succession.iter().any(|succession| {
        succession.date.is_some_and(|date| since < date && date <= now)
            && (succession.from.contains(unit) || succession.to.contains(unit))
    })
}

/// True if the figure at a key path changes slowly, and has leapt or is named by another rule.
pub fn slow_is_named(cx: &Cx, history: &History, visit: &Record<Visit>, key: &str) -> bool {
    let named = |slow: &&Slow| leap(cx, history, visit, slow).is_some() || (slow.named)(cx, history, visit);
    SLOW.into_iter().filter(|slow| slow.key == key).any(|slow| named(&slow))
}

/// True if the population is far from that of the visit before, and so is most likely what is wrong.
pub fn population_leapt(cx: &Cx, history: &History, visit: &Record<Visit>) -> bool {
    leap(cx, history, visit, &POPULATION).is_some()
}

/// True if a figure is far from that of the visits on both sides, as far as there are any.
pub fn is_off(history: &History, visit: &Record<Visit>, slow: &Slow) -> bool {
    let Some(now) = (slow.figure)(&visit.body) else { return false };
    let before = history.before(visit).find_map(|other| (slow.figure)(&other.body));
    let after = history.visits.iter().skip_while(|other| other.id != visit.id).skip(1);
    let after = after.filter_map(|other| (slow.figure)(&other.body)).next();
    let mut sides = [before, after].into_iter().flatten().peekable();
    sides.peek().is_some() && sides.all(|other| (slow.leapt)(other, now))
}

// Money.

/// True for an amount so small that it was probably written in thousands or millions of đồng.
pub fn tiny(amount: i64) -> bool {
    (1..1_000).contains(&amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::period::Period;
    use crate::model::register::Register;

    #[test]
    fn only_a_window_that_can_be_trusted_blames_visits() {
        let register = Register::default();
        let cx = Cx { register: &register, today: Day::new(2018, 1, 15).unwrap() };
        let trusted = |starts, ends| {
            let campaign = Campaign {
                school_year: Some(Period::SchoolYear(2016)),
                starts: Day::parse(starts),
                ends: Day::parse(ends),
                ..Campaign::default()
            };
            window(&cx, &campaign).is_some()
        };
        assert!(trusted("2016-10-25", "2016-11-15"));
        assert!(trusted("2016-08-20", "2016-09-10"), "over the edge of the school year");
        assert!(!trusted("2016-10-25", "2016-10-15"), "reversed");
        assert!(!trusted("2015-10-25", "2016-11-15"), "the year of the start is wrong");
        assert!(!trusted("2015-10-25", "2015-11-15"), "the year is wrong");
    }

    #[test]
    fn one_part_too_large_is_the_part_and_several_are_the_total() {
        let field = Learning { attendances: Some(340), women: Some(350), ..Learning::default() };
        assert!(field_broken(&field) && !attendances_too_small(&field));
        let field = Learning { people: Some(345), ..field };
        assert!(attendances_too_small(&field));
        let field = Learning { attendances: Some(640), ..field };
        assert!(!field_broken(&field));
    }

    #[test]
    fn only_what_no_centre_reports_is_unlikely() {
        let field = |classes, attendances| Learning {
            classes: Some(classes),
            attendances: Some(attendances),
            ..Learning::default()
        };
        for (classes, attendances) in [(12, 640), (68, 6_850), (9, 300), (1, 300), (1, 5), (3, 0), (0, 0)] {
            assert_eq!(unlikely(&field(classes, attendances)), None, "{classes} {attendances}");
        }
        assert_eq!(unlikely(&field(12, 6_400)), Some(Unlikely::Attendances(6_400, 12)));
        let broken = Learning { women: Some(9_000), ..field(12, 6_400) };
        assert_eq!(unlikely(&broken), None, "an error goes first");
        let long = Learning { hours: Some(2_500.0), ..field(12, 640) };
        assert_eq!(unlikely(&long), Some(Unlikely::Hours(2_500.0, 12)));
    }

    #[test]
    fn slow_figures_leap_beyond_a_half() {
        assert!(!leapt(8_033, 9_886), "a merger of Trưng Vương and Điền Công");
        assert!(leapt(8_521, 85_210) && leapt(8_521, 852) && leapt(2_310, 1_100));
        assert!(!leapt(2_310, 3_465), "half is not more than half");
        assert!(!leapt(7, 12), "small numbers say nothing");
    }

    #[test]
    fn activity_leaps_beyond_a_factor_of_five() {
        assert!(!leapt_by_a_digit(9, 30) && !leapt_by_a_digit(300, 1_500) && !leapt_by_a_digit(0, 640));
        assert!(leapt_by_a_digit(640, 6_400) && leapt_by_a_digit(640, 64) && leapt_by_a_digit(12, 120));
    }
}
