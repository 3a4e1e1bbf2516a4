//! What is known beforehand: what Enter takes, which words may be answered, which questions need not be asked.

use super::asker::Asker;
use crate::desk::new_record::{name_of_centre, only_campaign};
use crate::desk::vocabulary;
use crate::model::asking::{Suggest, When};
use crate::model::day::Day;
use crate::model::field::{Field, Kind, Refers, Vocabulary};
use crate::model::meaning::is_same;
use crate::model::path::{key_below, steps};
use crate::model::period::Period;
use crate::model::rating::sum_of_points;
use crate::model::scheme::{AppliesTo, Method, Scheme};
use crate::model::settings::Labelled;
use crate::model::text::{Said, Text};
use crate::model::tree::{Entry, Node, Value};
use crate::model::vietnamese::slug;
use crate::model::visit::VisitKind;
use crate::say;

/// What is known for the rows of a record, as far as there is one.
#[derive(Clone, Copy, Debug)]
pub struct Offers<'o> {
    /// The register and the past.
    pub asker: &'o Asker<'o>,
    /// The record so far.
    pub tree: &'o Node<'static>,
}

impl<'o> Offers<'o> {
    /// What is known of the record at a key of its rows.
    fn at(self, key: &str) -> Option<&'o Node<'static>> {
        debug_assert!(self.asker.form.has(key), "{key} is no key of these rows");
        self.tree.at(key)
    }

    fn text(self, key: &str) -> &'o str {
        self.at(key).and_then(Node::text).unwrap_or_default()
    }

    fn day(self, key: &str) -> Option<Day> {
        self.at(key)?.day()
    }

    /// What Enter takes for a row at its key, as it is typed.
    pub fn suggested(self, row: &Field, key: &str) -> Option<String> {
        let (store, today) = (self.asker.store, self.asker.speaker.today);
        let said = match row.asking.suggest? {
            Suggest::Word(word) => word.to_owned(),
            Suggest::Today => today.to_string(),
            Suggest::ThisSchoolYear => store.register.year_start().school_year(today).to_string(),
            Suggest::VisitDate => self.day("date")?.to_string(),
            Suggest::OnlyCampaign => only_campaign(store, self.day("date")?)?,
            usual @ (Suggest::SchoolYearBefore | Suggest::YearBefore) => self.period_before(usual, key)?,
            Suggest::RankByScheme => self.rank_by_scheme(key.rsplit_once('.')?.0)?,
            Suggest::PostsOnFile => self.posts(key)?,
            Suggest::IdFromName => slug(self.text("name")),
            Suggest::NameFromUnit => name_of_centre(store, self.text("unit"))?,
            Suggest::LatestTeam | Suggest::OpenRecommendations => return None,
        };
        Some(said).filter(|said| !said.is_empty())
    }

    /// The period before the visit, of the kind that was reported last; in a statement, the one that it is about.
    fn period_before(self, usual: Suggest, key: &str) -> Option<String> {
        if self.asker.form.has("period") {
            return Some(self.text("period").to_owned());
        }
        let date = self.day("date")?;
        let starts = self.asker.store.register.year_start();
        let by_school_year = match self.asker.past.period(key) {
            Some(Period::Days(..)) => return None,
            Some(period @ (Period::Half(..) | Period::Quarter(..))) => {
                return Some(period.reported_by(date, starts)?.to_string());
            }
            Some(period) => period.school_year().is_some(),
            None => usual == Suggest::SchoolYearBefore,
        };
        if by_school_year {
            Some(starts.school_year(date).previous()?.to_string())
        } else {
            Some((date.year() - 1).to_string())
        }
    }

    /// The posts that the centre's own file gives to the person whose name is beside a key.
    fn posts(self, key: &str) -> Option<String> {
        let (row, _) = key.rsplit_once('.')?;
        let (name, date) = (self.text(&key_below(row, "name")), self.day("date")?);
        let people = self.asker.past.history.centre.as_ref()?.body.person.iter();
        let mut people = people.filter(|person| is_same(name, &person.name) && person.serves(date));
        let person = people.next().filter(|_| people.next().is_none())?;
        Some(person.posts.iter().map(|post| post.word()).collect::<Vec<_>>().join("; "))
    }

    /// The schemes by which the visit is rated, if nothing else is said: that of the campaign, else of the register, and
    /// those of last time that judge something else.
    pub fn usual_schemes(self, key: &str) -> Vec<String> {
        let register = &self.asker.store.register;
        let usual = register.usual_scheme(self.tree.at("campaign").and_then(Node::text)).map(str::to_owned);
        let judged = |id: &String| register.schemes.get(id).and_then(|scheme| scheme.body.applies_to);
        let mut schemes: Vec<String> = usual.into_iter().collect();
        for id in self.asker.past.words(key) {
            if schemes.iter().all(|other| *other != id && judged(other) != judged(&id)) {
                schemes.push(id);
            }
        }
        schemes
    }

    /// What a scheme is called.
    pub fn title(self, scheme: &str) -> Said {
        self.asker.store.register.label(Vocabulary::Schemes, scheme)
    }

    /// The scheme by which a table of the record rates.
    fn scheme(self, key: &str) -> Option<&'o Scheme> {
        let root = Kind::Section(self.asker.form.fields);
        vocabulary::scheme(&self.asker.store.register, &root, &steps(key)?)
    }

    /// The rank that the points or indicators in a table give, once all of them are there.
    fn rank_by_scheme(self, rating: &str) -> Option<String> {
        let (scheme, rating) = (self.scheme(rating)?, self.tree.at(rating)?);
        let rank = match scheme.method? {
            Method::Levels => {
                let is_met = |entry: &Entry| (entry.key.to_string(), entry.node.value == Value::Bool(true));
                scheme.rank_of_indicators(&rating.get("met")?.entries().iter().map(is_met).collect())
            }
            _ => scheme.rank_of(points(rating, scheme)?),
        };
        rank.map(|rank| rank.id.clone())
    }

    /// The most points for a criterion of a table of points.
    pub fn most(self, scores: &str, criterion: &str) -> Option<f64> {
        self.scheme(scores)?.criterion(criterion)?.max
    }

    /// What the points in a table come to so far: `Cộng 44/60 điểm (2/4 tiêu chí)`, and the rank for as many.
    pub fn score(self, scores: &str) -> Said {
        let Some(scheme) = self.scheme(scores) else { return Said::default() };
        let given = self.tree.at(scores).map_or(&[][..], Node::entries);
        let (n, of) = (given.len(), scheme.criterion.len());
        if n == 0 {
            return Said::default();
        }
        let sum = sum_of_points(given.iter().filter_map(|entry| number(&entry.node)));
        let most = |entry: &Entry| scheme.criterion(&entry.key).and_then(|criterion| criterion.max);
        let max = sum_of_points(given.iter().filter_map(most));
        let rank = scheme.rank_of(sum).map(|rank| &rank.label);
        let rank = rank.map(|rank| say!("; ứng với mức {rank}", "; as many as for {rank}", [rank]));
        say!(
            "Cộng đến nay {sum}/{max} điểm ({n}/{of} tiêu chí){rank}",
            "So far {sum} of {max} points ({n} of {of} criteria){rank}",
            [sum, max, n, of, rank = rank.unwrap_or_default()]
        )
    }

    /// The key of the figure of which the one at a key is a part, and what it is called.
    pub fn whole(self, key: &str, beside: &str) -> Option<(String, Text)> {
        let whole = key_below(key.rsplit_once('.').map_or("", |(above, _)| above), beside);
        let root = Kind::Section(self.asker.form.fields);
        let path = steps(&whole)?;
        let row = root.at(path.split_last()?.1).row(beside).map(|row| row.label)?;
        Some((whole, row))
    }

    /// The words that may be answered for a row, if its kind does not say it.
    pub fn words(self, row: &Field, key: &str) -> Vec<Labelled> {
        match row.kind {
            Kind::Id(refers) => self.schemes(refers),
            _ => vocabulary::words(self.scheme(key), row),
        }
    }

    /// The rating schemes or target sets that may be referred to, by their titles; nothing for other records.
    pub fn schemes(self, refers: Refers) -> Vec<Labelled> {
        if !matches!(refers, Refers::RatingScheme | Refers::TargetSet) {
            return Vec::new();
        }
        let title =
            |id: &str| self.asker.store.register.schemes.get(id).map(|scheme| scheme.body.title.clone());
        let labelled = |id: &str| Labelled { id: id.to_owned(), label: title(id).unwrap_or(Said::same(id)) };
        self.asker.store.ids(refers).map(labelled).collect()
    }

    /// True for a row at its key that is asked for in this situation.
    pub fn is_asked(self, row: &Field, key: &str) -> bool {
        match row.asking.when {
            When::Always => true,
            When::Never => false,
            When::OutsideWindow => self.is_outside_window().unwrap_or(false),
            When::SeenInCampaign => {
                let campaign = self.at("campaign").and_then(Node::text);
                let mut visits = self.asker.past.history.visits.iter();
                campaign.is_some() && visits.any(|visit| visit.body.campaign.as_deref() == campaign)
            }
            When::OtherIn(beside) => self.is_other(key, beside),
            When::With(of, word) => self.text(of) == word,
            When::Without(beside) => self.beside(key, beside).is_none(),
            When::Rare => self.asker.past.has(key),
            When::RatesOthers => {
                self.scheme(key).and_then(|scheme| scheme.applies_to) != Some(AppliesTo::Centre)
            }
            When::ByPoints => self.rates_by(key, Method::Points),
            When::ByLevels => self.rates_by(key, Method::Levels),
            When::NoScores => self.rates_by(key, Method::Points) && self.beside(key, "scores").is_none(),
            When::RankDiffers => {
                let (rating, _) = key.rsplit_once('.').unwrap_or_default();
                let rank = self.tree.at(rating).and_then(|rating| rating.get("rank")?.text());
                let by_scheme = self.rank_by_scheme(rating);
                rank.is_some() && by_scheme.is_some() && by_scheme.as_deref() != rank
            }
        }
    }

    /// What is answered for a key beside one.
    fn beside(self, key: &str, beside: &str) -> Option<&'o Node<'static>> {
        self.tree.at(&key_below(key.rsplit_once('.').map_or("", |(above, _)| above), beside))
    }

    /// True if `other` is the answer for a key beside one, or among the answers.
    fn is_other(self, key: &str, beside: &str) -> bool {
        let Some(node) = self.beside(key, beside) else { return false };
        let mut words = node.text().into_iter().chain(node.items().iter().filter_map(Node::text));
        words.any(|word| word == "other")
    }

    /// True if the table of a key rates in this way.
    fn rates_by(self, key: &str, method: Method) -> bool {
        self.scheme(key).is_some_and(|scheme| scheme.method == Some(method))
    }

    fn is_outside_window(self) -> Option<bool> {
        let campaign = &self.asker.store.register.campaigns.get(self.text("campaign"))?.body;
        let kind = VisitKind::from_word(self.text("kind")).unwrap_or(VisitKind::Inspection);
        Some(campaign.is_missed_by(kind, self.day("date")?))
    }
}

/// The points at a node.
fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Float(points) => Some(points),
        Value::Int(points) => Some(points as f64),
        _ => None,
    }
}

/// All points of a rating: the total, else the sum, if every criterion has points.
fn points(rating: &Node, scheme: &Scheme) -> Option<f64> {
    if let Some(total) = rating.get("total") {
        return number(total);
    }
    let scores = rating.get("scores")?.entries();
    let points = scores.iter().map(|entry| number(&entry.node)).collect::<Option<Vec<f64>>>()?;
    (points.len() == scheme.criterion.len()).then(|| sum_of_points(points.into_iter()))
}
