//! The figures of minutes beside those of a year before, and the annex that tells all of them.

use super::super::versus::{self, Line};
use super::super::visited::Visited;
use super::super::wording::{figure, lowered};
use crate::model::document::Block;
use crate::model::field::{Field, Kind, Vocabulary};
use crate::model::figures::{
    ACTIVITY, Activity, FINANCE, Finance, Learning, PROMOTION, Promotion, Title, TitleKind, Titles,
};
use crate::model::json::{Json, json};
use crate::model::path::key_below;
use crate::model::table::{Cell, Column, ColumnKind, ColumnRow, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use crate::summary::snapshot::fill_totals;
use crate::summary::{NOT_SPLIT, NOT_SPLIT_LABEL, Snapshot, not_split};

/// A main figure of a block: what it is, what is counted, and how it is had.
type Main<T> = (&'static str, Text, Text, fn(&T) -> Cell);

const DONG: Text = t("đồng", "đồng");
const NOTHING: Text = t("", "");

const OF_ACTIVITY: &[Main<Activity>] = &[
    ("classes", t("Số lớp, chuyên đề", "Classes and talks"), NOTHING, |a| {
        learned(a, "classes", |l| l.classes)
    }),
    ("attendances", t("Lượt người học", "Attendances"), NOTHING, |a| {
        learned(a, "attendances", |l| l.attendances)
    }),
    ("women", t("Trong đó nữ", "Of them women"), NOTHING, |a| learned(a, "women", |l| l.women)),
];

const OF_FINANCE: &[Main<Finance>] = &[
    ("income", t("Tổng thu của trung tâm", "Income of the centre"), DONG, income),
    ("spent", t("Tổng chi của trung tâm", "Spent by the centre"), DONG, |f| {
        told(f.spent, &f.approximate, "spent")
    }),
];

const OF_PROMOTION: &[Main<Promotion>] = &[
    (
        "members",
        t("Hội viên Hội Khuyến học", "Members of the association"),
        t("người", "people"),
        |p| told(p.members, &p.approximate, "members"),
    ),
    ("fund_raised", t("Thu quỹ khuyến học", "Raised for the fund"), DONG, |p| {
        told(p.fund.raised, &p.approximate, "fund.raised")
    }),
    ("fund_spent", t("Chi quỹ khuyến học", "Spent from the fund"), DONG, |p| {
        told(p.fund.spent, &p.approximate, "fund.spent")
    }),
    ("fund_closing", t("Dư quỹ khuyến học cuối kỳ", "Closing balance of the fund"), DONG, |p| {
        told(p.fund.closing, &p.approximate, "fund.closing")
    }),
];

const OF_TITLES: &[Main<Titles>] = &[
    ("families", t("Gia đình học tập", "Learning families"), t("hộ", "households"), |t| {
        held(t, TitleKind::Family)
    }),
    ("lineages", t("Dòng họ học tập", "Learning lineages"), NOTHING, |t| held(t, TitleKind::Lineage)),
    ("communities", t("Cộng đồng học tập", "Learning communities"), NOTHING, |t| {
        held(t, TitleKind::Community)
    }),
    ("workplaces", t("Đơn vị học tập", "Learning workplaces"), NOTHING, |t| {
        held(t, TitleKind::Workplace)
    }),
];

/// A figure of activity over all fields.
fn learned(activity: &Activity, key: &str, figure: fn(&Learning) -> Option<i64>) -> Cell {
    let cell = Cell::from(activity.in_all(figure));
    let about = activity.approximate.iter().any(|path| path.rsplit('.').next() == Some(key));
    if about { cell.about() } else { cell }
}

/// All that came in; missing if nothing is told.
fn income(finance: &Finance) -> Cell {
    let parts = ["state_budget", "contributions", "fees", "other"];
    let values = [finance.state_budget, finance.contributions, finance.fees, finance.other];
    let cell = Cell::from(values.into_iter().flatten().reduce(i64::saturating_add));
    let about = finance.approximate.iter().any(|key| parts.contains(&key.as_str()));
    if about { cell.about() } else { cell }
}

fn held(titles: &Titles, kind: TitleKind) -> Cell {
    let recognised = titles.learning.get(kind).and_then(|title| title.recognised);
    told(recognised, &titles.approximate, &format!("learning.{}.recognised", kind.word()))
}

fn told(figure: Option<i64>, approximate: &[String], key: &str) -> Cell {
    let cell = Cell::from(figure);
    if approximate.iter().any(|path| path == key) { cell.about() } else { cell }
}

/// The main figures with those of a year before, each with the block that it is of.
pub fn main(visited: &Visited) -> Vec<(&'static str, Line)> {
    let mut lines = of_block(OF_ACTIVITY, visited, "activity", |s| s.activity.as_ref().map(|f| &f.body));
    lines.extend(of_block(OF_FINANCE, visited, "finance", |s| s.finance.as_ref().map(|f| &f.body)));
    lines.extend(of_block(OF_PROMOTION, visited, "promotion", |s| s.promotion.as_ref().map(|f| &f.body)));
    lines.extend(of_block(OF_TITLES, visited, "title", |s| s.title.as_ref().map(|f| &f.body)));
    lines
}

fn of_block<T>(
    rows: &[Main<T>],
    visited: &Visited,
    block: &'static str,
    of: fn(&Snapshot) -> Option<&T>,
) -> Vec<(&'static str, Line)> {
    let (period, [now, before]) = visited.beside(block);
    let cell = |shot: &Option<Snapshot>, figure: fn(&T) -> Cell| {
        shot.as_ref().and_then(of).map_or(Cell::Missing, figure)
    };
    let line = |(key, label, unit, figure): &Main<T>| {
        let (now, before) = (cell(&now, *figure), cell(&before, *figure));
        (block, Line { key: (*key).into(), label: (*label).into(), unit: *unit, period, now, before })
    };
    rows.iter().map(line).collect()
}

/// Every figure of the visit with that of a year before, by the field rows; titles by what is recognised.
pub fn all(visited: &Visited) -> Vec<Line> {
    let mut lines = Vec::new();
    lines.extend(every(visited, "activity", ACTIVITY, |s| s.activity.as_ref().map(|f| with_totals(&f.body))));
    lines.extend(every(visited, "finance", FINANCE, |s| s.finance.as_ref().map(|f| json!(f.body))));
    lines.extend(every(visited, "promotion", PROMOTION, |s| s.promotion.as_ref().map(|f| json!(f.body))));
    let is_told = |line: &Line| [&line.now, &line.before].into_iter().any(|cell| *cell != Cell::Missing);
    let titles = main(visited).into_iter().filter(|(block, line)| *block == "title" && is_told(line));
    lines.extend(titles.map(|(_, line)| Line { unit: NOTHING, ..line }));
    lines
}

/// A line for each figure of a block that the visit tells.
fn every(
    visited: &Visited,
    block: &str,
    rows: &'static [Field],
    of: fn(&Snapshot) -> Option<Json>,
) -> Vec<Line> {
    let (period, shots) = visited.beside(block);
    let [now, before] = shots.map(|shot| shot.as_ref().and_then(of).unwrap_or_default());
    let line = |path: String, label: Said, row: &Field| {
        let (now, before) = (figure(&now, &path), figure(&before, &path));
        let unit = if matches!(row.kind, Kind::Money) { DONG } else { NOTHING };
        (now != Cell::Missing).then_some(Line { key: path, label, unit, period, now, before })
    };
    let of_row = |row: &'static Field| -> Vec<Line> {
        let below = row.kind.fields().iter().filter(|_| matches!(row.kind, Kind::Inline(_)));
        let below = below.filter_map(|field| {
            let (above, label) = (row.label, lowered(field.label));
            let label = match row.key {
                "total" => field.label.into(),
                _ => say!("{above}: {label}", "{above}: {label}", [above, label]),
            };
            line(key_below(row.key, field.key), label, field)
        });
        line(row.key.to_owned(), row.label.into(), row).into_iter().chain(below).collect()
    };
    rows.iter().flat_map(of_row).collect()
}

/// Activities with the sums of their fields where no totals are told; people who came to several are nobody's sum.
fn with_totals(activity: &Activity) -> Json {
    let mut block = json!(activity);
    fill_totals(&mut block, |key| key != "people");
    let keys: Vec<Json> = activity.approximate.iter().map(|path| total_of(path)).collect();
    block["approximate"] = Json::Array(keys);
    block
}

/// What is approximate of a field is so of the total.
fn total_of(path: &str) -> Json {
    match path.rsplit_once('.') {
        Some((field, key)) if field.starts_with("field.") => json!(format!("total.{key}")),
        _ => json!(path),
    }
}

/// The tables of the annex: what the visit tells in numbers, each with what it was a year before.
pub fn annex(visited: &Visited) -> Vec<Block> {
    let told = fields(visited).into_iter().chain(titles(visited));
    let lines = all(visited);
    let compared = (!lines.is_empty()).then(|| match lines.iter().all(|line| line.before == Cell::Missing) {
        true => alone(&lines),
        false => {
            let title = t("Số liệu so với kỳ trước", "Figures beside those of the period before").into();
            dotted(Table { title, ..versus::table("figures", &lines) })
        }
    });
    told.chain(compared).map(Block::from).collect()
}

/// A main figure of the visit by its key.
pub fn now(visited: &Visited, key: &str) -> Cell {
    main(visited).into_iter().find(|(_, line)| line.key == key).map_or(Cell::Missing, |(_, line)| line.now)
}

/// What stands in a cell where a figure is not known.
const FEW_DOTS: &str = "……";

/// The figures where none of the period before is known: without the columns for it.
fn alone(lines: &[Line]) -> Table {
    let table = versus::table("figures", lines);
    let kept = |key: &str| ["what", "period", "now"].contains(&key);
    let at: Vec<usize> = (0..table.columns.len()).filter(|at| kept(&table.columns[*at].key)).collect();
    Table {
        title: t("Số liệu của kỳ này", "Figures of the period").into(),
        columns: at.iter().map(|at| table.columns[*at].clone()).collect(),
        rows: table.rows.iter().map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect(),
        ..table
    }
}

/// A table to be filled by hand where a figure of the period before is not known. A change from nothing has no percentage.
fn dotted(mut table: Table) -> Table {
    let before = table.columns.iter().position(|column| column.key == "before").unwrap_or_default();
    let rows = table.rows.iter_mut().filter(|row| row[before] == Cell::Missing);
    let cells = rows.flatten().filter(|cell| **cell == Cell::Missing);
    cells.for_each(|cell| *cell = Cell::text(FEW_DOTS));
    table
}

/// The activities by field, with all of them below; `None` if no field is told.
pub fn fields(visited: &Visited) -> Option<Table> {
    let activity = visited.visit().activity.as_ref().filter(|activity| !activity.field.is_empty())?;
    let (said, all) = (json!(activity), with_totals(activity));
    let rows = learning();
    let line = |word: &str| {
        let label = visited.register.label(Vocabulary::ActivityFields, word);
        let cells = rows.iter().map(|row| figure(&said, &format!("field.{word}.{}", row.key)));
        std::iter::once(Cell::word(word, label)).chain(cells).collect()
    };
    let word = Cell::word("total", t("Tổng cộng", "Total"));
    let (_, [now, _]) = visited.beside("activity");
    let rest = now.as_ref().and_then(not_split).map(|rest| {
        let rest = json!(rest);
        let cells = rows.iter().map(|row| figure(&rest, row.key));
        std::iter::once(Cell::word(NOT_SPLIT, NOT_SPLIT_LABEL)).chain(cells).collect()
    });
    Some(Table {
        name: "fields".into(),
        title: t("Hoạt động theo lĩnh vực", "Activities by field").into(),
        columns: Column::list(FIELD_COLUMNS)
            .into_iter()
            .map(|column| Column { rare: true, ..column })
            .collect(),
        rows: activity.field.keys().map(|word| line(word)).chain(rest).collect(),
        total: Some(
            std::iter::once(word)
                .chain(rows.iter().map(|row| figure(&all, &format!("total.{}", row.key))))
                .collect(),
        ),
        ..Table::default()
    })
}

/// The columns of activities by field: the field, then the rows of a line of activity.
pub const FIELD_COLUMNS: &[ColumnRow] = &[
    ("field", t("Lĩnh vực", "Field"), ColumnKind::Text),
    ("classes", t("Số lớp, chuyên đề", "Classes"), ColumnKind::Count),
    ("sessions", t("Số buổi", "Sessions"), ColumnKind::Count),
    ("hours", t("Số giờ", "Hours"), ColumnKind::Number),
    ("attendances", t("Lượt người", "Attendances"), ColumnKind::Count),
    ("people", t("Số người học (không trùng)", "People"), ColumnKind::Count),
    ("women", t("Nữ", "Women"), ColumnKind::Count),
    ("ethnic_minority", t("Dân tộc thiểu số", "Ethnic minorities"), ColumnKind::Count),
    ("disabled", t("Người khuyết tật", "People with disabilities"), ColumnKind::Count),
    ("aged_60", t("Từ 60 tuổi trở lên", "Aged 60 and over"), ColumnKind::Count),
];

/// The rows of a line of activity.
fn learning() -> &'static [Field] {
    let field = ACTIVITY.iter().find(|row| row.key == "field");
    match field.map(|row| row.kind) {
        Some(Kind::Keyed { entry, .. }) => entry.fields(),
        _ => &[],
    }
}

/// The titles by who holds them, a table for each standard of which something is told.
pub fn titles(visited: &Visited) -> Vec<Table> {
    let (_, [now, _]) = visited.beside("title");
    let Some(titles) = now.and_then(|now| now.title).map(|found| found.body) else { return Vec::new() };
    let standards = [
        ("learning", t("Danh hiệu học tập", "Learning titles"), &titles.learning),
        ("studious", t("Danh hiệu hiếu học", "Studious titles"), &titles.studious),
    ];
    let told = standards.into_iter().filter(|(.., kinds)| kinds.each().next().is_some());
    told.map(|(key, title, kinds)| Table {
        name: format!("titles_{key}"),
        title: title.into(),
        columns: TITLE_COLUMNS
            .iter()
            .map(|(key, label, kind)| Column {
                rare: *key == "digital_skills",
                ..Column::new(*key, *label, *kind)
            })
            .collect(),
        rows: kinds.each().map(|(kind, title)| title_row(&titles, key, kind, title)).collect(),
        ..Table::default()
    })
    .collect()
}

/// The columns of titles.
pub const TITLE_COLUMNS: &[ColumnRow] = &[
    ("kind", t("Loại", "Of"), ColumnKind::Text),
    ("base", t("Tổng số hiện có", "All"), ColumnKind::Count),
    ("registered", t("Số đăng ký", "Registered"), ColumnKind::Count),
    ("recognised", t("Số được công nhận", "Recognised"), ColumnKind::Count),
    ("of_registered", t("% so với đăng ký", "% of registered"), ColumnKind::Percent),
    ("of_base", t("% so với tổng số", "% of all"), ColumnKind::Percent),
    ("digital_skills", t("Có kỹ năng số", "With digital skills"), ColumnKind::Count),
];

fn title_row(titles: &Titles, standard: &str, kind: TitleKind, title: &Title) -> Vec<Cell> {
    let cell = |figure: Option<i64>, key: &str| {
        told(figure, &titles.approximate, &format!("{standard}.{}.{key}", kind.word()))
    };
    let label = Said::from(kind.label());
    vec![
        Cell::word(kind.word(), label),
        cell(title.base, "base"),
        cell(title.registered, "registered"),
        cell(title.recognised, "recognised"),
        Cell::percent(title.recognised, title.registered),
        Cell::percent(title.recognised, title.base),
        cell(title.digital_skills, "digital_skills"),
    ]
}
