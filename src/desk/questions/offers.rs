//! What is known beforehand: what Enter takes, which words may be answered, which questions need not be asked.

use super::order::{Stop, Walk};
use super::past::{Open, day};
use super::{Empty, Part, Question, labelled, text};
use crate::desk::new_record::{name_of_centre, only_campaign};
use crate::model::asking::{SchemeWords, Suggest, When};
use crate::model::day::Day;
use crate::model::field::{Field, Kind};
use crate::model::path::{item_below, key_below};
use crate::model::period::Period;
use crate::model::scheme::Scheme;
use crate::model::settings::Labelled;
use crate::model::text::{Lang, Said, t};
use crate::model::tree::{Entry, Node, Value};
use crate::model::vietnamese::{fold, slug};
use crate::model::visit::{FollowupState, TeamRole};
use crate::say;

impl Walk<'_, '_> {
    /// What is known of the record at a key of its rows.
    fn at(&self, key: &str) -> Option<&Node<'static>> {
        debug_assert!(self.is_key(key), "{key} is no key of these rows");
        self.tree().at(key)
    }

    fn text(&self, key: &str) -> &str {
        self.at(key).and_then(Node::text).unwrap_or_default()
    }

    fn day(&self, key: &str) -> Option<Day> {
        day(self.at(key)?)
    }

    /// What Enter takes for a row at its key, as it is typed.
    pub fn suggested(&self, row: &Field, key: &str) -> Option<String> {
        let (store, today) = (self.asker.store, self.asker.today);
        let said = match row.asking.suggest? {
            Suggest::Today => today.to_string(),
            Suggest::ThisSchoolYear => store.register.year_start().school_year(today).to_string(),
            Suggest::VisitDate => self.day("date")?.to_string(),
            Suggest::OnlyCampaign => only_campaign(store, self.day("date")?)?,
            usual @ (Suggest::SchoolYearBefore | Suggest::YearBefore) => self.period_before(usual, key)?,
            Suggest::RankByPoints => self.rank_by_points()?,
            Suggest::PostsOnFile => self.posts(key)?,
            Suggest::IdFromName => slug(self.text("name")),
            Suggest::NameFromUnit => name_of_centre(store, self.text("unit"))?,
            Suggest::LatestTeam | Suggest::OpenRecommendations => return None,
        };
        Some(said).filter(|said| !said.is_empty())
    }

    /// The period before the visit, of the kind that was reported last.
    fn period_before(&self, usual: Suggest, key: &str) -> Option<String> {
        let date = self.day("date")?;
        let by_school_year = match self.asker.past.period(key) {
            Some(Period::Days(..)) => return None,
            Some(period) => period.school_year().is_some(),
            None => usual == Suggest::SchoolYearBefore,
        };
        let this_year = self.asker.store.register.year_start().school_year(date);
        if by_school_year {
            Some(this_year.previous()?.to_string())
        } else {
            Some((date.year() - 1).to_string())
        }
    }

    /// The posts in which the centre's own file has the person whose name stands beside a key.
    fn posts(&self, key: &str) -> Option<String> {
        let (row, _) = key.rsplit_once('.')?;
        let (name, date) = (fold(self.text(&key_below(row, "name"))), self.day("date")?);
        let mut people = self.asker.past.history.centre.as_ref()?.body.person.iter();
        let person = people.find(|person| fold(&person.name) == name && person.serves(date))?;
        Some(person.posts.iter().map(|post| post.word()).collect::<Vec<_>>().join("; "))
    }

    /// The scheme by which the visit is rated: its own, else the campaign's, else the register's.
    fn scheme(&self) -> Option<&Scheme> {
        let register = &self.asker.store.register;
        let campaign = || register.campaigns.get(self.text("campaign"))?.body.scheme.as_deref();
        let own = self.at("rating.scheme").and_then(Node::text);
        let id = own.or_else(campaign).or(register.settings.body.scheme.as_deref())?;
        register.schemes.get(id).map(|scheme| &scheme.body)
    }

    /// The rank that the points give, once all of them are there.
    fn rank_by_points(&self) -> Option<String> {
        let points = |entry: &Entry| match entry.node.value {
            Value::Float(points) => Some(points),
            Value::Int(points) => Some(points as f64),
            _ => None,
        };
        let (scheme, scores) = (self.scheme()?, self.at("rating.scores")?.entries());
        let sum = scores.iter().map(points).sum::<Option<f64>>()?;
        scheme.rank_of(sum).filter(|_| scores.len() == scheme.criterion.len()).map(|rank| rank.id.clone())
    }

    /// The words that may be answered for a row, where its kind does not say it.
    pub fn words(&self, row: &Field) -> Vec<Labelled> {
        let Some(words) = row.asking.words else { return Vec::new() };
        let Some(scheme) = self.scheme() else { return Vec::new() };
        let labelled = |id: &String, label: &Said| Labelled { id: id.clone(), label: label.clone() };
        match words {
            SchemeWords::Ranks => scheme.rank.iter().map(|row| labelled(&row.id, &row.label)).collect(),
            SchemeWords::Criteria => {
                scheme.criterion.iter().map(|row| labelled(&row.id, &row.label)).collect()
            }
        }
    }

    /// True for a row that is asked for as things are.
    pub fn is_asked(&self, row: &Field) -> bool {
        match row.asking.when {
            When::Always => true,
            When::Never => false,
            When::OutsideWindow => self.is_outside_window().unwrap_or(false),
            When::SeenInCampaign => {
                let campaign = self.at("campaign").and_then(Node::text);
                let mut visits = self.asker.past.history.visits.iter();
                campaign.is_some() && visits.any(|visit| visit.body.campaign.as_deref() == campaign)
            }
            When::NoScheme => self.scheme().is_none(),
            When::RankDiffers => {
                let rank = self.at("rating.rank").and_then(Node::text);
                let by_points = self.rank_by_points();
                rank.is_some() && by_points.is_some() && by_points.as_deref() != rank
            }
        }
    }

    fn is_outside_window(&self) -> Option<bool> {
        let campaign = &self.asker.store.register.campaigns.get(self.text("campaign"))?.body;
        let (date, from, to) = (self.day("date")?, campaign.starts?, campaign.ends?);
        Some(date < from || to < date)
    }

    /// Asks what became of each open recommendation.
    pub fn follow_up(&mut self, row: &'static Field) -> Result<(), Stop> {
        let open = self.asker.past.open();
        let n = open.len();
        let heading = say!(
            "Kiến nghị chưa xong của các lần trước: {n}",
            "Open recommendations of earlier visits: {n}",
            n
        );
        self.part = Some(Part { key: row.key, label: row.label, heading });
        for open in &open {
            self.about = told(open);
            let (key, label) = (format!("{}.{}", row.key, open.id), t("Đến nay", "By now").into());
            let q =
                Question { empty: Empty::Leaves, ..Question::new(key.clone(), label, FollowupState::KIND) };
            let state = match self.ask(q) {
                Err(Stop::Next) => break,
                other => other?,
            };
            let Some(state) = state else { continue };
            let n = self.tree().get(row.key).map_or(0, |rows| rows.items().len());
            let place = item_below(row.key, n);
            self.put(&key_below(place.as_str(), "of"), text(open.id.as_str()));
            self.put(&key_below(place.as_str(), "state"), state);
            let Some(note) = row.kind.fields().iter().find(|field| field.key == "note") else { continue };
            let q = Question::new(key_below(key, note.key), note.label.into(), note.kind);
            if let Some(answer) = self.ask_one(Question { empty: Empty::Leaves, ..q })? {
                self.put(&key_below(place, note.key), answer);
            }
        }
        (self.part, self.about) = (None, Said::default());
        Ok(())
    }

    /// Offers the whole team of the latest visit.
    pub fn offer_team(&mut self, row: &'static Field) -> Result<(), Stop> {
        let Some(team) = &self.asker.past.team else { return Ok(()) };
        let names = Said { vi: names(&team.rows, Lang::Vi), en: names(&team.rows, Lang::En) };
        let visit = &team.visit;
        self.about =
            say!("Đoàn của lần {visit}:\n  {names}", "The team of {visit}:\n  {names}", visit, names);
        let (key, label) = (key_below(row.key, "same"), t("Vẫn đoàn ấy?", "The same team?").into());
        let answer = self.ask_one(Question {
            help: t("Sau đó vẫn thêm người được.", "More people can be added after it."),
            words: vec![labelled("yes", t("lấy cả đoàn", "take it whole"))],
            suggested: Some("yes".to_owned()),
            empty: Empty::Skips,
            ..Question::new(key, label, Kind::Bool)
        })?;
        if answer.is_some() {
            self.put(row.key, team.rows.clone());
        }
        self.about = Said::default();
        Ok(())
    }
}

/// A recommendation with what is known about it.
fn told(open: &Open) -> Said {
    let Open { id, body, state } = open;
    let (text, state) = (&body.text, state.label());
    let to = body.to.map(|to| say!("{to}: ", "{to}: ", to = to.label())).unwrap_or_default();
    let due = body.due.map(|due| say!("Hạn {due}. ", "Due {due}. ", due)).unwrap_or_default();
    say!(
        "{id} – {to}{text}\n{due}Lần trước ghi: {state}.",
        "{id} – {to}{text}\n{due}Last time: {state}.",
        id,
        to,
        text,
        due,
        state
    )
}

/// The members of a team, one a line.
fn names(team: &Node, lang: Lang) -> String {
    let name = |row: &Node| {
        let name = row.get("name").and_then(Node::text)?;
        let role = row.get("role").and_then(Node::text).and_then(TeamRole::from_word);
        Some(role.map_or(name.to_owned(), |role| format!("{name} ({})", role.label().get(lang))))
    };
    team.items().iter().filter_map(name).collect::<Vec<_>>().join("\n  ")
}
