//! `ttht export DIR`: every record as tidy tables, with a Frictionless Data Package that describes them and a script that loads them.

use super::at::AT;
use super::error::{Error, Exit};
use super::options::{FOLDER, Opt, arg, to_make};
use super::{Call, Command};
use crate::desk::package;
use crate::model::text::t;
use crate::say;
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const EXPORT: Command = Command::new(
    "export",
    t("Xuất toàn bộ sổ ra các bảng CSV", "Export all records as CSV tables"),
    || vec![DIR.row, AT.row],
    run,
);

const DIR: Opt<PathBuf> = arg(
    "dir",
    to_make(FOLDER),
    "Thư mục nhận các tệp CSV, datapackage.json và load.sql",
    "The folder for the CSV files, datapackage.json and load.sql",
)
.required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let Some(dir) = DIR.get(matches) else { return Ok(Exit::Use) };
    let (store, ..) = call.store_at(matches)?;
    let faults = package::write(&store, dir, call.lang)?;
    call.tell(&say!("đã xuất vào {dir}", "exported to {dir}", [dir = dir.as_path()]));
    Ok(call.not_whole(&faults))
}
