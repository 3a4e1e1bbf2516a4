//! A photograph comes into a register: its picture, upright, small and silent, and the row of the visit that names it.

use super::commit::{Change, NewPicture, Pen};
use super::error::Error;
use super::find::Target;
use super::typed::changed;
use crate::model::day::Day;
use crate::model::input::Speaker;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;
use crate::store::journal::Sum;
use crate::store::{Store, actual, loose, picture};
use crate::toml;
use std::path::{Path, PathBuf};

/// What is told about photographs that are added together.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What they show: nothing, once for all, or once for each.
    pub captions: &'a [&'a str],
    /// When they were taken; none: when the camera says.
    pub taken: Option<Day>,
    /// Who took them.
    pub credit: Option<&'a str>,
}

/// Photographs that come to a visit: the change of its record, and their pictures. One that lies in the register already
/// keeps its place there, and its row if it has one.
pub fn added(
    pen: &Pen,
    visit: &Target,
    files: &[PathBuf],
    told: &Told,
    speaker: Speaker,
) -> Result<(Change, Vec<NewPicture>), Error> {
    if told.captions.len() > 1 && told.captions.len() != files.len() {
        let (files, captions) = (files.len(), told.captions.len());
        return Err(Error::wrong_use(
            say!(
                "có {files} ảnh mà {captions} chú thích",
                "{files} pictures, but {captions} captions",
                [files, captions]
            ),
            say!(
                "ghi một --caption chung cho các ảnh, hoặc mỗi ảnh một --caption",
                "give one --caption for all, or one for each"
            ),
        ));
    }
    // If no picture may lie there, no name would ever be free.
    pen.may_lie(&named(visit, 1))?;
    let old = pen.original(&visit.file)?;
    let mut text = old.as_ref().map(|old| old.text.clone()).unwrap_or_default();
    let mut pictures = Vec::new();
    for (at, file) in files.iter().enumerate() {
        let new = taken_up(&pen.store, visit, &text, file, &pictures)?;
        let row = new.row;
        let mut put = |key: &str, value: &str| {
            let typed = format!("photo[{row}].{key}={value}");
            changed(&pen.store, speaker, visit, &text, &typed).map(|more| text = more)
        };
        put("file", &new.picture.file)?;
        let caption = told.captions.get(at).or(told.captions.first().filter(|_| told.captions.len() == 1));
        caption.map_or(Ok(()), |caption| put("caption", caption))?;
        let day = told.taken.or(new.taken);
        day.map_or(Ok(()), |day| put("taken", &day.to_string()))?;
        told.credit.map_or(Ok(()), |credit| put("credit", credit))?;
        put("sha256", &picture::sha256(&new.picture.bytes))?;
        pictures.extend(Some(new.picture).filter(NewPicture::changes));
    }
    Ok((Change::new(visit.file.clone(), old, text), pictures))
}

/// A picture that is taken up.
struct New {
    picture: NewPicture,
    /// Its row among the photographs of the visit.
    row: usize,
    /// The day on which it was taken, if the visit does not tell one.
    taken: Option<Day>,
}

/// Takes up a picture, after those of the same call.
fn taken_up(
    store: &Store,
    visit: &Target,
    text: &str,
    file: &Path,
    before: &[NewPicture],
) -> Result<New, Error> {
    let bytes = loose::read(file, picture::MOST).map_err(|error| Error::io(file, &error))?;
    let clean = picture::cleaned(&bytes).map_err(|why| {
        Error::faults(
            say!("{file}: {why}; chưa ghi gì", "{file}: {why}; nothing was written", [file, why]),
            Said::default(),
        )
    })?;
    let tree = toml::raw_tree(text);
    let rows = tree.get("photo").map(Node::items).unwrap_or_default();
    let told = |row: &Node, key: &str| row.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let own = place_in(store, file);
    let row = rows.iter().position(|row| own.as_ref().is_some_and(|own| told(row, "file") == *own));
    let sum = picture::sha256(&clean.bytes);
    let same = rows.iter().position(|other| told(other, "sha256") == sum).filter(|at| Some(*at) != row);
    let same = same.map(|at| (at, told(&rows[at], "file")));
    // A picture whose file is gone comes back to its row.
    let is_new = |place: &str| before.iter().all(|other| other.file != place);
    let back = same.clone().filter(|(_, place)| is_ours(place) && is_new(place) && !store.stands(place));
    if let (Some((_, same)), None) = (&same, &back) {
        return Err(twice(file, same));
    }
    let row = back.as_ref().map(|(at, _)| *at).or(row);
    let (place, old) = match (back, own.filter(|own| is_ours(own))) {
        (Some((_, place)), _) => (place, None),
        (None, Some(own)) => (own, Some(Sum::of(&bytes))),
        (None, None) => (free(store, visit, rows), None),
    };
    if !is_new(&place) {
        return Err(twice(file, &place));
    }
    let has_day = row.is_some_and(|row| rows[row].get("taken").is_some());
    Ok(New {
        picture: NewPicture { file: place, old, bytes: clean.bytes, size: (clean.width, clean.height) },
        row: row.unwrap_or(rows.len()),
        taken: clean.taken.filter(|_| !has_day),
    })
}

fn twice(file: &Path, same: &str) -> Error {
    Error::wrong_use(
        say!(
            "{file}: lần kiểm tra này đã có ảnh ấy, {same}",
            "{file}: the visit has this picture, {same}",
            [file, same]
        ),
        say!("bỏ tệp này khỏi lệnh", "leave this file out"),
    )
}

/// Where a file lies in the register, if it lies there.
fn place_in(store: &Store, file: &Path) -> Option<String> {
    let path = actual(file).ok()?;
    let parts = path.strip_prefix(store.root()).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

/// True for a place in which a picture may stay: one of a JPEG, under a plain name.
fn is_ours(file: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
    file.starts_with(picture::FOLDER)
        && (file.ends_with(".jpg") || file.ends_with(".jpeg"))
        && file.bytes().all(plain)
}

/// The first free name for a picture of a visit.
fn free(store: &Store, visit: &Target, rows: &[Node]) -> String {
    let is_told = |file: &String| rows.iter().any(|row| row.get("file").and_then(Node::text) == Some(file));
    let mut names = (1..).map(|n| named(visit, n));
    names.find(|file| !is_told(file) && !store.stands(file)).unwrap_or_default()
}

/// The name of the picture of a visit with a number.
fn named(visit: &Target, number: usize) -> String {
    format!("{}/{}-{number}.jpg", picture::FOLDER, visit.id)
}
