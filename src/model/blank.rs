//! The words of a form by which it is known again: what it is about, and which cell is which value.
//!
//! In each sheet they stand in a column and in rows that are hidden. The first cell of the column holds the anchor
//! ([`About`]); below it, the key of each row. A row of [`KEYS`] says what each column adds to the keys below it, until the
//! next: `@` nothing, `@women` makes `activity.field.law` to `activity.field.law.women`, [`NOTE`] that the column is the
//! form's own and is not read (labels, figures of last year). Rows of the form's own have a key that begins with [`NOTE`].
//! What is filled in beside these rows and columns was inserted by a sender, who is told about it.
//!
//! A key is a key path of a visit, with two differences. What became of a recommendation of before is known by that
//! recommendation ([`followup`]), and not by its place in the list. Rows of lists are numbered as they stand in the record,
//! and new ones after them; where some are left empty, those below move up. A list of texts is one cell, a line a text.

use super::agree;
use super::id::VisitId;
use super::period::Period;
use super::text::Said;
use super::tree::{Node, Value};
use super::vietnamese::is_slug;
use super::visit::VisitKind;
use crate::say;
use std::fmt;

/// The word with which an anchor begins.
const ANCHOR: &str = "ttht-form";

/// The version of what stands in this file.
const VERSION: &str = "1";

/// What stands in the key column of a row that says what each column adds.
pub const KEYS: &str = "#keys";

/// With this begins what a column adds to a key.
pub const ADDS: char = '@';

/// With this begins what marks a row or a column of the form's own, in which nothing is filled in.
pub const NOTE: char = '#';

/// What a form is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The id of the centre.
    pub centre: String,
    /// The kind of paper that it becomes.
    pub kind: VisitKind,
    /// The campaign that it belongs to.
    pub campaign: Option<String>,
    /// What the figures are about in which no cell says another period.
    pub period: Option<Period>,
    /// The visit whose values it carries; none for a new one.
    pub record: Option<Base>,
}

/// A record as it was when the form was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Its id.
    pub id: String,
    /// What it said then, as a [`sum`].
    pub sum: u32,
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let About { centre, kind, campaign, period, record } = self;
        write!(f, "{ANCHOR};{VERSION};centre={centre};kind={}", kind.word())?;
        if let Some(campaign) = campaign {
            write!(f, ";campaign={campaign}")?;
        }
        if let Some(period) = period {
            write!(f, ";period={period}")?;
        }
        if let Some(Base { id, sum }) = record {
            write!(f, ";record={id};sum={sum:08x}")?;
        }
        Ok(())
    }
}

impl About {
    /// What an anchor says, or why it cannot be used. None for a cell that is no anchor.
    pub fn of(cell: &str) -> Option<Result<About, Said>> {
        let rest = cell.trim().strip_prefix(ANCHOR)?.strip_prefix(';')?;
        let (version, rest) = rest.split_once(';').unwrap_or((rest, ""));
        if version != VERSION {
            return Some(Err(say!(
                "phiếu này do một phiên bản ttht khác lập ({version}); cài phiên bản mới hơn, hoặc lập lại phiếu",
                "this form was made by another version of ttht ({version}); install a newer one, or make the form again",
                [version]
            )));
        }
        Some(About::parse(rest).ok_or_else(|| {
            say!(
                "ô đánh dấu của phiếu đã bị sửa; lập lại phiếu: ttht form",
                "the cell that marks the form has been changed; make the form again: ttht form"
            )
        }))
    }

    /// True if a visit is of this kind and campaign, as far as both are known.
    pub fn fits(&self, visit: &Node) -> bool {
        let at = |key: &str| visit.get(key).and_then(Node::text);
        let kind = at("kind").and_then(VisitKind::from_word).unwrap_or(VisitKind::Inspection);
        kind == self.kind && agree(at("campaign"), self.campaign.as_deref())
    }

    fn parse(parts: &str) -> Option<About> {
        let part = |name: &str| parts.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
        let record = match (part("record"), part("sum")) {
            (None, None) => None,
            (Some(id), Some(sum)) => {
                VisitId::parse(id)?;
                Some(Base { id: id.to_owned(), sum: u32::from_str_radix(sum, 16).ok()? })
            }
            _ => return None,
        };
        Some(About {
            centre: part("centre").filter(|id| is_slug(id))?.to_owned(),
            kind: VisitKind::from_word(part("kind")?)?,
            campaign: part("campaign").map(str::to_owned),
            period: match part("period") {
                Some(period) => Some(Period::parse(period)?),
                None => None,
            },
            record,
        })
    }
}

/// The key of the row about an earlier recommendation, such as `2016-10-27-yen-thanh#r1`.
pub fn followup(of: &str) -> String {
    format!("followup({of})")
}

/// The recommendation that the key of a row is about, with what follows in the key: `.state`.
pub fn followed_up(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("followup(")?.split_once(')')
}

/// The sum of what a record says. The order of its keys, its layout and its comments do not count.
pub fn sum(record: &Node) -> u32 {
    below(record, 0x811c_9dc5)
}

/// The sum of the values below a place, from the hash of its path.
fn below(node: &Node, place: u32) -> u32 {
    let fnv =
        |word: &str| word.bytes().fold(place, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    match &node.value {
        Value::Table(entries) => {
            let each = entries.iter().map(|entry| below(&entry.node, fnv(&format!(".{}", entry.key))));
            each.fold(0, u32::wrapping_add)
        }
        Value::List(items) => {
            let each = items.iter().enumerate().map(|(at, item)| below(item, fnv(&format!("[{at}]"))));
            each.fold(0, u32::wrapping_add)
        }
        value => fnv(&format!("={value:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about() -> About {
        About {
            centre: "yen-thanh".into(),
            kind: VisitKind::Report,
            campaign: Some("2016-2017".into()),
            period: Period::parse("2015-2016"),
            record: Some(Base { id: "2016-10-27-yen-thanh".into(), sum: 0x9f_2c01 }),
        }
    }

    #[test]
    fn an_anchor_is_read_as_it_is_written() {
        let anchor = "ttht-form;1;centre=yen-thanh;kind=report;campaign=2016-2017;period=2015-2016;\
                      record=2016-10-27-yen-thanh;sum=009f2c01";
        assert_eq!(about().to_string(), anchor);
        let short = About { campaign: None, period: None, record: None, ..about() };
        for about in [about(), short] {
            assert_eq!(About::of(&format!(" {about}\n")), Some(Ok(about)));
        }
    }

    #[test]
    fn an_anchor_that_was_changed_is_refused() {
        let anchor = about().to_string();
        for (word, other) in [
            ("yen-thanh;", "../x;"),
            ("report", "letter"),
            ("2015-2016", "2015-2017"),
            (";sum=009f2c01", ""),
            ("record=2016", "record=16"),
            (";1;", ";2;"),
        ] {
            assert!(matches!(About::of(&anchor.replacen(word, other, 1)), Some(Err(_))), "{word}");
        }
        assert_eq!(About::of("ttht"), None);
        assert_eq!(About::of("Trung tâm"), None);
    }

    #[test]
    fn the_sum_is_of_what_is_said() {
        let said = |words: &str| sum(&crate::toml::raw_tree(words));
        let one = said("a = 1\n[b]\nc = [\"x\", \"y\"]\n");
        assert_eq!(said("b = { c = [ \"x\", \"y\" ] } # so\r\na = 1\r\n"), one);
        for other in ["a = 1\n[b]\nc = [\"y\", \"x\"]\n", "a = 2\n[b]\nc = [\"x\", \"y\"]\n", "a = 1\n"] {
            assert_ne!(said(other), one);
        }
    }

    #[test]
    fn a_recommendation_of_before_is_known_by_itself() {
        let key = followup("2016-10-27-yen-thanh#r1") + ".state";
        assert_eq!(followed_up(&key), Some(("2016-10-27-yen-thanh#r1", ".state")));
        assert_eq!(followed_up("followup[0].state"), None);
    }
}
