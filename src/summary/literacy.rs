//! Literacy and universal education (xoá mù chữ, phổ cập giáo dục): a row for each unit.

use super::builder::{TableBuilder, by_unit_with};
use super::group::{self, Group, Scope};
use super::measure::{Measure, count, percent, yes};
use super::snapshot::{LITERACY, Snapshot};
use super::{By, Request, Summary};
use crate::model::literacy::{AgeGroup, Literacy};
use crate::model::table::{Cell, ChartKind, Column};
use crate::model::text::{Text, t};
use crate::say;

/// Its row in the list of summaries.
pub const SUMMARY: Summary = Summary {
    name: "literacy",
    title: t("Xoá mù chữ, phổ cập giáo dục", "Literacy and universal education"),
    about: t(
        "Người biết chữ theo độ tuổi và mức độ, lớp xoá mù chữ, các mức độ đạt chuẩn của từng xã, phường.",
        "Literate people by age and level, literacy classes, and the levels reached, by unit.",
    ),
    topic: Some(LITERACY),
    needs: &["status", "literacy"],
    scope: Scope::Window,
    all_visits: false,
    main: &["literate_1_percent", "literate_2_percent", "learners"],
    picture: Some((ChartKind::Bars, &["age_15_60.literate_2_percent"])),
    by: &[By::Unit, By::Area],
    build,
};

/// An age group: its key, its heading, and where it is.
type Age = (&'static str, Text, fn(&Literacy) -> &AgeGroup);

/// The age groups of 20/2014/NĐ-CP, the first of which always has its columns.
const AGES: &[Age] = &[
    ("age_15_60", t("15–60 tuổi", "Aged 15–60"), |literacy| &literacy.age_15_60),
    ("age_15_35", t("15–35 tuổi", "Aged 15–35"), |literacy| &literacy.age_15_35),
    ("age_15_25", t("15–25 tuổi", "Aged 15–25"), |literacy| &literacy.age_15_25),
];

/// The columns of each age group.
const OF_AN_AGE: &[Measure<AgeGroup>] = &[
    count("population", "tổng số", "all", |age| age.population),
    count("literate_1", "biết chữ mức độ 1", "literate at level 1", |age| age.literate_1),
    percent("literate_1_percent", "% mức độ 1", "% at level 1", |age| {
        age.literate_1.zip(age.population)
    }),
    count("literate_2", "biết chữ mức độ 2", "literate at level 2", |age| age.literate_2),
    percent("literate_2_percent", "% mức độ 2", "% at level 2", |age| {
        age.literate_2.zip(age.population)
    }),
];

/// The other columns; only what was reported has one.
const REST: &[Measure<Literacy>] = &[
    count("phase_1.classes", "Giai đoạn 1: số lớp", "Phase 1: classes", |l| l.phase_1.classes),
    count("phase_1.learners", "Giai đoạn 1: học viên", "Phase 1: learners", |l| l.phase_1.learners),
    count("phase_1.finished", "Giai đoạn 1: hoàn thành", "Phase 1: finished", |l| l.phase_1.finished),
    count("phase_2.classes", "Giai đoạn 2: số lớp", "Phase 2: classes", |l| l.phase_2.classes),
    count("phase_2.learners", "Giai đoạn 2: học viên", "Phase 2: learners", |l| l.phase_2.learners),
    count("phase_2.finished", "Giai đoạn 2: hoàn thành", "Phase 2: finished", |l| l.phase_2.finished),
    yes("level_1", "Đạt chuẩn xoá mù chữ mức độ 1", "Literacy level 1", |l| {
        Some(l.level? >= 1)
    }),
    yes("level_2", "Đạt chuẩn xoá mù chữ mức độ 2", "Literacy level 2", |l| {
        Some(l.level? >= 2)
    }),
    yes("preschool_5", "Phổ cập mầm non 5 tuổi", "Preschool at age five", |l| {
        l.universal.preschool_5
    }),
    yes("primary_1", "Phổ cập tiểu học mức độ 1", "Primary level 1", |l| {
        Some(l.universal.primary? >= 1)
    }),
    yes("primary_2", "Phổ cập tiểu học mức độ 2", "Primary level 2", |l| {
        Some(l.universal.primary? >= 2)
    }),
    yes("primary_3", "Phổ cập tiểu học mức độ 3", "Primary level 3", |l| {
        Some(l.universal.primary? >= 3)
    }),
    yes("lower_secondary_1", "Phổ cập THCS mức độ 1", "Lower secondary level 1", |l| {
        Some(l.universal.lower_secondary? >= 1)
    }),
    yes("lower_secondary_2", "Phổ cập THCS mức độ 2", "Lower secondary level 2", |l| {
        Some(l.universal.lower_secondary? >= 2)
    }),
    yes("lower_secondary_3", "Phổ cập THCS mức độ 3", "Lower secondary level 3", |l| {
        Some(l.universal.lower_secondary? >= 3)
    }),
];

fn build(_: &Request, groups: &[Group]) -> TableBuilder {
    let all = figures(&group::centres(groups));
    let always = OF_AN_AGE.len();
    let shown: Vec<bool> =
        all.iter().enumerate().map(|(at, (_, cell))| at < always || *cell != Cell::Missing).collect();
    let kept = |figures: Vec<(Column, Cell)>| {
        figures.into_iter().zip(&shown).filter(|(_, shown)| **shown).map(|(figure, _)| figure)
    };
    let columns = kept(all).map(|(column, _)| column).collect();
    by_unit_with(groups, LITERACY, columns, |centres| kept(figures(centres)).map(|(_, cell)| cell).collect())
        .with_fewer(|key| key.ends_with("_percent"))
}

/// Every column over some centres.
fn figures(centres: &[&Snapshot]) -> Vec<(Column, Cell)> {
    let reported = || centres.iter().filter_map(|centre| centre.literacy());
    let mut figures = Vec::new();
    for (key, age, of) in AGES {
        for measure in OF_AN_AGE {
            let label = measure.label;
            let heading = say!("{age}: {label}", "{age}: {label}", [age, label]);
            let column = Column::new(format!("{key}.{}", measure.key), heading, measure.kind);
            figures.push((column, measure.cell(reported().map(of))));
        }
    }
    figures.extend(REST.iter().map(|measure| (measure.column(), measure.cell(reported()))));
    figures
}

#[cfg(test)]
mod tests {
    use crate::model::literacy::{AgeGroup, Literacy, Phase};
    use crate::model::period::Period;
    use crate::model::table::Cell;
    use crate::summary::specimen::{Specimen, cell};

    #[test]
    fn percentages_are_of_the_people_of_that_age() {
        let mut specimen = Specimen::new(&["bac-son", "dien-cong"]);
        let ages = [(Some(21_600), Some(21_121), Some(20_581)), (Some(1_000), None, Some(900))];
        for (visit, (population, literate_1, literate_2)) in
            ["2016-10-27-bac-son", "2016-10-28-dien-cong"].into_iter().zip(ages)
        {
            specimen.visit(visit).literacy = Some(Literacy {
                period: Period::parse("2016"),
                age_15_60: AgeGroup { population, literate_1, literate_2 },
                phase_1: Phase { learners: Some(30), ..Phase::default() },
                level: Some(2),
                ..Literacy::default()
            });
        }
        let table = specimen.table("literacy");
        let percent = |row, level| match cell(&table, row, &format!("age_15_60.literate_{level}_percent")) {
            Cell::Number(percent) => format!("{percent:.2}"),
            other => format!("{other:?}"),
        };
        assert_eq!((percent(0, 1), percent(0, 2)), ("97.78".into(), "95.28".into()));
        assert_eq!(
            (percent(1, 1), percent(2, 1)),
            ("Missing".into(), "97.78".into()),
            "of those who report both"
        );
        assert_eq!(cell(&table, 2, "phase_1.learners"), Cell::Count(60));
        assert_eq!(cell(&table, 2, "level_2"), Cell::Of(2, 2));
        assert!(table.columns.iter().all(|column| !column.key.starts_with("phase_2")), "it was not reported");
    }
}
