//! `ttht show ID`: one record, labelled.

use super::error::{Error, Exit};
use super::options::{ID, KIND, Opt, bare, one_of, opt};
use super::{Command, Cx};
use crate::model::fault::Severity;
use crate::model::field::{Field, Refers};
use crate::model::history::History;
use crate::model::id::VisitId;
use crate::model::text::t;
use crate::model::tree::Node;
use crate::model::vietnamese::slug;
use crate::model::{RecordKind, unit};
use crate::render::record::{self, Shown};
use crate::say;
use crate::store::Store;
use crate::toml;
use clap::ArgMatches;

/// The row of the command.
pub const SHOW: Command =
    Command::new("show", t("Xem một bản ghi", "Show a record"), || vec![ID.row, KIND.row, FORMAT.row], run);

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

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = cx.store()?;
    let format = FORMAT.text(matches).unwrap_or("text");
    let (kind, id) = find(&store, ID.text(matches).unwrap_or_default(), KIND.text(matches))?;
    if kind == RecordKind::Units && id != RecordKind::Units.word() {
        return show_unit(cx, &store, &id, format);
    }
    let file = match kind {
        RecordKind::Visit => visit_file(&store, &id)?,
        _ => store.register.file(kind, &id),
    };
    let text = match (store.text(&file), toml::shipped::text(&id)) {
        (Some(text), _) => text,
        (None, Some(text)) if kind == RecordKind::Scheme => text.to_owned(),
        (None, _) => {
            let faults: Vec<_> = store.read_fault(&file).into_iter().collect();
            cx.draw(&faults);
            return Ok(Exit::Faults);
        }
    };
    if format == "toml" {
        return cx.print(text.as_bytes()).map(|()| Exit::Well);
    }
    let tree = toml::raw_tree(&text);
    print(cx, &store, kind.fields(), &tree, &text, format)?;
    let faults = store.judge_in(History::default(), kind, &file, &id, &text, |_, _, _| {});
    cx.draw(&faults);
    let bad = faults.iter().any(|fault| fault.severity == Severity::Error);
    Ok(if bad { Exit::Faults } else { Exit::Well })
}

fn print(
    cx: &Cx,
    store: &Store,
    fields: &'static [Field],
    tree: &Node,
    text: &str,
    format: &str,
) -> Result<(), Error> {
    let shown = Shown { tree, fields, source: text, register: &store.register };
    let text = if format == "json" { record::json(&shown) } else { record::text(&shown, &cx.style()) };
    cx.print(text.as_bytes())
}

/// One unit out of `units.toml`.
fn show_unit(cx: &Cx, store: &Store, id: &str, format: &str) -> Result<Exit, Error> {
    let text = &store.register.units.text;
    let tree = toml::raw_tree(text);
    let units = tree.get("unit").map_or(&[][..], Node::items);
    let Some(row) = units.iter().find(|row| row.get("id").and_then(Node::text) == Some(id)) else {
        return Ok(Exit::Nothing);
    };
    print(cx, store, unit::UNIT, row, text, format).map(|()| Exit::Well)
}

/// The one record that is meant. One id may be that of a unit and of its centre: the centre is meant.
pub(super) fn find(store: &Store, typed: &str, wanted: Option<&str>) -> Result<(RecordKind, String), Error> {
    if matches!(typed, "register" | "ttht" | "units") && wanted.is_none() {
        let kind = if typed == "units" { RecordKind::Units } else { RecordKind::Register };
        return Ok((kind, kind.word().to_owned()));
    }
    let wants = |kind: RecordKind| {
        wanted.is_none_or(|name| name == kind.word() || (name == "unit" && kind == RecordKind::Units))
    };
    if wants(RecordKind::Visit) && VisitId::parse(typed).is_some() {
        return Ok((RecordKind::Visit, typed.to_owned()));
    }
    let named = [
        (RecordKind::Centre, Refers::Centre),
        (RecordKind::Campaign, Refers::Campaign),
        (RecordKind::Scheme, Refers::Scheme),
        (RecordKind::Units, Refers::Unit),
    ];
    let named = || named.into_iter().filter(|(kind, _)| wants(*kind));
    let of_kind = |id: &str| named().find(|(_, refers)| store.has(*refers, id)).map(|(kind, _)| kind);
    for id in [typed.to_owned(), slug(typed)] {
        if let Some(kind) = of_kind(&id) {
            return Ok((kind, id));
        }
    }
    let all = named().flat_map(|(_, refers)| store.ids(refers));
    let id = super::pick::pick(
        t("bản ghi", "record"),
        "ttht list --help",
        typed,
        all.collect::<Vec<_>>().into_iter(),
    )?;
    Ok((of_kind(id).unwrap_or(RecordKind::Centre), id.to_owned()))
}

/// The file of a visit: in the folder of its school year, else in whichever it was put.
pub(super) fn visit_file(store: &Store, id: &str) -> Result<String, Error> {
    let nothing = || {
        Error::nothing(
            say!("không có lần kiểm tra “{id}”", "there is no visit “{id}”"),
            say!("xem: ttht list visits", "see: ttht list visits"),
        )
    };
    VisitId::parse(id).ok_or_else(nothing)?;
    let usual = store.register.file(RecordKind::Visit, id);
    if store.root.join(&usual).is_file() {
        return Ok(usual);
    }
    store.visit_file(id).ok_or_else(nothing)
}
