//! The commits that have changed some files: who, when, and from which bytes to which.

use super::{Error, git, is_there, last, standing};
use crate::model::day::Day;
use std::path::Path;

/// A commit that has changed some files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Who made it.
    pub who: String,
    /// On which day, where it was made.
    pub day: Day,
    /// The first line of what is said of it.
    pub title: String,
    /// What it has changed; of a merge, only what is as on none of its sides.
    pub steps: Vec<Step>,
}

/// A file that a commit has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its path, with `/`: relative to the register, or from the top of the repository where a file was followed.
    pub file: String,
    /// What git calls the bytes that it had, one for each side of a merge; none where there was no such file.
    pub was: Vec<Option<String>>,
    /// What git calls the bytes that it has now; none if it is gone.
    pub now: Option<String>,
}

/// The commits that have changed a file, under whatever name, the newest first.
pub fn of_file(root: &Path, file: &str) -> Result<Vec<Saved>, Error> {
    log(root, &["--follow", "--"], file)
}

/// The commits that have changed anything in a folder of the register, the newest first.
pub fn of_folder(root: &Path, folder: &str) -> Result<Vec<Saved>, Error> {
    log(root, &["--relative", "--"], folder)
}

fn log(root: &Path, how: &[&str], place: &str) -> Result<Vec<Saved>, Error> {
    let words = [
        "log",
        // Also what the first save has brought, whatever is configured.
        "--root",
        "--date-order",
        "-c",
        "--raw",
        "--no-abbrev",
        "-M",
        "--no-ext-diff",
        "--no-color",
        "--no-show-signature",
    ];
    standing::must_be_kept(root)?;
    if last(root)?.is_none() {
        return Ok(Vec::new());
    }
    // A line that begins with a byte that no name has.
    let format = "--format=%x01%aN%x01%as%x01%s";
    let answer = git(root, &[&words[..], &[format], how, &[place]].concat(), b"")?;
    let mut saved: Vec<Saved> = Vec::new();
    for line in String::from_utf8_lossy(&answer).lines() {
        if let Some(head) = line.strip_prefix('\u{1}') {
            let mut parts = head.splitn(3, '\u{1}');
            let mut part = || parts.next().unwrap_or_default().to_owned();
            let (who, day, title) = (part(), part(), part());
            let day = Day::parse(&day).unwrap_or_else(|| Day::nearest(1970, 1, 1));
            saved.push(Saved { who, day, title, steps: Vec::new() });
        } else if let (Some(saved), Some(step)) = (saved.last_mut(), step(line)) {
            saved.steps.push(step);
        }
    }
    Ok(saved)
}

/// A line such as `:100644 100644 A B M\tFILE`, or of a merge `::100644 100644 100644 A B C MM\tFILE`.
fn step(line: &str) -> Option<Step> {
    let sides = line.bytes().take_while(|byte| *byte == b':').count();
    let (row, files) = line.get(sides..)?.split_once('\t')?;
    let words: Vec<&str> = row.split(' ').collect();
    let blobs = words.get(sides + 1..2 * (sides + 1)).filter(|_| sides > 0)?;
    let mut blobs: Vec<Option<String>> = blobs.iter().map(|name| is_there(name)).collect();
    let now = blobs.pop()?;
    // Of a file that has another name, the newer one stands last.
    Some(Step { file: files.rsplit('\t').next()?.to_owned(), was: blobs, now })
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn a_line_of_gits_is_a_step() {
        let (a, b, none) = ("a".repeat(40), "b".repeat(40), "0".repeat(40));
        let renamed = step(&format!(":100644 100644 {a} {b} R090\tcentres/x.toml\tcentres/y.toml")).unwrap();
        assert_eq!(
            (&*renamed.file, renamed.was, renamed.now),
            ("centres/y.toml", vec![Some(a.clone())], Some(b.clone()))
        );
        let merged = step(&format!("::100644 100644 100644 {a} {none} {b} MM\tx.toml")).unwrap();
        assert_eq!((merged.was, merged.now), (vec![Some(a), None], Some(b)));
        assert_eq!((step(""), step("x\ty"), step(":1\tx")), (None, None, None));
    }
}
