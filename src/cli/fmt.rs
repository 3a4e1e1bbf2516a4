//! `ttht fmt`: records in one layout. What they say, and their comments, stay.

use super::error::{Error, Exit};
use super::options::{DRY_RUN, NOTHING, Opt, PATHS, opt};
use super::paths::Paths;
use super::{Call, Command};
use crate::desk::commit::{Change, Pen};
use crate::model::RecordKind;
use crate::model::text::t;
use crate::say;
use crate::store::RecordFiles;
use crate::toml::canonical::tidy;
use clap::ArgMatches;

/// The row of the command.
pub const FMT: Command = Command::new(
    "fmt",
    t(
        "Trình bày tệp thống nhất: thứ tự mục, dòng trống, kiểu xuống dòng, mã Unicode của dấu tiếng Việt",
        "Format files: order of keys, blank lines, line ends, composed Unicode (NFC)",
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
    let RecordFiles { files, mut left_out } = pen.store.record_files()?;
    left_out.retain(|fault| paths.hold(&fault.file));
    call.draw(&left_out);
    let (mut untidy, mut unsound) = (0, left_out.len());
    let records = files.into_iter().filter(|(_, file)| paths.hold(file));
    let changes = records.filter_map(|(kind, file)| {
        let change = tidied(call, &pen, kind, file);
        unsound += usize::from(change.is_none());
        change.filter(|change| !change.is_none()).inspect(|_| untidy += 1)
    });
    match (check, dry) {
        (true, false) => changes.map(|change| change.file).try_for_each(|file| call.print(file + "\n"))?,
        (_, true) => changes.into_iter().try_for_each(|change| call.show(&change))?,
        (false, false) => call.written(pen.rewrite(changes)?)?,
    }
    Ok(if unsound > 0 || (check && untidy > 0) { Exit::Faults } else { Exit::Well })
}

/// A record in the one layout; `None` if it cannot be read.
fn tidied(call: &Call, pen: &Pen, kind: RecordKind, file: String) -> Option<Change> {
    let Ok(Some(old)) = pen.original(&file) else {
        call.draw(&pen.store.read_fault(&file).into_iter().collect::<Vec<_>>());
        return None;
    };
    match tidy(&old.text, kind.fields()) {
        Some(text) => Some(Change::new(file, Some(old.without_mark()), text)),
        None => {
            call.warn(&say!("{file}: có lỗi cú pháp, để nguyên", "{file}: not TOML, left as it is", [file]));
            None
        }
    }
}
