//! `ttht check`: every fault of the register, or of some files.

use super::error::{Error, Exit};
use super::help::tr;
use super::pick::pick;
use super::save::dry_run;
use super::{Command, Cx, fix};
use crate::check::codes;
use crate::desk::faults::{Found, of_register};
use crate::model::fault::{Fault, Severity};
use crate::model::text::{Lang, Text, t};
use crate::render::fault::{Checked, FAULT_FORMATS, FaultFormat, summary_line};
use crate::say;
use crate::store::Store;
use clap::{Arg, ArgAction, ArgMatches};
use std::path::{Path, PathBuf};

/// The row of the command.
pub const CHECK: Command = Command {
    name: "check",
    about: t("Tìm mọi lỗi trong sổ", "Find every fault of the register"),
    args,
    run,
};

fn args(command: clap::Command, lang: Lang) -> clap::Command {
    let formats = FAULT_FORMATS.iter().map(|format| format.name).collect::<Vec<_>>();
    let listed: Vec<String> =
        FAULT_FORMATS.iter().map(|f| format!("{} ({})", f.name, f.about.get(lang))).collect();
    command
        .arg(
            Arg::new("path")
                .value_name(tr(lang, "TỆP", "PATH"))
                .num_args(0..)
                .value_parser(clap::value_parser!(PathBuf))
                .help(tr(
                    lang,
                    "Chỉ báo lỗi của các tệp hay thư mục này",
                    "Tell the faults of these files or folders only",
                )),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(tr(lang, "DẠNG", "FORMAT"))
                .value_parser(formats)
                .default_value("full")
                .help(listed.join(", ")),
        )
        .arg(Arg::new("strict").long("strict").action(ArgAction::SetTrue).help(tr(
            lang,
            "Cảnh báo cũng là lỗi (mã thoát 1)",
            "Warnings count as errors (exit code 1)",
        )))
        .arg(Arg::new("staged").long("staged").action(ArgAction::SetTrue).help(tr(
            lang,
            "Kiểm những gì sắp được commit vào git, không phải tệp trên đĩa",
            "Check what is about to be committed to git, not the files on disk",
        )))
        .arg(Arg::new("since").long("since").value_name("COMMIT").help(tr(
            lang,
            "Chỉ báo lỗi của các tệp đã thay đổi từ commit này (git)",
            "Tell the faults of files that changed since this commit only (git)",
        )))
        .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(tr(
            lang,
            "Sửa những gì chắc chắn sửa được, rồi báo lỗi còn lại",
            "Repair what is safe to repair, then tell what is left",
        )))
        .arg(dry_run(lang).requires("fix"))
        .arg(codes_arg("select", lang, t("Chỉ báo các lỗi có mã này", "Tell faults of these codes only")))
        .arg(codes_arg("ignore", lang, t("Không báo các lỗi có mã này", "Do not tell faults of these codes")))
}

fn codes_arg(name: &'static str, lang: Lang, help: Text) -> Arg {
    let value = tr(lang, "MÃ", "CODE");
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_delimiter(',')
        .action(ArgAction::Append)
        .help(help.get(lang))
}

/// The codes of an option, each one that there is.
fn named(matches: &ArgMatches, option: &str) -> Result<Vec<&'static str>, Error> {
    let codes = codes();
    let typed = matches.get_many::<String>(option).into_iter().flatten();
    let one = |typed: &String| match codes.iter().find(|code| code.name == *typed) {
        Some(code) => Ok(code.name),
        None => pick(&say!("mã lỗi", "code"), typed, codes.iter().map(|code| code.name)),
    };
    typed.map(one).collect()
}

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    if matches.get_flag("fix") {
        let dry = matches.get_flag("dry-run");
        let repaired = fix::fix(cx, matches)?;
        fix::told(cx, repaired, dry);
    }
    let root = cx.root()?;
    let staged = matches.get_flag("staged");
    let stage = if staged { Some(super::git::staged(&root)?) } else { None };
    let store = match &stage {
        Some((_, inner)) => Store::open(inner).map_err(super::refused)?,
        None => cx.store()?,
    };
    let wanted = wanted(&root, matches)?;
    let Found { mut faults, mut files } = of_register(&store, cx.today).map_err(super::refused)?;
    if let Some(rev) = matches.get_one::<String>("since") {
        let changed = super::git::changed_since(&root, rev, staged)?;
        faults.retain(|fault| changed.contains(&fault.file));
        files = changed.iter().filter(|file| file.ends_with(".toml")).count();
    }
    if !wanted.is_empty() {
        let inside = |file: &str| {
            wanted
                .iter()
                .any(|path| file == path || file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
        };
        faults.retain(|fault| inside(&fault.file));
        files = wanted.len();
    }
    let (select, ignore) = (named(matches, "select")?, named(matches, "ignore")?);
    faults
        .retain(|fault| (select.is_empty() || select.contains(&fault.code)) && !ignore.contains(&fault.code));
    let name = matches.get_one::<String>("format").map_or("full", String::as_str);
    let format = FAULT_FORMATS.iter().find(|format| format.name == name).unwrap_or(&FAULT_FORMATS[0]);
    let drawn = cx.drawn(format, &faults, files);
    cx.print(drawn.as_bytes())?;
    let count = |severity| faults.iter().filter(|fault| fault.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if format.name == "full" && !faults.is_empty() {
        cx.print(b"\n")?;
    }
    if matches!(format.name, "full" | "concise") {
        cx.tell(&summary_line(files, errors, warnings));
    }
    let bad = errors > 0 || (warnings > 0 && matches.get_flag("strict"));
    Ok(if bad { Exit::Faults } else { Exit::Well })
}

/// The paths of the call, relative to the register.
pub fn wanted(root: &Path, matches: &ArgMatches) -> Result<Vec<String>, Error> {
    let root = root.canonicalize().map_err(|error| Error::io(root, &error))?;
    let inside = |path: &PathBuf| {
        let whole = path.canonicalize().or_else(|_| root.join(path).canonicalize());
        let whole = whole.map_err(|error| Error::io(path, &error))?;
        let relative = whole.strip_prefix(&root).map_err(|_| {
            let path = path.display();
            Error::wrong_use(
                say!("{path} không nằm trong sổ", "{path} is not in the register"),
                say!("chọn sổ bằng -C", "choose the register with -C"),
            )
        })?;
        Ok(slashes(relative))
    };
    let paths = matches.get_many::<PathBuf>("path").into_iter().flatten();
    let paths: Vec<String> = paths.map(inside).collect::<Result<_, Error>>()?;
    Ok(if paths.iter().any(String::is_empty) { Vec::new() } else { paths })
}

fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

impl Cx {
    /// Faults in a format.
    fn drawn(&self, format: &FaultFormat, faults: &[Fault], files: usize) -> String {
        (format.draw)(&Checked { faults, files, codes: &codes() }, &self.style())
    }

    /// Shows faults on standard error, with their lines.
    pub fn draw(&self, faults: &[Fault]) {
        if !faults.is_empty() {
            let drawn = self.drawn(&FAULT_FORMATS[0], faults, 1) + "\n";
            // Nobody is left to tell where this fails.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), drawn.as_bytes());
        }
    }
}
