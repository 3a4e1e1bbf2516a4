//! The file of the answers, kept up to date in `.ttht/drafts/` while they come in, so that nothing typed is lost.

use crate::desk::questions::Answers;
use crate::model::text::Said;
use crate::say;
use crate::store::{loose, private_below, private_files};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where drafts lie in the private folder of a register.
const DRAFTS: &str = "drafts";

/// The draft of a record.
#[derive(Debug, Default)]
pub struct Draft {
    root: PathBuf,
    command: String,
    /// How the register is named on the command line, if it is.
    named: String,
    file: Option<PathBuf>,
    refused: Option<io::Error>,
}

impl Draft {
    /// The place of drafts of a command; `named` is what follows `ttht` to name the register.
    pub fn new(root: &Path, command: String, named: String) -> Draft {
        Draft { root: root.to_owned(), command, named, ..Draft::default() }
    }

    /// The drafts of this command, the oldest first.
    pub fn all(&self) -> Vec<PathBuf> {
        let mine = |name: &str| {
            name.strip_prefix(&*self.command)
                .is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".toml"))
        };
        let mut files = private_files(&self.root, DRAFTS);
        files.retain(|file| file.file_name().and_then(|name| name.to_str()).is_some_and(mine));
        // Those of others are theirs.
        files.retain(|file| fs::File::open(file).is_ok());
        files.sort_by_key(|file| (file.as_os_str().len(), file.clone()));
        files
    }

    /// Takes up a file of [`Draft::all`] again; `None` if it is no draft.
    pub fn take_up(&mut self, file: PathBuf) -> Option<Answers> {
        let answers = answers_in(&file);
        self.file = Some(file);
        answers
    }

    /// Brings the file up to date.
    pub fn save(&mut self, answers: &Answers) {
        let text = answers.draft();
        let written = match &self.file {
            Some(file) => loose::put(file, text.as_bytes()),
            None => self.create(&text),
        };
        self.refused = written.err();
    }

    /// The first free name, for its owner only; the folder keeps itself out of git.
    fn create(&mut self, text: &str) -> io::Result<()> {
        let folder = private_below(&self.root, DRAFTS)?;
        for number in 1..1_000 {
            let file = folder.join(format!("{}.{number}.toml", self.command));
            match loose::create_private(&file, text.as_bytes()) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                written => {
                    self.file = Some(file);
                    return written;
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Removes the file: the record is written.
    pub fn done(&mut self) {
        if let Some(file) = self.file.take() {
            // A draft that stays is offered again, and can be deleted by hand.
            let _ = fs::remove_file(file);
        }
    }

    /// What is left behind when the record could not be written, or writing it was cut off.
    pub fn cut_off(&self) -> Said {
        let (named, command) = (&self.named, &self.command);
        say!(
            "Bản nháp được giữ. Nếu chưa có bản ghi thì làm tiếp: ttht {named}{command} --resume",
            "The draft is kept. If the record is not there, continue with: ttht {named}{command} --resume",
            [named, command]
        )
    }

    /// What is left behind when the form is left without a record.
    pub fn farewell(&self) -> Said {
        let (named, command) = (&self.named, &self.command);
        match (&self.file, &self.refused) {
            (Some(_), None) => say!(
                "Chưa ghi vào sổ; bản nháp được giữ. Làm tiếp: ttht {named}{command} --resume",
                "Nothing was written; the draft is kept. Continue with: ttht {named}{command} --resume",
                [named, command]
            ),
            (_, Some(error)) => say!(
                "Chưa ghi vào sổ; không giữ được bản nháp: {error}",
                "Nothing was written; no draft could be kept: {error}",
                [error]
            ),
            (None, None) => say!("Chưa ghi gì.", "Nothing was written."),
        }
    }
}

/// The answers in a file; `None` if it is no draft.
pub fn answers_in(file: &Path) -> Option<Answers> {
    Answers::of_draft(&fs::read_to_string(file).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tree::Node;

    #[test]
    fn a_draft_is_kept_under_a_name_of_its_own_until_it_is_done() {
        let root = tempfile::tempdir().unwrap();
        let draft = || Draft::new(root.path(), "add-visit".to_owned(), String::new());
        let mut answers = Answers::new(Node::table());
        for (place, mut draft) in ["Hội trường", "UBND phường"].into_iter().zip([draft(), draft()]) {
            answers.note("place", place.to_owned());
            draft.save(&answers);
        }
        let files = draft().all();
        assert_eq!(files.len(), 2);
        let mut again = draft();
        assert_eq!(again.take_up(files[0].clone()).unwrap().to("place"), Some("Hội trường"));
        again.done();
        assert_eq!(draft().all(), files[1..]);
    }

    #[cfg(unix)]
    #[test]
    fn what_leads_elsewhere_is_no_draft() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (root, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let draft = || Draft::new(root.path(), "add-visit".to_owned(), String::new());
        let answers = Answers::new(Node::table());
        Draft::new(other.path(), "add-visit".to_owned(), String::new()).save(&answers);
        let theirs = other.path().join(".ttht/drafts");
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o700)).unwrap();
        let mine = root.path().join(".ttht");
        let nothing_is_taken = || {
            assert!(draft().all().is_empty());
            draft().save(&answers);
            assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
            assert_eq!(theirs.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        };
        symlink(other.path().join(".ttht"), &mine).unwrap();
        nothing_is_taken();
        fs::remove_file(&mine).unwrap();
        fs::create_dir(&mine).unwrap();
        symlink(&theirs, mine.join("drafts")).unwrap();
        nothing_is_taken();
        fs::remove_file(mine.join("drafts")).unwrap();
        fs::create_dir(mine.join("drafts")).unwrap();
        symlink(theirs.join("add-visit.1.toml"), mine.join("drafts/add-visit.1.toml")).unwrap();
        nothing_is_taken();
    }
}
