//! `ttht drafts`: what was begun at a terminal and is not in the register yet.

use super::ask::draft::{Kept, kept};
use super::error::{Error, Exit};
use super::options::{Opt, TEXT, opt};
use super::{Call, Command};
use crate::model::meaning::is_same;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;
use std::fs;

/// The row of the command.
pub const DRAFTS: Command = Command::new(
    "drafts",
    t(
        "Liệt kê hoặc bỏ các bản nháp đang ghi dở",
        "List the drafts that are not finished, or throw them away",
    ),
    || vec![DELETE.row],
    run,
);

const DELETE: Opt<String> = opt(
    "delete",
    TEXT,
    "Bỏ bản nháp có số này, hoặc bỏ hết: all",
    "Throw the draft of this number away, or all of them",
)
.called("SỐ|all", "N|all");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let drafts = kept(store.root());
    let told = |draft: &Kept| draft.told(&store, call.speaker(&store)).get(call.lang).to_owned();
    let Some(which) = DELETE.text(matches) else {
        for (at, draft) in drafts.iter().enumerate() {
            call.print(format!("{:3}. {}: ttht {} --resume\n", at + 1, told(draft), draft.command))?;
        }
        call.tell(&match drafts.is_empty() {
            true => say!("Không có bản nháp nào.", "There is no draft."),
            false => {
                say!("Bỏ một bản nháp: ttht drafts --delete SỐ", "To throw one away: ttht drafts --delete N")
            }
        });
        return Ok(Exit::Well);
    };
    for draft in chosen(&drafts, which)? {
        fs::remove_file(&draft.file).map_err(|error| Error::io(&draft.file, &error))?;
        call.tell(&say!("Đã bỏ bản nháp: {told}", "Thrown away: {told}", [told = told(draft)]));
    }
    Ok(Exit::Well)
}

/// The drafts that a number, or the word for all, means.
fn chosen<'d>(drafts: &'d [Kept], which: &str) -> Result<&'d [Kept], Error> {
    if ["all", "tất cả", "hết"].into_iter().any(|all| is_same(which, all)) {
        return Ok(drafts);
    }
    let at = which.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    at.and_then(|at| drafts.get(at..=at)).ok_or_else(|| {
        Error::nothing(
            say!("không có bản nháp số “{which}”", "there is no draft “{which}”", [which]),
            say!("xem số của từng bản nháp: ttht drafts", "for the number of each: ttht drafts"),
        )
    })
}
