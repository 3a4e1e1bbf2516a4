//! `ttht fmt`: records in the one way of writing. What they say, and their comments, stay.

use super::check::wanted;
use super::error::{Error, Exit};
use super::options::{DRY_RUN, NOTHING, Opt, PATHS, opt};
use super::save::{changed, original};
use super::{Command, Cx, refused};
use crate::model::text::t;
use crate::say;
use crate::toml::canonical::tidy;
use clap::ArgMatches;

/// The row of the command.
pub const FMT: Command = Command::new(
    "fmt",
    t(
        "Trình bày tệp cho thống nhất: thứ tự khoá, dòng trống, dấu tiếng Việt",
        "Format files consistently: order of keys, blank lines, composed letters",
    ),
    || vec![PATHS.row, CHECK.row, DRY_RUN.row],
    run,
);

const CHECK: Opt<bool> = opt(
    "check",
    NOTHING,
    "Chỉ liệt kê các tệp chưa thống nhất (mã thoát 1), không ghi",
    "Only list the files that would change (exit code 1)",
);

fn run(cx: &Cx, matches: &ArgMatches) -> Result<Exit, Error> {
    let check = CHECK.given(matches);
    let _lock = if check { None } else { cx.lock(&cx.root()?, matches)? };
    let store = cx.store()?;
    let paths = wanted(&store.root, matches)?;
    let inside = |file: &str| {
        let below =
            |path: &String| file.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('/'));
        paths.is_empty() || paths.iter().any(|path| file == path || below(path))
    };
    let (mut untidy, mut unsound) = (0, 0);
    for (kind, file) in store.record_files().map_err(refused)?.into_iter().filter(|(_, file)| inside(file)) {
        let Ok(Some(old)) = original(&store, &file) else {
            unsound += 1;
            continue;
        };
        let Some(new) = tidy(&old.text, kind.fields()) else {
            cx.warn(&say!("{file}: có lỗi cú pháp, để nguyên", "{file}: not TOML, left as it is"));
            unsound += 1;
            continue;
        };
        if old.is(&new) {
            continue;
        }
        untidy += 1;
        if DRY_RUN.given(matches) {
            cx.show_change(&file, &old.text, &new)?;
            continue;
        }
        let path = store.root.join(&file);
        if !check && !old.replace(&new).map_err(|error| Error::io(&path, &error))? {
            return Err(changed(&path));
        }
        cx.print(format!("{file}\n").as_bytes())?;
    }
    Ok(if unsound > 0 || (check && untidy > 0) { Exit::Faults } else { Exit::Well })
}
