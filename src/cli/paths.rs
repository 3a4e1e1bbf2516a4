//! The files and folders that a call names, and which files of the register are meant by them.

use super::error::Error;
use super::options::PATHS;
use crate::say;
use crate::store;
use clap::ArgMatches;
use std::path::Path;

/// Files and folders, relative to the register. With none of them every file is meant.
pub struct Paths(Vec<String>);

impl Paths {
    /// The paths of a call.
    pub fn of(root: &Path, matches: &ArgMatches) -> Result<Paths, Error> {
        let root = store::actual(root).map_err(|error| Error::io(root, &error))?;
        let named = PATHS.files(matches)?;
        let paths = named.iter().map(|path| inside(&root, path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Paths(if paths.iter().any(String::is_empty) { Vec::new() } else { paths }))
    }

    /// Follows a file that has moved, if files are named.
    pub fn follow(&mut self, from: &str, to: &str) {
        match self.0.iter().position(|path| path == from) {
            Some(at) => to.clone_into(&mut self.0[at]),
            None if self.is_empty() => {}
            None => self.0.push(to.to_owned()),
        }
    }

    /// Those that are named.
    pub fn named(&self) -> &[String] {
        &self.0
    }

    /// True if none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True for a file that is meant.
    pub fn hold(&self, file: &str) -> bool {
        let below =
            |path: &String| file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.is_empty() || self.0.iter().any(|path| file == path || below(path))
    }
}

/// A path relative to the register, with `/`.
fn inside(root: &Path, path: &Path) -> Result<String, Error> {
    let whole = store::actual(path).or_else(|_| store::actual(&root.join(path)));
    let whole = whole.map_err(|error| Error::io(path, &error))?;
    let relative = whole.strip_prefix(root).map_err(|_| {
        Error::wrong_use(
            say!("{path} không nằm trong sổ", "{path} is not in the register", [path]),
            say!("chọn sổ bằng -C", "choose the register with -C"),
        )
    })?;
    Ok(relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}
