//! Where the registers lie, each made once.

use super::corpus::{self, Size};
use super::tabular;
use super::variants::{GIT, PLAIN, Variant, WARNED};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Registers that grow as offices do.
pub const REGISTERS: &[Size] = &[
    Size { name: "1k", visits: 1_000, years: 5 },
    Size { name: "10k", visits: 10_000, years: 5 },
    Size { name: "100k", visits: 100_000, years: 5 },
    Size { name: "1m", visits: 1_000_000, years: 10 },
];
/// Registers with one folder of visits.
pub const FOLDERS: &[Size] = &[
    Size { name: "250", visits: 250, years: 1 },
    Size { name: "500", visits: 500, years: 1 },
    Size { name: "1000", visits: 1_000, years: 1 },
    Size { name: "2000", visits: 2_000, years: 1 },
];
/// A register with a folder of a million visits.
pub const NAMES: &[Size] = &[Size { name: "names", visits: 1_000_000, years: 1 }];

/// What lies beside the registers.
pub fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The folder of a register, with the files that the peers read; made if it does not exist yet.
pub fn register(size: Size, variant: &Variant) -> io::Result<PathBuf> {
    let name = [size.name, variant.name].join("-");
    let root = scratch(name.trim_end_matches('-'));
    let made = root.join(".made");
    if !made.exists() {
        println!("making {}", root.display());
        remove(&root)?;
        corpus::write(&root, size, variant)?;
        if variant.name == PLAIN.name {
            tabular::sent(&root, size)?;
            if size.visits <= 100_000 {
                tabular::write(&root, size)?;
            }
        }
        fs::write(made, "")?;
    }
    Ok(root)
}

/// A register in git, with one file that is changed and staged; and that file.
pub fn repository(size: Size) -> io::Result<(PathBuf, PathBuf)> {
    let root = register(size, &GIT)?;
    let visit = size.visit_to(7).ok_or_else(|| io::Error::other("no visit"))?;
    let file = root.join(visit.path());
    let made = root.join(".git/made");
    if !made.exists() {
        remove(&root.join(".git"))?;
        fs::write(&file, visit.text())?;
        let git = |words: &[&str]| {
            let identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"];
            let status = Command::new("git").arg("-C").arg(&root).args(identity).args(words).status()?;
            if status.success() { Ok(()) } else { Err(io::Error::other(format!("git {words:?}: {status}"))) }
        };
        git(&["init", "--quiet"])?;
        git(&["add", "."])?;
        git(&["commit", "--quiet", "--message", "Visits"])?;
        fs::write(&file, (WARNED.text)(0, visit.text()))?;
        git(&["add", "."])?;
        fs::write(made, "")?;
    }
    Ok((root, file))
}

/// Copies a register, in place of the copy before.
pub fn copy(root: &Path, to: &Path) -> io::Result<()> {
    remove(to)?;
    let status = Command::new("cp").arg("-r").arg(root).arg(to).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("cannot copy")) }
}

/// Removes a folder if it is there.
pub fn remove(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// The folders of visits of a register.
pub fn years(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join("visits")).into_iter().flatten().flatten();
    let mut years: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    years.sort();
    years
}
