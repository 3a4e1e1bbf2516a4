//! `ttht fmt`: records in one layout. What they say, and their comments, stay.

use super::error::{Error, Exit};
use super::options::{DRY_RUN, NOTHING, Opt, PATHS, opt};
use super::paths::Paths;
use super::{Call, Command};
use crate::desk::commit::{Change, Judging, Pen};
use crate::model::text::t;
use crate::say;
use crate::toml::canonical::tidy;
use clap::ArgMatches;

/// The row of the command.
pub const FMT: Command = Command::new(
    "fmt",
    t(
        "Trình bày tệp thống nhất: thứ tự khoá, dòng trống, kiểu xuống dòng, dấu tiếng Việt",
        "Format files consistently: order of keys, blank lines, one line end, composed letters",
    ),
    || vec![PATHS.row, CHECK.row, DRY_RUN.row],
    run,
);

const CHECK: Opt<bool> = opt(
    "check",
    NOTHING,
    "Chỉ liệt kê các tệp chưa thống nhất (mã thoát 1), không ghi",
    "Only list the files that would change (exit code 1)",
);

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (check, dry) = (CHECK.given(matches), DRY_RUN.given(matches));
    let pen = Pen::take(&call.root()?, call.today, check || dry)?;
    let paths = Paths::of(pen.store.root(), matches)?;
    let (mut untidy, mut unsound) = (0, 0);
    for (kind, file) in pen.store.record_files()?.into_iter().filter(|(_, file)| paths.hold(file)) {
        let Ok(Some(old)) = pen.original(&file) else {
            unsound += 1;
            continue;
        };
        let Some(text) = tidy(&old.text, kind.fields()) else {
            call.warn(&say!("{file}: có lỗi cú pháp, để nguyên", "{file}: not TOML, left as it is", [file]));
            unsound += 1;
            continue;
        };
        let change = Change::new(file, Some(old.without_mark()), text);
        if change.is_none() {
            continue;
        }
        untidy += 1;
        if check && !dry {
            call.print(format!("{}\n", change.file))?;
        } else {
            // The text says what it said.
            call.commit(&pen, vec![change], Judging::Done)?;
        }
    }
    Ok(if unsound > 0 || (check && untidy > 0) { Exit::Faults } else { Exit::Well })
}
