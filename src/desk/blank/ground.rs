//! What the leaves of a form are made from: the field rows, what the register has of the visit, and what was said last time.

use crate::desk::questions::Offers;
use crate::model::asking::When;
use crate::model::field::{Field, Form, Kind, MONEY_MAX};
use crate::model::leaf::Wants;
use crate::model::period::Period;
use crate::model::table::Cell;
use crate::model::text::{Said, t};
use crate::model::tree::Node;
use crate::model::visit::VisitKind;
use crate::summary::export::cell;

/// What a report has not: nobody travelled.
const NOT_IN_REPORTS: &[&str] =
    &["starts", "ends", "place", "agenda", "outside_window_reason", "team", "host", "site", "minutes"];

/// From what the leaves are made.
#[derive(Clone, Copy)]
pub struct Ground<'g> {
    /// What is known for the rows.
    pub offers: Offers<'g>,
    /// What the register has already of this visit.
    pub record: Option<&'g Node<'static>>,
    /// The kind of paper.
    pub kind: VisitKind,
    /// What the figures are to be about, if that was said.
    pub period: Option<Period>,
}

/// Where a row stands.
#[derive(Clone, Copy, PartialEq)]
pub enum Stand {
    /// On the leaf of its part.
    Here,
    /// On the last leaf.
    Later,
    /// On none.
    Nowhere,
}

impl<'g> Ground<'g> {
    /// What the register has at a key.
    pub fn now(self, key: &str) -> Option<&'g Node<'static>> {
        self.record?.at(key)
    }

    /// What was said at a key by the last visit that has its part.
    pub fn last(self, key: &str) -> Option<&'g Node<'static>> {
        let (part, rest) = key.split_once('.').unwrap_or((key, ""));
        let part = self.offers.asker.past.part(part)?;
        if rest.is_empty() { Some(part) } else { part.at(rest) }
    }

    /// Where a row stands.
    pub fn stand(self, row: &Field, key: &str) -> Stand {
        if self.kind == VisitKind::Report && NOT_IN_REPORTS.contains(&key) {
            return Stand::Nowhere;
        }
        match row.asking.when {
            When::Never => Stand::Nowhere,
            _ if self.now(key).is_some() => Stand::Here,
            When::Rare if self.last(key).is_some() => Stand::Here,
            // What is decided later than a form is filled.
            When::Rare if key.starts_with("rating.") => Stand::Nowhere,
            When::Rare => Stand::Later,
            When::OutsideWindow | When::SeenInCampaign | When::Without(_) | When::NoScores => Stand::Nowhere,
            When::Always | When::OtherIn(_) | When::RankDiffers => Stand::Here,
            _ if self.offers.is_asked(row, key) => Stand::Here,
            _ => Stand::Nowhere,
        }
    }

    /// A value as a cell shows it: code words by what they are called.
    pub fn cell(self, row: &Field, key: &str, node: Option<&Node>) -> Cell {
        let Some(node) = node else { return Cell::Missing };
        let words = self.offers.words(row, key);
        let word = words.into_iter().find(|word| Some(&*word.id) == node.text());
        word.map_or_else(|| cell(node, &row.kind), |word| Cell::word(word.id, word.label))
    }

    /// What belongs in the cell of a row.
    pub fn wants(self, row: &Field, key: &str) -> Wants {
        let words = self.offers.words(row, key);
        if !words.is_empty() {
            return Wants::One(words.into_iter().map(|word| word.label).collect());
        }
        match row.kind {
            Kind::Count(most) => Wants::Whole(most),
            Kind::Money => Wants::Whole(MONEY_MAX),
            Kind::Measure(_) => Wants::Number,
            Kind::Day => Wants::Day,
            Kind::Time => Wants::Time,
            Kind::Bool => Wants::One([t("có", "yes"), t("không", "no")].map(Said::from).into()),
            Kind::Choice(choices) => Wants::One(choices.iter().map(|choice| choice.label.into()).collect()),
            Kind::List(Kind::Choice(choices)) => {
                Wants::Several(choices.iter().map(|choice| choice.label.into()).collect())
            }
            Kind::Prose | Kind::List(_) => Wants::Prose,
            _ => Wants::Words,
        }
    }

    /// The period that the figures of a part are about, unless its cell says another one.
    pub fn period(self, row: &Field, key: &str) -> Cell {
        let usual = || self.offers.suggested(row, key);
        Cell::text(self.period.map(|period| period.to_string()).or_else(usual).unwrap_or_default())
    }
}

/// How the cell of a row is filled, in a few words.
pub fn help(row: &Field) -> Said {
    let unit = match row.kind {
        Kind::Money => t("đồng", "đồng"),
        Kind::Measure(unit) => unit,
        Kind::Form(Form::Period) => {
            return t("2015-2016, 2016, 2016-H1", "2015-2016, 2016, 2016-H1").into();
        }
        Kind::Day => t("ngày/tháng/năm", "year-month-day"),
        Kind::Time => t("giờ:phút", "hours:minutes"),
        _ => t("", ""),
    };
    let parts = [unit, row.help].into_iter().filter(|part| !part.vi.is_empty()).map(Said::from);
    Said::join(parts, ". ")
}
