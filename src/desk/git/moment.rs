//! A register as it was at some time: on a day, or in a version that git knows by a name.

use super::{Error, Version, at, commit, last, line, standing};
use crate::model::day::Day;
use crate::model::text::Said;
use crate::say;
use crate::store::Store;
use std::path::Path;

/// A register as it was.
#[derive(Debug)]
pub struct Then {
    /// The register.
    pub store: Store,
    /// The day: that of the version, or that which was asked for.
    pub day: Day,
    /// What it is called: `sổ ngày 31/12/2016`.
    pub called: Said,
}

/// A register as it was at the end of a day.
pub fn on(root: &Path, day: Day) -> Result<Then, Error> {
    let store = at(root, &Version::Commit(by(root, day)?))?;
    Ok(Then { store, day, called: say!("sổ ngày {day}", "the register of {day}", [day]) })
}

/// The commit that was the last one at the end of a day.
pub fn by(root: &Path, day: Day) -> Result<String, Error> {
    standing::must_be_kept(root)?;
    let head = last(root)?.unwrap_or_default();
    let before = format!("--before={day}T23:59:59");
    // Along the line of this register: what others had by then and only sent later was not in it yet.
    let words = ["rev-list", "-1", "--first-parent", &before, &head];
    let found = if head.is_empty() { String::new() } else { line(root, &words)? };
    if found.is_empty() {
        return Err(Error::nothing(
            say!("đến ngày {day} sổ chưa được lưu lần nào", "nothing was saved by {day}", [day]),
            say!("xem các lần lưu: ttht log", "see what was saved: ttht log"),
        ));
    }
    Ok(found)
}

/// A register in a version that git knows by a name.
pub fn named(root: &Path, name: &str) -> Result<Then, Error> {
    standing::must_be_kept(root)?;
    let commit = commit(root, name)?;
    let day = line(root, &["show", "-s", "--no-show-signature", "--format=%cs", &commit])?;
    let day = Day::parse(&day).unwrap_or_else(|| Day::nearest(1970, 1, 1));
    let store = at(root, &Version::Commit(commit))?;
    let called = say!("sổ ở bản “{name}” ({day})", "the register at “{name}” ({day})", [name, day]);
    Ok(Then { store, day, called })
}
