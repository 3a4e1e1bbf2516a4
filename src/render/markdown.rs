//! Tables as GitHub Markdown.

use super::Style;
use super::value;
use crate::model::table::Table;

/// What Markdown would read as a sign of its own. `_` and `~` inside words are left alone by GitHub, `<` and `&` are not.
const SIGNS: &[char] = &['\\', '|', '*', '_', '`', '[', ']', '<', '>', '&', '~'];

/// A table under its title, notes below as a list.
pub fn draw(table: &Table, style: &Style) -> String {
    let mut out = String::new();
    let title = escaped(table.title.get(style.lang));
    if !title.is_empty() {
        out.push_str(&format!("## {title}\n\n"));
    }
    line(&mut out, table.columns.iter().map(|column| escaped(column.label.get(style.lang))));
    line(&mut out, table.columns.iter().map(|c| if c.kind.is_number() { "--:" } else { "---" }.to_owned()));
    for row in &table.rows {
        line(&mut out, value::row(row, &table.columns, style.lang).iter().map(|text| escaped(text)));
    }
    if let Some(total) = &table.total {
        let texts = value::total(total, &table.columns, style.lang).into_iter();
        line(
            &mut out,
            texts.map(|text| if text.is_empty() { text } else { format!("**{}**", escaped(&text)) }),
        );
    }
    if !table.notes.is_empty() {
        out.push('\n');
    }
    table.notes.iter().for_each(|note| out.push_str(&format!("- {}\n", escaped(note.get(style.lang)))));
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    cells.for_each(|cell| out.extend([" ", &cell, " |"]));
    out.push('\n');
}

/// Text in one line that means nothing but itself.
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
            draw(&sample(), &Style { lang: Lang::En, ..Style::default() }),
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
