//! Where a repository stands: its branch, its last save, and what git has begun there and not ended.

use super::{Error, git, line, prefix, rows, run_with};
use crate::model::day::Day;
use crate::model::shell;
use crate::model::text::Said;
use crate::say;
use std::path::{Path, PathBuf};

/// Where a repository stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The last commit; none before the first one.
    pub head: Option<String>,
    /// The branch; none where a commit is looked at that is on none.
    pub branch: Option<String>,
    /// The commit that is being merged in.
    pub merging: Option<String>,
}

impl Standing {
    /// The branch. Refused where there is none: what is saved there would be out of sight once another version is taken.
    pub fn on_branch(&self) -> Result<&str, Error> {
        self.branch.as_deref().ok_or_else(|| {
            Error::nothing(
                say!(
                    "kho git này không ở nhánh nào; chưa làm gì",
                    "this repository is on no branch; nothing was done"
                ),
                say!("về lại nhánh chính: git switch main", "go back to one: git switch main"),
            )
        })
    }
}

/// What git leaves in its folder while it is at something that is neither a merge nor ours.
const BEGUN: &[&str] = &["rebase-merge", "rebase-apply", "CHERRY_PICK_HEAD", "REVERT_HEAD"];

/// True if a folder lies in the work tree of a repository. One that git does not trust is an error.
pub fn is_kept(root: &Path) -> Result<bool, Error> {
    let asked = run_with(root, &[("LC_ALL", "C")], &["rev-parse", "--is-inside-work-tree"], b"")?;
    let said = String::from_utf8_lossy(&asked.stderr);
    if said.contains("dubious ownership") {
        return Err(untrusted(&shell::for_git(root)));
    }
    Ok(asked.stdout == b"true\n")
}

/// What is said of a folder that belongs to another user, as git sees it.
pub fn untrusted(folder: &str) -> Error {
    Error::nothing(
        say!(
            "git không dùng {folder} vì thư mục ấy thuộc người dùng khác (thường gặp ở USB, ổ mạng)",
            "git does not use {folder}, which belongs to another user (usual on USB sticks and network drives)",
            [folder]
        ),
        say!(
            "nếu tin thư mục ấy: git config --global --add safe.directory {folder}",
            "if you trust it: git config --global --add safe.directory {folder}",
            [folder = shell::typed(folder)]
        ),
    )
}

/// Refuses a register that lies in no repository.
pub fn must_be_kept(root: &Path) -> Result<(), Error> {
    if is_kept(root)? {
        return Ok(());
    }
    Err(Error::nothing(
        say!("sổ này chưa được lưu lần nào (chưa có kho git)", "this register is not kept in git yet"),
        say!("lập kho ở thư mục của sổ: git init", "make a repository in its folder: git init"),
    ))
}

/// Where the repository of a register stands. Refused without one, and while git is at something else.
pub fn of(root: &Path) -> Result<Standing, Error> {
    must_be_kept(root)?;
    let paths: Vec<&str> = BEGUN.iter().flat_map(|name| ["--git-path", name]).collect();
    let paths = line(root, &[&["rev-parse"][..], &paths].concat())?;
    if paths.lines().any(|path| root.join(path).symlink_metadata().is_ok()) {
        return Err(Error::faults(
            say!(
                "git đang làm dở một việc khác trong kho này; chưa làm gì",
                "git is in the middle of something else in this repository; nothing was done"
            ),
            say!("xem và làm cho xong: git status", "see it and finish it: git status"),
        ));
    }
    let known = |name: &str| line(root, &["rev-parse", "--verify", "--quiet", name]).ok();
    Ok(Standing {
        head: known("HEAD^{commit}"),
        branch: line(root, &["symbolic-ref", "--quiet", "--short", "HEAD"]).ok(),
        merging: known("MERGE_HEAD^{commit}"),
    })
}

/// True if git knows who saves.
pub fn knows_who(root: &Path) -> Result<bool, Error> {
    let asked = ["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"];
    Ok(run_with(root, &[], &asked, b"")?.status.success())
}

/// Notes in this repository who saves.
pub fn note_who(root: &Path, name: &str, mail: &str) -> Result<(), Error> {
    git(root, &["config", "--local", "user.name", name], b"")?;
    git(root, &["config", "--local", "user.email", mail], b"").map(drop)
}

/// What is said where git does not know who saves, and nobody can be asked.
pub fn nobody() -> Error {
    Error::wrong_use(
        say!("git chưa biết ai là người lưu", "git does not know who saves"),
        Said {
            vi: "ghi một lần: git config user.name 'Nguyễn Văn An'; git config user.email an@example.vn"
                .into(),
            en: "tell it once: git config user.name 'Ann Smith'; git config user.email ann@example.org"
                .into(),
        },
    )
}

/// A save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Save {
    /// Its note, in a line.
    pub note: String,
    /// Who made it.
    pub who: String,
    /// When, if git can tell.
    pub day: Option<Day>,
    /// True if whoever works here has made it.
    pub is_own: bool,
    /// The saves that it comes after: two where it is a merge.
    pub after: Vec<String>,
    /// The files that it changes, relative to the register; none for one that lies outside of it.
    pub files: Vec<Option<String>>,
}

/// A save by its id.
pub fn save(root: &Path, version: &str) -> Result<Save, Error> {
    let told = line(root, &["log", "-1", "--format=%P%n%an%n%ae%n%as%n%s", version])?;
    let mut lines = told.lines();
    let mut next = || lines.next().unwrap_or_default();
    let after = next().split_whitespace().map(str::to_owned).collect();
    let (who, mail) = (next().to_owned(), next());
    let own = line(root, &["var", "GIT_AUTHOR_IDENT"]).unwrap_or_default();
    let is_own = own.contains(&format!("<{mail}>"));
    let day = Day::parse(next());
    let note = next().to_owned();
    let prefix = prefix(root)?;
    let files =
        git(root, &["diff-tree", "--root", "--no-commit-id", "--name-only", "-r", "-z", version], b"")?;
    let files = rows(&files).map(|file| file.strip_prefix(&prefix).map(str::to_owned)).collect();
    Ok(Save { note, who, day, is_own, after, files })
}

/// The folder at the top of a repository.
pub fn top(root: &Path) -> Result<PathBuf, Error> {
    Ok(line(root, &["rev-parse", "--show-toplevel"])?.into())
}
