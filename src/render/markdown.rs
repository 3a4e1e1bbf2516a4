//! Documents as GitHub Markdown.

use super::official::{self, RECIPIENTS, closed, recipients, signature};
use super::{Format, Style, apart, value};
use crate::model::document::{Block, DOTS, Document, Level};
use crate::model::table::Table;
use crate::model::text::{Lang, Said, t};

/// What Markdown would read as markup. `_` and `~` inside words are left alone by GitHub, `<` and `&` are not.
const SIGNS: &[char] = &['\\', '|', '*', '_', '`', '[', ']', '<', '>', '&', '~'];

/// What would make a line of text something else when it comes first.
const LEADS: &[char] = &['#', '-', '+', '='];

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "markdown",
    about: t("bảng Markdown", "a Markdown table"),
    extensions: &["md", "markdown"],
    binary: false,
    draw: |document, style| Ok(draw(document, style).into_bytes()),
};

fn draw(document: &Document, style: &Style) -> String {
    let lang = style.lang;
    let head = document.head.iter().map(|head| lines(&official::head(head, lang).join("\n")));
    let title = document.title.get(lang);
    let title = if title.is_empty() { String::new() } else { format!("# {}\n", escaped(title)) };
    let subject = document.head.iter().map(|head| bold(head.subject.get(lang)));
    let blocks = document.blocks.iter().map(|block| drawn(block, style));
    apart(head.chain([title]).chain(subject).chain(blocks))
}

fn drawn(block: &Block, style: &Style) -> String {
    let lang = style.lang;
    match block {
        Block::Heading(level, heading) => {
            let signs = match level {
                Level::Part => "##",
                Level::Section => "###",
                Level::Point => "####",
            };
            format!("{signs} {}\n", escaped(heading.get(lang)))
        }
        Block::Annex(heading, of) => {
            format!("## {}\n\n{}", escaped(heading.get(lang)), lines(of.get(lang)))
        }
        Block::Dots(lines) => vec![format!("{DOTS}\n"); *lines].join("\n"),
        Block::Picture(picture) => {
            format!("![{}]({})\n", escaped(picture.caption.get(lang)), escaped(&picture.file))
        }
        Block::Paragraph(text) => lines(text.get(lang)),
        Block::Bases(bases) => {
            apart(closed(bases, lang).iter().map(|basis| format!("*{}*\n", escaped(basis))))
        }
        Block::List(items) => list(items, lang),
        Block::Table(table) => drawn_table(table, lang),
        Block::Foot(foot) => {
            let signed = foot.signatures.iter().map(|one| format!("- {}\n", escaped(&signature(one, lang))));
            let recipients =
                recipients(&foot.recipients, lang).iter().map(|one| escaped(one) + "\n").collect();
            let copies = if foot.recipients.is_empty() { String::new() } else { bold(RECIPIENTS.get(lang)) };
            apart([signed.collect(), copies, recipients].into_iter())
        }
    }
}

/// Lines of running text, each of which stays a line.
fn lines(text: &str) -> String {
    let lines = text.lines().map(escaped);
    let lines = lines.map(|line| if line.starts_with(LEADS) { format!("\\{line}") } else { line });
    lines.collect::<Vec<_>>().join("  \n") + "\n"
}

fn bold(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("**{}**\n", escaped(text)) }
}

fn list(items: &[Said], lang: Lang) -> String {
    items.iter().map(|item| format!("- {}\n", escaped(item.get(lang)))).collect()
}

/// A table under its title, notes below as a list.
fn drawn_table(table: &Table, lang: Lang) -> String {
    let table = &*table.for_people();
    let mut out = String::new();
    let title = escaped(table.title.get(lang));
    if !title.is_empty() {
        out.push_str(&format!("## {title}\n\n"));
    }
    line(&mut out, table.columns.iter().map(|column| escaped(column.label.get(lang))));
    line(&mut out, table.columns.iter().map(|c| if c.kind.is_number() { "--:" } else { "---" }.to_owned()));
    for row in &table.rows {
        line(&mut out, value::row(row, &table.columns, lang).iter().map(|text| escaped(text)));
    }
    if let Some(total) = &table.total {
        let bold = |text: String| if text.is_empty() { text } else { format!("**{}**", escaped(&text)) };
        line(&mut out, value::total(total, &table.columns, lang).into_iter().map(bold));
    }
    if !table.notes.is_empty() {
        out.push('\n');
    }
    out + &list(&table.notes, lang)
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    cells.for_each(|cell| out.extend([" ", &cell, " |"]));
    out.push('\n');
}

/// Text in one line with nothing left to interpret.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in value::one_line(text).chars() {
        if SIGNS.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::Lang;
    use crate::render::tests::sample;

    #[test]
    fn a_table_is_what_github_draws() {
        assert_eq!(
            draw(&sample().into(), &Style { lang: Lang::En, ..Style::default() }),
            "\
## Activity, school year 2015-2016

| No. | Unit | Classes | Income (million VND) | % women | Visited | Seal | Rank | Complete files |
| --: | --- | --: | --: | --: | --- | --- | --- | --- |
| 1 | Yên Thanh | 1,234 | 42.4 | 84.8 | 2016-10-27 | yes | Good | 9/11 |
| 2 | =1+1 \"x\", Điền Công | – | – | – | – | no | – | – |
|  | **Tổng cộng** | **1,234** | **42.4** | **84.8** |  |  |  | **9/11** |

- 1 of 2 units reported.
"
        );
    }

    #[test]
    fn cells_cannot_break_out_of_the_table() {
        assert_eq!(escaped("a|b\n# c <b>*\u{1b}"), "a\\|b # c \\<b\\>\\*␛");
    }
}
