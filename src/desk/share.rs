//! A place where a register is shared: a folder on a network drive or a USB stick.

use super::error::Error;
use super::git::hook::real;
use super::git::{shared, standing};
use crate::model::shell;
use crate::model::text::Said;
use crate::say;
use std::path::Path;

/// Makes a place in a folder, or takes one that is there, and notes it. Nothing is sent yet. Returns where it is.
pub fn share(root: &Path, folder: &Path) -> Result<String, Error> {
    let standing = standing::of(root)?;
    let branch = standing.on_branch()?;
    if standing.head.is_none() {
        return Err(Error::nothing(
            say!("sổ này chưa được lưu lần nào", "this register was never saved"),
            say!("lưu trước: ttht save", "save first: ttht save"),
        ));
    }
    let folder = &real(folder);
    let place = shell::for_git(folder).trim_end_matches('/').to_owned();
    if let Some(shared) = shared::of(root, branch)? {
        return if shared.place == place { Ok(place) } else { Err(shared_elsewhere(&shared.place)) };
    }
    let top = standing::top(root)?;
    if folder.starts_with(real(&top)) {
        return Err(Error::wrong_use(
            say!("{place} nằm trong chính kho của sổ", "{place} lies in the repository itself", [place]),
            say!("chọn thư mục trên ổ mạng hay USB", "choose a folder on a network drive or a USB stick"),
        ));
    }
    if !is_new(folder)? && !shared::is_place(folder)? {
        return Err(Error::wrong_use(
            say!("{place} đã có tệp khác", "{place} has other files in it", [place]),
            say!("đặt tên một thư mục mới: {place}/so", "name a new folder: {place}/register", [place]),
        ));
    }
    if is_new(folder)? {
        shared::make(root, &place, branch)?;
    }
    shared::note(root, "origin", &place).map(|()| place)
}

fn shared_elsewhere(place: &str) -> Error {
    Error::wrong_use(
        say!("sổ này đã dùng chung ở {place}", "this register is shared already, in {place}", [place]),
        Said {
            vi: "nhận và gửi: ttht sync; đổi nơi khác: git remote remove origin, rồi chạy lại".into(),
            en: "receive and send: ttht sync; for another place: git remote remove origin, then run it again"
                .into(),
        },
    )
}

/// True for a folder in which there is nothing, or that is not there yet.
fn is_new(folder: &Path) -> Result<bool, Error> {
    match folder.symlink_metadata() {
        Err(_) => Ok(true),
        Ok(_) => {
            let mut entries = folder.read_dir().map_err(|error| Error::io(folder, &error))?;
            Ok(entries.next().is_none())
        }
    }
}
