//! `ttht completions SHELL`: a script that lets a shell complete commands, options and their words.

use super::error::{Error, Exit};
use super::help::tr;
use super::{Command, Cx};
use crate::model::text::t;
use clap::{Arg, ArgMatches};
use clap_complete::{Shell, generate};

/// The row of the command.
pub const COMPLETIONS: Command = Command {
    name: "completions",
    about: t("In kịch bản gợi ý lệnh cho vỏ lệnh", "Print a completion script for a shell"),
    args: |command, lang| {
        command.arg(
            Arg::new("shell")
                .value_name(tr(lang, "VỎ_LỆNH", "SHELL"))
                .required(true)
                .value_parser(clap::value_parser!(Shell))
                .help("bash, elvish, fish, powershell, zsh"),
        )
    },
    run: |cx: &Cx, matches: &ArgMatches| -> Result<Exit, Error> {
        let mut script = Vec::new();
        if let Some(shell) = matches.get_one::<Shell>("shell") {
            generate(
                *shell,
                &mut super::help::localise(super::command(cx.lang), cx.lang),
                "ttht",
                &mut script,
            );
        }
        cx.print(&script).map(|()| Exit::Well)
    },
};
