//! Documents as one HTML page that can be read, printed on A4 and opened in a word processor; it loads nothing.

use super::bands::Cells;
use super::chart::picture;
use super::value::{self, EMPTY};
use super::{Format, Style, svg};
use crate::model::document::{Block, Document, Foot, Signature};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;

/// A picture of more rows than this cannot be read.
const CHART_ROWS: usize = 60;
const NOTES: Text = t("Ghi chú", "Notes");

const CSS: &str = r#"
:root { color-scheme: light; }
body { font-family: "Times New Roman", "Liberation Serif", "DejaVu Serif", serif; font-size: 12pt; line-height: 1.3;
  color: #000; background: #fff; margin: 2em auto; max-width: 72em; padding: 0 1em; }
h1 { font-size: 15pt; text-align: center; margin: 0 0 1em; }
h2 { font-size: 13pt; margin: 1.5em 0 .5em; break-after: avoid; }
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
.notes h2, .notes h3 { font-size: 11pt; margin: 1em 0 .2em; }
.notes ul { margin: 0; padding-left: 1.4em; }
.signatures { display: flex; justify-content: space-around; margin-top: 2em; text-align: center; break-inside: avoid; }
.signatures span { display: block; margin-top: 5em; }
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

/// How many letters fit on a line of an A4 page in landscape.
const PAGE: usize = 140;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "html",
    about: t("trang để in, kèm biểu đồ nếu có", "a page to print, with a chart where there is one"),
    extensions: &["html", "htm"],
    binary: false,
    draw: |document, style| Ok(draw(document, style).into_bytes()),
};

fn draw(document: &Document, style: &Style) -> String {
    let code = match style.lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let called = document.called().map_or("", |title| title.get(style.lang));
    let (title, lines) = (escaped(called), lines(called));
    let blocks: String = document.blocks.iter().map(|block| drawn(block, called, style)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{CSS}</style>\n</head>\n<body>\n<main>\n<h1>{lines}</h1>\n\
         {blocks}</main>\n</body>\n</html>\n"
    )
}

/// A block of a page with this name.
fn drawn(block: &Block, called: &str, style: &Style) -> String {
    let lang = style.lang;
    match block {
        Block::Heading(_, heading) => format!("<h2>{}</h2>\n", escaped(heading.get(lang))),
        Block::Annex(heading, of) => {
            format!("<h2>{}</h2>\n<p>{}</p>\n", escaped(heading.get(lang)), lines(of.get(lang)))
        }
        Block::Dots(lines) => "<p>…………</p>\n".repeat(*lines),
        Block::Picture(picture) => format!("<p>[{}]</p>\n", escaped(picture.caption.get(lang))),
        Block::Paragraph(text) => format!("<p>{}</p>\n", lines(text.get(lang))),
        Block::List(items) | Block::Bases(items) => list(items, lang),
        // the heading of the page is not said twice
        Block::Table(table) if table.title.get(lang) == called => drawn_table(table, "h2", style),
        Block::Table(table) => {
            let title = escaped(table.title.get(lang));
            format!("<section>\n<h2>{title}</h2>\n{}</section>\n", drawn_table(table, "h3", style))
        }
        Block::Foot(Foot { signatures, .. }) => {
            let one = |one: &Signature| {
                format!("<p>{}<span>{}</span></p>\n", escaped(one.role.get(lang)), escaped(&one.name))
            };
            format!("<div class=\"signatures\">\n{}</div>\n", signatures.iter().map(one).collect::<String>())
        }
    }
}

fn lines(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("<br>")
}

fn list(items: &[Said], lang: Lang) -> String {
    let items = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item.get(lang))));
    format!("<ul>\n{}</ul>\n", items.collect::<String>())
}

/// A table, its picture and its notes under a heading of their own. What is too wide for a page that is printed
/// becomes several tables, each with the columns that name the row.
fn drawn_table(table: &Table, heading: &str, style: &Style) -> String {
    let (table, lang) = (&*table.for_people(), style.lang);
    let cells = Cells::of(table, style);
    let mut out: String = cells.bands(PAGE).iter().map(|band| grid(table, &cells, band, lang)).collect();
    figure(&mut out, table, lang);
    if !table.notes.is_empty() {
        let (notes, list) = (NOTES.get(lang), list(&table.notes, lang));
        out.push_str(&format!(
            "<section class=\"notes\">\n<{heading}>{notes}</{heading}>\n{list}</section>\n"
        ));
    }
    out
}

/// Some columns of a table.
fn grid(table: &Table, cells: &Cells, band: &[usize], lang: Lang) -> String {
    let title = escaped(table.title.get(lang));
    let mut out = format!("<div class=\"wide\">\n<table>\n<caption>{title}</caption>\n<thead>\n<tr>");
    for at in band {
        let label = escaped(&cells.header[*at]);
        out.push_str(&format!("<th scope=\"col\"{}>{label}</th>", class(cells.columns[*at].kind)));
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    cells.rows.iter().for_each(|row| line(&mut out, row, cells.columns, band));
    if table.rows.is_empty() {
        out.push_str(&format!("<tr><td colspan=\"{}\">{}</td></tr>\n", band.len(), EMPTY.get(lang)));
    }
    out.push_str("</tbody>\n");
    if let Some(total) = &cells.total {
        out.push_str("<tfoot>\n");
        line(&mut out, total, cells.columns, band);
        out.push_str("</tfoot>\n");
    }
    out + "</table>\n</div>\n"
}

/// A row; the cell that names it is its heading.
fn line(out: &mut String, texts: &[String], columns: &[Column], band: &[usize]) {
    let name = columns.iter().position(|column| column.kind.is_words()).unwrap_or(0);
    out.push_str("<tr>");
    for at in band {
        let (open, close) = if *at == name { ("th scope=\"row\"", "th") } else { ("td", "td") };
        let text = texts.get(*at).map_or_else(String::new, |text| escaped(text));
        out.push_str(&format!("<{open}{}>{text}</{close}>", class(columns[*at].kind)));
    }
    out.push_str("</tr>\n");
}

fn class(kind: ColumnKind) -> &'static str {
    match kind {
        kind if kind.is_words() => "",
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
            "Chart: {heads} (first {drawn} of {all} rows)",
            [heads, drawn, all]
        ),
        false => say!("Biểu đồ: {heads}", "Chart: {heads}", [heads]),
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

/// Text in one line with nothing left to interpret, in an element or an attribute.
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
        let page = draw(&table.into(), &Style::default());
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
