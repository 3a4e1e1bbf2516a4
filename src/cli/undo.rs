//! `ttht undo`: takes back the last save by a new one.

use super::error::{Error, Exit};
use super::options::DRY_RUN;
use super::{Call, Command};
use crate::desk::turn::{self, Turned};
use crate::desk::undo::last;
use crate::model::text::t;
use crate::say;
use crate::store::{self, Store};
use clap::ArgMatches;

/// The row of the command.
pub const UNDO: Command = Command::new(
    "undo",
    t("Bỏ lần lưu cuối, bằng một lần lưu mới", "Take back the last save by a new one"),
    || vec![DRY_RUN.row],
    run,
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = call.root()?;
    turn::finish(&root)?;
    let store = Store::open(&root)?;
    let last = last(&root, &store)?;
    call.show_changes(&store, &last.changed)?;
    let message = last.back(store::language(&root).unwrap_or(call.lang));
    if DRY_RUN.given(matches) {
        call.tell(&say!(
            "Sẽ lưu: {message}; chưa lưu gì.",
            "Would save: {message}; nothing was saved.",
            [message]
        ));
        return Ok(Exit::Well);
    }
    call.must_know_who(&root, call.can_ask(matches))?;
    if last.take_back(&root, &message)? != Turned::There {
        return Err(turn::changed());
    }
    call.tell(&say!(
        "Đã lưu: {message}. Muốn lấy lại, chạy ttht undo lần nữa.",
        "Saved: {message}. To have it again, run ttht undo once more.",
        [message]
    ));
    Ok(Exit::Well)
}
