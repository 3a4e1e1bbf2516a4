//! What stands at the two ends of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I): its head and title, and
//! who signs and who gets a copy.

use super::lattice::{framed, row};
use super::metrics;
use super::paragraphs::{paragraph, with};
use crate::model::document::{Document, Foot, Head, Signature};
use crate::model::text::{Lang, Text, t};
use crate::render::Style;
use crate::render::closed;

const COUNTRY: Text = t("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM");
const MOTTO: Text = t("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness");
const RECIPIENTS: Text = t("Nơi nhận:", "Recipients:");

/// How wide the two columns of the head are, in twentieths of a point.
const COLUMNS: [usize; 2] = [3900, 5454];
/// What stands left and right of the words of a cell together.
const PADDING: usize = 216;

/// The head of a document, its title and what it is about.
pub fn head(document: &Document, head: &Head, lang: Lang) -> String {
    let office = head.office.to_uppercase();
    let mut left = String::new();
    if !head.parent.is_empty() {
        left.push_str(&paragraph("Parent", &head.parent.to_uppercase()));
    }
    let (room, long) = (COLUMNS[0] - PADDING, metrics::bold(&office) * 12 / 50);
    left.push_str(&paragraph("Office", &office));
    left.push_str(&rule(room, long.min(room) * 2 / 5));
    let motto = MOTTO.get(lang);
    let right = [
        paragraph("Office", COUNTRY.get(lang)),
        paragraph("Motto", motto),
        rule(COLUMNS[1] - PADDING, metrics::bold(motto) * 13 / 50),
    ];
    let below = [head.number.get(lang), head.dateline.get(lang)];
    let below = [paragraph("Number", below[0]), paragraph("Dateline", below[1])];
    let rows = [row(&COLUMNS, &[left, right.concat()], false), row(&COLUMNS, &below, false)];
    framed(&COLUMNS, &rows, false) + &title(document, head, lang)
}

fn title(document: &Document, head: &Head, lang: Lang) -> String {
    let (title, subject) = (document.title.get(lang), head.subject.get(lang));
    let long = subject.lines().map(metrics::bold).max().unwrap_or(0) * 14 / 50;
    let line = COLUMNS.iter().sum::<usize>();
    [
        paragraph("Title", title),
        if subject.is_empty() { String::new() } else { paragraph("Subject", subject) },
        rule(line, long.min(line) * 2 / 5),
        paragraph("Gap", ""),
    ]
    .concat()
}

/// A line of a length in the middle of a room, both in twentieths of a point.
fn rule(room: usize, long: usize) -> String {
    let side = room.saturating_sub(long) / 2;
    with("Rule", &format!("<w:ind w:left=\"{side}\" w:right=\"{side}\"/>"), "")
}

/// Who signs, and who gets a copy: beside a single signature, else below all.
pub fn foot(foot: &Foot, style: &Style) -> String {
    let line = COLUMNS.iter().sum::<usize>();
    let recipients = recipients(foot, style.lang);
    match foot.signatures.as_slice() {
        [only] => {
            let widths = [line / 2; 2];
            let signature = role(only, style.lang) + &paragraph("Sign", &only.name);
            framed(&widths, &[row(&widths, &[recipients, signature], false)], false)
        }
        all => {
            let widths = vec![line / all.len().max(1); all.len()];
            let roles: Vec<String> = all.iter().map(|one| role(one, style.lang)).collect();
            let names: Vec<String> = all.iter().map(|one| paragraph("Sign", &one.name)).collect();
            let rows = [row(&widths, &roles, false), row(&widths, &names, false)];
            framed(&widths, &rows, false) + &recipients
        }
    }
}

fn role(one: &Signature, lang: Lang) -> String {
    paragraph("Role", one.role.get(lang))
}

fn recipients(foot: &Foot, lang: Lang) -> String {
    if foot.recipients.is_empty() {
        return paragraph("Recipient", "");
    }
    let each =
        closed(&foot.recipients, lang).into_iter().map(|one| paragraph("Recipient", &format!("- {one}")));
    paragraph("RecipientsHead", RECIPIENTS.get(lang)) + &each.collect::<String>()
}
