//! The git program, where it is installed: what it knows about a register. Without it, everything else works.

pub mod hook;

use super::error::{Error, Exit};
use crate::model::RecordKind;
use crate::model::text::Said;
use crate::say;
use crate::store;
use crate::store::scrap::{self, Closet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Runs git in a folder, with some input.
fn run(root: &Path, words: &[&str], input: &[u8]) -> Result<Output, Error> {
    let mut command = Command::new("git");
    command.current_dir(root).args(words);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let missing = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error {
            exit: Exit::Io,
            message: say!("máy này chưa có git", "git is not installed"),
            help: say!("cài git, hoặc bỏ lựa chọn này", "install git, or leave this option out"),
        },
        _ => Error::io(Path::new("git"), &error),
    };
    let mut child = command.spawn().map_err(missing)?;
    let pipe = child.stdin.take();
    // Git may answer before it has read all of it.
    let output = std::thread::scope(|scope| {
        // If git ended early, its own words say more than the broken pipe.
        scope.spawn(|| pipe.map(|mut pipe| pipe.write_all(input)));
        child.wait_with_output()
    });
    output.map_err(|error| Error::io(Path::new("git"), &error))
}

/// What git answers; an error if it fails.
fn git(root: &Path, words: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
    let output = run(root, words, input)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let word = words.first().copied().unwrap_or_default();
    Err(Error {
        exit: Exit::Io,
        message: say!("git {word} không chạy được: {said}", "git {word} failed: {said}", [word, said]),
        help: Said::default(),
    })
}

/// The one line that git answers.
fn line(root: &Path, words: &[&str]) -> Result<String, Error> {
    let answer = git(root, words, b"")?;
    Ok(String::from_utf8_lossy(&answer).trim_end_matches('\n').to_owned())
}

/// The rows that git answers with `-z`.
fn rows(answer: &[u8]) -> impl Iterator<Item = String> {
    let rows = answer.split(|byte| *byte == 0).filter(|row| !row.is_empty());
    rows.map(|row| String::from_utf8_lossy(row).into_owned())
}

/// The folder of a register inside its repository, with a `/` at its end; nothing for the top.
fn prefix(root: &Path) -> Result<String, Error> {
    line(root, &["rev-parse", "--show-prefix"])
}

/// The pictures that belong to records, for git.
const PICTURES: &[&str] = &[":(icase)*.jpg", ":(icase)*.jpeg", ":(icase)*.png", ":(icase)*.webp"];

/// A copy of the records and their pictures as they are about to be committed, and where the register lies in it.
pub fn staged(root: &Path) -> Result<(Closet, PathBuf), Error> {
    let stage = Closet::new().map_err(|error| Error::io(root, &error))?;
    // A file whose merge is not finished has no single version to read.
    let open = git(root, &["ls-files", "-z", "--unmerged", "--", "*.toml"], b"")?;
    if let Some(row) = rows(&open).next() {
        let file = row.rsplit('\t').next().unwrap_or_default();
        return Err(Error::faults(
            say!("{file} chưa gộp xong", "the merge of {file} is not finished", [file]),
            say!(
                "sửa chỗ xung đột rồi: git add {file}",
                "resolve the conflict, then: git add {file}",
                [file]
            ),
        ));
    }
    let mut files =
        git(root, &[&["ls-files", "-z", "--cached", "--", "*.toml"][..], PICTURES].concat(), b"")?;
    files.extend(links(root)?);
    let mut target = stage.path().as_os_str().to_owned();
    target.push("/");
    let target = format!("--prefix={}", target.to_string_lossy());
    let copy = || git(root, &["checkout-index", "-z", "--stdin", "-f", "-q", &target], &files);
    scrap::undisturbed(copy)?;
    let inner = stage.path().join(prefix(root)?);
    if !store::is_register(&inner) {
        let file = RecordKind::Register.path();
        return Err(Error::nothing(
            say!(
                "git chưa theo dõi {file} của sổ này",
                "git does not know the {file} of this register",
                [file]
            ),
            say!("thêm sổ vào git: git add .", "add it: git add ."),
        ));
    }
    Ok((stage, inner))
}

/// The links that are about to be committed: one may stand in the place of a whole folder.
fn links(root: &Path) -> Result<Vec<u8>, Error> {
    let all = git(root, &["ls-files", "-z", "--stage"], b"")?;
    let links = all.split(|byte| *byte == 0).filter(|row| row.starts_with(b"120000 "));
    let names = links.filter_map(|row| row.splitn(2, |byte| *byte == b'\t').nth(1));
    Ok(names.flat_map(|name| [name, b"\0"].concat()).collect())
}

/// The commit that a person means, by its whole id.
pub fn commit(root: &Path, rev: &str) -> Result<String, Error> {
    // Without a repository, git says so itself.
    git(root, &["rev-parse", "--git-dir"], b"")?;
    let commit = format!("{rev}^{{commit}}");
    let known = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
    line(root, &known).map_err(|_| {
        Error::wrong_use(
            say!("git không biết “{rev}”", "git does not know “{rev}”", [rev]),
            say!(
                "gõ như HEAD, main, hoặc mã của một commit",
                "use HEAD, a branch such as main, or the id of a commit"
            ),
        )
    })
}

/// A version of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// A commit, by its whole id.
    Commit(String),
    /// What is about to be committed.
    Staged,
    /// The files as they lie on the disk, also those that git does not follow yet.
    Disk,
}

/// A file that is not the same in two versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// What it was; none if it is new.
    pub was: Option<Held>,
    /// What it is; none if it is gone.
    pub now: Option<Held>,
}

/// A file in a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Its path, relative to the register, with `/`.
    pub file: String,
    /// What git calls its bytes; none for what lies on the disk.
    pub blob: Option<String>,
    /// The mode, as git has it: `100644`, `120000` for a link.
    pub mode: String,
}

impl Held {
    /// True for a link.
    pub fn is_link(&self) -> bool {
        self.mode == "120000"
    }
}

/// The files below the register that are not the same in two versions, the first of them a commit. One that has another name
/// and much the same content is one file.
pub fn touched(root: &Path, from: &str, to: &Version) -> Result<Vec<Touched>, Error> {
    let mut words =
        vec!["diff", "--raw", "--no-abbrev", "--relative", "--find-renames", "--no-ext-diff", "-z"];
    match to {
        Version::Commit(to) => words.extend([from, to]),
        Version::Staged => words.extend(["--cached", from]),
        Version::Disk => words.push(from),
    }
    words.extend(["--", "."]);
    let answer = git(root, &words, b"")?;
    let mut rows = rows(&answer);
    let mut touched = Vec::new();
    while let Some(row) = rows.next() {
        let [old_mode, new_mode, old, new, state] =
            row.trim_start_matches(':').splitn(5, ' ').collect::<Vec<_>>()[..]
        else {
            break;
        };
        let first = rows.next().unwrap_or_default();
        let second =
            if state.starts_with(['R', 'C']) { rows.next().unwrap_or_default() } else { first.clone() };
        let held = |file: String, mode: &str, blob: &str| Held {
            file,
            mode: mode.to_owned(),
            blob: blob.bytes().any(|byte| byte != b'0').then(|| blob.to_owned()),
        };
        let is_there = |mode: &str| mode != "000000";
        touched.push(Touched {
            was: is_there(old_mode).then(|| held(first, old_mode, old)),
            now: is_there(new_mode).then(|| held(second, new_mode, new)),
        });
    }
    if *to == Version::Disk {
        let others = git(root, &["ls-files", "-z", "--others", "--exclude-standard", "--", "."], b"")?;
        let new = |file| Held { file, mode: "100644".to_owned(), blob: None };
        touched.extend(self::rows(&others).map(|file| Touched { was: None, now: Some(new(file)) }));
    }
    Ok(touched)
}

/// The bytes that git has under some names, in their order.
pub fn blobs(root: &Path, names: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
    let asked: String = names.iter().flat_map(|name| [name, "\n"]).collect();
    let answer = git(root, &["cat-file", "--batch"], asked.as_bytes())?;
    let (mut rest, mut blobs) = (&answer[..], Vec::with_capacity(names.len()));
    // `NAME blob SIZE`, a line end, the bytes, a line end.
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        let size = head.rsplit(' ').next().and_then(|size| size.parse().ok()).unwrap_or(0);
        rest = &rest[end + 1..];
        blobs.push(rest[..size.min(rest.len())].to_vec());
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Ok(blobs)
}

/// The files that changed since a commit, relative to the register: in the index, or in the folder with what is new.
pub fn changed_since(root: &Path, rev: &str, staged: bool) -> Result<Vec<String>, Error> {
    let to = if staged { Version::Staged } else { Version::Disk };
    let touched = touched(root, &commit(root, rev)?, &to)?;
    Ok(touched.into_iter().flat_map(|one| [one.was, one.now]).flatten().map(|held| held.file).collect())
}
