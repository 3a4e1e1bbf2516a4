//! How a centre or a commune rates, as papers show it: points and their maxima by criterion, the indicators that are met, the
//! rank.

use super::letterhead::DOTS;
use super::wording::{plain, sentence};
use crate::model::rating::Rating;
use crate::model::register::Register;
use crate::model::table::{Cell, ColumnKind, ColumnRow};
use crate::model::text::{Said, t};
use crate::say;
use std::collections::BTreeSet;

/// The columns of a table by criteria.
pub const COLUMNS: &[ColumnRow] = &[
    ("criterion", t("Tiêu chí", "Criterion"), ColumnKind::Text),
    ("max", t("Điểm tối đa", "Maximum"), ColumnKind::Number),
    ("points", t("Điểm đạt", "Points"), ColumnKind::Number),
    ("met", t("Đạt", "Met"), ColumnKind::Bool),
    ("evidence", t("Minh chứng", "Evidence"), ColumnKind::Text),
];

/// The rows by criteria: those of the scheme, then those that it does not know.
pub fn rows(register: &Register, scheme: &str, rating: &Rating) -> Vec<Vec<Cell>> {
    let criteria = register.schemes.get(scheme).map_or(&[][..], |scheme| &scheme.body.criterion);
    let mut rows: Vec<(&str, Said, Cell)> = criteria
        .iter()
        .map(|criterion| (criterion.id.as_str(), criterion.label.clone(), criterion.max.into()))
        .collect();
    let known: BTreeSet<&str> = rows.iter().map(|(id, ..)| *id).collect();
    let keys = rating.scores.keys().chain(rating.met.keys()).chain(rating.evidence.keys());
    let more: BTreeSet<&str> = keys.map(String::as_str).filter(|id| !known.contains(id)).collect();
    rows.extend(more.into_iter().map(|id| (id, Said::same(id), Cell::Missing)));
    let cells = |(id, label, max): (&str, Said, Cell)| {
        let points = rating.scores.get(id).copied().into();
        let met = rating.met.get(id).copied().into();
        vec![Cell::word(id, label), max, points, met, rating.evidence.get(id).into()]
    };
    rows.into_iter().map(cells).collect()
}

/// How a visit rates by a scheme, in sentences: points and their maxima, what is met, the ranks.
pub fn said(register: &Register, scheme: &str, rating: &Rating) -> Vec<Said> {
    let title = title(register, scheme);
    let criteria = rows(register, scheme, rating).into_iter().filter_map(|row| criterion(&row));
    let most = register.schemes.get(scheme).and_then(|scheme| scheme.body.max);
    let total =
        rating.points().map(|points| say!("tổng điểm {p}", "total points {p}", [p = of_most(points, most)]));
    let judged = Said::join(criteria.chain(total), "; ");
    let judged = match judged.is_empty() {
        true => say!("{title}.", "{title}.", [title]),
        false => say!("{title}: {judged}.", "{title}: {judged}.", [title, judged]),
    };
    std::iter::once(judged).chain(ranks(register, scheme, rating)).collect()
}

/// What is said of a criterion; `None` if nothing is.
fn criterion(row: &[Cell]) -> Option<Said> {
    let [Cell::Word(_, label), most, points, met, evidence] = row else { return None };
    let points = points.number().map(|points| say!(" {p}", " {p}", [p = of_most(points, most.number())]));
    let met = match met {
        Cell::Bool(true) => Some(say!(" – đạt", " – met")),
        Cell::Bool(false) => Some(say!(" – chưa đạt", " – not met")),
        _ => None,
    };
    let evidence = match evidence {
        Cell::Text(text) => Some(say!(" (minh chứng: {text})", " (evidence: {text})", [text = plain(text)])),
        _ => None,
    };
    let parts: Vec<Said> = [points, met, evidence].into_iter().flatten().collect();
    let told = Said::join(parts, "");
    (!told.is_empty()).then(|| say!("{label}{told}", "{label}{told}", [label = **label, told]))
}

/// So many points of as many: `18/20`.
fn of_most(points: f64, most: Option<f64>) -> Said {
    match most {
        Some(most) => say!("{points}/{most}", "{points}/{most}", [points, most]),
        None => say!("{points}", "{points}", [points]),
    }
}

/// What a scheme is called.
fn title(register: &Register, scheme: &str) -> Said {
    register.schemes.get(scheme).map_or_else(|| Said::same(scheme), |scheme| scheme.body.title.clone())
}

/// The ranks, or dots, with what else is said of them.
fn ranks(register: &Register, scheme: &str, rating: &Rating) -> Vec<Said> {
    let rank = |id: &Option<String>| match id {
        Some(id) => register.rank(scheme, id),
        None => Said::same(DOTS),
    };
    let (own, given) = (rank(&rating.self_rank), rank(&rating.rank));
    let period = rating
        .period
        .map(|period| say!("kỳ đánh giá: {period}", "rated period: {period}", [period = period.said()]));
    let decision = rating.decision.as_ref().map(|decision| {
        let date = decision.date.map(|date| say!(" {date}", " {date}", [date = date.said()]));
        let (number, date) = (decision.number.as_deref().unwrap_or(DOTS), date.unwrap_or_default());
        let by =
            decision.authority.as_ref().map(|by| say!(" của {by}", " of {by}", [by])).unwrap_or_default();
        say!("quyết định công nhận số {number}{date}{by}", "decision {number}{date}{by}", [number, date, by])
    });
    let valid = rating.valid_to.map(|day| say!("có giá trị đến {day}", "valid to {day}", [day]));
    let reason = rating.reason.as_ref();
    let reason = reason.map(|why| {
        say!("lý do xếp loại khác với thang: {why}", "reason for another rank: {why}", [why = plain(why)])
    });
    let ranks =
        say!("Tự xếp loại: {own}; xếp loại: {given}", "Self-rating: {own}; rank: {given}", [own, given]);
    sentence(std::iter::once(ranks).chain([period, decision, valid, reason].into_iter().flatten()))
        .into_iter()
        .collect()
}
