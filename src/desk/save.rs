//! Saving: what has changed in a register since it was saved last, and how that becomes the next version.

use super::commit::{Judging, lock};
use super::editors;
use super::error::{Error, Exit};
use super::faults;
use super::git::stages::{self, are_both, is_as_merged};
use super::git::standing::{self, Standing};
use super::git::{self, Version, recorded};
use super::versions::{self, Changed, telling};
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::number::many;
use crate::model::text::{Said, small, t};
use crate::say;
use crate::store::{Store, picture};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The variable by which the hook of a register hears that faults are allowed.
pub const ALLOWS_FAULTS: &str = "TTHT_ALLOW_FAULTS";

/// What is not saved yet.
#[derive(Debug)]
pub struct Unsaved {
    /// Where the repository stands.
    pub standing: Standing,
    /// The register as it lies on the disk.
    pub store: Store,
    /// What has changed, record by record.
    pub changed: Vec<Changed>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// What lies in the folder, has changed, and is no part of the register.
    pub beside: Vec<String>,
    files: Vec<String>,
    tree: String,
}

/// True for what belongs to a register: its records and their pictures, its templates, what a new one brings, and what
/// editors are told.
pub fn belongs(file: &str) -> bool {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let below = |of: &str| folder == of || folder.strip_prefix(of).is_some_and(|rest| rest.starts_with('/'));
    RecordKind::of(file).is_some()
        || below(picture::FOLDER) && picture::is_picture(name)
        || folder == "templates" && name.ends_with(".docx") && !name.starts_with('~')
        || folder == editors::FOLDER && name.ends_with(".json")
        || folder.is_empty()
            && (["README.md", ".gitattributes", ".gitignore"].contains(&name)
                || editors::SETTINGS.contains(&name))
}

/// Looks for what is not saved yet. Nothing is changed, but for what a merge has left open and somebody has settled.
pub fn look(root: &Path, today: Day) -> Result<Unsaved, Error> {
    let standing = standing::of(root)?;
    if standing.merging.is_some() {
        settle(root)?;
    }
    let last = match &standing.head {
        Some(head) => head.clone(),
        None => recorded::empty(root)?,
    };
    let mut touched = git::touched(root, &last, &Version::Disk)?;
    let held = touched.iter().flat_map(|one| [&one.was, &one.now]).flatten();
    let all: BTreeSet<String> = held.map(|held| held.file.clone()).collect();
    let (files, beside): (Vec<String>, Vec<String>) = all.into_iter().partition(|file| belongs(file));
    touched.retain(|one| [&one.was, &one.now].into_iter().flatten().any(|held| belongs(&held.file)));
    let tree = recorded::tree(root, standing.head.as_deref(), &files)?;
    let store = Store::open(root)?;
    let changed = versions::between(root, &store, &last, &Version::Commit(tree.clone()))?;
    let before = || git::at(root, &Version::Commit(last));
    let faults = match standing.head {
        Some(_) => faults::of_changes(&store, today, &touched, before)?.faults,
        None => faults::of_register(&store, today)?.faults,
    };
    Ok(Unsaved { standing, store, changed, faults, beside, files, tree })
}

/// Takes the files that a merge has left open, and that have no marks any more, as settled. Refused while others are open.
fn settle(root: &Path) -> Result<(), Error> {
    let (mut settled, mut open) = (Vec::new(), Vec::new());
    for (file, stages) in stages::unmerged(root)? {
        let text = std::fs::read(root.join(&file)).unwrap_or_default();
        let is_marked = text.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"<<<<<<<"));
        let is_settled = are_both(&stages) && !is_as_merged(root, &file, &stages)? && !is_marked;
        if is_settled { &mut settled } else { &mut open }.push(file);
    }
    if let Some(first) = open.first() {
        let (n, first) = (many(open.len(), "tệp", "file"), first.as_str());
        return Err(Error::faults(
            say!(
                "còn {n} có hai giá trị khác nhau, chưa chọn ({first})",
                "{n} still have two values to choose from ({first})",
                [n, first]
            ),
            say!("chọn: ttht resolve; rồi chạy lại", "choose: ttht resolve; then run it again"),
        ));
    }
    if settled.is_empty() { Ok(()) } else { recorded::stage(root, &settled) }
}

impl Unsaved {
    /// True if all is saved.
    pub fn is_none(&self) -> bool {
        self.changed.is_empty() && self.standing.merging.is_none()
    }

    /// What can be said of it in a line: `Kiểm tra phường Yên Thanh 27/10/2016: thêm; 3 kiến nghị`.
    pub fn message(&self) -> Said {
        let (records, others): (Vec<_>, Vec<_>) =
            self.changed.iter().partition(|changed| changed.kind.is_some());
        match (&records[..], &others[..]) {
            _ if self.standing.merging.is_some() => say!("Gộp hai bản", "Merge of two versions"),
            ([one], _) => {
                let pictures =
                    Some(others.len()).filter(|n| *n > 0).map(|n| many(n, "tệp khác", "other file"));
                Said::join([self.about(one)].into_iter().chain(pictures), "; ")
            }
            ([], [one]) => self.about(one),
            _ => counted(&self.changed),
        }
    }

    /// What became of one record, with the parts of it that have changed.
    fn about(&self, changed: &Changed) -> Said {
        let (became, parts) = (became(changed), self.parts(changed));
        say!("{became}{parts}", "{became}{parts}", [became, parts])
    }

    /// The parts of a record in which something has changed.
    fn parts(&self, changed: &Changed) -> Said {
        let Some(kind) = changed.kind else { return Said::default() };
        let mut labels: Vec<Said> = Vec::new();
        for difference in &changed.differences {
            let top = versions::worded::label(&self.store.register, &kind.root(), &difference.path[..1]).0;
            if !labels.contains(&top) {
                labels.push(top);
            }
        }
        if labels.is_empty() {
            return Said::default();
        }
        let more = if labels.len() > NAMED { ", …" } else { "" };
        labels.truncate(NAMED);
        let labels = Said::join(labels, ", ");
        say!(" ({labels}{more})", " ({labels}{more})", [labels, more])
    }

    /// Saves it. Refused if anything was changed since it was looked at.
    pub fn record(&self, root: &Path, message: &str, judging: Judging) -> Result<(), Error> {
        let _lock = lock(root)?;
        self.standing.on_branch()?;
        let tree = recorded::tree(root, self.standing.head.as_deref(), &self.files)?;
        if tree != self.tree || standing::of(root)? != self.standing {
            return Err(Error {
                exit: Exit::Changed,
                message: say!(
                    "sổ vừa được sửa thêm; chưa lưu gì",
                    "the register has just been changed; nothing was saved"
                ),
                help: say!("chạy lại lệnh", "run the command again"),
            });
        }
        let allows: &[_] = if judging == Judging::Lenient { &[(ALLOWS_FAULTS, "1")] } else { &[] };
        let done = match self.standing.merging {
            Some(_) => recorded::conclude(root, allows, &self.files, message),
            None => recorded::record(root, allows, &self.files, message),
        };
        let correct = say!("chưa lưu gì; sửa rồi lưu lại", "nothing was saved; correct it and save again");
        done.map_err(|error| if error.help.is_empty() { Error { help: correct, ..error } } else { error })
    }
}

/// What became of one record: `Kiểm tra phường Yên Thanh 27/10/2016: thêm; 3 kiến nghị`.
pub fn became(changed: &Changed) -> Said {
    let called = &changed.called;
    let deed = telling::deed(changed).map_or_else(|| t("sửa", "changed").into(), |(_, said)| said);
    say!("{called}: {deed}", "{called}: {deed}", [called, deed])
}

/// So many parts of a record are named.
const NAMED: usize = 3;

/// How many records of each kind are new, changed and gone: `thêm 3 lần kiểm tra, 1 ảnh; sửa 2 trung tâm`.
pub fn counted(changed: &[Changed]) -> Said {
    let deeds = [t("thêm", "added"), t("sửa", "changed"), t("xoá", "removed")];
    let deed = |one: &Changed| match (&one.was, &one.now) {
        (None, _) => 0,
        (_, None) => 2,
        _ => 1,
    };
    let each = deeds.iter().enumerate().filter_map(|(at, said)| {
        let mut counts: BTreeMap<_, (usize, &Changed)> = BTreeMap::new();
        for one in changed.iter().filter(|one| deed(one) == at) {
            counts.entry((one.kind.is_none(), one.kind)).or_insert((0, one)).0 += 1;
        }
        let things = Said::join(counts.into_iter().map(|((_, kind), (n, one))| so_many(n, kind, one)), ", ");
        (!things.is_empty()).then(|| say!("{said} {things}", "{said} {things}", [said, things]))
    });
    Said::join(each, "; ")
}

/// So many records of a kind; of what there is only one, by its name.
fn so_many(n: usize, kind: Option<RecordKind>, one: &Changed) -> Said {
    match kind {
        Some(kind) if kind.is_many() => many(n, kind.label().vi, kind.label().en),
        Some(_) => Said { vi: small(&one.called.vi), en: small(&one.called.en) },
        None => many(n, "tệp khác", "other file"),
    }
}
