//! What a template may not bring with it into what is signed: macros, declarations, and whatever is fetched from elsewhere
//! when the document is opened.

use super::bits::DAMAGED;
use crate::model::text::{Said, Text, t};
use crate::say;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Fields that read a file or start a program.
const FIELDS: &[&str] =
    &["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "DDE", "DDEAUTO", "LINK", "IMPORT", "DATABASE", "RD"];

/// Why a document is no template, if it is none.
pub fn refused(parts: &[(String, Vec<u8>)]) -> Option<Said> {
    if !parts.iter().any(|(name, _)| name == "[Content_Types].xml") {
        return Some(
            t(
                "đây không phải là văn bản Word (.docx); mở ra rồi Lưu thành .docx",
                "this is no Word document (.docx); open it and Save as .docx",
            )
            .into(),
        );
    }
    parts.iter().find_map(|(name, bytes)| {
        let name = name.to_ascii_lowercase();
        if name.contains("vbaproject") || name.contains("/activex/") || name.contains("vbadata") {
            return Some(MACROS.into());
        }
        let is_xml = name.ends_with(".xml") && !name.starts_with("customxml/") || name.ends_with(".rels");
        if !is_xml {
            return None;
        }
        // What is in another coding could not be looked at, yet Word would read it.
        std::str::from_utf8(bytes)
            .ok()
            .filter(|xml| !xml.contains('\0'))
            .map_or(Some(DAMAGED.into()), in_part)
    })
}

const MACROS: Text = t(
    "mẫu có macro; lưu lại thành .docx không có macro",
    "the template has macros; save it as .docx without them",
);

const CHUNK: Text = t(
    "mẫu nhúng nguyên một tệp khác vào văn bản; mở bằng Word rồi lưu lại",
    "the template has another file embedded in its text; open it in Word and save it",
);

fn in_part(xml: &str) -> Option<Said> {
    let (mut reader, mut fields, mut is_field) = (Reader::from_str(xml), String::new(), false);
    loop {
        match reader.read_event() {
            Err(_) => return Some(DAMAGED.into()),
            Ok(Event::Eof) => break,
            Ok(Event::DocType(_)) => {
                return Some(
                    t(
                        "mẫu có khai báo DTD mà tệp Word không cần; mở bằng Word rồi lưu lại",
                        "the template has a DTD, which no Word file needs; open it in Word and save it",
                    )
                    .into(),
                );
            }
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                is_field = tag.local_name().as_ref() == "instrText";
                match tag.local_name().as_ref() {
                    "fldChar" => fields.push('\n'),
                    "fldSimple" => {
                        fields.push('\n');
                        fields.push_str(&attribute(&tag, "instr"));
                        fields.push('\n');
                    }
                    "Relationship" if attribute(&tag, "Type").ends_with("/aFChunk") => {
                        return Some(CHUNK.into());
                    }
                    "Relationship" => {
                        if let Some(why) = elsewhere(&tag) {
                            return Some(why);
                        }
                    }
                    "Override" | "Default" if attribute(&tag, "ContentType").contains("macroEnabled") => {
                        return Some(MACROS.into());
                    }
                    _ => {}
                }
            }
            Ok(Event::Text(text)) if is_field => fields.push_str(&text),
            Ok(Event::End(_)) => is_field = false,
            Ok(_) => {}
        }
    }
    let words = fields.lines().filter_map(|field| field.split_whitespace().next());
    let field = words.map(str::to_uppercase).find(|word| FIELDS.contains(&word.as_str()))?;
    Some(say!(
        "mẫu có trường {field}, đọc tệp ở nơi khác; bỏ trường này đi",
        "the template has a field {field}, which reads a file from elsewhere; take it out",
        [field]
    ))
}

/// What a relationship fetches from elsewhere; a link that a reader must follow is none.
fn elsewhere(tag: &BytesStart) -> Option<Said> {
    let is_elsewhere = attribute(tag, "TargetMode").eq_ignore_ascii_case("External");
    if !is_elsewhere || attribute(tag, "Type").ends_with("/hyperlink") {
        return None;
    }
    let target = attribute(tag, "Target");
    Some(say!(
        "mẫu lấy “{target}” từ nơi khác khi mở ra; nhúng hẳn vào mẫu hoặc bỏ đi (mẫu đính kèm: Nhà phát triển > Mẫu tài liệu)",
        "the template fetches “{target}” from elsewhere when it is opened; embed it, or take it out (an attached template: Developer > Document Template)",
        [target]
    ))
}

fn attribute(tag: &BytesStart, name: &str) -> String {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name);
    found.map(|one| one.value.into_owned()).unwrap_or_default()
}
