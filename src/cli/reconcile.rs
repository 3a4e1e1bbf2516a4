//! `ttht reconcile OTHER`: the figures about which two registers differ.

use super::error::{Error, Exit};
use super::options::{FOLDER, Opt, YEAR, arg};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::desk::reconcile::reconcile;
use crate::model::register::Window;
use crate::model::text::t;
use crate::say;
use crate::store::{self, Store};
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const RECONCILE: Command = Command::new(
    "reconcile",
    t("Đối chiếu số liệu với một sổ khác", "Compare the figures with those of another register"),
    || [&[OTHER.row, YEAR.row][..], OUTPUT].concat(),
    run,
);

const OTHER: Opt<PathBuf> =
    arg("other", FOLDER, "Thư mục của sổ kia", "The folder of the other register").required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let Some(folder) = OTHER.get(matches) else { return Ok(Exit::Use) };
    if !store::is_register(folder) {
        let folder = folder.as_path();
        return Err(Error::nothing(
            say!("không có sổ nào ở {folder}", "there is no register in {folder}", [folder]),
            say!(
                "gõ thư mục có ttht.toml của sổ kia",
                "give the folder with the ttht.toml of the other register"
            ),
        ));
    }
    let (ours, theirs) = (call.store()?, Store::open(folder)?);
    let window = Window { year: YEAR.get(matches).copied(), ..Window::default() };
    let found = reconcile(&ours, &theirs, &window)?;
    let differ = !found.table.rows.is_empty();
    Output::of(call, matches)?.in_register(&ours).put(call, &found.table.into())?;
    let [own, others] = found.faults.map(|faults| call.not_whole(&faults));
    if others == Exit::Faults {
        let folder = folder.as_path();
        call.warn(&say!(
            "(các tệp có lỗi sau cùng là của {folder})",
            "(the files named last are those of {folder})",
            [folder]
        ));
    }
    Ok(if differ || own == Exit::Faults { Exit::Faults } else { others })
}
