//! The photographs of a visit in a paper, each with what it shows and who took it.

use crate::model::document::Block;
use crate::model::text::{Said, t};
use crate::model::visit::{Photo, Visit};
use crate::say;
use crate::store::Store;

/// The photographs of a visit. Where a file is not there, or cannot be used, its place says so.
pub fn pictures(store: &Store, visit: &Visit) -> Vec<Block> {
    visit.photo.iter().map(|photo| block(store, photo)).collect()
}

fn block(store: &Store, photo: &Photo) -> Block {
    let caption = caption(photo);
    if let Some(picture) = store.picture(&photo.file, caption.clone()) {
        return Block::Picture(picture);
    }
    let (file, caption) =
        (&photo.file, if caption.is_empty() { t("Ảnh", "Picture").into() } else { caption });
    Block::Paragraph(say!(
        "[{caption}: không dùng được tệp {file}]",
        "[{caption}: the file {file} cannot be used]",
        [caption, file]
    ))
}

/// What a photograph shows, and who took it: `Dòng họ học tập Dương Văn Lầu (ảnh: Phan Thị Bích Huệ)`.
pub fn caption(photo: &Photo) -> Said {
    let shows = photo.caption.clone().unwrap_or_default();
    match &photo.credit {
        None => Said::same(shows),
        Some(by) if shows.is_empty() => say!("Ảnh: {by}", "Picture: {by}", [by]),
        Some(by) => say!("{shows} (ảnh: {by})", "{shows} (picture: {by})", [shows, by]),
    }
}
