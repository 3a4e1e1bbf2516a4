//! Documents as Word files (`.docx`), laid out as official documents are (Nghị định 30/2020/NĐ-CP, Phụ lục I): A4 with
//! its margins, Times New Roman, page numbers from page 2.
//!
//! How parts look is told by styles (`docx/styles.xml`), so that a word processor can change them all at once.

use super::archive::packed;
use super::official::{chapters, closed};
use super::{Format, Style};
use crate::model::document::{Block, Document, Level};
use crate::model::picture::{Coding, Picture};
use crate::model::table::Table;
use crate::model::text::{Lang, Said, t};
use paragraphs::{drawing, paragraph, plain, with};

mod ends;
mod lattice;
mod metrics;
mod paragraphs;

/// Its row in the list of formats.
pub const FORMAT: Format = Format {
    name: "docx",
    about: t("tệp Word để in và ký", "a Word file to print and sign"),
    extensions: &["docx"],
    binary: true,
    draw,
};

const STYLES: &str = include_str!("docx/styles.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");
const HEADER: &str = include_str!("docx/header.xml");
const TYPES: &str = include_str!("docx/types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const OPENING: &str = include_str!("docx/opening.xml");

/// How wide the lines of a page are in twentieths of a point: A4 without its margins of 30 and 15 mm.
const UPRIGHT: usize = 11906 - 1701 - 851;
/// The same for a page that lies on its side.
const LYING: usize = 16838 - 1701 - 851;
/// The most that a picture takes of a page, in English metric units: 12 × 9 cm.
const PICTURE: (u64, u64) = (12 * 360_000, 9 * 360_000);

/// A dot of a screen.
const PIXEL: u64 = 9525;

fn draw(document: &Document, style: &Style) -> Result<Vec<u8>, Said> {
    let mut pen =
        Pen { style, called: document.called().map_or("", |t| t.get(style.lang)), pictures: Vec::new() };
    let body = format!("{OPENING}{}</w:body></w:document>", pen.body(document));
    let code = if style.lang == Lang::Vi { "vi-VN" } else { "en-GB" };
    let styles = STYLES.replace("LANG", code);
    let (core, relations) = (properties(document, &pen), relations(&pen.pictures));
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), TYPES.as_bytes()),
        ("_rels/.rels".to_owned(), RELATIONS.as_bytes()),
        ("docProps/core.xml".to_owned(), core.as_bytes()),
        ("word/document.xml".to_owned(), body.as_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), relations.as_bytes()),
        ("word/styles.xml".to_owned(), styles.as_bytes()),
        ("word/settings.xml".to_owned(), SETTINGS.as_bytes()),
        ("word/header.xml".to_owned(), HEADER.as_bytes()),
    ];
    let pictures = pen.pictures.iter().zip(1..);
    parts.extend(pictures.map(|(picture, at)| (format!("word/{}", media(picture, at)), &*picture.bytes)));
    packed(parts)
}

/// Where a picture lies, from the document.
fn media(picture: &Picture, number: usize) -> String {
    let ending = match picture.coding {
        Coding::Jpeg => "jpeg",
        Coding::Png => "png",
    };
    format!("media/picture{number}.{ending}")
}

fn relations(pictures: &[&Picture]) -> String {
    let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let line = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{base}/{kind}\" Target=\"{target}\"/>\n")
    };
    let pictures =
        pictures.iter().zip(1..).map(|(one, at)| line(&format!("picture{at}"), "image", &media(one, at)));
    let fixed = ["styles", "settings", "header"].map(|part| line(part, part, &format!("{part}.xml")));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\n{}</Relationships>",
        fixed.into_iter().chain(pictures).collect::<String>()
    )
}

/// The properties of the file; its only time is the day on which it is made.
fn properties(document: &Document, pen: &Pen) -> String {
    let office = document.head.as_ref().map_or("", |head| &head.office);
    let made = pen.style.made.map_or_else(String::new, |day| {
        format!("<dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>")
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator>{made}</cp:coreProperties>",
        plain(pen.called),
        plain(office)
    )
}

/// Writes a document from its beginning to its end.
struct Pen<'a> {
    style: &'a Style,
    /// What the document is called.
    called: &'a str,
    /// The pictures so far.
    pictures: Vec<&'a Picture>,
}

impl<'a> Pen<'a> {
    /// The whole text, in sections: pages that stand upright, but for annexes, and tables by themselves, that are too wide.
    fn body(&mut self, document: &'a Document) -> String {
        let mut out = match &document.head {
            Some(head) => ends::head(document, head, self.style.lang),
            None => paragraph("Title", self.called) + &paragraph("Gap", ""),
        };
        let (mut lies, mut first) = (None, true);
        for (at, chapter) in chapters(document).enumerate() {
            let wide = (at > 0 || document.head.is_none()) && self.is_wide(chapter);
            if let Some(before) = lies.filter(|lies| *lies != wide) {
                out.push_str(&with("Gap", &section(before, first), ""));
                first = false;
            }
            lies = Some(wide);
            let line = if wide { LYING } else { UPRIGHT };
            for (at, block) in chapter.iter().enumerate() {
                out.push_str(&match (block, chapter.get(at + 1)) {
                    // no page has nothing but signatures
                    (Block::Paragraph(text), Some(Block::Foot(_))) => {
                        paragraph("Closing", text.get(self.style.lang))
                    }
                    _ => self.block(block, line),
                });
            }
        }
        out + &section(lies.unwrap_or(false), first)
    }

    fn is_wide(&self, chapter: &[Block]) -> bool {
        let is_wide = |table: &Table| !lattice::is_easy(table, self.style, UPRIGHT);
        chapter.iter().any(|block| matches!(block, Block::Table(table) if is_wide(table)))
    }

    /// A block on lines of this length.
    fn block(&mut self, block: &'a Block, line: usize) -> String {
        let lang = self.style.lang;
        let all = |style: &str, lead: &str, items: Vec<String>| {
            items.iter().map(|item| paragraph(style, &format!("{lead}{item}"))).collect::<String>()
        };
        match block {
            Block::Heading(level, heading) => paragraph(heading_style(*level), heading.get(lang)),
            Block::Bases(bases) => all("Basis", "", closed(bases, lang)),
            Block::Paragraph(text) => paragraph("BodyText", text.get(lang)),
            Block::List(items) => {
                all("BodyText", "- ", items.iter().map(|item| item.get(lang).to_owned()).collect())
            }
            Block::Table(table) => self.table(table, line),
            Block::Picture(picture) => self.picture(picture),
            Block::Dots(lines) => with("Dots", "", "<w:r><w:tab/></w:r>").repeat(*lines),
            Block::Foot(foot) => ends::foot(foot, self.style),
            Block::Annex(title, of) => {
                let of = if of.is_empty() { String::new() } else { paragraph("AnnexOf", of.get(lang)) };
                paragraph("AnnexTitle", title.get(lang)) + &of
            }
        }
    }

    /// A table under its title, if that is not the one of the document.
    fn table(&self, table: &Table, line: usize) -> String {
        let title = table.title.get(self.style.lang);
        let shown = !title.is_empty() && title != self.called;
        let title = if shown { paragraph("TableTitle", title) } else { String::new() };
        title + &lattice::table(table, self.style, line)
    }

    fn picture(&mut self, picture: &'a Picture) -> String {
        self.pictures.push(picture);
        let caption = picture.caption.get(self.style.lang);
        let runs = drawing(picture, self.pictures.len(), scaled(picture), caption);
        with("Picture", "", &runs) + &paragraph("Caption", caption)
    }
}

fn heading_style(level: Level) -> &'static str {
    match level {
        Level::Part => "Heading1",
        Level::Section => "Heading2",
        Level::Point => "Heading3",
    }
}

/// As large as on a screen, or as fits, in English metric units.
fn scaled(picture: &Picture) -> (u64, u64) {
    let (wide, high) = (u64::from(picture.width.max(1)), u64::from(picture.height.max(1)));
    let widest = PICTURE.0.min(PICTURE.1 * wide / high).min(wide * PIXEL).max(1);
    (widest, (widest * high / wide).max(1))
}

/// The page of a section; that of the first has no number on its first page.
fn section(lies: bool, first: bool) -> String {
    let size = if lies {
        "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
    } else {
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
    };
    let first = if first { "<w:titlePg/>" } else { "" };
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"header\"/>{size}\
         <w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
         {first}</w:sectPr>\n"
    )
}
