//! `ttht schema`: JSON Schema of a record, for editors and other programs.

use super::error::{Error, Exit};
use super::fields::{RECORD, meant};
use super::{Call, Command};
use crate::model::text::t;
use crate::render::json_schema::json_schema;
use clap::ArgMatches;

/// The row of the command.
pub const SCHEMA: Command = Command::new(
    "schema",
    t(
        "In JSON Schema của một loại tệp, cho trình soạn thảo (xem: ttht init --editor)",
        "Print the JSON Schema of a kind of file, for editors (see: ttht init --editor)",
    ),
    || vec![RECORD.row],
    run,
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    call.print(json_schema(meant(matches), &call.names(), call.lang)).map(|()| Exit::Well)
}
