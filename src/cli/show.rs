//! `ttht show ID`: one record, labelled.

use super::at::AT;
use super::error::{Error, Exit};
use super::options::{ID, KIND, Opt, bare, one_of, opt};
use super::{Call, Command};
use crate::desk::{faults, find};
use crate::model::fault::Severity;
use crate::model::field::Field;
use crate::model::path::Step;
use crate::model::text::t;
use crate::model::tree::Node;
use crate::model::unit;
use crate::render::record::{self, Shown};
use crate::store::Store;
use crate::toml::{self, codes};
use clap::ArgMatches;

/// The row of the command.
pub const SHOW: Command = Command::new(
    "show",
    t("Xem một trung tâm, một lần kiểm tra … trong sổ", "Show a centre, a visit … of the register"),
    || vec![ID.row, KIND.row, AT.row, FORMAT.row],
    run,
);

const FORMAT: Opt<String> = opt(
    "format",
    one_of(t("DẠNG", "FORMAT"), || {
        vec![
            ("text".into(), t("có nhãn", "labelled").into()),
            bare("json"),
            ("toml".into(), t("nguyên văn", "as it stands").into()),
        ]
    }),
    "",
    "",
)
.short('O');

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (store, _, today) = call.store_at(matches)?;
    let target = find::record(&store, ID.text(matches).unwrap_or_default(), KIND.text(matches))?;
    let format = FORMAT.text(matches).unwrap_or("text");
    if !target.row.is_empty() {
        return show_unit(call, &store, &target.row, format);
    }
    let (file, fields) = (target.file.as_str(), target.fields());
    let Some(text) = store.text(file).or_else(|| target.shipped(&store).map(str::to_owned)) else {
        call.draw(&store.read_fault(file).into_iter().collect::<Vec<_>>());
        return Ok(Exit::Faults);
    };
    if format == "toml" {
        return call.print(text).map(|()| Exit::Well);
    }
    print(call, &store, fields, &toml::raw_tree(&text), format)?;
    // What the rules say about its meaning is for `ttht check`.
    let mut faults = faults::of_files(&store, today, [file])?;
    faults.retain(|fault| codes::CODES.iter().any(|code| code.name == fault.code));
    call.draw(&faults);
    let bad = faults.iter().any(|fault| fault.severity == Severity::Error);
    Ok(if bad { Exit::Faults } else { Exit::Well })
}

fn print(
    call: &Call,
    store: &Store,
    fields: &'static [Field],
    tree: &Node,
    format: &str,
) -> Result<(), Error> {
    let shown = Shown { tree, fields, register: &store.register };
    if format == "json" {
        return call.print(record::json(&shown));
    }
    call.print_drawn(&record::text_naming(&shown, &find::centre_names(store, tree)?, &call.style()))
}

/// One unit out of `units.toml`.
fn show_unit(call: &Call, store: &Store, row: &[Step], format: &str) -> Result<Exit, Error> {
    let text = &store.register.units.text;
    let tree = toml::raw_tree(text);
    let Some(row) = tree.follow(row) else { return Ok(Exit::Nothing) };
    print(call, store, unit::UNIT, row, format).map(|()| Exit::Well)
}
