//! Rows that give sums, held against the rows that they are sums of.

use super::Understood;
use super::laid::Laid;
use crate::model::field::{COUNT, Kind};
use crate::model::input::{Speaker, read};
use crate::model::number::decimal;
use crate::model::sheet::{Held, SheetRow};
use crate::model::table::ColumnKind;
use crate::model::text::{Lang, Said, t};
use crate::model::tree::Value;
use crate::say;

/// What differs from the sum of its rows: those since the last such row, or all of them above it.
pub fn differences(speaker: Speaker, sheet: &Understood) -> Vec<Said> {
    let Understood { laid, columns, body, .. } = sheet;
    let is_number = |at: &usize| {
        let kind = columns.ours(*at).map(|ours| ours.column.kind);
        matches!(kind, Some(ColumnKind::Count | ColumnKind::Money | ColumnKind::Number))
            && !columns.only_names(*at)
    };
    let mut found = Vec::new();
    if body.totals.is_empty() {
        return found;
    }
    for at in (0..columns.found.len()).filter(is_number) {
        // The sums of the rows up to each.
        let mut sums = vec![0.0];
        for row in &laid.rows {
            sums.push(sums[sums.len() - 1] + number(speaker, row, at).unwrap_or(0.0));
        }
        let rows_up_to = |number: usize| laid.rows.partition_point(|row| row.number < number);
        let up_to = |number: usize| sums[rows_up_to(number)];
        let mut before = 0;
        for total in &body.totals {
            let Some(said) = number(speaker, total, at) else { continue };
            let differs = |sum: f64| (sum - said).abs() > 0.005 + said.abs() * 1e-9;
            let all = up_to(total.number);
            let own = all - up_to(before);
            if [own, all, sums[sums.len() - 1]].into_iter().all(differs) {
                // A total right below another one is that of all.
                let is_of_all = before == 0 || rows_up_to(before) == rows_up_to(total.number);
                found.push(told(laid, total, at, said, if is_of_all { all } else { own }));
            }
            before = total.number;
        }
    }
    found
}

fn told(laid: &Laid, total: &SheetRow, at: usize, said: f64, sum: f64) -> Said {
    let (place, heading) =
        (laid.sheet.place(total.number, at), laid.headings.get(at).map_or("", String::as_str));
    let number = |n: f64| Said { vi: decimal(n, Lang::Vi), en: decimal(n, Lang::En) };
    let (said, sum) = (number(said), number(sum));
    say!(
        "chú ý: {place}, “{heading}”: dòng cộng ghi {said}, các dòng cộng lại được {sum}",
        "note: {place}, “{heading}”: the row of totals says {said}, its rows add up to {sum}",
        [place, heading, said, sum]
    )
}

/// The number in a cell, as its sender wrote it.
fn number(speaker: Speaker, row: &SheetRow, at: usize) -> Option<f64> {
    match row.cell(at) {
        Held::Number(n) => Some(*n),
        Held::Text(text) => {
            let kinds = [Kind::Measure(t("", "")), COUNT, Kind::Money];
            match kinds.iter().find_map(|kind| read(kind, text, speaker).ok())?.value {
                Value::Int(n) => Some(n as f64),
                Value::Float(n) => Some(n),
                _ => None,
            }
        }
        _ => None,
    }
}
