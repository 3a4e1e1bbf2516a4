//! The file of the answers, kept up to date in `.ttht/drafts/` while they come in, so that nothing typed is lost.

use super::terminal::{self, Lost};
use crate::cli::Call;
use crate::desk::error::Error;
use crate::desk::merger::MERGER;
use crate::desk::new_record::{CAMPAIGN, CENTRE, Questionnaire, STATEMENT, UNIT, VISIT};
use crate::desk::new_scheme::SCHEME;
use crate::desk::questions::{Answers, Asker};
use crate::model::day::{Day, Time};
use crate::model::input::Speaker;
use crate::model::number::many;
use crate::model::text::Said;
use crate::model::tree::Node;
use crate::say;
use crate::store::{Store, loose, private_below, private_files};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where drafts lie in the private folder of a register.
const DRAFTS: &str = "drafts";

/// Every form that leaves drafts.
pub const FORMS: &[&Questionnaire] = &[&UNIT, &CENTRE, &CAMPAIGN, &VISIT, &STATEMENT, &SCHEME, &MERGER];

/// A draft that was left behind.
#[derive(Debug)]
pub struct Kept {
    /// Its file.
    pub file: PathBuf,
    /// The command that asked.
    pub command: String,
    /// What was answered; `None` if the file is no draft.
    pub answers: Option<Answers>,
    /// When it was saved last.
    pub saved: Option<(Day, Time)>,
}

impl Kept {
    fn of(file: PathBuf) -> Option<Kept> {
        let command = file.file_name()?.to_str()?.strip_suffix(".toml")?.rsplit_once('.')?.0.to_owned();
        // Those of others are theirs.
        fs::File::open(&file).ok()?;
        let answers = fs::read_to_string(&file).ok().and_then(|text| Answers::of_draft(&text));
        let saved = file.metadata().and_then(|data| data.modified()).ok().map(Day::of);
        Some(Kept { file, command, answers, saved })
    }

    /// The record as far as it was answered; empty where that cannot be read.
    pub fn tree(&self, store: &Store, speaker: Speaker) -> Node<'static> {
        let form = FORMS.iter().find(|form| form.command == self.command).zip(self.answers.as_ref());
        form.map_or_else(Node::table, |(form, answers)| {
            Asker::new(store, form, speaker).reached(answers).tree
        })
    }

    /// What it is about, how far it has come, and when it was saved.
    pub fn told(&self, store: &Store, speaker: Speaker) -> Said {
        let name = || Said::same(self.file.file_name().unwrap_or_default().to_string_lossy());
        let form = FORMS.iter().find(|form| form.command == self.command);
        let about = form.map(|form| form.about(store, &self.tree(store, speaker))).unwrap_or_default();
        let about = if about.is_empty() { name() } else { about };
        let far = match &self.answers {
            Some(answers) => many(answers.typed().len(), "câu đã trả lời", "answer"),
            None => say!("không đọc được", "cannot be read"),
        };
        let Some((day, Time { hour, minute, .. })) = self.saved else {
            return say!("{about} ({far})", "{about} ({far})", [about, far]);
        };
        let at = format!("{hour:02}:{minute:02}");
        say!(
            "{about} ({far}; lưu {at} ngày {day})",
            "{about} ({far}; saved at {at} on {day})",
            [about, far, at, day]
        )
    }
}

/// The drafts of a register, command by command, the oldest first.
pub fn kept(root: &Path) -> Vec<Kept> {
    let mut drafts: Vec<Kept> = private_files(root, DRAFTS).into_iter().filter_map(Kept::of).collect();
    drafts.sort_by_cached_key(|draft| {
        (draft.command.clone(), draft.file.as_os_str().len(), draft.file.clone())
    });
    drafts
}

/// The one draft there is, or the one that is chosen.
pub fn choose(call: &Call, store: &Store, mut drafts: Vec<Kept>) -> Result<Option<Kept>, Lost> {
    if drafts.len() < 2 {
        return Ok(drafts.pop());
    }
    for (at, draft) in drafts.iter().enumerate() {
        let told = draft.told(store, call.speaker(store));
        terminal::print_wrapped(&format!("  {}. {}", at + 1, told.get(call.lang)), 3);
    }
    let most = drafts.len();
    let question =
        say!("Làm tiếp bản nháp nào? Gõ số (1 đến {most}): ", "Which draft (1 to {most})? ", [most]);
    loop {
        let number = terminal::line(question.get(call.lang))?.and_then(|typed| typed.parse::<usize>().ok());
        if let Some(at) = number.and_then(|n| n.checked_sub(1)).filter(|at| *at < most) {
            return Ok(Some(drafts.swap_remove(at)));
        }
    }
}

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

    /// The drafts of this command, the oldest first, but for its own.
    pub fn others(&self) -> Vec<Kept> {
        let mut drafts = kept(&self.root);
        drafts.retain(|draft| draft.command == self.command && Some(&draft.file) != self.file.as_ref());
        drafts
    }

    /// The answers of one that was left behind, which is gone on with. Its own, if there is one, is done with.
    pub fn take_up(&mut self, kept: Kept) -> Result<Answers, Error> {
        let file = kept.file.as_path();
        let unread = || {
            Error::wrong_use(
                say!("không đọc được bản nháp {file}", "the draft {file} cannot be read", [file]),
                say!("xem tệp ấy, hoặc bỏ đi: ttht drafts", "look at it, or throw it away: ttht drafts"),
            )
        };
        let answers = kept.answers.ok_or_else(unread)?;
        self.done();
        self.file = Some(kept.file);
        Ok(answers)
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
            "Bản nháp được giữ. Nếu chưa ghi vào sổ thì làm tiếp: ttht {named}{command} --resume",
            "The draft is kept. If it is not in the register, continue with: ttht {named}{command} --resume",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::RESUME;
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
        let files = || draft().others().into_iter().map(|kept| kept.file).collect::<Vec<_>>();
        let all = files();
        assert_eq!(all.len(), 2);
        let mut again = draft();
        let answers = again.take_up(again.others().remove(0)).unwrap();
        assert_eq!(answers.to("place"), Some("Hội trường"));
        assert_eq!(again.others().len(), 1);
        again.done();
        assert_eq!(files(), all[1..]);
    }

    #[test]
    fn the_drafts_of_every_command_can_be_told() {
        let resumes = |command: &&crate::cli::Command| {
            (command.options)().iter().any(|row| row.name == RESUME.row.name)
        };
        for command in crate::cli::COMMANDS.iter().filter(resumes) {
            assert!(FORMS.iter().any(|form| form.command == command.name), "{}", command.name);
        }
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
            assert!(draft().others().is_empty());
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
