//! The one door for faults: of a register, or of a text that is to be written. They come placed, one message a defect, in
//! order, and as the office takes them: what it does not want to hear of is told nowhere, and not even looked for.

use crate::check::{self, Cx};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::history::History;
use crate::model::register::{Register, Window};
use crate::store::{OpenError, Store};
use crate::toml;

/// What a check of a register found.
#[derive(Debug)]
pub struct Found {
    /// Its faults.
    pub faults: Vec<Fault>,
    /// How many files were read.
    pub files: usize,
}

/// Every fault of a register.
pub fn of_register(store: &Store, today: Day) -> Result<Found, OpenError> {
    let cx = Cx { register: &store.register, today };
    let scan = store.scan(&[Window::default()])?;
    let mut faults = scan.faults.clone();
    check::shared(&cx, &mut faults);
    store.histories_with_faults(
        &scan,
        |history, mut faults| {
            check::history(&cx, history, &mut faults);
            toml::place(&mut faults, |file| history.text(file));
            faults
        },
        |found| faults.extend(found),
    );
    toml::place(&mut faults, |file| store.register.text(file));
    toml::settle(&mut faults);
    Ok(Found { faults, files: scan.files })
}

/// The faults that a file would have with a text. The rules are asked of the register as it would be, and of the history
/// of the centre that the file belongs to.
pub fn of_text(store: &Store, today: Day, kind: RecordKind, file: &str, id: &str, text: &str) -> Vec<Fault> {
    store.judge(kind, file, id, text, rules(today))
}

/// As [`of_text`], with the history of the centre at hand: for asking often.
pub fn of_text_in(
    history: History,
    store: &Store,
    today: Day,
    (kind, file, id): (RecordKind, &str, &str),
    text: &str,
) -> Vec<Fault> {
    store.judge_in(history, kind, file, id, text, rules(today))
}

/// What is wrong now and was not before.
pub fn new(before: &[Fault], after: Vec<Fault>) -> Vec<Fault> {
    let is_old = |fault: &Fault| {
        before
            .iter()
            .any(|old| (old.code, &old.key, &old.message) == (fault.code, &fault.key, &fault.message))
    };
    after.into_iter().filter(|fault| !is_old(fault)).collect()
}

/// The rules of meaning, for a register and a history as they would be.
fn rules(today: Day) -> impl Fn(&Register, &History, &mut Vec<Fault>) {
    move |register, history, faults| {
        let cx = Cx { register, today };
        // A visit or a centre comes with a history; what all histories share comes with none.
        if history.id.is_empty() {
            check::shared(&cx, faults);
        } else {
            check::history(&cx, history, faults);
        }
    }
}
