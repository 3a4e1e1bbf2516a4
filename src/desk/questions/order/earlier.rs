//! What earlier visits bring up: the recommendations that are still open, and the team of the latest visit.

use super::{Stop, Way};
use crate::desk::questions::page::Line;
use crate::desk::questions::question::{Empty, FormPart, Question, labelled};
use crate::model::field::{Field, Kind};
use crate::model::path::{item_below, key_below};
use crate::model::text::{Said, t};
use crate::model::tree::Node;
use crate::model::visit::FollowupState;
use crate::say;

impl Way<'_> {
    /// Asks what became of each open recommendation.
    pub(super) fn follow_up(&mut self, row: &'static Field) -> Result<(), Stop> {
        let open = self.asker.past.open();
        let n = open.len();
        let heading = say!(
            "Kiến nghị của các lần kiểm tra trước chưa thực hiện xong: {n}",
            "Open recommendations of earlier visits: {n}",
            [n]
        );
        if !open.is_empty() {
            self.begin(FormPart { key: row.key, number: 0, label: row.label, heading });
        }
        for open in &open {
            self.about = open.told();
            let (key, label): (_, Said) =
                (format!("{}.{}", row.key, open.id), t("Kết quả thực hiện đến nay", "Outcome so far").into());
            self.line = Some(Line::new(key.clone(), label.clone()));
            let q =
                Question { empty: Empty::Leaves, ..Question::new(key.clone(), label, FollowupState::KIND) };
            let state = match self.ask(q) {
                Err(Stop::Next) => break,
                other => other?,
            };
            let Some(state) = state else { continue };
            let n = self.tree().get(row.key).map_or(0, |rows| rows.items().len());
            let place = item_below(row.key, n);
            self.put(&key_below(place.as_str(), "of"), Node::of_text(open.id.as_str()));
            self.put(&key_below(place.as_str(), "state"), state);
            let Some(note) = row.kind.fields().iter().find(|field| field.key == "note") else { continue };
            let q = Question::new(key_below(key, note.key), note.label.into(), note.kind);
            if let Some(answer) = self.ask_one(Question { empty: Empty::Leaves, ..q })? {
                self.put(&key_below(place, note.key), answer);
            }
        }
        (self.part, self.about, self.line) = (None, Said::default(), None);
        Ok(())
    }

    /// Offers the whole team of the latest visit.
    pub(super) fn offer_team(&mut self, row: &'static Field) -> Result<(), Stop> {
        let Some(team) = &self.asker.past.team else { return Ok(()) };
        self.about = team.told();
        let (key, label) = (key_below(row.key, "same"), t("Giữ nguyên đoàn này?", "Keep this team?").into());
        let answer = self.ask_one(Question {
            help: t("Sau đó vẫn có thể thêm người.", "More people can be added afterwards."),
            words: vec![labelled("yes", t("giữ nguyên", "keep this team"))],
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
