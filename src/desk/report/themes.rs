//! The results of many centres by theme: two or three sentences that are made of figures, and the table of the office. A
//! theme is a row of [`THEMES`]. Every number is one of the table that `ttht summary` gives.

use super::outline::Outline;
use super::reading::{Reading, about};
use crate::model::document::Block;
use crate::model::number::{fixed, group, measure};
use crate::model::table::{Cell, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use crate::summary::By;

/// A theme.
struct Theme {
    heading: Text,
    /// True for what many offices do not ask for: it is left out where nothing is reported.
    rare: bool,
    parts: &'static [Part],
}

/// A table of a theme, and what is said of it.
struct Part {
    summary: &'static str,
    by: Option<By>,
    /// The columns that the report shows; the annex has all of them.
    columns: &'static [&'static str],
    /// What is said of the total row, each by the key of its column; `{}` is the figure.
    totals: &'static [(&'static str, Text)],
    /// What is compared with the period before.
    changes: &'static [(&'static str, Text)],
    /// By what the highest and the lowest are named.
    ends: Option<(&'static str, Text)>,
}

const PART: Part = Part { summary: "", by: None, columns: &[], totals: &[], changes: &[], ends: None };

/// Every theme, in the order of the minutes.
const THEMES: &[Theme] = &[
    Theme {
        heading: t(
            "Công tác quản lý, chỉ đạo, tổ chức bộ máy, cơ sở vật chất, hồ sơ",
            "Direction, organisation, premises, and books and files",
        ),
        rare: false,
        parts: &[Part {
            summary: "organisation",
            columns: &[
                "unit",
                "directors",
                "lecturers",
                "collaborators",
                "yearly_plan",
                "own_office",
                "bank_account",
                "library",
                "computers",
                "books",
                "documents_complete_percent",
            ],
            totals: &[
                ("yearly_plan", t("{} nơi có kế hoạch năm", "{} have a yearly plan")),
                ("regulations", t("{} có quy chế hoạt động", "{} have regulations")),
                ("needs_survey", t("{} điều tra nhu cầu học tập", "{} surveyed learning needs")),
                ("own_office", t("{} có trụ sở riêng", "{} have an office of their own")),
                ("bank_account", t("{} có tài khoản riêng", "{} have an account of their own")),
                ("library", t("{} có tủ sách cộng đồng", "{} have a community library")),
                (
                    "documents_complete_percent",
                    t("loại hồ sơ, sổ sách đủ {}", "{} of the books and files are complete"),
                ),
            ],
            ends: Some((
                "documents_complete_percent",
                t("Tỷ lệ hồ sơ, sổ sách đủ", "Books and files that are complete"),
            )),
            ..PART
        }],
    },
    Theme {
        heading: t("Hoạt động của các trung tâm", "What the centres did"),
        rare: false,
        parts: &[
            Part {
                summary: "activity",
                columns: &[
                    "unit",
                    "classes",
                    "sessions",
                    "hours",
                    "attendances",
                    "women_percent",
                    "aged_60",
                    "attendances_per_class",
                    "attendances_per_100",
                ],
                totals: &[
                    ("classes", t("mở {} lớp, chuyên đề", "{} classes and talks")),
                    ("sessions", t("{} buổi học", "{} sessions")),
                    ("attendances", t("{} lượt người học", "{} attendances")),
                    ("women_percent", t("nữ chiếm {}", "{} of them of women")),
                    ("attendances_per_100", t("bình quân {} lượt trên 100 dân", "{} per 100 inhabitants")),
                ],
                changes: &[
                    ("classes", t("số lớp, chuyên đề", "classes and talks")),
                    ("attendances", t("số lượt người học", "attendances")),
                    ("women_percent", t("tỷ lệ nữ", "the share of women")),
                ],
                ends: Some(("attendances", t("Số lượt người học", "Attendances"))),
                ..PART
            },
            Part {
                summary: "activity-fields",
                by: Some(By::Field),
                columns: &["field", "centres", "classes", "attendances", "women_percent", "share"],
                ends: Some(("attendances", t("Số lượt người học theo lĩnh vực", "Attendances by field"))),
                ..PART
            },
        ],
    },
    Theme {
        heading: t("Kinh phí", "Money"),
        rare: false,
        parts: &[Part {
            summary: "finance",
            columns: &[
                "unit",
                "opening",
                "state_budget",
                "contributions",
                "fees",
                "other",
                "income",
                "spent",
                "closing",
                "contributions_percent",
            ],
            totals: &[
                ("income", t("tổng thu {}", "an income of {}")),
                ("state_budget", t("trong đó ngân sách nhà nước {}", "{} of it from the state budget")),
                ("contributions_percent", t("nguồn xã hội hoá chiếm {}", "contributions make {}")),
                ("spent", t("tổng chi {}", "{} were spent")),
                ("closing", t("tồn cuối kỳ {}", "a closing balance of {}")),
            ],
            changes: &[
                ("income", t("tổng thu", "income")),
                ("spent", t("tổng chi", "spending")),
                ("contributions_percent", t("tỷ lệ nguồn xã hội hoá", "the share of contributions")),
            ],
            ends: Some(("income", t("Tổng thu", "Income"))),
            ..PART
        }],
    },
    Theme {
        heading: t("Công tác khuyến học, khuyến tài", "Learning promotion"),
        rare: false,
        parts: &[Part {
            summary: "promotion",
            columns: &[
                "unit",
                "members",
                "members_percent",
                "branches",
                "fund.raised",
                "fund.spent",
                "fund.closing",
                "scholarships.count",
                "pupil_awards.count",
            ],
            totals: &[
                ("members", t("{} hội viên", "{} members")),
                ("members_percent", t("bằng {} dân số", "{} of the inhabitants")),
                ("branches", t("{} chi hội, ban khuyến học", "{} branches")),
                ("fund.raised", t("quỹ khuyến học thu {}", "the fund raised {}")),
                ("scholarships.count", t("trao {} suất học bổng", "{} scholarships were given")),
                ("pupil_awards.count", t("khen thưởng {} lượt học sinh", "{} awards to pupils")),
            ],
            changes: &[
                ("members", t("số hội viên", "members")),
                ("fund.raised", t("thu quỹ khuyến học", "what the fund raised")),
            ],
            ends: Some(("members_percent", t("Tỷ lệ hội viên trên dân số", "Members, of the inhabitants"))),
            ..PART
        }],
    },
    Theme {
        heading: t("Xây dựng các mô hình học tập", "Learning models"),
        rare: false,
        parts: &[
            Part {
                summary: "titles",
                columns: &[
                    "unit",
                    "learning.family.recognised",
                    "learning.family.recognised_of_base",
                    "learning.lineage.recognised",
                    "learning.lineage.recognised_of_base",
                    "learning.community.recognised",
                    "learning.community.recognised_of_base",
                    "learning.workplace.recognised",
                    "learning.workplace.recognised_of_base",
                ],
                totals: &[
                    (
                        "learning.family.recognised",
                        t("công nhận {} gia đình học tập", "{} learning families"),
                    ),
                    (
                        "learning.family.recognised_of_base",
                        t("đạt {} tổng số gia đình", "{} of all families"),
                    ),
                    ("learning.lineage.recognised", t("{} dòng họ học tập", "{} learning lineages")),
                    ("learning.community.recognised", t("{} cộng đồng học tập", "{} learning communities")),
                    ("learning.workplace.recognised", t("{} đơn vị học tập", "{} learning workplaces")),
                ],
                changes: &[
                    ("learning.family.recognised_of_base", t("tỷ lệ gia đình học tập", "learning families")),
                    ("learning.lineage.recognised_of_base", t("tỷ lệ dòng họ học tập", "learning lineages")),
                ],
                ends: Some((
                    "learning.family.recognised_of_base",
                    t("Tỷ lệ gia đình học tập", "Learning families, of all families"),
                )),
                ..PART
            },
            Part {
                summary: "targets",
                by: Some(By::Target),
                columns: &[
                    "target",
                    "target_set",
                    "asked",
                    "target_value",
                    "short_by",
                    "reached",
                    "missed_by",
                ],
                ..PART
            },
        ],
    },
    Theme {
        heading: t("Xoá mù chữ, phổ cập giáo dục", "Literacy and universal education"),
        rare: true,
        parts: &[Part {
            summary: "literacy",
            columns: &[
                "unit",
                "age_15_60.population",
                "age_15_60.literate_1",
                "age_15_60.literate_1_percent",
                "age_15_60.literate_2",
                "age_15_60.literate_2_percent",
            ],
            totals: &[
                (
                    "age_15_60.literate_1_percent",
                    t(
                        "{} người 15–60 tuổi biết chữ mức độ 1",
                        "{} of those aged 15–60 are literate at level 1",
                    ),
                ),
                ("age_15_60.literate_2_percent", t("{} biết chữ mức độ 2", "{} at level 2")),
            ],
            ends: Some((
                "age_15_60.literate_2_percent",
                t("Tỷ lệ biết chữ mức độ 2 (15–60 tuổi)", "Literate at level 2 (aged 15–60)"),
            )),
            ..PART
        }],
    },
];

/// A table with more rows is in the annex only.
pub const ROWS: usize = 40;
/// So many places are named where several are the highest or the lowest.
const NAMED: usize = 3;

/// The figures of a report: those of a window, and those of an earlier one to compare with.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// What was read.
    pub reading: &'a Reading<'a>,
    /// The window of the figures.
    pub now: usize,
    /// The window to compare with.
    pub before: Option<usize>,
    /// The window of the visits.
    pub visits: usize,
}

impl Figures<'_> {
    /// The window of a summary: ranks and recommendations are those of the visits, and so is what tells of no period, as
    /// long as no report has it.
    pub fn window(&self, summary: &str) -> usize {
        let reported = || self.reading.centres(self.now).iter().any(|centre| !centre.visits.is_empty());
        match summary {
            "rating" | "followup" => self.visits,
            "organisation" | "context" if !reported() => self.visits,
            _ => self.now,
        }
    }
}

/// Writes the results, a section for each theme.
pub fn results(page: &mut Outline, figures: Figures) {
    for theme in THEMES {
        let blocks: Vec<Block> = theme.parts.iter().flat_map(|part| part.blocks(figures)).collect();
        if blocks.is_empty() && theme.rare {
            continue;
        }
        page.section(theme.heading);
        if blocks.is_empty() {
            page.paragraph(t(
                "Chưa có xã, phường nào báo cáo số liệu này.",
                "No commune or ward reported this.",
            ));
        }
        blocks.into_iter().for_each(|block| page.add(block));
    }
}

/// The summaries whose figures are compared with the period before.
pub fn compared() -> impl Iterator<Item = &'static str> {
    THEMES
        .iter()
        .flat_map(|theme| theme.parts)
        .filter(|part| !part.changes.is_empty())
        .map(|part| part.summary)
}

/// Numbers the tables: `Bảng 1. Kinh phí, năm 2016`.
pub fn number_tables(blocks: &mut [Block]) {
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (at, table) in tables.enumerate() {
        let title = std::mem::take(&mut table.title);
        table.title = say!("Bảng {n}. {title}", "Table {n}. {title}", [n = at + 1, title]);
    }
}

impl Part {
    /// What is said, and the table; nothing where nothing was reported.
    fn blocks(&self, figures: Figures) -> Vec<Block> {
        let Figures { reading, before, .. } = figures;
        let now = figures.window(self.summary);
        let tables = reading.tables(self.summary, self.by, now, None);
        let compared = || {
            self.changes.iter().next().and(before).map(|_| reading.tables(self.summary, self.by, now, before))
        };
        let compared = compared().unwrap_or_default();
        let mut blocks = Vec::new();
        for table in tables.iter().filter(|table| says_something(table)) {
            let said = [
                self.total(table, &reading.said(now)),
                compared.iter().find(|other| other.name == table.name).and_then(|other| self.change(other)),
                self.ends(table),
                (table.rows.len() > ROWS)
                    .then(|| t("Bảng: xem phụ lục.", "For the table see the annexes.").into()),
            ];
            let said = Said::join(said.into_iter().flatten(), " ");
            blocks.extend((!said.is_empty()).then_some(Block::Paragraph(said)));
            blocks.extend((table.rows.len() <= ROWS).then(|| picked(table, self.columns).into()));
        }
        blocks
    }

    /// Who reported, and the total row, of a window.
    fn total(&self, table: &Table, window: &Said) -> Option<Said> {
        let row = table.total.as_ref()?;
        let figures =
            self.totals.iter().filter_map(|(key, text)| Some(filled(*text, &figure(table, row, key)?)));
        let figures = Said::join(figures, "; ");
        let (n, of) = reported(table)?;
        if figures.is_empty() {
            return None;
        }
        let reported = match about(self.summary, table) {
            about if about == *window => say!("có số liệu trong sổ", "are on record"),
            about => say!("có số liệu {about}", "reported figures for {about}", [about]),
        };
        Some(say!(
            "{n}/{of} xã, phường {reported}: {figures}.",
            "{n} of {of} communes and wards {reported}: {figures}.",
            [n, of, reported, figures]
        ))
    }

    /// What has changed since the period before, from a table that compares.
    fn change(&self, table: &Table) -> Option<Said> {
        let row = table.total.as_ref()?;
        let (n, of) = match cell(table, row, "reported_previous")? {
            Cell::Of(n, of) if *n > 0 => (*n, *of),
            _ => return None,
        };
        let changes = self.changes.iter().filter_map(|(key, name)| change(table, row, key, *name));
        let changes = Said::join(changes, "; ");
        let before = compared_with(table)?;
        (!changes.is_empty()).then(|| {
            let one_sided = one_sided(table);
            say!(
                "So với {before} ({n}/{of} xã, phường có số liệu): {changes}.{one_sided}",
                "Compared with {before} ({n} of {of} communes and wards): {changes}.{one_sided}",
                [before, n, of, changes, one_sided]
            )
        })
    }

    /// The highest and the lowest.
    fn ends(&self, table: &Table) -> Option<Said> {
        let (key, name) = self.ends?;
        let at = table.columns.iter().position(|column| column.key == key)?;
        let values: Vec<f64> = table.rows.iter().filter_map(|row| row[at].number()).collect();
        let (high, low) =
            (values.iter().copied().reduce(f64::max)?, values.iter().copied().reduce(f64::min)?);
        let end = |value: f64| {
            let rows: Vec<&Vec<Cell>> =
                table.rows.iter().filter(|row| row[at].number() == Some(value)).collect();
            let value = in_words(&rows.first()?[at], table.columns[at].kind)?;
            let places = match rows.len() {
                1..=NAMED => Said::join(rows.iter().filter_map(|row| named(row)), ", "),
                n => say!("{n} nơi", "{n} places", [n]),
            };
            Some(say!("{places} ({value})", "{places} ({value})", [places, value]))
        };
        if values.len() < 3 || high == low {
            return None;
        }
        let (high, low) = (end(high)?, end(low)?);
        Some(say!(
            "{name}: cao nhất {high}, thấp nhất {low}.",
            "{name}: highest in {high}, lowest in {low}.",
            [name, high, low]
        ))
    }
}

/// True if a table has anything to say: someone who reported, or at least a figure.
fn says_something(table: &Table) -> bool {
    let figures = || table.rows.iter().flat_map(|row| row.iter().skip(1)).any(|cell| cell.number().is_some());
    reported(table).map_or_else(figures, |(n, _)| n > 0)
}

/// How many units reported, of how many.
pub fn reported(table: &Table) -> Option<(usize, usize)> {
    match cell(table, table.total.as_ref()?, "reported")? {
        Cell::Of(n, of) => Some((*n, *of)),
        _ => None,
    }
}

/// The cell of a row in the column with this key.
pub fn cell<'t>(table: &Table, row: &'t [Cell], key: &str) -> Option<&'t Cell> {
    row.get(table.columns.iter().position(|column| column.key == key)?)
}

/// What names a row.
fn named(row: &[Cell]) -> Option<Said> {
    match row.get(1)? {
        Cell::Word(_, name) => Some((**name).clone()),
        Cell::Text(name) => Some(Said::same(name.as_str())),
        _ => None,
    }
}

/// A text with a figure in its place.
fn filled(text: Text, figure: &Said) -> Said {
    Said { vi: text.vi.replace("{}", &figure.vi), en: text.en.replace("{}", &figure.en) }
}

/// What a cell of a row says, in words.
pub fn figure(table: &Table, row: &[Cell], key: &str) -> Option<Said> {
    let column = table.columns.iter().find(|column| column.key == key)?;
    in_words(cell(table, row, key)?, column.kind)
}

/// A figure as a sentence says it, rounded as in tables, with its unit.
fn in_words(cell: &Cell, kind: ColumnKind) -> Option<Said> {
    let number = |n: f64| -> Said {
        let said = |lang| match kind {
            ColumnKind::Percent => fixed(n, 1, lang),
            ColumnKind::Millions => fixed(n / 1_000_000.0, 1, lang),
            ColumnKind::Number | ColumnKind::Ratio => measure(n, lang),
            _ => fixed(n, 0, lang),
        };
        let unit = match kind {
            ColumnKind::Percent => t("%", "%"),
            ColumnKind::Millions => t(" triệu đồng", " million VND"),
            ColumnKind::Money => t(" đồng", " VND"),
            _ => t("", ""),
        };
        Said { vi: said(Lang::Vi) + unit.vi, en: said(Lang::En) + unit.en }
    };
    match cell {
        Cell::Of(n, of) => {
            let said = |lang| format!("{}/{}", group(*n as i64, lang), group(*of as i64, lang));
            Some(Said { vi: said(Lang::Vi), en: said(Lang::En) })
        }
        Cell::About(about) => {
            let about = in_words(about, kind)?;
            Some(say!("khoảng {about}", "about {about}", [about]))
        }
        Cell::Word(_, name) => Some((**name).clone()),
        Cell::Text(text) => Some(Said::same(text.as_str())),
        other => other.number().map(number),
    }
}

/// How a figure has changed: `số lớp tăng 12 (4,6%)`.
fn change(table: &Table, row: &[Cell], key: &str, name: Text) -> Option<Said> {
    let column = table.columns.iter().find(|column| column.key == key)?;
    let by = cell(table, row, &format!("{key}_change"))?;
    let change = by.number()?;
    if change == 0.0 {
        return Some(say!("{name} không đổi", "{name}: no change", [name]));
    }
    let way = if change > 0.0 { t("tăng", "up") } else { t("giảm", "down") };
    let size = |cell: &Cell, kind| in_words(&size(cell), kind);
    if column.kind == ColumnKind::Percent {
        let by = size(by, ColumnKind::Number)?;
        return Some(say!("{name} {way} {by} điểm %", "{name} {way} {by} points", [name, way, by]));
    }
    let share =
        cell(table, row, &format!("{key}_change_percent")).and_then(|cell| size(cell, ColumnKind::Percent));
    let share = share.map_or_else(Said::default, |share| say!(" ({share})", " ({share})", [share]));
    let by = size(by, column.kind)?;
    Some(say!("{name} {way} {by}{share}", "{name} {way} {by}{share}", [name, way, by, share]))
}

/// A change without its sign.
fn size(cell: &Cell) -> Cell {
    match cell {
        Cell::About(about) => size(about).about(),
        other => other.number().map(f64::abs).into(),
    }
}

/// What a table compares with, as its title says.
fn compared_with(table: &Table) -> Option<Said> {
    let vi = table.title.vi.split_once(", so với ")?.1.to_owned();
    Some(Said { vi, en: table.title.en.split_once(", compared with ")?.1.to_owned() })
}

/// A warning if some reported in one of the two periods only.
fn one_sided(table: &Table) -> Said {
    let says = |row: &[Cell], key| matches!(cell(table, row, key), Some(Cell::Of(n, _)) if *n > 0);
    let alone = table.rows.iter().filter(|row| says(row, "reported") != says(row, "reported_previous"));
    match alone.count() {
        0 => Said::default(),
        n => say!(
            " {n} xã, phường chỉ có số liệu ở một trong hai kỳ, nên số liệu tăng, giảm một phần vì lý do này.",
            " {n} reported in one of the two periods only, which is part of the change.",
            [n]
        ),
    }
}

/// A table with some of its columns, as far as anything is in them. Its notes stand with the whole table.
pub fn picked(table: &Table, keys: &[&str]) -> Table {
    let rows = || table.rows.iter().chain(&table.total);
    let filled = |at: &usize| rows().any(|row| row[*at] != Cell::Missing);
    let at: Vec<usize> = std::iter::once(0)
        .chain(keys.iter().filter_map(|key| table.columns.iter().position(|column| column.key == *key)))
        .filter(filled)
        .collect();
    let pick = |row: &Vec<Cell>| at.iter().map(|at| row[*at].clone()).collect();
    let mut picked = Table {
        name: table.name.clone(),
        title: table.title.clone(),
        columns: at.iter().map(|at| table.columns[*at].clone()).collect(),
        rows: table.rows.iter().map(pick).collect(),
        total: table.total.as_ref().map(pick),
        ..Table::default()
    };
    (0..at.len()).for_each(|at| yes_or_no(&mut picked, at));
    picked
}

/// Writes `có` where each unit has one centre, for its `1/1`.
fn yes_or_no(table: &mut Table, at: usize) {
    let by_unit = table.columns.iter().any(|column| column.key == "unit");
    let single = |row: &Vec<Cell>| matches!(row[at], Cell::Of(0 | 1, 1) | Cell::Missing);
    if by_unit && table.rows.iter().all(single) {
        table.rows.iter_mut().for_each(|row| {
            if let Cell::Of(n, _) = row[at] {
                row[at] = Cell::Bool(n == 1);
            }
        });
    }
}
