//! What git is told so that it compares and merges records by their values: `.gitattributes`, which goes with the register,
//! and the programs, which each computer has to be told of.

use super::driver::CALL;
use super::standing::is_kept;
use super::{git, prefix, run};
use crate::desk::error::Error;
use crate::store::loose;
use std::fs;
use std::io;
use std::path::Path;

/// The file that goes with the register.
pub const ATTRIBUTES: &str = ".gitattributes";
/// What is said there of each record.
const WANTED: [(&str, &str); 4] = [("text", "set"), ("eol", "lf"), ("diff", "ttht"), ("merge", "ttht")];

/// What has become of a line of a file, or of a key of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Set {
    /// It is set now.
    Now,
    /// It was so before.
    Already,
    /// It holds something else, which is left as it is.
    Otherwise(String),
}

/// A line of a file, or a key of the configuration with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key, or the file.
    pub name: String,
    /// The value, or the line.
    pub value: String,
    /// What has become of it.
    pub set: Set,
}

/// Tells git how records are compared and merged. What holds another value is left as it is.
pub fn install(root: &Path) -> Result<Vec<Step>, Error> {
    let attributes = attributes(root)?;
    let keys = keys(&prefix(root)?).into_iter().map(|(key, value)| {
        let known = run(root, &["config", "--get-all", key], b"")?;
        let known = String::from_utf8_lossy(&known.stdout).trim_end_matches('\n').to_owned();
        let set = match known {
            known if known == value => Set::Already,
            known if known.is_empty() => {
                git(root, &["config", "--local", key, &value], b"").map(|_| Set::Now)?
            }
            known => Set::Otherwise(known),
        };
        Ok(Step { name: key.to_owned(), value, set })
    });
    let keys: Vec<Step> = keys.collect::<Result<_, Error>>()?;
    Ok(attributes.into_iter().chain(keys).collect())
}

/// The keys of the configuration. Git runs both programs by its own shell; where this one is missing or too old for it, they
/// do what git does without them.
fn keys(prefix: &str) -> [(&'static str, String); 5] {
    let of = match prefix.trim_end_matches('/') {
        "" => String::new(),
        folder => format!(" -C '{}'", folder.replace('\'', r"'\''")),
    };
    let shown = format!(r#"f() {{ ttht{of} values "$1" 2>/dev/null || cat "$1"; }}; f"#);
    let merged = format!(
        "s=127; if command -v ttht >/dev/null; then ttht{of} {CALL}; s=$?; fi; if [ $s -le 1 ]; then exit $s; fi; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    );
    [
        ("diff.ttht.textconv", shown),
        ("diff.ttht.xfuncname", r"^\[.*$".to_owned()),
        ("merge.ttht.name", "ttht".to_owned()),
        ("merge.ttht.driver", merged),
        ("merge.ttht.recursive", "binary".to_owned()),
    ]
}

/// Adds what is not said yet of the records of a register.
fn attributes(root: &Path) -> Result<Vec<Step>, Error> {
    let said = said(root)?;
    let is = |set: &dyn Fn(&str, &str) -> bool| {
        let words = WANTED.iter().zip(&said).filter(|((_, value), is)| set(value, is));
        words.map(|((name, value), _)| word(name, value)).collect::<Vec<_>>().join(" ")
    };
    let step =
        |words: String, set| Step { name: ATTRIBUTES.to_owned(), value: format!("*.toml {words}"), set };
    let (new, known) = (is(&|_, is| is == "unspecified"), is(&|value, is| value == is));
    let other = WANTED.iter().zip(&said).filter(|((_, value), is)| is != value && *is != "unspecified");
    let mut steps: Vec<Step> =
        other.map(|((name, value), is)| step(word(name, value), Set::Otherwise(word(name, is)))).collect();
    if !new.is_empty() {
        append(root, &format!("*.toml {new}\n"))?;
        steps.push(step(new, Set::Now));
    }
    if steps.is_empty() {
        steps.push(step(known, Set::Already));
    }
    Ok(steps)
}

/// An attribute as the file has it: `text`, `eol=lf`.
fn word(name: &str, value: &str) -> String {
    if value == "set" { name.to_owned() } else { format!("{name}={value}") }
}

/// Adds a line to the file. What is no ordinary file is refused: it could lead anywhere.
fn append(root: &Path, line: &str) -> Result<(), Error> {
    let path = root.join(ATTRIBUTES);
    let old = match path.symlink_metadata() {
        Ok(found) if !found.is_file() => Err(io::ErrorKind::InvalidInput.into()),
        Ok(_) => fs::read(&path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let text = old.map(|old| {
        let end: &[u8] = if old.is_empty() || old.ends_with(b"\n") { b"" } else { b"\n" };
        [&old, end, line.as_bytes()].concat()
    });
    text.and_then(|text| loose::put(&path, &text)).map_err(|error| Error::io(&path, &error))
}

/// What git says of the attributes that are wanted, of any record.
fn said(root: &Path) -> Result<Vec<String>, Error> {
    let names = WANTED.map(|(name, _)| name);
    let words = [&["check-attr", "-z"][..], &names, &["--", "visits/x.toml"]].concat();
    let answer = git(root, &words, b"")?;
    // `visits/x.toml`, the name, the value.
    Ok(super::rows(&answer).skip(2).step_by(3).collect())
}

/// True if the files say that this program compares and merges records, and git was not told how on this computer.
pub fn is_half_done(root: &Path) -> bool {
    let says = fs::read_to_string(root.join(ATTRIBUTES)).is_ok_and(|text| text.contains("=ttht"));
    let known = || run(root, &["config", "--get", "merge.ttht.driver"], b"");
    // Git answers with 1 that there is no such key.
    says && is_kept(root).is_ok_and(|kept| kept) && known().is_ok_and(|known| known.status.code() == Some(1))
}
