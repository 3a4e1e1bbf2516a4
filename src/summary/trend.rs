//! A summary over the years: a row for each school year, with what its table has in the total row. What no record is about
//! is taken from the statements about the whole register, and marked.

use super::builder::{about_note, blank};
use super::snapshot::stated;
use super::{Options, Request, Snapshot, Summary, tables};
use crate::model::period::Period;
use crate::model::register::Window;
use crate::model::table::{Cell, Chart, ChartKind, Column, ColumnKind, Table};
use crate::model::text::{Said, Text, t};
use crate::say;
use std::collections::BTreeSet;

/// The table of a summary over some school years, each with the snapshots of its visits.
pub fn trend(summary: &Summary, asked: &Request, years: &[(Period, Vec<Snapshot>)]) -> Result<Table, Said> {
    let mut found = Vec::new();
    for (year, snapshots) in years {
        found.extend(totals(summary, asked, *year, snapshots, None)?);
    }
    for (year, id, snapshot) in statements(summary, asked, years) {
        found.extend(totals(summary, asked, year, &[snapshot], Some(id))?);
    }
    found.sort_by_key(|total| total.year);
    let figures = figures(&found);
    if figures.is_empty() {
        return Err(say!(
            "bảng {name} không có số liệu để so sánh qua các năm",
            "{name} has no figures to follow over the years",
            [name = summary.name]
        ));
    }
    let mut columns = vec![
        Column::new("school_year", t("Năm học", "School year"), ColumnKind::Text),
        Column::new("about", t("Kỳ số liệu", "Period"), ColumnKind::Text),
    ];
    let has_statements = found.iter().any(|total| total.statement.is_some());
    columns.extend(has_statements.then(|| Column::new(STATEMENT, FROM_STATEMENT, ColumnKind::Text)));
    columns.extend(figures);
    let note = t(
        "Mỗi dòng là dòng tổng cộng của bảng năm ấy; số đơn vị báo cáo mỗi năm có thể khác nhau.",
        "Each row is the total of that year's table; the number of units that reported may differ.",
    );
    let marked = t(
        "Dòng có mã ở cột “Số liệu công bố” lấy từ văn bản, vì sổ không có lần kiểm tra nào về kỳ ấy.",
        "Rows with an id under “Statement” are from papers, since the register has no record about that period.",
    );
    let rows: Vec<Vec<Cell>> = found.iter().map(|total| total.row(summary, &columns)).collect();
    let told = [Some(note), has_statements.then_some(marked)].into_iter().flatten().map(Said::from);
    let notes = told.chain(about_note(&rows)).collect();
    Ok(Table {
        name: format!("{}-trend", summary.name),
        title: say!("{title} qua các năm", "{title} over the years", [title = summary.title]),
        rows,
        columns,
        notes,
        chart: found.last().and_then(|total| total.table.chart.as_ref()).map(over_years),
        ..Table::default()
    })
}

/// The key of the column of statements.
const STATEMENT: &str = "statement";
/// Its heading.
const FROM_STATEMENT: Text = t("Số liệu công bố", "Statement");

/// A table whose total becomes a row.
struct YearTotal<'r> {
    /// The school year of the visits.
    year: Period,
    table: Table,
    /// The statement that it was taken from, if it is not of records.
    statement: Option<&'r str>,
}

/// The tables of a year that have a total, one for each kind of period.
fn totals<'r>(
    summary: &Summary,
    asked: &Request,
    year: Period,
    snapshots: &[Snapshot],
    statement: Option<&'r str>,
) -> Result<impl Iterator<Item = YearTotal<'r>>, Said> {
    let window = Window { year: Some(year), ..Window::default() };
    let units = asked.options.units.filter(|_| statement.is_none());
    let options = Options { trace: false, sort: None, top: None, units, ..asked.options.clone() };
    let asked = Request { window: &window, before: None, options: &options, ..*asked };
    let tables = tables(summary, &asked, snapshots)?.into_iter().filter(|table| table.total.is_some());
    Ok(tables.map(move |table| YearTotal { year, table, statement }))
}

/// The statements about the whole register whose figures are about a period that no record is about, each with the school
/// year in which visits would have reported them: the one after.
fn statements<'r>(
    summary: &Summary,
    asked: &Request<'r>,
    years: &[(Period, Vec<Snapshot>)],
) -> Vec<(Period, &'r str, Snapshot)> {
    let Some(topic) = summary.topic else { return Vec::new() };
    let recorded: BTreeSet<Period> =
        years.iter().flat_map(|(_, snapshots)| snapshots).filter_map(|s| s.period(topic)).collect();
    let starts = asked.register.year_start();
    let of_all = asked.register.statements.values().filter(|statement| statement.body.place().is_empty());
    let rows = of_all.filter_map(|statement| {
        let snapshot = stated(statement);
        let period = snapshot.period(topic).filter(|period| !recorded.contains(period))?;
        let year = starts.school_year(period.days(starts).end().next());
        Some((year, statement.id.as_str(), snapshot))
    });
    rows.filter(|(year, ..)| asked.window.year.is_none_or(|last| *year <= last)).collect()
}

/// The columns of figures of all years.
fn figures(found: &[YearTotal]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for column in found.iter().flat_map(|total| &total.table.columns) {
        let counts = (column.kind.is_number() && column.key != "row_no") || column.key == REPORTED;
        if counts && columns.iter().all(|known| known.key != column.key) {
            columns.push(column.clone());
        }
    }
    columns
}

/// The key of the column of n of N units; a statement is of none.
const REPORTED: &str = "reported";

impl YearTotal<'_> {
    /// The row under the columns of all years.
    fn row(&self, summary: &Summary, columns: &[Column]) -> Vec<Cell> {
        let cell = |column: &Column| match column.key.as_str() {
            "school_year" => Cell::word(self.year.to_string(), Said::same(self.year.to_string())),
            "about" => {
                let about = self.about(summary);
                Cell::word(about.en.clone(), about)
            }
            STATEMENT => self.statement.map_or_else(blank, Cell::text),
            REPORTED if self.statement.is_some() => Cell::Missing,
            key => {
                let at = self.table.columns.iter().position(|own| own.key == key);
                at.and_then(|at| self.table.total.as_ref()?.get(at).cloned()).unwrap_or(Cell::Missing)
            }
        };
        columns.iter().map(cell).collect()
    }

    /// What the figures are about: the title of the table without that of the summary.
    fn about(&self, summary: &Summary) -> Said {
        let rest = |title: &str, head: &str| {
            title.strip_prefix(head).unwrap_or(title).trim_start_matches(", ").to_owned()
        };
        let (title, head) = (&self.table.title, summary.title);
        Said { vi: rest(&title.vi, head.vi), en: rest(&title.en, head.en) }
    }
}

/// The chart of a table, over the years.
fn over_years(chart: &Chart) -> Chart {
    let value_columns = chart.value_columns.clone();
    Chart { kind: ChartKind::Trend, label_column: "year".to_owned(), value_columns, target: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::history::Record;
    use crate::model::statement::Statement;
    use crate::summary::find;
    use crate::summary::specimen::{Specimen, cell, line};

    #[test]
    fn a_year_without_records_is_taken_from_a_statement_and_marked() {
        let mut specimen = Specimen::new(&["bac-son"]);
        specimen.visit("2016-10-27-bac-son").activity = line("2015-2016", Some(10), Some(400), None);
        for (id, unit) in [("2015-2016", None), ("2014-2015", None), ("2013-2014-bac-son", Some("bac-son"))] {
            let activity = line(&id[..9], Some(91), Some(5_120), None);
            let body = Statement { unit: unit.map(str::to_owned), activity, ..Statement::default() };
            let record = Record { id: id.into(), body, sound: true, ..Record::default() };
            specimen.register.statements.insert(id.into(), record);
        }
        let table = |last: Option<&str>| {
            let window = Window { year: last.and_then(Period::parse), ..Window::default() };
            let Specimen { register, today, options, .. } = &specimen;
            let asked = Request { register, window: &window, before: None, today: *today, options };
            let years = [(Period::SchoolYear(2016), specimen.snapshots(&specimen.window))];
            trend(find("activity").unwrap(), &asked, &years).unwrap()
        };
        let all = table(None);
        assert_eq!(all.rows.len(), 2, "records go before a statement, and one about a unit is not of all");
        assert_eq!(cell(&all, 0, "statement"), Cell::Text("2014-2015".into()));
        assert_eq!((cell(&all, 0, "reported"), cell(&all, 1, "reported")), (Cell::Missing, Cell::Of(1, 1)));
        assert_eq!((cell(&all, 0, "classes"), cell(&all, 1, "classes")), (Cell::Count(91), Cell::Count(10)));
        assert!(all.notes.iter().any(|note| note.en.contains("“Statement”")));
    }
}
