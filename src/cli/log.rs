//! `ttht log ID [KEY]`: who has changed what in a record, and when.

use super::error::{Error, Exit};
use super::options::{ANY_ID, KIND, Opt, TEXT, YEAR, arg, opt};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::desk::lineage;
use crate::desk::offered::Completion;
use crate::model::register::Window;
use crate::model::text::t;
use clap::ArgMatches;

/// The row of the command.
pub const LOG: Command = Command::new(
    "log",
    t("Xem ai đã sửa gì, khi nào (cần git)", "See who changed what, and when (needs git)"),
    || {
        let year = YEAR.also(|arg| arg.requires(FIELD.row.name));
        [&[ID.row, KEY.row, FIELD.row, KIND.row, year.row][..], OUTPUT].concat()
    },
    run,
);

const ID: Opt<String> = arg(
    "id",
    ANY_ID,
    "Mã trong sổ, ví dụ 2016-10-27-yen-thanh; mặc định: các lần lưu sổ",
    "The record, such as 2016-10-27-yen-thanh; without one: every time that the register was saved",
);
const KEY: Opt<String> = arg(
    "key",
    TEXT,
    "Chỉ số liệu này: tên (dân số) hoặc khoá (context.population)",
    "This value only: its key (context.population), or what it is called",
)
.called("KHOÁ", "KEY")
.completed(Completion::Key);
const FIELD: Opt<String> =
    opt("field", TEXT, "Số liệu này ở mọi lần kiểm tra (của --year)", "This value in all visits (of --year)")
        .called("KHOÁ", "KEY")
        .completed(Completion::Key)
        .also(|arg| arg.conflicts_with(ID.row.name));

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let table = match (ID.text(matches), FIELD.text(matches)) {
        (Some(id), _) => {
            let target = lineage::meant(&store, id, KIND.text(matches))?;
            lineage::of_record(&store, &target, KEY.text(matches))?
        }
        (None, Some(key)) => {
            let window = Window { year: YEAR.get(matches).copied(), ..Window::default() };
            lineage::of_field(&store, key, &window)?
        }
        (None, None) => lineage::of_register(store.root())?,
    };
    Output::of(call, matches)?.in_register(&store).put(call, &table.into())?;
    Ok(Exit::Well)
}
