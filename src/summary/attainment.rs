//! How far centres are from a target: its figures found by their key paths, and added up over centres.

use super::snapshot::{Snapshot, fill_totals};
use crate::model::RecordKind;
use crate::model::field::{Kind, Over};
use crate::model::history::Record;
use crate::model::json::{Json, json};
use crate::model::path::steps;
use crate::model::period::Period;
use crate::model::register::Register;
use crate::model::scheme::Scheme;
use crate::model::target::{Asks, Target};

/// A target of a set of the register.
#[derive(Clone, Copy, Debug)]
pub struct Goal<'a> {
    /// The set.
    pub set: &'a Record<Scheme>,
    /// The target.
    pub target: &'a Target,
    /// What it asks for.
    pub asks: Asks,
    /// True if it is about what adds up over a year, so that figures of a part of the year say nothing.
    yearly: bool,
}

/// Every target that the register has chosen, whether or not it is in force.
pub fn goals<'r>(register: &'r Register) -> Vec<Goal<'r>> {
    let goals =
        register.target_sets().flat_map(|set| set.body.target.iter().map(move |target| (set, target)));
    let goal = |(set, target): (&'r Record<Scheme>, &'r Target)| {
        let asks = target.asks()?;
        Some(Goal { set, target, asks, yearly: is_yearly(target, asks) })
    };
    goals.filter_map(goal).collect()
}

/// True if a target is a part of a whole that is counted over a year, and not as of a day.
fn is_yearly(target: &Target, asks: Asks) -> bool {
    let adds_up = |path: &String| {
        let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
        let table = steps(table).map(|steps| RecordKind::Visit.root().at(&steps));
        let row = table.and_then(|table| table.row(key));
        row.is_some_and(|row| {
            row.over != Over::Last && matches!(row.kind, Kind::Count(_) | Kind::Money | Kind::Measure(_))
        })
    };
    matches!(asks, Asks::Share(_) | Asks::Each(_)) && target.figure.iter().any(adds_up)
}

impl Goal<'_> {
    /// What its figures are about in a centre, or the day of the centre if they have no period.
    fn period(&self, centre: &Snapshot) -> Period {
        centre.period_of(self.target.block()).unwrap_or(Period::Days(centre.day, centre.day))
    }

    /// How far a centre is; `None` if it is not known, or not yet for the whole year.
    pub fn reading(&self, register: &Register, centre: &Snapshot, figures: &Figures) -> Option<Reading> {
        let whole = matches!(self.period(centre), Period::Year(_) | Period::SchoolYear(_));
        (self.applies(register, centre) && (whole || !self.yearly)).then(|| figures.read(self))?
    }

    /// True if it is in force in the period of a centre's figures.
    pub fn applies(&self, register: &Register, centre: &Snapshot) -> bool {
        self.set.body.applies(self.period(centre), register.year_start())
    }
}

/// How far something is: these add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reading {
    /// What there is.
    pub part: f64,
    /// Of what, or how much there was before.
    pub whole: f64,
    /// How much there would have to be.
    pub needed: f64,
}

impl Reading {
    /// Two of them together.
    pub fn and(self, other: Reading) -> Reading {
        Reading {
            part: self.part + other.part,
            whole: self.whole + other.whole,
            needed: self.needed + other.needed,
        }
    }

    /// The figure in the terms of the target: a percentage, or so much for each.
    pub fn value(self, asks: Asks) -> f64 {
        match asks {
            Asks::Share(_) | Asks::Centres(..) => self.part * 100.0 / self.whole,
            Asks::Each(_) => self.part / self.whole,
            Asks::Growth(_) => self.part * 100.0 / self.whole - 100.0,
        }
    }

    /// How many more there would have to be; 0 if the target is reached.
    pub fn short_by(self) -> i64 {
        // A hair less, since 70% of 1,000 may be 700.0000000001.
        (self.needed - self.part - 1e-6).ceil().max(0.0) as i64
    }
}

/// The figures of one centre, now and in the period before, by their key paths.
pub struct Figures {
    now: Json,
    before: Json,
}

impl Figures {
    /// Those of a centre.
    pub fn of(centre: &Snapshot) -> Figures {
        let Snapshot { earlier, .. } = centre;
        let mut now = json!({
            "context": centre.context.as_ref().map(|found| &found.body),
            "management": centre.management.as_ref().map(|found| &found.body),
            "staff": centre.staff.as_ref().map(|found| &found.body),
            "facilities": centre.facilities.as_ref().map(|found| &found.body),
            "activity": centre.activity(),
            "finance": centre.finance(),
            "promotion": centre.promotion(),
            "title": centre.title.as_ref().map(|found| &found.body),
            "literacy": centre.literacy(),
        });
        let mut before = json!({
            "activity": earlier.activity,
            "finance": earlier.finance,
            "promotion": earlier.promotion,
            "title": earlier.title,
            "literacy": earlier.literacy,
        });
        fill_totals(&mut now["activity"], |_| true);
        fill_totals(&mut before["activity"], |_| true);
        Figures { now, before }
    }

    /// How far the centre is; `None` if that is not known.
    fn read(&self, Goal { target, asks, .. }: &Goal) -> Option<Reading> {
        let whole = || sum(&self.now, &target.of).zip(sum(&self.now, &target.less));
        let (part, whole) = match asks {
            Asks::Share(_) if target.figure.len() > 1 && target.figure.len() == target.of.len() => {
                pairs(&self.now, target)?
            }
            Asks::Share(_) | Asks::Each(_) => {
                whole().and_then(|(of, less)| Some((sum(&self.now, &target.figure)?, of - less)))?
            }
            Asks::Centres(_, least) => {
                (f64::from(u8::from(has_all(&self.now, &target.figure, *least)?)), 1.0)
            }
            Asks::Growth(_) => (sum(&self.now, &target.figure)?, sum(&self.before, &target.figure)?),
        };
        let factor = match asks {
            Asks::Share(percent) | Asks::Centres(percent, _) => percent / 100.0,
            Asks::Each(least) => *least,
            Asks::Growth(percent) => 1.0 + percent / 100.0,
        };
        (whole > 0.0).then_some(Reading { part, whole, needed: whole * factor })
    }
}

/// The number at a key path; a yes is 1, a no 0.
fn number(figures: &Json, path: &str) -> Option<f64> {
    let found = path.split('.').try_fold(figures, |table, key| table.get(key))?;
    found.as_f64().or_else(|| found.as_bool().map(|yes| f64::from(u8::from(yes))))
}

/// The sum of what stands at some key paths; `None` if one of them is not reported.
fn sum(figures: &Json, paths: &[String]) -> Option<f64> {
    paths.iter().map(|path| number(figures, path)).sum()
}

/// The sums over the figures that are reported together with what each is of.
fn pairs(figures: &Json, target: &Target) -> Option<(f64, f64)> {
    let pairs = target.figure.iter().zip(&target.of);
    let known = pairs.filter_map(|(part, of)| number(figures, part).zip(number(figures, of)));
    known.reduce(|a, b| (a.0 + b.0, a.1 + b.1))
}

/// Whether all figures are at least so much: one that is not decides, also if another is not reported.
fn has_all(figures: &Json, paths: &[String], least: f64) -> Option<bool> {
    let said: Vec<Option<bool>> =
        paths.iter().map(|path| number(figures, path).map(|figure| figure >= least)).collect();
    if said.contains(&Some(false)) { Some(false) } else { (!said.contains(&None)).then_some(true) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figures::{Promotion, Title, Titles};
    use crate::summary::specimen::{Specimen, line};

    fn keys(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    /// What a target says about a centre that was visited twice: of what there is, of what, how much is missing.
    fn read(target: Target) -> Option<(f64, f64, i64)> {
        let mut specimen = Specimen::new(&["bac-son"]);
        let body = Scheme { target: vec![target], ..Scheme::default() };
        specimen
            .register
            .schemes
            .insert("set".into(), Record { id: "set".into(), body, ..Record::default() });
        specimen.register.settings.body.targets = vec!["set".into()];
        specimen.visit("2015-10-27-bac-son").promotion =
            Some(Promotion { period: Period::parse("2015"), members: Some(1_000), ..Promotion::default() });
        specimen.visit("2015-10-27-bac-son").activity = line("2014-2015", None, Some(400), None);
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.context.population = Some(4_000);
        visit.context.households = Some(1_000);
        visit.facilities.library = Some(true);
        visit.facilities.internet = Some(false);
        visit.facilities.computers = Some(2);
        visit.activity = line("2015-2016", Some(10), Some(400), None);
        visit.promotion =
            Some(Promotion { period: Period::parse("2016"), members: Some(1_040), ..Promotion::default() });
        let mut titles = Titles { period: Period::parse("2016"), ..Titles::default() };
        titles.learning.family =
            Some(Title { registered: Some(900), recognised: Some(700), ..Title::default() });
        titles.learning.lineage = Some(Title { recognised: Some(4), ..Title::default() });
        titles.learning.community = Some(Title { recognised: Some(5), base: Some(10), ..Title::default() });
        visit.title = Some(titles);
        let snapshot = specimen.snapshots(&specimen.window).remove(0);
        let goal = goals(&specimen.register).remove(0);
        let reading = goal.reading(&specimen.register, &snapshot, &Figures::of(&snapshot))?;
        Some((reading.part, reading.value(goal.asks), reading.short_by()))
    }

    fn figure(paths: &[&str]) -> Target {
        Target { figure: keys(paths), ..Target::default() }
    }

    #[test]
    fn a_share_is_of_all_or_of_the_registered() {
        let family = |of: &str, percent| {
            let of = keys(&[&format!("title.learning.family.{of}")]);
            read(Target { of, percent: Some(percent), ..figure(&["title.learning.family.recognised"]) })
        };
        assert_eq!(family("base", 70.0), Some((700.0, 70.0, 0)), "the base comes from the context");
        assert_eq!(family("base", 70.05), Some((700.0, 70.0, 1)));
        assert_eq!(family("registered", 80.0), Some((700.0, 700.0 * 100.0 / 900.0, 20)));
        assert_eq!(family("digital_skills", 70.0), None);
    }

    #[test]
    fn several_shares_are_added_where_both_figures_are_known() {
        let titles = ["title.learning.lineage", "title.learning.community"];
        let all = |key: &str| titles.map(|title| format!("{title}.{key}")).to_vec();
        let target =
            Target { figure: all("recognised"), of: all("base"), percent: Some(60.0), ..Target::default() };
        assert_eq!(read(target), Some((5.0, 50.0, 1)));
    }

    #[test]
    fn what_does_not_belong_to_the_whole_is_taken_off() {
        let (of, less) = (keys(&["context.population"]), keys(&["context.households"]));
        let target = Target { of, less, percent: Some(50.0), ..figure(&["promotion.members"]) };
        assert_eq!(read(target), Some((1_040.0, 1_040.0 * 100.0 / 3_000.0, 460)));
    }

    #[test]
    fn a_centre_has_something_or_so_much_of_it() {
        let has = |paths: &[&str], at_least| {
            read(Target { percent: Some(90.0), at_least, ..figure(paths) })
                .map(|(part, _, short)| (part, short))
        };
        assert_eq!(has(&["facilities.library", "facilities.computers"], None), Some((1.0, 0)));
        assert_eq!(has(&["facilities.computers"], Some(3.0)), Some((0.0, 1)));
        assert_eq!(has(&["facilities.seal"], None), None, "nobody said");
        assert_eq!(has(&["facilities.library", "facilities.seal"], None), None);
        assert_eq!(has(&["facilities.internet", "facilities.seal"], None), Some((0.0, 1)));
    }

    #[test]
    fn growth_is_against_the_period_before() {
        let growth = |path: &str| read(Target { growth: Some(5.0), ..figure(&[path]) });
        assert_eq!(growth("promotion.members"), Some((1_040.0, 4.0, 10)));
        assert_eq!(growth("activity.total.attendances"), Some((400.0, 0.0, 20)), "the sum of the fields");
        assert_eq!(growth("activity.field.law.classes"), None, "nothing was reported for the year before");
    }

    #[test]
    fn what_adds_up_over_a_year_is_not_judged_by_a_part_of_it() {
        let yearly = |figure_path: &str| {
            let target =
                Target { percent: Some(10.0), of: keys(&["context.population"]), ..figure(&[figure_path]) };
            is_yearly(&target, target.asks().unwrap())
        };
        assert!(yearly("literacy.phase_1.learners"));
        assert!(yearly("activity.field.law.attendances"));
        assert!(!yearly("promotion.members"), "as of a day");
        assert!(!yearly("title.learning.family.recognised"));
        assert!(
            !is_yearly(&figure(&["activity.total.people"]), Asks::Growth(5.0)),
            "beside the same part of a year"
        );
    }

    #[test]
    fn so_much_for_each() {
        let of = keys(&["context.households"]);
        let each = Target { of, at_least: Some(1.5), ..figure(&["promotion.members"]) };
        assert_eq!(read(each), Some((1_040.0, 1.04, 460)));
    }
}
