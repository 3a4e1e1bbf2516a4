//! `ttht add-unit`, `add-centre`, `add-campaign`, `add-visit`, `add-statement`: new records, from flags, `--set` and `--from`.
//!
//! The flags are the top keys of the field rows, so that every key is a flag or a key path of `--set`.

use super::ask::{self, Agreed};
use super::error::{Error, Exit};
use super::options::{
    ALLOW_FAULTS, DRY_RUN, FROM, Opt, OptRow, PAIR, RESUME, SECTION, TEXT, arg, id, of_field, opt,
};
use super::outcome::judging;
use super::{Call, Command};
use crate::desk::commit::{Change, Judging, Pen};
use crate::desk::new_record::{
    self, Questionnaire, id_of_statement, name_of_centre, only_campaign, place_of_visit, text_at, with_unit,
};
use crate::desk::offered::Completion;
use crate::desk::pick::new_id;
use crate::desk::typed;
use crate::model::fault::{Fault, Severity};
use crate::model::field::{Field, Form, Refers};
use crate::model::number::many;
use crate::model::text::{Said, Text, t};
use crate::model::tree::Node;
use crate::model::vietnamese::slug;
use crate::model::{RecordKind, shell, unit};
use crate::say;
use crate::store::{Store, loose};
use crate::toml::{self, codes, print};
use clap::ArgMatches;
use std::path::Path;

/// The row of `add-unit`.
pub const ADD_UNIT: Command = Command::new(
    "add-unit",
    t("Thêm một xã, phường vào sổ", "Add a ward or commune to the register"),
    || adding(&[UNIT_NAME.row], unit::UNIT),
    add_unit,
);
/// The row of `add-centre`.
pub const ADD_CENTRE: Command = Command::new(
    "add-centre",
    t("Thêm một trung tâm", "Add a centre"),
    || adding(&[OF_UNIT.row, CENTRE_ID.row], RecordKind::Centre.fields()),
    add_centre,
);
/// The row of `add-campaign`.
pub const ADD_CAMPAIGN: Command = Command::new(
    "add-campaign",
    t("Thêm một đợt kiểm tra", "Add a campaign"),
    || adding(&[SCHOOL_YEAR.row, CAMPAIGN_ID.row], RecordKind::Campaign.fields()),
    add_campaign,
);
/// The row of `add-visit`.
pub const ADD_VISIT: Command = Command::new(
    "add-visit",
    t("Ghi một lần kiểm tra", "Record a visit"),
    || adding(&[VISITED.row], RecordKind::Visit.fields()),
    add_visit,
);

/// The row of `add-statement`.
pub const ADD_STATEMENT: Command = Command::new(
    "add-statement",
    t("Ghi số liệu công bố của một địa bàn", "Record what was published about an area"),
    || adding(&[ABOUT_PERIOD.row, STATEMENT_ID.row], RecordKind::Statement.fields()),
    add_statement,
);

const UNIT_NAME: Opt<String> =
    arg("name", TEXT, "Tên riêng, ví dụ “Yên Thanh”", "The name alone, such as “Yên Thanh”")
        .called("TÊN", "NAME");
const OF_UNIT: Opt<String> =
    arg("unit", id(Refers::Unit), "Xã, phường của trung tâm", "The ward or commune of the centre");
const SCHOOL_YEAR: Opt<String> =
    arg("school_year", TEXT, "Năm học, ví dụ 2016-2017", "The school year, such as 2016-2017")
        .called("NĂM_HỌC", "SCHOOL_YEAR")
        .completed(Completion::Period(&[]));
const VISITED: Opt<String> =
    arg("centre", id(Refers::Centre), "Trung tâm được kiểm tra", "The centre that was visited");
const CENTRE_ID: Opt<String> = opt(
    "id",
    TEXT,
    "Mã của trung tâm trong sổ (mặc định: mã của xã, phường)",
    "The id of the centre (default: that of the unit)",
)
.called("MÃ", "ID");
const CAMPAIGN_ID: Opt<String> =
    CENTRE_ID.help("Mã của đợt (mặc định: năm học)", "The id of the campaign (default: the school year)");
const ABOUT_PERIOD: Opt<String> =
    arg("period", TEXT, "Kỳ của số liệu, ví dụ 2016-2017", "The period of the figures, such as 2016-2017")
        .called("KỲ", "PERIOD")
        .completed(Completion::Period(&[]));
const STATEMENT_ID: Opt<String> = CENTRE_ID.help(
    "Mã của số liệu (mặc định: kỳ và địa bàn)",
    "The id of the statement (default: the period and the place)",
);
const SET: Opt<String> = opt(
    "set",
    PAIR,
    "Giá trị của một mục bất kỳ, ví dụ activity.field.law.classes=12",
    "The value of any key, such as activity.field.law.classes=12",
)
.many();

/// What is the command's own, an option for each top key that takes a value, then the ways to give the others.
pub fn adding(own: &[OptRow], fields: &'static [Field]) -> Vec<OptRow> {
    let keys = fields.iter().filter_map(of_field).map(|opt| opt.row);
    let keys = keys.filter(|row| own.iter().all(|own| own.name != row.name));
    let shared = [SET.row, FROM.row, ALLOW_FAULTS.row, DRY_RUN.row, RESUME.row, SECTION.row];
    own.iter().copied().chain(keys).chain(shared).collect()
}

/// The record that the call describes: `--from`, then the flags, then `--set`. The rest is asked for at the terminal.
pub fn described(
    call: &Call,
    matches: &ArgMatches,
    store: &Store,
    form: &Questionnaire,
) -> Result<(Node<'static>, Option<Agreed>), Error> {
    let mut tree = match FROM.get(matches) {
        Some(from) => fragment(call, from, form.fields)?,
        None => Node::table(),
    };
    flags(call, matches, store, form.fields, &mut tree)?;
    ask::complete(call, matches, store, form, tree)
}

/// Puts into a record what the flags say of its keys, then `--set`.
pub fn flags(
    call: &Call,
    matches: &ArgMatches,
    store: &Store,
    fields: &'static [Field],
    tree: &mut Node<'static>,
) -> Result<(), Error> {
    for row in fields {
        let Some(option) = of_field(row) else { continue };
        for (index, given) in option.all(matches).enumerate() {
            typed::put(store, call.speaker(store), tree, row, (index, given))?;
        }
    }
    SET.all(matches).try_for_each(|pair| typed::put_pair(store, call.speaker(store), tree, fields, pair))
}

/// A piece of TOML from a file or from standard input; what is wrong with it is reported with its place there.
pub fn fragment(call: &Call, from: &Path, fields: &'static [Field]) -> Result<Node<'static>, Error> {
    let bytes = loose::read(from, 1).map_err(|error| Error::io(from, &error))?;
    let from = &*shell::path(from);
    let faulty = |faults: &[Fault]| {
        call.draw(faults);
        let n = many(faults.len(), "lỗi", "error");
        let message = say!("{from} có {n}; chưa ghi gì", "{from} has {n}; nothing was written", [n, from]);
        Error::faults(message, Said::default())
    };
    let text = toml::text(&bytes, from).map_err(|fault| faulty(&[*fault]))?;
    let (tree, mut faults) = toml::read_tree(&text, fields, from);
    faults.retain(|fault| fault.code != codes::MISSING_KEY.name);
    if faults.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(faulty(&faults));
    }
    Ok(tree.into_owned())
}

/// Names the flags of required keys that are missing and cannot be asked for.
pub fn required(tree: &Node, fields: &[Field], positional: &str) -> Result<(), Error> {
    let missing: Vec<&Field> =
        fields.iter().filter(|row| row.required && tree.get(row.key).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let flag = |row: &&Field| {
        let (flag, label) = (row.key.replace('_', "-"), row.label);
        if row.key == positional {
            return label.into();
        }
        say!("--{flag} ({label})", "--{flag} ({label})", [flag, label])
    };
    let missing = Said::join(missing.iter().map(flag), ", ");
    Err(Error::wrong_use(
        say!("còn thiếu: {missing}", "missing: {missing}", [missing]),
        say!("xem thêm với --help", "see --help"),
    ))
}

fn add_unit(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let (mut tree, asked) = described(call, matches, &store, &new_record::UNIT)?;
    if tree.get("id").is_none() && !text_at(&tree, "name").is_empty() {
        let id = slug(text_at(&tree, "name"));
        tree.put_at("id", Node::of_text(id));
    }
    required(&tree, unit::UNIT, "name")?;
    let id = text_at(&tree, "id").to_owned();
    new_id(&id)?;
    // From here on no one else writes; what others added while this was typed stays.
    let pen = call.pen(matches)?;
    if pen.store.register.unit(&id).is_some() {
        return Err(exists(
            RecordKind::Units,
            &id,
            t(
                "dùng --id để đặt mã khác, ví dụ thêm năm",
                "give another id with --id, such as one with a year",
            ),
        ));
    }
    let file = RecordKind::Units.path();
    let text = with_unit(&pen.store, &tree);
    write(call, matches, &pen, Change::new(file, pen.original(file)?, text), asked)?;
    next(call, matches, &say!("ttht add-centre {id}", "ttht add-centre {id}", [id]));
    Ok(Exit::Well)
}

/// The form, whose answers make no id where one is given.
fn form(matches: &ArgMatches, form: Questionnaire) -> Questionnaire {
    if CENTRE_ID.get(matches).is_some() { form.of_id() } else { form }
}

fn add_centre(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let (mut tree, asked) = described(call, matches, &store, &form(matches, new_record::CENTRE))?;
    let unit = text_at(&tree, "unit").to_owned();
    if tree.get("name").is_none()
        && let Some(name) = name_of_centre(&store, &unit)
    {
        tree.put_at("name", Node::of_text(name));
    }
    required(&tree, RecordKind::Centre.fields(), "unit")?;
    let id = CENTRE_ID.get(matches).cloned().unwrap_or(unit);
    new_id(&id)?;
    add(call, matches, &call.pen(matches)?, RecordKind::Centre, &id, &tree, asked)?;
    next(call, matches, &say!("ttht add-visit {id} --date …", "ttht add-visit {id} --date …", [id]));
    Ok(Exit::Well)
}

fn add_campaign(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let (tree, asked) = described(call, matches, &store, &form(matches, new_record::CAMPAIGN))?;
    required(&tree, RecordKind::Campaign.fields(), "school_year")?;
    let id = CAMPAIGN_ID.get(matches).cloned().unwrap_or_else(|| text_at(&tree, "school_year").to_owned());
    new_id(&id)?;
    add(call, matches, &call.pen(matches)?, RecordKind::Campaign, &id, &tree, asked)?;
    next(
        call,
        matches,
        &say!(
            "ttht add-visit TRUNG_TÂM --campaign {id} --date …",
            "ttht add-visit CENTRE --campaign {id} --date …",
            [id]
        ),
    );
    Ok(Exit::Well)
}

fn add_statement(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let (tree, asked) = described(call, matches, &store, &form(matches, new_record::STATEMENT))?;
    required(&tree, RecordKind::Statement.fields(), "period")?;
    let Some(own) = id_of_statement(&tree) else {
        let period = text_at(&tree, "period");
        let message = say!("“{period}” không phải là một kỳ", "“{period}” is not a period", [period]);
        return Err(Error::wrong_use(message, Form::Period.help(period)));
    };
    let id = STATEMENT_ID.get(matches).cloned().unwrap_or(own);
    if !RecordKind::Statement.allows(&id) {
        let message = say!("“{id}” không dùng được làm mã", "“{id}” cannot be an id", [id]);
        let help = say!("gõ kỳ rồi địa bàn: 2016-2017-yen-thanh", "period, then place: 2016-2017-yen-thanh");
        return Err(Error::wrong_use(message, help));
    }
    add(call, matches, &call.pen(matches)?, RecordKind::Statement, &id, &tree, asked)?;
    next(call, matches, &say!("ttht show {id} --kind statement", "ttht show {id} --kind statement", [id]));
    Ok(Exit::Well)
}

fn add_visit(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let store = call.store()?;
    let (mut tree, asked) = described(call, matches, &store, &new_record::VISIT)?;
    required(&tree, RecordKind::Visit.fields(), "centre")?;
    let centre = text_at(&tree, "centre").to_owned();
    let Some(date) = tree.get("date").and_then(Node::day) else {
        let message = say!("ngày kiểm tra không đúng", "the date of the visit is not valid");
        return Err(Error::wrong_use(message, Said::default()));
    };
    new_id(&centre)?;
    if asked.is_none()
        && tree.get("campaign").is_none()
        && let Some(campaign) = only_campaign(&store, date)
    {
        tree.put_at("campaign", Node::of_text(campaign));
    }
    let pen = call.pen(matches)?;
    // The number is taken under the lock: two people adding at once both succeed.
    let Some((_, id)) = place_of_visit(&pen.store, &tree) else {
        let message = say!("quá nhiều lần kiểm tra trong một ngày", "too many visits on one day");
        return Err(Error::wrong_use(message, Said::default()));
    };
    add(call, matches, &pen, RecordKind::Visit, &id, &tree, asked)?;
    next(call, matches, &say!("ttht show {id}", "ttht show {id}", [id]));
    Ok(Exit::Well)
}

fn exists(kind: RecordKind, id: &str, help: Text) -> Error {
    let label = kind.label();
    let message = say!(
        "đã có {label} “{id}”; không ghi đè",
        "the {label} “{id}” exists; it is not overwritten",
        [label, id]
    );
    Error::wrong_use(message, help.into())
}

/// Adds the record with an id.
pub fn add(
    call: &Call,
    matches: &ArgMatches,
    pen: &Pen,
    kind: RecordKind,
    id: &str,
    tree: &Node,
    asked: Option<Agreed>,
) -> Result<(), Error> {
    let file = pen.store.register.file(kind, id);
    pen.may_lie(&file)?;
    if pen.store.stands(&file) {
        return Err(exists(
            kind,
            id,
            t(
                "sửa bằng ttht edit hoặc ttht set; hoặc dùng mã khác",
                "change it with ttht edit or ttht set, or use another id",
            ),
        ));
    }
    write(call, matches, pen, Change::new(file, None, print::document(kind.fields(), tree)), asked)
}

/// Writes a new record, and takes its draft away.
fn write(
    call: &Call,
    matches: &ArgMatches,
    pen: &Pen,
    change: Change,
    asked: Option<Agreed>,
) -> Result<(), Error> {
    // A person who was asked has already seen the faults.
    let judging = if asked.is_some() { Judging::Done } else { judging(matches) };
    let done = call.commit(pen, vec![change], judging);
    if let Some(asked) = asked.filter(|_| call.has_written()) {
        asked.done();
    }
    done.map(|_| ())
}

/// Says what comes next.
pub fn next(call: &Call, matches: &ArgMatches, command: &Said) {
    if !DRY_RUN.given(matches) {
        call.tell(&say!(
            "Đã ghi vào sổ. Bước tiếp theo: {command}",
            "Written to the register. Next: {command}",
            [command]
        ));
    }
}
