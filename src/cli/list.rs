//! `ttht list WHAT`: what is in the register, a line for each.

use super::alias;
use super::at::AT;
use super::error::{Error, Exit};
use super::options::{CAMPAIGN, NOTHING, Opt, TEXT, YEAR, arg, called_too, id, one_of, opt};
use super::output::{OUTPUT, Output};
use super::pick;
use super::{Call, Command};
use crate::desk::list::{LISTS, List, Pending, Wanted, table};
use crate::model::field::Refers;
use crate::model::register::Window;
use crate::model::text::{Said, Text, t};
use crate::say;
use clap::ArgMatches;

/// The row of the command.
pub const LIST: Command = Command::new(
    "list",
    t(
        "Liệt kê nội dung sổ: trung tâm, lần kiểm tra, kiến nghị …",
        "List what is in the register: centres, visits, recommendations …",
    ),
    || {
        [
            &[WHAT.row, OF_UNIT.row, YEAR.row, CAMPAIGN.row, FIND.row, OPEN.row, OVERDUE.row, AT.row][..],
            OUTPUT,
        ]
        .concat()
    },
    run,
);

const WHAT: Opt<String> = arg(
    "what",
    called_too(
        one_of(t("LOẠI", "WHAT"), || {
            let about = |title: Text| Said { vi: title.vi.to_lowercase(), en: title.en.to_lowercase() };
            LISTS.iter().map(|list| (list.name.into(), about(list.title))).collect()
        }),
        alias::LISTS,
    ),
    "",
    "",
)
.required();
const OF_UNIT: Opt<String> =
    opt("unit", id(Refers::Unit), "Chỉ của xã, phường này", "Only those of this unit");
const FIND: Opt<String> = opt(
    "find",
    TEXT,
    "Chỉ các dòng có chữ này, gõ có dấu hay không dấu",
    "Only rows with this text, typed with or without accents",
)
.called("CHỮ", "TEXT");

const OPEN: Opt<bool> = opt(
    "open",
    NOTHING,
    "Chỉ các kiến nghị chưa thực hiện xong",
    "Only recommendations that are not done yet",
);
const OVERDUE: Opt<bool> =
    opt("overdue", NOTHING, "Chỉ các kiến nghị đã quá hạn", "Only recommendations that are overdue");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (store, past, today) = call.store_at(matches)?;
    let Some(list) = WHAT.among(matches, LISTS, |list| list.name) else { return Ok(Exit::Use) };
    let id = |option: Opt<String>, refers| {
        option.text(matches).map(|typed| pick::id(&store, refers, typed)).transpose()
    };
    let (campaign, unit) = (id(CAMPAIGN, Refers::Campaign)?, id(OF_UNIT, Refers::Unit)?);
    let window = Window { year: YEAR.get(matches).copied(), campaign, period: None, past };
    let wanted = Wanted { unit: unit.as_deref(), text: FIND.text(matches), pending: pending(list, matches)? };
    let (table, faults) = table(&store, today, list, &window, &wanted)?;
    Output::of(call, matches)?.in_register(&store).put(call, &table.into())?;
    Ok(call.not_whole(&faults))
}

/// What is still to be done, if only that is asked for.
fn pending(list: &List, matches: &ArgMatches) -> Result<Option<Pending>, Error> {
    let Some((option, pending)) = [(OVERDUE, Pending::Overdue), (OPEN, Pending::Open)]
        .into_iter()
        .find(|(option, _)| option.given(matches))
    else {
        return Ok(None);
    };
    if list.is_of_advice() {
        return Ok(Some(pending));
    }
    let option = option.row.name;
    Err(Error::wrong_use(
        say!("--{option} chỉ dùng cho kiến nghị", "--{option} is for recommendations only", [option]),
        say!(
            "gõ: ttht list recommendations --{option}",
            "type: ttht list recommendations --{option}",
            [option]
        ),
    ))
}
