//! Pictures of tables: what they show, and bars with their numbers for a terminal.

use super::Style;
use super::value::{self, one_line};
use super::width::{blanks, cut, width};
use crate::model::number::fixed;
use crate::model::table::{Cell, Chart, ChartKind, Column, ColumnKind, Table};
use crate::model::text::{Lang, Text, t};

pub(super) const TARGET: Text = t("chỉ tiêu", "target");

/// What fills the bars of the first and the second column on a terminal.
const FILLS: [&str; 2] = ["█", "▒"];
const ASCII_FILLS: [&str; 2] = ["#", "="];

/// What a picture shows, in words and numbers of a language.
pub(super) struct Picture {
    pub kind: ChartKind,
    /// The labels of the columns.
    pub heads: Vec<String>,
    /// The name of each row, with a value for each column.
    pub rows: Vec<(String, Vec<Point>)>,
    /// The end of the scale; it begins at 0.
    pub most: f64,
    /// What is to be reached, with its words.
    pub target: Option<(f64, String)>,
}

/// One value.
pub(super) struct Point {
    /// `None` if it is missing.
    pub value: Option<f64>,
    pub text: String,
}

/// The picture of a table; `None` if its columns are missing, or there is nothing to see.
pub(super) fn picture(table: &Table, chart: &Chart, lang: Lang) -> Option<Picture> {
    let find = |key: &String| table.columns.iter().position(|column| column.key == *key);
    let label = find(&chart.label_column)?;
    let columns: Vec<usize> = chart.value_columns.iter().map(find).collect::<Option<_>>()?;
    let first = table.columns.get(*columns.first()?)?;
    let mut rows = Vec::new();
    for row in &table.rows {
        let points = columns.iter().map(|at| Some(point(row.get(*at)?, &table.columns[*at], lang)));
        let name = value::shown(row.get(label)?, table.columns[label].kind, lang);
        rows.push((name, points.collect::<Option<Vec<Point>>>()?));
    }
    let values = rows.iter().flat_map(|(_, points)| points).filter_map(|point| point.value);
    let floor = if chart.kind == ChartKind::Shares { 100.0 } else { 0.0 };
    let most = values.chain(chart.target).fold(floor, f64::max);
    let words = |target| format!("{}: {}", TARGET.get(lang), point(&Cell::Number(target), first, lang).text);
    (most > 0.0).then(|| Picture {
        kind: chart.kind,
        heads: columns.iter().map(|at| one_line(table.columns[*at].label.get(lang))).collect(),
        rows,
        most,
        target: chart.target.map(|target| (target, words(target))),
    })
}

fn point(cell: &Cell, column: &Column, lang: Lang) -> Point {
    let value = match cell {
        Cell::Of(n, _) => Some(*n as f64),
        _ => cell.number(),
    };
    let value = value.filter(|n| n.is_finite());
    let text = match (value, column.kind) {
        (Some(n), ColumnKind::Percent) => format!("{}%", fixed(n, 1, lang)),
        _ => value::shown(cell, column.kind, lang),
    };
    Point { value, text }
}

/// The chart of a table that has none of its own: its first column of numbers, by its first column of words.
fn guessed(table: &Table) -> Option<Chart> {
    let label = table.columns.iter().position(|column| column.kind.is_words())?;
    let value = table.columns[label..].iter().find(|column| column.kind.is_number())?;
    Some(Chart {
        label_column: table.columns[label].key.clone(),
        value_columns: vec![value.key.clone()],
        ..Chart::default()
    })
}

/// Bars with their numbers, for a terminal. Empty if a table has nothing to draw.
pub fn draw(table: &Table, style: &Style) -> String {
    let chart = table.chart.clone().or_else(|| guessed(table));
    let Some(picture) = chart.and_then(|chart| picture(table, &chart, style.lang)) else {
        return String::new();
    };
    let fills = if style.ascii { &ASCII_FILLS } else { &FILLS };
    let fill = |at: usize| fills[at % fills.len()];
    let names = picture.rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(style.width / 3);
    let texts = picture.rows.iter().flat_map(|(_, points)| points).map(|point| width(&point.text)).max();
    let room = style.width.saturating_sub(names + 2 + texts.unwrap_or(0) + 1).max(10);
    let mark = picture.target.as_ref().map(|(target, _)| cells(*target, picture.most, room - 1));

    let mut out = String::new();
    let heads: Vec<String> = match picture.heads.as_slice() {
        [only] => vec![style.bold(only)],
        heads => heads.iter().enumerate().map(|(at, head)| format!("{} {head}", fill(at))).collect(),
    };
    let target = picture.target.as_ref().map(|(_, words)| format!("{} {words}", bar_mark(style)));
    let heads: Vec<String> = heads.into_iter().chain(target).collect();
    out.push_str(&heads.join("   "));
    out.push('\n');
    for (name, points) in &picture.rows {
        for (at, point) in points.iter().enumerate() {
            let name = if at == 0 { cut(name, names) } else { String::new() };
            out.push_str(&name);
            blanks(&mut out, names.saturating_sub(width(&name)) + 2);
            let long = point.value.map_or(0, |value| cells(value, picture.most, room));
            let end = long.max(mark.map_or(0, |mark| mark + 1));
            for cell in 0..end {
                out.push_str(match mark {
                    Some(mark) if mark == cell => bar_mark(style),
                    _ if cell < long => fill(at),
                    _ => " ",
                });
            }
            out.push_str(if end > 0 { " " } else { "" });
            let missing = style.ascii && point.text == value::MISSING;
            out.extend([if missing { "-" } else { &point.text }, "\n"]);
        }
    }
    out
}

/// The mark of the target.
fn bar_mark(style: &Style) -> &'static str {
    if style.ascii { "|" } else { "┃" }
}

/// How many cells of a line a value fills; at least one, if it is more than 0.
fn cells(value: f64, most: f64, room: usize) -> usize {
    let cells = (value.max(0.0) / most * room as f64).round() as usize;
    if value > 0.0 { cells.clamp(1, room) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Said;

    fn titles() -> Table {
        let row = |name: &str, registered: Option<i64>, recognised: Option<i64>| {
            vec![
                Cell::text(name),
                registered.into(),
                recognised.into(),
                Cell::percent(recognised, registered),
            ]
        };
        let column = |key, vi, en, kind| Column::new(key, t(vi, en), kind);
        Table {
            title: Said::same("T"),
            columns: vec![
                column("unit", "Đơn vị", "Unit", ColumnKind::Text),
                column("registered", "Đăng ký", "Registered", ColumnKind::Count),
                column("recognised", "Công nhận", "Recognised", ColumnKind::Count),
                column("share", "% đạt", "% reached", ColumnKind::Percent),
            ],
            rows: vec![
                row("Yên Thanh", Some(1200), Some(900)),
                row("Thượng Yên Công", Some(600), Some(1)),
                row("Điền Công", None, None),
            ],
            ..Table::default()
        }
    }

    #[test]
    fn bars_fill_the_line_and_no_more() {
        let style = Style { width: 48, ..Style::default() };
        assert_eq!(
            draw(&titles(), &style),
            "\
Đăng ký
Yên Thanh        █████████████████████████ 1.200
Thượng Yên Công  █████████████ 600
Điền Công        –
"
        );
        assert!(draw(&titles(), &style).lines().all(|line| width(line) <= 48));
        assert_eq!(draw(&Table::default(), &style), "");
    }

    #[test]
    fn pairs_and_targets_are_told_apart_without_colour() {
        let mut table = titles();
        let chart = |kind, columns: &[&str], target| Chart {
            kind,
            label_column: "unit".into(),
            value_columns: columns.iter().map(|key| (*key).to_owned()).collect(),
            target,
        };
        table.chart = Some(chart(ChartKind::Pairs, &["registered", "recognised"], None));
        let style = Style { width: 40, ascii: true, lang: Lang::En, ..Style::default() };
        assert_eq!(
            draw(&table, &style),
            "\
# Registered   = Recognised
Yên Thanh      ################### 1,200
               ============== 900
Thượng Yên C…  ########## 600
               = 1
Điền Công      -
               -
"
        );
        table.chart = Some(chart(ChartKind::Shares, &["share"], Some(70.0)));
        assert_eq!(
            draw(&table, &Style { width: 44, ..Style::default() }),
            "\
% đạt   ┃ chỉ tiêu: 70,0%
Yên Thanh       ███████████████┃█ 75,0%
Thượng Yên Cô…  █              ┃ 0,2%
Điền Công                      ┃ –
"
        );
    }
}
