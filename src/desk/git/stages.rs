//! Files whose merge is not finished: what git keeps of each until somebody has chosen.

use super::recorded::stage;
use super::{Error, Version, git, line, rows, standing, touched};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// What git calls the bytes of a file in three versions: that of both, ours, theirs. None where it was not there.
pub type Stages = [Option<String>; 3];

/// The files whose merge is not finished; one outside of the register has a path with `..`. None without a repository.
pub fn unmerged(root: &Path) -> Result<BTreeMap<String, Stages>, Error> {
    if !standing::is_kept(root)? {
        return Ok(BTreeMap::new());
    }
    let open = git(root, &["ls-files", "-z", "--unmerged", "--", ":/"], b"")?;
    let mut files: BTreeMap<String, Stages> = BTreeMap::new();
    for row in rows(&open) {
        // `MODE BLOB STAGE`, a tab, the path.
        let Some((head, file)) = row.split_once('\t') else { continue };
        let [_, blob, stage] = head.split(' ').collect::<Vec<_>>()[..] else { continue };
        let at = stage.parse::<usize>().ok().and_then(|stage| stage.checked_sub(1));
        let stages = files.entry(file.to_owned()).or_default();
        at.and_then(|at| stages.get_mut(at)).into_iter().for_each(|held| *held = Some(blob.to_owned()));
    }
    Ok(files)
}

/// True for a file that both sides have.
pub fn are_both(stages: &Stages) -> bool {
    matches!(stages, [_, Some(_), Some(_)])
}

/// True if nobody has chosen: the file is not on the disk, or as it was on our side where a merge leaves no marks.
pub fn is_as_merged(root: &Path, file: &str, [_, ours, theirs]: &Stages) -> Result<bool, Error> {
    let here = line(root, &["hash-object", "--", file]).ok();
    Ok(here.is_none() || here == *ours && !leaves_marks(root, file, ours.iter().chain(theirs))?)
}

/// True for a file in which git, where it cannot merge it, leaves marks: both sides are texts, and nothing says otherwise.
fn leaves_marks<'b>(root: &Path, file: &str, blobs: impl Iterator<Item = &'b String>) -> Result<bool, Error> {
    let said = git(root, &["check-attr", "-z", "merge", "--", file], b"")?;
    let way = rows(&said).nth(2).unwrap_or_default();
    let names: Vec<&str> = blobs.map(String::as_str).collect();
    Ok(["unspecified", "set", "text", "ttht"].contains(&&*way)
        && super::blobs(root, &names)?.iter().all(|bytes| !bytes.contains(&0)))
}

/// Those of some files that lie there as on our side without marks, though both have changed them: one of both is to be taken
/// as a whole.
pub fn whole(root: &Path, waiting: &BTreeMap<String, Stages>) -> Result<BTreeSet<String>, Error> {
    let mut whole = BTreeSet::new();
    for (file, stages) in waiting.iter().filter(|(_, stages)| are_both(stages)) {
        if is_as_merged(root, file, stages)? {
            whole.insert(file.clone());
        }
    }
    Ok(whole)
}

/// The files that only the other side of the merge that is under way has changed, and those that both have. None if nothing
/// is being merged.
pub fn theirs(root: &Path) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
    let base = line(root, &["merge-base", "HEAD", "MERGE_HEAD"]).ok()?;
    let since = |rev: &str| {
        let id = line(root, &["rev-parse", "--verify", "--quiet", rev]).ok()?;
        let changed = touched(root, &base, &Version::Commit(id)).ok()?;
        let files = changed.into_iter().filter_map(|one| one.now).map(|held| held.file);
        Some(files.collect::<BTreeSet<String>>())
    };
    let (ours, theirs) = (since("HEAD")?, since("MERGE_HEAD")?);
    let both = ours.intersection(&theirs).cloned().collect();
    Some((theirs.difference(&ours).cloned().collect(), both))
}

/// Takes a file as one side has it, with its line ends and filters, and tells git that it is chosen.
pub fn take(root: &Path, file: &str, side: &str, is_there: bool) -> Result<(), Error> {
    if is_there {
        git(root, &["checkout", "--quiet", side, "--", &format!(":(literal){file}")], b"")?;
    } else {
        let gone = fs::remove_file(root.join(file));
        gone.or_else(|error| if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) })
            .map_err(|error| Error::io(&root.join(file), &error))?;
    }
    stage(root, &[file.to_owned()])
}

/// Puts what git has under a name into a new file.
pub fn put(root: &Path, blob: &str, file: &str) -> Result<(), Error> {
    let place = format!("{}{file}", super::prefix(root)?);
    git(root, &["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{place}")], b"")?;
    git(root, &["checkout-index", "--quiet", "--", file], b"").map(drop)
}
