//! How minutes end: the closing formula, who signs, who gets a copy.

use super::super::letterhead::{DOTS, long};
use super::super::visited::Visited;
use super::super::wording::clock;
use super::super::{advice, people};
use crate::model::document::Foot;
use crate::model::text::{Said, t};
use crate::model::visit::{Addressee, TeamRole};
use crate::say;

/// The closing formula.
pub fn closing(visited: &Visited) -> Said {
    let visit = visited.visit();
    let minutes = visit.minutes.as_ref();
    let hour = say!("{dots} giờ {dots} phút", "{dots}", [dots = DOTS]);
    let hour = visit.ends.map_or(hour, clock);
    let day = minutes.and_then(|minutes| minutes.date).or_else(|| visited.day());
    let day = day.map_or_else(|| Said::same(DOTS), long);
    let copies = minutes.and_then(|minutes| minutes.copies);
    let copies = copies.map_or_else(|| DOTS.to_owned(), |copies| format!("{copies:02}"));
    say!(
        "Biên bản lập xong hồi {hour}, {day}, gồm {pages} trang, được lập thành {copies} bản có giá trị như nhau, đã đọc cho \
         các thành phần cùng nghe, thống nhất ký tên./.",
        "These minutes were finished at {hour} on {day}. They have {pages} pages, are made in {copies} copies of equal value, and \
         were read out to those present, who agree and sign./.",
        [hour, day, pages = DOTS, copies]
    )
}

/// What annexes belong to.
pub fn of(visited: &Visited) -> Said {
    let (number, day) = (visited.number(), visited.day().map_or_else(|| Said::same(DOTS), long));
    say!("(Kèm theo Biên bản số {number} {day})", "(To minutes No. {number} of {day})", [number, day])
}

/// Who signs, and who gets a copy.
pub fn foot(visited: &Visited) -> Foot {
    let visit = visited.visit();
    let secretary = people::in_role(&visit.team, TeamRole::Secretary);
    let lead = people::in_role(&visit.team, TeamRole::Lead);
    let first = match visited.is_own() {
        true => people::signature(t("GIÁM ĐỐC TRUNG TÂM", "DIRECTOR OF THE CENTRE"), director(visited)),
        false => people::signature(
            t("ĐẠI DIỆN ĐƠN VỊ\nĐƯỢC KIỂM TRA", "FOR THE\nINSPECTED BODY"),
            people::first_host(&visit.host),
        ),
    };
    let written = people::signature(t("NGƯỜI LẬP", "WRITTEN BY"), visit.reporter.as_deref());
    let secretary = people::signature(t("THƯ KÝ", "SECRETARY"), secretary);
    let lead = people::signature(t("TM. ĐOÀN KIỂM TRA\nTRƯỞNG ĐOÀN", "FOR THE TEAM\nTEAM LEADER"), lead);
    let signatures = match visited.is_own() && visit.team.is_empty() {
        true => vec![first, written],
        false => vec![first, secretary, lead],
    };
    Foot { signatures, recipients: recipients(visited) }
}

/// The director of the centre on that day, as its file says.
fn director(visited: &Visited) -> Option<&str> {
    let centre = visited.history.centre.as_ref()?;
    centre.body.director_on(visited.day()?).map(|person| person.name.as_str())
}

/// Who gets a copy: those who took part, and those who are to do something.
pub fn recipients(visited: &Visited) -> Vec<Said> {
    let campaign = visited.campaign();
    let mut names = vec![Said::same(visited.centre_name())];
    names.extend(visited.committee());
    names.extend(campaign.into_iter().flat_map(|campaign| &campaign.partners).map(Said::same));
    let committee = visited.committee();
    let advised =
        visited.visit().recommendation.values().filter(|advice| advice.to != Some(Addressee::Centre));
    names.extend(advised.map(|advice| advice::addressee(advice, committee.as_ref())));
    names.push(t("Lưu: hồ sơ kiểm tra", "File: papers of the inspection").into());
    let mut once = Vec::new();
    names.into_iter().for_each(|name| {
        if !once.contains(&name) {
            once.push(name)
        }
    });
    once
}
