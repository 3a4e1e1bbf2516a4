//! `ttht import`: tables that colleagues send, and what `ttht export` wrote, back into records.
//!
//! Nothing is written before all of it has been tried on a copy of the register; without `--yes` nothing is written.

use super::error::{Error, Exit};
use super::options::{ALLOW_FAULTS, FILE, NOTHING, Opt, PATH, arg, bare, one_of, opt};
use super::save::{changed, original};
use super::show::visit_file;
use super::{Command, Cx, refused};
use crate::desk::faults;
use crate::model::RecordKind;
use crate::model::fault::{Fault, Severity};
use crate::model::number::many;
use crate::model::path::{Step, written};
use crate::model::text::{Said, t};
use crate::model::tree::Node;
use crate::model::vietnamese::fold;
use crate::render::datapackage;
use crate::say;
use crate::store::{Original, Stage, Store, write};
use crate::summary::export;
use crate::toml::{self, change, print};
use clap::ArgMatches;
use columns::{Filled, filled};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod columns;

/// The row of the command.
pub const IMPORT: Command = Command::new(
    "import",
    t("Nhập bảng CSV vào sổ (xem trước, chưa ghi)", "Import CSV tables into the register (preview first)"),
    || vec![SENT.row, AS.row, MAP.row, YES.row, ALLOW_FAULTS.row],
    run,
);

const SENT: Opt<PathBuf> = arg(
    "file",
    PATH,
    "Tệp CSV, hoặc thư mục mà ttht export đã ghi",
    "A CSV file, or a folder written by ttht export",
)
.called("TỆP|THƯ_MỤC", "FILE|DIR")
.required();
const AS: Opt<String> = opt(
    "as",
    one_of(t("BẢNG", "TABLE"), || export::tables().into_iter().map(|table| bare(table.name)).collect()),
    "Bảng nào",
    "Which table",
);
const MAP: Opt<PathBuf> = opt(
    "map",
    FILE,
    "Tệp TOML ghép tên cột với khoá: \"Tên cột\" = \"khoá\"; \"-\" là bỏ cột",
    "A TOML file that maps headings to keys: \"Heading\" = \"key\"; \"-\" leaves a column out",
)
.called("MAP.toml", "MAP.toml");
const YES: Opt<bool> =
    opt("yes", NOTHING, "Ghi vào sổ: tất cả, hoặc không gì cả", "Write the changes: all of them, or none");

/// A value on its way into a record.
pub struct Given {
    /// Where in the record.
    pub path: Vec<Step>,
    /// What.
    pub value: Node<'static>,
    /// Where the sender has it: `host.csv:5 (C)`.
    pub from: String,
}

/// A record that values are given for.
struct Target {
    kind: RecordKind,
    old: Option<Original>,
    /// What it holds now; that of a shipped scheme is not in a file.
    before: String,
    after: String,
    changes: Vec<(String, Said, String)>,
    from: BTreeMap<String, String>,
}

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = cx.root()?;
    let yes = YES.given(matches);
    let _lock = if yes { cx.lock(&root, matches)? } else { None };
    let store = cx.store()?;
    let mut wrong: Vec<Said> = Vec::new();
    let mut given: BTreeMap<(RecordKind, String), Vec<Given>> = BTreeMap::new();
    for (table, path, exact) in sources(matches)? {
        let bytes = std::fs::read(&path).map_err(|error| Error::io(&path, &error))?;
        let Filled { rows, refused } = filled(cx, &store, matches, &table, &path, &bytes, exact)?;
        wrong.extend(refused);
        let Some(kind) = export::record(&table) else { continue };
        for (id, values) in rows {
            given.entry((kind, id)).or_default().extend(values);
        }
    }
    let mut targets: BTreeMap<String, Target> = BTreeMap::new();
    for ((kind, id), values) in given {
        let (file, target) = target(&store, kind, &id, values, &mut wrong)?;
        targets.insert(file, target);
    }
    targets.retain(|_, target| target.before != target.after);
    let mut shown = String::new();
    targets.iter().for_each(|(file, target)| shown.push_str(&told(cx, file, target)));
    cx.print(crate::model::text::printable(&shown).as_bytes())?;
    let faults = if targets.is_empty() { Vec::new() } else { tried(cx, &store, &targets)? };
    for said in wrong.iter().chain(&faults) {
        cx.warn(said);
    }
    // What cannot be read cannot be written either; a fault of the data may be allowed.
    let allowed = ALLOW_FAULTS.given(matches);
    let n = wrong.len() + if allowed { 0 } else { faults.len() };
    if n > 0 {
        return Err(Error {
            exit: Exit::Faults,
            message: say!(
                "có {n} không nhận được; chưa ghi gì",
                "{n} refused; nothing was written",
                n = many(n, "chỗ", "value")
            ),
            help: say!("sửa trong bảng rồi nhập lại", "correct the table and import it again"),
        });
    }
    let files = many(targets.len(), "tệp", "file");
    match (targets.len(), yes) {
        (0, _) => cx.tell(&say!("không có gì mới", "there is nothing new")),
        (_, false) => cx.tell(&say!(
            "{files} sẽ thay đổi; chưa ghi gì. Thêm --yes để ghi",
            "{files} would change; nothing was written. Add --yes to do it",
            files
        )),
        (_, true) => {
            save(&store, targets)?;
            cx.tell(&say!("đã ghi {files}", "{files} written", files));
        }
    }
    Ok(Exit::Well)
}

/// The tables of the call: name, file, and whether its cells are exact, as those of `ttht export` are.
fn sources(matches: &ArgMatches) -> Result<Vec<(String, PathBuf, bool)>, Error> {
    let path = SENT.get(matches).cloned().unwrap_or_default();
    if path.is_dir() {
        let files = export::tables()
            .into_iter()
            .map(|t| (t.name.clone(), path.join(datapackage::file_name(&t)), true));
        let files: Vec<_> = files.filter(|(_, file, _)| file.is_file()).collect();
        if files.is_empty() {
            let path = path.display();
            return Err(Error::nothing(
                say!("không có bảng nào trong {path}", "there is no table in {path}"),
                say!("xem tên các bảng: ttht import --help", "the names of the tables: ttht import --help"),
            ));
        }
        return Ok(files);
    }
    match AS.get(matches) {
        Some(table) => Ok(vec![(table.clone(), path, false)]),
        None => Err(Error::wrong_use(
            say!("chưa rõ đây là bảng nào", "which table is this?"),
            say!("thêm --as BẢNG, ví dụ --as activity", "add --as TABLE, such as --as activity"),
        )),
    }
}

/// A record as it would be, with what changes in it.
fn target(
    store: &Store,
    kind: RecordKind,
    id: &str,
    values: Vec<Given>,
    wrong: &mut Vec<Said>,
) -> Result<(String, Target), Error> {
    let file = file_in(store, kind, id);
    let old = original(store, &file)?;
    let shipped = toml::shipped::text(id).filter(|_| kind == RecordKind::Scheme);
    let before = old.as_ref().map(|old| old.text.clone()).or(shipped.map(str::to_owned)).unwrap_or_default();
    let mut target =
        Target { kind, old, after: before.clone(), before, changes: Vec::new(), from: BTreeMap::new() };
    if target.before.is_empty() {
        let mut tree = Node::table();
        for given in values {
            if !tree.put(&given.path, given.value) {
                wrong.push(gap(&given.from));
            }
            target.from.insert(written(&given.path), given.from);
        }
        let required = || kind.fields().iter().filter(|field| field.required);
        if required().count() > 0 && required().all(|field| tree.get(field.key).is_none()) {
            let (from, label) = (target.from.values().next().map_or("", String::as_str), kind.label());
            wrong.push(say!(
                "{from}: trong sổ không có {label} “{id}”",
                "{from}: the register has no {label} “{id}”",
                [label]
            ));
            return Ok((file, target));
        }
        target.after = print::document(kind.fields(), &tree);
        return Ok((file, target));
    }
    for given in values {
        let key = written(&given.path);
        let tree = toml::raw_tree(&target.after);
        let now = tree.at(&key);
        if now.is_some_and(|now| now.says_same(&given.value)) {
            continue;
        }
        let kind = kind.root().at(&given.path);
        let shown = |node: &Node| print::inline(&kind, node);
        let was = now.map_or_else(|| say!("(chưa có)", "(missing)"), |now| Said::same(shown(now)));
        match change::put(&target.after, target.kind.fields(), &given.path, &given.value) {
            Some(text) => {
                target.changes.push((key.clone(), was, shown(&given.value)));
                target.after = text;
            }
            None => wrong.push(gap(&given.from)),
        }
        target.from.insert(key, given.from);
    }
    Ok((file, target))
}

fn gap(from: &str) -> Said {
    say!(
        "{from}: không đặt được giá trị này; số thứ tự các dòng phải liền nhau từ 1",
        "{from}: this value cannot be set; row numbers must be consecutive, starting at 1"
    )
}

/// What would become of a file, for people.
fn told(cx: &Cx, file: &str, target: &Target) -> String {
    if target.old.is_none() && target.changes.is_empty() {
        let n = target.from.len();
        let said = say!("mới, {n}", "new, {n}", n = many(n, "giá trị", "value"));
        return format!("+ {file} ({})\n", said.get(cx.lang));
    }
    let mut text = format!("~ {file}\n");
    for (key, was, becomes) in &target.changes {
        text.push_str(&format!("    {key}: {} → {becomes}\n", was.get(cx.lang)));
    }
    text
}

/// What would be wrong with the register that is not wrong now: tried on a copy, told by the places of the sender.
fn tried(cx: &Cx, store: &Store, targets: &BTreeMap<String, Target>) -> Result<Vec<Said>, Error> {
    let stage = Stage::of(&store.root).map_err(|error| Error::io(&store.root, &error))?;
    for (file, target) in targets {
        stage.put(file, &target.after).map_err(|error| Error::io(Path::new(file), &error))?;
    }
    let all = |store: &Store| faults::of_register(store, cx.today).map(|found| found.faults);
    let before = all(store).map_err(refused)?;
    let after = Store::open(stage.path()).and_then(|store| all(&store)).map_err(refused)?;
    let mine: Vec<Fault> = before.into_iter().filter(|fault| targets.contains_key(&fault.file)).collect();
    let mut faults = faults::new(&mine, after);
    faults.retain(|fault| fault.severity == Severity::Error && targets.contains_key(&fault.file));
    Ok(faults.iter().map(|fault| placed(fault, targets)).collect())
}

fn placed(fault: &Fault, targets: &BTreeMap<String, Target>) -> Said {
    let from = targets.get(&fault.file).and_then(|target| {
        let key = fault.key.as_deref()?;
        let near = |(path, _): &(&String, &String)| path.starts_with(key) || key.starts_with(path.as_str());
        target.from.get(key).or_else(|| target.from.iter().find(near).map(|(_, from)| from))
    });
    let any = || targets.get(&fault.file)?.from.values().next();
    let place = from.or_else(any).unwrap_or(&fault.file);
    let Fault { message, help, .. } = fault;
    say!("{place}: {message}; {help}", "{place}: {message}; {help}", [message, help])
}

fn save(store: &Store, targets: BTreeMap<String, Target>) -> Result<(), Error> {
    let files = targets.iter().map(|(file, target)| (store.root.join(file), target));
    let changes: Vec<write::Change> = files
        .map(|(path, target)| match &target.old {
            Some(old) => (path, Some(old.bytes().to_vec()), old.with(&target.after)),
            None => (path, None, target.after.clone().into_bytes()),
        })
        .collect();
    match write::all(&changes) {
        Ok(true) => Ok(()),
        Ok(false) => Err(changed(&store.root)),
        Err(error) => Err(Error::io(&store.root, &error)),
    }
}

/// What tells the rows of a list apart where the sender does not number them, the best first.
pub const NAMING: &[&str] = &["id", "name", "of", "file"];

/// The row of a list, from 0, that has this word at a naming key: one that is there, else a new one at the end. `fresh`
/// are the new ones of this record that came before it.
fn row_of(
    store: &Store,
    kind: RecordKind,
    id: &str,
    list: &str,
    word: (&str, &str),
    fresh: &mut Vec<String>,
) -> usize {
    let file = file_in(store, kind, id);
    let text = store.text(&file).unwrap_or_default();
    let tree = toml::raw_tree(&text);
    let items = tree.at(list).map_or(&[][..], Node::items);
    let (key, word) = (word.0, fold(word.1));
    let same = |item: &Node| item.get(key).and_then(Node::text).is_some_and(|own| fold(own) == word);
    if let Some(at) = items.iter().position(same) {
        return at;
    }
    let at = fresh.iter().position(|other| *other == word).unwrap_or_else(|| {
        fresh.push(word);
        fresh.len() - 1
    });
    items.len() + at
}

/// The file of a record that is there or shall be.
fn file_in(store: &Store, kind: RecordKind, id: &str) -> String {
    let found = if kind == RecordKind::Visit { visit_file(store, id).ok() } else { None };
    found.unwrap_or_else(|| store.register.file(kind, id))
}
