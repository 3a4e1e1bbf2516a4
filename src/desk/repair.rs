//! Repairs what needs no judgement.

use super::commit::{Change, Judging, Outcome, Pen};
use super::error::Error;
use super::faults::of_register;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::{Kind, Refers};
use crate::model::id::VisitId;
use crate::model::input::read;
use crate::model::path::steps;
use crate::model::tree::{Node, Value};
use crate::model::vietnamese::compose;
use crate::store::Store;
use crate::toml::{self, change, codes};

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

/// Repairs a register: all of it, or nothing.
pub fn repair(pen: &Pen) -> Result<Outcome, Error> {
    let faults = of_register(&pen.store, pen.today)?.faults;
    let mut changes = Vec::new();
    for faults in faults.chunk_by(|a, b| a.file == b.file) {
        let file = &faults[0].file;
        let (Some((kind, _)), Ok(Some(old))) = (RecordKind::of(file), pen.original(file)) else { continue };
        let text = faults.iter().fold(old.text.clone(), |text, fault| {
            let repair = REPAIRS.iter().find(|repair| repair.code == fault.code);
            repair.and_then(|repair| mended(pen.today, &text, kind, fault, repair)).unwrap_or(text)
        });
        let is_free = |to: &String| changes.iter().all(|change: &Change| change.to.as_ref() != Some(to));
        let to = moved(&pen.store, file, faults).filter(is_free);
        changes.push(Change { to, ..Change::new(file, Some(old), text) });
    }
    pen.commit(changes, Judging::Done)
}

/// The text with one value repaired; none where what is meant is not certain.
fn mended(today: Day, text: &str, kind: RecordKind, fault: &Fault, repair: &Repair) -> Option<String> {
    let path = steps(fault.key.as_deref()?)?;
    let tree = toml::raw_tree(text);
    let old = tree.follow(&path)?;
    let field = kind.root().at(&path);
    // Only one text may become another value: a list in place of a text, or a number in place of a day, needs a person.
    let (typed, fits) = (old.text()?, field.is_scalar() && !matches!(field, Kind::Id(_)));
    let meant = fits.then(|| (repair.meant)(typed))?;
    let new = match field {
        Kind::Text | Kind::Prose => Node::new(Value::Text(meant.into())),
        field => read(&field, &meant, today).ok()?,
    };
    (new.value != old.value).then(|| change::put(text, kind.fields(), &path, &new))?
}

/// Where a visit belongs that has another name or folder than its content says, if that place is free.
fn moved(store: &Store, file: &str, faults: &[Fault]) -> Option<String> {
    let misplaced =
        |fault: &Fault| [codes::WRONG_FOLDER.name, codes::NAME_DIFFERS.name].contains(&fault.code);
    let (RecordKind::Visit, stem) = RecordKind::of(file)? else { return None };
    let named = VisitId::parse(stem).filter(|_| faults.iter().any(misplaced))?;
    let text = store.text(file)?;
    let tree = toml::raw_tree(&text);
    let centre = tree.get("centre").and_then(Node::text).filter(|id| store.has(Refers::Centre, id))?;
    let Value::Day(date) = tree.get("date")?.value else { return None };
    let id = VisitId { date, centre, number: named.number }.to_string();
    let target = store.register.file(RecordKind::Visit, &id);
    (!store.root.join(&target).exists()).then_some(target)
}
