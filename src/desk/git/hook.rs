//! The hook that checks what is about to be committed.

use super::{line, prefix, run};
use crate::desk::error::Error;
use crate::model::shell;
use crate::say;
use crate::store::{actual, loose};
use std::io;
use std::path::{Path, PathBuf};

/// Installs the hook that checks what is about to be committed. Returns where.
pub fn install(root: &Path) -> Result<PathBuf, Error> {
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
                let shown = path.as_path();
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
    let (hooks, own) = (hooks.as_path(), shell::typed(&shell::for_git(&real(&own).join("hooks"))));
    Err(Error::wrong_use(
        say!(
            "git lấy hook của kho này từ {hooks} (core.hooksPath), nơi các kho khác cùng dùng; chưa cài gì",
            "git takes the hooks of this repository from {hooks} (core.hooksPath), which other repositories share; nothing was installed",
            [hooks]
        ),
        say!(
            "cho kho này thư mục hook riêng: git config core.hooksPath {own}, rồi chạy lại",
            "give this repository hooks of its own: git config core.hooksPath {own}, and run it again",
            [own]
        ),
    ))
}

/// A path without links, as far as it exists.
pub fn real(path: &Path) -> PathBuf {
    let mut above = path.ancestors();
    let known = above.find_map(|above| Some((actual(above).ok()?, path.strip_prefix(above).ok()?)));
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

/// A folder in the working tree of a repository, or the nearest one above it that is there; refused if there is none.
pub fn work_tree(folder: &Path) -> Result<PathBuf, Error> {
    let there = folder.ancestors().find(|path| path.is_dir() && !path.as_os_str().is_empty());
    let there = there.unwrap_or(Path::new("."));
    let answer = run(there, &["rev-parse", "--is-inside-work-tree"], b"")?;
    match &*answer.stdout {
        b"true\n" => Ok(there.to_owned()),
        b"false\n" => Err(Error::nothing(
            say!(
                "{folder} không nằm trong thư mục làm việc của kho git",
                "{folder} is not in the working tree of its git repository",
                [folder]
            ),
            say!(
                "chạy ở thư mục làm việc; kho trần thì git clone trước",
                "run it in the working tree; clone a bare repository first"
            ),
        )),
        _ => Err(Error::nothing(
            say!("{folder} chưa nằm trong kho git nào", "{folder} is in no git repository", [folder]),
            say!(
                "lập kho trước: git init {folder}",
                "make one first: git init {folder}",
                [folder = shell::typed(&shell::path(folder))]
            ),
        )),
    }
}

/// Refuses a folder in which no hook can be installed, before anything is done in it.
pub fn must_take(folder: &Path) -> Result<(), Error> {
    work_tree(folder).and_then(|there| hooks(&there)).map(|_| ())
}
