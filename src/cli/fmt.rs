//! `ttht fmt`: records in one layout. What they say, and their comments, stay.

use super::error::{Error, Exit};
use super::options::{DRY_RUN, NOTHING, Opt, PATHS, opt};
use super::paths::Paths;
use super::{Call, Command};
use crate::desk::commit::{Change, Pen};
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::text::t;
use crate::say;
use crate::store::{RecordFiles, parallel};
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

/// How many records are in memory at the same time.
const AT_ONCE: usize = 256;

/// With fewer records than this, one thread reads all of them.
const FEW: usize = 16;

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (check, dry) = (CHECK.given(matches), DRY_RUN.given(matches));
    let pen = Pen::take(&call.root()?, call.today, check || dry)?;
    let paths = Paths::of(pen.store.root(), matches)?;
    let RecordFiles { files, mut left_out } = pen.store.record_files()?;
    left_out.retain(|fault| paths.hold(&fault.file));
    call.draw(&left_out);
    let (mut untidy, mut unsound) = (0, left_out.len());
    let records: Vec<_> = files.into_iter().filter(|(_, file)| paths.hold(file)).collect();
    let read = records.chunks(AT_ONCE).flat_map(|records| {
        let mut read = Vec::new();
        parallel::each(records, FEW, |(kind, file)| tidied(&pen, *kind, file), |tidied| read.push(tidied));
        read
    });
    let changes = read.filter_map(|tidied| match tidied {
        Ok(change) => change.inspect(|_| untidy += 1),
        Err(why) => {
            unsound += 1;
            why.into_iter().for_each(|why| tell(call, why));
            None
        }
    });
    match (check, dry) {
        (true, false) => changes.map(|change| change.file).try_for_each(|file| call.print(file + "\n"))?,
        (_, true) => changes.into_iter().try_for_each(|change| call.show(&change))?,
        (false, false) => call.written(pen.rewrite(changes)?)?,
    }
    Ok(if unsound > 0 || (check && untidy > 0) { Exit::Faults } else { Exit::Well })
}

/// Why a record is not put into the one layout.
enum Why {
    /// It cannot be read.
    Fault(Box<Fault>),
    /// This file is not TOML.
    Syntax(String),
}

/// The change that puts a record into the one layout, if it is in another.
fn tidied(pen: &Pen, kind: RecordKind, file: &str) -> Result<Option<Change>, Option<Why>> {
    let Ok(Some(old)) = pen.original(file) else {
        return Err(pen.store.read_fault(file).map(|fault| Why::Fault(Box::new(fault))));
    };
    let text = tidy(&old.text, kind.fields()).ok_or_else(|| Some(Why::Syntax(file.to_owned())))?;
    let change = Change::new(file, Some(old.without_mark()), text);
    Ok(Some(change).filter(|change| !change.is_none()))
}

/// Tells why a record is left as it is.
fn tell(call: &Call, why: Why) {
    match why {
        Why::Fault(fault) => call.draw(&[*fault]),
        Why::Syntax(file) => {
            call.warn(&say!("{file}: có lỗi cú pháp, để nguyên", "{file}: not TOML, left as it is", [file]));
        }
    }
}
