//! `ttht init`: a new register, empty or a copy of an example.

use super::ask::terminal;
use super::error::{Error, Exit};
use super::options::{FOLDER, NOTHING, Opt, TEXT, arg, of_field, one_of, opt, to_make};
use super::{Call, Command, NO_INPUT};
use crate::desk::editors::{self, Became, Told};
use crate::desk::git::hook;
use crate::desk::git::setup::{self, Set, Step};
use crate::desk::new_register::{self, EXAMPLES, Example};
use crate::desk::typed;
use crate::model::fault::Severity;
use crate::model::text::t;
use crate::model::tree::Node;
use crate::model::{RecordKind, shell};
use crate::say;
use crate::store::{self, Store};
use clap::ArgMatches;
use interview::Interview;
use std::path::{Path, PathBuf};

mod interview;

/// The row of the command.
pub const INIT: Command = Command::new(
    "init",
    t("Lập sổ mới", "Make a new register"),
    || {
        let own = [DIR.row, FROM_EXAMPLE.row, HOOK.row, GIT.row, EDITOR.row, OFFICE.row, PLACE.row];
        let told = new_register::told().filter_map(of_field).map(|opt| opt.row);
        let told = told.filter(|row| own.iter().all(|own| own.name != row.name)).collect::<Vec<_>>();
        [&own[..], &told].concat()
    },
    run,
);

const DIR: Opt<PathBuf> = arg(
    "dir",
    to_make(FOLDER),
    "Thư mục của sổ mới (mặc định: thư mục này)",
    "The folder of the new register (default: this one)",
);
/// Its value may be left out.
const FROM_EXAMPLE: Opt<String> = opt(
    "from-example",
    one_of(t("SỔ_MẪU", "EXAMPLE"), || {
        EXAMPLES.iter().map(|example| (example.name.to_owned(), example.about.into())).collect()
    }),
    "Chép một sổ mẫu có số liệu minh hoạ (mặc định: sổ đầu tiên)",
    "Copy an example register of illustrative figures, the first one if none is named",
)
.also(|arg| arg.num_args(0..=1).default_missing_value(EXAMPLES[0].name));
const HOOK: Opt<bool> = opt(
    "hook",
    NOTHING,
    "Cài lệnh soát lỗi trước mỗi commit của git (dùng được cho sổ đã có)",
    "Install a git hook that checks before each commit (also for an existing register)",
);
const GIT: Opt<bool> = opt(
    "git",
    NOTHING,
    "Cho git so sánh và gộp tệp theo từng giá trị (dùng được cho sổ đã có)",
    "Let git compare and merge records by their values (also for an existing register)",
);
const EDITOR: Opt<bool> = opt(
    "editor",
    NOTHING,
    "Ghi lược đồ để trình soạn thảo (VS Code, tombi…) gợi ý và báo lỗi (dùng được cho sổ đã có)",
    "Write schemas with which editors (VS Code, tombi…) complete and check (also for an existing register)",
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
    let shown = shell::typed(&shell::path(&root));
    let [hooked, by_value, in_editors] = [HOOK, GIT, EDITOR].map(|option| option.given(matches));
    call.finish_what_was_cut_off(&root);
    let is_register = store::is_register(&root);
    if hooked {
        hook::must_take(&root)?;
    }
    if by_value {
        hook::work_tree(&root)?;
    }
    if is_register && !hooked && !by_value && !in_editors {
        return Err(Error::wrong_use(
            say!("{root} đã là một sổ", "{root} is already a register", [root = root.as_path()]),
            say!(
                "chọn thư mục khác, hoặc dùng luôn sổ ấy: ttht -C {shown} check",
                "choose another folder, or use it: ttht -C {shown} check",
                [shown]
            ),
        ));
    }
    let example = if is_register { None } else { make(call, &root, matches)? };
    if hooked {
        install(call, &root)?;
    }
    if by_value {
        set_up(call, &root)?;
    }
    if in_editors {
        tell_editors(call, &root)?;
    }
    if !is_register {
        let enter = root != Path::new(".") && root != call.start;
        let enter = Some(shell::enter(&root)).filter(|_| enter);
        let enter = enter.map(|enter| say!("{enter}, rồi ", "{enter}, then ", [enter])).unwrap_or_default();
        let next = example.map_or("ttht add-unit", |example| example.first);
        call.tell(&say!(
            "Đã lập sổ. Bước tiếp theo: {enter}{next}",
            "The register was created. Next: {enter}{next}",
            [enter, next]
        ));
    }
    Ok(Exit::Well)
}

/// Makes a new register; what is there already stays. Returns the example that it is a copy of.
fn make(call: &Call, root: &Path, matches: &ArgMatches) -> Result<Option<&'static Example>, Error> {
    let (example, told) = begun(call, root, matches)?;
    let files = example.map_or_else(|| new_register::empty(call.lang, &told), Example::files);
    for path in new_register::write(root, files)? {
        call.tell(&say!(
            "đã có {path}: giữ nguyên",
            "{path} exists and is left as it is",
            [path = path.as_path()]
        ));
    }
    let register = shell::path(&root.join(REGISTER)).into_owned();
    call.has_changed([register.clone()]);
    call.print(register + "\n").map(|()| example)
}

/// The example that is to be copied, or what is said of a new register: what the options say, and the answers, if somebody
/// can be asked.
fn begun(
    call: &Call,
    root: &Path,
    matches: &ArgMatches,
) -> Result<(Option<&'static Example>, Node<'static>), Error> {
    let mut told = Node::table();
    if let Some(example) = FROM_EXAMPLE.among(matches, EXAMPLES, |example| example.name) {
        return Ok((Some(example), told));
    }
    let store = new_register::planned(root, call.lang, &told)?;
    for row in new_register::told() {
        let Some(option) = of_field(row) else { continue };
        for (index, given) in option.all(matches).enumerate() {
            typed::put(&store, call.speaker(&store), &mut told, row, (index, given))?;
        }
    }
    if NO_INPUT.given(matches) || !terminal::is_there() {
        let faults = new_register::faults_of(root, call.lang, call.today, &told)?;
        if let Some(wrong) = faults.into_iter().find(|fault| fault.severity == Severity::Error) {
            return Err(Error::wrong_use(wrong.message, wrong.help));
        }
        return Ok((None, told));
    }
    Interview { call, store: &store, root, told }.whole()
}

fn install(call: &Call, root: &Path) -> Result<(), Error> {
    let path = hook::install(root)?;
    let shown = path.as_path();
    call.tell(&say!(
        "trước mỗi commit, git sẽ chạy ttht check --staged ({shown})",
        "before each commit git runs ttht check --staged ({shown})",
        [shown]
    ));
    Ok(())
}

/// Tells git how records are compared and merged, and shows each line and key.
fn set_up(call: &Call, root: &Path) -> Result<(), Error> {
    for Step { name, value, set } in setup::install(root)? {
        if name == setup::ATTRIBUTES && set == Set::Now {
            call.has_changed([name.clone()]);
        }
        match set {
            Set::Now => call.print(format!("{name}: {value}\n"))?,
            Set::Already => call.tell(&say!("đã có: {name}", "already so: {name}", [name])),
            Set::Otherwise(other) => call.warn(&say!(
                "chú ý: {name} đang là “{other}” nên để nguyên; ttht cần: {value}",
                "note: {name} is “{other}” and is left as it is; ttht needs: {value}",
                [name, other, value]
            )),
        }
    }
    Ok(())
}

/// Writes what editors need, and shows each file.
fn tell_editors(call: &Call, root: &Path) -> Result<(), Error> {
    for Told { file, text, became } in editors::install(&Store::open(root)?, call.lang)? {
        match became {
            Became::Written => {
                call.has_changed([file.clone()]);
                call.print(file + "\n")?;
            }
            Became::Already => call.tell(&say!("đã có: {file}", "already so: {file}", [file])),
            Became::Kept => call.warn(&say!(
                "chú ý: {file} đã có và được để nguyên; ttht cần trong đó:\n{text}",
                "note: {file} is there and is left as it is; ttht needs this in it:\n{text}",
                [file, text = text.trim_end()]
            )),
        }
    }
    Ok(())
}
