//! `ttht merge-file BASE OURS THEIRS`: git's merge driver.

use super::error::{Error, Exit};
use super::options::{FILE, NUMBER, Opt, TEXT, arg, opt};
use super::{Call, Command};
use crate::desk::git::driver::{Given, Made, Why, merged};
use crate::model::field::Kind;
use crate::model::identity::kind_at;
use crate::model::number::many;
use crate::model::said;
use crate::model::text::{Said, t};
use crate::say;
use crate::toml::threeway::{Conflict, Side};
use clap::ArgMatches;
use std::env;
use std::path::PathBuf;

/// The row of the command.
pub const MERGE_FILE: Command = Command::new(
    "merge-file",
    t(
        "Gộp ba bản của một tệp theo giá trị, ghi vào bản của mình (git gọi lệnh này)",
        "Merge three versions of a record by value, into the file of ours (git calls this)",
    ),
    || vec![BASE.row, OURS.row, THEIRS.row, PATH.row, OUR_LABEL.row, THEIR_LABEL.row, MARKER_SIZE.row],
    run,
);

const BASE: Opt<PathBuf> = arg("base", FILE, "Bản gốc của cả hai", "The version from which both have come")
    .called("GỐC", "BASE")
    .required();
const OURS: Opt<PathBuf> =
    arg("ours", FILE, "Bản của mình; kết quả ghi vào đây", "Ours; the result goes here")
        .called("CỦA_MÌNH", "OURS")
        .required();
const THEIRS: Opt<PathBuf> =
    arg("theirs", FILE, "Bản của người kia", "Theirs").called("CỦA_HỌ", "THEIRS").required();
const PATH: Opt<String> = opt(
    "path",
    TEXT,
    "Đường dẫn của tệp trong kho git (%P); cho biết đây là loại tệp nào",
    "The path of the file in the repository (%P), which tells the kind of record",
)
.called("TỆP", "FILE");
const OUR_LABEL: Opt<String> =
    opt("our-label", TEXT, "Git gọi bản của mình là gì (%X)", "What git calls ours (%X)");
const THEIR_LABEL: Opt<String> =
    opt("their-label", TEXT, "Git gọi bản của người kia là gì (%Y)", "What git calls theirs (%Y)");
const MARKER_SIZE: Opt<usize> =
    opt("marker-size", NUMBER, "Độ dài của dấu xung đột (%L)", "The length of the marks of a conflict (%L)");

fn run(call: &Call, matches: &ArgMatches) -> Result<Exit, Error> {
    let (Some(base), Some(ours), Some(theirs)) = (BASE.get(matches), OURS.get(matches), THEIRS.get(matches))
    else {
        return Ok(Exit::Use);
    };
    let label = |label: Opt<String>| label.text(matches).unwrap_or_default().to_owned();
    let path = PATH.text(matches).map_or_else(|| ours.to_string_lossy().replace('\\', "/"), str::to_owned);
    let given = Given {
        files: [base.clone(), ours.clone(), theirs.clone()],
        path,
        size: MARKER_SIZE.get(matches).copied().unwrap_or(7).clamp(1, 1000),
        labels: [label(OUR_LABEL), label(THEIR_LABEL)],
        heads: env::vars_os().filter_map(|(name, _)| head(name.to_str()?)).collect(),
    };
    let made = merged(&given, (call.lang, call.today))?;
    report(call, &given.path, &made);
    Ok(if made.clean { Exit::Well } else { Exit::Faults })
}

/// The commit in the name of a variable that git has set.
fn head(name: &str) -> Option<String> {
    name.strip_prefix("GITHEAD_").map(str::to_owned)
}

/// Says what is open, what was merged line by line, and what is wrong only now.
fn report(call: &Call, file: &str, made: &Made) {
    match &made.why {
        Some(Why::Unsound(side, fault)) => {
            let whose = match side {
                Side::Base => t("bản gốc", "the version of both").get(call.lang),
                Side::Ours => &made.whose[0],
                Side::Theirs => &made.whose[1],
            };
            let line = fault.place.as_ref().map_or(1, |place| place.line);
            call.warn(&say!(
                "{file}: {whose}: dòng {line}: {why}; đã gộp theo dòng như git",
                "{file}: {whose}: line {line}: {why}; merged line by line, as git does",
                [file, whose, line, why = fault.message.clone()]
            ));
        }
        Some(Why::Unproved) => call.warn(&say!(
            "{file}: không gộp theo giá trị được; đã gộp theo dòng như git",
            "{file}: cannot be merged by value; merged line by line, as git does",
            [file]
        )),
        None => {}
    }
    let root = Kind::Section(made.fields);
    for conflict in &made.conflicts {
        call.warn(&open(file, &root, conflict, made));
    }
    if !made.conflicts.is_empty() {
        call.tell(&say!(
            "{file}: {n}; chọn: ttht resolve",
            "{file}: {n}; choose with: ttht resolve",
            [file, n = many(made.conflicts.len(), "chỗ chưa thống nhất", "conflict")]
        ));
    }
    call.draw(&made.faults);
}

/// One place that is open: `Thông tin chung, dân số: 6.500 (An, 12/11/2016); 6.600 (Bình, 13/11/2016); trước đó: 6.431`.
fn open(file: &str, root: &Kind, conflict: &Conflict, made: &Made) -> Said {
    let (kind, place) = (kind_at(root, &conflict.path), said::place(root, &conflict.path));
    let value = |side: Side| {
        let node = conflict.sides[side as usize].as_ref();
        node.map_or_else(|| t("không có", "nothing").into(), |node| said::value(&kind, node))
    };
    let (here, there, was) = (value(Side::Ours), value(Side::Theirs), value(Side::Base));
    let [ours, theirs] = &made.whose;
    say!(
        "{file}: {place}: {here} ({ours}); {there} ({theirs}); trước đó: {was}",
        "{file}: {place}: {here} ({ours}); {there} ({theirs}); before: {was}",
        [file, place, here, ours, there, theirs, was]
    )
}
