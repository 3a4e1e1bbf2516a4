//! The place where a branch is shared with others: what git fetches from it, and sends to it.

use super::standing::untrusted;
use super::{Error, Exit, git, line, run_with};
use crate::model::shell;
use crate::model::text::{Said, t};
use crate::say;
use std::path::Path;

/// Where a branch is shared with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What git calls the place.
    pub remote: String,
    /// The branch there.
    pub branch: String,
    /// Where it is: a folder or an address, without the password of anybody.
    pub place: String,
}

/// Where a branch is shared; none if that was never said.
pub fn of(root: &Path, branch: &str) -> Result<Option<Shared>, Error> {
    let set = |key: &str| line(root, &["config", "--get", &format!("branch.{branch}.{key}")]).ok();
    let remotes = line(root, &["remote"])?;
    let remotes: Vec<&str> = remotes.lines().collect();
    let usual = || match remotes[..] {
        [only] => Some(only),
        _ => remotes.iter().copied().find(|name| *name == "origin"),
    };
    let remote = set("remote").filter(|name| remotes.contains(&name.as_str()));
    let Some(remote) = remote.or_else(|| usual().map(str::to_owned)) else { return Ok(None) };
    let merges = set("merge").and_then(|name| Some(name.strip_prefix("refs/heads/")?.to_owned()));
    let place = without_password(&line(root, &["remote", "get-url", &remote])?);
    Ok(Some(Shared { remote, branch: merges.unwrap_or_else(|| branch.to_owned()), place }))
}

/// True for a register that is shared somewhere, as far as git can tell.
pub fn is_shared(root: &Path) -> bool {
    line(root, &["remote"]).is_ok_and(|remotes| !remotes.is_empty())
}

/// An address without what stands before the `@`.
fn without_password(address: &str) -> String {
    let hidden = |(scheme, rest): (&str, &str)| {
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        Some(format!("{scheme}://{}/{path}", host.rsplit_once('@')?.1))
    };
    address.split_once("://").and_then(hidden).unwrap_or_else(|| address.to_owned())
}

/// What git hears when it talks to another place: its words are known, and nobody is asked where nobody is there.
fn heard(can_ask: bool) -> [(&'static str, &'static str); 2] {
    [("LC_ALL", "C"), ("GIT_TERMINAL_PROMPT", if can_ask { "1" } else { "0" })]
}

impl Shared {
    /// The last version that is known from there.
    pub fn version(&self, root: &Path) -> Option<String> {
        let name = format!("refs/remotes/{}/{}^{{commit}}", self.remote, self.branch);
        line(root, &["rev-parse", "--verify", "--quiet", &name]).ok()
    }

    /// Fetches what is there.
    pub fn fetch(&self, root: &Path, can_ask: bool) -> Result<(), Error> {
        let Shared { remote, branch, .. } = self;
        let one = format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}");
        let all = format!("+refs/heads/*:refs/remotes/{remote}/*");
        let fetch = |what: &str| {
            run_with(root, &heard(can_ask), &["fetch", "--quiet", "--no-tags", remote, what], b"")
        };
        let mut answer = fetch(&one)?;
        if String::from_utf8_lossy(&answer.stderr).contains("couldn't find remote ref") {
            // Nobody has sent anything there yet.
            answer = fetch(&all)?;
        }
        if answer.status.success() { Ok(()) } else { Err(self.out_of_reach(&answer.stderr)) }
    }

    /// Sends a branch there. What is said if it is not taken.
    pub fn send(&self, root: &Path, branch: &str, can_ask: bool) -> Result<Result<(), Error>, Error> {
        let what = format!("refs/heads/{branch}:refs/heads/{}", self.branch);
        let words = ["push", "--quiet", "--set-upstream", &self.remote, &what];
        let answer = run_with(root, &heard(can_ask), &words, b"")?;
        Ok(if answer.status.success() { Ok(()) } else { Err(self.refuses(&answer.stderr)) })
    }

    fn out_of_reach(&self, said: &[u8]) -> Error {
        let (place, said) = (self.place.as_str(), words(said));
        if said.contains("dubious ownership") {
            return untrusted(place);
        }
        let is_away = Path::new(place).is_absolute() && !Path::new(place).exists();
        let said = if is_away {
            t("không thấy thư mục ấy", "there is no such folder").into()
        } else {
            Said::same(said)
        };
        Error {
            exit: Exit::Io,
            message: say!(
                "không tới được nơi dùng chung {place}: {said}",
                "{place}, where the register is shared, cannot be reached: {said}",
                [place, said]
            ),
            help: say!(
                "mọi bản đã lưu vẫn còn ở máy này; cắm USB, nối mạng rồi chạy lại: ttht sync",
                "all that was saved is still here; plug in the stick, connect the network and run it again: ttht sync"
            ),
        }
    }

    fn refuses(&self, said: &[u8]) -> Error {
        let (place, said) = (self.place.as_str(), words(said));
        Error {
            exit: Exit::Io,
            message: say!("{place} không nhận: {said}", "{place} does not take it: {said}", [place, said]),
            help: say!(
                "mọi bản đã lưu vẫn còn ở máy này; hỏi người giữ nơi dùng chung",
                "all that was saved is still here; ask whoever keeps that place"
            ),
        }
    }
}

/// How git begins to say why it does not do something.
const STARTS: &[&str] = &["fatal: ", "error: ", "remote: "];

/// The first words of git that say why.
fn words(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("hint:"));
    let why = |line| STARTS.iter().find_map(|start| str::strip_prefix(line, *start)).map(str::to_owned);
    let first = lines.clone().find_map(why).or_else(|| lines.map(str::to_owned).next());
    without_password(&first.unwrap_or_default())
}

/// Makes a place in a folder where a branch can be shared. Nothing is sent yet.
pub fn make(root: &Path, folder: &str, branch: &str) -> Result<(), Error> {
    let branch = format!("--initial-branch={branch}");
    git(root, &["init", "--quiet", "--bare", "--shared=group", &branch, "--", folder], b"").map(drop)
}

/// True for a folder that is such a place.
pub fn is_place(folder: &Path) -> Result<bool, Error> {
    let asked = ["rev-parse", "--is-bare-repository"];
    let answer = run_with(folder, &[("LC_ALL", "C")], &asked, b"")?;
    if String::from_utf8_lossy(&answer.stderr).contains("dubious ownership") {
        return Err(untrusted(&shell::for_git(folder)));
    }
    Ok(answer.stdout == b"true\n")
}

/// Notes where a register is shared.
pub fn note(root: &Path, remote: &str, place: &str) -> Result<(), Error> {
    git(root, &["remote", "add", remote, place], b"").map(drop)
}
