//! The report of a campaign (báo cáo kết quả kiểm tra).

use super::annexes::annexes;
use super::letterhead::{DOTS, foot, head, long};
use super::reading::{Reading, Told};
use super::results::{coverage, findings, followup, ranks, recommendations, sites};
use super::themes::{Figures, number_tables, numbered, results};
use super::{Asked, Made, Of, Report};
use crate::desk::error::Error;
use crate::desk::pick;
use crate::model::campaign::{Campaign, Mode, Paper};
use crate::model::document::{Block, Document, Level};
use crate::model::fact::{FactRow, named, one, told};
use crate::model::field::Refers;
use crate::model::number::many;
use crate::model::register::{Register, Window};
use crate::model::table::{Cell, ColumnKind};
use crate::model::text::{Said, Text, t};
use crate::say;
use crate::summary::window_before;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "campaign",
    about: t("báo cáo kết quả một đợt kiểm tra", "the report of a campaign"),
    of: Of::Campaign,
    facts: || named(&facts()),
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
            say!("xem lỗi: ttht check", "for its faults: ttht check"),
        ));
    };
    let window = Window { campaign: Some(id), ..Window::default() };
    let before = window_before(register, &window, None);
    let reading = Reading::of(asked, std::iter::once(window).chain(before).collect())?;
    let parts = Parts { register, campaign, reading };
    let document = parts.document(asked);
    let facts = told(&facts(), &parts);
    Ok(Made { document, facts, faults: parts.reading.faults })
}

/// What the report tells by name.
fn facts<'a>() -> Vec<FactRow<Parts<'a>>> {
    vec![one("title", "Tên đợt kiểm tra", "Campaign", ColumnKind::Text, |parts| {
        Cell::text(parts.campaign.title.as_str())
    })]
}

impl Parts<'_> {
    fn document(&self, asked: &Asked) -> Document {
        let (campaign, reading) = (self.campaign, &self.reading);
        let before = (reading.said(BEFORE) != Said::default()).then_some(BEFORE);
        let figures = Figures { reading, now: NOW, before };
        let part = |heading: Text| Block::Heading(Level::Part, heading.into());
        let mut blocks = vec![Block::Bases(self.bases()), self.opening()];
        blocks.push(part(t("I. KHÁI QUÁT ĐỢT KIỂM TRA", "I. THE CAMPAIGN")));
        blocks.extend(self.purposes());
        blocks.extend(self.team());
        blocks.push(Block::Heading(
            Level::Section,
            numbered(3, t("Số trung tâm được kiểm tra", "The centres visited")),
        ));
        blocks.extend(coverage(reading, NOW));
        blocks.push(part(t("II. KẾT QUẢ KIỂM TRA", "II. RESULTS")));
        blocks.extend(results(figures));
        blocks.extend(sites(&reading.told));
        blocks.push(part(t("III. ĐÁNH GIÁ CHUNG", "III. FINDINGS")));
        blocks.extend(findings(&reading.told));
        blocks.push(part(t("IV. XẾP LOẠI", "IV. RANKS")));
        let ranks = ranks(reading, NOW);
        blocks.extend(if ranks.is_empty() { vec![Block::Dots(1)] } else { ranks });
        blocks.push(part(t("V. THỰC HIỆN KIẾN NGHỊ CỦA ĐỢT TRƯỚC", "V. EARLIER RECOMMENDATIONS")));
        blocks.extend(followup(reading, BEFORE, t("đợt trước", "the campaign before")));
        blocks.push(part(t("VI. KIẾN NGHỊ, ĐỀ XUẤT", "VI. RECOMMENDATIONS")));
        blocks.extend(recommendations(reading, NOW));
        number_tables(&mut blocks);
        let office = &self.register.settings.body.office;
        blocks.push(Block::Paragraph(say!(
            "Trên đây là báo cáo {subject} của {office}./.",
            "This is the report of {office} on {subject}./.",
            [subject = lower(&self.subject()), office]
        )));
        blocks.push(Block::Foot(foot(self.register, campaign.partners.iter().map(Said::same))));
        let of = say!(
            "(Kèm theo Báo cáo {number} {day} của {office})",
            "(Annexed to report {number}, {day}, of {office})",
            [number = lower(&self.number()), day = long(asked.today), office]
        );
        blocks.extend(annexes(figures, NOW, &of));
        Document {
            name: "campaign".into(),
            head: Some(head(self.register, self.number(), Some(asked.today), self.subject())),
            title: t("BÁO CÁO", "REPORT").into(),
            blocks,
        }
    }

    /// Its number, to be filled in, and the sign of the body that made the plan: `Số: …/BC-PGDĐT`.
    fn number(&self) -> Said {
        let plan = self.campaign.plan.as_ref().and_then(|plan| plan.number.as_ref());
        let sign = plan.and_then(|number| number.split_once("/KH-")).map_or(DOTS, |(_, sign)| sign);
        say!("Số: {dots}/BC-{sign}", "No. {dots}/BC-{sign}", [dots = DOTS, sign])
    }

    /// What it is about: the title of the campaign, which is usually what was done.
    fn subject(&self) -> Said {
        let title = lower(&Said::same(self.campaign.title.trim()));
        say!("Kết quả {title}", "Results of: {title}", [title])
    }

    fn bases(&self) -> Vec<Said> {
        let campaign = self.campaign;
        let by = || campaign.lead.clone().unwrap_or_else(|| DOTS.to_owned());
        let about = &campaign.title;
        let plan = campaign.plan.clone().unwrap_or_default();
        let plan = say!(
            "Căn cứ Kế hoạch {plan} của {by} về việc “{about}”",
            "Based on plan {plan} of {by}, “{about}”",
            [plan = paper(&plan), by = by(), about]
        );
        let decision = campaign.team_decision.as_ref().map(|decision| {
            say!(
                "Căn cứ Quyết định {decision} của {by} về việc thành lập đoàn kiểm tra",
                "Based on decision {decision} of {by}, which set up the team",
                [decision = paper(decision), by = by()]
            )
        });
        std::iter::once(plan).chain(decision).collect()
    }

    /// When it was made, and by whom.
    fn opening(&self) -> Block {
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
        Block::Paragraph(say!(
            "Từ {starts} đến {ends}, {lead}{with} đã {what} các trung tâm học tập cộng đồng. {office} báo cáo kết quả như sau:",
            "From {starts} to {ends}, {lead}{with} {what} the community learning centres. {office} reports as follows:",
            [starts, ends, lead, with, what, office]
        ))
    }

    fn purposes(&self) -> Vec<Block> {
        let purposes = &self.campaign.purposes;
        let heading = Block::Heading(Level::Section, numbered(1, t("Mục đích, yêu cầu", "Purpose")));
        match purposes.is_empty() {
            true => vec![heading, Block::Dots(2)],
            false => vec![heading, Block::List(purposes.iter().map(Said::same).collect())],
        }
    }

    /// Who inspected, by the number of visits.
    fn team(&self) -> Vec<Block> {
        let heading = t("Thành phần đoàn kiểm tra", "The inspectors");
        let mut blocks = vec![Block::Heading(Level::Section, numbered(2, heading))];
        let persons = persons(&self.reading.told);
        let n = persons.len();
        blocks.push(match n {
            0 => Block::Dots(2),
            1..=PERSONS => Block::List(persons),
            n => Block::Paragraph(say!(
                "Có {n} người tham gia các đoàn kiểm tra.",
                "{n} inspectors took part in the visits.",
                [n]
            )),
        });
        blocks
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

/// A document by its number and its day, with dots for what is not known.
fn paper(paper: &Paper) -> Said {
    let number = paper.number.as_deref().unwrap_or(DOTS);
    let date = paper.date.map_or_else(|| say!("ngày {dots}", "of {dots}", [dots = DOTS]), |date| date.said());
    say!("số {number} {date}", "{number} {date}", [number, date])
}

/// A text that goes on a sentence: its first letter is small, unless the word is one of initials.
fn lower(text: &Said) -> Said {
    let lower = |text: &str| {
        let mut letters = text.chars();
        match (letters.next(), letters.clone().next()) {
            (Some(first), Some(second)) if !second.is_uppercase() => {
                first.to_lowercase().chain(letters).collect::<String>()
            }
            _ => text.to_owned(),
        }
    };
    Said { vi: lower(&text.vi), en: lower(&text.en) }
}
