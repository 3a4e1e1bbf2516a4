//! What minutes say of a visit: every key of its rows, unless it is left out on purpose.

use super::super::visited::Visited;
use super::document;
use super::tallies::{annex as tables, fields};
use crate::model::document::Block;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::json::{Json, json, object};
use crate::model::path::{Step, item_below, key_below, steps};
use crate::model::visit::{self, Visit};
use crate::store::Store;
use serde::Deserialize;
use std::path::Path;

/// The visit of the example that has a visit before.
fn visited() -> Visited {
    of("uong-bi", "2017-10-26-yen-thanh")
}

fn of(example: &str, visit: &str) -> Visited {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    Visited::find(&Store::open(&root).unwrap(), visit).unwrap()
}

/// A value of a row that says something, and the paths of all that it holds. Photographs are files, and `[extra]` is the
/// office's own.
fn value(row: &Field, at: &str, paths: &mut Vec<String>) -> Json {
    let only = match at {
        "kind" => Some(json!("inspection")),
        "campaign" => Some(json!("2017-2018")),
        "follow_up_of" => Some(json!("2016-10-27-yen-thanh")),
        "minutes.date" => Some(json!("2017-01-03")),
        "followup[0].of" => Some(json!("2016-10-27-yen-thanh#r1")),
        "activity.approximate" => Some(json!(["clubs"])),
        "finance.approximate" => Some(json!(["opening"])),
        "promotion.approximate" => Some(json!(["members"])),
        "title.approximate" => Some(json!(["learning.family.recognised"])),
        "literacy.approximate" => Some(json!(["level"])),
        _ => None,
    };
    let mut table = |rows: &[Field], at: &str| {
        let entries = rows.iter().filter(|row| !["extra", "photo"].contains(&row.key));
        object(
            entries
                .map(|row| (row.key.to_owned(), value(row, &key_below(at, row.key), paths)))
                .collect::<Vec<_>>(),
        )
    };
    let value = match row.kind {
        Kind::Section(rows) | Kind::Inline(rows) => return table(rows, at),
        Kind::Rows(rows) => return json!([table(rows, &item_below(at, 0))]),
        Kind::Keyed { by, entry, fixed } => {
            let word = match by {
                Vocabulary::ActivityFields => "law",
                Vocabulary::Documents => "plans",
                Vocabulary::Schemes => "cv2553-2013",
                Vocabulary::Words if at.starts_with("rating") => "management",
                Vocabulary::Words => "r1",
            };
            let below = key_below(at, word);
            let mut keyed = table(fixed, at);
            keyed[word] = value(&Field { kind: *entry, ..*row }, &below, paths);
            return keyed;
        }
        Kind::Text | Kind::Prose | Kind::Id(_) => json!(format!("chữ {}", paths.len())),
        Kind::Form(form) => json!(form.examples().first().unwrap_or(&"chữ")),
        Kind::Day => json!("2017-01-02"),
        Kind::Date => json!("2017-01"),
        Kind::Time => json!("08:15:00"),
        Kind::Bool => json!(true),
        Kind::Count(most) => json!(most.min(17 + paths.len() as i64)),
        Kind::Money => json!(1_000_000 + paths.len()),
        Kind::Measure(_) => json!(paths.len() as f64 / 4.0),
        Kind::Choice(choices) => json!(choices.last().unwrap().word),
        Kind::List(Kind::Choice(choices)) => json!([choices.last().unwrap().word]),
        Kind::List(_) => json!(["chữ"]),
        Kind::Free => Json::Null,
    };
    paths.push(at.to_owned());
    only.unwrap_or(value)
}

/// The minutes of the visit as it would be.
fn minutes(visited: &mut Visited, said: &Json) -> String {
    let at = visited.history.visits.len() - 1;
    visited.history.visits[at].body = Visit::deserialize(said).unwrap();
    format!("{:?}", document(visited))
}

/// The value without what is at a path.
fn without(said: &Json, path: &str) -> Json {
    let mut all = said.clone();
    let steps = steps(path).unwrap();
    let (last, above) = steps.split_last().unwrap();
    let place = above.iter().fold(&mut all, |at, step| match step {
        Step::Key(key) => &mut at[key.as_str()],
        Step::Index(index) => &mut at[*index],
    });
    if let Step::Key(key) = last {
        place.as_object_mut().unwrap().remove(key);
    }
    all
}

#[test]
fn every_key_of_a_visit_is_in_the_minutes_unless_it_is_left_out_on_purpose() {
    let (mut visited, mut paths) = (visited(), Vec::new());
    let root = Field { kind: Kind::Section(visit::FIELDS), ..visit::FIELDS[0] };
    let all = value(&root, "", &mut paths);
    let whole = minutes(&mut visited, &all);
    let left_out: Vec<&String> =
        paths.iter().filter(|path| minutes(&mut visited, &without(&all, path)) == whole).collect();
    assert_eq!(
        left_out,
        [
            // The file says it by its name.
            "centre",
            // Left out, it is an inspection.
            "kind",
            // Where the record comes from, and who wrote it down later: the minutes are signed by others.
            "source",
            "reporter",
            // The signatures stand on the paper.
            "minutes.signed_by_lead",
            "minutes.signed_by_host",
        ]
    );
}

#[test]
fn nothing_is_said_of_what_the_record_does_not_say() {
    let mut visited = visited();
    let bare = minutes(&mut visited, &json!({ "centre": "yen-thanh", "date": "2017-10-26" }));
    for invented in ["Có: ", "Không có", "Đủ", "tăng", "Tốt", "0 đồng", " 0 "] {
        assert!(!bare.contains(invented), "{invented}\n{bare}");
    }
    assert!(bare.contains("Dots("), "{bare}");
    assert!(!bare.contains("Annex("), "{bare}");
}

#[test]
fn classes_and_attendances_of_the_fields_add_up_to_their_total() {
    // The ward tells three classes more in all than by field.
    for visited in [visited(), of("phuong-2025", "2026-01-15-dong-sen")] {
        let table = fields(&visited).unwrap();
        for key in ["classes", "attendances"] {
            let at = table.columns.iter().position(|column| column.key == key).unwrap();
            let sum: f64 = table.rows.iter().filter_map(|row| row[at].number()).sum();
            assert_eq!(Some(sum), table.total.as_ref().unwrap()[at].number(), "{key}");
        }
    }
}

#[test]
fn figures_without_a_year_before_have_no_columns_for_it() {
    let columns = |visit| {
        let tables = tables(&of("uong-bi", visit));
        let Some(Block::Table(table)) = tables.last().cloned() else { panic!("{tables:?}") };
        table.columns.into_iter().map(|column| column.key).collect::<Vec<_>>()
    };
    assert_eq!(columns("2016-10-27-yen-thanh"), ["what", "period", "now"]);
    assert_eq!(
        columns("2017-10-26-yen-thanh"),
        ["what", "period", "before", "now", "change", "change_percent"]
    );
}

#[test]
fn a_centre_that_was_visited_once_names_its_visit() {
    assert_eq!(of("uong-bi", "bac-son").record().id, "2016-11-04-bac-son");
    assert_eq!(of("phuong-2025", "Đồng Sen").record().id, "2026-01-15-dong-sen");
}
