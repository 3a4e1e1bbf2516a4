//! The minutes of a visit (biên bản kiểm tra): who met, what was looked at, what was found, what must change. What the
//! record does not say is dots, to be filled by hand.

pub mod facts;
pub mod found;
mod signing;
pub mod tallies;

use super::letterhead::{DOTS, bases, head, long};
use super::outline::Outline;
use super::visited::Visited;
use super::wording::{clock, listed, plain};
use super::{Asked, Made, Of, Report, advice, assessment, people};
use crate::desk::error::Error;
use crate::model::document::{Block, Document, Head};
use crate::model::fact::{named, told};
use crate::model::text::{Said, t};
use crate::model::visit::VisitKind;
use crate::say;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "minutes",
    about: t("biên bản của một lần kiểm tra", "the minutes of a visit"),
    of: Of::Visit,
    facts: || named(&facts::rows()),
    make,
};

fn make(asked: &Asked) -> Result<Made, Error> {
    let mut visited = Visited::find(asked.store, asked.of)?;
    if visited.visit().kind() == VisitKind::Report {
        return Err(no_visit(&visited));
    }
    let faults = std::mem::take(&mut visited.faults);
    Ok(Made { document: document(&visited), facts: told(&facts::rows(), &visited), faults })
}

/// Nobody met for a report of the centre: there is nothing to take minutes of.
fn no_visit(visited: &Visited) -> Error {
    let id = &visited.record().id;
    Error::wrong_use(
        say!(
            "“{id}” là báo cáo: không có đoàn kiểm tra nên không có biên bản",
            "“{id}” is a report: nobody inspected, so there are no minutes",
            [id]
        ),
        say!("xem nội dung: ttht show {id}", "to see it: ttht show {id}", [id]),
    )
}

fn document(visited: &Visited) -> Document {
    let mut page = Outline::default();
    opening(&mut page, visited);
    attendance(&mut page, visited);
    page.part(t("NỘI DUNG KIỂM TRA", "WHAT WAS CHECKED"));
    page.text_or_dots(listed(&visited.visit().agenda), 2);
    page.part(t("KẾT QUẢ KIỂM TRA", "WHAT WAS FOUND"));
    let tables = tallies::annex(visited);
    if !tables.is_empty() {
        page.paragraph(t(
            "(Số liệu cụ thể tại Phụ lục kèm theo.)",
            "(The figures in full are in the annex.)",
        ));
    }
    found::write(&mut page, visited);
    judgement(&mut page, visited);
    recommendations(&mut page, visited);
    let opinion = visited.visit().findings.opinion_of_centre.as_ref();
    if !visited.is_own() || opinion.is_some() {
        page.part(t("Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA", "OPINION OF THE INSPECTED BODY"));
        page.text_or_dots(opinion.into_iter().map(Said::same).collect(), 2);
    }
    page.paragraph(signing::closing(visited));
    page.add(Block::Foot(signing::foot(visited)));
    let annexes = [
        (t("SỐ LIỆU CỦA TRUNG TÂM", "FIGURES OF THE CENTRE"), tables),
        (t("ẢNH", "PHOTOGRAPHS"), visited.pictures.clone()),
    ];
    page.annexes(annexes, &signing::of(visited));
    Document {
        name: "minutes".into(),
        head: Some(heading(visited)),
        title: t("BIÊN BẢN", "MINUTES").into(),
        blocks: page.blocks,
    }
}

fn heading(visited: &Visited) -> Head {
    let number = say!("Số: {number}", "No. {number}", [number = visited.number()]);
    let centre = visited.centre_name();
    if !visited.is_own() {
        let subject =
            say!("Kiểm tra hoạt động của {centre}", "Inspection of the activities of {centre}", [centre]);
        return head(&visited.register, number, None, subject);
    }
    let subject =
        say!("Tự kiểm tra hoạt động của {centre}", "Self-check of the activities of {centre}", [centre]);
    let parent = visited.committee().unwrap_or_default().vi;
    Head { parent, office: centre.to_owned(), number, dateline: Said::default(), subject }
}

/// On what basis, when and where they met.
fn opening(page: &mut Outline, visited: &Visited) {
    let (visit, dots) = (visited.visit(), || Said::same(DOTS));
    page.add(Block::Bases(bases(visited.campaign())));
    let hour = say!("{dots} giờ {dots} phút", "{dots}", [dots = DOTS]);
    let hour = visit.starts.map_or(hour, clock);
    let day = visited.day().map_or_else(dots, long);
    let place = visit.place.as_deref().unwrap_or(DOTS);
    let centre = visited.centre_name();
    let office = &visited.register.settings.body.office;
    let lead = visited.campaign().and_then(|campaign| campaign.lead.as_ref()).unwrap_or(office);
    page.paragraph(match visited.is_own() {
        true => say!(
            "Hôm nay, vào hồi {hour}, {day}, tại {place}, {centre} tiến hành tự kiểm tra.",
            "Today, {day}, at {hour}, at {place}, {centre} inspected itself.",
            [hour, day, place, centre]
        ),
        false => say!(
            "Hôm nay, vào hồi {hour}, {day}, tại {place}, đoàn kiểm tra do {lead} chủ trì tiến hành kiểm tra {centre}.",
            "Today, {day}, at {hour}, at {place}, the team led by {lead} inspected {centre}.",
            [hour, day, place, lead, centre]
        ),
    });
    let again = visit.follow_up_of.as_ref().and_then(|id| {
        let first = visited.history.visits.iter().find(|visit| visit.goes_by(id))?.body.date?;
        Some(say!(
            "Đây là lần kiểm tra lại sau lần kiểm tra {day}.",
            "This follows up the visit of {day}.",
            [day = long(first)]
        ))
    });
    let outside = visit.outside_window_reason.as_ref().map(|why| {
        let why = plain(why);
        say!("Lý do kiểm tra ngoài kế hoạch: {why}.", "Reason for a visit outside the plan: {why}.", [why])
    });
    again.into_iter().chain(outside).for_each(|said| page.paragraph(said));
}

fn attendance(page: &mut Outline, visited: &Visited) {
    page.part(t("THÀNH PHẦN", "THOSE PRESENT"));
    let visit = visited.visit();
    let team: Vec<Said> = visit.team.iter().map(people::member).collect();
    let hosts: Vec<Said> = visit.host.iter().map(people::host).collect();
    if visited.is_own() {
        page.list_or_dots(team.into_iter().chain(hosts).collect(), 3);
        return;
    }
    page.section(t("Đoàn kiểm tra", "The team"));
    page.list_or_dots(team, 3);
    page.section(t("Đơn vị được kiểm tra", "The inspected body"));
    page.list_or_dots(hosts, 2);
}

/// Strengths, shortcomings, causes and the rank.
pub fn judgement(page: &mut Outline, visited: &Visited) {
    page.part(t("ĐÁNH GIÁ", "JUDGEMENT"));
    let found = &visited.visit().findings;
    page.told(t("Ưu điểm", "Strengths"), listed(&found.strengths), 2);
    page.told(t("Tồn tại, hạn chế", "Shortcomings"), listed(&found.shortcomings), 2);
    page.told(t("Nguyên nhân", "Causes"), listed(&found.causes), 1);
    let ratings = visited.visit().rating.iter();
    let ranks = ratings.flat_map(|(scheme, rating)| assessment::said(&visited.register, scheme, rating));
    page.told(t("Xếp loại", "Rank"), ranks.collect(), 1);
}

fn recommendations(page: &mut Outline, visited: &Visited) {
    page.part(t("KIẾN NGHỊ", "RECOMMENDATIONS"));
    let committee = visited.committee();
    let told = |recommendation| {
        let (to, told) =
            (advice::addressee(recommendation, committee.as_ref()), advice::told(recommendation));
        say!("Đối với {to}: {told}.", "To {to}: {told}.", [to, told])
    };
    page.list_or_dots(visited.visit().recommendation.values().map(told).collect(), 2);
    let earlier = advice::earlier(visited);
    if !earlier.is_empty() {
        page.paragraph(t(
            "Kết quả thực hiện kiến nghị lần trước:",
            "What became of earlier recommendations:",
        ));
        let told = earlier.iter().map(|earlier| advice::followed(earlier, committee.as_ref()));
        page.add(Block::List(told.collect()));
    }
}

#[cfg(test)]
mod tests;
