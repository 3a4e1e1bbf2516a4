//! `campaigns/<id>.toml`: one inspection plan (kế hoạch kiểm tra).

use super::agree;
use super::asking::Suggest;
use super::date::Date;
use super::day::Day;
use super::field::{Field, Form, Kind, Refers, field};
use super::period::Period;
use super::visit::VisitKind;
use crate::choices;
use serde::{Deserialize, Serialize};

choices! {
    /// Who inspects.
    pub enum Mode {
        Inspection = "inspection", "đoàn kiểm tra", "inspection";
        SelfCheck = "self_check", "tự kiểm tra", "self-check";
        Joint = "joint", "đoàn kiểm tra và tự kiểm tra", "inspection and self-check";
    }
}

/// An inspection plan and its window.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Campaign {
    /// The title of the plan.
    pub title: String,
    /// Who inspects; none: a team.
    pub mode: Option<Mode>,
    /// The plan.
    pub plan: Option<Paper>,
    /// The decision that sets up the team.
    pub team_decision: Option<Paper>,
    /// The school year in which the visits are made.
    pub school_year: Option<Period>,
    /// The first day of the window.
    pub starts: Option<Day>,
    /// The last day of the window.
    pub ends: Option<Day>,
    /// The body that leads.
    pub lead: Option<String>,
    /// The bodies that take part.
    pub partners: Vec<String>,
    /// What the inspection is for.
    pub purposes: Vec<String>,
    /// The centres to visit; empty: every centre active in the window.
    pub centres: Vec<String>,
    /// The rating scheme.
    pub scheme: Option<String>,
    /// Centres of the plan that were not visited, and why.
    pub not_visited: Vec<NotVisited>,
}

/// A centre of the plan that was not visited.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotVisited {
    /// The centre.
    pub centre: String,
    /// Why: postponed, floods, a merger.
    pub reason: String,
}

impl Campaign {
    /// True if nothing tells this campaign from another one: they have one title and school year, no two plans, days in
    /// common, and not different centres.
    pub fn repeats(&self, other: &Campaign) -> bool {
        let key = |campaign: &Campaign| (campaign.title.clone(), campaign.school_year);
        let number = |campaign: &Campaign| campaign.plan.as_ref().and_then(|plan| plan.number.clone());
        let after =
            |one: Option<Day>, other: Option<Day>| one.zip(other).is_some_and(|(one, other)| one > other);
        let elsewhere = !self.centres.is_empty()
            && !other.centres.is_empty()
            && !self.centres.iter().any(|centre| other.centres.contains(centre));
        key(self) == key(other)
            && agree(number(self), number(other))
            && !after(self.starts, other.ends)
            && !after(other.starts, self.ends)
            && !elsewhere
    }

    /// True for a day in its window; none while the window is not known.
    pub fn holds(&self, day: Day) -> Option<bool> {
        Some(self.starts? <= day && day <= self.ends?)
    }

    /// True if a paper of this kind and day lies outside its window: a self-check prepares the visit of the team, so it may come
    /// before, and a report comes when it comes.
    pub fn is_missed_by(&self, kind: VisitKind, day: Day) -> bool {
        let is_early = self.starts.is_some_and(|starts| day < starts);
        self.holds(day) == Some(false)
            && match kind {
                VisitKind::Inspection => true,
                VisitKind::SelfCheck => !is_early,
                VisitKind::Report => false,
            }
    }
}

/// A numbered and dated document.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paper {
    /// Its number: `1009/KH-PGDĐT`.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
}

/// The keys of `campaigns/<id>.toml`.
pub const FIELDS: &[Field] = &[
    field("title", "Tên đợt kiểm tra", "Title", Kind::Text).required(),
    field("mode", "Hình thức", "Mode", Mode::KIND).rare(),
    field("plan", "Kế hoạch kiểm tra", "Plan", Kind::Inline(PAPER)),
    field("team_decision", "Quyết định thành lập đoàn kiểm tra", "Team decision", Kind::Inline(PAPER)),
    field("school_year", "Năm học", "School year", Kind::Form(Form::SchoolYear))
        .required()
        .suggest(Suggest::ThisSchoolYear),
    field("starts", "Từ ngày", "Starts", Kind::Day).required(),
    field("ends", "Đến ngày", "Ends", Kind::Day).required(),
    field("lead", "Cơ quan chủ trì", "Lead", Kind::Text),
    field("partners", "Cơ quan phối hợp", "Partners", Kind::List(&Kind::Text)),
    field("purposes", "Mục đích, yêu cầu", "Purposes", Kind::List(&Kind::Text)),
    field("centres", "Trung tâm được kiểm tra", "Centres", Kind::List(&Kind::Id(Refers::Centre))).help(
        "Bỏ trống: tất cả trung tâm đang hoạt động trong thời gian kiểm tra.",
        "Left out: every centre active in those days.",
    ),
    field("scheme", "Thang đánh giá", "Rating scheme", Kind::Id(Refers::RatingScheme)),
    field("not_visited", "Trung tâm không kiểm tra", "Centres not visited", Kind::Rows(NOT_VISITED)).rare(),
    super::EXTRA,
];

const NOT_VISITED: &[Field] = &[
    field("centre", "Trung tâm", "Centre", Kind::Id(Refers::Centre)).identifies().required(),
    field("reason", "Lý do", "Reason", Kind::Prose).required(),
];

const PAPER: &[Field] = &[
    field("number", "Số, ký hiệu", "Number", Kind::Form(Form::DocumentNumber)),
    field("date", "Ngày ban hành", "Date", Kind::Date),
];
