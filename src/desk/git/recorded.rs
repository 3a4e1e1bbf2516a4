//! Files of a register as a version in git: what they are on the disk, and how they become the last commit.

use super::{Error, git, git_with, line, rows};
use crate::store::scrap::Closet;
use std::collections::BTreeSet;
use std::path::Path;

/// Files as git reads a list of them.
pub fn list(files: &[String]) -> Vec<u8> {
    files.iter().flat_map(|file| [file.as_bytes(), b"\0"].concat()).collect()
}

/// The same where a path could be a pattern.
fn exact(files: &[String]) -> Vec<u8> {
    files.iter().flat_map(|file| [b":(literal)", file.as_bytes(), b"\0"].concat()).collect()
}

/// How such a list is given.
const FROM_INPUT: [&str; 2] = ["--pathspec-from-file=-", "--pathspec-file-nul"];

/// The tree without a file.
pub fn empty(root: &Path) -> Result<String, Error> {
    line(root, &["hash-object", "-t", "tree", "-w", "--stdin"])
}

/// The tree that a version would have with some files as they lie on the disk. What is staged is not looked at.
pub fn tree(root: &Path, version: Option<&str>, files: &[String]) -> Result<String, Error> {
    let closet = Closet::new().map_err(|error| Error::io(root, &error))?;
    let index = closet.path().join("index").to_string_lossy().into_owned();
    let apart = [("GIT_INDEX_FILE", &*index)];
    git_with(root, &apart, &["read-tree", version.unwrap_or("--empty")], b"")?;
    git_with(root, &apart, &UPDATE, &list(files))?;
    let tree = git_with(root, &apart, &["write-tree"], b"")?;
    Ok(String::from_utf8_lossy(&tree).trim_end().to_owned())
}

/// Records some files as they lie on the disk, and nothing else: what is staged besides stays staged. The hooks of the
/// repository are run, with some variables.
pub fn record(root: &Path, variables: &[(&str, &str)], files: &[String], message: &str) -> Result<(), Error> {
    let known = git(root, &["ls-files", "-z"], b"")?;
    let known: BTreeSet<String> = rows(&known).collect();
    let is_new = |file: &&String| !known.contains(*file) && root.join(file).symlink_metadata().is_ok();
    let new: Vec<String> = files.iter().filter(is_new).cloned().collect();
    if !new.is_empty() {
        git(root, &[&["add", "--intent-to-add"], &FROM_INPUT[..]].concat(), &exact(&new))?;
    }
    let commit = ["commit", "--quiet", "--only", "-m", message];
    let done = git_with(root, variables, &[&commit, &FROM_INPUT[..]].concat(), &exact(files));
    done.map(drop).inspect_err(|_| {
        // They are as new as before; if that fails, they are saved with the next ones all the same.
        let _ = git(root, &["update-index", "-z", "--force-remove", "--stdin"], &list(&new));
    })
}

/// Ends a merge with some files as they lie on the disk.
pub fn conclude(
    root: &Path,
    variables: &[(&str, &str)],
    files: &[String],
    message: &str,
) -> Result<(), Error> {
    stage(root, files)?;
    git_with(root, variables, &["commit", "--quiet", "-m", message], b"").map(drop)
}

/// Takes files as they lie on the disk, or are gone, into what is to be committed.
pub fn stage(root: &Path, files: &[String]) -> Result<(), Error> {
    git(root, &UPDATE, &list(files)).map(drop)
}

/// Has an index follow files. One that it does not know, and that is gone, is no fault.
const UPDATE: [&str; 6] = ["update-index", "-z", "--add", "--remove", "--replace", "--stdin"];

/// Makes a repository in the folder of a register.
pub fn begin(root: &Path) -> Result<(), Error> {
    git(root, &["init", "--quiet"], b"").map(drop)
}
