//! `ttht init`: a new register, empty or with the example.

use super::error::{Error, Exit};
use super::git;
use super::options::{FOLDER, NOTHING, Opt, TEXT, arg, opt};
use super::{Call, Command};
use crate::desk::new_register;
use crate::model::RecordKind;
use crate::model::text::t;
use crate::say;
use crate::store;
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

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let root = match DIR.get(matches) {
        Some(dir) if call.named => call.start.join(dir),
        Some(dir) => dir.clone(),
        None => call.start.clone(),
    };
    let (shown, hook) = (root.display(), HOOK.given(matches));
    call.finish_what_was_cut_off(&root);
    let is_register = store::is_register(&root);
    if hook {
        git::must_take_hook(&root)?;
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
        make(call, &root, matches)?;
    }
    if hook {
        install(call, &root)?;
    }
    if !is_register {
        let enter = root != Path::new(".") && root != call.start;
        let enter = if enter { format!("cd {shown}; ") } else { String::new() };
        let example = FROM_EXAMPLE.given(matches);
        let next = if example { "ttht summary activity --year 2016-2017" } else { "ttht add-unit" };
        call.tell(&say!(
            "đã lập sổ; tiếp theo: {enter}{next}",
            "the register was created; next: {enter}{next}",
            [enter, next]
        ));
    }
    Ok(Exit::Well)
}

/// Makes a new register; what is there already stays.
fn make(call: &Call, root: &Path, matches: &ArgMatches) -> Result<(), Error> {
    let files = if FROM_EXAMPLE.given(matches) {
        new_register::example()
    } else {
        new_register::empty(call.lang, OFFICE.text(matches), PLACE.text(matches))
    };
    for path in new_register::write(root, files)? {
        call.tell(&say!(
            "đã có {path}: giữ nguyên",
            "{path} exists and is left as it is",
            [path = path.as_path()]
        ));
    }
    let register = root.join(REGISTER).display().to_string();
    call.has_changed([register.clone()]);
    call.print(register + "\n")
}

fn install(call: &Call, root: &Path) -> Result<(), Error> {
    let path = git::install_hook(root)?;
    let shown = path.display();
    call.tell(&say!(
        "trước mỗi commit, git sẽ chạy ttht check --staged ({shown})",
        "before each commit git runs ttht check --staged ({shown})",
        [shown]
    ));
    Ok(())
}
