//! A block of figures about a year from its halves, or about a half from its quarters: what is of a period is added up, what
//! is as of a day is that of the later part, and what one part does not tell is not told of the whole.

use crate::model::field::{Field, Kind, Over};
use crate::model::json::{Json, json, object};
use crate::model::path::{Step, steps};
use crate::model::period::Period;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The block about a period whose two parts are told one after the other.
pub fn whole<T: Serialize + DeserializeOwned>(
    rows: &'static [Field],
    period: Period,
    earlier: &T,
    later: &T,
) -> Option<T> {
    let (mut earlier, mut later) = (json!(earlier), json!(later));
    fill_totals(&mut earlier, |key| !later["total"][key].is_null());
    fill_totals(&mut later, |key| !earlier["total"][key].is_null());
    if let Some(approximate) = earlier.get_mut("approximate").and_then(Json::as_array_mut) {
        approximate.retain(|key| key.as_str().is_some_and(|key| over(rows, key) != Over::Last));
    }
    let mut block = joined(&Kind::Section(rows), Over::Sum, &earlier, &later);
    block["period"] = json!(period.to_string());
    T::deserialize(block).ok()
}

/// Fills in those totals of `[activity]` that are wanted and not told: the sums of the fields. Other blocks have none.
pub fn fill_totals(block: &mut Json, wanted: impl Fn(&str) -> bool) {
    let fields: Vec<Json> =
        block["field"].as_object().into_iter().flat_map(|fields| fields.values().cloned()).collect();
    let Some(totals) = block.get_mut("total").and_then(Json::as_object_mut) else { return };
    for (key, total) in totals.iter_mut().filter(|(key, total)| total.is_null() && wanted(key)) {
        let figures = fields.iter().map(|field| field[key].clone()).filter(|figure| !figure.is_null());
        *total = figures.reduce(|one, another| sum(&one, &another)).unwrap_or_default();
    }
}

/// What becomes of a figure by its key below a block.
fn over(rows: &'static [Field], key: &str) -> Over {
    let (mut kind, mut over) = (Kind::Section(rows), Over::Sum);
    for step in steps(key).unwrap_or_default() {
        if let Step::Key(key) = &step {
            over = kind.row(key).map_or(over, |row| row.over);
        }
        kind = kind.below(&step);
    }
    over
}

fn joined(kind: &Kind, over: Over, earlier: &Json, later: &Json) -> Json {
    match kind {
        Kind::Section(_) | Kind::Inline(_) | Kind::Keyed { .. } => table(kind, earlier, later),
        Kind::List(_) => {
            let items = |list: &Json| list.as_array().cloned().unwrap_or_default();
            let mut all = items(earlier);
            all.extend(items(later).into_iter().filter(|item| !items(earlier).contains(item)));
            Json::Array(all)
        }
        Kind::Count(_) | Kind::Money | Kind::Measure(_) => match over {
            Over::Sum => sum(earlier, later),
            Over::First => earlier.clone(),
            Over::Last => later.clone(),
            Over::Unknown => Json::Null,
        },
        _ => later.clone(),
    }
}

/// Key by key. A word of a vocabulary that only one part has is as it is there: in the other there was none of it.
fn table(kind: &Kind, earlier: &Json, later: &Json) -> Json {
    let keys =
        |table: &Json| table.as_object().map(|table| table.keys().cloned().collect()).unwrap_or_default();
    let mut all: Vec<String> = keys(earlier);
    all.extend(keys(later).into_iter().filter(|key| earlier.get(key).is_none()));
    let value = |key: String| {
        let over = kind.row(&key).map_or(Over::Sum, |row| row.over);
        let value = match (earlier.get(&key), later.get(&key)) {
            (Some(only), None) | (None, Some(only)) if matches!(kind, Kind::Keyed { .. }) => only.clone(),
            (earlier, later) => {
                let (earlier, later) = (earlier.unwrap_or(&Json::Null), later.unwrap_or(&Json::Null));
                joined(&kind.key(&key), over, earlier, later)
            }
        };
        (key, value)
    };
    let table: Vec<(String, Json)> = all.into_iter().map(value).collect();
    match (earlier.is_null() || later.is_null()) && table.iter().all(|(_, value)| value.is_null()) {
        true => Json::Null,
        false => object(table),
    }
}

/// Two figures together; missing if either is.
fn sum(one: &Json, other: &Json) -> Json {
    match (one.as_i64().zip(other.as_i64()), one.as_f64().zip(other.as_f64())) {
        (Some((one, other)), _) => json!(one.saturating_add(other)),
        (_, Some((one, other))) => json!(one + other),
        _ => Json::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figures::{ACTIVITY, Activity, PROMOTION, Promotion, TITLES, Titles};

    fn block<T: DeserializeOwned>(value: Json) -> T {
        T::deserialize(value).unwrap()
    }

    fn year<T: Serialize + DeserializeOwned>(rows: &'static [Field], earlier: Json, later: Json) -> Json {
        let whole = whole::<T>(rows, Period::Year(2025), &block(earlier), &block(later)).unwrap();
        fn told(value: Json) -> Json {
            match value {
                Json::Object(entries) => {
                    let told = entries.into_iter().map(|(key, value)| (key, told(value)));
                    Json::Object(
                        told.filter(|(_, value)| {
                            !value.is_null() && *value != json!({}) && *value != json!([])
                        })
                        .collect(),
                    )
                }
                value => value,
            }
        }
        told(json!(whole))
    }

    #[test]
    fn flows_add_up_and_stocks_are_the_later_ones() {
        let fund = |opening, raised, closing| json!({ "opening": opening, "raised": raised, "closing": closing, "target": 50 });
        assert_eq!(
            year::<Promotion>(
                PROMOTION,
                json!({ "period": "2025-H1", "members": 900, "new_members": 20, "fund": fund(5, 10, 12), "women": 400,
                        "awards": { "count": 7 }, "sponsored": { "poor": 3 }, "approximate": ["members", "new_members"] }),
                json!({ "period": "2025-H2", "members": 950, "new_members": 50, "fund": fund(12, 30, 25),
                        "scholarships": { "count": 2 }, "sponsored": { "poor": 4 } }),
            ),
            json!({ "period": "2025", "members": 950, "new_members": 70, "approximate": ["new_members"],
                    "fund": { "opening": 5, "raised": 40, "closing": 25 } }),
            "what only one half tells is not told of the year, nor are people who may be the same",
        );
    }

    #[test]
    fn fields_that_only_one_half_has_stay_and_totals_hold_all() {
        let law = json!({ "law": { "classes": 3, "attendances": 100, "people": 60 } });
        assert_eq!(
            year::<Activity>(
                ACTIVITY,
                json!({ "period": "2025-H1", "clubs": 2, "field": law }),
                json!({ "period": "2025-H2", "clubs": 3, "field": { "law": { "classes": 2, "people": 40 }, "health": { "classes": 1 } } }),
            ),
            json!({ "period": "2025", "clubs": 3, "field": { "law": { "classes": 5 }, "health": { "classes": 1 } } }),
        );
        assert_eq!(
            year::<Activity>(
                ACTIVITY,
                json!({ "period": "2025-H1", "field": law }),
                json!({ "period": "2025-H2", "total": { "classes": 4 } }),
            ),
            json!({ "period": "2025", "total": { "classes": 7 }, "field": law }),
        );
    }

    #[test]
    fn titles_are_those_of_the_later_half() {
        assert_eq!(
            year::<Titles>(
                TITLES,
                json!({ "period": "2025-H1", "learning": { "family": { "registered": 9 }, "lineage": { "registered": 2 } } }),
                json!({ "period": "2025-H2", "learning": { "family": { "registered": 9, "recognised": 8 } } }),
            ),
            json!({ "period": "2025", "learning": { "family": { "registered": 9, "recognised": 8 } } }),
        );
    }
}
