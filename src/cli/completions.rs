//! `ttht completions SHELL`: a script that lets a shell complete commands, options and their words.

use super::error::{Error, Exit};
use super::help;
use super::options::{Opt, arg, bare, one_of};
use super::{Call, Command};
use crate::model::text::t;
use clap::{ArgMatches, ValueEnum};
use clap_complete::{Shell, generate};

/// The row of the command.
pub const COMPLETIONS: Command = Command::new(
    "completions",
    t(
        "In tệp lệnh bật gợi ý bằng phím Tab (bash, zsh, PowerShell…)",
        "Print a script that turns on completion with Tab (bash, zsh, PowerShell…)",
    ),
    || vec![SHELL.row],
    run,
);

const SHELL: Opt<String> = arg(
    "shell",
    one_of(t("SHELL", "SHELL"), || {
        Shell::value_variants().iter().map(|shell| bare(shell.to_string())).collect()
    }),
    "",
    "",
)
.required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let mut script = Vec::new();
    if let Some(shell) = SHELL.text(matches).and_then(|word| word.parse::<Shell>().ok()) {
        generate(shell, &mut help::completed(call.lang), "ttht", &mut script);
    }
    call.print(&script).map(|()| Exit::Well)
}
