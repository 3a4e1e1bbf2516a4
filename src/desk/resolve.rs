//! What two people have changed in different ways, and the choice between both: which files are open, what is open in them,
//! and the files as they are after the choice.

use super::commit::{Change, original};
use super::error::Error;
use super::find::Target;
use super::git::{self, stages};
use super::typed;
use super::versions::{called, worded};
use crate::model::RecordKind;
use crate::model::id::VisitId;
use crate::model::identity::{Named, kind_at, written};
use crate::model::input::Speaker;
use crate::model::path::Step;
use crate::model::text::{Lang, Said, Text, t};
use crate::model::tree::Node;
use crate::render::record;
use crate::say;
use crate::store::{Original, Store};
use crate::toml::conflict::chosen::{Choice, Chosen};
use crate::toml::conflict::{Conflict, Open, read};
use crate::toml::marks::{Side, holds_conflict};
use crate::toml::{self, change, raw_tree};
use std::collections::BTreeMap;

/// A file of which two versions are open.
#[derive(Debug)]
pub struct OpenFile {
    /// The record.
    pub target: Target,
    /// What people call it.
    pub called: Said,
    /// The file as it is; none if neither version left one.
    pub old: Option<Original>,
    /// The side that has taken it away, if one has.
    pub gone: Option<Side>,
    /// The text with which both began, where git keeps it.
    base: Option<String>,
    /// True if git waits for it.
    pub unmerged: bool,
}

/// One thing to choose.
#[derive(Debug)]
pub struct Question {
    /// Where it is: `team[Lê Văn C].role`; empty for the whole file.
    pub path: String,
    /// The same as a key of the file, as it is in this copy.
    pub key: String,
    /// What it is: `Thông tin chung, dân số`.
    pub label: Said,
    /// What this copy says and what the other one says, each with who and when.
    pub sides: [(Said, Said); 2],
    /// What both began with, where that is known.
    pub before: Option<Said>,
    /// True if both can be kept.
    pub both: bool,
}

/// The files of records that are open, in the order of kinds and ids: those that hold marks, and those that git waits for.
pub fn open_files(store: &Store) -> Result<Vec<OpenFile>, Error> {
    let waiting = stages::unmerged(store.root())?;
    let holds = |file: &String| store.text(file).is_some_and(|text| holds_conflict(&text));
    let files = store.record_files()?.files.into_iter().map(|(_, file)| file);
    let mut all: Vec<String> = files.filter(|file| !waiting.contains_key(file) && holds(file)).collect();
    let whole = stages::whole(store.root(), &waiting)?;
    let waits = |file: &&String| RecordKind::of(file).is_some() && !whole.contains(*file);
    all.extend(waiting.keys().filter(waits).cloned());
    all.sort_by_key(|file| RecordKind::of(file).map(|(kind, id)| (kind, id.to_owned())));
    all.iter().filter_map(|file| open_file(store, file, &waiting).transpose()).collect()
}

fn open_file(
    store: &Store,
    file: &str,
    waiting: &BTreeMap<String, stages::Stages>,
) -> Result<Option<OpenFile>, Error> {
    let Some((kind, id)) = RecordKind::of(file) else { return Ok(None) };
    let old = original(store, file)?;
    let stages = waiting.get(file);
    let gone = match stages {
        Some([_, None, Some(_)]) => Some(Side::Ours),
        Some([_, Some(_), None]) => Some(Side::Theirs),
        _ => None,
    };
    let tree = old.as_ref().map(|old| raw_tree(&old.text));
    let called = called(store, Some(kind), id, tree.as_ref());
    let base = match stages {
        Some([Some(base), Some(_), Some(_)]) => git::blobs(store.root(), &[base])?.pop(),
        _ => None,
    };
    let base = base.and_then(|bytes| toml::text(&bytes, file).ok());
    let target = Target { kind, id: id.to_owned(), file: file.to_owned(), row: Vec::new() };
    Ok(Some(OpenFile { target, called, old, gone, base, unmerged: stages.is_some() }))
}

impl OpenFile {
    /// The text as two versions of the record; none if it has no marks. An error if one of them cannot be read.
    pub fn read(&self) -> Result<Option<Open<'_>>, Error> {
        let Some(old) = self.old.as_ref().filter(|old| holds_conflict(&old.text)) else { return Ok(None) };
        let file = &self.target.file;
        read(&old.text, self.target.kind.fields(), self.base.as_deref()).map(Some).ok_or_else(|| {
            Error::faults(
                say!("{file}: có bản không đọc được", "{file}: one of the versions cannot be read", [file]),
                say!(
                    "sửa tay: ttht edit {id}; xem lỗi: ttht check {file}",
                    "correct it by hand: ttht edit {id}; see the errors: ttht check {file}",
                    [id = self.target.id, file]
                ),
            )
        })
    }

    /// What is to be chosen in it, each with its place among the conflicts.
    pub fn questions(&self, store: &Store, open: Option<&Open>) -> Vec<(usize, Question)> {
        let root = self.target.kind.root();
        if let Some(gone) = self.gone {
            return vec![(0, self.whole(gone))];
        }
        let open_ones =
            open.into_iter().flat_map(|open| open.conflicts.iter().enumerate().map(move |one| (open, one)));
        let unsettled = open_ones.filter(|(_, (_, one))| one.settled(&root).is_none());
        let question = |(open, (at, one)): (&Open, (usize, &Conflict))| {
            let (label, scheme) = worded::label(&store.register, &root, &one.path);
            let kind = kind_at(&root, &one.path);
            let value = |node: &Node| {
                let words =
                    |lang| record::value(node, &kind, &store.register, scheme, lang).replace('\n', " ");
                Said { vi: words(Lang::Vi), en: words(Lang::En) }
            };
            let said = |node: &Option<Node>| node.as_ref().map_or_else(|| NOTHING.into(), value);
            let sides = [(&one.ours, Side::Ours), (&one.theirs, Side::Theirs)]
                .map(|(node, side)| (said(node), open.who(one, side)));
            let before = one.base.as_ref().map(said);
            let (path, both) = (written(&one.path), one.allows_both(&root));
            (at, Question { path, key: one.key.clone(), label, sides, before, both })
        };
        unsettled.map(question).collect()
    }

    /// The question about a file that one side has taken away.
    fn whole(&self, gone: Side) -> Question {
        let words = |side: Side, who: Said| match side == gone {
            true => (t("bỏ cả tệp", "the whole file is taken away").into(), who),
            false => (t("giữ, với các thay đổi", "it stays, with its changes").into(), who),
        };
        let sides = [
            words(Side::Ours, t("bản này", "this version").into()),
            words(Side::Theirs, t("bản kia", "the other version").into()),
        ];
        let label = t("Cả tệp", "The whole file").into();
        Question { path: String::new(), key: String::new(), label, sides, before: None, both: false }
    }
}

impl Question {
    /// All of it in a line.
    pub fn said(&self) -> Said {
        let Question { label, sides: [(ours, who), (theirs, whose)], .. } = self;
        let key = if self.path.is_empty() { String::new() } else { format!(" [{}]", self.path) };
        say!(
            "{label}{key}: {ours} ({who}); {theirs} ({whose})",
            "{label}{key}: {ours} ({who}); {theirs} ({whose})",
            [label, key, ours, who, theirs, whose]
        )
    }
}

const NOTHING: Text = t("không có", "nothing");

/// What was typed for a value that is open; nothing takes it out.
pub fn typed_choice(
    store: &Store,
    speaker: Speaker,
    file: &OpenFile,
    path: &[Named],
    typed: &str,
) -> Result<Choice, Error> {
    if typed.is_empty() {
        return Ok(Choice::Value(None));
    }
    let (root, place) = (file.target.kind.root(), written(path));
    let step = |name: &Named| match name {
        Named::Key(key) => Step::Key(key.clone()),
        Named::Row(_) | Named::Item => Step::Index(0),
    };
    let steps: Vec<Step> = path.iter().map(step).collect();
    let value = typed::value(store, speaker, &file.target, (&place, &steps), &kind_at(&root, path), typed)?;
    Ok(Choice::Value(Some(value)))
}

/// The change of a file after choices, and those of the visits that refer to what has another word now. What may refer to
/// either of two is told.
pub fn changes(store: &Store, file: OpenFile, choices: &[Choice]) -> Result<(Vec<Change>, Vec<Said>), Error> {
    let Some(Chosen { text, renamed }) = file.chosen(choices)? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let (mut changes, mut notes) = (Vec::new(), Vec::new());
    for (was, now) in &renamed {
        let id = &file.target.id;
        notes.push(say!(
            "kiến nghị {was} của bản kia nay là {now}",
            "recommendation {was} of the other version is now {now}",
            [was, now]
        ));
        follow(store, id, (was, now), &mut changes, &mut notes)?;
    }
    changes.insert(0, Change::new(file.target.file, file.old, text));
    Ok((changes, notes))
}

impl OpenFile {
    /// The text after choices, one for each question in its order; none if there are no marks in it.
    fn chosen(&self, choices: &[Choice]) -> Result<Option<Chosen>, Error> {
        let Some(open) = self.read()? else { return Ok(None) };
        let root = self.target.kind.root();
        let mut choices = choices.iter();
        let all: Option<Vec<Choice>> = open
            .conflicts
            .iter()
            .map(|one| match one.settled(&root) {
                Some(Side::Theirs) => Some(Choice::Theirs),
                Some(_) => Some(Choice::Ours),
                None => choices.next().cloned(),
            })
            .collect();
        let chosen = all.and_then(|all| open.chosen(self.target.kind.fields(), &all));
        let file = &self.target.file;
        chosen.map(Some).ok_or_else(|| {
            Error::faults(
                say!(
                    "không ghi được lựa chọn vào {file}",
                    "the choice cannot be written into {file}",
                    [file]
                ),
                say!(
                    "sửa lỗi khác của tệp trước, hoặc sửa tay: ttht edit {id}",
                    "correct the other errors of the file first, or do it by hand: ttht edit {id}",
                    [id = self.target.id]
                ),
            )
        })
    }
}

/// Has the visits that refer to a recommendation refer to its new word, if they come from the side that gave it.
fn follow(
    store: &Store,
    visit: &str,
    (was, now): (&str, &str),
    changes: &mut Vec<Change>,
    notes: &mut Vec<Said>,
) -> Result<(), Error> {
    let Some(VisitId { centre, .. }) = VisitId::parse(visit) else { return Ok(()) };
    let (of, new) = (format!("{visit}#{was}"), Node::of_text(format!("{visit}#{now}")));
    let sides = stages::theirs(store.root());
    for record in &store.centre_history(centre).visits {
        let rows = record.body.followup.iter().enumerate().filter(|(_, row)| row.of == of);
        for (at, _) in rows {
            let file = record.file.to_string();
            let is_theirs = sides.as_ref().is_some_and(|(theirs, _)| theirs.contains(&file));
            let is_unclear = sides.as_ref().is_none_or(|(_, both)| both.contains(&file));
            let path = ["followup".into(), Step::Index(at), "of".into()];
            let old = original(store, &file)?;
            match old
                .and_then(|old| Some((change::put(&old.text, RecordKind::Visit.fields(), &path, &new)?, old)))
            {
                Some((text, old)) if is_theirs => changes.push(Change::new(file, Some(old), text)),
                _ if is_unclear => notes.push(say!(
                    "{file} nhắc đến {of}: xem lại là {was} hay {now}",
                    "{file} refers to {of}: see whether {was} or {now} is meant",
                    [file, of, was, now]
                )),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Tells git that files are as they shall be, or gone.
pub fn settle(store: &Store, files: &[String]) -> Result<(), Error> {
    git::recorded::stage(store.root(), files)
}
