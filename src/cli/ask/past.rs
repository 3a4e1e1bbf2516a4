//! What earlier visits of the centre said: shown beside the questions, and taken again only on request.

use super::Asking;
use super::question::{Last, typed};
use crate::model::day::Day;
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::InLang;
use crate::model::tree::{Node, Value};
use crate::model::visit::{FollowupState, Recommendation, Visit};
use crate::toml;

/// The history of the centre that is asked about.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The centre and all its visits.
    pub history: History,
    /// The visits before this one as they stand in their files, the latest first.
    before: Vec<(Day, Node<'static>)>,
    /// The team of the latest visit of all, with the name of that visit: most often yesterday's.
    pub team: Option<(String, Node<'static>)>,
    of: Option<(String, Day)>,
}

/// Parts that may be taken whole from the last visit: they change little, and nothing in them is about a period.
const CARRIED: &[&str] = &["documents", "facilities"];

/// A recommendation of an earlier visit that is still open.
pub struct Open {
    /// The recommendation: `2015-11-03-yen-thanh#r2`.
    pub id: String,
    /// What must change.
    pub body: Recommendation,
    /// What the last visit said of it.
    pub state: Option<FollowupState>,
}

impl Asking<'_> {
    /// The visits before this one, as soon as its centre and its date are known.
    pub fn look_back(&mut self) {
        let centre = self.tree.get("centre").and_then(Node::text);
        let (Some(centre), Some(date)) = (centre, self.day("date")) else { return };
        let of = Some((centre.to_owned(), date));
        if self.past.of == of {
            return;
        }
        let history = self.store.centre_history(centre);
        let visits = history.visits.iter().rev();
        let before =
            visits.filter_map(|visit| Some((visit.body.date?, visit))).filter(|(day, _)| *day < date);
        let before = before.map(|(day, visit)| (day, toml::raw_tree(&visit.text).into_owned())).collect();
        self.past = Past { history, before, of, team: self.last_team(date) };
    }

    /// A day that was answered or given.
    pub fn day(&self, key: &str) -> Option<Day> {
        match self.tree.at(key)?.value {
            Value::Day(day) => Some(day),
            _ => None,
        }
    }

    fn written(&self, day: Day) -> String {
        day.in_lang(self.cx.lang).into_owned()
    }

    /// The last value of a key, with what it is about: the period of its figures, else the day of the visit.
    pub fn last(&self, key: &str) -> Option<Last> {
        let (day, tree) = self.past.before.iter().find(|(_, tree)| tree.at(key).is_some())?;
        if key.contains('[')
            || key.starts_with("recommendation")
            || key.ends_with("period")
            || self.is_own(key)
        {
            return None;
        }
        let part = key.split('.').next().unwrap_or_default();
        let when = match tree.at(&format!("{part}.period")).or_else(|| tree.at(&format!("{part}.as_of"))) {
            Some(Node { value: Value::Text(period), .. }) => period.to_string(),
            Some(Node { value: Value::Day(day), .. }) => self.written(*day),
            _ => self.written(*day),
        };
        Some(Last { when, typed: typed(tree.at(key)?) })
    }

    /// True for what belongs to one visit alone.
    fn is_own(&self, key: &str) -> bool {
        !key.contains('.') && key != "place" && key != "reporter"
            || key.starts_with("minutes.")
            || key.ends_with("as_of")
            || key.ends_with("note")
            || key.starts_with("findings")
    }

    /// The period of last time's figures in a part.
    pub fn last_period(&self, part: &str) -> Option<Period> {
        let key = format!("{part}.period");
        self.past.before.iter().find_map(|(_, tree)| Period::parse(tree.at(&key)?.text()?))
    }

    /// The words of a table that last time's visit had.
    pub fn last_words(&self, key: &str) -> Vec<String> {
        let last = self.past.before.iter().find_map(|(_, tree)| tree.at(key));
        last.map(|node| node.entries().iter().map(|entry| entry.key.to_string()).collect())
            .unwrap_or_default()
    }

    /// The last visit that has a part that may be taken whole.
    pub fn last_part(&self, key: &str) -> Option<Last> {
        let found =
            self.past.before.iter().find(|(_, tree)| CARRIED.contains(&key) && tree.get(key).is_some());
        found.map(|(day, _)| Last { when: self.written(*day), typed: "same".to_owned() })
    }

    /// Takes a part from the last visit, without its remarks.
    pub fn take_part(&mut self, key: &str) {
        let Some(part) = self.past.before.iter().find_map(|(_, tree)| tree.get(key)) else { return };
        let mut part = part.clone();
        if let Value::Table(entries) = &mut part.value {
            entries.retain(|entry| entry.key != "note");
        }
        self.tree.put_at(key, part);
    }

    /// The open recommendations of the visits before this one, the oldest first.
    pub fn still_open(&self) -> Vec<Open> {
        let Some(date) = self.day("date") else { return Vec::new() };
        let before = |visit: &&Record<Visit>| visit.body.date.is_some_and(|day| day < date);
        let visits: Vec<&Record<Visit>> = self.past.history.visits.iter().filter(before).collect();
        let said = |maker: &Record<Visit>, word: &str| {
            let rows = visits.iter().flat_map(|visit| &visit.body.followup);
            rows.filter(|row| maker.made(word, &row.of)).filter_map(|row| row.state).next_back()
        };
        let all =
            visits.iter().flat_map(|visit| visit.body.recommendation.iter().map(move |row| (visit, row)));
        let open = |(maker, (word, body)): (&&Record<Visit>, &(String, Recommendation))| Open {
            id: format!("{}#{word}", maker.id),
            state: said(maker, word),
            body: body.clone(),
        };
        all.map(open)
            .filter(|open| !matches!(open.state, Some(FollowupState::Done | FollowupState::Dropped)))
            .collect()
    }

    fn last_team(&self, date: Day) -> Option<(String, Node<'static>)> {
        let scan = self.store.scan(&[Window::default()]).ok()?;
        let files = scan.centres.iter().flat_map(|centre| &centre.visits);
        let dated = files.filter_map(|file| {
            let day = Day::parse(file.stem.get(..10)?)?;
            (day <= date).then_some((day, file))
        });
        let (_, file) = dated.max_by_key(|(day, file)| (*day, file.stem.clone()))?;
        let text = self.store.text(&file.file())?;
        let team = toml::raw_tree(&text).get("team")?.clone().into_owned();
        Some((file.stem.clone(), team))
    }
}
