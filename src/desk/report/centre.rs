//! The yearly paper of a centre (báo cáo của trung tâm): what its visits and reports say of the year, as if it were one.

use super::letterhead::{DOTS, long};
use super::minutes::{facts, found, judgement, tallies};
use super::outline::Outline;
use super::visited::Visited;
use super::{Asked, Made, Of, Report, advice, people, versus};
use crate::desk::error::Error;
use crate::desk::pick;
use crate::model::document::{Block, Document, Foot, Head};
use crate::model::fact::{named, told};
use crate::model::field::Refers;
use crate::model::period::Period;
use crate::model::text::{Said, t};
use crate::say;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "centre",
    about: t("báo cáo năm của một trung tâm", "the yearly report of a centre"),
    of: Of::Centre,
    facts: || named(&facts::rows()),
    make,
};

fn make(asked: &Asked) -> Result<Made, Error> {
    let id = pick::id(asked.store, Refers::Centre, asked.of)?;
    let (mut visited, year) = Visited::year(asked.store, &id, asked.year, asked.today)?;
    let faults = std::mem::take(&mut visited.faults);
    Ok(Made { document: document(asked, &visited, year), facts: told(&facts::rows(), &visited), faults })
}

fn document(asked: &Asked, visited: &Visited, year: Period) -> Document {
    let (centre, year, dots) = (visited.centre_name(), year.said(), DOTS);
    let committee = visited.committee().unwrap_or_default();
    let mut page = Outline::default();
    page.paragraph(say!(
        "{centre} báo cáo kết quả hoạt động {year} như sau:",
        "{centre} reports on its work in {year}:",
        [centre, year]
    ));
    page.part(t("KẾT QUẢ HOẠT ĐỘNG", "RESULTS"));
    found::subjects(&mut page, visited);
    page.section(t("Số liệu chính so với kỳ trước", "Main figures beside those of the period before"));
    page.add(versus::table("compared", &tallies::all(visited)));
    tallies::fields(visited).into_iter().chain(tallies::titles(visited)).for_each(|table| page.add(table));
    judgement(&mut page, visited);
    page.part(t("KẾT QUẢ THỰC HIỆN KIẾN NGHỊ", "WHAT BECAME OF RECOMMENDATIONS"));
    let earlier = advice::earlier(visited);
    let earlier = earlier.iter().map(|earlier| advice::followed(earlier, Some(&committee)));
    page.list_or_dots(earlier.collect(), 2);
    page.part(t("PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM TỚI", "WHAT IS PLANNED FOR THE NEXT YEAR"));
    page.add(Block::Dots(5));
    page.part(t("KIẾN NGHỊ, ĐỀ XUẤT", "WHAT THE CENTRE ASKS FOR"));
    page.add(Block::Dots(3));
    page.paragraph(say!(
        "Trên đây là báo cáo kết quả hoạt động {year} của {centre}./.",
        "This is the report of {centre} on its work in {year}./.",
        [year, centre]
    ));
    let office = visited.register.settings.body.office.as_str();
    // where the commune keeps the register, its committee is the office
    let above = std::iter::once(committee.clone()).filter(|to| !to.is_empty() && to.vi != office);
    let others = [Said::same(office), Said::same(dots), t("Lưu: VT", "File").into()];
    let recipients = above.chain(others).collect();
    let centre_file = visited.history.centre.as_ref().map(|centre| &centre.body);
    let director = centre_file.and_then(|centre| centre.director_on(asked.today)).map(|it| it.name.as_str());
    let signature = people::signature(t("GIÁM ĐỐC", "DIRECTOR"), director);
    page.add(Block::Foot(Foot { signatures: vec![signature], recipients }));
    let of = say!(
        "(Kèm theo Báo cáo {year} của {centre})",
        "(Annexed to the report of {centre}, {year})",
        [year, centre]
    );
    page.annexes([(t("HÌNH ẢNH", "PICTURES"), visited.pictures.clone())], &of);
    let unit = centre_file.and_then(|centre| visited.register.unit(&centre.unit));
    let place = unit.map_or(dots, |unit| unit.name.as_str());
    let head = Head {
        parent: committee.vi,
        office: centre.to_owned(),
        number: say!("Số: {dots}/BC-TTHTCĐ", "No. {dots}/BC-TTHTCĐ", [dots]),
        dateline: say!("{place}, {day}", "{place}, {day}", [place, day = long(asked.today)]),
        subject: say!("Kết quả hoạt động {year}", "The work of the centre in {year}", [year]),
    };
    Document {
        name: "centre".into(),
        head: Some(head),
        title: t("BÁO CÁO", "REPORT").into(),
        blocks: page.blocks,
    }
}
