//! The draft of an edit: for its owner only, shared with no other edit, and kept where its text is in no record.

use crate::desk::error::Error;
use crate::model::shell;
use crate::model::text::Said;
use crate::store::scrap::{self, Closet, HELD};
use crate::store::{PRIVATE, loose, private_folder};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// The draft of one edit. It stays unless it is discarded.
#[derive(Debug)]
pub struct Worksheet {
    /// Its file.
    pub path: PathBuf,
    /// Drafts of the same record that earlier edits have left.
    pub left: Vec<PathBuf>,
    closet: Option<Closet>,
    _held: Held,
}

impl Worksheet {
    /// A new one with a text: in the private folder of the register or, if nothing will be written there and nothing can
    /// be, in a folder for temporary files.
    pub fn new(root: &Path, file: &str, text: &str, only_shown: bool) -> Result<Worksheet, Error> {
        let name = file.trim_end_matches(".toml").replace('/', "-");
        let sheet = match private_folder(root).and_then(|folder| Worksheet::in_folder(&folder, &name, text)) {
            Err(_) if only_shown => Closet::new().and_then(|closet| {
                let mut sheet = Worksheet::in_folder(closet.path(), &name, text)?;
                sheet.closet = Some(closet);
                Ok(sheet)
            }),
            made => made,
        };
        sheet.map_err(|error| Error::io(&root.join(PRIVATE), &error))
    }

    /// The first name that is free, and that no other edit holds.
    fn in_folder(folder: &Path, name: &str, text: &str) -> io::Result<Worksheet> {
        let (mut left, mut number) = (Vec::new(), 0);
        loop {
            number += 1;
            let name = if number == 1 { name.to_owned() } else { format!("{name}_{number}") };
            let path = folder.join(format!("{name}.toml"));
            let Some(held) = Held::take(folder.join(name + HELD))? else { continue };
            match loose::create_private(&path, text.as_bytes()) {
                // What is no file, or leads elsewhere, is no draft.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_odd(&path) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match fs::read(&path) {
                    Ok(same) if same == text.as_bytes() => {
                        return Ok(Worksheet { path, left, closet: None, _held: held });
                    }
                    Ok(_) => left.push(path),
                    // That of another user is none of ours.
                    Err(_) => {}
                },
                made => return made.map(|()| Worksheet { path, left, closet: None, _held: held }),
            }
        }
    }

    /// Removes it: its text is in the record.
    pub fn discard(mut self) {
        // A draft that stays does no harm.
        let _ = fs::remove_file(&self.path);
        self.closet.take();
    }
}

impl Drop for Worksheet {
    fn drop(&mut self) {
        if let Some(closet) = self.closet.take() {
            closet.keep();
        }
    }
}

/// Where a draft is that stays.
pub fn name(draft: &Path) -> Said {
    match draft.parent().filter(|folder| folder.ends_with(PRIVATE)).and(draft.file_name()) {
        Some(name) => Said::same(format!("{PRIVATE}/{}", name.to_string_lossy())),
        None => Said::same(shell::path(draft)),
    }
}

/// True for what is there and no file: a link, a folder, a pipe.
fn is_odd(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| !data.is_file())
}

/// A file that says that a draft is being edited now.
#[derive(Debug)]
struct Held {
    path: PathBuf,
    _file: File,
}

impl Held {
    /// None if someone else holds it, or if there is no place for it.
    fn take(path: PathBuf) -> io::Result<Option<Held>> {
        if is_odd(&path) {
            return Ok(None);
        }
        match File::options().create(true).truncate(false).write(true).open(&path) {
            Ok(file) if scrap::hold(&file, &path) => scrap::made(|| Ok(Held { path, _file: file })).map(Some),
            Ok(_) => Ok(None),
            // That of another user.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && path.exists() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl AsRef<Path> for Held {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // If it stays, nobody holds it.
        let _ = fs::remove_file(&self.path);
    }
}
