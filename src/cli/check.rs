//! `ttht check`: every fault of the register, or of some files.

use super::error::{Error, Exit};
use super::options::{CODE, DRY_RUN, NOTHING, Opt, PATHS, TEXT, one_of, opt};
use super::paths::Paths;
use super::pick::pick;
use super::printing::{self, Ink};
use super::{Call, Command};
use crate::check::{self, codes};
use crate::desk::commit::{End, Outcome};
use crate::desk::faults::{Findings, of_changes, of_named};
use crate::desk::git::setup::is_half_done;
use crate::desk::git::{self, Version};
use crate::desk::repair::repair;
use crate::desk::save::ALLOWS_FAULTS;
use crate::model::fault::{Fault, Severity};
use crate::model::number::many;
use crate::model::text::{Said, t};
use crate::render::Style;
use crate::render::fault::{self, Checked, FAULT_FORMATS, summary_line};
use crate::say;
use clap::ArgMatches;
use std::path::Path;

/// The row of the command.
pub const CHECK: Command = Command::new(
    "check",
    t("Soát mọi lỗi trong sổ", "Find all errors in the register"),
    || {
        let dry_run = DRY_RUN.also(|arg| arg.requires(FIX.row.name));
        vec![
            PATHS.row,
            FORMAT.row,
            BY_KIND.row,
            STRICT.row,
            STAGED.row,
            SINCE.row,
            FIX.row,
            dry_run.row,
            SELECT.row,
            IGNORE.row,
        ]
    },
    run,
);

const FORMAT: Opt<String> = opt(
    "format",
    one_of(t("DẠNG", "FORMAT"), || FAULT_FORMATS.iter().map(|f| (f.name.into(), f.about.into())).collect()),
    "",
    "",
);
const BY_KIND: Opt<bool> = opt(
    "summary",
    NOTHING,
    "Mỗi loại lỗi một dòng: bao nhiêu lỗi, nặng trước",
    "One line per kind of error: how many, the worst first",
)
.also(|arg| arg.conflicts_with(FORMAT.row.name));
const STRICT: Opt<bool> =
    opt("strict", NOTHING, "Coi cảnh báo cũng là lỗi (mã thoát 1)", "Warnings count as errors (exit code 1)");
const STAGED: Opt<bool> = opt(
    "staged",
    NOTHING,
    "Soát những gì sắp được commit vào git, không phải tệp trên đĩa: lỗi các tệp ấy có, hoặc gây ra ở tệp khác",
    "Check what is about to be committed to git, not the files on disk: the errors these files have, or cause in others",
);
const SINCE: Opt<String> = opt(
    "since",
    TEXT,
    "Chỉ báo lỗi mà các tệp đã thay đổi từ commit này (git) có, hoặc gây ra ở tệp khác",
    "Report only errors that files changed since this commit (git) have, or cause in others",
)
.called("COMMIT", "COMMIT");
const FIX: Opt<bool> = opt(
    "fix",
    NOTHING,
    "Sửa những gì chắc chắn sửa được, rồi báo lỗi còn lại",
    "Fix what can safely be fixed, then report the rest",
);
const SELECT: Opt<String> =
    opt("select", CODE, "Chỉ báo các lỗi có mã này", "Report only errors with these codes")
        .many()
        .also(|arg| arg.value_delimiter(','));
const IGNORE: Opt<String> =
    opt("ignore", CODE, "Không báo các lỗi có mã này", "Do not report errors with these codes")
        .many()
        .also(|arg| arg.value_delimiter(','));

/// The codes of an option; each must exist.
fn named(matches: &ArgMatches, option: &Opt<String>) -> Result<Vec<&'static str>, Error> {
    let codes = codes();
    let names = codes.iter().map(|code| code.name);
    let one = |typed: &String| pick(t("mã lỗi", "code"), "ttht explain", typed, names.clone(), |_| true);
    option.all(matches).map(one).collect()
}

/// Repairs what is certain in the named files, and shows it to people.
fn fix(call: &Call, matches: &ArgMatches, paths: &mut Paths, for_people: bool) -> Result<(), Error> {
    let pen = call.pen(matches)?;
    let found = held(of_named(&pen.store, call.today, paths.named())?, paths);
    let Outcome { changes, end, .. } = repair(&pen, &found.faults)?;
    if end == End::Written {
        call.has_changed(changes.iter().map(|change| change.to.as_ref().unwrap_or(&change.file).clone()));
        let moved = changes.iter().filter_map(|change| Some((&change.file, change.to.as_ref()?)));
        moved.for_each(|(from, to)| paths.follow(from, to));
    }
    if for_people {
        changes.iter().try_for_each(|change| call.show(change))?;
    }
    let files = many(changes.len(), "tệp", "file");
    call.tell(&match end {
        End::Written => say!("Đã sửa {files}.", "{files} repaired.", [files]),
        End::Shown => {
            say!("Có thể sửa {files}; chưa ghi gì.", "{files} can be repaired; nothing was written.", [files])
        }
        End::Same | End::Refused => {
            say!("Không có gì sửa tự động được.", "Nothing can be repaired automatically.")
        }
    });
    Ok(())
}

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (select, ignore) = (named(matches, &SELECT)?, named(matches, &IGNORE)?);
    let format = FORMAT.among(matches, FAULT_FORMATS, |format| format.name).unwrap_or(&FAULT_FORMATS[0]);
    let for_people = matches!(format.name, "full" | "concise");
    let by_kind = BY_KIND.given(matches);
    let root = call.root()?;
    let mut paths = Paths::of(&root, matches)?;
    if FIX.given(matches) {
        fix(call, matches, &mut paths, for_people)?;
    }
    let told = |code: &str| (select.is_empty() || select.contains(&code)) && !ignore.contains(&code);
    let unasked = check::rules().map(|rule| rule.code.name).filter(|code| !told(code)).collect();
    let Findings { mut faults, files } = found(call, matches, &root, &paths, unasked)?;
    faults.retain(|fault| told(fault.code));
    let draw = match format.name {
        _ if by_kind => fault::by_kind,
        "full" if select.is_empty() => fault::grouped,
        _ => format.draw,
    };
    call.print_drawn(&draw(&Checked { faults: &faults, files, codes: &codes() }, &call.style()))?;
    let count = |severity| faults.iter().filter(|fault| fault.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if format.name == "full" && !faults.is_empty() {
        call.print(b"\n")?;
    }
    if for_people {
        call.tell(&summary_line(files, errors, warnings));
        if let Some(next) = next(&faults, by_kind, select.is_empty()).filter(|_| !STAGED.given(matches)) {
            call.tell(&next);
        }
        if !STAGED.given(matches) && is_half_done(&root) {
            call.tell(&say!(
                "ghi chú: trên máy này git chưa biết so sánh và gộp theo giá trị; chạy một lần: ttht init --git",
                "note: on this computer git cannot compare and merge by values yet; run once: ttht init --git"
            ));
        }
    }
    let allowed = STAGED.given(matches) && std::env::var_os(ALLOWS_FAULTS).is_some();
    let bad = errors > 0 || (warnings > 0 && STRICT.given(matches));
    Ok(if bad && !allowed { Exit::Faults } else { Exit::Well })
}

/// What to do next about faults.
fn next(faults: &[Fault], by_kind: bool, all: bool) -> Option<Said> {
    let worst = fault::kinds(faults).first()?.code;
    let fixes = faults.iter().filter(|fault| fault.fix.is_some()).count();
    Some(match fixes {
        _ if by_kind => {
            say!("Tiếp theo: ttht check --select {worst}", "Next: ttht check --select {worst}", [worst])
        }
        0 if faults.len() > MANY && all => {
            say!("Tiếp theo: ttht check --summary", "Next: ttht check --summary")
        }
        0 => say!("Tiếp theo: ttht explain {worst}", "Next: ttht explain {worst}", [worst]),
        _ => {
            let fixes = many(fixes, "chỗ", "error");
            say!(
                "Tiếp theo: ttht check --fix (tự sửa được {fixes})",
                "Next: ttht check --fix (repairs {fixes})",
                [fixes]
            )
        }
    })
}

/// Of more faults than this nobody reads each.
const MANY: usize = 20;

/// The faults of the files that the call asks for, but for those of rules that are not to be asked.
fn found(
    call: &Call,
    matches: &ArgMatches,
    root: &Path,
    paths: &Paths,
    unasked: Vec<&'static str>,
) -> Result<Findings, Error> {
    let changed = changed(matches, root)?;
    let mut store = match &changed {
        Some((_, to)) => git::at(root, to)?,
        None if STAGED.given(matches) => git::at(root, &Version::Staged)?,
        None => call.store()?,
    };
    store.leave_out(unasked);
    let found = match changed {
        Some((from, to)) => {
            let touched = git::touched(root, &from, &to)?;
            of_changes(&store, call.today, &touched, || git::at(root, &Version::Commit(from)))?
        }
        None => of_named(&store, call.today, paths.named())?,
    };
    Ok(held(found, paths))
}

/// What was found in the files that the call names.
fn held(mut found: Findings, paths: &Paths) -> Findings {
    if !paths.is_empty() {
        found.faults.retain(|fault| paths.hold(&fault.file));
        found.files = paths.named().len();
    }
    found
}

/// The versions between which only what has changed is asked for.
fn changed(matches: &ArgMatches, root: &Path) -> Result<Option<(String, Version)>, Error> {
    let to = if STAGED.given(matches) { Version::Staged } else { Version::Disk };
    let from = match SINCE.text(matches) {
        Some(rev) => Some(git::commit(root, rev)?),
        None if to == Version::Staged => git::last(root)?,
        None => None,
    };
    Ok(from.map(|from| (from, to)))
}

impl Call {
    /// Shows faults on standard error, with their lines.
    pub fn draw(&self, faults: &[Fault]) {
        if !faults.is_empty() {
            let style = Style { colour: self.colour_notes, ..self.style() };
            let checked = Checked { faults, files: 1, codes: &codes() };
            printing::err(Ink::Drawn(&((FAULT_FORMATS[0].draw)(&checked, &style) + "\n")));
        }
    }
}
