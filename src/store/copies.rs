//! Copies of records that other programs made: told by their names, or by what is in them. None is counted.

use super::files::{Files, Listed, Stands};
use super::{Store, load};
use crate::model::RecordKind;
use crate::model::centre::Centre;
use crate::model::fault::Fault;
use crate::model::foreign::{Foreign, foreign};
use crate::model::history::Record;
use crate::model::text::Text;
use crate::model::visit::Visit;
use crate::say;
use crate::toml::codes;
use std::collections::BTreeMap;

/// The fault of a file or folder whose name is that of a copy of one in the same folder.
pub fn named(folder: &str, name: &str, of: &str, by: Text, is_there: bool) -> Fault {
    let help = match is_there {
        true => say!(
            "so hai bản, giữ nội dung đúng trong “{of}”, rồi xoá “{name}”",
            "compare the two, keep what is right in “{of}”, then delete “{name}”",
            [of, name]
        ),
        false => say!(
            "đổi tên thành “{of}” nếu đây là bản cần giữ, nếu không thì xoá",
            "rename it to “{of}” if it is to be kept, else delete it",
            [of]
        ),
    };
    let message = say!(
        "“{name}” là bản sao của “{of}” do {by} để lại, không được đọc",
        "“{name}” is a copy of “{of}” that {by} left, and is not read",
        [name, of, by]
    );
    let file = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    Fault::new(&codes::COPY_OF_RECORD, file, message, help)
}

/// The fault of a record that says again what another one says.
fn repeated(kind: RecordKind, id: &str, of: &str, file: &str) -> Fault {
    let kind = kind.label();
    Fault::new(
        &codes::COPY_OF_RECORD,
        file,
        say!(
            "{kind} “{id}” lặp lại {kind} “{of}”: có vẻ là bản sao do chương trình khác để lại, không được tính",
            "the {kind} “{id}” repeats the {kind} “{of}”: it seems to be a copy that another program left, and is not \
             counted",
            [kind, id, of]
        ),
        say!(
            "so hai tệp, giữ nội dung đúng trong “{of}.toml”, rồi xoá “{id}.toml”; nếu thật là hai {kind} thì đặt tên khác \
             nhau",
            "compare the two files, keep what is right in “{of}.toml”, then delete “{id}.toml”; if they are really two, \
             give each {kind} a name of its own",
            [kind, of, id]
        ),
    )
}

/// The fault of a visit whose file has the name of the one that it belongs in, `of`, with an addition.
pub fn of_visit(file: &str, of: &str) -> Option<Fault> {
    let name = file.rsplit('/').next()?;
    let of = of.rsplit('/').next()?;
    name.strip_prefix(of.strip_suffix(".toml")?)?.strip_prefix('-')?;
    let message = say!(
        "“{name}” nói về cùng một lần kiểm tra với “{of}”: có vẻ là bản sao do chương trình khác để lại",
        "“{name}” is about the same visit as “{of}”: it seems to be a copy that another program left",
        [name, of]
    );
    let help = say!(
        "so hai tệp, giữ nội dung đúng trong “{of}”, rồi xoá “{name}”; nếu thật là hai lần kiểm tra thì sửa trung tâm, ngày \
         (centre, date)",
        "compare the two, keep what is right in “{of}”, then delete “{name}”; if they are really two visits, correct the \
         centre or the date (centre, date)",
        [of, name]
    );
    Some(Fault::new(&codes::COPY_OF_RECORD, file, message, help))
}

/// What an id is a copy of by its name, if that is there: `yen-thanh` for `yen-thanh-laptop`.
fn originals(id: &str) -> impl Iterator<Item = &str> {
    id.rmatch_indices('-').map(|(at, _)| &id[..at])
}

/// Takes the copies out of records of a kind, and tells of each.
pub fn taken_out<T>(
    kind: RecordKind,
    records: &mut BTreeMap<String, Record<T>>,
    repeats: impl Fn(&T, &T) -> bool,
) -> Vec<Fault> {
    let original = |id: &str, record: &Record<T>| {
        let is_original = |of: &&str| records.get(*of).is_some_and(|of| repeats(&record.body, &of.body));
        originals(id).find(is_original).map(str::to_owned)
    };
    let copies: Vec<_> =
        records.iter().filter_map(|(id, record)| Some((id.clone(), original(id, record)?))).collect();
    let take = |(id, of): &(String, String)| {
        let record = records.remove(id)?;
        Some(repeated(kind, id, of, &record.file))
    };
    copies.iter().filter_map(take).collect()
}

/// Takes the copies out of the ids of centres, and tells of each. Nearly no id begins with another id, so nearly nothing
/// is read.
pub fn of_centres(store: &Store, ids: &mut BTreeMap<String, Listed>) -> Vec<Fault> {
    let copy = |id: &String| Some((id.clone(), of_centre(store, id, |of| ids.contains_key(of))?));
    let copies: Vec<_> = ids.keys().filter_map(copy).collect();
    copies
        .into_iter()
        .map(|(id, fault)| {
            ids.remove(&id);
            fault
        })
        .collect()
}

/// The fault of a centre that repeats one of those that are there.
pub fn of_centre(store: &Store, id: &str, has: impl Fn(&str) -> bool) -> Option<Fault> {
    let read = |id: &str| {
        let file = store.register.file(RecordKind::Centre, id);
        load::<Centre>(store.files.text(&file), &file, id, RecordKind::Centre, &store.known).record
    };
    let mut others = originals(id).filter(|of| has(of)).peekable();
    others.peek()?;
    let centre = read(id)?;
    let of = others.find(|of| read(of).is_some_and(|of| centre.body.repeats(&of.body)))?;
    Some(repeated(RecordKind::Centre, id, of, &centre.file))
}

/// The fault of a visit to a centre that is not there, if it is the copy of one beside it; `beside` gives the file of the
/// visit of that day to a centre.
pub fn of_visit_beside(
    store: &Store,
    file: &str,
    centre: &str,
    beside: impl Fn(&str) -> Option<String>,
) -> Option<Fault> {
    let mut others = originals(centre).filter_map(|of| Some((of, beside(of)?))).peekable();
    others.peek()?;
    let stem = file.rsplit('/').next()?.strip_suffix(".toml")?;
    let visit = load::<Visit>(store.files.text(file), file, stem, RecordKind::Visit, &store.known).record?;
    let (_, of) = others.find(|(of, _)| visit.body.centre == *of)?;
    of_visit(file, &of)
}

/// The fault of a file or folder of the register itself whose name has capitals: to Windows it is the same.
fn in_capitals(name: &str, small: &str) -> Fault {
    Fault::new(
        &codes::STRAY_FILE,
        name,
        say!(
            "“{name}” phải viết bằng chữ thường: chỉ Windows mới coi đó là “{small}”, máy khác không đọc",
            "“{name}” is written in small letters: only Windows takes it for “{small}”, other systems do not read it",
            [name, small]
        ),
        say!("đổi tên thành {small}", "rename it to {small}", [small]),
    )
}

/// The faults of copies of the two files that lie in the folder of the register itself, and of its folders, and of such names
/// in capitals.
pub fn at_root(files: &Files) -> Vec<Fault> {
    let names = files.names("").into_iter().flatten().flatten();
    let mut faults = Vec::new();
    for (name, listed) in names {
        let Ok(name) = name.into_string() else { continue };
        let is_folder = listed == Listed::Unclear && matches!(files.stands(&name), Stands::Folder);
        let is_ours = |stem: &str| {
            let ours = RecordKind::ALL.iter().map(|kind| match kind.folder() {
                "" => (kind.path().trim_end_matches(".toml"), false),
                folder => (folder, true),
            });
            ours.into_iter().any(|ours| ours == (stem, is_folder))
        };
        let ending = if is_folder { "" } else { ".toml" };
        let has = |stem: &str| is_ours(stem) && files.has(&format!("{stem}{ending}"));
        let small = name.to_lowercase();
        if small != name && small.strip_suffix(ending).is_some_and(is_ours) {
            faults.push(in_capitals(&name, &small));
        } else if let Some(Foreign::Copy { of, by }) = foreign(&name, is_folder, is_ours, has) {
            faults.push(named("", &name, &of, by, files.has(&of)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_register_is_in_small_letters_on_every_system() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["Visits", "centres", "Photos", "GHI CHÉP"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        for name in ["Units.toml", "README.md", "ttht.toml"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let mut faults = at_root(&Files::new(folder.path()).unwrap());
        faults.sort_by(|one, other| one.file.cmp(&other.file));
        let told: Vec<_> = faults.iter().map(|fault| (&*fault.file, &*fault.help.en)).collect();
        assert_eq!(told, [("Units.toml", "rename it to units.toml"), ("Visits", "rename it to visits")]);
    }
}
