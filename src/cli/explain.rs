//! `ttht explain CODE`: what a fault is, why it matters, and how it is put right.

use super::error::{Error, Exit};
use super::help::tr;
use super::pick::pick;
use super::{Command, Cx};
use crate::check::codes;
use crate::model::fault::{Code, Severity};
use crate::model::text::{Lang, t};
use crate::say;
use clap::{Arg, ArgMatches};

/// The row of the command.
pub const EXPLAIN: Command = Command {
    name: "explain",
    about: t("Giải thích một mã lỗi, hoặc liệt kê mọi mã", "Explain a fault by its code, or list every code"),
    args: |command, lang| {
        command.arg(Arg::new("code").value_name(tr(lang, "MÃ", "CODE")).help(tr(
            lang,
            "Mã trong [ngoặc vuông] của lỗi",
            "The code in [brackets] of a fault",
        )))
    },
    run,
};

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let codes = codes();
    let Some(typed) = matches.get_one::<String>("code") else {
        let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
        let line = |code: &Code| {
            format!("{:width$}  {}  {}\n", code.name, severity(code, cx.lang), code.title.get(cx.lang))
        };
        return cx.print(codes.iter().map(line).collect::<String>().as_bytes()).map(|()| Exit::Well);
    };
    let name = pick(&say!("mã lỗi", "code"), typed, codes.iter().map(|code| code.name))?;
    let Some(code) = codes.iter().find(|code| code.name == name) else { return Ok(Exit::Nothing) };
    let title = code.title.get(cx.lang);
    let mut text = format!(
        "{}[{}]: {title}\n\n{}\n",
        severity(code, cx.lang).trim_end(),
        code.name,
        code.why.get(cx.lang)
    );
    if !code.wrong.is_empty() {
        let indent = |lines: &str| lines.lines().map(|line| format!("    {line}\n")).collect::<String>();
        let (wrong, right) = (tr(cx.lang, "Sai", "Wrong"), tr(cx.lang, "Đúng", "Right"));
        text.push_str(&format!("\n{wrong}:\n{}\n{right}:\n{}", indent(code.wrong), indent(code.right)));
    }
    cx.print(text.as_bytes()).map(|()| Exit::Well)
}

fn severity(code: &Code, lang: Lang) -> &'static str {
    match code.severity {
        Severity::Error => tr(lang, "lỗi     ", "error  "),
        Severity::Warning => tr(lang, "cảnh báo", "warning"),
    }
}
