//! The git program, where it is installed: what it knows about a register. Without it, everything else works.

pub mod commits;
pub mod driver;
pub mod hook;
pub mod joined;
pub mod moment;
pub mod recorded;
pub mod setup;
pub mod shared;
pub mod stages;
pub mod standing;
pub mod turned;

use super::error::{Error, Exit};
use crate::model::text::Said;
use crate::model::{RecordKind, shell};
use crate::say;
use crate::store::{Laid, OpenError, Store, picture};
use crate::toml;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// Runs git in a folder, with some input.
fn run(root: &Path, words: &[&str], input: &[u8]) -> Result<Output, Error> {
    run_with(root, &[], words, input)
}

/// The same with variables of the environment.
fn run_with(root: &Path, variables: &[(&str, &str)], words: &[&str], input: &[u8]) -> Result<Output, Error> {
    let mut command = Command::new("git");
    command.current_dir(root).args(words).envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let missing = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error {
            exit: Exit::Io,
            message: say!("máy này chưa có git", "git is not installed"),
            help: say!("cài git, hoặc bỏ tuỳ chọn này", "install git, or leave this option out"),
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
    git_with(root, &[], words, input)
}

/// The same with variables of the environment.
fn git_with(root: &Path, variables: &[(&str, &str)], words: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
    let output = run_with(root, variables, words, input)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let grave =
        said.lines().filter(|line| !["warning: ", "hint: "].iter().any(|aside| line.starts_with(aside)));
    let said = grave.collect::<Vec<_>>().join("\n").trim().to_owned();
    if let Some(lock) = lock_in_the_way(root, &said) {
        return Err(locked(&shell::path(&lock)));
    }
    let word = words.first().copied().unwrap_or_default();
    Err(Error {
        exit: Exit::Io,
        message: say!("git {word} không chạy được: {said}", "git {word} failed: {said}", [word, said]),
        help: Said::default(),
    })
}

/// The file by which another git keeps this one out, if that is what git complains of.
fn lock_in_the_way(root: &Path, said: &str) -> Option<PathBuf> {
    let (before, _) = said.split_once(".lock")?;
    let lock = format!("{}.lock", before.rsplit(['\'', '"', '“', '«']).next()?);
    Some(root.join(lock)).filter(|lock| lock.exists())
}

/// What is said then. Whether somebody is at work or a machine was switched off, only a person can know.
fn locked(lock: &str) -> Error {
    Error {
        exit: Exit::Changed,
        message: say!(
            "một lệnh khác đang lưu hay nhận trong sổ này, hoặc đã bị tắt giữa chừng; chưa làm gì",
            "another command is saving or receiving in this register, or was cut off; nothing was done"
        ),
        help: say!(
            "đợi một lát rồi chạy lại; nếu chắc chắn không còn ai làm, xoá tệp {lock}",
            "wait a moment and run it again; if surely nobody is at work, delete the file {lock}",
            [lock]
        ),
    }
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

/// A version of the register, laid over the files in memory: nothing is written anywhere. Only what is not on disk as it
/// was is asked of git.
pub fn at(root: &Path, version: &Version) -> Result<Store, Error> {
    let laid = match version {
        Version::Disk => BTreeMap::new(),
        Version::Commit(_) => laid(root, version)?,
        Version::Staged => {
            must_be_merged(root)?;
            laid(root, version)?
        }
    };
    Store::open_laid(root, laid).map_err(|error| match error {
        OpenError::Missing => not_there(version),
        error => error.into(),
    })
}

/// What is said where a version has no register.
fn not_there(version: &Version) -> Error {
    let file = RecordKind::Register.path();
    match version {
        Version::Staged => Error::nothing(
            say!(
                "git chưa theo dõi {file} của sổ này",
                "git does not know the {file} of this register",
                [file]
            ),
            say!("thêm sổ vào git: git add .", "add it: git add ."),
        ),
        _ => Error::nothing(
            say!("lúc đó sổ chưa có {file}", "the register had no {file} then", [file]),
            say!("chọn một ngày hay một bản lưu về sau", "choose a later day or version"),
        ),
    }
}

/// A file whose merge is not finished has no single version to read.
fn must_be_merged(root: &Path) -> Result<(), Error> {
    let open = git(root, &["ls-files", "-z", "--unmerged", "--", "*.toml"], b"")?;
    let Some(row) = rows(&open).next() else { return Ok(()) };
    let file = row.rsplit('\t').next().unwrap_or_default();
    Err(Error::faults(
        say!("{file} chưa gộp xong", "the merge of {file} is not finished", [file]),
        say!("chọn bản đúng: ttht resolve", "choose the right version: ttht resolve"),
    ))
}

/// What makes a version of the files on disk.
fn laid(root: &Path, version: &Version) -> Result<BTreeMap<String, Laid>, Error> {
    let from = match version {
        Version::Commit(id) => &[id.as_str()][..],
        Version::Staged | Version::Disk => &[],
    };
    // With a `/` at its end: a whole folder that git does not know, be it empty.
    let others = git(root, &["ls-files", "-z", "--others", "--directory", "--", "."], b"")?;
    let mut laid: BTreeMap<String, Laid> =
        rows(&others).map(|file| (file.trim_end_matches('/').to_owned(), Laid::Nothing)).collect();
    let touched = raw(root, "--no-renames", from)?;
    laid.extend(touched.iter().filter_map(|one| Some((one.now.as_ref()?.file.clone(), Laid::Nothing))));
    let was: Vec<Held> = touched.into_iter().filter_map(|one| one.was).collect();
    let read = bytes_of(root, &was)?;
    laid.extend(was.into_iter().map(|held| {
        let bytes = held.blob.as_ref().and_then(|blob| read.get(blob));
        let here = match bytes {
            _ if !held.mode.starts_with(PLAIN) => Laid::Link,
            Some(bytes) => Laid::File(Arc::clone(bytes)),
            None if most(&held.file) > 0 => Laid::Large,
            None => Laid::File(Arc::default()),
        };
        (held.file, here)
    }));
    Ok(laid)
}

/// How git writes the mode of a file that is no link.
const PLAIN: &str = "100";

/// The most bytes of a file that are read: of what is neither a record nor a picture, no more than the name counts.
fn most(file: &str) -> u64 {
    match RecordKind::of(file) {
        Some(_) => (toml::limit(file) as u64) << 20,
        None if picture::is_picture(file) => picture::MOST << 20,
        None => 0,
    }
}

/// The bytes of files that are read, by what git calls them; not of those that are too large.
pub fn bytes_of<'h>(
    root: &Path,
    files: impl IntoIterator<Item = &'h Held>,
) -> Result<HashMap<String, Arc<[u8]>>, Error> {
    let plain = files.into_iter().filter(|held| held.mode.starts_with(PLAIN) && most(&held.file) > 0);
    let asked: Vec<(&str, u64)> =
        plain.filter_map(|held| Some((held.blob.as_deref()?, most(&held.file)))).collect();
    let names: String = asked.iter().flat_map(|(blob, _)| [*blob, "\n"]).collect();
    let sizes = git(root, &["cat-file", "--batch-check=%(objectsize)"], names.as_bytes())?;
    let sizes = String::from_utf8_lossy(&sizes).into_owned();
    if sizes.lines().any(|size| size.ends_with(MISSING)) {
        return Err(incomplete());
    }
    let is_small = |size: &str, most: u64| size.parse().is_ok_and(|size: u64| size <= most);
    let small: Vec<&str> = asked
        .iter()
        .zip(sizes.lines())
        .filter(|((_, most), size)| is_small(size, *most))
        .map(|((blob, _), _)| *blob)
        .collect();
    let read = blobs(root, &small)?;
    Ok(small.into_iter().map(str::to_owned).zip(read.into_iter().map(Arc::from)).collect())
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
                "gõ một ngày (31/12/2016), hoặc tên một bản mà git biết, như HEAD~1 hay một nhãn",
                "type a day (2016-12-31), or what git calls a version, such as HEAD~1 or a tag"
            ),
        )
    })
}

/// The version that was recorded last; `None` in a repository without any.
pub fn last(root: &Path) -> Result<Option<String>, Error> {
    git(root, &["rev-parse", "--git-dir"], b"")?;
    Ok(line(root, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).ok())
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
    let mut touched = match to {
        Version::Commit(to) => raw(root, "--find-renames", &[from, to])?,
        Version::Staged => raw(root, "--find-renames", &["--cached", from])?,
        Version::Disk => raw(root, "--find-renames", &[from])?,
    };
    if *to == Version::Disk {
        // What lies on the disk has a name where git has compared it, and yet its bytes are not kept.
        touched.iter_mut().filter_map(|one| one.now.as_mut()).for_each(|held| held.blob = None);
        let others = git(root, &["ls-files", "-z", "--others", "--exclude-standard", "--", "."], b"")?;
        let new = |file| Held { file, mode: "100644".to_owned(), blob: None };
        touched.extend(self::rows(&others).map(|file| Touched { was: None, now: Some(new(file)) }));
    }
    Ok(touched)
}

/// What `git diff` finds between some versions, below the register.
fn raw(root: &Path, renames: &str, versions: &[&str]) -> Result<Vec<Touched>, Error> {
    let words = ["diff", "--raw", "--no-abbrev", "--relative", renames, "--no-ext-diff", "-z"];
    let answer = git(root, &[&words[..], versions, &["--", "."]].concat(), b"")?;
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
        let held =
            |file: String, mode: &str, blob: &str| Held { file, mode: mode.to_owned(), blob: is_there(blob) };
        touched.push(Touched {
            was: is_there(old_mode).map(|_| held(first, old_mode, old)),
            now: is_there(new_mode).map(|_| held(second, new_mode, new)),
        });
    }
    Ok(touched)
}

/// A mode, or what git calls some bytes; none for the zeros with which it says that there is nothing.
fn is_there(name: &str) -> Option<String> {
    name.bytes().any(|byte| byte != b'0').then(|| name.to_owned())
}

/// How git ends its answer for what it does not have: a clone may have only a part.
const MISSING: &str = " missing";

fn incomplete() -> Error {
    Error {
        exit: Exit::Io,
        message: say!(
            "kho git ở đây thiếu nội dung của bản ấy",
            "the git repository here lacks the content of that version"
        ),
        help: say!(
            "kho hỏng hay chưa đủ; lấy lại cả kho từ nơi dùng chung: git clone",
            "it is damaged or not whole; clone it again from where it is shared: git clone"
        ),
    }
}

/// The bytes that git has under some names, in their order; an error if it lacks one.
pub fn blobs(root: &Path, names: &[&str]) -> Result<Vec<Vec<u8>>, Error> {
    let asked: String = names.iter().flat_map(|name| [name, "\n"]).collect();
    let answer = git(root, &["cat-file", "--batch"], asked.as_bytes())?;
    let (mut rest, mut blobs) = (&answer[..], Vec::with_capacity(names.len()));
    // `NAME blob SIZE`, a line end, the bytes, a line end.
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(&rest[..end]).into_owned();
        if head.ends_with(MISSING) {
            return Err(incomplete());
        }
        let size = head.rsplit(' ').next().and_then(|size| size.parse().ok()).unwrap_or(0);
        rest = &rest[end + 1..];
        blobs.push(rest[..size.min(rest.len())].to_vec());
        rest = rest.get(size + 1..).unwrap_or_default();
    }
    Ok(blobs)
}
