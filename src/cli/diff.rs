//! `ttht diff`: what has changed in a register, record by record and value by value; or between two files.

use super::error::{Error, Exit};
use super::options::{NOTHING, Opt, TEXT, arg, day, opt};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::desk::git::{self, Version, moment};
use crate::desk::versions::telling::{document, table};
use crate::desk::versions::{Changed, between, last, of_files};
use crate::model::day::Day;
use crate::model::register::Register;
use crate::model::text::{Said, t};
use crate::say;
use clap::ArgMatches;
use std::path::Path;
use std::sync::Arc;

/// The row of the command.
pub const DIFF: Command = Command::new(
    "diff",
    t("Xem sổ đã thay đổi những gì", "Show what has changed in the register"),
    || [&[VERSIONS.row, EXIT_CODE.row][..], OUTPUT].concat(),
    run,
);

const VERSIONS: Opt<String> = arg(
    "versions",
    TEXT,
    "Bản lưu để so (cuối một ngày: 31/12/2016; HEAD~1, nhãn, hay A..B), hoặc hai tệp; mặc định: bản lưu gần nhất",
    "The version to compare with (the end of a day: 2016-12-31; HEAD~1, a tag, or A..B), or two files; default: the last one that was saved",
)
.called("BẢN_LƯU|TỆP", "REV|FILE")
.many();
const EXIT_CODE: Opt<bool> =
    opt("exit-code", NOTHING, "Mã thoát 1 nếu có thay đổi", "Exit code 1 if something has changed");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let named: Vec<&str> = VERSIONS.all(matches).map(String::as_str).collect();
    let (register, changed, title) = match named[..] {
        [was, now] if [was, now].iter().all(|file| Path::new(file).is_file()) => files(call, was, now)?,
        [] => versions(call, None, None)?,
        [from] => match from.split_once("..") {
            Some((from, to)) => versions(call, Some(from), Some(to.trim_start_matches('.')))?,
            None => versions(call, Some(from), None)?,
        },
        [from, to] => versions(call, Some(from), Some(to))?,
        _ => {
            return Err(Error::wrong_use(
                say!("chỉ so được hai bản với nhau", "only two versions can be compared"),
                say!("gõ như: ttht diff HEAD~1..HEAD", "type as in: ttht diff HEAD~1..HEAD"),
            ));
        }
    };
    let output = Output::of(call, matches)?;
    let for_programs = ["csv", "tsv", "json", "xlsx"].iter().any(|format| output.is(format));
    output.put(
        call,
        &match for_programs {
            true => table(&register, &changed, title, call.lang).into(),
            false => document(&register, &changed, title),
        },
    )?;
    Ok(if EXIT_CODE.given(matches) && !changed.is_empty() { Exit::Faults } else { Exit::Well })
}

/// What is compared: where names are looked up, what has changed, and the title.
type Compared = (Arc<Register>, Vec<Changed>, Said);

/// Two versions of the register; what is not named is the last one that was saved, and then the files on disk.
fn versions(call: &Call, from: Option<&str>, to: Option<&str>) -> Result<Compared, Error> {
    let (root, store) = (call.root()?, call.store()?);
    let last = last(&root)?;
    let commit = |rev: &str| match Day::parse_typed(rev) {
        _ if rev.is_empty() => Ok(last.clone()),
        Some(_) => moment::by(&root, day(rev, call.lang)?),
        None => git::commit(&root, rev),
    };
    let start = from.map_or_else(|| Ok(last.clone()), commit)?;
    let version = to.map_or(Ok(Version::Disk), |rev| commit(rev).map(Version::Commit))?;
    let changed = between(&root, &store, &start, &version)?;
    let title = match (from, to) {
        (Some(from), Some("")) => {
            say!("Thay đổi từ {from} đến bản lưu gần nhất", "Changes from {from} to the last save", [from])
        }
        (None, _) => t("Thay đổi chưa lưu", "Changes that are not saved").into(),
        (Some(from), None) => say!("Thay đổi so với {from}", "Changes since {from}", [from]),
        (Some(from), Some(to)) => {
            say!("Thay đổi từ {from} đến {to}", "Changes from {from} to {to}", [from, to])
        }
    };
    Ok((store.register, changed, title))
}

/// Two files, which may lie anywhere.
fn files(call: &Call, was: &str, now: &str) -> Result<Compared, Error> {
    let changed = of_files(Path::new(was), Path::new(now))?;
    let title = say!("Khác nhau giữa {was} và {now}", "Differences between {was} and {now}", [was, now]);
    Ok((call.names(), changed.into_iter().collect(), title))
}
