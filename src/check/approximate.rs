//! The rule for round figures: what is said to be approximate is a figure that is there.

use super::{Cx, Report, Rule, Test};
use crate::model::fault::{Code, Severity::Error};
use crate::model::history::{History, Record};
use crate::model::path::key_below;
use crate::model::text::{nearest, t};
use crate::model::tree::{Node, Value};
use crate::model::visit::Visit;
use crate::say;
use crate::toml::raw_tree;

/// The rule.
pub const RULES: &[Rule] = &[Rule {
    code: Code {
        name: "approximate-of-nothing",
        severity: Error,
        title: t("Số gần đúng không có trong phần", "An approximate figure that is not there"),
        why: t(
            "“Số gần đúng” (approximate) kể tên mục của những số gần đúng ngay trong phần ấy; mục không có số thì không đánh \
             dấu được gì.",
            "The list `approximate` names figures of its own block by their keys; a key without a figure marks nothing.",
        ),
        wrong: "[promotion]\nmembers = 113_000\napproximate = [\"member\"]",
        right: "[promotion]\nmembers = 113_000\napproximate = [\"members\"]",
    },
    tests: &[Test::Figures(approximate_of_nothing)],
}];

/// Few papers have round figures: only then is the file read again, for all its figures.
fn approximate_of_nothing(_: &Cx, _: &History, visit: &Record<Visit>, report: &mut Report) {
    let body = &visit.body;
    if body.approximate().next().is_none() || !visit.sound {
        return;
    }
    let tree = raw_tree(&visit.text);
    for (block, keys) in body.approximate() {
        let mut figures = Vec::new();
        tree.get(block).into_iter().for_each(|node| collect(node, String::new(), &mut figures));
        for (at, key) in keys.iter().enumerate().filter(|(_, key)| !figures.contains(key)) {
            let help = match nearest(key, figures.iter().map(String::as_str)) {
                Some(near) => say!("ghi \"{near}\"", "write \"{near}\"", [near]),
                None => {
                    say!("ghi tên mục của một số trong phần này", "write the key of a figure of this block")
                }
            };
            report.at(
                format!("{block}.approximate[{at}]"),
                say!("phần này không có số “{key}”", "this block has no figure “{key}”", [key]),
                help,
            );
        }
    }
}

/// The key paths of all numbers below a table.
fn collect(node: &Node, path: String, figures: &mut Vec<String>) {
    match &node.value {
        Value::Int(_) | Value::Float(_) => figures.push(path),
        _ => {
            let entries = node.entries().iter();
            entries.for_each(|entry| collect(&entry.node, key_below(path.clone(), &entry.key), figures));
        }
    }
}
