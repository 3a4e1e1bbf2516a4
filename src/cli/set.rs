//! `ttht set ID KEY=VALUE…`: values changed in place. All of them are written, or none.

use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN, ID, KIND, Opt, PAIR, arg};
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::commit::Change;
use crate::desk::find::{Target, own_record};
use crate::desk::typed::changed;
use crate::model::text::t;
use crate::store::Store;
use clap::ArgMatches;

/// The row of the command.
pub const SET: Command = Command::new(
    "set",
    t("Sửa giá trị trong sổ", "Change values in a record"),
    || vec![ID.row, CHANGE.row, KIND.row, ALLOW_FAULTS.row, DRY_RUN.row],
    run,
);

const CHANGE: Opt<String> = arg(
    "change",
    PAIR,
    "Ví dụ context.population=8.521; MỤC- bỏ giá trị (context.population-)",
    "Such as context.population=8521; KEY- removes a value (context.population-)",
)
.many()
.required();

/// The one record that the call means.
pub fn target(store: &Store, matches: &ArgMatches) -> Result<Target, Error> {
    own_record(store, ID.text(matches).unwrap_or_default(), KIND.text(matches))
}

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let pen = call.pen(matches)?;
    let target = target(&pen.store, matches)?;
    let Some(old) = pen.original(&target.file)? else { return Ok(Exit::Nothing) };
    let mut text = old.text.clone();
    for pair in CHANGE.all(matches) {
        text = changed(&pen.store, call.speaker(&pen.store), &target, &text, pair)?;
    }
    call.commit(&pen, vec![Change::new(target.file, Some(old), text)], judging(matches))
}
