//! What a form knows beforehand: what Enter takes, which words may be answered, which questions need not be asked.

use super::question::{Empty, Question, labelled};
use super::{Asking, Stop};
use crate::cli::add::form::{name_of_centre, only_campaign};
use crate::model::field::{Field, Kind};
use crate::model::period::Period;
use crate::model::scheme::Scheme;
use crate::model::settings::Labelled;
use crate::model::text::{Said, t};
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::{fold, slug};
use crate::model::visit::{FIELDS, FollowupState, TeamRole};
use crate::say;

impl Asking<'_> {
    fn text(&self, key: &str) -> &str {
        self.tree.at(key).and_then(Node::text).unwrap_or_default()
    }

    /// What Enter takes for a key, as it is typed. Never a figure: those are asked for.
    pub fn suggested(&self, key: &str) -> Option<String> {
        let register = &self.store.register;
        let this_year = register.year_start().school_year(self.day("date").unwrap_or(self.cx.today));
        let said = match (self.form.command, key) {
            ("add-visit", "date") => self.cx.today.to_string(),
            ("add-visit", "campaign") => only_campaign(self.store, self.day("date")?)?,
            ("add-visit", "minutes.date") => self.day("date")?.to_string(),
            ("add-visit", "rating.rank") => self.rank_by_points()?,
            ("add-visit", key) if key.starts_with("host[") && key.ends_with("].posts") => self.posts(key)?,
            ("add-visit", key) => {
                let part = key.strip_suffix(".period")?;
                match (self.last_period(part), part) {
                    (Some(Period::Year(_)), _) => (self.day("date")?.year() - 1).to_string(),
                    (Some(Period::SchoolYear(_)), _) | (None, "activity") => {
                        this_year.previous()?.to_string()
                    }
                    (Some(Period::Days(..)), _) => return None,
                    (None, _) => (self.day("date")?.year() - 1).to_string(),
                }
            }
            ("add-campaign", "school_year") => this_year.to_string(),
            ("add-unit", "id") => slug(self.text("name")),
            ("add-centre", "name") => name_of_centre(self.store, self.text("unit"))?,
            _ => return None,
        };
        Some(said).filter(|said| !said.is_empty())
    }

    /// The posts in which the centre's own file has the host of a row.
    fn posts(&self, key: &str) -> Option<String> {
        let name = fold(self.text(&key.replace(".posts", ".name")));
        let centre = self.past.history.centre.as_ref()?;
        let date = self.day("date")?;
        let now =
            |from: Option<_>, to: Option<_>| from.is_none_or(|f| f <= date) && to.is_none_or(|t| date <= t);
        let person = centre.body.person.iter().find(|p| fold(&p.name) == name && now(p.from, p.to))?;
        Some(person.posts.iter().map(|post| post.word()).collect::<Vec<_>>().join("; "))
    }

    fn scheme(&self) -> Option<&Scheme> {
        let register = &self.store.register;
        let campaign = || register.campaigns.get(self.text("campaign"))?.body.scheme.as_deref();
        let own = self.tree.at("rating.scheme").and_then(Node::text);
        let id = own.or_else(campaign).or(register.settings.body.scheme.as_deref())?;
        register.schemes.get(id).map(|scheme| &scheme.body)
    }

    fn rank_by_points(&self) -> Option<String> {
        let points = |node: &Node| match node.value {
            Value::Float(points) => Some(points),
            Value::Int(points) => Some(points as f64),
            _ => None,
        };
        let (scheme, scores) = (self.scheme()?, self.tree.at("rating.scores")?.entries());
        let sum = scores.iter().map(|entry| points(&entry.node)).sum::<Option<f64>>()?;
        scheme.rank_of(sum).filter(|_| scores.len() == scheme.criterion.len()).map(|rank| rank.id.clone())
    }

    /// The words that may be answered at a key, where they hang on other records.
    pub fn words(&self, key: &str) -> Vec<Labelled> {
        let Some(scheme) = self.scheme() else { return Vec::new() };
        let row = |id: &String, label: &crate::model::settings::Label| Labelled {
            id: id.clone(),
            label: label.clone(),
        };
        match key {
            "rating.self_rank" | "rating.rank" => scheme.rank.iter().map(|r| row(&r.id, &r.label)).collect(),
            "rating.scores" => scheme.criterion.iter().map(|c| row(&c.id, &c.label)).collect(),
            _ => Vec::new(),
        }
    }

    /// True for a question that need not be asked as things are.
    pub fn left_out(&self, key: &str) -> bool {
        if self.form.command != "add-visit" {
            return false;
        }
        match key {
            "outside_window_reason" => {
                let campaign = self.store.register.campaigns.get(self.text("campaign"));
                let window = campaign.and_then(|c| c.body.starts.zip(c.body.ends));
                !self.day("date").zip(window).is_some_and(|(day, (from, to))| day < from || to < day)
            }
            "follow_up_of" => {
                let campaign = Some(self.text("campaign")).filter(|campaign| !campaign.is_empty());
                let mut visits = self.past.history.visits.iter();
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

    /// Keys that are asked in a way of their own. True where nothing is left to ask.
    pub fn own_way(&mut self, key: &str) -> Result<bool, Stop> {
        match (self.form.command, key) {
            ("add-visit", "followup") => {
                self.look_back();
                if self.given(key).is_none() {
                    self.follow_up()?;
                }
                Ok(true)
            }
            ("add-visit", "team") if self.given(key).is_none() => self.offer_team().map(|()| false),
            _ => Ok(false),
        }
    }

    /// Asks what became of each open recommendation.
    fn follow_up(&mut self) -> Result<(), Stop> {
        let open = self.still_open();
        let lang = self.cx.lang;
        let Some(Field { kind: Kind::Rows(fields), label, .. }) =
            FIELDS.iter().find(|row| row.key == "followup")
        else {
            return Ok(());
        };
        if open.is_empty() {
            return Ok(());
        }
        let n = open.len();
        self.section = label.get(lang).to_owned();
        self.heading = Some(
            say!("Kiến nghị chưa xong của các lần trước: {n}", "Open recommendations of earlier visits: {n}")
                .get(lang)
                .to_owned(),
        );
        let mut row = 0;
        for open in open {
            let to = open.body.to.map(|to| format!("{}: ", to.label().get(lang))).unwrap_or_default();
            let state = open.state.unwrap_or(FollowupState::Open).label();
            let mut about = format!("{} – {to}{}\n", open.id, open.body.text);
            if let Some(due) = open.body.due {
                about.push_str(say!("Hạn {due}. ", "Due {due}. ", due).get(lang));
            }
            about.push_str(say!("Lần trước ghi: {state}.", "Last time: {state}.", state).get(lang));
            let heading = self.heading.take().map(|heading| format!("{heading}\n")).unwrap_or_default();
            self.heading = Some(format!("{heading}{about}"));

            let key = format!("followup.{}", open.id);
            let text = t("Đến nay", "By now").get(lang).to_owned();
            let mut q = Question::new(key.clone(), text, FollowupState::KIND);
            q.empty = Empty::Leaves;
            let state = match self.ask(&q) {
                Err(Stop::Next) => break,
                other => other?,
            };
            let Some(state) = state else { continue };
            let place = |key: &str| format!("followup[{row}].{key}");
            self.tree.put_at(&place("of"), Node::new(Value::Text(open.id.into())));
            self.tree.put_at(&place("state"), state);
            if let Some(note) = fields.iter().find(|field| field.key == "note") {
                let label = note.label.get(lang).to_owned();
                let mut q = Question::new(format!("{key}.note"), label, note.kind);
                q.empty = Empty::Leaves;
                match self.ask(&q) {
                    Ok(Some(note)) => drop(self.tree.put_at(&place("note"), note)),
                    Ok(None) | Err(Stop::Next) => {}
                    Err(stop) => return Err(stop),
                }
            }
            row += 1;
        }
        Ok(())
    }

    /// Offers the whole team of the latest visit.
    fn offer_team(&mut self) -> Result<(), Stop> {
        let Some((visit, team)) = self.past.team.clone() else { return Ok(()) };
        let lang = self.cx.lang;
        let name = |row: &Node| {
            let name = row.get("name").and_then(Node::text)?;
            let role = row.get("role").and_then(Node::text).and_then(TeamRole::from_word);
            Some(role.map_or(name.to_owned(), |role| format!("{name} ({})", role.label().get(lang))))
        };
        let names: Vec<String> = team.items().iter().filter_map(name).collect();
        let heading = self.heading.take().map(|heading| format!("{heading}\n")).unwrap_or_default();
        let of = say!("Đoàn của lần {visit}:", "The team of {visit}:");
        self.heading = Some(format!("{heading}{}\n  {}", of.get(lang), names.join("\n  ")));
        let text = t("Vẫn đoàn ấy?", "The same team?").get(lang).to_owned();
        let mut q = Question::new("team.same".to_owned(), text, Kind::Bool);
        (q.empty, q.suggested) = (Empty::Skips, Some("yes".to_owned()));
        q.words = vec![labelled("yes", t("lấy cả đoàn", "take it whole"))];
        q.help = t("Sau đó vẫn thêm người được.", "More people can be added after it.");
        let answer = match self.ask(&q) {
            Err(Stop::Next) => None,
            other => other?,
        };
        if answer.is_some() {
            self.tree.put_at("team", team);
        }
        Ok(())
    }

    /// What must be known before one can end early.
    pub fn missing(&self) -> Option<Said> {
        let needed = |key: &&&str| self.form.fields.iter().any(|row| row.key == **key && row.required);
        let missing = self.form.first.iter().filter(needed).find(|key| self.tree.get(key).is_none())?;
        let label = self.form.fields.iter().find(|row| row.key == *missing)?.label;
        let (vi, en) = (label.vi, label.en);
        Some(say!("chưa kết thúc được: còn thiếu {vi}", "not yet: {en} is missing"))
    }
}
