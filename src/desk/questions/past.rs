//! What earlier visits of the centre said: shown beside the questions, and taken again only on request.

use super::question::{Last, typed};
use crate::desk::versions::centre_place;
use crate::model::asking::Recall;
use crate::model::day::Day;
use crate::model::field::Field;
use crate::model::history::{History, Record};
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::text::{InLang, Lang, Said};
use crate::model::tree::{Node, Value};
use crate::model::visit::{FollowupState, Recommendation, TeamRole, Visit, VisitKind};
use crate::say;
use crate::store::Store;
use crate::toml;
use std::cmp::Reverse;

/// The past of a centre before a day; empty until both are known.
#[derive(Debug, Default)]
pub struct Past {
    /// The centre and all its visits.
    pub history: History,
    /// The team of the latest visit to any centre: usually yesterday's.
    pub team: Option<Team>,
    /// The visits before the day as their files have them, the latest first.
    before: Vec<(Day, Node<'static>)>,
    of: Option<(String, Day)>,
    campaign: Option<String>,
}

/// The team of a visit.
#[derive(Clone, Debug)]
pub struct Team {
    /// Where and when: `phường Yên Thanh, 26/10/2017`.
    pub visit: Said,
    /// Its rows.
    pub rows: Node<'static>,
}

/// A recommendation of an earlier visit that is still open.
#[derive(Debug)]
pub struct Open<'p> {
    /// The recommendation: `2015-11-03-yen-thanh#r2`.
    pub id: String,
    /// What must change.
    pub body: &'p Recommendation,
    /// What the last visit said about it.
    pub state: FollowupState,
}

impl Past {
    /// Looks back from the centre, the date and the campaign of a record. False if that was done already.
    pub fn look_back(&mut self, store: &Store, tree: &Node) -> bool {
        let centre = tree.get("centre").and_then(Node::text);
        let of =
            centre.zip(tree.get("date").and_then(Node::day)).map(|(centre, day)| (centre.to_owned(), day));
        let campaign = tree.get("campaign").and_then(Node::text).map(str::to_owned);
        if self.of == of && self.campaign == campaign {
            return false;
        }
        if self.of != of {
            *self = of.map(|(centre, date)| Past::new(store, centre, date)).unwrap_or_default();
        }
        self.campaign = campaign;
        true
    }

    fn new(store: &Store, centre: String, date: Day) -> Past {
        Past { team: latest_team(store, date), ..Past::before(store.centre_history(&centre), date) }
    }

    /// The past of a centre before a day, as its history has it.
    pub fn before(history: History, date: Day) -> Past {
        let visits = history.visits.iter().rev();
        let earlier = visits.filter_map(|visit| Some((visit.body.date.filter(|day| *day < date)?, visit)));
        let before = earlier.map(|(day, visit)| (day, toml::raw_tree(&visit.text).into_owned())).collect();
        let of = Some((history.id.clone(), date));
        Past { before, history, of, ..Past::default() }
    }

    /// True if there is an earlier visit.
    pub fn is_known(&self) -> bool {
        !self.before.is_empty()
    }

    /// A part of the last visit that has it.
    pub fn part(&self, key: &str) -> Option<&Node<'static>> {
        self.before.iter().find_map(|(_, tree)| tree.get(key))
    }

    /// The last value of a key, with what it is about: the period of its figures, else the day of the visit.
    pub fn last(&self, fields: &[Field], key: &str) -> Option<Last> {
        let (date, tree, node) =
            self.before.iter().find_map(|(day, tree)| Some((day, tree, tree.at(key)?)))?;
        let part =
            fields.iter().find(|row| key.strip_prefix(row.key).is_some_and(|rest| rest.starts_with('.')));
        let when = part.and_then(|part| about(tree, part)).unwrap_or_else(|| on(*date));
        Some(Last { when, typed: typed(node) })
    }

    /// True if the latest visit has something at a key.
    pub fn has(&self, key: &str) -> bool {
        self.before.first().is_some_and(|(_, tree)| tree.at(key).is_some())
    }

    /// The last period at a key.
    pub fn period(&self, key: &str) -> Option<Period> {
        self.before.iter().find_map(|(_, tree)| Period::parse(tree.at(key)?.text()?))
    }

    /// The words of a table that last time's visit had.
    pub fn words(&self, key: &str) -> Vec<String> {
        let last = self.before.iter().find_map(|(_, tree)| tree.at(key));
        last.map(|node| node.entries().iter().map(|entry| entry.key.to_string()).collect())
            .unwrap_or_default()
    }

    /// The last visit that has a table that may be taken whole: one that changes little, or what the centre has declared when it
    /// checked itself for this campaign.
    pub fn whole(&self, row: &Field, key: &str) -> Option<Last> {
        let (day, tree) = self.before.iter().find(|(_, tree)| tree.at(key).is_some())?;
        let word = |key: &str| tree.get(key).and_then(Node::text);
        let is_declared = word("kind") == Some(VisitKind::SelfCheck.word())
            && self.campaign.is_some()
            && word("campaign") == self.campaign.as_deref();
        let may_be_taken = match row.asking.recall {
            Recall::Whole => true,
            Recall::Nothing => false,
            _ => is_declared,
        };
        let when = about(tree, row).unwrap_or_else(|| on(*day));
        may_be_taken.then(|| Last { when, typed: "same".to_owned() })
    }

    /// A table of the last visit that has it, without what belongs to that visit alone.
    pub fn take(&self, row: &Field, key: &str) -> Option<Node<'static>> {
        let mut table = self.before.iter().find_map(|(_, tree)| tree.at(key)).cloned()?;
        let once = |key: &str| {
            row.kind.fields().iter().any(|row| row.key == key && row.asking.recall == Recall::Nothing)
        };
        if let Value::Table(entries) = &mut table.value {
            entries.retain(|entry| !once(&entry.key));
        }
        Some(table)
    }

    /// The recommendations that were still open before the day, the oldest first.
    pub fn open(&self) -> Vec<Open<'_>> {
        let Some((_, date)) = self.of else { return Vec::new() };
        let before = |visit: &&Record<Visit>| visit.body.date.is_some_and(|day| day < date);
        let visits: Vec<&Record<Visit>> = self.history.visits.iter().filter(before).collect();
        let said = |maker: &Record<Visit>, word: &str| {
            let rows = visits.iter().flat_map(|visit| &visit.body.followup);
            rows.filter(|row| maker.made(word, &row.of)).filter_map(|row| row.state).next_back()
        };
        let made = visits.iter().flat_map(|visit| visit.body.recommendation.iter().map(|row| (*visit, row)));
        let all = made.map(|(maker, (word, body))| Open {
            id: format!("{}#{word}", maker.id),
            body,
            state: said(maker, word).unwrap_or(FollowupState::Open),
        });
        all.filter(|open| !matches!(open.state, FollowupState::Done | FollowupState::Dropped)).collect()
    }
}

impl Open<'_> {
    /// The recommendation with what is known about it.
    pub fn told(&self) -> Said {
        let Open { id, body, state } = self;
        let (text, state) = (&body.text, state.label());
        let to = body.addressee().map(|to| say!("{to}: ", "{to}: ", [to])).unwrap_or_default();
        let due = body.due.map(|due| say!("Thời hạn: {due}. ", "Due {due}. ", [due])).unwrap_or_default();
        say!(
            "{id} – {to}{text}\n{due}Tình trạng: {state}.",
            "{id} – {to}{text}\n{due}State: {state}.",
            [id, to, text, due, state]
        )
    }
}

impl Team {
    /// The members, one a line.
    pub fn told(&self) -> Said {
        let (vi, en) = (self.names(Lang::Vi), self.names(Lang::En));
        let (visit, names) = (self.visit.clone(), Said { vi, en });
        say!(
            "Đoàn kiểm tra gần đây nhất ({visit}):\n  {names}",
            "The latest team ({visit}):\n  {names}",
            [visit, names]
        )
    }

    fn names(&self, lang: Lang) -> String {
        let name = |row: &Node| {
            let name = row.get("name").and_then(Node::text)?;
            let role = row.get("role").and_then(Node::text).and_then(TeamRole::from_word);
            Some(role.map_or(name.to_owned(), |role| format!("{name} ({})", role.label().get(lang))))
        };
        self.rows.items().iter().filter_map(name).collect::<Vec<_>>().join("\n  ")
    }
}

/// What the figures of a part are about, if it says so: a period, or a day.
fn about(tree: &Node, part: &Field) -> Option<Said> {
    let row = part.kind.fields().iter().find(|row| row.asking.recall == Recall::About)?;
    match &tree.get(part.key)?.get(row.key)?.value {
        Value::Text(period) => Some(Said::same(period.to_string())),
        Value::Day(day) => Some(on(*day)),
        _ => None,
    }
}

/// So many self-checks and reports, which have no team, may be later than the latest visit that has one.
const MOST_WITHOUT_A_TEAM: usize = 1_000;

/// The team of the latest visit up to a day that has one.
fn latest_team(store: &Store, date: Day) -> Option<Team> {
    let scan = store.scan(&[Window::default()]).ok()?;
    let files =
        scan.centres.iter().flat_map(|centre| centre.visits.iter().map(move |file| (&centre.id, file)));
    let mut files: Vec<_> = files.filter(|(_, file)| file.date <= date).collect();
    files.sort_unstable_by_key(|(_, file)| Reverse((file.date, &file.stem)));
    files.into_iter().take(MOST_WITHOUT_A_TEAM).find_map(|(centre, file)| {
        let rows = toml::raw_tree(&store.text(&file.file())?).get("team")?.clone().into_owned();
        let (place, day) = (centre_place(store, centre), on(file.date));
        Some(Team { visit: say!("{place}, {day}", "{place}, {day}", [place, day]), rows })
    })
}

fn on(day: Day) -> Said {
    let day = |lang| day.in_lang(lang).into_owned();
    Said { vi: day(Lang::Vi), en: day(Lang::En) }
}
