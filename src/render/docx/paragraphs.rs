//! Paragraphs of a Word document: texts in styles. What they look like is told in `styles.xml`.

use crate::model::picture::Picture;
use crate::render::value::one_line;
use quick_xml::escape::escape;

/// A paragraph in a style; each line of the text is a line of its own.
pub fn paragraph(style: &str, text: &str) -> String {
    with(style, "", &run("", text))
}

/// A paragraph in a style, with properties of its own and its runs.
pub fn with(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>\n")
}

/// A text with properties of its letters.
pub fn run(properties: &str, text: &str) -> String {
    let line = |line| format!("<w:t xml:space=\"preserve\">{}</w:t>", plain(line));
    let lines = text.lines().map(line).collect::<Vec<_>>().join("<w:br/>");
    let properties = if properties.is_empty() { "" } else { &format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}{lines}</w:r>")
}

/// A line as text of a part or as a value in it; no sign in it is read as anything else.
pub fn plain(text: &str) -> String {
    let line = one_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}");
    escape(line).into_owned()
}

/// A picture in its line, of so many English metric units (a 635th of a twentieth of a point).
pub fn drawing(picture: &Picture, number: usize, (wide, high): (u64, u64), words: &str) -> String {
    let words = plain(words);
    format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{words}\"/>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        name = plain(&picture.file)
    )
}
