//! Documents that an office has made in Word, filled with what a report says.
//!
//! The placeholders look as those of Jinja do, as templates of Word commonly have them, but there is no program behind
//! them: a value by its name, a list, a condition. So a template can neither read a file nor run for ever.

use super::archive;
use crate::model::document::DOTS;
use crate::model::fact::Fact;
use crate::model::table::{Cell, ColumnKind};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use bits::Bit;
use filling::{MOST, Pen, Step};
use glossary::Glossary;

mod bits;
mod filling;
mod glossary;
mod grammar;
mod placing;
mod refused;

/// The parts of a document: the name of each, and its bytes.
pub type Parts = Vec<(String, Vec<u8>)>;

/// The parts that have text, by their outermost elements.
const TEXTS: &[(&str, Text)] = &[
    ("w:document", t("thân văn bản", "body")),
    ("w:hdr", t("đầu trang", "header")),
    ("w:ftr", t("chân trang", "footer")),
    ("w:footnotes", t("cước chú", "footnotes")),
    ("w:endnotes", t("chú thích cuối", "endnotes")),
];

/// How many placeholders a template may have.
const SLOTS: usize = 5000;

/// How much is wrong that is told at once.
const TOLD: usize = 10;

/// A template of Word begins with another word in the list of its parts than a document.
const TEMPLATE: (&str, &str) = ("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");

/// What a template gives for a cell.
pub fn reads(cell: &Cell, kind: ColumnKind) -> Said {
    let reads = |lang| filling::said(cell, kind, lang).unwrap_or_else(|| DOTS.to_owned());
    Said { vi: reads(Lang::Vi), en: reads(Lang::En) }
}

/// The file of a document with its placeholders filled; else all that is wrong with it.
pub fn document(parts: Parts, facts: &[Fact], lang: Lang) -> Result<Vec<u8>, Vec<Said>> {
    let parts = filled(parts, facts, lang)?;
    archive::packed(parts.iter().map(|(name, bytes)| (name.clone(), &**bytes))).map_err(|why| vec![why])
}

/// The parts of a document with its placeholders filled; else all that is wrong with it.
pub fn filled(parts: Parts, facts: &[Fact], lang: Lang) -> Result<Parts, Vec<Said>> {
    if let Some(why) = refused::refused(&parts) {
        return Err(vec![why]);
    }
    let glossary = Glossary::new(facts, lang);
    let (mut done, mut wrong, mut pen, mut count) = (Parts::new(), Vec::new(), Pen::new(&glossary), 0);
    for (name, bytes) in parts {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let part =
            TEXTS.iter().find(|(root, _)| name.ends_with(".xml") && text.contains(&format!("<{root}")));
        let bytes = match part {
            Some((root, called)) => match steps(text, root, &glossary, &mut count) {
                Ok(steps) => pen
                    .written(&steps)
                    .map(|text| filling::whole(&text).into_bytes())
                    .map_err(|why| vec![why]),
                Err(all) => Err(all
                    .iter()
                    .map(|why| say!("{called}: {why}", "{called}: {why}", [called, why]))
                    .collect()),
            },
            None if name == "[Content_Types].xml" => Ok(text.replace(TEMPLATE.0, TEMPLATE.1).into_bytes()),
            None => Ok(bytes),
        };
        match bytes {
            Ok(bytes) => done.push((name, bytes)),
            Err(all) => wrong.extend(all),
        }
    }
    if count == 0 && wrong.is_empty() {
        wrong.push(say!(
            "trong mẫu không có chỗ điền {{{{ … }}}} nào",
            "the template has no placeholder {{{{ … }}}}"
        ));
    }
    wrong.truncate(TOLD);
    if wrong.is_empty() { Ok(done) } else { Err(wrong) }
}

/// The steps of a part, and how many placeholders it has beside those before.
fn steps(text: &str, root: &str, glossary: &Glossary, count: &mut usize) -> Result<Vec<Step>, Vec<Said>> {
    let (found, bits) = bits::read(text).map_err(|why| vec![why])?;
    if found != root || text.len() > MOST {
        return Ok(vec![Step::Kept(text.to_owned())]);
    }
    let (bits, wrong) = bits::with_slots(bits);
    sound(wrong)?;
    *count += bits.iter().filter(|bit| matches!(bit, Bit::Slot(_))).count();
    if *count > SLOTS {
        return Err(vec![say!("quá {n} chỗ điền", "more than {n} placeholders", [n = SLOTS])]);
    }
    let (bits, wrong) = placing::placed(bits);
    sound(wrong)?;
    let (steps, found) = filling::steps(&bits, glossary);
    sound(found.wrong)?;
    if found.repeats.is_empty() {
        return Ok(steps);
    }
    let name = |list: usize| glossary.facts.get(list).map_or("", |fact| fact.name);
    let named: Vec<(usize, &str)> = found.repeats.iter().map(|(at, list)| (*at, name(*list))).collect();
    let (bits, wrong) = placing::repeated(bits, &named);
    sound(wrong)?;
    let (steps, found) = filling::steps(&bits, glossary);
    sound(found.wrong).map(|()| steps)
}

fn sound(wrong: Vec<Said>) -> Result<(), Vec<Said>> {
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}
