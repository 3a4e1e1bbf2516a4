//! The picture of a table as a chart that belongs to the spreadsheet: it follows the cells. Greys and numbers beside the
//! bars, as on a page, so that it can be read without colour.

use crate::model::table::{Cell, ChartKind, Column, ColumnKind, Table};
use crate::model::text::Lang;
use crate::render::chart::picture;
use crate::render::value::{in_dong, one_line};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartMarkerType, ChartSolidFill, ChartType, Color,
};

/// With more rows than this it says nothing.
const ROWS: usize = 40;
/// How wide it is, in pixels, and how high a trend is.
pub(super) const WIDE: u32 = 760;
const TREND: u32 = 340;
/// What fills the first, the second and the third column.
const GREYS: [u32; 3] = [0x787878, 0xD7D7D7, 0xFFFFFF];

/// The chart of a table whose rows begin at a row of the sheet with this name, and how high it is in points. None if it has
/// none, one of text, or fewer than two rows with a number, which nobody compares.
pub(super) fn of(table: &Table, sheet: &str, first: u32, lang: Lang) -> Option<(Chart, f64)> {
    let drawn = table.chart.as_ref()?;
    let picture = picture(table, drawn, lang)?;
    let place = |key: &String| table.columns.iter().position(|column| column.key == *key);
    let label = place(&drawn.label_column)? as u16;
    let columns: Vec<usize> = drawn.value_columns.iter().filter_map(place).collect();
    let numbers = columns.iter().all(|at| table.columns[*at].kind.is_number());
    let said = |row: &&Vec<Cell>| columns.iter().any(|at| row[*at].number().is_some());
    if !numbers || table.rows.len() > ROWS || table.rows.iter().filter(said).count() < 2 {
        return None;
    }
    let is_trend = picture.kind == ChartKind::Trend;
    let mut chart = Chart::new(if is_trend { ChartType::Line } else { ChartType::Bar });
    let last = first + table.rows.len() as u32 - 1;
    for (n, at) in columns.iter().enumerate() {
        let (column, code) = (*at as u16, code(&table.columns[*at]));
        let series = chart.add_series();
        series.set_categories((sheet, first, label, last, label));
        series.set_values((sheet, first, column, last, column));
        series.set_name(words(&picture.heads[n]).as_str());
        series.set_data_label(ChartDataLabel::new().show_value().set_num_format(code));
        let (grey, frame) =
            (Color::RGB(GREYS[n % GREYS.len()]), ChartLine::new().set_color("505050").clone());
        if is_trend {
            series.set_format(&mut frame.clone());
            series.set_marker(ChartMarker::new().set_type(MARKS[n % MARKS.len()]).set_size(7));
        } else {
            let fill = ChartSolidFill::new().set_color(grey).clone();
            series.set_format(ChartFormat::new().set_solid_fill(&fill).set_border(&frame)).set_gap(40);
        }
    }
    let title = match picture.heads.as_slice() {
        [only] => words(only),
        _ => words(&one_line(table.title.get(lang))),
    };
    let target = picture.target.map(|(_, words)| format!(" ({words})")).unwrap_or_default();
    chart.title().set_name((title + &target).as_str()).set_font(ChartFont::new().set_size(12).set_bold());
    if columns.len() > 1 {
        chart.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        chart.legend().set_hidden();
    }
    // The numbers stand beside the bars, so that the axis of values says nothing more.
    let high = if is_trend {
        TREND
    } else {
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0).set_major_gridlines(false).set_hidden(true);
        if picture.kind == ChartKind::Shares {
            chart.x_axis().set_max(100);
        }
        90 + table.rows.len() as u32 * (columns.len() as u32 * 16 + 8)
    };
    chart.set_width(WIDE).set_height(high);
    Some((chart, f64::from(high) * 0.75))
}

/// What marks the points of the first, the second and the third line.
const MARKS: [ChartMarkerType; 3] =
    [ChartMarkerType::Circle, ChartMarkerType::Square, ChartMarkerType::Triangle];

/// Words in a chart, which would be the place of a cell if they began with `=`.
fn words(text: &str) -> String {
    in_dong(text).trim_start_matches('=').to_owned()
}

/// How the numbers beside bars are shown.
fn code(column: &Column) -> &'static str {
    match column.kind {
        ColumnKind::Percent | ColumnKind::Ratio | ColumnKind::Number => "#,##0.0",
        _ => "#,##0",
    }
}
