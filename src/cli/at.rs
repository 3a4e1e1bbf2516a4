//! `--at` and `--compare-at`: a register as it was, by a day or by what git calls a version.

use super::Call;
use super::error::Error;
use super::options::{Opt, TEXT, day, opt};
use crate::desk::git::moment::{self, Then};
use crate::model::day::Day;
use crate::model::text::Said;
use crate::store::Store;
use clap::ArgMatches;
use clap::parser::ValueSource;

/// The register as it was.
pub const AT: Opt<String> = opt(
    "at",
    TEXT,
    "Theo sổ lúc đó: cuối một ngày (31/12/2016), hoặc một bản mà git biết (nhãn, mã)",
    "The register as it was: at the end of a day (2016-12-31), or in a version that git knows (a tag, an id)",
)
.called("NGÀY|BẢN", "DATE|VERSION");

/// The register as it was, to compare with.
pub const COMPARE_AT: Opt<String> = opt(
    "compare-at",
    TEXT,
    "So với chính bảng này theo sổ lúc đó (như --at)",
    "Compare with the same table of the register as it was (as --at)",
)
.called("NGÀY|BẢN", "DATE|VERSION")
.also(|arg| arg.conflicts_with("compare"));

impl Call {
    /// The register as it was when an option says; as it is, if it says nothing.
    pub fn past(&self, option: Opt<String>, matches: &ArgMatches) -> Result<Option<Then>, Error> {
        let Some(typed) = option.text(matches) else { return Ok(None) };
        let root = self.root()?;
        let then = match Day::parse_typed(typed) {
            Some(_) => moment::on(&root, day(typed, self.lang)?),
            None => moment::named(&root, typed),
        };
        then.map(Some)
    }

    /// The register that a call is about, what it is called if it is not that of today, and the day that counts as today.
    pub fn store_at(&self, matches: &ArgMatches) -> Result<(Store, Option<Said>, Day), Error> {
        let Some(Then { store, day, called }) = self.past(AT, matches)? else {
            return Ok((self.store()?, None, self.today));
        };
        let is_given = matches.value_source("today") == Some(ValueSource::CommandLine);
        Ok((store, Some(called), if is_given { self.today } else { day }))
    }
}
