//! Documents as one HTML page that can be read, printed on A4 and opened in a word processor; it loads nothing.

use super::bands::Cells;
use super::chart::picture;
use super::official::{chapters, closed};
use super::value::EMPTY;
use super::{Format, Style, svg};
use crate::model::document::{Block, Document};
use crate::model::table::{Column, ColumnKind, Table};
use crate::model::text::{Lang, Said, Text, t};
use crate::say;
use element::{escaped, lines, paragraph};

mod element;
mod paper;

/// A picture of more rows than this cannot be read.
const CHART_ROWS: usize = 60;
const NOTES: Text = t("Ghi chú", "Notes");

const CSS: &str = include_str!("html/style.css");

/// How many letters fit on a line of an A4 page that lies on its side, and of one that stands upright.
const LYING: usize = 140;
const UPRIGHT: usize = 92;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "html",
    about: t("trang để in, kèm biểu đồ nếu có", "a page to print, with a chart where there is one"),
    extensions: &["html", "htm"],
    binary: false,
    draw: |document, style| Ok(draw(document, style).into_bytes()),
};

/// A page that is drawn.
struct Page<'a> {
    /// What it is called.
    called: &'a str,
    style: &'a Style,
    /// How many letters fit on a line.
    line: usize,
}

fn draw(document: &Document, style: &Style) -> String {
    let lang = style.lang;
    let code = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let called = document.called().map_or("", |title| title.get(lang));
    let opening = match &document.head {
        Some(head) => paper::head(document, head, lang),
        None => format!("<h1>{}</h1>\n", lines(called)),
    };
    // what is more than tables is a paper
    let lies =
        document.head.is_none() && document.blocks.iter().all(|block| matches!(block, Block::Table(_)));
    let (class, size, line) =
        if lies { ("", " landscape", LYING) } else { (" class=\"paper\"", "", UPRIGHT) };
    let page = Page { called, style, line };
    let chapters: String = chapters(document).map(|chapter| page.chapter(chapter)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{CSS}@page {{ size: A4{size}; }}\n</style>\n</head>\n<body{class}>\n<main>\n\
         {opening}{chapters}</main>\n</body>\n</html>\n",
        title = escaped(called)
    )
}

impl Page<'_> {
    /// The text of a document, or an annex: on pages that lie on their side, if a table of it is too wide.
    fn chapter(&self, blocks: &[Block]) -> String {
        let [Block::Annex(..), ..] = blocks else {
            return blocks.iter().map(|block| drawn(block, self)).collect();
        };
        let is_wide = |table: &Table| Cells::of(&table.for_people(), self.style).bands(self.line).len() > 1;
        let lies = blocks.iter().any(|block| matches!(block, Block::Table(table) if is_wide(table)));
        let page = Page { line: if lies { LYING } else { self.line }, ..*self };
        let inner: String = blocks.iter().map(|block| drawn(block, &page)).collect();
        format!("<section class=\"annex{}\">\n{inner}</section>\n", if lies { " lying" } else { "" })
    }
}

/// A block of a page.
fn drawn(block: &Block, page: &Page) -> String {
    let (lang, called) = (page.style.lang, page.called);
    match block {
        Block::Heading(level, heading) => {
            let (level, heading) = (*level as usize + 2, escaped(heading.get(lang)));
            format!("<h{level}>{heading}</h{level}>\n")
        }
        Block::Annex(heading, of) => {
            format!("<h2>{}</h2>\n{}", lines(heading.get(lang)), paragraph("of", of.get(lang)))
        }
        Block::Dots(lines) => "<p class=\"dots\"></p>\n".repeat(*lines),
        Block::Picture(picture) => paper::picture(picture, lang),
        Block::Paragraph(text) => paragraph("", text.get(lang)),
        Block::Bases(bases) => closed(bases, lang).iter().map(|one| paragraph("basis", one)).collect(),
        Block::List(items) => list(items, lang),
        // the heading of the page is not said twice
        Block::Table(table) if table.title.is_empty() || table.title.get(lang) == called => {
            drawn_table(table, "h2", page)
        }
        Block::Table(table) => {
            let title = escaped(table.title.get(lang));
            format!("<section>\n<h2>{title}</h2>\n{}</section>\n", drawn_table(table, "h3", page))
        }
        Block::Foot(foot) => paper::foot(foot, lang),
    }
}

fn list(items: &[Said], lang: Lang) -> String {
    let items = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item.get(lang))));
    format!("<ul>\n{}</ul>\n", items.collect::<String>())
}

/// A table, its picture and its notes under a heading of their own. What is too wide for a page that is printed
/// becomes several tables, each with the columns that name the row.
fn drawn_table(table: &Table, heading: &str, page: &Page) -> String {
    let (table, lang) = (&*table.for_people(), page.style.lang);
    let cells = Cells::of(table, page.style);
    let mut out: String = cells.bands(page.line).iter().map(|band| grid(table, &cells, band, lang)).collect();
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
