//! `ttht save`: records in git what has changed in the register.

use super::ask::terminal;
use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN, Opt, TEXT, opt};
use super::outcome::judging;
use super::{Call, Command, NO_INPUT};
use crate::desk::git::{recorded, standing};
use crate::desk::save::{self, Unsaved, became, counted};
use crate::desk::turn;
use crate::desk::versions::{Changed, telling};
use crate::model::fault::Severity;
use crate::model::input::yes_or_no;
use crate::model::number::many;
use crate::model::text::{Said, t};
use crate::say;
use crate::store::{self, Store};
use clap::ArgMatches;
use std::path::Path;

/// The row of the command.
pub const SAVE: Command = Command::new(
    "save",
    t("Lưu những gì đã thay đổi trong sổ", "Save what has changed in the register"),
    || {
        let allow_faults =
            ALLOW_FAULTS.help("Vẫn lưu dù số liệu có lỗi", "Save even if the data have errors");
        vec![MESSAGE.row, allow_faults.row, DRY_RUN.row]
    },
    run,
);

const MESSAGE: Opt<String> = opt(
    "message",
    TEXT,
    "Ghi chú của lần lưu (mặc định: viết theo những gì đã thay đổi)",
    "The note of this save (default: made from what has changed)",
)
.called("GHI_CHÚ", "TEXT")
.short('m');

/// So many records are shown one by one.
const SHOWN: usize = 50;

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (root, is_asked) = (call.root()?, call.can_ask(matches));
    if is_asked && !standing::is_kept(&root)? && agrees_to_begin(call, &root) {
        recorded::begin(&root)?;
    }
    turn::finish(&root)?;
    let unsaved = save::look(&root, call.today)?;
    if unsaved.is_none() {
        call.tell(&say!("Không có gì mới để lưu.", "There is nothing new to save."));
        return Ok(Exit::Well);
    }
    call.show_changes(&unsaved.store, &unsaved.changed)?;
    call.tell_beside(&unsaved.beside);
    call.draw(&unsaved.faults);
    let errors = unsaved.faults.iter().filter(|fault| fault.severity == Severity::Error).count();
    if errors > 0 && !ALLOW_FAULTS.given(matches) {
        return Err(refusal(errors));
    }
    let proposed = proposed(&root, &unsaved, call);
    if DRY_RUN.given(matches) {
        let note = MESSAGE.text(matches).map_or(proposed, str::to_owned);
        call.tell(&say!("Sẽ lưu: {note}; chưa lưu gì.", "Would save: {note}; nothing was saved.", [note]));
        return Ok(Exit::Well);
    }
    call.must_know_who(&root, is_asked)?;
    let message = match MESSAGE.text(matches).map(str::trim).filter(|note| !note.is_empty()) {
        Some(note) => note.to_owned(),
        None if is_asked => agreed(call, proposed)?,
        None => proposed,
    };
    unsaved.record(&root, &message, judging(matches))?;
    call.tell(&say!("Đã lưu: {message}", "Saved: {message}", [message]));
    Ok(Exit::Well)
}

/// The note that is proposed, in the language of the register: others will read it, too.
fn proposed(root: &Path, unsaved: &Unsaved, call: &Call) -> String {
    let lang = store::language(root).unwrap_or(call.lang);
    let text = unsaved.message().get(lang).to_owned();
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn refusal(errors: usize) -> Error {
    Error::faults(
        say!("có {n}; chưa lưu gì", "{n} found; nothing was saved", [n = many(errors, "lỗi", "error")]),
        say!("sửa rồi lưu lại, hoặc thêm --allow-faults", "correct it and save again, or add --allow-faults"),
    )
}

/// Asks whether a repository is to be made.
fn agrees_to_begin(call: &Call, root: &Path) -> bool {
    let question = say!(
        "Sổ {root} chưa được lưu lần nào. Bắt đầu lưu bằng git ở đây? [Enter = có; không]: ",
        "The register {root} is not kept in git yet. Begin it here? [Enter = yes; no]: ",
        [root]
    );
    call.agrees(&question)
}

/// Has a person agree to the note, or type another one.
fn agreed(call: &Call, proposed: String) -> Result<String, Error> {
    let question =
        say!("Ghi chú [Enter = {proposed}]: ", "Note [Enter = {proposed}]: ", [proposed = &*proposed]);
    loop {
        match terminal::line(question.get(call.lang)) {
            Ok(Some(typed)) if typed.is_empty() => return Ok(proposed),
            Ok(Some(typed)) => return Ok(typed),
            Ok(None) => {}
            Err(_) => return Err(given_up()),
        }
    }
}

/// The terminal has gone away at a question.
fn given_up() -> Error {
    Error {
        exit: Exit::Interrupted,
        message: say!("chưa lưu gì", "nothing was saved"),
        help: Said::default(),
    }
}

impl Call {
    /// True if a person may be asked.
    pub fn can_ask(&self, matches: &ArgMatches) -> bool {
        !NO_INPUT.given(matches) && terminal::is_there()
    }

    /// Asks for a yes, which Enter is.
    pub fn agrees(&self, question: &Said) -> bool {
        let answer = terminal::line(question.get(self.lang));
        answer
            .is_ok_and(|typed| typed.is_some_and(|typed| typed.is_empty() || yes_or_no(&typed) == Some(true)))
    }

    /// Asks once who saves, where git does not know it, and notes it in the repository.
    pub fn must_know_who(&self, root: &Path, is_asked: bool) -> Result<(), Error> {
        if standing::knows_who(root)? {
            return Ok(());
        }
        if !is_asked {
            return Err(standing::nobody());
        }
        terminal::print_wrapped(
            t(
                "Mỗi bản lưu ghi tên và thư điện tử của người lưu. Chỉ hỏi một lần.",
                "Every save bears the name and the e-mail address of who made it. This is asked once.",
            )
            .get(self.lang),
            0,
        );
        let ask = |question: &str| loop {
            match terminal::line(question) {
                Ok(Some(typed)) if !typed.is_empty() && !typed.contains('\n') => return Ok(typed),
                Ok(_) => {}
                Err(_) => return Err(given_up()),
            }
        };
        let name = ask(t("Họ tên: ", "Name: ").get(self.lang))?;
        let mail = ask(t("Thư điện tử: ", "E-mail: ").get(self.lang))?;
        standing::note_who(root, &name, &mail)
    }

    /// Shows what has changed, record by record; of very many records only how many they are.
    pub fn show_changes(&self, store: &Store, changed: &[Changed]) -> Result<(), Error> {
        if changed.len() > SHOWN {
            return self.print(format!("{}\n", counted(changed).get(self.lang)));
        }
        for one in changed {
            self.print(format!("{}\n", became(one).get(self.lang)))?;
            // That a file of no record has changed is said already.
            let lines = one.kind.map(|_| telling::details(&store.register, one));
            for line in lines.into_iter().flatten() {
                self.print(format!("  {}\n", line.get(self.lang)))?;
            }
        }
        Ok(())
    }

    /// Tells what lies in the folder and is not saved.
    fn tell_beside(&self, files: &[String]) {
        let Some(first) = files.first() else { return };
        let n = many(files.len(), "tệp ngoài sổ", "other file");
        self.tell(&say!(
            "(Không lưu {n}: {first}…)",
            "(Not saved: {n} that the register does not need: {first}…)",
            [n, first]
        ));
    }
}
