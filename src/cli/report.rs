//! `ttht report NAME OF`: an official document, made of what the records say.

use super::error::{Error, Exit};
use super::options::{Opt, TEXT, YEAR, arg, either};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::desk::report::{self, Asked, REPORTS, Report};
use crate::model::text::t;
use clap::ArgMatches;

/// The row of the command.
pub const REPORT: Command = Command {
    after: |lang| {
        let line = |r: &Report| format!("\n  {:16}{}", r.name, r.about.get(lang));
        t("Các văn bản:", "Reports:").get(lang).to_owned() + &REPORTS.iter().map(line).collect::<String>()
    },
    ..Command::new(
        "report",
        t("Lập biên bản, báo cáo", "Make minutes or a report"),
        || [&[NAME.row, OF.row, YEAR.row][..], OUTPUT].concat(),
        run,
    )
};

const NAME: Opt<String> = arg(
    "name",
    either(t("VĂN_BẢN", "NAME"), || REPORTS.iter().map(|r| (r.name.into(), r.about.into())).collect()),
    "Tên văn bản",
    "The name of the report",
)
.required();
const OF: Opt<String> = arg(
    "of",
    TEXT,
    "Lần kiểm tra, đợt kiểm tra, kỳ hoặc trung tâm mà văn bản nói đến",
    "The visit, campaign, period or centre that it is about",
)
.called("MÃ", "ID")
.required();

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let output = Output::of(call, matches)?;
    let Some(report) = NAME.text(matches).and_then(report::find) else { return Ok(Exit::Use) };
    let of = OF.text(matches).unwrap_or_default();
    let asked = Asked { store: &store, today: call.today, of, year: YEAR.get(matches).copied() };
    let made = (report.make)(&asked)?;
    output.put(call, &made.document)?;
    Ok(call.not_whole(&made.faults))
}
