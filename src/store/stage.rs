//! A copy of a register's records, to try on it what is not to be done yet.

use crate::model::RecordKind;
use std::fs;
use std::io;
use std::path::{Component, Path};
use tempfile::TempDir;

/// A folder that goes away when it is dropped.
#[derive(Debug)]
pub struct Stage(TempDir);

impl Stage {
    /// An empty folder.
    pub fn empty() -> io::Result<Stage> {
        tempfile::tempdir().map(Stage)
    }

    /// A copy of the records of a register.
    pub fn of(root: &Path) -> io::Result<Stage> {
        let stage = Stage::empty()?;
        for kind in RecordKind::ALL {
            let (folder, file) = (kind.folder(), kind.path());
            if kind.is_many() && root.join(folder).is_dir() {
                copy(&root.join(folder), &stage.path().join(folder))?;
            } else if root.join(file).exists() {
                fs::copy(root.join(file), stage.path().join(file))?;
            }
        }
        Ok(stage)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts a text into a file of it, and into none outside.
    pub fn put(&self, file: &str, text: &str) -> io::Result<()> {
        if !Path::new(file).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::from(io::ErrorKind::InvalidFilename));
        }
        let path = self.path().join(file);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (path, target) = {
            let entry = entry?;
            (entry.path(), to.join(entry.file_name()))
        };
        if path.is_dir() {
            copy(&path, &target)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}
