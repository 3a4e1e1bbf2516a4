//! `ttht init`: a new register, empty or with the example.

use super::error::{Error, Exit};
use super::git;
use super::options::{FOLDER, NOTHING, Opt, TEXT, arg, opt};
use super::{Command, Cx};
use crate::model::RecordKind;
use crate::model::settings::FORMAT;
use crate::model::text::t;
use crate::model::tree::{Node, Value};
use crate::say;
use crate::store::write;
use crate::toml::print;
use clap::ArgMatches;
use std::path::{Path, PathBuf};

/// The row of the command.
pub const INIT: Command = Command::new(
    "init",
    t("Lập sổ mới", "Make a new register"),
    || vec![DIR.row, FROM_EXAMPLE.row, HOOK.row, OFFICE.row, PLACE.row],
    run,
);

const DIR: Opt<PathBuf> = arg(
    "dir",
    FOLDER,
    "Thư mục của sổ mới (mặc định: thư mục này)",
    "The folder of the new register (default: this one)",
);
const FROM_EXAMPLE: Opt<bool> = opt(
    "from-example",
    NOTHING,
    "Chép sổ mẫu Uông Bí (số liệu minh hoạ)",
    "Copy the example register of Uông Bí (illustrative figures)",
);
const HOOK: Opt<bool> = opt(
    "hook",
    NOTHING,
    "Cài lệnh kiểm trước mỗi commit của git (dùng được cho sổ đã có)",
    "Install a git hook that checks before each commit (also for an existing register)",
);
const OFFICE: Opt<String> =
    opt("office", TEXT, "Cơ quan giữ sổ", "The office that keeps the register").called("CƠ_QUAN", "OFFICE");
const PLACE: Opt<String> =
    opt("place", TEXT, "Địa danh ghi trước ngày tháng", "The place named in the dateline of reports")
        .called("ĐỊA_DANH", "PLACE");

const REGISTER: &str = RecordKind::Register.path();

/// The files of the example register.
const EXAMPLE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/example.rs"));

const ATTRIBUTES: &str = "* text=auto\n*.toml text eol=lf\n*.jpg binary\n*.png binary\n";

/// The lock and the drafts of `ttht`, and what a crash left half written.
const IGNORED: &str = ".ttht*\n";

const README_VI: &str = "\
# Sổ kiểm tra các trung tâm học tập cộng đồng

Mỗi trung tâm, mỗi đợt kiểm tra, mỗi lần kiểm tra là một tệp văn bản; `ttht` đọc, kiểm và tổng hợp các tệp ấy.

    ttht add-unit \"Yên Thanh\" --kind phường      thêm một phường, xã
    ttht add-centre yen-thanh                    thêm một trung tâm
    ttht add-campaign 2016-2017 …                thêm một đợt kiểm tra
    ttht add-visit yen-thanh --date 27/10/2016   ghi một lần kiểm tra
    ttht check                                   tìm mọi lỗi trong sổ
    ttht summary activity                        xem bảng tổng hợp

Sổ này nên được giữ bằng git. Khoá trong tệp: `ttht fields visit`.
";

const README_EN: &str = "\
# Register of community learning centres

Each centre, each campaign and each visit is a plain text file; `ttht` reads, checks and summarises them.

    ttht add-unit \"Yên Thanh\" --kind ward        add a ward or commune
    ttht add-centre yen-thanh                    add a centre
    ttht add-campaign 2016-2017 …                add a campaign
    ttht add-visit yen-thanh --date 2016-10-27   record a visit
    ttht check                                   find all faults in the register
    ttht summary activity                        show a table

Keep this folder in git. The keys of the files: `ttht fields visit`.
";

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = match DIR.get(matches) {
        Some(dir) if cx.named => cx.start.join(dir),
        Some(dir) => dir.clone(),
        None => cx.start.clone(),
    };
    let (shown, hook) = (root.display(), HOOK.given(matches));
    let is_register = root.join(REGISTER).exists();
    if hook {
        git::must_hold(&root)?;
    }
    if is_register && !hook {
        return Err(Error::wrong_use(
            say!("{shown} đã là một sổ", "{shown} is already a register", [shown]),
            say!(
                "chọn thư mục khác, hoặc dùng luôn sổ ấy: ttht -C {shown} check",
                "choose another folder, or use it: ttht -C {shown} check",
                [shown]
            ),
        ));
    }
    if !is_register {
        make(cx, &root, matches)?;
    }
    if hook {
        install(cx, &root)?;
    }
    if !is_register {
        let enter = root != Path::new(".") && root != cx.start;
        let enter = if enter { format!("cd {shown}; ") } else { String::new() };
        let example = FROM_EXAMPLE.given(matches);
        let next = if example { "ttht summary activity --year 2016-2017" } else { "ttht add-unit" };
        cx.tell(&say!(
            "đã lập sổ; tiếp theo: {enter}{next}",
            "the register was created; next: {enter}{next}",
            [enter, next]
        ));
    }
    Ok(Exit::Well)
}

/// Writes the files of a new register; what is there already stays.
fn make(cx: &Cx, root: &Path, matches: &ArgMatches) -> Result<(), Error> {
    let settings = settings(cx, matches);
    let files: Vec<(&str, &[u8])> = if FROM_EXAMPLE.given(matches) {
        EXAMPLE.to_vec()
    } else {
        vec![
            (".gitattributes", ATTRIBUTES.as_bytes()),
            (".gitignore", IGNORED.as_bytes()),
            ("README.md", t(README_VI, README_EN).get(cx.lang).as_bytes()),
            (REGISTER, settings.as_bytes()),
        ]
    };
    // The file that makes the folder a register comes last: whatever happens, there is no half register.
    let (last, first): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| *name == REGISTER);
    for (name, bytes) in first.into_iter().chain(last) {
        let path = root.join(name);
        match write::create(&path, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let path = path.display();
                cx.tell(&say!("đã có {path}: giữ nguyên", "{path} exists and is left as it is", [path]));
            }
            written => written.map_err(|error| Error::io(&path, &error))?,
        }
    }
    cx.print(format!("{}\n", root.join(REGISTER).display()).as_bytes())
}

fn install(cx: &Cx, root: &Path) -> Result<(), Error> {
    let path = git::install_hook(root)?;
    let shown = path.display();
    cx.tell(&say!(
        "trước mỗi commit, git sẽ chạy ttht check --staged ({shown})",
        "before each commit git runs ttht check --staged ({shown})",
        [shown]
    ));
    Ok(())
}

fn settings(cx: &Cx, matches: &ArgMatches) -> String {
    let mut tree = Node::table();
    let mut put = |key: &str, value: Value<'static>| {
        tree.put_at(key, Node::new(value));
    };
    let office = t("Phòng Giáo dục và Đào tạo", "Office of Education and Training").get(cx.lang).to_owned();
    let office = OFFICE.get(matches).cloned().unwrap_or(office);
    put("format", Value::Int(FORMAT));
    put("office", Value::Text(office.into()));
    if let Some(place) = PLACE.get(matches).cloned() {
        put("place", Value::Text(place.into()));
    }
    put("lang", Value::Text(t("vi", "en").get(cx.lang).into()));
    put("school_year_starts", Value::Text("09-01".into()));
    print::document(RecordKind::Register.fields(), &tree)
}
