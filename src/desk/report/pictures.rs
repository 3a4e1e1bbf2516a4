//! The photographs of visits in a paper, each with what it shows and who took it.

use crate::model::document::Block;
use crate::model::number::many;
use crate::model::text::{Said, t};
use crate::model::visit::{Photo, Visit};
use crate::say;
use crate::store::Store;

/// So many stand in a paper about many visits, since it is to be sent.
const MOST: usize = 12;

/// The photographs of a visit.
pub fn pictures(store: &Store, visit: &Visit) -> Vec<Block> {
    visit.photo.iter().filter(|photo| !photo.file.is_empty()).map(|photo| picture(store, photo)).collect()
}

/// Of the photographs of each of many visits those that a paper has room for, and a word about the others. Each visit
/// shows its first before any shows a second one.
pub fn some(mut visits: Vec<&[Photo]>) -> (Vec<&[Photo]>, Option<Block>) {
    let mut most = 0;
    let shown = |most: usize| visits.iter().map(|photos| photos.len().min(most)).sum::<usize>();
    let all = shown(usize::MAX);
    while shown(most) < all.min(MOST) {
        most += 1;
    }
    let mut more = MOST.saturating_sub(shown(most.saturating_sub(1)));
    for photos in &mut visits {
        let last = usize::from(photos.len() >= most && most > 0);
        let n = photos.len().min(most.saturating_sub(1)) + last.min(more);
        more -= last.min(more);
        *photos = &photos[..n];
    }
    let left = all - visits.iter().map(|photos| photos.len()).sum::<usize>();
    let left = (left > 0).then(|| many(left, "ảnh khác", "more picture"));
    let left = left.map(|n| say!("Còn {n} lưu trong sổ.", "The register holds {n}.", [n]));
    (visits, left.map(Block::Paragraph))
}

/// A photograph. Where its file is not there, or cannot be used, its place says so.
pub fn picture(store: &Store, photo: &Photo) -> Block {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_visit_shows_a_picture_before_any_shows_another() {
        let photos = |n| vec![Photo::default(); n];
        let shown = |counts: &[usize]| {
            let all: Vec<Vec<Photo>> = counts.iter().copied().map(photos).collect();
            let (shown, left) = some(all.iter().map(Vec::as_slice).collect());
            (shown.iter().map(|photos| photos.len()).collect::<Vec<_>>(), left)
        };
        assert_eq!(shown(&[]), (vec![], None));
        assert_eq!(shown(&[0, 3, 1]), (vec![0, 3, 1], None));
        assert_eq!(shown(&[12]), (vec![12], None));
        let left = |vi: &str, en: &str| Some(Block::Paragraph(Said { vi: vi.into(), en: en.into() }));
        let one = left("Còn 1 ảnh khác lưu trong sổ.", "The register holds 1 more picture.");
        let ten = left("Còn 10 ảnh khác lưu trong sổ.", "The register holds 10 more pictures.");
        assert_eq!(shown(&[20, 1, 0, 1]), (vec![10, 1, 0, 1], ten));
        assert_eq!(shown(&[4, 5, 4]), (vec![4, 4, 4], one));
    }
}
