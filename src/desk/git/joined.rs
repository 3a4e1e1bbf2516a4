//! Two versions of a repository as one: merged by value, and which of two is the later one. No file is touched.

use super::driver::CALL;
use super::{Error, git, line, run, run_with, standing};
use crate::model::text::Said;
use crate::say;
use crate::store::scrap::Closet;
use std::fs;
use std::path::Path;

/// What came of two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The merged tree. What is open in it stands in it with marks.
    pub tree: String,
    /// What is open, as the index of git has it: `MODE BLOB STAGE`, a tab, the path from the top.
    pub open: Vec<String>,
}

/// How far two versions are from each other: what only the first has, and what only the second has.
pub fn distance(root: &Path, one: &str, other: &str) -> Result<(usize, usize), Error> {
    let range = format!("{one}...{other}");
    let counted = line(root, &["rev-list", "--count", "--left-right", &range])?;
    let mut counts = counted.split('\t').map(|n| n.parse().unwrap_or(0));
    Ok((counts.next().unwrap_or(0), counts.next().unwrap_or(0)))
}

/// How many saves a version has that another one does not have, without merges.
pub fn saves(root: &Path, version: &str, other: Option<&str>) -> Result<usize, Error> {
    let other = other.map(|other| format!("^{other}"));
    let words = ["rev-list", "--count", "--no-merges", version];
    let counted = line(root, &words.into_iter().chain(other.as_deref()).collect::<Vec<_>>())?;
    Ok(counted.parse().unwrap_or(0))
}

/// True for versions that have come from one.
pub fn are_related(root: &Path, one: &str, other: &str) -> Result<bool, Error> {
    Ok(run(root, &["merge-base", one, other], b"")?.status.success())
}

/// What makes git merge records by value, also in a clone that was never set up.
const ATTRIBUTES: &[u8] = b"*.toml merge=ttht\n";

/// Merges two versions. `program` is this program, which git calls for each record that both have changed.
pub fn joined(root: &Path, program: &str, ours: &str, theirs: &str) -> Result<Joined, Error> {
    let program = program.replace('\\', "/").replace('\'', r"'\''");
    let lines = "git merge-file --diff3 --marker-size=%L %A %O %B";
    // Where it cannot, git's own way must not be missing.
    let driver =
        format!("merge.ttht.driver='{program}' {CALL}; s=$?; if [ $s -le 1 ]; then exit $s; fi; {lines}");
    // Before git 2.41, attributes come from a file or not at all.
    let closet = Closet::new().map_err(|error| Error::io(root, &error))?;
    let file = closet.path().join("attributes");
    fs::write(&file, ATTRIBUTES).map_err(|error| Error::io(&file, &error))?;
    let words = [
        "-c",
        &driver,
        "-c",
        &format!("core.attributesFile={}", file.to_string_lossy()),
        "-c",
        // What is open between older versions is as it was before both.
        "merge.ttht.recursive=binary",
        "-c",
        "merge.conflictStyle=diff3",
        "-c",
        "merge.directoryRenames=false",
        "merge-tree",
        "--write-tree",
        "--no-messages",
        "-z",
        ours,
        theirs,
    ];
    let attributes = attributes(root)?;
    // Below the top, git would say paths from there.
    let answer = run_with(&standing::top(root)?, &[("GIT_ATTR_SOURCE", &attributes)], &words, b"")?;
    if !matches!(answer.status.code(), Some(0 | 1)) {
        let said = String::from_utf8_lossy(&answer.stderr).trim().to_owned();
        return Err(Error::nothing(
            say!("git ở máy này không gộp được: {said}", "git cannot merge here: {said}", [said]),
            Said { vi: "cần git 2.38 trở lên".into(), en: "git 2.38 or later is needed".into() },
        ));
    }
    let mut rows = super::rows(&answer.stdout);
    Ok(Joined { tree: rows.next().unwrap_or_default(), open: rows.collect() })
}

/// A tree with nothing but these attributes, so that those of a version have no say in how it is merged.
fn attributes(root: &Path) -> Result<String, Error> {
    let blob = git(root, &["hash-object", "-w", "--stdin"], ATTRIBUTES)?;
    let row = format!("100644 blob {}\t.gitattributes\n", String::from_utf8_lossy(&blob).trim_end());
    let tree = git(root, &["mktree"], row.as_bytes())?;
    Ok(String::from_utf8_lossy(&tree).trim_end().to_owned())
}

/// Records a tree as the version that comes after others. No file and no branch changes.
pub fn version(root: &Path, tree: &str, after: &[&str], message: &str) -> Result<String, Error> {
    let parents = after.iter().flat_map(|version| ["-p", version]);
    line(root, &["commit-tree", tree, "-m", message].into_iter().chain(parents).collect::<Vec<_>>())
}

/// The tree of a version.
pub fn tree_of(root: &Path, version: &str) -> Result<String, Error> {
    line(root, &["rev-parse", &format!("{version}^{{tree}}")])
}
