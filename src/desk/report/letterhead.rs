//! The head of official documents, and how days are written in them (Nghị định 30/2020/NĐ-CP, Phụ lục I).

use crate::model::campaign::{Campaign, Paper};
use crate::model::date::Date;
use crate::model::day::Day;
pub use crate::model::document::DOTS;
use crate::model::document::{Foot, Head, Signature};
use crate::model::register::Register;
use crate::model::settings::Settings;
use crate::model::text::{Lang, Said, small, t};
use crate::say;

/// The head of a document of the office: its number, or dots and the sign that follows it.
pub fn head(register: &Register, number: Said, day: Option<Day>, subject: Said) -> Head {
    let settings = &register.settings.body;
    let place = settings.place.clone().unwrap_or_else(|| DOTS.to_owned());
    let dateline = day.map(|day| say!("{place}, {day}", "{place}, {day}", [place, day = long(day)]));
    Head {
        parent: settings.parent.clone().unwrap_or_default(),
        office: settings.office.clone(),
        number,
        dateline: dateline.unwrap_or_default(),
        subject,
    }
}

/// A day as official documents write it: `ngày 06 tháng 01 năm 2017`. Only days below 10 and the months 1 and 2 get a
/// zero, so that nobody can write another digit before them.
pub fn long(day: Day) -> Said {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    let vi = format!("ngày {:02} tháng {month} năm {}", day.day(), day.year());
    Said { vi, en: crate::model::text::InLang::in_lang(&day, Lang::En).into_owned() }
}

/// The foot of a report of the office: who signs it, the body above it and others that get a copy, and the file of the office.
pub fn foot(register: &Register, others: impl IntoIterator<Item = Said>) -> Foot {
    let Settings { parent, signer, .. } = &register.settings.body;
    let parent = parent.iter().map(Said::same);
    let recipients = parent.chain(others).chain([Said::same(DOTS), t("Lưu: VT", "File").into()]);
    let role = signer.title.as_ref().map_or_else(|| DOTS.to_owned(), |title| title.to_uppercase());
    Foot {
        signatures: vec![Signature { role: Said::same(role), name: signer.name.clone().unwrap_or_default() }],
        recipients: recipients.collect(),
    }
}

/// What a paper of a campaign is based on: the plan, and the decision that sets up the team; dots where neither is known.
pub fn bases(campaign: Option<&Campaign>) -> Vec<Said> {
    let title = campaign.map(|campaign| small(&campaign.title)).unwrap_or_default();
    let plan = campaign.and_then(|campaign| campaign.plan.as_ref()).map(|plan| {
        let plan = numbered(plan);
        say!("Căn cứ Kế hoạch {plan} về việc {title}", "On the basis of plan {plan}: {title}", [plan, title])
    });
    let team = campaign.and_then(|campaign| campaign.team_decision.as_ref()).map(|decision| {
        let decision = numbered(decision);
        say!(
            "Căn cứ Quyết định {decision} về việc thành lập đoàn kiểm tra",
            "On the basis of decision {decision}, which sets up the team",
            [decision]
        )
    });
    let bases: Vec<Said> = plan.into_iter().chain(team).collect();
    match bases.is_empty() {
        true => vec![say!("Căn cứ {dots}", "On the basis of {dots}", [dots = DOTS])],
        false => bases,
    }
}

/// The number and the date of a paper: `số 1009/KH-PGDĐT ngày 06 tháng 10 năm 2016`.
pub fn numbered(paper: &Paper) -> Said {
    let number = paper.number.as_deref().unwrap_or(DOTS);
    let date = match paper.date {
        Some(Date::Day(day)) => long(day),
        Some(date) => date.said(),
        None => say!("ngày {dots}", "{dots}", [dots = DOTS]),
    };
    say!("số {number} {date}", "{number} of {date}", [number, date])
}
