//! `ttht merge-centres CENTRE… --into NEW --date DATE`: the end of some centres and the beginning of the one that they are
//! merged into, in one change.

use super::add::{adding, described, required};
use super::error::{Error, Exit};
use super::options::{DRY_RUN, Opt, arg, id};
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::merger::{FIELDS, MERGER, changes};
use crate::desk::new_record::text_at;
use crate::model::field::Refers;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;

/// The row of the command.
pub const MERGE_CENTRES: Command = Command::new(
    "merge-centres",
    t("Sáp nhập các trung tâm vào một trung tâm", "Merge centres into one"),
    || adding(&[CENTRES.row], FIELDS),
    run,
);

const CENTRES: Opt<String> =
    arg("centres", id(Refers::Centre), "Các trung tâm được sáp nhập", "The centres that are merged").many();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (merger, asked) = described(call, matches, &call.store()?, &MERGER)?;
    required(&merger, FIELDS, "centres")?;
    let pen = call.pen(matches)?;
    let done = call.commit(&pen, changes(&pen, &merger)?, judging(matches));
    if let Some(asked) = asked.filter(|_| call.has_written()) {
        asked.done();
    }
    done?;
    if !DRY_RUN.given(matches) {
        let into = text_at(&merger, "into");
        call.tell(&say!(
            "Đã ghi vào sổ. Bước tiếp theo: ttht show {into}",
            "Written to the register. Next: ttht show {into}",
            [into]
        ));
    }
    Ok(Exit::Well)
}
