//! What editors are told of a register: the schema of each kind of record, and where tombi and taplo find it. Even Better TOML,
//! the extension of VS Code, is taplo.

use super::bundle;
use super::error::{Error, Exit};
use crate::model::RecordKind;
use crate::model::text::Lang;
use crate::render::json_schema::json_schema;
use crate::say;
use crate::store::Store;
use std::fs;
use std::path::Path;

/// The folder of the schemas.
pub const FOLDER: &str = "editors";

/// Layout that `fmt` leaves as it is.
const TAPLO: &str = "\
# ttht init --editor

[formatting]
indent_string = \"    \"
column_width = 250
align_comments = false
array_auto_expand = false
array_auto_collapse = false
inline_table_expand = false
";
const TOMBI: &str = "\
# ttht init --editor
toml-version = \"v1.0.0\"

[format.rules]
indent-width = 4
line-width = 250
";

/// The settings of the editors, which may hold more than what is ours.
pub const SETTINGS: [&str; 2] = ["taplo.toml", "tombi.toml"];

/// A file of the editors.
#[derive(Debug)]
pub struct Told {
    /// Its path, with `/`.
    pub file: String,
    /// What belongs there.
    pub text: String,
    /// What has become of it.
    pub became: Became,
}

/// What has become of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// It is written now.
    Written,
    /// It was so before.
    Already,
    /// It says something else, which is left as it is.
    Kept,
}

/// Writes the schemas of a register, and those settings that are not there yet: all of them, or none.
pub fn install(store: &Store, lang: Lang) -> Result<Vec<Told>, Error> {
    let root = store.root();
    let schema = |kind: &RecordKind| {
        let text = json_schema(*kind, &store.register, lang);
        told(root, format!("{FOLDER}/{}.json", kind.word()), text, false)
    };
    let [taplo, tombi] = SETTINGS;
    let settings = [(taplo, TAPLO, taplo_rule as fn(RecordKind) -> String), (tombi, TOMBI, tombi_rule)];
    let settings = settings.into_iter().map(|(file, head, rule)| {
        let rules: String = RecordKind::ALL.iter().map(|kind| rule(*kind)).collect();
        told(root, file.to_owned(), format!("{head}{rules}"), true)
    });
    let told: Vec<Told> = settings.chain(RecordKind::ALL.iter().map(schema)).collect();
    must_be_a_folder(&root.join(FOLDER))?;
    let wanted = told.iter().filter(|one| one.became == Became::Written);
    bundle::write(
        root,
        &wanted.map(|one| (one.file.clone(), one.text.clone().into_bytes())).collect::<Vec<_>>(),
    )?;
    Ok(told)
}

/// A file, and what becomes of it; what somebody may have written stays. What is no file is refused when it is to be written.
fn told(root: &Path, file: String, text: String, stays: bool) -> Told {
    let path = root.join(&file);
    let old = path.symlink_metadata().ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(&path).ok());
    let became = match old {
        Some(old) if old == text.as_bytes() => Became::Already,
        Some(_) if stays => Became::Kept,
        _ => Became::Written,
    };
    Told { file, text, became }
}

fn taplo_rule(kind: RecordKind) -> String {
    format!("\n[[rule]]\ninclude = [\"{}\"]\nschema.path = \"{FOLDER}/{}.json\"\n", files(kind), kind.word())
}

fn tombi_rule(kind: RecordKind) -> String {
    format!("\n[[schemas]]\npath = \"{FOLDER}/{}.json\"\ninclude = [\"{}\"]\n", kind.word(), files(kind))
}

/// The files of a kind of record: `visits/*/*.toml`.
fn files(kind: RecordKind) -> String {
    let part = |part: &str| match part.split_once('<') {
        Some(_) if part.ends_with(".toml") => "*.toml".to_owned(),
        Some(_) => "*".to_owned(),
        None => part.to_owned(),
    };
    kind.path().split('/').map(part).collect::<Vec<_>>().join("/")
}

/// A link in its place could lead anywhere.
fn must_be_a_folder(folder: &Path) -> Result<(), Error> {
    match folder.symlink_metadata() {
        Ok(found) if !found.is_dir() => Err(Error {
            exit: Exit::Io,
            message: say!("{folder} không phải là thư mục", "{folder} is not a folder", [folder]),
            help: say!("đổi tên hoặc bỏ đi; chưa ghi gì", "rename or remove it; nothing was written"),
        }),
        _ => Ok(()),
    }
}
