//! `ttht list WHAT`: what is in the register, a line for each.

use super::at::AT;
use super::error::{Error, Exit};
use super::options::{CAMPAIGN, Opt, TEXT, YEAR, arg, id, one_of, opt};
use super::output::{OUTPUT, Output};
use super::pick;
use super::{Call, Command};
use crate::desk::list::{LISTS, table};
use crate::model::field::Refers;
use crate::model::register::Window;
use crate::model::text::{Said, Text, t};
use clap::ArgMatches;

/// The row of the command.
pub const LIST: Command = Command::new(
    "list",
    t("Liệt kê các bản ghi", "List records"),
    || [&[WHAT.row, OF_UNIT.row, YEAR.row, CAMPAIGN.row, FIND.row, AT.row][..], OUTPUT].concat(),
    run,
);

const WHAT: Opt<String> = arg(
    "what",
    one_of(t("LOẠI", "WHAT"), || {
        let about = |title: Text| Said { vi: title.vi.to_lowercase(), en: title.en.to_lowercase() };
        LISTS.iter().map(|list| (list.name.into(), about(list.title))).collect()
    }),
    "",
    "",
)
.required();
const OF_UNIT: Opt<String> = opt("unit", id(Refers::Unit), "Chỉ của đơn vị này", "Only those of this unit");
const FIND: Opt<String> = opt(
    "find",
    TEXT,
    "Chỉ các dòng có chữ này, gõ có dấu hay không dấu",
    "Only rows with this text, typed with or without accents",
)
.called("CHỮ", "TEXT");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (store, past, _) = call.store_at(matches)?;
    let Some(list) = WHAT.among(matches, LISTS, |list| list.name) else { return Ok(Exit::Use) };
    let id = |option: Opt<String>, refers| {
        option.text(matches).map(|typed| pick::id(&store, refers, typed)).transpose()
    };
    let (campaign, unit) = (id(CAMPAIGN, Refers::Campaign)?, id(OF_UNIT, Refers::Unit)?);
    let window = Window { year: YEAR.get(matches).copied(), campaign, period: None, past };
    let (table, faults) = table(&store, list, &window, unit.as_deref(), FIND.text(matches))?;
    Output::of(call, matches)?.in_register(&store).put(call, &table.into())?;
    Ok(call.not_whole(&faults))
}
