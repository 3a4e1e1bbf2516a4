//! Learning titles (danh hiệu học tập): a row for each unit, and some columns for each kind.
//!
//! The older standard *hiếu học* has its own columns if it was reported: the two are never added up.

use super::builder::{Note, TableBuilder, by_unit_with};
use super::group::{self, Group, Scope};
use super::measure::{Measure, count, percent};
use super::snapshot::{Snapshot, TITLE};
use super::{By, Request, Summary};
use crate::model::figures::{Title, TitleKind, TitleKinds};
use crate::model::table::{Cell, ChartKind, Column, ColumnKind};
use crate::model::text::{Said, Text, t};
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "titles",
    title: t("Mô hình học tập", "Learning titles"),
    about: t(
        "Gia đình, dòng họ, cộng đồng, đơn vị học tập: đăng ký, công nhận, so với tổng số và chỉ tiêu.",
        "Learning families, lineages, communities, workplaces: registered and recognised, compared with all of them and with the target.",
    ),
    topic: Some(TITLE),
    scope: Scope::Window,
    all_visits: false,
    main: &["recognised", "recognised_of_base"],
    picture: Some((ChartKind::Bars, &["learning.family.recognised_of_base"])),
    by: &[By::Unit],
    build,
};

/// The target for the first of some columns, if it is a percentage of all of a kind.
pub fn target_of(asked: &Request, keys: &[&str]) -> Option<f64> {
    let kind = keys.first()?.strip_prefix("learning.")?.strip_suffix(".recognised_of_base")?;
    target(asked, TitleKind::from_word(kind)?)
}

/// A standard of titles.
#[derive(Clone, Copy)]
struct Standard {
    key: &'static str,
    /// What follows the kind in a heading.
    suffix: Text,
    titles: fn(&Snapshot) -> Option<&TitleKinds>,
    /// The kinds that have columns even if they are not reported.
    always: &'static [TitleKind],
    /// True if the target set of the register is about it.
    has_targets: bool,
}

/// The standards; they are never added up.
const STANDARDS: &[Standard] = &[
    Standard {
        key: "learning",
        suffix: t("", ""),
        titles: |s| s.title.as_ref().map(|found| &found.body.learning),
        always: &[TitleKind::Family, TitleKind::Lineage, TitleKind::Community, TitleKind::Workplace],
        has_targets: true,
    },
    Standard {
        key: "studious",
        suffix: t(" hiếu học", " (studious)"),
        titles: |s| s.title.as_ref().map(|found| &found.body.studious),
        always: &[],
        has_targets: false,
    },
];

/// The columns of each kind.
const MEASURES: &[Measure<Title>] = &[
    count("base", "tổng số", "all", |title| title.base),
    count("registered", "đăng ký", "registered", |title| title.registered),
    percent("registered_of_base", "% đăng ký/tổng số", "registered, % of all", |title| {
        title.registered.zip(title.base)
    }),
    count("recognised", "đạt", "recognised", |title| title.recognised),
    percent("recognised_of_registered", "% đạt/đăng ký", "recognised, % of registered", |title| {
        title.recognised.zip(title.registered)
    }),
    percent("recognised_of_base", "% đạt/tổng số", "recognised, % of all", |title| {
        title.recognised.zip(title.base)
    }),
];

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let all = group::centres(groups);
    let kinds: Vec<(&Standard, TitleKind)> = STANDARDS
        .iter()
        .flat_map(|standard| TitleKind::ALL.iter().map(move |kind| (standard, *kind)))
        .filter(|(standard, kind)| {
            standard.always.contains(kind) || titles(&all, standard, *kind).next().is_some()
        })
        .collect();
    let figures = |centres: &[&Snapshot]| -> Vec<(Column, Cell)> {
        kinds.iter().flat_map(|(standard, kind)| figures(asked, centres, standard, *kind)).collect()
    };
    let columns = figures(&all).into_iter().map(|(column, _)| column).collect();
    let mut table = by_unit_with(groups, TITLE, columns, |centres| {
        figures(centres).into_iter().map(|(_, cell)| cell).collect()
    })
    .with_fewer(|key| MEASURES.iter().any(|m| m.is_derived() && key.ends_with(m.key)));
    count_targets(&mut table);
    table.notes.extend(target_note(asked));
    table
}

/// What some centres report of one kind of title.
fn titles<'a>(
    centres: &[&'a Snapshot],
    standard: &Standard,
    kind: TitleKind,
) -> impl Iterator<Item = &'a Title> {
    centres.iter().filter_map(move |centre| (standard.titles)(centre)?.get(kind))
}

/// The columns of one kind of title over some centres.
fn figures(
    asked: &Request,
    centres: &[&Snapshot],
    standard: &Standard,
    kind: TitleKind,
) -> Vec<(Column, Cell)> {
    let heading = |key: &str, label: Text, kind_of: ColumnKind| {
        let (holder, suffix) = (kind.label(), standard.suffix);
        let label = say!("{holder}{suffix}: {label}", "{holder}{suffix}: {label}", [holder, suffix, label]);
        Column::new(format!("{}.{}.{key}", standard.key, kind.word()), label, kind_of)
    };
    let mut figures: Vec<(Column, Cell)> = Vec::new();
    for measure in MEASURES {
        let cell = measure.cell(titles(centres, standard, kind));
        figures.push((heading(measure.key, measure.label, measure.kind), cell));
    }
    let target = target(asked, kind).filter(|_| standard.has_targets);
    if let (Some(target), Some((_, percent))) = (target, figures.last()) {
        let reached = percent.number().map_or(Cell::Missing, |percent| Cell::Bool(percent >= target));
        figures.push((heading(TARGET, t("đạt chỉ tiêu", "target reached"), ColumnKind::Bool), reached));
    }
    figures
}

const TARGET: &str = "target_reached";

fn target(asked: &Request, kind: TitleKind) -> Option<f64> {
    asked.register.targets()?.body.target.of(kind)
}

/// In the total row: how many units reached a target, of those whose percentage is known.
fn count_targets(table: &mut TableBuilder) {
    let Some(total) = &mut table.total else { return };
    for (at, column) in table.columns.iter().enumerate() {
        if column.key.ends_with(TARGET) {
            let known = table.rows.iter().filter(|row| row.cells[at] != Cell::Missing).count();
            let reached = table.rows.iter().filter(|row| row.cells[at] == Cell::Bool(true)).count();
            total[at] = if known == 0 { Cell::Missing } else { Cell::Of(reached, known) };
        }
    }
}

/// The targets that the titles are compared with.
fn target_note(asked: &Request) -> Option<Note> {
    let set = asked.register.targets()?;
    let targets = TitleKind::ALL.iter().filter_map(|kind| {
        let percent = set.body.target.of(*kind)?;
        let said = say!("{kind} {percent} %", "{kind} {percent} %", [percent, kind = kind.label()]);
        Some((format!("learning.{}.{TARGET}", kind.word()), said))
    });
    let name = set.body.title.clone();
    let name = if name.is_empty() { Said::same(set.id.as_str()) } else { name };
    let tail =
        t("; tính trên tổng số của loại ấy trong xã, phường.", "; of all of that kind in the commune.");
    Some(Note::Columns {
        head: say!("Chỉ tiêu ({name}): ", "Targets ({name}): ", [name]),
        parts: targets.collect(),
        tail: tail.into(),
    })
}

#[cfg(test)]
mod tests {
    use crate::model::figures::{Title, TitleKinds, Titles};
    use crate::model::history::Record;
    use crate::model::period::Period;
    use crate::model::scheme::{Scheme, Targets};
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell};

    fn title(registered: Option<i64>, recognised: Option<i64>, base: Option<i64>) -> TitleKinds {
        TitleKinds {
            family: Some(Title { registered, recognised, base, ..Title::default() }),
            ..TitleKinds::default()
        }
    }

    fn titles(learning: TitleKinds, studious: TitleKinds) -> Option<Titles> {
        Some(Titles { period: Period::parse("2016"), learning, studious, ..Titles::default() })
    }

    fn specimen() -> Specimen {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        let target = Targets { family: Some(70.0), ..Targets::default() };
        let body = Scheme { target, ..Scheme::default() };
        specimen
            .register
            .schemes
            .insert("targets".into(), Record { id: "targets".into(), body, ..Record::default() });
        specimen.register.settings.body.targets = Some("targets".into());
        let visit = specimen.visit("2016-10-27-bac-son");
        visit.context.households = Some(1_000);
        visit.title = titles(title(Some(800), Some(700), None), TitleKinds::default());
        let visit = specimen.visit("2016-10-28-dien-cong");
        visit.title = titles(title(None, Some(100), Some(400)), title(Some(9), Some(9), Some(9)));
        specimen
    }

    #[test]
    fn the_base_comes_from_the_context_where_the_title_has_none() {
        let table = specimen().table("titles");
        let family = |row, column: &str| cell(&table, row, &format!("learning.family.{column}"));
        assert_eq!(family(0, "base"), Cell::Count(1_000));
        assert_eq!(family(0, "recognised_of_base"), Cell::Number(70.0));
        assert_eq!(family(0, "target_reached"), Cell::Bool(true), "the target itself is enough");
        assert_eq!(family(1, "target_reached"), Cell::Bool(false));
        assert_eq!(family(2, "target_reached"), Cell::Of(1, 2));
        assert_eq!(family(2, "recognised_of_base"), Cell::Number(800.0 * 100.0 / 1_400.0));
        assert_eq!(family(0, "registered_of_base"), Cell::Number(80.0));
        assert_eq!(family(2, "registered_of_base"), Cell::Number(80.0), "of those that report both");
        assert_eq!(family(2, "recognised_of_registered"), Cell::Number(87.5));
        assert_eq!(cell(&table, 2, "learning.lineage.base"), Cell::Missing);
    }

    #[test]
    fn the_older_standard_stands_apart() {
        let table = specimen().table("titles");
        assert_eq!(cell(&table, 2, "studious.family.recognised"), Cell::Count(9));
        assert_eq!(cell(&table, 2, "learning.family.recognised"), Cell::Count(800));
        let labels: Vec<&str> = table.columns.iter().map(|column| column.label.vi.as_str()).collect();
        assert!(labels.contains(&"Gia đình hiếu học: đạt") && !labels.contains(&"Dòng họ hiếu học: đạt"));
        assert!(!labels.contains(&"Công dân: đạt"), "citizens are not reported");
    }
}
