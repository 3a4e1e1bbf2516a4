//! A summary over the years: a row for each school year, with what its table has in the total row.

use super::{Options, Request, Snapshot, Summary, tables};
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::table::{Cell, Chart, ChartKind, Column, ColumnKind, Table};
use crate::model::text::{Said, t};
use crate::say;

/// The table of a summary over some school years, each with the snapshots of its visits.
pub fn trend(summary: &Summary, asked: &Request, years: &[(Period, Vec<Snapshot>)]) -> Result<Table, Said> {
    let mut found: Vec<(Period, Table)> = Vec::new();
    for (year, snapshots) in years {
        let window = Window { year: Some(*year), ..Window::default() };
        let options = Options { trace: false, sort: None, top: None, ..asked.options.clone() };
        let asked = Request { window: &window, before: None, options: &options, ..*asked };
        let tables = tables(summary, &asked, snapshots)?.into_iter().filter(|table| table.total.is_some());
        found.extend(tables.map(|table| (*year, table)));
    }
    let figures = figures(&found);
    if figures.is_empty() {
        return Err(say!(
            "bảng {name} không có số để xem qua các năm",
            "{name} has no figures to follow over the years",
            [name = summary.name]
        ));
    }
    let rows = found.iter().map(|(year, table)| row(summary, *year, table, &figures)).collect();
    let mut columns = vec![
        Column::new("year", t("Năm học", "School year"), ColumnKind::Text),
        Column::new("about", t("Số liệu", "Figures"), ColumnKind::Text),
    ];
    columns.extend(figures);
    let note = t(
        "Mỗi dòng là dòng tổng cộng của bảng năm ấy; số đơn vị báo cáo mỗi năm có thể khác nhau.",
        "Each row is the total of that year's table; the number of units that reported may differ.",
    );
    Ok(Table {
        name: format!("{}-trend", summary.name),
        title: say!("{title} qua các năm", "{title} over the years", [title = summary.title]),
        columns,
        rows,
        notes: vec![note.into()],
        chart: found.last().and_then(|(_, table)| table.chart.as_ref()).map(over_years),
        ..Table::default()
    })
}

/// The columns of figures of all years.
fn figures(found: &[(Period, Table)]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in found.iter().flat_map(|(_, table)| &table.columns) {
        let counts = (column.kind.is_number() && column.key != "row") || column.key == "reported";
        if counts && columns.iter().all(|known| known.key != column.key) {
            columns.push(column.clone());
        }
    }
    columns
}

/// The total row of a year, under the columns of all years.
fn row(summary: &Summary, year: Period, table: &Table, figures: &[Column]) -> Vec<Cell> {
    let cell = |column: &Column| {
        let at = table.columns.iter().position(|own| own.key == column.key);
        at.and_then(|at| table.total.as_ref()?.get(at).cloned()).unwrap_or(Cell::Missing)
    };
    let about = |title: &str, head: &str| {
        title.strip_prefix(head).unwrap_or(title).trim_start_matches(", ").to_owned()
    };
    let (title, head) = (&table.title, summary.title);
    let about = Said { vi: about(&title.vi, head.vi), en: about(&title.en, head.en) };
    let year = Cell::Word(year.to_string(), Said::same(year.to_string()));
    [year, Cell::Word(about.en.clone(), about)].into_iter().chain(figures.iter().map(cell)).collect()
}

/// The chart of a table, over the years.
fn over_years(chart: &Chart) -> Chart {
    let value_columns = chart.value_columns.clone();
    Chart { kind: ChartKind::Trend, label_column: "year".to_owned(), value_columns, target: None }
}
