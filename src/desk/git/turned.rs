//! How a repository goes over to another version while the files of the register are changed by the store: what is to be done
//! is noted first, the index follows the files, and the branch comes last.

use super::{Error, Exit, Touched, Version, git, git_with, line, prefix, recorded, touched};
use crate::store::scrap::{self, Closet};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The version to which a register is on its way, until it is there.
const NOTED: &str = "refs/ttht/turn";

/// How the message of a version begins in which a merge is open; what is open follows.
const OPEN: &str = "ttht: open\n";

/// Notes the version to which the register goes over.
pub fn note(root: &Path, version: &str) -> Result<(), Error> {
    git(root, &["update-ref", NOTED, version], b"").map(drop)
}

/// The version to which the register was to go over, if it is not there yet.
pub fn noted(root: &Path) -> Option<String> {
    line(root, &["rev-parse", "--verify", "--quiet", &format!("{NOTED}^{{commit}}")]).ok()
}

/// The register has gone over, or does not.
pub fn forget(root: &Path) -> Result<(), Error> {
    git(root, &["update-ref", "-d", NOTED], b"").map(drop)
}

/// The message of a version in which a merge is open.
pub fn message(open: &[String]) -> String {
    format!("{OPEN}\n{}", open.join("\n"))
}

/// What is open in a version, and the version that was merged in; none if nothing is.
pub fn open(root: &Path, version: &str) -> Result<Option<(Vec<String>, String)>, Error> {
    let said = line(root, &["log", "-1", "--format=%B", version])?;
    let Some(rows) = said.strip_prefix(OPEN) else { return Ok(None) };
    let rows = rows.lines().filter(|row| !row.is_empty()).map(str::to_owned).collect();
    Ok(Some((rows, line(root, &["rev-parse", &format!("{version}^2")])?)))
}

/// A file that is not the same in two versions, and what the later one has of it.
#[derive(Debug)]
pub struct Wanted {
    /// Its path, relative to the register, with `/`.
    pub file: String,
    /// Its bytes as they are on a disk; none if it goes.
    pub bytes: Option<Vec<u8>>,
    row: String,
}

/// The files of a register that a change of versions writes, with what they are to hold; `ours` says which these are. The
/// others are left to git.
pub fn wanted(root: &Path, from: &str, to: &str, ours: impl Fn(&str) -> bool) -> Result<Vec<Wanted>, Error> {
    let prefix = prefix(root)?;
    let mut wanted: Vec<Wanted> = Vec::new();
    let is_plain = |mode: &str| mode.starts_with("100");
    for Touched { was, now } in touched(root, from, &Version::Commit(to.to_owned()))? {
        let left = was.as_ref().filter(|was| now.as_ref().is_none_or(|now| now.file != was.file));
        if let Some(was) = left.filter(|was| ours(&was.file) && is_plain(&was.mode)) {
            let row = gone(&format!("{prefix}{}", was.file));
            wanted.push(Wanted { file: was.file.clone(), bytes: None, row });
        }
        let kept = was.as_ref().filter(|was| now.as_ref().is_some_and(|now| now.file == was.file));
        let comes = now.filter(|now| ours(&now.file) && is_plain(&now.mode));
        if let Some(now) = comes.filter(|now| kept.is_none_or(|was| was.mode == now.mode)) {
            let row = format!("{} {}\t{prefix}{}", now.mode, now.blob.unwrap_or_default(), now.file);
            wanted.push(Wanted { file: now.file, bytes: Some(Vec::new()), row });
        }
    }
    fill(root, to, &mut wanted)?;
    Ok(wanted)
}

/// The row with which the index forgets a path.
fn gone(path: &str) -> String {
    format!("0 {}\t{path}", "0".repeat(40))
}

/// Reads what files are to hold: as git would write them here, with the line ends and filters that are set.
fn fill(root: &Path, version: &str, wanted: &mut [Wanted]) -> Result<(), Error> {
    let closet = Closet::new().map_err(|error| Error::io(root, &error))?;
    let path = |name: &str| closet.path().join(name).to_string_lossy().into_owned();
    let (index, folder) = (path("index"), path("files/"));
    let apart = [("GIT_INDEX_FILE", &*index)];
    let names: Vec<String> =
        wanted.iter().filter(|one| one.bytes.is_some()).map(|one| one.file.clone()).collect();
    git_with(root, &apart, &["read-tree", version], b"")?;
    let into = format!("--prefix={folder}");
    let copy = ["checkout-index", "-z", "--stdin", "-f", "-q", &into];
    scrap::undisturbed(|| git_with(root, &apart, &copy, &recorded::list(&names)))?;
    let below = closet.path().join("files").join(prefix(root)?);
    for one in wanted.iter_mut().filter(|one| one.bytes.is_some()) {
        let path = below.join(&one.file);
        one.bytes = Some(fs::read(&path).map_err(|error| Error::io(&path, &error))?);
    }
    Ok(())
}

/// Refuses a change of versions that would overwrite what is not saved.
pub fn may_turn(root: &Path, from: &str, to: &str) -> Result<bool, Error> {
    // What git remembers of the files is brought up to date first; its answer is not needed.
    let _ = git(root, &["update-index", "-q", "--refresh"], b"");
    match git(root, &["read-tree", "--dry-run", "-m", "-u", from, to], b"") {
        Ok(_) => Ok(true),
        Err(error) if error.exit == Exit::Changed => Err(error),
        Err(_) => Ok(false),
    }
}

/// Which of some files are on the disk not as they are in a version.
pub fn differing(root: &Path, version: &str, files: &[String]) -> Result<BTreeSet<String>, Error> {
    let here = recorded::tree(root, Some(version), files)?;
    let touched = touched(root, version, &Version::Commit(here))?;
    Ok(touched.into_iter().flat_map(|one| [one.was, one.now]).flatten().map(|held| held.file).collect())
}

/// Has the index and all other files follow the files of the register, from one version to another.
pub fn follow(root: &Path, from: &str, to: &str, wanted: &[Wanted]) -> Result<(), Error> {
    let rows: String = wanted.iter().map(|one| format!("{}\0", one.row)).collect();
    git(root, &["update-index", "-z", "--index-info"], rows.as_bytes())?;
    git(root, &["read-tree", "-m", "-u", from, to], b"")?;
    let _ = git(root, &["update-index", "-q", "--refresh"], b"");
    Ok(())
}

/// Moves the branch to a version.
pub fn arrive(root: &Path, from: &str, to: &str, why: &str) -> Result<(), Error> {
    git(root, &["update-ref", "-m", why, "HEAD", to, from], b"").map(drop)
}

/// Leaves a merge open as git does: what is open in the index, and the version that is merged in beside the branch.
pub fn leave_open(root: &Path, open: &[String], theirs: &str, message: &str) -> Result<(), Error> {
    let paths: BTreeSet<&str> = open.iter().filter_map(|row| Some(row.split_once('\t')?.1)).collect();
    let first = paths.iter().map(|path| gone(path) + "\0");
    let rows: String = first.chain(open.iter().map(|row| format!("{row}\0"))).collect();
    git(root, &["update-index", "-z", "--index-info"], rows.as_bytes())?;
    let names = ["MERGE_MSG", "MERGE_MODE", "MERGE_HEAD"];
    let texts = [format!("{message}\n"), String::new(), format!("{theirs}\n")];
    for (name, text) in names.iter().zip(texts) {
        let path = root.join(line(root, &["rev-parse", "--git-path", name])?);
        fs::write(&path, text).map_err(|error| Error::io(&path, &error))?;
    }
    Ok(())
}
