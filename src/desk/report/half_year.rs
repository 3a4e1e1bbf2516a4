//! The report of half a year (báo cáo 6 tháng): the figures about it whenever they were reported, and the visits made in it.

use super::annexes::annexes;
use super::letterhead::{DOTS, foot, head, long};
use super::outline::Outline;
use super::reading::Reading;
use super::results::{findings, followup, overview, ranks, recommendations, sites};
use super::tells::{Tells, rows};
use super::themes::{Figures, number_tables, results};
use super::{Asked, Made, Of, Report};
use crate::desk::error::Error;
use crate::model::document::{Block, Document};
use crate::model::fact::{named, told};
use crate::model::period::Period;
use crate::model::register::{Register, Window};
use crate::model::spoken;
use crate::model::text::{Said, small, t};
use crate::say;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "half-year",
    about: t("báo cáo 6 tháng: 2025-H1, 2025-H2", "the report of half a year: 2025-H1, 2025-H2"),
    of: Of::Half,
    facts: || named(&rows()),
    make,
};

/// The windows of the reading: the visits made in the half, the figures about it, those about the same half of the year
/// before, and the visits of the twelve months before it.
const VISITS: usize = 0;
const NOW: usize = 1;
const BEFORE: usize = 2;
const EARLIER: usize = 3;

fn make(asked: &Asked) -> Result<Made, Error> {
    let register = &asked.store.register;
    let half = half(asked.of)?;
    let first = *half.days(register.year_start()).start();
    let year = Period::Days(first.plus_months(-12), first.before());
    let made_in = |year| Window { year: Some(year), ..Window::default() };
    let about = |period| Window { period, ..Window::default() };
    let windows = vec![made_in(half), about(Some(half)), about(half.year_before()), made_in(year)];
    let reading = Reading::of(asked, windows)?;
    let subject = say!(
        "Hoạt động của các trung tâm học tập cộng đồng {half}",
        "The community learning centres, {half}",
        [half = half.said()]
    );
    let document = document(asked, register, &reading, &subject);
    let tells = Tells {
        register,
        reading: &reading,
        campaign: None,
        subject: &subject,
        visits: VISITS,
        now: NOW,
        earlier: EARLIER,
    };
    let facts = told(&rows(), &tells);
    Ok(Made { document, facts, faults: reading.faults })
}

/// The half that was typed: `2025-H1`, `6 tháng đầu năm 2025`.
fn half(typed: &str) -> Result<Period, Error> {
    spoken::period(typed).filter(|period| matches!(period, Period::Half(..))).ok_or_else(|| {
        Error::wrong_use(
            say!("“{typed}” không phải là 6 tháng của một năm", "“{typed}” is not half a year", [typed]),
            say!("nhập như 2025-H1 (6 tháng đầu năm) hoặc 2025-H2", "write it like 2025-H1 or 2025-H2"),
        )
    })
}

fn document(asked: &Asked, register: &Register, reading: &Reading, subject: &Said) -> Document {
    let office = &register.settings.body.office;
    let figures = Figures { reading, now: NOW, before: Some(BEFORE), visits: VISITS };
    let mut page = Outline::default();
    let about = Said { vi: small(&subject.vi), en: small(&subject.en) };
    page.paragraph(say!(
        "{office} báo cáo {about} như sau:",
        "{office} reports on {about}:",
        [office, about]
    ));
    page.part(t("TÌNH HÌNH CHUNG", "OVERVIEW"));
    overview(&mut page, reading, NOW, VISITS);
    page.part(t("KẾT QUẢ HOẠT ĐỘNG", "RESULTS"));
    results(&mut page, figures);
    sites(&mut page, &reading.told);
    page.part(t("ĐÁNH GIÁ CHUNG", "FINDINGS"));
    findings(&mut page, &reading.told);
    ranks(&mut page, reading, VISITS);
    page.part(t("THỰC HIỆN KIẾN NGHỊ", "EARLIER RECOMMENDATIONS"));
    followup(&mut page, reading, EARLIER, t("12 tháng trước đó", "the twelve months before"));
    page.part(t("PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI", "WHAT IS PLANNED"));
    page.add(Block::Dots(5));
    page.part(t("KIẾN NGHỊ, ĐỀ XUẤT", "RECOMMENDATIONS"));
    recommendations(&mut page, reading, VISITS);
    number_tables(&mut page.blocks);
    page.paragraph(say!(
        "Trên đây là báo cáo {about} của {office}./.",
        "This is the report of {office} on {about}./.",
        [about, office]
    ));
    page.add(Block::Foot(foot(register, [])));
    let of = say!(
        "(Kèm theo Báo cáo số {dots} {day} của {office})",
        "(Annexed to report {dots}, {day}, of {office})",
        [dots = DOTS, day = long(asked.today), office]
    );
    page.annexes(annexes(asked.store, figures), &of);
    let number = say!("Số: {dots}/BC-{dots}", "No. {dots}/BC-{dots}", [dots = DOTS]);
    Document {
        name: "half-year".into(),
        head: Some(head(register, number, Some(asked.today), subject.clone())),
        title: t("BÁO CÁO", "REPORT").into(),
        blocks: page.blocks,
    }
}
