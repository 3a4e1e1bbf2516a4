//! `ttht set ID KEY=VALUE…`: values changed in place. All of them are written, or none.

use super::add::wrong_value;
use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, DRY_RUN, ID, KIND, Opt, PAIR, arg};
use super::save::original;
use super::show::{find, visit_file};
use super::{Command, Cx};
use crate::desk::faults;
use crate::desk::pick::meant;
use crate::model::input::{read, resolve};
use crate::model::path::Step;
use crate::model::text::t;
use crate::model::tree::Node;
use crate::model::{RecordKind, unit};
use crate::say;
use crate::store::Store;
use crate::toml::{self, change};
use clap::ArgMatches;

/// The row of the command.
pub const SET: Command = Command::new(
    "set",
    t("Sửa giá trị trong một bản ghi", "Change values in a record"),
    || vec![ID.row, CHANGE.row, KIND.row, ALLOW_FAULTS.row, DRY_RUN.row],
    run,
);

const CHANGE: Opt<String> = arg(
    "change",
    PAIR,
    "Ví dụ context.population=8.521; KHOÁ- bỏ giá trị (context.population-)",
    "Such as context.population=8521; KEY- removes a value (context.population-)",
)
.many()
.required();

/// One record, and where it stands: a unit is a row of its file.
pub struct Target {
    /// The kind of the file.
    pub kind: RecordKind,
    /// The id of the file.
    pub id: String,
    /// The file, relative to the register.
    pub file: String,
    /// The row in the file; nothing for the whole of it.
    pub row: Vec<Step>,
}

impl Target {
    /// The one record that is meant.
    pub fn of(store: &Store, matches: &ArgMatches) -> Result<Target, Error> {
        let (kind, id) = find(store, ID.text(matches).unwrap_or_default(), KIND.text(matches))?;
        if kind == RecordKind::Units && id != RecordKind::Units.word() {
            let row = store.register.units.body.unit.iter().position(|unit| unit.id == id).unwrap_or(0);
            let row = vec![Step::Key("unit".into()), Step::Index(row)];
            return Ok(Target { kind, id: kind.word().into(), file: kind.path().into(), row });
        }
        let file =
            if kind == RecordKind::Visit { visit_file(store, &id)? } else { store.register.file(kind, &id) };
        if !store.root.join(&file).is_file() && toml::shipped::text(&id).is_some() {
            return Err(Error::wrong_use(
                say!(
                    "“{id}” có sẵn trong chương trình, không sửa được",
                    "“{id}” is shipped with the program"
                ),
                say!(
                    "chép ra một thang riêng: ttht show {id} -O toml > schemes/{id}-rieng.toml",
                    "make one of your own: ttht show {id} -O toml > schemes/{id}-own.toml"
                ),
            ));
        }
        Ok(Target { kind, id, file, row: Vec::new() })
    }
}

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = cx.root()?;
    let _lock = cx.lock(&root, matches)?;
    let store = cx.store()?;
    let target = Target::of(&store, matches)?;
    let path = store.root.join(&target.file);
    let Some(old) = original(&store, &target.file)? else { return Ok(Exit::Nothing) };
    let mut text = old.text.clone();
    for pair in CHANGE.all(matches) {
        text = changed(cx, &store, &target, &text, pair)?;
    }
    if text == old.text {
        cx.tell(&say!("không có gì thay đổi", "nothing changes"));
        return Ok(Exit::Well);
    }
    let judge = |text: &str| faults::of_text(&store, cx.today, target.kind, &target.file, &target.id, text);
    cx.refuse(&faults::new(&judge(&old.text), judge(&text)), matches)?;
    if DRY_RUN.given(matches) {
        return cx.show_change(&target.file, &old.text, &text).map(|()| Exit::Well);
    }
    cx.save(&path, Some(&old), &text)?;
    cx.print(format!("{}\n", target.file).as_bytes()).map(|()| Exit::Well)
}

/// The text after one change, as it was typed.
fn changed(cx: &Cx, store: &Store, target: &Target, text: &str, pair: &str) -> Result<String, Error> {
    let (typed_path, typed) = match (pair.split_once('='), pair.strip_suffix('-')) {
        (Some((path, value)), _) => (path.trim(), Some(value)),
        (None, Some(path)) => (path.trim(), None),
        (None, None) => {
            return Err(Error::wrong_use(
                say!("“{pair}”: thiếu dấu =", "“{pair}”: there is no ="),
                say!("viết khoá=giá_trị, hoặc khoá- để bỏ", "write key=value, or key- to take it out"),
            ));
        }
    };
    let wrong = |reason| wrong_value(typed_path, reason);
    let fields = if target.row.is_empty() { target.kind.fields() } else { unit::UNIT };
    let (steps, kind) = resolve(fields, typed_path, Some(&store.register)).map_err(wrong)?;
    let path: Vec<Step> = target.row.iter().cloned().chain(steps).collect();
    let file = &target.file;
    let Some(typed) = typed else {
        return change::remove(text, &path)
            .ok_or_else(|| wrong(say!("không có giá trị này trong {file}", "{file} has no such value")));
    };
    let value: Node = read(&kind, &meant(store, &kind, typed)?, cx.today).map_err(wrong)?;
    change::put(text, target.kind.fields(), &path, &value).ok_or_else(|| {
        Error::wrong_use(
            say!("không đặt được {typed_path} trong {file}", "{typed_path} cannot be set in {file}"),
            say!(
                "tệp phải đọc được, số thứ tự trong danh sách phải liền nhau; hoặc mở tệp: ttht edit",
                "the file must be readable and list indexes consecutive; or open it: ttht edit",
            ),
        )
    })
}
