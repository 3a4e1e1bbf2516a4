//! A new register: the files that it begins with.

use super::commit::{lock, made};
use super::error::Error;
use super::faults;
use crate::model::RecordKind;
use crate::model::day::Day;
use crate::model::fault::Fault;
use crate::model::field::Field;
use crate::model::settings::{FORMAT, id_of};
use crate::model::text::{Lang, Text, t};
use crate::model::tree::{Node, Value};
use crate::store::{Laid, PRIVATE, Stage, Store, actual};
use crate::toml::print;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of a new register, and its content.
pub type NewFile = (&'static str, Vec<u8>);

const REGISTER: &str = RecordKind::Register.path();

/// A register that a new one can begin as a copy of.
#[derive(Debug)]
pub struct Example {
    /// Its word, which is also its folder in `examples/`.
    pub name: &'static str,
    /// What it shows.
    pub about: Text,
    /// The command to begin with.
    pub first: &'static str,
    files: &'static [(&'static str, &'static [u8])],
}

/// The example registers; the first is taken where none is named.
pub const EXAMPLES: &[Example] = &[
    Example {
        name: "uong-bi",
        about: t(
            "Phòng GD&ĐT một thành phố kiểm tra mười một trung tâm",
            "a city's education office inspects eleven centres",
        ),
        first: "ttht summary activity --year 2016-2017",
        files: include!(concat!(env!("OUT_DIR"), "/uong-bi.rs")),
    },
    Example {
        name: "phuong-2025",
        about: t(
            "một phường sau 01/07/2025 tự theo dõi trung tâm của mình",
            "a ward after 1 July 2025 keeps the records of its own centre",
        ),
        first: "ttht summary targets --year 2025-2026",
        files: include!(concat!(env!("OUT_DIR"), "/phuong-2025.rs")),
    },
];

const ATTRIBUTES: &str = "* text=auto\n*.toml text eol=lf\n*.jpg binary\n*.png binary\n";

/// The lock and the drafts of `ttht`, and what a crash left half written.
const IGNORED: &str = ".ttht*\n";

const README_VI: &str = "\
# Sổ kiểm tra các trung tâm học tập cộng đồng

Mỗi trung tâm, mỗi đợt kiểm tra, mỗi lần kiểm tra là một tệp văn bản; `ttht` đọc, soát lỗi và tổng hợp các tệp ấy.

    ttht add-unit \"Yên Thanh\" --kind phường      thêm một xã, phường
    ttht add-centre yen-thanh                    thêm một trung tâm
    ttht add-campaign 2016-2017 …                thêm một đợt kiểm tra
    ttht add-visit yen-thanh --date 27/10/2016   ghi một lần kiểm tra
    ttht check                                   soát mọi lỗi trong sổ
    ttht summary activity                        xem bảng tổng hợp

Nên giữ sổ này bằng git. Tên các mục trong tệp: `ttht fields visit`.
";

const README_EN: &str = "\
# Register of community learning centres

Each centre, each campaign and each visit is a plain text file; `ttht` reads, checks and summarises them.

    ttht add-unit \"Yên Thanh\" --kind ward        add a ward or commune
    ttht add-centre yen-thanh                    add a centre
    ttht add-campaign 2016-2017 …                add a campaign
    ttht add-visit yen-thanh --date 2016-10-27   record a visit
    ttht check                                   find all errors in the register
    ttht summary activity                        show a table

Keep this folder in git. The keys of the files: `ttht fields visit`.
";

impl Example {
    /// Its files.
    pub fn files(&self) -> Vec<NewFile> {
        self.files.iter().map(|(name, bytes)| (*name, bytes.to_vec())).collect()
    }
}

/// What a person can say of a new register, in the order in which it is asked.
const TOLD: &[&str] = &["office", "level", "parent", "place", "id", "scheme", "targets"];

/// The rows of that.
pub fn told() -> impl Iterator<Item = &'static Field> {
    TOLD.iter().filter_map(|key| RecordKind::Register.root().row(key))
}

/// What an office is called that says nothing.
const OFFICE: Text = t("Phòng Giáo dục và Đào tạo", "Office of Education and Training");

/// What a new register has where nobody says it, given what was said so far; none: nothing.
pub fn usual(row: &Field, lang: Lang, told: &Node) -> Option<String> {
    let text = |key: &str| told.get(key).and_then(Node::text);
    match row.key {
        "office" => Some(OFFICE.get(lang).to_owned()),
        "id" => Some(id_of(text("place").or(text("office")).unwrap_or(OFFICE.get(lang)))),
        _ => None,
    }
}

/// A new register before it is made, so that what is said of it can be read and judged.
pub fn planned(root: &Path, lang: Lang, told: &Node) -> Result<Store, Error> {
    let there = root.ancestors().find(|folder| folder.is_dir());
    let mut laid = BTreeMap::new();
    if there != Some(root) {
        // What lies beside the folder that is to be made is none of it.
        let folders = RecordKind::ALL.iter().filter(|kind| kind.is_many()).map(|kind| kind.folder());
        let files = folders.chain([RecordKind::Units.path()]);
        laid.extend(files.map(|file| (file.to_owned(), Laid::Nothing)));
    }
    laid.insert(REGISTER.to_owned(), Laid::File(settings(lang, told).as_bytes().into()));
    let there = there.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(Store::open_laid(there, laid)?)
}

/// What is wrong with what was said of a new register.
pub fn faults_of(root: &Path, lang: Lang, today: Day, told: &Node) -> Result<Vec<Fault>, Error> {
    Ok(faults::of_text(&planned(root, lang, told)?, today, REGISTER, &settings(lang, told)))
}

/// A register without records, with what was said of it.
pub fn empty(lang: Lang, told: &Node) -> Vec<NewFile> {
    vec![
        (".gitattributes", ATTRIBUTES.into()),
        (".gitignore", IGNORED.into()),
        ("README.md", t(README_VI, README_EN).get(lang).into()),
        (REGISTER, settings(lang, told).into()),
    ]
}

/// Writes the files of a new register into a folder: all of them, or none. Returns those that were there before, which stay
/// as they are.
pub fn write(root: &Path, mut files: Vec<NewFile>) -> Result<Vec<PathBuf>, Error> {
    let private = root.join(PRIVATE);
    let (is_made, is_shared) = (!root.exists(), private.exists());
    fs::create_dir_all(root).map_err(|error| Error::io(root, &error))?;
    // The file that makes the folder a register comes first: from then on every command finishes what was cut off.
    files.sort_by_key(|(name, _)| *name != REGISTER);
    written(root, &files).inspect_err(|_| {
        // What was made goes, unless anything else is in it; what cannot go does no harm.
        if !is_shared {
            let _ = fs::remove_file(private.join("lock")).and(fs::remove_file(private.join(".gitignore")));
            let _ = fs::remove_dir(private);
        }
        if is_made {
            let _ = fs::remove_dir(root);
        }
    })
}

fn written(root: &Path, files: &[NewFile]) -> Result<Vec<PathBuf>, Error> {
    let lock = lock(root)?;
    let whole = actual(root).map_err(|error| Error::io(root, &error))?;
    let (mut stage, mut kept) = (Stage::begin(&whole, &lock)?, Vec::new());
    for (name, bytes) in files {
        let path = root.join(name);
        if path.symlink_metadata().is_ok() {
            kept.push(path);
        } else {
            stage.put(name, None, bytes)?;
        }
    }
    made(stage).map(|()| kept)
}

fn settings(lang: Lang, told: &Node) -> String {
    let mut tree = told.clone().into_owned();
    for row in self::told().filter(|row| told.get(row.key).is_none()) {
        usual(row, lang, told).into_iter().for_each(|usual| _ = tree.put_at(row.key, Node::of_text(usual)));
    }
    tree.put_at("lang", Node::of_text(t("vi", "en").get(lang)));
    tree.put_at("school_year_starts", Node::of_text("09-01"));
    tree.put_at("format", Node::new(Value::Int(FORMAT)));
    print::document(RecordKind::Register.fields(), &tree)
}
