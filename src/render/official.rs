//! What all formats say of official documents (Nghị định 30/2020/NĐ-CP, Phụ lục I) in the same words.

use super::value::one_line;
use crate::model::document::{Block, Document, Head, Signature};
use crate::model::text::{Lang, Said, Text, t};

/// The name of the state.
pub(super) const COUNTRY: Text = t("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM");
/// Its motto.
pub(super) const MOTTO: Text = t("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness");
/// What stands above those who get a copy.
pub(super) const RECIPIENTS: Text = t("Nơi nhận:", "Recipients:");

/// The lines of a head, for what has no columns; those that say nothing are left out.
pub(super) fn head(head: &Head, lang: Lang) -> Vec<String> {
    let (parent, office) = (head.parent.to_uppercase(), head.office.to_uppercase());
    let number = head.number.get(lang);
    let lines = [&parent, &office, number, COUNTRY.get(lang), MOTTO.get(lang), head.dateline.get(lang)];
    lines.into_iter().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// What is listed line by line in an official document: each ends with a semicolon, the last with a full stop.
pub(super) fn closed(items: &[Said], lang: Lang) -> Vec<String> {
    let end = |at| if at + 1 == items.len() { "." } else { ";" };
    let bare = |item: &Said| item.get(lang).trim_end_matches(['.', ';', ' ']).to_owned();
    items.iter().enumerate().map(|(at, item)| bare(item) + end(at)).collect()
}

/// Who gets a copy, a line each.
pub(super) fn recipients(items: &[Said], lang: Lang) -> Vec<String> {
    closed(items, lang).into_iter().map(|item| format!("- {item}")).collect()
}

/// Who signs as what, in one line.
pub(super) fn signature(one: &Signature, lang: Lang) -> String {
    format!("{}: {}", one.role.get(lang).replace('\n', ", "), one.name)
}

/// The text of a document, and each of its annexes.
pub(super) fn chapters(document: &Document) -> impl Iterator<Item = &[Block]> {
    document.blocks.chunk_by(|_, next| !matches!(next, Block::Annex(..)))
}
