//! Learning titles (danh hiệu học tập): a row for each unit, and some columns for each kind.
//!
//! The older standard *hiếu học* has its own columns if it was reported: the two are never added up.

use super::builder::{Note, TableBuilder, by_unit_with};
use super::group::{self, Group, Scope};
use super::measure::{Measure, count, percent, rare};
use super::rollup::NOT_ALLOTTED;
use super::snapshot::{Snapshot, TITLE};
use super::{By, Request, Summary};
use crate::model::figures::{Title, TitleKind, TitleKinds};
use crate::model::history::Record;
use crate::model::period::Period;
use crate::model::scheme::Scheme;
use crate::model::table::{Cell, ChartKind, Column, ColumnKind};
use crate::model::text::{Said, Text, t};
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "titles",
    title: t("Mô hình học tập", "Learning titles"),
    about: t(
        "Gia đình, dòng họ, cộng đồng, cơ quan, đơn vị, công dân học tập: đăng ký, được công nhận, so với tổng số và chỉ tiêu.",
        "Learning families, lineages, communities, workplaces: registered and recognised, compared with all of them and with the target.",
    ),
    topic: Some(TITLE),
    needs: &["status", "context", "title"],
    scope: Scope::Window,
    all_visits: false,
    main: &[".recognised", ".recognised_of_base"],
    picture: Some((ChartKind::Bars, &["learning.family.recognised_of_base"])),
    by: &[By::Unit, By::Area],
    build,
};

/// The target for the first of some columns, if it is a percentage of a kind.
pub fn target_of(asked: &Request, groups: &[Group], keys: &[&str]) -> Option<f64> {
    let (kind, measure) = keys.first()?.strip_prefix("learning.")?.split_once('.')?;
    let target = target(asked, latest(groups)?, TitleKind::from_word(kind)?)?;
    (target.measure == measure).then_some(target.percent)
}

/// The last period that titles of a table are about.
fn latest(groups: &[Group]) -> Option<Period> {
    group::centres(groups).iter().filter_map(|centre| centre.period(TITLE)).max()
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

/// The percentages that a target may be about.
const OF_REGISTERED: &str = "recognised_of_registered";
const OF_BASE: &str = "recognised_of_base";

/// The columns of each kind.
const MEASURES: &[Measure<Title>] = &[
    count("base", "tổng số hiện có", "all", |title| title.base),
    count("registered", "đăng ký", "registered", |title| title.registered),
    percent("registered_of_base", "% đăng ký/tổng số", "registered, % of all", |title| {
        title.registered.zip(title.base)
    }),
    count("recognised", "được công nhận", "recognised", |title| title.recognised),
    percent(OF_REGISTERED, "% công nhận/đăng ký", "recognised, % of registered", |title| {
        title.recognised.zip(title.registered)
    }),
    percent(OF_BASE, "% công nhận/tổng số", "recognised, % of all", |title| {
        title.recognised.zip(title.base)
    }),
];

/// The columns that kinds of people have besides.
const PEOPLE: &[Measure<Title>] = &[
    rare(count("digital_skills", "có kỹ năng số", "with digital skills", |title| title.digital_skills)),
    rare(percent(
        "digital_skills_of_recognised",
        "% có kỹ năng số/được công nhận",
        "with digital skills, % of recognised",
        |title| title.digital_skills.zip(title.recognised),
    )),
];

fn build(asked: &Request, groups: &[Group]) -> TableBuilder {
    let (all, period) = (group::centres(groups), latest(groups));
    let kinds: Vec<(&Standard, TitleKind)> = STANDARDS
        .iter()
        .flat_map(|standard| TitleKind::ALL.iter().map(move |kind| (standard, *kind)))
        .filter(|(standard, kind)| {
            standard.always.contains(kind) || titles(&all, standard, *kind).next().is_some()
        })
        .collect();
    let figures = |centres: &[&Snapshot]| -> Vec<(Column, Cell)> {
        let target = |kind| target(asked, period?, kind);
        kinds.iter().flat_map(|(standard, kind)| figures(target(*kind), centres, standard, *kind)).collect()
    };
    let columns = figures(&all).into_iter().map(|(column, _)| column).collect();
    let mut table = by_unit_with(groups, TITLE, columns, |centres| {
        figures(centres).into_iter().map(|(_, cell)| cell).collect()
    })
    .with_fewer(|key| MEASURES.iter().chain(PEOPLE).any(|m| m.is_derived() && key.ends_with(m.key)));
    count_targets(&mut table);
    table.notes.extend(target_notes(asked, period));
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
    target: Option<Wanted>,
    centres: &[&Snapshot],
    standard: &Standard,
    kind: TitleKind,
) -> Vec<(Column, Cell)> {
    let heading = |key: &str, label: Text, kind_of: ColumnKind| {
        let (holder, suffix) = (kind.label(), standard.suffix);
        let label = say!("{holder}{suffix}: {label}", "{holder}{suffix}: {label}", [holder, suffix, label]);
        Column::new(format!("{}.{}.{key}", standard.key, kind.word()), label, kind_of)
    };
    let figure = |measure: &Measure<Title>| {
        let column = heading(measure.key, measure.label, measure.kind);
        (Column { rare: measure.rare, ..column }, measure.cell(titles(centres, standard, kind)))
    };
    let mut figures: Vec<(Column, Cell)> = MEASURES.iter().map(figure).collect();
    if let Some(target) = target.filter(|_| standard.has_targets) {
        let measured = MEASURES.iter().position(|measure| measure.key == target.measure);
        let percent = measured.and_then(|at| figures[at].1.number());
        let reached = percent.map_or(Cell::Missing, |percent| Cell::Bool(percent >= target.percent));
        figures.push((heading(TARGET, t("đạt chỉ tiêu", "target reached"), ColumnKind::Bool), reached));
    }
    if matches!(kind, TitleKind::Citizen | TitleKind::Staff) {
        figures.extend(PEOPLE.iter().map(figure));
    }
    figures
}

const TARGET: &str = "target_reached";

/// A percentage of a kind that is to be recognised.
struct Wanted<'a> {
    set: &'a Record<Scheme>,
    /// The column that it is about.
    measure: &'static str,
    percent: f64,
}

/// The target for a kind of title, from the first set in force that has one: of all, or of those that registered.
fn target<'a>(asked: &Request<'a>, period: Period, kind: TitleKind) -> Option<Wanted<'a>> {
    let key = |key: &str| format!("title.learning.{}.{key}", kind.word());
    let of = |set: &Scheme, whole: &str| {
        set.target.iter().find_map(|target| target.share(&key("recognised"), &key(whole)))
    };
    asked.register.targets(period).find_map(|set| {
        let of_all = of(&set.body, "base").map(|percent| (OF_BASE, percent));
        let found = of_all.or_else(|| Some((OF_REGISTERED, of(&set.body, "registered")?)));
        found.map(|(measure, percent)| Wanted { set, measure, percent })
    })
}

/// In the total row: how many units reached a target, of those whose percentage is known.
fn count_targets(table: &mut TableBuilder) {
    let Some(total) = &mut table.total else { return };
    for (at, column) in table.columns.iter().enumerate() {
        if column.key.ends_with(TARGET) {
            let rows = || table.rows.iter().filter(|row| row.key != NOT_ALLOTTED);
            let known = rows().filter(|row| row.cells[at] != Cell::Missing).count();
            let reached = rows().filter(|row| row.cells[at] == Cell::Bool(true)).count();
            total[at] = if known == 0 { Cell::Missing } else { Cell::Of(reached, known) };
        }
    }
}

/// The targets that the titles are compared with, set by set.
fn target_notes(asked: &Request, period: Option<Period>) -> Vec<Note> {
    let wanted = TitleKind::ALL.iter().filter_map(|kind| Some((*kind, target(asked, period?, *kind)?)));
    let wanted: Vec<(TitleKind, Wanted)> = wanted.collect();
    let used = |set: &&Record<Scheme>| wanted.iter().any(|(_, target)| target.set.id == set.id);
    let note = |set: &Record<Scheme>| Note::Columns {
        head: say!("{name}: ", "{name}: ", [name = set_name(set)]),
        parts: wanted.iter().filter(|(_, target)| target.set.id == set.id).map(part).collect(),
        tail: if wanted.iter().any(|(_, target)| target.set.id == set.id && target.measure == OF_BASE) {
            t("; tính trên tổng số hiện có của xã, phường.", "; of all of that kind in the commune.").into()
        } else {
            Said::same(".")
        },
    };
    asked.register.target_sets().filter(used).map(note).collect()
}

/// What a note says about a kind of title, and under which column.
fn part((kind, Wanted { measure, percent, .. }): &(TitleKind, Wanted)) -> (String, Said) {
    let (key, kind) = (format!("learning.{}.{TARGET}", kind.word()), kind.label());
    let said = match *measure {
        OF_BASE => say!("{kind} {percent}%", "{kind} {percent}%", [kind, percent]),
        _ => say!("{kind} {percent}% số đăng ký", "{kind} {percent}% of the registered", [kind, percent]),
    };
    (key, said)
}

/// The title of a target set, or its id if it has none.
pub fn set_name(set: &Record<Scheme>) -> Said {
    let title = &set.body.title;
    if title.is_empty() { Said::same(set.id.as_str()) } else { title.clone() }
}

#[cfg(test)]
mod tests {
    use crate::model::figures::{Title, TitleKinds, Titles};
    use crate::model::history::Record;
    use crate::model::period::Period;
    use crate::model::scheme::Scheme;
    use crate::model::table::Cell;
    use crate::model::target::Target;
    use crate::summary::specimen::{Specimen, cell, day};

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
        let key = |key: &str| vec![format!("title.learning.family.{key}")];
        let target =
            Target { figure: key("recognised"), of: key("base"), percent: Some(70.0), ..Target::default() };
        let body = Scheme { target: vec![target], ..Scheme::default() };
        specimen
            .register
            .schemes
            .insert("targets".into(), Record { id: "targets".into(), body, ..Record::default() });
        specimen.register.settings.body.targets = vec!["targets".into()];
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
    fn a_target_may_be_of_the_registered() {
        let mut specimen = specimen();
        let set = specimen.register.schemes.get_mut("targets").unwrap();
        set.body.target[0].of = vec!["title.learning.family.registered".to_owned()];
        set.body.target[0].percent = Some(87.5);
        let table = specimen.table("titles");
        assert_eq!(cell(&table, 0, "learning.family.target_reached"), Cell::Bool(true), "700 of 800");
        assert_eq!(cell(&table, 1, "learning.family.target_reached"), Cell::Missing);
        assert!(table.notes.iter().any(|note| note.en.contains("Families 87.5% of the registered")));
    }

    #[test]
    fn figures_are_held_against_the_set_of_their_time() {
        let mut specimen = specimen();
        specimen.register.schemes.get_mut("targets").unwrap().body.valid_to = Some(day("2015-12-31"));
        let table = specimen.table("titles");
        assert!(table.columns.iter().all(|column| !column.key.ends_with("target_reached")));
    }

    #[test]
    fn of_people_it_is_told_how_many_have_digital_skills() {
        let mut specimen = specimen();
        let (recognised, digital_skills) = (Some(200), Some(150));
        let staff = Some(Title { recognised, digital_skills, ..Title::default() });
        specimen.visit("2016-10-27-bac-son").title.as_mut().unwrap().learning.staff = staff;
        let table = specimen.table("titles");
        assert_eq!(cell(&table, 0, "learning.staff.digital_skills_of_recognised"), Cell::Number(75.0));
        assert!(table.columns.iter().all(|column| column.key != "learning.family.digital_skills"));
    }

    #[test]
    fn the_older_standard_stands_apart() {
        let table = specimen().table("titles");
        assert_eq!(cell(&table, 2, "studious.family.recognised"), Cell::Count(9));
        assert_eq!(cell(&table, 2, "learning.family.recognised"), Cell::Count(800));
        let labels: Vec<&str> = table.columns.iter().map(|column| column.label.vi.as_str()).collect();
        assert!(
            labels.contains(&"Gia đình hiếu học: được công nhận")
                && !labels.contains(&"Dòng họ hiếu học: được công nhận")
        );
        assert!(!labels.contains(&"Công dân: được công nhận"), "citizens are not reported");
    }
}
