//! Pages as official documents: the head, the foot, photographs, lines to be filled by hand.

use super::element::{escaped, lines, paragraph};
use crate::model::document::{Document, Foot, Head, Signature};
use crate::model::picture::{Coding, Picture};
use crate::model::text::Lang;
use crate::render::official::{COUNTRY, MOTTO, RECIPIENTS, recipients};
use base64::prelude::{BASE64_STANDARD, Engine};

/// The head of a document, its title and what it is about.
pub fn head(document: &Document, head: &Head, lang: Lang) -> String {
    let parent = paragraph("", &head.parent.to_uppercase());
    let office = paragraph("office", &head.office.to_uppercase());
    let (number, dateline) = (head.number.get(lang), head.dateline.get(lang));
    let (country, motto) = (COUNTRY.get(lang), MOTTO.get(lang));
    let title = lines(document.title.get(lang));
    let subject = paragraph("subject", head.subject.get(lang));
    format!(
        "<header>\n<div>\n{parent}{office}<hr>\n{}</div>\n<div>\n<p class=\"office\">{country}</p>\n\
         <p class=\"motto\"><span>{motto}</span></p>\n{}</div>\n</header>\n<h1>{title}</h1>\n{subject}<hr>\n",
        paragraph("", number),
        paragraph("dateline", dateline),
    )
}

/// A photograph with its caption, in the page itself.
pub fn picture(picture: &Picture, lang: Lang) -> String {
    let kind = match picture.coding {
        Coding::Jpeg => "jpeg",
        Coding::Png => "png",
    };
    let (caption, bytes) = (escaped(picture.caption.get(lang)), BASE64_STANDARD.encode(&picture.bytes));
    format!(
        "<figure class=\"photo\">\n<img alt=\"{caption}\" width=\"{}\" height=\"{}\" src=\"data:image/{kind};base64,{bytes}\">\n\
         <figcaption>{caption}</figcaption>\n</figure>\n",
        picture.width, picture.height
    )
}

/// Who gets a copy and who signs.
pub fn foot(foot: &Foot, lang: Lang) -> String {
    let copies = recipients(&foot.recipients, lang).iter().map(|one| paragraph("", one)).collect::<String>();
    let copies = match foot.recipients.is_empty() {
        true => String::new(),
        false => {
            format!("<div class=\"recipients\">\n{}{copies}</div>\n", paragraph("", RECIPIENTS.get(lang)))
        }
    };
    let one = |one: &Signature| {
        format!("<p><b>{}</b><span>{}</span></p>\n", lines(one.role.get(lang)), escaped(&one.name))
    };
    let signed = foot.signatures.iter().map(one).collect::<String>();
    format!("<footer>\n{copies}<div class=\"signatures\">\n{signed}</div>\n</footer>\n")
}
