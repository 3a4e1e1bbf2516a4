//! `ttht values FILE`: a file one value a line, which git compares in place of its lines.

use super::error::{Error, Exit};
use super::options::{FILE, Opt, arg};
use super::{Call, Command};
use crate::desk::versions::{flat, read};
use crate::model::text::t;
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const VALUES: Command = Command::new(
    "values",
    t(
        "In một tệp, mỗi giá trị một dòng (git dùng để so sánh)",
        "Print a file, one value a line (git compares it)",
    ),
    || vec![THE_FILE.row],
    run,
);

const THE_FILE: Opt<PathBuf> = arg(
    "file",
    FILE,
    "Một tệp của sổ, hoặc đầu vào chuẩn (-)",
    "The file of a record, or standard input (-)",
)
.called("TỆP|-", "FILE|-")
.required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let Some(file) = THE_FILE.get(matches) else { return Ok(Exit::Use) };
    let bytes = read(file)?;
    call.print(flat::lines(&call.names(), file, &bytes, call.lang)).map(|()| Exit::Well)
}
