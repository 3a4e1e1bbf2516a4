//! `ttht check --fix`: repairs what needs nobody's judgement, and shows what it did.

use super::error::Error;
use super::options::DRY_RUN;
use super::save::{changed, original};
use super::{Cx, refused};
use crate::desk::faults::of_register;
use crate::model::RecordKind;
use crate::model::fault::Fault;
use crate::model::field::{Kind, Refers};
use crate::model::id::VisitId;
use crate::model::input::read;
use crate::model::number::many;
use crate::model::path::steps;
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::compose;
use crate::say;
use crate::store::{Store, write};
use crate::toml::{self, change, codes};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::fs;

/// A repair: the code of the faults that it mends, and the text that is meant instead of the one that stands there.
struct Repair {
    code: &'static str,
    meant: fn(&str) -> String,
}

/// Every repair of a value. What is meant is then read as if it had been typed, by the row of its key.
const REPAIRS: &[Repair] = &[
    Repair { code: codes::NOT_COMPOSED.name, meant: |text| compose(text).into_owned() },
    Repair { code: codes::BAD_DATE.name, meant: str::to_owned },
    Repair { code: codes::BAD_FORM.name, meant: str::to_owned },
    Repair { code: codes::UNKNOWN_WORD.name, meant: str::to_owned },
    Repair { code: codes::WRONG_TYPE.name, meant: str::to_owned },
    Repair { code: "look-alike-letter", meant: |text| text.replace('Ð', "Đ").replace('ð', "đ") },
    Repair { code: "stray-space", meant: |text| text.split_whitespace().collect::<Vec<_>>().join(" ") },
    Repair { code: "document-number-malformed", meant: str::to_owned },
];

/// Repairs a register, or shows what would be repaired. Returns how many files there are to repair.
pub fn fix(cx: &Cx, matches: &ArgMatches) -> Result<usize, Error> {
    let dry = DRY_RUN.given(matches);
    let _lock = cx.lock(&cx.root()?, matches)?;
    let store = cx.store()?;
    let faults = of_register(&store, cx.today).map_err(super::refused)?.faults;
    let mut by_file: BTreeMap<&str, Vec<&Fault>> = BTreeMap::new();
    faults.iter().for_each(|fault| by_file.entry(&fault.file).or_default().push(fault));
    let mut repaired = 0;
    for (kind, file) in store.record_files().map_err(refused)? {
        let Some(faults) = by_file.get(file.as_str()) else { continue };
        repaired += usize::from(
            values(cx, &store, kind, &file, faults, dry)? | moved(cx, &store, &file, faults, dry)?,
        );
    }
    Ok(repaired)
}

/// Repairs the values of a file, all in one write. True where there are any.
fn values(
    cx: &Cx,
    store: &Store,
    kind: RecordKind,
    file: &str,
    faults: &[&Fault],
    dry: bool,
) -> Result<bool, Error> {
    let Ok(Some(old)) = original(store, file) else { return Ok(false) };
    let mut text = old.text.clone();
    for fault in faults {
        let Some(repair) = REPAIRS.iter().find(|repair| repair.code == fault.code) else { continue };
        text = mended(cx, &text, kind, fault, repair).unwrap_or(text);
    }
    if text == old.text {
        return Ok(false);
    }
    cx.show_change(file, &old.text, &text)?;
    let path = store.root.join(file);
    match dry || old.swap(&text).map_err(|error| Error::io(&path, &error))? {
        true => Ok(true),
        false => Err(changed(&path)),
    }
}

/// The text with one value repaired; none where what is meant is not certain.
fn mended(cx: &Cx, text: &str, kind: RecordKind, fault: &Fault, repair: &Repair) -> Option<String> {
    let path = steps(fault.key.as_deref()?)?;
    let tree = toml::raw_tree(text);
    let old = tree.follow(&path)?;
    let field = kind.root().at(&path);
    // Only one text may become another value: a list in place of a text, or a number in place of a day, needs a person.
    let (typed, fits) = (old.text()?, field.is_scalar() && !matches!(field, Kind::Id(_)));
    let meant = fits.then(|| (repair.meant)(typed))?;
    let new = match field {
        Kind::Text | Kind::Prose => Node::new(Value::Text(meant.into())),
        field => read(&field, &meant, cx.today).ok()?,
    };
    (new.value != old.value).then(|| change::put(text, kind.fields(), &path, &new))?
}

/// Gives a visit the name and the folder that its content says. True where it has others and the place is free.
fn moved(cx: &Cx, store: &Store, file: &str, faults: &[&Fault], dry: bool) -> Result<bool, Error> {
    let misplaced =
        |fault: &&&Fault| [codes::WRONG_FOLDER.name, codes::NAME_DIFFERS.name].contains(&fault.code);
    let stem = file.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
    let (Some(named), Some(_)) = (stem.and_then(VisitId::parse), faults.iter().find(misplaced)) else {
        return Ok(false);
    };
    let text = store.text(file).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let centre = tree.get("centre").and_then(Node::text).filter(|id| store.has(Refers::Centre, id));
    let (Some(centre), Some(Value::Day(date))) = (centre, tree.get("date").map(|date| &date.value)) else {
        return Ok(false);
    };
    let id = VisitId { date: *date, centre, number: named.number }.to_string();
    let target = store.register.file(RecordKind::Visit, &id);
    let (from, to) = (store.root.join(file), store.root.join(&target));
    if to.exists() {
        return Ok(false);
    }
    cx.print(format!("{file} → {target}\n").as_bytes())?;
    if !dry {
        let bytes = fs::read(&from).map_err(|error| Error::io(&from, &error))?;
        write::create(&to, &bytes).map_err(|error| Error::io(&to, &error))?;
        fs::remove_file(&from).map_err(|error| Error::io(&from, &error))?;
    }
    Ok(true)
}

/// What was done, in a line.
pub fn told(cx: &Cx, repaired: usize, dry: bool) {
    let files = |n| many(n, "tệp", "file");
    cx.tell(&match (repaired, dry) {
        (0, _) => say!("Không có gì sửa tự động được.", "There is nothing that can be repaired by itself."),
        (n, true) => {
            say!("Có thể sửa {n}; chưa ghi gì.", "{n} can be repaired; nothing was written.", n = files(n))
        }
        (n, false) => say!("Đã sửa {n}.", "{n} repaired.", n = files(n)),
    });
}
