//! Files and folders as they are named in a call: their names are such as every system can have, and what the shells of Windows
//! leave undone is made up for.

use super::error::Error;
use crate::model::filename::fits_every_system;
use crate::say;
use clap::builder::{PathBufValueParser, TypedValueParser, ValueParser};
use glob::{MatchOptions, Pattern, glob_with};
use std::path::PathBuf;

/// How a file or a folder is read.
pub fn parser() -> ValueParser {
    PathBufValueParser::new().try_map(given).into()
}

/// The same for one that is going to be written.
pub fn parser_of_new() -> ValueParser {
    PathBufValueParser::new().try_map(|path| given(path).and_then(new)).into()
}

/// A path as it was meant.
fn given(path: PathBuf) -> Result<PathBuf, Error> {
    if cfg!(windows) { unquoted(path) } else { Ok(path) }
}

/// Windows takes `\"` for a quote inside a word: of `"C:\So kiem tra\"` the last sign is left over, and of what follows it
/// the word has eaten all.
fn unquoted(path: PathBuf) -> Result<PathBuf, Error> {
    let Some((before, after)) = path.to_str().and_then(|path| path.split_once('"')) else { return Ok(path) };
    if after.is_empty() {
        return Ok(before.into());
    }
    Err(Error::wrong_use(
        say!(
            "“{before}”: Windows hiểu dấu \\ đứng ngay trước dấu nháy là chưa hết tên, nên phần sau cũng bị gộp vào tên",
            "“{before}”: to Windows a \\ just before the quote means that the name goes on, so that it has taken in what follows",
            [before]
        ),
        say!(
            "bỏ dấu \\ ở cuối: \"{name}\"",
            "leave out the last \\: \"{name}\"",
            [name = before.trim_end_matches('\\')]
        ),
    ))
}

/// Refuses a name that Windows cannot have: what is made on one desk goes to others. Its own name for what is to be thrown
/// away is taken where it means that.
fn new(path: PathBuf) -> Result<PathBuf, Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if fits_every_system(&name) || cfg!(windows) && name.eq_ignore_ascii_case("nul") {
        return Ok(path);
    }
    Err(Error::wrong_use(
        say!("Windows không nhận tên “{name}”", "Windows takes no such name as “{name}”", [name]),
        say!(
            "đặt tên khác: không dùng con, nul, aux, com1 …, các dấu < > : \" | ? * \\, dấu chấm hay dấu cách ở cuối",
            "choose another one: not con, nul, aux, com1 …, no < > : \" | ? * \\, and no dot or blank at its end"
        ),
    ))
}

/// The files whose names are like a typed one, as in `*.xlsx`, in order.
pub fn like(typed: &str) -> Result<Vec<PathBuf>, Error> {
    let options = MatchOptions { case_sensitive: false, ..MatchOptions::default() };
    // Only those two signs stand for others.
    let pattern = Pattern::escape(typed).replace("[*]", "*").replace("[?]", "?");
    // What Excel and Word keep beside a file that they have open is none of the files.
    let is_meant =
        |file: &PathBuf| !file.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    let found = glob_with(&pattern, options).into_iter().flatten().filter_map(Result::ok);
    let files: Vec<PathBuf> = found.filter(is_meant).collect();
    if files.is_empty() {
        return Err(Error::nothing(
            say!("không có tệp nào có tên như {typed}", "no file has a name like {typed}", [typed]),
            say!("xem lại thư mục và đuôi tệp", "look at the folder and the ending"),
        ));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backslash_before_the_quote_is_made_up_for_or_told() {
        let read = |typed: &str| unquoted(typed.into()).map(|path| path.to_string_lossy().into_owned());
        assert_eq!(read(r"C:\So kiem tra").unwrap(), r"C:\So kiem tra");
        assert_eq!(read("C:\\So kiem tra\"").unwrap(), r"C:\So kiem tra");
        let refused = read("C:\\So kiem tra\" check").unwrap_err();
        assert!(refused.help.en.contains(r#""C:\So kiem tra""#), "{refused:?}");
    }

    #[test]
    fn names_that_are_like_a_typed_one_are_found_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.xlsx", "a.XLSX", "c.csv", "[1].xlsx", "~$b.xlsx"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
        let names = |typed: &str| {
            let files = like(&folder.path().join(typed).to_string_lossy())?;
            Ok::<_, Error>(files.iter().map(name).collect::<Vec<_>>())
        };
        assert_eq!(names("*.xlsx").unwrap(), ["[1].xlsx", "a.XLSX", "b.xlsx"]);
        assert_eq!(names("[1].*").unwrap(), ["[1].xlsx"]);
        assert_eq!(names("?.csv").unwrap(), ["c.csv"]);
        assert!(names("*.ods").is_err());
    }
}
