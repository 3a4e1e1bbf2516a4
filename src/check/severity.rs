//! The rule for `[check]` in `ttht.toml`: the severities that an office gives to faults.

use super::{Cx, Report, Rule, Test, codes};
use crate::model::fault::{Code, Severity::Error};
use crate::model::text::{did_you_mean, nearest, t};
use crate::say;

/// The rules.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "unknown-code",
        severity: Error,
        title: t("Mã lỗi không có", "A code that does not exist"),
        why: t(
            "Viết sai mã trong [check] thì cách xử lý đã chọn không có tác dụng: lỗi vẫn báo như cũ.",
            "A misspelt code in [check] changes nothing: the error is reported as before.",
        ),
        wrong: "weekend-visits = \"off\"",
        right: "weekend-visit = \"off\"",
    },
    tests: &[Test::Settings(unknown_code)],
}];

fn unknown_code(cx: &Cx, report: &mut Report) {
    let own = &cx.register.settings.body.check;
    let codes = if own.is_empty() { Vec::new() } else { codes() };
    for name in own.keys().filter(|name| codes.iter().all(|code| code.name != **name)) {
        let list = || say!("xem các mã: ttht explain", "for the codes: ttht explain");
        let help = nearest(name, codes.iter().map(|code| code.name)).map_or_else(list, did_you_mean);
        let message = say!("không có mã lỗi “{name}”", "there is no code “{name}”", [name]);
        report.at(format!("check.{name}"), message, help);
    }
}
