//! Files whose merge is not finished: what git keeps of each until somebody has chosen.

use super::{Error, Version, git, line, rows, standing, touched};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What git calls the bytes of a file in three versions: that of both, ours, theirs. None where it was not there.
pub type Stages = [Option<String>; 3];

/// The files below the register whose merge is not finished; none without a repository.
pub fn unmerged(root: &Path) -> Result<BTreeMap<String, Stages>, Error> {
    if !standing::is_kept(root)? {
        return Ok(BTreeMap::new());
    }
    let open = git(root, &["ls-files", "-z", "--unmerged", "--", "."], b"")?;
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
