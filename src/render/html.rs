//! Tables as one HTML page that can be read, printed on A4 and opened in a word processor; it loads nothing.

use super::Style;
use super::chart::picture;
use super::svg;
use super::text::Cells;
use super::value;
use crate::model::table::{Cell, Column, ColumnKind, Table};
use crate::model::text::{Lang, Text, t};
use crate::say;

/// More rows than this make a picture nobody reads.
const CHART_ROWS: usize = 60;
const NOTES: Text = t("Ghi chú", "Notes");
const EMPTY: Text = t("Không có dòng nào.", "There are no rows.");

const CSS: &str = r#"
:root { color-scheme: light; }
body { font-family: "Times New Roman", "Liberation Serif", "DejaVu Serif", serif; font-size: 12pt; line-height: 1.3;
  color: #000; background: #fff; margin: 2em auto; max-width: 72em; padding: 0 1em; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 1em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
.wide + .wide { margin-top: 1.5em; }
tbody th, tfoot th { white-space: nowrap; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { border: 1px solid #555; padding: .2em .45em; vertical-align: top; text-align: left; font-weight: normal; }
thead th, tfoot th, tfoot td { font-weight: bold; }
thead th { background: #eee; text-align: center; vertical-align: middle; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.k { white-space: nowrap; }
thead .n, thead .k { text-align: center; white-space: normal; }
figure { margin: 1.5em 0; break-inside: avoid; }
figcaption { text-align: center; font-style: italic; margin-bottom: .5em; }
svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
svg text { font-family: Arial, "Liberation Sans", "DejaVu Sans", sans-serif; }
.notes { font-size: 11pt; }
.notes h2 { font-size: 11pt; margin: 1em 0 .2em; }
.notes ul { margin: 0; padding-left: 1.4em; }
@page { size: A4 landscape; margin: 20mm 15mm 20mm 30mm; @top-center { content: counter(page); } }
@page :first { @top-center { content: none; } }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 11pt; }
  .wide { overflow: visible; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr { break-inside: avoid; }
  svg { max-height: 165mm; }
  thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"#;

/// How many letters fit beside each other on an A4 page laid flat.
const PAGE: usize = 140;

/// A table as a page.
pub fn draw(table: &Table, style: &Style) -> String {
    let lang = style.lang;
    let title = escaped(table.title.get(lang));
    let code = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    for band in bands(table, style) {
        grid(&mut out, &band, &title, lang);
    }
    figure(&mut out, table, lang);
    if !table.notes.is_empty() {
        out.push_str(&format!("<section class=\"notes\">\n<h2>{}</h2>\n<ul>\n", NOTES.get(lang)));
        table.notes.iter().for_each(|note| out.push_str(&format!("<li>{}</li>\n", escaped(note.get(lang)))));
        out.push_str("</ul>\n</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What is too wide for a page that is printed, as several tables, each with the columns that name the row.
fn bands(table: &Table, style: &Style) -> Vec<Table> {
    let bands = Cells::of(table, style).bands(&table.columns, PAGE);
    if bands.len() < 2 {
        return vec![table.clone()];
    }
    let part = |band: &Vec<usize>| {
        let pick =
            |row: &Vec<Cell>| band.iter().map(|at| row.get(*at).cloned().unwrap_or(Cell::Missing)).collect();
        Table {
            columns: band.iter().map(|at| table.columns[*at].clone()).collect(),
            rows: table.rows.iter().map(pick).collect(),
            total: table.total.as_ref().map(pick),
            ..Table::default()
        }
    };
    bands.iter().map(part).collect()
}

fn grid(out: &mut String, table: &Table, title: &str, lang: Lang) {
    out.push_str(&format!("<div class=\"wide\">\n<table>\n<caption>{title}</caption>\n<thead>\n<tr>"));
    for column in &table.columns {
        let label = escaped(column.label.get(lang));
        out.push_str(&format!("<th scope=\"col\"{}>{label}</th>", class(column.kind)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let name = table.columns.iter().position(|column| column.kind == ColumnKind::Text).unwrap_or(0);
    for row in &table.rows {
        line(out, &value::row(row, &table.columns, lang), &table.columns, name);
    }
    if table.rows.is_empty() {
        let span = table.columns.len().max(1);
        out.push_str(&format!("<tr><td colspan=\"{span}\">{}</td></tr>\n", EMPTY.get(lang)));
    }
    out.push_str("</tbody>\n");
    if let Some(total) = &table.total {
        out.push_str("<tfoot>\n");
        line(out, &value::total(total, &table.columns, lang), &table.columns, name);
        out.push_str("</tfoot>\n");
    }
    out.push_str("</table>\n</div>\n");
}

/// A row; the cell that names it is its heading.
fn line(out: &mut String, texts: &[String], columns: &[Column], name: usize) {
    out.push_str("<tr>");
    for (at, (text, column)) in texts.iter().zip(columns).enumerate() {
        let (open, close) = if at == name { ("th scope=\"row\"", "th") } else { ("td", "td") };
        out.push_str(&format!("<{open}{}>{}</{close}>", class(column.kind), escaped(text)));
    }
    out.push_str("</tr>\n");
}

fn class(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "",
        kind if kind.is_number() => " class=\"n\"",
        _ => " class=\"k\"",
    }
}

/// The picture, with its numbers as words for those who cannot see it.
fn figure(out: &mut String, table: &Table, lang: Lang) {
    let Some(chart) = &table.chart else { return };
    let Some(mut picture) = picture(table, chart, lang) else { return };
    let all = picture.rows.len();
    picture.rows.truncate(CHART_ROWS);
    let Some(svg) = svg::draw(&picture) else { return };
    let heads = picture.heads.join(", ");
    let drawn = picture.rows.len();
    let caption = match drawn < all {
        true => say!(
            "Biểu đồ: {heads} ({drawn} dòng đầu của {all})",
            "Chart: {heads} (first {drawn} of {all} rows)"
        ),
        false => say!("Biểu đồ: {heads}", "Chart: {heads}"),
    };
    let values = picture.rows.iter().map(|(name, points)| {
        let texts: Vec<&str> = points.iter().map(|point| point.text.as_str()).collect();
        format!("{name}: {}", texts.join(", "))
    });
    let target = picture.target.iter().map(|(_, words)| words.clone());
    let words = target.chain(values).collect::<Vec<_>>().join("; ");
    let label = format!("{}. {words}", caption.get(lang));
    let svg = svg.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{}\" ", escaped(&label)), 1);
    out.push_str(&format!(
        "<figure>\n<figcaption>{}</figcaption>\n{svg}</figure>\n",
        escaped(caption.get(lang))
    ));
}

/// Text in one line that means nothing but itself, in an element and in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in value::one_line(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::table::Chart;
    use crate::model::text::Said;
    use crate::render::tests::sample;

    #[test]
    fn a_page_loads_nothing_and_says_what_its_cells_are() {
        let mut table = sample();
        table.title = Said::same("<script>alert('x')</script> & \u{1b}");
        table.chart = Some(Chart {
            label_column: "unit".into(),
            value_columns: vec!["classes".into()],
            ..Chart::default()
        });
        let page = draw(&table, &Style::default());
        for part in [
            "<html lang=\"vi\">",
            "<h1>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; ␛</h1>",
            "<th scope=\"col\" class=\"n\">Số lớp</th>",
            "<tr><td class=\"n\">1</td><th scope=\"row\">Yên Thanh</th><td class=\"n\">1.234</td>",
            "<tfoot>\n<tr><td class=\"n\"></td><th scope=\"row\">Tổng cộng</th>",
            "<svg role=\"img\" aria-label=\"Biểu đồ: Số lớp. Yên Thanh: 1.234; =1+1 &quot;x&quot;, Điền Công: –\" width",
            "<li>1 trên 2 đơn vị có báo cáo.</li>",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        for bad in ["<script", "href=", "src=", "url(", "@import"] {
            assert!(!page.contains(bad), "{bad}");
        }
    }
}
