//! The minutes of a visit (biên bản kiểm tra).

use super::letterhead::{DOTS, head};
use super::{Asked, Made, Of, Report};
use crate::desk::error::Error;
use crate::desk::find;
use crate::model::RecordKind;
use crate::model::document::{Block, Document, Foot, Level, Signature};
use crate::model::fact::{FactRow, named, one, told};
use crate::model::id::VisitId;
use crate::model::table::{Cell, ColumnKind};
use crate::model::text::t;
use crate::say;

/// The row of the report.
pub const REPORT: Report = Report {
    name: "minutes",
    about: t("biên bản của một lần kiểm tra", "the minutes of a visit"),
    of: Of::Visit,
    facts: || named(&facts()),
    make,
};

fn make(asked: &Asked) -> Result<Made, Error> {
    let visit = find::record(asked.store, asked.of, Some(RecordKind::Visit.word()))?.id;
    let centre = VisitId::parse(&visit).map(|id| id.centre).unwrap_or_default();
    let history = asked.store.centre_history(centre);
    let number = say!("Số: {dots}/BB-KT", "No. {dots}/BB-KT", [dots = DOTS]);
    let subject = say!("Kiểm tra {visit}", "Inspection {visit}", [visit]);
    let strengths = history.visits.iter().find(|one| one.id == visit).map(|one| &one.body.findings.strengths);
    let blocks = vec![
        Block::Heading(Level::Part, t("IV. ĐÁNH GIÁ", "IV. FINDINGS").into()),
        Block::List(strengths.into_iter().flatten().map(crate::model::text::Said::same).collect()),
        Block::Foot(Foot {
            signatures: vec![Signature {
                role: t("TM. ĐOÀN KIỂM TRA\nTRƯỞNG ĐOÀN", "FOR THE TEAM\nTEAM LEADER").into(),
                name: String::new(),
            }],
            recipients: Vec::new(),
        }),
    ];
    let document = Document {
        name: "minutes".into(),
        head: Some(head(&asked.store.register, number, None, subject)),
        title: t("BIÊN BẢN", "MINUTES").into(),
        blocks,
    };
    let facts = told(&facts(), &visit);
    Ok(Made { document, facts, faults: Vec::new() })
}

/// What the minutes tell by name.
fn facts() -> Vec<FactRow<String>> {
    vec![one("visit", "Mã lần kiểm tra", "Visit", ColumnKind::Text, |visit| Cell::text(visit))]
}
