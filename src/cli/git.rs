//! What git knows about a register: what is about to be committed, what changed since. Without git, everything else
//! works.

use super::error::{Error, Exit};
use crate::model::RecordKind;
use crate::model::text::Said;
use crate::say;
use crate::store;
use crate::store::loose;
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
    if let Some(mut pipe) = child.stdin.take() {
        // If git ended early, its own words say more than the broken pipe.
        let _ = pipe.write_all(input);
    }
    child.wait_with_output().map_err(|error| Error::io(Path::new("git"), &error))
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

/// The files that changed since a commit, relative to the register: in the index, or in the folder with what is new.
pub fn changed_since(root: &Path, rev: &str, staged: bool) -> Result<Vec<String>, Error> {
    let commit = format!("{rev}^{{commit}}");
    // Without a repository, git says so itself.
    git(root, &["rev-parse", "--git-dir"], b"")?;
    let known = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
    let commit = line(root, &known).map_err(|_| {
        Error::wrong_use(
            say!("git không biết “{rev}”", "git does not know “{rev}”", [rev]),
            say!(
                "gõ như HEAD, main, hoặc mã của một commit",
                "use HEAD, a branch such as main, or the id of a commit"
            ),
        )
    })?;
    let mut words = vec!["diff", "--name-only", "--relative", "--no-renames", "-z"];
    words.extend(staged.then_some("--cached"));
    words.extend([commit.as_str(), "--", "."]);
    let mut names = git(root, &words, b"")?;
    if !staged {
        names.extend(git(root, &["ls-files", "-z", "--others", "--exclude-standard", "--", "."], b"")?);
    }
    Ok(rows(&names).collect())
}

/// Installs the hook that checks what is about to be committed. Returns where.
pub fn install_hook(root: &Path) -> Result<PathBuf, Error> {
    let path = hooks(root)?.join("pre-commit");
    let prefix = prefix(root)?;
    let folder = match prefix.trim_end_matches('/') {
        "" => ".".to_owned(),
        folder => folder.replace('\'', r"'\''"),
    };
    let script = format!(
        "#!/bin/sh\n# ttht init --hook\n[ -f '{folder}/ttht.toml' ] || exit 0\nif ! command -v ttht >/dev/null; then\n  echo 'ttht: not found, the register is not checked' >&2\n  exit 0\nfi\nexec ttht -C '{folder}' check --staged\n"
    );
    match loose::create(&path, script.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let is_ours = std::fs::read(&path).is_ok_and(|old| old == script.as_bytes());
            if !is_ours {
                let shown = path.display();
                return Err(Error::wrong_use(
                    say!("đã có {shown}; không ghi đè", "{shown} exists; it is not overwritten", [shown]),
                    say!(
                        "thêm vào đó dòng: ttht -C '{folder}' check --staged",
                        "add this line to it: ttht -C '{folder}' check --staged",
                        [folder]
                    ),
                ));
            }
        }
        done => done.map_err(|error| Error::io(&path, &error))?,
    }
    // Git passes over a hook that is not executable.
    executable(&path).map_err(|error| Error::io(&path, &error))?;
    Ok(path)
}

/// The folder of the hooks of this repository; refused if other repositories use it too.
fn hooks(folder: &Path) -> Result<PathBuf, Error> {
    let place = |words: &[&str]| line(folder, words).map(|answer| folder.join(answer));
    let hooks = place(&["rev-parse", "--git-path", "hooks"])?;
    let (own, top) = (place(&["rev-parse", "--git-common-dir"])?, place(&["rev-parse", "--show-toplevel"])?);
    let set = run(folder, &["config", "--show-scope", "--type=path", "--get", "core.hooksPath"], b"")?;
    let set = String::from_utf8_lossy(&set.stdout).into_owned();
    let for_all = set
        .trim_end()
        .split_once('\t')
        .is_some_and(|(scope, path)| matches!(scope, "global" | "system") && Path::new(path).is_absolute());
    if !for_all && [&own, &top].iter().any(|folder| real(&hooks).starts_with(real(folder))) {
        return Ok(hooks);
    }
    let (hooks, own) = (hooks.display(), real(&own).join("hooks").display().to_string());
    Err(Error::wrong_use(
        say!(
            "git lấy hook của kho này từ {hooks} (core.hooksPath), nơi các kho khác cùng dùng; chưa cài gì",
            "git takes the hooks of this repository from {hooks} (core.hooksPath), which other repositories share; nothing was installed",
            [hooks]
        ),
        say!(
            "cho kho này thư mục hook riêng: git config core.hooksPath '{own}', rồi chạy lại",
            "give this repository hooks of its own: git config core.hooksPath '{own}', and run it again",
            [own]
        ),
    ))
}

/// A path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let mut above = path.ancestors();
    let known = above.find_map(|above| Some((above.canonicalize().ok()?, path.strip_prefix(above).ok()?)));
    known.map_or_else(|| path.to_owned(), |(above, rest)| above.join(rest))
}

#[cfg(unix)]
fn executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Refuses a folder in which no hook can be installed, before anything is done in it.
pub fn must_take_hook(folder: &Path) -> Result<(), Error> {
    let there = folder.ancestors().find(|path| path.is_dir() && !path.as_os_str().is_empty());
    let there = there.unwrap_or(Path::new("."));
    let answer = run(there, &["rev-parse", "--is-inside-work-tree"], b"")?;
    let shown = folder.display();
    match &*answer.stdout {
        b"true\n" => hooks(there).map(|_| ()),
        b"false\n" => Err(Error::nothing(
            say!(
                "{shown} không nằm trong thư mục làm việc của kho git",
                "{shown} is not in the working tree of its git repository",
                [shown]
            ),
            say!(
                "chạy ở thư mục làm việc; kho trần thì git clone trước",
                "run it in the working tree; clone a bare repository first"
            ),
        )),
        _ => Err(Error::nothing(
            say!("{shown} chưa nằm trong kho git nào", "{shown} is in no git repository", [shown]),
            say!("lập kho trước: git init {shown}", "make one first: git init {shown}", [shown]),
        )),
    }
}
