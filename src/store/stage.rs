//! The new texts of a change, before it is decided: in a folder of `.ttht/`, on the same disk as the records, where nobody
//! reads them and the next command throws them away.

use super::disk::place;
use super::journal::{Ended, Journal, STAGE, Step, Sum};
use super::lock::PRIVATE;
use super::patience::patiently;
use super::{Lock, OpenError, parallel, rights, scrap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A change of files. What was staged goes if the change is not made.
#[derive(Debug)]
pub struct Stage {
    root: PathBuf,
    folder: TempDir,
    steps: Vec<Step>,
}

impl Stage {
    /// Begins a change of a register, whose folder is given without links.
    pub fn begin(root: &Path, _: &Lock) -> Result<Stage, OpenError> {
        let private = root.join(PRIVATE);
        let begun = || {
            let folder = scrap::made(|| tempfile::Builder::new().prefix(STAGE).tempdir_in(&private))?;
            // Whoever may write in the register may finish the change.
            rights::share(folder.path(), &fs::metadata(root)?);
            Ok(Stage { root: root.to_owned(), folder, steps: Vec::new() })
        };
        begun().map_err(|error| OpenError::Io(private, error))
    }

    /// A text for a file, in place of what it holds; without `old` for a new file.
    pub fn put(&mut self, file: &str, old: Option<Sum>, text: &[u8]) -> Result<(), OpenError> {
        let (place, staged) = (place(&self.root, file)?, format!("n{}", self.steps.len()));
        let path = self.folder.path().join(&staged);
        let written = || {
            let (old, mut options) = (fs::metadata(&place), File::options());
            if old.is_ok() {
                // Nobody sees more of it than of the old text.
                rights::close(&mut options);
            }
            let mut staged = options.write(true).create_new(true).open(&path)?;
            staged.write_all(text)?;
            match (old, place.ancestors().skip(1).find_map(|above| above.metadata().ok())) {
                (Ok(old), _) => rights::keep(&staged, &old)?,
                (_, Some(above)) => rights::inherit(&staged, &above),
                _ => {}
            }
            Ok(())
        };
        written().map_err(|error| OpenError::Io(self.root.join(file), error))?;
        self.steps.push(Step::Put { staged, file: file.to_owned(), old, new: Sum::of(text) });
        Ok(())
    }

    /// A file goes.
    pub fn remove(&mut self, file: &str, old: Sum) {
        self.steps.push(Step::Remove { file: file.to_owned(), old });
    }

    /// A file goes to an empty place; `sum` is what it holds then.
    pub fn move_to(&mut self, file: &str, to: &str, sum: Sum) {
        self.steps.push(Step::Move { file: file.to_owned(), to: to.to_owned(), sum });
    }

    /// Makes the change: all of it, or nothing.
    pub fn commit(mut self) -> Result<Ended, OpenError> {
        self.sync()?;
        if let Some(newer) = self.newer()? {
            return Ok(Ended::Newer(newer));
        }
        let (root, steps) = (self.root, self.steps);
        let stage = self.folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let journal = Journal { stage, steps, back: false };
        let folder = self.folder.path().to_owned();
        scrap::undisturbed_with(&folder, || {
            if journal.is_written() {
                journal.decide(&root)?;
                // The folder belongs to the journal from here on.
                self.folder.disable_cleanup(true);
            }
            journal.make(&root)
        })
    }

    /// Makes all texts durable. The disk takes many at once nearly as fast as one.
    fn sync(&self) -> Result<(), OpenError> {
        let mut done = Ok(());
        let sync = |step: &Step| {
            let Step::Put { staged, .. } = step else { return Ok(()) };
            let (path, mut options) = (self.folder.path().join(staged), File::options());
            patiently(|| options.read(true).write(cfg!(windows)).open(&path))?.sync_all()
        };
        let refused = |(step, error): (&Step, io::Error)| OpenError::Io(self.root.join(step.file()), error);
        parallel::each(
            &self.steps,
            2,
            |step| sync(step).map_err(|error| refused((step, error))),
            |synced| {
                if done.is_ok() {
                    done = synced;
                }
            },
        );
        done
    }

    /// A file that another program has changed meanwhile.
    fn newer(&self) -> Result<Option<PathBuf>, OpenError> {
        for step in &self.steps {
            let old = match step {
                Step::Put { old, .. } => *old,
                Step::Remove { old, .. } => Some(*old),
                Step::Move { .. } => continue,
            };
            let path = self.root.join(step.file());
            if Sum::of_file(&path).map_err(|error| OpenError::Io(path.clone(), error))? != old {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }
}
