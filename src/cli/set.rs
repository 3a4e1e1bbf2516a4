//! `ttht set ID KEY=VALUE…`: values changed in place. All of them are written, or none.

use super::add::wrong_value;
use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN, ID, KIND, Opt, PAIR, arg};
use super::save::judging;
use super::{Command, Cx};
use crate::desk::commit::Change;
use crate::desk::find::{Target, own_record};
use crate::desk::pick::meant;
use crate::model::input::{read, resolve};
use crate::model::path::Step;
use crate::model::text::t;
use crate::model::tree::Node;
use crate::say;
use crate::store::Store;
use crate::toml::change;
use clap::ArgMatches;

/// The row of the command.
pub const SET: Command = Command::new(
    "set",
    t("Sửa giá trị trong một bản ghi", "Change values in a record"),
    || vec![ID.row, CHANGE.row, KIND.row, ALLOW_FAULTS.row, DRY_RUN.row],
    run,
);

const CHANGE: Opt<String> = arg(
    "change",
    PAIR,
    "Ví dụ context.population=8.521; KHOÁ- bỏ giá trị (context.population-)",
    "Such as context.population=8521; KEY- removes a value (context.population-)",
)
.many()
.required();

/// The one record that the call means.
pub fn target(store: &Store, matches: &ArgMatches) -> Result<Target, Error> {
    own_record(store, ID.text(matches).unwrap_or_default(), KIND.text(matches))
}

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let pen = cx.pen(matches)?;
    let target = target(&pen.store, matches)?;
    let Some(old) = pen.original(&target.file)? else { return Ok(Exit::Nothing) };
    let mut text = old.text.clone();
    for pair in CHANGE.all(matches) {
        text = changed(cx, &pen.store, &target, &text, pair)?;
    }
    cx.commit(&pen, vec![Change::new(target.file, Some(old), text)], judging(matches))
}

/// The text after one change, as it was typed.
fn changed(cx: &Cx, store: &Store, target: &Target, text: &str, pair: &str) -> Result<String, Error> {
    let (typed_path, typed) = match (pair.split_once('='), pair.strip_suffix('-')) {
        (Some((path, value)), _) => (path.trim(), Some(value)),
        (None, Some(path)) => (path.trim(), None),
        (None, None) => {
            return Err(Error::wrong_use(
                say!("“{pair}”: thiếu dấu =", "“{pair}”: there is no =", [pair]),
                say!("viết khoá=giá_trị, hoặc khoá- để bỏ", "write key=value, or key- to take it out"),
            ));
        }
    };
    let wrong = |reason| wrong_value(typed_path, reason);
    let (steps, kind) = resolve(target.fields(), typed_path, Some(&store.register)).map_err(wrong)?;
    let path: Vec<Step> = target.row.iter().cloned().chain(steps).collect();
    let file = &target.file;
    let Some(typed) = typed else {
        return change::remove(text, &path).ok_or_else(|| {
            wrong(say!("không có giá trị này trong {file}", "{file} has no such value", [file]))
        });
    };
    let value: Node = read(&kind, &meant(store, &kind, typed)?, cx.today).map_err(wrong)?;
    change::put(text, target.kind.fields(), &path, &value).ok_or_else(|| {
        Error::wrong_use(
            say!(
                "không đặt được {typed_path} trong {file}",
                "{typed_path} cannot be set in {file}",
                [typed_path, file]
            ),
            say!(
                "tệp phải đọc được, số thứ tự trong danh sách phải liền nhau; hoặc mở tệp: ttht edit",
                "the file must be readable and list indexes consecutive; or open it: ttht edit",
            ),
        )
    })
}
