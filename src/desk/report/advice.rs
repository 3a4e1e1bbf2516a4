//! Recommendations in papers (kiến nghị), and what became of the earlier ones.

use super::letterhead::DOTS;
use super::visited::Visited;
use super::wording::plain;
use crate::desk::questions::Past;
use crate::model::day::Day;
use crate::model::table::{Cell, ColumnKind, ColumnRow};
use crate::model::text::{InLang, Lang, Said, t};
use crate::model::visit::{Addressee, Followup, FollowupState, Recommendation};
use crate::say;

/// A recommendation that was open before a visit, and what the visit says of it.
pub struct Earlier {
    /// As visits name it: `2015-11-03-yen-thanh#r2`.
    pub id: String,
    /// The day on which it was made.
    pub made: Option<Day>,
    /// The recommendation.
    pub body: Recommendation,
    /// What became of it; `None` if the visit does not say.
    pub followup: Option<Followup>,
}

/// The recommendations that were open before a visit, the oldest first.
pub fn earlier(visited: &Visited) -> Vec<Earlier> {
    let Some(day) = visited.day() else { return Vec::new() };
    let past = Past::before(visited.history.clone(), day);
    let earlier = past.open().into_iter().map(|open| {
        let (maker, word) = open.id.rsplit_once('#').unwrap_or((&open.id, ""));
        let maker = past.history.visits.iter().find(|visit| visit.id == maker);
        let is_said = |row: &&Followup| maker.is_some_and(|maker| maker.made(word, &row.of));
        Earlier {
            made: maker.and_then(|maker| maker.body.date),
            body: open.body.clone(),
            followup: visited.visit().followup.iter().find(is_said).cloned(),
            id: open.id,
        }
    });
    earlier.collect()
}

/// Whom a recommendation is for: the commune by its name, if it is known.
pub fn addressee(recommendation: &Recommendation, committee: Option<&Said>) -> Said {
    let named = committee.filter(|_| recommendation.to == Some(Addressee::Commune)).cloned();
    named.or_else(|| recommendation.addressee()).unwrap_or_else(|| Said::same(DOTS))
}

/// A recommendation with its day, or with dots for it.
pub fn told(recommendation: &Recommendation) -> Said {
    let (text, due) = (plain(&recommendation.text), due(recommendation));
    say!("{text} (thời hạn: {due})", "{text} (due: {due})", [text, due])
}

/// An earlier recommendation and what became of it, or dots.
pub fn followed(earlier: &Earlier, committee: Option<&Said>) -> Said {
    let (text, due) = (plain(&earlier.body.text), due(&earlier.body));
    let (to, made) = (addressee(&earlier.body, committee), day(earlier.made));
    let state = earlier.followup.as_ref().and_then(|followup| followup.state);
    let state = state.map_or_else(|| Said::same(DOTS), |state| state.label().into());
    let note = earlier.followup.as_ref().and_then(|followup| followup.note.as_deref());
    let note = note.map(|note| say!(" ({note})", " ({note})", [note = plain(note)])).unwrap_or_default();
    say!(
        "Kiến nghị ngày {made} với {to}: {text} (thời hạn: {due}). Kết quả: {state}{note}.",
        "To {to}, {made}: {text} (due: {due}). Result: {state}{note}.",
        [made, to, text, due, state, note]
    )
}

fn due(recommendation: &Recommendation) -> Said {
    day(recommendation.due)
}

fn day(day: Option<Day>) -> Said {
    let said = |day: Day| Said { vi: day.in_lang(Lang::Vi).into(), en: day.in_lang(Lang::En).into() };
    day.map_or_else(|| Said::same(DOTS), said)
}

/// The columns of recommendations.
pub const COLUMNS: &[ColumnRow] = &[
    ("to", t("Nơi thực hiện", "For"), ColumnKind::Text),
    ("text", t("Kiến nghị", "Recommendation"), ColumnKind::Text),
    ("due", t("Thời hạn", "Due"), ColumnKind::Day),
];

/// A recommendation as cells.
pub fn cells(recommendation: &Recommendation, committee: Option<&Said>) -> Vec<Cell> {
    let to = recommendation.to.map(|to| Cell::word(to.word(), addressee(recommendation, committee)));
    vec![to.unwrap_or(Cell::Missing), Cell::text(&*recommendation.text), recommendation.due.into()]
}

/// The columns of earlier recommendations.
pub const EARLIER_COLUMNS: &[ColumnRow] = &[
    ("id", t("Mã", "Id"), ColumnKind::Text),
    ("date", t("Ngày kiến nghị", "Made"), ColumnKind::Day),
    COLUMNS[0],
    COLUMNS[1],
    COLUMNS[2],
    ("state", t("Kết quả thực hiện", "Outcome"), ColumnKind::Text),
    ("note", t("Ghi chú", "Note"), ColumnKind::Text),
];

/// An earlier recommendation as cells.
pub fn earlier_cells(earlier: &Earlier, committee: Option<&Said>) -> Vec<Cell> {
    let followup = earlier.followup.as_ref();
    let state = followup.and_then(|followup| followup.state).map(FollowupState::choice).into();
    let note = followup.and_then(|followup| followup.note.as_ref()).into();
    let mut row = vec![Cell::text(&*earlier.id), earlier.made.into()];
    row.extend(cells(&earlier.body, committee));
    row.extend([state, note]);
    row
}
