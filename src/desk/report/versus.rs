//! Figures beside those of the period before, and how they changed.

use super::wording;
use crate::model::number::percentage;
use crate::model::period::Period;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use crate::summary::change;

/// A figure, and what it was before.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its stable name.
    pub key: String,
    /// What it is.
    pub label: Said,
    /// What is counted.
    pub unit: Text,
    /// What it is about.
    pub period: Option<Period>,
    /// The figure.
    pub now: Cell,
    /// That of the period before.
    pub before: Cell,
}

/// The columns of such figures.
pub const COLUMNS: &[ColumnRow] = &[
    ("what", t("Nội dung", "Figure"), ColumnKind::Text),
    ("period", t("Kỳ số liệu", "Period"), ColumnKind::Text),
    ("before", t("Kỳ trước", "Before"), ColumnKind::Number),
    ("now", t("Kỳ này", "Now"), ColumnKind::Number),
    ("change", t("Tăng, giảm", "Change"), ColumnKind::Number),
    ("change_percent", t("Tăng, giảm (%)", "Change (%)"), ColumnKind::Percent),
];

/// The cells of a line.
pub fn cells(line: &Line) -> Vec<Cell> {
    let (change, percent) = change(&line.now, &line.before);
    let (label, unit) = (&line.label, line.unit);
    let label = match unit.vi {
        "" => label.clone(),
        _ => say!("{label} ({unit})", "{label} ({unit})", [label, unit]),
    };
    let period = line.period.map_or(Cell::Missing, |period| Cell::word(period.to_string(), short(period)));
    let (now, before) = (line.now.clone(), line.before.clone());
    vec![Cell::word(line.key.clone(), label), period, before, now, change, percent]
}

/// The figure in a sentence, with how it changed: `tổng thu 50.150.000 đồng (tăng 12,4%)`.
pub fn said(line: &Line) -> Said {
    let (label, unit, now) = (wording::lowered(line.label.clone()), line.unit, wording::amount(&line.now));
    let (_, percent) = change(&line.now, &line.before);
    let changed = percent.number().map(|percent| {
        let share = percentage(percent.abs());
        match percent {
            0.0 => t(" (bằng kỳ trước)", " (as before)").into(),
            p if p > 0.0 => say!(" (tăng {share})", " (up {share})", [share]),
            _ => say!(" (giảm {share})", " (down {share})", [share]),
        }
    });
    let changed = changed.unwrap_or_default();
    let unit = if unit.vi.is_empty() { Said::default() } else { say!(" {unit}", " {unit}", [unit]) };
    say!("{label} {now}{unit}{changed}", "{label} {now}{unit}{changed}", [label, now, unit, changed])
}

/// A period in a narrow column.
fn short(period: Period) -> Said {
    match period {
        Period::SchoolYear(_) | Period::Year(_) => Said::same(period.to_string()),
        _ => period.said(),
    }
}

/// The lines as a table.
pub fn table(name: &str, lines: &[Line]) -> Table {
    Table {
        name: name.to_owned(),
        columns: Column::list(COLUMNS),
        rows: lines.iter().map(cells).collect(),
        ..Table::default()
    }
}
