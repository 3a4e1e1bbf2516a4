//! `ttht report NAME OF`: an official document, made of what the records say; `ttht report fields NAME`: the names of what
//! it says, for templates.

use super::alias;
use super::error::{Error, Exit};
use super::help::Below;
use super::options::{FILE, Opt, TEXT, YEAR, arg, bare, called_too, either, opt};
use super::output::{OUTPUT, Output};
use super::{Call, Command};
use crate::desk::offered::Completion;
use crate::desk::report::{self, Asked, REPORTS, Report, ours};
use crate::model::text::t;
use crate::render::docx;
use crate::say;
use crate::store::Store;
use clap::ArgMatches;
use std::path::PathBuf;

/// The row of the command.
pub const REPORT: Command = Command {
    after: || {
        let fields = (FIELDS, t("tên các chỗ điền của một văn bản", "the names that a report fills in"));
        let rows = REPORTS.iter().map(|r| (r.name, r.about)).chain([fields]);
        Below::List(t("Các văn bản", "Reports"), rows.collect(), alias::REPORTS)
    },
    ..Command::new(
        "report",
        t("Lập biên bản, báo cáo", "Make minutes or a report"),
        || [&[NAME.row, OF.row, ABOUT.row, YEAR.row, TEMPLATE.row][..], OUTPUT].concat(),
        run,
    )
};

const NAME: Opt<String> = arg(
    "name",
    called_too(
        either(t("VĂN_BẢN", "NAME"), || {
            REPORTS.iter().map(|r| (r.name.into(), r.about.into())).chain([bare(FIELDS)]).collect()
        }),
        alias::REPORTS,
    ),
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
.completed(Completion::About)
.required();

const ABOUT: Opt<String> = arg(
    "about",
    TEXT,
    "Với fields: mã trong sổ, để xem giá trị của các chỗ điền",
    "With fields: the record that gives their values",
)
.called("MÃ", "ID")
.completed(Completion::About);
const TEMPLATE: Opt<PathBuf> = opt(
    "template",
    FILE,
    "Điền vào mẫu Word này; mặc định: templates/VĂN_BẢN.docx của sổ, nếu có",
    "Fill in this Word file; by default templates/NAME.docx of the register, if there is one",
)
.completed(Completion::File(|| vec!["docx"]));

/// What is asked for in place of a report: the names that one fills in.
const FIELDS: &str = "fields";

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let output = Output::of(call, matches)?.in_register(&store);
    let (name, of) = (NAME.text(matches).unwrap_or_default(), OF.text(matches).unwrap_or_default());
    let asked = |of| Asked { store: &store, today: call.today, of, year: YEAR.get(matches).copied() };
    if name == FIELDS {
        let report = report::named(of)?;
        let about = ABOUT.text(matches);
        let made = about.map(|about| (report.make)(&asked(about))).transpose()?;
        let facts = made.as_ref().map_or_else(report.facts, |made| made.facts.clone());
        let document = match output.is(docx::FORMAT.name) {
            true => ours::starter(report.name, report.about, &facts),
            false => ours::names(report.name, report.about, &facts, made.is_some()).into(),
        };
        output.put(call, &document)?;
        return Ok(made.map_or(Exit::Well, |made| call.not_whole(&made.faults)));
    }
    let report = report::named(name)?;
    let template = template(call, &store, report, &output, matches)?;
    let made = (report.make)(&asked(of))?;
    match template {
        Some(file) => output.put_drawn(call, ours::filled(&file, report.name, &made.facts, call.lang)?)?,
        None => output.put(call, &made.document)?,
    }
    Ok(call.not_whole(&made.faults))
}

/// The template that is to be filled in: the one that was named, or that of the register.
fn template(
    call: &Call,
    store: &Store,
    report: &Report,
    output: &Output,
    matches: &ArgMatches,
) -> Result<Option<PathBuf>, Error> {
    let named = TEMPLATE.get(matches);
    if !output.is(docx::FORMAT.name) {
        return match named {
            None => Ok(None),
            Some(_) => Err(Error::wrong_use(
                say!("từ mẫu chỉ làm ra được tệp Word hay PDF", "a template makes a Word file or a PDF only"),
                say!(
                    "ghi ra tệp .docx: -o {name}.docx",
                    "write to a .docx file: -o {name}.docx",
                    [name = report.name]
                ),
            )),
        };
    }
    if let Some(named) = named {
        return Ok(Some(named.clone()));
    }
    let found = ours::of_register(store, report.name)?;
    Ok(found.map(|(file, place)| {
        call.tell(&say!("theo mẫu {file}", "after the template {file}", [file]));
        place
    }))
}
