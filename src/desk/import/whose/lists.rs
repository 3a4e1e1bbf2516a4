//! Which row of a list is meant, if the sender does not number the rows: by its name, or by what else it says.

use super::common::Why;
use super::finder::{Head, SLUG};
use crate::model::meaning::is_same;
use crate::model::text::Said;
use crate::model::unit::UnitKind;
use crate::model::vietnamese::slug;
use crate::say;

/// What tells the rows of a list apart, the best first.
pub const NAMING: &[&str] = &["id", "name", "of", "file"];

/// What units of one name may differ in.
const APART: &[&str] = &["kind", "code", "area"];

/// What stands at a key of a row.
pub fn at<'h>(head: &'h Head, key: &str) -> Option<&'h str> {
    head.iter().find(|(of, _)| *of == key).map(|(_, word)| word.as_str())
}

/// The row of a list, from 0, that has what this one has at a naming key: an existing one, else a new one at the end. None if
/// it has nothing there.
pub fn row_of(rows: &mut Vec<Head>, head: Head) -> Result<Option<usize>, Why> {
    let Some((key, word)) = NAMING.iter().find_map(|key| Some((*key, at(&head, key)?))) else {
        return Ok(None);
    };
    if let Some(row) = rows.iter().position(|other| at(other, key) == Some(word)) {
        return Ok(Some(row));
    }
    let is_same =
        |other: &str| if key == "id" { word.eq_ignore_ascii_case(other) } else { is_same(word, other) };
    let words = rows.iter().enumerate().filter_map(|(n, other)| Some((n, at(other, key)?)));
    let mut same = words.filter(|(_, other)| is_same(other));
    match (same.next(), same.next()) {
        (Some((row, _)), None) => Ok(Some(row)),
        (None, _) => Ok(Some(add(rows, head))),
        (Some((_, one)), Some((_, other))) => {
            let why = say!(
                "“{word}” có thể là {one} hay {other}; gõ đủ dấu",
                "“{word}” may be {one} or {other}; type the accents",
                [word, one, other]
            );
            Err((None, why))
        }
    }
}

/// Adds a row; its number, from 0.
fn add(rows: &mut Vec<Head>, mut head: Head) -> usize {
    let plain = at(&head, "name").map(slug);
    head.extend(plain.map(|plain| (SLUG, plain)));
    rows.push(head);
    rows.len() - 1
}

/// The row of a unit or an area that says its name and not its id, and the id that a new one gets: its name, with its
/// code, its area or its kind, if another one has that.
pub fn named(rows: &mut Vec<Head>, mut head: Head) -> Result<(usize, Option<String>), Said> {
    let name = at(&head, "name").unwrap_or_default();
    let plain = slug(name);
    let differs = |other: &Head, key: &&str| at(&head, key).zip(at(other, key)).is_some_and(|(a, b)| a != b);
    let may_be = |other: &Head| {
        at(other, SLUG) == Some(&plain)
            && at(other, "name").is_some_and(|known| is_same(name, known))
            && !APART.iter().any(|key| differs(other, key))
    };
    let fits: Vec<usize> = (0..rows.len()).filter(|n| may_be(&rows[*n])).collect();
    match fits[..] {
        [at] => return Ok((at, None)),
        [] => {}
        [..] => {
            let ids: Vec<&str> = fits.iter().filter_map(|n| at(&rows[*n], "id")).collect();
            let list = ids.join(", ");
            return Err(say!(
                "“{name}” có thể là: {list}; ghi mã",
                "“{name}” may be: {list}; write the id",
                [name, list]
            ));
        }
    }
    let kind = UnitKind::ALL.iter().find(|kind| at(&head, "kind") == Some(kind.word()));
    let kind = kind.map(|kind| kind.label().vi);
    let more = ["code", "area"].iter().filter_map(|key| at(&head, key)).chain(kind);
    let longer = more.map(|word| slug(&format!("{name} {word}")));
    let is_free = |id: &String| !id.is_empty() && rows.iter().all(|row| at(row, "id") != Some(id.as_str()));
    let Some(id) = [plain.clone()].into_iter().chain(longer).find(is_free) else {
        return Err(say!(
            "đã có mã “{plain}”; thêm cột “Mã trong sổ”",
            "the id “{plain}” is taken; add a column “Id”",
            [plain]
        ));
    };
    head.push(("id", id.clone()));
    Ok((add(rows, head), Some(id)))
}

/// The number of a recommendation without one: that of the same text, else the next.
pub fn numbered(rows: &mut Vec<Head>, text: &str) -> String {
    if let Some(row) = rows.iter().find(|row| at(row, "text").is_some_and(|other| is_same(text, other))) {
        return at(row, "id").unwrap_or_default().to_owned();
    }
    let taken = |n: &usize| rows.iter().all(|row| at(row, "id") != Some(&format!("r{n}")));
    let next = (1..).find(taken).map_or_else(String::new, |n| format!("r{n}"));
    rows.push(vec![("id", next.clone()), ("text", text.to_owned())]);
    next
}
