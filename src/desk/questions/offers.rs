//! What is known beforehand: what Enter takes, which words may be answered, which questions need not be asked.

use super::order::{Stop, Walk};
use super::past::{Open, day};
use super::{Empty, Part, Question, labelled, text};
use crate::desk::new_record::{name_of_centre, only_campaign};
use crate::model::field::{Field, Kind};
use crate::model::path::{item_below, key_below};
use crate::model::period::Period;
use crate::model::scheme::Scheme;
use crate::model::settings::Labelled;
use crate::model::text::{Lang, Said, t};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{fold, slug};
use crate::model::visit::{FollowupState, TeamRole};
use crate::say;

impl Walk<'_, '_> {
    fn text(&self, key: &str) -> &str {
        self.tree().at(key).and_then(Node::text).unwrap_or_default()
    }

    /// What Enter takes for a key, as it is typed. Never a figure: those are asked for.
    pub fn suggested(&self, key: &str) -> Option<String> {
        let store = self.asker.store;
        let date = day(self.tree(), "date");
        let this_year = store.register.year_start().school_year(date.unwrap_or(self.asker.today));
        let said = match (self.asker.form.command, key) {
            ("add-visit", "date") => self.asker.today.to_string(),
            ("add-visit", "campaign") => only_campaign(store, date?)?,
            ("add-visit", "minutes.date") => date?.to_string(),
            ("add-visit", "rating.rank") => self.rank_by_points()?,
            ("add-visit", key) if key.starts_with("host[") && key.ends_with("].posts") => self.posts(key)?,
            ("add-visit", key) => {
                let part = key.strip_suffix(".period")?;
                match (self.asker.past.period(part), part) {
                    (Some(Period::Days(..)), _) => return None,
                    (Some(Period::SchoolYear(_)), _) | (None, "activity") => {
                        this_year.previous()?.to_string()
                    }
                    (Some(Period::Year(_)) | None, _) => (date?.year() - 1).to_string(),
                }
            }
            ("add-campaign", "school_year") => this_year.to_string(),
            ("add-unit", "id") => slug(self.text("name")),
            ("add-centre", "name") => name_of_centre(store, self.text("unit"))?,
            _ => return None,
        };
        Some(said).filter(|said| !said.is_empty())
    }

    /// The posts in which the centre's own file has the host of a row.
    fn posts(&self, key: &str) -> Option<String> {
        let name = fold(self.text(&key.replace(".posts", ".name")));
        let centre = self.asker.past.history.centre.as_ref()?;
        let date = day(self.tree(), "date")?;
        let now =
            |from: Option<_>, to: Option<_>| from.is_none_or(|f| f <= date) && to.is_none_or(|t| date <= t);
        let person = centre.body.person.iter().find(|p| fold(&p.name) == name && now(p.from, p.to))?;
        Some(person.posts.iter().map(|post| post.word()).collect::<Vec<_>>().join("; "))
    }

    fn scheme(&self) -> Option<&Scheme> {
        let register = &self.asker.store.register;
        let campaign = || register.campaigns.get(self.text("campaign"))?.body.scheme.as_deref();
        let own = self.tree().at("rating.scheme").and_then(Node::text);
        let id = own.or_else(campaign).or(register.settings.body.scheme.as_deref())?;
        register.schemes.get(id).map(|scheme| &scheme.body)
    }

    fn rank_by_points(&self) -> Option<String> {
        let points = |node: &Node| match node.value {
            Value::Float(points) => Some(points),
            Value::Int(points) => Some(points as f64),
            _ => None,
        };
        let (scheme, scores) = (self.scheme()?, self.tree().at("rating.scores")?.entries());
        let sum = scores.iter().map(|entry| points(&entry.node)).sum::<Option<f64>>()?;
        scheme.rank_of(sum).filter(|_| scores.len() == scheme.criterion.len()).map(|rank| rank.id.clone())
    }

    /// The words that may be answered at a key, where they hang on other records.
    pub fn words(&self, key: &str) -> Vec<Labelled> {
        let Some(scheme) = self.scheme() else { return Vec::new() };
        let row = |id: &String, label: &Said| Labelled { id: id.clone(), label: label.clone() };
        match key {
            "rating.self_rank" | "rating.rank" => scheme.rank.iter().map(|r| row(&r.id, &r.label)).collect(),
            "rating.scores" => scheme.criterion.iter().map(|c| row(&c.id, &c.label)).collect(),
            _ => Vec::new(),
        }
    }

    /// True for a question that need not be asked as things are.
    pub fn left_out(&self, key: &str) -> bool {
        if self.asker.form.command != "add-visit" {
            return false;
        }
        match key {
            "outside_window_reason" => {
                let campaign = self.asker.store.register.campaigns.get(self.text("campaign"));
                let window = campaign.and_then(|c| c.body.starts.zip(c.body.ends));
                let date = day(self.tree(), "date");
                !date.zip(window).is_some_and(|(day, (from, to))| day < from || to < day)
            }
            "follow_up_of" => {
                let campaign = Some(self.text("campaign")).filter(|campaign| !campaign.is_empty());
                let mut visits = self.asker.past.history.visits.iter();
                !visits.any(|visit| campaign.is_some() && visit.body.campaign.as_deref() == campaign)
            }
            "rating.scheme" => self.scheme().is_some(),
            "rating.reason" => {
                let rank = self.text("rating.rank");
                rank.is_empty() || self.rank_by_points().is_none_or(|by_points| by_points == rank)
            }
            "photo" => true,
            _ => false,
        }
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
            self.reached.tree.put_at(&key_below(place.as_str(), "of"), text(open.id.as_str()));
            self.reached.tree.put_at(&key_below(place.as_str(), "state"), state);
            let Some(note) = row.kind.fields().iter().find(|field| field.key == "note") else { continue };
            let q = Question::new(key_below(key, note.key), note.label.into(), note.kind);
            if let Some(note) = self.ask_one(Question { empty: Empty::Leaves, ..q })? {
                self.reached.tree.put_at(&key_below(place, "note"), note);
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
            self.reached.tree.put_at(row.key, team.rows.clone());
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
