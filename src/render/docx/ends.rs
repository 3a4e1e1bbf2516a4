//! What stands at the two ends of an official document (Nghị định 30/2020/NĐ-CP, Phụ lục I): its head and title, and
//! who signs and who gets a copy.

use super::lattice::side_by_side;
use super::metrics;
use super::paragraphs::{paragraph, run, with};
use crate::model::document::{Document, Foot, Head, Signature};
use crate::model::text::Lang;
use crate::render::Style;
use crate::render::official::{self, COUNTRY, MOTTO, RECIPIENTS};

/// How wide the two columns of the head are, in twentieths of a point.
const COLUMNS: [usize; 2] = [4100, 5254];
/// Where the name of an office breaks, if it is too long for a line.
const PLACES: [&str; 8] =
    [" THÀNH PHỐ ", " TỈNH ", " HUYỆN ", " QUẬN ", " THỊ XÃ ", " ĐẶC KHU ", " PHƯỜNG ", " XÃ "];

/// The head of a document, its title and what it is about.
pub fn head(document: &Document, head: &Head, lang: Lang) -> String {
    let office = broken(&head.office);
    let mut left = String::new();
    if !head.parent.is_empty() {
        left.push_str(&paragraph("Parent", &broken(&head.parent)));
    }
    left.push_str(&paragraph("Office", &office));
    left.push_str(&rule(COLUMNS[0], long(&office, 12).min(COLUMNS[0]) * 2 / 5));
    let motto = MOTTO.get(lang);
    let right = [
        paragraph("Office", COUNTRY.get(lang)),
        paragraph("Motto", motto),
        rule(COLUMNS[1], long(motto, 13)),
    ];
    let below = [head.number.get(lang), head.dateline.get(lang)];
    let below = vec![paragraph("Number", below[0]), paragraph("Dateline", below[1])];
    side_by_side(&COLUMNS, &[vec![left, right.concat()], below]) + &title(document, head, lang)
}

fn title(document: &Document, head: &Head, lang: Lang) -> String {
    let (title, subject) = (document.title.get(lang), head.subject.get(lang));
    let line = COLUMNS.iter().sum::<usize>();
    [
        paragraph("Title", title),
        if subject.is_empty() { String::new() } else { paragraph("Subject", subject) },
        rule(line, long(subject, 14).min(line) * 2 / 5),
        paragraph("Gap", ""),
    ]
    .concat()
}

/// The name of an office in capitals, with the place that it is of in a line of its own if there is no room for both.
fn broken(office: &str) -> String {
    let office = office.to_uppercase();
    let place = PLACES.iter().filter_map(|place| office.find(place)).min();
    match place.filter(|_| long(&office, 12) > COLUMNS[0]) {
        Some(at) => format!("{}\n{}", &office[..at], &office[at + 1..]),
        None => office,
    }
}

/// How long the longest line of a text is in bold letters of so many points, in twentieths of a point.
fn long(text: &str, size: usize) -> usize {
    text.lines().map(metrics::bold).max().unwrap_or(0) * size / 50
}

/// A line of a length in the middle of a room, both in twentieths of a point.
fn rule(room: usize, long: usize) -> String {
    let side = room.saturating_sub(long) / 2;
    with("Rule", &format!("<w:ind w:left=\"{side}\" w:right=\"{side}\"/>"), "")
}

/// Who signs, and who gets a copy: beside a single signature, else below all.
pub fn foot(foot: &Foot, style: &Style) -> String {
    let line = COLUMNS.iter().sum::<usize>();
    let recipients = |above| recipients(foot, above, style.lang);
    match foot.signatures.as_slice() {
        [] => recipients(0),
        [only] => {
            let widths = [line / 2; 2];
            let signature = role(only, style.lang) + &paragraph("Sign", &only.name);
            side_by_side(&widths, &[vec![recipients(0), signature]]) + &paragraph("Gap", "")
        }
        all => {
            let widths = beside_each_other(all, line, style.lang);
            let roles: Vec<String> = all.iter().map(|one| role(one, style.lang)).collect();
            let names: Vec<String> = all.iter().map(|one| paragraph("Sign", &one.name)).collect();
            side_by_side(&widths, &[roles, names, vec![recipients(120)]]) + &paragraph("Gap", "")
        }
    }
}

/// The widths of signatures on a line: each has room for its words, if there is room for all.
fn beside_each_other(all: &[Signature], line: usize, lang: Lang) -> Vec<usize> {
    let words = |one: &Signature| long(one.role.get(lang), 13).max(long(&one.name, 13)) + 120;
    let needs: Vec<usize> = all.iter().map(words).collect();
    match line.checked_sub(needs.iter().sum()) {
        Some(spare) => needs.iter().map(|need| need + spare / all.len()).collect(),
        None => vec![line / all.len(); all.len()],
    }
}

fn role(one: &Signature, lang: Lang) -> String {
    paragraph("Role", one.role.get(lang))
}

/// Who gets a copy, all on the page of the signatures, so many twentieths of a point below what is above.
fn recipients(foot: &Foot, above: usize, lang: Lang) -> String {
    if foot.recipients.is_empty() {
        return paragraph("Recipient", "");
    }
    let each = official::recipients(&foot.recipients, lang);
    let each = each.iter().enumerate().map(|(at, one)| match at + 1 == each.len() {
        true => paragraph("Recipient", one),
        false => with("Recipient", "<w:keepNext/>", &run("", one)),
    });
    let space = format!("<w:spacing w:before=\"{above}\"/>");
    with("RecipientsHead", &space, &run("", RECIPIENTS.get(lang))) + &each.collect::<String>()
}
