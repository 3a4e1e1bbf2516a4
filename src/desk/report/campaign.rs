//! The report of a campaign (báo cáo kết quả kiểm tra).

use super::annexes::annexes;
use super::letterhead::{DOTS, bases, foot, head, long};
use super::outline::Outline;
use super::reading::{Reading, Told};
use super::results::{coverage, findings, followup, ranks, recommendations, sites};
use super::tells::{Tells, rows};
use super::themes::{Figures, number_tables, results};
use super::{Asked, Made, Of, Report};
use crate::desk::error::Error;
use crate::desk::pick;
use crate::model::campaign::{Campaign, Mode};
use crate::model::document::{Block, Document};
use crate::model::fact::{named, told};
use crate::model::field::Refers;
use crate::model::number::many;
use crate::model::register::{Register, Window};
use crate::model::text::{Said, Text, small, t};
use crate::say;
use crate::summary::window_before;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "campaign",
    about: t("báo cáo kết quả một đợt kiểm tra", "the report of a campaign"),
    of: Of::Campaign,
    facts: || named(&rows()),
    make,
};

/// The windows of the reading: the campaign, and the one before it.
const NOW: usize = 0;
const BEFORE: usize = 1;
/// More inspectors are only counted.
const PERSONS: usize = 12;

/// What the report is made of.
struct Parts<'a> {
    register: &'a Register,
    campaign: &'a Campaign,
    reading: Reading<'a>,
}

fn make(asked: &Asked) -> Result<Made, Error> {
    let register = &asked.store.register;
    let id = pick::id(asked.store, Refers::Campaign, asked.of)?;
    let Some(campaign) = register.campaigns.get(&id).map(|record| &record.body) else {
        return Err(Error::nothing(
            say!("không đọc được đợt kiểm tra “{id}”", "campaign “{id}” cannot be read", [id]),
            say!("xem lỗi: ttht check", "see the errors: ttht check"),
        ));
    };
    let window = Window { campaign: Some(id), ..Window::default() };
    let before = window_before(register, &window, None);
    let reading = Reading::of(asked, std::iter::once(window).chain(before).collect())?;
    let parts = Parts { register, campaign, reading };
    let document = parts.document(asked);
    let tells = Tells {
        register,
        reading: &parts.reading,
        campaign: Some(campaign),
        subject: &parts.subject(),
        visits: NOW,
        now: NOW,
        earlier: BEFORE,
    };
    let facts = told(&rows(), &tells);
    Ok(Made { document, facts, faults: parts.reading.faults })
}

impl Parts<'_> {
    fn document(&self, asked: &Asked) -> Document {
        let (campaign, reading) = (self.campaign, &self.reading);
        let before = (reading.said(BEFORE) != Said::default()).then_some(BEFORE);
        let figures = Figures { reading, now: NOW, before, visits: NOW };
        let mut page = Outline::default();
        page.add(Block::Bases(bases(Some(campaign))));
        self.opening(&mut page);
        page.part(t("KHÁI QUÁT ĐỢT KIỂM TRA", "THE CAMPAIGN"));
        page.section(t("Mục đích, yêu cầu", "Purpose"));
        page.list_or_dots(campaign.purposes.iter().map(Said::same).collect(), 2);
        page.section(t("Thành phần đoàn kiểm tra", "The inspectors"));
        self.team(&mut page);
        page.section(t("Số trung tâm được kiểm tra", "The centres visited"));
        coverage(&mut page, reading, NOW);
        page.part(t("KẾT QUẢ KIỂM TRA", "RESULTS"));
        results(&mut page, figures);
        sites(&mut page, &reading.told);
        page.part(t("ĐÁNH GIÁ CHUNG", "FINDINGS"));
        findings(&mut page, &reading.told);
        page.part(t("XẾP LOẠI", "RANKS"));
        if !ranks(&mut page, reading, NOW) {
            page.add(Block::Dots(1));
        }
        page.part(t("THỰC HIỆN KIẾN NGHỊ CỦA ĐỢT TRƯỚC", "EARLIER RECOMMENDATIONS"));
        followup(&mut page, reading, BEFORE, t("đợt trước", "the campaign before"));
        page.part(t("KIẾN NGHỊ, ĐỀ XUẤT", "RECOMMENDATIONS"));
        recommendations(&mut page, reading, NOW);
        number_tables(&mut page.blocks);
        let office = &self.register.settings.body.office;
        page.paragraph(say!(
            "Trên đây là báo cáo {subject} của {office}./.",
            "This is the report of {office}: {subject}./.",
            [subject = lower(&self.subject()), office]
        ));
        page.add(Block::Foot(foot(self.register, campaign.partners.iter().map(Said::same))));
        let of = say!(
            "(Kèm theo Báo cáo số {dots}/BC-{sign} {day} của {office})",
            "(Annexed to report {dots}/BC-{sign}, {day}, of {office})",
            [dots = DOTS, sign = self.sign(), day = long(asked.today), office]
        );
        page.annexes(annexes(asked.store, figures), &of);
        Document {
            name: "campaign".into(),
            head: Some(head(self.register, self.number(), Some(asked.today), self.subject())),
            title: t("BÁO CÁO", "REPORT").into(),
            blocks: page.blocks,
        }
    }

    /// Its number, to be filled in, and the sign of the body that made the plan: `Số: …/BC-PGDĐT`.
    fn number(&self) -> Said {
        say!("Số: {dots}/BC-{sign}", "No. {dots}/BC-{sign}", [dots = DOTS, sign = self.sign()])
    }

    /// The sign of the body that made the plan.
    fn sign(&self) -> &str {
        let plan = self.campaign.plan.as_ref().and_then(|plan| plan.number.as_ref());
        plan.and_then(|number| number.split_once("/KH-")).map_or(DOTS, |(_, sign)| sign)
    }

    /// What it is about: the title of the campaign, which is usually what was done.
    fn subject(&self) -> Said {
        let title = lower(&Said::same(self.campaign.title.trim()));
        say!("Kết quả {title}", "Results of: {title}", [title])
    }

    /// When it was made, and by whom.
    fn opening(&self, page: &mut Outline) {
        let campaign = self.campaign;
        let day = |day: Option<_>| day.map_or_else(|| Said::same(DOTS), long);
        let (starts, ends) = (day(campaign.starts), day(campaign.ends));
        let lead = campaign.lead.clone().unwrap_or_else(|| self.register.settings.body.office.clone());
        let partners = campaign.partners.join(", ");
        let with = match partners.is_empty() {
            true => Said::default(),
            false => say!(" phối hợp với {partners}", " with {partners}", [partners]),
        };
        let what = match campaign.mode {
            Some(Mode::SelfCheck) => t("tổ chức tự kiểm tra", "organised self-checks"),
            Some(Mode::Joint) => {
                t("tổ chức kiểm tra và tự kiểm tra", "organised inspections and self-checks")
            }
            Some(Mode::Inspection) | None => t("tổ chức kiểm tra", "inspected"),
        };
        let office = &self.register.settings.body.office;
        page.paragraph(say!(
            "Từ {starts} đến {ends}, {lead}{with} đã {what} các trung tâm học tập cộng đồng. {office} báo cáo kết quả như sau:",
            "From {starts} to {ends}, {lead}{with} {what} the community learning centres. {office} reports as follows:",
            [starts, ends, lead, with, what, office]
        ));
    }

    /// Who inspected, by the number of visits.
    fn team(&self, page: &mut Outline) {
        let persons = persons(&self.reading.told);
        match persons.len() {
            ..=PERSONS => page.list_or_dots(persons, 2),
            n => page.paragraph(say!(
                "Có {n} người tham gia các đoàn kiểm tra.",
                "{n} inspectors took part in the visits.",
                [n]
            )),
        }
    }
}

/// The inspectors of some visits with their posts, those of most visits first.
fn persons(told: &[Told]) -> Vec<Said> {
    let mut persons: Vec<(_, Option<Text>, usize)> = Vec::new();
    for member in told.iter().flat_map(|visit| &visit.team) {
        let key = [Some(member.name.as_str()), member.post.as_deref(), member.body.as_deref()];
        let role = member.role.map(|role| role.label());
        match persons.iter_mut().find(|(other, as_what, _)| *other == key && *as_what == role) {
            Some((_, _, visits)) => *visits += 1,
            None => persons.push((key, role, 1)),
        }
    }
    persons.sort_by_key(|(_, _, visits)| usize::MAX - visits);
    let said = persons.into_iter().map(|(person, role, visits)| {
        let person = Said::join(person.into_iter().flatten().map(Said::same), ", ");
        let role = role.map(|role| say!(": {role}", ": {role}", [role])).unwrap_or_default();
        let visits = many(visits, "lần kiểm tra", "visit");
        say!("{person}{role} ({visits})", "{person}{role} ({visits})", [person, role, visits])
    });
    said.collect()
}

/// A text that goes on a sentence.
fn lower(text: &Said) -> Said {
    Said { vi: small(&text.vi), en: small(&text.en) }
}
