//! `ttht explain CODE`: what a fault is, why it matters, and how it is corrected.

use super::error::{Error, Exit};
use super::options::{CODE, Opt, arg};
use super::pick::pick;
use super::{Call, Command};
use crate::check::codes;
use crate::model::fault::{Code, Severity};
use crate::model::text::{Lang, t};
use clap::ArgMatches;

/// The row of the command.
pub const EXPLAIN: Command = Command::new(
    "explain",
    t("Giải thích một mã lỗi, hoặc liệt kê tất cả các mã", "Explain an error by its code, or list all codes"),
    || vec![FAULT_CODE.row],
    run,
);

const FAULT_CODE: Opt<String> =
    arg("code", CODE, "Mã trong [ngoặc vuông] của lỗi", "The code of an error, shown in [brackets]");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let codes = codes();
    let Some(typed) = FAULT_CODE.text(matches) else {
        let width = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
        let line = |code: &Code| {
            format!("{:width$}  {}  {}\n", code.name, severity(code, call.lang), code.title.get(call.lang))
        };
        return call.print(codes.iter().map(line).collect::<String>()).map(|()| Exit::Well);
    };
    let name =
        pick(t("mã lỗi", "code"), "ttht explain", typed, codes.iter().map(|code| code.name), |_| true)?;
    let Some(code) = codes.iter().find(|code| code.name == name) else { return Ok(Exit::Nothing) };
    let title = code.title.get(call.lang);
    let mut text = format!(
        "{}[{}]: {title}\n\n{}\n",
        severity(code, call.lang).trim_end(),
        code.name,
        code.why.get(call.lang)
    );
    if !code.wrong.is_empty() {
        let indent = |lines: &str| {
            lines
                .lines()
                .map(|line| format!("    {}\n", in_one_language(line, call.lang)))
                .collect::<String>()
        };
        let (wrong, right) = (t("Sai", "Wrong").get(call.lang), t("Đúng", "Right").get(call.lang));
        text.push_str(&format!("\n{wrong}:\n{}\n{right}:\n{}", indent(code.wrong), indent(code.right)));
    }
    call.print(text).map(|()| Exit::Well)
}

/// A line of an example with its remark in one language: `due = 2016-03-31   # … / …`.
fn in_one_language(line: &str, lang: Lang) -> String {
    let Some((code, (vi, en))) =
        line.split_once("# ").and_then(|(code, remark)| Some((code, remark.split_once(" / ")?)))
    else {
        return line.to_owned();
    };
    format!("{code}# {}", if lang == Lang::Vi { vi } else { en })
}

fn severity(code: &Code, lang: Lang) -> &'static str {
    let text = match code.severity {
        Severity::Error => t("lỗi     ", "error  "),
        Severity::Warning => t("cảnh báo", "warning"),
    };
    text.get(lang)
}
