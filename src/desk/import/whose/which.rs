//! Which visit a row is about, if it does not say its id: by its centre, and its day, its campaign or its period.

use super::finder::Finder;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::id::VisitId;
use crate::model::path::Step;
use crate::model::period::Period;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;

/// What a row says about its visit.
pub struct Clues<'a> {
    /// The id of the centre.
    pub centre: &'a str,
    /// The day.
    pub date: Option<Day>,
    /// The id of the campaign.
    pub campaign: Option<&'a str>,
    /// What its figures are about.
    pub period: Option<Period>,
    /// The blocks of figures that it has.
    pub blocks: &'a [Step],
}

/// How long after a period figures about it may still be written down, in months.
const LATE: i32 = 24;

/// The id of the one visit that can be meant: one that is there, or a new one of that day.
pub fn visit(finder: &mut Finder, clues: &Clues) -> Result<String, Said> {
    let all = finder.visits(clues.centre);
    let found = match clues.date {
        Some(date) => all.iter().filter(|(day, _)| *day == date).map(|(_, id)| id.clone()).collect(),
        None if clues.campaign.is_none() && clues.period.is_none() => return Err(too_little()),
        None => {
            let all = all.to_vec();
            of_campaign_or_period(finder, clues, all)
        }
    };
    match (&found[..], clues.date) {
        ([id], _) => Ok(id.clone()),
        ([], Some(date)) => Ok(VisitId { date, centre: clues.centre, number: 1 }.to_string()),
        ([], None) => Err(none(clues)),
        _ => {
            let list = found.join(", ");
            Err(say!(
                "có thể là: {list}; ghi mã lần kiểm tra",
                "it may be: {list}; write the id of the visit",
                [list]
            ))
        }
    }
}

/// The visits of a centre that are of a campaign, and have the figures of a period or none yet.
fn of_campaign_or_period(finder: &mut Finder, clues: &Clues, mut all: Vec<(Day, String)>) -> Vec<String> {
    if let Some(campaign) = clues.campaign {
        all.retain(|(_, id)| text(finder.record(RecordKind::Visit, id), "campaign") == Some(campaign));
    }
    let Some(period) = clues.period.filter(|_| clues.campaign.is_none() || all.len() > 1) else {
        return all.into_iter().map(|(_, id)| id).collect();
    };
    let starts = finder.store.register.year_start();
    let days = period.days(starts);
    if clues.blocks.is_empty() {
        all.retain(|(day, _)| days.contains(day));
        return all.into_iter().map(|(_, id)| id).collect();
    }
    all.retain(|(day, _)| days.start() <= day && *day <= days.end().plus_months(LATE));
    let (mut about, mut free) = (Vec::new(), Vec::new());
    for (day, id) in all {
        let record = finder.record(RecordKind::Visit, &id);
        let mut told = clues.blocks.iter().filter_map(|block| period_of(record, block)).peekable();
        if told.peek().is_none() && period.reported_by(day, starts) == Some(period) {
            free.push(id);
        } else if told.any(|other| other == period) {
            about.push(id);
        }
    }
    if about.is_empty() { free } else { about }
}

/// What the figures of a block are about.
pub fn period_of(record: &Node, block: &Step) -> Option<Period> {
    Period::parse(text(record.follow(std::slice::from_ref(block))?, "period")?)
}

fn text<'t>(tree: &'t Node, key: &str) -> Option<&'t str> {
    tree.get(key)?.text()
}

fn too_little() -> Said {
    say!(
        "chưa rõ lần kiểm tra nào; thêm cột Ngày kiểm tra hoặc Đợt kiểm tra, hoặc --period KỲ",
        "it is not clear which visit; add a column Date or Campaign, or --period PERIOD"
    )
}

fn none(clues: &Clues) -> Said {
    let Clues { centre, campaign, period, .. } = clues;
    let period = period.map(Period::said).unwrap_or_default();
    let of = match campaign {
        Some(campaign) => say!("đợt {campaign}", "campaign {campaign}", [campaign]),
        None => say!("số liệu {period}", "figures for {period}", [period]),
    };
    say!(
        "trung tâm {centre} không có lần kiểm tra nào thuộc {of}; thêm cột Ngày kiểm tra cho lần mới",
        "centre {centre} has no visit with {of}; for a new one add a column Date",
        [centre, of]
    )
}
