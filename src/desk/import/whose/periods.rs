//! What the figures of a sheet are about: a column says it, or a person, or a title.

use super::super::guess::{Columns, Understood};
use super::super::wishes::Wishes;
use super::common::{Common, Implied, Note, Why, label};
use super::finder::Finder;
use super::which::period_of;
use crate::model::RecordKind;
use crate::model::field::{Form, Kind};
use crate::model::path::Step;
use crate::model::period::Period;
use crate::model::sheet::SheetRow;
use crate::model::spoken;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;

/// The blocks of figures in which a sheet has columns, each about a period.
pub fn blocks(columns: &Columns) -> Vec<Step> {
    let mut blocks = Vec::new();
    let root = columns.kind.root();
    for path in (0..columns.found.len()).filter_map(|at| columns.path(at, &["1", "1", "1"])) {
        let Some(block) = path.into_iter().next().filter(|block| !blocks.contains(block)) else { continue };
        let kind = root.at(std::slice::from_ref(&block));
        if matches!(kind, Kind::Section(_)) && kind.row("period").is_some() {
            blocks.push(block);
        }
    }
    blocks
}

/// What all figures of a sheet are about, and who says so: the person, else the one title that names a period.
pub fn period_of_sheet(wishes: &Wishes, sheet: &Understood) -> Option<(Period, String)> {
    let titles = &sheet.laid.titles;
    let said = wishes.period.map(|period| (period, "--period".to_owned()));
    said.or_else(|| {
        let mut told = titles.iter().filter_map(|title| Some((spoken::period_in(title)?, title.clone())));
        let first = told.next()?;
        told.all(|(other, _)| other == first.0).then_some(first)
    })
}

/// The period of a row, with its column: its own, else that of all rows. That of a rating is another matter.
pub fn period_of_row(common: &Common, row: &SheetRow) -> Result<Option<(Period, Option<usize>)>, Why> {
    let columns = &common.sheet.columns;
    let path = |at: usize| columns.path(at, &["1", "1", "1"]).unwrap_or_default();
    let says = |at: &usize| match &path(*at)[..] {
        [] => true,
        [block, ..] => common.blocks.contains(block) || columns.kind == RecordKind::Statement,
    };
    let at = columns.at("period").filter(says);
    let typed = at.map(|at| row.cell(at).typed()).filter(|typed| !typed.trim().is_empty());
    let (Some(at), Some(typed)) = (at, typed.as_deref().map(str::trim)) else {
        return Ok(common.period.as_ref().map(|(period, _)| (*period, None)));
    };
    let wrong = || {
        let help = Form::Period.help(typed);
        say!("“{typed}” không phải là một kỳ; {help}", "“{typed}” is not a period; {help}", [typed, help])
    };
    match spoken::period(typed) {
        Some(period) => Ok(Some((period, Some(at)))),
        None if path(at).is_empty() => Err((Some(at), wrong())),
        // It is told when the cell itself is read.
        None => Ok(None),
    }
}

/// The periods of blocks that a row gives figures of and that have none yet. Those that are about another are refused.
pub fn periods(
    finder: &mut Finder,
    common: &Common,
    row: &SheetRow,
    id: &str,
    is_given: impl Fn(&[Step]) -> bool,
) -> Result<(Vec<Implied>, Vec<Note>), Why> {
    let (mut implied, mut notes) = (Vec::new(), Vec::new());
    let Some((period, column)) = period_of_row(common, row)? else { return Ok((implied, notes)) };
    for block in &common.blocks {
        let path = vec![block.clone(), Step::from("period")];
        if !is_given(&path[..1]) || is_given(&path) {
            continue;
        }
        match period_of(finder.record(common.sheet.columns.kind, id), block) {
            Some(known) if known == period => {}
            Some(known) => {
                let label = label(common.sheet.columns.kind, &path[..1]);
                return Err((column, other_period(&label, period, known)));
            }
            None => {
                let by = common.period.as_ref().filter(|_| column.is_none());
                let told = |by: &str| {
                    (
                        say!("số liệu {period}, theo", "figures for {period}, by", [period = period.said()]),
                        by.to_owned(),
                    )
                };
                notes.extend(by.map(|(_, by)| told(by)));
                implied.push(Implied { path, value: Node::of_text(period.to_string()), column });
            }
        }
    }
    Ok((implied, notes))
}

fn other_period(label: &Said, period: Period, known: Period) -> Said {
    let (option, known, period) = (known.to_string(), known.said(), period.said());
    say!(
        "bảng nói về {period}, trong sổ “{label}” của lần này là số liệu {known}; nếu bảng về kỳ ấy: --period {option}",
        "the table is about {period}, but “{label}” in the register has figures for {known}; if it is about those: --period {option}",
        [period, label, known, option]
    )
}
